//! The grammar of sentences as JSON, for `dateline parse --format jsonl` and `dateline extract --with syntax`.

use dateline::syntax::{Analysis, Analyzer, Relations};
use dateline::tokenizer::TokenizedText;
use dateline::{OffsetUnit, report};
use serde::Serialize;

/// A sentence with its words and names.
#[derive(Debug, Serialize)]
pub struct Sentence {
    start: usize,
    end: usize,
    words: Vec<Word>,
    names: Vec<Name>,
}

#[derive(Debug, Serialize)]
struct Word {
    start: usize,
    end: usize,
    text: String,
    lemma: String,
    upos: &'static str,
    xpos: &'static str,
    /// Index into the words of the sentence; none for its root.
    head: Option<usize>,
    deprel: &'static str,
}

#[derive(Debug, Serialize)]
struct Name {
    start: usize,
    end: usize,
    text: String,
    kind: &'static str,
}

/// The grammar of all sentences of the text, with offsets in `unit`.
pub fn sentences(analyzer: &Analyzer, text: TokenizedText<'_>, unit: OffsetUnit) -> Vec<Sentence> {
    let mut analysis = Analysis::new();
    let mut sentences: Vec<Sentence> = (0..text.tokens.sentence_count())
        .map(|number| {
            analyzer.analyze(text, number, &mut analysis);
            let span = text.tokens.sentence_span(number);
            let names = analysis.names().map(|name| Name {
                start: name.span.start,
                end: name.span.end,
                text: text.text[name.span].to_owned(),
                kind: name.kind.as_str(),
            });
            Sentence {
                start: span.start,
                end: span.end,
                words: (0..analysis.len()).map(|at| word(&analysis, at)).collect(),
                names: names.collect(),
            }
        })
        .collect();
    convert_offsets(&mut sentences, text.text, unit);
    sentences
}

fn word(analysis: &Analysis<'_>, at: usize) -> Word {
    let span = analysis.span(at);
    Word {
        start: span.start,
        end: span.end,
        text: analysis.form(at).to_owned(),
        lemma: analysis.lemma(at).to_owned(),
        upos: analysis.upos(at).as_str(),
        xpos: analysis.xpos(at).as_str(),
        head: analysis.head(at),
        deprel: analysis.deprel(at).as_str(),
    }
}

fn convert_offsets(sentences: &mut [Sentence], text: &str, unit: OffsetUnit) {
    let mut spans = Vec::new();
    for_each_span(sentences, |start, end| spans.push([*start, *end]));
    report::convert_offsets(text, &mut spans, unit);
    let mut spans = spans.into_iter();
    for_each_span(sentences, |start, end| {
        if let Some(span) = spans.next() {
            [*start, *end] = span;
        }
    });
}

/// Calls `edit(start, end)` on the offsets of all there is, always in the same order.
fn for_each_span(sentences: &mut [Sentence], mut edit: impl FnMut(&mut usize, &mut usize)) {
    for sentence in sentences {
        edit(&mut sentence.start, &mut sentence.end);
        for word in &mut sentence.words {
            edit(&mut word.start, &mut word.end);
        }
        for name in &mut sentence.names {
            edit(&mut name.start, &mut name.end);
        }
    }
}
