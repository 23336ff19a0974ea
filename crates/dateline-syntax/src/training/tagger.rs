use std::collections::BTreeMap;

use super::perceptron::Wide as Perceptron;
use super::{Options, Sentence, Shuffle, Table, bits_for};
use crate::features::Features;
use crate::tagger::{FIXED, OUTSIDE, Tags, decode, lexicon_key};
use crate::weights::{self, CLASSES, Wide, build};
use crate::words::Words;
use crate::{Upos, Xpos};

/// How often a word must be seen to be in the lexicon, and to have a fixed tag.
const KNOWN: u32 = 4;
const SURE: u32 = 25;

/// Features that are kept; the first pass only finds out which.
const FEATURES: usize = 300_000;

/// By how much the right class has to be ahead of the others.
const MARGIN: i32 = 90;

/// The pairs of tags that are frequent enough to be learnt, the most frequent ones first.
pub(super) fn classes(sentences: &[Sentence]) -> Vec<(Upos, Xpos)> {
    let mut counts = BTreeMap::new();
    for sentence in sentences {
        for pair in sentence.upos.iter().copied().zip(sentence.xpos.iter().copied()) {
            *counts.entry(pair).or_insert(0u32) += 1;
        }
    }
    let mut classes: Vec<_> = counts.into_iter().filter(|item| item.1 >= 12).collect();
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

pub(super) fn lexicon(words: &[Words], gold: &[Vec<u8>]) -> Table {
    lexicon_of(words, gold, |_| true)
}

fn lexicon_of(words: &[Words], gold: &[Vec<u8>], used: impl Fn(usize) -> bool) -> Table {
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
        let fixed = total >= SURE && counts[0].1 * 1000 >= total * 998;
        let share = |count: u32| if fixed { FIXED } else { (count * 100 / total) as i8 };
        features.push((total, key, counts.iter().map(|&(class, count)| (class, share(count))).collect::<Vec<_>>()));
    }
    features.sort_unstable_by_key(|&(total, key, _)| (std::cmp::Reverse(total), key));
    let features: Vec<_> = features.into_iter().map(|(_, key, pairs)| (key, pairs)).collect();
    build::wide(&features, bits_for(features.len()))
}

fn perceptron(
    words: &[Words],
    gold: &[Vec<u8>],
    lexicon: &Table,
    classes: usize,
    passes: usize,
    used: impl Fn(usize) -> bool,
) -> Perceptron {
    let mut learner = Perceptron::default();
    let mut shuffle = Shuffle(0x5EED_0001);
    let (mut features, mut tags) = (Features::new(), Tags::default());
    let Some(lexicon) = Wide::new(&lexicon.0, &lexicon.1) else { return learner };
    for pass in 0..passes + 1 {
        if pass == 1 {
            learner.select(FEATURES, 2);
        }
        for number in shuffle.order(words.len()) {
            if !used(number) {
                continue;
            }
            let gold = &gold[number];
            decode(&words[number], lexicon, &mut features, &mut tags, |at, features| {
                let mut sums = [0; CLASSES];
                learner.score(features, &mut sums);
                let guess = weights::best(&sums, classes, |_| true) as u8;
                learner.step();
                sums[usize::from(gold[at])] -= MARGIN;
                let rival = weights::best(&sums, classes, |_| true) as u8;
                if rival != gold[at] {
                    learner.update(features, gold[at], rival);
                }
                guess
            });
        }
    }
    learner
}

pub(super) fn train(
    words: &[Words],
    gold: &[Vec<u8>],
    lexicon: &Table,
    classes: usize,
    passes: usize,
    used: impl Fn(usize) -> bool,
) -> Table {
    let features = perceptron(words, gold, lexicon, classes, passes, used).quantized(FEATURES, 2);
    build::wide(&features, bits_for(features.len()))
}

/// Tags for every sentence, by taggers that have not seen it.
pub(super) fn cross_tags(words: &[Words], gold: &[Vec<u8>], classes: usize, options: Options) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new(); words.len()];
    // Copies of a sentence in other case stand behind it: blocks keep them in one fold.
    let fold = |number: usize| number / 64 % options.folds;
    let (mut features, mut tags) = (Features::new(), Tags::default());
    for held in 0..options.folds {
        let used = |number: usize| options.folds < 2 || fold(number) != held;
        let table = lexicon_of(words, gold, used);
        let learner = train(words, gold, &table, classes, options.tagger_passes.div_ceil(2), used);
        let (Some(lexicon), Some(learner)) = (Wide::new(&table.0, &table.1), Wide::new(&learner.0, &learner.1)) else {
            continue;
        };
        for number in (0..words.len()).filter(|&number| fold(number) == held) {
            decode(&words[number], lexicon, &mut features, &mut tags, |_, features| {
                let mut sums = [0; CLASSES];
                learner.score(features, &mut sums);
                weights::best(&sums, classes, |_| true) as u8
            });
            out[number].clone_from(&tags.classes);
        }
    }
    debug_assert!(out.iter().flatten().all(|&class| class != OUTSIDE));
    out
}
