//! From atoms to expressions: slots are filled from left to right, as long as the next words fit.

use dateline_syntax::{Relations, Xpos};

use super::DateOrder;
use super::expression::*;
use crate::atom::{Atoms, Class, Classes, Kind, ordinal};

/// An expression that was read, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    pub(super) expression: Expression,
    pub(super) modifier: Option<Mod>,
    /// The atom after it.
    pub(super) end: usize,
}

/// Reads expressions in the atoms of one piece.
pub(super) struct Parser<'p, 't, R: ?Sized> {
    pub(super) atoms: &'p Atoms<'t>,
    /// The grammar of the piece; none in headers.
    pub(super) relations: Option<&'p R>,
    /// Quarters were mentioned before: "the quarter" is one of them.
    pub(super) quarters: bool,
    /// How dates in numbers are read: never [`DateOrder::Auto`].
    pub(super) order: DateOrder,
}

/// A part of a point of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    pub(super) slots: Slots,
    pub(super) level: Level,
    pub(super) end: usize,
}

impl Component {
    pub(super) fn new(level: Level, end: usize, slots: Slots) -> Self {
        Self { slots, level, end }
    }
}

/// Words between parts of one expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// Nothing.
    Bare,
    Comma,
    Of,
    On,
    At,
    /// "in the", "in".
    In,
    /// "'s".
    Possessive,
}

/// Words that open a vague reference: "now", "the future", "right now".
const REFERENCE: Classes = Classes::of(&[Class::Reference, Class::Open]);

/// Words of these classes may be times by themselves.
const ALONE: Classes = Classes::of(&[
    Class::Month,
    Class::Weekday,
    Class::Unit,
    Class::Part,
    Class::Noon,
    Class::Season,
    Class::Deictic,
    Class::Reference,
    Class::Frequency,
    Class::Holiday,
    Class::Decade,
]);

/// Words of these classes open a time if the next word may go on with it. This turns away most words of a text.
const WITH_NEXT: Classes = Classes::of(&[
    Class::Open,
    Class::Hedge,
    Class::Which,
    Class::Number,
    Class::Ordinal,
    Class::Vague,
    Class::Position,
    Class::Each,
    Class::Era,
    Class::Amount,
]);

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// The expression at an atom, if one begins there.
    pub(super) fn parse(&self, at: usize) -> Option<Parsed> {
        let atom = self.atoms.get(at)?;
        let opens = match atom.kind {
            Kind::Word => atom.entry.has_any(ALONE) || atom.entry.has_any(WITH_NEXT) && self.atoms.is_known(at + 1),
            Kind::Digits | Kind::Ordinal | Kind::Plural => {
                // "v1999", "A320-2019": part of a longer name.
                !(self.atoms.joined(at) && at > 0 && matches!(self.atoms.get(at - 1)?.kind, Kind::Word | Kind::Digits))
            }
            Kind::Mark('\'') => true,
            _ => false,
        };
        if !opens {
            return None;
        }
        let found = self
            .year_before(at)
            .or_else(|| self.recurring(at))
            .or_else(|| self.beside(at))
            .or_else(|| self.hedged(at))
            .or_else(|| self.positioned(at))
            .or_else(|| self.prefixed(at))
            .or_else(|| self.plain(at))
            .or_else(|| self.reference(at))?;
        Some(self.with_tail(found))
    }

    /// "year-earlier quarter": an offset from the quarter or year that was mentioned.
    fn year_before(&self, at: usize) -> Option<Parsed> {
        let (end, slots) = self.year_earlier(at)?;
        if slots.quarter.is_some() {
            return Some(Parsed { expression: Expression::Point(slots), modifier: None, end });
        }
        let length = Length { amount: Some(1.0), unit: Unit::Year, rest: None };
        let expression = Expression::Offset { length, back: true, from: From::Mentioned };
        Some(Parsed { expression, modifier: None, end })
    }

    /// Without hedges and positions.
    pub(super) fn plain(&self, at: usize) -> Option<Parsed> {
        let point =
            self.point(at).map(|(slots, end)| Parsed { expression: Expression::Point(slots), modifier: None, end });
        let length = self.length(at);
        match (point, length) {
            (Some(point), Some(length)) => Some(if length.end > point.end { length } else { point }),
            (point, length) => point.or(length),
        }
    }

    /// "about two years", "nearly three weeks ago", "at least the past 18 months", "around 7:15 p.m.".
    fn hedged(&self, at: usize) -> Option<Parsed> {
        let (bound, after) = self.atoms.entry(at, Class::Hedge)?;
        let modifier = match bound {
            1 => Mod::EqualOrMore,
            2 => Mod::MoreThan,
            4 => Mod::EqualOrLess,
            5 => Mod::LessThan,
            _ => Mod::Approx,
        };
        // "over the next two weeks", "within this month" tell when, not how long.
        let place = self.atoms.is_any(at, &["over", "under", "around", "above", "below"]);
        let definite = self.atoms.is_any(after, &["the", "its", "their", "his", "her"]);
        if place && (definite || self.atoms.class(after, Class::Which).is_some()) || self.atoms.is(at, "within") {
            return None;
        }
        let found = self.plain(after)?;
        // "changed over three years", "over several years" tell when.
        let told = at.checked_sub(1).and_then(|before| self.tag(before));
        if self.atoms.is(at, "over")
            && let Expression::Length(length) = found.expression
            && (length.amount.is_none() || matches!(told, Some(Xpos::Vbn | Xpos::Vbd | Xpos::Vbg)))
        {
            return None;
        }
        let keep = match found.expression {
            Expression::Length(_) | Expression::Offset { .. } | Expression::Every(_) => true,
            // "around noon", "about 1910"; but "over Christmas", "about Monday's attack" lie outside.
            Expression::Point(slots) => {
                matches!(bound, 6)
                    && slots.weekday.is_none() | slots.clock.is_some()
                    && !self.atoms.is(at, "some")
                    && (slots.clock.is_some() || self.atoms.is_any(at, &["around", "circa", "approximately"]))
                    || bound == 6 && slots.year.is_some() && slots.month.is_none() && self.atoms.is(at, "about")
            }
            _ => false,
        };
        if keep {
            return Some(Parsed { modifier: Some(modifier), ..found });
        }
        None
    }

    /// "post-1991", "pre-2003".
    fn prefixed(&self, at: usize) -> Option<Parsed> {
        let modifier = match () {
            () if self.atoms.is(at, "post") => Mod::After,
            () if self.atoms.is(at, "pre") => Mod::Before,
            () => return None,
        };
        let (year, end) = self.four_digits(at + 2).filter(|_| self.atoms.is_hyphen(at + 1))?;
        let slots = Slots { year: Some(year), ..Slots::default() };
        Some(Parsed { expression: Expression::Point(slots), modifier: Some(modifier), end })
    }

    /// "early June", "the end of the year", "mid-1996", "late on Monday", "later this week".
    fn positioned(&self, at: usize) -> Option<Parsed> {
        let mut next = at;
        let definite = self.atoms.is(next, "the");
        if definite {
            next += 1;
        }
        let code = self.atoms.class(next, Class::Position)?;
        let form = next;
        next += 1;
        let noun = self.atoms.is_any(form, &["beginning", "start", "outset", "middle", "end", "close", "latter"]);
        if noun {
            if self.atoms.is(form, "latter") {
                if !self.atoms.is_any(next, &["part", "half", "stages", "days", "months", "weeks"]) {
                    return None;
                }
                next += 1;
            }
            if !self.atoms.is(next, "of") {
                return None;
            }
            next += 1;
        } else if self.atoms.is_any(form, &["early", "late", "earlier", "later"]) {
            if self.atoms.is_any(next, &["in", "on"]) && !definite {
                next += 1;
                let part_first = self.atoms.is(next, "the") && self.atoms.class(next + 1, Class::Part).is_some();
                if self.atoms.is_any(form, &["earlier", "later"]) && part_first {
                    return None;
                }
            } else if self.atoms.is_hyphen(next) {
                next += 1;
            } else if self.atoms.is_any(next, &["part", "hours", "stages"]) && self.atoms.is(next + 1, "of") {
                next += 2;
            }
        } else if self.atoms.is_hyphen(next) {
            next += 1;
        }
        // "the late-November storm": the article is the storm's.
        if definite && self.atoms.is_hyphen(form + 1) {
            return None;
        }
        let (slots, end) = self.point(next).or_else(|| self.bare_unit(next))?;
        // "early Monday" is the day; "early 50s" would be an age.
        let modifier = match code {
            1 => Mod::Start,
            2 => Mod::Mid,
            _ => Mod::End,
        };
        Some(Parsed { expression: Expression::Point(slots), modifier: Some(modifier), end })
    }

    /// "the year" after "the end of".
    fn bare_unit(&self, at: usize) -> Option<(Slots, usize)> {
        if !self.atoms.is(at, "the") {
            return None;
        }
        let unit = self.unit(at + 1).filter(|unit| {
            matches!(
                unit,
                Unit::Day
                    | Unit::Week
                    | Unit::Weekend
                    | Unit::Month
                    | Unit::Quarter
                    | Unit::Year
                    | Unit::Decade
                    | Unit::Century
            )
        })?;
        if self.atoms.is_hyphen(at + 2) {
            return None;
        }
        Some((Slots { which: Some(Which::This), unit: Some(unit), ..Slots::default() }, at + 2))
    }

    /// Parts of a point of time, as many as fit together.
    pub(super) fn point(&self, at: usize) -> Option<(Slots, usize)> {
        let first = self.component(at)?;
        let mut slots = first.slots;
        let mut end = first.end;
        let mut last = first;
        for _ in 0..4 {
            let Some((join, next)) = self.next_component(end, &slots, last) else { break };
            if !fits(&slots, last, join, next) {
                break;
            }
            slots = merge(&slots, &next.slots);
            end = next.end;
            last = next;
        }
        let vague = slots.which.is_some_and(|which| matches!(which, Which::Past | Which::Recent | Which::First));
        if vague && slots.unit.is_some() {
            return None;
        }
        self.stands(&slots, at, end).then_some((slots, end))
    }

    /// The next part with what joins it to the ones before.
    fn next_component(&self, at: usize, slots: &Slots, last: Component) -> Option<(Join, Component)> {
        let joined = |join: Join, at: usize| self.component(at).map(|component| (join, component));
        let atoms = self.atoms;
        if atoms.is_mark(at, ',') {
            return joined(Join::Comma, at + 1)
                .or_else(|| if atoms.is(at + 1, "on") { joined(Join::Comma, at + 2) } else { None });
        }
        if atoms.is(at, "of") {
            return joined(Join::Of, at + 1);
        }
        if atoms.is(at, "on") {
            return joined(Join::On, at + 1);
        }
        if atoms.is_any(at, &["at", "around"]) && slots.clock.is_none() {
            let clock = if atoms.is_any(at + 1, &["about", "around"]) { at + 2 } else { at + 1 };
            return joined(Join::At, clock);
        }
        if atoms.is(at, "in") {
            let part = if atoms.is(at + 1, "the") { at + 2 } else { at + 1 };
            return joined(Join::In, part).filter(|(_, next)| {
                next.level == Level::Part
                    || matches!(last.level, Level::Season | Level::Part)
                    || slots.holiday.is_some() && next.slots.year.is_some()
            });
        }
        if atoms.is_any(at, &["'s", "’s"]) {
            return joined(Join::Possessive, at + 1);
        }
        joined(Join::Bare, at)
    }

    /// Does such a point need more around it to be a time at all?
    fn stands(&self, slots: &Slots, at: usize, end: usize) -> bool {
        let alone = |slot: bool| slot && *slots == Slots { part: slots.part, ..Slots::default() };
        if alone(slots.part.is_some()) && self.atoms.class(at, Class::Noon).is_none() {
            // "the morning", "dawn": a part of some day that the words do not name.
            let word = if self.atoms.is(at, "the") { at + 1 } else { at };
            let before = at.checked_sub(1).map(|before| self.atoms.form(before)).unwrap_or_default();
            let cue =
                ["in", "at", "by", "before", "until", "till", "since", "during", "after", "through", "throughout"]
                    .iter()
                    .any(|cue| cue.eq_ignore_ascii_case(before));
            return cue
                && self.atoms.form(word).chars().next().is_some_and(char::is_lowercase)
                && !self.noun_follows(end);
        }
        true
    }

    /// Is the atom a noun that the words before it describe?
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        let joined = self.atoms.is_hyphen(at);
        joined || matches!(self.tag(at), Some(Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps))
    }

    /// The part of speech of an atom.
    pub(super) fn tag(&self, at: usize) -> Option<Xpos> {
        let relations = self.relations?;
        let token = self.atoms.get(at)?.token as usize;
        let word = token.checked_sub(relations.first_token())?;
        (word < relations.len()).then(|| relations.xpos(word))
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        self.atoms.class(at, Class::Unit).and_then(Unit::of)
    }

    /// "now", "recently", "the near future".
    fn reference(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
        if !atoms.get(at)?.entry.has_any(REFERENCE) {
            return None;
        }
        let reference = |value: i64, end: usize| {
            Some(Parsed { expression: Expression::Reference(value as i8), modifier: None, end })
        };
        if atoms.is(at, "right") && atoms.is(at + 1, "now") {
            return reference(0, at + 2);
        }
        if atoms.is(at, "more") && atoms.is(at + 1, "recently") {
            return reference(-1, at + 2);
        }
        let mut next = at;
        let definite = atoms.is(at, "the");
        if definite {
            next += 1;
            if atoms.is_any(next, &["near", "distant", "foreseeable", "recent", "immediate", "not"])
                && atoms.is_any(next + 1, &["future", "past"])
            {
                next += 1;
            }
        }
        if definite && atoms.is(next, "time") && atoms.is(next + 1, "being") {
            return reference(0, next + 2);
        }
        let value = atoms.class(next, Class::Reference)?;
        let end = next + 1;
        if atoms.is_hyphen(end) || next > 0 && atoms.is_hyphen(next - 1) {
            return None;
        }
        match atoms.form(next).to_ascii_lowercase().as_str() {
            "past" | "future" => {
                let noun = matches!(self.tag(next), Some(Xpos::Nn)) && !self.noun_follows(end);
                if !(noun && (definite || atoms.is(next, "future"))) {
                    return None;
                }
                reference(value, end)
            }
            // "may soon fall", "soon will", "to soon fall"; told of the past, "soon" is no time.
            "soon" => {
                let ahead = |at: usize| matches!(self.tag(at), Some(Xpos::Md | Xpos::To));
                if definite || !(ahead(end) || next > 0 && ahead(next - 1)) {
                    return None;
                }
                reference(value, end)
            }
            _ if definite => None,
            _ => reference(value, end),
        }
    }

    /// Extends what was read by words that always go with it.
    fn with_tail(&self, found: Parsed) -> Parsed {
        let atoms = self.atoms;
        if let Expression::Point(slots) = found.expression
            && slots.year.is_some()
            && slots.month.is_none()
            && found.modifier.is_none()
            && atoms.is(found.end, "or")
            && atoms.is_any(found.end + 1, &["later", "earlier"])
        {
            let modifier = if atoms.is(found.end + 1, "later") { Mod::After } else { Mod::Before };
            return Parsed { modifier: Some(modifier), end: found.end + 2, ..found };
        }
        found
    }

    /// Years and ordinals share their forms with other numbers; tests of context live with them.
    pub(super) fn ordinal(&self, at: usize) -> Option<(i32, usize)> {
        ordinal(self.atoms, at)
    }
}

/// May the next part stand after those before it?
fn fits(slots: &Slots, last: Component, join: Join, next: Component) -> bool {
    if overlap(slots, &next.slots) {
        return false;
    }
    let which_unit = next.slots.which.is_some() && next.slots.unit.is_some();
    match (last.level, next.level) {
        // "3 p.m. Tuesday", "midnight on Friday", "the morning of 29 April", "noon yesterday".
        (Level::Clock | Level::Part, Level::Day) => match join {
            Join::Bare | Join::On | Join::Of => true,
            Join::Comma => last.level == Level::Clock,
            _ => false,
        },
        (Level::Clock, Level::Part) => matches!(join, Join::Bare | Join::In | Join::On),
        (Level::Part, Level::Part) => false,
        (Level::Day, Level::Part) => matches!(join, Join::Bare) && next.slots.which.is_none(),
        (Level::Day | Level::Part, Level::Clock) => matches!(join, Join::Bare | Join::At | Join::Comma),
        // "Saturday, June 24"; "yesterday, Friday".
        (Level::Day, Level::Day) => {
            slots.weekday.is_some()
                && slots.day.is_none()
                && next.slots.day.is_some()
                && matches!(join, Join::Bare | Join::Comma | Join::Of)
        }
        (Level::Day, Level::Week) => {
            slots.weekday.is_some() && slots.which.is_none() && which_unit && matches!(join, Join::Bare | Join::Of)
        }
        (Level::Day | Level::Month, Level::Year) => {
            slots.month.is_some()
                && (which_unit && matches!(join, Join::Bare | Join::Of)
                    || next.slots.year.is_some() && join == Join::Of)
                || slots.holiday.is_some() && matches!(join, Join::Bare | Join::Of | Join::In)
        }
        (Level::Season, Level::Year) => match join {
            Join::Of | Join::In => true,
            Join::Bare | Join::Comma => next.slots.year.is_some() && slots.season.is_some() || which_unit,
            _ => false,
        },
        (Level::Year, Level::Season) => matches!(join, Join::Possessive | Join::Bare),
        (Level::Season, Level::Age) => join == Join::Of && slots.half.is_some(),
        (Level::Week, Level::Month | Level::Day) => false,
        _ => false,
    }
}

/// Do both fill the same slot?
fn overlap(a: &Slots, b: &Slots) -> bool {
    a.clock.is_some() && b.clock.is_some()
        || a.part.is_some() && b.part.is_some()
        || a.weekday.is_some() && b.weekday.is_some()
        || a.day.is_some() && b.day.is_some()
        || a.month.is_some() && b.month.is_some()
        || a.year.is_some() && b.year.is_some()
        || a.which.is_some() && b.which.is_some()
        || a.season.is_some() && b.season.is_some()
        || a.quarter.is_some() && b.quarter.is_some()
        || a.deictic.is_some() && (b.deictic.is_some() || b.weekday.is_some())
}

fn merge(a: &Slots, b: &Slots) -> Slots {
    Slots {
        clock: a.clock.or(b.clock),
        part: a.part.or(b.part),
        deictic: a.deictic.or(b.deictic),
        weekday: a.weekday.or(b.weekday),
        holiday: a.holiday.or(b.holiday),
        day: a.day.or(b.day),
        month: a.month.or(b.month),
        year: a.year.or(b.year),
        decade: a.decade.or(b.decade),
        century: a.century.or(b.century),
        season: a.season.or(b.season),
        quarter: a.quarter.or(b.quarter),
        half: a.half.or(b.half),
        which: a.which.or(b.which),
        unit: a.unit.or(b.unit),
        until: a.until.or(b.until),
    }
}
