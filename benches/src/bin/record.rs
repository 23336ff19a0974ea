//! Writes down the last run of the benchmarks on standard output: machine, commit, date, command, then a line for each
//! benchmark with its median, its fastest and its raw samples, as tab-separated values.
//!
//! `cargo run -p dateline-benches --bin record -- NOTE...`; the notes (how loaded the machine was, what is special) are
//! written down too.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// As `README.md` says; a run that was made in another way needs a note.
const COMMAND: &str = "cargo bench -p dateline-benches --bench all -- --warm-up-time 1 --measurement-time 2";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut out = String::new();
    writeln!(out, "# machine: {}", machine())?;
    writeln!(out, "# compiler: {}", output("rustc", &["--version"]))?;
    writeln!(out, "# commit: {}", output("git", &["describe", "--always", "--dirty", "--abbrev=12"]))?;
    writeln!(out, "# date: {}", output("date", &["-u", "+%Y-%m-%d %H:%M UTC"]))?;
    writeln!(out, "# command: {COMMAND}")?;
    for note in env::args().skip(1) {
        writeln!(out, "# note: {note}")?;
    }
    writeln!(
        out,
        "# columns: benchmark, median of an iteration (ns), its throughput, fastest sample (ns), nanoseconds of an iteration in each sample"
    )?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut runs = Vec::new();
    find_runs(&target.join("criterion"), &mut runs)?;
    let mut lines: Vec<String> = runs.iter().map(|run| line(run)).collect::<Result<_, _>>()?;
    lines.sort();
    out.extend(lines);
    print!("{out}");
    Ok(())
}

fn machine() -> String {
    let model = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores, {}", model.unwrap_or("unknown processor"), env::consts::OS)
}

fn output(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    output.map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The folders that hold a last run, in any order.
fn find_runs(folder: &Path, runs: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        if path.join("sample.json").is_file() && path.ends_with("new") {
            runs.push(path);
        } else if path.is_dir() {
            find_runs(&path, runs)?;
        }
    }
    Ok(())
}

/// The line of a run.
fn line(run: &Path) -> Result<String, Box<dyn Error>> {
    let read =
        |name: &str| -> Result<Value, Box<dyn Error>> { Ok(serde_json::from_slice(&fs::read(run.join(name))?)?) };
    let (benchmark, sample) = (read("benchmark.json")?, read("sample.json")?);
    let numbers =
        |key: &str| sample[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>();
    let each: Vec<f64> =
        numbers("times").iter().zip(numbers("iters")).map(|(time, iterations)| time / iterations).collect();
    let mut sorted = each.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().ok_or("a run without samples")?;
    let fastest = sorted[0];
    let throughput = &benchmark["throughput"];
    let throughput = match (throughput["Bytes"].as_f64(), throughput["Elements"].as_f64()) {
        (Some(bytes), _) => format!("{:.2} MB/s", bytes / median * 1e3),
        (_, Some(elements)) => format!("{:.0} /s", elements / median * 1e9),
        _ => "-".to_owned(),
    };
    let each: Vec<String> = each.iter().map(|time| format!("{time:.0}")).collect();
    let id = benchmark["full_id"].as_str().unwrap_or_default();
    Ok(format!("{id}\t{median:.0}\t{throughput}\t{fastest:.0}\t{}\n", each.join(" ")))
}
