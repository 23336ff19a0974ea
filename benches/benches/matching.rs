//! Finding the names of a gazetteer in news: the hot path of place recognition.
//!
//! `exact` compares on equal terms: the very bytes of the names, leftmost-longest, on word boundaries, the same count for
//! all. Automata know no word boundaries; a hit that fails them is mended as their users do it: the longest name that
//! starts there and does end at a boundary is looked up, else the search goes on behind the start. `folded` is what the
//! resolver uses: case, accents, hyphens and apostrophes do not count, no peer has it.
// `criterion_group!` makes functions without docs.
#![allow(missing_docs)]

use std::collections::HashSet;
use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use dateline::gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline::tokenizer::{Tokenizer, Tokens};

const BYTES: usize = 2 << 20;

fn is_boundary(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[at..].chars().next().is_some_and(char::is_alphanumeric);
    !(before && after)
}

/// Counts names on word boundaries, given a search for the leftmost-longest name from a position on.
fn count(text: &str, names: &HashSet<&str>, find: impl Fn(usize) -> Option<(usize, usize)>) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some((start, end)) = find(at) {
        let mut ends = (start + 1..=end).rev().filter(|&end| text.is_char_boundary(end));
        let whole = match is_boundary(text, start) {
            true if is_boundary(text, end) => Some(end),
            true => ends.find(|&end| is_boundary(text, end) && names.contains(&text[start..end])),
            false => None,
        };
        count += usize::from(whole.is_some());
        // Names begin with an ASCII letter.
        at = whole.unwrap_or(start + 1);
    }
    count
}

fn exact(criterion: &mut Criterion) {
    let names = dateline_benches::names(&dateline_benches::pipeline());
    let set: HashSet<&str> = names.iter().map(String::as_str).collect();
    let text = dateline_benches::news(&names, BYTES);
    let ours =
        Dictionary::new(names.iter().map(|name| (name, ())), Folding::Exact, Starts::Capitalized).expect("names");
    let daachorse: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(daachorse::MatchKind::LeftmostLongest)
        .build(&names)
        .expect("an automaton");
    let aho_corasick = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(&names)
        .expect("an automaton");
    let with_ours = || ours.find_spans(&text).count();
    let with_daachorse = || {
        count(&text, &set, |at| {
            let found = daachorse.leftmost_find_iter(&text[at..]).next()?;
            Some((at + found.start(), at + found.end()))
        })
    };
    let with_aho_corasick = || {
        count(&text, &set, |at| {
            let found = aho_corasick.find(aho_corasick::Input::new(&text).span(at..text.len()))?;
            Some((found.start(), found.end()))
        })
    };
    let expected = with_ours();
    assert!(expected > names.len() / 20, "{expected} names found");
    assert_eq!(with_daachorse(), expected, "daachorse");
    assert_eq!(with_aho_corasick(), expected, "aho-corasick");

    let mut group = criterion.benchmark_group(format!("exact/{}-names/{expected}-found", names.len()));
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("dateline", |bencher| bencher.iter(|| assert_eq!(black_box(with_ours()), expected)));
    group.bench_function("daachorse", |bencher| bencher.iter(|| assert_eq!(black_box(with_daachorse()), expected)));
    group.bench_function("aho-corasick", |bencher| {
        bencher.iter(|| assert_eq!(black_box(with_aho_corasick()), expected))
    });
    group.finish();
}

fn folded(criterion: &mut Criterion) {
    let pipeline = dateline_benches::pipeline();
    let names = dateline_benches::names(&pipeline);
    let text = dateline_benches::news(&names, BYTES);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(&text, &mut tokens);
    let find = || pipeline.gazetteer().find_iter(tokens.of(&text)).count();
    let expected = find();
    assert!(expected > names.len() / 20, "{expected} names found");
    let mut group = criterion.benchmark_group(format!("folded/{expected}-found"));
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("gazetteer", |bencher| bencher.iter(|| assert_eq!(black_box(find()), expected)));
    group.finish();
}

criterion_group!(benches, exact, folded);
criterion_main!(benches);
