//! `dateline frames`: checks files of rules, and lists the event types and rules.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use dateline::events::{EventType, Extractor, ExtractorBuilder};
use serde::Serialize;

use crate::output::{Output, tell};
use crate::run::Outcome;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Validate files of frames and run the examples inside them.
    #[command(after_help = CHECK_HELP)]
    Check(Check),
    /// The event types with their rules, the built-in ones and those of own files.
    #[command(
        after_help = "Examples:\n  dateline frames list\n  dateline frames list --rules\n  dateline frames list --frames boarding.toml --format json"
    )]
    List(List),
}

const CHECK_HELP: &str = "\
Files may build on one another: they are read in the order given, after the built-in ones. An example that does not hold is
told with file, line and reason.

Examples:
  dateline frames check boarding.toml
  dateline frames check --lexicon ships.tsv boarding.toml

Exit status: 0 all examples hold, 1 some do not, 2 a file cannot be loaded.";

#[derive(Debug, ClapArgs)]
pub struct Check {
    /// Files of frames (TOML).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A file of words with their classes (TSV), added to the built-in ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// Run the examples of the built-in frames too: what do the own rules change there?
    #[arg(long)]
    built_in: bool,
}

#[derive(Debug, ClapArgs)]
pub struct List {
    /// A file of own frames (TOML), added to the built-in ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    frames: Vec<PathBuf>,
    /// A file of words with their classes (TSV), added to the built-in ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// List the rules with the words that trigger them.
    #[arg(long)]
    rules: bool,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people: a line a type, or with --rules a line a rule.
    Table,
    /// One array of types with their rules.
    Json,
}

pub fn run(command: &Command, out: &mut Output) -> Result<Outcome> {
    match command {
        Command::Check(args) => check(args, out),
        Command::List(args) => list(args, out),
    }
}

/// A file of frames or words.
pub fn read_text(path: &Path) -> Result<String> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| name.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
        anyhow!("{name}:{line}: not valid UTF-8; convert it to UTF-8 first")
    })
}

/// A builder with these files, or what is wrong with each that cannot be read.
fn load(frames: &[PathBuf], lexicons: &[PathBuf]) -> Result<ExtractorBuilder, Vec<anyhow::Error>> {
    let mut builder = Extractor::builder();
    let mut errors = Vec::new();
    let files = frames.iter().map(|path| (path, false)).chain(lexicons.iter().map(|path| (path, true)));
    for (path, is_lexicon) in files {
        let name = path.display().to_string();
        let with = |text: String| {
            let builder = builder.clone();
            let builder = if is_lexicon { builder.lexicon(name, text) } else { builder.frames(name, text) };
            // Each file by itself, so that every one that is wrong is told.
            builder.clone().build().map(|_| builder).map_err(anyhow::Error::new)
        };
        match read_text(path).and_then(with) {
            Ok(with) => builder = with,
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(builder) } else { Err(errors) }
}

/// The extractor with these files; every file that is wrong is named on standard error.
fn extractor(frames: &[PathBuf], lexicons: &[PathBuf]) -> Result<Extractor> {
    let builder = load(frames, lexicons).map_err(|errors| {
        errors.iter().for_each(|error| tell(format_args!("{error:#}")));
        let s = if errors.len() == 1 { "" } else { "s" };
        anyhow!("{} file{s} cannot be loaded", errors.len())
    })?;
    Ok(builder.build()?)
}

fn check(args: &Check, out: &mut Output) -> Result<Outcome> {
    let extractor = extractor(&args.files, &args.lexicon)?;
    let failures = if args.built_in { extractor.check_examples() } else { extractor.check_own_examples() };
    for failure in &failures {
        out.text(&format!("{failure}\n"))?;
    }
    for path in &args.files {
        let name = path.display().to_string();
        let count = extractor.own_examples().filter(|(file, _)| *file == name).count();
        let failed = failures.iter().filter(|failure| failure.file == name).count();
        out.text(&match (count, failed) {
            (0, _) => format!("{name}: sound, but without an example that says what it shall find\n"),
            (1, 0) => format!("{name}: its example holds\n"),
            (_, 0) => format!("{name}: all {count} examples hold\n"),
            _ => format!("{name}: {failed} of {count} examples do not hold\n"),
        })?;
    }
    Ok(if failures.is_empty() { Outcome::AllWell } else { Outcome::SomeFailed })
}

/// A type in `dateline frames list --format json`.
#[derive(Serialize)]
struct TypeLine<'t> {
    r#type: &'t str,
    about: &'t str,
    rules: Vec<RuleLine<'t>>,
}

#[derive(Serialize)]
struct RuleLine<'t> {
    name: &'t str,
    verbs: &'t [String],
    nouns: &'t [String],
    adjectives: &'t [String],
}

fn list(args: &List, out: &mut Output) -> Result<Outcome> {
    let types = extractor(&args.frames, &args.lexicon)?.event_types();
    match args.format {
        ListFormat::Json => out.json(&types.iter().map(type_line).collect::<Vec<_>>())?,
        ListFormat::Table => {
            let width = types.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
            for kind in &types {
                out.text(&format!("{:<width$}  {}\n", kind.name, kind.about))?;
                for rule in kind.rules.iter().filter(|_| args.rules) {
                    let words = [&rule.verbs, &rule.nouns, &rule.adjectives].into_iter().flatten();
                    let words = words.map(String::as_str).collect::<Vec<_>>().join(", ");
                    out.text(&format!("  {}: {words}\n", rule.name))?;
                }
            }
        }
    }
    Ok(Outcome::AllWell)
}

fn type_line(kind: &EventType) -> TypeLine<'_> {
    let rules = kind.rules.iter().map(|rule| RuleLine {
        name: &rule.name,
        verbs: &rule.verbs,
        nouns: &rule.nouns,
        adjectives: &rule.adjectives,
    });
    TypeLine { r#type: &kind.name, about: &kind.about, rules: rules.collect() }
}
