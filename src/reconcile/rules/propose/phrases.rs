//! What sentences state: changes, shares, parts of a whole and totals, with the figures that the sentence leaves open
//! looked up in the document.

use super::columns::population_facets;
use super::named::Naming;
use crate::model::block::BlockKind;
use crate::model::document::Stated;
use crate::model::facets::{Dimension, Measure};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::model::statement::{RelationKind, Slot, StatementMark};
use crate::model::topic::Topic;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::unify::Query;
use std::collections::{BTreeMap, BTreeSet};

/// Emits the relations of every statement.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in &ledger.document.stated {
        let phrase = Phrase { ledger, stated };
        match stated.statement.kind {
            RelationKind::Change => out.extend(phrase.change()),
            RelationKind::Ratio => out.extend(phrase.ratio().into_iter().chain(phrase.majority())),
            RelationKind::Within => out.extend(phrase.within()),
            RelationKind::Sum => out.extend(phrase.total()),
            RelationKind::Same | RelationKind::Order | RelationKind::Count => {}
        }
    }
    parts_of_wholes(ledger, out);
    shares_by_name(ledger, out);
    super::concluded::emit(ledger, out);
    super::answered::emit(ledger, out);
    super::net::emit(ledger, out);
    super::outcomes::emit(ledger, out);
}

/// Shares that no phrase takes up, where the words around them name a row and a column of a table.
fn shares_by_name(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, figure) in ledger.document.figures.entries() {
        let alone = matches!(figure.home, Home::Prose { .. })
            && figure.quantity.unit == Unit::Percent
            && figure.role == Role::Share
            && ledger.slots(index).is_empty();
        if alone {
            let readings = Naming::around(ledger, figure).shares(index, None);
            if !readings.is_empty() {
                let relation = Relation::of_figure(ledger, index, "CF203", Arithmetic::Share);
                out.push(Relation { readings, ..relation });
            }
        }
    }
}

/// Parts that several shares give of one whole: together they are at most the whole where they are of different
/// outcomes, else each is.
fn parts_of_wholes(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut parts: BTreeMap<FigureIdx, Vec<FigureIdx>> = BTreeMap::new();
    for stated in ledger.document.stated.iter().filter(|s| s.statement.kind == RelationKind::Ratio) {
        let of = |slot: Slot| stated.figures.iter().find(|(s, _)| *s == slot).map(|(_, i)| *i);
        if let (Some(whole), Some(part)) = (of(Slot::Whole), of(Slot::Part)) {
            parts.entry(whole).or_default().push(part);
        }
    }
    for (whole, parts) in parts {
        let Some(&first) = parts.first() else { continue };
        let outcomes: Vec<Option<&str>> = parts
            .iter()
            .map(|i| {
                ledger.figure(*i)?.facets.dimensions.get(Dimension::Outcome).map(|l| l.normalised.as_str())
            })
            .collect();
        let apart = outcomes.iter().all(Option::is_some)
            && outcomes.iter().collect::<BTreeSet<_>>().len() == outcomes.len();
        let parts = if apart { parts } else { vec![first] };
        let id = |figure| ledger.id(figure);
        let mut operands: Vec<_> = parts.into_iter().map(|p| (OperandRole::Part, id(p))).collect();
        operands.push((OperandRole::Whole, id(whole)));
        let readings = vec![Reading { operands, cost: 0, note: None }];
        out.push(Relation { readings, ..Relation::of_figure(ledger, first, "CF206", Arithmetic::Bound) });
    }
}

/// The characters between two figures that a phrase such as "of the" joins.
pub const ADJACENT: u32 = 10;
/// How many totals a share is tried against.
const NAMED_TOTALS: usize = 40;
/// How many counts "they" can mean.
const MEANT_BY_THEY: usize = 4;
/// How many candidates are tried for one operand.
pub const CANDIDATES: usize = 10;

/// A statement with what its open slots are looked up in.
pub struct Phrase<'a> {
    pub(crate) ledger: &'a Ledger<'a>,
    pub(crate) stated: &'a Stated,
}

impl<'a> Phrase<'a> {
    pub(crate) fn slot(&self, wanted: Slot) -> Option<FigureIdx> {
        self.stated.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, figure)| *figure)
    }

    pub(crate) fn slots(&self, wanted: Slot) -> Vec<FigureIdx> {
        self.stated.figures.iter().filter(|(slot, _)| *slot == wanted).map(|(_, figure)| *figure).collect()
    }

    pub(crate) fn says(&self, mark: &StatementMark) -> bool {
        self.stated.statement.says(mark)
    }

    pub(crate) fn id(&self, figure: FigureIdx) -> FigureId {
        self.ledger.id(figure)
    }

    pub(crate) fn relation(
        &self,
        figure: Option<FigureIdx>,
        code: &'static str,
        arithmetic: Arithmetic,
        readings: Vec<Reading>,
    ) -> Relation {
        let relation = match figure {
            Some(figure) => Relation::of_figure(self.ledger, figure, code, arithmetic),
            None => Relation::of_statement(self.ledger, self.stated, code, arithmetic),
        };
        Relation { readings, ..relation }
    }

    fn ratio(&self) -> Option<Relation> {
        let (share, part, whole) = (self.slot(Slot::Share), self.slot(Slot::Part), self.slot(Slot::Whole));
        let Some(share) = share else {
            return self.within();
        };
        let figure = self.ledger.figure(share)?;
        // Rates have a search of their own.
        if matches!(figure.role, Role::Target | Role::Benchmark) || figure.quantity.unit.people().is_some() {
            return None;
        }
        if self.is_distributed(share) {
            return None;
        }
        if let Some(relation) = self.in_words(share) {
            return Some(relation);
        }
        if self.says(&StatementMark::Remainder) {
            return Some(self.relation(Some(share), "CF203", Arithmetic::Remainder, self.remainders(share)));
        }
        let code = if figure.quantity.unit == Unit::Ratio { "CF304" } else { "CF203" };
        let count = |i: &FigureIdx| self.ledger.figure(*i).is_some_and(|f| f.quantity.unit == Unit::Count);
        let (part, whole) = (part.filter(count), whole.filter(count));
        let readings = match (part, whole) {
            (Some(part), Some(whole)) if self.says(&StatementMark::Carried) => {
                let mut readings = self.wholes(share, part);
                readings.push(self.shared(share, part, whole, 2));
                readings
            }
            (Some(part), Some(whole)) => vec![self.shared(share, part, whole, 0)],
            (Some(part), None) => {
                let mut readings = self.wholes(share, part);
                let beside = self.beside(share, part);
                let asked = if beside.is_none() { self.of_all_asked(share, part) } else { Vec::new() };
                readings.extend(beside.into_iter().chain(asked));
                readings.extend(self.counted_of(share, part));
                readings
            }
            (None, Some(whole)) => self.parts(share, Some(whole)),
            (None, None) => self.parts(share, None),
        };
        let mut readings = readings;
        // Almost any pair bears out what has an open end: only what the words tie to it is taken.
        if figure.quantity.is_open() {
            readings.retain(|reading| reading.cost < UNCERTAIN);
        }
        if readings.iter().all(|r| r.cost > 0) && figure.quantity.unit == Unit::Percent {
            let fits = |r: &Reading| whole.is_none() || self.has_whole(r, whole);
            readings.extend(self.naming(Some(share)).shares(share, part).into_iter().filter(fits));
        }
        if readings.is_empty() && figure.facets.dimensions.has(Dimension::Stage) {
            let readings = self.not_taken_further(share, figure);
            if !readings.is_empty() {
                return Some(self.relation(Some(share), "CF203", Arithmetic::Remainder, readings));
            }
        }
        let adjacent = |whole: &FigureIdx| {
            let place = self.ledger.figure(*whole).map(|f| f.place);
            place.is_some_and(|p| {
                p.line == figure.place.line && p.start.abs_diff(figure.place.end) <= ADJACENT
            })
        };
        if let Some(whole) = whole.filter(adjacent).filter(|_| readings.is_empty() && part.is_none()) {
            let operands = vec![(OperandRole::Share, self.id(share)), (OperandRole::Whole, self.id(whole))];
            let readings = vec![Reading { operands, cost: 0, note: None }];
            return Some(self.relation(Some(share), "CF204", Arithmetic::Grim, readings));
        }
        let code = if readings.is_empty() && code == "CF203" { "CF204" } else { code };
        Some(self.relation(Some(share), code, Arithmetic::Share, readings))
    }

    /// "117, 64 and 25, each representing 50%, 27% and 11%": the first share is not of the count right before it.
    fn is_distributed(&self, share: FigureIdx) -> bool {
        let lower = self.stated.text.to_lowercase();
        let at = |index: FigureIdx| self.ledger.figure(index);
        let (own, next) = (at(share).map(|f| f.home), at(share.plus(1)));
        let followed = next.is_some_and(|n| Some(n.home) == own && n.quantity.unit == Unit::Percent);
        let preceded = [1, 2].iter().all(|back| {
            share
                .minus(*back)
                .and_then(at)
                .is_some_and(|f| Some(f.home) == own && f.quantity.unit != Unit::Percent)
        });
        followed && preceded && pack().rules.respectively.within(&lower)
    }

    /// The counts of all the shares that make 100 with this one.
    fn beside(&self, share: FigureIdx, part: FigureIdx) -> Option<Reading> {
        let parts = super::paired::parts_beside(self.ledger, self.stated.block, share)?;
        let mut operands = vec![(OperandRole::Share, self.id(share)), (OperandRole::Part, self.id(part))];
        operands.extend(parts.into_iter().map(|part| (OperandRole::Whole, self.id(part))));
        Some(Reading { operands, cost: BESIDE, note: None })
    }

    /// "24% (120) of respondents": the numbers of respondents that the document prints.
    fn counted_of(&self, share: FigureIdx, part: FigureIdx) -> Vec<Reading> {
        let (Some(of), Some(figure)) = (self.ledger.figure(share), self.ledger.figure(part)) else {
            return Vec::new();
        };
        let nouns = of.facets.counted.iter().flat_map(|noun| self.ledger.counting(noun));
        let can_be_whole = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| {
                let dated = f.facets.period_stated && of.facets.period_stated;
                f.quantity.unit == Unit::Count
                    && f.quantity.value > figure.quantity.value
                    && (!dated || f.facets.period == of.facets.period)
            })
        };
        let wholes = nouns.copied().filter(|i| *i != part).filter(can_be_whole).take(NAMED_TOTALS);
        wholes.map(|whole| self.shared(share, part, whole, BESIDE + 1)).collect()
    }

    /// Whether the whole of a reading prints the same value as the one that the sentence gives.
    fn has_whole(&self, reading: &Reading, whole: Option<FigureIdx>) -> bool {
        let value = |i: FigureIdx| self.ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
        let found = reading.operands.iter().find(|(r, _)| *r == OperandRole::Whole).map(|(_, id)| id.figure);
        found.and_then(value) == whole.and_then(value)
    }

    fn shared(&self, share: FigureIdx, part: FigureIdx, whole: FigureIdx, cost: u32) -> Reading {
        let operands = vec![
            (OperandRole::Share, self.id(share)),
            (OperandRole::Part, self.id(part)),
            (OperandRole::Whole, self.id(whole)),
        ];
        Reading { operands, cost, note: None }
    }

    /// Totals that a part can be a share of: counts before it in its own block, then totals elsewhere for the same
    /// population, of its own period or the document's.
    fn wholes(&self, share: FigureIdx, part: FigureIdx) -> Vec<Reading> {
        let (Some(figure), Some(of)) = (self.ledger.figure(part), self.ledger.figure(share)) else {
            return Vec::new();
        };
        let mut facets = population_facets(figure);
        facets.dimensions.extend(&population_facets(of).dimensions);
        let query = Query::like(&facets, figure);
        let mut found: Vec<(u32, FigureIdx)> = Vec::new();
        for &index in self.ledger.before_in_block(self.ledger.block_of(figure), part) {
            found.push((if self.in_sentence(index, figure) { 1 } else { 2 }, index));
        }
        let own = figure.facets.period;
        let whole_year = self.ledger.document.period.filter(|p| Some(*p) != own);
        for period in [own, whole_year].into_iter().filter(|p| p.is_some()) {
            let candidates = self.ledger.find(query, period, Unit::Count, NAMED_TOTALS);
            found.extend(
                candidates.into_iter().map(|c| (c.cost + u32::from(!self.in_block(c.figure)), c.figure)),
            );
        }
        let can_be_whole = |i: FigureIdx| {
            let other = self.ledger.figure(i);
            other.is_some_and(|f| {
                let larger = f.quantity.unit == Unit::Count && f.quantity.value > figure.quantity.value;
                larger && !super::partitions::is_component(self.ledger, f)
            })
        };
        let mut readings: Vec<Reading> = found
            .into_iter()
            .filter(|(_, i)| can_be_whole(*i))
            .map(|(cost, whole)| self.shared(share, part, whole, cost))
            .collect();
        readings.sort_by_key(|r| r.cost);
        readings
    }

    fn in_sentence(&self, index: FigureIdx, figure: &Figure) -> bool {
        self.ledger.figure(index).is_some_and(|f| f.home == figure.home)
    }

    fn in_block(&self, figure: FigureIdx) -> bool {
        self.ledger.figure(figure).is_some_and(|f| self.ledger.block_of(f) == self.stated.block)
    }

    /// Counts that a share can be of, with totals for them: never certain, as a share seldom names its count.
    fn parts(&self, share: FigureIdx, whole: Option<FigureIdx>) -> Vec<Reading> {
        let Some(figure) = self.ledger.figure(share) else { return Vec::new() };
        let mut facets = crate::model::facets::Facets::clone(&figure.facets);
        facets.counted = Topic::default();
        if facets.measure == Measure::OnTime {
            facets.measure = Measure::ComplaintsClosed;
        }
        let query = Query::like(&facets, figure);
        let named = |f: &Figure| !f.facets.dimensions.is_empty() || !f.facets.topic().is_empty();
        let mut readings = Vec::new();
        // "They are 8% of stage 1": what was counted just before.
        let before = self.ledger.before_in_block(self.ledger.block_of(figure), share).iter().rev();
        let is_counted = |i: &FigureIdx| {
            let counts = |f: &Figure| f.quantity.unit == Unit::Count && f.role == Role::Value;
            self.ledger.figure(*i).is_some_and(|f| counts(f) && f.facets.period == figure.facets.period)
        };
        // "They" can be any of the counts before; of what they are a share, the words say.
        let pointed = self.points_back() && !figure.facets.dimensions.is_empty();
        let (most, doubt) = if pointed { (MEANT_BY_THEY, 0) } else { (1, UNCERTAIN) };
        for part in before.copied().filter(is_counted).take(most).filter(|_| whole.is_none()) {
            readings
                .extend(self.wholes(share, part).into_iter().map(|r| Reading { cost: r.cost + doubt, ..r }));
        }
        for part in self.ledger.find(query, figure.facets.period, Unit::Count, CANDIDATES) {
            let vague = facets.dimensions.is_empty() || part.cost > NAMED;
            // A whole is no part of itself, although it is named as its part is.
            if vague
                || whole == Some(part.figure)
                || self.ledger.figure(part.figure).is_none_or(|f| !named(f))
            {
                continue;
            }
            let wholes = match whole {
                Some(whole) => vec![self.shared(share, part.figure, whole, UNCERTAIN)],
                None => self.wholes(share, part.figure),
            };
            readings
                .extend(wholes.into_iter().map(|r| Reading { cost: r.cost + part.cost + UNCERTAIN, ..r }));
        }
        readings.sort_by_key(|r| r.cost);
        readings.truncate(CANDIDATES);
        readings
    }

    /// Whether a sentence begins with a word for what was said before: "They are 8% of stage 1".
    pub(crate) fn points_back(&self) -> bool {
        pack().rules.points_back.begins(&self.stated.text.trim_start().to_lowercase())
    }

    /// The other shares that the rest is left over from: those before it in its block.
    fn remainders(&self, share: FigureIdx) -> Vec<Reading> {
        let Some(figure) = self.ledger.figure(share) else { return Vec::new() };
        let mut operands = vec![(OperandRole::Share, self.id(share))];
        for &index in self.ledger.before_in_block(self.ledger.block_of(figure), share).iter().rev() {
            let Some(other) = self.ledger.figure(index) else { continue };
            let slots = self.ledger.slots(index);
            match other.quantity.unit {
                Unit::Percent if other.role == Role::Share => {
                    operands.push((OperandRole::Share, self.id(index)))
                }
                Unit::Count if slots.contains(&Slot::Part) => {
                    operands.push((OperandRole::Part, self.id(index)))
                }
                Unit::Count if slots.contains(&Slot::Whole) => {
                    operands.push((OperandRole::Whole, self.id(index)))
                }
                _ => {}
            }
        }
        if operands.len() < 2 { Vec::new() } else { vec![Reading { operands, cost: 0, note: None }] }
    }

    /// Parts that must not be more than their whole.
    fn within(&self) -> Option<Relation> {
        let stated = self.slot(Slot::Whole);
        let neither = if stated.is_none() && self.says(&StatementMark::None) { self.neither() } else { None };
        if neither.is_some() {
            return neither;
        }
        let whole = stated.or_else(|| self.whole_meant())?;
        // Beside a number of cases, one with decimals is a rate.
        let decimals = |i: FigureIdx| self.ledger.figure(i).map_or(0, |f| f.quantity.decimals);
        let mut parts = self.slots(Slot::Part);
        parts.retain(|part| decimals(*part) <= decimals(whole));
        // "Three decisions, of which all were upheld": the part is the whole.
        if parts.is_empty() && self.says(&StatementMark::All) {
            parts.push(whole);
        }
        let &first = parts.first()?;
        let mut operands: Vec<_> = parts.iter().map(|p| (OperandRole::Part, self.id(*p))).collect();
        operands.push((OperandRole::Whole, self.id(whole)));
        let cost = if stated.is_some() { 0 } else { UNCERTAIN };
        let reading = Reading { operands, cost, note: None };
        Some(self.relation(Some(first), "CF206", Arithmetic::Bound, vec![reading]))
    }

    /// A stated total against the columns of the tables whose rows are of its kind; stated parts against a total.
    fn total(&self) -> Option<Relation> {
        let parts = self.slots(Slot::Part);
        if self.says(&StatementMark::Multiple) {
            return self.multiple_response();
        }
        if let Some(total) = self.slot(Slot::Total) {
            let figure = self.ledger.figure(total)?;
            if parts.len() > 1 {
                let operands = parts.iter().map(|p| (OperandRole::Part, self.id(*p))).collect();
                let reading = Reading { operands, cost: 0, note: None };
                return Some(self.relation(Some(total), "CF101", Arithmetic::Sum, vec![reading]));
            }
            let readings = self.column_sums(total, figure);
            if readings.is_empty() {
                return None;
            }
            let relation = self.relation(Some(total), "CF101", Arithmetic::Sum, readings);
            return Some(Relation { licence: Licence::Implied, ..relation });
        }
        None
    }

    /// "There can be more than one outcome": each cell of the table below is at most the number of cases.
    fn multiple_response(&self) -> Option<Relation> {
        let below = self.ledger.document.blocks.starting(self.stated.block.plus(1)).iter().take(2);
        let table = below.into_iter().find_map(|b| match b.kind {
            BlockKind::Table(index) => Some(index),
            _ => None,
        })?;
        let cells = self.ledger.in_block(*self.ledger.table_blocks.get(table)?).iter().copied();
        let parts: Vec<FigureIdx> = cells
            .filter(|i| self.ledger.figure(*i).is_some_and(|f| f.quantity.unit == Unit::Count))
            .collect();
        let period = self.ledger.figure(*parts.first()?)?.facets.period;
        let wholes = self.ledger.find(self.query(), period, Unit::Count, CANDIDATES);
        let in_prose = |c: &crate::reconcile::ledger::Candidate| {
            let figure = self.ledger.figure(c.figure);
            figure.is_some_and(|f| matches!(f.home, Home::Prose { .. })) && !parts.contains(&c.figure)
        };
        // All cases are the largest count of them that the text states.
        let value = |c: &crate::reconcile::ledger::Candidate| {
            self.ledger.figure(c.figure).and_then(|f| f.quantity.value.clone())
        };
        let whole = wholes.into_iter().filter(in_prose).max_by_key(value)?;
        let mut operands: Vec<_> = parts.iter().map(|p| (OperandRole::Part, self.id(*p))).collect();
        operands.push((OperandRole::Whole, self.id(whole.figure)));
        let readings = vec![Reading { operands, cost: whole.cost, note: None }];
        let relation = self.relation(Some(whole.figure), "CF104", Arithmetic::MultipleResponse, readings);
        Some(Relation { place: self.stated.place, ..relation })
    }

    /// For each table column of the total's period: the rows that are about what the total counts.
    fn column_sums(&self, total: FigureIdx, figure: &Figure) -> Vec<Reading> {
        let query = Query::of(figure);
        let mut columns: std::collections::BTreeMap<(TableIdx, usize), Vec<(u32, FigureIdx)>> =
            Default::default();
        for candidate in self.ledger.find(query, figure.facets.period, figure.quantity.unit, 200) {
            let Some(part) = self.ledger.figure(candidate.figure) else { continue };
            if let Home::Cell { table, row, col, .. } = part.home
                && self.ledger.document.tables.get(table).is_some_and(|t| !t.is_total_row(row))
            {
                columns.entry((table, col)).or_default().push((candidate.cost, candidate.figure));
            }
        }
        let sums = columns.into_values().filter(|parts| parts.len() > 1);
        let mut readings: Vec<Reading> = sums
            .map(|mut parts| {
                parts.sort_by_key(|(_, figure)| *figure);
                let cost = UNCERTAIN + parts.iter().map(|(cost, _)| *cost).min().unwrap_or(0);
                let operands = parts
                    .into_iter()
                    .filter(|(_, i)| *i != total)
                    .map(|(_, i)| (OperandRole::Part, self.id(i)))
                    .collect();
                Reading { operands, cost, note: None }
            })
            .collect();
        readings.sort_by_key(|r| r.cost);
        readings
    }
}

/// The cost of a whole that stands in the same paragraph without a word that ties it to the share.
const BESIDE: u32 = 3;

/// The cost up to which a count is named by the words of its share.
const NAMED: u32 = 4;
