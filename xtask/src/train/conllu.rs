//! Reading treebanks.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dateline_syntax::training::{Sentence, label_of};
use dateline_syntax::{Deprel, Upos, Xpos};

/// The text of a file, unpacked if its name ends in `.gz`.
pub fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes)?;
    }
    Ok(text)
}

/// The sentences of a CoNLL-U file, names included where the last column has them.
pub fn sentences(text: &str) -> Result<Vec<(String, Sentence)>> {
    let mut out = Vec::new();
    let mut id = String::new();
    let mut sentence = Sentence::default();
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.is_empty() {
            if !sentence.forms.is_empty() {
                if sentence.lemmas.iter().all(|lemma| lemma == "_") {
                    sentence.lemmas.clear();
                }
                out.push((std::mem::take(&mut id), std::mem::take(&mut sentence)));
            }
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(value) = comment.trim().strip_prefix("sent_id = ") {
                value.clone_into(&mut id);
            }
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [index, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
            bail!("line {}: not ten columns", number + 1);
        };
        // Words written together, and words that are not there.
        if index.contains(['-', '.']) {
            continue;
        }
        sentence.forms.push(form.to_owned());
        sentence.upos.push(Upos::parse(upos).with_context(|| format!("line {}: {upos}", number + 1))?);
        sentence.xpos.push(Xpos::parse(xpos).unwrap_or(Xpos::Fw));
        sentence.lemmas.push(lemma.to_owned());
        let head: usize = head.parse().with_context(|| format!("line {}: head", number + 1))?;
        sentence.heads.push(head.checked_sub(1));
        let base = deprel.split(':').next().unwrap_or(deprel);
        sentence.deprels.push(Deprel::parse(deprel).or_else(|| Deprel::parse(base)).unwrap_or(Deprel::Dep));
        let name = misc.split('|').find_map(|item| item.strip_prefix("NER="));
        sentence.names.push(name.map_or(0, label_of));
    }
    Ok(out)
}

/// Puts the names of a file of its own (number, form, label) onto the sentences of the same identifiers.
pub fn add_names(sentences: &mut [(String, Sentence)], text: &str) {
    let mut labels: HashMap<&str, Vec<u8>> = HashMap::new();
    let mut id = "";
    for line in text.lines() {
        if let Some(value) = line.strip_prefix("# sent_id = ") {
            id = value;
        } else if let Some(label) = line.split('\t').nth(2) {
            labels.entry(id).or_default().push(label_of(label));
        }
    }
    for (id, sentence) in sentences {
        let found = labels.remove(id.as_str()).unwrap_or_default();
        if found.len() == sentence.forms.len() {
            sentence.names = found;
        } else {
            sentence.names.clear();
        }
    }
}
