//! Who speaks the words in quotation marks.

use dateline_syntax::{Deprel, Relations};
use dateline_tokenizer::{Span, TokenizedText};

use super::draft::phrase;
use super::reading::Reading;
use super::saying::{Content, Pattern, Saying};
use super::source::{Speakers, is_silent, neighbour, speaker_of};
use crate::annotation::{Quote, Status};
use crate::frame::Grammar;
use crate::quote::Quotation;

/// A quotation with who speaks it.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) span: Span,
    pub(super) speaker: Option<Speaker>,
}

impl Spoken {
    /// The quotation as the report has it.
    pub(super) fn annotation(&self, text: &str) -> Quote {
        let speaker = self.speaker.as_ref().map(|speaker| phrase(text, speaker.span));
        Quote { start: self.span.start, end: self.span.end, speaker }
    }
}

/// Who speaks, by which verb.
#[derive(Clone, Debug)]
pub(super) struct Speaker {
    /// Who speaks.
    pub(super) span: Span,
    /// The token that names who speaks.
    pub(super) token: usize,
    pub(super) verb: Span,
    pub(super) status: Status,
}

/// A verb of saying with its subject, as tokens of the text.
struct Cue {
    verb: usize,
    speaker: usize,
    at: Speaker,
}

/// How many tokens behind a quotation its verb may stand: `," said the mayor of the old town`.
const NEAR: usize = 8;

/// Gives quotations, which are in text order, their speakers.
pub(super) fn speakers<R: Relations>(
    saying: &Saying,
    text: TokenizedText<'_>,
    reading: &Reading<'_>,
    grammars: &[Grammar<'_, R>],
    named: Speakers<'_>,
    quotations: &[Quotation],
) -> Vec<Spoken> {
    if quotations.is_empty() {
        return Vec::new();
    }
    let cues = cues(saying, reading, grammars, named);
    let tokens = text.tokens;
    let mut out: Vec<Spoken> = Vec::with_capacity(quotations.len());
    let mut inside = 0;
    for (index, quotation) in quotations.iter().enumerate() {
        let words = tokens.overlapping(quotation.span);
        let Some(last) = words.clone().next_back() else { continue };
        let sentence_of = |token: usize| tokens.sentence_of(token).map(|sentence| tokens.sentence(sentence));
        let previous_end = index.checked_sub(1).map_or(0, |index| tokens.overlapping(quotations[index].span).end);
        let next_start = quotations.get(index + 1).map_or(tokens.len(), |next| tokens.overlapping(next.span).start);
        // Cues are in text order, and so are quotations.
        while inside < cues.len() && cues[inside].verb < words.start {
            inside += 1;
        }
        let first_after = inside + cues[inside..].iter().take_while(|cue| cue.verb <= last).count();
        let behind = cues.get(first_after).filter(|cue| cue.verb < next_start.max(words.end));
        let stops = text.text[quotation.span]
            .trim_end_matches(['"', '”', '»', '’', '\'', '“'])
            .ends_with([',', '?', '!', '.', '…', '-', '—', '–']);
        let end = sentence_of(last).map_or(words.end, |sentence| sentence.end);
        // Two sentences, if the first one ends with the quotation's own question mark.
        let asks = end == words.end && end < tokens.len() && !text.text[quotation.span].ends_with(['.', ',']);
        let near = |cue: &&Cue| {
            let same = cue.verb < end || asks && cue.verb < words.end + 4;
            same && cue.verb < words.end + NEAR && cue.speaker > last
        };
        let start = sentence_of(words.start).map_or(words.start, |sentence| sentence.start);
        let ahead =
            cues[..inside].last().filter(|cue| cue.verb >= start.max(previous_end) || cue.verb + 2 >= words.start);
        let found = behind
            .filter(|cue| stops && near(cue))
            .or(ahead)
            .or_else(|| cues[..inside].last().filter(|cue| cue.verb >= start))
            .or_else(|| behind.filter(|cue| cue.verb < end && cue.speaker > last));
        let goes_on = || {
            let previous = out.last().filter(|_| index > 0)?;
            let before = tokens.overlapping(previous.span).end.checked_sub(1)?;
            let adjacent = match (tokens.sentence_of(before), tokens.sentence_of(words.start)) {
                (Some(one), Some(other)) => other - one <= 1 && words.start == tokens.sentence(other).start,
                _ => false,
            };
            (adjacent || !quotations[index - 1].closed).then(|| previous.speaker.clone()).flatten()
        };
        let speaker = found.map(|cue| cue.at.clone()).or_else(goes_on);
        out.push(Spoken { span: quotation.span, speaker });
    }
    out
}

/// The verbs of saying of a text with their subjects, in text order.
fn cues<R: Relations>(
    saying: &Saying,
    reading: &Reading<'_>,
    grammars: &[Grammar<'_, R>],
    named: Speakers<'_>,
) -> Vec<Cue> {
    let mut out = Vec::new();
    for (piece, grammar) in grammars.iter().enumerate() {
        let relations = grammar.relations();
        let first = relations.first_token();
        for verb in 0..relations.len() {
            if !grammar.is_verb(verb) || grammar.is_passive(verb) || relations.deprel(verb) == Deprel::Amod {
                continue;
            }
            let class =
                saying.verb(grammar, verb).filter(|(class, _)| class.has(Content::Clause) || class.has(Content::As));
            let class = class.map(|(class, _)| class).or_else(|| saying.class(Pattern::Quote, relations.lemma(verb)));
            let Some(class) = class.filter(|_| !is_silent(saying, grammar, verb)) else { continue };
            let Some(word) = speaker_of(grammar, verb).or_else(|| neighbour(grammar, verb)) else { continue };
            let at = Speaker {
                span: named.span(reading, grammar, piece, word),
                token: first + word,
                verb: relations.span(verb),
                status: class.status,
            };
            out.push(Cue { verb: first + verb, speaker: first + word, at });
        }
    }
    out
}
