//! Which of the many names in the sources are worth keeping, and which shorter ones follow from them.

use anyhow::{Context, Result};
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts, folded};
use dateline_gazetteer::spelling;

/// English words and the like that some source lists as another name of a place, one a line.
const NOT_NAMES: &str = include_str!("../../gazetteer/not_names.txt");

/// First and last names of persons, one a line.
const PERSON_NAMES: &str = include_str!("../../gazetteer/person_names.txt");

/// Words that say what a division is, before or after its name, one a line: `_ Oblast`, `Province of _`.
const DIVISION_WORDS: &str = include_str!("../../gazetteer/division_words.txt");

/// What divisions are called beside their type: no names by themselves ("Northern Province").
const PART_WORDS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "center",
    "centre",
    "centro",
    "central and western",
    "north west",
    "north east",
    "south west",
    "south east",
    "northwest",
    "northeast",
    "southwest",
    "southeast",
    "north western",
    "north eastern",
    "south western",
    "south eastern",
    "northwestern",
    "northeastern",
    "southwestern",
    "southeastern",
    "north central",
    "south central",
    "upper",
    "lower",
    "upper river",
    "capital",
    "federal",
    "metropolitan",
    "autonomous",
    "national",
    "islands",
    "island",
    "coast",
    "valley",
    "river",
    "lake",
    "lakes",
    "mountain",
    "highlands",
    "midlands",
    "urban",
    "rural",
    "city",
    "town",
    "village",
    "nord",
    "sud",
    "est",
    "ouest",
    "norte",
    "sur",
    "este",
    "oeste",
    "sul",
    "leste",
    "oriental",
    "occidental",
    "litoral",
    "littoral",
    "first",
    "second",
    "third",
    "new",
    "old",
    "the",
    "union",
    "unity",
    "liberty",
    "independence",
    "copper",
];

/// Judges names.
pub struct Judge {
    not_names: Dictionary<()>,
    persons: Dictionary<()>,
    parts: Dictionary<()>,
    /// What stands before a name, and after it.
    prefixes: Vec<&'static str>,
    suffixes: Vec<&'static str>,
}

impl Judge {
    pub fn new() -> Result<Self> {
        let dictionary = |names: &mut dyn Iterator<Item = &str>| {
            Dictionary::new(names.map(|name| (name.to_owned(), ())), Folding::Folded, Starts::AnyWord)
        };
        let mut not_names = lines(NOT_NAMES);
        let mut persons = lines(PERSON_NAMES);
        let mut parts = PART_WORDS.iter().copied();
        let mut judge = Self {
            not_names: dictionary(&mut not_names).context("not_names.txt")?,
            persons: dictionary(&mut persons).context("person_names.txt")?,
            parts: dictionary(&mut parts)?,
            prefixes: Vec::new(),
            suffixes: Vec::new(),
        };
        for line in lines(DIVISION_WORDS) {
            match (line.strip_suffix('_'), line.strip_prefix('_')) {
                (Some(prefix), None) => judge.prefixes.push(prefix),
                (None, Some(suffix)) => judge.suffixes.push(suffix),
                _ => anyhow::bail!("division_words.txt: {line:?} has no \"_\" at its start or end"),
            }
        }
        // "Province of the" before "Province of".
        judge.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
        judge.suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
        Ok(judge)
    }

    /// True for an alternate name, of no known language, that may stand in an English text: Latin, capitalised, no code
    /// and no abbreviation, of letters that make words, no English word and no person's name.
    pub fn keeps(&self, name: &str) -> bool {
        // Names of three letters are words and abbreviations far oftener than what some language calls a place.
        self.reads_as_name(name, 4)
    }

    fn reads_as_name(&self, name: &str, least_letters: usize) -> bool {
        spelling::reads_as_name(name, least_letters) && !self.is_word(name) && !self.is_person(name)
    }

    /// True for an English word that no source shall make a place of.
    pub fn is_word(&self, name: &str) -> bool {
        !self.not_names.get(name).is_empty()
    }

    /// True for the first or last name of persons.
    pub fn is_person(&self, name: &str) -> bool {
        !self.persons.get(name).is_empty()
    }

    /// True for a name that says nothing without the word for what it names: "Northern" of "Northern Province".
    pub fn needs_type(&self, name: &str) -> bool {
        !self.parts.get(name).is_empty() || self.is_word(name)
    }

    /// A division's name without the word for what it is: "Tver" of "Tver Oblast". None if it has none, or if too little
    /// would be left.
    pub fn short_division_name<'n>(&self, name: &'n str) -> Option<&'n str> {
        let mut short = name;
        while let Some(shorter) = self.without_division_word(short) {
            short = shorter;
        }
        let is_type = || self.without_division_word(&format!("x {short}")) == Some("x");
        let kept = short.len() < name.len() && self.reads_as_name(short, 3) && !self.needs_type(short) && !is_type();
        kept.then_some(short)
    }

    fn without_division_word<'n>(&self, name: &'n str) -> Option<&'n str> {
        let after = |prefix: &&str| {
            let start = name.get(..prefix.len())?;
            start.eq_ignore_ascii_case(prefix).then(|| &name[prefix.len()..])
        };
        let before = |suffix: &&str| {
            let cut = name.len().checked_sub(suffix.len())?;
            name.get(cut..)?.eq_ignore_ascii_case(suffix).then(|| &name[..cut])
        };
        let shorter = self.prefixes.iter().find_map(after).or_else(|| self.suffixes.iter().find_map(before))?;
        Some(shorter.trim()).filter(|shorter| !shorter.is_empty())
    }
}

/// Names of an airport that are shorter than the full one: "Vnukovo Airport" and "Vnukovo" of "Vnukovo International
/// Airport". The last is the bare name, if there is one.
pub fn short_airport_names(name: &str) -> (Option<String>, Option<&str>) {
    const TYPES: [&str; 7] = ["Airport", "Airfield", "Air Base", "Airbase", "Air Force Base", "Aerodrome", "Airstrip"];
    const SORTS: [&str; 8] =
        ["International", "Regional", "Municipal", "County", "Domestic", "National", "Intercontinental", "City"];
    let Some((place, kind)) = TYPES.iter().find_map(|kind| Some((name.strip_suffix(kind)?.trim_end(), *kind))) else {
        return (None, None);
    };
    let mut bare = place;
    while let Some(shorter) = SORTS.iter().find_map(|sort| bare.strip_suffix(sort)) {
        bare = shorter.trim_end();
    }
    let bare = bare.trim_end_matches(['-', '/', ' ']);
    if bare.is_empty() {
        return (None, None);
    }
    ((bare != place).then(|| format!("{bare} {kind}")), Some(bare))
}

/// True if the names have a word of three letters or more in common.
pub fn shares_word(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (folded(a), folded(b)) else { return false };
    a.split(' ').any(|word| word.len() >= 3 && b.split(' ').any(|other| other == word))
}

/// True if `name` is `own` with words before or behind it, or `own` without a last "City", "Town" or "Village" or
/// without what it lies at ("Clacton-on-Sea").
pub fn is_longer_form(name: &str, own: &str) -> bool {
    let (Some(name), Some(own)) = (folded(name), folded(own)) else { return false };
    let behind = name.strip_prefix(&own).is_some_and(|rest| rest.starts_with(' '));
    let before = name.strip_suffix(&own).is_some_and(|rest| rest.ends_with(' '));
    let rest = own.strip_prefix(&name).unwrap_or_default();
    let kinds = [" city", " town", " village"];
    behind || before || kinds.contains(&rest) || [" on ", " upon "].iter().any(|at| rest.starts_with(at))
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternates_of_other_scripts_codes_and_words_are_dropped() {
        let judge = Judge::new().unwrap();
        for name in ["Avdeevka", "Khān Yūnis", "‘Akkā", "Saint-Denis", "Đà Nẵng", "Oslo"] {
            assert!(judge.keeps(name), "{name}");
        }
        for name in ["Авдеевка", "avdeevka", "AVD", "Li", "Section 12", "Maurice", "The City", "Lahore (Lahore)", "The"]
        {
            assert!(!judge.keeps(name), "{name}");
        }
    }

    #[test]
    fn divisions_have_short_names_unless_nothing_telling_is_left() {
        let judge = Judge::new().unwrap();
        for (name, short) in [
            ("Tver Oblast", Some("Tver")),
            ("Gorodskoy Okrug Istra", Some("Istra")),
            ("Province du Nord-Kivu", Some("Nord-Kivu")),
            ("Wakulla County", Some("Wakulla")),
            ("Republic of Tyva", Some("Tyva")),
            ("Ibb Governorate", Some("Ibb")),
            ("Northern Province", None),
            ("Kota District", None),
            ("Lee County", None),
            ("Texas", None),
            ("County", None),
        ] {
            assert_eq!(judge.short_division_name(name), short, "{name}");
        }
    }

    #[test]
    fn longer_forms_hold_the_whole_name() {
        assert!(is_longer_form("City of Paris", "Paris") && is_longer_form("New York", "New York City"));
        assert!(!is_longer_form("Swainsboro", "Paris") && !is_longer_form("Parish", "Paris"));
    }

    #[test]
    fn airports_have_short_names() {
        let short = |name| short_airport_names(name);
        assert_eq!(short("Vnukovo International Airport"), (Some("Vnukovo Airport".to_owned()), Some("Vnukovo")));
        assert_eq!(short("Bagram Airfield"), (None, Some("Bagram")));
        assert_eq!(short("Heliport"), (None, None));
    }
}
