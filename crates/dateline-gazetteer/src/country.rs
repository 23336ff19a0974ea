use std::fmt;

/// A country by its ISO 3166-1 alpha-2 code ("XK" for Kosovo).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country with this alpha-2 code: two upper-case ASCII letters.
    #[must_use]
    pub const fn new(alpha2: [u8; 2]) -> Option<Self> {
        if alpha2[0].is_ascii_uppercase() && alpha2[1].is_ascii_uppercase() { Some(Self(alpha2)) } else { None }
    }

    pub(crate) const fn to_bytes(self) -> [u8; 2] {
        self.0
    }

    /// The alpha-2 code.
    #[must_use]
    pub fn alpha2(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha2())
    }
}
