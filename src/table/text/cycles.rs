//! Reads lists of labels and values whose labels repeat. Such a list is a table that was printed column by column,
//! with all its heads before the first column.

use super::find::Scan;
use super::label_value;
use super::label_value::{LabelItem, row};
use crate::model::table::{Form, Table};
use crate::model::text::Passage;
use crate::table::cut::{Cutter, whole};
use crate::table::draft::Draft;
use crate::table::units::{LineClass, class};
use std::ops::Range;

/// The tables of a list whose labels repeat as a whole at least once. It is one table where a head for each column
/// stands above; otherwise there is one table for each repetition. `None` where the labels do not repeat.
pub(crate) fn read(scan: &Scan, items: &[(usize, LabelItem)]) -> Option<Vec<(Table, Range<usize>)>> {
    let label = |at: usize| {
        let (line, item) = items.get(at)?;
        scan.text(*line).get(item.label.clone()).map(|l| l.trim().to_lowercase())
    };
    let cycle = (2..=items.len() / 2).find(|at| label(*at) == label(0))?;
    let repeats = items.len() / cycle;
    if !items.len().is_multiple_of(cycle) || !(0..items.len()).all(|at| label(at) == label(at % cycle)) {
        return None;
    }
    if let Some(table) = heads(scan, items, repeats).and_then(|heads| columns(scan, items, cycle, &heads)) {
        return Some(vec![table]);
    }
    let pieces = items.chunks(cycle).filter_map(|piece| {
        let lines = piece.first()?.0..piece.last()?.0 + 1;
        Some((label_value::read(scan, piece)?, lines))
    });
    Some(pieces.collect())
}

/// The lines of words right above, one for each column.
fn heads(scan: &Scan, items: &[(usize, LabelItem)], wanted: usize) -> Option<Vec<usize>> {
    let first = items.first()?.0;
    let mut heads = Vec::new();
    let mut blanks = 0;
    for at in (0..first).rev().take(wanted * 3) {
        match class(scan.text(at)) {
            LineClass::Blank => blanks += 1,
            LineClass::Text if heads.len() < wanted => {
                heads.push(at);
                blanks = 0;
            }
            _ => break,
        }
        if blanks > 2 || heads.len() == wanted {
            break;
        }
    }
    heads.reverse();
    (heads.len() == wanted).then_some(heads)
}

fn columns(
    scan: &Scan,
    items: &[(usize, LabelItem)],
    cycle: usize,
    heads: &[usize],
) -> Option<(Table, Range<usize>)> {
    let mut rows = vec![vec![Passage::default(); heads.len() + 1]; cycle + 1];
    for (at, line) in heads.iter().enumerate() {
        *rows.first_mut()?.get_mut(at + 1)? = whole(scan.lines.get(*line)?);
    }
    for (at, (line, item)) in items.iter().enumerate() {
        let line = scan.lines.get(*line)?;
        let mut parts = row(Cutter::new(line), &line.text, item).into_iter();
        let target = rows.get_mut(at % cycle + 1)?;
        let label = parts.next()?;
        if at < cycle {
            *target.first_mut()? = label;
        }
        *target.get_mut(at / cycle + 1)? = parts.next()?;
    }
    let draft = Draft { rows, header_rows: Some(1), header_cols: Some(1), ..Draft::default() };
    Some((draft.finish(Form::Stacked)?, *heads.first()?..items.last()?.0 + 1))
}
