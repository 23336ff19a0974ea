//! `dateline parse`, and what `--with` adds to a report.

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;

const TEXT: &str = "KYIV (Reuters) - «We don't know», the mayor said in London on Monday.\nTwo drones\nwere shot down.";

fn run(args: &[&str], input: &str) -> String {
    let output = Command::cargo_bin("dateline").unwrap().args(args).write_stdin(input).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The words of CoNLL-U as columns, sentence by sentence.
fn sentences(conllu: &str) -> Vec<Vec<Vec<&str>>> {
    let word = |line: &'_ str| !line.starts_with('#');
    let words = conllu.split_terminator("\n\n").map(|block| block.lines().filter(|line| word(line)));
    words.map(|lines| lines.map(|line| line.split('\t').collect()).collect()).collect()
}

#[test]
fn parse_writes_conllu() {
    let text = run(&["parse", "-"], TEXT);
    assert!(
        text.starts_with(
            "# newdoc id = 1\n# sent_id = 1-1\n# text = «We don't know», the mayor said in London on Monday.\n"
        ),
        "{text}"
    );
    assert!(text.contains("# text = Two drones were shot down.\n"), "{text}");
    let sentences = sentences(&text);
    assert_eq!(sentences.len(), 2);
    for sentence in &sentences {
        assert_eq!(sentence.iter().filter(|word| word[6] == "0" && word[7] == "root").count(), 1);
        for (place, word) in sentence.iter().enumerate() {
            assert_eq!((word.len(), word[0]), (10, (place + 1).to_string().as_str()));
            assert!(word[6].parse::<usize>().unwrap() <= sentence.len());
        }
    }
    let word = |form: &str| sentences[0].iter().find(|word| word[1] == form).unwrap();
    assert_eq!((word("do")[9], word("n't")[9]), ("SpaceAfter=No", "_"));
    assert_eq!((word("London")[9], word("said")[2], word("said")[3]), ("NER=B-GPE", "say", "VERB"));
    // The text can be put together again.
    let forms = sentences[0]
        .iter()
        .map(|word| format!("{}{}", word[1], if word[9].contains("SpaceAfter=No") { "" } else { " " }));
    assert_eq!(forms.collect::<String>().trim_end(), "«We don't know», the mayor said in London on Monday.");
}

#[test]
fn given_words_stay_and_get_the_same_tree() {
    let text = run(&["parse", "-"], TEXT);
    assert_eq!(run(&["parse", "--pretokenized", "-"], &text), text);
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(run(&["parse", "--pretokenized", "--jobs", "3", "-"], &crlf), text);
}

#[test]
fn a_broken_treebank_line_is_named_and_the_rest_goes_on() {
    let columns = "\t_\t_\t_\t_\t_\t_\t_\t_\n";
    let input = format!("# a\n1\tYes{columns}\n\n1\tNo\tno\n\n1\tMaybe{columns}");
    let mut command = Command::cargo_bin("dateline").unwrap();
    let assert = command.args(["parse", "--pretokenized", "-"]).write_stdin(input).assert();
    assert.code(1).stdout(predicate::str::contains("Yes").and(predicate::str::contains("Maybe"))).stderr(
        predicate::str::contains("standard input:5: has 3 columns").and(predicate::str::contains("1 of 3 sentences")),
    );
}

#[test]
fn with_adds_closed_shapes() {
    let args = ["extract", "--offsets", "chars", "--with", "tokens,syntax", "-"];
    let report: Value = serde_json::from_str(&run(&args, TEXT)).unwrap();
    let plain: Value = serde_json::from_str(&run(&["extract", "--offsets", "chars", "-"], TEXT)).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let more: Vec<String> = keys(&report).into_iter().filter(|key| !keys(&plain).contains(key)).collect();
    assert_eq!(more, ["syntax", "tokens"]);
    for key in keys(&plain) {
        assert_eq!(report[&key], plain[&key]);
    }
    let characters: Vec<char> = TEXT.chars().collect();
    let slice = |value: &Value| -> String {
        let at = |key: &str| value[key].as_u64().unwrap() as usize;
        characters[at("start")..at("end")].iter().collect()
    };
    let syntax = report["syntax"].as_array().unwrap();
    assert_eq!(syntax.len(), report["sentences"].as_array().unwrap().len());
    for (sentence, extent) in syntax.iter().zip(report["sentences"].as_array().unwrap()) {
        assert_eq!((&sentence["start"], &sentence["end"]), (&extent["start"], &extent["end"]));
        assert_eq!(keys(sentence), ["end", "names", "start", "words"]);
        for word in sentence["words"].as_array().unwrap() {
            assert_eq!(keys(word), ["deprel", "end", "head", "lemma", "start", "text", "upos", "xpos"]);
            assert_eq!(word["text"], slice(word));
        }
        for name in sentence["names"].as_array().unwrap() {
            assert_eq!(keys(name), ["end", "kind", "start", "text"]);
            assert_eq!(name["text"], slice(name));
        }
    }
    assert_eq!(syntax[0]["names"][0]["kind"], "place");
    let parsed: Value =
        serde_json::from_str(&run(&["parse", "--format", "jsonl", "--offsets", "chars", "-"], TEXT)).unwrap();
    assert_eq!(parsed["sentences"], report["syntax"]);
    let tokens: Value = serde_json::from_str(&run(&["tokens", "--offsets", "chars", "-"], TEXT)).unwrap();
    assert_eq!(tokens["tokens"], report["tokens"]);
}

#[test]
fn options_that_do_not_go_together_are_told() {
    let fails = |args: &[&str]| {
        Command::cargo_bin("dateline").unwrap().args(args).write_stdin("x").assert().code(2);
    };
    fails(&["extract", "--format", "csv", "--with", "tokens", "-"]);
    fails(&["parse", "--pretokenized", "--format", "jsonl", "-"]);
    fails(&["extract", "--with", "colours", "-"]);
    fails(&["man", "nothing"]);
}

#[test]
fn shells_and_man_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&["completions", shell], "").contains("pretokenized"), "{shell}");
    }
    let page = run(&["man"], "");
    assert!(page.contains(".TH dateline") && page.contains("extract"), "{page}");
    assert!(run(&["man", "extract"], "").contains("dateline extract"), "names the command as it is called");
}
