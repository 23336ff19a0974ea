//! Frames: event types as data. A frames file is TOML; `frames/interception.toml` shows and explains every key.

mod attempt;
mod class;
mod describe;
mod grammar;
mod load;
mod matching;
mod schema;
mod spell;

pub(crate) use attempt::{Attempt, attempts};
pub(crate) use class::{ClassSet, Entry};
pub(crate) use describe::describe;
pub use describe::{EventRule, EventType};
pub(crate) use grammar::Grammar;
pub(crate) use load::Loader;
pub(crate) use matching::{Binder, Fate, Match, Miss, is_noun_trigger, matches, may_name_event};
pub(crate) use schema::{
    CodeTemplates, CodesWhen, Counted, Example, Frames, Kind, Party, PartyCode, Pattern, Predicate, Role,
};

/// Files of this crate, in the order in which they are read: name and content.
pub(crate) const EMBEDDED_FRAMES: &[(&str, &str)] = &[
    ("classes.toml", include_str!("../../frames/classes.toml")),
    ("lists.toml", include_str!("../../frames/lists.toml")),
    ("shapes.toml", include_str!("../../frames/shapes.toml")),
    ("dealings.toml", include_str!("../../frames/dealings.toml")),
    ("interception.toml", include_str!("../../frames/interception.toml")),
    ("strikes.toml", include_str!("../../frames/strikes.toml")),
    ("bombs.toml", include_str!("../../frames/bombs.toml")),
    ("guns.toml", include_str!("../../frames/guns.toml")),
    ("attacks.toml", include_str!("../../frames/attacks.toml")),
    ("violence.toml", include_str!("../../frames/violence.toml")),
    ("property.toml", include_str!("../../frames/property.toml")),
    ("munitions.toml", include_str!("../../frames/munitions.toml")),
    ("control.toml", include_str!("../../frames/control.toml")),
    ("killings.toml", include_str!("../../frames/killings.toml")),
    ("damage.toml", include_str!("../../frames/damage.toml")),
    ("services.toml", include_str!("../../frames/services.toml")),
    ("law.toml", include_str!("../../frames/law.toml")),
    ("streets.toml", include_str!("../../frames/streets.toml")),
    ("ground.toml", include_str!("../../frames/ground.toml")),
    ("diplomacy.toml", include_str!("../../frames/diplomacy.toml")),
    ("measures.toml", include_str!("../../frames/measures.toml")),
    ("speech.toml", include_str!("../../frames/speech.toml")),
    ("politics.toml", include_str!("../../frames/politics.toml")),
];

/// Lexicons of this crate: words and their classes.
pub(crate) const EMBEDDED_LEXICONS: &[(&str, &str)] = &[
    ("weapons.tsv", include_str!("../../lexicon/weapons.tsv")),
    ("vehicles.tsv", include_str!("../../lexicon/vehicles.tsv")),
    ("armed.tsv", include_str!("../../lexicon/armed.tsv")),
    ("people.tsv", include_str!("../../lexicon/people.tsv")),
    ("targets.tsv", include_str!("../../lexicon/targets.tsv")),
    ("senses.tsv", include_str!("../../lexicon/senses.tsv")),
    ("services.tsv", include_str!("../../lexicon/services.tsv")),
    ("politics.tsv", include_str!("../../lexicon/politics.tsv")),
];
