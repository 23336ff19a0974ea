use crate::Span;

/// A name that somebody else found in the text (a tagger, or the caller), for those that decide what a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameHint {
    /// Where the name stands.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A person, real or fictional.
    Person,
    /// A company, agency, institution, armed group.
    Organization,
    /// A country, city, region, sea, mountain.
    Place,
    /// A building, airport, road, bridge.
    Facility,
    /// A nationality, religion or political group ("Russian", "Sunni", "Republican").
    Nationality,
    /// A named war, storm, summit, match.
    Event,
}

impl NameKind {
    /// Its name in small letters, as reports and parses write it: `person`, `organization`, `place`, `facility`,
    /// `nationality`, `event`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::Nationality => "nationality",
            Self::Event => "event",
        }
    }
}
