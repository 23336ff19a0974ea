use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_tokenizer::Span;

use super::draft::Draft;
use crate::annotation::{
    AcledCode, Actor, ActorKind, Annotations, CameoCode, Codes, Modality, PlaceRelation, PloverCode, Polarity, TollKind,
};
use crate::frame::{CodeTemplates, CodesWhen, Frames, Party, PartyCode, Predicate, Role};

/// How many recipients are taken from what is said.
const RECIPIENTS: usize = 4;

/// The codes of an event: those of its frame, changed by the overrides whose conditions hold.
///
/// The books code what happens. What is denied, planned, threatened or only possible has no codes but those of overrides that
/// speak of just that polarity or modality.
pub(super) fn codes(frames: &Frames, draft: &Draft, parties: &mut Parties<'_>) -> Codes {
    let merged = templates(frames, draft);
    let mut parties = |code: &PartyCode| parties.of(code, draft);
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

/// The codes of the frame as the overrides that hold change them.
pub(super) fn templates(frames: &Frames, draft: &Draft) -> CodeTemplates {
    let frame = &frames.frames[draft.frame];
    let mut merged = if happens(draft) { frame.codes.clone() } else { CodeTemplates::default() };
    for when in overrides(frames, draft).map(|when| &frame.codes_when[when]) {
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
    merged
}

/// Does the event happen, as far as the books go?
pub(super) fn happens(draft: &Draft) -> bool {
    draft.polarity == Polarity::Affirmed
        && !matches!(draft.modality, Modality::Planned | Modality::Threatened | Modality::Possible)
}

/// The overrides of the frame's codes whose conditions hold, by their numbers.
pub(super) fn overrides<'f>(frames: &'f Frames, draft: &'f Draft) -> impl Iterator<Item = usize> + 'f {
    let all = frames.frames[draft.frame].codes_when.iter().enumerate();
    let speaks_of_it = |when: &CodesWhen| happens(draft) || when.polarity.is_some() || when.modality.is_some();
    all.filter(move |(_, when)| speaks_of_it(when) && holds(when, draft)).map(|(number, _)| number)
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

/// Who the parties of codes are. A country may be a party though it acts nowhere ("visited Russia", "withdrew from Chad"): such
/// countries become actors at the end.
pub(super) struct Parties<'e> {
    actors: &'e [Actor],
    places: &'e [Mention],
    /// Places that became parties: their numbers follow those of the actors.
    countries: Vec<usize>,
}

impl<'e> Parties<'e> {
    pub(super) fn new(actors: &'e [Actor], places: &'e [Mention]) -> Self {
        Self { actors, places, countries: Vec::new() }
    }

    /// Actors and recipients of a code.
    fn of(&mut self, code: &PartyCode, draft: &Draft) -> (Vec<usize>, Vec<usize>) {
        let doers = actors_of(&code.actor, draft, self.actors);
        let mut recipients = actors_of(&code.recipient, draft, self.actors);
        // "strengthened its forces in Chad": its own forces are means and not whom it is meant for.
        let own = |&actor: &usize| {
            let forces = &self.actors[actor];
            let same = |&doer: &usize| self.actors[doer].iso3 == forces.iso3;
            forces.sector.as_deref() == Some("MIL") && forces.iso3.is_some() && doers.iter().any(same)
        };
        if recipients.iter().all(own) && code.recipient.contains(&Party::Role(Role::Target)) {
            let others = self.spoken_of(code, draft, &doers);
            if recipients.is_empty() || !others.is_empty() {
                recipients = others;
            }
        }
        (doers, recipients)
    }

    /// Whom an act or word without a plain recipient is about: a foreign actor or country in what is said ("rejected an Australian
    /// ultimatum", "demanded that the US cancel plans"), the country of a target or destination, or, of dealings, the country
    /// where they happen.
    fn spoken_of(&mut self, code: &PartyCode, draft: &Draft, doers: &[usize]) -> Vec<usize> {
        let own = |iso3: &str| doers.iter().any(|&doer| self.actors[doer].iso3.as_deref() == Some(iso3));
        let foreign = |&actor: &usize| self.actors[actor].iso3.as_deref().is_some_and(|iso3| !own(iso3));
        let said = [Role::Topic, Role::Destination, Role::Target];
        let fillers = || said.iter().flat_map(|&role| draft.role(role));
        let mut out: Vec<usize> =
            fillers().flat_map(|filler| inside(filler.reach, self.actors)).filter(foreign).take(RECIPIENTS).collect();
        if !out.is_empty() {
            out.sort_unstable();
            out.dedup();
            return out;
        }
        // A state in what is said, any place that is itself target or destination.
        let literal = |place: &usize| self.places[*place].usage == Use::Literal;
        let is_state = |place: &usize| self.places[*place].kind == PlaceKind::Country;
        let heads = [Role::Destination, Role::Target].into_iter().flat_map(|role| draft.role(role));
        let mut places: Vec<usize> = heads.flat_map(|filler| self.places_in(filler.head)).filter(literal).collect();
        if places.is_empty() {
            places =
                fillers().flat_map(|filler| self.places_in(filler.reach)).filter(literal).filter(is_state).collect();
        }
        if places.is_empty() && code.traits.host {
            let towards = |relation| matches!(relation, PlaceRelation::At | PlaceRelation::To | PlaceRelation::From);
            let told = draft.places.iter().filter(|place| towards(place.relation)).map(|place| place.place);
            places = told.filter(is_state).collect();
        }
        places.retain(|&place| {
            self.places[place].country.and_then(|country| country.plover()).is_some_and(|iso3| !own(iso3))
        });
        places.truncate(RECIPIENTS);
        for place in places {
            let span = self.places[place].span;
            let actor = inside(span, self.actors).next().unwrap_or_else(|| {
                let known = self.countries.iter().position(|&other| other == place);
                let number = known.unwrap_or_else(|| {
                    self.countries.push(place);
                    self.countries.len() - 1
                });
                self.actors.len() + number
            });
            if !out.contains(&actor) {
                out.push(actor);
            }
        }
        out
    }

    /// The places, which are in text order, that begin inside a span.
    fn places_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.places.partition_point(|place| place.span.start < span.start);
        let last = self.places.partition_point(|place| place.span.start < span.end);
        first..last.max(first)
    }

    /// The places that became parties.
    pub(super) fn into_countries(self) -> Vec<usize> {
        self.countries
    }
}

/// Puts the countries that became parties among the actors, in text order, and gives everything that speaks of an actor by
/// number the new ones.
pub(super) fn add_countries(text: &str, places: &[Mention], countries: &[usize], out: &mut Annotations) {
    if countries.is_empty() {
        return;
    }
    let mut all: Vec<(usize, Actor)> = std::mem::take(&mut out.actors).into_iter().enumerate().collect();
    let known = all.len();
    for (number, &place) in countries.iter().enumerate() {
        let mention = &places[place];
        let iso3 = mention.country.and_then(|country| country.plover());
        let actor = Actor {
            start: mention.span.start,
            end: mention.span.end,
            text: text[mention.span].to_owned(),
            name: mention.country.and_then(|country| country.name()).map(str::to_owned),
            iso3: iso3.map(str::to_owned),
            sector: None,
            cameo: iso3.map(str::to_owned),
            kind: ActorKind::Country,
        };
        all.push((known + number, actor));
    }
    all.sort_by_key(|(number, actor)| (actor.start, actor.end, *number));
    let mut numbers = vec![0; all.len()];
    for (new, (old, _)) in all.iter().enumerate() {
        numbers[*old] = new;
    }
    out.actors = all.into_iter().map(|(_, actor)| actor).collect();
    let renumber = |actor: &mut usize| *actor = numbers[*actor];
    for event in &mut out.events {
        for argument in event.agent.iter_mut().chain(&mut event.target).chain(&mut event.instrument) {
            argument.actor.iter_mut().for_each(renumber);
        }
        event.source.iter_mut().filter_map(|source| source.actor.as_mut()).for_each(renumber);
        if let Some(code) = &mut event.codes.plover {
            code.actor.iter_mut().chain(&mut code.recipient).for_each(renumber);
        }
        if let Some(code) = &mut event.codes.cameo {
            code.actor.iter_mut().chain(&mut code.recipient).for_each(renumber);
        }
    }
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
