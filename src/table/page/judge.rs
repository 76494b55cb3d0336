//! Decides whether a grid is a table, and for which reasons.

use super::contradictions::text;
use super::grid::{Grid, GridCell};
use super::pieces::{Chunk, Class, Piece, Row, chunks, rows};
use super::settings::SETTINGS;
use crate::model::table::Form;
use crate::pack::pack;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Returns the grid without what is no part of the table, and the reasons to believe in it. `None` where it is no
/// table.
pub(crate) fn judge(
    pieces: &[Piece],
    grid: Grid,
    form: Form,
    captioned: bool,
) -> Option<(Grid, Vec<&'static str>)> {
    let grid = without_title(pieces, without_lead(grid), form);
    let grid = without_notes(pieces, grid);
    if grid.rows < 2 || grid.cols < 2 || grid.cells.len() < 4 {
        return None;
    }
    // A table has cells side by side in most of its rows. Diagrams and charts do not.
    let broad = (0..grid.rows)
        .filter(|row| grid.cells.iter().filter(|c| (c.row..c.row + c.row_span).contains(row)).count() >= 2);
    if broad.count() * 2 < grid.rows {
        return None;
    }
    let words = |c: &GridCell| c.members.len();
    let value = |c: &GridCell| {
        let mut any = false;
        let all =
            c.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.class != Class::Affix).all(|p| {
                any = true;
                p.is_value()
            });
        any && all
    };
    let body: Vec<&GridCell> = grid.cells.iter().filter(|c| c.row >= grid.header_rows.unwrap_or(1)).collect();
    let values = body.iter().filter(|c| c.col > 0 && value(c)).count();
    let filled = grid.cells.len() as f32 / (grid.rows * grid.cols) as f32;
    let mean_words = grid.cells.iter().map(words).sum::<usize>() as f32 / grid.cells.len() as f32;
    if is_contents(pieces, &grid) || is_crowded(pieces, &grid) {
        return None;
    }
    let mut reasons = Vec::new();
    match form {
        Form::Ruled => {
            if grid.rows == 2 && grid.cols == 2 && grid.cells.len() < 4 || filled < SETTINGS.min_filled_boxes
            {
                return None;
            }
            // Frames around running text are no tables.
            if mean_words > SETTINGS.max_cell_words
                || values == 0 && mean_words > SETTINGS.max_words_without_figures && grid.rows < 3
            {
                return None;
            }
            reasons.push("its cells are drawn");
        }
        Form::PartlyRuled => {
            if values == 0 && (mean_words > SETTINGS.max_band_words || grid.rows < 3)
                || filled < SETTINGS.min_filled_bands
            {
                return None;
            }
            reasons.push("it stands between level lines of one width");
        }
        _ => {
            let columns = value_columns(&grid, value);
            // Where a caption calls it a table, a single row of figures under heads is enough.
            let rows = grid.rows + usize::from(captioned && values >= 2);
            let enough = values >= 3 && columns >= 1 && values * 3 >= body.len();
            let wordy = grid.cols >= 3
                && grid.rows >= 4
                && mean_words <= SETTINGS.max_aligned_words
                && filled > SETTINGS.min_filled_wordy;
            if !enough && !wordy && !captioned || filled < SETTINGS.min_filled_aligned || rows < 3 {
                return None;
            }
            reasons.push("its lines leave common gutters free");
            if captioned {
                reasons.push("its caption calls it a table");
            }
        }
    }
    if values > 0 {
        reasons.push("its columns hold figures");
    }
    Some((grid, reasons))
}

/// This many lines with several figures in one cell mean that the columns were not found.
const MOST_CROWDED: usize = 3;

/// Whether most lines with figures have several of them in one cell, apart from each other: what was drawn is a frame
/// round tables, not their columns.
fn is_crowded(pieces: &[Piece], grid: &Grid) -> bool {
    let (mut crowded, mut with_figures) = (0, 0);
    let cells = grid.cells.iter().enumerate();
    let owners: FxHashMap<usize, usize> =
        cells.flat_map(|(at, cell)| cell.members.iter().map(move |member| (*member, at))).collect();
    for line in rows(pieces, grid.cells.iter().flat_map(|cell| cell.members.iter().copied())) {
        let mut by_cell: BTreeMap<Option<&usize>, Vec<usize>> = BTreeMap::new();
        for member in &line.members {
            by_cell.entry(owners.get(member)).or_default().push(*member);
        }
        let of = |members: Vec<usize>| figures(pieces, &Row { members, ..line });
        let most = by_cell.into_values().map(of).max().unwrap_or(0);
        with_figures += usize::from(most > 0);
        crowded += usize::from(most > 1);
    }
    crowded >= MOST_CROWDED && crowded * 2 >= with_figures
}

/// How many runs of a line are figures and nothing else.
fn figures(pieces: &[Piece], line: &Row) -> usize {
    let is_figure = |run: &Chunk<'_>| {
        let mut members = run.members.iter().filter_map(|i| pieces.get(*i));
        members.clone().any(Piece::is_value) && members.all(|p| p.is_value() || p.class == Class::Affix)
    };
    chunks(pieces, line, SETTINGS.run_gap).iter().filter(|run| is_figure(run)).count()
}

/// Whether a grid is a list of contents: most rows have dots that lead to a page number, and these numbers never
/// fall.
fn is_contents(pieces: &[Piece], grid: &Grid) -> bool {
    let leads = |row: &usize| {
        let words = grid.cells.iter().filter(|c| c.row == *row).flat_map(|c| &c.members);
        words.filter_map(|i| pieces.get(*i)).any(|p| p.class == Class::Leader)
    };
    let led = (0..grid.rows).filter(leads).count();
    let last = |row: usize| {
        let cell = grid.cells.iter().filter(|c| c.row == row).max_by_key(|c| c.col)?;
        text(pieces, cell).trim_start_matches(['.', ' ']).parse::<u32>().ok()
    };
    let pages: Vec<u32> = (0..grid.rows).filter_map(last).collect();
    let rising = pages.windows(2).all(|pair| pair.first() <= pair.last());
    grid.rows >= 3 && led * 10 >= grid.rows * 6 && pages.len() * 10 >= grid.rows * 8 && rising
}

/// How many columns hold mostly figures.
fn value_columns(grid: &Grid, value: impl Fn(&GridCell) -> bool) -> usize {
    (1..grid.cols)
        .filter(|col| {
            let cells: Vec<&GridCell> = grid
                .cells
                .iter()
                .filter(|c| c.col == *col && c.row >= grid.header_rows.unwrap_or(1))
                .collect();
            let values = cells.iter().filter(|c| value(c)).count();
            values >= 2 && values * 10 >= cells.len() * 6
        })
        .count()
}

/// Three rows of one cell each at the top are text that stands over the table. Heads and titles have fewer such rows.
const MOST_LEADING: usize = 3;

/// A table under such text has at least this many rows. What is shorter is a chart with its scale and legend: one of
/// the documents of ICDAR 2013 has one.
const FEWEST_LED: usize = 4;

/// Removes the running text over the heads of a table, where one frame is drawn round both.
fn without_lead(mut grid: Grid) -> Grid {
    let alone =
        |row: &usize| grid.cells.iter().filter(|c| c.row <= *row && *row < c.row + c.row_span).count() == 1;
    let lead = (0..grid.rows).take_while(alone).count();
    if lead < MOST_LEADING || lead + FEWEST_LED > grid.rows {
        return grid;
    }
    grid.cells.retain(|c| c.row >= lead);
    grid.cells.iter_mut().for_each(|c| c.row -= lead);
    grid.rows -= lead;
    grid.header_rows = grid.header_rows.map(|heads| heads.saturating_sub(lead)).filter(|heads| *heads > 0);
    grid
}

/// Removes a first row that is one cell with a caption, because it is the title.
fn without_title(pieces: &[Piece], mut grid: Grid, form: Form) -> Grid {
    loop {
        let first: Vec<&GridCell> = grid.cells.iter().filter(|c| c.row == 0).collect();
        let [only] = first.as_slice() else { return grid };
        let text = text(pieces, only).to_lowercase();
        let first = text.split_whitespace().next().unwrap_or_default();
        let caption = pack().titles.captioned.has(first) || pack().titles.appendix.has(first);
        let loose =
            form == Form::Aligned && only.col == 0 && only.members.len() > 1 && is_one_run(pieces, only);
        if grid.rows < 2 || !(caption || loose) {
            return grid;
        }
        grid.cells.retain(|c| c.row > 0);
        grid.cells.iter_mut().for_each(|c| c.row -= 1);
        grid.rows -= 1;
        grid.header_rows = grid.header_rows.map(|h| h.saturating_sub(1));
    }
}

/// Whether the words on each line of a cell stand no further apart than words usually do.
fn is_one_run(pieces: &[Piece], cell: &GridCell) -> bool {
    rows(pieces, cell.members.iter().copied()).iter().all(|line| chunks(pieces, line, 1.0).len() == 1)
}

/// Removes last rows that are one long text, because they are notes.
fn without_notes(pieces: &[Piece], mut grid: Grid) -> Grid {
    loop {
        let Some(last) = grid.rows.checked_sub(1) else { return grid };
        let cells: Vec<&GridCell> = grid.cells.iter().filter(|c| c.row + c.row_span > last).collect();
        let [only] = cells.as_slice() else { return grid };
        let text = text(pieces, only).to_lowercase();
        let named = text.starts_with(['*', '†', '¹']) || pack().titles.sheet_notes.begins(&text);
        let long = only.members.len() > 14;
        if grid.rows < 3 || only.row != last || !(named || long) {
            return grid;
        }
        grid.cells.retain(|c| c.row < last);
        grid.rows -= 1;
    }
}
