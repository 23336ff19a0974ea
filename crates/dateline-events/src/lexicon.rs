//! The lines of this crate's lexicons: tables in text, a row a line.

/// The rows with the numbers of their lines, from 1; blank lines and those that begin with `#` are none.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_end().is_empty() && !line.starts_with('#'))
}
