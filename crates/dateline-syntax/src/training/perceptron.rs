//! Linear models over hashed features, learnt from errors, and what is kept of them.
//!
//! First the features that matter are chosen, by an averaged perceptron (Collins 2002), then their weights are learnt from the
//! start, averaged too: those of many classes with steps that shrink for each weight by itself (AdaGrad; Duchi, Hazan and Singer
//! 2011), so that rare features learn what they can from the little they see, and frequent ones stop following noise, of which
//! labels by machine are full.
//!
//! Only sums, products, quotients and square roots, which are the same on every machine.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::weights::CLASSES;

/// Features are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// The rows of features.
#[derive(Default)]
struct Index {
    rows: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// No features but those there are.
    closed: bool,
}

impl Index {
    fn closed(features: impl Iterator<Item = u64>) -> Self {
        Self { rows: features.zip(0..).collect(), closed: true }
    }

    fn row<R: Default>(&mut self, feature: u64, rows: &mut Vec<R>) -> Option<usize> {
        let next = rows.len();
        let row = match self.rows.get(&feature) {
            Some(&row) => row as usize,
            None if self.closed => return None,
            None => {
                self.rows.insert(feature, next as u32);
                rows.push(R::default());
                next
            }
        };
        Some(row)
    }
}

/// One weight, and what its average is made of.
#[derive(Clone, Copy, Default)]
struct Weight {
    value: f32,
    changes: u32,
    since: u32,
    /// The values of all decisions up to `since`.
    sum: f64,
}

impl Weight {
    fn change(&mut self, now: u32, by: f32, shrinking: bool) {
        self.sum = self.sum_at(now);
        self.since = now;
        self.changes += 1;
        self.value += if shrinking { by / (self.changes as f32 + 1.0).sqrt() } else { by };
    }

    fn sum_at(&self, now: u32) -> f64 {
        self.sum + f64::from(self.value) * f64::from(now - self.since)
    }

    fn average(&self, now: u32) -> f64 {
        self.sum_at(now) / f64::from(now.max(1))
    }
}

/// Weights of many classes.
#[derive(Default)]
pub(super) struct Wide {
    index: Index,
    rows: Vec<WideRow>,
    now: u32,
}

#[derive(Default)]
struct WideRow {
    updates: u32,
    cells: Vec<(u8, Weight)>,
}

impl Wide {
    pub(super) fn score(&self, features: &[u64]) -> [f32; CLASSES] {
        let mut sums = [0.0; CLASSES];
        for row in features.iter().filter_map(|feature| self.index.rows.get(feature)) {
            for (class, weight) in &self.rows[*row as usize].cells {
                sums[usize::from(*class)] += weight.value;
            }
        }
        sums
    }

    /// Counts one decision.
    pub(super) fn step(&mut self) {
        self.now += 1;
    }

    pub(super) fn update(&mut self, features: &[u64], good: usize, bad: usize) {
        for &feature in features {
            let Some(row) = self.index.row(feature, &mut self.rows) else { continue };
            let row = &mut self.rows[row];
            row.updates += 1;
            for (class, by) in [(good as u8, 1.0), (bad as u8, -1.0)] {
                let at = row.cells.iter().position(|cell| cell.0 == class).unwrap_or_else(|| {
                    row.cells.push((class, Weight { since: self.now, ..Weight::default() }));
                    row.cells.len() - 1
                });
                row.cells[at].1.change(self.now, by, self.index.closed);
            }
        }
    }

    /// Starts again with the features that [`quantized`](Self::quantized) gives, and no others: what is left out teaches
    /// nothing then that would be missed.
    pub(super) fn select(&mut self, most: usize, least: u8) {
        let kept = self.quantized(most, least);
        self.rows = kept.iter().map(|_| WideRow::default()).collect();
        self.index = Index::closed(kept.into_iter().map(|item| item.0));
        self.now = 0;
    }

    /// The averaged weights in single bytes, at most `most` features, the most important ones first: those that were
    /// learnt from often and weigh much. Features learnt from once are left out, and weights below `least`.
    pub(super) fn quantized(&self, most: usize, least: u8) -> Vec<(u64, Vec<(u8, i8)>)> {
        let kept = || self.rows.iter().filter(|row| row.updates >= LEAST_UPDATES);
        let scale = scale(kept().flat_map(|row| &row.cells).map(|cell| cell.1.average(self.now)).collect());
        let mut out = Vec::new();
        for (&feature, &row) in &self.index.rows {
            let row = &self.rows[row as usize];
            if row.updates < LEAST_UPDATES {
                continue;
            }
            let pairs = row.cells.iter().map(|(class, weight)| (*class, quantize(weight.average(self.now) * scale)));
            let mut pairs: Vec<(u8, i8)> = pairs.filter(|pair| pair.1.unsigned_abs() >= least).collect();
            pairs.sort_unstable();
            let weight = pairs.iter().map(|pair| pair.1.unsigned_abs()).max();
            if let Some(weight) = weight {
                out.push((importance(row.updates, weight), feature, pairs));
            }
        }
        most_important(out, most)
    }
}

/// How often a feature must have been learnt from to be kept.
const LEAST_UPDATES: u32 = 2;

fn importance(updates: u32, weight: u8) -> u64 {
    u64::from(updates) * u64::from(weight)
}

fn most_important<W>(mut features: Vec<(u64, u64, W)>, most: usize) -> Vec<(u64, W)> {
    features.sort_unstable_by_key(|&(importance, feature, _)| (Reverse(importance), feature));
    features.truncate(most);
    features.into_iter().map(|(_, feature, weights)| (feature, weights)).collect()
}

/// Weights of three classes.
#[derive(Default)]
pub(super) struct Narrow {
    index: Index,
    rows: Vec<Row>,
    now: u32,
}

#[derive(Clone, Default)]
struct Row {
    weights: [Weight; 3],
    updates: u32,
}

impl Narrow {
    pub(super) fn score(&self, features: &[u64]) -> [f32; 3] {
        let mut sums = [0.0; 3];
        for row in features.iter().filter_map(|feature| self.index.rows.get(feature)) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[*row as usize].weights) {
                *sum += weight.value;
            }
        }
        sums
    }

    /// Counts one decision.
    pub(super) fn step(&mut self) {
        self.now += 1;
    }

    pub(super) fn update(&mut self, features: &[u64], good: usize, bad: usize) {
        for &feature in features {
            let Some(row) = self.index.row(feature, &mut self.rows) else { continue };
            let row = &mut self.rows[row];
            row.updates += 1;
            // Of plain steps: what shrinking ones learnt of actions was no better, and worse on sentences of news.
            row.weights[good].change(self.now, 1.0, false);
            row.weights[bad].change(self.now, -1.0, false);
        }
    }

    /// Starts again with the features that [`quantized`](Self::quantized) gives, and no others.
    pub(super) fn select(&mut self, most: usize) {
        let kept = self.quantized(most);
        self.rows = vec![Row::default(); kept.len()];
        self.index = Index::closed(kept.into_iter().map(|item| item.0));
        self.now = 0;
    }

    /// The averaged weights in single bytes, at most `most` features, the most important ones first.
    pub(super) fn quantized(&self, most: usize) -> Vec<(u64, [i8; 3])> {
        let kept = || self.rows.iter().filter(|row| row.updates >= LEAST_UPDATES);
        let scale = scale(kept().flat_map(|row| row.weights).map(|weight| weight.average(self.now)).collect());
        let mut out = Vec::new();
        for (&feature, &row) in &self.index.rows {
            let row = &self.rows[row as usize];
            let weights = row.weights.map(|weight| quantize(weight.average(self.now) * scale));
            let weight = weights.map(i8::unsigned_abs).into_iter().max().unwrap_or(0);
            if row.updates >= LEAST_UPDATES && weight > 0 {
                out.push((importance(row.updates, weight), feature, weights));
            }
        }
        most_important(out, most)
    }
}

/// What to multiply by, so that all but one weight in five thousand fit a byte.
fn scale(mut weights: Vec<f64>) -> f64 {
    weights.iter_mut().for_each(|weight| *weight = weight.abs());
    weights.sort_unstable_by(f64::total_cmp);
    let index = weights.len() - weights.len() / 5_000;
    let most = weights.get(index.saturating_sub(1)).copied().unwrap_or(1.0);
    127.0 / most.max(1e-9)
}

fn quantize(weight: f64) -> i8 {
    weight.round().clamp(-127.0, 127.0) as i8
}

/// The class with the highest sum among the first `classes` that are allowed, if any is; the first of equals.
pub(super) fn best(sums: &[f32], classes: usize, allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let better = |best: usize, class: usize| if sums[class] > sums[best] { class } else { best };
    (0..classes).filter(|&class| allowed(class)).reduce(better)
}
