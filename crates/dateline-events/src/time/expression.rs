//! What an expression of time says, before anything is known of the day it is said on.

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    /// "moment": no length at all.
    Moment,
    /// "season": of sports or of the year.
    Season,
    /// "time", "period".
    Time,
}

impl Unit {
    /// The unit of a code of the lexicon.
    pub(super) fn of(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Second,
            2 => Self::Minute,
            3 => Self::Hour,
            4 => Self::Day,
            5 => Self::Night,
            6 => Self::Weekend,
            7 => Self::Week,
            8 => Self::Fortnight,
            9 => Self::Month,
            10 => Self::Quarter,
            11 => Self::Year,
            12 => Self::Decade,
            13 => Self::Century,
            14 => Self::Millennium,
            15 => Self::Moment,
            16 => Self::Season,
            17 => Self::Time,
            _ => return None,
        })
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Dawn,
    Dusk,
    Daytime,
}

impl Part {
    pub(super) fn of(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Morning,
            2 => Self::Midday,
            3 => Self::Afternoon,
            4 => Self::Evening,
            5 => Self::Night,
            6 => Self::Dawn,
            7 => Self::Dusk,
            8 => Self::Daytime,
            _ => return None,
        })
    }

    /// The sign of the part in a TIMEX3 value.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Morning | Self::Dawn => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening | Self::Dusk => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn of(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Spring,
            2 => Self::Summer,
            3 => Self::Autumn,
            4 => Self::Winter,
            _ => return None,
        })
    }

    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month that it begins with.
    pub(super) const fn month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// Which of several: the words before a unit or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// "this", "current".
    This,
    /// "last".
    Last,
    /// "next".
    Next,
    /// "that", "the same": the one that was mentioned.
    That,
    /// "the previous": the one before that.
    Previous,
    /// "the following", "the next": the one after that.
    Following,
    /// "the coming".
    Coming,
    /// "the past".
    Past,
    /// "recent".
    Recent,
    /// "the first", "the final".
    First,
}

impl Which {
    pub(super) fn of(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::This,
            2 => Self::Last,
            3 => Self::Next,
            4 => Self::That,
            5 => Self::Previous,
            6 => Self::Following,
            7 => Self::Coming,
            8 => Self::Past,
            9 => Self::Recent,
            10 => Self::First,
            _ => return None,
        })
    }
}

/// TIMEX3's modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mod {
    Start,
    Mid,
    End,
    Approx,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Before,
    After,
}

impl Mod {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
        }
    }
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub(super) hour: i8,
    /// None for a bare hour ("3 p.m.").
    pub(super) minute: Option<i8>,
}

/// The larger a slot, the further right it stands in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Clock,
    Part,
    Day,
    /// Weeks and weekends.
    Week,
    Month,
    /// Quarters, halves, seasons.
    Season,
    Year,
    /// Decades and centuries.
    Age,
}

/// A point of time as its words give it: what they leave open is found when it is resolved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots {
    pub(super) clock: Option<Clock>,
    pub(super) part: Option<Part>,
    /// Days from today: "yesterday".
    pub(super) deictic: Option<i8>,
    /// Monday is 1.
    pub(super) weekday: Option<i8>,
    /// Code of a holiday.
    pub(super) holiday: Option<i32>,
    pub(super) day: Option<i8>,
    pub(super) month: Option<i8>,
    /// Years before Christ are negative: 480 BC is -480.
    pub(super) year: Option<i16>,
    /// First year of a decade ("1960s"), or none of the century that is not said ("the '60s" is 1960).
    pub(super) decade: Option<i16>,
    /// "the 19th century" is 19.
    pub(super) century: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) quarter: Option<i8>,
    pub(super) half: Option<i8>,
    pub(super) which: Option<Which>,
    /// The unit that `which` chooses from; none if it is a name ("last Friday", "last summer").
    pub(super) unit: Option<Unit>,
    /// Last day or year of a range that is written as one: "3-5 March", "1914-18".
    pub(super) until: Option<i16>,
}

/// How long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    /// None: several, a few, not said.
    pub(super) amount: Option<f64>,
    pub(super) unit: Unit,
    /// A smaller unit after it: "two years and six months".
    pub(super) rest: Option<(f64, Unit)>,
}

/// Where an offset starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// "ago": the day of the document.
    Document,
    /// "earlier": the date mentioned last.
    Mentioned,
    /// "the day after the attack": the date mentioned last, and nothing if there is none.
    Told,
}

/// An expression of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Expression {
    Point(Slots),
    /// "two days ago": back is true.
    Offset {
        length: Length,
        back: bool,
        from: From,
    },
    /// "two days before Christmas".
    Beside {
        length: Length,
        back: bool,
        slots: Slots,
    },
    Length(Length),
    /// "every three days".
    Every(Length),
    /// "every Friday", "Tuesday nights": slots of weekday, part, month.
    Each(Slots),
    /// Vague: past -1, present 0, future 1.
    Reference(i8),
}
