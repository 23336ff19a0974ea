use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
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
    /// Words that may open an amount.
    Amount = "amount",
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
    /// Words that stand inside expressions only, those of names of several words among them.
    Inside = "inside",
    /// What people are after harm: "17 wounded".
    State = "state",
}

/// The bit of words that mean nothing by themselves.
const INSIDE: u64 = 1 << Class::Inside as u64;

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
        Self::of_bytes(word.as_bytes())
    }

    /// The same for the bytes of a word.
    pub(crate) fn of_bytes(word: &[u8]) -> Self {
        let word = word.strip_suffix(b".").unwrap_or(word);
        let lexicon = &*LEXICON;
        if word.len() > LONGEST || !lexicon.shapes[shape(word)] {
            return Self::default();
        }
        lexicon.words.get(&Key::of(word)).copied().unwrap_or_default()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.classes & !INSIDE == 0
    }

    /// Is the word in the lexicon, if only inside names of several words?
    pub(crate) fn is_known(self) -> bool {
        self.classes != 0
    }

    pub(crate) fn has(self, class: Class) -> bool {
        self.classes & (1 << class as u64) != 0
    }

    /// Has it one of these classes?
    pub(crate) fn has_any(self, classes: Classes) -> bool {
        self.classes & classes.0 != 0
    }

    /// The value of the word alone under a class; none if it only begins longer names.
    pub(crate) fn get(self, class: Class) -> Option<i64> {
        if !self.has(class) {
            return None;
        }
        let values = &LEXICON.values[self.values as usize].alone;
        values.iter().find(|(other, _)| *other == class).map(|(_, value)| *value)
    }

    /// Names of several words under a class that begin with the word, the longest first: the words after it, and the value.
    pub(crate) fn longer(self, class: Class) -> impl Iterator<Item = (&'static [&'static str], i64)> {
        let all = LEXICON.values[self.values as usize].longer.iter();
        all.filter(move |(other, _, _)| *other == class).map(|(_, words, value)| (words.as_slice(), *value))
    }
}

/// Some classes, to ask whether a word has one of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u64;
            at += 1;
        }
        Self(bits)
    }
}

/// What a word is under each of its classes.
#[derive(Debug, Default)]
struct Values {
    /// By itself.
    alone: Vec<(Class, i64)>,
    /// As the first of several words: those after it.
    longer: Vec<(Class, Vec<&'static str>, i64)>,
}

struct Lexicon {
    words: HashMap<Key, Entry, BuildHasherDefault<KeyHasher>>,
    values: Vec<Values>,
    /// Values that are no numbers; the value of a word is their index.
    codes: Vec<&'static str>,
    /// Whether a word of this shape is in the lexicon: turns most words away before they are hashed.
    shapes: [bool; SHAPES],
}

const SHAPES: usize = 4096;

/// A number below [`SHAPES`] made of the length and the first two and the last letter of a word, in any case.
fn shape(word: &[u8]) -> usize {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return 0 };
    let letter = |byte: u8| usize::from(byte | 0x20);
    let second = word.get(1).map_or(0, |second| letter(*second));
    (letter(*first) * 7 + second * 61 + letter(*last) * 241 + word.len() * 131) % SHAPES
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let files = [
        include_str!("../../lexicon/numbers.tsv"),
        include_str!("../../lexicon/times.tsv"),
        include_str!("../../lexicon/quantities.tsv"),
    ];
    let mut lexicon = Lexicon {
        words: HashMap::default(),
        values: vec![Values::default()],
        codes: Vec::new(),
        shapes: [false; SHAPES],
    };
    for line in files.iter().flat_map(|file| file.lines()) {
        // Malformed lines cannot be: a test reads every line of the files.
        let Some((class, word, value)) = read_line(line) else { continue };
        let value = value.parse().unwrap_or_else(|_| {
            lexicon.codes.push(value);
            lexicon.codes.len() as i64 - 1
        });
        let (first, rest) = word.split_once(' ').unwrap_or((word, ""));
        for inside in rest.split(' ').filter(|word| !word.is_empty()) {
            lexicon.words.entry(Key::of(inside.as_bytes())).or_default().classes |= INSIDE;
            lexicon.shapes[shape(inside.as_bytes())] = true;
        }
        let entry = lexicon.words.entry(Key::of(first.as_bytes())).or_default();
        if entry.values == 0 {
            entry.values = lexicon.values.len() as u16;
            lexicon.values.push(Values::default());
        }
        entry.classes |= 1 << class as u64;
        let values = &mut lexicon.values[entry.values as usize];
        if rest.is_empty() {
            values.alone.push((class, value));
        } else {
            values.longer.push((class, rest.split(' ').collect(), value));
        }
        lexicon.shapes[shape(first.as_bytes())] = true;
    }
    for values in &mut lexicon.values {
        values.longer.sort_by_key(|(_, words, _)| std::cmp::Reverse(words.len()));
    }
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

/// Longest word in the lexicon, in bytes.
const LONGEST: usize = 24;

/// The bytes of a word in lower case, padded with zeros: compared and hashed eight at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key([u64; 3]);

impl Key {
    /// Of a word that is not longer than [`LONGEST`].
    fn of(word: &[u8]) -> Self {
        let mut bytes = [0; LONGEST];
        for (to, from) in bytes.iter_mut().zip(word) {
            *to = *from;
        }
        // Only letters of ASCII have a lower case here.
        bytes.make_ascii_lowercase();
        let part = |from: usize| bytes[from..from + 8].iter().rev().fold(0, |sum, b| sum << 8 | u64::from(*b));
        Self([part(0), part(8), part(16)])
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c] = self.0;
        state.write_u64(a ^ b.rotate_left(23) ^ c.rotate_left(41));
    }
}

/// One multiplication: its high bits depend on all of the key, and the table looks at both ends.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
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
        assert!(LEXICON.values.iter().all(|values| values.alone.len() <= MOST), "a word with too many classes");
    }
}
