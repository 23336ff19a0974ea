//! Judging names in tables of places by their letters.

use crate::matcher::folded;

/// The longest other name that is worth keeping, in bytes.
const LONGEST: usize = 60;

/// True for a name, of no known language, that may stand in an English text: in Latin letters, at least so many of them,
/// capitalised, no code and no abbreviation.
///
/// ```
/// use dateline_gazetteer::spelling::reads_as_name;
///
/// assert!(reads_as_name("Khān Yūnis", 4) && reads_as_name("‘Akkā", 4));
/// assert!(!reads_as_name("Авдеевка", 4) && !reads_as_name("AVD", 3) && !reads_as_name("Section 12", 4));
/// ```
#[must_use]
pub fn reads_as_name(name: &str, least_letters: usize) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() >= least_letters
        && name.len() <= LONGEST
        && name.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '\'' | '‘' | 'ʻ' | 'ʿ'))
        && name.chars().any(char::is_lowercase)
        && name.chars().all(is_latin)
        && !name.starts_with("The ")
}

/// Letters of the Latin script and what stands between them in names.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, ' ' | '-' | '\'' | '.' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`')
        || c.is_alphabetic() && matches!(c as u32, 0xC0..0x250 | 0x1E00..0x1F00)
        || matches!(c as u32, 0x300..0x370)
}

/// True if two names are spellings of one: of five letters three are the same.
#[must_use]
pub fn is_similar(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (folded(a), folded(b)) else { return false };
    let [a, b] = [a, b].map(|name| name.chars().filter(|c| *c != ' ').collect::<Vec<char>>());
    // The edit distance, row by row.
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()] * 5 <= a.len().max(b.len()) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_similar() {
        for (a, b) in [("Kharkov", "Kharkiv"), ("Khan Younis", "Khān Yūnis"), ("Sankt-Peterburg", "Saint Petersburg")]
        {
            assert!(is_similar(a, b), "{a}, {b}");
        }
        for (a, b) in [("Islamabad", "Chattogram"), ("Bethlehem", "Belém"), ("San Miguel", "San Diego"), ("", "")] {
            assert!(!is_similar(a, b), "{a}, {b}");
        }
    }
}
