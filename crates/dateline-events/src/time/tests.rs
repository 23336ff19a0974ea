use dateline_syntax::{Analysis, Analyzer, Relations};
use dateline_tokenizer::{Tokenizer, Tokens};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::head;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    date: Option<String>,
    text: String,
    times: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    value: String,
    r#type: Option<TimeType>,
    r#mod: Option<String>,
    end: Option<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// The expressions of time of a text.
fn times(text: &str, date: Option<Date>) -> Vec<Time> {
    let head = head::find(text, date);
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize_with_body(text, head.body, &mut tokens);
    let tokenized = tokens.of(text);
    let analyzer = Analyzer::embedded().unwrap();
    let mut analysis = Analysis::new();
    let mut atoms = Atoms::default();
    let mut reader = Reader::new(tokenized, &head, DateOrder::Auto);
    let mut out = Vec::new();
    reader.head(tokenized, &head, &mut atoms, &mut out);
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokenized, sentence, &mut analysis);
        atoms.fill(tokenized, tokens.sentence(sentence));
        assert_eq!(analysis.first_token(), tokens.sentence(sentence).start);
        reader.read(&atoms, Some(&analysis), text, &mut out);
    }
    out
}

/// The values of the expressions of a text whose dates are read in this order.
fn values_in(order: DateOrder, text: &str) -> Vec<String> {
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let mut atoms = Atoms::default();
    atoms.fill(tokens.of(text), 0..tokens.len());
    let mut reader = Reader::new(tokens.of(text), &head::Head::default(), order);
    let mut out = Vec::new();
    reader.read::<Analysis<'_>>(&atoms, None, text, &mut out);
    out.into_iter().filter_map(|time| time.value).collect()
}

#[test]
fn the_order_of_day_and_month_can_be_chosen_or_is_shown() {
    let both = "Signed 6/11/2023.";
    assert_eq!(values_in(DateOrder::Auto, both), ["2023-11-06"]);
    assert_eq!(values_in(DateOrder::DayFirst, both), ["2023-11-06"]);
    assert_eq!(values_in(DateOrder::MonthFirst, both), ["2023-06-11"]);
    // What can be read in one way only is read that way, and shows how the others are meant.
    assert_eq!(values_in(DateOrder::DayFirst, "Signed 11/26/2023."), ["2023-11-26"]);
    assert_eq!(values_in(DateOrder::MonthFirst, "Signed 26/11/2023."), ["2023-11-26"]);
    assert_eq!(values_in(DateOrder::Auto, "Signed 6/11/2023, sent 11/26/2023."), ["2023-06-11", "2023-11-26"]);
    assert_eq!(values_in(DateOrder::Auto, "Signed 6/11/2023, sent 26/11/23."), ["2023-11-06", "2023-11-26"]);
    // Points are for days first, years in front are never in doubt.
    assert_eq!(values_in(DateOrder::MonthFirst, "Signed 06.11.2023 or 2023/11/06."), ["2023-11-06", "2023-11-06"]);
    // No dates: a share, a score, an address.
    assert!(values_in(DateOrder::Auto, "Route 13/25/9, 24/7 and 1/2.").is_empty());
}

#[test]
fn cases() {
    let cases: Cases = toml::from_str(include_str!("../../testdata/times.toml")).unwrap();
    let mut wrong = String::new();
    for case in cases.case {
        let found = times(&case.text, case.date.as_deref().map(|day| day.parse().unwrap()));
        let shown: Vec<_> = found
            .iter()
            .enumerate()
            .map(|(index, time)| {
                // What a case does not say is not compared.
                let said = case.times.get(index);
                Expected {
                    text: time.text.clone(),
                    value: time.value.clone().unwrap_or_default(),
                    r#type: Some(time.r#type).filter(|_| said.is_some_and(|said| said.r#type.is_some())),
                    r#mod: time.r#mod.clone().filter(|_| said.is_some_and(|said| said.r#mod.is_some())),
                    end: time.end_value.clone().filter(|_| said.is_some_and(|said| said.end.is_some())),
                }
            })
            .collect();
        if shown != case.times {
            wrong += &format!("{}: {:?}\n  expected {:?}\n  found    {shown:?}\n", case.name, case.text, case.times);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Is the text a value that TIMEX3 knows?
fn is_well_formed(value: &str) -> bool {
    if matches!(value, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF") {
        return true;
    }
    if let Some(length) = value.strip_prefix('P') {
        return is_length(length);
    }
    let (day, time) = value.split_once('T').map_or((value, None), |(day, time)| (day, Some(time)));
    let day = day.strip_prefix("BC").unwrap_or(day);
    let digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit() || b == b'X')
    };
    let between = |text: &str, first: u32, last: u32| {
        text == "XX" || text.len() == 2 && text.parse().is_ok_and(|number: u32| (first..=last).contains(&number))
    };
    let parts: Vec<&str> = day.split('-').collect();
    let good_day = match parts.as_slice() {
        // A century, a decade, a year.
        [year] => digits(year, 2, 4),
        [year, rest] => {
            digits(year, 4, 4)
                && (between(rest, 1, 12)
                    || rest.strip_prefix('W').is_some_and(|week| between(week, 1, 53))
                    || matches!(*rest, "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2" | "SP" | "SU" | "FA" | "WI"))
        }
        [year, middle, last] => {
            digits(year, 4, 4)
                && match middle.strip_prefix('W') {
                    Some(week) => between(week, 1, 53) && (*last == "WE" || matches!(last.as_bytes(), [b'1'..=b'7'])),
                    None => {
                        let unknown = [*year, *middle, *last].iter().any(|part| part.contains('X'));
                        let exists = || day.parse::<Date>().is_ok() || value.starts_with("BC");
                        between(middle, 1, 12) && between(last, 1, 31) && (unknown || exists())
                    }
                }
        }
        _ => false,
    };
    good_day
        && time.is_none_or(|time| match time.split_once(':') {
            Some((hour, minute)) => between(hour, 0, 24) && between(minute, 0, 59),
            None => matches!(time, "MO" | "MI" | "AF" | "EV" | "NI" | "DT"),
        })
}

/// `3D`, `T48H`, `XM`, `2Y6M`.
fn is_length(length: &str) -> bool {
    let mut rest = length;
    let mut parts = 0;
    while !rest.is_empty() {
        rest = rest.strip_prefix('T').unwrap_or(rest);
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | 'X')).len();
        if number == 0 {
            return false;
        }
        rest = &rest[number..];
        let units = ["WE", "DE", "CE", "Y", "M", "W", "D", "Q", "H", "S"];
        let Some(unit) = units.iter().find(|unit| rest.starts_with(**unit)) else { return false };
        rest = &rest[unit.len()..];
        parts += 1;
    }
    parts > 0
}

#[test]
fn the_validator_knows_good_from_bad() {
    for good in [
        "2023-11-06",
        "2023-11-06TNI",
        "1996-W07-WE",
        "P2Y6M",
        "PTXH",
        "BC0480-08",
        "XXXX-WXX-5",
        "19",
        "2023-11-06T23:40",
    ] {
        assert!(is_well_formed(good), "{good}");
    }
    for bad in ["", "2023-13-01", "2023-02-30", "P", "P3", "2023-11-06TXX", "2023-Q5", "yesterday", "2023-11-06T25:00"]
    {
        assert!(!is_well_formed(bad), "{bad}");
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Every day of four hundred years, in twelve ways of writing, forty days a text.
#[test]
fn every_day_is_read_back() {
    let first: Date = "1700-01-01".parse().unwrap();
    let end: Date = "2100-01-01".parse().unwrap();
    let mut day = first;
    while day < end {
        let mut text = String::new();
        let mut expected = Vec::new();
        for number in 0..40 {
            let (y, m, d) = (day.year(), MONTHS[day.month() as usize - 1], day.day());
            let month = day.month();
            let short = if m == "May" { m.to_owned() } else { format!("{}.", &m[..3]) };
            let written = match (number + day.day_of_year() as usize) % 12 {
                0 => format!("{d} {m} {y}"),
                1 => format!("{m} {d}, {y}"),
                2 => format!("{y:04}-{month:02}-{d:02}"),
                3 => format!("{d}/{month}/{y}"),
                4 => format!("{d:02}.{month:02}.{y}"),
                5 => format!("{short} {d}, {y}"),
                6 => format!("the {} of {m} {y}", ordinal_of(d)),
                7 => format!("{m} {} {y}", ordinal_of(d)),
                8 => format!("{d:02}/{month:02}/{y}"),
                9 => format!("{y:04}/{month:02}/{d:02}"),
                10 => format!("the {} {m} {y}", ordinal_of(d)),
                _ => format!("{} {m} {y}", ordinal_of(d)),
            };
            text += &format!("He left on {written} by boat.\n\n");
            expected.push((written, day.to_string()));
            day = day.checked_add(1.days()).unwrap();
        }
        let found: Vec<_> =
            times(&text, None).into_iter().map(|time| (time.text, time.value.unwrap_or_default())).collect();
        assert_eq!(found, expected);
    }
}

fn ordinal_of(number: i8) -> String {
    let ending = match (number % 10, number / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gives_well_formed_values_on_boundaries(
        text in "\\PC{0,60}|([0-9]{1,5}|[a-zé'’.:,/–-]{1,3}|the|last|next|two|a|of|on|May|March|Monday|days?|years?|ago|later|century|p\\.m\\.|quarter|BC|'|end|early|every|[ \n]){0,40}",
        words in prop::collection::vec(prop::sample::select(WORDS), 0..30),
        dated in any::<bool>(),
    ) {
        let date = dated.then(|| Date::new(2024, 2, 29).unwrap());
        for text in [text, words.join(" ")] {
            let mut last = 0;
            for time in times(&text, date) {
                prop_assert!(last <= time.start && time.start < time.end, "{text:?}: {time:?}");
                last = time.end;
                prop_assert_eq!(&text[time.start..time.end], time.text.as_str());
                for value in time.value.iter().chain(&time.end_value) {
                    prop_assert!(is_well_formed(value), "{text:?}: {time:?}");
                }
            }
        }
    }
}

/// Words of which expressions are made.
const WORDS: &[&str] = &[
    "the",
    "a",
    "this",
    "last",
    "next",
    "that",
    "same",
    "past",
    "first",
    "early",
    "late",
    "mid",
    "end",
    "of",
    "in",
    "on",
    "at",
    "between",
    "and",
    "to",
    "from",
    "about",
    "nearly",
    "more",
    "than",
    "every",
    "daily",
    "Monday",
    "Fridays",
    "morning",
    "night",
    "today",
    "overnight",
    "March",
    "May",
    "Nov.",
    "6",
    "31",
    "2023",
    "99999",
    "0",
    "1999",
    "480",
    "BC",
    "century",
    "19th",
    "third",
    "quarter",
    "half",
    "summer",
    "fall",
    "week",
    "weekend",
    "years",
    "decade",
    "millennium",
    "two",
    "million",
    "few",
    "several",
    "ago",
    "earlier",
    "later",
    "from now",
    "3:45",
    "25:61",
    "p.m.",
    "0345",
    "GMT",
    "noon",
    "midnight",
    "Christmas",
    "Easter",
    "'",
    "'98",
    "1960s",
    ",",
    "-",
    "3-5",
    "2023-11-06",
    "29/2/2023",
    "year-end",
    "before",
    "after",
    "old",
    "Ramadan",
    "Hanukkah",
    "Yom Kippur",
    "Q3",
    "H1",
    "FY2024",
    "fiscal",
    "year",
    "day",
    "anniversary",
    "20th",
    "half past",
    "quarter to",
    "through",
    "UTC+3",
    "14.30",
    "9pm",
    "5am",
    "Wednesday",
    "soon",
    "will",
    "post-1991",
    "ended",
    "thousand",
    "weekend in",
];
