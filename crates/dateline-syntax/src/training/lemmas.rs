use std::collections::{BTreeMap, BTreeSet};

use super::{Sentence, Table, bits_for};
use crate::Xpos;
use crate::lemma::{Change, LONGEST, Lemmatizer, check, ending_key, group, word_key};
use crate::model::Classes;
use crate::weights::{CLASSES, Wide, build};
use crate::words::{Form, Word, Words, lower};

pub(super) struct Lemmas {
    pub(super) table: Table,
    pub(super) changes: Vec<u8>,
}

impl Lemmas {
    /// The hashes of the lemmas of all words, by their tag classes.
    pub(super) fn keys(
        &self,
        sentences: &[Sentence],
        words: &[Words],
        tags: &[Vec<u8>],
        codes: &[u8],
    ) -> Vec<Vec<u32>> {
        let (Some(table), Some(classes)) = (Wide::new(&self.table.0, &self.table.1, CLASSES), Classes::new(codes))
        else {
            return Vec::new();
        };
        let lemmatizer = Lemmatizer { table, changes: &self.changes };
        let (mut scratch, mut lemma) = (Vec::new(), String::new());
        let mut of = |form: &String, word: Word, tag: u8| {
            lemma.clear();
            lemmatizer.append(form, word, classes.tags(tag).1, &mut scratch, &mut lemma)
        };
        sentences
            .iter()
            .zip(words)
            .zip(tags)
            .map(|((sentence, words), tags)| {
                let words = sentence.forms.iter().zip(&words.words);
                words.zip(tags).map(|((form, &word), &tag)| of(form, word, tag)).collect()
            })
            .collect()
    }
}

/// How `form` becomes `lemma`, from its small letters and from its own.
fn changes(form: &str, low: &str, lemma: &str) -> impl Iterator<Item = Change> {
    [(low, false), (form, true)]
        .map(|(base, keep_case)| {
            let same = base.char_indices().zip(lemma.chars()).take_while(|((_, a), b)| a == b);
            let kept = same.map(|((at, letter), _)| at + letter.len_utf8()).last().unwrap_or(0);
            let cut = u8::try_from(base.len() - kept).ok().filter(|&cut| cut < 128)?;
            Some(Change { keep_case, cut, add: lemma[kept..].to_owned() })
        })
        .into_iter()
        .flatten()
}

/// How often a form was seen with a lemma.
type Uses<'s> = BTreeMap<(&'s str, &'s str), u32>;

/// What a change makes of a form.
fn apply(change: &Change, form: &str, low: &str) -> Option<String> {
    let base = if change.keep_case { form } else { low };
    let kept = base.len().checked_sub(usize::from(change.cut))?;
    Some(base.get(..kept)?.to_owned() + &change.add)
}

/// The change that is right most often for these forms with their lemmas; of equals the one that adds least.
fn best(low: &str, uses: &Uses<'_>) -> Option<(Change, u32)> {
    let candidates: BTreeSet<Change> = uses.keys().flat_map(|(form, lemma)| changes(form, low, lemma)).collect();
    let right = |change: &Change| {
        let of = |((form, lemma), count): (&(&str, &str), &u32)| {
            if apply(change, form, low).as_deref() == Some(*lemma) { *count } else { 0 }
        };
        uses.iter().map(of).sum::<u32>()
    };
    candidates
        .into_iter()
        .map(|change| (right(&change), change))
        .max_by(|a, b| (a.0, b.1.add.len(), &b.1).cmp(&(b.0, a.1.add.len(), &a.1)))
        .map(|(count, change)| (change, count))
}

/// A form, the tags that it can have, and its lemma.
type Regular = (String, &'static [Xpos], String);

/// The regular forms of all verbs and nouns that were seen in their base form: most words have no lemma in the treebanks in
/// each of their forms.
fn regular_forms(sentences: &[Sentence]) -> Vec<Regular> {
    const PAST: &[Xpos] = &[Xpos::Vbd, Xpos::Vbn];
    let mut bases: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    for sentence in sentences {
        for (form, tag) in sentence.forms.iter().zip(&sentence.xpos) {
            let verb = matches!(tag, Xpos::Vb | Xpos::Vbp);
            if (verb || *tag == Xpos::Nn) && form.len() > 2 && form.bytes().all(|byte| byte.is_ascii_lowercase()) {
                *bases.entry((form, verb)).or_insert(0) += 1;
            }
        }
    }
    let vowel = |byte: u8| b"aeiou".contains(&byte);
    let mut out = Vec::new();
    // Where two bases give one form ("hop" and "hope" give "hoped"), that with an e at its end comes first and counts.
    let mut sorted: Vec<_> = bases.into_iter().filter(|item| item.1 > 1).map(|item| item.0).collect();
    sorted.sort_unstable_by_key(|&(base, verb)| (!base.ends_with('e'), base, verb));
    for (base, verb) in sorted {
        let bytes = base.as_bytes();
        let [.., before, middle, last] = bytes else { continue };
        let after_consonant = |stem: &str| stem.bytes().last().is_some_and(|byte| !vowel(byte));
        let y = base.strip_suffix('y').filter(|stem| after_consonant(stem));
        let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
        let plural = match y {
            Some(stem) => format!("{stem}ies"),
            None if sibilant => format!("{base}es"),
            None => format!("{base}s"),
        };
        let mut add = |form: String, tags: &'static [Xpos]| out.push((form, tags, base.to_owned()));
        add(plural, if verb { &[Xpos::Vbz] } else { &[Xpos::Nns] });
        if !verb {
            continue;
        }
        if let Some(stem) = base.strip_suffix('e') {
            add(format!("{base}d"), PAST);
            if !stem.ends_with(['e', 'o', 'y']) {
                add(format!("{stem}ing"), &[Xpos::Vbg]);
            }
            continue;
        }
        let short = !vowel(*before) && vowel(*middle) && !vowel(*last) && !b"wxy".contains(last);
        if short {
            let last = char::from(*last);
            add(format!("{base}{last}ed"), PAST);
            add(format!("{base}{last}ing"), &[Xpos::Vbg]);
        }
        // One vowel alone: the consonant is always doubled ("planned").
        if !(short && bytes.iter().filter(|&&byte| vowel(byte)).count() == 1) {
            add(y.map_or_else(|| format!("{base}ed"), |stem| format!("{stem}ied")), PAST);
            add(format!("{base}ing"), &[Xpos::Vbg]);
        }
    }
    out
}

/// Learns from words with their lemmas: rules for endings, and the words that do not follow them.
pub(super) fn learn(sentences: &[Sentence], words: &[Words], irregular: &[(String, char, String)]) -> Lemmas {
    let mut uses: BTreeMap<(u64, String), Uses> = BTreeMap::new();
    for (sentence, words) in sentences.iter().zip(words) {
        for (at, lemma) in sentence.lemmas.iter().enumerate() {
            let form = &sentence.forms[at];
            let mut low = Vec::new();
            lower(form, &mut low);
            let Ok(low) = String::from_utf8(low) else { continue };
            let key = (group(sentence.xpos[at], words.words[at].form), low);
            *uses.entry(key).or_default().entry((form, lemma)).or_insert(0) += 1;
        }
    }
    let regular = regular_forms(sentences);
    for (form, tags, base) in &regular {
        for &tag in *tags {
            let key = (group(tag, Form::Lower), form.clone());
            uses.entry(key).or_insert_with(|| Uses::from([((form.as_str(), base.as_str()), 1)]));
        }
    }
    let learnt: BTreeMap<&(u64, String), (Change, u32)> =
        uses.iter().filter_map(|(key, uses)| Some((key, best(&key.1, uses)?))).collect();
    // Endings are counted over words, not over their uses: rare words are the ones that need rules.
    let mut endings: BTreeMap<(u64, &[u8]), BTreeMap<&Change, u32>> = BTreeMap::new();
    for ((group, low), (change, _)) in &learnt {
        for length in 0..=LONGEST.min(low.len()) {
            let ending = &low.as_bytes()[low.len() - length..];
            *endings.entry((*group, ending)).or_default().entry(change).or_insert(0) += 1;
        }
    }
    let mut rules: BTreeMap<(u64, &[u8]), &Change> = BTreeMap::new();
    let find = |rules: &BTreeMap<(u64, &[u8]), &Change>, group: u64, low: &[u8], most: usize| {
        let lengths = (0..=most.min(low.len())).rev();
        lengths
            .into_iter()
            .find_map(|length| rules.get(&(group, &low[low.len() - length..])).map(|&change| change.clone()))
    };
    for length in 0..=LONGEST {
        for ((group, ending), changes) in endings.iter().filter(|item| item.0.1.len() == length) {
            let total: u32 = changes.values().sum();
            let Some((&change, &count)) =
                changes.iter().max_by_key(|&(change, &count)| (count, std::cmp::Reverse(*change)))
            else {
                continue;
            };
            let enough = length == 0 || total >= 2 && count * 3 >= total * 2;
            let shorter = if length == 0 { None } else { find(&rules, *group, ending, length - 1) };
            if enough && shorter.as_ref() != Some(change) {
                rules.insert((*group, *ending), change);
            }
        }
    }
    let mut words: BTreeMap<(u64, &str), (Change, u32)> = BTreeMap::new();
    for (form, class, lemma) in irregular {
        let tags: &[Xpos] = match class {
            'V' => &[Xpos::Vb, Xpos::Vbd, Xpos::Vbg, Xpos::Vbn, Xpos::Vbp, Xpos::Vbz],
            'N' => &[Xpos::Nns],
            'A' => &[Xpos::Jjr, Xpos::Jjs, Xpos::Rbr, Xpos::Rbs],
            _ => &[Xpos::Md, Xpos::Prp, Xpos::Rb, Xpos::Dt, Xpos::Wp],
        };
        for &tag in tags {
            if let Some(change) = changes(form, form, lemma).next() {
                words.insert((group(tag, Form::Lower), form), (change, 1));
            }
        }
    }
    words.extend(learnt.iter().map(|((group, low), change)| ((*group, low.as_str()), change.clone())));
    let mut exceptions: Vec<_> = words
        .into_iter()
        .filter(|((group, low), (change, _))| find(&rules, *group, low.as_bytes(), LONGEST).as_ref() != Some(change))
        .map(|((group, low), (change, count))| (group, low, change, count))
        .collect();
    exceptions.sort_by_key(|item| std::cmp::Reverse(item.3));
    let used: BTreeSet<&Change> = rules.values().copied().chain(exceptions.iter().map(|item| &item.2)).collect();
    let mut changes = Vec::new();
    let mut places = BTreeMap::new();
    for change in used {
        places.insert(change, changes.len() as u16);
        changes.push(change.cut | u8::from(change.keep_case) << 7);
        changes.push(change.add.len() as u8);
        changes.extend(change.add.bytes());
    }
    let row = |feature: u64, change: &Change| {
        let [low, high] = places[change].to_le_bytes();
        let [a, b] = check(feature);
        (feature, vec![(low, high as i8), (a, b as i8)])
    };
    // In a full bucket there is no room for the last: the short endings, which most words need, come first.
    let mut endings: Vec<_> =
        rules.iter().map(|(&(group, ending), &change)| (ending.len(), group, ending, change)).collect();
    endings.sort_unstable();
    let mut table: Vec<_> =
        endings.into_iter().map(|(_, group, ending, change)| row(ending_key(group, ending), change)).collect();
    table.extend(exceptions.iter().map(|(group, low, change, _)| {
        let digits = low.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        row(word_key(*group, crate::hash::bytes(&digits.collect::<Vec<_>>())), change)
    }));
    // Half empty: what is left out for want of room gives wrong lemmas.
    Lemmas { table: build::wide(&table, bits_for(2 * table.len()), CLASSES), changes }
}
