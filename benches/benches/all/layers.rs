//! The layers one by one, and the whole way from text to report, over the sample articles as fifteen documents.
//!
//! Each layer is given what the ones before it made, and does its own work alone; events include times, quantities, actors
//! and the syntax that they need.

use std::hint::black_box;

use criterion::{Criterion, SamplingMode, Throughput};
use dateline::events::head::Head;
use dateline::events::{Extractor, Input, head};
use dateline::gazetteer::{Mention, Resolver, resolver};
use dateline::syntax::{Analysis, Analyzer, Deprel, Relations};
use dateline::tokenizer::{TokenizedText, Tokenizer, Tokens};
use dateline::{Document, Scratch};
use dateline_benches::{ARTICLES, is_test, pipeline};

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

/// The grammar of every sentence, words in a second: tags with lemmas, names and trees each alone given what it builds on, and
/// all together.
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
            ("bytes".to_owned(), Throughput::Bytes(bytes())),
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
