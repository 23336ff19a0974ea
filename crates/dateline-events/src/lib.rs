//! Times, quantities, actors, quotations and events of English news text.
//!
//! ```
//! # #[cfg(feature = "embedded")]
//! # fn main() -> Result<(), dateline_events::Error> {
//! use dateline_events::{Extractor, Input, head};
//! use dateline_tokenizer::{Tokenizer, Tokens};
//!
//! let text = "date 2024-03-08\n\nGunmen abducted 20 pupils on Thursday, police said.";
//! let head = head::find(text, None);
//! let mut tokens = Tokens::new();
//! Tokenizer::new().tokenize_with_body(text, head.body, &mut tokens);
//!
//! let extractor = Extractor::embedded()?;
//! let found = extractor.extract(&Input::new(tokens.of(text), head));
//! let event = &found.events[0];
//! assert_eq!((event.r#type.as_str(), event.target[0].text.as_str()), ("abduction", "20 pupils"));
//! assert_eq!(event.time.value.as_deref(), Some("2024-03-07"));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "embedded"))]
//! # fn main() {}
//! ```
//!
//! # Overview
//!
//! - [`head`] reads what stands before a report: a header, an agency dateline, the reference date.
//! - [`Extractor`] reads an [`Input`]: tokens, the head, and the mentions of places that a gazetteer's resolver found. It is built
//!   once, with the embedded rules and a user's own, and shared by threads.
//! - [`annotation`] has what comes out: owned records with the names, and in the order, of the report.
//! - [`explanation`] says why: the rule behind an event, what filled its roles, what lost; and why a sentence gave none.
//!
//! Events come from frames: files that name the words that tell of an event and the relations of Universal Dependencies in which its
//! roles stand to them. The format is explained in the file `frames/interception.toml` of this crate.
//!
//! # What it does not do
//!
//! It does not find places: without mentions in the input, events have none. It fills a role only if the text does, and
//! judges no truth: it says who asserts what, and how.
//!
//! # Crate features
//!
//! - `embedded` (default): the English syntax model of `dateline-syntax-data` (CC BY-SA 4.0). Without it a model has to be given
//!   to [`ExtractorBuilder::model`]. Frames and lexicons are always inside.
#![deny(missing_docs)]

mod actor;
pub mod annotation;
mod atom;
mod codebook;
mod error;
pub mod explanation;
mod extract;
mod frame;
pub mod head;
mod lexicon;
mod measures;
mod quantity;
mod quote;
mod time;
mod words;

pub use error::Error;
pub use extract::{Extractor, ExtractorBuilder, Failure, Family, Input};
pub use frame::{EventRule, EventType};
/// The crate of the dates that [`head::find`] takes, in the version that it takes them of.
pub use jiff;
pub use measures::Measures;
pub use time::DateOrder;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
