use std::iter::FusedIterator;

use crate::{Span, Tokenizer, Tokens};

/// One sentence: a borrowed view into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
}

impl<'t> Sentence<'t> {
    /// The sentence as it stands in the text.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        &self.text[self.span]
    }

    /// Where the sentence stands, in bytes of the text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

/// The sentences of a text, in order; made by [`sentences`](crate::sentences).
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    tokens: Tokens,
    next: usize,
}

impl<'t> Sentences<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut tokens = Tokens::new();
        Tokenizer::new().tokenize(text, &mut tokens);
        Self { text, tokens, next: 0 }
    }
}

impl<'t> Iterator for Sentences<'t> {
    type Item = Sentence<'t>;

    fn next(&mut self) -> Option<Sentence<'t>> {
        if self.next == self.tokens.sentence_count() {
            return None;
        }
        self.next += 1;
        Some(Sentence { text: self.text, span: self.tokens.sentence_span(self.next - 1) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.tokens.sentence_count() - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Sentences<'_> {}

impl FusedIterator for Sentences<'_> {}
