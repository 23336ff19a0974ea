//! Whatever the text: no panic, spans inside it on character boundaries, the same answer again, and in time.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dateline_events::annotation::Annotations;
use dateline_events::{Extractor, Input, head};
use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_tokenizer::{Span, Tokenizer, Tokens};
use proptest::prelude::*;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::embedded().unwrap());

/// Every capitalised word of some length is a place here: more places than any news has.
fn mentions(text: &str, tokens: &Tokens) -> Vec<Mention> {
    (0..tokens.len())
        .map(|token| tokens.span(token))
        .filter(|&span| text[span].starts_with(char::is_uppercase) && span.len() > 3)
        .map(|span: Span| Mention {
            span,
            usage: Use::Literal,
            kind: PlaceKind::City,
            place: None,
            position: None,
            radius_km: None,
            precision: None,
            country: None,
            anchor: None,
            container: None,
            confidence: 1.0,
            candidates: Vec::new(),
        })
        .collect()
}

fn extract(text: &str) -> Annotations {
    let head = head::find(text, None);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let places = mentions(text, &tokens);
    EXTRACTOR.extract(&Input::new(tokens.of(text), head).with_places(&places))
}

fn check(text: &str) {
    let found = extract(text);
    assert_eq!(found, extract(text));
    found.clone().for_each_span(|start, end| {
        assert!(
            *start <= *end && text.is_char_boundary(*start) && text.is_char_boundary(*end),
            "{start}..{end} of {text:?}"
        );
    });
    for (number, event) in found.events.iter().enumerate() {
        assert_eq!(event.trigger.text, text[event.trigger.start..event.trigger.end]);
        assert!(event.part_of.is_none_or(|whole| whole != number && whole < found.events.len()), "{text:?}");
        assert!((0.0..=1.0).contains(&event.confidence));
        for bounds in
            [event.killed, event.injured, event.missing, event.detained, event.displaced].into_iter().flatten()
        {
            assert!(bounds.min.zip(bounds.max).is_none_or(|(min, max)| min <= max), "{bounds:?} of {text:?}");
        }
    }
}

/// Words of news, in no order: what the rules look for stands in all the wrong places.
const WORDS: &[&str] = &[
    "drones",
    "drone",
    "two",
    "several",
    "three",
    "one",
    "no",
    "not",
    "killed",
    "wounded",
    "shot",
    "down",
    "intercepted",
    "the",
    "a",
    "of",
    "in",
    "over",
    "near",
    "and",
    "or",
    ",",
    ":",
    ".",
    "\n",
    "\n\n",
    "\"",
    "who",
    "that",
    "which",
    "when",
    "said",
    "denied",
    "failed",
    "to",
    "plan",
    "tried",
    "attack",
    "strike",
    "Kyiv",
    "Goma",
    "army",
    "rebels",
    "police",
    "arrested",
    "people",
    "dead",
    "toll",
    "rose",
    "at least",
    "dozens",
    "since",
    "May",
    "2023",
    "on Monday",
    "will",
    "may",
    "if",
    "rarely",
    "nobody",
    "was",
    "were",
    "been",
    "had",
    "by",
    "with",
    "from",
    "they",
    "it",
    "all",
    "protest",
    "met",
    "damage",
    "debris",
    "fell",
    "evacuated",
    "ceasefire",
    "’s",
    "é",
    "👍",
    "12",
    "1.5",
    "%",
    "km",
    "-",
    "(",
    ")",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..120)) {
        check(&words.join(" "));
    }
}

/// Time for a text of `count` repetitions: the best of two, as the machine may do other things.
fn time(unit: &str, count: usize) -> Duration {
    let text = unit.repeat(count);
    LazyLock::force(&EXTRACTOR);
    let run = || {
        let start = Instant::now();
        extract(&text);
        start.elapsed()
    };
    run().min(run())
}

/// Four times the text may take about four times as long; sixteen times would be quadratic.
#[test]
fn cost_is_linear() {
    for unit in [
        "drones were shot down over Kyiv and ",
        "The army shot down two drones over Kyiv on Monday. ",
        "The attack in Goma killed three people, the army said. ",
        "two and three and ",
        "killed killed killed ",
        "Goma Kyiv Lviv ",
        "said that the army said that ",
        "of the army of ",
        "\"( ",
    ] {
        let (short, long) = (time(unit, 400), time(unit, 1600));
        let limit = short.max(Duration::from_millis(20)) * 9;
        assert!(long < limit, "{unit:?}: {short:?}, four times the text {long:?}");
    }
}

#[test]
fn a_sentence_of_fifty_thousand_words() {
    let took = time("rebels attacked Goma and killed two soldiers ", 7_200);
    assert!(took < Duration::from_secs(60), "{took:?}");
}
