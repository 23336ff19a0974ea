//! Joins the units of a sentence into clauses, from left to right, with a stack of open clauses.

use crate::chunk::{self, Form, Kind, Unit, Words};
use crate::tree::Tree;
use crate::words;
use crate::{Deprel, Upos, Xpos};

/// The buffers of the clause rules.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    units: Vec<Unit>,
    /// For each unit: does a finite verb follow of which a noun phrase here would be the subject?
    reach: Vec<bool>,
    clauses: Vec<Clause>,
    pending: Vec<Pending>,
}

impl Parser {
    /// Attaches the words of a sentence; corrects tags where the clause shows better, and derives the universal ones.
    pub(crate) fn parse(&mut self, mut words: Words<'_>, upos: &mut Vec<Upos>, tree: &mut Tree) {
        chunk::chunk(&mut words, tree, &mut self.units);
        self.clauses.clear();
        self.pending.clear();
        resolve_participles(&mut words, &mut self.units);
        find_subjects(&words, &self.units, &mut self.reach);
        let mut pass = Pass {
            words: &mut words,
            units: &mut self.units,
            reach: &self.reach,
            clauses: &mut self.clauses,
            pending: &mut self.pending,
            tree,
            conjunction: None,
            case: None,
            mark: None,
            consumed: 0,
            root: None,
        };
        pass.run();
        attach_punctuation(&words, tree);
        upos.clear();
        upos.extend((0..words.len()).map(|word| universal(&words, tree, word)));
    }
}

/// What sort of clause an open clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClauseKind {
    Main,
    /// What is said, known, wanted.
    Content,
    /// With a subordinating conjunction.
    Adverbial,
    Relative,
    /// An infinitive or participle.
    NonFinite,
    /// In brackets.
    Bracket,
}

/// A clause that may still grow.
#[derive(Clone, Copy, Debug)]
struct Clause {
    kind: ClauseKind,
    /// What its predicate depends on, and how; none at the top, or while that is not known.
    parent: Option<(usize, Deprel)>,
    predicate: Option<usize>,
    /// The verb of the predicate: the copula's host is not a verb.
    verb: Option<usize>,
    has_subject: bool,
    object: Option<usize>,
    /// The last nominal after the predicate: what the next phrase may belong to.
    last: Option<usize>,
    passive: bool,
    has_agent: bool,
    has_content: bool,
    /// A relative pronoun that has no role yet.
    relative: Option<usize>,
    /// It came before the clause it depends on ("When the bombs fell, people fled").
    ahead: bool,
    /// Its part of the pending list begins here.
    pending: usize,
    finite: bool,
}

impl Clause {
    fn new(kind: ClauseKind, parent: Option<(usize, Deprel)>, pending: usize) -> Self {
        Self {
            kind,
            parent,
            predicate: None,
            verb: None,
            has_subject: false,
            object: None,
            last: None,
            passive: false,
            has_agent: false,
            has_content: false,
            relative: None,
            ahead: false,
            pending,
            finite: true,
        }
    }
}

/// Something that waits for the predicate of its clause.
#[derive(Clone, Copy, Debug)]
struct Pending {
    word: usize,
    role: Role,
    unit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nominal,
    Time,
    Oblique,
    Adverb,
    Mark,
    Conjunction,
    Clause,
    Adjective,
}

/// How far the rules look ahead or down the stack, so that cost stays linear.
const REACH: usize = 24;

/// Decides between the past tense and the participle where the form is the same and a noun is before it.
fn resolve_participles(words: &mut Words<'_>, units: &mut [Unit]) {
    let mut verb_in_clause = false;
    let mut verb_in_sentence = false;
    let mut passive_before = false;
    for at in 0..units.len() {
        let unit = units[at];
        if matches!(unit.kind, Kind::Mark | Kind::Wh | Kind::Break) {
            verb_in_sentence = false;
        }
        match unit.kind {
            Kind::Mark | Kind::Wh | Kind::Break | Kind::Comma | Kind::Quote | Kind::Open | Kind::Close => {
                verb_in_clause = false
            }
            Kind::Prep
                if words::may_subordinate(words.lower(unit.start))
                    && units.get(at + 1).is_some_and(|u| u.kind == Kind::Noun) =>
            {
                // "after gunmen killed": may start a clause.
                verb_in_clause = false;
            }
            Kind::Cc if units.get(at + 1).is_some_and(|u| u.kind == Kind::Noun) => verb_in_clause = false,
            Kind::Verb => {
                let lone = unit.end == unit.start + 1 && unit.start == unit.head;
                let tag = words.xpos[unit.head];
                let before: Option<Unit> = if at > 0 { Some(units[at - 1]) } else { None };
                let after_noun = before.is_some_and(|b| b.kind == Kind::Noun && !is_subject_pronoun(words, b.head));
                if lone
                    && matches!(tag, Xpos::Vbd | Xpos::Vbn)
                    && is_ambiguous(words, unit.head)
                    && before.is_some_and(|b| b.kind == Kind::Noun)
                {
                    let next = units.get(at + 1);
                    let object_follows = next.is_some_and(|n| {
                        n.kind == Kind::Noun && !n.special
                            || n.kind == Kind::Mark
                            || n.kind == Kind::Particle && units.get(at + 2).is_some_and(|n| n.kind == Kind::Noun)
                    });
                    let participle = if !after_noun
                        || words::reports_speech(words.lemma(unit.head)) && !object_follows && at + 2 >= units.len()
                    {
                        false
                    } else if object_follows {
                        verb_in_clause && tag == Xpos::Vbn
                    } else {
                        verb_in_clause
                            || finite_verb_after(words, units, at)
                            || passive_before && units.get(at.wrapping_sub(2)).is_some_and(|u| u.kind == Kind::Cc)
                            || next.is_some_and(|n| {
                                n.kind == Kind::Prep && words.lower(n.start) == "by" && tag == Xpos::Vbn
                            })
                    };
                    words.xpos[unit.head] = if participle { Xpos::Vbn } else { Xpos::Vbd };
                    units[at].form = if participle { Form::Participle } else { Form::Finite };
                }
                // "Clinton also called", "The mayor, Ivan Petrov, said that": what came before waits for a verb.
                if lone
                    && tag == Xpos::Vbn
                    && !verb_in_sentence
                    && units[at].form == Form::Participle
                    && !finite_verb_after(words, units, at)
                {
                    let next = units.get(at + 1);
                    let has_object = next.is_some_and(|n| {
                        n.kind == Kind::Mark && words.lower(n.start) == "that" || n.kind == Kind::Noun
                    });
                    let after_adverb =
                        before.is_some_and(|b| b.kind == Kind::Adv) && at >= 2 && units[at - 2].kind == Kind::Noun;
                    let after_insertion = before.is_some_and(|b| b.kind == Kind::Comma)
                        && has_object
                        && at >= 4
                        && units[..at - 1].iter().rev().take(REACH).any(|u| u.kind == Kind::Comma);
                    if after_adverb || after_insertion {
                        words.xpos[unit.head] = Xpos::Vbd;
                        units[at].form = Form::Finite;
                    }
                }
                if units[at].form == Form::Finite {
                    verb_in_sentence = true;
                    verb_in_clause = !words::takes_clause(words.lemma(unit.head)) || unit.passive;
                    passive_before = unit.passive;
                }
            }
            _ => {}
        }
    }
}

/// True for pronouns that are seldom anything but subjects.
fn is_subject_pronoun(words: &Words<'_>, word: usize) -> bool {
    matches!(words.lower(word), "he" | "she" | "they" | "we" | "i" | "who" | "it" | "you")
}

/// True if past tense and participle look the same.
fn is_ambiguous(words: &Words<'_>, word: usize) -> bool {
    let lower = words.lower(word);
    lower.ends_with("ed")
        || matches!(
            lower,
            "shot"
                | "found"
                | "held"
                | "built"
                | "hit"
                | "made"
                | "said"
                | "sent"
                | "left"
                | "led"
                | "caught"
                | "brought"
                | "bought"
                | "taught"
                | "fought"
                | "sold"
                | "told"
                | "put"
                | "set"
                | "cut"
                | "hurt"
                | "struck"
                | "won"
                | "met"
                | "paid"
                | "laid"
                | "lost"
                | "kept"
                | "read"
                | "heard"
                | "spent"
                | "dealt"
                | "fed"
                | "burnt"
                | "hung"
                | "meant"
                | "understood"
                | "thought"
                | "felt"
                | "sought"
                | "based"
        )
}

/// True if another finite verb follows with nothing between that could be its own subject.
fn finite_verb_after(words: &Words<'_>, units: &[Unit], at: usize) -> bool {
    let mut after_prep = false;
    for (k, unit) in units.iter().enumerate().skip(at + 1).take(REACH) {
        match unit.kind {
            Kind::Verb if unit.form == Form::Finite => return true,
            Kind::Verb | Kind::Adv | Kind::Adj | Kind::Particle | Kind::Quote | Kind::Open | Kind::Close => {
                after_prep = false
            }
            Kind::Prep => {
                if words::may_subordinate(words.lower(unit.start))
                    && !matches!(words.lower(unit.start), "for" | "with" | "since" | "as")
                {
                    return false;
                }
                after_prep = true;
            }
            Kind::Cc if units.get(k + 1).is_some_and(|n| n.kind == Kind::Noun) => after_prep = true,
            Kind::Noun if after_prep || unit.special => after_prep = false,
            _ => return false,
        }
    }
    false
}

/// Fills `reach`: from each unit on, taken as what follows the head of a subject, does its finite verb come?
fn find_subjects(words: &Words<'_>, units: &[Unit], reach: &mut Vec<bool>) {
    reach.clear();
    reach.resize(units.len() + 1, false);
    for at in (0..units.len()).rev() {
        let next = |k: usize| units.get(at + k);
        let unit = units[at];
        reach[at] = match unit.kind {
            Kind::Verb => match unit.form {
                Form::Finite => true,
                Form::Bare => false,
                _ => {
                    reach[at + 1]
                        && !matches!(next(1), Some(n) if n.kind == Kind::Noun && is_subject_pronoun(words, n.head))
                }
            },
            Kind::Prep => next(1).is_some_and(|n| matches!(n.kind, Kind::Noun | Kind::Prep)) && reach[at + 1],
            // A second noun phrase right after the first is the subject itself, but for times.
            Kind::Noun => match next(1) {
                Some(n) if n.kind == Kind::Noun => unit.special && reach[at + 1] || n.special && reach[at + 1],
                Some(_) => reach[at + 1],
                None => false,
            },
            Kind::Adv | Kind::Quote => reach[at + 1],
            Kind::Cc => next(1).is_some_and(|n| n.kind == Kind::Noun) && reach[at + 1],
            Kind::Comma => reach_past_comma(units, reach, at),
            Kind::Wh => match next(1) {
                Some(n) if n.kind == Kind::Verb => reach[at + 2.min(units.len() - at)],
                Some(n) if n.kind == Kind::Noun => {
                    let verb = (at + 2..units.len().min(at + 8)).find(|&k| units[k].kind == Kind::Verb);
                    verb.is_some_and(|k| reach[k + 1])
                }
                _ => false,
            },
            Kind::Open => {
                let close = (at + 1..units.len().min(at + REACH)).find(|&k| units[k].kind == Kind::Close);
                close.is_some_and(|k| reach[k + 1])
            }
            _ => false,
        };
    }
}

/// "The mayor, Ivan Petrov, said": a comma, an insertion, a comma, then the verb. Lists too ("Iran, Iraq and Syria agreed").
fn reach_past_comma(units: &[Unit], reach: &[bool], at: usize) -> bool {
    let Some(first) = units.get(at + 1) else { return false };
    if !matches!(first.kind, Kind::Noun | Kind::Wh | Kind::Prep | Kind::Verb | Kind::Adj | Kind::Adv | Kind::Mark)
        || first.kind == Kind::Verb && first.form == Form::Finite
    {
        return false;
    }
    let relative = matches!(first.kind, Kind::Wh | Kind::Mark);
    let mut finite = 0;
    for k in at + 1..units.len().min(at + REACH) {
        match units[k].kind {
            Kind::Comma => {
                let next = units.get(k + 1);
                let verb = next.is_some_and(|n| {
                    n.kind == Kind::Verb && n.form == Form::Finite
                        || n.kind == Kind::Adv
                            && units.get(k + 2).is_some_and(|m| m.kind == Kind::Verb && m.form == Form::Finite)
                });
                if verb && (finite == 0 || relative && finite == 1) {
                    return true;
                }
            }
            // The last member of a list.
            Kind::Cc
                if first.kind == Kind::Noun
                    && finite == 0
                    && units.get(k + 1).is_some_and(|n| n.kind == Kind::Noun) =>
            {
                return reach[k + 1];
            }
            Kind::Verb if units[k].form == Form::Finite => {
                finite += 1;
                if finite > 1 || !relative {
                    return false;
                }
            }
            Kind::Break | Kind::Other => return false,
            _ => {}
        }
    }
    false
}

/// The work of one sentence.
struct Pass<'p, 'w> {
    words: &'p mut Words<'w>,
    units: &'p mut [Unit],
    reach: &'p [bool],
    clauses: &'p mut Vec<Clause>,
    pending: &'p mut Vec<Pending>,
    tree: &'p mut Tree,
    /// A coordinating conjunction that waits for what it joins.
    conjunction: Option<usize>,
    /// A preposition that waits for its noun phrase.
    case: Option<usize>,
    /// A preposition before an "-ing" form.
    mark: Option<usize>,
    /// Units before this one are done.
    consumed: usize,
    root: Option<usize>,
}

impl Pass<'_, '_> {
    fn run(&mut self) {
        self.clauses.push(Clause::new(ClauseKind::Main, None, 0));
        for at in 0..self.units.len() {
            if at < self.consumed {
                continue;
            }
            let unit = self.units[at];
            match unit.kind {
                Kind::Noun => {
                    if let Some(case) = self.case.take() {
                        self.tree.attach(case, unit.head, Deprel::Case);
                        self.prepositional(at, unit, case);
                    } else {
                        self.nominal(at, unit);
                    }
                }
                Kind::Verb => self.verb(at, unit),
                Kind::Prep => self.preposition(at, unit),
                Kind::Mark => self.subordinator(at, unit),
                Kind::Wh => self.wh_word(at, unit),
                Kind::Cc => self.coordinator(at, unit),
                Kind::Adj => self.adjective(at, unit),
                Kind::Adv => self.adverb(at, unit),
                Kind::Particle => self.particle(at, unit),
                Kind::Open => {
                    let anchor = self.anchor();
                    let parent = anchor.map(|word| (word, Deprel::Parataxis));
                    let pending = self.pending.len();
                    self.clauses.push(Clause::new(ClauseKind::Bracket, parent, pending));
                }
                Kind::Close => self.close_bracket(),
                Kind::Break => self.clause_break(at),
                Kind::Comma | Kind::Quote => {}
                Kind::Other => {
                    let word = unit.head;
                    self.loose(at, word, Role::Adverb, Deprel::Dep);
                }
            }
        }
        while self.clauses.len() > 1 {
            self.pop();
        }
        self.flush_top();
        if let Some(root) = self.root {
            self.tree.set_root(root);
        }
    }

    fn top(&mut self) -> &mut Clause {
        if self.clauses.is_empty() {
            self.clauses.push(Clause::new(ClauseKind::Main, None, 0));
        }
        let last = self.clauses.len() - 1;
        &mut self.clauses[last]
    }

    fn before(&self, at: usize) -> Option<Unit> {
        at.checked_sub(1).map(|k| self.units[k])
    }

    fn before_is(&self, at: usize, kind: Kind) -> bool {
        self.before(at).is_some_and(|unit| unit.kind == kind)
    }

    fn next_is(&self, at: usize, kind: Kind) -> bool {
        self.units.get(at + 1).is_some_and(|unit| unit.kind == kind)
    }

    /// The nominal that stands last: in the open clause after its predicate, or waiting for it.
    fn anchor(&mut self) -> Option<usize> {
        let top = *self.top();
        if top.predicate.is_some() {
            return top.last.or(top.predicate);
        }
        self.pending[top.pending.min(self.pending.len())..]
            .iter()
            .rev()
            .find(|item| matches!(item.role, Role::Nominal | Role::Oblique | Role::Time))
            .map(|item| item.word)
            .or(top.last)
    }

    fn wait(&mut self, word: usize, role: Role, unit: usize) {
        self.pending.push(Pending { word, role, unit });
    }

    /// Attaches a word to the open predicate, or lets it wait for one.
    fn loose(&mut self, at: usize, word: usize, role: Role, deprel: Deprel) {
        match self.top().predicate {
            Some(predicate) => self.tree.attach(word, predicate, deprel),
            None => self.wait(word, role, at),
        }
    }

    /// Gives the open clause its predicate and attaches all that waited for it.
    fn set_predicate(&mut self, predicate: usize, verb: usize, passive: bool, finite: bool) {
        let pending_from = self.top().pending;
        let relative = self.top().relative;
        let expletive_be = self.words.lemma(verb) == "be" && predicate == verb;
        let mut subject = None;
        let items = self.pending.len();
        // The subject is the last bare nominal; in a relative clause the pronoun if there is none.
        for k in (pending_from.min(items)..items).rev() {
            if self.pending[k].role == Role::Nominal {
                subject = Some(k);
                break;
            }
        }
        let subject_rel = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
        for k in pending_from.min(items)..items {
            let item = self.pending[k];
            let rel = match item.role {
                Role::Nominal if Some(k) == subject => {
                    if self.words.xpos[item.word] == Xpos::Ex {
                        Deprel::Expl
                    } else {
                        subject_rel
                    }
                }
                Role::Nominal => Deprel::Dislocated,
                Role::Time => Deprel::OblUnmarked,
                Role::Oblique => Deprel::Obl,
                Role::Adverb => Deprel::Advmod,
                Role::Mark => Deprel::Mark,
                Role::Conjunction => Deprel::Cc,
                Role::Clause | Role::Adjective => Deprel::Advcl,
            };
            self.tree.attach(item.word, predicate, rel);
        }
        self.pending.truncate(pending_from.min(items));
        let has_subject = subject.is_some();
        if let Some(relative) = relative
            && self.tree.is_free(relative)
        {
            let rel = match self.words.xpos[relative] {
                Xpos::Wrb => Deprel::Advmod,
                _ if !has_subject => subject_rel,
                _ => Deprel::Obj,
            };
            self.tree.attach(relative, predicate, rel);
        }
        if self.top().ahead && self.clauses.len() > 1 && self.clauses[self.clauses.len() - 2].predicate.is_none() {
            let unit = self.pending.len();
            self.wait(predicate, Role::Clause, unit);
            let pending = self.pending.len();
            self.top().pending = pending;
        }
        let root_free = self.root.is_none();
        let top = self.top();
        top.predicate = Some(predicate);
        top.verb = Some(verb);
        top.passive = passive;
        top.finite = finite;
        top.has_subject = has_subject || relative.is_some();
        top.last = if predicate == verb || expletive_be { None } else { Some(predicate) };
        match top.parent {
            Some((head, rel)) => self.tree.attach(predicate, head, rel),
            None if top.ahead => {}
            None if root_free => self.root = Some(predicate),
            None => {
                if let Some(root) = self.root
                    && root != predicate
                {
                    self.tree.attach(predicate, root, Deprel::Parataxis);
                }
            }
        }
    }

    /// Ends the innermost clause.
    fn pop(&mut self) {
        self.flush_top();
        self.clauses.pop();
    }

    /// Finds a head for what waits in a clause that got no predicate.
    fn flush_top(&mut self) {
        let top = *self.top();
        if top.predicate.is_some() {
            return;
        }
        let from = top.pending.min(self.pending.len());
        let items = &self.pending[from..];
        let Some(&chief) = items
            .iter()
            .find(|item| item.role == Role::Nominal)
            .or_else(|| {
                items
                    .iter()
                    .find(|item| matches!(item.role, Role::Oblique | Role::Time | Role::Adjective | Role::Clause))
            })
            .or_else(|| items.first())
        else {
            return;
        };
        for k in from..self.pending.len() {
            let item = self.pending[k];
            if item.word == chief.word {
                continue;
            }
            let rel = match item.role {
                Role::Nominal => Deprel::Parataxis,
                Role::Time => Deprel::NmodUnmarked,
                Role::Oblique => Deprel::Nmod,
                Role::Adverb => Deprel::Advmod,
                Role::Mark => Deprel::Mark,
                Role::Conjunction => Deprel::Cc,
                Role::Clause | Role::Adjective => Deprel::Acl,
            };
            self.tree.attach(item.word, chief.word, rel);
        }
        self.pending.truncate(from);
        if let Some(relative) = top.relative
            && self.tree.is_free(relative)
        {
            self.tree.attach(relative, chief.word, Deprel::Dep);
        }
        let bracket = top.kind == ClauseKind::Bracket && chief.role == Role::Nominal;
        match (top.parent, self.root) {
            (Some((head, _)), _) if bracket => self.tree.attach(chief.word, head, Deprel::Appos),
            (Some((head, rel)), _) => self.tree.attach(chief.word, head, rel),
            (None, None) => self.root = Some(chief.word),
            (None, Some(root)) => self.tree.attach(chief.word, root, Deprel::Parataxis),
        }
        let top = self.top();
        top.predicate = Some(chief.word);
        top.last = Some(chief.word);
    }

    /// Ends clauses down to the nearest finite one that has a predicate; relative clauses too if `out_of_relative`.
    fn pop_to_finite(&mut self, out_of_relative: bool) {
        for _ in 0..REACH {
            if self.clauses.len() <= 1 {
                return;
            }
            let top = *self.top();
            let keep = top.finite && top.predicate.is_some() && !(out_of_relative && top.kind == ClauseKind::Relative)
                || top.kind == ClauseKind::Bracket;
            if keep {
                return;
            }
            self.pop();
        }
    }

    /// Opens a clause that takes the place of the open one, joined to it.
    fn coordinate_clause(&mut self, deprel: Deprel) {
        let top = *self.top();
        let Some(predicate) = top.predicate else { return };
        let pending = self.pending.len();
        let mut clause = Clause::new(top.kind, Some((predicate, deprel)), pending);
        clause.finite = top.finite;
        if self.clauses.len() > 1 {
            self.clauses.pop();
        }
        self.clauses.push(clause);
        if let Some(conjunction) = self.conjunction.take() {
            self.wait(conjunction, Role::Conjunction, 0);
        }
    }

    fn open(&mut self, kind: ClauseKind, parent: Option<(usize, Deprel)>) {
        let pending = self.pending.len();
        self.clauses.push(Clause::new(kind, parent, pending));
    }

    fn coordinator(&mut self, at: usize, unit: Unit) {
        if let Some(earlier) = self.conjunction.replace(unit.head) {
            self.loose(at, earlier, Role::Conjunction, Deprel::Cc);
        }
        // "and" at the start of a sentence.
        if at == 0 {
            let word = unit.head;
            self.conjunction = None;
            self.wait(word, Role::Conjunction, at);
        }
    }

    fn clause_break(&mut self, at: usize) {
        let semicolon = self.words.lower(self.units[at].start) == ";";
        if semicolon {
            while self.clauses.len() > 1 {
                self.pop();
            }
            if self.top().predicate.is_some() {
                self.clauses.clear();
                let parent = self.root.map(|root| (root, Deprel::Parataxis));
                self.open(ClauseKind::Main, parent);
            }
        }
    }

    fn close_bracket(&mut self) {
        let depth = self.clauses.len();
        let opened = (depth.saturating_sub(REACH)..depth).rev().find(|&k| self.clauses[k].kind == ClauseKind::Bracket);
        if let Some(k) = opened {
            while self.clauses.len() > k {
                self.pop();
            }
        }
    }

    /// A noun phrase without preposition.
    fn nominal(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        let after_comma = self.before_is(at, Kind::Comma)
            || self.before_is(at, Kind::Cc) && at >= 2 && self.units[at - 2].kind == Kind::Comma;
        let quote_before = self.before_is(at, Kind::Quote);
        let starts_clause = self.reach[at + 1] && self.case.is_none();
        if starts_clause && self.conjunction.is_none() {
            self.resume_main(after_comma || quote_before);
        }
        let top = *self.top();
        let time = unit.special && self.is_bare_time(unit);

        if top.predicate.is_none() {
            if let Some(conjunction) = self.conjunction {
                if let Some(anchor) = self.anchor() {
                    self.join_nominal(word, anchor, conjunction);
                    return;
                }
                self.conjunction = None;
                self.wait(conjunction, Role::Conjunction, at);
            }
            if after_comma && let Some(anchor) = self.anchor() {
                let anchor_item = self.pending.last().copied();
                let anchor_is_subject = anchor_item.is_some_and(|item| item.role == Role::Nominal);
                let pronoun = self.words.xpos[word] == Xpos::Prp;
                if self.list_ahead(at) && !(starts_clause && !anchor_is_subject) && !pronoun {
                    self.tree.attach(word, self.list_head(anchor), Deprel::Conj);
                    return;
                }
                if time && !anchor_is_subject {
                    self.wait(word, Role::Time, at);
                    return;
                }
                let place = !anchor_is_subject
                    && self.words.xpos[word] == Xpos::Nnp
                    && self.words.xpos[anchor] == Xpos::Nnp
                    && self.next_is(at, Kind::Comma);
                if (anchor_is_subject && !time || place) && !pronoun {
                    self.tree.attach(word, anchor, Deprel::Appos);
                    return;
                }
            }
            if time
                && (!starts_clause
                    || self.next_is(at, Kind::Noun)
                    || self.next_is(at, Kind::Comma)
                    || self.has_subject_waiting())
            {
                self.wait(word, Role::Time, at);
                return;
            }
            // "the weapons they used": a second subject right after a noun starts a relative clause.
            if starts_clause
                && self.before_is(at, Kind::Noun)
                && let Some(last) = self.pending.last().copied()
                && matches!(last.role, Role::Nominal | Role::Oblique)
                && last.unit + 1 == at
                && self.words.xpos[word] == Xpos::Prp
                && self.words.xpos[last.word] != Xpos::Prp
                && last.role == Role::Nominal
            {
                self.open(ClauseKind::Relative, Some((last.word, Deprel::AclRelcl)));
            }
            self.wait(word, Role::Nominal, at);
            return;
        }

        let predicate = top.predicate.unwrap_or(word);
        if let Some(conjunction) = self.conjunction {
            let gapped = self.units.get(at + 1).is_some_and(|n| n.kind == Kind::Verb && n.form == Form::Participle)
                && self.finite_passive();
            if starts_clause || gapped {
                self.pop_to_finite(true);
                let passive = gapped;
                self.coordinate_clause(Deprel::Conj);
                if passive {
                    let verb = self.units[at + 1];
                    self.wait(word, Role::Nominal, at);
                    self.set_predicate(verb.head, verb.head, true, true);
                    self.consumed = at + 2;
                    return;
                }
                self.wait(word, Role::Nominal, at);
                return;
            }
            if time && self.words.xpos[top.last.unwrap_or(predicate)] != self.words.xpos[word] && !after_comma {
                // "on Monday and Tuesday" falls through: both are alike.
            }
            if let Some(anchor) = top.last {
                self.join_nominal(word, anchor, conjunction);
                self.top().last = Some(word);
                return;
            }
            self.conjunction = None;
            self.tree.attach(conjunction, word, Deprel::Cc);
            self.tree.attach(word, predicate, Deprel::Obj);
            self.top().last = Some(word);
            return;
        }

        let in_object_position = top.object.is_none()
            && !top.passive
            && top.verb == Some(predicate)
            && (self.before_is(at, Kind::Verb) || self.before_is(at, Kind::Particle))
            && !words::takes_clause(self.words.lemma(predicate))
            && !self.words.lemma(predicate).is_empty()
            && self.words.lemma(predicate) != "be";
        if starts_clause && !in_object_position {
            if (after_comma || quote_before || self.before_is(at, Kind::Close)) && self.reporting_clause_follows(at) {
                self.wrap_in_report(at, word);
                return;
            }
            if after_comma || quote_before || self.before_is(at, Kind::Break) {
                let verb = top.verb.unwrap_or(predicate);
                let opens_speech = words::takes_clause(self.words.lemma(verb))
                    && !top.has_content
                    && top.object.is_none()
                    && (self.before_is(at, Kind::Quote));
                if opens_speech {
                    self.top().has_content = true;
                    self.open(ClauseKind::Content, Some((predicate, Deprel::Ccomp)));
                } else {
                    self.pop_to_finite(true);
                    let head = self.top().predicate.unwrap_or(predicate);
                    let parent = Some((head, Deprel::Parataxis));
                    if self.clauses.len() > 1 && self.top().kind != ClauseKind::Bracket {
                        self.clauses.pop();
                    }
                    self.open(ClauseKind::Main, parent);
                }
                self.wait(word, if time { Role::Time } else { Role::Nominal }, at);
                return;
            }
            let verb = top.verb.unwrap_or(predicate);
            if !top.has_content
                && words::takes_clause(self.words.lemma(verb))
                && (top.last.is_none()
                    || words::takes_two_objects(self.words.lemma(verb))
                    || !self.before_is(at, Kind::Noun))
                && !time
            {
                self.mark_content();
                self.open(ClauseKind::Content, Some((predicate, Deprel::Ccomp)));
                self.wait(word, Role::Nominal, at);
                return;
            }
            if self.before_is(at, Kind::Noun)
                && let Some(last) = top.last
                && !time
            {
                self.open(ClauseKind::Relative, Some((last, Deprel::AclRelcl)));
                self.wait(word, Role::Nominal, at);
                return;
            }
            if !time {
                let rel = if predicate == verb && top.object.is_none() { Deprel::Ccomp } else { Deprel::Parataxis };
                self.open(ClauseKind::Content, Some((predicate, rel)));
                self.wait(word, Role::Nominal, at);
                return;
            }
        }

        if after_comma {
            if time {
                self.tree.attach(word, predicate, Deprel::OblUnmarked);
                self.top().last = Some(word);
                return;
            }
            if let Some(last) = top.last {
                if self.list_ahead(at) {
                    self.tree.attach(word, self.list_head(last), Deprel::Conj);
                } else {
                    self.tree.attach(word, last, Deprel::Appos);
                }
                self.top().last = Some(word);
                return;
            }
        }
        let verb = top.verb.unwrap_or(predicate);
        let lemma = self.words.lemma(verb);
        if time
            && !(top.object.is_none()
                && !top.passive
                && matches!(
                    lemma,
                    "spend" | "take" | "last" | "mark" | "observe" | "have" | "be" | "celebrate" | "serve"
                ))
        {
            self.tree.attach(word, predicate, Deprel::OblUnmarked);
            self.top().last = Some(word);
            return;
        }
        let is_verb = predicate == verb;
        if is_verb && self.words.lemma(verb) == "be" {
            // "there were attacks"
            let rel = if top.object.is_none() { Deprel::Nsubj } else { Deprel::Obj };
            self.tree.attach(word, predicate, rel);
            self.top().object = Some(word);
        } else if is_verb
            && top.object.is_none()
            && words::links(lemma)
            && matches!(lemma, "become" | "remain" | "seem")
        {
            self.tree.attach(word, predicate, Deprel::Xcomp);
        } else if is_verb && top.object.is_none() {
            self.tree.attach(word, predicate, Deprel::Obj);
            self.top().object = Some(word);
        } else if is_verb && top.object == top.last && words::takes_two_objects(lemma) && self.before_is(at, Kind::Noun)
        {
            if let Some(first) = top.object {
                self.tree.attach(first, predicate, Deprel::Iobj);
            }
            self.tree.attach(word, predicate, Deprel::Obj);
            self.top().object = Some(word);
        } else if let Some(last) = top.last {
            let rel =
                if quote_before || self.before_is(at, Kind::Break) { Deprel::Appos } else { Deprel::NmodUnmarked };
            self.tree.attach(word, last, rel);
        } else {
            self.tree.attach(word, predicate, Deprel::Obj);
        }
        self.top().last = Some(word);
    }

    /// Ends a clause that came before its main clause, when the subject of the main clause comes.
    fn resume_main(&mut self, after_comma: bool) {
        let depth = self.clauses.len();
        if !after_comma {
            return;
        }
        let ahead = (depth.saturating_sub(REACH)..depth)
            .find(|&k| self.clauses[k].ahead && self.clauses[k].predicate.is_some());
        if let Some(k) = ahead
            && k > 0
            && self.clauses[k - 1].predicate.is_none()
        {
            while self.clauses.len() > k {
                self.pop();
            }
        }
    }

    fn has_subject_waiting(&mut self) -> bool {
        let from = self.top().pending.min(self.pending.len());
        self.pending[from..].iter().rev().take(REACH).any(|item| item.role == Role::Nominal)
    }

    fn finite_passive(&self) -> bool {
        self.clauses
            .iter()
            .rev()
            .take(REACH)
            .find(|clause| clause.finite && clause.predicate.is_some())
            .is_some_and(|clause| clause.passive)
    }

    /// All members of a list depend on the first.
    fn list_head(&self, member: usize) -> usize {
        match self.tree.head(member) {
            Some(head) if self.tree.deprels[member] == Deprel::Conj => head,
            _ => member,
        }
    }

    fn join_nominal(&mut self, word: usize, anchor: usize, conjunction: usize) {
        self.conjunction = None;
        self.tree.attach(conjunction, word, Deprel::Cc);
        self.tree.attach(word, self.list_head(anchor), Deprel::Conj);
    }

    /// True if a list goes on after the noun phrase at `at`: further members, then "and" or "or" and the last.
    fn list_ahead(&self, at: usize) -> bool {
        let mut k = at + 1;
        let end = self.units.len().min(at + REACH);
        while k < end {
            match self.units[k].kind {
                Kind::Cc => {
                    return self.next_is(k, Kind::Noun) || self.units.get(k + 1).is_some_and(|u| u.kind == Kind::Prep);
                }
                Kind::Comma if self.next_is(k, Kind::Cc) => {}
                Kind::Comma if self.next_is(k, Kind::Noun) => {}
                Kind::Noun | Kind::Prep => {}
                _ => return false,
            }
            k += 1;
        }
        false
    }

    /// A time expression that needs no preposition: "Tuesday", "last month", "two days later".
    fn is_bare_time(&self, unit: Unit) -> bool {
        let head = unit.head;
        let lower = self.words.lower(head);
        if words::is_weekday(lower) || matches!(lower, "yesterday" | "today" | "tomorrow" | "tonight") {
            return true;
        }
        if self.words.xpos[head] == Xpos::Cd {
            return unit.end > unit.start + 1 || lower.len() == 4;
        }
        if words::is_month(lower) {
            return unit.end > unit.start + 1;
        }
        (unit.start..head).any(|word| {
            matches!(
                self.words.lower(word),
                "last" | "this" | "next" | "every" | "each" | "previous" | "following" | "that" | "all" | "one"
            ) || self.words.xpos[word] == Xpos::Cd
                || words::is_weekday(self.words.lower(word))
        }) || matches!(self.words.lower(unit.end), "ago" | "earlier" | "later" | "before" | "after")
    }

    /// True if a verb of saying follows the noun phrase at `at` with nothing said after it: "..., officials said."
    fn reporting_clause_follows(&self, at: usize) -> bool {
        let verb = (at + 1..self.units.len().min(at + REACH)).find(|&k| self.units[k].kind == Kind::Verb);
        let Some(verb) = verb else { return false };
        if !words::reports_speech(self.words.lemma(self.units[verb].head)) {
            return false;
        }
        let mut k = verb + 1;
        while let Some(unit) = self.units.get(k) {
            match unit.kind {
                Kind::Mark | Kind::Wh => return false,
                Kind::Noun if self.before_is(k, Kind::Verb) && !unit.special && self.reach[k + 1] => return false,
                Kind::Comma | Kind::Break | Kind::Quote | Kind::Cc => return true,
                _ => {}
            }
            if k > verb + REACH {
                break;
            }
            k += 1;
        }
        true
    }

    /// "Three people died, officials said": what came before is what they said.
    fn wrap_in_report(&mut self, at: usize, subject: usize) {
        while self.clauses.len() > 1 {
            self.pop();
        }
        let told = self.root;
        self.clauses.clear();
        self.open(ClauseKind::Main, None);
        self.wait(subject, Role::Nominal, at);
        // The verb follows; until then the root stays as it is.
        let verb = (at + 1..self.units.len().min(at + REACH)).find(|&k| self.units[k].kind == Kind::Verb);
        if let (Some(verb), Some(told)) = (verb, told) {
            let head = self.units[verb].head;
            self.root = None;
            self.tree.attach(told, head, Deprel::Ccomp);
        }
    }

    /// A noun phrase after a preposition.
    fn prepositional(&mut self, at: usize, unit: Unit, case: usize) {
        let word = unit.head;
        let top = *self.top();
        let prep_start = (0..at).rev().take(3).find(|&k| self.units[k].head == case).unwrap_or(at);
        let comma = self.before_is(prep_start, Kind::Comma);
        let preposition_of = self.words.lower(case) == "of";
        let Some(predicate) = top.predicate else {
            let last = self.pending.get(top.pending.min(self.pending.len())..).and_then(|items| items.last()).copied();
            let conjunction = self.conjunction.take();
            match last {
                Some(item)
                    if matches!(item.role, Role::Nominal | Role::Oblique | Role::Time)
                        && (!comma || preposition_of) =>
                {
                    if let Some(conjunction) = conjunction {
                        self.tree.attach(conjunction, word, Deprel::Cc);
                        self.tree.attach(word, item.word, Deprel::Conj);
                        return;
                    }
                    let inner = self.rightmost(item.word, case);
                    let attach_inner = preposition_of || item.role == Role::Nominal;
                    if attach_inner {
                        self.tree.attach(word, inner, Deprel::Nmod);
                        self.top().last = Some(word);
                    } else {
                        self.wait(word, Role::Oblique, at);
                    }
                }
                _ => {
                    if let Some(conjunction) = conjunction {
                        self.wait(conjunction, Role::Conjunction, at);
                    }
                    self.wait(word, Role::Oblique, at);
                }
            }
            return;
        };
        if let Some(conjunction) = self.conjunction.take() {
            // "in Homs and in Hama"
            let target = top.last.unwrap_or(predicate);
            self.tree.attach(conjunction, word, Deprel::Cc);
            self.tree.attach(word, target, Deprel::Conj);
            self.top().last = Some(word);
            return;
        }
        let by = self.words.lower(case) == "by";
        if by && top.passive && !top.has_agent && !unit.special && !preposition_of {
            self.tree.attach(word, predicate, Deprel::OblAgent);
            let top = self.top();
            top.has_agent = true;
            top.last = Some(word);
            return;
        }
        match top.last {
            Some(noun) if !comma && self.prefers_noun(noun, case, word, top) => {
                self.tree.attach(word, noun, Deprel::Nmod)
            }
            _ => self.tree.attach(word, predicate, Deprel::Obl),
        }
        self.top().last = Some(word);
    }

    /// The noun that a further preposition after the phrase of `word` belongs to.
    fn rightmost(&mut self, word: usize, case: usize) -> usize {
        let last = self.top().last;
        if self.words.lower(case) == "of" { last.unwrap_or(word).max(word) } else { word }
    }

    /// Does the phrase with preposition `case` and noun `word` belong to `noun` before it rather than to the verb?
    fn prefers_noun(&self, noun: usize, case: usize, word: usize, top: Clause) -> bool {
        let preposition = self.words.lower(case);
        if preposition == "of" {
            return true;
        }
        if matches!(self.words.xpos[noun], Xpos::Prp) {
            return false;
        }
        self.attachment(noun, case, word, top) > 0
    }

    /// The sum of the weights for the noun against the verb.
    fn attachment(&self, noun: usize, case: usize, word: usize, top: Clause) -> i32 {
        use std::fmt::Write as _;
        let preposition = self.words.lower(case);
        let noun_lemma = self.words.lemma(noun);
        let verb_lemma = top.verb.map_or("", |verb| self.words.lemma(verb));
        let lemma = self.words.lemma(word);
        let is_time = |w: usize| {
            words::is_time_noun(self.words.lemma(w))
                || words::is_month(self.words.lower(w))
                || self.words.xpos[w] == Xpos::Cd
        };
        let role = match self.tree.deprels[noun] {
            Deprel::Obj => "obj",
            Deprel::Nsubj | Deprel::NsubjPass => "subj",
            Deprel::Obl | Deprel::OblAgent => "obl",
            Deprel::Nmod => "nmod",
            Deprel::Conj => "conj",
            Deprel::OblUnmarked => "time",
            _ => "oth",
        };
        let kind = match self.words.xpos[noun] {
            _ if words::is_time_noun(noun_lemma) => "t",
            Xpos::Nnp | Xpos::Nnps => "P",
            Xpos::Cd => "C",
            _ => "N",
        };
        let kind_within = match self.words.xpos[word] {
            _ if is_time(word) => "T",
            Xpos::Nnp | Xpos::Nnps => "P",
            Xpos::Prp => "O",
            _ => "N",
        };
        let mut sum = self.words.attachment.weight("b");
        let mut key = String::with_capacity(48);
        let mut add = |class: &str, value: &str| {
            key.clear();
            let _ = write!(key, "{class}/{preposition}");
            if !value.is_empty() {
                let _ = write!(key, "/{value}");
            }
            sum += self.words.attachment.weight(&key);
        };
        add("b", "");
        add("r", role);
        add("t", kind);
        add("w", kind_within);
        if kind == "N" {
            add("n", noun_lemma);
        }
        add("v", verb_lemma);
        if matches!(kind_within, "N" | "T") {
            add("c", lemma);
        }
        sum
    }

    fn preposition(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        let lower = self.words.lower(unit.start);
        let next = self.units.get(at + 1).copied();
        let fixed = unit.end > unit.start + 1;
        // "with dozens injured", "with troops advancing": a clause with a subject of its own.
        if lower == "with"
            && let Some(noun) = next.filter(|n| n.kind == Kind::Noun)
            && let Some(verb) = self.units.get(at + 2).copied()
            && verb.kind == Kind::Verb
            && matches!(verb.form, Form::Ing | Form::Participle)
            && !self.units.get(at + 3).is_some_and(|n| n.kind == Kind::Verb)
            && (self.before_is(at, Kind::Comma)
                || at == 0
                || self.words.xpos[noun.head] == Xpos::Cd
                || (noun.start..noun.end).any(|w| self.words.xpos[w] == Xpos::Cd))
        {
            let parent = self.top().predicate.map(|predicate| (predicate, Deprel::Advcl));
            self.open(ClauseKind::NonFinite, parent);
            self.top().ahead = parent.is_none();
            self.wait(word, Role::Mark, at);
            self.wait(noun.head, Role::Nominal, at + 1);
            self.predicate(at + 2, verb, false);
            self.consumed = at + 3;
            return;
        }
        match next {
            Some(next) if next.kind == Kind::Verb && next.form == Form::Ing => self.mark = Some(word),
            Some(next) if next.kind == Kind::Noun && !fixed && words::may_subordinate(lower) && self.case.is_none() => {
                let clause =
                    self.reach[at + 2] && !matches!(lower, "with" | "without" | "for" | "than" | "like" | "except");
                if clause && !self.object_then_main(at) {
                    self.subordinator(at, unit);
                } else {
                    self.set_case(word);
                }
            }
            Some(next)
                if next.kind == Kind::Verb
                    && matches!(next.form, Form::Participle | Form::Finite)
                    && matches!(lower, "as" | "than" | "once" | "until") =>
            {
                self.subordinator(at, unit);
            }
            Some(next) if matches!(next.kind, Kind::Noun | Kind::Prep | Kind::Quote | Kind::Wh) => self.set_case(word),
            Some(next) if next.kind == Kind::Adj => {
                // "at large", "for free"
                self.tree.attach(word, next.head, Deprel::Case);
            }
            _ => {
                // A preposition without its noun: a particle or a stranded preposition.
                let predicate = self.top().predicate;
                match predicate {
                    Some(predicate) => self.tree.attach(word, predicate, Deprel::Advmod),
                    None => self.wait(word, Role::Adverb, at),
                }
            }
        }
    }

    /// "After the attack police said": the noun phrase belongs to the preposition although a verb follows later.
    fn object_then_main(&self, at: usize) -> bool {
        let comma_soon = (at + 1..self.units.len().min(at + REACH))
            .find(|&k| matches!(self.units[k].kind, Kind::Comma | Kind::Verb));
        comma_soon.is_some_and(|k| self.units[k].kind == Kind::Comma)
    }

    fn set_case(&mut self, word: usize) {
        if let Some(earlier) = self.case.replace(word) {
            // "from behind the lines": both mark the noun; the first is attached when the noun comes.
            self.tree.attach(earlier, word, Deprel::Fixed);
        }
    }

    /// A word that begins a clause.
    fn subordinator(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        let lower = self.words.lower(unit.start);
        let content = matches!(lower, "that" | "whether" | "if");
        let conjunction = self.conjunction.take();
        if let (Some(conjunction), Some(predicate)) = (conjunction, self.top().predicate)
            && content
            && self.top().kind == ClauseKind::Content
        {
            // "said that ... and that ..."
            let pending = self.pending.len();
            let clause = Clause::new(ClauseKind::Content, Some((predicate, Deprel::Conj)), pending);
            self.clauses.pop();
            self.clauses.push(clause);
            self.wait(conjunction, Role::Conjunction, at);
            self.wait(word, Role::Mark, at);
            return;
        }
        if lower == "that" {
            self.pop_to_saying();
        } else if self.before_is(at, Kind::Comma) {
            self.pop_to_finite(true);
        }
        let top = *self.top();
        let parent = match top.predicate {
            Some(predicate) => {
                let verb = top.verb.unwrap_or(predicate);
                let after_noun = self.before_is(at, Kind::Noun);
                if lower == "that"
                    && after_noun
                    && top.last.is_some()
                    && !(words::takes_clause(self.words.lemma(verb))
                        && words::takes_two_objects(self.words.lemma(verb)))
                {
                    top.last.map(|last| (last, Deprel::Acl))
                } else if content
                    && (lower == "that"
                        || words::takes_clause(self.words.lemma(verb))
                        || matches!(
                            self.words.lemma(verb),
                            "ask" | "decide" | "wonder" | "question" | "determine" | "investigate"
                        ))
                    && (lower != "if" || !self.before_is(at, Kind::Comma))
                {
                    self.mark_content();
                    Some((predicate, Deprel::Ccomp))
                } else {
                    Some((predicate, Deprel::Advcl))
                }
            }
            None => {
                let anchor = self.pending.last().copied();
                match anchor {
                    Some(item) if lower == "that" && item.role == Role::Nominal => Some((item.word, Deprel::Acl)),
                    _ => None,
                }
            }
        };
        if let Some(conjunction) = conjunction {
            self.wait(conjunction, Role::Conjunction, at);
        }
        let kind = if content { ClauseKind::Content } else { ClauseKind::Adverbial };
        self.open(kind, parent);
        self.top().ahead = parent.is_none();
        self.wait(word, Role::Mark, at);
    }

    /// The open verb has a clause as its content: whom it was told is its indirect object.
    fn mark_content(&mut self) {
        let top = self.top();
        top.has_content = true;
        if let (Some(object), Some(verb)) = (top.object, top.verb)
            && matches!(self.words.lemma(verb), "tell" | "ask" | "show" | "promise" | "teach")
            && self.tree.deprels[object] == Deprel::Obj
        {
            self.tree.deprels[object] = Deprel::Iobj;
        }
    }

    /// Ends clauses down to one whose verb may take a clause as its content, if there is one near.
    fn pop_to_saying(&mut self) {
        let depth = self.clauses.len();
        let saying = (depth.saturating_sub(4)..depth).rev().find(|&k| {
            let clause = self.clauses[k];
            clause.verb.is_some_and(|verb| words::takes_clause(self.words.lemma(verb))) && !clause.has_content
        });
        if let Some(k) = saying
            && self.top().last.is_none()
        {
            while self.clauses.len() > k + 1 {
                self.pop();
            }
        }
    }

    /// "who", "which", "when", "where", "what".
    fn wh_word(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        let tag = self.words.xpos[word];
        let lower = self.words.lower(word);
        let case = self.case.take();
        if let Some(case) = case {
            self.tree.attach(case, word, Deprel::Case);
        }
        let conjunction = self.conjunction.take();
        let comma = self.before_is(at, Kind::Comma) || case.is_some();
        let anchor_near = at > 0
            && (self.before_is(at, Kind::Noun)
                || comma
                || self.before_is(at, Kind::Quote)
                || self.before_is(at, Kind::Close));
        let top = *self.top();
        let adverbial = tag == Xpos::Wrb;
        let mut parent = None;
        let mut kind = ClauseKind::Relative;
        let waiting = self.pending.last().copied().filter(|item| matches!(item.role, Role::Nominal | Role::Oblique));
        let subject_waits = top.predicate.is_none() && waiting.is_some();
        let nominal = if top.predicate.is_some() {
            top.last
        } else if subject_waits {
            top.last.or(waiting.map(|item| item.word))
        } else {
            None
        };
        let mut ahead = false;
        if adverbial && matches!(lower, "when" | "while" | "whenever") {
            kind = ClauseKind::Adverbial;
            ahead = self.top().predicate.is_none();
            if comma {
                self.pop_to_finite(false);
            }
            if let Some(predicate) = self.top().predicate {
                parent = Some((predicate, Deprel::Advcl));
            }
        } else if adverbial && lower == "where" {
            kind = if nominal.is_some() && anchor_near { ClauseKind::Relative } else { ClauseKind::Content };
            parent = match (nominal, top.predicate) {
                (Some(noun), _) if anchor_near => Some((noun, Deprel::AclRelcl)),
                (_, Some(predicate)) => Some((predicate, Deprel::Advcl)),
                _ => None,
            };
        } else if adverbial || lower == "what" || !anchor_near || nominal.is_none() {
            kind = ClauseKind::Content;
            if let Some(predicate) = top.predicate {
                parent = Some((predicate, Deprel::Ccomp));
                self.top().has_content = true;
            }
        } else if let Some(noun) = nominal {
            parent = Some((noun, Deprel::AclRelcl));
        }
        if let Some(conjunction) = conjunction {
            if top.kind == ClauseKind::Relative && kind == ClauseKind::Relative && top.predicate.is_some() {
                parent = top.predicate.map(|predicate| (predicate, Deprel::Conj));
                self.clauses.pop();
                self.open(kind, parent);
                self.wait(conjunction, Role::Conjunction, at);
                self.relative_word(at, word, case.is_some());
                return;
            }
            self.loose(at, conjunction, Role::Conjunction, Deprel::Cc);
        }
        self.open(kind, parent);
        self.top().ahead = ahead;
        self.relative_word(at, word, case.is_some());
    }

    fn relative_word(&mut self, at: usize, word: usize, has_case: bool) {
        if self.words.xpos[word] == Xpos::WpS {
            // "whose house": the noun phrase after it owns it.
            if let Some(next) = self.units.get(at + 1).copied()
                && next.kind == Kind::Noun
            {
                self.tree.attach(word, next.head, Deprel::NmodPoss);
                return;
            }
        }
        if has_case {
            self.wait(word, Role::Oblique, at);
        } else if self.words.xpos[word] == Xpos::Wrb {
            self.wait(word, Role::Adverb, at);
        } else {
            self.top().relative = Some(word);
        }
    }

    fn adjective(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        // "early on Wednesday", "late on the night of"
        if matches!(self.words.lower(word), "early" | "late")
            && self.next_is(at, Kind::Prep)
            && let Some(noun) = self.units.get(at + 2).filter(|u| u.kind == Kind::Noun)
        {
            self.tree.attach(word, noun.head, Deprel::Advmod);
            return;
        }
        let top = *self.top();
        if let Some(conjunction) = self.conjunction.take() {
            self.tree.attach(conjunction, word, Deprel::Cc);
            let target = match top.predicate {
                Some(predicate) if top.last.is_none() || top.last == Some(predicate) => predicate,
                _ => self.anchor().unwrap_or(word),
            };
            if target == word {
                self.wait(word, Role::Adjective, at);
            } else {
                self.tree.attach(word, target, Deprel::Conj);
            }
            return;
        }
        match top.predicate {
            Some(predicate) => {
                let verb = top.verb.unwrap_or(predicate);
                let adjacent_object = self.before_is(at, Kind::Noun) && top.last.is_some() && top.last == top.object;
                if self.before_is(at, Kind::Verb)
                    || adjacent_object && words::takes_object_and_participle(self.words.lemma(verb))
                {
                    self.tree.attach(word, predicate, Deprel::Xcomp);
                } else if let Some(last) = top.last
                    && self.before_is(at, Kind::Noun)
                {
                    self.tree.attach(word, last, Deprel::Amod);
                } else {
                    self.tree.attach(word, predicate, Deprel::Advcl);
                }
            }
            None => match self.anchor() {
                Some(anchor) if self.before_is(at, Kind::Noun) || self.before_is(at, Kind::Comma) => {
                    self.tree.attach(word, anchor, Deprel::Amod)
                }
                _ => self.wait(word, Role::Adjective, at),
            },
        }
    }

    fn adverb(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        // "two days ago": the time hangs on the adverb.
        if matches!(self.words.lower(word), "ago" | "earlier" | "later" | "before" | "away" | "after")
            && let Some(before) = self.before(at)
            && before.kind == Kind::Noun
            && before.special
        {
            let waiting = self.pending.last().is_some_and(|item| item.word == before.head);
            if waiting {
                self.pending.pop();
            }
            self.tree.attach(before.head, word, Deprel::OblUnmarked);
            if self.top().last == Some(before.head) {
                self.top().last = None;
            }
        }
        if self.next_is(at, Kind::Verb) && self.top().predicate.is_some() {
            let next = self.units[at + 1];
            if next.form != Form::Finite || self.conjunction.is_some() {
                // "..., mostly killing civilians"
                self.tree.attach(word, next.head, Deprel::Advmod);
                return;
            }
        }
        if self.next_is(at, Kind::Adj)
            || self.next_is(at, Kind::Adv)
                && (words::is_degree(self.words.lower(word)) || self.words.lower(word) == "no")
        {
            self.tree.attach(word, self.units[at + 1].head, Deprel::Advmod);
            return;
        }
        if self.next_is(at, Kind::Prep)
            && matches!(
                self.words.lower(word),
                "just"
                    | "mainly"
                    | "mostly"
                    | "especially"
                    | "particularly"
                    | "only"
                    | "shortly"
                    | "soon"
                    | "immediately"
                    | "early"
                    | "late"
            )
        {
            if let Some(noun) = self.units.get(at + 2).filter(|u| u.kind == Kind::Noun) {
                self.tree.attach(word, noun.head, Deprel::Advmod);
                return;
            }
        }
        self.loose(at, word, Role::Adverb, Deprel::Advmod);
    }

    fn particle(&mut self, at: usize, unit: Unit) {
        let word = unit.head;
        match self.top().verb {
            Some(verb) => self.tree.attach(word, verb, Deprel::CompoundPrt),
            None => self.wait(word, Role::Adverb, at),
        }
    }

    fn verb(&mut self, at: usize, unit: Unit) {
        if let Some(case) = self.case.take() {
            self.mark = Some(case);
        }
        match unit.form {
            Form::Finite => self.finite_verb(at, unit),
            Form::Infinitive => self.infinitive(at, unit),
            Form::Bare => self.bare_verb(at, unit),
            Form::Ing => self.ing_form(at, unit),
            Form::Participle => self.participle(at, unit),
        }
        self.mark = None;
    }

    /// The open clause gets this verb group as its predicate; after "be" what follows may be the predicate instead.
    fn predicate(&mut self, at: usize, unit: Unit, finite: bool) {
        if let Some(mark) = self.mark.take() {
            self.wait(mark, Role::Mark, at);
        }
        let verb = unit.head;
        if !unit.special {
            self.set_predicate(verb, verb, unit.passive || unit.form == Form::Participle, finite);
            return;
        }
        let from = self.top().pending.min(self.pending.len());
        let expletive = self.pending[from..].iter().any(|item| self.words.xpos[item.word] == Xpos::Ex);
        let subject = self.has_subject_waiting() || self.top().relative.is_some();
        let mut k = at + 1;
        while self.units.get(k).is_some_and(|u| u.kind == Kind::Adv) && k < at + 4 {
            k += 1;
        }
        let predicative = self.units.get(k).copied();
        let host = match predicative {
            _ if expletive => None,
            Some(next) if next.kind == Kind::Adj => Some((next.head, k)),
            Some(next) if next.kind == Kind::Noun && (subject || !self.reach[k + 1]) => Some((next.head, k)),
            Some(next)
                if next.kind == Kind::Prep
                    && self.units.get(k + 1).is_some_and(|n| {
                        n.kind == Kind::Noun
                            && !(self.reach[k + 2] && words::may_subordinate(self.words.lower(next.start)))
                    }) =>
            {
                let noun = self.units[k + 1];
                self.tree.attach(next.head, noun.head, Deprel::Case);
                Some((noun.head, k + 1))
            }
            _ => None,
        };
        match host {
            Some((host, last)) => {
                for unit in at + 1..last {
                    if self.units[unit].kind == Kind::Adv {
                        self.tree.attach(self.units[unit].head, host, Deprel::Advmod);
                    }
                }
                self.set_predicate(host, verb, false, finite);
                self.tree.attach(verb, host, Deprel::Cop);
                // Auxiliaries and negation belong to the predicate, too.
                for word in unit.start..unit.end {
                    if word != verb && self.tree.head(word) == Some(verb) {
                        self.tree.attach(word, host, self.tree.deprels[word]);
                    }
                }
                self.consumed = last + 1;
            }
            None => self.set_predicate(verb, verb, false, finite),
        }
    }

    fn finite_verb(&mut self, at: usize, unit: Unit) {
        let depth = self.clauses.len();
        let top = *self.top();
        if top.predicate.is_none() {
            let subject = self.has_subject_waiting() || top.relative.is_some();
            let inverted = self.inverted_report(at, unit);
            if subject || !inverted {
                if let Some(conjunction) = self.conjunction.take() {
                    self.wait(conjunction, Role::Conjunction, at);
                }
                self.predicate(at, unit, true);
                return;
            }
        }
        // The subject of an outer clause still waits for its verb: "The man who killed them fled."
        let waiting = (depth.saturating_sub(REACH)..depth)
            .rev()
            .find(|&k| self.clauses[k].predicate.is_none() && self.clause_has_subject(k));
        if let Some(k) = waiting
            && self.conjunction.is_none()
        {
            while self.clauses.len() > k + 1 {
                self.pop();
            }
            self.predicate(at, unit, true);
            return;
        }
        if self.inverted_report(at, unit) {
            self.wrap_inverted(at, unit);
            return;
        }
        self.pop_to_finite(false);
        if self.top().predicate.is_none() {
            self.predicate(at, unit, true);
            return;
        }
        if self.conjunction.is_some() || self.before_is(at, Kind::Comma) {
            self.coordinate_clause(Deprel::Conj);
            self.predicate(at, unit, true);
            return;
        }
        // A noun taken for an object was the subject of this verb.
        let top = *self.top();
        let predicate = top.predicate.unwrap_or(unit.head);
        let garden_path = top.last.filter(|_| self.before_is(at, Kind::Noun));
        let rel = if top.verb.is_some_and(|verb| words::takes_clause(self.words.lemma(verb))) {
            Deprel::Ccomp
        } else {
            Deprel::Parataxis
        };
        self.open(ClauseKind::Content, Some((predicate, rel)));
        if let Some(subject) = garden_path
            && subject != predicate
            && self.tree.head(subject) == Some(predicate)
            && matches!(self.tree.deprels[subject], Deprel::Obj | Deprel::OblUnmarked)
        {
            self.wait(subject, Role::Nominal, at);
        }
        self.predicate(at, unit, true);
    }

    fn clause_has_subject(&self, k: usize) -> bool {
        let from = self.clauses[k].pending.min(self.pending.len());
        let to = self.clauses.get(k + 1).map_or(self.pending.len(), |next| next.pending.min(self.pending.len()));
        self.pending[from..to.max(from)].iter().rev().take(REACH).any(|item| item.role == Role::Nominal)
            || self.clauses[k].relative.is_some()
    }

    /// `"...," said the minister`.
    fn inverted_report(&self, at: usize, unit: Unit) -> bool {
        unit.end == unit.start + 1
            && words::reports_speech(self.words.lemma(unit.head))
            && (self.before_is(at, Kind::Quote) || self.before_is(at, Kind::Comma))
            && self.next_is(at, Kind::Noun)
            && self.root.is_some()
            && self.conjunction.is_none()
    }

    fn wrap_inverted(&mut self, at: usize, unit: Unit) {
        while self.clauses.len() > 1 {
            self.pop();
        }
        self.flush_top();
        let told = self.root.take();
        self.clauses.clear();
        self.open(ClauseKind::Main, None);
        let subject = self.units[at + 1];
        self.wait(subject.head, Role::Nominal, at);
        self.set_predicate(unit.head, unit.head, false, true);
        if let Some(told) = told {
            self.tree.attach(told, unit.head, Deprel::Ccomp);
        }
        let top = self.top();
        top.has_content = true;
        top.last = Some(subject.head);
        top.object = Some(subject.head);
        self.consumed = at + 2;
    }

    fn infinitive(&mut self, at: usize, unit: Unit) {
        if self.join_nonfinite(at, unit) {
            return;
        }
        let top = *self.top();
        let Some(predicate) = top.predicate else {
            let waiting = self.pending.last().copied();
            match waiting {
                Some(item) if item.role == Role::Nominal && self.before_is(at, Kind::Noun) => {
                    self.nonfinite(at, unit, Some((item.word, Deprel::Acl)));
                }
                Some(item) if item.role == Role::Mark => self.predicate(at, unit, false),
                _ if top.relative.is_some() || !matches!(top.kind, ClauseKind::Main) => self.predicate(at, unit, false),
                _ => {
                    self.nonfinite(at, unit, None);
                }
            }
            return;
        };
        let verb = top.verb.unwrap_or(predicate);
        let lemma = self.words.lemma(verb);
        let verb_before = self.before_is(at, Kind::Verb)
            || self.before_is(at, Kind::Particle)
            || self.before_is(at, Kind::Adv) && top.last.is_none();
        let parent = if predicate != verb && top.last == Some(predicate) {
            (predicate, if self.before_is(at, Kind::Adj) { Deprel::Xcomp } else { Deprel::Acl })
        } else if verb_before && top.last.is_none() {
            (predicate, Deprel::Xcomp)
        } else if let Some(last) = top.last {
            let wants = words::noun_takes_infinitive(self.words.lemma(last))
                || matches!(
                    self.words.lower(last),
                    "nothing" | "something" | "anything" | "someone" | "nobody" | "one" | "people"
                );
            if self.before_is(at, Kind::Noun) && (wants || unit.passive && !words::controls_object(lemma)) {
                (last, Deprel::Acl)
            } else if words::controls_object(lemma) && top.object.is_some() && !self.before_is(at, Kind::Comma) {
                (predicate, Deprel::Xcomp)
            } else {
                (predicate, Deprel::Advcl)
            }
        } else {
            (predicate, Deprel::Advcl)
        };
        self.nonfinite(at, unit, Some(parent));
    }

    /// Opens a clause for a verb without tense. Without a parent its head was left waiting.
    fn nonfinite(&mut self, at: usize, unit: Unit, parent: Option<(usize, Deprel)>) {
        self.open(ClauseKind::NonFinite, parent);
        self.top().ahead = parent.is_none();
        self.predicate(at, unit, false);
    }

    /// "to kill and maim", "killing three and wounding two": joins a verb without tense to one like it.
    fn join_nonfinite(&mut self, at: usize, unit: Unit) -> bool {
        if self.conjunction.is_none() {
            return false;
        }
        let depth = self.clauses.len();
        let like = (depth.saturating_sub(6)..depth).rev().find(|&k| {
            let clause = self.clauses[k];
            clause.verb.is_some_and(|verb| {
                let tag = self.words.xpos[verb];
                match unit.form {
                    Form::Infinitive | Form::Bare => tag == Xpos::Vb && clause.kind == ClauseKind::NonFinite,
                    Form::Ing => tag == Xpos::Vbg,
                    Form::Participle => tag == Xpos::Vbn,
                    Form::Finite => false,
                }
            })
        });
        let Some(k) = like else { return false };
        while self.clauses.len() > k + 1 {
            self.pop();
        }
        let passive = self.top().passive;
        let finite = self.top().finite;
        self.coordinate_clause(Deprel::Conj);
        self.predicate(at, unit, finite);
        self.top().passive |= passive;
        true
    }

    fn bare_verb(&mut self, at: usize, unit: Unit) {
        if self.join_nonfinite(at, unit) {
            return;
        }
        let top = *self.top();
        match top.predicate {
            None => self.finite_verb(at, unit),
            Some(predicate)
                if self.conjunction.is_none() && (top.object.is_some() || self.before_is(at, Kind::Verb)) =>
            {
                self.nonfinite(at, unit, Some((predicate, Deprel::Xcomp)));
            }
            Some(_) => self.finite_verb(at, unit),
        }
    }

    fn ing_form(&mut self, at: usize, unit: Unit) {
        let mark = self.mark;
        if mark.is_none() && self.join_nonfinite(at, unit) {
            return;
        }
        if self.before_is(at, Kind::Comma) && self.top().predicate.is_some() {
            self.pop_to_finite(false);
        }
        let top = *self.top();
        let Some(predicate) = top.predicate else {
            let waiting = self.pending.last().copied();
            match waiting {
                Some(item)
                    if item.role == Role::Nominal
                        && (mark.is_none() || mark.is_some_and(|m| self.words.lower(m) == "of")) =>
                {
                    self.nonfinite(at, unit, Some((item.word, Deprel::Acl)));
                }
                Some(item) if item.role == Role::Mark => self.predicate(at, unit, false),
                _ => {
                    self.nonfinite(at, unit, None);
                }
            }
            return;
        };
        let verb = top.verb.unwrap_or(predicate);
        let lemma = self.words.lemma(verb);
        let comma = self.before_is(at, Kind::Comma);
        let parent = match (mark, top.last) {
            (Some(mark), Some(last))
                if self.words.lower(mark) == "of"
                    && last != predicate
                    && !matches!(lemma, "accuse" | "suspect" | "convict") =>
            {
                (last, Deprel::Acl)
            }
            (Some(_), _) => (predicate, Deprel::Advcl),
            (None, _) if comma => (predicate, Deprel::Advcl),
            (None, None) if self.before_is(at, Kind::Verb) && words::takes_ing(lemma) => (predicate, Deprel::Xcomp),
            (None, Some(_))
                if words::takes_object_and_participle(lemma) && top.object.is_some() && top.last == top.object =>
            {
                (predicate, Deprel::Xcomp)
            }
            (None, Some(last)) if self.before_is(at, Kind::Noun) => {
                let oblique = matches!(self.tree.deprels[last], Deprel::Obl | Deprel::OblUnmarked | Deprel::OblAgent);
                let time = self.before(at).is_some_and(|u| u.special);
                if time || oblique && words::tells_result(self.words.lemma(unit.head)) {
                    (predicate, Deprel::Advcl)
                } else {
                    (last, Deprel::Acl)
                }
            }
            _ => (predicate, Deprel::Advcl),
        };
        self.nonfinite(at, unit, Some(parent));
    }

    fn participle(&mut self, at: usize, unit: Unit) {
        if self.mark.is_none() && self.join_nonfinite(at, unit) {
            return;
        }
        let top = *self.top();
        let comma = self.before_is(at, Kind::Comma);
        let Some(predicate) = top.predicate else {
            let waiting = self.pending.last().copied();
            match waiting {
                Some(item) if matches!(item.role, Role::Nominal | Role::Oblique) => {
                    let noun = top
                        .last
                        .filter(|&last| last > item.word && self.before_is(at, Kind::Noun))
                        .unwrap_or(item.word);
                    self.nonfinite(at, unit, Some((noun, Deprel::Acl)));
                }
                Some(item) if item.role == Role::Mark => self.predicate(at, unit, false),
                _ if top.relative.is_some() => self.predicate(at, unit, true),
                _ => {
                    self.nonfinite(at, unit, None);
                }
            }
            return;
        };
        let verb = top.verb.unwrap_or(predicate);
        let parent = match top.last {
            Some(last)
                if (self.before_is(at, Kind::Noun) || self.before_is(at, Kind::Close)) && last != predicate
                    || self.before_is(at, Kind::Noun) =>
            {
                if words::takes_object_and_participle(self.words.lemma(verb))
                    && top.object == Some(last)
                    && matches!(self.words.lemma(verb), "leave" | "have" | "get" | "find")
                {
                    (predicate, Deprel::Xcomp)
                } else {
                    (last, Deprel::Acl)
                }
            }
            Some(last)
                if comma
                    && self.units.get(at.wrapping_sub(2)).is_some_and(|u| u.kind == Kind::Noun)
                    && self.words.xpos[last] != Xpos::Prp =>
            {
                (last, Deprel::Acl)
            }
            _ if self.before_is(at, Kind::Verb) => (predicate, Deprel::Xcomp),
            _ => (predicate, Deprel::Advcl),
        };
        self.nonfinite(at, unit, Some(parent));
    }
}

/// Hangs marks of punctuation, and words left over, on what stands beside them.
fn attach_punctuation(words: &Words<'_>, tree: &mut Tree) {
    for word in 0..words.len() {
        if tree.is_free(word)
            && matches!(
                words.xpos[word],
                Xpos::Comma
                    | Xpos::Period
                    | Xpos::Colon
                    | Xpos::Lrb
                    | Xpos::Rrb
                    | Xpos::OpenQuote
                    | Xpos::CloseQuote
                    | Xpos::Hyph
                    | Xpos::Nfp
            )
        {
            tree.deprels[word] = Deprel::Punct;
        }
    }
}

/// The universal part of speech that a Penn tag has in this place of the tree.
fn universal(words: &Words<'_>, tree: &Tree, word: usize) -> Upos {
    let rel = tree.deprels[word];
    match words.xpos[word] {
        Xpos::Cc => Upos::Cconj,
        Xpos::Cd => Upos::Num,
        Xpos::Dt | Xpos::Pdt => {
            if matches!(rel, Deprel::Det | Deprel::DetPredet | Deprel::Advmod | Deprel::CcPreconj) {
                Upos::Det
            } else {
                Upos::Pron
            }
        }
        Xpos::Ex | Xpos::Prp | Xpos::PrpS | Xpos::Wp | Xpos::WpS | Xpos::Wdt => Upos::Pron,
        Xpos::In => {
            if rel == Deprel::Mark {
                Upos::Sconj
            } else {
                Upos::Adp
            }
        }
        Xpos::Jj | Xpos::Jjr | Xpos::Jjs | Xpos::Afx => Upos::Adj,
        Xpos::Md => Upos::Aux,
        Xpos::Nn | Xpos::Nns => {
            if words.lower(word) == "%" {
                Upos::Sym
            } else {
                Upos::Noun
            }
        }
        Xpos::Nnp | Xpos::Nnps => Upos::Propn,
        Xpos::Pos => Upos::Part,
        Xpos::Rb | Xpos::Rbr | Xpos::Rbs | Xpos::Wrb => {
            if matches!(words.lower(word), "not" | "n't") {
                Upos::Part
            } else {
                Upos::Adv
            }
        }
        Xpos::Rp => Upos::Adp,
        Xpos::To => {
            if rel == Deprel::Mark {
                Upos::Part
            } else {
                Upos::Adp
            }
        }
        Xpos::Uh => Upos::Intj,
        Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz => {
            if matches!(rel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) { Upos::Aux } else { Upos::Verb }
        }
        Xpos::Sym | Xpos::Dollar | Xpos::Hash => Upos::Sym,
        Xpos::Fw | Xpos::Gw | Xpos::Add | Xpos::Xx | Xpos::Ls => Upos::X,
        _ => Upos::Punct,
    }
}
