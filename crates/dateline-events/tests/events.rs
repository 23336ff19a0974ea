//! The cases of `testdata/events`: examples of what holds across frames.

use dateline_events::Extractor;

const FILES: &[(&str, &str)] = &[
    ("truth.toml", include_str!("../testdata/events/truth.toml")),
    ("parts.toml", include_str!("../testdata/events/parts.toml")),
    ("places.toml", include_str!("../testdata/events/places.toml")),
    ("merging.toml", include_str!("../testdata/events/merging.toml")),
];

#[test]
fn every_case_holds() {
    let builder = FILES.iter().fold(Extractor::builder(), |builder, (file, text)| builder.frames(*file, *text));
    let extractor = builder.build().unwrap_or_else(|error| panic!("{error}"));
    let failures = extractor.check_examples();
    // The examples beside the frames have a test of their own.
    let own = failures.iter().filter(|failure| FILES.iter().any(|(file, _)| *file == failure.file));
    let list: Vec<String> = own.map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} cases fail\n{}", list.len(), list.join("\n"));
}
