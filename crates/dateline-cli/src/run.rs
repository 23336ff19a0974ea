use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::report::Place;
use dateline::tokenizer::{Tokenizer, Tokens};
use dateline::{Document, Pipeline, PipelineBuilder, Report, Scratch};
use serde::Serialize;

use crate::args::{Args, Command, Data, Extract, Lookup, Places, ReportFormat, Source, TokenFormat};
use crate::gazetteer;
use crate::input::{self, Record};
use crate::output::Output;
use crate::table;

/// How a run went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    AllWell,
    /// Some documents could not be read.
    SomeFailed,
}

pub fn run(args: Args) -> Result<Outcome> {
    let mut out = Output::new();
    let outcome = match args.command {
        None if args.licenses => {
            out.text(&dateline::licenses())?;
            Outcome::AllWell
        }
        None => unreachable!("clap asks for a command or --licenses"),
        Some(Command::Extract(extract)) => extract_command(extract, &mut out)?,
        Some(Command::Tokens(tokens)) => tokens_command(&tokens.source, tokens.format, &mut out)?,
        Some(Command::Places(places)) => places_command(&places, &mut out)?,
        Some(Command::Lookup(lookup)) => lookup_command(&lookup, &mut out)?,
        Some(Command::Gazetteer(command)) => gazetteer::run(&command, &mut out)?,
    };
    out.flush()?;
    Ok(outcome)
}

/// Calls `each` with every document that can be read and reports the others on standard error.
fn for_each_document(source: &Source, mut each: impl FnMut(Record) -> Result<()>) -> Result<Outcome> {
    let (mut read, mut failed) = (0usize, 0usize);
    input::read(&source.inputs, source.from, &mut |record| {
        read += 1;
        match record {
            Ok(record) => each(record),
            Err(bad) => {
                failed += 1;
                eprintln!("dateline: {}: {}", bad.place, bad.reason);
                Ok(())
            }
        }
    })?;
    if failed == 0 {
        return Ok(Outcome::AllWell);
    }
    eprintln!("dateline: {failed} of {read} documents could not be read");
    Ok(Outcome::SomeFailed)
}

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

fn document<'r>(record: &'r Record, source: &Source) -> Result<Document<'r>, dateline::Error> {
    let mut document = Document::new(&record.text)?.with_id(&record.id);
    if let Some(date) = record.date.or(source.date) {
        document = document.with_date(date);
    }
    if let Some(meta) = &record.meta {
        document = document.with_meta(meta.clone());
    }
    Ok(document)
}

/// Reports of all documents, with the offsets that were asked for.
fn for_each_report(
    source: &Source,
    read: impl Fn(&Document<'_>, &mut Scratch) -> Report,
    mut each: impl FnMut(&Record, Report) -> Result<()>,
) -> Result<Outcome> {
    let mut scratch = Scratch::new();
    let mut too_long = 0usize;
    let outcome = for_each_document(source, |record| match document(&record, source) {
        Ok(document) => {
            let report = read(&document, &mut scratch).to_offsets(&record.text, source.offsets.into());
            each(&record, report)
        }
        Err(error) => {
            too_long += 1;
            eprintln!("dateline: {}: {error}", record.id);
            Ok(())
        }
    })?;
    Ok(if too_long > 0 { Outcome::SomeFailed } else { outcome })
}

fn extract_command(args: Extract, out: &mut Output) -> Result<Outcome> {
    let mut builder = builder(&args.data)?;
    for path in &args.frames {
        builder = builder.frames(path.display().to_string(), read_text(path)?);
    }
    let pipeline = build(builder, &args.data)?;
    let format = args.format.unwrap_or(if Output::is_terminal() { ReportFormat::Table } else { ReportFormat::Jsonl });
    let read = |document: &Document<'_>, scratch: &mut Scratch| pipeline.extract_with(document, scratch);
    for_each_report(&args.source, read, |_, report| {
        match format {
            ReportFormat::Table => out.text(&table::report(&report))?,
            ReportFormat::Json => out.json(&report)?,
            ReportFormat::Jsonl => out.json_line(&report)?,
        }
        Ok(())
    })
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// A line of `dateline places`.
#[derive(Serialize)]
struct PlacesLine<'r> {
    id: &'r Option<String>,
    places: &'r [Place],
}

fn places_command(args: &Places, out: &mut Output) -> Result<Outcome> {
    let pipeline = build(builder(&args.data)?, &args.data)?;
    let read = |document: &Document<'_>, scratch: &mut Scratch| pipeline.places_with(document, scratch);
    for_each_report(&args.source, read, |_, report| {
        out.json_line(&PlacesLine { id: &report.id, places: &report.places })?;
        Ok(())
    })
}

/// A line of `dateline tokens`.
#[derive(Serialize)]
struct TokensLine<'r> {
    id: &'r str,
    tokens: Vec<[usize; 2]>,
    sentences: Vec<[usize; 2]>,
}

fn tokens_command(source: &Source, format: TokenFormat, out: &mut Output) -> Result<Outcome> {
    let tokenizer = Tokenizer::new();
    let mut tokens = Tokens::new();
    for_each_document(source, |record| {
        let text = record.text.as_str();
        // Headers and datelines are no sentences: as in a report.
        let body = dateline::events::head::find(text, record.date.or(source.date)).body;
        tokenizer.tokenize_with_body(text, body, &mut tokens);
        match format {
            TokenFormat::Jsonl => {
                let spans = (0..tokens.len()).map(|token| tokens.span(token));
                let sentences = (0..tokens.sentence_count()).map(|sentence| tokens.sentence_span(sentence));
                let mut offsets: Vec<[usize; 2]> = spans.chain(sentences).map(|span| [span.start, span.end]).collect();
                dateline::report::convert_offsets(text, &mut offsets, source.offsets.into());
                let sentences = offsets.split_off(tokens.len());
                out.json_line(&TokensLine { id: &record.id, tokens: offsets, sentences })?;
            }
            TokenFormat::Text => {
                for sentence in 0..tokens.sentence_count() {
                    let words: Vec<&str> = tokens.sentence(sentence).map(|token| &text[tokens.span(token)]).collect();
                    out.text(&words.join(" "))?;
                    out.text("\n")?;
                }
                out.text("\n")?;
            }
        }
        Ok(())
    })
}

fn lookup_command(args: &Lookup, out: &mut Output) -> Result<Outcome> {
    let pipeline = build(builder(&args.data)?, &args.data)?;
    let gazetteer = pipeline.gazetteer();
    let rows: Vec<_> = gazetteer.lookup(&args.name).map(|(id, how)| (gazetteer.place(id), how)).collect();
    if rows.is_empty() {
        eprintln!("dateline: no place is called {:?}", args.name);
        return Ok(Outcome::SomeFailed);
    }
    out.text(&table::places(gazetteer, &rows))?;
    Ok(Outcome::AllWell)
}
