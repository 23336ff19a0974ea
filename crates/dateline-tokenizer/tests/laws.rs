//! Laws that hold for every text.

use dateline_tokenizer::{Shape, Tokenizer, Tokens, sentences, tokens};
use proptest::prelude::*;

/// Text of pieces that the rules look at, so that the rules meet each other.
fn messy_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,8}",
        2 => "[0-9]{1,5}",
        4 => proptest::sample::select(vec![
            " ", "  ", "\n", "\n\n", "\r\n", "\t", ".", ". ", ", ", "...", "!", "?!", "'", "’", "'s", "n't", "\"", "“", "”", "-", "--", "–",
            "—", "(", ")", "[", "]", "@", "#", "://", "/", "&", "$", "%", "U.S.", "a.m.", "Gen. ", "No. ", "cannot", "www.", ".com", "•", "1. ",
            "2) ", "e-", "pre-", "_", "*", ":)", "\u{301}", "\u{200d}", "\u{feff}", "\u{a0}", "\u{202f}", "\u{2029}", "é", "Ж", "中", "ا", "🇺🇦", "👩‍🚀", "½", "²", "№",
        ]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, body: usize) {
    let tokenizer = Tokenizer::new();
    let mut out = Tokens::new();
    tokenizer.tokenize_with_body(text, body, &mut out);
    let mut end = 0;
    for index in 0..out.len() {
        let span = out.span(index);
        assert!(!span.is_empty() && end <= span.start, "token {index} of {text:?}");
        assert!(
            text[end..span.start].chars().all(char::is_whitespace),
            "{:?} is in no token of {text:?}",
            &text[end..span.start]
        );
        assert!(!text[span].contains(char::is_whitespace), "white space in {:?}", &text[span]);
        assert!(span.end <= body || span.start >= body, "{:?} crosses byte {body} of {text:?}", &text[span]);
        let spaced = span.start == 0 || text[..span.start].ends_with(char::is_whitespace);
        assert_eq!(out.shape(index).has(Shape::SPACE_BEFORE), spaced, "{:?} in {text:?}", &text[span]);
        end = span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "{:?} is in no token", &text[end..]);

    let first = out.first_ending_after(body);
    let mut next = first;
    for index in 0..out.sentence_count() {
        let sentence = out.sentence(index);
        assert!(sentence.start == next && sentence.end > sentence.start, "sentence {index} of {text:?}");
        next = sentence.end;
    }
    assert_eq!(next, out.len(), "tokens in no sentence of {text:?}");
    for token in 0..out.len() {
        let holder = (0..out.sentence_count()).find(|&index| out.sentence(index).contains(&token));
        assert_eq!(out.sentence_of(token), holder, "token {token} of {text:?}");
    }
    for byte in 0..=text.len() {
        let found = (0..out.len()).find(|&index| out.span(index).end > byte).unwrap_or(out.len());
        assert_eq!(out.first_ending_after(byte), found);
    }

    let mut again = Tokens::new();
    tokenizer.tokenize("Something else. Entirely!", &mut again);
    tokenizer.tokenize_with_body(text, body, &mut again);
    assert_eq!(out, again, "two answers for {text:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn tokens_cover_the_text_in_order(text in messy_text()) {
        check(&text, 0);
    }

    #[test]
    fn nothing_crosses_the_body(text in messy_text(), at in any::<prop::sample::Index>()) {
        let mut body = at.index(text.len() + 1);
        while !text.is_char_boundary(body) {
            body -= 1;
        }
        check(&text, body);
    }

    #[test]
    fn the_iterators_agree_with_the_buffer(text in messy_text()) {
        let mut out = Tokens::new();
        Tokenizer::new().tokenize(&text, &mut out);
        let spans: Vec<_> = (0..out.len()).map(|index| out.span(index)).collect();
        prop_assert_eq!(tokens(&text).len(), spans.len());
        prop_assert_eq!(tokens(&text).map(|token| token.span()).collect::<Vec<_>>(), spans);
        let spans: Vec<_> = (0..out.sentence_count()).map(|index| out.sentence_span(index)).collect();
        prop_assert_eq!(sentences(&text).map(|sentence| sentence.span()).collect::<Vec<_>>(), spans);
    }
}

/// Found by fuzzing: the address reached back over the end of the head.
#[test]
fn an_address_that_the_body_cuts_is_cut() {
    let text = "1. See http://example.org/a";
    for body in 0..=text.len() {
        check(text, body);
    }
}

/// Found by fuzzing: Unicode joins some Arabic marks to a blank after them.
#[test]
fn a_mark_before_numbers_takes_no_blank() {
    check("Nobody \u{8e2} 7", 0);
}

/// Each of these would take hours if a rule looked at the rest of the text again and again.
#[test]
fn cost_is_linear_on_unfriendly_text() {
    let n = 300_000;
    for text in [
        "(".repeat(n),
        ")".repeat(n),
        "a.".repeat(n),
        "aa.".repeat(n),
        "a'".repeat(n),
        "é’".repeat(n),
        "ا’".repeat(n),
        "中".repeat(n),
        "ก".repeat(n),
        "A".repeat(n),
        "A ".repeat(n),
        "A. ".repeat(n),
        "a@".repeat(n),
        "a@b.".repeat(n),
        "http://".repeat(n),
        "a.com/)".repeat(n),
        "1-".repeat(n),
        "1-1 ".repeat(n),
        "1,".repeat(n),
        "1.".repeat(n),
        "non-".repeat(n),
        "\n1. ".repeat(n),
        "\nA".repeat(n),
        "\n\n".repeat(n),
        "...\"".repeat(n),
        "\u{301}".repeat(n),
        "🇺".repeat(n),
        "👩\u{200d}".repeat(n),
        " ".repeat(n),
        format!("a.{}", " ".repeat(n)),
        "[1] ".repeat(n),
        "\"".repeat(n),
        "_".repeat(n),
        "&A".repeat(n),
    ] {
        let started = std::time::Instant::now();
        let mut out = Tokens::new();
        Tokenizer::new().tokenize(&text, &mut out);
        let seconds = started.elapsed().as_secs_f64();
        assert!(seconds < 10.0, "{seconds} s for many {:?}", text.chars().take(8).collect::<String>());
    }
}

#[test]
fn a_tokenizer_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Tokenizer>();
    shared::<Tokens>();
}
