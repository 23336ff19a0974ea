use std::borrow::Cow;
use std::ops::Range;

use dateline_tokenizer::{NameHint, Span, TokenizedText};

use crate::error::Error;
use crate::features::Features;
use crate::model::{self, Model};
use crate::names::{KINDS, Labels};
use crate::parse::State;
use crate::tagger::Tags;
use crate::tree::{NO_HEAD, Tree};
use crate::words::Words;
use crate::{Deprel, Relations, Upos, Xpos};

/// Finds parts of speech, lemmas, names and grammatical relations with a trained model.
///
/// It is immutable and may be shared between threads; what changes from sentence to sentence is in [`Analysis`].
#[derive(Debug)]
pub struct Analyzer<D = &'static [u8]> {
    bytes: D,
}

impl Analyzer {
    /// An analyzer with the embedded English model, which it reads in place: well under a millisecond.
    ///
    /// # Errors
    ///
    /// If the embedded model is of another version of the format.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Result<Self, Error> {
        let bytes = dateline_syntax_data::MODEL;
        Model::read(bytes)?;
        Ok(Self { bytes })
    }
}

impl From<Analyzer> for Analyzer<Cow<'static, [u8]>> {
    fn from(analyzer: Analyzer) -> Self {
        Self { bytes: Cow::Borrowed(analyzer.bytes) }
    }
}

impl<D: AsRef<[u8]>> Analyzer<D> {
    /// An analyzer with the model in `bytes`, which it reads in place after it has checked them: a millisecond for ten
    /// megabytes.
    ///
    /// # Errors
    ///
    /// If the bytes are no model, of another version of the format, or damaged.
    pub fn from_bytes(bytes: D) -> Result<Self, Error> {
        Model::read(bytes.as_ref())?;
        model::verify(bytes.as_ref())?;
        Ok(Self { bytes })
    }

    /// The checksum of the model, sixteen hexadecimal digits.
    #[must_use]
    pub fn model_version(&self) -> String {
        format!("{:016x}", model::stored_checksum(self.bytes.as_ref()).unwrap_or_default())
    }

    /// Replaces the content of `out` by the grammar of sentence `sentence` of the text.
    ///
    /// Linear in the number of tokens of the sentence. Any text gets a tree: one root, every word under it.
    ///
    /// # Panics
    ///
    /// If the text has no sentence of that number.
    pub fn analyze<'t>(&self, text: TokenizedText<'t>, sentence: usize, out: &mut Analysis<'t>) {
        self.analyze_tokens(text, text.tokens.sentence(sentence), out);
    }

    /// Like [`analyze`](Self::analyze) for any range of tokens, taken as one sentence.
    ///
    /// # Panics
    ///
    /// If the range does not lie within the tokens of the text.
    pub fn analyze_tokens<'t>(&self, text: TokenizedText<'t>, tokens: Range<usize>, out: &mut Analysis<'t>) {
        self.tag_tokens(text, tokens, out);
        self.find_names(out);
        self.parse(out);
    }

    /// Like [`analyze`](Self::analyze) for one sentence that has been split into words already. Spans are then positions in
    /// the words joined by single spaces.
    pub fn analyze_words<'t>(&self, words: &'t [&'t str], out: &mut Analysis<'t>) {
        out.source = Source::Words(words);
        out.first = 0;
        out.len = words.len();
        self.tag(out);
        self.find_names(out);
        self.parse(out);
    }

    /// The first part of [`analyze_tokens`](Self::analyze_tokens), tags and lemmas, which costs less than half: for those who
    /// then decide whether the sentence is worth a tree. There are no names yet, and all words hang on the first one.
    ///
    /// # Panics
    ///
    /// If the range does not lie within the tokens of the text.
    pub fn tag_tokens<'t>(&self, text: TokenizedText<'t>, tokens: Range<usize>, out: &mut Analysis<'t>) {
        out.source = Source::Text(text);
        out.first = tokens.start;
        out.len = tokens.len();
        self.tag(out);
    }

    fn tag(&self, out: &mut Analysis<'_>) {
        // The header was sound when the analyzer was made.
        let Ok(model) = Model::read(self.bytes.as_ref()) else { return };
        let (source, work) = (out.source, &mut out.work);
        let forms = (out.first..out.first + out.len).map(|token| source.form(token));
        work.words.read(forms, model.word_classes, model.groups);
        out.caseless = work.words.caseless;
        model.tagger.tag(&work.words, &mut work.features, &mut work.tags);
        work.tags.find_verb(&model.classes);
        out.upos.clear();
        out.xpos.clear();
        for &class in &work.tags.classes {
            let (upos, xpos) = model.classes.tags(class);
            out.upos.push(upos);
            out.xpos.push(xpos);
        }
        out.lemmas.clear();
        work.keys.clear();
        for word in 0..out.len {
            let form = source.form(out.first + word);
            let lemma = model.lemmatizer.append(
                form,
                work.words.words[word],
                out.xpos[word],
                &mut work.scratch,
                &mut out.lemmas.text,
            );
            work.keys.push(lemma);
            out.lemmas.close();
        }
        out.labels.labels.clear();
        out.tree.reset(out.len);
        out.tree.finish();
    }

    /// Finds the names of the words that [`tag_tokens`](Self::tag_tokens) tagged. Without effect once the analysis has a
    /// [successor](Analysis::successor).
    pub fn find_names(&self, out: &mut Analysis<'_>) {
        let Ok(model) = Model::read(self.bytes.as_ref()) else { return };
        let work = &mut out.work;
        if work.tags.classes.len() == out.len {
            let is_name = &model.classes.is_name;
            model.namer.label(&work.words, &work.tags.classes, is_name, &mut work.features, &mut out.labels);
        }
    }

    /// Finds the tree over the words that [`tag_tokens`](Self::tag_tokens) tagged. Without effect once the analysis has a
    /// [successor](Analysis::successor).
    pub fn parse(&self, out: &mut Analysis<'_>) {
        let Ok(model) = Model::read(self.bytes.as_ref()) else { return };
        let work = &mut out.work;
        if work.tags.classes.len() == out.len {
            work.state.start(&work.words, &work.keys, &work.tags.classes, &out.upos);
            model.parser.parse(&mut work.state, &mut work.features, &mut out.tree);
            out.tree.finish();
        }
    }
}

/// Where the words of a sentence stand.
#[derive(Clone, Copy, Debug, Default)]
enum Source<'t> {
    #[default]
    Nowhere,
    Text(TokenizedText<'t>),
    Words(&'t [&'t str]),
}

impl<'t> Source<'t> {
    fn form(&self, token: usize) -> &'t str {
        match self {
            Self::Nowhere => "",
            Self::Text(text) => text.as_str(token),
            Self::Words(words) => words[token],
        }
    }

    fn span(&self, token: usize) -> Span {
        match self {
            Self::Nowhere => Span::default(),
            Self::Text(text) => text.tokens.span(token),
            Self::Words(words) => {
                let start = words[..token].iter().map(|word| word.len() + 1).sum();
                Span::new(start, start + words[token].len())
            }
        }
    }
}

/// The grammar of one sentence, made by [`Analyzer::analyze`]; a buffer to fill again and again.
///
/// It borrows the text, as the forms of the words are not copied.
#[derive(Debug, Default)]
pub struct Analysis<'t> {
    source: Source<'t>,
    first: usize,
    len: usize,
    caseless: bool,
    labels: Labels,
    lemmas: Strings,
    xpos: Vec<Xpos>,
    upos: Vec<Upos>,
    tree: Tree,
    work: Work,
}

/// What the models work in.
#[derive(Debug, Default)]
struct Work {
    words: Words,
    tags: Tags,
    /// Hashes of the lemmas.
    keys: Vec<u32>,
    state: State,
    features: Features,
    scratch: Vec<u8>,
}

impl Analysis<'_> {
    /// An empty analysis.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty analysis that takes over the memory that this one was made in, most of what it holds, for those who keep the
    /// analyses of many sentences. What this one says does not change.
    #[must_use]
    pub fn successor(&mut self) -> Self {
        Self { work: std::mem::take(&mut self.work), ..Self::default() }
    }

    /// True if capitals tell names from words nowhere in the sentence: all capitals, or a headline with a capital on every
    /// word. Tags are less sure there.
    #[must_use]
    pub fn capitals_are_uninformative(&self) -> bool {
        self.caseless
    }

    /// The names of the sentence, in text order. Articles at their start belong to them where they do to the name ("the
    /// Red Cross").
    pub fn names(&self) -> impl Iterator<Item = NameHint> {
        let labels = &self.labels.labels;
        let begins = (0..labels.len()).filter(|&at| labels[at] % 2 == 1);
        begins.filter_map(|start| {
            let goes_on = |at: &usize| labels.get(*at) == Some(&(labels[start] + 1));
            let last = (start + 1..).take_while(goes_on).last().unwrap_or(start);
            let kind = KINDS[usize::from(labels[start] / 2) % KINDS.len()]?;
            Some(NameHint { span: Span::new(self.span(start).start, self.span(last).end), kind })
        })
    }
}

impl Relations for Analysis<'_> {
    fn len(&self) -> usize {
        self.len
    }

    fn first_token(&self) -> usize {
        self.first
    }

    fn span(&self, word: usize) -> Span {
        assert!(word < self.len, "word {word} of a sentence of {}", self.len);
        self.source.span(self.first + word)
    }

    fn form(&self, word: usize) -> &str {
        assert!(word < self.len, "word {word} of a sentence of {}", self.len);
        self.source.form(self.first + word)
    }

    fn lemma(&self, word: usize) -> &str {
        self.lemmas.get(word)
    }

    fn upos(&self, word: usize) -> Upos {
        self.upos[word]
    }

    fn xpos(&self, word: usize) -> Xpos {
        self.xpos[word]
    }

    fn head(&self, word: usize) -> Option<usize> {
        let head = self.tree.heads[word];
        (head != NO_HEAD).then_some(head as usize)
    }

    fn deprel(&self, word: usize) -> Deprel {
        self.tree.deprels[word]
    }

    fn subtree(&self, word: usize) -> Range<usize> {
        self.tree.subtree(word)
    }
}

/// Many short strings in one buffer.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Ends the string being written at the end of `text`.
    fn close(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }
}
