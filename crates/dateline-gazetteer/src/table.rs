//! Tables of places that people write: a header line, then a row a place.
//!
//! ```
//! use dateline_gazetteer::table::Table;
//! use dateline_gazetteer::{How, PlaceKind};
//!
//! let text = "name,lat,lon,kind,alternates\nOld Iron Bridge,50.45,30.52,facility,Iron Bridge|Most\nNowhere,far,off,,\n";
//! let table = Table::open(text.as_bytes())?;
//! let rows: Vec<_> = table.rows().collect();
//! let bridge = rows[0].as_ref().unwrap();
//! assert_eq!((bridge.place.lat, bridge.place.kind), (50.45, Some(PlaceKind::Facility)));
//! assert_eq!(bridge.place.names[1], ("Most".to_owned(), How::Alternate));
//! assert_eq!(rows[1].as_ref().unwrap_err().to_string(), "line 3: lat: \"far\" is no number");
//! # Ok::<(), dateline_gazetteer::table::BadRow>(())
//! ```
//!
//! # Columns
//!
//! In any order; names of columns in any case. `name`, `lat` and `lon` must be there, the others may:
//!
//! | column | content |
//! |---|---|
//! | `name` | as reports shall show it |
//! | `lat`, `lon` (`latitude`, `longitude`, `lng`) | decimal degrees, WGS 84 |
//! | `kind` | one of the words of [`PlaceKind`]; a new place without one is a city |
//! | `country` | ISO 3166-1 code of two or three letters, or the English name |
//! | `admin1`, `admin2` | the divisions it lies in, by name or GeoNames id |
//! | `alternates` | other names between bars; `~` before one that names the people ("~Kyivan"), `!` before an abbreviation |
//! | `population`, `radius_km` | numbers |
//! | `id` (`geonames_id`, `geonameid`) | its GeoNames id |
//!
//! Columns stand between commas, semicolons or tabs, whichever the header has. A field between commas or semicolons may be
//! in double quotes, and hold line ends and doubled quotes then. Empty lines and those that begin with `#` are passed over.

use std::borrow::Cow;
use std::fmt;

use crate::layer::{Division, Overlay};
use crate::{Country, How, PlaceKind};

/// A row that cannot be used, or a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line in which the row begins, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for BadRow {}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line in which it begins, from 1.
    pub line: usize,
    /// Where in the table the row after it begins, in bytes.
    pub end: usize,
    /// What it tells.
    pub place: Overlay,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Lat,
    Lon,
    Kind,
    Country,
    Admin1,
    Admin2,
    Alternates,
    Population,
    Radius,
    Id,
}

impl Column {
    const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Lat => "lat",
            Self::Lon => "lon",
            Self::Kind => "kind",
            Self::Country => "country",
            Self::Admin1 => "admin1",
            Self::Admin2 => "admin2",
            Self::Alternates => "alternates",
            Self::Population => "population",
            Self::Radius => "radius_km",
            Self::Id => "id",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "name" => Self::Name,
            "lat" | "latitude" => Self::Lat,
            "lon" | "lng" | "longitude" => Self::Lon,
            "kind" => Self::Kind,
            "country" => Self::Country,
            "admin1" => Self::Admin1,
            "admin2" => Self::Admin2,
            "alternates" => Self::Alternates,
            "population" => Self::Population,
            "radius_km" => Self::Radius,
            "id" | "geonames_id" | "geonameid" => Self::Id,
            _ => return None,
        })
    }
}

/// A table whose header has been read.
#[derive(Clone, Debug)]
pub struct Table<'t> {
    /// Bytes of the whole table.
    len: usize,
    body: Fields<'t>,
    columns: Vec<Option<Column>>,
    unknown: Vec<String>,
}

impl<'t> Table<'t> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// If there is none, it is not UTF-8, or `name`, `lat` or `lon` is not there, or a column is there twice.
    pub fn open(bytes: &'t [u8]) -> Result<Self, BadRow> {
        let bad = |line, reason: String| BadRow { line, reason };
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            return Err(bad(1, "the table is in UTF-16; save it as UTF-8".to_owned()));
        }
        let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let count = |fields: &[Cow<'_, str>]| fields.iter().filter(|field| Column::parse(field).is_some()).count();
        // The separator under which most columns are known; the first of equals.
        let mut best: Option<(usize, Fields<'t>, Vec<Cow<'t, str>>)> = None;
        let mut wrong = bad(1, "the table is empty; it needs a header line: name,lat,lon".to_owned());
        for separator in [b',', b'\t', b';'] {
            let mut fields = Fields { bytes: rest, line: 1, separator };
            match fields.next() {
                Some(Ok((line, header))) => {
                    wrong.line = line;
                    let known = count(&header);
                    if best.as_ref().is_none_or(|(most, ..)| known > *most) {
                        best = Some((known, fields, header));
                    }
                }
                Some(Err(error)) => wrong = error,
                None => {}
            }
        }
        let Some((_, body, header)) = best else { return Err(wrong) };
        let line = wrong.line;
        let columns: Vec<Option<Column>> = header.iter().map(|name| Column::parse(name)).collect();
        for wanted in [Column::Name, Column::Lat, Column::Lon] {
            if !columns.contains(&Some(wanted)) {
                let found: Vec<&str> = header.iter().take(20).map(|name| name.trim()).collect();
                let reason = format!("the header has no column `{}`; it has: {}", wanted.word(), found.join(", "));
                return Err(bad(line, reason));
            }
        }
        for (index, column) in columns.iter().enumerate() {
            if let Some(column) = column
                && columns[..index].contains(&Some(*column))
            {
                return Err(bad(line, format!("the header has the column `{}` twice", column.word())));
            }
        }
        let unknown = header.iter().filter(|name| Column::parse(name).is_none());
        let unknown = unknown.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        Ok(Self { len: bytes.len(), body, columns, unknown })
    }

    /// The columns that mean nothing here: they are passed over.
    #[must_use]
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown
    }

    /// The rows, in order. A bad one costs no other: reading goes on in the line behind it.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row, BadRow>> {
        let mut body = self.body.clone();
        std::iter::from_fn(move || {
            let fields = body.next()?;
            let end = self.len - body.bytes.len();
            Some(fields.and_then(|(line, fields)| {
                let place = self.place(&fields).map_err(|reason| BadRow { line, reason })?;
                Ok(Row { line, end, place })
            }))
        })
    }

    fn place(&self, fields: &[Cow<'_, str>]) -> Result<Overlay, String> {
        if fields.len() != self.columns.len() {
            return Err(format!("{} columns, the header has {}", fields.len(), self.columns.len()));
        }
        let mut place = Overlay::new(String::new(), f64::NAN, f64::NAN);
        for (column, field) in self.columns.iter().zip(fields) {
            let (Some(column), field) = (column, field.trim()) else { continue };
            let wrong = |what: &str| format!("{}: {field:?} {what}", column.word());
            match column {
                Column::Name if field.is_empty() => return Err("the name is empty".to_owned()),
                Column::Name => place.name = field.to_owned(),
                Column::Lat | Column::Lon => {
                    let most = if *column == Column::Lat { 90.0 } else { 180.0 };
                    let number: f64 = field.parse().map_err(|_| wrong("is no number"))?;
                    if !(-most..=most).contains(&number) {
                        return Err(wrong(&format!("is not within -{most} to {most}")));
                    }
                    *(if *column == Column::Lat { &mut place.lat } else { &mut place.lon }) = number;
                }
                _ if field.is_empty() => {}
                Column::Kind => {
                    let kind = PlaceKind::from_word(&field.to_ascii_lowercase());
                    let words = || PlaceKind::ALL.map(PlaceKind::as_str).join(" ");
                    place.kind = Some(kind.ok_or_else(|| wrong(&format!("is none of: {}", words())))?);
                }
                Column::Country => place.country = Some(country(field).ok_or_else(|| wrong("is no country"))?),
                Column::Admin1 => place.admin1 = Some(Division::Named(field.to_owned())),
                Column::Admin2 => place.admin2 = Some(Division::Named(field.to_owned())),
                Column::Alternates => place.names = alternates(field).collect(),
                Column::Population => {
                    place.population = Some(whole(field).ok_or_else(|| wrong("is no whole number"))?);
                }
                Column::Radius => {
                    let radius = field.parse().ok().filter(|km: &f64| km.is_finite() && *km >= 0.0);
                    place.radius_km = Some(radius.ok_or_else(|| wrong("is no radius in kilometres"))?);
                }
                Column::Id => {
                    let id = whole(field).and_then(|id| u32::try_from(id).ok()).filter(|&id| id > 0);
                    place.geonames_id = Some(id.ok_or_else(|| wrong("is no GeoNames id"))?);
                }
            }
        }
        Ok(place)
    }
}

/// A whole number; also as programs write it that have no other numbers than fractions: "12000.0".
fn whole(field: &str) -> Option<u64> {
    field.strip_suffix(".0").unwrap_or(field).parse().ok()
}

/// A country by code or name.
fn country(field: &str) -> Option<Country> {
    let upper = field.to_ascii_uppercase();
    Country::from_alpha2(&upper)
        .or_else(|| Country::from_alpha3(&upper))
        .or_else(|| Country::all().find(|country| country.name().is_some_and(|name| name.eq_ignore_ascii_case(field))))
}

/// Other names between bars; `~` stands before a demonym, `!` before an abbreviation.
fn alternates(field: &str) -> impl Iterator<Item = (String, How)> {
    let names = field.split('|').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| match (name.strip_prefix('~'), name.strip_prefix('!')) {
        (Some(name), _) => (name.trim().to_owned(), How::Demonym),
        (_, Some(name)) => (name.trim().to_owned(), How::Abbreviation),
        _ => (name.to_owned(), How::Alternate),
    })
}

/// The fields of each row with the line that it begins in.
#[derive(Clone, Debug)]
struct Fields<'t> {
    bytes: &'t [u8],
    /// The line that `bytes` begin with.
    line: usize,
    separator: u8,
}

impl<'t> Iterator for Fields<'t> {
    type Item = Result<(usize, Vec<Cow<'t, str>>), BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.bytes.is_empty() {
                return None;
            }
            let first_line = line_of(self.bytes);
            if !first_line.trim_ascii().is_empty() && first_line[0] != b'#' {
                break;
            }
            self.pass(line_of(self.bytes).len() + 1, 1);
        }
        let line = self.line;
        match row(self.bytes, self.separator) {
            Ok((fields, len, lines)) => {
                self.pass(len, lines);
                Some(Ok((line, fields)))
            }
            Err(reason) => {
                // A stray quote may have swallowed any number of rows: only its own line is bad.
                self.pass(line_of(self.bytes).len() + 1, 1);
                Some(Err(BadRow { line, reason }))
            }
        }
    }
}

impl Fields<'_> {
    fn pass(&mut self, bytes: usize, lines: usize) {
        self.bytes = self.bytes.get(bytes..).unwrap_or_default();
        self.line += lines;
    }
}

/// The first line of some bytes, without its end.
fn line_of(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    &bytes[..end]
}

/// The fields of the first row, and how many bytes and lines it has.
fn row(bytes: &[u8], separator: u8) -> Result<(Vec<Cow<'_, str>>, usize, usize), String> {
    let mut fields = Vec::new();
    let (mut at, mut lines) = (0, 1);
    loop {
        // White space before a quote is none of the field's.
        let start = at + bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
        if separator != b'\t' && bytes.get(start) == Some(&b'"') {
            let (field, end) = quoted(bytes, start + 1)?;
            lines += bytes[start..end].iter().filter(|&&byte| byte == b'\n').count();
            fields.push(field);
            at = end + bytes[end..].iter().take_while(|&&byte| matches!(byte, b' ' | b'\r')).count();
            if !matches!(bytes.get(at), None | Some(b'\n')) && bytes.get(at) != Some(&separator) {
                return Err(
                    "there is text behind the closing quote of a field; a quote inside is written twice".to_owned()
                );
            }
        } else {
            let ends = |byte: &u8| *byte == separator || *byte == b'\n';
            let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |len| at + len);
            let field = &bytes[at..end];
            let last = bytes.get(end) != Some(&separator);
            let field = field.strip_suffix(b"\r").filter(|_| last).unwrap_or(field);
            fields.push(Cow::Borrowed(utf8(field, at)?));
            at = end;
        }
        match bytes.get(at) {
            Some(b'\n') => return Ok((fields, at + 1, lines)),
            None => return Ok((fields, at, lines)),
            Some(_) => at += 1,
        }
    }
}

/// A field in quotes, whose content begins at `start`, and where it ends behind its quote.
fn quoted(bytes: &[u8], start: usize) -> Result<(Cow<'_, str>, usize), String> {
    let mut end = start;
    let mut doubled = false;
    loop {
        match bytes[end..].iter().position(|&byte| byte == b'"') {
            None => return Err("a quote is opened and never closed".to_owned()),
            Some(len) if bytes.get(end + len + 1) == Some(&b'"') => {
                doubled = true;
                end += len + 2;
            }
            Some(len) => {
                let field = utf8(&bytes[start..end + len], start)?;
                let field = if doubled { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) };
                return Ok((field, end + len + 1));
            }
        }
    }
}

fn utf8(bytes: &[u8], start: usize) -> Result<&str, String> {
    std::str::from_utf8(bytes)
        .map_err(|error| format!("not valid UTF-8 at byte {} of the row", start + error.valid_up_to()))
}
