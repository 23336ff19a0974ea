//! A gazetteer reader answers or errs on any bytes: ids that it gives out are its own, positions are on the globe.
//! An input is tried as it is, and cut or filled up to the length that its header asks for.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;

use dateline::gazetteer::{Gazetteer, Place};
use dateline::tokenizer::{Tokenizer, Tokens};

const TEXT: &str =
    "Fighting reached Tver and Zavidovo near Moscow, Russia, on 6 May; Russian troops left Vnukovo (VKO).";

/// Where a file's table of sections stands: offset and length of each, eight bytes each.
const TABLE: std::ops::Range<usize> = 24..24 + 26 * 16;

/// Bytes that an input is filled up to at most.
const MOST: usize = 1 << 17;

fn check(data: &[u8]) {
    // The checksum refuses almost everything: what lies behind it is asked without.
    let is_whole = Gazetteer::from_bytes(data).is_ok();
    let fitted = fitted(data);
    assert!(!is_whole || data.len() > MOST || fitted == data, "the table of sections is not where it was");
    read(data);
    read(&fitted);
}

/// The header refuses what has grown or shrunk; here the content is as long as the last section says.
fn fitted(data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    if let Some([.., offset, len]) = data.get(TABLE).map(|table| table.as_chunks::<8>().0) {
        let end = u64::from_le_bytes(*offset).saturating_add(u64::from_le_bytes(*len));
        file.resize(end.min(MOST as u64) as usize, 0x5A);
    }
    file
}

fn read(data: &[u8]) {
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
