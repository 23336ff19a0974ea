//! The tutorials of `docs/`: every command in them is run, in a copy of the folder of their sample files, and what they show
//! of its output must be there.
//!
//! A block ```` ```sh ```` holds commands, one a line; a block ```` ```text ```` behind it shows output of the last of them.
//! In shown output "…" stands for anything, and white space and rules of tables do not count. `# exit N` behind a command
//! says with which status it ends, if not 0. A block with a file name before it (`` `boarding.toml` ``) is that file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Text without white space at choice and without the lines of tables.
fn plain(text: &str) -> String {
    let rule = |c: char| matches!(c, '\u{2500}'..='\u{257F}');
    text.replace(rule, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs the commands of a tutorial, and says how many there are.
fn run(page: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(root().join("testdata/tutorial")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let binary = assert_cmd::cargo::cargo_bin("dateline");
    let path = std::env::join_paths(
        std::iter::once(binary.parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();
    let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
    let (mut count, mut output, mut before) = (0, String::new(), "");
    // Every second part is a block: its language in the first line.
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 0 {
            before = part;
            continue;
        }
        let (language, block) = part.split_once('\n').unwrap();
        match language {
            "sh" => {
                for line in block.lines() {
                    let (command, status) = line.split_once("# exit ").unwrap_or((line, "0"));
                    let done = Command::new("sh")
                        .args(["-c", command])
                        .current_dir(folder.path())
                        .env("PATH", &path)
                        .output()
                        .unwrap();
                    output = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).join("\n");
                    assert_eq!(done.status.code().unwrap().to_string(), status.trim(), "{page}: {line}\n{output}");
                    count += 1;
                }
            }
            "text" => {
                let output = plain(&output);
                let mut rest = output.as_str();
                for piece in block.split('…').map(plain) {
                    let at = rest.find(&piece).unwrap_or_else(|| panic!("{page}: no {piece:?} in\n{rest}"));
                    rest = &rest[at + piece.len()..];
                }
            }
            _ => {
                let name = before.trim_end().trim_end_matches(':').rsplit('`').nth(1).unwrap();
                let file = fs::read_to_string(root().join("testdata/tutorial").join(Path::new(name))).unwrap();
                assert_eq!(block, file, "{page}: {name}");
            }
        }
    }
    count
}

#[test]
fn own_places() {
    assert!(run("own-places.md") >= 5);
}

#[test]
fn own_frames() {
    assert!(run("own-frames.md") >= 5);
}
