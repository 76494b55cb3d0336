//! Shares that make up one whole: rows, columns and lists of percentages, and runs of them in a sentence.

use super::columns::population_facets;
use crate::model::block::BlockKind;
use crate::model::document::Stated;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, band};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::statement::{RelationKind, Slot, StatementMark};
use crate::model::text::Place;
use crate::reconcile::evidence::{Trial, likeliest};
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::reconcile::twice::again;
use crate::reconcile::unify::Query;
use ecow::eco_format;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Shares that stand together as the parts of one whole.
#[derive(Clone, Debug)]
pub struct Partition {
    /// In the order in which they are printed.
    pub shares: Vec<FigureIdx>,
    /// A share that a note adds ("15% remained open").
    pub noted: Option<FigureIdx>,
    /// From the first share to the last.
    pub place: Place,
    /// Of its shares.
    pub period: Option<Period>,
    /// Its first share's block.
    pub block: BlockIdx,
    /// The sentence or table makes clear that nothing is left out.
    pub exhaustive: bool,
    /// Lines of the same table that make 100.
    pub siblings: u32,
}

/// Emits shares with their counts, the sums of shares, and what whole cases can make: of the counts that the shares of
/// the same line are of, where those are known.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut shares = Vec::new();
    super::proportions::emit(ledger, &mut shares);
    let related = shares.iter().filter_map(|relation| Some(relation.published?.figure)).collect();
    super::joined::emit(ledger, &related, &mut shares);
    super::charts::emit(ledger, &mut shares);
    let known = wholes_of_shares(&shares);
    out.append(&mut shares);
    for partition in find(ledger) {
        emit_sum(ledger, &partition, out);
        emit_feasible(ledger, &partition, &known, out);
    }
}

/// The wholes that the shares of tables were found to be of, where one number prints them: a whole that is the sum of several
/// counts is none of them.
fn wholes_of_shares(relations: &[Relation]) -> HashMap<FigureIdx, FigureIdx> {
    let shares = relations.iter().filter(|r| r.arithmetic == Arithmetic::Share);
    let pairs = shares.filter_map(|relation| {
        let operands = relation.readings.first()?.operands.iter();
        let mut wholes = operands.filter(|(role, _)| *role == OperandRole::Whole);
        let (_, whole) = wholes.next().filter(|_| wholes.clone().next().is_none())?;
        Some((relation.published?.figure, whole.figure))
    });
    pairs.collect()
}

/// All partitions of a document, in order of their figures.
pub fn find(ledger: &Ledger) -> Vec<Partition> {
    let mut partitions = Vec::new();
    for index in ledger.document.tables.ids() {
        partitions.extend(of_table(ledger, index));
    }
    partitions.extend(ledger.document.stated.iter().filter_map(|stated| {
        let is_run =
            stated.statement.kind == RelationKind::Sum && stated.statement.says(&StatementMark::Partition);
        let shares: Vec<FigureIdx> = stated
            .figures
            .iter()
            .filter(|(slot, i)| *slot == Slot::Part && is_share(ledger, *i))
            .map(|(_, i)| *i)
            .collect();
        (is_run && !shares.is_empty()).then(|| partition(ledger, shares)).flatten()
    }));
    partitions.extend(ledger.document.stated.iter().filter_map(|stated| before_rest(ledger, stated)));
    let stated: BTreeSet<FigureIdx> = partitions.iter().flat_map(|p| p.shares.iter().copied()).collect();
    let paragraphs = super::paired::paragraphs(ledger).into_iter();
    let runs = paragraphs.flat_map(|blocks| super::paired::runs_in(ledger, blocks));
    let new = runs.filter(|run| run.iter().all(|share| !stated.contains(share)));
    partitions.extend(new.filter_map(|run| partition(ledger, run)));
    let stated: BTreeSet<FigureIdx> = partitions.iter().flat_map(|p| p.shares.iter().copied()).collect();
    let lists = super::lists::of_document(ledger).into_iter();
    let new = lists.filter(|list| list.iter().all(|share| !stated.contains(share)));
    partitions.extend(new.filter_map(|list| partition(ledger, list)));
    let taken: BTreeSet<FigureIdx> = partitions.iter().flat_map(|p| p.shares.iter().copied()).collect();
    let alone = ledger.document.figures.ids().filter(|i| !taken.contains(i) && is_all(ledger, *i));
    let nested =
        alone.filter_map(|i| partition(ledger, vec![i])).filter(|p| outer_share(ledger, p).is_some());
    partitions.extend(nested.collect::<Vec<_>>());
    partitions.sort_by_key(|p| p.place);
    partitions
}

/// The shares of a paragraph that leave a rest without a number: "61% came from tenants and 22% from owners. The rest were
/// from visitors". Those that leave none may be of several wholes.
fn before_rest(ledger: &Ledger, stated: &Stated) -> Option<Partition> {
    let is_rest = stated.statement.kind == RelationKind::Sum
        && stated.statement.says(&StatementMark::Remainder)
        && stated.figures.is_empty();
    let before = |i: &FigureIdx| ledger.figure(*i).is_some_and(|figure| figure.place < stated.place);
    let shares = is_rest.then(|| ledger.prose_in_block(stated.block))?.iter().copied();
    let shares: Vec<FigureIdx> = shares.filter(|i| is_share(ledger, *i) && before(i)).collect();
    let sum: Exact = shares.iter().filter_map(|i| ledger.figure(*i)?.quantity.value.clone()).sum();
    let leaves_some = shares.len() > 1 && sum < Exact::from(100);
    leaves_some.then(|| partition(ledger, shares)).flatten()
}

/// A share of the prose that is all there is.
fn is_all(ledger: &Ledger, figure: FigureIdx) -> bool {
    is_share(ledger, figure)
        && ledger.figure(figure).is_some_and(|f| {
            matches!(f.home, Home::Prose { .. }) && f.quantity.value == Some(Exact::from(100))
        })
}

pub(super) fn is_share(ledger: &Ledger, figure: FigureIdx) -> bool {
    ledger.figure(figure).is_some_and(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share)
}

fn partition(ledger: &Ledger, shares: Vec<FigureIdx>) -> Option<Partition> {
    let figures: Vec<&Figure> = shares.iter().filter_map(|i| ledger.figure(*i)).collect();
    let first = figures.first()?;
    let place = figures.iter().map(|f| f.place).reduce(Place::to)?;
    // A row that is printed twice does not make the others any less of a whole.
    let twins = again(ledger.document, shares.iter().copied());
    let once: Vec<FigureIdx> = shares.iter().filter(|share| !twins.contains(share)).copied().collect();
    let by_twin = twins.len() == 1 && once.len() > 1;
    let sums = makes_hundred(ledger, &shares) || by_twin && makes_hundred(ledger, &once);
    Some(Partition {
        noted: None,
        period: first.facets.period,
        block: ledger.block_of(first),
        exhaustive: sums,
        siblings: 0,
        shares,
        place,
    })
}

/// Whether shares add up to 100 within their rounding.
pub(super) fn makes_hundred(ledger: &Ledger, shares: &[FigureIdx]) -> bool {
    let figures: Vec<&Figure> = shares.iter().filter_map(|i| ledger.figure(*i)).collect();
    let sum = figures.iter().map(|f| f.quantity.domain()).reduce(|a, b| a.add(&b));
    sum.is_some_and(|s| s.contains(&Exact::from(100)))
}

/// The rows or the columns of a table, as it is likelier that each of them makes 100.
fn of_table(ledger: &Ledger, index: TableIdx) -> Vec<Partition> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    let rows = (table.header_rows..table.rows).map(|row| {
        let cols = (table.header_cols..table.cols).filter(|c| !table.is_total_col(*c));
        cols.filter_map(|col| grid.first(row, col)).collect::<Vec<_>>()
    });
    let cols = (table.header_cols..table.cols).map(|col| {
        let rows = (table.header_rows..table.rows).filter(|r| !table.is_total_row(*r));
        rows.filter_map(|row| grid.first(row, col)).collect::<Vec<_>>()
    });
    let both = [rows.collect::<Vec<_>>(), cols.collect()];
    likeliest(both.into_iter().map(|lines| partitions_of(ledger, lines))).unwrap_or_default()
}

/// The lines as partitions, and how many of them make 100.
fn partitions_of(ledger: &Ledger, lines: Vec<Vec<FigureIdx>>) -> (Vec<Partition>, Trial) {
    let groups = lines.into_iter().flat_map(|line| by_period(ledger, line));
    let mut partitions: Vec<Partition> =
        groups.filter(|shares| shares.len() > 1).filter_map(|shares| partition(ledger, shares)).collect();
    for partition in &mut partitions {
        partition.noted = noted_share(ledger, partition);
        if let Some(noted) = partition.noted {
            let with: Vec<FigureIdx> = partition.shares.iter().copied().chain([noted]).collect();
            partition.exhaustive |= makes_hundred(ledger, &with);
        }
    }
    let holds = partitions.iter().filter(|p| p.exhaustive).count();
    for partition in &mut partitions {
        partition.siblings = (holds - usize::from(partition.exhaustive)) as u32;
    }
    let fails = partitions.len() - holds;
    (partitions, Trial { holds, fails, steps: PARTITIONS })
}

/// One in so many lines of shares makes 100 by accident: their sums lie anywhere among some hundreds.
const PARTITIONS: f32 = 256.0;

fn by_period(ledger: &Ledger, line: Vec<FigureIdx>) -> Vec<Vec<FigureIdx>> {
    let is_one = |i: &FigureIdx| is_share(ledger, *i) && !super::lists::is_listed(ledger, *i);
    let shares: Vec<FigureIdx> = line.into_iter().filter(is_one).collect();
    let mut groups: BTreeMap<Option<Period>, Vec<FigureIdx>> = BTreeMap::new();
    for share in shares {
        groups.entry(ledger.figure(share).and_then(|f| f.facets.period)).or_default().push(share);
    }
    groups.into_values().collect()
}

/// A share that a note beside the table gives for cases that the table leaves out, of the same period.
fn noted_share(ledger: &Ledger, partition: &Partition) -> Option<FigureIdx> {
    let is_note = |block: &BlockIdx| {
        let found = ledger.document.blocks.get(*block);
        found.is_some_and(|b| b.kind == BlockKind::Note || b.passage.text.starts_with('*'))
    };
    let near = partition.block.minus(2).unwrap_or_default().until(partition.block.plus(2)).filter(is_note);
    near.chain([partition.block]).flat_map(|block| ledger.prose_in_block(block)).copied().find(|index| {
        ledger.figure(*index).is_some_and(|figure| {
            let outcome = figure.facets.dimensions.get(Dimension::Outcome);
            let left_out = outcome
                .is_some_and(|l| matches!(l.normalised.as_str(), "outstanding" | "open" | "withdrawn"));
            left_out
                && matches!(figure.home, Home::Prose { .. })
                && figure.quantity.unit == Unit::Percent
                && figure.facets.period == partition.period
        })
    })
}

/// In time and late: one of two.
fn are_opposites(ledger: &Ledger, shares: &[FigureIdx]) -> bool {
    let band = |i: &FigureIdx| {
        ledger.figure(*i)?.facets.dimensions.get(Dimension::TimeBand).map(|l| l.normalised.as_str())
    };
    let mut bands: Vec<_> = shares.iter().map(band).collect();
    bands.sort_unstable();
    bands == [Some(band::OUTSIDE), Some(band::WITHIN)]
}

fn share_operands(ledger: &Ledger, partition: &Partition, noted: bool) -> Vec<(OperandRole, FigureId)> {
    let extra = partition.noted.filter(|_| noted);
    let shares = partition.shares.iter().copied().chain(extra);
    shares.map(|figure| (OperandRole::Part, ledger.id(figure))).collect()
}

fn emit_sum(ledger: &Ledger, partition: &Partition, out: &mut Vec<Relation>) {
    let mut readings =
        vec![Reading { operands: share_operands(ledger, partition, false), cost: 0, note: None }];
    if partition.noted.is_some() {
        let note = Some("with the share that the note gives".into());
        readings.push(Reading { operands: share_operands(ledger, partition, true), cost: 1, note });
    }
    let Some(&first) = partition.shares.first() else { return };
    let opposites = are_opposites(ledger, &partition.shares);
    let exhaustive = partition.exhaustive || partition.siblings > 0 || opposites;
    let arithmetic = Arithmetic::Partition { exhaustive };
    let in_prose = ledger.figure(first).is_some_and(|f| matches!(f.home, Home::Prose { .. }));
    let code = if in_prose && partition.shares.len() == 2 && exhaustive { "CF207" } else { "CF201" };
    let relation = Relation::of_figure(ledger, first, code, arithmetic);
    let printed = if exhaustive { "100" } else { "<=100" }.into();
    let licence = if partition.exhaustive || opposites { Licence::Labelled } else { Licence::Implied };
    out.push(Relation { published: None, place: partition.place, printed, licence, readings, ..relation });
}

fn emit_feasible(
    ledger: &Ledger,
    partition: &Partition,
    known: &HashMap<FigureIdx, FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let Some(&first) = partition.shares.first() else { return };
    if !partition.exhaustive || !again(ledger.document, partition.shares.iter().copied()).is_empty() {
        return;
    }
    let noted = partition.noted.is_some();
    let shares = share_operands(ledger, partition, noted);
    let found = match known.get(&first) {
        Some(whole) => vec![(0, vec![(OperandRole::Whole, *whole)])],
        None => wholes(ledger, partition),
    };
    // Rounded counts, as of weighted answers, are no whole cases.
    let is_rounded =
        |(_, i): &(OperandRole, FigureIdx)| ledger.figure(*i).is_some_and(|f| f.quantity.rounded);
    let readings: Vec<Reading> = found
        .into_iter()
        .filter(|(_, whole)| !whole.iter().any(is_rounded))
        .map(|(cost, whole)| {
            let mut operands = shares.clone();
            operands.extend(whole.into_iter().map(|(role, figure)| (role, ledger.id(figure))));
            Reading { operands, cost, note: None }
        })
        .collect();
    let Some(reading) = readings.first() else { return };
    let whole = reading.operands.iter().find(|(role, _)| *role == OperandRole::Whole);
    let whole = whole.and_then(|(_, id)| ledger.figure(id.figure)).and_then(|f| f.quantity.value.clone());
    let printed = eco_format!("rounded shares of N={}", whole.unwrap_or(Exact::ZERO));
    let relation = Relation::of_figure(ledger, first, "CF202", Arithmetic::Feasible);
    let licence = if reading.cost <= NAMED { Licence::Labelled } else { Licence::Implied };
    out.push(Relation { published: None, place: partition.place, printed, licence, readings, ..relation });
}

/// The cost up to which a whole counts as named for the partition.
const NAMED: u32 = 2;

/// What the shares can be of, with its cost: the share in the line above ("33% …", then "(85% not upheld, …)") of its
/// own whole; a count in the sentence above; totals elsewhere for the same population and period.
pub fn wholes(ledger: &Ledger, partition: &Partition) -> Vec<(u32, Vec<(OperandRole, FigureIdx)>)> {
    let Some(first) = partition.shares.first().and_then(|i| ledger.figure(*i)) else { return Vec::new() };
    if let Some(outer) = outer_share(ledger, partition) {
        let Some(figure) = ledger.figure(outer) else { return Vec::new() };
        let facets = population_facets(figure);
        let query = Query::like(&facets, figure);
        let found = ledger.find(query, figure.facets.period, Unit::Count, 4);
        return found
            .into_iter()
            .map(|c| (c.cost, vec![(OperandRole::Whole, c.figure), (OperandRole::Share, outer)]))
            .collect();
    }
    let mut wholes: Vec<(u32, Vec<(OperandRole, FigureIdx)>)> = Vec::new();
    let facets = population_facets(first);
    let mut own = facets;
    if matches!(first.home, Home::Cell { .. }) {
        own.measure = first.context.measure;
        own.population = own.population.or(first.context.population);
    }
    let query = Query::like(&own, first);
    for candidate in ledger.find(query, partition.period, Unit::Count, 12) {
        let Some(figure) = ledger.figure(candidate.figure) else { continue };
        if ledger.block_of(figure) == partition.block && matches!(figure.home, Home::Cell { .. }) {
            continue;
        }
        let in_prose = matches!(figure.home, Home::Prose { .. });
        let near = in_prose
            && [Some(partition.block), partition.block.minus(1)].contains(&Some(ledger.block_of(figure)));
        if is_component(ledger, figure) {
            continue;
        }
        let cost = if near { 0 } else { candidate.cost + 1 };
        wholes.push((cost, vec![(OperandRole::Whole, candidate.figure)]));
    }
    wholes.sort_by_key(|(cost, _)| *cost);
    wholes
}

/// A row of a table that has a total: a part, not the whole.
pub fn is_component(ledger: &Ledger, figure: &Figure) -> bool {
    let Home::Cell { table, row, col, .. } = figure.home else { return false };
    ledger.document.tables.get(table).is_some_and(|t| {
        let has_total = !t.total_rows.is_empty() || !t.total_cols.is_empty();
        has_total && !t.is_total_row(row) && !t.is_total_col(col)
    })
}

/// The share that stands alone in the line above a nested partition.
fn outer_share(ledger: &Ledger, partition: &Partition) -> Option<FigureIdx> {
    let above = partition.place.line.checked_sub(1)?;
    let first = *partition.shares.first()?;
    matches!(ledger.figure(first)?.home, Home::Prose { .. }).then_some(())?;
    let is_outer = |i: &FigureIdx| {
        ledger
            .figure(*i)
            .is_some_and(|f| f.quantity.unit == Unit::Percent && matches!(f.home, Home::Cell { .. }))
    };
    let mut found = ledger.on_line(above).iter().copied().filter(is_outer);
    let only = found.next()?;
    found.next().is_none().then_some(only)
}
