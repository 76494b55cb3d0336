//! Which tables count answers that were weighted, and print the counts rounded to whole ones.

use super::labels;
use crate::model::table::Table;
use crate::pack::pack;
use std::collections::BTreeSet;

/// One head alone stands over tables of all kinds.
const FEWEST: usize = 2;

/// The heads of those tables of a document that say so themselves.
#[derive(Debug, Default)]
pub(in crate::observe) struct Weighted {
    heads: BTreeSet<Vec<String>>,
}

impl Weighted {
    pub(in crate::observe) fn among<'a>(tables: impl Iterator<Item = &'a Table>) -> Weighted {
        let heads = tables.filter(|table| says_so(table)).map(heads).filter(|heads| heads.len() >= FEWEST);
        Weighted { heads: heads.collect() }
    }

    /// Whether a table counts such answers: it says so, or its heads are those of one that does. One question of a survey is told
    /// like the other, and the end of a page or a line may have taken the word from its table.
    pub(super) fn of(&self, table: &Table) -> bool {
        says_so(table)
            || !self.heads.is_empty() && self.heads.contains(&heads(table)) && !says_otherwise(table)
    }
}

/// The texts of the head rows, folded. Over how many columns each stands makes no difference.
fn heads(table: &Table) -> Vec<String> {
    let mut heads: Vec<String> = (0..table.header_rows).flat_map(|row| labels(table, row)).collect();
    heads.dedup();
    heads
}

/// Whether the title, a note or a row of a table says that its answers are as they were given.
fn says_otherwise(table: &Table) -> bool {
    let unweighted = |text: &str| pack().heads.unweighted.within(&text.to_lowercase());
    let around = table.title.iter().chain(&table.notes).any(|passage| unweighted(&passage.text));
    around || table.cells.iter().any(|cell| unweighted(&cell.passage.text))
}

/// Whether the label of a head, a total or a note of a table says that its answers were weighted.
fn says_so(table: &Table) -> bool {
    let says = |text: &str| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| pack().heads.weighted.has(word))
    };
    let around = table.title.iter().chain(&table.notes).any(|passage| says(&passage.text));
    around
        || table.cells.iter().take_while(|c| c.row() < table.header_rows).any(|c| says(&c.passage.text))
        || table.total_rows.iter().any(|row| labels(table, *row).any(|label| says(&label)))
}
