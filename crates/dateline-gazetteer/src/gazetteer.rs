#[cfg(feature = "embedded")]
use std::borrow::Cow;
use std::iter::FusedIterator;
use std::ops::Range;

use dateline_tokenizer::{Span, TokenizedText};

use crate::builder::{PlaceRecord, RecordId};
use crate::format::{self, Layout, NONE, Section};
use crate::matcher::{Folding, HashedKey, KeyBuffer, Slot, Starts, Table, TokenHits};
use crate::{Country, Error, How, PlaceId, PlaceKind};

/// Places and their names, read in place from a gazetteer file.
///
/// The bytes may be static, on the heap or memory-mapped: anything that is `AsRef<[u8]>`. Nothing is copied and nothing
/// is parsed at start but the header. Shared freely between threads.
#[derive(Clone)]
pub struct Gazetteer<D> {
    data: D,
    layout: Layout,
}

/// A name of a gazetteer; see [`Gazetteer::candidates`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(Slot);

/// What some of a gazetteer's places were made of; see [`Gazetteer::sources`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The name of the file or package.
    pub name: String,
    /// How many places are there because of it.
    pub added: u32,
    /// How many places of the sources before it it changed.
    pub changed: u32,
    /// Its licence, as far as it was told.
    pub licence: String,
}

/// A name of the gazetteer that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// Where it stands, without a possessive ending.
    pub span: Span,
    /// The tokens that it touches.
    pub tokens: Range<usize>,
    /// Which name it is.
    pub name: NameId,
}

#[cfg(feature = "embedded")]
impl Gazetteer<Cow<'static, [u8]>> {
    /// The places that the program carries with it, read in place: takes a microsecond. The type is one that a caller's
    /// own file can have as well.
    ///
    /// ```
    /// use dateline_gazetteer::{Gazetteer, PlaceKind};
    ///
    /// let gazetteer = Gazetteer::embedded()?;
    /// let (id, _) = gazetteer.lookup("Avdeevka").next().unwrap();
    /// let place = gazetteer.place(id);
    /// assert_eq!((place.name().as_str(), place.kind()), ("Avdiivka", PlaceKind::City));
    /// # Ok::<(), dateline_gazetteer::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the data crate was built for another version of the format.
    pub fn embedded() -> Result<Self, Error> {
        Self::from_trusted_bytes(Cow::Borrowed(dateline_gazetteer_data::PLACES))
    }
}

impl<D: AsRef<[u8]>> Gazetteer<D> {
    /// Opens a gazetteer file and verifies its checksum, which takes about a millisecond per 10 MB.
    ///
    /// # Errors
    ///
    /// If the bytes are no gazetteer file, are of another format version, cut short or damaged.
    pub fn from_bytes(data: D) -> Result<Self, Error> {
        let gazetteer = Self::from_trusted_bytes(data)?;
        gazetteer.verify()?;
        Ok(gazetteer)
    }

    /// Opens a gazetteer file without reading more than its header: for embedded files, whose checksum a test has
    /// verified, and for large mapped ones that shall not be read through at start.
    ///
    /// Damaged content is no danger: places come out wrong or not at all.
    ///
    /// # Errors
    ///
    /// If the bytes are no gazetteer file, are of another format version, or their header does not fit their length.
    pub fn from_trusted_bytes(data: D) -> Result<Self, Error> {
        let layout = Layout::read(data.as_ref())?;
        Ok(Self { data, layout })
    }

    /// Compares the content with the checksum in the header: about a millisecond per 10 MB.
    ///
    /// # Errors
    ///
    /// If they differ.
    pub fn verify(&self) -> Result<(), Error> {
        let found = format::checksum(self.data.as_ref().get(format::CHECKED_FROM..).unwrap_or_default());
        if found == self.layout.checksum { Ok(()) } else { Err(Error::checksum(self.layout.checksum, found)) }
    }

    /// Names the content in reports: sixteen hexadecimal digits.
    #[must_use]
    pub fn content_hash(&self) -> String {
        format!("{:016x}", self.layout.checksum)
    }

    /// How many places there are; their ids are `0..len`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layout.place_count
    }

    /// True if there is no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many names there are, spelt differently enough to be told apart.
    #[must_use]
    pub fn name_count(&self) -> usize {
        self.layout.rows(Section::Shapes)
    }

    /// The file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.data.as_ref()
    }

    /// What the file says it was made of, in the order of laying one over the other; nothing, if it says nothing, as the
    /// embedded one.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        self.layout.sources(self.data.as_ref()).lines().filter_map(format::read_source)
    }

    /// All places as records for a [`Builder`](crate::builder::Builder), numbered as here: a builder that gets them, in
    /// this order, makes the same file. Other names come folded and capitalised, for the file holds no more of them.
    ///
    /// About a second for the embedded places, and some 350 bytes of memory for each.
    #[must_use]
    pub fn to_records(&self) -> Vec<PlaceRecord> {
        let record = |place: Place<'_>| {
            let id = |place: PlaceId| RecordId(place.0);
            let mut record = PlaceRecord::new(String::new(), place.kind(), place.lat(), place.lon());
            record.geonames_id = place.geonames_id();
            record.country = place.country();
            record.admin1 = place.admin1().map(id);
            record.admin2 = place.admin2().map(id);
            record.population = place.population();
            record.radius_km = place.radius_km().unwrap_or(0.0);
            (record.iata, record.icao) = (place.iata(), place.icao());
            record
        };
        let mut records: Vec<PlaceRecord> = self.places().map(record).collect();
        self.view().each_name(&mut |place, how, name| {
            let Some(record) = records.get_mut(place.0 as usize) else { return };
            match how {
                How::Name => record.name = name,
                _ => record.names.push((name, how)),
            }
        });
        records
    }

    /// A place.
    ///
    /// # Panics
    ///
    /// If the id is not of this gazetteer (not below [`len`](Self::len)).
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Place<'_> {
        assert!((id.0 as usize) < self.len(), "place {} of a gazetteer of {}", id.0, self.len());
        Place { view: self.view(), id }
    }

    /// All places, by id.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        (0..self.len() as u32).map(|id| Place { view: self.view(), id: PlaceId(id) })
    }

    /// Every place under a name, best first; none if the name is unknown. Spelling is folded as in
    /// [`Folding::Folded`].
    #[must_use]
    pub fn lookup(&self, name: &str) -> Candidates<'_> {
        self.name_id(name).map_or(Candidates::none(self.view()), |id| self.candidates(id))
    }

    /// The id of a name, however it is spelt.
    #[must_use]
    pub fn name_id(&self, name: &str) -> Option<NameId> {
        let key = HashedKey::new(name, Folding::Folded, &mut KeyBuffer::new()).ok()?;
        self.view().table().find(key.hash(), &key.key).map(NameId)
    }

    /// The names of places in a text: leftmost first, the longest of those that start at one word, none overlapping.
    /// Names inside web addresses and handles are passed over.
    ///
    /// Linear in the length of the text; allocates nothing.
    #[must_use]
    pub fn find_iter<'g, 't>(&'g self, text: TokenizedText<'t>) -> NameMatches<'g, 't> {
        let table = self.view().table();
        NameMatches { hits: TokenHits::new(table, Folding::Folded, Starts::Capitalized, text) }
    }

    /// The places that a name may mean and how, best first: by kind and population, and less if the name is not the
    /// place's own.
    #[must_use]
    pub fn candidates(&self, name: NameId) -> Candidates<'_> {
        let view = self.view();
        view.candidates(name.0).unwrap_or(Candidates::none(view))
    }

    fn view(&self) -> View<'_> {
        View { bytes: self.data.as_ref(), layout: &self.layout }
    }
}

impl<D: AsRef<[u8]>> std::fmt::Debug for Gazetteer<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("places", &self.len()).field("content_hash", &self.content_hash()).finish()
    }
}

/// The bytes and where things lie in them.
#[derive(Clone, Copy)]
struct View<'g> {
    bytes: &'g [u8],
    layout: &'g Layout,
}

/// What the file says about a key.
#[derive(Clone, Copy)]
struct Entry {
    /// The places that have it as their own name: the first, and how many.
    own: u32,
    own_count: u32,
    /// The rows of `Others` with the other places under it.
    other: usize,
    other_count: usize,
    /// Where the spellings of its own places start, if they have any.
    spelling: Option<usize>,
}

impl<'g> View<'g> {
    fn section(self, section: Section) -> &'g [u8] {
        self.layout.section(self.bytes, section)
    }

    fn table(self) -> Table<'g> {
        Table {
            filter: self.section(Section::Filter),
            buckets: self.section(Section::Buckets),
            keys: self.section(Section::Keys),
        }
    }

    fn number(self, section: Section, row: usize) -> Option<u64> {
        self.layout.number(self.bytes, section, row)
    }

    /// A number about a place; 0 if there is none.
    fn about(self, section: Section, place: PlaceId) -> u64 {
        self.number(section, place.0 as usize).unwrap_or(0)
    }

    fn kind(self, place: PlaceId) -> PlaceKind {
        PlaceKind::ALL.get(self.about(Section::Kind, place) as usize).copied().unwrap_or(PlaceKind::Point)
    }

    fn population(self, place: PlaceId) -> u64 {
        format::unpack_population(self.about(Section::Population, place))
    }

    fn weight(self, place: PlaceId) -> u64 {
        self.kind(place).weight(self.population(place))
    }

    fn place_id(self, number: u64) -> Option<PlaceId> {
        u32::try_from(number).ok().filter(|&id| (id as usize) < self.layout.place_count).map(PlaceId)
    }

    /// A number about a place that is stored above its area's.
    fn above_area(self, section: Section, area_section: Section, place: PlaceId) -> u64 {
        let area = self.about(Section::Area, place) as usize;
        self.about(section, place) + self.number(area_section, area).unwrap_or(0)
    }

    /// The entries of a bucket's keys.
    fn entries(self, bucket: usize) -> impl Iterator<Item = Entry> + use<'g> {
        let first = |section| self.number(section, bucket).map_or(0, |number| number as usize);
        let mut key = first(Section::FirstKey);
        let mut own = first(Section::FirstPlace) as u32;
        let mut other = first(Section::FirstOther);
        let mut spelling = first(Section::FirstSpelling);
        std::iter::from_fn(move || {
            let shape = self.number(Section::Shapes, key)? as u8;
            key += 1;
            let mut count = |count: u8, most: u8| {
                if count < most {
                    return Some(u32::from(count));
                }
                other += 1;
                self.number(Section::Others, other - 1).map(|number| number as u32)
            };
            let own_count = count(shape & 3, 3)?;
            let other_count = count(shape >> 3, 31)? as usize;
            let spelt = shape & 4 != 0;
            let entry = Entry { own, own_count, other, other_count, spelling: spelt.then_some(spelling) };
            own = own.checked_add(own_count)?;
            other = other.checked_add(other_count)?;
            if spelt {
                for _ in 0..own_count {
                    format::skip_spelling(self.section(Section::Spellings), &mut spelling)?;
                }
            }
            Some(entry)
        })
    }

    fn candidates(self, slot: Slot) -> Option<Candidates<'g>> {
        let entry = self.entries(slot.bucket as usize).nth(slot.index as usize)?;
        let end = entry.own.saturating_add(entry.own_count).min(self.layout.place_count as u32);
        let others = entry.other..entry.other.saturating_add(entry.other_count).min(self.layout.rows(Section::Others));
        Some(Candidates { view: self, own: entry.own..end, others })
    }

    /// Calls `each` with every name of every place. A damaged file has fewer.
    fn each_name(self, each: &mut dyn FnMut(PlaceId, How, String)) {
        let spellings = self.section(Section::Spellings);
        for bucket in 0..self.layout.rows(Section::FirstPlace) {
            for (key, entry) in self.table().keys_of(bucket).zip(self.entries(bucket)) {
                let derived = std::str::from_utf8(key).map(capitalised).unwrap_or_default();
                let mut at = entry.spelling;
                for own in (entry.own..self.layout.place_count as u32).take(entry.own_count as usize) {
                    let spelt = match &mut at {
                        None => Some(derived.clone()),
                        Some(at) => {
                            let name = format::read_spelling(spellings, *at, derived.clone());
                            format::skip_spelling(spellings, at).and(name)
                        }
                    };
                    each(PlaceId(own), How::Name, spelt.unwrap_or_default());
                }
                // A possessive ending is a word of its own in a key, and no longer one when it stands alone in a name.
                let derived = derived.replace(" 's", "'s");
                for row in (entry.other..self.layout.rows(Section::Others)).take(entry.other_count) {
                    let number = self.number(Section::Others, row).unwrap_or(NONE);
                    if let (Some(place), Some(&how)) =
                        (self.place_id(number & NONE), How::ALL.get((number >> 24) as usize))
                    {
                        each(place, how, derived.clone());
                    }
                }
            }
        }
    }

    fn name(self, place: PlaceId) -> Option<String> {
        // The last bucket that starts at or before the place.
        let (mut low, mut high) = (0, self.layout.rows(Section::FirstPlace));
        while low < high {
            let middle = low + (high - low) / 2;
            let first = self.number(Section::FirstPlace, middle)?;
            if first <= u64::from(place.0) { low = middle + 1 } else { high = middle }
        }
        let bucket = low.checked_sub(1)?;
        let (key, entry) = self
            .table()
            .keys_of(bucket)
            .zip(self.entries(bucket))
            .find(|(_, entry)| place.0.checked_sub(entry.own).is_some_and(|index| index < entry.own_count))?;
        let derived = capitalised(std::str::from_utf8(key).ok()?);
        let Some(mut at) = entry.spelling else { return Some(derived) };
        let spellings = self.section(Section::Spellings);
        for _ in entry.own..place.0 {
            format::skip_spelling(spellings, &mut at)?;
        }
        format::read_spelling(spellings, at, derived)
    }
}

/// A key as the name that most often has it: every word with a capital.
pub(crate) fn capitalised(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    let mut start = true;
    for c in key.chars() {
        if start {
            name.extend(c.to_uppercase())
        } else {
            name.push(c)
        }
        start = c == ' ';
    }
    name
}

/// The places that a name may mean, best first; made by [`Gazetteer::candidates`] and [`Gazetteer::lookup`].
#[derive(Clone)]
pub struct Candidates<'g> {
    view: View<'g>,
    own: Range<u32>,
    /// Rows of `Others`.
    others: Range<usize>,
}

impl<'g> Candidates<'g> {
    fn none(view: View<'g>) -> Self {
        Self { view, own: 0..0, others: 0..0 }
    }
}

impl std::fmt::Debug for Candidates<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl Iterator for Candidates<'_> {
    type Item = (PlaceId, How);

    fn next(&mut self) -> Option<Self::Item> {
        // Both lists are in order of weight; merge them.
        let other = loop {
            if self.others.is_empty() {
                break None;
            }
            let number = self.view.number(Section::Others, self.others.start).unwrap_or(NONE);
            match (self.view.place_id(number & NONE), How::ALL.get((number >> 24) as usize)) {
                (Some(place), Some(&how)) => break Some((place, how)),
                _ => self.others.start += 1,
            }
        };
        let own = (!self.own.is_empty()).then_some(PlaceId(self.own.start));
        match (own, other) {
            (Some(own), Some((place, how))) if how.weigh(self.view.weight(place)) > self.view.weight(own) => {
                self.others.start += 1;
                Some((place, how))
            }
            (Some(own), _) => {
                self.own.start += 1;
                Some((own, How::Name))
            }
            (None, Some(other)) => {
                self.others.start += 1;
                Some(other)
            }
            (None, None) => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.own.len(), Some(self.own.len() + self.others.len()))
    }
}

impl FusedIterator for Candidates<'_> {}

/// The names of a gazetteer in a text; made by [`Gazetteer::find_iter`].
#[derive(Clone)]
pub struct NameMatches<'g, 't> {
    hits: TokenHits<'g, 't>,
}

impl Iterator for NameMatches<'_, '_> {
    type Item = NameMatch;

    fn next(&mut self) -> Option<NameMatch> {
        let (span, tokens, slot) = self.hits.next()?;
        Some(NameMatch { span, tokens, name: NameId(slot) })
    }
}

impl FusedIterator for NameMatches<'_, '_> {}

/// A place: a view into its gazetteer.
#[derive(Clone, Copy)]
pub struct Place<'g> {
    view: View<'g>,
    id: PlaceId,
}

impl<'g> Place<'g> {
    /// Its number in the gazetteer.
    #[must_use]
    pub fn id(&self) -> PlaceId {
        self.id
    }

    /// Its name as reports show it. Costs a binary search over the names; empty only in a damaged file.
    #[must_use]
    pub fn name(&self) -> String {
        self.view.name(self.id).unwrap_or_default()
    }

    /// What sort of place it is.
    #[must_use]
    pub fn kind(&self) -> PlaceKind {
        self.view.kind(self.id)
    }

    /// Latitude in degrees (WGS 84), to 0.0001 degrees.
    #[must_use]
    pub fn lat(&self) -> f64 {
        degrees(self.view.above_area(Section::Latitude, Section::AreaLatitude, self.id), 900_000)
    }

    /// Longitude in degrees (WGS 84), to 0.0001 degrees.
    #[must_use]
    pub fn lon(&self) -> f64 {
        degrees(self.view.above_area(Section::Longitude, Section::AreaLongitude, self.id), 1_800_000)
    }

    /// The country it lies in, belongs to, or is.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        let [first, second, ..] = self.area(Section::AreaCountry)?.to_le_bytes();
        Country::new([first, second])
    }

    /// The first-order division it lies in.
    #[must_use]
    pub fn admin1(&self) -> Option<PlaceId> {
        self.view.place_id(self.area(Section::AreaAdmin1)?)
    }

    /// The second-order division it lies in.
    #[must_use]
    pub fn admin2(&self) -> Option<PlaceId> {
        self.view.place_id(self.area(Section::AreaAdmin2)?)
    }

    fn area(&self, section: Section) -> Option<u64> {
        self.view.number(section, self.view.about(Section::Area, self.id) as usize)
    }

    /// How many people live there, to three digits; 0 if unknown or none.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.view.population(self.id)
    }

    /// Its GeoNames id.
    #[must_use]
    pub fn geonames_id(&self) -> Option<u32> {
        if self.view.about(Section::GeonamesId, self.id) == 0 {
            return None;
        }
        u32::try_from(self.view.above_area(Section::GeonamesId, Section::AreaGeonamesId, self.id)).ok()
    }

    /// Radius around its position that holds it, in kilometres; none if unknown.
    #[must_use]
    pub fn radius_km(&self) -> Option<f64> {
        Some(self.view.about(Section::Radius, self.id) as f64 / 4.0).filter(|&radius| radius > 0.0)
    }

    /// The IATA code of an airport.
    #[must_use]
    pub fn iata(&self) -> Option<String> {
        self.code(Section::Iata)
    }

    /// The ICAO code of an airport.
    #[must_use]
    pub fn icao(&self) -> Option<String> {
        self.code(Section::Icao)
    }

    fn code(&self, section: Section) -> Option<String> {
        let place = |row: usize| self.view.number(Section::CodePlace, row);
        let (mut low, mut high) = (0, self.view.layout.rows(Section::CodePlace));
        while low < high {
            let middle = low + (high - low) / 2;
            if place(middle)? < u64::from(self.id.0) { low = middle + 1 } else { high = middle }
        }
        if place(low)? != u64::from(self.id.0) {
            return None;
        }
        let code = self.view.number(section, low)?.to_le_bytes();
        let code = std::str::from_utf8(&code[..section.width()]).ok()?;
        code.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| code.to_owned())
    }

    /// How much the place counts before any text is read, by kind and population: the order of
    /// [`Gazetteer::candidates`]. Larger is more; of no unit.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.view.weight(self.id)
    }
}

impl std::fmt::Debug for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place")
            .field("id", &self.id.0)
            .field("name", &self.name())
            .field("kind", &self.kind())
            .field("country", &self.country())
            .field("lat", &self.lat())
            .field("lon", &self.lon())
            .finish_non_exhaustive()
    }
}

/// Degrees of a stored number.
fn degrees(number: u64, zero: u64) -> f64 {
    // From one end of the globe to the other; more only in a damaged file.
    (number.min(2 * zero) as f64 - zero as f64) / 10_000.0
}
