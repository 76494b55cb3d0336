//! Figures of cells that list counts by name: "Upheld - 3 Not upheld - 5".

use super::{CellReader, SharedFacets, Words, join};
use crate::lex::numeral::{Numeral, named};
use crate::model::figure::{Figure, Home, LISTED, Role};
use crate::model::table::{Cell, Table};
use std::sync::Arc;

/// The columns in which a cell lists several counts: there a single one by its name is a count as well.
pub(super) fn columns(table: &Table) -> Vec<bool> {
    let mut found = vec![false; table.cols];
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.row >= table.header_rows) {
        if let Some(column) = found.get_mut(cell.col) {
            *column = *column || named(&cell.passage.text).len() > 1;
        }
    }
    found
}

impl CellReader<'_> {
    /// Reads the counts of a cell, each with what its name says.
    pub(super) fn read_list(
        &self,
        cell: &Cell,
        words: &Words,
        shared: &mut SharedFacets,
        into: &mut Vec<Figure>,
    ) {
        let text = &cell.passage.text;
        for (part, (name, Numeral { range, quantity, .. })) in named(text).into_iter().enumerate() {
            let name = text.get(name).unwrap_or_default();
            let mut own = words.label(name, &words.lex(name));
            own.inherit(&self.row.meaning);
            own.topic.extend(&self.row.meaning.topic);
            let place = cell.passage.place(range);
            let misread = self.known.doubts(place);
            into.push(Figure {
                role: Role::Value,
                facets: shared.of(self.facets_of(own, quantity.unit)),
                context: Arc::clone(self.context),
                label: join([self.row.text.as_str(), self.column.text.as_str(), name].into_iter()),
                name: String::new(),
                home: Home::Cell { table: self.index, row: cell.row, col: cell.col, part },
                place,
                method: LISTED,
                misread: !misread.is_empty(),
                doubts: self.doubts(cell).into_iter().chain(misread).collect(),
                scale: 0,
                quantity,
            });
        }
    }
}
