//! Takes one document through the stages, from its bytes to its figures.

pub use crate::model::document::{Document, Info, Origin, Stated};
pub mod second;

use crate::model::diagnostic::{Diagnostic, Error, Severity};
use crate::model::figure::SECOND_READER;
use crate::model::hint::{Hint, LineBox};
use crate::model::left_out::LeftOut;
use crate::model::sheet::{BETWEEN, Sheet};
use crate::model::table::FoundTable;
use crate::model::text::Line;
use crate::observe::{self, DoubtfulArea, Doubts, Given, Input, Sources, observe};
use crate::phrase::Grammar;
#[cfg(feature = "ocr")]
use crate::read::ocr::Recogniser;
use crate::read::source::Source;
use crate::read::{csv, source};
use crate::{layout, read as format, table};
use std::path::Path;
#[cfg(feature = "ocr")]
use std::sync::Arc;
use std::time::Duration;
#[cfg(feature = "pdf")]
use std::time::Instant;

/// How an input is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Opens encrypted files.
    pub password: Option<String>,
    /// Pages after this many are left out, and a diagnostic says so.
    pub most_pages: Option<u32>,
    /// No further page of a PDF is begun after this time, and a diagnostic says so. What is read then depends on how
    /// fast the machine is.
    pub time: Option<Duration>,
    /// The separator of cells in CSV files. Without it, the separator is guessed.
    pub delimiter: Option<u8>,
    /// What the user says that the document is about.
    pub about: Option<Given>,
    /// Larger inputs are refused. The upper limit is [`source::SIZE_LIMIT`].
    pub most_bytes: Option<u64>,
    /// Recognises the text of pages that are pictures.
    #[cfg(feature = "ocr")]
    pub recogniser: Option<Arc<dyn Recogniser>>,
    /// Told before each page of a PDF how many pages are read, and how many there are.
    pub progress: Option<fn(usize, usize)>,
}

/// Reads a file and everything in it.
///
/// # Errors
/// When the file gives no document at all; see [`Error`].
pub fn read(path: &Path, grammar: &Grammar, options: &Options) -> Result<Document, Error> {
    let source = source::read_within(path, options.most_bytes.unwrap_or(source::SIZE_LIMIT))?;
    from_source(source, grammar, options)
}

/// What the reader of a format returns: lines, the tables in them, and what is known of both.
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
    /// Where figures may have been misread, page by page.
    doubts: Vec<DoubtfulArea>,
    /// Text of pages that is not among the lines.
    left_out: Vec<LeftOut>,
}

/// Reads everything in a source.
///
/// # Errors
/// When its content cannot be read at all: encrypted, or too damaged.
pub fn from_source(source: Source, grammar: &Grammar, options: &Options) -> Result<Document, Error> {
    from_source_beside(source, grammar, options, None)
}

/// Reads everything in a source, and compares it with a second reader's numerals where they are given.
///
/// # Errors
/// As [`from_source`].
pub fn from_source_beside(
    source: Source,
    grammar: &Grammar,
    options: &Options,
    second: Option<&second::SecondReading>,
) -> Result<Document, Error> {
    let Source { path, sha256, bytes, kind } = source;
    let opened = match kind {
        #[cfg(feature = "pdf")]
        source::FileKind::Pdf => open_pdf(&path, bytes, options)?,
        source::FileKind::Csv => open_csv(bytes, options),
        #[cfg(feature = "sheets")]
        source::FileKind::Xlsx | source::FileKind::Xlsb | source::FileKind::Xls | source::FileKind::Ods => {
            open_workbook(&path, bytes, kind, options)?
        }
        #[cfg(feature = "docx")]
        source::FileKind::Docx => open_flow(format::docx::read(&bytes).map_err(|(what, hint)| {
            Error::Unsupported { path: path.clone(), what: format!("this is {what}"), hint }
        })?),
        #[cfg(feature = "html")]
        source::FileKind::Html => open_flow(format::html::read(&bytes)),
        #[cfg(feature = "markdown")]
        source::FileKind::Markdown if source::is_named_markdown(&path) => {
            open_lines(format::markdown::lines(&bytes), options)
        }
        _ => open_lines(format::text::lines(&bytes), options),
    };
    let Opened {
        lines,
        boxes,
        mut sheet,
        marked,
        hints,
        tables,
        pages,
        mut diagnostics,
        info,
        doubts,
        left_out,
    } = opened;
    let pieces = if tables.iter().any(|t| t.table.continues.is_some()) {
        tables.iter().map(|t| t.table.clone()).collect()
    } else {
        Vec::new()
    };
    let tables = table::unite(&lines, tables);
    let layout = layout::arrange(&lines, tables, &hints);
    diagnostics.extend(layout.diagnostics.iter().cloned());
    let mut conventions = table::numbers::SheetConventions::default();
    if let Some(sheet) = &mut sheet {
        (conventions, sheet.aggregations) = table::numbers::of(sheet, &lines);
    }
    let mut doubts = Doubts::of(doubts);
    if let Some(pages) = second.and_then(|second| second.pages.as_deref()) {
        doubts = doubts.with_spots(SECOND_READER, second::disagreeing(&lines, pages));
    }
    let sources =
        Sources { path: &path, info: info.as_ref(), sheet: sheet.is_some(), given: options.about.as_ref() };
    let rounding = observe::rounding::declared(options.about.as_ref(), &lines);
    let observed = observe(&Input {
        sources: &sources,
        lines: &lines,
        boxes: &boxes,
        layout: &layout,
        sheet: sheet.as_ref(),
        conventions: &conventions,
        doubts: &doubts,
        rounding,
        grammar,
    });
    diagnostics
        .extend(sheet.as_ref().filter(|_| observed.figures.is_empty()).map(|_| without_figures(&lines)));
    diagnostics.extend(observed.diagnostics);
    let is_text = matches!(kind, source::FileKind::Text | source::FileKind::Markdown);
    if is_text && source::is_named_otherwise(&path) {
        let message = "its content is plain text, whatever its name says".to_owned();
        let severity = Severity::Warning;
        diagnostics.push(Diagnostic { code: "other-kind", severity, message, place: None });
    }
    diagnostics.extend(second.filter(|second| second.pages.is_none()).map(|_| second::failed()));
    Ok(Document {
        origin: Origin { path, sha256, media_type: kind.media_type(), pages, info },
        boxes,
        sheet,
        marked,
        lines,
        blocks: layout.blocks,
        tables: layout.tables,
        pieces: pieces.into(),
        figures: observed.figures,
        stated: observed.stated,
        diagnostics,
        period: observed.period,
        about: observed.about,
        references: observed.references,
        left_out,
        rounding,
    })
}

/// The diagnostic for a spreadsheet without figures.
fn without_figures(lines: &[Line]) -> Diagnostic {
    let cells = lines.iter().flat_map(|line| line.text.split(BETWEEN));
    let filled = cells.filter(|cell| !cell.trim().is_empty()).count();
    let message = format!("no figure was found in its {filled} filled cells");
    Diagnostic { code: "no-figures", severity: Severity::Note, message, place: None }
}

/// The reason for pages left out by [`Options::most_pages`].
const LIMITED: &str = "as asked for";

fn open_lines((mut lines, mut diagnostics): (Vec<Line>, Vec<Diagnostic>), options: &Options) -> Opened {
    let all = lines.last().map_or(1, |l| l.page);
    if let Some(most) = options.most_pages.filter(|most| *most < all) {
        lines.retain(|line| line.page <= most);
        diagnostics.retain(|told| told.place.is_none_or(|place| place.page <= most));
        diagnostics.push(left_out(most as usize, all as usize, LIMITED));
    }
    let (tables, unresolved) = table::find(&lines);
    diagnostics.extend(unresolved);
    Opened { lines, tables, pages: all, diagnostics, ..Opened::default() }
}

fn open_csv(bytes: Vec<u8>, options: &Options) -> Opened {
    let (lines, sheet, diagnostics) = csv::read(&bytes, options.delimiter);
    drop(bytes);
    let tables = table::of_sheet(&lines, &sheet);
    Opened { lines, tables, pages: 1, diagnostics, sheet: Some(sheet), ..Opened::default() }
}

/// Opens a document that states its own headings, paragraphs and tables: a web page, a Word document.
#[cfg(any(feature = "docx", feature = "html"))]
fn open_flow(flow: format::flow::Flow) -> Opened {
    let format::flow::Flow { lines, hints, tables, printed, mut diagnostics, info, .. } = flow;
    use crate::model::hint::LineRole;
    let (mut tables, unresolved) = table::of_marked(&lines, tables, &printed);
    diagnostics.extend(unresolved);
    // A heading that is also the title of a table remains a heading.
    let heads = |at: usize| hints.get(at).is_some_and(|hint| matches!(hint.told, Some(LineRole::Heading(_))));
    for table in tables.iter_mut().filter(|table| heads(table.lines.start)) {
        let blank = |at: &usize| lines.get(*at).is_some_and(|line| line.text.is_empty());
        let after = table.lines.start + 1;
        table.lines.start = (after..table.lines.end).find(|at| !blank(at)).unwrap_or(after);
    }
    let info = Some(info).filter(|info| *info != Info::default());
    Opened { lines, marked: true, hints, tables, pages: 1, diagnostics, info, ..Opened::default() }
}

#[cfg(feature = "sheets")]
fn open_workbook(
    path: &str,
    bytes: Vec<u8>,
    kind: source::FileKind,
    options: &Options,
) -> Result<Opened, Error> {
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
    let started = options.time.map(|time| (Instant::now(), time));
    #[cfg(feature = "ocr")]
    let file = recognised(file, options, started.and_then(|(start, time)| start.checked_add(time)));
    let mut pages = table::page::lines::Pages::default();
    let (mut doubts, mut unread) = (Vec::new(), Vec::new());
    let stop = |read: usize| {
        if let Some(tell) = options.progress {
            tell(read, file.pages());
        }
        if options.most_pages.is_some_and(|most| read >= most as usize) {
            return Some(left_out(read, file.pages(), LIMITED));
        }
        let (_, time) = started.filter(|(start, time)| start.elapsed() >= *time)?;
        let why = format!("in {} s, the limit of this run", time.as_secs_f64());
        Some(left_out(read, file.pages(), &why))
    };
    let mut suspect = Vec::new();
    let mut diagnostics = file.read(stop, |canvas| {
        let mut printed = layout::printed::Printed::of(canvas);
        let page = printed.page;
        unread.append(&mut printed.left_out);
        doubts.extend(printed.doubts().into_iter().map(|(area, why)| DoubtfulArea { page, area, why }));
        pages.add(&printed, &mut |printed| {
            let tables = table::page::find(printed);
            for (table, found) in tables.iter().flat_map(|t| t.contradictions.iter().map(move |d| (t, d))) {
                suspect.push(contradiction(printed.page, found));
                let area = found.cell.and_then(|(row, col)| table.area_of(printed, row, col));
                doubts.extend(area.map(|area| DoubtfulArea {
                    page: printed.page,
                    area: printed.frame.shown(area),
                    why: found.why,
                }));
            }
            tables
        });
    });
    diagnostics.append(&mut suspect);
    pages.finish();
    let table::page::lines::Pages { lines, boxes, hints, mut tables, .. } = pages;
    table::add_lists(&lines, |at| hints.get(at).is_some_and(|hint| hint.furniture), &mut tables);
    table::dress(&lines, &mut tables);
    let pages = u32::try_from(file.pages()).unwrap_or(u32::MAX);
    let info = Some(file.info()).filter(|info| *info != Info::default());
    let left_out = unread;
    Ok(Opened {
        lines,
        boxes,
        hints,
        tables,
        pages,
        diagnostics,
        info,
        doubts,
        left_out,
        ..Opened::default()
    })
}

/// The file with the text of its pages that are pictures, where a recogniser is given.
#[cfg(feature = "ocr")]
fn recognised(mut file: format::pdf::File, options: &Options, until: Option<Instant>) -> format::pdf::File {
    if let Some(recogniser) = options.recogniser.as_deref() {
        let most = options.most_pages.map_or(usize::MAX, |most| most as usize);
        file.recognise(recogniser, most, until);
    }
    file
}

/// The diagnostic for a table that contradicts its page.
#[cfg(feature = "pdf")]
fn contradiction(page: u32, found: &table::page::Contradiction) -> Diagnostic {
    let cell =
        found.cell.map_or(String::new(), |(row, col)| format!(" (row {}, column {})", row + 1, col + 1));
    let message = format!("page {page}: a table may be misread{cell}: {}: {}", found.why, found.text);
    Diagnostic { code: "CF803", severity: Severity::Warning, message, place: None }
}

/// The diagnostic for pages that were left out, with the reason.
fn left_out(read: usize, all: usize, why: &str) -> Diagnostic {
    let message =
        format!("only the first {read} of {all} pages were read, {why}; there may be more in the rest");
    Diagnostic { code: "pages-left-out", severity: Severity::Warning, message, place: None }
}
