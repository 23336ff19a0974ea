use std::fmt;

use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_tokenizer::{Span, Tokenizer, Tokens};
use jiff::civil::Date;

use super::{Extractor, Input};
use crate::annotation::{Annotations, Argument, Bounds, Event};
use crate::frame::{Example, Frames};
use crate::head::Head;

/// An example beside a frame whose text does not give what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The frames file, as it was named to the loader.
    pub file: String,
    /// The line at which the example begins, from 1.
    pub line: usize,
    /// The text of the example.
    pub text: String,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    {}", self.file, self.line, self.reason, self.text)
    }
}

/// The date of an example that gives none.
const DATE: Date = jiff::civil::date(2024, 6, 15);

pub(super) fn run(extractor: &Extractor, examples: &[Example], frames: &Frames) -> Vec<Failure> {
    let mut failures = Vec::new();
    let mut tokens = Tokens::new();
    for example in examples {
        Tokenizer::new().tokenize(&example.text, &mut tokens);
        let values = |key: &str| {
            example.expected.iter().find(|(other, _)| other == key).map_or(&[][..], |(_, values)| values.as_slice())
        };
        let date = values("date").first().and_then(|text| text.parse().ok()).unwrap_or(DATE);
        // "over Odesa": the name begins at the first capital.
        let named = values("places").iter().map(|text| text.split_once(' ').map_or(text.as_str(), |(_, name)| name));
        let named = named.filter(|name| !values("place_names").iter().any(|other| other.ends_with(name)));
        let names: Vec<&str> = named.chain(values("place_names").iter().map(String::as_str)).collect();
        let places = mentions(&example.text, &names);
        let head = Head { date: Some(date), ..Head::default() };
        let input = Input::new(tokens.of(&example.text), head).with_places(&places);
        let found = extractor.extract(&input);
        let name = &frames.frames[example.frame].name;
        let reason =
            match example.matches {
                false => found.events.iter().find(|event| &event.r#type == name).map(|event| {
                    format!("must give no {name}, but `{}` does by rule {}", event.trigger.text, event.rule)
                }),
                true => mismatch(example, name, &found, &places),
            };
        failures.extend(reason.map(|reason| Failure {
            file: example.file.clone(),
            line: example.line,
            text: example.text.clone(),
            reason,
        }));
    }
    failures
}

/// Names as places of no known position, where they stand in the text; cities, if no kind stands before the name
/// ("water:Black Sea").
fn mentions(text: &str, names: &[&str]) -> Vec<Mention> {
    let mut found: Vec<(Span, PlaceKind)> = Vec::new();
    for name in names {
        let (kind, name) = name.split_once(':').unwrap_or(("city", name));
        if name.is_empty() {
            continue;
        }
        let kind = PlaceKind::from_word(kind).unwrap_or(PlaceKind::City);
        found.extend(text.match_indices(name).map(|(start, part)| (Span::new(start, start + part.len()), kind)));
    }
    found.sort_unstable();
    found.dedup_by_key(|(span, _)| *span);
    let mention = |(span, kind)| Mention {
        span,
        usage: Use::Literal,
        kind,
        place: None,
        position: None,
        radius_km: None,
        precision: None,
        country: None,
        anchor: None,
        container: None,
        confidence: 1.0,
        candidates: Vec::new(),
    };
    found.into_iter().map(mention).collect()
}

/// What the events of the type lack, by the one that comes nearest.
fn mismatch(example: &Example, name: &str, found: &Annotations, places: &[Mention]) -> Option<String> {
    let events: Vec<&Event> = found.events.iter().filter(|event| event.r#type == name).collect();
    if let Some((_, count)) = example.expected.iter().find(|(key, _)| key == "count")
        && count[0] != events.len().to_string()
    {
        return Some(format!("expected {} events of type {name}, found {}", count[0], events.len()));
    }
    let trigger = example.expected.iter().find(|(key, _)| key == "trigger").map(|(_, values)| values[0].as_str());
    let event = match trigger {
        Some(trigger) => events.iter().find(|event| event.trigger.text == trigger),
        None => events.first(),
    };
    let Some(event) = event else {
        let others: Vec<_> =
            found.events.iter().map(|event| format!("{} `{}`", event.r#type, event.trigger.text)).collect();
        let trigger = trigger.unwrap_or("any trigger");
        return Some(format!("found no {name} at `{trigger}`; found: {}", others.join(", ")));
    };
    let mut wrong = Vec::new();
    for (key, expected) in &example.expected {
        let arguments = |list: &[Argument]| list.iter().map(|argument| argument.text.clone()).collect::<Vec<_>>();
        let actual: Vec<String> = match key.as_str() {
            "rule" => vec![event.rule.rsplit('/').next().unwrap_or_default().to_owned()],
            "agent" => arguments(&event.agent),
            "target" => arguments(&event.target),
            "instrument" => arguments(&event.instrument),
            "places" => event
                .places
                .iter()
                .map(|place| {
                    let relation = serde_json_name(&place.relation);
                    format!("{relation} {}", &example.text[places[place.place].span.range()])
                })
                .collect(),
            "quantity" => event.quantity.iter().map(|q| bounds(&Some(Bounds { min: q.min, max: q.max }))).collect(),
            "killed" => vec![bounds(&event.killed)],
            "injured" => vec![bounds(&event.injured)],
            "missing" => vec![bounds(&event.missing)],
            "detained" => vec![bounds(&event.detained)],
            "displaced" => vec![bounds(&event.displaced)],
            "time" => event.time.value.iter().cloned().collect(),
            "polarity" => vec![serde_json_name(&event.polarity)],
            "modality" => vec![serde_json_name(&event.modality)],
            "status" => vec![serde_json_name(&event.status)],
            "background" => vec![event.background.to_string()],
            "source" => event.source.iter().map(|source| source.text.clone()).collect(),
            "part_of" => event.part_of.iter().map(|&whole| found.events[whole].trigger.text.clone()).collect(),
            "plover" => event
                .codes
                .plover
                .iter()
                .map(|code| code.mode.as_ref().map_or(code.event.clone(), |mode| format!("{}/{mode}", code.event)))
                .collect(),
            "cameo" => event.codes.cameo.iter().map(|code| code.code.clone()).collect(),
            "acled" => event.codes.acled_style.iter().map(|code| code.sub_event.clone()).collect(),
            _ => continue,
        };
        if &actual != expected {
            wrong.push(format!("{key}: expected {expected:?}, found {actual:?}"));
        }
    }
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

/// The name that reports use for a value of a small enum.
fn serde_json_name<T: fmt::Debug>(value: &T) -> String {
    format!("{value:?}").to_lowercase()
}

/// "2", "5..", "..50", "10..15"; empty for none.
fn bounds(bounds: &Option<Bounds>) -> String {
    match bounds {
        None => String::new(),
        Some(Bounds { min: Some(min), max: Some(max) }) if min == max => min.to_string(),
        Some(Bounds { min, max }) => {
            let show = |bound: &Option<u64>| bound.map_or(String::new(), |n| n.to_string());
            format!("{}..{}", show(min), show(max))
        }
    }
}
