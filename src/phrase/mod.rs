//! The grammar: a lexer that turns text into typed tokens, a vocabulary, and phrases that state relations. Vocabulary
//! and phrases are data (`grammars/`). They are embedded when the program is built and can be replaced when it is
//! run.

mod ends;
mod figures;
mod fold;
mod forms;
mod fragments;
mod lexer;
mod matcher;
mod needs;
mod overrides;
mod pattern;
mod source;
mod stanzas;
mod statements;
mod vocabulary;

#[cfg(test)]
mod tests;

use crate::model::statement::Statement;
pub use forms::Term;

use crate::model::diagnostic::Error;
use crate::model::period::PeriodExpr;
use crate::model::quantity::Quantity;
use crate::pack::WordTable;
use source::{Broken, Files};
use stanzas::Phrases;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use vocabulary::Vocabulary;

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
        EMBEDDED.get_or_init(|| {
            let forms = WordTable::lent(include_bytes!(concat!(env!("OUT_DIR"), "/forms")));
            // The program was built with these bytes, so the empty grammar is never seen.
            let built = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/phrases")));
            let (terms, phrases) = built.unwrap_or_default();
            Grammar { vocabulary: Vocabulary { terms, forms }, phrases }
        })
    }

    /// The embedded grammar with the files of `dir/vocabulary/*.toml` and `dir/phrases/*.toml`: a file of the same
    /// name replaces the embedded one, any other adds to them. A list of words in `dir` itself (`totals.toml` and the
    /// like) replaces the one of its name for the whole process, so it must be loaded before anything is read. Fails with [`Error::Grammar`] at the line that is
    /// broken, with [`Error::Read`] where the folder cannot be read.
    pub fn load(dir: &Path) -> Result<Grammar, Error> {
        Ok(Grammar::read(&overrides::with_overrides(dir)?)?)
    }

    /// The embedded grammar with one file put over it: `vocabulary/NAME.toml`, `phrases/NAME.toml`, or a list of words
    /// such as `totals.toml`. A list is read and no more, because lists count for the whole process.
    ///
    /// # Errors
    /// With [`Error::Grammar`] at the line that is broken.
    #[doc(hidden)]
    pub fn with_file(path: &str, text: &str) -> Result<Grammar, Error> {
        Ok(Grammar::read(&overrides::with_file(path, text)?)?)
    }

    fn read(files: &Files) -> Result<Grammar, Broken> {
        let (forms, phrases) = source::read(files)?;
        Ok(Grammar { vocabulary: Vocabulary { forms: forms.table(), terms: forms.terms }, phrases })
    }

    /// Text to tokens, in order and without overlap; linear in the length of the text. Quotes, asterisks and
    /// hyphens within words give none.
    #[doc(hidden)]
    pub fn lex(&self, text: &str) -> Vec<Token> {
        lexer::lex(&self.vocabulary, text)
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
