//! Zip archives: each member is an input, and what is made to do harm is refused.

use crossfoot::internal::read::archive::{member_of, members, members_of};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const REPORT: &str = "Complaints report 2021/22\n\nTeam | 2021/22\nHomes | 1\nRoads | 3\nTotal | 5\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("crossfoot-archives-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Exit status, standard output and standard error of a run in the folder.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(arguments, b"")
    }

    /// As [`Folder::run`], with this on standard input.
    fn run_with(&self, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let output = child.wait_with_output().unwrap();
        let _ = writer.join().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn paths(path: &Path) -> Vec<String> {
    let found = members(path).unwrap();
    let root = format!("{}!/", path.display());
    found.paths.iter().map(|p| p.strip_prefix(&root).unwrap().to_owned()).collect()
}

#[test]
fn members_are_inputs() {
    let folder = Folder::new("members");
    let inner = zip(&[("deep/c.md", REPORT.as_bytes()), ("d.zip", &zip(&[("e.txt", b"x")]))]);
    let bytes =
        zip(&[("a.txt", REPORT.as_bytes()), ("b.zip", &inner), ("__MACOSX/a.txt", b"x"), ("logo.png", b"x")]);
    // Whatever it is called.
    let path = folder.file("all.dat", &bytes);
    assert_eq!(paths(&path), ["a.txt", "b.zip!/deep/c.md", "logo.png"]);
    let (status, out, err) = folder.run(&["extract", "all.dat"]);
    assert_eq!(status, 0, "{err}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let sources: Vec<&str> =
        answer.as_array().unwrap().iter().map(|one| one["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(sources, ["all.dat!/a.txt", "all.dat!/b.zip!/deep/c.md"]);
    assert!(
        err.contains("passed over: 1 png") && err.contains("d.zip: passed over: archives three deep"),
        "{err}"
    );
    let (status, _, _) = folder.run(&["check", "all.dat!/a.txt"]);
    assert_eq!(status, 1);
}

#[test]
fn an_archive_in_memory_is_read_as_one_on_the_disk() {
    let inner = zip(&[("c.txt", b"three")]);
    let bytes = zip(&[("a.txt", b"one"), ("d/b.zip", &inner)]);
    let found = members_of("a.zip", &bytes).unwrap();
    assert_eq!(found.paths, ["a.zip!/a.txt", "a.zip!/d/b.zip!/c.txt"]);
    assert_eq!(member_of("a.zip", &bytes, "a.zip!/a.txt").unwrap(), b"one");
    assert_eq!(member_of("a.zip", &bytes, "a.zip!/d/b.zip!/c.txt").unwrap(), b"three");
    assert!(member_of("a.zip", &bytes, "a.zip!/z.txt").is_err());
    assert_eq!(members_of("a.txt", b"no archive"), None);
}

#[test]
fn an_archive_on_standard_input_is_read() {
    let folder = Folder::new("stdin");
    let inner = zip(&[("c.txt", REPORT.as_bytes())]);
    let bytes = zip(&[("a.txt", REPORT.as_bytes()), ("b.zip", &inner)]);
    let (status, out, err) = folder.run_with(&["extract", "-"], &bytes);
    assert_eq!(status, 0, "{err}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let sources: Vec<&str> =
        answer.as_array().unwrap().iter().map(|one| one["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(sources, ["-!/a.txt", "-!/b.zip!/c.txt"]);
    let (status, out, err) = folder.run_with(&["check", "--", "-!/b.zip!/c.txt"], &bytes);
    assert_eq!(status, 1, "{out}{err}");
    let (status, _, err) = folder.run_with(&["extract", "-", "--out", "out"], &bytes);
    assert_eq!(status, 0, "{err}");
    assert!(folder.0.join("out/stdin!/a.json").is_file());
    let (status, _, err) = folder.run_with(&["check", "-"], &bytes[..bytes.len() - 10]);
    assert!(status == 2 && err.contains("-: this is a zip archive that cannot be opened"), "{status} {err}");
    // What is a document by itself, and what is no archive at all.
    let document = b"<w:document><w:body><w:p><w:r><w:t>5 cases</w:t></w:r></w:p></w:body></w:document>";
    let document = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document)]);
    for (input, kind) in
        [(document.as_slice(), "wordprocessingml"), (REPORT.as_bytes(), "text/plain"), (b"P", "text/plain")]
    {
        let (status, out, err) = folder.run_with(&["extract", "-"], input);
        assert!(status == 0 && out.contains(kind), "{status} {err}");
    }
}

#[test]
fn results_stay_below_their_directory() {
    let folder = Folder::new("slip");
    folder.file("slip.zip", &zip(&[("../../evil.txt", REPORT.as_bytes()), ("/abs.txt", REPORT.as_bytes())]));
    let (status, _, err) = folder.run(&["extract", "slip.zip", "--out", "out"]);
    assert_eq!(status, 0, "{err}");
    assert!(folder.0.join("out/slip.zip!/evil.json").is_file());
    assert!(folder.0.join("out/slip.zip!/abs.json").is_file());
    assert!(!folder.0.join("evil.json").exists());
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new("broken");
    let whole = zip(&[("a.txt", REPORT.as_bytes())]);
    folder.file("cut.zip", &whole[..whole.len() - 10]);
    let (status, _, err) = folder.run(&["check", "cut.zip"]);
    assert!(status == 2 && err.contains("a zip archive that cannot be opened"), "{status} {err}");
    let (status, _, err) = folder.run(&["check", "cut.zip!/a.txt"]);
    assert!(status == 2 && err.contains("cut off or damaged"), "{status} {err}");
    folder.file("good.zip", &whole);
    let (status, _, err) = folder.run(&["check", "good.zip!/b.txt"]);
    assert!(status == 2 && err.contains("no such member"), "{status} {err}");
    let mut encrypted = whole.clone();
    // The flag of encryption, in the member's own head and in the directory.
    let directory = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    encrypted[6] |= 1;
    encrypted[directory + 8] |= 1;
    folder.file("locked.zip", &encrypted);
    let (status, _, err) = folder.run(&["check", "locked.zip"]);
    assert!(status == 2 && err.contains("it is encrypted"), "{status} {err}");
}

#[test]
fn bombs_are_refused() {
    let folder = Folder::new("bomb");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("zeros.txt", SimpleFileOptions::default()).unwrap();
    let block = vec![b'0'; 1 << 20];
    (0..48).for_each(|_| writer.write_all(&block).unwrap());
    let mut bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    folder.file("bomb.zip", &bytes);
    let (status, _, err) = folder.run(&["check", "bomb.zip"]);
    assert!(status == 2 && err.contains("far more than its size"), "{status} {err}");
    // One that lies about its size.
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&1000u32.to_le_bytes());
    bytes[22..26].copy_from_slice(&1000u32.to_le_bytes());
    folder.file("liar.zip", &bytes);
    let (status, _, err) = folder.run(&["check", "liar.zip"]);
    assert!(status == 2 && err.contains("larger than its declared uncompressed size"), "{status} {err}");
    // One among others.
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("zeros.txt", SimpleFileOptions::default()).unwrap();
    (0..48).for_each(|_| writer.write_all(&block).unwrap());
    writer.start_file("logo.png", stored).unwrap();
    writer.write_all(&block).unwrap();
    writer.start_file("a.txt", stored).unwrap();
    writer.write_all(REPORT.as_bytes()).unwrap();
    folder.file("mixed.zip", &writer.finish().unwrap().into_inner());
    let (status, out, err) = folder.run(&["extract", "mixed.zip"]);
    let told = "zeros.txt: it unpacks to more than 32 MB, far more than its size";
    assert!(status == 2 && err.contains(told) && out.contains("mixed.zip!/a.txt"), "{status} {err}");
}
