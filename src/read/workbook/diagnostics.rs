//! Diagnostics about a workbook, with the sheet and cells that they are about.

use super::{RawSheet, Visibility, What};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::sheet::address;

/// At most this many cells of a kind get a diagnostic each.
const EACH: usize = 10;

/// A diagnostic of a sheet, and the cell of its grid that it is about.
#[derive(Clone, Debug)]
pub(crate) struct SheetDiagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub message: String,
    pub cell: Option<(usize, usize)>,
}

impl SheetDiagnostic {
    pub fn note(code: &'static str, message: String) -> SheetDiagnostic {
        SheetDiagnostic { code, severity: Severity::Note, message, cell: None }
    }

    pub fn warning(code: &'static str, message: String) -> SheetDiagnostic {
        SheetDiagnostic { code, severity: Severity::Warning, message, cell: None }
    }
}

/// The diagnostics about one sheet. `places` maps cells of the file to cells of the grid.
pub(crate) fn of_sheet(
    raw: &RawSheet,
    most_cells: usize,
    places: impl Fn(u32, u32) -> Option<(usize, usize)>,
) -> Vec<SheetDiagnostic> {
    let mut told = Vec::new();
    let name = &raw.name;
    if let Some(why) = &raw.broken {
        let message = format!("sheet \"{name}\" could not be read to its end: {why}");
        told.push(SheetDiagnostic::warning("broken-sheet", message));
    }
    if let Some(why) = &raw.unformatted {
        let message = format!(
            "how the numbers of the workbook are shown could not be read ({why}): its shares and dates are read as the \
             numbers that are stored"
        );
        told.push(SheetDiagnostic::warning("no-formats", message));
    }
    if raw.cut {
        let read = raw.rows.last().map(|(row, _)| format!("read up to row {} only", row + 1));
        let message = format!(
            "sheet \"{name}\" is {}: of a workbook, {most_cells} filled cells are read, and of a sheet, {} with the \
             blank ones before them; save the sheets that matter in workbooks of their own",
            read.as_deref().unwrap_or("left out"),
            super::cells::MOST_POSITIONS
        );
        told.push(SheetDiagnostic::warning("too-many-cells", message));
    }
    if raw.rows.is_empty() {
        if raw.broken.is_none() && !raw.cut {
            let why = raw.empty.unwrap_or("it has no cells");
            told.push(SheetDiagnostic::note("empty-sheet", format!("sheet \"{name}\" gives nothing: {why}")));
        }
        return told;
    }
    if raw.visibility == Visibility::Hidden {
        told.push(SheetDiagnostic::note("hidden-sheet", format!("sheet \"{name}\" is hidden; it was read")));
    }
    told.extend(hidden(raw));
    told.extend(cells(raw, places));
    told
}

/// The diagnostics for hidden rows and columns that are not empty.
fn hidden(raw: &RawSheet) -> Vec<SheetDiagnostic> {
    let mut told = Vec::new();
    if !raw.hidden_rows.is_empty() {
        let rows: Vec<u32> =
            super::cells::in_stretches(&raw.hidden_rows, raw.rows.iter().map(|(row, _)| *row));
        if !rows.is_empty() {
            let which = listed(&rows, |row| (row + 1).to_string());
            let message = format!("sheet \"{}\" has hidden rows, which were read: {which}", raw.name);
            told.push(SheetDiagnostic::note("hidden-rows", message));
        }
    }
    if !raw.hidden_cols.is_empty() {
        let mut cols: Vec<u32> =
            raw.rows.iter().flat_map(|(_, cells)| cells.iter().map(|cell| cell.col)).collect();
        cols.sort_unstable();
        cols.dedup();
        let cols = super::cells::in_stretches(&raw.hidden_cols, cols.into_iter());
        if !cols.is_empty() {
            let letters = |col: u32| address(0, col as usize).trim_end_matches('1').to_owned();
            let which = listed(&cols, letters);
            let message = format!("sheet \"{}\" has hidden columns, which were read: {which}", raw.name);
            told.push(SheetDiagnostic::note("hidden-columns", message));
        }
    }
    told
}

/// Formats a list of numbers as ranges: "3, 5 to 9".
fn listed(numbers: &[u32], name: impl Fn(u32) -> String) -> String {
    let runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
    let mut words: Vec<String> = runs
        .iter()
        .take(EACH)
        .filter_map(|run| match run {
            [one] => Some(name(*one)),
            [first, .., last] => Some(format!("{} to {}", name(*first), name(*last))),
            [] => None,
        })
        .collect();
    if runs.len() > EACH {
        words.push(format!("and {} more", runs.len() - EACH));
    }
    words.join(", ")
}

/// The diagnostics for error values, formulas without a stored result and missing texts.
fn cells(raw: &RawSheet, places: impl Fn(u32, u32) -> Option<(usize, usize)>) -> Vec<SheetDiagnostic> {
    let mut told = Vec::new();
    let (mut errors, mut nothings, mut lost) = (0, 0, 0);
    let hint = "open the workbook in a spreadsheet program and save it";
    for (row, cell) in raw.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (*row, cell))) {
        let place = format!("{}!{}", raw.name, address(row as usize, cell.col as usize));
        let (code, message) = match cell.what {
            What::Error if errors < EACH => {
                errors += 1;
                ("error-value", format!("{place}: the cell holds the error {}, and no figure", cell.text))
            }
            What::Error => {
                errors += 1;
                continue;
            }
            What::Nothing => {
                nothings += 1;
                if nothings > 1 {
                    continue;
                }
                let mut formula: String =
                    cell.formula.iter().flat_map(|text| text.chars().take(60)).collect();
                if !formula.is_empty() {
                    formula.insert_str(0, ", =");
                }
                ("formula-without-value", format!("{place}: a formula without its value{formula}; {hint}"))
            }
            What::Lost => {
                lost += 1;
                if lost > 1 {
                    continue;
                }
                ("missing-text", format!("{place}: the workbook does not have the text of this cell; {hint}"))
            }
            _ => continue,
        };
        let cell = places(row, cell.col);
        told.push(SheetDiagnostic { code, severity: Severity::Warning, message, cell });
    }
    if errors > EACH {
        let message = format!("sheet \"{}\" has {} more cells with errors", raw.name, errors - EACH);
        told.push(SheetDiagnostic::warning("error-value", message));
    }
    if nothings > 1 {
        let message = format!("sheet \"{}\" has {} more formulas without a value", raw.name, nothings - 1);
        told.push(SheetDiagnostic::warning("formula-without-value", message));
    }
    if lost > 1 {
        let message = format!("sheet \"{}\" has {} more cells without their texts", raw.name, lost - 1);
        told.push(SheetDiagnostic::warning("missing-text", message));
    }
    told
}

/// The diagnostic for sheets that were left out.
pub(crate) fn left_out(most: u32, all: u32) -> Diagnostic {
    let message = format!(
        "only the first {most} of {all} sheets were read, as asked for; there may be more in the rest"
    );
    Diagnostic { code: "pages-left-out", severity: Severity::Warning, message, place: None }
}

/// The diagnostic for a workbook without sheets.
pub(crate) fn no_sheets() -> Diagnostic {
    let message = "the workbook names no sheets".to_owned();
    Diagnostic { code: "empty-sheet", severity: Severity::Warning, message, place: None }
}
