//! The words of a sentence on which actors hang: nouns, names known and unknown, countries.

use std::collections::HashMap;
use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::{NameHint, NameKind, Shape, TokenizedText};

use super::lexicon::Lexicon;
use super::spot::{Geo, NOTHING, Spots, What};
use crate::annotation::ActorKind;
use crate::frame::Grammar;

/// Longest name of a person, in words.
const LONGEST_NAME: usize = 7;

/// What an anchor is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    /// Something that the lexicons or the gazetteer know.
    Known(What),
    /// The name of a person.
    Person,
    /// The name of an organisation that no lexicon knows.
    Organization,
    /// A name of which nothing is known.
    Unknown,
}

/// Words of one piece that may name an actor.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// The word that the others hang on.
    pub(super) head: usize,
    pub(super) words: Range<usize>,
    pub(super) sort: Sort,
    /// The gazetteer takes it for a place itself.
    pub(super) literal_place: bool,
    /// The words are the name of an organisation.
    pub(super) proper: bool,
}

/// The anchors of one piece.
pub(super) struct Anchors {
    pub(super) anchors: Vec<Anchor>,
    /// Index of the anchor at each word.
    pub(super) at: Vec<u32>,
}

impl Anchors {
    pub(super) fn find<R: Relations>(
        lexicon: &Lexicon,
        grammar: &Grammar<'_, R>,
        spots: &Spots,
        text: TokenizedText<'_>,
        hints: &[NameHint],
    ) -> Self {
        let relations = grammar.relations();
        let first = relations.first_token();
        let mut found = Self { anchors: Vec::new(), at: vec![NOTHING; relations.len()] };
        let mut word = 0;
        while word < relations.len() {
            let spot = spots.at[first + word];
            if spot == NOTHING {
                word += 1;
                continue;
            }
            let spot = &spots.spots[spot as usize];
            let start = word;
            word = (spot.tokens.end - first).min(relations.len());
            let words = start..word;
            // A name or noun that goes over the border of a piece is none.
            if spot.tokens != (first + words.start..first + words.end) {
                continue;
            }
            let head = head_of(grammar, words.clone());
            // "the Moroccan guerrillas": after a nationality a noun is one, whatever the tagger says.
            let after_nationality = found.anchors.last().is_some_and(|before| {
                before.words.end == words.start && matches!(before.sort, Sort::Known(what) if what.is_nationality())
            });
            if let What::Noun(noun) = spot.what
                && !is_noun(lexicon, grammar, noun.role, head)
                && !(after_nationality && noun.plural)
            {
                continue;
            }
            found.push(Anchor {
                head,
                words,
                sort: Sort::Known(spot.what),
                literal_place: spot.literal_place,
                proper: false,
            });
        }
        found.find_names(lexicon, grammar, text, hints);
        found.find_bodies(lexicon, grammar);
        found
    }

    fn push(&mut self, anchor: Anchor) {
        self.at[anchor.words.clone()].fill(self.anchors.len() as u32);
        self.anchors.push(anchor);
    }

    /// The anchor at a word.
    pub(super) fn anchor_at(&self, word: usize) -> Option<usize> {
        let anchor = self.at[word];
        (anchor != NOTHING).then_some(anchor as usize)
    }

    /// The role of an anchor that is a noun.
    pub(super) fn role<'l>(&self, lexicon: &'l Lexicon, anchor: usize) -> Option<&'l super::lexicon::Role> {
        match self.anchors[anchor].sort {
            Sort::Known(What::Noun(noun)) => Some(&lexicon.roles[noun.role as usize]),
            _ => None,
        }
    }

    /// Runs of capitalised words that no lexicon knows.
    fn find_names<R: Relations>(
        &mut self,
        lexicon: &Lexicon,
        grammar: &Grammar<'_, R>,
        text: TokenizedText<'_>,
        hints: &[NameHint],
    ) {
        let relations = grammar.relations();
        let mut hint = 0;
        let mut word = 0;
        while word < relations.len() {
            if !self.is_name_word(grammar, text, word) {
                word += 1;
                continue;
            }
            let start = word;
            let mut end = word + 1;
            while end < relations.len() && end - start < LONGEST_NAME {
                if self.is_name_word(grammar, text, end) || self.is_name_after_all(lexicon, grammar, text, end) {
                    end += 1;
                } else if is_particle(relations.form(end))
                    && end + 1 < relations.len()
                    && self.is_name_word(grammar, text, end + 1)
                    && (relations.form(end) != "-" || joined(grammar, end))
                {
                    end += 2;
                } else {
                    break;
                }
            }
            word = end;
            let words = start..end;
            let span = relations.span(start).start..relations.span(end - 1).end;
            while hint < hints.len() && hints[hint].span.end <= span.start {
                hint += 1;
            }
            let kind = hints.get(hint).filter(|hint| hint.span.start < span.end).map(|hint| hint.kind);
            let head = head_of(grammar, words.clone());
            let sort = match kind {
                Some(NameKind::Person) => Sort::Person,
                Some(NameKind::Organization) => Sort::Organization,
                Some(_) => continue,
                None if self.looks_like_person(lexicon, grammar, &words, head) => Sort::Person,
                None => Sort::Unknown,
            };
            let proper = matches!(sort, Sort::Organization);
            self.push(Anchor { head, words, sort, literal_place: false, proper });
        }
        self.anchors.retain(|anchor| !anchor.words.is_empty());
        self.anchors.sort_by_key(|anchor| anchor.words.start);
        self.index();
    }

    fn index(&mut self) {
        self.at.fill(NOTHING);
        for (index, anchor) in self.anchors.iter().enumerate() {
            self.at[anchor.words.clone()].fill(index as u32);
        }
    }

    fn is_name_word<R: Relations>(&self, grammar: &Grammar<'_, R>, text: TokenizedText<'_>, word: usize) -> bool {
        let relations = grammar.relations();
        let shape = text.tokens.shape(relations.first_token() + word);
        let upos = relations.upos(word);
        self.at[word] == NOTHING
            && shape.has(Shape::CAPITALIZED)
            && !shape.has(Shape::DIGIT)
            && (upos == Upos::Propn || upos == Upos::X)
    }

    /// "Stephen King", "Ian Bishop": a title in the place of a last name.
    fn is_name_after_all<R: Relations>(
        &mut self,
        lexicon: &Lexicon,
        grammar: &Grammar<'_, R>,
        text: TokenizedText<'_>,
        word: usize,
    ) -> bool {
        let relations = grammar.relations();
        let Some(anchor) = self.anchor_at(word) else { return false };
        let single = self.anchors[anchor].words.len() == 1;
        let person = self.role(lexicon, anchor).is_some_and(|role| role.kind == Some(ActorKind::Person) && !role.body);
        let capitalized = text.tokens.shape(relations.first_token() + word).has(Shape::CAPITALIZED);
        let hangs = matches!(relations.deprel(word), Deprel::Flat | Deprel::Goeswith)
            && relations.head(word).is_some_and(|head| head < word);
        let last =
            word + 1 >= relations.len() || self.at[word + 1] == NOTHING && !self.is_name_word(grammar, text, word + 1);
        if single && person && capitalized && hangs && last {
            self.anchors[anchor].words = 0..0;
            return true;
        }
        false
    }

    /// A title before it, one beside it, an age behind it.
    fn looks_like_person<R: Relations>(
        &self,
        lexicon: &Lexicon,
        grammar: &Grammar<'_, R>,
        words: &Range<usize>,
        head: usize,
    ) -> bool {
        let relations = grammar.relations();
        let is_title = |word: usize| {
            self.anchor_at(word).and_then(|anchor| self.role(lexicon, anchor)).is_some_and(|role| role.title)
        };
        if words.start > 0 && is_title(words.start - 1) && relations.xpos(words.start - 1) != Xpos::Nns {
            return true;
        }
        // "Abu Jandal", "Karim bin Saleh"
        let forms = || words.clone().map(|word| relations.form(word));
        let arabic = matches!(relations.form(words.start), "Abu" | "Umm")
            || forms().any(|form| matches!(form, "bin" | "bint" | "ibn"));
        if arabic && words.len() > 1 {
            return true;
        }
        let is_person = |word: usize| {
            self.anchor_at(word).is_some_and(|anchor| {
                let role = self.role(lexicon, anchor).is_some_and(|role| role.kind == Some(ActorKind::Person));
                role && !matches!(relations.xpos(word), Xpos::Nns | Xpos::Nnps)
            })
        };
        let beside = grammar.with(head, Deprel::Appos).any(is_person)
            || relations.deprel(head) == Deprel::Appos && relations.head(head).is_some_and(is_person);
        beside || has_age(grammar, words.end)
    }

    /// Takes unknown names with a known last name, or that speak, for persons.
    pub(super) fn settle_names<R: Relations>(&mut self, grammar: &Grammar<'_, R>, names: &HashMap<String, String>) {
        let relations = grammar.relations();
        for anchor in &mut self.anchors {
            if !matches!(anchor.sort, Sort::Unknown) {
                continue;
            }
            let last = anchor.words.end - 1;
            let known = names.contains_key(&last_name(relations.form(last)));
            let speaks = anchor.words.len() >= 2
                && relations.deprel(anchor.head) == Deprel::Nsubj
                && relations
                    .head(anchor.head)
                    .is_some_and(|verb| matches!(relations.lemma(verb), "say" | "tell" | "add"));
            if known || speaks {
                anchor.sort = Sort::Person;
            }
        }
    }

    /// Capitalised names of organisations around a noun for one: "Paris Police Department", "Movement for Justice".
    ///
    /// Names and nouns inside become part of them; countries and places stay anchors too, for they tell the country.
    fn find_bodies<R: Relations>(&mut self, lexicon: &Lexicon, grammar: &Grammar<'_, R>) {
        let relations = grammar.relations();
        let capital = |word: usize| relations.form(word).starts_with(char::is_uppercase);
        let takes = |word: usize| {
            capital(word) && matches!(relations.upos(word), Upos::Propn | Upos::Adj | Upos::Noun | Upos::X)
        };
        let goes_on = |word: usize| {
            let the = word + 2 < relations.len() && relations.form(word + 1) == "the" && takes(word + 2);
            word + 1 < relations.len() && matches!(relations.form(word), "of" | "for") && (the || takes(word + 1))
        };
        let all = std::mem::take(&mut self.anchors);
        let mut kept: Vec<Anchor> = Vec::with_capacity(all.len());
        let mut covered = 0;
        for mut anchor in all {
            let is_geo = |anchor: &Anchor| matches!(anchor.sort, Sort::Known(What::Geo { .. }));
            if anchor.words.start < covered && !is_geo(&anchor) {
                continue;
            }
            let Sort::Known(What::Noun(noun)) = anchor.sort else {
                kept.push(anchor);
                continue;
            };
            let role = &lexicon.roles[noun.role as usize];
            if !role.body
                || noun.plural
                || !anchor.words.clone().all(|word| capital(word) || relations.form(word) == "of")
            {
                kept.push(anchor);
                continue;
            }
            let floor =
                kept.iter().rev().find(|other| !belongs_to_body(lexicon, other)).map_or(0, |other| other.words.end);
            let mut start = anchor.words.start;
            while start > floor.max(covered) && anchor.words.end - start < LONGEST_NAME && takes(start - 1) {
                start -= 1;
            }
            let mut end = anchor.words.end;
            while goes_on(end) && end - start < LONGEST_NAME {
                end += if relations.form(end + 1) == "the" { 3 } else { 2 };
                while end < relations.len() && end - start < LONGEST_NAME && takes(end) {
                    end += 1;
                }
            }
            // "Russian Army" is the army of Russia; "Paris Police Department" has a name.
            let is_country = |anchor: &Anchor| {
                matches!(anchor.sort, Sort::Known(What::Geo { how: Geo::Country | Geo::Nationality | Geo::Ethnic, .. }))
            };
            let only_country = end == anchor.words.end
                && (start..anchor.words.start).all(|word| self.anchor_in(&kept, word).is_some_and(is_country));
            if only_country && (start == anchor.words.start || role.name.is_some()) {
                kept.push(anchor);
                continue;
            }
            // Half of a longer name would be left over.
            while let Some(other) = kept.last().filter(|other| other.words.end > start) {
                start = start.min(other.words.start);
                if is_geo(other) {
                    break;
                }
                kept.pop();
            }
            anchor.words = start..end;
            anchor.proper = true;
            covered = end;
            kept.push(anchor);
        }
        self.anchors = kept;
        self.index();
    }

    /// The anchor among `anchors`, which are in text order, that holds a word.
    fn anchor_in<'a>(&self, anchors: &'a [Anchor], word: usize) -> Option<&'a Anchor> {
        let index = anchors.partition_point(|anchor| anchor.words.end <= word);
        anchors.get(index).filter(|anchor| anchor.words.contains(&word))
    }
}

/// May an anchor before the noun be a part of a name like "Sadr Movement", "Supreme Military Council"?
fn belongs_to_body(lexicon: &Lexicon, anchor: &Anchor) -> bool {
    match anchor.sort {
        Sort::Unknown | Sort::Organization | Sort::Known(What::Geo { .. }) => true,
        Sort::Known(What::Noun(noun)) => {
            let role = &lexicon.roles[noun.role as usize];
            !role.title && role.sector != Some("ELI")
        }
        Sort::Person | Sort::Known(What::Actor { .. }) => false,
    }
}

/// The word of a range on which the others hang: the last whose head lies outside ("ministry" of "ministry of defence").
fn head_of<R: Relations>(grammar: &Grammar<'_, R>, words: Range<usize>) -> usize {
    let relations = grammar.relations();
    let outside = |word: &usize| {
        relations.upos(*word) != Upos::Punct && relations.head(*word).is_none_or(|head| !words.contains(&head))
    };
    let has_of = words.clone().any(|word| relations.form(word) == "of");
    let found = if has_of { words.clone().find(outside) } else { words.clone().rev().find(outside) };
    found.unwrap_or(words.end - 1)
}

/// Is the word a noun here, or an adjective before one ("rebel commander")?
fn is_noun<R: Relations>(lexicon: &Lexicon, grammar: &Grammar<'_, R>, role: u32, head: usize) -> bool {
    let relations = grammar.relations();
    match relations.upos(head) {
        Upos::Noun | Upos::Propn => true,
        // "the military", "the paramilitary": an adjective without its noun; before a noun it only says what that is.
        Upos::Adj => {
            let modifies = matches!(relations.deprel(head), Deprel::Amod | Deprel::Compound | Deprel::NmodDesc);
            modifies || grammar.has(head, Deprel::Det) && lexicon.roles[role as usize].kind.is_some()
        }
        _ => false,
    }
}

/// Words inside names of persons that are written small.
fn is_particle(form: &str) -> bool {
    matches!(
        form,
        "al" | "el"
            | "bin"
            | "bint"
            | "ibn"
            | "ben"
            | "abu"
            | "de"
            | "da"
            | "dos"
            | "das"
            | "do"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ould"
            | "ul"
            | "ur"
            | "-"
            | "e"
            | "y"
    )
}

/// Do a hyphen's neighbours touch it?
fn joined<R: Relations>(grammar: &Grammar<'_, R>, hyphen: usize) -> bool {
    let relations = grammar.relations();
    let span = relations.span(hyphen);
    hyphen > 0 && relations.span(hyphen - 1).end == span.start && relations.span(hyphen + 1).start == span.end
}

/// ", 31," or "(31)" behind a name.
fn has_age<R: Relations>(grammar: &Grammar<'_, R>, end: usize) -> bool {
    let relations = grammar.relations();
    if end + 2 >= relations.len() || !matches!(relations.form(end), "," | "(") {
        return false;
    }
    let age: Option<u32> = relations.form(end + 1).parse().ok();
    age.is_some_and(|age| age < 120) && matches!(relations.form(end + 2), "," | ")" | "." | "who" | "and")
}

/// A last name as it is looked up: small, without an Arabic article.
pub(super) fn last_name(form: &str) -> String {
    let lower = form.to_lowercase();
    match lower.split_once('-') {
        Some(("al" | "el" | "ad" | "as" | "ar" | "an" | "ash", rest)) => rest.to_owned(),
        _ => lower,
    }
}

/// The last names of the persons whom a text names in full, each with the full name that comes first, or the name by which the
/// lexicon knows them.
pub(super) fn last_names<R: Relations>(
    lexicon: &Lexicon,
    pieces: &[Anchors],
    grammars: &[Grammar<'_, R>],
    text: &str,
) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for (anchors, grammar) in pieces.iter().zip(grammars) {
        let relations = grammar.relations();
        for anchor in &anchors.anchors {
            let full = match anchor.sort {
                Sort::Person => {
                    &text[relations.span(anchor.words.start).start..relations.span(anchor.words.end - 1).end]
                }
                Sort::Known(What::Actor { row, .. }) if anchor.words.len() > 1 => match &lexicon.actors[row as usize] {
                    known if known.kind == ActorKind::Person => known.name,
                    _ => continue,
                },
                _ => continue,
            };
            let name = names.entry(last_name(relations.form(anchor.words.end - 1))).or_insert_with(|| full.to_owned());
            // "Mayor Reyes" may come before "Ana Reyes".
            if !name.contains(' ') && full.contains(' ') {
                full.clone_into(name);
            }
        }
    }
    names
}
