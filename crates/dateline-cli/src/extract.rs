//! `dateline extract` and `dateline places`.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use dateline::report::Place;
use dateline::syntax::Analyzer;
use dateline::tokenizer::Tokens;
use dateline::{Document, OffsetUnit, Pipeline, PipelineBuilder, Report, Scratch};
use serde::Serialize;

use crate::args::{Data, DateOrder, Extract, Own, Places, ReportFormat, With};
use crate::documents;
use crate::output::{self, Envelope, Output};
use crate::run::Outcome;
use crate::syntax::{self, Sentence};
use crate::{frames, rows, table, tokens};

/// A pipeline in the making, with the places that were asked for.
fn builder(data: &Data) -> Result<PipelineBuilder> {
    let builder = Pipeline::builder();
    Ok(match &data.gazetteer {
        Some(path) => builder.gazetteer(fs::read(path).with_context(|| path.display().to_string())?),
        None => builder,
    })
}

fn build(builder: PipelineBuilder, data: &Data) -> Result<Pipeline> {
    builder.build().map_err(|error| match &data.gazetteer {
        Some(path) if error.is_gazetteer() => anyhow::Error::new(error).context(path.display().to_string()),
        _ => error.into(),
    })
}

/// The pipeline with the places that were asked for.
pub fn pipeline(data: &Data) -> Result<Pipeline> {
    build(builder(data)?, data)
}

/// The pipeline with the places that were asked for, and the user's own rules and words.
pub fn own_pipeline(data: &Data, own: &Own, date_order: DateOrder) -> Result<Pipeline> {
    let mut builder = builder(data)?.date_order(date_order.into());
    for path in &own.frames {
        builder = builder.frames(path.display().to_string(), frames::read_text(path)?);
    }
    for path in &own.lexicon {
        builder = builder.lexicon(path.display().to_string(), frames::read_text(path)?);
    }
    build(builder, data)
}

pub fn extract(args: &Extract, out: &mut Output) -> Result<Outcome> {
    let pipeline = Arc::new(own_pipeline(&args.data, &args.own, args.date_order)?);
    let format = args.format.unwrap_or(if Output::is_terminal() { ReportFormat::Table } else { ReportFormat::Jsonl });
    let unit = args.source.offsets.into();
    let more = More::new(&args.with)?;
    if !more.is_nothing() && !matches!(format, ReportFormat::Json | ReportFormat::Jsonl) {
        bail!("--with adds to JSON: it needs --format json or jsonl");
    }
    let width = args.width.unwrap_or_else(table::width);
    let envelope = match format {
        ReportFormat::Csv => {
            out.text(&rows::csv_header())?;
            Envelope::default()
        }
        ReportFormat::Geojson => rows::FEATURE_COLLECTION,
        ReportFormat::Table | ReportFormat::Json | ReportFormat::Jsonl => Envelope::default(),
    };
    documents::for_each(&args.source, envelope, out, move |document, scratch: &mut Scratch, out| {
        let report = pipeline.extract_with(document, scratch);
        match format {
            ReportFormat::Table => out.extend_from_slice(table::report(&report, width).as_bytes()),
            ReportFormat::Json => output::json(&more.lay_on(&report, document, scratch.tokens(), unit), out),
            ReportFormat::Jsonl => output::json_line(&more.lay_on(&report, document, scratch.tokens(), unit), out),
            ReportFormat::Csv => rows::csv(&report, document.text(), out),
            ReportFormat::Geojson => rows::features(&report, document.text(), out),
        }
    })
}

/// What was asked for beside the report.
struct More {
    tokens: bool,
    analyzer: Option<Analyzer>,
}

/// A report and more.
#[derive(Serialize)]
struct Laden {
    #[serde(flatten)]
    report: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<[usize; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    syntax: Option<Vec<Sentence>>,
}

impl More {
    fn new(with: &[With]) -> Result<Self> {
        let analyzer = with.contains(&With::Syntax).then(Analyzer::embedded);
        let analyzer = analyzer.transpose().context("the embedded model")?;
        Ok(Self { tokens: with.contains(&With::Tokens), analyzer })
    }

    fn is_nothing(&self) -> bool {
        !self.tokens && self.analyzer.is_none()
    }

    fn lay_on(&self, report: &Report, document: &Document<'_>, tokens: &Tokens, unit: OffsetUnit) -> Laden {
        let text = document.text();
        Laden {
            report: report.to_offsets(text, unit),
            tokens: self.tokens.then(|| tokens::offsets(text, tokens, unit).0),
            syntax: self.analyzer.as_ref().map(|analyzer| syntax::sentences(analyzer, tokens.of(text), unit)),
        }
    }
}

/// A line of `dateline places`.
#[derive(Serialize)]
struct PlacesLine<'r> {
    id: &'r Option<String>,
    places: &'r [Place],
}

pub fn places(args: &Places, out: &mut Output) -> Result<Outcome> {
    let pipeline = Arc::new(pipeline(&args.data)?);
    let unit = args.source.offsets.into();
    documents::for_each(&args.source, Envelope::default(), out, move |document, scratch: &mut Scratch, out| {
        let report = pipeline.places_with(document, scratch).to_offsets(document.text(), unit);
        output::json_line(&PlacesLine { id: &report.id, places: &report.places }, out);
    })
}
