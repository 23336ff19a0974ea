//! Towns and parts of cities.

use std::collections::HashMap;

use anyhow::Result;
use dateline_gazetteer::builder::PlaceRecord;
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline_gazetteer::spelling;
use dateline_gazetteer::{Country, How, PlaceKind};

use super::names::is_longer_form;
use super::sources::Town;
use super::sphere;
use super::world::{Sources, World};

/// Countries where the own name is the English one. Other names are old ones or those of other languages, and many are
/// words or persons.
const ENGLISH_SPEAKING: [&str; 6] = ["AU", "CA", "GB", "IE", "NZ", "US"];

/// Inhabitants of a town that is known by names unlike its own.
const KNOWN_BY_MORE: u64 = 20_000;

/// Names of towns that cannot be told from words of English grammar.
const GRAMMAR: &str = "a am an and are as at be been but by can could did do does for from had has have he her him his how \
    i if in into is it its many may me more most much must my no nor not now of off on one or our out over own same she \
    should since so some still such than that the their them then there these they this those to too un under until up us \
    very was we well were what when where which while who why will with would yet you your nov dec jan feb mar apr jun \
    jul aug sep sept oct";

/// Adds all towns and says how many.
pub fn add_towns(world: &mut World, sources: &Sources) -> Result<usize> {
    let before = world.records.len();
    let namesakes = Namesakes::new(world, &sources.towns)?;
    let suburbs = Suburbs::new(&sources.towns);
    let grammar = GRAMMAR.split_whitespace().map(|word| (word, ()));
    let grammar = Dictionary::new(grammar, Folding::Folded, Starts::AnyWord)?;
    for town in &sources.towns {
        let Some(country) = Country::from_alpha2(&town.countrycode) else {
            continue;
        };
        if !grammar.get(&town.name).is_empty() {
            continue;
        }
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
        record.admin1 = world.admin1(&format!("{}.{}", town.countrycode, town.admin1code));
        let admin2 = sources.admin2_code(town).and_then(|code| world.admin2(code));
        record.admin2 = admin2.filter(|admin2| world.records[admin2.0 as usize].admin1 == record.admin1);
        record.population = town.population;
        record.radius_km = sphere::radius_of_town(town.population);
        let names = town.alternatenames.iter().map(|name| name.trim());
        let names = names.filter(|name| sources.judge.keeps(name) && is_used(name, town, &namesakes));
        record.names = names.map(|name| (name.to_owned(), How::Alternate)).collect();
        world.add(record);
    }
    Ok(world.records.len() - before)
}

/// True if an English text may call the town by this other name.
fn is_used(name: &str, town: &Town, namesakes: &Namesakes) -> bool {
    if ENGLISH_SPEAKING.contains(&town.countrycode.as_str()) {
        return is_longer_form(name, &town.name);
    }
    let similar = spelling::is_similar(name, &town.name);
    (similar || town.population >= KNOWN_BY_MORE) && !namesakes.shadow(name, town, similar)
}

/// A position and a population.
type Settlement = ((f64, f64), u64);

/// Places of some size by their own names.
struct Namesakes {
    towns: Dictionary<Settlement>,
    /// Countries and divisions, by their countries.
    areas: Dictionary<(PlaceKind, Option<Country>)>,
}

impl Namesakes {
    /// Inhabitants of a place whose own name is not taken for another name of one elsewhere.
    const KNOWN: u64 = 5_000;
    /// How many times larger a town must be for a spelling of its name that is another place's own ("Marburg", of Maribor).
    const TIMES: u64 = 3;
    const FAR_KM: f64 = 15.0;

    /// Of the countries and divisions so far, and of towns.
    fn new(world: &World, towns: &[Town]) -> Result<Self> {
        let areas = world.records.iter().filter(|record| record.population >= Self::KNOWN);
        let areas = areas.map(|record| (&record.name, (record.kind, record.country)));
        let towns = towns.iter().filter(|town| town.population >= Self::KNOWN);
        let towns = towns.map(|town| (&town.name, ((town.latitude, town.longitude), town.population)));
        Ok(Self {
            towns: Dictionary::new(towns, Folding::Folded, Starts::AnyWord)?,
            areas: Dictionary::new(areas, Folding::Folded, Starts::AnyWord)?,
        })
    }

    /// True if another name of a town is rather the own name of a town elsewhere, a foreign division or any country
    /// ("Mexico" for Mexico City).
    fn shadow(&self, name: &str, town: &Town, similar: bool) -> bool {
        let is_rather = |population| !similar || population >= town.population / Self::TIMES;
        let at = (town.latitude, town.longitude);
        let country = Country::from_alpha2(&town.countrycode);
        self.towns
            .get(name)
            .iter()
            .any(|&(other, population)| is_rather(population) && sphere::distance_km(other, at) > Self::FAR_KM)
            || self.areas.get(name).iter().any(|&(kind, of)| kind == PlaceKind::Country || of != country)
    }
}

/// Large towns by place, to tell which others are their parts.
struct Suburbs {
    by_degree: HashMap<(i32, i32), Vec<Settlement>>,
}

impl Suburbs {
    const LARGE: u64 = 300_000;
    const NEAR_KM: f64 = 10.0;

    fn new(towns: &[Town]) -> Self {
        let mut by_degree = HashMap::<_, Vec<_>>::new();
        for town in towns.iter().filter(|town| town.population >= Self::LARGE) {
            by_degree.entry(Self::cell(town)).or_default().push(((town.latitude, town.longitude), town.population));
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
                self.by_degree.get(&(row, column)).into_iter().flatten().any(|&(at, population)| {
                    population / 3 >= town.population
                        && sphere::distance_km(at, (town.latitude, town.longitude)) < Self::NEAR_KM
                })
            })
        })
    }
}
