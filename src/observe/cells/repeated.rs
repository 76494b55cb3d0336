//! The number of a cell that says the label of its row again, as each cell does where a page was laid out for a narrow
//! screen: "Total answers 412 (weighted)" beside the label "Total answers (weighted)".

use super::CellReader;
use crate::lex::numeral::{Conventions, Numeral, lead};
use crate::model::table::Cell;

impl CellReader<'_> {
    /// The one numeral of a cell whose other words are those of another cell of its row.
    pub(super) fn number_by_its_label(&self, cell: &Cell, conventions: &Conventions) -> Option<Numeral> {
        let text = &cell.passage.text;
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let (before, rest) = text.split_at_checked(start)?;
        let (mut numeral, end) = lead(rest, conventions)?;
        let after = rest.get(end..)?;
        let bare = !before.trim().is_empty() && before.ends_with(char::is_whitespace);
        let said = || before.split_whitespace().chain(after.split_whitespace()).map(str::to_lowercase);
        let mut others = self.table.cells_of(cell.row()).iter().filter(|other| other.col() != cell.col());
        let again =
            others.any(|other| said().eq(other.passage.text.split_whitespace().map(str::to_lowercase)));
        numeral.range = numeral.range.start + start..numeral.range.end + start;
        numeral.note = numeral.note.map(|note| note.start + start..note.end + start);
        (bare && again).then_some(numeral)
    }
}
