//! Scanned pages whose text is recognised, by a program that stands in for Tesseract: it prints the words of the scanned page of
//! the corpus wherever it is asked for a page.

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SCAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/farrowmouth/2023-24/pdf/scanned.pdf");

/// A program called `name` that answers `--version` as Tesseract does, and anything else by `prints`.
fn program(name: &str, prints: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ocr");
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'tesseract 5.9.1'; exit 0; fi\ncat > /dev/null\n{prints}\n"
    );
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// hOCR with a row of words for each line, 60 pixels apart.
fn hocr(lines: &[&[(&str, u32)]]) -> String {
    let mut out = String::from("<div class='ocr_page' title='bbox 0 0 2480 3508; ppageno 0'>");
    for (at, line) in lines.iter().enumerate() {
        let (top, bottom) = (600 + 60 * at, 640 + 60 * at);
        out += &format!(
            "<span class='ocr_line' title=\"bbox 300 {top} 2000 {bottom}; baseline 0 -8; x_size 40\">"
        );
        for (text, left) in *line {
            let right = *left as usize + 20 * text.len();
            out += &format!(
                "<span class='ocrx_word' title='bbox {left} {top} {right} {bottom}; x_wconf 95'>{text}</span>"
            );
        }
        out += "</span>";
    }
    out + "</div>"
}

fn crossfoot(args: &[&str], tesseract: &Path) -> Output {
    let ocr = format!("--ocr={}", tesseract.display());
    Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(args).arg(ocr).arg(SCAN).output().unwrap()
}

#[test]
fn the_figures_of_a_scan_are_read_and_accuse_nobody() {
    let table: &[&[(&str, u32)]] = &[
        &[("Stage", 300), ("2022/23", 1000), ("2023/24", 1400)],
        &[("First", 300), ("131", 1000), ("145", 1400)],
        &[("Second", 300), ("20", 1000), ("22", 1400)],
        &[("Third", 300), ("9", 1000), ("6", 1400)],
        &[("Total", 300), ("160", 1000), ("183", 1400)],
    ];
    let tesseract = program("reads", &format!("cat <<'END'\n{}\nEND", hocr(table)));
    let run = crossfoot(&["check", "--format", "json"], &tesseract);
    let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let claims = answer["claims"].as_array().unwrap();
    let total = claims.iter().find(|claim| claim["code"] == "CF101" && claim["verdict"] == "holds").unwrap();
    let span = total["spans"].as_array().unwrap().iter().find(|span| span["text"] == "160").unwrap();
    let bbox: Vec<f64> = span["bbox"].as_array().unwrap().iter().map(|at| at.as_f64().unwrap()).collect();
    // 1,000 and 1,060 pixels, of which 300 are 72 points.
    assert!((bbox[0] - 240.0).abs() < 1.0 && (bbox[2] - 254.4).abs() < 1.0, "{bbox:?}");
    // 145 + 22 + 6 are 173, and 183 is printed; but it may have been misread.
    assert!(claims.iter().all(|claim| claim["verdict"] != "inconsistent"), "{claims:?}");
    assert_eq!(answer["findings"].as_array().unwrap().len(), 0);
    let told = answer["diagnostics"].to_string();
    assert!(told.contains("recognised by Tesseract 5.9.1"), "{told}");
}

#[test]
fn what_cannot_be_recognised_is_told() {
    let fails = crossfoot(&["check"], &program("fails", "echo 'no such language' >&2; exit 1"));
    let told = String::from_utf8(fails.stderr).unwrap() + &String::from_utf8_lossy(&fails.stdout);
    assert!(
        told.contains("whose text was not recognised: Tesseract 5.9.1 failed: no such language"),
        "{told}"
    );
    assert!(!told.contains("read it with --ocr"), "{told}");

    let nothing = crossfoot(&["check"], &program("sees_nothing", "echo '<html></html>'"));
    let told = String::from_utf8(nothing.stdout).unwrap();
    assert!(told.contains("whose text was not recognised: hardly any was found"), "{told}");

    let missing = crossfoot(&["check"], Path::new("/nowhere/tesseract"));
    let told = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(missing.status.code(), Some(2));
    assert!(
        told.contains("--ocr") && told.contains("Tesseract was not found") && told.contains("install"),
        "{told}"
    );
}

#[test]
fn a_scan_that_is_not_recognised_says_how() {
    let run = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(["check", SCAN]).output().unwrap();
    let told = String::from_utf8(run.stdout).unwrap();
    assert!(told.contains("--ocr"), "{told}");
}
