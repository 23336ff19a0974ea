//! Laying places over others: nothing laid over changes nothing, ids and names find the place that is there already, and
//! what cannot be right is refused and named.

use dateline_gazetteer::builder::{Builder, PlaceRecord};
use dateline_gazetteer::layer::{Division, Laid, Layers, Overlay};
use dateline_gazetteer::{Country, Gazetteer, How, PlaceKind, Source};

fn base() -> Gazetteer<Vec<u8>> {
    let mut builder = Builder::new();
    let mut region = PlaceRecord::new("Donetsk Oblast", PlaceKind::Admin1, 48.1, 37.8);
    region.country = Country::from_alpha2("UA");
    region.geonames_id = Some(709_716);
    region.names = vec![("Donetsk".to_owned(), How::Alternate), ("King's Own".to_owned(), How::Alternate)];
    let region = builder.add(region).unwrap();
    for (name, id, lat, lon) in [("Ivanivka", 1001, 48.5, 37.5), ("Ivanivka", 1002, 48.5, 37.9)] {
        let mut town = PlaceRecord::new(name, PlaceKind::City, lat, lon);
        town.country = Country::from_alpha2("UA");
        town.geonames_id = Some(id);
        town.admin1 = Some(region);
        town.population = 1200;
        builder.add(town).unwrap();
    }
    Gazetteer::from_bytes(builder.build().unwrap()).unwrap()
}

fn layers() -> Layers {
    let mut layers = Layers::over(&base(), "base", "CC BY 4.0");
    layers.begin("own.csv", "CC0");
    layers
}

fn built(layers: Layers) -> Gazetteer<Vec<u8>> {
    Gazetteer::from_bytes(layers.build().unwrap()).unwrap()
}

fn ids(gazetteer: &Gazetteer<Vec<u8>>, name: &str) -> Vec<Option<u32>> {
    gazetteer.lookup(name).map(|(id, _)| gazetteer.place(id).geonames_id()).collect()
}

#[test]
#[cfg(feature = "embedded")]
fn records_of_a_file_make_the_same_file() {
    let embedded = Gazetteer::embedded().unwrap();
    let mut builder = Builder::new();
    for record in embedded.to_records() {
        builder.add(record).unwrap();
    }
    assert!(builder.build().unwrap() == embedded.as_bytes(), "the embedded file does not come back");
}

#[test]
fn a_new_place_is_added_with_its_division() {
    let mut layers = layers();
    let mut hill = Overlay::new("Kestrel Hill", 48.36, 37.87);
    hill.kind = Some(PlaceKind::Facility);
    hill.country = Country::from_alpha2("UA");
    hill.admin1 = Some(Division::Named("donetsk".to_owned()));
    hill.names = vec![("Height 217".to_owned(), How::Alternate)];
    assert!(matches!(layers.add(hill).unwrap(), Laid::Added(_)));
    let gazetteer = built(layers);
    assert_eq!(gazetteer.len(), 4);
    let (id, how) = gazetteer.lookup("height 217").next().unwrap();
    let place = gazetteer.place(id);
    assert_eq!((place.name().as_str(), how), ("Kestrel Hill", How::Alternate));
    assert_eq!(gazetteer.place(place.admin1().unwrap()).geonames_id(), Some(709_716));
    let source = |name: &str, licence: &str, added| Source {
        name: name.to_owned(),
        licence: licence.to_owned(),
        added,
        changed: 0,
    };
    let sources: Vec<Source> = gazetteer.sources().collect();
    assert_eq!(sources, [source("base", "CC BY 4.0", 3), source("own.csv", "CC0", 1)]);
    // And laid over again it stays told.
    assert_eq!(Layers::over(&gazetteer, "ignored", "").sources(), sources);
}

#[test]
fn an_id_finds_its_place_and_what_is_not_told_stays() {
    let mut layers = layers();
    let mut town = Overlay::new("New Ivanivka", 48.51, 37.51);
    town.geonames_id = Some(1001);
    assert!(matches!(layers.add(town).unwrap(), Laid::Changed(_)));
    let gazetteer = built(layers);
    assert_eq!(gazetteer.len(), 3);
    assert_eq!(ids(&gazetteer, "New Ivanivka"), [Some(1001)]);
    let place = gazetteer.place(gazetteer.lookup("New Ivanivka").next().unwrap().0);
    assert_eq!((place.population(), place.lat(), place.country()), (1200, 48.51, Country::from_alpha2("UA")));
    assert_eq!(ids(&gazetteer, "Ivanivka"), [Some(1002), Some(1001)], "the old name stays, as another name");
    assert_eq!(gazetteer.sources().last().map(|source| (source.added, source.changed)), Some((0, 1)));
}

#[test]
fn without_an_id_name_kind_country_and_position_find_it() {
    // A degree of longitude has 74 km there: 0.05 are 3.7 km.
    let cases = [
        ("Ivanivka", 37.55, Some(PlaceKind::City), Some("UA"), true),
        ("IVANIVKA", 37.55, None, None, true),
        ("Ivanivka", 37.60, Some(PlaceKind::City), Some("UA"), false),
        ("Ivanivka", 37.55, Some(PlaceKind::Facility), Some("UA"), false),
        ("Ivanivka", 37.55, Some(PlaceKind::City), Some("RU"), false),
        ("Petrivka", 37.55, Some(PlaceKind::City), Some("UA"), false),
    ];
    for (name, lon, kind, country, same) in cases {
        let mut layers = layers();
        let mut town = Overlay::new(name, 48.5, lon);
        town.kind = kind;
        town.country = country.and_then(Country::from_alpha2);
        let laid = layers.add(town).unwrap();
        assert_eq!(matches!(laid, Laid::Changed(_)), same, "{name} {lon} {kind:?} {country:?}");
        assert_eq!(built(layers).len(), if same { 3 } else { 4 });
    }
}

#[test]
fn the_same_row_twice_is_one_place_and_the_later_wins() {
    let mut layers = layers();
    for population in [10, 20] {
        let mut place = Overlay::new("Twice", 0.0, 180.0);
        place.population = Some(population);
        place.names = vec![("Zweimal".to_owned(), How::Alternate)];
        let id = layers.add(place).unwrap().record();
        assert_eq!(layers.record(id).unwrap().names.len(), 1);
    }
    // Across the date line, and a place that has moved is found where it is now.
    let mut place = Overlay::new("twice", 0.001, -179.99);
    place.population = Some(30);
    assert!(matches!(layers.add(place).unwrap(), Laid::Changed(_)));
    assert!(matches!(layers.add(Overlay::new("Twice", 0.001, -179.95)).unwrap(), Laid::Changed(_)));
    let gazetteer = built(layers);
    let found: Vec<u64> = gazetteer.lookup("Twice").map(|(id, _)| gazetteer.place(id).population()).collect();
    assert_eq!(found, [30]);
}

#[test]
fn extending_keeps_the_name_and_the_kind() {
    let mut layers = layers();
    let mut region = Overlay::new("Donets’ka Oblast’", 48.0, 37.5);
    region.geonames_id = Some(709_716);
    region.kind = Some(PlaceKind::Region);
    region.population = Some(4_000_000);
    layers.extend(region).unwrap();
    let gazetteer = built(layers);
    let place = gazetteer.place(gazetteer.lookup("Donetska Oblast").next().unwrap().0);
    assert_eq!(
        (place.name().as_str(), place.kind(), place.population()),
        ("Donetsk Oblast", PlaceKind::Admin1, 4_000_000)
    );
}

#[test]
fn what_cannot_be_right_is_refused_and_named() {
    let with = |change: fn(&mut Overlay)| {
        let mut place = Overlay::new("Good Town", 1.0, 2.0);
        change(&mut place);
        place
    };
    let named = |name: &str| Some(Division::Named(name.to_owned()));
    let mut unknown_division = with(|place| place.country = Country::from_alpha2("UA"));
    unknown_division.admin1 = named("Nowhere");
    let mut no_country = with(|_| {});
    no_country.admin1 = named("Donetsk");
    let mut wrong_order = with(|_| {});
    wrong_order.admin2 = named("709716");
    let cases = [
        (with(|place| place.lat = 91.0), "latitude is 91"),
        (with(|place| place.name = "--".to_owned()), "\"--\""),
        (with(|place| place.geonames_id = Some(0)), "id is 0"),
        (with(|place| place.geonames_id = Some(1001)), "GeoNames id 1001 is that of \"Ivanivka\", "),
        (
            with(|place| {
                (place.lat, place.lon, place.geonames_id) = (48.1, 37.8, Some(709_716));
                place.kind = Some(PlaceKind::City);
            }),
            "it is a division (admin1)",
        ),
        (unknown_division, "there is no admin1 \"Nowhere\" in UA"),
        (no_country, "cannot be found without its country"),
        (wrong_order, "its admin2 709716 is no GeoNames id of one"),
    ];
    for (place, says) in cases {
        let mut layers = layers();
        let name = format!("{:?}: ", place.name);
        let error = layers.add(place).unwrap_err();
        let message = error.to_string();
        assert!(error.is_record() && message.starts_with(&name) && message.contains(says), "{message}");
        assert_eq!((layers.len(), layers.sources()[1].added), (3, 0), "{message}");
    }
}
