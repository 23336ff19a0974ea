use crate::Span;

/// What sort of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// A word, a part of a contraction, an abbreviation.
    Word,
    /// Digits, with separators, decimals, ordinal endings.
    Number,
    /// A mark of punctuation.
    Punctuation,
    /// A currency sign, a mathematical sign, an emoji, anything else.
    Symbol,
    /// A URL or an e-mail address.
    Address,
    /// `@name` or `#topic`.
    Handle,
}

/// Facts about the letters of a token and what stands before it, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shape(u8);

impl Shape {
    /// The first character is an upper-case (or title-case) letter.
    pub const CAPITALIZED: Self = Self(1);
    /// At least one letter, and no letter is lower case.
    pub const ALL_UPPER: Self = Self(1 << 1);
    /// At least one letter, and no letter is upper case.
    pub const ALL_LOWER: Self = Self(1 << 2);
    /// Holds a decimal digit.
    pub const DIGIT: Self = Self(1 << 3);
    /// All bytes are ASCII.
    pub const ASCII: Self = Self(1 << 4);
    /// White space, or the start of the text, comes before the token.
    pub const SPACE_BEFORE: Self = Self(1 << 5);
    /// A line break lies between the token before and this one, or the text starts here.
    pub const LINE_START: Self = Self(1 << 6);

    /// Both sets of facts together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True if every fact of `other` holds.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One token: a borrowed view into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
}

impl<'t> Token<'t> {
    /// The token as it stands in the text.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        &self.text[self.span]
    }

    /// Where the token stands, in bytes of the text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The span as a range.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.span.range()
    }

    /// What sort of thing the token is.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Facts about its letters.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }
}
