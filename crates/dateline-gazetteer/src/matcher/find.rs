//! The search in running text.

use dateline_tokenizer::Span;

use super::fold::{KeyBuffer, MAX_WORDS, Next, char_before, fold_start, give_word, next_in_text, read_word};
use super::table::{ENDS, GOES_ON, SequenceHash, Slot, Table};
use super::{Folding, Starts, exact};

/// A found key: where it stands in the text and in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) slot: Slot,
}

/// What a search needs beside the table; reused from start to start.
#[derive(Clone)]
struct Scratch {
    key: KeyBuffer,
    /// Ends in the text of beginnings that may be keys, with their hashes and lengths.
    ends: [(usize, SequenceHash, usize); MAX_WORDS],
}

/// The keys in a text: leftmost, longest, not overlapping.
#[derive(Clone)]
pub(crate) struct Hits<'a, 't> {
    table: Table<'a>,
    folding: Folding,
    starts: Starts,
    text: &'t str,
    /// Names may start from here.
    from: usize,
    /// The end of the last hit.
    floor: usize,
    scratch: Scratch,
}

impl<'a, 't> Hits<'a, 't> {
    pub(crate) fn new(table: Table<'a>, folding: Folding, starts: Starts, text: &'t str) -> Self {
        let scratch = Scratch { key: KeyBuffer::new(), ends: [(0, SequenceHash::EMPTY, 0); MAX_WORDS] };
        Self { table, folding, starts, text, from: 0, floor: 0, scratch }
    }

    /// The longest key at `pos`, and the end of the first word there.
    #[inline]
    fn longest_at(&mut self, pos: usize) -> (Option<Hit>, usize) {
        match self.folding {
            Folding::Folded => self.longest_folded(pos),
            Folding::Exact => self.longest_exact(pos),
        }
    }

    fn longest_folded(&mut self, pos: usize) -> (Option<Hit>, usize) {
        let Scratch { key, ends } = &mut self.scratch;
        key.clear();
        let Some(mut word) = read_word(self.text, pos, key) else {
            // Longer than any key: over it, character by character.
            return (None, exact::word_end(self.text, pos).max(pos + 1));
        };
        let first_end = word.end;
        let mut hash = SequenceHash::EMPTY;
        let mut count = 0;
        for _ in 0..MAX_WORDS {
            hash = hash.with(&key.as_bytes()[word.key_start..]);
            let cell = self.table.cell(hash);
            if cell & ENDS != 0 {
                ends[count] = (word.end, hash, key.as_bytes().len());
                count += 1;
            }
            if cell & GOES_ON == 0 {
                break;
            }
            let read = match next_in_text(self.text, word) {
                Next::Word(at) => read_word(self.text, at, key),
                Next::Given(given, end) => give_word(given, end, key),
                Next::End => None,
            };
            match read {
                Some(read) => word = read,
                None => break,
            }
        }
        for &(end, hash, len) in ends[..count].iter().rev() {
            if let Some(slot) = self.table.find(hash, &key.as_bytes()[..len]) {
                return (Some(Hit { span: Span::new(pos, end), slot }), first_end);
            }
        }
        (None, first_end)
    }

    fn longest_exact(&mut self, pos: usize) -> (Option<Hit>, usize) {
        let ends = &mut self.scratch.ends;
        let bytes = self.text.as_bytes();
        let first_end = exact::word_end(self.text, pos);
        let (mut start, mut end) = (pos, first_end);
        let mut hash = SequenceHash::EMPTY;
        let mut count = 0;
        for _ in 0..MAX_WORDS {
            hash = hash.with(&bytes[start..end]);
            let cell = self.table.cell(hash);
            if cell & ENDS != 0 {
                ends[count] = (end, hash, 0);
                count += 1;
            }
            if cell & GOES_ON == 0 {
                break;
            }
            let Some(next) = exact::next_word(self.text, end) else {
                break;
            };
            start = end;
            end = exact::word_end(self.text, next);
        }
        for &(end, hash, _) in ends[..count].iter().rev() {
            if let Some(slot) = self.table.find(hash, &bytes[pos..end]) {
                return (Some(Hit { span: Span::new(pos, end), slot }), first_end);
            }
        }
        (None, first_end)
    }

    /// The next byte from `self.from` on where a name may start.
    fn next_start(&self) -> Option<usize> {
        let text = self.text;
        for (offset, c) in text.get(self.from..)?.char_indices() {
            let capital = c.is_uppercase() || c.is_numeric() || (!c.is_ascii() && !c.is_lowercase());
            if !capital && self.starts == Starts::Capitalized {
                continue;
            }
            let pos = self.from + offset;
            let starts = match self.folding {
                Folding::Folded => fold_start(text, pos, c),
                Folding::Exact => exact::is_word_char(c) && !char_before(text, pos).is_some_and(exact::is_word_char),
            };
            if starts {
                return Some(pos);
            }
        }
        None
    }

    /// Where the lower-case Arabic article before the capitalised word at `pos` starts: "al-Shabab", "el Fasher".
    fn article_before(&self, pos: usize) -> Option<usize> {
        let before = self.text.get(..pos)?.strip_suffix([' ', '-', '\u{2010}', '\u{2011}'])?;
        let start = ARTICLES.iter().find_map(|article| before.strip_suffix(article))?.len();
        let starts = !char_before(before, start).is_some_and(|c| c.is_alphanumeric() || c == '-');
        (starts && start >= self.floor).then_some(start)
    }
}

/// The Arabic article as news write it, assimilated or not.
const ARTICLES: [&str; 17] =
    ["al", "el", "ad", "an", "ar", "as", "at", "az", "ed", "en", "er", "es", "et", "ez", "ash", "adh", "ath"];

impl Iterator for Hits<'_, '_> {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        while let Some(pos) = self.next_start() {
            let mut hit = None;
            if self.folding == Folding::Folded
                && self.starts == Starts::Capitalized
                && let Some(article) = self.article_before(pos)
            {
                hit = self.longest_at(article).0.filter(|hit| hit.span.end > pos);
            }
            let mut past = pos;
            if hit.is_none() {
                (hit, past) = self.longest_at(pos);
            }
            match hit {
                Some(hit) => {
                    self.from = hit.span.end;
                    self.floor = hit.span.end;
                    return Some(hit);
                }
                None => self.from = past,
            }
        }
        self.from = self.text.len();
        None
    }
}
