//! Shares that open a paragraph above a table and sum up its first rows: "64% were content" above "Very content 41%" and
//! "Fairly content 23%". Nothing names the rows, so only what many tables of a document bear out is a claim.

use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::figure::{Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::reconcile::evidence::Trial;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// How many blocks above its table a paragraph can stand.
const BLOCKS: usize = 8;
/// One in so many shares is the sum of some first rows by accident: of a few such sums, each reaches over some per cents.
const STEPS: f32 = 10.0;
/// So many tables bear one another out.
const FEWEST: usize = 3;

/// Shares with the rows that each is the sum of, and how often shares are.
struct Found {
    sums: Vec<(FigureIdx, Vec<FigureIdx>)>,
    trial: Trial,
}

impl Found {
    fn new() -> Found {
        Found { sums: Vec::new(), trial: Trial { holds: 0, fails: 0, steps: STEPS } }
    }

    fn add(&mut self, share: FigureIdx, rows: Option<Vec<FigureIdx>>) {
        match rows {
            Some(rows) => {
                self.trial.holds += 1;
                self.sums.push((share, rows));
            }
            None => self.trial.fails += 1,
        }
    }

    fn emit(self, ledger: &Ledger, out: &mut Vec<Relation>) {
        if self.trial.holds < FEWEST || !self.trial.is_borne_out() {
            return;
        }
        for (share, rows) in self.sums {
            let operands = rows.into_iter().map(|row| (OperandRole::Part, ledger.id(row))).collect();
            let readings = vec![Reading { operands, cost: 0, note: None }];
            let relation = Relation::of_figure(ledger, share, "CF101", Arithmetic::Sum);
            out.push(Relation { licence: Licence::Implied, readings, ..relation });
        }
    }
}

/// Emits the shares that sum up rows, where most shares above tables of the document do; and those behind them, where these
/// sum up the same rows of the further columns, as for the region and the country.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let (mut first, mut further) = (Found::new(), Found::new());
    for (index, block) in ledger.table_blocks.entries() {
        let columns = columns(ledger, index);
        let Some((shares, others)) = columns.split_first().filter(|(shares, _)| shares.len() > 1) else {
            continue;
        };
        let Some(headline) = headline(ledger, *block) else { continue };
        let rows = summed(ledger, headline, shares);
        if rows.is_none() && shares.len() < 3 {
            continue;
        }
        let behind = behind(ledger, headline, *block);
        if let Some(rows) = rows.as_ref().filter(|_| behind.len() == others.len()) {
            for (share, column) in behind.into_iter().zip(others) {
                let same = column.get(..rows.len()).filter(|_| column.len() == shares.len());
                let met = same.filter(|same| is_sum(ledger, share, same));
                further.add(share, met.map(<[_]>::to_vec));
            }
        }
        first.add(headline, rows);
    }
    first.emit(ledger, out);
    further.emit(ledger, out);
}

/// The columns of shares in a table, without those of its totals.
fn columns(ledger: &Ledger, index: TableIdx) -> Vec<Vec<FigureIdx>> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    let rows = || (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    let column =
        |col: usize| rows().filter_map(|row| grid.first(row, col)).filter(|i| is_share(ledger, *i)).collect();
    (table.header_cols..table.cols).map(column).filter(|shares: &Vec<_>| shares.len() > 1).collect()
}

fn is_share(ledger: &Ledger, index: FigureIdx) -> bool {
    ledger.figure(index).is_some_and(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share)
}

/// The shares of running text between a headline and its table.
fn behind(ledger: &Ledger, headline: FigureIdx, table: BlockIdx) -> Vec<FigureIdx> {
    let Some(from) = ledger.figure(headline).map(|figure| ledger.block_of(figure)) else { return Vec::new() };
    let figures = from.until(table).flat_map(|block| ledger.prose_in_block(block)).copied();
    figures.filter(|i| *i > headline && is_share(ledger, *i)).collect()
}

/// The last share above a table that opens its paragraph.
fn headline(ledger: &Ledger, table: BlockIdx) -> Option<FigureIdx> {
    let above = (1..=BLOCKS).map_while(|back| table.minus(back));
    let above = above.take_while(|block| {
        let no_table =
            |i: &FigureIdx| ledger.figure(*i).is_some_and(|f| matches!(f.home, Home::Prose { .. }));
        ledger.in_block(*block).iter().all(no_table)
    });
    above.filter_map(|block| ledger.in_block(block).first().zip(ledger.document.blocks.get(block))).find_map(
        |(first, block)| {
            let figure = ledger.figure(*first)?;
            let opens = figure.place.line == block.passage.whole().line
                && figure.place.start <= block.passage.whole().start;
            let is_share = figure.quantity.unit == Unit::Percent && figure.role == Role::Share;
            (opens && is_share).then_some(*first)
        },
    )
}

/// The first rows that a share is the sum of, if it is one of two rows or more and not of all. Rows that do not make 100 are
/// not all: the page ends within the table.
fn summed(ledger: &Ledger, headline: FigureIdx, shares: &[FigureIdx]) -> Option<Vec<FigureIdx>> {
    let all = sum(ledger, shares)?;
    let cut = !all.contains(&Exact::from(100));
    let most = if cut { shares.len() } else { shares.len() - 1 };
    let mut firsts = (2..=most).filter_map(|count| shares.get(..count));
    firsts.find(|rows| is_sum(ledger, headline, rows)).map(<[_]>::to_vec)
}

fn sum(ledger: &Ledger, shares: &[FigureIdx]) -> Option<Domain> {
    let domains =
        shares.iter().filter_map(|share| ledger.figure(*share)).map(|figure| figure.quantity.domain());
    domains.reduce(|sum, own| sum.add(&own))
}

/// Whether a share is the sum of others before they were rounded.
fn is_sum(ledger: &Ledger, share: FigureIdx, rows: &[FigureIdx]) -> bool {
    let stated = ledger.figure(share).map(|figure| figure.quantity.domain());
    sum(ledger, rows).zip(stated).is_some_and(|(sum, stated)| sum.intersects(&stated))
}
