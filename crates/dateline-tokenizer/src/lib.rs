//! Words and sentences of English news text, as byte spans.
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
