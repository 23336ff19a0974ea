//! The resolver over the embedded places.

use dateline_gazetteer::{Gazetteer, PlaceKind, Resolver, resolver};
use dateline_tokenizer::{Tokenizer, Tokens};

/// The mentions of a text: what is written, and the name and kind of the place.
fn places(text: &str) -> Vec<(String, String, PlaceKind)> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let context = resolver::Context::default();
    let mut scratch = resolver::Scratch::new();
    let mentions = Resolver::new(&gazetteer).resolve(&gazetteer, tokens.of(text), &[], &context, &mut scratch);
    let resolved = mentions.into_iter().filter_map(|mention| {
        let place = gazetteer.place(mention.place?);
        Some((text[mention.span].to_owned(), place.name(), place.kind()))
    });
    resolved.collect()
}

fn place(text: &str, name: &str, kind: PlaceKind) -> (String, String, PlaceKind) {
    (text.to_owned(), name.to_owned(), kind)
}

#[test]
fn type_words_in_lower_case_choose_the_kind_and_stay_out_of_the_name() {
    assert_eq!(
        places("Flights were held at Vnukovo airport after drones fell in the Tver region."),
        [
            place("Vnukovo", "Vnukovo International Airport", PlaceKind::Airport),
            place("Tver", "Tver Oblast", PlaceKind::Admin1),
        ]
    );
    assert_eq!(places("Troops reached Anbar province on Friday."), [place("Anbar", "Anbar", PlaceKind::Admin1)]);
    assert_eq!(
        places("They sailed through the Gulf of Aden past Bab el-Mandeb."),
        [
            place("Gulf of Aden", "Gulf of Aden", PlaceKind::Water),
            place("Bab el-Mandeb", "Bab el-Mandeb", PlaceKind::Water),
        ]
    );
}

#[test]
fn a_country_is_meant_before_towns_of_its_name() {
    assert_eq!(
        places("Officials in Houston, Dallas and Austin said the plane from Mexico had been held in Texas.")[3],
        place("Mexico", "Mexico", PlaceKind::Country)
    );
}

#[test]
fn abbreviations_are_no_words_with_apostrophes_or_titles() {
    assert_eq!(
        places("I'll go, she said. Miss Marks agreed. They met in Peoria, Ill., on Monday.")
            .into_iter()
            .map(|(text, ..)| text)
            .collect::<Vec<_>>(),
        ["Peoria", "Ill"]
    );
}
