//! Why events came out as they did, and why others did not. Nothing of this runs unless it is asked for: the text is read again,
//! and what the records were made of is looked at before it is dropped.

use std::collections::{HashMap, HashSet};

use dateline_syntax::{Deprel, Relations};
use jiff::ToSpan;
use jiff::civil::Date;

use super::draft::{Draft, Filler, leader, phrase};
use super::scene::Scene;
use super::topic::Page;
use super::{Extractor, Input, codes, date, measures};
use crate::annotation::{Annotations, Phrase, Time, TimeBasis};
use crate::codebook::{Book, Entry};
use crate::explanation::{
    Binding, CodeReason, Condition, Explanation, Lost, LostRole, Merged, NearMiss, PlaceReason, Question, Step,
    TimeReason, WhyNot,
};
use crate::frame::{
    Attempt, Binder, CodeTemplates, Fate, Frames, Match, Miss, Party, PartyCode, Pattern, Predicate, Role, attempts,
};

/// How far a path through a tree is followed.
const STEPS: usize = 8;

/// Days by which the date of a document is moved to see which expressions count from it: a week moves "Monday", a year "in May".
const MOVED: [i32; 2] = [7, 400];

/// How a text was read, when all is done but the records.
pub(super) struct Seen<'a, 's, 't> {
    pub(super) scenes: &'a [Scene<'s, 't>],
    pub(super) drafts: &'a [Draft],
    /// The draft of each event.
    pub(super) order: &'a [usize],
    pub(super) times: &'a [Time],
    pub(super) page: &'a Page,
}

impl Extractor {
    /// What the text says, like [`extract`](Self::extract), and why each event came out as it did, in the same order.
    ///
    /// Costs a few extractions; what is not asked for costs nothing.
    #[must_use]
    pub fn explain(&self, input: &Input<'_>) -> (Annotations, Vec<Explanation>) {
        let mut out = Vec::new();
        let annotations = self.watched(
            input,
            |_| {},
            |seen| {
                let Some(scene) = seen.scenes.first() else { return };
                let counted = self.counted_from_the_document(input, scene);
                let teller = Teller::new(self, input, seen, counted);
                out.extend((0..seen.order.len()).map(|event| teller.explanation(event)));
            },
        );
        (annotations, out)
    }

    /// Which words of the text could have told of an event, and what kept each from it: the rules that came nearest, and of each
    /// the first thing that failed. None if the question names a type that there is not.
    ///
    /// Costs about as much as an extraction.
    #[must_use]
    pub fn why_not(&self, input: &Input<'_>, question: &Question) -> Option<(Annotations, WhyNot)> {
        let frame = match &question.event_type {
            Some(name) => Some(self.frames.frames.iter().position(|frame| frame.name == *name)?),
            None => None,
        };
        let mut answer = WhyNot { found: Vec::new(), near: Vec::new() };
        let annotations = self.watched(
            input,
            |_| {},
            |seen| {
                let tokens = input.text.tokens;
                let (from, until) = match question.sentence {
                    Some(sentence) if sentence < tokens.sentence_count() => {
                        let span = tokens.sentence_span(sentence);
                        (question.start.max(span.start), question.end.min(span.end))
                    }
                    Some(_) => (0, 0),
                    None => (question.start, question.end),
                };
                let asked = |start: usize, end: usize| start < until && from < end;
                let found = seen.order.iter().enumerate().filter(|&(_, &index)| {
                    let draft = &seen.drafts[index];
                    let triggers = [draft.trigger].into_iter().chain(draft.mentions.iter().copied());
                    frame.is_none_or(|frame| frame == draft.frame) && { triggers }
                        .any(|span| asked(span.start, span.end))
                });
                answer.found = found.map(|(event, _)| event).collect();
                let mut near = Vec::new();
                for scene in seen.scenes.iter().filter(|scene| asked(scene.span().start, scene.span().end)) {
                    for word in 0..scene.relations().len() {
                        let span = scene.relations().span(word);
                        if asked(span.start, span.end) {
                            self.misses(input.text.text, seen, scene, word, frame, &mut near);
                        }
                    }
                }
                // The nearest first, then in text order.
                near.sort_by(|(a, one), (b, other)| b.cmp(a).then(one.word.start.cmp(&other.word.start)));
                answer.near = near.into_iter().take(question.most).map(|(_, miss)| miss).collect();
            },
        );
        Some((annotations, answer))
    }

    /// What keeps a word from being an event, for every rule the trigger that came nearest.
    fn misses(
        &self,
        text: &str,
        seen: &Seen<'_, '_, '_>,
        scene: &Scene<'_, '_>,
        word: usize,
        frame: Option<usize>,
        out: &mut Vec<(Nearness, NearMiss)>,
    ) {
        // Auxiliaries tell of nothing.
        if matches!(scene.relations().deprel(word), Deprel::Aux | Deprel::AuxPass) {
            return;
        }
        // Who asks for any event asks for none of the words that tell of one.
        let owner = scene.owners[word].map(|owner| &seen.drafts[leader(seen.drafts, owner)]);
        if frame.is_none() && owner.is_some_and(Draft::stands) {
            return;
        }
        let tried = attempts(&self.frames, scene.grammar, &scene.words.classes, word);
        let tried = tried
            .iter()
            .filter(|attempt| frame.is_none_or(|frame| frame == self.frames.rules[attempt.trigger.rule].frame));
        for attempt in nearest_of_each_rule(tried) {
            let rule = &self.frames.rules[attempt.trigger.rule];
            let (step, reason) = match &attempt.outcome {
                Ok(_) => match seen.fate(scene, word, attempt.trigger.rule) {
                    None => continue,
                    Some(fate) => (Step::Choice, fate),
                },
                Err(miss) => (step(*miss), reason(text, scene, word, attempt, *miss)),
            };
            let predicates = match attempt.outcome {
                Err(Miss::Condition(failed)) => &rule.predicates[..failed],
                Ok(_) => &rule.predicates[..],
                Err(_) => &[],
            };
            let miss = NearMiss {
                sentence: scene.context.reading.sentences[scene.piece],
                word: phrase(text, scene.relations().span(word)),
                rule: rule.name.clone(),
                pattern: self.frames.spell_trigger(attempt.trigger),
                step,
                reason,
                held: predicates.iter().map(|predicate| self.frames.spell_predicate(predicate)).collect(),
            };
            out.push((nearness(attempt), miss));
        }
    }

    /// First bytes of the expressions of time whose values are counted from the date of the document: those that change with it.
    fn counted_from_the_document(&self, input: &Input<'_>, scene: &Scene<'_, '_>) -> HashSet<usize> {
        let mut counted = HashSet::new();
        let Some(date) = input.head.date else { return counted };
        for date in MOVED.into_iter().filter_map(|days| date.checked_add(days.days()).ok()) {
            let mut head = input.head;
            head.date = Some(date);
            let mut moved = Annotations::default();
            measures(scene.context.reading, &head, self.date_order(input), &mut moved);
            let by_start: HashMap<usize, &Time> = moved.times.iter().map(|time| (time.start, time)).collect();
            let same = |time: &&Time| by_start.get(&time.start).is_some_and(|other| other == time);
            counted.extend(scene.context.times.iter().filter(|time| !same(time)).map(|time| time.start));
        }
        counted
    }
}

/// How near a trigger came: the step, the conditions that hold, the words that it asks for.
type Nearness = (Step, usize, usize);

fn nearness(attempt: &Attempt<'_>) -> Nearness {
    let words = attempt.trigger.others.len();
    match attempt.outcome {
        Ok(_) => (Step::Choice, 0, words),
        Err(miss @ Miss::Condition(held)) => (step(miss), held, words),
        // An exception has all words of its trigger; of missing ones, one is less than two.
        Err(miss @ Miss::Except(_)) => (step(miss), usize::MAX, words),
        Err(miss @ Miss::Words) => (step(miss), usize::MAX - words, 0),
        Err(miss) => (step(miss), 0, words),
    }
}

fn step(miss: Miss) -> Step {
    match miss {
        Miss::PartOfSpeech | Miss::Time | Miss::Named => Step::Word,
        Miss::Words | Miss::Except(_) => Step::Phrase,
        Miss::With | Miss::Without(..) => Step::Context,
        Miss::Condition(_) => Step::Condition,
    }
}

/// The best attempt of each rule, the nearest first.
fn nearest_of_each_rule<'a, 'f>(tried: impl Iterator<Item = &'a Attempt<'f>>) -> Vec<&'a Attempt<'f>>
where
    'f: 'a,
{
    let mut best: Vec<&Attempt<'_>> = Vec::new();
    for attempt in tried {
        match best.iter_mut().find(|other| other.trigger.rule == attempt.trigger.rule) {
            Some(other) if nearness(attempt) > nearness(other) => *other = attempt,
            Some(_) => {}
            None => best.push(attempt),
        }
    }
    best.sort_by_key(|attempt| std::cmp::Reverse(nearness(attempt)));
    best
}

/// What failed, in words.
fn reason(text: &str, scene: &Scene<'_, '_>, word: usize, attempt: &Attempt<'_>, miss: Miss) -> String {
    let (frames, relations) = (scene.context.frames, scene.relations());
    let rule = &frames.rules[attempt.trigger.rule];
    let form = relations.form(word);
    let spelled = |patterns: &[Pattern]| {
        patterns.iter().map(|pattern| frames.spell_pattern(pattern)).collect::<Vec<_>>().join(", ")
    };
    match miss {
        Miss::PartOfSpeech => format!(
            "\"{form}\" is {} and hangs as {}, which this trigger does not",
            relations.upos(word).as_str(),
            relations.deprel(word).as_str()
        ),
        Miss::Time => format!("\"{form}\" is part of an expression of time"),
        Miss::Named => format!("\"{form}\" is part of a name"),
        Miss::Words => {
            format!("\"{form}\" stands without the other words of `{}`", frames.spell_trigger(attempt.trigger))
        }
        Miss::Except(number) => {
            let words = frames.spell_words(attempt.trigger, &attempt.trigger.except[number]);
            format!("the exception `{words}` holds")
        }
        Miss::With => {
            format!("none of its patterns `with` finds a word: {}", spelled(rule.with.as_deref().unwrap_or_default()))
        }
        Miss::Without(number, found) => {
            let pattern = &rule.without.as_deref().unwrap_or_default()[number];
            format!("the pattern {} of `without` finds \"{}\"", frames.spell_pattern(pattern), relations.form(found))
        }
        Miss::Condition(number) => {
            let predicate = &rule.predicates[number];
            let (Predicate::Is(role, _) | Predicate::Not(role, _) | Predicate::Filled(role) | Predicate::Empty(role)) =
                *predicate;
            let of_role = || attempt.arrivals.iter().filter(|arrival| arrival.role == role);
            let words = |fate: Fate| {
                let words =
                    of_role().filter(|arrival| arrival.fate == fate).map(|arrival| relations.span(arrival.word));
                words.map(|span| format!("\"{}\"", &text[span])).collect::<Vec<_>>().join(", ")
            };
            let refused = || {
                let refused = of_role().find(|arrival| arrival.fate == Fate::Class)?;
                let pattern = frames.spell_pattern(refused.pattern);
                Some(format!("nothing fills it: \"{}\" is not what {pattern} asks for", relations.form(refused.word)))
            };
            let found = match words(Fate::Bound) {
                none if none.is_empty() => refused().unwrap_or_else(|| "nothing fills it".to_owned()),
                words => format!("{words} fills it"),
            };
            format!("the condition \"{}\" does not hold: {found}", frames.spell_predicate(predicate))
        }
    }
}

impl Seen<'_, '_, '_> {
    /// What became of a match that is no event of its own; none if it is one.
    fn fate(&self, scene: &Scene<'_, '_>, word: usize, rule: usize) -> Option<String> {
        let frames = scene.context.frames;
        if !self.page.admits(frames, frames.rules[rule].frame, scene.piece) {
            return Some("the rule matches, but the page is about something else, such as sport".to_owned());
        }
        let own = |draft: &&Draft| draft.piece == scene.piece && draft.matched.word == word;
        let Some(draft) = self.drafts.iter().find(own) else {
            return Some("the rule matches, but the word belongs to a longer trigger".to_owned());
        };
        if draft.rule != rule {
            return Some(format!("the rule matches, but {} comes first", frames.rules[draft.rule].name));
        }
        if let Some(other) = draft.merged_into {
            let other = &self.drafts[leader(self.drafts, other)];
            return Some(format!("the rule matches, and is part of the event of {}", frames.rules[other.rule].name));
        }
        draft.scarce.then(|| "the rule matches, but is named in passing, or as what hardly ever happens".to_owned())
    }
}

/// Tells how the events of one text came about.
struct Teller<'e, 'i, 'a, 's, 't> {
    extractor: &'e Extractor,
    input: &'e Input<'i>,
    seen: &'e Seen<'a, 's, 't>,
    counted: HashSet<usize>,
    /// The drafts that became part of each, itself first.
    members: Vec<Vec<usize>>,
    /// The expressions of time by what an event may take from them, in text order.
    times: HashMap<String, Vec<usize>>,
}

impl<'e, 'i, 'a, 's, 't> Teller<'e, 'i, 'a, 's, 't> {
    fn new(
        extractor: &'e Extractor,
        input: &'e Input<'i>,
        seen: &'e Seen<'a, 's, 't>,
        counted: HashSet<usize>,
    ) -> Self {
        let mut members: Vec<Vec<usize>> = (0..seen.drafts.len()).map(|draft| vec![draft]).collect();
        for (index, _) in seen.drafts.iter().enumerate().filter(|(_, draft)| draft.merged_into.is_some()) {
            members[leader(seen.drafts, index)].push(index);
        }
        let mut times: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, time) in seen.times.iter().enumerate() {
            if let Some(value) = date::event_time(time) {
                times.entry(value).or_default().push(index);
            }
        }
        Self { extractor, input, seen, counted, members, times }
    }

    fn frames(&self) -> &'e Frames {
        &self.extractor.frames
    }

    fn phrase(&self, span: dateline_tokenizer::Span) -> Phrase {
        phrase(self.input.text.text, span)
    }

    fn explanation(&self, event: usize) -> Explanation {
        let index = self.seen.order[event];
        let draft = &self.seen.drafts[index];
        let scene = &self.seen.scenes[draft.piece];
        let frames = self.frames();
        let rule = &frames.rules[draft.rule];
        let tried = attempts(frames, scene.grammar, &scene.words.classes, draft.matched.word);
        let own = tried.iter().find(|attempt| made(attempt, draft));
        let others = tried.iter().filter(|attempt| attempt.trigger.rule != draft.rule);
        let lost = nearest_of_each_rule(others).into_iter().map(|attempt| Lost {
            rule: frames.rules[attempt.trigger.rule].name.clone(),
            reason: match attempt.outcome {
                Ok(_) => format!("matches too, but {} comes first", rule.name),
                Err(miss) => reason(self.input.text.text, scene, draft.matched.word, attempt, miss),
            },
        });
        let merged = self.members[index][1..].iter().map(|&other| &self.seen.drafts[other]);
        let mut merged: Vec<Merged> = merged
            .map(|other| Merged {
                trigger: self.phrase(other.trigger),
                sentence: other.sentence,
                rule: frames.rules[other.rule].name.clone(),
            })
            .collect();
        merged.sort_by_key(|merged| (merged.trigger.start, merged.trigger.end));
        Explanation {
            event,
            r#type: frames.frames[draft.frame].name.clone(),
            trigger: self.phrase(draft.trigger),
            sentence: draft.sentence,
            rule: rule.name.clone(),
            pattern: own.map_or(String::new(), |own| frames.spell_trigger(own.trigger)),
            support: draft.matched.support.map(|verb| self.phrase(scene.relations().span(verb))),
            bindings: self.bindings(index),
            conditions: self.conditions(draft),
            lost: lost.collect(),
            lost_roles: own.map_or(Vec::new(), |own| self.lost_roles(draft, own)),
            places: self.places(draft),
            time: self.time(draft),
            merged,
            codes: self.codes(draft),
        }
    }

    fn bindings(&self, index: usize) -> Vec<Binding> {
        let drafts = self.seen.drafts;
        let mut out = Vec::new();
        for (role, filler) in
            Role::ALL.into_iter().flat_map(|role| drafts[index].role(role).iter().map(move |filler| (role, filler)))
        {
            // The event's own trigger, or a mention that became part of it.
            let told = |&other: &usize| {
                let draft = &drafts[other];
                draft.piece == filler.piece
                    && draft.matched.fillers.iter().any(|fillers| fillers.contains(&filler.word))
            };
            let origin = self.members[index].iter().copied().find(told).unwrap_or(index);
            let mention = (origin != index).then(|| self.phrase(drafts[origin].trigger));
            out.push(self.binding(role, filler, &drafts[origin], mention));
        }
        out
    }

    fn binding(&self, role: Role, filler: &Filler, draft: &Draft, mention: Option<Phrase>) -> Binding {
        let frames = self.frames();
        let scene = &self.seen.scenes[draft.piece];
        let tried = attempts(frames, scene.grammar, &scene.words.classes, draft.matched.word);
        let arrivals = tried.iter().filter(|attempt| made(attempt, draft)).flat_map(|attempt| &attempt.arrivals);
        let own = draft.piece == filler.piece;
        let bound = arrivals.filter(|_| own).find(|arrival| arrival.fate == Fate::Bound && arrival.word == filler.word);
        let classes = frames.classes.names_of(filler.classes);
        let path = own.then(|| path(scene, &draft.matched, bound.map(|arrival| arrival.from), filler.word));
        Binding {
            role: role.as_str().to_owned(),
            phrase: self.phrase(filler.span),
            pattern: bound.map(|arrival| frames.spell_pattern(arrival.pattern)),
            path,
            mention,
            classes: classes.split('|').filter(|class| !class.is_empty()).map(str::to_owned).collect(),
        }
    }

    fn conditions(&self, draft: &Draft) -> Vec<Condition> {
        let frames = self.frames();
        let scene = &self.seen.scenes[draft.piece];
        let relations = scene.relations();
        let rule = &frames.rules[draft.rule];
        let matched = &draft.matched;
        let mut finder = Binder::new(frames, scene.grammar, &scene.words.classes);
        let mut out = Vec::new();
        if let Some(patterns) = rule.with.as_deref()
            && let Some((pattern, found)) = finder.finds(matched.word, patterns)
        {
            let condition = format!("with {}", frames.spell_pattern(&patterns[pattern]));
            out.push(Condition { condition, because: format!("\"{}\"", relations.form(found)) });
        }
        if let Some(patterns) = rule.without.as_deref() {
            let patterns: Vec<String> = patterns.iter().map(|pattern| frames.spell_pattern(pattern)).collect();
            out.push(Condition {
                condition: format!("without {}", patterns.join(", ")),
                because: "none is there".to_owned(),
            });
        }
        for predicate in &rule.predicates {
            let words = |role: Role, fits: &dyn Fn(usize) -> bool| {
                let words = matched.role(role).iter().filter(|&&word| fits(word));
                words.map(|&word| format!("\"{}\"", relations.form(word))).collect::<Vec<_>>().join(", ")
            };
            let because = match *predicate {
                Predicate::Is(role, set) => words(role, &|word| scene.words.classes[word].intersects(set)),
                Predicate::Filled(role) => words(role, &|_| true),
                Predicate::Not(role, _) if !matched.role(role).is_empty() => {
                    format!("it is {}", words(role, &|_| true))
                }
                Predicate::Not(..) | Predicate::Empty(_) => "nothing fills it".to_owned(),
            };
            out.push(Condition { condition: frames.spell_predicate(predicate), because });
        }
        out
    }

    fn lost_roles(&self, draft: &Draft, own: &Attempt<'_>) -> Vec<LostRole> {
        let relations = self.seen.scenes[draft.piece].relations();
        let bound =
            |word: usize| own.arrivals.iter().find(|arrival| arrival.word == word && arrival.fate == Fate::Bound);
        let mut out: Vec<LostRole> = Vec::new();
        for arrival in &own.arrivals {
            let reason = match (arrival.fate, bound(arrival.word)) {
                (Fate::Bound, _) => continue,
                (_, Some(other)) if other.role == arrival.role => continue,
                (_, Some(other)) => format!("it is the {}", other.role.as_str()),
                (Fate::Class, None) => "not of the class that is asked for".to_owned(),
                (Fate::Used, None) => continue,
            };
            let word = self.phrase(relations.span(arrival.word));
            let role = arrival.role.as_str();
            if !out.iter().any(|other| other.role == role && other.word == word) {
                let pattern = self.frames().spell_pattern(arrival.pattern);
                out.push(LostRole { role: role.to_owned(), word, pattern, reason });
            }
        }
        out
    }

    fn places(&self, draft: &Draft) -> Vec<PlaceReason> {
        let reason = |place: &crate::annotation::EventPlace| PlaceReason {
            place: place.place,
            phrase: self.phrase(self.input.places[place.place].span),
            relation: place.relation,
            basis: place.basis,
            candidates: Vec::new(),
        };
        draft.places.iter().map(reason).collect()
    }

    fn time(&self, draft: &Draft) -> TimeReason {
        let document = self.input.head.date;
        let Some(time) = &draft.time else {
            return TimeReason {
                value: document.map(|date| date.to_string()),
                basis: TimeBasis::Document,
                expression: None,
                anchor: None,
                arithmetic: None,
            };
        };
        // The expression that means this: the nearest to the trigger, of an inherited time the last before it.
        let said = time.value.as_ref().filter(|_| time.basis != TimeBasis::Document);
        let same = said.and_then(|value| self.times.get(value)).map_or(&[][..], Vec::as_slice);
        let (before, after) =
            same.split_at(same.partition_point(|&at| self.seen.times[at].start <= draft.trigger.start));
        let distance = |&at: &usize| self.seen.times[at].start.abs_diff(draft.trigger.start);
        let expression = match (before.last(), after.first()) {
            (Some(before), Some(after)) if time.basis == TimeBasis::Text && distance(after) < distance(before) => {
                Some(after)
            }
            (before, after) => before.or(after),
        };
        let expression = expression.map(|&at| &self.seen.times[at]);
        let counted = expression.is_some_and(|expression| self.counted.contains(&expression.start));
        let days = time.days().zip(document);
        TimeReason {
            value: time.value.clone(),
            basis: time.basis,
            expression: expression.map(|expression| self.phrase((expression.start..expression.end).into())),
            anchor: document.filter(|_| counted).map(|date| date.to_string()),
            arithmetic: days.map(|((first, last), document)| arithmetic(document, first, last)),
        }
    }

    fn codes(&self, draft: &Draft) -> Vec<CodeReason> {
        let frames = self.frames();
        let frame = &frames.frames[draft.frame];
        let templates = codes::templates(frames, draft);
        let because = |changes: fn(&CodeTemplates) -> bool| {
            let last = codes::overrides(frames, draft).filter(|&when| changes(&frame.codes_when[when].codes)).last();
            match last {
                Some(when) => self.of_override(draft, when),
                None if !codes::happens(draft) => "the books code what happens".to_owned(),
                None => format!("of {}", frame.name),
            }
        };
        let parties = |code: &Option<&PartyCode>| {
            let list = |parties: &[Party]| {
                let names = parties.iter().map(|party| match party {
                    Party::Role(role) => role.as_str(),
                    Party::Sender => "sender",
                });
                names.collect::<Vec<_>>().join(" or ")
            };
            code.map_or(String::new(), |code| {
                format!("; actor: {}, recipient: {}", list(&code.actor), list(&code.recipient))
            })
        };
        let plover = templates.plover.as_ref().and_then(Option::as_ref);
        let cameo = templates.cameo.as_ref().and_then(Option::as_ref);
        let acled = templates.acled.as_ref().and_then(Option::as_ref);
        let count = templates.gdelt_count.clone().flatten();
        let books = &frames.books;
        let about = |entry: Option<Entry>| entry.map(|entry| entry.about.to_owned());
        // What the event means and, behind it, its mode.
        let of_plover = |code: &PartyCode| {
            let whole = books.plover.get(&code.code, None)?.about;
            let mode = code.mode.as_deref().and_then(|mode| books.plover.get(&code.code, Some(mode)));
            Some(mode.map_or_else(|| whole.to_owned(), |mode| format!("{whole}; {}", mode.about)))
        };
        let named = |name: &str, book: &Book| format!("{name} {}", book.version);
        vec![
            CodeReason {
                book: named("PLOVER", &books.plover),
                code: plover.map(|code| match &code.mode {
                    Some(mode) => format!("{} {mode}", code.code),
                    None => code.code.clone(),
                }),
                fit: plover.map(|code| code.fit),
                about: plover.and_then(of_plover),
                reason: because(|codes| codes.plover.is_some()) + &parties(&plover),
            },
            CodeReason {
                book: named("CAMEO", &books.cameo),
                code: cameo.map(|code| code.code.clone()),
                fit: cameo.map(|code| code.fit),
                about: cameo.and_then(|code| about(books.cameo.get(&code.code, None))),
                reason: because(|codes| codes.cameo.is_some()) + &parties(&cameo),
            },
            CodeReason {
                book: named("ACLED style", &books.acled),
                code: acled.map(|code| format!("{}: {}", code.event, code.sub_event)),
                fit: acled.map(|code| code.fit),
                about: acled.and_then(|code| about(books.acled.get(&code.event, Some(&code.sub_event)))),
                reason: because(|codes| codes.acled.is_some()),
            },
            CodeReason {
                book: named("GDELT counts", &books.counts),
                about: count.as_deref().and_then(|name| about(books.counts.get(name, None))),
                code: count,
                fit: None,
                reason: because(|codes| codes.gdelt_count.is_some()),
            },
        ]
    }

    /// The conditions of an override of codes, all of which hold.
    fn of_override(&self, draft: &Draft, when: usize) -> String {
        let frames = self.frames();
        let frame = &frames.frames[draft.frame];
        let when = &frame.codes_when[when];
        let mut because: Vec<String> =
            when.predicates.iter().map(|predicate| frames.spell_predicate(predicate)).collect();
        because.extend((!when.rules.is_empty()).then(|| format!("the rule is {}", frames.rules[draft.rule].name)));
        let tolls: Vec<String> = when.toll.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
        because.extend((!tolls.is_empty()).then(|| format!("people were {}", tolls.join(" or "))));
        because.extend(when.polarity.map(|polarity| format!("it is {polarity:?}").to_lowercase()));
        because.extend(when.modality.map(|modality| format!("it is {modality:?}").to_lowercase()));
        format!("of {}, when {}", frame.name, because.join(" and "))
    }
}

/// Did the attempt make the draft?
fn made(attempt: &Attempt<'_>, draft: &Draft) -> bool {
    attempt.trigger.rule == draft.rule
        && attempt.outcome.as_ref().is_ok_and(|matched| matched.words == draft.matched.words)
}

/// The way through the tree from a trigger, or the verb that carries it, to a word.
fn path(scene: &Scene<'_, '_>, matched: &Match, from: Option<usize>, word: usize) -> String {
    let relations = scene.relations();
    let from = from.unwrap_or(matched.clause());
    let is_start = |word: usize| word == from || matched.words.contains(&word) && from == matched.word;
    let step = |word: usize| {
        let deprel = relations.deprel(word);
        let case = match deprel {
            Deprel::Obl | Deprel::Nmod => scene.grammar.case(word).map(|case| relations.form(case).to_lowercase()),
            _ => None,
        };
        case.map_or_else(|| deprel.as_str().to_owned(), |case| format!("{}:{case}", deprel.as_str()))
    };
    let climb = |from: usize| {
        let mut words = vec![from];
        while words.len() <= STEPS
            && let Some(head) = relations.head(words[words.len() - 1])
        {
            words.push(head);
        }
        words
    };
    let (down, up) = (climb(word), climb(from));
    if let Some(depth) = down.iter().position(|&word| is_start(word)) {
        return down[..depth].iter().rev().map(|&word| step(word)).collect::<Vec<_>>().join(">");
    }
    // The ways up from both meet.
    let Some(meeting) = up.iter().position(|word| down.contains(word)) else { return "far away".to_owned() };
    let depth = down.iter().position(|&word| word == up[meeting]).unwrap_or(0);
    let rising = up[..meeting].iter().map(|&word| format!("^{}", step(word)));
    let falling = down[..depth].iter().rev().map(|&word| step(word));
    rising.chain(falling).collect::<Vec<_>>().join(">")
}

/// How a time lies to the date of the document.
fn arithmetic(document: Date, first: Date, last: Date) -> String {
    let named = |date: Date| {
        let weekday = match date.weekday() {
            jiff::civil::Weekday::Monday => "Monday",
            jiff::civil::Weekday::Tuesday => "Tuesday",
            jiff::civil::Weekday::Wednesday => "Wednesday",
            jiff::civil::Weekday::Thursday => "Thursday",
            jiff::civil::Weekday::Friday => "Friday",
            jiff::civil::Weekday::Saturday => "Saturday",
            jiff::civil::Weekday::Sunday => "Sunday",
        };
        format!("{date} ({weekday})")
    };
    let days = |from: Date, to: Date| (to - from).get_days();
    let count = |days: i32| if days.abs() == 1 { "1 day".to_owned() } else { format!("{} days", days.abs()) };
    if first == last {
        let apart = days(document, first);
        let sign = if apart < 0 { '-' } else { '+' };
        return format!("{} {sign} {} = {}", named(document), count(apart), named(first));
    }
    let where_ = if last < document {
        format!("ends {} before", count(days(last, document)))
    } else if first > document {
        format!("begins {} after", count(days(document, first)))
    } else {
        "holds".to_owned()
    };
    format!("{} to {}: {where_} {}", named(first), named(last), named(document))
}
