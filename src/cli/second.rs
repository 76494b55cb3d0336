//! `--second-reader`: another reader of PDFs, in a process of its own, which may fail.

use super::messages::Messages;
use super::process::{self, End};
use super::{Status, limits, stdout};
use crate::document::Document;
use crate::error::{Diagnostic, Severity};
use crate::second;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::time::Duration;

/// Address space in MB and time that the second reader may take.
const MEMORY: u64 = 2048;
const TIME: Duration = Duration::from_secs(60);
/// What is read of its output, in bytes.
const OUTPUT: u64 = 64 << 20;

/// Print the numerals of each page of a PDF on standard input.
#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long)]
    password: Option<String>,
}

/// The other process. Its reader may write to stdout too: the last line is the result.
pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    // Where there are no such limits the parent's clock has to do.
    let _ = limits::set(MEMORY, TIME.as_secs());
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let pages = match &args.password {
        Some(password) => pdf_extract::extract_text_from_mem_by_pages_encrypted(&bytes, password),
        None => pdf_extract::extract_text_from_mem_by_pages(&bytes),
    };
    match pages {
        Ok(pages) => {
            let numerals: Vec<Vec<String>> = pages.iter().map(|page| second::numerals(page)).collect();
            let mut out = stdout();
            write!(out, "\n{}", serde_json::to_string(&numerals)?)?;
            out.flush()?;
            Ok(Status::Clean)
        }
        Err(error) => {
            messages.error("-", &error.to_string(), None);
            Ok(Status::Failed)
        }
    }
}

/// Marks the figures of a document that the second reader reads otherwise. That it cannot read the file is a note.
pub(super) fn compare(document: &mut Document, bytes: &[u8], password: Option<&str>) {
    let mut args: Vec<OsString> = vec!["second-reading".into()];
    args.extend(password.into_iter().flat_map(|password| ["--password".into(), password.into()]));
    let pages = match process::run(&args, bytes, TIME, OUTPUT) {
        Ok(End::Ended { status, out, .. }) if status.success() => result(&out),
        _ => None,
    };
    match pages {
        Some(pages) => second::doubt(document, &pages),
        None => document.diagnostics.push(Diagnostic {
            code: "second-reader-failed",
            severity: Severity::Note,
            message: "the second reader could not read it; no figure was held against it".to_owned(),
            place: None,
        }),
    }
}

fn result(out: &[u8]) -> Option<Vec<Vec<String>>> {
    serde_json::from_slice(out.rsplit(|byte| *byte == b'\n').next()?).ok()
}
