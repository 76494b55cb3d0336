//! Limits of a process that reads. The process sets them itself before it begins.

use std::io;
use std::sync::OnceLock;

/// What a program with this command line takes its memory from. It refuses what goes beyond a limit, on every system
/// alike, and by the bytes that are asked for: the same input is refused or read in every run. The system's own limit
/// counts address space, of which an allocator reserves more or less by chance, and not every system has it.
///
/// Beneath it is mimalloc. With the allocator of glibc, workbooks take a seventh and long CSV files a fifth more
/// processor time.
pub type Allocator = cap::Cap<mimalloc::MiMalloc>;

/// An allocator that refuses nothing yet.
pub const fn allocator() -> Allocator {
    cap::Cap::new(mimalloc::MiMalloc, usize::MAX)
}

/// That of this process.
static OWN: OnceLock<&Allocator> = OnceLock::new();

/// Sets the allocator of this process.
pub(super) fn taken_from(allocator: &'static Allocator) {
    let _ = OWN.set(allocator);
}

/// Limits this process to `memory` MB. Also prevents core dumps.
pub(super) fn memory(memory: u64) -> io::Result<()> {
    #[cfg(unix)]
    set_one(rustix::process::Resource::Core, 0, 0)?;
    let bytes = usize::try_from(memory << 20).unwrap_or(usize::MAX);
    let set = OWN.get().is_some_and(|own| own.set_limit(bytes).is_ok());
    if set { Ok(()) } else { Err(io::Error::other(format!("memory cannot be limited to {memory} MB"))) }
}

/// Limits this process to `seconds` of processor time from now on.
#[cfg(unix)]
pub(super) fn time(seconds: u64) -> io::Result<()> {
    use rustix::process::Resource;
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
    set_one(Resource::Cpu, used.saturating_add(seconds), u64::MAX)
}

/// Sets a limit, and the most that it can be raised to, as far as the process may.
#[cfg(unix)]
fn set_one(resource: rustix::process::Resource, soft: u64, hard: u64) -> io::Result<()> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let most = getrlimit(resource).maximum;
    let within = |limit: u64| match most {
        Some(most) => Some(limit.min(most)),
        None => (limit != u64::MAX).then_some(limit),
    };
    Ok(setrlimit(resource, Rlimit { current: within(soft), maximum: within(hard) })?)
}

/// Systems other than Unix have no such limit. The process that gives the work looks at the clock.
#[cfg(not(unix))]
pub(super) fn time(_seconds: u64) -> io::Result<()> {
    Ok(())
}

/// Whether a process was ended because it took too much processor time.
#[cfg(unix)]
pub(super) fn out_of_time(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

/// Systems other than Unix have no such limit.
#[cfg(not(unix))]
pub(super) fn out_of_time(_status: std::process::ExitStatus) -> bool {
    false
}
