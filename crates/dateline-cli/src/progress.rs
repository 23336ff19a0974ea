//! How far a run has come, for people who watch it.

use std::fmt;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::input;
use crate::output::{self, Output};

/// A bar on standard error, if that is a terminal and results go elsewhere.
pub struct Progress {
    bar: ProgressBar,
    count: u64,
    /// What is counted.
    unit: &'static str,
}

impl Progress {
    pub fn new(inputs: &[PathBuf]) -> Self {
        let bar = match is_watched() && !Output::is_terminal() {
            false => ProgressBar::hidden(),
            true => match input::total_bytes(inputs) {
                Some(bytes) => bar_of(bytes),
                None => ProgressBar::no_length().with_style(style("{spinner} {bytes} {bytes_per_sec}, {msg}")),
            },
        };
        Self { bar, count: 0, unit: "documents" }
    }

    /// Of a file of so many bytes, in which such units are counted, when nothing goes to standard output.
    pub fn of_file(bytes: u64, unit: &'static str) -> Self {
        let bar = if is_watched() { bar_of(bytes) } else { ProgressBar::hidden() };
        Self { bar, count: 0, unit }
    }

    /// One more is done, of so many bytes.
    pub fn advance(&mut self, bytes: u64) {
        self.count += 1;
        if !self.bar.is_hidden() {
            let rate = self.count as f64 / self.bar.elapsed().as_secs_f64().max(1e-3);
            self.bar.set_message(format!("{} {}, {rate:.0}/s", self.count, self.unit));
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

fn is_watched() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stderr())
}

fn bar_of(bytes: u64) -> ProgressBar {
    ProgressBar::new(bytes).with_style(style("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec}, {msg}, {eta} left"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a template of ours")
}
