//! Grammar as CoNLL-U, of texts and of sentences whose words are given.

use dateline::Document;
use dateline::syntax::{Analysis, Analyzer, Relations};
use dateline::tokenizer::{NameKind, Tokens};

/// Appends the sentences of a document.
pub fn document(analyzer: &Analyzer, document: &Document<'_>, tokens: &Tokens, out: &mut Vec<u8>) {
    let text = document.text();
    let id = one_line(document.id().unwrap_or_default());
    let mut analysis = Analysis::new();
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokens.of(text), sentence, &mut analysis);
        if sentence == 0 {
            comment(out, "newdoc id", &id);
        }
        comment(out, "sent_id", &format!("{id}-{}", sentence + 1));
        comment(out, "text", &one_line(&text[tokens.sentence_span(sentence)]));
        let starts: Vec<usize> = (0..analysis.len()).map(|word| analysis.span(word).start).collect();
        let names = names(&analysis, &starts);
        for (word, name) in names.into_iter().enumerate() {
            let token = analysis.first_token() + word;
            // The next token may be of the next sentence.
            let touches = token + 1 < tokens.len() && tokens.span(token).end == tokens.span(token + 1).start;
            word_line(out, &analysis, word, name, if touches { "SpaceAfter=No" } else { "_" });
        }
        out.push(b'\n');
    }
}

/// Appends the sentence of a block of CoNLL-U with its grammar in place of what was there. Comments, forms, ranges of
/// words (`1-2`) and the last column stay; empty nodes (`1.1`) go.
///
/// # Errors
///
/// If a line is none of CoNLL-U: its place in the block, from 0, and why.
pub fn pretokenized(analyzer: &Analyzer, block: &str, out: &mut Vec<u8>) -> Result<(), (u64, String)> {
    // Lines that stay as they are, each with the number of words before it.
    let mut kept: Vec<(usize, &str)> = Vec::new();
    let (mut forms, mut miscs) = (Vec::new(), Vec::new());
    for (place, line) in block.lines().enumerate() {
        if line.starts_with('#') {
            kept.push((forms.len(), line));
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, _, _, _, _, _, _, misc] = columns[..] else {
            return Err((place as u64, format!("has {} columns between tabs; CoNLL-U has 10", columns.len())));
        };
        if id.contains('-') {
            kept.push((forms.len(), line));
        } else if !id.contains('.') {
            if id.parse() != Ok(forms.len() + 1) {
                return Err((place as u64, format!("word {id:?} where {} should come", forms.len() + 1)));
            }
            if form.is_empty() {
                return Err((place as u64, "the word is empty".to_owned()));
            }
            forms.push(form);
            miscs.push(misc);
        }
    }
    let mut analysis = Analysis::new();
    analyzer.analyze_words(&forms, &mut analysis);
    let starts: Vec<usize> = forms
        .iter()
        .scan(0, |next, form| {
            let start = *next;
            *next += form.len() + 1;
            Some(start)
        })
        .collect();
    let mut kept = kept.into_iter().peekable();
    for (word, name) in names(&analysis, &starts).into_iter().enumerate() {
        while let Some((_, line)) = kept.next_if(|&(before, _)| before <= word) {
            push_line(out, line);
        }
        word_line(out, &analysis, word, name, miscs[word]);
    }
    kept.for_each(|(_, line)| push_line(out, line));
    out.push(b'\n');
    Ok(())
}

fn push_line(out: &mut Vec<u8>, line: &str) {
    out.extend_from_slice(line.as_bytes());
    out.push(b'\n');
}

fn comment(out: &mut Vec<u8>, name: &str, value: &str) {
    push_line(out, &format!("# {name} = {value}"));
}

/// With single spaces for white space of any sort.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name that each word is in, as `B-` for its first word or `I-` and its kind after OntoNotes.
fn names(analysis: &Analysis<'_>, starts: &[usize]) -> Vec<Option<(char, &'static str)>> {
    let mut names = vec![None; starts.len()];
    for name in analysis.names() {
        let kind = match name.kind {
            NameKind::Person => "PERSON",
            NameKind::Organization => "ORG",
            NameKind::Place => "GPE",
            NameKind::Facility => "FAC",
            NameKind::Nationality => "NORP",
            NameKind::Event => "EVENT",
            _ => continue,
        };
        let first = starts.partition_point(|&start| start < name.span.start);
        let end = starts.partition_point(|&start| start < name.span.end);
        for (place, label) in names[first..end].iter_mut().enumerate() {
            *label = Some((if place == 0 { 'B' } else { 'I' }, kind));
        }
    }
    names
}

fn word_line(out: &mut Vec<u8>, analysis: &Analysis<'_>, word: usize, name: Option<(char, &str)>, misc: &str) {
    let head = analysis.head(word).map_or(0, |head| head + 1);
    let ner = name.map(|(place, kind)| format!("NER={place}-{kind}"));
    // Attributes are sorted.
    let mut attributes: Vec<&str> =
        misc.split('|').filter(|attribute| *attribute != "_" && !attribute.starts_with("NER=")).collect();
    attributes.extend(ner.as_deref());
    attributes.sort_unstable();
    let misc = if attributes.is_empty() { "_".to_owned() } else { attributes.join("|") };
    let line = format!(
        "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}",
        word + 1,
        cell(analysis.form(word)),
        cell(analysis.lemma(word)),
        analysis.upos(word).as_str(),
        analysis.xpos(word).as_str(),
        analysis.deprel(word).as_str(),
    );
    push_line(out, &line);
}

/// What can stand between tabs: an underscore for nothing.
fn cell(text: &str) -> String {
    if text.is_empty() { "_".to_owned() } else { text.replace(['\t', '\n', '\r'], " ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_given_stay() {
        let block = "# sent_id = 1\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tx\tX\t_\t_\t0\troot\t_\t_\n\
                     2\tn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|A=1\n2.1\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n3\tKyiv\t_\t_\t_\t_\t_\t_\t_\tNER=O\n";
        let mut out = Vec::new();
        pretokenized(&Analyzer::embedded().unwrap(), block, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        assert_eq!(lines[0], ["# sent_id = 1"]);
        assert_eq!(lines[1][..2], ["1-2", "Don't"]);
        assert_eq!((lines[2][1], lines[3][1], lines[4][1]), ("Do", "n't", "Kyiv"));
        assert_eq!((lines[2][3], lines[3][9]), ("AUX", "A=1|SpaceAfter=No"));
        assert_eq!(lines.len(), 6);
        assert_ne!(lines[4][9], "NER=O");
    }

    #[test]
    fn a_line_that_is_wrong_is_told() {
        let error = |block: &str| pretokenized(&Analyzer::embedded().unwrap(), block, &mut Vec::new()).unwrap_err();
        assert_eq!(error("# x\n1\tA\n"), (1, "has 2 columns between tabs; CoNLL-U has 10".to_owned()));
        assert_eq!(error("2\tA\t_\t_\t_\t_\t_\t_\t_\t_\n"), (0, "word \"2\" where 1 should come".to_owned()));
    }
}
