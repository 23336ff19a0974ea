//! Who did it, where the words around an act say so: "the colonel implicated in the murder", "blamed rebels for the shelling".

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::draft::{Draft, filler};
use super::scene::Scene;
use crate::Error;
use crate::frame::Role;
use crate::lexicon::rows;
use crate::words::WordMap;

/// How many parts of a coordination an act climbs: "murder and torture".
const CONJUNCTS: usize = 8;

/// How many words behind the act the one who did it may stand.
const REACH: usize = 16;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Subject,
    Accused,
    Own,
    On,
    To,
    Of,
    Owner,
    Claimant,
    Linked,
}

/// Words that say who did what their complement names.
#[derive(Debug)]
pub(super) struct Culprits(WordMap<&'static str, Vec<(&'static str, Who)>>);

impl Culprits {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut map: WordMap<_, Vec<_>> = WordMap::default();
        for (number, line) in rows(include_str!("../../lexicon/culprits.tsv")) {
            let fail = |reason: &str| Error::new("culprits.tsv", number, reason);
            let mut columns = line.split('\t');
            let (Some(word), Some(preposition), Some(who), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(fail("expected `word<TAB>preposition<TAB>who`"));
            };
            let who = match who {
                "subject" => Who::Subject,
                "accused" => Who::Accused,
                "self" => Who::Own,
                "on" => Who::On,
                "to" => Who::To,
                "of" => Who::Of,
                "owner" => Who::Owner,
                "claimant" => Who::Claimant,
                "linked" => Who::Linked,
                _ => return Err(fail("expected subject, accused, self, on, to, of, owner, claimant or linked")),
            };
            map.entry(word).or_default().push((preposition, who));
        }
        Ok(Self(map))
    }
}

/// Gives acts without an agent the one that the words above them name.
pub(super) fn culprits_of_piece(culprits: &Culprits, scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    for draft in drafts {
        let act = scene.context.frames.takes_casualties(draft.frame);
        if !act || !draft.role(Role::Agent).is_empty() {
            continue;
        }
        let Some(who) = culprit(culprits, scene, draft.matched.word) else { continue };
        let mut words = Vec::new();
        scene.grammar.conjuncts(who, &mut words);
        let known = |word: usize| draft.roles.iter().flatten().any(|filler| filler.word == word);
        words.retain(|&word| may_act(scene, word) && !draft.matched.words.contains(&word) && !known(word));
        let fillers = words.iter().map(|&word| filler(scene, word, &words, &draft.matched.words)).collect();
        draft.roles[Role::Agent as usize] = fillers;
    }
}

/// The word for who did what the trigger names.
fn culprit(culprits: &Culprits, scene: &Scene<'_, '_>, trigger: usize) -> Option<usize> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let mut act = trigger;
    for _ in 0..CONJUNCTS {
        match relations.head(act).filter(|_| relations.deprel(act) == Deprel::Conj) {
            Some(head) => act = head,
            None => break,
        }
    }
    // "Was not involved in the attack": nobody is told of.
    let denied = |word: usize| {
        grammar
            .dependents(word)
            .any(|other| matches!(relations.form(other).to_lowercase().as_str(), "not" | "n't" | "never" | "no"))
    };
    if let Some(who) = culprit_before(culprits, scene, act) {
        return (!denied(act) && !denied(who)).then_some(who);
    }
    // "An attack blamed on the rebels": the participle says it of the noun that it follows.
    let participle = grammar.with(act, Deprel::Acl).find(|&verb| relations.xpos(verb) == Xpos::Vbn);
    let above = relations.head(act);
    let (head, after) = match participle.filter(|&verb| says_whose(culprits, scene, verb)) {
        Some(verb) => (verb, true),
        None => (above?, false),
    };
    let entries = culprits.0.get(&*scene.lemma(head))?;
    let object = after || matches!(relations.deprel(act), Deprel::Obj | Deprel::NsubjPass);
    let subject = !after && relations.deprel(act) == Deprel::Nsubj && !grammar.is_verb(head);
    let fits = |preposition: &str| match preposition {
        "object" => object,
        "subject" => subject,
        _ => !object && grammar.has_case(act, preposition),
    };
    // What stands between may have drawn the phrase to itself: "attributed the murder of the mayor to the rebels".
    let phrase = |preposition: &str| {
        let of = grammar.dependents(head).find(|&other| {
            matches!(relations.deprel(other), Deprel::Obl | Deprel::Nmod) && grammar.has_case(other, preposition)
        });
        of.or_else(|| {
            let within = relations.subtree(head).end.min(head.max(act) + REACH);
            (head.max(act)..within).find(|&word| grammar.has_case(word, preposition) && may_act(scene, word))
        })
    };
    let found = entries.iter().filter(|(preposition, _)| fits(preposition)).find_map(|&(_, who)| match who {
        Who::Subject | Who::Accused if !grammar.is_verb(head) => match relations.deprel(head) {
            Deprel::Amod | Deprel::Acl => relations.head(head),
            // "Are held responsible for the attack", "holds them responsible for it"
            Deprel::Xcomp if !grammar.has(head, Deprel::Nsubj) => accused_by(scene, relations.head(head)?),
            _ => grammar.with(head, Deprel::Nsubj).next(),
        },
        Who::Subject => grammar.subject(head),
        Who::Accused if grammar.is_passive(head) => grammar.subject(head),
        // "A colonel implicated in the murder was promoted": the participle may have been taken for the verb of the sentence.
        Who::Accused => {
            let subject = || grammar.subject(head).filter(|_| relations.xpos(head) == Xpos::Vbn);
            grammar.with(head, Deprel::Obj).next().or_else(subject)
        }
        // "Doe was the mastermind of the attack", "Doe, the mastermind of the attack"
        Who::Own if grammar.has(head, Deprel::Cop) => grammar.with(head, Deprel::Nsubj).next(),
        Who::Own if relations.deprel(head) == Deprel::Appos => relations.head(head),
        Who::Own => grammar.is_nominal(head).then_some(head),
        // "Was arrested in connection with the attack"
        Who::Linked => accused_by(scene, relations.head(head).filter(|&verb| grammar.is_verb(verb))?),
        Who::On => phrase("on"),
        Who::To => phrase("to"),
        Who::Of => phrase("of"),
        Who::Owner => {
            let of = || grammar.with(head, Deprel::Nmod).find(|&word| grammar.has_case(word, "of"));
            grammar.with(head, Deprel::NmodPoss).next().or_else(of)
        }
        Who::Claimant => {
            let verb = relations.head(head).filter(|_| relations.deprel(head) == Deprel::Obj)?;
            let claims = matches!(&*scene.lemma(verb), "claim" | "accept" | "admit" | "assume" | "take" | "play");
            (claims && !denied(verb)).then(|| grammar.subject(verb))?
        }
    })?;
    (!denied(head) && !denied(found)).then_some(found)
}

/// Does a participle after the act say who did it: "attributed to", "blamed on"?
fn says_whose(culprits: &Culprits, scene: &Scene<'_, '_>, verb: usize) -> bool {
    let entries = culprits.0.get(&*scene.lemma(verb));
    entries.is_some_and(|entries| entries.iter().any(|&(preposition, _)| preposition == "object"))
}

/// Whom an accusing verb is about: its subject in the passive, else its object.
fn accused_by(scene: &Scene<'_, '_>, verb: usize) -> Option<usize> {
    match scene.grammar.is_passive(verb) {
        true => scene.grammar.subject(verb),
        false => scene.grammar.with(verb, Deprel::Obj).next(),
    }
}

/// Who stands before the preposition of an act: "the men behind the attack", "the rebels are behind the attack".
fn culprit_before(culprits: &Culprits, scene: &Scene<'_, '_>, act: usize) -> Option<usize> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let entries = culprits.0.get(&*scene.lemma(grammar.case(act)?))?;
    entries.iter().find(|(preposition, _)| *preposition == "case")?;
    if grammar.has(act, Deprel::Cop) {
        return grammar.with(act, Deprel::Nsubj).next();
    }
    relations.head(act).filter(|&head| relations.deprel(act) == Deprel::Nmod && grammar.is_nominal(head))
}

/// Somebody, or a name that may be one.
fn may_act(scene: &Scene<'_, '_>, word: usize) -> bool {
    let somebody = scene.context.frames.classes.bit("somebody").unwrap_or_default();
    let classes = scene.words.classes[word];
    classes.intersects(somebody) && scene.relations().upos(word) != Upos::Num
}
