//! The model file: its header, sections and checksum.
//!
//! All numbers are little-endian. The file is read in place; opening it looks at the header (and, unless the caller
//! trusts the bytes, at the checksum).
//!
//! | bytes | content |
//! |---|---|
//! | 0..8 | magic: `DLSYN`, carriage return, line feed, 1A |
//! | 8..12 | format version, `u32` |
//! | 12..16 | 0 |
//! | 16..24 | checksum of all bytes from 24 on, `u64` |
//! | 24.. | section table: offset and length of each section, two `u32`, in the order of [`Section`] |

use crate::error::Error;
use crate::lemma::Lemmatizer;
use crate::names::{LABELS, Namer};
use crate::parse::Parser;
use crate::tagger::{Lexicon, Tagger};
use crate::weights::{CLASSES, Narrow, Single, Wide};
use crate::word_class::WordClasses;
use crate::{Deprel, Upos, Xpos};

const MAGIC: &[u8; 8] = b"DLSYN\r\n\x1A";
const VERSION: u32 = 2;
const CHECKED_FROM: usize = 24;

/// The sections, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Of each tag class: the codes of its universal and of its Penn tag.
    Classes,
    WordClasses,
    GroupSlots,
    LexiconSlots,
    LexiconPairs,
    ContextSlots,
    TaggerSlots,
    TaggerPairs,
    NamesSlots,
    NamesPairs,
    ActionSlots,
    LabelSlots,
    LabelPairs,
    LemmaSlots,
    LemmaPairs,
    LemmaChanges,
}

impl Section {
    pub(crate) const ALL: [Self; 16] = [
        Self::Classes,
        Self::WordClasses,
        Self::GroupSlots,
        Self::LexiconSlots,
        Self::LexiconPairs,
        Self::ContextSlots,
        Self::TaggerSlots,
        Self::TaggerPairs,
        Self::NamesSlots,
        Self::NamesPairs,
        Self::ActionSlots,
        Self::LabelSlots,
        Self::LabelPairs,
        Self::LemmaSlots,
        Self::LemmaPairs,
        Self::LemmaChanges,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Classes => "classes",
            Self::WordClasses => "word classes",
            Self::GroupSlots => "group slots",
            Self::LexiconSlots => "lexicon slots",
            Self::LexiconPairs => "lexicon pairs",
            Self::ContextSlots => "context slots",
            Self::TaggerSlots => "tagger slots",
            Self::TaggerPairs => "tagger pairs",
            Self::NamesSlots => "names slots",
            Self::NamesPairs => "names pairs",
            Self::ActionSlots => "action slots",
            Self::LabelSlots => "label slots",
            Self::LabelPairs => "label pairs",
            Self::LemmaSlots => "lemma slots",
            Self::LemmaPairs => "lemma pairs",
            Self::LemmaChanges => "lemma changes",
        }
    }
}

/// A model whose header is sound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'m> {
    pub(crate) classes: Classes,
    pub(crate) word_classes: WordClasses<'m>,
    /// The group of each word.
    pub(crate) groups: Single<'m>,
    pub(crate) tagger: Tagger<'m>,
    pub(crate) namer: Namer<'m>,
    pub(crate) parser: Parser<'m>,
    pub(crate) lemmatizer: Lemmatizer<'m>,
}

/// The tags that a tag class stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Classes {
    tags: [(Upos, Xpos); CLASSES],
    pub(crate) is_name: [bool; 256],
}

impl Classes {
    pub(crate) fn new(codes: &[u8]) -> Option<Self> {
        let mut tags = [(Upos::X, Xpos::Fw); CLASSES];
        let mut is_name = [false; 256];
        if codes.len() > 2 * CLASSES || codes.len() < 2 || !codes.len().is_multiple_of(2) {
            return None;
        }
        for (index, pair) in codes.chunks_exact(2).enumerate() {
            tags[index] = (*Upos::ALL.get(usize::from(pair[0]))?, *Xpos::ALL.get(usize::from(pair[1]))?);
            is_name[index] = matches!(tags[index].1, Xpos::Nnp | Xpos::Nnps);
        }
        Some(Self { tags, is_name })
    }

    pub(crate) fn tags(&self, class: u8) -> (Upos, Xpos) {
        self.tags[usize::from(class) % CLASSES]
    }

    /// The class of two tags, if there is one.
    pub(crate) fn class_of(&self, upos: Upos, xpos: Xpos) -> Option<u8> {
        self.tags.iter().position(|&tags| tags == (upos, xpos)).map(|class| class as u8)
    }
}

impl<'m> Model<'m> {
    /// Reads the header; does not look at the checksum.
    pub(crate) fn read(bytes: &'m [u8]) -> Result<Self, Error> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(Error::magic());
        }
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.first_chunk::<4>());
            bytes.map(|&bytes| u32::from_le_bytes(bytes)).ok_or(Error::section("header", "the file ends here"))
        };
        let version = number(8)?;
        if version != VERSION {
            return Err(Error::version(version, VERSION));
        }
        let mut sections = [&[][..]; Section::ALL.len()];
        for (index, section) in Section::ALL.into_iter().enumerate() {
            let at = CHECKED_FROM + index * 8;
            let (start, len) = (number(at)? as usize, number(at + 4)? as usize);
            let found = start.checked_add(len).and_then(|end| bytes.get(start..end));
            sections[index] = found.ok_or(Error::section(section.name(), "it goes past the end of the file"))?;
        }
        let get = |section: Section| sections[section as usize];
        let bad = |slots: Section| Error::section(slots.name(), "its length is not that of a table");
        let wide = |slots: Section, pairs: Section, classes: usize| {
            Wide::new(get(slots), get(pairs), classes).ok_or(bad(slots))
        };
        let codes = get(Section::Classes);
        Ok(Self {
            classes: Classes::new(codes).ok_or(Error::section(Section::Classes.name(), "unknown tags"))?,
            word_classes: WordClasses::new(get(Section::WordClasses)).ok_or(bad(Section::WordClasses))?,
            groups: Single::new(get(Section::GroupSlots)).ok_or(bad(Section::GroupSlots))?,
            tagger: Tagger {
                lexicon: Lexicon {
                    words: wide(Section::LexiconSlots, Section::LexiconPairs, CLASSES)?,
                    contexts: Single::new(get(Section::ContextSlots)).ok_or(bad(Section::ContextSlots))?,
                },
                weights: wide(Section::TaggerSlots, Section::TaggerPairs, codes.len() / 2)?,
                classes: codes.len() / 2,
            },
            namer: Namer { weights: wide(Section::NamesSlots, Section::NamesPairs, LABELS)? },
            parser: Parser {
                actions: Narrow::new(get(Section::ActionSlots)).ok_or(bad(Section::ActionSlots))?,
                labels: wide(Section::LabelSlots, Section::LabelPairs, Deprel::ALL.len())?,
            },
            lemmatizer: Lemmatizer {
                table: wide(Section::LemmaSlots, Section::LemmaPairs, CLASSES)?,
                changes: get(Section::LemmaChanges),
            },
        })
    }
}

/// The checksum that the header holds.
pub(crate) fn stored_checksum(bytes: &[u8]) -> Option<u64> {
    bytes.get(16..24)?.first_chunk().map(|&bytes| u64::from_le_bytes(bytes))
}

/// Checks that no byte has changed since the model was made.
pub(crate) fn verify(bytes: &[u8]) -> Result<(), Error> {
    let found = checksum(bytes.get(CHECKED_FROM..).unwrap_or_default());
    if Some(found) == stored_checksum(bytes) { Ok(()) } else { Err(Error::checksum()) }
}

/// The file made of these sections.
pub(crate) fn assemble(sections: [Vec<u8>; Section::ALL.len()]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend([0; 12]);
    let mut offset = CHECKED_FROM + sections.len() * 8;
    for section in &sections {
        out.extend((offset as u32).to_le_bytes());
        out.extend((section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    out.extend(sections.concat());
    let checksum = checksum(&out[CHECKED_FROM..]);
    out[16..24].copy_from_slice(&checksum.to_le_bytes());
    out
}

/// A 64-bit checksum against damage (not against malice), eight bytes at a time in four lanes.
fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9FB2_1C65_1E98_DF25;
    let step = |lane: u64, word: u64| (lane ^ word).wrapping_mul(PRIME).rotate_left(29);
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let mut lanes = [PRIME, !PRIME, PRIME.rotate_left(16), PRIME.rotate_left(32)];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (lane, bytes) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            *lane = step(*lane, word(bytes));
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes {
        sum = step(sum, lane);
    }
    for bytes in blocks.remainder().chunks(8) {
        sum = step(sum, word(bytes));
    }
    sum ^= sum >> 32;
    sum = sum.wrapping_mul(PRIME);
    sum ^ sum >> 29
}
