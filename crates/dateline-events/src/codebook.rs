//! The codebooks: which codes PLOVER, CAMEO and ACLED have, and the quad class of each. The tables are data
//! (`codebook/*.tsv`); which event gets which code is said in the frames.

use std::collections::HashMap;

use crate::lexicon::rows;

/// The codes that frames may use.
#[derive(Debug)]
pub(crate) struct Codebooks {
    plover: HashMap<&'static str, (u8, Vec<&'static str>)>,
    cameo: HashMap<&'static str, u8>,
    acled: Vec<(&'static str, &'static str)>,
    counts: Vec<&'static str>,
}

impl Codebooks {
    /// The tables of this crate.
    pub(crate) fn embedded() -> Self {
        let plover = table(include_str!("../codebook/plover.tsv"))
            .filter_map(|row| {
                let mut cells = row.split('\t');
                let event = cells.next()?;
                let quad = cells.next()?.parse().ok()?;
                Some((event, (quad, cells.next().unwrap_or("").split_whitespace().collect())))
            })
            .collect();
        let cameo = table(include_str!("../codebook/cameo.tsv"))
            .filter_map(|row| row.split_once('\t').and_then(|(code, quad)| Some((code, quad.parse().ok()?))))
            .collect();
        let acled = table(include_str!("../codebook/acled.tsv")).filter_map(|row| row.split_once('\t')).collect();
        let counts = table(include_str!("../codebook/gdelt_counts.tsv")).collect();
        Self { plover, cameo, acled, counts }
    }

    /// Quad class of a PLOVER event with this mode; none if PLOVER has no such event or mode.
    pub(crate) fn plover(&self, event: &str, mode: Option<&str>) -> Option<u8> {
        let (quad, modes) = self.plover.get(event)?;
        mode.is_none_or(|mode| modes.contains(&mode)).then_some(*quad)
    }

    /// Quad class (GDELT's placement) of a CAMEO code; none if CAMEO has no such code.
    pub(crate) fn cameo(&self, code: &str) -> Option<u8> {
        self.cameo.get(code).copied()
    }

    /// Does ACLED have this sub-event under this event?
    pub(crate) fn has_acled(&self, event: &str, sub_event: &str) -> bool {
        self.acled.contains(&(event, sub_event))
    }

    /// Does GDELT have this count type?
    pub(crate) fn has_count(&self, name: &str) -> bool {
        self.counts.contains(&name)
    }
}

fn table(text: &'static str) -> impl Iterator<Item = &'static str> {
    rows(text).map(|(_, row)| row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let books = Codebooks::embedded();
        assert_eq!(books.plover.len(), 16);
        assert_eq!(books.plover("ASSAULT", Some("drone")), Some(4));
        assert_eq!(books.plover("AID", None), Some(2));
        assert_eq!(books.plover("AID", Some("drone")), None);
        assert_eq!(books.cameo("1952"), Some(4));
        assert_eq!(books.cameo("090"), Some(2));
        assert_eq!(books.cameo("210"), None);
        assert_eq!(books.acled.len(), 25);
        assert!(books.has_acled("Battles", "Armed clash"));
        assert!(!books.has_acled("Battles", "Arrests"));
        assert!(books.has_count("KILL"));
    }
}
