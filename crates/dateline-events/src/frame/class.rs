use crate::Error;
use crate::lexicon::rows;
use crate::words::WordMap;

/// How many classes there may be; a [`ClassSet`] has a bit for each.
pub(crate) const MAX_CLASSES: usize = 256;

/// A set of semantic classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet([u64; MAX_CLASSES / 64]);

impl ClassSet {
    pub(crate) fn insert(&mut self, class: usize) {
        self.0[class / 64] |= 1 << (class % 64);
    }

    pub(crate) fn union(mut self, other: Self) -> Self {
        for (a, b) in self.0.iter_mut().zip(other.0) {
            *a |= b;
        }
        self
    }

    pub(crate) fn intersects(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.iter().all(|&a| a == 0)
    }
}

/// The semantic classes and the words that have them.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    names: Vec<String>,
    by_name: WordMap<String, usize>,
    /// Each class with all that it is.
    closure: Vec<ClassSet>,
    /// Lemmas, of several words joined by one space, in lower case.
    words: WordMap<String, Entry>,
}

/// What is known of a lemma.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Its classes; none if it only ends others.
    pub(crate) classes: ClassSet,
    /// How many words the longest entry has of which it is the last.
    pub(crate) longest: usize,
}

impl Classes {
    /// The classes that the engine gives by itself; a test sees that the class file declares them.
    #[cfg(test)]
    pub(crate) const BUILT_IN: &[&str] = &[
        "actor",
        "country",
        "organization",
        "person",
        "group",
        "place",
        "state",
        "named",
        "time",
        "number",
        "name",
        "event",
        "pronoun",
        "armed_actor",
        "human",
        "collective",
        "anaphor",
    ];

    /// Adds a class that is also each of `wider`, and all that those are.
    pub(crate) fn declare(&mut self, name: &str, wider: ClassSet) -> Result<(), String> {
        if self.by_name.contains_key(name) {
            return Err(format!("class `{name}` is declared twice"));
        }
        if self.names.len() == MAX_CLASSES {
            return Err(format!("more than {MAX_CLASSES} classes"));
        }
        let mut set = wider;
        set.insert(self.names.len());
        self.by_name.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.closure.push(set);
        Ok(())
    }

    /// Only the bit of the class itself: what a condition asks for.
    pub(crate) fn bit(&self, name: &str) -> Option<ClassSet> {
        let mut set = ClassSet::default();
        set.insert(*self.by_name.get(name)?);
        Some(set)
    }

    /// The names of the classes of a set, joined by `|`.
    pub(crate) fn names_of(&self, set: ClassSet) -> String {
        let names = self.names.iter().enumerate().filter(|(class, _)| {
            let mut bit = ClassSet::default();
            bit.insert(*class);
            bit.intersects(set)
        });
        names.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("|")
    }

    /// The class with all that it is: what a word of the class has.
    pub(crate) fn closure(&self, name: &str) -> Option<ClassSet> {
        self.by_name.get(name).map(|&class| self.closure[class])
    }

    /// Gives a word (or several, joined by spaces) further classes.
    pub(crate) fn add_word(&mut self, lemma: &str, classes: ClassSet) {
        let key = lemma.to_lowercase();
        let last = key.rsplit(' ').next().unwrap_or(&key);
        let end = self.words.entry(last.to_owned()).or_default();
        end.longest = end.longest.max(key.split(' ').count());
        let entry = self.words.entry(key).or_default();
        entry.classes = entry.classes.union(classes);
    }

    /// Classes of a lemma, of several words joined by a space; empty if it is in no lexicon.
    pub(crate) fn of(&self, lemma: &str) -> ClassSet {
        self.entry(lemma).classes
    }

    /// What is known of a lemma, of several words joined by a space.
    pub(crate) fn entry(&self, lemma: &str) -> Entry {
        self.words.get(lemma).copied().unwrap_or_default()
    }

    /// Reads a lexicon: lines of lemma, tab, classes joined by `|`; `#` begins a comment line.
    pub(crate) fn read_lexicon(&mut self, file: &str, text: &str) -> Result<(), Error> {
        for (number, line) in rows(text) {
            let line = line.trim_end();
            let fail = |reason: String| Error::new(file, number, reason);
            let Some((lemma, classes)) = line.split_once('\t').filter(|(lemma, _)| !lemma.trim().is_empty()) else {
                return Err(fail("expected `lemma<TAB>class|class`".to_owned()));
            };
            let mut set = ClassSet::default();
            for class in classes.split('|') {
                let class = class.trim();
                set = set.union(self.closure(class).ok_or_else(|| fail(format!("unknown class `{class}`")))?);
            }
            self.add_word(lemma.trim(), set);
        }
        Ok(())
    }
}
