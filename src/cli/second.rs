//! `--second-reader`: another reader of PDFs, in a process of its own, which may fail. One process reads many files,
//! because starting it takes as long as reading a short file.

use super::process::{again, piece, send};
use super::{Status, limits, stdout};
use crate::pipeline::second::{self, SecondReading};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// How much address space in MB and processor time in seconds one process may take.
const MEMORY: u64 = 2048;
const PROCESSOR: u64 = 600;
/// How long reading one file may take.
const TIME: Duration = Duration::from_secs(60);
/// How many files one process reads.
const FILES: u32 = 200;
/// The most bytes that are read of an answer, and of what the reader itself prints.
const OUTPUT: u64 = 64 << 20;
/// The byte that begins the line of an answer, because the reader may print lines of its own.
const ANSWER: u8 = 2;

/// Print the numerals of each page of the PDFs on standard input.
#[derive(clap::Args)]
pub(super) struct Args {}

/// The work of the other process: it reads files, each with its password before it, and answers each with a line.
pub(super) fn run() -> io::Result<Status> {
    // On systems without such limits, the parent's clock has to be enough.
    let _ = limits::memory(MEMORY).and_then(|()| limits::time(PROCESSOR));
    let mut input = io::stdin().lock();
    while let Some(password) = piece(&mut input)? {
        let Some(bytes) = piece(&mut input)? else { break };
        let pages = catch_unwind(AssertUnwindSafe(|| numerals(&bytes, &password))).ok().flatten();
        let mut out = stdout();
        out.write_all(&[b'\n', ANSWER])?;
        serde_json::to_writer(&mut out, &pages)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(Status::Clean)
}

fn numerals(bytes: &[u8], password: &[u8]) -> Option<Vec<Vec<String>>> {
    let pages = match password {
        [] => pdf_extract::extract_text_from_mem_by_pages(bytes),
        password => {
            pdf_extract::extract_text_from_mem_by_pages_encrypted(bytes, &String::from_utf8_lossy(password))
        }
    };
    Some(pages.ok()?.iter().map(|page| second::numerals(page)).collect())
}

/// A process that reads, as seen from this side.
struct Helper {
    child: Child,
    input: ChildStdin,
    answers: mpsc::Receiver<Vec<u8>>,
    files: u32,
}

/// Processes that wait for the next file.
static IDLE: Mutex<Vec<Helper>> = Mutex::new(Vec::new());

impl Helper {
    fn start() -> io::Result<Helper> {
        let mut command = again(&["second-reading".into()])?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        let (send, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = Vec::new();
            while output.by_ref().take(OUTPUT).read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let answer = std::mem::take(&mut line);
                if answer.first() == Some(&ANSWER) && send.send(answer).is_err() {
                    break;
                }
            }
        });
        Ok(Helper { child, input, answers, files: 0 })
    }

    /// Ends the process, which has no more to do.
    fn end(mut self) {
        drop(self.input);
        let _ = self.child.wait();
    }

    /// Has the process read a file; `None` where it died or took too long. A process that took too long is ended.
    fn read(mut self, bytes: &[u8], password: &str) -> Option<Vec<Vec<String>>> {
        for part in [password.as_bytes(), bytes] {
            send(&mut self.input, part).ok()?;
        }
        self.input.flush().ok()?;
        let Ok(answer) = self.answers.recv_timeout(TIME) else {
            let _ = self.child.kill();
            let _ = self.child.wait();
            return None;
        };
        self.files += 1;
        if self.files < FILES {
            idle(|idle| idle.push(self));
        } else {
            self.end();
        }
        serde_json::from_slice::<Option<Vec<Vec<String>>>>(answer.get(1..)?).ok()?
    }
}

/// Ends the processes that wait.
pub(super) fn finish() {
    idle(std::mem::take).into_iter().for_each(Helper::end);
}

fn idle<T>(with: impl FnOnce(&mut Vec<Helper>) -> T) -> T {
    with(&mut IDLE.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// The numerals that the second reader finds in a file.
pub(super) fn reading(bytes: &[u8], password: Option<&str>) -> SecondReading {
    let helper = idle(Vec::pop).map_or_else(Helper::start, Ok);
    SecondReading { pages: helper.ok().and_then(|helper| helper.read(bytes, password.unwrap_or(""))) }
}
