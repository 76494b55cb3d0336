//! Limits of a process that reads. The process sets them itself before it begins.

/// Whether limits can be set on this system.
pub(super) const KNOWN: bool = cfg!(unix);

/// Address space that does not count as memory for reading: the stack of its thread, the program itself and what its
/// allocator reserves.
#[cfg(unix)]
const OWN: u64 = super::STACK as u64 + (64 << 20);

/// Limits this process to `memory` MB for its work and to `seconds` of processor time. Also prevents core dumps.
#[cfg(unix)]
pub(super) fn set(memory: u64, seconds: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let set = |resource, soft: u64, hard: u64| {
        let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Rlimit { current: Some(soft.min(most)), maximum: Some(hard.min(most)) };
        setrlimit(resource, limit)
    };
    let bytes = (memory << 20) + OWN;
    set(Resource::Core, 0, 0)?;
    set(Resource::As, bytes, bytes)?;
    set(Resource::Cpu, seconds, seconds + 2)?;
    Ok(())
}

/// Systems other than Unix have no such limits.
#[cfg(not(unix))]
pub(super) fn set(_memory: u64, _seconds: u64) -> std::io::Result<()> {
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
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
