//! The places that `dateline` carries with it: countries, divisions, towns of 500 inhabitants or more, regions, waters,
//! islands, airports, landmarks, with their other names.
//!
//! ```
//! assert!(dateline_gazetteer_data::PLACES.starts_with(b"DLGAZ"));
//! assert!(dateline_gazetteer_data::NOTICE.contains("GeoNames"));
//! ```
//!
//! The bytes are a file for `dateline_gazetteer::Gazetteer`, which gives them a meaning (`Gazetteer::embedded`). They are
//! made by `cargo xtask gazetteer`; `data/SOURCES.toml` says of what. Licence: CC BY 4.0, for most of it is GeoNames'.

/// The gazetteer file.
pub static PLACES: &[u8] = include_bytes!("../data/places.gaz");

/// Where the places come from, and under which licences: to be shown wherever they are used.
pub const NOTICE: &str = include_str!("../NOTICE");

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
