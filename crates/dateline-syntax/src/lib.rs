//! Parts of speech, lemmas and grammatical relations of English sentences.
#![deny(missing_docs)]

mod label;
mod relations;

pub use label::{Deprel, Upos, Xpos};
pub use relations::{Dependents, Relations};
