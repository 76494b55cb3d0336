//! Starts the program again as another process, and the pieces that they send each other.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

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
