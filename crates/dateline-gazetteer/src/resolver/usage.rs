//! Is the place itself meant, its people, or its government?

use super::Document;
use super::choose::Choice;
use super::cues::is_joined;
use super::lexicon::Classes;
use super::recognize::Spot;
use crate::{How, PlaceKind, Use};

/// The use of every spot.
///
/// A country or a seat of government is a metonym if a verb of acting or speaking follows it ("Moscow said", "Turkey, which
/// denies ..., did not"), if it is addressed ("accused Iran"), or if it is a party to dealings ("talks between London and
/// Dublin"). A possessive or a noun behind the name makes it literal again, and so does a preposition of place before it.
pub(super) fn read(document: Document<'_>, choice: &Choice, spots: &[Spot]) -> Vec<Use> {
    let mut uses = vec![Use::Literal; spots.len()];
    for (index, spot) in spots.iter().enumerate() {
        let Some((kind, how, _)) = choice.chosen(index) else {
            continue;
        };
        if how == How::Demonym {
            uses[index] = Use::Demonym;
        } else if (kind == PlaceKind::Country
            || choice.is_capital(spot) && kind == PlaceKind::City
            || is_union(document, spot))
            && acts(document, spot)
        {
            uses[index] = Use::Metonym;
        }
    }
    // "Brussels and Berlin condemned": who is joined to a metonym is one.
    for index in (0..spots.len().saturating_sub(1)).rev() {
        if uses[index + 1] == Use::Metonym
            && is_joined(document, &spots[index], &spots[index + 1])
            && can_act(document, choice, spots, index)
        {
            uses[index] = Use::Metonym;
        }
    }
    for index in 1..spots.len() {
        if uses[index - 1] == Use::Metonym
            && uses[index] == Use::Literal
            && is_joined(document, &spots[index - 1], &spots[index])
            && document.at(spots[index].tokens.start - 1) == "and"
            && addressed(document, &spots[index - 1])
            && can_act(document, choice, spots, index)
        {
            uses[index] = Use::Metonym;
        }
    }
    uses
}

fn is_union(document: Document<'_>, spot: &Spot) -> bool {
    matches!(&document.text.text[spot.span], "European Union" | "EU")
}

fn can_act(document: Document<'_>, choice: &Choice, spots: &[Spot], index: usize) -> bool {
    let spot = &spots[index];
    let kind = choice.chosen(index).map(|(kind, ..)| kind);
    let acts = kind == Some(PlaceKind::Country) || kind == Some(PlaceKind::City) && choice.is_capital(spot);
    acts && !is_placed(document, spot.tokens.start)
}

/// True if a preposition of place stands before the name: "in Moscow", "to Berlin".
fn is_placed(document: Document<'_>, start: usize) -> bool {
    let Some(before) = start.checked_sub(1) else {
        return false;
    };
    let the = document.at(before) == "the";
    let before = if the && before > 0 { before - 1 } else { before };
    document.classes(before).any(Classes::LOCATIVE) && document.at(before) != "between" || document.at(before) == "of"
}

/// True if the name is the object of a word of address, or of "with" or "between" after dealings.
fn addressed(document: Document<'_>, spot: &Spot) -> bool {
    let start = spot.tokens.start;
    let Some(mut before) = start.checked_sub(1) else {
        return false;
    };
    if document.at(before) == "the" && before > 0 {
        before -= 1;
    }
    let follows_noun = {
        let end = spot.tokens.end;
        document.continues(end)
            && (matches!(document.at(end), "'s" | "\u{2019}s" | "'" | "-") || is_plain_noun(document, end))
    };
    if follows_noun {
        return false;
    }
    if document.classes(before).any(Classes::ADDRESSES) {
        return true;
    }
    // "brokered by Moscow", "a blast that Moscow blamed on Kyiv"
    let above = before.checked_sub(1).map_or("", |above| document.at(above));
    if document.at(before) == "by" && above.ends_with("ed") || document.at(before) == "on" && above == "blamed" {
        return true;
    }
    if matches!(document.at(before), "with" | "between" | "among") {
        let from = before.saturating_sub(3);
        return (from..before).any(|token| document.classes(token).any(Classes::TALKS));
    }
    false
}

/// A lower-case word that is neither grammar nor verb: a noun that the name stands before as its modifier.
fn is_plain_noun(document: Document<'_>, token: usize) -> bool {
    let classes = document.classes(token);
    let text = document.at(token);
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !classes.any(
            Classes::FUNCTION.or(Classes::SPEAKS).or(Classes::BETWEEN_VERBS).or(Classes::LOCATIVE).or(Classes::WITH),
        )
        && !(text.ends_with("ed") || text.ends_with("ing") || text.ends_with("ly"))
}

fn acts(document: Document<'_>, spot: &Spot) -> bool {
    let start = spot.tokens.start;
    // "the US-led coalition": whoever leads it, and no place of it.
    let end = spot.tokens.end;
    if document.at(end) == "-"
        && matches!(
            document.at(end + 1),
            "led" | "backed" | "funded" | "brokered" | "sponsored" | "mediated" | "aligned"
        )
    {
        return true;
    }
    if is_placed(document, start) {
        return false;
    }
    if addressed(document, spot) {
        return true;
    }
    // "Russia says", "Moscow has repeatedly denied", "Moscow, which denies ..., did not"
    let mut token = spot.tokens.end;
    let comma = document.at(token) == ",";
    if comma {
        token += 1;
        if !matches!(document.at(token), "which" | "who") {
            return false;
        }
    }
    for _ in 0..4 {
        if token >= document.words.len() || !document.continues(token) {
            return false;
        }
        let classes = document.classes(token);
        if classes.any(Classes::SPEAKS) {
            // "the war that Russia was in": a bare "is", "was" says what a place is like as often as what it does.
            return !matches!(document.at(token), "is" | "was") || document.at(token + 1).ends_with("ing");
        }
        if !classes.any(Classes::BETWEEN_VERBS) {
            return false;
        }
        token += 1;
    }
    false
}
