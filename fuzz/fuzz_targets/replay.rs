//! What makes a fuzz target an ordinary program on a stable compiler: it replays its seeds, or the files and folders that
//! it is given, as they are and in many spoilt copies.

/// Defines the target's entry: for libFuzzer under `cargo fuzz`, else a `main` that replays.
macro_rules! target {
    ($name:literal, $check:ident) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $check(data));

        #[cfg(not(fuzzing))]
        fn main() {
            replay::run($name, $check);
        }
    };
}

#[cfg(not(fuzzing))]
pub fn run(name: &str, check: fn(&[u8])) {
    let given: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let mut files = Vec::new();
    for path in if given.is_empty() { vec![seeds] } else { given } {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("the folder can be read");
            files.extend(entries.map(|entry| entry.expect("the folder can be read").path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    assert!(!files.is_empty(), "nothing to replay");
    let mut runs = 0;
    let mut random = 0x9e37_79b9_7f4a_7c15;
    for file in &files {
        let seed = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        check(&seed);
        for _ in 0..SPOILT_COPIES {
            check(&spoil(&seed, &mut random));
        }
        runs += 1 + SPOILT_COPIES;
    }
    println!("{name}: {runs} inputs from {} files, none failed", files.len());
}

#[cfg(not(fuzzing))]
const SPOILT_COPIES: usize = 300;

/// A copy with a few bytes changed, removed, repeated or cut off at the end. Always the same ones.
#[cfg(not(fuzzing))]
fn spoil(seed: &[u8], random: &mut u64) -> Vec<u8> {
    let mut next = |below: usize| {
        // xorshift64
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        (*random % below.max(1) as u64) as usize
    };
    let mut out = seed.to_vec();
    for _ in 0..1 + next(6) {
        if out.is_empty() {
            break;
        }
        let at = next(out.len());
        let end = at + next((out.len() - at).min(40) + 1);
        match next(5) {
            0 => out[at] = next(256) as u8,
            1 => out[at] ^= 1 << next(8),
            2 => drop(out.drain(at..end)),
            3 => {
                let piece = out[at..end].to_vec();
                let to = next(out.len() + 1);
                out.splice(to..to, piece);
            }
            _ => out.truncate(at),
        }
    }
    out
}
