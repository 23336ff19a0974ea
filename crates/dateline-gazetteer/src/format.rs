//! The gazetteer file: its header, sections, columns and checksum.
//!
//! All numbers are little-endian. The file is read in place; opening it looks at the header alone (and, unless the
//! caller trusts the bytes, at the checksum).
//!
//! | bytes | content |
//! |---|---|
//! | 0..8 | magic: `DLGAZ`, carriage return, line feed, 1A (a file mangled as text is noticed) |
//! | 8..12 | format version, `u32` |
//! | 12..16 | number of places, `u32` |
//! | 16..24 | checksum of all bytes from 24 on, `u64` |
//! | 24.. | section table: offset and length of each section, two `u64`, in the order of [`Section`] |
//!
//! The first section begins where the table ends. A table of one section more ends with the *sources*: a text that says
//! what was laid over what, for people ([`write_sources`]); a file made in one go has none.
//!
//! The first three sections are the matcher's table, which the search in a text reads and nothing else; the rest is read
//! when somebody asks what a name means. Keys are in the order of their hashes. Places are numbered in the order of
//! their own names' keys, so that these need no postings: a bucket of keys says the number of its first place, and a
//! byte for each key, its *shape*, how many places follow:
//!
//! ```text
//! shape u8: bits 0..2 how many places have the key as their own name (3: the true number is in `others`)
//!           bit 2     their names are in `spellings`: they are not just the key's words with capitals
//!           bits 3..8 how many other places there are under the key (31: the true number is in `others`)
//! ```
//!
//! A spelling is what differs from the capitalised key: how many bytes to keep, how many after them to leave out, how
//! many new ones follow, and these; or the byte 255 alone, if nothing differs.
//!
//! Tables of numbers (*columns*) are stored by byte: all lowest bytes, then all second bytes, and so on. Positions and
//! GeoNames ids are stored relative to the least of their area (the places of one country and division): most high
//! bytes are zero then, and the file packs to half its size.

use crate::{Error, Source};

pub(crate) const MAGIC: &[u8; 8] = b"DLGAZ\r\n\x1A";
/// The version of the file format that this crate reads and writes.
pub const VERSION: u32 = 1;

/// The first byte that the checksum covers.
pub(crate) const CHECKED_FROM: usize = 24;

/// The sections, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Section {
    /// The matcher's filter.
    Filter,
    /// The matcher's buckets.
    Buckets,
    /// The matcher's keys.
    Keys,
    /// Of each bucket: how many keys come before it.
    FirstKey,
    /// Of each bucket: how many places come before it.
    FirstPlace,
    /// Of each bucket: its first row of `Others`.
    FirstOther,
    /// Of each bucket: its first byte of `Spellings`.
    FirstSpelling,
    /// Of each key: its shape.
    Shapes,
    /// Of each key: numbers that its shape has no room for, then the other places, best first: place in bits 0..24, how in
    /// bits 24..32.
    Others,
    /// Of each key: the names of its own places.
    Spellings,
    /// Of each area: the two letters of its country, or 0.
    AreaCountry,
    /// Of each area: its first-order division, or all ones.
    AreaAdmin1,
    /// Of each area: its second-order division, or all ones.
    AreaAdmin2,
    /// Of each area: the least latitude in units of 0.0001 degrees, plus 900,000.
    AreaLatitude,
    /// Of each area: the least longitude in units of 0.0001 degrees, plus 1,800,000.
    AreaLongitude,
    /// Of each area: one less than the least GeoNames id.
    AreaGeonamesId,
    /// Of each place: its area.
    Area,
    /// Of each place: latitude above its area's.
    Latitude,
    /// Of each place: longitude above its area's.
    Longitude,
    /// Of each place: GeoNames id above its area's, 0 for none.
    GeonamesId,
    /// Of each place: population to three digits, the count of zeros that follow times 1,000 added.
    Population,
    /// Of each place: its kind, by number.
    Kind,
    /// Of each place: its radius in units of 250 m.
    Radius,
    /// Of each airport: its place; in ascending order.
    CodePlace,
    /// Of each airport: its IATA code, or 0.
    Iata,
    /// Of each airport: its ICAO code, or 0.
    Icao,
}

impl Section {
    pub(crate) const ALL: [Self; 26] = [
        Self::Filter,
        Self::Buckets,
        Self::Keys,
        Self::FirstKey,
        Self::FirstPlace,
        Self::FirstOther,
        Self::FirstSpelling,
        Self::Shapes,
        Self::Others,
        Self::Spellings,
        Self::AreaCountry,
        Self::AreaAdmin1,
        Self::AreaAdmin2,
        Self::AreaLatitude,
        Self::AreaLongitude,
        Self::AreaGeonamesId,
        Self::Area,
        Self::Latitude,
        Self::Longitude,
        Self::GeonamesId,
        Self::Population,
        Self::Kind,
        Self::Radius,
        Self::CodePlace,
        Self::Iata,
        Self::Icao,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Filter => "filter",
            Self::Buckets => "buckets",
            Self::Keys => "keys",
            Self::FirstKey => "first key",
            Self::FirstPlace => "first place",
            Self::FirstOther => "first other",
            Self::FirstSpelling => "first spelling",
            Self::Shapes => "shapes",
            Self::Others => "others",
            Self::Spellings => "spellings",
            Self::AreaCountry => "area country",
            Self::AreaAdmin1 => "area admin1",
            Self::AreaAdmin2 => "area admin2",
            Self::AreaLatitude => "area latitude",
            Self::AreaLongitude => "area longitude",
            Self::AreaGeonamesId => "area geonames id",
            Self::Area => "area",
            Self::Latitude => "latitude",
            Self::Longitude => "longitude",
            Self::GeonamesId => "geonames id",
            Self::Population => "population",
            Self::Kind => "kind",
            Self::Radius => "radius",
            Self::CodePlace => "code place",
            Self::Iata => "iata",
            Self::Icao => "icao",
        }
    }

    /// Bytes of a column's numbers; 1 for what is no column.
    pub(crate) const fn width(self) -> usize {
        match self {
            Self::FirstKey
            | Self::FirstPlace
            | Self::FirstOther
            | Self::FirstSpelling
            | Self::Others
            | Self::AreaGeonamesId
            | Self::GeonamesId
            | Self::Icao => 4,
            Self::AreaAdmin1
            | Self::AreaAdmin2
            | Self::AreaLatitude
            | Self::AreaLongitude
            | Self::Area
            | Self::Latitude
            | Self::Longitude
            | Self::CodePlace
            | Self::Iata => 3,
            Self::AreaCountry | Self::Population | Self::Radius => 2,
            _ => 1,
        }
    }

    /// What the rows of a column are about.
    const fn rows(self) -> Rows {
        match self {
            Self::FirstKey | Self::FirstPlace | Self::FirstOther | Self::FirstSpelling => Rows::Buckets,
            Self::AreaCountry
            | Self::AreaAdmin1
            | Self::AreaAdmin2
            | Self::AreaLatitude
            | Self::AreaLongitude
            | Self::AreaGeonamesId => Rows::Areas,
            Self::Area
            | Self::Latitude
            | Self::Longitude
            | Self::GeonamesId
            | Self::Population
            | Self::Kind
            | Self::Radius => Rows::Places,
            Self::CodePlace | Self::Iata | Self::Icao => Rows::Airports,
            _ => Rows::Own,
        }
    }
}

/// Columns with the same rows have the same length.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Buckets,
    Areas,
    Places,
    Airports,
    /// A section by itself.
    Own,
}

/// "None" in a column of three bytes.
pub(crate) const NONE: u64 = 0xFF_FFFF;

/// A population as it is stored: to three digits.
pub(crate) fn pack_population(population: u64) -> u64 {
    let (mut digits, mut zeros) = (population, 0);
    while digits >= 1000 {
        digits = digits.saturating_add(5) / 10;
        zeros += 1;
    }
    zeros * 1000 + digits
}

/// The population that was stored.
pub(crate) fn unpack_population(stored: u64) -> u64 {
    // Two bytes hold at most 65 thousand: more zeros than a `u64` has room for only in a damaged file.
    10u64.checked_pow((stored / 1000) as u32).and_then(|unit| unit.checked_mul(stored % 1000)).unwrap_or(0)
}

/// Instead of the number of bytes to keep: the name is that of the key.
const SAME: u8 = 255;

/// What makes `name` out of its key's capitalised words, as `Spellings` holds it.
pub(crate) fn write_spelling(derived: &str, name: &str, out: &mut Vec<u8>) {
    let (derived, name) = (derived.as_bytes(), name.as_bytes());
    if derived == name {
        out.push(SAME);
        return;
    }
    let equal = |(a, b): &(&u8, &u8)| a == b;
    let kept = derived.iter().zip(name).take_while(equal).count().min(SAME as usize - 1);
    let (derived, name) = (&derived[kept..], &name[kept..]);
    let tail = derived.iter().rev().zip(name.iter().rev()).take_while(equal).count();
    let new = &name[..name.len() - tail];
    // Keys and names have at most 255 bytes, and so have their parts.
    out.extend([kept as u8, (derived.len() - tail) as u8, new.len() as u8]);
    out.extend(new);
}

/// Moves `at` behind a spelling.
pub(crate) fn skip_spelling(spellings: &[u8], at: &mut usize) -> Option<()> {
    *at += match *spellings.get(*at)? {
        SAME => 1,
        _ => 3 + *spellings.get(*at + 2)? as usize,
    };
    Some(())
}

/// What the spelling at `at` makes of a key's capitalised words.
pub(crate) fn read_spelling(spellings: &[u8], at: usize, derived: String) -> Option<String> {
    let kept = *spellings.get(at)?;
    if kept == SAME {
        return Some(derived);
    }
    let (&cut, &new) = (spellings.get(at + 1)?, spellings.get(at + 2)?);
    let (kept, derived) = (kept as usize, derived.as_bytes());
    let new = spellings.get(at + 3..at + 3 + new as usize)?;
    String::from_utf8([derived.get(..kept)?, new, derived.get(kept + cut as usize..)?].concat()).ok()
}

/// Where the sections lie in a file whose header is sound.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) place_count: usize,
    pub(crate) checksum: u64,
    sections: [(usize, usize); Section::ALL.len()],
    sources: (usize, usize),
}

impl Layout {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(Error::magic());
        }
        let number = |at: usize, width: usize| {
            let bytes = bytes.get(at..at + width).ok_or(Error::format("header", at, "the file ends here"))?;
            Ok(bytes.iter().rev().fold(0u64, |value, &byte| value << 8 | u64::from(byte)))
        };
        let version = number(8, 4)? as u32;
        if version != VERSION {
            return Err(Error::version(version, VERSION));
        }
        let place_count = number(12, 4)? as usize;
        let checksum = number(16, 8)?;
        let mut sections = [(0, 0); Section::ALL.len()];
        let extent = |index: usize, name: &'static str, width: usize| {
            let at = table_end(index);
            let bad = |what| Error::format(name, at, what);
            let start = usize::try_from(number(at, 8)?).map_err(|_| bad("offset out of range"))?;
            let len = usize::try_from(number(at + 8, 8)?).map_err(|_| bad("length out of range"))?;
            let end = start.checked_add(len).ok_or(bad("offset and length out of range"))?;
            if end > bytes.len() {
                return Err(bad("the section goes past the end of the file"));
            }
            if len % width != 0 {
                return Err(bad("the section's length is no multiple of its numbers' width"));
            }
            Ok((start, end))
        };
        for (index, section) in Section::ALL.into_iter().enumerate() {
            sections[index] = extent(index, section.name(), section.width())?;
        }
        let has_sources = sections[0].0 >= table_end(Section::ALL.len() + 1);
        let sources = if has_sources { extent(Section::ALL.len(), "sources", 1)? } else { (0, 0) };
        let layout = Self { place_count, checksum, sections, sources };
        for (index, section) in Section::ALL.into_iter().enumerate() {
            let fits = match section.rows() {
                Rows::Own => true,
                Rows::Places => layout.rows(section) == place_count,
                Rows::Buckets => layout.rows(section) == layout.rows(Section::FirstKey),
                Rows::Areas => layout.rows(section) == layout.rows(Section::AreaCountry),
                Rows::Airports => layout.rows(section) == layout.rows(Section::CodePlace),
            };
            if !fits {
                let at = CHECKED_FROM + index * 16;
                return Err(Error::format(section.name(), at, "the section's length does not fit the others"));
            }
        }
        Ok(layout)
    }

    /// How many numbers a column has.
    pub(crate) fn rows(&self, section: Section) -> usize {
        let (start, end) = self.sections[section as usize];
        (end - start) / section.width()
    }

    pub(crate) fn section<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        let (start, end) = self.sections[section as usize];
        bytes.get(start..end).unwrap_or_default()
    }

    /// What the file says of its sources; nothing if it says nothing, or no text.
    pub(crate) fn sources<'a>(&self, bytes: &'a [u8]) -> &'a str {
        let (start, end) = self.sources;
        std::str::from_utf8(bytes.get(start..end).unwrap_or_default()).unwrap_or_default()
    }

    /// Number `row` of a column; none past its end.
    #[inline]
    pub(crate) fn number(&self, bytes: &[u8], section: Section, row: usize) -> Option<u64> {
        let rows = self.rows(section);
        if row >= rows {
            return None;
        }
        let column = self.section(bytes, section);
        let mut value = 0;
        for byte in (0..section.width()).rev() {
            value = value << 8 | u64::from(*column.get(byte * rows + row)?);
        }
        Some(value)
    }
}

/// Numbers as a column of the given width; higher bytes are cut off.
pub(crate) fn column(numbers: &[u64], width: usize) -> Vec<u8> {
    (0..width).flat_map(|byte| numbers.iter().map(move |number| (number >> (8 * byte)) as u8)).collect()
}

/// Where a section table of that many sections ends.
const fn table_end(sections: usize) -> usize {
    CHECKED_FROM + sections * 16
}

/// Sources as the file holds them: a line each, of name, places added, places changed and licence between tabs.
pub(crate) fn write_sources(sources: &[Source]) -> String {
    let plain = |text: &str| text.replace(['\t', '\r', '\n'], " ");
    let line = |source: &Source| {
        format!("{}\t{}\t{}\t{}\n", plain(&source.name), source.added, source.changed, plain(&source.licence))
    };
    sources.iter().map(line).collect()
}

/// The source of a line.
pub(crate) fn read_source(line: &str) -> Option<Source> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Source {
        name: next()?.to_owned(),
        added: next()?.parse().ok()?,
        changed: next()?.parse().ok()?,
        licence: next()?.to_owned(),
    })
}

/// The file made of these sections, and of the text about its sources if there is any.
pub(crate) fn assemble(place_count: u32, sections: [Vec<u8>; Section::ALL.len()], sources: String) -> Vec<u8> {
    let mut sections = Vec::from(sections);
    if !sources.is_empty() {
        sections.push(sources.into_bytes());
    }
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend(place_count.to_le_bytes());
    out.extend([0; 8]);
    let mut offset = table_end(sections.len());
    for section in &sections {
        out.extend((offset as u64).to_le_bytes());
        out.extend((section.len() as u64).to_le_bytes());
        offset += section.len();
    }
    for section in sections {
        out.extend(section);
    }
    let checksum = checksum(&out[CHECKED_FROM..]);
    out[16..24].copy_from_slice(&checksum.to_le_bytes());
    out
}

/// A 64-bit checksum against damage (not against malice): four lanes, each of eight bytes at a time.
///
/// About 10 GB/s: 20 MB take 2 ms.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9FB2_1C65_1E98_DF25;
    let step = |lane: u64, word: u64| (lane ^ word).wrapping_mul(PRIME).rotate_left(29);
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let mut lanes = [PRIME, !PRIME, PRIME.rotate_left(16), PRIME.rotate_left(32)];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, bytes) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            *lane = step(*lane, word(bytes));
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = step(sum, lane);
    }
    for bytes in blocks.remainder().chunks(8) {
        sum = step(sum, word(bytes));
    }
    sum ^= sum >> 32;
    sum = sum.wrapping_mul(PRIME);
    sum ^ sum >> 29
}
