//! `dateline completions` and `dateline man`: what a packager installs beside the program.

use anyhow::{Context, Result, bail};
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::args::Args;
use crate::output::Output;

pub fn completions(shell: Shell, out: &mut Output) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dateline", &mut script);
    out.record(&script)
}

/// The page of the program, or of the command with these names (`gazetteer build`).
pub fn page(names: &[String], out: &mut Output) -> Result<()> {
    let mut program = Args::command();
    program.build();
    let mut command: &Command = &program;
    for name in names {
        let Some(found) = command.find_subcommand(name) else { bail!("there is no command {:?}", names.join(" ")) };
        command = found;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).context("man page")?;
    out.record(&page)
}
