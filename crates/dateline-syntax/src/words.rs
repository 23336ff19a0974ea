//! What the models read of a word: hashes of its letters and the shape of its characters.

use crate::hash::{self, one};
use crate::weights::Single;
use crate::word_class::WordClasses;

/// The shape of a word's characters, as far as the models look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Form {
    /// Letters without a capital.
    #[default]
    Lower,
    /// A capital and small letters.
    Capital,
    /// Several capitals and nothing else.
    Upper,
    /// One letter, a capital.
    Letter,
    /// Capitals inside.
    Mixed,
    /// Letters, one of the first being a capital, with stops, hyphens or apostrophes.
    CapitalMarked,
    /// Letters without a capital, with stops, hyphens or apostrophes.
    LowerMarked,
    /// Digits.
    Digits,
    /// Digits with stops, commas, colons and the like.
    DigitsMarked,
    /// Digits and letters.
    DigitsLetters,
    /// No letter and no digit.
    Marks,
    /// Letters where capitals tell nothing.
    Caseless,
}

impl Form {
    /// True if a name can start here: everything but words in small letters, numbers and marks.
    pub(crate) const fn may_be_name(self) -> bool {
        matches!(
            self,
            Self::Capital
                | Self::Upper
                | Self::Letter
                | Self::Mixed
                | Self::CapitalMarked
                | Self::DigitsLetters
                | Self::Caseless
        )
    }
}

/// What the models read of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// Hash of the word in lower case, with every digit as 0.
    pub(crate) key: u32,
    /// Its first four bytes.
    pub(crate) prefix: u32,
    /// Its last four bytes, the last one lowest.
    pub(crate) suffix: u32,
    pub(crate) form: Form,
    /// Its class as [`WordClasses`] has it, 0 if it has none.
    pub(crate) class: u8,
    /// The number of the group of words that it is of, 0 if it is of none.
    pub(crate) group: u8,
    /// Capitals tell nothing here, as a sentence or quotation starts.
    pub(crate) initial: bool,
}

/// What a word's group is found with.
pub(crate) const fn group_key(key: u32) -> u64 {
    one(60, key as u64)
}

/// The words of a sentence, and their lower-case letters.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) words: Vec<Word>,
    /// Capitals tell names from words nowhere in the sentence.
    pub(crate) caseless: bool,
    lower: Vec<u8>,
}

impl Words {
    /// Reads the words of a sentence. Linear in their length.
    pub(crate) fn read<'a>(
        &mut self,
        forms: impl Iterator<Item = &'a str> + Clone,
        classes: WordClasses<'_>,
        groups: Single<'_>,
    ) {
        self.caseless = is_caseless(forms.clone());
        self.words.clear();
        let mut initial = true;
        for form in forms {
            self.lower.clear();
            lower(form, &mut self.lower);
            for byte in &mut self.lower {
                if byte.is_ascii_digit() {
                    *byte = b'0';
                }
            }
            let mut shape = form_of(form);
            let letters = shape < Form::Digits;
            if self.caseless && letters {
                shape = Form::Caseless;
            }
            let bytes = &self.lower[..];
            let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).map_or(0, |&byte| u32::from(byte));
            let key = hash::bytes(bytes);
            let group = groups.get(group_key(key)).unwrap_or(0);
            let mut word = Word { key, form: shape, group, initial, ..Word::default() };
            for at in 0..4 {
                word.prefix |= byte(Some(at)) << (8 * at);
                word.suffix |= byte(bytes.len().checked_sub(at + 1)) << (8 * at);
            }
            word.class = classes.class(word);
            self.words.push(word);
            if letters || shape != Form::Marks {
                initial = false;
            } else if matches!(form, "\"" | "“" | "‘" | "``" | ":" | "?" | "!" | "." | "•") {
                initial = true;
            }
        }
    }
}

impl PartialOrd for Form {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (*self as u8).partial_cmp(&(*other as u8))
    }
}

/// Appends `form` in lower case; typographic apostrophes become plain ones.
pub(crate) fn lower(form: &str, out: &mut Vec<u8>) {
    if form.is_ascii() {
        out.extend(form.bytes().map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let mut buffer = [0; 4];
    for letter in form.chars().flat_map(char::to_lowercase) {
        let letter = if letter == '’' { '\'' } else { letter };
        out.extend_from_slice(letter.encode_utf8(&mut buffer).as_bytes());
    }
}

fn form_of(form: &str) -> Form {
    let (mut lower, mut upper, mut digits, mut marks, mut first) = (0u32, 0u32, 0u32, 0u32, false);
    let mut count = |index: usize, is_lower: bool, is_upper: bool, is_digit: bool| {
        if is_upper {
            upper += 1;
            first |= index == 0;
        } else if is_lower {
            lower += 1;
        } else if is_digit {
            digits += 1;
        } else {
            marks += 1;
        }
    };
    if form.is_ascii() {
        for (index, byte) in form.bytes().enumerate() {
            count(index, byte.is_ascii_lowercase(), byte.is_ascii_uppercase(), byte.is_ascii_digit());
        }
    } else {
        for (index, letter) in form.chars().enumerate() {
            let is_upper = letter.is_uppercase();
            count(index, !is_upper && letter.is_alphabetic(), is_upper, letter.is_numeric());
        }
    }
    match (lower + upper > 0, digits > 0) {
        (false, false) => Form::Marks,
        (false, true) if marks > 0 => Form::DigitsMarked,
        (false, true) => Form::Digits,
        (true, true) => Form::DigitsLetters,
        (true, false) if upper == 0 => [Form::Lower, Form::LowerMarked][usize::from(marks > 0)],
        (true, false) if marks > 0 => Form::CapitalMarked,
        (true, false) if lower == 0 => [Form::Letter, Form::Upper][usize::from(upper > 1)],
        (true, false) if first && upper == 1 => Form::Capital,
        (true, false) => Form::Mixed,
    }
}

/// True if capitals tell nothing: all are capitals, or a headline has one on every word.
fn is_caseless<'a>(forms: impl Iterator<Item = &'a str>) -> bool {
    let (mut letters, mut upper, mut capital, mut long_lower) = (0u32, 0u32, 0u32, 0u32);
    for form in forms {
        let shape = form_of(form);
        if shape >= Form::Digits || shape == Form::Lower && form.len() < 4 {
            continue;
        }
        letters += 1;
        match shape {
            Form::Upper => {
                upper += 1;
                capital += 1;
            }
            Form::Capital | Form::Letter | Form::Mixed | Form::CapitalMarked => capital += 1,
            _ => long_lower += 1,
        }
    }
    letters >= 3 && upper * 10 >= letters * 8 || capital >= 5 && long_lower * 10 <= letters
}
