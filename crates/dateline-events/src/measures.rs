use dateline_syntax::Relations;
use dateline_tokenizer::TokenizedText;

use crate::annotation::{Quantity, Time};
use crate::atom::Atoms;
use crate::head::Head;
use crate::time::DateOrder;
use crate::{quantity, time};

/// Finds the times and quantities of one text, given its tokens and their grammar.
///
/// [`Extractor`](crate::Extractor) does this by itself; this type is for those who want these alone. Sentences are read in
/// text order, since "two days later" and "one more" refer to what was said before. A time that refers to a day that is not
/// known has no value: nothing is guessed.
///
/// # Example
///
/// ```
/// use dateline_events::{DateOrder, Measures, head};
/// use dateline_syntax::{Analysis, Analyzer};
/// use dateline_tokenizer::{Tokenizer, Tokens};
///
/// let text = "Date 2023-11-06\n\nGuards shot down at least two drones on Saturday night.";
/// let head = head::find(text, None);
/// let mut tokens = Tokens::new();
/// Tokenizer::new().tokenize_with_body(text, head.body, &mut tokens);
///
/// let mut measures = Measures::new(tokens.of(text), &head, DateOrder::default());
/// let (mut times, mut quantities) = (Vec::new(), Vec::new());
/// let analyzer = Analyzer::embedded()?;
/// let mut analysis = Analysis::new();
/// for sentence in 0..tokens.sentence_count() {
///     analyzer.analyze(tokens.of(text), sentence, &mut analysis);
///     measures.read(&analysis, &mut times, &mut quantities);
/// }
/// assert_eq!(times[0].value.as_deref(), Some("2023-11-04TNI"));
/// assert_eq!((quantities[0].min, quantities[0].max), (Some(2.0), None));
/// assert_eq!(quantities[0].of.as_deref(), Some("drone"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Measures<'t> {
    text: TokenizedText<'t>,
    atoms: Atoms<'t>,
    times: time::Reader,
    quantities: quantity::Reader,
}

impl<'t> Measures<'t> {
    /// For a text with its tokens and the head that was found in it. Looks at every token once.
    #[must_use]
    pub fn new(text: TokenizedText<'t>, head: &Head, order: DateOrder) -> Self {
        Self {
            text,
            atoms: Atoms::default(),
            times: time::Reader::new(text, head, order),
            quantities: quantity::Reader::default(),
        }
    }

    /// Adds the dates that stand before the report, those of header and dateline among them. Call it first, or not at all.
    pub fn read_head(&mut self, head: &Head, times: &mut Vec<Time>) {
        self.times.head(self.text, head, &mut self.atoms, times);
    }

    /// Adds the times and quantities of the next sentence, or of any run of tokens that somebody has analyzed.
    ///
    /// # Panics
    ///
    /// If the relations are of other tokens than those of the text.
    pub fn read<R: Relations + ?Sized>(
        &mut self,
        relations: &R,
        times: &mut Vec<Time>,
        quantities: &mut Vec<Quantity>,
    ) {
        let first = relations.first_token();
        self.atoms.fill(self.text, first..first + relations.len());
        let found = times.len();
        self.times.read(&self.atoms, Some(relations), self.text.text, times);
        self.quantities.read(&self.atoms, relations, &times[found..], self.text.text, quantities);
    }
}
