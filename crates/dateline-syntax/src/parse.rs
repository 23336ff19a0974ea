//! The tree: transitions of the arc-hybrid system, chosen greedily.
//!
//! A stack of words whose dependents on the left are complete, and the words not yet read. Shifting puts the next word on
//! the stack; an arc to the left puts the top of the stack under the next word, one to the right puts it under the word
//! below it on the stack. The root stands behind the last word, and takes the last word that is left alone on the stack:
//! whatever is chosen, the result is a tree with one root.

use crate::features::Features;
use crate::hash::{four, one, three, two};
use crate::tree::Tree;
use crate::weights::{self, Narrow, Wide};
use crate::words::Words;
use crate::{Deprel, Upos};

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Shift,
    Left,
    Right,
}

impl Action {
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// Chooses actions and labels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parser<'m> {
    pub(crate) actions: Narrow<'m>,
    pub(crate) labels: Wide<'m>,
}

/// What the parser knows of a word: what it is, and the dependents it has so far.
#[derive(Clone, Copy, Debug)]
struct Node {
    key: u64,
    /// Hash of the dictionary form.
    lemma: u64,
    /// The group of words that it is of; the dictionary form of words of closed classes, as these are in none.
    group: u64,
    tag: u64,
    upos: u64,
    /// The outermost dependents on either side, and the second ones; `NOBODY` if there is none.
    left: [u32; 2],
    right: [u32; 2],
    /// The relations of the dependents on either side, as sets of bits.
    left_labels: u64,
    right_labels: u64,
    left_count: u8,
    right_count: u8,
    label: u8,
}

const NOTHING: Node = Node {
    key: 2,
    lemma: 2,
    group: 2,
    tag: 254,
    upos: 30,
    left: [u32::MAX; 2],
    right: [u32::MAX; 2],
    left_labels: 0,
    right_labels: 0,
    left_count: 0,
    right_count: 0,
    label: 255,
};

const NOBODY: u32 = u32::MAX;

/// A tree being built; a buffer to use again.
#[derive(Debug, Default)]
pub(crate) struct State {
    nodes: Vec<Node>,
    pub(crate) stack: Vec<u32>,
    pub(crate) next: usize,
    len: usize,
}

fn group(group: u8, upos: Upos, lemma: u32) -> u64 {
    let open = matches!(
        upos,
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X | Upos::Intj
    );
    match group {
        0 if open => 256 + upos as u64,
        0 => u64::from(lemma) + 512,
        group => u64::from(group),
    }
}

impl State {
    pub(crate) fn start(&mut self, words: &Words, lemmas: &[u32], tags: &[u8], upos: &[Upos]) {
        self.len = words.words.len();
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        let words = words.words.iter().zip(lemmas);
        self.nodes.extend(words.zip(tags).zip(upos).map(|(((word, &lemma), &tag), &upos)| Node {
            key: u64::from(word.key),
            lemma: u64::from(lemma),
            group: group(word.group, upos, lemma),
            tag: u64::from(tag),
            upos: upos as u64,
            ..NOTHING
        }));
        self.nodes.push(Node { key: 3, lemma: 3, group: 3, tag: 253, upos: 31, ..NOTHING });
    }

    pub(crate) fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// The root takes one word alone; before that the stack has to be emptied to the right.
    pub(crate) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.len,
            Action::Left if self.next == self.len => self.stack.len() == 1,
            Action::Left => !self.stack.is_empty(),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// The head and the dependent of the arc that an action makes; the root is number `len`.
    pub(crate) fn arc(&self, action: Action) -> Option<(usize, usize)> {
        let &top = self.stack.last()?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, top as usize)),
            Action::Right => self.stack.len().checked_sub(2).map(|below| (self.stack[below] as usize, top as usize)),
        }
    }

    pub(crate) fn shift(&mut self) {
        self.stack.push(self.next as u32);
        self.next += 1;
    }

    /// Makes an arc; the dependent is the top of the stack.
    pub(crate) fn attach(&mut self, head: usize, dependent: usize, label: Deprel) {
        self.stack.pop();
        self.nodes[dependent].label = label as u8;
        let node = &mut self.nodes[head];
        if dependent < head {
            node.left = [dependent as u32, node.left[0]];
            node.left_labels |= 1 << (label as u64 & 63);
            node.left_count = node.left_count.saturating_add(1);
        } else {
            node.right = [dependent as u32, node.right[0]];
            node.right_labels |= 1 << (label as u64 & 63);
            node.right_count = node.right_count.saturating_add(1);
        }
    }

    #[inline]
    fn node(&self, at: u32) -> &Node {
        self.nodes.get(at as usize).unwrap_or(&NOTHING)
    }

    #[inline]
    fn stacked(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NOBODY, |at| self.stack[at])
    }

    /// The features of the next action.
    pub(crate) fn action_features(&self, out: &mut Features) {
        out.clear();
        let (i0, i1, j0) = (self.stacked(0), self.stacked(1), self.next as u32);
        let (s0, s1, s2) = (self.node(i0), self.node(i1), self.node(self.stacked(2)));
        let (b0, b1, b2, b3) = (self.node(j0), self.node(j0 + 1), self.node(j0 + 2), self.node(j0 + 3));
        let (s0l, s0r, s1l, s1r, b0l) = (
            self.node(s0.left[0]),
            self.node(s0.right[0]),
            self.node(s1.left[0]),
            self.node(s1.right[0]),
            self.node(b0.left[0]),
        );
        let (s0l2, s0r2, b0l2, s1r2) =
            (self.node(s0.left[1]), self.node(s0.right[1]), self.node(b0.left[1]), self.node(s1.right[1]));
        let label = |node: &Node| u64::from(node.label);
        let gap = |a: u32, b: u32| match b.saturating_sub(a) {
            _ if a == NOBODY => 0,
            gap @ 0..=4 => u64::from(gap),
            5..=6 => 5,
            7..=10 => 6,
            11..=20 => 7,
            _ => 8,
        };
        let (d0, d1) = (gap(i0, j0), gap(i1, i0));
        // Single words.
        for (template, node) in [(1, s0), (2, s1), (3, b0), (4, b1), (5, s2), (6, b2)] {
            out.push(two(200 + template, node.key, node.tag));
            out.push(one(210 + template, node.tag));
        }
        out.push(one(221, s0.lemma));
        out.push(one(222, b0.lemma));
        out.push(one(223, s1.lemma));
        out.push(two(225, s0.lemma, s0.tag));
        out.push(two(226, b0.lemma, b0.tag));
        out.push(two(227, s1.lemma, s1.tag));
        out.push(one(224, b3.tag));
        // Pairs.
        out.push(four(230, s0.key, s0.tag, b0.key, b0.tag));
        out.push(three(231, s0.key, s0.tag, b0.tag));
        out.push(three(232, s0.tag, b0.key, b0.tag));
        out.push(two(233, s0.lemma, b0.lemma));
        out.push(three(234, s0.tag, b0.tag, d0));
        out.push(three(235, b0.tag, b1.tag, s0.upos));
        out.push(three(236, s1.tag, s0.tag, d1));
        out.push(two(237, s1.lemma, s0.lemma));
        out.push(three(238, s1.lemma, s0.tag, b0.upos));
        out.push(three(239, s1.tag, s0.lemma, b0.upos));
        out.push(two(240, s1.lemma, b0.lemma));
        out.push(three(241, s1.lemma, b0.tag, s0.upos));
        out.push(three(242, s1.tag, b0.lemma, s0.upos));
        out.push(two(243, b0.key, b1.key));
        out.push(two(244, s0.lemma, b1.lemma));
        out.push(three(245, s0.lemma, b0.lemma, b1.tag));
        out.push(three(246, s1.lemma, b0.lemma, b2.tag));
        out.push(three(247, s1.group, s0.group, s0l.lemma));
        out.push(three(248, s1.lemma, s0.group, s0l.lemma));
        out.push(three(249, s1.group, b0.group, s0.upos));
        // Triples and quadruples of tags.
        out.push(three(250, b0.tag, b1.tag, b2.tag));
        out.push(three(251, s0.tag, b0.tag, b1.tag));
        out.push(three(252, s1.tag, s0.tag, b0.tag));
        out.push(three(253, s2.tag, s1.tag, s0.tag));
        out.push(four(254, s1.tag, s0.tag, b0.tag, b1.tag));
        out.push(four(255, s0.tag, b0.tag, b1.tag, b2.tag));
        out.push(four(256, s2.upos, s1.tag, s0.tag, b0.tag));
        out.push(four(257, b0.tag, b1.tag, b2.upos, b3.upos));
        out.push(three(258, s1.tag, b0.tag, b1.tag));
        out.push(four(259, s1.lemma, s0.tag, b0.lemma, b1.tag));
        // With dependents.
        out.push(four(260, s0.tag, b0.tag, s0l.tag, label(s0l)));
        out.push(four(261, s0.tag, b0.tag, s0r.tag, label(s0r)));
        out.push(four(262, s0.tag, b0.tag, b0l.tag, label(b0l)));
        out.push(four(263, s1.tag, s0.tag, s0l.tag, label(s0l)));
        out.push(four(264, s1.tag, s0.tag, s1r.tag, label(s1r)));
        out.push(four(265, s1.tag, s0.tag, s1l.tag, label(s1l)));
        out.push(four(266, s1.tag, s0.tag, s0r.tag, label(s0r)));
        out.push(four(267, s1.tag, s0.tag, b0.tag, label(s1r)));
        out.push(three(270, s0.tag, s0l.key, label(s0l)));
        out.push(three(271, s0.tag, s0r.key, label(s0r)));
        out.push(three(272, s1.tag, s1r.key, label(s1r)));
        out.push(three(273, b0.tag, b0l.key, label(b0l)));
        out.push(four(274, s0.tag, s0l2.tag, label(s0l2), label(s0l)));
        out.push(four(275, s0.tag, s0r2.tag, label(s0r2), label(s0r)));
        out.push(four(276, b0.tag, b0l2.tag, label(b0l2), label(b0l)));
        out.push(four(277, s1.tag, s1r2.tag, label(s1r2), label(s1r)));
        // What a word has.
        out.push(three(280, s0.tag, u64::from(s0.left_count), u64::from(s0.right_count)));
        out.push(three(281, s0.lemma, s0.right_labels, 0));
        out.push(three(282, s0.lemma, s0.left_labels, 0));
        out.push(three(283, s0.tag, s0.left_labels, b0.tag));
        out.push(three(284, s0.tag, s0.right_labels, b0.tag));
        out.push(three(285, s1.tag, s1.right_labels, s0.tag));
        out.push(three(286, s1.tag, s1.left_labels, s0.tag));
        out.push(three(287, b0.tag, b0.left_labels, s0.tag));
        out.push(three(288, s1.lemma, s1.right_labels, s0.upos));
        out.push(four(289, s0.tag, s0.left_labels, s1.tag, b0.upos));
        out.push(four(290, s1.tag, s1.left_labels, b0.tag, s0.upos));
        out.push(three(291, b0.lemma, b0.left_labels, 0));
        // How far words are apart.
        out.push(two(295, s0.key, d0));
        out.push(two(296, b0.key, d0));
        out.push(three(297, s1.tag, d1, b0.tag));
        out.push(two(298, s1.key, d1));
        out.push(two(299, s0.key, d1));
        // A preposition with what follows it.
        out.push(three(310, b0.lemma, b1.lemma, s0.tag));
        out.push(three(311, b0.lemma, b2.lemma, s0.tag));
        out.push(four(312, b0.lemma, b1.tag, s0.tag, s1.tag));
        out.push(four(313, b0.lemma, s0.lemma, s1.tag, 0));
        out.push(four(314, b0.lemma, b1.lemma, s1.tag, s0.tag));
        out.push(four(315, s1.lemma, b0.lemma, b2.lemma, 0));
        out.push(three(316, s1.lemma, b0.lemma, b1.lemma));
        out.push(three(317, s0.group, b0.lemma, b1.group));
        out.push(three(318, s0.group, b0.lemma, b2.group));
        out.push(three(319, s1.group, b0.lemma, b2.group));
        out.push(three(320, s1.group, b0.lemma, b1.group));
        out.push(two(321, s0.group, b0.group));
        // What stands between a noun and the preposition phrase that asks for a head.
        out.push(three(300, s0l.lemma, s1.lemma, s0.upos));
        out.push(four(301, s0l.key, s1.tag, s2.tag, s0.tag));
        out.push(four(302, s1.lemma, s0.lemma, b0.lemma, 0));
        out.push(four(303, s2.lemma, s1.tag, s0.tag, b0.key));
        out.push(four(305, s2.group, s1.group, s0.tag, b0.upos));
        out.push(four(304, u64::from(self.next == self.len), (self.stack.len() as u64).min(4), s0.tag, s1.tag));
    }

    /// The features of the relation of an arc that is about to be made.
    pub(crate) fn label_features(&self, head: usize, dependent: usize, out: &mut Features) {
        out.clear();
        let (h, d) = (self.node(head as u32), self.node(dependent as u32));
        let left = u64::from(dependent < head);
        let gap = (head.abs_diff(dependent) as u64).min(5);
        let child = |at: u32| self.node(at);
        let (dl, dr, dl2) = (child(d.left[0]), child(d.right[0]), child(d.left[1]));
        let (hl, hr) = (child(h.left[0]), child(h.right[0]));
        let label = |node: &Node| u64::from(node.label);
        let near = |at: usize| self.node(at as u32);
        let before = dependent.checked_sub(1).map_or(&NOTHING, near);
        let after = near(dependent + 1);
        let side = two(400, left, h.tag);
        out.push(three(401, side, d.tag, gap));
        out.push(three(402, side, d.key, 0));
        out.push(three(403, h.lemma, d.tag, left));
        out.push(three(404, h.lemma, d.lemma, left));
        out.push(four(431, h.group, d.group, left, d.left_labels));
        out.push(four(432, h.lemma, d.group, dl.lemma, left));
        out.push(four(433, h.group, d.group, dl.lemma, left));
        out.push(four(434, h.group, d.tag, left, h.left_labels));
        out.push(four(435, d.group, dl.lemma, left, h.upos));
        out.push(two(405, d.key, left));
        out.push(three(406, d.tag, left, gap));
        out.push(three(407, side, d.tag, two(0, dl.key, label(dl))));
        out.push(three(408, side, d.tag, two(0, dl.tag, label(dl))));
        out.push(three(409, side, d.tag, two(0, dl2.key, label(dl2))));
        out.push(three(410, side, d.tag, two(0, dr.tag, label(dr))));
        out.push(three(411, side, d.tag, d.left_labels));
        out.push(three(412, side, d.tag, d.right_labels));
        out.push(three(413, side, d.tag, h.left_labels));
        out.push(three(414, side, d.tag, h.right_labels));
        out.push(three(415, side, d.key, h.left_labels));
        out.push(three(416, h.lemma, d.tag, h.right_labels));
        out.push(three(417, h.lemma, d.tag, h.left_labels));
        out.push(three(418, side, d.tag, two(0, hl.tag, label(hl))));
        out.push(three(419, side, d.tag, two(0, hr.tag, label(hr))));
        out.push(three(420, side, d.tag, before.tag));
        out.push(three(421, side, d.tag, after.tag));
        out.push(three(422, d.tag, before.key, left));
        out.push(three(423, d.tag, after.key, left));
        out.push(three(424, h.lemma, dl.key, two(0, left, d.tag)));
        out.push(three(425, d.key, dl.key, left));
        out.push(three(426, h.upos, d.upos, left));
        out.push(three(427, h.lemma, d.left_labels, two(0, left, d.upos)));
        out.push(three(428, d.key, d.left_labels, left));
        out.push(three(429, d.key, h.upos, two(0, left, d.right_labels)));
        out.push(three(430, h.tag, d.left_labels, two(0, d.upos, h.left_labels)));
    }
}

impl Parser<'_> {
    /// Builds the tree of a sentence. Linear: each word is shifted once and attached once.
    pub(crate) fn parse(&self, state: &mut State, features: &mut Features, tree: &mut Tree) {
        let len = state.len;
        tree.reset(len);
        while !state.is_done() {
            let mut action = Action::Shift;
            let alone = Action::ALL.into_iter().filter(|&action| state.allows(action)).count() == 1;
            if !(alone && state.allows(Action::Shift)) {
                state.action_features(features);
                let sums = self.actions.score(features.as_slice());
                let allowed = Action::ALL.into_iter().filter(|&action| state.allows(action));
                // The first of equals.
                action = allowed.rev().max_by_key(|&action| sums[action as usize]).unwrap_or(Action::Shift);
            }
            match state.arc(action) {
                None => state.shift(),
                Some((head, dependent)) if head == len => {
                    state.attach(head, dependent, Deprel::Root);
                    tree.set_root(dependent);
                }
                Some((head, dependent)) => {
                    state.label_features(head, dependent, features);
                    let sums = self.labels.score(features.as_slice());
                    let label = weights::best(&sums, Deprel::ALL.len(), |label| label != Deprel::Root as usize);
                    let label = Deprel::ALL[label];
                    state.attach(head, dependent, label);
                    tree.attach(dependent, head, label);
                }
            }
        }
    }
}
