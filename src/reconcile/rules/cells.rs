//! Sums, means, shares and changes that the numbers of a grid themselves show, with or without labels.

use crate::model::aggregation::{Aggregation, Axis, Fit, Kind};
use crate::model::table::Table;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::table::aggregate;
use std::collections::{HashMap, HashSet};

/// Emits a relation for each. In a sheet they take the place of those of the same kind that heads and labels gave for the same
/// figures; in other tables they stand where heads and labels gave none.
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    if let Some(sheet) = &ledger.document.sheet {
        let mut figures: HashMap<(usize, usize), usize> = HashMap::new();
        for (index, figure) in ledger.document.figures.iter().enumerate() {
            if let Some(at) = sheet.cell_at(figure.place) {
                figures.entry(at).or_insert(index);
            }
        }
        let made = relations(ledger, document, &sheet.aggregations, |at| figures.get(&at).copied());
        settle(out, document, made);
        return;
    }
    let known = Known::of(out.iter().filter(|relation| relation.document == document));
    for (table, grid) in ledger.document.tables.iter().zip(&ledger.grids) {
        let found = aggregate::find(&aggregate::grid_of(&texts(table)));
        let made = relations(ledger, document, &found, |(row, col)| grid.first(row, col));
        out.extend(made.into_iter().filter(|relation| !known.has(relation)));
    }
}

/// Puts what the numbers show in the place of what heads and labels say of the same results. Where both name the same
/// operands, the label's code is kept, and its licence where hardly any of the siblings misses.
fn settle(out: &mut Vec<Relation>, document: usize, mut made: Vec<Relation>) {
    let mut shown: HashMap<(FigureId, OperandRole), Vec<usize>> = HashMap::new();
    for (index, relation) in made.iter().enumerate() {
        if let Some(key) = result(relation) {
            shown.entry(key).or_default().push(index);
        }
    }
    let sets: HashSet<Vec<FigureId>> = made.iter().flat_map(operand_sets).collect();
    out.retain(|relation| {
        let Some(key) = result(relation).filter(|_| relation.document == document) else { return true };
        let Some(rivals) = shown.get(&key) else {
            return !operand_sets(relation).any(|set| sets.contains(&set));
        };
        for &index in rivals {
            if let Some(rival) = made.get_mut(index)
                && operand_sets(rival).next().is_some_and(|set| operand_sets(relation).any(|own| own == set))
            {
                rival.code = relation.code;
                if matches!(rival.licence, Licence::Inferred { siblings } if siblings > 0) {
                    rival.licence = relation.licence;
                }
            }
        }
        false
    });
    out.extend(made);
}

/// The figure that a relation works out, and as what.
fn result(relation: &Relation) -> Option<(FigureId, OperandRole)> {
    let role = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::RoundedSum | Arithmetic::Crossfoot | Arithmetic::MultipleResponse => {
            OperandRole::Total
        }
        // A difference is a sum the other way round.
        Arithmetic::Partition { .. } | Arithmetic::Difference(_) => OperandRole::Total,
        Arithmetic::Share | Arithmetic::Grim | Arithmetic::Remainder => OperandRole::Share,
        Arithmetic::PercentChange(_) | Arithmetic::Multiple => OperandRole::Change,
        Arithmetic::Cells { kind: Kind::Sum, .. } => OperandRole::Total,
        Arithmetic::Cells { kind: Kind::Average, .. } => OperandRole::Mean,
        Arithmetic::Cells { kind: Kind::Division, .. } => OperandRole::Share,
        Arithmetic::Cells { kind: Kind::RelativeChange, .. } => OperandRole::Change,
        _ => return None,
    };
    Some((relation.published?, role))
}

fn texts(table: &Table) -> Vec<Vec<&str>> {
    let mut texts = vec![vec![""; table.cols]; table.rows];
    for cell in &table.cells {
        if let Some(text) = texts.get_mut(cell.row).and_then(|row| row.get_mut(cell.col)) {
            *text = &cell.passage.text;
        }
    }
    texts
}

/// What some relations are about.
struct Known {
    published: HashSet<FigureId>,
    sets: HashSet<Vec<FigureId>>,
}

impl Known {
    fn of<'a>(relations: impl IntoIterator<Item = &'a Relation>) -> Known {
        let mut known = Known { published: HashSet::new(), sets: HashSet::new() };
        for relation in relations {
            known.published.extend(relation.published);
            known.sets.extend(operand_sets(relation));
        }
        known
    }

    fn has(&self, relation: &Relation) -> bool {
        relation.published.is_some_and(|id| self.published.contains(&id))
            || operand_sets(relation).any(|set| self.sets.contains(&set))
    }
}

/// The figures of each reading in one order, so that `a = b + c` and `b = a - c` have the same.
fn operand_sets(relation: &Relation) -> impl Iterator<Item = Vec<FigureId>> {
    relation.readings.iter().map(|reading| {
        let operands = reading.operands.iter().map(|(_, id)| *id);
        let mut set: Vec<FigureId> = operands.chain(relation.published).collect();
        set.sort_unstable();
        set.dedup();
        set
    })
}

/// The relations of the aggregations whose cells are figures; blank cells need none.
fn relations(
    ledger: &Ledger,
    document: usize,
    aggregations: &[Aggregation],
    figure: impl Fn((usize, usize)) -> Option<usize>,
) -> Vec<Relation> {
    // Of each family, how many results there are and how many of them miss.
    let mut sizes: HashMap<usize, (u32, u32)> = HashMap::new();
    for found in aggregations {
        let (size, misses) = sizes.entry(found.family).or_default();
        *size += 1;
        *misses += u32::from(found.fit == Fit::Missed);
    }
    let make = |found: &Aggregation| {
        let result = figure(found.result)?;
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
            operands.extend(figure(*at).map(|figure| (role, FigureId { document, figure })));
        }
        let (size, misses) = sizes.get(&found.family).copied().unwrap_or_default();
        // Where several miss, there is another reason than a slip.
        let siblings = if misses > 1 && 10 * misses > size { 0 } else { size.saturating_sub(1) };
        let arithmetic = Arithmetic::Cells { kind: found.kind, fit: found.fit };
        Some(Relation {
            licence: Licence::Inferred { siblings },
            readings: vec![Reading { operands, cost: 0, note: None }],
            ..Relation::of_figure(ledger, document, result, code, arithmetic)
        })
    };
    aggregations.iter().filter_map(make).collect()
}
