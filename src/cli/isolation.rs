//! `--isolate`: each input is read by another process, with limits, which hands the document back.

use super::crew::worker::{Answered, Task};
use super::crew::{Hand, Running, Terms, Undone, pack};
use crate::model::diagnostic::{Error, Refusal};
use crate::model::document::Document;
use crate::observe::Given;
use crate::pipeline::second::SecondReading;
use crate::read::source::Source;
use std::ffi::OsString;
use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long reading one input may take, unless the command line says otherwise.
pub(super) const TIME: Duration = Duration::from_secs(120);
/// Nothing but the program's own end stops these processes.
static NEVER: AtomicBool = AtomicBool::new(false);

/// How inputs are read by other processes.
#[derive(Clone)]
pub(super) struct Isolation {
    terms: Terms,
    /// Processes that wait for the next input.
    idle: Arc<Mutex<Vec<Running>>>,
}

impl Isolation {
    /// `what` are the arguments that say what to read of an input.
    pub fn new(what: Vec<OsString>, memory: u64, time: Option<Duration>) -> Isolation {
        let terms = Terms { what, memory, time: time.unwrap_or(TIME) };
        Isolation { terms, idle: Arc::default() }
    }

    /// Reads an input that another reader may have read as well, and of which the user may say something.
    ///
    /// # Errors
    /// Where it gives no document, and where reading it kills the process or takes more than it may.
    pub fn read(
        &self,
        source: Source,
        second: Option<&SecondReading>,
        said: Option<Given>,
    ) -> Result<Document, Error> {
        let path = source.path.clone();
        self.run(source, second, said).map_err(|(what, hint)| Error::Unsupported { path, what, hint })
    }

    fn run(
        &self,
        source: Source,
        second: Option<&SecondReading>,
        said: Option<Given>,
    ) -> Result<Document, Refusal> {
        let no_process = |error: io::Error| {
            let what = format!("no process could be started to read it in: {error}");
            (what, "try it without --isolate".to_owned())
        };
        let second = serde_json::to_vec(&second).map_err(|error| no_process(error.into()))?;
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut hand = Hand::new(&self.terms, &NEVER, waiting);
        let task = Task::Source { path: source.path, said };
        let answer = hand.ask(&task, &[source.bytes, second]);
        idle().extend(hand.waiting());
        match answer {
            Ok((Answered::Read { row, .. }, bodies)) => match bodies.first() {
                Some(body) if !body.is_empty() => pack::unpack(body).map_err(no_process),
                _ => Err((row.why.unwrap_or_default(), row.hint.unwrap_or_default())),
            },
            Ok(_) => Err(no_process(io::Error::other("it answered what was not asked"))),
            Err(Undone::Refused(refusal)) => Err(refusal),
            Err(Undone::System(error)) => Err(no_process(error)),
            Err(Undone::Interrupted) => Err(no_process(io::ErrorKind::Interrupted.into())),
        }
    }
}
