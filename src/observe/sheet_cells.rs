//! What is known of the cells of a sheet before figures are made of them: how the sheet prints its numbers, how they
//! are stored, and which of them take part in sums, means, shares or changes.

use crate::lex::numeral::{Conventions, Numeral, whole};
use crate::model::block::{BlockKind, Layout};
use crate::model::exact::Exact;
use crate::model::facets::Facets;
use crate::model::figure::{Figure, Home, Method, Role};
use crate::model::period::Period;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::sheet::Sheet;
use crate::model::table::Table;
use crate::model::text::{Line, Place, text_at};
use crate::table::numbers::SheetConventions;
use ecow::{EcoString, EcoVec};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The row and column of a cell. Rows are counted over all sheets.
type At = (usize, usize);

/// The cells of a sheet, with what is known of them.
pub(super) struct SheetCells<'a> {
    sheet: &'a Sheet,
    conventions: &'a SheetConventions,
    lines: &'a [Line],
    layout: &'a Layout,
    period: Option<Period>,
    /// The cells that take part in sums and formulas, with their places, in the order of the places.
    wanted: Vec<(Place, At)>,
}

impl<'a> SheetCells<'a> {
    pub fn of(
        sheet: &'a Sheet,
        conventions: &'a SheetConventions,
        lines: &'a [Line],
        layout: &'a Layout,
        period: Option<Period>,
    ) -> SheetCells<'a> {
        let aggregated = sheet.aggregations.iter().flat_map(|a| a.parts.iter().copied().chain([a.result]));
        let added = sheet.formulas.iter().flat_map(|f| sheet.parts_of(f).chain([f.cell]));
        let cells: BTreeSet<At> = aggregated.chain(added).collect();
        let placed = cells.into_iter().filter_map(|at| Some((sheet.place_of(at.0, at.1)?, at)));
        let mut wanted: Vec<(Place, At)> = placed.collect();
        wanted.sort_by_key(|(place, _)| (place.line, place.start));
        SheetCells { sheet, conventions, lines, layout, period, wanted }
    }

    /// The conventions by which the cell at a place is read.
    pub fn conventions(&self, place: Place) -> Option<Conventions> {
        let at = self.sheet.cell_at(place)?;
        let rounded = self.sheet.stored_at(at).is_some();
        Some(Conventions { rounded, ..self.conventions.at(at.0) })
    }

    /// The numeral that the cell at a place consists of. `None` where the figure before is of the same cell.
    pub fn numeral(&self, place: Place, before: Option<&Figure>) -> Option<Numeral> {
        let at = self.sheet.cell_at(place)?;
        if before.is_some_and(|before| self.sheet.cell_at(before.place) == Some(at)) {
            return None;
        }
        whole(&text_at(self.lines, self.sheet.place_of(at.0, at.1)?), &self.conventions(place)?)
    }

    /// The cells of sums and formulas whose lines come before a line, from the `from`th on.
    pub fn wanted_before(&self, line: usize, from: usize) -> &[(Place, At)] {
        let rest = self.wanted.get(from..).unwrap_or_default();
        let count = rest.partition_point(|(place, _)| place.line as usize <= line);
        rest.get(..count).unwrap_or_default()
    }

    /// Those of some cells in which no figure stands.
    pub fn without<'b>(
        &self,
        cells: &'b [(Place, At)],
        figures: &[Figure],
    ) -> impl Iterator<Item = &'b (Place, At)> {
        let mut blank: FxHashSet<At> = cells.iter().map(|(_, at)| *at).collect();
        for figure in figures {
            if let Some(at) = self.sheet.cell_at(figure.place) {
                blank.remove(&at);
            }
        }
        cells.iter().filter(move |(_, at)| blank.contains(at))
    }

    /// Makes a figure of a cell in which none was read: a number that looks like a year, or a blank cell. A blank
    /// cell counts as zero, because that is what a sum makes of it.
    pub fn figure(&self, at: At, place: Place) -> Figure {
        let conventions = self.conventions(place).unwrap_or_default();
        let numeral = whole(&text_at(self.lines, place), &conventions);
        let quantity = numeral.map_or_else(blank, |numeral| numeral.quantity);
        let mut facets = Facets::default();
        facets.period = self.period;
        Figure {
            context: facets.clone(),
            facets,
            role: if quantity.unit == Unit::Percent { Role::Share } else { Role::Value },
            quantity,
            words: [EcoString::new(), EcoString::new()],
            home: self.home(at, place),
            place,
            method: Method::Sheet,
            scale: 0,
            doubts: EcoVec::new(),
            misread: false,
        }
    }

    /// Where the figure stands: in a cell of the table that takes in its line, or else in the block above.
    fn home(&self, at: At, place: Place) -> Home {
        let line = place.line.saturating_sub(1) as usize;
        let blocks = &self.layout.blocks;
        let block = blocks.partition_point(|block| block.lines.start <= line).saturating_sub(1).into();
        if let Some(BlockKind::Table(table)) = blocks.get(block).map(|block| block.kind)
            && let Some((row, col)) =
                self.layout.tables.get(table).and_then(|read| self.position(read, at, place))
        {
            return Home::Cell { table, row, col, part: 0 };
        }
        Home::Prose { block, sentence: 0 }
    }

    /// The row and column of a cell in a table, where the table takes in its line.
    fn position(&self, table: &Table, at: At, place: Place) -> Option<(usize, usize)> {
        if !(table.place.line..=table.place.line_end).contains(&place.line) {
            return None;
        }
        // The heads may stand further up and belong to another table, so the body's first cell gives the position.
        let first = table.cells.iter().find(|cell| cell.row() >= table.header_rows)?;
        let corner = self.sheet.cell_at(first.passage.whole())?;
        Some(((at.0 + first.row()).checked_sub(corner.0)?, (at.1 + first.col()).checked_sub(corner.1)?))
    }
}

fn blank() -> Quantity {
    let (value, unit, qualifier) = (Some(Exact::ZERO), Unit::Count, Qualifier::Blank);
    Quantity { value, unit, qualifier, decimals: 0, scale: 0, spelled: false, rounded: false, step: None }
}
