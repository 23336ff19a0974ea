//! The embedded English model of `dateline-syntax`: weights, no sentence of any corpus.
//!
//! What it was made from, and how, is in `SOURCES.toml`; credits and licences are in `NOTICE`.
#![deny(missing_docs)]

/// The model, as `dateline_syntax::Analyzer::from_bytes` reads it.
pub const MODEL: &[u8] = include_bytes!("../model.bin");

/// Where the model comes from and under which licence it may be used.
pub const NOTICE: &str = include_str!("../NOTICE");

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
