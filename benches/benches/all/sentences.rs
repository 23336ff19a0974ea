//! Cutting text into sentences.
//!
//! The peers cut by Unicode's UAX #29, which knows no abbreviations ("Gen. Orlov" is two sentences to it) and does not
//! tell words apart; `dateline` cuts words in the same call. Each has its own count.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline_benches::{ARTICLES, repeated};
use icu_segmenter::SentenceSegmenter;
use unicode_segmentation::UnicodeSegmentation;

const BYTES: usize = 1 << 20;

const DATELINE: usize = 11_612;
/// Both cut where UAX #29 says; blank pieces, between empty lines, are no sentences.
const UAX_29: usize = 11_709;

pub fn sentences(criterion: &mut Criterion) {
    let text = repeated(ARTICLES, BYTES);
    let is_visible = |piece: &str| !piece.trim().is_empty();
    let mut group = criterion.benchmark_group("sentences/english");
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    let mut tokens = Tokens::new();
    let tokenizer = Tokenizer::new();
    group.bench_function(format!("dateline/{DATELINE}"), |bencher| {
        bencher.iter(|| {
            tokenizer.tokenize(black_box(&text), &mut tokens);
            assert_eq!(tokens.sentence_count(), DATELINE);
        });
    });
    group.bench_function(format!("unicode-segmentation/{UAX_29}"), |bencher| {
        let count = || black_box(&text).split_sentence_bounds().filter(|piece| is_visible(piece)).count();
        bencher.iter(|| assert_eq!(count(), UAX_29));
    });
    let icu = SentenceSegmenter::new(Default::default());
    group.bench_function(format!("icu_segmenter/{UAX_29}"), |bencher| {
        let count = || {
            let mut last = 0;
            let ends = icu.segment_str(black_box(&text));
            ends.filter(|&end| is_visible(&text[std::mem::replace(&mut last, end)..end])).count()
        };
        bencher.iter(|| assert_eq!(count(), UAX_29));
    });
    group.finish();
}
