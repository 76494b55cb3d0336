//! The command line. Each command has a file. Results go to stdout, everything else to stderr.
//!
//! | exit status | meaning |
//! | --- | --- |
//! | 0 | nothing to report |
//! | 1 | `check` found something at or above `--fail-on` |
//! | 2 | something could not be read or written, or the command line could not be understood; 2 beats 1 |
//!
//! A closed stdout (`crossfoot … | head`) ends the program quietly with 0.

mod accept;
#[cfg(feature = "render")]
mod annotated;
mod archive;
mod batch;
mod check;
mod compare;
mod completions;
mod crew;
mod debug;
mod explain;
mod extract;
mod given;
mod inputs;
mod isolation;
#[doc(hidden)]
pub mod kept;
mod limits;
mod living;
mod man;
mod messages;
#[cfg(feature = "render")]
mod pages;
#[cfg(feature = "render")]
mod pictures;
mod process;
mod put;
mod read;
mod schema;
#[cfg(feature = "second-reader")]
mod second;
mod settings;

use crate::observe::about::given::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind as UsageError};
use clap::{ColorChoice, Parser, Subcommand};
pub use limits::{Allocator, allocator};
use messages::Messages;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing to report.
    Clean = 0,
    /// Findings at or above the threshold.
    Findings = 1,
    /// Something could not be read, or bad usage.
    Failed = 2,
}

/// Checks that the figures of published reports add up.
///
/// Reads complaint reports, extracts every table and every figure of the prose with its place, and says which figures
/// do not agree: within a table, between prose and tables, and from one document to another.
///
/// Exit status: 0 nothing to report; 1 `check` found something at or above --fail-on; 2 something could not be read,
/// or bad usage.
#[derive(Parser)]
#[command(name = "crossfoot", version, max_term_width = 100)]
#[command(after_help = "Examples:
  crossfoot check report.pdf
  crossfoot check 'reports/*.pdf' --fail-on warning
  crossfoot extract report.pdf --format csv
  crossfoot explain CF101")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print results and errors only.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Use colours: auto (on terminals, as NO_COLOR and CLICOLOR_FORCE say), always or never.
    #[arg(long, value_enum, global = true, default_value_t = ColorChoice::Auto, value_name = "WHEN", hide_possible_values = true)]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    Check(Box<check::Args>),
    Accept(Box<accept::Args>),
    Compare(compare::Args),
    Extract(extract::Args),
    Batch(Box<batch::Args>),
    Reconcile(batch::reconcile::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Debug(debug::Args),
    Completions(completions::Args),
    Man(man::Args),
    #[command(hide = true)]
    Worker(crew::worker::Args),
    #[cfg(feature = "second-reader")]
    #[command(hide = true)]
    SecondReading(second::Args),
}

/// The stack of each thread that reads. Deeply nested content needs more than the default.
const STACK: usize = 64 << 20;

/// Runs the command line on the process's arguments, on a thread with a large stack. `allocator` is the process's global
/// one.
pub fn run(allocator: &'static Allocator) -> ExitCode {
    ExitCode::from(run_on(std::env::args_os().collect(), Vec::new(), allocator))
}

/// Runs the command line on these arguments, of which the first is the name of the program, and gives the exit status.
///
/// `again` is the command by which the program is started once more, for the processes that inputs are read in: the file
/// that this process was started from, where it is empty.
pub fn run_on(args: Vec<OsString>, again: Vec<OsString>, allocator: &'static Allocator) -> u8 {
    process::started_by(again);
    limits::taken_from(allocator);
    let kept = args.clone();
    let thread = std::thread::Builder::new().name("main".to_owned()).stack_size(STACK);
    match thread.spawn(|| dispatch(kept)).map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status,
        // The panic was reported when it happened.
        Ok(Err(_)) => Status::Failed as u8,
        Err(_) => dispatch(args),
    }
}

fn dispatch(args: Vec<OsString>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(mut error) => {
            keep_near(&mut error);
            // Help and version come here too. A closed pipe is no error.
            let _ = error.print();
            return if error.use_stderr() { Status::Failed as u8 } else { 0 };
        }
    };
    match cli.color {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
    let messages = Messages::new(cli.quiet);
    read::keep_panics_quiet();
    let result = match cli.command {
        Command::Check(args) => check::run(&args, &messages),
        Command::Accept(args) => accept::run(&args, &messages),
        Command::Compare(args) => compare::run(&args, &messages),
        Command::Extract(args) => extract::run(&args, &messages),
        Command::Explain(args) => explain::run(&args, &messages),
        Command::Schema(args) => schema::run(&args),
        Command::Debug(args) => debug::run(&args, &messages),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Batch(args) => batch::run(&args, &messages),
        Command::Reconcile(args) => batch::reconcile::run(&args, &messages),
        Command::Worker(args) => crew::worker::serve(&args, &messages),
        #[cfg(feature = "second-reader")]
        Command::SecondReading(second::Args {}) => second::run(),
    };
    #[cfg(feature = "second-reader")]
    second::finish();
    status(result, &messages) as u8
}

/// Drops the option that is suggested for an unknown one, in a hint or in the usage, where the two are spelt quite differently.
fn keep_near(error: &mut clap::Error) {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.trim_start_matches('-').to_owned(),
        _ => String::new(),
    };
    let (given, meant) = (text(ContextKind::InvalidArg), text(ContextKind::SuggestedArg));
    let near = nearest(&given, std::iter::once(meant.as_str())).is_some();
    if error.kind() == UsageError::UnknownArgument && !near {
        error.remove(ContextKind::SuggestedArg);
        error.remove(ContextKind::Usage);
    }
}

fn status(result: io::Result<Status>, messages: &Messages) -> Status {
    match result {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Clean,
        Err(error) => {
            messages.error("standard output", &error.to_string(), None);
            Status::Failed
        }
    }
}

/// Standard output, with small writes collected into large ones.
fn stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// How many characters a line of a report has: those of the terminal, or as many as a page of text where there is none.
fn width() -> usize {
    let known = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    known.unwrap_or(100).max(40)
}

/// The path of these bytes of the system.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The path of these bytes, which are text.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
