//! How many tags, relations and names of our own sentences are found.
#![cfg(feature = "embedded")]

use std::collections::BTreeSet;

use dateline_syntax::training::label_of;
use dateline_syntax::{Analysis, Analyzer, Relations};
use dateline_tokenizer::{Tokenizer, Tokens};

#[test]
fn relations_and_names_are_found() {
    let analyzer = Analyzer::embedded().unwrap();
    let (mut relations, mut names) = (Score::default(), Score::default());
    for line in include_str!("sentences.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap();
        let mut tokens = Tokens::new();
        Tokenizer::new().tokenize(text, &mut tokens);
        let mut analysis = Analysis::new();
        analyzer.analyze_tokens(tokens.of(text), 0..tokens.len(), &mut analysis);
        let arcs: Vec<String> = (0..analysis.len())
            .map(|word| {
                let head = analysis.head(word).map_or("ROOT", |head| analysis.form(head));
                format!("{} {} {head}", analysis.form(word), analysis.deprel(word).as_str())
            })
            .collect();
        let found: Vec<String> = analysis
            .names()
            .map(|name| format!("{}={}", format!("{:?}", name.kind).to_lowercase(), &text[name.span.range()]))
            .collect();
        for item in expected.split("; ") {
            if item.contains('=') {
                names.count(found.iter().any(|name| name == item), item, text);
            } else {
                relations.count(arcs.iter().any(|arc| arc == item), item, text);
            }
        }
    }
    assert!(relations.share() >= 0.85, "relations: {relations:#?}");
    assert!(names.share() >= 0.85, "names: {names:#?}");
}

/// The two hundred reviewed sentences of `testdata`, with their words given.
#[test]
fn reviewed_trees_are_found() {
    let analyzer = Analyzer::embedded().unwrap();
    let (mut tags, mut lemmas, mut trees) = (Score::default(), Score::default(), Score::default());
    let (mut right, mut found, mut there) = (0, 0, 0);
    let blocks = include_str!("../testdata/news.conllu").split("\n\n").filter(|block| !block.trim().is_empty());
    let mut sentences = 0;
    for block in blocks {
        sentences += 1;
        let rows: Vec<Vec<&str>> =
            block.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
        let forms: Vec<&str> = rows.iter().map(|row| row[1]).collect();
        let mut analysis = Analysis::new();
        analyzer.analyze_words(&forms, &mut analysis);
        for (word, row) in rows.iter().enumerate() {
            let item = |found: &str| format!("{} {}: {found}", row[0], row[1]);
            let (lemma, upos) = (analysis.lemma(word), analysis.upos(word).as_str());
            lemmas.count(lemma == row[2], &item(lemma), block);
            tags.count(upos == row[3], &item(upos), block);
            let head = analysis.head(word).map_or(0, |head| head + 1);
            let universal = |relation: &str| relation.split(':').next().map(str::to_owned);
            let relation = analysis.deprel(word).as_str();
            let is_right = head.to_string() == row[6] && universal(relation) == universal(row[7]);
            trees.count(is_right, &item(&format!("{head} {relation}")), block);
        }
        let expected = names_of(&rows);
        let names: BTreeSet<_> = analysis
            .names()
            .map(|name| {
                let starts = |word: &usize| analysis.span(*word).start >= name.span.start;
                let ends = |word: &usize| analysis.span(*word).end >= name.span.end;
                let kind = format!("{:?}", name.kind).to_lowercase();
                ((0..forms.len()).find(starts).unwrap(), (0..forms.len()).find(ends).unwrap(), kind)
            })
            .collect();
        right += names.intersection(&expected).count();
        found += names.len();
        there += expected.len();
    }
    assert_eq!(sentences, 200);
    assert!(tags.share() >= 0.965, "tags {:.4}: {:#?}", tags.share(), tags.missed);
    assert!(lemmas.share() >= 0.975, "lemmas {:.4}: {:#?}", lemmas.share(), lemmas.missed);
    assert!(trees.share() >= 0.89, "labelled relations {:.4}: {:#?}", trees.share(), trees.missed);
    let names = 2.0 * right as f64 / (found + there) as f64;
    assert!(names >= 0.80, "names {names:.4}: {right} right, {found} found, {there} there");
}

/// First and last word of each name, and its kind in the words of the program.
fn names_of(rows: &[Vec<&str>]) -> BTreeSet<(usize, usize, String)> {
    let kinds = ["person", "organization", "place", "facility", "nationality", "event"];
    let label = |word: usize| rows[word][9].split('|').find_map(|item| item.strip_prefix("NER=")).map_or(0, label_of);
    let labels: Vec<u8> = (0..rows.len()).map(label).collect();
    let begins = (0..labels.len()).filter(|&word| labels[word] % 2 == 1);
    begins
        .map(|first| {
            let inside = labels[first + 1..].iter().take_while(|&&label| label == labels[first] + 1).count();
            (first, first + inside, kinds[usize::from(labels[first] / 2)].to_owned())
        })
        .collect()
}

#[derive(Debug, Default)]
struct Score {
    right: u32,
    all: u32,
    missed: Vec<String>,
}

impl Score {
    fn count(&mut self, right: bool, item: &str, text: &str) {
        self.all += 1;
        self.right += u32::from(right);
        if !right {
            self.missed.push(format!("{item}: {text}"));
        }
    }

    fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.all)
    }
}
