//! Makes the lines of the data set's tables, input by input. Several threads make those of several inputs at a time, and they
//! are handed out in the order of the inputs, a stretch at a time, so that no table has to fit in memory.

use super::journal::Head;
use super::run::hold;
use super::write::{Format, Made};
use crate::cli::crew::pack;
use crate::report::data_set::text::{Csv, jsonl};
use crate::report::data_set::{Column, DocumentRow, Row, Status, Table};
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// So many rows are handed out together: some 100 kB of observations.
const ROWS: usize = 500;
/// So many stretches of one thread wait to be written at most.
const WAITING: usize = 16;

/// A stretch of what an input adds to the data set.
pub(super) enum Piece {
    /// What is told of the input, and how many milliseconds it took to read. This comes first.
    Document(Box<DocumentRow>, Option<u64>),
    /// A row of the table of findings, for the summary.
    Finding(Row),
    /// Rows of a table.
    Rows(Rows),
    /// No more of this input.
    End,
}

/// Rows of a table in all forms that are wanted of it.
pub(super) struct Rows {
    pub table: Table,
    pub count: u64,
    /// As lines of CSV.
    pub csv: Vec<u8>,
    /// As lines of JSON.
    pub jsonl: Vec<u8>,
    /// As they are, for what takes no text.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet takes them"))]
    pub rows: Vec<Row>,
}

/// The rows of a table while they come together.
struct Forming {
    table: Table,
    columns: Vec<Column>,
    count: usize,
    csv: Option<Csv<Vec<u8>>>,
    jsonl: Option<Vec<u8>>,
    rows: Option<Vec<Row>>,
}

impl Forming {
    fn new(table: Table, formats: &[Format]) -> Forming {
        let columns = table.columns();
        let wants = |format: Format| formats.contains(&format);
        Forming {
            csv: wants(Format::Csv).then(|| Csv::rows(Vec::new(), columns.clone())),
            jsonl: wants(Format::Jsonl).then(Vec::new),
            rows: wants(Format::Parquet).then(Vec::new),
            table,
            columns,
            count: 0,
        }
    }

    fn add(&mut self, row: Row) -> io::Result<()> {
        self.count += 1;
        self.csv.as_mut().map_or(Ok(()), |csv| csv.row(&row))?;
        self.jsonl.as_mut().map_or(Ok(()), |out| jsonl(out, &self.columns, &row))?;
        if let Some(rows) = &mut self.rows {
            rows.push(row);
        }
        Ok(())
    }

    /// Hands out what has come together.
    fn take(&mut self) -> io::Result<Piece> {
        let fresh = || Csv::rows(Vec::new(), self.columns.clone());
        let csv = self.csv.as_mut().map(|csv| std::mem::replace(csv, fresh()));
        Ok(Piece::Rows(Rows {
            table: self.table,
            count: std::mem::take(&mut self.count) as u64,
            csv: csv.map_or(Ok(Vec::new()), Csv::finish)?,
            jsonl: self.jsonl.as_mut().map(std::mem::take).unwrap_or_default(),
            rows: self.rows.as_mut().map(std::mem::take).unwrap_or_default(),
        }))
    }
}

/// What lines are made of which inputs.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub made: &'a Made<'a>,
    pub tables: &'a [Table],
    pub formats: &'a [Format],
}

impl Making<'_> {
    /// Hands out the pieces of all inputs, in their order.
    pub fn each(self, mut take: impl FnMut(Piece) -> io::Result<()>) -> io::Result<()> {
        let inputs = self.made.seen.len();
        let threads = self.made.jobs.min(inputs);
        if threads < 2 {
            return (0..inputs).try_for_each(|input| self.of_input(input, &mut take));
        }
        thread::scope(|scope| {
            let begin = |first: usize| {
                let (to, from) = sync_channel(WAITING);
                scope.spawn(move || {
                    let mut inputs = (first..inputs).step_by(threads);
                    // Whoever takes no more has an error of its own to tell.
                    let _ = inputs.try_for_each(|input| self.send(input, &to));
                });
                from
            };
            let from: Vec<Receiver<io::Result<Piece>>> = (0..threads).map(begin).collect();
            for from in from.iter().cycle().take(inputs) {
                loop {
                    match from.recv().map_err(io::Error::other)?? {
                        Piece::End => break,
                        piece => take(piece)?,
                    }
                }
            }
            Ok(())
        })
    }

    /// Sends the pieces of an input, or why there are none. Fails where nobody takes them.
    fn send(self, input: usize, to: &SyncSender<io::Result<Piece>>) -> io::Result<()> {
        let pass_on = |piece| to.send(piece).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
        let end = self.of_input(input, &mut |piece| pass_on(Ok(piece))).map(|()| Piece::End);
        pass_on(end)
    }

    /// Hands out the pieces of one input.
    fn of_input(self, input: usize, take: &mut impl FnMut(Piece) -> io::Result<()>) -> io::Result<()> {
        let (row, millis, packed) = document(self.made, input, self.tables.len() > 1)?;
        let told = row.row();
        take(Piece::Document(Box::new(row), millis))?;
        let new = |table: &Table| Forming::new(*table, self.formats);
        let mut forming: Vec<Forming> = self.tables.iter().map(new).collect();
        let mut add = |table: Table, row: Row| {
            if table == Table::Findings {
                take(Piece::Finding(row.clone()))?;
            }
            let own = forming.iter_mut().find(|forming| forming.table == table);
            let Some(forming) = own else { return Ok(()) };
            forming.add(row)?;
            if forming.count >= ROWS { take(forming.take()?) } else { Ok(()) }
        };
        add(Table::Documents, told)?;
        pack::rows(&packed, &mut add)?;
        let mut rest = forming.iter_mut().filter(|forming| forming.count > 0);
        rest.try_for_each(|forming| take(forming.take()?))
    }
}

/// What is told of an input, how long it took to read, and its packed rows.
fn document(
    made: &Made<'_>,
    input: usize,
    with_rows: bool,
) -> io::Result<(DocumentRow, Option<u64>, Vec<u8>)> {
    let known = made.seen.get(input).zip(made.records.get(input));
    let (seen, record) = known.ok_or(io::ErrorKind::InvalidData)?;
    let unread = |status, why: String, hint: Option<&str>| {
        let row = DocumentRow::unread(seen.shown(), status, why, hint.map(str::to_owned));
        (DocumentRow { id: record.id.clone(), ..row }, None, Vec::new())
    };
    if let Some(not) = &seen.not {
        return Ok(unread(not.0, not.1.clone(), None));
    }
    let read =
        record.read.as_ref().and_then(|(journal, known)| Some((made.journals.get(*journal)?, known.at)));
    let Some((journal, at)) = read else {
        let why = "the run was interrupted before it was read".to_owned();
        return Ok(unread(Status::Skipped, why, Some("go on with --resume")));
    };
    let Head::Read { row, millis, .. } = hold(journal).head(at)? else {
        return Err(io::Error::other("the journal has another record where an input should be"));
    };
    let mut row = DocumentRow { id: record.id.clone(), ..*row };
    let checked = made.rows.get(&input).filter(|_| with_rows);
    let at = checked.and_then(|key| hold(made.own).checked.get(key).copied());
    let Some(at) = at else { return Ok((row, Some(millis), Vec::new())) };
    let (head, body) = hold(made.own).record(at)?;
    if let Head::Checked { copy_of, counts, why, .. } = head {
        (row.copy_of, row.counts) = (copy_of, counts);
        if why.is_some() {
            (row.status, row.why) = (Status::Partial, why);
        }
    }
    Ok((row, Some(millis), body))
}
