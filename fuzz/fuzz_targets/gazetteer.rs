//! A gazetteer reader answers or errs on any bytes: ids that it gives out are its own, positions are on the globe.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use dateline::gazetteer::{Gazetteer, Place};
use dateline::tokenizer::{Tokenizer, Tokens};

const TEXT: &str =
    "Fighting reached Tver and Zavidovo near Moscow, Russia, on 6 May; Russian troops left Vnukovo (VKO).";

fn check(data: &[u8]) {
    // The checksum refuses almost everything: what lies behind it is asked without.
    let _ = Gazetteer::from_bytes(data);
    let Ok(gazetteer) = Gazetteer::from_trusted_bytes(data) else { return };
    let look = |place: Place<'_>| {
        let facts = (place.name(), place.kind(), place.country(), place.population(), place.geonames_id());
        assert!((-90.0..=90.0).contains(&place.lat()) && (-180.0..=180.0).contains(&place.lon()), "{facts:?}");
        for division in [place.admin1(), place.admin2()].into_iter().flatten() {
            assert!((division.0 as usize) < gazetteer.len(), "{facts:?}");
        }
        let _ = (place.radius_km(), place.iata(), place.icao());
    };
    gazetteer.places().take(1_000).for_each(look);
    for name in ["Tver", "zavidovo", "Moscow", "VKO", "UUWW", "Russian", ""] {
        for (id, _) in gazetteer.lookup(name).take(1_000) {
            look(gazetteer.place(id));
        }
    }
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(TEXT, &mut tokens);
    for found in gazetteer.find_iter(tokens.of(TEXT)) {
        assert!(TEXT.get(found.span.range()).is_some());
        for (id, _) in gazetteer.candidates(found.name).take(1_000) {
            look(gazetteer.place(id));
        }
    }
}

target!("gazetteer", check);
