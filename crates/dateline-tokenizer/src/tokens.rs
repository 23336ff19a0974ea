use std::ops::Range;

use crate::{Sentence, Shape, Span, Token, TokenKind};

/// The tokens and sentences of one text, without the text: a buffer to fill again and again.
///
/// Sixteen bytes a token. Positions are held as `u32`: a text may have 2^32-1 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub(crate) tokens: Vec<Stored>,
    pub(crate) sentences: Vec<Range<u32>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
}

impl Tokens {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets all tokens and sentences and keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
    }

    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True if there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Where token `index` stands, in bytes.
    #[must_use]
    pub fn span(&self, index: usize) -> Span {
        let token = &self.tokens[index];
        Span::new(token.start as usize, token.end as usize)
    }

    /// The span from the first to the last token of a range of tokens; an empty range gives an empty span.
    #[must_use]
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        Span::new(self.span(tokens.start).start, self.span(tokens.end - 1).end)
    }

    /// What sort of thing token `index` is.
    #[must_use]
    pub fn kind(&self, index: usize) -> TokenKind {
        self.tokens[index].kind
    }

    /// Facts about the letters of token `index`.
    #[must_use]
    pub fn shape(&self, index: usize) -> Shape {
        self.tokens[index].shape
    }

    /// The index of the first token that ends after `byte` (its own length past the last). Logarithmic.
    #[must_use]
    pub fn first_ending_after(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.end as usize <= byte)
    }

    /// The tokens that overlap `span`.
    #[must_use]
    pub fn overlapping(&self, span: Span) -> Range<usize> {
        let first = self.first_ending_after(span.start);
        let end = self.tokens.partition_point(|token| (token.start as usize) < span.end);
        first..end.max(first)
    }

    /// How many sentences there are.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.sentences.len()
    }

    /// The tokens of sentence `index`.
    #[must_use]
    pub fn sentence(&self, index: usize) -> Range<usize> {
        let sentence = &self.sentences[index];
        sentence.start as usize..sentence.end as usize
    }

    /// Where sentence `index` stands, in bytes.
    #[must_use]
    pub fn sentence_span(&self, index: usize) -> Span {
        self.span_of(self.sentence(index))
    }

    /// The sentence that holds token `token`; none for tokens of a header or dateline. Logarithmic.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.end as usize <= token);
        (index < self.sentences.len() && self.sentences[index].start as usize <= token).then_some(index)
    }

    /// The tokens together with the text they were made from.
    #[must_use]
    pub fn of<'t>(&'t self, text: &'t str) -> TokenizedText<'t> {
        TokenizedText { text, tokens: self }
    }
}

/// A text with its tokens: what most functions of the other crates read.
#[derive(Clone, Copy, Debug)]
pub struct TokenizedText<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens and sentences.
    pub tokens: &'t Tokens,
}

impl<'t> TokenizedText<'t> {
    /// Token `index`.
    #[must_use]
    pub fn token(&self, index: usize) -> Token<'t> {
        Token {
            text: self.text,
            span: self.tokens.span(index),
            kind: self.tokens.kind(index),
            shape: self.tokens.shape(index),
        }
    }

    /// The characters of token `index`.
    #[must_use]
    pub fn as_str(&self, index: usize) -> &'t str {
        &self.text[self.tokens.span(index)]
    }

    /// The sentences, in text order.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'t>> + use<'t> {
        let this = *self;
        (0..this.tokens.sentence_count())
            .map(move |index| Sentence { text: this.text, span: this.tokens.sentence_span(index) })
    }
}
