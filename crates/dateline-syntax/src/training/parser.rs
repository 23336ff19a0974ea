//! Training with a dynamic oracle (Goldberg and Nivre 2012, 2013): the parser goes its own, wrong ways, and learns in each
//! state what still reaches the best tree.

use super::perceptron::{Narrow, Wide, best};
use super::{Sentence, Shuffle, Table, bits_for};
use crate::Deprel;
use crate::features::Features;
use crate::model::Classes;
use crate::parse::{Action, State};
use crate::weights::build;
use crate::words::Words;

/// By how much the right choice has to be ahead of the best wrong one: an update moves them apart by twice the number of
/// features.
const SELECTING_MARGINS: Margins = Margins { action: 300.0, label: 120.0 };
const MARGINS: Margins = Margins { action: 300.0, label: 14.0 };

/// The first passes only find out which features are worth keeping.
const SELECTING: usize = 2;

/// Features that are kept: those of actions leave a tenth of four megabytes free, as full buckets lose what is put in last.
const ACTIONS: usize = 920_000;
const ACTION_BITS: u32 = 18;
const LABELS: usize = 120_000;

/// Weights of labels below this are not worth their place.
const LEAST: u8 = 3;

/// The dependents of each word in the true tree, and which words are still on the stack.
struct Truth<'s> {
    heads: &'s [usize],
    dependents: Vec<Vec<u32>>,
}

impl Truth<'_> {
    /// How many true arcs an action makes impossible.
    fn cost(&self, state: &State, action: Action) -> usize {
        let next = state.next;
        let top = state.stack.last().map(|&top| top as usize);
        let on_stack = |word: usize| state.stack.binary_search(&(word as u32)).is_ok();
        match action {
            // The next word can no longer take a head or dependents from the stack, but for a head at its top.
            Action::Shift => {
                let head = self.heads[next];
                let lost = usize::from(head < next && Some(head) != top && on_stack(head));
                lost + self.dependents[next]
                    .iter()
                    .filter(|&&word| (word as usize) < next && on_stack(word as usize))
                    .count()
            }
            // The top can no longer take a head or dependents from what is to be read.
            Action::Left | Action::Right => {
                let Some(top) = top else { return 0 };
                let head = self.heads[top];
                let below = state.stack.len().checked_sub(2).map(|at| state.stack[at] as usize);
                let lost = match action {
                    Action::Left => head != next && (head > next || Some(head) == below),
                    _ => head >= next,
                };
                usize::from(lost) + self.dependents[top].iter().filter(|&&word| word as usize >= next).count()
            }
        }
    }
}

/// Relations between words; the root is among them.
const RELATIONS: usize = Deprel::ALL.len();

#[derive(Clone, Copy)]
struct Margins {
    action: f32,
    label: f32,
}

/// What the parser learns from.
#[derive(Clone, Copy)]
pub(super) struct Lessons<'s> {
    pub(super) sentences: &'s [Sentence],
    pub(super) words: &'s [Words],
    pub(super) lemmas: &'s [Vec<u32>],
    pub(super) tags: &'s [Vec<u8>],
    pub(super) classes: &'s Classes,
}

pub(super) fn train(lessons: Lessons<'_>, passes: usize, log: &mut dyn FnMut(&str)) -> (Vec<u8>, Table) {
    let mut shuffle = Shuffle(0x5EED_0003);
    let (mut actions, mut labels) = (Narrow::default(), Wide::default());
    for pass in 0..SELECTING + passes {
        if pass == SELECTING {
            actions.select(ACTIONS);
            labels.select(LABELS, LEAST);
        }
        log(&lessons.pass(pass, &mut actions, &mut labels, &mut shuffle));
    }
    let actions = actions.quantized(ACTIONS);
    log(&format!("{} features of actions", actions.len()));
    let labels = labels.quantized(LABELS, LEAST);
    log(&format!("{} features of labels", labels.len()));
    (build::narrow(&actions, ACTION_BITS), build::wide(&labels, bits_for(labels.len()), RELATIONS))
}

impl Lessons<'_> {
    /// Goes through all sentences once, and says how it went.
    fn pass(self, pass: usize, actions: &mut Narrow, labels: &mut Wide, shuffle: &mut Shuffle) -> String {
        let margins = if pass < SELECTING { SELECTING_MARGINS } else { MARGINS };
        let (mut features, mut state) = (Features::new(), State::default());
        let (mut decisions, mut errors, mut arcs, mut wrong) = (0u32, 0u32, 0u32, 0u32);
        for number in shuffle.order(self.sentences.len()) {
            let sentence = &self.sentences[number];
            let len = sentence.forms.len();
            let heads: Vec<usize> = sentence.heads.iter().map(|head| head.unwrap_or(len)).collect();
            let mut truth = Truth { heads: &heads, dependents: vec![Vec::new(); len + 1] };
            for (word, &head) in heads.iter().enumerate() {
                truth.dependents[head].push(word as u32);
            }
            let upos: Vec<_> = self.tags[number].iter().map(|&class| self.classes.tags(class).0).collect();
            state.start(&self.words[number], &self.lemmas[number], &self.tags[number], &upos);
            while !state.is_done() {
                let allowed = Action::ALL.map(|action| state.allows(action));
                let costs = Action::ALL
                    .map(|action| if allowed[action as usize] { truth.cost(&state, action) } else { usize::MAX });
                let least = costs.into_iter().min().unwrap_or(0);
                let choice = if allowed.iter().filter(|&&allowed| allowed).count() == 1 {
                    costs.iter().position(|&cost| cost == least).unwrap_or(0)
                } else {
                    state.action_features(&mut features);
                    let sums = actions.score(features.as_slice());
                    let guess = best(&sums, 3, |action| allowed[action]).unwrap_or(0);
                    let good = best(&sums, 3, |action| costs[action] == least).unwrap_or(0);
                    actions.step();
                    decisions += 1;
                    errors += u32::from(costs[guess] != least);
                    let rival = best(&sums, 3, |action| allowed[action] && costs[action] != least);
                    if let Some(rival) = rival
                        && sums[rival] + margins.action >= sums[good]
                    {
                        actions.update(features.as_slice(), good, rival);
                    }
                    // From the second pass on it mostly follows itself.
                    if pass > 0 && !shuffle.next().is_multiple_of(10) { guess } else { good }
                };
                match state.arc(Action::ALL[choice]) {
                    None => state.shift(),
                    Some((head, dependent)) if head == len => state.attach(head, dependent, Deprel::Root),
                    Some((head, dependent)) => {
                        state.label_features(head, dependent, &mut features);
                        let mut sums = labels.score(features.as_slice());
                        let is_inner = |label: usize| label != Deprel::Root as usize;
                        let guess = best(&sums, RELATIONS, is_inner).unwrap_or(0);
                        if heads[dependent] == head {
                            labels.step();
                            arcs += 1;
                            let gold = sentence.deprels[dependent] as usize;
                            wrong += u32::from(guess != gold);
                            sums[gold] -= margins.label;
                            let rival = best(&sums, RELATIONS, is_inner).unwrap_or(0);
                            if rival != gold {
                                labels.update(features.as_slice(), gold, rival);
                            }
                        }
                        state.attach(head, dependent, Deprel::ALL[guess]);
                    }
                }
            }
        }
        format!(
            "parser, pass {}: {:.2} % of actions wrong, {:.2} % of labels",
            pass + 1,
            100.0 * f64::from(errors) / f64::from(decisions),
            100.0 * f64::from(wrong) / f64::from(arcs)
        )
    }
}
