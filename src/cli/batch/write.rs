//! Writes the tables of the data set, each beside its place, and moves them in when all are whole.

use super::folder::Folder;
use super::found::{Key, Seen};
use super::journal::Journal;
use super::pieces::{Making, Piece, Rows};
use super::run::Record;
use crate::read::source::hex;
use crate::report::data_set::Table;
use crate::report::data_set::package::{self, File as Described};
use crate::report::data_set::summary::Summary;
use crate::report::data_set::text::Csv;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A form of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    /// Comma-separated values.
    Csv,
    /// One object a line.
    Jsonl,
    /// Typed columns; needs a build that has it.
    Parquet,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
        }
    }
}

/// What a data set is made of.
pub(super) struct Made<'a> {
    /// Every path of the run.
    pub seen: &'a [Seen],
    /// The journals of what was read.
    pub journals: &'a [&'a Mutex<Journal>],
    /// The journal of what was checked.
    pub own: &'a Mutex<Journal>,
    /// By input, its record.
    pub records: &'a [Record],
    /// By input with a document, the key of its rows.
    pub rows: &'a HashMap<usize, Key>,
    /// How many threads make its lines.
    pub jobs: usize,
}

/// Writes the data set. Gives the summary.
pub(super) fn write(folder: &Folder, formats: &[Format], made: &Made<'_>) -> io::Result<Summary> {
    in_place(folder, |parts| {
        let (files, summary, timings) = tables(parts, formats, &Table::ALL, made)?;
        let mut described = serde_json::to_vec_pretty(&package::describe(&files))?;
        described.push(b'\n');
        let texts = [
            ("timings.csv", timings),
            ("summary.txt", summary.text().into_bytes()),
            ("summary.html", summary.html().into_bytes()),
            // The description comes last: where it is, all that it describes is.
            ("datapackage.json", described),
        ];
        texts.iter().try_for_each(|(name, bytes)| text(parts, name, bytes))?;
        Ok((names(&files).chain(texts.map(|(name, _)| name.to_owned())).collect(), summary))
    })
}

/// Writes the table of documents alone, where a run was interrupted.
pub(super) fn write_documents(folder: &Folder, formats: &[Format], made: &Made<'_>) -> io::Result<Summary> {
    in_place(folder, |parts| {
        let (files, summary, _) = tables(parts, formats, &[Table::Documents], made)?;
        Ok((names(&files).collect(), summary))
    })
}

fn names(files: &[Described]) -> impl Iterator<Item = String> {
    files.iter().map(|file| format!("{}.{}", file.table.name(), file.ending))
}

/// Writes files beside their places, and moves them in, in the order of their names here, when all are whole.
fn in_place(
    folder: &Folder,
    write: impl FnOnce(&Path) -> io::Result<(Vec<String>, Summary)>,
) -> io::Result<Summary> {
    let parts = folder.own("parts");
    let _ = fs::remove_dir_all(&parts);
    fs::create_dir_all(&parts)?;
    let moved = write(&parts).and_then(|(names, summary)| {
        let _ = fs::remove_file(folder.path().join("datapackage.json"));
        names.iter().try_for_each(|name| fs::rename(parts.join(name), folder.path().join(name)))?;
        Ok(summary)
    });
    let _ = fs::remove_dir_all(&parts);
    moved
}

/// The tables of a folder that are in other forms.
pub(super) fn others(path: &Path, formats: &[Format]) -> Vec<PathBuf> {
    let all = [Format::Csv, Format::Jsonl, Format::Parquet];
    let others = all.into_iter().filter(|format| !formats.contains(format));
    let names =
        others.flat_map(|format| Table::ALL.map(|table| format!("{}.{}", table.name(), format.ending())));
    names.map(|name| path.join(name)).filter(|path| path.exists()).collect()
}

fn text(parts: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(parts.join(name))?;
    file.write_all(bytes)?;
    file.sync_all()
}

type Written = (Vec<Described>, Summary, Vec<u8>);

fn tables(parts: &Path, formats: &[Format], which: &[Table], made: &Made<'_>) -> io::Result<Written> {
    let mut sinks: Vec<Sink> =
        which.iter().map(|table| Sink::new(parts, *table, formats)).collect::<io::Result<_>>()?;
    let (mut summary, mut timings) = (Summary::default(), b"id,read_ms\n".to_vec());
    let making = Making { made, tables: which, formats };
    making.each(|piece| {
        match piece {
            Piece::Document(row, millis) => {
                summary.document(&row);
                if let Some(millis) = millis {
                    writeln!(timings, "{},{millis}", row.id)?;
                }
            }
            Piece::Finding(row) => summary.finding(&row),
            Piece::Rows(rows) => {
                let sink = sinks.iter_mut().find(|sink| sink.table == rows.table);
                sink.map_or(Ok(()), |sink| sink.add(&rows))?;
            }
            Piece::End => {}
        }
        Ok(())
    })?;
    let files = sinks.into_iter().map(Sink::finish).collect::<io::Result<Vec<_>>>()?;
    Ok((files.into_iter().flatten().collect(), summary, timings))
}

/// A table in all its forms.
struct Sink {
    table: Table,
    csv: Option<Out>,
    jsonl: Option<Out>,
    #[cfg(feature = "parquet")]
    parquet: Option<crate::report::data_set::parquet::Writer<Out>>,
    rows: u64,
}

impl Sink {
    fn new(parts: &Path, table: Table, formats: &[Format]) -> io::Result<Sink> {
        let columns = table.columns();
        let out = |format: Format| {
            let wanted = formats.contains(&format);
            wanted.then(|| Out::new(parts.join(format!("{}.{}", table.name(), format.ending())))).transpose()
        };
        let csv = out(Format::Csv)?.map(|out| Csv::new(out, columns.clone())?.finish()).transpose()?;
        let jsonl = out(Format::Jsonl)?;
        #[cfg(feature = "parquet")]
        let parquet = {
            use crate::report::data_set::parquet::Writer;
            out(Format::Parquet)?.map(|out| Writer::new(out, table.name(), &columns)).transpose()?
        };
        Ok(Sink {
            table,
            csv,
            jsonl,
            #[cfg(feature = "parquet")]
            parquet,
            rows: 0,
        })
    }

    fn add(&mut self, rows: &Rows) -> io::Result<()> {
        self.rows += rows.count;
        self.csv.as_mut().map_or(Ok(()), |csv| csv.write_all(&rows.csv))?;
        self.jsonl.as_mut().map_or(Ok(()), |jsonl| jsonl.write_all(&rows.jsonl))?;
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &mut self.parquet {
            rows.rows.iter().try_for_each(|row| parquet.row(row))?;
        }
        Ok(())
    }

    fn finish(self) -> io::Result<Vec<Described>> {
        let mut files = Vec::new();
        let (table, rows) = (self.table, self.rows);
        let mut add = |format: Format, out: Out| -> io::Result<()> {
            let (bytes, sha256) = out.finish()?;
            files.push(Described { table, ending: format.ending(), bytes, sha256, rows });
            Ok(())
        };
        if let Some(csv) = self.csv {
            add(Format::Csv, csv)?;
        }
        if let Some(jsonl) = self.jsonl {
            add(Format::Jsonl, jsonl)?;
        }
        #[cfg(feature = "parquet")]
        if let Some(parquet) = self.parquet {
            add(Format::Parquet, parquet.finish()?)?;
        }
        Ok(files)
    }
}

/// A file that is counted and hashed as it is written.
struct Out {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl Out {
    fn new(path: PathBuf) -> io::Result<Out> {
        Ok(Out {
            file: BufWriter::with_capacity(1 << 16, File::create(path)?),
            hash: Sha256::new(),
            bytes: 0,
        })
    }

    fn finish(self) -> io::Result<(u64, String)> {
        self.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok((self.bytes, hex(&self.hash.finalize())))
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
