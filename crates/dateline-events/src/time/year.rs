//! Years, decades and centuries: "1968", "'99", "the 1960s", "480 BC", "1914-18".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Component, Parser};
use crate::atom::{Class, Kind, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// Four digits that may be a year.
    pub(super) fn four_digits(&self, at: usize) -> Option<(i16, usize)> {
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

    /// "1960s", "80s" after "the" or an apostrophe.
    pub(super) fn decade(&self, at: usize) -> Option<Component> {
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
    pub(super) fn decade_words(&self, at: usize) -> Option<Component> {
        let decade = self.atoms.class(at, Class::Decade).filter(|decade| *decade >= 20)?;
        if at == 0 || !self.atoms.is(at - 1, "the") && !self.atoms.is_any(at - 1, &["early", "late", "mid"]) {
            return None;
        }
        let slots = Slots { decade: Some(1900 + decade as i16), ..Slots::default() };
        Some(Component::new(Level::Age, at + 1, slots))
    }

    /// "'99", "'80s".
    pub(super) fn short_year(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        let next = atoms.get(at + 1).filter(|_| atoms.joined(at + 1))?;
        if at > 0 && atoms.joined(at) {
            return None;
        }
        if next.kind == Kind::Plural {
            return self.decade(at + 1);
        }
        // "'60 Minutes'".
        if next.kind != Kind::Digits
            || next.digits != 2
            || atoms.class(at + 2, Class::Unit).is_some()
            || atoms.joined(at + 2) && !atoms.is_any(at + 2, &["'s", ",", ".", ")"])
        {
            return None;
        }
        let year = super::calendar::two_digit_year(next.value as i16);
        Some(Component::new(Level::Year, at + 2, Slots { year: Some(year), ..Slots::default() }))
    }

    /// Four digits that are a year here; "480 BC"; "1914-18".
    pub(super) fn year(&self, at: usize) -> Option<Component> {
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

    /// Is a number of four digits a year, and not a count, an hour, a part of a name?
    pub(super) fn is_year(&self, at: usize, year: i16, end: usize) -> bool {
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

    pub(super) fn plural_word(&self, at: usize) -> bool {
        self.atoms.form(at).ends_with('s')
    }

    /// "nineteen ninety-six", "twenty ten".
    pub(super) fn spelled_year(&self, at: usize) -> Option<Component> {
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
    pub(super) fn year_end(&self, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        if !atoms.is(at, "year") {
            return None;
        }
        let end = self.after_hyphen(at + 1);
        let slots = Slots { which: Some(Which::This), unit: Some(Unit::Year), ..Slots::default() };
        atoms.is(end, "end").then(|| Component::new(Level::Year, end + 1, slots))
    }
}
