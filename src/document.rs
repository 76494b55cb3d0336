//! One document on its way through the stages, and the whole way for one input.

use crate::error::{Diagnostic, Error, Severity};
use crate::format::csv;
use crate::format::sheet::{BETWEEN, Sheet};
use crate::grammar::{Grammar, Statement};
use crate::layout::printed::{Hint, LineBox};
use crate::layout::{Block, BlockKind};
use crate::observe::{Figure, observe};
use crate::page::geometry::{Rect, cover};
use crate::page::{Line, Place};
use crate::period::Period;
use crate::source::{self, Info, Source};
use crate::table::{self, Cell, FoundTable, Table};
use crate::{format, layout};
use std::path::Path;
use std::time::Duration;
#[cfg(feature = "pdf")]
use std::time::Instant;

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// As given on the command line; members of archives as `a.zip!/b.txt`.
    pub path: String,
    /// Hexadecimal, lower case.
    pub sha256: String,
    /// Of the content, not of the file's name: "text/plain".
    pub media_type: &'static str,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// What the file says of itself, where it says anything.
    pub info: Option<Info>,
}

/// A statement of the prose whose slots name figures of the document.
#[derive(Clone, Debug)]
pub struct Stated {
    /// As the grammar gave it; its token indices are replaced by `figures`.
    pub statement: Statement,
    /// The statement's slots, as indices into [`Document::figures`].
    pub figures: Vec<(crate::grammar::Slot, usize)>,
    /// What the statement is about, for the slots that the sentence leaves open.
    pub facets: std::sync::Arc<crate::observe::Facets>,
    /// What the headings above it say.
    pub context: std::sync::Arc<crate::observe::Facets>,
    /// The period that it compares with, where it names one.
    pub base_period: Option<Period>,
    /// The block that it stands in.
    pub block: usize,
    /// The statement's words.
    pub place: Place,
    /// The sentence as printed.
    pub text: String,
}

/// A document with everything that was read from it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, or the member of an archive, that it was read from.
    pub origin: Origin,
    /// Every line of the file, in order.
    pub lines: Vec<Line>,
    /// Where the characters of each line stand on its page; empty where nothing is drawn.
    pub boxes: Vec<LineBox>,
    /// The cells of a CSV file or spreadsheet.
    pub sheet: Option<Sheet>,
    /// It says itself what its blocks and cells are: a web page, a Word document.
    pub marked: bool,
    /// Headings, paragraphs, lists and tables, in reading order.
    pub blocks: Vec<Block>,
    /// Tables in reading order; [`crate::observe::Home::Cell`] counts them from 0.
    pub tables: Vec<Table>,
    /// The tables as they were printed, one a page, where one of them runs over pages; else empty.
    pub pieces: Vec<Table>,
    /// Figures of cells and sentences that could be results.
    pub figures: Vec<Figure>,
    /// Sentences that state a relation between figures.
    pub stated: Vec<Stated>,
    /// What was lost, doubtful or passed over.
    pub diagnostics: Vec<Diagnostic>,
    /// The period that the document reports on.
    pub period: Option<Period>,
    /// The body that it reports on, as printed.
    pub organisation: Option<String>,
    /// Numerals that are not figures: dates, paragraph numbers, Acts, telephone numbers.
    pub references: usize,
}

impl Document {
    /// The printed text of a place, its lines joined by one space.
    pub fn text_at(&self, place: Place) -> String {
        let first = place.line.saturating_sub(1) as usize;
        let count = place.line_end.saturating_sub(place.line) as usize + 1;
        let pieces = self.lines.iter().skip(first).take(count).map(|line| {
            let start = if line.number == place.line { place.start as usize } else { 0 };
            let end = if line.number == place.line_end { place.end as usize } else { usize::MAX };
            let taken: String = line.printed_from(start).chars().take(end.saturating_sub(start)).collect();
            taken.trim().to_owned()
        });
        pieces.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Marks the figures that stand where something may have been misread.
    fn doubt(&mut self, doubts: &[(u32, Rect, &'static str)]) {
        if doubts.is_empty() {
            return;
        }
        let found: Vec<Option<&'static str>> = self
            .figures
            .iter()
            .map(|figure| {
                let area = self.area_of(figure.place)?;
                // They come page by page.
                let from = doubts.partition_point(|(page, ..)| *page < figure.place.page);
                let here = doubts.iter().skip(from).take_while(|(page, ..)| *page == figure.place.page);
                here.into_iter()
                    .find(|(_, r, _)| r.meet(area).area() > 0.1 * area.area())
                    .map(|(.., why)| *why)
            })
            .collect();
        for (figure, why) in self.figures.iter_mut().zip(found) {
            if let Some(why) = why {
                figure.doubts.push(why);
                figure.misread = true;
            }
        }
    }

    /// The address of the cell that a place is in ("C7"); nothing outside CSV files and spreadsheets, or where it is in
    /// several cells.
    pub fn address_of(&self, place: Place) -> Option<String> {
        let sheet = self.sheet.as_ref()?;
        let (row, col) = sheet.cell_at(place)?;
        sheet.address(row, col)
    }

    /// The name of the sheet that a place is on; nothing outside spreadsheets.
    pub fn sheet_of(&self, place: Place) -> Option<&str> {
        self.sheet.as_ref()?.name(place.page)
    }

    /// Which cell or block of a web page or Word document a place is in: `table[2]/r3c1`, `p[14]`; tables and blocks of
    /// text are counted from 1, as are the rows and columns of a table.
    pub fn locator_of(&self, place: Place) -> Option<String> {
        if !self.marked {
            return None;
        }
        let line = place.line.checked_sub(1)? as usize;
        let at = self.blocks.partition_point(|block| block.lines.start <= line).checked_sub(1)?;
        let before = self.blocks.get(..at)?;
        if let Some(BlockKind::Table(index)) = self.blocks.get(at).map(|block| block.kind) {
            let cells = &self.tables.get(index)?.cells;
            let starts = |cell: &Cell| {
                let own = cell.passage.whole();
                (own.line, own.start) <= (place.line, place.start)
            };
            let cell = cells.partition_point(starts).checked_sub(1).and_then(|at| cells.get(at));
            let cell = cell.filter(|cell| cell.passage.whole().line == place.line);
            let within = cell.map_or(String::new(), |cell| format!("/r{}c{}", cell.row + 1, cell.col + 1));
            return Some(format!("table[{}]{within}", index + 1));
        }
        let tables = self.tables.partition_point(|table| table.place.line < place.line);
        Some(format!("p[{}]", before.len() + 1 - tables.min(before.len())))
    }

    /// Where a place stands on its page, in points as shown, from the top left; nothing where nothing is drawn.
    pub fn area_of(&self, place: Place) -> Option<Rect> {
        let first = place.line.checked_sub(1)? as usize;
        let last = place.line_end.checked_sub(1)? as usize;
        let one = |at: usize| {
            let (line, drawn) = (self.lines.get(at)?, self.boxes.get(at)?);
            if line.page != place.page {
                return None;
            }
            let length = line.text.chars().count();
            let start = if at == first { place.start as usize } else { 0 };
            let end = if at == last { place.end as usize } else { length };
            if start < end { drawn.area(start..end) } else { None }
        };
        cover((first..=last).filter_map(one))
    }
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Opens encrypted files.
    pub password: Option<String>,
    /// Pages after this many are left out, and a diagnostic says so.
    pub most_pages: Option<u32>,
    /// No further page of a PDF is begun after this time, and a diagnostic says so. What is read then depends on how
    /// fast the machine is.
    pub time: Option<Duration>,
    /// What stands between the cells of CSV files; else it is looked for.
    pub delimiter: Option<u8>,
    /// Larger inputs are refused; [`source::SIZE_LIMIT`] is the most.
    pub most_bytes: Option<u64>,
}

/// Reads a file and everything in it.
///
/// # Errors
/// When the file gives no document at all; see [`Error`].
pub fn read(path: &Path, grammar: &Grammar, options: &Options) -> Result<Document, Error> {
    let source = source::read_within(path, options.most_bytes.unwrap_or(source::SIZE_LIMIT))?;
    from_source(source, grammar, options)
}

/// What a format gives: lines, the tables in them, and what is known of both.
#[derive(Default)]
struct Opened {
    lines: Vec<Line>,
    boxes: Vec<LineBox>,
    sheet: Option<Sheet>,
    marked: bool,
    hints: Vec<Hint>,
    tables: Vec<FoundTable>,
    pages: u32,
    diagnostics: Vec<Diagnostic>,
    info: Option<Info>,
    /// Where figures may have been misread, by page, and why.
    doubts: Vec<(u32, Rect, &'static str)>,
}

/// Reads everything in a source.
///
/// # Errors
/// When its content cannot be read at all: encrypted, or too damaged.
pub fn from_source(source: Source, grammar: &Grammar, options: &Options) -> Result<Document, Error> {
    let Source { path, sha256, bytes, kind } = source;
    let opened = match kind {
        #[cfg(feature = "pdf")]
        source::Kind::Pdf => open_pdf(&path, bytes, options)?,
        source::Kind::Csv => open_csv(&bytes, options),
        #[cfg(feature = "sheets")]
        source::Kind::Xlsx | source::Kind::Xlsb | source::Kind::Xls | source::Kind::Ods => {
            open_workbook(&path, bytes, kind, options)?
        }
        #[cfg(feature = "docx")]
        source::Kind::Docx => open_flow(format::docx::read(&bytes).map_err(|(what, hint)| {
            Error::Unsupported { path: path.clone(), what: format!("this is {what}"), hint }
        })?),
        #[cfg(feature = "html")]
        source::Kind::Html => open_flow(format::html::read(&bytes)),
        #[cfg(feature = "markdown")]
        source::Kind::Markdown if source::is_named_markdown(&path) => {
            open_lines(format::markdown::lines(&bytes), options)
        }
        _ => open_lines(format::text::lines(&bytes), options),
    };
    let Opened { lines, boxes, sheet, marked, hints, tables, pages, mut diagnostics, info, doubts } = opened;
    let pieces = if tables.iter().any(|t| t.table.continues.is_some()) {
        tables.iter().map(|t| t.table.clone()).collect()
    } else {
        Vec::new()
    };
    let tables = table::unite(&lines, tables);
    let layout = layout::arrange(&lines, tables, &hints);
    diagnostics.extend(layout.diagnostics.iter().cloned());
    let observed = observe(&lines, &layout, grammar);
    let mut document = Document {
        origin: Origin { path, sha256, media_type: kind.media_type(), pages, info },
        boxes,
        sheet,
        marked,
        lines,
        blocks: layout.blocks,
        tables: layout.tables,
        pieces,
        figures: observed.figures,
        stated: observed.stated,
        diagnostics,
        period: observed.period,
        organisation: observed.organisation,
        references: observed.references,
    };
    document.doubt(&doubts);
    crate::observe::sheet::complete(&mut document);
    document.diagnostics.extend(without_figures(&document));
    let is_text = matches!(kind, source::Kind::Text | source::Kind::Markdown);
    if is_text && source::is_named_otherwise(&document.origin.path) {
        let message = "its content is plain text, whatever its name says".to_owned();
        document.diagnostics.push(Diagnostic {
            code: "other-kind",
            severity: Severity::Warning,
            message,
            place: None,
        });
    }
    Ok(document)
}

/// Why nothing is found in a spreadsheet that could be read.
fn without_figures(document: &Document) -> Option<Diagnostic> {
    document.sheet.as_ref().filter(|_| document.figures.is_empty())?;
    let cells = document.lines.iter().flat_map(|line| line.text.split(BETWEEN));
    let filled = cells.filter(|cell| !cell.trim().is_empty()).count();
    let message = format!("no figure was found in its {filled} filled cells");
    Some(Diagnostic { code: "no-figures", severity: Severity::Note, message, place: None })
}

fn open_lines((mut lines, mut diagnostics): (Vec<Line>, Vec<Diagnostic>), options: &Options) -> Opened {
    let all = lines.last().map_or(1, |l| l.page);
    if let Some(most) = options.most_pages.filter(|most| *most < all) {
        lines.retain(|line| line.page <= most);
        diagnostics.retain(|told| told.place.is_none_or(|place| place.page <= most));
        diagnostics.push(left_out(most as usize, all as usize, "as asked for"));
    }
    let (tables, unresolved) = table::find(&lines);
    diagnostics.extend(unresolved);
    Opened { lines, tables, pages: all, diagnostics, ..Opened::default() }
}

fn open_csv(bytes: &[u8], options: &Options) -> Opened {
    let (lines, sheet, diagnostics) = csv::read(bytes, options.delimiter);
    let tables = table::of_sheet(&lines, &sheet);
    Opened { lines, tables, pages: 1, diagnostics, sheet: Some(sheet), ..Opened::default() }
}

/// What says itself what its headings, paragraphs and tables are.
#[cfg(any(feature = "docx", feature = "html"))]
fn open_flow(flow: format::flow::Flow) -> Opened {
    let format::flow::Flow { lines, hints, tables, printed, mut diagnostics, info, .. } = flow;
    use layout::printed::Told;
    let (mut tables, unresolved) = table::of_marked(&lines, tables, &printed);
    diagnostics.extend(unresolved);
    // A heading that is a table's title as well stays a heading.
    let heads = |at: usize| hints.get(at).is_some_and(|hint| matches!(hint.told, Some(Told::Heading(_))));
    for table in tables.iter_mut().filter(|table| heads(table.lines.start)) {
        let blank = |at: &usize| lines.get(*at).is_some_and(|line| line.text.is_empty());
        let after = table.lines.start + 1;
        table.lines.start = (after..table.lines.end).find(|at| !blank(at)).unwrap_or(after);
    }
    let info = Some(info).filter(|info| *info != Info::default());
    Opened { lines, marked: true, hints, tables, pages: 1, diagnostics, info, ..Opened::default() }
}

#[cfg(feature = "sheets")]
fn open_workbook(path: &str, bytes: Vec<u8>, kind: source::Kind, options: &Options) -> Result<Opened, Error> {
    let read = format::workbook::read(bytes, kind, options.most_pages)
        .map_err(|(what, hint)| Error::Unsupported { path: path.to_owned(), what, hint })?;
    let format::workbook::Read { lines, sheet, pages, diagnostics } = read;
    let tables = table::of_sheet(&lines, &sheet);
    Ok(Opened { lines, tables, pages, diagnostics, sheet: Some(sheet), ..Opened::default() })
}

#[cfg(feature = "pdf")]
fn open_pdf(path: &str, bytes: Vec<u8>, options: &Options) -> Result<Opened, Error> {
    let file = format::pdf::open(bytes, options.password.as_deref())
        .map_err(|(what, hint)| Error::Unsupported { path: path.to_owned(), what, hint })?;
    let mut pages = layout::printed::Pages::default();
    let mut doubts = Vec::new();
    let started = options.time.map(|time| (Instant::now(), time));
    let stop = |read: usize| {
        if options.most_pages.is_some_and(|most| read >= most as usize) {
            return Some(left_out(read, file.pages(), "as asked for"));
        }
        let (_, time) = started.filter(|(start, time)| start.elapsed() >= *time)?;
        let why = format!("in {} s, the limit of this run", time.as_secs_f64());
        Some(left_out(read, file.pages(), &why))
    };
    let mut suspect = Vec::new();
    let mut diagnostics = file.read(stop, |canvas| {
        let printed = layout::printed::Printed::of(canvas);
        doubts.extend(printed.doubts().into_iter().map(|(area, why)| (printed.page, area, why)));
        pages.add(&printed, &mut |printed| {
            let tables = table::drawn::find(printed);
            for (table, found) in tables.iter().flat_map(|t| t.contradictions.iter().map(move |d| (t, d))) {
                suspect.push(contradiction(printed.page, found));
                let area = found.cell.and_then(|(row, col)| table.area_of(printed, row, col));
                doubts.extend(area.map(|area| (printed.page, printed.frame.shown(area), found.why)));
            }
            tables
        });
    });
    diagnostics.append(&mut suspect);
    pages.finish();
    let layout::printed::Pages { lines, boxes, hints, mut tables, .. } = pages;
    table::dress(&lines, &mut tables);
    let pages = u32::try_from(file.pages()).unwrap_or(u32::MAX);
    let info = Some(file.info()).filter(|info| *info != Info::default());
    Ok(Opened { lines, boxes, hints, tables, pages, diagnostics, info, doubts, ..Opened::default() })
}

/// That a table as read contradicts its page.
#[cfg(feature = "pdf")]
fn contradiction(page: u32, found: &table::drawn::Contradiction) -> Diagnostic {
    let cell =
        found.cell.map_or(String::new(), |(row, col)| format!(" (row {}, column {})", row + 1, col + 1));
    let message = format!("page {page}: a table may be misread{cell}: {}: {}", found.why, found.text);
    Diagnostic { code: "CF803", severity: Severity::Warning, message, place: None }
}

/// That pages were left out, and why.
fn left_out(read: usize, all: usize, why: &str) -> Diagnostic {
    let message =
        format!("only the first {read} of {all} pages were read, {why}; there may be more in the rest");
    Diagnostic { code: "pages-left-out", severity: Severity::Warning, message, place: None }
}
