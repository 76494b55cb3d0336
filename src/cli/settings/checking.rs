//! What settings say of how documents are checked, for another process and for a run that is gone on with later.

use crate::model::bands::{self, Bands};
use crate::model::diagnostic::Severity;
use crate::reconcile::rules;
use crate::report::chosen::Choice;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

/// How documents are checked, and which checks speak.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Checking {
    /// How far words reach.
    pub words: Bands,
    /// The checks that do not speak, by their codes.
    pub left_out: BTreeSet<String>,
    /// How loud a break of a check is, where it is not as loud as the check says.
    pub severities: BTreeMap<String, Severity>,
}

impl Checking {
    /// Lets words reach so far in this process.
    pub fn install(&self) {
        // They are installed once, before anything is read; a command that is run within another program keeps the first.
        bands::install(self.words.clone());
    }

    /// Which checks are told of, and how loudly.
    pub fn choice(&self) -> Choice {
        let known = |code: &String| rules::named(code).map(|check| check.code);
        Choice {
            left_out: self.left_out.iter().filter_map(known).collect(),
            severities: self
                .severities
                .iter()
                .filter_map(|(code, loud)| Some((known(code)?, *loud)))
                .collect(),
            ..Choice::default()
        }
    }

    /// In which section of the file it differs from another.
    pub fn unlike(&self, other: &Checking) -> Option<&'static str> {
        match () {
            () if self.words != other.words => Some("[words]"),
            () if self.left_out != other.left_out => Some("select, ignore, off"),
            () if self.severities != other.severities => Some("[severity]"),
            () => None,
        }
    }

    /// The same as arguments of another process; none where everything is as it is by default.
    pub fn again(&self) -> Vec<OsString> {
        let text = serde_json::to_string(self).unwrap_or_default();
        if *self == Checking::default() { Vec::new() } else { vec!["--settings".into(), text.into()] }
    }

    /// What [`Checking::again`] wrote.
    pub fn parse(text: &str) -> Result<Checking, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }
}
