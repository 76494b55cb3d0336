//! What `check` tells after settings, acceptances and a baseline, and what is said of the rest.

use super::Status;
use super::accept::file::{self, Acceptance};
use super::accept::seen_from;
use super::messages::Messages;
use super::settings::{ConfigArgs, SelectArgs, Settings};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::reconcile::claim::Answer;
use crate::report::chosen::{Choice, Chosen, chosen, ids};
use crate::report::schema::LeftOut;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is told.
#[derive(clap::Args)]
pub(super) struct LivingArgs {
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    config: ConfigArgs,
    /// Show accepted findings too, with the reasons.
    #[arg(long)]
    pub accepted: bool,
    /// Leave out the findings of an earlier run, as --format json wrote it, and count them.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Take this day as today.
    #[arg(long, value_name = "DATE", hide = true)]
    today: Option<Date>,
}

/// What is known before anything is read.
pub(super) struct Living<'a> {
    args: &'a LivingArgs,
    pub settings: Settings,
    accepted: Vec<Acceptance>,
    baseline: Option<Baseline>,
}

/// What is told of an answer, and what is said of the rest.
pub(super) struct Told {
    pub chosen: Chosen,
    /// For a person.
    pub sentences: Vec<String>,
    /// For a program.
    pub left_out: Option<LeftOut>,
}

/// An earlier answer: the ids of its findings, and the documents that it is about.
#[derive(Deserialize)]
struct Baseline {
    documents: Vec<OfDocument>,
    findings: Vec<OfFinding>,
}

#[derive(Deserialize)]
struct OfDocument {
    path: String,
}

#[derive(Deserialize)]
struct OfFinding {
    id: String,
    #[serde(default)]
    spans: Vec<OfSpan>,
}

#[derive(Deserialize)]
struct OfSpan {
    path: Option<String>,
}

/// So many ids are named in a message.
const NAMED: usize = 5;

impl LivingArgs {
    /// Reads settings, acceptances and baseline. What is wrong with them is reported.
    pub fn load(&self, messages: &Messages) -> Result<Living<'_>, Status> {
        let settings = self.config.settings(messages)?;
        let accepted = match &settings.folder {
            Some(folder) => file::load(folder, messages)?,
            None => Vec::new(),
        };
        let baseline = self.baseline.as_deref().map(|path| baseline(path, messages)).transpose()?;
        Ok(Living { args: self, settings, accepted, baseline })
    }

    fn today(&self) -> Date {
        let now = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        self.today.unwrap_or_else(now)
    }
}

fn baseline(path: &Path, messages: &Messages) -> Result<Baseline, Status> {
    let name = path.display().to_string();
    let text = std::fs::read(path).map_err(|cause| {
        messages.unread(&Error::Read { path: name.clone(), cause });
        Status::Failed
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        let what = format!("this is no answer of check: {error}");
        messages.error(&name, &what, Some("write one by `crossfoot check --format json`"));
        Status::Failed
    })
}

impl Living<'_> {
    /// Chooses what is told of an answer.
    pub fn told(&self, documents: &[Document], answer: Answer, messages: &Messages) -> Told {
        let found = ids(&answer);
        // Where the checks came to no end, or a document was read in part, nothing can be said to be gone.
        let complete = answer.copies.len() == documents.len() && !documents.iter().any(Document::is_lost);
        let read = if complete { documents } else { &[] };
        let (left_out, severities) = self.settings.checks(&self.args.select);
        let accepted = self.accepted_today(read, &found, messages);
        let known =
            self.baseline.iter().flat_map(|earlier| &earlier.findings).map(|finding| finding.id.clone());
        let choice = Choice { left_out, severities, accepted, known: known.collect() };
        let gone = self.baseline.as_ref().map(|earlier| earlier.gone(read, &found));
        let chosen = chosen(documents, answer, &choice);
        let by = self.settings.by(&self.args.select);
        let sentences = chosen.sentences(&by, gone, self.args.accepted);
        let left_out = LeftOut::of(&chosen, gone);
        Told { chosen, sentences, left_out }
    }

    /// What is accepted today. What was accepted up to an earlier day, and what matches nothing in a document that was read,
    /// is told in notes.
    fn accepted_today(
        &self,
        documents: &[Document],
        found: &BTreeSet<String>,
        messages: &Messages,
    ) -> BTreeMap<String, String> {
        let Some(folder) = self.settings.folder.as_ref().filter(|_| !self.accepted.is_empty()) else {
            return BTreeMap::new();
        };
        let today = self.args.today();
        let read: BTreeSet<String> =
            documents.iter().map(|document| seen_from(folder, &document.origin.path)).collect();
        let is_over = |one: &Acceptance| one.until.is_some_and(|until| until < today);
        let path = folder.join(file::NAME).display().to_string();
        for one in self.accepted.iter().filter(|one| is_over(one) && found.contains(&one.id)) {
            let until = one.until.map_or(String::new(), |until| until.to_string());
            messages.note(&format!("{path}: {} was accepted until {until} and is told again", one.id));
        }
        let is_stale = |one: &&Acceptance| {
            one.document.as_ref().is_some_and(|document| read.contains(document)) && !found.contains(&one.id)
        };
        let stale: Vec<&str> = self.accepted.iter().filter(is_stale).map(|one| one.id.as_str()).collect();
        if !stale.is_empty() {
            let more = if stale.len() > NAMED { ", …" } else { "" };
            let named = stale.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            messages.note(&format!("{path}: these no longer match: {named}{more}"));
        }
        let counts = self.accepted.iter().filter(|one| !is_over(one));
        let reason = |one: &Acceptance| match one.until {
            Some(until) => format!("{}, until {until}", one.because),
            None => one.because.clone(),
        };
        counts.map(|one| (one.id.clone(), reason(one))).collect()
    }
}

impl Baseline {
    /// How many of its findings are no more, of those about documents that were read. A single document stands for a single
    /// one, whatever it is called, since a later edition has another name.
    fn gone(&self, documents: &[Document], found: &BTreeSet<String>) -> usize {
        let alone = self.documents.len() == 1 && documents.len() == 1;
        let only =
            self.documents.first().filter(|_| self.documents.len() == 1).map(|document| &document.path);
        let was_read = |finding: &OfFinding| {
            let path = finding.spans.iter().find_map(|span| span.path.as_ref()).or(only);
            alone || path.is_some_and(|path| documents.iter().any(|read| read.origin.path == *path))
        };
        self.findings.iter().filter(|finding| !found.contains(&finding.id) && was_read(finding)).count()
    }
}
