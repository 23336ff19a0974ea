use dateline_tokenizer::Span;

use crate::{Country, PlaceId, PlaceKind};

/// How a place name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Use {
    /// The place itself: "in Moscow".
    Literal,
    /// Its people or what belongs to it: "Russian".
    Demonym,
    /// Who rules or acts there: "Moscow said".
    Metonym,
}

/// How exactly a position is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Precision {
    /// A building, an airport, coordinates.
    Exact,
    /// Somewhere in a city or village.
    City,
    /// Somewhere in a second-order division.
    Admin2,
    /// Somewhere in a first-order division.
    Admin1,
    /// Somewhere in a country.
    Country,
    /// Somewhere in a sea, a region, a continent.
    Region,
}

/// The place that a relative location starts from: "30 km north of Kirkuk".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Index of the anchor's own mention in the list of mentions.
    pub mention: usize,
    /// Distance from the anchor in kilometres.
    pub offset_km: f64,
    /// Direction from the anchor in degrees clockwise from north, if the text gives one.
    pub bearing_deg: Option<f64>,
}

/// A place that a mention could have meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// Its score beside the winner's, from 0 to 1.
    pub score: f32,
}

/// A place name in the text, resolved where that was possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where the name stands.
    pub span: Span,
    /// How it is used.
    pub usage: Use,
    /// What sort of place it is here: the resolved place's, else what the text says ("the village of X"), else a city.
    pub kind: PlaceKind,
    /// The resolved place; none if the name is not in the gazetteer, or a relative location or coordinates.
    pub place: Option<PlaceId>,
    /// Latitude and longitude in degrees (WGS 84). Of a name that is not in the gazetteer, those of the town or division that it lies in.
    pub position: Option<(f64, f64)>,
    /// Radius around the position that holds the place, in kilometres.
    pub radius_km: Option<f64>,
    /// How exactly the position is known.
    pub precision: Option<Precision>,
    /// The country it lies in, belongs to, or is.
    pub country: Option<Country>,
    /// For a relative location: from where.
    pub anchor: Option<Anchor>,
    /// Index of the mention that names what this one lies in ("Istra district of the Moscow region": the region).
    pub container: Option<usize>,
    /// How sure the choice is, from 0 to 1.
    pub confidence: f32,
    /// The losing candidates, best first, at most five.
    pub candidates: Vec<Candidate>,
}
