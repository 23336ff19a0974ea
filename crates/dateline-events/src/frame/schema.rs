use std::cmp::Reverse;
use std::sync::Arc;

use dateline_syntax::Deprel;

use super::class::{ClassSet, Classes};
use super::matching::hangs_below;
use crate::annotation::{Fit, Modality, Polarity, Status, TollKind};
use crate::codebook::{Codebooks, Traits};
use crate::words::WordMap;

/// What a word or phrase does in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Agent,
    Target,
    Instrument,
    Origin,
    Destination,
    Topic,
}

impl Role {
    pub(crate) const ALL: [Self; 6] =
        [Self::Agent, Self::Target, Self::Instrument, Self::Origin, Self::Destination, Self::Topic];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Target => "target",
            Self::Instrument => "instrument",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::Topic => "topic",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A condition on the classes of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) negated: bool,
    pub(crate) any_of: ClassSet,
}

impl Filter {
    pub(crate) fn admits(&self, classes: ClassSet) -> bool {
        classes.intersects(self.any_of) != self.negated
    }
}

/// One step from a word to a dependent (`obl:on`, `nsubj:pass`, `compound`) or to its head (`^nsubj`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// To the head, of which the word is such a dependent.
    pub(crate) up: bool,
    pub(crate) deprel: Deprel,
    /// The case word that an `obl`, `nmod`, `acl` or `advcl` must have.
    pub(crate) case: Option<Box<str>>,
}

/// Steps from a word through the tree.
pub(crate) type Path = Vec<Step>;

/// Where a role may be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) path: Path,
    pub(crate) filter: Option<Filter>,
}

/// Patterns; the rules of a shape share them.
pub(crate) type Patterns = Arc<[Pattern]>;

/// Patterns by role.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Roles(pub(crate) [Option<Patterns>; 6]);

impl Roles {
    /// In which order the patterns take words: those that ask for a class first, then those that exclude one, then the rest.
    pub(crate) fn turns(&self) -> Turns {
        const ORDER: [Role; 6] =
            [Role::Instrument, Role::Target, Role::Agent, Role::Origin, Role::Destination, Role::Topic];
        let mut turns = Turns::new();
        for wanted in 0..3 {
            for role in ORDER {
                for (number, pattern) in self.patterns(role).iter().enumerate() {
                    if pattern.filter.map_or(2, |filter| u8::from(filter.negated)) == wanted {
                        turns.push(Turn { below: hangs_below(&pattern.path), role, number: number as u16 });
                    }
                }
            }
        }
        turns
    }

    /// The patterns of a role.
    pub(crate) fn patterns(&self, role: Role) -> &[Pattern] {
        self.0[role as usize].as_deref().unwrap_or_default()
    }
}

/// Patterns in the order in which they take words.
pub(crate) type Turns = Vec<Turn>;

/// A pattern by role and number, with what has to be known of it before it is worth a look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// Relations one of which must hang on the word that the pattern goes out from; none if it may arrive somewhere all the same.
    pub(crate) below: u64,
    pub(crate) role: Role,
    pub(crate) number: u16,
}

/// How a frame's events come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Somebody does something.
    Act,
    /// A result, taken over by the act that caused it.
    Outcome,
    /// Somebody says something: the agent is the speaker.
    Speech,
}

/// A condition on a role of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// Filled by one of these classes.
    Is(Role, ClassSet),
    /// Not filled by one of these.
    Not(Role, ClassSet),
    /// Filled by anything.
    Filled(Role),
    /// Empty.
    Empty(Role),
}

impl Predicate {
    /// The classes without which it cannot hold.
    pub(crate) fn needs(&self) -> Option<ClassSet> {
        match self {
            Self::Is(_, classes) => Some(*classes),
            Self::Not(..) | Self::Filled(_) | Self::Empty(_) => None,
        }
    }
}

/// Whose number is the quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Trigger,
    Role(Role, Option<Filter>),
}

/// Who is the actor or recipient of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Role(Role),
    Sender,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PartyCode {
    /// PLOVER's event or CAMEO's code.
    pub(crate) code: String,
    /// PLOVER's mode.
    pub(crate) mode: Option<String>,
    pub(crate) fit: Fit,
    pub(crate) actor: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    pub(crate) quad: u8,
    pub(crate) traits: Traits,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AcledTemplate {
    pub(crate) event: String,
    pub(crate) sub_event: String,
    pub(crate) fit: Fit,
}

/// Codes of a frame; in an override, `None` leaves a book as it is and `Some(None)` takes its code away.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CodeTemplates {
    pub(crate) plover: Option<Option<PartyCode>>,
    pub(crate) cameo: Option<Option<PartyCode>>,
    pub(crate) acled: Option<Option<AcledTemplate>>,
    pub(crate) gdelt_count: Option<Option<String>>,
}

/// Other codes under conditions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CodesWhen {
    /// Rules of the frame, one of which made the event; empty for any.
    pub(crate) rules: Vec<usize>,
    pub(crate) predicates: Vec<Predicate>,
    pub(crate) toll: Vec<TollKind>,
    pub(crate) polarity: Option<Polarity>,
    pub(crate) modality: Option<Modality>,
    pub(crate) codes: CodeTemplates,
}

/// A type of event.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) family: String,
    pub(crate) generic: bool,
    /// People may be hurt in it, though it is no assault.
    pub(crate) hurts: bool,
    /// One of its rules counts the dead.
    pub(crate) tells_deaths: bool,
    /// What it happened to is what the act behind it was done to: what a blast damaged, it hit.
    pub(crate) lends: bool,
    /// The family of the acts that it keeps from happening.
    pub(crate) stops: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) quantity: Vec<Counted>,
    /// The figure of the toll that the quantity is too: arrests count the detained.
    pub(crate) figure: Option<TollKind>,
    pub(crate) codes: CodeTemplates,
    pub(crate) codes_when: Vec<CodesWhen>,
}

impl Frame {
    /// Does it happen on the ground, at some place: violence, unrest, police work, movements, and their results? Talk and
    /// dealings between states do not.
    pub(crate) fn is_local(&self) -> bool {
        match self.kind {
            Kind::Speech => false,
            Kind::Outcome => true,
            Kind::Act => self.codes.plover.iter().flatten().all(|code| code.traits.ground),
        }
    }
}

/// The part of speech of a trigger's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TriggerKind {
    Verb,
    Noun,
    Adjective,
}

/// A word of a trigger beside its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TriggerWord {
    Lemma(String),
    /// Any word that has one of these classes.
    Class(ClassSet),
}

/// Words that name an event: the head and the words that hang on it.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) kind: TriggerKind,
    pub(crate) head: String,
    /// For verbs the words after, for nouns the words before.
    pub(crate) others: Vec<TriggerWord>,
    /// Phrases with this head that mean something else: their other words.
    pub(crate) except: Vec<Vec<TriggerWord>>,
    /// Index into [`Frames::rules`].
    pub(crate) rule: usize,
}

impl Trigger {
    /// Bytes of the longest head that a trigger may have.
    pub(crate) const LONGEST_HEAD: usize = 32;

    /// Notes a phrase that means something else; false if it is not about this trigger's head.
    pub(crate) fn except(&mut self, words: &[TriggerWord]) -> bool {
        let split = match self.kind {
            TriggerKind::Noun => words.split_last(),
            TriggerKind::Verb | TriggerKind::Adjective => words.split_first(),
        };
        match split {
            Some((TriggerWord::Lemma(head), others)) if *head == self.head && !others.is_empty() => {
                self.except.push(others.to_vec());
                true
            }
            _ => false,
        }
    }
}

/// What has to be known of a trigger before it is worth a look; most words with triggers have dozens of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    /// Index into [`Frames::triggers`].
    pub(crate) trigger: u32,
    pub(crate) kind: TriggerKind,
    pub(crate) rank: Rank,
    /// Classes of which the sentence must have words, or the first condition of the rule cannot hold.
    pub(crate) needs: Option<ClassSet>,
}

/// Of the rules that match at a word, the one of the highest rank makes the event: by priority, then the number of conditions, then that
/// of words, then the order of the files.
pub(crate) type Rank = (i32, u16, u16, Reverse<u32>);

/// One way in which an event of a type is told.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// `frame/rule`.
    pub(crate) name: String,
    /// Index into [`Frames::frames`].
    pub(crate) frame: usize,
    pub(crate) roles: Roles,
    pub(crate) turns: Turns,
    pub(crate) predicates: Vec<Predicate>,
    /// Patterns from the head of the trigger, one of which must find a word.
    pub(crate) with: Option<Patterns>,
    /// Patterns from the head of the trigger, none of which may find a word.
    pub(crate) without: Option<Patterns>,
    pub(crate) polarity: Option<Polarity>,
    pub(crate) modality: Option<Modality>,
    pub(crate) status: Option<Status>,
    /// What its victims are counted as; several for words such as "casualties", of which only none or "all" can be said.
    pub(crate) toll: Vec<TollKind>,
    /// It only adds to an event told before: alone it is none.
    pub(crate) joins: bool,
    pub(crate) confidence: f32,
    pub(crate) priority: i32,
}

/// A verb that carries a noun trigger and holds its roles.
#[derive(Clone, Debug)]
pub(crate) struct Support {
    /// Words after the verb itself.
    pub(crate) others: Vec<TriggerWord>,
    /// How the noun hangs on the verb.
    pub(crate) noun: Vec<Path>,
    pub(crate) roles: Roles,
    pub(crate) turns: Turns,
}

/// A text beside the rules, with what must be found in it, or must not.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// Index into [`Frames::frames`].
    pub(crate) frame: usize,
    pub(crate) text: String,
    /// False for a counterexample.
    pub(crate) matches: bool,
    /// Key, values (one for a plain string), in the order of the keys.
    pub(crate) expected: Vec<(String, Vec<String>)>,
}

/// All frames, rules and words that an extractor works with.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    pub(crate) classes: Classes,
    pub(crate) frames: Vec<Frame>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) triggers: Vec<Trigger>,
    /// Triggers by the lemma of their heads, those of the highest rank first.
    pub(crate) by_lemma: WordMap<String, Vec<Lead>>,
    /// Support verbs by lemma.
    pub(crate) supports: WordMap<String, Vec<Support>>,
    pub(crate) examples: Vec<Example>,
    pub(crate) books: Codebooks,
}

impl Frames {
    /// May people die in events of this frame? Those that PLOVER calls an assault, and protests.
    pub(crate) fn takes_casualties(&self, frame: usize) -> bool {
        let frame = &self.frames[frame];
        frame.kind == Kind::Act && frame.codes.plover.iter().flatten().any(|code| code.traits.casualties)
    }

    /// Does the frame tell of deaths and injuries themselves: an outcome whose rules count victims?
    pub(crate) fn tells_casualties(&self, frame: usize) -> bool {
        self.frames[frame].kind == Kind::Outcome && self.frames[frame].tells_deaths
    }
}
