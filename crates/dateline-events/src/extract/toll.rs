//! The dead, injured, missing, detained and displaced of events.

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::count;
use super::draft::{Draft, Filler};
use super::scene::Scene;
use crate::Error;
use crate::annotation::{Bounds, EventQuantity, Modality, Phrase, Polarity, Toll, TollKind};
use crate::frame::Role;
use crate::lexicon::rows;
use crate::words::{WordMap, WordSet};

/// How many kinds of toll there are.
pub(super) const KINDS: usize = 5;

/// A figure of a toll on its way to the record.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) toll: Toll,
    sentence: usize,
    /// It replaces earlier figures: "the toll rose to 12".
    rises: bool,
    /// It adds to them: "two more".
    adds: bool,
}

/// Words of tolls.
#[derive(Debug)]
pub(super) struct TollWords {
    counts: WordMap<&'static str, Vec<TollKind>>,
    nones: WordMap<&'static str, Vec<TollKind>>,
    puts: WordSet<&'static str>,
    rises: WordSet<&'static str>,
    more: WordSet<&'static str>,
}

impl TollWords {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut words = Self {
            counts: WordMap::default(),
            nones: WordMap::default(),
            puts: WordSet::default(),
            rises: WordSet::default(),
            more: WordSet::default(),
        };
        for (number, line) in rows(include_str!("../../lexicon/toll.tsv")) {
            let fail = |reason: &str| Error::new("toll.tsv", number, reason);
            let mut columns = line.split('\t');
            match (columns.next(), columns.next(), columns.next()) {
                (Some(sort @ ("count" | "none")), Some(word), Some(kinds)) => {
                    let kinds: Option<Vec<_>> = kinds.split(',').map(kind).collect();
                    let map = if sort == "count" { &mut words.counts } else { &mut words.nones };
                    map.insert(word, kinds.ok_or_else(|| fail("unknown kind of toll"))?);
                }
                (Some("put"), Some(word), None) => drop(words.puts.insert(word)),
                (Some("rise"), Some(word), None) => drop(words.rises.insert(word)),
                (Some("more"), Some(word), None) => drop(words.more.insert(word)),
                _ => {
                    return Err(fail(
                        "expected `count|none<TAB>word<TAB>kinds`, `put<TAB>word`, `rise<TAB>word` or `more<TAB>word`",
                    ));
                }
            }
        }
        Ok(words)
    }
}

fn kind(name: &str) -> Option<TollKind> {
    Some(match name {
        "killed" => TollKind::Killed,
        "injured" => TollKind::Injured,
        "missing" => TollKind::Missing,
        "detained" => TollKind::Detained,
        "displaced" => TollKind::Displaced,
        _ => return None,
    })
}

/// Notes the figures that each event of a piece tells.
pub(super) fn tolls_of_piece(words: &TollWords, scene: &Scene<'_, '_>, drafts: &mut [Draft]) {
    let reader = Reader { words, scene };
    for draft in drafts {
        draft.tolls = reader.figures(draft);
    }
}

struct Reader<'r, 's, 't> {
    words: &'r TollWords,
    scene: &'r Scene<'s, 't>,
}

impl Reader<'_, '_, '_> {
    fn figures(&self, draft: &Draft) -> Vec<Figure> {
        let frames = self.scene.context.frames;
        let mut out = Vec::new();
        if let (Some(kind), Some(count)) = (frames.frames[draft.frame].figure, &draft.quantity) {
            let span = draft.role(Role::Target).first().map_or(draft.trigger, |filler| filler.span);
            out.push(self.figure(draft, kind, span, count.clone(), draft.matched.word));
        }
        let kinds = self.kinds(draft);
        if draft.polarity == Polarity::Negated && matches!(draft.modality, Modality::Actual | Modality::Habitual) {
            let victims = draft.role(Role::Target);
            // "nobody else was hurt"
            if victims.iter().any(|victim| self.is_rest(victim.word)) {
                return out;
            }
            let kinds = self.words.nones.get(&*self.scene.lemma(draft.matched.word)).map_or(kinds, Vec::as_slice);
            let none = EventQuantity { min: Some(0), max: Some(0), approximate: false, of: None };
            let span = victims.first().map_or(draft.trigger, |filler| filler.span);
            out.extend(kinds.iter().map(|&kind| self.figure(draft, kind, span, none.clone(), draft.matched.word)));
            return out;
        }
        // Of "casualties" nobody can say how many died.
        let &[kind] = kinds else { return out };
        if !matches!(draft.modality, Modality::Actual | Modality::Habitual) {
            return out;
        }
        let before = out.len();
        // "Six people, including a mayor" are six.
        let apart = |filler: &&Filler| !self.scene.grammar.has_case(filler.word, "including");
        for victim in draft.role(Role::Target).iter().filter(|filler| self.may_suffer(filler)).filter(apart) {
            // "three people were killed and 17 wounded"
            let state = self.words.counts.get(&*self.scene.lemma(victim.word));
            let state = state.filter(|_| self.scene.relations().upos(victim.word) != Upos::Propn);
            let kind = state.and_then(|kinds| kinds.first().copied()).unwrap_or(kind);
            if let Some(count) = self.count(victim) {
                let of = count.of.clone().filter(|_| state.is_none());
                out.push(self.figure(draft, kind, victim.span, EventQuantity { of, ..count }, victim.word));
            }
        }
        if out.len() == before {
            // "12 deaths", "left three dead"
            let own = draft.matched.words.iter().find_map(|&word| self.of_noun(word));
            if let Some((span, count, rises)) = own {
                let mut figure = self.figure(draft, kind, span, count, draft.matched.word);
                figure.rises = rises;
                out.push(figure);
            }
        }
        out
    }

    /// "nobody else", "no other soldiers"
    fn is_rest(&self, word: usize) -> bool {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let next = word + 1;
        next < relations.len() && grammar.is(next, "else") || grammar.dependents(word).any(|w| grammar.is(w, "other"))
    }

    /// What the victims of an event are counted as.
    fn kinds(&self, draft: &Draft) -> &[TollKind] {
        let own = &self.scene.context.frames.rules[draft.rule].toll;
        if !own.is_empty() {
            return own;
        }
        let spelled: Vec<_> = draft.matched.words.iter().map(|&word| self.scene.lemma(word)).collect();
        self.words.counts.get(spelled.join(" ").as_str()).map_or(&[], Vec::as_slice)
    }

    fn figure(&self, draft: &Draft, what: TollKind, span: Span, count: EventQuantity, noun: usize) -> Figure {
        let EventQuantity { min, max, approximate, of } = count;
        let source = draft.source.as_ref();
        let source = source.map(|source| Phrase { start: source.start, end: source.end, text: source.text.clone() });
        let near = self.scene.grammar.dependents(noun).chain(self.scene.grammar.dependents(draft.matched.word));
        let adds = near.chain([noun]).any(|word| {
            let form = self.scene.relations().form(word).to_ascii_lowercase();
            // "more than ten" is no addition.
            let than = || word + 1 < self.scene.relations().len() && self.scene.relations().form(word + 1) == "than";
            self.words.more.contains(form.as_str()) && !than()
        });
        let toll = Toll { start: span.start, end: span.end, what, min, max, approximate, of, source };
        Figure { toll, sentence: draft.sentence, rises: false, adds }
    }

    /// People, or words that may stand for people; no weapons, buildings, towns, events.
    fn may_suffer(&self, filler: &Filler) -> bool {
        let built_in = self.scene.context.built_in;
        filler.classes.intersects(built_in.human()) || !filler.classes.intersects(built_in.lifeless())
    }

    /// How many victims a phrase names.
    fn count(&self, victim: &Filler) -> Option<EventQuantity> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let word = victim.word;
        if let Some(count) = count::of_noun(self.scene, word) {
            return Some(count);
        }
        let built_in = self.scene.context.built_in;
        let one =
            |of: &str| Some(EventQuantity { min: Some(1), max: Some(1), approximate: false, of: Some(of.into()) });
        match relations.upos(word) {
            Upos::Pron => {
                let form = relations.form(word).to_ascii_lowercase();
                matches!(form.as_str(), "he" | "she" | "him" | "her").then(|| one("person"))?
            }
            // "the mayor", "its commander"
            Upos::Noun if relations.xpos(word) == Xpos::Nn && !victim.classes.intersects(built_in.collective()) => {
                let determined = grammar.has(word, Deprel::Det)
                    || grammar.has(word, Deprel::NmodPoss)
                    || grammar.name_beside(word).is_some();
                determined.then(|| one(&self.scene.lemma(word)))?
            }
            Upos::Propn if relations.xpos(word) == Xpos::Nnp && built_in.is_bare_name(victim.classes) => one("person"),
            _ => None,
        }
    }

    /// The figure of a noun: "12 deaths", "a toll of seven", "the toll rose to 12", "raising the toll to four", "the toll is 12".
    fn of_noun(&self, noun: usize) -> Option<(Span, EventQuantity, bool)> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let reading = self.scene.context.reading;
        let found = |word: usize, rises: bool| {
            let count = count::stated(self.scene, word)?;
            let span = reading.span(self.scene.piece, grammar.phrase(word));
            // A number alone counts people; only a noun says of what sort.
            let of = count.of.clone().filter(|_| relations.upos(word) != Upos::Num);
            Some((span, EventQuantity { of, ..count }, rises))
        };
        if let Some(own) = count::stated(self.scene, noun) {
            let span = reading.span(self.scene.piece, grammar.phrase(noun));
            return Some((span, EventQuantity { of: None, ..own }, false));
        }
        let of = grammar
            .with(noun, Deprel::Nmod)
            .filter(|&word| grammar.has_case(word, "of") || grammar.has_case(word, "at"));
        if let Some(figure) = of.into_iter().find_map(|word| found(word, false)) {
            return Some(figure);
        }
        let head = relations.head(noun)?;
        match relations.deprel(noun) {
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => {
                if grammar.has(head, Deprel::Cop) {
                    return found(head, true);
                }
                let rises = self.words.rises.contains(relations.lemma(head));
                let puts = self.words.puts.contains(relations.lemma(head));
                let to = grammar.dependents(head).filter(|&word| {
                    relations.deprel(word) == Deprel::Obl
                        && (grammar.has_case(word, "to") || grammar.has_case(word, "at"))
                        || relations.deprel(word) == Deprel::Obj && word != noun
                        || relations.deprel(word) == Deprel::Xcomp
                });
                (rises || puts).then(|| to.into_iter().find_map(|word| found(word, rises)))?
            }
            _ => None,
        }
    }
}

/// Puts the figures of an event in order, says what follows from them, and leaves their source to the event where it is
/// the same.
pub(super) fn settle(draft: &mut Draft) {
    draft.tolls.sort_by_key(|figure| (figure.toll.start, figure.toll.end, figure.toll.what as usize));
    draft.tolls.dedup_by(|a, b| a.toll == b.toll);
    draft.figures = bounds(&draft.tolls);
    let own = draft.source.as_ref().map(|source| source.text.as_str());
    for figure in &mut draft.tolls {
        if figure.toll.source.as_ref().map(|source| source.text.as_str()) == own {
            figure.toll.source = None;
        }
    }
}

/// The bounds of each kind that follow from all figures of one event, which are in the order of the text.
///
/// A figure that rises replaces what was told before; figures of different sources stand against each other, and the
/// bounds reach from the lowest to the highest; of one source, or of none, the higher one holds, as the other counts a part.
fn bounds(figures: &[Figure]) -> [Option<Bounds>; KINDS] {
    let mut out = [None; KINDS];
    for (kind, out) in out.iter_mut().enumerate() {
        let mut current: Option<(Bounds, &Figure)> = None;
        for figure in figures.iter().filter(|figure| figure.toll.what as usize == kind) {
            let next = Bounds { min: figure.toll.min, max: figure.toll.max };
            let Some((held, last)) = current else {
                current = Some((next, figure));
                continue;
            };
            let same_sentence = last.sentence == figure.sentence;
            let beside = same_sentence && last.toll.start != figure.toll.start && figure.together(last);
            let bounds = if figure.rises {
                next
            } else if beside || figure.adds && low(next) > 0 {
                Bounds { min: add(held.min, next.min), max: add(held.max, next.max) }
            } else if figure.is_rival(last) {
                rival(held, next)
            } else if low(next) > low(held) || low(next) == low(held) && next.max.is_some() {
                next
            } else {
                held
            };
            current = Some((bounds, figure));
        }
        *out = current.map(|(bounds, _)| bounds);
    }
    out
}

impl Figure {
    /// Told with one trigger: "three soldiers and a civilian".
    fn together(&self, other: &Self) -> bool {
        self.toll.of != other.toll.of && self.toll.min != Some(0) && other.toll.min != Some(0) && !self.rises
    }

    /// Do two different sources say two different things?
    fn is_rival(&self, other: &Self) -> bool {
        let text = |figure: &'_ Self| figure.toll.source.as_ref().map(|source| source.text.to_lowercase());
        match (text(self), text(other)) {
            (Some(own), Some(other)) => own != other,
            _ => false,
        }
    }
}

fn add(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_add(b?))
}

/// The least that bounds allow, for comparing.
fn low(bounds: Bounds) -> u64 {
    bounds.min.or(bounds.max).unwrap_or(0)
}

/// From the lower of two versions to the higher.
fn rival(a: Bounds, b: Bounds) -> Bounds {
    let (lower, higher) = if low(a) <= low(b) { (a, b) } else { (b, a) };
    Bounds { min: lower.min, max: higher.max }
}
