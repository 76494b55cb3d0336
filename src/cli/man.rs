//! `crossfoot man`: the manual page.

use super::{Cli, Status, stdout};
use clap::CommandFactory;
use std::io::{self, Write};

/// Print the manual page, in roff.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot man | man -l -
  crossfoot man check > crossfoot-check.1")]
pub(super) struct Args {
    /// The command to print the page of; all of crossfoot's where none is given.
    command: Option<String>,
}

pub(super) fn run(args: &Args) -> io::Result<Status> {
    let mut cli = Cli::command();
    cli.build();
    let page = match &args.command {
        None => cli,
        Some(name) => match cli.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let error = cli.error(clap::error::ErrorKind::InvalidValue, format!("no command `{name}`"));
                let _ = error.print();
                return Ok(Status::Failed);
            }
        },
    };
    let mut out = stdout();
    clap_mangen::Man::new(page).render(&mut out)?;
    out.flush()?;
    Ok(Status::Clean)
}
