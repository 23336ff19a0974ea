use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How a full stop after a word is read; `data/abbreviations.tsv` explains the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    Title,
    Number,
    Plain,
    Closing,
    Medial,
    State,
    Comma,
}

/// The abbreviations with one spelling: those in small letters stand for any case.
#[derive(Clone, Copy, Debug, Default)]
struct Spelling {
    any: Option<Abbreviation>,
    capitalized: Option<Abbreviation>,
}

/// The word lists in the crate's folder `data`, keyed by the folded word.
#[derive(Debug)]
pub(crate) struct Lexicon {
    abbreviations: HashMap<String, Spelling>,
    /// Form to the places of its cuts, in bytes.
    contractions: HashMap<String, Vec<usize>>,
    /// For each first and last letter the lengths of contractions, as bits: nearly all other words are ruled out by it.
    contraction_lengths: [[u32; 26]; 26],
    prefixes: HashSet<&'static str>,
    units: HashSet<&'static str>,
    endings: HashSet<&'static str>,
    starters: HashSet<&'static str>,
    links: HashSet<&'static str>,
    calendar: HashSet<&'static str>,
    sayings: HashSet<&'static str>,
}

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut abbreviations: HashMap<String, Spelling> = HashMap::new();
    for (form, class) in rows(include_str!("../data/abbreviations.tsv")).filter_map(|row| row.split_once('\t')) {
        let Some(class) = class_of(class) else { continue };
        let spelling = abbreviations.entry(form.to_ascii_lowercase()).or_default();
        if form.starts_with(|c: char| c.is_uppercase()) {
            spelling.capitalized = Some(class);
        } else {
            spelling.any = Some(class);
        }
    }
    let mut contractions = HashMap::new();
    let mut contraction_lengths = [[0; 26]; 26];
    for row in rows(include_str!("../data/contractions.tsv")) {
        let form = row.replace('|', "");
        if let &[first @ b'a'..=b'z', .., last @ b'a'..=b'z'] = form.as_bytes() {
            contraction_lengths[usize::from(first - b'a')][usize::from(last - b'a')] |= 1 << form.len().min(31);
        }
        let cuts = row.match_indices('|').enumerate().map(|(bars, (at, _))| at - bars).collect();
        contractions.insert(form, cuts);
    }
    Lexicon {
        abbreviations,
        contractions,
        contraction_lengths,
        prefixes: rows(include_str!("../data/prefixes.tsv")).collect(),
        units: rows(include_str!("../data/units.tsv")).collect(),
        endings: rows(include_str!("../data/endings.tsv")).collect(),
        starters: rows(include_str!("../data/starters.tsv")).collect(),
        links: rows(include_str!("../data/links.tsv")).collect(),
        calendar: rows(include_str!("../data/calendar.tsv")).collect(),
        sayings: rows(include_str!("../data/sayings.tsv")).collect(),
    }
});

fn rows(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn class_of(name: &str) -> Option<Abbreviation> {
    Some(match name {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "plain" => Abbreviation::Plain,
        "closing" => Abbreviation::Closing,
        "medial" => Abbreviation::Medial,
        "state" => Abbreviation::State,
        "comma" => Abbreviation::Comma,
        _ => return None,
    })
}

/// A word in small ASCII letters, on the stack. No word of the lists is longer than it.
struct Folded {
    bytes: [u8; 16],
    len: usize,
}

impl Folded {
    fn new(word: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Some(Self { bytes, len: word.len() })
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl Lexicon {
    pub(crate) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// How a full stop after `word` is read, if the word can be an abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let spelling = self.abbreviations.get(Folded::new(word)?.as_str())?;
        match word.starts_with(|c: char| c.is_uppercase()) {
            true => spelling.capitalized.or(spelling.any),
            false => spelling.any,
        }
    }

    /// Where `word` is cut, if it is a contraction of several words; no cuts for a word with marks that is one word.
    pub(crate) fn contraction(&self, word: &str) -> Option<&[usize]> {
        self.contractions.get(Folded::new(word)?.as_str()).map(Vec::as_slice)
    }

    /// Quick test: false for most words that are no contraction.
    pub(crate) fn may_contract(&self, word: &[u8]) -> bool {
        let &[first, .., last] = word else { return false };
        let letter = |byte: u8| usize::from((byte | 0x20).wrapping_sub(b'a'));
        let lengths = self.contraction_lengths.get(letter(first)).and_then(|by_last| by_last.get(letter(last)));
        word.len() < 32 && lengths.is_some_and(|lengths| lengths >> word.len() & 1 == 1)
    }

    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        holds(&self.prefixes, word)
    }

    pub(crate) fn is_unit(&self, word: &str) -> bool {
        holds(&self.units, word)
    }

    pub(crate) fn is_ending(&self, label: &str) -> bool {
        holds(&self.endings, label)
    }

    pub(crate) fn is_starter(&self, word: &str) -> bool {
        holds(&self.starters, word)
    }

    pub(crate) fn is_link(&self, word: &str) -> bool {
        holds(&self.links, word)
    }

    pub(crate) fn is_calendar(&self, word: &str) -> bool {
        holds(&self.calendar, word)
    }

    pub(crate) fn is_saying(&self, word: &str) -> bool {
        holds(&self.sayings, word)
    }
}

fn holds(set: &HashSet<&'static str>, word: &str) -> bool {
    Folded::new(word).is_some_and(|folded| set.contains(folded.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_well_formed_and_given_once() {
        let lists = [
            ("prefixes", include_str!("../data/prefixes.tsv")),
            ("contractions", include_str!("../data/contractions.tsv")),
            ("units", include_str!("../data/units.tsv")),
            ("endings", include_str!("../data/endings.tsv")),
            ("starters", include_str!("../data/starters.tsv")),
            ("links", include_str!("../data/links.tsv")),
            ("calendar", include_str!("../data/calendar.tsv")),
            ("sayings", include_str!("../data/sayings.tsv")),
        ];
        for (name, data) in lists {
            let mut seen = HashSet::new();
            for row in rows(data) {
                assert!(seen.insert(row), "{name}: {row} twice");
                assert_eq!(row, row.to_lowercase().trim(), "{name}: not in small letters");
                assert!(row.len() <= 16, "{name}: {row} is longer than a folded word");
            }
        }
        let mut seen = HashSet::new();
        for row in rows(include_str!("../data/abbreviations.tsv")) {
            let (form, class) = row.split_once('\t').unwrap_or_else(|| panic!("abbreviations: {row}"));
            assert!(class_of(class).is_some(), "abbreviations: {row}");
            assert!(seen.insert(form) && form.len() <= 16, "abbreviations: {form}");
        }
    }

    #[test]
    fn case_decides_between_the_classes_of_one_spelling() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.abbreviation("St"), Some(Abbreviation::Plain));
        assert_eq!(lexicon.abbreviation("ST"), Some(Abbreviation::Plain));
        assert_eq!(lexicon.abbreviation("st"), Some(Abbreviation::Medial));
        assert_eq!(lexicon.abbreviation("gen"), None);
    }

    #[test]
    fn contractions_know_their_cuts() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.contraction("Cannot"), Some(&[3][..]));
        assert_eq!(lexicon.contraction("dunno"), Some(&[2, 3][..]));
        assert_eq!(lexicon.contraction("'em"), Some(&[][..]));
        assert_eq!(lexicon.contraction("canal"), None);
        assert!(lexicon.may_contract(b"CANNOT") && !lexicon.may_contract(b"quarrels"));
    }
}
