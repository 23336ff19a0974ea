//! Tokens cover any text: in order, disjoint, on character boundaries, only white space between them; sentences tile them.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use dateline::tokenizer::{Tokenizer, Tokens, sentences, tokens};

/// The first byte says where the head ends, in 256ths of the text.
fn check(data: &[u8]) {
    let Some((&part, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    cover(&text, 0);
    let mut body = text.len() * usize::from(part) / 256;
    while !text.is_char_boundary(body) {
        body -= 1;
    }
    cover(&text, body);
}

fn cover(text: &str, body: usize) {
    let mut out = Tokens::new();
    Tokenizer::new().tokenize_with_body(text, body, &mut out);
    let mut end = 0;
    for token in 0..out.len() {
        let span = out.span(token);
        assert!(end <= span.start && span.start < span.end, "token {token}");
        assert!(span.end <= body || body <= span.start, "token {token} crosses byte {body}");
        let (between, inside) = (text.get(end..span.start), text.get(span.range()));
        assert!(between.is_some_and(|between| between.chars().all(char::is_whitespace)), "before token {token}");
        assert!(inside.is_some_and(|inside| !inside.contains(char::is_whitespace)), "token {token}");
        end = span.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "after the last token");
    let mut next = out.first_ending_after(body);
    for sentence in 0..out.sentence_count() {
        let range = out.sentence(sentence);
        assert!(range.start == next && range.start < range.end, "sentence {sentence}");
        assert_eq!(out.sentence_of(range.start), Some(sentence));
        next = range.end;
    }
    assert_eq!(next, out.len(), "tokens after the last sentence");
    if body == 0 {
        assert!(tokens(text).map(|token| token.span()).eq((0..out.len()).map(|token| out.span(token))));
        let spans = (0..out.sentence_count()).map(|sentence| out.sentence_span(sentence));
        assert!(sentences(text).map(|sentence| sentence.span()).eq(spans));
    }
}

target!("tokens", check);
