//! Makes [`Figure`]s of cells and sentences: quantities with what they are about.

pub mod about;
mod acronyms;
mod apart;
mod breakdown;
mod cells;
mod clause;
mod context;
mod doubts;
mod meaning;
mod money;
mod naming;
mod prose;
mod reporting;
pub mod rounding;
mod sheet_cells;

use crate::model::about::About;
use crate::model::arena::Arena;
use crate::model::diagnostic::Diagnostic;
use crate::model::facets::{Dimension, Facets, Measure};
use crate::model::figure::{Figure, Home};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::pack::pack;
pub use about::Sources;
pub use about::given::Given;
pub use doubts::{DoubtfulArea, Doubts};

use crate::layout::sentences;
use crate::lex::numeral::{Conventions, Numeral};
use crate::model::block::{Block, BlockKind, Layout};
use crate::model::document::Stated;
use crate::model::hint::LineBox;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::rounding::DeclaredRounding;
use crate::model::sheet::Sheet;
use crate::model::text::{Line, Place};
use crate::phrase::Grammar;
use crate::table::numbers::SheetConventions;
use acronyms::Acronyms;
use meaning::{Meaning, Words};
use prose::{Prose, ProseReader};
use reporting::Reporting;
use sheet_cells::SheetCells;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that has an influence on figures. It is complete before the first figure is made.
pub struct Input<'a> {
    /// Where the document says what it is about, besides its text.
    pub sources: &'a Sources<'a>,
    /// Every line of the document.
    pub lines: &'a [Line],
    /// Where the characters of the lines stand on the page. Empty for formats that do not draw.
    pub boxes: &'a [LineBox],
    /// Blocks and tables.
    pub layout: &'a Layout,
    /// The cells of a CSV file or spreadsheet, with which of them are sums, means, shares or changes of which others.
    pub sheet: Option<&'a Sheet>,
    /// How its sheets print their numbers.
    pub conventions: &'a SheetConventions,
    /// Where something may have been misread.
    pub doubts: &'a Doubts,
    /// What is declared of how its numbers were rounded.
    pub rounding: Option<DeclaredRounding>,
    /// Vocabulary and phrases.
    pub grammar: &'a Grammar,
}

/// What is known about places of a document while its figures are made.
struct Known<'a> {
    input: &'a Input<'a>,
    cells: Option<SheetCells<'a>>,
    /// Of amounts that are printed without its sign.
    currency: Unit,
    /// Which tables count answers that were weighted.
    weighted: cells::Weighted,
}

impl Known<'_> {
    /// Why the numeral at a place may have been misread.
    fn doubts(&self, place: Place) -> Vec<&'static str> {
        self.input.doubts.at(self.input.lines, self.input.boxes, place)
    }

    /// The conventions by which the cell at a place is read.
    fn conventions(&self, place: Place) -> Conventions {
        self.cells.as_ref().and_then(|cells| cells.conventions(place)).unwrap_or_default()
    }

    /// The name of the sheet that a place is in.
    fn sheet_name(&self, place: Place) -> Option<&str> {
        self.input.sheet?.name(place.page)
    }

    /// The numeral that the cell of a sheet consists of, if this is the first figure in it. `before` is the figure
    /// that was made last.
    fn cell_numeral(&self, place: Place, before: Option<&Figure>) -> Option<Numeral> {
        self.cells.as_ref()?.numeral(place, before)
    }
}

/// Everything that was observed in one document.
#[derive(Debug, Default)]
pub struct Observed {
    /// Those of the tables and of the prose.
    pub figures: Arena<FigureIdx, Figure>,
    /// Sentences that state a relation, with indices into `figures`.
    pub stated: Vec<Stated>,
    /// How many numerals are not results: dates, paragraph numbers, Acts.
    pub references: usize,
    /// The period that the document reports on.
    pub period: Option<Period>,
    /// The body that it reports on, what kind of document it is, and its period.
    pub about: About,
    /// Where what is given about the document contradicts it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the figures and statements of a document, in reading order.
pub fn observe(input: &Input) -> Observed {
    let Input { lines, layout, grammar, .. } = *input;
    let sources = input.sources;
    let named = Reporting::of(lines, &sources.names());
    let (about, diagnostics) = about::of(sources, lines, layout, &named);
    let reporting = named.given(sources.given.and_then(|given| given.period));
    let period = reporting.year;
    let cells =
        input.sheet.map(|sheet| SheetCells::of(sheet, input.conventions, lines, layout, reporting.span));
    let weighted = cells::Weighted::among(layout.tables.iter());
    let known = &Known { input, cells, currency: money::currency(lines), weighted };
    let headings = context::headings(&layout.blocks);
    let acronyms = Acronyms::of(&layout.blocks, &layout.tables);
    let names = input.sources.names();
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let of_complaints = meaning::is_of_complaints(lines, &names);
    let body = about.organisation.as_ref().map(|told| Words::of_body(grammar, &told.value.name));
    let words = &Words {
        grammar,
        acronyms,
        of_complaints,
        body: body.unwrap_or_default(),
        labels: RefCell::default(),
    };
    let mut reader = ProseReader { words, reporting, known, counted: Cell::new(Measure::Other) };
    let mut observed = Observed { period, about, diagnostics, ..Observed::default() };
    // How many of the cells that take part in sums have been passed so far.
    let mut passed = 0;
    let mut section = Section::default();
    // What the sentence counts that leads to the items of a list.
    let mut lead = None;
    for (index, block) in layout.blocks.entries() {
        let above = headings.get(index).map_or(&[][..], Vec::as_slice);
        if index == BlockIdx::default() || section.above != above {
            section = Section::under(&layout.blocks, above, words);
            reader.reporting = reporting.under(&layout.blocks, above);
        }
        let mut prose = Prose::default();
        match block.kind {
            BlockKind::Table(table) => {
                let Some(table_read) = layout.tables.get(table) else { continue };
                let reporting = reader.reporting;
                let over = Over::of(&layout.blocks, index, table_read, above);
                let context = over.context(&section, words, reporting);
                let of = cells::Of {
                    index: table,
                    table: table_read,
                    over: over.nearest(),
                    context: &context,
                    reporting,
                };
                cells::read(&of, words, known, &mut prose.figures);
                for note in &table_read.notes {
                    reader.read(index, note, &section.meaning, &context, None, &mut prose);
                }
            }
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Note | BlockKind::Heading { .. } => {
                let before = lead.take().filter(|_| block.kind == BlockKind::Item);
                let (meaning, facets) = (&section.meaning, &section.facets);
                let said = reader.read(index, &block.passage, meaning, facets, before.as_ref(), &mut prose);
                lead = if block.passage.text.trim_end().ends_with(':') { said } else { before };
            }
            BlockKind::Contents | BlockKind::Furniture => {}
        }
        observed.add(prose, known, block.lines.end, &mut passed);
    }
    observed.add(Prose::default(), known, lines.len(), &mut passed);
    apart::tell_apart(&mut observed.figures, &apart::Around { layout, sheet: input.sheet, grammar });
    observed
}

impl Observed {
    /// Adds what was read of one block. Then adds the figures of those cells up to a line that take part in sums and
    /// gave no figure, in the order of their places. Figures get their numbers in the document here and nowhere else.
    fn add(&mut self, block: Prose, known: &Known, line: usize, passed: &mut usize) {
        let mut missing = Vec::new();
        if let Some(cells) = &known.cells {
            let wanted = cells.wanted_before(line, *passed);
            *passed += wanted.len();
            if !wanted.is_empty() {
                let blank = cells.without(wanted, &block.figures);
                missing.extend(blank.map(|(place, at)| cells.figure(*at, *place)));
                share_money(&block.figures, &mut missing);
            }
        }
        self.references += block.references;
        let before = self.figures.len();
        let mut figures = block.figures;
        let put = put_between(&mut figures, missing);
        rounding::apply(known.input.rounding, &mut figures);
        self.figures.append(figures);
        self.stated.extend(block.stated.into_iter().map(|mut stated| {
            let earlier = |at: usize| put.partition_point(|next| *next <= at);
            let number = |at: FigureIdx| FigureIdx::from(before + at.index() + earlier(at.index()));
            stated.figures.iter_mut().for_each(|(_, at)| *at = number(*at));
            stated
        }));
    }
}

/// Puts those figures between others that are missing there. Before which of the others each of them comes is returned. The
/// others are moved within their list, because a second list of the figures of a long table takes as much memory again.
fn put_between(figures: &mut Vec<Figure>, missing: Vec<Figure>) -> Vec<usize> {
    let Some(any) = missing.first().cloned() else { return Vec::new() };
    let start = |figure: &Figure| (figure.place.line, figure.place.start);
    let mut next = 0;
    let mut put = Vec::with_capacity(missing.len());
    for one in &missing {
        let rest = figures.get(next..).unwrap_or_default();
        next += rest.iter().position(|figure| start(one) < start(figure)).unwrap_or(rest.len());
        put.push(next);
    }
    let mut from = figures.len();
    figures.reserve_exact(missing.len());
    figures.resize(from + missing.len(), any);
    for (before, (one, at)) in missing.into_iter().zip(&put).enumerate().rev() {
        while from > *at {
            from -= 1;
            figures.swap(from, from + before + 1);
        }
        if let Some(slot) = figures.get_mut(at + before) {
            *slot = one;
        }
    }
    put
}

/// What the headings over a block say.
#[derive(Default)]
struct Section {
    above: Vec<BlockIdx>,
    meaning: Meaning,
    facets: Facets,
}

impl Section {
    fn under(blocks: &Arena<BlockIdx, Block>, above: &[BlockIdx], words: &Words) -> Section {
        let meaning = context::section(blocks, above, words);
        let mut facets = words.facets(&meaning, Unit::Count);
        let heading = above.iter().rev().filter_map(|index| blocks.get(*index));
        if let Some(label) =
            heading.filter_map(|block| breakdown::section(&block.passage.text, words, &facets)).next()
        {
            facets.wording_mut().open.set(Dimension::Section, label);
        }
        Section { above: above.to_vec(), meaning, facets }
    }
}

/// Gives the cells in which no figure was read the unit of their column, where it holds amounts of money.
fn share_money(read: &[Figure], missing: &mut [Figure]) {
    let column = |figure: &Figure| match figure.home {
        Home::Cell { table, col, .. } => Some((table, col)),
        Home::Prose { .. } => None,
    };
    let placed = |figure: &Figure| Some((column(figure)?, figure.quantity.unit));
    let units: BTreeMap<_, Unit> = read.iter().rev().filter_map(placed).collect();
    // A column of nothing but blanks is like the others of its table.
    let amount = units.values().find(|unit| unit.is_money()).copied();
    for figure in missing.iter_mut().filter(|figure| figure.quantity.unit == Unit::Count) {
        let unit = column(figure).map_or(amount, |column| units.get(&column).copied().or(amount));
        figure.quantity.unit = unit.filter(|unit| unit.is_money()).unwrap_or(Unit::Count);
    }
}

/// What stands over a table: its title, the sentences that introduce it, and the nearest heading.
struct Over<'a> {
    title: &'a str,
    lead: Option<&'a str>,
    heading: &'a str,
}

impl<'a> Over<'a> {
    fn of(
        blocks: &'a Arena<BlockIdx, Block>,
        index: BlockIdx,
        table: &'a crate::model::table::Table,
        above: &[BlockIdx],
    ) -> Over<'a> {
        let heading = above.last().and_then(|index| blocks.get(*index));
        Over {
            title: table.title.as_ref().map_or("", |t| t.text.as_str()),
            lead: lead_in(blocks, index),
            heading: heading.map_or("", |block| block.passage.text.as_str()),
        }
    }

    /// What says best what the table is broken down by.
    fn nearest(&self) -> &'a str {
        let all = [self.title, self.lead.unwrap_or_default(), self.heading];
        all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// What it says of the figures of the table. `section` is what the headings say.
    fn context(&self, section: &Section, words: &Words, reporting: Reporting) -> Facets {
        let tokens = words.lex(self.title);
        let mut meaning = words.label(self.title, &tokens);
        let period = context::period_of(&tokens, reporting.year);
        let mut lead_period = None;
        if let Some(lead) = self.lead {
            let tokens = words.lex(lead);
            let said = words.label(lead, &tokens).without_ombudsman();
            meaning.inherit(&said);
            lead_period = context::period_of(&tokens, reporting.year);
            if meaning.topic.is_empty() {
                meaning.topic = said.topic;
            }
        }
        let mut meaning = meaning.of_heading();
        meaning.inherit(&section.meaning);
        if meaning.topic.is_empty() {
            meaning.topic.clone_from(&section.meaning.topic);
        }
        let mut facets = words.facets(&meaning, Unit::Count);
        facets.period_stated = period.or(lead_period).is_some();
        facets.period = period.or(lead_period).or(reporting.span);
        let titled = breakdown::section(self.title, words, &facets);
        if let Some(label) =
            titled.or_else(|| section.facets.open().get(Dimension::Section).cloned().map(Arc::new))
        {
            facets.wording_mut().open.set(Dimension::Section, label);
        }
        facets
    }
}

/// The last sentences of the block above a table, where they introduce the table.
fn lead_in(blocks: &Arena<BlockIdx, Block>, index: BlockIdx) -> Option<&str> {
    let block = blocks.get(index.minus(1)?)?;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading { .. }) {
        return None;
    }
    let text = block.passage.text.as_str();
    let lower = text.to_lowercase();
    let introduces = text.ends_with(':')
        || pack().words.introduces.within(&lower)
        || matches!(block.kind, BlockKind::Heading { .. });
    if !introduces {
        return None;
    }
    let ranges = sentences(text);
    let start = ranges.iter().rev().nth(1).or(ranges.last())?.start;
    text.get(start..)
}
