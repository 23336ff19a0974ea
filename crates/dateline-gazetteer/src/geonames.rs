//! GeoNames' tables: `allCountries.txt` or `cities500.txt` and their like, `admin1CodesASCII.txt`, `admin2Codes.txt`,
//! `countryInfo.txt`, `alternateNamesV2.txt`. Unpacked, and line by line: whoever has the file reads it.
//!
//! ```
//! use dateline_gazetteer::Gazetteer;
//! use dateline_gazetteer::geonames::{Codes, Import, Wanted};
//! use dateline_gazetteer::layer::Layers;
//!
//! let mut codes = Codes::new();
//! codes.admin1("RU.77\tTver Oblast\tTver Oblast\t480041")?;
//! let mut import = Import::new(&codes, Wanted::default());
//! let town = "480060\tTver\tTver\tKalinin,Твер\t56.86\t35.9\tP\tPPLA\tRU\t\t77\t\t\t\t400212\t\t140\tEurope/Moscow\t2024-01-01";
//! import.place(1, town)?;
//!
//! let mut layers = Layers::new();
//! import.lay(&mut layers, |line, reason| panic!("line {line}: {reason}"));
//! let gazetteer = Gazetteer::from_bytes(layers.build().unwrap()).unwrap();
//! let tver = gazetteer.place(gazetteer.lookup("Tver").next().unwrap().0);
//! assert_eq!(gazetteer.place(tver.admin1().unwrap()).name(), "Tver Oblast");
//! # Ok::<(), String>(())
//! ```
//!
//! # What is taken
//!
//! Countries, divisions of the first and second order, towns and parts of them, airports, buildings and the like, waters,
//! islands, mountains, regions; not roads, lower divisions, and what is marked as of the past. A place that is there already
//! keeps its name and kind ([`Layers::extend`]). The column of other names holds names of all languages and scripts, codes
//! and guesses: of these a new place gets those that [read as names](crate::spelling::reads_as_name) and are similar to its
//! own, or all that read as names if it has [`KNOWN_BY_MORE`] inhabitants.
//!
//! A division or country that only a table of codes names, and nothing locates, is in the middle of its towns.

use std::collections::{BTreeMap, HashMap};

use crate::builder::RecordId;
use crate::layer::{Division, Laid, Layers, Overlay};
use crate::resolver::sphere::middle;
use crate::spelling::{is_similar, reads_as_name};
use crate::{Country, How, PlaceKind};

/// Inhabitants of a town that texts may call by a name unlike its own.
pub const KNOWN_BY_MORE: u64 = 20_000;

/// Which places of a table are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of these kinds; of all, if there is none.
    pub kinds: Vec<PlaceKind>,
    /// In these countries; anywhere, if there is none.
    pub countries: Vec<Country>,
    /// Towns and parts of them with at least so many inhabitants.
    pub min_population: u64,
    /// Where other names come from.
    pub names: NamesFrom,
}

/// Where other names of new places come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamesFrom {
    /// From the table of places.
    #[default]
    Places,
    /// From the table of alternate names, whose languages are told: see [`alternate_name`].
    AlternateNames,
}

/// The tables of codes: which divisions and countries there are.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    /// By GeoNames' code: "RU", "RU.77", "US.TX.453".
    areas: BTreeMap<String, Overlay>,
}

impl Codes {
    /// No codes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a line of `admin1CodesASCII.txt`.
    ///
    /// # Errors
    ///
    /// If it is none; says what is wrong.
    pub fn admin1(&mut self, line: &str) -> Result<(), String> {
        self.division(line, PlaceKind::Admin1)
    }

    /// Reads a line of `admin2Codes.txt`.
    ///
    /// # Errors
    ///
    /// If it is none; says what is wrong.
    pub fn admin2(&mut self, line: &str) -> Result<(), String> {
        self.division(line, PlaceKind::Admin2)
    }

    fn division(&mut self, line: &str, kind: PlaceKind) -> Result<(), String> {
        let [code, name, _, id] = columns(line)?;
        let mut area = Overlay::new(name, f64::NAN, f64::NAN);
        area.kind = Some(kind);
        area.country = Country::from_alpha2(code.split('.').next().unwrap_or_default());
        area.geonames_id = Some(number(id)?);
        self.areas.insert(code.to_owned(), area);
        Ok(())
    }

    /// Reads a line of `countryInfo.txt`; those that begin with `#` are passed over.
    ///
    /// # Errors
    ///
    /// If it is none; says what is wrong.
    pub fn country(&mut self, line: &str) -> Result<(), String> {
        if line.starts_with('#') {
            return Ok(());
        }
        let columns: [&str; 19] = columns(line)?;
        let country = Country::from_alpha2(columns[0]).ok_or_else(|| format!("{:?} is no country", columns[0]))?;
        let mut area = Overlay::new(columns[4], f64::NAN, f64::NAN);
        area.kind = Some(PlaceKind::Country);
        area.country = Some(country);
        area.population = columns[7].parse().ok();
        let radius = |km2: f64| libm::sqrt(km2 / std::f64::consts::PI).ceil();
        area.radius_km = columns[6].parse().ok().filter(|&km2| km2 > 0.0).map(radius);
        area.geonames_id = Some(number(columns[16])?);
        self.areas.insert(columns[0].to_owned(), area);
        Ok(())
    }
}

/// A place of a table, with the codes of what it lies in.
#[derive(Clone, Debug)]
struct Entry {
    line: usize,
    place: Overlay,
    /// GeoNames' codes of its country and divisions, as far as it has them: of a division, its own among them.
    codes: [Option<String>; 3],
}

/// The places of one table, on their way into layers.
#[derive(Clone, Debug)]
pub struct Import<'c> {
    codes: &'c Codes,
    wanted: Wanted,
    entries: Vec<Entry>,
}

impl<'c> Import<'c> {
    /// No places yet.
    #[must_use]
    pub fn new(codes: &'c Codes, wanted: Wanted) -> Self {
        Self { codes, wanted, entries: Vec::new() }
    }

    /// Reads a line of a table of places, `line` being its number. False if the place is not wanted. A place that is kept
    /// takes some 400 bytes of memory.
    ///
    /// # Errors
    ///
    /// If it is no such line; says what is wrong.
    pub fn place(&mut self, line: usize, text: &str) -> Result<bool, String> {
        let columns: [&str; 19] = columns(text)?;
        let [id, name, _, others, lat, lon, class, code, country, _, admin1, admin2, _, _, population, ..] = columns;
        let country = Country::from_alpha2(country);
        let Some(kind) = kind(class, code) else { return Ok(false) };
        let population = population.parse().unwrap_or(0);
        let settled = matches!(kind, PlaceKind::City | PlaceKind::District);
        let wanted = &self.wanted;
        if !(wanted.kinds.is_empty() || wanted.kinds.contains(&kind))
            || !(wanted.countries.is_empty() || country.is_some_and(|country| wanted.countries.contains(&country)))
            || settled && population < wanted.min_population
        {
            return Ok(false);
        }
        let degrees = |text: &str| text.parse().map_err(|_| format!("{text:?} is no position"));
        let mut place = Overlay::new(name, degrees(lat)?, degrees(lon)?);
        place.geonames_id = Some(number(id)?);
        place.kind = Some(kind);
        place.country = country;
        place.population = Some(population).filter(|&population| population > 0);
        if wanted.names == NamesFrom::Places {
            let names = others.split(',').map(str::trim).filter(|other| reads_as_name(other, 4));
            let used = names.filter(|other| population >= KNOWN_BY_MORE || is_similar(other, name));
            place.names = used.map(|other| (other.to_owned(), How::Alternate)).collect();
        }
        let known = |code: &&str| !code.is_empty() && *code != "00";
        let of_country = country.map(|country| country.alpha2().to_owned());
        let of_admin1 =
            of_country.as_ref().zip(Some(admin1).filter(known)).map(|(over, code)| format!("{over}.{code}"));
        let of_admin2 = of_admin1.as_ref().zip(Some(admin2).filter(known)).map(|(over, code)| format!("{over}.{code}"));
        let codes = match kind {
            PlaceKind::Country => [of_country, None, None],
            PlaceKind::Admin1 => [of_country, of_admin1, None],
            _ => [of_country, of_admin1, of_admin2],
        };
        self.entries.push(Entry { line, place, codes });
        Ok(true)
    }

    /// Lays the places over others, and the divisions and countries that lie around them. Calls `bad` with each that cannot be
    /// laid, its line and the reason.
    pub fn lay(self, layers: &mut Layers, mut bad: impl FnMut(usize, &str)) {
        let mut areas = HashMap::<String, RecordId>::new();
        let mut entries = self.entries;
        // What others lie in comes first.
        entries.sort_by_key(|entry| match entry.place.kind {
            Some(PlaceKind::Country) => 0,
            Some(PlaceKind::Admin1) => 1,
            Some(PlaceKind::Admin2) => 2,
            _ => 3,
        });
        let split = entries.partition_point(|entry| order(entry.place.kind).is_some());
        let mut members = HashMap::<&str, Vec<(f64, f64)>>::new();
        for entry in &entries[split..] {
            for code in entry.codes.iter().flatten() {
                members.entry(code).or_default().push((entry.place.lat, entry.place.lon));
            }
        }
        // By order, so that a division finds the one over it.
        for wanted in 0..3 {
            for entry in entries[..split].iter().filter(|entry| order(entry.place.kind) == Some(wanted)) {
                let Some(code) = &entry.codes[wanted] else { continue };
                let place = within(entry.place.clone(), &entry.codes, &areas, wanted);
                match lay(layers, place) {
                    Ok(record) => drop(areas.insert(code.clone(), record)),
                    Err(reason) => bad(entry.line, &reason),
                }
            }
            let codes = self.codes.areas.iter().filter(|(_, area)| order(area.kind) == Some(wanted));
            for (code, area) in codes.filter(|(code, _)| members.contains_key(code.as_str())) {
                if areas.contains_key(code) {
                    continue;
                }
                let known = area.geonames_id.and_then(|id| layers.by_geonames_id(id));
                let record = known.or_else(|| {
                    let mut area = area.clone();
                    (area.lat, area.lon) = middle(&members[code.as_str()]);
                    let over = code.rsplit_once('.').map(|(over, _)| over.to_owned());
                    let codes = [None, over.filter(|_| wanted == 2), None];
                    lay(layers, within(area, &codes, &areas, wanted)).ok()
                });
                let of_kind = record.filter(|id| layers.record(*id).map(|record| record.kind) == area.kind);
                if let Some(record) = of_kind {
                    areas.insert(code.clone(), record);
                }
            }
        }
        for Entry { line, place, codes } in entries.into_iter().skip(split) {
            if let Err(reason) = lay(layers, within(place, &codes, &areas, 3)) {
                bad(line, &reason);
            }
        }
    }
}

/// Which order of areas a kind is: countries are of order 0.
fn order(kind: Option<PlaceKind>) -> Option<usize> {
    [PlaceKind::Country, PlaceKind::Admin1, PlaceKind::Admin2].into_iter().position(|area| Some(area) == kind)
}

/// The place in its divisions, as far as they are below `order`.
fn within(mut place: Overlay, codes: &[Option<String>; 3], areas: &HashMap<String, RecordId>, order: usize) -> Overlay {
    let division = |at: usize| {
        let code = codes[at].as_ref().filter(|_| at < order)?;
        areas.get(code).copied().map(Division::Record)
    };
    (place.admin1, place.admin2) = (division(1), division(2));
    place
}

fn lay(layers: &mut Layers, mut place: Overlay) -> Result<RecordId, String> {
    // Names of a place that is there have been chosen already.
    if place.geonames_id.is_some_and(|id| layers.by_geonames_id(id).is_some()) {
        place.names.clear();
    }
    layers.extend(place).map(Laid::record).map_err(|error| error.to_string())
}

/// Reads a line of `alternateNamesV2.txt` and gives the place its name, if it is an English one, an abbreviation, or the
/// code of an airport, and not marked as of the past or colloquial. False if the name is not taken or the place not there.
///
/// # Errors
///
/// If it is no such line; says what is wrong.
pub fn alternate_name(layers: &mut Layers, line: &str) -> Result<bool, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    // Of ten columns, the last two may be cut off.
    let &[_, id, language, name, _, _, colloquial, past, ..] = columns.as_slice() else {
        return Err(format!("{} columns, not 8 or 10", columns.len()));
    };
    let how = match language {
        "en" => How::Alternate,
        "abbr" => How::Abbreviation,
        "iata" | "icao" => How::Code,
        _ => return Ok(false),
    };
    let Some(record) = layers.by_geonames_id(number(id)?) else { return Ok(false) };
    if !past.is_empty() || !colloquial.is_empty() || how == How::Alternate && !reads_as_name(name, 3) {
        return Ok(false);
    }
    if how == How::Code {
        return Ok(layers.set_code(record, name));
    }
    Ok(layers.add_name(record, name, how))
}

/// The kind of GeoNames' feature class and code; none for what is no place here.
fn kind(class: &str, code: &str) -> Option<PlaceKind> {
    Some(match (class, code) {
        (_, "CONT") => PlaceKind::Continent,
        ("A", "ADM1") => PlaceKind::Admin1,
        ("A", "ADM2") => PlaceKind::Admin2,
        ("A", "PCLH") => return None,
        ("A", code) if code.starts_with("PCL") || code == "TERR" => PlaceKind::Country,
        ("P", "PPLX") => PlaceKind::District,
        ("P", _) => PlaceKind::City,
        ("S", "AIRP" | "AIRB" | "AIRF" | "AIRH") => PlaceKind::Airport,
        ("S", _) | ("L", "MILB" | "INDS" | "PRT") => PlaceKind::Facility,
        ("H", _) | ("U", _) => PlaceKind::Water,
        ("T", code) if code.starts_with("ISL") || code == "ATOL" => PlaceKind::Island,
        ("T", "MT" | "MTS" | "PK" | "PKS" | "VLC" | "HLL" | "HLLS") => PlaceKind::Mountain,
        ("T" | "L" | "V", _) => PlaceKind::Region,
        _ => return None,
    })
}

/// The columns of a line; more than a table ever had are an error, as are fewer.
fn columns<const COUNT: usize>(line: &str) -> Result<[&str; COUNT], String> {
    let columns: Vec<&str> = line.split('\t').collect();
    columns.try_into().map_err(|columns: Vec<&str>| format!("{} columns, not {COUNT}", columns.len()))
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|&id| id > 0).ok_or_else(|| format!("{text:?} is no GeoNames id"))
}
