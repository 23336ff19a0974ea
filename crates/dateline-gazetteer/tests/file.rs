//! The builder and the file that it makes: what goes in comes out, bad records are refused by name, and no bytes, damaged
//! or made up, bring a reader down.

use dateline_gazetteer::builder::{Builder, PlaceRecord, RecordId};
use dateline_gazetteer::{Country, Gazetteer, How, Place, PlaceKind};
use dateline_tokenizer::{Tokenizer, Tokens};
use proptest::prelude::*;

/// A region with a town, an airport in it, and things that have the town's name.
fn small_world() -> Vec<PlaceRecord> {
    let russia = Country::new(*b"RU");
    let mut region = PlaceRecord::new("Tver Oblast", PlaceKind::Admin1, 57.0, 34.6);
    region.country = russia;
    region.geonames_id = Some(480_041);
    region.population = 1_283_873;
    region.radius_km = 165.0;
    region.names = vec![("Tver".to_owned(), How::Alternate), ("Тверская область".to_owned(), How::Alternate)];
    let mut town = PlaceRecord::new("Tver", PlaceKind::City, 56.858_36, 35.900_57);
    town.country = russia;
    town.admin1 = Some(RecordId(0));
    town.geonames_id = Some(480_060);
    town.population = 420_065;
    town.names = vec![("Kalinin".to_owned(), How::Alternate), ("TVER".to_owned(), How::Alternate)];
    let mut airport = PlaceRecord::new("Migalovo Air Base", PlaceKind::Airport, 56.824_7, 35.757_7);
    airport.country = russia;
    airport.admin1 = Some(RecordId(0));
    airport.iata = Some("KLD".to_owned());
    airport.icao = Some("UUEM".to_owned());
    airport.names = vec![("KLD".to_owned(), How::Code)];
    let mut country = PlaceRecord::new("Russia", PlaceKind::Country, 60.0, 100.0);
    country.country = russia;
    country.population = 144_000_000;
    country.names = vec![("Russian".to_owned(), How::Demonym)];
    let sea = PlaceRecord::new("South Pacific", PlaceKind::Water, -25.0, -140.0);
    vec![region, town, airport, country, sea]
}

fn build(records: &[PlaceRecord]) -> Vec<u8> {
    let mut builder = Builder::new();
    for record in records {
        builder.add(record.clone()).unwrap();
    }
    builder.build().unwrap()
}

/// Asks everything that a gazetteer answers.
fn explore<D: AsRef<[u8]>>(gazetteer: &Gazetteer<D>) {
    let look = |place: Place<'_>| {
        let _ = (place.name(), place.kind(), place.country(), place.population(), place.geonames_id());
        let _ = (place.radius_km(), place.iata(), place.icao(), place.weight());
        assert!((-90.0..=90.0).contains(&place.lat()) && (-180.0..=180.0).contains(&place.lon()), "{place:?}");
        for division in [place.admin1(), place.admin2()].into_iter().flatten() {
            assert!((division.0 as usize) < gazetteer.len());
        }
    };
    gazetteer.places().take(100).for_each(look);
    let text = "Tver, in the Tver Oblast of Russia; Russian crews left Migalovo Air Base (KLD) for the South Pacific.";
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    for found in gazetteer.find_iter(tokens.of(text)) {
        assert!(text.get(found.span.range()).is_some());
        gazetteer.candidates(found.name).take(100).for_each(|(id, _)| look(gazetteer.place(id)));
    }
    for name in ["Tver", "kalinin", "KLD", "Russian", "Nowhere", "", "--"] {
        gazetteer.lookup(name).take(100).for_each(|(id, _)| look(gazetteer.place(id)));
    }
}

#[test]
fn what_goes_in_comes_out() {
    let gazetteer = Gazetteer::from_bytes(build(&small_world())).unwrap();
    assert_eq!(gazetteer.len(), 5);
    let found = |name: &str| -> Vec<(String, How)> {
        gazetteer.lookup(name).map(|(id, how)| (gazetteer.place(id).name(), how)).collect()
    };
    let pair = |name: &str, how| (name.to_owned(), how);
    assert_eq!(found("TVER"), [pair("Tver", How::Name), pair("Tver Oblast", How::Alternate)]);
    assert_eq!(found("тверская область"), [pair("Tver Oblast", How::Alternate)]);
    assert_eq!(found("kld"), [pair("Migalovo Air Base", How::Code)]);
    assert_eq!(found("Russian"), [pair("Russia", How::Demonym)]);
    assert_eq!(found("Moscow"), []);

    let (airport, _) = gazetteer.lookup("Migalovo Air Base").next().unwrap();
    let airport = gazetteer.place(airport);
    assert_eq!((airport.iata().as_deref(), airport.icao().as_deref()), (Some("KLD"), Some("UUEM")));
    assert_eq!(airport.geonames_id(), None);
    assert_eq!(airport.country(), Country::new(*b"RU"));
    let region = gazetteer.place(airport.admin1().unwrap());
    assert_eq!((region.name().as_str(), region.kind()), ("Tver Oblast", PlaceKind::Admin1));
    assert_eq!((region.population(), region.radius_km()), (1_280_000, Some(165.0)));
    assert_eq!(region.geonames_id(), Some(480_041));
    let (sea, _) = gazetteer.lookup("South Pacific").next().unwrap();
    let sea = gazetteer.place(sea);
    assert_eq!((sea.lat(), sea.lon(), sea.country(), sea.radius_km()), (-25.0, -140.0, None, None));
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let records = small_world();
    assert_eq!(build(&records), build(&records));
    let gazetteers = [&records, &records].map(|records| Gazetteer::from_bytes(build(records)).unwrap());
    assert_eq!(gazetteers[0].content_hash(), gazetteers[1].content_hash());
}

#[test]
fn an_empty_gazetteer_is_one() {
    let gazetteer = Gazetteer::from_bytes(Builder::new().build().unwrap()).unwrap();
    assert!(gazetteer.is_empty());
    explore(&gazetteer);
}

#[test]
fn refused_records_are_named() {
    let good = || PlaceRecord::new("Good Town", PlaceKind::City, 1.0, 2.0);
    let with = |change: fn(&mut PlaceRecord)| {
        let mut record = good();
        change(&mut record);
        record
    };
    let cases = [
        (with(|r| r.lat = 90.5), "latitude is 90.5"),
        (with(|r| r.lat = f64::NAN), "latitude is NaN"),
        (with(|r| r.lon = -181.0), "longitude is -181"),
        (with(|r| r.population = 1_000_000_000_000), "population is 1000000000000"),
        (with(|r| r.radius_km = -1.0), "radius is -1 km"),
        (with(|r| r.radius_km = f64::INFINITY), "radius is inf km"),
        (with(|r| r.iata = Some("ABCD".to_owned())), "code \"ABCD\" is not of 3 letters"),
        (with(|r| r.icao = Some("AB-D".to_owned())), "code \"AB-D\" is not of 4 letters"),
        (with(|r| r.geonames_id = Some(0)), "GeoNames id is 0"),
        (with(|r| r.names.push(("...".to_owned(), How::Alternate))), "\"...\""),
        (with(|r| r.names.push(("a ".repeat(25), How::Alternate))), "24 words"),
        (with(|r| r.names.push(("a".repeat(256), How::Alternate))), "255 bytes"),
    ];
    for (record, says) in cases {
        let mut builder = Builder::new();
        builder.add(good()).unwrap();
        let error = builder.add(record).unwrap_err();
        assert!(error.is_record(), "{error}");
        let message = error.to_string();
        assert!(message.starts_with("record 1 (\"Good Town\", city") && message.contains(says), "{message}");
        assert_eq!(builder.len(), 1);
    }
    let nameless = Builder::new().add(PlaceRecord::new("?", PlaceKind::City, 0.0, 0.0)).unwrap_err();
    assert!(nameless.to_string().contains("record 0 (\"?\", city)"), "{nameless}");
}

#[test]
fn divisions_must_be_there_and_of_their_order() {
    for (division, says) in [(RecordId(7), "its admin1 is record 7"), (RecordId(0), "its admin1 is record 0")] {
        let mut builder = Builder::new();
        builder.add(PlaceRecord::new("Village", PlaceKind::City, 0.0, 0.0)).unwrap();
        let mut town = PlaceRecord::new("Town", PlaceKind::City, 0.0, 0.0);
        town.geonames_id = Some(5);
        town.admin1 = Some(division);
        builder.add(town).unwrap();
        let error = builder.build().unwrap_err();
        let message = error.to_string();
        assert!(error.is_record() && message.contains("record 1 (\"Town\", city, GeoNames id 5)"), "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn a_file_cut_short_is_refused() {
    let file = build(&small_world());
    for end in 0..file.len() {
        assert!(Gazetteer::from_bytes(&file[..end]).is_err(), "{end} bytes");
        if let Ok(gazetteer) = Gazetteer::from_trusted_bytes(&file[..end]) {
            explore(&gazetteer);
        }
    }
}

/// Found by fuzzing: numbers too large gave latitudes of a thousand degrees.
#[test]
fn the_largest_numbers_are_read() {
    let mut file = build(&small_world());
    file[24 + 26 * 16..].fill(u8::MAX);
    explore(&Gazetteer::from_trusted_bytes(&file).unwrap());
}

#[test]
fn other_files_and_versions_are_told_apart() {
    let file = build(&small_world());
    let error = Gazetteer::from_bytes(b"PK\x03\x04 some archive").unwrap_err();
    assert!(error.is_format() && !error.is_version(), "{error}");
    let mut newer = file.clone();
    newer[8] += 1;
    assert!(Gazetteer::from_bytes(newer).unwrap_err().is_version());
    let mut damaged = file;
    *damaged.last_mut().unwrap() ^= 1;
    let error = Gazetteer::from_bytes(damaged).unwrap_err();
    assert!(error.is_checksum() && error.is_format(), "{error}");
}

/// A record of any fields that a builder takes, but for divisions.
fn record() -> impl Strategy<Value = PlaceRecord> {
    let how = prop::sample::select(How::ALL.to_vec());
    let name = "[A-Za-zÀ-ž][a-zà-ž'’ .-]{0,12}[0-9a-z]";
    let country = prop::option::of("[A-Z]{2}");
    let code = |len: usize| prop::option::of(prop::string::string_regex(&format!("[A-Z0-9]{{{len}}}")).unwrap());
    let fields = (
        (name, 0..PlaceKind::ALL.len(), -90.0..=90.0_f64, -180.0..=180.0_f64),
        (prop::option::of(1..u32::MAX), country, 0..999_000_000_000_u64, 0.0..16_000.0_f64),
        (code(3), code(4), prop::collection::vec((name, how), 0..4)),
    );
    fields.prop_map(|((name, kind, lat, lon), (id, country, population, radius), (iata, icao, names))| {
        let mut record = PlaceRecord::new(name, PlaceKind::ALL[kind], lat, lon);
        record.geonames_id = id;
        record.country = country.and_then(|code| Country::new(code.as_bytes().try_into().unwrap()));
        record.population = population;
        record.radius_km = radius;
        (record.iata, record.icao, record.names) = (iata, icao, names);
        record
    })
}

proptest! {
    #[test]
    fn every_field_comes_back(records in prop::collection::vec(record(), 1..20)) {
        let gazetteer = Gazetteer::from_bytes(build(&records)).unwrap();
        prop_assert_eq!(gazetteer.len(), records.len());
        for record in &records {
            let is_it = |place: &Place<'_>| {
                let digits = 10_u64.pow((record.population.max(1).ilog10() + 1).saturating_sub(3));
                place.name() == record.name
                    && place.kind() == record.kind
                    && (place.lat() - record.lat).abs() <= 0.000_051
                    && (place.lon() - record.lon).abs() <= 0.000_051
                    && place.geonames_id() == record.geonames_id
                    && place.country() == record.country
                    && place.population().abs_diff(record.population) <= digits
                    && (place.radius_km().unwrap_or(0.0) - record.radius_km).abs() <= 0.125
                    && (place.iata(), place.icao()) == (record.iata.clone(), record.icao.clone())
            };
            let own = gazetteer.lookup(&record.name).map(|(id, _)| gazetteer.place(id));
            prop_assert_eq!(own.filter(is_it).count() >= 1, true, "{:?}", record);
            for (name, _) in &record.names {
                let found = gazetteer.lookup(name).map(|(id, _)| gazetteer.place(id)).any(|place| is_it(&place));
                prop_assert!(found, "{} of {:?}", name, record);
            }
        }
    }

    #[test]
    fn candidates_come_best_first_and_none_twice(records in prop::collection::vec(record(), 1..40)) {
        // Few names, so that many places share each.
        let mut records = records;
        for (number, record) in records.iter_mut().enumerate() {
            record.name = ["Tver", "Kalinin"][number % 2].to_owned();
            record.names = vec![("Tver".to_owned(), How::Alternate)];
        }
        let gazetteer = Gazetteer::from_bytes(build(&records)).unwrap();
        for name in ["Tver", "Kalinin"] {
            let found: Vec<_> = gazetteer.lookup(name).collect();
            let mut ids: Vec<_> = found.iter().map(|(id, _)| *id).collect();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), found.len());
            let own: Vec<u64> = found
                .iter()
                .filter(|(_, how)| *how == How::Name)
                .map(|(id, _)| gazetteer.place(*id).weight())
                .collect();
            prop_assert!(own.is_sorted_by(|a, b| a >= b), "{:?}", own);
        }
    }

    #[test]
    fn no_damage_goes_unnoticed_or_brings_a_reader_down(at in any::<prop::sample::Index>(), flip in 1..=255_u8) {
        let mut file = build(&small_world());
        let at = at.index(file.len());
        file[at] ^= flip;
        // The version and the number of places stand before what the checksum covers, and are checked by themselves.
        prop_assert!(Gazetteer::from_bytes(&file).is_err(), "byte {at}");
        if let Ok(gazetteer) = Gazetteer::from_trusted_bytes(&file) {
            explore(&gazetteer);
        }
    }

    #[test]
    fn any_content_behind_a_sound_header_can_be_read(content in prop::collection::vec(any::<u8>(), 1..200)) {
        let mut file = build(&small_world());
        let start = 24 + 26 * 16;
        for (byte, new) in file[start..].iter_mut().zip(content.iter().cycle()) {
            *byte = *new;
        }
        explore(&Gazetteer::from_trusted_bytes(&file).unwrap());
    }

    #[test]
    fn any_bytes_are_refused_or_read(mut bytes in prop::collection::vec(any::<u8>(), 0..600), headed in any::<bool>()) {
        if headed && bytes.len() > 12 {
            bytes[..12].copy_from_slice(b"DLGAZ\r\n\x1A\x01\0\0\0");
        }
        prop_assert!(Gazetteer::from_bytes(&bytes).is_err());
        if let Ok(gazetteer) = Gazetteer::from_trusted_bytes(&bytes) {
            explore(&gazetteer);
        }
    }
}
