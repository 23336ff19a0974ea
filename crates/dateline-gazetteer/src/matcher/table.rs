//! The table behind all dictionaries: bytes that are read in place.
//!
//! Three arrays. `filter` has cells of two bits, found by the hash of a word sequence: "some key is this sequence" and
//! "some key goes on after it"; a set bit may lie, a clear one never does. `buckets` holds the offset of each bucket's
//! first key (`u32`, one more than there are buckets). `keys` holds the keys in the order of their hashes, each behind
//! a byte with its length.
//!
//! A search touches one byte of the filter a word, which stays in the second-level cache, and one bucket when the
//! filter says so. There are no slots to fill and no ids to store: the place of a key is its id.

use super::fold::{KeyBuffer, NoKey, fold_name};
use super::{Folding, exact};

/// Cells of the filter for each key.
const CELLS_PER_KEY: usize = 3;

/// Cell bit: a key ends here.
pub(crate) const ENDS: u8 = 1;

/// Cell bit: a key goes on after this word.
pub(crate) const GOES_ON: u8 = 2;

const START: u64 = 0x9E37_79B9_7F4A_7C15;
const MULTIPLIER: u64 = 0xD6E8_FEB8_6659_FD93;

fn fold_multiply(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of a sequence of words, word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SequenceHash(u64);

impl SequenceHash {
    pub(crate) const EMPTY: Self = Self(START);

    /// The sequence with one more word.
    #[inline]
    pub(crate) fn with(self, word: &[u8]) -> Self {
        let mut state = self.0 ^ (word.len() as u64) << 56;
        let mut chunks = word.chunks_exact(8);
        for chunk in &mut chunks {
            // `chunks_exact` gives eight bytes.
            state = fold_multiply(state ^ u64::from_le_bytes(chunk.try_into().unwrap_or_default()), MULTIPLIER);
        }
        let mut last = 0;
        for (index, &byte) in chunks.remainder().iter().enumerate() {
            last |= u64::from(byte) << (8 * index);
        }
        Self(fold_multiply(state ^ last, START ^ MULTIPLIER))
    }
}

/// The three arrays.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) filter: &'a [u8],
    pub(crate) buckets: &'a [u8],
    pub(crate) keys: &'a [u8],
}

/// Where a key stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot {
    pub(crate) bucket: u32,
    /// Which key of its bucket.
    pub(crate) index: u32,
}

/// Scales a hash to `0..n`.
#[inline]
fn scaled(hash: u64, n: usize) -> usize {
    ((u128::from(hash) * n as u128) >> 64) as usize
}

impl<'a> Table<'a> {
    /// The bits of the cell of a sequence.
    #[inline]
    pub(crate) fn cell(&self, hash: SequenceHash) -> u8 {
        // Low bits, for the bucket takes the high ones.
        let cell = scaled(hash.0.rotate_left(32), self.filter.len() * 4);
        self.filter.get(cell / 4).map_or(0, |byte| byte >> (cell % 4 * 2) & 3)
    }

    /// How many buckets there are.
    pub(crate) fn bucket_count(&self) -> usize {
        (self.buckets.len() / 4).saturating_sub(1)
    }

    /// The bucket of a key.
    #[inline]
    pub(crate) fn bucket_of(&self, hash: SequenceHash) -> usize {
        scaled(hash.0, self.bucket_count())
    }

    /// The bytes of `keys` that a bucket covers.
    #[inline]
    fn bucket(&self, index: usize) -> &'a [u8] {
        let at = |index: usize| {
            let bytes = self.buckets.get(index * 4..index * 4 + 4);
            bytes.map_or(0, |bytes| u32::from_le_bytes(bytes.try_into().unwrap_or_default()) as usize)
        };
        self.keys.get(at(index)..at(index + 1)).unwrap_or_default()
    }

    /// The keys of a bucket.
    pub(crate) fn keys_of(&self, bucket: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let mut rest = self.bucket(bucket);
        std::iter::from_fn(move || {
            let (&len, tail) = rest.split_first()?;
            let (key, tail) = tail.split_at_checked(len as usize)?;
            rest = tail;
            Some(key)
        })
    }

    /// Where the key with this hash stands.
    #[inline]
    pub(crate) fn find(&self, hash: SequenceHash, key: &[u8]) -> Option<Slot> {
        let bucket = self.bucket_of(hash);
        let index = self.keys_of(bucket).position(|other| other == key)?;
        Some(Slot { bucket: bucket as u32, index: index as u32 })
    }
}

/// The arrays of a table, owned.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableBytes {
    pub(crate) filter: Vec<u8>,
    pub(crate) buckets: Vec<u8>,
    pub(crate) keys: Vec<u8>,
}

impl TableBytes {
    pub(crate) fn view(&self) -> Table<'_> {
        Table { filter: &self.filter, buckets: &self.buckets, keys: &self.keys }
    }
}

/// A key made of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HashedKey {
    hash: u64,
    /// The key itself.
    pub(crate) key: Box<[u8]>,
    /// The hashes of its beginnings, the whole key left out.
    prefixes: Vec<u64>,
}

impl HashedKey {
    /// The key of a name under a folding. The order of keys is that of the records in the table.
    pub(crate) fn new(name: &str, folding: Folding, buffer: &mut KeyBuffer) -> Result<Self, NoKey> {
        let mut hash = SequenceHash::EMPTY;
        let mut prefixes = Vec::new();
        let each = |key: &[u8], word_start: usize| {
            hash = hash.with(&key[word_start..]);
            prefixes.push(hash.0);
        };
        match folding {
            Folding::Folded => fold_name(name, buffer, each)?,
            Folding::Exact => exact::read_name(name, buffer, each)?,
        }
        prefixes.pop();
        Ok(Self { hash: hash.0, key: buffer.as_bytes().into(), prefixes })
    }

    /// The hash of the whole key.
    pub(crate) fn hash(&self) -> SequenceHash {
        SequenceHash(self.hash)
    }
}

/// Writes a table of keys, which are sorted and differ. None if it would pass 4 GiB.
pub(crate) fn write_table<'k>(
    sorted: impl ExactSizeIterator<Item = &'k HashedKey>,
    keys_per_bucket: usize,
) -> Option<TableBytes> {
    let count = sorted.len();
    let bucket_count = count.div_ceil(keys_per_bucket).max(1);
    let mut filter = vec![0u8; (count * CELLS_PER_KEY).div_ceil(4).max(1)];
    let cells = filter.len() * 4;
    let mut set = |hash: u64, bit: u8| {
        let cell = scaled(hash.rotate_left(32), cells);
        filter[cell / 4] |= bit << (cell % 4 * 2);
    };
    let mut buckets = Vec::with_capacity((bucket_count + 1) * 4);
    let mut keys = Vec::new();
    for key in sorted {
        for &prefix in &key.prefixes {
            set(prefix, GOES_ON);
        }
        set(key.hash, ENDS);
        let offset = u32::try_from(keys.len()).ok()?;
        while buckets.len() / 4 <= scaled(key.hash, bucket_count) {
            buckets.extend(offset.to_le_bytes());
        }
        keys.push(u8::try_from(key.key.len()).ok()?);
        keys.extend(&key.key);
    }
    let end = u32::try_from(keys.len()).ok()?;
    while buckets.len() / 4 <= bucket_count {
        buckets.extend(end.to_le_bytes());
    }
    Some(TableBytes { filter, buckets, keys })
}
