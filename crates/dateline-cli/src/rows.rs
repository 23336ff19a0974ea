//! Events as rows: of a CSV file, or as properties of GeoJSON features.

use dateline::report::{Argument, Event, Place, PlaceRelation, Report};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::output::Envelope;

/// The columns of the schema, in order.
const COLUMNS: [&str; 41] = [
    "id",
    "date",
    "event",
    "type",
    "trigger",
    "agent",
    "agent_iso3",
    "agent_sector",
    "target",
    "target_iso3",
    "target_sector",
    "instrument",
    "place",
    "place_kind",
    "country",
    "admin1",
    "lat",
    "lon",
    "radius_km",
    "time",
    "quantity_min",
    "quantity_max",
    "quantity_of",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "polarity",
    "modality",
    "background",
    "source",
    "status",
    "part_of",
    "plover",
    "plover_mode",
    "cameo",
    "acled_event",
    "acled_sub_event",
    "rule",
    "confidence",
    "sentence_text",
];

/// What stands around features (RFC 7946).
pub const FEATURE_COLLECTION: Envelope =
    Envelope { head: "{\"type\":\"FeatureCollection\",\"features\":[\n", tail: "\n]}\n", separator: ",\n" };

/// The line of column names.
pub fn csv_header() -> String {
    COLUMNS.join(",") + "\n"
}

/// Appends a line an event. `text` is what the report is about; its offsets are bytes.
pub fn csv(report: &Report, text: &str, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().has_headers(false).buffer_capacity(1 << 12).from_writer(out);
    for (index, event) in report.events.iter().enumerate() {
        let fields = row(report, text, index, event).map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            value => value.to_string(),
        });
        writer.write_record(fields).expect("memory takes any row");
    }
    writer.flush().expect("memory takes any row");
}

/// Appends a feature an event that has a located place, with commas between them.
pub fn features(report: &Report, text: &str, out: &mut Vec<u8>) {
    for (index, event) in report.events.iter().enumerate() {
        let Some((lat, lon)) = located(report, event).and_then(position) else { continue };
        if !out.is_empty() {
            out.extend_from_slice(FEATURE_COLLECTION.separator.as_bytes());
        }
        let properties: Map<String, Value> =
            COLUMNS.iter().map(|&column| column.to_owned()).zip(row(report, text, index, event)).collect();
        let feature = json!({
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": properties,
        });
        serde_json::to_writer(&mut *out, &feature).expect("memory takes any value that has string keys");
    }
}

fn position(place: &Place) -> Option<(f64, f64)> {
    place.lat.zip(place.lon)
}

fn places_of<'r>(report: &'r Report, event: &'r Event) -> impl Iterator<Item = (PlaceRelation, &'r Place)> {
    event.places.iter().filter_map(|place| Some((place.relation, report.places.get(place.place)?)))
}

fn is_scene(relation: PlaceRelation) -> bool {
    matches!(relation, PlaceRelation::At | PlaceRelation::Over)
}

/// The place at or over which the event happened, if its position is known.
fn located<'r>(report: &'r Report, event: &'r Event) -> Option<&'r Place> {
    let scene = places_of(report, event).filter(|&(relation, _)| is_scene(relation)).map(|(_, place)| place);
    scene.into_iter().find(|place| position(place).is_some())
}

/// Where the event happened: at or over, best where the position is known, else near. "From" and "to" are no scene.
fn scene<'r>(report: &'r Report, event: &'r Event) -> Option<&'r Place> {
    let of = |wanted: fn(PlaceRelation) -> bool| {
        places_of(report, event).find(|&(relation, _)| wanted(relation)).map(|(_, place)| place)
    };
    located(report, event).or_else(|| of(is_scene)).or_else(|| of(|relation| relation == PlaceRelation::Near))
}

/// What can be said in several words, joined; null if nothing.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    let mut said: Vec<&str> = Vec::new();
    for part in parts {
        if !said.contains(&part) {
            said.push(part);
        }
    }
    if said.is_empty() { Value::Null } else { said.join("; ").into() }
}

fn texts(arguments: &[Argument]) -> Value {
    joined(arguments.iter().map(|argument| argument.text.as_str()))
}

/// The value of a small enum or an optional number as it stands in the report.
fn value(of: impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

fn row(report: &Report, text: &str, index: usize, event: &Event) -> [Value; COLUMNS.len()] {
    let actors = |arguments: &'_ [Argument]| -> Vec<usize> {
        arguments.iter().filter_map(|argument| argument.actor).filter(|&actor| actor < report.actors.len()).collect()
    };
    let iso3 = |of: &[Argument]| joined(actors(of).into_iter().filter_map(|at| report.actors[at].iso3.as_deref()));
    let sector = |of: &[Argument]| joined(actors(of).into_iter().filter_map(|at| report.actors[at].sector.as_deref()));
    let place = scene(report, event);
    let quantity = event.quantity.as_ref();
    let (killed, injured) = (event.killed.unwrap_or_default(), event.injured.unwrap_or_default());
    let codes = &event.codes;
    let sentence = report.sentences.get(event.sentence).and_then(|sentence| text.get(sentence.start..sentence.end));
    [
        value(&report.id),
        value(&report.date),
        index.into(),
        value(&event.r#type),
        value(&event.trigger.text),
        texts(&event.agent),
        iso3(&event.agent),
        sector(&event.agent),
        texts(&event.target),
        iso3(&event.target),
        sector(&event.target),
        texts(&event.instrument),
        value(place.map(|place| place.name.as_ref().unwrap_or(&place.text))),
        value(place.map(|place| place.kind)),
        value(place.and_then(|place| place.country.as_ref())),
        value(place.and_then(|place| place.admin1.as_ref())),
        value(place.and_then(|place| place.lat)),
        value(place.and_then(|place| place.lon)),
        value(place.and_then(|place| place.radius_km)),
        value(&event.time.value),
        value(quantity.and_then(|quantity| quantity.min)),
        value(quantity.and_then(|quantity| quantity.max)),
        value(quantity.and_then(|quantity| quantity.of.as_ref())),
        value(killed.min),
        value(killed.max),
        value(injured.min),
        value(injured.max),
        value(event.polarity),
        value(event.modality),
        event.background.into(),
        value(event.source.as_ref().map(|source| &source.text)),
        value(event.status),
        value(event.part_of),
        value(codes.plover.as_ref().map(|code| &code.event)),
        value(codes.plover.as_ref().and_then(|code| code.mode.as_ref())),
        value(codes.cameo.as_ref().map(|code| &code.code)),
        value(codes.acled_style.as_ref().map(|code| &code.event)),
        value(codes.acled_style.as_ref().map(|code| &code.sub_event)),
        value(&event.rule),
        // Two decimals as in the report, not those of the nearest `f32`.
        ((f64::from(event.confidence) * 100.0).round() / 100.0).into(),
        value(sentence),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Report {
        let document = dateline::Document::new(text).unwrap().with_id("a,\"b\"\nc");
        dateline::Pipeline::embedded().unwrap().extract(&document)
    }

    #[test]
    fn fields_with_quotes_and_newlines_come_back() {
        let text = "A bomb\nexploded at a cafe called \"Sun\" in Kabul, killing five.";
        let report = report(text);
        let mut bytes = csv_header().into_bytes();
        csv(&report, text, &mut bytes);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), report.events.len());
        let field = |column: &str| &rows[0][COLUMNS.iter().position(|name| *name == column).unwrap()];
        assert_eq!((field("id"), field("type"), field("sentence_text")), ("a,\"b\"\nc", "bombing", text));
        assert_eq!((field("country"), field("killed_min"), field("injured_min")), ("AF", "5", ""));
    }

    #[test]
    fn features_are_events_with_a_scene() {
        let text = "A bomb exploded in Kabul. Police arrested two men in Lagos. Rebels withdrew from Goma.";
        let mut report = report(text);
        report.events[1].places.clear();
        report.events[2].places.iter_mut().for_each(|place| place.relation = PlaceRelation::From);
        let mut bytes = FEATURE_COLLECTION.head.as_bytes().to_vec();
        let mut features_of = Vec::new();
        features(&report, text, &mut features_of);
        bytes.extend(features_of);
        bytes.extend(FEATURE_COLLECTION.tail.bytes());
        let parsed: geojson::FeatureCollection = String::from_utf8(bytes).unwrap().parse().unwrap();
        let types: Vec<_> = parsed.features.iter().map(|feature| feature.property("type").unwrap()).collect();
        assert_eq!(types, ["bombing"]);
    }
}
