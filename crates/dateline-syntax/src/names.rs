//! Names: begin, inside or outside, from left to right, by summed weights of words, tags and the classes of words.
//!
//! Words in small letters with no capitals near are outside without any scoring.

use dateline_tokenizer::NameKind;

use crate::features::Features;
use crate::hash::{one, three, two};
use crate::tagger::OUTSIDE as NO_TAG;
use crate::weights::{self, Wide};
use crate::words::{Form, Word, Words};

/// What names are of; one kind more is learned, that of works, products and laws, and not reported.
pub(crate) const KINDS: [Option<NameKind>; 7] = [
    Some(NameKind::Person),
    Some(NameKind::Organization),
    Some(NameKind::Place),
    Some(NameKind::Facility),
    Some(NameKind::Nationality),
    Some(NameKind::Event),
    None,
];

/// Outside of names; `1 + 2 * kind` begins one and `2 + 2 * kind` goes on.
pub(crate) const OUTSIDE: u8 = 0;

pub(crate) const LABELS: usize = 1 + 2 * KINDS.len();

/// Finds names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Namer<'m> {
    pub(crate) weights: Wide<'m>,
}

/// What is found, and the runs of words tagged as names.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    pub(crate) labels: Vec<u8>,
    runs: Vec<(u32, u32)>,
}

impl Namer<'_> {
    pub(crate) fn label(
        &self,
        words: &Words,
        tags: &[u8],
        is_name: &[bool; 256],
        features: &mut Features,
        out: &mut Labels,
    ) {
        decode(words, tags, is_name, features, out, |_, before, features| {
            weights::best(&self.weights.score(features), LABELS, |label| may_follow(before, label as u8)) as u8
        });
    }
}

/// A name goes on only after its own beginning.
pub(crate) fn may_follow(before: u8, label: u8) -> bool {
    label == OUTSIDE || label % 2 == 1 || before == label || before + 1 == label
}

/// Goes through the words and has `choose` decide where a name is possible. `is_name` tells which tag classes are those
/// of proper nouns. Linear.
pub(crate) fn decode(
    words: &Words,
    tags: &[u8],
    is_name: &[bool; 256],
    features: &mut Features,
    out: &mut Labels,
    mut choose: impl FnMut(usize, u8, &[u64]) -> u8,
) {
    let len = words.words.len();
    out.labels.clear();
    out.runs.clear();
    // From the right: where the run that each word is in ends; from the left: where it starts.
    let in_run = |at: usize| is_name[usize::from(tags[at])];
    let mut start = 0;
    for at in 0..len {
        if !in_run(at) {
            start = at + 1;
        }
        out.runs.push((start.min(at) as u32, at as u32));
    }
    for at in (1..len).rev() {
        if in_run(at) && in_run(at - 1) {
            out.runs[at - 1].1 = out.runs[at].1;
        }
    }
    let possible =
        |at: usize| words.words.get(at).is_some_and(|word| word.form.may_be_name()) || at < len && in_run(at);
    let mut before = OUTSIDE;
    for at in 0..len {
        let near = before != OUTSIDE || possible(at) || possible(at + 1);
        let mut label = OUTSIDE;
        if near {
            features.clear();
            extract(words, tags, out, at, features);
            label = choose(at, before, features.as_slice());
        }
        out.labels.push(label);
        before = label;
    }
}

fn extract(words: &Words, tags: &[u8], labels: &Labels, at: usize, out: &mut Features) {
    let get = |index: Option<usize>| {
        index.and_then(|index| words.words.get(index)).copied().unwrap_or(Word { key: 1, ..Word::default() })
    };
    let word = |by: isize| get(at.checked_add_signed(by));
    let tag = |by: isize| {
        let index = at.checked_add_signed(by);
        u64::from(index.and_then(|index| tags.get(index)).copied().unwrap_or(NO_TAG))
    };
    let label = |by: usize| {
        let index = at.checked_sub(by);
        u64::from(index.and_then(|index| labels.labels.get(index)).copied().unwrap_or(OUTSIDE))
    };
    let key = |word: Word| u64::from(word.key);
    let form = |word: Word| word.form as u64;
    let (w, before, after) = (word(0), word(-1), word(1));
    let (l1, l2) = (label(1), label(2));
    let (t, t1, tn) = (tag(0), tag(-1), tag(1));
    let (first, last) = labels.runs[at];
    let (first, last) = (first as usize, last as usize);
    let head = get(Some(last));
    let (ahead, behind) = (get(first.checked_sub(1)), get(Some(last + 1)));
    let place = (at - first).min(3) as u64 + 4 * (last - at).min(3) as u64;
    let initial = u64::from(w.initial);
    out.push(two(101, key(w), form(w)));
    out.push(two(102, key(w), l1));
    out.push(one(103, key(w)));
    out.push(two(104, key(before), l1));
    out.push(two(105, key(after), form(after)));
    out.push(one(106, key(word(-2))));
    out.push(one(107, key(word(2))));
    out.push(two(108, u64::from(w.suffix) & 0xFF_FFFF, form(w)));
    out.push(two(109, u64::from(w.suffix), form(w)));
    out.push(two(110, u64::from(w.prefix), form(w)));
    out.push(two(111, u64::from(w.prefix) & 0xFF_FFFF, l1));
    out.push(three(112, form(before), form(w) + 16 * initial, form(after)));
    out.push(two(113, t, l1));
    out.push(three(114, t1, t, tn));
    out.push(two(115, l1, l2));
    out.push(two(116, key(before), key(w)));
    out.push(two(117, key(w), key(after)));
    out.push(two(118, key(head), l1));
    out.push(two(119, key(head), place));
    out.push(two(120, key(ahead), place));
    out.push(two(121, key(behind), place));
    out.push(three(122, place, t, l1));
    out.push(three(123, l1, form(w), form(after)));
    out.push(three(124, tag(-2), t1, t));
    out.push(three(125, t, tn, tag(2)));
    out.push(three(126, key(before), l1, t));
    out.push(two(127, key(get(Some(first))), place));
    out.push(three(128, l1, t, key(after)));
    out.push(two(129, u64::from(head.suffix), place));
    out.push(three(130, key(ahead), key(head), 0));
    out.push(three(131, key(behind), key(head), 0));
    out.push(two(132, u64::from(w.form == Form::Caseless), l1));
    extract_classes(words, labels, at, (t, l1, place), out);
}

/// The features that look at the classes of words: those of `extract` again, for words that the weights do not know.
fn extract_classes(words: &Words, labels: &Labels, at: usize, (t, l1, place): (u64, u64, u64), out: &mut Features) {
    let get =
        |index: Option<usize>| index.and_then(|index| words.words.get(index)).map_or(1, |word| u64::from(word.class));
    let class = |by: isize| get(at.checked_add_signed(by));
    let group = |by: isize| class(by) >> 4;
    let key = |by: isize| {
        let word = at.checked_add_signed(by).and_then(|index| words.words.get(index));
        word.map_or(1, |word| u64::from(word.key))
    };
    let (first, last) = labels.runs[at];
    let (first, last) = (first as usize, last as usize);
    let (c, before, after) = (class(0), class(-1), class(1));
    let (head, own) = (get(Some(last)), group(0));
    out.push(two(133, c, l1));
    out.push(two(134, c, words.words[at].form as u64));
    out.push(two(135, before, c));
    out.push(two(136, c, after));
    out.push(three(137, before, l1, own));
    out.push(two(138, head, place));
    out.push(three(139, get(first.checked_sub(1)), place, own));
    out.push(three(140, get(Some(last + 1)), place, own));
    out.push(three(141, get(Some(first)), head, place));
    out.push(three(142, group(-1) + 16 * own, group(1), l1));
    out.push(two(143, key(-1), c));
    out.push(two(144, c, key(1)));
    out.push(three(145, c, group(2), group(1)));
    out.push(three(146, c, group(-2), group(-1)));
    out.push(three(147, c, t, l1));
}
