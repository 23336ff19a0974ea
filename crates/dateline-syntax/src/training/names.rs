use super::perceptron::Wide as Perceptron;
use super::{Sentence, Shuffle, Table, bits_for};
use crate::features::Features;
use crate::model::Classes;
use crate::names::{LABELS, Labels, decode, may_follow};
use crate::weights::{self, CLASSES, build};
use crate::words::Words;

/// Features that are kept, and how many passes find out which.
const FEATURES: usize = 220_000;
const SELECTING: usize = 2;

/// By how much the right label has to be ahead of the others.
const MARGIN: i32 = 90;

/// The code of a name label as corpora write them, `B-` or `I-` and a type of OntoNotes; 0 for all that is no name here.
#[must_use]
pub fn label_of(text: &str) -> u8 {
    let Some((edge, kind)) = text.split_once('-') else { return 0 };
    let kind = match kind {
        "PERSON" => 0,
        "ORG" => 1,
        "GPE" | "LOC" => 2,
        "FAC" => 3,
        "NORP" => 4,
        "EVENT" => 5,
        "WORK_OF_ART" | "PRODUCT" | "LAW" | "LANGUAGE" => 6,
        _ => return 0,
    };
    kind * 2 + if edge == "B" { 1 } else { 2 }
}

pub(super) fn train(
    sentences: &[Sentence],
    words: &[Words],
    tags: &[Vec<u8>],
    codes: &[u8],
    passes: usize,
    log: &mut dyn FnMut(&str),
) -> Table {
    let mut learner = Perceptron::default();
    let mut shuffle = Shuffle(0x5EED_0002);
    let (mut features, mut labels) = (Features::new(), Labels::default());
    let is_name = Classes::new(codes).map_or([false; 256], |classes| classes.is_name);
    for pass in 0..SELECTING + passes {
        if pass == SELECTING {
            learner.select(FEATURES, 3);
        }
        for number in shuffle.order(words.len()) {
            let gold = &sentences[number].names;
            if gold.is_empty() {
                continue;
            }
            decode(&words[number], &tags[number], &is_name, &mut features, &mut labels, |at, before, features| {
                let mut sums = [0; CLASSES];
                learner.score(features, &mut sums);
                let guess = weights::best(&sums, LABELS, |label| may_follow(before, label as u8)) as u8;
                learner.step();
                sums[usize::from(gold[at])] -= MARGIN;
                let rival = weights::best(&sums, LABELS, |label| may_follow(before, label as u8)) as u8;
                if rival != gold[at] && may_follow(before, gold[at]) {
                    learner.update(features, gold[at], rival);
                }
                // Half of the time the true label comes before the next word: both ways are learnt.
                if at % 2 == 0 { gold[at] } else { guess }
            });
        }
    }
    let features = learner.quantized(FEATURES, 3);
    log(&format!("{} features of names", features.len()));
    build::wide(&features, bits_for(features.len()))
}
