//! All benchmarks in one program, as linking several with the embedded data takes longer than running them as tests.
//! `cargo bench -p dateline-benches -- words` runs those with "words" in their name.
// `criterion_group!` makes functions without docs.
#![allow(missing_docs)]

mod layers;
mod length;
mod load;
mod matching;
mod sentences;
mod syntax;
mod times;
mod whole;
mod words;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    benches,
    words::english,
    words::scripts,
    sentences::sentences,
    matching::exact,
    matching::folded,
    layers::layers,
    syntax::syntax,
    whole::whole,
    whole::cores,
    times::times,
    load::load,
    length::length,
);
criterion_main!(benches);
