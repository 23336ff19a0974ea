//! What an extractor knows, for people to read.

use super::schema::{Frames, TriggerKind};

/// A type of event that an extractor knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventType {
    /// Its name, as reports have it.
    pub name: String,
    /// What it means.
    pub about: String,
    /// The ways in which it is told.
    pub rules: Vec<EventRule>,
}

/// A way in which events of a type are told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventRule {
    /// Its name, as reports have it: `type/rule`.
    pub name: String,
    /// Verbs that trigger it, with the words that hang on them; `[x|y]` is any word of class `x` or `y`.
    pub verbs: Vec<String>,
    /// Nouns that trigger it, with the words before them.
    pub nouns: Vec<String>,
    /// Adjectives that trigger it.
    pub adjectives: Vec<String>,
}

pub(crate) fn describe(frames: &Frames) -> Vec<EventType> {
    let mut rules: Vec<EventRule> =
        frames.rules.iter().map(|rule| EventRule { name: rule.name.clone(), ..EventRule::default() }).collect();
    for trigger in &frames.triggers {
        let rule = &mut rules[trigger.rule];
        let list = match trigger.kind {
            TriggerKind::Verb => &mut rule.verbs,
            TriggerKind::Noun => &mut rule.nouns,
            TriggerKind::Adjective => &mut rule.adjectives,
        };
        list.push(frames.spell_trigger(trigger));
    }
    let types = frames.frames.iter().map(|frame| (frame.name.clone(), frame.about.clone()));
    let mut types: Vec<EventType> = types.map(|(name, about)| EventType { name, about, rules: Vec::new() }).collect();
    for (rule, described) in frames.rules.iter().zip(rules) {
        types[rule.frame].rules.push(described);
    }
    types
}
