//! Why events came out as they did, and why others did not.
//!
//! [`Extractor::explain`](crate::Extractor::explain) and [`Extractor::why_not`](crate::Extractor::why_not) make these; a plain
//! extraction keeps no trace of them. Each is for programs (it serialises) and, by its `Display`, for people.
//!
//! All offsets are bytes of the text, half-open, until somebody converts them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::annotation::{Fit, Phrase, PlaceBasis, PlaceRelation, TimeBasis};

/// Why an event came out as it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The event: index into the events of the text.
    pub event: usize,
    /// Its type.
    pub r#type: String,
    /// The words that name it.
    pub trigger: Phrase,
    /// Index of its sentence.
    pub sentence: usize,
    /// The rule that made it: `type/rule`.
    pub rule: String,
    /// The trigger of the rule, as the frames file writes it: `shoot down`.
    pub pattern: String,
    /// The verb that carries the trigger, if that is a noun: "carried out" of "carried out a strike".
    pub support: Option<Phrase>,
    /// Who and what fills its roles.
    pub bindings: Vec<Binding>,
    /// The conditions of the rule, all of which hold.
    pub conditions: Vec<Condition>,
    /// Other rules with a trigger at the same word, the nearest first.
    pub lost: Vec<Lost>,
    /// Words that a pattern of the rule arrived at, and why they fill no role by it.
    pub lost_roles: Vec<LostRole>,
    /// Its places.
    pub places: Vec<PlaceReason>,
    /// Its time.
    pub time: TimeReason,
    /// The mentions that became part of it.
    pub merged: Vec<Merged>,
    /// Where its codes come from, one for each codebook.
    pub codes: Vec<CodeReason>,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Binding {
    /// The role.
    pub role: String,
    /// The words.
    pub phrase: Phrase,
    /// The pattern of the rule that found them: `nsubj:pass[!weapon]`. None if they are not found by a pattern, as those of the part
    /// "and one near Istra" of a whole.
    pub pattern: Option<String>,
    /// The relations of the tree from the trigger, or the verb that carries it, to the head of these words; `^` where one goes up:
    /// `obl:by>conj`. None if they stand in another sentence.
    pub path: Option<String>,
    /// The mention that they were told with, if it is another one than the event's own trigger.
    pub mention: Option<Phrase>,
    /// The semantic classes of the head.
    pub classes: Vec<String>,
}

/// A condition that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Condition {
    /// What it asks for: `target is drone|missile`.
    pub condition: String,
    /// What fulfils it.
    pub because: String,
}

/// A rule that was tried at the word of an event and did not make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lost {
    /// The rule.
    pub rule: String,
    /// Why not.
    pub reason: String,
}

/// A word that could have filled a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LostRole {
    /// The role.
    pub role: String,
    /// The word.
    pub word: Phrase,
    /// The pattern that arrived at it.
    pub pattern: String,
    /// Why it does not fill the role.
    pub reason: String,
}

/// A place of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlaceReason {
    /// Index into the places of the text.
    pub place: usize,
    /// The words.
    pub phrase: Phrase,
    /// How the event relates to it.
    pub relation: PlaceRelation,
    /// How that is known.
    pub basis: PlaceBasis,
    /// The place that the words mean and those that they might have meant, best first: an extractor, which has no gazetteer, knows none.
    pub candidates: Vec<String>,
}

/// The time of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TimeReason {
    /// The value.
    pub value: Option<String>,
    /// How it is known.
    pub basis: TimeBasis,
    /// The expression that says it.
    pub expression: Option<Phrase>,
    /// The date of the document, if the value was counted from it.
    pub anchor: Option<String>,
    /// How the value lies to the date of the document: `2023-11-06 (Monday) - 2 days = 2023-11-04 (Saturday)`. None if one of them is
    /// unknown.
    pub arithmetic: Option<String>,
}

/// A mention that became part of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Merged {
    /// The words that name it.
    pub trigger: Phrase,
    /// Index of its sentence.
    pub sentence: usize,
    /// The rule that found it.
    pub rule: String,
}

/// A code of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CodeReason {
    /// The codebook, with its version.
    pub book: String,
    /// The code; none if the book has none for the event.
    pub code: Option<String>,
    /// Does the book mean just this?
    pub fit: Option<Fit>,
    /// What the code means, in our words.
    pub about: Option<String>,
    /// Why the event has it.
    pub reason: String,
}

/// What a question about missing events asks for. By default everything, three answers at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub(crate) event_type: Option<String>,
    pub(crate) sentence: Option<usize>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) most: usize,
}

impl Default for Question {
    fn default() -> Self {
        Self { event_type: None, sentence: None, start: 0, end: usize::MAX, most: 3 }
    }
}

impl Question {
    /// A question about all types and the whole text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for events of this type only.
    #[must_use]
    pub fn event_type(mut self, name: impl Into<String>) -> Self {
        self.event_type = Some(name.into());
        self
    }

    /// Asks for triggers in this sentence only, by its index.
    #[must_use]
    pub fn sentence(mut self, sentence: usize) -> Self {
        self.sentence = Some(sentence);
        self
    }

    /// Asks for triggers that overlap these bytes only.
    #[must_use]
    pub fn within(mut self, start: usize, end: usize) -> Self {
        (self.start, self.end) = (start, end);
        self
    }

    /// Wants so many answers at most.
    #[must_use]
    pub fn most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }
}

/// Why there is no event, or no other one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WhyNot {
    /// The events that there are: indices into the events of the text.
    pub found: Vec<usize>,
    /// The rules that came nearest, the nearest first. Empty if no word that was asked about is a trigger.
    pub near: Vec<NearMiss>,
}

/// How far a rule came at a word, from the first step to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The word is used as another part of speech, is part of a name or of an expression of time.
    Word,
    /// The other words of the trigger are missing, or make it mean something else.
    Phrase,
    /// One of the patterns `with` or `without` speaks against it.
    Context,
    /// A condition on a role does not hold.
    Condition,
    /// The rule matches, and another one is preferred or the page is about something else.
    Choice,
}

/// A word that could have been an event, and the first thing that kept it from being one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearMiss {
    /// Index of the sentence.
    pub sentence: usize,
    /// The word.
    pub word: Phrase,
    /// The rule: `type/rule`.
    pub rule: String,
    /// Its trigger, as the frames file writes it.
    pub pattern: String,
    /// The step at which it failed.
    pub step: Step,
    /// What failed there.
    pub reason: String,
    /// The conditions that hold.
    pub held: Vec<String>,
}

impl Explanation {
    /// Calls `edit(start, end)` on the offsets of every span, in no particular order.
    pub fn for_each_span(&mut self, mut edit: impl FnMut(&mut usize, &mut usize)) {
        let phrases = [&mut self.trigger].into_iter().chain(&mut self.support).chain(&mut self.time.expression);
        let bindings =
            self.bindings.iter_mut().flat_map(|binding| [&mut binding.phrase].into_iter().chain(&mut binding.mention));
        let phrases = phrases.chain(bindings).chain(self.lost_roles.iter_mut().map(|lost| &mut lost.word));
        let places = self.places.iter_mut().map(|place| &mut place.phrase);
        let merged = self.merged.iter_mut().map(|merged| &mut merged.trigger);
        phrases.chain(places).chain(merged).for_each(|phrase| edit(&mut phrase.start, &mut phrase.end));
    }
}

impl WhyNot {
    /// Calls `edit(start, end)` on the offsets of every span, in text order.
    pub fn for_each_span(&mut self, mut edit: impl FnMut(&mut usize, &mut usize)) {
        self.near.iter_mut().for_each(|miss| edit(&mut miss.word.start, &mut miss.word.end));
    }
}

/// How many of the rules that lost are shown to people.
const SHOWN: usize = 4;

/// The word by which reports name a value of a small enum.
fn word(value: impl fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

/// The label before a line, empty on all lines of a group but the first.
fn line(f: &mut fmt::Formatter<'_>, label: &mut &str, text: fmt::Arguments<'_>) -> fmt::Result {
    writeln!(f, "  {:<10}  {text}", std::mem::take(label))
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "event {}: {} \"{}\" in sentence {}", self.event, self.r#type, self.trigger.text, self.sentence)?;
        line(f, &mut "rule", format_args!("{}, trigger `{}`", self.rule, self.pattern))?;
        if let Some(verb) = &self.support {
            line(f, &mut "", format_args!("carried by the verb \"{}\"", verb.text))?;
        }
        let mut role = "";
        for binding in &self.bindings {
            let mut label = if binding.role == role { "" } else { binding.role.as_str() };
            role = &binding.role;
            line(f, &mut label, format_args!("{binding}"))?;
        }
        let mut label = "holds";
        for held in &self.conditions {
            line(f, &mut label, format_args!("{}: {}", held.condition, held.because))?;
        }
        let mut label = "place";
        for place in &self.places {
            line(f, &mut label, format_args!("{place}"))?;
        }
        line(f, &mut "time", format_args!("{}", self.time))?;
        if let Some(arithmetic) = &self.time.arithmetic {
            line(f, &mut "", format_args!("{arithmetic}"))?;
        }
        let mut label = "merged";
        for merged in &self.merged {
            let Merged { trigger, sentence, rule } = merged;
            line(f, &mut label, format_args!("\"{}\" in sentence {sentence}, by {rule}", trigger.text))?;
        }
        let mut label = "codes";
        for code in &self.codes {
            line(f, &mut label, format_args!("{code}"))?;
        }
        let mut label = "lost";
        for lost in self.lost.iter().take(SHOWN) {
            line(f, &mut label, format_args!("{}: {}", lost.rule, lost.reason))?;
        }
        if let more @ 1.. = self.lost.len().saturating_sub(SHOWN) {
            let s = if more == 1 { "" } else { "s" };
            line(f, &mut label, format_args!("and {more} more rule{s} with a trigger at this word"))?;
        }
        for lost in &self.lost_roles {
            let LostRole { role, word, pattern, reason } = lost;
            line(f, &mut label, format_args!("\"{}\" as {role} by {pattern}: {reason}", word.text))?;
        }
        Ok(())
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.phrase.text)?;
        match (&self.pattern, &self.path) {
            (Some(pattern), Some(path)) if pattern == path => write!(f, " by {pattern}")?,
            (Some(pattern), Some(path)) => write!(f, " by {pattern} (in the tree: {path})")?,
            (Some(pattern), None) => write!(f, " by {pattern}")?,
            (None, Some(path)) => write!(f, " by no pattern (in the tree: {path})")?,
            (None, None) => write!(f, " taken from another sentence")?,
        }
        if let Some(mention) = &self.mention {
            write!(f, ", told with \"{}\"", mention.text)?;
        }
        if !self.classes.is_empty() {
            write!(f, "; {}", self.classes.join(", "))?;
        }
        Ok(())
    }
}

impl fmt::Display for PlaceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let basis = match self.basis {
            PlaceBasis::Clause => "told in the clause of the event",
            PlaceBasis::Sentence => "told elsewhere in the sentence",
            PlaceBasis::Inherited => "taken from what was told before",
            PlaceBasis::Dateline => "taken from the dateline",
        };
        write!(f, "{} \"{}\", {basis}", word(self.relation), self.phrase.text)?;
        if let Some((first, others)) = self.candidates.split_first() {
            write!(f, "; it means {first}")?;
            if !others.is_empty() {
                write!(f, " rather than {}", others.join(" or "))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for TimeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(value) = &self.value else {
            return write!(f, "unknown: neither the text nor the document has a date for it");
        };
        write!(f, "{value}: ")?;
        match (self.basis, &self.expression) {
            (TimeBasis::Document, _) if value.ends_with("_REF") => write!(f, "the text says no more than that"),
            (TimeBasis::Document, _) => write!(f, "the date of the document, for the text says none of this event"),
            (TimeBasis::Text, Some(words)) => write!(f, "\"{}\"", words.text),
            (TimeBasis::Text, None) => write!(f, "told of this event"),
            (TimeBasis::Inherited, Some(words)) => write!(f, "\"{}\", told of an event before it", words.text),
            (TimeBasis::Inherited, None) => write!(f, "told of an event before it"),
        }?;
        match (&self.expression, &self.anchor) {
            (Some(_), Some(anchor)) => write!(f, ", counted from {anchor}"),
            (Some(_), None) => write!(f, ", whatever the date of the document"),
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Display for CodeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.book)?;
        match &self.code {
            Some(code) => write!(f, "{code}")?,
            None => write!(f, "none")?,
        }
        if self.fit == Some(Fit::Nearest) {
            write!(f, " as the nearest")?;
        }
        if let Some(about) = &self.about {
            write!(f, ", {about}")?;
        }
        write!(f, " ({})", self.reason)
    }
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sentence, word, rule, pattern, reason, .. } = self;
        writeln!(f, "{rule} at \"{}\" in sentence {sentence}, trigger `{pattern}`", word.text)?;
        line(f, &mut "fails", format_args!("{reason}"))?;
        let mut label = "holds";
        for held in &self.held {
            line(f, &mut label, format_args!("{held}"))?;
        }
        Ok(())
    }
}
