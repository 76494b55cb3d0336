//! `--isolate` and the limits of reading, tried on the program itself with inputs that are made to hurt it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const REPORT: &str = "Complaints report 2020/21\n\nThe council received 40 complaints in 2020/21.\n";

/// A directory of its own for a test, with a sound report before and after what hurts.
fn place(test: &str, hurting: &[u8]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("isolation-{test}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("a.txt"), REPORT).unwrap();
    fs::write(dir.join("b.pdf"), hurting).unwrap();
    fs::write(dir.join("c.txt"), REPORT).unwrap();
    dir
}

struct Run {
    status: Option<i32>,
    json: Value,
    err: String,
}

fn run(dir: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let output = command.args(args).current_dir(dir).stdin(Stdio::null()).output().unwrap();
    Run {
        status: output.status.code(),
        json: serde_json::from_slice(&output.stdout).unwrap_or_default(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A PDF of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// A PDF of a number of pages that share one content.
pub fn pages(count: usize, content: &str) -> Vec<u8> {
    pages_in("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", count, content)
}

/// The same in this font.
pub fn pages_in(font: &str, count: usize, content: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|n| format!("{} 0 R", n + 5)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")),
        font.to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
        /Resources << /Font << /F 3 0 R >> >> >>";
    objects.extend(std::iter::repeat_n(page.to_owned(), count));
    pdf(&objects)
}

const LINE: &str = "BT /F 12 Tf 40 300 Td (We received 176 complaints.) Tj ET";

/// A page whose content unpacks to 200 MB.
fn bomb() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf/flate-bomb.pdf")).unwrap()
}

fn message(document: &Value) -> &str {
    document["diagnostics"][0]["message"].as_str().unwrap_or_default()
}

#[test]
fn sound_inputs_give_the_same_with_and_without() {
    let dir = place("sound", &pages(2, LINE));
    // What it is, only its name says.
    fs::write(dir.join("d.csv"), "Stage,Cases\nStage 1,10\nStage 2,20\nTotal,31\n").unwrap();
    for command in ["extract", "check"] {
        let plain = run(&dir, &[command, "--format", "json", "."]);
        let apart = run(&dir, &[command, "--format", "json", ".", "--isolate"]);
        assert_eq!(plain.status, apart.status, "{}", apart.err);
        assert!(!plain.json.is_null());
        assert_eq!(plain.json, apart.json, "{command}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn an_input_that_takes_too_much_memory_fails_alone() {
    let dir = place("memory", &bomb());
    assert_eq!(run(&dir, &["extract", "."]).status, Some(0));
    let apart = run(&dir, &["extract", ".", "--isolate", "--max-memory", "64"]);
    assert_eq!(apart.status, Some(2), "{}", apart.err);
    let documents = apart.json.as_array().unwrap();
    assert_eq!(documents.len(), 3);
    assert_eq!(message(&documents[1]), "reading it takes more memory than the limit of 64 MB");
    for sound in [&documents[0], &documents[2]] {
        assert_eq!(sound["observations"][0]["value"], "40");
    }
    assert!(apart.err.contains("error: ./b.pdf: reading it takes more memory"), "{}", apart.err);
    assert!(apart.err.contains("hint: raise the limit with --max-memory"), "{}", apart.err);
    let checked = run(&dir, &["check", "--format", "json", ".", "--isolate", "--max-memory", "64"]);
    assert_eq!(checked.status, Some(2));
    assert_eq!(checked.json["documents"].as_array().unwrap().len(), 2);
    assert!(checked.json["diagnostics"].to_string().contains("more memory"), "{}", checked.json);
}

#[test]
#[cfg(unix)]
fn an_input_that_takes_too_long_is_given_up() {
    let dir = place("time", &pages(3, LINE));
    let late = run(&dir, &["extract", "b.pdf", "--isolate", "--timeout", "0.001"]);
    assert_eq!(late.status, Some(2), "{}", late.err);
    assert_eq!(message(&late.json), "reading it takes longer than 0.001 s");
    assert!(late.err.contains("--timeout"), "{}", late.err);
}

#[test]
fn without_isolation_the_time_ends_between_pages() {
    let dir = place("between", &pages(300, LINE));
    let cut = run(&dir, &["extract", "b.pdf", "--timeout", "0.000001"]);
    // Where the time ends before the first page, nothing was read.
    let read = cut.json["observations"].as_array().unwrap().len();
    assert_eq!(cut.status, Some(if read == 0 { 2 } else { 0 }), "{}", cut.err);
    let told = message(&cut.json);
    assert!(told.starts_with("only the first ") && told.contains(" of 300 pages were read, in 0.000001 s"));
    assert!(cut.json["observations"].as_array().unwrap().len() < 300);
    assert_eq!(cut.json["diagnostics"][0]["code"], "pages-left-out");
}

#[test]
fn pages_beyond_the_limit_are_left_out() {
    let dir = place("pages", &pages(5, LINE));
    for more in [&[][..], &["--isolate"]] {
        let cut = run(&dir, &[&["extract", "b.pdf", "--max-pages", "2"], more].concat());
        assert_eq!(cut.status, Some(0), "{}", cut.err);
        let figures = cut.json["observations"].as_array().unwrap();
        assert_eq!(figures.iter().map(|f| f["span"]["page"].as_u64()).max().unwrap(), Some(2));
        assert!(message(&cut.json).starts_with("only the first 2 of 5 pages were read"), "{}", cut.json);
        assert_eq!(cut.json["source"]["pages"], 5);
    }
    let whole = run(&dir, &["extract", "b.pdf", "--max-pages", "5"]);
    assert_eq!(whole.json["diagnostics"].as_array().unwrap().len(), 0);
}

#[test]
#[cfg(feature = "sheets")]
fn sheets_beyond_the_limit_are_left_out() {
    let dir = place("sheets", b"");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sheets/small.xls"),
        dir.join("b.xls"),
    )
    .unwrap();
    for more in [&[][..], &["--isolate"]] {
        let cut = run(&dir, &[&["extract", "b.xls", "--max-pages", "1"], more].concat());
        assert_eq!(cut.status, Some(0), "{}", cut.err);
        let figures = cut.json["observations"].as_array().unwrap();
        assert!(figures.len() == 4 && figures.iter().all(|f| f["span"]["sheet"] == "Cases"), "{figures:?}");
        assert!(cut.err.contains("only the first 1 of 2 sheets were read, as asked for"), "{}", cut.err);
    }
}

#[test]
fn pages_of_a_text_are_counted_by_its_form_feeds() {
    let dir = place("feeds", b"");
    fs::write(dir.join("a.txt"), "We received 41 complaints.\n\u{c}We received 52 complaints.\n").unwrap();
    let cut = run(&dir, &["extract", "a.txt", "--max-pages", "1"]);
    let figures = cut.json["observations"].as_array().unwrap();
    assert_eq!(figures.iter().map(|f| f["value"].as_str().unwrap()).collect::<Vec<_>>(), ["41"]);
    assert!(message(&cut.json).starts_with("only the first 1 of 2 pages"), "{}", cut.json);
}

#[test]
fn a_larger_input_than_asked_for_is_refused() {
    let dir = place("size", &[LINE.as_bytes(), &[b' '; 1 << 20]].concat());
    let refused = run(&dir, &["extract", "b.pdf", "--max-size", "1"]);
    assert_eq!(refused.status, Some(2));
    assert_eq!(message(&refused.json), "larger than 1 MB, the limit of this run");
    assert_eq!(run(&dir, &["extract", "b.pdf", "--max-size", "2"]).status, Some(0));
}

#[test]
fn limits_that_make_no_sense_are_bad_usage() {
    let dir = place("usage", b"");
    let cases: [&[&str]; 6] = [
        &["--timeout", "0"],
        &["--timeout", "-1"],
        &["--timeout", "soon"],
        &["--max-pages", "0"],
        &["--max-size", "0"],
        &["--max-memory", "100"],
    ];
    for case in cases {
        let run = run(&dir, &[&["extract", "a.txt"], case].concat());
        assert_eq!(run.status, Some(2), "{case:?}");
        assert!(run.json.is_null() && !run.err.is_empty(), "{case:?}");
    }
}

/// A function of as many braces in one another, to be called for a colour.
fn braces(count: usize) -> Vec<u8> {
    let braces = "{".repeat(count);
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
         /Resources << /ColorSpace << /C 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 26 >>\nstream\n/C cs 0.5 sc 0 0 9 9 re f \nendstream".to_owned(),
        "[/Separation /X /DeviceGray 6 0 R]".to_owned(),
        format!(
            "<< /FunctionType 4 /Domain [0 1] /Range [0 1] /Length {count} >>\nstream\n{braces}\nendstream"
        ),
    ])
}

#[test]
#[cfg(unix)]
fn an_input_that_overflows_the_stack_fails_alone() {
    let dir = place("stack", &braces(2_000_000));
    // It ends the whole program without isolation; once the reader of PDFs survives it, another input is wanted here.
    assert_eq!(run(&dir, &["extract", "b.pdf"]).status, None);
    let apart = run(&dir, &["extract", ".", "--isolate"]);
    assert_eq!(apart.status, Some(2), "{}", apart.err);
    let documents = apart.json.as_array().unwrap();
    assert_eq!(message(&documents[1]), "reading it overflowed the stack: its parts are nested too deeply");
    for sound in [&documents[0], &documents[2]] {
        assert_eq!(sound["observations"][0]["value"], "40");
    }
    let filed = run(&dir, &["extract", ".", "--isolate", "--out", "data"]);
    assert_eq!(filed.status, Some(2));
    let rows = fs::read_to_string(dir.join("data/documents.jsonl")).unwrap();
    let told: Vec<Value> = rows.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let told: Vec<&str> = told.iter().map(|row| row["status"].as_str().unwrap()).collect();
    assert_eq!(told, ["ok", "failed", "ok"]);
}

/// Forms that draw themselves, a tree of pages a thousand levels deep, arrays within arrays: each is read, or refused in
/// words, with the ones beside it.
#[test]
fn nesting_without_end_harms_nobody() {
    let itself = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
         /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 11 \
         /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X Do\nendstream"
            .to_owned(),
    ]);
    let mut deep = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    deep.extend((2..1002).map(|n| format!("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", n + 1)));
    deep.push("<< /Type /Page /MediaBox [0 0 400 400] >>".to_owned());
    let arrays = pages(1, &format!("{}{LINE}", "[".repeat(100_000)));
    for (name, hurting) in [("itself", itself), ("deep", pdf(&deep)), ("arrays", arrays)] {
        let dir = place(name, &hurting);
        let apart = run(&dir, &["extract", ".", "--isolate"]);
        let documents = apart.json.as_array().unwrap_or_else(|| panic!("{name}: {}", apart.err));
        assert_eq!(documents.len(), 3, "{name}");
        let failed = documents[1]["diagnostics"].to_string().contains("\"error\"");
        assert_eq!(apart.status, Some(if failed { 2 } else { 0 }), "{name}: {}", apart.err);
        assert_eq!(documents[0]["observations"][0]["value"], "40", "{name}");
        assert_eq!(documents[2]["observations"][0]["value"], "40", "{name}");
    }
}
