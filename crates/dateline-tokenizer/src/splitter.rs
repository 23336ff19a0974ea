//! Groups tokens into sentences. One pass over the tokens; the text is read only where a token may end a sentence.

use std::ops::Range;

use crate::lexicon::{Abbreviation, Lexicon};
use crate::tokens::Stored;
use crate::{Shape, TokenKind};

/// Lines longer than this are paragraphs, not lines that a program or a printer broke.
const WIDEST_WRAPPED: usize = 120;
/// Lines of a block that are all shorter than this are items of a list, not lines of broken prose.
const NARROWEST_WRAPPED: usize = 40;

pub(crate) struct Splitter<'a> {
    lexicon: &'static Lexicon,
    text: &'a str,
    tokens: &'a [Stored],
    /// The first token of the sentence under way.
    first: usize,
    ending: Option<Ending>,
    /// True while a straight quotation mark is open.
    quoted: bool,
    line: Line,
    /// Bytes of the longest line of the block (the lines up to an empty one).
    width: usize,
    /// The marker that begins the sentence under way.
    item: Option<Item>,
}

/// What ended the sentence, if the next token lets it end.
#[derive(Clone, Copy)]
struct Ending {
    mark: Mark,
    /// The token of the mark.
    token: usize,
    /// A quotation mark or bracket came after it.
    closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Loud,
    Ellipsis,
    Abbreviation(Abbreviation),
}

/// The line under way.
#[derive(Clone, Copy, Default)]
struct Line {
    first: usize,
    small: bool,
    words: usize,
}

/// The marker of a list item, "2)" or "b.".
#[derive(Clone, Copy, PartialEq, Eq)]
struct Item {
    value: u32,
    letter: bool,
    style: [u8; 2],
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(lexicon: &'static Lexicon, text: &'a str, tokens: &'a [Stored]) -> Self {
        Self {
            lexicon,
            text,
            tokens,
            first: 0,
            ending: None,
            quoted: false,
            line: Line::default(),
            width: 0,
            item: None,
        }
    }

    /// Appends to `out` the sentences of the tokens from `body` on.
    pub(crate) fn run(&mut self, body: usize, out: &mut Vec<Range<u32>>) {
        self.first = body;
        self.start_block(body);
        self.start_line(body);
        self.item = self.item_at(body, false);
        for index in body..self.tokens.len() {
            if self.inner_word(index) {
                continue;
            }
            if index > self.first && self.ends_before(index) {
                out.push(self.first as u32..index as u32);
                self.first = index;
                self.ending = None;
                self.item = self.item_at(index, false);
            }
            self.see(index);
        }
        if self.first < self.tokens.len() {
            out.push(self.first as u32..self.tokens.len() as u32);
        }
    }

    /// Takes note of token `index` if it is a word that neither ends a sentence nor can begin one, as most are.
    fn inner_word(&mut self, index: usize) -> bool {
        let token = &self.tokens[index];
        let last = self.text.as_bytes()[token.end as usize - 1];
        let inner = token.kind == TokenKind::Word
            && !token.shape.has(Shape::LINE_START)
            && self.ending.is_none()
            && self.item.is_none()
            && !matches!(last, b'.' | b'!');
        if inner {
            self.note_case(token);
        }
        inner
    }

    fn note_case(&mut self, word: &Stored) {
        self.line.words += 1;
        self.line.small |= !word.shape.has(Shape::ALL_UPPER);
    }

    fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    fn word_before(&self, index: usize) -> &'a str {
        index.checked_sub(1).map_or("", |before| self.word(before))
    }

    fn has(&self, index: usize, fact: Shape) -> bool {
        self.tokens.get(index).is_some_and(|token| token.shape.has(fact))
    }

    fn spaced(&self, index: usize) -> bool {
        self.has(index, Shape::SPACE_BEFORE)
    }

    fn starts_small(&self, index: usize) -> bool {
        self.word(index).starts_with(char::is_lowercase)
    }

    /// Line breaks between token `index` and the one before it.
    fn breaks(&self, index: usize) -> usize {
        if index == 0 || !self.has(index, Shape::LINE_START) {
            return 0;
        }
        let gap = &self.text[self.tokens[index - 1].end as usize..self.tokens[index].start as usize];
        let (mut breaks, mut after_return) = (0, false);
        for c in gap.chars() {
            breaks += match c {
                '\n' if after_return => 0,
                '\n' | '\r' | '\u{85}' | '\u{2028}' => 1,
                '\x0c' | '\u{2029}' => 2,
                _ => 0,
            };
            after_return = c == '\r';
        }
        breaks
    }

    /// Measures the block that begins with token `index`.
    fn start_block(&mut self, index: usize) {
        self.quoted = false;
        self.width = 0;
        let mut line = index;
        for next in index + 1..=self.tokens.len() {
            let breaks = if next == self.tokens.len() { 2 } else { self.breaks(next) };
            if breaks > 0 {
                self.width = self.width.max(self.line_length(line, next));
                line = next;
            }
            if breaks > 1 {
                break;
            }
        }
    }

    fn line_length(&self, first: usize, end: usize) -> usize {
        match self.tokens.get(first) {
            Some(token) if first < end => (self.tokens[end - 1].end - token.start) as usize,
            _ => 0,
        }
    }

    fn start_line(&mut self, index: usize) {
        self.line = Line { first: index, small: false, words: 0 };
    }

    /// Takes note of a token of the sentence under way.
    fn see(&mut self, index: usize) {
        let token = &self.tokens[index];
        let word = self.word(index);
        if token.kind == TokenKind::Word {
            self.note_case(token);
        }
        if word == "\"" {
            self.quoted = !self.quoted;
        }
        if let Some(mark) = self.mark(index) {
            self.ending = Some(Ending { mark, token: index, closed: false });
        } else if let Some(ending) = &mut self.ending {
            if closes(word) {
                ending.closed |= word != "]";
            } else if index > ending.token {
                // the next token let the sentence go on
                let citation = word == "[" || token.kind == TokenKind::Number && self.word_before(index) == "[";
                if !citation {
                    self.ending = None;
                }
            }
        }
    }

    /// What token `index` can end.
    fn mark(&self, index: usize) -> Option<Mark> {
        let token = &self.tokens[index];
        let word = self.word(index);
        match token.kind {
            TokenKind::Punctuation => match word.as_bytes() {
                b"." => self.stop(index),
                [b'.', .., b'.'] => Some(Mark::Ellipsis),
                [.., b'!' | b'?'] => Some(Mark::Loud),
                [b'!' | b'?', ..] => Some(Mark::Loud),
                _ if word.starts_with('…') => Some(Mark::Ellipsis),
                _ if matches!(word, "。" | "．" | "！" | "？" | "‼" | "⁇" | "⁈" | "⁉") => Some(Mark::Stop),
                _ => None,
            },
            TokenKind::Word if word.ends_with('!') => Some(Mark::Abbreviation(Abbreviation::Plain)), // "Yahoo!"
            TokenKind::Word if word.ends_with('.') => {
                let stem = &word[..word.len() - 1];
                let class = self.lexicon.abbreviation(stem).unwrap_or(if stem.len() > 1 {
                    Abbreviation::Plain // "U.S."
                } else {
                    Abbreviation::Title // an initial
                });
                Some(Mark::Abbreviation(class))
            }
            _ => None,
        }
    }

    /// What the full stop at `index` can end: three dots with spaces between (". . .") are one ellipsis that ends nothing.
    fn stop(&self, index: usize) -> Option<Mark> {
        let dot = |at: usize| self.word(at) == "." && self.spaced(at);
        if !dot(index) {
            return Some(Mark::Stop);
        }
        let first = (0..4).map_while(|back| index.checked_sub(back)).take_while(|&at| dot(at)).last()?;
        let ellipsis = dot(first + 1) && dot(first + 2) && !dot(first + 3);
        (!ellipsis).then_some(Mark::Stop)
    }

    /// True if a sentence ends between token `index` and the one before it.
    fn ends_before(&mut self, index: usize) -> bool {
        match self.breaks(index) {
            0 => {}
            1 => {
                let ends = self.line_ends(index);
                self.start_line(index);
                if ends {
                    return true;
                }
            }
            _ => {
                self.start_block(index);
                self.start_line(index);
                return true;
            }
        }
        if self.next_item(index) {
            return true;
        }
        match self.ending {
            Some(ending) => self.mark_ends(ending, index),
            None => false,
        }
    }

    /// True if the single line break before token `index` ends a heading, an item or a paragraph.
    fn line_ends(&self, index: usize) -> bool {
        if self.bullet(index) || self.item_at(index, false).is_some() {
            return true;
        }
        let before = self.word(index - 1);
        let runs_on = self.starts_small(index)
            || matches!(before, "," | "-" | "–" | "—" | "(")
            || self.starts_small(index - 1) && self.lexicon.is_link(before);
        if runs_on {
            return false;
        }
        let shouted = self.line.words > 1 && !self.line.small;
        let shouts = self.shouts(index);
        if self.line.words > 1 && shouted != shouts {
            return true;
        }
        if self.width > WIDEST_WRAPPED || self.width < NARROWEST_WRAPPED {
            return true;
        }
        // Had the writer only run out of room, the next word would not have fitted.
        self.line_length(self.line.first, index) + 1 + self.word(index).len() <= self.width
    }

    /// True if the line from token `index` on has no word with small letters.
    fn shouts(&self, index: usize) -> bool {
        let words = self.tokens[index..]
            .iter()
            .enumerate()
            .take(8)
            .take_while(|(offset, token)| *offset == 0 || !token.shape.has(Shape::LINE_START))
            .filter(|(_, token)| token.kind == TokenKind::Word);
        let (mut all, mut any) = (0, 0);
        for (_, token) in words {
            all += 1;
            any += usize::from(!token.shape.has(Shape::ALL_UPPER));
        }
        all > 1 && any == 0
    }

    /// True if token `index` is the mark of a list item at the start of a line.
    fn bullet(&self, index: usize) -> bool {
        match self.word(index) {
            word if is_bullet(word) => true,
            "-" | "*" | "–" | "—" | "―" | "+" | "--" | "**" => {
                self.spaced(index + 1) && (!self.starts_small(index + 1) || self.ending.is_some())
            }
            _ => false,
        }
    }

    /// The marker of a list item that begins with token `index`: "1.", "1)", "1.)", "a.".
    fn item_at(&self, index: usize, after_bullet: bool) -> Option<Item> {
        if !self.spaced(index) && !after_bullet {
            return None;
        }
        let word = self.word(index);
        let (bare, mut style, mut next) = match word.strip_suffix('.') {
            Some(bare) => (bare, [b'.', 0], index + 1),
            None => (word, [0, 0], index + 1),
        };
        let letter = bare.len() == 1 && bare.as_bytes()[0].is_ascii_lowercase();
        let value = match bare.as_bytes() {
            [small] if letter => u32::from(*small),
            [_] | [_, _] => bare.parse().ok()?,
            _ => return None,
        };
        for mark in [".", ")"] {
            if self.word(next) == mark && !self.spaced(next) && style[1] == 0 {
                style[usize::from(style[0] != 0)] = mark.as_bytes()[0];
                next += 1;
            }
        }
        (style[0] != 0 && self.spaced(next)).then_some(Item { value, letter, style })
    }

    /// True if token `index` begins the item after the one that the last marker began, or is a bullet.
    fn next_item(&mut self, index: usize) -> bool {
        if self.tokens[index].kind == TokenKind::Punctuation && is_bullet(self.word(index)) {
            return true;
        }
        let Some(last) = self.item else { return false };
        self.item_at(index, false)
            .is_some_and(|item| item.value == last.value + 1 && item.letter == last.letter && item.style == last.style)
    }

    /// True if the sentence that `ending` may end does so before token `index`.
    fn mark_ends(&self, ending: Ending, index: usize) -> bool {
        let word = self.word(index);
        let spaced = self.spaced(index);
        let straight_closes = word == "\"" && self.quoted && !self.touches_next(index);
        if closes(word) && !spaced || straight_closes {
            return false;
        }
        if word.starts_with(['\'', '’']) && !spaced {
            return false;
        }
        if self.citation(index) {
            return false;
        }
        if self.marker_before(ending.token) {
            return false;
        }
        let ellipsis_in_brackets = ending.mark == Mark::Ellipsis && self.word_before(ending.token) == "[";
        if ellipsis_in_brackets {
            return false;
        }
        if ending.mark == Mark::Stop && !self.spaced(ending.token) && self.omission(index) {
            return true;
        }
        if matches!(word, "," | ";" | ":" | ")" | "]" | "/") || ends_only(word) {
            return false;
        }
        if matches!(word, "–" | "—" | "―" | "--") && (ending.closed || ending.mark != Mark::Stop) {
            return false;
        }
        let small = self.starts_small(index);
        match ending.mark {
            Mark::Stop => !(small && (ending.closed || !spaced)) && (spaced || self.has(index, Shape::CAPITALIZED)),
            Mark::Loud => {
                !(small && (ending.closed || !spaced)) && !(ending.closed && self.says(index)) && (spaced || !small)
            }
            Mark::Ellipsis => !small && (spaced || self.has(index, Shape::CAPITALIZED)),
            Mark::Abbreviation(class) => self.abbreviation_ends(class, ending.token, index),
        }
    }

    fn abbreviation_ends(&self, class: Abbreviation, abbreviation: usize, index: usize) -> bool {
        // An opening quotation mark or bracket is judged by the word after it.
        let opens = matches!(self.word(index), "\"" | "“" | "‘" | "'" | "``" | "(");
        let word = self.word(if opens { index + 1 } else { index });
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        let starter = self.lexicon.is_starter(word);
        let ends = match class {
            Abbreviation::Title | Abbreviation::Number | Abbreviation::Medial => return false,
            Abbreviation::Plain => starter,
            Abbreviation::State | Abbreviation::Comma => starter || self.word_before(abbreviation) == ",",
            Abbreviation::Closing => {
                !self.lexicon.is_calendar(word) && !self.word(index + 1).eq_ignore_ascii_case("time")
            }
        };
        ends && (starter || self.spaced(index))
    }

    /// True if token `index` stands close before the next one.
    fn touches_next(&self, index: usize) -> bool {
        self.tokens.get(index + 1).is_some_and(|next| !next.shape.has(Shape::SPACE_BEFORE))
    }

    /// "[2]" after the full stop still belongs to the sentence.
    fn citation(&self, index: usize) -> bool {
        self.word(index) == "["
            && self.tokens.get(index + 1).is_some_and(|token| token.kind == TokenKind::Number)
            && self.word(index + 2) == "]"
    }

    /// ". . ." before a new sentence: it stands for what was left out there.
    fn omission(&self, index: usize) -> bool {
        let dots = (index..index + 3).all(|at| self.word(at) == "." && self.spaced(at));
        dots && self.spaced(index + 3) && self.has(index + 3, Shape::CAPITALIZED)
    }

    /// True if the stop `index` belongs to the marker that begins the sentence ("2. The second", "B. The second").
    fn marker_before(&self, index: usize) -> bool {
        let bullet = usize::from(is_bullet(self.word(self.first)));
        let number = self.first + bullet;
        let capital = self.word(number).trim_end_matches('.');
        (number..=number + 1).contains(&index)
            && (self.item_at(number, bullet == 1).is_some() || capital.len() == 1 && self.has(number, Shape::ALL_UPPER))
    }

    /// True if a speaker and a verb of saying follow: "Smith asked", "the mayor's office said" is not looked for.
    fn says(&self, index: usize) -> bool {
        (index..index + 3)
            .take_while(|&at| self.has(at, Shape::CAPITALIZED))
            .any(|at| self.starts_small(at + 1) && self.lexicon.is_saying(self.word(at + 1)))
    }
}

/// True for marks that close a quotation or a bracket.
fn closes(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | "''" | "’’" | ")" | "]" | "}" | "»" | "›")
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "•" | "⁃" | "▪" | "●" | "◦" | "‣" | "■" | "·")
}

/// True for a word of nothing but ending marks.
fn ends_only(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'.' | b'!' | b'?'))
}
