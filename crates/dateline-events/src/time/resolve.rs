//! From expressions to values: against the day of the document, the date mentioned last, and the tense of the clause.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar;
use super::expression::*;
use super::holiday;
use super::value::{Point, day_value, length_value};
use crate::annotation::TimeType;

/// Where a clause puts what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// What relative expressions refer to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// The day of the document.
    pub(super) document: Option<Date>,
    /// The text tells of other years than the document's: its dates refer to each other.
    pub(super) narrative: bool,
    /// The date mentioned last.
    pub(super) mentioned: Option<Point>,
    /// The quarter mentioned last: "the quarter" is that one, whatever dates came since.
    pub(super) quarter: Option<Point>,
    /// The date mentioned last is of this sentence.
    pub(super) same_sentence: bool,
}

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) r#type: TimeType,
    pub(super) value: Option<String>,
    pub(super) end_value: Option<String>,
    /// The point that later expressions may refer to.
    pub(super) point: Option<Point>,
}

impl Resolved {
    fn new(r#type: TimeType, value: impl Into<String>) -> Self {
        Self { r#type, value: Some(value.into()), end_value: None, point: None }
    }

    fn unknown(r#type: TimeType) -> Self {
        Self { r#type, value: None, end_value: None, point: None }
    }
}

impl Context {
    /// The meaning of an expression; none if it names no day that exists.
    pub(super) fn resolve(&self, expression: &Expression, direction: Direction) -> Option<Resolved> {
        match expression {
            Expression::Point(slots) => self.point(slots, direction),
            Expression::Offset { length, back, from } => Some(self.offset(length, *back, *from)),
            Expression::Beside { length, back, slots } => {
                let base = self.point(slots, direction)?.point;
                let sign = if *back { -1.0 } else { 1.0 };
                let amount = length.amount.unwrap_or(1.0);
                let point = base.and_then(|base| shift(base, length, sign * amount, From::Told, None));
                Some(point.map_or(Resolved::unknown(TimeType::Date), |point| Resolved {
                    point: Some(point),
                    ..Resolved::new(TimeType::Date, point.value())
                }))
            }
            Expression::Length(length) => Some(Resolved::new(TimeType::Duration, length_value(length))),
            Expression::Every(length) => Some(every(length)),
            Expression::Each(slots) => Some(each(slots)),
            Expression::Reference(reference) => Some(Resolved::new(
                TimeType::Date,
                match reference {
                    -1 => "PAST_REF",
                    0 => "PRESENT_REF",
                    _ => "FUTURE_REF",
                },
            )),
        }
    }

    /// What "this" and bare names count from: the day of the document, in narratives the date mentioned last.
    fn base(&self) -> Option<Point> {
        let document = self.document.map(Point::Day);
        if self.narrative { self.mentioned.or(document) } else { document }
    }

    /// What "that" and "earlier" count from.
    fn anchor(&self) -> Option<Point> {
        self.mentioned.or(self.document.map(Point::Day))
    }

    fn point(&self, slots: &Slots, direction: Direction) -> Option<Resolved> {
        if slots.day.or(slots.holiday.map(|_| 1)).is_some()
            && let Some(unit @ (Unit::Week | Unit::Weekend)) = slots.unit
        {
            let day = self.point(&Slots { unit: None, ..*slots }, direction)?;
            // The weekend of a Monday's or Tuesday's holiday is the one that leads up to it.
            let before = |date: Date| slots.holiday.is_some() && date.weekday().to_monday_zero_offset() < 2;
            let step = match day.point {
                Some(Point::Day(date)) if unit == Unit::Weekend && before(date) => -1,
                _ => 0,
            };
            let week = day.point.and_then(|day| day.to(unit, step));
            return Some(week.map_or(Resolved::unknown(TimeType::Date), |week| Resolved {
                point: Some(week),
                ..Resolved::new(TimeType::Date, week.value())
            }));
        }
        let timed = slots.clock.is_some() || slots.part.is_some();
        let r#type = if timed { TimeType::Time } else { TimeType::Date };
        let found = self.day_or_more(slots, direction)?;
        let suffix = suffix(slots);
        let mut resolved = match found {
            Found::Point(point) => {
                let mut value = point.value();
                if timed {
                    value = match point {
                        Point::Day(date) => format!("{}{suffix}", day_value(date)),
                        Point::Month(..) => format!("{value}-XX{suffix}"),
                        Point::Week(_) | Point::Weekend(_) => value,
                        Point::Year(_) => format!("{value}-XX-XX{suffix}"),
                        _ => format!("XXXX-XX-XX{suffix}"),
                    };
                }
                Resolved { point: Some(point), ..Resolved::new(r#type, value) }
            }
            Found::Form(form) => Resolved::new(r#type, if timed { format!("{form}{suffix}") } else { form }),
            Found::Nothing => {
                if timed {
                    Resolved::new(r#type, format!("XXXX-XX-XX{suffix}"))
                } else {
                    Resolved::unknown(r#type)
                }
            }
        };
        if let (Some(code), Some(Point::Day(first)), false) = (slots.holiday, resolved.point, timed) {
            resolved.end_value = holiday::last_day(code, first).map(day_value);
        } else if let Some(until) = slots.until
            && let Some(Point::Day(date)) = resolved.point
        {
            let last = Date::new(date.year(), date.month(), until as i8).ok();
            resolved.end_value = last.map(day_value);
        } else if let Some(until) = slots.until {
            resolved.end_value = Some(Point::Year(until).value());
        }
        Some(resolved)
    }

    /// The day, month, year that the slots mean; nothing if they are relative to something unknown.
    fn day_or_more(&self, slots: &Slots, direction: Direction) -> Option<Found> {
        if let Some(code) = slots.holiday {
            return Some(self.holiday(code, slots, direction));
        }
        if let Some(days) = slots.deictic {
            let Some(document) = self.document else { return Some(Found::Nothing) };
            return Some(Found::day(document.checked_add(i64::from(days).days()).ok()?));
        }
        if let (Some(month), Some(day)) = (slots.month, slots.day) {
            return self.month_day(month, day, slots, direction);
        }
        if let Some(month) = slots.month {
            return Some(self.month(month, slots, direction));
        }
        if let Some(day) = slots.day {
            // "the 15th": of the month that is spoken of.
            let found = self.anchor().and_then(|anchor| match anchor {
                Point::Day(date) => Date::new(date.year(), date.month(), day).ok(),
                Point::Month(year, month) => Date::new(year, month, day).ok(),
                _ => None,
            });
            return Some(found.map_or(Found::Form(format!("XXXX-XX-{day:02}")), Found::day));
        }
        if let Some(weekday) = slots.weekday {
            return Some(self.weekday(weekday, slots, direction));
        }
        if let Some(season) = slots.season {
            return Some(self.season(season, slots, direction));
        }
        if slots.quarter.is_some() || slots.half.is_some() {
            return Some(self.fraction(slots));
        }
        if let Some(year) = slots.year {
            return Some(Found::Point(Point::Year(year)));
        }
        if let Some(decade) = slots.decade {
            return Some(Found::Point(Point::Decade(decade)));
        }
        if let Some(century) = slots.century {
            return Some(Found::Point(Point::Century(century)));
        }
        if let (Some(which), Some(unit)) = (slots.which, slots.unit) {
            return Some(self.which_unit(which, unit));
        }
        Some(self.time_of_day(slots))
    }

    /// A clock or a part of the day alone: of the day that is spoken of.
    fn time_of_day(&self, slots: &Slots) -> Found {
        let mentioned = self.mentioned.filter(|point| matches!(point, Point::Day(_)));
        let spoken = if self.narrative || self.same_sentence { mentioned } else { None };
        let document = self.document.map(Point::Day);
        let shift = |point: Option<Point>, days: i64| match point {
            Some(Point::Day(date)) => date.checked_add(days.days()).map_or(Found::Nothing, Found::day),
            _ => Found::Nothing,
        };
        match slots.which {
            None => shift(spoken.or(document.filter(|_| !self.narrative)), 0),
            Some(Which::This) => shift(if self.narrative { mentioned } else { document }, 0),
            Some(Which::Last | Which::Past) => shift(document, -1),
            Some(Which::Next | Which::Coming) => shift(document, 1),
            Some(Which::Previous) => shift(mentioned.or(document), -1),
            Some(Which::Following) => shift(mentioned.or(document), 1),
            Some(Which::That | Which::Recent | Which::First) => shift(mentioned.or(document), 0),
        }
    }

    /// "last week", "the same day", "this year", "the following month".
    fn which_unit(&self, which: Which, unit: Unit) -> Found {
        let (base, step) = match which {
            Which::This => (self.base(), 0),
            Which::Last | Which::Past => (self.base(), -1),
            Which::Next | Which::Coming => (self.base(), 1),
            Which::That | Which::Recent | Which::First => (self.anchor(), 0),
            Which::Previous => (self.anchor(), -1),
            Which::Following => (self.anchor(), 1),
        };
        let Some(base) = base else { return Found::Nothing };
        if unit == Unit::Time {
            return Found::Point(base);
        }
        if unit == Unit::Quarter
            && which == Which::That
            && let Some(quarter) = self.quarter
        {
            return Found::Point(quarter);
        }
        if unit == Unit::Season {
            return Found::Point(Point::Year(base.year().saturating_add(step)));
        }
        if let Unit::Day | Unit::Week | Unit::Weekend | Unit::Fortnight = unit
            && !base.is_day()
        {
            // "that day" after "in June 1950" is some day of that month.
            return match base {
                Point::Month(..) if unit == Unit::Day => Found::Form(format!("{}-XX", base.value())),
                Point::Week(_) | Point::Weekend(_) if unit != Unit::Day => found(base.to(unit, step)),
                _ if step == 0 && unit == Unit::Day => Found::Nothing,
                _ => found(base.to(unit, step)),
            };
        }
        if let Unit::Month = unit
            && let Point::Year(_) | Point::Decade(_) | Point::Century(_) = base
        {
            return Found::Form(format!("{}-XX", base.value()));
        }
        if unit == Unit::Weekend && which == Which::This && !self.narrative {
            // On a Monday the weekend is the one before.
            if let Point::Day(date) = base
                && date.weekday().to_monday_one_offset() < 4
            {
                return found(base.to(unit, -1));
            }
        }
        found(base.to(unit, step))
    }

    fn weekday(&self, weekday: i8, slots: &Slots, direction: Direction) -> Found {
        let form = || Found::Form(format!("XXXX-WXX-{weekday}"));
        let Ok(day) = Weekday::from_monday_one_offset(weekday) else { return Found::Nothing };
        let before = |date: Date| date.nth_weekday(-1, day).ok();
        let after = |date: Date| date.nth_weekday(1, day).ok();
        let at_or_before = |date: Date| if date.weekday() == day { Some(date) } else { before(date) };
        let at_or_after = |date: Date| if date.weekday() == day { Some(date) } else { after(date) };
        let mentioned = match self.mentioned {
            Some(Point::Day(date)) => Some(date),
            _ => None,
        };
        // "Friday of next week".
        if slots.unit.is_some_and(|unit| unit == Unit::Week)
            && let Some(which) = slots.which
        {
            let Found::Point(Point::Week(monday)) = self.which_unit(which, Unit::Week) else { return form() };
            return monday.checked_add(i64::from(weekday - 1).days()).map_or_else(|_| form(), Found::day);
        }
        let document = if self.narrative { mentioned.or(self.document) } else { self.document };
        let date = match slots.which {
            Some(Which::Last | Which::Past) => document.and_then(before),
            Some(Which::Next | Which::Coming) => document.and_then(after),
            Some(Which::Previous) => mentioned.or(document).and_then(before),
            Some(Which::Following) => mentioned.or(document).and_then(after),
            Some(Which::That | Which::Recent | Which::First) => mentioned.or(document).and_then(at_or_before),
            Some(Which::This) if direction != Direction::Past => document.and_then(at_or_after),
            None if self.narrative && mentioned.is_some() => document.and_then(at_or_after),
            Some(Which::This) | None => match direction {
                Direction::Future => document.and_then(at_or_after),
                Direction::Past | Direction::Unknown => document.and_then(at_or_before),
            },
        };
        date.map_or_else(form, Found::day)
    }

    fn month_day(&self, month: i8, day: i8, slots: &Slots, direction: Direction) -> Option<Found> {
        if day > calendar::longest_month(month) {
            return None;
        }
        let form = || Found::Form(format!("XXXX-{month:02}-{day:02}"));
        if let Some(year) = slots.year {
            if year < 0 {
                return Some(Found::Form(format!("{}-{month:02}-{day:02}", Point::Year(year).value())));
            }
            // 29 February of a common year is no day.
            return Date::new(year, month, day).ok().map(Found::day);
        }
        if let (Some(which), Some(Unit::Year)) = (slots.which, slots.unit) {
            let Found::Point(Point::Year(year)) = self.which_unit(which, Unit::Year) else { return Some(form()) };
            return Date::new(year, month, day).ok().map(Found::day);
        }
        let Some(base) = self.base() else { return Some(form()) };
        if self.narrative && self.mentioned.is_some() {
            let year = told_year(base, month);
            if year < 0 {
                return Some(Found::Form(format!("{}-{month:02}-{day:02}", Point::Year(year).value())));
            }
            return Some(Date::new(year, month, day).map_or_else(|_| form(), Found::day));
        }
        let Some(known) = base.start() else { return Some(form()) };
        let near = calendar::nearest(known, month, day);
        let years = [known.year() - 1, known.year(), known.year() + 1];
        let mut days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        let directed = match (slots.which, direction) {
            (Some(Which::Last), _) => days.rfind(|date| *date < known),
            (Some(Which::Next | Which::Coming), _) => days.find(|date| *date > known),
            (_, Direction::Past) => days.rfind(|date| *date <= known),
            (_, Direction::Future) => days.find(|date| *date >= known),
            _ => near,
        };
        // A date without a year is seldom ten months away, whatever the tense.
        let far = |date: Date| calendar::days_between(known, date).abs() > 300;
        let chosen = if slots.which.is_none() && directed.is_some_and(far) { near } else { directed };
        Some(chosen.map_or_else(form, Found::day))
    }

    fn month(&self, month: i8, slots: &Slots, direction: Direction) -> Found {
        let form = || Found::Form(format!("XXXX-{month:02}"));
        if let Some(year) = slots.year {
            return Found::Point(Point::Month(year, month));
        }
        if let (Some(which), Some(Unit::Year)) = (slots.which, slots.unit) {
            return match self.which_unit(which, Unit::Year) {
                Found::Point(Point::Year(year)) => Found::Point(Point::Month(year, month)),
                _ => form(),
            };
        }
        let Some(base) = self.base() else { return form() };
        if self.narrative && self.mentioned.is_some() && slots.which.is_none() {
            return Found::Point(Point::Month(told_year(base, month), month));
        }
        let (year, now) = (base.year(), base.month());
        let year = match (slots.which, direction) {
            (Some(Which::Last | Which::Past | Which::Previous), _) => year - i16::from(month >= now),
            (Some(Which::Next | Which::Coming | Which::Following), _) => year + i16::from(month <= now),
            (Some(Which::This), _) => year,
            (Some(Which::That), _) => match self.mentioned {
                Some(mentioned) => mentioned.year(),
                None => year,
            },
            (_, Direction::Future) => year + i16::from(month < now),
            (_, Direction::Past) => year - i16::from(month > now),
            // The nearer of the two, the past first.
            _ if month > now && month - now <= 3 => year,
            _ => year - i16::from(month > now),
        };
        Found::Point(Point::Month(year, month))
    }

    fn season(&self, season: Season, slots: &Slots, direction: Direction) -> Found {
        let form = || Found::Form(format!("XXXX-{}", season.sign()));
        if let Some(year) = slots.year {
            return Found::Point(Point::Season(year, season));
        }
        if let (Some(which), Some(Unit::Year)) = (slots.which, slots.unit) {
            return match self.which_unit(which, Unit::Year) {
                Found::Point(Point::Year(year)) => Found::Point(Point::Season(year, season)),
                _ => form(),
            };
        }
        let Some(base) = self.base() else { return form() };
        if self.narrative {
            let step = match slots.which {
                Some(Which::Next | Which::Following) => i16::from(base.month() >= season.month()),
                Some(Which::Last | Which::Previous) => -i16::from(base.month() <= season.month()),
                _ => 0,
            };
            return Found::Point(Point::Season(base.year().saturating_add(step), season));
        }
        let (year, now) = (base.year(), base.month());
        let begins = season.month();
        // Winter begins in December and is named for that year.
        let running = (now % 12) / 3 == (begins % 12) / 3;
        let this = if season == Season::Winter && now < 3 { year - 1 } else { year };
        let year = match (slots.which, direction) {
            (Some(Which::Last | Which::Previous | Which::Past), _) => {
                if running || begins > now {
                    this - 1
                } else {
                    this
                }
            }
            (Some(Which::Next | Which::Coming | Which::Following), _) => {
                if running || begins <= now {
                    this + 1
                } else {
                    this
                }
            }
            (Some(_), _) => this,
            (None, Direction::Past) => {
                if begins > now && !running {
                    this - 1
                } else {
                    this
                }
            }
            (None, Direction::Future) => {
                if begins < now && !running {
                    this + 1
                } else {
                    this
                }
            }
            (None, Direction::Unknown) => this,
        };
        Found::Point(Point::Season(year, season))
    }

    /// Quarters and halves of a year.
    fn fraction(&self, slots: &Slots) -> Found {
        let build = |year: i16| match (slots.quarter, slots.half) {
            (Some(quarter), _) => Point::Quarter(year, quarter),
            (_, half) => Point::Half(year, half.unwrap_or(1)),
        };
        if let Some(year) = slots.year {
            return Found::Point(build(year));
        }
        if let (Some(which), Some(Unit::Year)) = (slots.which, slots.unit) {
            return match self.which_unit(which, Unit::Year) {
                Found::Point(Point::Year(year)) => Found::Point(build(year)),
                _ => Found::Nothing,
            };
        }
        if let Some(decade) = slots.decade {
            return Found::Point(Point::Decade(decade));
        }
        let Some(base) = self.base() else {
            let sign =
                slots.quarter.map_or_else(|| format!("H{}", slots.half.unwrap_or(1)), |quarter| format!("Q{quarter}"));
            return Found::Form(format!("XXXX-{sign}"));
        };
        // The fourth quarter, told of in January, is the year's before.
        let quarter = slots.quarter.unwrap_or(1);
        let now = (base.month() - 1) / 3 + 1;
        let year = if quarter - now >= 2 { base.year() - 1 } else { base.year() };
        Found::Point(build(year))
    }

    fn holiday(&self, code: i32, slots: &Slots, direction: Direction) -> Found {
        let in_year = |year: i16| holiday::day(code, year);
        if let Some(year) = slots.year {
            return in_year(year).map_or(Found::Nothing, Found::day);
        }
        if let (Some(which), Some(Unit::Year)) = (slots.which, slots.unit) {
            return match self.which_unit(which, Unit::Year) {
                Found::Point(Point::Year(year)) => in_year(year).map_or(Found::Nothing, Found::day),
                _ => Found::Nothing,
            };
        }
        let Some(base) = self.base().and_then(|base| base.start()) else {
            return if (101..=1231).contains(&code) {
                Found::Form(format!("XXXX-{:02}-{:02}", code / 100, code % 100))
            } else {
                Found::Nothing
            };
        };
        let years = [base.year() - 1, base.year(), base.year() + 1];
        let mut days = years.into_iter().filter_map(in_year);
        let date = match (slots.which, direction) {
            (Some(Which::Last | Which::Past | Which::Previous), _) => days.rfind(|date| *date < base),
            (Some(Which::Next | Which::Coming | Which::Following), _) => days.find(|date| *date > base),
            (None, Direction::Past) => days.rfind(|date| *date <= base),
            (None, Direction::Future) => days.find(|date| *date >= base),
            _ => None,
        };
        // Told of days before it, in the past tense of what was planned, a holiday is still the one that comes.
        let far = |date: &Date| slots.which.is_none() && calendar::days_between(base, *date).abs() > 340;
        let near =
            || years.into_iter().filter_map(in_year).min_by_key(|date| calendar::days_between(base, *date).abs());
        date.filter(|date| !far(date)).or_else(near).map_or(Found::Nothing, Found::day)
    }

    /// "two days ago", "a year earlier".
    fn offset(&self, length: &Length, back: bool, from: From) -> Resolved {
        let timed = matches!(length.unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Moment);
        let r#type = if timed { TimeType::Time } else { TimeType::Date };
        let reference = || Resolved::new(TimeType::Date, if back { "PAST_REF" } else { "FUTURE_REF" });
        let base = match from {
            From::Document => self.document.map(Point::Day),
            From::Mentioned => self.anchor(),
            From::Told => self.mentioned,
        };
        let Some(base) = base else {
            return if length.amount.is_none() && !timed { reference() } else { Resolved::unknown(r#type) };
        };
        if timed {
            // The hour is not known: the day is.
            return match base {
                Point::Day(date) if length.amount.is_none_or(|hours| length.unit != Unit::Hour || hours < 24.0) => {
                    Resolved::new(r#type, day_value(date))
                }
                _ => Resolved::unknown(r#type),
            };
        }
        let Some(amount) = length.amount else { return reference() };
        let sign = if back { -1.0 } else { 1.0 };
        let point = shift(base, length, sign * amount, from, self.mentioned);
        match point {
            Some(point) => Resolved { point: Some(point), ..Resolved::new(r#type, point.value()) },
            None => Resolved::unknown(r#type),
        }
    }
}

/// A point of the calendar, a form with X for what is not known, or nothing.
enum Found {
    Point(Point),
    Form(String),
    Nothing,
}

impl Found {
    fn day(date: Date) -> Self {
        Self::Point(Point::Day(date))
    }
}

fn found(point: Option<Point>) -> Found {
    point.map_or(Found::Nothing, Found::Point)
}

/// The year in which a month without one lies, in a text that tells in order: rarely before the date told last.
fn told_year(told: Point, month: i8) -> i16 {
    let year = told.year();
    let now = match told {
        Point::Day(date) => date.month(),
        Point::Month(_, month) => month,
        _ => return year,
    };
    let ahead = i32::from(month - now);
    let weight = |months: i32| if months < 0 { -2 * months } else { months };
    let best = [-12, 0, 12].into_iter().min_by_key(|shift| weight(ahead + shift)).unwrap_or(0);
    if year < 0 { year } else { year.saturating_add((best / 12) as i16) }
}

/// A point so many units away.
fn shift(base: Point, length: &Length, amount: f64, from: From, mentioned: Option<Point>) -> Option<Point> {
    // Beyond all calendars: refuse before the conversions saturate.
    if amount.abs() > 100_000.0 {
        return None;
    }
    let months_of_rest = match length.rest {
        Some((months, Unit::Month)) => amount.signum() * months,
        _ => 0.0,
    };
    let half_years = (amount * 12.0 + months_of_rest) as i64;
    let whole = amount as i64;
    Some(match length.unit {
        Unit::Year if half_years % 12 != 0 => {
            base.to(Unit::Month, 0)?.to(Unit::Month, i16::try_from(half_years).ok()?)?
        }
        Unit::Year => {
            let years = i16::try_from(whole).ok()?;
            // "a year earlier" of a quarter is a quarter, of a month a month.
            let like = match (from, mentioned) {
                (From::Mentioned | From::Told, _) => base,
                (From::Document, Some(quarter @ Point::Quarter(..))) => quarter,
                (From::Document, _) => base,
            };
            match like {
                Point::Quarter(..) | Point::Month(..) | Point::Half(..) | Point::Season(..) => like.years(years)?,
                _ => base.to(Unit::Year, years)?,
            }
        }
        Unit::Decade => base.to(Unit::Year, i16::try_from(whole * 10).ok()?)?,
        Unit::Century => base.to(Unit::Year, i16::try_from(whole * 100).ok()?)?,
        Unit::Month => base.to(Unit::Month, i16::try_from(whole).ok()?)?,
        Unit::Quarter => base.to(Unit::Quarter, i16::try_from(whole).ok()?)?,
        Unit::Week | Unit::Fortnight | Unit::Weekend => {
            let weeks = whole * if length.unit == Unit::Fortnight { 2 } else { 1 };
            match (from, base) {
                (From::Mentioned | From::Told, Point::Day(date)) => Point::Day(date.checked_add(weeks.weeks()).ok()?),
                _ => base.to(Unit::Week, i16::try_from(weeks).ok()?)?,
            }
        }
        Unit::Day | Unit::Night => {
            let Point::Day(date) = base else { return None };
            Point::Day(date.checked_add(whole.days()).ok()?)
        }
        _ => return None,
    })
}

/// `T17:30`, `TMO`.
fn suffix(slots: &Slots) -> String {
    if let Some(clock) = slots.clock {
        let afternoon = matches!(slots.part, Some(Part::Afternoon | Part::Evening))
            || slots.part == Some(Part::Night) && clock.hour >= 6;
        let hour = if afternoon && clock.hour < 12 { clock.hour + 12 } else { clock.hour };
        return format!("T{hour:02}:{:02}", clock.minute.unwrap_or(0));
    }
    slots.part.map_or_else(String::new, |part| format!("T{}", part.sign()))
}

fn every(length: &Length) -> Resolved {
    let value = match length.unit {
        Unit::Night => "XXXX-XX-XXTNI".to_owned(),
        Unit::Weekend => "XXXX-WXX-WE".to_owned(),
        _ => length_value(length),
    };
    Resolved::new(TimeType::Set, value)
}

fn each(slots: &Slots) -> Resolved {
    let part = slots.part.map_or_else(String::new, |part| format!("T{}", part.sign()));
    let value = if let Some(weekday) = slots.weekday {
        format!("XXXX-WXX-{weekday}{part}")
    } else if let Some(month) = slots.month {
        format!("XXXX-{month:02}")
    } else if let Some(season) = slots.season {
        format!("XXXX-{}", season.sign())
    } else {
        format!("XXXX-XX-XX{part}")
    };
    Resolved::new(TimeType::Set, value)
}
