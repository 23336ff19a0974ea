use std::fmt;

/// Why a document was refused or a pipeline could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    TooLong {
        bytes: usize,
    },
    #[cfg(not(feature = "embedded"))]
    NoGazetteer,
    Gazetteer(dateline_gazetteer::Error),
    Frames(dateline_events::Error),
}

impl Error {
    pub(crate) fn too_long(bytes: usize) -> Self {
        Self { kind: Kind::TooLong { bytes } }
    }

    #[cfg(not(feature = "embedded"))]
    pub(crate) fn no_gazetteer() -> Self {
        Self { kind: Kind::NoGazetteer }
    }

    /// The text is longer than 2^32-1 bytes.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        matches!(self.kind, Kind::TooLong { .. })
    }

    /// The bytes given as a gazetteer are none, or damaged.
    #[must_use]
    pub fn is_gazetteer(&self) -> bool {
        matches!(self.kind, Kind::Gazetteer(_))
    }

    /// A file of frames or a lexicon is wrong; the message names file, line and reason.
    #[must_use]
    pub fn is_frames(&self) -> bool {
        matches!(self.kind, Kind::Frames(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::TooLong { bytes } => write!(f, "the text has {bytes} bytes; at most 4,294,967,295 can be read"),
            #[cfg(not(feature = "embedded"))]
            Kind::NoGazetteer => f.write_str("no gazetteer was given, and the feature \"embedded\" is off"),
            Kind::Gazetteer(error) => error.fmt(f),
            Kind::Frames(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::TooLong { .. } => None,
            #[cfg(not(feature = "embedded"))]
            Kind::NoGazetteer => None,
            Kind::Gazetteer(error) => Some(error),
            Kind::Frames(error) => Some(error),
        }
    }
}

impl From<dateline_gazetteer::Error> for Error {
    fn from(error: dateline_gazetteer::Error) -> Self {
        Self { kind: Kind::Gazetteer(error) }
    }
}

impl From<dateline_events::Error> for Error {
    fn from(error: dateline_events::Error) -> Self {
        Self { kind: Kind::Frames(error) }
    }
}
