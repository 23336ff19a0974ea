use dateline_tokenizer::Span;

use super::draft::Draft;
use crate::annotation::{AcledCode, Actor, CameoCode, Codes, Modality, PloverCode, Polarity, TollKind};
use crate::frame::{CodeTemplates, CodesWhen, Frames, Party, PartyCode, Predicate, Role};

/// The codes of an event: those of its frame, changed by the overrides whose conditions hold.
///
/// The books code what happens. What is denied, planned, threatened or only possible has no codes but those of overrides that
/// speak of just that polarity or modality.
pub(super) fn codes(frames: &Frames, draft: &Draft, actors: &[Actor]) -> Codes {
    let frame = &frames.frames[draft.frame];
    let happens = draft.polarity == Polarity::Affirmed
        && !matches!(draft.modality, Modality::Planned | Modality::Threatened | Modality::Possible);
    let mut merged = if happens { frame.codes.clone() } else { CodeTemplates::default() };
    let speaks_of_it = |when: &CodesWhen| happens || when.polarity.is_some() || when.modality.is_some();
    for when in frame.codes_when.iter().filter(|when| speaks_of_it(when) && holds(when, draft)) {
        if when.codes.plover.is_some() {
            merged.plover.clone_from(&when.codes.plover);
        }
        if when.codes.cameo.is_some() {
            merged.cameo.clone_from(&when.codes.cameo);
        }
        if when.codes.acled.is_some() {
            merged.acled.clone_from(&when.codes.acled);
        }
        if when.codes.gdelt_count.is_some() {
            merged.gdelt_count.clone_from(&when.codes.gdelt_count);
        }
    }
    let parties = |code: &PartyCode| (actors_of(&code.actor, draft, actors), actors_of(&code.recipient, draft, actors));
    Codes {
        plover: merged.plover.flatten().map(|code| {
            let (actor, recipient) = parties(&code);
            PloverCode { actor, recipient, event: code.code, mode: code.mode, fit: code.fit, quad: code.quad }
        }),
        cameo: merged.cameo.flatten().map(|code| {
            let (actor, recipient) = parties(&code);
            CameoCode { actor, recipient, code: code.code, fit: code.fit, quad: code.quad }
        }),
        acled_style: merged.acled.flatten().map(|code| AcledCode {
            event: code.event,
            sub_event: code.sub_event,
            fit: code.fit,
        }),
        gdelt_count: merged.gdelt_count.flatten(),
    }
}

fn holds(when: &CodesWhen, draft: &Draft) -> bool {
    let predicates = when.predicates.iter().all(|predicate| match *predicate {
        Predicate::Is(role, set) => draft.classes(role).intersects(set),
        Predicate::Not(role, set) => !draft.classes(role).intersects(set),
        Predicate::Filled(role) => !draft.role(role).is_empty(),
        Predicate::Empty(role) => draft.role(role).is_empty(),
    });
    let told = |kind: TollKind| {
        draft.figures[kind as usize].is_some_and(|bounds| bounds.min.or(bounds.max).is_some_and(|count| count > 0))
    };
    predicates
        && (when.rules.is_empty() || when.rules.contains(&draft.rule))
        && (when.toll.is_empty() || when.toll.iter().any(|&kind| told(kind)))
        && when.polarity.is_none_or(|polarity| polarity == draft.polarity)
        && when.modality.is_none_or(|modality| modality == draft.modality)
}

/// Indices of the actors that fill the parties, without repetition.
fn actors_of(parties: &[Party], draft: &Draft, actors: &[Actor]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let mut push = |actor: usize| {
        if !out.contains(&actor) {
            out.push(actor);
        }
    };
    for party in parties {
        match party {
            Party::Role(role) => {
                for filler in draft.role(*role) {
                    // "Hungarian and Romanian officials", else "Turkey's efforts": those named inside the phrase.
                    let before = |actor: usize, own: usize| {
                        actor < own && actors[actor].sector.is_some() && actors[actor].sector == actors[own].sector
                    };
                    let inside = inside(filler.span, actors);
                    inside.filter(|&actor| filler.actor.is_none_or(|own| before(actor, own))).for_each(&mut push);
                    filler.actor.into_iter().for_each(&mut push);
                }
                // Without an agent, whose weapon it was: "Russian guided bombs hit".
                if *role == Role::Agent && draft.role(Role::Agent).is_empty() {
                    owners(draft, &[Role::Instrument], actors).into_iter().for_each(&mut push);
                }
            }
            Party::Sender => {
                draft.role(Role::Origin).iter().filter_map(|filler| filler.actor).for_each(&mut push);
                owners(draft, &[Role::Target, Role::Instrument], actors).into_iter().for_each(&mut push);
            }
        }
    }
    out
}

/// Actors named inside the phrases of weapons: "Ukrainian drones", "Russian guided bombs", and before the trigger itself:
/// "Russian shelling".
fn owners(draft: &Draft, roles: &[Role], actors: &[Actor]) -> Vec<usize> {
    let phrases = roles.iter().flat_map(|&role| draft.role(role)).map(|filler| filler.span);
    phrases.chain([draft.trigger]).flat_map(|span| inside(span, actors)).collect()
}

/// The actors, which are in text order, that begin inside a span.
fn inside(span: Span, actors: &[Actor]) -> impl Iterator<Item = usize> {
    let first = actors.partition_point(|actor| actor.start < span.start);
    let last = actors.partition_point(|actor| actor.start < span.end);
    first..last.max(first)
}
