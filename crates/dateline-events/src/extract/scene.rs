use std::borrow::Cow;
use std::ops::Range;

use dateline_gazetteer::{Mention, Use};
use dateline_syntax::{Analysis, Relations};
use dateline_tokenizer::Span;

use super::reading::{BuiltIn, NOTHING, Reading, Words};
use super::tail::Tail;
use crate::annotation::{Dimension, Quantity, Time};
use crate::frame::{Frames, Grammar};
use crate::words::lower;

/// How far a word climbs the tree to find the event that it belongs to.
const STEPS: usize = 24;

/// How many words before its head a phrase is searched for.
const PHRASE: usize = 8;

/// What is known of the whole text while events are found.
#[derive(Clone, Copy)]
pub(super) struct Context<'s, 't> {
    pub(super) frames: &'s Frames,
    pub(super) built_in: &'s BuiltIn,
    pub(super) reading: &'s Reading<'t>,
    pub(super) places: &'s [Mention],
    /// The place that each token belongs to.
    pub(super) place_at: &'s [u32],
    /// The byte at which the report begins, after header and dateline.
    pub(super) body: usize,
    pub(super) times: &'s [Time],
    pub(super) quantities: &'s [Quantity],
}

/// One piece of the text with its grammar, its words and its events.
pub(super) struct Scene<'s, 't> {
    pub(super) context: Context<'s, 't>,
    pub(super) grammar: &'s Grammar<'s, Analysis<'t>>,
    pub(super) piece: usize,
    pub(super) words: Words,
    /// Who says so behind a comma.
    pub(super) tail: Option<Tail>,
    /// The draft that each word belongs to, as its trigger or the verb that carries it.
    pub(super) owners: Vec<Option<usize>>,
}

impl<'s, 't> Scene<'s, 't> {
    pub(super) fn relations(&self) -> &'s Analysis<'t> {
        self.grammar.relations()
    }

    /// The lemma in lower case.
    pub(super) fn lemma(&self, word: usize) -> Cow<'_, str> {
        lower(self.relations().lemma(word))
    }

    /// The piece from its first to its last byte.
    pub(super) fn span(&self) -> Span {
        self.context.reading.span(self.piece, 0..self.relations().len())
    }

    /// The times that begin in a span.
    pub(super) fn times(&self, span: Span) -> &'s [Time] {
        let times = self.context.times;
        let first = times.partition_point(|time| time.start < span.start);
        let last = times.partition_point(|time| time.start < span.end);
        &times[first..last.max(first)]
    }

    /// The counts of people or things that end in a span; what leads in ("at least") may stand before it.
    pub(super) fn counts_in(&self, span: Span) -> impl Iterator<Item = &'s Quantity> {
        let quantities = self.context.quantities;
        let first = quantities.partition_point(|quantity| quantity.end <= span.start);
        let ending = quantities[first..].iter().take_while(move |quantity| quantity.end <= span.end);
        ending.filter(|quantity| quantity.dimension == Dimension::Count)
    }

    /// The count that a word is the beginning of: "tens" of "tens of thousands".
    pub(super) fn count_over(&self, span: Span) -> Option<&'s Quantity> {
        let quantities = self.context.quantities;
        let first = quantities.partition_point(|quantity| quantity.end <= span.start);
        let over = quantities.get(first).filter(|quantity| quantity.start <= span.start && quantity.end > span.end);
        over.filter(|quantity| quantity.dimension == Dimension::Count)
    }

    /// Is the word, or what stands before it in its phrase, a place that is meant as one?
    pub(super) fn holds_place(&self, word: usize) -> bool {
        let first = self.relations().first_token();
        let literal = |token: usize| {
            let place = self.context.place_at[token];
            place != NOTHING && self.context.places[place as usize].usage == Use::Literal
        };
        let before = self.relations().subtree(word).start.max(word.saturating_sub(PHRASE));
        (before..=word).any(|word| literal(first + word))
    }

    /// The word of a range that hangs on nothing inside the range.
    pub(super) fn top(&self, words: Range<usize>) -> Option<usize> {
        let outside = |word: usize| self.relations().head(word).is_none_or(|head| !words.contains(&head));
        words.clone().rev().find(|&word| outside(word))
    }

    /// The nearest word from `word` up the tree, itself included, of which `found` is true.
    pub(super) fn climb(&self, word: usize, mut found: impl FnMut(usize) -> bool) -> Option<usize> {
        let mut at = word;
        for _ in 0..STEPS {
            if found(at) {
                return Some(at);
            }
            at = self.relations().head(at)?;
        }
        None
    }
}
