//! Acts named in passing, of which nothing is told: "they live on kidnapping and murder", "gangs that attack shops".

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::draft::{Draft, Filler};
use super::scene::Scene;
use crate::annotation::{EventTime, Modality, PlaceBasis, Polarity, TimeBasis};
use crate::frame::{Pattern, Role};

/// How many nouns of a coordination are climbed.
const CONJUNCTS: usize = 8;

/// Marks acts that are no happening but what somebody does or suffers from again and again.
pub(super) fn mark_passing(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for draft in drafts {
        if is_passing(scene, draft) {
            mark(draft);
        }
    }
}

/// Marks what is left of acts named in general once all mentions are joined: "the attacks must stop", "a wave of bombings", of which
/// neither a victim, a place, a time nor a number is told.
pub(super) fn mark_general(scenes: &[Scene<'_, '_>], drafts: &mut [Draft]) {
    for draft in drafts {
        let scene = &scenes[draft.piece];
        if is_untold(scene, draft) && has_victims(scene, draft) && is_general(scenes, draft) {
            mark(draft);
        }
    }
}

/// Is it done to somebody? A clash and a march are told by those who take part.
fn has_victims(scene: &Scene<'_, '_>, draft: &Draft) -> bool {
    let frames = scene.context.frames;
    let rule = &frames.rules[draft.rule];
    let both = |pattern: &Pattern| pattern.path.last().is_some_and(|step| step.case.as_deref() == Some("between"));
    let mutual = rule.roles.0[Role::Agent as usize].iter().flat_map(|patterns| patterns.iter()).any(both);
    !mutual && frames.frames[rule.frame].codes.plover.iter().flatten().any(|code| code.code == "ASSAULT")
}

/// Several acts, or acts as such, done to nobody certain.
///
/// A merged event has fillers of several pieces.
fn is_general(scenes: &[Scene<'_, '_>], draft: &Draft) -> bool {
    let scene = &scenes[draft.piece];
    let trigger = draft.matched.word;
    let many = matches!(scene.relations().xpos(trigger), Xpos::Nns | Xpos::Nnps);
    let certain = |role: Role| draft.role(role).iter().any(|filler| is_specific(&scenes[filler.piece], filler));
    scene.grammar.is_nominal(trigger)
        && (many || is_bare(scene, trigger) && !certain(Role::Agent) && !is_dated(scene, trigger))
        && !certain(Role::Target)
        && draft.role(Role::Instrument).is_empty()
}

/// Does a day stand right before it, whatever the tree made of that: "the April 3 bombing"?
fn is_dated(scene: &Scene<'_, '_>, trigger: usize) -> bool {
    let time = scene.context.built_in.time();
    scene.words.classes[trigger.saturating_sub(2)..trigger].iter().any(|classes| classes.intersects(time))
}

fn mark(draft: &mut Draft) {
    draft.modality = Modality::Habitual;
    draft.background = true;
    draft.time = Some(EventTime { value: Some("PAST_REF".to_owned()), basis: TimeBasis::Document });
}

/// Is nothing told of it but that it happens?
fn is_untold(scene: &Scene<'_, '_>, draft: &Draft) -> bool {
    let told = !draft.tolls.is_empty() || draft.quantity.is_some() || draft.time.is_some();
    let placed = draft.places.iter().any(|place| place.basis == PlaceBasis::Clause);
    let plain = draft.modality == Modality::Actual && draft.polarity == Polarity::Affirmed && draft.stands();
    !told
        && !placed
        && plain
        && draft.sentence >= scene.context.reading.headlines
        && scene.context.frames.takes_casualties(draft.frame)
}

fn is_passing(scene: &Scene<'_, '_>, draft: &Draft) -> bool {
    if !is_untold(scene, draft) || draft.roles.iter().flatten().any(|filler| is_specific(scene, filler)) {
        return false;
    }
    let (grammar, relations) = (scene.grammar, scene.relations());
    let trigger = draft.matched.word;
    if grammar.is_nominal(trigger) {
        let mut first = trigger;
        for _ in 0..CONJUNCTS {
            match relations.head(first).filter(|_| relations.deprel(first) == Deprel::Conj) {
                Some(head) => first = head,
                None => break,
            }
        }
        return draft.matched.support.is_none()
            && is_bare(scene, trigger)
            && matches!(relations.deprel(first), Deprel::Obl | Deprel::Nmod);
    }
    let habit = matches!(relations.xpos(trigger), Xpos::Vbz | Xpos::Vbp) && !grammar.has(trigger, Deprel::Aux);
    let clause = matches!(relations.deprel(trigger), Deprel::AclRelcl | Deprel::Advcl);
    habit && clause && !draft.role(Role::Target).is_empty()
}

/// Without an article, a number or an owner.
fn is_bare(scene: &Scene<'_, '_>, noun: usize) -> bool {
    let grammar = scene.grammar;
    ![Deprel::Det, Deprel::Nummod, Deprel::NmodPoss].iter().any(|&deprel| grammar.has(noun, deprel))
}

/// Does it stand for somebody or something certain: not "guerrillas", "shops"?
fn is_specific(scene: &Scene<'_, '_>, filler: &Filler) -> bool {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let many = matches!(relations.xpos(filler.word), Xpos::Nns);
    let told = |word: usize| {
        relations.upos(word) == Upos::Propn || matches!(relations.deprel(word), Deprel::Amod | Deprel::Nmod)
    };
    let anybody = many && !grammar.dependents(filler.word).any(told);
    filler.actor.is_some() && !anybody
        || relations.upos(filler.word) != Upos::Noun
        || !is_bare(scene, filler.word)
        || grammar.dependents(filler.word).any(|word| relations.upos(word) == Upos::Propn)
}
