//! Reads English news and says who did what to whom, where, when, with what toll, and according to whom.
//!
//! ```
//! use dateline::{Document, Pipeline};
//!
//! let pipeline = Pipeline::embedded()?;
//! let text = "date 2024-03-08\n\nGunmen abducted 20 pupils from a school in Kaduna on Thursday, police said.";
//! let report = pipeline.extract(&Document::new(text)?);
//!
//! let event = &report.events[0];
//! assert_eq!(event.r#type, "abduction");
//! assert_eq!(event.agent[0].text, "Gunmen");
//! assert_eq!(event.time.value.as_deref(), Some("2024-03-07"));
//! assert_eq!(report.places[event.places[0].place].country.as_deref(), Some("NG"));
//! assert_eq!(event.source.as_ref().map(|source| source.text.as_str()), Some("police"));
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! # Overview
//!
//! - [`Pipeline`] reads documents. It is built once, in some milliseconds, and shared by threads.
//! - [`Document`] is a text with what the caller knows of it: an id, the day of publication, own data. Dates such as
//!   "on Tuesday" need that day; it is the caller's, else the one in the text's header or agency dateline, else unknown. No clock is
//!   ever read.
//! - [`Report`] is what was found: owned, with the same names and order as its JSON. Module [`report`] has its parts.
//! - [`Pipeline::explain`] says why the events of a document came out as they did, [`Pipeline::why_not`] why a sentence gave none.
//!   Module [`explain`] has the parts.
//! - [`Scratch`] is the memory to work in: keep one a thread when there are many documents.
//! - The parts, for those who need one alone: [`tokenizer`], [`gazetteer`], [`syntax`], [`events`].
//!
//! # What it does not do
//!
//! It reads English only, does no I/O, and adds nothing that the text does not say: a role that is not filled is empty, a
//! number that is not told is none, which is not zero. It does not check whether what a text says is true.
//!
//! # Crate features
//!
//! - `embedded` (default): the places of `dateline-gazetteer-data` (CC BY 4.0) and the syntax model of `dateline-syntax-data`
//!   (CC BY-SA 4.0) inside the program. Without it both have to be given to [`Pipeline::builder`].
//! - `rayon`: `Pipeline::extract_all` reads many documents on all cores, in order and in bounded memory.
#![deny(missing_docs)]

#[cfg(feature = "rayon")]
mod batch;
mod document;
mod error;
pub mod explain;
pub mod merge;
mod pipeline;
pub mod report;

pub use dateline_events as events;
pub use dateline_events::DateOrder;
pub use dateline_gazetteer as gazetteer;
pub use dateline_syntax as syntax;
pub use dateline_tokenizer as tokenizer;
/// The crate of the dates that [`Document::with_date`] takes, in the version that it takes them of.
pub use jiff;

#[cfg(feature = "rayon")]
pub use batch::ExtractAll;
pub use document::Document;
pub use error::Error;
pub use pipeline::{Pipeline, PipelineBuilder, Scratch};
pub use report::{OffsetUnit, Report};

/// The attributions and licences of all data inside this crate, for people to read.
#[must_use]
pub fn licenses() -> String {
    let notices: &[&str] = &[
        #[cfg(feature = "embedded")]
        dateline_syntax::NOTICE,
        #[cfg(feature = "embedded")]
        dateline_gazetteer::NOTICE,
    ];
    notices.join("\n")
}

/// The examples of the project's README and of this crate's, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
#[doc = include_str!("../README.md")]
struct Readme;

/// The recipes of the cookbook, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/cookbook.md")]
struct Cookbook;
