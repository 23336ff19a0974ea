//! Finds place names in text and resolves them to places on the map.
//!
//! ```
//! # #[cfg(feature = "embedded")]
//! # fn main() -> Result<(), dateline_gazetteer::Error> {
//! use dateline_gazetteer::{Gazetteer, Resolver, resolver};
//! use dateline_tokenizer::{Tokenizer, Tokens};
//!
//! let gazetteer = Gazetteer::embedded()?;
//! let resolver = Resolver::new(&gazetteer);
//!
//! let text = "Shells fell on Tripoli, and clashes went on 40 km south of Misrata.";
//! let mut tokens = Tokens::new();
//! Tokenizer::new().tokenize(text, &mut tokens);
//! let mut scratch = resolver::Scratch::new();
//! let mentions = resolver.resolve(&gazetteer, tokens.of(text), &[], &resolver::Context::default(), &mut scratch);
//!
//! let countries: Vec<_> = mentions.iter().filter_map(|mention| mention.country).map(|country| country.alpha2().to_owned()).collect();
//! assert_eq!(countries, ["LY", "LY", "LY"]);
//! assert_eq!(mentions[1].anchor.map(|anchor| (anchor.offset_km, anchor.bearing_deg)), Some((40.0, Some(180.0))));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "embedded"))]
//! # fn main() {}
//! ```
//!
//! # Overview
//!
//! - [`Gazetteer`] is a file of places, read in place from any bytes: embedded, in memory, mapped. [`Gazetteer::lookup`] gives the
//!   places of a name, [`Gazetteer::find_iter`] the names in a text.
//! - [`Resolver`] decides which names are places in a text and which places they are: a [`Mention`] each, with position,
//!   country, confidence and the candidates that lost. Module [`resolver`] tells the method.
//! - [`builder`] makes gazetteer files. [`layer`] lays places over those of a file: a user's [`table`], or [`geonames`]' tables.
//! - [`matcher`] finds the names of any dictionary in a text, and knows nothing of places.
//!
//! # What it does not do
//!
//! It knows the Latin spellings of names in English text, no other scripts. The embedded places stop at towns of 500 people;
//! streets and buildings are few. Positions are points with a radius, not outlines.
//!
//! # Crate features
//!
//! - `embedded` (default): the places of the world, through `dateline-gazetteer-data` (CC BY 4.0), as `Gazetteer::embedded`.
//! - `serde`: `Serialize` and `Deserialize` for the small enums.
#![deny(missing_docs)]

pub mod builder;
mod country;
mod error;
mod format;
mod gazetteer;
pub mod geonames;
pub mod layer;
pub mod matcher;
mod mention;
mod place;
pub mod resolver;
pub mod spelling;
pub mod table;

pub use country::Country;
#[cfg(feature = "embedded")]
pub use dateline_gazetteer_data::NOTICE;
pub use error::Error;
pub use format::VERSION as FORMAT_VERSION;
pub use gazetteer::{Candidates, Gazetteer, NameId, NameMatch, NameMatches, Place, Source};
pub use mention::{Anchor, Candidate, Mention, Precision, Use};
pub use place::{How, PlaceId, PlaceKind};
pub use resolver::Resolver;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
