//! The parts of a point of time: months, days, years, clocks, weekdays, parts of the day, "last" and "next".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Component, Parser};
use crate::atom::{Class, Kind, SEPARATED, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// The part of a point of time at an atom.
    pub(super) fn component(&self, at: usize) -> Option<Component> {
        let atom = self.atoms.get(at)?;
        match atom.kind {
            Kind::Digits | Kind::Ordinal => self
                .range_end(at)
                .or_else(|| self.numeric_date(at))
                .or_else(|| self.clock(at))
                .or_else(|| self.day_month(at))
                .or_else(|| self.year(at))
                .or_else(|| self.ordinal_unit(at)),
            Kind::Plural => self.decade(at),
            Kind::Mark('\'') => self.short_year(at),
            Kind::Word if !atom.entry.is_empty() => self.word(at),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let entry = atoms.get(at)?.entry;
        if atoms.is(at, "the") {
            return self.definite(at);
        }
        if entry.has(Class::Month)
            && let Some(found) = self.month_day(at)
        {
            return Some(found);
        }
        if entry.has(Class::Weekday)
            && let Some(found) = self.weekday(at)
        {
            return Some(found);
        }
        if entry.has(Class::Holiday)
            && let Some(found) = self.holiday(at)
        {
            return Some(found);
        }
        if let Some(days) = entry.get(Class::Deictic) {
            return self.deictic(at, days as i8);
        }
        if let Some(hour) = entry.get(Class::Noon) {
            let clock = Clock { hour: hour as i8, minute: Some(0) };
            let slots = Slots { clock: Some(clock), ..Slots::default() };
            return Some(Component::new(Level::Clock, at + 1, slots));
        }
        if entry.has(Class::Which)
            && let Some(found) = self.which(at, false)
        {
            return Some(found);
        }
        if let Some(part) = entry.get(Class::Part).and_then(Part::of) {
            let slots = Slots { part: Some(part), ..Slots::default() };
            return Some(Component::new(Level::Part, at + 1, slots));
        }
        if entry.has(Class::Season)
            && let Some(found) = self.season(at, false)
        {
            return Some(found);
        }
        if entry.has(Class::Era) && entry.get(Class::Era) == Some(1) && atoms.is_any(at, &["ad", "a.d."]) {
            let year = atoms.whole(at + 1, 4)?;
            return Some(Component::new(Level::Year, at + 2, Slots { year: Some(year as i16), ..Slots::default() }));
        }
        // "early in", "mid-afternoon": a position inside a longer expression.
        if entry.has(Class::Position)
            && let Some(part) = atoms.class(self.after_hyphen(at + 1), Class::Part).and_then(Part::of)
        {
            let slots = Slots { part: Some(part), ..Slots::default() };
            return Some(Component::new(Level::Part, self.after_hyphen(at + 1) + 1, slots));
        }
        if entry.has(Class::Number) || entry.has(Class::Ordinal) {
            if let Some(found) = self.spelled_year(at) {
                return Some(found);
            }
            return self.clock_words(at).or_else(|| self.ordinal_unit(at));
        }
        if atoms.is(at, "fiscal") {
            let next = atoms.whole(at + 1, 4).filter(|year| (1900..2100).contains(year));
            if let Some(year) = next {
                return Some(Component::new(
                    Level::Year,
                    at + 2,
                    Slots { year: Some(year as i16), ..Slots::default() },
                ));
            }
            return self.ordinal_unit(at + 1).filter(|found| found.slots.quarter.is_some());
        }
        if atoms.is_any(at, &["mid", "post", "pre"]) {
            return None;
        }
        self.year_end(at).or_else(|| self.decade_words(at))
    }

    fn after_hyphen(&self, at: usize) -> usize {
        if self.atoms.is_hyphen(at) { at + 1 } else { at }
    }

    /// After "the".
    fn definite(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let next = at + 1;
        let atom = atoms.get(next)?;
        if atom.kind == Kind::Plural {
            return self.decade(next);
        }
        if atom.kind == Kind::Mark('\'') && atoms.get(next + 1)?.kind == Kind::Plural {
            return self.decade(next + 1);
        }
        if atom.kind == Kind::Digits {
            // "the 9th", "the 20 September"; "the 1988 period" has its year alone.
            return self.day_month(next);
        }
        if let Some(found) = self.day_month(next) {
            return Some(found);
        }
        // "the third-quarter loss": the article is not the quarter's.
        if let Some(found) = self.ordinal_unit(next) {
            return (!(next..found.end).any(|at| atoms.is_hyphen(at))).then_some(found);
        }
        if atoms.is(next, "fiscal")
            && let Some(found) = self.component(next)
        {
            return Some(found);
        }
        if let Some((day, end)) =
            self.ordinal(next).filter(|(day, _)| atom.kind == Kind::Ordinal && (1..=31).contains(day))
        {
            // "on the 15th": a day of the month that is spoken of.
            let cue = at
                .checked_sub(1)
                .is_some_and(|before| atoms.is_any(before, &["on", "until", "till", "by", "since", "from"]));
            let closed = atoms.get(end).is_none_or(|after| matches!(after.kind, Kind::Mark(_)))
                || matches!(
                    self.tag(end),
                    Some(Xpos::In | Xpos::Vbd | Xpos::Prp | Xpos::Dt | Xpos::Nnp | Xpos::Cc | Xpos::To)
                );
            return (cue && closed && !atoms.is(end, "of"))
                .then(|| Component::new(Level::Day, end, Slots { day: Some(day as i8), ..Slots::default() }));
        }
        if atoms.is(next, "year") || atoms.is(next, "years") {
            if let Some(found) = self.year(next + 1) {
                return Some(found);
            }
            return self.spelled_year(next + 1);
        }
        if atoms.is(next, "weekend") && !self.noun_follows(next + 1) {
            let slots = Slots { which: Some(Which::This), unit: Some(Unit::Weekend), ..Slots::default() };
            return Some(Component::new(Level::Week, next + 1, slots));
        }
        // "the week of March 6".
        if atoms.is(next, "week")
            && atoms.is(next + 1, "of")
            && let Some(day) = self.component(next + 2).filter(|day| day.slots.day.is_some())
        {
            let slots = Slots { unit: Some(Unit::Week), ..day.slots };
            return Some(Component::new(Level::Week, day.end, slots));
        }
        if atoms.is_any(next, &["year", "week"]) && self.ends_here(next + 1) {
            let unit = self.unit(next)?;
            let level = if unit == Unit::Year { Level::Year } else { Level::Week };
            let slots = Slots { which: Some(Which::This), unit: Some(unit), ..Slots::default() };
            return Some(Component::new(level, next + 1, slots));
        }
        if atoms.is_any(next, &["full", "fiscal", "whole", "entire"]) && atoms.is(next + 1, "year") {
            let slots = Slots { which: Some(Which::This), unit: Some(Unit::Year), ..Slots::default() };
            return Some(Component::new(Level::Year, next + 2, slots));
        }
        if atoms.is(next, "quarter") && self.quarters && !atoms.is(next + 1, "of") && !atoms.is_hyphen(next + 1) {
            let slots = Slots { which: Some(Which::That), unit: Some(Unit::Quarter), ..Slots::default() };
            return Some(Component::new(Level::Season, next + 1, slots));
        }
        if atom.entry.has(Class::Season)
            && let Some(found) = self.season(next, true)
        {
            return Some(found);
        }
        if atom.entry.has(Class::Which)
            && let Some(found) = self.which(next, true)
        {
            return Some(found);
        }
        if atom.entry.has(Class::Part) {
            let part = Part::of(atom.entry.get(Class::Part)?)?;
            let slots = Slots { part: Some(part), ..Slots::default() };
            return Some(Component::new(Level::Part, next + 1, slots));
        }
        if atom.entry.has(Class::Position) {
            let part_at = self.after_hyphen(next + 1);
            let part = atoms.class(part_at, Class::Part).and_then(Part::of)?;
            let end = if atoms.is(part_at + 1, "hours") { part_at + 2 } else { part_at + 1 };
            let slots = Slots { part: Some(part), ..Slots::default() };
            return Some(Component::new(Level::Part, end, slots));
        }
        self.decade_words(next)
    }

    /// Does nothing after "the year" say which year it is?
    fn ends_here(&self, at: usize) -> bool {
        let said = ["of", "before", "after", "when", "that", "in", "following", "since"];
        !self.atoms.is_hyphen(at)
            && !self.atoms.is_any(at, &said)
            && !self.noun_follows(at)
            && self.tag(at) != Some(Xpos::Cd)
    }

    /// May this atom be the name of a month? "May" and "march" need company.
    fn month(&self, at: usize) -> Option<i8> {
        let atom = self.atoms.get(at)?;
        let month = atom.entry.get(Class::Month)?;
        (atom.capital && self.tag(at) != Some(Xpos::Md)).then_some(month as i8)
    }

    /// After the name of a month: a full stop that the tokenizer split off.
    fn after_month(&self, at: usize) -> usize {
        let atoms = self.atoms;
        let short = atoms.class(at, Class::Short).is_some() || atoms.is_any(at, &["sept", "feb", "nov", "aug"]);
        let number =
            atoms.get(at + 2).is_some_and(|next| matches!(next.kind, Kind::Digits | Kind::Ordinal | Kind::Mark(',')));
        if short && number && atoms.is_mark(at + 1, '.') && atoms.joined(at + 1) { at + 2 } else { at + 1 }
    }

    /// A day of the month in digits or as an ordinal.
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let atom = self.atoms.get(at)?;
        let end = at + 1;
        let day = match atom.kind {
            Kind::Digits => self.atoms.whole(at, 2)?,
            Kind::Ordinal => atom.value as i32,
            Kind::Word => self.ordinal(at)?.0,
            _ => return None,
        };
        let end = if atom.kind == Kind::Word { self.ordinal(at)?.1 } else { end };
        let part = self.atoms.joined(end)
            && self.atoms.get(end).is_some_and(|next| match next.kind {
                Kind::Mark(mark) => matches!(mark, ':' | '%' | '/') && self.atoms.joined(end + 1) || mark == '%',
                Kind::Word => !self.atoms.is_any(end, &["'s", "’s"]),
                _ => true,
            });
        ((1..=31).contains(&day) && !part).then_some((day as i8, end))
    }

    /// "March 3", "Nov. 6, 2023", "June 1940", "May", "August 480 BC", "March 3-5".
    fn month_day(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let month = self.month(at)?;
        let mut next = self.after_month(at);
        let slots = Slots { month: Some(month), ..Slots::default() };
        let article = if atoms.is(next, "the") { next + 1 } else { next };
        let day = self.day_number(article).filter(|(_, end)| {
            article == next && atoms.class(*end, Class::Era).is_none_or(|era| era >= 0)
                || atoms.get(article).is_some_and(|atom| atom.kind != Kind::Digits)
        });
        if let Some((day, end)) = day {
            let mut slots = Slots { day: Some(day), ..slots };
            next = end;
            // "March 3-5, 2023": the second day is an expression of its own, but its year holds for both.
            let mut after = next;
            if atoms.is_hyphen(next)
                && let Some((until, end)) = self.day_number(next + 1)
                && until > day
            {
                slots.until = Some(i16::from(until));
                after = end;
            }
            if let Some((year, end)) = self.year_after(after) {
                slots.year = Some(year);
                if after == next {
                    next = end;
                }
            }
            return Some(Component::new(Level::Day, next, slots));
        }
        if let Some((year, end)) = self.year_after(next) {
            return Some(Component::new(Level::Month, end, Slots { year: Some(year), ..slots }));
        }
        if atoms.class(at, Class::Short).is_some() && !atoms.is(at, "dec") {
            return None;
        }
        self.bare_month(at).then(|| Component::new(Level::Month, at + 1, slots))
    }

    /// Is the name of a month alone a month, and not a person, a verb, a part of a name?
    fn bare_month(&self, at: usize) -> bool {
        let atoms = self.atoms;
        let before = at.checked_sub(1);
        let cue = before.is_some_and(|before| {
            atoms.class(before, Class::MonthCue).is_some()
                || atoms.is_hyphen(before)
                || atoms.class(before, Class::Weekday).is_some()
        });
        if cue {
            // "in June Brown's house" is beyond us; "by April Jones" less so.
            return true;
        }
        let ambiguous = atoms.class(at, Class::Ambiguous).is_some();
        let name = |at: usize| {
            atoms.get(at).is_some_and(|atom| atom.kind == Kind::Word && atom.capital && atom.entry.is_empty())
        };
        let name_before = before.is_some_and(|before| before > 0 && name(before));
        if name_before || name(at + 1) && !atoms.is_mark(at + 1, ',') {
            return false;
        }
        if !ambiguous {
            return true;
        }
        // "May's offensive", "the May attack", "the March raid".
        let determiner = before.is_some_and(|before| atoms.is_any(before, &["the", "a", "an", "its", "their", "his"]));
        determiner && self.noun_follows(at + 1)
            || atoms.is_any(at + 1, &["'s", "’s"])
                && before.is_none_or(|before| !name(before))
                && !atoms.is_any(at, &["march", "june", "april", "may"])
    }

    /// A year after a month or day: "2023", ", 2023", "of 2023", "'98", "480 BC".
    fn year_after(&self, at: usize) -> Option<(i16, usize)> {
        let atoms = self.atoms;
        let mut next = at;
        if atoms.is_mark(next, ',') || atoms.is(next, "of") {
            next += 1;
        }
        if let Some(year) = atoms.whole(next, 4)
            && atoms.class(next + 1, Class::Era).is_some_and(|era| era < 0)
        {
            return Some((-(year as i16), next + 2));
        }
        if let Some((year, end)) = self.four_digits(next) {
            return Some((year, end));
        }
        if atoms.is_mark(next, '\'')
            && let Some(year) = atoms.whole(next + 1, 2).filter(|_| atoms.joined(next + 1))
            && atoms.get(next + 1)?.digits == 2
        {
            return Some((super::calendar::two_digit_year(year as i16), next + 2));
        }
        if atoms.class(next, Class::Number).is_some() {
            let year = self.spelled_year(next)?;
            return Some((year.slots.year?, year.end));
        }
        None
    }

    /// Four digits that may be a year.
    fn four_digits(&self, at: usize) -> Option<(i16, usize)> {
        let atom = self.atoms.get(at)?;
        let year = self.atoms.whole(at, 4).filter(|year| atom.digits == 4 && (1000..2200).contains(year))?;
        let after = self.atoms.get(at + 1);
        let longer = self.atoms.joined(at + 1)
            && after.is_some_and(|next| match next.kind {
                Kind::Mark(mark) => {
                    matches!(mark, ':' | '%' | '°')
                        || matches!(mark, '/' | '-')
                            && self.atoms.joined(at + 2)
                            && self.atoms.get(at + 2).is_some_and(|last| {
                                last.kind == Kind::Digits && !(mark == '-' && matches!(last.digits, 2 | 4))
                            })
                }
                Kind::Word => !self.atoms.is_any(at + 1, &["'s", "’s"]),
                _ => true,
            });
        // "2023-13-40".
        let chain = self.atoms.is_hyphen(at + 1) && self.atoms.is_hyphen(at + 3);
        (!longer && !chain).then_some((year as i16, at + 1))
    }

    /// "3 March", "6th of November 2023", "3-5 March", and "3" of "3 and 5 March".
    fn day_month(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let (day, end) = self.day_number(at)?;
        let mut next = end;
        let dash = atoms.is_hyphen(next);
        if dash || atoms.is_any(next, &["and", "to", "or"]) || atoms.is_mark(next, ',') {
            // The month of a later day holds for this one too: "3-5 March", "between 3 and 5 March".
            let cue = dash || at.checked_sub(1).is_some_and(|before| atoms.is_any(before, &["between", "from", "on"]));
            let other = self.day_month(next + 1)?;
            let other_day = other.slots.day?;
            let shown = atoms.get(at)?.kind == Kind::Ordinal || cue;
            return (shown && other_day > day).then(|| {
                let until = dash.then_some(i16::from(other_day));
                Component::new(Level::Day, end, Slots { day: Some(day), until, ..other.slots })
            });
        }
        if atoms.is(next, "of") {
            next += 1;
        }
        let month = self.month(next)?;
        // "in 3 May towns"? A month's abbreviation as a word needs its capital only.
        let ordinal_of = atoms.get(at)?.kind == Kind::Word && next == end;
        if ordinal_of {
            return None;
        }
        let mut next = self.after_month(next);
        let mut slots = Slots { day: Some(day), month: Some(month), ..Slots::default() };
        if let Some((year, end)) =
            self.year_after(next).filter(|_| !atoms.is(next, "of") || atoms.whole(next + 1, 4).is_some())
        {
            slots.year = Some(year);
            next = end;
        }
        Some(Component::new(Level::Day, next, slots))
    }

    /// "2023-11-06", "6/11/2023" (day first, unless that cannot be), "06.11.2023".
    fn numeric_date(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let separator = match atoms.get(at + 1)?.kind {
            Kind::Mark(mark) if matches!(mark, '-' | '/' | '.') => mark,
            _ => return None,
        };
        let tight = |at: usize| atoms.joined(at) && atoms.joined(at + 1);
        if !tight(at + 1) {
            return None;
        }
        let digits = |at: usize| atoms.get(at).filter(|atom| atom.kind == Kind::Digits).map(|atom| atom.digits);
        let number = |at: usize| atoms.whole(at, 4);
        let (first, second) = (number(at)?, number(at + 2)?);
        let third = (atoms.is_mark(at + 3, separator) && tight(at + 3)).then(|| number(at + 4)).flatten();
        let day_of = |year: i32, month: i32, day: i32| {
            ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| Slots {
                year: Some(year as i16),
                month: Some(month as i8),
                day: Some(day as i8),
                ..Slots::default()
            })
        };
        let Some(third) = third else {
            if separator == '-' && digits(at) == Some(4) && digits(at + 2) == Some(2) && (1..=12).contains(&second) {
                // "2014-15" is two years, "2023-11" a month.
                let range = second > first % 100;
                if (1500..2100).contains(&first) && !range && !atoms.joined(at + 3) {
                    let slots = Slots { year: Some(first as i16), month: Some(second as i8), ..Slots::default() };
                    return Some(Component::new(Level::Month, at + 3, slots));
                }
            }
            return None;
        };
        let longer = atoms.joined(at + 5)
            && (atoms.is_hyphen(at + 5) || atoms.get(at + 5).is_some_and(|next| matches!(next.kind, Kind::Digits)));
        if longer {
            return None;
        }
        let end = at + 5;
        if digits(at) == Some(4) && (1000..2200).contains(&first) && digits(at + 2)? <= 2 && digits(at + 4)? <= 2 {
            return Some(Component::new(Level::Day, end, day_of(first, second, third)?));
        }
        let year = match digits(at + 4)? {
            4 if (1000..2200).contains(&third) => third,
            2 if separator != '-' => i32::from(super::calendar::two_digit_year(third as i16)),
            _ => return None,
        };
        if digits(at)? > 2 || digits(at + 2)? > 2 {
            return None;
        }
        let slots = day_of(year, second, first).or_else(|| day_of(year, first, second))?;
        Some(Component::new(Level::Day, end, slots))
    }

    /// "3:45 p.m.", "9pm", "0345 GMT", "14.30 local time", "21:30".
    fn clock(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let atom = atoms.get(at)?;
        if atom.kind != Kind::Digits || at > 0 && atoms.joined(at) && atoms.is_mark(at - 1, ':') {
            return None;
        }
        let mut hour;
        let mut minute = None;
        let mut next = at + 1;
        let mut sure = false;
        if atoms.is_mark(next, ':') && atoms.joined(next) && atoms.joined(next + 1) {
            hour = atoms.whole(at, 2)?;
            let minutes =
                atoms.whole(next + 1, 2).filter(|_| atoms.get(next + 1).is_some_and(|minutes| minutes.digits == 2))?;
            minute = Some(minutes as i8);
            next += 2;
            if atoms.is_mark(next, ':') && atoms.joined(next) && atoms.whole(next + 1, 2).is_some() {
                next += 2;
            }
            sure = true;
        } else if atom.digits == SEPARATED {
            // "14.30": only with a zone or half of the day after it.
            let hundredths = (atom.value * 100.0).round() as i32;
            let form = atoms.form(at);
            if form.len() > 5 || form.len() < 4 || form.as_bytes()[form.len() - 3] != b'.' {
                return None;
            }
            hour = hundredths / 100;
            minute = Some((hundredths % 100) as i8);
        } else if atom.digits == 4 {
            let number = atoms.whole(at, 4)?;
            hour = number / 100;
            minute = Some((number % 100) as i8);
        } else {
            hour = atoms.whole(at, 2)?;
        }
        let bare = minute.is_none();
        // "4 in the morning".
        if bare
            && (1..=12).contains(&hour)
            && atoms.is(next, "in")
            && atoms.is(next + 1, "the")
            && atoms.class(next + 2, Class::Part).is_some()
            && !self.noun_follows(next + 3)
        {
            let clock = Clock { hour: hour as i8, minute: None };
            return Some(Component::new(Level::Clock, next, Slots { clock: Some(clock), ..Slots::default() }));
        }
        let mut meridiem = None;
        if let Some(add) = atoms.class(next, Class::Meridiem)
            && !(atoms.is(next, "am") && self.tag(next) == Some(Xpos::Vbp))
        {
            if !(0..=12).contains(&hour) && bare {
                return None;
            }
            meridiem = Some(add as i32);
            next += 1;
            // The tokenizer may leave the last full stop of "p.m." alone; at the end of a sentence it belongs to both.
            if atoms.is_mark(next, '.')
                && atoms.joined(next)
                && atoms.form(next - 1).contains('.')
                && !atoms.form(next - 1).ends_with('.')
                && atoms.get(next + 1).is_some()
            {
                next += 1;
            }
        } else if atoms.is_any(next, &["o'clock", "o’clock"]) && bare {
            meridiem = Some(0);
            next += 1;
        }
        let zone = self.zone(next);
        if let Some(end) = zone {
            next = end;
        }
        if meridiem.is_none() && !sure {
            let zoned = zone.is_some() && minute.is_some();
            if !zoned {
                return None;
            }
        }
        if let Some(add) = meridiem
            && hour <= 12
            && !(add == 0 && atoms.is_any(next - 1, &["o'clock", "o’clock"]))
        {
            hour = hour % 12 + add;
        }
        if !(0..=24).contains(&hour) || minute.is_some_and(|minute| !(0..60).contains(&minute)) {
            return None;
        }
        let clock = Clock { hour: hour as i8, minute };
        Some(Component::new(Level::Clock, next, Slots { clock: Some(clock), ..Slots::default() }))
    }

    /// "five o'clock", "five in the morning".
    fn clock_words(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let hour = atoms.class(at, Class::Number).filter(|hour| (1..=12).contains(hour))?;
        let end = if atoms.is_any(at + 1, &["o'clock", "o’clock"])
            || atoms.class(at + 1, Class::Meridiem).is_some() && atoms.form(at + 1).contains('.')
        {
            at + 2
        } else {
            return None;
        };
        let add = atoms.class(at + 1, Class::Meridiem).unwrap_or(0);
        let clock = Clock { hour: (hour % 12 + add) as i8, minute: None };
        Some(Component::new(Level::Clock, end, Slots { clock: Some(clock), ..Slots::default() }))
    }

    /// "GMT", "local time", "Moscow time", "hrs": the atom after.
    fn zone(&self, at: usize) -> Option<usize> {
        let atoms = self.atoms;
        let bracket = usize::from(atoms.is_mark(at, '('));
        let start = at + bracket;
        let zone = atoms.class(start, Class::Zone).is_some() && atoms.get(start)?.capital;
        let end = if zone || atoms.is_any(start, &["hrs", "hours", "h"]) {
            start + 1
        } else if atoms.is(start + 1, "time")
            && (atoms.is_any(start, &["local", "eastern", "pacific", "central"]) || atoms.get(start)?.capital)
        {
            start + 2
        } else {
            return None;
        };
        if bracket == 1 { atoms.is_mark(end, ')').then_some(end + 1).filter(|_| false) } else { Some(end) }
    }

    /// A weekday; abbreviations only beside a date.
    fn weekday(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let atom = atoms.get(at)?;
        let weekday = atom.entry.get(Class::Weekday)? as i8;
        let form = atoms.form(at);
        if !atom.capital || form.ends_with('s') && form.len() > 5 {
            return None;
        }
        if atom.entry.has(Class::Short) {
            let next = if atoms.is_mark(at + 1, ',') || atoms.is_mark(at + 1, '.') { at + 2 } else { at + 1 };
            let next = if atoms.is_mark(next, ',') { next + 1 } else { next };
            let dated = atoms.class(next, Class::Month).is_some() && atoms.get(next).is_some_and(|month| month.capital)
                || atoms.get(next).is_some_and(|number| matches!(number.kind, Kind::Digits | Kind::Ordinal))
                    && atoms.class(next + 1, Class::Month).is_some();
            if !dated {
                return None;
            }
        }
        // "Bloody Sunday", "Black Friday": names of days gone by are no weekdays of this week.
        if at > 0 && atoms.is_any(at - 1, &["bloody", "black", "ruby"]) {
            return None;
        }
        Some(Component::new(Level::Day, at + 1, Slots { weekday: Some(weekday), ..Slots::default() }))
    }

    fn holiday(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let atom = atoms.get(at)?;
        if !atom.entry.has(Class::Holiday) || !atom.capital {
            return None;
        }
        let (code, after) = atoms.entry(at, Class::Holiday)?;
        let slots = Slots { holiday: Some(code as i32), ..Slots::default() };
        let mut end = after;
        let mut slots = slots;
        if let Some((year, after)) = self.four_digits(end) {
            slots.year = Some(year);
            end = after;
        }
        Some(Component::new(Level::Day, end, slots))
    }

    fn deictic(&self, at: usize, days: i8) -> Option<Component> {
        let atoms = self.atoms;
        let part = if atoms.is(at, "overnight") || atoms.is(at, "tonight") { Some(Part::Night) } else { None };
        if atoms.is_hyphen(at + 1) || at > 0 && atoms.is_hyphen(at - 1) {
            return None;
        }
        // "overnight Monday", "overnight on Tuesday".
        if atoms.is(at, "overnight") {
            let next = if atoms.is_any(at + 1, &["on", "into"]) { at + 2 } else { at + 1 };
            if atoms.is(at + 1, "into") {
            } else if let Some(day) = self.weekday(next) {
                return Some(Component::new(Level::Day, day.end, Slots { part, ..day.slots }));
            }
        }
        let slots = Slots { deictic: Some(days), part, ..Slots::default() };
        Some(Component::new(Level::Day, at + 1, slots))
    }

    /// A season: "the summer", "summer 1943", "the fall of 2007"; but not "the fall of Kabul".
    fn season(&self, at: usize, definite: bool) -> Option<Component> {
        let atoms = self.atoms;
        let season = atoms.class(at, Class::Season).and_then(Season::of)?;
        let end = at + 1;
        let slots = Slots { season: Some(season), ..Slots::default() };
        let found = Component::new(Level::Season, end, slots);
        if atoms.is_hyphen(end) || self.tag(at).is_some_and(|tag| !matches!(tag, Xpos::Nn | Xpos::Nnp)) && !definite {
            return None;
        }
        let of = usize::from(atoms.is(end, "of"));
        let year_follows = self.year(end + of).is_some()
            || of == 1
                && (atoms.is_any(end + 1, &["this", "that", "last", "next", "the"])
                    && atoms.is_any(end + 2, &["year", "same", "following", "previous"]));
        if year_follows {
            return Some(found);
        }
        if of == 1 || self.noun_follows(end) {
            return None;
        }
        let before = |words: &[&str]| {
            at.checked_sub(1 + usize::from(definite)).is_some_and(|before| atoms.is_any(before, words))
        };
        let doubtful = atoms.is_any(at, &["fall", "spring"]);
        // "Spring Offensive", "Prague Spring" are names.
        let capital = |at: usize| atoms.get(at).is_some_and(|atom| atom.kind == Kind::Word && atom.capital);
        if capital(at) && (capital(end) || at > 0 && capital(at - 1) && self.tag(at - 1) == Some(Xpos::Nnp)) {
            return None;
        }
        if capital(at) && at > 0 && !atoms.is_any(at, &["fall"]) {
            return Some(found);
        }
        match (doubtful, definite) {
            (true, true) => before(&[
                "in",
                "by",
                "since",
                "until",
                "during",
                "before",
                "through",
                "throughout",
                "of",
                "after",
                "and",
                "early",
                "late",
            ]),
            (true, false) => before(&["in", "by", "since", "until", "early", "late", "this"]),
            (false, true) => true,
            (false, false) => true,
        }
        .then_some(found)
    }

    /// "last week", "this morning", "next Friday", "the same day", "that year", "last summer", "the previous month".
    fn which(&self, at: usize, definite: bool) -> Option<Component> {
        let atoms = self.atoms;
        let mut which = atoms.class(at, Class::Which).and_then(Which::of)?;
        let mut next = at + 1;
        // "this past spring", "that same month", "this coming Sunday".
        if matches!(which, Which::This | Which::That)
            && let Some(more) = atoms.class(next, Class::Which).and_then(Which::of)
        {
            which = match (which, more) {
                (Which::This, Which::Past | Which::Last) => Which::Last,
                (_, Which::Coming | Which::Next) => Which::Next,
                (_, Which::That) => Which::That,
                (which, Which::This) => which,
                _ => return None,
            };
            next += 1;
        }
        which = match which {
            Which::Next if definite => Which::Following,
            Which::Coming => Which::Next,
            Which::This if atoms.is_any(at, &["these"]) => return None,
            Which::That if atoms.is_any(at, &["those"]) => return None,
            which => which,
        };
        if atoms.is_any(next, &["fiscal", "calendar"]) {
            next += 1;
        }
        let slots = Slots { which: Some(which), ..Slots::default() };
        let atom = atoms.get(next)?;
        let named = !matches!(which, Which::Recent | Which::First);
        if atom.entry.has(Class::Weekday) && atom.capital && named {
            let day = self.weekday(next)?;
            return Some(Component::new(Level::Day, next + 1, Slots { which: Some(which), ..day.slots }));
        }
        if atom.entry.has(Class::Month) && atom.capital && named && self.tag(next) != Some(Xpos::Md) {
            let month = atom.entry.get(Class::Month)? as i8;
            let after = self.after_month(next);
            if let Some((day, end)) = self.day_number(after) {
                let slots = Slots { month: Some(month), day: Some(day), ..slots };
                return Some(Component::new(Level::Day, end, slots));
            }
            return Some(Component::new(Level::Month, next + 1, Slots { month: Some(month), ..slots }));
        }
        if atom.entry.has(Class::Holiday) && named && atom.capital {
            let day = self.holiday(next)?;
            return Some(Component::new(Level::Day, day.end, Slots { which: Some(which), ..day.slots }));
        }
        if let Some(season) = atom.entry.get(Class::Season).and_then(Season::of)
            && named
            && !self.noun_follows(next + 1)
            && !atoms.is(next + 1, "of")
        {
            return Some(Component::new(Level::Season, next + 1, Slots { season: Some(season), ..slots }));
        }
        if matches!(which, Which::First) {
            return None;
        }
        if atoms.is(next, "period") && self.quarters && which == Which::Last {
            return Some(Component::new(Level::Season, next + 1, Slots { unit: Some(Unit::Quarter), ..slots }));
        }
        if let Some(unit) = self.unit(next)
            && !atoms.is_hyphen(next + 1)
        {
            let plural = atoms.form(next).ends_with(['s', 'S']);
            let level = match unit {
                _ if plural => return None,
                Unit::Day => Level::Day,
                Unit::Week | Unit::Weekend | Unit::Fortnight => Level::Week,
                Unit::Month => Level::Month,
                Unit::Quarter => Level::Season,
                Unit::Year => Level::Year,
                Unit::Decade | Unit::Century => Level::Age,
                Unit::Night if which != Which::Past => {
                    let slots = Slots { part: Some(Part::Night), ..slots };
                    return Some(Component::new(Level::Part, next + 1, slots));
                }
                Unit::Season if matches!(which, Which::Last | Which::This | Which::Next) => {
                    let slots = Slots { unit: Some(Unit::Season), ..slots };
                    return Some(Component::new(Level::Year, next + 1, slots));
                }
                Unit::Time
                    if which == Which::That
                        && !definite
                        && atoms.is(at, "that")
                        && at > 0
                        && atoms.is_any(at - 1, &["at", "by", "since", "until"]) =>
                {
                    let slots = Slots { unit: Some(Unit::Time), ..slots };
                    return Some(Component::new(Level::Day, next + 1, slots));
                }
                Unit::Hour | Unit::Minute if which == Which::That => return None,
                _ => return None,
            };
            if unit == Unit::Day && which == Which::This && self.noun_follows(next + 1) {
                return None;
            }
            return Some(Component::new(level, next + 1, Slots { unit: Some(unit), ..slots }));
        }
        // "this early morning", "that same mid-afternoon".
        let part_at = if atom.entry.has(Class::Position) { self.after_hyphen(next + 1) } else { next };
        let part = atoms.class(part_at, Class::Part).and_then(Part::of)?;
        if which == Which::Recent || self.noun_follows(part_at + 1) && definite {
            return None;
        }
        Some(Component::new(Level::Part, part_at + 1, Slots { part: Some(part), ..slots }))
    }

    /// "third quarter", "the first half", "19th century", "fourth-quarter".
    fn ordinal_unit(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let (number, end) = match self.ordinal(at) {
            Some(found) => found,
            None => {
                let last = atoms.is_any(at, &["last", "latter"]);
                if !(last && atoms.is(at + 1, "half")) {
                    return None;
                }
                (2, at + 1)
            }
        };
        let joined = atoms.is_hyphen(end);
        let next = self.after_hyphen(end);
        let next = if atoms.is(next, "fiscal") { next + 1 } else { next };
        let end = next + 1;
        let slots = Slots::default();
        if atoms.is(next, "quarter") && (1..=4).contains(&number) {
            let of = atoms.is(end, "of") && self.component(end + 1).is_none();
            return (!of).then(|| Component::new(Level::Season, end, Slots { quarter: Some(number as i8), ..slots }));
        }
        if atoms.is(next, "half") && (1..=2).contains(&number) && !joined {
            let dated = atoms.is(end, "of") && self.component(end + 1).is_some_and(|found| found.level >= Level::Year);
            return dated.then(|| Component::new(Level::Season, end, Slots { half: Some(number as i8), ..slots }));
        }
        if atoms.is_any(next, &["century", "cent"]) && (1..=21).contains(&number) {
            let mut century = number as i8;
            let mut end = end;
            if atoms.class(end, Class::Era).is_some_and(|era| era < 0) {
                century = -century;
                end += 1;
            }
            return Some(Component::new(Level::Age, end, Slots { century: Some(century), ..slots }));
        }
        None
    }

    /// "1960s", "80s" after "the" or an apostrophe.
    fn decade(&self, at: usize) -> Option<Component> {
        let atom = self.atoms.get(at)?;
        let number = atom.value as i32;
        let decade = match atom.digits {
            4 if (1000..2100).contains(&number) && number % 10 == 0 => number,
            3 if number % 10 == 0 && self.atoms.class(at + 1, Class::Era).is_some_and(|era| era < 0) => {
                let slots = Slots { decade: Some(-(number as i16)), ..Slots::default() };
                return Some(Component::new(Level::Age, at + 2, slots));
            }
            2 if number % 10 == 0 && (number >= 20) => {
                // "the '80s", "the 80s"; "in their 70s" are ages.
                let mark = at > 0 && (self.atoms.is_mark(at - 1, '\'') || self.atoms.is(at - 1, "the"));
                if !mark || at > 1 && self.atoms.is_any(at - 2, &["their", "his", "her"]) {
                    return None;
                }
                1900 + number
            }
            _ => return None,
        };
        Some(Component::new(Level::Age, at + 1, Slots { decade: Some(decade as i16), ..Slots::default() }))
    }

    /// "the nineties".
    fn decade_words(&self, at: usize) -> Option<Component> {
        let decade = self.atoms.class(at, Class::Decade).filter(|decade| *decade >= 20)?;
        if at == 0 || !self.atoms.is(at - 1, "the") && !self.atoms.is_any(at - 1, &["early", "late", "mid"]) {
            return None;
        }
        let slots = Slots { decade: Some(1900 + decade as i16), ..Slots::default() };
        Some(Component::new(Level::Age, at + 1, slots))
    }

    /// "'99", "'80s".
    fn short_year(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let next = atoms.get(at + 1).filter(|_| atoms.joined(at + 1))?;
        if at > 0 && atoms.joined(at) {
            return None;
        }
        if next.kind == Kind::Plural {
            return self.decade(at + 1);
        }
        if next.kind != Kind::Digits
            || next.digits != 2
            || atoms.joined(at + 2) && !atoms.is_any(at + 2, &["'s", ",", ".", ")"])
        {
            return None;
        }
        let year = super::calendar::two_digit_year(next.value as i16);
        Some(Component::new(Level::Year, at + 2, Slots { year: Some(year), ..Slots::default() }))
    }

    /// Four digits that are a year here; "480 BC"; "1914-18".
    fn year(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let slots = Slots::default();
        if let Some(year) = atoms.whole(at, 4)
            && let Some(era) =
                atoms.class(at + 1, Class::Era).filter(|_| atoms.get(at + 1).is_some_and(|era| era.capital))
        {
            let year = if era < 0 { -year } else { year };
            return Some(Component::new(Level::Year, at + 2, Slots { year: Some(year as i16), ..slots }));
        }
        // "499-449 BC": the era of the second year is the first one's too.
        if let Some(year) = atoms.whole(at, 4)
            && atoms.is_hyphen(at + 1)
            && let Some(until) = atoms.whole(at + 2, 4).filter(|until| *until < year)
            && atoms.class(at + 3, Class::Era) == Some(-1)
        {
            let slots = Slots { year: Some(-(year as i16)), until: Some(-(until as i16)), ..slots };
            return Some(Component::new(Level::Year, at + 1, slots));
        }
        let (year, end) = self.four_digits(at)?;
        if !self.is_year(at, year, end) {
            return None;
        }
        let mut found = Component::new(Level::Year, end, Slots { year: Some(year), ..slots });
        if atoms.is_hyphen(end)
            && let Some(last) =
                atoms.get(end + 1).filter(|last| last.kind == Kind::Digits && matches!(last.digits, 2 | 4))
        {
            let number = last.value as i16;
            let until = if last.digits == 2 { year / 100 * 100 + number } else { number };
            if until > year && until < 2200 {
                found.slots.until = Some(until);
            }
        }
        Some(found)
    }

    /// The second part of a range that is written as one: "18" of "1914-18", "5" of "March 3-5".
    fn range_end(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let first = at.checked_sub(2).filter(|_| atoms.is_hyphen(at - 1))?;
        if let Some(until) = self.year(first).and_then(|year| year.slots.until) {
            let slots = Slots { year: Some(until), ..Slots::default() };
            return Some(Component::new(Level::Year, at + 1 + usize::from(until < 0), slots));
        }
        let mut month = first.checked_sub(1)?;
        if atoms.is_mark(month, '.') {
            month = month.checked_sub(1)?;
        }
        let begun = self.month_day(month).filter(|begun| begun.end == first + 1)?;
        let (day, end) = self.day_number(at).filter(|(day, _)| begun.slots.until == Some(i16::from(*day)))?;
        let year = self.year_after(end);
        let slots = Slots { day: Some(day), month: begun.slots.month, year: begun.slots.year, ..Slots::default() };
        Some(Component::new(Level::Day, year.map_or(end, |(_, end)| end), slots))
    }

    /// Is a number of four digits a year, and not a count, an hour, a part of a name?
    fn is_year(&self, at: usize, year: i16, end: usize) -> bool {
        let atoms = self.atoms;
        let before = at.checked_sub(1);
        let word_before = |words: &[&str]| before.is_some_and(|before| atoms.is_any(before, words));
        if before.is_some_and(|before| {
            let atom = atoms.get(before);
            atom.is_some_and(|atom| {
                matches!(atom.kind, Kind::Mark('$' | '£' | '€' | '¥' | '#' | '₹' | '/' | '.' | '+' | ':'))
                    && (atoms.joined(at) || atom.kind == Kind::Mark('$'))
            }) || atom.is_some_and(|atom| atom.entry.has(Class::Label) || atom.entry.has(Class::Sign) && atom.capital)
                || atoms.is_hyphen(before)
                    && atom.is_some()
                    && before > 0
                    && atoms
                        .get(before - 1)
                        .is_some_and(|first| first.kind == Kind::Word && first.capital && first.entry.is_empty())
        }) {
            return false;
        }
        // "1500 GMT", "2000 km", "2000 dollars".
        if atoms.get(end).is_some_and(|next| {
            next.entry.has(Class::Zone) && next.capital
                || next.entry.has(Class::Measure) && !atoms.is_mark(end, '%')
                || next.entry.has(Class::Currency)
                || next.entry.has(Class::Scale)
                || next.entry.has(Class::Unit) && self.plural_word(end)
        }) || atoms.is_any(end, &["hours", "hrs", "block"])
        {
            return false;
        }
        let cue = word_before(&[
            "in", "since", "of", "until", "till", "by", "from", "early", "late", "mid", "the", "year", "during",
            "before", "after", "between", "and", "to", "through", "circa", "summer", "spring", "autumn", "winter",
            "fall",
        ]);
        let counted = matches!(self.tag(end), Some(Xpos::Nns))
            || matches!(self.tag(end), Some(Xpos::Jj)) && matches!(self.tag(end + 1), Some(Xpos::Nns));
        let likely = (1900..2100).contains(&year);
        if counted {
            let determined = word_before(&["the", "its", "their", "his", "her", "in", "since"]) && likely;
            return determined && year % 100 != 0;
        }
        if atoms.is_any(end, &["people", "men", "women", "of"]) && !(likely && cue) {
            return false;
        }
        let range = (1700..2100).contains(&year);
        range
            || (1000..2100).contains(&year) && cue && word_before(&["in", "since", "year", "until", "from", "of", "by"])
    }

    fn plural_word(&self, at: usize) -> bool {
        self.atoms.form(at).ends_with('s')
    }

    /// "nineteen ninety-six", "twenty ten".
    fn spelled_year(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let century = atoms.class(at, Class::Number).filter(|century| (16..=20).contains(century))?;
        let rest = cardinal(atoms, at + 1).filter(|rest| (10.0..100.0).contains(&rest.value) && !rest.article)?;
        if atoms.get(at + 1)?.kind != Kind::Word || atoms.is_hyphen(at + 1) {
            return None;
        }
        let year = (century * 100) as i16 + rest.value as i16;
        Some(Component::new(Level::Year, rest.end, Slots { year: Some(year), ..Slots::default() }))
    }

    /// "year-earlier", "year-ago quarter": a year before what was mentioned.
    pub(super) fn year_earlier(&self, at: usize) -> Option<(usize, Slots)> {
        let atoms = self.atoms;
        let next = if atoms.is(at, "the") { at + 1 } else { at };
        if !(atoms.is(next, "year") && atoms.is_hyphen(next + 1) && atoms.is_any(next + 2, &["earlier", "ago"])) {
            return None;
        }
        let mut end = next + 3;
        let mut slots = Slots { which: Some(Which::Previous), unit: Some(Unit::Year), ..Slots::default() };
        if let Some(found) = self.ordinal_unit(end).filter(|found| found.slots.quarter.is_some()) {
            slots = Slots { quarter: found.slots.quarter, ..slots };
            end = found.end;
        } else if atoms.is_any(end, &["quarter", "period", "month"]) {
            end += 1;
        } else if next > at {
            return None;
        }
        Some((end, slots))
    }

    /// "year-end", "year end": the end of the year.
    fn year_end(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        if !atoms.is(at, "year") {
            return None;
        }
        let end = self.after_hyphen(at + 1);
        let slots = Slots { which: Some(Which::This), unit: Some(Unit::Year), ..Slots::default() };
        atoms.is(end, "end").then(|| Component::new(Level::Year, end + 1, slots))
    }
}
