//! A file of frames, or a lexicon, of any text gives an error that says where, or an extractor that reads texts.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use dateline::events::{Error, Extractor, ExtractorBuilder, Input, head};
use dateline::tokenizer::{Tokenizer, Tokens};

const TEXT: &str = "KYIV, May 6 (Reuters) - Gunmen attacked a bridge near Tver on Monday, killing three people, police said. \
    The army denied that it had shot down two drones over the region; protesters may strike.";

fn check(data: &[u8]) {
    let file = String::from_utf8_lossy(data);
    read("own.toml", &file, Extractor::builder().frames("own.toml", &*file));
    read("own.tsv", &file, Extractor::builder().lexicon("own.tsv", &*file));
}

fn read(name: &str, file: &str, builder: ExtractorBuilder) {
    match builder.build() {
        Ok(extractor) => extract(&extractor),
        Err(error) => says_where(name, file, &error),
    }
}

fn says_where(name: &str, file: &str, error: &Error) {
    assert_eq!(error.file(), name, "{error}");
    assert!((1..=file.split('\n').count() + 1).contains(&error.line()), "{error}");
    assert!(!error.reason().is_empty());
}

fn extract(extractor: &Extractor) {
    let head = head::find(TEXT, None);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize_with_body(TEXT, head.body, &mut tokens);
    extractor.extract(&Input::new(tokens.of(TEXT), head)).for_each_span(|start, end| {
        assert!(TEXT.get(*start..*end).is_some(), "{start}..{end}");
    });
}

target!("frames", check);
