//! The parts of a point of time: months, days, years, clocks, weekdays, parts of the day, "last" and "next".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Component, Parser};
use crate::atom::{Class, Kind, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// The part of a point of time at an atom.
    pub(super) fn component(&self, at: usize) -> Option<Component> {
        let atom = self.atoms.get(at)?;
        match atom.kind {
            Kind::Digits | Kind::Ordinal => self
                .range_end(at)
                .or_else(|| self.second_day(at))
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
            // "High noon" is no hour.
            if at > 0 && atoms.is(at - 1, "high") {
                return None;
            }
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
        if atoms.is_any(at, &["half", "quarter"]) {
            return self.clock_fraction(at);
        }
        if entry.has(Class::Number) || entry.has(Class::Ordinal) {
            if let Some(found) = self.spelled_year(at) {
                return Some(found);
            }
            return self.clock_words(at).or_else(|| self.ordinal_unit(at));
        }
        if atoms.is_any(at, &["fiscal", "financial"]) {
            let number = if atoms.is(at + 1, "year") { at + 2 } else { at + 1 };
            if let Some(year) = self.fiscal_year(number) {
                return Some(year);
            }
            return self.ordinal_unit(self.after_hyphen(at + 1)).filter(|found| found.slots.quarter.is_some());
        }
        if atoms.is(at, "fy") {
            return self.fiscal_year(at + 1);
        }
        if atoms.is_any(at, &["q", "h"]) {
            return self.short_fraction(at);
        }
        if atoms.is_any(at, &["mid", "post", "pre"]) {
            return None;
        }
        self.year_end(at).or_else(|| self.decade_words(at))
    }

    pub(super) fn after_hyphen(&self, at: usize) -> usize {
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
        if atom.kind == Kind::Digits
            && let Some((year, end)) = self.four_digits(next)
        {
            // "the 1988 third quarter", "the 1988 quarter".
            let quarter = self.ordinal_unit(end).filter(|found| found.slots.quarter.is_some());
            if let Some(quarter) = quarter {
                return Some(Component { slots: Slots { year: Some(year), ..quarter.slots }, ..quarter });
            }
            if atoms.is_any(end, &["quarter", "period"]) && self.quarters {
                return Some(Component::new(Level::Year, end + 1, Slots { year: Some(year), ..Slots::default() }));
            }
        }
        if atom.kind == Kind::Digits {
            // "the 2019 Easter Sunday bombings".
            if let Some((year, end)) = self.four_digits(next)
                && let Some(found) = self.holiday(end)
            {
                return Some(Component { slots: Slots { year: Some(year), ..found.slots }, ..found });
            }
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
            // "the year two thousand and one".
            let counted = || {
                let number = cardinal(atoms, next + 1).filter(|number| (1000.0..2200.0).contains(&number.value))?;
                let slots = Slots { year: Some(number.value as i16), ..Slots::default() };
                let words = atoms.get(next + 1)?.kind == Kind::Word && !number.article;
                words.then(|| Component::new(Level::Year, number.end, slots))
            };
            if let Some(found) = self.spelled_year(next + 1).or_else(counted) {
                return Some(found);
            }
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
        // "the second half of the year", "by the end of the year" after another part.
        let part_of = at > 1 && atoms.is(at - 1, "of") && atoms.is_any(at - 2, &["half", "quarter"]);
        if atoms.is(next, "year") && part_of && !atoms.is_hyphen(next + 1) {
            let slots = Slots { which: Some(Which::This), unit: Some(Unit::Year), ..Slots::default() };
            return Some(Component::new(Level::Year, next + 1, slots));
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

    /// The number of a fiscal year: "2022" of "fiscal 2022", "FY2024".
    fn fiscal_year(&self, at: usize) -> Option<Component> {
        let year = self.atoms.whole(at, 4).filter(|year| (1900..2100).contains(year))?;
        Some(Component::new(Level::Year, at + 1, Slots { year: Some(year as i16), ..Slots::default() }))
    }

    /// "Q3", "H1".
    fn short_fraction(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let number =
            atoms.whole(at + 1, 1).filter(|_| atoms.joined(at + 1) && atoms.get(at).is_some_and(|q| q.capital))?;
        let end = at + 2;
        if atoms.joined(end) && atoms.get(end).is_some_and(|next| !matches!(next.kind, Kind::Mark(',' | '.' | ')'))) {
            return None;
        }
        let number = Some(number as i8);
        let slots = match (atoms.is(at, "q"), number?) {
            (true, 1..=4) => Slots { quarter: number, ..Slots::default() },
            (false, 1..=2) => Slots { half: number, ..Slots::default() },
            _ => return None,
        };
        // Alone it may be the name of anything.
        let (year, end) = self.year_after(end).filter(|(year, _)| (1900..2100).contains(year))?;
        Some(Component::new(Level::Season, end, Slots { year: Some(year), ..slots }))
    }

    /// Does nothing after "the year" say which year it is?
    fn ends_here(&self, at: usize) -> bool {
        let said = ["of", "before", "after", "when", "that", "in", "following", "since", "ended", "ending"];
        !self.atoms.is_hyphen(at)
            && !self.atoms.is_any(at, &said)
            && !self.noun_follows(at)
            && self.tag(at) != Some(Xpos::Cd)
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
        if !atom.entry.has(Class::Holiday) || !atom.capital || at > 0 && atoms.is(at - 1, "operation") {
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
        // "Easter week", "Christmas weekend".
        if let Some(unit @ (Unit::Week | Unit::Weekend)) = self.unit(end) {
            return Some(Component::new(Level::Week, end + 1, Slots { unit: Some(unit), ..slots }));
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
            || self.spelled_year(end + of).is_some()
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
    pub(super) fn ordinal_unit(&self, at: usize) -> Option<Component> {
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
        if let Some(found) = self.anniversary(number, next) {
            return Some(found);
        }
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
}
