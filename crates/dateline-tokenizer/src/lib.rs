//! Words and sentences of English news text, as byte spans.
//!
//! Words are cut as the Penn and Universal Dependencies treebanks cut them: contractions and possessives in their parts (`do` `n't`, `Russia` `'s`),
//! abbreviations, numbers and addresses whole (`U.S.`, `1,200`, `example.org/a`), marks and most hyphens alone (`air` `-` `defence`).
//! Sentences survive abbreviations, initials, quotations and brackets; headings, items of lists and empty lines end them, broken lines do not.
//!
//! ```
//! use dateline_tokenizer::{sentences, tokens};
//!
//! let text = "Gen. Orlov didn't speak at 5 a.m. Tuesday. U.S. envoys said he'd fled.";
//!
//! let words: Vec<_> = tokens(text).map(|token| token.as_str()).collect();
//! assert_eq!(words[..7], ["Gen.", "Orlov", "did", "n't", "speak", "at", "5"]);
//!
//! let found: Vec<_> = sentences(text).map(|sentence| sentence.as_str()).collect();
//! assert_eq!(found, ["Gen. Orlov didn't speak at 5 a.m. Tuesday.", "U.S. envoys said he'd fled."]);
//! ```
//!
//! # Overview
//!
//! - [`tokens`] and [`sentences`] are the cheap calls: iterators of [`Token`] and [`Sentence`], views into the text.
//! - [`Tokenizer`] fills a [`Tokens`] buffer, which can be used again and again; [`Tokens::of`] joins it with its text to a [`TokenizedText`],
//!   which is what the other crates of this workspace read.
//! - [`Span`] is a range of bytes; [`TokenKind`] and [`Shape`] say what a token looks like.
//! - [`NameHint`] is how a tagger tells a gazetteer of the names it found; nothing in this crate makes one.
//!
//! Tokens are in order and disjoint, lie on `char` boundaries, and only white space lies between them. The cost is linear in the length of the text.
//!
//! # What it does not do
//!
//! It does not normalise, lower or stem: a token is a piece of the text. It knows English; other scripts are cut by Unicode's word rules (UAX #29)
//! and, as these have no dictionary, Chinese, Japanese and Thai come out in single characters. It does not guess at sentences that have neither
//! a mark nor a line break between them, and it does not mend words that a line break has hyphenated.
#![deny(missing_docs)]

mod class;
mod hint;
mod lexer;
mod lexicon;
mod sentence;
mod span;
mod splitter;
mod token;
mod tokenizer;
mod tokens;

pub use hint::{NameHint, NameKind};
pub use sentence::{Sentence, Sentences};
pub use span::Span;
pub use token::{Shape, Token, TokenKind};
pub use tokenizer::{TokenIter, Tokenizer, sentences, tokens};
pub use tokens::{TokenizedText, Tokens};

/// The examples of the README, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
