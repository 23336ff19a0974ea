//! Hashes of words and of features. They are part of the model's format: a change of them needs a new model.

const K1: u64 = 0x9E37_79B9_7F4A_7C15;
const K2: u64 = 0xC2B2_AE3D_27D4_EB4F;
const K3: u64 = 0x1656_67B1_9E37_79F9;
const K4: u64 = 0x27D4_EB2F_1656_67C5;
const K5: u64 = 0x9FB2_1C65_1E98_DF25;

/// Hash of a string of bytes.
pub(crate) fn bytes(bytes: &[u8]) -> u32 {
    let mut hash = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(K5).rotate_left(29);
    }
    let mut word = [0; 8];
    word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(K5);
    ((hash ^ hash >> 29).wrapping_mul(K1) >> 32) as u32
}

/// Spreads the bits, so that any of them can serve as an index.
#[inline]
const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 31).wrapping_mul(K5);
    hash ^ hash >> 28
}

/// The feature of template `template` with one value.
#[inline]
pub(crate) const fn one(template: u64, a: u64) -> u64 {
    finish(template.wrapping_mul(K5).wrapping_add(a.wrapping_add(1).wrapping_mul(K1)))
}

/// The feature of template `template` with two values.
#[inline]
pub(crate) const fn two(template: u64, a: u64, b: u64) -> u64 {
    finish(
        template
            .wrapping_mul(K5)
            .wrapping_add(a.wrapping_add(1).wrapping_mul(K1))
            .wrapping_add(b.wrapping_add(1).wrapping_mul(K2).rotate_left(17)),
    )
}

/// The feature of template `template` with three values.
#[inline]
pub(crate) const fn three(template: u64, a: u64, b: u64, c: u64) -> u64 {
    finish(
        template
            .wrapping_mul(K5)
            .wrapping_add(a.wrapping_add(1).wrapping_mul(K1))
            .wrapping_add(b.wrapping_add(1).wrapping_mul(K2).rotate_left(17))
            .wrapping_add(c.wrapping_add(1).wrapping_mul(K3).rotate_left(31)),
    )
}

/// The feature of template `template` with four values.
#[inline]
pub(crate) const fn four(template: u64, a: u64, b: u64, c: u64, d: u64) -> u64 {
    finish(
        template
            .wrapping_mul(K5)
            .wrapping_add(a.wrapping_add(1).wrapping_mul(K1))
            .wrapping_add(b.wrapping_add(1).wrapping_mul(K2).rotate_left(17))
            .wrapping_add(c.wrapping_add(1).wrapping_mul(K3).rotate_left(31))
            .wrapping_add(d.wrapping_add(1).wrapping_mul(K4).rotate_left(43)),
    )
}
