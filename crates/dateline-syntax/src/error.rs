use std::fmt;

/// Why the embedded language data could not be loaded: it names the file, the line and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    file: &'static str,
    line: usize,
    reason: &'static str,
}

impl Error {
    pub(crate) fn data(file: &'static str, line: usize, reason: &'static str) -> Self {
        Self { file, line, reason }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for Error {}
