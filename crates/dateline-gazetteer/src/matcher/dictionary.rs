use std::iter::FusedIterator;
use std::ops::Range;

use dateline_tokenizer::{Span, TokenKind, TokenizedText};

use super::find::Hits;
use super::fold::{KeyBuffer, NoKey};
use super::table::{HashedKey, Slot, Table, TableBytes, write_table};
use super::{Folding, Starts};
use crate::Error;

/// How many keys share a bucket on average: few, for there is no need to save space.
const KEYS_PER_BUCKET: usize = 4;

/// A dictionary of names with values. Several names may share a value (give it to each), and several values a name.
///
/// Built in memory in about a microsecond a name; immutable, `Send` and `Sync` if its values are.
#[derive(Clone, Debug)]
pub struct Dictionary<V> {
    table: TableBytes,
    /// How many keys come before each bucket.
    first_keys: Vec<u32>,
    /// Where each key's values start; one more at the end.
    starts_of_values: Vec<u32>,
    values: Vec<V>,
    folding: Folding,
    starts: Starts,
}

/// A name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'d, V> {
    /// Where it stands, without a possessive ending.
    pub span: Span,
    /// The tokens that it touches.
    pub tokens: Range<usize>,
    /// The values of the name, in the order in which they were given; never empty.
    pub values: &'d [V],
}

impl<V> Dictionary<V> {
    /// A dictionary of these names.
    ///
    /// # Errors
    ///
    /// For a name without a letter or digit (in [`Folding::Exact`]: that does not begin and end with one), a name of
    /// over 255 bytes or 24 words, and over 4 GiB of names. The message says which.
    pub fn new<N: AsRef<str>>(
        names: impl IntoIterator<Item = (N, V)>,
        folding: Folding,
        starts: Starts,
    ) -> Result<Self, Error> {
        let mut buffer = KeyBuffer::new();
        let mut entries = Vec::new();
        for (name, value) in names {
            let name = name.as_ref();
            let key = HashedKey::new(name, folding, &mut buffer).map_err(|no_key| no_key.error(name, folding))?;
            entries.push((key, value));
        }
        // Stable: values of one name keep their order.
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (keys, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        if u32::try_from(keys.len()).is_err() {
            return Err(Error::too_large("names"));
        }
        let groups: Vec<&[HashedKey]> = keys.chunk_by(|a, b| a == b).collect();
        let table = write_table(groups.iter().map(|group| &group[0]), KEYS_PER_BUCKET);
        let table = table.ok_or(Error::too_large("names"))?;
        let mut starts_of_values = vec![0];
        let mut first_keys = Vec::new();
        for (index, group) in groups.iter().enumerate() {
            let bucket = table.view().bucket_of(group[0].hash());
            while first_keys.len() <= bucket {
                first_keys.push(index as u32);
            }
            starts_of_values.push(starts_of_values[index] + group.len() as u32);
        }
        Ok(Self { table, first_keys, starts_of_values, values, folding, starts })
    }

    /// The values under this name, spelt in any way that folds to it; empty if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &[V] {
        let Ok(key) = HashedKey::new(name, self.folding, &mut KeyBuffer::new()) else { return &[] };
        self.table.view().find(key.hash(), &key.key).map_or(&[], |slot| self.values_of(slot))
    }

    /// The names in a text with their tokens: leftmost first, the longest of those that start at one word, none
    /// overlapping. Names inside web addresses and handles are passed over.
    ///
    /// Linear in the length of the text; allocates nothing.
    #[must_use]
    pub fn find_iter<'d, 't>(&'d self, text: TokenizedText<'t>) -> FoundIter<'d, 't, V> {
        FoundIter { tokens: TokenHits::new(self.table.view(), self.folding, self.starts, text), dictionary: self }
    }

    /// The names in a text that has no tokens: the same, but for addresses and handles, which are searched too.
    #[must_use]
    pub fn find_spans<'d, 't>(&'d self, text: &'t str) -> SpanIter<'d, 't, V> {
        SpanIter { hits: Hits::new(self.table.view(), self.folding, self.starts, text), dictionary: self }
    }

    fn values_of(&self, slot: Slot) -> &[V] {
        let key = (self.first_keys[slot.bucket as usize] + slot.index) as usize;
        &self.values[self.starts_of_values[key] as usize..self.starts_of_values[key + 1] as usize]
    }
}

impl NoKey {
    pub(crate) fn error(self, name: &str, folding: Folding) -> Error {
        let what = match (self, folding) {
            (Self::Empty, Folding::Folded) => "a name needs a letter or a digit",
            (Self::Empty, Folding::Exact) => "a name must begin and end with a letter or a digit",
            (Self::TooLong, _) => "a name may have 255 bytes and 24 words",
        };
        Error::record(format!("name {name:?}"), what)
    }
}

/// Hits with the tokens they touch.
#[derive(Clone)]
pub(crate) struct TokenHits<'a, 't> {
    hits: Hits<'a, 't>,
    text: TokenizedText<'t>,
    /// The first token that may touch the next hit.
    token: usize,
}

impl<'a, 't> TokenHits<'a, 't> {
    pub(crate) fn new(table: Table<'a>, folding: Folding, starts: Starts, text: TokenizedText<'t>) -> Self {
        Self { hits: Hits::new(table, folding, starts, text.text), text, token: 0 }
    }
}

impl Iterator for TokenHits<'_, '_> {
    type Item = (Span, Range<usize>, Slot);

    fn next(&mut self) -> Option<Self::Item> {
        let tokens = self.text.tokens;
        for hit in self.hits.by_ref() {
            while self.token < tokens.len() && tokens.span(self.token).end <= hit.span.start {
                self.token += 1;
            }
            let mut end = self.token;
            while end < tokens.len() && tokens.span(end).start < hit.span.end {
                end += 1;
            }
            if (self.token..end).all(|token| !matches!(tokens.kind(token), TokenKind::Address | TokenKind::Handle)) {
                return Some((hit.span, self.token..end, hit.slot));
            }
        }
        None
    }
}

/// The names in a text with their tokens; made by [`Dictionary::find_iter`].
#[derive(Clone)]
pub struct FoundIter<'d, 't, V> {
    dictionary: &'d Dictionary<V>,
    tokens: TokenHits<'d, 't>,
}

impl<'d, V> Iterator for FoundIter<'d, '_, V> {
    type Item = Found<'d, V>;

    fn next(&mut self) -> Option<Found<'d, V>> {
        let (span, tokens, slot) = self.tokens.next()?;
        Some(Found { span, tokens, values: self.dictionary.values_of(slot) })
    }
}

impl<V> FusedIterator for FoundIter<'_, '_, V> {}

/// The names in a text without tokens; made by [`Dictionary::find_spans`].
#[derive(Clone)]
pub struct SpanIter<'d, 't, V> {
    dictionary: &'d Dictionary<V>,
    hits: Hits<'d, 't>,
}

impl<'d, V> Iterator for SpanIter<'d, '_, V> {
    type Item = (Span, &'d [V]);

    fn next(&mut self) -> Option<Self::Item> {
        let hit = self.hits.next()?;
        Some((hit.span, self.dictionary.values_of(hit.slot)))
    }
}

impl<V> FusedIterator for SpanIter<'_, '_, V> {}
