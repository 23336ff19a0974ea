/// In which order the first two numbers of a date like `6/11/2023` are read.
///
/// It matters only where both orders name a day: `26/11/2023` and `11/26/2023` are the same day for all. Dates that begin with
/// the year, and those with points (`06.11.2023`, day first), are never in doubt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateOrder {
    /// As the other dates of the text are written, if some of them can be read in one way only; else by the country of the
    /// dateline, if it is known (month first for the United States); else the day first.
    #[default]
    Auto,
    /// 6/11/2023 is 6 November.
    DayFirst,
    /// 6/11/2023 is 11 June.
    MonthFirst,
}

impl DateOrder {
    /// The order that dates of the text show which can be read in one way only; none if there are none, or as many of both.
    pub(crate) fn shown_by(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (mut day_first, mut month_first) = (0, 0);
        let digits_before = |at: usize| bytes[..at].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
        let digits_after = |at: usize| bytes[at..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        let number = |from: usize, to: usize| bytes[from..to].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
        for (slash, _) in text.match_indices('/') {
            let (before, after) = (digits_before(slash), digits_after(slash + 1));
            let next = slash + 1 + after;
            let three = bytes.get(next) == Some(&b'/') && matches!(digits_after(next + 1), 2 | 4);
            if !matches!((before, after), (1..=2, 1..=2)) || !three {
                continue;
            }
            let (first, second) = (number(slash - before, slash), number(slash + 1, next));
            day_first += u32::from((13..=31).contains(&first) && (1..=12).contains(&second));
            month_first += u32::from((13..=31).contains(&second) && (1..=12).contains(&first));
        }
        match day_first.cmp(&month_first) {
            std::cmp::Ordering::Greater => Some(Self::DayFirst),
            std::cmp::Ordering::Less => Some(Self::MonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}
