//! Parts of rules as frames files write them.

use super::schema::{Filter, Frames, Pattern, Predicate, Step, Trigger, TriggerKind, TriggerWord};

impl Frames {
    /// A trigger: `shoot down`, `[drone] strike`.
    pub(crate) fn spell_trigger(&self, trigger: &Trigger) -> String {
        self.spell_words(trigger, &trigger.others)
    }

    /// The head of a trigger with other words than its own: those of an exception.
    pub(crate) fn spell_words(&self, trigger: &Trigger, others: &[TriggerWord]) -> String {
        let others = others.iter().map(|word| match word {
            TriggerWord::Lemma(lemma) => lemma.clone(),
            TriggerWord::Class(set) => format!("[{}]", self.classes.names_of(*set)),
        });
        let head = std::iter::once(trigger.head.clone());
        let words: Vec<String> = match trigger.kind {
            TriggerKind::Noun => others.chain(head).collect(),
            TriggerKind::Verb | TriggerKind::Adjective => head.chain(others).collect(),
        };
        words.join(" ")
    }

    /// A pattern: `obl:on>nmod:of[weapon]`.
    pub(crate) fn spell_pattern(&self, pattern: &Pattern) -> String {
        let path = pattern.path.iter().map(spell_step).collect::<Vec<_>>().join(">");
        pattern.filter.map_or_else(|| path.clone(), |filter| format!("{path}[{}]", self.spell_filter(filter)))
    }

    fn spell_filter(&self, filter: Filter) -> String {
        let not = if filter.negated { "!" } else { "" };
        format!("{not}{}", self.classes.names_of(filter.any_of))
    }

    /// A condition in words: `target is drone|missile`.
    pub(crate) fn spell_predicate(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Is(role, set) => format!("{} is {}", role.as_str(), self.classes.names_of(*set)),
            Predicate::Not(role, set) => format!("{} is not {}", role.as_str(), self.classes.names_of(*set)),
            Predicate::Filled(role) => format!("{} is filled", role.as_str()),
            Predicate::Empty(role) => format!("{} is empty", role.as_str()),
        }
    }
}

fn spell_step(step: &Step) -> String {
    let up = if step.up { "^" } else { "" };
    let case = step.case.as_deref().map_or(String::new(), |case| format!(":{}", case.replace(' ', "_")));
    format!("{up}{}{case}", step.deprel.as_str())
}
