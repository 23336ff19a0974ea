//! The examples beside the embedded frames.

use std::collections::BTreeMap;

use dateline_events::Extractor;

#[test]
fn every_example_holds() {
    let failures = Extractor::embedded().unwrap().check_examples();
    let list: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} examples fail\n{}", list.len(), list.join("\n"));
}

/// How many sentences there must be beside the frames: those that tell of an event, those that must not match.
const SENTENCES: (usize, usize) = (560, 230);

/// How many of each every event type must have.
const EACH: (usize, usize) = (4, 1);

/// The tables of `key` in a table.
fn tables<'t>(table: &'t toml::Value, key: &str) -> &'t [toml::Value] {
    table.get(key).and_then(toml::Value::as_array).map_or(&[], Vec::as_slice)
}

/// Every type of event has sentences beside it that must match, and some that must not; and they do not get fewer.
#[test]
fn every_type_has_examples_and_counterexamples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("frames");
    let mut of_type = BTreeMap::<String, (usize, usize)>::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: toml::Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for frame in tables(&file, "frame") {
            let (told, untold) = of_type.entry(frame["type"].as_str().unwrap().to_owned()).or_default();
            *told += tables(frame, "example").len();
            *untold += tables(frame, "counterexample").len();
        }
    }
    let poor: Vec<_> = of_type.iter().filter(|(_, (told, untold))| *told < EACH.0 || *untold < EACH.1).collect();
    assert!(poor.is_empty(), "too few sentences: {poor:?}");
    let (told, untold) = of_type.values().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    assert!(told >= SENTENCES.0 && untold >= SENTENCES.1, "{told} and {untold} sentences");
}
