//! The embedded places.
