//! The codebooks: which codes PLOVER, CAMEO, ACLED and GDELT's counts have, the quad class of each, what it means in our words, and what
//! follows from it. The tables are data with a version (`codebook/*.tsv`); which event gets which code is said in the frames.

use std::collections::HashMap;

use crate::lexicon::rows;

/// The tables of this crate.
pub(crate) const TABLES: [&str; 4] = [
    include_str!("../codebook/plover.tsv"),
    include_str!("../codebook/cameo.tsv"),
    include_str!("../codebook/acled.tsv"),
    include_str!("../codebook/gdelt_counts.tsv"),
];

/// What is said of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Quad class, 1 to 4; 0 in books without.
    pub(crate) quad: u8,
    pub(crate) traits: Traits,
    /// What it means.
    pub(crate) about: &'static str,
}

/// What follows from a code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// It happens at a place, not between offices.
    pub(crate) ground: bool,
    /// People may die in it.
    pub(crate) casualties: bool,
    /// If nobody is told to receive it, the country where it happens does.
    pub(crate) host: bool,
}

impl Traits {
    fn parse(cell: &str) -> Self {
        let has = |name: &str| cell.split(' ').any(|word| word == name);
        Self { ground: has("ground"), casualties: has("casualties"), host: has("host") }
    }
}

/// The codes of one book; of two parts (event and mode, event and sub-event), or with an empty second one.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// The version of the book and, behind a slash, of the table.
    pub(crate) version: &'static str,
    entries: HashMap<(&'static str, &'static str), Entry>,
}

impl Book {
    fn read(
        text: &'static str,
        entry: impl Fn(&[&'static str]) -> Option<((&'static str, &'static str), Entry)>,
    ) -> Self {
        let mut book = Self::default();
        for (_, row) in rows(text) {
            let cells: Vec<&'static str> = row.split('\t').collect();
            match cells[..] {
                ["version", version] => book.version = version,
                _ => book.entries.extend(entry(&cells)),
            }
        }
        book
    }

    /// What is said of a code; none if the book has no such code.
    pub(crate) fn get(&self, code: &str, part: Option<&str>) -> Option<Entry> {
        self.entries.get(&(code, part.unwrap_or_default())).copied()
    }
}

/// The codes that frames may use.
#[derive(Debug, Default)]
pub(crate) struct Codebooks {
    pub(crate) plover: Book,
    pub(crate) cameo: Book,
    pub(crate) acled: Book,
    pub(crate) counts: Book,
}

impl Codebooks {
    /// The tables of this crate.
    pub(crate) fn embedded() -> Self {
        let [plover, cameo, acled, counts] = TABLES;
        let said = |about| Entry { quad: 0, traits: Traits::default(), about };
        Self {
            plover: Book::read(plover, |cells| match *cells {
                [event, mode, quad, traits, about] => {
                    let mode = if mode == "-" { "" } else { mode };
                    Some(((event, mode), Entry { quad: quad.parse().ok()?, traits: Traits::parse(traits), about }))
                }
                _ => None,
            }),
            cameo: Book::read(cameo, |cells| match *cells {
                [code, quad, traits, about] => {
                    Some(((code, ""), Entry { quad: quad.parse().ok()?, traits: Traits::parse(traits), about }))
                }
                _ => None,
            }),
            acled: Book::read(acled, |cells| match *cells {
                [event, sub_event, about] => Some(((event, sub_event), said(about))),
                _ => None,
            }),
            counts: Book::read(counts, |cells| match *cells {
                [name, about] => Some(((name, ""), said(about))),
                _ => None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_says_something() {
        let books = Codebooks::embedded();
        for (text, book) in TABLES.into_iter().zip([&books.plover, &books.cameo, &books.acled, &books.counts]) {
            assert_eq!(rows(text).count(), book.entries.len() + 1, "{}", text.lines().next().unwrap());
            let (edition, table) = book.version.split_once('/').unwrap();
            assert!(!edition.is_empty() && table.parse::<u32>().is_ok(), "{}", book.version);
            assert!(book.entries.values().all(|entry| entry.about.len() > 3));
        }
    }

    #[test]
    fn tables_are_whole() {
        let books = Codebooks::embedded();
        let quad = |book: &Book, code: &str, part: Option<&str>| book.get(code, part).map(|entry| entry.quad);
        assert_eq!(books.plover.entries.keys().filter(|(_, mode)| mode.is_empty()).count(), 16);
        assert_eq!(quad(&books.plover, "ASSAULT", Some("drone")), Some(4));
        assert_eq!(quad(&books.plover, "AID", None), Some(2));
        assert_eq!(quad(&books.plover, "AID", Some("drone")), None);
        // A mode has the quad class of its event.
        for ((event, _), entry) in &books.plover.entries {
            assert_eq!(quad(&books.plover, event, None), Some(entry.quad), "{event}");
        }
        // The quad class of a CAMEO code follows from its first two digits.
        for ((code, _), entry) in &books.cameo.entries {
            let expected = match &code[..2] {
                "01" | "02" | "03" | "04" | "05" => 1,
                "06" | "07" | "08" | "09" => 2,
                "10" | "11" | "12" | "13" | "14" => 3,
                _ => 4,
            };
            assert_eq!(entry.quad, expected, "{code}");
            let outer = if code.len() > 2 { &code[..code.len() - 1] } else { code };
            assert!(books.cameo.get(outer, None).is_some(), "{code} is of no {outer}");
        }
        for code in ["1952", "1834", "155", "176", "0874", "2042"] {
            assert!(books.cameo.get(code, None).is_some(), "{code}");
        }
        assert_eq!(books.cameo.get("210", None), None);
        assert_eq!(books.acled.entries.len(), 25);
        assert_eq!(
            books.acled.entries.keys().map(|(event, _)| event).collect::<std::collections::HashSet<_>>().len(),
            6
        );
        assert!(books.acled.get("Battles", Some("Armed clash")).is_some());
        assert!(books.acled.get("Battles", Some("Arrests")).is_none());
        assert!(books.counts.get("KILL", None).is_some());
    }
}
