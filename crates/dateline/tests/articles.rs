//! The reports of the sample articles, whole, so that every change of a report is seen; and what the first of them must say
//! in any case.

use std::fs;
use std::path::Path;

use dateline::report::{Bounds, Event, PlaceKind, Polarity, Status, TimeBasis, Versions};
use dateline::{Document, Pipeline, Report};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/articles")
}

fn read(pipeline: &Pipeline, path: &Path) -> Report {
    let text = fs::read_to_string(path).expect("an article");
    let id = path.file_stem().expect("a name").to_string_lossy().into_owned();
    pipeline.extract(&Document::new(&text).expect("a short text").with_id(id))
}

#[test]
fn reports_change_only_on_purpose() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    let mut paths: Vec<_> =
        fs::read_dir(folder()).expect("articles").map(|entry| entry.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(paths.len() >= 25);
    for path in paths {
        let mut report = read(&pipeline, &path);
        // Hashes change with any change of data; what matters is whether the report does.
        let version = || String::from("-");
        report.versions = Versions { dateline: version(), gazetteer: version(), model: version(), frames: version() };
        insta::assert_json_snapshot!(report.id.clone().expect("an id"), report);
    }
}

fn place_names<'r>(report: &'r Report, event: &Event) -> Vec<(&'r str, PlaceKind)> {
    let places = event.places.iter().map(|place| &report.places[place.place]);
    places.map(|place| (place.name.as_deref().unwrap_or(&place.text), place.kind)).collect()
}

fn exactly(count: u64) -> Option<Bounds> {
    Some(Bounds { min: Some(count), max: Some(count) })
}

/// Header on a line of its own, and a leading space with the report in the header's line: the same events.
#[test]
fn drones_near_moscow() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    for name in ["istra.txt", "istra-inline.txt"] {
        let report = read(&pipeline, &folder().join(name));
        assert_eq!(report.date.as_deref(), Some("2023-11-06"), "{name}");
        let of = |kind: &str| report.events.iter().filter(|event| event.r#type == kind).collect::<Vec<_>>();
        let news = |event: &&&Event| !event.background;

        let interceptions = of("interception");
        let [whole, two, one] = interceptions.iter().filter(news).copied().collect::<Vec<_>>()[..] else {
            panic!("{name}: three interceptions and their parts: {interceptions:#?}");
        };
        // What the headline of the first form tells is told again by its first sentence.
        let headline = whole.mentions.iter().map(|mention| mention.text.as_str()).collect::<Vec<_>>();
        assert_eq!(headline, if name == "istra.txt" { &["shot down"][..] } else { &[] }, "{name}");
        assert!(of("drone_strike").is_empty(), "{name}: drones that were launched and stopped");
        let count = |event: &Event| event.quantity.as_ref().map(|quantity| (quantity.min, quantity.max));
        assert_eq!(count(whole), Some((Some(2), None)), "{name}: several");
        assert_eq!(count(two), Some((Some(2), Some(2))), "{name}");
        assert_eq!(count(one), Some((Some(1), Some(1))), "{name}");
        let whole_index = report.events.iter().position(|event| event == whole);
        assert_eq!((two.part_of, one.part_of), (whole_index, whole_index), "{name}");
        let admin1 = PlaceKind::Admin1;
        assert_eq!(place_names(&report, two), [("Kaluga Oblast", admin1), ("Tver Oblast", admin1)], "{name}");
        assert!(place_names(&report, one).iter().any(|(place, _)| place.contains("Istra")), "{name}");
        assert!([whole, two, one].iter().all(|event| event.source.is_some()), "{name}: sources");

        let [damage] = of("damage")[..] else { panic!("{name}: one damage") };
        assert_eq!(damage.status, Status::Confirmed, "{name}");
        assert!(damage.source.as_ref().is_some_and(|source| source.text.contains("Sobyanin")), "{name}: {damage:#?}");
        assert!(place_names(&report, damage).iter().any(|(place, _)| place.contains("Istra")), "{name}");
        assert_eq!((damage.killed, damage.injured), (exactly(0), exactly(0)), "{name}: nobody was hurt");
        assert!([whole, two, one].iter().all(|event| event.injured.is_none()), "{name}: by the damage");

        let [debris] = of("debris_fall")[..] else { panic!("{name}: one fall of debris") };
        assert_eq!(place_names(&report, debris)[0].0, "Zavidovo", "{name}");

        let [disruption] = of("disruption")[..] else { panic!("{name}: one disruption") };
        assert_eq!(count(disruption), Some((None, Some(50))), "{name}");
        let airports = report.places.iter().filter(|place| place.kind == PlaceKind::Airport).count();
        assert_eq!(airports, 4, "{name}");

        let [may] = interceptions.iter().filter(|event| event.background).copied().collect::<Vec<_>>()[..] else {
            panic!("{name}: one interception in May")
        };
        assert_eq!((may.time.value.as_deref(), may.time.basis), (Some("2023-05"), TimeBasis::Text), "{name}");
        assert!(place_names(&report, may).iter().any(|(place, _)| place.contains("Kremlin")), "{name}");
        let claims = of("responsibility_claim");
        assert!(claims.iter().all(|event| event.polarity == Polarity::Negated), "{name}: {claims:#?}");
        assert_eq!(of("investigation").len(), 1, "{name}");
    }
}
