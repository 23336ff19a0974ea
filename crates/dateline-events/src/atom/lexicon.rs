use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

macro_rules! classes {
    ($($(#[doc = $about:literal])* $variant:ident = $name:literal,)*) => {
        /// What a word may be in an expression of time or quantity; the value of each is said in the lexicon's files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Class { $($(#[doc = $about])* $variant,)* }

        impl Class {
            fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

classes! {
    /// A number below a hundred.
    Number = "number",
    /// Hundred, thousand, dozen: multiplies.
    Scale = "scale",
    /// Dozens, hundreds: the least that it means.
    Vague = "vague",
    /// First, second: its number.
    Ordinal = "ordinal",
    /// A month's number.
    Month = "month",
    /// Names of months that are also other words or names.
    Ambiguous = "ambiguous",
    /// Abbreviations that are dates only beside a number.
    Short = "short",
    /// Weekday, Monday is 1.
    Weekday = "weekday",
    /// A unit of time, by its code.
    Unit = "unit",
    /// A part of the day, by its code.
    Part = "part",
    /// Noon, midnight: hour of the day.
    Noon = "noon",
    /// Season, by its code.
    Season = "season",
    /// Today, yesterday: days from the day of the document.
    Deictic = "deictic",
    /// Vague reference: -1 past, 0 present, 1 future.
    Reference = "reference",
    /// Last, this, next: by its code.
    Which = "which",
    /// Early, late: by the code of its modifier.
    Position = "position",
    /// Daily, weekly: the code of the unit.
    Frequency = "frequency",
    /// Every, each, per.
    Each = "each",
    /// am 0, pm 12.
    Meridiem = "meridiem",
    /// Time zone.
    Zone = "zone",
    /// BC -1, AD 1.
    Era = "era",
    /// Words between a number and its unit: "three more days".
    Filler = "filler",
    /// Words that may open an expression.
    Open = "open",
    /// First word of a holiday's name.
    Holiday = "holiday",
    /// Words before a bare month: "in May".
    MonthCue = "month_cue",
    /// Words whose number is a name: "Resolution 1701".
    Label = "label",
    /// Words of plans: "due on", "scheduled for"; 1 for verbs that plan in every form.
    Plan = "plan",
    /// Words whose infinitive tells of what is to come: "vowed to".
    Intent = "intent",
    /// Verbs whose present tells of what is to come: "begins on Friday".
    Ahead = "ahead",
    /// Hedge, by the code of its bound.
    Hedge = "hedge",
    /// Currency, by its code.
    Currency = "currency",
    /// Currency written before its number, by its code.
    Sign = "sign",
    /// Unit of measure: dimension and code.
    Measure = "measure",
    /// Nouns after a hyphen that are counted: "a 10-member team".
    Member = "member",
    /// "twenties": the first year of the decade of a century or a life.
    Decade = "decade",
    /// What people are after harm: "17 wounded".
    State = "state",
}

/// Value of a word that is the first of several, and nothing alone.
const ONLY_FIRST: i64 = i64::MIN;

/// At most so many classes a word has.
#[cfg(test)]
const MOST: usize = 4;

/// What the lexicon knows about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// One bit a class.
    classes: u64,
    values: u16,
}

impl Entry {
    /// What is known about a word, in any case, with or without a full stop after it.
    pub(crate) fn of(word: &str) -> Self {
        let word = word.strip_suffix('.').unwrap_or(word);
        if word.len() > LONGEST {
            return Self::default();
        }
        let mut buffer = [0; LONGEST];
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        // Typographic apostrophes are three bytes; the lexicon has none.
        lower.make_ascii_lowercase();
        let Ok(key) = std::str::from_utf8(lower) else { return Self::default() };
        LEXICON.words.get(key).copied().unwrap_or_default()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.classes == 0
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.classes & (1 << class as u64) != 0
    }

    /// The value of the word alone under a class; none if it only begins longer names.
    pub(crate) fn get(self, class: Class) -> Option<i64> {
        if !self.has(class) {
            return None;
        }
        let values = &LEXICON.values[self.values as usize];
        let value = values.iter().find(|(other, _)| *other == class).map(|(_, value)| *value);
        value.filter(|value| *value != ONLY_FIRST)
    }
}

type Values = Vec<(Class, i64)>;

struct Lexicon {
    words: HashMap<&'static str, Entry, BuildHasherDefault<Fnv>>,
    values: Vec<Values>,
    /// Names of several words: class, words, value.
    sequences: Vec<(Class, Vec<&'static str>, i64)>,
    /// Values that are no numbers; the value of a word is their index.
    codes: Vec<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let files = [
        include_str!("../../lexicon/numbers.tsv"),
        include_str!("../../lexicon/times.tsv"),
        include_str!("../../lexicon/quantities.tsv"),
    ];
    let mut lexicon =
        Lexicon { words: HashMap::default(), values: vec![Vec::new()], sequences: Vec::new(), codes: Vec::new() };
    for line in files.iter().flat_map(|file| file.lines()) {
        // Malformed lines cannot be: a test reads every line of the files.
        let Some((class, word, value)) = read_line(line) else { continue };
        let value = value.parse().unwrap_or_else(|_| {
            lexicon.codes.push(value);
            lexicon.codes.len() as i64 - 1
        });
        let mut words = word.split(' ');
        let first = words.next().unwrap_or(word);
        let entry = lexicon.words.entry(first).or_default();
        if entry.is_empty() {
            entry.values = lexicon.values.len() as u16;
            lexicon.values.push(Vec::new());
        }
        let several = word.len() > first.len();
        if several {
            lexicon.sequences.push((class, word.split(' ').collect(), value));
        }
        let bit = 1 << class as u64;
        if entry.classes & bit == 0 || !several {
            entry.classes |= bit;
            let values = &mut lexicon.values[entry.values as usize];
            values.retain(|(other, _)| *other != class);
            values.push((class, if several { ONLY_FIRST } else { value }));
        }
    }
    // The longest first.
    lexicon.sequences.sort_by_key(|(_, words, _)| std::cmp::Reverse(words.len()));
    lexicon
});

/// `class`, tab, word, tab, value (0 if there is none); none for comments and empty lines.
fn read_line(line: &'static str) -> Option<(Class, &'static str, &'static str)> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.split('\t');
    let class = Class::parse(fields.next()?)?;
    Some((class, fields.next()?, fields.next().unwrap_or("0")))
}

/// The code that is the value of a currency or measure.
pub(crate) fn code(value: i64) -> &'static str {
    usize::try_from(value).ok().and_then(|index| LEXICON.codes.get(index)).copied().unwrap_or("")
}

/// Names of several words under a class, the longest first, with their values.
pub(crate) fn sequences(class: Class) -> impl Iterator<Item = (&'static [&'static str], i64)> {
    let all = LEXICON.sequences.iter();
    all.filter(move |(other, _, _)| *other == class).map(|(_, words, value)| (words.as_slice(), *value))
}

/// Longest word in the lexicon, in bytes.
const LONGEST: usize = 20;

/// FNV-1a: words are short.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_well_formed_and_short() {
        let files = [
            include_str!("../../lexicon/numbers.tsv"),
            include_str!("../../lexicon/times.tsv"),
            include_str!("../../lexicon/quantities.tsv"),
        ];
        for line in files.iter().flat_map(|file| file.lines()) {
            if line.starts_with('#') {
                continue;
            }
            let (_, word, _) = read_line(line).unwrap_or_else(|| panic!("malformed: {line:?}"));
            assert!(word.split(' ').all(|word| !word.is_empty() && word.len() <= LONGEST), "{line:?}");
            assert_eq!(word, word.to_lowercase(), "{line:?}");
        }
        assert!(LEXICON.values.iter().all(|values| values.len() <= MOST), "a word with too many classes");
    }
}
