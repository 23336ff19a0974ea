//! Where quotations stand: words between quotation marks.

use dateline_tokenizer::Span;

/// A quotation, with its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    pub(crate) span: Span,
    /// False if its paragraph ends before a closing mark: the next paragraph goes on.
    pub(crate) closed: bool,
}

/// What kind of marks a quotation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    Straight,
    Curly,
    Angled,
    /// Two backticks, two apostrophes.
    Typed,
    SingleCurly,
    SingleStraight,
}

/// A quotation that has begun.
#[derive(Clone, Copy, Debug)]
struct Open {
    marks: Marks,
    start: usize,
    /// Marks of the same kind inside.
    depth: usize,
    /// The end of what may be its closing mark or an apostrophe: "the soldiers' homes".
    maybe: Option<usize>,
}

/// The outermost quotations of a text from byte `from` on, in text order. A quotation ends with its paragraph.
///
/// One pass, linear.
pub(crate) fn find(text: &str, from: usize) -> Vec<Quotation> {
    let mut out = Vec::new();
    let mut open: Option<Open> = None;
    let mut before = text[..from].chars().next_back();
    let mut skip_to = from;
    for (offset, c) in text[from..].char_indices() {
        let at = from + offset;
        if at < skip_to {
            before = Some(c);
            continue;
        }
        let rest = &text[at..];
        let mut after = rest.chars();
        after.next();
        let mut end = at + c.len_utf8();
        if c == '\n' {
            if ends_paragraph(&rest[1..], open) {
                out.extend(open.take().and_then(|open| unclosed(text, open, at)));
            }
            before = Some(c);
            continue;
        }
        let typed = rest.starts_with("``") || rest.starts_with("''");
        if typed {
            end += 1;
            after.next();
        }
        let next = after.next();
        let Some((marks, side)) = mark(c, typed, before, next) else {
            before = Some(c);
            continue;
        };
        let single = matches!(marks, Marks::SingleCurly | Marks::SingleStraight);
        match &mut open {
            None if side != Side::Close => open = Some(Open { marks, start: at, depth: 0, maybe: None }),
            None => {}
            // A double mark inside single ones: those were apostrophes.
            Some(one) if is_single(one.marks) && !single => {
                if let Some(end) = one.maybe {
                    out.push(Quotation { span: Span::new(one.start, end), closed: true });
                }
                open = (side != Side::Close).then_some(Open { marks, start: at, depth: 0, maybe: None });
            }
            Some(one) if one.marks != marks => {}
            Some(one) => match side {
                Side::Open if marks == Marks::Straight || single => {}
                Side::Open => one.depth += 1,
                Side::Close if one.depth > 0 => one.depth -= 1,
                Side::Close => {
                    let possessive = single && before == Some('s') && next == Some(' ');
                    if possessive {
                        one.maybe = Some(end);
                    } else {
                        out.push(Quotation { span: Span::new(one.start, end), closed: true });
                        open = None;
                    }
                }
            },
        }
        before = text[at..end].chars().next_back();
        skip_to = end;
    }
    out.extend(open.and_then(|open| unclosed(text, open, text.len())));
    out.retain(|quotation| text[quotation.span].contains(char::is_alphanumeric));
    out
}

/// On which side of a quotation a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

fn is_single(marks: Marks) -> bool {
    matches!(marks, Marks::SingleCurly | Marks::SingleStraight)
}

/// The kind and side of a mark; none for other characters, apostrophes and inches.
fn mark(c: char, typed: bool, before: Option<char>, after: Option<char>) -> Option<(Marks, Side)> {
    let opens = before.is_none_or(|c| c.is_whitespace() || "([{—–-\"“‘'«„:/".contains(c))
        && after.is_some_and(|c| !c.is_whitespace());
    let word_after = after.is_some_and(char::is_alphanumeric);
    Some(match c {
        '`' if typed => (Marks::Typed, Side::Open),
        '\'' if typed => (Marks::Typed, Side::Close),
        '"' if opens => (Marks::Straight, Side::Open),
        // A straight mark behind a digit that closes nothing is an inch.
        '"' => (Marks::Straight, Side::Close),
        '“' | '„' | '‟' => (Marks::Curly, Side::Open),
        '”' => (Marks::Curly, Side::Close),
        '«' => (Marks::Angled, Side::Open),
        '»' => (Marks::Angled, Side::Close),
        '‘' if opens && after.is_some_and(char::is_alphanumeric) => (Marks::SingleCurly, Side::Open),
        '’' if !word_after => (Marks::SingleCurly, Side::Close),
        '\'' if opens && after.is_some_and(char::is_alphabetic) => (Marks::SingleStraight, Side::Open),
        '\'' if !word_after && !opens => (Marks::SingleStraight, Side::Close),
        _ => return None,
    })
}

/// Does a paragraph end at a line break: is the next line empty, or does it open with the mark of the quotation that is open?
fn ends_paragraph(rest: &str, open: Option<Open>) -> bool {
    let line = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
    let again = match open.map(|open| open.marks) {
        Some(Marks::Curly) => line.starts_with('“'),
        Some(Marks::Straight) => line.starts_with('"'),
        Some(Marks::Angled) => line.starts_with('«'),
        Some(Marks::Typed) => line.starts_with("``"),
        Some(Marks::SingleCurly | Marks::SingleStraight) | None => false,
    };
    line.is_empty() || line.starts_with('\n') || again
}

/// What a quotation without a closing mark leaves: up to the end of its paragraph, if its marks are no apostrophes.
fn unclosed(text: &str, open: Open, end: usize) -> Option<Quotation> {
    if is_single(open.marks) {
        return open.maybe.map(|end| Quotation { span: Span::new(open.start, end), closed: true });
    }
    let end = open.start + text[open.start..end].trim_end().len();
    Some(Quotation { span: Span::new(open.start, end), closed: false })
}
