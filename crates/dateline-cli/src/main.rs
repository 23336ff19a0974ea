//! The command `dateline`: files, terminals and exit codes around the library of the same name.

mod args;
mod conllu;
mod documents;
mod explain;
mod extract;
mod frames;
mod gazetteer;
mod input;
mod manual;
mod output;
mod parse;
mod progress;
mod record;
mod rows;
mod run;
mod stream;
mod syntax;
mod table;
mod tokens;

use std::process::ExitCode;

use clap::Parser;
use run::Outcome;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match run::run(args) {
        Ok(Outcome::AllWell) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::Interrupted) => ExitCode::from(130),
        // Whoever reads our output has seen enough: `dateline ... | head`.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::tell(format_args!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
