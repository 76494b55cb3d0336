//! The grammar: a lexer to typed tokens, a vocabulary, and phrase fragments that emit statements. Vocabulary and
//! phrases are data (`grammars/`), embedded at build and overridable.

mod ends;
mod figures;
mod fold;
mod fragments;
mod labels;
mod lexer;
mod matcher;
mod pattern;
mod phrases;
mod source;
mod statements;
mod vocabulary;

#[cfg(test)]
mod tests;

use crate::model::statement::Statement;
pub use labels::LabelTerms;

use crate::model::diagnostic::Error;
use crate::model::period::PeriodExpr;
use crate::model::quantity::Quantity;
use phrases::Phrases;
use source::Files;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use vocabulary::Vocabulary;

/// A word or run of words of the vocabulary: its class (`measure`, `outcome`, `stage`, `rise` …) and its canonical
/// value in that class (`complaints_received`, `not_upheld`, `2` …).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// A class of the vocabulary.
    pub class: Arc<str>,
    /// A value of that class.
    pub value: Arc<str>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A figure that can be a result: not a date, paragraph number, Act's year, telephone number or the like.
    Quantity(Quantity),
    /// A period, resolved or not.
    Period(PeriodExpr),
    /// A term of the vocabulary.
    Term(Term),
    /// A numeral that is not a result (see above), or a label such as the 2 of "Stage 2".
    Reference,
    /// Any other word, lower case and without a plural or possessive ending.
    Word(Arc<str>),
    /// A mark; quotes, asterisks and hyphens within words are left out.
    Punctuation(char),
}

/// A token and its byte range in the text that was lexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// Vocabulary and phrases, ready for use.
#[derive(Debug, Default)]
pub struct Grammar {
    vocabulary: Vocabulary,
    phrases: Phrases,
}

impl Grammar {
    /// The grammar that comes with the program.
    pub fn embedded() -> &'static Grammar {
        static EMBEDDED: OnceLock<Grammar> = OnceLock::new();
        // That the embedded files are sound is tested, so the empty grammar is never seen.
        EMBEDDED.get_or_init(|| Grammar::read(&source::embedded(), false).unwrap_or_default())
    }

    /// The embedded grammar with the files of `dir/vocabulary/*.toml` and `dir/phrases/*.toml`: a file of the same
    /// name replaces the embedded one, any other adds to them. A list of words in `dir` itself (`totals.toml` and the
    /// like) replaces the one of its name for the whole process, so it must be loaded before anything is read. Fails with [`Error::Grammar`] at the line that is
    /// broken, with [`Error::Read`] where the folder cannot be read.
    pub fn load(dir: &Path) -> Result<Grammar, Error> {
        Grammar::read(&source::with_overrides(dir)?, true)
    }

    fn read(files: &Files, check: bool) -> Result<Grammar, Error> {
        let of =
            |kind: &'static str| files.iter().filter(move |(key, _)| key.0 == kind).map(|(_, file)| file);
        let vocabulary = Vocabulary::read(of("vocabulary"), check)?;
        let phrases = Phrases::read(of("phrases"), &vocabulary)?;
        Ok(Grammar { vocabulary, phrases })
    }

    /// Text to tokens, in order and without overlap; linear in the length of the text. Quotes, asterisks and
    /// hyphens within words give none.
    #[doc(hidden)]
    pub fn lex(&self, text: &str) -> Vec<Token> {
        lexer::lex(&self.vocabulary, text)
    }

    /// What a table's label, a heading or a column head says: its terms, periods, and the words left over.
    #[doc(hidden)]
    pub fn terms(&self, label: &str) -> LabelTerms {
        labels::read(self.lex(label), label)
    }

    /// The tokens of a sentence at which a clause with a subject of its own begins: "…, while complaints fell".
    #[doc(hidden)]
    pub fn clause_starts(&self, text: &str, tokens: &[Token]) -> Vec<usize> {
        statements::clause_starts(text, tokens)
    }

    /// What a sentence states about its figures; `tokens` are those of [`Grammar::lex`]. Given several sentences,
    /// it keeps them apart. Linear in the number of tokens.
    #[doc(hidden)]
    pub fn statements(&self, text: &str, tokens: &[Token]) -> Vec<Statement> {
        statements::read(&self.phrases, text, tokens)
    }
}
