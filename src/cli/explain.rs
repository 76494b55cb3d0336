//! `crossfoot explain`: the doc of a check.

use super::messages::Messages;
use super::{Status, stdout};
use crate::reconcile::rules;
use std::io::{self, Write};

/// Print what a check does and why; without CODE, list the checks.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The check's code, such as CF101.
    code: Option<String>,
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let mut out = stdout();
    match &args.code {
        None => rules::ALL.iter().try_for_each(|check| writeln!(out, "{}  {}", check.code, check.name))?,
        Some(code) => match rules::find(code) {
            Some(check) => write!(out, "{}", check.page())?,
            None => {
                messages.error(code, "no such check", Some("`crossfoot explain` lists them all"));
                return Ok(Status::Failed);
            }
        },
    }
    out.flush()?;
    Ok(Status::Clean)
}
