//! Labelled totals of tables: total rows, total columns, grand totals.

use crate::model::exact::Exact;
use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::period::Period;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::{Form, Table};
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::rules::propose::outline::Outline;
use std::collections::BTreeSet;

/// Emits a relation for each cell of a total row or column.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        let totals = Totals { ledger, table, grid, multiple: is_multiple_response(ledger, index) };
        totals.down(out);
        totals.across(out);
        totals.crossfoot(out);
        super::named_parts::emit(ledger, table, grid, out);
        super::listed::emit(ledger, table, grid, out);
        super::answers::emit(ledger, table, grid, out);
        for down in [true, false] {
            for line in unnamed_totals(ledger, table, grid, down) {
                totals.unnamed(line, down, out);
            }
        }
    }
}

/// Whether the words around a table say that one case can be counted in several of its rows.
pub fn is_multiple_response(ledger: &Ledger, table: TableIdx) -> bool {
    let says = |text: &str| pack().rules.several_answers.within(&text.to_lowercase());
    let Some(found) = ledger.document.tables.get(table) else { return false };
    let block = ledger.table_blocks.get(table).copied().unwrap_or_default();
    let above = block.minus(1).and_then(|b| ledger.document.blocks.get(b));
    let below =
        ledger.document.blocks.get(block.plus(1)).filter(|b| b.kind == crate::model::block::BlockKind::Note);
    found.title.iter().chain(&found.notes).any(|p| says(&p.text))
        || above.is_some_and(|b| says(&b.passage.text))
        || below.is_some_and(|b| says(&b.passage.text))
}

struct Totals<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
    multiple: bool,
}

impl Totals<'_> {
    fn down(&self, out: &mut Vec<Relation>) {
        let rows = &self.table.total_rows;
        let outline = Outline::of(self.ledger, self.table);
        for (nth, &row) in rows.iter().enumerate() {
            let choices = line_choices(self.table.header_rows, self.table.rows, rows, nth);
            // What is set in is a part of a part.
            let choices: Vec<_> = choices.into_iter().flat_map(|rows| [outline.roots(&rows), rows]).collect();
            // Right under the only other total, a row totals the same rows in another way: before weighting, say.
            let another = nth == 1 && rows.first().is_some_and(|first| first + 1 == row);
            for col in self.table.header_cols..self.table.cols {
                let both = self.table.is_total_col(col);
                let code = match () {
                    () if self.is_grand(row, 0) || both => "CF103",
                    () if nth + 1 < rows.len() => "CF105",
                    () => "CF101",
                };
                let sets = choices.iter().map(|rows| rows.iter().map(|r| (*r, col)).collect()).collect();
                let relation = self.relation((row, col), code, sets);
                out.extend(relation.map(|relation| if another { doubted(relation) } else { relation }));
            }
        }
    }

    fn across(&self, out: &mut Vec<Relation>) {
        let cols = &self.table.total_cols;
        if cols.is_empty() || cols.len() >= self.table.cols.saturating_sub(self.table.header_cols) {
            return;
        }
        let labels: Vec<bool> = (0..self.table.cols).map(|col| self.holds_labels(col)).collect();
        for (nth, &col) in cols.iter().enumerate() {
            let mut choices = line_choices(self.table.header_cols, self.table.cols, cols, nth);
            for parts in &mut choices {
                parts.retain(|col| !labels.get(*col).copied().unwrap_or(false));
            }
            for row in self.table.header_rows..self.table.rows {
                let sets = choices.iter().map(|cols| cols.iter().map(|c| (row, *c)).collect());
                let sets = sets.filter(|set: &Vec<_>| !self.is_of_other_years((row, col), set)).collect();
                out.extend(self.relation((row, col), "CF102", sets));
            }
        }
    }

    /// Whether parts are printed for several periods and their total for one that does not take them all in: "Total, 2017" is
    /// not what 2015, 2016 and 2017 add up to.
    fn is_of_other_years(&self, total: (usize, usize), parts: &[(usize, usize)]) -> bool {
        let period = |(row, col): (usize, usize)| {
            let figure = self.ledger.figure(self.grid.first(row, col)?)?;
            figure.facets.period.filter(|_| figure.facets.period_stated)
        };
        let own = period(total);
        let parts: BTreeSet<Period> = parts.iter().filter_map(|at| period(*at)).collect();
        own.is_some_and(|own| parts.len() > 1 && parts.iter().any(|part| !own.contains(part)))
    }

    /// Whether a column holds names with codes among them ("3", "Fringe"), which nobody adds up: a fifth of its cells or
    /// more are words. A column of counts has a few at most ("Not available" in one row of ten).
    fn holds_labels(&self, col: usize) -> bool {
        let rows = self.table.header_rows..self.table.rows;
        let numbers = rows.clone().filter(|row| self.grid.first(*row, col).is_some()).count();
        let is_word = |row: &usize| {
            self.grid.first(*row, col).is_none() && self.table.text(*row, col).contains(char::is_alphabetic)
        };
        let words = rows.filter(is_word).count();
        words * 4 >= numbers.max(1)
    }

    /// The grand total against both margins, where a table has one total row and one total column.
    fn crossfoot(&self, out: &mut Vec<Relation>) {
        let ([row], [col]) = (self.table.total_rows.as_slice(), self.table.total_cols.as_slice()) else {
            return;
        };
        let Some(grand) = self.grid.first(*row, *col) else { return };
        let unit = self.ledger.figure(grand).map(|f| f.quantity.unit);
        let margin = |cells: Vec<(usize, usize)>, role| {
            let figures = cells.into_iter().filter_map(|(r, c)| self.grid.first(r, c));
            let figures = figures.filter(|i| self.ledger.figure(*i).map(|f| f.quantity.unit) == unit);
            figures.map(|figure| (role, self.ledger.id(figure))).collect::<Vec<_>>()
        };
        let rows =
            (self.table.header_rows..self.table.rows).filter(|r| r != row).map(|r| (r, *col)).collect();
        let cols =
            (self.table.header_cols..self.table.cols).filter(|c| c != col).map(|c| (*row, c)).collect();
        let (down, across) = (margin(rows, OperandRole::Part), margin(cols, OperandRole::Bound));
        if self.multiple || down.len() < 2 || across.len() < 2 {
            return;
        }
        let operands = down.into_iter().chain(across).collect();
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(self.ledger, grand, "CF106", Arithmetic::Crossfoot);
        out.push(Relation { licence: Licence::Labelled, readings, ..relation });
    }

    /// A line that is the sum of all others, without being called so.
    fn unnamed(&self, line: usize, down: bool, out: &mut Vec<Relation>) {
        let (lines, across) = if down {
            (self.table.header_rows..self.table.rows, self.table.header_cols..self.table.cols)
        } else {
            (self.table.header_cols..self.table.cols, self.table.header_rows..self.table.rows)
        };
        for position in across {
            let at = |line: usize| if down { (line, position) } else { (position, line) };
            let parts = lines.clone().filter(|l| *l != line).map(at).collect();
            let code = if down { "CF101" } else { "CF102" };
            if let Some(relation) = self.relation(at(line), code, vec![parts]) {
                out.push(Relation { licence: Licence::Inferred, picked_of: UNNAMED, ..relation });
            }
        }
    }

    fn is_grand(&self, row: usize, col: usize) -> bool {
        pack().rules.grand.within(&self.table.text(row, col).to_lowercase())
    }

    fn relation(
        &self,
        at: (usize, usize),
        code: &'static str,
        sets: Vec<Vec<(usize, usize)>>,
    ) -> Option<Relation> {
        let total = self.grid.first(at.0, at.1)?;
        let figure = self.ledger.figure(total)?;
        let unit = figure.quantity.unit;
        // A total that is left blank says nothing.
        if figure.quantity.qualifier == Qualifier::Blank {
            return None;
        }
        if !(unit.is_money() || matches!(unit, Unit::Count | Unit::Percent)) || figure.role == Role::Change {
            return None;
        }
        // Shares are only added up where their total is all of them: rates of rows have no sum.
        if unit == Unit::Percent && figure.quantity.value != Some(Exact::from(100)) {
            return None;
        }
        let is_nought = figure.quantity.value.as_ref().is_some_and(Exact::is_zero);
        let id = |figure| self.ledger.id(figure);
        let mut readings: Vec<Reading> = Vec::new();
        for set in sets {
            let parts: Vec<FigureIdx> = set
                .iter()
                .filter_map(|(row, col)| self.grid.first(*row, *col))
                .filter(|i| self.ledger.figure(*i).is_some_and(|f| f.quantity.unit == unit))
                .collect();
            let unread = set.iter().any(|(row, col)| {
                self.grid.first(*row, *col).is_none() && !self.table.text(*row, *col).trim().is_empty()
            });
            // What stands above blank cells alone was added up elsewhere, unless it is nought.
            let is_blank = |i: &FigureIdx| {
                self.ledger.figure(*i).is_some_and(|f| f.quantity.qualifier == Qualifier::Blank)
            };
            let filled = is_nought || !parts.iter().all(is_blank);
            let operands: Vec<_> = parts.into_iter().map(|i| (OperandRole::Part, id(i))).collect();
            if filled && !readings.iter().any(|r| r.operands.starts_with(&operands)) {
                // A cell that could not be read may hold what is missing, and one part alone is no sum: such parts can
                // meet the total, not accuse it.
                let doubtful = unread || operands.len() < 2;
                let cost = readings.len() as u32 + if doubtful { UNCERTAIN } else { 0 };
                // A long table has a total in each row, most with one reading.
                readings.reserve_exact(1);
                readings.push(Reading { operands, cost, note: None });
            }
        }
        // In a sheet, where nobody says what a total is, a lone part that it repeats proves nothing.
        let alone = readings.iter().all(|reading| reading.operands.len() < 2);
        if readings.is_empty() || alone && self.table.form == Form::Sheet {
            return None;
        }
        let (code, arithmetic) = match (self.multiple, unit) {
            (true, _) => ("CF104", Arithmetic::MultipleResponse),
            (false, Unit::Percent) => ("CF201", Arithmetic::Sum),
            (false, _) => (code, Arithmetic::Sum),
        };
        let relation = Relation::of_figure(self.ledger, total, code, arithmetic);
        Some(Relation { licence: Licence::Labelled, readings, ..relation })
    }
}

/// A relation that can hold, but whose break accuses nobody.
fn doubted(mut relation: Relation) -> Relation {
    for reading in &mut relation.readings {
        reading.cost += UNCERTAIN;
    }
    relation
}

/// The lines that a total can be the sum of, likeliest first: the subtotals above it, the block above it, all lines
/// above it; for a total that comes first, the lines below it.
fn line_choices(first: usize, count: usize, totals: &[usize], nth: usize) -> Vec<Vec<usize>> {
    let Some(&line) = totals.get(nth) else { return Vec::new() };
    let block_start = nth.checked_sub(1).and_then(|n| totals.get(n)).map_or(first, |t| t + 1);
    let block: Vec<usize> = (block_start..line).collect();
    // In a long table only the last total can be that of all lines: trying each of many would take quadratic time.
    if line > LONG_TABLE && nth > 0 && nth + 1 < totals.len() {
        return if block.is_empty() { Vec::new() } else { vec![block] };
    }
    let earlier: Vec<usize> = totals.iter().take(nth).copied().collect();
    let leaves: Vec<usize> = (first..line).filter(|l| earlier.binary_search(l).is_err()).collect();
    let mut choices = Vec::new();
    if !earlier.is_empty() {
        let with_rest: Vec<usize> = earlier.iter().copied().chain(block.iter().copied()).collect();
        choices.push(with_rest);
        choices.push(earlier);
    }
    choices.push(block);
    choices.push(leaves);
    if line == first {
        let next = totals.get(nth + 1).copied().unwrap_or(count);
        choices.push((line + 1..next).collect());
    }
    choices.retain(|c| !c.is_empty());
    choices
}

/// The last and the first line of a table without a named total, where one is the sum of the others somewhere.
fn unnamed_totals(ledger: &Ledger, table: &Table, grid: &FigureGrid, down: bool) -> Vec<usize> {
    let (named, lines) = if down {
        (&table.total_rows, table.header_rows..table.rows)
    } else {
        (&table.total_cols, table.header_cols..table.cols)
    };
    let across = if down { table.header_cols..table.cols } else { table.header_rows..table.rows };
    if !named.is_empty() || lines.len() < 4 {
        return Vec::new();
    }
    let value = |line: usize, position: usize| {
        let (row, col) = if down { (line, position) } else { (position, line) };
        let figure = ledger.figure(grid.first(row, col)?)?;
        let adds = figure.role == Role::Value
            && (figure.quantity.unit == Unit::Count || figure.quantity.unit.is_money());
        figure.quantity.value.as_ref().filter(|_| adds)
    };
    let is_sum = |total: usize, position: usize| {
        let Some(printed) = value(total, position).filter(|v| !v.is_zero()) else { return false };
        let parts: Vec<&Exact> =
            lines.clone().filter(|l| *l != total).filter_map(|l| value(l, position)).collect();
        parts.len() >= 3 && parts.into_iter().cloned().sum::<Exact>() == *printed
    };
    let is_borne_out = |total: usize| {
        let step = across.len().div_ceil(SPREAD).max(1);
        let holds = across.clone().step_by(step).filter(|position| is_sum(total, *position)).count();
        holds * OF_SPREAD >= across.clone().step_by(step).count()
    };
    let ends = [lines.end - 1, lines.start].into_iter();
    ends.filter(|total| across.clone().take(SAMPLE).any(|position| is_sum(*total, position)))
        .filter(|total| across.len() <= LONG_LINE || is_borne_out(*total))
        .collect()
}

/// The first and the last line, of the rows or of the columns.
const UNNAMED: u32 = 4;

/// Lines of a table beyond which subtotals are those of their own block only.
const LONG_TABLE: usize = 1_000;

/// How many positions of a line are tried for an unnamed total.
const SAMPLE: usize = 60;

/// In a line of more positions one of the first is a sum by accident, and a relation for each of the others takes more time
/// and memory than all else that is read of the table. Such a line is tried in so many positions all along it. Where it
/// holds in fewer than one in ten of them, its siblings would set all of it aside: what holds is worth 8 bits at most, and
/// what fails takes away 2.6 at least.
const LONG_LINE: usize = 10_000;
const SPREAD: usize = 1_000;
const OF_SPREAD: usize = 10;
