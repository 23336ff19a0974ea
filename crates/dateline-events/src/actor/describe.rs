//! Puts the anchors of a sentence together to actors: "the Russian defence ministry spokesman Igor Petrov" is one.

use std::collections::HashMap;
use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::Nature;
use super::anchor::{Anchor, Anchors, Sort, last_name};
use super::lexicon::{Lexicon, Role, cameo_of_country, cameo_of_sector};
use super::spot::{Geo, What};
use crate::annotation::{Actor, ActorKind};
use crate::frame::Grammar;

/// How far a pronoun looks up the tree for its owner.
const OWNER: usize = 8;

/// How an anchor belongs to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// Before it: "Russian", "army", "President".
    Before,
    /// "Ukraine's".
    Owner,
    /// "of Moscow", "for the army", "from Burundi".
    Of,
    /// "in Kenya".
    In,
    /// "the mayor, Sergei Sobyanin".
    Beside,
    /// A word of its very name.
    Inside,
}

/// What is known of an actor.
#[derive(Clone, Debug, Default)]
struct Facts {
    iso3: Option<&'static str>,
    sector: Option<&'static str>,
    /// A whole CAMEO code, with the country.
    code: Option<&'static str>,
    /// The code tells the sector too.
    complete: bool,
    /// CAMEO roles without the country.
    roles: Option<&'static str>,
    name: Option<String>,
    /// Named as a person.
    person: bool,
    /// Says more than its noun alone.
    told: bool,
    former: bool,
    /// The noun that is a person's title: "mayor" of "Mayor Ana Reyes".
    title: Option<usize>,
}

/// An actor and the word it hangs on.
struct Found {
    actor: Actor,
    head: Span,
    /// The name of a person whose facts may stand elsewhere in the text.
    person: bool,
}

/// Makes actors of the anchors, sentence by sentence.
pub(super) struct Describer<'l, 't> {
    lexicon: &'l Lexicon,
    text: &'t str,
    /// Full names by last names.
    names: &'l HashMap<String, String>,
    found: Vec<Found>,
    /// The last actor told of by a noun, for "the ministry", "the mayor".
    by_noun: HashMap<String, usize>,
    /// Organisations by a word of their names and by their initials: "the Observatory".
    by_word: HashMap<String, usize>,
}

impl<'l, 't> Describer<'l, 't> {
    pub(super) fn new(lexicon: &'l Lexicon, text: &'t str, names: &'l HashMap<String, String>) -> Self {
        Self { lexicon, text, names, found: Vec::new(), by_noun: HashMap::new(), by_word: HashMap::new() }
    }

    /// Adds the actors of one piece.
    pub(super) fn describe<R: Relations>(
        &mut self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        nature: &impl Fn(&Grammar<'_, R>, usize) -> Nature,
    ) {
        let count = anchors.anchors.len();
        let mut ties: Vec<Option<(usize, Tie)>> = (0..count).map(|index| self.tie(anchors, grammar, index)).collect();
        for index in 0..count {
            // Two that hang on each other: the first one stands.
            if let Some((over, _)) = ties[index]
                && ties[over].is_some_and(|(back, _)| back == index)
            {
                ties[over] = None;
            }
        }
        let mut facts: Vec<Facts> = (0..count).map(|index| self.own_facts(anchors, grammar, index)).collect();
        let mut spans: Vec<Range<usize>> = anchors.anchors.iter().map(|anchor| own_words(grammar, anchor)).collect();
        // Countries joined before one noun: "Hungarian and Romanian officials".
        let mut joined: Vec<Vec<usize>> = vec![Vec::new(); count];
        for index in in_order(&ties) {
            let Some((over, tie)) = ties[index] else { continue };
            if matches!(
                anchors.anchors[index].sort,
                Sort::Known(What::Geo { how: Geo::Nationality | Geo::Country, .. })
            ) && matches!(tie, Tie::Before | Tie::Owner)
            {
                joined[over].push(index);
            }
            let part = facts[index].clone();
            self.merge(anchors, over, index, tie, &mut facts[over], part);
            let extends = match tie {
                Tie::Before | Tie::Owner => true,
                Tie::Of => spans[index].start >= spans[over].end,
                // "the mayor, Ana Reyes"; "the rebel group M23"
                Tie::Beside => {
                    let adjacent = spans[over].end == spans[index].start;
                    adjacent || facts[over].person && touches(grammar, &spans[over], &spans[index])
                }
                Tie::In | Tie::Inside => false,
            };
            if extends {
                let part = spans[index].clone();
                let whole = &mut spans[over];
                *whole = whole.start.min(part.start)..whole.end.max(part.end);
            }
        }
        for index in 0..count {
            if facts[index].iso3.is_none()
                && let Some(owner) = self.owner_by_pronoun(anchors, grammar, index)
                && let Some(iso3) = facts[owner].iso3
            {
                facts[index].iso3 = Some(iso3);
                facts[index].told = true;
            }
        }
        let mut acting = vec![false; count];
        for index in 0..count {
            if let Some((_, tie)) = ties[index]
                && tie != Tie::In
            {
                continue;
            }
            // "Kenya and Uganda": what goes for the first one.
            let joined_to_actor = joined_countries_before(anchors, grammar, index).is_some_and(|other| acting[other]);
            if !joined_to_actor && !self.is_actor(anchors, grammar, nature, index, &facts[index]) {
                self.resolve_name(anchors, grammar, index);
                continue;
            }
            acting[index] = true;
            self.split_countries(anchors, grammar, index, &mut joined[index], &facts, &mut spans[index]);
            self.add(anchors, grammar, index, &facts[index], spans[index].clone());
        }
    }

    /// What an anchor hangs on, if that takes it up.
    fn tie<R: Relations>(&self, anchors: &Anchors, grammar: &Grammar<'_, R>, index: usize) -> Option<(usize, Tie)> {
        let relations = grammar.relations();
        let anchor = &anchors.anchors[index];
        // A place within the name of a body.
        if let Some(body) = anchors.anchor_at(anchor.head)
            && body != index
        {
            return Some((body, Tie::Inside));
        }
        let next = anchors.at.get(anchor.words.end).and_then(|_| anchors.anchor_at(anchor.words.end));
        let plural = matches!(relations.xpos(anchor.head), Xpos::Nns | Xpos::Nnps);
        if let (Some(role), Some(next), false) = (anchors.role(self.lexicon, index), next, plural) {
            let head = anchors.anchors[next].head;
            let named = match anchors.anchors[next].sort {
                Sort::Person => Some(ActorKind::Person),
                Sort::Known(What::Actor { row, .. }) => Some(self.lexicon.actors[row as usize].kind),
                _ => None,
            };
            let beside = match named {
                // "Senator Ana Reyes": side by side, whatever the tree says.
                Some(ActorKind::Person) => role.title,
                // "State news agency SANA": likewise.
                Some(_) if role.kind == Some(ActorKind::Organization) => {
                    relations.xpos(anchor.head) == Xpos::Nn && relations.head(anchor.head) == relations.head(head)
                }
                // "the rebel Kurdistan Workers' Party", "the militant Hamas"
                Some(_) => role.sector.is_some_and(takes_sides) && relations.upos(anchor.head) != Upos::Propn,
                None => false,
            };
            if beside {
                return Some((next, Tie::Before));
            }
        }
        // "the Syrian-backed militia" is not Syrian.
        let geo = matches!(anchor.sort, Sort::Known(What::Geo { .. }));
        if geo && is_half(grammar, anchor.words.end) {
            return None;
        }
        let mut head = anchor.head;
        // "Hungarian and Romanian officials": what the first one hangs on.
        if relations.deprel(head) == Deprel::Conj
            && matches!(anchor.sort, Sort::Known(What::Geo { .. }))
            && let Some(first) = relations.head(head)
            && anchors.anchor_at(first).is_some()
            && matches!(relations.deprel(first), Deprel::Amod | Deprel::Compound)
        {
            head = first;
        }
        // A country right before a noun, and the tree sees no actor over it: "that the Chadian government end curbs".
        let adjective = matches!(anchor.sort, Sort::Known(what) if what.is_nationality());
        let stands_alone = matches!(
            relations.deprel(head),
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Iobj | Deprel::Obl
        );
        if let (Some(next), true) = (next, geo)
            && relations
                .head(head)
                .is_none_or(|over| anchors.anchor_at(over).is_none() && (adjective || !grammar.is_nominal(over)))
            && (adjective || !stands_alone)
            && self.takes(anchors, grammar, next, index, Tie::Before)
        {
            return Some((next, Tie::Before));
        }
        let over_word = relations.head(head)?;
        let over = anchors.anchor_at(over_word).filter(|&over| over != index)?;
        let tie = match relations.deprel(head) {
            Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked | Deprel::Flat
                if anchor.head < anchors.anchors[over].words.end =>
            {
                Tie::Before
            }
            // "rebel group M23": the name behind the noun.
            Deprel::Flat | Deprel::Compound | Deprel::Appos | Deprel::NmodDesc => Tie::Beside,
            Deprel::NmodPoss => Tie::Owner,
            Deprel::Nmod => {
                let case = grammar.case(head).map(|case| relations.form(case).to_ascii_lowercase());
                match case.as_deref() {
                    Some("of" | "for" | "from") if anchor.head > over_word => Tie::Of,
                    Some("in" | "at" | "inside" | "near" | "across" | "within" | "throughout" | "around") => Tie::In,
                    _ => return None,
                }
            }
            _ => return None,
        };
        self.takes(anchors, grammar, over, index, tie).then_some((over, tie))
    }

    fn takes<R: Relations>(
        &self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        over: usize,
        index: usize,
        tie: Tie,
    ) -> bool {
        let is_person = |anchor: usize| match anchors.anchors[anchor].sort {
            Sort::Person => true,
            Sort::Known(What::Actor { row, .. }) => self.lexicon.actors[row as usize].kind == ActorKind::Person,
            _ => false,
        };
        let one_person = |anchor: usize| {
            let word = anchors.anchors[anchor].head;
            anchors.role(self.lexicon, anchor).is_some_and(|role| role.kind == Some(ActorKind::Person))
                && !matches!(grammar.relations().xpos(word), Xpos::Nns | Xpos::Nnps)
        };
        match (anchors.anchors[over].sort, anchors.anchors[index].sort) {
            (Sort::Known(What::Geo { .. }) | Sort::Unknown, _) => false,
            (Sort::Known(What::Noun(noun)), _) if self.lexicon.roles[noun.role as usize].kind.is_none() => false,
            (Sort::Known(What::Noun(_)), Sort::Known(What::Geo { .. })) => {
                // "leaders of Russia and Ukraine" are two countries' leaders.
                let several = joined_countries(anchors, grammar, index).is_some();
                tie != Tie::Beside && !(tie == Tie::Of && several)
            }
            // "King Hassan of Morocco"
            (Sort::Person, Sort::Known(What::Geo { how: Geo::Country, .. })) => {
                let title = anchors.anchors[over].words.start.checked_sub(1).and_then(|word| anchors.anchor_at(word));
                let titled = title.and_then(|title| anchors.role(self.lexicon, title)).is_some_and(|role| role.title);
                matches!(tie, Tie::Before | Tie::Owner) || tie == Tie::Of && titled
            }
            (_, Sort::Known(What::Geo { .. })) => matches!(tie, Tie::Before | Tie::Owner),
            (Sort::Known(What::Noun(_)), Sort::Known(What::Noun(_))) => match tie {
                Tie::Beside => one_person(over) && one_person(index),
                _ => tie != Tie::In,
            },
            (Sort::Known(What::Noun(_)), _) => match tie {
                Tie::Beside => is_person(index) == one_person(over),
                _ => tie != Tie::In,
            },
            (_, Sort::Known(What::Noun(_))) => match tie {
                Tie::Before => true,
                Tie::Beside => !is_person(over) || one_person(index),
                _ => tie == Tie::Of && is_person(over),
            },
            (_, Sort::Known(What::Actor { .. })) => match tie {
                Tie::Before | Tie::Owner => true,
                _ => tie == Tie::Of && is_person(over) && !is_person(index),
            },
            _ => false,
        }
    }

    /// What an anchor says by itself.
    fn own_facts<R: Relations>(&self, anchors: &Anchors, grammar: &Grammar<'_, R>, index: usize) -> Facts {
        let anchor = &anchors.anchors[index];
        match anchor.sort {
            Sort::Known(What::Actor { row, past }) => {
                let row = &self.lexicon.actors[row as usize];
                let past = past && row.kind == ActorKind::Person;
                Facts {
                    iso3: row.iso3,
                    sector: if past { Some("ELI") } else { row.sector },
                    code: if past { None } else { row.cameo },
                    complete: true,
                    roles: None,
                    name: Some(row.name.to_owned()),
                    person: row.kind == ActorKind::Person,
                    told: true,
                    former: past,
                    title: None,
                }
            }
            Sort::Known(What::Geo { iso3, how, .. }) => {
                let sector = match how {
                    Geo::Capital => Some("GOV"),
                    Geo::People => Some("CVL"),
                    Geo::Country | Geo::Nationality | Geo::Ethnic | Geo::Place => None,
                };
                Facts { iso3, sector, told: iso3.is_some(), ..Facts::default() }
            }
            Sort::Known(What::Noun(noun)) => {
                let role = &self.lexicon.roles[noun.role as usize];
                Facts {
                    sector: role.sector,
                    roles: role.cameo,
                    name: anchor.proper.then(|| self.words(grammar, &anchor.words)),
                    told: anchor.proper,
                    former: role.sector == Some("ELI"),
                    ..Facts::default()
                }
            }
            Sort::Person => {
                let words = self.words(grammar, &anchor.words);
                let last = last_name(grammar.relations().form(anchor.words.end - 1));
                let name =
                    if anchor.words.len() > 1 { Some(words) } else { self.names.get(&last).cloned().or(Some(words)) };
                Facts { name, person: true, told: true, ..Facts::default() }
            }
            Sort::Organization | Sort::Unknown => {
                Facts { name: Some(self.words(grammar, &anchor.words)), told: true, ..Facts::default() }
            }
        }
    }

    /// Whose forces "its forces" are: those of the subject of the clause, or of who says so: "Moscow said its forces had left".
    fn owner_by_pronoun<R: Relations>(
        &self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        index: usize,
    ) -> Option<usize> {
        let relations = grammar.relations();
        let noun = anchors.anchors[index].head;
        let role = anchors.role(self.lexicon, index).filter(|role| role.of || role.sector == Some("MIL"))?;
        let owned = |word: usize| matches!(relations.lemma(word), "its" | "their" | "it" | "they");
        if role.kind.is_none() || !grammar.with(noun, Deprel::NmodPoss).any(owned) {
            return None;
        }
        let mut at = noun;
        for _ in 0..OWNER {
            let over = relations.head(at)?;
            let subject = grammar.with(over, Deprel::Nsubj).find(|&subject| subject != at && subject < noun);
            let owner = subject.and_then(|subject| anchors.anchor_at(subject));
            if owner.is_some() {
                return owner.filter(|&owner| owner != index);
            }
            at = over;
        }
        None
    }

    fn words<R: Relations>(&self, grammar: &Grammar<'_, R>, words: &Range<usize>) -> String {
        self.text[span(grammar, words)].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds what a part says to what is known of the whole.
    fn merge(&self, anchors: &Anchors, over: usize, index: usize, tie: Tie, whole: &mut Facts, part: Facts) {
        let part_sort = anchors.anchors[index].sort;
        let iso3 = whole.iso3.or(part.iso3);
        match (anchors.anchors[over].sort, part_sort) {
            // "the Iraqi parliament", "the Colombian Congress": a body of that name in another country.
            (Sort::Known(What::Actor { .. }), Sort::Known(What::Geo { iso3: Some(iso3), how, .. })) => {
                let general = matches!(whole.sector, Some("LEG" | "JUD" | "MIL" | "COP" | "GOV" | "PTY" | "OPP"));
                if whole.iso3.is_none() || general && !whole.person && how != Geo::Place {
                    if whole.iso3 != Some(iso3) {
                        whole.code = None;
                    }
                    whole.iso3 = Some(iso3);
                }
                return;
            }
            (Sort::Known(What::Actor { .. }), Sort::Known(What::Noun(_))) => {
                // The title that the text gives, where the row's years are over.
                if whole.former && !part.former && whole.person && tie == Tie::Before && part.sector.is_some() {
                    whole.sector = part.sector;
                    whole.roles = part.roles;
                    whole.former = false;
                }
                return;
            }
            (Sort::Known(What::Actor { .. }), _) => return,
            _ => {}
        }
        let role = anchors.role(self.lexicon, over);
        let takes_sector = role.is_none_or(|role| role.of || role.sector.is_none());
        match part_sort {
            Sort::Known(What::Geo { .. }) => {}
            Sort::Known(What::Noun(noun)) => {
                let modifier = self.lexicon.roles[noun.role as usize].kind.is_none();
                if part.former {
                    whole.former = true;
                } else if part.sector.is_some() && takes_sector && (tie != Tie::Owner || part.person == whole.person) {
                    whole.sector = part.sector;
                    whole.roles = part.roles;
                    whole.title = (whole.person && role.is_none()).then_some(anchors.anchors[index].head);
                    whole.code = part.code;
                    whole.complete = part.complete;
                    if whole.name.is_none()
                        && !modifier
                        && role.is_some_and(|role| role.kind != Some(ActorKind::Person))
                    {
                        whole.name = part.name;
                    }
                }
            }
            Sort::Known(What::Actor { .. }) if part.person => {
                if tie == Tie::Beside {
                    whole.name = part.name;
                    whole.person = true;
                    whole.code = whole.code.or(part.code);
                }
            }
            Sort::Known(What::Actor { .. }) => {
                // "the Amal militia", "Taliban fighters" are what they are called.
                let called = role.is_some_and(|role| role.kind != Some(ActorKind::Person) && is_armed(role));
                if takes_sector || called && tie != Tie::Owner {
                    whole.code = part.code;
                    if part.sector.is_some() {
                        whole.sector = part.sector;
                        whole.roles = None;
                        whole.complete = true;
                    }
                    let several = role.is_some_and(|role| role.kind != Some(ActorKind::Person) || is_armed(role));
                    if whole.name.is_none() && (several || tie == Tie::Beside) {
                        whole.name = part.name;
                    }
                }
            }
            Sort::Person => {
                if tie == Tie::Beside {
                    whole.name = part.name;
                    whole.person = true;
                }
            }
            Sort::Organization | Sort::Unknown => {
                if whole.name.is_none() && role.is_some_and(|role| role.kind == Some(ActorKind::Organization)) {
                    whole.name = part.name;
                }
            }
        }
        whole.iso3 = iso3;
        whole.told |= part.told || part.sector.is_some();
    }

    /// Does the anchor name somebody who may act?
    fn is_actor<R: Relations>(
        &self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        nature: &impl Fn(&Grammar<'_, R>, usize) -> Nature,
        index: usize,
        facts: &Facts,
    ) -> bool {
        let relations = grammar.relations();
        let anchor = &anchors.anchors[index];
        let modified = relations.head(anchor.head).filter(|_| {
            matches!(
                relations.deprel(anchor.head),
                Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::NmodUnmarked
            )
        });
        match anchor.sort {
            Sort::Known(What::Noun(noun)) => {
                let role = &self.lexicon.roles[noun.role as usize];
                let anaphor = is_definite(grammar, anchor.head)
                    && self.by_noun.contains_key(&relations.lemma(anchor.head).to_lowercase());
                role.kind.is_some()
                    && (facts.told || anaphor || !role.needs)
                    && (anchor.proper || !role.named)
                    && (anchor.proper || !role.area || acts_itself(grammar, anchor.head))
                    && modified.is_none_or(|noun| anchor.proper || nature(grammar, noun) == Nature::Act)
                    && relations.deprel(anchor.head) != Deprel::Case
            }
            Sort::Known(What::Actor { .. }) => !(anchor.literal_place && is_location(grammar, anchor.head)),
            Sort::Known(What::Geo { iso3, how, metonym }) => match how {
                _ if iso3.is_none() => false,
                Geo::People => true,
                _ if is_half(grammar, anchor.words.end) => false,
                Geo::Nationality => modified.is_some_and(|noun| nature(grammar, noun) != Nature::Area),
                Geo::Capital => true,
                Geo::Country => {
                    metonym
                        || modified.is_some_and(|noun| nature(grammar, noun) != Nature::Area)
                        || modified.is_none() && acts(grammar, anchors, anchor.head, nature)
                }
                Geo::Place | Geo::Ethnic => false,
            },
            Sort::Person | Sort::Organization => true,
            Sort::Unknown => false,
        }
    }

    /// "the Observatory", "the SNHR": a word of a name told before.
    fn resolve_name<R: Relations>(&mut self, anchors: &Anchors, grammar: &Grammar<'_, R>, index: usize) {
        let anchor = &anchors.anchors[index];
        if !matches!(anchor.sort, Sort::Unknown) || anchor.words.len() > 1 {
            return;
        }
        let form = grammar.relations().form(anchor.head);
        let acronym = form.len() > 1 && form.chars().all(char::is_uppercase);
        if !acronym && !is_definite(grammar, anchor.head) {
            return;
        }
        let Some(&known) = self.by_word.get(form) else { return };
        let words = own_words(grammar, anchor);
        let span = span(grammar, &words);
        let actor = Actor {
            start: span.start,
            end: span.end,
            text: self.text[span].to_owned(),
            ..self.found[known].actor.clone()
        };
        self.found.push(Found { actor, head: grammar.relations().span(anchor.head), person: false });
    }

    /// Gives each of several joined countries an actor of its own; the last one keeps the noun.
    fn split_countries<R: Relations>(
        &mut self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        index: usize,
        joined: &mut [usize],
        facts: &[Facts],
        words: &mut Range<usize>,
    ) {
        joined.sort_unstable();
        let Some(&last) = joined.last() else { return };
        let first_iso3 = facts[joined[0]].iso3;
        if joined.iter().all(|&other| facts[other].iso3 == first_iso3) {
            return;
        }
        let between = anchors.anchors[joined[0]].words.end..anchors.anchors[last].words.start;
        if between.len() > 3
            || !between.clone().any(|word| matches!(grammar.relations().form(word), "and" | "or" | "," | "-" | "/"))
        {
            return;
        }
        for &other in &joined[..joined.len() - 1] {
            let one = Facts { iso3: facts[other].iso3, code: None, name: None, ..facts[index].clone() };
            self.add(anchors, grammar, index, &one, anchors.anchors[other].words.clone());
        }
        let own = Facts { iso3: facts[last].iso3, code: None, name: None, ..facts[index].clone() };
        words.start = anchors.anchors[last].words.start;
        self.add(anchors, grammar, index, &own, words.clone());
        words.end = words.start;
    }

    fn add<R: Relations>(
        &mut self,
        anchors: &Anchors,
        grammar: &Grammar<'_, R>,
        index: usize,
        facts: &Facts,
        words: Range<usize>,
    ) {
        if words.is_empty() {
            return;
        }
        let relations = grammar.relations();
        let anchor = &anchors.anchors[index];
        let role = anchors.role(self.lexicon, index);
        let plural = matches!(relations.xpos(anchor.head), Xpos::Nns | Xpos::Nnps)
            || matches!(anchor.sort, Sort::Known(What::Noun(noun)) if noun.plural);
        let kind = match anchor.sort {
            _ if facts.person => ActorKind::Person,
            Sort::Known(What::Actor { row, .. }) => self.lexicon.actors[row as usize].kind,
            Sort::Known(What::Geo { how: Geo::People, .. }) => ActorKind::Group,
            Sort::Known(What::Geo { .. }) => ActorKind::Country,
            Sort::Known(What::Noun(_)) => match role.and_then(|role| role.kind) {
                // "Taliban fighters" are the Taliban, "gunmen" are no organised group.
                Some(ActorKind::Person) if plural && facts.name.is_some() => ActorKind::Group,
                Some(kind) => kind,
                None => ActorKind::Group,
            },
            Sort::Person => ActorKind::Person,
            Sort::Organization | Sort::Unknown => ActorKind::Organization,
        };
        let sector = if facts.former && kind == ActorKind::Person { Some("ELI") } else { facts.sector };
        let span = span(grammar, &words);
        let mut actor = Actor {
            start: span.start,
            end: span.end,
            text: self.text[span].to_owned(),
            name: facts.name.clone().or_else(|| role.and_then(|role| role.name).map(str::to_owned)),
            iso3: facts.iso3.map(str::to_owned),
            sector: sector.map(str::to_owned),
            cameo: cameo(facts, sector),
            kind,
        };
        if kind == ActorKind::Country {
            actor.name = facts.iso3.and_then(country_name).map(str::to_owned);
        }
        let number = self.found.len();
        if let Some(title) = facts.title {
            self.by_noun.insert(relations.lemma(title).to_lowercase(), number);
        }
        if role.is_some() && !plural {
            let noun = &relations.lemma(anchor.head).to_lowercase();
            // "the interior ministry" before "the ministry"
            if facts.told || role.is_some_and(|role| role.name.is_some()) && anchor.words.len() > 1 {
                self.by_noun.insert(noun.to_owned(), number);
            } else if is_definite(grammar, anchor.head)
                && let Some(&known) = self.by_noun.get(noun)
            {
                let known = &self.found[known].actor;
                actor = Actor { start: actor.start, end: actor.end, text: actor.text, ..known.clone() };
            }
        }
        if matches!(kind, ActorKind::Organization) && facts.told {
            self.remember_words(grammar, &words, number);
        }
        self.found.push(Found { actor, head: relations.span(anchor.head), person: facts.person });
    }

    /// Remembers an organisation by the words of its name and by the initials in brackets behind it.
    fn remember_words<R: Relations>(&mut self, grammar: &Grammar<'_, R>, words: &Range<usize>, number: usize) {
        let relations = grammar.relations();
        let is_capital = |form: &str| form.starts_with(char::is_uppercase);
        for word in words.clone().filter(|_| words.len() > 2) {
            let form = relations.form(word);
            if is_capital(form) && form.len() > 4 && relations.upos(word) == Upos::Propn {
                self.by_word.insert(form.to_owned(), number);
            }
        }
        let end = words.end;
        if end + 2 < relations.len()
            && relations.form(end) == "("
            && relations.form(end + 2) == ")"
            && is_capital(relations.form(end + 1))
        {
            self.by_word.insert(relations.form(end + 1).to_owned(), number);
        }
    }

    /// The actors in text order, none overlapping; what one mention of a person says goes for the others too.
    pub(super) fn finish(self) -> Vec<Actor> {
        let mut found = self.found;
        let mut persons: HashMap<String, usize> = HashMap::new();
        for index in 0..found.len() {
            let Some(name) = found[index].actor.name.clone().filter(|_| found[index].person) else { continue };
            let best = persons.entry(name).or_insert(index);
            if found[*best].actor.sector.is_none() && found[index].actor.sector.is_some() {
                *best = index;
            }
        }
        for index in 0..found.len() {
            let Some(&best) = found[index].actor.name.as_ref().and_then(|name| persons.get(name)) else { continue };
            if found[index].person && best != index && found[index].actor.sector.is_none() {
                let Actor { iso3, sector, cameo, .. } = found[best].actor.clone();
                let actor = &mut found[index].actor;
                actor.iso3 = actor.iso3.take().or(iso3);
                actor.sector = sector;
                actor.cameo = cameo;
            }
        }
        found.sort_by_key(|found| (found.actor.start, std::cmp::Reverse(found.actor.end)));
        let mut actors: Vec<Actor> = Vec::with_capacity(found.len());
        for Found { mut actor, head, .. } in found {
            let floor = actors.last().map_or(0, |last| last.end);
            if actor.end <= floor || head.start < floor {
                continue;
            }
            if actor.start < floor {
                let rest = &self.text[floor..actor.end];
                actor.start = actor.end - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
                actor.text = self.text[actor.start..actor.end].to_owned();
            }
            actors.push(actor);
        }
        actors
    }
}

/// Does a sector say on which side somebody fights or stands?
fn takes_sides(sector: &str) -> bool {
    matches!(sector, "UAF" | "REB" | "PRM" | "OPP" | "CRM")
}

fn is_armed(role: &Role) -> bool {
    matches!(role.sector, Some("UAF" | "REB" | "PRM"))
}

/// Anchors that hang on others before those.
fn in_order(ties: &[Option<(usize, Tie)>]) -> Vec<usize> {
    let mut pending = vec![0usize; ties.len()];
    for (over, _) in ties.iter().flatten() {
        pending[*over] += 1;
    }
    let mut order: Vec<usize> = (0..ties.len()).filter(|&index| pending[index] == 0).collect();
    let mut next = 0;
    while next < order.len() {
        if let Some((over, _)) = ties[order[next]] {
            pending[over] -= 1;
            if pending[over] == 0 {
                order.push(over);
            }
        }
        next += 1;
    }
    order
}

/// The words of an anchor with those before it that modify it.
fn own_words<R: Relations>(grammar: &Grammar<'_, R>, anchor: &Anchor) -> Range<usize> {
    let modifies_only = matches!(
        anchor.sort,
        Sort::Known(What::Geo { how: Geo::Nationality | Geo::Ethnic | Geo::Country | Geo::Capital, .. })
    );
    let start = match modifies_only {
        true => {
            let the = anchor.words.start.checked_sub(1).filter(|&word| grammar.relations().form(word) == "the");
            the.filter(|_| !matches!(anchor.sort, Sort::Known(What::Geo { how: Geo::Nationality, .. })))
                .unwrap_or(anchor.words.start)
        }
        false => grammar.phrase(anchor.head).start.min(anchor.words.start),
    };
    // "that police had found": no determiner, whatever the tree says.
    let relations = grammar.relations();
    let that = start < anchor.words.start
        && relations.lemma(start) == "that"
        && (matches!(relations.xpos(anchor.head), Xpos::Nns | Xpos::Nnps) || relations.lemma(anchor.head) == "police");
    start + usize::from(that)..anchor.words.end
}

fn span<R: Relations>(grammar: &Grammar<'_, R>, words: &Range<usize>) -> Span {
    let relations = grammar.relations();
    Span::new(relations.span(words.start).start, relations.span(words.end - 1).end)
}

/// Does a hyphen bind the words before `end` to a participle: "Syrian-backed"?
fn is_half<R: Relations>(grammar: &Grammar<'_, R>, end: usize) -> bool {
    let relations = grammar.relations();
    let hyphen = end + 1 < relations.len() && matches!(relations.form(end), "-" | "‑" | "–");
    hyphen && matches!(relations.xpos(end + 1), Xpos::Vbn | Xpos::Vbd | Xpos::Vbg | Xpos::Jj)
}

/// Do two phrases stand side by side, with a comma between them at most?
fn touches<R: Relations>(grammar: &Grammar<'_, R>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let between = one.end.min(other.end)..one.start.max(other.start);
    between.len() <= 1
        && between.clone().all(|word| matches!(grammar.relations().form(word), "," | "(" | "-" | "–" | "—"))
}

fn is_definite<R: Relations>(grammar: &Grammar<'_, R>, noun: usize) -> bool {
    grammar.with(noun, Deprel::Det).any(|det| grammar.is(det, "the"))
}

/// Does the word stand in a prepositional phrase of place?
fn is_location<R: Relations>(grammar: &Grammar<'_, R>, word: usize) -> bool {
    grammar.case(word).is_some_and(|case| {
        matches!(
            grammar.relations().lemma(case),
            "in" | "at"
                | "over"
                | "near"
                | "outside"
                | "inside"
                | "around"
                | "into"
                | "on"
                | "above"
                | "towards"
                | "toward"
                | "through"
                | "across"
                | "from"
                | "to"
        )
    })
}

/// Is a state or municipality subject or object: one that acts, and not where something happens?
fn acts_itself<R: Relations>(grammar: &Grammar<'_, R>, word: usize) -> bool {
    let relation = grammar.relations().deprel(word);
    matches!(relation, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::OblAgent | Deprel::NmodPoss)
}

/// Does a country do something here, or is something done to it?
fn acts<R: Relations>(
    grammar: &Grammar<'_, R>,
    anchors: &Anchors,
    word: usize,
    nature: &impl Fn(&Grammar<'_, R>, usize) -> Nature,
) -> bool {
    let relations = grammar.relations();
    let Some(head) = relations.head(word) else { return false };
    let joined = anchors.anchor_at(word).is_some_and(|anchor| joined_countries(anchors, grammar, anchor).is_some());
    match relations.deprel(word) {
        Deprel::Nsubj => grammar.is_verb(head) && !grammar.has(head, Deprel::Cop) && relations.lemma(head) != "be",
        Deprel::NsubjPass | Deprel::OblAgent | Deprel::Iobj => true,
        // Verbs of motion have places as objects.
        Deprel::Obj => !matches!(
            relations.lemma(head),
            "leave"
                | "enter"
                | "reach"
                | "visit"
                | "cross"
                | "tour"
                | "flee"
                | "quit"
                | "traverse"
                | "approach"
                | "exit"
                | "hit"
        ),
        Deprel::NmodPoss => anchors.anchor_at(head).is_none() && nature(grammar, head) != Nature::Area,
        Deprel::Obl | Deprel::Nmod => {
            let case = grammar.case(word).map(|case| relations.lemma(case));
            match case {
                Some("with" | "against" | "between" | "by") => true,
                // "the leaders of Kenya and Uganda"
                Some("of") if anchors.anchor_at(head).is_some() => joined,
                Some("on" | "of" | "to") => {
                    nature(grammar, head) == Nature::Act && relations.deprel(word) == Deprel::Nmod
                }
                Some("among") => relations.deprel(word) == Deprel::Obl,
                _ => false,
            }
        }
        _ => false,
    }
}

/// The country that a country is joined to: "Kenya and Uganda", "Iran, Libya".
fn joined_countries<R: Relations>(anchors: &Anchors, grammar: &Grammar<'_, R>, index: usize) -> Option<usize> {
    let is_country = |index: usize| {
        let sort = anchors.anchors[index].sort;
        matches!(sort, Sort::Known(What::Geo { how: Geo::Country | Geo::Capital, .. }))
    };
    let end = anchors.anchors[index].words.end;
    let next = index + 1;
    let relations = grammar.relations();
    let start = anchors.anchors.get(next).filter(|_| is_country(index) && is_country(next))?.words.start;
    let between = end..start;
    let joins = (1..=3).contains(&between.len())
        && between.clone().all(|word| matches!(relations.form(word), "and" | "or" | "," | "the"))
        && between.clone().any(|word| relations.form(word) != "the");
    joins.then_some(next)
}

/// The country before that a country is joined to.
fn joined_countries_before<R: Relations>(anchors: &Anchors, grammar: &Grammar<'_, R>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    joined_countries(anchors, grammar, before).map(|_| before)
}

fn cameo(facts: &Facts, sector: Option<&str>) -> Option<String> {
    let roles = facts.roles.filter(|_| sector != Some("ELI")).or(sector.map(cameo_of_sector)).unwrap_or_default();
    if let Some(code) = facts.code.filter(|_| sector != Some("ELI")) {
        let told = facts.complete || code.contains(roles);
        return Some(if told { code.to_owned() } else { format!("{code}{roles}") });
    }
    let code = format!("{}{roles}", facts.iso3.map_or("", cameo_of_country));
    (!code.is_empty()).then_some(code)
}

/// The short English name of a country by PLOVER's code.
fn country_name(iso3: &str) -> Option<&'static str> {
    dateline_gazetteer::Country::from_alpha3(iso3).and_then(|country| country.name())
}
