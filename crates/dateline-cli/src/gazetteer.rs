//! `dateline gazetteer`: makes gazetteer files of tables, and says what one holds.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use dateline::gazetteer::geonames::{Codes, Import, NamesFrom, Wanted, alternate_name};
use dateline::gazetteer::layer::Layers;
use dateline::gazetteer::table::Table;
use dateline::gazetteer::{Country, FORMAT_VERSION, Gazetteer, PlaceKind, Source};
use serde::Serialize;

use crate::output::{Output, tell};
use crate::progress::Progress;
use crate::run::Outcome;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a gazetteer file of tables of places, laid over the embedded places or over another file.
    #[command(after_help = BUILD_HELP)]
    Build(Box<Build>),
    /// What a gazetteer file holds: version, sizes, places by kind, sources and licences.
    #[command(
        after_help = "Examples:\n  dateline gazetteer info\n  dateline gazetteer info own.gaz\n  dateline gazetteer info --format json own.gaz"
    )]
    Info(Info),
}

const BUILD_HELP: &str = "\
A table has a header and a row a place, between commas, semicolons or tabs:
  name, lat, lon      must be there; degrees, WGS 84
  kind                continent country admin1 admin2 city district airport facility water island region mountain point
  country             ISO 3166-1 code or English name
  admin1, admin2      the divisions it lies in, by name or GeoNames id
  alternates          other names between bars: \"Most|Iron Bridge\"; ~ before a demonym, ! before an abbreviation
  population, radius_km
  id                  its GeoNames id: a row with the id of a known place changes that place

Examples:
  dateline gazetteer build own.csv --output own.gaz
  dateline gazetteer build own.csv --base none --output only-own.gaz
  dateline gazetteer build --geonames ML.txt --admin1-codes admin1CodesASCII.txt --output mali.gaz
  dateline extract --gazetteer own.gaz article.txt

Exit status: 0 all well, 1 some rows could not be used (the file has the others), 2 nothing was written.";

#[derive(Debug, ClapArgs)]
pub struct Build {
    /// Tables of places (CSV or TSV with a header), each laid over those before it.
    #[arg(value_name = "TABLE", required_unless_present = "geonames")]
    tables: Vec<PathBuf>,
    /// The file to write.
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// What the places are laid over: a gazetteer file, or none; by default the embedded places.
    #[arg(long, value_name = "FILE|none")]
    base: Option<PathBuf>,
    /// The licence of the tables' places, to be kept in the file.
    #[arg(long, value_name = "TEXT", default_value = "not told")]
    licence: String,
    #[command(flatten)]
    geonames: GeoNames,
}

/// GeoNames' own tables, unpacked; laid over the base, below the tables with a header.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "GeoNames tables")]
struct GeoNames {
    /// A table of places, such as allCountries.txt or cities500.txt; may be repeated.
    #[arg(long, value_name = "FILE")]
    geonames: Vec<PathBuf>,
    /// admin1CodesASCII.txt: tells which first-order divisions places lie in.
    #[arg(long, value_name = "FILE", requires = "geonames")]
    admin1_codes: Option<PathBuf>,
    /// admin2Codes.txt: tells which second-order divisions places lie in.
    #[arg(long, value_name = "FILE", requires = "geonames")]
    admin2_codes: Option<PathBuf>,
    /// countryInfo.txt: the countries, if neither the base nor the table of places has them.
    #[arg(long, value_name = "FILE", requires = "geonames")]
    country_info: Option<PathBuf>,
    /// alternateNamesV2.txt: English names, abbreviations and codes of airports, instead of the places' own other names.
    #[arg(long, value_name = "FILE", requires = "geonames")]
    alternate_names: Option<PathBuf>,
    /// Take places of these kinds only.
    #[arg(long, value_name = "KIND,...", requires = "geonames", value_delimiter = ',', value_parser = kind)]
    only_kinds: Vec<PlaceKind>,
    /// Take places of these countries only (ISO 3166-1).
    #[arg(long, value_name = "CODE,...", requires = "geonames", value_delimiter = ',', value_parser = country)]
    only_countries: Vec<Country>,
    /// Take towns with so many inhabitants or more only.
    #[arg(long, value_name = "NUMBER", requires = "geonames", default_value_t = 0)]
    min_population: u64,
}

fn kind(word: &str) -> Result<PlaceKind, String> {
    let words = || PlaceKind::ALL.map(PlaceKind::as_str).join(" ");
    PlaceKind::from_word(word).ok_or_else(|| format!("it is none of: {}", words()))
}

fn country(code: &str) -> Result<Country, String> {
    Country::from_alpha2(&code.to_ascii_uppercase())
        .ok_or_else(|| "it is no code of two letters of a country".to_owned())
}

#[derive(Debug, ClapArgs)]
pub struct Info {
    /// A gazetteer file; by default the embedded one.
    file: Option<PathBuf>,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = InfoFormat::Table)]
    format: InfoFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InfoFormat {
    /// For people.
    Table,
    /// One object.
    Json,
}

pub fn run(command: &Command, out: &mut Output) -> Result<Outcome> {
    match command {
        Command::Build(args) => build(args),
        Command::Info(args) => info(args, out),
    }
}

/// The source of the embedded places, as files name it that are laid over them.
const EMBEDDED: &str = "embedded places";
const EMBEDDED_LICENCE: &str = "CC BY 4.0 (GeoNames and others: dateline --licenses)";

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// How many bad rows of a table are shown one by one.
const SHOWN: usize = 5;

/// Reports bad rows: the first of a file as they are, then their number.
struct BadRows<'p> {
    file: &'p Path,
    count: usize,
}

impl<'p> BadRows<'p> {
    fn new(file: &'p Path) -> Self {
        Self { file, count: 0 }
    }

    fn report(&mut self, line: usize, reason: &str, progress: &Progress) {
        self.count += 1;
        if self.count <= SHOWN {
            progress.tell(format_args!("{}:{line}: {reason}", self.file.display()));
        }
    }

    /// Says how many there were of how many rows, and gives their number.
    fn close(self, rows: usize) -> usize {
        if self.count > 0 {
            let more = if self.count > SHOWN { format!(" (the first {SHOWN} are shown)") } else { String::new() };
            tell(format_args!("{}: {} of {rows} rows cannot be used{more}", self.file.display(), self.count));
        }
        self.count
    }
}

fn build(args: &Build) -> Result<Outcome> {
    let mut layers = match &args.base {
        None => {
            let base = Gazetteer::embedded()?;
            tell(format_args!("{} embedded places", base.len()));
            Layers::over(&base, EMBEDDED, EMBEDDED_LICENCE)
        }
        Some(none) if none == Path::new("none") => Layers::new(),
        Some(path) => {
            let base = open(path)?;
            tell(format_args!("{} places of {}", base.len(), path.display()));
            Layers::over(&base, &file_name(path), "not told")
        }
    };
    let base = layers.sources().len();
    let mut bad = lay_geonames(&args.geonames, &mut layers)?;
    for path in &args.tables {
        bad += lay_table(path, &args.licence, &mut layers)?;
    }
    if !layers.sources()[base..].iter().any(|source| source.added + source.changed > 0) {
        bail!("no row can be used; nothing is written");
    }
    let places = layers.len();
    let bytes = layers.build()?;
    write(&args.output, &bytes)?;
    tell(format_args!("{}: {places} places, {} bytes", args.output.display(), bytes.len()));
    Ok(if bad > 0 { Outcome::SomeFailed } else { Outcome::AllWell })
}

/// Lays a user's table over the rest and says how many of its rows are bad.
fn lay_table(path: &Path, licence: &str, layers: &mut Layers) -> Result<usize> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let table = match Table::open(&bytes) {
        Ok(table) => table,
        Err(bad) => bail!("{}:{}: {}", path.display(), bad.line, bad.reason),
    };
    if !table.unknown_columns().is_empty() {
        let names = table.unknown_columns().join(", ");
        tell(format_args!("{}: columns that mean nothing here are passed over: {names}", path.display()));
    }
    layers.begin(file_name(path), licence);
    let mut bad = BadRows::new(path);
    let mut rows = 0;
    let mut progress = Progress::of_file(bytes.len() as u64, "rows");
    let mut done = 0;
    for row in table.rows() {
        rows += 1;
        let (line, laid) = match row {
            Ok(row) => {
                progress.advance(row.end.saturating_sub(done) as u64);
                done = row.end;
                (row.line, layers.add(row.place).map(|_| ()).map_err(|error| error.to_string()))
            }
            Err(row) => (row.line, Err(row.reason)),
        };
        if let Err(reason) = laid {
            bad.report(line, &reason, &progress);
        }
    }
    progress.finish();
    let bad = bad.close(rows);
    tell_counts(path, layers);
    Ok(bad)
}

/// Says what the last source has done.
fn tell_counts(path: &Path, layers: &Layers) {
    if let Some(source) = layers.sources().last() {
        tell(format_args!("{}: places added: {}, changed: {}", path.display(), source.added, source.changed));
    }
}

/// Lays GeoNames' tables over the rest and says how many of their lines are bad.
fn lay_geonames(args: &GeoNames, layers: &mut Layers) -> Result<usize> {
    let mut codes = Codes::new();
    let mut count = 0;
    type Read = fn(&mut Codes, &str) -> Result<(), String>;
    let tables: [(&Option<PathBuf>, Read); 3] = [
        (&args.country_info, Codes::country),
        (&args.admin1_codes, Codes::admin1),
        (&args.admin2_codes, Codes::admin2),
    ];
    for (path, read) in tables {
        if let Some(path) = path {
            count += for_each_line(path, |_, line| read(&mut codes, line))?;
        }
    }
    let names = match args.alternate_names {
        Some(_) => NamesFrom::AlternateNames,
        None => NamesFrom::Places,
    };
    for path in &args.geonames {
        let wanted = Wanted {
            kinds: args.only_kinds.clone(),
            countries: args.only_countries.clone(),
            min_population: args.min_population,
            names,
        };
        let mut import = Import::new(&codes, wanted);
        let mut rows = 0;
        count +=
            for_each_line(path, |number, line| import.place(number, line).map(|taken| rows += usize::from(taken)))?;
        layers.begin(file_name(path), "CC BY 4.0 (GeoNames)");
        let mut bad = BadRows::new(path);
        let progress = Progress::of_file(0, "places");
        import.lay(layers, |line, reason| bad.report(line, reason, &progress));
        progress.finish();
        count += bad.close(rows);
        tell_counts(path, layers);
    }
    if let Some(path) = &args.alternate_names {
        let mut names = 0;
        count += for_each_line(path, |_, line| alternate_name(layers, line).map(|taken| names += usize::from(taken)))?;
        tell(format_args!("{}: names added: {names}", path.display()));
    }
    Ok(count)
}

/// Calls `each` with every line and its number, reports those that it refuses and says how many these are.
fn for_each_line(path: &Path, mut each: impl FnMut(usize, &str) -> Result<(), String>) -> Result<usize> {
    let name = || path.display().to_string();
    let file = fs::File::open(path).with_context(name)?;
    let mut progress = Progress::of_file(file.metadata().map_or(0, |metadata| metadata.len()), "lines");
    let mut input = BufReader::with_capacity(1 << 16, file);
    let mut bad = BadRows::new(path);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let bytes = input.read_until(b'\n', &mut line).with_context(name)?;
        if bytes == 0 {
            break;
        }
        number += 1;
        if number == 1 && line.starts_with(b"PK") {
            bail!("{}: it is a zip archive; unpack it first", path.display());
        }
        progress.advance(bytes as u64);
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.is_empty() {
            continue;
        }
        let read = match std::str::from_utf8(text) {
            Ok(text) => each(number, text),
            Err(error) => Err(format!("not valid UTF-8 at byte {} of the line", error.valid_up_to())),
        };
        if let Err(reason) = read {
            bad.report(number, &reason, &progress);
        }
    }
    progress.finish();
    Ok(bad.close(number))
}

/// Writes a file that is whole or not there: first beside its place, then into it. What is no regular file, a device or a pipe, is
/// written to and stays what it is.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()));
    }
    let mut name = path.file_name().with_context(|| format!("{} names no file", path.display()))?.to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // What was begun is of no use, and whether it can be taken away is not what went wrong.
        let _ = fs::remove_file(&part);
        anyhow::Error::new(error).context(format!("cannot write {}", path.display()))
    })
}

fn open(path: &Path) -> Result<Gazetteer<Vec<u8>>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Gazetteer::from_bytes(bytes).with_context(|| path.display().to_string())
}

/// What `dateline gazetteer info` says.
#[derive(Serialize)]
struct Contents {
    file: Option<String>,
    format: u32,
    hash: String,
    bytes: usize,
    places: usize,
    names: usize,
    countries: usize,
    with_geonames_id: usize,
    with_population: usize,
    kinds: Vec<KindCount>,
    sources: Vec<SourceLine>,
}

#[derive(Serialize)]
struct KindCount {
    kind: &'static str,
    places: usize,
}

#[derive(Serialize)]
struct SourceLine {
    name: String,
    added: usize,
    changed: usize,
    licence: String,
}

impl From<Source> for SourceLine {
    fn from(source: Source) -> Self {
        let Source { name, added, changed, licence } = source;
        Self { name, added: added as usize, changed: changed as usize, licence }
    }
}

fn info(args: &Info, out: &mut Output) -> Result<Outcome> {
    let contents = match &args.file {
        None => contents(None, &Gazetteer::embedded()?)?,
        Some(path) => contents(Some(path.display().to_string()), &open(path)?)?,
    };
    match args.format {
        InfoFormat::Json => out.json(&contents)?,
        InfoFormat::Table => out.text(&text(&contents))?,
    }
    Ok(Outcome::AllWell)
}

fn contents<D: AsRef<[u8]>>(file: Option<String>, gazetteer: &Gazetteer<D>) -> Result<Contents> {
    let count = |kind| gazetteer.places().filter(|place| place.kind() == kind).count();
    let kinds = PlaceKind::ALL.map(|kind| KindCount { kind: kind.as_str(), places: count(kind) });
    let countries: BTreeSet<_> = gazetteer.places().filter_map(|place| place.country()).collect();
    let mut sources: Vec<SourceLine> = gazetteer.sources().map(SourceLine::from).collect();
    if sources.is_empty() && gazetteer.content_hash() == Gazetteer::embedded()?.content_hash() {
        let (name, licence) = (EMBEDDED.to_owned(), EMBEDDED_LICENCE.to_owned());
        sources.push(SourceLine { name, added: gazetteer.len(), changed: 0, licence });
    }
    Ok(Contents {
        file,
        format: FORMAT_VERSION,
        hash: gazetteer.content_hash(),
        bytes: gazetteer.as_bytes().len(),
        places: gazetteer.len(),
        names: gazetteer.name_count(),
        countries: countries.len(),
        with_geonames_id: gazetteer.places().filter(|place| place.geonames_id().is_some()).count(),
        with_population: gazetteer.places().filter(|place| place.population() > 0).count(),
        kinds: kinds.into_iter().filter(|kind| kind.places > 0).collect(),
        sources,
    })
}

fn text(contents: &Contents) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &dyn Display| text.push_str(&format!("{name:<17} {value}\n"));
    line("file", &contents.file.as_deref().unwrap_or("embedded"));
    line("format version", &contents.format);
    line("hash", &contents.hash);
    line("bytes", &contents.bytes);
    line("places", &contents.places);
    line("names", &contents.names);
    line("countries", &contents.countries);
    line("with GeoNames id", &contents.with_geonames_id);
    line("with population", &contents.with_population);
    line("\nkind", &"places");
    for kind in &contents.kinds {
        line(kind.kind, &kind.places);
    }
    line("\nsource", &"places added, changed; licence");
    for source in &contents.sources {
        line(&source.name, &format!("{}, {}; {}", source.added, source.changed, source.licence));
    }
    if contents.sources.is_empty() {
        line("not told", &"");
    }
    text
}
