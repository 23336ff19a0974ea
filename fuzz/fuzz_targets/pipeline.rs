//! Any text gives a report whose spans lie in the text, and whose JSON reads back as the same report.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use std::sync::OnceLock;

use dateline::{Document, OffsetUnit, Pipeline, Report};
use serde_json::Value;

fn check_spans(text: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_spans(text, item)),
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let at = |offset: &Value| offset.as_u64().expect("an offset") as usize;
                let found = text.get(at(start)..at(end)).unwrap_or_else(|| panic!("no span of the text: {value}"));
                assert!(fields.get("text").is_none_or(|said| said == found), "{value}");
            }
            fields.values().for_each(|field| check_spans(text, field));
        }
        _ => {}
    }
}

fn check(data: &[u8]) {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::embedded().expect("the embedded data is sound"));
    let text = String::from_utf8_lossy(data);
    let document = Document::new(&*text).expect("a short text");
    let report = pipeline.extract(&document);
    let json = serde_json::to_string(&report).expect("a report is JSON");
    check_spans(&text, &serde_json::from_str(&json).expect("JSON"));
    assert_eq!(serde_json::from_str::<Report>(&json).expect("a report"), report);
    assert_eq!(report.to_offsets(&text, OffsetUnit::Chars).to_offsets(&text, OffsetUnit::Bytes), report);
}

target!("pipeline", check);
