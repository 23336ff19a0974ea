//! The articles of `testdata/gold`, which anyone can score: are their events and places found?
//!
//! - *Places*: a span is found if a span of the report overlaps it, one to one. A found place is resolved if it is within 50 km;
//!   a country, province or region by its name and country, or within some hundred kilometres of its centre.
//! - *Events*: an event of the report is right if it has the type (or another that the annotators accept) and a trigger in common
//!   with one of the annotated events, one to one. What is marked as optional may be found, and is not missed.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Figure;
use crate::gazetteer::sphere;

/// An annotated article, or the report on it: they have the same fields.
#[derive(Debug, Deserialize)]
struct Article {
    id: String,
    #[serde(default)]
    places: Vec<Place>,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Extent {
    start: usize,
    end: usize,
}

impl Extent {
    fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[derive(Debug, Deserialize)]
struct Place {
    #[serde(flatten)]
    extent: Extent,
    name: Option<String>,
    kind: Option<String>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    /// A central point stands for something large.
    #[serde(default)]
    coarse: bool,
    #[serde(default)]
    optional: bool,
}

#[derive(Debug, Deserialize)]
struct Event {
    r#type: String,
    /// Other types that are right.
    #[serde(default)]
    also: Vec<String>,
    trigger: Extent,
    #[serde(default)]
    mentions: Vec<Extent>,
    #[serde(default)]
    optional: bool,
}

impl Event {
    /// Is this, of a report, the annotated event?
    fn matches(&self, gold: &Self) -> bool {
        let spans = |event: &Self| [event.trigger].into_iter().chain(event.mentions.clone()).collect::<Vec<_>>();
        let typed = self.r#type == gold.r#type || gold.also.contains(&self.r#type);
        typed && spans(self).iter().any(|span| spans(gold).iter().any(|other| span.overlaps(*other)))
    }
}

/// Right, found, and there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    right: usize,
    found: usize,
    there: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.there).max(1) as f64
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    events: Counts,
    places: Counts,
    resolved: Counts,
}

/// Reads the articles with the program and scores its reports.
pub fn figures(root: &Path, dateline: &Path) -> Result<Vec<Figure>> {
    let folder = root.join("testdata/gold");
    let gold: Vec<Article> =
        rows(&std::fs::read_to_string(folder.join("gold.jsonl")).context("testdata/gold/gold.jsonl")?)?;
    let output = Command::new(dateline)
        .args(["extract", "--format", "jsonl", "--offsets", "chars"])
        .arg(folder.join("docs.jsonl"))
        .output()
        .with_context(|| format!("cannot run {}", dateline.display()))?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let reports: Vec<Article> = rows(&String::from_utf8(output.stdout)?)?;
    let mut score = Score::default();
    for article in &gold {
        let report = reports.iter().find(|report| report.id == article.id);
        score.add(article, report.with_context(|| format!("no report on {}", article.id))?);
    }
    Ok(vec![
        Figure::new("own", "event type and trigger F1", score.events.f1()),
        Figure::new("own", "place mention F1", score.places.f1()),
        Figure::new("own", "place resolution", score.resolved.f1()),
    ])
}

fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines().filter(|line| !line.is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

impl Score {
    fn add(&mut self, gold: &Article, report: &Article) {
        let pairs = pair_spans(&gold.places, &report.places);
        for (at, place) in gold.places.iter().enumerate() {
            let found = pairs[at];
            self.places.right += usize::from(found.is_some());
            self.places.there += usize::from(found.is_some() || !place.optional);
            if let Some(found) = found {
                self.resolved.found += 1;
                self.resolved.there += 1;
                self.resolved.right += usize::from(resolves(place, &report.places[found]));
            }
        }
        self.places.found += report.places.len();
        let pairs = pair_events(&gold.events, &report.events);
        self.events.right += pairs.iter().flatten().count();
        self.events.found += report.events.len();
        self.events.there +=
            gold.events.iter().zip(&pairs).filter(|(event, found)| found.is_some() || !event.optional).count();
    }
}

/// The place of the report for each annotated one: equal spans first, then overlapping ones from left to right.
fn pair_spans(gold: &[Place], found: &[Place]) -> Vec<Option<usize>> {
    let mut used = vec![false; found.len()];
    let mut pairs = vec![None; gold.len()];
    let same = |a: Extent, b: Extent| a == b;
    for test in [same, Extent::overlaps] {
        for (pair, place) in pairs.iter_mut().zip(gold).filter(|(pair, _)| pair.is_none()) {
            *pair = (0..found.len()).find(|&at| !used[at] && test(place.extent, found[at].extent));
            if let Some(at) = *pair {
                used[at] = true;
            }
        }
    }
    pairs
}

/// The event of the report for each annotated one, as many pairs as there can be.
fn pair_events(gold: &[Event], found: &[Event]) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; found.len()];
    let required = (0..gold.len()).filter(|&at| !gold[at].optional);
    let optional = (0..gold.len()).filter(|&at| gold[at].optional);
    for start in required.chain(optional) {
        // Breadth first: from whom each event of the report could be taken, until one is free.
        let mut reached_by: Vec<Option<usize>> = vec![None; found.len()];
        let mut queue = vec![start];
        let mut next = 0;
        let mut free = None;
        while let Some(&from) = queue.get(next) {
            next += 1;
            for at in 0..found.len() {
                if reached_by[at].is_none() && found[at].matches(&gold[from]) {
                    reached_by[at] = Some(from);
                    match owner[at] {
                        Some(other) => queue.push(other),
                        None => free = free.or(Some(at)),
                    }
                }
            }
            if free.is_some() {
                break;
            }
        }
        // Back along the way: each gives up what it had for what it reached.
        while let Some(at) = free {
            let taker = reached_by[at];
            free = taker.and_then(|taker| owner.iter().position(|&owner| owner == Some(taker)));
            owner[at] = taker;
        }
    }
    (0..gold.len()).map(|at| owner.iter().position(|&owner| owner == Some(at))).collect()
}

/// Is a place of a report the annotated one?
fn resolves(gold: &Place, found: &Place) -> bool {
    let (Some(lat), Some(lon), Some(gold_lat), Some(gold_lon)) = (found.lat, found.lon, gold.lat, gold.lon) else {
        return false;
    };
    let km = sphere::distance_km((gold_lat, gold_lon), (lat, lon));
    if !gold.coarse {
        return km <= 50.0;
    }
    let key = |place: &Place| name_key(place.name.as_deref().unwrap_or_default());
    let same_name = !key(gold).is_empty() && key(gold) == key(found);
    match &gold.country {
        Some(_) if gold.country != found.country => false,
        Some(_) => gold.kind.as_deref() == Some("country") || same_name || km <= 250.0,
        None => same_name || km <= 600.0,
    }
}

/// The words of a name in any order, without those that say what kind of place it is.
fn name_key(name: &str) -> Vec<String> {
    const KINDS: [&str; 8] = ["the", "of", "oblast", "region", "province", "governorate", "state", "department"];
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !KINDS.contains(word));
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn pairs_are_as_many_as_there_can_be() {
        // The first could have either; the second only the one at 0..4.
        let gold = article(
            r#"{"id": "x", "events": [
                {"type": "arrest", "trigger": {"start": 0, "end": 9}},
                {"type": "raid", "also": ["arrest"], "trigger": {"start": 0, "end": 4}},
                {"type": "trial", "trigger": {"start": 30, "end": 34}, "optional": true}]}"#,
        );
        let report = article(
            r#"{"id": "x", "events": [
                {"type": "arrest", "trigger": {"start": 0, "end": 4}},
                {"type": "arrest", "trigger": {"start": 5, "end": 9}},
                {"type": "protest", "trigger": {"start": 5, "end": 9}}]}"#,
        );
        let mut score = Score::default();
        score.add(&gold, &report);
        assert_eq!(score.events, Counts { right: 2, found: 3, there: 2 });
    }

    #[test]
    fn a_place_is_resolved_within_fifty_kilometres_and_a_large_one_by_name() {
        let gold = article(
            r#"{"id": "x", "places": [
                {"start": 0, "end": 4, "name": "Kharkiv", "kind": "city", "country": "UA", "lat": 49.99, "lon": 36.23},
                {"start": 9, "end": 14, "name": "Tver Oblast", "kind": "admin1", "country": "RU", "lat": 57.0, "lon": 34.6, "coarse": true}]}"#,
        );
        let report = article(
            r#"{"id": "x", "places": [
                {"start": 2, "end": 4, "name": "Belgorod", "country": "RU", "lat": 50.6, "lon": 36.6},
                {"start": 9, "end": 14, "name": "Tver Region", "country": "RU", "lat": 60.0, "lon": 40.0}]}"#,
        );
        let mut score = Score::default();
        score.add(&gold, &report);
        assert_eq!(score.places, Counts { right: 2, found: 2, there: 2 });
        assert_eq!(score.resolved, Counts { right: 1, found: 2, there: 2 });
    }
}
