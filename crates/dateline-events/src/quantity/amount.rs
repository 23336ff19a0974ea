use crate::atom::{Atoms, Class, Kind, cardinal};

/// How many, before any hedge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) min: Option<f64>,
    /// None: no most is said ("dozens").
    pub(super) max: Option<f64>,
    /// Said by a word that gives no number: several, dozens.
    pub(super) vague: bool,
    /// "or so".
    pub(super) about: bool,
    /// The atom after it.
    pub(super) end: usize,
}

impl Amount {
    fn vague(min: f64, end: usize) -> Self {
        Self { min: Some(min), max: None, vague: true, about: false, end }
    }

    pub(super) fn exact(min: f64, max: f64, end: usize) -> Self {
        Self { min: Some(min), max: Some(max), vague: false, about: false, end }
    }
}

/// Reads an amount at an atom. After a sign of money "m" and "bn" are millions and billions.
pub(super) fn amount(atoms: &Atoms<'_>, at: usize, money: bool) -> Option<Amount> {
    let between = atoms.is(at, "between");
    let start = if between { at + 1 } else { at };
    let number = match cardinal(atoms, start) {
        Some(number) => number,
        None if between => return None,
        None => return vague(atoms, at),
    };
    let short = |at: usize| -> Option<(f64, usize)> {
        if !money || !atoms.joined(at) {
            return None;
        }
        Some((super::short_scale(atoms.form(at))?, at + 1))
    };
    let (mut value, mut end) = (number.value, number.end);
    if let Some((scale, after)) = short(end) {
        value *= scale;
        end = after;
    }
    // "10 to 15", "10-15", "five or six", "between 10 and 15"; "10-million"?
    let join = if between {
        atoms.is(end, "and")
    } else {
        atoms.is_any(end, &["to", "or"]) || atoms.is_hyphen(end) || atoms.is_mark(end, '-') && !atoms.joined(end)
    };
    let dash = !between && (atoms.is_hyphen(end) || atoms.is_mark(end, '-'));
    if join && let Some(last) = cardinal(atoms, end + 1).filter(|last| !last.article) {
        let mut most = last.value;
        let mut after = last.end;
        if let Some((scale, next)) = short(after) {
            most *= scale;
            after = next;
        }
        let first = like(atoms, value, number.end, last.end, most);
        // Alternatives are neighbours: "two or three", not "two or 300".
        let near = !atoms.is(end, "or") || most <= first * 2.0 + 1.0;
        // A score or a telephone number has no greater number at its end, or nothing that it counts.
        let counted = !dash
            || money
            || atoms.get(after).is_some_and(|next| next.kind == Kind::Word && next.space)
            || atoms.is_mark(after, '%')
            || atoms.is_hyphen(after);
        if most > first && near && counted {
            return Some(Amount::exact(first, most, after));
        }
    }
    if between {
        return None;
    }
    let mut found = Amount::exact(value, value, end);
    if atoms.is(end, "or") && atoms.is_any(end + 1, &["more", "so"]) {
        if atoms.is(end + 1, "more") {
            found.max = None;
        } else {
            found.about = true;
        }
        found.end = end + 2;
    } else if (atoms.is_hyphen(end) && atoms.is(end + 1, "plus")) || atoms.is_mark(end, '+') && atoms.joined(end) {
        found.max = None;
        found.end = if atoms.is_mark(end, '+') { end + 1 } else { end + 2 };
    }
    Some(found)
}

/// "2 to 3 million": the first number takes the scale of the second.
fn like(atoms: &Atoms<'_>, value: f64, first_end: usize, last_end: usize, most: f64) -> f64 {
    let plain = first_end > 0 && atoms.class(first_end - 1, Class::Scale).is_none();
    match atoms.class(last_end - 1, Class::Scale) {
        Some(scale) if plain && value < scale as f64 && scale >= 1000 && value * scale as f64 <= most => {
            value * scale as f64
        }
        _ => value,
    }
}

/// Several, a few, a couple, dozens, tens of thousands.
fn vague(atoms: &Atoms<'_>, at: usize) -> Option<Amount> {
    if let Some(least) = atoms.class(at, Class::Vague) {
        // "tens of thousands", "hundreds of thousands".
        if atoms.is(at + 1, "of")
            && let Some(times) = atoms.class(at + 2, Class::Vague).filter(|times| *times > least)
        {
            let scale = (times / 2) as f64;
            return Some(Amount::vague(least as f64 * scale, at + 3));
        }
        return (!atoms.is(at, "tens")).then(|| Amount::vague(least as f64, at + 1));
    }
    if atoms.is(at, "both") {
        return Some(Amount::exact(2.0, 2.0, at + 1));
    }
    let article = atoms.is(at, "a");
    let word = if article { at + 1 } else { at };
    if article && atoms.is_any(word, &["couple", "pair"]) {
        let scale_at = if atoms.is(word + 1, "of") { word + 2 } else { word + 1 };
        if let Some(scale) = atoms.class(scale_at, Class::Scale) {
            return Some(Amount::exact(2.0 * scale as f64, 2.0 * scale as f64, scale_at + 1));
        }
        return Some(Amount::exact(2.0, 2.0, word + 1));
    }
    if article && atoms.is(word, "handful") {
        return Some(Amount::vague(2.0, word + 1));
    }
    if article && atoms.is(word, "few") || atoms.is(at, "several") {
        if let Some(scale) = atoms.class(word + 1, Class::Scale) {
            return Some(Amount::vague(2.0 * scale as f64, word + 2));
        }
        return Some(Amount::vague(2.0, word + 1));
    }
    None
}
