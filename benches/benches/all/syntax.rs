//! The grammar of every sentence of the sample articles, words in a second: tags with lemmas, names and trees each alone given
//! what it builds on, and all together.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use dateline::syntax::{Analysis, Analyzer, Deprel, Relations};
use dateline::tokenizer::{TokenizedText, Tokenizer, Tokens};
use dateline_benches::ARTICLES;

pub fn syntax(criterion: &mut Criterion) {
    let analyzer = Analyzer::embedded().expect("the embedded model is sound");
    let texts: Vec<Tokens> = ARTICLES
        .iter()
        .map(|text| {
            let mut tokens = Tokens::new();
            Tokenizer::new().tokenize(text, &mut tokens);
            tokens
        })
        .collect();
    let sentences: Vec<(TokenizedText<'_>, usize)> = ARTICLES
        .iter()
        .zip(&texts)
        .flat_map(|(text, tokens)| (0..tokens.sentence_count()).map(move |sentence| (tokens.of(text), sentence)))
        .collect();
    let words: usize = texts.iter().map(Tokens::len).sum();
    // Each with what it was made in, so that names and trees can be found again and again.
    let mut analyses: Vec<Analysis<'_>> = sentences
        .iter()
        .map(|&(text, sentence)| {
            let mut analysis = Analysis::new();
            analyzer.analyze(text, sentence, &mut analysis);
            analysis
        })
        .collect();
    let names_in = |analyses: &[Analysis<'_>]| analyses.iter().map(|analysis| analysis.names().count()).sum::<usize>();
    let subjects_in = |analysis: &Analysis<'_>| {
        let is_subject = |&word: &usize| matches!(analysis.deprel(word), Deprel::Nsubj | Deprel::NsubjPass);
        (0..analysis.len()).filter(is_subject).count()
    };
    let names = names_in(&analyses);
    let subjects: usize = analyses.iter().map(subjects_in).sum();
    assert!(20 * names > words && 20 * subjects > words, "{names} names, {subjects} subjects");

    let mut analysis = Analysis::new();
    let mut group = criterion.benchmark_group("syntax");
    group.sample_size(30).throughput(Throughput::Elements(words as u64));
    group.bench_function(format!("tags/{words}-words"), |bencher| {
        bencher.iter(|| {
            let mut tagged = 0;
            for &(text, sentence) in black_box(&sentences) {
                analyzer.tag_tokens(text, text.tokens.sentence(sentence), &mut analysis);
                tagged += analysis.len();
            }
            assert_eq!(tagged, words);
        });
    });
    group.bench_function(format!("names/{words}-words/{names}-names"), |bencher| {
        bencher.iter(|| {
            for analysis in &mut analyses {
                analyzer.find_names(black_box(analysis));
            }
            assert_eq!(names_in(&analyses), names);
        });
    });
    group.bench_function(format!("trees/{words}-words/{subjects}-subjects"), |bencher| {
        bencher.iter(|| {
            for analysis in &mut analyses {
                analyzer.parse(black_box(analysis));
            }
            assert_eq!(analyses.iter().map(subjects_in).sum::<usize>(), subjects);
        });
    });
    group.bench_function(format!("tags-names-trees/{words}-words/{names}-names/{subjects}-subjects"), |bencher| {
        bencher.iter(|| {
            let (mut analyzed, mut named, mut subjected) = (0, 0, 0);
            for &(text, sentence) in black_box(&sentences) {
                analyzer.analyze(text, sentence, &mut analysis);
                analyzed += analysis.len();
                named += analysis.names().count();
                subjected += subjects_in(&analysis);
            }
            assert_eq!((analyzed, named, subjected), (words, names, subjects));
        });
    });
    group.finish();
}
