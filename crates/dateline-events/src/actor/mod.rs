//! Finds those who act, suffer or speak, and says who they are: country, sector, name.

mod anchor;
mod describe;
mod lexicon;
mod spot;

use dateline_gazetteer::Mention;
use dateline_syntax::Relations;
use dateline_tokenizer::{NameHint, NameKind, TokenizedText};
use jiff::civil::Date;

use self::anchor::Anchors;
use self::describe::Describer;
use self::lexicon::{Lexicon, Named, capitals};
use self::spot::Spots;
use crate::Error;
use crate::annotation::{Actor, ActorKind};
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

    /// Where bodies that are no places are named by listed names of two words and more: "Red Cross", "Boko Haram". Names with a
    /// country in them are left out, for that is a place in its own right.
    pub(crate) fn listed_names(&self, text: TokenizedText<'_>) -> Vec<NameHint> {
        let lexicon = &self.lexicon;
        let names_country = |token: usize| {
            let named = lexicon.names.get(text.as_str(token));
            named.iter().any(|named| matches!(named, Named::Country { .. } | Named::Nationality { .. }))
        };
        let listed = |row: u32, least: u8, written: &str| {
            let actor = &lexicon.actors[row as usize];
            // The European Union is a place too.
            let seat = matches!(actor.sector, Some("GOV" | "LEG")) || actor.iso3 == Some("EUR");
            actor.kind == ActorKind::Organization && !seat && capitals(written) >= least
        };
        let found = lexicon.names.find_iter(text).filter(|found| found.tokens.len() > 1);
        found
            .filter(|found| {
                let written = &text.text[found.span];
                let body = |named: &Named| matches!(*named, Named::Actor { row, capitals, .. } if listed(row, capitals, written));
                found.values.iter().any(body) && !found.tokens.clone().any(names_country)
            })
            .map(|found| NameHint { span: found.span, kind: NameKind::Organization })
            .collect()
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
