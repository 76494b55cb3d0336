//! What the formulas of a spreadsheet say of the numbers in their cells.

use crate::model::ids::FigureIdx;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::HashMap;

/// Emits a relation for each cell that a formula is about.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let Some(sheet) = ledger.document.sheet.as_ref().filter(|sheet| !sheet.formulas.is_empty()) else {
        return;
    };
    let mut figures: HashMap<(usize, usize), FigureIdx> = HashMap::new();
    for (index, figure) in ledger.document.figures.entries() {
        if let Some(at) = sheet.cell_at(figure.place) {
            figures.entry(at).or_insert(index);
        }
    }
    for formula in &sheet.formulas {
        let Some(&result) = figures.get(&formula.cell) else { continue };
        let id = |figure: FigureIdx| ledger.id(figure);
        let parts = formula.parts.iter().filter_map(|at| figures.get(at));
        let mut operands = vec![(OperandRole::Total, id(result))];
        operands.extend(parts.map(|figure| (OperandRole::Part, id(*figure))));
        let arithmetic = Arithmetic::Kept(Box::new(formula.clone()));
        out.push(Relation {
            licence: Licence::Stated,
            readings: vec![Reading { operands, cost: 0, note: None }],
            ..Relation::of_figure(ledger, result, formula.code, arithmetic)
        });
    }
}
