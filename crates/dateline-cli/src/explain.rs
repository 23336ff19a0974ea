//! `dateline explain`: why events came out as they did, and why others did not.

use std::fmt::Write;
use std::sync::Arc;

use anyhow::{Result, bail};
use dateline::explain::{Explanation, NearMiss, Question};
use dateline::{Document, OffsetUnit, Pipeline, Scratch};
use serde::Serialize;

use crate::args::{Explain, ExplainFormat};
use crate::output::{self, Envelope, Output};
use crate::run::Outcome;
use crate::{documents, extract};

pub fn explain(args: &Explain, out: &mut Output) -> Result<Outcome> {
    let pipeline = extract::own_pipeline(&args.data, &args.own, args.date_order)?;
    if let Some(name) = &args.why_not
        && pipeline.extractor().family(name).is_none()
    {
        bail!("there is no event type {name:?}; `dateline frames list` lists them");
    }
    let pipeline = Arc::new(pipeline);
    let asks_why_not = args.why_not.is_some() || args.sentence.is_some() || args.at.is_some();
    let asked = Asked {
        event: args.event,
        event_type: args.why_not.clone(),
        sentence: args.sentence,
        at: args.at,
        most: args.most,
        unit: args.source.offsets.into(),
        format: args.format,
    };
    documents::ask_each(&args.source, Envelope::default(), out, move |document, scratch: &mut Scratch, out| {
        match asks_why_not {
            true => why_not(&pipeline, document, &asked, scratch, out),
            false => why(&pipeline, document, &asked, scratch, out),
        }
    })
}

struct Asked {
    event: Option<usize>,
    event_type: Option<String>,
    sentence: Option<usize>,
    at: Option<usize>,
    most: usize,
    unit: OffsetUnit,
    format: ExplainFormat,
}

/// `dateline explain --format json`.
#[derive(Serialize)]
struct Why<'e> {
    id: Option<&'e str>,
    offsets: OffsetUnit,
    events: &'e [Explanation],
}

/// `dateline explain --why-not --format json`.
#[derive(Serialize)]
struct WhyNot<'a> {
    id: Option<&'a str>,
    offsets: OffsetUnit,
    found: &'a [usize],
    near: &'a [NearMiss],
}

/// What messages call a document.
fn name<'d>(document: &'d Document<'_>) -> &'d str {
    document.id().unwrap_or("the document")
}

/// "there is no event 7; there are 3, counted from 0"
fn no_such(what: &str, number: usize, count: usize) -> String {
    match count {
        0 => format!("there is no {what} {number}, nor any other"),
        1 => format!("there is no {what} {number}; the only one is 0"),
        _ => format!("there is no {what} {number}; there are {count}, counted from 0"),
    }
}

fn why(
    pipeline: &Pipeline,
    document: &Document<'_>,
    asked: &Asked,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let explained = pipeline.explain_with(document, scratch).to_offsets(document.text(), asked.unit);
    let all = &explained.events;
    let events = match asked.event {
        None => &all[..],
        Some(event) if event < all.len() => &all[event..=event],
        Some(event) => return Err(format!("{}: {}", name(document), no_such("event", event, all.len()))),
    };
    match asked.format {
        ExplainFormat::Json => output::json(&Why { id: document.id(), offsets: asked.unit, events }, out),
        ExplainFormat::Text => {
            let mut text = String::new();
            if events.is_empty() {
                text.push_str("no events\n\n");
            }
            for event in events {
                writeln!(text, "{event}").expect("a string takes everything");
            }
            out.extend_from_slice(text.as_bytes());
        }
    }
    Ok(())
}

fn why_not(
    pipeline: &Pipeline,
    document: &Document<'_>,
    asked: &Asked,
    scratch: &mut Scratch,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let text = document.text();
    let mut question = Question::new().most(asked.most);
    if let Some(event_type) = &asked.event_type {
        question = question.event_type(event_type);
    }
    if let Some(sentence) = asked.sentence {
        question = question.sentence(sentence);
    }
    if let Some(offset) = asked.at {
        let Some(start) = byte(text, offset, asked.unit) else {
            return Err(format!("{}: there is no offset {offset}; the text ends before", name(document)));
        };
        question = question.within(start, start + 1);
    }
    let answer = pipeline.why_not_with(document, &question, scratch).expect("the type was looked up before");
    let sentences = answer.report.sentences.len();
    if let Some(sentence) = asked.sentence.filter(|&sentence| sentence >= sentences) {
        return Err(format!("{}: {}", name(document), no_such("sentence", sentence, sentences)));
    }
    let answer = answer.to_offsets(text, asked.unit);
    let (found, near) = (&answer.why_not.found[..], &answer.why_not.near[..]);
    match asked.format {
        ExplainFormat::Json => output::json(&WhyNot { id: document.id(), offsets: asked.unit, found, near }, out),
        ExplainFormat::Text => out.extend_from_slice(told(&answer.report, found, near, asked).as_bytes()),
    }
    Ok(())
}

fn told(report: &dateline::Report, found: &[usize], near: &[NearMiss], asked: &Asked) -> String {
    let mut text = String::new();
    for &event in found {
        let told = &report.events[event];
        let (kind, trigger) = (&told.r#type, &told.trigger.text);
        writeln!(text, "event {event}: {kind} \"{trigger}\" in sentence {}", told.sentence)
            .expect("a string takes everything");
    }
    let what = asked.event_type.as_deref().unwrap_or("any type");
    match (found.is_empty(), near.is_empty()) {
        (true, true) => writeln!(text, "no event, and no word that could tell of one of {what}"),
        (true, false) => writeln!(text, "no event of {what}; the rules that came nearest:"),
        (false, true) => writeln!(text, "no further word could tell of one of {what}"),
        (false, false) => writeln!(text, "the rules that came nearest elsewhere:"),
    }
    .expect("a string takes everything");
    for miss in near {
        write!(text, "{miss}").expect("a string takes everything");
    }
    text.push('\n');
    text
}

/// The byte at an offset that counts other units; none if the text ends before it.
fn byte(text: &str, offset: usize, unit: OffsetUnit) -> Option<usize> {
    let mut passed = 0;
    let found = text.char_indices().find(|(_, letter)| {
        passed += match unit {
            OffsetUnit::Bytes => letter.len_utf8(),
            OffsetUnit::Chars => 1,
            OffsetUnit::Utf16 => letter.len_utf16(),
        };
        passed > offset
    });
    found.map(|(start, _)| start)
}
