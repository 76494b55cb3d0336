//! Reads inputs on all cores. A panic while one is read fails that input only.

use super::given::{GivenArgs, Manifest};
use super::inputs::Inputs;
use super::isolation::Isolation;
use super::messages::Messages;
use super::settings::{Checking, Reading};
use super::{STACK, Status};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::observe::Given;
use crate::phrase::Grammar;
use crate::pipeline::second::SecondReading;
use crate::pipeline::{self, Options};
#[cfg(feature = "ocr")]
use crate::read::ocr::{Recogniser, Tesseract};
use crate::read::source::{self, Source};
use rayon::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What is read of the inputs, and how.
#[derive(Clone, clap::Args)]
pub(super) struct WhatArgs {
    /// Read words, vocabulary and phrases from this directory instead of the built-in ones of the same names.
    #[arg(long, value_name = "DIR")]
    grammars: Option<PathBuf>,
    /// Open encrypted PDFs with this password; the empty one is tried without it.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Read this many pages of each input at most.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_pages: Option<u32>,
    /// What stands between the cells of CSV files, a character or "tab"; else it is found out.
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Recognise the text of PDF pages that are pictures, by Tesseract if it is installed or by the program that is named; their
    /// figures stay in doubt.
    #[cfg(feature = "ocr")]
    #[arg(long, value_name = "PROGRAM", num_args = 0..=1, require_equals = true, default_missing_value = "tesseract")]
    ocr: Option<PathBuf>,
    /// Refuse inputs of more than this many MB; 1024 is the most, and what holds without it.
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_size: Option<u64>,
}

/// How to read the inputs.
#[derive(clap::Args)]
pub(super) struct ReadArgs {
    #[command(flatten)]
    what: WhatArgs,
    #[command(flatten)]
    given: GivenArgs,
    /// Stop reading an input after this time: before its next page, or with --isolate at once.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Read inputs in other processes, so that one that crashes, hangs or takes all memory fails alone.
    ///
    /// Without --timeout, one that takes longer than 120 seconds fails.
    #[arg(long)]
    isolate: bool,
    /// The memory that reading one input may take with --isolate.
    #[arg(long, value_name = "MB", default_value_t = 2048, requires = "isolate")]
    #[arg(value_parser = clap::value_parser!(u64).range(16..=1_048_576))]
    max_memory: u64,
    /// Read PDFs with a second reader too; figures that it reads otherwise are doubtful. Needs a build that has it.
    #[arg(long, overrides_with = "no_second_reader")]
    second_reader: bool,
    /// Read PDFs with one reader only, as is done without --second-reader.
    #[arg(long, overrides_with = "second_reader")]
    no_second_reader: bool,
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let time = text.parse::<f64>().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
    time.filter(|time| !time.is_zero()).ok_or_else(|| "a number of seconds above 0 is wanted".to_owned())
}

fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [one]) if one.is_ascii() && !matches!(one, b'"' | b'\r' | b'\n') => Ok(*one),
        _ => Err("one ASCII character is wanted, or the word tab".to_owned()),
    }
}

/// Reads inputs as the command line says.
#[derive(Clone)]
pub(super) struct Reader {
    grammar: &'static Grammar,
    options: Options,
    isolation: Option<Isolation>,
    manifest: Arc<Manifest>,
    #[cfg(feature = "second-reader")]
    second: bool,
}

impl ReadArgs {
    /// The password for encrypted PDFs.
    #[cfg(feature = "render")]
    pub fn password(&self) -> Option<&str> {
        self.what.password.as_deref()
    }

    /// Makes the reader, with what settings say where the command line says nothing. What prevents it is reported.
    pub fn reader(&self, settings: Reading, messages: &Messages) -> Result<Reader, Status> {
        let what = self.what.under(settings.grammars);
        let checking = Checking { words: settings.words, ..Checking::default() };
        checking.install();
        let mut reader = what.reader(messages)?;
        reader.manifest = Arc::new(self.given.manifest(messages)?.with_patterns(settings.documents));
        if self.isolate {
            let args = [what.again(), checking.again()].concat();
            reader.isolation = Some(Isolation::new(args, self.max_memory, self.timeout));
        } else {
            reader.options.time = self.timeout;
        }
        if self.second_reader && !self.no_second_reader {
            // Every build has the flag, so that a build without the second reader can say so.
            #[cfg(not(feature = "second-reader"))]
            {
                let hint = "build it with `--features second-reader`";
                messages.error("--second-reader", "this build has no second reader", Some(hint));
                return Err(Status::Failed);
            }
            #[cfg(feature = "second-reader")]
            {
                reader.second = true;
            }
        }
        Ok(reader)
    }
}

impl WhatArgs {
    /// The same, with words where the command line names none.
    pub fn under(&self, grammars: Option<PathBuf>) -> WhatArgs {
        WhatArgs { grammars: self.grammars.clone().or(grammars), ..self.clone() }
    }

    /// Makes a reader that works in this process. An error in the grammar is reported.
    pub fn reader(&self, messages: &Messages) -> Result<Reader, Status> {
        static OWN: OnceLock<Grammar> = OnceLock::new();
        let options = Options {
            password: self.password.clone(),
            most_pages: self.max_pages,
            delimiter: self.delimiter,
            most_bytes: self.max_size.map(|mb| mb << 20),
            ..Options::default()
        };
        if let Some(dir) = self.grammars.as_ref().filter(|dir| !dir.is_dir()) {
            let (what, hint) = match dir.exists() {
                true => ("a file where a directory is wanted", "name the directory that it lies in"),
                false => ("no such directory", "check the spelling of the path"),
            };
            messages.error(&dir.display().to_string(), what, Some(hint));
            return Err(Status::Failed);
        }
        #[cfg(feature = "ocr")]
        let options = Options { recogniser: self.recogniser(messages)?, ..options };
        let grammar = match self.grammars.as_deref().map(Grammar::load) {
            None => Grammar::embedded(),
            Some(Ok(grammar)) => OWN.get_or_init(|| grammar),
            Some(Err(error)) => {
                messages.unread(&error);
                return Err(Status::Failed);
            }
        };
        Ok(Reader {
            grammar,
            options,
            isolation: None,
            manifest: Arc::default(),
            #[cfg(feature = "second-reader")]
            second: false,
        })
    }

    /// Finds the program that recognises text, where it is asked for.
    #[cfg(feature = "ocr")]
    fn recogniser(&self, messages: &Messages) -> Result<Option<Arc<dyn Recogniser>>, Status> {
        let Some(program) = &self.ocr else { return Ok(None) };
        match Tesseract::find(program) {
            Ok(found) => Ok(Some(Arc::new(found))),
            Err((what, hint)) => {
                messages.error("--ocr", &what, Some(&hint));
                Err(Status::Failed)
            }
        }
    }

    /// The same choices for the eyes of others, and with the hash of the vocabulary that is read from files.
    pub fn fingerprint(&self) -> Vec<String> {
        let mut choices =
            self.again().into_iter().map(|arg| arg.to_string_lossy().into_owned()).collect::<Vec<_>>();
        let hidden = self.password.as_ref().map(|password| source::hash(password.as_bytes()));
        for choice in choices.iter_mut().filter(|choice| self.password.as_ref() == Some(&**choice)) {
            *choice = hidden.as_deref().and_then(|hash| hash.get(..12)).unwrap_or_default().to_owned();
        }
        #[cfg(feature = "ocr")]
        if let Some(Ok(found)) = self.ocr.as_deref().map(Tesseract::find) {
            choices.push(found.name().to_owned());
        }
        if let Some(dir) = &self.grammars {
            let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().filter_map(Result::ok);
            let contents = files.filter_map(|file| std::fs::read(file.path()).ok());
            let hashes: String = contents.map(|bytes| source::hash(&bytes)).collect();
            choices.push(source::hash(hashes.as_bytes()));
        }
        choices
    }

    /// The same choices as arguments, for another process.
    pub fn again(&self) -> Vec<OsString> {
        let mut args = Vec::new();
        let mut add = |name: &str, value: Option<OsString>| {
            args.extend(value.into_iter().flat_map(|value| [name.into(), value]));
        };
        add("--grammars", self.grammars.as_ref().map(Into::into));
        add("--password", self.password.as_ref().map(Into::into));
        add("--max-pages", self.max_pages.map(|n| n.to_string().into()));
        add("--delimiter", self.delimiter.map(|mark| char::from(mark).to_string().into()));
        add("--max-size", self.max_size.map(|mb| mb.to_string().into()));
        #[cfg(feature = "ocr")]
        if let Some(program) = &self.ocr {
            let mut arg = OsString::from("--ocr=");
            arg.push(program);
            args.push(arg);
        }
        args
    }
}

impl Reader {
    /// Reads one input; `-` is standard input.
    pub fn one(&self, path: &Path) -> Result<Document, Error> {
        guarded(&path.display().to_string(), || {
            let source = source::read_within(path, self.most_bytes())?;
            let second = self.second(&source);
            match (&self.isolation, self.manifest.of(path)) {
                (Some(isolation), said) => isolation.read(source, second.as_ref(), said),
                (None, Some(said)) => self.about(said).source(source, second.as_ref()),
                (None, None) => self.source(source, second.as_ref()),
            }
        })
    }

    /// The most bytes that an input may have.
    pub fn most_bytes(&self) -> u64 {
        self.options.most_bytes.unwrap_or(source::SIZE_LIMIT)
    }

    /// The numerals that the second reader finds in a PDF, where it was asked for.
    fn second(&self, source: &Source) -> Option<SecondReading> {
        #[cfg(feature = "second-reader")]
        if self.second && source.kind == source::FileKind::Pdf {
            return Some(super::second::reading(&source.bytes, self.options.password.as_deref()));
        }
        let _ = source;
        None
    }

    /// The same reader for a document of which the user says something.
    pub fn about(&self, given: Given) -> Reader {
        Reader { options: Options { about: Some(given), ..self.options.clone() }, ..self.clone() }
    }

    /// The inputs of a command without the manifest, which is no document.
    pub fn documents(&self, mut inputs: Inputs, messages: &Messages) -> Inputs {
        inputs.paths.retain(|path| !self.manifest.is(path));
        self.manifest.note_unread(&inputs.paths, messages);
        inputs
    }

    /// Reads a source in this process.
    pub fn source(&self, source: Source, second: Option<&SecondReading>) -> Result<Document, Error> {
        pipeline::from_source_beside(source, self.grammar, &self.options, second)
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the message of a panic in guarded work for the error of its input. Other panics are printed as usual.
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

/// Runs work whose panic becomes an error of the input at `path`.
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

/// Reads all inputs into memory, for what looks at them together: the documents, and why the others could not be read. The
/// reasons are printed as they come.
pub(super) fn together(
    reader: &Reader,
    files: &[PathBuf],
    messages: &Messages,
) -> io::Result<(Vec<Document>, Vec<Error>)> {
    let inputs = reader.documents(Inputs::of(files, None, messages), messages);
    let (mut documents, mut unread) = (Vec::new(), inputs.unread);
    let work = |_, path: &Path| reader.one(path);
    in_order(&inputs.paths, work, |_, result| {
        match result {
            Ok(document) => {
                messages.diagnostics(&document);
                documents.push(document);
            }
            Err(error) => {
                messages.unread(&error);
                unread.push(error);
            }
        }
        Ok(())
    })?;
    Ok((documents, unread))
}

/// Does `work` for each path, in parallel, and hands the results to `take` in the order of the paths. At most as many
/// results as there are cores wait at a time.
pub(super) fn in_order<T: Send>(
    paths: &[PathBuf],
    work: impl Fn(usize, &Path) -> T + Sync,
    mut take: impl FnMut(&Path, T) -> io::Result<()>,
) -> io::Result<()> {
    // This thread has a large stack already, and starting others costs more than one input is worth.
    if let [path] = paths {
        return take(path, work(0, path));
    }
    // The threads may have been started already. Then they stay as they are.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
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
