//! The classes of many more words than the weights have seen. Words of a class are used alike (first names, towns, titles), so
//! that a word that no training text has is not wholly unknown; most names of a new text have one.

use crate::hash::two;
use crate::weights::Single;
use crate::words::{Form, Word, Words};

/// Finds the class of a word.
///
/// An array of buckets of four slots of two bytes, a check of the word (never 0) and its class. What is in no slot has class 0.
/// The upper four bits of a class are its group.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordClasses<'m> {
    slots: &'m [u8],
}

const SLOT: usize = 2;
const BUCKET: usize = 4 * SLOT;

impl<'m> WordClasses<'m> {
    pub(crate) fn new(slots: &'m [u8]) -> Option<Self> {
        slots.len().is_multiple_of(BUCKET).then_some(Self { slots })
    }

    /// The class of a word. One that is not known as it is written has that of its capitalised form, or of the small one.
    pub(crate) fn class(&self, word: Word) -> u8 {
        if word.form >= Form::Digits && word.form != Form::Caseless {
            return 0;
        }
        let classes = (0..=case(word)).rev().map(|case| self.get(word.key, case));
        classes.into_iter().find(|&class| class != 0).unwrap_or_default()
    }

    fn get(&self, key: u32, case: u8) -> u8 {
        let (bucket, check) = Self::place(key, case, self.slots.len());
        let slots = self.slots.get(bucket..bucket + BUCKET).unwrap_or_default().chunks_exact(SLOT);
        slots.into_iter().find(|slot| slot[0] == check).map_or(0, |slot| slot[1])
    }

    /// Where the bucket of a word starts in a table of so many bytes, and its check.
    fn place(key: u32, case: u8, len: usize) -> (usize, u8) {
        let hash = two(150, u64::from(key), u64::from(case));
        let bucket = ((hash >> 32) * (len / BUCKET) as u64) >> 32;
        (bucket as usize * BUCKET, (hash as u8).max(1))
    }

    /// The table of words with their classes, filled to nine tenths. The most important words come first: those that find their
    /// bucket full are left out.
    pub(crate) fn build(words: &[(String, u8)]) -> Vec<u8> {
        let mut slots = vec![0; (words.len() * 10).div_ceil(9 * 4) * BUCKET];
        let mut read = Words::default();
        for (form, class) in words {
            read.read(std::iter::once(form.as_str()), WordClasses::default(), Single::default());
            let word = read.words[0];
            let (bucket, check) = Self::place(word.key, case(word), slots.len());
            let mut slots = slots[bucket..bucket + BUCKET].chunks_exact_mut(SLOT);
            if let Some(slot) = slots.find(|slot| slot[0] == check || slot[0] == 0).filter(|slot| slot[0] == 0) {
                slot.copy_from_slice(&[check, *class]);
            }
        }
        slots
    }
}

/// How a word is written: in small letters, with a capital, in capitals. Where capitals tell nothing it may be a name.
fn case(word: Word) -> u8 {
    match word.form {
        Form::Lower | Form::LowerMarked => 0,
        Form::Upper => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(classes: WordClasses<'_>, text: &str) -> Vec<u8> {
        let mut words = Words::default();
        words.read(text.split(' '), classes, Single::default());
        words.words.iter().map(|word| word.class).collect()
    }

    /// Capitals are told apart where they are known to matter, and only there.
    #[test]
    fn a_word_has_the_class_of_how_it_is_written() {
        let words = [("Turkey", 17), ("turkey", 33), ("US", 18), ("us", 34), ("Lagos", 19)];
        let slots = WordClasses::build(&words.map(|(word, class)| (word.to_owned(), class)));
        let classes = WordClasses::new(&slots).unwrap();
        assert_eq!(class(classes, "Turkey and turkey , the US and us"), [17, 0, 33, 0, 0, 18, 0, 34]);
        assert_eq!(class(classes, "in LAGOS , Us and lagos"), [0, 19, 0, 34, 0, 0]);
        assert_eq!(class(classes, "TURKEY WARNS US , LAGOS 1990"), [17, 0, 34, 0, 19, 0]);
    }

    /// No table is too short to look into, and words that find no place are left out and nothing else.
    #[test]
    fn a_full_table_leaves_words_out() {
        assert_eq!(class(WordClasses::new(&[]).unwrap(), "Lagos"), [0]);
        assert!(WordClasses::new(&[0; 12]).is_none());
        let words: Vec<_> =
            (0..5_000u32).map(|number| (format!("X{}", letters(number)), 1 + (number % 255) as u8)).collect();
        let slots = WordClasses::build(&words);
        let classes = WordClasses::new(&slots).unwrap();
        let right = words.iter().filter(|(word, found)| class(classes, word) == [*found]).count();
        assert!((4_100..5_000).contains(&right), "{right}");
    }

    fn letters(number: u32) -> String {
        number.to_string().bytes().map(|byte| char::from(byte - b'0' + b'a')).collect()
    }
}
