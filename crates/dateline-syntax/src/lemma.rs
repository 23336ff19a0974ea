//! Dictionary forms: a change of the ending, looked up by the word and its tag, else by its longest known ending.

use crate::Xpos;
use crate::hash::three;
use crate::weights::Wide;
use crate::words::{Form, Word, lower};

/// The longest ending that is looked up.
pub(crate) const LONGEST: usize = 6;

/// Finds dictionary forms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lemmatizer<'m> {
    /// Where the changes stand: four bytes in the places of two classes and weights, a number and [`check`].
    pub(crate) table: Wide<'m>,
    /// The changes, one after the other: see [`Change`].
    pub(crate) changes: &'m [u8],
}

/// How a form becomes a lemma: first a byte that counts the bytes to cut off the end, with 128 added if capitals are
/// kept; then a byte that counts what is put there, and this.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Change {
    pub(crate) keep_case: bool,
    pub(crate) cut: u8,
    pub(crate) add: String,
}

/// What a word is looked up with, beside its letters.
pub(crate) fn group(tag: Xpos, form: Form) -> u64 {
    let capitals = matches!(form, Form::Upper | Form::Mixed);
    tag as u64 * 2 + u64::from(capitals)
}

pub(crate) fn word_key(group: u64, key: u32) -> u64 {
    three(900, group, u64::from(key), 0)
}

pub(crate) fn ending_key(group: u64, ending: &[u8]) -> u64 {
    three(901, group, u64::from(crate::hash::bytes(ending)), ending.len() as u64)
}

/// Two more bytes that tell features apart.
pub(crate) fn check(feature: u64) -> [u8; 2] {
    [(feature >> 8) as u8, (feature >> 16) as u8]
}

impl Lemmatizer<'_> {
    /// Appends the lemma of a word to `out`, and returns its hash; `scratch` is for its lower-case letters.
    pub(crate) fn append(&self, form: &str, word: Word, tag: Xpos, scratch: &mut Vec<u8>, out: &mut String) -> u32 {
        let start = out.len();
        if matches!(word.form, Form::Digits | Form::DigitsMarked) {
            out.push_str(form);
            return word.key;
        }
        scratch.clear();
        lower(form, scratch);
        let group = group(tag, word.form);
        // The table tells features apart by few bits; here, where one wrong answer decides, two bytes more.
        let look_up = |feature: u64| match *self.table.get(feature) {
            [low, high, a, b] if [a, b] == check(feature) => Some(usize::from(u16::from_le_bytes([low, high]))),
            _ => None,
        };
        let mut found = look_up(word_key(group, word.key));
        let mut length = scratch.len().min(LONGEST) + 1;
        while found.is_none() && length > 0 {
            length -= 1;
            found = look_up(ending_key(group, &scratch[scratch.len() - length..]));
        }
        let (control, add) = found.and_then(|at| self.change(at)).unwrap_or((0, &[]));
        let base = if control & 128 == 0 { &scratch[..] } else { form.as_bytes() };
        let kept = base.len().saturating_sub(usize::from(control & 127));
        // A cut inside a letter, or bad data: the word as it is.
        match (std::str::from_utf8(&base[..kept]), std::str::from_utf8(add)) {
            (Ok(kept), Ok(add)) => {
                out.push_str(kept);
                out.push_str(add);
            }
            _ => out.push_str(form),
        }
        crate::hash::bytes(&out.as_bytes()[start..])
    }

    fn change(&self, at: usize) -> Option<(u8, &[u8])> {
        let &control = self.changes.get(at)?;
        let len = usize::from(*self.changes.get(at + 1)?);
        Some((control, self.changes.get(at + 2..at + 2 + len)?))
    }
}
