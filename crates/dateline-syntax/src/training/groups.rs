//! Groups of words that stand in like places, so that what is learnt of one word is known of others.
//!
//! The words are vectors of what they stand next to and what they hang on; k-means on the sphere (Dhillon and Modha 2001)
//! makes the groups. Contexts weigh as in the t-test of Curran (2004), which takes nothing but square roots: these are the
//! same on every machine.

use std::collections::BTreeMap;

use super::{Sentence, bits_for};
use crate::Upos;
use crate::hash::two;
use crate::weights::build;
use crate::words::{Words, group_key};

/// Groups are numbered from 1 to this; 0 is for words in no group.
const GROUPS: usize = 255;

/// How often a word must be seen to be in a group.
const LEAST: u32 = 4;

/// How many contexts, the most frequent ones, are looked at.
const CONTEXTS: usize = 6_000;

const ROUNDS: usize = 15;

/// A word as numbers of contexts and their weights, of length 1.
type Vector = Vec<(u32, f32)>;

/// The table of groups. Seconds for a million words.
pub(super) fn learn(sentences: &[Sentence], words: &[Words]) -> Vec<u8> {
    let (keys, vectors) = vectors(sentences, words);
    let mut groups: Vec<usize> = vec![0; keys.len()];
    // The most frequent words are the first centres.
    let mut centres = vec![[0f32; GROUPS]; CONTEXTS];
    for (group, vector) in vectors.iter().take(GROUPS).enumerate() {
        for &(context, weight) in vector {
            centres[context as usize][group] = weight;
        }
    }
    for _ in 0..ROUNDS {
        for (group, vector) in groups.iter_mut().zip(&vectors) {
            *group = nearest(vector, &centres);
        }
        centres = mean(&vectors, &groups);
    }
    let table: Vec<_> = keys.iter().zip(groups).map(|(&key, group)| (key, group as u8 + 1)).collect();
    build::single(&table, bits_for(table.len()))
}

/// The keys of the words that have groups, the most frequent ones first, and their vectors.
fn vectors(sentences: &[Sentence], words: &[Words]) -> (Vec<u64>, Vec<Vector>) {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    let mut context_counts: BTreeMap<u64, u32> = BTreeMap::new();
    each_context(sentences, words, |key, context| {
        if context.is_none() {
            *counts.entry(key).or_insert(0) += 1;
        }
        if let Some(context) = context {
            *context_counts.entry(context).or_insert(0) += 1;
        }
    });
    let frequent = |counts: BTreeMap<u64, u32>, least: u32, most: usize| {
        let mut counts: Vec<_> = counts.into_iter().filter(|item| item.1 >= least).collect();
        counts.sort_unstable_by_key(|&(key, count)| (std::cmp::Reverse(count), key));
        counts.truncate(most);
        counts.into_iter().map(|item| item.0).collect::<Vec<u64>>()
    };
    let (keys, contexts) = (frequent(counts, LEAST, usize::MAX), frequent(context_counts, LEAST, CONTEXTS));
    let numbered = |keys: &[u64]| keys.iter().copied().zip(0u32..).collect::<BTreeMap<u64, u32>>();
    let (key_numbers, context_numbers) = (numbered(&keys), numbered(&contexts));
    let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let (mut of_key, mut of_context) = (vec![0u32; keys.len()], vec![0u32; contexts.len()]);
    let mut total = 0u32;
    each_context(sentences, words, |key, context| {
        let numbers = (key_numbers.get(&key), context.and_then(|context| context_numbers.get(&context)));
        if let (Some(&key), Some(&context)) = numbers {
            *pairs.entry((key, context)).or_insert(0) += 1;
            of_key[key as usize] += 1;
            of_context[context as usize] += 1;
            total += 1;
        }
    });
    let mut vectors = vec![Vector::new(); keys.len()];
    for ((key, context), count) in pairs {
        let expected =
            f64::from(of_key[key as usize]) * f64::from(of_context[context as usize]) / f64::from(total.max(1));
        let weight = (f64::from(count) - expected) / expected.sqrt();
        if weight > 0.0 {
            vectors[key as usize].push((context, weight.sqrt() as f32));
        }
    }
    for vector in &mut vectors {
        let length = vector.iter().map(|item| item.1 * item.1).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|item| item.1 /= length);
    }
    (keys, vectors)
}

/// Calls `each` with every word of an open class, and then with it and each of its contexts.
fn each_context(sentences: &[Sentence], words: &[Words], mut each: impl FnMut(u64, Option<u64>)) {
    for (sentence, words) in sentences.iter().zip(words) {
        if words.caseless {
            continue;
        }
        let key = |at: usize| words.words.get(at).map_or(0, |word| u64::from(word.key));
        let open = |at: usize| {
            let upos = sentence.upos[at];
            matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv)
        };
        for at in 0..words.words.len() {
            let own = group_key(words.words[at].key);
            if open(at) {
                each(own, None);
                each(own, Some(two(1, key(at.wrapping_sub(1)), 0)));
                each(own, Some(two(2, key(at + 1), 0)));
            }
            if let Some(head) = sentence.heads[at] {
                let relation = sentence.deprels[at] as u64;
                if open(at) {
                    each(own, Some(two(3, relation, key(head))));
                }
                if open(head) {
                    each(group_key(words.words[head].key), Some(two(4, relation, key(at))));
                }
            }
        }
    }
}

/// The centre that a vector lies nearest to, the first of equals.
fn nearest(vector: &Vector, centres: &[[f32; GROUPS]]) -> usize {
    let mut products = [0f32; GROUPS];
    for &(context, weight) in vector {
        for (product, centre) in products.iter_mut().zip(&centres[context as usize]) {
            *product += weight * centre;
        }
    }
    (0..GROUPS).rev().max_by(|&a, &b| products[a].total_cmp(&products[b])).unwrap_or(0)
}

/// The centres of the groups, of length 1.
fn mean(vectors: &[Vector], groups: &[usize]) -> Vec<[f32; GROUPS]> {
    let mut centres = vec![[0f32; GROUPS]; CONTEXTS];
    for (vector, &group) in vectors.iter().zip(groups) {
        for &(context, weight) in vector {
            centres[context as usize][group] += weight;
        }
    }
    let mut lengths = [0f32; GROUPS];
    for centre in &centres {
        lengths.iter_mut().zip(centre).for_each(|(length, weight)| *length += weight * weight);
    }
    for centre in &mut centres {
        centre
            .iter_mut()
            .zip(lengths)
            .filter(|item| item.1 > 0.0)
            .for_each(|(weight, length)| *weight /= length.sqrt());
    }
    centres
}
