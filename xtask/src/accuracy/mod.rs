//! `cargo xtask accuracy`: how much is right, and a ratchet that keeps it so.

mod own;
mod ratchet;
mod sets;
mod syntax;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// Measures accuracy on development sets and keeps it from falling.
///
/// Without a further word all sets are run and the figures go into `accuracy.toml`. The sets and their scorers are not part of
/// this repository; where their folder is not found, or there is no Python, it says so and does nothing. `own` needs neither.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Measure only a part, print it, and compare it with `accuracy.toml`.
    part: Option<Part>,
    /// The folder with the sets (`corpora`) and their scorers (`eval`).
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// The program to measure; by default it is built from this workspace.
    #[arg(long)]
    dateline: Option<PathBuf>,
    /// Write nothing; fail if a figure has fallen by more than its noise.
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Tags, lemmas, trees and names on the development treebanks.
    Syntax,
    /// What the repository itself has: events and places of the articles in `testdata/gold`, and grammar of two hundred sentences.
    Own,
}

/// One measured figure.
#[derive(Clone, Debug, PartialEq)]
struct Figure {
    set: String,
    metric: String,
    /// Per cent.
    value: f64,
}

impl Figure {
    fn new(set: &str, metric: &str, value: f64) -> Self {
        Self { set: set.to_owned(), metric: metric.to_owned(), value: (100.0 * value).round() / 100.0 }
    }
}

pub fn run(root: &Path, args: &Args) -> Result<()> {
    let shared = root.join(&args.shared);
    if args.part != Some(Part::Own)
        && let Some(reason) = reason_to_skip(&shared)
    {
        println!("accuracy is skipped: {reason}");
        return Ok(());
    }
    let start = Instant::now();
    let mut found = Vec::new();
    if args.part != Some(Part::Own) {
        found.extend(syntax::figures(root, &shared.join("corpora"))?);
        println!("syntax: {:.0} s", start.elapsed().as_secs_f64());
    }
    if args.part != Some(Part::Syntax) {
        let dateline = match &args.dateline {
            Some(path) => path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?,
            None => build(root)?,
        };
        found.extend(own::figures(root, &dateline)?);
        found.extend(syntax::own_figures(root)?);
        if args.part.is_none() {
            let start = Instant::now();
            found.extend(sets::figures(&shared, &dateline)?);
            println!("sets: {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    ratchet::apply(
        root,
        &found,
        if args.check || args.part.is_some() { ratchet::Mode::Check } else { ratchet::Mode::Write },
    )
}

/// Why the sets cannot be run, if so.
fn reason_to_skip(shared: &Path) -> Option<String> {
    let runner = sets::runner(shared);
    if !runner.is_file() {
        return Some(format!("there is no {} (see --shared)", runner.display()));
    }
    let python = Command::new("python3").arg("--version").output();
    if !python.is_ok_and(|output| output.status.success()) {
        return Some("there is no python3".to_owned());
    }
    None
}

/// Builds the command and says where it is.
fn build(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "dateline-cli"])
        .current_dir(root)
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "dateline-cli does not build");
    // Both programs are put into the same folder of the same target directory.
    let beside = std::env::current_exe()?.with_file_name(format!("dateline{}", std::env::consts::EXE_SUFFIX));
    if !beside.is_file() {
        bail!("{} was not built: run `cargo xtask`, or say --dateline", beside.display());
    }
    Ok(beside)
}
