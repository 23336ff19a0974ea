//! Weights of hashed features, read in place.
//!
//! Both tables are arrays of buckets of four little-endian `u32` slots. The high bits of a feature's hash choose the
//! bucket, its lowest byte (never 0) tells the features of one bucket apart. What is in no slot has no weights.
//!
//! A third table, of single answers, takes three bytes of the hash to tell its keys apart: a wrong answer there has no other
//! to outvote it.

use crate::features::MOST;

const BUCKET: usize = 16;

/// Weights of few classes: three bytes in the slot itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrow<'m> {
    slots: &'m [u8],
    bits: u32,
}

/// Weights of many classes: the slot tells where in `pairs` the classes with their weights stand, their number first; or,
/// where they are many, the weights of all classes in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wide<'m> {
    slots: &'m [u8],
    pairs: &'m [u8],
    bits: u32,
    /// Bytes of a row.
    row: usize,
}

/// One class for each key.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Single<'m> {
    slots: &'m [u8],
    bits: u32,
}

/// How many classes a wide table may have: the sums stand in an array of this length.
pub(crate) const CLASSES: usize = 128;

/// Sums of bytes, one of each feature: at most [`MOST`], so that they fit. (In a file that no training made there may be more,
/// and they wrap.)
pub(crate) type Sums = [i16; CLASSES];

/// Rows are read in blocks of so many classes, which the processor adds at once.
const BLOCK: usize = 16;

/// The number of pairs that stands before a row.
const ROW: u8 = u8::MAX;

/// Buckets that a table of so many bytes has, as a power of two; none if it is no such table.
pub(crate) fn bits_of(len: usize) -> Option<u32> {
    let buckets = len / BUCKET;
    (len.is_multiple_of(BUCKET) && buckets.is_power_of_two()).then(|| buckets.trailing_zeros())
}

#[inline]
fn bucket_of(hash: u64, bits: u32) -> usize {
    // Two shifts: one by 64 would overflow for a table of one bucket.
    (hash >> 1 >> (63 - bits)) as usize
}

#[inline]
fn check_of(hash: u64) -> u8 {
    (hash as u8).max(1)
}

/// The lowest three bytes, which tell the keys of a bucket apart in a table of single answers.
#[inline]
fn long_check_of(hash: u64) -> u32 {
    (hash as u32 & 0x00FF_FFFF).max(1)
}

/// The bucket of a feature, two slots in each number; empty if the table is shorter than it says.
#[inline]
fn bucket(slots: &[u8], bits: u32, feature: u64) -> [u64; 2] {
    let at = bucket_of(feature, bits) * BUCKET;
    let bytes = slots.get(at..at + BUCKET).and_then(|bytes| bytes.first_chunk::<BUCKET>());
    let both = u128::from_le_bytes(bytes.copied().unwrap_or_default());
    [both as u64, (both >> 64) as u64]
}

/// The slot of a bucket whose lowest `BITS` are `check`, 0 if there is none; no two of a bucket have the same.
///
/// Without a branch, as which slot it is cannot be predicted: the two slots of a number are compared at once, by arithmetic
/// that compilers do not turn back into jumps.
#[inline]
fn select<const BITS: u32>(bucket: [u64; 2], check: u32) -> u32 {
    const LANES: u64 = 1 << 32 | 1;
    let mask = LANES * ((1 << BITS) - 1);
    let found = bucket.map(|pair| {
        // The bit above the mask is set in a lane unless it is 0, as it is where the check is the same.
        let differs = ((pair ^ (u64::from(check) * LANES)) & mask) + mask;
        let same = !(differs >> BITS) & LANES;
        pair & (same << 32).wrapping_sub(same)
    });
    let found = found[0] | found[1];
    found as u32 | (found >> 32) as u32
}

/// Reads the buckets of many features. Nothing else is done between the reads, so that as many as possible are under way at
/// once: the tables are larger than the near caches, and waiting for memory is most of what a lookup costs.
#[inline]
fn gather<'b>(slots: &[u8], bits: u32, features: &[u64], buffer: &'b mut [[u64; 2]; MOST]) -> &'b [[u64; 2]] {
    let buffer = &mut buffer[..features.len().min(MOST)];
    for (out, &feature) in buffer.iter_mut().zip(features) {
        *out = bucket(slots, bits, feature);
    }
    buffer
}

/// The slot of a feature, 0 if there is none.
#[inline]
fn find(slots: &[u8], bits: u32, feature: u64) -> u32 {
    select::<8>(bucket(slots, bits, feature), u32::from(check_of(feature)))
}

impl<'m> Narrow<'m> {
    pub(crate) fn new(slots: &'m [u8]) -> Option<Self> {
        Some(Self { slots, bits: bits_of(slots.len())? })
    }

    /// Sums of the weights of all features.
    #[inline]
    pub(crate) fn score(&self, features: &[u64]) -> [i32; 3] {
        let mut buffer = [[0; 2]; MOST];
        let mut sums = [0i32; 3];
        for (&bucket, &feature) in gather(self.slots, self.bits, features, &mut buffer).iter().zip(features) {
            let slot = select::<8>(bucket, u32::from(check_of(feature)));
            sums[0] += i32::from((slot >> 8) as i8);
            sums[1] += i32::from((slot >> 16) as i8);
            sums[2] += i32::from((slot >> 24) as i8);
        }
        sums
    }
}

impl<'m> Single<'m> {
    pub(crate) fn new(slots: &'m [u8]) -> Option<Self> {
        Some(Self { slots, bits: bits_of(slots.len())? })
    }

    /// The class of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u8> {
        let slot = select::<24>(bucket(self.slots, self.bits, key), long_check_of(key));
        (slot != 0).then_some((slot >> 24) as u8)
    }
}

impl<'m> Wide<'m> {
    /// A table of so many classes.
    pub(crate) fn new(slots: &'m [u8], pairs: &'m [u8], classes: usize) -> Option<Self> {
        Some(Self { slots, pairs, bits: bits_of(slots.len())?, row: row_of(classes) })
    }

    /// The classes and weights of a feature, as pairs of bytes.
    #[inline]
    pub(crate) fn get(&self, feature: u64) -> &'m [u8] {
        let slot = find(self.slots, self.bits, feature);
        if slot == 0 { &[] } else { self.pairs_at(slot, self.count_at(slot)) }
    }

    /// How many pairs stand where a slot points.
    #[inline]
    fn count_at(&self, slot: u32) -> u8 {
        self.pairs.get((slot >> 8) as usize).copied().unwrap_or_default()
    }

    #[inline]
    fn pairs_at(&self, slot: u32, count: u8) -> &'m [u8] {
        let at = (slot >> 8) as usize + 1;
        self.pairs.get(at..at + usize::from(count) * 2).unwrap_or_default()
    }

    /// Sums of the weights of all features.
    #[inline]
    pub(crate) fn score(&self, features: &[u64]) -> Sums {
        // Slots that were found, and how many pairs each has: reading the counts brings the pairs near.
        let mut slots = [0; MOST];
        let mut counts = [0; MOST];
        let mut found = 0;
        let mut buffer = [[0; 2]; MOST];
        for (&bucket, &feature) in gather(self.slots, self.bits, features, &mut buffer).iter().zip(features) {
            let slot = select::<8>(bucket, u32::from(check_of(feature)));
            slots[found % MOST] = slot;
            found += usize::from(slot != 0);
        }
        for (count, &slot) in counts.iter_mut().zip(&slots[..found]) {
            *count = self.count_at(slot);
        }
        // Rows first: a read of sixteen sums would have to wait for each of them that was just written alone.
        let mut sums = [0; CLASSES];
        let found = slots.iter().zip(&counts).take(found);
        for (&slot, _) in found.clone().filter(|item| *item.1 == ROW) {
            add_row(self.row_at(slot), &mut sums);
        }
        for (&slot, &count) in found.filter(|item| *item.1 != ROW) {
            for pair in self.pairs_at(slot, count).chunks_exact(2) {
                let sum = &mut sums[usize::from(pair[0]) % CLASSES];
                *sum = sum.wrapping_add(i16::from(pair[1] as i8));
            }
        }
        sums
    }

    #[inline]
    fn row_at(&self, slot: u32) -> &'m [u8] {
        let at = (slot >> 8) as usize + 1;
        self.pairs.get(at..at + self.row).unwrap_or_default()
    }
}

#[inline]
fn add_row(row: &[u8], sums: &mut Sums) {
    for (sums, row) in sums.chunks_exact_mut(BLOCK).zip(row.chunks_exact(BLOCK)) {
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum = sum.wrapping_add(i16::from(weight as i8));
        }
    }
}

/// Bytes of a row of so many classes.
const fn row_of(classes: usize) -> usize {
    classes.next_multiple_of(BLOCK)
}

/// The class with the highest sum among the first `classes` that are allowed; the first of equals.
#[inline]
pub(crate) fn best(sums: &Sums, classes: usize, allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = 0;
    let mut most = i32::MIN;
    for (class, &sum) in sums[..classes.min(CLASSES)].iter().enumerate() {
        if i32::from(sum) > most && allowed(class) {
            best = class;
            most = i32::from(sum);
        }
    }
    best
}

/// Makes the tables; `features` come most important first, and those that find their bucket full are left out.
pub(crate) mod build {
    use super::{BUCKET, ROW, bucket_of, check_of, long_check_of, row_of};

    fn place(slots: &mut [u8], bits: u32, feature: u64, content: u32) -> bool {
        let start = bucket_of(feature, bits) * BUCKET;
        let check = check_of(feature);
        for slot in slots[start..start + BUCKET].chunks_exact_mut(4) {
            if slot[0] == check {
                return false;
            }
            if slot[0] == 0 {
                slot.copy_from_slice(&(content << 8 | u32::from(check)).to_le_bytes());
                return true;
            }
        }
        false
    }

    pub(crate) fn narrow(features: &[(u64, [i8; 3])], bits: u32) -> Vec<u8> {
        let mut slots = vec![0; BUCKET << bits];
        for (feature, weights) in features {
            let [a, b, c] = weights.map(|weight| u32::from(weight as u8));
            place(&mut slots, bits, *feature, a | b << 8 | c << 16);
        }
        slots
    }

    /// How many times shorter than a row pairs have to be.
    const SHORTER: usize = 8;

    pub(crate) fn single(keys: &[(u64, u8)], bits: u32) -> Vec<u8> {
        let mut slots = vec![0; BUCKET << bits];
        for &(key, class) in keys {
            let start = bucket_of(key, bits) * BUCKET;
            let content = (u32::from(class) << 24 | long_check_of(key)).to_le_bytes();
            let bucket = &mut slots[start..start + BUCKET];
            let same = |slot: &[u8]| slot[..3] == content[..3];
            let empty = |slot: &[u8]| slot.iter().all(|&byte| byte == 0);
            if !bucket.chunks_exact(4).any(same)
                && let Some(slot) = bucket.chunks_exact_mut(4).find(|slot| empty(slot))
            {
                slot.copy_from_slice(&content);
            }
        }
        slots
    }

    /// Of so many classes.
    pub(crate) fn wide(features: &[(u64, Vec<(u8, i8)>)], bits: u32, classes: usize) -> (Vec<u8>, Vec<u8>) {
        let row = row_of(classes);
        let mut slots = vec![0; BUCKET << bits];
        let mut pairs: Vec<u8> = Vec::new();
        for (feature, classes) in features {
            if pairs.len() >= 1 << 24 || !place(&mut slots, bits, *feature, pairs.len() as u32) {
                continue;
            }
            if classes.len() * SHORTER > row {
                pairs.push(ROW);
                let start = pairs.len();
                pairs.resize(start + row, 0);
                for &(class, weight) in classes {
                    pairs[start + usize::from(class)] = weight as u8;
                }
            } else {
                pairs.push(classes.len() as u8);
                pairs.extend(classes.iter().flat_map(|&(class, weight)| [class, weight as u8]));
            }
        }
        (slots, pairs)
    }
}
