//! Expressions of time and their TIMEX3 values.
//!
//! Most words of a text are turned away by one look into the lexicon (`parse`); at the others components (days, clocks, years,
//! seasons) fill slots from left to right as long as the next words fit; then the slots are resolved against the document's
//! day, the date told last and the tense of the clause (`resolve`, `direction`).
//!
//! What is still wrong on the development sets, gold by found over TimeBank, AQUAINT and WikiWars:
//!
//! | | date | time | duration | set | none |
//! |---|---|---|---|---|---|
//! | date | 3090 | 62 | 194 | 19 | 279 |
//! | time | 1 | 28 | 0 | 0 | 1 |
//! | duration | 28 | 2 | 214 | 1 | 12 |
//! | set | 1 | 0 | 3 | 21 | 5 |
//! | none | 117 | 3 | 36 | 19 | |
//!
//! The most frequent kinds, the frequent first. Those with a star are choices in which the sets contradict each other:
//!
//! 1. weeks, months and years that the gold gives as `WXX` or as a day: "last week" (*)
//! 2. "now", "currently", "recent" that the gold left out (*)
//! 3. "a year earlier": the quarter, the month or the year before
//! 4. months and days without a year in histories, where a flashback was not noticed
//! 5. articles and words like "early", "about" in or out of the extent (*)
//! 6. "Friday night" as a day rather than a time (*)
//! 7. "the quarter", "the latest period" of a company whose quarters are not those of the calendar
//! 8. lengths that the gold resolved to dates, and dates to lengths: "the past year", "two days after the siege" (*)
//! 9. seasons in histories: the winter of the year before or after
//! 10. vague lengths, "for years", "months", that the gold left out (*)
//! 11. extents with a clause: "three weeks after the siege began" (histories)
//! 12. weekdays of plans without a verb that looks ahead
//! 13. weekdays of reports older than a week
//! 14. "the year", "the quarter" not found, or meant as a length
//! 15. "soon", "already", "then", "at the time", "some time" not found
//! 16. the last full stop of "p.m." and "Feb." in or out (*)
//! 17. "today's", "tomorrow's" said of an age
//! 18. years that are names: "Orion 1980", a car's model
//! 19. decades as `199` or `199X` (*)
//! 20. bare nouns: "a great day", "the week following"

mod beside;
pub(crate) mod calendar;
mod clock;
mod component;
mod date;
mod direction;
mod expression;
mod holiday;
mod length;
mod order;
mod parse;
mod recurring;
mod resolve;
mod value;
mod year;

use dateline_syntax::Relations;
use dateline_tokenizer::{Span, TokenKind, TokenizedText};
use jiff::ToSpan;
use jiff::civil::Date;

use self::direction::direction;
use self::expression::{Expression, Length, Unit, Which};
pub use self::order::DateOrder;
use self::parse::{Parsed, Parser};
use self::resolve::{Context, Direction};
use self::value::Point;
use crate::annotation::{Time, TimeType};
use crate::atom::Atoms;
use crate::head::Head;

/// Reads the expressions of time of one text, piece after piece: later ones refer to earlier ones.
#[derive(Debug)]
pub(crate) struct Reader {
    context: Context,
    quarters: bool,
    order: DateOrder,
}

impl Reader {
    /// A reader for a text with its head.
    pub(crate) fn new(text: TokenizedText<'_>, head: &Head, order: DateOrder) -> Self {
        let context = Context { document: head.date, narrative: is_narrative(text, head), ..Context::default() };
        let order = match order {
            DateOrder::Auto => DateOrder::shown_by(text.text).unwrap_or(DateOrder::DayFirst),
            order => order,
        };
        Self { context, quarters: false, order }
    }

    /// Adds the dates of the head: those of header and dateline, and whatever else stands in the lines before the report.
    pub(crate) fn head<'t>(
        &mut self,
        text: TokenizedText<'t>,
        head: &Head,
        atoms: &mut Atoms<'t>,
        out: &mut Vec<Time>,
    ) {
        let end = text.tokens.overlapping(Span::new(0, head.body)).end;
        atoms.fill(text, 0..end);
        // The dates of header and dateline have been read already; the word "date" and numbers beside them are no news.
        let dateline = head.dateline.and_then(|dateline| Some((dateline.date?, dateline.day)));
        let known = [head.header.map(|span| (span, head.header_day)), dateline];
        let mut found = Vec::new();
        self.read::<dateline_syntax::Analysis<'_>>(atoms, None, text.text, &mut found);
        for (span, day) in known.into_iter().flatten() {
            let mut value = day.map(value::day_value);
            found.retain(|time| {
                let apart = !Span::new(time.start, time.end).overlaps(span);
                if !apart && value.is_none() {
                    value.clone_from(&time.value);
                }
                apart
            });
            found.push(Time {
                start: span.start,
                end: span.end,
                text: text.text[span].to_owned(),
                r#type: TimeType::Date,
                value,
                r#mod: None,
                end_value: None,
            });
        }
        found.sort_by_key(|time| time.start);
        out.append(&mut found);
        self.context.mentioned = None;
    }

    /// Adds the expressions in the atoms of one piece.
    pub(crate) fn read<R: Relations + ?Sized>(
        &mut self,
        atoms: &Atoms<'_>,
        relations: Option<&R>,
        text: &str,
        out: &mut Vec<Time>,
    ) {
        self.context.same_sentence = false;
        let first = out.len();
        let mut at = 0;
        while at < atoms.len() {
            let parser = Parser { atoms, relations, quarters: self.quarters, order: self.order };
            let Some(parsed) = parser.parse(at) else {
                at += 1;
                continue;
            };
            let direction =
                relations.map_or(Direction::Unknown, |relations| direction(atoms, relations, at, parsed.end));
            self.add(atoms, at, &parsed, direction, text, out);
            at = parsed.end.max(at + 1);
        }
        join_ranges(text, self.context.document, &mut out[first..]);
    }

    /// Resolves an expression and keeps it, if it names a time that exists.
    fn add(
        &mut self,
        atoms: &Atoms<'_>,
        at: usize,
        parsed: &Parsed,
        direction: Direction,
        text: &str,
        out: &mut Vec<Time>,
    ) {
        let Some(resolved) = self.context.resolve(&parsed.expression, direction) else { return };
        if let Expression::Point(slots) = parsed.expression {
            self.quarters |= slots.quarter.is_some() || slots.unit == Some(Unit::Quarter);
        }
        // "the quarter" is never the one that it is compared with.
        let own = matches!(parsed.expression, Expression::Point(slots) if slots.which != Some(Which::Previous));
        if let Some(quarter @ Point::Quarter(..)) = resolved.point.filter(|_| own) {
            self.context.quarter = Some(quarter);
        }
        // "up from a year earlier" compares: what follows is still about this year.
        let compared =
            matches!(parsed.expression, Expression::Offset { length: Length { unit: Unit::Year, .. }, back: true, .. });
        if let Some(point) = resolved.point.filter(|_| self.context.narrative || !compared) {
            self.context.same_sentence = true;
            self.context.mentioned = Some(match (self.context.mentioned, point) {
                // "1941" beside "June 1941" takes nothing away.
                (Some(mentioned @ Point::Month(..)), Point::Year(year)) if mentioned.year() == year => mentioned,
                _ => point,
            });
        }
        let span = atoms.span(at..parsed.end);
        out.push(Time {
            start: span.start,
            end: span.end,
            text: text[span].to_owned(),
            r#type: resolved.r#type,
            value: resolved.value,
            r#mod: parsed.modifier.map(|modifier| modifier.name().to_owned()),
            end_value: resolved.end_value,
        });
    }
}

/// Gives the first of two dates around "to" or "and" the value of the second as its end: "from Monday to Wednesday".
fn join_ranges(text: &str, document: Option<Date>, times: &mut [Time]) {
    for index in 1..times.len() {
        let (first, second) = (&times[index - 1], &times[index]);
        let dates = [first, second].iter().all(|time| {
            matches!(time.r#type, TimeType::Date | TimeType::Time)
                && time.value.as_ref().is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()))
        });
        if !dates || first.end_value.is_some() {
            continue;
        }
        let between = text[first.end..second.start].trim();
        let before = text[..first.start].trim_end();
        let opens = |word: &str| {
            before.len() >= word.len()
                && before.is_char_boundary(before.len() - word.len())
                && before[before.len() - word.len()..].eq_ignore_ascii_case(word)
        };
        let range = matches!(between, "-" | "–" | "—")
            || matches!(between, "to" | "until" | "till") && opens("from")
            || matches!(between, "through" | "thru")
            || between == "and" && opens("between");
        if range {
            order_range(document, times, index - 1);
            times[index - 1].end_value = times[index].value.clone();
        }
    }
}

/// Moves one of the two ends of a range that seems to end before it begins: "from Friday to Monday", "from 9pm to 5am".
fn order_range(document: Option<Date>, times: &mut [Time], index: usize) {
    let day = |time: &Time| time.value.as_ref().and_then(|value| value.get(..10)?.parse::<Date>().ok());
    let (Some(first), Some(second)) = (day(&times[index]), day(&times[index + 1])) else { return };
    let moved = |value: &str, days: i64| {
        let date = value.get(..10)?.parse::<Date>().ok()?.checked_add(days.days()).ok()?;
        Some(format!("{}{}", value::day_value(date), &value[10..]))
    };
    let date_said = |time: &Time| {
        let mut words = time.text.split(|c: char| !c.is_alphabetic());
        words.any(|word| calendar::month(word).is_some() || calendar::weekday(word).is_some())
    };
    // "between 02:00 and 04:30 on 5 November": the day is that of both.
    let both_clocks = [index, index + 1].iter().all(|&at| {
        times[at].r#type == TimeType::Time && times[at].value.as_ref().is_some_and(|value| value.len() == 16)
    });
    if both_clocks && first != second && !date_said(&times[index]) && date_said(&times[index + 1]) {
        let clock = |time: &Time| time.value.as_ref().map(|value| value[10..].to_owned()).unwrap_or_default();
        let (begins, ends) = (clock(&times[index]), clock(&times[index + 1]));
        let begun = if begins > ends { second.yesterday().ok() } else { Some(second) };
        if let Some(begun) = begun {
            times[index].value = Some(format!("{}{begins}", value::day_value(begun)));
        }
        return;
    }
    let named = |time: &Time| time.text.split_whitespace().next().and_then(calendar::weekday).is_some();
    let clock = |time: &Time| time.value.as_ref().is_some_and(|value| value.len() > 10);
    let (which, days) = if first > second && named(&times[index]) && named(&times[index + 1]) {
        // What has ended began the week before.
        if document.is_some_and(|document| second <= document) { (index, -7) } else { (index + 1, 7) }
    } else if first == second
        && clock(&times[index])
        && clock(&times[index + 1])
        && times[index].value > times[index + 1].value
    {
        (index + 1, 1)
    } else {
        return;
    };
    if let Some(value) = times[which].value.as_deref().and_then(|value| moved(value, days)) {
        times[which].value = Some(value);
    }
}

/// Does the text tell of years before the document's day? Then its dates refer to each other.
///
/// It has to name several years, most of them earlier ones, and hardly a weekday, "today" or "yesterday": news tells by these.
fn is_narrative(text: TokenizedText<'_>, head: &Head) -> bool {
    let Some(document) = head.date else { return true };
    let (mut old, mut years, mut days) = (0, 0, 0);
    for token in 0..text.tokens.len() {
        let word = text.as_str(token);
        match text.tokens.kind(token) {
            TokenKind::Number if word.len() == 4 => {
                let Ok(year) = word.parse::<i16>() else { continue };
                if (1000..2100).contains(&year) {
                    years += 1;
                    old += usize::from(year < document.year() - 1);
                }
            }
            TokenKind::Word => days += usize::from(word.len() > 4 && word.ends_with("day")),
            _ => {}
        }
    }
    old >= 5 && old * 2 > years && old > days * 8
}

#[cfg(test)]
mod tests;
