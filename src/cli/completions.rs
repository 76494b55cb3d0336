//! `crossfoot completions`: completions for a shell.

use super::{Cli, Status, stdout};
use clap::CommandFactory;
use std::io::{self, Write};

/// Print completions for a shell.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot completions bash > crossfoot.bash")]
pub(super) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args) -> io::Result<Status> {
    // The script is made in memory first, because the generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "crossfoot", &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Status::Clean)
}
