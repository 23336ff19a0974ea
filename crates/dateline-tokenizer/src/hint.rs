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
