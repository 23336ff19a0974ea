//! Dictionary forms: a table of irregular forms, then spelling rules that ask the lexicon which stem is a word.

use crate::Xpos;
use crate::error::Error;
use crate::lexicon::{Candidates, Lexicon, Table};

/// Finds dictionary forms.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    irregular: Table,
}

impl Lemmatizer {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self { irregular: Table::new("lemmas.tsv", include_str!("../data/lemmas.tsv"))? })
    }

    /// Appends the lemma of a word that has tag `tag` to `out`. `key` is scratch space.
    pub(crate) fn append(
        &self,
        lexicon: &Lexicon,
        form: &str,
        lower: &str,
        tag: Xpos,
        key: &mut String,
        out: &mut String,
    ) {
        let class = match tag {
            Xpos::Nnp | Xpos::Nnps => {
                out.push_str(form);
                return;
            }
            Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz => 'V',
            Xpos::Nns => 'N',
            Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs => 'A',
            Xpos::Md | Xpos::Prp | Xpos::Rb | Xpos::Dt | Xpos::Wp => 'F',
            _ => {
                out.push_str(lower);
                return;
            }
        };
        key.clear();
        key.push_str(lower);
        key.push('/');
        key.push(class);
        if let Some(lemma) = self.irregular.get(key) {
            out.push_str(lemma);
            return;
        }
        match tag {
            Xpos::Vbz | Xpos::Nns => plural(lexicon, lower, tag == Xpos::Vbz, out),
            Xpos::Vbd | Xpos::Vbn if lower.len() > 4 && lower.ends_with("ied") => {
                out.push_str(&lower[..lower.len() - 3]);
                out.push('y');
            }
            Xpos::Vbd | Xpos::Vbn if lower.len() > 3 && lower.ends_with("ed") => {
                verb_stem(lexicon, &lower[..lower.len() - 2], key, out);
            }
            Xpos::Vbg if lower.len() > 4 && lower.ends_with("ing") => {
                verb_stem(lexicon, &lower[..lower.len() - 3], key, out);
            }
            Xpos::Jjr | Xpos::Rbr if lower.len() > 4 && lower.ends_with("er") => {
                graded_stem(lexicon, &lower[..lower.len() - 2], key, out);
            }
            Xpos::Jjs | Xpos::Rbs if lower.len() > 5 && lower.ends_with("est") => {
                graded_stem(lexicon, &lower[..lower.len() - 3], key, out);
            }
            _ => out.push_str(lower),
        }
    }
}

fn can_be(lexicon: &Lexicon, word: &str, tags: &[Xpos]) -> bool {
    let mut found = Candidates::new();
    lexicon.offer(word, 0, &mut found) && found.as_slice().iter().any(|(tag, _)| tags.contains(tag))
}

fn plural(lexicon: &Lexicon, lower: &str, verb: bool, out: &mut String) {
    let base: &[Xpos] = if verb { &[Xpos::Vb, Xpos::Vbp] } else { &[Xpos::Nn] };
    let cut = |by: usize| &lower[..lower.len() - by];
    if lower.len() > 4 && lower.ends_with("ies") {
        out.push_str(cut(3));
        out.push('y');
    } else if lower.len() > 3 && lower.ends_with("es") {
        let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| cut(2).ends_with(end));
        let bare = !can_be(lexicon, cut(1), base) && (can_be(lexicon, cut(2), base) || sibilant);
        out.push_str(cut(if bare { 2 } else { 1 }));
    } else if lower.len() > 2 && lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") {
        out.push_str(cut(1));
    } else {
        out.push_str(lower);
    }
}

/// `stem` without a doubled last consonant, if it has one.
fn undoubled(stem: &str) -> Option<&str> {
    let bytes = stem.as_bytes();
    let &[.., a, b] = bytes else { return None };
    (a == b && b.is_ascii_lowercase() && bytes.len() > 2).then(|| &stem[..stem.len() - 1])
}

fn verb_stem(lexicon: &Lexicon, stem: &str, key: &mut String, out: &mut String) {
    let verb = &[Xpos::Vb, Xpos::Vbp];
    if can_be(lexicon, stem, verb) {
        out.push_str(stem);
        return;
    }
    let single = undoubled(stem);
    if let Some(single) = single
        && (can_be(lexicon, single, verb) || !stem.ends_with(['l', 's', 'f', 'z', 'e', 'o']))
    {
        out.push_str(single);
        return;
    }
    key.clear();
    key.push_str(stem);
    key.push('e');
    let silent_e = || {
        stem.ends_with(['v', 'u', 'c', 'z']) && single.is_none()
            || stem.ends_with('s') && !stem.ends_with("ss")
            || stem.len() > 3
                && ["at", "ng", "dg", "iz", "bl", "tl", "gl", "ckl", "ir", "ur", "as", "eg"]
                    .iter()
                    .any(|end| stem.ends_with(end))
    };
    out.push_str(if can_be(lexicon, key, verb) || silent_e() { key } else { stem });
}

fn graded_stem(lexicon: &Lexicon, stem: &str, key: &mut String, out: &mut String) {
    let base = &[Xpos::Jj, Xpos::Rb];
    if can_be(lexicon, stem, base) {
        out.push_str(stem);
    } else if let Some(stem) = stem.strip_suffix('i') {
        out.push_str(stem);
        out.push('y');
    } else if let Some(single) = undoubled(stem) {
        out.push_str(single);
    } else {
        key.clear();
        key.push_str(stem);
        key.push('e');
        out.push_str(if can_be(lexicon, key, base) { key } else { stem });
    }
}
