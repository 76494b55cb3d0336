//! The same figure printed twice: in two sentences, in a sentence and a table, in two tables.

use super::chart_labels::ChartLabels;
use super::reprints::{Prints, is_fraction};
use super::told::Telling;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets, Measure};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::period::PeriodKind;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::Slot;
use crate::model::table::Form;
use crate::model::topic::Topic;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::solve::mistyped;
use crate::reconcile::unify::{Query, distance, labelled_alike, measured_alike};
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// What may be assumed for two printings of a value to be of one figure: the longer the number, the less likely is
/// chance.
fn agreeing(value: &Exact) -> u32 {
    match value.to_i128().map(i128::abs) {
        Some(n) if n < 10 => 3,
        Some(n) if n < 100 => 6,
        _ => 12,
    }
}

/// Emits a relation for every figure of the prose that is printed elsewhere too, and a claim without a partner for
/// every other count.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    // Sheets of nothing but cells have no statement that asks for them.
    let told = LazyCell::new(|| Telling::of(ledger));
    let prints = LazyCell::new(|| Prints::of(ledger));
    let charts = LazyCell::new(|| ChartLabels::of(ledger));
    for (index, figure) in ledger.document.figures.entries() {
        if !is_statement(ledger, figure) {
            continue;
        }
        if let Some(relation) = charts.relation(ledger, index) {
            out.push(relation);
            continue;
        }
        let same = |index: FigureIdx, other: FigureIdx, cost: u32| {
            let partner = ledger.id(other);
            if is_fraction(&figure.quantity) {
                let operands = vec![(OperandRole::Share, ledger.id(index)), (OperandRole::Part, partner)];
                let relation = Relation::of_figure(ledger, index, "CF304", Arithmetic::Share);
                return Relation { readings: vec![Reading { operands, cost, note: None }], ..relation };
            }
            let readings = vec![Reading { operands: vec![(OperandRole::Same, partner)], cost, note: None }];
            let code = code(ledger, figure, other);
            let relation = Relation::of_figure(ledger, index, code, Arithmetic::Same);
            // Two tables say by their heads that they print the same; a sentence says so by its words.
            let licence = if code == "CF403" { Licence::Labelled } else { Licence::Stated };
            Relation { readings, licence, ..relation }
        };
        let again = |among: fn(&Figure) -> bool| {
            let found = prints.of_figure(ledger, index, figure, among);
            found.map(|other| Relation { licence: Licence::Implied, ..same(index, other, UNCERTAIN) })
        };
        let in_thousands =
            prints.in_thousands(ledger, figure).or_else(|| super::thousands::change(ledger, index, figure));
        if let Some(cell) = in_thousands {
            let relation =
                Relation { arithmetic: Arithmetic::SameInThousands, ..same(index, cell, UNCERTAIN) };
            out.push(Relation { licence: Licence::Implied, ..relation });
        }
        if !is_comparable(figure) {
            let repeated =
                repeated_change(ledger, index, figure).map(|(cost, other)| same(index, other, cost));
            out.extend(repeated.or_else(|| again(anywhere)));
            continue;
        }
        let told = told.of_figure(ledger, index, figure);
        let named = told.as_ref().map(|told| told.cell);
        out.extend(told.map(|told| told.relation));
        if let Some((cost, other)) = twin(ledger, index, figure, named) {
            out.push(same(index, other, cost));
            // A sentence that repeats another says less than one that repeats a table.
            if named.is_none() && ledger.figure(other).is_some_and(|f| !in_cell(f)) {
                out.extend(again(in_cell));
            }
        } else if let Some(other) = super::stale::of_its_row(ledger, figure) {
            out.push(same(index, other, 0));
        } else if is_total(ledger, figure) {
            // What a total of one table is in another is told by their captions: too little to accuse by.
            let found = again(anywhere);
            out.extend(found.as_ref().and_then(|relation| turned(ledger, relation)));
            out.extend(found);
        } else if let Some(other) =
            rival(ledger, index, figure).or_else(|| mislabelled(ledger, index, figure))
        {
            out.push(same(index, other, 0));
        } else if let Some(other) =
            part_year_slip(ledger, index, figure).or_else(|| slip(ledger, index, figure))
        {
            out.push(Relation { licence: Licence::Implied, ..same(index, other, 0) });
        } else if let Some(relation) = again(anywhere) {
            out.push(relation);
        } else if let Some(cell) = super::other_end::cell(ledger, index, figure) {
            out.push(Relation { licence: Licence::Implied, ..same(index, cell, 0) });
        } else if ledger.slots(index).is_empty() && figure.quantity.unit == Unit::Count {
            out.push(super::all_cases::relation(ledger, index, figure));
        }
    }
    super::parallel::emit(ledger, out);
}

/// Two cells of two tables, told from the other one.
fn turned(ledger: &Ledger, relation: &Relation) -> Option<Relation> {
    let [reading] = relation.readings.as_slice() else { return None };
    let (_, other) = reading.operands.first().filter(|_| relation.code == "CF403")?;
    let readings =
        vec![Reading { operands: vec![(OperandRole::Same, relation.published?)], ..reading.clone() }];
    let turned = Relation::of_figure(ledger, other.figure, relation.code, Arithmetic::Same);
    Some(Relation { readings, licence: relation.licence, ..turned })
}

fn anywhere(_: &Figure) -> bool {
    true
}

/// Captions call what two tables count by looser words than sentences do, and the cells beside them tell whether it is the
/// same.
fn both_in_cells(a: &Figure, b: &Figure) -> bool {
    in_cell(a) && in_cell(b)
}

fn in_cell(figure: &Figure) -> bool {
    matches!(figure.home, Home::Cell { .. })
}

/// A total in a table that a sentence prints almost: within a twentieth or but for one slip of the pen, of the same measure,
/// population and period. Where they share a dimension, a slip alone may assume a little more.
fn slip(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let value = figure.quantity.value.as_ref().filter(|v| **v >= Exact::from(50))?;
    let is_free = |slot: &Slot| matches!(slot, Slot::Total | Slot::Before | Slot::After);
    let usable = matches!(figure.home, Home::Prose { .. })
        && figure.quantity.unit == Unit::Count
        && names_nothing_else(ledger, figure)
        && ledger.slots(index).iter().all(is_free);
    let mut bare = Facets::clone(&figure.facets);
    bare.wording_mut().topic = Topic::default();
    bare.counted = Topic::default();
    let query = Query::like(&bare, figure);
    if !usable {
        return None;
    }
    let found = ledger.find(query, figure.facets.period, Unit::Count, 12).into_iter();
    let named = !dimensions(figure).is_empty();
    let is_it = |cost: u32, other: &Figure| {
        let Some(printed) = &other.quantity.value else { return false };
        let slipped = mistyped(printed, value);
        let near = &(printed - value).abs() * &Exact::from(20) <= *value;
        (slipped && named && cost <= RIVAL || (slipped || near) && cost <= 1)
            && is_total(ledger, other)
            && other.facets.measure == figure.facets.measure
            && other.facets.population == figure.facets.population
            && dimensions(other) == dimensions(figure)
    };
    let mut found = found.filter(|c| ledger.figure(c.figure).is_some_and(|other| is_it(c.cost, other)));
    found.next().map(|c| c.figure)
}

/// Another number that the prose gives of all complaints in the same part of a year, less than a fifth off. Of a whole year there
/// are totals of several populations; of half a year and no more words, both are the same count.
fn part_year_slip(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let bare = |f: &Figure| {
        let part = f.facets.period.is_some_and(|p| matches!(p.kind, PeriodKind::Part | PeriodKind::Quarter));
        let prose = matches!(f.home, Home::Prose { .. });
        f.facets.period_stated && part && prose && f.facets.topic().is_empty() && dimensions(f).is_empty()
    };
    let complaints =
        bare(figure) && figure.measure().is_of_complaints() && figure.quantity.unit == Unit::Count;
    if !complaints {
        return None;
    }
    let found = ledger.find(Query::of(figure), figure.facets.period, Unit::Count, 6).into_iter();
    // The first of the two tells of both.
    let others = found.filter(|c| c.figure > index && c.cost <= 1).map(|c| c.figure);
    let mut others = others.filter(|other| {
        let one = ledger
            .figure(*other)
            .filter(|one| one.home != figure.home && one.quantity.qualifier == Qualifier::Equal);
        one.is_some_and(|one| bare(one) && are_near(figure, one))
    });
    others.next()
}

/// Whether the words of a figure name no row: only what the figures of its sentence count ("reviews").
fn names_nothing_else(ledger: &Ledger, figure: &Figure) -> bool {
    let beside = ledger.in_block(ledger.block_of(figure)).iter().filter_map(|i| ledger.figure(*i));
    let counted: Vec<&Figure> = beside.filter(|other| other.home == figure.home).collect();
    figure.facets.topic().iter().all(|word| counted.iter().any(|other| other.facets.counted.contains(word)))
}

fn code(ledger: &Ledger, figure: &Figure, other: FigureIdx) -> &'static str {
    match (figure.home, ledger.figure(other).map(|f| f.home)) {
        (Home::Cell { .. }, Some(Home::Cell { .. })) => "CF403",
        (Home::Prose { .. }, Some(Home::Prose { .. })) => "CF401",
        _ => "CF402",
    }
}

/// Printed in a sentence or as an item of a list, not as one of a table's many cells.
fn is_statement(ledger: &Ledger, figure: &Figure) -> bool {
    let own = &figure.facets;
    let named = !own.dimensions.is_empty() && own.topic().is_empty() && own.period_stated;
    (named && alone_in_row(ledger, figure)) || is_list_or_prose(ledger, figure) || is_total(ledger, figure)
}

/// The only figure of its row for its period: nothing but row and period tells it from its neighbours.
fn alone_in_row(ledger: &Ledger, figure: &Figure) -> bool {
    let Home::Cell { table, row, col, .. } = figure.home else { return false };
    let Some((table, grid)) = ledger.document.tables.get(table).zip(ledger.grids.get(table)) else {
        return false;
    };
    let others = (table.header_cols..table.cols).filter(|c| *c != col).filter_map(|c| grid.first(row, c));
    let near = others.take(WIDEST).filter_map(|i| ledger.figure(i));
    near.filter(|f| f.quantity.unit == figure.quantity.unit).all(|f| f.facets.period != figure.facets.period)
}

/// How many cells of a row are looked at.
const WIDEST: usize = 40;

fn is_list_or_prose(ledger: &Ledger, figure: &Figure) -> bool {
    match figure.home {
        Home::Prose { .. } => true,
        Home::Cell { table, .. } => {
            ledger.document.tables.get(table).is_some_and(|t| t.form == Form::LabelValue)
        }
    }
}

/// In a total row or column.
pub(super) fn is_total(ledger: &Ledger, figure: &Figure) -> bool {
    let Home::Cell { table, row, col, .. } = figure.home else { return false };
    ledger.document.tables.get(table).is_some_and(|t| t.is_total_row(row) || t.is_total_col(col))
}

/// Whether two figures can be two printings of one by what they are: of one unit, and a result or a share both.
pub(super) fn agrees_in_kind(figure: &Figure, other: &Figure) -> bool {
    figure.quantity.unit == other.quantity.unit
        && in_one_power(figure, other)
        && other.quantity.qualifier == Qualifier::Equal
        && other.quantity.value.is_some()
        && matches!(other.role, Role::Value | Role::Share)
}

/// Whether two amounts of money are printed in one power of ten: £1,240 is not 1,240 under "£000".
pub(super) fn in_one_power(figure: &Figure, other: &Figure) -> bool {
    figure.scale == other.scale || !figure.quantity.unit.is_money()
}

/// A figure that could be printed again: a count or share with a meaning.
fn is_comparable(figure: &Figure) -> bool {
    let known = figure.facets.measure != Measure::Other
        || !figure.facets.dimensions.is_empty()
        || !figure.facets.topic().is_empty();
    known
        && matches!(figure.role, Role::Value | Role::Share)
        && (figure.quantity.unit.is_money() || matches!(figure.quantity.unit, Unit::Count | Unit::Percent))
        && figure.quantity.qualifier == Qualifier::Equal
}

/// The nearest figure elsewhere with the same value whose facets agree. Where the words name a cell, one of another row of its
/// column is none.
fn twin(
    ledger: &Ledger,
    index: FigureIdx,
    figure: &Figure,
    named: Option<FigureIdx>,
) -> Option<(u32, FigureIdx)> {
    let value = figure.quantity.value.as_ref()?;
    let limit =
        if is_list_or_prose(ledger, figure) || is_total(ledger, figure) { agreeing(value) } else { 0 };
    let here = ledger.block_of(figure);
    ledger
        .of_value(value, figure.quantity.unit)
        .iter()
        .filter(|other| **other != index)
        .filter_map(|&other| {
            let candidate = ledger.figure(other)?;
            let elsewhere = candidate.home != figure.home
                && (matches!(figure.home, Home::Prose { .. }) || ledger.block_of(candidate) != here);
            let misplaced =
                named.and_then(|cell| ledger.figure(cell)).is_some_and(|f| is_below(f, candidate));
            let usable = elsewhere
                && !misplaced
                && in_one_power(figure, candidate)
                && candidate.quantity.qualifier == Qualifier::Equal
                && candidate.facets.period == figure.facets.period
                && matches!(candidate.role, Role::Value | Role::Share);
            if !usable || is_met_by_chance(figure, candidate) {
                return None;
            }
            let cost = distance(Query::of(figure), candidate).filter(|c| *c <= limit)?;
            Some((cost, ledger.apart(ledger.block_of(candidate), here), other))
        })
        .min()
        .map(|(cost, _, other)| (cost, other))
}

/// Whether two equal numbers are likelier to meet by chance than to be of one figure: a number below ten, where one side has a
/// label or a noun that the other lacks, a whole percentage of another outcome or of another table's cases, and a rate of these
/// with at most three digits (of 50 such rates that were equal in the tables of two workbooks, three were one figure).
pub(super) fn is_met_by_chance(figure: &Figure, other: &Figure) -> bool {
    let (a, b) = (Query::of(figure), Query::of(other));
    let small = figure.quantity.value.as_ref().is_some_and(|value| *value < Exact::from(10));
    let (own, its) = (&figure.facets, &other.facets);
    let stray = |a: &Figure, b: &Figure| {
        let known = |word: &str| b.facets.topic().contains(word) || b.context.topic().contains(word);
        let named = !a.facets.counted.is_empty() && a.facets.counted.iter().all(known);
        a.facets.counts_something_else && !named
    };
    let foreign = own.counted != its.counted && (stray(figure, other) || stray(other, figure));
    let outcome = |facets: &Facets| facets.dimensions.has(Dimension::Outcome);
    let elsewhere = both_in_cells(figure, other) && figure.context.topic() != other.context.topic();
    let size = figure.quantity.value.as_ref().map_or(0.0, |value| value.approx().abs());
    let steps = size * 10f64.powi(i32::from(figure.quantity.decimals));
    let whole_share = figure.quantity.unit == Unit::Percent && figure.quantity.decimals == 0;
    match figure.quantity.unit {
        Unit::Count => small && (foreign || !labelled_alike(&a, &b)),
        unit if unit.people().is_some() => elsewhere && steps < 1000.0,
        _ => whole_share && (elsewhere || outcome(own) != outcome(its)),
    }
}

/// The change of the same measure for the same period that another sentence or a headline gives in the same words of number. It
/// can bear the figure out, and never refute it: other changes of the measure are given too.
fn repeated_change(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<(u32, FigureIdx)> {
    let is_change = |f: &Figure| f.role == Role::Change && matches!(f.home, Home::Prose { .. });
    let value = figure.quantity.value.as_ref().filter(|_| is_change(figure))?;
    let measured = figure.facets.measure != Measure::Other && figure.quantity.qualifier == Qualifier::Equal;
    let shares = matches!(figure.quantity.unit, Unit::Percent | Unit::PercentagePoints);
    let others = ledger.of_value(value, figure.quantity.unit).iter().filter(|_| measured && shares);
    let costs = others.filter_map(|&other| {
        let candidate = ledger.figure(other).filter(|f| other != index && is_change(f))?;
        let alike = candidate.home != figure.home
            && candidate.quantity.qualifier == Qualifier::Equal
            && candidate.facets.period == figure.facets.period
            && candidate.facets.measure == figure.facets.measure
            && dimensions(candidate) == dimensions(figure);
        distance(Query::of(figure), candidate)
            .filter(|cost| alike && *cost <= agreeing(value))
            .map(|c| (c, other))
    });
    costs.min()
}

/// Whether two cells stand in two rows of one column.
pub(super) fn is_below(one: &Figure, other: &Figure) -> bool {
    let (Some((table, row, col)), Some((of_other, below, beside))) = (one.home.cell(), other.home.cell())
    else {
        return false;
    };
    (table, col) == (of_other, beside) && row != below
}

/// A figure elsewhere that is about exactly the same and prints another value.
fn rival(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let about = dimensions(figure);
    if figure.quantity.unit != Unit::Count || about.is_empty() || !figure.facets.period_stated {
        return None;
    }
    if !figure.facets.topic().is_empty() {
        return None;
    }
    let here = ledger.block_of(figure);
    let limit = if is_list_or_prose(ledger, figure) { RIVAL } else { 0 };
    let found = ledger.find(Query::of(figure), figure.facets.period, figure.quantity.unit, 6);
    found.into_iter().filter(|c| c.figure != index && c.cost <= limit).map(|c| c.figure).find(|other| {
        ledger.figure(*other).is_some_and(|other| {
            ledger.block_of(other) != here
                && are_named_alike(figure, other)
                && (both_in_cells(figure, other) || measured_alike(figure, other))
                && (matches!(other.home, Home::Cell { .. }) || are_slips(ledger, index, figure, other))
                && other.facets.period_stated
                && other.facets.topic().is_empty()
                && (alone_in_row(ledger, other) || is_list_or_prose(ledger, other))
                && dimensions(other) == about
                && other.quantity.value != figure.quantity.value
        })
    })
}

/// Whether it is known of two cells what they count: a measure, or the words of one caption. "All areas" in two tables can be
/// all pupils in the one and those on free meals in the other.
fn are_named_alike(a: &Figure, b: &Figure) -> bool {
    let measured = |f: &Figure| f.facets.measure != Measure::Other || f.context.measure != Measure::Other;
    !both_in_cells(a, b)
        || measured(a) && measured(b)
        || a.context.topic() == b.context.topic() && !a.context.topic().is_empty()
}

/// Another total stated for what a figure of the prose counts, where the figure's own value is printed in a table as
/// that of another measure: a number under the wrong name.
fn mislabelled(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let whole = dimensions(figure).is_empty() && figure.facets.topic().is_empty();
    let value = figure.quantity.value.as_ref().filter(|v| **v >= Exact::from(10))?;
    if !whole
        || !crate::reconcile::unify::is_complaints(figure.facets.measure)
        || figure.quantity.unit != Unit::Count
    {
        return None;
    }
    let same_period = |other: &Figure| other.facets.period == figure.facets.period;
    let others: Vec<&Figure> = ledger
        .of_value(value, Unit::Count)
        .iter()
        .filter(|i| **i != index)
        .filter_map(|i| ledger.figure(*i))
        .filter(|f| same_period(f) && matches!(f.home, Home::Cell { .. }))
        .collect();
    let elsewhere = !others.is_empty()
        && others.iter().all(|f| {
            f.facets.measure != Measure::Other && !crate::reconcile::unify::is_complaints(f.facets.measure)
        });
    if !elsewhere {
        return None;
    }
    let totals = ledger.find(Query::of(figure), figure.facets.period, Unit::Count, 8).into_iter();
    totals.map(|c| c.figure).find(|i| {
        ledger.slots(*i).contains(&Slot::Total)
            && ledger.figure(*i).is_some_and(|f| {
                matches!(f.home, Home::Prose { .. }) && f.quantity.value.as_ref() != Some(value)
            })
    })
}

/// Two sentences that state the same population and differ by less than a fifth: one is a slip of the other.
fn are_slips(ledger: &Ledger, index: FigureIdx, a: &Figure, b: &Figure) -> bool {
    let free = ledger.slots(index).is_empty() && matches!(a.home, Home::Prose { .. });
    free && are_near(a, b) && a.facets.population == b.facets.population
}

/// Whether two figures of one measure differ, and by less than a fifth.
fn are_near(a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (&a.quantity.value, &b.quantity.value) else { return false };
    x != y && &(x - y).abs() * &Exact::from(5) <= *x.max(y) && a.facets.measure == b.facets.measure
}

/// What may be assumed at most for two different values to be called printings of one figure.
pub(super) const RIVAL: u32 = 4;

/// The dimensions of a figure, those of its caption and headings included.
fn dimensions(figure: &Figure) -> BTreeMap<Dimension, &str> {
    let own = &figure.facets.dimensions;
    let all = figure.context.dimensions.iter().chain(own.iter());
    all.map(|(dimension, label)| (dimension, label.normalised.as_str())).collect()
}
