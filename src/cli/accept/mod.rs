//! `crossfoot accept`: findings that were looked at and are to be told no more.

pub(super) mod file;

use self::file::Acceptance;
use super::given::key;
use super::messages::Messages;
use super::read::ReadArgs;
use super::settings::ConfigArgs;
use super::{Status, read, stdout};
use crate::model::document::Document;
use crate::observe::about::given::nearest;
use crate::reconcile::check;
use crate::reconcile::claim::{Answer, Finding};
use crate::report::printable;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Accept findings: `check` counts them and tells of them no more.
///
/// They are kept in crossfoot-accepted.toml, beside crossfoot.toml or in this folder. Where reports are named too, the ids
/// must be those of their findings, and what these say is kept with them.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot check --ids report.pdf
  crossfoot accept F-a79bcda879e0 --because \"the annex corrects it\" report.pdf
  crossfoot accept F-a79bcda879e0 --because \"to be mended\" --until 2027-03-31 reports")]
pub(super) struct Args {
    /// Ids of findings (F-…), and the reports that have them.
    #[arg(required = true, value_name = "ID|FILE")]
    names: Vec<PathBuf>,
    /// Why they are accepted.
    #[arg(long, value_name = "REASON")]
    because: String,
    /// The last day on which this counts, such as 2027-03-31.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    #[command(flatten)]
    config: ConfigArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// Whether an argument is the id of a finding.
fn is_id(name: &Path) -> bool {
    let id = name.to_str().and_then(|name| name.strip_prefix("F-"));
    id.is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let (ids, files): (Vec<PathBuf>, Vec<PathBuf>) = args.names.iter().cloned().partition(|name| is_id(name));
    let ids: Vec<String> = ids.iter().map(|id| id.display().to_string()).collect();
    let settings = match args.config.settings(messages) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    let Some(folder) = &settings.folder else {
        messages.error("--no-config", "there is no place to keep what is accepted", Some("leave it out"));
        return Ok(Status::Failed);
    };
    if ids.is_empty() || args.because.trim().is_empty() {
        let (what, hint) = match ids.is_empty() {
            true => ("no id of a finding is named", "`crossfoot check --ids` prints them: F-…"),
            false => ("no reason is given", "say why in a few words"),
        };
        messages.error("accept", what, Some(hint));
        return Ok(Status::Failed);
    }
    let mut all = match file::load(folder, messages) {
        Ok(all) => all,
        Err(status) => return Ok(status),
    };
    let told = match files.is_empty() {
        true => Vec::new(),
        false => {
            let reader = match args.read.reader(settings.reading(), messages) {
                Ok(reader) => reader,
                Err(status) => return Ok(status),
            };
            let (documents, unread) = read::together(&reader, &files, messages)?;
            match told(&documents, &ids, folder, messages) {
                Some(told) if unread.is_empty() => told,
                _ => return Ok(Status::Failed),
            }
        }
    };
    let mut out = stdout();
    for id in ids {
        let told = told.iter().find(|told| told.id == id).cloned();
        let acceptance = Acceptance {
            because: args.because.trim().to_owned(),
            until: args.until,
            ..told.unwrap_or_else(|| Acceptance { id: id.clone(), ..Acceptance::default() })
        };
        let before = all.len();
        all.retain(|other| other.id != id);
        let word = if all.len() < before { "accepted anew" } else { "accepted" };
        let message = acceptance.message.as_deref().map_or(String::new(), |said| format!(": {said}"));
        writeln!(out, "{word}: {id}{}", printable(&message))?;
        all.push(acceptance);
    }
    if let Err(error) = file::store(folder, &mut all) {
        let path = folder.join(file::NAME).display().to_string();
        messages.error(&path, &format!("it could not be written: {error}"), None);
        return Ok(Status::Failed);
    }
    out.flush()?;
    Ok(Status::Clean)
}

/// What the findings of these ids say. Ids that no finding has are reported.
fn told(
    documents: &[Document],
    ids: &[String],
    folder: &Path,
    messages: &Messages,
) -> Option<Vec<Acceptance>> {
    let answer = read::guarded("accept", || Ok(check(documents)));
    let answer = answer.map_err(|error| messages.unread(&error)).ok()?;
    let mut told = Some(Vec::new());
    for id in ids {
        match answer.findings.iter().find(|finding| finding.id == *id) {
            Some(finding) => {
                told.iter_mut().for_each(|told| told.push(acceptance(documents, &answer, finding, folder)));
            }
            None => {
                let near = nearest(id, answer.findings.iter().map(|finding| finding.id.as_str()));
                let hint = near.map_or("`crossfoot check --ids --notes` prints them".to_owned(), |near| {
                    format!("did you mean {near}? `crossfoot check --ids --notes` prints them all")
                });
                messages.error(id, "no finding of these reports has this id", Some(&hint));
                told = None;
            }
        }
    }
    told
}

fn acceptance(documents: &[Document], answer: &Answer, finding: &Finding, folder: &Path) -> Acceptance {
    let claim = finding.claims.first().and_then(|&index| answer.claims.get(index));
    let document = claim.and_then(|claim| documents.get(claim.document));
    Acceptance {
        id: finding.id.clone(),
        code: Some(finding.code.to_owned()),
        message: Some(finding.message.clone()),
        document: document.map(|document| seen_from(folder, &document.origin.path)),
        ..Acceptance::default()
    }
}

/// The path of a document as seen from a folder, where it lies below it; its path in full elsewhere.
pub(super) fn seen_from(folder: &Path, path: &str) -> String {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = key(Path::new(path));
    let below =
        folder.canonicalize().ok().and_then(|folder| path.strip_prefix(folder).ok().map(Path::to_owned));
    below.unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_files() {
        let ids = ["F-a79bcda879e0", "F-c1-2"].map(|name| is_id(Path::new(name)));
        let files = ["F-", "./F-a79", "F-2020.pdf", "report.txt", "f-a"].map(|name| is_id(Path::new(name)));
        assert_eq!((ids, files), ([true; 2], [false; 5]));
    }
}
