//! Days and months: "6 November 2023", "Nov. 6", "2023-11-06", "3-5 March".

use dateline_syntax::{Relations, Xpos};

use super::DateOrder;
use super::expression::*;
use super::parse::{Component, Parser};
use crate::atom::{Class, Kind};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// May this atom be the name of a month? "May" and "march" need company.
    pub(super) fn month(&self, at: usize) -> Option<i8> {
        let atom = self.atoms.get(at)?;
        let month = atom.entry.get(Class::Month)?;
        (atom.capital && self.tag(at) != Some(Xpos::Md)).then_some(month as i8)
    }

    /// After the name of a month: a full stop that the tokenizer split off.
    pub(super) fn after_month(&self, at: usize) -> usize {
        let atoms = self.atoms;
        let short = atoms.class(at, Class::Short).is_some() || atoms.is_any(at, &["sept", "feb", "nov", "aug"]);
        let number =
            atoms.get(at + 2).is_some_and(|next| matches!(next.kind, Kind::Digits | Kind::Ordinal | Kind::Mark(',')));
        if short && number && atoms.is_mark(at + 1, '.') && atoms.joined(at + 1) { at + 2 } else { at + 1 }
    }

    /// A day of the month in digits or as an ordinal.
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, usize)> {
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
    pub(super) fn month_day(&self, at: usize) -> Option<Component> {
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
            } else {
                slots.year = self.shared_year(after, month);
            }
            return Some(Component::new(Level::Day, next, slots));
        }
        if let Some((year, end)) = self.year_after(next) {
            return Some(Component::new(Level::Month, end, Slots { year: Some(year), ..slots }));
        }
        if atoms.class(at, Class::Short).is_some() && !atoms.is(at, "dec") {
            return None;
        }
        let year = self.shared_year(next, month);
        (year.is_some() || self.bare_month(at)).then(|| Component::new(Level::Month, at + 1, Slots { year, ..slots }))
    }

    /// The year of a later month that stands for this one too: "August and September 1914", "from 3 March to 5 April 2023".
    fn shared_year(&self, at: usize, month: i8) -> Option<i16> {
        let atoms = self.atoms;
        if !(atoms.is_any(at, &["and", "to", "or", "until", "till", "through"]) || atoms.is_mark(at, '-')) {
            return None;
        }
        let day = self.day_number(at + 1).map(|(_, end)| end);
        let second = day.filter(|end| atoms.class(*end, Class::Month).is_some()).unwrap_or(at + 1);
        let later = self.month(second).filter(|later| *later >= month)?;
        let next = self.after_month(second);
        let next = self.day_number(next).filter(|_| day.is_none()).map_or(next, |(_, end)| end);
        // A year that is told apart by more than a comma is another expression's.
        (later > month || day.is_some() || next > second + 1).then(|| self.year_after(next).map(|(year, _)| year))?
    }

    /// Is the name of a month alone a month, and not a person, a verb, a part of a name?
    pub(super) fn bare_month(&self, at: usize) -> bool {
        let atoms = self.atoms;
        let before = at.checked_sub(1);
        let cue = before.is_some_and(|before| {
            atoms.class(before, Class::MonthCue).is_some()
                || atoms.is_hyphen(before)
                || atoms.class(before, Class::Weekday).is_some()
        });
        // "May Jones and August Wilson".
        let person = atoms.class(at, Class::Ambiguous).is_some()
            && before.is_some_and(|before| atoms.is_any(before, &["and", "or"]))
            && self.tag(at + 1) == Some(Xpos::Nnp);
        if cue && !person {
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
    pub(super) fn year_after(&self, at: usize) -> Option<(i16, usize)> {
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

    /// "3 March", "6th of November 2023", "3-5 March", and "3" of "3 and 5 March".
    pub(super) fn day_month(&self, at: usize) -> Option<Component> {
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
        } else {
            slots.year = self.shared_year(next, month);
        }
        Some(Component::new(Level::Day, next, slots))
    }

    /// "2023-11-06", "6/11/2023" (in the order of the text; with points the day is first), "06.11.2023".
    pub(super) fn numeric_date(&self, at: usize) -> Option<Component> {
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
            let day = day_of(first, second, third)?;
            return Some(self.iso_clock(end, &day).unwrap_or(Component::new(Level::Day, end, day)));
        }
        let year = match digits(at + 4)? {
            4 if (1000..2200).contains(&third) => third,
            2 if separator != '-' => i32::from(super::calendar::two_digit_year(third as i16)),
            _ => return None,
        };
        if digits(at)? > 2 || digits(at + 2)? > 2 {
            return None;
        }
        let slots = if self.order == DateOrder::MonthFirst && separator != '.' {
            day_of(year, first, second).or_else(|| day_of(year, second, first))?
        } else {
            day_of(year, second, first).or_else(|| day_of(year, first, second))?
        };
        Some(Component::new(Level::Day, end, slots))
    }

    /// "T10:30:00Z" after a day.
    fn iso_clock(&self, at: usize, day: &Slots) -> Option<Component> {
        let atoms = self.atoms;
        let tight = |range: std::ops::Range<usize>| range.into_iter().all(|at| atoms.joined(at));
        if !(atoms.is(at, "T") && atoms.is_mark(at + 2, ':') && tight(at..at + 4)) {
            return None;
        }
        let hour = atoms.whole(at + 1, 2).filter(|hour| *hour < 24)?;
        let minute = atoms.whole(at + 3, 2).filter(|minute| *minute < 60)?;
        let mut end = at + 4;
        if atoms.is_mark(end, ':') && tight(end..end + 2) && atoms.get(end + 1).is_some_and(|a| a.kind == Kind::Digits)
        {
            end += 2;
        }
        if atoms.is(end, "Z") && tight(end..end + 1) {
            end += 1;
        }
        let clock = Clock { hour: hour as i8, minute: Some(minute as i8) };
        Some(Component::new(Level::Clock, end, Slots { clock: Some(clock), ..*day }))
    }

    /// "25" of "on April 24 and 25": a day of the month before it.
    pub(super) fn second_day(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let first = at.checked_sub(2).filter(|_| atoms.is_any(at - 1, &["and", "or", "to"]))?;
        let (day, end) = self.day_number(at)?;
        let mut month = first.checked_sub(1)?;
        if atoms.is_mark(month, '.') {
            month = month.checked_sub(1)?;
        }
        let begun =
            self.month_day(month).filter(|begun| begun.end == first + 1 && begun.slots.day.is_some_and(|d| d < day))?;
        // "June 5 and 12 soldiers".
        let year = self.year_after(end);
        let counted = self.noun_follows(end) || matches!(self.tag(end), Some(Xpos::Jj | Xpos::Vbn | Xpos::Cd));
        if year.is_none() && counted || atoms.class(end, Class::Month).is_some() || self.relations.is_none() {
            return None;
        }
        let slots =
            Slots { day: Some(day), month: begun.slots.month, year: year.map(|(year, _)| year), ..Slots::default() };
        Some(Component::new(Level::Day, year.map_or(end, |(_, end)| end), slots))
    }

    /// The second part of a range that is written as one: "18" of "1914-18", "5" of "March 3-5".
    pub(super) fn range_end(&self, at: usize) -> Option<Component> {
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
}
