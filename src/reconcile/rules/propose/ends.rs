//! The ends of a change that its sentence leaves to what was said before: "That was 25% fewer", "This is down from 340".

use super::columns::population_facets;
use super::phrases::{CANDIDATES, Phrase};
use crate::model::block::BlockKind;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Population};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::{Slot, StatementMark};
use crate::model::topic::Topic;
use crate::pack::pack;
use crate::reconcile::likeness::{Said, words_of_label};
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::unify::Query;
use jiff::ToSpan;

/// How many figures before a statement are looked at for what "that" means.
const NEARBY: usize = 200;
/// How many cells of a row are looked at.
const CELLS: usize = 40;
/// How many cells that print a value are looked at.
const PRINTS: usize = 40;
/// How many blocks from a sentence the table or the counts that it speaks of stand at most.
const NEAR_TABLE: usize = 3;
/// The part of the words of a head that must be said, so that all must.
const FULLY: f32 = 0.95;
/// What "neither" is said of.
const BOTH: u32 = 2;

impl Phrase<'_> {
    /// "That was 25% fewer": the count that the sentence before states, and not the one that it compares with. Beside a share,
    /// "that" is a share.
    pub(super) fn antecedent(&self) -> Option<FigureIdx> {
        if !self.points_back() {
            return None;
        }
        let compared = self.slot(Slot::Before).and_then(|i| self.ledger.figure(i));
        let unit = compared.map_or(Unit::Count, |figure| figure.quantity.unit);
        let own = self.stated.figures.first().and_then(|(_, i)| self.ledger.figure(*i)).map(|f| f.home);
        let can_be_meant = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| {
                let result = matches!(f.role, Role::Value | Role::Share) && f.quantity.unit == unit;
                result && Some(f.home) != own && !self.ledger.slots(*i).contains(&Slot::Before)
            })
        };
        let starts_before =
            |i: &FigureIdx| self.ledger.figure(*i).is_some_and(|f| f.place < self.stated.place);
        let block = self.ledger.in_block(self.stated.block);
        let end = block.partition_point(|i| starts_before(i));
        // "It took nine days, down from eleven": what its own sentence says before it is meant.
        let said = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| f.role == Role::Value && Some(f.home) == own)
        };
        if block.iter().take(end).any(said) {
            return None;
        }
        let here = block.iter().take(end).rev().take(NEARBY).copied().find(can_be_meant);
        // A paragraph that begins so points to the one before it.
        let text =
            |index| self.ledger.document.blocks.get(index).map(|b| (b.kind, b.passage.text.trim_start()));
        let is_own = |i: &FigureIdx| self.stated.figures.iter().any(|(_, own)| own == i);
        let begins = block.iter().take(end).all(is_own)
            && text(self.stated.block).is_some_and(|(_, t)| t.starts_with(&self.stated.text));
        let is_paragraph =
            |before: &BlockIdx| text(*before).is_some_and(|(kind, _)| kind == BlockKind::Paragraph);
        let paragraph = self.stated.block.minus(1).filter(is_paragraph).filter(|_| begins);
        let above = || self.ledger.in_block(paragraph?).iter().rev().copied().find(can_be_meant);
        here.or_else(above)
    }

    /// "12.5 - average wait in days - this has fallen from 13.1": the number that its sentence begins with.
    pub(super) fn leading(&self, before: FigureIdx) -> Option<FigureIdx> {
        let other = self.ledger.figure(before)?;
        let opens = |i: &FigureIdx| {
            let figure = self.ledger.figure(*i).filter(|f| f.home == other.home && *i != before)?;
            let printed = self.ledger.document.text_at(figure.place);
            let rest = self.stated.text.trim_start().strip_prefix(printed.as_str())?;
            rest.trim_start().starts_with(is_dash).then_some(*i)
        };
        let first = self.ledger.in_block(self.stated.block).iter().find_map(opens)?;
        let figure = self.ledger.figure(first)?;
        let alike = figure.quantity.unit == other.quantity.unit && figure.role == other.role;
        alike.then_some(first)
    }

    /// The quarter before a quarter, where the sentence compares with that and not with the year before.
    pub(super) fn quarter_before(&self, period: Period) -> Option<Period> {
        let says = pack().rules.quarter_before.within(&self.stated.text.to_lowercase());
        let start = period.start.checked_sub(3.months()).ok()?;
        let end = period.start.yesterday().ok()?;
        (says && period.kind == PeriodKind::Quarter).then(|| Period::between(start, end))?
    }

    /// Two values that a sentence compares, the earlier one first where both say of which period they are.
    pub(super) fn in_order(&self, before: FigureIdx, after: FigureIdx) -> (FigureIdx, FigureIdx) {
        let dated = |i: FigureIdx| {
            let facets = &self.ledger.figure(i)?.facets;
            facets.period.filter(|_| facets.period_stated)
        };
        match dated(before).zip(dated(after)) {
            Some((first, second)) if is_later(&first, &second) => (after, before),
            _ => (before, after),
        }
    }

    /// The ends of a movement of which one end is given, or none: a value said before it in its sentence, or the cell of the
    /// period before in a row that prints the given value. No words tie the two together, so the pair can bear a movement out
    /// and not refute it.
    pub(super) fn nearby_ends(
        &self,
        before: Option<FigureIdx>,
        after: Option<FigureIdx>,
    ) -> Option<(FigureIdx, FigureIdx)> {
        match (before, after) {
            (Some(before), None) => Some((before, self.said_before(before)?)),
            (None, Some(after)) => {
                let earlier = self.cell_before(after).or_else(|| self.said_before(after));
                Some((earlier.or_else(|| self.cell_beside(after))?, after))
            }
            _ => None,
        }
    }

    /// "Of those, nine complained again": the number of cases that the words before speak of. It is the last whole that the
    /// sentence or the paragraph before takes parts of, or else the last count that is large enough.
    pub(super) fn whole_meant(&self) -> Option<FigureIdx> {
        if !self.says(&StatementMark::Previous) {
            return None;
        }
        let part = self.slot(Slot::Part)?;
        let least = self.ledger.figure(part)?.quantity.value.as_ref()?;
        let can_be_whole = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| {
                let count = f.quantity.unit == Unit::Count && f.role == Role::Value;
                let compared = self.ledger.slots(*i).contains(&Slot::Before);
                count && !compared && f.quantity.value.as_ref().is_some_and(|value| value >= least)
            })
        };
        let is_whole = |i: &FigureIdx| self.ledger.slots(*i).contains(&Slot::Whole);
        let own = self.ledger.before_in_block(self.stated.block, part);
        let before = self.stated.block.minus(1).map_or(&[][..], |block| self.ledger.prose_in_block(block));
        let counts = |figures: &[FigureIdx]| {
            figures.iter().rev().take(NEARBY).copied().filter(can_be_whole).collect::<Vec<_>>()
        };
        let (own, before) = (counts(own), counts(before));
        let wholes = || own.iter().chain(&before).copied().find(is_whole);
        // A note speaks of what it is the note of.
        let is_note = self.stated.text.trim_start().starts_with(is_note_mark);
        wholes().or(own.first().copied()).filter(|_| !is_note).or_else(|| self.cell_meant(part))
    }

    /// "There were more by the online form, but four of these came from the app": the cell, in a table near the sentence, of
    /// what its words name before. There must be one.
    fn cell_meant(&self, part: FigureIdx) -> Option<FigureIdx> {
        let figure = self.ledger.figure(part)?;
        let least = figure.quantity.value.as_ref()?;
        let phrase = self.ledger.document.text_at(self.stated.place);
        let (before, _) = self.stated.text.split_once(phrase.as_str())?;
        // What stands under another heading is about something else.
        let near = |table| {
            let block = self.ledger.table_blocks.get(table).copied().unwrap_or_default();
            let (from, to) = (self.stated.block.min(block), self.stated.block.max(block));
            let heading = |at| {
                let kind = self.ledger.document.blocks.get(at).map(|between| between.kind);
                matches!(kind, Some(BlockKind::Heading { .. }))
            };
            self.ledger.apart(from, to) <= NEAR_TABLE && !from.plus(1).until(to).any(heading)
        };
        let lines = self.ledger.named_by(&Said::of(before));
        let lines = lines.into_iter().filter(|line| line.named > FULLY && near(line.table));
        let cells = lines.flat_map(|line| {
            let grid = self.ledger.grids.get(line.table);
            let across = (0..CELLS).filter_map(move |at| {
                let (row, col) = if line.is_row { (line.at, at) } else { (at, line.at) };
                grid?.first(row, col)
            });
            across.collect::<Vec<_>>()
        });
        let mut meant = cells.filter(|cell| {
            self.ledger.figure(*cell).is_some_and(|f| {
                let count = f.quantity.unit == Unit::Count && f.role == Role::Value;
                let larger = f.quantity.value.as_ref().is_some_and(|value| value >= least);
                count && larger && f.facets.period == figure.facets.period
            })
        });
        meant.next().filter(|_| meant.next().is_none())
    }

    /// "Neither of the complaints at stage 3 was upheld": a count of two that is of the same cases, whatever became of them.
    /// It can bear the word out and not refute it.
    pub(super) fn neither(&self) -> Option<Relation> {
        let part = self.slot(Slot::Part)?;
        let figure = self.ledger.figure(part)?;
        let printed = self.ledger.document.text_at(figure.place).to_lowercase();
        let mut named = figure.facets.dimensions.iter();
        if !pack().numerals.neither.has(&printed) || named.next().is_none() {
            return None;
        }
        let facets = population_facets(figure);
        let two = Exact::from(i128::from(BOTH));
        let query = Query::like(&facets, figure);
        let found = self.ledger.find(query, figure.facets.period, Unit::Count, CANDIDATES);
        let same = found.into_iter().find(|candidate| {
            self.ledger.figure(candidate.figure).is_some_and(|f| {
                let of_cases = facets.dimensions.iter().all(|(d, label)| {
                    f.facets.dimensions.get(d).is_some_and(|own| own.normalised == label.normalised)
                });
                f.quantity.value.as_ref() == Some(&two) && of_cases && candidate.figure != part
            })
        })?;
        let code = if self.ledger.figure(same.figure)?.home.cell().is_some() { "CF402" } else { "CF401" };
        let operands = vec![(OperandRole::Same, self.id(same.figure))];
        let readings = vec![Reading { operands, cost: same.cost, note: None }];
        let arithmetic = Arithmetic::Told { number: BOTH, word: figure.place };
        Some(self.relation(None, code, arithmetic, readings))
    }

    /// "95% were resolved at stage one", beside how many of all were taken further: the rest of them. No words tie the two.
    pub(super) fn not_taken_further(&self, share: FigureIdx, figure: &Figure) -> Vec<Reading> {
        let outcome = figure.facets.dimensions.get(Dimension::Outcome);
        if !outcome.is_some_and(|label| pack().rules.settled_there.has(&label.normalised)) {
            return Vec::new();
        }
        let mut facets = crate::model::facets::Facets::clone(&figure.facets);
        facets.dimensions.retain(|d, _| !matches!(d, Dimension::Stage | Dimension::Outcome));
        facets.wording_mut().topic = Topic::default();
        let query = Query::like(&facets, figure);
        let found = self.ledger.find(query, figure.facets.period, Unit::Count, CANDIDATES);
        let is_whole = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| {
                f.facets.population != Some(Population::Escalated) && f.facets.dimensions.is_empty()
            })
        };
        let wholes: Vec<FigureIdx> = found.into_iter().map(|c| c.figure).filter(is_whole).collect();
        let near = |step: usize| {
            let block = self.stated.block;
            [block.minus(step).filter(|_| step > 0), Some(block.plus(step))].into_iter().flatten()
        };
        let around = (0..=NEAR_TABLE).flat_map(near).flat_map(|block| self.ledger.prose_in_block(block));
        let further = around.copied().filter(|i| {
            self.ledger.figure(*i).is_some_and(|f| {
                f.facets.population == Some(Population::Escalated)
                    && f.quantity.unit == Unit::Count
                    && f.facets.period == figure.facets.period
                    && f.quantity.value.as_ref().is_some_and(|value| !value.is_zero())
            })
        });
        let operands = |part, whole| {
            let share = (OperandRole::Share, self.id(share));
            vec![share, (OperandRole::Part, self.id(part)), (OperandRole::Whole, self.id(whole))]
        };
        let readings = further.flat_map(|part| wholes.iter().map(move |whole| operands(part, *whole)));
        let readings = readings.map(|operands| Reading { operands, cost: UNCERTAIN, note: None });
        readings.take(CANDIDATES).collect()
    }

    /// "At stage 1, 55% were answered within five days, down from 65%": the last value of the unit before it in its sentence.
    fn said_before(&self, end: FigureIdx) -> Option<FigureIdx> {
        let given = self.ledger.figure(end)?;
        let can_be_it = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| {
                f.home == given.home
                    && f.quantity.unit == given.quantity.unit
                    && f.quantity.value.is_some()
                    && f.role == given.role
                    && (!f.facets.period_stated || f.facets.period != given.facets.period)
                    && !self.ledger.slots(*i).iter().any(|slot| matches!(slot, Slot::Before | Slot::Bound))
            })
        };
        let said = self.ledger.before_in_block(self.stated.block, end);
        said.iter().rev().copied().find(can_be_it)
    }

    /// "The rate fell to 9.7%", where a row prints 9.7% and the value of the period before.
    fn cell_before(&self, after: FigureIdx) -> Option<FigureIdx> {
        let given = self.ledger.figure(after)?;
        let value = given.quantity.value.as_ref()?;
        let prints = self.ledger.of_value(value, given.quantity.unit).iter().take(PRINTS);
        let earlier = prints.filter_map(|print| {
            let printed = self.ledger.figure(*print).filter(|f| is_same_result(given, f))?;
            let met =
                printed.facets.topic().iter().filter(|word| given.facets.topic().contains(word)).count();
            let cell = self.period_before(printed)?;
            Some((met, cell))
        });
        earlier.filter(|(met, _)| *met > 0).max_by_key(|(met, _)| *met).map(|(_, cell)| cell)
    }

    /// "A lower rate (6.0%) than among owners": the one other cell of a row that prints 6.0%, in a column that the sentence names.
    fn cell_beside(&self, after: FigureIdx) -> Option<FigureIdx> {
        let given = self.ledger.figure(after)?;
        let value = given.quantity.value.as_ref()?;
        let said = Said::of(&self.stated.text);
        let prints = self.ledger.of_value(value, given.quantity.unit).iter().take(PRINTS);
        prints.filter_map(|print| self.ledger.figure(*print)).find_map(|print| {
            let (index, row, own) = print.home.cell()?;
            let (table, grid) = self.ledger.document.tables.get(index).zip(self.ledger.grids.get(index))?;
            let mut name = (0..table.header_cols).flat_map(|head| words_of_label(table.text(row, head)));
            let is_named = |col: &usize| {
                let mut head = (0..table.header_rows).flat_map(|head| words_of_label(table.text(head, *col)));
                head.any(|word| said.has(&word))
            };
            let others = (table.header_cols..table.cols).take(CELLS).filter(|col| *col != own);
            let cells = others.filter(is_named).filter_map(|col| grid.first(row, col)).filter(|cell| {
                self.ledger.figure(*cell).is_some_and(|f| {
                    f.quantity.unit == given.quantity.unit && f.facets.period == print.facets.period
                })
            });
            let cells: Vec<FigureIdx> = cells.collect();
            let &[only] = cells.as_slice() else { return None };
            name.any(|word| said.has(&word)).then_some(only)
        })
    }

    /// The cell of the latest period before that of another cell in its row.
    fn period_before(&self, printed: &Figure) -> Option<FigureIdx> {
        let (index, row, _) = printed.home.cell()?;
        let (table, grid) = self.ledger.document.tables.get(index).zip(self.ledger.grids.get(index))?;
        let own = printed.facets.period?;
        let cells = (table.header_cols..table.cols).take(CELLS).filter_map(|col| grid.first(row, col));
        let earlier = cells.filter_map(|cell| {
            let other = self.ledger.figure(cell).filter(|f| f.facets.period_stated)?;
            let alike = other.quantity.unit == printed.quantity.unit
                && other.role == printed.role
                && other.facets.topic() == printed.facets.topic()
                && other.facets.dimensions == printed.facets.dimensions;
            let period = other.facets.period.filter(|period| alike && is_later(&own, period))?;
            Some((period.start, cell))
        });
        earlier.max().map(|(_, cell)| cell)
    }
}

/// Whether a cell prints the value of a sentence for the same period.
fn is_same_result(given: &Figure, cell: &Figure) -> bool {
    matches!(cell.home, Home::Cell { .. })
        && cell.role == given.role
        && cell.facets.period_stated
        && (!given.facets.period_stated || cell.facets.period == given.facets.period)
        && cell.quantity.qualifier == Qualifier::Equal
}

/// Whether a period is of one length with another and begins after it.
fn is_later(one: &Period, other: &Period) -> bool {
    one.kind == other.kind && one.start > other.start
}

/// "¹", "*" and the like.
fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '†') || c.is_numeric() && !c.is_ascii_digit()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | ':')
}
