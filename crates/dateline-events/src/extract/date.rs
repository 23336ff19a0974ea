use std::ops::Range;

use dateline_syntax::clause::{Tense, is_predicate, tense_of};
use dateline_syntax::{Deprel, Relations, Xpos};
use dateline_tokenizer::Span;
use jiff::civil::Date;

use super::draft::Draft;
use super::period::period;
use super::scene::Scene;
use super::truth::Cues;
use crate::annotation::{EventTime, Modality, Time, TimeBasis, TimeType};

/// How many words after "last month's" its event may stand.
const POSSESSED: usize = 6;

/// How many coordinated clauses share one time.
const CLAUSES: usize = 4;

/// Gives the events of one piece the times of its clauses; `own` are the piece's drafts, `date` is the document's day.
pub(super) fn times_of_piece(
    cues: &Cues,
    scene: &Scene<'_, '_>,
    date: Option<Date>,
    own: Range<usize>,
    drafts: &mut [Draft],
) {
    let relations = scene.relations();
    if relations.is_empty() {
        return;
    }
    for time in scene.times(scene.span()) {
        let Some(value) = event_time(time) else {
            continue;
        };
        let words = scene.context.reading.words(scene.piece, Span::new(time.start, time.end));
        // "officials said on Monday": nothing that they tell of need have happened then.
        if scene.tail.as_ref().is_some_and(|tail| words.start > tail.verb && !tail.tells(words.start)) {
            continue;
        }
        for owner in owners_of(cues, scene, words, time, date, drafts) {
            let draft = &mut drafts[owner];
            if draft.time.is_none() {
                draft.time = Some(EventTime { value: Some(value.clone()), basis: TimeBasis::Text });
            }
        }
    }
    share(scene, own, drafts);
}

/// The events that a time belongs to.
fn owners_of(
    cues: &Cues,
    scene: &Scene<'_, '_>,
    words: Range<usize>,
    time: &Time,
    date: Option<Date>,
    drafts: &[Draft],
) -> Vec<usize> {
    let relations = scene.relations();
    let trigger = |word: usize| scene.owners[word].filter(|&owner| drafts[owner].matched.word == word);
    // "last month's stabbing", "Friday's attack".
    if words.end < relations.len() && matches!(relations.form(words.end), "'s" | "’s" | "'") {
        let noun = (words.end..relations.len().min(words.end + POSSESSED))
            .take_while(|&word| word == words.end || relations.head(word).is_some() && !is_predicate(relations, word));
        // If the noun is no event that is known, the time is of no other.
        return noun.filter_map(trigger).take(1).collect();
    }
    let Some(top) = scene.top(words.clone()) else { return Vec::new() };
    let mut subjects = Vec::new();
    let mut below_content = false;
    let mut clause = None;
    let found = scene.climb(top, |at| {
        if below_content || scene.owners[at].is_some() {
            return true;
        }
        // "Talks will go ahead next week": the verb is no event, what goes ahead is one.
        if is_predicate(relations, at) {
            clause = Some(at);
            let arguments = relations
                .dependents(at)
                .filter(|&word| matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj));
            subjects.extend(arguments.filter_map(trigger));
            // "Police used tear gas overnight to break up a rally", "tried on Monday to seize the town".
            if subjects.is_empty() {
                let means = cues.is_means(scene, at);
                let purposes = relations.dependents(at).filter(|&word| match relations.deprel(word) {
                    Deprel::Xcomp => word > words.end || words.start < at,
                    Deprel::Advcl => means && relations.xpos(word) == Xpos::Vb,
                    _ => false,
                });
                subjects.extend(purposes.filter_map(trigger));
            }
        }
        // What a speaker said on Tuesday need not have happened on Tuesday.
        below_content = matches!(relations.deprel(at), Deprel::Ccomp);
        below_content || !subjects.is_empty()
    });
    if !subjects.is_empty() {
        return subjects;
    }
    let Some((at, owner)) = found.and_then(|at| Some((at, scene.owners[at]?))) else {
        // "A bomb was found on Monday, and residents were evacuated."
        let clauses = clause.filter(|_| !below_content).into_iter().flat_map(|clause| {
            let coordinated = relations.dependents(clause).filter(move |&word| {
                word >= words.end
                    && relations.deprel(word) == Deprel::Conj
                    && tense_of(relations, word) == tense_of(relations, clause)
            });
            coordinated.filter_map(trigger).filter(|&owner| scene.context.frames.frames[drafts[owner].frame].is_local())
        });
        return clauses.collect();
    };
    // "Police are investigating the beating of a clerk on Sunday": what is going on today was not on Sunday.
    let before = || {
        let last = time.value.as_deref().and_then(period).map(|(_, last)| last);
        date.zip(last).is_some_and(|(date, last)| last < date)
    };
    if tense_of(relations, at) == Tense::Present && relations.xpos(at) == Xpos::Vbg && words.start > at && before() {
        return (at + 1..words.start).rev().filter_map(trigger).find(|&other| other != owner).into_iter().collect();
    }
    vec![owner]
}

/// Times hold for coordinated clauses of the same tense, and for what a dated act is done to: "They defused a bomb on Monday
/// and evacuated the street", "Police broke up a rally overnight".
fn share(scene: &Scene<'_, '_>, own: Range<usize>, drafts: &mut [Draft]) {
    let relations = scene.relations();
    let frames = scene.context.frames;
    for index in own {
        if drafts[index].time.is_some() {
            continue;
        }
        let mut at = drafts[index].matched.clause();
        let mut time = None;
        for _ in 0..CLAUSES {
            let Some(head) = relations.head(at) else { break };
            let coordinated =
                relations.deprel(at) == Deprel::Conj && tense_of(relations, at) == tense_of(relations, head);
            let argument = matches!(relations.deprel(at), Deprel::Obj | Deprel::NsubjPass)
                && at == drafts[index].matched.word
                && drafts[index].matched.support.is_none();
            if !coordinated && !argument {
                break;
            }
            at = head;
            let Some(owner) = scene.owners[at].filter(|&owner| owner != index) else { continue };
            let other = &drafts[owner];
            let local = frames.frames[other.frame].is_local() && frames.frames[drafts[index].frame].is_local();
            if local && let Some(found) = other.time.as_ref().filter(|time| time.basis == TimeBasis::Text) {
                time = Some(found.clone());
                break;
            }
        }
        drafts[index].time = time;
    }
}

/// Gives times to events on the ground that have none, from the last one before in the same paragraph: "Police arrested two
/// men on Monday. A third was wounded."
pub(super) fn inherit(scenes: &[Scene<'_, '_>], order: &[usize], drafts: &mut [Draft]) {
    let Some(scene) = scenes.first() else { return };
    let (frames, paragraphs) = (scene.context.frames, &scene.context.reading.paragraphs);
    let mut last: Option<(usize, EventTime)> = None;
    for &index in order {
        let draft = &mut drafts[index];
        if !frames.frames[draft.frame].is_local() || draft.background {
            continue;
        }
        let paragraph = paragraphs[draft.sentence];
        match &draft.time {
            // What is planned for Monday is no day of what has happened.
            Some(_) if draft.modality == Modality::Planned => {}
            Some(time) if time.basis != TimeBasis::Document => last = Some((paragraph, time.clone())),
            Some(_) => {}
            None => {
                let source = last.as_ref().filter(|(of, _)| *of == paragraph);
                draft.time = source.map(|(_, time)| EventTime { basis: TimeBasis::Inherited, ..time.clone() });
            }
        }
    }
}

/// The value that an event may take from an expression; none from lengths of time.
pub(super) fn event_time(time: &Time) -> Option<String> {
    if !matches!(time.r#type, TimeType::Date | TimeType::Time) {
        return None;
    }
    let value = time.value.as_deref()?;
    if !value.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(match &time.end_value {
        Some(end) => format!("{value}/{end}"),
        None => value.to_owned(),
    })
}
