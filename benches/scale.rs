//! Time and memory of the whole way, at two sizes each: where the second column is twice the first, the way is linear.
//!
//! `cargo bench` runs sizes that take seconds; `cargo bench -- full` runs 25 and 50 MB of random lines, tables of half
//! a million and a million rows, and a million of whatever a hostile file repeats. Each size runs in a process of its own, so that its peak of memory is its own.
#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::read::source;
use crossfoot::internal::report::schema::{CheckAnswerOf, ExtractOf};
use crossfoot::internal::{pipeline as document, reconcile as check};
use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

/// The inputs and their two sizes: in kilobytes for lines, in rows for tables.
const SMALL: [(&str, [usize; 2]); 3] =
    [("lines", [1_000, 2_000]), ("table", [10_000, 20_000]), ("tables", [10_000, 20_000])];
/// Inputs made to be slow: one stretch of text again and again, all on one line where it holds no break.
const REPEATED: [(&str, &str); 14] = [
    ("pipes", "|"),
    ("digits", "7"),
    ("brackets", "("),
    ("form feeds", "\x0c"),
    ("blank lines", "\n"),
    ("words", "complaint "),
    ("numbers", "12 and "),
    ("sentences", "Complaints rose by 5% to 92 from 74. "),
    ("paragraphs", "Complaints rose by 5% to 92 from 74.\n\n"),
    ("headings", "## Complaints by service\n\n"),
    ("items", "Label: 12\n"),
    ("wrapped", "complaints were received and 12 of these were upheld at stage 1 by the\n"),
    ("percent rows", "Area | 12 | 40%\n"),
    ("stacked", "Area name\n12\n40%\n"),
];
const FULL: [(&str, [usize; 2]); 3] =
    [("lines", [25_000, 50_000]), ("table", [500_000, 1_000_000]), ("tables", [500_000, 1_000_000])];
/// Seconds below which a ratio says nothing.
const NOISE: f64 = 0.02;
const STAGES: [&str; 5] = ["source", "document", "check", "extract json", "check json"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["case", input, size, ..] => case(input, size.parse().expect("a size")),
        // `cargo test --all-targets` runs this program too, without `--bench`.
        args if !args.contains(&"--bench") => {}
        args => {
            let full = args.contains(&"full");
            table(if full { &FULL } else { &SMALL });
            let times = if full { 500_000 } else { 10_000 };
            table(&REPEATED.map(|(name, _)| (name, [times, 2 * times])));
        }
    }
}

/// Runs every case in its own process and prints one table.
fn table(inputs: &[(&str, [usize; 2])]) {
    println!("{:<12} {:<14} {:>10} {:>10} {:>7}", "input", "stage", "size", "double", "ratio");
    for (input, [small, large]) in inputs {
        let (small, large) = (measure(input, *small), measure(input, *large));
        for (stage, (a, b)) in STAGES.iter().zip(small.times.iter().zip(&large.times)) {
            let ratio = if *a < NOISE { "-".to_owned() } else { format!("{:.2}", b / a) };
            println!("{input:<12} {stage:<14} {a:>8.2} s {b:>8.2} s {ratio:>7}");
        }
        let (a, b) = (small.peak, large.peak);
        println!("{input:<12} {:<14} {a:>7.0} MB {b:>7.0} MB {:>7.2}", "peak memory", b / a.max(1.0));
    }
}

struct Measured {
    /// Seconds of each stage.
    times: Vec<f64>,
    /// Megabytes.
    peak: f64,
}

fn measure(input: &str, size: usize) -> Measured {
    let program = std::env::current_exe().expect("this program");
    let run = Command::new(program).args(["case", input, &size.to_string()]).output().expect("a run");
    assert!(run.status.success(), "{input} {size}: {}", String::from_utf8_lossy(&run.stderr));
    let out = String::from_utf8(run.stdout).expect("text");
    let mut numbers: Vec<f64> = out.split_whitespace().map(|n| n.parse().expect("a number")).collect();
    let peak = numbers.pop().expect("a peak");
    Measured { times: numbers, peak }
}

/// Takes one input through all stages and prints the seconds of each, then the peak of memory in megabytes.
fn case(input: &str, size: usize) {
    let text = match input {
        "lines" => lines(size * 1_000),
        "table" => rows(size, size),
        "tables" => rows(size, 20),
        name => {
            REPEATED.iter().find(|(n, _)| *n == name).map(|(_, text)| text.repeat(size)).expect("an input")
        }
    };
    let grammar = Grammar::embedded();
    let mut times = Vec::new();
    let source = timed(&mut times, || source::from_bytes("generated.txt", text.into_bytes()).expect("text"));
    let documents = timed(&mut times, || {
        vec![document::from_source(source, grammar, &Default::default()).expect("text")]
    });
    let answer = timed(&mut times, || check::check(&documents));
    timed(&mut times, || {
        for document in &documents {
            serde_json::to_writer(std::io::sink(), &ExtractOf(document)).expect("a sink takes all");
        }
    });
    timed(&mut times, || {
        serde_json::to_writer(
            std::io::sink(),
            &CheckAnswerOf { documents: &documents, answer: &answer, unread: &[], left_out: None },
        )
        .expect("a sink takes all");
    });
    for time in times {
        println!("{}", time.as_secs_f64());
    }
    println!("{}", peak());
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    times.push(start.elapsed());
    result
}

/// The most memory that this process held, in megabytes; nought where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1_000.0
}

/// Numbers that look random and are the same in every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// Lines of words, figures and marks in no order, `bytes` long.
fn lines(bytes: usize) -> String {
    const WORDS: [&str; 24] = [
        "complaints",
        "upheld",
        "of",
        "the",
        "stage 1",
        "total",
        "in",
        "2019/20",
        "compared to",
        "%",
        "£",
        "(",
        ")",
        "|",
        "\t",
        "-",
        "–",
        "•",
        "increase",
        "by",
        "Ombudsman",
        "quarter",
        ":",
        ".",
    ];
    let mut chance = Chance(1);
    let mut text = String::with_capacity(bytes + 64);
    while text.len() < bytes {
        for _ in 0..chance.below(16) {
            match chance.below(3) {
                0 => write!(text, "{} ", chance.below(2_000)).expect("a string takes all"),
                _ => write!(text, "{} ", WORDS[chance.below(24) as usize]).expect("a string takes all"),
            }
        }
        text.push('\n');
    }
    text
}

/// Pipe tables of `each` rows with a total, `rows` rows in all.
fn rows(rows: usize, each: usize) -> String {
    let mut chance = Chance(2);
    let mut text = String::from("Complaints report 2020/21\n");
    let mut written = 0;
    while written < rows {
        text.push_str("\nArea | Stage 1 | Stage 2 | Total\n");
        let (mut first, mut second) = (0, 0);
        for _ in 0..each {
            let (a, b) = (chance.below(90), chance.below(30));
            (first, second, written) = (first + a, second + b, written + 1);
            writeln!(text, "Area {written} | {a} | {b} | {}", a + b).expect("a string takes all");
        }
        writeln!(text, "Total | {first} | {second} | {}", first + second).expect("a string takes all");
    }
    text
}
