//! The main facts of the sample articles, as a reader states them in `testdata/articles/facts.tsv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::{Document, Pipeline};
use serde_json::Value;

/// How many facts there must be at least: they may be added, not thinned out.
const FACTS: usize = 170;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/articles")
}

/// A value as the file writes it: bounds as "2", "5..", "..50" or "10..15", what is null as nothing.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(bounds) => match (&bounds["min"], &bounds["max"]) {
            (min, max) if min == max => written(min),
            (min, max) => format!("{}..{}", written(min), written(max)),
        },
        other => other.to_string(),
    }
}

/// What a report says of one of its events, in the words of the file.
fn told(report: &Value, event: &Value, field: &str) -> String {
    let list = |key: &str| event[key].as_array().unwrap_or_else(|| panic!("`{key}` is a list")).iter();
    let mention = |place: &Value| &report["places"][place["place"].as_u64().expect("an index") as usize];
    match field {
        "agent" | "target" | "instrument" => {
            list(field).map(|filler| written(&filler["text"])).collect::<Vec<_>>().join(" + ")
        }
        "places" => {
            let places = list("places").map(|place| {
                let name = if mention(place)["name"].is_null() { "text" } else { "name" };
                format!("{} {}", written(&place["relation"]), written(&mention(place)[name]))
            });
            places.collect::<Vec<_>>().join(", ")
        }
        "countries" => list("places").map(|place| written(&mention(place)["country"])).collect::<Vec<_>>().join(", "),
        "time" => written(&event["time"]["value"]),
        "basis" => written(&event["time"]["basis"]),
        "source" => written(&event["source"]["text"]),
        "plover" => written(&event["codes"]["plover"]["event"]),
        "cameo" => written(&event["codes"]["cameo"]["code"]),
        "acled" => written(&event["codes"]["acled_style"]["sub_event"]),
        "quantity" | "killed" | "injured" | "missing" | "detained" | "displaced" | "status" | "polarity"
        | "modality" | "background" => written(&event[field]),
        other => panic!("facts.tsv: there is no field `{other}`"),
    }
}

/// Has the event this trigger, as its own or among its mentions?
fn has_trigger(event: &Value, trigger: &str) -> bool {
    let mentions = event["mentions"].as_array().expect("a list");
    mentions.iter().chain([&event["trigger"]]).any(|phrase| phrase["text"] == trigger)
}

#[test]
fn main_facts_hold_and_known_failures_still_fail() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    let mut reports: BTreeMap<String, Value> = BTreeMap::new();
    let table = fs::read_to_string(folder().join("facts.tsv")).expect("the facts");
    let mut wrong = Vec::new();
    let mut facts = 0;
    for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [article, state, kind, trigger, field, value] = columns[..] else {
            panic!("facts.tsv:{}: expected six columns", number + 1)
        };
        facts += 1;
        let report = reports.entry(article.to_owned()).or_insert_with(|| {
            let text = fs::read_to_string(folder().join(format!("{article}.txt"))).expect("an article");
            let report = pipeline.extract(&Document::new(&text).expect("a short text"));
            serde_json::to_value(report).expect("a report is JSON")
        });
        let events = report["events"].as_array().expect("a list").iter();
        let found: Vec<String> = events
            .filter(|event| event["type"] == kind && has_trigger(event, trigger))
            .map(|event| told(report, event, field))
            .collect();
        let says = if found.is_empty() { "has no such event".to_owned() } else { format!("says {found:?}") };
        let at = format!("facts.tsv:{}: {article}: {kind} \"{trigger}\" {field} `{value}`", number + 1);
        match (state, found.iter().any(|found| found == value)) {
            ("holds", true) | ("fails", false) => {}
            ("holds", false) => wrong.push(format!("{at}: the report {says}")),
            ("fails", true) => wrong.push(format!("{at}: holds now, write so")),
            (other, _) => panic!("{at}: state `{other}`"),
        }
    }
    assert!(wrong.is_empty(), "{} lines\n{}", wrong.len(), wrong.join("\n"));
    assert!(facts >= FACTS, "{facts} facts");
}
