//! Labels of a chart that a table prints too: numbers that stand by the words of its rows, outside tables and sentences.
//!
//! Which column a chart draws, and where its numbers stand beside their words, is found by proof: the one way of pairing them
//! under which most rows agree. What then differs is a slip, where it is one or two of many.

use crate::layout::sentences;
use crate::model::block::BlockKind;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Qualifier;
use crate::model::table::Form;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::words_of_label;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So many rows have to agree: three numbers of two digits do so by accident once in a million.
const AGREE: usize = 3;
/// Smaller numbers agree by accident.
const LEAST: i128 = 10;
/// A longer line is no label. The longest of those in the charts of real reports that were looked at had 56 letters.
const LABEL: usize = 60;
/// How many numbers behind one word are looked at: a chart of more series has a legend.
const SERIES: usize = 4;
/// How often the words of a row are looked for: what a document names oftener is no single chart.
const MENTIONS: usize = 8;

/// Where the number of a label stands, from its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    /// On their line, so many numbers on.
    Beside(usize),
    /// On the line before, or after.
    Before,
    After,
    /// Nearest of those above or below them.
    Across,
}

/// A line of words, of numbers, or of both.
struct Label {
    /// Which line of the document it is.
    line: usize,
    /// Lines that follow each other on a page are one chart.
    chart: usize,
    /// The words, each stretch with its characters.
    words: Vec<(Vec<String>, std::ops::Range<usize>)>,
    figures: Vec<FigureIdx>,
}

/// The cells of tables that labels of charts print again.
pub(super) struct ChartLabels {
    cells: BTreeMap<FigureIdx, FigureIdx>,
}

/// A pairing of the labels of a chart with a column of a table.
type Pairing = (TableIdx, usize, usize, Stands);

impl ChartLabels {
    pub(super) fn of(ledger: &Ledger) -> ChartLabels {
        let tables = || ledger.document.tables.entries().filter(|(_, t)| t.form != Form::LabelValue);
        if tables().next().is_none() {
            return ChartLabels { cells: BTreeMap::new() };
        }
        let mut labels = labels(ledger);
        listed(ledger, &mut labels);
        let mut named: HashMap<&[String], Vec<(usize, usize)>> = HashMap::new();
        for (at, label) in labels.iter().enumerate() {
            for (nth, (words, _)) in label.words.iter().enumerate() {
                named.entry(words).or_default().push((at, nth));
            }
        }
        let mut pairings: BTreeMap<Pairing, Vec<(FigureIdx, FigureIdx)>> = BTreeMap::new();
        for (index, table) in tables().filter(|_| !named.is_empty()) {
            for row in (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row)) {
                let head = (0..table.header_cols).map(|col| table.text(row, col)).collect::<Vec<_>>();
                let Some(mentions) = named.get(sorted(words_of_label(&head.join(" "))).as_slice()) else {
                    continue;
                };
                for (at, nth) in mentions.iter().filter(|_| mentions.len() <= MENTIONS) {
                    let Some(chart) = labels.get(*at).map(|label| label.chart) else { continue };
                    for (stands, figure) in standing_by(ledger, &labels, *at, *nth) {
                        for (col, cell) in cells(ledger, index, row, table.header_cols..table.cols, figure) {
                            pairings.entry((index, chart, col, stands)).or_default().push((figure, cell));
                        }
                    }
                }
            }
        }
        ChartLabels { cells: proved(ledger, pairings) }
    }

    /// What a label of a chart prints again, if a figure is one.
    pub(super) fn relation(&self, ledger: &Ledger, index: FigureIdx) -> Option<Relation> {
        let cell = self.cells.get(&index)?;
        let operands = vec![(OperandRole::Same, ledger.id(*cell))];
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, index, "CF404", Arithmetic::Same);
        Some(Relation { licence: Licence::Implied, readings, ..relation })
    }
}

/// The pairings that are proved, those that most rows bear out first; of each figure the first.
fn proved(
    ledger: &Ledger,
    pairings: BTreeMap<Pairing, Vec<(FigureIdx, FigureIdx)>>,
) -> BTreeMap<FigureIdx, FigureIdx> {
    let agree = |(figure, cell): &(FigureIdx, FigureIdx)| {
        let pair = ledger.figure(*figure).zip(ledger.figure(*cell));
        pair.is_some_and(|(a, b)| solve::same(&a.quantity, &b.quantity).fit.holds())
    };
    let is_large = |(_, cell): &&(FigureIdx, FigureIdx)| {
        let value = ledger.figure(*cell).and_then(|cell| cell.quantity.value.as_ref());
        value.is_some_and(|value| *value >= Exact::from(LEAST))
    };
    let mut found: Vec<_> = pairings
        .into_iter()
        .filter_map(|(pairing, pairs)| {
            let agreeing = pairs.iter().filter(|pair| agree(pair)).count();
            let large = pairs.iter().filter(|pair| agree(pair)).filter(is_large).count();
            let figures: HashSet<FigureIdx> = pairs.iter().map(|(figure, _)| *figure).collect();
            let slips = pairs.len() - agreeing;
            let proved = large >= AGREE && slips < 3 && agreeing > 2 * slips && figures.len() == pairs.len();
            proved.then_some((slips, pairs.len() - slips, pairing, pairs))
        })
        .collect();
    found.sort_by_key(|(slips, agreeing, pairing, _)| (usize::MAX - agreeing, *slips, *pairing));
    let mut cells = BTreeMap::new();
    for (.., pairs) in found {
        if pairs.iter().all(|(figure, _)| !cells.contains_key(figure)) {
            cells.extend(pairs);
        }
    }
    cells
}

/// The numbers that can be those of a stretch of words, each with where it stands.
fn standing_by(ledger: &Ledger, labels: &[Label], at: usize, nth: usize) -> Vec<(Stands, FigureIdx)> {
    let Some(own) = labels.get(at) else { return Vec::new() };
    if !own.figures.is_empty() {
        // Between several stretches of words it is open to which a number belongs.
        let alone = own.words.len() == 1;
        let beside = own.figures.iter().take(SERIES).filter(|_| alone).enumerate();
        return beside.map(|(nth, figure)| (Stands::Beside(nth), *figure)).collect();
    }
    let alone = |at: Option<usize>| {
        let label = labels.get(at?).filter(|label| label.chart == own.chart && label.words.is_empty())?;
        label.figures.first().copied().filter(|_| label.figures.len() == 1)
    };
    let before = alone(at.checked_sub(1)).map(|figure| (Stands::Before, figure));
    let after = alone(Some(at + 1)).map(|figure| (Stands::After, figure));
    let across = across(ledger, labels, own, nth).map(|figure| (Stands::Across, figure));
    [before, after, across].into_iter().flatten().collect()
}

/// The number of the same chart that stands nearest above or below a stretch of words.
fn across(ledger: &Ledger, labels: &[Label], own: &Label, nth: usize) -> Option<FigureIdx> {
    let (_, range) = own.words.get(nth)?;
    let boxes = &ledger.document.boxes;
    let place = boxes.get(own.line)?;
    let (left, right) = (place.xs.get(range.start)?, place.xs.get(range.end)?);
    let from = labels.partition_point(|label| label.chart < own.chart);
    let chart = labels.get(from..)?.iter().take_while(|label| label.chart == own.chart);
    let numbers = chart.filter(|label| label.words.is_empty()).flat_map(|label| {
        label.figures.iter().filter_map(|index| {
            let (figure, line) = ledger.figure(*index).zip(boxes.get(label.line))?;
            let (start, end) = (figure.place.start as usize, figure.place.end as usize);
            let middle = (line.xs.get(start)? + line.xs.get(end)?) / 2.0;
            let apart = (line.top - place.top).abs();
            (*left <= middle && middle <= *right).then_some((apart, *index))
        })
    });
    numbers.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, index)| index)
}

/// The cells of a row, each with its column, that can be what a figure prints.
fn cells<'a>(
    ledger: &'a Ledger,
    table: TableIdx,
    row: usize,
    cols: std::ops::Range<usize>,
    figure: FigureIdx,
) -> impl Iterator<Item = (usize, FigureIdx)> + 'a {
    let unit = ledger.figure(figure).map(|figure| figure.quantity.unit);
    let grid = ledger.grids.get(table);
    cols.take(MENTIONS * SERIES).filter_map(move |col| {
        let cell = grid?.first(row, col)?;
        ledger.figure(cell).filter(|other| is_plain(other) && Some(other.quantity.unit) == unit)?;
        Some((col, cell))
    })
}

fn is_plain(figure: &Figure) -> bool {
    figure.quantity.qualifier == Qualifier::Equal
        && figure.quantity.value.is_some()
        && matches!(figure.role, Role::Value | Role::Share)
}

/// The lines of a document that can be of charts: short, outside tables and lists, and no sentences.
fn labels(ledger: &Ledger) -> Vec<Label> {
    let document = ledger.document;
    let mut labels: Vec<Label> = Vec::new();
    let (mut chart, mut last) = (0, None);
    let mut said: HashSet<Vec<String>> = HashSet::new();
    for block in &document.blocks {
        let can_be = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Note);
        for line in block.lines.clone() {
            let Some(text) = document.lines.get(line).filter(|line| !line.text.trim().is_empty()) else {
                continue;
            };
            let is_label = can_be && text.text.trim().len() <= LABEL && !is_sentence(&text.text);
            let words = if is_label { stretches(&text.text) } else { Vec::new() };
            // Where words come again, another chart has begun.
            let again = words.iter().any(|(words, _)| said.contains(words));
            if !is_label || last != Some(text.page) || again {
                chart += 1;
                said.clear();
            }
            last = Some(text.page);
            if is_label {
                said.extend(words.iter().map(|(words, _)| words.clone()));
                labels.push(Label { line, chart, words, figures: figures_on(ledger, text.number) });
            }
        }
    }
    labels
}

/// The rows of lists of words and numbers without heads, which is what a chart leaves in text: each list is a chart.
fn listed(ledger: &Ledger, labels: &mut Vec<Label>) {
    let lists = ledger.document.tables.entries().filter(|(_, table)| table.form == Form::LabelValue);
    for (index, table) in lists.filter(|(_, table)| table.header_rows == 0) {
        let chart = labels.last().map_or(0, |label| label.chart + 1);
        let Some(grid) = ledger.grids.get(index) else { continue };
        for row in 0..table.rows {
            let head = (0..table.header_cols).map(|col| table.text(row, col)).collect::<Vec<_>>().join(" ");
            let words = sorted(words_of_label(&head));
            let cells = (table.header_cols..table.cols.min(SERIES + 1)).flat_map(|col| grid.at(row, col));
            let plain = |index: &FigureIdx| ledger.figure(*index).is_some_and(is_plain);
            let figures = cells.copied().filter(plain).collect();
            labels.push(Label { line: 0, chart, words: vec![(words, 0..0)], figures });
        }
    }
}

/// Whether a line ends as a sentence does, or holds the end of one.
fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', ',', ';', ':']) || sentences(text).len() > 1
}

fn figures_on(ledger: &Ledger, line: u32) -> Vec<FigureIdx> {
    let is_label = |index: &FigureIdx| {
        let figure = ledger.figure(*index);
        figure.is_some_and(|f| matches!(f.home, Home::Prose { .. }) && is_plain(f) && !f.quantity.spelled)
    };
    ledger.on_line(line).iter().copied().filter(is_label).collect()
}

/// The stretches of words of a line, wide gaps between them, each with its characters.
pub(super) fn stretches(text: &str) -> Vec<(Vec<String>, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split("  ") {
        let from = start + piece.chars().take_while(|c| c.is_whitespace()).count();
        let words = sorted(words_of_label(piece));
        if !words.is_empty() {
            found.push((words, from..from + piece.trim().chars().count()));
        }
        start += piece.chars().count() + 2;
    }
    found
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words
}
