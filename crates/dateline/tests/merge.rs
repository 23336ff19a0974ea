//! Events of a batch that tell of one happening.

use std::collections::BTreeSet;

use dateline::merge::Happening;
use dateline::{Document, Pipeline, Report};

/// Ids and texts; what one happening is begins with the same letter.
const BATCH: [(&str, &str); 9] = [
    ("a1", "date 2024-03-15\n\nRebels shelled a market in Goma on Thursday, killing seven people, officials said."),
    ("a2", "date 2024-03-14\n\nShelling hit a market in Goma on Thursday."),
    ("a3", "date 2024-03-15\n\nAn attack in Goma on Thursday killed seven people."),
    ("b1", "date 2024-03-15\n\nRebels shelled a market in Bukavu on Thursday."),
    ("c1", "date 2024-03-21\n\nRebels shelled a school in Goma on Wednesday."),
    ("d1", "date 2024-03-15\n\nPolice arrested four men in Goma on Thursday."),
    ("d2", "date 2024-03-16\n\nFour men were arrested in Goma on Thursday, police said."),
    ("e1", "date 2024-03-15\n\nRebels did not shell Goma on Thursday, the army said."),
    ("f1", "date 2024-03-16\n\nPolice arrested nine men in Goma on Thursday."),
];

fn read(pipeline: &Pipeline, batch: &[(&str, &str)]) -> Vec<Report> {
    let read = |(id, text): &(&str, &str)| {
        pipeline.extract(&Document::new(*text).expect("a short text").with_id((*id).to_owned()))
    };
    batch.iter().map(read).collect()
}

/// The happenings as sets of the reports that tell of them.
fn told_by(happenings: &[Happening], reports: &[Report]) -> BTreeSet<Vec<String>> {
    let ids = |happening: &Happening| {
        let mut ids: Vec<String> =
            happening.events.iter().map(|at| reports[at.report].id.clone().expect("an id")).collect();
        ids.sort();
        ids
    };
    happenings.iter().map(ids).collect()
}

#[test]
fn one_happening_of_many_reports() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    let reports = read(&pipeline, &BATCH);
    let happenings = pipeline.merge(&reports);
    let expected: BTreeSet<Vec<String>> = [&["a1", "a2", "a3"][..], &["b1"], &["c1"], &["d1", "d2"], &["e1"], &["f1"]]
        .iter()
        .map(|ids| ids.iter().map(|id| (*id).to_owned()).collect())
        .collect();
    assert_eq!(told_by(&happenings, &reports), expected, "{happenings:#?}");
    // The report that says most leads.
    let first = &happenings[0];
    assert_eq!((first.lead.report, first.lead.event), (0, 0));
    let key = first.key.as_ref().expect("a key");
    assert_eq!((key.family.as_str(), key.country.as_str(), key.day.as_str()), ("harm", "CD", "2024-03-14"));
    let negated = &reports[7];
    assert_eq!(pipeline.merge_key(negated, &negated.events[0]), None);
}

#[test]
fn the_order_of_the_batch_does_not_matter() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    let reports = read(&pipeline, &BATCH);
    let expected = told_by(&pipeline.merge(&reports), &reports);
    for turn in 1..BATCH.len() {
        let mut turned = reports.clone();
        turned.rotate_left(turn);
        assert_eq!(told_by(&pipeline.merge(&turned), &turned), expected, "by {turn}");
        turned.reverse();
        assert_eq!(told_by(&pipeline.merge(&turned), &turned), expected, "by {turn}, backwards");
    }
}

#[test]
fn a_happening_told_a_thousand_times() {
    let pipeline = Pipeline::embedded().expect("the embedded data is sound");
    let report = &read(&pipeline, &BATCH[..1])[0];
    let events = report.events.len();
    let again = |number: usize| Report { id: Some(format!("{number:04}")), ..report.clone() };
    let reports: Vec<Report> = (0..1000).map(again).collect();
    let happenings = pipeline.merge(&reports);
    assert_eq!(happenings.len(), events);
    assert_eq!(happenings[0].events.len(), reports.len());
    // Two events of one report were told apart by its text.
    let twice = Report { events: [report.events.clone(), report.events.clone()].concat(), ..report.clone() };
    assert_eq!(pipeline.merge(&[twice]).len(), 2 * events);
}
