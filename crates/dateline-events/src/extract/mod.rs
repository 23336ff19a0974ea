//! Puts the parts together: syntax, times, quantities, actors, sources, and the events of the frames.

mod check;
mod codes;
mod count;
mod culprit;
mod date;
mod draft;
mod explain;
mod locate;
mod merge;
mod part;
mod passing;
mod period;
mod reading;
mod saying;
mod scene;
mod source;
mod speaker;
mod tail;
mod toll;
mod topic;
mod truth;

use std::borrow::Cow;

use dateline_gazetteer::{Mention, Use};
use dateline_syntax::Analyzer;
use dateline_tokenizer::{NameHint, Span, TokenizedText};

pub use self::check::Failure;
use self::culprit::Culprits;
use self::draft::{Draft, phrase};
use self::explain::Seen;
use self::locate::Prepositions;
use self::merge::NamingWords;
use self::reading::{BuiltIn, ByToken, Memory, Reading};
use self::saying::Saying;
use self::scene::{Context, Scene};
use self::source::Speakers;
use self::toll::TollWords;
use self::topic::{Page, TopicWords};
use self::truth::Cues;
use crate::Error;
use crate::actor::{ActorFinder, ActorInput};
use crate::annotation::{Annotations, Event, EventTime, TimeBasis};
use crate::frame::{self, EMBEDDED_FRAMES, EMBEDDED_LEXICONS, EventType, Frames, Grammar, Kind, Loader, Role, matches};
use crate::head::Head;
use crate::{DateOrder, Measures, codebook, quote};

/// What an [`Extractor`] reads: a text with its tokens, and what others found in it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Input<'i> {
    /// The text with its tokens and sentences.
    pub text: TokenizedText<'i>,
    /// What stands before the report, and the reference date.
    pub head: Head,
    /// The mentions of places, in text order.
    pub places: &'i [Mention],
    /// Names that somebody found (may be empty).
    pub hints: &'i [NameHint],
}

impl<'i> Input<'i> {
    /// A text with the head that was found in it, and no places or names.
    #[must_use]
    pub fn new(text: TokenizedText<'i>, head: Head) -> Self {
        Self { text, head, places: &[], hints: &[] }
    }

    /// The same with the places that were found.
    #[must_use]
    pub fn with_places(self, places: &'i [Mention]) -> Self {
        Self { places, ..self }
    }

    /// The same with names that somebody found.
    #[must_use]
    pub fn with_hints(self, hints: &'i [NameHint]) -> Self {
        Self { hints, ..self }
    }
}

/// Finds times, quantities, actors, quotes and events.
///
/// Immutable once built, to be shared by threads.
#[derive(Debug)]
pub struct Extractor {
    frames: Frames,
    built_in: BuiltIn,
    analyzer: Analyzer<Cow<'static, [u8]>>,
    prepositions: Prepositions,
    cues: Cues,
    naming: NamingWords,
    culprits: Culprits,
    toll_words: TollWords,
    topic_words: TopicWords,
    actors: ActorFinder,
    saying: Saying,
    date_order: DateOrder,
    version: u64,
}

/// What an event type may be told again as; see [`Extractor::family`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Family<'f> {
    /// Only events of one family can be one happening.
    pub name: &'f str,
    /// The type says less than others of the family, as `attack` says less than `shelling`.
    pub general: bool,
}

/// Puts an [`Extractor`] together from the embedded frames and a user's own.
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder {
    frames: Vec<(String, String)>,
    lexicons: Vec<(String, String)>,
    date_order: DateOrder,
    model: Option<Cow<'static, [u8]>>,
}

impl ExtractorBuilder {
    /// Adds a file of frames (TOML); `file` names it in errors.
    #[must_use]
    pub fn frames(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.frames.push((file.into(), text.into()));
        self
    }

    /// Adds a lexicon (TSV: lemma, tab, classes joined by `|`); `file` names it in errors.
    #[must_use]
    pub fn lexicon(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.lexicons.push((file.into(), text.into()));
        self
    }

    /// How dates like `6/11/2023` are read.
    #[must_use]
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.date_order = order;
        self
    }

    /// Takes this syntax model (see [`Analyzer::from_bytes`]) instead of the embedded one.
    #[must_use]
    pub fn model(mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        self.model = Some(bytes.into());
        self
    }

    /// The extractor.
    ///
    /// # Errors
    ///
    /// If a file is wrong; the error names it, its line and the reason. If the syntax model is damaged, or none was given and
    /// none is embedded.
    pub fn build(self) -> Result<Extractor, Error> {
        let mut loader = Loader::new();
        let mut version = Hash::new();
        codebook::TABLES.iter().for_each(|text| version.add(text));
        for (file, text) in EMBEDDED_FRAMES {
            loader.read_rules(file, text)?;
            version.add(text);
        }
        for (file, text) in &self.frames {
            loader.read(file, text)?;
            version.add(text);
        }
        for (file, text) in with_own(EMBEDDED_LEXICONS, &self.lexicons) {
            loader.lexicon(file, text)?;
            version.add(text);
        }
        let frames = loader.finish();
        let analyzer = match self.model {
            Some(bytes) => Analyzer::from_bytes(bytes).map_err(bad_model)?,
            None => embedded_analyzer()?,
        };
        Ok(Extractor {
            built_in: BuiltIn::new(&frames),
            frames,
            analyzer,
            prepositions: Prepositions::embedded()?,
            cues: Cues::embedded()?,
            naming: NamingWords::embedded()?,
            culprits: Culprits::embedded()?,
            toll_words: TollWords::embedded()?,
            topic_words: TopicWords::embedded()?,
            actors: ActorFinder::embedded()?,
            saying: Saying::embedded()?,
            date_order: self.date_order,
            version: version.0,
        })
    }
}

fn bad_model(error: dateline_syntax::Error) -> Error {
    Error::new(SYNTAX_MODEL, 0, error.to_string())
}

/// What errors call the model.
const SYNTAX_MODEL: &str = "syntax model";

#[cfg(feature = "embedded")]
fn embedded_analyzer() -> Result<Analyzer<Cow<'static, [u8]>>, Error> {
    Analyzer::embedded().map(Analyzer::into).map_err(bad_model)
}

#[cfg(not(feature = "embedded"))]
fn embedded_analyzer() -> Result<Analyzer<Cow<'static, [u8]>>, Error> {
    Err(Error::new(SYNTAX_MODEL, 0, "none was given, and the feature \"embedded\" is off"))
}

/// Fills in the times and quantities.
fn measures(reading: &Reading<'_>, head: &Head, order: DateOrder, out: &mut Annotations) {
    let mut measures = Measures::new(reading.text, head, order);
    measures.read_head(head, &mut out.times);
    for analysis in &reading.analyses {
        measures.read(analysis, &mut out.times, &mut out.quantities);
    }
}

/// The files of this crate, then the user's.
fn with_own<'f>(
    embedded: &'f [(&'f str, &'f str)],
    own: &'f [(String, String)],
) -> impl Iterator<Item = (&'f str, &'f str)> {
    embedded.iter().copied().chain(own.iter().map(|(file, text)| (file.as_str(), text.as_str())))
}

/// FNV-1a, to tell versions of the frames apart.
struct Hash(u64);

impl Hash {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        // The closing byte keeps "a" + "bc" from "ab" + "c": it occurs in no UTF-8 text.
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl Extractor {
    /// The extractor with the frames and lexicons of this crate and the embedded syntax model.
    ///
    /// # Errors
    ///
    /// Never, unless the embedded files are broken, which a test rules out.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// An extractor with the embedded frames and more.
    #[must_use]
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// A hash of the content of all frames and lexicons, 16 hexadecimal digits: the `frames` version of a report.
    #[must_use]
    pub fn frames_version(&self) -> String {
        format!("{:016x}", self.version)
    }

    /// A hash of the data that grammar is read with: the `model` version of a report.
    #[must_use]
    pub fn model_version(&self) -> String {
        self.analyzer.model_version()
    }

    /// The types of events it knows with their rules, in the order of the files.
    #[must_use]
    pub fn event_types(&self) -> Vec<EventType> {
        frame::describe(&self.frames)
    }

    /// File and line of each example in the user's own files.
    pub fn own_examples(&self) -> impl ExactSizeIterator<Item = (&str, usize)> {
        self.frames.examples.iter().map(|example| (example.file.as_str(), example.line))
    }

    /// Runs the examples in the user's own files, and tells which fail.
    #[must_use]
    pub fn check_own_examples(&self) -> Vec<Failure> {
        check::run(self, &self.frames.examples, &self.frames)
    }

    /// The family of an event type, and whether the type says less than others of the family: what may be one happening told twice.
    /// Acts that may kill and deaths themselves are one family, `harm`. None for types that it does not know.
    #[must_use]
    pub fn family(&self, event_type: &str) -> Option<Family<'_>> {
        let frame = self.frames.frames.iter().position(|frame| frame.name == event_type)?;
        let (harm, known) =
            (self.frames.takes_casualties(frame) || self.frames.tells_casualties(frame), &self.frames.frames[frame]);
        Some(Family {
            name: if harm { "harm" } else { &known.family },
            general: known.generic || known.kind == Kind::Outcome,
        })
    }

    /// Runs the examples beside the frames, the embedded and the user's, and tells which fail.
    #[must_use]
    pub fn check_examples(&self) -> Vec<Failure> {
        // Those of this crate are left out at the start.
        let mut loader = Loader::new();
        let read = EMBEDDED_FRAMES.iter().try_for_each(|(file, text)| loader.read(file, text));
        let mut failures = match read {
            Ok(()) => check::run(self, &loader.finish().examples, &self.frames),
            Err(error) => vec![Failure {
                file: error.file().to_owned(),
                line: error.line(),
                text: String::new(),
                reason: error.reason().to_owned(),
            }],
        };
        failures.extend(self.check_own_examples());
        failures
    }

    /// The order of the dates of a text: the one asked for, else the one it shows, else that of the dateline's country.
    fn date_order(&self, input: &Input<'_>) -> DateOrder {
        if self.date_order != DateOrder::Auto {
            return self.date_order;
        }
        let dateline = input.head.dateline.map(|dateline| dateline.place);
        let american = |mention: &Mention| {
            dateline.is_some_and(|place| place.overlaps(mention.span))
                && mention.country.is_some_and(|country| country.alpha2() == "US")
        };
        let home = || if input.places.iter().any(american) { DateOrder::MonthFirst } else { DateOrder::DayFirst };
        DateOrder::shown_by(input.text.text).unwrap_or_else(home)
    }

    /// Names of bodies that the lexicon lists and that are no places, for the resolver of places: "Red Cross", "Boko Haram".
    ///
    /// Linear in the length of the text.
    #[must_use]
    pub fn listed_names(&self, text: TokenizedText<'_>) -> Vec<NameHint> {
        self.actors.listed_names(text)
    }

    /// What the text says. Linear in its length.
    #[must_use]
    pub fn extract(&self, input: &Input<'_>) -> Annotations {
        self.watched(input, |_| {}, |_| {})
    }

    /// Like [`extract`](Self::extract); `arrange` may change the order of the drafts before they merge, which must not matter, and
    /// `watch` sees what the records are made of.
    fn watched(
        &self,
        input: &Input<'_>,
        arrange: impl FnOnce(&mut Vec<Draft>),
        watch: impl FnOnce(&Seen<'_, '_, '_>),
    ) -> Annotations {
        let mut out = Annotations::default();
        let reading = Reading::new(&self.analyzer, input.text);
        measures(&reading, &input.head, self.date_order(input), &mut out);
        let grammars: Vec<_> = reading.analyses.iter().map(Grammar::new).collect();
        let material = ActorInput {
            text: input.text,
            grammars: &grammars,
            places: input.places,
            hints: input.hints,
            date: input.head.date,
        };
        out.actors = self.actors.find(&material, |grammar, word| reading::nature(&self.frames, grammar, word));
        let by_token = ByToken::new(input.text, input.places, &out.actors);
        let named = Speakers { actors: &out.actors, actor_at: &by_token.actor };
        let quotations = quote::find(input.text.text, input.head.body);
        let spoken = speaker::speakers(&self.saying, input.text, &reading, &grammars, named, &quotations);
        let mut timed = vec![false; input.text.tokens.len()];
        for time in &out.times {
            for token in input.text.tokens.overlapping(Span::new(time.start, time.end)) {
                timed[token] = true;
            }
        }
        let context = Context {
            frames: &self.frames,
            built_in: &self.built_in,
            reading: &reading,
            places: input.places,
            place_at: &by_token.place,
            body: input.head.body,
            times: &out.times,
            quantities: &out.quantities,
        };
        let page = Page::new(&self.topic_words, &reading.analyses);
        let mut memory = Memory::default();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut scenes = Vec::with_capacity(grammars.len());
        for (piece, grammar) in grammars.iter().enumerate() {
            let words = reading::words(context, grammar, &by_token, &out.actors, &timed, &mut memory);
            let tail = tail::find(&self.saying, grammar);
            let mut scene = Scene { context, grammar, piece, words, tail, owners: Vec::new() };
            let first = drafts.len();
            let mut found = matches(&self.frames, grammar, &scene.words.classes);
            found.retain(|m| page.admits(&self.frames, self.frames.rules[m.rule].frame, piece));
            draft::drafts(&mut scene, found, &mut drafts);
            let own = first..drafts.len();
            culprit::culprits_of_piece(&self.culprits, &scene, &mut drafts[own.clone()]);
            locate::places_of_piece(&self.prepositions, &scene, own.clone(), &mut drafts);
            date::times_of_piece(&self.cues, &scene, input.head.date, own.clone(), &mut drafts);
            truth::truths_of_piece(&self.cues, &scene, input.head.date, &mut drafts[own.clone()]);
            source::sources_of_piece(&self.saying, &scene, named, &spoken, &mut drafts[own.clone()]);
            count::quantities_of_piece(&scene, &mut drafts[own.clone()]);
            part::parts_of_piece(&scene, first, &mut drafts);
            let own = first..drafts.len();
            toll::tolls_of_piece(&self.toll_words, &scene, &mut drafts[own.clone()]);
            draft::absorb(&scene, own.clone(), &mut drafts);
            passing::mark_passing(&scene, &mut drafts[own]);
            scenes.push(scene);
        }
        source::refer(&scenes, &mut drafts);
        arrange(&mut drafts);
        merge::merge(&self.naming, &scenes, &out.actors, &mut drafts);
        merge::settle_zeros(&self.frames, &mut drafts);
        merge::lend_on(&self.frames, &scenes, &mut drafts);
        merge::drop_lone(&self.frames, &mut drafts);
        passing::mark_general(&scenes, &mut drafts);
        let order = draft::in_text_order(&drafts);
        let home = input.head.dateline.and_then(|dateline| {
            input.places.iter().position(|place| place.usage == Use::Literal && dateline.place.overlaps(place.span))
        });
        locate::inherit(&self.naming, &scenes, &order, (&out.actors, home), &mut drafts);
        date::inherit(&scenes, &order, &mut drafts);
        out.quotes = spoken.iter().map(|quote| quote.annotation(input.text.text)).collect();
        for draft in &mut drafts {
            locate::narrow(input.places, &mut draft.places);
            toll::settle(draft);
        }
        watch(&Seen { scenes: &scenes, drafts: &drafts, order: &order, times: &out.times, page: &page });
        self.finish(input, &drafts, &order, &mut out);
        out
    }

    /// Turns drafts into records, in the given order.
    fn finish(&self, input: &Input<'_>, drafts: &[Draft], order: &[usize], out: &mut Annotations) {
        let text = input.text.text;
        // Number of each draft among the events.
        let mut numbers = vec![None; drafts.len()];
        for (number, &index) in order.iter().enumerate() {
            numbers[index] = Some(number);
        }
        let actors = std::mem::take(&mut out.actors);
        let mut parties = codes::Parties::new(&actors, input.places);
        for draft in order.iter().map(|&index| &drafts[index]) {
            let arguments = |role: Role| draft.role(role).iter().map(|filler| filler.argument(text)).collect();
            let mut mentions = draft.mentions.clone();
            mentions.sort_unstable();
            let document =
                || EventTime { value: input.head.date.map(|date| date.to_string()), basis: TimeBasis::Document };
            let rule = &self.frames.rules[draft.rule];
            out.events.push(Event {
                r#type: self.frames.frames[draft.frame].name.clone(),
                trigger: phrase(text, draft.trigger),
                mentions: mentions.into_iter().map(|span| phrase(text, span)).collect(),
                sentence: draft.sentence,
                agent: arguments(Role::Agent),
                target: arguments(Role::Target),
                instrument: arguments(Role::Instrument),
                places: draft.places.clone(),
                time: draft.time.clone().unwrap_or_else(document),
                quantity: draft.quantity.clone(),
                killed: draft.figures[0],
                injured: draft.figures[1],
                missing: draft.figures[2],
                detained: draft.figures[3],
                displaced: draft.figures[4],
                tolls: draft.tolls.iter().map(|figure| figure.toll.clone()).collect(),
                polarity: draft.polarity,
                modality: draft.modality,
                background: draft.background,
                source: draft.source.clone(),
                status: draft.status,
                part_of: draft.part_of.and_then(|whole| numbers[draft::leader(drafts, whole)]),
                codes: codes::codes(&self.frames, draft, &mut parties),
                rule: rule.name.clone(),
                confidence: (draft.confidence(rule.confidence) * 100.0).round() / 100.0,
            });
        }
        let countries = parties.into_countries();
        out.actors = actors;
        codes::add_countries(text, input.places, &countries, out);
    }
}

#[cfg(test)]
mod tests {
    use dateline_tokenizer::{Tokenizer, Tokens};

    use super::*;
    use crate::head;

    /// Puts drafts where `place` says, and what they say of each other right.
    fn permute(drafts: &mut Vec<Draft>, place: impl Fn(usize) -> usize) {
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by_key(|&index| (place(index), index));
        let mut at = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            at[old] = new;
        }
        *drafts = order.iter().map(|&old| drafts[old].clone()).collect();
        for draft in drafts {
            draft.part_of = draft.part_of.map(|whole| at[whole]);
            draft.merged_into = draft.merged_into.map(|other| at[other]);
        }
    }

    #[test]
    fn the_order_of_the_drafts_does_not_matter() {
        let extractor = Extractor::embedded().expect("the embedded files are sound");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/articles");
        let mut tokens = Tokens::new();
        let mut merged = 0;
        for entry in std::fs::read_dir(folder).expect("the sample articles") {
            let path = entry.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("an article");
            let head = head::find(&text, None);
            Tokenizer::new().tokenize_with_body(&text, head.body, &mut tokens);
            let input = Input::new(tokens.of(&text), head);
            let expected = extractor.extract(&input);
            merged += expected.events.iter().map(|event| event.mentions.len()).sum::<usize>();
            let orders: [fn(usize) -> usize; 3] =
                [|index| usize::MAX - index, |index| index * 7919 % 101, |index| index % 3];
            for order in orders {
                let found = extractor.watched(&input, |drafts| permute(drafts, order), |_| {});
                assert_eq!(found, expected, "{}", path.display());
            }
        }
        assert!(merged > 10, "only {merged} mentions were merged");
    }
}
