//! Who says that an event happened, and how surely.

use std::ops::Range;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;

use super::draft::{Draft, phrase};
use super::reading::{NOTHING, Reading};
use super::saying::{Class, Content, Pattern, Saying};
use super::scene::Scene;
use super::speaker::Spoken;
use crate::annotation::{Actor, Polarity, Source, Status};
use crate::frame::{Grammar, Kind};
use crate::words::lower;

/// How far an event climbs the tree to find who tells it.
const STEPS: usize = 24;

/// The actors of a text, to say how far the words for a speaker reach.
#[derive(Clone, Copy)]
pub(super) struct Speakers<'s> {
    pub(super) actors: &'s [Actor],
    /// The actor at each token.
    pub(super) actor_at: &'s [u32],
}

impl Speakers<'_> {
    /// The words for the speaker whose head is `word`: an actor's, with those coordinated, else its phrase.
    pub(super) fn span<R: Relations>(
        self,
        reading: &Reading<'_>,
        grammar: &Grammar<'_, R>,
        piece: usize,
        word: usize,
    ) -> Span {
        let relations = grammar.relations();
        let own = |word: usize| match self.actor_at[relations.first_token() + word] {
            NOTHING => reading.span(piece, grammar.phrase(word)),
            actor => Span::new(self.actors[actor as usize].start, self.actors[actor as usize].end),
        };
        let span = own(word);
        let last = grammar.with(word, Deprel::Conj).filter(|&other| grammar.is_nominal(other)).last();
        Span::new(span.start, last.map_or(span.end, |last| own(last).end.max(span.end)))
    }
}

/// Who tells something, by which words.
#[derive(Clone, Debug)]
struct Attribution {
    /// The word for the speaker, if the text names one.
    speaker: Option<usize>,
    /// The words that say that somebody tells it.
    cue: Range<usize>,
    status: Status,
}

/// Says of the events of one piece who tells them and what becomes of their status.
///
/// The nearest speaker counts: "the agency said that police had confirmed the attack" is told by the police.
pub(super) fn sources_of_piece(
    saying: &Saying,
    scene: &Scene<'_, '_>,
    named: Speakers<'_>,
    quotes: &[Spoken],
    drafts: &mut [Draft],
) {
    let text = scene.context.reading.text.text;
    let reader = Reader { saying, scene, spoken: spoken(saying, scene) };
    for draft in drafts {
        if scene.context.frames.frames[draft.frame].kind == Kind::Speech {
            continue;
        }
        let hedge = reader.hedge(draft);
        let found = reader.read(draft);
        let mut status = found.as_ref().map(|found| found.status);
        if let Some(found) = found {
            let several = scene.tail.as_ref().filter(|tail| found.cue == (tail.verb..tail.verb + 1));
            let several = several.filter(|tail| tail.has_several(scene.grammar)).map(|tail| tail.speakers.clone());
            // What is denied by the noun for it is denied as much as what is denied by a clause.
            if found.status == Status::Denied && draft.polarity == Polarity::Affirmed && reader.by_noun(draft, &found) {
                draft.polarity = Polarity::Negated;
            }
            draft.source = found.speaker.map(|word| {
                let span = match several {
                    Some(words) => scene.context.reading.span(scene.piece, words),
                    None => named.span(scene.context.reading, scene.grammar, scene.piece, word),
                };
                let verb = (!found.cue.is_empty()).then(|| scene.context.reading.span(scene.piece, found.cue));
                source(text, span, verb, reader.actor(named, word))
            });
        } else if let Some(speaker) = quoted(quotes, draft.trigger).and_then(|quote| quote.speaker.as_ref()) {
            let actor = named.actor_at[speaker.token];
            let actor = (actor != NOTHING).then_some(actor as usize);
            draft.source = Some(source(text, speaker.span, Some(speaker.verb), actor));
            status = Some(speaker.status);
        }
        // "Officials from Niger said": nothing happened in Niger for that.
        if let Some(source) = &draft.source {
            let speaker = Span::new(source.start, source.end);
            draft.places.retain(|place| !speaker.contains(scene.context.places[place.place].span));
        }
        // "an alleged attack, police said"
        let status = hedge.filter(|_| !matches!(status, Some(Status::Denied | Status::Confirmed))).or(status);
        if draft.status == Status::Stated {
            draft.status = status.unwrap_or(Status::Stated);
        }
    }
}

/// Gives speakers who are pronouns the actors that they refer to, which are known only when all sentences are read.
pub(super) fn refer(scenes: &[Scene<'_, '_>], drafts: &mut [Draft]) {
    for source in drafts.iter_mut().filter_map(|draft| draft.source.as_mut()).filter(|source| source.actor.is_none()) {
        let Some(reading) = scenes.first().map(|scene| scene.context.reading) else { return };
        let token = reading.text.tokens.first_ending_after(source.start);
        if let Some((piece, word)) = reading.locate(token) {
            source.actor = scenes[piece].words.actors[word];
        }
    }
}

fn source(text: &str, span: Span, verb: Option<Span>, actor: Option<usize>) -> Source {
    let verb = verb.map(|verb| phrase(text, verb));
    Source { start: span.start, end: span.end, text: text[span].to_owned(), verb, actor }
}

/// The quotation that holds a span; they are in text order and do not overlap.
fn quoted(quotes: &[Spoken], span: Span) -> Option<&Spoken> {
    let index = quotes.partition_point(|quote| quote.span.end <= span.start);
    quotes.get(index).filter(|quote| quote.span.contains(span))
}

/// What is said of a clause from beside it, by the word at its head: "according to police", ", police said".
fn spoken(saying: &Saying, scene: &Scene<'_, '_>) -> Vec<Option<Attribution>> {
    let (grammar, relations) = (scene.grammar, scene.relations());
    let mut out: Vec<Option<Attribution>> = vec![None; relations.len()];
    for word in 0..relations.len() {
        let Some(head) = relations.head(word) else { continue };
        if let Some((class, case)) = saying.phrase(grammar, word) {
            let mut over = grammar.predicate(head).unwrap_or(head);
            let words = relations.subtree(word);
            let at_end = (words.end..relations.len()).all(|word| relations.upos(word) == Upos::Punct);
            let at_start = (0..words.start).all(|word| relations.upos(word) == Upos::Punct);
            // At the border of a sentence it goes for all of its clauses.
            if at_start || at_end {
                over = first_conjunct(grammar, over);
            }
            let last = grammar.with(case, Deprel::Fixed).last().unwrap_or(case);
            out[over].get_or_insert(Attribution { speaker: Some(word), cue: case..last + 1, status: class.status });
        } else if is_beside(grammar, word)
            && let Some((class, _)) = saying.verb(grammar, word).filter(|(class, _)| class.has(Content::Clause))
            && class.status != Status::Denied
            && !is_silent(saying, grammar, word)
            && let Some(speaker) = grammar.with(word, Deprel::Nsubj).next()
        {
            let attribution = Attribution { speaker: Some(speaker), cue: word..word + 1, status: class.status };
            out[head].get_or_insert(attribution);
        }
    }
    out
}

/// Does a verb stand beside the clause that it may tell, with nothing of its own to tell: ", both governments confirmed"?
fn is_beside<R: Relations>(grammar: &Grammar<'_, R>, verb: usize) -> bool {
    let relations = grammar.relations();
    let own = || grammar.has(verb, Deprel::Ccomp) || grammar.has(verb, Deprel::Obj);
    let joined = || grammar.with(verb, Deprel::Cc).any(|cc| !grammar.is(cc, "both"));
    grammar.is_verb(verb)
        && match relations.deprel(verb) {
            Deprel::Parataxis => true,
            Deprel::Conj => !joined() && !own(),
            _ => false,
        }
}

fn first_conjunct<R: Relations>(grammar: &Grammar<'_, R>, word: usize) -> usize {
    let relations = grammar.relations();
    let mut at = word;
    for _ in 0..STEPS {
        match relations.head(at) {
            Some(head) if relations.deprel(at) == Deprel::Conj => at = head,
            _ => break,
        }
    }
    at
}

/// Who speaks with a verb: its subject; nobody if that is only a placeholder.
pub(super) fn speaker_of<R: Relations>(grammar: &Grammar<'_, R>, verb: usize) -> Option<usize> {
    // ", said the sheriff" borrows no subject from what he said.
    let own = |word: usize| matches!(grammar.relations().deprel(word), Deprel::Nsubj | Deprel::NsubjPass);
    if grammar.relations().deprel(verb) == Deprel::Parataxis && !grammar.dependents(verb).any(own) {
        return None;
    }
    let subject = grammar.subject(verb)?;
    let nobody = !grammar.is_nominal(subject) && grammar.relations().upos(subject) != Upos::Det;
    (!nobody && subject != verb).then_some(subject)
}

/// Who stands right before or behind a verb of saying that has no subject in the tree: "the sheriff said", "said the sheriff".
pub(super) fn neighbour<R: Relations>(grammar: &Grammar<'_, R>, verb: usize) -> Option<usize> {
    let relations = grammar.relations();
    if let Some(before) = verb.checked_sub(1).filter(|&word| grammar.is_nominal(word)) {
        return Some(before);
    }
    (verb + 1..relations.len().min(verb + 5))
        .find(|&word| {
            let lead = matches!(relations.upos(word), Upos::Det | Upos::Adj | Upos::Num)
                || relations.deprel(word) == Deprel::Compound;
            !lead
        })
        .filter(|&word| grammar.is_nominal(word) && grammar.case(word).is_none())
}

/// Is nothing said by the verb: "did not confirm", "declined to say", "nobody said", "if police confirm"?
pub(super) fn is_silent<R: Relations>(saying: &Saying, grammar: &Grammar<'_, R>, verb: usize) -> bool {
    let relations = grammar.relations();
    let negated = |word: usize| {
        grammar.dependents(word).any(|other| {
            matches!(relations.lemma(other), "not" | "n't" | "never" | "no" | "neither" | "nor")
                && matches!(relations.deprel(other), Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::CcPreconj)
        })
    };
    let nobody = |word: usize| matches!(relations.lemma(word), "nobody" | "none" | "no-one") || negated(word);
    let refused = relations.deprel(verb) == Deprel::Xcomp
        && relations.head(verb).is_some_and(|head| saying.class(Pattern::Silent, relations.lemma(head)).is_some());
    let supposed =
        grammar.with(verb, Deprel::Mark).any(|mark| matches!(relations.lemma(mark), "if" | "whether" | "unless"));
    negated(verb) || refused || supposed || grammar.with(verb, Deprel::Nsubj).any(nobody)
}

struct Reader<'r, 's, 't> {
    saying: &'r Saying,
    scene: &'r Scene<'s, 't>,
    spoken: Vec<Option<Attribution>>,
}

impl Reader<'_, '_, '_> {
    fn actor(&self, named: Speakers<'_>, word: usize) -> Option<usize> {
        let at = named.actor_at[self.scene.relations().first_token() + word];
        self.scene.words.actors[word].or((at != NOTHING).then_some(at as usize))
    }

    /// "alleged", "reportedly": words that take back some of what is said, without a speaker.
    fn hedge(&self, draft: &Draft) -> Option<Status> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let words = draft.matched.words.iter().copied().chain(draft.matched.support);
        words.flat_map(|word| grammar.dependents(word)).find_map(|word| {
            let pattern = match relations.deprel(word) {
                Deprel::Advmod => Pattern::Adverb,
                Deprel::Amod => Pattern::Adjective,
                _ => return None,
            };
            let form = lower(relations.form(word));
            self.saying.class(pattern, &form).map(|class| class.status)
        })
    }

    fn read(&self, draft: &Draft) -> Option<Attribution> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        // "denied any involvement in the attack" denies no attack.
        let mut beside = false;
        let mut at = draft.matched.word;
        for _ in 0..STEPS {
            if let Some(found) = &self.spoken[at] {
                return Some(found.clone());
            }
            let Some(head) = relations.head(at) else { break };
            let own = draft.matched.words.contains(&head) || draft.matched.support == Some(head);
            if !own && let Some(found) = self.edge(draft, at, head) {
                return Some(found).filter(|found| !(beside && found.status == Status::Denied));
            }
            beside |= relations.deprel(at) == Deprel::Nmod && !grammar.has_case(at, "of");
            at = head;
        }
        let tail = self.scene.tail.as_ref().filter(|tail| tail.tells(draft.matched.word))?;
        Some(Attribution { speaker: Some(tail.speaker), cue: tail.verb..tail.verb + 1, status: tail.status })
    }

    /// Is `at` what the word over it says?
    fn edge(&self, draft: &Draft, at: usize, head: usize) -> Option<Attribution> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        if grammar.is_verb(head) {
            let passive = grammar.is_passive(head);
            let (class, particle) = self.class_of(head, passive)?;
            // Nobody puts "he denies" behind what he denies.
            let behind = class.status == Status::Denied && at < head && relations.deprel(at) == Deprel::Ccomp;
            // "denied any role in the blast": the role is denied, and not the blast.
            let within = class.status == Status::Denied
                && relations.deprel(at) == Deprel::Obj
                && !draft.matched.words.contains(&at)
                && draft.matched.support != Some(at);
            let content = self.is_content(class, at, head, particle, passive);
            if behind || within || !content || is_silent(self.saying, grammar, head) {
                return None;
            }
            let cue = head..particle.filter(|&particle| particle == head + 1).unwrap_or(head) + 1;
            if passive {
                let speaker = grammar.dependents(head).find(|&word| {
                    relations.deprel(word) == Deprel::OblAgent
                        || relations.deprel(word) == Deprel::Obl && grammar.has_case(word, "by")
                });
                return Some(Attribution { speaker, cue, status: class.status });
            }
            let speaker = speaker_of(grammar, head).filter(|&speaker| speaker != at)?;
            return Some(Attribution { speaker: Some(speaker), cue, status: class.status });
        }
        if matches!(relations.upos(head), Upos::Noun) {
            let class = self.saying.class(Pattern::Noun, relations.lemma(head))?;
            let told = match relations.deprel(at) {
                Deprel::Acl | Deprel::Ccomp => {
                    // "the claim made by ..." is no clause that it claims, "the claim that they had fled" is.
                    let finite = relations.xpos(at) != Xpos::Vbn || grammar.with(at, Deprel::Aux).next().is_some();
                    class.has(Content::Clause) && finite
                }
                // "the claim that it had hit ...", read as a relative clause
                Deprel::AclRelcl => {
                    let that = |word: usize| relations.lemma(word) == "that" && relations.deprel(word) != Deprel::Nsubj;
                    class.has(Content::Clause) && grammar.dependents(at).any(that) && grammar.has(at, Deprel::Nsubj)
                }
                Deprel::Nmod => class.has(Content::Of) && grammar.has_case(at, "of"),
                _ => false,
            };
            let none = grammar.with(head, Deprel::Det).any(|det| relations.lemma(det) == "no");
            if !told || none {
                return None;
            }
            if let Some(denial) = self.denial(head) {
                return Some(denial);
            }
            let owner = grammar.with(head, Deprel::NmodPoss).next();
            let by = || {
                grammar
                    .with(head, Deprel::Nmod)
                    .find(|&word| word != at && ["by", "from", "of"].iter().any(|case| grammar.has_case(word, case)))
            };
            let maker = || {
                let verb = relations.head(head).filter(|_| relations.deprel(head) == Deprel::Obj)?;
                speaker_of(grammar, verb)
            };
            let speaker = owner.or_else(by).or_else(maker).filter(|&speaker| speaker != at);
            return Some(Attribution { speaker, cue: head..head + 1, status: class.status });
        }
        None
    }

    /// Does a noun for a claim stand between the event and the verb that denies it?
    fn by_noun(&self, draft: &Draft, found: &Attribution) -> bool {
        let relations = self.scene.relations();
        let mut at = draft.matched.word;
        for _ in 0..STEPS {
            let Some(head) = relations.head(at).filter(|&head| head != found.cue.start) else { return false };
            if self.saying.class(Pattern::Noun, relations.lemma(head)).is_some() {
                return relations.head(head) == Some(found.cue.start);
            }
            at = head;
        }
        false
    }

    /// Who denies a claim or report by its noun: "refuted claims that ...", "rejected reports of ...".
    fn denial(&self, noun: usize) -> Option<Attribution> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let verb = relations.head(noun).filter(|_| relations.deprel(noun) == Deprel::Obj)?;
        let (class, _) = self.class_of(verb, false).filter(|(class, _)| class.status == Status::Denied)?;
        let speaker = speaker_of(grammar, verb).filter(|_| !is_silent(self.saying, grammar, verb))?;
        Some(Attribution { speaker: Some(speaker), cue: verb..verb + 1, status: class.status })
    }

    fn class_of(&self, verb: usize, passive: bool) -> Option<(&Class, Option<usize>)> {
        let relations = self.scene.relations();
        let own = self.saying.verb(self.scene.grammar, verb);
        if !passive {
            return own;
        }
        let form = lower(relations.form(verb));
        self.saying.class(Pattern::Passive, &form).map(|class| (class, None)).or(own)
    }

    fn is_content(&self, class: &Class, at: usize, verb: usize, particle: Option<usize>, passive: bool) -> bool {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let object = class.has(Content::Object);
        match relations.deprel(at) {
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj | Deprel::CsubjPass => {
                let gerund = object && relations.xpos(at) == Xpos::Vbg;
                class.has(Content::Clause)
                    || passive && class.has(Content::Infinitive)
                    || gerund
                    || self.is_what(class, verb)
            }
            Deprel::Xcomp => {
                let gerund = object && relations.xpos(at) == Xpos::Vbg;
                class.has(Content::Infinitive) || gerund || self.is_what(class, verb)
            }
            Deprel::Obj => object && !passive || self.is_what(class, verb),
            Deprel::NsubjPass => {
                passive && (object || self.saying.verb(grammar, verb).is_some_and(|(own, _)| own.has(Content::Object)))
            }
            Deprel::Obl | Deprel::Advcl => {
                let has = |case: &str| grammar.has_case(at, case);
                let particle = particle.is_some_and(|particle| relations.head(particle) == Some(at));
                class.has(Content::Of) && has("of")
                    || class.has(Content::For) && has("for")
                    || class.has(Content::As) && has("as")
                    || object && particle && !passive
            }
            // "The ministry said three had died and the camp was burning": joined to the verb of saying by mistake.
            Deprel::Conj => {
                let content = grammar.with(verb, Deprel::Ccomp).last();
                class.has(Content::Clause)
                    && grammar.is_verb(at)
                    && self.saying.verb(grammar, at).is_none()
                    && content.is_some_and(|content| content < at && content > verb)
                    && grammar
                        .dependents(at)
                        .any(|word| matches!(relations.deprel(word), Deprel::Nsubj | Deprel::NsubjPass))
                    && !grammar.with(at, Deprel::Punct).any(|mark| mark < at)
            }
            _ => false,
        }
    }

    /// "what he called an attack"
    fn is_what(&self, class: &Class, verb: usize) -> bool {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let what = |word: usize| relations.lemma(word) == "what";
        class.has(Content::What) && (grammar.dependents(verb).any(what) || relations.head(verb).is_some_and(what))
    }
}
