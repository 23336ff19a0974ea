//! Folding: the many spellings of one name become one key.
//!
//! A name is read as *key words*: runs of letters and digits, whatever the tokens around them are. Case and accents
//! (precomposed or combining) go; apostrophes and invisible marks inside a word go; hyphens and white space both just
//! separate words; `St`, `Ste`, `Mt` and `Ft` are written out; `&` is the word `and`; initials joined by full stops are
//! one word (`U.S.` is `us`). A possessive ending is a key word of its own, so that it ends every name that has none.

/// Base letters of U+00C0 to U+017F, one for one; `?` stands for what [`fold_char`] treats by itself.
const LATIN_1_AND_A: &[u8; 192] = b"\
    aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll\
    lllnnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Base letters of U+0180 to U+024F; `?` is kept as it is, in lower case.
const LATIN_B: &[u8; 208] = b"\
    bb?????cc?d???aa?ff????ikk???n??oo?????????????uu??yyzz?????????\
    ?????????????aaiioouuuuuuuuuuaaaaa????ggkkoooo??j???gg??nnaa??oo\
    aaaaeeeeiiiioooorrrruuuusstt??hh??????aaeeooooooooyy????????????\
    ???b????????????";

/// Base letters of U+1E00 to U+1EFF; `?` is kept as it is, in lower case.
const LATIN_ADDITIONAL: &[u8; 256] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwy?s????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

/// The longest key in bytes; names that fold to more are refused when a dictionary is built and never matched.
pub(crate) const MAX_KEY: usize = 255;

/// The most words a key may have.
pub(crate) const MAX_WORDS: usize = 24;

/// The longest separator between two words of a name, in bytes: keeps a look ahead short in odd texts.
const MAX_GAP: usize = 16;

/// A folded name under construction.
#[derive(Clone)]
pub(crate) struct KeyBuffer {
    bytes: [u8; MAX_KEY + 1],
    len: usize,
}

impl KeyBuffer {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; MAX_KEY + 1], len: 0 }
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Makes these bytes the key. False if there is no room.
    pub(crate) fn set(&mut self, bytes: &[u8]) -> bool {
        self.clear();
        self.extend(bytes)
    }

    /// False if there is no room.
    #[inline]
    fn push(&mut self, byte: u8) -> bool {
        if self.len < MAX_KEY {
            self.bytes[self.len] = byte;
            self.len += 1;
            true
        } else {
            false
        }
    }

    #[inline]
    fn extend(&mut self, bytes: &[u8]) -> bool {
        bytes.iter().all(|&byte| self.push(byte))
    }
}

/// ASCII letters and digits by their folded form, 0 for all other bytes.
const ASCII_FOLD: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// What one character adds to a key.
enum Folded {
    /// These bytes.
    Bytes([u8; 8], usize),
    /// Nothing: a combining mark, an invisible character. It does not end a word.
    Nothing,
    /// Nothing, and it may be followed by a possessive `s`.
    Apostrophe,
    /// It is no part of a word.
    Outside,
}

fn fold_char(c: char) -> Folded {
    let ascii = |text: &[u8]| {
        let mut bytes = [0; 8];
        bytes[..text.len()].copy_from_slice(text);
        Folded::Bytes(bytes, text.len())
    };
    let code = c as u32;
    let base = match code {
        0..0x80 => {
            return match c {
                '\'' | '`' => Folded::Apostrophe,
                _ if c.is_ascii_alphanumeric() => ascii(&[c.to_ascii_lowercase() as u8]),
                _ => Folded::Outside,
            };
        }
        0xC0..0x180 => LATIN_1_AND_A[code as usize - 0xC0],
        0x180..0x250 => LATIN_B[code as usize - 0x180],
        0x1E00..0x1F00 => LATIN_ADDITIONAL[code as usize - 0x1E00],
        _ => b'?',
    };
    if base != b'?' {
        return ascii(&[base]);
    }
    match c {
        'Æ' | 'æ' | 'Ǣ' | 'ǣ' | 'Ǽ' | 'ǽ' => ascii(b"ae"),
        'Œ' | 'œ' => ascii(b"oe"),
        'Þ' | 'þ' => ascii(b"th"),
        'ß' | 'ẞ' => ascii(b"ss"),
        'Ĳ' | 'ĳ' => ascii(b"ij"),
        'ə' => ascii(b"a"),
        // Quotation marks, primes, the letters of transliterated Arabic, Hawaiian and Ukrainian, the acute accent alone.
        '\u{2018}'
        | '\u{2019}'
        | '\u{201B}'
        | '\u{2032}'
        | '\u{02B9}'..='\u{02BF}'
        | '\u{02C8}'
        | '\u{02CA}'
        | '\u{02CB}'
        | '\u{00B4}'
        | '\u{A78B}'
        | '\u{A78C}'
        | '\u{FF07}' => Folded::Apostrophe,
        // Combining marks; the soft hyphen, joiners, the byte-order mark.
        '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => Folded::Nothing,
        _ if c.is_alphanumeric() => {
            let mut bytes = [0; 8];
            let mut len = 0;
            for lower in c.to_lowercase().take(2) {
                len += lower.encode_utf8(&mut bytes[len..]).len();
            }
            Folded::Bytes(bytes, len)
        }
        _ => Folded::Outside,
    }
}

/// The character at `pos` of `text`, which is inside the text and on a boundary.
pub(crate) fn char_at(text: &str, pos: usize) -> Option<char> {
    text.get(pos..)?.chars().next()
}

/// The character before `pos`.
pub(crate) fn char_before(text: &str, pos: usize) -> Option<char> {
    text.get(..pos)?.chars().next_back()
}

/// True if the character adds to a key word: letters and digits, not apostrophes (some of which Unicode counts as
/// letters) and combining marks.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { matches!(fold_char(c), Folded::Bytes(..)) }
}

/// True if a key word starts with the character `c` at `pos`, that is, if none goes on there.
pub(crate) fn fold_start(text: &str, pos: usize, c: char) -> bool {
    if !is_letter_or_digit(c) {
        return false;
    }
    let mut at = pos;
    // Marks and apostrophes belong to the word before, if there is one. Four are more than any language needs.
    for _ in 0..4 {
        let Some(before) = char_before(text, at) else {
            return true;
        };
        match fold_char(before) {
            Folded::Bytes(..) => return false,
            Folded::Outside => return true,
            Folded::Nothing | Folded::Apostrophe => at -= before.len_utf8(),
        }
    }
    false
}

/// A word just read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The byte after it in the text.
    pub(crate) end: usize,
    /// Where its folded form starts in the key.
    pub(crate) key_start: usize,
    /// A full stop after it does not end the name: an initial or an abbreviation.
    dot: bool,
}

/// Reads the key word that starts at `pos` (a letter or digit) into the key. None if the key gets too long.
#[inline]
pub(crate) fn read_word(text: &str, pos: usize, key: &mut KeyBuffer) -> Option<Word> {
    if key.len > 0 && !key.push(b' ') {
        return None;
    }
    let key_start = key.len;
    let bytes = text.as_bytes();
    let mut at = pos;
    while let Some(&byte) = bytes.get(at) {
        let folded = ASCII_FOLD[byte as usize];
        if folded != 0 {
            if !key.push(folded) {
                return None;
            }
            at += 1;
            continue;
        }
        if byte == b'.' {
            // Initials: every letter so far was followed by a full stop, and so is, or ends the word, the next.
            let letters = key.len - key_start;
            let initials = at - pos == 2 * letters - 1;
            let next_is_initial = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
                && !char_at(text, at + 2).is_some_and(is_letter_or_digit);
            if letters > 0 && initials && next_is_initial {
                at += 1;
                continue;
            }
            break;
        }
        if byte < 0x80 && byte != b'\'' && byte != b'`' {
            break;
        }
        let Some(c) = char_at(text, at) else { break };
        match fold_char(c) {
            Folded::Bytes(folded, len) => {
                if !key.extend(&folded[..len]) {
                    return None;
                }
            }
            Folded::Nothing => {}
            Folded::Apostrophe => {
                // Inside a word it goes, at its end it is a quotation mark or starts a possessive.
                let after = at + c.len_utf8();
                if !char_at(text, after).is_some_and(is_letter_or_digit) || is_possessive(text, after) {
                    break;
                }
            }
            Folded::Outside => break,
        }
        at += c.len_utf8();
    }
    let word = &key.bytes[key_start..key.len];
    let long: &[u8] = match word {
        b"st" => b"saint",
        b"ste" => b"sainte",
        b"mt" => b"mount",
        b"ft" => b"fort",
        _ => b"",
    };
    let mut dot = word.len() == 1;
    let mut end = at;
    if !long.is_empty() {
        dot = true;
        key.len = key_start;
        if !key.extend(long) {
            return None;
        }
    } else if word.len() > 1 && word.is_ascii() && at - pos == 2 * word.len() - 1 && bytes.get(at) == Some(&b'.') {
        // The full stop after the last of several initials is theirs.
        end = at + 1;
    }
    Some(Word { end, key_start, dot })
}

/// True if `pos`, after an apostrophe, holds an `s` that ends there.
fn is_possessive(text: &str, pos: usize) -> bool {
    matches!(text.as_bytes().get(pos), Some(b's' | b'S')) && !char_at(text, pos + 1).is_some_and(is_letter_or_digit)
}

/// What follows a word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A word starts at this byte.
    Word(usize),
    /// A written-out word (`and` for an ampersand, `'s` for a possessive) that ends at this byte.
    Given(&'static str, usize),
    /// No further word.
    End,
}

/// What joins `word` to the next word of the same name in running text: white space with at most one line break, or
/// a hyphen without white space.
pub(crate) fn next_in_text(text: &str, word: Word) -> Next {
    let mut at = word.end;
    let bytes = text.as_bytes();
    // The plain space is by far the most frequent.
    if bytes.get(at) == Some(&b' ') {
        if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
            return Next::Word(at + 1);
        }
    } else if let Some(end) = possessive_end(text, at) {
        return Next::Given("'s", end);
    }
    if word.dot && bytes.get(at) == Some(&b'.') {
        at += 1;
    }
    let (mut breaks, mut spaces, mut hyphens, mut ampersand) = (0, 0, 0, None);
    while let Some(c) = char_at(text, at) {
        if is_letter_or_digit(c) {
            return match ampersand {
                Some(end) => Next::Given("and", end),
                None => Next::Word(at),
            };
        }
        match c {
            '\n' => {
                breaks += 1;
                spaces += 1;
            }
            _ if c.is_whitespace() => spaces += 1,
            '-' | '\u{2010}'..='\u{2013}' | '\u{FE63}' | '\u{FF0D}' => hyphens += 1,
            '&' if ampersand.is_none() => ampersand = Some(at + 1),
            _ if matches!(fold_char(c), Folded::Apostrophe | Folded::Nothing) => {}
            _ => return Next::End,
        }
        at += c.len_utf8();
        if breaks > 1 || hyphens > 1 || (hyphens == 1 && spaces > 0) || at - word.end > MAX_GAP {
            return Next::End;
        }
    }
    Next::End
}

fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let c = char_at(text, at)?;
    let after = at + c.len_utf8();
    (is_possessive(text, after) && matches!(fold_char(c), Folded::Apostrophe)).then_some(after + 1)
}

/// Like [`next_in_text`] for a name given by itself: everything that is no letter or digit separates.
fn next_in_name(name: &str, from: usize) -> Next {
    if let Some(end) = possessive_end(name, from) {
        return Next::Given("'s", end);
    }
    for (offset, c) in name[from..].char_indices() {
        if is_letter_or_digit(c) {
            return Next::Word(from + offset);
        }
        if c == '&' {
            return Next::Given("and", from + offset + 1);
        }
    }
    Next::End
}

/// Adds a written-out word. None if the key gets too long.
pub(crate) fn give_word(word: &'static str, end: usize, key: &mut KeyBuffer) -> Option<Word> {
    if key.len > 0 && !key.push(b' ') {
        return None;
    }
    let key_start = key.len;
    key.extend(word.as_bytes()).then_some(Word { end, key_start, dot: false })
}

/// Why a name has no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoKey {
    /// It holds no letter and no digit.
    Empty,
    /// It is over [`MAX_KEY`] bytes or [`MAX_WORDS`] words.
    TooLong,
}

/// Folds a whole name. `each` is called with the key so far and the start of the last word, after every word.
pub(crate) fn fold_name(name: &str, key: &mut KeyBuffer, mut each: impl FnMut(&[u8], usize)) -> Result<(), NoKey> {
    key.clear();
    let mut words = 0;
    let mut next = match next_in_name(name, 0) {
        Next::Given(_, end) => next_in_name(name, end),
        next => next,
    };
    loop {
        let word = match next {
            Next::End if words == 0 => return Err(NoKey::Empty),
            Next::End => return Ok(()),
            Next::Word(at) => read_word(name, at, key),
            Next::Given(given, end) => give_word(given, end, key),
        }
        .ok_or(NoKey::TooLong)?;
        words += 1;
        if words > MAX_WORDS {
            return Err(NoKey::TooLong);
        }
        each(key.as_bytes(), word.key_start);
        next = next_in_name(name, word.end);
    }
}
