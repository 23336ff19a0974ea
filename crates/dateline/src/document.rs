use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::Value;

use crate::Error;

/// A news text to read, with what the caller knows of it.
///
/// ```
/// let document = dateline::Document::new("Two drones were shot down on Monday.")?
///     .with_id("ticker-7")
///     .with_date(dateline::jiff::civil::date(2023, 11, 6));
/// assert_eq!(document.id(), Some("ticker-7"));
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'t> {
    text: Cow<'t, str>,
    id: Option<String>,
    date: Option<Date>,
    meta: Option<Value>,
}

impl<'t> Document<'t> {
    /// A document of this text, borrowed (`&str`) or owned (`String`). Nothing is read yet.
    ///
    /// # Errors
    ///
    /// If the text has more than 2^32-1 bytes. Nothing else is ever refused.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Result<Self, Error> {
        let text = text.into();
        if u32::try_from(text.len()).is_err() {
            return Err(Error::too_long(text.len()));
        }
        Ok(Self { text, id: None, date: None, meta: None })
    }

    /// The same with an id, which the report echoes.
    #[must_use]
    pub fn with_id(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    /// The same with a reference date: the day the text was published. It goes before any date in the text's head.
    #[must_use]
    pub fn with_date(self, date: Date) -> Self {
        Self { date: Some(date), ..self }
    }

    /// The same with whatever the caller wants to find again in the report.
    #[must_use]
    pub fn with_meta(self, meta: Value) -> Self {
        Self { meta: Some(meta), ..self }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The id that was given.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The reference date that was given.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The caller's own data.
    #[must_use]
    pub fn meta(&self) -> Option<&Value> {
        self.meta.as_ref()
    }
}
