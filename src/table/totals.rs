//! Rows and columns that are called a total.

use super::units::{LineClass, class, units};
use crate::lex::{CellKind, figure, period};
use crate::model::exact::Exact;
use crate::model::period::{PeriodExpr, PeriodKind};
use crate::model::table::{Cell, FoundTable, Reach, Table};
use crate::model::text::{Line, Passage};
use crate::pack::pack;
use std::collections::HashSet;
use std::ops::Range;

/// Whether a label says that a row or column is the total of those beside it.
pub(crate) fn is_total(label: &str) -> bool {
    let lower = label.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let first = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let last = bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let totals = &pack().totals;
    totals.alone.has(bare)
        || totals.edge.has(first)
        || totals.edge.has(last)
        || totals.beginning.begins(bare)
        || totals.graded.begins(bare)
}

/// The rows of the body whose label names a total. In a row without a label in its head, the text right before its first
/// figure is the label: totals are set so under figures. There are none where all rows are called so.
pub(super) fn rows(rows: &[Vec<Passage>], header_rows: usize, header_cols: usize) -> Vec<usize> {
    let mut totals = Vec::new();
    let mut others = 0;
    for (at, row) in rows.iter().enumerate().skip(header_rows) {
        let heads = row.get(..header_cols.min(row.len())).unwrap_or_default();
        let bare = heads.iter().all(|c| c.text.trim().is_empty());
        let beside = row.iter().skip(header_cols).find(|c| bare && !c.text.trim().is_empty());
        if heads.iter().chain(beside).any(|c| is_total(&c.text)) {
            totals.push(at);
        } else {
            others += 1;
        }
    }
    if totals.is_empty() {
        totals.extend(year_of_parts(rows, header_rows, header_cols));
    }
    if others == 0 { Vec::new() } else { totals }
}

/// The last row, where it is called the year and the rows above it are its quarters or months.
fn year_of_parts(rows: &[Vec<Passage>], header_rows: usize, header_cols: usize) -> Option<usize> {
    let label = |row: &Vec<Passage>| Some(row.first()?.text.trim().to_owned());
    let last = rows.len().checked_sub(1).filter(|_| header_cols > 0)?;
    let year =
        label(rows.get(last)?).is_some_and(|label| pack().totals.whole_year.has(&label.to_lowercase()));
    let parts = rows.get(header_rows..last)?;
    let all = parts.iter().all(|row| label(row).is_some_and(|label| is_part_of_year(&label)));
    (year && parts.len() > 2 && all).then_some(last)
}

/// Whether a label is a quarter or a month.
fn is_part_of_year(label: &str) -> bool {
    let is_part = |expr: &PeriodExpr| match expr {
        PeriodExpr::Absolute(period) => {
            matches!(period.kind, PeriodKind::Quarter | PeriodKind::Month | PeriodKind::Part)
        }
        PeriodExpr::Quarter(_) | PeriodExpr::Month(_) => true,
        PeriodExpr::Relative(_) => false,
    };
    matches!(period::scan(label).as_slice(), [only] if is_part(&only.expr))
}

/// The columns of values whose own head names a total. There are none where all heads do ("Total 2019/20", "Total
/// 2020/21"). A head over several columns does not make each of them a total.
pub(super) fn cols(
    rows: &[Vec<Passage>],
    reaches: &[Reach],
    header_rows: usize,
    header_cols: usize,
    cols: usize,
) -> Vec<usize> {
    let wide: HashSet<(usize, usize)> =
        reaches.iter().filter(|r| r.col_span > 1).map(|r| (r.row, r.col)).collect();
    let named = |col: usize| {
        let heads = rows.iter().take(header_rows).enumerate();
        heads
            .filter(|(at, _)| !wide.contains(&(*at, col)))
            .filter_map(|(_, r)| r.get(col))
            .any(|c| is_total(&c.text))
    };
    let totals: Vec<usize> = (header_cols..cols).filter(|c| named(*c)).collect();
    let others = (header_cols..cols).filter(|c| !named(*c)).any(|col| {
        rows.iter()
            .skip(header_rows)
            .take(200)
            .filter_map(|r| r.get(col))
            .any(|c| CellKind::of(&c.text) == CellKind::Number)
    });
    if others { totals } else { Vec::new() }
}

/// Takes a loose line under a table ("Total stage 1 complaints 2199") as its last row, where its figures can be put
/// under columns: there is one for each column, or one that is the sum of a column or has only one column to stand
/// in.
pub(super) fn loose(lines: &[Line], one: &mut FoundTable, ceiling: usize) {
    let end = one.lines.end;
    let at = if lines.get(end).is_some_and(|l| l.text.trim().is_empty()) { end + 1 } else { end };
    let Some(line) = lines.get(at).filter(|_| at < ceiling) else { return };
    let LineClass::Row(label) = class(&line.text) else { return };
    let (units, _) = units(&line.text);
    let Some(reach) = units.get(..label).and_then(|u| Some(u.first()?.range.start..u.last()?.range.end))
    else {
        return;
    };
    if !line.text.get(reach.clone()).is_some_and(is_total) || units.len() > label + 40 {
        return;
    }
    let table = &mut one.table;
    let values: Vec<Range<usize>> = units.into_iter().skip(label).map(|u| u.range).collect();
    let Some(columns) = columns(table, &line.text, &values) else { return };
    let row = table.rows;
    let cell = |col: usize, range: Range<usize>| {
        Cell::new(row, col, Passage::of(line, range), col < table.header_cols)
    };
    let mut cells = vec![cell(0, reach)];
    cells.extend(columns.into_iter().zip(values).map(|(col, range)| cell(col, range)));
    for cell in &cells {
        table.place = table.place.to(cell.passage.whole());
    }
    table.cells.extend(cells);
    table.tallest = table.tallest.max(1);
    table.total_rows.push(row);
    table.rows += 1;
    one.lines.end = at + 1;
}

fn columns(table: &Table, text: &str, values: &[Range<usize>]) -> Option<Vec<usize>> {
    let free = table.header_cols..table.cols;
    if table.header_cols == 0 {
        return None;
    }
    if values.len() == free.len() {
        return Some(free.collect());
    }
    let [value] = values else { return None };
    let value = figure(text.get(value.clone())?)?.quantity.value?;
    let mut sums = vec![Exact::ZERO; table.cols];
    for cell in table
        .cells
        .iter()
        .filter(|c| c.row() >= table.header_rows && table.total_rows.binary_search(&c.row()).is_err())
    {
        let part = figure(&cell.passage.text).and_then(|part| part.quantity.value);
        if let (Some(slot), Some(part)) = (sums.get_mut(cell.col()), part) {
            *slot = &*slot + &part;
        }
    }
    let mut fits = free.filter(|c| sums.get(*c) == Some(&value));
    fits.next().filter(|_| fits.next().is_none()).map(|c| vec![c])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_quarters_and_months() {
        for label in ["Apr–Jun 2012", "Quarter 1", "Q3", "May 2019"] {
            assert!(is_part_of_year(label), "{label}");
        }
        for label in ["2012/13", "Housing", "Year"] {
            assert!(!is_part_of_year(label), "{label}");
        }
    }

    #[test]
    fn labels_of_totals() {
        for label in
            ["Total", "Grand Total", "Total stage 1 complaints", "All", "Overall", "Sub-total", "TOTALS:"]
        {
            assert!(is_total(label), "{label}");
        }
        for label in ["Totally new", "All services", "Overall satisfaction", "Housing"] {
            assert!(!is_total(label), "{label}");
        }
    }
}
