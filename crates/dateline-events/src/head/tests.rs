use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    given: Option<String>,
    header: Option<String>,
    day: Option<String>,
    source: String,
    place: Option<String>,
    date: Option<String>,
    dateline_day: Option<String>,
    agency: Option<String>,
    body: String,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("../../testdata/head.toml")).unwrap();
    assert!(cases.case.len() >= 30);
    for case in cases.case {
        let text = case.text.as_str();
        let given = case.given.as_deref().map(|day| day.parse().unwrap());
        let head = find(text, given);
        let words = |span: Option<Span>| span.map(|span| text[span].to_string());
        let name = &case.name;
        assert_eq!(words(head.header), case.header, "{name}: header");
        assert_eq!(head.date.map(|day| day.to_string()), case.day, "{name}: day");
        assert_eq!(format!("{:?}", head.date_source).to_lowercase(), case.source, "{name}: source");
        assert_eq!(words(head.dateline.map(|d| d.place)), case.place, "{name}: place");
        assert_eq!(words(head.dateline.and_then(|d| d.date)), case.date, "{name}: date");
        let day = head.dateline.and_then(|d| d.day);
        assert_eq!(day.map(|day| day.to_string()), case.dateline_day, "{name}: dateline's day");
        assert_eq!(words(head.dateline.and_then(|d| d.agency)), case.agency, "{name}: agency");
        let body = text[head.body..].trim_start_matches(['\u{feff}', ' ']);
        assert!(body.starts_with(&case.body), "{name}: the report begins {body:?}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_head_inside_it(text in "\\PC{0,40}|[A-Za-z0-9 ,.()—_:\n-]{0,120}|(date )?[12]0[0-9]{2}-[01][0-9]-[0-3][0-9][ \nT]?\\PC{0,40}") {
        let head = find(&text, None);
        prop_assert!(text.is_char_boundary(head.body));
        if let Some(dateline) = head.dateline {
            prop_assert!(dateline.span.contains(dateline.place));
            prop_assert!(dateline.span.end <= head.body);
            prop_assert!(!dateline.span.is_empty());
        }
        prop_assert_eq!(head.date.is_some(), head.date_source != DateSource::None);
    }
}
