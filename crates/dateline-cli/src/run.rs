//! From arguments to what they ask for.

use anyhow::Result;

use crate::args::{Args, Command, Lookup};
use crate::output::{Output, tell};
use crate::{explain, extract, frames, gazetteer, manual, parse, table, tokens};

/// How a run went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    AllWell,
    /// Some documents could not be read.
    SomeFailed,
    /// A signal ended it.
    Interrupted,
}

pub fn run(args: Args) -> Result<Outcome> {
    let mut out = Output::new();
    let outcome = match args.command {
        None if args.licenses => {
            out.text(&dateline::licenses())?;
            Outcome::AllWell
        }
        None => unreachable!("clap asks for a command or --licenses"),
        Some(Command::Extract(args)) => extract::extract(&args, &mut out)?,
        Some(Command::Tokens(args)) => tokens::tokens(&args, &mut out)?,
        Some(Command::Parse(args)) => parse::parse(&args, &mut out)?,
        Some(Command::Places(args)) => extract::places(&args, &mut out)?,
        Some(Command::Explain(args)) => explain::explain(&args, &mut out)?,
        Some(Command::Lookup(args)) => lookup(&args, &mut out)?,
        Some(Command::Frames(command)) => frames::run(&command, &mut out)?,
        Some(Command::Gazetteer(command)) => gazetteer::run(&command, &mut out)?,
        Some(Command::Completions { shell }) => {
            manual::completions(shell, &mut out)?;
            Outcome::AllWell
        }
        Some(Command::Man { command }) => {
            manual::page(&command, &mut out)?;
            Outcome::AllWell
        }
    };
    out.flush()?;
    Ok(outcome)
}

fn lookup(args: &Lookup, out: &mut Output) -> Result<Outcome> {
    let pipeline = extract::pipeline(&args.data)?;
    let gazetteer = pipeline.gazetteer();
    let rows: Vec<_> = gazetteer.lookup(&args.name).map(|(id, how)| (gazetteer.place(id), how)).collect();
    if rows.is_empty() {
        tell(format_args!("no place is called {:?}", args.name));
        return Ok(Outcome::SomeFailed);
    }
    out.text(&table::places(gazetteer, &rows, table::width()))?;
    Ok(Outcome::AllWell)
}
