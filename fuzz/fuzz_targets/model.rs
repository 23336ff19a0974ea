//! A reader of syntax models answers or errs on any bytes, and whatever weights are in a model, a sentence gets a tree.
//! An input is tried as a file as it is, as a file with its checksum mended, and as the content of a file's tables.
#![cfg_attr(fuzzing, no_main)]

#[macro_use]
mod replay;
#[path = "../../crates/dateline-syntax/tests/tree/mod.rs"]
mod tree;

use dateline::syntax::{Analysis, Analyzer, Upos, Xpos};
use dateline::tokenizer::{Tokenizer, Tokens};

const TEXT: &str = "Gunmen who'd fled Kirkuk shot dead 3 soldiers on Monday, police said. \"No comment,\" said the ministry; \
    IRAN'S envoys weren't there, and neither were the E.U.'s. Троє людей, 北京 🚀!";

/// Where the checksum stands in a file, and the first byte that it covers.
const CHECKSUM: std::ops::Range<usize> = 16..24;

/// Sections of a file; the first holds the codes of tags, and a table of slots is at these.
const SECTIONS: usize = 16;
const SLOTS: [usize; 8] = [2, 3, 5, 6, 8, 10, 11, 13];

fn check(data: &[u8]) {
    read(data.to_vec());
    read(mended(data.to_vec()));
    read(mended(file_of(data)));
}

fn read(file: Vec<u8>) {
    let Ok(analyzer) = Analyzer::from_bytes(file) else { return };
    let mut tokens = Tokens::new();
    Tokenizer::new().tokenize(TEXT, &mut tokens);
    let mut analysis = Analysis::new();
    for sentence in 0..tokens.sentence_count() {
        analyzer.analyze(tokens.of(TEXT), sentence, &mut analysis);
        tree::check(&analysis, TEXT);
    }
}

/// A file with sound headers whose tables are made of these bytes: the first sixteen say how long each is.
fn file_of(data: &[u8]) -> Vec<u8> {
    let Some((lengths, content)) = data.split_at_checked(SECTIONS) else { return Vec::new() };
    let mut bytes = content.iter().copied().cycle();
    let mut file = b"DLSYN\r\n\x1a\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    let mut sections = Vec::new();
    for (section, &length) in lengths.iter().enumerate() {
        let len = match section {
            0 => 2 * (1 + usize::from(length) % 128),
            _ if SLOTS.contains(&section) => 16 << (length % 9),
            _ => usize::from(length) * 32,
        };
        let mut table: Vec<u8> = bytes.by_ref().take(len).collect();
        if section == 0 {
            let all = [Upos::ALL.len() as u8, Xpos::ALL.len() as u8];
            table.iter_mut().zip(all.iter().cycle()).for_each(|(code, all)| *code %= all);
        }
        sections.push(table);
    }
    let mut at = file.len() + SECTIONS * 8;
    for table in &sections {
        file.extend((at as u32).to_le_bytes());
        file.extend((table.len() as u32).to_le_bytes());
        at += table.len();
    }
    file.extend(sections.concat());
    file
}

/// The file with the checksum that its content asks for, as the format's writer computes it.
fn mended(mut file: Vec<u8>) -> Vec<u8> {
    const PRIME: u64 = 0x9FB2_1C65_1E98_DF25;
    let Some(covered) = file.get(CHECKSUM.end..) else { return file };
    let step = |lane: u64, word: u64| (lane ^ word).wrapping_mul(PRIME).rotate_left(29);
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    let mut lanes = [PRIME, !PRIME, PRIME.rotate_left(16), PRIME.rotate_left(32)];
    let mut blocks = covered.chunks_exact(32);
    for block in &mut blocks {
        lanes.iter_mut().zip(block.chunks_exact(8)).for_each(|(lane, bytes)| *lane = step(*lane, word(bytes)));
    }
    let sum = lanes.into_iter().fold(covered.len() as u64, step);
    let sum = blocks.remainder().chunks(8).map(word).fold(sum, step);
    let sum = (sum ^ sum >> 32).wrapping_mul(PRIME);
    file[CHECKSUM].copy_from_slice(&(sum ^ sum >> 29).to_le_bytes());
    file
}

target!("model", check);
