//! `accuracy.toml`: the best figures so far, and the rule for lowering one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Figure, sets};

/// Below the workspace.
const FILE: &str = "accuracy.toml";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Compare with the committed figures.
    Check,
    /// Write the figures, unless one has fallen without a reason.
    Write,
}

/// A committed figure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Kept {
    value: f64,
    /// Where it was measured first.
    commit: String,
}

/// Set, then metric.
type Table = BTreeMap<String, BTreeMap<String, Kept>>;

/// Prints the figures beside the committed ones, and checks or writes them.
pub fn apply(root: &Path, found: &[Figure], mode: Mode) -> Result<()> {
    let path = root.join(FILE);
    let mut table: Table = if path.is_file() {
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| path.display().to_string())?
    } else {
        Table::new()
    };
    print(&table, found);
    let reasons = std::fs::read_to_string(root.join("CHANGELOG.md")).unwrap_or_default();
    let falls: Vec<String> = falls(&table, found, &reasons);
    if !falls.is_empty() {
        bail!(
            "accuracy has fallen. Mend it, or put a line under a heading \"### Accuracy\" of CHANGELOG.md for each, with the reason:\n{}",
            falls.join("\n")
        );
    }
    if mode == Mode::Write {
        update(&mut table, found, &reasons, &commit(root));
        std::fs::write(&path, text(&table)?).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{} written", path.display());
    }
    Ok(())
}

fn kept<'a>(table: &'a Table, figure: &Figure) -> Option<&'a Kept> {
    table.get(&figure.set)?.get(&figure.metric)
}

/// The lines that would have to be in the changelog for each figure that has fallen by more than its noise.
fn falls(table: &Table, found: &[Figure], changelog: &str) -> Vec<String> {
    let fallen = found.iter().filter_map(|figure| {
        let kept = kept(table, figure)?;
        let fallen = kept.value - figure.value > sets::noise(&figure.set) + 1e-9;
        (fallen && !explained(changelog, figure)).then(|| line(kept, figure))
    });
    fallen.collect()
}

fn line(kept: &Kept, figure: &Figure) -> String {
    format!("- `{}` `{}` {:.2} to {:.2}: REASON", figure.set, figure.metric, kept.value, figure.value)
}

/// Is there a line under a heading "Accuracy" with set, metric, a value as low as this one, and some words of reason? It names the
/// value, so it allows no further fall.
fn explained(changelog: &str, figure: &Figure) -> bool {
    let start = format!("- `{}` `{}` ", figure.set, figure.metric);
    let mut within = false;
    changelog.lines().any(|line| {
        if line.starts_with('#') {
            within = line.trim_start_matches('#').trim() == "Accuracy";
        }
        let told = line.strip_prefix(&start).and_then(|rest| rest.split_once(": "));
        within
            && told.is_some_and(|(values, reason)| {
                let value = values.rsplit(' ').next().and_then(|value| value.parse().ok());
                let named = value.is_some_and(|value: f64| figure.value >= value - 0.005);
                named && reason != "REASON" && !reason.trim().is_empty()
            })
    })
}

/// Takes the figures up; those of sets that are not run any more go. A figure that fell within its noise stays as it was, else many small falls would add up to a large one.
fn update(table: &mut Table, found: &[Figure], changelog: &str, commit: &str) {
    for (set, figures) in table.iter_mut() {
        figures.retain(|metric, _| found.iter().any(|figure| figure.set == *set && figure.metric == *metric));
    }
    table.retain(|_, figures| !figures.is_empty());
    for figure in found {
        let kept = table.entry(figure.set.clone()).or_default().entry(figure.metric.clone());
        let kept = kept.or_insert_with(|| Kept { value: f64::NEG_INFINITY, commit: String::new() });
        let fallen = kept.value - figure.value > sets::noise(&figure.set) + 1e-9;
        if figure.value > kept.value || fallen && explained(changelog, figure) {
            *kept = Kept { value: figure.value, commit: commit.to_owned() };
        }
    }
}

fn text(table: &Table) -> Result<String> {
    let mut out = String::from(
        "# Made by `cargo xtask accuracy`. Do not edit: CONTRIBUTING.md has the rules. Per cent, and the commit that was measured first.\n",
    );
    for (set, figures) in table {
        writeln!(out, "\n[{set:?}]")?;
        for (metric, kept) in figures {
            writeln!(out, "{metric:?} = {{ value = {:.2}, commit = {:?} }}", kept.value, kept.commit)?;
        }
    }
    Ok(out)
}

fn print(table: &Table, found: &[Figure]) {
    println!("{:28} {:22} {:>7} {:>10}", "set", "metric", "now", "committed");
    for figure in found {
        let (before, sign) = match kept(table, figure) {
            None => ("-".to_owned(), ""),
            Some(kept) => {
                let change = figure.value - kept.value;
                let sign = match change.abs() > sets::noise(&figure.set) {
                    true if change < 0.0 => "  fallen",
                    true => "  risen",
                    false => "",
                };
                (format!("{:.2}", kept.value), sign)
            }
        };
        println!("{:28} {:22} {:7.2} {before:>10}{sign}", figure.set, figure.metric, figure.value);
    }
}

/// The commit that is measured, with a plus if the working tree has changes to it.
fn commit(root: &Path) -> String {
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).current_dir(root).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(commit) = git(&["rev-parse", "--short", "HEAD"]) else { return "unknown".to_owned() };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]).is_some_and(|changes| !changes.is_empty());
    if changed { commit + "+" } else { commit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(value: f64) -> Table {
        let kept = Kept { value, commit: "abc".to_owned() };
        Table::from([("geo/x".to_owned(), BTreeMap::from([("F1".to_owned(), kept)]))])
    }

    fn figure(value: f64) -> Figure {
        Figure::new("geo/x", "F1", value)
    }

    #[test]
    fn only_a_fall_beyond_the_noise_counts() {
        assert!(falls(&table(80.0), &[figure(78.5)], "").is_empty());
        assert_eq!(falls(&table(80.0), &[figure(78.4)], ""), ["- `geo/x` `F1` 80.00 to 78.40: REASON"]);
        assert!(falls(&table(80.0), &[figure(90.0)], "").is_empty());
        assert!(falls(&Table::new(), &[figure(0.0)], "").is_empty(), "a new figure has nothing to fall from");
    }

    #[test]
    fn a_reason_in_the_changelog_allows_that_fall_and_no_further_one() {
        let changelog = "## 0.1.0\n\n### Accuracy\n\n- `geo/x` `F1` 80.00 to 75.00: demonyms are no places any more\n";
        assert!(falls(&table(80.0), &[figure(75.0)], changelog).is_empty());
        assert_eq!(falls(&table(80.0), &[figure(74.9)], changelog).len(), 1);
        assert_eq!(falls(&table(80.0), &[figure(75.0)], &changelog.replace("Accuracy", "Speed")).len(), 1);
        assert_eq!(
            falls(&table(80.0), &[figure(75.0)], &changelog.replace("demonyms are no places any more", "REASON")).len(),
            1
        );
        assert_eq!(falls(&table(80.0), &[figure(75.0)], &changelog.replace("F1", "F2")).len(), 1);
    }

    #[test]
    fn small_falls_do_not_add_up() {
        let mut kept = table(80.0);
        update(&mut kept, &[figure(79.0)], "", "def");
        assert_eq!(kept, table(80.0));
        update(&mut kept, &[figure(81.0)], "", "def");
        assert_eq!(kept["geo/x"]["F1"], Kept { value: 81.0, commit: "def".to_owned() });
    }

    #[test]
    fn the_file_reads_back() {
        let kept = table(80.25);
        assert_eq!(toml::from_str::<Table>(&text(&kept).unwrap()).unwrap(), kept);
    }
}
