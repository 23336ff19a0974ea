//! Where names, nouns for those who act, and countries stand in a text.

use std::ops::Range;

use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_tokenizer::{Shape, TokenizedText};

use super::lexicon::{Lexicon, Named, Noun, capitals};
use crate::annotation::ActorKind;

/// How a country is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Geo {
    /// By its name.
    Country,
    /// By its capital, which speaks or acts for it.
    Capital,
    /// By an adjective.
    Nationality,
    /// By the adjective of a people that lives there: "Chechen". It says where somebody is from, and names no country.
    Ethnic,
    /// By a noun for its people.
    People,
    /// A place inside it.
    Place,
}

/// What stands at a spot.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// A row of the named actors; `past` if no row of the name holds at the date of the text.
    Actor { row: u32, past: bool },
    /// A country or a place in one.
    Geo { iso3: Option<&'static str>, how: Geo, metonym: bool },
    /// A noun for somebody who acts.
    Noun(Noun),
}

impl What {
    /// An adjective of a country or a people.
    pub(super) fn is_nationality(self) -> bool {
        matches!(self, Self::Geo { how: Geo::Nationality | Geo::Ethnic, .. })
    }
}

/// A name or noun that the lexicons or the gazetteer know.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) tokens: Range<usize>,
    pub(super) what: What,
    /// The gazetteer takes it for a place itself.
    pub(super) literal_place: bool,
}

pub(super) const NOTHING: u32 = u32::MAX;

/// All spots of a text; none share a token.
pub(super) struct Spots {
    pub(super) spots: Vec<Spot>,
    /// Index of the spot at each token.
    pub(super) at: Vec<u32>,
}

impl Spots {
    /// Names first, then places, then nouns: a noun inside a name is no noun.
    pub(super) fn find(lexicon: &Lexicon, text: TokenizedText<'_>, places: &[Mention], month: Option<u32>) -> Self {
        let mut spots = Self { spots: Vec::new(), at: vec![NOTHING; text.tokens.len()] };
        let mut place_at = vec![NOTHING; text.tokens.len()];
        for (index, place) in places.iter().enumerate() {
            place_at[text.tokens.overlapping(place.span)].fill(index as u32);
        }
        let covering = |tokens: &Range<usize>| {
            let place = place_at[tokens.start];
            (place != NOTHING).then(|| (&places[place as usize], text.tokens.overlapping(places[place as usize].span)))
        };
        let mut countries = Vec::new();
        for found in lexicon.names.find_iter(text) {
            let written = &text.text[found.span];
            // "Hamas-run" as one token names nobody by itself.
            if text.tokens.span_of(found.tokens.clone()).end > found.span.end + 2 {
                continue;
            }
            let big = !written.contains(char::is_lowercase);
            let meant = |named: &&Named| match **named {
                Named::Actor { exact, capitals: least, .. } => big || !exact && capitals(written) >= least,
                Named::Country { exact, .. } => big || !exact,
                _ => true,
            };
            let place = covering(&found.tokens);
            let row_of = |named: &Named| match *named {
                Named::Actor { row, .. } => Some(row),
                _ => None,
            };
            let rows = || found.values.iter().filter(meant).filter_map(row_of);
            let holding = rows().find(|&row| lexicon.actors[row as usize].holds(month));
            if let Some(row) = holding.or_else(|| rows().next()) {
                let wider = place.as_ref().is_some_and(|(_, tokens)| tokens.len() > found.tokens.len());
                let alone = found.tokens.len() == 1 && lexicon.actors[row as usize].kind == ActorKind::Person;
                if !(wider || alone && is_part_of_name(lexicon, text, &found.tokens, &spots.at)) {
                    let literal_place = place.is_some_and(|(place, tokens)| {
                        place.usage == Use::Literal && tokens.len() >= found.tokens.len()
                    });
                    let what = What::Actor { row, past: holding.is_none() };
                    spots.push(Spot { tokens: found.tokens, what, literal_place });
                }
                continue;
            }
            let geo = |values: &[Named]| {
                values.iter().filter(meant).find_map(|named| match *named {
                    Named::Country { iso3, .. } => Some((iso3, Geo::Country)),
                    Named::Nationality { iso3 } => Some((iso3, Geo::Nationality)),
                    Named::Ethnic { iso3 } => Some((iso3, Geo::Ethnic)),
                    Named::People { iso3 } => Some((iso3, Geo::People)),
                    Named::Actor { .. } => None,
                })
            };
            // "the Nigerian army" is not written as the "Nigerian Army" is, and still Nigerian.
            let first = found.tokens.start..found.tokens.start + 1;
            let meaning = match geo(found.values) {
                Some(meaning) => Some((meaning, found.tokens.clone())),
                None if found.tokens.len() == 1 => None,
                None => geo(lexicon.names.get(text.as_str(first.start))).map(|meaning| (meaning, first)),
            };
            if let Some(((iso3, how), tokens)) = meaning {
                // "Karen" is a people only before a noun for somebody: "Karen rebels".
                let next = tokens.end;
                if how == Geo::Ethnic && (next >= text.tokens.len() || lexicon.nouns.get(text.as_str(next)).is_empty())
                {
                    continue;
                }
                countries.push((tokens, iso3, how));
            }
        }
        // A noun that is longer than the place in it ("Vice" of "Vice President"), or for people ("Kurds").
        let nouns: Vec<_> = lexicon.nouns.find_iter(text).collect();
        let in_noun = |tokens: &Range<usize>| {
            let index = nouns.partition_point(|noun| noun.tokens.end <= tokens.start);
            nouns.get(index).is_some_and(|noun| {
                let longer = noun.tokens.len() > tokens.len() || noun.values[0].plural;
                longer && noun.tokens.start <= tokens.start && tokens.end <= noun.tokens.end
            })
        };
        let mut next = 0;
        for place in places {
            let tokens = text.tokens.overlapping(place.span);
            while next < countries.len() && countries[next].0.end <= tokens.start {
                next += 1;
            }
            let own = countries.get(next).filter(|(other, ..)| *other == tokens);
            let iso3 = place.country.and_then(|country| country.plover()).or(own.map(|(_, iso3, _)| *iso3));
            if in_noun(&tokens) || place.usage == Use::Demonym && iso3.is_none() {
                continue;
            }
            let people = own.is_some_and(|(_, _, how)| *how == Geo::People);
            let how = match (place.usage, place.kind) {
                (Use::Demonym, _) if people => Geo::People,
                (Use::Demonym, PlaceKind::Country) => Geo::Nationality,
                (Use::Demonym, _) => Geo::Ethnic,
                (_, PlaceKind::Country) => Geo::Country,
                (Use::Metonym, _) => Geo::Capital,
                _ if own.is_some_and(|(_, _, how)| *how == Geo::Country) => Geo::Country,
                _ => Geo::Place,
            };
            let what = What::Geo { iso3, how, metonym: place.usage == Use::Metonym };
            spots.push(Spot { tokens, what, literal_place: place.usage == Use::Literal });
        }
        for (tokens, iso3, how) in countries {
            if place_at[tokens.clone()].iter().all(|&place| place == NOTHING) {
                let what = What::Geo { iso3: Some(iso3), how, metonym: false };
                spots.push(Spot { tokens, what, literal_place: false });
            }
        }
        for found in nouns {
            spots.push(Spot { tokens: found.tokens, what: What::Noun(found.values[0]), literal_place: false });
        }
        spots
    }

    /// Adds a spot unless others have its tokens.
    fn push(&mut self, spot: Spot) {
        if spot.tokens.is_empty() || self.at[spot.tokens.clone()].iter().any(|&at| at != NOTHING) {
            return;
        }
        self.at[spot.tokens.clone()].fill(self.spots.len() as u32);
        self.spots.push(spot);
    }
}

/// Does a last name that stands for a known person belong to another name here: "Ali Abbas", "Bashir Ahmed"?
fn is_part_of_name(lexicon: &Lexicon, text: TokenizedText<'_>, tokens: &Range<usize>, taken: &[u32]) -> bool {
    let is_name = |token: usize| {
        let word = text.as_str(token);
        taken[token] == NOTHING
            && text.tokens.shape(token).has(Shape::CAPITALIZED)
            && !text.tokens.shape(token).has(Shape::ALL_UPPER)
            && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'')
            && !DAYS.contains(&word)
            && lexicon.nouns.get(word).is_empty()
    };
    let same_sentence = |token: usize| text.tokens.sentence_of(token) == text.tokens.sentence_of(tokens.start);
    let before = tokens.start.checked_sub(1).filter(|&token| same_sentence(token) && is_name(token));
    let after = Some(tokens.end).filter(|&token| token < text.tokens.len() && same_sentence(token) && is_name(token));
    before.is_some_and(|token| !starts_sentence(text, token)) || after.is_some()
}

fn starts_sentence(text: TokenizedText<'_>, token: usize) -> bool {
    text.tokens.sentence_of(token).is_some_and(|sentence| text.tokens.sentence(sentence).start == token)
}

/// Days that stand before a name without being part of it.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
