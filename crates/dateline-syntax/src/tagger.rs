//! Parts of speech: greedy, from left to right, by an averaged perceptron over words, endings, shapes and neighbours.
//!
//! Words that have one tag practically always take it from the lexicon; so do half of the words of news. Others have one tag
//! practically always next to certain neighbours, and take it from there.

use crate::features::Features;
use crate::hash::{four, one, three, two};
use crate::model::Classes;
use crate::weights::{self, Single, Wide};
use crate::words::{Form, Word, Words};
use crate::{Upos, Xpos};

/// A tag class of words that have not been tagged, or are outside of the sentence.
pub(crate) const OUTSIDE: u8 = 255;

/// The share of a lexicon's class that makes it the word's only one.
pub(crate) const FIXED: i8 = 127;

/// Chooses the tag class of each word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagger<'m> {
    pub(crate) lexicon: Lexicon<'m>,
    pub(crate) weights: Wide<'m>,
    pub(crate) classes: usize,
}

/// What decides without weights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon<'m> {
    /// The classes that words are known to have, with their shares.
    pub(crate) words: Wide<'m>,
    /// The class of words in some contexts, see [`contexts`].
    pub(crate) contexts: Single<'m>,
}

/// What the lexicon says of each word of a sentence, and the classes found.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// Which classes a word is known to have, as a hash; 0 for unknown words.
    known: Vec<u64>,
    fixed: Vec<u8>,
    /// The lexicon's key of each word.
    keys: Vec<u64>,
    pub(crate) classes: Vec<u8>,
}

impl Tags {
    /// A sentence that ends with a stop has a finite verb. If none was found, the first participle after a noun that may be one
    /// is taken for it: "Thousands of people protested in Tbilisi on Tuesday." Linear.
    pub(crate) fn find_verb(&mut self, classes: &Classes) {
        let xpos = |class: u8| classes.tags(class).1;
        let ends = self.classes.last().is_some_and(|&last| xpos(last) == Xpos::Period);
        let is_verb = |&class: &u8| matches!(xpos(class), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vb | Xpos::Md);
        if !ends || self.classes.iter().any(is_verb) {
            return;
        }
        let Some(past) = classes.class_of(Upos::Verb, Xpos::Vbd) else { return };
        let is_noun = |class: u8| matches!(xpos(class), Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps | Xpos::Prp);
        let found = (1..self.classes.len())
            .find(|&at| xpos(self.classes[at]) == Xpos::Vbn && is_noun(self.classes[at - 1]) && self.may_be(at, past));
        if let Some(at) = found {
            self.classes[at] = past;
        }
    }

    /// Is this what the lexicon knows a word as above all, or does it not know the word?
    fn may_be(&self, at: usize, class: u8) -> bool {
        let first = self.known[at] & 0xFF;
        first == 0 || first == u64::from(class) + 1
    }
}

/// The lexicon's key of a word: words in small letters and capitalised ones have different tags.
pub(crate) fn lexicon_key(word: Word) -> u64 {
    let capital = !word.initial
        && matches!(word.form, Form::Capital | Form::Upper | Form::Letter | Form::Mixed | Form::CapitalMarked);
    two(90, u64::from(word.key), u64::from(capital))
}

impl Tagger<'_> {
    pub(crate) fn tag(&self, words: &Words, features: &mut Features, out: &mut Tags) {
        decode(words, self.lexicon, features, out, |_, _, features| {
            weights::best(&self.weights.score(features), self.classes, |_| true) as u8
        });
    }
}

/// Goes through the words and has `choose` decide where the lexicon does not. Linear.
pub(crate) fn decode(
    words: &Words,
    lexicon: Lexicon<'_>,
    features: &mut Features,
    out: &mut Tags,
    mut choose: impl FnMut(&Tags, usize, &[u64]) -> u8,
) {
    out.known.clear();
    out.fixed.clear();
    out.keys.clear();
    out.classes.clear();
    for &word in &words.words {
        let key = lexicon_key(word);
        out.keys.push(key);
        let pairs = lexicon.words.get(key);
        let fixed = pairs.get(1).is_some_and(|&share| share as i8 == FIXED) && !words.caseless;
        out.fixed.push(if fixed { pairs[0] } else { OUTSIDE });
        let class = |at: usize| pairs.get(at * 2).map_or(0, |&class| u64::from(class) + 1);
        out.known.push(class(0) | class(1) << 8 | class(2) << 16);
    }
    for at in 0..words.words.len() {
        let mut class = out.fixed[at];
        if class == OUTSIDE {
            let mut keys = contexts(words, out, at).into_iter();
            let found = if words.caseless { None } else { keys.find_map(|key| lexicon.contexts.get(key)) };
            class = found.unwrap_or_else(|| {
                features.clear();
                extract(words, out, at, features);
                choose(out, at, features.as_slice())
            });
        }
        out.classes.push(class);
    }
}

/// The contexts of a word that may decide its class, from the narrowest to the widest: the class before it and what the
/// lexicon says of the next word, with the word, with what the lexicon says of it, and with its ending.
pub(crate) fn contexts(words: &Words, tags: &Tags, at: usize) -> [u64; 5] {
    let word = words.words[at];
    let key = tags.keys[at];
    let before = u64::from(at.checked_sub(1).and_then(|at| tags.classes.get(at)).copied().unwrap_or(OUTSIDE));
    let next = tags.known.get(at + 1).copied().unwrap_or(1);
    let own = tags.known[at] << 4 | word.form as u64;
    [
        three(50, key, before, next),
        two(51, key, before),
        two(52, key, next),
        three(53, own, before, next),
        four(54, u64::from(word.suffix & 0xFF_FFFF), own, before, next),
    ]
}

fn extract(words: &Words, tags: &Tags, at: usize, out: &mut Features) {
    let word = |by: isize| {
        let index = at.checked_add_signed(by);
        index.and_then(|index| words.words.get(index)).copied().unwrap_or(Word { key: 1, ..Word::default() })
    };
    let known = |by: usize| tags.known.get(at + by).copied().unwrap_or(1);
    let tag = |by: usize| {
        let index = at.checked_sub(by);
        u64::from(index.and_then(|index| tags.classes.get(index)).copied().unwrap_or(OUTSIDE))
    };
    let (w, before, after) = (word(0), word(-1), word(1));
    let key = |word: Word| u64::from(word.key);
    let end = |word: Word, bytes: u32| u64::from(word.suffix) & ((1 << (8 * bytes)) - 1);
    let start = |bytes: u32| u64::from(w.prefix) & ((1 << (8 * bytes)) - 1);
    let form = w.form as u64 + 16 * u64::from(w.initial);
    let (t1, t2) = (tag(1), tag(2));
    let (k0, k1, k2) = (known(0), known(1), known(2));
    out.push(two(1, key(w), form));
    out.push(one(2, key(w)));
    out.push(two(3, end(w, 1), form));
    out.push(two(4, end(w, 2), w.form as u64));
    out.push(two(5, end(w, 3), w.form as u64));
    out.push(one(6, u64::from(w.suffix)));
    out.push(two(7, start(1), form));
    out.push(one(8, start(2)));
    out.push(one(9, start(3)));
    out.push(two(10, form, t1));
    out.push(one(11, t1));
    out.push(two(12, t1, t2));
    out.push(two(13, t1, key(w)));
    out.push(one(14, key(before)));
    out.push(one(15, key(word(-2))));
    out.push(one(16, key(after)));
    out.push(one(17, key(word(2))));
    out.push(one(18, end(before, 3)));
    out.push(one(19, end(after, 3)));
    out.push(three(20, before.form as u64, form, after.form as u64));
    out.push(two(21, k0, form));
    out.push(one(22, k1));
    out.push(two(23, k0, t1));
    out.push(two(24, k0, k1));
    out.push(two(25, t1, k1));
    out.push(two(26, k1, k2));
    out.push(two(27, key(before), key(w)));
    out.push(two(28, key(w), key(after)));
    out.push(three(29, k0, t1, t2));
    out.push(two(30, end(w, 3), t1));
    out.push(three(31, k0, k1, k2));
    out.push(three(32, t1, key(w), key(after)));
    out.push(three(33, t1, k0, k1));
    out.push(one(34, u64::from(w.prefix)));
    out.push(two(35, u64::from(w.group), form));
    out.push(three(36, t1, u64::from(w.group), k1));
    out.push(three(37, u64::from(before.group), u64::from(w.group), t1));
    let class = |word: Word| u64::from(word.class);
    out.push(two(39, class(w), form));
    out.push(three(40, t1, class(w), k1));
    out.push(three(41, class(before) >> 4, class(w), class(after) >> 4));
    out.push(two(42, class(before), t1));
    out.push(two(43, class(after), class(w) >> 4));
    out.push(three(38, u64::from(w.group), u64::from(after.group), t1));
}
