//! Times and quantities together, given tokens and their grammar; the tokenizer over the same text for comparison.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use dateline::events::{DateOrder, Measures, head};
use dateline::syntax::{Analysis, Analyzer};
use dateline::tokenizer::{Tokenizer, Tokens};

/// How often the sample articles are repeated: enough that a run takes longer than the clock's steps.
const COPIES: usize = 8;

pub fn times(criterion: &mut Criterion) {
    let analyzer = Analyzer::embedded().expect("the embedded model is sound");
    let articles: Vec<String> = dateline_benches::articles();
    let documents: Vec<_> = articles
        .iter()
        .map(|text| {
            let head = head::find(text, None);
            let mut tokens = Tokens::new();
            Tokenizer::new().tokenize_with_body(text, head.body, &mut tokens);
            (text, head, tokens)
        })
        .collect();
    let analyses: Vec<Vec<Analysis<'_>>> = documents
        .iter()
        .map(|(text, _, tokens)| {
            let one = |sentence| {
                let mut analysis = Analysis::new();
                analyzer.analyze(tokens.of(text), sentence, &mut analysis);
                analysis
            };
            (0..tokens.sentence_count()).map(one).collect()
        })
        .collect();
    let bytes: usize = articles.iter().map(String::len).sum::<usize>() * COPIES;

    let (mut times, mut quantities) = (Vec::new(), Vec::new());
    let mut count = || {
        let (mut time_count, mut quantity_count) = (0, 0);
        for _ in 0..COPIES {
            for ((text, head, tokens), sentences) in documents.iter().zip(&analyses) {
                let mut measures = Measures::new(tokens.of(text), head, DateOrder::DayFirst);
                times.clear();
                quantities.clear();
                for analysis in sentences {
                    measures.read(analysis, &mut times, &mut quantities);
                }
                time_count += times.len();
                quantity_count += quantities.len();
            }
        }
        (time_count, quantity_count)
    };
    let expected = count();
    assert!(
        expected.0 >= COPIES * 3 * documents.len() && expected.1 >= COPIES * 2 * documents.len(),
        "{expected:?} in {} articles",
        documents.len()
    );
    let mut group = criterion.benchmark_group(format!("measures/{}-times/{}-quantities", expected.0, expected.1));
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("articles", |bencher| bencher.iter(|| assert_eq!(black_box(count()), expected)));
    group.finish();

    let mut tokens = Tokens::new();
    let mut count = || {
        let mut words = 0;
        for text in (0..COPIES).flat_map(|_| &articles) {
            Tokenizer::new().tokenize(text, &mut tokens);
            words += tokens.len();
        }
        words
    };
    let expected = count();
    let mut group = criterion.benchmark_group(format!("tokens/{expected}-words"));
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("articles", |bencher| bencher.iter(|| assert_eq!(black_box(count()), expected)));
    group.finish();
}
