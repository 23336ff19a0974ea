use dateline_syntax::{Deprel, Relations, Upos, Xpos};

use super::class::ClassSet;
use super::grammar::{Grammar, bit};
use super::schema::*;
use crate::words::WordMap;

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

/// Why a rule makes no event of a word. Each says what was found out first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// The word is used otherwise than the trigger: as another part of speech, or as a modifier.
    PartOfSpeech,
    /// The word is part of an expression of time.
    Time,
    /// The word is part of a name.
    Named,
    /// Other words of the trigger are missing.
    Words,
    /// With the words beside it, it means something else: the number of the exception.
    Except(usize),
    /// None of the patterns `with` finds a word.
    With,
    /// A pattern `without`, by its number, finds a word.
    Without(usize, usize),
    /// This condition of the rule is the first that does not hold.
    Condition(usize),
}

/// A word at which a pattern of a role arrived.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival<'p> {
    pub(crate) role: Role,
    pub(crate) pattern: &'p Pattern,
    /// The word that the pattern goes out from: the head of the trigger, or the verb that carries it.
    pub(crate) from: usize,
    pub(crate) word: usize,
    pub(crate) fate: Fate,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Bound,
    /// It has none of the classes that the pattern asks for, or one that it excludes.
    Class,
    /// It fills a role already.
    Used,
}

/// The triggers that the word may head, by lemma and by form ("shelling" is the lemma of the noun, "shell" of the verb).
pub(super) fn heads<'f, R: Relations + ?Sized>(
    frames: &'f Frames,
    relations: &R,
    word: usize,
) -> impl Iterator<Item = &'f Lead> + use<'f, R> {
    let lemma = relations.lemma(word);
    let form = relations.form(word);
    let by_lemma = lookup(&frames.by_lemma, lemma);
    let by_lemma = by_lemma.or_else(|| {
        let mended = needs_mending(relations, word).then(|| format!("{lemma}e"))?;
        lookup(&frames.by_lemma, &mended)
    });
    let by_form = if form == lemma { None } else { lookup(&frames.by_lemma, form) };
    by_lemma.into_iter().chain(by_form).flatten()
}

/// Is it a rare verb's past or participle, whose last letter the lemmatiser may have dropped: "besieged", "massacred"?
fn needs_mending<R: Relations + ?Sized>(relations: &R, word: usize) -> bool {
    let lemma = relations.lemma(word);
    let inflected = matches!(relations.xpos(word), Xpos::Vbd | Xpos::Vbn | Xpos::Vbg);
    inflected && lemma.len() < Trigger::LONGEST_HEAD && !lemma.ends_with('e')
}

fn lookup<'m>(map: &'m WordMap<String, Vec<Lead>>, text: &str) -> Option<&'m [Lead]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        let mut lower = [0; Trigger::LONGEST_HEAD];
        let lower = lower.get_mut(..text.len())?;
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        return map.get(std::str::from_utf8(lower).ok()?).map(Vec::as_slice);
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
    let named = frames.classes.bit("named").unwrap_or_default();
    let present = classes.iter().fold(ClassSet::default(), |all, &set| all.union(set));
    let mut found: Vec<Match> = Vec::new();
    let mut binder = Binder::new(frames, grammar, classes);
    for word in 0..relations.len() {
        let kinds = [TriggerKind::Verb, TriggerKind::Noun, TriggerKind::Adjective].map(|kind| {
            // "Amnesty" International grants none.
            !(kind == TriggerKind::Noun && classes[word].intersects(named)) && may_be(grammar, word, kind)
        });
        // A march is no event in "on 5 March".
        if kinds == [false; 3] || classes[word].intersects(time) {
            continue;
        }
        let mut best: Option<(Match, Rank)> = None;
        let mut support = None;
        for lead in heads(frames, relations, word) {
            // Without a word of the class that it asks for, the rule need not be tried.
            if !kinds[lead.kind as usize]
                || best.as_ref().is_some_and(|(_, rank)| lead.rank <= *rank)
                || lead.needs.is_some_and(|classes| !present.intersects(classes))
            {
                continue;
            }
            let trigger = &frames.triggers[lead.trigger as usize];
            let Ok(mut words) = trigger_words(grammar, classes, word, trigger) else {
                continue;
            };
            words.push(word);
            words.sort_unstable();
            let support = match trigger.kind {
                TriggerKind::Noun => *support.get_or_insert_with(|| find_support(frames, grammar, classes, word)),
                _ => None,
            };
            let Ok(matched) = binder.bind(frames, word, words, trigger.rule, support, |_| {}) else {
                continue;
            };
            best = Some((matched, lead.rank));
        }
        found.extend(best.map(|(matched, _)| matched));
    }
    // A word inside a longer trigger names no event of its own ("fire" of "opened fire").
    if found.iter().any(|m| m.words.len() > 1) {
        let mut taken = vec![false; relations.len()];
        for matched in &found {
            for &word in matched.words.iter().filter(|&&word| word != matched.word) {
                taken[word] = true;
            }
        }
        found.retain(|m| !taken[m.word]);
    }
    found
}

/// May a trigger of this kind stand at the word, by its part of speech and its place in the tree?
fn may_be<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, word: usize, kind: TriggerKind) -> bool {
    let relations = grammar.relations();
    let (upos, deprel) = (relations.upos(word), relations.deprel(word));
    match kind {
        TriggerKind::Verb => upos == Upos::Verb && !matches!(deprel, Deprel::Amod | Deprel::Compound),
        TriggerKind::Noun => {
            let gerund =
                relations.xpos(word) == Xpos::Vbg && !grammar.has(word, Deprel::Obj) && !grammar.has(word, Deprel::Aux);
            (matches!(upos, Upos::Noun | Upos::Propn) || gerund && deprel != Deprel::Amod)
                && !matches!(deprel, Deprel::Compound | Deprel::Flat)
        }
        TriggerKind::Adjective => matches!(upos, Upos::Adj | Upos::Adv | Upos::Verb) && deprel != Deprel::Amod,
    }
}

/// The words beside the head of the trigger, if it stands at `word`.
pub(super) fn trigger_words<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
    trigger: &Trigger,
) -> Result<Vec<usize>, Miss> {
    let relations = grammar.relations();
    let is_lemma = || {
        let lemma = relations.lemma(word);
        lemma == trigger.head || trigger.head.strip_suffix('e') == Some(lemma) && needs_mending(relations, word)
    };
    let fits = may_be(grammar, word, trigger.kind) && (trigger.kind != TriggerKind::Verb || is_lemma());
    let other = |others: &[TriggerWord]| other_words(grammar, classes, word, trigger.kind, others);
    if !fits {
        return Err(Miss::PartOfSpeech);
    }
    if let Some(exception) = trigger.except.iter().position(|others| other(others).is_some()) {
        return Err(Miss::Except(exception));
    }
    other(&trigger.others).ok_or(Miss::Words)
}

/// Is the word this one of a trigger?
fn fits<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
    wanted: &TriggerWord,
) -> bool {
    match wanted {
        TriggerWord::Lemma(lemma) => grammar.is(word, lemma),
        TriggerWord::Class(set) => classes[word].intersects(*set),
    }
}

/// The words that make a phrase with the head; none if one is missing.
fn other_words<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
    kind: TriggerKind,
    others: &[TriggerWord],
) -> Option<Vec<usize>> {
    let relations = grammar.relations();
    let mut words = Vec::new();
    match kind {
        TriggerKind::Noun => {
            // The words before the head, hyphens between them or not, or hanging on it.
            let mut at = word;
            for other in others.iter().rev() {
                while at > 0 && relations.form(at - 1) == "-" {
                    at -= 1;
                }
                let adjacent = at.checked_sub(1).filter(|&before| fits(grammar, classes, before, other));
                let modifier = |w: usize| {
                    matches!(other, TriggerWord::Lemma(_))
                        || w < word
                            && matches!(
                                relations.deprel(w),
                                Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::NmodUnmarked
                            )
                };
                let hanging = || {
                    grammar
                        .dependents(word)
                        .find(|&w| modifier(w) && fits(grammar, classes, w, other) && !words.contains(&w))
                };
                at = adjacent.or_else(hanging)?;
                words.push(at);
            }
        }
        _ => {
            for other in others {
                let mut next = hanging(grammar, classes, word, other, &words)?;
                // A preposition goes with its own noun: "withdraw from the deal", not "under the deal they will withdraw from".
                if let Some(before) = words.last_mut().filter(|before| relations.deprel(**before) == Deprel::Case) {
                    let is_before = |case: &usize| relations.lemma(*case) == relations.lemma(*before);
                    let noun = relations.head(*before);
                    // "under mortar fire": or with what stands before the noun.
                    if noun != Some(next) && relations.head(next) != noun && relations.head(next) != Some(*before) {
                        let noun = hanging(grammar, classes, word, other, &[next]);
                        let own = |noun: &usize| grammar.with(*noun, Deprel::Case).find(is_before);
                        let (noun, case) =
                            [Some(next), noun].into_iter().flatten().find_map(|noun| Some((noun, own(&noun)?)))?;
                        *before = case;
                        next = noun;
                    }
                }
                words.push(next);
            }
        }
    }
    Some(words)
}

/// The wanted word, if it hangs on the verb or on something that hangs on it.
fn hanging<R: Relations + ?Sized>(
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    verb: usize,
    wanted: &TriggerWord,
    used: &[usize],
) -> Option<usize> {
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
    let fits = |word: usize| fits(grammar, classes, word, wanted) && !used.contains(&word);
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

/// Does the condition hold of the fillers?
fn holds(predicate: &Predicate, matched: &Match, classes: &[ClassSet]) -> bool {
    let any = |role: Role, set: ClassSet| matched.role(role).iter().any(|&word| classes[word].intersects(set));
    match *predicate {
        Predicate::Is(role, set) => any(role, set),
        Predicate::Not(role, set) => !any(role, set),
        Predicate::Filled(role) => !matched.role(role).is_empty(),
        Predicate::Empty(role) => matched.role(role).is_empty(),
    }
}

/// The verb that carries a noun: "carried out a strike", "a strike carried out by", "the strike killed".
pub(super) fn find_support<'f, R: Relations + ?Sized>(
    frames: &'f Frames,
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    noun: usize,
) -> Option<(usize, &'f Support)> {
    let relations = grammar.relations();
    // The noun may be one of several ("attacks and raids were carried out"), or be measured ("sent tons of food aid").
    let measure =
        frames.classes.bit("collective").unwrap_or_default().union(frames.classes.bit("number").unwrap_or_default());
    let mut top = noun;
    while let Some(head) = relations.head(top)
        && grammar.is_nominal(head)
        && (relations.deprel(top) == Deprel::Conj
            || relations.deprel(top) == Deprel::Nmod
                && grammar.has_case(top, "of")
                && classes[head].intersects(measure))
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
            let complete = support.others.iter().all(|other| hanging(grammar, classes, verb, other, &[]).is_some());
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

/// Fills roles; its buffers serve all triggers of a sentence.
pub(crate) struct Binder<'b, 'r, R: ?Sized> {
    grammar: &'b Grammar<'r, R>,
    classes: &'b [ClassSet],
    /// Times and measures.
    extents: ClassSet,
    used: Vec<usize>,
    reached: Vec<usize>,
    candidates: Vec<usize>,
}

impl<'b, 'r, R: Relations + ?Sized> Binder<'b, 'r, R> {
    pub(crate) fn new(frames: &Frames, grammar: &'b Grammar<'r, R>, classes: &'b [ClassSet]) -> Self {
        let class = |name: &str| frames.classes.bit(name).unwrap_or_default();
        let extents = class("time").union(class("measure"));
        Self { grammar, classes, extents, used: Vec::new(), reached: Vec::new(), candidates: Vec::new() }
    }

    /// Fills the roles of the rule and checks its conditions. `note` is told of every word that a pattern arrives at.
    pub(super) fn bind<'f>(
        &mut self,
        frames: &'f Frames,
        word: usize,
        words: Vec<usize>,
        rule_index: usize,
        support: Option<(usize, &'f Support)>,
        mut note: impl FnMut(Arrival<'f>),
    ) -> Result<Match, Miss> {
        let rule = &frames.rules[rule_index];
        if rule.with.as_ref().is_some_and(|patterns| self.finds(word, patterns).is_none()) {
            return Err(Miss::With);
        }
        if let Some((pattern, found)) = rule.without.as_ref().and_then(|patterns| self.finds(word, patterns)) {
            return Err(Miss::Without(pattern, found));
        }
        let support_verb = support.map(|(verb, _)| verb);
        let mut matched = Match { word, words, rule: rule_index, fillers: Default::default(), support: support_verb };
        self.used.clear();
        self.fill(&mut matched, word, (&rule.roles, &rule.turns), &mut note);
        if let Some((verb, support)) = support {
            self.fill(&mut matched, verb, (&support.roles, &support.turns), &mut note);
        }
        match rule.predicates.iter().position(|predicate| !holds(predicate, &matched, self.classes)) {
            Some(condition) => Err(Miss::Condition(condition)),
            None => Ok(matched),
        }
    }

    /// The first of the patterns, by its number, that finds a word, and the word.
    pub(crate) fn finds(&mut self, word: usize, patterns: &[Pattern]) -> Option<(usize, usize)> {
        patterns.iter().enumerate().find_map(|(number, pattern)| {
            self.reached.clear();
            reach(self.grammar, word, &pattern.path, &[], &mut self.reached);
            let admitted = |&word: &usize| pattern.filter.is_none_or(|filter| filter.admits(self.classes[word]));
            self.reached.iter().copied().find(admitted).map(|found| (number, found))
        })
    }

    /// Fills roles from the dependents of `word`.
    fn fill<'f>(
        &mut self,
        matched: &mut Match,
        word: usize,
        (roles, turns): (&'f Roles, &Turns),
        note: &mut impl FnMut(Arrival<'f>),
    ) {
        let below = self.grammar.below(word);
        for turn in turns {
            let pattern = || &roles.patterns(turn.role)[turn.number as usize];
            if turn.below == 0 || turn.below & below != 0 {
                self.fill_pattern(matched, word, turn.role, pattern(), note);
            } else {
                debug_assert!(
                    !self.arrives(word, pattern(), &matched.words),
                    "{pattern:?} arrives",
                    pattern = pattern()
                );
            }
        }
    }

    fn arrives(&mut self, word: usize, pattern: &Pattern, words: &[usize]) -> bool {
        self.reached.clear();
        reach(self.grammar, word, &pattern.path, words, &mut self.reached);
        !self.reached.is_empty()
    }

    /// Is one of the words the subject of the passive verb?
    fn is_undergone(&self, verb: usize, words: &[usize]) -> bool {
        self.grammar.is_passive(verb) && self.grammar.subject(verb).is_some_and(|subject| words.contains(&subject))
    }

    fn fill_pattern<'f>(
        &mut self,
        matched: &mut Match,
        word: usize,
        role: Role,
        pattern: &'f Pattern,
        note: &mut impl FnMut(Arrival<'f>),
    ) {
        // "Was shot dead at a meeting": what a passive has as its subject is all that it was done to.
        let oblique = matches!(&*pattern.path, [step] if step.deprel == Deprel::Obl && !step.up);
        if oblique
            && role == Role::Target
            && !matched.role(role).is_empty()
            && self.is_undergone(word, matched.role(role))
        {
            return;
        }
        self.reached.clear();
        reach(self.grammar, word, &pattern.path, &matched.words, &mut self.reached);
        if self.reached.is_empty() {
            return;
        }
        self.candidates.clear();
        for &head in &self.reached {
            self.grammar.conjuncts(head, &mut self.candidates);
        }
        for &filler in &self.candidates {
            // Nobody attacks a morning, nor a mile.
            // "said that gunmen had attacked", where the conjunction was taken for a pronoun.
            let relations = self.grammar.relations();
            let asks = || matches!(relations.xpos(filler), Xpos::Wp | Xpos::Wdt);
            let that = || relations.form(filler).eq_ignore_ascii_case("that");
            // "Asked who had killed him" tells nobody.
            let mute = relations.upos(filler) == Upos::Pron && (that() || asks());
            let extent = mute || role != Role::Topic && self.classes[filler].intersects(self.extents);
            let admitted = !extent && pattern.filter.is_none_or(|filter| filter.admits(self.classes[filler]));
            let arrival = |fate| Arrival { role, pattern, from: word, word: filler, fate };
            if !admitted {
                note(arrival(Fate::Class));
            } else if filler == word || matched.words.contains(&filler) {
                // The trigger is no role of its own.
            } else if self.used.contains(&filler) {
                note(arrival(Fate::Used));
            } else {
                self.used.push(filler);
                matched.fillers[role as usize].push(filler);
                note(arrival(Fate::Bound));
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
    if rest.is_empty() {
        take_step(grammar, word, first, particles, out);
        return;
    }
    let mut next = Vec::new();
    take_step(grammar, word, first, particles, &mut next);
    for word in next {
        reach(grammar, word, rest, &[], out);
    }
}

/// What must hang on a word, or a path from it arrives nowhere: relations, a bit for each. Nothing for those that [`take_step`] also
/// finds elsewhere.
pub(super) fn hangs_below(path: &[Step]) -> u64 {
    let Some(step) = path.first().filter(|step| !step.up) else { return 0 };
    match (step.deprel, step.case.as_deref()) {
        (Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::OblAgent, _) => 0,
        (Deprel::Obl | Deprel::Nmod, Some("by" | "of" | IN_FRONT)) => 0,
        (Deprel::Obl, _) => bit(Deprel::Obl) | bit(Deprel::OblAgent),
        (deprel, _) => bit(deprel),
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
    if step.up {
        let attached = relations.deprel(word) == step.deprel
            && step.case.as_deref().is_none_or(|case| grammar.has_case(word, case));
        out.extend(relations.head(word).filter(|_| attached));
        return;
    }
    let verbal = grammar.is_verb(word);
    match step.deprel {
        // "The blast was a suicide attack": the subject of a predicate noun is the noun's own happening.
        Deprel::Nsubj | Deprel::NsubjPass if !verbal && grammar.is_nominal(word) => {}
        Deprel::Nsubj if verbal => {
            if !grammar.is_passive(word)
                && let Some(subject) = grammar.subject(word)
            {
                out.push(subject);
                out.extend(grammar.twin_subject(word, subject));
            }
        }
        Deprel::NsubjPass if verbal => {
            if grammar.is_passive(word)
                && let Some(subject) = grammar.subject(word)
            {
                out.push(subject);
                out.extend(grammar.twin_subject(word, subject));
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
        // "evacuated the staff by sea": only who stands by a passive verb does what it says.
        Deprel::OblAgent if verbal && !grammar.is_passive(word) => {
            out.extend(grammar.with(word, Deprel::OblAgent));
        }
        Deprel::Obl | Deprel::OblAgent => {
            let case = match step.deprel {
                Deprel::OblAgent => Some("by"),
                _ => step.case.as_deref(),
            };
            let before = out.len();
            oblique(grammar, word, case, out);
            if case == Some(IN_FRONT) {
                before_what(grammar, word, out);
            }
            if out.len() == before && case == Some("by") {
                out.extend(grammar.stray_by(word));
            }
            // "were beaten and robbed by guards"
            if out.len() == before
                && verbal
                && case == Some("by")
                && grammar.is_passive(word)
                && let Some(next) = grammar.with(word, Deprel::Conj).filter(|&next| grammar.is_verb(next)).last()
            {
                oblique(grammar, next, case, out);
            }
        }
        deprel => {
            let before = out.len();
            out.extend(
                grammar
                    .with(word, deprel)
                    .filter(|&dependent| step.case.as_deref().is_none_or(|case| grammar.has_case(dependent, case))),
            );
            if deprel == Deprel::Nmod && step.case.as_deref() == Some(IN_FRONT) {
                before_what(grammar, word, out);
            }
            if out.len() == before
                && deprel == Deprel::Nmod
                && let Some(case) = step.case.as_deref()
            {
                out.extend(grammar.stray_nmod(word, case));
                if out.len() == before && case == "by" {
                    out.extend(grammar.stray_by(word));
                }
            }
        }
    }
}

/// The preposition "in front of" as patterns spell it.
const IN_FRONT: &str = "in front";

/// What stands behind "in front of": the tree has "front" as the noun and the rest hanging on it.
fn before_what<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, word: usize, out: &mut Vec<usize>) {
    let relations = grammar.relations();
    let fronts = grammar.dependents(word).filter(|&front| {
        matches!(relations.deprel(front), Deprel::Obl | Deprel::Nmod)
            && grammar.is(front, "front")
            && grammar.has_case(front, "in")
    });
    for front in fronts {
        out.extend(grammar.with(front, Deprel::Nmod).filter(|&what| grammar.has_case(what, "of")));
    }
}

/// Obliques of a verb with this preposition.
fn oblique<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, word: usize, case: Option<&str>, out: &mut Vec<usize>) {
    if !grammar.has(word, Deprel::Obl) && !grammar.has(word, Deprel::OblAgent) {
        return;
    }
    let relations = grammar.relations();
    out.extend(grammar.dependents(word).filter(|&dependent| {
        matches!(relations.deprel(dependent), Deprel::Obl | Deprel::OblAgent)
            && case.is_none_or(|case| grammar.has_case(dependent, case))
    }));
}

/// Does a noun stand at `word` that may name events, whatever the words around it?
pub(crate) fn may_name_event<R: Relations + ?Sized>(frames: &Frames, relations: &R, word: usize) -> bool {
    heads(frames, relations, word).any(|lead| lead.kind == TriggerKind::Noun)
}

/// Does a noun that names events stand at `word`?
pub(crate) fn is_noun_trigger<R: Relations + ?Sized>(
    frames: &Frames,
    grammar: &Grammar<'_, R>,
    classes: &[ClassSet],
    word: usize,
) -> bool {
    let is_there = |lead: &Lead| {
        lead.kind == TriggerKind::Noun
            && trigger_words(grammar, classes, word, &frames.triggers[lead.trigger as usize]).is_ok()
    };
    may_be(grammar, word, TriggerKind::Noun) && heads(frames, grammar.relations(), word).any(is_there)
}
