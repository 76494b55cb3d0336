//! Limits of a process that reads. The process sets them itself before it begins.

/// Whether limits can be set on this system.
pub(super) const KNOWN: bool = cfg!(unix);

/// Address space that does not count as memory for reading: the stack of its thread, the program itself and what its
/// allocator reserves.
#[cfg(unix)]
const OWN: u64 = super::STACK as u64 + (64 << 20);

/// Limits this process to `memory` MB for its work. Also prevents core dumps.
#[cfg(unix)]
pub(super) fn memory(memory: u64) -> std::io::Result<()> {
    use rustix::process::Resource;
    let bytes = (memory << 20) + OWN;
    set_one(Resource::Core, 0, 0)?;
    set_one(Resource::As, bytes, bytes)
}

/// Limits this process to `seconds` of processor time from now on.
#[cfg(unix)]
pub(super) fn time(seconds: u64) -> std::io::Result<()> {
    use rustix::process::Resource;
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
    set_one(Resource::Cpu, used.saturating_add(seconds), u64::MAX)
}

/// Sets a limit, and the most that it can be raised to, as far as the process may.
#[cfg(unix)]
fn set_one(resource: rustix::process::Resource, soft: u64, hard: u64) -> std::io::Result<()> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let most = getrlimit(resource).maximum;
    let within = |limit: u64| match most {
        Some(most) => Some(limit.min(most)),
        None => (limit != u64::MAX).then_some(limit),
    };
    Ok(setrlimit(resource, Rlimit { current: within(soft), maximum: within(hard) })?)
}

/// Systems other than Unix have no such limits.
#[cfg(not(unix))]
pub(super) fn memory(_memory: u64) -> std::io::Result<()> {
    Ok(())
}

/// Systems other than Unix have no such limits.
#[cfg(not(unix))]
pub(super) fn time(_seconds: u64) -> std::io::Result<()> {
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
