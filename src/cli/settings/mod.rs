//! What a folder of reports is checked with: `crossfoot.toml`, and the options that count before it.

mod checking;
mod codes;
pub(super) mod file;
mod words;

pub(super) use self::checking::Checking;
pub(super) use self::codes::{Named, hint};
use self::codes::{Selection, closest};
use self::file::File;
use super::Status;
use super::check::FailOn;
use super::given::Said;
use super::messages::Messages;
use crate::model::bands::Bands;
use crate::model::diagnostic::Severity;
use crate::reconcile::rules;
use globset::GlobMatcher;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The file's name.
pub(super) const NAME: &str = "crossfoot.toml";

/// Where settings are.
#[derive(clap::Args)]
pub(super) struct ConfigArgs {
    /// Read settings from this file; else from crossfoot.toml, in this folder or the nearest one above that has it.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Read no crossfoot.toml and no crossfoot-accepted.toml.
    #[arg(long)]
    no_config: bool,
}

/// Which checks speak.
#[derive(Default, clap::Args)]
pub(super) struct SelectArgs {
    /// Tell of these checks only: codes, names, or how codes begin (CF101, column-total, CF2).
    #[arg(long, value_name = "CHECKS", num_args = 1, value_delimiter = ',', value_parser = named)]
    select: Vec<Named>,
    /// Tell of all checks but these; where both name a check, the closer name counts.
    #[arg(long, value_name = "CHECKS", num_args = 1, value_delimiter = ',', value_parser = named)]
    ignore: Vec<Named>,
}

fn named(text: &str) -> Result<Named, String> {
    Named::parse(text).map_err(|(what, hint)| format!("{what}; {hint}"))
}

/// What is said of how documents are read.
#[derive(Clone, Default)]
pub(super) struct Reading {
    /// A folder of words in place of the built-in ones.
    pub grammars: Option<PathBuf>,
    /// What the documents of some paths are about.
    pub documents: Vec<(GlobMatcher, Said)>,
    /// How far words reach.
    pub words: Bands,
}

/// The settings of a run.
#[derive(Default)]
pub(super) struct Settings {
    /// The file that was read, as it is named in messages.
    path: Option<PathBuf>,
    /// The folder of what was accepted; none where no file is to be read.
    pub folder: Option<PathBuf>,
    file: File,
}

impl ConfigArgs {
    /// Reads the file. What is wrong with it is reported, all of it.
    pub fn settings(&self, messages: &Messages) -> Result<Settings, Status> {
        if self.no_config {
            return Ok(Settings::default());
        }
        let Some(path) = self.config.clone().or_else(nearest_file) else {
            return Ok(Settings { folder: Some(PathBuf::new()), ..Settings::default() });
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let read = std::fs::read_to_string(&path).and_then(|text| Ok((text, here.canonicalize()?)));
        let (text, start) = read.map_err(|cause| {
            messages
                .unread(&crate::model::diagnostic::Error::Read { path: path.display().to_string(), cause });
            Status::Failed
        })?;
        let file = file::read(&text, &start).map_err(|wrong| {
            for file::Wrong { line, what, hint } in wrong {
                messages.error(&format!("{}:{line}", path.display()), &what, hint.as_deref());
            }
            Status::Failed
        })?;
        Ok(Settings { path: Some(path), folder: Some(folder), file })
    }
}

/// The file in this folder, or in the nearest one above that has one.
fn nearest_file() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let (up, _) = here.ancestors().enumerate().find(|(_, folder)| folder.join(NAME).is_file())?;
    Some(std::iter::repeat_n("..", up).collect::<PathBuf>().join(NAME))
}

impl Settings {
    /// What is said of how documents are read.
    pub fn reading(&self) -> Reading {
        let File { grammars, documents, words, .. } = self.file.clone();
        Reading { grammars, documents, words }
    }

    /// What they say of how documents are checked.
    pub fn checking(&self) -> Checking {
        let (left_out, severities) = self.checks(&SelectArgs::default());
        Checking {
            words: self.file.words.clone(),
            left_out: left_out.into_iter().map(str::to_owned).collect(),
            severities: severities.into_iter().map(|(code, loud)| (code.to_owned(), loud)).collect(),
        }
    }

    /// The least severity that gives status 1, where the file says it.
    pub fn fail_on(&self) -> Option<FailOn> {
        self.file.fail_on
    }

    /// The checks that do not speak, and how loud the others are where that is said.
    pub fn checks(&self, args: &SelectArgs) -> (BTreeSet<&'static str>, BTreeMap<&'static str, Severity>) {
        let line = Selection { select: args.select.clone(), ignore: args.ignore.clone() };
        let codes = || rules::ALL.iter().map(|check| check.code);
        let silent = codes().filter(|code| !line.speaks_before(&self.file.selection, code)).collect();
        let loud = codes().filter_map(|code| Some((code, *closest(&self.file.severities, code)?))).collect();
        (silent, loud)
    }

    /// What leaves checks out: the file, the command line, or both.
    pub fn by(&self, args: &SelectArgs) -> String {
        let line = !(args.select.is_empty() && args.ignore.is_empty());
        let file = !(self.file.selection.select.is_empty() && self.file.selection.ignore.is_empty());
        let name = self.path.as_ref().filter(|_| file).map(|path| path.display().to_string());
        let line = line.then(|| "the command line".to_owned());
        [name, line].into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}
