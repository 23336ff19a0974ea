//! What comes again: "every Friday", "daily", "twice a week", "Tuesday nights".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Parsed, Parser};
use crate::atom::{Class, Kind, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// "every Friday", "daily", "twice a week", "Tuesday nights".
    pub(super) fn recurring(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
        let parsed =
            |expression: Expression, modifier: Option<Mod>, end: usize| Some(Parsed { expression, modifier, end });
        let hedge = atoms.is_any(at, &["almost", "nearly"]);
        let start = if hedge { at + 1 } else { at };
        let modifier = hedge.then_some(Mod::Approx);
        if let Some(code) = atoms.class(start, Class::Frequency) {
            let name = atoms.get(start).is_some_and(|atom| atom.capital)
                && (self.tag(start) == Some(Xpos::Nnp) || atoms.get(start + 1).is_some_and(|next| next.capital));
            // "the party daily": a newspaper.
            let paper = self.tag(start) == Some(Xpos::Nn) && !self.noun_follows(start + 1)
                || self.tag(start + 1) == Some(Xpos::Nnp);
            if name || paper || start > 0 && atoms.is_hyphen(start - 1) {
                return None;
            }
            let length = Length { amount: Some(1.0), unit: Unit::of(code)?, rest: None };
            return parsed(Expression::Every(length), modifier, start + 1);
        }
        // "900 km per hour" is a speed.
        if atoms.is(start, "per") && start > 0 && atoms.class(start - 1, Class::Measure).is_some() {
            return None;
        }
        // "two million dollars a year", "four flights a week".
        if atoms.is_any(at, &["a", "an"])
            && let Some(unit) = self.unit(at + 1).filter(|unit| *unit >= Unit::Minute && *unit <= Unit::Year)
            && self.is_rate(at)
        {
            let length = Length { amount: Some(1.0), unit, rest: None };
            return parsed(Expression::Every(length), None, at + 2);
        }
        if let Some(each) = atoms.class(start, Class::Each) {
            let mut next = start + 1;
            let mut amount = 1.0;
            if each == 1 {
                if atoms.is(next, "other") {
                    amount = 2.0;
                    next += 1;
                } else if let Some(number) = cardinal(atoms, next) {
                    amount = number.value;
                    next = number.end;
                } else if atoms.is(next, "single") {
                    next += 1;
                }
            }
            if let Some(slots) = self.repeated(next) {
                return parsed(Expression::Each(slots), modifier, next + 1);
            }
            let unit = self.unit(next).filter(|unit| !matches!(unit, Unit::Moment | Unit::Time | Unit::Season))?;
            return parsed(Expression::Every(Length { amount: Some(amount), unit, rest: None }), modifier, next + 1);
        }
        // "once a day", "three times per week".
        let mut next = start;
        if atoms.is_any(next, &["once", "twice"]) {
            next += 1;
        } else if let Some(number) = cardinal(atoms, next)
            && atoms.is(number.end, "times")
        {
            next = number.end + 1;
        }
        if next > start {
            if atoms.is_any(next, &["a", "an", "per", "each", "every"])
                && let Some(unit) = self.unit(next + 1)
                && !self.plural_unit(next + 1)
                && unit != Unit::Time
            {
                let length = Length { amount: Some(1.0), unit, rest: None };
                return parsed(Expression::Every(length), modifier, next + 2);
            }
            return None;
        }
        // "Fridays", "Tuesday nights".
        let weekday =
            atoms.class(start, Class::Weekday).filter(|_| atoms.get(start).is_some_and(|atom| atom.capital))?;
        let part = atoms.class(start + 1, Class::Part).and_then(Part::of);
        let plural = |at: usize| atoms.form(at).ends_with('s') && atoms.form(at).len() > 5;
        if plural(start) || part.is_some() && plural(start + 1) {
            let slots = Slots { weekday: Some(weekday as i8), part, ..Slots::default() };
            return parsed(Expression::Each(slots), modifier, start + 1 + usize::from(part.is_some()));
        }
        None
    }

    /// Does the unit after this article say how often what was counted before it comes?
    fn is_rate(&self, at: usize) -> bool {
        let atoms = self.atoms;
        let Some(before) = at.checked_sub(1) else { return false };
        let counted = (0..3).any(|back| before.checked_sub(back + 1).is_some_and(|at| self.tag(at) == Some(Xpos::Cd)));
        let noun = self.tag(before) == Some(Xpos::Nns) && counted
            || atoms.get(before).is_some_and(|word| {
                word.entry.has(Class::Scale) || word.entry.has(Class::Currency) || word.kind == Kind::Digits
            });
        let goes_on = self.direction(at + 2, false).is_some()
            || atoms.is_any(at + 2, &["after", "before", "or", "of", "long", "since", "old"])
            || self.and_a_half(at + 2).is_some()
            || self.noun_follows(at + 2);
        noun && !goes_on
    }

    /// The name of what comes again: a weekday, a part of the day, a month, a season.
    pub(super) fn repeated(&self, at: usize) -> Option<Slots> {
        let atoms = self.atoms;
        let capital = atoms.get(at).is_some_and(|atom| atom.capital);
        let slots = Slots::default();
        if let Some(weekday) = atoms.class(at, Class::Weekday).filter(|_| capital) {
            return Some(Slots { weekday: Some(weekday as i8), ..slots });
        }
        if let Some(month) = atoms.class(at, Class::Month).filter(|_| capital) {
            return Some(Slots { month: Some(month as i8), ..slots });
        }
        if let Some(part) = atoms.class(at, Class::Part).and_then(Part::of) {
            return Some(Slots { part: Some(part), ..slots });
        }
        let season = atoms.class(at, Class::Season).and_then(Season::of)?;
        Some(Slots { season: Some(season), ..slots })
    }
}
