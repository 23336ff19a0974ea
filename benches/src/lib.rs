//! Inputs shared by the benchmarks. All of it is our own writing and always the same: the sample articles of
//! `testdata/articles`, texts made of them, and the names of the embedded places.

use std::collections::HashSet;
use std::env;

use dateline::Pipeline;

/// The sample articles. Their list is fixed, so that a new article does not change what was measured.
pub const ARTICLES: [&str; 15] = [
    include_str!("../../testdata/articles/abduction.txt"),
    include_str!("../../testdata/articles/black-sea.txt"),
    include_str!("../../testdata/articles/ceasefire.txt"),
    include_str!("../../testdata/articles/culiacan.txt"),
    include_str!("../../testdata/articles/football.txt"),
    include_str!("../../testdata/articles/goma.txt"),
    include_str!("../../testdata/articles/istra-inline.txt"),
    include_str!("../../testdata/articles/istra.txt"),
    include_str!("../../testdata/articles/kabul.txt"),
    include_str!("../../testdata/articles/khartoum.txt"),
    include_str!("../../testdata/articles/nairobi.txt"),
    include_str!("../../testdata/articles/rafah.txt"),
    include_str!("../../testdata/articles/red-sea.txt"),
    include_str!("../../testdata/articles/sahel.txt"),
    include_str!("../../testdata/articles/sanctions.txt"),
];

/// Sentences in several scripts: what costs more than English does.
pub const SCRIPTS: &str = include_str!("../texts/scripts.txt");

/// The sample articles, owned.
#[must_use]
pub fn articles() -> Vec<String> {
    ARTICLES.map(str::to_owned).to_vec()
}

/// True if the benchmarks are only to be run once, as tests.
#[must_use]
pub fn is_test() -> bool {
    env::args().any(|arg| arg == "--test")
}

/// The pipeline with all embedded data.
///
/// # Panics
///
/// If the embedded data is broken.
#[must_use]
pub fn pipeline() -> Pipeline {
    Pipeline::embedded().expect("the embedded data is sound")
}

/// `text` again and again, an empty line between, until there are `bytes` bytes or a little more.
#[must_use]
pub fn repeated<'t>(texts: impl IntoIterator<Item = &'t str, IntoIter: Clone>, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 2_000);
    for text in texts.into_iter().cycle() {
        if out.len() >= bytes {
            break;
        }
        out.push_str(text.trim_end());
        out.push_str("\n\n");
    }
    out
}

/// A text of about `bytes` bytes made of the articles, cut at the end of a sentence or line.
#[must_use]
pub fn prose(bytes: usize) -> String {
    let mut text = repeated(ARTICLES, bytes);
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(text[..end].rfind(['.', '\n']).map_or(end, |last| last + 1));
    text
}

/// xorshift64
struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The own names of the embedded places that begin with an ASCII capital and end with a letter or digit, each once, sorted.
#[must_use]
pub fn embedded_names(pipeline: &Pipeline) -> Vec<String> {
    let places = pipeline.gazetteer().places().map(|place| place.name());
    let mut names: Vec<String> = places
        .filter(|name| name.len() >= 3 && name.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|name| name.ends_with(char::is_alphanumeric))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// `count` distinct names, sorted: of the embedded ones evenly spread if there are more; if there are fewer all of them, and for
/// the rest made-up ones, each of a real name and the last word of another ("Deir ez-Zor Falls").
#[must_use]
pub fn names(embedded: &[String], count: usize) -> Vec<String> {
    if count <= embedded.len() {
        return (0..count).map(|index| embedded[index * embedded.len() / count].clone()).collect();
    }
    let mut all: HashSet<String> = embedded.iter().cloned().collect();
    let mut random = Random(SEED);
    while all.len() < count {
        let (first, second) = (&embedded[random.below(embedded.len())], &embedded[random.below(embedded.len())]);
        let last = second.rsplit(' ').next().unwrap_or(second);
        all.insert(format!("{first} {last}"));
    }
    let mut names: Vec<String> = all.into_iter().collect();
    names.sort();
    names
}

/// At least `bytes` bytes of news: lines of the articles in a random order, each with a random one of the names before it, so that a search touches its whole table. Always the same text.
///
/// # Panics
///
/// If there are no names.
#[must_use]
pub fn news(names: &[String], bytes: usize) -> String {
    let lines: Vec<&str> =
        ARTICLES.iter().flat_map(|article| article.split_inclusive(". ")).filter(|line| line.len() > 20).collect();
    let mut random = Random(SEED);
    let mut out = String::with_capacity(bytes + 1_000);
    while out.len() < bytes {
        out.push_str("In ");
        out.push_str(&names[random.below(names.len())]);
        out.push_str(": ");
        out.push_str(lines[random.below(lines.len())].trim());
        out.push_str(if random.below(4) == 0 { "\n\n" } else { " " });
    }
    out
}
