//! Making a model from treebanks.
//!
//! Everything is deterministic: the same sentences in the same order give the same bytes.

mod groups;
mod lemmas;
mod names;
mod parser;
mod perceptron;
mod tagger;

use self::parser::Lessons;
use crate::model::{Classes, Section, assemble};
use crate::weights::Single;
use crate::word_class::WordClasses;
use crate::words::Words;
use crate::{Deprel, Upos, Xpos};

pub use names::label_of;

/// One sentence with its grammar.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The words.
    pub forms: Vec<String>,
    /// Their universal parts of speech.
    pub upos: Vec<Upos>,
    /// Their Penn tags.
    pub xpos: Vec<Xpos>,
    /// Their dictionary forms, if known; else empty.
    pub lemmas: Vec<String>,
    /// The word that each depends on; none for the root.
    pub heads: Vec<Option<usize>>,
    /// The relation to it.
    pub deprels: Vec<Deprel>,
    /// The codes of name labels as [`label_of`] gives them, if known; else empty.
    pub names: Vec<u8>,
}

/// How long to train and how much to keep.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Options {
    /// Passes of the tagger over the sentences.
    pub tagger_passes: usize,
    /// Passes of the name finder.
    pub names_passes: usize,
    /// Passes of the parser.
    pub parser_passes: usize,
    /// Parts that the sentences are split into, so that the parser learns from tags like those it will see: each part is
    /// tagged by a tagger that has not seen it.
    pub folds: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { tagger_passes: 4, names_passes: 5, parser_passes: 9, folds: 3 }
    }
}

/// What a model is made from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Material<'m> {
    /// Sentences with everything.
    pub sentences: &'m [Sentence],
    /// Irregular forms with a word class (V, N, A or F) and their lemma.
    pub irregular: &'m [(String, char, String)],
    /// Words as they are written with a class that is not 0, the most important ones first: words of one
    /// class are alike, and classes that share their upper four bits are less so.
    pub words: &'m [(String, u8)],
}

/// Makes a model; `log` is told how it goes.
///
/// Minutes for a million words.
#[must_use]
pub fn train(material: Material<'_>, options: Options, log: &mut dyn FnMut(&str)) -> Vec<u8> {
    let sentences = with_copies(material.sentences);
    let word_classes = WordClasses::build(material.words);
    let Some(classes_of_words) = WordClasses::new(&word_classes) else { return Vec::new() };
    let groups = groups::learn(&sentences, &read(&sentences, classes_of_words, Single::default()));
    let Some(groups_of_words) = Single::new(&groups) else { return Vec::new() };
    let words = read(&sentences, classes_of_words, groups_of_words);
    let classes = tagger::classes(&sentences);
    log(&format!("{} sentences, {} tag classes", sentences.len(), classes.len()));
    let gold = tagger::gold(&sentences, &classes);
    let lexicon = tagger::Tables::learn(&words, &gold, |_| true);
    let tagger = tagger::train(&words, &gold, lexicon.view(), classes.len(), options.tagger_passes, |_| true);
    log("tagger trained");
    let tags = tagger::cross_tags(&words, &gold, classes.len(), options);
    let right = |tags: &[u8], gold: &[u8]| tags.iter().zip(gold).filter(|(a, b)| a == b).count();
    let total: usize = gold.iter().map(Vec::len).sum();
    let agree: usize = tags.iter().zip(&gold).map(|(a, b)| right(a, b)).sum();
    log(&format!("tags of the folds: {:.2} % right", 100.0 * agree as f64 / total as f64));
    let codes = tagger::codes(&classes);
    let examples = names::examples(&sentences, &words, &tags);
    let names = names::train(&examples, &codes, options.names_passes, log);
    let lemmas = lemmas::learn(&sentences, &words, material.irregular);
    let keys = lemmas.keys(&sentences, &words, &tags, &codes);
    let (actions, labels) = Classes::new(&codes)
        .map(|classes| {
            let lessons =
                Lessons { sentences: &sentences, words: &words, lemmas: &keys, tags: &tags, classes: &classes };
            parser::train(lessons, options.parser_passes, log)
        })
        .unwrap_or_default();
    let mut sections: [Vec<u8>; Section::ALL.len()] = Default::default();
    let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
    put(Section::Classes, codes);
    put(Section::WordClasses, word_classes);
    put(Section::GroupSlots, groups);
    put(Section::LexiconSlots, lexicon.words.0);
    put(Section::LexiconPairs, lexicon.words.1);
    put(Section::ContextSlots, lexicon.contexts);
    put(Section::TaggerSlots, tagger.0);
    put(Section::TaggerPairs, tagger.1);
    put(Section::NamesSlots, names.0);
    put(Section::NamesPairs, names.1);
    put(Section::ActionSlots, actions);
    put(Section::LabelSlots, labels.0);
    put(Section::LabelPairs, labels.1);
    put(Section::LemmaSlots, lemmas.table.0);
    put(Section::LemmaPairs, lemmas.table.1);
    put(Section::LemmaChanges, lemmas.changes);
    assemble(sections)
}

/// The words of all sentences.
fn read(sentences: &[Sentence], classes: WordClasses<'_>, groups: Single<'_>) -> Vec<Words> {
    let read = |sentence: &Sentence| {
        let mut words = Words::default();
        words.read(sentence.forms.iter().map(String::as_str), classes, groups);
        words
    };
    sentences.iter().map(read).collect()
}

/// A wide table: its slots and pairs.
type Table = (Vec<u8>, Vec<u8>);

/// The sentences, and of every sixth a copy in capitals or with a capital on every long word: old wire copy and headlines.
fn with_copies(sentences: &[Sentence]) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        out.push(sentence.clone());
        let copy: Option<fn(&str) -> String> = match number % 12 {
            0 => Some(str::to_uppercase),
            6 => Some(title),
            _ => None,
        };
        if let Some(copy) = copy {
            let forms = sentence.forms.iter().map(|form| copy(form)).collect();
            // Lemmas are learnt from the originals.
            out.push(Sentence { forms, lemmas: Vec::new(), ..sentence.clone() });
        }
    }
    out
}

/// The word with a capital, if it is one of those that headlines write so.
fn title(form: &str) -> String {
    let mut letters = form.chars();
    match letters.next() {
        Some(first)
            if form.len() > 3
                || !matches!(
                    form,
                    "a" | "an" | "the" | "of" | "in" | "on" | "to" | "and" | "for" | "at" | "by" | "n't" | "'s"
                ) =>
        {
            first.to_uppercase().chain(letters).collect()
        }
        _ => form.to_owned(),
    }
}

/// A reproducible order of so many items.
struct Shuffle(u64);

impl Shuffle {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn order(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).collect();
        for at in (1..len).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
        order
    }
}

/// The power of two of buckets that so many features fill to at most two thirds.
fn bits_for(features: usize) -> u32 {
    (features * 3 / 2).div_ceil(4).max(1).next_power_of_two().trailing_zeros()
}
