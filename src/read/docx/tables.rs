//! Turns a Word table into a grid, or into its text where it only arranges its content.

use super::body::StoryBlock;
use super::{is_on, number};
use crate::model::table::Form;
use crate::read::flow::{SpannedCell, SpannedTable};
use crate::read::xml::attribute;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Whether a cell continues the one above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum VerticalMerge {
    #[default]
    No,
    Begins,
    GoesOn,
}

#[derive(Debug, Default)]
pub(crate) struct WordCell {
    pub(crate) blocks: Vec<StoryBlock>,
    /// How many columns it spans; 0 counts as 1.
    span: usize,
    down: VerticalMerge,
    /// Whether it continues the cell to its left.
    across: bool,
    /// Whether it has ended.
    pub(crate) done: bool,
}

#[derive(Debug, Default)]
pub(crate) struct WordRow {
    pub(crate) cells: Vec<WordCell>,
    header: bool,
    pub(crate) deleted: bool,
    /// Empty columns before its first cell.
    before: usize,
}

#[derive(Debug, Default)]
pub(crate) struct WordTable {
    pub(crate) rows: Vec<WordRow>,
}

impl WordTable {
    /// Handles a row, a cell or a property of these; returns whether the element was one.
    pub(crate) fn property(&mut self, start: &BytesStart<'_>, name: &str) -> bool {
        if name == "tr" {
            self.rows.push(WordRow::default());
            return true;
        }
        let Some(row) = self.rows.last_mut() else { return false };
        let restarts = || attribute(start, "val").is_some_and(|v| v == "restart");
        match (name, row.cells.last_mut()) {
            ("tc", _) => row.cells.push(WordCell::default()),
            ("tblHeader", _) => row.header = is_on(start),
            ("gridBefore", _) => row.before = number(start).unwrap_or(0),
            ("gridSpan", Some(cell)) => cell.span = number(start).unwrap_or(1),
            ("vMerge", Some(cell)) => {
                cell.down = if restarts() { VerticalMerge::Begins } else { VerticalMerge::GoesOn }
            }
            ("hMerge", Some(cell)) => cell.across = !restarts(),
            _ => return false,
        }
        true
    }

    /// The table and, after it, the tables in its cells; or only the content of its cells.
    pub(crate) fn finish(mut self) -> Vec<StoryBlock> {
        self.rows.retain(|row| !row.deleted && !row.cells.is_empty());
        if !self.is_data() {
            return self.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks).collect();
        }
        let head_rows = self.rows.iter().take_while(|row| row.header).count();
        let mut grid = SpannedTable { head_rows, ..SpannedTable::default() };
        let mut later = Vec::new();
        // For each column, the cell above that may continue.
        let mut open: HashMap<usize, (usize, usize)> = HashMap::new();
        for row in self.rows {
            let mut cells: Vec<SpannedCell> = Vec::new();
            let mut col = row.before;
            if row.before > 0 {
                cells.push(SpannedCell { row_span: 1, col_span: row.before, ..SpannedCell::default() });
            }
            let at = grid.rows.len();
            for cell in row.cells {
                let span = cell.span.max(1);
                if cell.across
                    && let Some(left) = cells.last_mut()
                {
                    left.col_span += span;
                    col += span;
                    continue;
                }
                if cell.down == VerticalMerge::GoesOn
                    && let Some(above) =
                        open.get(&col).and_then(|(row, cell)| grid.rows.get_mut(*row)?.get_mut(*cell))
                {
                    above.row_span += 1;
                    col += span;
                    continue;
                }
                if cell.down == VerticalMerge::Begins {
                    open.insert(col, (at, cells.len()));
                } else {
                    open.remove(&col);
                }
                let text = text(cell.blocks, &mut later);
                cells.push(SpannedCell { text, row_span: 1, col_span: span, header: row.header });
                col += span;
            }
            grid.rows.push(cells);
        }
        if grid.head_rows == grid.rows.len() {
            grid.head_rows = 0;
        }
        let mut blocks = vec![StoryBlock::Table(grid, Form::Marked)];
        blocks.append(&mut later);
        blocks
    }

    /// Whether it holds rows and columns of data and does not only arrange its content.
    fn is_data(&self) -> bool {
        let widest = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let holds = |wanted: fn(&StoryBlock) -> bool| cells().any(|cell| cell.blocks.iter().any(wanted));
        let headed = self.rows.iter().any(|row| row.header);
        let one = self.rows.len() == 1 && cells().any(|cell| cell.blocks.len() > 1);
        let tables = holds(|block| matches!(block, StoryBlock::Table(..) | StoryBlock::Drawing(_)));
        let headings = holds(
            |block| matches!(block, StoryBlock::Paragraph { kind, .. } if kind.heading.is_some_and(|level| level < 4)),
        );
        widest > 1 && !one && !headings && (headed || !tables)
    }
}

/// The text of a cell on one line; tables and notes in it are kept for later.
fn text(blocks: Vec<StoryBlock>, later: &mut Vec<StoryBlock>) -> String {
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            StoryBlock::Paragraph { lines, .. } => texts.extend(lines),
            other => later.push(other),
        }
    }
    texts.join(" ")
}
