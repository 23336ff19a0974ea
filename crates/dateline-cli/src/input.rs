//! Documents from files and standard input, one after the other; bad ones are reported and passed over.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::args::From;

/// A document as it was read.
#[derive(Debug)]
pub struct Record {
    pub id: String,
    pub text: String,
    pub date: Option<Date>,
    pub meta: Option<Value>,
}

/// A document that could not be read: where it stands and why.
#[derive(Debug)]
pub struct Bad {
    pub place: String,
    pub reason: String,
}

/// Calls `each` with every document of the inputs, in order, until it fails. Counts documents over all inputs, for those
/// that bring no id.
pub fn read<E>(
    inputs: &[std::path::PathBuf],
    from: From,
    each: &mut dyn FnMut(Result<Record, Bad>) -> Result<(), E>,
) -> Result<(), E> {
    let mut number = 0;
    for input in inputs {
        read_input(input, from, &mut number, each)?;
    }
    Ok(())
}

fn read_input<E>(
    input: &Path,
    from: From,
    number: &mut usize,
    each: &mut dyn FnMut(Result<Record, Bad>) -> Result<(), E>,
) -> Result<(), E> {
    let name = input.display().to_string();
    let bad = |error: io::Error| Bad { place: name.clone(), reason: error.to_string() };
    if input == Path::new("-") {
        let mut stdin = BufReader::with_capacity(1 << 16, io::stdin().lock());
        let as_lines = match from {
            From::Jsonl => true,
            From::Text => false,
            From::Auto => match stdin.fill_buf() {
                Ok(bytes) => bytes.trim_ascii_start().first() == Some(&b'{'),
                Err(error) => return each(Err(bad(error))),
            },
        };
        if as_lines {
            return lines(stdin, "standard input", number, each);
        }
        *number += 1;
        return each(whole(stdin, "standard input", number.to_string()));
    }
    if input.is_dir() {
        return each(Err(Bad { place: name, reason: "is a folder; name the files in it".to_owned() }));
    }
    let file = match File::open(input) {
        Ok(file) => file,
        Err(error) => return each(Err(bad(error))),
    };
    if input.extension().is_some_and(|extension| extension == "jsonl") {
        return lines(BufReader::with_capacity(1 << 16, file), &name, number, each);
    }
    *number += 1;
    let stem = input.file_stem().map_or(name.clone(), |stem| stem.to_string_lossy().into_owned());
    each(whole(file, &name, stem))
}

/// One document that is the whole input.
fn whole(mut input: impl Read, name: &str, id: String) -> Result<Record, Bad> {
    let bad = |reason: String| Bad { place: name.to_owned(), reason };
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| bad(error.to_string()))?;
    if bytes.is_empty() {
        eprintln!("dateline: {name}: the input is empty, and so is its report");
    }
    let text = String::from_utf8(bytes).map_err(|error| bad(invalid_utf8(error.utf8_error())))?;
    Ok(Record { id, text, date: None, meta: None })
}

fn invalid_utf8(error: std::str::Utf8Error) -> String {
    format!("not valid UTF-8 at byte {}; convert it to UTF-8 first", error.valid_up_to())
}

/// One document a line. A line is held in memory, never the whole input.
fn lines<E>(
    mut input: impl BufRead,
    name: &str,
    number: &mut usize,
    each: &mut dyn FnMut(Result<Record, Bad>) -> Result<(), E>,
) -> Result<(), E> {
    let mut line = Vec::new();
    for line_number in 1.. {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                each(Err(Bad { place: format!("{name}:{line_number}"), reason: error.to_string() }))?;
                break;
            }
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        *number += 1;
        let record = record(&line, *number);
        each(record.map_err(|reason| Bad { place: format!("{name}:{line_number}"), reason }))?;
    }
    Ok(())
}

fn record(line: &[u8], number: usize) -> Result<Record, String> {
    let line = std::str::from_utf8(line).map_err(invalid_utf8)?;
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let mut fields: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("no JSON object: {}", at_column(&error)))?;
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err("the field \"text\" is no string".to_owned()),
        None => return Err("the field \"text\" is missing".to_owned()),
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) => id,
        Some(Value::Number(id)) => id.to_string(),
        None | Some(Value::Null) => number.to_string(),
        Some(_) => return Err("the field \"id\" is neither string nor number".to_owned()),
    };
    let date = match fields.remove("date") {
        Some(Value::String(date)) => Some(parse_date(&date)?),
        None | Some(Value::Null) => None,
        Some(_) => return Err("the field \"date\" is no string".to_owned()),
    };
    let meta = (!fields.is_empty()).then_some(Value::Object(fields));
    Ok(Record { id, text, date, meta })
}

/// What is wrong and in which column: the line is ours to say.
fn at_column(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!("{what} at column {}", error.column())
}

/// The date part of `YYYY-MM-DD` or RFC 3339.
fn parse_date(text: &str) -> Result<Date, String> {
    let day = match text.get(..10) {
        Some(day) if text.len() == 10 || text[10..].starts_with(['T', 't', ' ']) => day,
        _ => text,
    };
    day.parse().map_err(|_| format!("the date {text:?} is neither YYYY-MM-DD nor RFC 3339"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_what_else_it_brings() {
        let record = record(br#"{"id": 7, "text": "a", "date": "2023-11-06T08:00:00Z", "url": "x"}"#, 1).unwrap();
        assert_eq!(record.id, "7");
        assert_eq!(record.date, Some(jiff::civil::date(2023, 11, 6)));
        assert_eq!(record.meta, Some(serde_json::json!({"url": "x"})));
    }

    #[test]
    fn a_bad_record_says_what_is_wrong() {
        let reason = |line: &[u8]| record(line, 1).unwrap_err();
        assert_eq!(reason(br#"{"id": 1}"#), "the field \"text\" is missing");
        assert_eq!(reason(br#"{"text": 1}"#), "the field \"text\" is no string");
        assert!(reason(br#"{"text": "a", "date": "yesterday"}"#).contains("yesterday"));
        assert!(reason(br#"{"text": "a""#).contains("at column 12"));
        assert!(reason(b"{\"text\": \"\xff\"}").contains("at byte 10"));
    }
}
