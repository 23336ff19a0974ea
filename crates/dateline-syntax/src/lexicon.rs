//! The embedded tables: which tags a word may have and what each costs, and what one tag after another costs.

use std::str::FromStr;

use crate::Xpos;
use crate::error::Error;

/// The tags a word may have, each with its cost: eighths of a bit, lower is likelier.
pub(crate) type Candidates = arrayvec::Candidates;

mod arrayvec {
    use crate::Xpos;

    /// At most eight tags with their costs.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Candidates {
        items: [(Xpos, i32); 8],
        len: u8,
    }

    impl Candidates {
        pub(crate) const fn new() -> Self {
            Self { items: [(Xpos::Nn, 0); 8], len: 0 }
        }

        /// Adds a tag, or lowers its cost if it is there; what does not fit is dropped.
        pub(crate) fn offer(&mut self, tag: Xpos, cost: i32) {
            let len = usize::from(self.len);
            if let Some(item) = self.items[..len].iter_mut().find(|item| item.0 == tag) {
                item.1 = item.1.min(cost);
            } else if len < self.items.len() {
                self.items[len] = (tag, cost);
                self.len += 1;
            }
        }

        pub(crate) fn as_slice(&self) -> &[(Xpos, i32)] {
            &self.items[..usize::from(self.len)]
        }

        pub(crate) fn is_empty(&self) -> bool {
            self.len == 0
        }
    }
}

/// A sorted table of lines `key<TAB>value`, searched in place.
#[derive(Debug)]
pub(crate) struct Table {
    text: &'static str,
    lines: Vec<u32>,
}

impl Table {
    /// Finds the lines of `text`; comments start with `#`. Fails if a line has no tab or the keys are not sorted by bytes.
    pub(crate) fn new(name: &'static str, text: &'static str) -> Result<Self, Error> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut last = "";
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if !line.starts_with('#') && !line.trim_end().is_empty() {
                let key = line.split_once('\t').ok_or_else(|| Error::data(name, number + 1, "no tab"))?.0;
                if !lines.is_empty() && key <= last {
                    return Err(Error::data(name, number + 1, "keys not in ascending order"));
                }
                last = key;
                lines.push(start as u32);
            }
            start += line.len();
        }
        Ok(Self { text, lines })
    }

    /// The value under `key`. Logarithmic in the number of lines.
    pub(crate) fn get(&self, key: &str) -> Option<&'static str> {
        let line = |start: u32| {
            let rest = &self.text[start as usize..];
            let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
            rest.split_once('\t').unwrap_or((rest, ""))
        };
        let at = self.lines.binary_search_by(|&start| line(start).0.cmp(key)).ok()?;
        Some(line(self.lines[at]).1)
    }

    /// The number under `key`, 0 if there is none.
    pub(crate) fn weight(&self, key: &str) -> i32 {
        self.get(key).and_then(|value| value.trim_end().parse().ok()).unwrap_or(0)
    }

    /// The costs of the tags under `key`, raised by `penalty`, offered to `out`. True if there were any.
    pub(crate) fn offer(&self, key: &str, penalty: i32, out: &mut Candidates) -> bool {
        let Some(value) = self.get(key) else { return false };
        let mut any = false;
        for item in value.split(' ') {
            if let Some((tag, cost)) = tag_cost(item) {
                out.offer(tag, cost + penalty);
                any = true;
            }
        }
        any
    }
}

fn tag_cost(item: &str) -> Option<(Xpos, i32)> {
    let (tag, cost) = item.rsplit_once('=')?;
    Some((Xpos::parse(tag)?, i32::from_str(cost).ok()?))
}

/// All that the tagger knows of English.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Words in lower case; words seen with a capital inside a sentence have `^` before them.
    words: Table,
    /// Our own words and corrections; it is asked first.
    own: Table,
    /// Endings of up to five letters, `-` before them.
    suffixes: Table,
    /// `transitions[a][b]`: cost of tag `b` after tag `a`; the first row is the sentence's start, the last column its end.
    transitions: Vec<[i16; TAGS + 1]>,
}

const TAGS: usize = Xpos::ALL.len();

impl Lexicon {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            words: Table::new("words.tsv", include_str!("../data/words.tsv"))?,
            own: Table::new("own.tsv", include_str!("../data/own.tsv"))?,
            suffixes: Table::new("suffixes.tsv", include_str!("../data/suffixes.tsv"))?,
            transitions: transitions("transitions.tsv", include_str!("../data/transitions.tsv"))?,
        })
    }

    /// Offers the tags of a lower-case word; `^` before the word asks for its tags as a capitalised one.
    pub(crate) fn offer(&self, key: &str, penalty: i32, out: &mut Candidates) -> bool {
        self.own.offer(key, penalty, out) || self.words.offer(key, penalty, out)
    }

    /// Offers the tags that words with the longest known ending of `lower` have.
    pub(crate) fn offer_by_suffix(&self, lower: &str, penalty: i32, out: &mut Candidates) {
        let mut buffer = [0u8; 32];
        buffer[0] = b'-';
        let starts = lower.char_indices().rev().map(|(at, _)| at).take(5).collect::<Vec<_>>();
        for &start in starts.iter().rev() {
            let tail = &lower[start..];
            if start == 0 || tail.len() >= buffer.len() {
                continue;
            }
            buffer[1..=tail.len()].copy_from_slice(tail.as_bytes());
            if let Ok(key) = std::str::from_utf8(&buffer[..=tail.len()])
                && self.suffixes.offer(key, penalty, out)
            {
                return;
            }
        }
        self.suffixes.offer("-", penalty, out);
    }

    /// True if the word is first of all an adjective when written without a capital.
    pub(crate) fn is_adjective(&self, lower: &str) -> bool {
        let mut tags = Candidates::new();
        // Costs are relative to how common a tag is; adjectives are half as common as nouns.
        self.offer(lower, 0, &mut tags)
            && tags
                .as_slice()
                .iter()
                .min_by_key(|item| item.1 + if item.0 == Xpos::Jj { 0 } else { -8 })
                .is_some_and(|item| item.0 == Xpos::Jj)
    }

    /// True if the word is known as a plural noun.
    pub(crate) fn is_plural(&self, lower: &str) -> bool {
        let mut tags = Candidates::new();
        self.offer(lower, 0, &mut tags) && tags.as_slice().iter().any(|item| item.0 == Xpos::Nns)
    }

    /// Cost of `next` after `previous`; none stands for the start and for the end of the sentence.
    pub(crate) fn transition(&self, previous: Option<Xpos>, next: Option<Xpos>) -> i32 {
        let row = previous.map_or(0, |tag| tag as usize + 1);
        let column = next.map_or(TAGS, |tag| tag as usize);
        i32::from(self.transitions[row][column])
    }
}

fn transitions(name: &'static str, text: &'static str) -> Result<Vec<[i16; TAGS + 1]>, Error> {
    let mut table = vec![[RARE; TAGS + 1]; TAGS + 1];
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let bad = |reason| Error::data(name, number + 1, reason);
        let (from, items) = line.split_once('\t').ok_or_else(|| bad("no tab"))?;
        let row = match from {
            "<s>" => 0,
            tag => Xpos::parse(tag).ok_or_else(|| bad("unknown tag"))? as usize + 1,
        };
        for item in items.split(' ') {
            let (to, cost) = item.rsplit_once('=').ok_or_else(|| bad("no cost"))?;
            let column = match to {
                "</s>" => TAGS,
                tag => Xpos::parse(tag).ok_or_else(|| bad("unknown tag"))? as usize,
            };
            table[row][column] = cost.parse().map_err(|_| bad("cost is not a number"))?;
        }
    }
    Ok(table)
}

/// Cost of a tag after a tag that it was never seen after.
const RARE: i16 = 140;
