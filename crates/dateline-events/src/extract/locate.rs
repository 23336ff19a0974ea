use std::collections::HashSet;
use std::ops::Range;

use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::draft::{Draft, Filler};
use super::merge::NamingWords;
use super::reading::NOTHING;
use super::scene::{Context, Scene};
use crate::Error;
use crate::annotation::{Actor, EventPlace, EventTime, Modality, PlaceBasis, PlaceRelation, Polarity, TimeBasis};
use crate::frame::{Kind, Role};
use crate::lexicon::rows;
use crate::words::{WordMap, lower};

/// How far a place or time climbs the tree to find the event that it belongs to.
const STEPS: usize = 24;

/// What prepositions say about an event and a place.
#[derive(Debug)]
pub(super) struct Prepositions(WordMap<&'static str, PlaceRelation>);

impl Prepositions {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut map = WordMap::default();
        for (number, line) in rows(include_str!("../../lexicon/place_prepositions.tsv")) {
            let fail = |reason: &str| Error::new("place_prepositions.tsv", number, reason);
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

/// Gives the events of one piece the places of its clauses, and those that have none the free places of their sentence.
pub(super) fn places_of_piece(
    prepositions: &Prepositions,
    scene: &Scene<'_, '_>,
    own: Range<usize>,
    drafts: &mut [Draft],
) {
    let (mut free, of_agents) = places_of_clauses(prepositions, scene, drafts);
    free.extend(heading(scene));
    places_of_nouns(prepositions, scene, drafts);
    for (owner, place) in of_agents {
        let draft = &mut drafts[owner];
        if draft.places.is_empty() && scene.context.frames.frames[draft.frame].is_local() {
            draft.put(place);
        }
    }
    for draft in &mut drafts[own] {
        if draft.places.is_empty() && scene.context.frames.frames[draft.frame].is_local() {
            draft.places.extend(&free);
        }
    }
}

/// The place before the sentence: "GOMA: Police arrested".
fn heading(scene: &Scene<'_, '_>) -> Option<EventPlace> {
    let Context { reading, places, place_at, .. } = scene.context;
    let before =
        scene.piece.checked_sub(1).filter(|&before| reading.sentences[before] == reading.sentences[scene.piece])?;
    let analysis = &reading.analyses[before];
    if !analysis.form(analysis.len().checked_sub(1)?).starts_with(':') {
        return None;
    }
    let mut tokens = analysis.first_token()..analysis.first_token() + analysis.len();
    let place = tokens.find_map(|token| (place_at[token] != NOTHING).then_some(place_at[token] as usize))?;
    let literal = places[place].usage == Use::Literal;
    literal.then_some(EventPlace { place, relation: PlaceRelation::At, basis: PlaceBasis::Sentence })
}

/// Gives the events of one piece the places of their clauses. Returns the places that no event claimed though they say where
/// something happened ("In Goma, officials said", "GOMA: Police"), and events with the places where those were who did it ("Gunmen in
/// the city of Goma killed").
fn places_of_clauses(
    prepositions: &Prepositions,
    scene: &Scene<'_, '_>,
    drafts: &mut [Draft],
) -> (Vec<EventPlace>, Vec<(usize, EventPlace)>) {
    let Context { reading, places, place_at, .. } = scene.context;
    let relations = scene.relations();
    let first = relations.first_token();
    let mut free = Vec::new();
    let mut of_agents = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let mut word = 0;
    while word < relations.len() {
        let place = place_at[first + word];
        if place == NOTHING {
            word += 1;
            continue;
        }
        let place = place as usize;
        let words = reading.words(scene.piece, places[place].span);
        let start = word;
        let last = words.end.max(word + 1) - 1;
        word = words.end.max(word + 1);
        if places[place].usage != Use::Literal {
            continue;
        }
        let told = before.is_some_and(|(inner, end)| {
            holds(scene, inner, end, place, start) || lies_beside(prepositions, scene, inner, end, place, start)
        });
        let joined = before.filter(|&(_, end)| hyphen_joins(scene, end, start));
        before = Some((place, word));
        if told {
            continue;
        }
        let heading = start == 0 && word < relations.len() && matches!(relations.form(word), ":" | "-" | "–" | "—");
        let ascent = ascend(prepositions, scene, start, last);
        let way = is_way(prepositions, scene, word);
        let found = EventPlace {
            place,
            relation: match ascent.relation {
                _ if way && joined.is_some() => PlaceRelation::Between,
                relation => relation.unwrap_or(PlaceRelation::At),
            },
            basis: PlaceBasis::Clause,
        };
        // "the mayor of Moscow confirmed": where an agent comes from is not where it happened.
        let theirs = |owner: &Draft| ascent.of_person || owner.comes_from(places[place].span);
        // Nor is where the accused are the place of the accusation: it may be that of what they did.
        let spoken_of = |owner: &Draft| {
            let span = places[place].span;
            scene.context.frames.frames[owner.frame].kind == Kind::Speech
                && owner.role(Role::Target).iter().any(|filler| filler.span.contains(span))
        };
        // "Strasbourg was shot dead": whoever dies or is arrested is no town.
        let is_victim = |owner: &Draft| {
            let frames = scene.context.frames;
            let counts = !frames.rules[owner.rule].toll.is_empty() || frames.frames[owner.frame].figure.is_some();
            let is_name = |filler: &Filler| {
                let name = relations.head(last) == Some(filler.word) && relations.upos(filler.word) == Upos::Propn;
                (start..word).contains(&filler.word)
                    || name && matches!(relations.deprel(last), Deprel::Flat | Deprel::Compound)
            };
            counts && owner.role(Role::Target).iter().any(is_name)
        };
        let here =
            |relation: PlaceRelation| matches!(relation, PlaceRelation::At | PlaceRelation::Over | PlaceRelation::Near);
        let kind = |owner: usize| scene.context.frames.frames[drafts[owner].frame].kind;
        // "An Apache helicopter", "a US Humvee": what it is called by is not where it is.
        let called = relations.deprel(last) == Deprel::Compound
            && relations.head(last).is_some_and(|head| {
                let machine = scene.words.classes[head].intersects(scene.context.built_in.machine());
                machine && places[place].container.is_none()
            });
        match ascent.owner {
            Some(_) if called => {}
            // Words come from somebody and go to somebody: "Jane Doe of Goma, a deputy from Bukavu, called for talks".
            Some(owner) if kind(owner) == Kind::Speech && !here(found.relation) => {}
            Some(owner) if is_victim(&drafts[owner]) => {}
            Some(owner) if !heading && theirs(&drafts[owner]) => {
                let there = ascent.relation == Some(PlaceRelation::At) && !ascent.of_person && !ascent.aside;
                of_agents.extend(there.then_some((owner, EventPlace { basis: PlaceBasis::Sentence, ..found })));
            }
            // "Was flown to a hospital in Goma": nobody was hurt there.
            Some(owner)
                if found.relation == PlaceRelation::To
                    && scene.context.frames.frames[drafts[owner].frame].kind == Kind::Outcome => {}
            Some(owner) if !heading && spoken_of(&drafts[owner]) => {
                let tells = ascent.relation.is_some() && !ascent.aside;
                free.extend(tells.then_some(EventPlace { basis: PlaceBasis::Sentence, ..found }));
            }
            // "Fired on worshippers leaving a mosque in Katsina": if nothing better is told.
            Some(owner) if !heading && ascent.doing => {
                let span = places[place].span;
                let trigger = drafts[owner].trigger;
                // Where the doers come from says little; but "the men who abducted guests staying in Goma" hold it all.
                let theirs = |filler: &Filler| filler.reach.contains(span) && !filler.reach.contains(trigger);
                if ascent.relation.is_some() && !drafts[owner].role(Role::Agent).iter().any(theirs) {
                    free.push(EventPlace { basis: PlaceBasis::Sentence, ..found });
                }
            }
            Some(owner) if !heading => {
                drafts[owner].put(found);
                // "the Minna-Bida road": the first of the two is an end of the road too.
                if let Some((other, _)) = joined.filter(|_| way)
                    && let Some(place) = drafts[owner].places.iter_mut().find(|place| place.place == other)
                {
                    place.relation = PlaceRelation::Between;
                }
            }
            _ if (ascent.relation.is_some() || heading) && !ascent.of_person && !ascent.aside => {
                free.push(EventPlace { basis: PlaceBasis::Sentence, ..found });
            }
            _ => {}
        }
    }
    (free, of_agents)
}

/// Does nothing but a hyphen stand between two places?
fn hyphen_joins(scene: &Scene<'_, '_>, end: usize, start: usize) -> bool {
    start == end + 1 && matches!(scene.relations().form(end), "-" | "‐" | "‑" | "–")
}

/// Is the word a road, of those that are called by the places at their ends?
fn is_way(prepositions: &Prepositions, scene: &Scene<'_, '_>, word: usize) -> bool {
    word < scene.relations().len()
        && scene.relations().upos(word) != Upos::Adp
        && prepositions.0.get(&*scene.lemma(word)) == Some(&PlaceRelation::Between)
}

/// Gives events without a place the town that "the capital", "the village" or "there" stands for: the last one named.
fn places_of_nouns(prepositions: &Prepositions, scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    let Context { places, built_in, body, .. } = scene.context;
    let (grammar, relations) = (scene.grammar, scene.relations());
    for word in 0..relations.len() {
        let settlement =
            relations.upos(word) == Upos::Noun && scene.words.classes[word].intersects(built_in.settlement());
        let definite = || grammar.with(word, Deprel::Det).any(|det| grammar.is(det, "the"));
        let there = relations.upos(word) == Upos::Adv && grammar.is(word, "there");
        if !(settlement && definite() || there) || scene.holds_place(word) || grammar.has(word, Deprel::Appos) {
            continue;
        }
        let ascent = ascend(prepositions, scene, word, word);
        let Some(owner) = ascent.owner else { continue };
        let span = relations.span(word);
        if ascent.of_person || !drafts[owner].places.is_empty() || drafts[owner].comes_from(span) {
            continue;
        }
        let before = places.partition_point(|place| place.span.start < span.start);
        // A report is written in a city: "the village" of which it tells is another place.
        let city = matches!(relations.lemma(word), "capital" | "city" | "town" | "port");
        let town = |place: &usize| {
            let place = &places[*place];
            place.usage == Use::Literal
                && matches!(place.kind, PlaceKind::City | PlaceKind::District)
                && (city || place.span.start >= body)
        };
        let Some(place) = (before.saturating_sub(TOWNS)..before).rev().find(town) else { continue };
        let basis = if places[place].span.start < body { PlaceBasis::Dateline } else { PlaceBasis::Inherited };
        drafts[owner].put(EventPlace { place, relation: ascent.relation.unwrap_or(PlaceRelation::At), basis });
    }
}

/// How many places back the town that "the city" stands for may lie.
const TOWNS: usize = 12;

/// How a place hangs on what is told.
struct Ascent {
    owner: Option<usize>,
    relation: Option<PlaceRelation>,
    /// It says where somebody comes from: "the mayor of Moscow", "Kursk residents".
    of_person: bool,
    /// It belongs to what somebody or something was doing: "worshippers leaving a mosque in Goma".
    doing: bool,
    /// It belongs to a clause about somebody: "a student who lives in Goma".
    aside: bool,
}

/// From a place, from `start` to `word`, up to the head of its phrase, then on to an event.
fn ascend(prepositions: &Prepositions, scene: &Scene<'_, '_>, start: usize, word: usize) -> Ascent {
    let relations = scene.relations();
    let mut ascent = Ascent { owner: None, relation: None, of_person: false, doing: false, aside: false };
    let mut at = word;
    for _ in 0..STEPS {
        // "According to officials in Baghdad": that is where they say so.
        if scene.grammar.has_case(at, "according") {
            return Ascent { aside: true, ..ascent };
        }
        // The preposition of the trigger itself tells of something else: "took to the streets of Caracas".
        if let Some(draft) = scene.owners[at] {
            ascent.owner = Some(draft);
            break;
        }
        if ascent.relation.is_none() {
            let beside = at == word && is_beside(prepositions, scene, start);
            ascent.relation = if beside { Some(PlaceRelation::Near) } else { relation_of(prepositions, scene, at) };
        } else if ascent.relation == Some(PlaceRelation::At) && relations.deprel(at) == Deprel::Obl {
            // "were taken to a hospital in Jos": that is where they got, not where it happened.
            // "set fire to a clinic in Bokkos" goes nowhere.
            let free = scene.grammar.case(at).is_some_and(|case| scene.owners[case].is_none());
            let to = relation_of(prepositions, scene, at).filter(|&relation| free && relation == PlaceRelation::To);
            ascent.relation = to.or(ascent.relation);
        }
        let Some(head) = relations.head(at) else {
            break;
        };
        // The clause of another verb: "and lost a helicopter near Sudzha".
        if scene.grammar.is_verb(at) && matches!(relations.deprel(at), Deprel::Conj | Deprel::Parataxis) {
            break;
        }
        let doing = relations.deprel(at) == Deprel::Acl
            && matches!(relations.xpos(at), Xpos::Vbg | Xpos::Vbn)
            && is_person(scene, head);
        let aside = matches!(relations.deprel(at), Deprel::AclRelcl | Deprel::Acl) && !doing;
        ascent.doing |= doing;
        let belongs = aside
            || matches!(relations.deprel(at), Deprel::Compound | Deprel::NmodPoss | Deprel::Amod)
            || matches!(relations.deprel(at), Deprel::Nmod | Deprel::Obl) && scene.grammar.has_case(at, "of")
            // "farmers from Gao"
            || relations.deprel(at) == Deprel::Nmod && scene.grammar.has_case(at, "from") && scene.holds_place(at);
        // "arrested John Doe, 31, of Blossom": after a comma it tells where somebody comes from, whatever it hangs on.
        let of_somebody = relations.deprel(at) == Deprel::Obl
            && belongs
            && scene.grammar.case(at).is_some_and(|of| of > 0 && relations.form(of - 1) == ",");
        ascent.of_person |= belongs && (of_somebody || is_person(scene, head));
        ascent.aside |= aside;
        at = head;
    }
    ascent
}

/// Does the second of two places hold the first: "Sarmin, in Syria's Idlib province", "Poti, on the Black Sea"?
fn holds(scene: &Scene<'_, '_>, inner: usize, end: usize, outer: usize, start: usize) -> bool {
    let Context { places, .. } = scene.context;
    let between = |word: usize| {
        // "San Francisco, in the western state of Zulia"
        let area = || {
            scene.relations().upos(word) == Upos::Adj
                || scene.words.classes[word].intersects(scene.context.built_in.settlement())
        };
        matches!(scene.relations().form(word), "," | "in" | "on" | "of" | "the" | "'s" | "’s" | "(")
            || area()
            || scene.context.place_at[scene.relations().first_token() + word] != NOTHING
    };
    let wider = extent(places[outer].kind) > extent(places[inner].kind);
    wider
        && start - end <= GAP
        && (end..start).all(between)
        && (end..start).any(|word| scene.relations().form(word) == ",")
}

/// Does the second of two places only tell where the first one lies: "Samarra, north of Baghdad", "Vovchansk, some 60 km north-east of
/// Kharkiv"?
fn lies_beside(
    prepositions: &Prepositions,
    scene: &Scene<'_, '_>,
    inner: usize,
    end: usize,
    outer: usize,
    start: usize,
) -> bool {
    let places = scene.context.places;
    let relations = scene.relations();
    let near = |word: usize| prepositions.0.get(&*lower(relations.form(word))) == Some(&PlaceRelation::Near);
    let tells = places[outer].anchor.is_some() || is_beside(prepositions, scene, start) || start > 0 && near(start - 1);
    let leads = |word: usize| {
        near(word)
            || matches!(relations.upos(word), Upos::Adj | Upos::Adv | Upos::Det | Upos::Num)
            || matches!(relations.form(word), "," | "(" | "-" | "of" | "to" | "some" | "about" | "around")
            || scene.words.classes[word].intersects(scene.context.built_in.settlement())
            || prepositions.0.contains_key(format!("{} of", scene.lemma(word)).as_str())
    };
    // "In Iraq, near Mosul" tells where in Iraq.
    extent(places[inner].kind) <= extent(PlaceKind::City)
        && within(&places[inner], &places[outer], ABOUT)
        && !is_beside(prepositions, scene, scene.context.reading.words(scene.piece, places[inner].span).start)
        && tells
        && start > end
        && start - end <= GAP
        && matches!(relations.form(end), "," | "(")
        && (end..start).all(leads)
}

/// How many words may say what a place is before its name: "the capital, Lusaka".
const KIND: usize = 3;

/// Is the place at `start` one that something lies north, south, east or west of? "In the north of Mali" is in it.
fn is_beside(prepositions: &Prepositions, scene: &Scene<'_, '_>, start: usize) -> bool {
    let relations = scene.relations();
    let direction = |word: usize| prepositions.0.contains_key(format!("{} of", scene.lemma(word)).as_str());
    // "north of the capital, Lusaka"
    let names_kind = |word: usize| {
        matches!(relations.form(word), "," | "the")
            || scene.words.classes[word].intersects(scene.context.built_in.settlement())
    };
    let mut before = start;
    while before > 0 && before + KIND > start && names_kind(before - 1) {
        before -= 1;
    }
    let Some(of) = before.checked_sub(1).filter(|&of| relations.form(of) == "of") else { return false };
    let mut first = of;
    while first > 0 && (direction(first - 1) || first < of && relations.form(first - 1) == "-") {
        first -= 1;
    }
    let word = |back: usize| first.checked_sub(back).map_or("", |word| relations.form(word));
    first < of && (word(1) != "the" || word(2) == "to")
}

/// How many words may stand between a place and what holds it.
const GAP: usize = 7;

/// Kinds of places from small to large.
fn extent(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Point | PlaceKind::Facility | PlaceKind::Airport | PlaceKind::District => 0,
        PlaceKind::City => 1,
        PlaceKind::Admin2 => 2,
        PlaceKind::Admin1 | PlaceKind::Island | PlaceKind::Mountain => 3,
        PlaceKind::Region | PlaceKind::Water => 4,
        PlaceKind::Country => 5,
        PlaceKind::Continent => 6,
        _ => 3,
    }
}

/// Is the noun a person or an organisation? The state in "Kaduna state" is neither, whatever it does elsewhere.
fn is_person(scene: &Scene<'_, '_>, word: usize) -> bool {
    let classes = scene.words.classes[word];
    let built_in = scene.context.built_in;
    // A state may be a body, but "Katsina state" is an area.
    if classes.intersects(built_in.area().union(built_in.settlement())) {
        return false;
    }
    classes.intersects(built_in.human()) || classes.intersects(built_in.body())
}

/// How many events further on in a sentence are looked at for a place.
const AHEAD: usize = 6;

/// How many places an event takes from another one.
const INHERITED: usize = 16;

/// Gives places and times to events that have none, from the last event of the same paragraph: "Police arrested two men in
/// Kotri and recovered two pistols", "Train service was suspended". As long as nothing is told of elsewhere, news that name no place
/// are of the town of the dateline (`home`).
pub(super) fn inherit(
    words: &NamingWords,
    scenes: &[Scene<'_, '_>],
    order: &[usize],
    (actors, home): (&[Actor], Option<usize>),
    drafts: &mut [Draft],
) {
    let Some(scene) = scenes.first() else { return };
    let Context { frames, reading, places, .. } = scene.context;
    let mut last: Option<usize> = None;
    let mut elsewhere = false;
    for (position, &index) in order.iter().enumerate() {
        let draft = &drafts[index];
        if !frames.frames[draft.frame].is_local() || draft.part_of.is_some() {
            continue;
        }
        let here = |place: &&EventPlace| {
            matches!(place.relation, PlaceRelation::At | PlaceRelation::Over | PlaceRelation::Near)
        };
        let own = draft.places.iter().any(|place| here(&place));
        let source = last.filter(|&other| {
            let other = &drafts[other];
            reading.paragraphs[other.sentence] == reading.paragraphs[draft.sentence]
                && other.background == draft.background
                // What is only planned happens nowhere yet.
                && (other.modality == draft.modality || other.modality == Modality::Actual)
                && !words.begins_anew(&scenes[draft.piece], draft)
        });
        // "Ten were kidnapped and later killed in Pataz": the sentence may tell it after another event.
        let next = || {
            let after = order[position + 1..].iter().copied().take(AHEAD);
            after.take_while(|&other| drafts[other].sentence == draft.sentence).find(|&other| {
                let other = &drafts[other];
                frames.frames[other.frame].is_local()
                    && other.background == draft.background
                    && other.modality == draft.modality
                    && other.places.iter().any(|place| here(&place))
            })
        };
        let source = source.or_else(next);
        if let Some(source) = source.filter(|_| !own) {
            // Of the town of the dateline nothing was told that "evacuated from Sake" could leave unsaid.
            let told = |place: &&EventPlace| place.basis != PlaceBasis::Dateline || drafts[index].places.is_empty();
            let places = drafts[source].places.iter().filter(here).filter(told).take(INHERITED).copied();
            let places: Vec<EventPlace> = places.collect();
            let time = drafts[source].time.clone().filter(|time| time.basis != TimeBasis::Document);
            let draft = &mut drafts[index];
            draft.places.extend(places.iter().map(|place| EventPlace { basis: PlaceBasis::Inherited, ..*place }));
            if draft.time.is_none() {
                draft.time = time.map(|time| EventTime { basis: TimeBasis::Inherited, ..time });
            }
        }
        let draft = &mut drafts[index];
        elsewhere |=
            draft.places.iter().any(|place| home.is_none_or(|home| !is_near(&places[place.place], &places[home])));
        // Seoul reports what is done in the North.
        let foreign = draft.role(Role::Agent).iter().any(|filler| {
            let doer = filler.actor.and_then(|actor| actors[actor].iso3.as_deref());
            let country = home.and_then(|home| places[home].country);
            doer.is_some_and(|doer| country.is_some_and(|country| country.alpha3() != Some(doer)))
        });
        let news =
            !foreign && !draft.background && draft.modality == Modality::Actual && draft.polarity == Polarity::Affirmed;
        if let Some(home) = home.filter(|_| draft.places.is_empty() && !elsewhere && news) {
            draft.put(EventPlace { place: home, relation: PlaceRelation::At, basis: PlaceBasis::Dateline });
        }
        if !draft.places.is_empty() {
            last = Some(index);
        }
    }
}

/// Is a place known to be in a town or beside it?
fn is_near(place: &Mention, town: &Mention) -> bool {
    place.span == town.span || within(place, town, BESIDE)
}

/// Are two places known to be so near, in degrees of latitude and longitude?
fn within(one: &Mention, other: &Mention, degrees: f64) -> bool {
    let (Some(one), Some(other)) = (one.position, other.position) else { return false };
    (one.0 - other.0).abs() < degrees && (one.1 - other.1).abs() < degrees
}

/// Degrees between a town and what is in it or beside it.
const BESIDE: f64 = 0.4;

/// Degrees between places of which one tells where the other lies.
const ABOUT: f64 = 5.0;

/// What the prepositions of a word, if any, say.
fn relation_of(prepositions: &Prepositions, scene: &Scene<'_, '_>, word: usize) -> Option<PlaceRelation> {
    let relations = scene.relations();
    let case = scene.grammar.with(word, Deprel::Case).filter(|&case| case < word);
    let mut last = None;
    for case in case {
        last = prepositions.0.get(relations.form(case).to_ascii_lowercase().as_str()).copied().or(last);
        // "about 60 km from Kharkiv" is no way from there.
        let measure = |word: usize| {
            let unit = relations.form(word).to_ascii_lowercase();
            matches!(unit.as_str(), "km" | "kms" | "kilometres" | "kilometers" | "miles" | "metres" | "meters" | "mile")
        };
        if last == Some(PlaceRelation::From) && case > 0 && measure(case - 1) {
            last = Some(PlaceRelation::Near);
        }
    }
    last
}

/// Leaves the most specific places: drops what contains another one, and repeated mentions of one place. Linear.
pub(super) fn narrow(places: &[Mention], found: &mut Vec<EventPlace>) {
    let wide = |mention: &Mention| matches!(mention.kind, PlaceKind::Country | PlaceKind::Continent);
    let inside = || found.iter().map(|place| &places[place.place]);
    // Mentions that hold another one, itself apart, and countries with a place in them.
    let holders: HashSet<usize> = inside()
        .filter_map(|inner| {
            let holder = inner.container?;
            let same = inner.place.is_some() && places.get(holder)?.place == inner.place;
            (!same).then_some(holder)
        })
        .collect();
    let countries: HashSet<_> =
        inside().filter(|mention| !wide(mention)).filter_map(|mention| mention.country).collect();
    let mut seen = HashSet::new();
    let mut told = HashSet::new();
    found.retain(|place| {
        let mention = &places[place.place];
        let contained = holders.contains(&place.place)
            || wide(mention) && mention.country.is_some_and(|country| countries.contains(&country));
        let repeated = !told.insert(place.place) || mention.place.is_some_and(|id| !seen.insert(id));
        !contained && !repeated
    });
    found.sort_by_key(|place| (place.relation, place.basis));
}
