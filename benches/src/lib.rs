//! Inputs shared by the benchmarks: the sample articles, and longer texts made of their sentences.

use std::fs;
use std::path::Path;

use dateline::Pipeline;

/// The pipeline with all embedded data.
///
/// # Panics
///
/// If the embedded data is broken.
#[must_use]
pub fn pipeline() -> Pipeline {
    Pipeline::embedded().expect("the embedded data is sound")
}

/// The sample articles in the order of their names.
///
/// # Panics
///
/// If they cannot be read.
#[must_use]
pub fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/articles");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("testdata/articles").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("an article")).collect()
}

/// The own names of the embedded places that begin with an ASCII capital and end with a letter or digit, each once, sorted.
#[must_use]
pub fn names(pipeline: &Pipeline) -> Vec<String> {
    let mut names: Vec<String> = pipeline
        .gazetteer()
        .places()
        .map(|place| place.name())
        .filter(|name| name.len() >= 3 && name.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|name| name.ends_with(char::is_alphanumeric))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// At least `bytes` bytes of news: sentences of the sample articles in a random order, one in three with the name of a random
/// place before it, so that a search touches its whole table. Always the same text.
///
/// # Panics
///
/// If there are no names.
#[must_use]
pub fn news(names: &[String], bytes: usize) -> String {
    let articles = articles();
    let sentences: Vec<&str> = articles
        .iter()
        .flat_map(|article| dateline::tokenizer::sentences(article).map(|sentence| sentence.as_str()))
        .collect();
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |below: usize| {
        // xorshift64
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    let mut out = String::with_capacity(bytes + 1_000);
    while out.len() < bytes {
        if next(3) == 0 {
            out.push_str("In ");
            out.push_str(&names[next(names.len())]);
            out.push_str(": ");
        }
        out.push_str(sentences[next(sentences.len())]);
        out.push_str(if next(4) == 0 { "\n\n" } else { " " });
    }
    out
}
