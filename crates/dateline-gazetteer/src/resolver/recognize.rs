//! Is a name of the gazetteer a place in this text?

use std::ops::Range;

use dateline_tokenizer::{NameKind, Shape, Span, TokenKind};

use super::choose::{Choice, Top};
use super::coordinates::Written;
use super::lexicon::{Classes, Kinds};
use super::names::Names;
use super::{Document, coordinates, cues};
use crate::{How, PlaceKind};

/// A stretch of text that may name a place.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) tokens: Range<usize>,
    pub(super) span: Span,
    /// The group of mentions of the same name; none if the gazetteer does not know the name.
    pub(super) group: Option<u32>,
    /// The kinds that a kind word asks for.
    pub(super) kinds: Kinds,
    /// The spot that names what this one lies in.
    pub(super) container: Option<usize>,
    /// What speaks for a place, added up.
    pub(super) points: f32,
    /// Coordinates given in the text.
    pub(super) written: Option<Written>,
}

impl Document<'_> {
    /// True for a word that begins with a capital letter.
    pub(super) fn is_capitalized(&self, token: usize) -> bool {
        token < self.words.len()
            && self.text.tokens.shape(token).has(Shape::CAPITALIZED)
            && self.text.tokens.kind(token) == TokenKind::Word
    }

    /// True if the token goes on from the one before in the same line.
    pub(super) fn continues(&self, token: usize) -> bool {
        token > 0 && token < self.words.len() && !self.text.tokens.shape(token).has(Shape::LINE_START)
    }

    /// True if no white space stands before the token.
    pub(super) fn touches(&self, token: usize) -> bool {
        token < self.words.len() && !self.text.tokens.shape(token).has(Shape::SPACE_BEFORE)
    }

    /// True if a sentence, a line or a quotation begins with the token.
    pub(super) fn begins(&self, token: usize) -> bool {
        !self.continues(token)
            || matches!(
                self.text.as_str(token - 1),
                "." | "!" | "?" | ":" | "\"" | "\u{201c}" | "\u{2018}" | "``" | "--" | "\u{2014}"
            )
    }

    /// True if the words around the token are in capitals, as in a headline: capitals say nothing there.
    pub(super) fn is_in_capitals(&self, token: usize) -> bool {
        let from = token.saturating_sub(4);
        let to = (token + 5).min(self.words.len());
        let mut count = 0;
        for near in from..to {
            let shape = self.text.tokens.shape(near);
            if near == token || self.text.tokens.kind(near) != TokenKind::Word || self.text.tokens.span(near).len() < 3
            {
                continue;
            }
            if !shape.has(Shape::ALL_UPPER) {
                return false;
            }
            count += 1;
        }
        count >= 2
    }

    /// The token as text, empty past either end.
    pub(super) fn at(&self, token: usize) -> &str {
        if token < self.words.len() { self.text.as_str(token) } else { "" }
    }

    /// The classes of a token, none past the end.
    pub(super) fn classes(&self, token: usize) -> Classes {
        self.words.get(token).map_or(Classes::default(), |word| word.classes)
    }
}

/// Points from which a match is a place.
const ENOUGH: f32 = 0.0;

/// Keeps the spots that are places here, and adds those that the gazetteer does not know.
pub(super) fn keep_places(document: Document<'_>, names: &Names, choice: &mut Choice, spots: &mut Vec<Spot>) {
    cues::read_kind_words(document, spots);
    for index in 0..spots.len() {
        spots[index].points = points(document, names, choice, spots, index);
    }
    // A name that is surely a place once is oftener one elsewhere: half of the best mention's surplus goes to the others.
    for spot in spots.iter() {
        choice.note_points(spot);
    }
    for spot in spots.iter_mut() {
        if spot.points > -2.0 {
            spot.points += choice.shared_points(spot);
        }
    }
    spots.retain(|spot| spot.points > ENOUGH);
    for spot in spots.iter_mut() {
        name_street(document, choice, spot);
    }
    add_unknown(document, names, spots);
    add_coordinates(document, spots);
    spots.sort_by_key(|spot| (spot.span.start, spot.span.end));
    choice.count_mentions(document, spots);
}

/// Inhabitants of a region that news name as they name a country: the Middle East, the European Union.
pub(super) const VAST: u64 = 50_000_000;

fn points(document: Document<'_>, names: &Names, choice: &Choice, spots: &[Spot], index: usize) -> f32 {
    let spot = &spots[index];
    let Some(top) = choice.top(spot) else {
        return -10.0;
    };
    let (first, end) = (spot.tokens.start, spot.tokens.end);
    let words = end - first;
    let before = first.checked_sub(1).filter(|_| document.continues(first));
    let before_classes = before.map_or(Classes::default(), |token| document.classes(token));
    let own = document.classes(first);
    let in_dateline = document.context.dateline.is_some_and(|dateline| dateline.overlaps(spot.span));
    let vast = top.kind == PlaceKind::Region && top.population >= VAST;
    let large = matches!(top.kind, PlaceKind::Country | PlaceKind::Continent) || vast || top.how == How::Demonym;
    let division = top.kind == PlaceKind::Admin1 && top.how != How::Code;

    if (first..end).any(|token| names.is_person(token)) {
        return -10.0;
    }
    let mut points = base(top);
    if words > 1 && !large {
        points += 1.0;
    }
    let locative = before_classes.any(Classes::LOCATIVE);
    let has_kind = spot.kinds.first().is_some() || is_said_area(document, &spot.tokens);
    if has_kind {
        points += 3.0;
    }
    if locative {
        points += 2.0;
    }
    if in_dateline {
        points += 5.0;
    }
    let placed_by_next = next_place(document, choice, spots, index);
    if placed_by_next {
        points += 3.0;
    }
    let placed_by_before = in_list_after_place(document, choice, spots, index);
    if placed_by_before {
        points += 1.0;
    }

    if words == 1 {
        if own.any(Classes::CALENDAR) {
            points -= 6.0;
        }
        if own.any(Classes::COMMON) && !large && !division {
            points -= 4.0;
            if document.begins(first) || document.is_in_capitals(first) {
                points -= 2.0;
            }
        }
        if own.any(Classes::SURNAME) && !large && !division {
            points -= if top.population >= 500_000 { 0.5 } else { 1.5 };
        }
        if own.any(Classes::FIRST_NAME) && !large {
            points -= 2.0;
        }
        if own.any(Classes::FIRST_NAME_OR_PLACE) && top.population < 50_000 {
            points -= 0.5;
        }
        if names.is_last_name(document, first) && !in_dateline && !(locative || has_kind || placed_by_next) {
            points -= 4.0;
        }
        let shape = document.text.tokens.shape(first);
        if shape.has(Shape::ALL_UPPER) && spot.span.len() <= 4 && !document.is_in_capitals(first) && !large {
            // "BC" and "NSW" after a comma or in a list of them; else such letters stand for something else.
            let abbreviation = top.how == How::Abbreviation && top.kind == PlaceKind::Admin1;
            points -= if abbreviation { 0.5 } else { 4.0 };
        }
        if top.how == How::Abbreviation
            && spot.span.len() <= 3
            && !large
            && before.is_none_or(|token| document.at(token) != ",")
        {
            points -= 2.0;
        }
    }
    // "IN" and "US" are short for places, "In" and "us" are words; "Ala." keeps its point.
    let text = &document.text.text[spot.span];
    let short = text.len() <= 3 && matches!(top.how, How::Abbreviation | How::Code) || text.len() == 2;
    let dotted = document.text.text[spot.span.end..].starts_with('.');
    if words == 1 && short && text.bytes().any(|byte| byte.is_ascii_lowercase()) && !dotted {
        points -= 8.0;
    }
    // "I'll" is not short for Illinois, "Miss" seldom for Mississippi.
    if top.how == How::Abbreviation && !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') {
        points -= 8.0;
    } else if top.how == How::Abbreviation && own.any(Classes::TITLE) && !dotted {
        points -= 4.0;
    }

    if let Some(before) = before
        && !in_dateline
    {
        if document.is_capitalized(before) && !document.begins_plainly(before) {
            points += before_capital(document, choice, spots, index, before, large);
        } else if document.at(before) == "of" && before > 0 && document.is_capitalized(before - 1) {
            let classes = document.classes(before - 1);
            if classes.any(Classes::OF_BODY) {
                points -= if large { 2.0 } else { 2.5 };
            }
        } else if matches!(document.at(before), "the" | "The" | "a" | "an")
            && words == 1
            && !large
            && !has_kind
            && !division
        {
            points -= if document.is_capitalized(end) || !document.is_word(end) { 0.5 } else { 1.5 };
        }
    }
    if document.continues(end) && document.is_capitalized(end) {
        points += after_capital(document, choice, spots, index, large || division);
    } else if words == 1 && !large && !division && document.classes(end).any(Classes::PERSON_VERB) && !locative {
        // A town does not speak: whoever does is a person of that name.
        points -= if choice.is_capital(spot) { 0.0 } else { 2.5 };
    }
    points
        + match names.hint(first) {
            Some(NameKind::Place | NameKind::Facility | NameKind::Nationality) => 3.0,
            Some(NameKind::Person | NameKind::Event) => -5.0,
            Some(NameKind::Organization) => -3.0,
            _ => 0.0,
        }
}

/// "the Mariga area"
fn is_said_area(document: Document<'_>, tokens: &Range<usize>) -> bool {
    let end = tokens.end;
    document.continues(end)
        && document.classes(end).any(Classes::AREA)
        && !document.is_capitalized(end)
        && tokens.start > 0
        && document.at(tokens.start - 1) == "the"
}

/// How likely a name is that of a place, before its surroundings are looked at.
fn base(top: Top) -> f32 {
    let size = match top.kind {
        PlaceKind::Country | PlaceKind::Continent => 4.0,
        PlaceKind::Admin1 => 2.5,
        PlaceKind::Region | PlaceKind::Water | PlaceKind::Island => 1.5,
        PlaceKind::Mountain | PlaceKind::Airport | PlaceKind::Facility => 1.0,
        PlaceKind::Admin2 => 1.0,
        _ => match top.population {
            500_000.. => 2.5,
            100_000.. => 2.0,
            15_000.. => 1.5,
            2_000.. => 1.0,
            _ => 0.5,
        },
    };
    size - match top.how {
        How::Name | How::Demonym => 0.0,
        How::Alternate => 0.5,
        How::Abbreviation => 0.0,
        How::Code => 4.0,
    }
}

/// "Goma, DR Congo": the next spot stands behind a comma and is a country or a division.
fn next_place(document: Document<'_>, choice: &Choice, spots: &[Spot], index: usize) -> bool {
    let Some(next) = spots.get(index + 1) else {
        return false;
    };
    let comma = spots[index].tokens.end;
    let container = |top: Top| matches!(top.kind, PlaceKind::Country | PlaceKind::Admin1) && top.how != How::Demonym;
    next.tokens.start == comma + 1
        && document.at(comma) == ","
        && document.continues(comma + 1)
        && choice.any_top(next, container)
}

/// "in Batumi, Kutaisi and Zugdidi": joined by a comma or "and" to a place before it.
fn in_list_after_place(document: Document<'_>, choice: &Choice, spots: &[Spot], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| &spots[before]) else {
        return false;
    };
    let start = spots[index].tokens.start;
    let joined = match start.checked_sub(before.tokens.end) {
        Some(1) => matches!(document.at(start - 1), "," | "and" | "or" | "/" | "-" | "\u{2013}"),
        Some(2) => document.at(start - 2) == "," && matches!(document.at(start - 1), "and" | "or"),
        _ => false,
    };
    joined && before.points > 1.5 && choice.top(before).is_some_and(|top| top.how != How::Demonym)
}

impl Document<'_> {
    /// True for a capitalised word that has its capital from the beginning of a sentence.
    fn begins_plainly(&self, token: usize) -> bool {
        let classes = self.classes(token);
        classes.any(Classes::FUNCTION.or(Classes::LOCATIVE).or(Classes::CALENDAR))
            || (self.begins(token)
                && classes.any(Classes::COMMON.or(Classes::ADJECTIVE).or(Classes::MODIFIER).or(Classes::BETWEEN_VERBS)))
            || self.is_in_capitals(token)
    }

    fn is_word(&self, token: usize) -> bool {
        token < self.words.len() && self.text.tokens.kind(token) == TokenKind::Word
    }
}

/// Points for a capitalised word right before the match.
fn before_capital(
    document: Document<'_>,
    choice: &Choice,
    spots: &[Spot],
    index: usize,
    before: usize,
    large: bool,
) -> f32 {
    let classes = document.classes(before);
    if index > 0 && spots[index - 1].tokens.end == before + 1 {
        // "Ukrainian Kharkiv", "Texas Rangers": a demonym or a place.
        let demonym = choice.top(&spots[index - 1]).is_some_and(|top| top.how == How::Demonym);
        return if demonym || large { 0.0 } else { -0.5 };
    }
    if classes.any(Classes::MODIFIER.or(Classes::KIND_BEFORE).or(Classes::CALENDAR)) {
        return 0.0;
    }
    if classes.any(Classes::BEFORE_NAME) {
        return if large { -2.0 } else { -3.0 };
    }
    if classes.any(Classes::TITLE) {
        return if large { 0.0 } else { -2.0 };
    }
    if large { -0.5 } else { -2.0 }
}

/// Points for a capitalised word right behind the match.
fn after_capital(document: Document<'_>, choice: &Choice, spots: &[Spot], index: usize, large: bool) -> f32 {
    let end = spots[index].tokens.end;
    let classes = document.classes(end);
    let demonym = choice.top(&spots[index]).is_some_and(|top| top.how == How::Demonym);
    if spots.get(index + 1).is_some_and(|next| next.tokens.start == end) {
        return 0.0;
    }
    if classes.any(Classes::MEDIA.or(Classes::TEAM)) {
        return -5.0;
    }
    if classes.any(Classes::COMPANY) {
        return if demonym {
            0.0
        } else if large {
            -2.0
        } else {
            -3.0
        };
    }
    if classes.any(
        Classes::PUBLIC_BODY.or(Classes::KIND_AFTER).or(Classes::CALENDAR).or(Classes::TITLE).or(Classes::FUNCTION),
    ) {
        return 0.0;
    }
    if document.is_in_capitals(end) || large {
        return 0.0;
    }
    // "Lagos Ibrahim", "Paris Memon": the rest of a name.
    if classes.any(Classes::FIRST_NAME.or(Classes::FIRST_NAME_OR_PLACE).or(Classes::SURNAME)) { -2.5 } else { -1.0 }
}

/// Names of places that the gazetteer does not know: "the village of X", "in X village", "in X, Nigeria".
fn add_unknown(document: Document<'_>, names: &Names, spots: &mut Vec<Spot>) {
    let known = spots.len();
    let mut next_spot = 0;
    let mut token = 0;
    while token + 2 < document.words.len() {
        while next_spot < known && spots[next_spot].tokens.end <= token {
            next_spot += 1;
        }
        if document.is_said_kind(token) && document.at(token).ends_with('s') {
            token = add_list(document, names, token, next_spot..known, spots);
            continue;
        }
        match unknown_after(document, names, token, &spots[next_spot..known]) {
            Some(spot) => {
                token = spot.tokens.end;
                spots.push(spot);
            }
            None => token += 1,
        }
    }
}

/// The unknown names of "the villages of A, B and C", with the kind word at `token` and the spots `ahead`. Where the list ends.
fn add_list(
    document: Document<'_>,
    names: &Names,
    token: usize,
    mut ahead: Range<usize>,
    spots: &mut Vec<Spot>,
) -> usize {
    let kinds = document.words[token].kinds;
    let mut at = token + 2;
    loop {
        while ahead.start < ahead.end && spots[ahead.start].tokens.end <= at {
            ahead.start += 1;
        }
        let next = &spots[ahead.clone()];
        let end = match next.first().filter(|spot| spot.tokens.start == at) {
            Some(known) => known.tokens.end,
            None => match unknown_name(document, names, at, next) {
                Some(name) if !document.is_no_town(&name) => {
                    let end = name.end;
                    spots.push(unknown_spot(document, name, kinds));
                    end
                }
                _ => return at,
            },
        };
        // What follows "and" is the last: "in the towns of A and B, Colonel Doe said".
        let last = document.at(at - 1) == "and";
        at = end + usize::from(document.at(end) == ",");
        at += usize::from(document.at(at) == "and");
        if at == end || last {
            return end;
        }
    }
}

/// The unknown place that the words from `token` on lead to; `ahead` are the spots from there on.
fn unknown_after(document: Document<'_>, names: &Names, token: usize, ahead: &[Spot]) -> Option<Spot> {
    let word = document.words[token];
    if document.is_said_kind(token) {
        return unknown_name(document, names, token + 2, ahead).map(|name| unknown_spot(document, name, word.kinds));
    }
    let locative = word.classes.any(Classes::LOCATIVE);
    if !locative && !matches!(document.at(token), "'s" | "\u{2019}s") {
        return None;
    }
    let mut start = token + 1 + usize::from(document.at(token + 1) == "the");
    while document.classes(start).any(Classes::ADJECTIVE) && !document.is_capitalized(start) {
        start += 1;
    }
    let name = unknown_name(document, names, start, ahead)?;
    if document.is_no_town(&name) {
        return None;
    }
    let in_next = start == token + 1
        && document.at(name.end) == ","
        && ahead.first().is_some_and(|spot| spot.tokens.start == name.end + 1);
    let kinds = if in_next { Kinds::default() } else { said_after(document, &name, locative)? };
    Some(unknown_spot(document, name, kinds))
}

impl Document<'_> {
    /// "village" of "the village of X"
    fn is_said_kind(&self, token: usize) -> bool {
        self.classes(token).any(Classes::KIND_OF)
            && self.at(token + 1) == "of"
            && !self.is_capitalized(token)
            && self.words[token].kinds.first().is_some_and(is_settlement)
    }

    /// Has the name words that no town's has? A kind word at its end may be a common one: "Busue Village".
    fn is_no_town(&self, name: &Range<usize>) -> bool {
        let kind = name.len() > 1 && self.classes(name.end - 1).any(Classes::KIND_AFTER);
        self.words[name.start..name.end - usize::from(kind)].iter().any(|word| word.classes.any(NO_TOWN))
    }
}

fn is_settlement(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::District | PlaceKind::Admin2 | PlaceKind::Admin1)
}

/// "Bonham Street" is no town of that name, and in the town that the report is written in.
fn name_street(document: Document<'_>, choice: &Choice, spot: &mut Spot) {
    let end = spot.tokens.end;
    // "Douglas County Road 4" is a road of the county.
    let county = choice.top(spot).is_some_and(|top| top.kind == PlaceKind::Admin2) && spot.tokens.len() > 1;
    if spot.written.is_none()
        && document.continues(end)
        && document.is_capitalized(end)
        && document.classes(end).any(Classes::STREET)
        // "Lebanon Street Superintendent"
        && !(document.continues(end + 1)
            && document.is_capitalized(end + 1)
            && !document.classes(end + 1).any(Classes::DIRECTION))
        && !county
        && !document.is_in_capitals(end)
    {
        spot.tokens.end = end + 1;
        spot.span.end = document.text.tokens.span(end).end;
        spot.group = None;
        spot.kinds = Kinds::of(PlaceKind::Facility);
    }
}

/// The kinds that the word behind an unknown name, or its own last one, says it has, if it says that it is a place at all.
fn said_after(document: Document<'_>, tokens: &Range<usize>, locative: bool) -> Option<Kinds> {
    if is_said_area(document, tokens) && document.at(tokens.end + 1) == "of" {
        return Some(Kinds::default());
    }
    // "Sontyo village", "Busue Village"; but "the police's Mounted Division"
    let own = locative && tokens.len() > 1 && document.classes(tokens.end - 1).any(Classes::KIND_AFTER);
    let at = if own { tokens.end - 1 } else { tokens.end };
    let word = document.words.get(at)?;
    let said = document.continues(at)
        && word.classes.any(Classes::KIND_AFTER)
        && document.is_capitalized(at) == own
        // The provinces of the world are known.
        && word.kinds.first().is_some_and(|kind| is_settlement(kind) && kind != PlaceKind::Admin1)
        && !document.words[tokens.clone()].iter().any(|word| word.classes.any(Classes::ADJECTIVE));
    said.then_some(word.kinds)
}

/// Words that are in no town's name: "in Parliament, Kyiv", "at Northern University, Ohio".
const NO_TOWN: Classes = Classes::PUBLIC_BODY
    .or(Classes::COMPANY)
    .or(Classes::MEDIA)
    .or(Classes::CALENDAR)
    .or(Classes::COMMON)
    .or(Classes::TITLE)
    .or(Classes::FUNCTION);

/// A name of up to four capitalised words at `start` that no spot (`ahead`: those from here on) and no person has.
fn unknown_name(document: Document<'_>, names: &Names, start: usize, ahead: &[Spot]) -> Option<Range<usize>> {
    let limit = ahead.first().map_or(document.words.len(), |spot| spot.tokens.start).min(start + 5);
    let mut end = start;
    while end < limit && document.continues(end) && !names.is_person(end) {
        let joins = end > start && matches!(document.at(end), "-" | "al" | "el" | "de") && end + 1 < limit;
        let first = document.classes(end).any(Classes::CALENDAR.or(Classes::FUNCTION));
        if !(joins || document.is_capitalized(end) && !first) {
            break;
        }
        end += 1;
    }
    // A spot right behind means that the name is longer than we know.
    let cut = end == limit && ahead.first().is_some_and(|spot| spot.tokens.start == end);
    (end > start && !cut && document.is_capitalized(end - 1)).then_some(start..end)
}

fn unknown_spot(document: Document<'_>, tokens: Range<usize>, kinds: Kinds) -> Spot {
    let span = document.text.tokens.span_of(tokens.clone());
    Spot { tokens, span, group: None, kinds, container: None, points: 2.0, written: None }
}

fn add_coordinates(document: Document<'_>, spots: &mut Vec<Spot>) {
    let known = spots.len();
    let mut from = 0;
    for token in 0..document.words.len() {
        let shape = document.text.tokens.shape(token);
        let letter = matches!(document.at(token), "N" | "S");
        let start = document.text.tokens.span(token).start;
        if start < from || !(shape.has(Shape::DIGIT) || letter) {
            continue;
        }
        let start = if token > 0 && matches!(document.at(token - 1), "-" | "\u{2212}") && document.touches(token) {
            document.text.tokens.span(token - 1).start
        } else {
            start
        };
        let Some(written) = coordinates::at(document.text.text, start) else {
            continue;
        };
        from = written.span.end;
        let tokens = document.text.tokens.overlapping(written.span);
        spots.push(Spot {
            tokens,
            span: written.span,
            group: None,
            kinds: Kinds::default(),
            container: None,
            points: 5.0,
            written: Some(written),
        });
    }
    if spots.len() == known {
        return;
    }
    // A letter of the coordinates is no name.
    let coordinates: Vec<Span> = spots[known..].iter().map(|spot| spot.span).collect();
    spots.retain(|spot| {
        let next = coordinates.partition_point(|span| span.end <= spot.span.start);
        spot.written.is_some() || coordinates.get(next).is_none_or(|span| !span.overlaps(spot.span))
    });
}
