//! Processes that inputs are read and checked in, with limits on what they may take, seen from the one that gives them
//! work. One that dies or hangs is replaced, and only what it worked on is lost.

pub(super) mod pack;
pub(super) mod worker;

use self::worker::{Answered, Task};
use super::{limits, process};
use crate::model::diagnostic::Refusal;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// So often a process is given the same work. One that something else killed has done nothing wrong, and one that its
/// work kills does so each time.
const TRIES: usize = 3;
/// What a process says that its work kills, whenever it is tried.
const OWN_FAULT: [&str; 2] = ["memory allocation", "overflowed its stack"];
/// So often it is looked whether the run was interrupted.
const LOOK: Duration = Duration::from_millis(50);
/// After so many tasks a process is replaced, so that what it does not give back stays little.
const MOST_TASKS: usize = 2_000;

/// How processes are started, and what they may take.
#[derive(Clone)]
pub(super) struct Terms {
    /// The arguments that say what to read of an input.
    pub what: Vec<OsString>,
    /// In MB.
    pub memory: u64,
    /// For one task.
    pub time: Duration,
}

/// Why a task was not done.
#[derive(Debug)]
pub(super) enum Undone {
    /// The run was interrupted.
    Interrupted,
    /// What is wrong, and what to do.
    Refused(Refusal),
    /// The system refused something that all tasks need.
    System(io::Error),
}

/// A place in the crew: its process is replaced when it dies.
pub(super) struct Hand<'a> {
    terms: &'a Terms,
    stop: &'a AtomicBool,
    process: Option<Running>,
}

/// A process that works or waits.
pub(super) struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    answers: Receiver<io::Result<(Answered, Vec<Vec<u8>>)>>,
    said: Option<JoinHandle<String>>,
    tasks: usize,
}

/// How a process ended without an answer.
enum Death {
    Interrupted,
    Late,
    Died { said: String, out_of_time: bool },
}

impl<'a> Hand<'a> {
    /// A place with a process that waits, or with none yet.
    pub fn new(terms: &'a Terms, stop: &'a AtomicBool, process: Option<Running>) -> Hand<'a> {
        Hand { terms, stop, process }
    }

    /// The process that waits, if there is one.
    pub fn waiting(self) -> Option<Running> {
        self.process
    }

    /// Has a task done.
    pub fn ask(&mut self, task: &Task, bodies: &[Vec<u8>]) -> Result<(Answered, Vec<Vec<u8>>), Undone> {
        let head = postcard::to_allocvec(task).map_err(|error| Undone::System(io::Error::other(error)))?;
        let (time, mut last) = (self.terms.time.saturating_mul(task.times()), String::new());
        for _ in 0..TRIES {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Undone::Interrupted);
            }
            let mut running = match self.process.take() {
                Some(running) => running,
                None => Running::start(self.terms).map_err(Undone::System)?,
            };
            match running.ask(&head, bodies, time, self.stop) {
                Ok(answer) => {
                    running.tasks += 1;
                    self.process = (running.tasks < MOST_TASKS).then_some(running);
                    return Ok(answer);
                }
                Err(Death::Interrupted) => return Err(Undone::Interrupted),
                Err(Death::Late | Death::Died { out_of_time: true, .. }) => {
                    return Err(Undone::Refused(late(time)));
                }
                Err(Death::Died { said, .. }) => {
                    let own_fault = running.tasks == 0 && OWN_FAULT.iter().any(|words| said.contains(words));
                    last = said;
                    if own_fault {
                        break;
                    }
                }
            }
        }
        Err(Undone::Refused(died(&last, self.terms.memory)))
    }
}

impl Running {
    fn start(terms: &Terms) -> io::Result<Running> {
        let seconds = terms.time.as_secs().saturating_add(2);
        let mut args: Vec<OsString> = vec!["worker".into()];
        args.extend(["--memory".into(), terms.memory.to_string().into()]);
        args.extend(["--seconds".into(), seconds.to_string().into()]);
        args.extend(terms.what.iter().cloned());
        let mut child = process::again(&args)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (tell, answers) = sync_channel(0);
        thread::spawn(move || {
            let Some(mut stdout) = stdout.map(io::BufReader::new) else { return };
            while let Some(answer) = answer(&mut stdout).transpose() {
                if tell.send(answer).is_err() {
                    break;
                }
            }
        });
        let said = thread::spawn(move || {
            let kept = stderr.map(|pipe| process::kept(pipe, process::SAID)).unwrap_or_default();
            String::from_utf8_lossy(&kept).into_owned()
        });
        Ok(Running { child, stdin, answers, said: Some(said), tasks: 0 })
    }

    fn ask(
        &mut self,
        head: &[u8],
        bodies: &[Vec<u8>],
        time: Duration,
        stop: &AtomicBool,
    ) -> Result<(Answered, Vec<Vec<u8>>), Death> {
        let start = Instant::now();
        // One that died takes nothing more, and gives no answer.
        let _ = self.give(head, bodies);
        loop {
            match self.answers.recv_timeout(LOOK.min(time.saturating_sub(start.elapsed()))) {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => return Err(self.death()),
                Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => {
                    return Err(Death::Interrupted);
                }
                Err(RecvTimeoutError::Timeout) if start.elapsed() >= time => return Err(Death::Late),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn give(&mut self, head: &[u8], bodies: &[Vec<u8>]) -> io::Result<()> {
        let Some(stdin) = &mut self.stdin else { return Ok(()) };
        process::send(stdin, head)?;
        bodies.iter().try_for_each(|body| process::send(stdin, body))?;
        stdin.flush()
    }

    fn death(&mut self) -> Death {
        let _ = self.child.kill();
        let status = self.child.wait();
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        Death::Died { said, out_of_time: status.is_ok_and(limits::out_of_time) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A process that waits ends by itself as its input ends; one that works must be made to.
        drop(self.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(stdout: &mut impl Read) -> io::Result<Option<(Answered, Vec<Vec<u8>>)>> {
    let Some(head) = process::piece(stdout)? else { return Ok(None) };
    let answered: Answered = postcard::from_bytes(&head).map_err(io::Error::other)?;
    let body = |_| process::piece(stdout)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into());
    let bodies = (0..answered.bodies()).map(body).collect::<io::Result<Vec<_>>>()?;
    Ok(Some((answered, bodies)))
}

/// Why an input was not read whose process died with these words.
fn died(said: &str, memory: u64) -> Refusal {
    if said.contains("memory allocation") {
        return (
            format!("reading it takes more memory than the limit of {memory} MB"),
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

/// Why an input was not read that took too long.
fn late(time: Duration) -> Refusal {
    (
        format!("reading it takes longer than {} s", time.as_secs_f64()),
        "give it more time with --timeout, or read fewer pages with --max-pages".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_dying_is_told_with_what_to_do() {
        let (what, hint) = died("memory allocation of 209715200 bytes failed\n", 77);
        assert_eq!(what, "reading it takes more memory than the limit of 77 MB");
        assert!(hint.contains("--max-memory"));
        let (what, hint) = late(Duration::from_millis(1500));
        assert_eq!(what, "reading it takes longer than 1.5 s");
        assert!(hint.contains("--timeout"));
        let (what, _) = died("\nthread 'main' (7) has overflowed its stack\n", 77);
        assert!(what.contains("nested too deeply"));
        let (what, _) = died("boom\nmore", 77);
        assert_eq!(what, "reading it ended the process that did: boom");
    }

    #[test]
    fn half_an_answer_is_none() {
        let row = Answered::Failed("it is full".to_owned());
        let mut bytes = Vec::new();
        process::send(&mut bytes, &postcard::to_allocvec(&row).unwrap()).unwrap();
        assert!(
            matches!(answer(&mut bytes.as_slice()), Ok(Some((Answered::Failed(what), _))) if what == "it is full")
        );
        assert!(matches!(answer(&mut [].as_slice()), Ok(None)));
        for cut in 8..bytes.len() {
            assert!(answer(&mut &bytes[..cut]).is_err(), "{cut} of {} bytes", bytes.len());
        }
    }
}
