//! Tables of places that people write: separators, quotes, and what is said of rows that are wrong.

use dateline_gazetteer::table::{BadRow, Row, Table};
use dateline_gazetteer::{Country, How, PlaceKind};
use proptest::prelude::*;

fn rows(table: &[u8]) -> Vec<Result<Row, BadRow>> {
    Table::open(table).unwrap().rows().collect()
}

fn names(table: &str) -> Vec<String> {
    rows(table.as_bytes()).into_iter().map(|row| row.map_or_else(|bad| bad.to_string(), |row| row.place.name)).collect()
}

#[test]
fn columns_stand_in_any_order_between_any_separator() {
    for (table, separator) in
        [("id,Lon,LAT,name,kind,remark", ','), ("lon\tid\tname\tkind\tlat", '\t'), ("lat;name;lon;kind;id", ';')]
    {
        let header: Vec<String> = table.split(separator).map(str::to_ascii_lowercase).collect();
        let value = |column: &String| match column.as_str() {
            "id" => "703448.0",
            "lat" => " 50.45 ",
            "lon" => "30.52",
            "name" => "Kyiv",
            "kind" => "City",
            _ => "",
        };
        let row: Vec<&str> = header.iter().map(value).collect();
        let text = format!("\u{feff}# towns\r\n\r\n{table}\r\n{}\r\n", row.join(&separator.to_string()));
        let place = rows(text.as_bytes()).remove(0).unwrap_or_else(|bad| panic!("{text}: {bad}"));
        assert_eq!(place.line, 4);
        let place = place.place;
        assert_eq!((place.name.as_str(), place.lat, place.lon), ("Kyiv", 50.45, 30.52));
        assert_eq!((place.kind, place.geonames_id), (Some(PlaceKind::City), Some(703_448)));
    }
    let table = Table::open(b"name,lat,lon,remark,\n").unwrap();
    assert_eq!(table.unknown_columns(), ["remark"]);
}

#[test]
fn countries_are_codes_or_names_and_other_names_stand_between_bars() {
    for country in ["SD", "sd", "SDN", "Sudan"] {
        let table = format!("name,lat,lon,country,alternates\nA Town,1,2,{country},| Ville | ~Townish |!A.T.\n");
        let row = rows(table.as_bytes()).remove(0).unwrap();
        assert_eq!(row.place.country, Country::from_alpha2("SD"));
        let name = |name: &str, how| (name.to_owned(), how);
        assert_eq!(
            row.place.names,
            [name("Ville", How::Alternate), name("Townish", How::Demonym), name("A.T.", How::Abbreviation)]
        );
    }
}

#[test]
fn quotes_hold_separators_line_ends_and_quotes() {
    let table = "name,lat,lon\n\"Fort \"\"Old\"\", North\",1,2\n \"Two\nLines\" ,1,2\nPlain \"Inner\",1,2\n";
    assert_eq!(names(table), ["Fort \"Old\", North", "Two\nLines", "Plain \"Inner\""]);
    // Between tabs a quote is a letter like others.
    assert_eq!(names("name\tlat\tlon\n\"Odd\t1\t2\n"), ["\"Odd"]);
}

#[test]
fn a_stray_quote_costs_its_own_row_only() {
    let table =
        "name,lat,lon\nFirst,1,2\n\"Open,1,2\nSecond,1,2\n\"Closed\" too,1,2\nThird,1,2\n\"Last,1,2\nFourth,1,2";
    assert_eq!(
        names(table),
        [
            "First",
            "line 3: there is text behind the closing quote of a field; a quote inside is written twice",
            "Second",
            "line 5: there is text behind the closing quote of a field; a quote inside is written twice",
            "Third",
            "line 7: a quote is opened and never closed",
            "Fourth"
        ]
    );
}

#[test]
fn a_bad_row_is_named_by_line_and_column() {
    let bad = |row: &str| {
        let table = format!("name,lat,lon,kind,country,population,radius_km,id\nGood,1,2,,,,,\n{row}\nGood,1,2,,,,,\n");
        let rows = rows(table.as_bytes());
        assert_eq!(rows.len(), 3);
        assert!(rows[0].is_ok() && rows[2].is_ok());
        rows[1].as_ref().unwrap_err().to_string()
    };
    for (row, says) in [
        ("Town,1,2", "line 3: 3 columns, the header has 8"),
        ("Town,1,2,,,,,,,", "line 3: 10 columns, the header has 8"),
        (",1,2,,,,,", "line 3: the name is empty"),
        ("Town,138.2,36.1,,,,,", "line 3: lat: \"138.2\" is not within -90 to 90"),
        ("Town,1,-180.5,,,,,", "line 3: lon: \"-180.5\" is not within -180 to 180"),
        ("Town,\"48,5\",2,,,,,", "line 3: lat: \"48,5\" is no number"),
        ("Town,NaN,2,,,,,", "line 3: lat: \"NaN\" is not within -90 to 90"),
        ("Town,,2,,,,,", "line 3: lat: \"\" is no number"),
        ("Town,1,2,village,,,,", "line 3: kind: \"village\" is none of: continent country admin1"),
        ("Town,1,2,,Freedonia,,,", "line 3: country: \"Freedonia\" is no country"),
        ("Town,1,2,,,many,,", "line 3: population: \"many\" is no whole number"),
        ("Town,1,2,,,,-3,", "line 3: radius_km: \"-3\" is no radius in kilometres"),
        ("Town,1,2,,,,,Q649", "line 3: id: \"Q649\" is no GeoNames id"),
        ("Town,1,2,,,,,0", "line 3: id: \"0\" is no GeoNames id"),
    ] {
        let message = bad(row);
        assert!(message.starts_with(says), "{message}");
    }
    let rows = rows(b"name,lat,lon\nGood,1,2\nB\xFFd,1,2\nGood,1,2\n");
    assert_eq!(rows[1].as_ref().unwrap_err().to_string(), "line 3: not valid UTF-8 at byte 1 of the row");
    assert!(rows[2].is_ok());
}

#[test]
fn an_unusable_header_says_what_it_lacks() {
    let error = |table: &[u8]| Table::open(table).unwrap_err().to_string();
    assert_eq!(error(b""), "line 1: the table is empty; it needs a header line: name,lat,lon");
    assert_eq!(error(b"\n\n# nothing\n"), "line 1: the table is empty; it needs a header line: name,lat,lon");
    assert_eq!(error(b"# x\nname;lat;y\n"), "line 2: the header has no column `lon`; it has: name, lat, y");
    assert_eq!(error(b"Kyiv,50.4,30.5\n"), "line 1: the header has no column `name`; it has: Kyiv, 50.4, 30.5");
    assert_eq!(error(b"name,lat,lon,latitude\n"), "line 1: the header has the column `lat` twice");
    assert_eq!(error(b"\xFF\xFEn\0a\0"), "line 1: the table is in UTF-16; save it as UTF-8");
    assert_eq!(error(b"name,l\xFFt,lon\n"), "line 1: not valid UTF-8 at byte 6 of the row");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_line_by_line(bytes in prop::collection::vec(
        prop::sample::select(b"a1,;\t\"\n\r# \xFF\xC3\xA9-".to_vec()), 0..300))
    {
        let table = [b"name,lat,lon\n", bytes.as_slice()].concat();
        let lines = table.split(|&byte| byte == b'\n').count();
        let mut last = 1;
        for row in Table::open(&table).unwrap().rows() {
            let line = row.map_or_else(|bad| bad.line, |row| row.line);
            prop_assert!(line > last && line <= lines);
            last = line;
        }
        let _ = Table::open(&bytes);
    }

    #[test]
    fn what_is_quoted_comes_back(name in "[a-zé,;\"\n|# ]{1,20}x") {
        let table = format!("name,lat,lon\n\"{}\",1,2\n", name.replace('"', "\"\""));
        prop_assert_eq!(names(&table), [name.trim()]);
    }
}
