//! Coordinates written in the text: `48°15′N 37°45′E`, `48.25N, 37.75E`, `(48.2503, 37.7512)`.

use dateline_tokenizer::Span;

/// A pair of coordinates and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) lat: f64,
    pub(super) lon: f64,
    /// Half of the last digit written, in kilometres: how exact the pair claims to be.
    pub(super) radius_km: f64,
}

/// One angle: its value without sign from a letter, the letter, and how fine it is.
#[derive(Clone, Copy)]
struct Angle {
    degrees: f64,
    letter: Option<u8>,
    /// Degrees that one unit of the last digit stands for.
    unit: f64,
    decimals: usize,
    has_sign_of_degree: bool,
    end: usize,
}

/// Reads a pair of coordinates that starts exactly at byte `start`, a digit, a sign or one of the letters N and S.
/// Looks at a bounded number of bytes.
pub(super) fn at(text: &str, start: usize) -> Option<Written> {
    let first = angle(text, start)?;
    let mut pos = skip_spaces(text, first.end);
    if text[pos..].starts_with([',', ';', '/']) {
        pos = skip_spaces(text, pos + 1);
    } else if first.letter.is_none() {
        return None;
    }
    let second = angle(text, pos)?;
    if first.letter.is_some() != second.letter.is_some() {
        return None;
    }
    // Two bare numbers are coordinates only if both are too fine to be anything else, or bear the sign of degrees.
    let bare = first.letter.is_none();
    let fine = |a: &Angle| a.decimals >= 4 || a.has_sign_of_degree;
    if bare && !(fine(&first) && fine(&second)) {
        return None;
    }
    let signed = |a: &Angle| {
        if matches!(a.letter, Some(b'S' | b'W')) { -a.degrees } else { a.degrees }
    };
    let (lat, lon) = match (first.letter, second.letter) {
        (Some(b'E' | b'W'), Some(b'N' | b'S')) => (signed(&second), signed(&first)),
        (Some(b'N' | b'S'), Some(b'E' | b'W')) | (None, None) => (signed(&first), signed(&second)),
        _ => return None,
    };
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    let unit = first.unit.max(second.unit);
    Some(Written { span: Span::new(start, second.end), lat, lon, radius_km: (unit * 111.2 / 2.0).max(0.01) })
}

fn skip_spaces(text: &str, mut pos: usize) -> usize {
    for c in text[pos..].chars().take(4) {
        if c == '\n' || !c.is_whitespace() {
            break;
        }
        pos += c.len_utf8();
    }
    pos
}

/// A number of at most three digits before the point and nine behind it: its value, how many decimals, its end.
fn number(text: &str, pos: usize) -> Option<(f64, usize, usize)> {
    let bytes = text.as_bytes();
    let mut end = pos;
    let mut value = 0.0;
    while end < bytes.len() && bytes[end].is_ascii_digit() {
        value = value * 10.0 + f64::from(bytes[end] - b'0');
        end += 1;
        if end - pos > 3 {
            return None;
        }
    }
    if end == pos {
        return None;
    }
    let mut decimals = 0;
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1;
        let mut scale = 1.0;
        while end < bytes.len() && bytes[end].is_ascii_digit() {
            decimals += 1;
            if decimals > 9 {
                return None;
            }
            scale *= 10.0;
            value += f64::from(bytes[end] - b'0') / scale;
            end += 1;
        }
    }
    Some((value, decimals, end))
}

/// The mark of degrees, minutes or seconds at `pos`: which, and its end.
fn mark(text: &str, pos: usize) -> Option<(u8, usize)> {
    let rest = &text[pos..];
    const MARKS: [(&str, u8); 10] = [
        ("\u{b0}", 0),
        ("\u{ba}", 0),
        ("''", 2),
        ("\u{2033}", 2),
        ("\u{201d}", 2),
        ("\"", 2),
        ("\u{2032}", 1),
        ("\u{2019}", 1),
        ("'", 1),
        ("\u{2019}\u{2019}", 2),
    ];
    MARKS.iter().find(|(mark, _)| rest.starts_with(mark)).map(|(mark, which)| (*which, pos + mark.len()))
}

fn angle(text: &str, start: usize) -> Option<Angle> {
    let bytes = text.as_bytes();
    let mut pos = start;
    let letter = |pos: usize| {
        let letter = *bytes.get(pos)?;
        let alone = !bytes.get(pos + 1).is_some_and(|b| b.is_ascii_alphanumeric());
        (matches!(letter, b'N' | b'S' | b'E' | b'W') && alone).then_some(letter)
    };
    let mut found = letter(pos);
    if found.is_some() {
        pos = skip_spaces(text, pos + 1);
    }
    let mut sign = 1.0;
    if found.is_none() {
        for (minus, value) in [("-", -1.0), ("\u{2212}", -1.0), ("+", 1.0)] {
            if text[pos..].starts_with(minus) {
                (sign, pos) = (value, pos + minus.len());
                break;
            }
        }
    }
    let (mut degrees, decimals, end) = number(text, pos)?;
    pos = end;
    let mut unit = 1.0;
    for _ in 0..decimals {
        unit /= 10.0;
    }
    let mut has_sign_of_degree = false;
    let after = skip_spaces(text, pos);
    if let Some((0, end)) = mark(text, after) {
        has_sign_of_degree = true;
        pos = end;
        let mut part = 60.0;
        for which in [1, 2] {
            let start = skip_spaces(text, pos);
            let Some((value, part_decimals, end)) = number(text, start) else {
                break;
            };
            let Some((found, end)) = mark(text, skip_spaces(text, end)) else {
                break;
            };
            if found != which || value >= 60.0 {
                break;
            }
            degrees += value / part;
            unit = 1.0 / part;
            for _ in 0..part_decimals {
                unit /= 10.0;
            }
            part *= 60.0;
            pos = end;
        }
    }
    if found.is_none() {
        let after = skip_spaces(text, pos);
        if let Some(letter) = letter(after)
            && (has_sign_of_degree || decimals >= 1)
        {
            found = Some(letter);
            pos = after + 1;
        }
    } else if !has_sign_of_degree && decimals == 0 {
        return None;
    }
    Some(Angle { degrees: sign * degrees, letter: found, unit, decimals, has_sign_of_degree, end: pos })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i64, i64, &str)> {
        let written = at(text, 0)?;
        Some((libm::round(written.lat * 1000.0) as i64, libm::round(written.lon * 1000.0) as i64, &text[written.span]))
    }

    #[test]
    fn written_forms() {
        assert_eq!(read("48°15′N 37°45′E, near"), Some((48_250, 37_750, "48°15′N 37°45′E")));
        assert_eq!(read("48°15'30\"N, 37°45'00\"W"), Some((48_258, -37_750, "48°15'30\"N, 37°45'00\"W")));
        assert_eq!(read("48.25N, 37.75E."), Some((48_250, 37_750, "48.25N, 37.75E")));
        assert_eq!(read("48.25° N, 37.75° E"), Some((48_250, 37_750, "48.25° N, 37.75° E")));
        assert_eq!(read("N 12.5 W 3.25"), Some((12_500, -3_250, "N 12.5 W 3.25")));
        assert_eq!(read("37.75E 48.25S"), Some((-48_250, 37_750, "37.75E 48.25S")));
        assert_eq!(read("-12.3456, 45.6789)"), Some((-12_346, 45_679, "-12.3456, 45.6789")));
    }

    #[test]
    fn not_coordinates() {
        for text in [
            "12.5, 13.5",
            "3, 4",
            "48 N",
            "1,200",
            "95.1234, 200.1234",
            "48.25N",
            "48.25N, 37.75N",
            "99.25N, 37.75E",
            "N",
            "-",
            "",
            "12345.6789, 3.4567",
            "48°",
            "48.2500",
            "5 W, 6 N",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
