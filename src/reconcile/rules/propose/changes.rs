//! What sentences state about changes: percentages, differences, multiples and directions, with the values before and
//! after that the sentence leaves open looked up in the document.

use super::phrases::{CANDIDATES, Phrase};
use crate::model::facets::{Facets, Measure};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::statement::{Direction, RelationKind, Slot, StatementMark};
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::unify::{Query, count_alike, known_alike, says_no_more};

/// Two figures that so much has to be assumed for would only ever meet by chance.
const TOO_STRANGE: u32 = 8;
/// What is assumed where a change does not say of what it is.
const NAMELESS: u32 = 6;
/// The cost of figures that the sentence points at.
const POINTED_AT: u32 = 2;

impl Phrase<'_> {
    /// Percent changes, differences, multiples and directions. A direction is a claim of its own where the sentence
    /// gives both values.
    pub(crate) fn change(&self) -> Vec<Relation> {
        let direction = self.stated.statement.direction;
        let changes: Vec<FigureIdx> = self.slots(Slot::Change);
        let both = self.slot(Slot::Before).is_some() && self.slot(Slot::After).is_some();
        let mut relations = Vec::new();
        if let Some(direction) = direction.filter(|_| both || changes.is_empty()) {
            let mut readings = self.pairs(None);
            readings.retain(|reading| !self.is_of_other_way(reading, direction));
            if readings.is_empty() && !both {
                // Much rises and falls in a report: a bare direction is borne out and not refuted.
                readings.extend(self.in_series().map(|reading| Reading { cost: UNCERTAIN, ..reading }));
            }
            if self.says(&StatementMark::Nearby) {
                readings.iter_mut().for_each(|reading| reading.cost += UNCERTAIN);
            }
            relations.push(self.relation(None, "CF303", Arithmetic::Direction(direction), readings));
        }
        let beside = changes.last().and_then(|last| self.in_percent(*last));
        for change in changes.into_iter().chain(beside) {
            relations.extend(self.sized(change, direction.unwrap_or(Direction::Rise)));
        }
        relations
    }

    /// Whether another statement of the paragraph says of the values before and after that they moved the other way.
    fn is_of_other_way(&self, reading: &Reading, direction: Direction) -> bool {
        let given = |role| reading.operands.iter().find(|(r, _)| *r == role).map(|(_, id)| id.figure);
        let pair = (given(OperandRole::Before), given(OperandRole::After));
        self.ledger.stated_in(self.stated.block).any(|other| {
            let of = |wanted| other.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, i)| *i);
            let turned = other.statement.direction.is_some_and(|way| way != direction);
            turned && pair == (of(Slot::Before), of(Slot::After)) && pair.0.is_some()
        })
    }

    fn sized(&self, change: FigureIdx, direction: Direction) -> Option<Relation> {
        let figure = self.ledger.figure(change)?;
        if figure.role == Role::Target {
            return None;
        }
        let (code, arithmetic) = match figure.quantity.unit {
            Unit::Ratio => ("CF304", Arithmetic::Multiple),
            Unit::Percent => ("CF301", Arithmetic::PercentChange(direction)),
            _ => ("CF302", Arithmetic::Difference(direction)),
        };
        let mut readings = self.pairs(Some(change));
        if figure.quantity.unit == Unit::Ratio {
            let given = readings.iter().any(|reading| reading.cost == 0);
            let series = if given { None } else { self.in_series() };
            if let Some(series) = series.filter(|series| series.cost == 0 || readings.is_empty()) {
                readings = vec![series];
            }
        }
        if readings.is_empty() && figure.quantity.unit == Unit::Percent {
            readings.extend(self.of_difference(change).or_else(|| self.in_near_table(change, direction)));
        }
        Some(self.relation(Some(change), code, arithmetic, readings))
    }

    /// "112 more (8%)": the percentage right after a difference is the same change.
    fn in_percent(&self, change: FigureIdx) -> Option<FigureIdx> {
        let (figure, next) = (self.ledger.figure(change)?, self.ledger.figure(change.plus(1))?);
        let beside = figure.quantity.unit == Unit::Count
            && next.quantity.unit == Unit::Percent
            && next.home == figure.home
            && self.ledger.slots(change.plus(1)).iter().all(|slot| *slot == Slot::Share);
        beside.then_some(change.plus(1))
    }

    /// Values before and after: those of the sentence, else pairs of figures elsewhere about the same.
    fn pairs(&self, change: Option<FigureIdx>) -> Vec<Reading> {
        let pair = |before, after, cost| {
            let operands = vec![(OperandRole::Before, self.id(before)), (OperandRole::After, self.id(after))];
            Reading { operands, cost, note: None }
        };
        let before = self.slot(Slot::Before);
        let meant = self.antecedent().or_else(|| self.leading(before?));
        let after = self.slot(Slot::After).or(meant);
        if let (Some(before), Some(after)) = (before, after) {
            let (before, after) = self.in_order(before, after);
            return vec![pair(before, after, 0)];
        }
        if let Some((before, after)) =
            change.filter(|_| before.or(after).is_none()).and_then(|c| self.apposed(c))
        {
            return vec![pair(before, after, 0)];
        }
        if let Some((after, earlier)) = after.filter(|_| before.is_none()).and_then(|i| self.row_before(i)) {
            return vec![pair(earlier, after, 0)];
        }
        let given = before.or(after).and_then(|i| self.ledger.figure(i));
        let bare = given.is_none() && change.is_none();
        // A change with an open end is borne out by almost any pair: what is taken for its ends says no more than it does, and
        // stands together.
        let open = change.and_then(|i| self.ledger.figure(i)).is_some_and(|f| f.quantity.is_open());
        let units = match given {
            Some(figure) => vec![figure.quantity.unit],
            None if bare => vec![Unit::Count, Unit::Percent],
            None => vec![Unit::Count],
        };
        let query = meant.and_then(|i| self.ledger.figure(i)).map_or(self.query(), Query::of);
        let period = self.stated.facets.period.or(self.ledger.document.period);
        let years = period.and_then(ends_of_years);
        let before_period = years.map(|(first, _)| first).or_else(|| period?.shift_years(-1));
        let period = years.map(|(_, last)| last).or(period);
        let quarter = period.and_then(|period| self.quarter_before(period));
        let earlier = given
            .filter(|_| before.is_some())
            .map_or_else(|| quarter.or(self.stated.base_period).or(before_period), |f| f.facets.period);
        // What a sentence gives of the earlier year alone is compared with the year after it.
        let period = if before.is_some() && period == earlier {
            earlier.and_then(|earlier| earlier.shift_years(1))
        } else {
            period
        };
        let find = |fixed: Option<FigureIdx>, period: Option<Period>| match fixed {
            Some(figure) => vec![crate::reconcile::ledger::Candidate { cost: 0, figure }],
            None if period.is_none() => Vec::new(),
            None => {
                units.iter().flat_map(|unit| self.ledger.find(query, period, *unit, CANDIDATES)).collect()
            }
        };
        let mut readings = Vec::new();
        let befores = find(before, earlier);
        let given_after = after;
        for after in find(after, period) {
            for earlier in &befores {
                let own = Some(after.figure) == change || Some(earlier.figure) == change;
                // A bare direction names no values: only ones that stand together can be meant.
                let apart = self
                    .apart(earlier.figure, after.figure)
                    .filter(|apart| !(own || (bare || open) && *apart > 0));
                let looked_up = [(before, earlier.figure), (given_after, after.figure)];
                let strange = open
                    && looked_up
                        .iter()
                        .filter(|(given, _)| given.is_none())
                        .filter_map(|(_, found)| self.ledger.figure(*found))
                        .any(|f| !says_no_more(&Query::of(f), &query));
                if let Some(apart) = apart.filter(|_| !strange) {
                    let known = looked_up
                        .iter()
                        .filter(|(given, _)| given.is_none())
                        .filter_map(|(_, found)| self.ledger.figure(*found))
                        .all(|f| {
                            known_alike(&query, f) && given.is_none_or(|g| known_alike(&Query::of(g), f))
                        });
                    let doubt = if known || bare || self.says(&StatementMark::Above) { 0 } else { UNCERTAIN };
                    readings.push(pair(
                        earlier.figure,
                        after.figure,
                        earlier.cost + after.cost + apart + doubt,
                    ));
                }
            }
        }
        // What is measured is not known: values that happen to stand near can bear the change out, not accuse it.
        let unknown = query.own.measure == Measure::Other && query.own.dimensions.is_empty();
        if unknown && !self.says(&StatementMark::Above) {
            readings.iter_mut().for_each(|r| r.cost += NAMELESS);
        }
        self.keep_pointed_at(&mut readings);
        readings.retain(|r| r.cost % UNCERTAIN <= TOO_STRANGE);
        readings.sort_by_key(|r| r.cost);
        readings.truncate(CANDIDATES);
        if change.is_none() && readings.is_empty() {
            readings.extend(self.nearby_ends(before, after).map(|(b, a)| pair(b, a, UNCERTAIN)));
        }
        if change.is_some() && readings.first().is_none_or(|r| r.cost > POINTED_AT) {
            readings.extend(self.told_elsewhere(before, after));
            readings.extend(self.naming(None).changes());
        }
        readings
    }

    /// "North had 120, an increase of 22%", where a table prints North's 120: what it prints for North a year before.
    fn row_before(&self, after: FigureIdx) -> Option<(FigureIdx, FigureIdx)> {
        let figure = self.ledger.figure(after)?;
        let earlier = self.stated.base_period.or_else(|| figure.facets.period?.shift_years(-1));
        Some((after, super::stale::beside(self.ledger, figure, earlier)?))
    }

    /// "108 more than the 1,176 of last year, an increase of 9%": the values of the change that stands right before.
    fn apposed(&self, change: FigureIdx) -> Option<(FigureIdx, FigureIdx)> {
        let last = change.minus(1)?;
        let home = self.ledger.figure(change)?.home;
        if self.ledger.figure(last)?.home != home {
            return None;
        }
        self.ledger.stated_in(self.stated.block).find_map(|other| {
            let of = |wanted| other.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, i)| *i);
            let agrees = other.statement.direction == self.stated.statement.direction;
            let ends_here = other.figures.iter().map(|(_, i)| *i).max() == Some(last);
            let (before, after) = (of(Slot::Before)?, of(Slot::After)?);
            (other.statement.kind == RelationKind::Change && agrees && ends_here).then_some((before, after))
        })
    }

    pub(crate) fn query(&self) -> Query<'_> {
        Query { own: &self.stated.facets, context: &self.stated.context, tabular: false }
    }

    /// What must be assumed to compare two figures: nothing in one row, column or sentence, more elsewhere. `None`
    /// where their labels differ.
    fn apart(&self, before: FigureIdx, after: FigureIdx) -> Option<u32> {
        let (a, b) = (self.ledger.figure(before)?, self.ledger.figure(after)?);
        if before == after
            || !count_alike(&a.facets, &b.facets)
            || a.facets.period == b.facets.period
            || a.quantity.unit != b.quantity.unit
        {
            return None;
        }
        match (a.home, b.home) {
            (Home::Cell { table: t, row: r, col: c, .. }, Home::Cell { table: u, row: s, col: d, .. }) => {
                if t == u && (r == s || c == d) { Some(0) } else { same_labels(a, b).then_some(3) }
            }
            (Home::Prose { block: x, sentence: y }, Home::Prose { block: z, sentence: w }) => {
                if (x, y) == (z, w) { Some(0) } else { same_labels(a, b).then_some(4) }
            }
            _ => same_labels(a, b).then_some(3),
        }
    }

    /// "The data above": only the nearest table above is meant.
    fn keep_pointed_at(&self, readings: &mut Vec<Reading>) {
        if !self.says(&StatementMark::Above) {
            return;
        }
        let home = |reading: &Reading| {
            let (_, id) = reading.operands.first()?;
            let block = self.ledger.block_of(self.ledger.figure(id.figure)?);
            (block < self.stated.block).then_some(block)
        };
        let nearest = readings.iter().filter_map(home).max();
        if let Some(nearest) = nearest {
            readings.retain(|r| home(r) == Some(nearest));
            readings.iter_mut().for_each(|r| r.cost = r.cost.min(POINTED_AT));
        }
    }
}

/// The first and the last year of a period of several: "during 2010-2015" something changed from the one to the other.
fn ends_of_years(period: Period) -> Option<(Period, Period)> {
    let (first, last) = (period.start.year(), period.end.year());
    let whole =
        period.start.day_of_year() == 1 && period.end.tomorrow().is_ok_and(|next| next.day_of_year() == 1);
    (whole && last > first).then_some(Period::calendar_year(first).zip(Period::calendar_year(last))?)
}

fn same_labels(a: &Figure, b: &Figure) -> bool {
    let labels = |f: &Facets| f.dimensions.iter().map(|(d, l)| (d, l.normalised.clone())).collect::<Vec<_>>();
    a.facets.measure == b.facets.measure && labels(&a.facets) == labels(&b.facets)
}
