//! Expressions of time and their TIMEX3 values.

pub(crate) mod calendar;
