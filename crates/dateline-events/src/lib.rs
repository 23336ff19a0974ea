//! Times, quantities, actors, quotes and events of English news text.
#![deny(missing_docs)]

pub mod annotation;
