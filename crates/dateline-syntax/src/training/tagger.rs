use std::collections::BTreeMap;

use super::perceptron::{Wide as Perceptron, best};
use super::{Options, Sentence, Shuffle, Table, bits_for};
use crate::features::Features;
use crate::tagger::{FIXED, Lexicon, OUTSIDE, Tagger, Tags, contexts, decode, lexicon_key};
use crate::weights::{CLASSES, Single, Wide, build};
use crate::words::Words;
use crate::{Upos, Xpos};

/// How often a word must be seen to be in the lexicon, and to have a fixed tag.
const KNOWN: u32 = 4;
const SURE: u32 = 25;

/// How often a context must be seen to decide, and how pure it and a fixed word must be, in thousandths.
const OFTEN: u32 = 40;
const PURE: u32 = 998;

/// How often a pair of tags must be seen to be learnt.
const FREQUENT: u32 = 92;

/// Features that are kept; the first pass only finds out which.
const FEATURES: usize = 160_000;

/// By how much the right class has to be ahead of the others, while features are chosen and while their weights are learnt.
const SELECTING_MARGIN: f32 = 90.0;
const MARGIN: f32 = 24.0;

/// The pairs of tags that are frequent enough to be learnt, the most frequent ones first.
pub(super) fn classes(sentences: &[Sentence]) -> Vec<(Upos, Xpos)> {
    let mut counts = BTreeMap::new();
    for sentence in sentences {
        for pair in sentence.upos.iter().copied().zip(sentence.xpos.iter().copied()) {
            *counts.entry(pair).or_insert(0u32) += 1;
        }
    }
    let mut classes: Vec<_> = counts.into_iter().filter(|item| item.1 >= FREQUENT).collect();
    classes.sort_unstable_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    classes.truncate(CLASSES);
    classes.into_iter().map(|(pair, _)| pair).collect()
}

pub(super) fn codes(classes: &[(Upos, Xpos)]) -> Vec<u8> {
    classes.iter().flat_map(|&(upos, xpos)| [upos as u8, xpos as u8]).collect()
}

/// The classes of all words; rare pairs take the class that shares the Penn tag.
pub(super) fn gold(sentences: &[Sentence], classes: &[(Upos, Xpos)]) -> Vec<Vec<u8>> {
    let class = |upos: Upos, xpos: Xpos| {
        let exact = classes.iter().position(|&class| class == (upos, xpos));
        exact.or_else(|| classes.iter().position(|class| class.1 == xpos)).unwrap_or(0) as u8
    };
    let of = |sentence: &Sentence| sentence.upos.iter().zip(&sentence.xpos).map(|(&u, &x)| class(u, x)).collect();
    sentences.iter().map(of).collect()
}

/// The tables that decide without weights.
pub(super) struct Tables {
    pub(super) words: Table,
    pub(super) contexts: Vec<u8>,
}

impl Tables {
    /// Learns from the sentences that are `used`.
    pub(super) fn learn(words: &[Words], gold: &[Vec<u8>], used: impl Fn(usize) -> bool) -> Self {
        let table = lexicon(words, gold, &used);
        let contexts = contexts_of(words, gold, &table, used);
        Self { words: table, contexts }
    }

    pub(super) fn view(&self) -> Option<Lexicon<'_>> {
        let words = Wide::new(&self.words.0, &self.words.1, CLASSES)?;
        Some(Lexicon { words, contexts: Single::new(&self.contexts)? })
    }
}

/// The contexts that leave one class, as they come up where the lexicon decides no word.
fn contexts_of(words: &[Words], gold: &[Vec<u8>], lexicon: &Table, used: impl Fn(usize) -> bool) -> Vec<u8> {
    let nothing = build::single(&[], 0);
    let mut counts: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    let (mut features, mut tags) = (Features::new(), Tags::default());
    let views = (Wide::new(&lexicon.0, &lexicon.1, CLASSES), Single::new(&nothing));
    let (Some(known), Some(none)) = views else { return nothing };
    let lexicon = Lexicon { words: known, contexts: none };
    for (number, (words, gold)) in words.iter().zip(gold).enumerate() {
        if words.caseless || !used(number) {
            continue;
        }
        decode(words, lexicon, &mut features, &mut tags, |tags, at, _| {
            for key in contexts(words, tags, at) {
                *counts.entry(key).or_default().entry(gold[at]).or_insert(0) += 1;
            }
            gold[at]
        });
    }
    let mut kept = Vec::new();
    for (key, counts) in counts {
        let total: u32 = counts.values().sum();
        if let Some((&class, &most)) = counts.iter().max_by_key(|item| item.1)
            && total >= OFTEN
            && is_pure(most, total)
        {
            kept.push((total, key, class));
        }
    }
    kept.sort_unstable_by_key(|&(total, key, _)| (std::cmp::Reverse(total), key));
    let kept: Vec<_> = kept.into_iter().map(|(_, key, class)| (key, class)).collect();
    build::single(&kept, bits_for(kept.len()))
}

fn is_pure(most: u32, total: u32) -> bool {
    most * 1000 >= total * PURE
}

fn lexicon(words: &[Words], gold: &[Vec<u8>], used: impl Fn(usize) -> bool) -> Table {
    let mut counts: BTreeMap<u64, BTreeMap<u8, u32>> = BTreeMap::new();
    for (number, (words, gold)) in words.iter().zip(gold).enumerate() {
        if words.caseless || !used(number) {
            continue;
        }
        for (&word, &class) in words.words.iter().zip(gold) {
            *counts.entry(lexicon_key(word)).or_default().entry(class).or_insert(0) += 1;
        }
    }
    let mut features = Vec::new();
    for (key, counts) in counts {
        let total: u32 = counts.values().sum();
        if total < KNOWN {
            continue;
        }
        let mut counts: Vec<(u8, u32)> = counts.into_iter().filter(|item| item.1 * 25 >= total).collect();
        counts.sort_unstable_by_key(|&(class, count)| (std::cmp::Reverse(count), class));
        counts.truncate(3);
        let fixed = total >= SURE && is_pure(counts[0].1, total);
        let share = |count: u32| if fixed { FIXED } else { (count * 100 / total) as i8 };
        features.push((total, key, counts.iter().map(|&(class, count)| (class, share(count))).collect::<Vec<_>>()));
    }
    features.sort_unstable_by_key(|&(total, key, _)| (std::cmp::Reverse(total), key));
    let features: Vec<_> = features.into_iter().map(|(_, key, pairs)| (key, pairs)).collect();
    build::wide(&features, bits_for(features.len()), CLASSES)
}

fn perceptron(
    words: &[Words],
    gold: &[Vec<u8>],
    lexicon: Lexicon<'_>,
    classes: usize,
    passes: usize,
    used: impl Fn(usize) -> bool,
) -> Perceptron {
    let mut learner = Perceptron::default();
    let mut shuffle = Shuffle(0x5EED_0001);
    let (mut features, mut tags) = (Features::new(), Tags::default());
    for pass in 0..passes + 1 {
        if pass == 1 {
            learner.select(FEATURES, 2);
        }
        let margin = if pass == 0 { SELECTING_MARGIN } else { MARGIN };
        for number in shuffle.order(words.len()) {
            if !used(number) {
                continue;
            }
            let gold = &gold[number];
            decode(&words[number], lexicon, &mut features, &mut tags, |_, at, features| {
                let mut sums = learner.score(features);
                let guess = best(&sums, classes, |_| true).unwrap_or(0);
                learner.step();
                let right = usize::from(gold[at]);
                sums[right] -= margin;
                let rival = best(&sums, classes, |_| true).unwrap_or(0);
                if rival != right {
                    learner.update(features, right, rival);
                }
                guess as u8
            });
        }
    }
    learner
}

pub(super) fn train(
    words: &[Words],
    gold: &[Vec<u8>],
    lexicon: Option<Lexicon<'_>>,
    classes: usize,
    passes: usize,
    used: impl Fn(usize) -> bool,
) -> Table {
    let Some(lexicon) = lexicon else { return Table::default() };
    let features = perceptron(words, gold, lexicon, classes, passes, used).quantized(FEATURES, 2);
    build::wide(&features, bits_for(features.len()), classes)
}

/// Tags for every sentence, by taggers that have not seen it.
pub(super) fn cross_tags(words: &[Words], gold: &[Vec<u8>], classes: usize, options: Options) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new(); words.len()];
    // Copies of a sentence in other case stand behind it: blocks keep them in one fold.
    let fold = |number: usize| number / 64 % options.folds;
    let (mut features, mut tags) = (Features::new(), Tags::default());
    for held in 0..options.folds {
        let used = |number: usize| options.folds < 2 || fold(number) != held;
        let tables = Tables::learn(words, gold, used);
        let weights = train(words, gold, tables.view(), classes, options.tagger_passes.div_ceil(2), used);
        let (Some(lexicon), Some(weights)) = (tables.view(), Wide::new(&weights.0, &weights.1, classes)) else {
            continue;
        };
        let tagger = Tagger { lexicon, weights, classes };
        for number in (0..words.len()).filter(|&number| fold(number) == held) {
            tagger.tag(&words[number], &mut features, &mut tags);
            out[number].clone_from(&tags.classes);
        }
    }
    debug_assert!(out.iter().flatten().all(|&class| class != OUTSIDE));
    out
}
