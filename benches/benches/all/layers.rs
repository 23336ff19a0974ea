//! The layers one by one, over the sample articles as fifteen documents.
//!
//! Each layer is given what the ones before it made, and does its own work alone; events include times, quantities, actors
//! and the syntax that they need.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use dateline::events::head::Head;
use dateline::events::{Extractor, Input, head};
use dateline::gazetteer::{Mention, Resolver, resolver};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline_benches::{ARTICLES, pipeline};

fn bytes() -> u64 {
    ARTICLES.iter().map(|article| article.len() as u64).sum()
}

/// An article with all that comes before its events.
struct Read {
    text: &'static str,
    head: Head,
    tokens: Tokens,
    places: Vec<Mention>,
}

pub fn layers(criterion: &mut Criterion) {
    let pipeline = pipeline();
    let gazetteer = pipeline.gazetteer();
    let places = Resolver::new(gazetteer);
    let mut scratch = resolver::Scratch::new();
    let mut resolve = |text: &str, head: &Head, tokens: &Tokens| {
        let context = resolver::Context { dateline: head.dateline.map(|dateline| dateline.place), body: head.body };
        places.resolve(gazetteer, tokens.of(text), &[], &context, &mut scratch)
    };
    let articles: Vec<Read> = ARTICLES
        .iter()
        .map(|&text| {
            let head = head::find(text, None);
            let mut tokens = Tokens::new();
            Tokenizer::new().tokenize_with_body(text, head.body, &mut tokens);
            let places = resolve(text, &head, &tokens);
            Read { text, head, tokens, places }
        })
        .collect();
    let words: usize = articles.iter().map(|article| article.tokens.len()).sum();
    let mentions: usize = articles.iter().map(|article| article.places.len()).sum();

    let mut group = criterion.benchmark_group("layers");
    group.sample_size(30).throughput(Throughput::Bytes(bytes()));
    let mut buffer = Tokens::new();
    group.bench_function(format!("tokens/{words}"), |bencher| {
        bencher.iter(|| {
            let count = |article: &Read| {
                Tokenizer::new().tokenize_with_body(black_box(article.text), article.head.body, &mut buffer);
                buffer.len()
            };
            assert_eq!(articles.iter().map(count).sum::<usize>(), words);
        });
    });
    assert!(mentions > 4 * ARTICLES.len(), "{mentions} mentions of places");
    group.bench_function(format!("places/{mentions}"), |bencher| {
        bencher.iter(|| {
            let mut count = |article: &Read| resolve(article.text, &article.head, &article.tokens).len();
            assert_eq!(articles.iter().map(&mut count).sum::<usize>(), mentions);
        });
    });
    let extractor = Extractor::embedded().expect("the embedded frames are sound");
    let events = |article: &Read| {
        let input = Input::new(article.tokens.of(article.text), article.head).with_places(&article.places);
        extractor.extract(black_box(&input)).events.len()
    };
    let expected: usize = articles.iter().map(events).sum();
    assert!(expected >= 2 * ARTICLES.len(), "{expected} events");
    group.bench_function(format!("events/{expected}"), |bencher| {
        bencher.iter(|| assert_eq!(articles.iter().map(events).sum::<usize>(), expected));
    });
    group.finish();
}
