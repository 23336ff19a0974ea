//! From atoms to expressions: slots are filled from left to right, as long as the next words fit.

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use crate::atom::{Atoms, Class, Kind, cardinal, ordinal};

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

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// The expression at an atom, if one begins there.
    pub(super) fn parse(&self, at: usize) -> Option<Parsed> {
        let atom = self.atoms.get(at)?;
        let opens = match atom.kind {
            Kind::Word => !atom.entry.is_empty(),
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
            .or_else(|| self.hedged(at))
            .or_else(|| self.positioned(at))
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
    fn plain(&self, at: usize) -> Option<Parsed> {
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
                next.level == Level::Part || last.level == Level::Season || last.level == Level::Part
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

    /// Is the unit at this atom written as a plural?
    fn plural_unit(&self, at: usize) -> bool {
        let form = self.atoms.form(at);
        form.len() > 3 && form.ends_with(['s', 'S']) || form.eq_ignore_ascii_case("millennia")
    }

    /// A length of time, and what an offset makes of it: "two days", "three weeks ago", "the past 24 hours".
    fn length(&self, at: usize) -> Option<Parsed> {
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
        // "a three hour flight", but no "three hour" alone.
        if explicit
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
        if hyphen && !plural && definite || hyphen && !plural && amount_at > at && which.is_none() || long && article {
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
            if which.is_none() && !long && !self.bare_plural(at, next) {
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
    fn bare_plural(&self, at: usize, unit: usize) -> bool {
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
    fn direction(&self, at: usize, bound: bool) -> Option<(bool, From, usize)> {
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
    fn and_a_half(&self, at: usize) -> Option<usize> {
        let atoms = self.atoms;
        let skip = |at: usize| if atoms.is_hyphen(at) { at + 1 } else { at };
        let and = skip(at);
        let article = skip(and + 1);
        let half = skip(article + 1);
        (atoms.is(and, "and") && atoms.is(article, "a") && atoms.is(half, "half")).then_some(half + 1)
    }

    /// "and six months" after years.
    fn smaller(&self, at: usize, unit: Unit) -> Option<((f64, Unit), usize)> {
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
    fn amount(&self, at: usize, definite: bool) -> Option<(Option<f64>, usize)> {
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

    /// "every Friday", "daily", "twice a week", "Tuesday nights".
    fn recurring(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
        let parsed =
            |expression: Expression, modifier: Option<Mod>, end: usize| Some(Parsed { expression, modifier, end });
        let hedge = atoms.is_any(at, &["almost", "nearly"]);
        let start = if hedge { at + 1 } else { at };
        let modifier = hedge.then_some(Mod::Approx);
        if let Some(code) = atoms.class(start, Class::Frequency) {
            let name = atoms.get(start).is_some_and(|atom| atom.capital)
                && (self.tag(start) == Some(Xpos::Nnp) || atoms.get(start + 1).is_some_and(|next| next.capital));
            if name || start > 0 && atoms.is_hyphen(start - 1) {
                return None;
            }
            let length = Length { amount: Some(1.0), unit: Unit::of(code)?, rest: None };
            return parsed(Expression::Every(length), modifier, start + 1);
        }
        // "900 km per hour" is a speed.
        if atoms.is(start, "per") && start > 0 && atoms.class(start - 1, Class::Measure).is_some() {
            return None;
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

    /// The name of what comes again: a weekday, a part of the day, a month, a season.
    fn repeated(&self, at: usize) -> Option<Slots> {
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

    /// "now", "recently", "the near future".
    fn reference(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
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
            "current" | "recent" if definite => reference(value, end).filter(|_| false),
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
                || slots.holiday.is_some() && matches!(join, Join::Bare | Join::Of)
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
