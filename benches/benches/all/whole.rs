//! The whole way from text to report, over the sample articles as documents: on one core, and many of them on two.

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput};
use dateline::events::head;
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline::{Document, Scratch};
use dateline_benches::{ARTICLES, is_test, pipeline};

pub fn whole(criterion: &mut Criterion) {
    let pipeline = pipeline();
    let capitals = ARTICLES.map(str::to_uppercase);
    let mut scratch = Scratch::new();
    let mut read = |texts: &[&str]| {
        let events = |text: &&str| {
            let document = Document::new(*black_box(text)).expect("a short text");
            pipeline.extract_with(&document, &mut scratch).events.len()
        };
        texts.iter().map(events).sum::<usize>()
    };
    let capitals: Vec<&str> = capitals.iter().map(String::as_str).collect();
    for (name, texts, least) in [("articles", &ARTICLES[..], 2), ("capitals", &capitals[..], 1)] {
        let expected = read(texts);
        assert!(expected >= least * texts.len(), "{expected} events");
        let sentences = sentences_in(texts);
        for (unit, throughput) in [
            ("bytes".to_owned(), Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum())),
            ("documents".to_owned(), Throughput::Elements(texts.len() as u64)),
            (format!("{sentences}-sentences"), Throughput::Elements(sentences)),
        ] {
            let mut group = criterion.benchmark_group(format!("whole/{name}/{expected}-events"));
            group.sample_size(20).throughput(throughput);
            group.bench_function(unit, |bencher| bencher.iter(|| assert_eq!(read(texts), expected)));
            group.finish();
        }
    }
}

fn sentences_in(texts: &[&str]) -> u64 {
    let mut tokens = Tokens::new();
    let count = |text: &&str| {
        Tokenizer::new().tokenize_with_body(text, head::find(text, None).body, &mut tokens);
        tokens.sentence_count() as u64
    };
    texts.iter().map(count).sum()
}

/// How often the articles are repeated for several cores: more documents than a window of `extract_all` holds.
const COPIES: usize = 80;

/// `extract_all` on one core and on two: the same reports, ideally in half the time.
pub fn cores(criterion: &mut Criterion) {
    let pipeline = pipeline();
    let documents: Vec<Document<'_>> =
        [ARTICLES; COPIES].concat().into_iter().map(|text| Document::new(text).expect("a short text")).collect();
    let documents = if is_test() { &documents[..2 * ARTICLES.len()] } else { &documents };
    let count = |documents: &[Document<'_>]| -> usize {
        pipeline.extract_all(black_box(documents)).map(|report| report.events.len()).sum()
    };
    let expected = count(&documents[..ARTICLES.len()]) * documents.len() / ARTICLES.len();
    assert!(expected >= 2 * documents.len(), "{expected} events");
    let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
    let mut group = criterion.benchmark_group(format!("cores/{expected}-events"));
    group.sample_size(10).sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(bytes as u64));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        group.bench_function(format!("{threads}"), |bencher| {
            bencher.iter(|| assert_eq!(pool.install(|| count(documents)), expected));
        });
    }
    group.finish();
}
