use dateline_syntax::{Deprel, Relations};
use dateline_tokenizer::Span;

use super::draft::Draft;
use super::scene::Scene;
use crate::annotation::{EventTime, Time, TimeBasis, TimeType};

/// How far a time climbs the tree to find the event that it belongs to.
const STEPS: usize = 24;

/// Gives the events of one piece the times of its clauses.
pub(super) fn times_of_piece(scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    let relations = scene.relations();
    if relations.is_empty() {
        return;
    }
    for time in scene.times(scene.span()) {
        let Some(value) = event_time(time) else {
            continue;
        };
        let words = scene.context.reading.words(scene.piece, Span::new(time.start, time.end));
        let Some(mut at) =
            words.clone().rev().find(|&word| relations.head(word).is_none_or(|head| !words.contains(&head)))
        else {
            continue;
        };
        for _ in 0..STEPS {
            if let Some(owner) = scene.owners[at] {
                let draft = &mut drafts[owner];
                if draft.time.is_none() {
                    draft.time = Some(EventTime { value: Some(value), basis: TimeBasis::Text });
                }
                break;
            }
            let Some(head) = relations.head(at) else {
                break;
            };
            // What a speaker said on Tuesday need not have happened on Tuesday.
            if matches!(relations.deprel(at), Deprel::Ccomp) {
                break;
            }
            at = head;
        }
    }
}

/// The value that an event may take from an expression; none from lengths of time.
fn event_time(time: &Time) -> Option<String> {
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
