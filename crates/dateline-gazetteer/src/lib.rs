//! Finds place names in text and resolves them to places on the map.
#![deny(missing_docs)]

mod country;
mod mention;
mod place;

pub use country::Country;
pub use mention::{Anchor, Candidate, Mention, Precision, Use};
pub use place::{PlaceId, PlaceKind};
