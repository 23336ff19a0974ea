//! Relative locations: "30 km north of Kirkuk", "about 60 km from Kharkiv", "12 miles to the south-east of Goma".

use dateline_tokenizer::{Shape, Span, TokenKind};

use super::Document;
use super::lexicon::Classes;
use super::sphere::destination;
use crate::{Anchor, Mention, PlaceKind, Precision, Use};

/// The most tokens between the distance and its place.
const WIDEST: usize = 10;

/// Where a distance stands, how far it is and in which direction.
struct Offset {
    start: usize,
    km: f64,
    bearing: Option<f64>,
}

/// Adds a mention of kind point for every distance from a mentioned place; keeps the order and mends the indices.
pub(super) fn add_points(document: Document<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut points: Vec<(usize, Mention)> = Vec::new();
    for (index, anchor) in mentions.iter().enumerate() {
        if anchor.usage == Use::Demonym || anchor.kind == PlaceKind::Point {
            continue;
        }
        let token = document.text.tokens.first_ending_after(anchor.span.start);
        let Some(offset) = offset_before(document, token) else {
            continue;
        };
        // "Vovchansk, 60 km from Kharkiv": says where Vovchansk is, and is no further place.
        let told = index > 0 && offset.start > 0 && {
            let start = document.text.tokens.span(offset.start).start;
            let between = document.text.text.get(mentions[index - 1].span.end..start);
            between.is_some_and(is_apposition)
        };
        if told && offset.bearing.is_none() {
            continue;
        }
        points.push((index, point(document, &offset, index, anchor)));
    }
    if points.is_empty() {
        return mentions;
    }
    merge(mentions, points)
}

/// ", ", ", about ", ", a town some ": only a comma and a few words.
fn is_apposition(between: &str) -> bool {
    between.trim_start().starts_with([',', '(']) && between.len() < 60 && !between.contains(['.', ';', ')'])
}

fn point(document: Document<'_>, offset: &Offset, index: usize, anchor: &Mention) -> Mention {
    let start = document.text.tokens.span(offset.start).start;
    let position = match (anchor.position, offset.bearing) {
        (Some(from), Some(bearing)) => Some(destination(from, offset.km, bearing)),
        (from, None) => from,
        (None, Some(_)) => None,
    };
    // Told directions are one of eight and distances are rounded: a quarter of the way. Without direction, the whole circle.
    let radius = if offset.bearing.is_some() { (offset.km * 0.25).max(1.0) } else { offset.km };
    Mention {
        span: Span::new(start, anchor.span.end),
        usage: Use::Literal,
        kind: PlaceKind::Point,
        place: None,
        position,
        radius_km: position.map(|_| radius),
        precision: position.map(|_| if radius <= 5.0 { Precision::City } else { Precision::Admin2 }),
        country: anchor.country,
        anchor: Some(Anchor { mention: index, offset_km: offset.km, bearing_deg: offset.bearing }),
        container: None,
        confidence: anchor.confidence,
        candidates: Vec::new(),
    }
}

/// A distance and a direction that end right before token `end`.
fn offset_before(document: Document<'_>, end: usize) -> Option<Offset> {
    let mut token = end.checked_sub(1)?;
    let least = end.saturating_sub(WIDEST);
    let step = |token: usize| token.checked_sub(1).filter(|&token| token >= least);
    while document.at(token) == "the"
        || document.classes(token).any(Classes::KIND_OF)
        || document.classes(token).any(Classes::ADJECTIVE) && !document.classes(token).any(Classes::DIRECTION)
    {
        token = step(token)?;
    }
    // "north of the city of Kirkuk": the inner "of" belongs to the kind word.
    if !matches!(document.at(token), "of" | "from" | "outside" | "off" | "away") {
        return None;
    }
    let word = document.at(token);
    token = step(token)?;
    if document.classes(token).any(Classes::KIND_OF) && word == "of" {
        token = step(token)?;
        if document.at(token) == "the" {
            token = step(token)?;
        }
        if !matches!(document.at(token), "of" | "from" | "outside") {
            return None;
        }
        token = step(token)?;
    }
    if document.at(token) == "away" {
        token = step(token)?;
    }
    let bearing = match direction_ending(document, token, least) {
        Some((bearing, before)) => {
            token = before?;
            Some(bearing)
        }
        None => None,
    };
    if bearing.is_none() && document.at(token + 1) == "of" {
        return None;
    }
    // "to the north of"
    if document.at(token) == "the" {
        token = step(token)?;
    }
    if matches!(document.at(token), "to" | "due" | "away" | "inland" | "further" | "farther") {
        token = step(token)?;
    }
    if document.at(token) == ")" {
        // "30 miles (48 km) north of": the first number counts.
        let open = (least..token).rev().find(|&open| document.at(open) == "(")?;
        token = step(open)?;
    }
    let (km, start) = distance_ending(document, token, least)?;
    (km > 0.0 && km <= 3000.0).then_some(Offset { start, km, bearing })
}

/// A direction whose last token is `token`: degrees, and the token before it.
fn direction_ending(document: Document<'_>, token: usize, least: usize) -> Option<(f64, Option<usize>)> {
    let value =
        |token: usize| document.classes(token).any(Classes::DIRECTION).then(|| f64::from(document.words[token].value));
    let last = value(token)?;
    let before = |token: usize| token.checked_sub(1).filter(|&token| token >= least);
    // "south-east" in three tokens, "south east" in two.
    if let Some(first) = before(token) {
        if document.at(first) == "-"
            && let Some(other) = before(first)
            && let Some(value) = value(other)
        {
            return Some((between(value, last), before(other)));
        }
        if let Some(value) = value(first) {
            return Some((between(value, last), before(first)));
        }
    }
    Some((last, before(token)))
}

/// The direction in the middle of two, the short way round.
fn between(one: f64, other: f64) -> f64 {
    let middle = f64::midpoint(one, other);
    if (one - other).abs() > 180.0 { (middle + 180.0) % 360.0 } else { middle }
}

/// A number and a unit of length whose last token is `token`: kilometres, and where they begin.
fn distance_ending(document: Document<'_>, token: usize, least: usize) -> Option<(f64, usize)> {
    let mut at = token;
    let unit = if document.classes(at).any(Classes::UNIT) {
        let unit = f64::from(document.words[at].value);
        at = at.checked_sub(1).filter(|&at| at >= least)?;
        if document.at(at) == "-" {
            at = at.checked_sub(1).filter(|&at| at >= least)?;
        }
        unit
    } else {
        // "30km" may be one token.
        let text = document.at(at);
        let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &text[number.len()..] {
            "km" | "kms" => 1.0,
            "mi" | "miles" => 1.609_344,
            _ => return None,
        };
        return Some((parse(number)? * unit, at));
    };
    if document.text.tokens.shape(at).has(Shape::DIGIT) && document.text.tokens.kind(at) != TokenKind::Address {
        return Some((parse(document.at(at))? * unit, at));
    }
    if document.classes(at).any(Classes::NUMBER) {
        let mut value = f64::from(document.words[at].value);
        // "twenty-five"
        if at >= 2 && document.at(at - 1) == "-" && document.classes(at - 2).any(Classes::NUMBER) && value < 10.0 {
            value += f64::from(document.words[at - 2].value);
            at -= 2;
        }
        return Some((value * unit, at));
    }
    if document.at(at) == "hundred" && at >= 1 {
        let times = match document.at(at - 1) {
            "a" => 1.0,
            _ if document.classes(at - 1).any(Classes::NUMBER) => f64::from(document.words[at - 1].value),
            _ => return None,
        };
        return Some((times * 100.0 * unit, at - 1));
    }
    None
}

/// "1,200", "2.5" as a number.
fn parse(text: &str) -> Option<f64> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    let plain: String = text.chars().filter(|&c| c != ',').collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Puts the points among the mentions in text order and mends the indices between them.
fn merge(mentions: Vec<Mention>, points: Vec<(usize, Mention)>) -> Vec<Mention> {
    let count = mentions.len();
    let mut all: Vec<(usize, Mention)> = mentions.into_iter().enumerate().collect();
    all.extend(points.into_iter().map(|(_, point)| (usize::MAX, point)));
    all.sort_by_key(|(_, mention)| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut moved = vec![0; count];
    for (now, (was, _)) in all.iter().enumerate() {
        if let Some(place) = moved.get_mut(*was) {
            *place = now;
        }
    }
    all.into_iter()
        .map(|(_, mut mention)| {
            mention.container = mention.container.map(|container| moved[container]);
            if let Some(anchor) = &mut mention.anchor {
                anchor.mention = moved[anchor.mention];
            }
            mention
        })
        .collect()
}
