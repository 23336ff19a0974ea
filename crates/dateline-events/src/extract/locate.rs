use std::collections::HashMap;

use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_syntax::{Deprel, Relations};

use super::draft::Draft;
use super::reading::NOTHING;
use super::scene::{Context, Scene};
use crate::Error;
use crate::annotation::{EventPlace, PlaceBasis, PlaceRelation};
use crate::frame::Role;

/// How far a place or time climbs the tree to find the event that it belongs to.
const STEPS: usize = 24;

/// What prepositions say about an event and a place.
#[derive(Debug)]
pub(super) struct Prepositions(HashMap<&'static str, PlaceRelation>);

impl Prepositions {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut map = HashMap::new();
        for (index, line) in include_str!("../../lexicon/place_prepositions.tsv").lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |reason: &str| Error::new("place_prepositions.tsv", index + 1, reason);
            let (word, relation) = line.split_once('\t').ok_or_else(|| fail("expected `preposition<TAB>relation`"))?;
            let relation = match relation {
                "at" => PlaceRelation::At,
                "near" => PlaceRelation::Near,
                "over" => PlaceRelation::Over,
                "to" => PlaceRelation::To,
                "from" => PlaceRelation::From,
                "between" => PlaceRelation::Between,
                _ => return Err(fail("unknown relation")),
            };
            map.insert(word, relation);
        }
        Ok(Self(map))
    }
}

/// Gives the events of one piece the places of its clauses. Returns the places that no event claimed.
pub(super) fn places_of_piece(
    prepositions: &Prepositions,
    scene: &Scene<'_, '_>,
    drafts: &mut [Draft],
) -> Vec<EventPlace> {
    let Context { reading, places, place_at, .. } = scene.context;
    let relations = scene.relations();
    let first = relations.first_token();
    let mut free = Vec::new();
    let mut word = 0;
    while word < relations.len() {
        let place = place_at[first + word];
        if place == NOTHING {
            word += 1;
            continue;
        }
        let place = place as usize;
        let words = reading.words(scene.piece, places[place].span);
        let last = words.end.max(word + 1) - 1;
        word = words.end.max(word + 1);
        if places[place].usage != Use::Literal {
            continue;
        }
        // Up to the head of the phrase that the name stands in, then on to an event.
        let mut at = last;
        let mut relation = None;
        let mut owner = None;
        for _ in 0..STEPS {
            if relation.is_none() {
                relation = relation_of(prepositions, scene, at);
            }
            if let Some(draft) = scene.owners[at] {
                owner = Some(draft);
                break;
            }
            let Some(head) = relations.head(at) else {
                break;
            };
            at = head;
        }
        let found = EventPlace { place, relation: relation.unwrap_or(PlaceRelation::At), basis: PlaceBasis::Clause };
        match owner {
            Some(draft) => {
                let owner = &mut drafts[draft];
                let within =
                    |role: Role| owner.role(role).iter().any(|filler| filler.span.contains(places[place].span));
                // "the mayor of Moscow confirmed": where an agent comes from is not where it happened.
                if within(Role::Agent) || within(Role::Topic) {
                    free.push(EventPlace { basis: PlaceBasis::Sentence, ..found });
                } else if !owner.places.iter().any(|other| other.place == place) {
                    owner.places.push(found);
                }
            }
            None => free.push(EventPlace { basis: PlaceBasis::Sentence, ..found }),
        }
    }
    free
}

/// What the prepositions of a word, if any, say.
fn relation_of(prepositions: &Prepositions, scene: &Scene<'_, '_>, word: usize) -> Option<PlaceRelation> {
    let relations = scene.relations();
    let case = scene.grammar.with(word, Deprel::Case).filter(|&case| case < word);
    let mut last = None;
    for case in case {
        last = prepositions.0.get(relations.form(case).to_ascii_lowercase().as_str()).copied().or(last);
    }
    last
}

/// Leaves the most specific places: drops what contains another one, and repeated mentions of one place.
pub(super) fn narrow(places: &[Mention], found: &mut Vec<EventPlace>) {
    let all = found.clone();
    let same = |a: usize, b: usize| places[a].place.is_some() && places[a].place == places[b].place;
    let mut index = 0;
    found.retain(|place| {
        let mention = &places[place.place];
        let contained = all.iter().any(|other| {
            let inner = &places[other.place];
            other.place != place.place
                && !same(other.place, place.place)
                && (inner.container == Some(place.place)
                    || matches!(mention.kind, PlaceKind::Country | PlaceKind::Continent)
                        && inner.country.is_some()
                        && inner.country == mention.country
                        && inner.kind != PlaceKind::Country
                        && inner.kind != PlaceKind::Continent)
        });
        let repeated = all[..index].iter().any(|other| same(other.place, place.place));
        index += 1;
        !contained && !repeated
    });
    found.sort_by_key(|place| (place.relation, place.basis));
}
