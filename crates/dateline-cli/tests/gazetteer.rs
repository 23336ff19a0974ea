//! `dateline gazetteer` as users run it, and that the places of a file made by it are found in texts.

mod program;

use std::fs;

use program::{dateline, said};
use serde_json::Value;

const TOWNS: &str = "name,lat,lon,kind,country,admin1,alternates,population,id
Orlikove,48.3412,37.9021,city,UA,Donetsk,Orlikovo,640,
Kestrel Hill,48.3610,37.8740,facility,UA,Donetsk,Height 217,,
Kyiv City Renamed,50.4547,30.5238,city,UA,,,,703448
";

#[test]
fn own_places_are_laid_over_the_embedded_ones_and_found_in_texts() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("own.csv"), TOWNS).unwrap();
    let output = dateline(folder, &["gazetteer", "build", "own.csv", "-o", "own.gaz", "--licence", "CC0"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(said(&output.stderr).contains("own.csv: places added: 2, changed: 1"), "{}", said(&output.stderr));
    assert!(!folder.join("own.gaz.part").exists());

    fs::write(folder.join("a.txt"), "Shells fell on Orlikove in Ukraine and near Height 217, west of Bakhmut.")
        .unwrap();
    let place = |args: &[&str], text: &str| {
        let output = dateline(folder, args);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["places"].as_array().unwrap().iter().find(|place| place["text"] == text).cloned()
    };
    assert_eq!(place(&["places", "a.txt"], "Orlikove"), None);
    for command in [&["places"][..], &["extract", "--format", "json"]] {
        let args: Vec<&str> = command.iter().copied().chain(["--gazetteer", "own.gaz", "a.txt"]).collect();
        let orlikove = place(&args, "Orlikove").expect("the place is found");
        assert_eq!((orlikove["lat"].as_f64(), orlikove["admin1"].as_str()), (Some(48.3412), Some("Donetsk Oblast")));
        assert_eq!(place(&args, "Height 217").expect("the place is found")["name"], "Kestrel Hill");
        assert!(place(&args, "Bakhmut").is_some(), "the embedded places are still there");
    }
    let lookup = dateline(folder, &["lookup", "--gazetteer", "own.gaz", "kyiv"]);
    assert!(said(&lookup.stdout).contains("Kyiv City Renamed"));

    let info = dateline(folder, &["gazetteer", "info", "--format", "json", "own.gaz"]);
    let info: Value = serde_json::from_slice(&info.stdout).unwrap();
    let embedded = dateline(folder, &["gazetteer", "info", "--format", "json"]);
    let embedded: Value = serde_json::from_slice(&embedded.stdout).unwrap();
    assert_eq!(info["places"].as_u64(), embedded["places"].as_u64().map(|count| count + 2));
    let own = serde_json::json!({"name": "own.csv", "added": 2, "changed": 1, "licence": "CC0"});
    assert_eq!((&info["sources"][0]["name"], &info["sources"][1]), (&embedded["sources"][0]["name"], &own));
}

#[test]
fn without_a_base_there_is_nothing_else_and_a_file_can_be_a_base() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("one.csv"), "name,lat,lon\nFirstham,1,2\n").unwrap();
    fs::write(folder.join("two.tsv"), "lon\tlat\tname\n2\t1\tFirstham\n4\t3\tSecondham\n").unwrap();
    assert!(dateline(folder, &["gazetteer", "build", "one.csv", "-o", "one.gaz", "--base", "none"]).status.success());
    assert!(
        dateline(folder, &["gazetteer", "build", "two.tsv", "-o", "two.gaz", "--base", "one.gaz"]).status.success()
    );
    let info = dateline(folder, &["gazetteer", "info", "two.gaz"]);
    let info = said(&info.stdout);
    let has = |line: [&str; 2]| info.lines().any(|found| found.split_whitespace().take(2).eq(line));
    assert!(has(["places", "2"]) && has(["city", "2"]) && has(["one.csv", "1,"]) && has(["two.tsv", "1,"]), "{info}");
    assert_eq!(dateline(folder, &["lookup", "--gazetteer", "two.gaz", "Moscow"]).status.code(), Some(1));
}

#[test]
fn bad_rows_are_named_counted_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut table = String::from("name,lat,lon\n");
    for row in 0..50_000 {
        table.push_str(if row == 30_000 { "Goodham,1,2\n" } else { "Badham,1\n" });
    }
    fs::write(folder.join("own.csv"), &table).unwrap();
    let output = dateline(folder, &["gazetteer", "build", "own.csv", "-o", "own.gaz", "--base", "none"]);
    let errors = said(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for part in [
        "own.csv:2: 2 columns, the header has 3\n",
        "own.csv:6: ",
        "own.csv: 49999 of 50000 rows cannot be used (the first 5",
    ] {
        assert!(errors.contains(part), "no {part:?} in {errors}");
    }
    assert!(errors.lines().count() < 12, "{errors}");
    assert!(dateline(folder, &["lookup", "--gazetteer", "own.gaz", "Goodham"]).status.success());
}

#[test]
fn what_cannot_be_made_leaves_the_old_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("own.gaz"), "old").unwrap();
    for (table, says) in [
        ("name,latitude\nA,1\n", "own.csv:1: the header has no column `lon`; it has: name, latitude"),
        ("", "own.csv:1: the table is empty; it needs a header line: name,lat,lon"),
        ("name,lat,lon\nA,x,2\nB,1,y\n", "no row can be used; nothing is written"),
    ] {
        fs::write(folder.join("own.csv"), table).unwrap();
        let output = dateline(folder, &["gazetteer", "build", "own.csv", "-o", "own.gaz"]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output.stderr));
        assert!(said(&output.stderr).contains(says), "{}", said(&output.stderr));
        assert_eq!(fs::read(folder.join("own.gaz")).unwrap(), b"old");
    }
    fs::write(folder.join("own.csv"), TOWNS).unwrap();
    for args in [
        &["gazetteer", "build", "missing.csv", "-o", "own.gaz"][..],
        &["gazetteer", "build", "own.csv", "-o", "no/folder/own.gaz"],
        &["gazetteer", "build", "own.csv", "-o", "new.gaz", "--base", "own.gaz"],
        &["gazetteer", "build", "own.csv"],
        &["gazetteer", "info", "own.csv"],
        &["gazetteer", "info", "missing.gaz"],
    ] {
        assert_eq!(dateline(folder, args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn geonames_tables_are_laid_over_the_base_and_below_own_tables() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let town = |id: u32, name: &str, country: &str| {
        format!("{id}\t{name}\t{name}\t\t1.5\t2.5\tP\tPPL\t{country}\t\t07\t\t\t\t4000\t\t9\tX\t2024-01-01\n")
    };
    let places = [town(1, "Firstham", "ML"), town(2, "Secondham", "NE"), "3\tBroken\n".to_owned()].concat();
    fs::write(folder.join("places.txt"), places).unwrap();
    fs::write(folder.join("admin1.txt"), "ML.07\tRegion Seven\tRegion Seven\t77\n").unwrap();
    fs::write(folder.join("names.txt"), "5\t1\ten\tFirst Town\t\t\t\t\t\t\n").unwrap();
    fs::write(folder.join("own.csv"), "name,lat,lon,id,population\nFirstham,1.5,2.5,1,5000\n").unwrap();
    let args = "gazetteer build own.csv --geonames places.txt --admin1-codes admin1.txt --alternate-names names.txt \
                --only-countries ml -o own.gaz --base none";
    let args: Vec<&str> = args.split_whitespace().collect();
    let output = dateline(folder, &args);
    let errors = said(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for part in [
        "places.txt:3: 2 columns, not 19\n",
        "places.txt: 1 of 3 rows cannot be used\n",
        "places.txt: places added: 2, changed: 0\n",
        "names.txt: names added: 1\n",
        "own.csv: places added: 0, changed: 1\n",
    ] {
        assert!(errors.contains(part), "no {part:?} in {errors}");
    }
    let lookup = dateline(folder, &["lookup", "--gazetteer", "own.gaz", "First Town"]);
    let lookup = said(&lookup.stdout);
    assert!(["Firstham", "Region Seven", "5000"].iter().all(|part| lookup.contains(part)), "{lookup}");
    assert_eq!(dateline(folder, &["lookup", "--gazetteer", "own.gaz", "Secondham"]).status.code(), Some(1));

    fs::write(folder.join("places.zip"), b"PK\x03\x04").unwrap();
    let output = dateline(folder, &["gazetteer", "build", "--geonames", "places.zip", "-o", "own.gaz"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output.stderr).contains("places.zip: it is a zip archive; unpack it first"),
        "{}",
        said(&output.stderr)
    );
}

/// `-o /dev/full` once put a file in the place of the device.
#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("own.csv"), TOWNS).unwrap();
    let link = folder.join("sink");
    std::os::unix::fs::symlink("/dev/null", &link).unwrap();
    let output = dateline(folder, &["gazetteer", "build", "own.csv", "-o", "sink"]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}
