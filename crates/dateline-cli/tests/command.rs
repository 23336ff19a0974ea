//! The binary as users run it: what it prints, where, and with which exit status.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;

fn dateline() -> Command {
    Command::cargo_bin("dateline").expect("the binary is built with the tests")
}

fn article(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/articles")).join(name)
}

fn lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn extract_gives_a_line_a_document() {
    let output = dateline().arg("extract").args([article("istra.txt"), article("goma.txt")]).output().unwrap();
    assert!(output.status.success());
    let reports = lines(&output.stdout);
    assert_eq!(reports.iter().map(|report| &report["id"]).collect::<Vec<_>>(), ["istra", "goma"]);
    assert_eq!(reports[0]["date"], "2023-11-06");
    assert_eq!(reports[1]["dateline"]["agency"], "Reuters");
}

#[test]
fn formats_say_the_same() {
    let run =
        |format: &str| dateline().args(["extract", "--format", format]).arg(article("istra.txt")).output().unwrap();
    let line: Value = serde_json::from_slice(&run("jsonl").stdout).unwrap();
    let pretty: Value = serde_json::from_slice(&run("json").stdout).unwrap();
    assert_eq!(line, pretty);
    let table = String::from_utf8(run("table").stdout).unwrap();
    for event in line["events"].as_array().unwrap() {
        assert!(table.contains(event["type"].as_str().unwrap()), "{table}");
    }
}

/// The README shows pieces of the JSON of a report, "…" between them, with less indentation.
#[test]
fn the_readme_shows_a_part_of_the_report() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = include_str!("../../../README.md");
    let (_, rest) = readme.split_once("with `--format json`").expect("the first command and its output");
    let shown = rest.split("```").nth(1).and_then(|block| block.strip_prefix("text")).expect("a block of text");
    let output = dateline().args(["extract", "--format", "json"]).arg(article("istra.txt")).output().unwrap();
    let output = plain(std::str::from_utf8(&output.stdout).unwrap());
    let mut rest = output.as_str();
    for piece in shown.split('…').map(plain) {
        let at = rest.find(&piece).unwrap_or_else(|| panic!("no {piece:?} in\n{rest}"));
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn dates_in_numbers_are_read_in_the_order_asked_for() {
    let value = |order: &str| {
        let text = "Rebels shelled the town on 6/11/2023.";
        let output = dateline().args(["extract", "--date-order", order, "-"]).write_stdin(text).output().unwrap();
        lines(&output.stdout)[0]["times"][0]["value"].clone()
    };
    assert_eq!(value("month-first"), "2023-06-11");
    assert_eq!(value("day-first"), "2023-11-06");
    assert_eq!(value("auto"), "2023-11-06");
}

#[test]
fn a_table_fits_its_width() {
    for width in [40, 70, 80, 133] {
        let mut command = dateline();
        command.args(["extract", "--format", "table", "--width", &width.to_string()]);
        let output = command.args([article("istra.txt"), article("sahel.txt")]).output().unwrap();
        let table = String::from_utf8(output.stdout).unwrap();
        let rows = table.lines().filter(|line| line.starts_with([' ', '─', '═']));
        let widest = rows.map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{widest} columns of {width}:\n{table}");
        if width >= 70 {
            assert!(table.contains("interception") && table.contains("2023-11-06"), "{table}");
        }
    }
}

#[test]
fn records_bring_id_date_and_more() {
    let input = "{\"id\": 7, \"text\": \"A bomb exploded in Kabul.\", \"date\": \"2024-05-01T10:00:00Z\", \"url\": \"u\"}\n\n\
                 {\"text\": \"Nothing.\"}\n";
    let output = dateline().args(["extract", "--date", "2020-01-02", "-"]).write_stdin(input).output().unwrap();
    assert!(output.status.success());
    let reports = lines(&output.stdout);
    assert_eq!((&reports[0]["id"], &reports[0]["date"]), (&Value::from("7"), &Value::from("2024-05-01")));
    assert_eq!(reports[0]["meta"], serde_json::json!({"url": "u"}));
    assert_eq!((&reports[1]["id"], &reports[1]["date"]), (&Value::from("2"), &Value::from("2020-01-02")));
}

#[test]
fn bad_records_are_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("docs.jsonl");
    let input = b"{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\n{\"id\":\"c\"}\n{\"text\":\"\xff\"}\n{\"id\":\"d\",\"text\":\"y\"}\n";
    fs::write(&path, input).unwrap();
    let output = dateline().arg("extract").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<Value> = lines(&output.stdout).into_iter().map(|report| report["id"].clone()).collect();
    assert_eq!(ids, ["a", "d"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    for part in [
        "docs.jsonl:2: no JSON object",
        "docs.jsonl:3: the field \"text\" is missing",
        "docs.jsonl:4: not valid UTF-8 at byte 9",
        "3 of 5",
    ] {
        assert!(errors.contains(part), "no {part:?} in {errors}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, b"Kabul \xf0\x28").unwrap();
    let missing = folder.path().join("missing.txt");
    let output = dateline().arg("extract").args([&bad, &missing]).arg(article("goma.txt")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output.stdout).len(), 1);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("bad.txt: not valid UTF-8 at byte 6"), "{errors}");
    assert!(errors.contains("missing.txt: "), "{errors}");
}

#[test]
fn an_empty_file_is_an_empty_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.txt");
    fs::write(&path, "").unwrap();
    let output = dateline().arg("extract").arg(&path).output().unwrap();
    assert!(output.status.success());
    let reports = lines(&output.stdout);
    assert_eq!((&reports[0]["id"], &reports[0]["events"]), (&Value::from("empty"), &serde_json::json!([])));
    assert!(String::from_utf8(output.stderr).unwrap().contains("empty.txt: the input is empty"));
}

#[test]
fn offsets_count_code_points_where_asked() {
    let text = "«Tšernobyl» — Kyiv was shelled.";
    let output = dateline().args(["tokens", "--offsets", "chars", "-"]).write_stdin(text).output().unwrap();
    let line = &lines(&output.stdout)[0];
    let characters: Vec<char> = text.chars().collect();
    let words: Vec<String> = line["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| {
            let (start, end) = (span[0].as_u64().unwrap() as usize, span[1].as_u64().unwrap() as usize);
            characters[start..end].iter().collect()
        })
        .collect();
    assert!(words.contains(&"Kyiv".to_owned()), "{words:?}");
    let end = line["sentences"][0][1].as_u64().unwrap() as usize;
    assert_eq!(end, characters.len());
}

#[test]
fn damaged_data_and_wrong_frames_are_set_up_errors() {
    let folder = tempfile::tempdir().unwrap();
    let places = folder.path().join("places.dat");
    fs::write(&places, "not a gazetteer").unwrap();
    dateline()
        .args(["lookup", "Kyiv", "--gazetteer"])
        .arg(&places)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("places.dat"));

    let frames = folder.path().join("own.toml");
    fs::write(&frames, "[[frame]]\ntype = \"boarding\"\nabuot = \"typo\"\n").unwrap();
    dateline()
        .arg("extract")
        .arg(article("goma.txt"))
        .arg("--frames")
        .arg(&frames)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("own.toml:3").and(predicate::str::contains("abuot")));
}

#[test]
fn usage_errors_are_status_two() {
    dateline().args(["extract", "--format", "xml", "x.txt"]).assert().code(2);
    dateline().args(["extract", "--date", "yesterday", "x.txt"]).assert().code(2);
    dateline().assert().code(2);
}

#[test]
fn lookup_shows_every_place_of_the_name() {
    dateline().args(["lookup", "zhukovsky"]).assert().success().stdout(predicate::str::contains("airport"));
    dateline()
        .args(["lookup", "Qqqq"])
        .assert()
        .code(1)
        .stderr(predicate::str::contains("no place is called \"Qqqq\""));
}

#[test]
fn licenses_are_told() {
    dateline()
        .arg("--licenses")
        .assert()
        .success()
        .stdout(predicate::str::contains("GeoNames").and(predicate::str::contains("CC BY")));
}
