//! Work on threads of its own, while Python goes on with others and an interrupt is heeded.

use crate::errors::failed;
use pyo3::prelude::*;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// The stack of each thread. Deeply nested content needs more than the default; it is that of the command line.
const STACK: usize = 64 << 20;
/// How long an interrupt waits at most. Nobody notices a tenth of a second.
const BEAT: Duration = Duration::from_millis(100);

/// Does `work` for each item on at most `jobs` threads, and gives the results in the order of the items. What panics gives
/// the message of the panic.
///
/// The threads are started for this call and end with it, so that a process may be forked between calls. After an
/// interrupt, nothing more is begun, and what was begun ends in the background.
pub fn each<T, R>(
    py: Python<'_>,
    items: Vec<T>,
    jobs: usize,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> PyResult<Vec<Result<R, String>>>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let all = items.len();
    let items: Arc<Vec<Mutex<Option<T>>>> =
        Arc::new(items.into_iter().map(|item| Mutex::new(Some(item))).collect());
    let (next, stopped, work) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)), Arc::new(work));
    let (tell, told) = mpsc::channel();
    for _ in 0..jobs.clamp(1, all.max(1)) {
        let (items, next, stopped, work) = (items.clone(), next.clone(), stopped.clone(), work.clone());
        let tell = tell.clone();
        let own = move || {
            while !stopped.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else { break };
                let Some(item) = item.lock().ok().and_then(|mut item| item.take()) else { continue };
                let done = catch_unwind(AssertUnwindSafe(|| work(item))).map_err(|panic| said(&*panic));
                if tell.send((at, done)).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().name("crossfoot".to_owned()).stack_size(STACK).spawn(own)?;
    }
    drop(tell);
    let collected: PyResult<_> = py.detach(move || {
        let mut results: Vec<Option<Result<R, String>>> = (0..all).map(|_| None).collect();
        loop {
            match told.recv_timeout(BEAT) {
                Ok((at, done)) => {
                    if let Some(place) = results.get_mut(at) {
                        *place = Some(done);
                    }
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(results),
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    Python::attach(|py| py.check_signals())
                        .inspect_err(|_| stopped.store(true, Ordering::Relaxed))?;
                }
            }
        }
    });
    collected?.into_iter().collect::<Option<Vec<_>>>().ok_or_else(|| failed("a thread ended early"))
}

/// Does one piece of work on a thread of its own.
pub fn apart<R: Send + 'static, F: FnOnce() -> R + Send + 'static>(py: Python<'_>, work: F) -> PyResult<R> {
    match each(py, vec![work], 1, |work: F| work())?.pop() {
        Some(Ok(result)) => Ok(result),
        Some(Err(panic)) => Err(failed(format!("internal error: {panic}"))),
        None => Err(failed("a thread ended early")),
    }
}

/// As many threads as the machine has cores for, unless it is said otherwise.
pub fn jobs(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

fn said(panic: &(dyn Any + Send)) -> String {
    let owned = || panic.downcast_ref::<String>().cloned();
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(owned);
    text.unwrap_or_else(|| "of unknown cause".to_owned())
}
