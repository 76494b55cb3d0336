//! Files of the corpus that are read and checked once, however many tests look at them.

use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, read};
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Answer;
use crossfoot::internal::report::schema::{CheckAnswer, Extract};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::slice::from_ref;
use std::sync::{Mutex, OnceLock};

/// The password of what is encrypted in the corpus.
const PASSWORD: &str = "crossfoot";

/// A file as it is read, and what its check alone answers.
pub struct Checked {
    pub document: Document,
    pub answer: Answer,
}

impl Checked {
    pub fn extract(&self) -> Extract {
        Extract::of(&self.document)
    }

    pub fn answer(&self) -> CheckAnswer {
        CheckAnswer::of(from_ref(&self.document), &self.answer)
    }
}

/// What is read of a file, and what its check alone answers; nothing where it cannot be read.
pub fn checked(path: &Path) -> Option<&'static Checked> {
    type Slot = OnceLock<Option<Checked>>;
    static ALL: Mutex<BTreeMap<PathBuf, &Slot>> = Mutex::new(BTreeMap::new());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    // A test waits for another only where both look at the same file.
    let slot: &'static Slot =
        ALL.lock().unwrap().entry(path.clone()).or_insert_with(|| Box::leak(Box::default()));
    let make = || {
        let with = |password: Option<&str>| {
            let options = Options { password: password.map(str::to_owned), ..Options::default() };
            read(&path, Grammar::embedded(), &options).ok()
        };
        let document = with(None).or_else(|| with(Some(PASSWORD)))?;
        let answer = check(from_ref(&document));
        Some(Checked { document, answer })
    };
    slot.get_or_init(make).as_ref()
}
