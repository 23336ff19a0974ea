//! `dateline frames` and files of own frames and words, as users run them.

mod program;

use std::fs;
use std::path::Path;

use program::{dateline, said};
use serde_json::Value;

fn tutorial() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/tutorial"))
}

const RULE: &str = "[[frame]]
type = \"boarding\"
[[frame.rule]]
name = \"board\"
verb = \"board\"
shape = \"act\"
is = { target = \"ship\" }
";

#[test]
fn examples_that_hold_are_counted() {
    let output =
        dateline(tutorial(), &["frames", "check", "--lexicon", "ships.tsv", "boarding.toml", "boarding-more.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
    assert!(said(&output.stdout).contains("boarding-more.toml: all 5 examples hold\n"), "{}", said(&output.stdout));
}

#[test]
fn an_example_that_fails_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let examples = "\n[[frame.example]]\ntext = \"Pirates boarded a ship.\"\nagent = [\"Pirates\"]\n
[[frame.example]]\ntext = \"Pirates boarded a ship.\"\ntarget = [\"a boat\"]\n
[[frame.counterexample]]\ntext = \"Pirates boarded a ship.\"\n";
    fs::write(folder.path().join("own.toml"), format!("{RULE}{examples}")).unwrap();
    let output = dateline(folder.path(), &["frames", "check", "own.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output.stderr));
    for part in [
        "own.toml:13: target: expected [\"a boat\"], found [\"a ship\"]\n    Pirates boarded a ship.\n",
        "own.toml:17: must give no boarding, but `boarded` does by rule boarding/board\n",
        "own.toml: 2 of 3 examples do not hold\n",
    ] {
        assert!(said(&output.stdout).contains(part), "no {part:?} in {}", said(&output.stdout));
    }
}

#[test]
fn every_file_that_cannot_be_loaded_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("good.toml"), RULE).unwrap();
    fs::write(folder.join("key.toml"), "[[frame]]\ntype = \"x\"\ncolour = 1\n").unwrap();
    fs::write(folder.join("same.toml"), RULE).unwrap();
    fs::write(folder.join("latin.toml"), b"[[frame]]\nabout = \"caf\xE9\"\n").unwrap();
    fs::write(folder.join("words.tsv"), "jahazi ship\n").unwrap();
    let files = ["good.toml", "key.toml", "same.toml", "latin.toml", "missing.toml"];
    let output = dateline(folder, &[&["frames", "check", "--lexicon", "words.tsv"][..], &files].concat());
    assert_eq!(output.status.code(), Some(2));
    for part in [
        "key.toml:3: unknown key `colour` of frame `x`",
        "same.toml:3: rule `boarding/board` is defined twice",
        "latin.toml:2: not valid UTF-8",
        "missing.toml: ",
        "words.tsv:1: expected `lemma<TAB>class|class`",
        "5 files cannot be loaded",
    ] {
        assert!(said(&output.stderr).contains(part), "no {part:?} in {}", said(&output.stderr));
    }
    assert!(output.stdout.is_empty());
    fs::write(folder.join("a.txt"), "Pirates boarded a ship.").unwrap();
    for option in [["--frames", "key.toml"], ["--lexicon", "words.tsv"], ["--frames", "latin.toml"]] {
        let output = dateline(folder, &[&["extract", "a.txt"][..], &option].concat());
        assert_eq!(output.status.code(), Some(2), "{option:?}");
    }
}

#[test]
fn own_frames_and_words_give_events() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("own.toml"), RULE).unwrap();
    fs::write(folder.join("own.tsv"), "jahazi\tship\n").unwrap();
    fs::write(folder.join("a.txt"), "Pirates boarded a jahazi. Pirates boarded a train.").unwrap();
    let types = |args: &[&str]| {
        let output = dateline(folder, &[&["extract", "--format", "json", "a.txt"], args].concat());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let rule = |event: &Value| event["rule"].as_str().unwrap().to_owned();
        report["events"].as_array().unwrap().iter().map(rule).collect::<Vec<_>>()
    };
    assert!(types(&["--frames", "own.toml"]).is_empty());
    assert_eq!(types(&["--frames", "own.toml", "--lexicon", "own.tsv"]), ["boarding/board"]);
}

#[test]
fn types_and_rules_are_listed() {
    let output = dateline(tutorial(), &["frames", "list", "--frames", "boarding.toml"]);
    let list = said(&output.stdout);
    for kind in ["interception ", "drone_strike ", "coup ", "boarding "] {
        assert!(list.lines().any(|line| line.starts_with(kind)), "no {kind}in {list}");
    }
    assert!(
        list.lines().all(|line| line.split_once("  ").is_some_and(|(_, about)| !about.trim().is_empty())),
        "{list}"
    );
    let output = dateline(tutorial(), &["frames", "list", "--rules", "--frames", "boarding.toml"]);
    assert!(said(&output.stdout).contains("\n  boarding/board: board, clamber aboard, boarding\n"));
    let output = dateline(tutorial(), &["frames", "list", "--format", "json", "--frames", "boarding.toml"]);
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let last = list.as_array().unwrap().last().unwrap();
    assert_eq!((&last["type"], &last["rules"][0]["nouns"]), (&"boarding".into(), &serde_json::json!(["boarding"])));
}
