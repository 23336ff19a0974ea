//! `SOURCES.toml`: what the gazetteer file was made of.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use dateline_gazetteer::{Gazetteer, PlaceKind};
use serde::{Deserialize, Serialize};

use super::packages::{PACKAGES, Registry, sha256};

const HEADER: &str = "# What places.gaz was made of. Do not edit: `cargo xtask gazetteer` writes it.\n\n";

/// The content of `SOURCES.toml`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SourcesFile {
    command: String,
    file: File,
    /// How many places are of each kind.
    kinds: BTreeMap<String, usize>,
    /// How many rows each step took from the sources.
    pub rows: BTreeMap<String, usize>,
    packages: Vec<Source>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    name: String,
    sha256: String,
    bytes: usize,
    places: usize,
    licence: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Source {
    registry: String,
    name: String,
    version: String,
    date: String,
    licence: String,
    gives: String,
    file: String,
    sha256: String,
}

impl SourcesFile {
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Compares a gazetteer file with what is said about it.
    pub fn verify(&self, bytes: &[u8]) -> Result<()> {
        let found = sha256(bytes);
        ensure!(found == self.file.sha256, "its SHA-256 is {found}, SOURCES.toml says {}", self.file.sha256);
        Ok(())
    }

    /// Fills in everything but the rows.
    pub fn describe(&mut self, gazetteer: &Gazetteer<&Vec<u8>>, bytes: &[u8]) {
        self.command = "cargo xtask gazetteer".to_owned();
        self.file = File {
            name: super::GAZETTEER_FILE.to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len(),
            places: gazetteer.len(),
            licence: "CC-BY-4.0".to_owned(),
        };
        for place in gazetteer.places() {
            *self.kinds.entry(PlaceKind::as_str(place.kind()).to_owned()).or_default() += 1;
        }
        let sources = PACKAGES.iter().map(|package| Source {
            registry: match package.registry {
                Registry::PyPi => "PyPI".to_owned(),
                Registry::Npm => "npm".to_owned(),
            },
            name: package.name.to_owned(),
            version: package.version.to_owned(),
            date: package.date.to_owned(),
            licence: package.licence.to_owned(),
            gives: package.gives.to_owned(),
            file: package.file.to_owned(),
            sha256: package.sha256.to_owned(),
        });
        self.packages = sources.collect();
    }

    pub fn to_toml(&self) -> Result<String> {
        Ok(format!("{HEADER}{}", toml::to_string(self)?))
    }
}
