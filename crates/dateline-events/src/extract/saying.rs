//! Words that tell who says so, and what speaks in a sentence.

use dateline_syntax::{Deprel, Relations};

use crate::Error;
use crate::annotation::Status;
use crate::frame::Grammar;
use crate::lexicon::rows;
use crate::words::WordMap;

/// What hangs on a word of saying as that which is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Clause,
    Object,
    Infinitive,
    Of,
    For,
    As,
    What,
}

/// What a word of saying makes of what is said.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) status: Status,
    contents: Vec<Content>,
}

impl Class {
    pub(super) fn has(&self, content: Content) -> bool {
        self.contents.contains(&content)
    }
}

/// How a word tells who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Verb,
    Passive,
    Noun,
    Phrase,
    Adverb,
    Adjective,
    Quote,
    Silent,
}

/// The words of saying.
#[derive(Debug)]
pub(super) struct Saying([WordMap<&'static str, Class>; 8]);

impl Saying {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut maps: [WordMap<_, _>; 8] = Default::default();
        for (number, line) in rows(include_str!("../../lexicon/saying.tsv")) {
            let fail = |reason: &str| Error::new("saying.tsv", number, reason);
            let mut columns = line.split('\t');
            let (Some(lemma), Some(pattern), Some(status), Some(contents), None) =
                (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(fail("expected 4 columns"));
            };
            let pattern = match pattern {
                "verb" => Pattern::Verb,
                "passive" => Pattern::Passive,
                "noun" => Pattern::Noun,
                "phrase" => Pattern::Phrase,
                "adverb" => Pattern::Adverb,
                "adjective" => Pattern::Adjective,
                "quote" => Pattern::Quote,
                "silent" => Pattern::Silent,
                _ => return Err(fail("unknown pattern")),
            };
            let status = match status {
                "stated" => Status::Stated,
                "reported" => Status::Reported,
                "confirmed" => Status::Confirmed,
                "claimed" => Status::Claimed,
                "denied" => Status::Denied,
                "alleged" => Status::Alleged,
                _ => return Err(fail("unknown status")),
            };
            let contents = contents.split(',').filter(|content| *content != "-").map(|content| match content {
                "clause" => Ok(Content::Clause),
                "object" => Ok(Content::Object),
                "infinitive" => Ok(Content::Infinitive),
                "of" => Ok(Content::Of),
                "for" => Ok(Content::For),
                "as" => Ok(Content::As),
                "what" => Ok(Content::What),
                _ => Err(fail("unknown content")),
            });
            let contents = contents.collect::<Result<_, _>>()?;
            if maps[pattern as usize].insert(lemma, Class { status, contents }).is_some() {
                return Err(fail("a word stands twice under one pattern"));
            }
        }
        Ok(Self(maps))
    }

    pub(super) fn class(&self, pattern: Pattern, word: &str) -> Option<&Class> {
        self.0[pattern as usize].get(word)
    }

    /// The class of a verb with its particle or preposition, and the word of the latter: "rule out", "call for".
    pub(super) fn verb<R: Relations>(&self, grammar: &Grammar<'_, R>, verb: usize) -> Option<(&Class, Option<usize>)> {
        let relations = grammar.relations();
        let lemma = relations.lemma(verb);
        let mut key = String::new();
        for dependent in grammar.dependents(verb).filter(|&dependent| dependent > verb) {
            let word = match relations.deprel(dependent) {
                Deprel::CompoundPrt => Some(dependent),
                Deprel::Obl => grammar.case(dependent),
                _ => None,
            };
            let Some(word) = word else { continue };
            key.clear();
            key.push_str(lemma);
            key.push(' ');
            key.push_str(relations.lemma(word));
            if let Some(class) = self.class(Pattern::Verb, &key) {
                return Some((class, Some(word)));
            }
        }
        self.class(Pattern::Verb, lemma).map(|class| (class, None))
    }

    /// Is the noun's preposition one of saying: "according to"?
    pub(super) fn phrase<R: Relations>(&self, grammar: &Grammar<'_, R>, noun: usize) -> Option<(&Class, usize)> {
        let relations = grammar.relations();
        grammar.with(noun, Deprel::Case).find_map(|case| {
            let mut key = relations.form(case).to_lowercase();
            for next in grammar.with(case, Deprel::Fixed) {
                key.push(' ');
                key.push_str(relations.form(next));
            }
            self.class(Pattern::Phrase, &key).map(|class| (class, case))
        })
    }
}
