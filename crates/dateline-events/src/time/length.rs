//! Lengths of time and what an offset makes of them: "two days", "three weeks ago", "the past 24 hours".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Parsed, Parser};
use crate::atom::{Class, Kind, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// Is the unit at this atom written as a plural?
    pub(super) fn plural_unit(&self, at: usize) -> bool {
        let form = self.atoms.form(at);
        form.len() > 3 && form.ends_with(['s', 'S']) || form.eq_ignore_ascii_case("millennia")
    }

    /// A length of time, and what an offset makes of it: "two days", "three weeks ago", "the past 24 hours".
    pub(super) fn length(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
        let mut next = at;
        let definite = atoms.is_any(next, &["the", "its", "their", "his", "her", "these", "those"]);
        if definite && !atoms.is_any(next, &["these", "those"]) {
            next += 1;
        }
        let mut which = None;
        while let Some(found) = atoms.class(next, Class::Which).and_then(Which::of) {
            if which.is_some() && !matches!(found, Which::Past | Which::Coming | Which::Previous) {
                break;
            }
            which = Some(found);
            next += 1;
        }
        let amount_at = next;
        let mut modifier = None;
        if which.is_some()
            && let Some((6, after)) = atoms.entry(next, Class::Hedge)
        {
            modifier = Some(Mod::Approx);
            next = after;
        }
        let amount = self.amount(next, which.is_some() || definite);
        let mut explicit = true;
        let value;
        (value, next) = match amount {
            Some((value, end)) => (value, end),
            None => {
                explicit = false;
                (None, amount_at)
            }
        };
        let hyphen = atoms.is_hyphen(next);
        if hyphen {
            next += 1;
        }
        if explicit && !hyphen && self.unit(next).is_none() {
            for _ in 0..2 {
                if atoms.class(next, Class::Filler).is_some() || atoms.class(next, Class::Which).is_some() {
                    next += 1;
                    if atoms.is_mark(next, ',') {
                        next += 1;
                    }
                }
            }
        }
        let unit = self.unit(next)?;
        // "SEC" is an office.
        if atoms.form(next).len() <= 3 && atoms.get(next).is_some_and(|atom| atom.capital) && !atoms.is(next, "day") {
            return None;
        }
        let plural = self.plural_unit(next);
        if matches!(unit, Unit::Time | Unit::Season) || unit == Unit::Moment && !plural {
            return None;
        }
        let article = atoms.is_any(amount_at, &["a", "an"]) && next == amount_at + 1;
        match unit {
            // "a second drone", "a quarter of the town", "three quarters of them".
            Unit::Second if !plural && (article || !explicit) => return None,
            Unit::Quarter if !plural && !hyphen && which.is_none() => return None,
            Unit::Quarter if plural && which.is_none() && explicit => return None,
            Unit::Night | Unit::Weekend if article => return None,
            _ => {}
        }
        if unit == Unit::Second && !plural && !hyphen && !matches!(self.tag(next), Some(Xpos::Nn)) {
            return None;
        }
        // "60 Minutes" is a name.
        let capital = atoms.get(next).is_some_and(|unit| unit.capital);
        let quoted = at > 0 && matches!(atoms.get(at - 1).map(|mark| mark.kind), Some(Kind::Mark('\'' | '"' | '“')));
        if explicit && capital && (quoted || matches!(self.tag(next), Some(Xpos::Nnp | Xpos::Nnps))) {
            return None;
        }
        // "a three hour flight", "a five year low", but no "three hour" alone.
        let described = at > 0 && atoms.is_any(at - 1, &["a", "an"]);
        if explicit
            && !described
            && !article
            && !plural
            && !hyphen
            && value.is_none_or(|value| value > 1.0)
            && !self.noun_follows(next + 1)
        {
            return None;
        }
        // "the three-day siege": the article is the siege's.
        let long = atoms.is_hyphen(next + 1) && atoms.is_any(next + 2, &["long", "earlier", "ago"]);
        if hyphen && !plural && definite
            || hyphen && !plural && amount_at > at && which.is_none()
            || long && (article || definite)
        {
            return None;
        }
        // "year-old", "years old", "years of age": ages are quantities.
        let after = next + 1;
        let old = if atoms.is_hyphen(after) { after + 1 } else { after };
        if atoms.is_any(old, &["old", "olds"]) || atoms.is(after, "of") && atoms.is(after + 1, "age") {
            return None;
        }
        let mut end = after;
        if !explicit {
            // "weeks", "the past week", "recent months".
            let long = atoms.is_hyphen(after) && atoms.is(after + 1, "long");
            let allowed = match which {
                Some(Which::Past | Which::Recent) => unit >= Unit::Hour,
                Some(
                    Which::Coming
                    | Which::First
                    | Which::Next
                    | Which::Last
                    | Which::Following
                    | Which::Previous
                    | Which::This
                    | Which::That,
                ) => plural,
                // "the year ended March 31".
                None if definite && unit == Unit::Year && atoms.is_any(next + 1, &["ended", "ending"]) => true,
                None if definite => plural && unit >= Unit::Hour,
                None => {
                    plural
                        && matches!(
                            unit,
                            Unit::Hour
                                | Unit::Day
                                | Unit::Week
                                | Unit::Month
                                | Unit::Year
                                | Unit::Decade
                                | Unit::Century
                        )
                        || long
                }
            };
            if !allowed || unit == Unit::Quarter && !self.quarters {
                return None;
            }
            if which.is_none() && plural && !long && !self.bare_plural(at, next) {
                return None;
            }
        }
        if atoms.is_hyphen(end) && atoms.is_any(end + 1, &["long", "plus"]) {
            end += 2;
        } else if atoms.is_hyphen(end) && !hyphen && !atoms.is_any(end + 1, &["and", "ago", "earlier"]) {
            // "week-end", "day-to-day".
            return None;
        }
        let mut value = value;
        let mut rest = None;
        if explicit {
            if let Some(half) = self.and_a_half(end) {
                value = value.map(|value| value + 0.5);
                end = half;
            } else if let Some((more, after)) = self.smaller(end, unit) {
                rest = Some(more);
                end = after;
            }
        }
        let amount = match (explicit, which, plural) {
            // "the past week", "a month-long truce".
            (false, _, false) => Some(1.0),
            _ => value,
        };
        let length = Length { amount, unit, rest };
        if atoms.is(end, "or") && atoms.is(end + 1, "so") {
            modifier = Some(Mod::Approx);
            end += 2;
        }
        if let Some((back, from, after)) = self.direction(end, which.is_some()) {
            return Some(Parsed { expression: Expression::Offset { length, back, from }, modifier, end: after });
        }
        Some(Parsed { expression: Expression::Length(length), modifier, end })
    }

    /// Are plain "weeks" or "years" a length of time here? After "for", "in", "within", or before "of", "ago", "later".
    pub(super) fn bare_plural(&self, at: usize, unit: usize) -> bool {
        let atoms = self.atoms;
        let before = at.checked_sub(1).map_or("", |before| atoms.form(before));
        let cue = [
            "for", "in", "within", "over", "after", "than", "of", "took", "last", "lasted", "take", "spent", "through",
            "by", "the", "and", "or", "be", "several",
        ];
        let definite = atoms.is(at, "the");
        cue.iter().any(|cue| cue.eq_ignore_ascii_case(before))
            || self.direction(unit + 1, false).is_some()
            || definite && atoms.is_any(unit + 1, &["of", "since", "before", "after", "ahead"])
            || atoms.is_any(unit + 1, &["of", "after", "before", "since"])
    }

    /// "ago", "earlier", "from now": back or forth, from where, and the atom after.
    pub(super) fn direction(&self, at: usize, bound: bool) -> Option<(bool, From, usize)> {
        let atoms = self.atoms;
        let at = if atoms.is_hyphen(at) { at + 1 } else { at };
        if atoms.is(at, "ago") {
            return Some((true, From::Document, at + 1));
        }
        if atoms.is_any(at, &["earlier", "previously"]) {
            return Some((true, From::Mentioned, at + 1));
        }
        if atoms.is_any(at, &["later", "afterward", "afterwards", "hence"]) {
            return Some((false, From::Mentioned, at + 1));
        }
        if atoms.is(at, "from") && atoms.is_any(at + 1, &["now", "today"]) {
            return Some((false, From::Document, at + 2));
        }
        let closes = atoms.get(at + 1).is_none_or(|next| matches!(next.kind, Kind::Mark(_)));
        if atoms.is(at, "before") && closes && !bound {
            return Some((true, From::Mentioned, at + 1));
        }
        if atoms.is_any(at, &["after", "on"]) && closes && !bound && atoms.is(at, "after") {
            return Some((false, From::Mentioned, at + 1));
        }
        None
    }

    /// "and a half" after a unit.
    pub(super) fn and_a_half(&self, at: usize) -> Option<usize> {
        let atoms = self.atoms;
        let skip = |at: usize| if atoms.is_hyphen(at) { at + 1 } else { at };
        let and = skip(at);
        let article = skip(and + 1);
        let half = skip(article + 1);
        (atoms.is(and, "and") && atoms.is(article, "a") && atoms.is(half, "half")).then_some(half + 1)
    }

    /// "and six months" after years.
    pub(super) fn smaller(&self, at: usize, unit: Unit) -> Option<((f64, Unit), usize)> {
        let number = if self.atoms.is(at, "and") || self.atoms.is_mark(at, ',') { at + 1 } else { at };
        let more = cardinal(self.atoms, number).filter(|more| !more.article)?;
        let smaller = self.unit(more.end)?;
        let fits = match unit {
            Unit::Year => smaller == Unit::Month,
            Unit::Month | Unit::Week => matches!(smaller, Unit::Day | Unit::Week),
            Unit::Day => smaller == Unit::Hour,
            Unit::Hour => smaller == Unit::Minute,
            Unit::Minute => smaller == Unit::Second,
            _ => false,
        };
        (fits && smaller < unit).then_some(((more.value, smaller), more.end + 1))
    }

    /// How many of a unit: its value (none if vague) and the atom after.
    pub(super) fn amount(&self, at: usize, definite: bool) -> Option<(Option<f64>, usize)> {
        let atoms = self.atoms;
        // "half an hour", "a half-hour".
        let half = if atoms.is(at, "a") { at + 1 } else { at };
        if atoms.is(half, "half") {
            let mut next = half + 1;
            if atoms.is_any(next, &["a", "an"]) || atoms.is_hyphen(next) {
                next += 1;
            }
            if self.unit(next).is_some() {
                return Some((Some(0.5), next));
            }
        }
        if let Some(number) = cardinal(atoms, at) {
            let mut end = number.end;
            let mut value = Some(number.value);
            let dash = atoms.is_hyphen(end);
            if dash || atoms.is_any(end, &["to", "or"]) {
                if let Some(more) = cardinal(atoms, end + 1)
                    && more.value > number.value
                {
                    end = more.end;
                } else if atoms.is(end, "or") && atoms.is(end + 1, "more") {
                    end += 2;
                }
            }
            if atoms.is(end, "or") && atoms.is(end + 1, "so") {
                end += 2;
            }
            if number.article && number.value >= 100.0 && atoms.is(end, "or") {
                value = None;
            }
            return Some((value, end));
        }
        if atoms.class(at, Class::Vague).is_some() && atoms.is(at + 1, "of") {
            return Some((None, at + 2));
        }
        let article = atoms.is(at, "a");
        let word = if article { at + 1 } else { at };
        if atoms.is_any(word, &["couple", "pair"]) && (article || definite) {
            let end = if atoms.is(word + 1, "of") { word + 2 } else { word + 1 };
            return Some((Some(2.0), end));
        }
        if atoms.is(word, "few") || !article && atoms.is_any(word, &["several", "many", "some"]) {
            return Some((None, word + 1));
        }
        if article && atoms.is_any(word, &["number", "handful"]) && atoms.is(word + 1, "of") {
            return Some((None, word + 2));
        }
        if atoms.is_any(at, &["a", "an", "another"]) {
            return Some((Some(1.0), at + 1));
        }
        None
    }
}
