//! Times of the day: "3:45 p.m.", "0345 GMT", "14.30 local time", "five o'clock".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Component, Parser};
use crate::atom::{Class, Kind, SEPARATED};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// "3:45 p.m.", "9pm", "0345 GMT", "14.30 local time", "21:30".
    pub(super) fn clock(&self, at: usize) -> Option<Component> {
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
        // "at 14.30", "at 14.30 on Friday": no price, no share.
        if atom.digits == SEPARATED
            && !sure
            && atoms.form(at).len() == 5
            && minute.is_some_and(|minute| minute % 5 == 0)
        {
            let closes = atoms.get(next).is_none_or(|after| {
                matches!(after.kind, Kind::Mark(',' | '.' | ';')) || after.entry.has(Class::Weekday) && after.capital
            });
            let follows = atoms.is_any(next, &["on", "when", "as", "today", "yesterday", "tomorrow"]);
            sure = at > 0 && atoms.is(at - 1, "at") && (closes || follows) && self.relations.is_some();
        }
        sure |= atom.digits == 4 && minute.is_some() && self.is_military(at, next);
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

    /// "at 0230", "at 1835 on Monday", "at approximately 1700 (2300 GMT)": no year, no price, no number of a house.
    fn is_military(&self, at: usize, next: usize) -> bool {
        let atoms = self.atoms;
        let hedged = at > 1 && atoms.is_any(at - 1, &["about", "approximately", "around", "exactly", "precisely"]);
        let before = if hedged { at - 1 } else { at };
        if before == 0 || !atoms.is(before - 1, "at") {
            return false;
        }
        let dated = atoms.is_any(next, &["on", "today", "yesterday", "tonight", "this", "last", "local"]);
        let elsewhere = (atoms.is_mark(next, '(') || atoms.is_mark(next, '[')) && self.zone(next + 2).is_some();
        atoms.form(at).starts_with('0') || dated || elsewhere
    }

    /// "five o'clock", "five in the morning".
    pub(super) fn clock_words(&self, at: usize) -> Option<Component> {
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

    /// "half past nine", "quarter to six".
    pub(super) fn clock_fraction(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let minutes = match atoms.is(at, "half") {
            _ if atoms.is(at + 1, "to") && atoms.is(at, "quarter") => -15,
            true if atoms.is(at + 1, "past") => 30,
            false if atoms.is(at + 1, "past") => 15,
            _ => return None,
        };
        let hour = match atoms.whole(at + 2, 2) {
            Some(hour) => i64::from(hour),
            None => atoms.class(at + 2, Class::Number)?,
        };
        if !(1..=12).contains(&hour) || atoms.class(at + 3, Class::Scale).is_some() || atoms.is_hyphen(at + 3) {
            return None;
        }
        let total = (hour * 60 + minutes).rem_euclid(24 * 60);
        let clock = Clock { hour: (total / 60) as i8, minute: Some((total % 60) as i8) };
        Some(Component::new(Level::Clock, at + 3, Slots { clock: Some(clock), ..Slots::default() }))
    }

    /// "GMT", "local time", "Moscow time", "hrs": the atom after.
    pub(super) fn zone(&self, at: usize) -> Option<usize> {
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
        // "UTC+3", "GMT-0500".
        let signed =
            zone && (atoms.is_mark(end, '+') || atoms.is_mark(end, '-')) && atoms.joined(end) && atoms.joined(end + 1);
        let end = if signed && atoms.whole(end + 1, 4).is_some() { end + 2 } else { end };
        if bracket == 1 { atoms.is_mark(end, ')').then_some(end + 1).filter(|_| false) } else { Some(end) }
    }
}
