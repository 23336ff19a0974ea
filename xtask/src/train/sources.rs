//! The record of what a model was made from.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// Name, origin and licence of each file below the folder of corpora.
const FILES: [(&str, &str, &str); 5] = [
    ("ud/ewt-train.conllu", "UD English EWT, training part", "CC-BY-SA-4.0"),
    (
        "ud/gum-train-permissive.conllu",
        "GUM, training part, genres under free licences",
        "CC-BY-4.0 (annotation); CC-BY, CC-BY-SA, public domain (texts)",
    ),
    (
        "silver/free-ud.conllu.gz",
        "Wikinews 2019-20 and English Wikipedia, trees and names by machine",
        "CC-BY-2.5, CC-BY-SA",
    ),
    ("silver/names-ewt-train.tsv.gz", "names of EWT by machine", "CC-BY-SA-4.0"),
    ("silver/names-gum-train-permissive.tsv.gz", "names of GUM by machine", "CC-BY-4.0"),
];

/// The same of files of this repository.
const OWN_FILES: [(&str, &str, &str); 2] = [
    ("xtask/src/train/irregular.tsv", "irregular forms, partly from lemminflect 0.2.3", "MIT"),
    (
        super::WORDS,
        "classes of words by spaCy en_core_web_md 3.8.0 (MIT), words partly from wordfreq 3.1.1",
        "CC-BY-SA-4.0",
    ),
];

/// Does the record name these bytes?
pub fn verify(record: &str, model: &[u8]) -> Result<()> {
    let record: toml::Table = record.parse().context("SOURCES.toml")?;
    let told = record.get("model").and_then(|model| model.get("sha256")).and_then(toml::Value::as_str);
    let told = told.context("SOURCES.toml has no model.sha256")?;
    let found = format!("{:x}", Sha256::digest(model));
    ensure!(told == found, "the SHA-256 is {found}, not {told} as SOURCES.toml says: run `cargo xtask train`");
    Ok(())
}

pub fn toml(root: &Path, corpora: &Path, model: &[u8]) -> Result<String> {
    let mut out = String::from("# Made by `cargo xtask train --corpora FOLDER`. Do not edit.\n\n[model]\n");
    writeln!(
        out,
        "file = \"model.bin\"\nbytes = {}\nsha256 = \"{}\"\nlicence = \"CC-BY-SA-4.0\"",
        model.len(),
        hash(model)
    )?;
    for (file, name, licence) in FILES {
        let path = corpora.join(file);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = super::conllu::read(&path)?;
        let words = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit())).count();
        writeln!(out, "\n[[source]]\nfile = \"{file}\"\nname = \"{name}\"\nlicence = \"{licence}\"")?;
        writeln!(out, "words = {words}\nbytes = {}\nsha256 = \"{}\"", bytes.len(), hash(&bytes))?;
    }
    for (file, name, licence) in OWN_FILES {
        let bytes = std::fs::read(root.join(file)).with_context(|| format!("cannot read {file}"))?;
        writeln!(out, "\n[[source]]\nfile = \"{file}\"\nname = \"{name}\"\nlicence = \"{licence}\"")?;
        writeln!(out, "bytes = {}\nsha256 = \"{}\"", bytes.len(), hash(&bytes))?;
    }
    Ok(out)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
