//! A change in percent of which a sentence gives no value, in the table that it stands beside: "Visits fell by 10.9%" above a
//! row of visits for two years.

use super::phrases::Phrase;
use crate::model::figure::{Figure, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::Direction;
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};
use crate::reconcile::solve;

/// How many blocks away the table can stand.
const NEAR: usize = 4;
/// How many tables are looked at, and how many pairs of cells.
const TABLES: usize = 2;
const PAIRS: usize = 400;
/// A pair of cells changes by some tens of per cents either way: it meets a stated change by accident in one of this many
/// steps of the change's last decimal.
const SPREAD: f64 = 40.0;
/// How many accidents are allowed among the pairs that are tried.
const ACCIDENTS: f64 = 0.2;

impl Phrase<'_> {
    /// The one pair of cells in a row that changed so, where so few pairs are tried that it is no accident. Nothing names
    /// the row, so it can bear the change out and not accuse it.
    pub(super) fn in_near_table(&self, change: FigureIdx, direction: Direction) -> Option<Reading> {
        let stated = &self.ledger.figure(change)?.quantity;
        let pairs = self.near_pairs();
        let steps = SPREAD * 10f64.powi(i32::from(stated.decimals));
        if stated.qualifier != Qualifier::Equal || pairs.len() as f64 > ACCIDENTS * steps {
            return None;
        }
        let fits = |(before, after): &&(FigureIdx, FigureIdx)| {
            let pair = self.ledger.figure(*before).zip(self.ledger.figure(*after));
            pair.is_some_and(|(b, a)| {
                solve::percent_change_fit(&b.quantity, &a.quantity, stated, Some(direction)).holds()
            })
        };
        let mut found = pairs.iter().filter(fits);
        let (before, after) = found.next().filter(|_| found.next().is_none())?;
        let operands = vec![
            (OperandRole::Before, self.ledger.id(*before)),
            (OperandRole::After, self.ledger.id(*after)),
        ];
        Some(Reading { operands, cost: UNCERTAIN, note: None })
    }

    /// Cells beside each other in the rows of the nearest tables, of an earlier and a later period, which share a word with
    /// the sentence.
    fn near_pairs(&self) -> Vec<(FigureIdx, FigureIdx)> {
        let apart = |block| self.ledger.apart(block, self.stated.block);
        let blocks = self.ledger.table_blocks.entries().map(|(table, block)| (apart(*block), table));
        let mut near: Vec<(usize, TableIdx)> = blocks.filter(|(apart, _)| *apart <= NEAR).collect();
        near.sort_unstable();
        near.iter().take(TABLES).flat_map(|(_, table)| self.pairs_of(*table)).take(PAIRS).collect()
    }

    fn pairs_of(&self, index: TableIdx) -> Vec<(FigureIdx, FigureIdx)> {
        let Some((table, grid)) = self.ledger.document.tables.get(index).zip(self.ledger.grids.get(index))
        else {
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for row in table.header_rows..table.rows {
            let cells = (table.header_cols..table.cols).filter_map(|col| grid.first(row, col));
            let cells: Vec<(FigureIdx, &Figure)> = cells
                .filter_map(|i| Some((i, self.ledger.figure(i).filter(|f| self.can_change(f))?)))
                .collect();
            for pair in cells.windows(2) {
                let [(one, a), (other, b)] = pair else { continue };
                if a.quantity.unit == b.quantity.unit && a.facets.period != b.facets.period {
                    let earlier = a.facets.period < b.facets.period;
                    pairs.push(if earlier { (*one, *other) } else { (*other, *one) });
                }
            }
        }
        pairs
    }

    /// Whether a cell holds a value of a period that its heads name, and one of its words stands in the sentence.
    fn can_change(&self, figure: &Figure) -> bool {
        let unit = figure.quantity.unit;
        let is_value = figure.role == Role::Value && (unit == Unit::Count || unit.is_money());
        let topic = self.stated.facets.topic();
        is_value
            && figure.facets.period_stated
            && figure.facets.topic().iter().any(|word| topic.contains(word))
    }
}
