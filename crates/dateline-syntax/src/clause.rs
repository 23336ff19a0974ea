//! Questions about clauses that any [`Relations`] can answer: tense, subject, negation, extent of a phrase.

use std::ops::Range;

use crate::{Deprel, Relations, Upos, Xpos};

/// When a clause's finite verb puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// "killed", "has killed", "was killing", "would".
    Past,
    /// "kills", "is killing".
    Present,
    /// "will kill", "is going to kill", "is to kill".
    Future,
    /// No finite verb, or a modal verb that tells no time ("may kill").
    Unknown,
}

/// How many steps a question follows the tree upwards: deeper chains are no real sentence, and cost stays constant.
const STEPS: usize = 24;

/// The tense of the clause that holds `word`: of the finite verb that governs it.
///
/// The perfect counts as past. Infinitives and participles take the tense of the clause above them, unless they have an
/// auxiliary of their own ("to have killed" is past).
#[must_use]
pub fn tense_of<R: Relations + ?Sized>(relations: &R, word: usize) -> Tense {
    let mut at = predicate_of(relations, word);
    for _ in 0..STEPS {
        let Some(predicate) = at else { break };
        if let Some(tense) = own_tense(relations, predicate) {
            return tense;
        }
        at = relations.head(predicate).and_then(|head| predicate_of(relations, head));
    }
    Tense::Unknown
}

/// The tense that the predicate and its auxiliaries show, if they show any.
fn own_tense<R: Relations + ?Sized>(relations: &R, predicate: usize) -> Option<Tense> {
    let mut finite = None;
    let mut perfect = false;
    let mut progressive_go = false;
    for word in relations.dependents(predicate) {
        if !matches!(relations.deprel(word), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            continue;
        }
        if relations.lemma(word) == "have" {
            perfect = true;
        }
        if finite.is_none() && matches!(relations.xpos(word), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) {
            finite = Some(word);
        }
    }
    if relations.xpos(predicate) == Xpos::Vbg && relations.lemma(predicate) == "go" {
        progressive_go = relations
            .dependents(predicate)
            .any(|word| relations.deprel(word) == Deprel::Xcomp && relations.xpos(word) == Xpos::Vb);
    }
    let Some(finite) = finite else {
        return match relations.xpos(predicate) {
            _ if perfect => Some(Tense::Past),
            Xpos::Vbd => Some(Tense::Past),
            Xpos::Vbz | Xpos::Vbp => Some(Tense::Present),
            _ => None,
        };
    };
    Some(match relations.xpos(finite) {
        Xpos::Md => match relations.lemma(finite) {
            "will" | "shall" | "'ll" | "wo" => Tense::Future,
            _ if perfect => Tense::Past,
            "would" | "could" => Tense::Past,
            _ => Tense::Unknown,
        },
        Xpos::Vbd => Tense::Past,
        _ if perfect => Tense::Past,
        _ if progressive_go => Tense::Future,
        _ => Tense::Present,
    })
}

/// True for the head of a clause: a verb that is no auxiliary or modifier, or whatever a copula makes a predicate.
#[must_use]
pub fn is_predicate<R: Relations + ?Sized>(relations: &R, word: usize) -> bool {
    if matches!(
        relations.deprel(word),
        Deprel::Root
            | Deprel::Parataxis
            | Deprel::Ccomp
            | Deprel::Advcl
            | Deprel::Xcomp
            | Deprel::Acl
            | Deprel::AclRelcl
            | Deprel::AdvclRelcl
            | Deprel::Csubj
            | Deprel::CsubjPass
    ) {
        return true;
    }
    if matches!(
        relations.deprel(word),
        Deprel::Amod
            | Deprel::Compound
            | Deprel::Aux
            | Deprel::AuxPass
            | Deprel::Cop
            | Deprel::Case
            | Deprel::Mark
            | Deprel::Fixed
            | Deprel::Flat
    ) {
        return false;
    }
    relations.upos(word) == Upos::Verb
        || relations.dependents(word).any(|dependent| {
            matches!(relations.deprel(dependent), Deprel::Cop | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux)
        })
}

/// The head of the clause that `word` stands in: the nearest predicate upwards, the word itself included.
#[must_use]
pub fn predicate_of<R: Relations + ?Sized>(relations: &R, word: usize) -> Option<usize> {
    let mut at = word;
    for _ in 0..STEPS {
        if is_predicate(relations, at) {
            return Some(at);
        }
        at = relations.head(at)?;
    }
    None
}

/// The negating words directly under `word`: "not", "n't", "never", "no", "neither", "without".
pub fn negations<R: Relations + ?Sized>(relations: &R, word: usize) -> impl Iterator<Item = usize> {
    relations.dependents(word).filter(move |&dependent| match relations.deprel(dependent) {
        Deprel::Advmod | Deprel::CcPreconj | Deprel::Cc => {
            matches!(relations.lemma(dependent), "not" | "never" | "neither" | "nor" | "hardly" | "barely" | "scarcely")
        }
        Deprel::Det => matches!(relations.lemma(dependent), "no" | "neither"),
        Deprel::Mark | Deprel::Case => relations.lemma(dependent) == "without",
        _ => false,
    })
}

/// The subject that `predicate` has in the tree itself, passive or not; none if it has to be understood.
#[must_use]
pub fn own_subject<R: Relations + ?Sized>(relations: &R, predicate: usize) -> Option<usize> {
    relations.dependents(predicate).find(|&word| matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass))
}

/// The subject of `predicate`, its own or the understood one.
///
/// A coordinated verb shares the subject of the first ("killed three and wounded two"); an infinitive or participle takes the
/// subject of the verb above it, or its object where that verb works on somebody ("forced them to leave"); a verb after a
/// noun ("gunmen holding hostages", "rockets fired at the town") takes the noun; a relative pronoun stands for its noun.
/// With a passive predicate the answer is what undergoes it.
#[must_use]
pub fn subject_of<R: Relations + ?Sized>(relations: &R, predicate: usize) -> Option<usize> {
    let mut at = predicate;
    for _ in 0..STEPS {
        if let Some(subject) = own_subject(relations, at) {
            if matches!(relations.xpos(subject), Xpos::Wdt | Xpos::Wp)
                && relations.deprel(at) == Deprel::AclRelcl
                && let Some(noun) = relations.head(at)
            {
                return Some(noun);
            }
            return Some(subject);
        }
        let head = relations.head(at)?;
        match relations.deprel(at) {
            Deprel::Conj => at = head,
            Deprel::Xcomp => {
                let object = relations
                    .dependents(head)
                    .find(|&word| matches!(relations.deprel(word), Deprel::Obj | Deprel::Iobj) && word < at);
                if object.is_some() && !matches!(relations.lemma(head), "promise" | "use" | "vow" | "threaten") {
                    return object;
                }
                at = head;
            }
            Deprel::Advcl => at = head,
            Deprel::Acl => {
                let infinitive = relations.xpos(at) == Xpos::Vb;
                let with_mark = relations.dependents(at).any(|word| relations.deprel(word) == Deprel::Mark);
                if !infinitive && !with_mark {
                    return Some(head);
                }
                // "an attempt by rebels to seize", "the army's decision to leave": whoever owns the noun.
                let owner = relations.dependents(head).find(|&word| relations.deprel(word) == Deprel::NmodPoss);
                if owner.is_some() {
                    return owner;
                }
                at = predicate_of(relations, head)?;
            }
            _ => return None,
        }
    }
    None
}

/// The case word of a nominal: "in" of "in Kirkuk", "by" of "by gunmen"; the first of a fixed expression ("according" to).
#[must_use]
pub fn case_of<R: Relations + ?Sized>(relations: &R, nominal: usize) -> Option<usize> {
    relations
        .dependents(nominal)
        .find(|&word| relations.deprel(word) == Deprel::Case && relations.upos(word) != Upos::Part)
}

/// The words of a noun phrase as reports quote it: from its leftmost modifier to the end of its prepositional modifiers,
/// without the preposition before it and without relative clauses, appositions, coordinated phrases and brackets after it.
///
/// ```
/// # fn main() -> Result<(), dateline_syntax::Error> {
/// use dateline_syntax::{Analysis, Analyzer, Relations, clause};
/// use dateline_tokenizer::{Tokenizer, Tokens};
///
/// let text = "Gunmen killed the mayor of Kirkuk, who was visiting a school.";
/// let mut tokens = Tokens::new();
/// Tokenizer::new().tokenize(text, &mut tokens);
/// let mut analysis = Analysis::new();
/// Analyzer::embedded()?.analyze(tokens.of(text), 0, &mut analysis);
/// let mayor = (0..analysis.len()).find(|&w| analysis.form(w) == "mayor").unwrap();
/// let words = clause::phrase(&analysis, mayor);
/// assert_eq!(&text[analysis.span(words.start).start..analysis.span(words.end - 1).end], "the mayor of Kirkuk");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn phrase<R: Relations + ?Sized>(relations: &R, nominal: usize) -> Range<usize> {
    let mut start = nominal;
    let mut end = nominal + 1;
    for word in relations.dependents(nominal) {
        let before = word < nominal;
        let keep = match relations.deprel(word) {
            Deprel::Det
            | Deprel::DetPredet
            | Deprel::Amod
            | Deprel::Nummod
            | Deprel::NmodPoss
            | Deprel::Compound
            | Deprel::Flat
            | Deprel::NmodDesc
            | Deprel::Fixed
            | Deprel::Goeswith => true,
            Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Advmod | Deprel::Punct => {
                before || relations.deprel(word) == Deprel::Nmod
            }
            Deprel::Acl => before,
            _ => false,
        };
        if !keep {
            continue;
        }
        if relations.deprel(word) == Deprel::Punct {
            // Hyphens and quotation marks inside; not a comma before the whole phrase.
            continue;
        }
        let inner = relations.subtree(word);
        if before {
            start = start.min(inner.start);
        } else {
            end = end.max(phrase_end(relations, word));
        }
    }
    start..end
}

/// Where the phrase of a modifier ends, its own prepositional modifiers and coordinated parts included.
fn phrase_end<R: Relations + ?Sized>(relations: &R, nominal: usize) -> usize {
    let mut at = nominal;
    let mut end = nominal + 1;
    for _ in 0..STEPS {
        let mut last = None;
        for word in relations.dependents(at).filter(|&word| word > at) {
            if matches!(
                relations.deprel(word),
                Deprel::Nmod | Deprel::Flat | Deprel::Conj | Deprel::Compound | Deprel::Nummod | Deprel::Case
            ) && (relations.deprel(word) != Deprel::Conj || relations.upos(word) != Upos::Verb)
            {
                last = Some(word);
            }
        }
        let Some(word) = last else { break };
        end = end.max(word + 1);
        at = word;
    }
    end
}
