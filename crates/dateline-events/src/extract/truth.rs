//! Did it happen, how real is it, and is it news: polarity, modality and background of events.

use std::borrow::Cow;

use dateline_syntax::{Deprel, Relations, Upos, Xpos};
use dateline_tokenizer::Span;
use jiff::civil::Date;

use super::draft::Draft;
use super::period::period;
use super::scene::Scene;
use crate::Error;
use crate::annotation::{EventTime, Modality, Polarity, TimeBasis, TimeType};
use crate::frame::Kind;
use crate::lexicon::rows;
use crate::time::calendar::days_between;
use crate::words::{WordMap, lower};

/// How far an event climbs the tree to find what is said of its truth.
const STEPS: usize = 12;

/// What happened longer ago than so many days before the report is no news of it.
const NEWS_DAYS: i32 = 8;

/// How a word stands to the event of which it says something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stands {
    Content,
    ContentAfter(&'static str),
    Clause,
    Infinitive,
    Modifier,
    Auxiliary,
    Mark,
    Subject,
    Light,
    Means,
}

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Modality(Modality),
    Negated,
    Cancelled,
    Prevented,
    Background,
    Scarce,
}

/// Words that say something of the truth of events.
#[derive(Debug)]
pub(super) struct Cues(WordMap<&'static str, Vec<(Stands, Effect)>>);

impl Cues {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut map: WordMap<_, Vec<_>> = WordMap::default();
        for (number, line) in rows(include_str!("../../lexicon/truth.tsv")) {
            let fail = |reason: &str| Error::new("truth.tsv", number, reason);
            let mut columns = line.split('\t');
            let (Some(word), Some(how), Some(effect), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(fail("expected `word<TAB>how<TAB>effect`"));
            };
            let stands = match how.split_once(':').unwrap_or((how, "")) {
                ("content", "") => Stands::Content,
                ("content", preposition) => Stands::ContentAfter(preposition),
                ("clause", _) => Stands::Clause,
                ("infinitive", _) => Stands::Infinitive,
                ("modifier", _) => Stands::Modifier,
                ("auxiliary", _) => Stands::Auxiliary,
                ("mark", _) => Stands::Mark,
                ("subject", _) => Stands::Subject,
                ("light", _) => Stands::Light,
                ("means", _) => Stands::Means,
                _ => return Err(fail("unknown way of standing to the event")),
            };
            let effect = match effect {
                "actual" => Effect::Modality(Modality::Actual),
                "attempted" => Effect::Modality(Modality::Attempted),
                "planned" => Effect::Modality(Modality::Planned),
                "threatened" => Effect::Modality(Modality::Threatened),
                "possible" => Effect::Modality(Modality::Possible),
                "habitual" => Effect::Modality(Modality::Habitual),
                "negated" => Effect::Negated,
                "cancelled" => Effect::Cancelled,
                "prevented" => Effect::Prevented,
                "background" => Effect::Background,
                "scarce" => Effect::Scarce,
                _ => return Err(fail("unknown effect")),
            };
            map.entry(word).or_default().push((stands, effect));
        }
        Ok(Self(map))
    }

    fn effect(&self, word: &str, stands: &Stands) -> Option<Effect> {
        self.0.get(word)?.iter().find(|(other, _)| other == stands).map(|&(_, effect)| effect)
    }

    /// Does what the verb's object is used for happen: "used tear gas to disperse them"?
    pub(super) fn is_means(&self, scene: &Scene<'_, '_>, verb: usize) -> bool {
        self.effect(&scene.lemma(verb), &Stands::Means).is_some() && scene.grammar.has(verb, Deprel::Obj)
    }

    fn is_light(&self, word: &str) -> bool {
        self.effect(word, &Stands::Light).is_some()
    }
}

/// What has been gathered about one event.
#[derive(Clone, Copy, Debug, Default)]
struct Truth {
    negated: bool,
    modality: Option<Modality>,
    background: bool,
    scarce: bool,
    /// The last cue was one of prevention, which may itself have failed.
    prevented: bool,
}

impl Truth {
    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Modality(Modality::Actual) => return,
            Effect::Modality(modality) => {
                // "may try to seize", "will attack if": doubt outweighs intention; else the nearest word counts.
                let doubt = modality == Modality::Possible && self.modality == Some(Modality::Planned);
                if self.prevented && modality == Modality::Attempted {
                    self.modality = None;
                } else if self.modality.is_none() || doubt {
                    self.modality = Some(modality);
                }
            }
            Effect::Negated if self.prevented => self.modality = None,
            Effect::Negated => self.negated = !self.negated,
            Effect::Cancelled => {
                self.modality = Some(Modality::Planned);
                self.negated = true;
            }
            Effect::Prevented => {
                self.modality = Some(Modality::Attempted);
                self.prevented = true;
                return;
            }
            Effect::Background => self.background = true,
            Effect::Scarce => self.scarce = true,
        }
        self.prevented = false;
    }
}

/// Says of the events of one piece whether they happened, how real they are, and whether they are context.
///
/// Events that hardly ever happen ("rarely claims such strikes") are dropped.
pub(super) fn truths_of_piece(cues: &Cues, scene: &Scene<'_, '_>, date: Option<Date>, drafts: &mut [Draft]) {
    let series = series_of_piece(scene, date);
    for draft in drafts {
        let mut truth = Reader { cues, scene }.read(draft);
        let clause = draft.matched.clause();
        if series.contains(&clause) || series.contains(&draft.matched.word) {
            truth.apply(Effect::Modality(Modality::Habitual));
        }
        if truth.negated {
            draft.polarity = match draft.polarity {
                Polarity::Affirmed => Polarity::Negated,
                Polarity::Negated => Polarity::Affirmed,
            };
        }
        if let Some(modality) = truth.modality
            && draft.modality == Modality::Actual
        {
            draft.modality = modality;
        }
        let series = draft.modality == Modality::Habitual && draft.polarity == Polarity::Affirmed;
        draft.background |= truth.background || series || is_old(draft, date);
        draft.scarce = truth.scarce;
        if draft.time.is_none() {
            let reference = match draft.modality {
                _ if draft.background => Some("PAST_REF"),
                Modality::Planned => Some("FUTURE_REF"),
                _ => None,
            };
            draft.time = reference.map(|value| EventTime { value: Some(value.to_owned()), basis: TimeBasis::Document });
        }
    }
}

/// Did it happen well before the report?
fn is_old(draft: &Draft, date: Option<Date>) -> bool {
    let value = draft.time.as_ref().filter(|time| time.basis == TimeBasis::Text).and_then(|time| time.value.as_deref());
    let Some((date, value)) = date.zip(value) else {
        return false;
    };
    if value == "PAST_REF" {
        return true;
    }
    period(value).is_some_and(|(_, day)| days_between(day, date) >= NEWS_DAYS)
}

/// Heads of the clauses whose times tell of a series: "every night", "has been shelled since May".
fn series_of_piece(scene: &Scene<'_, '_>, date: Option<Date>) -> Vec<usize> {
    let (relations, reading) = (scene.relations(), scene.context.reading);
    let mut out = Vec::new();
    for time in scene.times(scene.span()) {
        let words = reading.words(scene.piece, Span::new(time.start, time.end));
        let Some(first) = words.clone().next() else { continue };
        let Some(top) = scene.top(words) else { continue };
        let since = scene.grammar.has_case(top, "since")
            || first > 0 && relations.form(first - 1).eq_ignore_ascii_case("since");
        let long_ago = || {
            let first = time.value.as_deref().and_then(period).map(|(first, _)| first);
            date.zip(first).is_none_or(|(date, first)| days_between(first, date) >= NEWS_DAYS)
        };
        if time.r#type == TimeType::Set || since && long_ago() {
            out.extend(scene.climb(top, |word| scene.owners[word].is_some()));
        }
    }
    out
}

struct Reader<'r, 's, 't> {
    cues: &'r Cues,
    scene: &'r Scene<'s, 't>,
}

impl Reader<'_, '_, '_> {
    fn lemma(&self, word: usize) -> Cow<'_, str> {
        self.scene.lemma(word)
    }

    /// The lemma of a word, with its particle if there is a cue of the two: "call off".
    fn cue(&self, word: usize) -> Cow<'_, str> {
        let lemma = self.lemma(word);
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let particles = grammar.dependents(word).filter(|&other| {
            matches!(relations.deprel(other), Deprel::CompoundPrt | Deprel::Advmod | Deprel::Case) && other > word
        });
        let mut spelled = particles.map(|particle| format!("{lemma} {}", self.lemma(particle)));
        spelled.find(|both| self.cues.0.contains_key(both.as_str())).map_or_else(|| lemma.clone(), Cow::Owned)
    }

    /// Everything said of the truth of one event.
    fn read(&self, draft: &Draft) -> Truth {
        let mut truth = Truth::default();
        let relations = self.scene.relations();
        let speech = self.scene.context.frames.frames[draft.frame].kind == Kind::Speech;
        let trigger = draft.matched.word;
        for &word in &draft.matched.words {
            self.modifiers(word, &mut truth);
        }
        if let Some(verb) = draft.matched.support {
            self.modifiers(verb, &mut truth);
            // "a release is planned"
            if let Some(effect) = self.cues.effect(&self.cue(verb), &Stands::Content) {
                truth.apply(effect);
            }
        }
        // No one, nobody: the victims or doers of an event that did not happen.
        let mut at = draft.matched.clause();
        if self.scene.grammar.is_nominal(trigger) && draft.matched.support.is_none() {
            self.particles(trigger, &mut truth);
        }
        self.clause(at, None, &mut truth);
        for _ in 0..STEPS {
            let Some(head) = relations.head(at) else { break };
            let deprel = relations.deprel(at);
            let lemma = self.cue(head);
            let gerund =
                matches!(deprel, Deprel::Advcl | Deprel::Acl | Deprel::Xcomp).then(|| self.preposition(at)).flatten();
            let after_gerund = gerund.and_then(|preposition| self.after(&lemma, &preposition));
            match deprel {
                // "prevented the mob from killing him", "aimed at killing him"
                _ if after_gerund.is_some() => after_gerund.into_iter().for_each(|effect| truth.apply(effect)),
                Deprel::Advcl | Deprel::Xcomp if self.cues.is_means(self.scene, head) => {}
                // "neither confirmed nor denied that it had done it"
                Deprel::Ccomp if self.has_nor(head) => {
                    truth.apply(Effect::Modality(Modality::Possible));
                    break;
                }
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => {
                    let effect = self.complement(&lemma, deprel != Deprel::Ccomp);
                    let infinitive = relations.xpos(at) == Xpos::Vb && self.has_to(at);
                    match effect {
                        // "did not say when it was shot down"
                        Some(Effect::Modality(Modality::Actual)) if deprel == Deprel::Ccomp => break,
                        Some(effect) => truth.apply(effect),
                        None if deprel == Deprel::Xcomp && infinitive => {
                            truth.apply(Effect::Modality(Modality::Planned));
                        }
                        None => break,
                    }
                }
                Deprel::Acl | Deprel::AclRelcl => match self.complement(&lemma, true) {
                    // "reports that police arrested", which the tree may hold for a relative clause
                    _ if deprel == Deprel::AclRelcl && !self.cues.is_light(&lemma) => break,
                    Some(effect) => truth.apply(effect),
                    None if relations.xpos(at) == Xpos::Vb && self.has_to(at) => {
                        truth.apply(Effect::Modality(Modality::Planned));
                    }
                    // "a gang planning to attack": on, for what is said of the gang's doings ("rumours of").
                    None if relations.xpos(at) == Xpos::Vbg => {}
                    None => break,
                },
                Deprel::Obj | Deprel::NsubjPass => {
                    if let Some(effect) = self.cues.effect(&lemma, &Stands::Content) {
                        truth.apply(effect);
                    } else if !self.cues.is_light(&lemma) {
                        break;
                    }
                }
                Deprel::Nsubj => {
                    if let Some(effect) = self.cues.effect(&lemma, &Stands::Subject) {
                        truth.apply(effect);
                    } else if !self.cues.is_light(&lemma) || speech {
                        break;
                    }
                }
                Deprel::Nmod | Deprel::Obl => {
                    let Some(case) = self.scene.grammar.case(at) else { break };
                    let case = relations.form(case).to_ascii_lowercase();
                    let after = self.after(&lemma, &case);
                    let of = matches!(case.as_str(), "of" | "to");
                    if let Some(effect) = after {
                        // "in a series of strikes", but "a series of strikes hit".
                        let series = effect == Effect::Modality(Modality::Habitual);
                        truth.apply(effect);
                        if series {
                            break;
                        }
                    } else if of && let Some(effect) = self.cues.effect(&lemma, &Stands::Content) {
                        truth.apply(effect);
                    } else if !(of && self.cues.is_light(&lemma)) || deprel == Deprel::Obl {
                        break;
                    }
                }
                Deprel::Conj if self.scene.grammar.is_verb(head) == self.scene.grammar.is_verb(at) => {
                    if self.scene.grammar.is_verb(at) && !self.shares(at, head) || self.has_nor(at) {
                        break;
                    }
                }
                // "due to appear"
                Deprel::Advcl if relations.xpos(at) == Xpos::Vb && self.has_to(at) => {
                    match self.cues.effect(&lemma, &Stands::Clause) {
                        Some(effect) => truth.apply(effect),
                        None => break,
                    }
                }
                // An infinitive that the tree left hanging: "due to appear".
                Deprel::Parataxis | Deprel::Dep if relations.xpos(at) == Xpos::Vb && self.follows_to(at) => {
                    truth.apply(Effect::Modality(Modality::Planned));
                    break;
                }
                _ => break,
            }
            self.modifiers(head, &mut truth);
            if matches!(relations.upos(head), Upos::Noun | Upos::Propn) {
                self.particles(head, &mut truth);
            }
            self.clause(head, Some(at), &mut truth);
            at = head;
        }
        truth
    }

    /// What a verb, noun or adjective says of the clause under it.
    fn complement(&self, lemma: &str, infinitive: bool) -> Option<Effect> {
        let ways = [&Stands::Clause, &Stands::Content, &Stands::Infinitive];
        ways.into_iter().take(if infinitive { 3 } else { 2 }).find_map(|stands| self.cues.effect(lemma, stands))
    }

    /// What a word says of what stands behind a preposition after it.
    fn after(&self, lemma: &str, preposition: &str) -> Option<Effect> {
        self.cues.0.get(lemma)?.iter().find_map(|(stands, effect)| match stands {
            Stands::ContentAfter(other) if *other == preposition => Some(*effect),
            _ => None,
        })
    }

    /// The preposition before a gerund: "from being killed", "at killing".
    fn preposition(&self, verb: usize) -> Option<String> {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let marks = |word: &usize| *word < verb && matches!(relations.deprel(*word), Deprel::Mark | Deprel::Case);
        let mark = grammar.dependents(verb).find(marks).filter(|_| relations.xpos(verb) != Xpos::Vb)?;
        Some(relations.form(mark).to_ascii_lowercase())
    }

    fn has_to(&self, verb: usize) -> bool {
        self.scene.grammar.dependents(verb).any(|word| self.scene.relations().xpos(word) == Xpos::To)
    }

    fn follows_to(&self, verb: usize) -> bool {
        verb > 0 && self.scene.grammar.is(verb - 1, "to")
    }

    /// "neither confirmed nor denied": its own "nor" has been counted, the other's "neither" says the same.
    fn has_nor(&self, verb: usize) -> bool {
        self.scene.grammar.with(verb, Deprel::Cc).any(|cc| self.scene.grammar.is(cc, "nor"))
    }

    /// Do two coordinated verbs share what stands before the first: "did not shell or bomb", "will arrest and deport"?
    fn shares(&self, second: usize, first: usize) -> bool {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let own = grammar.dependents(second).any(|word| {
            matches!(relations.deprel(word), Deprel::Aux | Deprel::AuxPass | Deprel::Nsubj | Deprel::NsubjPass)
        });
        let base = |verb: usize| match relations.xpos(verb) {
            Xpos::Vbp => Xpos::Vb,
            other => other,
        };
        !own && base(first) == base(second)
    }

    /// Adjectives, adverbs and participles that stand with a word: "attempted coup", "regularly shells".
    fn modifiers(&self, word: usize, truth: &mut Truth) {
        let relations = self.scene.relations();
        for dependent in self.scene.grammar.dependents(word) {
            if !matches!(relations.deprel(dependent), Deprel::Amod | Deprel::Advmod | Deprel::Compound) {
                continue;
            }
            let form = lower(relations.form(dependent));
            let effect = self.cues.effect(&form, &Stands::Modifier);
            if let Some(effect) = effect.filter(|&effect| effect != Effect::Negated) {
                // "earlier on Monday", "hours earlier": as adverb it only orders the day.
                let adverb = relations.deprel(dependent) == Deprel::Advmod;
                if !(adverb && matches!(&*form, "earlier" | "next" | "past")) {
                    truth.apply(effect);
                }
            }
        }
    }

    /// The "no" of a noun: "no casualties", "without casualties".
    fn particles(&self, noun: usize, truth: &mut Truth) {
        let relations = self.scene.relations();
        let negating = self.scene.grammar.dependents(noun).any(|word| match relations.deprel(word) {
            Deprel::Det | Deprel::Advmod | Deprel::Nummod | Deprel::Amod | Deprel::CcPreconj => {
                matches!(&*lower(relations.form(word)), "no" | "neither" | "zero" | "nor" | "not")
            }
            Deprel::Case | Deprel::Mark => self.scene.grammar.is(word, "without"),
            _ => false,
        });
        if negating {
            truth.apply(Effect::Negated);
        }
    }

    /// What a clause says of its own predicate: auxiliaries, negation, marks. `from` is the dependent that was looked at
    /// before: its own "no" has been counted.
    fn clause(&self, predicate: usize, from: Option<usize>, truth: &mut Truth) {
        let (grammar, relations) = (self.scene.grammar, self.scene.relations());
        let predicative = grammar.is_verb(predicate) || grammar.has(predicate, Deprel::Cop);
        if !predicative {
            return;
        }
        let mut negated = false;
        let mut perfect = false;
        let mut auxiliary = None;
        for word in grammar.dependents(predicate).filter(|&word| Some(word) != from) {
            let mut form = lower(relations.form(word));
            if form.contains('’') {
                form = Cow::Owned(form.replace('’', "'"));
            }
            match relations.deprel(word) {
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                    perfect |= relations.lemma(word) == "have";
                    auxiliary = auxiliary.or_else(|| self.cues.effect(&form, &Stands::Auxiliary).map(|e| (form, e)));
                }
                Deprel::Advmod | Deprel::CcPreconj | Deprel::Cc | Deprel::Det => {
                    negated |=
                        self.cues.effect(&form, &Stands::Modifier) == Some(Effect::Negated) && !self.only_follows(word);
                }
                Deprel::Mark => {
                    if let Some(effect) = self.cues.effect(&form, &Stands::Mark) {
                        truth.apply(effect);
                    }
                }
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => negated |= self.is_nobody(word),
                _ => {}
            }
        }
        // "Delegates are to meet"
        let bound =
            |word: usize| matches!(relations.deprel(word), Deprel::Aux | Deprel::Cop) && relations.lemma(word) == "be";
        if auxiliary.is_none()
            && relations.xpos(predicate) == Xpos::Vb
            && self.follows_to(predicate)
            && grammar.dependents(predicate).any(bound)
        {
            truth.apply(Effect::Modality(Modality::Planned));
        }
        if let Some((form, effect)) = auxiliary {
            // "could have killed", "would have killed" did not.
            let unreal = perfect && form == "would";
            truth.apply(if unreal { Effect::Modality(Modality::Possible) } else { effect });
        }
        if negated {
            truth.apply(Effect::Negated);
        }
    }

    /// "not only": no negation.
    fn only_follows(&self, word: usize) -> bool {
        let relations = self.scene.relations();
        word + 1 < relations.len() && matches!(relations.form(word + 1), "only" | "just" | "least")
    }

    /// "nobody", "no one", "none of the passengers", "neither side", "no group".
    fn is_nobody(&self, word: usize) -> bool {
        let relations = self.scene.relations();
        let form = lower(relations.form(word));
        matches!(&*form, "nobody" | "none" | "nothing" | "neither" | "no-one" | "noone")
            || self.scene.grammar.dependents(word).any(|det| {
                let relation = relations.deprel(det);
                matches!(relation, Deprel::Det | Deprel::Advmod | Deprel::Amod | Deprel::Nummod | Deprel::CcPreconj)
                    && matches!(&*lower(relations.form(det)), "no" | "neither")
            })
    }
}
