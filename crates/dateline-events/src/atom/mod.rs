//! Atoms: tokens cut so far that a number, a unit, a hyphen each stand alone, with what the lexicon knows of them.
//!
//! "24-year-old", "9pm", "£40m" and "2023-11-06" read the same whether a tokenizer keeps them whole or splits them.

mod lexicon;
mod number;

use std::ops::Range;

use dateline_tokenizer::{Shape, Span, TokenKind, TokenizedText};

pub(crate) use self::lexicon::{Class, Classes, Entry, code};
pub(crate) use self::number::{cardinal, ordinal};

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Digits, with separators between thousands and before decimals.
    Digits,
    /// Digits and an ordinal ending: `21st`.
    Ordinal,
    /// Digits of years or ages and a plural ending: `1960s`, `70s`.
    Plural,
    /// A mark or sign: `-` for all hyphens and short dashes, `—` for long ones, `'` for all apostrophes.
    Mark(char),
    /// A URL, a handle and the like: nothing to read.
    Other,
}

/// A piece of a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    start: u32,
    end: u32,
    /// The token it belongs to.
    pub(crate) token: u32,
    pub(crate) kind: Kind,
    pub(crate) entry: Entry,
    /// White space comes before it.
    pub(crate) space: bool,
    /// Starts with a capital.
    pub(crate) capital: bool,
    /// How many digits there are; 255 for numbers with a point or separators.
    pub(crate) digits: u8,
    /// The number that the digits say.
    pub(crate) value: f64,
}

/// [`Atom::digits`] of a number with separators: no year, no hour.
pub(crate) const SEPARATED: u8 = 255;

/// Whole numbers below this are exact.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// The atoms of a run of tokens; a buffer to fill again and again.
#[derive(Debug, Default)]
pub(crate) struct Atoms<'t> {
    text: &'t str,
    atoms: Vec<Atom>,
}

impl<'t> Atoms<'t> {
    /// Replaces the content by the atoms of some tokens.
    pub(crate) fn fill(&mut self, text: TokenizedText<'t>, tokens: Range<usize>) {
        self.text = text.text;
        self.atoms.clear();
        for token in tokens {
            let span = text.tokens.span(token);
            let shape = text.tokens.shape(token);
            let space = shape.has(Shape::SPACE_BEFORE) || shape.has(Shape::LINE_START);
            let kind = text.tokens.kind(token);
            let word = &text.text.as_bytes()[span.start..span.end];
            if kind == TokenKind::Word && word.iter().all(u8::is_ascii_alphabetic) {
                self.atoms.push(Atom {
                    start: span.start as u32,
                    end: span.end as u32,
                    token: token as u32,
                    kind: Kind::Word,
                    entry: Entry::of_bytes(word),
                    space,
                    capital: word.first().is_some_and(u8::is_ascii_uppercase),
                    digits: 0,
                    value: 0.0,
                });
            } else if matches!(kind, TokenKind::Address | TokenKind::Handle) {
                self.push(token, span, Kind::Other, space);
            } else {
                self.split(token, span, space);
            }
        }
    }

    fn push(&mut self, token: usize, span: Span, kind: Kind, space: bool) {
        let word = &self.text[span];
        let entry = if kind == Kind::Word { Entry::of(word) } else { Entry::default() };
        self.atoms.push(Atom {
            start: span.start as u32,
            end: span.end as u32,
            token: token as u32,
            kind,
            entry,
            space,
            capital: word.starts_with(char::is_uppercase),
            digits: 0,
            value: 0.0,
        });
    }

    /// Cuts a token with digits or marks in it.
    fn split(&mut self, token: usize, span: Span, space: bool) {
        let text = self.text;
        let mut at = span.start;
        let mut space = space;
        while at < span.end {
            let rest = &text[at..span.end];
            let Some(c) = rest.chars().next() else { break };
            let length = if c.is_ascii_digit() {
                self.digits(token, at, span.end, space)
            } else if c.is_alphanumeric() {
                let mut length = word_length(rest);
                // A full stop belongs to an abbreviation that the tokenizer kept whole.
                if at + length + 1 == span.end && rest[length..].starts_with('.') {
                    length += 1;
                }
                self.push(token, Span::new(at, at + length), Kind::Word, space);
                length
            } else if matches!(c, '\'' | '’' | '‘' | '`')
                && rest.len() > c.len_utf8()
                && rest[c.len_utf8()..].chars().all(char::is_alphabetic)
            {
                // "'s", "'re": the lexicon knows some.
                self.push(token, span, Kind::Word, space);
                span.end - at
            } else {
                let mark = match c {
                    '-' if rest.starts_with("--") => '—',
                    '-' | '‐' | '‑' | '‒' | '–' | '−' => '-',
                    '—' | '―' => '—',
                    '\'' | '’' | '‘' | '`' => '\'',
                    c => c,
                };
                let length = match c {
                    '-' => rest.len() - rest.trim_start_matches('-').len(),
                    c => c.len_utf8(),
                };
                self.push(token, Span::new(at, at + length), Kind::Mark(mark), space);
                length
            };
            at += length;
            space = false;
        }
    }

    /// Reads a number at byte `at`; its length.
    fn digits(&mut self, token: usize, at: usize, end: usize, space: bool) -> usize {
        let bytes = &self.text.as_bytes()[at..end];
        let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let first = run(0);
        let mut value = 0.0;
        for b in &bytes[..first] {
            value = value * 10.0 + f64::from(b - b'0');
        }
        let mut length = first;
        let mut digits = first.min(200) as u8;
        // "12,500" but not "3,4".
        while first <= 3 && bytes.get(length) == Some(&b',') && run(length + 1) == 3 {
            for b in &bytes[length + 1..length + 4] {
                value = value * 10.0 + f64::from(b - b'0');
            }
            length += 4;
            digits = SEPARATED;
        }
        // "1.5" but not "6.11.2023".
        if bytes.get(length) == Some(&b'.') {
            let decimals = run(length + 1);
            let next = length + 1 + decimals;
            let dotted = bytes.get(next) == Some(&b'.') && bytes.get(next + 1).is_some_and(|b| b.is_ascii_digit());
            if decimals > 0 && !dotted && bytes.get(at.wrapping_sub(1)) != Some(&b'.') && !self.after_point(at) {
                let mut scale = 1.0;
                let mut fraction = 0.0;
                for b in bytes[length + 1..next].iter().take(15) {
                    fraction = fraction * 10.0 + f64::from(b - b'0');
                    scale *= 10.0;
                }
                value += fraction / scale;
                length = next;
                digits = SEPARATED;
            }
        }
        let letters = bytes[length..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let ending = &bytes[length..length + letters];
        let kind = match ending {
            b"st" | b"nd" | b"rd" | b"th" | b"ST" | b"ND" | b"RD" | b"TH" => Kind::Ordinal,
            b"s" | b"S" if digits != SEPARATED => Kind::Plural,
            _ => Kind::Digits,
        };
        if kind != Kind::Digits {
            length += letters;
        } else if digits != SEPARATED && bytes.len() == length + 2 && matches!(&bytes[length..], b"'s" | b"'S") {
            // "1960's".
            length += 2;
        }
        let kind = if kind == Kind::Digits && length > first && digits != SEPARATED { Kind::Plural } else { kind };
        // A run of more digits than any count has (a key, a broken file) is no number; hundreds would be infinite.
        let kind = if value < LARGEST { kind } else { Kind::Mark('0') };
        self.push(token, Span::new(at, at + length), kind, space);
        if let Some(atom) = self.atoms.last_mut() {
            atom.digits = digits;
            atom.value = value;
        }
        length
    }

    /// Does a point and a digit come right before this byte? Then the digits after it are no whole part.
    fn after_point(&self, at: usize) -> bool {
        let before = &self.text.as_bytes()[..at];
        before.len() >= 2 && before[at - 1] == b'.' && before[at - 2].is_ascii_digit()
    }

    pub(crate) fn len(&self) -> usize {
        self.atoms.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Atom> {
        self.atoms.get(index)
    }

    /// The characters of an atom; nothing past the last.
    pub(crate) fn form(&self, index: usize) -> &'t str {
        self.get(index).map_or("", |atom| &self.text[atom.start as usize..atom.end as usize])
    }

    /// From the first to the last of some atoms.
    pub(crate) fn span(&self, atoms: Range<usize>) -> Span {
        match (self.get(atoms.start), atoms.end.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::default(),
        }
    }

    /// Is it this word, in any case?
    pub(crate) fn is(&self, index: usize, word: &str) -> bool {
        let Some(atom) = self.atoms.get(index) else { return word.is_empty() };
        let range = atom.start as usize..atom.end as usize;
        range.len() == word.len() && self.text.as_bytes()[range].eq_ignore_ascii_case(word.as_bytes())
    }

    /// Is it one of these words, in any case?
    pub(crate) fn is_any(&self, index: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(index, word))
    }

    /// What the lexicon has for the atom under a class.
    pub(crate) fn class(&self, index: usize, class: Class) -> Option<i64> {
        self.get(index)?.entry.get(class)
    }

    /// The longest entry of a class that begins at the atom, of one word or several: its value and the atom after it.
    pub(crate) fn entry(&self, index: usize, class: Class) -> Option<(i64, usize)> {
        let entry = self.get(index).filter(|atom| atom.entry.has(class))?.entry;
        let matches = |words: &[&str]| words.iter().enumerate().all(|(i, word)| self.is(index + 1 + i, word));
        let several = entry.longer(class).find(|(words, _)| matches(words));
        let several = several.map(|(words, value)| (value, index + 1 + words.len()));
        several.or_else(|| entry.get(class).map(|value| (value, index + 1)))
    }

    /// Can the atom be part of a time or an amount at all? No word that the lexicon does not know is.
    pub(crate) fn is_known(&self, index: usize) -> bool {
        self.get(index).is_some_and(|atom| atom.kind != Kind::Word || atom.entry.is_known())
    }

    pub(crate) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.get(index).is_some_and(|atom| atom.kind == Kind::Mark(mark))
    }

    /// Is the atom joined to the one before it, without white space?
    pub(crate) fn joined(&self, index: usize) -> bool {
        self.get(index).is_some_and(|atom| !atom.space) && index > 0
    }

    /// A hyphen or short dash with letters or digits right before and after it: "three-day", "10–15".
    pub(crate) fn is_hyphen(&self, index: usize) -> bool {
        self.is_mark(index, '-') && self.joined(index) && self.joined(index + 1)
    }

    /// The whole number that digits say: no separators, at most this many digits.
    pub(crate) fn whole(&self, index: usize, digits: u8) -> Option<i32> {
        let atom = self.get(index)?;
        (atom.kind == Kind::Digits && atom.digits <= digits.min(9)).then_some(atom.value as i32)
    }
}

/// Letters, single letters with full stops between them ("a.m"), apostrophes inside ("o'clock").
fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut letters = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphabetic() || !c.is_ascii() && (c.is_alphanumeric() || is_joiner(c)) {
            letters += 1;
        } else if c == '.' && letters == 1 && chars.peek().is_some_and(|(_, next)| next.is_alphabetic()) {
            letters = 0;
        } else if matches!(c, '\'' | '’')
            && text[..at].eq_ignore_ascii_case("o")
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
        {
        } else {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Combining marks and other signs that continue a word outside ASCII.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}')
}
