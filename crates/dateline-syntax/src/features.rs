//! A short list of feature hashes, filled for each decision.

/// More than any list of templates gives.
pub(crate) const MOST: usize = 128;

/// The features of one decision.
#[derive(Debug)]
pub(crate) struct Features {
    hashes: [u64; MOST],
    len: usize,
}

impl Features {
    pub(crate) const fn new() -> Self {
        Self { hashes: [0; MOST], len: 0 }
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, hash: u64) {
        self.hashes[self.len % MOST] = hash;
        self.len += 1;
    }

    pub(crate) fn as_slice(&self) -> &[u64] {
        &self.hashes[..self.len.min(MOST)]
    }
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}
