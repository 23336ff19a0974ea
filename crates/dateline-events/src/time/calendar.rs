//! Names of months and weekdays, and the arithmetic of days that `jiff` does not have a word for.

use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The number of a month by its name or abbreviation ("Sept", "nov"), in any case, without a full stop.
pub(crate) fn month(word: &str) -> Option<i8> {
    let position = MONTHS.iter().position(|name| is_short_for(word, name, &["sept"]))?;
    Some(position as i8 + 1)
}

/// The weekday of a name or abbreviation ("Weds", "thur"), in any case, without a full stop.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    let longer = ["tues", "weds", "thur", "thurs"];
    WEEKDAYS.iter().find(|(name, _)| is_short_for(word, name, &longer)).map(|(_, day)| *day)
}

fn is_short_for(word: &str, name: &str, longer: &[&str]) -> bool {
    word.eq_ignore_ascii_case(name)
        || word.len() == 3 && word.is_ascii() && name[..3].eq_ignore_ascii_case(word)
        || longer.iter().any(|short| word.eq_ignore_ascii_case(short) && name.starts_with(&short[..3]))
}

/// True for the form `2023-11-06`, whether there is such a day or not.
pub(crate) fn is_iso(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}

/// The day of `2023-11-06` (ISO 8601), if there is such a day.
pub(crate) fn iso(word: &str) -> Option<Date> {
    if !is_iso(word) {
        return None;
    }
    Date::new(word[..4].parse().ok()?, word[5..7].parse().ok()?, word[8..].parse().ok()?).ok()
}

/// The year that two digits stand for: 1950 to 2049.
pub(crate) fn two_digit_year(number: i16) -> i16 {
    if number < 50 { 2000 + number } else { 1900 + number }
}

/// The day of this month and number that lies nearest to `known`.
pub(crate) fn nearest(known: Date, month: i8, day: i8) -> Option<Date> {
    let year = known.year();
    [year, year - 1, year + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(|date| days_between(known, *date).abs())
}

/// Days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

/// How many days the month has in a leap year.
pub(crate) fn longest_month(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
