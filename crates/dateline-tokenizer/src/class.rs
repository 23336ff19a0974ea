//! What a byte or a character is, for the lexer and for the shapes of tokens.

pub(crate) const LOWER: u8 = 1;
pub(crate) const UPPER: u8 = 1 << 1;
pub(crate) const DIGIT: u8 = 1 << 2;
pub(crate) const SPACE: u8 = 1 << 3;
/// The underscore, which joins words as a letter does.
pub(crate) const JOINER: u8 = 1 << 4;
/// A byte of a character outside ASCII.
pub(crate) const HIGH: u8 = 1 << 5;

/// A mark that may stand inside a word, by the rules of the lexer.
pub(crate) const INNER: u8 = 1 << 6;

pub(crate) const LETTER: u8 = LOWER | UPPER;
pub(crate) const ALNUM: u8 = LETTER | DIGIT;
pub(crate) const WORD: u8 = ALNUM | JOINER;

pub(crate) static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t'..=b'\r' => SPACE,
            b'_' => JOINER,
            b'\'' | b'.' | b'-' | b'&' | b'/' | b'!' => INNER,
            0x80.. => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    table
};

pub(crate) fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// True for characters that end a line.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// True for a mark of punctuation; what is neither this nor a letter or digit is a symbol.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(c,
        '!' | '"' | '\'' | '(' | ')' | '*' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | '\\' | ']' | '_' | '`' | '{' | '}'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}'
        | '\u{25A0}'..='\u{25CF}' | '\u{25E6}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{FF61}'..='\u{FF65}'
    )
}

/// True for the apostrophe in its straight and its curly form.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}
