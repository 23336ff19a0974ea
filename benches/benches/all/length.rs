//! Cost against the length of a document, 1 kB to 10 MB: what is linear keeps its bytes in a second.
//!
//! The texts are the sample articles again and again as one document. As a test, up to 100 kB.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline::{Document, Scratch};
use dateline_benches::{is_test, pipeline, prose};

pub fn length(criterion: &mut Criterion) {
    let pipeline = pipeline();
    let mut scratch = Scratch::new();
    let mut tokens = Tokens::new();
    let longest = if is_test() { 100_000 } else { 10_000_000 };
    let sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
    let mut group = criterion.benchmark_group("length");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for size in sizes.into_iter().filter(|&size| size <= longest) {
        let text = prose(size);
        let document = Document::new(&text).expect("a text below 4 GB");
        group.throughput(Throughput::Bytes(text.len() as u64));
        // In 1,000 bytes of these articles stand about 190 words, 11 mentions of places and 4 events.
        let enough = |count: usize, in_a_thousand: usize| {
            assert!(count >= in_a_thousand * size / 1_000, "{count} of {size} bytes")
        };
        group.bench_function(format!("tokens/{size}"), |bencher| {
            bencher.iter(|| {
                Tokenizer::new().tokenize(black_box(&text), &mut tokens);
                enough(tokens.len(), 150);
            });
        });
        group.bench_function(format!("places/{size}"), |bencher| {
            bencher.iter(|| enough(pipeline.places_with(black_box(&document), &mut scratch).places.len(), 5));
        });
        group.bench_function(format!("whole/{size}"), |bencher| {
            bencher.iter(|| enough(pipeline.extract_with(black_box(&document), &mut scratch).places.len(), 5));
        });
    }
    group.finish();
}
