//! A buffer that has been filled once is filled again without an allocation.

use allocation_counter::measure;
use dateline_tokenizer::{Tokenizer, Tokens};

const TEXTS: [&str; 4] = [
    "KYIV, March 14 (Agency) - Gen. Orlov didn't speak at 5 a.m. Tuesday. \"We've left,\" he said (by phone).\n\nU.S. envoys fled.",
    "See http://example.org/a?b=c, or write to press@example.org: 1,200 shells, $3.5 million, 48°51′N, O'Neill's no. 10-12.",
    "Überfall in Malmö… Владимир сказал: «нет». مقتل ثلاثة 北京市的 ไทย 🚀🇺🇦 e\u{301}",
    "",
];

#[test]
fn a_warm_buffer_allocates_nothing() {
    let tokenizer = Tokenizer::new();
    let mut tokens = Tokens::new();
    let long = TEXTS.join("\n").repeat(50);
    let mut read = || {
        for text in TEXTS.into_iter().chain([long.as_str()]) {
            tokenizer.tokenize(text, &mut tokens);
        }
        tokens.len()
    };
    let words = read();
    assert!(words > 1_000, "{words} words");
    assert_eq!(measure(|| assert_eq!(read(), words)).count_total, 0);
}
