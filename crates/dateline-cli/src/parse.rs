//! `dateline parse`.

use anyhow::{Context, Result};
use dateline::syntax::Analyzer;
use dateline::tokenizer::{Tokenizer, Tokens};
use serde::Serialize;

use crate::args::{Parse, ParseFormat};
use crate::output::{self, Envelope, Output};
use crate::run::Outcome;
use crate::syntax::{self, Sentence};
use crate::{conllu, documents, tokens};

/// A line of `dateline parse --format jsonl`.
#[derive(Serialize)]
struct ParseLine<'d> {
    id: Option<&'d str>,
    sentences: Vec<Sentence>,
}

pub fn parse(args: &Parse, out: &mut Output) -> Result<Outcome> {
    let analyzer = Analyzer::embedded().context("the embedded model")?;
    if args.pretokenized {
        return documents::for_each_block(&args.source, out, move |block, out| {
            conllu::pretokenized(&analyzer, block, out)
        });
    }
    let tokenizer = Tokenizer::new();
    let (format, unit) = (args.format, args.source.offsets.into());
    documents::for_each(&args.source, Envelope::default(), out, move |document, tokens: &mut Tokens, out| {
        tokens::read(&tokenizer, document, tokens);
        match format {
            ParseFormat::Conllu => conllu::document(&analyzer, document, tokens, out),
            ParseFormat::Jsonl => {
                let sentences = syntax::sentences(&analyzer, tokens.of(document.text()), unit);
                output::json_line(&ParseLine { id: document.id(), sentences }, out);
            }
        }
    })
}
