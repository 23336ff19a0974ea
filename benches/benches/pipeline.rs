//! The whole line from text to report, and its first rooms, over the sample articles.
// `criterion_group!` makes functions without docs.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline::{Document, Pipeline, Scratch};

fn whole(criterion: &mut Criterion) {
    let pipeline = dateline_benches::pipeline();
    let articles = dateline_benches::articles();
    let bytes: usize = articles.iter().map(String::len).sum();
    let documents: Vec<Document<'_>> = articles.iter().map(|text| Document::new(text).expect("a short text")).collect();
    let mut scratch = Scratch::new();
    let mut events =
        || documents.iter().map(|document| pipeline.extract_with(document, &mut scratch).events.len()).sum::<usize>();
    let expected = events();
    assert!(expected >= 2 * documents.len(), "{expected} events");

    let mut group = criterion.benchmark_group(format!("extract/{}-documents/{expected}-events", documents.len()));
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("articles", |bencher| bencher.iter(|| assert_eq!(black_box(events()), expected)));
    group.finish();

    let mut tokens = Tokens::new();
    let mut count = || {
        articles.iter().fold((0, 0), |(words, sentences), text| {
            Tokenizer::new().tokenize(text, &mut tokens);
            (words + tokens.len(), sentences + tokens.sentence_count())
        })
    };
    let expected = count();
    let mut group = criterion.benchmark_group(format!("tokens/{}-words/{}-sentences", expected.0, expected.1));
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("articles", |bencher| bencher.iter(|| assert_eq!(black_box(count()), expected)));
    group.finish();
}

fn start(criterion: &mut Criterion) {
    criterion.bench_function("start/embedded", |bencher| {
        bencher.iter(|| Pipeline::embedded().expect("the embedded data is sound"));
    });
}

criterion_group!(benches, whole, start);
criterion_main!(benches);
