//! Chooses a tag for each word: candidates from the lexicon, the best sequence by what follows what.

use dateline_tokenizer::{Shape, TokenKind};

use crate::Xpos;
use crate::lexicon::{Candidates, Lexicon};

/// What the tagger reads of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) form: &'a str,
    pub(crate) lower: &'a str,
    pub(crate) kind: TokenKind,
    pub(crate) shape: Shape,
}

/// How far capitals tell names from words in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// Capitals start sentences and names.
    Normal,
    /// All capitals, or a headline with a capital on every word: capitals tell nothing.
    Uninformative,
}

/// Cost of reading a word as a name where its capital tells nothing and the lexicon knows it as a word.
const NAME_AGAINST_WORD: i32 = 14;
/// Cost of reading a capitalised word inside a sentence as a common word.
const WORD_AGAINST_NAME: i32 = 34;
/// A capitalised word that is in no list: `log2(P(NNP))` and some trust.
const NEW_NAME: i32 = -26;

/// Decides whether capitals mean anything in a sentence.
pub(crate) fn casing<'a>(words: impl Iterator<Item = Word<'a>>) -> Casing {
    let (mut letters, mut upper, mut capital, mut long_lower) = (0u32, 0u32, 0u32, 0u32);
    for word in words {
        if word.kind != TokenKind::Word || word.shape.has(Shape::ALL_LOWER) && word.form.len() < 4 {
            continue;
        }
        letters += 1;
        if word.shape.has(Shape::ALL_UPPER) && word.form.len() > 1 {
            upper += 1;
        }
        if word.shape.has(Shape::CAPITALIZED) {
            capital += 1;
        } else {
            long_lower += 1;
        }
    }
    if letters >= 3 && upper * 10 >= letters * 8 || letters >= 5 && long_lower * 10 <= letters && capital >= 5 {
        Casing::Uninformative
    } else {
        Casing::Normal
    }
}

/// Offers the possible tags of `word`; `first` if capitals at this place tell nothing because a sentence or quotation starts.
pub(crate) fn candidates(
    lexicon: &Lexicon,
    word: Word<'_>,
    casing: Casing,
    first: bool,
    key: &mut String,
) -> Candidates {
    let mut out = Candidates::new();
    if let Some(tag) = fixed_tag(word) {
        out.offer(tag, 0);
        return out;
    }
    if word.shape.has(Shape::DIGIT) {
        number(word, &mut out);
        return out;
    }
    if !word.shape.has(Shape::CAPITALIZED) {
        if !lexicon.offer(word.lower, 0, &mut out) {
            lexicon.offer_by_suffix(word.lower, 0, &mut out);
        }
        return out;
    }
    key.clear();
    key.push('^');
    key.push_str(word.lower);
    if first || casing == Casing::Uninformative {
        let known = lexicon.offer(word.lower, 0, &mut out);
        let named = lexicon.offer(key, if known { NAME_AGAINST_WORD } else { 0 }, &mut out);
        if !known && !named {
            lexicon.offer_by_suffix(word.lower, 12, &mut out);
            out.offer(Xpos::Nnp, NEW_NAME + 14);
        } else if known && !named {
            out.offer(Xpos::Nnp, NAME_AGAINST_WORD);
        }
    } else {
        let named = lexicon.offer(key, 0, &mut out);
        if !named {
            out.offer(Xpos::Nnp, NEW_NAME);
            if word.lower.ends_with('s') && lexicon.offer(word.lower, WORD_AGAINST_NAME, &mut out) {
                out.offer(Xpos::Nnps, -4);
            } else if !lexicon.offer(word.lower, WORD_AGAINST_NAME, &mut out) {
                lexicon.offer_by_suffix(word.lower, WORD_AGAINST_NAME + 10, &mut out);
            }
        } else {
            out.offer(Xpos::Nnp, 20);
        }
    }
    out
}

/// Tags that the characters alone decide.
fn fixed_tag(word: Word<'_>) -> Option<Xpos> {
    Some(match word.form {
        "," => Xpos::Comma,
        "." | "!" | "?" | "!!" | "??" | "?!" => Xpos::Period,
        ":" | ";" | "..." | "…" | "—" | "–" | "--" => Xpos::Colon,
        "(" | "[" | "{" => Xpos::Lrb,
        ")" | "]" | "}" => Xpos::Rrb,
        "“" | "‘" | "``" | "«" | "„" => Xpos::OpenQuote,
        "”" | "''" | "»" => Xpos::CloseQuote,
        "\"" => Xpos::OpenQuote,
        "-" | "‐" | "‑" | "/" => Xpos::Hyph,
        "%" => Xpos::Nn,
        "$" | "€" | "£" | "¥" | "₽" | "₴" | "₹" | "₪" | "US$" => Xpos::Dollar,
        "#" => Xpos::Hash,
        "&" => Xpos::Cc,
        "'" | "’" => return None,
        _ => match word.kind {
            TokenKind::Address | TokenKind::Handle => Xpos::Add,
            TokenKind::Symbol => Xpos::Sym,
            TokenKind::Punctuation if word.form.chars().all(|c| matches!(c, '.' | '!' | '?')) => Xpos::Period,
            TokenKind::Punctuation if word.form.chars().all(|c| matches!(c, '-' | '–' | '—')) => Xpos::Colon,
            TokenKind::Punctuation => Xpos::Nfp,
            _ => return None,
        },
    })
}

fn number(word: Word<'_>, out: &mut Candidates) {
    let form = word.lower;
    let digits_end = form.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let tail = &form[digits_end..];
    if form.starts_with(|c: char| c.is_ascii_digit()) || !form.starts_with(char::is_alphabetic) {
        match tail {
            "st" | "nd" | "rd" | "th" => {
                out.offer(Xpos::Jj, 0);
                out.offer(Xpos::Nn, 8);
            }
            "s" | "'s" | "’s" => out.offer(Xpos::Nns, 0),
            _ => out.offer(Xpos::Cd, 0),
        }
    } else if word.shape.has(Shape::CAPITALIZED) {
        out.offer(Xpos::Nnp, 0);
    } else {
        out.offer(Xpos::Nn, 0);
        out.offer(Xpos::Cd, 8);
    }
}

/// One word's way through the lattice: for each candidate its best cost so far and where that came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    candidates: Candidates,
    cost: [i32; 8],
    from: [u8; 8],
}

/// Chooses the cheapest sequence of tags (Viterbi), one for each set of candidates. Linear in their number.
pub(crate) fn best_sequence(
    lexicon: &Lexicon,
    lattice: &mut Vec<Cell>,
    sets: impl Iterator<Item = Candidates>,
    tags: &mut Vec<Xpos>,
) {
    lattice.clear();
    tags.clear();
    let mut base = 0;
    for mut candidates in sets {
        if candidates.is_empty() {
            candidates.offer(Xpos::Nn, 0);
        }
        let mut cell = Cell { candidates, cost: [0; 8], from: [0; 8] };
        let mut least = i32::MAX;
        for (at, &(tag, cost)) in candidates.as_slice().iter().enumerate() {
            let (best, from) = match lattice.last() {
                None => (lexicon.transition(None, Some(tag)), 0),
                Some(before) => before
                    .candidates
                    .as_slice()
                    .iter()
                    .enumerate()
                    .map(|(k, &(previous, _))| {
                        (before.cost[k] - base + lexicon.transition(Some(previous), Some(tag)), k)
                    })
                    .min()
                    .unwrap_or((0, 0)),
            };
            cell.cost[at] = best + cost;
            cell.from[at] = from as u8;
            least = least.min(cell.cost[at]);
        }
        // Costs stay small however long the sentence is.
        base = least;
        lattice.push(cell);
    }
    let Some(last) = lattice.last() else { return };
    let ends = last.candidates.as_slice().iter().enumerate();
    let Some((_, mut at)) = ends.map(|(k, &(tag, _))| (last.cost[k] + lexicon.transition(Some(tag), None), k)).min()
    else {
        return;
    };
    for cell in lattice.iter().rev() {
        tags.push(cell.candidates.as_slice()[at].0);
        at = usize::from(cell.from[at]);
    }
    tags.reverse();
}
