//! Maintainers' tools.
fn main() {}
