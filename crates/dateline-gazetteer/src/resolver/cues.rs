//! What stands around a name: words that say its kind, and the name of what it lies in.

use dateline_tokenizer::Shape;

use super::Document;
use super::choose::Choice;
use super::lexicon::{Classes, Kinds};
use super::recognize::Spot;
use crate::{How, PlaceKind};

/// Notes for every spot the kinds that words beside it ask for, and takes type words that belong to the name into its span.
pub(super) fn read_kind_words(document: Document<'_>, spots: &mut [Spot]) {
    for index in 0..spots.len() {
        let next_start = spots.get(index + 1).map_or(document.words.len(), |next| next.tokens.start);
        let spot = &mut spots[index];
        let (start, end) = (spot.tokens.start, spot.tokens.end);
        // "Kaluga region", "Laurel County"
        if end < next_start && document.continues(end) && document.classes(end).any(Classes::KIND_AFTER) {
            let word = document.words[end];
            let capital = document.is_capitalized(end);
            let alone = !document.is_capitalized(end + 1) || !document.continues(end + 1);
            if !capital || alone {
                spot.kinds = word.kinds;
                // A state is told from its namesake by the word, but the word stays out: "Niger State".
                let belongs =
                    capital && !matches!(document.at(end), "State" | "Town" | "Village" | "Area" | "Capital" | "City");
                if belongs && !document.is_in_capitals(end) {
                    spot.tokens.end = end + 1;
                    spot.span.end = document.text.tokens.span(end).end;
                }
                continue;
            }
        }
        // "the village of X", "the Russian city of X"
        if start >= 2 && document.at(start - 1) == "of" && document.classes(start - 2).any(Classes::KIND_OF) {
            let word = document.words[start - 2];
            let name = document.is_capitalized(start - 2) && !document.begins(start - 2);
            if name && !matches!(word.kinds.first(), Some(PlaceKind::City)) && !document.is_in_capitals(start) {
                spot.tokens.start = start - 2;
                spot.span.start = document.text.tokens.span(start - 2).start;
            }
            spot.kinds = word.kinds;
            continue;
        }
        // "Lake Chad", "village Zavidovo", "Mount Elgon"
        if start >= 1 && document.continues(start) && document.classes(start - 1).any(Classes::KIND_BEFORE) {
            let word = document.words[start - 1];
            if document.is_capitalized(start - 1) && !document.begins_or_shouts(start - 1) {
                spot.tokens.start = start - 1;
                spot.span.start = document.text.tokens.span(start - 1).start;
            }
            spot.kinds = word.kinds;
        }
    }
    spread_plurals(document, spots);
}

impl Document<'_> {
    fn begins_or_shouts(&self, token: usize) -> bool {
        self.is_in_capitals(token)
    }
}

/// "the Kaluga and Tver regions", "Vnukovo, Domodedovo and Zhukovsky airports", "the towns of A, B and C": a kind word of
/// many holds for all names that are joined.
fn spread_plurals(document: Document<'_>, spots: &mut [Spot]) {
    let is_plural = |token: usize| {
        document.at(token).ends_with('s') && document.classes(token).any(Classes::KIND_AFTER.or(Classes::KIND_OF))
    };
    let mut kinds = Kinds::default();
    for index in (0..spots.len()).rev() {
        let (start, end) = (spots[index].tokens.start, spots[index].tokens.end);
        if is_plural(end) || (end > start && is_plural(end - 1)) {
            kinds = spots[index].kinds;
        } else if index + 1 < spots.len() && is_joined(document, &spots[index], &spots[index + 1]) {
            if spots[index].kinds.first().is_none() {
                spots[index].kinds = kinds;
            }
        } else {
            kinds = Kinds::default();
        }
    }
    kinds = Kinds::default();
    for index in 0..spots.len() {
        let start = spots[index].tokens.start;
        if start >= 2 && document.at(start - 1) == "of" && is_plural(start - 2) && spots[index].kinds.first().is_some()
        {
            kinds = spots[index].kinds;
        } else if index > 0 && is_joined(document, &spots[index - 1], &spots[index]) {
            if spots[index].kinds.first().is_none() {
                spots[index].kinds = kinds;
            }
        } else {
            kinds = Kinds::default();
        }
    }
}

/// True if only ",", "and" or "or" stands between two spots.
pub(super) fn is_joined(document: Document<'_>, left: &Spot, right: &Spot) -> bool {
    let (from, to) = (left.tokens.end, right.tokens.start);
    let joins = |token: usize| matches!(document.at(token), "," | "and" | "or" | "&");
    match to.checked_sub(from) {
        Some(1) => joins(from),
        Some(2) => document.at(from) == "," && matches!(document.at(from + 1), "and" | "or"),
        _ => false,
    }
}

/// The most tokens that may stand between a place and what it lies in.
const WIDEST_GAP: usize = 8;

/// Gives spots the container that the text names for them.
pub(super) fn link(document: Document<'_>, choice: &Choice, spots: &mut [Spot]) {
    // From right to left, so that a container found for the last of a list serves those before it.
    for index in (0..spots.len()).rev() {
        if index + 1 < spots.len() && spots[index].container.is_none() {
            if is_inside_next(document, choice, &spots[index], &spots[index + 1]) {
                spots[index].container = Some(index + 1);
            } else if is_joined(document, &spots[index], &spots[index + 1])
                && same_order(choice, &spots[index], &spots[index + 1])
            {
                // Not across a comma that itself holds the container: "Goma, DR Congo".
                spots[index].container = spots[index + 1].container.filter(|&container| container > index + 1);
            }
        }
    }
    for index in 1..spots.len() {
        if spots[index].container.is_some() && spots[index].container != Some(index + 1) {
            continue;
        }
        if holds_next(document, choice, &spots[index - 1], &spots[index]) {
            // A chain keeps the closer container: of "Syria's Sarmin, in Idlib province" the province.
            if spots[index].container.is_none() {
                spots[index].container = Some(index - 1);
            }
        } else if spots[index].container.is_none()
            && is_joined(document, &spots[index - 1], &spots[index])
            && same_order(choice, &spots[index - 1], &spots[index])
        {
            spots[index].container = spots[index - 1].container.filter(|&container| container < index - 1);
        }
    }
    // A street lies in the town that the report is written in.
    let home = spots.iter().position(|spot| {
        order(choice, spot) == 4 && document.context.dateline.is_some_and(|dateline| dateline.overlaps(spot.span))
    });
    for spot in spots.iter_mut() {
        if spot.group.is_none()
            && spot.written.is_none()
            && spot.kinds.has(PlaceKind::Facility)
            && spot.container.is_none()
        {
            spot.container = home;
        }
    }
}

/// How coarse a spot is likely to be, for what can lie in what: 0 continent, 1 country, 2 division, 3 county, 4 town, 5 part of a town.
fn order(choice: &Choice, spot: &Spot) -> u8 {
    let of_kind = |kind: PlaceKind| match kind {
        PlaceKind::Continent => 0,
        PlaceKind::Country => 1,
        PlaceKind::Admin1 | PlaceKind::Region => 2,
        PlaceKind::Admin2 => 3,
        PlaceKind::City | PlaceKind::Island => 4,
        _ => 5,
    };
    match (spot.kinds.first(), choice.top(spot)) {
        (Some(kind), _) => of_kind(kind),
        (None, Some(top)) => of_kind(top.kind),
        (None, None) => 4,
    }
}

fn same_order(choice: &Choice, left: &Spot, right: &Spot) -> bool {
    let (left, right) = (order(choice, left), order(choice, right));
    left == right || (left >= 4 && right >= 4)
}

/// "Paris, Texas", "Istra district of the Moscow region", "Sarmin, in Syria's Idlib province", "Athens (Georgia)".
fn is_inside_next(document: Document<'_>, choice: &Choice, spot: &Spot, next: &Spot) -> bool {
    let (from, to) = (spot.tokens.end, next.tokens.start);
    if to <= from || to - from > WIDEST_GAP || spot.written.is_some() || next.written.is_some() {
        return false;
    }
    let (inner, outer) = (order(choice, spot), order(choice, next));
    let demonym = |spot: &Spot| choice.top(spot).is_some_and(|top| top.how == How::Demonym);
    if demonym(spot) || !(from..to).all(|token| document.continues(token)) {
        return false;
    }
    let towns = inner >= 4;
    // Which place lies in which is settled by the candidates; here only that it is not the other way round.
    let finer = inner > outer
        || towns && outer >= 3
        || choice.any_top(next, |top| matches!(top.kind, PlaceKind::Admin1 | PlaceKind::Country));
    if !finer || inner <= 1 {
        return false;
    }
    // "Wedza district, Mashonaland East province"
    let said = document.classes(from).any(Classes::KIND_AFTER.or(Classes::AREA)) && !document.is_capitalized(from);
    let comma = if said { from + 1 } else { from };
    if comma + 1 == to && matches!(document.at(comma), "," | "(") {
        return !demonym(next) && outer <= 3 && outer < inner.max(3);
    }
    if to - from == 1 && document.is_capitalized(to) && matches!(document.at(from), "in" | "of") {
        return true;
    }
    // A preposition, and else only words that describe.
    let mut prepositions = 0;
    for token in from..to {
        let classes = document.classes(token);
        let text = document.at(token);
        if matches!(text, "in" | "of") {
            prepositions += 1;
        } else if !matches!(text, "," | "the" | "a" | "an" | "'s")
            && !classes.any(
                Classes::KIND_AFTER.or(Classes::KIND_OF).or(Classes::AREA).or(Classes::ADJECTIVE).or(Classes::MODIFIER),
            )
        {
            return false;
        }
    }
    prepositions == 1
}

/// "Syria's Idlib province", "the Ukrainian city of Kharkiv", "the West Bank city of Nablus", "Moscow's Vnukovo airport".
fn holds_next(document: Document<'_>, choice: &Choice, holder: &Spot, spot: &Spot) -> bool {
    let (from, to) = (holder.tokens.end, spot.tokens.start);
    if to < from
        || to - from > WIDEST_GAP
        || spot.written.is_some()
        || holder.written.is_some()
        || choice.top(holder).is_none()
    {
        return false;
    }
    if !(from..to).all(|token| document.continues(token)) || !document.continues(to) {
        return false;
    }
    let demonym = choice.top(holder).is_some_and(|top| top.how == How::Demonym);
    let (outer, inner) = (order(choice, holder), order(choice, spot));
    if inner <= outer && inner < 4 {
        return false;
    }
    let possessive =
        matches!(document.at(from), "'s" | "\u{2019}s" | "'" | "\u{2019}") && document.touches(from) && from < to;
    // "the West Bank city of Nablus"
    let of_kind = to >= from + 2 && document.at(to - 1) == "of" && document.classes(to - 2).any(Classes::KIND_OF);
    if !(possessive || demonym || of_kind) {
        return false;
    }
    let rest = if possessive { from + 1 } else { from };
    (rest..to).all(|token| {
        let classes = document.classes(token);
        document.at(token) == "of"
            || classes.any(Classes::KIND_OF.or(Classes::KIND_AFTER).or(Classes::ADJECTIVE).or(Classes::MODIFIER))
            || document.text.tokens.shape(token).has(Shape::ALL_LOWER) && document.at(token).ends_with("ern")
    })
}
