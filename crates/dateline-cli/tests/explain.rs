//! `dateline explain`, as users run it.

mod program;

use std::fs;
use std::path::Path;

use program::{dateline, said};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

const ISTRA: &str = "testdata/articles/istra.txt";

#[test]
fn the_readme_shows_what_it_says() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("```sh\ndateline explain").unwrap();
    let (command, rest) = rest.split_once("\n```\n\n```text\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let args: Vec<&str> = ["explain"].into_iter().chain(command.split_whitespace()).collect();
    let output = dateline(root(), &args);
    let mut rest = said(&output.stdout);
    for piece in shown.split('…') {
        let at = rest.find(piece).unwrap_or_else(|| panic!("no {piece:?} in\n{rest}"));
        rest = &rest[at + piece.len()..];
    }
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn an_event_that_is_not_there_is_an_error() {
    for (question, status, message) in [
        (["--event", "99"], 1, "istra: there is no event 99; there are "),
        (["--sentence", "99"], 1, "istra: there is no sentence 99; there are "),
        (["--at", "99999"], 1, "istra: there is no offset 99999; the text ends before"),
        (["--why-not", "picnic"], 2, "there is no event type \"picnic\"; `dateline frames list` lists them"),
    ] {
        let output = dateline(root(), &[&["explain"][..], &question, &[ISTRA]].concat());
        assert_eq!(output.status.code(), Some(status), "{question:?}");
        assert_eq!(said(&output.stdout), "", "{question:?}");
        assert!(said(&output.stderr).contains(message), "{question:?}: {}", said(&output.stderr));
    }
}

#[test]
fn json_has_the_same_in_parts() {
    let output = dateline(root(), &["explain", "--format", "json", "--offsets", "chars", "--event", "0", ISTRA]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&value["id"], &value["offsets"]), (&Value::from("istra"), &Value::from("chars")));
    let event = &value["events"][0];
    assert_eq!(event["rule"], "interception/destroy");
    assert_eq!(event["bindings"][0]["phrase"]["text"], "its air defence forces");

    let question = ["--why-not", "interception", "--sentence", "8"];
    let output = dateline(root(), &[&["explain", "--format", "json"][..], &question, &[ISTRA]].concat());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["found"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_sentence_says_which_rule_came_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Émilie slept. The frost arrested the growth of the vines.";
    fs::write(folder.path().join("vines.txt"), text).unwrap();
    let at = text.chars().take_while(|&letter| letter != '.').count() + ". The frost a".len();
    for question in
        [vec!["--why-not", "arrest"], vec!["--sentence", "1"], vec!["--offsets", "chars", "--at", &at.to_string()]]
    {
        let output = dateline(folder.path(), &[&["explain"][..], &question, &["vines.txt"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output.stderr));
        for part in ["arrest/arrest at \"arrested\" in sentence 1, trigger `arrest`\n  fails", "\"growth\" fills it"] {
            assert!(said(&output.stdout).contains(part), "{question:?}: no {part:?} in {}", said(&output.stdout));
        }
    }
}
