//! Points of the calendar and lengths of time as TIMEX3 writes them.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::expression::{Length, Season, Unit};

/// A day or something longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    /// The week of a Monday.
    Week(Date),
    /// The weekend of the week of a Monday.
    Weekend(Date),
    /// Year (before Christ negative) and month.
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// By its first year.
    Decade(i16),
    /// 19 is the years from 1801; before Christ negative.
    Century(i8),
}

impl Point {
    /// Its value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(date) => day_value(date),
            Self::Week(monday) => week_value(monday),
            Self::Weekend(monday) => format!("{}-WE", week_value(monday)),
            Self::Month(year, month) => format!("{}-{month:02}", year_value(year)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_value(year)),
            Self::Half(year, half) => format!("{}-H{half}", year_value(year)),
            Self::Season(year, season) => format!("{}-{}", year_value(year), season.sign()),
            Self::Year(year) => year_value(year),
            Self::Decade(year) if year < 0 => format!("BC{:03}", -year / 10),
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(century) if century < 0 => format!("BC{:02}", -century - 1),
            Self::Century(century) => format!("{:02}", century - 1),
        }
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }

    /// The year that it begins in.
    pub(super) fn year(self) -> i16 {
        match self {
            Self::Day(date) | Self::Week(date) | Self::Weekend(date) => date.year(),
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::Season(year, _)
            | Self::Year(year)
            | Self::Decade(year) => year,
            Self::Century(century) => i16::from(century) * 100 - if century < 0 { 0 } else { 100 },
        }
    }

    /// The month that it begins in.
    pub(super) fn month(self) -> i8 {
        match self {
            Self::Day(date) | Self::Week(date) | Self::Weekend(date) => date.month(),
            Self::Month(_, month) => month,
            Self::Quarter(_, quarter) => quarter * 3 - 2,
            Self::Half(_, half) => half * 6 - 5,
            Self::Season(_, season) => season.month(),
            Self::Year(_) | Self::Decade(_) | Self::Century(_) => 1,
        }
    }

    /// Its first day; none before Christ.
    pub(super) fn start(self) -> Option<Date> {
        match self {
            Self::Day(date) | Self::Week(date) => Some(date),
            Self::Weekend(monday) => monday.checked_add(5.days()).ok(),
            _ if self.year() < 1 => None,
            _ => Date::new(self.year(), self.month(), 1).ok(),
        }
    }

    /// The unit that holds its first day, moved by so many units.
    pub(super) fn to(self, unit: Unit, step: i16) -> Option<Self> {
        let year = self.year();
        Some(match unit {
            Unit::Day => Self::Day(self.start()?.checked_add(i64::from(step).days()).ok()?),
            Unit::Week | Unit::Weekend | Unit::Fortnight => {
                let weeks = i64::from(step) * if unit == Unit::Fortnight { 2 } else { 1 };
                let monday = monday(self.start()?)?.checked_add(weeks.weeks()).ok()?;
                if unit == Unit::Weekend { Self::Weekend(monday) } else { Self::Week(monday) }
            }
            Unit::Month => {
                let months = i32::from(year) * 12 + i32::from(self.month()) - 1 + i32::from(step);
                if year < 1 {
                    return None;
                }
                Self::Month(in_range(months.div_euclid(12))?, months.rem_euclid(12) as i8 + 1)
            }
            Unit::Quarter => {
                let quarters = i32::from(year) * 4 + (i32::from(self.month()) - 1) / 3 + i32::from(step);
                Self::Quarter(in_range(quarters.div_euclid(4))?, quarters.rem_euclid(4) as i8 + 1)
            }
            Unit::Year => Self::Year(years_from(year, step)?),
            Unit::Decade => Self::Decade(in_range((i32::from(year).div_euclid(10) + i32::from(step)) * 10)?),
            Unit::Century if year < 1 => {
                // 450 BC lies in the 5th century; the next one is the 4th.
                let century = i32::from((year + 1) / 100 - 1) + i32::from(step);
                Self::Century(i8::try_from(if century >= 0 { century + 1 } else { century }).ok()?)
            }
            Unit::Century => Self::Century(
                i8::try_from(i32::from((year - 1) / 100 + 1) + i32::from(step)).ok().filter(|century| *century > 0)?,
            ),
            _ => return None,
        })
    }

    /// The same so many years away.
    pub(super) fn years(self, step: i16) -> Option<Self> {
        let year = years_from(self.year(), step)?;
        Some(match self {
            Self::Month(_, month) => Self::Month(year, month),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Half(_, half) => Self::Half(year, half),
            Self::Season(_, season) => Self::Season(year, season),
            _ => Self::Year(year),
        })
    }
}

/// There is no year zero: the year after 1 BC is 1.
fn years_from(year: i16, step: i16) -> Option<i16> {
    let moved = i32::from(year) + i32::from(step);
    let crossed = (year < 0) != (moved < 0) || moved == 0;
    in_range(if crossed { moved + if year < 0 { 1 } else { -1 } } else { moved })
}

/// Years that TIMEX3 can write.
fn in_range(year: i32) -> Option<i16> {
    (-9999..=9999).contains(&year).then_some(year as i16)
}

/// The Monday of a day's week.
fn monday(date: Date) -> Option<Date> {
    let days = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(days.days()).ok()
}

pub(super) fn day_value(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn year_value(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

fn week_value(monday: Date) -> String {
    let week = ISOWeekDate::from(monday);
    debug_assert_eq!(monday.weekday(), Weekday::Monday);
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// The value of a length: `P3D`, `PT48H`, `PXM`, `P2Y6M`.
pub(super) fn length_value(length: &Length) -> String {
    let unit = length.unit;
    let Some(amount) = length.amount else {
        return format!("P{}X{}", time_sign(unit), sign(unit));
    };
    let half = amount.fract() == 0.5;
    let smaller = match unit {
        Unit::Year => Some((6.0, Unit::Month)),
        Unit::Day => Some((12.0, Unit::Hour)),
        Unit::Hour => Some((30.0, Unit::Minute)),
        Unit::Minute => Some((30.0, Unit::Second)),
        _ => None,
    };
    let (amount, rest) = match (half, smaller) {
        (true, Some(smaller)) => (amount.trunc(), Some(smaller)),
        _ => (amount, length.rest),
    };
    let scaled = match unit {
        Unit::Fortnight => amount * 2.0,
        Unit::Millennium => amount * 1000.0,
        _ => amount,
    };
    let mut value = String::from("P");
    let mut in_time = false;
    let mut part = |amount: f64, unit: Unit| {
        if !time_sign(unit).is_empty() && !in_time {
            in_time = true;
            value.push('T');
        }
        value.push_str(&format!("{amount}{}", sign(unit)));
    };
    if scaled > 0.0 || rest.is_none() {
        part(scaled, unit);
    }
    if let Some((amount, unit)) = rest {
        part(amount, unit);
    }
    value
}

/// `T` before hours and less.
fn time_sign(unit: Unit) -> &'static str {
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Moment) { "T" } else { "" }
}

fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Moment => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Day | Unit::Night => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Quarter => "Q",
        Unit::Year | Unit::Millennium | Unit::Season | Unit::Time => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
    }
}
