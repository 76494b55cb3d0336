//! `crossfoot explain`: the doc of a check.

use super::messages::Messages;
use super::settings::hint;
use super::{Status, stdout};
use crate::reconcile::rules::{self, Check};
use crate::report::{json, severity_name};
use std::io::{self, Write};

/// Print what a check does and why; without CHECK, list the checks.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot explain
  crossfoot explain CF101
  crossfoot explain column-total --format json")]
pub(super) struct Args {
    /// The check's code or name, such as CF101 or column-total.
    check: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The form of the docs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person: a line for each check, or one check's page in Markdown.
    Text,
    /// For a program: code, name, gist, severity and doc.
    Json,
}

/// A check as JSON tells of it.
#[derive(serde::Serialize)]
struct Told {
    code: &'static str,
    name: &'static str,
    /// What is asked of the figures, in half a line.
    gist: &'static str,
    severity: &'static str,
    /// In Markdown.
    doc: &'static str,
}

impl From<&Check> for Told {
    fn from(check: &Check) -> Told {
        let Check { code, name, gist, severity, doc, .. } = *check;
        Told { code, name, gist, severity: severity_name(severity), doc }
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let mut out = stdout();
    match (&args.check, args.format) {
        (None, Format::Text) => {
            rules::ALL.iter().try_for_each(|check| writeln!(out, "{}  {}", check.code, check.name))?;
        }
        (None, Format::Json) => {
            let all: Vec<Told> = rules::ALL.iter().map(|check| Told::from(*check)).collect();
            json::write(&mut out, &all, true)?;
        }
        (Some(name), format) => match (rules::named(name), format) {
            (Some(check), Format::Text) => write!(out, "{}", check.page())?,
            (Some(check), Format::Json) => json::write(&mut out, &Told::from(check), true)?,
            (None, _) => {
                messages.error(name, "no such check", Some(&hint(name)));
                return Ok(Status::Failed);
            }
        },
    }
    out.flush()?;
    Ok(Status::Clean)
}
