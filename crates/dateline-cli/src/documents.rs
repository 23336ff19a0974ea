//! What all commands on documents share: reading them, working on them, and telling of those that cannot be read.

use anyhow::Result;
use dateline::Document;

use crate::args::Source;
use crate::input::{Content, Layout, Raw, Reader};
use crate::output::{Envelope, Output};
use crate::progress::Progress;
use crate::record::{self, Bad, Block};
use crate::run::Outcome;
use crate::stream::{self, End, Step};

/// What came of one document.
struct Rendered {
    output: Vec<u8>,
    note: Option<String>,
    /// It was read, but has not what was asked for.
    lacking: Option<String>,
    bad: Option<Bad>,
}

/// Reads all documents of the source and writes what `render` makes of each, in order. Each thread has an `S` to work in.
pub fn for_each<S: Default + 'static>(
    source: &Source,
    envelope: Envelope,
    out: &mut Output,
    render: impl Fn(&Document<'_>, &mut S, &mut Vec<u8>) + Send + Sync + 'static,
) -> Result<Outcome> {
    ask_each(source, envelope, out, move |document, state, output| {
        render(document, state, output);
        Ok(())
    })
}

/// Like [`for_each`], where a document may lack what is asked of it: `render` says what.
pub fn ask_each<S: Default + 'static>(
    source: &Source,
    envelope: Envelope,
    out: &mut Output,
    render: impl Fn(&Document<'_>, &mut S, &mut Vec<u8>) -> Result<(), String> + Send + Sync + 'static,
) -> Result<Outcome> {
    let date = source.date;
    let work = move |raw: Raw, state: &mut S| {
        let is_empty = matches!(&raw.content, Content::Whole { bytes, .. } if bytes.is_empty());
        let note = is_empty.then(|| format!("{}: the input is empty, and so is its report", raw.name));
        let mut output = Vec::new();
        let (lacking, bad) = match record::decode(raw, date) {
            Ok(document) => (render(&document, state, &mut output).err(), None),
            Err(bad) => (None, Some(bad)),
        };
        Rendered { output, note, lacking, bad }
    };
    run(source, Layout::Documents(source.from), envelope, out, work)
}

/// Reads all sentences of CoNLL-U of the source and writes what `render` makes of each, in order. `render` may say which
/// line, counted from 0, is wrong and why.
pub fn for_each_block(
    source: &Source,
    out: &mut Output,
    render: impl Fn(&str, &mut Vec<u8>) -> Result<(), (u64, String)> + Send + Sync + 'static,
) -> Result<Outcome> {
    let work = move |raw: Raw, (): &mut ()| {
        let mut output = Vec::new();
        let done = Block::decode(raw)
            .and_then(|block| render(&block.text, &mut output).map_err(|(line, reason)| block.bad(line, reason)));
        Rendered { output, note: None, lacking: None, bad: done.err() }
    };
    run(source, Layout::Conllu, Envelope::default(), out, work)
}

fn run<S: Default + 'static>(
    source: &Source,
    layout: Layout,
    envelope: Envelope,
    out: &mut Output,
    work: impl Fn(Raw, &mut S) -> Rendered + Send + Sync + 'static,
) -> Result<Outcome> {
    let mut progress = Progress::new(&source.inputs);
    let (mut read, mut failed, mut all_there, mut first) = (0u64, 0u64, true, true);
    out.text(envelope.head)?;
    let inputs = source.inputs.clone();
    let mut reader = Reader::new(layout, source.max_bytes);
    let what = match layout {
        Layout::Documents(_) => "document",
        Layout::Conllu => "sentence",
    };
    let produce = move |items: &mut stream::Items<Raw, Rendered>| {
        reader.read(&inputs, &mut |raw| {
            let bytes = raw.len();
            items.push(raw, bytes)
        });
    };
    let end = stream::in_order(source.jobs(), produce, work, |step| {
        let Step::Next { bytes, result } = step else { return out.flush() };
        read += 1;
        progress.advance(bytes as u64);
        let Some(Rendered { mut output, note, lacking, bad }) = result else {
            failed += 1;
            progress.tell(format_args!("{what} {read} of the input met an error of this program; please report it"));
            return Ok(());
        };
        all_there &= lacking.is_none();
        for note in note.into_iter().chain(lacking) {
            progress.tell(format_args!("{note}"));
        }
        if let Some(Bad { place, reason }) = bad {
            failed += 1;
            progress.tell(format_args!("{place}: {reason}"));
        }
        if !output.is_empty() {
            if !first {
                output.splice(..0, envelope.separator.bytes());
            }
            first = false;
            out.record(&output)?;
        }
        Ok(())
    });
    progress.finish();
    let end = end?;
    out.text(envelope.tail)?;
    out.flush()?;
    if failed > 0 {
        progress.tell(format_args!("{failed} of {read} {what}s could not be read"));
    }
    Ok(match end {
        End::Interrupted => {
            progress.tell(format_args!("interrupted; {read} {what}s were read"));
            Outcome::Interrupted
        }
        End::Finished if failed > 0 || !all_there => Outcome::SomeFailed,
        End::Finished => Outcome::AllWell,
    })
}
