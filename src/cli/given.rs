//! What the user says that the inputs are about: `--about` for all of them, or a manifest with a line for each.

use super::Status;
use super::messages::Messages;
use crate::observe::Given;
use crate::observe::about::given::{near, nearest};
use crate::report::counted;
use globset::GlobMatcher;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What the inputs are about.
#[derive(Clone, Default, clap::Args)]
pub(super) struct GivenArgs {
    /// Say what the inputs are about: the body, the period and the kind of document, or some of them.
    ///
    /// "Larkmere Council, 2016/17" or "Q2 2018/19, minutes". It counts before what a document says of itself.
    #[arg(long, value_name = "BODY, PERIOD", conflicts_with = "manifest")]
    about: Option<String>,
    /// Say what each input is about, in a CSV file with the columns path, organisation, period and kind.
    ///
    /// Paths start at the folder of the file. Cells may be empty.
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// What is said of an input.
#[derive(Clone)]
pub(super) struct Said {
    /// As it is understood.
    pub given: Given,
    /// As it was written, for messages.
    pub text: String,
}

/// What is said of the inputs.
#[derive(Clone, Default)]
pub(super) struct Manifest {
    /// The file.
    path: Option<PathBuf>,
    /// Of every input.
    all: Option<Said>,
    /// Of single inputs, with the line that says it.
    files: HashMap<PathBuf, (Said, u64)>,
    /// Every input that it names, in its order.
    listed: Vec<PathBuf>,
    /// Of the inputs whose paths match, where nothing else is said of them; the first that matches counts.
    patterns: Vec<(GlobMatcher, Said)>,
}

/// The columns of a manifest.
const COLUMNS: [&str; 4] = ["path", "organisation", "period", "kind"];

impl GivenArgs {
    /// What is said in a manifest.
    pub fn of_file(manifest: PathBuf) -> GivenArgs {
        GivenArgs { about: None, manifest: Some(manifest) }
    }

    /// Reads what is said. What is wrong with it is reported, all of it.
    pub fn manifest(&self, messages: &Messages) -> Result<Manifest, Status> {
        if let Some(text) = &self.about {
            let said = said_of(text).map_err(|(what, hint)| {
                messages.error("--about", &what, Some(&hint));
                Status::Failed
            })?;
            suggest(&said, "--about", messages);
            return Ok(Manifest { all: Some(said), ..Manifest::default() });
        }
        self.read(false, messages)
    }

    /// As [`GivenArgs::manifest`], where the manifest is a list of inputs too: a file that is not there is no error of it.
    pub fn manifest_of_all(&self, messages: &Messages) -> Result<Manifest, Status> {
        if self.manifest.is_none() { self.manifest(messages) } else { self.read(true, messages) }
    }

    fn read(&self, is_list: bool, messages: &Messages) -> Result<Manifest, Status> {
        let Some(path) = &self.manifest else { return Ok(Manifest::default()) };
        let mut reading = Reading { path, manifest: Manifest::default(), is_list, wrong: 0, messages };
        reading.file();
        if reading.wrong > 0 {
            return Err(Status::Failed);
        }
        Ok(Manifest { path: Some(key(path)), ..reading.manifest })
    }
}

/// So many files of a manifest that are not among the inputs are named.
const NAMED: usize = 3;

impl Manifest {
    /// What is said of an input. Of what it is about, and of how it was rounded, the first counts that says it.
    pub fn of(&self, path: &Path) -> Option<Given> {
        let all = self.all.as_ref().map(|said| &said.given);
        if self.files.is_empty() && self.patterns.is_empty() {
            return all.cloned();
        }
        let key = key(path);
        let own = self.files.get(&key).map(|(said, _)| &said.given);
        let matching = || {
            self.patterns.iter().filter(|(pattern, _)| pattern.is_match(&key)).map(|(_, said)| &said.given)
        };
        let about = all.or(own).or_else(|| matching().find(|given| given.is_about()));
        let rounding = matching().find_map(|given| given.rounding);
        let said = Given { rounding, ..about.cloned().unwrap_or_default() };
        (said != Given::default()).then_some(said)
    }

    /// The same, with what settings say of the inputs of some paths.
    pub fn with_patterns(self, patterns: Vec<(GlobMatcher, Said)>) -> Manifest {
        Manifest { patterns, ..self }
    }

    /// Says how many lines are about files that are not among the inputs, and names the first. Members stand for their archive.
    pub fn note_unread(&self, paths: &[PathBuf], messages: &Messages) {
        let archive = |path: &Path| {
            let text = path.to_string_lossy();
            text.split_once("!/").map_or_else(|| path.to_owned(), |(file, _)| PathBuf::from(file))
        };
        let read: HashSet<PathBuf> = paths.iter().map(|path| archive(&key(path))).collect();
        let mut unread: Vec<(u64, &Path)> = self
            .files
            .iter()
            .filter(|(path, _)| !read.contains(&archive(path)))
            .map(|(path, (_, line))| (*line, path.as_path()))
            .collect();
        unread.sort_unstable();
        let Some(manifest) = self.path.as_deref().filter(|_| !unread.is_empty()) else { return };
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let first = unread.iter().take(NAMED).map(|(line, path)| format!("{} (line {line})", name(path)));
        let more = if unread.len() > NAMED { ", …" } else { "" };
        let (files, first) = (counted(unread.len(), "file"), first.collect::<Vec<_>>().join(", "));
        messages.note(&format!("{}: {files} not among the inputs: {first}{more}", name(manifest)));
    }

    /// Every input that it names, in its order.
    pub fn listed(&self) -> &[PathBuf] {
        &self.listed
    }

    /// Whether a path is that of the manifest, which is no document.
    pub fn is(&self, path: &Path) -> bool {
        self.path.as_ref().is_some_and(|own| *own == key(path))
    }
}

/// What a text such as "Larkmere Council, 2016/17" says.
pub(super) fn said_of(text: &str) -> Result<Said, (String, String)> {
    Ok(Said { given: Given::parse(text)?, text: text.to_owned() })
}

/// What a body, a period and a kind say, which may each be empty.
pub(super) fn said_in_parts([organisation, period, kind]: [&str; 3]) -> Result<Said, (String, String)> {
    let given = each(organisation, period, kind)?;
    let parts = [organisation, period, kind].into_iter().filter(|part| !part.is_empty());
    Ok(Said { given, text: parts.collect::<Vec<_>>().join(", ") })
}

/// Says so where a body is not in the list of councils and one that is has almost the same name.
fn suggest(said: &Said, place: &str, messages: &Messages) {
    if let Some(body) = &said.given.organisation
        && let Some(near) = near(body)
    {
        messages
            .note(&format!("{place}: {} is not in the list of councils; did you mean {near}?", body.name));
    }
}

/// A path by which files are compared, however it is written. Members of archives have no path of their own.
pub(super) fn key(path: &Path) -> PathBuf {
    let text = path.to_string_lossy();
    let (file, member) = text.split_once("!/").unwrap_or((&text, ""));
    let file = Path::new(file).canonicalize().unwrap_or_else(|_| PathBuf::from(file));
    if member.is_empty() { file } else { PathBuf::from(format!("{}!/{member}", file.display())) }
}

/// A manifest while it is read.
struct Reading<'a> {
    path: &'a Path,
    manifest: Manifest,
    /// Files that are not there are no errors.
    is_list: bool,
    /// How many errors were reported.
    wrong: usize,
    messages: &'a Messages,
}

impl Reading<'_> {
    fn error(&mut self, line: Option<u64>, what: &str, hint: Option<&str>) {
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        self.messages.error(&format!("{}{line}", self.path.display()), what, hint);
        self.wrong += 1;
    }

    fn file(&mut self) {
        let mut reader =
            match csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(self.path) {
                Ok(reader) => reader,
                Err(error) => {
                    return self.error(None, &error.to_string(), Some("check the spelling of the path"));
                }
            };
        let heads = match reader.headers() {
            Ok(heads) => heads.clone(),
            Err(error) => return self.error(Some(1), &error.to_string(), None),
        };
        let name = |head: &str| head.trim_start_matches('\u{feff}').to_lowercase();
        let mut columns = [None; COLUMNS.len()];
        for (at, head) in heads.iter().enumerate() {
            match COLUMNS.iter().position(|column| *column == name(head)) {
                Some(column) => columns.get_mut(column).into_iter().for_each(|place| *place = Some(at)),
                None => {
                    let meant = nearest(&name(head), COLUMNS.iter().copied());
                    let hint = meant.map(|meant| format!("did you mean {meant}?"));
                    let what = format!("no column is called \"{head}\"; they are {}", COLUMNS.join(", "));
                    self.error(Some(1), &what, hint.as_deref());
                }
            }
        }
        let [path, ..] = columns;
        if path.is_none() && self.wrong == 0 {
            self.error(Some(1), "there is no column path", Some("begin with path,organisation,period,kind"));
        }
        if self.wrong > 0 {
            return;
        }
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let cell =
                        |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default();
                    let line = record.position().map_or(0, csv::Position::line);
                    self.row(line, columns.map(cell));
                }
                Err(error) => {
                    return self.error(error.position().map(csv::Position::line), &error.to_string(), None);
                }
            }
        }
    }

    fn row(&mut self, line: u64, [path, organisation, period, kind]: [&str; 4]) {
        let parts = [organisation, period, kind].into_iter().filter(|part| !part.is_empty());
        let text = parts.collect::<Vec<_>>().join(", ");
        if path.is_empty() && text.is_empty() {
            return;
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let file = folder.join(path);
        let whole = file.to_string_lossy();
        let on_disk = Path::new(whole.split_once("!/").map_or(&*whole, |(file, _)| file));
        if !path.is_empty() {
            self.manifest.listed.push(file.clone());
        }
        if path.is_empty() || !(self.is_list || on_disk.is_file()) {
            let meant = like(on_disk).map(|meant| format!("did you mean {meant}?"));
            return self.error(Some(line), &format!("there is no file \"{path}\""), meant.as_deref());
        }
        let given = match each(organisation, period, kind) {
            Ok(given) => given,
            Err((what, hint)) => return self.error(Some(line), &what, Some(&hint)),
        };
        if given == Given::default() {
            return;
        }
        let said = Said { given, text };
        suggest(&said, &format!("{}:{line}", self.path.display()), self.messages);
        let key = key(&file);
        if let Some((other, first)) = self.manifest.files.get(&key) {
            if other.given != said.given {
                let what = format!(
                    "\"{path}\" is about \"{}\" here and about \"{}\" in line {first}",
                    said.text, other.text
                );
                self.error(Some(line), &what, Some("leave one of the lines out"));
            }
            return;
        }
        self.manifest.files.insert(key, (said, line));
    }
}

/// What the cells of a line say.
fn each(organisation: &str, period: &str, kind: &str) -> Result<Given, (String, String)> {
    use crate::observe::about::given as read;
    let some = |text: &str| !text.is_empty();
    Ok(Given {
        organisation: some(organisation).then(|| read::organisation(organisation)).transpose()?,
        period: some(period).then(|| read::period(period)).transpose()?,
        kind: some(kind).then(|| read::kind(kind)).transpose()?,
        rounding: None,
    })
}

/// The file beside a path whose name is spelt most like that of the path.
fn like(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let wanted = path.file_name()?.to_str()?;
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned)
}
