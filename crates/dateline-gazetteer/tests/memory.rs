//! Finding names allocates nothing, however many there are.

use allocation_counter::measure;
use dateline_gazetteer::builder::{Builder, PlaceRecord};
use dateline_gazetteer::matcher::{Dictionary, Folding, Starts};
use dateline_gazetteer::{Gazetteer, PlaceKind};
use dateline_tokenizer::{Tokenizer, Tokens};

const NAMES: [&str; 5] = ["New York", "Port-au-Prince", "Saint Petersburg", "El Fasher", "Zürich"];
const TEXT: &str =
    "From New York to PORT AU PRINCE, St. Petersburg and el-Fasher; Zurich's and Zürich's banks. Nowhere else. ";

fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    tokens
}

#[test]
fn a_dictionary_is_searched_without_allocation() {
    let text = TEXT.repeat(100);
    let tokens = tokens(&text);
    for (folding, found) in [(Folding::Exact, 200), (Folding::Folded, 600)] {
        let entries = NAMES.iter().map(|name| (name, ()));
        let dictionary = Dictionary::new(entries, folding, Starts::Capitalized).unwrap();
        let searched = measure(|| assert_eq!(dictionary.find_iter(tokens.of(&text)).count(), found));
        assert_eq!(searched.count_total, 0);
        let searched = measure(|| assert!(dictionary.find_spans(&text).count() >= found));
        assert_eq!(searched.count_total, 0);
    }
}

#[test]
fn a_gazetteer_is_searched_without_allocation() {
    let mut builder = Builder::new();
    for name in NAMES {
        builder.add(PlaceRecord::new(name, PlaceKind::City, 48.0, 2.0)).unwrap();
    }
    let gazetteer = Gazetteer::from_bytes(builder.build().unwrap()).unwrap();
    let text = TEXT.repeat(100);
    let tokens = tokens(&text);
    let searched = measure(|| {
        let found = gazetteer.find_iter(tokens.of(&text));
        let candidates: usize = found.map(|found| gazetteer.candidates(found.name).count()).sum();
        assert_eq!(candidates, 600);
    });
    assert_eq!(searched.count_total, 0);
}
