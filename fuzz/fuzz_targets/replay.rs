//! What makes a fuzz target an ordinary program on a stable compiler. It replays its seeds, or the files and folders that it
//! is given, as they are and in many spoilt copies; with `--seconds N` it goes on spoiling, joining and mixing them for so
//! long. An input that fails is written to `artifacts/` before the program ends.

/// Defines the target's entry: for libFuzzer under `cargo fuzz`, else a `main` that replays.
macro_rules! target {
    ($name:literal, $check:ident) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $check(data));

        #[cfg(not(fuzzing))]
        fn main() -> std::process::ExitCode {
            replay::run($name, $check)
        }
    };
}

#[cfg(not(fuzzing))]
pub use program::run;

#[cfg(not(fuzzing))]
mod program {
    use std::ffi::OsString;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::{Duration, Instant};
    use std::{env, fs};

    /// Spoilt copies of each seed where no time is given.
    const COPIES: usize = 60;

    /// The longest input that is made of seeds.
    const MAX_LEN: usize = 1 << 16;

    /// What the rules look for and what breaks things.
    const DICTIONARY: &[&str] = &[
        "\"",
        "“",
        "”",
        "'",
        "’s",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\0",
        ".",
        ", ",
        " - ",
        "—",
        "&",
        "@",
        "#",
        "%",
        "$",
        "€",
        "é",
        "é",
        "ß",
        "İ",
        "中",
        "ا",
        "🚀",
        "🇺🇦",
        "\u{200d}",
        "\u{feff}",
        "\u{a0}",
        "\u{202e}",
        "½",
        "²",
        "0",
        "-1",
        "1,200",
        "1e309",
        "99999999999999999999",
        "U.S.",
        "St. ",
        "al-",
        "Port-au-Prince",
        "Kyiv",
        "KABUL",
        "Tver region",
        "Paris, Texas",
        "30 km north of ",
        "48°51′N 2°21′E",
        "date 2023-11-06\n\n",
        "KYIV, March 14 (Reuters) - ",
        "on Monday ",
        "last week ",
        "between 3 and 5 ",
        "dozens of ",
        "at least 12 people ",
        "no one ",
        "killed ",
        "shot down ",
        "said that ",
        "according to ",
        "denied ",
        "who ",
        "which ",
        "and ",
        "of ",
        "http://a.com/b?c=d",
        "name@example.org",
        "[[frame]]\n",
        "[[frame.rule]]\n",
        "type = \"attack\"\n",
        "verb = [\"attack\"]\n",
        "agent = [\"nsubj\"]\n",
        "DLGAZ\r\n\x1a",
        "DLSYN\r\n\x1a",
    ];

    #[derive(Default)]
    struct Options {
        given: Vec<PathBuf>,
        seconds: Option<u64>,
        seed: u64,
    }

    fn options(mut args: impl Iterator<Item = OsString>) -> Result<Options, String> {
        let mut options = Options::default();
        while let Some(arg) = args.next() {
            let mut number = |name| {
                let value = args.next().and_then(|value| value.to_str()?.parse().ok());
                value.ok_or(format!("{name} takes a whole number"))
            };
            match arg.to_str() {
                Some("--seconds") => options.seconds = Some(number("--seconds")?),
                Some("--seed") => options.seed = number("--seed")?,
                Some(other) if other.starts_with('-') => return Err(format!("unknown option {other}")),
                _ => options.given.push(arg.into()),
            }
        }
        Ok(options)
    }

    /// Runs a target as the command line asks.
    pub fn run(name: &str, check: fn(&[u8])) -> ExitCode {
        match options(env::args_os().skip(1)).and_then(|options| replay(name, check, &options)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                eprintln!("{name}: {reason}");
                ExitCode::FAILURE
            }
        }
    }

    fn replay(name: &str, check: fn(&[u8]), options: &Options) -> Result<(), String> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let seeds = match options.given.is_empty() {
            true => read_all(&[home.join("seeds").join(name)])?,
            false => read_all(&options.given)?,
        };
        let mut runner = Runner { name, check, artifacts: home.join("artifacts").join(name), runs: 0, slowest: None };
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ options.seed.wrapping_mul(0xd134_2543_de82_ef95));
        for seed in &seeds {
            runner.run(seed)?;
        }
        let started = Instant::now();
        match options.seconds.map(Duration::from_secs) {
            Some(time) => {
                while started.elapsed() < time {
                    let seed = &seeds[random.below(seeds.len())];
                    let other = &seeds[random.below(seeds.len())];
                    runner.run(&spoil(seed, other, &mut random))?;
                }
            }
            None => {
                for seed in &seeds {
                    for _ in 0..COPIES {
                        let other = &seeds[random.below(seeds.len())];
                        runner.run(&spoil(seed, other, &mut random))?;
                    }
                }
            }
        }
        let (slowest, bytes) = runner.slowest.unwrap_or_default();
        println!(
            "{name}: {} inputs from {} seeds in {:.0} s, none failed; the slowest took {:.1} ms for {bytes} bytes",
            runner.runs,
            seeds.len(),
            started.elapsed().as_secs_f64(),
            slowest.as_secs_f64() * 1_000.0,
        );
        Ok(())
    }

    /// The content of the files, and of the files in the folders, in the order of their names.
    fn read_all(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
        let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
        let mut files = Vec::new();
        for path in paths {
            if path.is_dir() {
                for entry in fs::read_dir(path).map_err(|error| told(path, error))? {
                    files.push(entry.map_err(|error| told(path, error))?.path());
                }
            } else {
                files.push(path.clone());
            }
        }
        files.sort();
        if files.is_empty() {
            return Err("nothing to replay".to_owned());
        }
        files.iter().map(|file| fs::read(file).map_err(|error| told(file, error))).collect()
    }

    struct Runner<'n> {
        name: &'n str,
        check: fn(&[u8]),
        artifacts: PathBuf,
        runs: usize,
        slowest: Option<(Duration, usize)>,
    }

    impl Runner<'_> {
        fn run(&mut self, data: &[u8]) -> Result<(), String> {
            let started = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| (self.check)(data))).is_err() {
                // FNV-1a names the file.
                let hash = data
                    .iter()
                    .fold(0xcbf2_9ce4_8422_2325, |hash: u64, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
                let file = self.artifacts.join(format!("crash-{hash:016x}"));
                let written = fs::create_dir_all(&self.artifacts).and_then(|()| fs::write(&file, data));
                let place = written.map_or_else(|error| error.to_string(), |()| file.display().to_string());
                return Err(format!("input {} of {} failed: {} bytes, {place}", self.runs, self.name, data.len()));
            }
            self.runs += 1;
            self.slowest = self.slowest.max(Some((started.elapsed(), data.len())));
            Ok(())
        }
    }

    /// xorshift64
    struct Random(u64);

    impl Random {
        fn below(&mut self, below: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % below.max(1) as u64) as usize
        }
    }

    /// A copy of `seed` with a few pieces changed, removed, repeated, cut off at the end, taken from `other` or from the
    /// dictionary. Always the same ones for the same random numbers.
    fn spoil(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
        let mut out = seed.to_vec();
        for _ in 0..1 + random.below(12) {
            let at = random.below(out.len() + 1);
            let end = at + random.below((out.len() - at).min(60) + 1);
            match random.below(9) {
                0 if at < out.len() => out[at] = random.below(256) as u8,
                1 if at < out.len() => out[at] ^= 1 << random.below(8),
                2 => drop(out.drain(at..end)),
                3 => {
                    let piece = out[at..end].to_vec();
                    let to = random.below(out.len() + 1);
                    out.splice(to..to, piece);
                }
                4 if random.below(4) == 0 => out.truncate(at),
                5 => {
                    let from = random.below(other.len() + 1);
                    let until = from + random.below((other.len() - from).min(400) + 1);
                    out.splice(at..end, other[from..until].iter().copied());
                }
                6 | 7 => drop(out.splice(at..at, DICTIONARY[random.below(DICTIONARY.len())].bytes())),
                8 if random.below(8) == 0 => {
                    let times = 1 + random.below(400);
                    let piece = out[at..end].repeat(times);
                    out.splice(at..end, piece);
                }
                _ => {}
            }
        }
        out.truncate(MAX_LEN);
        out
    }
}
