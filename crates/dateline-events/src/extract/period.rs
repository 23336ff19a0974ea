//! The days that a TIMEX3 value covers.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::annotation::EventTime;

impl EventTime {
    /// The first and the last day that the event may have happened on; none if its time is no time of the calendar.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        self.value.as_deref().and_then(period)
    }
}

/// First and last day.
pub(super) type Period = (Date, Date);

/// The days of a value: of a day or a part of it, a week, a month, a season, a quarter, a year, a decade, an interval `A/B`.
///
/// None for what is no time of the calendar (`PAST_REF`, `P3D`, `XXXX-10`).
pub(super) fn period(value: &str) -> Option<Period> {
    if let Some((from, until)) = value.split_once('/') {
        let (from, until) = (period(from)?, period(until)?);
        return Some((from.0, until.1.max(from.1)));
    }
    let day = value.split('T').next()?;
    let mut parts = day.split('-');
    let year = parts.next()?;
    if !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    match (year.len(), parts.next(), parts.next(), parts.next()) {
        (3, None, ..) => years(number * 10, number * 10 + 9),
        (2, None, ..) => years(number * 100, number * 100 + 99),
        (4, None, ..) => years(number, number),
        (4, Some(part), end, None) => within(number, part, end),
        _ => None,
    }
}

fn years(from: i16, until: i16) -> Option<Period> {
    Some((Date::new(from, 1, 1).ok()?, Date::new(until, 12, 31).ok()?))
}

fn within(year: i16, part: &str, end: Option<&str>) -> Option<Period> {
    if let Some(week) = part.strip_prefix('W') {
        let day = |weekday| ISOWeekDate::new(year, week.parse().ok()?, weekday).ok().map(|day| day.date());
        let from = if end == Some("WE") { Weekday::Saturday } else { Weekday::Monday };
        return Some((day(from)?, day(Weekday::Sunday)?));
    }
    let (from, until) = match part {
        "Q1" => (1, 3),
        "SP" => (3, 5),
        "Q2" => (4, 6),
        "SU" => (6, 8),
        "Q3" => (7, 9),
        "FA" => (9, 11),
        "Q4" => (10, 12),
        "H1" => (1, 6),
        "H2" => (7, 12),
        "WI" => (12, 12),
        _ => {
            let month = part.parse().ok()?;
            if let Some(day) = end {
                let day = Date::new(year, month, day.parse().ok()?).ok()?;
                return Some((day, day));
            }
            (month, month)
        }
    };
    Some((Date::new(year, from, 1).ok()?, Date::new(year, until, 1).ok()?.last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_days() {
        for (value, expected) in [
            ("2023-11-06", "2023-11-06..2023-11-06"),
            ("2023-11-06TNI", "2023-11-06..2023-11-06"),
            ("2023-07-22T23:40", "2023-07-22..2023-07-22"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2024", "2024-01-01..2024-12-31"),
            ("199", "1990-01-01..1999-12-31"),
            ("2023-W38", "2023-09-18..2023-09-24"),
            ("2023-W29-WE", "2023-07-22..2023-07-23"),
            ("2024-SU", "2024-06-01..2024-08-31"),
            ("2024-Q1", "2024-01-01..2024-03-31"),
            ("2024-05-03/2024-05-09", "2024-05-03..2024-05-09"),
            ("2024-05/2024-06-02", "2024-05-01..2024-06-02"),
        ] {
            let (from, until) = period(value).unwrap_or_else(|| panic!("{value}"));
            assert_eq!(format!("{from}..{until}"), expected, "{value}");
        }
        for value in ["PAST_REF", "P3D", "XXXX-10", "2024-13", "2024-02-30", "", "é", "2024-W99", "T12:00"] {
            assert_eq!(period(value), None, "{value}");
        }
    }
}
