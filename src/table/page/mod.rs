//! Finds tables as they are drawn on a page, by geometry alone:
//!
//! 0. `tagged`: tables that the file itself tags, where the page agrees with the tags;
//! 1. `edges`: rules and sides of filled areas are moved to common positions and joined;
//! 2. `lattice`, `regions`: places where a table may be: nets of crossing lines, bands between level lines of one
//!    width, and lines of text whose gaps stand below each other;
//! 3. `columns`, `rows`, `heads`, `grid`: the columns and rows of such a place, and which cell spans what;
//! 4. `judge`: whether it is a table, and for which reasons;
//! 5. `stack`, `below`: heads that are drawn apart from their rows are joined to them.
//!
//! The thresholds stand in `settings`.

mod bands;
mod below;
mod captions;
mod columns;
mod contradictions;
mod edges;
mod finish;
mod grid;
mod heads;
mod judge;
mod lattice;
pub mod lines;
mod maker;
mod pieces;
mod regions;
mod repeats;
mod rows;
mod settings;
mod spaced;
mod spans;
mod stack;
mod stretch;
mod tagged;

pub use contradictions::Contradiction;
pub use finish::of_drawn;

use crate::layout::printed::Printed;
use crate::layout::printed::marks::is_typed_line;
use crate::model::geometry::{Rect, cover};
use crate::model::table::Form;
use below::BareHeads;
use grid::{Grid, Region};
use pieces::{Class, Piece};

/// A cell with its words, line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnCell {
    /// From 0.
    pub row: usize,
    /// From 0.
    pub col: usize,
    /// At least 1.
    pub row_span: usize,
    /// At least 1.
    pub col_span: usize,
    /// Indices into [`Printed::words`], a list for each printed line.
    pub lines: Vec<Vec<usize>>,
}

/// A table found on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnTable {
    /// In the frame of the page's text.
    pub area: Rect,
    /// How it was found.
    pub form: Form,
    /// Why it is believed to be a table.
    pub reasons: Vec<&'static str>,
    /// Rows of the grid.
    pub rows: usize,
    /// Columns of the grid.
    pub cols: usize,
    /// How many rows at the top are heads, where the drawing shows it.
    pub header_rows: Option<usize>,
    /// By row, then column.
    pub cells: Vec<DrawnCell>,
    /// Where it contradicts the page.
    pub contradictions: Vec<Contradiction>,
}

impl DrawnTable {
    /// Where the words of a cell stand.
    pub fn area_of(&self, page: &Printed, row: usize, col: usize) -> Option<Rect> {
        let cell = self.cells.iter().find(|c| c.row == row && c.col == col)?;
        cover(cell.lines.iter().flatten().filter_map(|w| page.words.get(*w)).map(|w| w.area))
    }
}

/// Finds the tables of a page, from top to bottom.
pub fn find(page: &Printed) -> Vec<DrawnTable> {
    let pieces = pieces::pieces(page);
    let mut edges = edges::Edges::of(page);
    // Lines that are typed with dashes are lines and no words.
    let typed: Vec<bool> = pieces.iter().map(|p| is_typed_line(&p.text)).collect();
    let lines = pieces.iter().zip(&typed).filter(|(_, t)| **t).map(|(p, _)| edges::Edge::typed(p.area));
    let drawn = edges.clone();
    edges.level.extend(lines);
    let mut search = PageSearch { pieces: &pieces, taken: typed, found: Vec::new(), heads: Vec::new() };
    for table in tagged::tagged(page, &pieces) {
        search.take(table);
    }
    for lattice in lattice::find(&drawn) {
        search.attempt(regions::of_lattice(&lattice, &edges), Form::Ruled);
    }
    for region in regions::between_lines(&pieces, &search.free(), &drawn) {
        search.attempt(region, Form::PartlyRuled);
    }
    for region in regions::aligned(&pieces, &search.free(), &edges) {
        search.attempt(region, Form::Aligned);
    }
    let mut found = std::mem::take(&mut search.found);
    sort(&mut found);
    let mut tables = stack::stack(page, found);
    search.extend(&mut tables);
    let free = search.free();
    for table in &mut tables {
        table.contradictions.extend(contradictions::beside(&pieces, &free, table.area));
    }
    tables
}

/// Sorts tables from top to bottom.
fn sort(tables: &mut [DrawnTable]) {
    tables.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0).then(a.area.x0.total_cmp(&b.area.x0)));
}

struct PageSearch<'a> {
    pieces: &'a [Piece],
    taken: Vec<bool>,
    found: Vec<DrawnTable>,
    /// Areas that may be heads without rows, whether or not a table was made of them.
    heads: Vec<BareHeads>,
}

impl PageSearch<'_> {
    fn free(&self) -> Vec<usize> {
        self.taken.iter().enumerate().filter(|(_, t)| !**t).map(|(i, _)| i).collect()
    }

    /// Adds a finished table, and notes that its words are taken.
    fn take(&mut self, table: DrawnTable) {
        for index in table.cells.iter().flat_map(|c| c.lines.iter().flatten()) {
            if let Some(taken) = self.taken.get_mut(*index) {
                *taken = true;
            }
        }
        self.found.push(table);
    }

    /// Makes a table of a region, if it is one.
    fn attempt(&mut self, region: Region, form: Form) {
        let area = region.area.grown(1.5);
        let inside = |i: &usize| {
            self.pieces.get(*i).is_some_and(|p| {
                let y = if p.turned { p.area.mid_y() } else { p.base - 0.3 * p.size };
                area.holds(p.area.mid_x(), y)
            })
        };
        let members: Vec<usize> = self.free().into_iter().filter(inside).collect();
        if members.len() < 3 {
            return;
        }
        let Some(grid) = grid::build(self.pieces, &members, &region) else { return };
        if form != Form::Aligned && below::is_bare(self.pieces, &grid) {
            let (rows, cols) = (grid.rows, grid.cols);
            let members = members.clone();
            self.heads.push(BareHeads { region: region.clone(), form, members, rows, cols });
        }
        let Some((grid, reasons)) = judge::judge(self.pieces, grid, form, region.captioned) else { return };
        for index in grid.cells.iter().flat_map(|c| &c.members) {
            if let Some(taken) = self.taken.get_mut(*index) {
                *taken = true;
            }
        }
        self.found.push(self.table(grid, &members, &region, form, reasons));
    }

    /// Adds to heads that still have no rows the lines below them.
    fn extend(&mut self, tables: &mut Vec<DrawnTable>) {
        for heads in std::mem::take(&mut self.heads) {
            let alone = tables.iter().position(|t| t.area == heads.region.area);
            // A single row of heads is no table, so its words may be free.
            let free = heads.members.iter().all(|i| self.taken.get(*i) == Some(&false));
            if alone.is_none() && !free {
                continue;
            }
            let Some(whole) = below::with_body(self.pieces, &self.free(), &heads) else { continue };
            for index in &whole.members {
                self.taken.get_mut(*index).into_iter().for_each(|taken| *taken = true);
            }
            let table = self.table(whole.grid, &whole.members, &whole.region, heads.form, whole.reasons);
            match alone.and_then(|at| tables.get_mut(at)) {
                Some(alone) => *alone = table,
                None => tables.push(table),
            }
        }
        sort(tables);
    }

    /// Makes the table of a grid. `members` are the pieces that stand in its region.
    fn table(
        &self,
        grid: Grid,
        members: &[usize],
        region: &Region,
        form: Form,
        reasons: Vec<&'static str>,
    ) -> DrawnTable {
        let contradictions = contradictions::contradictions(self.pieces, &grid, members, region);
        let cells = grid.cells.into_iter().map(|cell| {
            let words = cell
                .members
                .iter()
                .copied()
                .filter(|i| self.pieces.get(*i).is_some_and(|p| p.class != Class::Leader));
            let lines = pieces::rows(self.pieces, words);
            DrawnCell {
                row: cell.row,
                col: cell.col,
                row_span: cell.row_span,
                col_span: cell.col_span,
                lines: lines
                    .into_iter()
                    .map(|l| l.members.iter().filter_map(|i| self.pieces.get(*i)).map(|p| p.word).collect())
                    .collect(),
            }
        });
        let cells: Vec<DrawnCell> = cells.filter(|c| !c.lines.is_empty()).collect();
        DrawnTable {
            area: region.area,
            form,
            reasons,
            rows: grid.rows,
            cols: grid.cols,
            header_rows: grid.header_rows,
            cells,
            contradictions,
        }
    }
}
