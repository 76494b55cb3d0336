//! `crossfoot schema`: the JSON Schema of the JSON output.

use super::{Status, stdout};
use crate::report::json;
use crate::report::schema::json_schema;
use std::io::{self, Write};

/// Print the JSON Schema of what `extract` and `check` print.
#[derive(clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args) -> io::Result<Status> {
    let mut out = stdout();
    json::write(&mut out, &json_schema(), true)?;
    out.flush()?;
    Ok(Status::Clean)
}
