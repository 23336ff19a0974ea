//! How far a run has come, for people who watch it.

use std::fmt;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input;
use crate::output::{self, Output};

/// A bar on standard error, if that is a terminal and results go elsewhere.
pub struct Progress {
    bar: ProgressBar,
    documents: u64,
}

impl Progress {
    pub fn new(inputs: &[PathBuf]) -> Self {
        let watched = std::io::IsTerminal::is_terminal(&std::io::stderr()) && !Output::is_terminal();
        let bar = match watched {
            false => ProgressBar::hidden(),
            true => match input::total_bytes(inputs) {
                Some(bytes) => ProgressBar::new(bytes)
                    .with_style(style("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec}, {msg}, {eta} left")),
                None => ProgressBar::no_length().with_style(style("{spinner} {bytes} {bytes_per_sec}, {msg}")),
            },
        };
        Self { bar, documents: 0 }
    }

    /// One more document is done, of so many bytes.
    pub fn advance(&mut self, bytes: u64) {
        self.documents += 1;
        if !self.bar.is_hidden() {
            let rate = self.documents as f64 / self.bar.elapsed().as_secs_f64().max(1e-3);
            self.bar.set_message(format!("{} documents, {rate:.0}/s", self.documents));
        }
        self.bar.inc(bytes);
    }

    /// Says something above the bar.
    pub fn tell(&self, message: fmt::Arguments<'_>) {
        self.bar.suspend(|| output::tell(message));
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a template of ours")
}
