//! GeoNames' tables: what is taken of them, what lies in what, and what a place that is there already keeps.

use dateline_gazetteer::builder::{Builder, PlaceRecord};
use dateline_gazetteer::geonames::{Codes, Import, NamesFrom, Wanted, alternate_name};
use dateline_gazetteer::layer::Layers;
use dateline_gazetteer::{Country, Gazetteer, How, Place, PlaceKind};

/// A line of a table of places.
struct Line<'l> {
    id: u32,
    name: &'l str,
    others: &'l str,
    at: (f64, f64),
    feature: &'l str,
    codes: &'l str,
    population: u64,
}

impl Line<'_> {
    fn text(&self) -> String {
        let Self { id, name, others, at: (lat, lon), feature, codes, population } = self;
        let feature = feature.replace('.', "\t");
        let mut codes = codes.split('.').chain(std::iter::repeat("")).take(3);
        let mut code = || codes.next().unwrap();
        let (country, admin1, admin2) = (code(), code(), code());
        format!(
            "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{feature}\t{country}\t\t{admin1}\t{admin2}\t\t\t{population}\t\t9\tX\t2024-01-01"
        )
    }
}

fn town<'l>(id: u32, name: &'l str, at: (f64, f64), codes: &'l str) -> Line<'l> {
    Line { id, name, others: "", at, feature: "P.PPL", codes, population: 900 }
}

fn laid(codes: &Codes, wanted: Wanted, lines: &[Line<'_>], mut layers: Layers) -> Layers {
    let mut import = Import::new(codes, wanted);
    for (index, line) in lines.iter().enumerate() {
        import.place(index + 1, &line.text()).unwrap();
    }
    layers.begin("places.txt", "CC BY 4.0");
    import.lay(&mut layers, |line, reason| panic!("line {line}: {reason}"));
    layers
}

fn built(layers: Layers) -> Gazetteer<Vec<u8>> {
    Gazetteer::from_bytes(layers.build().unwrap()).unwrap()
}

fn place<'g>(gazetteer: &'g Gazetteer<Vec<u8>>, name: &str) -> Option<Place<'g>> {
    gazetteer.lookup(name).next().map(|(id, _)| gazetteer.place(id))
}

#[test]
fn features_become_kinds_and_others_are_left_out() {
    let features = [
        ("A.PCLI", Some(PlaceKind::Country)),
        ("A.ADM1", Some(PlaceKind::Admin1)),
        ("A.ADM2", Some(PlaceKind::Admin2)),
        ("P.PPLC", Some(PlaceKind::City)),
        ("P.PPLX", Some(PlaceKind::District)),
        ("S.AIRP", Some(PlaceKind::Airport)),
        ("S.BDG", Some(PlaceKind::Facility)),
        ("H.STM", Some(PlaceKind::Water)),
        ("T.ISL", Some(PlaceKind::Island)),
        ("T.MT", Some(PlaceKind::Mountain)),
        ("L.RGN", Some(PlaceKind::Region)),
        ("L.CONT", Some(PlaceKind::Continent)),
        ("A.ADM3", None),
        ("A.PCLH", None),
        ("R.RD", None),
    ];
    for (feature, kind) in features {
        let line = Line { feature, ..town(7, "Thingham", (1.0, 2.0), "ML.01.0101") };
        let gazetteer = built(laid(&Codes::new(), Wanted::default(), &[line], Layers::new()));
        assert_eq!(place(&gazetteer, "Thingham").map(|place| place.kind()), kind, "{feature}");
    }
}

#[test]
fn divisions_are_found_by_code_wherever_they_stand() {
    let lines = [
        town(1, "Villageham", (10.0, 5.0), "ML.01.0101"),
        Line { feature: "A.ADM2", ..town(3, "Cercle", (10.0, 5.0), "ML.01.0101") },
        Line { feature: "A.ADM1", ..town(2, "Region One", (11.0, 6.0), "ML.01") },
        town(4, "Elsewhere", (20.0, 5.0), "ML.02"),
        town(5, "Else Too", (22.0, 7.0), "ML.02"),
    ];
    let mut codes = Codes::new();
    codes.admin1("ML.02\tRegion Two\tRegion Two\t22").unwrap();
    codes.admin1("ML.03\tEmpty Region\tEmpty Region\t23").unwrap();
    codes.country("# ISO\tISO3").unwrap();
    codes
        .country("ML\tMLI\t466\tML\tMali\tBamako\t1240000\t19077690\tAF\t.ml\tXOF\tFranc\t223\t\t\tfr\t2453866\tSN\t")
        .unwrap();
    let gazetteer = built(laid(&codes, Wanted::default(), &lines, Layers::new()));
    let name_of = |id: Option<_>| id.map(|id| gazetteer.place(id).name());
    let village = place(&gazetteer, "Villageham").unwrap();
    assert_eq!(name_of(village.admin1()).as_deref(), Some("Region One"));
    assert_eq!(name_of(village.admin2()).as_deref(), Some("Cercle"));
    let cercle = place(&gazetteer, "Cercle").unwrap();
    assert_eq!(name_of(cercle.admin1()).as_deref(), Some("Region One"));
    // What nothing locates lies in the middle of its towns; without a town it is left out.
    let two = place(&gazetteer, "Region Two").unwrap();
    assert!((two.lat() - 21.0).abs() < 0.1 && (two.lon() - 6.0).abs() < 0.1, "{two:?}");
    assert_eq!(
        (two.kind(), two.geonames_id(), two.country()),
        (PlaceKind::Admin1, Some(22), Country::from_alpha2("ML"))
    );
    assert_eq!(name_of(place(&gazetteer, "Else Too").unwrap().admin1()).as_deref(), Some("Region Two"));
    assert!(place(&gazetteer, "Empty Region").is_none());
    let mali = place(&gazetteer, "Mali").unwrap();
    assert_eq!((mali.kind(), mali.geonames_id(), mali.radius_km()), (PlaceKind::Country, Some(2_453_866), Some(629.0)));
}

#[test]
fn a_known_place_keeps_its_name_kind_and_other_names() {
    let mut builder = Builder::new();
    let mut town = PlaceRecord::new("Kyiv", PlaceKind::City, 50.4, 30.5);
    town.geonames_id = Some(703_448);
    builder.add(town).unwrap();
    let base = Gazetteer::from_bytes(builder.build().unwrap()).unwrap();
    let line = Line {
        others: "Kijev,Gorod",
        feature: "P.PPLX",
        population: 2_950_000,
        ..self::town(703_448, "Kiew", (50.45, 30.52), "UA.12")
    };
    let layers = laid(&Codes::new(), Wanted::default(), &[line], Layers::over(&base, "base", ""));
    assert_eq!((layers.sources()[1].added, layers.sources()[1].changed), (0, 1));
    let gazetteer = built(layers);
    let kyiv = place(&gazetteer, "Kiew").unwrap();
    assert_eq!((kyiv.name().as_str(), kyiv.kind(), kyiv.population()), ("Kyiv", PlaceKind::City, 2_950_000));
    assert_eq!(kyiv.country(), Country::from_alpha2("UA"));
    assert!(place(&gazetteer, "Gorod").is_none());
}

#[test]
fn other_names_are_chosen() {
    let others = "Avdeevka,Авдеевка,AVD,avdeevka,Gorod,Awdijiwka";
    let small = Line { others, ..town(1, "Avdiivka", (48.0, 37.0), "UA.05") };
    let large = Line { others: "Gotham", population: 30_000, ..town(2, "Largeham", (47.0, 37.0), "UA.05") };
    let gazetteer = built(laid(&Codes::new(), Wanted::default(), &[small, large], Layers::new()));
    for (name, known) in [
        ("Avdeevka", true),
        ("Awdijiwka", true),
        ("Авдеевка", false),
        ("AVD", false),
        ("Gorod", false),
        ("Gotham", true),
    ] {
        assert_eq!(place(&gazetteer, name).is_some(), known, "{name}");
    }

    let lines = [
        Line { others: "Thingam", ..town(3, "Thingham", (1.0, 2.0), "ML.01") },
        Line { feature: "S.AIRP", ..town(4, "Field Airport", (1.0, 3.0), "ML.01") },
    ];
    let wanted = Wanted { names: NamesFrom::AlternateNames, ..Wanted::default() };
    let mut layers = laid(&Codes::new(), wanted, &lines, Layers::new());
    for (line, taken) in [
        ("10\t3\ten\tThing Town\t1\t\t\t\t\t", true),
        ("11\t3\ten\tThing Town\t\t\t\t", false),
        ("12\t3\tfr\tVille-Chose\t\t\t\t\t\t", false),
        ("13\t3\ten\tOldtown\t\t\t\t1\t1900\t1950", false),
        ("14\t3\ten\tThingy\t\t\t1\t\t\t", false),
        ("15\t3\tabbr\tTHG\t\t\t\t\t\t", true),
        ("16\t4\tiata\tFLD\t\t\t\t\t\t", true),
        ("17\t3\tiata\tFLD\t\t\t\t\t\t", false),
        ("18\t999\ten\tNowhere\t\t\t\t\t\t", false),
        ("19\t3\tlink\thttps://example.org\t\t\t\t\t\t", false),
    ] {
        assert_eq!(alternate_name(&mut layers, line), Ok(taken), "{line}");
    }
    assert_eq!(alternate_name(&mut layers, "x\t3\ten"), Err("3 columns, not 8 or 10".to_owned()));
    let gazetteer = built(layers);
    assert!(place(&gazetteer, "Thing Town").is_some() && place(&gazetteer, "Thingam").is_none());
    assert_eq!(gazetteer.lookup("THG").next().map(|(_, how)| how), Some(How::Abbreviation));
    assert_eq!(place(&gazetteer, "Field Airport").unwrap().iata().as_deref(), Some("FLD"));
}

#[test]
fn only_what_is_wanted_is_taken() {
    let lines = || {
        [
            town(1, "Smallham", (1.0, 2.0), "ML.01"),
            Line { population: 5_000, ..town(2, "Largeham", (1.0, 3.0), "ML.01") },
            Line { population: 5_000, ..town(3, "Farham", (10.0, 3.0), "NE.01") },
            Line { feature: "H.LK", population: 0, ..town(4, "Lake Wide", (1.0, 4.0), "ML.01") },
        ]
    };
    let names = |change: fn(&mut Wanted)| {
        let mut wanted = Wanted::default();
        change(&mut wanted);
        let gazetteer = built(laid(&Codes::new(), wanted, &lines(), Layers::new()));
        let mut names: Vec<String> = gazetteer.places().map(|place| place.name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(|wanted| wanted.min_population = 1_000), ["Farham", "Lake Wide", "Largeham"]);
    assert_eq!(names(|wanted| wanted.kinds = vec![PlaceKind::Water]), ["Lake Wide"]);
    assert_eq!(names(|wanted| wanted.countries = vec![Country::from_alpha2("NE").unwrap()]), ["Farham"]);
}

#[test]
fn lines_of_other_tables_are_refused() {
    let codes = Codes::new();
    let mut import = Import::new(&codes, Wanted::default());
    let mut says = |line: &str| import.place(1, line).unwrap_err();
    assert_eq!(says("name,lat,lon"), "1 columns, not 19");
    let good = town(1, "Thingham", (1.0, 2.0), "ML.01").text();
    assert_eq!(says(&good.replacen('1', "x", 1)), "\"x\" is no GeoNames id");
    assert_eq!(says(&good.replace("\t2\t", "\teast\t")), "\"east\" is no position");
    assert_eq!(Codes::new().admin1("ML.01\tRegion\t1"), Err("3 columns, not 4".to_owned()));
    assert_eq!(Codes::new().admin2("ML.01.01\tRegion\tRegion\t"), Err("\"\" is no GeoNames id".to_owned()));
    assert_eq!(Codes::new().country("ML\tMLI"), Err("2 columns, not 19".to_owned()));
    // A position off the globe is found when the place is laid.
    let far = Line { at: (91.0, 0.0), ..town(9, "Farham", (0.0, 0.0), "ML.01") };
    import.place(6, &far.text()).unwrap();
    let mut bad = Vec::new();
    import.lay(&mut Layers::new(), |line, reason| bad.push(format!("{line}: {reason}")));
    assert_eq!(bad, ["6: \"Farham\": its latitude is 91"]);
}
