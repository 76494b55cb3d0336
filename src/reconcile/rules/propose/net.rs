//! What several rises and falls come to together: "complaints rose by 31. Appeals fell by 4, so that there was a net increase of
//! 27".

use crate::model::document::Stated;
use crate::model::exact::Exact;
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::statement::{Direction, RelationKind, Slot};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation, UNCERTAIN};

/// A net change of fewer moves is none.
const FEWEST: usize = 2;
/// Of more moves some come to any number by chance.
const MOST: usize = 6;

/// A rise or fall by a printed amount.
#[derive(Clone, Copy)]
struct Move {
    figure: FigureIdx,
    direction: Direction,
}

/// Emits a sum for each net change that the moves before it in its block come to, or those and the first of the block before. The
/// words don't say which moves are meant, so that others accuse nobody.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in ledger.document.stated.iter().filter(|stated| is_net(ledger, stated)) {
        let Some(net) = moved(stated) else { continue };
        let readings = readings(ledger, stated.block, net);
        if !readings.is_empty() {
            let relation = Relation::of_figure(ledger, net.figure, "CF101", Arithmetic::Balance);
            out.push(Relation { readings, ..relation });
        }
    }
}

fn is_net(ledger: &Ledger, stated: &Stated) -> bool {
    let printed = || ledger.document.text_at(stated.place).to_lowercase();
    stated.statement.kind == RelationKind::Change && pack().rules.net.begins(&printed())
}

/// The amount of a change that is up or down.
fn moved(stated: &Stated) -> Option<Move> {
    let direction = stated.statement.direction.filter(|d| matches!(d, Direction::Rise | Direction::Fall))?;
    let (_, figure) = stated.figures.iter().find(|(slot, _)| *slot == Slot::Change)?;
    Some(Move { figure: *figure, direction })
}

fn readings(ledger: &Ledger, block: BlockIdx, net: Move) -> Vec<Reading> {
    let moves = |block: BlockIdx| ledger.stated_in(block).filter(|s| !is_net(ledger, s)).filter_map(moved);
    let own: Vec<Move> = moves(block).filter(|one| one.figure < net.figure).collect();
    let before = block.minus(1).and_then(|block| moves(block).next());
    let with_before: Vec<Move> = before.into_iter().chain(own.iter().copied()).collect();
    let choices = [own, with_before].into_iter().filter(|moves| (FEWEST..=MOST).contains(&moves.len()));
    choices.filter(|moves| comes_to(ledger, net, moves)).map(|moves| reading(ledger, net, &moves)).collect()
}

/// Whether the moves come to the net change, to the last digit.
fn comes_to(ledger: &Ledger, net: Move, moves: &[Move]) -> bool {
    let value = |one: &Move| {
        let value = ledger.figure(one.figure)?.quantity.value.clone()?;
        Some(if one.direction == net.direction { value } else { -&value })
    };
    let sum: Option<Exact> = moves.iter().map(value).sum();
    sum.is_some() && sum == ledger.figure(net.figure).and_then(|figure| figure.quantity.value.clone())
}

fn reading(ledger: &Ledger, net: Move, moves: &[Move]) -> Reading {
    let role = |one: &Move| {
        if one.direction == net.direction { OperandRole::Part } else { OperandRole::Deduction }
    };
    let operands = moves.iter().map(|one| (role(one), ledger.id(one.figure))).collect();
    Reading { operands, cost: UNCERTAIN, note: None }
}
