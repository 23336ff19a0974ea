use std::fmt;

/// Why a gazetteer or a dictionary could not be read or built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// The bytes are no gazetteer file.
    Magic,
    Version {
        found: u32,
        known: u32,
    },
    Format {
        section: &'static str,
        offset: usize,
        what: &'static str,
    },
    Checksum {
        expected: u64,
        found: u64,
    },
    Record {
        record: String,
        what: String,
    },
    TooLarge {
        what: &'static str,
    },
}

impl Error {
    pub(crate) fn magic() -> Self {
        Self { kind: Kind::Magic }
    }

    pub(crate) fn version(found: u32, known: u32) -> Self {
        Self { kind: Kind::Version { found, known } }
    }

    pub(crate) fn format(section: &'static str, offset: usize, what: &'static str) -> Self {
        Self { kind: Kind::Format { section, offset, what } }
    }

    pub(crate) fn checksum(expected: u64, found: u64) -> Self {
        Self { kind: Kind::Checksum { expected, found } }
    }

    pub(crate) fn record(record: impl Into<String>, what: impl Into<String>) -> Self {
        Self { kind: Kind::Record { record: record.into(), what: what.into() } }
    }

    pub(crate) fn too_large(what: &'static str) -> Self {
        Self { kind: Kind::TooLarge { what } }
    }

    /// The bytes are no gazetteer file, or one that is cut short or damaged.
    #[must_use]
    pub fn is_format(&self) -> bool {
        matches!(self.kind, Kind::Magic | Kind::Format { .. } | Kind::Checksum { .. })
    }

    /// The file is well formed as far as its header goes, but its content is not what was written.
    #[must_use]
    pub fn is_checksum(&self) -> bool {
        matches!(self.kind, Kind::Checksum { .. })
    }

    /// The file was written in a version of the format that this version of the crate does not read.
    #[must_use]
    pub fn is_version(&self) -> bool {
        matches!(self.kind, Kind::Version { .. })
    }

    /// A record, or a name, given to a builder is not acceptable; the message names it.
    #[must_use]
    pub fn is_record(&self) -> bool {
        matches!(self.kind, Kind::Record { .. })
    }

    /// What was to be built is larger than the format holds.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind, Kind::TooLarge { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Magic => f.write_str("not a gazetteer file: it does not begin with the magic bytes \"DLGAZ\""),
            Kind::Version { found, known } => {
                write!(f, "gazetteer file of format version {found}; this program reads version {known}")
            }
            Kind::Format { section, offset, what } => {
                write!(f, "damaged gazetteer file: {what} (section {section}, offset {offset})")
            }
            Kind::Checksum { expected, found } => write!(
                f,
                "damaged gazetteer file: its content has checksum {found:016x}, its header says {expected:016x}"
            ),
            Kind::Record { record, what } => write!(f, "{record}: {what}"),
            Kind::TooLarge { what } => write!(f, "too large for the format: {what}"),
        }
    }
}

impl std::error::Error for Error {}
