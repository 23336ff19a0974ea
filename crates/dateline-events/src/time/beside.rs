//! Days that are told by others: "the day after", "two days before Christmas", "the 20th anniversary of the 2003 invasion".

use dateline_syntax::{Relations, Xpos};

use super::expression::*;
use super::parse::{Component, Parsed, Parser};
use crate::atom::{Kind, cardinal};

impl<R: Relations + ?Sized> Parser<'_, '_, R> {
    /// "the day after the attack", "a week before Christmas", "the day before".
    pub(super) fn beside(&self, at: usize) -> Option<Parsed> {
        let atoms = self.atoms;
        let definite = atoms.is(at, "the");
        let (amount, next) = match () {
            () if definite => (1.0, at + 1),
            () if atoms.is_any(at, &["a", "one"]) => (1.0, at + 1),
            () => cardinal(atoms, at).map(|number| (number.value, number.end))?,
        };
        let unit = self.unit(next).filter(|unit| matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year))?;
        let after = next + 1;
        let back = atoms.is(after, "before");
        if !back && !atoms.is(after, "after") {
            return None;
        }
        let length = Length { amount: Some(amount), unit, rest: None };
        let offset = |from: From, end: usize| {
            Some(Parsed { expression: Expression::Offset { length, back, from }, modifier: None, end })
        };
        if let Some((slots, end)) = self.point(after + 1)
            && (slots.day.or(slots.weekday).is_some() || slots.holiday.is_some() || slots.deictic.is_some())
            && slots.clock.is_none()
            && unit != Unit::Year
        {
            let expression = Expression::Beside { length, back, slots };
            return Some(Parsed { expression, modifier: None, end });
        }
        if !definite || !atoms.is(next, "day") {
            return None;
        }
        let closes =
            atoms.get(after + 1).is_none_or(|next| matches!(next.kind, Kind::Mark(',' | '.' | ';' | ':' | '—')));
        if closes {
            return offset(From::Told, after + 1);
        }
        let phrase = matches!(
            self.tag(after + 1),
            Some(
                Xpos::Dt
                    | Xpos::Prp
                    | Xpos::PrpS
                    | Xpos::Nn
                    | Xpos::Nns
                    | Xpos::Nnp
                    | Xpos::Nnps
                    | Xpos::Vbg
                    | Xpos::Jj
            )
        );
        // What the day is counted from was told before, or nowhere.
        if phrase { offset(From::Told, after) } else { None }
    }

    /// "20th anniversary of the 2003 invasion", after its article; the number has been read.
    pub(super) fn anniversary(&self, number: i32, at: usize) -> Option<Component> {
        let atoms = self.atoms;
        if !(atoms.is(at, "anniversary") && atoms.is(at + 1, "of")) {
            return None;
        }
        let of = if atoms.is(at + 2, "the") { at + 3 } else { at + 2 };
        let first =
            self.component(of).filter(|first| matches!(first.level, Level::Day | Level::Month | Level::Year))?;
        let year = first.slots.year.filter(|year| *year > 0)?.checked_add(i16::try_from(number).ok()?)?;
        let slots = Slots { year: Some(year), month: first.slots.month, day: first.slots.day, ..Slots::default() };
        Some(Component::new(first.level, at + 1, slots))
    }
}
