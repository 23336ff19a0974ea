//! Past or future: what the clause around an expression of time tells.

use dateline_syntax::clause::{Tense, predicate_of, tense_of};
use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::resolve::Direction;
use crate::atom::{Atoms, Class, Entry};

/// How many clauses it looks at, upwards.
const CLAUSES: usize = 4;

/// Where the clause of some atoms puts them.
pub(super) fn direction<R: Relations + ?Sized>(
    atoms: &Atoms<'_>,
    relations: &R,
    start: usize,
    end: usize,
) -> Direction {
    let first = relations.first_token();
    let word = |atom: usize| atoms.get(atom).map(|atom| (atom.token as usize).saturating_sub(first));
    let (Some(from), Some(to)) = (word(start), word(end - 1)) else { return Direction::Unknown };
    if to >= relations.len() {
        return Direction::Unknown;
    }
    // The word of the expression that the rest hangs on.
    let outside = |word: usize| relations.head(word).is_none_or(|head| !(from..=to).contains(&head));
    let head = (from..=to).rev().find(|&word| outside(word)).unwrap_or(to);
    let before = |words: &[&str]| start > 0 && atoms.is_any(start - 1, words);
    // "Tuesday's ruling" has been made.
    if before(&["since"]) || atoms.is_any(end, &["'s", "’s"]) {
        return Direction::Past;
    }
    if told(relations, from) {
        return Direction::Past;
    }
    let until = before(&["by", "until", "till"]);
    let mut at = predicate_of(relations, head);
    for _ in 0..CLAUSES {
        let Some(predicate) = at else { break };
        if until && Entry::of(relations.lemma(predicate)).has(Class::Plan) {
            return Direction::Future;
        }
        match of_clause(relations, predicate) {
            Direction::Unknown => {}
            found => return found,
        }
        at = relations.head(predicate).and_then(|head| predicate_of(relations, head));
    }
    match tense_of(relations, head) {
        Tense::Past => Direction::Past,
        Tense::Future => Direction::Future,
        _ if until => Direction::Future,
        _ => Direction::Unknown,
    }
}

/// Does a verb of the past come right before the expression ("announced Tuesday", "the order issued on Monday")?
fn told<R: Relations + ?Sized>(relations: &R, word: usize) -> bool {
    let on = word.checked_sub(1).filter(|&before| relations.lemma(before) == "on");
    let Some(verb) = on.unwrap_or(word).checked_sub(1) else { return false };
    let plan = Entry::of(relations.lemma(verb)).has(Class::Plan);
    let helped = || {
        let helps = |word| matches!(relations.deprel(word), Deprel::Aux | Deprel::AuxPass);
        relations.dependents(verb).any(helps)
    };
    match relations.xpos(verb) {
        Xpos::Vbd => !plan && relations.lemma(verb) != "be",
        Xpos::Vbn => !plan && !helped(),
        _ => false,
    }
}

/// What the verb of one clause says by itself.
fn of_clause<R: Relations + ?Sized>(relations: &R, predicate: usize) -> Direction {
    let mut modal = false;
    let (mut have, mut had, mut could, mut was) = (false, false, false, false);
    for word in relations.dependents(predicate) {
        match relations.deprel(word) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                modal |= relations.xpos(word) == Xpos::Md;
                have |= relations.lemma(word) == "have";
                had |= relations.lemma(word) == "have" && relations.xpos(word) == Xpos::Vbd;
                was |= relations.xpos(word) == Xpos::Vbd;
                could |= relations.lemma(word) == "could";
            }
            _ => {}
        }
    }
    let lemma = relations.lemma(predicate);
    let tag = relations.xpos(predicate);
    // "due Friday", "scheduled for June 5", "has called a meeting for Monday"; "had been due" is over.
    let participle = matches!(tag, Xpos::Vbn | Xpos::Jj) || relations.upos(predicate) == Upos::Adj;
    let entry = Entry::of(lemma);
    if entry.has(Class::Plan) && (participle || entry.get(Class::Plan) == Some(1)) {
        return if had { Direction::Past } else { Direction::Future };
    }
    if modal {
        return match (have, could) {
            (true, _) => Direction::Past,
            (_, true) => Direction::Unknown,
            _ => Direction::Future,
        };
    }
    if have {
        return Direction::Past;
    }
    // By the order of words: "due to" may look like a preposition.
    let before = (0..predicate).rev().find(|&word| relations.upos(word) != Upos::Adv);
    if tag == Xpos::Vb
        && let Some(to) = before.filter(|&word| relations.xpos(word) == Xpos::To)
    {
        let above = to.checked_sub(1);
        // "Delegates are to meet on Friday".
        if above
            .is_some_and(|word| relations.lemma(word) == "be" && matches!(relations.xpos(word), Xpos::Vbz | Xpos::Vbp))
        {
            return Direction::Future;
        }
        let above = above.map_or("", |word| relations.lemma(word));
        let entry = Entry::of(above);
        return if entry.has(Class::Plan) || entry.has(Class::Intent) { Direction::Future } else { Direction::Unknown };
    }
    // "the truce begins on Friday".
    if matches!(tag, Xpos::Vbz | Xpos::Vbp | Xpos::Vbg) && !was && Entry::of(lemma).has(Class::Ahead) {
        return Direction::Future;
    }
    if tag == Xpos::Vbd {
        return Direction::Past;
    }
    Direction::Unknown
}
