//! The laws of a report, whatever the text.

use std::sync::OnceLock;

use dateline::report::{OffsetUnit, Report, SCHEMA};
use dateline::{Document, Pipeline, Scratch};
use proptest::prelude::*;
use serde_json::Value;

fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| Pipeline::embedded().expect("the embedded data is sound"))
}

fn report(text: &str) -> Report {
    pipeline().extract(&Document::new(text).expect("a short text"))
}

const TEXT: &str = "date 2023-11-06\n\nRussia's defence ministry said on Monday that two drones had been shot down over the \
    Tver region. \"Nobody was hurt,\" the governor said. In Kyiv, 30 km north of Fastiv, police arrested three people.";

#[test]
fn every_key_is_present_in_the_order_of_the_contract() {
    let json = serde_json::to_string(&report(TEXT)).unwrap();
    let keys = [
        "schema",
        "versions",
        "id",
        "meta",
        "offsets",
        "date",
        "date_source",
        "dateline",
        "sentences",
        "places",
        "times",
        "quantities",
        "actors",
        "quotes",
        "events",
    ];
    let mut at = 0;
    for key in keys {
        at += json[at..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("no {key} after byte {at} of {json}"));
    }

    let event_keys = [
        "type",
        "trigger",
        "mentions",
        "sentence",
        "agent",
        "target",
        "instrument",
        "places",
        "time",
        "quantity",
        "killed",
        "injured",
        "missing",
        "detained",
        "displaced",
        "tolls",
        "polarity",
        "modality",
        "background",
        "source",
        "status",
        "part_of",
        "codes",
        "rule",
        "confidence",
    ];
    let value: Value = serde_json::from_str(&json).unwrap();
    let event = value["events"][0].as_object().expect("an event");
    for key in event_keys {
        assert!(event.contains_key(key), "no {key} in {event:?}");
    }
    assert_eq!(event.len(), event_keys.len());
    let place = value["places"][0].as_object().expect("a place");
    let place_keys = [
        "start",
        "end",
        "text",
        "use",
        "name",
        "kind",
        "geonames_id",
        "country",
        "admin1",
        "admin2",
        "lat",
        "lon",
        "radius_km",
        "precision",
        "iata",
        "icao",
        "anchor",
        "offset_km",
        "bearing_deg",
        "confidence",
        "candidates",
    ];
    for key in place_keys {
        assert!(place.contains_key(key), "no {key} in {place:?}");
    }
    assert_eq!(place.len(), place_keys.len());
    assert_eq!(value["schema"], SCHEMA);
}

#[test]
fn a_pipeline_is_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Pipeline>();
    shared::<Report>();
    shared::<Document<'static>>();
    let alone = report(TEXT);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(report(TEXT), alone));
        }
    });
}

#[test]
fn the_same_buffers_give_the_same_report() {
    let mut scratch = Scratch::new();
    let texts = [TEXT, "", "A bomb exploded in Kabul on Tuesday, killing five people.", TEXT];
    for text in texts {
        let document = Document::new(text).unwrap();
        assert_eq!(pipeline().extract_with(&document, &mut scratch), report(text));
    }
}

/// Every span of the report lies in the text, on character boundaries, and says what stands there.
fn check_spans(text: &str, value: &Value) -> Result<(), TestCaseError> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| check_spans(text, item)),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
                let found = text.get(start..end);
                prop_assert!(found.is_some(), "{start}..{end} of {} bytes: {value}", text.len());
                if let Some(said) = fields.get("text") {
                    prop_assert_eq!(said.as_str(), found);
                }
            }
            fields.values().try_for_each(|field| check_spans(text, field))
        }
        _ => Ok(()),
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let report = report(text);
    let json = serde_json::to_string(&report).unwrap();
    check_spans(text, &serde_json::from_str(&json).unwrap())?;
    prop_assert_eq!(&serde_json::from_str::<Report>(&json).unwrap(), &report);
    let events = report.events.len();
    for event in &report.events {
        prop_assert!(event.places.iter().all(|place| place.place < report.places.len()));
        prop_assert!(event.part_of.is_none_or(|whole| whole < events));
        let arguments = event.agent.iter().chain(&event.target).chain(&event.instrument);
        prop_assert!(arguments.flat_map(|argument| argument.actor).all(|actor| actor < report.actors.len()));
        prop_assert!(event.sentence < report.sentences.len());
    }
    for unit in [OffsetUnit::Chars, OffsetUnit::Utf16] {
        let other = report.to_offsets(text, unit);
        prop_assert_eq!(other.to_offsets(text, OffsetUnit::Bytes), report.clone());
    }
    Ok(())
}

/// Words that rules look for, in any order, with the marks and characters that break things.
fn wordy() -> impl Strategy<Value = String> {
    let words = [
        "Russia",
        "said",
        "that",
        "drones",
        "were",
        "shot",
        "down",
        "over",
        "Tver",
        "two",
        "killed",
        "\"",
        "“",
        "”",
        "(",
        ")",
        ",",
        ".",
        "\n\n",
        "\n",
        "in",
        "Kyiv",
        "on",
        "Tuesday",
        "the",
        "army",
        "no",
        "not",
        "at",
        "least",
        "12",
        "people",
        "protest",
        "’s",
        "'s",
        "é",
        "🚀",
        "\u{feff}",
        "—",
        "-",
        "KABUL",
        "March 14 (Reuters) -",
        "date 2023-11-06",
        "and",
        "one",
        "which",
        "had",
        "been",
        "30 km north of",
        "arrested",
        "denied",
        "accused",
        "of",
        "to",
        "Ukraine",
        "\t",
        "日本",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_a_sound_report(text in "\\PC{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_heap_of_words_gives_a_sound_report(text in wordy()) {
        check(&text)?;
    }
}

#[test]
fn odd_texts_give_sound_reports() {
    let long_word = "x".repeat(100_000);
    let brackets = "(".repeat(100_000);
    let quotes = "\"“‘".repeat(30_000);
    let capitals = "DRONES KILLED TWO IN KYIV ".repeat(4_000);
    let one_line = "killed ".repeat(20_000);
    let huge = "999999999999999999 people were killed.";
    for text in
        ["", " ", "\u{feff}", "\0", "date 2023-99-99", huge, &long_word, &brackets, &quotes, &capitals, &one_line]
    {
        check(text).unwrap();
    }
}
