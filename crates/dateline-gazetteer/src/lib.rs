//! Finds place names in text and resolves them to places on the map.
#![deny(missing_docs)]

pub mod builder;
mod country;
mod error;
mod format;
mod gazetteer;
pub mod matcher;
mod mention;
mod place;
pub mod resolver;

pub use country::Country;
#[cfg(feature = "embedded")]
pub use dateline_gazetteer_data::NOTICE;
pub use error::Error;
pub use gazetteer::{Candidates, Gazetteer, NameId, NameMatch, NameMatches, Place};
pub use mention::{Anchor, Candidate, Mention, Precision, Use};
pub use place::{How, PlaceId, PlaceKind};
pub use resolver::Resolver;
