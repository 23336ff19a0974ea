use std::vec;

use crate::tokens::Stored;
use crate::{Sentences, Shape, Token, TokenKind, Tokens};

/// Splits text into tokens and sentences.
#[derive(Clone, Debug, Default)]
pub struct Tokenizer {}

impl Tokenizer {
    /// A tokenizer with the default rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the content of `out` by the tokens and sentences of `text`.
    pub fn tokenize(&self, text: &str, out: &mut Tokens) {
        self.tokenize_with_body(text, 0, out);
    }

    /// Like [`tokenize`](Self::tokenize) for a text whose head (a header line, an agency dateline) ends at byte `body`:
    /// the head has tokens, but its tokens belong to no sentence, and no token crosses `body`.
    ///
    /// # Panics
    ///
    /// If `body` is not on a `char` boundary of the text.
    pub fn tokenize_with_body(&self, text: &str, body: usize, out: &mut Tokens) {
        // PLACEHOLDER (to be replaced by the tokenizer's owner): white space and punctuation only.
        out.clear();
        let mut first = 0u32;
        let mut line = true;
        let mut space = true;
        let mut pos = 0;
        while pos < text.len() {
            let c = text[pos..].chars().next().unwrap();
            if c.is_whitespace() {
                space = true;
                line |= c == '\n';
                pos += c.len_utf8();
                continue;
            }
            let start = pos;
            pos += c.len_utf8();
            if c.is_alphanumeric() {
                while let Some(d) = text[pos..].chars().next() {
                    if !(d.is_alphanumeric() || d == '-') || pos == body {
                        break;
                    }
                    pos += d.len_utf8();
                }
            }
            let word = &text[start..pos];
            let mut shape = Shape::default();
            let mut set = |on: bool, s: Shape| {
                if on {
                    shape = shape.with(s)
                }
            };
            set(c.is_uppercase(), Shape::CAPITALIZED);
            let letters = word.chars().any(char::is_alphabetic);
            set(letters && !word.chars().any(char::is_lowercase), Shape::ALL_UPPER);
            set(letters && !word.chars().any(char::is_uppercase), Shape::ALL_LOWER);
            set(word.chars().any(|c| c.is_ascii_digit()), Shape::DIGIT);
            set(word.is_ascii(), Shape::ASCII);
            set(space, Shape::SPACE_BEFORE);
            set(line, Shape::LINE_START);
            let kind = if c.is_ascii_digit() {
                TokenKind::Number
            } else if letters {
                TokenKind::Word
            } else {
                TokenKind::Punctuation
            };
            if start < body {
                first = out.tokens.len() as u32 + 1;
            }
            let index = out.tokens.len() as u32;
            if line && index > first {
                out.sentences.push(first..index);
                first = index;
            }
            out.tokens.push(Stored { start: start as u32, end: pos as u32, kind, shape });
            if matches!(c, '.' | '!' | '?') && start >= body {
                out.sentences.push(first..index + 1);
                first = index + 1;
            }
            space = false;
            line = false;
        }
        let end = out.tokens.len() as u32;
        if first < end {
            out.sentences.push(first..end);
        }
    }
}

/// The tokens of a text, in order; made by [`tokens`].
#[derive(Clone, Debug)]
pub struct TokenIter<'t> {
    text: &'t str,
    tokens: vec::IntoIter<Stored>,
}

impl<'t> Iterator for TokenIter<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let t = self.tokens.next()?;
        Some(Token { text: self.text, span: (t.start as usize..t.end as usize).into(), kind: t.kind, shape: t.shape })
    }
}

/// The tokens of `text`, in order.
#[must_use]
pub fn tokens(text: &str) -> TokenIter<'_> {
    let mut out = Tokens::new();
    Tokenizer::new().tokenize(text, &mut out);
    TokenIter { text, tokens: out.tokens.into_iter() }
}

/// The sentences of `text`, in order.
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences::new(text)
}
