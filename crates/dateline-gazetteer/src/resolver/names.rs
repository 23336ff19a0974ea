//! Names of persons: the places inside them are none.

use std::hash::Hasher;

use dateline_tokenizer::NameKind;
use rustc_hash::{FxHashSet, FxHasher};

use super::Document;
use super::choose::Choice;
use super::lexicon::Classes;
use super::recognize::Spot;
use crate::{How, PlaceKind};

/// Which tokens belong to names of persons, and the last names that a text has told in full.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    person: Vec<bool>,
    last_names: FxHashSet<u64>,
    spot_at: Vec<u32>,
    hints: Vec<Option<NameKind>>,
}

const NO_SPOT: u32 = u32::MAX;
/// The most words that a person's name has.
const LONGEST_NAME: usize = 6;
const FIRST_NAMES: Classes = Classes::FIRST_NAME.or(Classes::FIRST_NAME_OR_PLACE);
/// Words that end a person's name before them.
const ENDS_NAME: Classes = Classes::CALENDAR
    .or(Classes::FUNCTION)
    .or(Classes::KIND_AFTER)
    .or(Classes::PUBLIC_BODY)
    .or(Classes::MEDIA)
    .or(Classes::TEAM)
    .or(Classes::COMPANY)
    .or(Classes::TITLE);

impl Names {
    pub(super) fn find(&mut self, document: Document<'_>, spots: &[Spot], choice: &Choice) {
        let len = document.words.len();
        self.person.clear();
        self.person.resize(len, false);
        self.last_names.clear();
        self.spot_at.clear();
        self.spot_at.resize(len, NO_SPOT);
        for (index, spot) in spots.iter().enumerate() {
            self.spot_at[spot.tokens.clone()].fill(index as u32);
        }
        let mut token = 0;
        while token < len {
            token = match self.name_from(document, spots, choice, token) {
                Some((start, end)) => {
                    self.mark(document, start, end);
                    end
                }
                None => {
                    self.name_before_age(document, spots, token);
                    token + 1
                }
            };
        }
        self.hints.clear();
        self.hints.resize(if document.hints.is_empty() { 0 } else { len }, None);
        for hint in document.hints {
            let tokens = document.text.tokens.overlapping(hint.span);
            self.hints[tokens.clone()].fill(Some(hint.kind));
            if hint.kind == NameKind::Person && !tokens.is_empty() {
                self.mark(document, tokens.start, tokens.end);
            }
        }
    }

    /// What a hint says of the token.
    pub(super) fn hint(&self, token: usize) -> Option<NameKind> {
        self.hints.get(token).copied().flatten()
    }

    /// True if the token belongs to a person's name.
    pub(super) fn is_person(&self, token: usize) -> bool {
        self.person[token]
    }

    /// True if the token repeats a last name that the text tells in full somewhere.
    pub(super) fn is_last_name(&self, document: Document<'_>, token: usize) -> bool {
        !self.last_names.is_empty() && self.last_names.contains(&fingerprint(document.text.as_str(token)))
    }

    fn mark(&mut self, document: Document<'_>, start: usize, end: usize) {
        self.person[start..end].fill(true);
        let first = if end - start > 1 { start + 1 } else { start };
        for token in first..end {
            let text = document.text.as_str(token);
            if document.is_capitalized(token) && text.len() > 2 && !text.ends_with('.') {
                self.last_names.insert(fingerprint(text));
            }
        }
    }

    /// The spot at a token, if there is one.
    fn spot<'s>(&self, spots: &'s [Spot], token: usize) -> Option<&'s Spot> {
        spots.get(*self.spot_at.get(token)? as usize)
    }

    /// A name that begins with the title or the first name at `token`: where it starts and ends.
    fn name_from(
        &self,
        document: Document<'_>,
        spots: &[Spot],
        choice: &Choice,
        token: usize,
    ) -> Option<(usize, usize)> {
        let classes = document.words[token].classes;
        if !classes.any(Classes::TITLE.or(FIRST_NAMES)) {
            return None;
        }
        // "Port Harcourt" and "San Diego" hold no first name.
        let own = self.spot(spots, token);
        if own.is_some_and(|spot| spot.tokens.start < token) {
            return None;
        }
        let next = token + 1;
        let capital = document.is_capitalized(token);
        if classes.any(Classes::TITLE) && !(capital && classes.any(Classes::FIRST_NAME)) {
            let mut start = next;
            while document.is_capitalized(start)
                && document.continues(start)
                && document.words[start].classes.any(Classes::TITLE)
            {
                start += 1;
            }
            let end = self.extent(document, start)?;
            if own.is_some_and(|spot| spot.tokens.end > start) {
                return None;
            }
            if let Some(spot) = self.spot(spots, start) {
                // "deputy U.S. envoy", "driver Texas": what stands after the title is the place of the office.
                let large = choice.top(spot).is_some_and(|top| {
                    top.how == How::Demonym
                        || matches!(top.kind, PlaceKind::Country | PlaceKind::Continent | PlaceKind::Admin1)
                });
                let named = document.words[start].classes.any(FIRST_NAMES) && end - start > 1;
                if (large || !capital) && !named && spot.tokens.end >= end {
                    return None;
                }
                if spot.tokens.len() > 1 && !named {
                    return None;
                }
            }
            return Some((start, end));
        }
        if !capital || !classes.any(FIRST_NAMES) || document.is_in_capitals(token) {
            return None;
        }
        if !document.is_capitalized(next) || !document.continues(next) {
            // "Ahmed al-Rawi", "Ludwig van Rooyen"
            let particle = next < document.words.len() && document.words[next].classes.any(Classes::PARTICLE);
            if !particle || !classes.any(Classes::FIRST_NAME) {
                return None;
            }
        }
        let end = self.extent(document, token)?;
        if end - token < 2 {
            return None;
        }
        let after = document.words[next].classes;
        // "Martin County", "Henry High School", "Charlotte Observer" are no persons; "Jordan Rivers" is.
        if after.any(ENDS_NAME) && !after.any(Classes::SURNAME) {
            return None;
        }
        // "Santa Clara", "St. Paul", "Fort Worth", "Lake Charles": no name begins in the middle.
        if token > 0 && document.is_capitalized(token - 1) && document.continues(token) {
            let before = document.words[token - 1].classes;
            if before.any(Classes::BEFORE_NAME.or(Classes::KIND_BEFORE)) {
                return None;
            }
        }
        if let Some(spot) = own {
            if spot.tokens.end > next {
                // One place name of several words that begins like a person's: a person unless it is well known.
                let weak = choice.top(spot).is_some_and(|top| top.population < 15_000 && top.kind == PlaceKind::City);
                let placed = token > 0 && document.words[token - 1].classes.any(Classes::LOCATIVE);
                return (weak && !placed).then_some((token, end));
            }
            // "Georgia Texas" is no person; "Victoria Palmer" is.
            if let Some(other) = self.spot(spots, next)
                && !document.words[next].classes.any(FIRST_NAMES.or(Classes::SURNAME))
                && choice.top(other).is_some_and(|top| top.population > 100_000 || top.how == How::Demonym)
            {
                return None;
            }
        }
        Some((token, end))
    }

    /// "Lagos Ibrahim, 43, said": whoever has an age is a person.
    fn name_before_age(&mut self, document: Document<'_>, spots: &[Spot], comma: usize) {
        if document.text.as_str(comma) != "," || comma + 1 >= document.words.len() {
            return;
        }
        let age = document.text.as_str(comma + 1);
        if !(age.len() == 2 || age.len() == 1) || !age.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        if comma + 2 < document.words.len() && !matches!(document.text.as_str(comma + 2), "," | ")" | "." | ";") {
            return;
        }
        let mut start = comma;
        while start > 0
            && comma - start < LONGEST_NAME
            && document.is_capitalized(start - 1)
            && !document.words[start - 1].classes.any(ENDS_NAME)
        {
            start -= 1;
            if !document.continues(start) {
                break;
            }
        }
        let one_place = self
            .spot(spots, start.min(comma - 1))
            .is_some_and(|spot| spot.tokens.end >= comma && spot.tokens.start <= start);
        if comma - start >= 2 && !one_place {
            self.mark(document, start, comma);
        }
    }

    /// Where the name that starts at `start` ends: capitalised words, initials and particles between them.
    fn extent(&self, document: Document<'_>, start: usize) -> Option<usize> {
        let len = document.words.len();
        let mut end = start;
        while end < len && end - start < LONGEST_NAME && (end == start || document.continues(end)) {
            let classes = document.words[end].classes;
            if document.is_capitalized(end)
                && (end == start || !classes.any(ENDS_NAME) || classes.any(Classes::SURNAME))
            {
                if end == start && classes.any(Classes::CALENDAR.or(Classes::FUNCTION)) {
                    return None;
                }
                end += 1;
            } else if end > start && classes.any(Classes::PARTICLE) && end + 1 < len {
                let behind = if document.text.as_str(end + 1) == "-" { end + 2 } else { end + 1 };
                if !document.is_capitalized(behind) {
                    break;
                }
                end = behind + 1;
            } else if end > start
                && document.text.as_str(end) == "-"
                && document.is_capitalized(end + 1)
                && document.touches(end + 1)
            {
                end += 2;
            } else {
                break;
            }
        }
        (end > start).then_some(end.min(len))
    }
}

fn fingerprint(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in word.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(c.into());
    }
    hasher.finish()
}
