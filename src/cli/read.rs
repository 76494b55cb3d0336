//! Reading inputs on all cores, each guarded against a panic in it.

use super::Status;
use super::messages::Messages;
use crate::document::{self, Document, Options};
use crate::error::Error;
use crate::grammar::Grammar;
use rayon::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// How to read the inputs.
#[derive(clap::Args)]
pub(super) struct ReadArgs {
    /// Read vocabulary and phrases from this directory instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
    /// Open encrypted PDFs with this password; the empty one is tried without it.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
}

/// Reads inputs as the command line says.
#[derive(Clone)]
pub(super) struct Reader {
    grammar: &'static Grammar,
    options: Options,
}

impl ReadArgs {
    /// For encrypted PDFs.
    #[cfg(feature = "render")]
    pub fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// Makes the reader; an error in the grammar is reported.
    pub fn reader(&self, messages: &Messages) -> Result<Reader, Status> {
        static OWN: OnceLock<Grammar> = OnceLock::new();
        let options = Options { password: self.password.clone() };
        let Some(dir) = &self.grammars else { return Ok(Reader { grammar: Grammar::embedded(), options }) };
        match Grammar::load(dir) {
            Ok(grammar) => Ok(Reader { grammar: OWN.get_or_init(|| grammar), options }),
            Err(error) => {
                messages.unread(&error);
                Err(Status::Failed)
            }
        }
    }
}

impl Reader {
    /// Reads one input; `-` is standard input.
    pub fn one(&self, path: &Path) -> Result<Document, Error> {
        guarded(&path.display().to_string(), || document::read(path, self.grammar, &self.options))
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps panics of guarded work for its error message; all others are printed as ever.
pub(super) fn keep_panics_quiet() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if GUARDED.get() {
            let place =
                info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
            let what = said(info.payload());
            PANIC.with_borrow_mut(|kept| *kept = format!("{what}{place}"));
        } else {
            usual(info);
        }
    }));
}

fn said(payload: &dyn Any) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    payload.downcast_ref::<&str>().copied().or_else(owned).unwrap_or("of unknown cause")
}

/// Runs work of which a panic is an error of the input at `path`.
pub(super) fn guarded<T>(path: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    GUARDED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.unwrap_or_else(|_| {
        let what = format!("internal error: {}", PANIC.with_borrow_mut(std::mem::take));
        let hint = "this is a fault of crossfoot, not of the file; please report it".to_owned();
        Err(Error::Unsupported { path: path.to_owned(), what, hint })
    })
}

/// Does `work` for each path, in parallel, and hands the results to `take` in the order of the paths. Only as many
/// results as there are cores wait at a time.
pub(super) fn in_order<T: Send>(
    paths: &[PathBuf],
    work: impl Fn(usize, &Path) -> T + Sync,
    mut take: impl FnMut(&Path, T) -> io::Result<()>,
) -> io::Result<()> {
    let batch = rayon::current_num_threads().max(1) * 2;
    for (number, paths) in paths.chunks(batch).enumerate() {
        let results: Vec<T> =
            paths.par_iter().enumerate().map(|(at, path)| work(number * batch + at, path)).collect();
        for (path, result) in paths.iter().zip(results) {
            take(path, result)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_the_error_of_its_input() {
        keep_panics_quiet();
        let error = guarded::<()>("a.txt", || panic!("boom {}", 7)).unwrap_err();
        assert_eq!(error.path(), "a.txt");
        assert!(error.what().0.starts_with("internal error: boom 7 at "), "{error}");
        assert_eq!(guarded("a.txt", || Ok(3)).unwrap(), 3);
    }

    #[test]
    fn results_come_in_the_order_of_the_paths() {
        let paths: Vec<PathBuf> = (0..50).map(|n| PathBuf::from(n.to_string())).collect();
        let mut taken = Vec::new();
        let take = |path: &Path, index: usize| {
            assert_eq!(path.to_str(), Some(index.to_string().as_str()));
            taken.push(index);
            Ok(())
        };
        in_order(&paths, |index, _| index, take).unwrap();
        assert_eq!(taken, (0..50).collect::<Vec<_>>());
    }
}
