//! The words that the rules ask about, with their classes.

use dateline_tokenizer::{TokenKind, TokenizedText};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::PlaceKind;

/// Sets of word classes, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*

            fn named(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    FIRST_NAME = 0, "first_name";
    FIRST_NAME_OR_PLACE = 1, "first_name_or_place";
    TITLE = 2, "title";
    PARTICLE = 3, "name_particle";
    PERSON_VERB = 4, "person_verb";
    PUBLIC_BODY = 5, "public_body";
    MEDIA = 6, "media";
    TEAM = 7, "team";
    COMPANY = 8, "company";
    OF_BODY = 9, "of_body";
    BEFORE_NAME = 10, "before_name";
    MODIFIER = 11, "modifier";
    CALENDAR = 12, "calendar";
    COMMON = 13, "common";
    SURNAME = 14, "surname";
    LOCATIVE = 15, "locative";
    ADJECTIVE = 16, "adjective";
    SPEAKS = 17, "speaks";
    BETWEEN_VERBS = 18, "between_verbs";
    ADDRESSES = 19, "addresses";
    TALKS = 20, "talks";
    DIRECTION = 21, "direction";
    NUMBER = 22, "number";
    UNIT = 23, "unit";
    KIND_AFTER = 24, "kind_after";
    KIND_BEFORE = 25, "kind_before";
    KIND_OF = 26, "kind_of";
    FUNCTION = 27, "function";
    WITH = 28, "with";
    AREA = 29, "area";
    STREET = 30, "street";
}

impl Classes {
    /// True if any class of `other` is in the set.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The kinds of place that a word like "province" agrees with, as bits of [`PlaceKind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds {
    bits: u16,
    first: Option<PlaceKind>,
}

impl Kinds {
    pub(super) fn of(kind: PlaceKind) -> Self {
        let mut kinds = Self::default();
        kinds.add(kind);
        kinds
    }

    pub(super) fn has(self, kind: PlaceKind) -> bool {
        self.bits & (1 << kind as u8) != 0
    }

    /// The kind that the word means first of all.
    pub(super) fn first(self) -> Option<PlaceKind> {
        self.first
    }

    fn add(&mut self, kind: PlaceKind) {
        self.first.get_or_insert(kind);
        self.bits |= 1 << kind as u8;
    }
}

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Word {
    pub(super) classes: Classes,
    /// For kind words.
    pub(super) kinds: Kinds,
    /// Degrees of a direction, kilometres of a unit, value of a number.
    pub(super) value: f32,
}

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// All word lists. The words are our own, so that nobody can choose them to collide.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, Word>,
}

const LISTS: [&str; 5] = [
    include_str!("lexicon/first_names.tsv"),
    include_str!("lexicon/people.tsv"),
    include_str!("lexicon/names.tsv"),
    include_str!("lexicon/gloss.tsv"),
    include_str!("lexicon/common_words.tsv"),
];
const KIND_WORDS: &str = include_str!("lexicon/kind_words.tsv");

impl Lexicon {
    /// Reads the lists inside the crate; a row that is not understood is left out, and a test sees to it that there is none.
    pub(super) fn new() -> Self {
        let mut words = FxHashMap::with_capacity_and_hasher(8192, FxBuildHasher);
        for (class, word, value) in rows() {
            let entry: &mut Word = words.entry(word).or_default();
            let Some(class) = Classes::named(class) else {
                continue;
            };
            entry.classes = entry.classes.or(class);
            if let Some(value) = value.and_then(|value| value.parse().ok()) {
                entry.value = value;
            }
        }
        for (word, kinds, where_) in kind_rows() {
            let entry: &mut Word = words.entry(word).or_default();
            for kind in kinds.split(' ').filter_map(kind_named) {
                entry.kinds.add(kind);
            }
            for letter in where_.bytes() {
                let class = match letter {
                    b'a' => Classes::KIND_AFTER,
                    b'b' => Classes::KIND_BEFORE,
                    b'o' => Classes::KIND_OF,
                    _ => continue,
                };
                entry.classes = entry.classes.or(class);
            }
        }
        Self { words }
    }

    /// What is known of a word, in any case; nothing for words that are not ASCII.
    pub(super) fn word(&self, text: &str) -> Word {
        let mut buffer = [0; LONGEST];
        let Some(lower) = buffer.get_mut(..text.len()) else {
            return Word::default();
        };
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok().and_then(|lower| self.words.get(lower)).copied().unwrap_or_default()
    }

    /// What is known of every token, in one pass.
    pub(super) fn read(&self, text: TokenizedText<'_>, out: &mut Vec<Word>) {
        out.clear();
        out.extend((0..text.tokens.len()).map(|index| match text.tokens.kind(index) {
            TokenKind::Word => self.word(text.as_str(index).trim_end_matches('.')),
            _ => Word::default(),
        }));
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    let lines = LISTS.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).flat_map(|(class, words)| {
        words.split(' ').map(move |word| match word.split_once('=') {
            Some((word, value)) => (class, word, Some(value)),
            None => (class, word, None),
        })
    })
}

fn kind_rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KIND_WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    })
}

fn kind_named(name: &str) -> Option<PlaceKind> {
    use PlaceKind as K;
    [
        K::Continent,
        K::Country,
        K::Admin1,
        K::Admin2,
        K::City,
        K::District,
        K::Airport,
        K::Facility,
        K::Water,
        K::Island,
        K::Region,
        K::Mountain,
        K::Point,
    ]
    .into_iter()
    .find(|kind| kind.as_str() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        let mut count = 0;
        for (class, word, value) in rows() {
            assert!(Classes::named(class).is_some(), "class {class}");
            assert!(
                !word.is_empty() && word.len() <= LONGEST && !word.contains(char::is_uppercase),
                "{class}: {word:?}"
            );
            assert!(value.is_none_or(|value| value.parse::<f32>().is_ok()), "{word}={value:?}");
            count += 1;
        }
        assert!(count > 3000, "{count}");
        for line in LISTS.iter().flat_map(|list| list.lines()).chain(KIND_WORDS.lines()) {
            assert!(line.starts_with('#') || line.contains('\t'), "{line}");
        }
        for (word, kinds, where_) in kind_rows() {
            assert!(kinds.split(' ').all(|kind| kind_named(kind).is_some()), "{word}: {kinds}");
            assert!(!where_.is_empty() && where_.bytes().all(|letter| b"abo".contains(&letter)), "{word}: {where_}");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        let lexicon = Lexicon::new();
        assert!(lexicon.word("Province").kinds.has(PlaceKind::Admin1));
        assert_eq!(lexicon.word("REGION").kinds.first(), Some(PlaceKind::Admin1));
        assert_eq!(lexicon.word("miles").value, 1.609_344);
        assert!(lexicon.word("Detective").classes.any(Classes::TITLE));
        assert_eq!(lexicon.word(&"x".repeat(100)), Word::default());
        assert_eq!(lexicon.word("É"), Word::default());
    }
}
