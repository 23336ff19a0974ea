//! A dependency tree being built, and what makes it a tree whatever was attached.

use std::ops::Range;

use crate::Deprel;

/// The head of a word that has none.
pub(crate) const NO_HEAD: u32 = u32::MAX;

/// Heads and relations of the words of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) deprels: Vec<Deprel>,
    root: Option<usize>,
    /// First and last word under each word.
    ranges: Vec<(u32, u32)>,
    pending: Vec<u32>,
    queue: Vec<u32>,
}

impl Tree {
    /// Starts a tree of `len` words, none attached.
    pub(crate) fn reset(&mut self, len: usize) {
        self.heads.clear();
        self.heads.resize(len, NO_HEAD);
        self.deprels.clear();
        self.deprels.resize(len, Deprel::Dep);
        self.root = None;
    }

    /// Puts `word` under `head`, in place of what it was under before.
    pub(crate) fn attach(&mut self, word: usize, head: usize, deprel: Deprel) {
        if word != head {
            self.heads[word] = head as u32;
            self.deprels[word] = deprel;
        }
    }

    /// Makes `word` the root.
    pub(crate) fn set_root(&mut self, word: usize) {
        self.heads[word] = NO_HEAD;
        self.root = Some(word);
    }

    pub(crate) fn subtree(&self, word: usize) -> Range<usize> {
        let (first, last) = self.ranges[word];
        first as usize..last as usize + 1
    }

    /// Puts words without head under the root, breaks cycles, and computes the range of each subtree. Linear.
    pub(crate) fn finish(&mut self) {
        let len = self.heads.len();
        self.ranges.clear();
        if len == 0 {
            return;
        }
        let root = self.root.or_else(|| self.heads.iter().position(|&head| head == NO_HEAD)).unwrap_or(0);
        for word in 0..len {
            if self.heads[word] == NO_HEAD {
                self.heads[word] = root as u32;
            }
        }
        self.heads[root] = NO_HEAD;
        self.deprels[root] = Deprel::Root;
        self.break_cycles(root);
        self.ranges.extend((0..len as u32).map(|word| (word, word)));
        // Leaves first: a word passes its range on when all its dependents have.
        self.pending.clear();
        self.pending.resize(len, 0);
        for &head in &self.heads {
            if head != NO_HEAD {
                self.pending[head as usize] += 1;
            }
        }
        self.queue.clear();
        self.queue.extend((0..len as u32).filter(|&word| self.pending[word as usize] == 0));
        let mut next = 0;
        while next < self.queue.len() {
            let word = self.queue[next] as usize;
            next += 1;
            let head = self.heads[word];
            if head == NO_HEAD {
                continue;
            }
            let (first, last) = self.ranges[word];
            let range = &mut self.ranges[head as usize];
            *range = (range.0.min(first), range.1.max(last));
            self.pending[head as usize] -= 1;
            if self.pending[head as usize] == 0 {
                self.queue.push(head);
            }
        }
    }

    /// Puts one word of each cycle under the root.
    fn break_cycles(&mut self, root: usize) {
        const NEW: u32 = 0;
        const DONE: u32 = u32::MAX;
        self.pending.clear();
        self.pending.resize(self.heads.len(), NEW);
        self.pending[root] = DONE;
        for start in 0..self.heads.len() {
            let walk = start as u32 + 1;
            let mut word = start;
            while self.pending[word] == NEW {
                self.pending[word] = walk;
                word = self.heads[word] as usize;
            }
            if self.pending[word] == walk {
                self.heads[word] = root as u32;
                self.deprels[word] = Deprel::Dep;
            }
            let mut word = start;
            while self.pending[word] == walk {
                self.pending[word] = DONE;
                if self.heads[word] == NO_HEAD {
                    break;
                }
                word = self.heads[word] as usize;
            }
        }
    }
}
