//! What is said about one document: owned records that serialise to the JSON of the schema `dateline/1`.

use dateline_events::annotation::Annotations;
pub use dateline_events::annotation::{
    AcledCode, Actor, ActorKind, Argument, Bounds, CameoCode, Codes, Dimension, Event, EventPlace, EventQuantity,
    EventTime, Fit, Modality, Phrase, PlaceBasis, PlaceRelation, PloverCode, Polarity, Quantity, Quote, Source, Status,
    Time, TimeBasis, TimeType, Toll, TollKind,
};
pub use dateline_gazetteer::{PlaceKind, Precision, Use};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The name of the schema that [`Report`] follows.
pub const SCHEMA: &str = "dateline/1";

/// All that was found in one document.
///
/// Every key is always present in its JSON, in the order of the fields; what is unknown is `null`, what there is none of
/// is `[]`. Offsets count what [`offsets`](Self::offsets) says, half-open, in the text exactly as it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The schema: [`SCHEMA`].
    pub schema: String,
    /// What made the report.
    pub versions: Versions,
    /// The caller's id.
    pub id: Option<String>,
    /// The caller's own data.
    pub meta: Option<Value>,
    /// What offsets count.
    pub offsets: OffsetUnit,
    /// Reference date of the document, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where the reference date comes from.
    pub date_source: DateSource,
    /// The agency dateline, if there is one.
    pub dateline: Option<Dateline>,
    /// The sentences, in text order; header and dateline lie outside.
    pub sentences: Vec<Extent>,
    /// Every mention of a place, in text order.
    pub places: Vec<Place>,
    /// Expressions of time, in text order.
    pub times: Vec<Time>,
    /// Numbers and amounts, in text order.
    pub quantities: Vec<Quantity>,
    /// Mentions of actors, in text order.
    pub actors: Vec<Actor>,
    /// Quotations, in text order.
    pub quotes: Vec<Quote>,
    /// Events, in the order of their triggers.
    pub events: Vec<Event>,
}

/// What made a report: the same versions and the same text give the same report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Version of this crate.
    pub dateline: String,
    /// Hash of the gazetteer.
    pub gazetteer: String,
    /// Hash of the data that grammar is read with.
    pub model: String,
    /// Hash of frames and lexicons.
    pub frames: String,
}

/// What the offsets of a report count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Bytes of UTF-8.
    #[default]
    Bytes,
    /// Unicode code points: what Python counts.
    Chars,
    /// UTF-16 code units: what JavaScript and Java count.
    Utf16,
}

/// Where the reference date of a report comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateSource {
    /// The caller gave it.
    Given,
    /// A header line, `date 2023-11-06`.
    Header,
    /// The agency dateline.
    Dateline,
    /// There is none.
    None,
}

/// The agency dateline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Index of its place in [`Report::places`].
    pub place: Option<usize>,
    /// The agency.
    pub agency: Option<String>,
}

/// From where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// First unit.
    pub start: usize,
    /// Unit after the last.
    pub end: usize,
}

/// A mention of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// First unit.
    pub start: usize,
    /// Unit after the last.
    pub end: usize,
    /// The text between.
    pub text: String,
    /// How the name is used.
    pub r#use: Use,
    /// The place's own name; none if it was not resolved.
    pub name: Option<String>,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// Its GeoNames id.
    pub geonames_id: Option<u32>,
    /// The country it lies in or is, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The first-order division it lies in or is.
    pub admin1: Option<String>,
    /// The second-order division it lies in or is.
    pub admin2: Option<String>,
    /// Latitude in degrees (WGS 84).
    pub lat: Option<f64>,
    /// Longitude in degrees (WGS 84).
    pub lon: Option<f64>,
    /// Radius around the point that holds the place, in kilometres.
    pub radius_km: Option<f64>,
    /// How exactly the position is known.
    pub precision: Option<Precision>,
    /// IATA code of an airport.
    pub iata: Option<String>,
    /// ICAO code of an airport.
    pub icao: Option<String>,
    /// For "30 km north of Kirkuk": index of Kirkuk's mention.
    pub anchor: Option<usize>,
    /// Its distance from there in kilometres.
    pub offset_km: Option<f64>,
    /// Its direction from there in degrees clockwise from north.
    pub bearing_deg: Option<f64>,
    /// How sure the choice is, from 0 to 1, two decimals.
    pub confidence: f32,
    /// The losers, best first, at most five.
    pub candidates: Vec<Candidate>,
}

/// A place that a mention could have meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its GeoNames id.
    pub geonames_id: Option<u32>,
    /// Its own name.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Its score beside the winner's, from 0 to 1, two decimals.
    pub score: f32,
}

impl Report {
    /// The report with its offsets in another unit. `text` is the text that the report is about.
    ///
    /// One pass over the text; spans that do not lie in `text` end at its end.
    #[must_use]
    pub fn to_offsets(&self, text: &str, unit: OffsetUnit) -> Self {
        let mut report = self.clone();
        convert_spans(&mut report, text, self.offsets, unit, |report, edit| report.for_each_span(edit));
        report.offsets = unit;
        report
    }

    /// Calls `edit(start, end)` on the offsets of every span, in no particular order.
    fn for_each_span(&mut self, mut edit: impl FnMut(&mut usize, &mut usize)) {
        for sentence in &mut self.sentences {
            edit(&mut sentence.start, &mut sentence.end);
        }
        for place in &mut self.places {
            edit(&mut place.start, &mut place.end);
        }
        let mut annotations = Annotations {
            times: std::mem::take(&mut self.times),
            quantities: std::mem::take(&mut self.quantities),
            actors: std::mem::take(&mut self.actors),
            quotes: std::mem::take(&mut self.quotes),
            events: std::mem::take(&mut self.events),
        };
        annotations.for_each_span(edit);
        self.set_annotations(annotations);
    }

    pub(crate) fn set_annotations(&mut self, annotations: Annotations) {
        self.times = annotations.times;
        self.quantities = annotations.quantities;
        self.actors = annotations.actors;
        self.quotes = annotations.quotes;
        self.events = annotations.events;
    }
}

/// Converts the offsets of all spans of a value; `each` calls what it is given on every span.
pub(crate) fn convert_spans<T>(
    value: &mut T,
    text: &str,
    from: OffsetUnit,
    to: OffsetUnit,
    each: impl Fn(&mut T, &mut dyn FnMut(&mut usize, &mut usize)),
) {
    if from == to {
        return;
    }
    let mut offsets = Vec::new();
    each(value, &mut |start, end| offsets.extend([*start, *end]));
    offsets.sort_unstable();
    offsets.dedup();
    let converted = convert(text, &offsets, from, to);
    let of = |offset: usize| offsets.binary_search(&offset).map_or(offset, |at| converted[at]);
    each(value, &mut |start, end| (*start, *end) = (of(*start), of(*end)));
}

/// Turns offsets in bytes of `text` into offsets in `unit`, in place; those past its end become its end. Linear in the text,
/// and the logarithm of their number for each offset.
pub fn convert_offsets(text: &str, spans: &mut [[usize; 2]], unit: OffsetUnit) {
    let mut offsets: Vec<usize> = spans.iter().flatten().copied().collect();
    offsets.sort_unstable();
    offsets.dedup();
    let converted = convert(text, &offsets, OffsetUnit::Bytes, unit);
    for offset in spans.iter_mut().flatten() {
        *offset = offsets.binary_search(offset).map_or(*offset, |at| converted[at]);
    }
}

/// Offsets, sorted, from one unit to another.
fn convert(text: &str, offsets: &[usize], from: OffsetUnit, to: OffsetUnit) -> Vec<usize> {
    let width = |c: char, unit: OffsetUnit| match unit {
        OffsetUnit::Bytes => c.len_utf8(),
        OffsetUnit::Chars => 1,
        OffsetUnit::Utf16 => c.len_utf16(),
    };
    let mut out = Vec::with_capacity(offsets.len());
    let (mut source, mut target) = (0, 0);
    for c in text.chars() {
        while out.len() < offsets.len() && offsets[out.len()] <= source {
            out.push(target);
        }
        source += width(c, from);
        target += width(c, to);
    }
    out.resize(offsets.len(), target);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_what_they_say() {
        // One to four bytes, and one beyond the basic plane.
        let text = "aé€🚀b";
        let bytes = [0, 1, 3, 6, 10, 11];
        assert_eq!(convert(text, &bytes, OffsetUnit::Bytes, OffsetUnit::Chars), [0, 1, 2, 3, 4, 5]);
        assert_eq!(convert(text, &bytes, OffsetUnit::Bytes, OffsetUnit::Utf16), [0, 1, 2, 3, 5, 6]);
        assert_eq!(convert(text, &[0, 1, 2, 3, 5, 6], OffsetUnit::Utf16, OffsetUnit::Bytes), bytes);
        assert_eq!(convert(text, &[99], OffsetUnit::Bytes, OffsetUnit::Chars), [5]);
    }
}
