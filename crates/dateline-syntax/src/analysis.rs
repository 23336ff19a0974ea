use std::ops::Range;

use dateline_tokenizer::{Shape, Span, TokenKind, TokenizedText};

use crate::chunk::Words;
use crate::error::Error;
use crate::lemma::Lemmatizer;
use crate::lexicon::{Lexicon, Table};
use crate::parse::Parser;
use crate::tagger::{self, Casing, Cell, Word};
use crate::tree::{NO_HEAD, Tree};
use crate::{Deprel, Relations, Upos, Xpos};

/// Finds parts of speech, lemmas and grammatical relations by rules over an embedded lexicon.
///
/// It is immutable and may be shared between threads; what changes from sentence to sentence is in [`Analysis`].
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    lemmatizer: Lemmatizer,
    /// Weights of where prepositional phrases belong.
    attachment: Table,
}

impl Analyzer {
    /// An analyzer with the embedded English data, which it reads in place: well under a millisecond.
    ///
    /// # Errors
    ///
    /// If the embedded data is malformed; the error names file, line and reason.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {
            lexicon: Lexicon::new()?,
            lemmatizer: Lemmatizer::new()?,
            attachment: Table::new("attachment.tsv", include_str!("../data/attachment.tsv"))?,
        })
    }

    /// A hash of the embedded data (FNV-1a), sixteen hexadecimal digits.
    #[must_use]
    pub fn model_version(&self) -> String {
        let data = [include_str!("../data/words.tsv"), include_str!("../data/attachment.tsv")];
        let bytes = data.iter().flat_map(|text| text.bytes().chain([0xff]));
        let hash = bytes
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{hash:016x}")
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
        out.text = Some(text);
        out.first = tokens.start;
        out.len = tokens.len();
        out.lower.clear();
        for token in tokens {
            let start = out.lower.text.len();
            let form = text.as_str(token);
            if form.is_ascii() {
                out.lower.text.push_str(form);
                out.lower.text[start..].make_ascii_lowercase();
            } else {
                // Typographic apostrophes are read as plain ones.
                out.lower
                    .text
                    .extend(form.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
            }
            out.lower.close();
        }
        self.tag(out);
        out.lemmas.clear();
        for word in 0..out.len {
            let form = text.as_str(out.first + word);
            let (lower, tag) = (out.lower.get(word), out.xpos[word]);
            self.lemmatizer.append(&self.lexicon, form, lower, tag, &mut out.key, &mut out.lemmas.text);
            out.lemmas.close();
        }
        out.tree.reset(out.len);
        let words = Words {
            text,
            first: out.first,
            lower: &out.lower,
            lemmas: &out.lemmas,
            xpos: &mut out.xpos,
            lexicon: &self.lexicon,
            attachment: &self.attachment,
        };
        out.parser.parse(words, &mut out.upos, &mut out.tree);
        out.tree.finish();
    }

    fn tag(&self, out: &mut Analysis<'_>) {
        let Some(text) = out.text else { return };
        let word = |index: usize| {
            let token = text.token(out.first + index);
            Word { form: token.as_str(), lower: out.lower.get(index), kind: token.kind(), shape: token.shape() }
        };
        let casing = tagger::casing((0..out.len).map(word));
        let mut first = true;
        let mut quoted = false;
        let lexicon = &self.lexicon;
        let key = &mut out.key;
        let sets = (0..out.len).map(|index| {
            let word = word(index);
            let set = tagger::candidates(lexicon, word, casing, first, key);
            first = match word.kind {
                TokenKind::Word | TokenKind::Number | TokenKind::Address | TokenKind::Handle => false,
                _ => first || matches!(word.form, "\"" | "“" | "‘" | "``" | ":" | "?" | "!" | "." | "•"),
            };
            set
        });
        tagger::best_sequence(lexicon, &mut out.lattice, sets, &mut out.xpos);
        for (index, tag) in out.xpos.iter_mut().enumerate() {
            // A straight quotation mark closes what another opened.
            if out.lower.get(index) == "\"" {
                *tag = if quoted { Xpos::CloseQuote } else { Xpos::OpenQuote };
                quoted = !quoted;
            }
        }
        out.shouted = casing == Casing::Uninformative;
    }
}

/// The grammar of one sentence, made by [`Analyzer::analyze`]; a buffer to fill again and again.
///
/// It borrows the text, as the forms of the words are not copied.
#[derive(Debug, Default)]
pub struct Analysis<'t> {
    text: Option<TokenizedText<'t>>,
    first: usize,
    len: usize,
    shouted: bool,
    lower: Strings,
    lemmas: Strings,
    xpos: Vec<Xpos>,
    upos: Vec<Upos>,
    tree: Tree,
    lattice: Vec<Cell>,
    parser: Parser,
    key: String,
}

impl Analysis<'_> {
    /// An empty analysis.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// True if capitals tell names from words nowhere in the sentence: all capitals, or a headline with a capital on every
    /// word. Tags are less sure there.
    #[must_use]
    pub fn capitals_are_uninformative(&self) -> bool {
        self.shouted
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
        self.text.map_or(Span::default(), |text| text.tokens.span(self.first + word))
    }

    fn form(&self, word: usize) -> &str {
        assert!(word < self.len, "word {word} of a sentence of {}", self.len);
        self.text.map_or("", |text| text.as_str(self.first + word))
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
pub(crate) struct Strings {
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

    pub(crate) fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }
}

/// Shapes that names have; kept beside the tags because the parser asks again.
pub(crate) fn is_capitalized(text: TokenizedText<'_>, token: usize) -> bool {
    text.tokens.shape(token).has(Shape::CAPITALIZED)
}
