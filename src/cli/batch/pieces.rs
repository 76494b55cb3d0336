//! Makes the lines of the data set's tables, input by input. Several threads make those of several inputs at a time, and they
//! are handed out in the order of the inputs, a stretch at a time, so that no table has to fit in memory.

use super::write::{Format, Made, document};
use crate::cli::crew::pack;
use crate::report::data_set::text::{Csv, jsonl};
use crate::report::data_set::{Column, DocumentRow, Row, Table};
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
        let wants = |format: Format| formats.contains(&format).then_some(());
        Forming {
            csv: wants(Format::Csv).map(|()| Csv::rows(Vec::new(), columns.clone())),
            jsonl: wants(Format::Jsonl).map(|()| Vec::new()),
            rows: wants(Format::Parquet).map(|()| Vec::new()),
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

/// Hands out the pieces of all inputs, in their order, as so many threads make them.
pub(super) fn each(
    made: &Made<'_>,
    tables: &[Table],
    formats: &[Format],
    jobs: usize,
    mut take: impl FnMut(Piece) -> io::Result<()>,
) -> io::Result<()> {
    let inputs = made.seen.len();
    let threads = jobs.min(inputs);
    if threads < 2 {
        return (0..inputs).try_for_each(|input| of_input(made, input, tables, formats, &mut take));
    }
    thread::scope(|scope| {
        let begin = |first: usize| {
            let (to, from) = sync_channel(WAITING);
            scope.spawn(move || {
                let mut inputs = (first..inputs).step_by(threads);
                // Whoever takes no more has an error of its own to tell.
                let _ = inputs.try_for_each(|input| send(made, input, tables, formats, &to));
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
fn send(
    made: &Made<'_>,
    input: usize,
    tables: &[Table],
    formats: &[Format],
    to: &SyncSender<io::Result<Piece>>,
) -> io::Result<()> {
    let pass_on = |piece| to.send(piece).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
    match of_input(made, input, tables, formats, &mut |piece| pass_on(Ok(piece))) {
        Ok(()) => pass_on(Ok(Piece::End)),
        Err(error) => pass_on(Err(error)),
    }
}

/// Hands out the pieces of one input.
fn of_input(
    made: &Made<'_>,
    input: usize,
    tables: &[Table],
    formats: &[Format],
    take: &mut impl FnMut(Piece) -> io::Result<()>,
) -> io::Result<()> {
    let (row, millis, packed) = document(made, input, tables.len() > 1)?;
    let told = row.row();
    take(Piece::Document(Box::new(row), millis))?;
    let mut forming: Vec<Forming> = tables.iter().map(|table| Forming::new(*table, formats)).collect();
    let mut add = |table: Table, row: Row| {
        if table == Table::Findings {
            take(Piece::Finding(row.clone()))?;
        }
        let Some(forming) = forming.iter_mut().find(|forming| forming.table == table) else { return Ok(()) };
        forming.add(row)?;
        if forming.count >= ROWS { take(forming.take()?) } else { Ok(()) }
    };
    add(Table::Documents, told)?;
    pack::rows(&packed, &mut add)?;
    forming.iter_mut().filter(|forming| forming.count > 0).try_for_each(|forming| take(forming.take()?))
}
