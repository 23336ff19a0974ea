//! The resolver over the embedded places.

use dateline_gazetteer::{Gazetteer, PlaceKind, Resolver, resolver};
use dateline_tokenizer::{Span, Tokenizer, Tokens};

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

/// The mentions of a text: what is written, and where the container that the text names for it stands.
fn containers(text: &str) -> Vec<(String, Option<String>)> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(text, &mut tokens);
    let context = resolver::Context { dateline: text.find(" - ").map(|end| Span::new(0, end)), body: 0 };
    let mut scratch = resolver::Scratch::new();
    let mentions = Resolver::new(&gazetteer).resolve(&gazetteer, tokens.of(text), &[], &context, &mut scratch);
    let written = |span: Span| text[span].to_owned();
    let container = |at: Option<usize>| at.map(|at| written(mentions[at].span));
    mentions.iter().map(|mention| (written(mention.span), container(mention.container))).collect()
}

#[test]
fn an_area_is_said_to_be_a_place() {
    assert_eq!(
        places("Gunmen stopped a bus in the Mariga area on Friday."),
        [place("Mariga", "Mariga", PlaceKind::Admin2)]
    );
    assert_eq!(
        containers("A bomb was found in the Castlewater area of Londonderry."),
        [("Castlewater".to_owned(), Some("Londonderry".to_owned())), ("Londonderry".to_owned(), None)]
    );
}

#[test]
fn places_that_the_gazetteer_lacks_are_told_by_the_words_beside_them() {
    let names = |text: &str| containers(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("Gunmen were seen in Brodnevo village on Friday."), ["Brodnevo"]);
    assert_eq!(names("Shells fell on houses near Brodnevo Village on Friday."), ["Brodnevo Village"]);
    assert_eq!(names("A bomb went off in Kyiv's western Brodnevo district."), ["Kyiv", "Brodnevo"]);
    assert_eq!(
        names("Rebels entered the villages of Brodnevo, Kharkiv and Karlenko, General Doe said."),
        ["Brodnevo", "Kharkiv", "Karlenko"]
    );
    assert_eq!(
        containers("Farmers in the Brodnevo district, Kharkiv Oblast, protested.")[0],
        ("Brodnevo".to_owned(), Some("Kharkiv Oblast".to_owned()))
    );
    // Not every name before such a word is one.
    assert_eq!(names("They met in the Shiite village on Friday."), [""; 0]);
}

#[test]
fn a_street_is_in_the_town_of_the_report() {
    let found = containers("PARIS, Texas - A man was shot in the 1200 block of Dallas Street on Saturday.");
    assert_eq!(found[2], ("Dallas Street".to_owned(), Some("PARIS".to_owned())));
    let found = places("The Lebanon Street Superintendent spoke in Boston.");
    assert_eq!(found[0].0, "Lebanon");
}

#[test]
fn a_container_may_stand_before_the_kind_word() {
    assert_eq!(
        containers("Shots were heard in the West Bank city of Nablus.")[1],
        ("Nablus".to_owned(), Some("West Bank".to_owned()))
    );
}

#[test]
fn a_container_finds_the_rarest_namesake() {
    let gazetteer = Gazetteer::embedded().unwrap();
    assert!(gazetteer.lookup("San Francisco").count() > 40);
    assert_eq!(
        containers("A car bomb went off in San Francisco, Zulia, on Monday.")[0],
        ("San Francisco".to_owned(), Some("Zulia".to_owned()))
    );
}
