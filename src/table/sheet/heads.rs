//! The heads of a table of a sheet, which the blocks below it share: rows set in fives, groups under their names.

use super::Block;
use crate::lex::kind::Kind;
use crate::model::text::Passage;
use crate::table::draft::head_rows;
use std::ops::Range;

/// At most this many rows of words alone are the heads of the block below them.
const MOST: usize = 4;

/// The heads of the last table that has some.
pub(super) struct Heads {
    /// The whole rows of the region, of which [`Heads::cols`] are the table's.
    pub(super) rows: Vec<Vec<Passage>>,
    /// Where they stand in the region.
    pub(super) at: Range<usize>,
    /// The columns of the table.
    pub(super) cols: Range<usize>,
    title: Option<Passage>,
    /// The block of heads without any rows, until figures stand under it.
    waiting: Option<Alone>,
}

/// A block of nothing but words.
pub(super) struct Alone {
    pub(super) block: Block,
    /// The rows of lone texts over it.
    pub(super) over: Vec<usize>,
}

/// How many rows of a block are heads; all, where none has a figure.
pub(super) fn rows_of(body: &[Vec<Passage>]) -> usize {
    if is_wordy(body) { body.len() } else { head_rows(body) }
}

fn is_wordy(body: &[Vec<Passage>]) -> bool {
    body.len() <= MOST && body.iter().flatten().all(|cell| !Kind::of(&cell.text).is_value())
}

impl Heads {
    /// The first rows of a block, where some of it are heads.
    pub(super) fn of(
        region: &[Vec<Passage>],
        block: &Block,
        count: usize,
        title: Option<Passage>,
        over: &[usize],
    ) -> Option<Heads> {
        let at = block.rows.start..block.rows.start + count;
        let rows = region.get(at.clone()).filter(|rows| !rows.is_empty())?.to_vec();
        let waiting = (at == block.rows && is_wordy(&rows)).then(|| Alone {
            block: Block { rows: at.clone(), cols: block.cols.clone(), end: block.end },
            over: over.to_vec(),
        });
        Some(Heads { rows, at, cols: block.cols.clone(), title, waiting })
    }

    /// Whether a block stands under them: in their columns, from the first or second on.
    pub(super) fn cover(&self, cols: &Range<usize>) -> bool {
        self.cols.start <= cols.start && cols.end <= self.cols.end && cols.start <= self.cols.start + 1
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// The first row of them, or of the title over them.
    pub(super) fn start(&self) -> usize {
        let over = self.waiting.as_ref().and_then(|alone| alone.over.first());
        over.copied().unwrap_or(self.at.start)
    }

    /// Figures stand under them.
    pub(super) fn use_up(&mut self) {
        self.waiting = None;
    }

    /// The block of words that no figures stand under.
    pub(super) fn unused(self) -> Option<Alone> {
        self.waiting
    }

    /// The title of a block: that of the table above, and what names the group.
    pub(super) fn titled(above: Option<&Heads>, own: Option<Passage>) -> Option<Passage> {
        match (above.and_then(|heads| heads.title.clone()), own) {
            (Some(mut title), Some(own)) => {
                title.append(&own);
                Some(title)
            }
            (title, own) => title.or(own),
        }
    }
}
