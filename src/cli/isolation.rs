//! `--isolate`: each input is read by a process of its own, with limits, which hands the document back.
//!
//! The other process receives the input, its name and the second reader's numerals on standard input. On standard
//! output it writes the document ([`crate::model`] is plain data), or the reason why there is none, followed by the
//! length and the hash of what it wrote. An answer without the right length and hash is dropped, so a process that
//! dies half-way leaves no document.

use super::messages::Messages;
use super::process::{self, End};
use super::read::WhatArgs;
use super::{Status, limits, stdout};
use crate::model::diagnostic::{Error, Refusal};
use crate::model::document::Document;
use crate::observe::Given;
use crate::pipeline::second::SecondReading;
use crate::read::source::{Source, from_bytes};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::io::{self, Write};
use std::time::Duration;

/// How long reading one input may take, unless the command line says otherwise.
const TIME: Duration = Duration::from_secs(120);
/// The last bytes of what is handed back.
const END: &[u8; 8] = b"the end\n";
/// The length, the hash and the end mark.
const TRAILER: usize = 8 + 32 + END.len();
/// What is handed back may be this many times as long as the memory that reading may take. It is longer than in
/// memory, because facets that figures share are written out for each.
const LONGER: u64 = 4;

/// Read one input from standard input, and hand the document back on standard output.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    what: WhatArgs,
    #[arg(long)]
    memory: u64,
    #[arg(long)]
    seconds: u64,
    /// What the input is about.
    #[arg(long)]
    about: Option<String>,
}

/// The work of the other process. An input that is refused is no failure of the process: it hands back the reason.
pub(super) fn read_apart(args: &Args, messages: &Messages) -> io::Result<Status> {
    limits::set(args.memory, args.seconds)?;
    let Ok(mut reader) = args.what.reader(messages) else { return Ok(Status::Failed) };
    if let Some(given) = args.about.as_deref().and_then(|text| Given::parse(text).ok()) {
        reader = reader.about(given);
    }
    let mut input = io::stdin().lock();
    let mut next =
        || process::piece(&mut input)?.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof));
    let (path, second, bytes) = (next()?, next()?, next()?);
    let path = String::from_utf8_lossy(&path).into_owned();
    let second: Option<SecondReading> = serde_json::from_slice(&second)?;
    let read = super::read::guarded(&path, || reader.source(from_bytes(&path, bytes)?, second.as_ref()));
    let read = read.map_err(|error| {
        let (what, hint) = error.what();
        (what, hint.unwrap_or_default())
    });
    hand_back(&mut stdout(), &read)?;
    Ok(Status::Clean)
}

/// Writes a document, or the reason why there is none, with its length and hash.
fn hand_back(out: &mut impl Write, read: &Result<Document, Refusal>) -> io::Result<()> {
    let mut hashed = Hashed { out, hash: Sha256::new(), length: 0 };
    serde_json::to_writer(&mut hashed, read)?;
    let Hashed { out, hash, length } = hashed;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&hash.finalize())?;
    out.write_all(END)?;
    out.flush()
}

/// Reads what [`hand_back`] wrote; `None` where a part is missing or was changed.
fn handed_back(bytes: &[u8]) -> Option<Result<Document, Refusal>> {
    let (content, trailer) = bytes.split_at_checked(bytes.len().checked_sub(TRAILER)?)?;
    let (length, rest) = trailer.split_first_chunk::<8>()?;
    let (hash, end) = rest.split_first_chunk::<32>()?;
    let whole = end == END
        && u64::from_le_bytes(*length) == content.len() as u64
        && Sha256::digest(content).as_slice() == hash;
    if whole { serde_json::from_slice(content).ok() } else { None }
}

/// Counts and hashes what is written.
struct Hashed<'a, W> {
    out: &'a mut W,
    hash: Sha256,
    length: u64,
}

impl<W: Write> Write for Hashed<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// How inputs are read by processes of their own.
#[derive(Clone)]
pub(super) struct Isolation {
    args: Vec<OsString>,
    memory: u64,
    time: Duration,
}

impl Isolation {
    /// `what` are the arguments that say what to read of an input.
    pub fn new(what: Vec<OsString>, memory: u64, time: Option<Duration>) -> Isolation {
        let time = time.unwrap_or(TIME);
        // The process gets more processor time than the clock on the wall allows, so that this clock decides where it
        // can.
        let seconds = time.as_secs().saturating_add(2);
        let mut args: Vec<OsString> = vec!["read-apart".into()];
        args.extend(["--memory".into(), memory.to_string().into()]);
        args.extend(["--seconds".into(), seconds.to_string().into()]);
        args.extend(what);
        Isolation { args, memory, time }
    }

    /// Reads an input that another reader may have read as well, and of which the user may say what it is about.
    ///
    /// # Errors
    /// Where it gives no document, and where reading it kills the process or takes more than it may.
    pub fn read(
        &self,
        source: &Source,
        second: Option<&SecondReading>,
        about: Option<&str>,
    ) -> Result<Document, Error> {
        let (what, hint) = match self.run(source, second, about) {
            Ok(End::Ended { status, said, answer }) if status.success() => match handed_back(&answer) {
                Some(Ok(document)) => return Ok(document),
                Some(Err(refusal)) => refusal,
                None => self.died(&said, false),
            },
            Ok(End::Ended { status, said, .. }) => self.died(&said, limits::out_of_time(status)),
            Ok(End::Late) => self.late(),
            Err(error) => (
                format!("no process could be started to read it in: {error}"),
                "try it without --isolate".to_owned(),
            ),
        };
        Err(Error::Unsupported { path: source.path.clone(), what, hint })
    }

    fn run(&self, source: &Source, second: Option<&SecondReading>, about: Option<&str>) -> io::Result<End> {
        let mut args = self.args.clone();
        args.extend(about.map(|text| format!("--about={text}").into()));
        let second = serde_json::to_vec(&second)?;
        let most = (self.memory << 20).saturating_mul(LONGER);
        process::run(&args, &[source.path.as_bytes(), &second, &source.bytes], most, self.time)
    }

    fn died(&self, said: &str, out_of_time: bool) -> (String, String) {
        if out_of_time {
            return self.late();
        }
        if said.contains("memory allocation") {
            return (
                format!("reading it takes more memory than the limit of {} MB", self.memory),
                "raise the limit with --max-memory, or read fewer pages with --max-pages".to_owned(),
            );
        }
        if said.contains("overflowed its stack") {
            return (
                "reading it overflowed the stack: its parts are nested too deeply".to_owned(),
                "print or export it to a new file".to_owned(),
            );
        }
        let first = said.lines().next().unwrap_or("it said nothing");
        (
            format!("reading it ended the process that did: {first}"),
            "print or export it to a new file; please report this as a fault of crossfoot".to_owned(),
        )
    }

    fn late(&self) -> (String, String) {
        (
            format!("reading it takes longer than {} s", self.time.as_secs_f64()),
            "give it more time with --timeout, or read fewer pages with --max-pages".to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_dying_is_told_with_what_to_do() {
        let isolation = Isolation::new(Vec::new(), 77, Some(Duration::from_millis(1500)));
        let (what, hint) = isolation.died("memory allocation of 209715200 bytes failed\n", false);
        assert_eq!(what, "reading it takes more memory than the limit of 77 MB");
        assert!(hint.contains("--max-memory"));
        let (what, _) = isolation.died("\nthread 'main' (7) has overflowed its stack\n", false);
        assert!(what.contains("nested too deeply"));
        let (what, hint) = isolation.died("", true);
        assert_eq!(what, "reading it takes longer than 1.5 s");
        assert!(hint.contains("--timeout"));
        let (what, _) = isolation.died("boom\nmore", false);
        assert_eq!(what, "reading it ended the process that did: boom");
    }

    #[test]
    fn half_a_document_is_none() {
        let document = crate::reconcile::sample::document();
        let mut bytes = Vec::new();
        hand_back(&mut bytes, &Ok(document.clone())).unwrap();
        assert!(handed_back(&bytes) == Some(Ok(document)));
        for cut in (0..bytes.len()).step_by(7) {
            assert!(handed_back(&bytes[..cut]).is_none(), "{cut} of {} bytes", bytes.len());
        }
        for at in (0..bytes.len()).step_by(11) {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(handed_back(&other).is_none(), "another byte at {at}");
        }
        assert!(handed_back(&[b"a line of its own\n", bytes.as_slice()].concat()).is_none());
        let refusal = ("too deep".to_owned(), "print it".to_owned());
        bytes.clear();
        hand_back(&mut bytes, &Err(refusal.clone())).unwrap();
        assert!(handed_back(&bytes) == Some(Err(refusal)));
    }

    #[test]
    fn what_is_read_is_handed_on() {
        let isolation = Isolation::new(vec!["--max-pages".into(), "3".into()], 77, None);
        let args: Vec<_> = isolation.args.iter().filter_map(|arg| arg.to_str()).collect();
        assert_eq!(args, ["read-apart", "--memory", "77", "--seconds", "122", "--max-pages", "3"]);
    }
}
