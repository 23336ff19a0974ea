//! Who acts, who speaks, who says so: the cases of `testdata/{actors,quotes,sources}.toml`.

use dateline_events::annotation::{Actor, Annotations};
use dateline_events::{Extractor, Input, head};
use dateline_gazetteer::{Country, Mention, PlaceKind, Use};
use dateline_tokenizer::{Span, Tokenizer, Tokens};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
struct Cases<C> {
    case: Vec<C>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorCase {
    name: String,
    text: String,
    #[serde(default)]
    places: Vec<String>,
    date: Option<String>,
    actors: Vec<ExpectedActor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedActor {
    text: String,
    name: Option<String>,
    iso3: Option<String>,
    sector: Option<String>,
    kind: Option<String>,
    cameo: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteCase {
    name: String,
    text: String,
    quotes: Vec<ExpectedQuote>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct ExpectedQuote {
    text: String,
    speaker: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceCase {
    name: String,
    text: String,
    trigger: String,
    source: String,
    verb: Option<String>,
    status: String,
    polarity: Option<String>,
}

fn cases<C: DeserializeOwned>(text: &str) -> Vec<C> {
    toml::from_str::<Cases<C>>(text).unwrap().case
}

/// What is found in a text with places as "name=country" or "name=country:metonym".
fn extract(extractor: &Extractor, text: &str, places: &[String], date: Option<&str>) -> Annotations {
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let mut mentions: Vec<Mention> = places
        .iter()
        .map(|place| {
            let (name, country) = place.split_once('=').unwrap();
            let (country, usage) = match country.split_once(':') {
                Some((country, "metonym")) => (country, Use::Metonym),
                None => (country, Use::Literal),
                Some((_, other)) => panic!("unknown use {other}"),
            };
            let start = text.find(name).unwrap();
            Mention {
                span: Span::new(start, start + name.len()),
                usage,
                kind: PlaceKind::City,
                place: None,
                position: None,
                radius_km: None,
                precision: None,
                country: Country::from_alpha2(country),
                anchor: None,
                container: None,
                confidence: 1.0,
                candidates: Vec::new(),
            }
        })
        .collect();
    mentions.sort_by_key(|mention| mention.span);
    let head = head::find(text, date.map(|date| date.parse().unwrap()));
    extractor.extract(&Input::new(tokens.of(text), head).with_places(&mentions))
}

fn differs(found: &Actor, expected: &ExpectedActor) -> Vec<String> {
    let kind = serde_json::to_value(found.kind).unwrap().as_str().map(str::to_owned);
    let pairs = [
        ("text", &Some(found.text.clone()), &Some(expected.text.clone())),
        ("name", &found.name, &expected.name),
        ("iso3", &found.iso3, &expected.iso3),
        ("sector", &found.sector, &expected.sector),
        ("kind", &kind, &expected.kind),
        ("cameo", &found.cameo, &expected.cameo),
    ];
    let differ = |(_, found, expected): &(&str, &Option<String>, &Option<String>)| {
        expected.as_ref().is_some_and(|expected| found.as_deref().unwrap_or_default() != expected)
    };
    let wrong = pairs.into_iter().filter(differ);
    wrong.map(|(key, found, expected)| format!("{key} is {found:?}, not {expected:?}")).collect()
}

fn report(failures: &[String], cases: usize) {
    assert!(failures.is_empty(), "{} of {cases} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn actors() {
    let extractor = Extractor::embedded().unwrap();
    let cases = cases::<ActorCase>(include_str!("../testdata/actors.toml"));
    let mut failures = Vec::new();
    for case in &cases {
        let found = extract(&extractor, &case.text, &case.places, case.date.as_deref()).actors;
        let texts: Vec<&str> = found.iter().map(|actor| actor.text.as_str()).collect();
        let expected: Vec<&str> = case.actors.iter().map(|actor| actor.text.as_str()).collect();
        let wrong: Vec<String> = match texts == expected {
            true => found.iter().zip(&case.actors).flat_map(|(found, expected)| differs(found, expected)).collect(),
            false => vec![format!("found {texts:?}")],
        };
        if !wrong.is_empty() {
            failures.push(format!("{}: {}", case.name, wrong.join("; ")));
        }
    }
    report(&failures, cases.len());
}

#[test]
fn quotes() {
    let extractor = Extractor::embedded().unwrap();
    let cases = cases::<QuoteCase>(include_str!("../testdata/quotes.toml"));
    let mut failures = Vec::new();
    for case in &cases {
        let found = extract(&extractor, &case.text, &[], None).quotes;
        let found: Vec<ExpectedQuote> = found
            .into_iter()
            .map(|quote| ExpectedQuote {
                text: case.text[quote.start..quote.end].to_owned(),
                speaker: quote.speaker.map(|speaker| speaker.text).unwrap_or_default(),
            })
            .collect();
        if found != case.quotes {
            failures.push(format!("{}: {found:?}", case.name));
        }
    }
    report(&failures, cases.len());
}

#[test]
fn sources() {
    let extractor = Extractor::embedded().unwrap();
    let cases = cases::<SourceCase>(include_str!("../testdata/sources.toml"));
    let mut failures = Vec::new();
    for case in &cases {
        let found = extract(&extractor, &case.text, &[], None);
        let Some(event) = found.events.iter().find(|event| event.trigger.text == case.trigger) else {
            let triggers: Vec<&str> = found.events.iter().map(|event| event.trigger.text.as_str()).collect();
            failures.push(format!("{}: no event at the trigger, but at {triggers:?}", case.name));
            continue;
        };
        let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let source = event.source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
        let verb = event.source.as_ref().and_then(|source| source.verb.as_ref()).map(|verb| verb.text.clone());
        let status = name(serde_json::to_value(event.status).unwrap());
        let polarity = name(serde_json::to_value(event.polarity).unwrap());
        let verb_fits = case.verb.is_none() || case.verb == verb;
        let polarity_fits = case.polarity.as_ref().is_none_or(|expected| *expected == polarity);
        if source != case.source || status != case.status || !verb_fits || !polarity_fits {
            failures.push(format!("{}: {source:?} {verb:?} {status} {polarity}", case.name));
        }
    }
    report(&failures, cases.len());
}

#[test]
fn a_nationality_and_a_noun_make_an_actor_of_any_country() {
    let extractor = Extractor::embedded().unwrap();
    let rows = include_str!("../lexicon/countries.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut found = 0;
    let mut failures = Vec::new();
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let adjective = columns[2].split('|').next().unwrap();
        if adjective == "-" {
            continue;
        }
        for (noun, sector) in [("army", "MIL"), ("police", "COP"), ("foreign minister", "GOV"), ("guerrillas", "REB")] {
            let text = format!("On Friday the {adjective} {noun} denied the report.");
            let actors = extract(&extractor, &text, &[], None).actors;
            let right =
                |actor: &Actor| actor.iso3.as_deref() == Some(columns[0]) && actor.sector.as_deref() == Some(sector);
            match actors.iter().any(right) {
                true => found += 1,
                false => failures.push(format!("{text} {actors:?}")),
            }
        }
    }
    report(&failures, found + failures.len());
    assert!(found >= 4 * 150, "{found} actors");
}
