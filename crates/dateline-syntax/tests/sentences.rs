//! How many relations and names of our own sentences are found.
#![cfg(feature = "embedded")]

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
