//! Why events came out as they did, and why a sentence gave none.
//!
//! ```
//! use dateline::explain::Question;
//! use dateline::{Document, Pipeline};
//!
//! let pipeline = Pipeline::embedded()?;
//! let text = "date 2024-03-08\n\nPolice arrested two men in Goma on Wednesday. The cold snap arrested the growth of the vines.";
//! let document = Document::new(text)?;
//!
//! let explained = pipeline.explain(&document);
//! let event = &explained.events[0];
//! assert_eq!((event.rule.as_str(), event.bindings[0].phrase.text.as_str()), ("arrest/arrest", "Police"));
//! assert_eq!(event.time.arithmetic.as_deref(), Some("2024-03-08 (Friday) - 2 days = 2024-03-06 (Wednesday)"));
//! println!("{event}");
//!
//! let answer = pipeline.why_not(&document, &Question::new().event_type("arrest").sentence(1)).expect("a type of event");
//! assert!(answer.why_not.found.is_empty());
//! println!("{}", answer.why_not.near[0]);
//! # Ok::<(), dateline::Error>(())
//! ```

pub use dateline_events::explanation::{
    Binding, CodeReason, Condition, Explanation, Lost, LostRole, Merged, NearMiss, PlaceReason, Question, Step,
    TimeReason, WhyNot,
};
use serde::{Deserialize, Serialize};

use crate::report::{OffsetUnit, Place, Report, convert_spans};
use crate::{Document, Pipeline, Scratch};

/// A report with the reasons of its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explained {
    /// What the document says.
    pub report: Report,
    /// Why: an explanation for each event of the report, in their order.
    pub events: Vec<Explanation>,
}

/// A report with the answer to a [`Question`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What the document says.
    pub report: Report,
    /// Why it says no more.
    pub why_not: WhyNot,
}

impl Pipeline {
    /// What the document says and why each event came out as it did. Costs a few extractions.
    #[must_use]
    pub fn explain(&self, document: &Document<'_>) -> Explained {
        self.explain_with(document, &mut Scratch::new())
    }

    /// Like [`explain`](Self::explain), working in the memory of `scratch`.
    #[must_use]
    pub fn explain_with(&self, document: &Document<'_>, scratch: &mut Scratch) -> Explained {
        let mut events = Vec::new();
        let report = self.read(document, scratch, |input| {
            let (annotations, explanations) = self.extractor.explain(input);
            events = explanations;
            annotations
        });
        for place in events.iter_mut().flat_map(|event| &mut event.places) {
            place.candidates = candidates(&report.places[place.place]);
        }
        Explained { report, events }
    }

    /// What the document says, and why there is no event where the question asks for one. None if it asks for a type that there is
    /// not. Costs about as much as an extraction.
    #[must_use]
    pub fn why_not(&self, document: &Document<'_>, question: &Question) -> Option<Answer> {
        self.why_not_with(document, question, &mut Scratch::new())
    }

    /// Like [`why_not`](Self::why_not), working in the memory of `scratch`.
    #[must_use]
    pub fn why_not_with(&self, document: &Document<'_>, question: &Question, scratch: &mut Scratch) -> Option<Answer> {
        let mut answer = None;
        let report = self.read(document, scratch, |input| {
            let (annotations, why_not) = self.extractor.why_not(input, question).unzip();
            answer = why_not;
            annotations.unwrap_or_default()
        });
        answer.map(|why_not| Answer { report, why_not })
    }
}

/// What a mention means and what it might have meant, with scores.
fn candidates(place: &Place) -> Vec<String> {
    let spell = |name: &str, country: Option<&str>, score: f32| {
        let country = country.filter(|_| name != place.text || place.kind != crate::report::PlaceKind::Country);
        format!("{name}{} ({score})", country.map_or(String::new(), |country| format!(", {country}")))
    };
    let meant = place.name.as_deref().map(|name| spell(name, place.country.as_deref(), place.confidence));
    let losers = place.candidates.iter().map(|other| spell(&other.name, other.country.as_deref(), other.score));
    meant.into_iter().chain(losers).collect()
}

impl Explained {
    /// The same with all offsets counted in another unit; `text` is the text of the document.
    #[must_use]
    pub fn to_offsets(&self, text: &str, unit: OffsetUnit) -> Self {
        let mut events = self.events.clone();
        convert_spans(&mut events, text, self.report.offsets, unit, |events, edit| {
            events.iter_mut().for_each(|event| event.for_each_span(&mut *edit));
        });
        Self { report: self.report.to_offsets(text, unit), events }
    }
}

impl Answer {
    /// The same with all offsets counted in another unit; `text` is the text of the document.
    #[must_use]
    pub fn to_offsets(&self, text: &str, unit: OffsetUnit) -> Self {
        let mut why_not = self.why_not.clone();
        convert_spans(&mut why_not, text, self.report.offsets, unit, |why_not, edit| why_not.for_each_span(edit));
        Self { report: self.report.to_offsets(text, unit), why_not }
    }
}
