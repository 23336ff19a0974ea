use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::draft::Draft;
use super::reading::{BuiltIn, Reading, Words};
use crate::annotation::{Bounds, Dimension, EventQuantity, Quantity};
use crate::frame::{ClassSet, Counted, Frames, Grammar, Role};

/// How many things an event concerns, after the rule of its frame.
pub(super) fn quantity_of<R: Relations>(
    frames: &Frames,
    built_in: &BuiltIn,
    reading: &Reading<'_>,
    grammar: &Grammar<'_, R>,
    words: &Words,
    quantities: &[Quantity],
    draft: &Draft,
) -> Option<EventQuantity> {
    let counter = Counter { built_in, reading, grammar, words, quantities, piece: draft.piece };
    for counted in &frames.frames[draft.frame].quantity {
        let found = match counted {
            Counted::Trigger => {
                let named = draft.matched.words.iter().map(|&word| counter.lemma(word)).collect::<Vec<_>>().join(" ");
                counter.stated(draft.matched.word).map(|quantity| EventQuantity { of: Some(named), ..quantity })
            }
            Counted::Role(role, filter) => {
                let fillers = draft.role(*role).iter();
                let admitted = |classes: ClassSet| filter.is_none_or(|filter| filter.admits(classes));
                counter.sum(fillers.filter(|filler| admitted(filler.classes)).map(|filler| filler.word))
            }
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Bounds of the people or things that fill a role; none if no filler has a number.
pub(super) fn bounds_of_role<R: Relations>(
    built_in: &BuiltIn,
    reading: &Reading<'_>,
    grammar: &Grammar<'_, R>,
    words: &Words,
    quantities: &[Quantity],
    draft: &Draft,
    role: Role,
) -> Option<Bounds> {
    let counter = Counter { built_in, reading, grammar, words, quantities, piece: draft.piece };
    let quantity = counter.sum(draft.role(role).iter().map(|filler| filler.word))?;
    Some(Bounds { min: quantity.min, max: quantity.max })
}

struct Counter<'c, 't, 'r, R: ?Sized> {
    built_in: &'c BuiltIn,
    reading: &'c Reading<'t>,
    grammar: &'c Grammar<'r, R>,
    words: &'c Words,
    quantities: &'c [Quantity],
    piece: usize,
}

impl<R: Relations> Counter<'_, '_, '_, R> {
    fn lemma(&self, word: usize) -> String {
        self.grammar.relations().lemma(word).to_lowercase()
    }

    /// The counts of coordinated fillers added up: "a woman and two men" are three people.
    fn sum(&self, fillers: impl Iterator<Item = usize>) -> Option<EventQuantity> {
        let mut total: Option<EventQuantity> = None;
        for word in fillers {
            let Some(next) = self.stated(word).or_else(|| self.single(word)) else {
                continue;
            };
            total = Some(match total {
                None => next,
                Some(sum) => {
                    let add = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_add(b?));
                    let human = self.words.classes[word].intersects(self.built_in.human());
                    let of = if sum.of == next.of {
                        sum.of
                    } else if human {
                        Some("person".to_owned())
                    } else {
                        None
                    };
                    EventQuantity {
                        min: add(sum.min, next.min),
                        max: add(sum.max, next.max),
                        approximate: sum.approximate || next.approximate,
                        of,
                    }
                }
            });
        }
        total
    }

    /// The number that stands before the noun, or is its head.
    fn stated(&self, word: usize) -> Option<EventQuantity> {
        let phrase = self.grammar.phrase(word);
        let until = self.grammar.relations().span(word).end;
        let span = Span::new(self.reading.span(self.piece, phrase).start, until);
        let first = self.quantities.partition_point(|quantity| quantity.start < span.start);
        let inside = self.quantities[first..].iter().take_while(|quantity| quantity.start < span.end);
        let own =
            inside.filter(|quantity| quantity.dimension == Dimension::Count && quantity.end <= span.end).last()?;
        // A number head counts the noun after "of", or one that was named before.
        let head_is_number = own.end >= until;
        let of = match head_is_number {
            true => {
                let noun = self.grammar.with(word, Deprel::Nmod).find(|&noun| self.grammar.has_case(noun, "of"));
                noun.filter(|&noun| self.grammar.relations().upos(noun) != Upos::Pron)
                    .map(|noun| self.lemma(noun))
                    .or_else(|| own.of.clone())
            }
            false => Some(self.lemma(word)),
        };
        let whole = |bound: Option<f64>| bound.filter(|x| *x >= 0.0).map(|x| x as u64);
        Some(EventQuantity { min: whole(own.min), max: whole(own.max), approximate: own.approximate, of })
    }

    /// One thing or person: "a drone", "the mayor" is none said, a person's name.
    fn single(&self, word: usize) -> Option<EventQuantity> {
        let relations = self.grammar.relations();
        let article =
            self.grammar.with(word, Deprel::Det).any(|det| matches!(self.lemma(det).as_str(), "a" | "an" | "another"));
        let classes = self.words.classes[word];
        let person = relations.upos(word) == Upos::Propn
            && relations.xpos(word) != Xpos::Nnps
            && classes.intersects(self.built_in.person());
        let singular = !matches!(relations.xpos(word), Xpos::Nns | Xpos::Nnps);
        let collective = classes.intersects(self.built_in.collective());
        if !(article && singular && !collective || person) {
            return None;
        }
        let of = if person { "person".to_owned() } else { self.lemma(word) };
        Some(EventQuantity { min: Some(1), max: Some(1), approximate: false, of: Some(of) })
    }
}
