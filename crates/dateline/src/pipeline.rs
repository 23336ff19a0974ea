use std::borrow::Cow;

use dateline_events::annotation::Annotations;
use dateline_events::{DateOrder, Extractor, ExtractorBuilder, Input, head};
use dateline_gazetteer::{Gazetteer, Mention, PlaceId, PlaceKind, Resolver, resolver};
use dateline_tokenizer::{Tokenizer, Tokens};

use crate::report::{Candidate, DateSource, Dateline, Extent, OffsetUnit, Place, Report, SCHEMA, Versions};
use crate::{Document, Error};

/// Reads documents: tokens, places, times, quantities, actors, events, all in one.
///
/// Build it once and share it: it is `Send + Sync` and never changes. See the [crate](crate) page for an example.
#[derive(Debug)]
pub struct Pipeline {
    tokenizer: Tokenizer,
    gazetteer: Gazetteer<Cow<'static, [u8]>>,
    resolver: Resolver,
    pub(crate) extractor: Extractor,
    versions: Versions,
}

/// The memory that a [`Pipeline`] works in: one for each thread, to be used again and again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    tokens: Tokens,
    resolver: resolver::Scratch,
}

impl Scratch {
    /// Empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The tokens and sentences of the document that was read last.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }
}

/// Puts a [`Pipeline`] together from the embedded data and the caller's own.
#[derive(Clone, Debug, Default)]
pub struct PipelineBuilder {
    gazetteer: Option<Cow<'static, [u8]>>,
    extractor: ExtractorBuilder,
}

impl PipelineBuilder {
    /// Takes the places of this gazetteer file (see [`dateline_gazetteer::builder`]) instead of the embedded ones.
    #[must_use]
    pub fn gazetteer(mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        self.gazetteer = Some(bytes.into());
        self
    }

    /// Adds event types or rules: a file of frames (TOML). `file` names it in errors.
    #[must_use]
    pub fn frames(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.extractor = self.extractor.frames(file, text);
        self
    }

    /// Adds words with their semantic classes (TSV). `file` names it in errors.
    #[must_use]
    pub fn lexicon(mut self, file: impl Into<String>, text: impl Into<String>) -> Self {
        self.extractor = self.extractor.lexicon(file, text);
        self
    }

    /// How dates like `6/11/2023` are read; [`DateOrder::Auto`] if nothing is said.
    #[must_use]
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.extractor = self.extractor.date_order(order);
        self
    }

    /// Takes this syntax model (see [`dateline_syntax::Analyzer`]) instead of the embedded one.
    #[must_use]
    pub fn model(mut self, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        self.extractor = self.extractor.model(bytes);
        self
    }

    /// The pipeline.
    ///
    /// # Errors
    ///
    /// If the gazetteer or the model is damaged or none was given and none is embedded, or a file of frames or a lexicon is wrong;
    /// the message says where and why.
    pub fn build(self) -> Result<Pipeline, Error> {
        let gazetteer = match self.gazetteer {
            Some(bytes) => Gazetteer::from_bytes(bytes)?,
            None => embedded_gazetteer()?,
        };
        let extractor = self.extractor.build()?;
        Ok(Pipeline {
            tokenizer: Tokenizer::new(),
            resolver: Resolver::new(&gazetteer),
            versions: Versions {
                dateline: env!("CARGO_PKG_VERSION").to_owned(),
                gazetteer: gazetteer.content_hash(),
                model: extractor.model_version(),
                frames: extractor.frames_version(),
            },
            gazetteer,
            extractor,
        })
    }
}

#[cfg(feature = "embedded")]
fn embedded_gazetteer() -> Result<Gazetteer<Cow<'static, [u8]>>, Error> {
    Ok(Gazetteer::embedded()?)
}

#[cfg(not(feature = "embedded"))]
fn embedded_gazetteer() -> Result<Gazetteer<Cow<'static, [u8]>>, Error> {
    Err(Error::no_gazetteer())
}

impl Pipeline {
    /// A pipeline with all embedded data; takes a few milliseconds.
    ///
    /// # Errors
    ///
    /// Never, unless the embedded files are broken, which tests rule out.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A pipeline with the embedded data and more, or with other data.
    #[must_use]
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// The places that this pipeline knows.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer<Cow<'static, [u8]>> {
        &self.gazetteer
    }

    /// The event types and rules that this pipeline works with.
    #[must_use]
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// What the document says. Never fails, never panics; linear in the length of the text.
    #[must_use]
    pub fn extract(&self, document: &Document<'_>) -> Report {
        self.extract_with(document, &mut Scratch::new())
    }

    /// Like [`extract`](Self::extract), working in the memory of `scratch`: for many documents on one thread.
    #[must_use]
    pub fn extract_with(&self, document: &Document<'_>, scratch: &mut Scratch) -> Report {
        self.read(document, scratch, |input| self.extractor.extract(input))
    }

    /// Only the head, the sentences and the places of the document: times, quantities, actors, quotes and events of the
    /// report stay empty.
    #[must_use]
    pub fn places_with(&self, document: &Document<'_>, scratch: &mut Scratch) -> Report {
        self.read(document, scratch, |_| Annotations::default())
    }

    pub(crate) fn read(
        &self,
        document: &Document<'_>,
        scratch: &mut Scratch,
        annotate: impl FnOnce(&Input<'_>) -> Annotations,
    ) -> Report {
        let text = document.text();
        let head = head::find(text, document.date());
        self.tokenizer.tokenize_with_body(text, head.body, &mut scratch.tokens);
        let tokens = scratch.tokens.of(text);
        let context = resolver::Context { dateline: head.dateline.map(|dateline| dateline.place), body: head.body };
        let names = self.extractor.listed_names(tokens);
        let mentions = self.resolver.resolve(&self.gazetteer, tokens, &names, &context, &mut scratch.resolver);
        let annotations = annotate(&Input::new(tokens, head).with_places(&mentions));
        let sentences = 0..tokens.tokens.sentence_count();
        let mut report = Report {
            schema: SCHEMA.to_owned(),
            versions: self.versions.clone(),
            id: document.id().map(str::to_owned),
            meta: document.meta().cloned(),
            offsets: OffsetUnit::Bytes,
            date: head.date.map(|date| date.to_string()),
            date_source: match head.date_source {
                head::DateSource::Given => DateSource::Given,
                head::DateSource::Header => DateSource::Header,
                head::DateSource::Dateline => DateSource::Dateline,
                head::DateSource::None => DateSource::None,
            },
            dateline: head.dateline.map(|dateline| Dateline {
                place: mentions.iter().position(|mention| dateline.place.overlaps(mention.span)),
                agency: dateline.agency.map(|agency| text[agency].to_owned()),
            }),
            sentences: sentences
                .map(|sentence| tokens.tokens.sentence_span(sentence))
                .map(|span| Extent { start: span.start, end: span.end })
                .collect(),
            places: mentions.iter().map(|mention| self.place(text, mention, &mentions)).collect(),
            times: Vec::new(),
            quantities: Vec::new(),
            actors: Vec::new(),
            quotes: Vec::new(),
            events: Vec::new(),
        };
        report.set_annotations(annotations);
        report
    }

    fn place(&self, text: &str, mention: &Mention, mentions: &[Mention]) -> Place {
        let place = mention.place.map(|id| self.gazetteer.place(id));
        // A village that the gazetteer does not know lies in the division that the text names for it.
        let container = mention.container.filter(|_| place.is_none()).and_then(|container| mentions[container].place);
        let home = place.or(container.map(|id| self.gazetteer.place(id)));
        let name_of = |id: PlaceId| self.gazetteer.place(id).name();
        // A division lies in itself: its own name is the answer there.
        let division = |kind: PlaceKind, id: Option<PlaceId>| match &home {
            Some(place) if place.kind() == kind => Some(place.name()),
            _ => id.map(name_of),
        };
        let resolved = place.is_some();
        Place {
            start: mention.span.start,
            end: mention.span.end,
            text: text[mention.span].to_owned(),
            r#use: mention.usage,
            name: place.as_ref().map(|place| place.name()),
            kind: mention.kind,
            geonames_id: place.as_ref().and_then(|place| place.geonames_id()),
            country: mention.country.map(|country| country.alpha2().to_owned()),
            admin1: division(PlaceKind::Admin1, home.as_ref().and_then(|place| place.admin1())),
            admin2: division(PlaceKind::Admin2, home.as_ref().and_then(|place| place.admin2())),
            lat: mention.position.map(|(lat, _)| decimals(lat, 10_000.0)),
            lon: mention.position.map(|(_, lon)| decimals(lon, 10_000.0)),
            radius_km: mention.radius_km.map(|radius| decimals(radius, 100.0)),
            precision: mention.precision,
            iata: place.as_ref().and_then(|place| place.iata()),
            icao: place.as_ref().and_then(|place| place.icao()),
            anchor: mention.anchor.map(|anchor| anchor.mention),
            offset_km: mention.anchor.map(|anchor| decimals(anchor.offset_km, 100.0)),
            bearing_deg: mention.anchor.and_then(|anchor| anchor.bearing_deg),
            confidence: hundredths(mention.confidence),
            candidates: mention
                .candidates
                .iter()
                .filter(|_| resolved)
                .map(|candidate| {
                    let place = self.gazetteer.place(candidate.place);
                    Candidate {
                        geonames_id: place.geonames_id(),
                        name: place.name(),
                        country: place.country().map(|country| country.alpha2().to_owned()),
                        score: hundredths(candidate.score),
                    }
                })
                .collect(),
        }
    }
}

fn decimals(value: f64, unit: f64) -> f64 {
    (value * unit).round() / unit
}

fn hundredths(score: f32) -> f32 {
    (score * 100.0).round() / 100.0
}
