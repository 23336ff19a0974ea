//! Reads English news and says who did what to whom, where, when, with what toll, and according to whom.
#![deny(missing_docs)]

mod document;
mod error;
mod pipeline;
pub mod report;

pub use dateline_events as events;
pub use dateline_gazetteer as gazetteer;
pub use dateline_syntax as syntax;
pub use dateline_tokenizer as tokenizer;

pub use document::Document;
pub use error::Error;
pub use pipeline::{Pipeline, PipelineBuilder, Scratch};
pub use report::{OffsetUnit, Report};

/// The attributions and licences of all data inside this crate, for people to read.
#[must_use]
pub fn licenses() -> String {
    let notices = [
        dateline_syntax::NOTICE,
        #[cfg(feature = "embedded")]
        dateline_gazetteer::NOTICE,
    ];
    notices.join("\n")
}
