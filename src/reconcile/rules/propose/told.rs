//! Cells that a sentence tells again by their names: the words of a row (and of a column, where the row has several cells for
//! the period) stand in the words around the figure, whatever its value.
//!
//! What one such pair says, others of its table bear out or refute: [`crate::reconcile::evidence`] takes all pairs of one table
//! for siblings. A pair whose values are far apart and look like no slip can speak against its table, and never accuse.

use super::same::{agrees_in_kind, is_below};
use crate::model::exact::Exact;
use crate::model::facets::Label;
use crate::model::figure::{Figure, Home};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::statement::Slot;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::{Said, words_of_label};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::solve::mistyped;
use crate::reconcile::unify::{Query, distance, measured_alike};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// How many pairs of prose figures and lines of tables are compared over a document: one with more lists things that no
/// sentence names one by one.
const COMPARED: usize = 4_000_000;
/// What may be assumed at most for a cell to be what a sentence tells.
const ASSUMED: u32 = 6;
/// How many cells of a line are looked at.
const CELLS: usize = 40;
/// How many cells of a figure's meaning are looked at.
const CANDIDATES: usize = 12;
/// The part of the words of a head that must be said, so that all must.
const FULLY: f32 = 0.95;
/// Of smaller numbers any two are one slip apart.
const LEAST: i128 = 10;
/// A cell that the words around a figure name.
struct Told {
    /// Words of its column that they do not say, and what has to be assumed beside.
    rank: (usize, u32),
    cell: FigureIdx,
    holds: bool,
}

/// What the prose of a document tells of its tables.
pub(super) struct Telling {
    /// Whether there are few enough lines and figures to compare them all.
    compares: bool,
}

/// A cell that a figure tells, with the relation between the two.
pub(super) struct ToldCell {
    pub(super) cell: FigureIdx,
    pub(super) relation: Relation,
}

impl Telling {
    pub(super) fn of(ledger: &Ledger) -> Telling {
        let document = ledger.document;
        let lines: usize = document.tables.iter().map(|table| table.rows + table.cols).sum();
        Telling { compares: lines.saturating_mul(document.figures.len()) <= COMPARED }
    }

    /// The cell that the words around a figure of the prose name.
    pub(super) fn of_figure(&self, ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<ToldCell> {
        let prose = self.compares && matches!(figure.home, Home::Prose { .. });
        (prose && can_be_told(ledger, index)).then(|| told(ledger, index, figure))?
    }
}

/// Whether a figure is a result of its own: no change, no limit, and not the number of cases that a part is taken of.
fn can_be_told(ledger: &Ledger, index: FigureIdx) -> bool {
    let slots = ledger.slots(index);
    !slots
        .iter()
        .any(|slot| matches!(slot, Slot::Change | Slot::Bound | Slot::Mean | Slot::Whole | Slot::Total))
}

fn told(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<ToldCell> {
    let said = Said::of(&words_around(ledger, index, figure)?);
    let rows = named_rows(ledger, figure, &said);
    let rows: Vec<RowTold> =
        rows.into_iter().filter_map(|(table, row)| in_row(ledger, figure, table, row, &said)).collect();
    // The value stands in one of the rows for another period, which may be meant.
    let turned = !figure.facets.period_stated && rows.iter().any(|row| row.turned);
    let mut told: Vec<Told> =
        rows.into_iter().filter_map(|row| row.told).filter(|told| told.holds || !turned).collect();
    told.sort_by_key(|one| (!one.holds, one.rank, one.cell));
    let best = told.first()?;
    let rivals = told.iter().filter(|other| !best.holds && other.rank <= best.rank);
    let value = |cell: FigureIdx| ledger.figure(cell).and_then(|f| f.quantity.value.as_ref());
    if rivals.clone().any(|other| value(other.cell) != value(best.cell)) {
        return None;
    }
    let doubt = if best.holds { 0 } else { doubt(ledger, figure, ledger.figure(best.cell)?) };
    let operands = vec![(OperandRole::Same, ledger.id(best.cell))];
    let readings = vec![Reading { operands, cost: best.rank.1 + doubt, note: None }];
    let relation = Relation::of_figure(ledger, index, "CF402", Arithmetic::Same);
    Some(ToldCell { cell: best.cell, relation: Relation { licence: Licence::Implied, readings, ..relation } })
}

/// The rows that the words around a figure name: all words of their heads are said, or what they say is known of the figure; or
/// the rows of its year, in a table whose rows are years, where the words name the column.
fn named_rows(ledger: &Ledger, figure: &Figure, said: &Said) -> BTreeSet<(TableIdx, usize)> {
    let mut rows = BTreeSet::new();
    let named = ledger.named_by(said).into_iter().filter(|line| line.named > FULLY);
    for line in named {
        if line.is_row && has_name(ledger, line.table, line.at) {
            rows.insert((line.table, line.at));
        } else if !line.is_row && figure.facets.period_stated {
            rows.extend(row_of_year(ledger, figure, line.table, line.at));
        }
    }
    let own = &figure.facets.dimensions;
    let alike = ledger.find(Query::of(figure), figure.facets.period, figure.quantity.unit, CANDIDATES);
    let known = alike.into_iter().filter(|_| !own.is_empty()).filter_map(|found| {
        let cell = ledger.figure(found.figure)?;
        let (table, row, _) = cell.home.cell()?;
        let label =
            |(d, label): (_, &Label)| own.get(d).is_some_and(|own| own.normalised == label.normalised);
        let same =
            !cell.facets.dimensions.is_empty() && cell.facets.dimensions.iter().all(|(d, l)| label((d, l)));
        let rest = cell.facets.topic().iter().all(|word| said.has(word));
        (same && rest).then_some((table, row))
    });
    rows.extend(known);
    rows
}

/// The rows whose heads the words around a figure of the prose say in full, where it is a result of its own.
pub(super) fn rows_said(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Vec<(TableIdx, usize)> {
    let words = can_be_told(ledger, index).then(|| words_around(ledger, index, figure)).flatten();
    let lines = words.map_or_else(Vec::new, |words| ledger.named_by(&Said::of(&words)));
    let named = lines.into_iter().filter(|line| line.named > FULLY && line.is_row);
    named.filter(|line| has_name(ledger, line.table, line.at)).map(|line| (line.table, line.at)).collect()
}

/// Whether the head of a row says more than "other".
pub(super) fn has_name(ledger: &Ledger, index: TableIdx, row: usize) -> bool {
    let Some(table) = ledger.document.tables.get(index) else { return false };
    let mut words = (0..table.header_cols).flat_map(|head| words_of_label(table.text(row, head)));
    words.any(|word| !pack().words.without_content.has(&word))
}

/// The row of a figure's year in a column, where rows are named by their years alone.
fn row_of_year(ledger: &Ledger, figure: &Figure, index: TableIdx, col: usize) -> Option<(TableIdx, usize)> {
    let (table, grid) = ledger.document.tables.get(index).zip(ledger.grids.get(index))?;
    let is_of_year = |row: &usize| {
        let cell = grid.first(*row, col).and_then(|cell| ledger.figure(cell));
        let dated = cell.is_some_and(|f| f.facets.period_stated && f.facets.period == figure.facets.period);
        let bare = (0..table.header_cols).all(|head| words_of_label(table.text(*row, head)).is_empty());
        dated && bare
    };
    let mut found = (table.header_rows..table.rows).take(CELLS).filter(is_of_year);
    found.next().filter(|_| found.next().is_none()).map(|row| (index, row))
}

/// The words that belong to a figure: its own, those of a share in brackets behind it or of the count that it stands behind,
/// for both ends of a movement those before them, and what is known of it otherwise. None in a list of which the sentence says
/// that its members belong to others "respectively".
fn words_around(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<String> {
    let beside = |other: Option<FigureIdx>| {
        other.and_then(|i| ledger.figure(i)).filter(|other| other.home == figure.home).map(Figure::label)
    };
    let opens = |label: &Cow<str>| label.trim_end().ends_with('(');
    let moved = ledger.slots(index).iter().any(|slot| matches!(slot, Slot::Before | Slot::After));
    let before = beside(index.minus(1)).filter(|label| moved || opens(label));
    let after = beside(Some(index.plus(1))).filter(|_| opens(&figure.label()));
    let known = figure.facets.dimensions.iter().map(|(_, label)| Cow::Borrowed(label.raw.as_str()));
    let words = [before, Some(figure.label()), after].into_iter().flatten().chain(known);
    let words = words.collect::<Vec<_>>().join(" ");
    let listed = |label: &str| pack().rules.respectively.within(&label.to_lowercase());
    let mut sentence = ledger.in_block(ledger.block_of(figure)).iter().filter_map(|i| ledger.figure(*i));
    let in_turn = sentence.any(|other| other.home == figure.home && listed(&other.label()));
    (!in_turn).then_some(words)
}

/// What a row holds of what a figure tells.
struct RowTold {
    told: Option<Told>,
    /// Whether it has the figure's value for another period.
    turned: bool,
}

/// The cell of a row that a figure tells: of its unit and period, about the same, in the column that the words name best.
fn in_row(ledger: &Ledger, figure: &Figure, index: TableIdx, row: usize, said: &Said) -> Option<RowTold> {
    let (table, grid) = ledger.document.tables.get(index).zip(ledger.grids.get(index))?;
    if table.is_total_row(row) {
        return None;
    }
    let cells = (table.header_cols..table.cols).take(CELLS).flat_map(|col| grid.at(row, col)).copied();
    let alike = cells.filter_map(|cell| {
        let other = ledger.figure(cell).filter(|other| agrees_in_kind(figure, other))?;
        let cost = distance(Query::of(figure), other).filter(|cost| *cost <= ASSUMED)?;
        let holds = other.quantity.value == figure.quantity.value;
        let unsaid = unsaid_of_column(table, other, said);
        (holds || measured_alike(figure, other)).then_some(Told { rank: (unsaid, cost), cell, holds })
    });
    let same_period = |told: &Told| {
        ledger.figure(told.cell).is_some_and(|other| other.facets.period == figure.facets.period)
    };
    let (mut own, others): (Vec<Told>, Vec<Told>) = alike.partition(same_period);
    own.sort_by_key(|told| (!told.holds, told.rank, told.cell));
    let turned = others.iter().any(|other| other.holds);
    // Of several columns it may not be said which is meant.
    let is_open = match own.as_slice() {
        [best, rest @ ..] => !best.holds && rest.iter().any(|other| other.rank.0 <= best.rank.0),
        [] => false,
    };
    Some(RowTold { told: own.into_iter().next().filter(|_| !is_open), turned })
}

/// How many words of a cell's column are not said.
fn unsaid_of_column(table: &Table, cell: &Figure, said: &Said) -> usize {
    let Some((_, _, col)) = cell.home.cell() else { return 0 };
    let head: Vec<&str> = (0..table.header_rows).map(|row| table.text(row, col)).collect();
    words_of_label(&head.join(" ")).iter().filter(|word| !said.has(word)).count()
}

/// What is assumed of two values that differ, for one to be a slip of the other: nothing of two digits that changed places and
/// the like, or of a value that stands in another row of the cell's column. Others are of something else, however near.
fn doubt(ledger: &Ledger, figure: &Figure, cell: &Figure) -> u32 {
    let (Some(told), Some(printed)) = (&figure.quantity.value, &cell.quantity.value) else {
        return UNCERTAIN;
    };
    let large = told.max(printed) >= &Exact::from(LEAST);
    let others = ledger.of_value(told, figure.quantity.unit).iter().filter_map(|i| ledger.figure(*i));
    let mut misplaced = others.filter(|other| is_below(cell, other));
    let slipped = mistyped(printed, told) || mistyped(told, printed) || misplaced.next().is_some();
    if large && slipped { 0 } else { UNCERTAIN }
}
