//! Figures of cells that list counts or shares by name: "Upheld - 3 Not upheld - 5", "• Upheld - 38%".

use super::{CellReader, Common, Words, join};
use crate::lex::numeral::{Numeral, named};
use crate::model::figure::{Figure, Home, Method, Role};
use crate::model::quantity::Unit;
use crate::model::table::{Cell, Table};

/// So many cells with one entry each are a list that runs down a column.
const ENTRIES: usize = 3;
/// What opens an entry of a list.
const BULLET: char = '•';

/// The columns of lists: those in which a cell lists several counts, where a single one by its name is a count as well, and
/// those whose cells are all entries of one list.
pub(super) fn columns(table: &Table) -> Vec<bool> {
    let mut found = vec![false; table.cols];
    let mut entries = vec![Some(0); table.cols];
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.row() >= table.header_rows) {
        let (Some(column), Some(entries)) = (found.get_mut(cell.col()), entries.get_mut(cell.col())) else {
            continue;
        };
        let text = &cell.passage.text;
        let listed = named(text).len();
        *column |= listed > 1;
        let is_entry = listed == 1 && text.trim_start().starts_with(BULLET);
        *entries =
            entries.filter(|_| is_entry || text.is_empty()).map(|entries| entries + usize::from(is_entry));
    }
    let is_list = entries.iter().map(|entries| entries.is_some_and(|entries| entries >= ENTRIES));
    found.iter().zip(is_list).map(|(several, is_list)| *several || is_list).collect()
}

impl CellReader<'_> {
    /// Reads the counts of a cell, each with what its name says.
    pub(super) fn read_list(&self, cell: &Cell, words: &Words, shared: &mut Common, into: &mut Vec<Figure>) {
        let text = &cell.passage.text;
        for (part, (name, Numeral { range, quantity, .. })) in named(text).into_iter().enumerate() {
            let name = text.get(name).unwrap_or_default();
            let mut own = words.label(name, &words.lex(name));
            own.inherit(&self.row.meaning);
            own.topic.extend(&self.row.meaning.topic);
            let place = cell.passage.place(range);
            let misread = self.known.doubts(place);
            into.push(Figure {
                role: if quantity.unit == Unit::Percent { Role::Share } else { Role::Value },
                facets: self.facets_of(own, quantity.unit).shared(shared),
                context: self.context.clone(),
                words: [self.row.text.clone(), join([self.column.text.as_str(), name].into_iter()).into()],
                home: Home::Cell {
                    table: self.index,
                    row: cell.row(),
                    col: cell.col(),
                    part: u16::try_from(part).unwrap_or(u16::MAX),
                },
                place,
                method: Method::CellList,
                misread: !misread.is_empty(),
                doubts: self.doubts(cell).into_iter().chain(misread).collect(),
                scale: 0,
                quantity,
            });
        }
    }
}
