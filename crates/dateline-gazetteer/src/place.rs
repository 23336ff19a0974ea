/// A place by its number in one gazetteer (not a GeoNames id).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
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
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 13] = [
        Self::Continent,
        Self::Country,
        Self::Admin1,
        Self::Admin2,
        Self::City,
        Self::District,
        Self::Airport,
        Self::Facility,
        Self::Water,
        Self::Island,
        Self::Region,
        Self::Mountain,
        Self::Point,
    ];

    /// The kind with this [word](Self::as_str).
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// How much a place counts by itself, before any text is read: its population, and what its kind adds or takes.
    pub(crate) const fn weight(self, population: u64) -> u64 {
        let (base, share) = match self {
            Self::Continent => (100_000_000, 1),
            Self::Country => (50_000_000, 4),
            Self::Region | Self::Water => (1_000_000, 4),
            Self::Admin1 => (200_000, 1),
            Self::Island | Self::Mountain => (60_000, 4),
            Self::Facility => (30_000, 4),
            Self::Airport => (20_000, 4),
            Self::Admin2 => (3_000, 1),
            Self::District => (500, 2),
            Self::City => (1_000, 4),
            Self::Point => (0, 4),
        };
        base + population.saturating_mul(share) / 4
    }
}

/// How a name names its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum How {
    /// It is the place's own name, the one reports show.
    Name,
    /// It is another name or spelling of the place.
    Alternate,
    /// It names the people of the place or what belongs to it: "Russian".
    Demonym,
    /// It is short for the place: "UK", "Calif.".
    Abbreviation,
    /// It is a code: "SVO", "UUEE".
    Code,
}

impl How {
    /// All ways, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Name, Self::Alternate, Self::Demonym, Self::Abbreviation, Self::Code];

    /// How much of a place's weight the name carries.
    pub(crate) const fn weigh(self, weight: u64) -> u64 {
        match self {
            Self::Name => weight,
            Self::Demonym => weight / 2,
            Self::Alternate | Self::Abbreviation => weight / 4,
            Self::Code => weight / 64,
        }
    }
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
