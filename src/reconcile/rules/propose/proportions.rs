//! Shares beside or under the counts that they are shares of. Which line holds the parts and which the wholes is seen
//! from the shares themselves: the likeliest choice is that under which most of a line's shares come out right.

use super::columns::population_facets;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::statement::Direction;
use crate::model::table::Table;
use crate::reconcile::evidence::{Trial, can_tell, likeliest};
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve;
use crate::reconcile::unify::Query;

/// Emits a relation for every share of a line of shares whose parts and wholes were found.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        let beside = counts_beside(ledger, index);
        for down in [true, false] {
            Lines { ledger, table, grid, down, beside: &beside }.emit(out);
        }
        in_cells(ledger, grid, table, out);
    }
}

/// A table seen as columns (`down`) or as rows.
struct Lines<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
    down: bool,
    /// Counts that the text right around the table prints.
    beside: &'a [FigureIdx],
}

/// Where the whole of a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// At the same position of another line.
    Line(usize),
    /// At this position of the part's own line: its total.
    Position(usize),
    /// Stated elsewhere for the population and period of each part.
    Elsewhere,
    /// This one count of the text right around the table, whatever its words: "138 people gave a reason".
    Beside(FigureIdx),
    /// All parts of the part's own line together, where no total of them is printed.
    Along,
    /// The counts at its position in this run of lines together: "upheld, not upheld, % upheld".
    Across(usize, usize),
    /// Not a whole: the value before, at the same position of another line, of which the shares are the changes.
    Before(usize),
}

/// The choice of parts and wholes for a line.
#[derive(Clone, Copy)]
struct Choice {
    part: usize,
    whole: Whole,
}

/// A line of shares with what was chosen for it.
struct Chosen {
    line: usize,
    shares: Vec<(usize, FigureIdx)>,
    choice: Choice,
    trial: Trial,
}

/// How many shares of a line are tried; a longer line is judged by its first ones.
const SAMPLE: usize = 60;
/// How many totals of a table are tried as wholes.
const TOTALS: usize = 16;
/// How many lines are tried for parts and wholes on either side of a line.
const REACH: usize = 8;
/// How many shares of whole per cents there are.
const STEPS: f32 = 100.0;

impl Lines<'_> {
    fn count(&self) -> usize {
        if self.down { self.table.cols } else { self.table.rows }
    }

    fn positions(&self) -> std::ops::Range<usize> {
        if self.down {
            self.table.header_rows..self.table.rows
        } else {
            self.table.header_cols..self.table.cols
        }
    }

    fn totals(&self) -> &[usize] {
        if self.down { &self.table.total_rows } else { &self.table.total_cols }
    }

    fn at(&self, line: usize, position: usize) -> Option<FigureIdx> {
        let (row, col) = if self.down { (position, line) } else { (line, position) };
        self.grid.first(row, col)
    }

    fn figure(&self, index: FigureIdx) -> Option<&Figure> {
        self.ledger.figure(index)
    }

    fn is_count(&self, index: FigureIdx) -> bool {
        self.figure(index).is_some_and(|f| f.quantity.unit == Unit::Count && f.role == Role::Value)
    }

    fn emit(&self, out: &mut Vec<Relation>) {
        let chosen: Vec<_> = (0..self.count())
            .filter_map(|line| {
                let shares = self.shares(line);
                let (choice, trial) = self.choose(line, &shares)?;
                Some(Chosen { line, shares, choice, trial })
            })
            .collect();
        for own in &chosen {
            // Where the parts make all shares of another line right, those that they make right here are an accident.
            let taken = |other: &Chosen| other.choice.part == own.choice.part && other.trial.fails == 0;
            let is_accident = if own.trial.fails == 0 {
                chosen.iter().any(|other| self.is_nearer(other, own))
            } else {
                chosen.iter().any(taken)
            };
            if !is_accident {
                self.relate(&own.choice, &own.shares, out);
            }
        }
    }

    /// Whether a line of other shares, which the same rounded parts of the same whole make right, is nearer to the parts: rounded
    /// counts of few cases make right what is near to their shares, too.
    fn is_nearer(&self, other: &Chosen, own: &Chosen) -> bool {
        let same = other.choice.part == own.choice.part && other.choice.whole == own.choice.whole;
        let far = |one: &Chosen| one.line.abs_diff(one.choice.part);
        let value = |(_, i): &(usize, FigureIdx)| self.figure(*i).map(|f| f.quantity.value.clone());
        let differ = || !other.shares.iter().map(value).eq(own.shares.iter().map(value));
        let first = |one: &Chosen| one.shares.first().and_then(|(at, _)| self.at(one.choice.part, *at));
        let rounded = || first(own).and_then(|i| self.figure(i)).is_some_and(|f| f.quantity.rounded);
        same && other.trial.fails == 0 && far(other) < far(own) && rounded() && differ()
    }

    /// The shares of a line, with their positions.
    fn shares(&self, line: usize) -> Vec<(usize, FigureIdx)> {
        self.positions()
            .filter_map(|position| Some((position, self.at(line, position)?)))
            .filter(|(_, i)| {
                let is_one = |unit: Unit| unit == Unit::Percent || unit.people().is_some();
                let is_share = |f: &Figure| is_one(f.quantity.unit) && f.role == Role::Share;
                self.figure(*i).is_some_and(is_share) && !super::lists::is_listed(self.ledger, *i)
            })
            .collect()
    }

    fn relate(&self, choice: &Choice, shares: &[(usize, FigureIdx)], out: &mut Vec<Relation>) {
        for &(position, share) in shares {
            let readings = self.readings(choice, position, share);
            if !readings.is_empty() {
                let (code, arithmetic) = match choice.whole {
                    Whole::Before(_) => ("CF301", Arithmetic::PercentChange(Direction::Rise)),
                    _ => (super::rates::code(self.ledger, share), Arithmetic::Share),
                };
                let relation = Relation::of_figure(self.ledger, share, code, arithmetic);
                out.push(Relation { licence: Licence::Labelled, readings, ..relation });
            }
        }
    }

    /// The likeliest choice, if more of its shares come out right than chance explains.
    fn choose(&self, line: usize, shares: &[(usize, FigureIdx)]) -> Option<(Choice, Trial)> {
        // A share of nought is right of any whole, and says nothing of which is meant.
        let tells = |(_, i): &&(usize, FigureIdx)| {
            self.figure(*i).and_then(|f| f.quantity.value.as_ref()).is_some_and(|value| !value.is_zero())
        };
        let sample: Vec<(usize, FigureIdx)> = shares.iter().filter(tells).take(SAMPLE).copied().collect();
        let near = line.saturating_sub(REACH)..(line + REACH + 1).min(self.count());
        // Every other two lines near it are tried, and more. Most rows of a long table have too few shares for that.
        let others = near.len().saturating_sub(1);
        if !can_tell(sample.len(), STEPS, others * others.saturating_sub(1)) {
            return None;
        }
        let near = || near.clone().filter(|l| *l != line);
        // A rate is of people, who are no sum and no total of the cases.
        let of_people =
            sample.iter().all(|(_, i)| self.figure(*i).is_some_and(|f| f.quantity.unit.people().is_some()));
        let choices = near().flat_map(|part| {
            let totals = self.totals().iter().copied().take(TOTALS).map(Whole::Position);
            let lines = near().filter(move |l| *l != part).map(Whole::Line);
            let earlier = near().filter(move |l| *l < part).map(Whole::Before);
            let elsewhere = std::iter::once(Whole::Elsewhere);
            let beside = self.beside.iter().copied().map(Whole::Beside);
            let wholes = totals
                .chain(lines)
                .chain(elsewhere)
                .chain(earlier)
                .chain(self.sums(line, part))
                .chain(beside);
            let wholes = wholes.filter(move |whole| !of_people || matches!(whole, Whole::Line(_)));
            wholes.map(move |whole| Choice { part, whole })
        });
        let tried = choices.map(|choice| (choice, self.trial(choice, &sample)));
        likeliest(tried.map(|(choice, trial)| ((choice, trial), trial)))
    }

    fn trial(&self, choice: Choice, sample: &[(usize, FigureIdx)]) -> Trial {
        let holds = sample.iter().filter(|(p, s)| self.hits(choice.part, choice.whole, *p, *s)).count();
        Trial { holds, fails: sample.len() - holds, steps: STEPS }
    }

    /// The sums that a part can be a share of, where no total of them is printed: of its own line, and of the run of
    /// counts that it stands in beside the shares.
    fn sums(&self, line: usize, part: usize) -> impl Iterator<Item = Whole> {
        let open = self.totals().is_empty() && self.positions().len() <= SAMPLE;
        let counts = |l: &usize| self.positions().take(SAMPLE).any(|p| self.count_at(*l, p).is_some());
        let before = (line.saturating_sub(REACH)..line).rev().take_while(counts).last().unwrap_or(line);
        let after =
            (line + 1..(line + REACH + 1).min(self.count())).take_while(counts).last().unwrap_or(line);
        let runs = [(before, line), (line + 1, after + 1)].into_iter();
        let run = runs.filter(move |(from, to)| (*from..*to).contains(&part) && to - from > 1);
        open.then_some(Whole::Along).into_iter().chain(run.map(|(from, to)| Whole::Across(from, to)))
    }

    fn count_at(&self, line: usize, position: usize) -> Option<FigureIdx> {
        self.at(line, position).filter(|i| self.is_count(*i))
    }

    /// The counts that make up a whole that is a sum.
    fn summands(&self, part: usize, whole: Whole, position: usize) -> Vec<FigureIdx> {
        let summed: Vec<FigureIdx> = match whole {
            Whole::Along => self.positions().filter_map(|p| self.count_at(part, p)).collect(),
            Whole::Across(from, to) => (from..to).filter_map(|l| self.count_at(l, position)).collect(),
            _ => Vec::new(),
        };
        let printed =
            |i: &FigureIdx| self.figure(*i).is_some_and(|f| f.quantity.qualifier == Qualifier::Equal);
        summed.into_iter().filter(printed).collect()
    }

    fn is_share_of_sum(&self, part: FigureIdx, summands: &[FigureIdx], share: FigureIdx) -> bool {
        let (Some(n), Some(s)) = (self.figure(part), self.figure(share)) else { return false };
        let values = summands.iter().filter_map(|i| self.figure(*i)?.quantity.value.clone());
        let whole = Quantity { value: Some(values.sum()), ..n.quantity.clone() };
        summands.len() > 1 && solve::share_fit(&n.quantity, &whole, &s.quantity).holds()
    }

    fn hits(&self, part: usize, whole: Whole, position: usize, share: FigureIdx) -> bool {
        let Some(n) = self.at(part, position).filter(|i| self.is_count(*i)) else { return false };
        let found = self.wholes(part, whole, position, n);
        match whole {
            Whole::Along | Whole::Across(..) => {
                self.is_share_of_sum(n, &self.summands(part, whole, position), share)
            }
            Whole::Before(_) => found.into_iter().any(|(_, before)| self.is_change(before, n, share)),
            _ => found.into_iter().any(|(_, w)| self.is_share(n, w, share)),
        }
    }

    fn is_change(&self, before: FigureIdx, after: FigureIdx, change: FigureIdx) -> bool {
        let (Some(b), Some(a), Some(c)) = (self.figure(before), self.figure(after), self.figure(change))
        else {
            return false;
        };
        let fit = solve::percent_change_fit(&b.quantity, &a.quantity, &c.quantity, Some(Direction::Rise));
        b.quantity.value != a.quantity.value && fit.holds()
    }

    fn is_share(&self, part: FigureIdx, whole: FigureIdx, share: FigureIdx) -> bool {
        let (Some(n), Some(w), Some(s)) = (self.figure(part), self.figure(whole), self.figure(share)) else {
            return false;
        };
        part != whole && solve::share_fit(&n.quantity, &w.quantity, &s.quantity).holds()
    }

    /// The wholes that a choice gives a part, each with its cost.
    fn wholes(&self, part: usize, whole: Whole, position: usize, n: FigureIdx) -> Vec<(u32, FigureIdx)> {
        match whole {
            Whole::Line(line) | Whole::Before(line) => {
                self.at(line, position).filter(|i| self.is_count(*i)).map(|i| (0, i)).into_iter().collect()
            }
            Whole::Position(total) if total != position => {
                self.at(part, total).filter(|i| self.is_count(*i)).map(|i| (0, i)).into_iter().collect()
            }
            Whole::Position(_) | Whole::Along | Whole::Across(..) => Vec::new(),
            Whole::Elsewhere => stated_wholes(self.ledger, n),
            Whole::Beside(count) => vec![(UNNAMED, count)],
        }
    }

    fn readings(&self, choice: &Choice, position: usize, share: FigureIdx) -> Vec<Reading> {
        let Some(n) = self.at(choice.part, position).filter(|i| self.is_count(*i)) else { return Vec::new() };
        let id = |figure| self.ledger.id(figure);
        if matches!(choice.whole, Whole::Along | Whole::Across(..)) {
            let summed = self.summands(choice.part, choice.whole, position);
            let mut operands = vec![(OperandRole::Share, id(share)), (OperandRole::Part, id(n))];
            operands.extend(summed.into_iter().map(|i| (OperandRole::Whole, id(i))));
            return vec![Reading { operands, cost: 0, note: None }];
        }
        let mut wholes = self.wholes(choice.part, choice.whole, position, n);
        let make = |(cost, whole): (u32, FigureIdx)| match choice.whole {
            Whole::Before(_) => {
                let operands = vec![(OperandRole::Before, id(whole)), (OperandRole::After, id(n))];
                Reading { operands, cost, note: None }
            }
            _ => reading(self.ledger, share, n, whole, cost),
        };
        wholes.sort_by_key(|(cost, whole)| (!self.is_share(n, *whole, share), *cost));
        wholes.into_iter().map(make).collect()
    }
}

fn reading(ledger: &Ledger, share: FigureIdx, part: FigureIdx, whole: FigureIdx, cost: u32) -> Reading {
    let id = |figure| ledger.id(figure);
    let operands =
        vec![(OperandRole::Share, id(share)), (OperandRole::Part, id(part)), (OperandRole::Whole, id(whole))];
    Reading { operands, cost, note: None }
}

/// What is assumed of a count beside a table whose words do not say that the shares are of it.
const UNNAMED: u32 = 1;
/// How many blocks before and after a table its text is looked for.
const AROUND: usize = 2;
/// How many counts are tried, and the least of them: shares of few cases are those of many other numbers.
const BESIDE: usize = 8;
const LEAST: i128 = 10;

/// The counts in the notes of a table and in the text right before and after it, each value once.
fn counts_beside(ledger: &Ledger, table: TableIdx) -> Vec<FigureIdx> {
    let Some(&own) = ledger.table_blocks.get(table) else { return Vec::new() };
    let blocks = own.minus(AROUND).unwrap_or_default().until(own.plus(AROUND + 1));
    let figures = blocks.flat_map(|block| ledger.prose_in_block(block)).copied();
    let mut found: Vec<(FigureIdx, &Quantity)> = Vec::new();
    for index in figures {
        let Some(figure) = ledger.figure(index).filter(|f| matches!(f.home, Home::Prose { .. })) else {
            continue;
        };
        let quantity = &figure.quantity;
        let counts = figure.is_plain_count()
            && quantity.value.as_ref().is_some_and(|value| *value >= Exact::from(LEAST));
        if counts && found.len() < BESIDE && found.iter().all(|(_, known)| known.value != quantity.value) {
            found.push((index, quantity));
        }
    }
    found.into_iter().map(|(index, _)| index).collect()
}

/// Totals stated outside its table for what a part is a part of, nearest first.
pub fn stated_wholes(ledger: &Ledger, part: FigureIdx) -> Vec<(u32, FigureIdx)> {
    let Some(figure) = ledger.figure(part) else { return Vec::new() };
    let facets = population_facets(figure);
    let query = Query::like(&facets, figure);
    let here = ledger.block_of(figure);
    let found = ledger.find(query, figure.facets.period, Unit::Count, 12);
    let larger = found.into_iter().filter(|c| {
        ledger
            .figure(c.figure)
            .is_some_and(|f| ledger.block_of(f) != here && f.quantity.value >= figure.quantity.value)
    });
    larger.map(|c| (c.cost.min(4), c.figure)).collect()
}

/// Cells that hold a share with its counts ("60% (6/10)"), or with its part ("12 (27.3%)").
fn in_cells(ledger: &Ledger, grid: &FigureGrid, table: &Table, out: &mut Vec<Relation>) {
    for row in table.header_rows..table.rows {
        for col in table.header_cols..table.cols {
            let cell = grid.at(row, col);
            if cell.len() < 2 {
                continue;
            }
            let of = |unit: Unit| {
                let in_unit =
                    move |i: &&FigureIdx| ledger.figure(**i).is_some_and(|f| f.quantity.unit == unit);
                cell.iter().filter(in_unit).copied().collect::<Vec<FigureIdx>>()
            };
            let readings = match (of(Unit::Percent).as_slice(), of(Unit::Count).as_slice()) {
                ([share, ..], [part, whole]) => vec![(*share, reading(ledger, *share, *part, *whole, 0))],
                ([share, ..], [part]) => {
                    let down = table.total_rows.iter().take(TOTALS).filter_map(|r| grid.first(*r, col));
                    let across = table.total_cols.iter().take(TOTALS).filter_map(|c| grid.first(row, *c));
                    let totals = down
                        .chain(across)
                        .filter(|t| t != part)
                        .filter(|t| ledger.figure(*t).is_some_and(|f| f.quantity.unit == Unit::Count));
                    totals.map(|total| (*share, reading(ledger, *share, *part, total, 0))).collect()
                }
                _ => Vec::new(),
            };
            let Some(&(share, _)) = readings.first() else { continue };
            let relation = Relation::of_figure(ledger, share, "CF203", Arithmetic::Share);
            let readings = readings.into_iter().map(|(_, r)| r).collect();
            out.push(Relation { licence: Licence::Labelled, readings, ..relation });
        }
    }
}
