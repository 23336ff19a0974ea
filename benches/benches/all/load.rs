//! What it takes until the first text can be read.

use criterion::{Criterion, Throughput};
use dateline::events::Extractor;
use dateline::gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline::gazetteer::{Gazetteer, Resolver};
use dateline::syntax::Analyzer;
use dateline::{Document, Pipeline};
use dateline_benches::{ARTICLES, embedded_names, names, pipeline};

pub fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(20);
    group.bench_function("pipeline", |bencher| {
        bencher.iter(|| Pipeline::embedded().expect("the embedded data is sound"));
    });
    group.bench_function("pipeline-and-first-article", |bencher| {
        let document = Document::new(ARTICLES[5]).expect("a short text");
        bencher.iter(|| {
            let report = Pipeline::embedded().expect("the embedded data is sound").extract(&document);
            assert!(!report.events.is_empty());
        });
    });
    group.bench_function("gazetteer", |bencher| {
        bencher.iter(|| Gazetteer::embedded().expect("the embedded file is sound").len());
    });
    let gazetteer = Gazetteer::embedded().expect("the embedded file is sound");
    group.bench_function("gazetteer-checksum", |bencher| bencher.iter(|| assert!(gazetteer.verify().is_ok())));
    group.bench_function("resolver", |bencher| bencher.iter(|| Resolver::new(&gazetteer)));
    group.bench_function("syntax", |bencher| {
        bencher.iter(|| Analyzer::embedded().expect("the embedded model is sound"));
    });
    group.bench_function("events", |bencher| {
        bencher.iter(|| Extractor::embedded().expect("the embedded frames are sound"));
    });
    group.finish();

    let names = names(&embedded_names(&pipeline()), 100_000);
    let mut group = criterion.benchmark_group("load/dictionary");
    group.sample_size(10).throughput(Throughput::Elements(names.len() as u64));
    for (name, folding) in [("exact", Folding::Exact), ("folded", Folding::Folded)] {
        group.bench_function(format!("{name}/100000-names"), |bencher| {
            bencher.iter(|| {
                let entries = names.iter().map(|name| (name, ()));
                let dictionary = Dictionary::new(entries, folding, Starts::Capitalized).expect("names");
                assert_eq!(dictionary.get(&names[0]).len().min(1), 1);
            });
        });
    }
    group.finish();
}
