//! Cutting text into words.
//!
//! All find every boundary of a word and count the pieces that are not white space. They do not cut alike: `dateline` cuts
//! as treebanks do (`did` `n't`), and finds the sentences in the same call, for it has no call for words alone; the others
//! cut by Unicode's UAX #29, `charabia` with a detection of script and language for each text. Each has its own count.

use std::hint::black_box;

use charabia::Segment;
use criterion::{Criterion, Throughput};
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline_benches::{ARTICLES, SCRIPTS, repeated};
use icu_segmenter::WordSegmenter;
use unicode_segmentation::UnicodeSegmentation;

const BYTES: usize = 1 << 20;

struct Expected {
    dateline: usize,
    unicode_segmentation: usize,
    icu_segmenter: usize,
    charabia: usize,
}

fn is_visible(piece: &str) -> bool {
    !piece.trim().is_empty()
}

fn words(criterion: &mut Criterion, name: &str, text: &str, expected: &Expected) {
    let mut group = criterion.benchmark_group(format!("words/{name}"));
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    let mut tokens = Tokens::new();
    let tokenizer = Tokenizer::new();
    group.bench_function(format!("dateline/{}", expected.dateline), |bencher| {
        bencher.iter(|| {
            tokenizer.tokenize(black_box(text), &mut tokens);
            assert_eq!(tokens.len(), expected.dateline);
        });
    });
    group.bench_function(format!("unicode-segmentation/{}", expected.unicode_segmentation), |bencher| {
        let count = || black_box(text).split_word_bounds().filter(|piece| is_visible(piece)).count();
        bencher.iter(|| assert_eq!(count(), expected.unicode_segmentation));
    });
    let icu = WordSegmenter::new_for_non_complex_scripts(Default::default());
    group.bench_function(format!("icu_segmenter/{}", expected.icu_segmenter), |bencher| {
        let count = || {
            let mut last = 0;
            let ends = icu
                .segment_str(black_box(text))
                .filter(|&end| is_visible(&text[std::mem::replace(&mut last, end)..end]));
            ends.count()
        };
        bencher.iter(|| assert_eq!(count(), expected.icu_segmenter));
    });
    group.bench_function(format!("charabia/{}", expected.charabia), |bencher| {
        let count = || black_box(text).segment_str().filter(|piece| is_visible(piece)).count();
        bencher.iter(|| assert_eq!(count(), expected.charabia));
    });
    group.finish();
}

pub fn english(criterion: &mut Criterion) {
    let expected =
        Expected { dateline: 193_274, unicode_segmentation: 196_786, icu_segmenter: 196_786, charabia: 198_932 };
    words(criterion, "english", &repeated(ARTICLES, BYTES), &expected);
}

pub fn scripts(criterion: &mut Criterion) {
    let expected = Expected { dateline: 43_222, unicode_segmentation: 43_019, icu_segmenter: 30_779, charabia: 32_818 };
    words(criterion, "scripts", &repeated(SCRIPTS.lines(), BYTES / 4), &expected);
}
