use std::ops::Range;

use dateline_tokenizer::Span;

use crate::{Deprel, Upos, Xpos};

/// The grammar of one sentence, as the frame engine sees it: words numbered from 0, and for each its tags, its lemma, its
/// head and the relation to it, after Universal Dependencies.
///
/// This is the only thing that events know of a sentence: whatever finds the relations (rules, a parser, a caller's own
/// parser) implements it.
pub trait Relations {
    /// How many words the sentence has.
    fn len(&self) -> usize;

    /// True if the sentence has no words.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The token of the text that word 0 is; word `w` is token `first_token() + w`.
    fn first_token(&self) -> usize;

    /// Where the word stands, in bytes of the text.
    fn span(&self, word: usize) -> Span;

    /// The word as it stands in the text.
    fn form(&self, word: usize) -> &str;

    /// The dictionary form, lower case but for names.
    fn lemma(&self, word: usize) -> &str;

    /// Universal part of speech.
    fn upos(&self, word: usize) -> Upos;

    /// Penn part of speech: tells the forms of verbs apart.
    fn xpos(&self, word: usize) -> Xpos;

    /// The word that this one depends on; none for the root.
    fn head(&self, word: usize) -> Option<usize>;

    /// The relation of the word to its head.
    fn deprel(&self, word: usize) -> Deprel;

    /// The words from the leftmost to the rightmost descendant of `word`, itself among them.
    fn subtree(&self, word: usize) -> Range<usize>;

    /// The direct dependents of `word`, in text order.
    fn dependents(&self, word: usize) -> Dependents<'_, Self> {
        Dependents { relations: self, head: word, words: self.subtree(word) }
    }
}

/// The direct dependents of a word; made by [`Relations::dependents`].
#[derive(Debug)]
pub struct Dependents<'r, R: ?Sized> {
    relations: &'r R,
    head: usize,
    words: Range<usize>,
}

impl<R: Relations + ?Sized> Iterator for Dependents<'_, R> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.words.by_ref().find(|&word| self.relations.head(word) == Some(self.head))
    }
}
