//! Runs the program again as another process, which may die or hang.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

/// How many bytes of what it prints on stderr are kept.
pub(super) const SAID: u64 = 16 << 10;

/// The command by which this program is started, where that is not the file that this process was started from.
static AGAIN: OnceLock<Vec<OsString>> = OnceLock::new();

/// Sets the command by which this program is started again; nothing where it is the file that this process was started
/// from.
pub(super) fn started_by(again: Vec<OsString>) {
    if !again.is_empty() {
        let _ = AGAIN.set(again);
    }
}

/// This program with other arguments.
pub(super) fn again(args: &[OsString]) -> io::Result<Command> {
    let (program, first) = match AGAIN.get().and_then(|again| again.split_first()) {
        Some((program, first)) => (PathBuf::from(program), first),
        None => (std::env::current_exe()?, &[][..]),
    };
    let mut command = Command::new(program);
    command.args(first).args(args);
    Ok(command)
}

/// How another process ended.
pub(super) enum End {
    /// By itself or by a signal.
    Ended {
        status: ExitStatus,
        /// The beginning of what it wrote to stderr.
        said: String,
        /// The beginning of what it wrote to stdout.
        answer: Vec<u8>,
    },
    /// It took too long and was killed.
    Late,
}

/// Runs this program with other arguments on pieces of input, for `time` at most. At most `most` bytes of its answer
/// are kept.
pub(super) fn run(args: &[OsString], input: &[&[u8]], most: u64, time: Duration) -> io::Result<End> {
    let mut child =
        again(args)?.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut pipe| input.iter().try_for_each(|piece| send(&mut pipe, piece))));
        let answer = scope.spawn(move || stdout.map(|pipe| kept(pipe, most)).unwrap_or_default());
        let (tell, ended) = mpsc::channel();
        scope.spawn(move || tell.send(stderr.map(|pipe| kept(pipe, SAID)).unwrap_or_default()));
        // Its end of the pipe is closed when it ends, and not before.
        match ended.recv_timeout(time) {
            Ok(said) => {
                let said = String::from_utf8_lossy(&said).into_owned();
                let status = child.wait()?;
                Ok(End::Ended { status, said, answer: answer.join().unwrap_or_default() })
            }
            Err(_) => {
                child.kill()?;
                child.wait()?;
                Ok(End::Late)
            }
        }
    })
}

/// Sends a piece of input: first its length, then its bytes.
pub(super) fn send(out: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    out.write_all(&(piece.len() as u64).to_le_bytes())?;
    out.write_all(piece)
}

/// Receives the next piece of input; `None` at the end.
pub(super) fn piece(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    input.by_ref().take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(Some(bytes)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Keeps the beginning of what comes out of a pipe. The rest is read and dropped, so that the other process never
/// waits.
pub(super) fn kept(mut pipe: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
    let _ = io::copy(&mut pipe, &mut io::sink());
    bytes
}
