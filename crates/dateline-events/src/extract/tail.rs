//! Who says so at the end of a sentence or between two commas: "..., the aviation agency said on Monday", "..., said the mayor of the old town".
//!
//! News tells its sources there, behind a comma, in a handful of forms. They are read from the words and not from the tree: in a long
//! sentence the tree hangs the speaker on the noun before the comma as often as not.

use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::saying::{Content, Pattern, Saying};
use super::source::is_silent;
use crate::annotation::Status;
use crate::frame::Grammar;

/// How many words may follow the verb: "on Monday in a statement on its website".
const AFTER: usize = 10;

/// How many words the speaker may have.
const SPEAKER: usize = 18;

/// The words of a sentence that tell who says the rest of it.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    /// Its comma: what stands before is said.
    pub(super) comma: usize,
    /// The words for the speaker, and the one that they hang on.
    pub(super) speakers: Range<usize>,
    pub(super) speaker: usize,
    pub(super) verb: usize,
    /// What stands behind it is said too: "..., the agency said, a day after ...".
    inside: bool,
    pub(super) status: Status,
}

impl Tail {
    /// Is the word a part of what is said?
    pub(super) fn tells(&self, word: usize) -> bool {
        word < self.comma || self.inside && word > self.verb
    }

    /// Are there several speakers, "residents and a doctor"?
    pub(super) fn has_several<R: Relations>(&self, grammar: &Grammar<'_, R>) -> bool {
        self.speakers.clone().any(|word| grammar.is(word, "and"))
    }
}

/// The tail of a sentence, if it has one: the last. Looks at a bounded number of words around each verb of saying.
pub(super) fn find<R: Relations>(saying: &Saying, grammar: &Grammar<'_, R>) -> Option<Tail> {
    let relations = grammar.relations();
    (0..relations.len()).rev().filter(|&word| relations.upos(word) == Upos::Verb).find_map(|verb| {
        let finite = matches!(relations.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
        let class = saying.class(Pattern::Verb, relations.lemma(verb)).filter(|_| finite)?;
        if !class.has(Content::Clause) || class.status == Status::Denied || is_silent(saying, grammar, verb) {
            return None;
        }
        let (comma, speakers) = before(grammar, verb).or_else(|| behind(grammar, verb))?;
        let told = (0..comma).any(|word| matches!(relations.upos(word), Upos::Verb | Upos::Noun));
        let speaker = head(grammar, speakers.clone()).filter(|_| told)?;
        let inside = verb + 1 < relations.len() && relations.form(verb + 1) == ",";
        Some(Tail { comma, speakers, speaker, verb, inside, status: class.status })
    })
}

/// ", the mayor of Lviv, Ana Reyes, said on Monday": the comma and the words for the speaker.
fn before<R: Relations>(grammar: &Grammar<'_, R>, verb: usize) -> Option<(usize, Range<usize>)> {
    let relations = grammar.relations();
    let inside = verb + 1 < relations.len() && relations.form(verb + 1) == ",";
    if !inside && (relations.len() - verb > AFTER + 1 || !ends(grammar, verb + 1)) {
        return None;
    }
    let mut end = verb;
    while end > 0 && matches!(relations.upos(end - 1), Upos::Aux | Upos::Adv) {
        end -= 1;
    }
    let floor = verb.saturating_sub(SPEAKER);
    let comma_before = |end: usize| (floor..end).rev().find(|&word| relations.form(word) == ",");
    let mut comma = comma_before(end)?;
    let mut words = comma + 1..end;
    // "the mayor, Ana Reyes, said": what stands between the commas is beside the speaker.
    if words.is_empty() {
        let middle = comma_before(comma)?;
        if !is_phrase(grammar, middle + 1..comma) {
            return None;
        }
        words = comma_before(middle)? + 1..middle;
        comma = words.start - 1;
    }
    is_phrase(grammar, words.clone()).then_some((comma, words))
}

/// ", said Ana Reyes, the mayor of Lviv": the comma and the words for the speaker.
fn behind<R: Relations>(grammar: &Grammar<'_, R>, verb: usize) -> Option<(usize, Range<usize>)> {
    let relations = grammar.relations();
    let comma = verb.checked_sub(1).filter(|&word| relations.form(word) == ",")?;
    let near = verb + 1..relations.len().min(verb + SPEAKER + 2);
    let end = near.clone().find(|&word| relations.upos(word) == Upos::Punct)?;
    let last = relations.len() <= near.end;
    let rest = near.clone().all(|word| !matches!(relations.upos(word), Upos::Verb | Upos::Aux));
    (last && rest && is_phrase(grammar, verb + 1..end)).then_some((comma, verb + 1..end))
}

/// Do the words from `from` on only say when, where and to whom something was said?
fn ends<R: Relations>(grammar: &Grammar<'_, R>, from: usize) -> bool {
    let relations = grammar.relations();
    let first = relations.upos(from.min(relations.len() - 1));
    let leads = from >= relations.len()
        || matches!(first, Upos::Punct | Upos::Adp | Upos::Adv)
        || matches!(relations.deprel(from), Deprel::OblUnmarked)
        || relations.upos(from) == Upos::Propn
        || relations.upos(from) == Upos::Noun;
    leads && (from..relations.len()).all(|word| !matches!(relations.upos(word), Upos::Verb | Upos::Aux | Upos::Sconj))
}

/// May the words be those for a speaker?
fn is_phrase<R: Relations>(grammar: &Grammar<'_, R>, words: Range<usize>) -> bool {
    let relations = grammar.relations();
    let fits = |word: usize| match relations.upos(word) {
        Upos::Verb => matches!(relations.xpos(word), Xpos::Vbg | Xpos::Vbn),
        Upos::Aux | Upos::Sconj | Upos::Intj => false,
        Upos::Punct => relations.form(word) != ";" && relations.form(word) != ":",
        _ => true,
    };
    let first = words.start;
    !words.is_empty()
        && words.len() <= SPEAKER
        && !matches!(relations.upos(first), Upos::Adp | Upos::Cconj | Upos::Verb | Upos::Adv)
        && words.clone().all(fits)
        && words.clone().any(|word| grammar.is_nominal(word))
}

/// The noun that a phrase is about: the last one before its first preposition or "and".
fn head<R: Relations>(grammar: &Grammar<'_, R>, words: Range<usize>) -> Option<usize> {
    let relations = grammar.relations();
    let end = words.clone().find(|&word| relations.upos(word) == Upos::Adp).unwrap_or(words.end);
    let end = (words.start..end).find(|&word| relations.upos(word) == Upos::Cconj).unwrap_or(end);
    let noun = (words.start..end).rev().find(|&word| grammar.is_nominal(word))?;
    // A name is hung on its first word.
    match relations.head(noun) {
        Some(first) if matches!(relations.deprel(noun), Deprel::Flat) && words.contains(&first) => Some(first),
        _ => Some(noun),
    }
}
