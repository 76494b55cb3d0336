//! `crossfoot schema`: the JSON Schema of the JSON output.

use super::{Status, stdout};
use crate::report::schema::JSON_SCHEMA;
use std::io::{self, Write};

/// Print the JSON Schema of what `extract` and `check` print.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot schema > crossfoot.schema.json")]
pub(super) struct Args {}

pub(super) fn run(_args: &Args) -> io::Result<Status> {
    let mut out = stdout();
    out.write_all(JSON_SCHEMA.as_bytes())?;
    out.flush()?;
    Ok(Status::Clean)
}
