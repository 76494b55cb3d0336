//! The files that the program's grammar is made of. `build.rs` reads them when the program is built. Their text is
//! kept as well, because the files of `--grammars` replace those of the same name.

use super::forms::Forms;
use super::stanzas::Phrases;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is wrong in a grammar file, and where. With `--grammars` it is an error of the user's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub path: String,
    pub line: usize,
    /// What should stand there, in words.
    pub expected: String,
}

/// A grammar file: its path as told to the user, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// An error about a byte range of the file.
    pub fn error(&self, span: Range<usize>, expected: impl Into<String>) -> Broken {
        let before = self.text.as_bytes().get(..span.start).unwrap_or(self.text.as_bytes());
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        Broken { path: self.path.clone(), line, expected: expected.into() }
    }

    /// Parses the file as a type. The error says where and why it is none.
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, Broken> {
        toml::from_str(&self.text).map_err(|e| self.error(e.span().unwrap_or(0..0), e.message()))
    }
}

macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../grammars/en-GB/", $path)))),*]
    };
}

/// Every embedded file, by its path below `grammars/en-GB/`.
const EMBEDDED: &[(&str, &str)] = embed![
    "phrases/change.toml",
    "phrases/count.toml",
    "phrases/order.toml",
    "phrases/ratio.toml",
    "phrases/same.toml",
    "phrases/sum.toml",
    "phrases/within.toml",
    "vocabulary/channel.toml",
    "vocabulary/comparison.toml",
    "vocabulary/complainant.toml",
    "vocabulary/measure.toml",
    "vocabulary/movement.toml",
    "vocabulary/note.toml",
    "vocabulary/outcome.toml",
    "vocabulary/people.toml",
    "vocabulary/procedure.toml",
    "vocabulary/quantity.toml",
    "vocabulary/reason.toml",
    "vocabulary/stage.toml",
    "vocabulary/time.toml",
];

/// The folders of a pack.
pub const FOLDERS: [&str; 2] = ["vocabulary", "phrases"];

/// Files by kind (`vocabulary`, `phrases`) and name, in that order.
pub type Files = BTreeMap<(String, String), SourceFile>;

/// The embedded files.
pub fn embedded() -> Files {
    EMBEDDED
        .iter()
        .filter_map(|(path, text)| {
            let (kind, name) = path.split_once('/')?;
            let file = SourceFile { path: format!("grammars/en-GB/{path}"), text: (*text).to_owned() };
            Some(((kind.to_owned(), name.to_owned()), file))
        })
        .collect()
}

/// Reads files into the form that the program works with. It fails on the first file that is broken.
pub fn read(files: &Files) -> Result<(Forms, Phrases), Broken> {
    let of = |kind: &'static str| files.iter().filter(move |(key, _)| key.0 == kind).map(|(_, file)| file);
    let [vocabulary, phrases] = FOLDERS;
    let forms = Forms::read(of(vocabulary))?;
    let phrases = Phrases::read(of(phrases), &forms)?;
    Ok((forms, phrases))
}
