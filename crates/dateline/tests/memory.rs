//! What a worker needs beside the embedded data, and what reading allocates.
//!
//! `cargo test -p dateline --test memory -- --nocapture` shows the figures.

use allocation_counter::measure;
use dateline::{Document, Pipeline, Scratch};

const ARTICLES: [&str; 5] = [
    include_str!("../../../testdata/articles/istra.txt"),
    include_str!("../../../testdata/articles/goma.txt"),
    include_str!("../../../testdata/articles/red-sea.txt"),
    include_str!("../../../testdata/articles/football.txt"),
    include_str!("../../../testdata/articles/caracas.txt"),
];

#[test]
fn a_worker_needs_little_beside_the_embedded_data() {
    let worker = measure(|| {
        let pipeline = Pipeline::embedded().unwrap();
        let mut scratch = Scratch::new();
        for text in ARTICLES {
            drop(pipeline.extract_with(&Document::new(text).unwrap(), &mut scratch));
        }
    });
    println!("a pipeline, its scratch and the report in hand: {:.1} MB at most", worker.bytes_max as f64 / 1e6);
    assert!(worker.bytes_max < 10_000_000, "{worker:?}");
}

#[test]
fn reading_leaves_nothing_behind_and_allocates_in_proportion() {
    let pipeline = Pipeline::embedded().unwrap();
    let mut scratch = Scratch::new();
    for copies in [1, 20] {
        let text = ARTICLES.join("\n\n").repeat(copies);
        let document = Document::new(&text).unwrap();
        drop(pipeline.extract_with(&document, &mut scratch));
        let read = measure(|| drop(pipeline.extract_with(&document, &mut scratch)));
        let tokens = scratch.tokens().len() as f64;
        let (count, bytes) = (read.count_total as f64 / tokens, read.bytes_max as f64 / text.len() as f64);
        println!("{} bytes: {count:.1} allocations a token, {bytes:.0} bytes at most for a byte of text", text.len());
        assert_eq!((read.count_current, read.bytes_current), (0, 0));
        // What is found is owned by the report: strings of events, places, actors. These articles are full of them.
        assert!(count < 10.0 && bytes < 150.0, "{read:?} for {tokens} tokens");
        let places = measure(|| drop(pipeline.places_with(&document, &mut scratch)));
        assert!((places.count_total as f64) < tokens, "{places:?} for {tokens} tokens");
    }
}
