//! Many documents at once give what each gives alone.
#![cfg(feature = "rayon")]

use std::cell::Cell;

use dateline::{Document, Pipeline};

fn texts(count: usize) -> Vec<String> {
    let places = ["Kabul", "Kharkiv", "Goma", "Port-au-Prince"];
    (0..count).map(|n| format!("At least {n} people were killed by a bomb in {}.", places[n % places.len()])).collect()
}

#[test]
fn a_batch_gives_the_reports_of_its_documents_in_order() {
    let pipeline = Pipeline::embedded().unwrap();
    // More than a window holds.
    let documents: Vec<_> = texts(1500).into_iter().map(|text| Document::new(text).unwrap().with_id("x")).collect();
    let alone: Vec<_> = documents.iter().map(|document| pipeline.extract(document)).collect();
    let together: Vec<_> = pipeline.extract_all(&documents).collect();
    assert!(together == alone);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let on_one: Vec<_> = pool.install(|| pipeline.extract_all(documents).collect());
    assert!(on_one == alone);
}

#[test]
fn documents_are_asked_for_as_reports_are() {
    let pipeline = Pipeline::embedded().unwrap();
    let asked = Cell::new(0);
    let endless = (0..).map(|_| {
        asked.set(asked.get() + 1);
        Document::new("Two men were arrested in Lagos.").unwrap()
    });
    let mut reports = pipeline.extract_all(endless);
    assert_eq!(asked.get(), 0);
    assert_eq!(reports.next().unwrap().events[0].r#type, "arrest");
    let window = asked.get();
    assert!(window <= 1024, "{window} documents read for one report");
    assert_eq!(reports.by_ref().take(window).count(), window);
    assert_eq!(asked.get(), 2 * window);
    assert_eq!(pipeline.extract_all(Vec::<Document<'_>>::new()).count(), 0);
}
