//! `crossfoot check --format html`: one page that loads nothing, on which every figure of a finding is boxed or marked.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn place(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("html-{name}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

/// The page and the JSON of a document, each with notes.
fn both(path: &str) -> (String, Value) {
    let page = run(&["check", "-q", "--notes", "--format", "html", path]).1;
    let json = run(&["check", "-q", "--format", "json", path]).1;
    (page, serde_json::from_str(&json).unwrap())
}

/// What stands between two texts, each time that they follow each other.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let pieces = text.split(from).skip(1);
    pieces.map(|piece| piece.split(to).next().unwrap_or_default()).collect()
}

fn attribute(element: &str, name: &str) -> f64 {
    between(element, &format!("{name}=\""), "\"")[0].parse().unwrap()
}

/// The documents of the corpus with this ending.
fn corpus(ending: &str) -> Vec<String> {
    let files = walkdir::WalkDir::new("corpus").sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    let paths = files.map(|entry| entry.path().display().to_string());
    paths.filter(|path| path.ends_with(ending)).collect()
}

#[test]
fn every_figure_of_a_finding_is_boxed_on_the_picture_of_its_page() {
    let (mut findings, mut boxes) = (0, 0);
    for path in corpus(".pdf") {
        let (page, json) = both(&path);
        let claims = json["claims"].as_array().unwrap();
        for card in between(&page, "<article ", "</article>") {
            let id = between(card, "id=\"", "\"")[0];
            let finding = json["findings"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap();
            let claim = claims.iter().find(|claim| claim["id"] == finding["claim_ids"][0]).unwrap();
            findings += 1;
            let shots = between(card, "<svg class=\"shot\"", "</svg>");
            let rects = |shot: &str| -> Vec<[f64; 4]> {
                let rects = between(shot, "<rect class=\"", "</rect>").into_iter();
                let corner = |rect: &str| (attribute(rect, " x"), attribute(rect, " y"));
                let size = |rect: &str| (attribute(rect, "width"), attribute(rect, "height"));
                let sides = rects.map(|rect| (corner(rect), size(rect)));
                sides.map(|((x, y), (width, height))| [x, y, x + width, y + height]).collect()
            };
            let drawn: Vec<[f64; 4]> = shots.iter().flat_map(|shot| rects(shot)).collect();
            for wanted in [&claim["spans"][0]]
                .into_iter()
                .chain(claim["operands"].as_array().unwrap().iter().map(|operand| &operand["span"]))
            {
                let corners: Vec<f64> =
                    wanted["bbox"].as_array().unwrap().iter().map(|c| c.as_f64().unwrap()).collect();
                // A figure that goes on in the next line has two boxes, and boxes of close lines keep clear of each other.
                let near = |rect: &&[f64; 4]| {
                    rect[0] >= corners[0] - 2.5
                        && rect[1] >= corners[1] - 2.0
                        && rect[2] <= corners[2] + 2.5
                        && rect[3] <= corners[3] + 2.0
                };
                let side = |at: usize, outer: fn(f64, f64) -> f64| {
                    drawn.iter().filter(near).map(|rect| rect[at]).reduce(outer).unwrap_or(f64::NAN)
                };
                assert!(
                    side(0, f64::min) <= corners[0]
                        && side(1, f64::min) <= corners[1] + 1.6
                        && side(2, f64::max) >= corners[2]
                        && side(3, f64::max) >= corners[3] - 1.6,
                    "{path} {id}: {wanted} is in none of {drawn:?}"
                );
                boxes += 1;
            }
            // Each box is within what is shown of its page at first, in one of its pieces.
            let crops: Vec<(&str, [f64; 2])> = shots
                .iter()
                .map(|shot| {
                    let sides = between(shot, "viewBox=\"", "\"")[0].split(' ').map(|n| n.parse().unwrap());
                    let sides: Vec<f64> = sides.collect();
                    (between(shot, "data-page=\"", "\"")[0], [sides[1], sides[1] + sides[3]])
                })
                .collect();
            for shot in shots {
                let picture = between(shot, "data-page=\"", "\"")[0];
                for rect in rects(shot) {
                    let whole = |(page, [top, bottom]): &(&str, [f64; 2])| {
                        *page == picture && *top <= rect[1] && rect[3] <= *bottom
                    };
                    assert!(crops.iter().any(whole), "{path} {id}: {rect:?} in {crops:?}");
                }
                assert!(
                    page.contains(&format!("<script type=\"text/plain\" id=\"{picture}\">")),
                    "{path} {picture}"
                );
            }
        }
    }
    assert!(findings > 20 && boxes > 60, "{findings} findings, {boxes} boxes");
}

#[test]
fn every_figure_of_a_finding_is_marked_in_its_row_or_line() {
    let mut findings = 0;
    for ending in [".txt", ".html", ".docx", ".csv", ".xlsx", ".md"] {
        for path in corpus(ending).into_iter().take(8) {
            let (page, json) = both(&path);
            for card in between(&page, "<article ", "</article>") {
                let id = between(card, "id=\"", "\"")[0];
                let finding = json["findings"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap();
                let claims = json["claims"].as_array().unwrap();
                let claim = claims.iter().find(|claim| claim["id"] == finding["claim_ids"][0]).unwrap();
                let said = &claim["published"];
                let marked = between(card, "<mark>", "</mark>");
                assert!(!marked.is_empty(), "{path} {id}: {said:?} is not marked");
                findings += 1;
            }
        }
    }
    assert!(findings > 20, "{findings} findings");
}

#[test]
fn the_page_loads_nothing_and_is_no_larger_than_it_may_be() {
    for path in corpus(".pdf").iter().take(12) {
        let page = run(&["check", "-q", "--format", "html", path]).1;
        for outside in ["src=\"http", "href=\"http", "url(", "@import", "fetch("] {
            assert!(!page.contains(outside), "{path}: {outside}");
        }
        assert!(page.contains("default-src 'none'"));
        let most = 150_000 + 40_000 * page.matches("<article ").count();
        assert!(page.len() <= most, "{path}: {} bytes, and {most} are the most", page.len());
        let ids = between(&page, " id=\"", "\"");
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{path}");
    }
}

#[test]
fn a_report_is_written_to_a_file_but_never_over_a_document() {
    let dir = place("out");
    let text = dir.join("a.txt");
    fs::write(&text, "Stage | 2020/21\nStage 1 | 131\nStage 2 | 20\nTotal | 161\n").unwrap();
    let (text, to) = (text.display().to_string(), dir.join("a.html").display().to_string());
    let (status, out, _) = run(&["check", &text, "--format", "html", "--out", &to]);
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(fs::read_to_string(&to).unwrap().contains("The total says 161; its parts add up to 151."));
    let (status, _, err) = run(&["check", &text, "--out", &text]);
    assert!(status == Some(2) && err.contains("it is one of the documents"), "{err}");
    let (status, _, err) = run(&["check", &text, "--annotate", &to]);
    assert!(status == Some(2) && err.contains("it is no PDF"), "{err}");
}

#[test]
fn an_annotated_copy_has_a_note_for_each_figure_of_the_findings() {
    let dir = place("annotate");
    let to = dir.join("copy.pdf").display().to_string();
    let path = corpus(".pdf").into_iter().find(|path| run(&["check", "-q", path]).0 == Some(1)).unwrap();
    let (status, _, err) = run(&["check", &path, "--annotate", &to]);
    assert_eq!(status, Some(1), "{err}");
    let (original, copy) = (fs::read(&path).unwrap(), fs::read(&to).unwrap());
    assert!(copy.starts_with(&original) && copy.len() > original.len());
    let marks = copy.windows(10).filter(|bytes| bytes == b"/Highlight").count();
    assert!(marks >= 3 && err.contains(&format!("{marks} marks")), "{marks}: {err}");
    // The copy says what the original says.
    let findings = |path: &str| {
        let json: Value = serde_json::from_str(&run(&["check", "-q", "--format", "json", path]).1).unwrap();
        json["findings"].as_array().unwrap().iter().map(|f| f["message"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(findings(&path), findings(&to));
    let (status, _, err) = run(&["check", &path, "--annotate", &path]);
    assert!(status == Some(2) && err.contains("would replace the document"), "{err}");
}
