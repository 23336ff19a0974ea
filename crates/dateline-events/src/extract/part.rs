//! Parts of a whole: "several drones were shot down: two over Kaluga and one near Istra" are three events, the last two
//! parts of the first. Numbers are never added up.

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::count;
use super::draft::{Draft, filler};
use super::scene::Scene;
use crate::annotation::{EventPlace, EventQuantity};
use crate::frame::{Counted, Role};

/// How many sentences after the whole its parts may be told.
const SENTENCES: usize = 2;

/// How many parts one sentence may name.
const PARTS: usize = 16;

/// Finds the parts of the wholes that stand in a piece or right before it, and makes events of those that have no verb of
/// their own ("and one near Istra"). `first` is the index of the piece's first draft.
pub(super) fn parts_of_piece(scene: &Scene<'_, '_>, first: usize, drafts: &mut Vec<Draft>) {
    let last = drafts.len();
    for index in first..last {
        if !drafts[index].stands() || counted_target(scene, &drafts[index]).is_none() {
            continue;
        }
        let whole = whole_of(scene, index, drafts);
        if let Some(whole) = whole {
            drafts[index].part_of = Some(whole);
            inherit(drafts, index, whole);
        }
        let numbers = elided(scene, index, first, drafts);
        if numbers.is_empty() {
            continue;
        }
        let mut whole = whole;
        if whole.is_none() && !is_whole(scene, &drafts[index], &numbers) {
            // "Two were shot down over Kaluga and one near Istra": two of a kind beside each other.
            continue;
        }
        let whole = *whole.get_or_insert(index);
        split(scene, index, whole, &numbers, drafts);
    }
}

/// The target whose number is the event's quantity.
fn counted_target(scene: &Scene<'_, '_>, draft: &Draft) -> Option<usize> {
    let counted = &scene.context.frames.frames[draft.frame].quantity;
    let counts = counted.iter().any(|counted| matches!(counted, Counted::Role(Role::Target, _)));
    draft.role(Role::Target).first().filter(|_| counts).map(|filler| filler.word)
}

/// Does the event speak of more than one thing, or of no number?
fn is_whole(scene: &Scene<'_, '_>, draft: &Draft, parts: &[usize]) -> bool {
    let Some(target) = draft.role(Role::Target).iter().find(|filler| !parts.contains(&filler.word)) else {
        return false;
    };
    match count::of_noun(scene, target.word) {
        Some(quantity) => quantity.max.is_none_or(|max| max > 1),
        None => matches!(scene.relations().xpos(target.word), Xpos::Nns | Xpos::Nnps),
    }
}

/// The whole that an event told by a number alone, or by a number of the same noun, is a part of.
fn whole_of(scene: &Scene<'_, '_>, part: usize, drafts: &[Draft]) -> Option<usize> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let draft = &drafts[part];
    let target = counted_target(scene, draft)?;
    let count = draft.quantity.as_ref()?;
    let alone = relations.upos(target) == Upos::Num || relations.upos(target) == Upos::Pron;
    let near = grammar.dependents(target).chain([target, (target + 1).min(relations.len() - 1)]);
    let adds = near
        .chain(relations.head(target))
        .any(|word| matches!(relations.form(word), "more" | "another" | "further" | "others"));
    let fits = |whole: &Draft| {
        let same_kind = whole.frame == draft.frame
            && whole.polarity == draft.polarity
            && whole.modality == draft.modality
            && whole.background == draft.background;
        let larger = whole.quantity.as_ref().is_none_or(|whole| match (whole.max, whole.min) {
            (Some(max), _) => Some(max) > count.max.or(count.min),
            (None, min) => min.zip(count.min).is_none_or(|(min, part)| min >= part || whole.approximate),
        });
        let noun = whole.quantity.as_ref().and_then(|whole| whole.of.as_deref());
        let same_noun = alone || noun.is_some() && noun == count.of.as_deref() && whole.places.is_empty();
        same_kind && larger && same_noun && !adds
    };
    let before = drafts[..part].iter().enumerate().rev();
    let near = before.take_while(|(_, whole)| whole.sentence + SENTENCES >= draft.sentence).take(PARTS);
    let mut found = near.filter(|(_, whole)| whole.stands() && whole.part_of.is_none() && fits(whole));
    found.next().map(|(index, _)| index)
}

/// What a part leaves unsaid because the whole said it.
fn inherit(drafts: &mut [Draft], part: usize, whole: usize) {
    let (agents, instruments, origin) = {
        let whole = &drafts[whole];
        (
            whole.roles[Role::Agent as usize].clone(),
            whole.roles[Role::Instrument as usize].clone(),
            whole.roles[Role::Origin as usize].clone(),
        )
    };
    let of = drafts[whole].quantity.as_ref().and_then(|quantity| quantity.of.clone());
    let (time, source, status) = (drafts[whole].time.clone(), drafts[whole].source.clone(), drafts[whole].status);
    let part = &mut drafts[part];
    for (role, fillers) in [(Role::Agent, agents), (Role::Instrument, instruments), (Role::Origin, origin)] {
        if part.roles[role as usize].is_empty() {
            part.roles[role as usize] = fillers;
        }
    }
    name_of(part, of);
    part.time = part.time.take().or(time);
    if part.source.is_none() && source.is_some() {
        part.source = source;
        part.status = status;
    }
}

/// Says what a bare number counts.
fn name_of(draft: &mut Draft, of: Option<String>) {
    if let Some(quantity) = &mut draft.quantity
        && quantity.of.is_none()
    {
        quantity.of = of;
    }
}

/// Numbers after the trigger that stand for things of the target's kind, without a noun and an event of their own.
fn elided(scene: &Scene<'_, '_>, index: usize, first: usize, drafts: &[Draft]) -> Vec<usize> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let draft = &drafts[index];
    let Some(target) = counted_target(scene, draft) else { return Vec::new() };
    let noun = draft
        .quantity
        .as_ref()
        .and_then(|quantity| quantity.of.clone())
        .unwrap_or_else(|| scene.lemma(target).into_owned());
    // A number that was taken for a further target of the same verb may well be a part.
    let filled = |word: usize| {
        let mut others = drafts[first..].iter().enumerate().filter(|&(other, _)| first + other != index);
        word == target
            || others.any(|(_, draft)| draft.stands() && draft.roles.iter().flatten().any(|filler| filler.word == word))
    };
    let mut out = Vec::new();
    // A number before the target is the target's own: "kidnapped 10 to 15 people".
    for word in draft.matched.word.max(target) + 1..relations.len() {
        if out.len() == PARTS {
            break;
        }
        // The next event begins: what follows is told of it.
        if scene.owners[word].is_some_and(|owner| owner != index) && relations.deprel(word) != Deprel::Amod {
            break;
        }
        let number = match relations.upos(word) {
            // "two" of "more than two million people" counts nothing.
            Upos::Num if !matches!(relations.deprel(word), Deprel::Nummod | Deprel::Compound | Deprel::Flat) => true,
            Upos::Noun => scene.lemma(word) == noun && grammar.has(word, Deprel::Nummod),
            _ => false,
        };
        if number && count::stated(scene, word).is_some() && !filled(word) {
            out.push(word);
        }
    }
    out
}

/// Makes an event of each number that has places after it; the event it was told with keeps the places before the first.
fn split(scene: &Scene<'_, '_>, index: usize, whole: usize, numbers: &[usize], drafts: &mut Vec<Draft>) {
    let position = |place: &EventPlace| {
        let span = scene.context.places[place.place].span;
        scene.context.reading.words(scene.piece, span).start
    };
    let all = std::mem::take(&mut drafts[index].places);
    let of = drafts[whole].quantity.as_ref().and_then(|quantity| quantity.of.clone());
    let mut kept: Vec<EventPlace> = all.iter().filter(|place| position(place) < numbers[0]).copied().collect();
    let mut made = 0;
    for (turn, &number) in numbers.iter().enumerate() {
        let end = numbers.get(turn + 1).copied().unwrap_or(usize::MAX);
        let places: Vec<EventPlace> =
            all.iter().filter(|place| (number..end).contains(&position(place))).copied().collect();
        let Some(count) = count::stated(scene, number) else { continue };
        if places.is_empty() {
            continue;
        }
        let mut part = drafts[index].clone();
        part.roles[Role::Target as usize] = vec![filler(scene, number, &[], &[])];
        part.mentions = vec![part.roles[Role::Target as usize][0].span];
        part.quantity = Some(EventQuantity { of: count.of.clone().or_else(|| of.clone()), ..count });
        part.places = places;
        part.tolls.clear();
        part.part_of = Some(whole);
        drafts.push(part);
        drafts[index].roles[Role::Target as usize].retain(|filler| filler.word != number);
        made += 1;
    }
    if made == 0 {
        kept = all;
    } else {
        drafts[index].quantity = count::quantity_of(scene, &drafts[index]);
        if drafts[index].part_of.is_some() {
            name_of(&mut drafts[index], of);
        }
    }
    drafts[index].places = kept;
}
