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
    let since = start > 0 && atoms.is(start - 1, "since");
    if since {
        return Direction::Past;
    }
    let until = start > 0 && atoms.is_any(start - 1, &["by", "until", "till"]);
    let mut at = predicate_of(relations, head);
    for _ in 0..CLAUSES {
        let Some(predicate) = at else { break };
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

/// What the verb of one clause says by itself.
fn of_clause<R: Relations + ?Sized>(relations: &R, predicate: usize) -> Direction {
    let mut modal = false;
    let mut have = false;
    for word in relations.dependents(predicate) {
        match relations.deprel(word) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                modal |= relations.xpos(word) == Xpos::Md;
                have |= relations.lemma(word) == "have";
            }
            _ => {}
        }
    }
    let lemma = relations.lemma(predicate);
    if modal {
        return if have { Direction::Past } else { Direction::Future };
    }
    if have {
        return Direction::Past;
    }
    let tag = relations.xpos(predicate);
    // By the order of words: "due to" may look like a preposition.
    let before = (0..predicate).rev().find(|&word| relations.upos(word) != Upos::Adv);
    if tag == Xpos::Vb
        && let Some(to) = before.filter(|&word| relations.xpos(word) == Xpos::To)
    {
        let above = to.checked_sub(1).map_or("", |word| relations.lemma(word));
        return if Entry::of(above).has(Class::Done) { Direction::Unknown } else { Direction::Future };
    }
    // "due Friday", "scheduled for June 5", "the talks planned for Monday".
    let participle = matches!(tag, Xpos::Vbn | Xpos::Jj) || relations.upos(predicate) == Upos::Adj;
    if participle && Entry::of(lemma).has(Class::Planned) {
        return Direction::Future;
    }
    // "the truce begins on Friday".
    if matches!(tag, Xpos::Vbz | Xpos::Vbp) && Entry::of(lemma).has(Class::Ahead) {
        return Direction::Future;
    }
    let progressive = tag == Xpos::Vbg
        && relations
            .dependents(predicate)
            .any(|word| relations.deprel(word) == Deprel::Aux && matches!(relations.xpos(word), Xpos::Vbz | Xpos::Vbp));
    if progressive {
        return Direction::Future;
    }
    if tag == Xpos::Vbd {
        return Direction::Past;
    }
    Direction::Unknown
}
