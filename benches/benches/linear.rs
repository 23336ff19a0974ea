//! Cost per megabyte of one long text must not grow with its length, whatever stands in it.
//!
//! `cargo bench -p dateline-benches --bench linear` measures texts of 100 kB, 1 MB and 10 MB; with `-- --test` smaller ones, with a
//! wider margin, as a machine that does other things as well measures badly.

use std::time::Instant;

use dateline::{Document, Pipeline};

/// What a long text repeats: each line broke something once, or is made to.
const TEXTS: [(&str, &str); 12] = [
    (
        "one event told again and again",
        "Rebels shelled a market in Goma on Tuesday, killing three civilians, the army said. ",
    ),
    ("a paragraph an event", "Rebels attacked Goma.\n\n"),
    ("capitals in one line", "MOSCOW ATTACKED KYIV "),
    ("one sentence", "rebels shelled the market and troops attacked police who arrested "),
    ("triggers alone", "attack shelling strike bombing killed arrested "),
    ("quotations inside quotations", "\"He said “they said ‘we attacked "),
    ("brackets", "(a [b "),
    ("speakers", "\"We attacked,\" he said. "),
    ("tolls", "The toll rose to 12, officials said. Nobody was hurt. "),
    ("places", "Paris, Springfield, Tripoli, San Juan, "),
    ("relative places", "The strike hit 30 km north of Kirkuk in May 2024. "),
    ("nested clauses", "the man who said that the man who "),
];

/// Seconds for a megabyte, the best of some runs.
fn cost(pipeline: &Pipeline, text: &str, runs: usize) -> f64 {
    let document = Document::new(text).expect("a short text");
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        std::hint::black_box(pipeline.extract(&document));
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min) / (text.len() as f64 / 1e6)
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

fn main() {
    let pipeline = dateline_benches::pipeline();
    let quick = std::env::args().any(|argument| argument == "--test");
    let (small, larger, margin) =
        if quick { (60_000, &[960_000][..], 3.0) } else { (100_000, &[1_000_000, 10_000_000][..], 1.5) };
    let articles = dateline_benches::articles().join("\n\n");
    let texts = TEXTS.into_iter().chain([("the sample articles", articles.as_str())]);
    let mut failed = Vec::new();
    for (name, unit) in texts {
        let small_text = repeated(unit, small);
        for &size in larger {
            let text = repeated(unit, size);
            // Others use the machine too: what is linear in one of three attempts is linear.
            let growths = (0..3).map(|_| {
                let base = cost(&pipeline, &small_text, 5);
                let large = cost(&pipeline, &text, 1);
                println!("linear/{name}: {base:.2} s/MB at {} kB, {large:.2} s/MB at {} kB", small / 1000, size / 1000);
                large / base
            });
            if !growths.into_iter().any(|growth| growth < margin) {
                failed.push(format!("{name} at {size} bytes"));
            }
        }
    }
    assert!(failed.is_empty(), "cost per byte grows with the length of the text: {failed:?}");
}
