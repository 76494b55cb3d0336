//! How far a batch is: a bar on a terminal, else a line now and then.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long nothing is said where there is no terminal.
const EVERY: Duration = Duration::from_secs(15);

/// How far one step of a batch is.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    /// "read" or "checked".
    done: &'static str,
    all: u64,
    count: AtomicU64,
    failed: AtomicU64,
    start: Instant,
    said: Mutex<Instant>,
    quiet: bool,
}

impl Progress {
    /// A step of so many parts.
    pub fn new(done: &'static str, all: usize, quiet: bool) -> Progress {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr());
            let form = "{bar:30} {pos}/{len} {prefix}, {per_sec}, {eta} left{msg}";
            if let Ok(style) = ProgressStyle::with_template(form) {
                bar.set_style(style);
            }
            bar.with_prefix(done)
        });
        let (start, all) = (Instant::now(), all as u64);
        let (count, failed) = (AtomicU64::new(0), AtomicU64::new(0));
        Progress { bar, done, all, count, failed, start, said: Mutex::new(start), quiet }
    }

    /// One part more is done, or has failed.
    pub fn one(&self, failed: bool) {
        let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let lost = self.failed.fetch_add(failed.into(), Ordering::Relaxed) + u64::from(failed);
        match &self.bar {
            Some(bar) => {
                bar.set_position(count);
                if lost > 0 {
                    bar.set_message(format!(", {lost} failed"));
                }
            }
            None if self.quiet => {}
            None => self.say(count, lost),
        }
    }

    fn say(&self, count: u64, lost: u64) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.elapsed() < EVERY {
            return;
        }
        *said = Instant::now();
        let rate = count as f64 / self.start.elapsed().as_secs_f64();
        let left = (self.all - count) as f64 / rate.max(f64::MIN_POSITIVE);
        eprintln!(
            "{count} of {} {}, {lost} failed, {rate:.1} a second, {left:.0} s left",
            self.all, self.done
        );
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
