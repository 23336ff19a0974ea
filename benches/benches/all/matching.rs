//! Finding the names of a gazetteer in news: the hot path of place recognition.
//!
//! `exact` compares on equal terms: the very bytes of the names, leftmost-longest, on word boundaries, the same count for
//! all. Automata know no word boundaries; a hit that fails them is mended as their users do it: the longest name that
//! starts there and does end at a boundary is looked up, else the search goes on behind the start. The transducer (`fst`)
//! is walked from each word that begins with a capital, as `dateline` does it. `folded` is what the resolver uses: case,
//! accents, hyphens and apostrophes do not count; no peer has it.

use std::collections::HashSet;
use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use criterion::{Criterion, Throughput};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};
use dateline::gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline_benches::{embedded_names, names, news, pipeline};

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

/// The same with a transducer, walked from each capital at the start of a word.
fn count_walking(text: &str, names: &fst::Set<Vec<u8>>) -> usize {
    let transducer = names.as_fst();
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let mut longest = None;
        if bytes[at].is_ascii_uppercase() && is_boundary(text, at) {
            let mut node = transducer.root();
            for (offset, &byte) in bytes[at..].iter().enumerate() {
                let Some(transition) = node.find_input(byte) else { break };
                node = transducer.node(node.transition_addr(transition));
                let end = at + offset + 1;
                if node.is_final() && is_boundary(text, end) {
                    longest = Some(end);
                }
            }
        }
        count += usize::from(longest.is_some());
        at = longest.unwrap_or(at + 1);
    }
    count
}

pub fn exact(criterion: &mut Criterion) {
    let embedded = embedded_names(&pipeline());
    for size in [10_000, 200_000, 577_000] {
        let names = names(&embedded, size);
        let set: HashSet<&str> = names.iter().map(String::as_str).collect();
        let text = news(&names, BYTES);
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
        let transducer = fst::Set::from_iter(&names).expect("sorted names");
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
        let with_fst = || count_walking(&text, &transducer);
        let expected = with_ours();
        assert!(expected > 5_000, "{expected} names found");

        let mut group = criterion.benchmark_group(format!("exact/{size}-names/{expected}-found"));
        group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("dateline", |bencher| bencher.iter(|| assert_eq!(black_box(with_ours()), expected)));
        group.bench_function("daachorse", |bencher| bencher.iter(|| assert_eq!(black_box(with_daachorse()), expected)));
        group.bench_function("aho-corasick", |bencher| {
            bencher.iter(|| assert_eq!(black_box(with_aho_corasick()), expected));
        });
        group.bench_function("fst", |bencher| bencher.iter(|| assert_eq!(black_box(with_fst()), expected)));
        group.finish();
    }
}

pub fn folded(criterion: &mut Criterion) {
    let pipeline = pipeline();
    let names = embedded_names(&pipeline);
    let text = news(&names, BYTES);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(&text, &mut tokens);
    let dictionary =
        Dictionary::new(names.iter().map(|name| (name, ())), Folding::Folded, Starts::Capitalized).expect("names");
    // A dictionary of the own names finds fewer than the gazetteer, which has all names.
    let in_dictionary = dictionary.find_iter(tokens.of(&text)).count();
    let in_gazetteer = pipeline.gazetteer().find_iter(tokens.of(&text)).count();
    assert!(in_gazetteer > in_dictionary && in_dictionary > 5_000, "{in_gazetteer} and {in_dictionary} names found");
    let mut group = criterion.benchmark_group("folded");
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function(format!("dictionary/{}-names/{in_dictionary}-found", names.len()), |bencher| {
        bencher.iter(|| assert_eq!(black_box(dictionary.find_iter(tokens.of(&text)).count()), in_dictionary));
    });
    group.bench_function(format!("gazetteer/all-names/{in_gazetteer}-found"), |bencher| {
        bencher.iter(|| assert_eq!(black_box(pipeline.gazetteer().find_iter(tokens.of(&text)).count()), in_gazetteer));
    });
    group.finish();
}
