//! What holds for any text and any bytes.
#![cfg(feature = "embedded")]

mod tree;

use dateline_syntax::{Analysis, Analyzer, Relations};
use dateline_tokenizer::{Tokenizer, Tokens};
use proptest::prelude::*;

fn assert_text(text: &str) {
    let analyzer = Analyzer::embedded().unwrap();
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let mut analysis = Analysis::new();
    analyzer.analyze_tokens(tokens.of(text), 0..tokens.len(), &mut analysis);
    tree::check(&analysis, text);
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokens.of(text), sentence, &mut analysis);
        tree::check(&analysis, text);
    }
}

proptest! {
    #[test]
    fn any_text_has_trees(text in any::<String>()) {
        assert_text(&text);
    }

    #[test]
    fn any_words_have_trees(text in "([A-Z]?[a-z]{1,9}( |, |-|'s )|[0-9]{1,4} |the |of |to |\\. ){0,60}") {
        assert_text(&text);
    }

    #[test]
    fn damaged_models_are_refused(at in 0..dateline_syntax_data::MODEL.len(), by in 1u8..) {
        let mut bytes = dateline_syntax_data::MODEL.to_vec();
        bytes[at] ^= by;
        // Four bytes of the header have no meaning yet.
        prop_assert!((12..16).contains(&at) || Analyzer::from_bytes(bytes).is_err());
    }

    #[test]
    fn truncated_models_are_refused(len in 0..dateline_syntax_data::MODEL.len()) {
        prop_assert!(Analyzer::from_bytes(&dateline_syntax_data::MODEL[..len]).is_err());
    }
}

#[test]
fn odd_texts_have_trees() {
    for text in ["", " ", "?!", "... -- ...", "🚀 🚀🚀", "Путин в Киеве и 北京 today", "A", "’s", "\u{200d}"]
    {
        assert_text(text);
    }
}

#[test]
fn a_long_sentence_is_no_harder() {
    // A minute would mean that the cost is not linear.
    assert_text(&"the rebels that shelled the town of , and ".repeat(12_000));
}

#[test]
fn the_embedded_model_is_whole() {
    assert!(Analyzer::from_bytes(dateline_syntax_data::MODEL).is_ok());
}

#[test]
fn buffers_keep_nothing_of_the_sentence_before() {
    let analyzer = Analyzer::embedded().unwrap();
    let words = ["Troops", "left", "Kirkuk", "."];
    let (mut fresh, mut used) = (Analysis::new(), Analysis::new());
    analyzer.analyze_words(&["The", "mayor", "of", "Basra", "said", "nobody", "was", "hurt", "."], &mut used);
    analyzer.analyze_words(&words, &mut fresh);
    analyzer.analyze_words(&words, &mut used);
    for word in 0..words.len() {
        assert_eq!(fresh.head(word), used.head(word));
        assert_eq!(fresh.lemma(word), used.lemma(word));
    }
    assert_eq!(fresh.names().collect::<Vec<_>>(), used.names().collect::<Vec<_>>());
}

#[test]
fn analyzers_are_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Analyzer>();
    shared::<Analysis<'_>>();
}
