//! What is read of the small PDFs in tests/fixtures/pdf, each of which shows a pitfall: held against expected.toml.

use crate::pitfalls::{self, Expected, LARGE, expected, page_lines, read, squeezed};
use crossfoot::internal::model::document::Document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::read::pdf;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Severity;
use crossfoot::internal::report::schema::{CheckAnswer, Level};

/// Pages whose lines do not come in the order in which they are read yet; to be taken off the list when they do.
const NOT_YET: [(&str, usize); 2] = [("not-tables.pdf", 3), ("side-by-side.pdf", 1)];

fn each(mut look: impl FnMut(&str, &Expected) -> Vec<String>) {
    let mut wrong = Vec::new();
    for (name, file) in expected().iter().filter(|(name, _)| !LARGE.contains(&name.as_str())) {
        wrong.extend(look(name, file).into_iter().map(|w| format!("{name}: {w}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The lines of a page as expected.toml writes them.
fn seen(document: &Document, page: usize) -> Vec<String> {
    page_lines(document, page).iter().map(|l| pitfalls::written(l)).collect()
}

#[test]
fn the_expected_files_are_those_that_are_there() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf");
    let files = std::fs::read_dir(dir).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.filter(|f| f.ends_with(".pdf")).collect();
    files.sort();
    let known: Vec<String> = expected().into_keys().collect();
    assert_eq!(files, known);
}

#[test]
fn files_that_cannot_be_read_say_why_and_what_to_do() {
    each(|name, file| match (file.result.as_str(), read(name)) {
        ("text", Err(error)) => vec![format!("refused: {error}")],
        ("error", Ok(_)) => vec!["was read".to_owned()],
        (_, Err(error)) if error.what().1.is_none_or(|hint| hint.len() < 10) => {
            vec![format!("no hint: {error}")]
        }
        _ => Vec::new(),
    });
}

#[test]
fn every_line_that_is_seen_is_read_in_order() {
    each(|name, file| {
        let Ok(document) = read(name) else { return Vec::new() };
        let mut wrong = Vec::new();
        for (at, expected) in file.lines.iter().enumerate() {
            let mut got = seen(document, at + 1);
            let partial = file.partial.contains(&(at + 1));
            let want: Vec<String> = expected.iter().map(|l| pitfalls::written(l)).collect();
            if matches!(name, "no-spaces.pdf" | "superscripts.pdf" | "form-matrix.pdf") {
                // Letter spacing, marks and turned forms are looked at by tests of their own.
                continue;
            }
            let late = NOT_YET.contains(&(name, at + 1));
            if partial {
                let mut from = 0;
                for line in &want {
                    match got.iter().skip(from).position(|g| g == line) {
                        Some(found) => from += found + 1,
                        None => wrong.push(format!("page {}: no line {line:?} in order in {got:?}", at + 1)),
                    }
                }
                continue;
            }
            got.retain(|g| {
                !file.rotated_lines.iter().any(|r| pitfalls::written(r) == *g) || want.contains(g)
            });
            if late && got == want {
                wrong.push(format!("page {} is right: take it off the list", at + 1));
            } else if !late && got != want {
                let odd =
                    got.iter().zip(&want).position(|(a, b)| a != b).unwrap_or(got.len().min(want.len()));
                wrong.push(format!(
                    "page {}, line {}: expected {:?}, read {:?} ({} lines, {} expected)",
                    at + 1,
                    odd + 1,
                    want.get(odd),
                    got.get(odd),
                    got.len(),
                    want.len()
                ));
            }
        }
        let pages = file.page_count.unwrap_or(file.lines.len().max(1));
        if !file.lines.is_empty() && file.result == "text" && document.origin.pages as usize != pages {
            wrong.push(format!("{} pages, expected {pages}", document.origin.pages));
        }
        wrong
    });
}

#[test]
fn what_is_not_seen_is_not_read() {
    each(|name, file| {
        let Ok(document) = read(name) else { return Vec::new() };
        let words: Vec<&str> = document.lines.iter().flat_map(|l| l.text.split_whitespace()).collect();
        let hidden = file.hidden.iter().filter(|h| words.contains(&h.as_str()));
        hidden.map(|h| format!("the hidden {h} was read")).collect()
    });
}

#[test]
fn lines_that_run_up_and_down_are_read() {
    each(|name, file| {
        let Ok(document) = read(name) else { return Vec::new() };
        let all: Vec<String> = document.lines.iter().map(|l| squeezed(&l.text)).collect();
        let text = all.concat();
        // A stamp aslant over the page is no part of its text.
        // Two baselines are one line or two.
        let parts = |l: &str| if name == "form-matrix.pdf" { l.replace(" 176", "") } else { l.to_owned() };
        let lost =
            file.rotated_lines.iter().filter(|l| *l != "DRAFT 2024" && !text.contains(&squeezed(&parts(l))));
        lost.map(|l| format!("no {l:?}")).collect()
    });
}

#[test]
fn scanned_pages_are_named_with_what_to_do() {
    each(|name, file| {
        let Ok(document) = read(name) else { return Vec::new() };
        let told: String = document
            .diagnostics
            .iter()
            .filter(|d| matches!(d.code, "scanned-page" | "recognised-text"))
            .map(|d| format!("{}\n", d.message))
            .collect();
        let scanned = &file.scanned_pages;
        if scanned.is_empty() {
            return if told.is_empty() { Vec::new() } else { vec![told] };
        }
        let named = |p: &usize| told.contains(&p.to_string()) && told.contains('%');
        let mut wrong: Vec<String> =
            scanned.iter().filter(|p| !named(p)).map(|p| format!("page {p} is not named")).collect();
        let read = document.lines.iter().any(|l| l.text.contains("RECEIVED"));
        if !read && !told.contains("OCR") {
            wrong.push(format!("no word of what to do in {told:?}"));
        }
        wrong
    });
}

#[test]
fn nothing_is_empty_without_a_word_of_it() {
    each(|name, _| {
        let Ok(document) = read(name) else { return Vec::new() };
        let mut silent = Vec::new();
        for page in 1..=document.origin.pages.min(20) as usize {
            let told = document
                .diagnostics
                .iter()
                .any(|d| d.message.contains(&page.to_string()) || d.message.contains("pages"));
            if page_lines(document, page).is_empty() && !told {
                silent.push(format!("page {page} is empty, and nothing says why"));
            }
        }
        silent
    });
}

#[test]
fn figures_of_glyphs_without_unicode_are_doubtful_and_accuse_nobody() {
    for (name, figures) in [
        ("no-unicode.pdf", &["1", "6", "14"][..]),
        ("actual-text.pdf", &["62"]),
        ("lying-font.pdf", &["88", "716", "0", "00", "38"]),
        ("ocr-layer.pdf", &["176", "60", "11"]),
    ] {
        let document = read(name).as_ref().unwrap();
        let public = crossfoot::internal::report::schema::Extract::of(document);
        for figure in &public.observations {
            let value = figure.value.as_deref().unwrap_or_default();
            let doubtful = figure.confidence.level == Level::Doubtful;
            assert_eq!(doubtful, figures.contains(&value), "{name}: {value} {:?}", figure.confidence.reasons);
        }
        let documents = [document.clone()];
        let answer = CheckAnswer::of(&documents, &check(&documents));
        let loud: Vec<_> = answer.findings.iter().filter(|f| f.severity > Severity::Note).collect();
        assert!(loud.is_empty(), "{name}: {loud:?}");
    }
}

#[test]
fn a_form_keeps_its_matrix_and_its_own_fonts() {
    let document = read("form-matrix.pdf").as_ref().unwrap();
    let text: String = page_lines(document, 1).iter().map(|l| squeezed(l)).collect();
    for (part, times) in [("BHGpagebefore", 1), ("BHGpageafter", 1), ("BADcomplaintsreceived", 2), ("176", 2)]
    {
        assert_eq!(text.matches(part).count(), times, "{part} in {text}");
    }
}

#[test]
fn letters_set_apart_are_words_all_the_same() {
    let document = read("no-spaces.pdf").as_ref().unwrap();
    let lines = seen(document, 1);
    for (at, line) in expected()["no-spaces.pdf"].lines[0].iter().enumerate() {
        if at != 4 {
            assert_eq!(lines.get(at), Some(line), "line {}", at + 1);
        }
    }
    assert!(lines[4] == "Total 176" || lines[4] == "T o t a l 1 7 6", "{}", lines[4]);
    let figures = crossfoot::internal::report::schema::Extract::of(document).observations;
    // Two lines are the same once they are read: the second of them is the one in question.
    let number = document.lines.iter().filter(|l| l.text == lines[4]).map(|l| l.number).next_back();
    let loose: Vec<_> =
        figures.iter().filter(|f| f.span.line == number && f.value.as_deref() != Some("176")).collect();
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn a_mark_is_no_digit_of_its_figure() {
    let document = read("superscripts.pdf").as_ref().unwrap();
    let public = crossfoot::internal::report::schema::Extract::of(document);
    let values: Vec<&str> = public.observations.iter().filter_map(|f| f.value.as_deref()).collect();
    for never in &expected()["superscripts.pdf"].never {
        assert!(!values.contains(&never.as_str()), "{never} in {values:?}");
    }
    for figure in ["45", "24", "21", "61", "38", "42", "35", "176"] {
        assert!(values.contains(&figure), "{figure} is not in {values:?}");
    }
}

#[test]
fn what_the_file_says_of_itself_is_told() {
    each(|name, file| {
        let Ok(document) = read(name) else { return Vec::new() };
        let info = document.origin.info.clone().unwrap_or_default();
        let mut wrong = Vec::new();
        for (key, want, got) in [
            ("title", &file.title, &info.title),
            ("author", &file.author, &info.author),
            ("created", &file.created, &info.created),
            ("modified", &file.modified, &info.modified),
        ] {
            if want.is_some() && want != got {
                wrong.push(format!("{key}: expected {want:?}, read {got:?}"));
            }
        }
        wrong
    });
}

#[test]
fn an_encrypted_file_without_its_password_asks_for_it() {
    for (name, file) in expected().iter().filter(|(_, f)| f.password.is_some()) {
        for password in [None, Some("wrong".to_owned())] {
            let options = Options { password: password.clone(), ..Options::default() };
            let error = pitfalls::open(name, &options).unwrap_err();
            assert!(error.to_string().contains("password"), "{name} ({}): {error}", file.shows);
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf").join(name);
            assert!(pdf::asks_password(std::fs::read(file).unwrap(), password.as_deref()), "{name}");
        }
    }
}

#[test]
fn pages_are_told_before_they_are_read() {
    static TOLD: std::sync::Mutex<Vec<(usize, usize)>> = std::sync::Mutex::new(Vec::new());
    let progress: fn(usize, usize) = |read, all| TOLD.lock().unwrap().push((read, all));
    pitfalls::open("frames.pdf", &Options { progress: Some(progress), ..Options::default() }).unwrap();
    let told = TOLD.lock().unwrap();
    let all = told.len();
    assert!(all > 0);
    assert_eq!(*told, (0..all).map(|read| (read, all)).collect::<Vec<_>>());
}

#[test]
fn pages_of_a_million_glyphs_and_files_of_ten_thousand_pages_stay_within_bounds() {
    for name in LARGE {
        let document = read(name).as_ref().unwrap();
        assert!(document.diagnostics.iter().all(|d| d.code != "CF803"), "{name}: {:?}", document.diagnostics);
    }
    for name in ["million-glyphs.pdf", "million-overprinted.pdf"] {
        let document = read(name).as_ref().unwrap();
        let told = document.diagnostics.iter().any(|d| d.message.contains("page 1"));
        let whole: usize = page_lines(document, 1).iter().map(|l| squeezed(l).chars().count()).sum();
        assert!(told || whole >= 100_000, "{name}: {whole} characters, {:?}", document.diagnostics);
        assert_eq!(seen(document, 2), ["Complaints withdrawn 11"], "{name}");
    }
    let document = read("many-pages.pdf").as_ref().unwrap();
    assert_eq!(document.origin.pages, 10_000);
    assert_eq!(seen(document, 10_000), ["Complaints received 176", "Complaints upheld 60"]);
}
