//! The embedded places hold what news name.

use dateline_gazetteer::{Country, Gazetteer, PlaceKind};

/// What a line of the table asks for.
struct Wanted {
    first: bool,
    kind: PlaceKind,
    country: Option<Country>,
    lat: f64,
    lon: f64,
    within_km: f64,
}

impl Wanted {
    fn read(columns: &[&str]) -> Option<Self> {
        let &[first, kind, country, lat, lon, within_km] = columns else { return None };
        Some(Self {
            first: first == "first",
            kind: PlaceKind::from_word(kind)?,
            country: if country.is_empty() { None } else { Some(Country::from_alpha2(country)?) },
            lat: lat.parse().ok()?,
            lon: lon.parse().ok()?,
            within_km: within_km.parse().ok()?,
        })
    }
}

fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = a.0.to_radians().cos() * b.0.to_radians().cos();
    2.0 * 6371.0 * (half(a.0, b.0) + cosines * half(a.1, b.1)).sqrt().asin()
}

#[test]
fn the_embedded_places_are_found_by_name() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut failures = Vec::new();
    let mut lines = 0;
    for line in include_str!("../testdata/lookup.tsv").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        lines += 1;
        let columns: Vec<&str> = line.split('\t').collect();
        let mut found = gazetteer.lookup(columns[0]).map(|(id, _)| gazetteer.place(id));
        if columns.len() == 1 {
            failures.extend(found.next().map(|place| format!("{line}: is there, as {place:?}")));
            continue;
        }
        let wanted = Wanted::read(&columns[1..]).unwrap_or_else(|| panic!("cannot read {line:?}"));
        let count = if wanted.first { 1 } else { usize::MAX };
        let is_it = found.take(count).any(|place| {
            let distance = distance_km((place.lat(), place.lon()), (wanted.lat, wanted.lon));
            place.kind() == wanted.kind && place.country() == wanted.country && distance <= wanted.within_km
        });
        if !is_it {
            let found: Vec<_> = gazetteer.lookup(columns[0]).take(3).map(|(id, _)| gazetteer.place(id)).collect();
            failures.push(format!("{line}: found {found:?}"));
        }
    }
    assert!(lines > 150, "{lines} lines");
    assert!(failures.is_empty(), "{} of {lines}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_embedded_file_is_undamaged() {
    Gazetteer::embedded().unwrap().verify().unwrap();
}
