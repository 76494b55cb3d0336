//! Sums, means, shares and changes that the numbers of a sheet themselves show, with or without labels.

use super::{Arithmetic, FigureId, Ledger, Licence, OperandRole, Reading, Relation};
use crate::table::aggregate::{Aggregation, Axis, Kind};
use std::collections::{HashMap, HashSet};

/// Emits a relation for each, in place of those that heads and labels gave for the same results.
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    let Some(sheet) = &ledger.document.sheet else { return };
    let mut figures: HashMap<(usize, usize), usize> = HashMap::new();
    for (index, figure) in ledger.document.figures.iter().enumerate() {
        if let Some(at) = sheet.cell_at(figure.place) {
            figures.entry(at).or_insert(index);
        }
    }
    let mut sizes: HashMap<usize, u32> = HashMap::new();
    for found in &sheet.aggregations {
        *sizes.entry(found.family).or_default() += 1;
    }
    let mut made: Vec<Relation> = Vec::new();
    for found in &sheet.aggregations {
        let siblings = sizes.get(&found.family).map_or(0, |size| size - 1);
        made.extend(relation(ledger, document, found, &figures, siblings));
    }
    let told: HashSet<Option<FigureId>> = made.iter().map(|relation| relation.published).collect();
    let sets: HashSet<Vec<FigureId>> = made.iter().flat_map(operand_sets).collect();
    out.retain(|r| {
        let told = r.published.is_some() && told.contains(&r.published);
        r.document != document || !(told || operand_sets(r).any(|set| sets.contains(&set)))
    });
    out.extend(made);
}

/// The figures of each reading in one order, so that `a = b + c` and `b = a - c` have the same.
fn operand_sets(relation: &Relation) -> impl Iterator<Item = Vec<FigureId>> {
    relation.readings.iter().map(|reading| {
        let mut set: Vec<FigureId> =
            reading.operands.iter().map(|(_, id)| *id).chain(relation.published).collect();
        set.sort_unstable();
        set.dedup();
        set
    })
}

fn relation(
    ledger: &Ledger,
    document: usize,
    found: &Aggregation,
    figures: &HashMap<(usize, usize), usize>,
    siblings: u32,
) -> Option<Relation> {
    let result = *figures.get(&found.result)?;
    let (code, role, parts): (_, _, &[OperandRole]) = match (found.kind, found.axis) {
        (Kind::Sum, Axis::Column) => ("CF101", OperandRole::Total, &[OperandRole::Part]),
        (Kind::Sum, Axis::Row) => ("CF102", OperandRole::Total, &[OperandRole::Part]),
        (Kind::Average, _) => ("CF107", OperandRole::Mean, &[OperandRole::Part]),
        (Kind::Division, _) => ("CF203", OperandRole::Share, &[OperandRole::Part, OperandRole::Whole]),
        (Kind::RelativeChange, _) => {
            ("CF301", OperandRole::Change, &[OperandRole::Before, OperandRole::After])
        }
    };
    let mut operands = vec![(role, FigureId { document, figure: result })];
    for (nth, at) in found.parts.iter().enumerate() {
        let role = *parts.get(nth).or(parts.last())?;
        operands.push((role, FigureId { document, figure: *figures.get(at)? }));
    }
    let arithmetic = Arithmetic::Cells { kind: found.kind, fit: found.fit };
    Some(Relation {
        licence: Licence::Inferred { siblings },
        readings: vec![Reading { operands, cost: 0, note: None }],
        ..Relation::of_figure(ledger, document, result, code, arithmetic)
    })
}
