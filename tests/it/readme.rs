//! What the README shows is what the program prints.

use std::process::Command;

/// The text between a line that starts with `from` and the next line that is `until`.
fn between<'a>(text: &'a str, from: &str, until: &str) -> &'a str {
    let start = text.find(from).expect("the README has its example");
    let body = text[start..].split_once('\n').expect("a line").1;
    body.split_once(until).expect("the end of the example").0
}

#[test]
fn the_readme_shows_the_true_output_of_its_first_command() {
    let readme = std::fs::read_to_string("README.md").expect("README.md");
    let command = "$ cargo run --release -- check ";
    let path = between(&readme, "```console", "```")
        .lines()
        .find_map(|line| line.strip_prefix(command))
        .expect("the command on a corpus document");
    let run = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(["check", path]).output().expect("runs");
    let (printed, shown) = (String::from_utf8_lossy(&run.stdout), between(&readme, "```text", "```\n"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write("README.md", readme.replace(shown, &printed)).expect("README.md is written");
        return;
    }
    assert_eq!(printed, shown, "UPDATE_DOCS=1 cargo test rewrites it");
    assert_eq!(run.status.code(), Some(1));
}
