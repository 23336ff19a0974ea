//! Groups the words of a sentence into units: noun phrases, verb groups, prepositions, conjunctions, marks of punctuation.
//!
//! What lies inside a unit is attached here; what lies between units is the business of `parse`.

use crate::analysis::{Strings, is_capitalized};
use crate::lexicon::{Lexicon, Table};
use crate::tree::Tree;
use crate::words;
use crate::{Deprel, Xpos};
use dateline_tokenizer::TokenizedText;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A noun phrase, a pronoun, a number or name standing alone.
    Noun,
    /// A verb with its auxiliaries, its infinitive marker and the adverbs between them.
    Verb,
    /// A preposition, or a word that may be one or a subordinating conjunction.
    Prep,
    /// A word that can only begin a clause: "because", "that" before a clause.
    Mark,
    /// "who", "which", "when" and the like.
    Wh,
    /// A coordinating conjunction.
    Cc,
    /// An adjective phrase that modifies no noun after it.
    Adj,
    /// An adverb.
    Adv,
    /// The particle of a verb: "up" of "blew up".
    Particle,
    Comma,
    /// A dash, colon or semicolon.
    Break,
    Open,
    Close,
    Quote,
    /// Anything else.
    Other,
}

/// The form of a verb group, by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Finite,
    /// With "to".
    Infinitive,
    /// The base form alone.
    Bare,
    /// "-ing" without auxiliary.
    Ing,
    /// Past participle without auxiliary.
    Participle,
}

/// One unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) head: usize,
    pub(crate) form: Form,
    /// A verb group whose main verb is passive.
    pub(crate) passive: bool,
    /// A verb group whose main verb is "be", or a noun phrase that can be an expression of time.
    pub(crate) special: bool,
}

/// The words of the sentence being analysed.
pub(crate) struct Words<'a> {
    pub(crate) text: TokenizedText<'a>,
    pub(crate) first: usize,
    pub(crate) lower: &'a Strings,
    pub(crate) lemmas: &'a Strings,
    pub(crate) xpos: &'a mut [Xpos],
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) attachment: &'a Table,
}

impl<'a> Words<'a> {
    pub(crate) fn len(&self) -> usize {
        self.xpos.len()
    }

    pub(crate) fn lower(&self, word: usize) -> &'a str {
        if word < self.xpos.len() { self.lower.get(word) } else { "" }
    }

    pub(crate) fn lemma(&self, word: usize) -> &'a str {
        if word < self.xpos.len() { self.lemmas.get(word) } else { "" }
    }

    pub(crate) fn tag(&self, word: usize) -> Option<Xpos> {
        self.xpos.get(word).copied()
    }

    pub(crate) fn capitalized(&self, word: usize) -> bool {
        is_capitalized(self.text, self.first + word)
    }

    fn is_noun(&self, word: usize) -> bool {
        matches!(self.tag(word), Some(Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps))
    }

    fn is_name(&self, word: usize) -> bool {
        matches!(self.tag(word), Some(Xpos::Nnp | Xpos::Nnps))
    }

    fn is_verb(&self, word: usize) -> bool {
        matches!(self.tag(word), Some(Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz))
    }

    fn is_adverb(&self, word: usize) -> bool {
        matches!(self.tag(word), Some(Xpos::Rb | Xpos::Rbr | Xpos::Rbs))
    }

    fn is_adjective(&self, word: usize) -> bool {
        matches!(self.tag(word), Some(Xpos::Jj | Xpos::Jjr | Xpos::Jjs))
    }
}

/// Divides the sentence into units. Linear: every word is looked at a bounded number of times.
pub(crate) fn chunk(words: &mut Words<'_>, tree: &mut Tree, units: &mut Vec<Unit>) {
    units.clear();
    let mut at = 0;
    while at < words.len() {
        let unit = next_unit(words, tree, at, units.last().copied());
        debug_assert!(unit.end > at);
        at = unit.end;
        units.push(unit);
    }
}

fn simple(kind: Kind, at: usize) -> Unit {
    spanning(kind, at, at + 1, at)
}

fn spanning(kind: Kind, start: usize, end: usize, head: usize) -> Unit {
    Unit { kind, start, end, head, form: Form::Finite, passive: false, special: false }
}

fn next_unit(words: &mut Words<'_>, tree: &mut Tree, at: usize, before: Option<Unit>) -> Unit {
    if let Some((kind, len)) = words::fixed_expression(|offset| words.lower(at + offset)) {
        for word in at + 1..at + len {
            tree.attach(word, at, Deprel::Fixed);
        }
        match kind {
            words::Fixed::Case => return spanning(Kind::Prep, at, at + len, at),
            words::Fixed::Mark => return spanning(Kind::Mark, at, at + len, at),
            words::Fixed::Cc => return spanning(Kind::Cc, at, at + len, at),
            words::Fixed::Advmod if words.tag(at + len) == Some(Xpos::Cd) => {
                if let Some(unit) = noun_phrase(words, tree, at) {
                    return unit;
                }
                return spanning(Kind::Adv, at, at + len, at);
            }
            words::Fixed::Advmod => return spanning(Kind::Adv, at, at + len, at),
        }
    }
    match words.xpos[at] {
        Xpos::Comma => return simple(Kind::Comma, at),
        Xpos::Colon => return simple(Kind::Break, at),
        Xpos::Lrb => return simple(Kind::Open, at),
        Xpos::Rrb => return simple(Kind::Close, at),
        Xpos::OpenQuote | Xpos::CloseQuote => return simple(Kind::Quote, at),
        Xpos::Cc => {
            // "both A and B", "either A or B".
            return simple(Kind::Cc, at);
        }
        Xpos::Rp => return simple(Kind::Particle, at),
        Xpos::Wdt | Xpos::Wp | Xpos::WpS | Xpos::Wrb => return simple(Kind::Wh, at),
        Xpos::Md | Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz => {
            if words::is_participle_preposition(words.lower(at))
                && before.is_none_or(|b| b.kind != Kind::Verb)
                && (words.is_noun(at + 1)
                    || words.is_adjective(at + 1)
                    || matches!(words.tag(at + 1), Some(Xpos::Dt | Xpos::Cd | Xpos::PrpS)))
            {
                return simple(Kind::Prep, at);
            }
            if let Some(unit) = participle_before_noun(words, tree, at, before) {
                return unit;
            }
            return verb_group(words, tree, at);
        }
        Xpos::To => {
            let mut verb = at + 1;
            while words.is_adverb(verb) && verb < at + 4 {
                verb += 1;
            }
            if matches!(words.tag(verb), Some(Xpos::Vb | Xpos::Vbp)) {
                words.xpos[verb] = Xpos::Vb;
                return verb_group(words, tree, at);
            }
            return simple(Kind::Prep, at);
        }
        Xpos::In => {
            if words::is_only_subordinator(words.lower(at)) {
                return simple(Kind::Mark, at);
            }
            if let Some(unit) = quantifier_phrase(words, tree, at) {
                return unit;
            }
            return simple(Kind::Prep, at);
        }
        Xpos::Rb | Xpos::Rbr | Xpos::Rbs => {
            if let Some(unit) = quantifier_phrase(words, tree, at) {
                return unit;
            }
            // "very large groups": the adverb belongs to the adjective.
            if words.is_adjective(at + 1) && words::is_degree(words.lower(at)) {
                return noun_phrase(words, tree, at).unwrap_or_else(|| simple(Kind::Adv, at));
            }
            return simple(Kind::Adv, at);
        }
        _ => {}
    }
    noun_phrase(words, tree, at).unwrap_or_else(|| simple(Kind::Other, at))
}

/// "at least 20 people", "about 20 people", "over 20 people", "up to 20": the words before the number belong to it.
fn quantifier_phrase(words: &mut Words<'_>, tree: &mut Tree, at: usize) -> Option<Unit> {
    let number = |word: usize| {
        words.tag(word) == Some(Xpos::Cd)
            || words.tag(word) == Some(Xpos::Dollar)
            || matches!(words.lower(word), "dozens" | "hundreds" | "thousands" | "half" | "all" | "a")
    };
    let ok = match words.lower(at) {
        "at" => matches!(words.lower(at + 1), "least" | "most") && number(at + 2),
        "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "some" | "over" | "only" | "just"
        | "exactly" | "under" => number(at + 1) && words.lower(at + 1) != "a" && words.lower(at + 1) != "all",
        _ => false,
    };
    if ok { noun_phrase(words, tree, at) } else { None }
}

/// "captured soldiers were", "shelling continued": decides whether a participle opens a noun phrase.
fn participle_before_noun(words: &mut Words<'_>, tree: &mut Tree, at: usize, before: Option<Unit>) -> Option<Unit> {
    if words.xpos[at] != Xpos::Vbn || !words.is_noun(at + 1) {
        return None;
    }
    let opens = match before {
        None => matches!(words.tag(at + 1), Some(Xpos::Nns)),
        Some(unit) => matches!(unit.kind, Kind::Prep) && words.lower(unit.start) != "by",
    };
    if opens { noun_phrase(words, tree, at) } else { None }
}

fn verb_group(words: &mut Words<'_>, tree: &mut Tree, at: usize) -> Unit {
    let infinitive = words.xpos[at] == Xpos::To;
    let mut verb = at;
    if infinitive {
        verb += 1;
        while words.is_adverb(verb) {
            verb += 1;
        }
    }
    let first = verb;
    let mut passive = false;
    let mut chain = [0usize; 6];
    let mut auxiliaries = 0;
    while auxiliaries < chain.len() {
        let mut next = verb + 1;
        while words.is_adverb(next) && next < verb + 4 {
            next += 1;
        }
        let Some(tag) = words.tag(next) else { break };
        let lemma = words.lemma(verb);
        let follows = if words.xpos[verb] == Xpos::Md {
            matches!(tag, Xpos::Vb | Xpos::Vbp)
        } else {
            match lemma {
                "have" => matches!(tag, Xpos::Vbn | Xpos::Vbd),
                "be" => matches!(tag, Xpos::Vbg | Xpos::Vbn | Xpos::Vbd),
                "do" => matches!(tag, Xpos::Vb | Xpos::Vbp),
                "get" => matches!(tag, Xpos::Vbn),
                _ => false,
            }
        };
        if !follows {
            break;
        }
        words.xpos[next] = match tag {
            Xpos::Vbd => Xpos::Vbn,
            Xpos::Vbp => Xpos::Vb,
            other => other,
        };
        passive = matches!(words.lemma(verb), "be" | "get") && words.xpos[next] == Xpos::Vbn;
        chain[auxiliaries] = verb;
        auxiliaries += 1;
        verb = next;
    }
    let head = verb;
    for (k, &auxiliary) in chain[..auxiliaries].iter().enumerate() {
        let last = k + 1 == auxiliaries;
        tree.attach(auxiliary, head, if last && passive { Deprel::AuxPass } else { Deprel::Aux });
    }
    for word in at..head {
        if tree.is_free(word) {
            tree.attach(word, head, if words.xpos[word] == Xpos::To { Deprel::Mark } else { Deprel::Advmod });
        }
    }
    let form = if infinitive {
        Form::Infinitive
    } else {
        match words.xpos[first] {
            Xpos::Vb => Form::Bare,
            Xpos::Vbg => Form::Ing,
            Xpos::Vbn => Form::Participle,
            _ => Form::Finite,
        }
    };
    let mut end = head + 1;
    // "did not", "is n't" with nothing after: the negation is the verb's.
    while matches!(words.lower(end), "not" | "n't") {
        tree.attach(end, head, Deprel::Advmod);
        end += 1;
    }
    if words.xpos[head] == Xpos::Md {
        // A modal verb without its verb ("he could") heads its clause.
        words.xpos[head] = Xpos::Md;
    }
    let special = words.lemma(head) == "be";
    Unit { kind: Kind::Verb, start: at, end, head, form, passive, special }
}

/// Reads a noun phrase, or an adjective phrase if no noun comes; none if no word here can be part of one.
fn noun_phrase(words: &mut Words<'_>, tree: &mut Tree, start: usize) -> Option<Unit> {
    let mut at = start;
    let mut owner: Option<usize> = None;
    loop {
        let part = noun_run(words, tree, at)?;
        let (end, head) = (part.end, part.head);
        if let Some(owner) = owner {
            tree.attach(owner, head, Deprel::NmodPoss);
        }
        let possessive = words.tag(end) == Some(Xpos::Pos)
            || matches!(words.lower(end), "'s") && words.is_noun(end + 1) && !words.is_verb(end);
        if part.kind == Kind::Noun && possessive {
            words.xpos[end] = Xpos::Pos;
            tree.attach(end, head, Deprel::Case);
            if can_start_noun(words, end + 1) {
                owner = Some(head);
                at = end + 1;
                if noun_possible(words, at) {
                    continue;
                }
            }
            return Some(Unit { start, end: end + 1, ..part });
        }
        return Some(Unit { start, ..part });
    }
}

fn can_start_noun(words: &Words<'_>, at: usize) -> bool {
    words.is_noun(at)
        || words.is_adjective(at)
        || matches!(words.tag(at), Some(Xpos::Cd | Xpos::Vbg | Xpos::Vbn | Xpos::OpenQuote | Xpos::Rbs | Xpos::Rb))
}

/// True if a noun follows within a few modifiers.
fn noun_possible(words: &Words<'_>, at: usize) -> bool {
    (at..at + 5)
        .take_while(|&word| can_start_noun(words, word))
        .any(|word| words.is_noun(word) || words.tag(word) == Some(Xpos::Cd) || words.is_adjective(word))
}

/// One run of determiners, modifiers and nouns.
fn noun_run(words: &mut Words<'_>, tree: &mut Tree, start: usize) -> Option<Unit> {
    let mut at = start;
    match words.tag(at)? {
        Xpos::Prp | Xpos::Ex => {
            // "them all", "they both"
            return Some(spanning(Kind::Noun, start, at + 1, at));
        }
        _ => {}
    }
    let mut last_noun = None;
    let mut last_modifier = None;
    let mut determiner = false;
    let limit = (start + MAX_PHRASE).min(words.len());
    while at < limit {
        let tag = words.xpos[at];
        let lower = words.lower(at);
        let take = match tag {
            Xpos::Pdt => last_noun.is_none() && !determiner,
            Xpos::Dt => {
                let fresh = last_noun.is_none() && last_modifier.is_none() && !determiner
                    || at > start && words.xpos[at - 1] == Xpos::Pdt
                    || at > start
                        && matches!(words.lower(at - 1), "all" | "both" | "half")
                        && words.xpos[at - 1] == Xpos::Dt;
                // "up to a dozen", "about half the"
                determiner |= fresh;
                fresh || last_noun.is_none() && (start..at).all(|w| is_quantifier_word(words, w))
            }
            Xpos::PrpS => {
                let fresh = last_noun.is_none() && last_modifier.is_none();
                determiner = true;
                fresh
            }
            Xpos::Cd => {
                // A number after a common noun starts another phrase, but for "Room 12", "May 9", "flight 370".
                last_noun.is_none_or(|noun| {
                    words.is_name(noun)
                        || matches!(words.xpos[noun], Xpos::Nn)
                            && at == noun + 1
                            && words::takes_number(words.lemma(noun))
                })
            }
            Xpos::Jj | Xpos::Jjr | Xpos::Jjs => {
                last_noun.is_none_or(|_| words.is_noun(at + 1))
                    && !(last_noun.is_some() && ends_phrase(words, last_noun))
            }
            Xpos::Vbn | Xpos::Vbg => {
                (determiner || last_modifier.is_some() || at == start && words.is_noun(at + 1))
                    && last_noun.is_none()
                    && (noun_follows(words, at + 1)
                        || determiner
                            && at == start + 1
                            && !words.is_verb(at + 1)
                            && !noun_phrase_follows(words, at + 1))
            }
            Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps => !(last_noun.is_some() && splits_nouns(words, at)),
            Xpos::Dollar => last_noun.is_none(),
            Xpos::Rb | Xpos::Rbr | Xpos::Rbs => {
                last_noun.is_none()
                    && (is_quantifier_word(words, at)
                        || words.is_adjective(at + 1)
                        || matches!(words.tag(at + 1), Some(Xpos::Vbn)) && determiner && noun_follows(words, at + 2))
            }
            Xpos::In | Xpos::Rp | Xpos::To => {
                // "at least 20", "more than 20", "up to 20", "10 to 15"
                last_noun.is_none() && is_quantifier_word(words, at)
                    || matches!(lower, "to" | "than")
                        && at > start
                        && words.tag(at + 1) == Some(Xpos::Cd)
                        && (words.xpos[at - 1] == Xpos::Cd
                            && words.xpos.get(at + 2).is_some_and(|t| matches!(t, Xpos::Nns | Xpos::Nn))
                            || words.lower(at - 1) == "up"
                            || lower == "than")
            }
            Xpos::Hyph => at > start && at + 1 < limit && lower != "/" && !tree_gap(words, at),
            Xpos::Cc => joins_modifiers(words, at, last_noun.is_none() && last_modifier.is_some()),
            Xpos::Comma => {
                // "a large, armed group"
                last_noun.is_none() && words.is_adjective(at.wrapping_sub(1)) && words.is_adjective(at + 1) && noun_follows(words, at + 2)
                    // "June 19, 2023"
                    || is_year_after_date(words, at)
            }
            Xpos::Afx | Xpos::Fw | Xpos::Add | Xpos::Ls | Xpos::Sym | Xpos::Gw => at == start || last_noun.is_none(),
            Xpos::OpenQuote => {
                at > start
                    && last_noun.is_none()
                    && words.is_noun(at + 1)
                    && words.tag(at + 2) == Some(Xpos::CloseQuote)
            }
            Xpos::CloseQuote => at > start + 1 && words.xpos[at - 2] == Xpos::OpenQuote && words.is_noun(at + 1),
            _ => false,
        };
        if !take {
            break;
        }
        match tag {
            Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps | Xpos::Dollar => last_noun = Some(at),
            Xpos::Dt
            | Xpos::Pdt
            | Xpos::PrpS
            | Xpos::Hyph
            | Xpos::Comma
            | Xpos::Cc
            | Xpos::OpenQuote
            | Xpos::CloseQuote => {}
            _ => last_modifier = Some(at),
        }
        at += 1;
    }
    // Do not end in a joint.
    while at > start
        && matches!(
            words.xpos[at - 1],
            Xpos::Hyph | Xpos::Comma | Xpos::Cc | Xpos::OpenQuote | Xpos::To | Xpos::In | Xpos::Rp
        )
    {
        at -= 1;
    }
    if at == start {
        return None;
    }
    Some(build_phrase(words, tree, start, at))
}

/// Longest noun phrase: longer runs are tables or noise.
const MAX_PHRASE: usize = 40;

fn is_quantifier_word(words: &Words<'_>, at: usize) -> bool {
    match words.lower(at) {
        "at" => matches!(words.lower(at + 1), "least" | "most"),
        "least" | "most" => at > 0 && words.lower(at - 1) == "at",
        "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "over" | "only" | "just"
        | "exactly" | "under" | "some" | "up" => {
            matches!(words.tag(at + 1), Some(Xpos::Cd | Xpos::Dollar | Xpos::To))
                || matches!(words.lower(at + 1), "to" | "half" | "all" | "every" | "dozens" | "hundreds" | "thousands")
        }
        "more" | "fewer" | "less" | "other" => words.lower(at + 1) == "than",
        "than" => at > 0 && matches!(words.lower(at - 1), "more" | "fewer" | "less"),
        "to" => at > 0 && words.lower(at - 1) == "up",
        _ => false,
    }
}

/// A time noun or a finished name after which an adjective starts something else.
fn ends_phrase(words: &Words<'_>, noun: Option<usize>) -> bool {
    noun.is_some_and(|noun| words::is_time_noun(words.lemma(noun)) && words.xpos[noun] != Xpos::Nnp)
}

/// True if a noun at `at` starts a new phrase although a noun is before it: a weekday after another noun, a name after a plural.
fn splits_nouns(words: &Words<'_>, at: usize) -> bool {
    if at == 0 {
        return false;
    }
    let (lower, before) = (words.lower(at), words.xpos[at - 1]);
    if matches!(lower, "yesterday" | "today" | "tomorrow" | "tonight") {
        return true;
    }
    if words::is_weekday(lower) && !words::is_weekday(words.lower(at - 1)) && !words::is_month(words.lower(at - 1)) {
        return true;
    }
    // "told reporters Moscow would": a plural is seldom the modifier of a name.
    before == Xpos::Nns
        && words.is_name(at)
        && matches!(words.lower(at - 1), "reporters" | "journalists" | "lawmakers" | "officials")
}

fn noun_follows(words: &Words<'_>, at: usize) -> bool {
    for word in at..at + 4 {
        match words.tag(word) {
            Some(Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps) => return true,
            Some(Xpos::Jj | Xpos::Cd | Xpos::Vbn | Xpos::Vbg | Xpos::Hyph | Xpos::Jjr | Xpos::Jjs) => {}
            _ => return false,
        }
    }
    false
}

fn noun_phrase_follows(words: &Words<'_>, at: usize) -> bool {
    matches!(words.tag(at), Some(Xpos::Dt | Xpos::PrpS | Xpos::Prp | Xpos::Cd))
}

/// A hyphen that joins: no white space around it.
fn tree_gap(words: &Words<'_>, at: usize) -> bool {
    let tokens = words.text.tokens;
    let token = words.first + at;
    at == 0
        || at + 1 >= words.len()
        || tokens.span(token - 1).end != tokens.span(token).start
        || tokens.span(token).end != tokens.span(token + 1).start
}

/// "Russian and Ukrainian forces", "two or three men": a conjunction between modifiers of one noun.
fn joins_modifiers(words: &Words<'_>, at: usize, after_modifier: bool) -> bool {
    if at == 0 || !after_modifier || !matches!(words.lower(at), "and" | "or" | "&") {
        return false;
    }
    let (before, after) = (words.tag(at - 1), words.tag(at + 1));
    match before {
        Some(Xpos::Jj | Xpos::Vbn) => matches!(after, Some(Xpos::Jj | Xpos::Vbn)) && noun_follows(words, at + 2),
        Some(Xpos::Cd) => after == Some(Xpos::Cd) && noun_follows(words, at + 2),
        _ => false,
    }
}

/// Four digits that read as a year.
pub(crate) fn is_year(lower: &str) -> bool {
    lower.len() == 4
        && (lower.starts_with("19") || lower.starts_with("20"))
        && lower.bytes().all(|b| b.is_ascii_digit())
}

fn is_year_after_date(words: &Words<'_>, comma: usize) -> bool {
    let year = words.lower(comma + 1);
    comma >= 2
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && words.tag(comma - 1) == Some(Xpos::Cd)
        && words::is_month(words.lower(comma - 2))
}

/// Attaches the words of a noun phrase `start..end` to its head.
fn build_phrase(words: &mut Words<'_>, tree: &mut Tree, start: usize, end: usize) -> Unit {
    let last_noun = (start..end).rev().find(|&w| words.is_noun(w));
    let money = (start..end).find(|&w| words.xpos[w] == Xpos::Dollar);
    let mut head = match (last_noun, money) {
        (Some(noun), _) => noun,
        (None, Some(sign)) => sign,
        (None, None) => end - 1,
    };
    let mut special = words::is_time_noun(words.lemma(head))
        || words::is_weekday(words.lower(head))
        || words::is_month(words.lower(head));
    // Dates: the day is the head.
    if words::is_month(words.lower(head)) && words.is_noun(head) {
        let day = (start..end)
            .find(|&w| words.tag(w) == Some(Xpos::Cd) && words.lower(w).len() <= 2 && w.abs_diff(head) == 1);
        let month = head;
        if let Some(day) = day {
            tree.attach(month, day, Deprel::NmodUnmarked);
            head = day;
        }
        special = true;
        for w in start..end {
            if w != head && tree.is_free(w) {
                let rel = match words.xpos[w] {
                    Xpos::Comma => Deprel::Punct,
                    Xpos::Dt => Deprel::Det,
                    Xpos::Jj => Deprel::Amod,
                    Xpos::Cd => Deprel::NmodUnmarked,
                    _ if words::is_weekday(words.lower(w)) => Deprel::NmodUnmarked,
                    _ => Deprel::Compound,
                };
                tree.attach(w, head, rel);
            }
        }
        return Unit { special, ..spanning(Kind::Noun, start, end, head) };
    }
    if words.xpos[head] == Xpos::Cd && last_noun.is_none() {
        special = is_year(words.lower(head));
    }
    if let Some(noun) = last_noun {
        head = name_head(words, tree, start, noun);
        // A number after the noun: "Room 12".
        for w in noun + 1..end {
            if tree.is_free(w) {
                let rel = match words.xpos[w] {
                    Xpos::Cd => Deprel::Nummod,
                    Xpos::Hyph | Xpos::Comma => Deprel::Punct,
                    _ => Deprel::Dep,
                };
                tree.attach(w, head, rel);
            }
        }
    }
    attach_modifiers(words, tree, start, end, head);
    let adjective = last_noun.is_none()
        && money.is_none()
        && words.is_adjective(head)
        && !(start..head).any(|w| matches!(words.xpos[w], Xpos::Dt | Xpos::PrpS));
    let kind = if adjective { Kind::Adj } else { Kind::Noun };
    Unit { special, ..spanning(kind, start, end, head) }
}

/// Finds the head of a run that ends in `noun`: the first word of a person's name, else the last noun.
fn name_head(words: &Words<'_>, tree: &mut Tree, start: usize, noun: usize) -> usize {
    if words.xpos[noun] != Xpos::Nnp {
        return noun;
    }
    let mut first = noun;
    while first > start
        && (words.xpos[first - 1] == Xpos::Nnp
            || words.xpos[first - 1] == Xpos::Hyph && first > start + 1 && words.xpos[first - 2] == Xpos::Nnp
            || words::is_name_particle(words.lower(first - 1)) && first > start + 1 && words.is_name(first - 2))
    {
        first -= 1;
    }
    if first < noun && words.xpos[first] == Xpos::Hyph {
        first += 1;
    }
    // Titles and posts before the name.
    let mut name = first;
    while name < noun && words::is_title(words.lower(name)) {
        name += 1;
    }
    let common = |w: usize| words::is_name_noun(words.lower(w));
    let plural = words.lexicon.is_plural(words.lower(noun));
    let adjective = (name..noun).any(|w| words.lexicon.is_adjective(words.lower(w)));
    let flat = !common(noun) && (name > first || !(name..=noun).any(common) && !plural && !adjective);
    if !flat || name == noun && name == first {
        return noun;
    }
    for w in name + 1..=noun {
        tree.attach(w, name, if words.xpos[w] == Xpos::Hyph { Deprel::Punct } else { Deprel::Flat });
    }
    // "Interior Minister Ivan Petrov": the post describes the name, and its own words depend on it.
    if name > first {
        let post = name - 1;
        tree.attach(post, name, Deprel::NmodDesc);
        for w in first..post {
            tree.attach(w, post, Deprel::Compound);
        }
    } else if first > start && words.xpos[first - 1] == Xpos::Nn && words::is_person_noun(words.lemma(first - 1)) {
        let post = first - 1;
        tree.attach(post, name, Deprel::NmodDesc);
        for w in start..post {
            if tree.is_free(w) {
                let rel = match words.xpos[w] {
                    Xpos::Jj | Xpos::Jjs | Xpos::Jjr | Xpos::Vbn => Deprel::Amod,
                    Xpos::Dt => Deprel::Det,
                    Xpos::PrpS => Deprel::NmodPoss,
                    Xpos::Cd => Deprel::Nummod,
                    Xpos::Hyph => Deprel::Punct,
                    _ => Deprel::Compound,
                };
                tree.attach(w, post, rel);
            }
        }
    }
    name
}

fn attach_modifiers(words: &Words<'_>, tree: &mut Tree, start: usize, end: usize, head: usize) {
    let mut conjunction: Option<(usize, usize)> = None;
    // A name of several words before a common noun ("Security Council resolution") keeps together.
    let mut name_end = start;
    for w in start..end {
        if w >= name_end && words.xpos[w] == Xpos::Nnp {
            name_end = w + 1;
            while name_end < end && words.xpos[name_end] == Xpos::Nnp {
                name_end += 1;
            }
        }
        let nested =
            |w: usize| if w + 1 < name_end && name_end <= head && !words.is_name(head) { name_end - 1 } else { head };
        if w == head || !tree.is_free(w) {
            continue;
        }
        let next_number = (w + 1..end.min(w + 4)).find(|&n| words.xpos[n] == Xpos::Cd || words.xpos[n] == Xpos::Dollar);
        let tag = words.xpos[w];
        // The second half of coordinated modifiers hangs on the first.
        if let Some((first, cc)) = conjunction
            && matches!(tag, Xpos::Jj | Xpos::Vbn | Xpos::Cd)
        {
            tree.attach(w, first, Deprel::Conj);
            tree.attach(cc, w, Deprel::Cc);
            conjunction = None;
            continue;
        }
        let (to, rel) = match tag {
            Xpos::Dt if words.lower(w) == "some" && next_number == Some(w + 1) => (w + 1, Deprel::Advmod),
            Xpos::Dt => (head, Deprel::Det),
            Xpos::Pdt => (head, Deprel::DetPredet),
            Xpos::PrpS => (head, Deprel::NmodPoss),
            Xpos::Cd => {
                let scale = (w + 1..end).find(|&n| words.xpos[n] != Xpos::Hyph);
                match scale {
                    Some(n) if words.xpos[n] == Xpos::Cd && n != head && words::is_scale(words.lower(n)) => {
                        (n, Deprel::Compound)
                    }
                    Some(n) if words.xpos[n] == Xpos::Cd && n == head && words::is_scale(words.lower(n)) => {
                        (n, Deprel::Compound)
                    }
                    _ if w > start + 1 && words.xpos[w - 1] == Xpos::To && words.xpos[w - 2] == Xpos::Cd => {
                        tree.attach(w - 1, w, Deprel::Case);
                        (w - 2, Deprel::Nmod)
                    }
                    _ if is_year(words.lower(w)) && w + 1 < end => (head, Deprel::Compound),
                    _ => (head, Deprel::Nummod),
                }
            }
            Xpos::Dollar => (head, Deprel::Compound),
            Xpos::Jj | Xpos::Jjr | Xpos::Jjs | Xpos::Vbn | Xpos::Vbg => {
                if matches!(words.lower(w), "more" | "fewer" | "less") && words.lower(w + 1) == "than" {
                    (next_number.unwrap_or(head), Deprel::Advmod)
                } else {
                    (head, Deprel::Amod)
                }
            }
            Xpos::Nnp if words.lexicon.is_adjective(words.lower(w)) => (nested(w), Deprel::Amod),
            Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps | Xpos::Fw | Xpos::Afx | Xpos::Add => {
                (nested(w), Deprel::Compound)
            }
            Xpos::Rb | Xpos::Rbr | Xpos::Rbs => {
                let adjective = (w + 1..end).find(|&n| words.is_adjective(n) || words.xpos[n] == Xpos::Vbn);
                (next_number.or(adjective).unwrap_or(head), Deprel::Advmod)
            }
            Xpos::In | Xpos::To | Xpos::Rp => match words.lower(w) {
                "at" => (w + 1, Deprel::Case),
                "than" => (w.saturating_sub(1), Deprel::Fixed),
                "to" if w > start && words.lower(w - 1) == "up" => (next_number.unwrap_or(head), Deprel::Case),
                _ => (next_number.unwrap_or(head), Deprel::Advmod),
            },
            Xpos::Cc => {
                if w > start {
                    conjunction = Some((w - 1, w));
                }
                (head, Deprel::Cc)
            }
            Xpos::Hyph | Xpos::Comma | Xpos::OpenQuote | Xpos::CloseQuote => {
                (if w + 1 < end { w + 1 } else { head }, Deprel::Punct)
            }
            Xpos::Pos => (w.saturating_sub(1), Deprel::Case),
            _ => (head, Deprel::Dep),
        };
        let (to, rel) =
            if words.lower(w) == "least" || words.lower(w) == "most" && w > start && words.lower(w - 1) == "at" {
                (next_number.unwrap_or(head), Deprel::Nmod)
            } else {
                (to, rel)
            };
        // Inside hyphenated modifiers ("61-year-old man") everything hangs on the last part.
        tree.attach(w, to, rel);
    }
}
