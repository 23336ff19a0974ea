//! Tags, lemmas, trees and names on treebanks, with the words of the treebank given and from raw text.
//!
//! The definitions are those of the CoNLL 2018 shared task: a word of raw text is right only where the treebank has a word of the
//! same extent; LAS leaves the subtypes of relations aside. Words of a contraction that is not written as its parts ("gonna") have the
//! whole as their extent and are told apart by their number in it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use dateline_syntax::training::Sentence;
use dateline_syntax::{Analysis, Analyzer, Deprel, Relations};
use dateline_tokenizer::{Tokenizer, Tokens};

use super::Figure;
use crate::train::{self, MODEL, conllu, score};

/// The name of the set of our own sentences.
pub const OWN: &str = "syntax/own";

/// The figures of both development treebanks.
pub fn figures(root: &Path, corpora: &Path) -> Result<Vec<Figure>> {
    let analyzer = analyzer(root)?;
    let mut out = Vec::new();
    for name in ["ewt", "gum"] {
        let set = format!("syntax/{name}-dev");
        let file = format!("ud/{name}-dev.conllu");
        let sentences = train::with_names(corpora, &file, &format!("silver/names-{name}-dev.tsv.gz"))?;
        gold_words(&analyzer, &set, &sentences, &mut out);
        let documents = documents(&conllu::read(&corpora.join(file))?, sentences);
        raw_text(&analyzer, &set, &documents, &mut out);
    }
    Ok(out)
}

/// The figures on the reviewed sentences of `dateline-syntax`, which need nothing but this repository. They have no Penn tags.
pub fn own_figures(root: &Path) -> Result<Vec<Figure>> {
    let text = conllu::read(&root.join("crates/dateline-syntax/testdata/news.conllu"))?;
    let mut out = Vec::new();
    gold_words(&analyzer(root)?, OWN, &conllu::sentences(&text)?, &mut out);
    // Of some kinds of names there are only a dozen.
    out.retain(|figure| !figure.metric.starts_with("XPOS") && !figure.metric.ends_with(" names F1"));
    Ok(out)
}

fn analyzer(root: &Path) -> Result<Analyzer<Vec<u8>>> {
    let model = root.join(MODEL);
    let bytes = std::fs::read(&model).with_context(|| format!("cannot read {}", model.display()))?;
    Ok(Analyzer::from_bytes(bytes)?)
}

/// Right words by what is right of them.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    gold: u32,
    found: u32,
    aligned: u32,
    upos: u32,
    xpos: u32,
    lemma: u32,
    head: u32,
    label: u32,
}

impl Counts {
    fn push(&self, set: &str, words: &str, out: &mut Vec<Figure>) {
        let f1 = |right: u32| 200.0 * f64::from(right) / f64::from((self.gold + self.found).max(1));
        let figures =
            [("UPOS", self.upos), ("XPOS", self.xpos), ("lemma", self.lemma), ("UAS", self.head), ("LAS", self.label)];
        out.extend(figures.map(|(metric, right)| Figure::new(set, &format!("{metric}, {words}"), f1(right))));
    }

    /// Counts what is right of a word beside its head.
    fn word(&mut self, gold: &Sentence, at: usize, analysis: &Analysis<'_>, word: usize) {
        self.aligned += 1;
        self.upos += u32::from(analysis.upos(word) == gold.upos[at]);
        self.xpos += u32::from(analysis.xpos(word) == gold.xpos[at]);
        self.lemma += u32::from(gold.lemmas.get(at).is_none_or(|lemma| lemma == "_" || analysis.lemma(word) == lemma));
    }

    fn arc(&mut self, head_is_right: bool, gold: Deprel, found: Deprel) {
        self.head += u32::from(head_is_right);
        self.label += u32::from(head_is_right && universal(gold) == universal(found));
    }
}

/// The relation without its subtype.
fn universal(relation: Deprel) -> &'static str {
    relation.as_str().split(':').next().unwrap_or_default()
}

fn gold_words(
    analyzer: &Analyzer<impl AsRef<[u8]>>,
    set: &str,
    sentences: &[(String, Sentence)],
    out: &mut Vec<Figure>,
) {
    let mut counts = Counts::default();
    let mut names = BTreeMap::new();
    for (_, sentence) in sentences {
        let forms: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
        let mut analysis = Analysis::new();
        analyzer.analyze_words(&forms, &mut analysis);
        counts.gold += forms.len() as u32;
        counts.found += forms.len() as u32;
        for word in 0..forms.len() {
            counts.word(sentence, word, &analysis, word);
            let head = analysis.head(word) == sentence.heads[word];
            counts.arc(head, sentence.deprels[word], analysis.deprel(word));
        }
        score::count_names(sentence, &analysis, &mut names);
    }
    counts.push(set, "gold words", out);
    let [right, found, there] = names.values().fold([0; 3], |sum, counts| [0, 1, 2].map(|at| sum[at] + counts[at]));
    out.push(Figure::new(set, "names F1", 200.0 * f64::from(right) / f64::from((found + there).max(1))));
    for (kind, [right, found, there]) in names {
        // The other kinds are too few to be more than noise.
        if ["person", "organization", "place", "nationality"].contains(&kind) {
            let f1 = 200.0 * f64::from(right) / f64::from((found + there).max(1));
            out.push(Figure::new(set, &format!("{kind} names F1"), f1));
        }
    }
}

/// A document of a treebank as raw text.
#[derive(Debug, Default)]
struct Raw {
    text: String,
    /// Each sentence with the extent of its words: start, end, number of the word among those of that extent.
    sentences: Vec<(Sentence, Vec<Extent>)>,
}

type Extent = (usize, usize, usize);

/// Writes the texts of a treebank's documents as their authors did: `SpaceAfter=No` and paragraphs are kept.
fn documents(conllu: &str, sentences: Vec<(String, Sentence)>) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    let mut sentences = sentences.into_iter().map(|item| item.1);
    for block in conllu.split("\n\n") {
        if out.is_empty() || block.lines().any(|line| line.starts_with("# newdoc")) {
            out.push(Raw::default());
        }
        let Some(raw) = out.last_mut() else { continue };
        if !raw.text.is_empty() && block.lines().any(|line| line.starts_with("# newpar")) {
            raw.text.push_str("\n\n");
        }
        let extents = write_sentence(block, &mut raw.text);
        if !extents.is_empty() {
            raw.sentences.extend(sentences.next().map(|sentence| (sentence, extents)));
        }
    }
    out
}

/// Appends a sentence as written, and says where its words are.
fn write_sentence(block: &str, text: &mut String) -> Vec<Extent> {
    let mut extents = Vec::new();
    // A contraction: its extent, its last word, and how many of its words were seen.
    let mut contraction: Option<(usize, usize, usize)> = None;
    let mut seen = 0;
    let mut parts_end = 0;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [index, form, .., misc] = columns[..] else { continue };
        if index.contains('.') {
            continue;
        }
        if let Some((start, end, last)) = contraction {
            // Written as its parts so far: else all its words have the whole as their extent.
            let part = parts_end..parts_end + form.len();
            extents.push(if text.get(part.clone()) == Some(form) && part.end <= end {
                parts_end = part.end;
                (part.start, part.end, 0)
            } else {
                (start, end, seen)
            });
            seen += 1;
            if index.parse() == Ok(last) {
                let first_part = extents.len() - seen;
                if parts_end != end {
                    for (number, extent) in extents[first_part..].iter_mut().enumerate() {
                        *extent = (start, end, number);
                    }
                }
                contraction = None;
            }
            continue;
        }
        let start = text.len();
        text.push_str(form);
        match index.split_once('-') {
            Some((_, last)) => {
                contraction = last.parse().ok().map(|last| (start, text.len(), last));
                (seen, parts_end) = (0, start);
            }
            None => extents.push((start, text.len(), 0)),
        }
        if !misc.split('|').any(|item| item == "SpaceAfter=No") {
            text.push(' ');
        }
    }
    extents
}

fn raw_text(analyzer: &Analyzer<impl AsRef<[u8]>>, set: &str, documents: &[Raw], out: &mut Vec<Figure>) {
    let tokenizer = Tokenizer::new();
    let mut counts = Counts::default();
    let mut tokens = Tokens::new();
    for raw in documents {
        // Where each word of the treebank is: its sentence, and its number there.
        let mut places: HashMap<Extent, (usize, usize)> = HashMap::new();
        for (number, (_, extents)) in raw.sentences.iter().enumerate() {
            counts.gold += extents.len() as u32;
            places.extend(extents.iter().enumerate().map(|(at, &extent)| (extent, (number, at))));
        }
        tokenizer.tokenize(&raw.text, &mut tokens);
        for sentence in 0..tokens.sentence_count() {
            let mut analysis = Analysis::new();
            analyzer.analyze(tokens.of(&raw.text), sentence, &mut analysis);
            counts.found += analysis.len() as u32;
            let place = |word: usize| {
                let span = analysis.span(word);
                places.get(&(span.start, span.end, 0)).copied()
            };
            for word in 0..analysis.len() {
                let Some((number, at)) = place(word) else { continue };
                let gold = &raw.sentences[number].0;
                counts.word(gold, at, &analysis, word);
                let head_is_right = match (analysis.head(word), gold.heads[at]) {
                    (None, None) => true,
                    (Some(found), Some(head)) => place(found) == Some((number, head)),
                    _ => false,
                };
                counts.arc(head_is_right, gold.deprels[at], analysis.deprel(word));
            }
        }
    }
    counts.push(set, "raw text", out);
    out.push(Figure::new(
        set,
        "words, raw text",
        200.0 * f64::from(counts.aligned) / f64::from((counts.gold + counts.found).max(1)),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_contraction_are_its_parts_where_it_is_written_so() {
        let block = "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
                     3\t,\t_\t_\t_\t_\t_\t_\t_\t_\n4-5\tgonna\t_\t_\t_\t_\t_\t_\t_\t_\n4\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n5\tto\t_\t_\t_\t_\t_\t_\t_\t_";
        let mut text = String::new();
        let extents = write_sentence(block, &mut text);
        assert_eq!(text, "don't, gonna ");
        assert_eq!(extents, [(0, 2, 0), (2, 5, 0), (5, 6, 0), (7, 12, 0), (7, 12, 1)]);
    }
}
