use dateline_syntax::{Analysis, Analyzer};
use dateline_tokenizer::{Tokenizer, Tokens};
use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::head::Head;
use crate::time;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    quantities: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    min: Option<f64>,
    max: Option<f64>,
    #[serde(default)]
    about: bool,
    dimension: Option<Dimension>,
    unit: Option<String>,
    of: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// The quantities of a text.
fn quantities(text: &str) -> Vec<Quantity> {
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let tokenized = tokens.of(text);
    let analyzer = Analyzer::embedded().unwrap();
    let mut analysis = Analysis::new();
    let mut atoms = Atoms::default();
    let mut times = time::Reader::new(tokenized, &Head::default(), time::DateOrder::Auto);
    let mut reader = Reader::default();
    let mut out = Vec::new();
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokenized, sentence, &mut analysis);
        atoms.fill(tokenized, tokens.sentence(sentence));
        let mut found = Vec::new();
        times.read(&atoms, Some(&analysis), text, &mut found);
        reader.read(&atoms, &analysis, &found, text, &mut out);
    }
    out
}

/// Found by fuzzing: an infinite count.
#[test]
fn a_run_of_hundreds_of_digits_is_no_number() {
    let text = format!("{} people fled.", "20".repeat(200));
    assert_eq!(quantities(&text), []);
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("../../testdata/quantities.toml")).unwrap();
    let mut wrong = String::new();
    for case in cases.case {
        let shown: Vec<_> = quantities(&case.text)
            .into_iter()
            .enumerate()
            .map(|(index, quantity)| {
                let said = case.quantities.get(index);
                Expected {
                    text: quantity.text,
                    min: quantity.min,
                    max: quantity.max,
                    about: quantity.approximate,
                    dimension: Some(quantity.dimension).filter(|dimension| *dimension != Dimension::Count),
                    unit: quantity.unit,
                    // What a number without a noun counts is compared where the case says it.
                    of: quantity.of.filter(|_| said.is_none_or(|said| said.of.is_some())),
                }
            })
            .collect();
        if shown != case.quantities {
            wrong +=
                &format!("{}: {:?}\n  expected {:?}\n  found    {shown:?}\n", case.name, case.text, case.quantities);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gives_ordered_spans_and_bounds(
        text in "\\PC{0,60}|([0-9]{1,6}|[$£%,./–-]|one|two|hundred|million|dozens?|of|and|at least|nearly|a|few|km|years?|old|[ \n]){0,40}",
        words in prop::collection::vec(prop::sample::select(WORDS), 0..30),
    ) {
        for text in [text, words.join(" ")] {
            let mut last = 0;
            for quantity in quantities(&text) {
                prop_assert!(last <= quantity.start && quantity.start < quantity.end, "{text:?}: {quantity:?}");
                last = quantity.end;
                prop_assert_eq!(&text[quantity.start..quantity.end], quantity.text.as_str());
                if let (Some(min), Some(max)) = (quantity.min, quantity.max) {
                    prop_assert!(min <= max, "{text:?}: {quantity:?}");
                }
                prop_assert!(quantity.min.is_some() || quantity.max.is_some(), "{text:?}: {quantity:?}");
                prop_assert!(quantity.min.or(quantity.max).is_some_and(f64::is_finite), "{text:?}: {quantity:?}");
            }
        }
    }
}

/// Words of which quantities are made.
const WORDS: &[&str] = &[
    "at least",
    "more than",
    "up to",
    "nearly",
    "about",
    "over",
    "an estimated",
    "between",
    "and",
    "to",
    "or",
    "more",
    "so",
    "a",
    "couple",
    "few",
    "several",
    "dozens",
    "tens",
    "hundreds",
    "of",
    "thousands",
    "thousand",
    "million",
    "dozen",
    "half",
    "one",
    "two",
    "twenty",
    "five",
    "hundred",
    "1,200",
    "1.2",
    "3",
    "17",
    "007",
    "99999999999999999999",
    "$",
    "£40",
    "bn",
    "Rs",
    "euros",
    "%",
    "percent",
    "km",
    "square",
    "kg",
    "-",
    "year-old",
    "years",
    "old",
    "aged",
    "their",
    "70s",
    "drones",
    "wounded",
    "men",
    "both",
    "who",
    "3-2",
    "10-15",
    "Su-34",
    "block",
    ",",
    "31",
    "per hour",
    "plus",
    "thirds",
    "quarters",
    "third",
    "others",
    "1.2m",
    "barrels",
    "hryvnias",
    "Ukrainian",
    "months",
    "strong",
    "31 February",
];
