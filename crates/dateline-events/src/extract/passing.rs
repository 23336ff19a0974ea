//! Acts named in passing, of which nothing is told: "they live on kidnapping and murder", "gangs that attack shops".

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::draft::{Draft, Filler};
use super::scene::Scene;
use crate::annotation::{EventTime, Modality, PlaceBasis, Polarity, TimeBasis};
use crate::frame::Role;

/// How many nouns of a coordination are climbed.
const CONJUNCTS: usize = 8;

/// Marks acts that are no happening but what somebody does or suffers from again and again.
pub(super) fn mark_passing(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for draft in drafts {
        if is_passing(scene, draft) {
            draft.modality = Modality::Habitual;
            draft.background = true;
            draft.time = Some(EventTime { value: Some("PAST_REF".to_owned()), basis: TimeBasis::Document });
        }
    }
}

fn is_passing(scene: &Scene<'_, '_>, draft: &Draft) -> bool {
    let told = draft.mentions.len() + draft.tolls.len() > 0 || draft.quantity.is_some() || draft.time.is_some();
    let placed = draft.places.iter().any(|place| place.basis == PlaceBasis::Clause);
    let plain = draft.modality == Modality::Actual && draft.polarity == Polarity::Affirmed && draft.stands();
    if told
        || placed
        || !plain
        || draft.sentence < scene.context.reading.headlines
        || !scene.context.frames.takes_casualties(draft.frame)
        || draft.roles.iter().flatten().any(|filler| is_specific(scene, filler))
    {
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

/// Does it stand for somebody or something certain?
fn is_specific(scene: &Scene<'_, '_>, filler: &Filler) -> bool {
    filler.actor.is_some() || scene.relations().upos(filler.word) != Upos::Noun || !is_bare(scene, filler.word)
}
