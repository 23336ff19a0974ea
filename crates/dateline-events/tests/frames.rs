//! The examples beside the embedded frames.

use dateline_events::Extractor;

#[test]
fn every_example_holds() {
    let failures = Extractor::embedded().unwrap().check_examples();
    let list: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} examples fail\n{}", list.len(), list.join("\n"));
}
