//! How well a model does on gold tokens.

use std::collections::BTreeMap;
use std::time::Instant;

use dateline_syntax::training::Sentence;
use dateline_syntax::{Analysis, Analyzer, Relations};

/// Prints a line of figures for a set.
pub fn print(name: &str, analyzer: &Analyzer<impl AsRef<[u8]>>, sentences: &[(String, Sentence)]) {
    let (mut words, mut upos, mut xpos, mut lemmas, mut heads, mut labels) = (0, 0, 0, 0, 0, 0);
    // Of each kind of name: right, found, there.
    let mut names: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for (_, sentence) in sentences {
        let forms: Vec<&str> = sentence.forms.iter().map(String::as_str).collect();
        let mut analysis = Analysis::new();
        analyzer.analyze_words(&forms, &mut analysis);
        for word in 0..forms.len() {
            words += 1;
            upos += usize::from(analysis.upos(word) == sentence.upos[word]);
            xpos += usize::from(analysis.xpos(word) == sentence.xpos[word]);
            lemmas += usize::from(sentence.lemmas.get(word).is_some_and(|lemma| analysis.lemma(word) == lemma));
            let head = analysis.head(word) == sentence.heads[word];
            heads += usize::from(head);
            labels += usize::from(head && analysis.deprel(word) == sentence.deprels[word]);
        }
        count_names(sentence, &analysis, &mut names);
    }
    let percent = |count: usize| 100.0 * count as f64 / words as f64;
    println!(
        "{name}: UPOS {:.2}  XPOS {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}",
        percent(upos),
        percent(xpos),
        percent(lemmas),
        percent(heads),
        percent(labels)
    );
    let f1 = names.iter().map(|(kind, [right, found, there])| {
        let share = |of: u32| 100.0 * f64::from(*right) / f64::from(of.max(1));
        let f1 = 200.0 * f64::from(*right) / f64::from((found + there).max(1));
        format!("{kind} {f1:.1} (P {:.1} R {:.1})", share(*found), share(*there))
    });
    println!("{name}: names F1 {}", f1.collect::<Vec<_>>().join("  "));
}

/// Adds up, of each kind of name: right, found, there.
pub fn count_names(sentence: &Sentence, analysis: &Analysis<'_>, names: &mut BTreeMap<&str, [u32; 3]>) {
    let gold = gold_names(sentence, analysis);
    let found: Vec<_> = analysis.names().map(|name| (name.span.start, name.span.end, name.kind.as_str())).collect();
    for name in &gold {
        names.entry(name.2).or_default()[2] += 1;
    }
    for name in &found {
        let counts = names.entry(name.2).or_default();
        counts[1] += 1;
        counts[0] += u32::from(gold.contains(name));
    }
}

/// Names of the labels, but for kinds that are not reported.
fn gold_names(sentence: &Sentence, analysis: &Analysis<'_>) -> Vec<(usize, usize, &'static str)> {
    let kinds = ["person", "organization", "place", "facility", "nationality", "event"];
    let labels = &sentence.names;
    let begins = (0..labels.len()).filter(|&at| labels[at] % 2 == 1);
    begins
        .filter_map(|start| {
            let goes_on = |at: &usize| labels.get(*at) == Some(&(labels[start] + 1));
            let last = (start + 1..).take_while(goes_on).last().unwrap_or(start);
            let kind = kinds.get(usize::from(labels[start] / 2))?;
            Some((analysis.span(start).start, analysis.span(last).end, *kind))
        })
        .collect()
}

/// Prints how many tokens a second are analysed, with everything, on one thread.
pub fn print_speed(analyzer: &Analyzer<impl AsRef<[u8]>>, sentences: &[(String, Sentence)]) {
    let forms: Vec<Vec<&str>> =
        sentences.iter().map(|item| item.1.forms.iter().map(String::as_str).collect()).collect();
    let mut analysis = Analysis::new();
    let mut words = 0;
    // The best of some rounds: other work on the machine only makes it slower.
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        words = 0;
        let start = Instant::now();
        for forms in &forms {
            analyzer.analyze_words(forms, &mut analysis);
            words += analysis.len();
        }
        least = least.min(start.elapsed().as_secs_f64());
    }
    println!("{:.0} tokens a second", words as f64 / least);
}
