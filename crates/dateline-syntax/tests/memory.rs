//! An analysis that has been filled once is filled again without an allocation.

use allocation_counter::measure;
use dateline_syntax::{Analysis, Analyzer, Relations};
use dateline_tokenizer::{Tokenizer, Tokens};

const TEXT: &str = "The rebels, who had fled to Kirkuk on Monday, killed two of Gen. Orlov's soldiers there. \
                    ARMY SHELLS VILLAGE, 12 DEAD. \"We won't leave,\" said Amina Al-Sayed, 41, of the U.N. mission. \
                    Tsk! 3.5% of Überfälle — нет 🚀.";

#[test]
fn a_warm_analysis_allocates_nothing() {
    let analyzer = Analyzer::embedded().unwrap();
    let mut tokens = Tokens::new();
    // A sentence of hundreds of words among the short ones.
    let text = format!("{TEXT}\n\n{}.", "they said that the men and ".repeat(60)).repeat(3);
    Tokenizer::new().tokenize(&text, &mut tokens);
    let mut analysis = Analysis::new();
    let mut read = |words: &mut usize, names: &mut usize| {
        for sentence in 0..tokens.sentence_count() {
            analyzer.analyze(tokens.of(&text), sentence, &mut analysis);
            *words += analysis.len();
            *names += analysis.names().count();
        }
    };
    let (mut words, mut names) = (0, 0);
    read(&mut words, &mut names);
    assert!(words == tokens.len() && names >= 9, "{words} words, {names} names");
    assert_eq!(measure(|| read(&mut words, &mut names)).count_total, 0);
}

#[test]
fn the_embedded_model_is_read_in_place() {
    assert_eq!(measure(|| assert!(Analyzer::embedded().is_ok())).count_total, 0);
}
