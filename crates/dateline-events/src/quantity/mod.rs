//! Numbers and amounts with their bounds: counts, money, distances, areas, weights, shares, ages, speeds.

mod amount;
mod counted;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use self::amount::{Amount, amount};
use crate::annotation::{Dimension, Quantity, Time};
use crate::atom::{Atoms, Class, Classes, Kind, code};

/// Words of these classes may be amounts by themselves.
const ALONE: Classes = Classes::of(&[Class::Number, Class::Vague, Class::Decade]);

/// Words of these classes open an amount if the next word may go on with it.
const WITH_NEXT: Classes = Classes::of(&[Class::Amount, Class::Hedge, Class::Sign]);

/// Reads the quantities of one text, piece after piece: "and one in Istra" counts what was counted before.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// What was counted last in the plural, and in which piece.
    counted: Option<(String, usize)>,
    piece: usize,
}

/// The piece that is being read.
struct Piece<'p, 't, R: ?Sized> {
    atoms: &'p Atoms<'t>,
    relations: &'p R,
}

impl Reader {
    /// Adds the quantities in the atoms of one piece; `times` are its expressions of time, whose numbers are none.
    pub(crate) fn read<R: Relations + ?Sized>(
        &mut self,
        atoms: &Atoms<'_>,
        relations: &R,
        times: &[Time],
        text: &str,
        out: &mut Vec<Quantity>,
    ) {
        self.piece += 1;
        let piece = Piece { atoms, relations };
        let mut times = times.iter().peekable();
        let mut at = 0;
        while at < atoms.len() {
            if !piece.may_open(at) {
                at = piece.after_nothing(at);
                continue;
            }
            let span = atoms.span(at..at + 1);
            while times.next_if(|time| time.end <= span.start).is_some() {}
            if times.peek().is_some_and(|time| time.start <= span.start) {
                at += 1;
                continue;
            }
            let limit = times.peek().map_or(usize::MAX, |time| time.start);
            let Some((found, end)) = piece.quantity(at, self.elided(), limit) else {
                at = piece.after_nothing(at);
                continue;
            };
            let words = atoms.span(at..end);
            if found.dimension == Dimension::Count
                && let Some(of) = &found.of
                && found.max.is_none_or(|max| max > 1.0)
            {
                self.counted = Some((of.clone(), self.piece));
            }
            out.push(Quantity { start: words.start, end: words.end, text: text[words].to_owned(), ..found });
            at = end.max(at + 1);
        }
    }

    /// What a number without a noun may count: what was counted in this sentence or the one before.
    fn elided(&self) -> Option<&str> {
        self.counted.as_ref().filter(|(_, piece)| piece + 1 >= self.piece).map(|(of, _)| of.as_str())
    }
}

impl<R: Relations + ?Sized> Piece<'_, '_, R> {
    /// The word of an atom.
    fn word(&self, at: usize) -> Option<usize> {
        let token = self.atoms.get(at)?.token as usize;
        let word = token.checked_sub(self.relations.first_token())?;
        (word < self.relations.len()).then_some(word)
    }

    fn tag(&self, at: usize) -> Option<Xpos> {
        self.word(at).map(|word| self.relations.xpos(word))
    }

    /// Where to go on after an atom that begins no quantity: past all that is joined to a number.
    fn after_nothing(&self, at: usize) -> usize {
        let mut next = at + 1;
        if self.atoms.get(at).is_some_and(|atom| matches!(atom.kind, Kind::Digits)) {
            while self.atoms.joined(next) && !self.atoms.is_mark(next, ',') {
                next += 1;
            }
        }
        next
    }

    /// The quantity that begins at an atom, without its span and text, and the atom after it.
    fn quantity(&self, at: usize, elided: Option<&str>, limit: usize) -> Option<(Quantity, usize)> {
        let (quantity, end) = self.age(at).or_else(|| self.amount_of(at, elided))?;
        (self.atoms.span(at..end).end <= limit).then_some((quantity, end))
    }

    /// Is the atom one that a quantity may begin with?
    fn may_open(&self, at: usize) -> bool {
        let Some(atom) = self.atoms.get(at) else { return false };
        match atom.kind {
            Kind::Digits | Kind::Plural => true,
            Kind::Word => {
                atom.entry.has_any(ALONE)
                    || atom.entry.has_any(WITH_NEXT)
                        && (self.atoms.is_known(at + 1) || atom.entry.get(Class::Amount) == Some(1))
                    || self.atoms.is_mark(at + 1, '$')
            }
            Kind::Mark(mark) => sign(mark).is_some(),
            _ => false,
        }
    }

    /// A number with its hedge and what it measures.
    fn amount_of(&self, at: usize, elided: Option<&str>) -> Option<(Quantity, usize)> {
        let atoms = self.atoms;
        let (hedge, number) = match atoms.entry(at, Class::Hedge) {
            Some((hedge, after)) => (Some(hedge), after),
            None => (None, at),
        };
        // "an estimated 200".
        let (hedge, number) = match hedge {
            None if atoms.is(at, "an") && atoms.is(at + 1, "estimated") => (Some(6), at + 2),
            hedge => (hedge, number),
        };
        if let Some((unit, digits)) = self.money_sign(number) {
            let amount = amount(atoms, digits, true)?;
            let mut amount = amount;
            // "$3 million to $5 million"; "£40 to $1.2" is no range.
            if (atoms.is(amount.end, "to") || atoms.is_hyphen(amount.end))
                && let Some((other, more)) = self.money_sign(amount.end + 1)
                && let Some(last) = self::amount(atoms, more, true)
                && other == unit
                && amount.min.zip(last.max).is_none_or(|(min, max)| min <= max)
            {
                amount.max = last.max;
                amount.end = last.end;
            }
            let end = amount.end;
            return Some((bounded(amount, hedge, Dimension::Money, unit_of(unit)), end));
        }
        if let Some((share, end)) = self.fraction(number) {
            let of = if atoms.is(end, "of") { self.noun_after(end + 1) } else { self.noun_after(end) };
            let amount = Amount::exact(share, share, end);
            return Some((Quantity { of, ..bounded(amount, hedge, Dimension::Percent, None) }, end));
        }
        let mut amount = amount(atoms, number, false)?;
        if !self.is_free(number, &amount) {
            return None;
        }
        // "3m people", but "3m high".
        if let Some(scale) = short_scale(atoms.form(amount.end)).filter(|_| atoms.joined(amount.end))
            && self.tag(amount.end + 1) == Some(Xpos::Nns)
        {
            let times = |value: Option<f64>| value.map(|value| value * scale);
            amount = Amount { min: times(amount.min), max: times(amount.max), end: amount.end + 1, ..amount };
        }
        let small = amount.max.is_some_and(|max| max < 10.0);
        let end = amount.end;
        let next = if atoms.is_hyphen(end) { end + 1 } else { end };
        if let Some((dimension, unit, end)) = self.measure(&amount, next) {
            return Some((bounded(amount, hedge, dimension, unit), end));
        }
        if let Some((unit, end)) = self.old(next) {
            let of = self.noun_after(end);
            return Some((Quantity { of, ..bounded(amount, hedge, Dimension::Age, Some(unit)) }, end));
        }
        if next > end {
            return self.hyphenated(at, number, &amount, hedge, next);
        }
        // "over two villages", "around two bases" tell where.
        let spatial =
            hedge.is_some() && small && atoms.is_any(at, &["over", "around", "under", "above", "below", "within"]);
        if spatial || atoms.is(at, "within") {
            return None;
        }
        let counted = self.counted(number, &amount, elided)?;
        let quantity = Quantity { of: counted.0, ..bounded(amount, hedge, Dimension::Count, None) };
        Some((quantity, end))
    }

    /// "two-thirds of", "three quarters of", "a third of", "half the": the share in percent and the atom after.
    fn fraction(&self, at: usize) -> Option<(f64, usize)> {
        let atoms = self.atoms;
        let hyphen = |at: usize| if atoms.is_hyphen(at) { at + 1 } else { at };
        let (upper, next) = match () {
            () if atoms.is_any(at, &["a", "one"]) => (1.0, hyphen(at + 1)),
            () if atoms.is(at, "half") => (1.0, at),
            () => {
                let upper = atoms.class(at, Class::Number).filter(|upper| (2..100).contains(upper))?;
                (upper as f64, hyphen(at + 1))
            }
        };
        let (lower, _) =
            FRACTIONS.iter().map(|(word, lower)| (*lower, *word)).find(|(_, word)| atoms.is(next, word))?;
        let end = next + 1;
        // "the first half of", "a quarter of a million", "half an hour", "a third of May" are others.
        let part = at > 0
            && (atoms
                .get(at - 1)
                .is_some_and(|before| before.entry.has(Class::Ordinal) || before.entry.has(Class::Which))
                || atoms.is_any(at - 1, &["the", "other", "its", "their"])
                || atoms.is(at - 1, "and") && at > 1 && self.tag(at - 2) == Some(Xpos::Cd));
        let whole = if atoms.is(end, "of") { end + 1 } else { end };
        let dated = atoms.get(whole).is_some_and(|after| after.entry.has(Class::Month) && after.capital);
        let scaled = atoms.is_any(whole, &["a", "an"]);
        let bare = whole == end && !(lower == 2.0 && atoms.is_any(end, &["the", "its", "their", "his", "her"]));
        if part || dated || scaled || bare || upper >= lower {
            return None;
        }
        Some(((upper / lower * 10_000.0).round() / 100.0, end))
    }

    /// "a 10-member team": the noun after the hyphen is counted.
    fn hyphenated(
        &self,
        at: usize,
        number: usize,
        amount: &Amount,
        hedge: Option<i64>,
        next: usize,
    ) -> Option<(Quantity, usize)> {
        self.atoms.class(next, Class::Member)?;
        // "a 1,500-strong force" counts what the force is made of.
        let of = self.word(next).filter(|_| !self.atoms.is(next, "strong"));
        let of = of.map(|word| self.relations.lemma(word).to_lowercase());
        let plain = number == at || hedge.is_some();
        plain.then(|| (Quantity { of, ..bounded(*amount, hedge, Dimension::Count, None) }, amount.end))
    }

    /// A currency before its number: its code and the atom of the number.
    fn money_sign(&self, at: usize) -> Option<(&'static str, usize)> {
        let atoms = self.atoms;
        let atom = atoms.get(at)?;
        let is_number = |at: usize| atoms.get(at).is_some_and(|atom| atom.kind == Kind::Digits);
        if let Kind::Mark(mark) = atom.kind {
            return sign(mark).filter(|_| is_number(at + 1)).map(|code| (code, at + 1));
        }
        if atoms.is_mark(at + 1, '$') && atoms.joined(at + 1) && is_number(at + 2) {
            let code = match atoms.form(at) {
                "US" | "U.S." => "USD",
                "A" | "AU" => "AUD",
                "C" | "CA" | "CAD" => "CAD",
                "HK" => "HKD",
                "NZ" => "NZD",
                "S" => "SGD",
                "R" => "BRL",
                _ => return None,
            };
            return Some((code, at + 2));
        }
        let value = atom.entry.get(Class::Sign).filter(|_| atom.capital)?;
        let digits = if atoms.is_mark(at + 1, '.') { at + 2 } else { at + 1 };
        // One letter is a currency only where it touches the number: "N6.5 million".
        let touches = digits == at + 1 && atoms.joined(digits) || atoms.form(at).len() > 1;
        let amount = atoms.get(digits).filter(|atom| atom.kind == Kind::Digits)?;
        let plausible =
            atoms.form(at).len() > 1 || amount.value >= 1000.0 || atoms.class(digits + 1, Class::Scale).is_some();
        (touches && plausible).then(|| (code(value), digits))
    }

    /// What a number measures, by the words after it: dimension, unit, the atom after.
    fn measure(&self, amount: &Amount, at: usize) -> Option<(Dimension, Option<&'static str>, usize)> {
        let atoms = self.atoms;
        if atoms.is_mark(at, '%') {
            return Some((Dimension::Percent, None, at + 1));
        }
        // "dozens of kilometres", "a few metres".
        let at = if amount.vague && atoms.is(at, "of") { at + 1 } else { at };
        // "300 million Ukrainian hryvnias".
        let named = atoms
            .get(at)
            .is_some_and(|atom| atom.kind == Kind::Word && atom.capital && !atom.entry.has(Class::Currency));
        let coin = if named && atoms.class(at + 1, Class::Currency).is_some() { at + 1 } else { at };
        if let Some((value, end)) = atoms.entry(coin, Class::Currency) {
            return Some((Dimension::Money, unit_of(code(value)), end));
        }
        let (value, end) = atoms.entry(at, Class::Measure)?;
        let (dimension, unit) = code(value).split_once(':')?;
        // "5 m" is metres beside its number; "m" and "mi" elsewhere may be anything.
        if atoms.form(at).len() == 1 && !atoms.joined(at) && !atoms.get(at)?.entry.has(Class::Measure) {
            return None;
        }
        let dimension = match dimension {
            "distance" => Dimension::Distance,
            "area" => Dimension::Area,
            "weight" => Dimension::Weight,
            "speed" => Dimension::Speed,
            _ => Dimension::Percent,
        };
        // Millions of pounds are money.
        if unit == "lb" && amount.max.or(amount.min).is_some_and(|most| most >= 100_000.0) {
            return Some((Dimension::Money, Some("GBP"), end));
        }
        // "on foot", "two feet": of people too, but not worth telling apart.
        Some((dimension, unit_of(unit), end))
    }

    /// "-year-old", "months old", "years of age": the unit and the atom after.
    fn old(&self, at: usize) -> Option<(&'static str, usize)> {
        let atoms = self.atoms;
        let units = [("year", "years"), ("month", "months"), ("week", "weeks"), ("day", "days")];
        let (unit, _) = units.into_iter().find(|(one, many)| atoms.is(at, one) || atoms.is(at, many))?;
        let next = if atoms.is_hyphen(at + 1) { at + 2 } else { at + 1 };
        if atoms.is_any(next, &["old", "olds"]) {
            return Some((unit, next + 1));
        }
        (atoms.is(next, "of") && atoms.is(next + 1, "age")).then_some((unit, next + 2))
    }

    /// Ages without "old": "aged 6", ", 31,", "in their 70s".
    fn age(&self, at: usize) -> Option<(Quantity, usize)> {
        let atoms = self.atoms;
        let years = |at: usize| atoms.whole(at, 3).filter(|years| (1..=120).contains(years)).map(f64::from);
        let age = |min: f64, max: f64| Quantity {
            min: Some(min),
            max: Some(max),
            dimension: Dimension::Age,
            unit: Some("year".to_owned()),
            ..empty()
        };
        let atom = atoms.get(at)?;
        if atom.kind == Kind::Plural && atom.digits == 2 {
            let owner = at.checked_sub(1).is_some_and(|before| {
                atoms.is_any(before, &["their", "his", "her"]) || atoms.class(before, Class::Position).is_some()
            });
            return owner.then(|| (age(atom.value, atom.value + 9.0), at + 1));
        }
        if atom.kind == Kind::Word {
            // "in their twenties".
            let decade =
                atom.entry.get(Class::Decade).filter(|_| at > 0 && atoms.is_any(at - 1, &["their", "his", "her"]))?;
            return Some((age(decade as f64, decade as f64 + 9.0), at + 1));
        }
        let years = years(at)?;
        let before = at.checked_sub(1)?;
        let end = at + 1;
        let cue = |at: usize| atoms.is_any(at, &["aged", "age", "ages"]);
        let second = before > 1
            && atoms.is_any(before, &["and", "to", "or"])
            && atoms.whole(before - 1, 3).is_some()
            && cue(before - 2);
        if cue(before) || second {
            if atoms.is_any(end, &["to", "-"])
                && !second
                && let Some(last) = atoms.whole(end + 1, 3).filter(|last| f64::from(*last) > years)
            {
                return Some((age(years, f64::from(last)), end + 2));
            }
            return Some((age(years, years), end));
        }
        // "Okoro, 31, of Blossom"; "The clerk, 58, declined".
        let closed = atoms.is_mark(end, ',')
            || atoms.is_mark(end, '.') && atoms.get(end + 1).is_none()
            || atoms.is_mark(end, ')');
        let noun = at >= 2
            && (atoms.is_mark(before, ',') || atoms.is_mark(before, '(') && atoms.is_mark(end, ')'))
            && self.word(at - 2).is_some_and(|word| matches!(self.relations.upos(word), Upos::Propn | Upos::Noun));
        let plausible = || atoms.get(at - 2).is_some_and(|noun| noun.kind == Kind::Word && noun.entry.is_empty());
        (closed && noun && plausible()).then(|| (age(years, years), end))
    }

    /// Is the number one at all, and no part of a name, a score, a telephone number?
    fn is_free(&self, at: usize, amount: &Amount) -> bool {
        let atoms = self.atoms;
        let Some(atom) = atoms.get(at) else { return false };
        if atom.kind != Kind::Digits {
            return true;
        }
        if atom.digits > 1 && atom.value < 10.0 && atoms.form(at).starts_with('0') && !atoms.form(at).contains('.') {
            return false;
        }
        if at > 0 && atoms.joined(at) {
            // "Su-34", "A320", "#5", "3:2".
            let free = matches!(
                atoms.get(at - 1).map(|before| before.kind),
                Some(Kind::Mark('(' | '"' | '“' | '‘' | '\'' | '—' | '[' | '~' | '≈'))
            );
            if !free {
                return false;
            }
        }
        let end = amount.end;
        if atoms.joined(end) {
            let word = atoms.get(end).is_some_and(|next| match next.kind {
                Kind::Word => !next.entry.has(Class::Measure) && !atoms.is_any(end, &["'s", "’s"]),
                Kind::Mark(mark) => matches!(mark, ':' | '/') && atoms.joined(end + 1),
                _ => true,
            });
            if word {
                return false;
            }
            // "3-2", "555-0142".
            if atoms.is_hyphen(end) && atoms.get(end + 1).is_some_and(|next| next.kind == Kind::Digits) {
                return false;
            }
        }
        // "31 February", "the year 0": what is no time is no count either.
        let month = |at: usize| atoms.get(at).is_some_and(|month| month.capital && month.entry.has(Class::Month));
        let dated = atom.value <= 31.0 && (month(end) || at > 0 && month(at - 1));
        if atoms.is(end, "block") || dated || at > 0 && atoms.is(at - 1, "year") {
            return false;
        }
        let before = at.checked_sub(1);
        !before.is_some_and(|before| {
            let atom = atoms.get(before);
            atom.is_some_and(|atom| atom.entry.has(Class::Label) || atom.kind == Kind::Mark('#'))
                || atoms.is_mark(before, '.') && before > 0 && atoms.is_any(before - 1, &["no", "nos"])
        })
    }
}

/// Words of fractions, and how many of them make a whole.
const FRACTIONS: &[(&str, f64)] = &[
    ("half", 2.0),
    ("third", 3.0),
    ("thirds", 3.0),
    ("quarter", 4.0),
    ("quarters", 4.0),
    ("fourth", 4.0),
    ("fourths", 4.0),
    ("fifth", 5.0),
    ("fifths", 5.0),
    ("sixth", 6.0),
    ("sixths", 6.0),
    ("eighth", 8.0),
    ("eighths", 8.0),
    ("tenth", 10.0),
    ("tenths", 10.0),
];

/// What a letter right after a number multiplies it by.
fn short_scale(form: &str) -> Option<f64> {
    Some(match form {
        "k" | "K" => 1e3,
        "m" | "M" | "mn" | "mln" => 1e6,
        "b" | "bn" | "B" => 1e9,
        "tn" => 1e12,
        _ => return None,
    })
}

/// The currency of a sign.
fn sign(mark: char) -> Option<&'static str> {
    Some(match mark {
        '$' => "USD",
        '£' => "GBP",
        '€' => "EUR",
        '¥' => "JPY",
        '₹' => "INR",
        '₽' => "RUB",
        '₴' => "UAH",
        '₪' => "ILS",
        '₺' => "TRY",
        '₦' => "NGN",
        '₩' => "KRW",
        '₱' => "PHP",
        _ => return None,
    })
}

/// Codes that say nothing are written `-` in the lexicon.
fn unit_of(code: &'static str) -> Option<&'static str> {
    (code != "-").then_some(code)
}

fn empty() -> Quantity {
    Quantity {
        start: 0,
        end: 0,
        text: String::new(),
        min: None,
        max: None,
        approximate: false,
        dimension: Dimension::Count,
        unit: None,
        of: None,
    }
}

/// The bounds of an amount after its hedge.
fn bounded(amount: Amount, hedge: Option<i64>, dimension: Dimension, unit: Option<&'static str>) -> Quantity {
    let (min, max) = (amount.min, amount.max);
    let (min, max) = match hedge {
        Some(1 | 2) => (min, None),
        Some(3..=5) => (None, max.or(min)),
        _ => (min, max),
    };
    let approximate = amount.vague || matches!(hedge, Some(3 | 6)) || amount.about;
    Quantity { min, max, approximate, dimension, unit: unit.map(str::to_owned), ..empty() }
}

/// Relations in which a number stands for what it counts.
fn is_argument(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obj
            | Deprel::Conj
            | Deprel::Appos
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::Orphan
    )
}

#[cfg(test)]
mod tests;
