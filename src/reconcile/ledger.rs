//! All figures of a document, indexed so that candidates for an operand are found without looking at every figure.

use super::likeness::{Likeness, Line, Said};
use super::relation::FigureId;
use super::unify::{Query, distance};
use crate::model::arena::Arena;
use crate::model::block::BlockKind;
use crate::model::document::{Document, Stated};
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Measure};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::statement::{RelationKind, Slot};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// How many figures of one feature are looked at; a document in which more share it says nothing by it.
const POSTING: usize = 400;
/// The fewest that are looked at, however many figures a document has.
const FEWEST: usize = 16;
/// How many pairs of figures are compared over a whole document: one of more figures looks at fewer for each.
const COMPARED: usize = 4_000_000;
/// How many figures of a block are looked at before one of them.
const BEFORE: usize = 200;

/// A feature by which figures are found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Feature<'a> {
    Measure(Measure),
    Dimension(Dimension, &'a str),
    Topic(&'a str),
}

/// The figures of a table by their cells.
#[derive(Debug, Default)]
pub struct FigureGrid {
    /// By row, column and printed order.
    figures: Vec<FigureIdx>,
    /// The column of each.
    cols: Vec<u32>,
    /// Where each row begins in them.
    rows: Vec<usize>,
}

impl FigureGrid {
    /// Of the row, column and number of each figure.
    fn of(mut cells: Vec<(u32, u32, FigureIdx)>) -> FigureGrid {
        cells.sort_unstable();
        let mut rows = Vec::new();
        for (at, (row, ..)) in cells.iter().enumerate() {
            rows.resize(rows.len().max(*row as usize + 1), at);
        }
        let (cols, figures) = cells.into_iter().map(|(_, col, figure)| (col, figure)).unzip();
        FigureGrid { figures, cols, rows }
    }

    /// The figures of a cell, in printed order.
    pub fn at(&self, row: usize, col: usize) -> &[FigureIdx] {
        let start = self.rows.get(row).copied().unwrap_or(self.cols.len());
        let end = self.rows.get(row + 1).copied().unwrap_or(self.cols.len());
        let cols = self.cols.get(start..end).unwrap_or_default();
        let Ok(col) = u32::try_from(col) else { return &[] };
        let from = cols.partition_point(|c| *c < col);
        let count = cols.iter().skip(from).take_while(|c| **c == col).count();
        self.figures.get(start + from..start + from + count).unwrap_or_default()
    }

    /// The first figure of a cell.
    pub fn first(&self, row: usize, col: usize) -> Option<FigureIdx> {
        self.at(row, col).first().copied()
    }
}

/// A candidate for an operand, with what has to be assumed to take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// 0 where nothing has to be assumed.
    pub cost: u32,
    /// The figure.
    pub figure: FigureIdx,
}

/// A document's figures with their indexes.
pub struct Ledger<'a> {
    /// Which of the documents of its run this is.
    pub number: usize,
    /// The document that is indexed.
    pub document: &'a Document,
    /// One grid a table.
    pub grids: Arena<TableIdx, FigureGrid>,
    postings: FxHashMap<(Option<Period>, Feature<'a>), Vec<FigureIdx>>,
    values: FxHashMap<(Exact, Unit), Vec<FigureIdx>>,
    /// By the line that they start on.
    lines: Vec<FigureIdx>,
    blocks: FxHashMap<BlockIdx, Vec<FigureIdx>>,
    slots: FxHashMap<FigureIdx, Vec<Slot>>,
    counting: FxHashMap<&'a str, Vec<FigureIdx>>,
    likeness: OnceCell<Likeness>,
    /// The block that each table stands in.
    pub table_blocks: Arena<TableIdx, BlockIdx>,
    /// For each block, how many blocks of content stand before it.
    order: Arena<BlockIdx, usize>,
}

impl<'a> Ledger<'a> {
    /// Indexes the figures of the document of this number in its run.
    pub fn of(document: &'a Document, number: usize) -> Ledger<'a> {
        let mut cells: Vec<Vec<(u32, u32, FigureIdx)>> = vec![Vec::new(); document.tables.len()];
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut postings: FxHashMap<(Option<Period>, Feature), Vec<FigureIdx>> = FxHashMap::default();
        let mut values: FxHashMap<(Exact, Unit), Vec<FigureIdx>> = FxHashMap::default();
        let mut counting: FxHashMap<&str, Vec<FigureIdx>> = FxHashMap::default();
        let most = (COMPARED / document.figures.len().max(1)).clamp(FEWEST, POSTING);
        for (index, figure) in document.figures.entries() {
            if let Home::Cell { table, row, col, .. } = figure.home
                && let Some(cells) = cells.get_mut(table.index())
            {
                cells.push((short(row), short(col), index));
            }
            for feature in features(figure) {
                push_capped(most, postings.entry((figure.facets.period, feature)).or_default(), index);
            }
            for noun in figure.facets.counted.iter() {
                push_capped(most, counting.entry(noun).or_default(), index);
            }
            if let Some(value) = &figure.quantity.value {
                push_capped(most, values.entry((value.clone(), figure.quantity.unit)).or_default(), index);
            }
        }
        let grids = cells.into_iter().map(FigureGrid::of).collect();
        let mut table_blocks: Arena<TableIdx, BlockIdx> =
            document.tables.iter().map(|_| BlockIdx::default()).collect();
        for (index, block) in document.blocks.entries() {
            if let BlockKind::Table(table) = block.kind
                && let Some(slot) = table_blocks.get_mut(table.index())
            {
                *slot = index;
            }
        }
        let mut content = 0;
        let count = |block: &crate::model::block::Block| {
            let passed = matches!(block.kind, BlockKind::Furniture | BlockKind::Contents);
            content += usize::from(!passed);
            content
        };
        let order: Arena<BlockIdx, usize> = document.blocks.iter().map(count).collect();
        let mut slots: FxHashMap<FigureIdx, Vec<Slot>> = FxHashMap::default();
        for (slot, figure) in document.stated.iter().flat_map(|s| &s.figures) {
            slots.entry(*figure).or_default().push(*slot);
        }
        let mut lines: Vec<FigureIdx> = document.figures.ids().collect();
        lines.sort_by_key(|index| document.figures.get(*index).map(|figure| figure.place.line));
        let blocks = FxHashMap::default();
        let mut ledger = Ledger {
            number,
            document,
            grids,
            postings,
            values,
            lines,
            blocks,
            slots,
            counting,
            likeness: OnceCell::new(),
            table_blocks,
            order,
        };
        for (index, figure) in document.figures.entries() {
            let block = ledger.block_of(figure);
            ledger.blocks.entry(block).or_default().push(index);
        }
        ledger
    }

    /// How far apart two blocks stand; where pages end makes no difference.
    pub fn apart(&self, a: BlockIdx, b: BlockIdx) -> usize {
        let at = |block: BlockIdx| self.order.get(block).copied().unwrap_or_default();
        at(a).abs_diff(at(b))
    }

    /// The figures that start on a line.
    pub fn on_line(&self, line: u32) -> &[FigureIdx] {
        let line_of = |index: &FigureIdx| self.figure(*index).map_or(0, |figure| figure.place.line);
        let from = self.lines.partition_point(|index| line_of(index) < line);
        let count = self.lines.iter().skip(from).take_while(|index| line_of(index) == line).count();
        self.lines.get(from..from + count).unwrap_or_default()
    }

    /// The figures of a block, in printed order.
    pub fn in_block(&self, block: BlockIdx) -> &[FigureIdx] {
        self.blocks.get(&block).map_or(&[], Vec::as_slice)
    }

    /// The figures of a block's running text: of a table's notes, not of its cells.
    pub fn prose_in_block(&self, block: BlockIdx) -> &[FigureIdx] {
        // The notes of a table are read after its cells.
        let all = self.in_block(block);
        let is_cell = |i: &FigureIdx| self.figure(*i).is_some_and(|f| matches!(f.home, Home::Cell { .. }));
        all.get(all.partition_point(is_cell)..).unwrap_or_default()
    }

    /// The last figures of a block before one of them, in printed order.
    pub fn before_in_block(&self, block: BlockIdx, figure: FigureIdx) -> &[FigureIdx] {
        let all = self.in_block(block);
        let end = all.partition_point(|i| *i < figure);
        all.get(end.saturating_sub(BEFORE)..end).unwrap_or_default()
    }

    /// What the statements of the document make of a figure.
    pub fn slots(&self, figure: FigureIdx) -> &[Slot] {
        self.slots.get(&figure).map_or(&[], Vec::as_slice)
    }

    /// The statements of a block.
    pub fn stated_in(&self, block: BlockIdx) -> impl Iterator<Item = &'a Stated> {
        let all = &self.document.stated;
        let start = all.partition_point(|s| s.block < block);
        all.get(start..).unwrap_or_default().iter().take_while(move |s| s.block == block)
    }

    /// The statements of a kind, in their order.
    pub fn stated(&self, kind: RelationKind) -> impl Iterator<Item = &'a Stated> {
        self.document.stated.iter().filter(move |stated| stated.statement.kind == kind)
    }

    /// Whether a figure is a value that is given, not the change of one.
    pub fn is_result(&self, index: FigureIdx) -> bool {
        self.figure(index).is_some_and(|f| f.role != Role::Change && f.quantity.value.is_some())
    }

    /// The name of a figure in the run.
    pub fn id(&self, figure: FigureIdx) -> FigureId {
        FigureId::of(self.number, figure)
    }

    /// A figure of the document.
    pub fn figure(&self, index: FigureIdx) -> Option<&'a Figure> {
        self.document.figures.get(index)
    }

    /// The block that a figure stands in.
    pub fn block_of(&self, figure: &Figure) -> BlockIdx {
        match figure.home {
            Home::Cell { table, .. } => self.table_blocks.get(table).copied().unwrap_or_default(),
            Home::Prose { block, .. } => block,
        }
    }

    /// Results of a unit and period that can be what is asked, cheapest first, at most `most`.
    pub fn find(&self, query: Query, period: Option<Period>, unit: Unit, most: usize) -> Vec<Candidate> {
        self.find_among(query, period, unit, most, |_| true)
    }

    /// Those of [`Ledger::find`] that `among` admits. Where none of them is near what is asked, no other is compared with it.
    pub fn find_among(
        &self,
        query: Query,
        period: Option<Period>,
        unit: Unit,
        most: usize,
        among: impl Fn(&Figure) -> bool,
    ) -> Vec<Candidate> {
        let mut indices: Vec<FigureIdx> = asked_features(&query)
            .into_iter()
            .filter_map(|feature| self.postings.get(&(period, feature)))
            .flatten()
            .copied()
            .collect();
        indices.sort_unstable();
        indices.dedup();
        let candidate = |index: FigureIdx| {
            let figure = self.figure(index)?;
            let usable = figure.quantity.unit == unit
                && figure.quantity.value.is_some()
                && matches!(figure.role, Role::Value | Role::Share)
                // "Three stages": a number of things to be listed is no result.
                && !self.slots(index).contains(&Slot::Bound);
            let cost = usable.then(|| distance(query, figure))??;
            Some(Candidate { cost, figure: index })
        };
        let (asked, others): (Vec<FigureIdx>, Vec<FigureIdx>) =
            indices.into_iter().partition(|index| self.figure(*index).is_some_and(&among));
        let mut found: Vec<Candidate> = asked.iter().copied().filter_map(candidate).collect();
        if found.is_empty() {
            return found;
        }
        // The others count where they leave no room.
        if asked.len() + others.len() > most {
            found.extend(others.into_iter().filter_map(candidate));
        }
        found.sort();
        found.truncate(most);
        found.retain(|candidate| asked.binary_search(&candidate.figure).is_ok());
        found
    }

    /// Numbers that are printed before this noun, and shares of it.
    pub fn counting(&self, noun: &str) -> &[FigureIdx] {
        self.counting.get(noun).map_or(&[], Vec::as_slice)
    }

    /// The rows and columns of tables that a sentence names.
    pub fn named_by(&self, said: &Said) -> Vec<Line> {
        self.likeness.get_or_init(|| Likeness::of(self.document)).named_by(said)
    }

    /// Figures that print the same value in the same unit.
    pub fn of_value(&self, value: &Exact, unit: Unit) -> &[FigureIdx] {
        self.values.get(&(value.clone(), unit)).map_or(&[], Vec::as_slice)
    }
}

fn push_capped(most: usize, posting: &mut Vec<FigureIdx>, index: FigureIdx) {
    if posting.len() < most {
        posting.push(index);
    }
}

/// Own words, then those of the caption where the own words name nothing.
fn features(figure: &Figure) -> Vec<Feature<'_>> {
    let own = &figure.facets;
    let mut features = vec![Feature::Measure(family(own.measure))];
    features.extend(own.dimensions.iter().map(|(d, l)| Feature::Dimension(d, &l.normalised)));
    features.extend(own.topic().iter().map(Feature::Topic));
    if own.measure == Measure::Other && figure.context.measure != Measure::Other {
        features.push(Feature::Measure(family(figure.context.measure)));
    }
    for (dimension, label) in figure.context.dimensions.iter() {
        if !own.dimensions.has(dimension) {
            features.push(Feature::Dimension(dimension, &label.normalised));
        }
    }
    features.extend(figure.context.topic().iter().filter(|w| !own.topic().contains(w)).map(Feature::Topic));
    features
}

fn asked_features<'a>(query: &Query<'a>) -> Vec<Feature<'a>> {
    let own = query.own;
    let mut features: Vec<Feature> =
        own.dimensions.iter().map(|(d, l)| Feature::Dimension(d, &l.normalised)).collect();
    features.extend(own.topic().iter().map(Feature::Topic));
    if own.measure != Measure::Other {
        features.push(Feature::Measure(family(own.measure)));
    }
    if own.measure == Measure::Other {
        // What is counted without a name in a report on complaints is complaints.
        let known = [query.context.measure].into_iter().find(|m| *m != Measure::Other);
        features.push(Feature::Measure(family(known.unwrap_or(Measure::ComplaintsReceived))));
    }
    features
}

/// Complaints received, closed and investigated are looked up together; whether they may be compared is decided later.
fn family(measure: Measure) -> Measure {
    if super::unify::is_complaints(measure) { Measure::ComplaintsReceived } else { measure }
}
