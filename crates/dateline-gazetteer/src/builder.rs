//! Making gazetteer files.

use std::collections::BTreeMap;

use crate::format::{self, NONE, Section};
use crate::gazetteer::capitalised;
use crate::matcher::{Folding, HashedKey, KeyBuffer, write_table};
use crate::{Country, Error, How, PlaceKind, Source};

/// A place to put into a gazetteer. [`PlaceRecord::new`] gives one with the least; the rest are fields to set.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlaceRecord {
    /// Its name as reports show it.
    pub name: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// Latitude in degrees (WGS 84), -90 to 90; stored to 0.0001 degrees, some 11 m.
    pub lat: f64,
    /// Longitude in degrees (WGS 84), -180 to 180; stored to 0.0001 degrees.
    pub lon: f64,
    /// Its GeoNames id.
    pub geonames_id: Option<u32>,
    /// The country it lies in, belongs to, or is.
    pub country: Option<Country>,
    /// The first-order division it lies in.
    pub admin1: Option<RecordId>,
    /// The second-order division it lies in.
    pub admin2: Option<RecordId>,
    /// How many people live there; 0 if unknown. Stored to three digits; less than 10^12.
    pub population: u64,
    /// Radius around the position that holds the place, in kilometres; 0 if unknown. Stored to 0.25 km, at most
    /// 16,383 km.
    pub radius_km: f64,
    /// IATA code of an airport: three letters or digits.
    pub iata: Option<String>,
    /// ICAO code of an airport: four letters or digits.
    pub icao: Option<String>,
    /// Further names. Those that fold to the place's own name or to one another are stored once.
    pub names: Vec<(String, How)>,
}

impl PlaceRecord {
    /// A record with this name, kind and position, and nothing else known.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: PlaceKind, lat: f64, lon: f64) -> Self {
        Self {
            name: name.into(),
            kind,
            lat,
            lon,
            geonames_id: None,
            country: None,
            admin1: None,
            admin2: None,
            population: 0,
            radius_km: 0.0,
            iata: None,
            icao: None,
            names: Vec::new(),
        }
    }
}

/// A record of a [`Builder`]: its number, in the order of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// Makes a gazetteer file of records.
///
/// The same records in the same order give the same bytes.
///
/// ```
/// use dateline_gazetteer::builder::{Builder, PlaceRecord};
/// use dateline_gazetteer::{Country, Gazetteer, How, PlaceKind};
///
/// let mut builder = Builder::new();
/// let mut region = PlaceRecord::new("Tver Oblast", PlaceKind::Admin1, 57.0, 34.6);
/// region.country = Country::new(*b"RU");
/// region.names.push(("Tver".to_owned(), How::Alternate));
/// let region = builder.add(region)?;
/// let mut village = PlaceRecord::new("Zavidovo", PlaceKind::City, 56.5325, 36.5319);
/// village.country = Country::new(*b"RU");
/// village.admin1 = Some(region);
/// builder.add(village)?;
///
/// let gazetteer = Gazetteer::from_bytes(builder.build()?)?;
/// let (id, how) = gazetteer.lookup("ZAVIDOVO").next().unwrap();
/// let place = gazetteer.place(id);
/// assert_eq!((place.name().as_str(), place.lat(), how), ("Zavidovo", 56.5325, How::Name));
/// assert_eq!(gazetteer.place(place.admin1().unwrap()).name(), "Tver Oblast");
/// # Ok::<(), dateline_gazetteer::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    records: Vec<PlaceRecord>,
    sources: Vec<Source>,
}

impl Builder {
    /// A builder without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a record and says its number, by which others may refer to it.
    ///
    /// # Errors
    ///
    /// Naming the record: if its position is out of range or not a number, its population or radius too large, a code
    /// malformed, its name over 255 bytes, or one of its names without a letter or digit, over 255 bytes or over 24
    /// words when folded.
    pub fn add(&mut self, record: PlaceRecord) -> Result<RecordId, Error> {
        let number = u32::try_from(self.records.len()).ok().filter(|&number| number < MAX_PLACES);
        let number = number.ok_or(Error::too_large("places"))?;
        check(&record).map_err(|what| Error::record(describe(number, &record), what))?;
        self.records.push(record);
        Ok(RecordId(number))
    }

    /// Writes into the file what it was made of: see [`Gazetteer::sources`](crate::Gazetteer::sources).
    #[must_use]
    pub fn with_sources(mut self, sources: Vec<Source>) -> Self {
        self.sources = sources;
        self
    }

    /// How many records were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True if no record was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The gazetteer file.
    ///
    /// # Errors
    ///
    /// If a record refers to a division that was not added or is none of that order, or there is too much for the
    /// format (2^24 - 1 places, 4 GiB of names).
    pub fn build(self) -> Result<Vec<u8>, Error> {
        let records = self.records;
        for (number, record) in records.iter().enumerate() {
            for (division, kind) in [(record.admin1, PlaceKind::Admin1), (record.admin2, PlaceKind::Admin2)] {
                let Some(RecordId(id)) = division else {
                    continue;
                };
                if records.get(id as usize).is_none_or(|division| division.kind != kind) {
                    let what = format!("its {} is record {id}, which is none", kind.as_str());
                    return Err(Error::record(describe(number as u32, record), what));
                }
            }
        }
        let ordered = order(&records)?;
        let keys = collect_keys(&records, &ordered)?;
        write(&records, &ordered, &keys, &self.sources)
    }
}

/// Places that three bytes can number, beside "none".
const MAX_PLACES: u32 = NONE as u32;

fn describe(number: u32, record: &PlaceRecord) -> String {
    let id = record.geonames_id.map_or(String::new(), |id| format!(", GeoNames id {id}"));
    format!("record {number} ({:?}, {}{id})", record.name, record.kind.as_str())
}

/// What is wrong with a record, if something is.
pub(crate) fn check(record: &PlaceRecord) -> Result<(), String> {
    if !(-90.0..=90.0).contains(&record.lat) {
        return Err(format!("its latitude is {}", record.lat));
    }
    if !(-180.0..=180.0).contains(&record.lon) {
        return Err(format!("its longitude is {}", record.lon));
    }
    if record.population >= 1_000_000_000_000 {
        return Err(format!("its population is {}", record.population));
    }
    if !(0.0..16_383.5).contains(&record.radius_km) {
        return Err(format!("its radius is {} km", record.radius_km));
    }
    for (code, len) in [(&record.iata, 3), (&record.icao, 4)] {
        if let Some(code) = code
            && (code.len() != len || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            return Err(format!("its code {code:?} is not of {len} letters or digits"));
        }
    }
    if record.geonames_id == Some(0) {
        return Err("its GeoNames id is 0".to_owned());
    }
    if record.name.len() > 255 {
        return Err("its name is over 255 bytes".to_owned());
    }
    let mut buffer = KeyBuffer::new();
    for name in std::iter::once(&record.name).chain(record.names.iter().map(|(name, _)| name)) {
        HashedKey::new(name, Folding::Folded, &mut buffer)
            .map_err(|no_key| no_key.error(name, Folding::Folded).to_string())?;
    }
    Ok(())
}

fn key_of(name: &str, buffer: &mut KeyBuffer) -> Result<HashedKey, Error> {
    HashedKey::new(name, Folding::Folded, buffer).map_err(|no_key| no_key.error(name, Folding::Folded))
}

/// The weight of the place that the reader will see.
fn weight(record: &PlaceRecord) -> u64 {
    record.kind.weight(format::unpack_population(format::pack_population(record.population)))
}

/// The records in the order of the places: by key, the best first. Every place's own key with its record's number.
fn order(records: &[PlaceRecord]) -> Result<Vec<(HashedKey, usize)>, Error> {
    let mut buffer = KeyBuffer::new();
    let mut ordered = Vec::with_capacity(records.len());
    for (number, record) in records.iter().enumerate() {
        ordered.push((key_of(&record.name, &mut buffer)?, number));
    }
    ordered.sort_by(|(a_key, a), (b_key, b)| {
        let (left, right) = (&records[*a], &records[*b]);
        a_key
            .cmp(b_key)
            .then_with(|| weight(right).cmp(&weight(left)))
            .then_with(|| left.geonames_id.unwrap_or(u32::MAX).cmp(&right.geonames_id.unwrap_or(u32::MAX)))
            .then(a.cmp(b))
    });
    Ok(ordered)
}

/// A key with the places under it.
struct KeyEntry {
    key: HashedKey,
    /// How many places have it as their own name, and the first.
    own: usize,
    first: usize,
    /// The others, best first.
    others: Vec<(u32, How)>,
}

fn collect_keys(records: &[PlaceRecord], ordered: &[(HashedKey, usize)]) -> Result<Vec<KeyEntry>, Error> {
    let mut buffer = KeyBuffer::new();
    // (key, place, how); own names first under each key and place, then the most telling way.
    let mut rows = Vec::new();
    for (place, (own_key, number)) in ordered.iter().enumerate() {
        for (name, how) in &records[*number].names {
            let key = key_of(name, &mut buffer)?;
            if key != *own_key {
                rows.push((key, place as u32, *how));
            }
        }
    }
    // An abbreviation that a source also lists as an alternate name is one; so with demonyms and codes.
    let rank = |how: How| match how {
        How::Demonym => 0,
        How::Abbreviation => 1,
        How::Code => 2,
        How::Name | How::Alternate => 3,
    };
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)).then(rank(a.2).cmp(&rank(b.2))));
    rows.dedup_by(|b, a| a.0 == b.0 && a.1 == b.1);
    let mut entries = Vec::new();
    let mut rows = rows.into_iter().peekable();
    let mut own = ordered.chunk_by(|a, b| a.0 == b.0).peekable();
    let mut first = 0;
    loop {
        let next_row = rows.peek().map(|row| &row.0);
        let next_own = own.peek().map(|group| &group[0].0);
        let key = match (next_row, next_own) {
            (Some(row), Some(own)) => row.min(own).clone(),
            (Some(key), None) | (None, Some(key)) => key.clone(),
            (None, None) => return Ok(entries),
        };
        let own = own.next_if(|group| group[0].0 == key).map_or(0, |group| group.len());
        let mut others = Vec::new();
        while let Some((_, place, how)) = rows.next_if(|row| row.0 == key) {
            others.push((place, how));
        }
        let weigh = |&(place, how): &(u32, How)| {
            let record = &records[ordered[place as usize].1];
            how.weigh(weight(record))
        };
        others.sort_by(|a, b| weigh(b).cmp(&weigh(a)).then(a.0.cmp(&b.0)));
        entries.push(KeyEntry { key, own, first, others });
        first += own;
    }
}

/// How many keys share a bucket on average: many, for a bucket costs twenty bytes, a key looked at two nanoseconds.
const KEYS_PER_BUCKET: usize = 16;

fn write(
    records: &[PlaceRecord],
    ordered: &[(HashedKey, usize)],
    keys: &[KeyEntry],
    sources: &[Source],
) -> Result<Vec<u8>, Error> {
    let table = write_table(keys.iter().map(|entry| &entry.key), KEYS_PER_BUCKET).ok_or(Error::too_large("names"))?;
    let names = Names::new(records, ordered, keys, |entry| table.view().bucket_of(entry.key.hash()))?;

    let mut place_of = vec![0; records.len()];
    for (place, (_, number)) in ordered.iter().enumerate() {
        place_of[*number] = place as u64;
    }
    let places: Vec<&PlaceRecord> = ordered.iter().map(|(_, number)| &records[*number]).collect();
    let areas = Areas::new(&places, &place_of);
    let airports: Vec<(usize, &PlaceRecord)> = places
        .iter()
        .enumerate()
        .filter(|(_, place)| place.iata.is_some() || place.icao.is_some())
        .map(|(number, place)| (number, *place))
        .collect();
    let code = |code: &Option<String>| {
        code.iter().flat_map(|code| code.bytes().rev()).fold(0, |number, byte| number << 8 | u64::from(byte))
    };

    let about = |number: &dyn Fn(&PlaceRecord) -> u64| places.iter().map(|place| number(place)).collect::<Vec<_>>();
    let above = |number: &dyn Fn(&PlaceRecord) -> u64, least: &[u64]| {
        let rows = areas.row_of_place.iter();
        places.iter().zip(rows).map(|(place, &row)| number(place) - least[row as usize]).collect::<Vec<_>>()
    };
    let sections = Section::ALL.map(|section| {
        let numbers = match section {
            Section::Filter => return table.filter.clone(),
            Section::Buckets => return table.buckets.clone(),
            Section::Keys => return table.keys.clone(),
            Section::Spellings => return names.spellings.clone(),
            Section::FirstKey => names.first_key.clone(),
            Section::FirstPlace => names.first_place.clone(),
            Section::FirstOther => names.first_other.clone(),
            Section::FirstSpelling => names.first_spelling.clone(),
            Section::Shapes => names.shapes.clone(),
            Section::Others => names.others.clone(),
            Section::AreaCountry => areas.countries.clone(),
            Section::AreaAdmin1 => areas.admin1.clone(),
            Section::AreaAdmin2 => areas.admin2.clone(),
            Section::AreaLatitude => areas.latitudes.clone(),
            Section::AreaLongitude => areas.longitudes.clone(),
            Section::AreaGeonamesId => areas.geonames_ids.clone(),
            Section::Area => areas.row_of_place.clone(),
            Section::Latitude => above(&latitude, &areas.latitudes),
            Section::Longitude => above(&longitude, &areas.longitudes),
            Section::GeonamesId => {
                let ids = places.iter().map(|place| place.geonames_id).zip(&areas.row_of_place);
                ids.map(|(id, &row)| id.map_or(0, |id| u64::from(id) - areas.geonames_ids[row as usize])).collect()
            }
            Section::Population => about(&|place| format::pack_population(place.population)),
            Section::Kind => about(&|place| place.kind as u64),
            Section::Radius => about(&|place| (place.radius_km * 4.0).round() as u64),
            Section::CodePlace => airports.iter().map(|(number, _)| *number as u64).collect(),
            Section::Iata => airports.iter().map(|(_, place)| code(&place.iata)).collect(),
            Section::Icao => airports.iter().map(|(_, place)| code(&place.icao)).collect(),
        };
        format::column(&numbers, section.width())
    });
    Ok(format::assemble(records.len() as u32, sections, format::write_sources(sources)))
}

/// Latitude as it is stored; `check` has bounded it.
fn latitude(record: &PlaceRecord) -> u64 {
    ((record.lat * 10_000.0).round() + 900_000.0) as u64
}

/// Longitude as it is stored.
fn longitude(record: &PlaceRecord) -> u64 {
    ((record.lon * 10_000.0).round() + 1_800_000.0) as u64
}

/// What the file says about keys.
#[derive(Default)]
struct Names {
    first_key: Vec<u64>,
    first_place: Vec<u64>,
    first_other: Vec<u64>,
    first_spelling: Vec<u64>,
    shapes: Vec<u64>,
    others: Vec<u64>,
    spellings: Vec<u8>,
}

impl Names {
    fn new(
        records: &[PlaceRecord],
        ordered: &[(HashedKey, usize)],
        keys: &[KeyEntry],
        bucket_of: impl Fn(&KeyEntry) -> usize,
    ) -> Result<Self, Error> {
        let mut names = Self::default();
        for (index, entry) in keys.iter().enumerate() {
            while names.first_key.len() <= bucket_of(entry) {
                names.first_key.push(index as u64);
                names.first_place.push(entry.first as u64);
                names.first_other.push(names.others.len() as u64);
                names.first_spelling.push(names.spellings.len() as u64);
            }
            names.add(entry, records, ordered);
        }
        if u32::try_from(names.others.len().max(names.spellings.len())).is_err() {
            return Err(Error::too_large("names"));
        }
        Ok(names)
    }

    fn add(&mut self, entry: &KeyEntry, records: &[PlaceRecord], ordered: &[(HashedKey, usize)]) {
        let derived = std::str::from_utf8(&entry.key.key).map(capitalised).unwrap_or_default();
        let own = &ordered[entry.first..entry.first + entry.own];
        let spelt = own.iter().any(|(_, number)| records[*number].name != derived);
        self.shapes.push((entry.own.min(3) | usize::from(spelt) << 2 | entry.others.len().min(31) << 3) as u64);
        for (count, most) in [(entry.own, 3), (entry.others.len(), 31)] {
            if count >= most {
                self.others.push(count as u64);
            }
        }
        self.others.extend(entry.others.iter().map(|&(place, how)| u64::from(place) | (how as u64) << 24));
        if spelt {
            for (_, number) in own {
                format::write_spelling(&derived, &records[*number].name, &mut self.spellings);
            }
        }
    }
}

/// The distinct combinations of country and divisions, with the least of what their places have.
#[derive(Default)]
struct Areas {
    countries: Vec<u64>,
    admin1: Vec<u64>,
    admin2: Vec<u64>,
    latitudes: Vec<u64>,
    longitudes: Vec<u64>,
    geonames_ids: Vec<u64>,
    row_of_place: Vec<u64>,
}

impl Areas {
    fn new(places: &[&PlaceRecord], place_of: &[u64]) -> Self {
        let division = |id: Option<RecordId>| id.map_or(NONE, |id| place_of[id.0 as usize]);
        let area = |place: &PlaceRecord| {
            let country = place.country.map_or(0, |country| u64::from(u16::from_le_bytes(country.to_bytes())));
            (country, division(place.admin1), division(place.admin2))
        };
        let mut members = BTreeMap::<_, Vec<usize>>::new();
        for (index, place) in places.iter().enumerate() {
            members.entry(area(place)).or_default().push(index);
        }
        let mut areas = Self { row_of_place: vec![0; places.len()], ..Self::default() };
        for (row, ((country, admin1, admin2), members)) in members.into_iter().enumerate() {
            areas.countries.push(country);
            areas.admin1.push(admin1);
            areas.admin2.push(admin2);
            let least = |number: &dyn Fn(&PlaceRecord) -> Option<u64>| {
                members.iter().filter_map(|&index| number(places[index])).min().unwrap_or(0)
            };
            areas.latitudes.push(least(&|place| Some(latitude(place))));
            areas.longitudes.push(least(&|place| Some(longitude(place))));
            // One less, so that 0 is left for "none".
            areas.geonames_ids.push(least(&|place| place.geonames_id.map(|id| u64::from(id) - 1)));
            for index in members {
                areas.row_of_place[index] = row as u64;
            }
        }
        areas
    }
}
