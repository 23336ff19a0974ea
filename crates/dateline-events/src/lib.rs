//! Times, quantities, actors, quotes and events of English news text.
#![deny(missing_docs)]

mod actor;
pub mod annotation;
mod atom;
mod codebook;
mod error;
mod extract;
mod frame;
pub mod head;
mod quantity;
mod quote;
mod time;

pub use error::Error;
pub use extract::{Extractor, ExtractorBuilder, Failure, Input};
