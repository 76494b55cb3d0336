//! Cells that a sentence names by the words of their heads and the years that it prints: "70% of reviews that covered
//! waiting times were negative", of the row "Waiting times" and the column "Negative".

use super::phrases::{Phrase, UNCERTAIN};
use crate::lex::period;
use crate::model::figure::{Figure, Home, Role};
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::reconcile::likeness::Line;
use crate::reconcile::relation::{OperandRole, Reading};
use std::collections::BTreeSet;

/// How many readings are tried: each more makes it likelier that one fits by chance.
const MOST: usize = 12;
/// How many cells of a line are looked at.
const CELLS: usize = 60;
/// What is assumed of a cell in a line that is not named in full.
const HALF_NAMED: u32 = 4;

/// A cell's count, with the table that it stands in and how well it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    cost: u32,
    figure: usize,
    table: usize,
    row: usize,
    col: usize,
}

impl Phrase<'_> {
    /// Counts and their totals in the cells that the sentence names. They can bear a share out and never accuse it.
    pub(crate) fn shares_of_cells(&self, share: usize) -> Vec<Reading> {
        let mut readings: Vec<Reading> = Vec::new();
        for part in self.named_cells() {
            for whole in self.totals_of(part) {
                readings.push(self.shared(share, part.figure, whole, UNCERTAIN + part.cost));
            }
        }
        readings.sort_by_key(|r| r.cost);
        readings.truncate(MOST);
        readings
    }

    /// Two cells of a line that the sentence names, of two years that it names.
    pub(crate) fn changes_of_cells(&self) -> Vec<Reading> {
        let mut periods = self.periods();
        periods.sort();
        let mut ends: Vec<(Period, Period)> = Vec::new();
        for (at, before) in periods.iter().enumerate() {
            ends.extend(periods.iter().skip(at + 1).map(|after| (*before, *after)));
        }
        ends.extend(periods.iter().filter_map(|after| Some((after.shift_years(-1)?, *after))));
        let mut readings = Vec::new();
        for line in self.named_lines() {
            let cells = self.cells_of(line);
            for (before, after) in &ends {
                let of = |period: &Period| cells.iter().copied().find(|i| self.is_of(*i, period));
                let (Some(earlier), Some(later)) = (of(before), of(after)) else { continue };
                let operands = vec![(OperandRole::Before, self.id(earlier)), (OperandRole::After, self.id(later))];
                let cost = UNCERTAIN + named_cost(line);
                readings.push(Reading { operands, cost, note: None });
            }
        }
        readings.sort_by_key(|r| r.cost);
        readings.dedup_by(|a, b| a.operands == b.operands);
        readings.truncate(MOST);
        readings
    }

    fn named_lines(&self) -> Vec<Line> {
        self.ledger.named_in(&self.stated.text)
    }

    /// Cells in a line that is named, where the other head is named too, or is a year of the sentence.
    fn named_cells(&self) -> Vec<Named> {
        let lines = self.named_lines();
        let crossing: BTreeSet<(usize, bool, usize)> = lines.iter().map(|l| (l.table, l.is_row, l.at)).collect();
        let periods = self.periods();
        let mut found = Vec::new();
        for line in &lines {
            let cells = self.cells_of(*line);
            let alone = cells.len() == 1;
            for index in cells {
                let Some((table, row, col)) = self.ledger.figure(index).and_then(place) else { continue };
                let other = (table, !line.is_row, if line.is_row { col } else { row });
                let crossed = crossing.contains(&other);
                let dated = periods.iter().any(|period| self.is_of(index, period));
                if crossed || dated || alone {
                    let cost = named_cost(*line) + u32::from(!crossed);
                    found.push(Named { cost, figure: index, table, row, col });
                }
            }
        }
        found.sort();
        found.dedup_by_key(|named| named.figure);
        found.truncate(MOST);
        found
    }

    /// The counts of a line, totals left out.
    fn cells_of(&self, line: Line) -> Vec<usize> {
        let Some((table, grid)) = self.ledger.document.tables.get(line.table).zip(self.ledger.grids.get(line.table))
        else {
            return Vec::new();
        };
        let positions = if line.is_row { table.header_cols..table.cols } else { table.header_rows..table.rows };
        let at = |position: usize| {
            if line.is_row { grid.first(line.at, position) } else { grid.first(position, line.at) }
        };
        positions.take(CELLS).filter_map(at).filter(|i| self.is_count(*i)).collect()
    }

    fn is_count(&self, figure: usize) -> bool {
        self.ledger.figure(figure).is_some_and(|f| {
            matches!(f.quantity.unit, Unit::Count | Unit::Gbp) && f.role == Role::Value && f.quantity.value.is_some()
        })
    }

    /// The totals of a cell's row and of its column.
    fn totals_of(&self, part: Named) -> Vec<usize> {
        let Some((table, grid)) = self.ledger.document.tables.get(part.table).zip(self.ledger.grids.get(part.table))
        else {
            return Vec::new();
        };
        let across = total_cols(table).filter_map(|col| grid.first(part.row, col));
        let down = table.total_rows.iter().filter_map(|row| grid.first(*row, part.col));
        let larger = |i: &usize| {
            let value = |i: usize| self.ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
            *i != part.figure && self.is_count(*i) && value(*i) > value(part.figure)
        };
        across.chain(down).filter(larger).collect()
    }

    /// The years and months that the sentence prints, and the document's own where it prints none.
    fn periods(&self) -> Vec<Period> {
        let own = self.ledger.document.period;
        let printed = period::scan(&self.stated.text).into_iter().filter_map(|found| found.expr.resolve(own));
        let mut periods: Vec<Period> = printed.collect();
        periods.extend(self.stated.base_period);
        if periods.is_empty() {
            periods.extend(self.stated.facets.period.or(own));
        }
        periods.dedup();
        periods
    }

    /// Whether a cell is of a period: the very same, or the year in which the period ends, where the table has no more.
    fn is_of(&self, figure: usize, period: &Period) -> bool {
        let Some(own) = self.ledger.figure(figure).and_then(|f| f.facets.period) else { return false };
        let year = own.kind == PeriodKind::Year && own.start.year() == own.end.year();
        own == *period || year && own.end.year() == period.end.year() && period.kind != PeriodKind::Quarter
    }
}

fn named_cost(line: Line) -> u32 {
    if line.named > 0.95 { 0 } else { HALF_NAMED }
}

fn place(figure: &Figure) -> Option<(usize, usize, usize)> {
    match figure.home {
        Home::Cell { table, row, col, .. } => Some((table, row, col)),
        Home::Prose { .. } => None,
    }
}

fn total_cols(table: &Table) -> impl Iterator<Item = usize> {
    table.total_cols.iter().copied()
}
