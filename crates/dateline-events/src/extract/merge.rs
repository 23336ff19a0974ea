//! Mentions of one happening become one event.

use std::collections::HashMap;
use std::ops::ControlFlow;

use dateline_gazetteer::{Mention, PlaceKind};
use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::draft::{Draft, Filler, add_targets, in_text_order, take_over};
use super::period::period;
use super::scene::Scene;
use crate::Error;
use crate::annotation::{Actor, EventPlace, Modality, PlaceBasis, PlaceRelation, Polarity, TimeBasis};
use crate::frame::{ClassSet, Frames, Kind, Role};
use crate::lexicon::rows;
use crate::words::{WordMap, lower};

/// How many events of one block, latest first, a mention is compared with: the cost of merging is linear in the mentions.
const RECENT: usize = 12;

/// What two mentions must have in common.
const ENOUGH: i32 = 3;

/// How many sentences back an event may lie of which it is said that nobody was hurt.
const ZERO_REACH: usize = 2;

/// How many words of a phrase are looked at for the name in it.
const NAME: usize = 12;

/// Initials and the like are no names to know somebody by.
const SHORT: usize = 3;

/// How many sentences after an act what it damaged may be told.
const LENDING: usize = 1;

/// How many sentences of a report tell its headline again.
const LEAD: usize = 3;

/// How a mention of an event names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// By a verb, or by a noun as new: "a strike", "strikes".
    Telling,
    /// As known: "the strike", "this attack".
    Known,
    /// As another one: "a second strike", "a separate incident".
    Other,
}

/// Joins the mentions of each happening. The best-filled mention leads; the result does not depend on the order of the drafts.
///
/// Linear in the mentions: each is compared with the last few happenings of its block, and of what a happening has gathered
/// only so much is looked at.
pub(super) fn merge(words: &NamingWords, scenes: &[Scene<'_, '_>], actors: &[Actor], drafts: &mut [Draft]) {
    let Some(first) = scenes.first() else { return };
    let (frames, places) = (first.context.frames, first.context.places);
    let headlines = first.context.reading.headlines;
    let mut blocks: HashMap<Block<'_>, Vec<usize>> = HashMap::new();
    let harm: Vec<bool> = (0..frames.frames.len())
        .map(|frame| frames.takes_casualties(frame) || frames.tells_casualties(frame))
        .collect();
    let namings: Vec<Naming> = drafts.iter().map(|draft| words.naming(&scenes[draft.piece], draft)).collect();
    drafts.iter_mut().for_each(mark_victims);
    for index in in_text_order(drafts) {
        let block = blocks.entry(Block::of(frames, &harm, drafts[index].frame)).or_default();
        let judge = Judge { scenes, frames, places, actors };
        let mut best: Option<(i32, usize)> = None;
        for (slot, &earlier) in block.iter().enumerate().rev().take(RECENT) {
            let Some(score) = judge.likeness((earlier, namings[earlier]), (index, namings[index]), drafts) else {
                continue;
            };
            // The nearest wins a tie.
            if score >= ENOUGH && best.is_none_or(|(other, _)| score > other) {
                best = Some((score, slot));
            }
        }
        match best {
            None => block.push(index),
            Some((_, slot)) => {
                let earlier = block[slot];
                let rank = |draft: usize| rank(frames, &drafts[draft], namings[draft]);
                let (leader, other) = if rank(index) > rank(earlier) { (index, earlier) } else { (earlier, index) };
                // The few words of a headline add nothing to whom the report names.
                if drafts[other].sentence < headlines && !drafts[leader].role(Role::Target).is_empty() {
                    drafts[other].roles[Role::Target as usize].clear();
                }
                take_over(drafts, leader, other);
                block[slot] = leader;
            }
        }
    }
}

/// Drops what only adds to an event told before and found none: "the victims were farmers".
pub(super) fn drop_lone(frames: &Frames, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| frames.rules[draft.rule].joins) {
        draft.scarce |= draft.merged_into.is_none() && draft.mentions.is_empty();
    }
}

/// Only events of one block can be one happening.
#[derive(PartialEq, Eq, Hash)]
enum Block<'f> {
    /// Acts that may kill, and deaths and injuries themselves.
    Harm,
    Family(&'f str),
}

impl<'f> Block<'f> {
    fn of(frames: &'f Frames, harm: &[bool], frame: usize) -> Self {
        match harm[frame] {
            true => Self::Harm,
            false => Self::Family(&frames.frames[frame].family),
        }
    }
}

/// Which of two mentions leads: the specific type, then what is told rather than taken up, then the one that says more.
fn rank(frames: &Frames, draft: &Draft, naming: Naming) -> (bool, bool, bool, usize) {
    let frame = &frames.frames[draft.frame];
    let filled = draft.roles.iter().filter(|fillers| !fillers.is_empty()).count()
        + usize::from(!draft.places.is_empty())
        + usize::from(draft.time.as_ref().is_some_and(|time| time.basis == TimeBasis::Text))
        + usize::from(draft.quantity.is_some())
        + usize::from(!draft.tolls.is_empty());
    (frame.kind != Kind::Outcome, !frame.generic, naming != Naming::Known, filled)
}

/// Words before triggers that say whether an event is known.
#[derive(Debug)]
pub(super) struct NamingWords(WordMap<&'static str, Word>);

/// What such a word says.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    known: bool,
    other: bool,
    apart: bool,
}

impl NamingWords {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut map: WordMap<_, Word> = WordMap::default();
        for (number, line) in rows(include_str!("../../lexicon/naming.tsv")) {
            let (word, how) = line.split_once('\t').unwrap_or((line, ""));
            let entry = map.entry(word).or_default();
            match how {
                "known" => entry.known = true,
                "other" => entry.other = true,
                "apart" => entry.apart = true,
                _ => return Err(Error::new("naming.tsv", number, "expected `word<TAB>known|other|apart`")),
            }
        }
        Ok(Self(map))
    }

    fn get(&self, form: &str) -> Word {
        self.0.get(&*lower(form)).copied().unwrap_or_default()
    }

    /// Does the sentence begin something else before the event: "in a separate incident", "elsewhere"?
    pub(super) fn begins_anew(&self, scene: &Scene<'_, '_>, draft: &Draft) -> bool {
        let relations = scene.relations();
        (draft.matched.word.saturating_sub(OPENING)..draft.matched.word)
            .any(|word| self.get(relations.form(word)).apart)
    }

    /// How the trigger names its event.
    fn naming(&self, scene: &Scene<'_, '_>, draft: &Draft) -> Naming {
        let (grammar, relations) = (scene.grammar, scene.relations());
        let trigger = draft.matched.word;
        if !matches!(relations.upos(trigger), Upos::Noun | Upos::Propn) {
            return Naming::Telling;
        }
        let before = grammar.dependents(trigger).filter(|&word| {
            matches!(relations.deprel(word), Deprel::Det | Deprel::Amod | Deprel::DetPredet | Deprel::Nummod)
        });
        // "This was the second attack", said of the one just told.
        let points = |word: usize| ["this", "that", "it"].iter().any(|pronoun| grammar.is(word, pronoun));
        if grammar.has(trigger, Deprel::Cop) && grammar.with(trigger, Deprel::Nsubj).any(points) {
            return Naming::Known;
        }
        // "Monday's attack"
        let time = scene.context.built_in.time();
        let dated = grammar.with(trigger, Deprel::NmodPoss).any(|word| scene.words.classes[word].intersects(time));
        let mut naming = if dated { Naming::Known } else { Naming::Telling };
        for word in before.map(|word| self.get(relations.form(word))) {
            if word.other {
                return Naming::Other;
            }
            if word.known {
                naming = Naming::Known;
            }
        }
        naming
    }
}

/// How many words before a trigger may open its sentence.
const OPENING: usize = 12;

struct Judge<'j, 's, 't> {
    scenes: &'j [Scene<'s, 't>],
    frames: &'j Frames,
    places: &'j [Mention],
    actors: &'j [Actor],
}

impl Judge<'_, '_, '_> {
    /// How much speaks for two mentions being one happening; none if they cannot be.
    fn likeness(&self, (a, _): (usize, Naming), (b, naming): (usize, Naming), drafts: &[Draft]) -> Option<i32> {
        let (earlier, later) = (&drafts[a], &drafts[b]);
        let (type_a, type_b) = (&self.frames.frames[earlier.frame], &self.frames.frames[later.frame]);
        if naming == Naming::Other || earlier.polarity != later.polarity {
            return None;
        }
        // A part is not its whole, nor another part.
        if earlier.part_of.is_some() || later.part_of.is_some() {
            return None;
        }
        let outcome = type_a.kind == Kind::Outcome || type_b.kind == Kind::Outcome;
        let generic = type_a.generic || type_b.generic || outcome;
        if earlier.frame != later.frame {
            // "The assassination of Jane Doe", who "was shot": one names the purpose, the other the means.
            let of_one = || self.same_fillers(earlier.role(Role::Target), later.role(Role::Target)) == Same::Yes;
            if !outcome && type_a.family != type_b.family || !generic && !of_one() {
                return None;
            }
        }
        let known = naming == Naming::Known;
        // "the murder" is none of "a string of murders since May".
        let series = earlier.modality == Modality::Habitual;
        if earlier.modality != later.modality && (series || !(known && later.modality == Modality::Actual)) {
            return None;
        }
        let bare = later.time.as_ref().is_none_or(|time| time.basis != TimeBasis::Text);
        // Nobody is killed twice, however long ago.
        let of_one_person = self.name_same_victim(earlier, later);
        if earlier.background != later.background && !(known && bare || of_one_person) {
            return None;
        }
        // What was only planned is less likely meant than what was done.
        let mut score = if earlier.modality == later.modality { 0 } else { -1 };
        if known || of_one_person {
            score += ENOUGH;
        }
        score += self.retelling(earlier, later);
        for part in [
            self.times(earlier, later),
            self.where_(earlier, later),
            self.agents(earlier, later),
            self.targets(earlier, later, known),
            self.counts(earlier, later),
            self.instruments(earlier, later),
        ] {
            match part {
                ControlFlow::Continue(more) => score += more,
                ControlFlow::Break(()) => return None,
            }
        }
        // "The toll rose to 11" goes on with an earlier figure.
        let goes_on = |figure: &super::toll::Figure| {
            earlier
                .tolls
                .iter()
                .rev()
                .take(RECENT)
                .any(|other| other.toll.what == figure.toll.what && other.toll.max != Some(0))
        };
        if known && outcome && later.tolls.iter().take(RECENT).any(goes_on) {
            score += ENOUGH;
        }
        // The victims are told right after or before the act.
        if outcome {
            // "Hala: The body of a man was found" is no result of what was told of elsewhere before.
            let paragraphs = &self.scenes[earlier.piece].context.reading.paragraphs;
            if paragraphs[earlier.sentence] != paragraphs[later.sentence]
                && earlier.places.is_empty()
                && !later.places.is_empty()
            {
                return None;
            }
            // "A guard was also killed" goes on with what was told.
            let trigger = later.matched.clause();
            let grammar = self.scenes[later.piece].grammar;
            let also = grammar.with(trigger, Deprel::Advmod).any(|word| grammar.is(word, "also"));
            score += match later.sentence - earlier.sentence {
                0 | 1 => ENOUGH,
                2 | 3 => ENOUGH - 1 + i32::from(also),
                _ => 0,
            };
        }
        if type_a.kind == Kind::Speech && later.role(Role::Agent).is_empty() != earlier.role(Role::Agent).is_empty() {
            return None;
        }
        Some(score)
    }

    /// What a headline tells is told again at the beginning of the report.
    fn retelling(&self, earlier: &Draft, later: &Draft) -> i32 {
        let headlines = self.scenes[earlier.piece].context.reading.headlines;
        let again = earlier.sentence < headlines && (headlines..headlines + LEAD).contains(&later.sentence);
        match again {
            true if earlier.frame == later.frame => ENOUGH,
            true => ENOUGH - 1,
            false => 0,
        }
    }

    fn times(&self, a: &Draft, b: &Draft) -> ControlFlow<(), i32> {
        let told = |draft: &Draft| {
            let time = draft.time.as_ref().filter(|time| time.basis == TimeBasis::Text)?;
            period(time.value.as_deref()?)
        };
        match (told(a), told(b)) {
            (Some(a), Some(b)) if a.1 < b.0 || b.1 < a.0 => ControlFlow::Break(()),
            (Some(a), Some(b)) if a == b => ControlFlow::Continue(2),
            (Some(_), Some(_)) => ControlFlow::Continue(1),
            _ => ControlFlow::Continue(0),
        }
    }

    fn where_(&self, a: &Draft, b: &Draft) -> ControlFlow<(), i32> {
        let local = |draft: &Draft| -> Vec<EventPlace> {
            let local = draft
                .places
                .iter()
                .take(RECENT)
                .filter(|place| !matches!(place.relation, PlaceRelation::To | PlaceRelation::From));
            local.copied().collect()
        };
        let (a, b) = (local(a), local(b));
        if a.is_empty() || b.is_empty() {
            return ControlFlow::Continue(0);
        }
        let mut best = None;
        for &x in &a {
            for &y in &b {
                // Where neither says it itself, little follows from it.
                let taken = |place: EventPlace| matches!(place.basis, PlaceBasis::Inherited | PlaceBasis::Dateline);
                let most = if taken(x) || taken(y) { 1 } else { 3 };
                best = best.max(self.nearness(x.place, y.place).map(|near| near.min(most)));
            }
        }
        best.map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }

    /// Two places that may be one: the same, or one inside the other.
    fn nearness(&self, a: usize, b: usize) -> Option<i32> {
        let (x, y) = (&self.places[a], &self.places[b]);
        if a == b || x.place.is_some() && x.place == y.place {
            return Some(3);
        }
        let wide = |mention: &Mention| {
            matches!(mention.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1 | PlaceKind::Region)
        };
        let within = x.container == Some(b) || y.container == Some(a);
        let country =
            |wide: &Mention, other: &Mention| wide.kind == PlaceKind::Country && wide.country == other.country;
        if within || country(x, y) || country(y, x) {
            return Some(1);
        }
        // Of an area and a place in its country it is not known whether one holds the other.
        (wide(x) != wide(y) && x.country.is_some() && x.country == y.country).then_some(0)
    }

    fn agents(&self, a: &Draft, b: &Draft) -> ControlFlow<(), i32> {
        match self.same_fillers(a.role(Role::Agent), b.role(Role::Agent)) {
            Same::Yes => ControlFlow::Continue(2),
            Same::Unknown => ControlFlow::Continue(0),
            Same::Unlike => ControlFlow::Continue(-1),
            Same::No => ControlFlow::Break(()),
        }
    }

    fn targets(&self, a: &Draft, b: &Draft, known: bool) -> ControlFlow<(), i32> {
        match self.same_fillers(a.role(Role::Target), b.role(Role::Target)) {
            Same::Yes => ControlFlow::Continue(2),
            Same::Unknown => ControlFlow::Continue(0),
            Same::Unlike if known => ControlFlow::Continue(-1),
            Same::Unlike => ControlFlow::Continue(-2),
            Same::No => ControlFlow::Break(()),
        }
    }

    /// "The bomb" is the one that was told of before.
    fn instruments(&self, a: &Draft, b: &Draft) -> ControlFlow<(), i32> {
        let known = |filler: &Filler| {
            let grammar = self.scenes[filler.piece].grammar;
            let told = a.role(Role::Instrument).iter().take(RECENT).any(|other| other.lemma == filler.lemma);
            told && grammar.with(filler.word, Deprel::Det).any(|det| grammar.is(det, "the"))
        };
        let again = b.role(Role::Instrument).iter().take(RECENT).any(known);
        ControlFlow::Continue(if again { ENOUGH } else { 0 })
    }

    fn same_fillers(&self, a: &[Filler], b: &[Filler]) -> Same {
        let mut best = Same::Unknown;
        let mut compared = false;
        for x in a.iter().take(RECENT) {
            for y in b.iter().take(RECENT) {
                let same = self.same_filler(x, y);
                if same == Same::Yes {
                    return Same::Yes;
                }
                if same != Same::Unknown {
                    best = if compared { best.max(same) } else { same };
                    compared = true;
                }
            }
        }
        best
    }

    fn same_filler(&self, x: &Filler, y: &Filler) -> Same {
        if self.shares_name(x, y) {
            return Same::Yes;
        }
        // Who was killed beside what was hit.
        if x.victim != y.victim {
            return Same::Unknown;
        }
        if let (Some(x), Some(y)) = (x.actor, y.actor) {
            let (x, y) = (&self.actors[x], &self.actors[y]);
            if x.name.is_some() && x.name == y.name {
                return Same::Yes;
            }
            if x.iso3.is_some() && y.iso3.is_some() && x.iso3 != y.iso3 {
                return Same::No;
            }
        }
        if x.bare || y.bare {
            return Same::Unknown;
        }
        let (scene_a, scene_b) = (&self.scenes[x.piece], &self.scenes[y.piece]);
        let proper =
            |scene: &Scene<'_, '_>, word: usize| matches!(scene.relations().xpos(word), Xpos::Nnp | Xpos::Nnps);
        if x.lemma == y.lemma {
            // Twelve people and 27 people: what they have in common is the count, if anything.
            return if x.victim && !proper(scene_a, x.word) { Same::Unknown } else { Same::Yes };
        }
        if proper(scene_a, x.word) && proper(scene_b, y.word) {
            return Same::Unlike;
        }
        let plain = |set: ClassSet| set.is_empty();
        if plain(x.classes) || plain(y.classes) {
            return Same::Unlike;
        }
        // People beside things: those who were in what was hit.
        let human = scene_a.context.built_in.human();
        if x.classes.intersects(human) != y.classes.intersects(human) {
            return Same::Unknown;
        }
        if x.classes.intersects(y.classes) { Same::Unknown } else { Same::Unlike }
    }

    /// Are both done to one person known by name, or to people whom the later takes up: "the priests" after "six priests"?
    fn name_same_victim(&self, a: &Draft, b: &Draft) -> bool {
        let harms =
            |draft: &Draft| self.frames.takes_casualties(draft.frame) || self.frames.tells_casualties(draft.frame);
        let again = |x: &Filler, y: &Filler| self.shares_name(x, y) || self.takes_up(x, y);
        let earlier = a.role(Role::Target).iter().take(RECENT);
        harms(a)
            && harms(b)
            && earlier.into_iter().any(|x| b.role(Role::Target).iter().take(RECENT).any(|y| again(x, y)))
    }

    /// Does the later of two fillers speak of the earlier's people as known, and add nothing to tell them from others: "the priests"
    /// after "six priests", not "the mayor of Uruapan" after "the mayor of Tuxtla"?
    fn takes_up(&self, earlier: &Filler, later: &Filler) -> bool {
        if earlier.lemma != later.lemma || later.bare {
            return false;
        }
        let (scene, other) = (&self.scenes[later.piece], &self.scenes[earlier.piece]);
        let definite = scene.grammar.with(later.word, Deprel::Det).any(|det| scene.grammar.is(det, "the"));
        let built_in = scene.context.built_in;
        let people = later.classes.intersects(built_in.human()) && !later.classes.intersects(built_in.collective());
        let known = |word: usize| {
            let mut words = other.context.reading.words(earlier.piece, earlier.span).take(NAME);
            let lemma = scene.relations().lemma(word);
            scene.grammar.is(word, "the") || words.any(|theirs| other.relations().lemma(theirs) == lemma)
        };
        definite && people && scene.context.reading.words(later.piece, later.span).take(NAME).all(known)
    }

    /// Is one of two people called by a part of the other's name: "Doe" after "Senator Jane Doe"?
    fn shares_name(&self, x: &Filler, y: &Filler) -> bool {
        let built_in = self.scenes[x.piece].context.built_in;
        let person =
            |filler: &Filler| filler.classes.intersects(built_in.one_person()) || built_in.is_bare_name(filler.classes);
        // What was taken for a place may be the last name of somebody known: "Jaramillo".
        let body = |filler: &Filler| filler.classes.intersects(built_in.body());
        if !(person(x) || person(y)) || body(x) || body(y) {
            return false;
        }
        let theirs = self.names(y);
        self.names(x).iter().any(|name| theirs.contains(name))
    }

    /// The words of a filler that are names and nothing else.
    fn names(&self, filler: &Filler) -> Vec<&str> {
        let scene = &self.scenes[filler.piece];
        let relations = scene.relations();
        let words = scene.context.reading.words(filler.piece, filler.span).take(NAME);
        let names = words.filter(|&word| {
            let name = relations.form(word);
            matches!(relations.xpos(word), Xpos::Nnp | Xpos::Nnps)
                && name.len() > SHORT
                && self.frames.classes.of(&name.to_lowercase()).is_empty()
        });
        names.map(|word| relations.form(word)).collect()
    }

    fn counts(&self, a: &Draft, b: &Draft) -> ControlFlow<(), i32> {
        let mut score = 0;
        if let (Some(a), Some(b)) = (&a.quantity, &b.quantity) {
            if a.min == b.min && a.max == b.max {
                // One of everything is no coincidence.
                score += if a.max == Some(1) { 1 } else { 2 };
            } else if a.max.zip(b.min).is_some_and(|(max, min)| max < min)
                || b.max.zip(a.min).is_some_and(|(max, min)| max < min)
            {
                return ControlFlow::Break(());
            }
        }
        let shared = a.tolls.iter().rev().take(RECENT).any(|x| {
            let same = |y: &super::toll::Figure| {
                x.toll.what == y.toll.what && x.toll.min == y.toll.min && x.toll.max == y.toll.max
            };
            x.toll.min.is_some_and(|min| min > 1) && b.tolls.iter().rev().take(RECENT).any(same)
        });
        ControlFlow::Continue(score + if shared { 2 } else { 0 })
    }
}

/// Marks the fillers that a toll of their event counts.
fn mark_victims(draft: &mut Draft) {
    let tolls = &draft.tolls;
    for filler in draft.roles.iter_mut().flatten() {
        filler.victim =
            tolls.iter().any(|figure| figure.toll.start == filler.span.start && figure.toll.end == filler.span.end);
    }
}

/// Gives "nobody was hurt" to the event that it is said of: the last one before, or one after in the same sentence.
pub(super) fn settle_zeros(frames: &Frames, drafts: &mut [Draft]) {
    let order = in_text_order(drafts);
    for (position, &index) in order.iter().enumerate() {
        let draft = &drafts[index];
        let none = draft.tolls.iter().all(|figure| figure.toll.max == Some(0));
        if draft.polarity == Polarity::Affirmed || !none || !frames.tells_casualties(draft.frame) {
            continue;
        }
        let may_hurt = |&&other: &&usize| {
            let other = &drafts[other];
            (frames.takes_casualties(other.frame) || frames.frames[other.frame].hurts)
                && other.stands()
                && other.polarity == Polarity::Affirmed
                && other.background == draft.background
        };
        let near = |&&other: &&usize| drafts[other].sentence + ZERO_REACH >= draft.sentence;
        let before = order[..position].iter().rev().take(RECENT).take_while(near).find(may_hurt);
        let after = || {
            let after = order[position + 1..].iter().take(RECENT);
            after.take_while(|&&other| drafts[other].sentence == draft.sentence).find(may_hurt)
        };
        if let Some(&act) = before.or_else(after) {
            take_over(drafts, act, index);
        }
    }
}

/// Gives the act told just before a result what the result was done to: "A bomb went off near the bank. Two shops were damaged."
///
/// "The building" alone is what was spoken of before.
pub(super) fn lend_on(frames: &Frames, scenes: &[Scene<'_, '_>], drafts: &mut [Draft]) {
    let order = in_text_order(drafts);
    let known = |filler: &Filler| {
        let (grammar, relations) = (scenes[filler.piece].grammar, scenes[filler.piece].relations());
        let article = |word: usize| relations.deprel(word) == Deprel::Det && grammar.is(word, "the");
        let mut dependents = grammar.dependents(filler.word).filter(|&word| word < filler.word);
        dependents.next().is_some_and(article) && dependents.next().is_none()
    };
    for (position, &index) in order.iter().enumerate() {
        let draft = &drafts[index];
        let lends = frames.frames[draft.frame].lends && draft.role(Role::Agent).is_empty();
        if !lends || draft.polarity == Polarity::Negated || draft.modality != Modality::Actual {
            continue;
        }
        let near = |&&other: &&usize| drafts[other].sentence + LENDING >= draft.sentence;
        // What fell from the sky when a drone was shot down is told otherwise.
        let harms = |&&other: &&usize| {
            let frame = drafts[other].frame;
            frames.takes_casualties(frame) && frames.frames[frame].stops.is_none()
        };
        let act = order[..position].iter().rev().take(RECENT).take_while(near).find(harms).copied();
        let fits = |&act: &usize| {
            let other = &drafts[act];
            other.polarity == Polarity::Affirmed
                && other.modality == Modality::Actual
                && other.background == draft.background
        };
        if let Some(act) = act.filter(fits) {
            let mut targets = draft.role(Role::Target).to_vec();
            if !drafts[act].role(Role::Target).is_empty() {
                targets.retain(|filler| !known(filler));
            }
            add_targets(&mut drafts[act], targets);
        }
    }
}

/// How two fillers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    /// They exclude each other.
    No,
    /// Different words for different sorts of things.
    Unlike,
    Unknown,
    Yes,
}
