use std::borrow::Cow;
use std::ops::Range;

use dateline_gazetteer::{Mention, PlaceKind, Use};
use dateline_syntax::{Analysis, Analyzer, Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::{Span, TokenizedText};

use super::scene::Context;
use crate::actor::Nature;
use crate::annotation::{Actor, ActorKind};
use crate::frame::{ClassSet, Entry, Frames, Grammar, is_noun_trigger, may_name_event};
use crate::words::lower;

/// Sentences longer than this are read in pieces, so that whatever a question costs in one piece stays bounded.
const LONGEST: usize = 400;

/// The grammar of the whole text, piece by piece.
pub(super) struct Reading<'t> {
    pub(super) text: TokenizedText<'t>,
    pub(super) analyses: Vec<Analysis<'t>>,
    /// The sentence that each piece belongs to.
    pub(super) sentences: Vec<usize>,
    /// The paragraph that each sentence belongs to.
    pub(super) paragraphs: Vec<usize>,
    /// How many sentences at the start are headlines.
    pub(super) headlines: usize,
}

impl<'t> Reading<'t> {
    pub(super) fn new(analyzer: &Analyzer<Cow<'static, [u8]>>, text: TokenizedText<'t>) -> Self {
        let mut analyses = Vec::new();
        let mut sentences = Vec::new();
        let mut next = Analysis::new();
        for sentence in 0..text.tokens.sentence_count() {
            let tokens = text.tokens.sentence(sentence);
            let mut start = tokens.start;
            let mut notes = note(text, tokens.clone());
            while start < tokens.end {
                let end = notes.take().unwrap_or_else(|| tokens.end.min(start + LONGEST));
                let mut analysis = std::mem::take(&mut next);
                analyzer.tag_tokens(text, start..end, &mut analysis);
                analyzer.parse(&mut analysis);
                next = analysis.successor();
                analyses.push(analysis);
                sentences.push(sentence);
                start = end;
            }
        }
        let paragraphs = paragraphs(text);
        let headlines = headlines(text, &paragraphs);
        Self { text, analyses, sentences, paragraphs, headlines }
    }

    /// The piece and the word in it that a token is; none for tokens of the head.
    pub(super) fn locate(&self, token: usize) -> Option<(usize, usize)> {
        let piece = self.analyses.partition_point(|analysis| analysis.first_token() + analysis.len() <= token);
        let first = self.analyses.get(piece)?.first_token();
        (first <= token).then(|| (piece, token - first))
    }

    /// The words of a piece that overlap a span.
    pub(super) fn words(&self, piece: usize, span: Span) -> Range<usize> {
        let analysis = &self.analyses[piece];
        let first = analysis.first_token();
        let tokens = self.text.tokens.overlapping(span);
        let start = tokens.start.clamp(first, first + analysis.len()) - first;
        let end = tokens.end.clamp(first, first + analysis.len()) - first;
        start..end.max(start)
    }

    /// From the first to the last of some words of a piece.
    pub(super) fn span(&self, piece: usize, words: Range<usize>) -> Span {
        if words.is_empty() {
            return Span::default();
        }
        let analysis = &self.analyses[piece];
        Span::new(analysis.span(words.start).start, analysis.span(words.end - 1).end)
    }
}

/// How many tokens the notes of an editor before a sentence may have.
const NOTE: usize = 40;

/// How many words may stand before a colon as a heading.
const HEADING: usize = 3;

/// Where the sentence begins behind what is no part of it: notes of an editor in square brackets ("[Excerpt] Gunmen attacked"), a
/// heading ("Goma: Police arrested").
fn note(text: TokenizedText<'_>, sentence: Range<usize>) -> Option<usize> {
    let reach = sentence.end.min(sentence.start + NOTE);
    let mut end = None;
    let mut at = sentence.start;
    while at < reach && text.as_str(at) == "[" {
        at = 1 + (at..reach).find(|&token| text.as_str(token) == "]")?;
        end = Some(at);
    }
    let heading = at..reach.min(at + HEADING + 1);
    let capital = |token: usize| text.as_str(token).starts_with(char::is_uppercase);
    if let Some(colon) = heading.clone().find(|&token| text.as_str(token) == ":")
        && colon > at
        && (at..colon).all(capital)
        && colon + 1 < sentence.end
        && capital(colon + 1)
    {
        end = Some(colon + 1);
    }
    end.filter(|&end| end < sentence.end)
}

/// The number of the paragraph of each sentence. Paragraphs end at blank lines; in a text without any, at every new line.
fn paragraphs(text: TokenizedText<'_>) -> Vec<usize> {
    let blank = |gap: &str| gap.matches('\n').count() > 1;
    let spans: Vec<Span> = (0..text.tokens.sentence_count()).map(|index| text.tokens.sentence_span(index)).collect();
    let gaps: Vec<&str> = spans.windows(2).map(|pair| &text.text[pair[0].end..pair[1].start]).collect();
    let by_blanks = gaps.iter().any(|gap| blank(gap));
    let mut out = vec![0; spans.len()];
    for (index, gap) in gaps.iter().enumerate() {
        let ends = if by_blanks { blank(gap) } else { gap.contains('\n') };
        out[index + 1] = out[index] + usize::from(ends);
    }
    out
}

/// How many sentences a headline may have, its second line counted.
const HEADLINES: usize = 2;

/// How many tokens a headline may have.
const HEADLINE: usize = 24;

/// How many sentences at the start of the text are headlines: paragraphs of one short sentence that no full stop ends, with a report
/// behind them.
fn headlines(text: TokenizedText<'_>, paragraphs: &[usize]) -> usize {
    let is_headline = |&sentence: &usize| {
        let tokens = text.tokens.sentence(sentence);
        let alone = paragraphs[sentence + 1] > paragraphs[sentence]
            && (sentence == 0 || paragraphs[sentence - 1] < paragraphs[sentence]);
        let ends = |token: usize| matches!(text.as_str(token), "." | "!" | "?" | ":" | "\"" | "”");
        alone && tokens.len() <= HEADLINE && !tokens.clone().next_back().is_some_and(ends)
    };
    let candidates = 0..paragraphs.len().saturating_sub(1).min(HEADLINES);
    candidates.take_while(|sentence| is_headline(sentence)).count()
}

/// Which place or actor stands at a token.
pub(super) struct ByToken {
    pub(super) place: Vec<u32>,
    pub(super) actor: Vec<u32>,
}

pub(super) const NOTHING: u32 = u32::MAX;

impl ByToken {
    pub(super) fn new(text: TokenizedText<'_>, places: &[Mention], actors: &[Actor]) -> Self {
        let mut place = vec![NOTHING; text.tokens.len()];
        let mut actor = vec![NOTHING; text.tokens.len()];
        for (index, mention) in places.iter().enumerate() {
            for token in text.tokens.overlapping(mention.span) {
                place[token] = index as u32;
            }
        }
        for (index, mention) in actors.iter().enumerate() {
            for token in text.tokens.overlapping(Span::new(mention.start, mention.end)) {
                actor[token] = index as u32;
            }
        }
        Self { place, actor }
    }
}

/// Something named earlier, for pronouns and definite nouns to refer to.
#[derive(Clone, Copy, Debug)]
struct Named {
    /// The token that names it.
    token: usize,
    classes: ClassSet,
    actor: Option<usize>,
    plural: bool,
    person: bool,
}

/// What was named lately.
#[derive(Debug, Default)]
pub(super) struct Memory {
    named: Vec<Named>,
}

/// How many earlier names a pronoun may reach back.
const REACH: usize = 24;

/// Classes of each word of a piece, and the actor that each noun or pronoun refers to.
pub(super) struct Words {
    pub(super) classes: Vec<ClassSet>,
    pub(super) actors: Vec<Option<usize>>,
}

/// The classes that the engine itself gives.
#[derive(Debug)]
pub(super) struct BuiltIn {
    actor: ClassSet,
    country: ClassSet,
    organization: ClassSet,
    person: ClassSet,
    group: ClassSet,
    place: ClassSet,
    state: ClassSet,
    named: ClassSet,
    time: ClassSet,
    number: ClassSet,
    name: ClassSet,
    event: ClassSet,
    pronoun: ClassSet,
    armed: ClassSet,
    human: ClassSet,
    collective: ClassSet,
    anaphor: ClassSet,
    one_person: ClassSet,
    body: ClassSet,
    settlement: ClassSet,
    area: ClassSet,
    lifeless: ClassSet,
    machine: ClassSet,
    weapon: ClassSet,
}

impl BuiltIn {
    pub(super) fn new(frames: &Frames) -> Self {
        let of = |name: &str| frames.classes.closure(name).unwrap_or_default();
        let bit = |name: &str| frames.classes.bit(name).unwrap_or_default();
        Self {
            actor: of("actor"),
            country: of("country"),
            organization: of("organization"),
            person: of("person"),
            group: of("group"),
            place: of("place"),
            state: of("state"),
            named: of("named"),
            time: of("time"),
            number: of("number"),
            name: of("name"),
            event: of("event"),
            pronoun: of("pronoun"),
            armed: of("armed_actor"),
            human: bit("human"),
            collective: bit("collective"),
            anaphor: bit("anaphor"),
            one_person: bit("person"),
            body: bit("organization"),
            settlement: bit("settlement"),
            area: bit("area"),
            machine: bit("weapon").union(bit("aerial")).union(bit("vehicle")),
            weapon: bit("weapon"),
            lifeless: [
                "weapon", "aerial", "debris", "object", "area", "fire", "service", "event", "time", "crime", "money",
                "place",
            ]
            .into_iter()
            .fold(ClassSet::default(), |set, name| set.union(bit(name))),
        }
    }

    pub(super) fn time(&self) -> ClassSet {
        self.time
    }

    pub(super) fn human(&self) -> ClassSet {
        self.human
    }

    pub(super) fn one_person(&self) -> ClassSet {
        self.one_person
    }

    /// Organisations.
    pub(super) fn body(&self) -> ClassSet {
        self.body
    }

    /// Towns and villages.
    pub(super) fn settlement(&self) -> ClassSet {
        self.settlement
    }

    /// States, towns, grounds.
    pub(super) fn area(&self) -> ClassSet {
        self.area
    }

    pub(super) fn weapon(&self) -> ClassSet {
        self.weapon
    }

    /// Weapons, aircraft and vehicles.
    pub(super) fn machine(&self) -> ClassSet {
        self.machine
    }

    /// What cannot suffer.
    pub(super) fn lifeless(&self) -> ClassSet {
        self.lifeless
    }

    /// Is it a capitalised name of which nothing more is known?
    pub(super) fn is_bare_name(&self, classes: ClassSet) -> bool {
        classes == self.name
    }

    pub(super) fn collective(&self) -> ClassSet {
        self.collective
    }

    fn of_actor(&self, actor: &Actor) -> ClassSet {
        let kind = match actor.kind {
            ActorKind::Country => self.country,
            ActorKind::Organization => self.organization,
            ActorKind::Person => self.person,
            ActorKind::Group => self.group,
        };
        let armed = matches!(actor.sector.as_deref(), Some("MIL" | "REB" | "UAF" | "COP" | "PRM" | "SPY"));
        kind.union(self.actor).union(if armed { self.armed } else { ClassSet::default() })
    }
}

/// What the words of a piece may be.
pub(super) fn words<R: Relations>(
    context: Context<'_, '_>,
    grammar: &Grammar<'_, R>,
    by_token: &ByToken,
    actors: &[Actor],
    times: &[bool],
    memory: &mut Memory,
) -> Words {
    let Context { frames, built_in, places, .. } = context;
    let relations = grammar.relations();
    let first = relations.first_token();
    let mut out = Words { classes: vec![ClassSet::default(); relations.len()], actors: vec![None; relations.len()] };
    let mut key = String::new();
    for word in 0..relations.len() {
        let upos = relations.upos(word);
        if matches!(upos, Upos::Punct | Upos::Adp | Upos::Aux | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Intj) {
            continue;
        }
        let mut set = lexicon_classes(frames, relations, word, &mut key);
        let token = first + word;
        let place = by_token.place[token];
        if place != NOTHING && places[place as usize].usage != Use::Demonym {
            set = set.union(built_in.place);
            if places[place as usize].kind == PlaceKind::Country {
                set = set.union(built_in.state);
            }
            if places[place as usize].usage == Use::Metonym {
                set = set.union(built_in.country);
            }
        }
        let actor = by_token.actor[token];
        if actor != NOTHING && is_head_of(relations, word, &actors[actor as usize], first, by_token) {
            out.actors[word] = Some(actor as usize);
            set = set.union(built_in.of_actor(&actors[actor as usize]));
        }
        let inside = actor != NOTHING && actors[actor as usize].kind == ActorKind::Organization;
        if inside {
            set = set.union(built_in.named);
        }
        if upos == Upos::Num {
            set = set.union(built_in.number);
        }
        if times[token] {
            set = set.union(built_in.time);
        }
        if upos == Upos::Propn && set.is_empty() {
            set = set.union(built_in.name);
        }
        if !times[token] && !inside && is_noun_trigger(frames, grammar, &out.classes, word) {
            set = set.union(built_in.event);
        }
        out.classes[word] = set;
    }
    share(grammar, &mut out, built_in);
    refer(frames, built_in, grammar, actors, memory, &mut out);
    out
}

/// What a country before a noun is to it.
pub(super) fn nature<R: Relations>(frames: &Frames, grammar: &Grammar<'_, R>, word: usize) -> Nature {
    let relations = grammar.relations();
    let classes = frames.classes.of(relations.lemma(word));
    let of = |class: &str| frames.classes.bit(class).unwrap_or_default();
    if classes.intersects(of("weapon").union(of("aerial"))) || may_name_event(frames, relations, word) {
        Nature::Act
    } else if classes.intersects(of("area")) {
        Nature::Area
    } else {
        Nature::Other
    }
}

/// Is the word the one that the rest of the actor's name hangs on?
fn is_head_of<R: Relations + ?Sized>(
    relations: &R,
    word: usize,
    actor: &Actor,
    first: usize,
    by_token: &ByToken,
) -> bool {
    let span = relations.span(word);
    let inside = |word: usize| {
        let other = relations.span(word);
        actor.start <= other.start && other.end <= actor.end && by_token.actor[first + word] != NOTHING
    };
    inside(word) && span.end <= actor.end && relations.head(word).is_none_or(|head| !inside(head))
}

/// Classes after the longest entry that ends in the word: "air defence system" before "system".
fn lexicon_classes<R: Relations + ?Sized>(frames: &Frames, relations: &R, word: usize, key: &mut String) -> ClassSet {
    let (lemma, form) = (lower(relations.lemma(word)), lower(relations.form(word)));
    let by_lemma = frames.classes.entry(&lemma);
    let by_form = if form == lemma { Entry::default() } else { frames.classes.entry(&form) };
    let mut parts = [0usize; 6];
    let mut count = 1;
    parts[0] = word;
    let mut at = word;
    while count < parts.len().min(by_lemma.longest.max(by_form.longest)) && at > 0 {
        at -= 1;
        if matches!(relations.form(at), "-" | "‑" | "–") {
            continue;
        }
        if !matches!(relations.upos(at), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb | Upos::X | Upos::Adv) {
            break;
        }
        parts[count] = at;
        count += 1;
    }
    for length in (2..=count).rev() {
        for (last, longest) in [(&lemma, by_lemma.longest), (&form, by_form.longest)] {
            if length > longest {
                continue;
            }
            key.clear();
            for &part in parts[1..length].iter().rev() {
                key.push_str(&lower(relations.form(part)));
                key.push(' ');
            }
            key.push_str(last);
            let set = frames.classes.of(key);
            if !set.is_empty() {
                return set;
            }
        }
    }
    if by_lemma.classes.is_empty() { by_form.classes } else { by_lemma.classes }
}

/// Appositions and partitives share the classes of their nouns: "dozens of drones", "the Shahed, a drone".
fn share<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, out: &mut Words, built_in: &BuiltIn) {
    let relations = grammar.relations();
    for word in (0..relations.len()).rev() {
        let partitive = matches!(relations.upos(word), Upos::Num | Upos::Pron)
            || out.classes[word].intersects(built_in.number.union(built_in.collective));
        let mut set = ClassSet::default();
        let mut actor = None;
        for dependent in grammar.dependents(word) {
            match relations.deprel(dependent) {
                Deprel::Nmod if partitive && grammar.has_case(dependent, "of") => {
                    set = set.union(out.classes[dependent]);
                    actor = actor.or(out.actors[dependent]);
                }
                // "the ambassador, a veteran", "ambassador Jane Doe".
                Deprel::Appos | Deprel::NmodDesc => {
                    set = set.union(out.classes[dependent]);
                    actor = actor.or(out.actors[dependent]);
                }
                _ => {}
            }
        }
        out.classes[word] = out.classes[word].union(set);
        out.actors[word] = out.actors[word].or(actor);
    }
}

/// The subject of the verb over the clause whose subject a pronoun is: "the group" of "the group said it had left".
fn speaker_over<R: Relations + ?Sized>(grammar: &Grammar<'_, R>, pronoun: usize) -> Option<usize> {
    let relations = grammar.relations();
    let is_subject = |word: usize| matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass);
    let verb = relations.head(pronoun).filter(|_| is_subject(pronoun))?;
    let over = relations.head(verb).filter(|_| relations.deprel(verb) == Deprel::Ccomp)?;
    grammar.with(over, Deprel::Nsubj).find(|&subject| subject < pronoun)
}

/// Pronouns and "the group" refer to the last thing named that fits.
fn refer<R: Relations + ?Sized>(
    frames: &Frames,
    built_in: &BuiltIn,
    grammar: &Grammar<'_, R>,
    actors: &[Actor],
    memory: &mut Memory,
    out: &mut Words,
) {
    let relations = grammar.relations();
    let whole =
        frames.classes.bit("organization").unwrap_or_default().union(frames.classes.bit("group").unwrap_or_default());
    let human = built_in.human;
    let first = relations.first_token();
    for word in 0..relations.len() {
        let upos = relations.upos(word);
        if upos == Upos::Pron {
            // "Police fired tear gas to disperse them": whoever does it does it to somebody else.
            let undergoes = matches!(relations.deprel(word), Deprel::Obj | Deprel::Iobj);
            let doer = relations.head(word).filter(|_| undergoes).and_then(|verb| grammar.subject(verb));
            let (doer, of_doer) = (doer.map(|doer| first + doer), doer.and_then(|doer| out.actors[doer]));
            let (plural, person, thing) = match &*lower(relations.form(word)) {
                "they" | "them" | "their" | "theirs" => (true, false, false),
                "he" | "she" | "him" | "her" | "his" | "hers" => (false, true, false),
                "it" | "its" => (false, false, true),
                _ => continue,
            };
            let fits = |named: &Named| {
                if doer == Some(named.token) || of_doer.is_some() && of_doer == named.actor {
                    return false;
                }
                if person {
                    return named.person;
                }
                if thing {
                    return !named.plural && !named.person;
                }
                named.plural == plural || named.classes.intersects(whole)
            };
            // "The group said it had left": who says so, known or not.
            let speaker = speaker_over(grammar, word).filter(|&speaker| {
                let many = matches!(relations.xpos(speaker), Xpos::Nns | Xpos::Nnps);
                let classes = out.classes[speaker];
                let one = classes.intersects(built_in.one_person) && !many;
                let sort = if person { one } else { !one && (plural == many || classes.intersects(whole)) };
                !classes.is_empty() && sort && relations.upos(speaker) != Upos::Pron
            });
            if let Some(speaker) = speaker {
                out.classes[word] = out.classes[speaker];
                out.actors[word] = out.actors[speaker];
                continue;
            }
            let found = memory.named.iter().rev().take(REACH).find(|named| fits(named));
            out.classes[word] = match found {
                Some(named) => named.classes,
                None => built_in.pronoun,
            };
            out.actors[word] = found.and_then(|named| named.actor);
            continue;
        }
        // An elided noun: "two were shot down" after "five drones".
        if upos == Upos::Num
            && !out.classes[word].intersects(human)
            && matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Conj)
            && let Some(named) = memory.named.iter().rev().take(REACH).find(|named| named.plural)
        {
            out.classes[word] = out.classes[word].union(named.classes);
        }
        if !matches!(upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let definite = grammar.with(word, Deprel::Det).any(|det| grammar.is(det, "the"));
        if definite && out.actors[word].is_none() && out.classes[word].intersects(built_in.anaphor) {
            let found = memory.named.iter().rev().take(REACH).find(|named| named.actor.is_some() && !named.person);
            if let Some(named) = found {
                out.actors[word] = named.actor;
                out.classes[word] = out.classes[word].union(named.classes);
            }
        }
        let argument = matches!(
            relations.deprel(word),
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Obj
                | Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Conj
                | Deprel::Root
        );
        // "told AFP", "on Telegram": who passes news on does nothing in it.
        let passes_on = out.actors[word].is_some_and(|actor| {
            let actor = &actors[actor];
            actor.kind == ActorKind::Organization && matches!(actor.sector.as_deref(), Some("JRN" | "BUS"))
        });
        if argument && !passes_on && !out.classes[word].is_empty() && !out.classes[word].intersects(built_in.time) {
            let classes = out.classes[word];
            let plural = matches!(relations.xpos(word), Xpos::Nns | Xpos::Nnps);
            let person = classes.intersects(built_in.one_person) && !plural;
            memory.named.push(Named { token: first + word, classes, actor: out.actors[word], plural, person });
        }
    }
}
