use std::collections::HashMap;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::class::ClassSet;
use super::grammar::Grammar;
use super::schema::*;

/// Which words of the sentence fill the roles of one event.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// The head of the trigger.
    pub(crate) word: usize,
    /// All words of the trigger, in text order.
    pub(crate) words: Vec<usize>,
    /// Index into [`Frames::rules`].
    pub(crate) rule: usize,
    /// Heads of the fillers by role.
    pub(crate) fillers: [Vec<usize>; 6],
    /// The verb that carries the trigger, if that is a noun.
    pub(crate) support: Option<usize>,
}

impl Match {
    pub(crate) fn role(&self, role: Role) -> &[usize] {
        &self.fillers[role as usize]
    }

    /// The head of the clause that tells the event: the trigger, or the verb that carries it.
    pub(crate) fn clause(&self) -> usize {
        self.support.unwrap_or(self.word)
    }
}

/// The triggers that the word may head, by lemma and by form ("shelling" is the lemma of the noun, "shell" of the verb).
fn heads<'f, R: Relations + ?Sized>(frames: &'f Frames, relations: &R, word: usize) -> Vec<&'f [u32]> {
    let mut lists: Vec<&[u32]> = Vec::new();
    let lemma = relations.lemma(word);
    if let Some(list) = lookup(&frames.by_lemma, lemma) {
        lists.push(list);
    }
    let form = relations.form(word);
    if form != lemma
        && let Some(list) = lookup(&frames.by_lemma, form)
    {
        lists.push(list);
    }
    lists
}

fn lookup<'m>(map: &'m HashMap<String, Vec<u32>>, text: &str) -> Option<&'m [u32]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) || !text.is_ascii() {
        return map.get(&text.to_lowercase()).map(Vec::as_slice);
    }
    map.get(text).map(Vec::as_slice)
}

/// Finds the events of one sentence: at most one for each word.
pub(crate) fn matches<R: Relations + ?Sized>(
    frames: &Frames,
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
) -> Vec<Match> {
    let relations = grammar.relations();
    let time = frames.classes.bit("time").unwrap_or_default();
    let mut found: Vec<Match> = Vec::new();
    for word in 0..relations.len() {
        // A march is no event in "on 5 March".
        if classes[word].intersects(time) {
            continue;
        }
        let mut best: Option<(Match, (i32, usize, usize))> = None;
        for list in heads(frames, relations, word) {
            for &index in list {
                let trigger = &frames.triggers[index as usize];
                let Some(words) = trigger_words(grammar, word, trigger) else {
                    continue;
                };
                let rule = &frames.rules[trigger.rule];
                let Some(matched) = bind(frames, grammar, classes, word, words, trigger) else {
                    continue;
                };
                let rank = (rule.priority, rule.predicates.len(), matched.words.len());
                // Ties go to the earlier rule.
                let better = match &best {
                    None => true,
                    Some((other, other_rank)) => rank > *other_rank || rank == *other_rank && matched.rule < other.rule,
                };
                if better {
                    best = Some((matched, rank));
                }
            }
        }
        found.extend(best.map(|(matched, _)| matched));
    }
    // A word inside a longer trigger names no event of its own ("fire" of "opened fire").
    let taken: std::collections::HashSet<usize> =
        found.iter().flat_map(|m| m.words.iter().copied().filter(|&word| word != m.word)).collect();
    found.retain(|m| !taken.contains(&m.word));
    found
}

/// The words of the trigger if it stands at `word`.
fn trigger_words<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    word: usize,
    trigger: &Trigger,
) -> Option<Vec<usize>> {
    let relations = grammar.relations();
    let deprel = relations.deprel(word);
    let upos = relations.upos(word);
    let fits = match trigger.kind {
        TriggerKind::Verb => {
            let head = grammar.is(word, &trigger.head) && relations.lemma(word) == trigger.head;
            head && upos == Upos::Verb && !matches!(deprel, Deprel::Amod | Deprel::Compound)
        }
        TriggerKind::Noun => {
            let gerund =
                relations.xpos(word) == Xpos::Vbg && !grammar.has(word, Deprel::Obj) && !grammar.has(word, Deprel::Aux);
            (matches!(upos, Upos::Noun | Upos::Propn) || gerund && deprel != Deprel::Amod)
                && !matches!(deprel, Deprel::Compound | Deprel::Flat)
        }
        TriggerKind::Adjective => matches!(upos, Upos::Adj | Upos::Adv | Upos::Verb) && deprel != Deprel::Amod,
    };
    if !fits || trigger.except.iter().any(|others| other_words(grammar, word, trigger.kind, others).is_some()) {
        return None;
    }
    other_words(grammar, word, trigger.kind, &trigger.others)
}

/// The head and the words that make a phrase with it, in text order; none if one is missing.
fn other_words<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    word: usize,
    kind: TriggerKind,
    others: &[String],
) -> Option<Vec<usize>> {
    let relations = grammar.relations();
    let mut words = vec![word];
    match kind {
        TriggerKind::Noun => {
            // The words before the head, hyphens between them or not, or hanging on it.
            let mut at = word;
            for other in others.iter().rev() {
                while at > 0 && relations.form(at - 1) == "-" {
                    at -= 1;
                }
                let adjacent = at.checked_sub(1).filter(|&before| grammar.is(before, other));
                let found = adjacent
                    .or_else(|| grammar.dependents(word).find(|&w| grammar.is(w, other) && !words.contains(&w)));
                let found = found?;
                at = found;
                words.push(found);
            }
        }
        _ => {
            for other in others {
                words.push(hanging(grammar, word, other, &words)?);
            }
        }
    }
    words.sort_unstable();
    Some(words)
}

/// A word that hangs on the verb, or on something that hangs on it, and reads `text`.
fn hanging<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, verb: usize, text: &str, used: &[usize]) -> Option<usize> {
    let relations = grammar.relations();
    let near = |word: usize| {
        !matches!(
            relations.deprel(word),
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Conj
                | Deprel::Advcl
                | Deprel::Ccomp
                | Deprel::Parataxis
                | Deprel::Punct
                | Deprel::Aux
                | Deprel::AuxPass
        )
    };
    let fits = |word: usize| grammar.is(word, text) && !used.contains(&word);
    // A noun may stand as subject ("fire was opened", "the truce held"): looked at last.
    grammar
        .dependents(verb)
        .find(|&word| near(word) && fits(word))
        .or_else(|| {
            grammar
                .dependents(verb)
                .filter(|&word| near(word))
                .find_map(|word| grammar.dependents(word).find(|&w| fits(w)))
        })
        .or_else(|| {
            grammar.with(verb, Deprel::NsubjPass).chain(grammar.with(verb, Deprel::Nsubj)).find(|&word| fits(word))
        })
}

/// Fills the roles of the trigger's rule and checks its conditions.
fn bind<R: Relations + ?Sized>(
    frames: &Frames,
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
    words: Vec<usize>,
    trigger: &Trigger,
) -> Option<Match> {
    let rule = &frames.rules[trigger.rule];
    let mut binder = Binder { grammar, classes, words: &words, fillers: Default::default(), used: Vec::new() };
    let support = match trigger.kind {
        TriggerKind::Noun => find_support(frames, grammar, word),
        _ => None,
    };
    binder.fill(word, &rule.roles);
    if let Some((verb, support)) = support {
        binder.fill(verb, &support.roles);
    }
    let fillers = binder.fillers;
    let matched = Match { word, words, rule: trigger.rule, fillers, support: support.map(|(verb, _)| verb) };
    rule.predicates.iter().all(|predicate| holds(predicate, &matched, classes)).then_some(matched)
}

/// Does the condition hold of the fillers?
pub(crate) fn holds(predicate: &Predicate, matched: &Match, classes: &[ClassSet]) -> bool {
    let any = |role: Role, set: ClassSet| matched.role(role).iter().any(|&word| classes[word].intersects(set));
    match *predicate {
        Predicate::Is(role, set) => any(role, set),
        Predicate::Not(role, set) => !any(role, set),
        Predicate::Filled(role) => !matched.role(role).is_empty(),
        Predicate::Empty(role) => matched.role(role).is_empty(),
    }
}

/// The verb that carries a noun: "carried out a strike", "a strike carried out by", "the strike killed".
fn find_support<'f, R: Relations + ?Sized>(
    frames: &'f Frames,
    grammar: &Grammar<'_, R>,
    noun: usize,
) -> Option<(usize, &'f Support)> {
    let relations = grammar.relations();
    // The noun may be one of several: "attacks and raids were carried out".
    let mut top = noun;
    while relations.deprel(top) == Deprel::Conj
        && let Some(head) = relations.head(top)
        && grammar.is_nominal(head)
    {
        top = head;
    }
    let above = relations.head(top).filter(|&head| grammar.is_verb(head));
    let below = grammar.dependents(noun).find(|&word| matches!(relations.deprel(word), Deprel::Acl | Deprel::AclRelcl));
    for verb in above.into_iter().chain(below) {
        let Some(supports) = frames.supports.get(relations.lemma(verb)) else {
            continue;
        };
        for support in supports {
            let complete = support.others.iter().all(|other| hanging(grammar, verb, other, &[]).is_some());
            let attached = support.noun.iter().any(|path| {
                let mut out = Vec::new();
                reach(grammar, verb, path, &[], &mut out);
                out.contains(&noun) || out.contains(&top)
            });
            if complete && attached {
                return Some((verb, support));
            }
        }
    }
    None
}

struct Binder<'b, 'r, R: ?Sized> {
    grammar: &'b Grammar<'r, R>,
    classes: &'b [ClassSet],
    words: &'b [usize],
    fillers: [Vec<usize>; 6],
    used: Vec<usize>,
}

impl<R: Relations + ?Sized> Binder<'_, '_, R> {
    /// Fills roles from the dependents of `word`. Patterns that ask for a class come first, then those that exclude one, then
    /// the rest.
    fn fill(&mut self, word: usize, roles: &Roles) {
        const ORDER: [Role; 6] =
            [Role::Instrument, Role::Target, Role::Agent, Role::Origin, Role::Destination, Role::Topic];
        for pass in 0..3 {
            for role in ORDER {
                for pattern in roles.0[role as usize].iter().flatten() {
                    let turn = pattern.filter.map_or(2, |filter| usize::from(filter.negated));
                    if turn == pass {
                        self.fill_pattern(word, role, pattern);
                    }
                }
            }
        }
    }

    fn fill_pattern(&mut self, word: usize, role: Role, pattern: &Pattern) {
        let mut heads = Vec::new();
        reach(self.grammar, word, &pattern.path, self.words, &mut heads);
        let mut fillers = Vec::new();
        for head in heads {
            self.grammar.conjuncts(head, &mut fillers);
        }
        for filler in fillers {
            let admitted = pattern.filter.is_none_or(|filter| filter.admits(self.classes[filler]));
            if admitted && filler != word && !self.words.contains(&filler) && !self.used.contains(&filler) {
                self.used.push(filler);
                self.fillers[role as usize].push(filler);
            }
        }
    }
}

/// The words at the end of a path from `word`.
fn reach<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    word: usize,
    path: &[Step],
    particles: &[usize],
    out: &mut Vec<usize>,
) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    let mut next = Vec::new();
    take_step(grammar, word, first, particles, &mut next);
    if rest.is_empty() {
        out.append(&mut next);
        return;
    }
    for word in next {
        reach(grammar, word, rest, &[], out);
    }
}

fn take_step<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    word: usize,
    step: &Step,
    particles: &[usize],
    out: &mut Vec<usize>,
) {
    let relations = grammar.relations();
    let verbal = grammar.is_verb(word);
    match step.deprel {
        Deprel::Nsubj if verbal => {
            if !grammar.is_passive(word) {
                out.extend(grammar.subject(word));
            }
        }
        Deprel::NsubjPass if verbal => {
            if grammar.is_passive(word) {
                out.extend(grammar.subject(word));
            }
        }
        Deprel::Obj if verbal => {
            grammar.objects(word, out);
            // "shot down two drones", where the particle was taken for a preposition.
            out.extend(
                grammar
                    .with(word, Deprel::Obl)
                    .filter(|&oblique| grammar.case(oblique).is_some_and(|case| particles.contains(&case))),
            );
        }
        Deprel::Obl | Deprel::OblAgent => {
            let case = match step.deprel {
                Deprel::OblAgent => Some("by"),
                _ => step.case.as_deref(),
            };
            oblique(grammar, word, case, out);
            // "were beaten and robbed by guards"
            if out.is_empty() && verbal && case == Some("by") && grammar.is_passive(word) {
                if let Some(next) = grammar.with(word, Deprel::Conj).filter(|&next| grammar.is_verb(next)).last() {
                    oblique(grammar, next, case, out);
                }
            }
        }
        deprel => out.extend(grammar.dependents(word).filter(|&dependent| {
            relations.deprel(dependent) == deprel
                && step.case.as_deref().is_none_or(|case| grammar.has_case(dependent, case))
        })),
    }
}

/// Obliques of a verb with this preposition.
fn oblique<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, word: usize, case: Option<&str>, out: &mut Vec<usize>) {
    let relations = grammar.relations();
    out.extend(grammar.dependents(word).filter(|&dependent| {
        matches!(relations.deprel(dependent), Deprel::Obl | Deprel::OblAgent)
            && case.is_none_or(|case| grammar.has_case(dependent, case))
    }));
}

/// Does a noun that names events stand at `word`?
pub(crate) fn is_noun_trigger<R: Relations + ?Sized>(frames: &Frames, grammar: &Grammar<'_, R>, word: usize) -> bool {
    heads(frames, grammar.relations(), word).into_iter().flatten().any(|&index| {
        let trigger = &frames.triggers[index as usize];
        trigger.kind == TriggerKind::Noun && trigger_words(grammar, word, trigger).is_some()
    })
}
