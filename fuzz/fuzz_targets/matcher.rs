//! The matcher finds what a naive search finds. An input is names, one a line, then an empty line, then a text.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use std::collections::HashSet;
use std::ops::Range;

use dateline::gazetteer::matcher::{Dictionary, Folding, Starts, folded};
use dateline::tokenizer::{Tokenizer, Tokens};

fn check(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (list, text) = input.split_once("\n\n").unwrap_or((&input, &input));
    for starts in [Starts::Capitalized, Starts::AnyWord] {
        exact(&names(list, Folding::Exact), text, starts);
        fold(&names(list, Folding::Folded), text, starts);
    }
}

/// The lines that a dictionary takes.
fn names(list: &str, folding: Folding) -> Vec<&str> {
    let takes = |name: &&str| Dictionary::new([(*name, ())], folding, Starts::AnyWord).is_ok();
    list.lines().take(200).filter(takes).collect()
}

fn char_after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Leftmost, longest, on word boundaries, none overlapping: every name is tried at every character.
fn naive(names: &[&str], text: &str, starts: Starts) -> Vec<Range<usize>> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let capital = c.is_uppercase() || c.is_numeric() || (!c.is_ascii() && !c.is_lowercase());
        let overlaps = found.last().is_some_and(|last| at < last.end);
        if overlaps || is_word(char_before(text, at)) || (starts == Starts::Capitalized && !capital) {
            continue;
        }
        let here = names.iter().filter(|name| text[at..].starts_with(**name));
        let ends = here.map(|name| at + name.len()).filter(|&end| !is_word(char_after(text, end)));
        found.extend(ends.max().map(|end| at..end));
    }
    found
}

fn exact(names: &[&str], text: &str, starts: Starts) {
    let dictionary = Dictionary::new(names.iter().map(|name| (name, *name)), Folding::Exact, starts).expect("names");
    let found: Vec<Range<usize>> = dictionary.find_spans(text).map(|(span, _)| span.range()).collect();
    assert_eq!(found, naive(names, text, starts), "{starts:?} {names:?} in {text:?}");
    assert!(dictionary.find_spans(text).all(|(span, values)| values.iter().all(|value| *value == &text[span])));
}

/// What is found folds to a name; a plain occurrence of a plain name is found, or lies across something found.
fn fold(names: &[&str], text: &str, starts: Starts) {
    let dictionary = Dictionary::new(names.iter().map(|name| (name, *name)), Folding::Folded, starts).expect("names");
    let keys: HashSet<String> = names.iter().filter_map(|name| folded(name)).collect();
    let found: Vec<Range<usize>> = dictionary.find_spans(text).map(|(span, _)| span.range()).collect();
    let mut end = 0;
    for range in &found {
        assert!(end <= range.start && range.start < range.end, "{range:?} after {end} in {text:?}");
        let written = text.get(range.clone()).expect("on character boundaries");
        assert!(folded(written).is_some_and(|key| keys.contains(&key)), "{written:?} is none of {names:?}");
        end = range.end;
    }
    let is_plain =
        |name: &&&str| name.split(' ').all(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()));
    for name in names.iter().filter(is_plain) {
        let capital = starts == Starts::AnyWord || name.starts_with(|c: char| c.is_ascii_uppercase());
        for (at, _) in text.match_indices(name) {
            let end = at + name.len();
            let alone =
                char_before(text, at).is_none_or(char::is_whitespace) && char_after(text, end).is_none_or(|c| c == ',');
            let met = || found.iter().any(|range| range.start < end && at < range.end);
            assert!(!alone || !capital || met(), "{name:?} at {at} of {text:?}, found {found:?}");
        }
    }
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    // The same without those in addresses and handles.
    let mut rest = found.iter();
    for with_tokens in dictionary.find_iter(tokens.of(text)) {
        assert!(rest.any(|range| *range == with_tokens.span.range()), "{:?} of {text:?}", with_tokens.span);
        let touched = tokens.overlapping(with_tokens.span);
        assert_eq!(with_tokens.tokens, touched, "{:?} of {text:?}", with_tokens.span);
    }
}

target!("matcher", check);
