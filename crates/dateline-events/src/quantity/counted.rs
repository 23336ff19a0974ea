//! What a number counts: the noun that it hangs on, the noun after "of", or what was counted before.

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::amount::Amount;
use super::{Piece, is_argument};
use crate::atom::{Class, Entry, Kind};

/// How many words may stand between a number and its noun.
const REACH: usize = 6;

/// The lemma of what is counted, if anything tells it.
pub(super) struct Counted(pub(super) Option<String>);

impl<R: Relations + ?Sized> Piece<'_, '_, R> {
    /// What an amount counts; none if it is no count.
    pub(super) fn counted(&self, start: usize, amount: &Amount, elided: Option<&str>) -> Option<Counted> {
        let atoms = self.atoms;
        let end = amount.end;
        let one = amount.max == Some(1.0) && amount.min == Some(1.0) && atoms.get(start)?.kind == Kind::Word;
        if one && !self.is_numeral_one(start) {
            return None;
        }
        if atoms
            .is_any(end, &["third", "thirds", "quarters", "fifths", "fourths", "tenths", "eighths", "halves", "times"])
        {
            return None;
        }
        let of = atoms.is(end, "of");
        let word = self.word(end - 1)?;
        let noun = if of { self.noun_of(word, end + 1) } else { self.noun_of_number(word, end) };
        // "200 others": of those that were counted before.
        if noun.is_some_and(|noun| self.relations.lemma(noun) == "other") {
            return Some(Counted(elided.map(str::to_owned)));
        }
        if let Some(noun) = noun {
            return Some(Counted(Some(self.relations.lemma(noun).to_lowercase())));
        }
        if of {
            // "two of them": what was counted before.
            return Some(Counted(elided.map(str::to_owned)));
        }
        let number = atoms.get(start)?;
        // "Article 5", "Group 20": a name before it.
        let name = start > 0
            && number.kind == Kind::Digits
            && self.word(start - 1).is_some_and(|before| self.relations.upos(before) == Upos::Propn)
            && atoms.get(start - 1).is_some_and(|before| before.kind == Kind::Word);
        if name || number.digits == 4 && (1900.0..2100.0).contains(&number.value) {
            return None;
        }
        let stands = is_argument(self.relations.deprel(word))
            || self.tag(end).is_some_and(|tag| matches!(tag, Xpos::In | Xpos::Vbd | Xpos::Vbn | Xpos::Vbp | Xpos::Jj));
        let list = number.kind == Kind::Digits && start == 0 && (atoms.is_mark(end, '.') || atoms.is_mark(end, ')'));
        if list {
            return None;
        }
        let antecedent = if stands { elided.map(str::to_owned) } else { None };
        if one && antecedent.is_none() {
            return None;
        }
        Some(Counted(antecedent))
    }

    /// "one" that counts, and no pronoun: "one soldier", "and one in the Istra district", "one of the men".
    fn is_numeral_one(&self, at: usize) -> bool {
        let atoms = self.atoms;
        if self.tag(at) == Some(Xpos::Prp) || atoms.is_hyphen(at + 1) {
            return false;
        }
        let pronoun_after = atoms.is_any(
            at + 1,
            &["another", "who", "whose", "that", "can", "could", "should", "would", "may", "might", "must"],
        );
        let before = at.checked_sub(1);
        let pronoun_before = before.is_some_and(|before| {
            atoms.is_any(
                before,
                &["no", "the", "this", "that", "which", "another", "any", "every", "each", "only", "number", "a", "an"],
            ) || matches!(self.tag(before), Some(Xpos::Jj | Xpos::Jjs | Xpos::PrpS))
        });
        let noun = matches!(self.tag(at + 1), Some(Xpos::Nn | Xpos::Nnp | Xpos::Jj));
        !pronoun_after && (!pronoun_before || noun) && !atoms.is_any(at + 1, &["day", "time", "side", "thing", "way"])
    }

    /// The noun that a number hangs on.
    fn noun_of_number(&self, word: usize, end: usize) -> Option<usize> {
        let relations = self.relations;
        let mut at = word;
        for _ in 0..3 {
            let direct = matches!(
                relations.deprel(at),
                Deprel::Nummod | Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::DetPredet | Deprel::Flat
            );
            let Some(head) = relations.head(at).filter(|_| direct) else { break };
            let state = Entry::of(relations.form(head)).has(Class::State);
            // "two over Kaluga" are not two Kalugas.
            let apart =
                (word + 1..head).any(|between| matches!(relations.upos(between), Upos::Adp | Upos::Verb | Upos::Aux));
            if matches!(relations.upos(head), Upos::Noun | Upos::Propn) && head > word && !state && !apart {
                return Some(head);
            }
            at = head;
        }
        self.noun_from(end)
    }

    /// The noun after "of" that a word like "dozens" counts.
    fn noun_of(&self, word: usize, after: usize) -> Option<usize> {
        let relations = self.relations;
        let noun = relations.dependents(word).find(|&dependent| {
            relations.deprel(dependent) == Deprel::Nmod
                && dependent > word
                && matches!(relations.upos(dependent), Upos::Noun | Upos::Propn)
        });
        noun.or_else(|| self.noun_from(after))
    }

    /// The last noun of the first run of nouns after some modifiers, by the order of words alone.
    fn noun_from(&self, start: usize) -> Option<usize> {
        let mut found = None;
        let mut at = start;
        let limit = start + REACH;
        while at < limit {
            let atom = self.atoms.get(at)?;
            if matches!(atom.kind, Kind::Mark(_)) && !(self.atoms.is_hyphen(at) || self.atoms.is_mark(at, '"')) {
                break;
            }
            let word = self.word(at)?;
            match self.relations.xpos(word) {
                // "at least 17 wounded": what they are, not who.
                _ if atom.entry.has(Class::State) && !self.is_noun(at + 1) => break,
                Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps => found = Some(word),
                _ if found.is_some() => break,
                Xpos::Jj
                | Xpos::Jjr
                | Xpos::Jjs
                | Xpos::Dt
                | Xpos::PrpS
                | Xpos::Hyph
                | Xpos::Afx
                | Xpos::Cd
                | Xpos::OpenQuote => {}
                // "two wounded soldiers", "17 fleeing women", but not "17 wounded in".
                Xpos::Vbn | Xpos::Vbg if matches!(self.tag(at + 1), Some(Xpos::Nn | Xpos::Nns | Xpos::Jj)) => {}
                _ => break,
            }
            at += 1;
        }
        found
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.tag(at), Some(Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps))
    }

    /// The lemma of the noun that is described by the words before an atom: "man" after "61-year-old".
    pub(super) fn noun_after(&self, start: usize) -> Option<String> {
        self.noun_from(start).map(|noun| self.relations.lemma(noun).to_lowercase())
    }
}
