//! `--isolate`: each input is tried in a process of its own, with limits, before it is read here.
//!
//! The other process reads the input as this one would and throws the result away. Reading is the same work on the same
//! bytes each time, so an input that was read there can be read here. It costs the time of a second reading, and saves a
//! form in which whole documents would be handed over.

use super::messages::Messages;
use super::process::End;
use super::read::WhatArgs;
use super::{Status, limits, process};
use crate::model::diagnostic::Error;
use crate::read::source::Source;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long an input may take where nothing else is said.
const TIME: Duration = Duration::from_secs(120);

/// Read standard input and tell by the way of ending whether that is safe.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    what: WhatArgs,
    #[arg(long)]
    memory: u64,
    #[arg(long)]
    seconds: u64,
}

/// The other process. That the input is refused is no fault: it will be refused here too.
pub(super) fn try_reading(args: &Args, messages: &Messages) -> io::Result<Status> {
    limits::set(args.memory, args.seconds)?;
    let Ok(reader) = args.what.reader(messages) else { return Ok(Status::Failed) };
    let _ = reader.one(Path::new("-"));
    Ok(Status::Clean)
}

/// How inputs are tried.
#[derive(Clone)]
pub(super) struct Isolation {
    args: Vec<OsString>,
    memory: u64,
    time: Duration,
}

impl Isolation {
    /// With the arguments that say what is read.
    pub fn new(what: Vec<OsString>, memory: u64, time: Option<Duration>) -> Isolation {
        let time = time.unwrap_or(TIME);
        // One second more, so that the clock on the wall decides where it can.
        let seconds = time.as_secs().saturating_add(2);
        let mut args: Vec<OsString> = vec!["try-reading".into()];
        args.extend(["--memory".into(), memory.to_string().into()]);
        args.extend(["--seconds".into(), seconds.to_string().into()]);
        args.extend(what);
        Isolation { args, memory, time }
    }

    /// Tries an input.
    ///
    /// # Errors
    /// Where reading it kills the process or takes more than it may.
    pub fn admit(&self, source: &Source) -> Result<(), Error> {
        let (what, hint) = match process::run(&self.args, &source.bytes, self.time) {
            Ok(End::Ended { status, .. }) if status.success() => return Ok(()),
            Ok(End::Ended { status, said, .. }) => self.died(&said, limits::out_of_time(status)),
            Ok(End::Late) => self.late(),
            Err(error) => (
                format!("no process could be started to read it in: {error}"),
                "try it without --isolate".to_owned(),
            ),
        };
        Err(Error::Unsupported { path: source.path.clone(), what, hint })
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
    fn what_is_read_is_handed_on() {
        let isolation = Isolation::new(vec!["--max-pages".into(), "3".into()], 77, None);
        let args: Vec<_> = isolation.args.iter().filter_map(|arg| arg.to_str()).collect();
        assert_eq!(args, ["try-reading", "--memory", "77", "--seconds", "122", "--max-pages", "3"]);
    }
}
