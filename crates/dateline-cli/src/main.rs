//! The command `dateline`: files, terminals and exit codes around the library of the same name.

mod args;
mod gazetteer;
mod input;
mod output;
mod run;
mod table;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match run::run(args) {
        Ok(run::Outcome::AllWell) => ExitCode::SUCCESS,
        Ok(run::Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever reads our output has seen enough: `dateline ... | head`.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dateline: {error:#}");
            ExitCode::from(2)
        }
    }
}
