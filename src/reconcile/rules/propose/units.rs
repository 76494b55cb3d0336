//! The same number for the same figure in two units: "92%" beside 92 cases, "£1,240" beside 1,240 under "£000", "12 days" beside
//! "12 working days". Two printings of one amount in two powers of ten are compared here too.
//!
//! A unit counts only where it is printed: at the number, or in a head over it. A number that is no more than plausible in its
//! unit is compared with nothing.

use super::same::is_total;
use super::told::rows_said;
use crate::model::exact::Exact;
use crate::model::facets::Measure;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::pack::pack;
use crate::reconcile::apply::in_full;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::{Query, count_alike, distance, known_alike};
use std::collections::{BTreeMap, HashMap};

const CODE: &str = "CF702";
/// Numbers with fewer digits agree by accident: of 100 pairs of two digits, one does.
const DIGITS: usize = 3;
/// Rows that two columns must print alike to be the same figures: three numbers of two digits agree by accident once in a
/// million.
const ROWS: usize = 3;
/// How many cells of a row are looked at.
const CELLS: usize = 40;
/// What may be assumed at most for a cell to be what a sentence tells.
const ASSUMED: u32 = 6;
/// A number that is printed oftener than this says nothing of a row.
const PRINTS: usize = 8;

/// Emits the figures that are printed in two units.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let has = |unit: Unit| ledger.document.figures.iter().any(|figure| figure.quantity.unit == unit);
    let two_kinds = has(Unit::Days) && has(Unit::WorkingDays) && !says_that_days_are_working(ledger);
    for (index, figure) in ledger.document.figures.entries() {
        let plain = figure.quantity.qualifier == Qualifier::Equal || figure.quantity.scale > 0;
        if !plain || !matches!(figure.role, Role::Value | Role::Share) {
            continue;
        }
        if figure.quantity.unit == Unit::Days && two_kinds {
            out.extend(in_working_days(ledger, index, figure));
        }
        if !matches!(figure.home, Home::Prose { .. }) {
            continue;
        }
        let money = figure.quantity.unit.is_money();
        let shared = can_be_percent(ledger, index, figure);
        if money || shared {
            let cells = cells_told(ledger, index, figure);
            let found = if money { in_power(ledger, index, figure, &cells) } else { None };
            out.extend(found.or_else(|| shared.then(|| in_percent(ledger, index, figure, &cells))?));
        }
    }
    columns(ledger, out);
}

fn relation(ledger: &Ledger, index: FigureIdx, other: FigureIdx, licence: Licence, cost: u32) -> Relation {
    let operands = vec![(OperandRole::Same, ledger.id(other))];
    let readings = vec![Reading { operands, cost, note: None }];
    Relation { readings, licence, ..Relation::of_figure(ledger, index, CODE, Arithmetic::Units) }
}

/// Whether the document says that its days are working days.
fn says_that_days_are_working(ledger: &Ledger) -> bool {
    let says = |text: &str| pack().rules.days_are_working.within(&text.to_lowercase());
    ledger.document.lines.iter().any(|line| says(&line.text))
}

/// The same mean in working days, where the figure is in days.
fn in_working_days(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<Relation> {
    let is_mean = |f: &Figure| f.measure() == Measure::AvgDays && f.role == Role::Value;
    let value = figure.quantity.value.as_ref().filter(|_| is_mean(figure))?;
    let others = ledger.of_value(value, Unit::WorkingDays).iter().take(PRINTS);
    let found = others.filter_map(|i| {
        // In a paragraph on working days "days" are working days.
        let apart = |other: &&Figure| ledger.block_of(other) != ledger.block_of(figure);
        let other = ledger.figure(*i).filter(|other| is_mean(other)).filter(apart)?;
        let alike = other.facets.period == figure.facets.period
            && other.quantity.qualifier == Qualifier::Equal
            && count_alike(&figure.facets, &other.facets)
            && known_alike(&Query::of(figure), other)
            && known_alike(&Query::of(other), figure);
        let cost = distance(Query::of(figure), other).filter(|cost| alike && *cost <= ASSUMED)?;
        Some((cost, *i))
    });
    let (cost, other) = found.min()?;
    Some(relation(ledger, index, other, Licence::Stated, cost))
}

/// A cell that the words around a figure name by its row.
struct Told {
    cost: u32,
    cell: FigureIdx,
}

/// The cells of the figure's period in the rows that the words around it name, whatever they are in.
fn cells_told(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Vec<Told> {
    let rows = rows_said(ledger, index, figure);
    let of_row = |(table, row): (TableIdx, usize)| {
        let grid = ledger.grids.get(table)?;
        let cols = ledger.document.tables.get(table).filter(|table| !table.is_total_row(row))?.cols;
        Some((0..cols.min(CELLS)).filter_map(move |col| grid.first(row, col)))
    };
    let told = |cell: FigureIdx| {
        let other = ledger.figure(cell)?;
        let plain = other.quantity.qualifier == Qualifier::Equal && other.quantity.value.is_some();
        let alike = plain
            && matches!(other.role, Role::Value | Role::Share)
            && other.facets.period == figure.facets.period
            && count_alike(&figure.facets, &other.facets);
        let cost = distance(Query::of(figure), other).filter(|cost| alike && *cost <= ASSUMED)?;
        Some(Told { cost, cell })
    };
    rows.into_iter().filter_map(of_row).flatten().filter_map(told).collect()
}

/// An amount of money in another power of ten than a cell of its row: the amounts agree, or only the numbers do.
fn in_power(ledger: &Ledger, index: FigureIdx, figure: &Figure, cells: &[Told]) -> Option<Relation> {
    let other_power = |told: &&Told| {
        let cell = ledger.figure(told.cell);
        cell.is_some_and(|cell| cell.quantity.unit.is_money() && power(cell) != power(figure))
    };
    let own = in_full(figure)?.domain();
    let agrees = |told: &&Told| {
        let other = ledger.figure(told.cell).and_then(in_full);
        other.is_some_and(|other| other.domain().intersects(&own))
    };
    let of_other_power: Vec<&Told> = cells.iter().filter(other_power).collect();
    if let Some(told) = of_other_power.iter().find(|told| agrees(told)) {
        return (digits(figure) > 1).then(|| relation(ledger, index, told.cell, Licence::Implied, told.cost));
    }
    let is_printed = cells.iter().any(|told| agrees(&told)) || is_elsewhere(ledger, index, figure);
    let same_number = |told: &&&Told| {
        ledger.figure(told.cell).is_some_and(|cell| {
            has_sign(ledger, figure)
                && digits(figure).min(digits(cell)) >= DIGITS
                && power(figure).abs_diff(power(cell)).is_multiple_of(3)
                && figure.quantity.printed_value() == cell.quantity.printed_value()
        })
    };
    let told = of_other_power.iter().filter(|_| !is_printed).find(same_number)?;
    Some(relation(ledger, index, told.cell, Licence::Stated, told.cost))
}

/// Whether a figure can be a count that was printed as a percentage, or the reverse.
fn can_be_percent(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    let possible =
        |value: &Exact| *value >= Exact::from(10) && *value < Exact::from(100) && !quantity.spelled;
    matches!(quantity.unit, Unit::Count | Unit::Percent)
        && quantity.value.as_ref().is_some_and(possible)
        && figure.facets.period_stated
        && !is_elsewhere(ledger, index, figure)
}

/// A count whose number is the percentage of its row, or the reverse, where the row prints another number in the figure's own
/// unit.
fn in_percent(ledger: &Ledger, index: FigureIdx, figure: &Figure, cells: &[Told]) -> Option<Relation> {
    let value = figure.quantity.value.as_ref()?;
    let unit = if figure.quantity.unit == Unit::Percent { Unit::Count } else { Unit::Percent };
    let row =
        |told: &Told| ledger.figure(told.cell).and_then(|cell| cell.home.cell()).map(|(t, r, _)| (t, r));
    let in_unit = |told: &&Told, unit| {
        ledger.figure(told.cell).filter(|cell| cell.quantity.unit == unit).map(|cell| &cell.quantity)
    };
    let other =
        cells.iter().find(|told| in_unit(told, unit).is_some_and(|q| q.value.as_ref() == Some(value)))?;
    let beside = || cells.iter().filter(|told| row(told) == row(other));
    let own = figure.quantity.domain();
    let mut same_unit = beside().filter_map(|told| in_unit(&told, figure.quantity.unit)).peekable();
    let contradicted = same_unit.peek().is_some() && same_unit.all(|q| !q.domain().intersects(&own));
    let single = beside().filter(|told| in_unit(told, unit).is_some()).count() == 1;
    (contradicted && single).then(|| relation(ledger, index, other.cell, Licence::Stated, other.cost))
}

/// Whether another figure prints the same amount in the same unit and power: then that is what the figure is.
fn is_elsewhere(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> bool {
    let Some(value) = &figure.quantity.value else { return false };
    let others = ledger.of_value(value, figure.quantity.unit).iter().filter(|other| **other != index);
    others.filter_map(|other| ledger.figure(*other)).any(|other| other.scale == figure.scale)
}

/// Columns of two tables that print the same numbers for the same rows under heads of two units, one pair for each.
fn columns(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut prints: HashMap<(String, &Exact), Vec<FigureIdx>> = HashMap::new();
    for (index, figure) in ledger.document.figures.entries() {
        let Some((label, value)) = named_cell(ledger, figure) else { continue };
        prints.entry((label, value)).or_default().push(index);
    }
    let mut pairs: BTreeMap<[(TableIdx, usize); 2], Vec<[FigureIdx; 2]>> = BTreeMap::new();
    for same in prints.into_values().filter(|same| (2..=PRINTS).contains(&same.len())) {
        for (nth, first) in same.iter().enumerate() {
            for second in same.iter().skip(nth + 1) {
                let columns = column(ledger, *first).zip(column(ledger, *second));
                let Some((a, b)) = columns.filter(|(a, b)| a.0 != b.0) else { continue };
                pairs.entry([a, b]).or_default().push([*first, *second]);
            }
        }
    }
    for mut rows in pairs.into_values().filter(|rows| rows.len() >= ROWS) {
        rows.sort_unstable();
        let differ = |[a, b]: &[FigureIdx; 2]| {
            ledger.figure(*a).zip(ledger.figure(*b)).is_some_and(|(a, b)| are_in_two_units(ledger, a, b))
        };
        let Some([first, second]) = rows.first().filter(|_| rows.iter().all(differ)) else { continue };
        out.push(relation(ledger, *second, *first, Licence::Labelled, 0));
    }
}

/// The row's label and the value of a cell that is one of several parts.
fn named_cell<'a>(ledger: &Ledger, figure: &'a Figure) -> Option<(String, &'a Exact)> {
    let (table, row, _) = figure.home.cell()?;
    let unit = figure.quantity.unit;
    let plain = (unit.is_money() || unit.is_days())
        && figure.quantity.qualifier == Qualifier::Equal
        && matches!(figure.role, Role::Value | Role::Share)
        && digits(figure) > 1
        && !is_total(ledger, figure);
    let table = ledger.document.tables.get(table).filter(|_| plain)?;
    let label = (0..table.header_cols).map(|col| table.text(row, col).to_lowercase());
    let label = label.collect::<Vec<_>>().join(" ");
    let named = label.chars().any(char::is_alphabetic);
    Some((label, figure.quantity.value.as_ref()?)).filter(|_| named)
}

fn column(ledger: &Ledger, cell: FigureIdx) -> Option<(TableIdx, usize)> {
    ledger.figure(cell)?.home.cell().map(|(table, _, col)| (table, col))
}

/// Whether two cells of one number cannot both be right: of one period, and in two powers of ten or two kinds of days that
/// are printed.
fn are_in_two_units(ledger: &Ledger, a: &Figure, b: &Figure) -> bool {
    let printed = |f: &Figure| power(f) > 0 || has_sign(ledger, f);
    let money = a.quantity.unit.is_money() && b.quantity.unit.is_money();
    let days = a.quantity.unit.is_days() && b.quantity.unit.is_days();
    let differ = money && power(a) != power(b) && printed(a) && printed(b)
        || days && a.quantity.unit != b.quantity.unit;
    differ && a.facets.period == b.facets.period && distance(Query::of(a), b).is_some()
}

/// Whether a currency stands at the number or in the heads over it.
fn has_sign(ledger: &Ledger, figure: &Figure) -> bool {
    let Some(sign) = figure.quantity.unit.currency() else { return false };
    let Some((index, row, col)) = figure.home.cell() else { return true };
    let Some(table) = ledger.document.tables.get(index) else { return false };
    let mut heads = (0..table.header_rows).map(|head| table.text(head, col));
    heads.any(|text| text.contains(sign)) || table.text(row, col).contains(sign)
}

/// The power of ten that a figure is printed in.
fn power(figure: &Figure) -> u8 {
    figure.quantity.scale.max(figure.scale)
}

/// How many digits are printed before the noughts at the end.
fn digits(figure: &Figure) -> usize {
    let Some(value) = figure.quantity.printed_value() else { return 0 };
    let shown =
        value.abs().to_decimal(u32::from(figure.quantity.decimals.saturating_add(figure.quantity.scale)));
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}
