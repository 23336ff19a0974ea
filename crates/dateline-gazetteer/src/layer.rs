//! Laying places over those of a gazetteer: a user's own over the embedded ones, say.
//!
//! ```
//! use dateline_gazetteer::layer::{Laid, Layers, Overlay};
//! use dateline_gazetteer::{Gazetteer, PlaceKind};
//!
//! # #[cfg(feature = "embedded")] {
//! let mut layers = Layers::over(&Gazetteer::embedded()?, "embedded", "CC BY 4.0");
//! layers.begin("own.csv", "CC0");
//! let mut bridge = Overlay::new("Old Iron Bridge", 50.4501, 30.5234);
//! bridge.kind = Some(PlaceKind::Facility);
//! assert!(matches!(layers.add(bridge)?, Laid::Added(_)));
//!
//! let gazetteer = Gazetteer::from_bytes(layers.build()?)?;
//! assert_eq!(gazetteer.lookup("old iron bridge").count(), 1);
//! assert!(gazetteer.lookup("Kyiv").count() > 0);
//! # }
//! # Ok::<(), dateline_gazetteer::Error>(())
//! ```
//!
//! # Which places are the same
//!
//! A place with a GeoNames id is the place that has this id already. Otherwise a place is one that is there already if that
//! has its name (as own, other or short name), the same kind and country as far as both are told, lies less than
//! [`SAME_KM`] away, and has no other id. What a row tells of a place that is there replaces what was known, what it leaves
//! open stays; a name that is replaced stays as another name.

use std::collections::HashMap;

use crate::builder::{self, Builder, PlaceRecord, RecordId};
use crate::matcher::{Folding, HashedKey, KeyBuffer, SequenceHash, folded};
use crate::resolver::sphere::UnitVector;
use crate::{Country, Error, Gazetteer, How, PlaceKind, Source};

/// How near places of one name and kind are the same, in kilometres.
pub const SAME_KM: f64 = 5.0;

/// How far from its place an id may be moved by a row of another name, in kilometres beyond the place's radius: farther
/// off it is rather a numbering of the user's own.
const MOVED_KM: f64 = 100.0;

/// A place to lay over others. What is none is not told: it stays as it was, or unknown.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Overlay {
    /// Its name as reports show it.
    pub name: String,
    /// Latitude in degrees (WGS 84), -90 to 90.
    pub lat: f64,
    /// Longitude in degrees (WGS 84), -180 to 180.
    pub lon: f64,
    /// What sort of place it is; a new place without one is a city.
    pub kind: Option<PlaceKind>,
    /// Its GeoNames id.
    pub geonames_id: Option<u32>,
    /// The country it lies in, belongs to, or is.
    pub country: Option<Country>,
    /// The first-order division it lies in.
    pub admin1: Option<Division>,
    /// The second-order division it lies in.
    pub admin2: Option<Division>,
    /// How many people live there.
    pub population: Option<u64>,
    /// Radius around the position that holds the place, in kilometres.
    pub radius_km: Option<f64>,
    /// IATA code of an airport.
    pub iata: Option<String>,
    /// ICAO code of an airport.
    pub icao: Option<String>,
    /// Further names: added to those that are there.
    pub names: Vec<(String, How)>,
}

impl Overlay {
    /// A place of which only its name and position are told.
    #[must_use]
    pub fn new(name: impl Into<String>, lat: f64, lon: f64) -> Self {
        Self {
            name: name.into(),
            lat,
            lon,
            kind: None,
            geonames_id: None,
            country: None,
            admin1: None,
            admin2: None,
            population: None,
            radius_km: None,
            iata: None,
            icao: None,
            names: Vec::new(),
        }
    }
}

/// A division that a place lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Division {
    /// By its record.
    Record(RecordId),
    /// By one of its names, in the place's country, or by its GeoNames id in digits.
    Named(String),
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Laid {
    /// It is new.
    Added(RecordId),
    /// It was there already and has changed.
    Changed(RecordId),
}

impl Laid {
    /// Its record.
    #[must_use]
    pub fn record(self) -> RecordId {
        let (Self::Added(id) | Self::Changed(id)) = self;
        id
    }
}

/// Whose name a place keeps that is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// The new one's; the kind too.
    New,
    /// Its own.
    Old,
}

/// Places with more laid over them, in the making.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    records: Vec<PlaceRecord>,
    sources: Vec<Source>,
    by_id: HashMap<u32, RecordId>,
    index: Index,
    divisions: HashMap<(PlaceKind, Country, String), Vec<RecordId>>,
}

impl Layers {
    /// No place yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The places of a gazetteer. `name` and `licence` say where they come from, unless the file tells it itself. About
    /// two seconds for the embedded ones.
    #[must_use]
    pub fn over<D: AsRef<[u8]>>(base: &Gazetteer<D>, name: &str, licence: &str) -> Self {
        let mut layers = Self { records: base.to_records(), sources: base.sources().collect(), ..Self::default() };
        if layers.sources.is_empty() && !base.is_empty() {
            layers.begin(name, licence);
            layers.sources[0].added = base.len() as u32;
        }
        for number in 0..layers.records.len() as u32 {
            layers.enter(RecordId(number));
        }
        layers
    }

    /// Says where the places that follow come from, and under which licence.
    pub fn begin(&mut self, name: impl Into<String>, licence: impl Into<String>) {
        self.sources.push(Source { name: name.into(), licence: licence.into(), added: 0, changed: 0 });
    }

    /// What was laid over what so far.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True if there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record of a place by GeoNames id.
    #[must_use]
    pub fn by_geonames_id(&self, id: u32) -> Option<RecordId> {
        self.by_id.get(&id).copied()
    }

    /// A record.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<&PlaceRecord> {
        self.records.get(id.0 as usize)
    }

    /// Lays a place over the others: it is added, or changes the one that it [is](self#which-places-are-the-same).
    ///
    /// # Errors
    ///
    /// Naming the place, which is left out then: if a field is none that a [`Builder`] takes, a division is unknown, its id
    /// is that of a place of another name far away, or a division would become something else.
    pub fn add(&mut self, place: Overlay) -> Result<Laid, Error> {
        self.lay(place, Naming::New)
    }

    /// Like [`add`](Self::add), but a place that is there already keeps its name and kind, and the new name becomes another
    /// name: for tables that know more of places, and less well what news call them.
    ///
    /// # Errors
    ///
    /// As [`add`](Self::add).
    pub fn extend(&mut self, place: Overlay) -> Result<Laid, Error> {
        self.lay(place, Naming::Old)
    }

    /// Gives a place another name; false if it has it already or no name can be made of it.
    pub fn add_name(&mut self, id: RecordId, name: &str, how: How) -> bool {
        let Some(record) = self.records.get_mut(id.0 as usize) else { return false };
        let Some(key) = folded(name) else { return false };
        let known = std::iter::once(&record.name).chain(record.names.iter().map(|(name, _)| name));
        if known.into_iter().any(|other| folded(other).as_ref() == Some(&key)) {
            return false;
        }
        record.names.push((name.to_owned(), how));
        true
    }

    /// Gives an airport a code: IATA's of three letters or digits, ICAO's of four. False if the place is no airport, has
    /// such a code already, or this is none.
    pub fn set_code(&mut self, id: RecordId, code: &str) -> bool {
        let Some(record) = self.records.get_mut(id.0 as usize).filter(|record| record.kind == PlaceKind::Airport)
        else {
            return false;
        };
        let slot = match code.len() {
            3 => &mut record.iata,
            4 => &mut record.icao,
            _ => return false,
        };
        if slot.is_some() || !code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            return false;
        }
        *slot = Some(code.to_owned());
        true
    }

    /// The gazetteer file. Takes some two seconds for 300,000 places.
    ///
    /// # Errors
    ///
    /// As [`Builder::build`].
    pub fn build(self) -> Result<Vec<u8>, Error> {
        let mut builder = Builder::new();
        for record in self.records {
            builder.add(record)?;
        }
        builder.with_sources(self.sources).build()
    }

    fn lay(&mut self, place: Overlay, naming: Naming) -> Result<Laid, Error> {
        let fail = |what: String| Error::record(format!("{:?}", place.name), what);
        let same = self.same(&place).map_err(fail)?;
        let mut record = match same {
            Some(RecordId(number)) => self.records[number as usize].clone(),
            None => PlaceRecord::new(place.name.clone(), place.kind.unwrap_or(PlaceKind::City), place.lat, place.lon),
        };
        if naming == Naming::New {
            if record.name != place.name {
                let old = std::mem::replace(&mut record.name, place.name.clone());
                add_once(&mut record.names, (old, How::Alternate));
            }
            let kind = place.kind.unwrap_or(record.kind);
            if kind != record.kind && matches!(record.kind, PlaceKind::Admin1 | PlaceKind::Admin2) {
                return Err(fail(format!("it is a division ({}) that others may lie in", record.kind.as_str())));
            }
            record.kind = kind;
        } else if folded(&record.name) != folded(&place.name) {
            add_once(&mut record.names, (place.name.clone(), How::Alternate));
        }
        (record.lat, record.lon) = (place.lat, place.lon);
        record.geonames_id = place.geonames_id.or(record.geonames_id);
        record.country = place.country.or(record.country);
        record.population = place.population.unwrap_or(record.population);
        record.radius_km = place.radius_km.unwrap_or(record.radius_km);
        record.iata = place.iata.clone().or(record.iata);
        record.icao = place.icao.clone().or(record.icao);
        place.names.iter().for_each(|name| add_once(&mut record.names, name.clone()));
        if let Some(division) = &place.admin1 {
            record.admin1 = Some(self.division(PlaceKind::Admin1, division, record.country, None).map_err(fail)?);
        }
        if let Some(division) = &place.admin2 {
            let found = self.division(PlaceKind::Admin2, division, record.country, record.admin1).map_err(fail)?;
            record.admin2 = Some(found);
            record.admin1 = self.records[found.0 as usize].admin1.or(record.admin1);
        }
        builder::check(&record).map_err(fail)?;
        let (laid, id) = match same {
            Some(id) => {
                self.records[id.0 as usize] = record;
                (Laid::Changed(id), id)
            }
            None => {
                let id = RecordId(u32::try_from(self.records.len()).map_err(|_| Error::too_large("places"))?);
                self.records.push(record);
                (Laid::Added(id), id)
            }
        };
        self.enter(id);
        if let Some(source) = self.sources.last_mut() {
            *(if same.is_some() { &mut source.changed } else { &mut source.added }) += 1;
        }
        Ok(laid)
    }

    /// Makes a record findable, or findable by what has changed.
    fn enter(&mut self, id: RecordId) {
        let record = &self.records[id.0 as usize];
        if let Some(geonames_id) = record.geonames_id {
            self.by_id.insert(geonames_id, id);
        }
        self.index.enter(id, record);
        let (PlaceKind::Admin1 | PlaceKind::Admin2, Some(country)) = (record.kind, record.country) else { return };
        for name in names(record).filter_map(folded) {
            let list = self.divisions.entry((record.kind, country, name)).or_default();
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }

    /// The place that this one is.
    fn same(&self, place: &Overlay) -> Result<Option<RecordId>, String> {
        let at = UnitVector::new((place.lat, place.lon));
        let distance = |record: &PlaceRecord| f64::from(at.chord_km(UnitVector::new((record.lat, record.lon))));
        if let Some(geonames_id) = place.geonames_id
            && let Some(id) = self.by_geonames_id(geonames_id)
        {
            let record = &self.records[id.0 as usize];
            let km = distance(record);
            let own = folded(&place.name);
            let renamed = names(record).all(|name| folded(name) != own);
            if renamed && km > MOVED_KM + record.radius_km {
                let name = &record.name;
                return Err(format!(
                    "GeoNames id {geonames_id} is that of {name:?}, {km:.0} km away; ids of one's own need another column"
                ));
            }
            return Ok(Some(id));
        }
        let fits = |record: &PlaceRecord| {
            let kind = match place.kind {
                Some(kind) => kind == record.kind,
                None => matches!(record.kind, PlaceKind::City | PlaceKind::District),
            };
            let other_id = record.geonames_id.is_some() && place.geonames_id.is_some();
            let other_country = record.country.is_some() && place.country.is_some() && record.country != place.country;
            kind && !other_id && !other_country
        };
        let mut best: Option<(f64, RecordId)> = None;
        self.index.near(&place.name, at, |id| {
            let record = &self.records[id.0 as usize];
            let km = distance(record);
            // The index may remember where a place was, or be called what it is not.
            if km < SAME_KM && fits(record) && best.is_none_or(|(nearest, first)| (km, id.0) < (nearest, first.0)) {
                let own = folded(&place.name);
                if names(record).any(|name| folded(name) == own) {
                    best = Some((km, id));
                }
            }
        });
        Ok(best.map(|(_, id)| id))
    }

    fn division(
        &self,
        kind: PlaceKind,
        division: &Division,
        country: Option<Country>,
        admin1: Option<RecordId>,
    ) -> Result<RecordId, String> {
        let name = match division {
            Division::Record(id) => return Ok(*id),
            Division::Named(name) => name,
        };
        let word = kind.as_str();
        if let Ok(geonames_id) = name.parse() {
            let found = self.by_geonames_id(geonames_id).filter(|id| self.records[id.0 as usize].kind == kind);
            return found.ok_or_else(|| format!("its {word} {name} is no GeoNames id of one"));
        }
        let country = country.ok_or_else(|| format!("its {word} {name:?} cannot be found without its country"))?;
        let key = folded(name).map(|name| (kind, country, name));
        let found = key.and_then(|key| self.divisions.get(&key)).map_or(&[][..], Vec::as_slice);
        let code = country.alpha2();
        match found {
            [] => Err(format!("there is no {word} {name:?} in {code}")),
            [one] => Ok(*one),
            several => {
                let inside = |id: &&RecordId| admin1.is_some() && self.records[id.0 as usize].admin1 == admin1;
                let own = |id: &&RecordId| folded(&self.records[id.0 as usize].name) == folded(name);
                let found =
                    several.iter().find(inside).or_else(|| several.iter().find(own).filter(|_| admin1.is_none()));
                let unique = found.filter(|_| kind == PlaceKind::Admin1 || admin1.is_some());
                unique
                    .copied()
                    .ok_or_else(|| format!("there are several {word} {name:?} in {code}: give its GeoNames id"))
            }
        }
    }
}

/// Adds a name unless it is there: a row that comes again and again must not make a place larger.
fn add_once(names: &mut Vec<(String, How)>, name: (String, How)) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// The names by which a place can be told to be the same: no demonyms and codes.
fn names(record: &PlaceRecord) -> impl Iterator<Item = &str> {
    let tells = |how: How| matches!(how, How::Name | How::Alternate | How::Abbreviation);
    let others = record.names.iter().filter(move |(_, how)| tells(*how)).map(|(name, _)| name.as_str());
    std::iter::once(record.name.as_str()).chain(others)
}

/// Records by name and rough position: whoever asks compares the rest.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The last entry of each name in each cube.
    last: HashMap<(SequenceHash, [i16; 3]), u32>,
    /// Records with the number of the entry before, from 1; 0 for none.
    entries: Vec<(RecordId, u32)>,
}

impl Index {
    fn hash(name: &str, buffer: &mut KeyBuffer) -> Option<SequenceHash> {
        Some(HashedKey::new(name, Folding::Folded, buffer).ok()?.hash())
    }

    fn enter(&mut self, id: RecordId, record: &PlaceRecord) {
        let cube = UnitVector::new((record.lat, record.lon)).cube(SAME_KM as f32);
        let mut buffer = KeyBuffer::new();
        for hash in names(record).filter_map(|name| Self::hash(name, &mut buffer)) {
            let before = self.last.get(&(hash, cube)).copied().unwrap_or(0);
            if before > 0 && self.entries[before as usize - 1].0 == id {
                continue;
            }
            self.entries.push((id, before));
            self.last.insert((hash, cube), self.entries.len() as u32);
        }
    }

    /// Calls `each` with the records that may have this name and lie within [`SAME_KM`].
    fn near(&self, name: &str, at: UnitVector, mut each: impl FnMut(RecordId)) {
        let Some(hash) = Self::hash(name, &mut KeyBuffer::new()) else { return };
        let [x, y, z] = at.cube(SAME_KM as f32);
        for (dx, dy, dz) in (0..27).map(|n| (n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1)) {
            let mut next = self.last.get(&(hash, [x + dx, y + dy, z + dz])).copied().unwrap_or(0);
            while let Some(&(id, before)) = next.checked_sub(1).and_then(|index| self.entries.get(index as usize)) {
                each(id);
                next = before;
            }
        }
    }
}
