use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::scene::{Context, Scene};
use super::toll::{Figure, KINDS};
use crate::annotation::{
    Argument, Bounds, EventPlace, EventQuantity, EventTime, Modality, Phrase, PlaceRelation, Polarity, Source, Status,
    TimeBasis,
};
use crate::frame::{ClassSet, Kind, Match, Role};

/// How many modifiers deep a phrase is searched for the place that ends it.
const MODIFIERS: usize = 4;

/// How many fillers a role has at most after merging.
const FILLERS: usize = 64;

/// How many places of an event are compared with those of one that joins it; [`narrow`](super::locate::narrow) drops what
/// is still repeated.
const PLACES: usize = 64;

/// A filler of a role.
#[derive(Clone, Debug)]
pub(super) struct Filler {
    /// The piece that it stands in: a merged event has fillers of several.
    pub(super) piece: usize,
    /// Its head word in the piece.
    pub(super) word: usize,
    /// The lemma of its head word in lower case.
    pub(super) lemma: String,
    /// A pronoun or a bare number, which says nothing by itself.
    pub(super) bare: bool,
    pub(super) is_pronoun: bool,
    pub(super) span: Span,
    /// All that hangs on it, clauses and modifiers included.
    pub(super) reach: Span,
    pub(super) head: Span,
    pub(super) classes: ClassSet,
    pub(super) actor: Option<usize>,
    /// A figure of a toll counts it: who was hurt, not what was hit.
    pub(super) victim: bool,
}

impl Filler {
    /// Is the other one of the same words, or a mere pronoun?
    fn names_same(&self, other: &Self) -> bool {
        self.lemma == other.lemma || other.bare && other.actor.is_some() && self.actor == other.actor
    }

    pub(super) fn argument(&self, text: &str) -> Argument {
        Argument {
            start: self.span.start,
            end: self.span.end,
            text: text[self.span].to_owned(),
            head: text[self.head].to_owned(),
            actor: self.actor,
        }
    }
}

/// An event on its way from a match to a record.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) rule: usize,
    pub(super) frame: usize,
    /// The piece of the text that holds the trigger.
    pub(super) piece: usize,
    pub(super) sentence: usize,
    pub(super) matched: Match,
    pub(super) trigger: Span,
    pub(super) mentions: Vec<Span>,
    pub(super) roles: [Vec<Filler>; 6],
    pub(super) places: Vec<EventPlace>,
    pub(super) time: Option<EventTime>,
    pub(super) quantity: Option<EventQuantity>,
    /// The figures told, in text order.
    pub(super) tolls: Vec<Figure>,
    /// What follows from them, by kind of toll: killed, injured, missing, detained, displaced.
    pub(super) figures: [Option<Bounds>; KINDS],
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) background: bool,
    /// Told as something that hardly ever happens: no event.
    pub(super) scarce: bool,
    pub(super) source: Option<Source>,
    pub(super) status: Status,
    pub(super) part_of: Option<usize>,
    /// The event that took this one over: it is no event of its own.
    pub(super) merged_into: Option<usize>,
}

impl Draft {
    /// Is it an event of its own?
    pub(super) fn stands(&self) -> bool {
        self.merged_into.is_none() && !self.scarce
    }

    pub(super) fn role(&self, role: Role) -> &[Filler] {
        &self.roles[role as usize]
    }

    /// How sure the event is: as its rule, less if nothing is known of it, more if it is told again and again.
    pub(super) fn confidence(&self, rule: f32) -> f32 {
        let bare = self.roles.iter().all(Vec::is_empty) && self.places.is_empty();
        let again = 0.02 * self.mentions.len().min(4) as f32;
        (rule + again - if bare { 0.15 } else { 0.0 }).clamp(0.05, 0.99)
    }

    /// Does the span lie in the phrase of an agent or topic, so that a place in it is theirs?
    pub(super) fn comes_from(&self, span: Span) -> bool {
        let mut fillers = self.role(Role::Agent).iter().chain(self.role(Role::Topic));
        fillers.any(|filler| filler.span.contains(span))
    }

    /// Adds a place that is not there yet.
    pub(super) fn put(&mut self, place: EventPlace) {
        if !self.places.iter().any(|other| other.place == place.place) {
            self.places.push(place);
        }
    }

    /// All classes of the fillers of a role.
    pub(super) fn classes(&self, role: Role) -> ClassSet {
        self.role(role).iter().fold(ClassSet::default(), |set, filler| set.union(filler.classes))
    }
}

/// The phrase at a span.
pub(super) fn phrase(text: &str, span: Span) -> Phrase {
    Phrase { start: span.start, end: span.end, text: text[span].to_owned() }
}

const AGENT: usize = Role::Agent as usize;
const TARGET: usize = Role::Target as usize;

/// Makes drafts of the matches of a piece, and notes whose words are whose.
pub(super) fn drafts(scene: &mut Scene<'_, '_>, matches: Vec<Match>, out: &mut Vec<Draft>) {
    let first = out.len();
    let relations = scene.relations();
    let Context { frames, reading, .. } = scene.context;
    for matched in matches {
        let rule = &frames.rules[matched.rule];
        // The trigger as one span, where its words stand together.
        let (start, end) = (matched.words[0], matched.words[matched.words.len() - 1]);
        let together = end - start < matched.words.len() + 2;
        let trigger = match together {
            true => reading.span(scene.piece, start..end + 1),
            false => relations.span(matched.word),
        };
        // "looted two shops, witnesses said": who says so was not looted, whatever the tree says.
        let tail = scene.tail.as_ref().filter(|tail| matched.word < tail.comma);
        let tells = |word: usize| tail.is_some_and(|tail| tail.speakers.contains(&word));
        let all: Vec<usize> = matched.fillers.iter().flatten().copied().filter(|&word| !tells(word)).collect();
        let mut roles: [Vec<Filler>; 6] = std::array::from_fn(|role| {
            let mut fillers: Vec<usize> = matched.fillers[role].iter().copied().filter(|&word| !tells(word)).collect();
            fillers.sort_unstable();
            let mut fillers: Vec<Filler> =
                fillers.iter().map(|&word| filler(scene, word, &all, &matched.words)).collect();
            drop_echoes(&mut fillers);
            // A day neither does anything nor undergoes it: "tightened their siege on Tuesday".
            if matches!(role, AGENT | TARGET) {
                fillers.retain(|filler| !filler.classes.intersects(scene.context.built_in.time()));
            }
            fillers
        });
        if roles[Role::Instrument as usize].is_empty() {
            roles[Role::Instrument as usize].extend(weapon_in_trigger(scene, &matched));
        }
        out.push(Draft {
            rule: matched.rule,
            frame: rule.frame,
            piece: scene.piece,
            sentence: reading.sentences[scene.piece],
            trigger,
            mentions: Vec::new(),
            roles,
            places: Vec::new(),
            time: None,
            quantity: None,
            tolls: Vec::new(),
            figures: [None; KINDS],
            polarity: rule.polarity.unwrap_or(Polarity::Affirmed),
            modality: rule.modality.unwrap_or(Modality::Actual),
            background: false,
            scarce: false,
            source: None,
            status: rule.status.unwrap_or(Status::Stated),
            part_of: None,
            merged_into: None,
            matched,
        });
    }
    scene.owners = owners(relations.len(), &out[first..], first);
}

/// The weapon that a noun is made of, "dynamite" of "dynamite attack", where it says more than the type: not "bomb" of a bombing.
fn weapon_in_trigger(scene: &Scene<'_, '_>, matched: &Match) -> Option<Filler> {
    let relations = scene.relations();
    let weapon = scene.context.built_in.weapon();
    let before = || {
        let end = matched.words.partition_point(|&word| word < matched.word);
        matched.words[..end].iter().copied()
    };
    let rule = &scene.context.frames.rules[matched.rule];
    let used = rule.roles.0[Role::Instrument as usize].is_some() && scene.context.frames.takes_casualties(rule.frame);
    let last = before().last().filter(|_| used && scene.grammar.is_nominal(matched.word))?;
    let whole = relations.upos(last) == Upos::Noun && scene.words.classes[last].intersects(weapon);
    let name = &scene.context.frames.frames[rule.frame].name;
    if !whole || last + 1 != matched.word {
        return None;
    }
    let first = before().rev().zip((0..=last).rev()).take_while(|(word, place)| word == place).last()?.0;
    let span = scene.context.reading.span(scene.piece, first..last + 1);
    if first == last && name.starts_with(&*scene.lemma(last)) {
        return None;
    }
    let filler = filler(scene, last, &[], &[]);
    Some(Filler { span, reach: span, ..filler })
}

/// Drops pronouns for somebody who is named beside them: "the army tightened its siege".
fn drop_echoes(fillers: &mut Vec<Filler>) {
    let named: Vec<usize> = fillers.iter().filter(|filler| !filler.bare).filter_map(|filler| filler.actor).collect();
    fillers.retain(|filler| !(filler.bare && filler.actor.is_some_and(|actor| named.contains(&actor))));
}

/// The noun phrase of a word as a filler.
///
/// `others`: words that fill roles themselves; a phrase ends before them ("stones at officers").
pub(super) fn filler(scene: &Scene<'_, '_>, word: usize, others: &[usize], triggers: &[usize]) -> Filler {
    let mut phrase = scene.grammar.phrase(word);
    // Where it is, when it was and who did it do not belong to it: "rebels near Goma", "the offices of a paper in Goma", but "the mayor of Goma".
    let people =
        scene.words.classes[word].intersects(scene.context.built_in.human().union(scene.context.built_in.body()));
    let time = scene.context.built_in.time();
    let mut at = word;
    for _ in 0..MODIFIERS {
        let after = scene.grammar.with(at, Deprel::Nmod).filter(|&after| after > at).find(|&after| {
            let case = |text: &str| scene.grammar.has_case(after, text);
            let of_people = people && (case("near") || case("against") || case("over"));
            let other = others.contains(&after);
            !case("of")
                && (other
                    || scene.holds_place(after)
                    || of_people
                    || case("by")
                    || scene.words.classes[after].intersects(time))
        });
        if let Some(after) = after {
            phrase.end = phrase.end.min(scene.relations().subtree(after).start).max(at + 1);
            break;
        }
        match scene.grammar.with(at, Deprel::Nmod).find(|&after| after > at) {
            Some(after) => at = after,
            None => break,
        }
    }
    // "On Monday morning, six priests were killed": the day may have been taken for a part of the phrase.
    let timed = |words: std::ops::Range<usize>| words.into_iter().any(|at| scene.words.classes[at].intersects(time));
    if let Some(comma) = (phrase.start..word).rfind(|&at| scene.relations().form(at) == ",")
        && timed(phrase.start..comma)
    {
        phrase.start = comma + 1;
    }
    // "made safe a wartime bomb": what belongs to the trigger is no part of it.
    while phrase.start < word && triggers.contains(&phrase.start) {
        phrase.start += 1;
    }
    Filler {
        piece: scene.piece,
        word,
        lemma: scene.lemma(word).into_owned(),
        bare: matches!(scene.relations().upos(word), Upos::Pron | Upos::Num),
        is_pronoun: scene.relations().xpos(word) == Xpos::Prp,
        span: scene.context.reading.span(scene.piece, phrase),
        reach: scene.context.reading.span(scene.piece, scene.relations().subtree(word)),
        head: scene.relations().span(word),
        classes: scene.words.classes[word],
        actor: scene.words.actors[word],
        victim: false,
    }
}

/// Which draft of the piece each word belongs to as its trigger or the verb that carries it.
fn owners(len: usize, drafts: &[Draft], first: usize) -> Vec<Option<usize>> {
    let mut owners = vec![None; len];
    // Verbs that carry a noun first: a verb that is itself a trigger keeps itself.
    for (index, draft) in drafts.iter().enumerate() {
        if let Some(verb) = draft.matched.support {
            owners[verb] = Some(first + index);
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        for &word in &draft.matched.words {
            owners[word] = Some(first + index);
        }
    }
    owners
}

/// Lets an act take over what is told with it: results ("bombs hit a block, killing three", "nine died in the attack"), and
/// the verb that only carries its noun ("shelling hit the village").
///
/// `own` are the piece's drafts among all of the document.
pub(super) fn absorb(scene: &Scene<'_, '_>, own: Range<usize>, drafts: &mut [Draft]) {
    let frames = scene.context.frames;
    for index in own.clone() {
        let Some(verb) = drafts[index].matched.support else { continue };
        let Some(carrier) = own.clone().find(|&other| other != index && drafts[other].matched.word == verb) else {
            continue;
        };
        let (noun_frame, verb_frame) = (drafts[index].frame, drafts[carrier].frame);
        let same = noun_frame == verb_frame || frames.frames[verb_frame].generic;
        if same && frames.takes_casualties(noun_frame) && drafts[carrier].stands() && drafts[index].stands() {
            take_over(drafts, index, carrier);
        }
    }
    // "A cyber attack knocked the site offline", "talks brokered by Qatar": one event.
    for index in own.clone() {
        let word = drafts[index].matched.word;
        let (grammar, relations) = (scene.grammar, scene.relations());
        if !grammar.is_nominal(word) {
            continue;
        }
        let argument = matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj);
        let above = relations.head(word).filter(|_| argument);
        let verbs = above.into_iter().chain(grammar.with(word, Deprel::Acl));
        let carrier = verbs.filter_map(|verb| scene.owners[verb].filter(|&other| drafts[other].matched.word == verb));
        let Some(carrier) = carrier.into_iter().find(|&other| other != index) else {
            continue;
        };
        if drafts[carrier].frame == drafts[index].frame && drafts[carrier].stands() && drafts[index].stands() {
            take_over(drafts, index, carrier);
        }
    }
    for index in own.clone() {
        if let Some(stop) = stopped_by(scene, index, own.clone(), drafts) {
            let places = std::mem::take(&mut drafts[index].places);
            let on_the_way =
                places.into_iter().filter(|place| matches!(place.relation, PlaceRelation::From | PlaceRelation::To));
            on_the_way.for_each(|place| drafts[stop].put(place));
            drafts[index].merged_into = Some(stop);
        }
    }
    // "A bomb exploded at the gate, destroying two cars": one bomb goes off once.
    for index in own.clone() {
        if let Some(first) = same_weapon(scene, index, drafts) {
            take_over(drafts, first, index);
        }
    }
    for index in own.clone() {
        if let Some(act) = told_with(scene, index, own.clone(), drafts) {
            take_over(drafts, act, index);
        }
    }
    for index in own.clone() {
        lend(scene, index, drafts);
    }
    for index in own.clone() {
        let draft = &drafts[index];
        let frame = &frames.frames[draft.frame];
        let result = frame.kind == Kind::Outcome || frame.generic && !draft.tolls.is_empty();
        // "Two drones hit a depot, killing three": the drones that kill are a strike too, and the same one.
        let tells_victims = !frames.rules[draft.rule].toll.is_empty();
        if !(result || tells_victims) || !draft.stands() {
            continue;
        }
        // "Captured the town, killing twelve soldiers": the taking of a town is no killing.
        let fits = |act: usize| {
            let other = &frames.frames[drafts[act].frame];
            frame.kind == Kind::Outcome || result && (other.family == frame.family || other.hurts)
        };
        if let Some(act) = cause(scene, index, drafts)
            && (fits(act) || drafts[act].frame == drafts[index].frame)
        {
            take_over(drafts, act, index);
        }
    }
    // "Three people were killed and 17 wounded": one toll.
    for index in own {
        if let Some(first) = beside(scene, index, drafts) {
            take_over(drafts, first, index);
        }
    }
}

/// Is it an event of its own and no counted part of one? A part is not its whole, though it is told by the same words.
fn is_whole(draft: &Draft) -> bool {
    draft.stands() && draft.part_of.is_none()
}

/// The act over this one that is done with the same weapon.
fn same_weapon(scene: &Scene<'_, '_>, index: usize, drafts: &[Draft]) -> Option<usize> {
    let relations = scene.relations();
    let draft = &drafts[index];
    let below = matches!(relations.deprel(draft.matched.word), Deprel::Advcl | Deprel::Conj | Deprel::AclRelcl);
    let act = scene.owners[relations.head(draft.matched.word).filter(|_| below)?]?;
    let other = &drafts[act];
    let shared = draft.role(Role::Instrument).iter().any(|filler| {
        other.role(Role::Instrument).iter().any(|theirs| theirs.word == filler.word && theirs.piece == filler.piece)
    });
    let same = other.polarity == draft.polarity && other.modality == draft.modality;
    let one = act != index && is_whole(draft) && is_whole(other) && other.frame == draft.frame;
    (one && shared && same).then_some(act)
}

/// The act that another word of its clause tells as well: "shot dead in an attack", "hit by bullets fired from a car".
fn told_with(scene: &Scene<'_, '_>, index: usize, mut own: Range<usize>, drafts: &[Draft]) -> Option<usize> {
    let (frames, grammar, relations) = (scene.context.frames, scene.grammar, scene.relations());
    let draft = &drafts[index];
    let word = draft.matched.word;
    let head = relations.head(word).filter(|_| is_whole(draft))?;
    let fits = |act: usize| {
        let other = &drafts[act];
        act != index
            && is_whole(other)
            && frames.takes_casualties(draft.frame)
            && frames.takes_casualties(other.frame)
            && frames.frames[other.frame].family == frames.frames[draft.frame].family
            && (other.polarity, other.modality) == (draft.polarity, draft.modality)
    };
    let within = grammar.is_nominal(word)
        && frames.frames[draft.frame].generic
        && draft.matched.support.is_none()
        && relations.deprel(word) == Deprel::Obl
        && ["in", "during"].iter().any(|case| grammar.has_case(word, case));
    if within {
        let says_more = |act: usize| !frames.frames[drafts[act].frame].generic;
        return scene.owners[head].filter(|&act| fits(act) && says_more(act));
    }
    if !matches!(relations.deprel(word), Deprel::Acl | Deprel::AclRelcl) {
        return None;
    }
    own.find(|&act| fits(act) && drafts[act].role(Role::Instrument).iter().any(|filler| filler.word == head))
}

/// Gives the act behind a result what the result was done to: "the blast caused damage to two shops" hit two shops.
fn lend(scene: &Scene<'_, '_>, index: usize, drafts: &mut [Draft]) {
    let result = &drafts[index];
    if !scene.context.frames.frames[result.frame].lends || !result.stands() || result.polarity == Polarity::Negated {
        return;
    }
    let Some(act) = cause(scene, index, drafts) else { return };
    if drafts[act].polarity == result.polarity && drafts[act].modality == result.modality {
        let targets = drafts[index].role(Role::Target).to_vec();
        add_targets(&mut drafts[act], targets);
    }
}

/// Adds those that no role of the event has yet.
pub(super) fn add_targets(event: &mut Draft, fillers: Vec<Filler>) {
    for filler in fillers {
        if event.role(Role::Target).len() == FILLERS {
            break;
        }
        let mut others = event.roles.iter().flatten();
        let known = others.any(|other| other.span.overlaps(filler.span) || other.names_same(&filler));
        if !known && filler.span != event.trigger && !filler.span.contains(event.trigger) {
            event.roles[Role::Target as usize].push(filler);
        }
    }
}

/// The event that keeps an act from happening: the drones of "shot down drones launched from the coast" hit nothing.
fn stopped_by(scene: &Scene<'_, '_>, index: usize, mut own: Range<usize>, drafts: &[Draft]) -> Option<usize> {
    let (frames, relations) = (scene.context.frames, scene.relations());
    let draft = &drafts[index];
    let word = draft.matched.word;
    let clause = matches!(relations.deprel(word), Deprel::Acl | Deprel::AclRelcl);
    // What was hit was not stopped.
    if !clause || !draft.stands() || !draft.role(Role::Target).is_empty() {
        return None;
    }
    let noun = relations.head(word)?;
    own.find(|&other| {
        let stops = frames.frames[drafts[other].frame].stops.as_ref();
        other != index
            && drafts[other].stands()
            && stops.is_some_and(|family| *family == frames.frames[draft.frame].family)
            && drafts[other].role(Role::Target).iter().any(|filler| filler.word == noun)
    })
}

/// The deaths or injuries that others are told beside.
fn beside(scene: &Scene<'_, '_>, index: usize, drafts: &[Draft]) -> Option<usize> {
    let (frames, relations) = (scene.context.frames, scene.relations());
    let told = |draft: &Draft| draft.stands() && frames.frames[draft.frame].kind == Kind::Outcome;
    let draft = &drafts[index];
    if !told(draft) || relations.deprel(draft.matched.word) != Deprel::Conj {
        return None;
    }
    let first = scene.owners[relations.head(draft.matched.word)?]?;
    let other = &drafts[first];
    let same =
        other.polarity == draft.polarity && other.modality == draft.modality && other.background == draft.background;
    (first != index && told(other) && same).then_some(first)
}

/// The act that a result belongs to, by the tree.
fn cause(scene: &Scene<'_, '_>, index: usize, drafts: &[Draft]) -> Option<usize> {
    let (grammar, relations, owners) = (scene.grammar, scene.relations(), &scene.owners);
    let frames = scene.context.frames;
    let is_act = |draft: usize| {
        draft != index && frames.takes_casualties(drafts[draft].frame) && drafts[draft].merged_into.is_none()
    };
    let owned = |word: usize| owners[word].filter(|&draft| is_act(draft));
    let word = drafts[index].matched.clause();
    let mut fillers: Vec<usize> = drafts[index].roles.iter().flatten().map(|filler| filler.word).collect();
    fillers.extend(grammar.subject(word));
    // "The attack killed nine", "nine were killed in the attack".
    if let Some(act) = fillers.iter().find_map(|&word| owned(word)) {
        return Some(act);
    }
    let below = grammar.dependents(word).filter(|&dependent| {
        matches!(
            relations.deprel(dependent),
            Deprel::Obl | Deprel::OblAgent | Deprel::Advcl | Deprel::Nmod | Deprel::Xcomp
        )
    });
    for dependent in below {
        if let Some(act) = owned(dependent) {
            return Some(act);
        }
    }
    // "No deaths were reported after the shelling"
    let mut at = word;
    if frames.frames[drafts[index].frame].kind == Kind::Outcome
        && grammar.is_nominal(word)
        && matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj)
        && let Some(verb) = relations.head(word)
    {
        let beside =
            grammar.dependents(verb).filter(|&other| matches!(relations.deprel(other), Deprel::Obl | Deprel::Advcl));
        if let Some(act) = beside.into_iter().find_map(owned) {
            return Some(act);
        }
        if let Some(act) = owned(verb) {
            return Some(act);
        }
        at = verb;
    }
    // ", killing three"; "who was killed when"; "and wounded five": upwards through the clause.
    for _ in 0..6 {
        let deprel = relations.deprel(at);
        let head = relations.head(at)?;
        if !matches!(
            deprel,
            Deprel::Advcl
                | Deprel::Conj
                | Deprel::Acl
                | Deprel::AclRelcl
                | Deprel::Xcomp
                | Deprel::Parataxis
                | Deprel::Obl
                | Deprel::Obj
                | Deprel::Nmod
                | Deprel::Dep
        ) {
            return None;
        }
        if let Some(act) = owned(head) {
            return Some(act);
        }
        // A result beside another one belongs where that one went.
        if let Some(other) = owners[head]
            && let Some(act) = drafts[other].merged_into
        {
            return Some(act);
        }
        at = head;
    }
    None
}

/// The drafts that are events, in the order of their triggers, a whole before its parts.
///
/// The order follows from the drafts alone, not from where they stand in the list.
pub(super) fn in_text_order(drafts: &[Draft]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..drafts.len()).filter(|&index| drafts[index].stands()).collect();
    order.sort_by_cached_key(|&index| {
        let draft = &drafts[index];
        (draft.trigger, draft.part_of.is_some(), draft.mentions.iter().min().copied(), draft.piece, draft.matched.word)
    });
    order
}

/// The event that a draft has become part of by merging, itself if it stands alone.
pub(super) fn leader(drafts: &[Draft], mut draft: usize) -> usize {
    while let Some(next) = drafts[draft].merged_into {
        draft = next;
    }
    draft
}

/// Moves what one draft knows into another of the same happening.
///
/// Linear in what the taken one knows: what the other has gathered already is not copied, and only the first of it looked at.
pub(super) fn take_over(drafts: &mut [Draft], into: usize, from: usize) {
    let into = leader(drafts, into);
    if into == from {
        return;
    }
    let taken = &mut drafts[from];
    let (mentions, tolls) = (std::mem::take(&mut taken.mentions), std::mem::take(&mut taken.tolls));
    let (places, roles) = (std::mem::take(&mut taken.places), std::mem::take(&mut taken.roles));
    let (trigger, time, background) = (taken.trigger, taken.time.take(), taken.background);
    let (source, status) = (taken.source.take(), taken.status);
    let told = taken.polarity == Polarity::Affirmed;
    let target = &mut drafts[into];
    target.mentions.push(trigger);
    target.mentions.extend(mentions);
    let [mut agents, mut victims, mut instruments] =
        [Role::Agent, Role::Target, Role::Instrument].map(|role| roles[role as usize].clone());
    if !told {
        (agents, victims, instruments) = (Vec::new(), Vec::new(), Vec::new());
    }
    // A pronoun says nothing beside the one that it stands for.
    let told = |fillers: &[Filler]| fillers.iter().any(|filler| !filler.bare);
    if told(target.role(Role::Target)) {
        victims.retain(|filler| !filler.is_pronoun);
    } else if told(&victims) {
        target.roles[Role::Target as usize].retain(|filler| !filler.is_pronoun);
    }
    add_targets(target, victims);
    for (role, mut fillers) in [(Role::Agent, agents), (Role::Instrument, instruments)] {
        let known = |filler: &Filler| target.roles.iter().flatten().any(|other| other.span.overlaps(filler.span));
        fillers.retain(|filler| !filler.span.overlaps(target.trigger) && !known(filler));
        let pronouns = target.role(role).iter().all(|filler| filler.is_pronoun);
        if target.role(role).is_empty() || pronouns && told(&fillers) {
            target.roles[role as usize] = fillers;
        } else if role == Role::Agent {
            // Gunmen of whom a later sentence says whose they are.
            let unnamed = target.role(role).iter().all(|filler| filler.actor.is_none());
            fillers.retain(|filler| filler.actor.is_some() == unnamed && !filler.bare);
            let room = FILLERS.saturating_sub(target.role(role).len());
            target.roles[role as usize].extend(fillers.into_iter().take(room));
        }
    }
    target.tolls.extend(tolls);
    let first = target.places.len().min(PLACES);
    for place in places {
        if !target.places[..first].iter().any(|own| own.place == place.place) {
            target.places.push(place);
        }
    }
    // What tells when also tells whether it is news.
    let told = |time: &Option<EventTime>| time.as_ref().is_some_and(|time| time.basis == TimeBasis::Text);
    if !told(&target.time) && time.is_some() && (told(&time) || target.time.is_none()) {
        target.time = time;
        target.background |= background;
    }
    if target.source.is_none() && source.is_some() {
        target.source = source;
        target.status = status;
    }
    drafts[from].merged_into = Some(into);
}
