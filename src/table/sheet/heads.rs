//! The heads of a table of a sheet. Blocks of rows below share them, such as rows that are set in groups of five, and
//! groups under a name of their own.

use super::SheetBlock;
use crate::lex::{CellKind, is_year};
use crate::model::table::Reach;
use crate::model::text::Passage;
use crate::table::draft::{head_rows, is_withheld};
use std::ops::Range;

/// At most this many rows of words alone are the heads of the block below them. Of the sheets that were looked at, one has
/// heads of five rows; a longer block of words is a list.
const MOST: usize = 6;

/// The heads of the last table that has any.
pub(super) struct SheetHeads {
    /// The whole rows of the region. The table takes the columns [`SheetHeads::cols`] of them.
    pub(super) rows: Vec<Vec<Passage>>,
    /// The rows of the region in which they stand.
    pub(super) at: Range<usize>,
    /// The columns of the table.
    pub(super) cols: Range<usize>,
    title: Option<Passage>,
    /// The row in which the title begins.
    titled_at: Option<usize>,
    /// A block of heads without rows, as long as no figures stand under it.
    waiting: Option<Alone>,
}

/// A block of nothing but words.
pub(super) struct Alone {
    pub(super) block: SheetBlock,
    /// The rows of lone texts above it.
    pub(super) over: Vec<usize>,
}

/// How many rows of a block are heads. All of them are where none has a figure.
pub(super) fn rows_of(body: &[Vec<Passage>]) -> usize {
    if is_wordy(body) { body.len() } else { head_rows(body) }
}

fn is_wordy(body: &[Vec<Passage>]) -> bool {
    let is_word = |cell: &Passage| !CellKind::of(&cell.text).is_value() || is_year(&cell.text);
    body.len() <= MOST && body.iter().flatten().all(is_word) && !body.iter().any(|row| is_withheld(row))
}

/// Makes heads over groups of columns that blank columns separate. Each reaches as far as the heads under it.
pub(super) fn groups(rows: &[Vec<Passage>], count: usize) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for (row, pair) in rows.windows(2).enumerate().take(count.saturating_sub(1)) {
        let [above, below] = pair else { continue };
        let filled = |row: &[Passage], col: usize| row.get(col).is_some_and(|cell| !cell.is_empty());
        let width = above.len().max(below.len());
        let last = (0..width).rev().find(|col| filled(below, *col)).unwrap_or(0);
        let parted = (2..last).any(|col| !filled(below, col) && !filled(above, col));
        for col in (1..width).filter(|col| parted && filled(above, *col) && filled(below, *col)) {
            let further = (col + 1..width).take_while(|next| filled(below, *next) && !filled(above, *next));
            let col_span = 1 + further.count();
            if col_span > 1 {
                reaches.push(Reach { row, col, row_span: 1, col_span });
            }
        }
    }
    reaches
}

impl SheetHeads {
    /// The first rows of a block, where some of the block are heads.
    pub(super) fn of(
        region: &[Vec<Passage>],
        block: &SheetBlock,
        count: usize,
        title: Option<(usize, Passage)>,
        over: &[usize],
    ) -> Option<SheetHeads> {
        let at = block.rows.start..block.rows.start + count;
        let rows = region.get(at.clone()).filter(|rows| !rows.is_empty())?.to_vec();
        let waiting = (at == block.rows && is_wordy(&rows)).then(|| Alone {
            block: SheetBlock { rows: at.clone(), cols: block.cols.clone(), end: block.end },
            over: over.to_vec(),
        });
        let (titled_at, title) = title.unzip();
        Some(SheetHeads { rows, at, cols: block.cols.clone(), title, titled_at, waiting })
    }

    /// Whether a block stands under them: it keeps to their columns, and its labels stand in the first column or
    /// before it.
    pub(super) fn cover(&self, cols: &Range<usize>) -> bool {
        cols.start.abs_diff(self.cols.start) <= 1 && cols.end <= self.cols.end
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// The first row of the heads, or of the title above them. Paragraphs above the title are none of the table.
    pub(super) fn start(&self) -> usize {
        self.titled_at.unwrap_or(self.at.start)
    }

    /// Notes that figures stand under them.
    pub(super) fn use_up(&mut self) {
        self.waiting = None;
    }

    /// The block of words, if no figures stand under it.
    pub(super) fn unused(self) -> Option<Alone> {
        self.waiting
    }

    /// The title of a block. It is made of the title of the table above and of the text that names the group.
    pub(super) fn titled(above: Option<&SheetHeads>, own: Option<Passage>) -> Option<Passage> {
        match (above.and_then(|heads| heads.title.clone()), own) {
            (Some(mut title), Some(own)) => {
                title.append(&own);
                Some(title)
            }
            (title, own) => title.or(own),
        }
    }
}
