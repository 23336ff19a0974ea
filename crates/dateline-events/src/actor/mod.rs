//! Finds those who act, suffer or speak, and says who they are: country, sector, name.

mod anchor;
mod describe;
mod lexicon;
mod spot;

use dateline_gazetteer::Mention;
use dateline_syntax::Relations;
use dateline_tokenizer::{NameHint, TokenizedText};
use jiff::civil::Date;

use self::anchor::Anchors;
use self::describe::Describer;
use self::lexicon::Lexicon;
use self::spot::Spots;
use crate::Error;
use crate::annotation::Actor;
use crate::frame::Grammar;

/// Finds the actors of texts.
#[derive(Debug)]
pub(crate) struct ActorFinder {
    lexicon: Lexicon,
}

/// What a country or a body is to a noun that it stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// Who does or uses it: "Russian shelling", "Houthi drones".
    Act,
    /// Where it is: "the Ukrainian town", "Syria's coast".
    Area,
    /// Whose it is.
    Other,
}

/// What the finder reads.
pub(crate) struct ActorInput<'s, 'g, R> {
    pub(crate) text: TokenizedText<'s>,
    /// The grammar of each piece of the text, in text order.
    pub(crate) grammars: &'s [Grammar<'g, R>],
    pub(crate) places: &'s [Mention],
    pub(crate) hints: &'s [NameHint],
    pub(crate) date: Option<Date>,
}

impl ActorFinder {
    /// The finder with the lexicons of this crate.
    pub(crate) fn embedded() -> Result<Self, Error> {
        Ok(Self { lexicon: Lexicon::embedded()? })
    }

    /// The actors of a text, in text order, none overlapping. `nature` says of a noun what a country before it would be to it.
    ///
    /// Linear in the length of the text.
    pub(crate) fn find<R: Relations>(
        &self,
        input: &ActorInput<'_, '_, R>,
        nature: impl Fn(&Grammar<'_, R>, usize) -> Nature,
    ) -> Vec<Actor> {
        let month = input.date.map(|date| date.year().max(0) as u32 * 12 + date.month() as u32 - 1);
        let spots = Spots::find(&self.lexicon, input.text, input.places, month);
        let mut pieces: Vec<Anchors> = input
            .grammars
            .iter()
            .map(|grammar| Anchors::find(&self.lexicon, grammar, &spots, input.text, input.hints))
            .collect();
        let names = anchor::last_names(&self.lexicon, &pieces, input.grammars, input.text.text);
        let mut describer = Describer::new(&self.lexicon, input.text.text, &names);
        for (anchors, grammar) in pieces.iter_mut().zip(input.grammars) {
            anchors.settle_names(grammar, &names);
            describer.describe(anchors, grammar, &nature);
        }
        describer.finish()
    }
}
