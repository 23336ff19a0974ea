//! Parts of speech, lemmas and grammatical relations of English sentences.
#![deny(missing_docs)]

mod analysis;
mod chunk;
pub mod clause;
mod error;
mod label;
mod lemma;
mod lexicon;
mod parse;
mod relations;
mod tagger;
mod tree;
mod words;

pub use analysis::{Analysis, Analyzer};
pub use error::Error;
pub use label::{Deprel, Upos, Xpos};
pub use relations::{Dependents, Relations};

/// Where the embedded data comes from and under which licence it may be used.
pub const NOTICE: &str = include_str!("../NOTICE");
