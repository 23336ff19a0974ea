/// A place by its number in one gazetteer (not a GeoNames id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum PlaceKind {
    /// A continent.
    Continent,
    /// A country or a dependent territory.
    Country,
    /// A first-order division: a state, a region, an oblast.
    Admin1,
    /// A second-order division: a county, a district.
    Admin2,
    /// A city, town or village.
    City,
    /// A part of a city.
    District,
    /// An airport or airfield.
    Airport,
    /// A building, base, bridge, port, palace.
    Facility,
    /// A sea, strait, gulf, lake, river.
    Water,
    /// An island or a group of islands.
    Island,
    /// A region that is no administrative division: the Sahel, the Donbas.
    Region,
    /// A mountain or a range.
    Mountain,
    /// A point given by coordinates or relative to another place.
    Point,
}

impl PlaceKind {
    /// The word that reports use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Continent => "continent",
            Self::Country => "country",
            Self::Admin1 => "admin1",
            Self::Admin2 => "admin2",
            Self::City => "city",
            Self::District => "district",
            Self::Airport => "airport",
            Self::Facility => "facility",
            Self::Water => "water",
            Self::Island => "island",
            Self::Region => "region",
            Self::Mountain => "mountain",
            Self::Point => "point",
        }
    }
}
