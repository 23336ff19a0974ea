//! The development sets: which are run, and which of their figures are kept.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Figure;

/// The sets with their figures, those that take longest first so that two processes end together. Left out are those whose
/// figures say the same again (MUC in capitals, one verb a sentence, names by machine).
const SETS: [(&str, &[&str]); 19] = [
    ("events/muc_dev.recased", MUC),
    ("geo/lgl-dev", PLACES),
    ("time/wikiwars-train16", TIMES),
    ("events/polnear_dev", &["Source F1", "Cue F1", "Content F1"]),
    ("time/timebank", TIMES),
    ("geo/gwn-dev", PLACES),
    ("events/muc_tst1.recased", MUC),
    ("events/muc_tst2.recased", MUC),
    ("time/aquaint", TIMES),
    ("events/re3d", &["loose F1", "Location F1", "Organisation F1", "Person F1", "Temporal F1"]),
    ("geo/geovirus-dev", PLACES),
    ("events/giveme5w1h_gold", &["who right@1", "what right@1", "when right@1", "where right@1"]),
    ("events/plover_gsr", &["quad F1", "class F1", "src.text F1", "tgt.text F1"]),
    ("events/petr_unittest", &["quad F1", "root F1", "actors F1"]),
    ("events/case2021_task2", &["accuracy", "seen: weighted F1"]),
    ("events/wikievents_dev", &["trigger F1", "untyped trigger F1", "role F1 (head)"]),
    ("gold", GOLD),
    ("ud/ewt-dev", TOKENS),
    ("ud/gum-dev", TOKENS),
];

/// The splitting rules: one figure of 48 cases.
const RULES: (&str, &[&str]) = ("sentences/golden_rules_en", &["cases passed"]);

const PLACES: &[&str] = &["overlap F1", "acc@161", "end-to-end F1"];
const TIMES: &[&str] = &["strict F1", "relaxed F1", "type F1", "value F1"];
const TOKENS: &[&str] = &["tokens F1", "words F1", "sentences F1", "boundary F1"];
const MUC: &[&str] = &["role F1 (head)", "event F1 (head)", "type F1", "relevant docs F1"];
/// Those over all that is there. Roles and counts are measured on the events that are found, so they fall when a hard one is found in
/// addition; "complete event" has them all.
const GOLD: &[&str] =
    &["place mention", "place resolution", "time value", "event trigger", "event type+trigger", "complete event"];

/// How far the figures of a set may fall before it counts as a fall.
pub fn noise(set: &str) -> f64 {
    match set.split('/').next().unwrap_or(set) {
        "geo" => 1.5,
        "time" => 1.0,
        "ud" | "sentences" => 0.2,
        // A name is more than half a point.
        _ if set == super::syntax::OWN => 2.0,
        "syntax" => 0.3,
        // One of the forty articles is 2.5 points.
        _ if set == "events/giveme5w1h_gold" => 5.0,
        _ => 2.0,
    }
}

/// The program that runs and scores a set.
pub fn runner(shared: &Path) -> PathBuf {
    shared.join("eval/run.py")
}

/// Runs all sets, two at a time.
pub fn figures(shared: &Path, dateline: &Path) -> Result<Vec<Figure>> {
    let sets: Vec<_> = SETS.into_iter().chain([RULES]).collect();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(&(set, metrics)) = sets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = one(shared, dateline, set, metrics);
                    // A thread that panicked has spoilt nothing: a push is whole or not at all.
                    results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((set, found));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by_key(|result| result.0);
    let mut out = Vec::new();
    for (set, found) in results {
        out.extend(found.with_context(|| set.to_owned())?);
    }
    Ok(out)
}

fn one(shared: &Path, dateline: &Path, set: &str, metrics: &[&str]) -> Result<Vec<Figure>> {
    let file = std::env::temp_dir().join(format!("accuracy-{}-{}.json", std::process::id(), set.replace('/', "-")));
    let quoted = format!("'{}'", dateline.display());
    let output = Command::new("python3")
        .arg(runner(shared))
        .args(["--dateline", &quoted, "--only", set, "--json"])
        .arg(&file)
        .output()
        .context("cannot run python3")?;
    if !output.status.success() {
        bail!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    let text = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()));
    // A left-over file does no harm.
    std::fs::remove_file(&file).ok();
    let scores: Value = serde_json::from_slice(&text?)?;
    let Some(scores) = scores.get(set) else { bail!("the set is not there") };
    println!("{set}: {} s", scores["seconds"]);
    metrics
        .iter()
        .map(|metric| {
            let value = scores["metrics"].get(*metric).and_then(Value::as_f64);
            Ok(Figure::new(set, metric, value.with_context(|| format!("no figure {metric:?}"))?))
        })
        .collect()
}
