//! `crossfoot batch`: one row for every path, and the same bytes however the run came to its end.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own for a test.
fn place(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("batch-{name}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("in")).unwrap();
    dir
}

fn crossfoot(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.current_dir(dir).args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    crossfoot(dir, args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A report of a body, whose total is one too many where it is of an odd year.
fn report(body: &str, year: u32) -> String {
    let (one, two) = (100 + year, 10 + year % 7);
    let total = one + two + year % 2;
    format!(
        "# {body} Council: complaints 20{year}/{}\n\nStage | 20{year}/{}\nStage 1 | {one}\nStage 2 | {two}\nTotal | {total}\n\n\
         We received {total} complaints.\n",
        year + 1,
        year + 1
    )
}

/// Reports of three bodies, and files with which something is wrong.
fn archive(dir: &Path, years: std::ops::Range<u32>) {
    for body in ["Quillham", "Marrowby", "Tessingham"] {
        fs::create_dir_all(dir.join("in").join(body)).unwrap();
        for year in years.clone() {
            fs::write(dir.join(format!("in/{body}/{year}.md")), report(body, year)).unwrap();
        }
    }
    fs::write(dir.join("in/empty.txt"), "").unwrap();
    fs::write(dir.join("in/copy.md"), report("Quillham", years.start)).unwrap();
    fs::write(dir.join("in/old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more").unwrap();
    fs::write(dir.join("in/logo.png"), b"\x89PNG").unwrap();
    fs::write(dir.join("in/cut.pdf"), "%PDF-1.7\n1 0 obj <<").unwrap();
}

/// The files of a data set but for the times, which no two runs share.
fn results(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().unwrap().is_file());
    let named =
        files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    named.filter(|(name, _)| name != "timings.csv").collect()
}

/// The rows of a table by their heads.
fn table(dir: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(dir.join(name)).unwrap();
    let heads = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        heads.iter().zip(&record).map(|(head, field)| (head.to_owned(), field.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The status of each input by its path.
fn statuses(dir: &Path) -> BTreeMap<String, String> {
    table(dir, "documents.csv").into_iter().map(|row| (row["path"].clone(), row["status"].clone())).collect()
}

#[test]
fn every_path_has_one_row_and_ids_are_unique() {
    let dir = place("rows");
    archive(&dir, 20..23);
    let done = run(&dir, &["batch", "in", "--out", "out", "--format", "csv,jsonl"]);
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("10 ok, 0 partial, 3 failed, 1 skipped"), "{}", said(&done));
    let documents = table(&dir.join("out"), "documents.csv");
    assert_eq!(documents.len(), 14);
    let by_path = statuses(&dir.join("out"));
    assert_eq!(by_path.len(), 14);
    for (path, status) in [
        ("in/empty.txt", "failed"),
        ("in/old.doc", "failed"),
        ("in/logo.png", "skipped"),
        ("in/copy.md", "ok"),
    ] {
        assert_eq!(by_path[path], status, "{path}");
    }
    let copy = documents.iter().find(|row| row["path"] == "in/copy.md").unwrap();
    assert!(!copy["copy_of"].is_empty(), "the second of two copies is one: {copy:?}");
    for (name, most) in [
        ("documents.csv", 14),
        ("observations.csv", 40),
        ("claims.csv", 10),
        ("findings.csv", 3),
        ("tables.csv", 10),
    ] {
        let rows = table(&dir.join("out"), name);
        let ids: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row["id"]).collect();
        assert_eq!(ids.len(), rows.len(), "{name}");
        assert!(rows.len() >= most, "{name} has {} rows", rows.len());
        let lines = fs::read_to_string(dir.join("out").join(name.replace("csv", "jsonl"))).unwrap();
        assert_eq!(lines.lines().count(), rows.len(), "{name}");
        let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(first["id"].as_str(), Some(rows[0]["id"].as_str()));
    }
    let findings = table(&dir.join("out"), "findings.csv");
    let wrong = findings.iter().find(|row| row["path"] == "in/Marrowby/21.md").unwrap();
    assert_eq!((&*wrong["code"], &*wrong["severity"]), ("CF101", "error"));
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(dir.join("out/datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["resources"].as_array().unwrap().len(), 5);
    let rows: Vec<u64> =
        package["resources"].as_array().unwrap().iter().map(|r| r["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows[0], 14);
}

#[test]
fn what_is_found_is_what_check_finds() {
    let dir = place("same");
    archive(&dir, 20..23);
    run(&dir, &["batch", "in/Quillham", "--out", "out"]);
    let checked = run(&dir, &["check", "in/Quillham", "--format", "json"]);
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    for (name, own) in [("claims", "claim"), ("findings", "finding")] {
        let mut rows: Vec<String> =
            table(&dir.join("out"), &format!("{name}.csv")).iter().map(|row| row[own].clone()).collect();
        let mut wanted: Vec<String> =
            checked[name].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
        rows.sort();
        wanted.sort();
        assert_eq!(rows, wanted, "{name}");
        assert!(!rows.is_empty());
    }
}

/// A body whose reports take more memory together than a process may, in which each is told to be checked without some.
#[test]
fn a_body_that_is_too_much_is_checked_in_parts_and_says_so() {
    let dir = place("parts");
    for year in 20..23 {
        let rows: String =
            (0..1_500).map(|row| format!("Ward {row} | {}\n", (row * 7919 + year * 31) % 997)).collect();
        let text =
            report("Quillham", year) + &format!("\n## Complaints by ward\n\nWard | Complaints\n{rows}");
        fs::write(dir.join(format!("in/{year}.md")), text).unwrap();
    }
    fs::write(dir.join("in/other.md"), report("Marrowby", 21)).unwrap();
    let done = run(&dir, &["batch", "in", "--out", "out", "--max-memory", "40"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    for row in table(&dir.join("out"), "documents.csv") {
        let part = row["why"].contains("without some documents of its body");
        assert_eq!((part, row["status"] == "partial"), (row["path"] != "in/other.md", part), "{row:?}");
    }
    let whole = run(&dir, &["batch", "in", "--out", "whole"]);
    assert!(said(&whole).contains("4 ok, 0 partial"), "{}", said(&whole));
}

#[test]
fn many_copies_of_one_file_are_told_once() {
    let dir = place("copies");
    for number in 0..120 {
        fs::write(dir.join(format!("in/{number}.md")), report("Quillham", 21)).unwrap();
    }
    let done = run(&dir, &["batch", "in", "--out", "out"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let documents = table(&dir.join("out"), "documents.csv");
    let (first, copies): (Vec<_>, Vec<_>) = documents.iter().partition(|row| row["copy_of"].is_empty());
    assert_eq!((first.len(), copies.len()), (1, 119));
    assert!(copies.iter().all(|row| row["copy_of"] == first[0]["id"] && row["observations"] == "4"));
    assert_eq!(table(&dir.join("out"), "findings.csv").len(), 1);
    assert_eq!(table(&dir.join("out"), "observations.csv").len(), 480);
}

/// Kills a run after a while.
fn killed(mut run: Child, after: Duration) {
    let start = Instant::now();
    while start.elapsed() < after && run.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = run.kill();
    run.wait().unwrap();
}

/// Numbers below 1 that look random and are the same in every run (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        f64::from((z >> 40) as u32) / f64::from(1 << 24)
    }
}

/// 300 files: reports, and whatever is made to hurt a reader.
fn three_hundred(dir: &Path) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = vec![fixtures];
    fs::create_dir_all(dir.join("in/broken")).unwrap();
    let mut count = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if fs::metadata(&path).unwrap().len() < 20_000 {
            let name = format!("{count}-{}", path.file_name().unwrap().to_str().unwrap());
            fs::copy(path, dir.join("in/broken").join(name)).unwrap();
            count += 1;
        }
    }
    archive(dir, 20..94);
    let mut all = walk(&dir.join("in"));
    while all < 300 {
        // Whole files, cut off at ever other places.
        let whole = report("Marrowby", 20 + all as u32 % 70).into_bytes();
        let cut = &whole[..whole.len() * (all % 17) / 17];
        fs::write(dir.join(format!("in/broken/cut-{all}.csv")), cut).unwrap();
        all += 1;
    }
}

fn walk(dir: &Path) -> usize {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

/// The processes that a run reads in.
fn workers(run: &Child) -> Vec<String> {
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", run.id())).unwrap_or_default();
    let threads =
        fs::read_dir(format!("/proc/{}/task", run.id())).into_iter().flatten().filter_map(Result::ok);
    let of_threads = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let all: Vec<String> = of_threads.chain([children]).collect();
    all.iter().flat_map(|list| list.split_whitespace()).map(str::to_owned).collect()
}

#[test]
fn three_hundred_files_killed_again_and_again_end_with_the_same_bytes() {
    let dir = place("killed");
    three_hundred(&dir);
    let start = Instant::now();
    let clean = run(&dir, &["-q", "batch", "in", "--out", "clean"]);
    assert_eq!(clean.status.code(), Some(2), "{}", said(&clean));
    let (whole, wanted) = (start.elapsed(), results(&dir.join("clean")));
    assert_eq!(statuses(&dir.join("clean")).len(), walk(&dir.join("in")));
    let mut chance = Chance(7);
    for round in 0..2 {
        let _ = fs::remove_dir_all(dir.join("hurt"));
        for _ in 0..3 {
            let more: &[&str] =
                if dir.join("hurt/.crossfoot/run.json").exists() { &["--resume"] } else { &[] };
            let args = [&["-q", "batch", "in", "--out", "hurt"], more].concat();
            killed(crossfoot(&dir, &args).spawn().unwrap(), whole.mul_f64(chance.next()));
        }
        let mut last = crossfoot(&dir, &["batch", "in", "--out", "hurt", "--resume"]).spawn().unwrap();
        // Its workers are killed too, and replaced.
        for _ in 0..3 {
            std::thread::sleep(whole.mul_f64(chance.next() / 4.0));
            if let Some(worker) = workers(&last).first() {
                let _ = Command::new("kill").args(["-9", worker]).status();
            }
        }
        let ended = last.wait().unwrap();
        assert_eq!(ended.code(), Some(2), "round {round}");
        assert!(results(&dir.join("hurt")) == wanted, "round {round} ends with other bytes");
    }
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_loses_nothing() {
    let dir = place("full");
    archive(&dir, 20..40);
    run(&dir, &["-q", "batch", "in", "--out", "clean"]);
    // No file may be larger than so many blocks of 512 bytes: the journal first, and then the tables, have no place.
    let whole = fs::metadata(dir.join("clean/.crossfoot/journal")).unwrap().len() / 512;
    for blocks in [whole / 3, whole - 1, whole + 1] {
        let _ = fs::remove_dir_all(dir.join("hurt"));
        let program = env!("CARGO_BIN_EXE_crossfoot");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' batch in --out hurt");
        let full = Command::new("sh").arg("-c").arg(script).current_dir(&dir).output().unwrap();
        if full.status.code() == Some(0) {
            continue;
        }
        assert_eq!(full.status.code(), Some(2), "{}", said(&full));
        let cut = blocks < whole;
        assert_eq!(
            cut,
            said(&full).contains("the run cannot go on: "),
            "{blocks} of {whole}: {}",
            said(&full)
        );
        assert_eq!(cut, !dir.join("hurt/datapackage.json").exists());
        assert!(!cut || said(&full).contains("go on with the same command and --resume"), "{}", said(&full));
        run(&dir, &["-q", "batch", "in", "--out", "hurt", "--resume"]);
        assert!(results(&dir.join("hurt")) == results(&dir.join("clean")), "{blocks} of {whole}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_a_row_for_every_path() {
    let dir = place("interrupt");
    archive(&dir, 20..94);
    let child = crossfoot(&dir, &["batch", "in", "--out", "out"]).spawn().unwrap();
    let journal = dir.join("out/.crossfoot/journal");
    while fs::metadata(&journal).map_or(0, |about| about.len()) < 20_000 {
        std::thread::sleep(Duration::from_millis(5));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(said(&ended).contains("interrupted; what was read is kept"), "{}", said(&ended));
    let by_path = statuses(&dir.join("out"));
    assert_eq!(by_path.len(), walk(&dir.join("in")));
    let count = |wanted: &str| by_path.values().filter(|own| *own == wanted).count();
    assert!(count("ok") > 3 && count("skipped") > 3, "{} ok, {} skipped", count("ok"), count("skipped"));
    run(&dir, &["-q", "batch", "in", "--out", "out", "--resume"]);
    run(&dir, &["-q", "batch", "in", "--out", "clean"]);
    assert!(results(&dir.join("out")) == results(&dir.join("clean")));
}

#[test]
fn parts_that_are_joined_are_the_whole() {
    let dir = place("parts");
    archive(&dir, 20..24);
    run(&dir, &["-q", "batch", "in", "--out", "whole"]);
    for part in ["1/3", "2/3", "3/3"] {
        let out = format!("part{}", &part[..1]);
        let done = run(&dir, &["batch", "in", "--out", &out, "--shard", part]);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    }
    let missing = run(&dir, &["reconcile", "part1", "part3", "--out", "joined"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing).contains("of 3 parts there is no part 2"), "{}", said(&missing));
    let twice = run(&dir, &["reconcile", "part1", "part1", "part3", "--out", "joined"]);
    assert!(said(&twice).contains("part 1 is there twice"), "{}", said(&twice));
    let joined = run(&dir, &["reconcile", "part3", "part1", "part2", "--out", "joined"]);
    assert_eq!(joined.status.code(), Some(2), "{}", said(&joined));
    assert!(results(&dir.join("joined")) == results(&dir.join("whole")));
    let journal = dir.join("part2/.crossfoot/journal");
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, &bytes[..bytes.len() / 2]).unwrap();
    let half = run(&dir, &["reconcile", "part1", "part2", "part3", "--out", "again"]);
    assert_eq!(half.status.code(), Some(2));
    assert!(said(&half).contains("without a row") && said(&half).contains("(part 2)"), "{}", said(&half));
}

#[test]
fn what_has_not_changed_is_not_read_again() {
    let dir = place("again");
    archive(&dir, 20..24);
    run(&dir, &["-q", "batch", "in", "--out", "out"]);
    let before = results(&dir.join("out"));
    let journal = fs::metadata(dir.join("out/.crossfoot/journal")).unwrap().len();
    run(&dir, &["-q", "batch", "in", "--out", "out", "--resume"]);
    assert!(results(&dir.join("out")) == before);
    assert_eq!(fs::metadata(dir.join("out/.crossfoot/journal")).unwrap().len(), journal);
    fs::write(dir.join("in/Quillham/20.md"), report("Quillham", 40)).unwrap();
    fs::remove_file(dir.join("in/Quillham/21.md")).unwrap();
    let changed = run(&dir, &["batch", "in", "--out", "out", "--resume"]);
    assert!(
        said(&changed).contains("1 input of the run before not among the inputs any more"),
        "{}",
        said(&changed)
    );
    run(&dir, &["-q", "batch", "in", "--out", "fresh"]);
    assert!(results(&dir.join("out")) == results(&dir.join("fresh")));
}

#[test]
fn a_folder_of_another_run_is_refused() {
    let dir = place("refused");
    archive(&dir, 20..22);
    run(&dir, &["-q", "batch", "in", "--out", "out"]);
    for (args, wanted) in [
        (&["batch", "in", "--out", "out"][..], "it holds a run of crossfoot"),
        (
            &["batch", "in", "--out", "out", "--resume", "--max-pages", "3"],
            "it holds a run with options none",
        ),
        (&["batch", "in", "--out", "out", "--resume", "--shard", "1/2"], "it holds a run with part all"),
        (&["batch", "in", "--out", "in/empty.txt"], "it cannot be written to"),
        (&["batch", "--out", "new"], "required"),
        (&["batch", "in", "--out", "new", "--shard", "3/2"], "such as 2/8"),
    ] {
        let refused = run(&dir, args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(said(&refused).contains(wanted), "{args:?}: {}", said(&refused));
    }
    let run_json = dir.join("out/.crossfoot/run.json");
    fs::write(
        &run_json,
        fs::read_to_string(&run_json).unwrap().replace("\"version\": \"", "\"version\": \"9."),
    )
    .unwrap();
    let other = run(&dir, &["batch", "in", "--out", "out", "--resume"]);
    assert!(said(&other).contains("it holds a run with crossfoot 9."), "{}", said(&other));
    let held = dir.join("held");
    fs::create_dir_all(held.join(".crossfoot")).unwrap();
    let lock = fs::File::create(held.join(".crossfoot/lock")).unwrap();
    lock.lock().unwrap();
    let locked = run(&dir, &["batch", "in", "--out", "held"]);
    assert!(said(&locked).contains("another run writes to it now"), "{}", said(&locked));
}

#[test]
fn lists_and_manifests_name_inputs() {
    let dir = place("lists");
    archive(&dir, 20..22);
    let mut child = crossfoot(&dir, &["batch", "-", "--out", "out"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"in/copy.md\r\nin/gone.pdf\nin/Quillham\nin/copy.md\n").unwrap();
    let listed = child.wait_with_output().unwrap();
    assert_eq!(listed.status.code(), Some(2), "{}", said(&listed));
    let by_path = statuses(&dir.join("out"));
    let wanted = [
        ("in/Quillham/20.md", "ok"),
        ("in/Quillham/21.md", "ok"),
        ("in/copy.md", "ok"),
        ("in/gone.pdf", "failed"),
    ];
    assert_eq!(by_path, wanted.map(|(path, status)| (path.to_owned(), status.to_owned())).into());
    fs::write(
        dir.join("list.csv"),
        "path,organisation,period\nin/copy.md,Wexbury Council,2031/32\nin/gone.pdf,,\n",
    )
    .unwrap();
    let said_of = run(&dir, &["batch", "--manifest", "list.csv", "--out", "of"]);
    assert_eq!(said_of.status.code(), Some(2), "{}", said(&said_of));
    let rows = table(&dir.join("of"), "documents.csv");
    assert_eq!(
        (rows.len(), &*rows[0]["organisation"], &*rows[0]["period_start"]),
        (2, "Wexbury Council", "2031-04-01")
    );
    assert_eq!(rows[1]["status"], "failed");
}

#[cfg(unix)]
#[test]
fn hostile_names_and_links_have_their_rows() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let dir = place("hostile");
    let inside = dir.join("in");
    let text = report("Quillham", 20);
    for name in
        [&b"line\nbreak.txt"[..], b"bad\xff.txt", b"bad\xfe.txt", &[&[b'n'; 251][..], b".txt"].concat()]
    {
        fs::write(inside.join(OsStr::from_bytes(name)), &text).unwrap();
    }
    symlink("nowhere", inside.join("dangling.txt")).unwrap();
    symlink(".", inside.join("loop")).unwrap();
    symlink("bad\u{0}".trim_end_matches('\u{0}'), inside.join("link.txt")).unwrap();
    Command::new("mkfifo").arg(inside.join("pipe.txt")).status().unwrap();
    fs::create_dir(inside.join(".git")).unwrap();
    let done = run(&dir, &["batch", "in", "--out", "in/out", "--json"]);
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    let by_path = statuses(&dir.join("in/out"));
    let count = |status: &str| by_path.values().filter(|own| *own == status).count();
    assert_eq!((count("ok"), count("failed"), count("skipped")), (4, 2, 3), "{by_path:?}");
    assert_eq!(by_path["in/bad\\xFF.txt"], "ok");
    assert_eq!(by_path["in/pipe.txt"], "skipped");
    let json = fs::read_dir(dir.join("in/out/json/in")).unwrap().count();
    assert_eq!(json, 4);
}

#[cfg(feature = "archives")]
#[test]
fn members_of_archives_have_their_rows() {
    let dir = place("zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(dir.join("in/a.zip")).unwrap());
    for (name, text) in
        [("r.md", report("Quillham", 20)), ("logo.png", String::new()), ("../up.md", report("Marrowby", 21))]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let whole = fs::read(dir.join("in/a.zip")).unwrap();
    fs::write(dir.join("in/cut.zip"), &whole[..whole.len() / 2]).unwrap();
    run(&dir, &["-q", "batch", "in", "--out", "out"]);
    let by_path = statuses(&dir.join("out"));
    let wanted = [
        ("in/a.zip", "skipped"),
        ("in/a.zip!/../up.md", "ok"),
        ("in/a.zip!/logo.png", "skipped"),
        ("in/a.zip!/r.md", "ok"),
        ("in/cut.zip", "failed"),
    ];
    assert_eq!(by_path, wanted.map(|(path, status)| (path.to_owned(), status.to_owned())).into());
}
