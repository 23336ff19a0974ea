//! What stands before the report: a header line with a date, an agency dateline, and the date that they give.

use std::sync::LazyLock;

use dateline_tokenizer::Span;
use jiff::civil::Date;

use crate::time::calendar;
use crate::words::{WordSet, lower};

/// Where the reference date of a document comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateSource {
    /// The caller gave it.
    Given,
    /// A header line, `date 2023-11-06`.
    Header,
    /// The agency dateline.
    Dateline,
    /// There is none.
    #[default]
    None,
}

/// An agency dateline: `GOMA, DR Congo, March 14 (Reuters) -`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, with the dash.
    pub span: Span,
    /// The names of the place: `GOMA, DR Congo`.
    pub place: Span,
    /// The date: `March 14`.
    pub date: Option<Span>,
    /// The day that the date means. None without a date, or if neither the dateline nor anything before it tells the
    /// year, or if there is no such day.
    pub day: Option<Date>,
    /// The name of the agency, without its brackets: `Reuters`.
    pub agency: Option<Span>,
}

/// What stands before the report, and the day it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The date of a header, without the word `date`.
    pub header: Option<Span>,
    /// The day that the header names; none if there is no such day.
    pub header_day: Option<Date>,
    /// The agency dateline.
    pub dateline: Option<Dateline>,
    /// The byte at which the report begins, after the header and the dateline. A headline or byline that stands before a
    /// dateline lies before it.
    pub body: usize,
    /// The reference date.
    pub date: Option<Date>,
    /// Where the reference date comes from.
    pub date_source: DateSource,
}

/// Bytes of the text in which a dateline may begin: room for a headline, a byline and a line of credits.
const REACH: usize = 1500;
/// Lines that may stand before the dateline.
const LINES: usize = 8;
/// Longest dateline in bytes.
const LONGEST: usize = 180;
/// A line that ends like a sentence and is longer than this is the report itself: no dateline comes after it.
const PARAGRAPH: usize = 100;

/// Finds header and dateline at the start of `text` and settles the reference date: the one `given`, else the header's, else
/// the dateline's. A dateline without a year takes the year that brings it nearest to the date that is known otherwise.
///
/// Looks at the first two kilobytes only.
#[must_use]
pub fn find(text: &str, given: Option<Date>) -> Head {
    let mut head = Head::default();
    let start = skip_space(text, if text.starts_with('\u{feff}') { 3 } else { 0 });
    let mut pos = start;
    if let Some((span, day, end)) = header(text, start) {
        head.header = Some(span);
        head.header_day = day;
        head.body = skip_space(text, end);
        pos = head.body;
    }
    let known = given.or(head.header_day);
    let limit = pos + REACH;
    for _ in 0..LINES {
        let line = &text[pos..line_end(text, pos)];
        if let Some(found) = dateline(text, pos, line, known) {
            head.body = skip_space(text, found.span.end);
            head.dateline = Some(found);
            break;
        }
        let trimmed = line.trim_end();
        if trimmed.len() > 2 * PARAGRAPH
            || trimmed.len() > PARAGRAPH && trimmed.ends_with(['.', '!', '?', '"', '”', '\''])
        {
            break;
        }
        pos = skip_space(text, pos + line.len());
        if pos >= text.len() || pos > limit {
            break;
        }
    }
    let dateline_day = head.dateline.and_then(|d| d.day);
    (head.date, head.date_source) = if given.is_some() {
        (given, DateSource::Given)
    } else if head.header_day.is_some() {
        (head.header_day, DateSource::Header)
    } else if dateline_day.is_some() {
        (dateline_day, DateSource::Dateline)
    } else {
        (None, DateSource::None)
    };
    head
}

fn skip_space(text: &str, pos: usize) -> usize {
    text.len() - text[pos..].trim_start().len()
}

fn line_end(text: &str, pos: usize) -> usize {
    text[pos..].find(['\n', '\r']).map_or(text.len(), |i| pos + i)
}

/// A header at `start`: the span of its date, the day, and the byte after it.
fn header(text: &str, start: usize) -> Option<(Span, Option<Date>, usize)> {
    let rest = &text[start..];
    let mut at = start;
    if rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("date")) {
        at += 4;
        let after = text[at..].trim_start_matches([' ', '\t', '\u{a0}']);
        let after = after.strip_prefix(':').unwrap_or(after).trim_start_matches([' ', '\t', '\u{a0}']);
        let next = text.len() - after.len();
        if next == at {
            return None;
        }
        at = next;
    }
    let bytes = text.as_bytes().get(at..at + 10)?;
    let form = bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !form {
        return None;
    }
    let date = &text[at..at + 10];
    let mut end = at + 10;
    // The time of a full time stamp belongs to the header.
    if text[end..].starts_with(['T', 't']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        end += text[end..].find(char::is_whitespace).unwrap_or(text.len() - end);
    } else if text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    Some((Span::new(at, at + 10), calendar::iso(date), end))
}

/// The words of datelines, by class; see the lexicon's own comments.
struct Lexicon(WordSet<(&'static str, &'static str)>);

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lines = include_str!("../lexicon/head.tsv").lines();
    Lexicon(lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect())
});

impl Lexicon {
    fn has(&self, class: &'static str, word: &str) -> bool {
        // The set holds static strings, the question does not: `get` wants one type for both.
        let set: &WordSet<(&str, &str)> = &self.0;
        set.contains(&(class, &*lower(word)))
    }
}

/// How the dateline ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dash,
    Colon,
    Stop,
}

/// A dateline at the start of `line`, which begins at byte `at` of `text`.
fn dateline(text: &str, at: usize, line: &str, known: Option<Date>) -> Option<Dateline> {
    let mut depth = 0;
    let mut before = ' ';
    let mut tried = 0;
    for (i, c) in line.char_indices().take_while(|(i, _)| *i < LONGEST) {
        let rest = &line[i + c.len_utf8()..];
        let open_after = rest.is_empty() || rest.starts_with(char::is_whitespace);
        let mark = match c {
            '(' | '[' => {
                depth += 1;
                None
            }
            ')' | ']' => {
                depth -= 1;
                None
            }
            '—' | '–' | '―' => Some(Mark::Dash),
            '-' | '_' | '−' if before.is_whitespace() || before == ')' || before == '-' => Some(Mark::Dash),
            ':' if open_after => Some(Mark::Colon),
            '.' if open_after && before == ')' => Some(Mark::Stop),
            _ => None,
        };
        before = c;
        let Some(mark) = mark.filter(|_| depth == 0) else {
            continue;
        };
        let end = i + c.len_utf8() + rest.len() - rest.trim_start_matches(['-', '_']).len();
        if mark == Mark::Dash && matches!(c, '-' | '_' | '−') && !line[end..].starts_with(char::is_whitespace) {
            continue;
        }
        if let Some(found) = read(text, Span::new(at, at + i), Span::new(at + end, at + line.len()), mark, known) {
            return Some(Dateline { span: Span::new(at, at + end), ..found });
        }
        tried += 1;
        if tried == 3 {
            break;
        }
    }
    None
}

/// Reads the words before the mark as place, date and agency, in the usual orders.
fn read(text: &str, span: Span, after: Span, mark: Mark, known: Option<Date>) -> Option<Dateline> {
    let mut rest = trim(text, span);
    let mut agency = None;
    if text[rest].ends_with(')') {
        let open = rest.start + text[rest].rfind('(')?;
        let inner = trim(text, Span::new(open + 1, rest.end - 1));
        let outer = trim(text, Span::new(rest.start, open));
        let sign = text[inner].split_whitespace().any(|word| LEXICON.has("sign", word));
        let capitals = inner.len() <= 8 && is_upper(&text[inner]);
        if !inner.is_empty()
            && (sign || capitals || LEXICON.has("agency", &text[inner]) || ends_with_date(text, outer, known))
        {
            agency = Some(inner);
            rest = outer;
        }
    }
    let mut parts: Vec<Span> = Vec::new();
    let mut depth = 0;
    let mut from = rest.start;
    for (i, c) in text[rest].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(trim(text, Span::new(from, rest.start + i)));
                from = rest.start + i + 1;
            }
            _ => {}
        }
    }
    parts.push(trim(text, Span::new(from, rest.end)));
    if parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    if agency.is_none() && parts.len() > 1 {
        let ends = [parts.len() - 1, 0];
        if let Some(&i) = ends.iter().find(|&&i| LEXICON.has("agency", &text[parts[i]])) {
            agency = Some(parts.remove(i));
        }
    }
    // The date: the longest run of parts at the end that reads as one, then the last words of the last part.
    let mut date = None;
    let mut day = None;
    for first in (1..parts.len()).filter(|first| parts.len() - first <= 3) {
        let whole = Span::new(parts[first].start, parts[parts.len() - 1].end);
        if let Some(found) = date_words(&text[whole], known) {
            date = Some(whole);
            day = found.day();
            parts.truncate(first);
            break;
        }
    }
    if date.is_none() {
        let last = *parts.last()?;
        let gaps = text[last].match_indices(' ').map(|(i, _)| last.start + i);
        for gap in gaps {
            let tail = trim(text, Span::new(gap, last.end));
            if let Some(found) = date_words(&text[tail], known) {
                date = Some(tail);
                day = found.day();
                let n = parts.len() - 1;
                parts[n] = trim(text, Span::new(last.start, gap));
                break;
            }
        }
    }
    let place = Span::new(parts.first()?.start, parts.last()?.end);
    if parts.len() > 4 || !parts.iter().all(|part| is_place(&text[*part])) {
        return None;
    }
    let first = &text[parts[0]];
    let words = first.split_whitespace().count();
    let following = text[after].trim();
    let begins = following.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘[".contains(c));
    let capitals = first.chars().filter(|c| c.is_uppercase()).count() >= 3 && is_upper(first);
    let all_capitals = is_upper(&text[span]) && is_upper(following);
    let certain = date.is_some() || agency.is_some();
    let accepted = match mark {
        Mark::Stop => agency.is_some(),
        _ if certain => true,
        // A section's name or a headline in two halves has no full sentence after it.
        _ if following.len() < 25 => capitals && parts.len() > 1 && !all_capitals,
        Mark::Dash if capitals && !all_capitals => begins && words <= 4,
        Mark::Dash => begins && parts.len() <= 2 && words <= 3 && following.len() > PARAGRAPH / 2,
        Mark::Colon => begins && capitals && !all_capitals && words <= 3,
    };
    let starts_with_label = LEXICON.has("label", first)
        || first.split_whitespace().next().is_some_and(|word| LEXICON.has("label", word.trim_end_matches([':', '.'])));
    if !accepted || starts_with_label {
        return None;
    }
    Some(Dateline { span, place, date, day, agency })
}

fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span];
    let start = span.end - slice.trim_start().len();
    Span::new(start, start + text[start..span.end].trim_end().len())
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// True if this may be the name of a place: capitalised words, small ones between them, no digits.
fn is_place(part: &str) -> bool {
    let mut words = 0;
    let mut capital = false;
    for word in part.split([' ', '/', '(', ')', '\u{a0}', '\t']).filter(|word| !word.is_empty()) {
        words += 1;
        let start = word.trim_start_matches(['\'', '’', '`', '‘', '"']);
        let upper = start.starts_with(char::is_uppercase);
        let joined = LEXICON.has("join", word) || word.contains('-') && words > 1;
        let letters =
            word.chars().all(|c| c.is_alphabetic() || "'’`‘.-\"‐".contains(c) || ('\u{300}'..'\u{370}').contains(&c));
        if !letters || !(upper || joined && words > 1 || is_caseless(start) || small_prefix(start)) {
            return false;
        }
        capital |= upper || is_caseless(start) || small_prefix(start);
    }
    capital && (1..=6).contains(&words) && part.len() <= 60
}

/// `al-Bab`, `N'Djamena`, `el-Fasher`: a small word joined to a capitalised one.
fn small_prefix(word: &str) -> bool {
    word.split_once(['-', '\'', '’']).is_some_and(|(small, name)| {
        (small.len() <= 3 && small.chars().all(char::is_lowercase)) && name.starts_with(char::is_uppercase)
    })
}

/// Scripts without case.
fn is_caseless(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase())
}

/// What a date in a dateline says.
enum Written {
    /// A day.
    Day(Date),
    /// A day without a year that nothing tells, a day that does not exist, or the words "no date".
    Unknown,
}

impl Written {
    fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Unknown => None,
        }
    }
}

fn ends_with_date(text: &str, span: Span, known: Option<Date>) -> bool {
    let slice = &text[span];
    let gaps = slice.match_indices([' ', ',']).map(|(i, _)| &slice[i + 1..]);
    gaps.take(12).any(|tail| date_words(tail.trim(), known).is_some())
}

/// Reads `March 14`, `Nov. 6, 2023`, `3 Jan 90`, `Tuesday, June 18`, `2023-11-06`, `no date`.
fn date_words(text: &str, known: Option<Date>) -> Option<Written> {
    if text.len() > 40 {
        return None;
    }
    if text.eq_ignore_ascii_case("no date") {
        return Some(Written::Unknown);
    }
    let (mut month, mut day, mut year) = (None, None, None);
    for word in text.split([' ', ',', '\u{a0}']).filter(|word| !word.is_empty()) {
        if calendar::is_iso(word) && day.is_none() && month.is_none() {
            return Some(calendar::iso(word).map_or(Written::Unknown, Written::Day));
        }
        let bare = word.trim_end_matches('.');
        let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Some(number) = calendar::month(bare) {
            if month.replace(number).is_some() {
                return None;
            }
        } else if calendar::weekday(bare).is_some() && month.is_none() && day.is_none() {
        } else if let Ok(number) = digits.trim_start_matches(['\'', '’']).parse::<i16>() {
            let ending = &bare[digits.len()..];
            match number {
                1..=31 if day.is_none() && ["", "st", "nd", "rd", "th"].contains(&ending) => day = Some(number as i8),
                0..=99 if day.is_some() && month.is_some() && ending.is_empty() && digits.len() <= 3 => {
                    if year.replace(calendar::two_digit_year(number)).is_some() {
                        return None;
                    }
                }
                1000..=2999 if year.is_none() && ending.is_empty() => year = Some(number),
                _ => return None,
            }
        } else {
            return None;
        }
    }
    let (month, day) = (month?, day?);
    let date = match (year, known) {
        (Some(year), _) => Date::new(year, month, day).ok(),
        (None, Some(known)) => calendar::nearest(known, month, day),
        (None, None) => None,
    };
    Some(date.map_or(Written::Unknown, Written::Day))
}

#[cfg(test)]
mod tests;
