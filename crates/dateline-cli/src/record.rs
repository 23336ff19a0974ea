//! Raw documents made into documents, or into words on why they are none.

use std::sync::Arc;

use dateline::Document;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::input::{Content, Found, Raw};

/// A document that could not be read: where it stands and why.
#[derive(Debug)]
pub struct Bad {
    pub place: String,
    pub reason: String,
}

impl Bad {
    fn new(name: &str, line: Option<u64>, reason: String) -> Self {
        Self { place: line.map_or(name.to_owned(), |line| format!("{name}:{line}")), reason }
    }
}

/// The document of raw input, with `date` if it brings none along.
pub fn decode(raw: Raw, date: Option<Date>) -> Result<Document<'static>, Bad> {
    let Raw { name, content } = raw;
    let (line, document) = match content {
        Content::Bad { line, reason } => (line, Err(reason)),
        Content::Whole { id, bytes, found } => (None, whole(bytes, found).map(|document| document.with_id(id))),
        Content::Part { line, number, bytes } => (Some(line), record(&bytes, number)),
    };
    match document {
        Ok(document) => Ok(match date.filter(|_| document.date().is_none()) {
            Some(date) => document.with_date(date),
            None => document,
        }),
        Err(reason) => Err(Bad::new(&name, line, reason)),
    }
}

/// Lines that belong together, with the place of the first.
pub struct Block {
    name: Arc<str>,
    line: u64,
    pub text: String,
}

impl Block {
    /// The lines of raw input.
    pub fn decode(raw: Raw) -> Result<Self, Bad> {
        let Raw { name, content } = raw;
        let (line, bytes) = match content {
            Content::Bad { line, reason } => return Err(Bad::new(&name, line, reason)),
            Content::Whole { bytes, .. } => (1, bytes),
            Content::Part { line, bytes, .. } => (line, bytes),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, line, text }),
            Err(error) => Err(Bad::new(&name, Some(line), invalid_utf8(error.utf8_error()))),
        }
    }

    /// What is wrong with one of the lines, counted from 0.
    pub fn bad(&self, line: u64, reason: String) -> Bad {
        Bad::new(&self.name, Some(self.line + line), reason)
    }
}

/// First bytes of what people take for texts, and what to do about it.
const NO_TEXTS: [(&[u8], &str); 6] = [
    (b"\xff\xfe", "not valid UTF-8 at byte 0: it is UTF-16; convert it to UTF-8 first"),
    (b"\xfe\xff", "not valid UTF-8 at byte 0: it is UTF-16; convert it to UTF-8 first"),
    (b"\x1f\x8b", "is no text: it is packed with gzip; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is no text: it is packed with zstd; unpack it first"),
    (b"PK\x03\x04", "is no text: it is a ZIP archive or an office document; unpack it or save it as text first"),
    (b"%PDF-", "is no text: it is a PDF; make a text of it first"),
];

fn whole(bytes: Vec<u8>, found: Found) -> Result<Document<'static>, String> {
    if let Some((_, reason)) = NO_TEXTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err((*reason).to_owned());
    }
    let text = String::from_utf8(bytes).map_err(|error| invalid_utf8(error.utf8_error()))?;
    // A user may name a file with zero bytes in it and mean it; in a folder it is some program's own.
    if let Some(at) = memchr::memchr(0, text.as_bytes()).filter(|_| found == Found::InFolder) {
        return Err(format!("is no text: a zero byte at byte {at}"));
    }
    Document::new(text).map_err(|error| error.to_string())
}

fn invalid_utf8(error: std::str::Utf8Error) -> String {
    format!("not valid UTF-8 at byte {}; convert it to UTF-8 first", error.valid_up_to())
}

/// The document of a line of JSON Lines.
fn record(line: &[u8], number: u64) -> Result<Document<'static>, String> {
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
    let mut document = Document::new(text).map_err(|error| error.to_string())?.with_id(id);
    match fields.remove("date") {
        Some(Value::String(date)) => document = document.with_date(parse_date(&date)?),
        None | Some(Value::Null) => {}
        Some(_) => return Err("the field \"date\" is no string".to_owned()),
    }
    Ok(if fields.is_empty() { document } else { document.with_meta(Value::Object(fields)) })
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
        assert_eq!(record.id(), Some("7"));
        assert_eq!(record.date(), Some(jiff::civil::date(2023, 11, 6)));
        assert_eq!(record.meta(), Some(&serde_json::json!({"url": "x"})));
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

    #[test]
    fn what_is_no_text_in_a_folder_is_told() {
        let reason = |bytes: &[u8], found| whole(bytes.to_vec(), found).map(|_| ()).unwrap_err();
        assert!(reason(b"PK\0\x01", Found::InFolder).contains("byte 2"));
        assert!(whole(b"a\0b".to_vec(), Found::Named).is_ok());
        assert!(reason(b"\xff\xfea\0", Found::Named).contains("UTF-16"));
        assert!(reason(b"\x1f\x8b\x08\0", Found::Named).contains("gzip"));
        assert!(reason(b"PK\x03\x04", Found::InFolder).contains("ZIP"));
        assert!(whole(b"PK is a postcode".to_vec(), Found::InFolder).is_ok());
    }
}
