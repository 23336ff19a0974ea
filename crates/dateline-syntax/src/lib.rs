//! Parts of speech, lemmas, names and grammatical relations of English sentences.
//!
//! ```
//! # #[cfg(feature = "embedded")]
//! # fn main() -> Result<(), dateline_syntax::Error> {
//! use dateline_syntax::{Analysis, Analyzer, Deprel, Relations};
//! use dateline_tokenizer::{NameKind, Tokenizer, Tokens};
//!
//! let text = "The rebels killed two soldiers near Kirkuk on Monday.";
//! let mut tokens = Tokens::new();
//! Tokenizer::new().tokenize(text, &mut tokens);
//! let analyzer = Analyzer::embedded()?;
//! let mut analysis = Analysis::new();
//! analyzer.analyze(tokens.of(text), 0, &mut analysis);
//!
//! let killed = 2;
//! assert_eq!(analysis.lemma(killed), "kill");
//! let object = analysis.dependents(killed).find(|&word| analysis.deprel(word) == Deprel::Obj).unwrap();
//! assert_eq!(analysis.form(object), "soldiers");
//! let name = analysis.names().next().unwrap();
//! assert_eq!((&text[name.span.range()], name.kind), ("Kirkuk", NameKind::Place));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "embedded"))]
//! # fn main() {}
//! ```
//!
//! [`Analyzer`] holds a model and fills an [`Analysis`], sentence by sentence; an analysis answers as [`Relations`] do, the
//! trait through which events see a sentence. The module [`clause`] asks questions of it: tense, subject, negation.
//!
//! # Labels
//!
//! [`Upos`] and [`Deprel`] are those of [Universal Dependencies 2](https://universaldependencies.org/en/), [`Xpos`] is the
//! Penn Treebank's set with the additions of the English treebanks.
//!
//! # Method
//!
//! Four linear models over hashed features. Which features are worth keeping is found by an averaged perceptron (Collins 2002)
//! that also learns where it was right by a narrow margin; their weights are then learnt again, averaged, and rounded to a
//! byte: of actions of the parser by steps of one size, of all else by steps that shrink for each weight by itself (AdaGrad; Duchi,
//! Hazan and Singer 2011).
//!
//! - *Tags*, from left to right, both kinds at once. Words with practically one tag take it from a lexicon (as in Honnibal's
//!   tagger of 2013), others from a table of contexts that leave one: most words need no weights.
//! - *Names*, as beginnings and continuations, from words, tags, the run of name words they are in and what stands around it.
//! - *Trees*, by a greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and Satta 2011) with a dynamic oracle (Goldberg and
//!   Nivre 2012, 2013): in training it follows its own decisions and learns the best way on from its errors. Features are
//!   much as in Zhang and Nivre 2011. What arc to make is decided first, its label by a model of its own.
//! - *Lemmas*, by a table of words and of endings, each with the change that it asks for.
//!
//! Most words of a new text that matter are in no training text. A lexicon gives each of 140,000 words one of 240 classes of words
//! that a larger model takes for alike (first names, towns, titles); groups of words that stand in like places (k-means over
//! neighbours and relations) come from the training texts. Tags and names look at the former, tags and trees at the latter.
//!
//! All sums are of integers: the same tree on every machine.
//!
//! # What it does not do
//!
//! Trees are projective: an arc that crosses another ("a report came out that ...") is missed. Coordination and prepositional
//! phrases are attached wrongly most often. Past tenses after a plural ("Soldiers fired at a bus") may be taken for participles; a
//! sentence that has no verb left gets one back if the lexicon allows it. Texts in capitals and headlines were in the training, but
//! their names are less sure.
//!
//! # Crate features
//!
//! - `embedded` (default): the English model, through `dateline-syntax-data` (CC BY-SA 4.0).
#![deny(missing_docs)]

mod analysis;
pub mod clause;
mod error;
mod features;
mod hash;
mod label;
mod lemma;
mod model;
mod names;
mod parse;
mod relations;
mod tagger;
pub mod training;
mod tree;
mod weights;
mod word_class;
mod words;

pub use analysis::{Analysis, Analyzer};
pub use error::Error;
pub use label::{Deprel, Upos, Xpos};
pub use relations::{Dependents, Relations};

#[cfg(feature = "embedded")]
pub use dateline_syntax_data::NOTICE;

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
