use std::fmt;

/// Why a model could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Magic,
    Version { found: u32, expected: u32 },
    Section { name: &'static str, reason: &'static str },
    Checksum,
}

impl Error {
    pub(crate) const fn magic() -> Self {
        Self(Kind::Magic)
    }

    pub(crate) const fn version(found: u32, expected: u32) -> Self {
        Self(Kind::Version { found, expected })
    }

    pub(crate) const fn section(name: &'static str, reason: &'static str) -> Self {
        Self(Kind::Section { name, reason })
    }

    pub(crate) const fn checksum() -> Self {
        Self(Kind::Checksum)
    }

    /// True if the file is sound as far as can be told, but of another version of the format.
    #[must_use]
    pub fn is_version(&self) -> bool {
        matches!(self.0, Kind::Version { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Magic => write!(f, "this is no syntax model"),
            Kind::Version { found, expected } => {
                write!(f, "the syntax model has format version {found}, this program reads {expected}")
            }
            Kind::Section { name, reason } => write!(f, "syntax model, section \"{name}\": {reason}"),
            Kind::Checksum => write!(f, "the syntax model is damaged: its checksum is wrong"),
        }
    }
}

impl std::error::Error for Error {}
