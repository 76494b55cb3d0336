//! `crossfoot debug`: what a stage made of a document.

use super::messages::Messages;
#[cfg(feature = "render")]
use super::pages;
use super::read::ReadArgs;
use super::settings::ConfigArgs;
use super::{Status, stdout};
use crate::lex::plain_digit;
use crate::model::about::{About, Basis, Certainty, Told};
use crate::model::copies::copies;
use crate::model::document::Document;
use crate::model::key::collisions;
use crate::model::statement::StatementMark;
use crate::model::table::Table;
use crate::model::text::Place;
use crate::reconcile::check_in_full;
use crate::reconcile::evidence::Odds;
use crate::reconcile::relation::{FigureId, OperandRole};
use crate::reconcile::rules::relate;
use crate::report::printable;
use std::io::{self, Write};
use std::path::PathBuf;

/// Print what a stage made of a file.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot debug tables report.pdf
  crossfoot debug tables report.pdf --page 4 --out page.svg
  crossfoot debug claims report.txt")]
pub(super) struct Args {
    /// The stage.
    #[arg(value_enum)]
    stage: Stage,
    /// The file, or - for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// This page only, counted from 1 (canvas, words and tables).
    #[cfg(feature = "render")]
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    /// Draw the tables over a picture of the page, as .svg.
    #[cfg(feature = "render")]
    #[arg(long, value_name = "PICTURE", requires = "page")]
    out: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    config: ConfigArgs,
}

/// The stages, in the order of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    /// The file: its hash, its kind, what it is about, and what was lost of it.
    Source,
    /// What is drawn on the pages of a PDF.
    #[cfg(feature = "render")]
    Canvas,
    /// The words on the pages of a PDF.
    #[cfg(feature = "render")]
    Words,
    /// The lines of its text, numbered, and the text that was left out.
    Lines,
    /// Headings, paragraphs, items and notes, with their lines.
    Blocks,
    /// The tables as grids, and why they are tables.
    Tables,
    /// The figures with what each is about.
    Figures,
    /// Figures that share their key with another value, and how many they are.
    Keys,
    /// What sentences state of their figures.
    Statements,
    /// What must agree with what, with all readings.
    Relations,
    /// What holds and what does not, with what speaks for and against each.
    Claims,
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    #[cfg(feature = "render")]
    if let Some(done) = drawn(args, messages) {
        return done;
    }
    let settings = match args.config.settings(messages) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    let reader = match args.read.reader(settings.reading(), messages) {
        Ok(reader) => reader,
        Err(status) => return Ok(status),
    };
    let document = match reader.one(&args.file) {
        Ok(document) => document,
        Err(error) => {
            messages.unread(&error);
            return Ok(Status::Failed);
        }
    };
    let mut out = stdout();
    #[cfg(feature = "render")]
    if let Some(page) = args.page {
        let (path, pages) = (args.file.display().to_string(), document.origin.pages);
        if !(1..=pages).contains(&page) {
            let pages = crate::report::counted(pages as usize, "page");
            messages.error(&path, &format!("page {page} cannot be shown: the file has {pages}"), None);
            return Ok(Status::Failed);
        }
        tables(&mut out, &document, |table| table.place.page == page)?;
        out.flush()?;
        return Ok(Status::Clean);
    }
    print(&mut out, args.stage, &document)?;
    out.flush()?;
    Ok(Status::Clean)
}

/// Prints the stages that come before the text of a PDF is read.
#[cfg(feature = "render")]
fn drawn(args: &Args, messages: &Messages) -> Option<io::Result<Status>> {
    let (file, password) = (&args.file, args.read.password());
    match (args.stage, &args.out, args.page) {
        (Stage::Tables, Some(out), Some(page)) => Some(pages::draw(file, password, page, out, messages)),
        (Stage::Canvas, None, page) => Some(pages::print(file, password, page, pages::canvas, messages)),
        (Stage::Words, None, page) => Some(pages::print(file, password, page, pages::words, messages)),
        (_, None, None) | (Stage::Tables, None, Some(_)) => None,
        _ => {
            let what = "--page goes with canvas, words and tables; --out goes with tables";
            messages.error("debug", what, None);
            Some(Ok(Status::Failed))
        }
    }
}

fn print(out: &mut dyn Write, stage: Stage, document: &Document) -> io::Result<()> {
    match stage {
        Stage::Source => source(out, document),
        // These two were printed before the text was read.
        #[cfg(feature = "render")]
        Stage::Canvas | Stage::Words => Ok(()),
        Stage::Lines => lines(out, document),
        Stage::Blocks => blocks(out, document),
        Stage::Tables => tables(out, document, |_| true),
        Stage::Figures => figures(out, document),
        Stage::Keys => keys(out, document),
        Stage::Statements => statements(out, document),
        Stage::Relations => relations(out, document),
        Stage::Claims => claims(out, document),
    }
}

/// Prints what is known of what a document is about, with what it rests on.
fn about(out: &mut dyn Write, about: &About) -> io::Result<()> {
    let mut told = |what: &str, value: String, source: Basis, confidence: Certainty| {
        writeln!(out, "{what:<12}{} ({source:?}, {confidence:?})", printable(&value))
    };
    if let Some(Told { value, source, confidence }) = &about.organisation {
        let code = value.code.as_deref().unwrap_or("no code");
        told("about", format!("{}, {code}, printed {}", value.name, value.printed), *source, *confidence)?;
    }
    if let Some(Told { value, source, confidence }) = about.kind {
        told("kind", value.name().to_owned(), source, confidence)?;
    }
    if let Some(Told { value, source, confidence }) = about.period {
        told("reports on", value.label(), source, confidence)?;
    }
    Ok(())
}

fn source(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let origin = &document.origin;
    writeln!(out, "path        {}\nsha256      {}", printable(&origin.path), origin.sha256)?;
    writeln!(out, "media type  {}\npages       {}", origin.media_type, origin.pages)?;
    writeln!(out, "lines       {}", document.lines.len())?;
    writeln!(out, "body        {}", document.organisation().map_or("unknown".into(), printable))?;
    match document.period {
        Some(period) => writeln!(out, "period      {} to {}", period.start, period.end)?,
        None => writeln!(out, "period      unknown")?,
    }
    about(out, &document.about)?;
    document.diagnostics.iter().try_for_each(|diagnostic| {
        let place = diagnostic.place.map_or(String::new(), |place| format!("{} ", at(place)));
        writeln!(
            out,
            "{:?}  {place}{}: {}",
            diagnostic.severity,
            diagnostic.code,
            printable(&diagnostic.message)
        )
    })
}

/// Prints the lines. Below a line whose words have raised digits it prints these words as the file has them, because
/// that a digit is raised is our reading ("2022¹" may stand for "20221" in the file). Text that was left out of the
/// lines follows at the end.
fn lines(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    for line in &document.lines {
        writeln!(out, "{:>3} {:>6} | {}", line.page, line.number, printable(&line.text))?;
        let is_raised = |c: char| !c.is_ascii_digit() && plain_digit(c).is_some();
        let words = line.text.split_whitespace().filter(|word| word.contains(is_raised));
        let plain: Vec<String> =
            words.map(|word| word.chars().map(|c| plain_digit(c).unwrap_or(c)).collect()).collect();
        if !plain.is_empty() {
            writeln!(out, "    raised | {}", printable(&plain.join("  ")))?;
        }
    }
    document.left_out.iter().try_for_each(|left_out| {
        let (why, text) = (left_out.why.words(), printable(&left_out.text));
        writeln!(out, "{:>3} left out ({why}) | {text}", left_out.page)
    })
}

fn blocks(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    document.blocks.iter().enumerate().try_for_each(|(n, block)| {
        let (first, last) = (block.lines.start + 1, block.lines.end);
        writeln!(out, "{n:>5}  lines {first}-{last}  {:?}  {}", block.kind, printable(&block.passage.text))
    })
}

fn tables(out: &mut dyn Write, document: &Document, shown: impl Fn(&Table) -> bool) -> io::Result<()> {
    let mut tables = document.tables.iter().enumerate().filter(|(_, table)| shown(table));
    tables.try_for_each(|(n, table)| grid(out, n, table))
}

/// Prints a table as a grid, in which `#` marks a head and `=` a total.
fn grid(out: &mut dyn Write, index: usize, table: &Table) -> io::Result<()> {
    let title = table.title.as_ref().map_or(String::new(), |title| printable(&title.text));
    writeln!(
        out,
        "t{} {} {:?} {} rows {} columns  {title}",
        index + 1,
        at(table.place),
        table.form,
        table.rows,
        table.cols
    )?;
    for cells in table.cells.chunk_by(|a, b| a.row() == b.row()) {
        let Some(row) = cells.first().map(|cell| cell.row()) else { continue };
        let head = row < table.header_rows;
        write!(
            out,
            "  {}",
            if head {
                '#'
            } else if table.total_rows.contains(&row) {
                '='
            } else {
                ' '
            }
        )?;
        let mut next = 0;
        for cell in cells {
            write!(out, "{} ", " |".repeat((cell.col() + 1).saturating_sub(next)))?;
            write!(out, "{}", printable(&cell.passage.text))?;
            next = cell.col() + 1;
        }
        writeln!(out, " |")?;
    }
    for lost in &table.lost_blanks {
        let (row, all, admitted) = (lost.row, lost.placements, lost.admitted);
        writeln!(out, "  row {row}: lost blanks, {admitted} of {all} placements: {:?}", lost.columns)?;
    }
    if !table.reasons.is_empty() {
        writeln!(out, "  why: {}", table.reasons.join("; "))?;
    }
    table.notes.iter().try_for_each(|note| writeln!(out, "  note: {}", printable(&note.text)))?;
    writeln!(out)
}

fn figures(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    for (n, figure) in document.figures.iter().enumerate() {
        let (quantity, facets) = (&figure.quantity, &figure.facets);
        let value = quantity.value.as_ref().map_or("none".to_owned(), ToString::to_string);
        write!(out, "{n:>5} {:<10} {value} {:?}", at(figure.place), quantity.unit)?;
        write!(out, " {:?} {:?} {}", quantity.qualifier, figure.role, facets.measure.name())?;
        if let Some(population) = facets.population {
            write!(out, " of {}", population.name())?;
        }
        if let Some(period) = facets.period {
            write!(out, " {}..{}{}", period.start, period.end, if facets.period_stated { "!" } else { "" })?;
        }
        for (dimension, label) in facets.dimensions.iter() {
            write!(out, " {}={}", dimension.name(), printable(&label.normalised))?;
        }
        writeln!(
            out,
            "  {:?} [{}] {:?} {:?}",
            figure.home,
            figure.method.name(),
            facets.topic(),
            figure.doubts
        )?;
    }
    Ok(())
}

/// Prints each key under which the document has different values, with these values and their places; then how many
/// figures have such a key.
fn keys(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let mut shared = 0;
    for (key, same) in collisions(document) {
        shared += same.len();
        writeln!(out, "{}", printable(&key.to_string()))?;
        for figure in same.into_iter().filter_map(|index| document.figures.get(index)) {
            let (place, value) = (at(figure.place), &figure.quantity);
            writeln!(out, "    {place:<12} {value}  {}", printable(&figure.label()))?;
        }
    }
    let all = document.figures.len();
    let percent = 100.0 * shared as f64 / all.max(1) as f64;
    writeln!(out, "{shared} of {all} figures share their key with another value ({percent:.1}%)")
}

fn statements(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    document.stated.iter().enumerate().try_for_each(|(n, stated)| {
        let statement = &stated.statement;
        write!(out, "{n:>5} {:<10} {:?} {:?}", at(stated.place), statement.kind, stated.figures)?;
        let marks: Vec<&str> = statement.marks.iter().map(StatementMark::name).collect();
        write!(out, " {:?} {:?} {marks:?}", statement.direction, statement.phrases)?;
        writeln!(out, "  {}", printable(&stated.text))
    })
}

fn relations(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let documents = std::slice::from_ref(document);
    for (n, relation) in relate(documents, &copies(documents)).iter().enumerate() {
        let (code, place, printed) = (relation.code, at(relation.place), printable(&relation.printed));
        writeln!(out, "{n:>5} {code} {place} {printed} {:?}", relation.licence)?;
        for reading in &relation.readings {
            let note = reading.note.as_deref().map_or(String::new(), printable);
            writeln!(out, "        {:>4} {} {note}", reading.cost, operands(document, &reading.operands))?;
        }
    }
    Ok(())
}

fn claims(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let answer = check_in_full(std::slice::from_ref(document));
    for (n, claim) in answer.claims.iter().enumerate() {
        let (code, place, sum) = (claim.code, at(claim.place), printable(&claim.arithmetic));
        write!(out, "{n:>5} {code} {place} {:?} {sum}", claim.verdict)?;
        let why = claim
            .reason
            .as_deref()
            .or(claim.mode)
            .map_or(String::new(), |why| format!(" ({})", printable(why)));
        writeln!(out, "{why}  {}", operands(document, &claim.operands))?;
        odds(out, &claim.odds)?;
    }
    for aside in &answer.set_aside {
        let (code, place, sum) = (aside.code, at(aside.place), printable(&aside.arithmetic));
        writeln!(out, "aside {code} {place} {} {sum}: {}", printable(&aside.published), aside.why)?;
        odds(out, &aside.odds)?;
    }
    Ok(())
}

/// Prints the bits of a claim, and where each comes from.
fn odds(out: &mut dyn Write, odds: &Odds) -> io::Result<()> {
    let terms = odds.terms.iter().map(|(reason, bits)| format!("{} {bits:+.1}", reason.name()));
    writeln!(out, "        {:+.1} bits: {}", odds.bits(), terms.collect::<Vec<_>>().join(", "))
}

fn operands(document: &Document, operands: &[(OperandRole, FigureId)]) -> String {
    let shown = operands.iter().map(|(role, id)| {
        let figure = document.figures.get(id.figure);
        let value = figure.and_then(|f| f.quantity.value.as_ref()).map_or("?".into(), ToString::to_string);
        format!("{role:?}={value}@{}", figure.map_or(String::new(), |f| at(f.place)))
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Formats a place as `line:start-end`.
fn at(place: Place) -> String {
    format!("{}:{}-{}", place.line, place.start, place.end)
}
