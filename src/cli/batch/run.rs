//! The two passes of a batch: every input is read, then what is of one body is checked together. What comes of both goes
//! to the journal, record by record.

use super::found::{Key, Seen, key};
use super::journal::{Head, Journal, Known};
use super::progress::Progress;
use crate::cli::crew::worker::{Answered, Outcome, Task};
use crate::cli::crew::{Hand, Terms, Undone};
use crate::read::source::hex;
use crate::report::data_set::{DocumentRow, Status};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// So many bytes of memory are there for each packed byte of documents that are checked together: a workbook of 3.7 MB packed
/// takes 0.6 GB when it is checked, and others take up to twice that. A body with more is checked in parts, by the order of
/// its inputs.
const ROOM: u64 = 341;

/// Of so many copies of a document the rows are made at a time.
const COPIES: usize = 50;

/// Why a pass did not come to its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// Somebody interrupted it.
    Interrupted,
    /// The system refused: the disk is full, or no process can be started.
    System(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::System(error)
    }
}

/// What both passes need.
pub(super) struct Batch<'a> {
    /// Every path of the run.
    pub seen: &'a [Seen],
    /// How its processes are started.
    pub terms: &'a Terms,
    /// How many work at a time.
    pub jobs: usize,
    /// Whether it is to end.
    pub stop: &'a AtomicBool,
    /// Nothing is said of how far it is.
    pub quiet: bool,
}

/// What is known of an input before its record is opened.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// What it is called in the data set.
    pub id: String,
    /// Which of the journals has its record, and what is known of it; nothing where it was not read.
    pub read: Option<(usize, Known)>,
}

impl Record {
    /// What the documents that are checked together have in common; nothing where there is no document.
    pub fn group(&self) -> Option<Key> {
        self.read.as_ref().and_then(|(_, known)| known.group)
    }
}

pub(super) fn hold(journal: &Mutex<Journal>) -> MutexGuard<'_, Journal> {
    journal.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Batch<'_> {
    /// Reads the inputs with these numbers, but for those of which the journal has a record and that are as they were.
    pub fn read(&self, journal: &Mutex<Journal>, inputs: &[usize]) -> Result<(), Stop> {
        let progress = Progress::new("read", inputs.len(), self.quiet);
        self.each(inputs, |hand, input| {
            let Some(seen) = self.seen.get(*input) else { return Ok(()) };
            let key = seen.key();
            let known =
                hold(journal).read.get(&key).filter(|known| !known.again).and_then(|known| known.sha256);
            let task = Task::Read {
                path: seen.bytes().to_owned(),
                known: known.map(|sha256| hex(&sha256)),
                said: seen.said.as_deref().cloned(),
            };
            let start = Instant::now();
            let (row, again, body) = match hand.ask(&task, &[]) {
                Ok((Answered::Unchanged, _)) => {
                    progress.one(false);
                    return Ok(());
                }
                Ok((Answered::Read { row, again }, bodies)) => (row, again, bodies.into_iter().next()),
                Ok(_) => return Err(Stop::System(io::Error::other("a process answered what was not asked"))),
                Err(Undone::Refused((what, hint))) => {
                    let row = DocumentRow::unread(seen.shown(), Status::Failed, what, Some(hint));
                    (Box::new(row), true, None)
                }
                Err(undone) => return Err(undone.into()),
            };
            progress.one(row.status == Status::Failed);
            let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
            let head = Head::Read { key, row, again, millis };
            hold(journal).append(&head, &body.unwrap_or_default())?;
            Ok(())
        })?;
        Ok(hold(journal).sync()?)
    }

    /// What is known of the inputs, with the ids that they get by their order. `of` gives the journal of an input.
    pub fn records(&self, journals: &[&Mutex<Journal>], of: impl Fn(usize) -> usize) -> Vec<Record> {
        let mut taken: HashMap<u64, u32> = HashMap::new();
        let record = |(input, seen): (usize, &Seen)| {
            let (journal, key) = (of(input), seen.key());
            let known = || hold(journals.get(journal)?).read.get(&key).cloned();
            let read = known().filter(|_| seen.not.is_none()).map(|known| (journal, known));
            let sha256 = read.as_ref().and_then(|(_, known)| known.sha256.as_ref());
            Record {
                id: id(&mut taken, sha256.map_or(key.as_slice(), |sha256| sha256), sha256.is_some()),
                read,
            }
        };
        self.seen.iter().enumerate().map(record).collect()
    }

    /// Checks what was read, the documents of a body together, and makes their rows. Gives, for each input with a
    /// document, where its rows are in the journal. `json` gives the path of a document's JSON, where one is wanted.
    pub fn check(
        &self,
        journals: &[&Mutex<Journal>],
        own: &Mutex<Journal>,
        records: &[Record],
        json: &(dyn Fn(usize) -> Option<PathBuf> + Sync),
    ) -> Result<HashMap<usize, Key>, Stop> {
        let (groups, copies) = grouped(records);
        let (progress, rows) =
            (Progress::new("checked", groups.len(), self.quiet), Mutex::new(HashMap::new()));
        self.each(&groups, |hand, group| {
            let checking =
                Checking { batch: self, journals, own, records, copies: &copies, json, rows: &rows };
            let (again, first): (Vec<usize>, Vec<usize>) =
                group.iter().partition(|input| copies.contains_key(input));
            checking.group(hand, &first, Pass::Together)?;
            again.chunks(COPIES).try_for_each(|copies| checking.group(hand, copies, Pass::Rows))?;
            progress.one(false);
            Ok(())
        })?;
        hold(own).sync()?;
        Ok(rows.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does work for each of some things, on all hands. The first error ends it.
    fn each<T: Sync>(
        &self,
        things: &[T],
        work: impl Fn(&mut Hand<'_>, &T) -> Result<(), Stop> + Sync,
    ) -> Result<(), Stop> {
        let (next, ended) = (AtomicUsize::new(0), Mutex::new(None));
        thread::scope(|scope| {
            for _ in 0..self.jobs.min(things.len()) {
                scope.spawn(|| {
                    let mut hand = Hand::new(self.terms, self.stop, None);
                    while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(stop) = work(&mut hand, thing) {
                            next.store(things.len(), Ordering::Relaxed);
                            ended.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(stop);
                            break;
                        }
                    }
                });
            }
        });
        match ended.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(stop) => Err(stop),
            None if self.stop.load(Ordering::Relaxed) => Err(Stop::Interrupted),
            None => Ok(()),
        }
    }
}

impl From<Undone> for Stop {
    fn from(undone: Undone) -> Stop {
        match undone {
            Undone::Interrupted => Stop::Interrupted,
            Undone::System(error) => Stop::System(error),
            Undone::Refused((what, _)) => Stop::System(io::Error::other(what)),
        }
    }
}

/// The inputs that are checked together, in the order of the first of each group; and of those that are another one of their
/// group once more, byte for byte, the first one.
fn grouped(records: &[Record]) -> (Vec<Vec<usize>>, HashMap<usize, usize>) {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let (mut first, mut original) = (HashMap::new(), HashMap::new());
    let mut copies = HashMap::new();
    for (input, record) in records.iter().enumerate() {
        let Some(group) = record.group() else { continue };
        groups.entry(*first.entry(group).or_insert(input)).or_default().push(input);
        let sha256 = record.read.as_ref().and_then(|(_, known)| known.sha256);
        let of = *original.entry((group, sha256)).or_insert(input);
        if of != input {
            copies.insert(input, of);
        }
    }
    (groups.into_values().collect(), copies)
}

/// What is done with a group of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// They are checked together.
    Together,
    /// They are checked together, without others of their body.
    Part,
    /// The rows are made of what was read only.
    Rows,
}

impl Pass {
    fn name(self) -> &'static [u8] {
        match self {
            Pass::Together => b"checked",
            Pass::Part => b"part",
            Pass::Rows => b"rows",
        }
    }

    /// What the rows of a document lack then.
    fn lacks(self) -> Option<String> {
        let part =
            "it was checked without some documents of its body, which together take more than --max-memory";
        (self == Pass::Part).then(|| part.to_owned())
    }
}

/// The second pass, for one group of documents.
struct Checking<'a> {
    batch: &'a Batch<'a>,
    journals: &'a [&'a Mutex<Journal>],
    own: &'a Mutex<Journal>,
    records: &'a [Record],
    /// By input that is a copy, the one that it is a copy of.
    copies: &'a HashMap<usize, usize>,
    json: &'a (dyn Fn(usize) -> Option<PathBuf> + Sync),
    rows: &'a Mutex<HashMap<usize, Key>>,
}

impl Checking<'_> {
    /// What tells the rows of these documents, checked together, from all others.
    fn key(&self, group: &[usize], pass: Pass) -> Key {
        let records = || group.iter().filter_map(|input| self.records.get(*input));
        // What is said of an input can change how it is checked, though its bytes stay the same.
        let seen: Vec<Key> =
            group.iter().filter_map(|input| self.batch.seen.get(*input)).map(Seen::key).collect();
        let ids = records().map(|record| record.id.as_bytes());
        let hashes = records()
            .filter_map(|record| record.read.as_ref()?.1.sha256.as_ref())
            .map(|sha256| sha256.as_slice());
        let originals = group.iter().filter_map(|input| self.original(*input)).map(str::as_bytes);
        key(&[pass.name()]
            .into_iter()
            .chain(seen.iter().map(|key| key.as_slice()))
            .chain(ids)
            .chain(hashes)
            .chain(originals)
            .collect::<Vec<_>>())
    }

    /// The id of the document of which an input is a copy.
    fn original(&self, input: usize) -> Option<&str> {
        self.records.get(*self.copies.get(&input)?).map(|record| record.id.as_str())
    }

    /// Checks documents together, or makes the rows of what was read only.
    fn group(&self, hand: &mut Hand<'_>, group: &[usize], pass: Pass) -> Result<(), Stop> {
        let own = self.key(group, pass);
        let key_of = |input: usize| {
            let place = group.iter().position(|other| *other == input).unwrap_or_default();
            part(&own, place)
        };
        let is_done = |input: &usize| {
            (self.json)(*input).is_none() && hold(self.own).checked.contains_key(&key_of(*input))
        };
        if group.iter().all(is_done) {
            self.note(group.iter().map(|input| (*input, key_of(*input))));
            return Ok(());
        }
        let (mut bodies, mut size) = (Vec::new(), 0);
        for input in group {
            let read = self.records.get(*input).and_then(|record| record.read.as_ref());
            let Some((journal, known)) = read else { continue };
            let Some(journal) = self.journals.get(*journal) else { continue };
            let (_, body) = hold(journal).record(known.at)?;
            size += body.len() as u64;
            if size > (self.batch.terms.memory << 20) / ROOM && group.len() > 1 {
                return self.halves(hand, group, pass);
            }
            bodies.push(body);
        }
        let ids = group.iter().filter_map(|input| self.records.get(*input)).map(|record| record.id.clone());
        let json = group
            .iter()
            .map(|input| (self.json)(*input))
            .map(|path| path.map(|path| path.as_os_str().as_encoded_bytes().to_owned()));
        let task = Task::Check { ids: ids.collect(), json: json.collect(), checked: pass != Pass::Rows };
        let why = match hand.ask(&task, &bodies) {
            Ok((Answered::Checked(outcomes), bodies)) => {
                for ((input, outcome), body) in group.iter().zip(outcomes).zip(bodies) {
                    let copy_of = outcome.copy_of.or_else(|| self.original(*input).map(str::to_owned));
                    self.keep(key_of(*input), Outcome { copy_of, ..outcome }, pass.lacks(), &body)?;
                }
                self.note(group.iter().map(|input| (*input, key_of(*input))));
                return Ok(());
            }
            Ok((Answered::Failed(what), _)) => return Err(Stop::System(io::Error::other(what))),
            Ok(_) => return Err(Stop::System(io::Error::other("a process answered what was not asked"))),
            Err(Undone::Refused((what, _))) => what.replacen("reading it", "checking it", 1),
            Err(undone) => return Err(undone.into()),
        };
        match group {
            [_] if pass != Pass::Rows => {
                self.group(hand, group, Pass::Rows)?;
                let rows = part(&self.key(group, Pass::Rows), 0);
                let (head, body) = {
                    let journal = hold(self.own);
                    journal.checked.get(&rows).map(|at| journal.record(*at)).transpose()?.unzip()
                };
                if let Some(Head::Checked { copy_of, counts, why: None, .. }) = head {
                    self.keep(rows, Outcome { copy_of, counts }, Some(why), &body.unwrap_or_default())?;
                }
                Ok(())
            }
            [input] => {
                let outcome = Outcome { copy_of: None, counts: [0; 6] };
                self.keep(key_of(*input), outcome, Some(why), &[])?;
                self.note([(*input, key_of(*input))].into_iter());
                Ok(())
            }
            _ => self.halves(hand, group, pass),
        }
    }

    /// Does the documents in two parts, because together they are too much.
    fn halves(&self, hand: &mut Hand<'_>, group: &[usize], pass: Pass) -> Result<(), Stop> {
        let pass = if pass == Pass::Together { Pass::Part } else { pass };
        let (one, other) = group.split_at(group.len() / 2);
        self.group(hand, one, pass)?;
        self.group(hand, other, pass)
    }

    fn keep(&self, key: Key, outcome: Outcome, why: Option<String>, body: &[u8]) -> Result<(), Stop> {
        let Outcome { copy_of, counts } = outcome;
        hold(self.own).append(&Head::Checked { key, copy_of, counts, why }, body)?;
        Ok(())
    }

    fn note(&self, keys: impl Iterator<Item = (usize, Key)>) {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).extend(keys);
    }
}

/// The key of one of the documents that were checked together.
fn part(group: &Key, place: usize) -> Key {
    key(&[group, &(place as u64).to_le_bytes()])
}

/// An id that no other input has: twelve digits of its hash, or of that of its path behind an `x` where its bytes could
/// not be read; and a number where several have these.
fn id(taken: &mut HashMap<u64, u32>, hash: &[u8], read: bool) -> String {
    let mut first = [0; 8];
    first.iter_mut().skip(2).zip(hash).for_each(|(to, from)| *to = *from);
    let number = u64::from_be_bytes(first);
    let count = taken.entry(number | u64::from(!read) << 63).or_default();
    *count += 1;
    let mark = if read { "" } else { "x" };
    if *count == 1 { format!("{mark}{number:012x}") } else { format!("{mark}{number:012x}.{count}") }
}
