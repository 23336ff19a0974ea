//! The tables that this project writes itself: `curated.tsv` adds places, `names.tsv` adds names to places of the
//! packages.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use dateline_gazetteer::builder::{PlaceRecord, RecordId};
use dateline_gazetteer::layer::Overlay;
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts, folded};
use dateline_gazetteer::table::Table;
use dateline_gazetteer::{Country, How, PlaceKind};

use super::sphere;
use super::world::World;

const PLACES: &str = include_str!("../../gazetteer/curated.tsv");
const NAMES: &str = include_str!("../../gazetteer/names.tsv");

/// How near a place of the packages must be to be the same as one of ours, in kilometres.
const SAME_KM: f64 = 40.0;

/// A place of `curated.tsv`.
struct Row {
    line: usize,
    record: PlaceRecord,
}

/// The places of `curated.tsv`.
pub struct Places {
    rows: Vec<Row>,
}

impl Places {
    pub fn read() -> Result<Self> {
        let table = Table::open(PLACES.as_bytes()).context("curated.tsv")?;
        ensure!(table.unknown_columns().is_empty(), "curated.tsv has columns {:?}", table.unknown_columns());
        let rows = table.rows().map(|row| {
            let row = row.context("curated.tsv")?;
            let record = record(row.place).with_context(|| format!("curated.tsv, line {}", row.line))?;
            Ok(Row { line: row.line, record })
        });
        Ok(Self { rows: rows.collect::<Result<_>>()? })
    }

    /// Positions of the countries in it.
    pub fn countries(&self) -> BTreeMap<Country, (f64, f64)> {
        let countries = self.rows.iter().filter(|row| row.record.kind == PlaceKind::Country);
        countries.filter_map(|row| Some((row.record.country?, (row.record.lat, row.record.lon)))).collect()
    }

    /// Adds the others. A place that a package has too, near by and of the same kind, gets our names, and our name as its
    /// own.
    pub fn add_to(self, world: &mut World) -> Result<usize> {
        let by_name = by_name(world)?;
        let count = self.rows.len();
        for Row { line, mut record } in self.rows.into_iter().filter(|row| row.record.kind != PlaceKind::Country) {
            let near = |&&id: &&RecordId| {
                let other = &world.records[id.0 as usize];
                let distance = sphere::distance_km((other.lat, other.lon), (record.lat, record.lon));
                other.kind == record.kind && other.country == record.country && distance < SAME_KM
            };
            let names = std::iter::once(&record.name).chain(record.names.iter().map(|(name, _)| name));
            let same = names.flat_map(|name| by_name.get(name)).find(near).copied();
            if let Some(RecordId(same)) = same {
                let same = &mut world.records[same as usize];
                rename(same, &record.name);
                same.names.append(&mut record.names);
                same.population = same.population.max(record.population);
                continue;
            }
            ensure!(record.lat != 0.0 || record.lon != 0.0, "curated.tsv, line {line}: no position");
            if is_settled(record.kind) {
                record.admin1 = nearest_division(world, &record);
            }
            world.add(record);
        }
        Ok(count)
    }
}

/// Adds the names of `names.tsv`.
pub fn add_names(world: &mut World) -> Result<usize> {
    let by_name = by_name(world)?;
    let rows = table(NAMES);
    let count = rows.len();
    // All bad rows at once: the run up to here takes a while.
    let mut errors = String::new();
    for (line, columns) in rows {
        if let Err(error) = add_row(world, &by_name, &columns) {
            errors.push_str(&format!("\n  names.tsv, line {line}: {error:#}"));
        }
    }
    ensure!(errors.is_empty(), "bad rows:{errors}");
    Ok(count)
}

fn add_row(world: &mut World, by_name: &Dictionary<RecordId>, columns: &[&str]) -> Result<()> {
    let [country, kind, place, how, names] = *columns else { bail!("{} columns, not 5", columns.len()) };
    let country = if country.is_empty() { None } else { Some(country_of(country)?) };
    let kind = kind_of(kind)?;
    let fits = |id: &&RecordId| {
        let record = &world.records[id.0 as usize];
        record.kind == kind && record.country == country
    };
    let found = world.admin1(place).filter(|_| kind == PlaceKind::Admin1);
    let most = |id: &&RecordId| world.records[id.0 as usize].population;
    // The last of the largest would be any: of equals take the first.
    let found = found.or_else(|| by_name.get(place).iter().filter(fits).rev().max_by_key(most).copied());
    let RecordId(found) = found.with_context(|| format!("there is no {} {place:?}", kind.as_str()))?;
    let record = &mut world.records[found as usize];
    for name in names.split('|').map(str::trim) {
        ensure!(!name.is_empty(), "an empty name");
        match how {
            "name" => rename(record, name),
            "drop" => {
                let before = record.names.len();
                record.names.retain(|(other, _)| folded(other) != folded(name));
                ensure!(record.names.len() < before, "it has no name {name:?} to drop");
            }
            "alternate" => record.names.push((name.to_owned(), How::Alternate)),
            "demonym" => record.names.push((name.to_owned(), How::Demonym)),
            "abbreviation" => record.names.push((name.to_owned(), How::Abbreviation)),
            _ => bail!("{how:?} is no way of naming"),
        }
    }
    Ok(())
}

/// Gives a record another name of its own and keeps the old one as an alternate.
fn rename(record: &mut PlaceRecord, name: &str) {
    if record.name != name {
        let old = std::mem::replace(&mut record.name, name.to_owned());
        record.names.push((old, How::Alternate));
    }
}

fn by_name(world: &World) -> Result<Dictionary<RecordId>> {
    let names = world.records.iter().enumerate().flat_map(|(number, record)| {
        let names = std::iter::once(&record.name).chain(record.names.iter().map(|(name, _)| name));
        names.map(move |name| (name, RecordId(number as u32)))
    });
    Ok(Dictionary::new(names, Folding::Folded, Starts::AnyWord)?)
}

fn is_settled(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Admin2 | PlaceKind::City | PlaceKind::District | PlaceKind::Airport | PlaceKind::Facility)
}

/// The first-order division of the nearest town of the same country within 60 km.
fn nearest_division(world: &World, record: &PlaceRecord) -> Option<RecordId> {
    let at = (record.lat, record.lon);
    let towns = world.records.iter().filter(|town| {
        matches!(town.kind, PlaceKind::City | PlaceKind::District)
            && town.country == record.country
            && town.admin1.is_some()
            && (town.lat - record.lat).abs() < 1.0
    });
    let distances = towns.map(|town| (sphere::distance_km((town.lat, town.lon), at), town.admin1));
    let (distance, admin1) = distances.min_by(|a, b| a.0.total_cmp(&b.0))?;
    admin1.filter(|_| distance < 60.0)
}

/// Rows of tab-separated columns with their line numbers; without comments and the empty line.
fn table(text: &'static str) -> Vec<(usize, Vec<&'static str>)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(index, line)| (index + 1, line.split('\t').collect())).collect()
}

fn country_of(code: &str) -> Result<Country> {
    Country::from_alpha2(code).with_context(|| format!("{code:?} is no country"))
}

fn kind_of(word: &str) -> Result<PlaceKind> {
    PlaceKind::from_word(word).with_context(|| format!("{word:?} is no kind of place"))
}

/// The record of a row, which has to say what kind of place it is.
fn record(place: Overlay) -> Result<PlaceRecord> {
    let kind = place.kind.with_context(|| format!("{:?} has no kind", place.name))?;
    let mut record = PlaceRecord::new(&place.name, kind, place.lat, place.lon);
    record.country = place.country;
    record.radius_km = place.radius_km.unwrap_or(record.radius_km);
    record.population = place.population.unwrap_or(record.population);
    record.names = place.names;
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_are_read() {
        let places = Places::read().unwrap();
        let ours = PLACES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count() - 1;
        assert_eq!(places.rows.len(), ours);
        let canada = places.countries()[&Country::from_alpha2("CA").unwrap()];
        assert_eq!(canada, (60.0, -96.0));
    }
}
