//! What every rule with a trigger at a word makes of it. [`matches`](super::matches) keeps only the best; this is for
//! explanations, and runs nowhere else.

use dateline_syntax::Relations;

use super::class::ClassSet;
use super::grammar::Grammar;
use super::matching::{Arrival, Binder, Match, Miss, find_support, heads, trigger_words};
use super::schema::{Frames, Trigger, TriggerKind};

/// A trigger tried at a word.
pub(crate) struct Attempt<'f> {
    pub(crate) trigger: &'f Trigger,
    pub(crate) outcome: Result<Match, Miss>,
    /// The words that the patterns of its roles arrived at.
    pub(crate) arrivals: Vec<Arrival<'f>>,
}

/// Tries all triggers that the word may head, in the order of the files.
pub(crate) fn attempts<'f, R: Relations + ?Sized>(
    frames: &'f Frames,
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
) -> Vec<Attempt<'f>> {
    let time = frames.classes.bit("time").unwrap_or_default();
    let named = frames.classes.bit("named").unwrap_or_default();
    let mut binder = Binder::new(frames, grammar, classes);
    let mut tried = |trigger: &'f Trigger, arrivals: &mut Vec<Arrival<'f>>| {
        if classes[word].intersects(time) {
            return Err(Miss::Time);
        }
        if trigger.kind == TriggerKind::Noun && classes[word].intersects(named) {
            return Err(Miss::Named);
        }
        let mut words = trigger_words(grammar, classes, word, trigger)?;
        words.push(word);
        words.sort_unstable();
        let support = match trigger.kind {
            TriggerKind::Noun => find_support(frames, grammar, classes, word),
            TriggerKind::Verb | TriggerKind::Adjective => None,
        };
        binder.bind(frames, word, words, trigger.rule, support, |arrival| arrivals.push(arrival))
    };
    let mut attempt = |trigger| {
        let mut arrivals = Vec::new();
        Attempt { trigger, outcome: tried(trigger, &mut arrivals), arrivals }
    };
    let mut triggers: Vec<u32> = heads(frames, grammar.relations(), word).map(|lead| lead.trigger).collect();
    triggers.sort_unstable();
    triggers.into_iter().map(|trigger| attempt(&frames.triggers[trigger as usize])).collect()
}
