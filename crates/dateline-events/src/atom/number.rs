use super::{Atoms, Class, Kind};

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// The atom after it.
    pub(crate) end: usize,
    /// Its first word is "a" or "an": "a hundred".
    pub(crate) article: bool,
}

/// Reads a number at an atom: digits, words, and both with "million" and the like after them.
pub(crate) fn cardinal(atoms: &Atoms<'_>, at: usize) -> Option<Number> {
    let atom = atoms.get(at)?;
    if atom.kind == Kind::Digits {
        let mut end = at + 1;
        let mut value = atom.value;
        if let Some((fraction, after)) = fraction(atoms, end) {
            value += fraction;
            end = after;
        }
        if let Some((part, after)) = and_a_half(atoms, end) {
            value += part;
            end = after;
        }
        let (value, end) = scaled(atoms, value, end);
        return Some(Number { value, end, article: false });
    }
    if atom.kind != Kind::Word || atom.entry.is_empty() {
        return None;
    }
    // "half a million", "a quarter of a million", "half a dozen".
    if let Some((part, after)) = part_of_scale(atoms, at) {
        return Some(Number { value: part, end: after, article: false });
    }
    if atoms.is_any(at, &["a", "an"]) {
        let scale = atoms.class(at + 1, Class::Scale)?;
        let (value, end) = sum(atoms, scale as f64, 0.0, at + 2);
        return Some(Number { value, end, article: true });
    }
    let (first, end) = below_hundred(atoms, at)?;
    if let Some((part, after)) = and_a_half(atoms, end) {
        let (value, end) = scaled(atoms, first + part, after);
        return Some(Number { value, end, article: false });
    }
    let (value, end) = sum(atoms, first, 0.0, end);
    Some(Number { value, end, article: false })
}

/// Reads an ordinal of words or digits: "third", "twenty-first", "21st". Its number and the atom after it.
pub(crate) fn ordinal(atoms: &Atoms<'_>, at: usize) -> Option<(i32, usize)> {
    let atom = atoms.get(at)?;
    if atom.kind == Kind::Ordinal {
        return (atom.digits <= 4).then_some((atom.value as i32, at + 1));
    }
    if let Some(value) = atom.entry.get(Class::Ordinal) {
        return Some((value as i32, at + 1));
    }
    let tens = atom.entry.get(Class::Number).filter(|value| (20..100).contains(value) && value % 10 == 0)?;
    let next = if atoms.is_hyphen(at + 1) { at + 2 } else { at + 1 };
    let ones = atoms.class(next, Class::Ordinal).filter(|value| (1..10).contains(value))?;
    Some(((tens + ones) as i32, next + 1))
}

/// One to ninety-nine in words.
fn below_hundred(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let first = atoms.class(at, Class::Number)?;
    if first >= 20 && first % 10 == 0 {
        let next = if atoms.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        if let Some(ones) = atoms.class(next, Class::Number).filter(|value| (1..10).contains(value)) {
            return Some(((first + ones) as f64, next + 1));
        }
    }
    Some((first as f64, at + 1))
}

/// What follows a first number in words: scales, and further numbers that the scales leave room for.
fn sum(atoms: &Atoms<'_>, first: f64, total: f64, at: usize) -> (f64, usize) {
    let mut total = total;
    let mut current = first;
    let mut end = at;
    // The smallest scale so far: "two thousand three hundred", not "two hundred three thousand hundred".
    let mut last_scale = f64::INFINITY;
    loop {
        let next = if atoms.is_hyphen(end) { end + 1 } else { end };
        if let Some(scale) = atoms.class(next, Class::Scale) {
            let scale = scale as f64;
            if scale <= 100.0 && current < scale {
                current *= scale;
            } else if scale >= 1000.0 && scale < last_scale {
                total += current * scale;
                current = 0.0;
                last_scale = scale;
            } else {
                break;
            }
            end = next + 1;
            continue;
        }
        // Only a hundred or more leaves room for more: "one hundred (and) five".
        let room =
            if current >= 100.0 && current % 100.0 == 0.0 { true } else { current == 0.0 && last_scale.is_finite() };
        if !room {
            break;
        }
        let number = if atoms.is(end, "and") { end + 1 } else { end };
        let Some((value, after)) = below_hundred(atoms, number) else { break };
        // "a hundred and two drones" is a number, "three hundred and one drone" too; "two thousand and 5" is none.
        current += value;
        end = after;
        if atoms.class(end, Class::Scale).is_none() {
            break;
        }
    }
    (total + current, end)
}

/// Scale words after digits: "1.2 million", "3 dozen", "2 hundred thousand".
fn scaled(atoms: &Atoms<'_>, value: f64, at: usize) -> (f64, usize) {
    let mut value = value;
    let mut end = at;
    for _ in 0..2 {
        let next = if atoms.is_hyphen(end) { end + 1 } else { end };
        let Some(scale) = atoms.class(next, Class::Scale) else { break };
        value *= scale as f64;
        end = next + 1;
    }
    (value, end)
}

/// "1/2" after a whole number, or a sign like "½".
fn fraction(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let sign = match atoms.form(at) {
        "½" => Some(0.5),
        "¼" => Some(0.25),
        "¾" => Some(0.75),
        _ => None,
    };
    if let Some(value) = sign {
        return Some((value, at + 1));
    }
    let (upper, lower) = (atoms.whole(at, 2)?, atoms.whole(at + 2, 2)?);
    let slash = atoms.is_mark(at + 1, '/') && atoms.joined(at + 1) && atoms.joined(at + 2);
    (slash && upper < lower).then(|| (f64::from(upper) / f64::from(lower), at + 3))
}

/// "and a half", "and a quarter", "-and-a-half".
fn and_a_half(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let skip = |at: usize| if atoms.is_hyphen(at) { at + 1 } else { at };
    let and = skip(at);
    if !atoms.is(and, "and") {
        return None;
    }
    let article = skip(and + 1);
    if !atoms.is_any(article, &["a", "one"]) {
        return None;
    }
    let part = skip(article + 1);
    let value = match atoms.form(part) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    Some((value, part + 1))
}

/// "half a million", "a quarter of a million", "a half million".
fn part_of_scale(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let mut next = at;
    if atoms.is(next, "a") {
        next += 1;
    }
    let part = match () {
        () if atoms.is(next, "half") => 0.5,
        () if atoms.is(next, "quarter") => 0.25,
        () => return None,
    };
    next += 1;
    if atoms.is_hyphen(next) || atoms.is(next, "of") {
        next += 1;
    }
    if atoms.is_any(next, &["a", "an"]) {
        next += 1;
    }
    let scale = atoms.class(next, Class::Scale)?;
    Some((part * scale as f64, next + 1))
}
