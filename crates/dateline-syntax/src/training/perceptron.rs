//! Averaged perceptrons (Collins 2002) over hashed features, and what is kept of them.

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

type Index = HashMap<u64, u32, BuildHasherDefault<AsItIs>>;

/// Weights of many classes.
#[derive(Default)]
pub(super) struct Wide {
    index: Index,
    rows: Vec<WideRow>,
    now: u32,
    /// No features but those there are.
    closed: bool,
}

#[derive(Default)]
struct WideRow {
    updates: u32,
    cells: Vec<Cell>,
}

struct Cell {
    class: u8,
    since: u32,
    weight: i32,
    sum: i64,
}

impl Wide {
    pub(super) fn score(&self, features: &[u64], sums: &mut [i32; CLASSES]) {
        for feature in features {
            if let Some(&row) = self.index.get(feature) {
                for cell in &self.rows[row as usize].cells {
                    sums[usize::from(cell.class)] += cell.weight;
                }
            }
        }
    }

    /// Counts one decision.
    pub(super) fn step(&mut self) {
        self.now += 1;
    }

    pub(super) fn update(&mut self, features: &[u64], good: u8, bad: u8) {
        for &feature in features {
            let rows = &mut self.rows;
            let row = if self.closed {
                let Some(&row) = self.index.get(&feature) else { continue };
                row
            } else {
                *self.index.entry(feature).or_insert_with(|| {
                    rows.push(WideRow::default());
                    rows.len() as u32 - 1
                })
            };
            let row = &mut self.rows[row as usize];
            row.updates += 1;
            for (class, by) in [(good, 1), (bad, -1)] {
                let row = &mut row.cells;
                let at = row.iter().position(|cell| cell.class == class).unwrap_or_else(|| {
                    row.push(Cell { class, since: self.now, weight: 0, sum: 0 });
                    row.len() - 1
                });
                let cell = &mut row[at];
                cell.sum += i64::from(cell.weight) * i64::from(self.now - cell.since);
                cell.since = self.now;
                cell.weight += by;
            }
        }
    }

    /// Starts again with the features that [`quantized`](Self::quantized) gives, and no others: what is left out teaches
    /// nothing then that would be missed.
    pub(super) fn select(&mut self, most: usize, least: u8) {
        let kept = self.quantized(most, least);
        self.index = kept.iter().zip(0..).map(|((feature, _), row)| (*feature, row)).collect();
        self.rows = kept.iter().map(|_| WideRow::default()).collect();
        self.now = 0;
        self.closed = true;
    }

    /// The averaged weights in single bytes, at most `most` features, the most important ones first: those that were
    /// learnt from often and weigh much. Features learnt from once are left out, and weights below `least`.
    pub(super) fn quantized(&self, most: usize, least: u8) -> Vec<(u64, Vec<(u8, i8)>)> {
        let average = |cell: &Cell| {
            let sum = cell.sum + i64::from(cell.weight) * i64::from(self.now - cell.since);
            sum as f64 / f64::from(self.now.max(1))
        };
        let kept = || self.rows.iter().filter(|row| row.updates >= LEAST_UPDATES);
        let scale = scale(kept().flat_map(|row| &row.cells).map(average).collect());
        let mut out = Vec::new();
        for (&feature, &row) in &self.index {
            let row = &self.rows[row as usize];
            if row.updates < LEAST_UPDATES {
                continue;
            }
            let pairs = row.cells.iter().map(|cell| (cell.class, quantize(average(cell) * scale)));
            let mut pairs: Vec<(u8, i8)> = pairs.filter(|pair| pair.1.unsigned_abs() >= least).collect();
            pairs.sort_unstable();
            let weight = pairs.iter().map(|pair| pair.1.unsigned_abs()).max();
            if let Some(weight) = weight {
                out.push((importance(row.updates, weight), feature, pairs));
            }
        }
        out.sort_unstable_by_key(|&(importance, feature, _)| (std::cmp::Reverse(importance), feature));
        out.truncate(most);
        out.into_iter().map(|(_, feature, pairs)| (feature, pairs)).collect()
    }
}

/// How often a feature must have been learnt from to be kept.
const LEAST_UPDATES: u32 = 2;

fn importance(updates: u32, weight: u8) -> u64 {
    u64::from(updates) * u64::from(weight)
}

/// Weights of three classes.
#[derive(Default)]
pub(super) struct Narrow {
    index: Index,
    rows: Vec<Row>,
    now: u32,
    /// No features but those there are.
    closed: bool,
}

#[derive(Clone, Default)]
struct Row {
    weights: [i32; 3],
    updates: u32,
    since: u32,
    sums: [i64; 3],
}

impl Narrow {
    pub(super) fn score(&self, features: &[u64]) -> [i32; 3] {
        let mut sums = [0; 3];
        for feature in features {
            if let Some(&row) = self.index.get(feature) {
                for (sum, weight) in sums.iter_mut().zip(self.rows[row as usize].weights) {
                    *sum += weight;
                }
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
            let rows = &mut self.rows;
            let row = if self.closed {
                let Some(&row) = self.index.get(&feature) else { continue };
                row
            } else {
                *self.index.entry(feature).or_insert_with(|| {
                    rows.push(Row::default());
                    rows.len() as u32 - 1
                })
            };
            let row = &mut self.rows[row as usize];
            let passed = i64::from(self.now - row.since);
            for (sum, weight) in row.sums.iter_mut().zip(row.weights) {
                *sum += i64::from(weight) * passed;
            }
            row.since = self.now;
            row.updates += 1;
            row.weights[good] += 1;
            row.weights[bad] -= 1;
        }
    }

    /// Starts again with the features that [`quantized`](Self::quantized) gives, and no others.
    pub(super) fn select(&mut self, most: usize) {
        let kept = self.quantized(most);
        self.index = kept.iter().zip(0..).map(|((feature, _), row)| (*feature, row)).collect();
        self.rows = vec![Row::default(); kept.len()];
        self.now = 0;
        self.closed = true;
    }

    /// The averaged weights in single bytes, at most `most` features, the most important ones first.
    pub(super) fn quantized(&self, most: usize) -> Vec<(u64, [i8; 3])> {
        let average = |row: &Row, class: usize| {
            let sum = row.sums[class] + i64::from(row.weights[class]) * i64::from(self.now - row.since);
            sum as f64 / f64::from(self.now.max(1))
        };
        let kept = || self.rows.iter().filter(|row| row.updates >= LEAST_UPDATES);
        let scale = scale(kept().flat_map(|row| [0, 1, 2].map(|class| average(row, class))).collect());
        let mut out = Vec::new();
        for (&feature, &row) in &self.index {
            let row = &self.rows[row as usize];
            let weights = [0, 1, 2].map(|class| quantize(average(row, class) * scale));
            let weight = weights.map(i8::unsigned_abs).into_iter().max().unwrap_or(0);
            if row.updates >= LEAST_UPDATES && weight > 0 {
                out.push((importance(row.updates, weight), feature, weights));
            }
        }
        out.sort_unstable_by_key(|&(importance, feature, _)| (std::cmp::Reverse(importance), feature));
        out.truncate(most);
        out.into_iter().map(|(_, feature, weights)| (feature, weights)).collect()
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
