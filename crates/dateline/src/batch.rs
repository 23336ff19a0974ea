//! Many documents at once.

use std::borrow::Borrow;
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::vec;

use rayon::prelude::*;

use crate::{Document, Pipeline, Report, Scratch};

/// How many documents are read side by side before the first of their reports is given out.
const WINDOW_DOCUMENTS: usize = 1024;

/// The same for the bytes of their texts; one longer document is a window of its own.
const WINDOW_BYTES: usize = 4 << 20;

impl Pipeline {
    /// The reports of all documents, in their order, made on all threads of the current [rayon] pool.
    ///
    /// Takes a slice or anything else that yields documents or references to them, and asks it for more only when reports
    /// are asked for: at most 1,024 documents or 4 MiB of text are held at a time (or one document, if that is longer), with
    /// their reports. Each report is the same as [`extract`](Self::extract) gives.
    ///
    /// ```
    /// use dateline::{Document, Pipeline};
    ///
    /// let pipeline = Pipeline::embedded()?;
    /// let texts = ["A bomb exploded in Kabul.", "Police arrested two men in Lagos."];
    /// let documents = texts.iter().map(|text| Document::new(*text).expect("a short text"));
    /// let types: Vec<_> = pipeline.extract_all(documents).map(|report| report.events[0].r#type.clone()).collect();
    /// assert_eq!(types, ["bombing", "arrest"]);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn extract_all<'p, 't, I>(&'p self, documents: I) -> ExtractAll<'p, 't, I::IntoIter>
    where
        I: IntoIterator,
        I::Item: Borrow<Document<'t>> + Sync,
    {
        ExtractAll {
            pipeline: self,
            documents: documents.into_iter(),
            reports: Vec::new().into_iter(),
            text: PhantomData,
        }
    }
}

/// The iterator of [`Pipeline::extract_all`].
pub struct ExtractAll<'p, 't, I> {
    pipeline: &'p Pipeline,
    documents: I,
    /// What is left of the current window.
    reports: vec::IntoIter<Report>,
    text: PhantomData<&'t str>,
}

impl<'t, I> Iterator for ExtractAll<'_, 't, I>
where
    I: Iterator,
    I::Item: Borrow<Document<'t>> + Sync,
{
    type Item = Report;

    fn next(&mut self) -> Option<Report> {
        if let Some(report) = self.reports.next() {
            return Some(report);
        }
        let mut window = Vec::new();
        let mut bytes = 0;
        while window.len() < WINDOW_DOCUMENTS && bytes < WINDOW_BYTES {
            let Some(document) = self.documents.next() else { break };
            bytes += document.borrow().text().len();
            window.push(document);
        }
        let read = |scratch: &mut Scratch, document: &I::Item| self.pipeline.extract_with(document.borrow(), scratch);
        let reports: Vec<Report> = window.par_iter().map_init(Scratch::new, read).collect();
        self.reports = reports.into_iter();
        self.reports.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let (least, most) = self.documents.size_hint();
        let ready = self.reports.len();
        (least.saturating_add(ready), most.and_then(|most| most.checked_add(ready)))
    }
}

impl<'t, I> FusedIterator for ExtractAll<'_, 't, I>
where
    I: FusedIterator,
    I::Item: Borrow<Document<'t>> + Sync,
{
}

impl<I> fmt::Debug for ExtractAll<'_, '_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractAll").field("ready", &self.reports.len()).finish_non_exhaustive()
    }
}
