//! Where results and messages go.

use std::fmt;
use std::io::{self, IsTerminal, StdoutLock, Write};

use anyhow::{Context, Result};
use serde::Serialize;

/// So much is gathered before it is written.
const CAPACITY: usize = 1 << 16;

/// What stands around and between records.
#[derive(Clone, Copy, Debug, Default)]
pub struct Envelope {
    pub head: &'static str,
    pub tail: &'static str,
    /// What stands before every record but the first.
    pub separator: &'static str,
}

/// Standard output. Whole records only are handed to the system, so that a run that is stopped leaves no half line.
pub struct Output {
    out: StdoutLock<'static>,
    buffer: Vec<u8>,
}

impl Output {
    pub fn new() -> Self {
        Self { out: io::stdout().lock(), buffer: Vec::with_capacity(CAPACITY) }
    }

    pub fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// A record, or many whole ones.
    pub fn record(&mut self, bytes: &[u8]) -> Result<()> {
        if self.buffer.len() + bytes.len() > CAPACITY {
            self.flush()?;
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    pub fn text(&mut self, text: &str) -> Result<()> {
        self.record(text.as_bytes())
    }

    /// A value as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let mut bytes = Vec::new();
        json(value, &mut bytes);
        self.record(&bytes)
    }

    pub fn flush(&mut self) -> Result<()> {
        let written = self.out.write_all(&self.buffer).and_then(|()| self.out.flush());
        self.buffer.clear();
        self.buffer.shrink_to(CAPACITY);
        written.context("standard output")
    }
}

/// Appends a value as a line of JSON.
pub fn json_line(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, value).expect("memory takes any value that has string keys");
    out.push(b'\n');
}

/// Appends a value as indented JSON.
pub fn json(value: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer_pretty(&mut *out, value).expect("memory takes any value that has string keys");
    out.push(b'\n');
}

/// Says something on standard error. If even that cannot be written there is nobody to tell.
pub fn tell(message: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "dateline: {message}");
}

/// Has the reader of our output closed it?
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}
