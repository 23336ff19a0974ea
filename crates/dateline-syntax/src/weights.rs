//! Weights of hashed features, read in place.
//!
//! Both tables are arrays of buckets of four little-endian `u32` slots. The high bits of a feature's hash choose the
//! bucket, its lowest byte (never 0) tells the features of one bucket apart. What is in no slot has no weights.

use crate::features::MOST;

const BUCKET: usize = 16;
const SLOTS: usize = 4;

/// Weights of few classes: three bytes in the slot itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrow<'m> {
    slots: &'m [u8],
    bits: u32,
}

/// Weights of many classes: the slot tells where in `pairs` the classes with their weights stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wide<'m> {
    slots: &'m [u8],
    pairs: &'m [u8],
    bits: u32,
}

/// How many classes a wide table may have: the sums stand in an array of this length.
pub(crate) const CLASSES: usize = 128;

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

/// The bucket of a feature, four slots; empty if the table is shorter than it says.
#[inline]
fn bucket(slots: &[u8], bits: u32, feature: u64) -> [u32; SLOTS] {
    let at = bucket_of(feature, bits) * BUCKET;
    let bytes = slots.get(at..at + BUCKET).and_then(|bytes| bytes.first_chunk::<BUCKET>());
    let bytes = bytes.copied().unwrap_or_default();
    [0, 4, 8, 12].map(|at| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]))
}

/// The slot of a feature in its bucket, 0 if there is none.
///
/// Without a branch: which slot it is cannot be predicted. No two of a bucket have the same check.
#[inline]
fn select(bucket: [u32; SLOTS], feature: u64) -> u32 {
    let check = u32::from(check_of(feature));
    bucket.into_iter().fold(0, |found, slot| {
        // All ones where the check is the same: nothing but 0 has its sign turned by 1 taken off.
        let same = (((slot ^ check) & 0xFF).wrapping_sub(1) as i32 >> 31) as u32;
        found | slot & same
    })
}

/// Looks up many features at a time: first all buckets are read, then the slots in them are looked for. The reads do not wait
/// for each other nor for a guess about one, so that many are under way at once; the tables are larger than the near caches,
/// and waiting for memory is most of what a lookup costs.
#[inline]
fn gather<'b>(slots: &[u8], bits: u32, features: &[u64], buffer: &'b mut [[u32; SLOTS]; MOST]) -> &'b [[u32; SLOTS]] {
    let len = features.len().min(MOST);
    let buffer = &mut buffer[..len];
    for (out, &feature) in buffer.iter_mut().zip(features) {
        *out = bucket(slots, bits, feature);
    }
    buffer
}

impl<'m> Narrow<'m> {
    pub(crate) fn new(slots: &'m [u8]) -> Option<Self> {
        Some(Self { slots, bits: bits_of(slots.len())? })
    }

    /// Sums of the weights of all features.
    #[inline]
    pub(crate) fn score(&self, features: &[u64]) -> [i32; 3] {
        let mut buffer = [[0; SLOTS]; MOST];
        let mut sums = [0i32; 3];
        for (&bucket, &feature) in gather(self.slots, self.bits, features, &mut buffer).iter().zip(features) {
            let slot = select(bucket, feature);
            sums[0] += i32::from((slot >> 8) as i8);
            sums[1] += i32::from((slot >> 16) as i8);
            sums[2] += i32::from((slot >> 24) as i8);
        }
        sums
    }
}

impl<'m> Wide<'m> {
    pub(crate) fn new(slots: &'m [u8], pairs: &'m [u8]) -> Option<Self> {
        Some(Self { slots, pairs, bits: bits_of(slots.len())? })
    }

    /// The classes and weights of a feature, as pairs of bytes.
    #[inline]
    pub(crate) fn get(&self, feature: u64) -> &'m [u8] {
        let slot = select(bucket(self.slots, self.bits, feature), feature);
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

    /// Adds the weights of all features to `sums`.
    #[inline]
    pub(crate) fn score(&self, features: &[u64], sums: &mut [i32; CLASSES]) {
        let mut buffer = [[0; SLOTS]; MOST];
        // Slots that were found, and how many pairs each has: reading the counts brings the pairs near.
        let mut slots = [0; MOST];
        let mut counts = [0; MOST];
        let mut found = 0;
        for (&bucket, &feature) in gather(self.slots, self.bits, features, &mut buffer).iter().zip(features) {
            let slot = select(bucket, feature);
            slots[found] = slot;
            found += usize::from(slot != 0);
        }
        for (count, &slot) in counts.iter_mut().zip(&slots[..found]) {
            *count = self.count_at(slot);
        }
        for (&slot, &count) in slots.iter().zip(&counts).take(found) {
            for pair in self.pairs_at(slot, count).chunks_exact(2) {
                sums[usize::from(pair[0]) % CLASSES] += i32::from(pair[1] as i8);
            }
        }
    }
}

/// The class with the highest sum among the first `classes` that are allowed; the first of equals.
pub(crate) fn best(sums: &[i32; CLASSES], classes: usize, allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = 0;
    let mut most = i32::MIN;
    for (class, &sum) in sums[..classes.min(CLASSES)].iter().enumerate() {
        if sum > most && allowed(class) {
            best = class;
            most = sum;
        }
    }
    best
}

/// Makes the tables; `features` come most important first, and those that find their bucket full are left out.
pub(crate) mod build {
    use super::{BUCKET, bucket_of, check_of};

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

    pub(crate) fn wide(features: &[(u64, Vec<(u8, i8)>)], bits: u32) -> (Vec<u8>, Vec<u8>) {
        let mut slots = vec![0; BUCKET << bits];
        let mut pairs = Vec::new();
        for (feature, classes) in features {
            if pairs.len() < 1 << 24 && place(&mut slots, bits, *feature, pairs.len() as u32) {
                pairs.push(classes.len() as u8);
                pairs.extend(classes.iter().flat_map(|&(class, weight)| [class, weight as u8]));
            }
        }
        (slots, pairs)
    }
}
