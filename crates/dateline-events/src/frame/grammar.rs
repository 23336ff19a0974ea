use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};

/// How far a question climbs the tree: deeper chains are no real sentence, and the cost of a question stays constant.
const STEPS: usize = 16;

/// How many parts of a coordination are looked at.
const CONJUNCTS: usize = 64;

/// The relations of one sentence with the dependents of every word at hand, and the questions that matching asks.
///
/// Building it is linear in the words of the sentence; each question costs what it looks at.
pub(crate) struct Grammar<'r, R: ?Sized> {
    relations: &'r R,
    /// The relations of each word's dependents, a bit for each.
    below: Vec<u64>,
    /// Where each word's dependents begin in `dependents`.
    starts: Vec<u32>,
    dependents: Vec<u32>,
}

/// The bit of a relation in [`Grammar::below`].
pub(super) fn bit(deprel: Deprel) -> u64 {
    const { assert!(Deprel::ALL.len() <= 64) };
    1 << deprel as u8
}

impl<'r, R: Relations + ?Sized> Grammar<'r, R> {
    pub(crate) fn new(relations: &'r R) -> Self {
        let len = relations.len();
        let mut starts = vec![0u32; len + 1];
        let mut below = vec![0; len];
        for word in 0..len {
            if let Some(head) = relations.head(word) {
                starts[head + 1] += 1;
                below[head] |= bit(relations.deprel(word));
            }
        }
        for word in 0..len {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut dependents = vec![0u32; starts[len] as usize];
        for word in 0..len {
            if let Some(head) = relations.head(word) {
                dependents[next[head] as usize] = word as u32;
                next[head] += 1;
            }
        }
        Self { relations, below, starts, dependents }
    }

    pub(crate) fn relations(&self) -> &'r R {
        self.relations
    }

    /// The direct dependents of `word`, in text order.
    pub(crate) fn dependents(&self, word: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.dependents[self.range(word)].iter().map(|&word| word as usize)
    }

    /// Where the dependents of `word` stand in `dependents`.
    fn range(&self, word: usize) -> Range<usize> {
        self.starts[word] as usize..self.starts[word + 1] as usize
    }

    pub(crate) fn with(&self, word: usize, deprel: Deprel) -> impl Iterator<Item = usize> + '_ {
        let range = if self.has(word, deprel) { self.range(word) } else { 0..0 };
        let dependents = self.dependents[range].iter().map(|&word| word as usize);
        dependents.filter(move |&dependent| self.relations.deprel(dependent) == deprel)
    }

    pub(crate) fn has(&self, word: usize, deprel: Deprel) -> bool {
        self.below[word] & bit(deprel) != 0
    }

    /// The relations of the word's dependents, a bit for each.
    pub(super) fn below(&self, word: usize) -> u64 {
        self.below[word]
    }

    pub(crate) fn is(&self, word: usize, lemma: &str) -> bool {
        self.relations.lemma(word) == lemma || self.relations.form(word).eq_ignore_ascii_case(lemma)
    }

    /// The preposition of a noun or the mark of a clause: does it read `text` (words joined by a space)?
    pub(crate) fn has_case(&self, word: usize, text: &str) -> bool {
        if !self.has(word, Deprel::Case) && !self.has(word, Deprel::Mark) {
            return false;
        }
        self.dependents(word).any(|case| {
            if !matches!(self.relations.deprel(case), Deprel::Case | Deprel::Mark) {
                return false;
            }
            let Some((first, rest)) = text.split_once(' ') else {
                return self.is(case, text);
            };
            self.is(case, first) && self.dependents(case).any(|next| self.is(next, rest))
        })
    }

    /// The preposition of a noun: its first case word that is no possessive mark.
    pub(crate) fn case(&self, word: usize) -> Option<usize> {
        self.with(word, Deprel::Case).find(|&case| self.relations.xpos(case) != Xpos::Pos)
    }

    pub(crate) fn is_verb(&self, word: usize) -> bool {
        matches!(self.relations.upos(word), Upos::Verb | Upos::Aux)
    }

    fn is_noun(&self, word: usize) -> bool {
        matches!(self.relations.upos(word), Upos::Noun | Upos::Propn)
    }

    pub(crate) fn is_nominal(&self, word: usize) -> bool {
        matches!(self.relations.upos(word), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
    }

    /// Is the verb passive: by an auxiliary, as a participle after its noun, or beside a passive verb?
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let mut at = verb;
        for _ in 0..STEPS {
            if self.has(at, Deprel::AuxPass) || self.has(at, Deprel::NsubjPass) {
                return true;
            }
            // "The students killed last weekend were buried": after its noun a past form is a participle.
            let participle = match self.relations.xpos(at) {
                Xpos::Vbn => true,
                Xpos::Vbd => self.relations.deprel(at) == Deprel::Acl,
                _ => false,
            };
            if !participle || self.has(at, Deprel::Aux) || self.has(at, Deprel::Nsubj) {
                return false;
            }
            match (self.relations.deprel(at), self.relations.head(at)) {
                // "Units shot down two drones": what has an object of its own is active, whatever the parser made of it.
                (Deprel::Acl, _) => return !self.has(at, Deprel::Obj),
                (Deprel::Amod | Deprel::Advcl | Deprel::Xcomp, _) => return true,
                (Deprel::Conj, Some(head)) if self.is_verb(head) => at = head,
                // A finite verb that the tagger took for a participle.
                _ => return false,
            }
        }
        false
    }

    /// What a relative pronoun stands for; other words stand for themselves.
    pub(crate) fn antecedent(&self, word: usize) -> usize {
        if !matches!(self.relations.xpos(word), Xpos::Wdt | Xpos::Wp) {
            return word;
        }
        let mut at = word;
        for _ in 0..STEPS {
            let Some(head) = self.relations.head(at) else {
                break;
            };
            if self.relations.deprel(at) == Deprel::AclRelcl {
                // "It is not clear who did it" asks, and has no noun.
                return if self.is_nominal(head) { head } else { word };
            }
            at = head;
        }
        word
    }

    /// The subject of a verb, its own or the understood one; with a passive verb it is what undergoes it.
    pub(crate) fn subject(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..STEPS {
            let is_subject = |word: usize| matches!(self.relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass);
            if let Some(own) = self.dependents(at).find(|&word| is_subject(word)) {
                // "Rights organization Amnesty said", in two subjects: the name is who speaks.
                let apart =
                    |word: usize| self.is_verb(word) || matches!(self.relations.upos(word), Upos::Punct | Upos::Adp);
                let named = |&next: &usize| {
                    next > own
                        && is_subject(next)
                        && self.relations.upos(next) == Upos::Propn
                        && self.relations.subtree(next).start <= self.relations.subtree(own).end
                        && !(own..next).any(apart)
                };
                let own = self.dependents(at).find(named).filter(|_| self.is_noun(own)).unwrap_or(own);
                return Some(self.antecedent(own));
            }
            if let Some(stray) = self.stray_subject(at) {
                return Some(stray);
            }
            let head = self.relations.head(at)?;
            match self.relations.deprel(at) {
                // "accused the rebels of firing": the object is who does it.
                Deprel::Advcl
                    if self.is_verb(head)
                        && self.relations.xpos(at) == Xpos::Vbg
                        && ["of", "from", "for", "into", "with"].iter().any(|case| self.has_case(at, case)) =>
                {
                    if let Some(object) = self.with(head, Deprel::Obj).find(|&object| object < at) {
                        return Some(object);
                    }
                    at = head;
                }
                Deprel::Conj | Deprel::Advcl | Deprel::Parataxis if self.is_verb(head) => at = head,
                Deprel::Conj | Deprel::Advcl if self.has(head, Deprel::Cop) => at = head,
                // "The strike hit a bus, killing nine": after a noun the participle hangs on the noun's clause.
                Deprel::Advcl if self.is_nominal(head) => at = head,
                Deprel::Xcomp => {
                    // "let them go": the tree may hold them for whom it was let.
                    let objects = self.with(head, Deprel::Obj).chain(self.with(head, Deprel::Iobj));
                    if let Some(object) = objects.min().filter(|&object| object < at) {
                        return Some(object);
                    }
                    at = head;
                }
                Deprel::Acl if self.relations.xpos(at) == Xpos::Vb => {
                    // "an attempt to seize", "the army's decision to leave"
                    if let Some(owner) = self.with(head, Deprel::NmodPoss).next() {
                        return Some(owner);
                    }
                    // "Gave details of a plan to kill him": whose plan is not told.
                    if !matches!(
                        self.relations.deprel(head),
                        Deprel::Obj | Deprel::Nsubj | Deprel::Root | Deprel::Xcomp
                    ) {
                        return None;
                    }
                    at = self.predicate(head)?;
                }
                // "in addition to attacking the post, the rebels ...": an addition attacks nobody.
                Deprel::Acl if self.relations.xpos(at) == Xpos::Vbg && self.has_case(at, "to") => {
                    if let Some(owner) = self.with(head, Deprel::NmodPoss).next() {
                        return Some(owner);
                    }
                    if !matches!(self.relations.deprel(head), Deprel::Obj | Deprel::Obl | Deprel::Xcomp) {
                        return None;
                    }
                    at = self.predicate(head)?;
                }
                Deprel::Acl => return Some(head),
                Deprel::AclRelcl => {
                    // "the drones that hit the depot" has its pronoun as subject; without one the gap is the subject only if
                    // there is no other.
                    return Some(head);
                }
                // "They vowed to keep fighting" and the like hang by other relations in rough trees.
                Deprel::Ccomp if self.relations.xpos(at) == Xpos::Vb => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Who stands between "and" and the auxiliary of a clause that the tree left without a subject: "were killed on the bridge and
    /// their daughter was wounded".
    fn stray_subject(&self, verb: usize) -> Option<usize> {
        if self.relations.deprel(verb) != Deprel::Conj {
            return None;
        }
        let helps = |word: &usize| matches!(self.relations.deprel(*word), Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        let auxiliary = self.dependents(verb).find(helps).filter(|&word| word < verb)?;
        let mut at = auxiliary.checked_sub(1).filter(|&word| self.is_nominal(word))?;
        for _ in 0..STEPS {
            let head = self.relations.head(at)?;
            if self.relations.deprel(at) == Deprel::Conj {
                return (head < at && self.has(at, Deprel::Cc) && self.is_nominal(at)).then_some(at);
            }
            at = head;
        }
        None
    }

    /// The nearest verb or predicate above `word`, or itself.
    pub(crate) fn predicate(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..STEPS {
            if self.relations.upos(at) == Upos::Verb && self.relations.deprel(at) != Deprel::Amod
                || self.has(at, Deprel::Cop)
            {
                return Some(at);
            }
            at = self.relations.head(at)?;
        }
        None
    }

    /// The objects of an active verb: its own, those of a verb coordinated with it that has the only ones ("attacked and looted
    /// shops"), or the noun of a relative clause ("drones that the army shot down").
    pub(crate) fn objects(&self, verb: usize, out: &mut Vec<usize>) {
        let before = out.len();
        out.extend(self.with(verb, Deprel::Obj).map(|object| self.antecedent(object)));
        if out.len() > before {
            self.stray_objects(verb, out);
            return;
        }
        if self.is_passive(verb) {
            return;
        }
        // "kidnapped up to 16 advisers": the hedge is no preposition.
        out.extend(self.with(verb, Deprel::Obl).filter(|&object| {
            self.has(object, Deprel::Nummod)
                && self
                    .with(object, Deprel::Case)
                    .any(|to| to > verb && self.is(to, "to") && self.relations.form(to - 1).eq_ignore_ascii_case("up"))
        }));
        if out.len() > before {
            return;
        }
        if let Some(next) = self.with(verb, Deprel::Conj).next()
            && self.is_verb(next)
            && !self.has(next, Deprel::Nsubj)
            && !self.dependents(verb).any(|word| word > verb && word < next && self.is_nominal(word))
        {
            out.extend(self.with(next, Deprel::Obj));
        }
        if out.len() == before
            && self.relations.deprel(verb) == Deprel::AclRelcl
            && let Some(head) = self.relations.head(verb)
            && self.subject(verb).is_some_and(|subject| subject != head)
        {
            out.push(head);
        }
    }

    /// The word and what is coordinated with it.
    pub(crate) fn conjuncts(&self, word: usize, out: &mut Vec<usize>) {
        let first = out.len();
        out.push(word);
        let mut at = first;
        while at < out.len() && out.len() - first < CONJUNCTS {
            let word = out[at];
            // "ambassador Jane Doe and two guards": the guards may hang on the name.
            let named = self.name_beside(word).or_else(|| self.listed_beside(word));
            for conjunct in named.into_iter().chain([word]).flat_map(|word| self.with(word, Deprel::Conj)) {
                let thing = !self.is_verb(conjunct) || self.has(conjunct, Deprel::Det);
                if thing && !self.begins_clause(conjunct) {
                    out.push(conjunct);
                }
            }
            at += 1;
        }
    }

    /// The middle of a list that was taken for an apposition: "Doe" of "killed two guards, Doe, and a driver". What "and" adds to it
    /// stands beside the first noun in any case: "Doe, the mayor, and a driver".
    fn listed_beside(&self, noun: usize) -> Option<usize> {
        self.with(noun, Deprel::Appos).find(|&next| {
            next > noun
                && self.is_noun(next)
                && self.with(next, Deprel::Conj).any(|last| {
                    self.is_nominal(last)
                        && self.with(last, Deprel::Cc).any(|and| self.is(and, "and") && self.follows_comma(and))
                })
        })
    }

    fn follows_comma(&self, word: usize) -> bool {
        word > 0 && self.relations.form(word - 1) == ","
    }

    /// Parts of the list of objects that the tree hung on the verb: "killed the priests, their cook, and her daughter", where the cook
    /// stands without a preposition; "kidnapped the bishop, a Pole, and his aide".
    fn stray_objects(&self, verb: usize, out: &mut Vec<usize>) {
        let Some(&object) = out.last() else { return };
        let first = |word: usize| self.relations.subtree(word).start;
        out.extend(self.dependents(verb).filter(|&word| {
            let comma = self.relations.form(first(word)) == "," || self.follows_comma(first(word));
            let and = || self.with(word, Deprel::Cc).any(|and| self.is(and, "and"));
            let begins =
                self.has(word, Deprel::NmodPoss) || self.has(word, Deprel::Det) || self.has(word, Deprel::Nummod);
            word > object
                && self.relations.upos(word) == Upos::Noun
                && begins
                && match self.relations.deprel(word) {
                    Deprel::Obl => !self.has(word, Deprel::Case) && (comma && self.has(word, Deprel::Conj) || and()),
                    Deprel::Conj => and() && !self.has(word, Deprel::Cop) && !self.begins_clause(word),
                    _ => false,
                }
        }));
    }

    /// The other of two subjects that belong together: "five policemen and a civilian were killed", where each was taken for a
    /// subject of its own; "shops, banks, and private homes were burned", where the first was taken for the head of it all.
    pub(crate) fn twin_subject(&self, verb: usize, subject: usize) -> Option<usize> {
        let deprel = self.relations.deprel(subject);
        let joined =
            self.with(verb, Deprel::Cc).any(|and| and < subject && self.is(and, "and") && self.follows_comma(and));
        if joined
            && self.relations.deprel(verb) == Deprel::Conj
            && let Some(first) = self.relations.head(verb)
            && self.is_noun(first)
            && self.relations.deprel(first) == Deprel::Root
            && !self.has(first, Deprel::Cop)
        {
            return Some(first);
        }
        self.with(verb, deprel).find(|&other| {
            let start = self.relations.subtree(other).start;
            other > subject
                && start > subject
                && (self.relations.form(start).eq_ignore_ascii_case("and")
                    || start > 0 && self.relations.form(start - 1).eq_ignore_ascii_case("and"))
        })
    }

    /// The name that stands right behind a noun, no comma between: "opposition leader Jane Doe".
    pub(crate) fn name_beside(&self, noun: usize) -> Option<usize> {
        if self.relations.upos(noun) != Upos::Noun {
            return None;
        }
        self.with(noun, Deprel::Appos).find(|&name| {
            name > noun && self.relations.upos(name) == Upos::Propn && self.first_of_name(name) == noun + 1
        })
    }

    /// Where the words of a name begin that may hang on its last.
    fn first_of_name(&self, name: usize) -> usize {
        let parts = self.with(name, Deprel::Compound).chain(self.with(name, Deprel::Flat));
        parts.min().map_or(name, |first| first.min(name))
    }

    /// Where a name ends: no further than its capitals go on ("leader Jane Doe shocked Paris").
    fn end_of_name(&self, name: usize) -> usize {
        let mut end = name + 1;
        while end < self.relations.len()
            && self.relations.upos(end) == Upos::Propn
            && self.relations.head(end).is_some_and(|head| (name..end).contains(&head))
            && matches!(self.relations.deprel(end), Deprel::Flat | Deprel::Compound)
        {
            end += 1;
        }
        end
    }

    /// Does what seems to be coordinated share the subject of the next clause: ", killing nine people, residents and a doctor said"?
    fn begins_clause(&self, conjunct: usize) -> bool {
        let phrase = self.relations.subtree(conjunct);
        let next = phrase.end;
        // The comma may hang on either side of the phrase.
        let comma = [phrase.start, phrase.start.saturating_sub(1)].iter().any(|&word| self.relations.form(word) == ",");
        // A list before its verb is the subject itself: "Egypt, Qatar and others said".
        let first = self.relations.head(conjunct);
        let after_verb = first.and_then(|first| Some(self.relations.head(first)? < first)).unwrap_or(false);
        if next >= self.relations.len() || self.has(conjunct, Deprel::Cc) || !comma || !after_verb {
            return false;
        }
        // ", killing nine people, officials said"
        let finite = matches!(self.relations.xpos(next), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        if finite && self.is_verb(next) && !self.has(next, Deprel::Nsubj) {
            return true;
        }
        if self.relations.upos(next) != Upos::Cconj {
            return false;
        }
        self.relations.head(next).is_some_and(|verb| {
            self.is_verb(verb) && self.with(verb, Deprel::Nsubj).any(|subject| subject > next && subject < verb)
        })
    }

    /// The phrase right after a noun, hung on a verb above it: "condemned the launch of a missile", where the missile was taken to
    /// tell more of the condemning. A phrase with "by" may have one with "of" before it.
    pub(crate) fn stray_nmod(&self, noun: usize, case: &str) -> Option<usize> {
        if !matches!(self.relations.upos(noun), Upos::Noun) {
            return None;
        }
        let next = match case {
            "of" => noun + 1,
            "by" => self.relations.subtree(noun).end,
            _ => return None,
        };
        if next >= self.relations.len() || !self.relations.form(next).eq_ignore_ascii_case(case) {
            return None;
        }
        let found = self.relations.head(next)?;
        let head = self.relations.head(found)?;
        let stray = found > next
            && head < noun
            && matches!(self.relations.deprel(found), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod)
            && (case == "of" || !self.is_passive(head));
        stray.then_some(found)
    }

    /// A by-phrase that hangs on a noun after the word rather than on the word itself: "the arrest of a man by police", where it
    /// was taken to tell more of the man.
    pub(crate) fn stray_by(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..STEPS {
            let next = self.dependents(at).rfind(|&next| {
                next > at
                    && matches!(self.relations.deprel(next), Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Xcomp)
            })?;
            if self.relations.deprel(next) == Deprel::Nmod && self.has_case(next, "by") {
                return Some(next);
            }
            at = next;
        }
        None
    }

    /// The words of a noun phrase as reports quote it: with the modifiers before the noun and the prepositional ones after it,
    /// without the preposition before it, relative clauses, appositions and coordinated phrases.
    pub(crate) fn phrase(&self, nominal: usize) -> Range<usize> {
        let mut start = nominal;
        let mut end = nominal + 1;
        let name = self.name_beside(nominal);
        for word in self.dependents(nominal) {
            let before = word < nominal;
            if name == Some(word) {
                end = end.max(self.end_of_name(word));
                continue;
            }
            // What stands after a second noun or a clause belongs to more than this phrase: "the army and rebels in Goma".
            if !before && matches!(self.relations.deprel(word), Deprel::Conj | Deprel::Appos | Deprel::AclRelcl) {
                break;
            }
            let keep = match self.relations.deprel(word) {
                Deprel::Det
                | Deprel::DetPredet
                | Deprel::Amod
                | Deprel::Nummod
                | Deprel::NmodPoss
                | Deprel::Compound
                | Deprel::Flat
                | Deprel::NmodDesc
                | Deprel::Fixed
                | Deprel::Goeswith
                | Deprel::Nmod => true,
                Deprel::NmodUnmarked | Deprel::Advmod => before,
                _ => false,
            };
            if keep && before {
                start = start.min(self.relations.subtree(word).start);
            } else if keep {
                end = end.max(self.phrase_end(word));
            }
        }
        // "presumably by rebels": the adverb is about the whole.
        if let Some(case) = self.with(nominal, Deprel::Case).filter(|case| (start..nominal).contains(case)).last() {
            start = case + 1;
        }
        // What leads in from outside ("both", a bracket, a comma) is no part of it.
        while start < nominal && self.relations.upos(start) == Upos::Punct && self.relations.form(start) != "\"" {
            start += 1;
        }
        start..end
    }

    /// Where the phrase of a modifier ends, its own modifiers and coordinated parts included.
    fn phrase_end(&self, nominal: usize) -> usize {
        let mut at = nominal;
        let mut end = nominal + 1;
        for _ in 0..STEPS {
            let last = self.dependents(at).rfind(|&word| {
                word > at
                    && match self.relations.deprel(word) {
                        Deprel::Nmod | Deprel::Flat | Deprel::Compound | Deprel::Nummod | Deprel::Case => true,
                        Deprel::Conj => !self.is_verb(word),
                        _ => false,
                    }
            });
            let Some(word) = last else { break };
            end = end.max(word + 1);
            at = word;
        }
        end
    }
}
