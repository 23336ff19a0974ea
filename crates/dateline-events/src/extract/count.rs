use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::draft::Draft;
use super::scene::Scene;
use crate::annotation::{EventQuantity, Modality, Polarity};
use crate::frame::{ClassSet, Counted};

/// Gives the events of a piece their quantities.
pub(super) fn quantities_of_piece(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for draft in drafts {
        draft.quantity = match scene.context.frames.frames[draft.frame].figure {
            // "no arrests", "nobody was arrested"
            Some(_) if draft.polarity == Polarity::Negated && draft.modality == Modality::Actual => {
                Some(EventQuantity { min: Some(0), max: Some(0), approximate: false, of: Some("person".to_owned()) })
            }
            _ => quantity_of(scene, draft),
        };
    }
}

/// How many things an event concerns, after the rule of its frame.
pub(super) fn quantity_of(scene: &Scene<'_, '_>, draft: &Draft) -> Option<EventQuantity> {
    for counted in &scene.context.frames.frames[draft.frame].quantity {
        let found = match counted {
            Counted::Trigger => {
                let named = draft.matched.words.iter().map(|&word| scene.lemma(word)).collect::<Vec<_>>().join(" ");
                let noun = Some(draft.matched.word).filter(|&word| scene.grammar.is_nominal(word));
                let count =
                    noun.and_then(|noun| stated(scene, noun).or_else(|| stated(scene, measure_of(scene, noun)?)));
                count.map(|quantity| EventQuantity { of: Some(named), ..quantity })
            }
            Counted::Role(role, filter) => {
                let fillers = draft.role(*role).iter();
                let admitted = |classes: ClassSet| filter.is_none_or(|filter| filter.admits(classes));
                sum(scene, fillers.filter(|filler| admitted(filler.classes)).map(|filler| filler.word))
            }
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What counts a noun from before its "of": "dozens" of "dozens of air strikes".
fn measure_of(scene: &Scene<'_, '_>, noun: usize) -> Option<usize> {
    let relations = scene.relations();
    let counted = relations.deprel(noun) == Deprel::Nmod && scene.grammar.has_case(noun, "of");
    relations.head(noun).filter(|_| counted)
}

/// The counts of coordinated fillers added up: "a woman and two men" are three people.
fn sum(scene: &Scene<'_, '_>, fillers: impl Iterator<Item = usize>) -> Option<EventQuantity> {
    let mut total: Option<EventQuantity> = None;
    for word in fillers {
        let Some(next) = of_noun(scene, word) else {
            continue;
        };
        total = Some(match total {
            None => next,
            Some(sum) => {
                let add = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_add(b?));
                let human = scene.words.classes[word].intersects(scene.context.built_in.human());
                let of = if sum.of == next.of {
                    sum.of
                } else if human {
                    Some("person".to_owned())
                } else {
                    None
                };
                EventQuantity {
                    min: add(sum.min, next.min),
                    max: add(sum.max, next.max),
                    approximate: sum.approximate || next.approximate,
                    of,
                }
            }
        });
    }
    total
}

/// The number of people or things that a noun phrase names: the one stated, or one of "a drone" and of a person's name.
pub(super) fn of_noun(scene: &Scene<'_, '_>, word: usize) -> Option<EventQuantity> {
    stated(scene, word).or_else(|| single(scene, word))
}

/// The number that stands before the noun, or is its head.
pub(super) fn stated(scene: &Scene<'_, '_>, word: usize) -> Option<EventQuantity> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let until = relations.span(word).end;
    let span = Span::new(scene.context.reading.span(scene.piece, grammar.phrase(word)).start, until);
    let own = scene.counts_in(span).last().or_else(|| scene.count_over(relations.span(word)))?;
    // A number head counts the noun after "of", or one that was named before.
    let head_is_number = own.end >= until;
    let of = match head_is_number {
        true => {
            let noun = grammar.with(word, Deprel::Nmod).find(|&noun| grammar.has_case(noun, "of"));
            let noun =
                noun.filter(|&noun| relations.upos(noun) != Upos::Pron).map(|noun| scene.lemma(noun).into_owned());
            // "tens of thousands of civilians": the number itself has an "of".
            if own.end > until { own.of.clone().or(noun) } else { noun.or_else(|| own.of.clone()) }
        }
        false => Some(scene.lemma(word).into_owned()),
    };
    let whole = |bound: Option<f64>| bound.filter(|x| *x >= 0.0).map(|x| x as u64);
    Some(EventQuantity { min: whole(own.min), max: whole(own.max), approximate: own.approximate, of })
}

/// One thing or person: "a drone", or a person's name; "the mayor" is none said.
fn single(scene: &Scene<'_, '_>, word: usize) -> Option<EventQuantity> {
    let relations = scene.relations();
    let article = scene.grammar.with(word, Deprel::Det).any(|det| matches!(&*scene.lemma(det), "a" | "an" | "another"));
    let built_in = scene.context.built_in;
    let classes = scene.words.classes[word];
    let person = relations.upos(word) == Upos::Propn
        && relations.xpos(word) != Xpos::Nnps
        && classes.intersects(built_in.one_person());
    let singular = !matches!(relations.xpos(word), Xpos::Nns | Xpos::Nnps);
    let collective = classes.intersects(built_in.collective());
    if !(article && singular && !collective || person) {
        return None;
    }
    let of = if person { "person".to_owned() } else { scene.lemma(word).into_owned() };
    Some(EventQuantity { min: Some(1), max: Some(1), approximate: false, of: Some(of) })
}
