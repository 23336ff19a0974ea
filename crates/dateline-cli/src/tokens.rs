//! `dateline tokens`.

use anyhow::Result;
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline::{Document, OffsetUnit, events, report};
use serde::Serialize;

use crate::args::{self, TokenFormat};
use crate::documents;
use crate::output::{self, Envelope, Output};
use crate::run::Outcome;

/// A line of `dateline tokens`.
#[derive(Serialize)]
struct TokensLine<'r> {
    id: Option<&'r str>,
    tokens: Vec<[usize; 2]>,
    sentences: Vec<[usize; 2]>,
}

/// Fills `tokens` with those of the document. Header and dateline are no sentences: as in a report.
pub fn read(tokenizer: &Tokenizer, document: &Document<'_>, tokens: &mut Tokens) {
    let body = events::head::find(document.text(), document.date()).body;
    tokenizer.tokenize_with_body(document.text(), body, tokens);
}

pub fn tokens(args: &args::Tokens, out: &mut Output) -> Result<Outcome> {
    let tokenizer = Tokenizer::new();
    let (format, unit) = (args.format, args.source.offsets.into());
    documents::for_each(&args.source, Envelope::default(), out, move |document, tokens: &mut Tokens, out| {
        read(&tokenizer, document, tokens);
        match format {
            TokenFormat::Jsonl => {
                let (tokens, sentences) = offsets(document.text(), tokens, unit);
                output::json_line(&TokensLine { id: document.id(), tokens, sentences }, out);
            }
            TokenFormat::Text => text(document.text(), tokens, out),
        }
    })
}

/// Where the tokens and where the sentences stand, in `unit`.
pub fn offsets(text: &str, tokens: &Tokens, unit: OffsetUnit) -> (Vec<[usize; 2]>, Vec<[usize; 2]>) {
    let spans = (0..tokens.len()).map(|token| tokens.span(token));
    let sentences = (0..tokens.sentence_count()).map(|sentence| tokens.sentence_span(sentence));
    let mut offsets: Vec<[usize; 2]> = spans.chain(sentences).map(|span| [span.start, span.end]).collect();
    report::convert_offsets(text, &mut offsets, unit);
    let sentences = offsets.split_off(tokens.len());
    (offsets, sentences)
}

/// A sentence a line, and an empty line.
fn text(text: &str, tokens: &Tokens, out: &mut Vec<u8>) {
    for sentence in 0..tokens.sentence_count() {
        for (place, token) in tokens.sentence(sentence).enumerate() {
            if place > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(text[tokens.span(token)].as_bytes());
        }
        out.push(b'\n');
    }
    out.push(b'\n');
}
