//! Reads English news and says who did what to whom, where, when, with what toll, and according to whom.
#![deny(missing_docs)]

pub use dateline_events as events;
pub use dateline_gazetteer as gazetteer;
pub use dateline_syntax as syntax;
pub use dateline_tokenizer as tokenizer;
