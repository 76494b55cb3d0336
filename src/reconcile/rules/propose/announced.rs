//! Lists whose length is announced by their own head, or by the sentence before the one that opens them: "Top 5 themes" over the
//! rows of a table, "there are 7 offices in the district. These are:" over items.

use super::told::has_name;
use crate::layout::sentences;
use crate::model::block::{Block, BlockKind};
use crate::model::facets::Measure;
use crate::model::figure::{Figure, Home};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::table::Table;
use crate::model::text::{Passage, Place};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::words_of_label;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};
use std::collections::BTreeSet;

/// How many blocks after a sentence the table that it speaks of can stand.
const REACH: usize = 4;

/// Fewer rows than this are as many as a sentence counts by chance.
const MANY: u32 = 5;

/// The words of a sentence that only opens a list: "These are:", "They are as follows:".
const LEAD: usize = 5;

/// Emits the counts of tables that show the top so many of something, and of lists that a sentence of their own opens.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, figure) in ledger.document.figures.entries() {
        out.extend(in_rows(ledger, index, figure));
    }
    for (index, block) in ledger.document.blocks.entries() {
        match block.kind {
            BlockKind::Table(table) => out.extend(headed(ledger, table)),
            BlockKind::Paragraph | BlockKind::Item => {
                out.extend(shown_below(ledger, index, block));
                out.extend(led_to(ledger, index, block));
            }
            _ => {}
        }
    }
}

/// The count of things that a table lists by name: "there are 21 schools in the district" before a table whose first column is
/// headed "School". Other sentences count some of them, so that a table can bear the number out and not refute it.
fn in_rows(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<Relation> {
    let Home::Prose { block, .. } = figure.home else { return None };
    let plain = figure.is_plain_count()
        // Cases are counted in rows, not named in them.
        && figure.facets.measure == Measure::Other
        && ledger.slots(index).is_empty();
    let stated = figure.quantity.value.as_ref().filter(|_| plain)?.to_i128()?;
    let stated = u32::try_from(stated).ok().filter(|stated| *stated >= MANY)?;
    let following = ledger.document.blocks.starting(block.plus(1)).iter();
    let content = following.filter(|block| !matches!(block.kind, BlockKind::Furniture | BlockKind::Note));
    let tables = content.take(REACH).filter_map(|block| match block.kind {
        BlockKind::Table(index) => Some(index),
        _ => None,
    });
    let named = tables.filter_map(|index| Some((index, ledger.document.tables.get(index)?))).find(|(_, table)| {
        let head = (0..table.header_rows).map(|row| table.text(row, 0)).collect::<Vec<_>>().join(" ");
        let head = words_of_label(&head);
        matches!(head.as_slice(), [noun] if figure.facets.counted.contains(noun) || figure.facets.topic().contains(noun))
    });
    let (index_of, table) = named?;
    let listed = table.rows.checked_sub(table.header_rows + table.total_rows.len())?;
    let listed = u32::try_from(listed).ok().filter(|listed| *listed == stated)?;
    let rows = (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    let names: BTreeSet<&str> =
        rows.filter(|row| has_name(ledger, index_of, *row)).map(|row| table.text(row, 0)).collect();
    if names.len() != listed as usize {
        return None;
    }
    let arithmetic = Arithmetic::Count { stated, listed, list: table.place };
    let readings = vec![Reading { operands: Vec::new(), cost: 0, note: None }];
    let relation = Relation::of_figure(ledger, index, "CF601", arithmetic);
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}

/// A number that a text begins a ranking with: "Top 5 themes", and where it stands.
struct Top {
    number: u32,
    place: Place,
    printed: String,
}

/// The first "top 5" of a passage, from a byte on.
fn top(passage: &Passage, from: usize) -> Option<Top> {
    let lower = passage.text.to_ascii_lowercase();
    let rest = lower.get(from..)?;
    let at = from + pack().rules.top.iter().find_map(|word| rest.find(word).map(|at| at + word.len()))?;
    let number = lower.get(at..)?.split(|c: char| !c.is_alphanumeric()).next()?;
    let small = pack().numerals.small.get(number).and_then(|n| u32::try_from(*n).ok());
    let stated = small.or_else(|| number.parse().ok()).filter(|n| (2..=50).contains(n))?;
    let (range, printed) = (at..at + number.len(), passage.text.get(at..at + number.len())?);
    Some(Top { number: stated, place: passage.place(range), printed: printed.to_owned() })
}

/// The count of a table whose first head says how many it shows.
fn headed(ledger: &Ledger, index: TableIdx) -> Option<Relation> {
    let table = ledger.document.tables.get(index)?;
    let heads = (0..table.header_rows).filter_map(|row| table.at(row, 0).map(|cell| &cell.passage));
    let begins = |passage: &&Passage| pack().rules.top.begins(&passage.text.to_lowercase());
    let passage = heads.chain(&table.title).find(begins)?;
    relate(ledger, top(passage, 0)?, index)
}

/// The count of the table that a sentence says shows the top so many.
fn shown_below(ledger: &Ledger, at: BlockIdx, block: &Block) -> Option<Relation> {
    let rules = &pack().rules;
    let lower = block.passage.text.to_lowercase();
    let sentence = sentences(&lower).into_iter().find(|range| {
        let of = lower.get(range.clone()).unwrap_or_default();
        rules.top.within(of) && rules.shown_in.within(of)
    })?;
    let following = ledger.document.blocks.starting(at.plus(1)).iter().take(REACH);
    let table = following.into_iter().find_map(|block| match block.kind {
        BlockKind::Table(index) => Some(index),
        _ => None,
    })?;
    relate(ledger, top(&block.passage, sentence.start)?, table)
}

/// A table shows as many rows as it is said to. It accuses where it has more, each with a name, in the order of a column: fewer
/// can have been all there are, and where the first row too many has the value of the one before it, the two share a place.
fn relate(ledger: &Ledger, top: Top, index: TableIdx) -> Option<Relation> {
    let table = ledger.document.tables.get(index)?;
    if table.continues.is_some() || ledger.document.tables.iter().any(|other| other.continues == Some(index))
    {
        return None;
    }
    let named = |row: &usize| !table.is_total_row(*row) && has_name(ledger, index, *row);
    let rows: Vec<usize> = (table.header_rows..table.rows).filter(named).collect();
    let listed = u32::try_from(rows.len()).ok()?;
    if listed < top.number
        || listed > top.number && !ranked_apart(ledger, table, index, &rows, top.number as usize)
    {
        return None;
    }
    let arithmetic = Arithmetic::Count { stated: top.number, listed, list: table.place };
    Some(Relation {
        code: "CF601",
        arithmetic,
        published: None,
        document: ledger.number,
        place: top.place,
        printed: top.printed.into(),
        licence: Licence::Implied,
        picked_of: 0,
        readings: vec![Reading { operands: Vec::new(), cost: 0, note: None }],
    })
}

/// Whether rows stand in the falling order of a column, and the last of so many differs from the next in every such column.
fn ranked_apart(ledger: &Ledger, table: &Table, index: TableIdx, rows: &[usize], number: usize) -> bool {
    let Some(grid) = ledger.grids.get(index) else { return false };
    let value = |row: &usize, col| ledger.figure(grid.first(*row, col)?)?.quantity.value.clone();
    let columns = (table.header_cols..table.cols)
        .filter_map(|col| rows.iter().map(|row| value(row, col)).collect::<Option<Vec<_>>>())
        .filter(|column| column.is_sorted_by(|a, b| a >= b));
    let mut apart = columns.map(|column| column.get(number.wrapping_sub(1)) != column.get(number)).peekable();
    apart.peek().is_some() && apart.all(|apart| apart)
}

/// The count before a sentence that only opens a list. The list can bear it out and not refute it: how much of what was
/// counted it shows is not said.
fn led_to(ledger: &Ledger, at: BlockIdx, block: &Block) -> Option<Relation> {
    let text = &block.passage.text;
    if !text.trim_end().ends_with(':') {
        return None;
    }
    let ranges = sentences(text);
    let lead = text.get(ranges.last()?.clone())?.trim().to_lowercase();
    if !pack().rules.points_back.begins(&lead) || lead.split_whitespace().count() > LEAD {
        return None;
    }
    let (counting, sentence) = match ranges.len().checked_sub(2) {
        Some(before) => (at, before),
        None => {
            let before = at.minus(1)?;
            let block = ledger.document.blocks.get(before).filter(|b| b.kind == BlockKind::Paragraph)?;
            (before, sentences(&block.passage.text).len().checked_sub(1)?)
        }
    };
    let mut counts =
        ledger.prose_in_block(counting).iter().copied().filter(|i| counts_in(ledger, *i, sentence));
    let figure = counts.next().filter(|_| counts.next().is_none())?;
    let stated = ledger.figure(figure)?.quantity.value.as_ref()?.to_i128()?;
    let (listed, list) = following(ledger, at)?;
    let arithmetic = Arithmetic::Count { stated: u32::try_from(stated).ok()?, listed, list };
    let relation = Relation {
        readings: vec![Reading { operands: Vec::new(), cost: 0, note: None }],
        ..Relation::of_figure(ledger, figure, "CF601", arithmetic)
    };
    (i128::from(listed) == stated).then_some(relation)
}

/// Whether a figure is a whole number of things in a sentence of its block.
fn counts_in(ledger: &Ledger, index: FigureIdx, sentence: usize) -> bool {
    ledger.figure(index).is_some_and(|figure| {
        matches!(figure.home, Home::Prose { sentence: own, .. } if own == sentence) && figure.is_plain_count()
    })
}

/// How many items follow a block, or short paragraphs that are no sentences, and where they stand.
fn following(ledger: &Ledger, at: BlockIdx) -> Option<(u32, Place)> {
    let blocks = ledger.document.blocks.starting(at.plus(1));
    let kind = blocks.first()?.kind;
    let is_one = |block: &&Block| {
        let text = block.passage.text.trim_end();
        let short =
            block.kind == BlockKind::Paragraph && block.lines.len() == 1 && !text.ends_with(['.', ':', ',']);
        block.kind == kind && (kind == BlockKind::Item || short)
    };
    let items: Vec<&Block> = blocks.iter().take_while(is_one).collect();
    let place = |block: &Block| block.passage.place(0..block.passage.text.len());
    let list = place(items.first()?).to(place(items.last()?));
    u32::try_from(items.len()).ok().filter(|n| *n > 1).map(|n| (n, list))
}
