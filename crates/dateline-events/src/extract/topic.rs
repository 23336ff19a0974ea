//! What a page is about. On sports pages a side lays siege to a goal and a striker fires home; on business pages there are
//! hostile raids and price wars. No rule over one sentence tells these from war; the page does.

use dateline_syntax::{Analysis, Relations};

use crate::Error;
use crate::frame::Frames;
use crate::lexicon::rows;
use crate::words::{WordMap, lower};

/// How many different words of a topic a page needs.
const DISTINCT: usize = 6;

/// How many words of the topic there must be for one grave word.
const TIMES: usize = 3;

/// How many grave words in a sentence show that it is meant as it says, on whatever page.
const GRAVE: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Sport,
    Business,
    Show,
    Grave,
}

/// Words by the topic that they tell.
#[derive(Debug)]
pub(super) struct TopicWords(WordMap<&'static str, Topic>);

impl TopicWords {
    pub(super) fn embedded() -> Result<Self, Error> {
        let mut words = WordMap::default();
        for (number, line) in rows(include_str!("../../lexicon/topics.tsv")) {
            let topic = line.split_once('\t').and_then(|(word, topic)| {
                Some((
                    word,
                    match topic {
                        "sport" => Topic::Sport,
                        "business" => Topic::Business,
                        "show" => Topic::Show,
                        "grave" => Topic::Grave,
                        _ => return None,
                    },
                ))
            });
            let (word, topic) = topic
                .ok_or_else(|| Error::new("topics.tsv", number, "expected `word<TAB>sport|business|show|grave`"))?;
            words.insert(word, topic);
        }
        Ok(Self(words))
    }

    fn topic(&self, lemma: &str) -> Option<Topic> {
        self.0.get(&*lower(lemma)).copied()
    }
}

/// What a page is about, and which of its sentences are grave all the same.
#[derive(Debug)]
pub(super) struct Page {
    topic: Topic,
    grave: Vec<bool>,
}

impl Page {
    /// Looks at every word once.
    pub(super) fn new(words: &TopicWords, analyses: &[Analysis<'_>]) -> Self {
        let mut counts = [0usize; 4];
        let mut kinds: [Vec<&str>; 4] = Default::default();
        let mut grave = Vec::with_capacity(analyses.len());
        for analysis in analyses {
            let before = counts[Topic::Grave as usize];
            for word in 0..analysis.len() {
                let lemma = analysis.lemma(word);
                let Some(topic) = words.topic(lemma) else { continue };
                counts[topic as usize] += 1;
                let kinds = &mut kinds[topic as usize];
                if kinds.len() < DISTINCT && !kinds.contains(&lemma) {
                    kinds.push(lemma);
                }
            }
            grave.push(counts[Topic::Grave as usize] - before >= GRAVE);
        }
        let light = [Topic::Sport, Topic::Business, Topic::Show].into_iter().filter(|&topic| {
            kinds[topic as usize].len() == DISTINCT && counts[topic as usize] >= TIMES * counts[Topic::Grave as usize]
        });
        // Of equal counts the first: sport.
        let topic = light.rev().max_by_key(|&topic| counts[topic as usize]).unwrap_or(Topic::Grave);
        Self { topic, grave }
    }

    /// May an event of the frame be meant as it says? Sports pages have no events; on other light pages there are dealings
    /// and words, but no violence.
    pub(super) fn admits(&self, frames: &Frames, frame: usize, piece: usize) -> bool {
        match self.topic {
            Topic::Grave => true,
            _ if self.grave[piece] => true,
            Topic::Sport => false,
            Topic::Business | Topic::Show => !frames.frames[frame].is_local(),
        }
    }
}
