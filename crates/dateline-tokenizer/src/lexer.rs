//! Cuts text into tokens. One pass: each rule looks at the bytes once, or no further than a fixed number of bytes.

use unicode_segmentation::UnicodeSegmentation;

use crate::class::{
    ALNUM, DIGIT, HIGH, INNER, LETTER, LOWER, SPACE, UPPER, WORD, class, is_apostrophe, is_line_break, is_punctuation,
};
use crate::lexicon::{Abbreviation, Lexicon};
use crate::tokens::Stored;
use crate::{Shape, Span, TokenKind};

/// How far a rule may look past the white space after a word, and back over an e-mail's local part.
const REACH: usize = 64;

pub(crate) struct Lexer<'a> {
    lexicon: &'static Lexicon,
    text: &'a str,
    /// Where the part to be cut begins; no token reaches over it.
    start: usize,
    /// Where the part to be cut ends; nothing is read from it on.
    end: usize,
    /// The bytes of the text up to `end`.
    bytes: &'a [u8],
    out: &'a mut Vec<Stored>,
    /// What stands before the next token: `SPACE_BEFORE` and `LINE_START`, or nothing.
    gap: Shape,
    /// The last stretch for which Unicode's word rules were asked.
    segment: (usize, usize),
    /// No dotted word from before this byte is an address.
    no_address: usize,
}

/// What a rule found at a mark inside a word.
enum Inside {
    /// The word goes on to this byte.
    Joins(usize),
    /// The tokens are made up to this byte.
    Done(usize),
    /// The word ends before the mark.
    Ends,
}

/// The text after a full stop, as far as the rules need it.
struct Next<'a> {
    spaced: bool,
    blank_line: bool,
    first: Option<char>,
    word: &'a str,
}

impl<'a> Lexer<'a> {
    /// A lexer of a part of `text`, which appends to `out` the tokens it makes.
    pub(crate) fn new(lexicon: &'static Lexicon, text: &'a str, part: Span, out: &'a mut Vec<Stored>) -> Self {
        let before = &text[out.last().map_or(0, |last| last.end as usize)..part.start];
        let mut gap = Shape::default();
        if part.start == 0 || before.contains(is_line_break) {
            gap = gap.with(Shape::LINE_START);
        }
        if part.start == 0 || before.ends_with(char::is_whitespace) {
            gap = gap.with(Shape::SPACE_BEFORE);
        }
        Self {
            lexicon,
            text,
            start: part.start,
            end: part.end,
            bytes: &text.as_bytes()[..part.end],
            out,
            gap,
            segment: (0, 0),
            no_address: 0,
        }
    }

    /// Cuts the part into tokens.
    pub(crate) fn run(&mut self) {
        let mut pos = self.start;
        while pos < self.end {
            let byte = self.bytes[pos];
            let class = class(byte);
            pos = if class & SPACE != 0 {
                self.gap = self.gap.with(if matches!(byte, b'\n' | b'\r' | b'\x0c') {
                    Shape::SPACE_BEFORE.with(Shape::LINE_START)
                } else {
                    Shape::SPACE_BEFORE
                });
                pos + 1
            } else if class & (LETTER | (WORD & !ALNUM)) != 0 {
                self.word(pos)
            } else if class & DIGIT != 0 {
                self.number(pos, pos)
            } else if class & HIGH != 0 {
                self.beyond_ascii(pos)
            } else {
                self.mark(pos, byte)
            };
        }
    }

    fn byte(&self, pos: usize) -> u8 {
        self.bytes.get(pos).copied().unwrap_or(b' ')
    }

    fn class(&self, pos: usize) -> u8 {
        class(self.byte(pos))
    }

    fn char(&self, pos: usize) -> Option<char> {
        self.text[pos..self.end].chars().next()
    }

    /// The character before `pos`, white space too.
    fn char_before(&self, pos: usize) -> Option<char> {
        self.text[..pos].chars().next_back()
    }

    /// True if `pos` continues the token before it.
    fn touches(&self, pos: usize) -> bool {
        self.out.last().is_some_and(|last| last.end as usize == pos)
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let bits = self.bytes[start..end].iter().fold(0, |bits, &byte| bits | class(byte));
        self.push_known(start, end, kind, bits);
    }

    /// Like `push` when the classes of the bytes are known.
    fn push_known(&mut self, start: usize, end: usize, kind: TokenKind, bits: u8) {
        let facts =
            if bits & HIGH == 0 { shape_of_ascii(self.bytes[start], bits) } else { shape_of(&self.text[start..end]) };
        self.out.push(Stored { start: start as u32, end: end as u32, kind, shape: facts.with(self.gap) });
        self.gap = Shape::default();
    }

    /// Makes one token of everything from `start` on, which may be tokens already, to `end`.
    fn merge(&mut self, mut start: usize, end: usize, kind: TokenKind) {
        while let Some(last) = self.out.last().filter(|last| last.end as usize > start) {
            start = start.min(last.start as usize);
            let facts = [Shape::SPACE_BEFORE, Shape::LINE_START];
            self.gap = facts.into_iter().filter(|&fact| last.shape.has(fact)).fold(Shape::default(), Shape::with);
            self.out.pop();
        }
        self.push(start, end, kind);
    }

    /// The end of the letters and digits from `pos` on.
    fn letters(&mut self, mut pos: usize) -> usize {
        let start = pos;
        loop {
            let rest = self.bytes.get(pos..).unwrap_or_default();
            pos += rest.iter().position(|&byte| class(byte) & WORD == 0).unwrap_or(rest.len());
            if self.class(pos) & HIGH == 0 {
                return pos;
            }
            match self.extends(start, pos) {
                Some(next) => pos = next,
                None => return pos,
            }
        }
    }

    /// Where the word from `start` goes on if the character beyond ASCII at `pos` belongs to it.
    fn extends(&mut self, start: usize, pos: usize) -> Option<usize> {
        let c = self.char(pos)?;
        let next = pos + c.len_utf8();
        if c == '°' && pos == start + 1 && self.byte(start) | 0x20 == b'n' {
            return Some(next); // "N° 5"
        }
        // Hyphens, dashes and quotation marks have rules of their own; Unicode lets a narrow space join letters.
        if matches!(c, '\u{2010}'..='\u{201F}') || c.is_whitespace() {
            return None;
        }
        // European letters, marks over them, and the soft hyphen: no need to ask.
        if (c as u32) < 0x590
            && (c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{AD}'))
        {
            return Some(next);
        }
        if pos == start {
            return c.is_alphanumeric().then_some(next);
        }
        if pos < self.segment.0 || pos >= self.segment.1 {
            let from = pos - self.char_before(pos).map_or(0, char::len_utf8);
            let length = self.text[from..self.end].split_word_bounds().next().map_or(0, str::len);
            self.segment = (from, from + length);
        }
        (pos > self.segment.0 && pos < self.segment.1).then_some(next)
    }

    /// A token that begins with a letter or an underscore; gives the byte after it.
    fn word(&mut self, start: usize) -> usize {
        let (mut end, mut bits) = (start, 0);
        while self.class(end) & WORD != 0 {
            bits |= self.class(end);
            end += 1;
        }
        // Most words are ASCII letters before a space or a comma.
        if bits & !LETTER == 0
            && self.class(end) & (HIGH | INNER) == 0
            && !self.lexicon.may_contract(&self.bytes[start..end])
        {
            self.push_known(start, end, TokenKind::Word, bits);
            return end;
        }
        self.marked_word(start)
    }

    /// A word with anything but ASCII letters in it or right after it, or that may be a contraction.
    fn marked_word(&mut self, start: usize) -> usize {
        let mut end = self.letters(start);
        // Where the part after the last hyphen begins.
        let mut part = start;
        if self.bytes[start] == b'_' && self.bytes[start..end].iter().all(|&byte| byte == b'_') {
            self.push(start, end, TokenKind::Punctuation);
            return end;
        }
        loop {
            let inside = match self.byte(end) {
                b'\'' => self.apostrophe(start, end, 1),
                0xE2 if self.char(end) == Some('’') => self.apostrophe(start, end, '’'.len_utf8()),
                b'.' => self.full_stop(start, part, end),
                b'-' => self.hyphen(start, end),
                b'&' => self.ampersand(start, end),
                b'/' => self.slash(start, end),
                b'!' => self.exclaimed_name(start, end),
                _ => Inside::Ends,
            };
            match inside {
                Inside::Joins(next) => {
                    if self.byte(end) == b'-' {
                        part = end + 1;
                    }
                    end = next;
                }
                Inside::Done(next) => return next,
                Inside::Ends => break,
            }
        }
        self.push_word(start, end);
        end
    }

    /// Pushes a word, in its parts if it is written together ("cannot").
    fn push_word(&mut self, start: usize, end: usize) {
        let lexicon = self.lexicon;
        if lexicon.may_contract(&self.bytes[start..end])
            && let Some(cuts) = lexicon.contraction(&self.text[start..end])
        {
            let mut from = start;
            for cut in cuts {
                self.push(from, start + cut, TokenKind::Word);
                from = start + cut;
            }
            self.push(from, end, TokenKind::Word);
        } else {
            self.push(start, end, TokenKind::Word);
        }
    }

    /// An apostrophe of `width` bytes after the word `start..end`.
    fn apostrophe(&mut self, start: usize, end: usize, width: usize) -> Inside {
        let tail = end + width;
        let after = self.letters(tail);
        if after == tail {
            return Inside::Ends;
        }
        let letters = &self.text[tail..after];
        if letters.eq_ignore_ascii_case("t") && end > start + 1 && self.bytes[end - 1] | 0x20 == b'n' {
            self.push_word(start, end - 1);
            self.push(end - 1, after, TokenKind::Word);
            return Inside::Done(after);
        }
        if is_clitic(letters) {
            self.push_word(start, end);
            self.push(end, after, TokenKind::Word);
            return Inside::Done(after);
        }
        Inside::Joins(after)
    }

    /// A hyphen after the word `start..end`: part of the word after a prefix, and nowhere else.
    fn hyphen(&mut self, start: usize, end: usize) -> Inside {
        let after = end + 1;
        let wide = self.class(after) & (LETTER | HIGH) != 0 || self.class(after) & DIGIT != 0 && end - start > 2;
        if !wide || !self.lexicon.is_prefix(&self.text[start..end]) {
            return Inside::Ends;
        }
        match self.letters(after) {
            same if same == after => Inside::Ends,
            next => Inside::Joins(next),
        }
    }

    /// "AT&T", "R&D".
    fn ampersand(&mut self, start: usize, end: usize) -> Inside {
        let capitals =
            |lexer: &Self, from: usize| (from..from + 4).take_while(|&at| lexer.class(at) & UPPER != 0).count();
        let before = capitals(self, start);
        let after = capitals(self, end + 1);
        let fits = start + before == end && after > 0 && self.class(end + 1 + after) & (WORD | HIGH) == 0;
        if fits { Inside::Joins(end + 1 + after) } else { Inside::Ends }
    }

    /// "w/o", "km/h": the few that the lexicon has.
    fn slash(&mut self, start: usize, end: usize) -> Inside {
        if end - start > 2 {
            return Inside::Ends;
        }
        let after = (end + 1..end + 5).take_while(|&at| self.class(at) & LETTER != 0).count();
        let next = end + 1 + after;
        if after > 0
            && self.class(next) & (WORD | HIGH) == 0
            && self.lexicon.contraction(&self.text[start..next]).is_some()
        {
            return Inside::Joins(next);
        }
        Inside::Ends
    }

    /// "Yahoo!": the few names of the lexicon that end with an exclamation mark.
    fn exclaimed_name(&self, start: usize, end: usize) -> Inside {
        if self.class(end + 1) & (WORD | HIGH) == 0 && self.lexicon.contraction(&self.text[start..end + 1]).is_some() {
            return Inside::Joins(end + 1);
        }
        Inside::Ends
    }

    /// A full stop after the word `start..end`, whose last part after a hyphen begins at `part`.
    fn full_stop(&mut self, start: usize, part: usize, end: usize) -> Inside {
        let after = end + 1;
        if let Some(next) = self.dotted(start, part, end) {
            return next;
        }
        if self.byte(after) == b'.' && self.byte(after + 1) == b'.' {
            return Inside::Ends; // an ellipsis
        }
        if self.takes_stop(part, end) {
            self.push(start, after, TokenKind::Word);
            return Inside::Done(after);
        }
        Inside::Ends
    }

    /// A word with full stops inside: "U.S.", "Ph.D.", "example.com", "report.pdf".
    fn dotted(&mut self, start: usize, part: usize, end: usize) -> Option<Inside> {
        if self.class(end + 1) & (WORD | HIGH) == 0 {
            return None;
        }
        if let Some(stop) = self.acronym(part, end) {
            self.push(start, stop, TokenKind::Word);
            return Some(Inside::Done(stop));
        }
        if let Some(stop) = self.address_end(start, end) {
            self.push(start, stop, TokenKind::Address);
            return Some(Inside::Done(stop));
        }
        None
    }

    /// The end of single letters between full stops, or of an abbreviation of the lexicon that has one inside.
    fn acronym(&self, start: usize, end: usize) -> Option<usize> {
        let mut stop = end;
        if end == start + 1 {
            while self.byte(stop) == b'.'
                && self.class(stop + 1) & LETTER != 0
                && self.class(stop + 2) & (WORD | HIGH) == 0
            {
                stop += 2;
            }
        }
        if stop == end {
            let inner = (end + 1..end + 6).take_while(|&at| self.class(at) & LETTER != 0).count();
            let candidate = end + 1 + inner;
            if self.class(candidate) & (WORD | HIGH) != 0
                || self.lexicon.abbreviation(&self.text[start..candidate]).is_none()
            {
                return None;
            }
            stop = candidate;
        }
        let ellipsis = self.byte(stop + 1) == b'.' && self.byte(stop + 2) == b'.';
        Some(if self.byte(stop) == b'.' && !ellipsis { stop + 1 } else { stop })
    }

    /// The end of an address without a scheme, or of a file name, that begins with the word `start..end`.
    fn address_end(&mut self, start: usize, end: usize) -> Option<usize> {
        if end < self.no_address {
            return None;
        }
        let (mut stop, mut label, mut labels) = (end, start, 1);
        loop {
            match self.byte(stop) {
                b'.' if self.class(stop + 1) & WORD != 0 => {
                    labels += 1;
                    label = stop + 1;
                    stop += 1;
                }
                b'-' if self.class(stop + 1) & WORD != 0 => stop += 1,
                byte if class(byte) & WORD != 0 => stop += 1,
                _ => break,
            }
        }
        let small = |range: &str| range.bytes().all(|byte| class(byte) & LOWER != 0 || byte == b'.');
        let named = self.lexicon.is_ending(&self.text[label..stop])
            || self.text[start..end].eq_ignore_ascii_case("www")
            || labels > 2 && small(&self.text[start..stop]);
        if !named || matches!(self.byte(stop), b'@') {
            self.no_address = stop;
            return None;
        }
        Some(if self.byte(stop) == b'/' { self.path_end(stop) } else { stop })
    }

    /// The end of a path or query from `pos` on: up to white space or a quotation mark, without punctuation at its end.
    fn path_end(&self, pos: usize) -> usize {
        let rest = &self.text[pos..self.end];
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '{' | '}' | '|' | '“' | '”' | '«' | '»'))
            .unwrap_or(rest.len());
        let mut path = &rest[..length];
        let mut open = path.matches('(').count() as isize - path.matches(')').count() as isize;
        while let Some(c) = path.chars().next_back() {
            match c {
                ')' if open < 0 => open += 1,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '*' | '…' => {}
                _ => break,
            }
            path = &path[..path.len() - c.len_utf8()];
        }
        pos + path.len()
    }

    /// True if the full stop after the word `start..end` belongs to the word.
    fn takes_stop(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let next = self.next_after(end + 1);
        let goes_on =
            next.first.is_some_and(|c| !next.blank_line && (c.is_lowercase() || matches!(c, ',' | ';' | ':' | '-')));
        if self.is_initial(start, end, &next) {
            return true;
        }
        match self.lexicon.abbreviation(word) {
            Some(Abbreviation::Title | Abbreviation::Plain | Abbreviation::Closing | Abbreviation::State) => true,
            Some(Abbreviation::Number) => next.first.is_some_and(|c| c.is_ascii_digit() || c == '#'),
            Some(Abbreviation::Medial) => goes_on || next.first.is_some_and(|c| c.is_ascii_digit()),
            Some(Abbreviation::Comma) => {
                let before = self.out.last().map_or("", |last| &self.text[last.start as usize..last.end as usize]);
                goes_on || matches!(before, "," | "(" | "-")
            }
            None => false,
        }
    }

    /// A single capital that stands for a name: "George W. Bush", "J. Smith", "S.Korea", but not "vitamin C. The ...".
    fn is_initial(&self, start: usize, end: usize, next: &Next<'_>) -> bool {
        let mut letters = self.text[start..end].chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        if !letter.is_uppercase() || next.blank_line {
            return false;
        }
        if matches!(next.first, Some(',' | '-'))
            || letter != 'I' && next.spaced && next.first.is_some_and(char::is_lowercase)
        {
            return true; // "E. coli", "Charles G. and David"
        }
        let named = self.out.last().is_some_and(|last| last.shape.has(Shape::CAPITALIZED)) && !self.touches(start);
        next.first.is_some_and(char::is_uppercase)
            && (!next.spaced || named || letter != 'I')
            && !self.lexicon.is_starter(next.word)
    }

    fn next_after(&self, pos: usize) -> Next<'a> {
        let text: &'a str = self.text;
        let mut limit = self.end.min(pos + 2 * REACH);
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let rest = &text[pos..limit];
        let trimmed = rest.trim_start();
        let space = &rest[..rest.len() - trimmed.len()];
        let word = trimmed.find(|c: char| !c.is_alphanumeric()).map_or(trimmed, |stop| &trimmed[..stop]);
        Next {
            spaced: !space.is_empty(),
            blank_line: space.chars().filter(|&c| c == '\n').count() > 1,
            first: trimmed.chars().next(),
            word,
        }
    }

    /// A token that begins at `start` and whose first digit is at `digits`; gives the byte after it.
    fn number(&mut self, start: usize, digits: usize) -> usize {
        let mut end = self.digits(digits);
        loop {
            let after = end + 1;
            let joins = self.class(after) & DIGIT != 0
                && match self.byte(end) {
                    b'.' | b':' | b'/' => true,
                    b',' => self.digits_up_to(after, 4) == 3,
                    _ => false,
                };
            if !joins {
                break;
            }
            end = self.digits(after);
        }
        if self.byte(end) == b'-' {
            end = self.hyphenated_number(digits, end);
        }
        if let Some(decade) = self.decade_end(digits, end) {
            self.push(start, decade, TokenKind::Number);
            return decade;
        }
        let letters = self.letters(end);
        if letters > end {
            let suffix = &self.text[end..letters];
            if is_ordinal(suffix) {
                self.push(start, letters, TokenKind::Number);
                return letters;
            }
            if self.lexicon.is_unit(suffix) {
                self.push(start, end, TokenKind::Number);
                return end;
            }
            if self.byte(letters) == b'.'
                && let Some(stop) = self.address_end(start, letters)
            {
                self.push(start, stop, TokenKind::Address);
                return stop;
            }
            // "2am." and "5p.m.": the unit is a word of its own even with full stops.
            if self.byte(letters) == b'.' && self.acronym(end, letters).is_some_and(|stop| stop > letters + 1) {
                self.push(start, end, TokenKind::Number);
                return end;
            }
            self.push(start, letters, TokenKind::Word);
            return letters;
        }
        if self.byte(end) == b'.' && self.is_item_number(start, end) {
            end += 1;
        } else if self.byte(end) == b'.'
            && self.class(end + 1) & LETTER != 0
            && let Some(stop) = self.address_end(start, end)
        {
            self.push(start, stop, TokenKind::Address);
            return stop;
        }
        self.push(start, end, TokenKind::Number);
        end
    }

    fn digits(&self, mut pos: usize) -> usize {
        while self.class(pos) & DIGIT != 0 {
            pos += 1;
        }
        pos
    }

    fn digits_up_to(&self, pos: usize, most: usize) -> usize {
        (pos..pos + most).take_while(|&at| self.class(at) & DIGIT != 0).count()
    }

    /// Dates ("2023-11-06", "2023-11-06T10:00:00Z") and telephone numbers are one token; ranges and scores ("10-12") are not.
    fn hyphenated_number(&self, start: usize, end: usize) -> usize {
        let mut stop = end;
        let mut groups = 1;
        while self.byte(stop) == b'-' && self.class(stop + 1) & DIGIT != 0 {
            stop = self.digits(stop + 1);
            groups += 1;
        }
        if groups > 2 {
            if self.byte(stop) == b'T' && self.class(stop + 1) & DIGIT != 0 {
                while self.class(stop) & ALNUM != 0 || self.byte(stop) == b':' && self.class(stop + 1) & DIGIT != 0 {
                    stop += 1;
                }
            }
            return stop;
        }
        match (end - start, stop - end) {
            (1 | 3 | 5, 5) if self.class(stop) & (WORD | HIGH) == 0 => stop,
            _ => end,
        }
    }

    /// The end of "1990's", which is one token as "1990s" is.
    fn decade_end(&self, start: usize, end: usize) -> Option<usize> {
        let mark = self.char(end).filter(|&c| is_apostrophe(c))?;
        let after = end + mark.len_utf8();
        let decade = matches!(end - start, 2 | 4) && self.byte(end - 1) == b'0';
        (decade && self.byte(after) == b's' && self.class(after + 1) & (WORD | HIGH) == 0).then_some(after + 1)
    }

    /// "1." or "2.1." before an item or a section, at the start of a line.
    fn is_item_number(&self, start: usize, end: usize) -> bool {
        let new_item = self.gap.has(Shape::LINE_START)
            && self.out.last().is_none_or(|last| last.kind == TokenKind::Punctuation || self.blank_line_before(start));
        new_item && end - start <= 5 && self.digits_up_to(start, 3) <= 2 && {
            let next = self.next_after(end + 1);
            next.spaced && !next.blank_line && next.first.is_some_and(char::is_alphabetic)
        }
    }

    /// True if an empty line lies between the last token and `start`; looks at the white space only.
    fn blank_line_before(&self, start: usize) -> bool {
        let from = self.out.last().map_or(0, |last| last.end as usize);
        self.text[from..start].bytes().filter(|&byte| byte == b'\n').count() > 1
    }

    /// A character beyond ASCII.
    fn beyond_ascii(&mut self, pos: usize) -> usize {
        let Some(c) = self.char(pos) else { return self.end };
        let next = pos + c.len_utf8();
        if c.is_whitespace() {
            self.gap = self.gap.with(Shape::SPACE_BEFORE);
            if is_line_break(c) {
                self.gap = self.gap.with(Shape::LINE_START);
            }
            return next;
        }
        if c.is_alphanumeric() {
            return self.word(pos);
        }
        match c {
            '’' => return self.quote(pos, c),
            '‘' if self.char(next) == Some('’') => return self.take(pos, next + '’'.len_utf8()),
            '…' | '–' | '—' => {
                let mut end = next;
                while let Some(same) = self.char(end).filter(|&d| d == c || c == '…' && d == '.') {
                    end += same.len_utf8();
                }
                return self.take(pos, end);
            }
            _ => {}
        }
        // Flags, families and marks without a letter are one token each.
        // A mark that goes before a number makes a cluster with a blank, too.
        let cluster = self.text[pos..self.end].graphemes(true).next().unwrap_or_default();
        let cluster = cluster.split(char::is_whitespace).next().map_or(next, |cluster| pos + cluster.len());
        self.push(pos, cluster, if is_punctuation(c) { TokenKind::Punctuation } else { TokenKind::Symbol });
        cluster
    }

    /// Pushes `start..end` as punctuation.
    fn take(&mut self, start: usize, end: usize) -> usize {
        self.push(start, end, TokenKind::Punctuation);
        end
    }

    /// The end of the run of `byte` from `pos` on.
    fn run_of(&self, mut pos: usize, byte: u8) -> usize {
        while pos < self.end && self.bytes[pos] == byte {
            pos += 1;
        }
        pos
    }

    /// An ASCII character that is no letter, digit or white space.
    fn mark(&mut self, pos: usize, byte: u8) -> usize {
        let next = pos + 1;
        let start_of_word = !self.touches(pos);
        match byte {
            b'.' | b'!' | b'?' => {
                if byte == b'.' && start_of_word && self.class(next) & DIGIT != 0 {
                    return self.number(pos, next);
                }
                let mut end = next;
                while matches!(self.byte(end), b'.' | b'!' | b'?') {
                    end += 1;
                }
                self.take(pos, end)
            }
            b'\'' => self.quote(pos, '\''),
            b'`' => self.take(pos, if self.byte(next) == b'`' { next + 1 } else { next }),
            b':' | b';' | b'=' if start_of_word && self.face_end(pos).is_some() => {
                let end = self.face_end(pos).unwrap_or(next);
                self.push(pos, end, TokenKind::Symbol);
                end
            }
            b':' if self.byte(next) == b'/' && self.byte(next + 1) == b'/' && !start_of_word && self.scheme(pos) => {
                let start = self.out.last().map_or(pos, |last| last.start as usize);
                let end = self.path_end(pos).max(next);
                self.merge(start, end, TokenKind::Address);
                end
            }
            b'@' if !start_of_word => match self.email(pos) {
                Some((start, end)) => {
                    self.merge(start, end, TokenKind::Address);
                    end
                }
                None => self.symbol(pos, next),
            },
            b'@' if self.class(next) & WORD != 0 => self.handle(pos),
            b'#' if self.class(next) & (LETTER | HIGH) != 0 => self.handle(pos),
            b'+' if start_of_word && self.class(next) & DIGIT != 0 => self.number(pos, next),
            b'-' | b'*' | b'/' | b'\\' => {
                let end = self.run_of(pos, byte);
                self.take(pos, end)
            }
            b'=' | b'+' | b'~' | b'#' | b'<' | b'>' | b'^' | b'$' => {
                let end = self.run_of(pos, byte);
                self.symbol(pos, end)
            }
            _ if is_punctuation(char::from(byte)) => self.take(pos, next),
            _ => self.symbol(pos, next),
        }
    }

    fn symbol(&mut self, start: usize, end: usize) -> usize {
        self.push(start, end, TokenKind::Symbol);
        end
    }

    /// An apostrophe or single quotation mark that begins a token.
    fn quote(&mut self, pos: usize, mark: char) -> usize {
        let tail = pos + mark.len_utf8();
        if self.char(tail).is_some_and(is_apostrophe) && self.char(tail) == Some(mark) {
            return self.take(pos, tail + mark.len_utf8());
        }
        // "'90s", "'05"
        if !self.touches(pos) && self.digits_up_to(tail, 3) == 2 {
            let end = tail + 2;
            let end = if self.byte(end) == b's' { end + 1 } else { end };
            if self.class(end) & (WORD | HIGH) == 0 && self.byte(end) != b'-' {
                self.push(pos, end, TokenKind::Number);
                return end;
            }
        }
        let after = (tail..tail + 6).take_while(|&at| self.class(at) & LETTER != 0).count() + tail;
        if after > tail && self.class(after) & (WORD | HIGH) == 0 {
            if is_clitic(&self.text[tail..after]) && self.char(after) != Some(mark) {
                self.push(pos, after, TokenKind::Word);
                return after;
            }
            if mark == '\''
                && let Some(cuts) = self.lexicon.contraction(&self.text[pos..after])
            {
                let mut from = pos;
                for cut in cuts.iter().map(|cut| pos + cut).chain([after]) {
                    self.push(from, cut, TokenKind::Word);
                    from = cut;
                }
                return after;
            }
        }
        self.take(pos, tail)
    }

    /// The end of a face drawn with punctuation, ":-)", that stands alone at `pos`.
    fn face_end(&self, pos: usize) -> Option<usize> {
        let mouth = if self.byte(pos + 1) == b'-' { pos + 2 } else { pos + 1 };
        let fits = matches!(self.byte(mouth), b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|' | b'3' | b'*');
        (fits && self.class(mouth + 1) & (ALNUM | HIGH) == 0 && self.byte(mouth + 1) != b'/').then_some(mouth + 1)
    }

    /// True if the token that ends at `pos` is the scheme of an address, and of this part of the text.
    fn scheme(&self, pos: usize) -> bool {
        self.out.last().filter(|last| last.start as usize >= self.start).is_some_and(|last| {
            let word = &self.text[last.start as usize..pos];
            ["http", "https", "ftp", "ftps", "tg"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
        })
    }

    /// The span of an e-mail address around the `@` at `pos`.
    fn email(&self, pos: usize) -> Option<(usize, usize)> {
        let bytes = self.bytes;
        let local = (self.start..pos)
            .rev()
            .take(REACH)
            .take_while(|&at| class(bytes[at]) & WORD != 0 || matches!(bytes[at], b'.' | b'-' | b'+' | b'%'))
            .last()?;
        let (mut end, mut dots, mut label) = (pos + 1, 0, pos + 1);
        while self.class(end) & ALNUM != 0 || matches!(self.byte(end), b'.' | b'-') && self.class(end + 1) & ALNUM != 0
        {
            if self.byte(end) == b'.' {
                dots += 1;
                label = end + 1;
            }
            end += 1;
        }
        let letters = self.text[label..end].bytes().all(|byte| class(byte) & LETTER != 0);
        (dots > 0 && letters && end > label + 1).then_some((local, end))
    }

    /// `@name` or `#topic` from `pos` on.
    fn handle(&mut self, pos: usize) -> usize {
        let end = self.letters(pos + 1);
        if end == pos + 1 {
            return self.symbol(pos, end);
        }
        self.push(pos, end, TokenKind::Handle);
        end
    }
}

/// The facts of a word without characters beyond ASCII: its first byte, and the classes of all as bits.
fn shape_of_ascii(first: u8, bits: u8) -> Shape {
    let capitalized = if class(first) & UPPER != 0 { Shape::CAPITALIZED } else { Shape::default() };
    let case = match bits & LETTER {
        LOWER => Shape::ALL_LOWER,
        UPPER => Shape::ALL_UPPER,
        _ => Shape::default(),
    };
    let digit = if bits & DIGIT != 0 { Shape::DIGIT } else { Shape::default() };
    Shape::ASCII.with(capitalized).with(case).with(digit)
}

fn shape_of(word: &str) -> Shape {
    let letters = word.contains(char::is_alphabetic);
    let capitalized = if word.starts_with(char::is_uppercase) { Shape::CAPITALIZED } else { Shape::default() };
    let upper = if letters && !word.contains(char::is_lowercase) { Shape::ALL_UPPER } else { Shape::default() };
    let lower = if letters && !word.contains(char::is_uppercase) { Shape::ALL_LOWER } else { Shape::default() };
    let digit = if word.contains(char::is_numeric) { Shape::DIGIT } else { Shape::default() };
    capitalized.with(upper).with(lower).with(digit)
}

/// The letters after the apostrophe of a contraction or a possessive.
fn is_clitic(letters: &str) -> bool {
    let folded = letters.as_bytes();
    match folded {
        [one] => matches!(one | 0x20, b's' | b'm' | b'd'),
        [one, two] => matches!((one | 0x20, two | 0x20), (b'r' | b'v', b'e') | (b'l', b'l')),
        _ => false,
    }
}

/// The letters after a number that stay with it: "3rd", "1990s".
fn is_ordinal(suffix: &str) -> bool {
    ["s", "st", "nd", "rd", "th"].iter().any(|ending| suffix.eq_ignore_ascii_case(ending))
}
