use super::perceptron::{Wide, best};
use super::{Sentence, Shuffle, Table, bits_for};
use crate::features::Features;
use crate::model::Classes;
use crate::names::{LABELS, Labels, decode, may_follow};
use crate::weights::build;
use crate::words::Words;

/// Features that are kept, and how many passes find out which. More of them fit the training texts better and others worse.
const FEATURES: usize = 120_000;
const SELECTING: usize = 2;

/// By how much the right label has to be ahead of the others, while features are chosen and while their weights are learnt.
const SELECTING_MARGIN: f32 = 90.0;
const MARGIN: f32 = 16.0;

/// Weights below this are not worth their place.
const LEAST: u8 = 3;

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

/// A sentence with its tag classes and the labels of its names.
pub(super) struct Example<'s> {
    pub(super) words: &'s Words,
    pub(super) tags: &'s [u8],
    pub(super) labels: &'s [u8],
}

/// Those of the sentences whose names are known.
pub(super) fn examples<'s>(sentences: &'s [Sentence], words: &'s [Words], tags: &'s [Vec<u8>]) -> Vec<Example<'s>> {
    let all = sentences.iter().zip(words).zip(tags);
    let all = all.map(|((sentence, words), tags)| Example { words, tags, labels: &sentence.names });
    all.filter(|example| !example.labels.is_empty()).collect()
}

pub(super) fn train(examples: &[Example<'_>], codes: &[u8], passes: usize, log: &mut dyn FnMut(&str)) -> Table {
    let Some(classes) = Classes::new(codes) else { return Table::default() };
    let mut learner = Wide::default();
    let mut shuffle = Shuffle(0x5EED_0002);
    let (mut features, mut found) = (Features::new(), Labels::default());
    for pass in 0..SELECTING + passes {
        if pass == SELECTING {
            learner.select(FEATURES, LEAST);
        }
        let margin = if pass < SELECTING { SELECTING_MARGIN } else { MARGIN };
        for number in shuffle.order(examples.len()) {
            let Example { words, tags, labels } = &examples[number];
            decode(words, tags, &classes.is_name, &mut features, &mut found, |at, before, features| {
                let follows = |label: usize| may_follow(before, label as u8);
                let mut sums = learner.score(features);
                let guess = best(&sums, LABELS, follows).unwrap_or(0) as u8;
                learner.step();
                let right = usize::from(labels[at]);
                sums[right] -= margin;
                let rival = best(&sums, LABELS, follows).unwrap_or(0);
                if rival != right && follows(right) {
                    learner.update(features, right, rival);
                }
                // Half of the time the true label comes before the next word: both ways are learnt.
                if at % 2 == 0 { labels[at] } else { guess }
            });
        }
    }
    let features = learner.quantized(FEATURES, LEAST);
    log(&format!("{} features of names", features.len()));
    build::wide(&features, bits_for(features.len()), LABELS)
}
