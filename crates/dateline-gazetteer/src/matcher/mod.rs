//! Dictionaries of names: which names of a list stand in a text, and where.
//!
//! This module knows nothing of places: a [`Dictionary`] holds any values, and the gazetteer uses the same table.
//!
//! ```
//! use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};
//! use dateline_tokenizer::{Tokenizer, Tokens};
//!
//! let names = [("Port-au-Prince", 'c'), ("al-Shabab", 'g'), ("Saint Louis", 'c')];
//! let dictionary = Dictionary::new(names, Folding::Folded, Starts::Capitalized)?;
//!
//! let text = "From Port au Prince’s harbour to al Shabab and ST. LOUIS";
//! let mut tokens = Tokens::new();
//! Tokenizer::new().tokenize(text, &mut tokens);
//! let found: Vec<&str> = dictionary.find_iter(tokens.of(text)).map(|found| &text[found.span]).collect();
//! assert_eq!(found, ["Port au Prince", "al Shabab", "ST. LOUIS"]);
//! # Ok::<(), dateline_gazetteer::Error>(())
//! ```

mod dictionary;
mod exact;
mod find;
mod fold;
mod table;

pub(crate) use dictionary::TokenHits;
pub use dictionary::{Dictionary, Found, FoundIter, SpanIter};
pub(crate) use fold::KeyBuffer;
pub(crate) use table::{HashedKey, SequenceHash, Slot, Table, write_table};

/// The form of a name that [`Folding::Folded`] compares: key words in lower case, a space between them. None for a name
/// without a letter or digit, and for one of over 255 bytes or 24 words.
///
/// ```
/// use dateline_gazetteer::matcher::folded;
///
/// assert_eq!(folded("St. Étienne-du-Rouvray").as_deref(), Some("saint etienne du rouvray"));
/// assert_eq!(folded("--"), None);
/// ```
#[must_use]
pub fn folded(name: &str) -> Option<String> {
    let mut key = KeyBuffer::new();
    fold::fold_name(name, &mut key, |_, _| {}).ok()?;
    String::from_utf8(key.as_bytes().to_vec()).ok()
}

/// Which spellings are the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Folding {
    /// Case, accents, apostrophes and hyphens do not count; `St.` is `Saint`, `Mt` is `Mount`, `Ft` is `Fort`, `&` is
    /// `and`, `U.S.` is `US`. A possessive ending ends a name.
    Folded,
    /// The very bytes, between characters that are no letter or digit.
    Exact,
}

/// Where a name may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Starts {
    /// At words that begin with a capital letter, a letter of a script without capitals, or a digit; and, if folded, at
    /// the lower-case Arabic article before one ("al-Shabab").
    Capitalized,
    /// At every word: for dictionaries with common nouns.
    AnyWord,
}
