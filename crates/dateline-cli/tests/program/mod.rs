//! The program, run in a folder.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

pub fn dateline(folder: &Path, args: &[&str]) -> Output {
    Command::cargo_bin("dateline")
        .expect("the binary is built with the tests")
        .current_dir(folder)
        .args(args)
        .output()
        .unwrap()
}

pub fn said(output: &[u8]) -> &str {
    std::str::from_utf8(output).unwrap()
}
