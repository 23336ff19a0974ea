//! Tables with words as keys, asked about every word of a text.

use std::borrow::Cow;

/// A map with words as keys. The hasher of the standard library guards against keys that somebody chose so that they collide; the keys
/// of these tables come from lexicons, and a text only asks for them.
pub(crate) use rustc_hash::FxHashMap as WordMap;
/// A set of words.
pub(crate) use rustc_hash::FxHashSet as WordSet;

/// The text in lower case, itself where it is so already.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    match text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}
