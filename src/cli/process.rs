//! The program run again as another process, which may die or hang.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What is kept of what it says on stderr, in bytes.
const SAID: u64 = 16 << 10;

/// How another process ended.
pub(super) enum End {
    /// By itself or by a signal.
    Ended {
        status: ExitStatus,
        /// The beginning of what it wrote to stderr.
        said: String,
    },
    /// It was killed after its time.
    Late,
}

/// Runs this program with other arguments on the bytes, for `time` at most; what it writes to stdout is let through.
pub(super) fn run(args: &[OsString], input: &[u8], time: Duration) -> io::Result<End> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(input)));
        scope.spawn(move || stdout.map(|pipe| kept(pipe, 0)));
        let (send, ended) = mpsc::channel();
        scope.spawn(move || send.send(stderr.map(|pipe| kept(pipe, SAID)).unwrap_or_default()));
        // Its end of the pipe is closed when it ends, and not before.
        match ended.recv_timeout(time) {
            Ok(said) => {
                let said = String::from_utf8_lossy(&said).into_owned();
                let status = child.wait()?;
                Ok(End::Ended { status, said })
            }
            Err(_) => {
                child.kill()?;
                child.wait()?;
                Ok(End::Late)
            }
        }
    })
}

/// The beginning of what comes out of a pipe; the rest is let through, so that nobody waits.
fn kept(mut pipe: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
    let _ = io::copy(&mut pipe, &mut io::sink());
    bytes
}
