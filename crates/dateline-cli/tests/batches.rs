//! Many documents: folders, streams, threads, and what is in the way of them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command as Process, Output, Stdio};

use assert_cmd::Command;
use serde_json::Value;

fn dateline() -> Command {
    Command::cargo_bin("dateline").expect("the binary is built with the tests")
}

fn process() -> Process {
    Process::new(assert_cmd::cargo::cargo_bin("dateline"))
}

/// The running command, which reads what the test writes.
fn piped(arguments: &[&str]) -> Child {
    let mut command = process();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary is built with the tests")
}

fn ids(output: &Output) -> Vec<String> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    let id = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["id"].as_str().unwrap().to_owned();
    text.lines().map(id).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Documents of many lengths, a few of them bad.
fn stream(count: usize) -> String {
    let sentences = ["A bomb exploded in Kabul, killing five people. ", "Police arrested two men in Lagos on Monday. "];
    let record = |n: usize| match n % 50 {
        49 => "{\"text\": 1}\n".to_owned(),
        _ => {
            let text: String = (0..1 + n % 13).map(|k| sentences[(n + k) % 2]).collect();
            format!("{}\n", serde_json::json!({"id": n, "text": text, "date": "2024-05-06"}))
        }
    };
    (0..count).map(record).collect()
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn one_thread_and_many_write_the_same_bytes() {
    let input = stream(300);
    for command in [
        &["extract"][..],
        &["extract", "--format", "json"],
        &["extract", "--format", "csv"],
        &["extract", "--format", "geojson"],
        &["extract", "--format", "table"],
        &["places"],
        &["tokens", "--offsets", "chars"],
        &["tokens", "--format", "text"],
    ] {
        let run = |jobs: &str| {
            let output =
                dateline().args(command).args(["--jobs", jobs, "-"]).write_stdin(input.clone()).output().unwrap();
            assert_eq!(output.status.code(), Some(1));
            output
        };
        let (one, many) = (run("1"), run("5"));
        assert!(one.stdout == many.stdout, "{command:?} differs");
        assert!(!one.stdout.is_empty());
        assert_eq!(stderr(&one), stderr(&many));
        assert!(stderr(&one).contains("standard input:50: the field \"text\" is no string"));
        assert!(stderr(&one).contains("6 of 300"));
    }
}

#[test]
fn a_folder_is_read_in_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "b.txt", "Police arrested two men.");
    write(folder.path(), "2023/nov/istra.txt", "Police arrested two men.");
    write(folder.path(), "2023/more.jsonl", "{\"id\":\"in-lines\",\"text\":\"x\"}\n{\"text\":\"y\"}\n");
    write(folder.path(), "a.v2.txt", "Police arrested two men.");
    write(folder.path(), ".hidden.txt", "Police arrested two men.");
    write(folder.path(), "empty/.keep", "");
    let output = dateline().arg("places").arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(ids(&output), ["in-lines", "2", "2023/nov/istra", "a.v2", "b"]);
}

#[test]
fn what_is_no_text_in_a_folder_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "Police arrested two men.");
    write(folder.path(), "picture.png", b"\x89PNG\r\n\x1a\n\0\0");
    write(folder.path(), "utf16.txt", b"\xff\xfeK\0a\0");
    write(folder.path(), "zeros.bin", b"ab\0\0");
    write(folder.path(), "z.txt", "Police arrested two men.");
    let output = dateline().arg("places").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&output), ["a", "z"]);
    for part in [
        "picture.png: not valid UTF-8 at byte 0",
        "utf16.txt: not valid UTF-8 at byte 0: it is UTF-16",
        "zeros.bin: is no text: a zero byte at byte 2",
        "3 of 5 documents",
    ] {
        assert!(stderr(&output).contains(part), "no {part:?} in {}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_a_folder_do_not_stop_it() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/b.txt", "Police arrested two men.");
    symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    symlink("nowhere", folder.path().join("broken.txt")).unwrap();
    symlink("a/b.txt", folder.path().join("c.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    let output = dateline().arg("places").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&output), ["a/b", "c"]);
    for part in
        ["a/loop: is a link to a folder that holds it", "broken.txt: No such file", "socket: is no regular file"]
    {
        assert!(stderr(&output).contains(part), "no {part:?} in {}", stderr(&output));
    }
}

#[test]
fn the_output_is_no_input() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "Police arrested two men.");
    let out = fs::File::create(folder.path().join("out.jsonl")).unwrap();
    let output = process().arg("places").arg(folder.path()).stdout(out).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("out.jsonl: is the file that this run writes to"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap().lines().count(), 1);
}

#[test]
fn a_line_beyond_measure_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(3000);
    let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"b\"}}\n");
    write(folder.path(), "docs.jsonl", lines);
    write(folder.path(), "long.txt", &long);
    let output = dateline().args(["tokens", "--max-bytes", "1000"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(ids(&output), ["1", "3"]);
    assert!(stderr(&output).contains("docs.jsonl:2: has more than 1000 bytes"), "{}", stderr(&output));
    assert!(stderr(&output).contains("long.txt: has more than 1000 bytes"), "{}", stderr(&output));
}

#[test]
fn a_document_comes_out_while_the_input_is_open() {
    let mut child = piped(&["tokens", "-"]);
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for text in ["{\"text\":\"a\"}\n", "{\"text\":\"b c\"}\n"] {
        input.write_all(text.as_bytes()).unwrap();
        let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(line["tokens"].as_array().unwrap().len(), text.matches(' ').count() + 1);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_documents() {
    let mut child = piped(&["extract", "--jobs", "2", "-"]);
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let status = format!("/proc/{}/status", child.id());
    let mut reports = BufReader::new(output).lines();
    // Kilobytes that the process has had at most, after so many more documents.
    let mut peak_after = |count: usize| -> usize {
        let line = "{\"text\":\"A bomb exploded in Kabul, killing five people.\"}\n";
        std::thread::scope(|scope| {
            scope.spawn(|| (0..count).for_each(|_| input.write_all(line.as_bytes()).unwrap()));
            assert!(reports.by_ref().take(count).all(|report| report.unwrap().contains("bombing")));
        });
        let status = fs::read_to_string(&status).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim_end_matches("kB").trim().parse().unwrap()
    };
    let (few, many) = (peak_after(1_000), peak_after(9_000));
    drop(input);
    assert!(child.wait().unwrap().success());
    // The reports between are 20 MB.
    assert!(many < few + 4_000, "{few} kB after 1,000 documents, {many} kB after 10,000");
}

/// Every command that reads documents, with every format that it writes.
const OUTPUTS: [&[&str]; 10] = [
    &["extract", "--format", "table"],
    &["extract", "--format", "json"],
    &["extract", "--format", "jsonl"],
    &["extract", "--format", "csv"],
    &["extract", "--format", "geojson"],
    &["places"],
    &["tokens"],
    &["tokens", "--format", "text"],
    &["parse"],
    &["parse", "--format", "jsonl"],
];

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    for command in OUTPUTS {
        let mut child = piped(&[command, &["-"]].concat());
        let mut input = child.stdin.take().unwrap();
        drop(child.stdout.take());
        // Standard input stays open: the command must not wait for it.
        input.write_all(stream(40).as_bytes()).unwrap();
        let status = child.wait().unwrap();
        let mut messages = String::new();
        child.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
        assert_eq!((status.code(), messages.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "docs.jsonl", stream(40));
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for command in OUTPUTS {
        let output = process().args(command).arg(folder.path()).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(stderr(&output).contains("standard output: No space left"), "{command:?}: {}", stderr(&output));
    }
    let status = process().args(["extract", "no such file"]).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_whole_documents() {
    for format in ["json", "jsonl", "csv", "geojson"] {
        let mut child = piped(&["extract", "--format", format, "-"]);
        let mut input = child.stdin.take().unwrap();
        input.write_all(stream(40).as_bytes()).unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        out.read_line(&mut text).unwrap();
        // The input is still open.
        Process::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        out.read_to_string(&mut text).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(text.ends_with('\n'), "{text}");
        match format {
            "geojson" => assert!(text.parse::<geojson::GeoJson>().is_ok(), "{text}"),
            "csv" => assert!(csv::Reader::from_reader(text.as_bytes()).records().all(|row| row.is_ok()), "{text}"),
            "jsonl" => {
                assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{text}");
            }
            _ => assert!(
                serde_json::Deserializer::from_str(&text).into_iter::<Value>().all(|report| report.is_ok()),
                "{text}"
            ),
        }
    }
}
