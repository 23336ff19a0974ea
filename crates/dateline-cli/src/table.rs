//! Tables for people.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use dateline::gazetteer::{Gazetteer, How, Place};
use dateline::report::{Argument, Bounds, Event, EventQuantity, Polarity, Report, Status};

/// Columns of a table that does not go to a terminal.
const WIDTH_ELSEWHERE: u16 = 120;

/// From so many columns on a table has room for whole event types and dates.
const READABLE: u16 = 70;

/// Characters of a date.
const DAY: u16 = 10;

/// Columns that stay empty around what a cell holds.
const PADDING: u16 = 2;

/// Columns that there are.
pub fn width() -> u16 {
    Table::new().width().unwrap_or(WIDTH_ELSEWHERE)
}

fn table(header: &[&str], width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(header);
    table
}

/// The word by which reports name a value of a small enum.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The events of a report, in a table of `width` columns.
pub fn report(report: &Report, width: u16) -> String {
    let mut title = report.id.clone().unwrap_or_default();
    if let Some(date) = &report.date {
        title.push_str(&format!("  {date} ({})", word(report.date_source)));
    }
    if let Some(dateline) = &report.dateline {
        let place = dateline.place.and_then(|place| report.places.get(place)).map(|place| place.text.as_str());
        let agency = dateline.agency.as_deref();
        title.extend(place.into_iter().chain(agency).map(|part| format!("  {part}")));
    }
    if report.events.is_empty() {
        return format!("{title}\nno events\n\n");
    }
    let mut table = table(&["event", "when", "who", "to whom or what", "where", "how many", "says"], width);
    for event in &report.events {
        table.add_row([
            kind(event),
            event.time.value.clone().unwrap_or_default(),
            arguments(&event.agent),
            arguments(&event.target),
            where_of(report, event),
            figures(event),
            says(event),
        ]);
    }
    // Words that people look for stay whole where there is room at all.
    let longest = report.events.iter().map(|event| event.r#type.len()).max().unwrap_or_default() as u16;
    if width >= READABLE {
        for (column, content) in [(0, longest), (1, DAY)] {
            let whole = ColumnConstraint::LowerBoundary(Width::Fixed(content + PADDING));
            table.column_mut(column).expect("a column of the header").set_constraint(whole);
        }
    }
    format!("{title}\n{table}\n\n")
}

fn kind(event: &Event) -> String {
    let mut kind = event.r#type.clone();
    if event.polarity == Polarity::Negated {
        kind.insert_str(0, "no ");
    }
    let modality = word(event.modality);
    let notes = [(modality != "actual").then_some(modality.as_str()), event.background.then_some("background")];
    for note in notes.into_iter().flatten() {
        kind.push_str(&format!("\n({note})"));
    }
    kind
}

fn arguments(arguments: &[Argument]) -> String {
    arguments.iter().map(|argument| argument.text.as_str()).collect::<Vec<_>>().join("; ")
}

fn where_of(report: &Report, event: &Event) -> String {
    let named = event.places.iter().filter_map(|place| {
        let mention = report.places.get(place.place)?;
        let name = mention.name.as_deref().unwrap_or(&mention.text);
        let country = mention.country.as_deref().filter(|_| mention.kind != dateline::gazetteer::PlaceKind::Country);
        let country = country.map_or(String::new(), |country| format!(", {country}"));
        Some(format!("{} {name}{country}", word(place.relation)))
    });
    named.collect::<Vec<_>>().join("\n")
}

fn figures(event: &Event) -> String {
    let tolls = [
        ("killed", event.killed),
        ("injured", event.injured),
        ("missing", event.missing),
        ("detained", event.detained),
        ("displaced", event.displaced),
    ];
    let quantity = event.quantity.as_ref().map(quantity);
    let tolls = tolls.into_iter().filter_map(|(what, bounds)| Some(format!("{} {what}", range(&bounds?))));
    quantity.into_iter().chain(tolls).collect::<Vec<_>>().join("\n")
}

fn quantity(quantity: &EventQuantity) -> String {
    let of = quantity.of.as_deref().unwrap_or_default();
    format!("{} {of}", range(&Bounds { min: quantity.min, max: quantity.max })).trim_end().to_owned()
}

fn range(bounds: &Bounds) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}-{max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "?".to_owned(),
    }
}

fn says(event: &Event) -> String {
    match (&event.source, event.status) {
        (None, Status::Stated) => String::new(),
        (None, status) => word(status),
        (Some(source), status) => format!("{} ({})", source.text, word(status)),
    }
}

/// Entries of a gazetteer.
pub fn places<D: AsRef<[u8]>>(gazetteer: &Gazetteer<D>, rows: &[(Place<'_>, How)], width: u16) -> String {
    let mut table =
        table(&["name", "kind", "country", "in", "lat", "lon", "population", "codes", "GeoNames", "found by"], width);
    for (place, how) in rows {
        let division = |id| gazetteer.place(id).name();
        let within: Vec<String> = [place.admin2(), place.admin1()].into_iter().flatten().map(division).collect();
        let codes: Vec<String> = [place.iata(), place.icao()].into_iter().flatten().collect();
        table.add_row([
            place.name(),
            place.kind().as_str().to_owned(),
            place.country().map_or(String::new(), |country| country.alpha2().to_owned()),
            within.join(", "),
            format!("{:.4}", place.lat()),
            format!("{:.4}", place.lon()),
            if place.population() > 0 { place.population().to_string() } else { String::new() },
            codes.join(" "),
            place.geonames_id().map_or(String::new(), |id| id.to_string()),
            match how {
                How::Name => "name",
                How::Alternate => "other name",
                How::Demonym => "demonym",
                How::Abbreviation => "abbreviation",
                How::Code => "code",
                _ => "",
            }
            .to_owned(),
        ]);
    }
    format!("{table}\n")
}
