//! `cargo xtask train`: makes the syntax model.

pub mod conllu;
pub mod score;
mod sources;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use dateline_syntax::Analyzer;
use dateline_syntax::training::{self, Material, Options, Sentence};

/// Trains the syntax model, or scores one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder with `ud` and `silver`.
    #[arg(long)]
    corpora: PathBuf,
    /// Where the model is; by default in `dateline-syntax-data`.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Only score the model that is there.
    #[arg(long)]
    score: bool,
    /// Passes over the sentences; by default what the shipped model has.
    #[arg(long)]
    passes: Option<usize>,
}

/// The committed model, below the workspace.
pub const MODEL: &str = "crates/dateline-syntax-data/model.bin";

/// The irregular forms that are learnt beside those of the treebanks.
const IRREGULAR: &str = include_str!("irregular.tsv");

/// Words with their classes, below the workspace. `teacher.py` beside them says how they are made.
const WORDS: &str = "xtask/src/train/words.tsv.gz";

/// Verifies the committed model: its hash, and that it opens.
pub fn check(root: &Path) -> Result<()> {
    let path = root.join(MODEL);
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let record = path.with_file_name("SOURCES.toml");
    let record = std::fs::read_to_string(&record).with_context(|| format!("cannot read {}", record.display()))?;
    sources::verify(&record, &bytes).with_context(|| path.display().to_string())?;
    Analyzer::from_bytes(bytes).with_context(|| path.display().to_string())?;
    eprintln!("{}: as SOURCES.toml says", path.display());
    Ok(())
}

pub fn run(root: &Path, args: &Args) -> Result<()> {
    let model = args.model.clone().unwrap_or_else(|| root.join(MODEL));
    if !args.score {
        train(root, args, &model)?;
    }
    let bytes = std::fs::read(&model).with_context(|| format!("cannot read {}", model.display()))?;
    let analyzer = Analyzer::from_bytes(bytes)?;
    for name in ["ewt", "gum"] {
        let dev =
            with_names(&args.corpora, &format!("ud/{name}-dev.conllu"), &format!("silver/names-{name}-dev.tsv.gz"))?;
        score::print(name, &analyzer, &dev);
        score::print_speed(&analyzer, &dev);
    }
    Ok(())
}

fn train(root: &Path, args: &Args, model: &Path) -> Result<()> {
    let start = Instant::now();
    let sentences = training_sentences(&args.corpora)?;
    let mut options = Options::default();
    if let Some(passes) = args.passes {
        (options.tagger_passes, options.names_passes, options.parser_passes) = (passes, passes, passes);
    }
    let mut log = |line: &str| eprintln!("{:5.0} s  {line}", start.elapsed().as_secs_f64());
    let (irregular, words) = (irregular()?, words(root)?);
    let material = Material { sentences: &sentences, irregular: &irregular, words: &words };
    let bytes = training::train(material, options, &mut log);
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    write(model, &bytes)?;
    write(&model.with_file_name("SOURCES.toml"), sources::toml(root, &args.corpora, &bytes)?.as_bytes())
}

/// What the shipped model learns from.
fn training_sentences(corpora: &Path) -> Result<Vec<Sentence>> {
    let mut out = with_names(corpora, "ud/ewt-train.conllu", "silver/names-ewt-train.tsv.gz")?;
    out.extend(with_names(corpora, "ud/gum-train-permissive.conllu", "silver/names-gum-train-permissive.tsv.gz")?);
    out.extend(conllu::sentences(&conllu::read(&corpora.join("silver/free-ud.conllu.gz"))?)?);
    Ok(out.into_iter().map(|item| item.1).collect())
}

/// The sentences of a treebank with the names that a file of its own has for them.
pub fn with_names(corpora: &Path, treebank: &str, names: &str) -> Result<Vec<(String, Sentence)>> {
    let mut sentences =
        conllu::sentences(&conllu::read(&corpora.join(treebank))?).with_context(|| treebank.to_owned())?;
    conllu::add_names(&mut sentences, &conllu::read(&corpora.join(names))?);
    Ok(sentences)
}

fn words(root: &Path) -> Result<Vec<(String, u8)>> {
    let text = conllu::read(&root.join(WORDS))?;
    let lines = text.lines().filter(|line| !line.starts_with("# "));
    lines
        .map(|line| {
            let (word, class) = line.split_once('\t').with_context(|| format!("{WORDS}: no tab: {line}"))?;
            Ok((word.to_owned(), class.parse().with_context(|| format!("{WORDS}: class of {word}"))?))
        })
        .collect()
}

fn irregular() -> Result<Vec<(String, char, String)>> {
    let lines = IRREGULAR.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (key, lemma) = line.split_once('\t').context("irregular.tsv: no tab")?;
            let (form, class) = key.rsplit_once('/').context("irregular.tsv: no class")?;
            Ok((form.to_owned(), class.chars().next().context("irregular.tsv: no class")?, lemma.trim().to_owned()))
        })
        .collect()
}
