//! What settings say of how documents are checked, for another process.

use crate::model::bands::{self, Bands};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;

/// How documents are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct Checking {
    /// How far words reach.
    pub words: Bands,
}

impl Checking {
    /// Lets words reach so far in this process.
    pub fn install(&self) {
        // They are installed once, before anything is read; a command that is run within another program keeps the first.
        bands::install(self.words.clone());
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
