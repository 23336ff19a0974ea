use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use dateline::OffsetUnit;
use jiff::civil::Date;

use crate::{frames, gazetteer};

/// Reads English news and says who did what to whom, where, when, with what toll, and according to whom.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub struct Args {
    /// Print the licences and attributions of the embedded data.
    #[arg(long, exclusive = true)]
    pub licenses: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  dateline extract article.txt                      a table on the terminal
  dateline extract --format json article.txt        the whole report
  dateline extract --offsets chars docs.jsonl       a report a line, offsets as Python counts
  dateline extract --format csv news/ > events.csv  all files of a folder, a row an event
  cat article.txt | dateline extract -              from standard input
  dateline lookup Tripoli                           the places of that name

Exit status: 0 all well, 1 some documents could not be read (each is named on standard error), 2 usage or
set-up error, 130 interrupted.";

const EXPLAIN_HELP: &str = "\
An event is told with the rule that made it, what filled its roles by which pattern, the conditions that held, its places and
date with the arithmetic, the mentions that became part of it, its codes, and the rules and roles that lost. A rule that made no
event is told with the first thing that failed. Events and sentences are counted from 0, as in the report.

Examples:
  dateline explain article.txt
  dateline explain --event 2 article.txt
  dateline explain --why-not arrest article.txt
  dateline explain --sentence 4 --format json article.txt
  dateline explain --why-not arrest --at 310 article.txt

Exit status: 0 all well, 1 a document has no such event or sentence or could not be read, 2 usage or set-up error, such as a type of
event that there is not.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Events with actors, places, dates, tolls and sources.
    #[command(
        after_help = "Examples:\n  dateline extract article.txt\n  dateline extract --date 2023-11-06 --format json article.txt\n  \
        dateline extract --format geojson --jobs 4 news/ > events.geojson\n  dateline extract --frames boarding.toml docs.jsonl > reports.jsonl"
    )]
    Extract(Extract),
    /// Tokens and sentences as pairs of offsets, one object a line.
    #[command(
        after_help = "Examples:\n  dateline tokens --format text article.txt\n  dateline tokens --offsets chars docs.jsonl"
    )]
    Tokens(Tokens),
    /// Parts of speech, lemmas, names and dependency trees (CoNLL-U).
    #[command(
        after_help = "Examples:\n  dateline parse article.txt\n  dateline parse --format jsonl docs.jsonl > trees.jsonl\n  \
        dateline parse --pretokenized treebank.conllu > ours.conllu"
    )]
    Parse(Parse),
    /// The places alone: {"id","places":[...]} a line.
    #[command(after_help = "Example:\n  dateline places docs.jsonl > places.jsonl")]
    Places(Places),
    /// Why each event came out as it did, or why a sentence gave none.
    #[command(after_help = EXPLAIN_HELP)]
    Explain(Explain),
    /// Every entry of the gazetteer under a name, best first.
    #[command(after_help = "Examples:\n  dateline lookup Paris\n  dateline lookup 'Bab el-Mandeb'")]
    Lookup(Lookup),
    /// Gazetteer files of own places.
    #[command(subcommand)]
    Gazetteer(gazetteer::Command),
    /// Files of own event types and rules.
    #[command(subcommand)]
    Frames(frames::Command),
    /// A completion script for a shell.
    #[command(
        after_help = "Example:\n  dateline completions bash > ~/.local/share/bash-completion/completions/dateline"
    )]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// The manual page of the program or of one of its commands (roff).
    #[command(after_help = "Examples:\n  dateline man | man -l -\n  dateline man extract > dateline-extract.1")]
    Man {
        /// A command; by default the whole program.
        command: Vec<String>,
    },
}

/// What to read.
#[derive(Debug, ClapArgs)]
pub struct Source {
    /// Text files (one document each), .jsonl files ({"id","text","date"} a line), folders of either, or - for standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// How to read standard input; auto takes JSON Lines if the first byte is a brace.
    #[arg(long, value_enum, default_value_t = From::Auto)]
    pub from: From,
    /// The day of publication, YYYY-MM-DD, of documents that bring none along.
    #[arg(long)]
    pub date: Option<Date>,
    /// What offsets count: bytes of UTF-8, code points (Python), or UTF-16 units (JavaScript).
    #[arg(long, value_enum, default_value_t = Offsets::Bytes)]
    pub offsets: Offsets,
    /// How many threads read documents; by default one a core. The output is the same.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Documents with more bytes than this are named and passed over.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 28, value_parser = clap::value_parser!(u64).range(1..=u64::from(u32::MAX)))]
    pub max_bytes: u64,
}

impl Source {
    pub fn jobs(&self) -> usize {
        self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}

#[derive(Debug, ClapArgs)]
pub struct Extract {
    #[command(flatten)]
    pub source: Source,
    /// Format of the output; by default a table on a terminal and JSON Lines elsewhere.
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub own: Own,
    /// Columns of the table; by default those of the terminal.
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub width: Option<u16>,
    /// How dates like 6/11/2023 are read: auto goes by the other dates of the document and the country of its dateline.
    #[arg(long, value_enum, default_value_t = DateOrder::Auto)]
    pub date_order: DateOrder,
    /// More keys in the JSON of a report: its tokens, or the words, tags, trees and names of its sentences.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KEYS")]
    pub with: Vec<With>,
}

#[derive(Debug, ClapArgs)]
pub struct Explain {
    #[command(flatten)]
    pub source: Source,
    /// Only this event, by its number in the report.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["why_not", "sentence", "at"])]
    pub event: Option<usize>,
    /// Why there is no event of this type: the rules that came nearest, and what failed first.
    #[arg(long, value_name = "TYPE")]
    pub why_not: Option<String>,
    /// Why there is none, or no other one, in this sentence, by its number in the report.
    #[arg(long, value_name = "NUMBER")]
    pub sentence: Option<usize>,
    /// Why there is none, or no other one, at this offset (see --offsets).
    #[arg(long, value_name = "OFFSET", conflicts_with = "sentence")]
    pub at: Option<usize>,
    /// How many rules to tell of at most that made no event.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub most: usize,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub own: Own,
    /// How dates like 6/11/2023 are read: auto goes by the other dates of the document and the country of its dateline.
    #[arg(long, value_enum, default_value_t = DateOrder::Auto)]
    pub date_order: DateOrder,
}

/// Rules and words of the user.
#[derive(Debug, ClapArgs)]
pub struct Own {
    /// A file of own frames (TOML), added to the built-in ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub frames: Vec<PathBuf>,
    /// A file of own words with their classes (TSV), added to the built-in ones; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Tokens {
    #[command(flatten)]
    pub source: Source,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = TokenFormat::Jsonl)]
    pub format: TokenFormat,
}

#[derive(Debug, ClapArgs)]
pub struct Parse {
    #[command(flatten)]
    pub source: Source,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = ParseFormat::Conllu)]
    pub format: ParseFormat,
    /// The input is CoNLL-U: keep its words and comments, and put our grammar in place of what is there.
    #[arg(long, conflicts_with_all = ["format", "from", "date", "offsets"])]
    pub pretokenized: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Places {
    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, ClapArgs)]
pub struct Lookup {
    /// The name, in any case and with or without accents.
    pub name: String,
    #[command(flatten)]
    pub data: Data,
}

#[derive(Debug, ClapArgs)]
pub struct Data {
    /// A gazetteer file to use instead of the embedded one.
    #[arg(long, value_name = "FILE")]
    pub gazetteer: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    Auto,
    Text,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people.
    Table,
    /// One indented object a document.
    Json,
    /// One object a line.
    Jsonl,
    /// One row an event.
    Csv,
    /// One point an event whose place is known (RFC 7946).
    Geojson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people.
    Text,
    /// One indented object a document.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenFormat {
    /// One object a document.
    Jsonl,
    /// A sentence a line, its tokens separated by spaces; an empty line after each document.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// A word a line, sentences apart, ids and texts as comments.
    Conllu,
    /// One object a document.
    Jsonl,
}

/// What a report may hold besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum With {
    Tokens,
    Syntax,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Offsets {
    Bytes,
    Chars,
    Utf16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    Auto,
    DayFirst,
    MonthFirst,
}

impl std::convert::From<DateOrder> for dateline::DateOrder {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::Auto => Self::Auto,
            DateOrder::DayFirst => Self::DayFirst,
            DateOrder::MonthFirst => Self::MonthFirst,
        }
    }
}

impl std::convert::From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => Self::Bytes,
            Offsets::Chars => Self::Chars,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        super::Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        fn check(command: &clap::Command) {
            if command.has_subcommands() {
                command.get_subcommands().for_each(check);
                return;
            }
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                help.contains(&format!("dateline {}", command.get_name())) || help.contains("Example"),
                "{command}"
            );
        }
        super::Args::command().get_subcommands().for_each(check);
    }
}
