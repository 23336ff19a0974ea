use std::iter::FusedIterator;
use std::vec;

use crate::lexer::Lexer;
use crate::lexicon::Lexicon;
use crate::splitter::Splitter;
use crate::tokens::Stored;
use crate::{Sentences, Span, Token, Tokens};

/// Splits text into tokens and sentences.
///
/// Cheap to make and to clone: its word lists are read once for the whole program.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    lexicon: &'static Lexicon,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self { lexicon: Lexicon::embedded() }
    }
}

impl Tokenizer {
    /// A tokenizer with the default rules.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the content of `out` by the tokens and sentences of `text`. Linear; allocates nothing once `out` has grown.
    ///
    /// # Panics
    ///
    /// If the text is longer than 2^32-1 bytes.
    pub fn tokenize(&self, text: &str, out: &mut Tokens) {
        self.tokenize_with_body(text, 0, out);
    }

    /// Like [`tokenize`](Self::tokenize) for a text whose head (a header line, an agency dateline) ends at byte `body`:
    /// the head has tokens, but its tokens belong to no sentence, and no token crosses `body`.
    ///
    /// # Panics
    ///
    /// If `body` is not on a `char` boundary of the text, or the text is longer than 2^32-1 bytes.
    pub fn tokenize_with_body(&self, text: &str, body: usize, out: &mut Tokens) {
        assert!(u32::try_from(text.len()).is_ok(), "a text may have 2^32-1 bytes, this one has {}", text.len());
        assert!(text.is_char_boundary(body), "byte {body} is not on a character boundary of the text");
        out.clear();
        if body > 0 {
            Lexer::new(self.lexicon, text, Span::new(0, body), &mut out.tokens).run();
        }
        let first = out.tokens.len();
        Lexer::new(self.lexicon, text, Span::new(body, text.len()), &mut out.tokens).run();
        Splitter::new(self.lexicon, text, &out.tokens).run(first, &mut out.sentences);
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

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.tokens.size_hint()
    }
}

impl ExactSizeIterator for TokenIter<'_> {}

impl FusedIterator for TokenIter<'_> {}

/// The tokens of `text`, in order. Fills a buffer of its own: for many texts use a [`Tokenizer`] and one [`Tokens`].
///
/// # Panics
///
/// If the text is longer than 2^32-1 bytes.
#[must_use]
pub fn tokens(text: &str) -> TokenIter<'_> {
    let mut out = Tokens::new();
    Tokenizer::new().tokenize(text, &mut out);
    TokenIter { text, tokens: out.tokens.into_iter() }
}

/// The sentences of `text`, in order. Fills a buffer of its own, as [`tokens`] does.
///
/// # Panics
///
/// If the text is longer than 2^32-1 bytes.
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences::new(text)
}
