//! Exact mode: keys are the bytes of the names, words are runs of letters and digits.

use super::fold::{KeyBuffer, MAX_WORDS, NoKey, char_at};

/// The longest run of other characters inside a name, in bytes.
const MAX_GAP: usize = 16;

/// True for the characters that words are made of in this mode.
#[inline]
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// The end of the word at `pos`.
#[inline]
pub(crate) fn word_end(text: &str, pos: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = pos;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        match bytes.get(at) {
            Some(0x80..) => match char_at(text, at) {
                Some(c) if is_word_char(c) => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// Where the word after `end` starts, if it is not too far.
#[inline]
pub(crate) fn next_word(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    while let Some(c) = char_at(text, at) {
        if is_word_char(c) {
            return Some(at);
        }
        at += c.len_utf8();
        if at - end > MAX_GAP {
            break;
        }
    }
    None
}

/// Puts a whole name into the key; `each` is called with the key so far and the start of its last word, the separator
/// before it included.
pub(crate) fn read_name(name: &str, key: &mut KeyBuffer, mut each: impl FnMut(&[u8], usize)) -> Result<(), NoKey> {
    if !name.chars().next().is_some_and(is_word_char) || !name.chars().next_back().is_some_and(is_word_char) {
        return Err(NoKey::Empty);
    }
    if !key.set(name.as_bytes()) {
        return Err(NoKey::TooLong);
    }
    let mut start = 0;
    let mut end = word_end(name, 0);
    for _ in 0..MAX_WORDS {
        each(&name.as_bytes()[..end], start);
        if end == name.len() {
            return Ok(());
        }
        start = end;
        end = word_end(name, next_word(name, end).ok_or(NoKey::TooLong)?);
    }
    Err(NoKey::TooLong)
}
