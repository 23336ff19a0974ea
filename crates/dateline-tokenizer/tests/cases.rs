//! Runs the cases of `testdata`.

use dateline_tokenizer::{Tokenizer, Tokens, tokens};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<Case> {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    name: String,
    comment: String,
    text: String,
    tokens: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    name: String,
    comment: String,
    #[serde(default)]
    head: String,
    text: String,
    sentences: Vec<String>,
}

#[test]
fn words() {
    let file: File<Words> = toml::from_str(include_str!("../testdata/words.toml")).unwrap();
    let mut failed = Vec::new();
    for case in file.case {
        let found: Vec<_> = tokens(&case.text).map(|token| token.as_str()).collect();
        if found.join(" ") != case.tokens {
            failed.push(format!(
                "{} ({})\n  found  {}\n  wanted {}",
                case.name,
                case.comment,
                found.join(" "),
                case.tokens
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn sentences() {
    let file: File<Sentences> = toml::from_str(include_str!("../testdata/sentences.toml")).unwrap();
    let mut failed = Vec::new();
    for case in file.case {
        let text = format!("{}{}", case.head, case.text);
        let mut out = Tokens::new();
        Tokenizer::new().tokenize_with_body(&text, case.head.len(), &mut out);
        let found: Vec<_> = out.of(&text).sentences().map(|sentence| sentence.as_str()).collect();
        if found != case.sentences {
            failed.push(format!("{} ({})\n  found  {found:?}\n  wanted {:?}", case.name, case.comment, case.sentences));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
