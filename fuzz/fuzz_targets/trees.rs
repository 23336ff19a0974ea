//! Every sentence of any text, and all its words as one sentence, get a tree: one root, every word under it, subtrees that
//! hold what depends. Names lie in order in the text.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;
#[path = "../../crates/dateline-syntax/tests/tree/mod.rs"]
mod tree;

use std::sync::OnceLock;

use dateline::syntax::{Analysis, Analyzer};
use dateline::tokenizer::{Tokenizer, Tokens};

fn check(data: &[u8]) {
    static ANALYZER: OnceLock<Analyzer> = OnceLock::new();
    let analyzer = ANALYZER.get_or_init(|| Analyzer::embedded().expect("the embedded model is sound"));
    let text = String::from_utf8_lossy(data);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(&text, &mut tokens);
    let mut analysis = Analysis::new();
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokens.of(&text), sentence, &mut analysis);
        tree::check(&analysis, &text);
    }
    analyzer.analyze_tokens(tokens.of(&text), 0..tokens.len(), &mut analysis);
    tree::check(&analysis, &text);
}

target!("trees", check);
