//! Cells that a sentence names by the words of their heads and the years that it prints: "70% of reviews that covered
//! waiting times were negative", of the row "Waiting times" and the column "Negative".

use super::phrases::Phrase;
use super::told::has_name;
use crate::lex::period;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::likeness::{Line, Said};
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many readings are tried: each more makes it likelier that one fits by chance.
const MOST: usize = 12;
/// How many cells of a line are looked at.
const CELLS: usize = 60;
/// What is assumed of a cell in a line that is not named in full.
const HALF_NAMED: u32 = 4;

/// The part of a line's heads that a sentence must name for a share to be of it: more than for a change, which names two
/// years as well.
const OF_SHARES: f32 = 0.6;
/// Smaller counts stand in a table by chance.
const LEAST: i128 = 20;
/// How many prints of a count are looked at.
const PRINTS: usize = 12;
/// How many cells make a whole at most where their line has no total.
const ADDENDS: usize = 12;

/// What is assumed of two cells of a line, beside values that sentences around print.
const YEARS: u32 = 10;

/// What names cells: words, and the years among them.
pub(crate) struct Naming<'a> {
    ledger: &'a Ledger<'a>,
    text: Cow<'a, str>,
    period: Option<Period>,
    base: Option<Period>,
}

/// A cell's count, with the table that it stands in and how well it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    cost: u32,
    figure: FigureIdx,
    table: TableIdx,
    row: usize,
    col: usize,
}

impl<'a> Phrase<'a> {
    /// What the sentence names; of several shares in it, what the words around one of them name.
    pub(crate) fn naming(&self, figure: Option<FigureIdx>) -> Naming<'a> {
        let own = figure.and_then(|i| self.ledger.figure(i)).map(Figure::label);
        let text = own.unwrap_or(Cow::Borrowed(self.stated.text.as_str()));
        let (period, base) = (self.stated.facets.period, self.stated.base_period);
        Naming { ledger: self.ledger, text, period, base }
    }
}

impl<'a> Naming<'a> {
    /// What the words around a figure name.
    pub(crate) fn around(ledger: &'a Ledger<'a>, figure: &'a Figure) -> Naming<'a> {
        Naming { ledger, text: figure.label(), period: figure.facets.period, base: None }
    }

    /// Counts and their totals in the cells that the words name. They can bear a share out, and accuse it only where their cell
    /// prints it too.
    pub(crate) fn shares(&self, share: FigureIdx, part: Option<FigureIdx>) -> Vec<Reading> {
        let mut readings: Vec<Reading> = Vec::new();
        let stated = part.is_some();
        let parts = part.map_or_else(|| self.named_cells(), |part| self.prints_of(part));
        for part in parts {
            for wholes in self.wholes_of(part, stated) {
                let mut operands = vec![(OperandRole::Share, self.ledger.id(share))];
                operands.push((OperandRole::Part, self.ledger.id(part.figure)));
                operands.extend(wholes.into_iter().map(|whole| (OperandRole::Whole, self.ledger.id(whole))));
                // Where the cell prints the same share beside its count, the sentence says it again.
                let again = !stated && self.prints(part, share);
                let cost = if again { 0 } else { UNCERTAIN + part.cost };
                readings.push(Reading { operands, cost, note: None });
            }
        }
        readings.sort_by_key(|r| r.cost);
        readings.truncate(MOST);
        readings
    }

    /// Whether the cell of a count prints a share as well.
    fn prints(&self, part: Named, share: FigureIdx) -> bool {
        let same = |i: &FigureIdx| {
            let pair = self.ledger.figure(*i).zip(self.ledger.figure(share));
            pair.is_some_and(|(a, b)| {
                a.quantity.unit == Unit::Percent
                    && b.quantity.unit == Unit::Percent
                    && a.quantity.value == b.quantity.value
            })
        };
        self.ledger.grids.get(part.table).is_some_and(|grid| grid.at(part.row, part.col).iter().any(same))
    }

    /// Two cells of a line that the sentence names, of two years that it names.
    pub(crate) fn changes(&self) -> Vec<Reading> {
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
                let operands = vec![
                    (OperandRole::Before, self.ledger.id(earlier)),
                    (OperandRole::After, self.ledger.id(later)),
                ];
                let cost = UNCERTAIN + YEARS + named_cost(line);
                readings.push(Reading { operands, cost, note: None });
            }
        }
        readings.sort_by_key(|r| r.cost);
        readings.dedup_by(|a, b| a.operands == b.operands);
        readings.truncate(MOST);
        readings
    }

    fn named_lines(&self) -> Vec<Line> {
        self.ledger.named_by(&Said::of(&self.text))
    }

    /// Cells in a line that is named, where the other head is named too, or is a year of the sentence, or is that of the total,
    /// which nobody names.
    fn named_cells(&self) -> Vec<Named> {
        let lines = self.named_lines();
        let crossing: BTreeSet<(TableIdx, bool, usize)> =
            lines.iter().map(|l| (l.table, l.is_row, l.at)).collect();
        let periods = self.periods();
        let mut found = Vec::new();
        let is_named = |line: &&Line| {
            line.named >= OF_SHARES && (!line.is_row || has_name(self.ledger, line.table, line.at))
        };
        for line in lines.iter().filter(is_named) {
            let cells = self.cells_of(*line);
            let alone = cells.len() == 1;
            for index in cells {
                let Some((table, row, col)) = self.ledger.figure(index).and_then(|figure| figure.home.cell())
                else {
                    continue;
                };
                let other = (table, !line.is_row, if line.is_row { col } else { row });
                let crossed = crossing.contains(&other);
                let dated = periods.iter().any(|period| self.is_of(index, period));
                let tables = &self.ledger.document.tables;
                let whole = line.is_row && tables.get(table).is_some_and(|table| table.is_total_col(col));
                if crossed || dated || alone || whole {
                    let cost = named_cost(*line) + u32::from(!crossed && !whole);
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
    fn cells_of(&self, line: Line) -> Vec<FigureIdx> {
        let Some((table, grid)) =
            self.ledger.document.tables.get(line.table).zip(self.ledger.grids.get(line.table))
        else {
            return Vec::new();
        };
        let positions =
            if line.is_row { table.header_cols..table.cols } else { table.header_rows..table.rows };
        let at = |position: usize| {
            if line.is_row { grid.first(line.at, position) } else { grid.first(position, line.at) }
        };
        positions.take(CELLS).filter_map(at).filter(|i| self.is_count(*i)).collect()
    }

    fn is_count(&self, figure: FigureIdx) -> bool {
        self.ledger.figure(figure).is_some_and(|f| {
            (f.quantity.unit == Unit::Count || f.quantity.unit.is_money())
                && f.role == Role::Value
                && f.quantity.value.is_some()
        })
    }

    /// The cells that print a count of the sentence.
    fn prints_of(&self, part: FigureIdx) -> Vec<Named> {
        let value = self.ledger.figure(part).and_then(|f| f.quantity.value.as_ref());
        let Some(value) = value.filter(|v| **v >= Exact::from(LEAST)) else { return Vec::new() };
        let prints = self.ledger.of_value(value, Unit::Count).iter().take(PRINTS).copied();
        let named = prints.filter(|i| self.is_count(*i)).filter_map(|figure| {
            let (table, row, col) = self.ledger.figure(figure).and_then(|figure| figure.home.cell())?;
            Some(Named { cost: 0, figure, table, row, col })
        });
        named.collect()
    }

    /// What a cell can be a share of: the totals of its row and of its column; of a count that the sentence states, also
    /// all the cells of a column without a total.
    fn wholes_of(&self, part: Named, stated: bool) -> Vec<Vec<FigureIdx>> {
        let Some((table, grid)) =
            self.ledger.document.tables.get(part.table).zip(self.ledger.grids.get(part.table))
        else {
            return Vec::new();
        };
        let value = |i: FigureIdx| self.ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
        let larger = |i: &FigureIdx| *i != part.figure && self.is_count(*i) && value(*i) > value(part.figure);
        let across = table.total_cols.iter().filter_map(|col| grid.first(part.row, *col));
        let down = table.total_rows.iter().filter_map(|row| grid.first(*row, part.col));
        let mut wholes: Vec<Vec<FigureIdx>> =
            across.chain(down).filter(larger).map(|total| vec![total]).collect();
        wholes.extend(self.block_of(table, grid, part).filter(|_| stated));
        wholes
    }

    /// The counts of a column that stand with a cell, up to empty rows; none where the column has a total.
    fn block_of(&self, table: &Table, grid: &FigureGrid, part: Named) -> Option<Vec<FigureIdx>> {
        let at = |row: &usize| grid.first(*row, part.col).filter(|i| self.is_count(*i));
        let above = (table.header_rows..part.row).rev().map_while(|row| at(&row));
        let below = (part.row..table.rows).map_while(|row| at(&row));
        let mut cells: Vec<FigureIdx> = above.chain(below).take(ADDENDS + 1).collect();
        let summed = table.total_rows.iter().any(|row| at(row).is_some_and(|total| cells.contains(&total)));
        cells.sort_unstable();
        (!summed && cells.len() > 2 && cells.len() <= ADDENDS).then_some(cells)
    }

    /// The years and months that the sentence prints, and the document's own where it prints none.
    fn periods(&self) -> Vec<Period> {
        let own = self.ledger.document.period;
        let printed = period::scan(&self.text).into_iter().filter_map(|found| found.expr.resolve(own));
        let mut periods: Vec<Period> = printed.collect();
        periods.extend(self.base);
        if periods.is_empty() {
            periods.extend(self.period.or(own));
        }
        periods.dedup();
        periods
    }

    /// Whether a cell is of a period: the very same, or the year in which the period ends, where the table has no more.
    fn is_of(&self, figure: FigureIdx, period: &Period) -> bool {
        let Some(own) = self.ledger.figure(figure).and_then(|f| f.facets.period) else { return false };
        let year = own.kind == PeriodKind::Year && own.start.year() == own.end.year();
        own == *period || year && own.end.year() == period.end.year() && period.kind != PeriodKind::Quarter
    }
}

fn named_cost(line: Line) -> u32 {
    if line.named > 0.95 { 0 } else { HALF_NAMED }
}
