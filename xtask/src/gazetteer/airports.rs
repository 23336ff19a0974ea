//! Airports.

use anyhow::Result;
use dateline_gazetteer::builder::PlaceRecord;
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline_gazetteer::{Country, How, PlaceKind};

use super::names::{Judge, short_airport_names};
use super::sources::AirportRow;
use super::sphere;
use super::world::World;

/// How far from its airport a town may be that gives it its name, in kilometres.
const NEAR_KM: f64 = 60.0;

/// Adds the airports that are large, of medium size, or have an IATA code, and says how many.
pub fn add_airports(world: &mut World, judge: &Judge, airports: &[AirportRow]) -> Result<usize> {
    let before = world.records.len();
    let settled = world.records.iter().filter(|record| matches!(record.kind, PlaceKind::City | PlaceKind::District));
    let settled = settled.map(|record| (&record.name, (record.lat, record.lon)));
    let settled = Dictionary::new(settled, Folding::Folded, Starts::AnyWord)?;
    for airport in airports {
        let iata = is_code(&airport.iata_code, 3).then(|| airport.iata_code.clone());
        if airport.kind == "closed" || !(is_large(airport) || is_medium(airport) || iata.is_some()) {
            continue;
        }
        let (lat, lon) = (airport.latitude_deg, airport.longitude_deg);
        let mut record = PlaceRecord::new(own_name(airport), PlaceKind::Airport, lat, lon);
        record.country = Country::from_alpha2(&airport.iso_country);
        record.admin1 = world.by_iso(&airport.iso_region);
        record.icao = [&airport.gps_code, &airport.ident].into_iter().find(|code| is_code(code, 4)).cloned();
        record.iata = iata;
        record.radius_km = if is_large(airport) { 3.0 } else { 2.0 };
        let near = |name: &str| settled.get(name).iter().any(|&town| sphere::distance_km(town, (lat, lon)) < NEAR_KM);
        record.names = other_names(judge, airport, near).into_iter().map(|name| (name, How::Alternate)).collect();
        if is_large(airport) {
            let codes = record.iata.iter().chain(&record.icao).filter(|code| !judge.is_word(code));
            record.names.extend(codes.map(|code| (code.clone(), How::Code)));
        }
        world.add(record);
    }
    Ok(world.records.len() - before)
}

fn is_large(airport: &AirportRow) -> bool {
    airport.kind == "large_airport"
}

fn is_medium(airport: &AirportRow) -> bool {
    airport.kind == "medium_airport"
}

fn is_code(code: &str, len: usize) -> bool {
    code.len() == len && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The first of "Baghdad International Airport / New Al Muthana Air Base".
fn own_name(airport: &AirportRow) -> &str {
    airport.name.split(" / ").next().unwrap_or_default().trim()
}

/// Other names of an airport; `near` says whether a town of some name is near.
fn other_names(judge: &Judge, airport: &AirportRow, near: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    let (shorter, bare) = short_airport_names(own_name(airport));
    names.extend(shorter);
    // Without "Airport" only where a town of that name is near: else it is a person's, as in "Indira Gandhi International
    // Airport".
    let known = is_large(airport) || is_medium(airport);
    names.extend(bare.filter(|bare| known && judge.keeps(bare) && near(bare)).map(str::to_owned));
    let town = airport.municipality.trim();
    if (is_large(airport) || airport.scheduled_service == "yes") && near(town) {
        names.push(format!("{town} Airport"));
    }
    // "Heathrow" of "London Heathrow": a name of one word behind the town's.
    if let Some(own) = bare.and_then(|bare| bare.strip_prefix(town))
        && is_large(airport)
        && !town.is_empty()
        && own.starts_with([' ', '-'])
    {
        let own = own.trim_matches([' ', '-']);
        if !own.contains(' ') && judge.keeps(own) {
            names.push(format!("{own} Airport"));
            names.push(own.to_owned());
        }
    }
    let is_airport = |name: &&str| {
        let kinds = ["Airport", "Air Base", "Airbase", "Airfield", "Air Force Base"];
        kinds.iter().any(|kind| name.len() > kind.len() && name.ends_with(kind)) && judge.keeps(name)
    };
    let further = airport.name.split(" / ").skip(1).chain(airport.keywords.split([',', ';']));
    names.extend(further.map(str::trim).filter(is_airport).map(str::to_owned));
    names
}
