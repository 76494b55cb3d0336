//! Cells of a sheet that take part in its sums, means, shares or changes → figures, where they are none yet.

use crate::lex::decimal;
use crate::lex::decimal::Decimal;
use crate::lex::numeral::Found;
use crate::model::aggregation::Aggregation;
use crate::model::block::BlockKind;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::facets::Facets;
use crate::model::figure::{Figure, Home, Role};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::sheet::{Part, Sheet};
use crate::model::table::Table;
use crate::model::text::Place;
use crate::table::aggregate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Finds what the cells of each of the document's sheets are of one another, and gives each that takes part a figure.
/// Blank ones are nought, as nothing else can be added up; numerals have the value that the decimal mark of the whole
/// sheet gives. Cells that formulas are about have figures too.
pub fn complete(document: &mut Document) {
    let Some(sheet) = &document.sheet else { return };
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (index, figure) in document.figures.iter().enumerate() {
        if let Some(at) = sheet.cell_at(figure.place) {
            known.entry(at).or_insert(index);
        }
    }
    let mut aggregations = Vec::new();
    let mut grids = Vec::new();
    for part in &sheet.parts {
        let mut grid = aggregate::grid_of(&sheet.texts(part, &document.lines));
        let shown = put_stored(&mut grid, sheet, part);
        let family = aggregations.last().map_or(0, |last: &Aggregation| last.family + 1);
        aggregations.extend(aggregate::find(&grid).into_iter().map(|a| a.moved(part.rows.start, family)));
        for ((row, col), number) in shown {
            grid.get_mut(row).and_then(|row| row.get_mut(col)).into_iter().for_each(|c| c.number = number);
        }
        grids.extend(grid);
    }
    let number = |at: (usize, usize)| grids.get(at.0)?.get(at.1)?.number;
    let parts = aggregations.iter().map(|a| (&a.parts, a.result));
    let cells = parts.chain(sheet.formulas.iter().map(|f| (&f.parts, f.cell)));
    let wanted: BTreeSet<(usize, usize)> =
        cells.flat_map(|(parts, cell)| parts.iter().copied().chain([cell])).collect();
    let missing = wanted.iter().filter(|at| !known.contains_key(at));
    let made: Vec<Figure> =
        missing.filter_map(|&at| Some(made(document, at, sheet.place_of(at.0, at.1)?, number(at)))).collect();
    let other = |(at, index): (&(usize, usize), &usize)| {
        let quantity = &document.figures.get(*index)?.quantity;
        Some((*index, other_value(quantity, number(*at)?)?))
    };
    let values: Vec<(usize, (Exact, u8))> = known.iter().filter_map(other).collect();
    if let Some(sheet) = &mut document.sheet {
        sheet.aggregations = aggregations;
    }
    for (index, (value, decimals)) in values {
        if let Some(figure) = document.figures.get_mut(index) {
            figure.quantity.value = Some(value);
            figure.quantity.decimals = decimals;
        }
    }
    add(document, made);
    mark_rounded(document);
}

/// Has the finder add up what is stored; gives what was shown.
fn put_stored(
    grid: &mut [Vec<aggregate::Cell<'_>>],
    sheet: &Sheet,
    part: &Part,
) -> Vec<((usize, usize), Option<Decimal>)> {
    let from = sheet.stored.partition_point(|stored| stored.cell.0 < part.rows.start);
    let mut shown = Vec::new();
    for stored in sheet.stored.iter().skip(from).take_while(|stored| stored.cell.0 < part.rows.end) {
        let (row, col) = (stored.cell.0 - part.rows.start, stored.cell.1);
        let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(col)) else { continue };
        shown.push(((row, col), cell.number));
        cell.number = decimal(&stored.value).or(cell.number);
    }
    shown
}

/// A stored number as the finder takes it, at most nine decimals of it.
fn decimal(value: &Exact) -> Option<Decimal> {
    const PLACES: u32 = 9;
    let scaled = value * &Exact::ten_to(PLACES as i32);
    let mut decimal = Decimal { mantissa: scaled.to_decimal(0).parse().ok()?, places: PLACES };
    while decimal.places > 0 && decimal.mantissa % 10 == 0 {
        decimal = Decimal { mantissa: decimal.mantissa / 10, places: decimal.places - 1 };
    }
    Some(decimal)
}

/// Figures that are stored with more digits than they show are known to their last digit only, counts too.
fn mark_rounded(document: &mut Document) {
    let Some(sheet) = document.sheet.as_ref().filter(|sheet| !sheet.stored.is_empty()) else { return };
    for figure in &mut document.figures {
        let stored = sheet.cell_at(figure.place).is_some_and(|at| sheet.stored_at(at).is_some());
        figure.quantity.rounded |= stored;
    }
}

fn exact(decimal: Decimal) -> Option<Exact> {
    Some(Exact::ratio(decimal.mantissa, 10i128.checked_pow(decimal.places)?))
}

/// Whether the numerals of a table speak for decimal commas.
pub(super) fn has_commas(table: &Table) -> bool {
    let texts = table.cells.iter().map(|cell| cell.passage.text.as_str());
    decimal::mark_of(texts) == decimal::Mark::Comma
}

/// The one numeral of a cell whose decimal mark is a comma.
pub(super) fn with_comma(text: &str) -> Option<Found> {
    let decimal = decimal::parse(text, decimal::Mark::Comma)?;
    let quantity = Quantity {
        value: Some(exact(decimal)?),
        unit: unit(text),
        qualifier: Qualifier::Equal,
        decimals: u8::try_from(decimal.places).unwrap_or(u8::MAX),
        spelled: false,
        rounded: false,
    };
    Some(Found { range: 0..text.len(), quantity })
}

fn unit(text: &str) -> Unit {
    if text.contains('%') {
        Unit::Percent
    } else if text.contains('£') {
        Unit::Gbp
    } else {
        Unit::Count
    }
}

/// Value and decimals of the same numeral under another decimal mark; magnitudes in words ("2 million") have no other.
fn other_value(quantity: &Quantity, decimal: Decimal) -> Option<(Exact, u8)> {
    let plain = quantity.qualifier == Qualifier::Equal && !quantity.spelled;
    let value = exact(decimal).filter(|v| plain && quantity.value.as_ref() != Some(v))?;
    Some((value, u8::try_from(decimal.places).unwrap_or(u8::MAX)))
}

/// The figure of a cell that none was read in.
fn made(document: &Document, at: (usize, usize), place: Place, number: Option<Decimal>) -> Figure {
    let text = document.text_at(place);
    let unit = unit(&text);
    let (value, qualifier, decimals) = match number.and_then(|n| Some((exact(n)?, n.places))) {
        Some((value, places)) => (value, Qualifier::Equal, places),
        None => (Exact::ZERO, Qualifier::Blank, 0),
    };
    let decimals = u8::try_from(decimals).unwrap_or(u8::MAX);
    let facets = Arc::new(Facets { period: document.period, ..Facets::default() });
    Figure {
        quantity: Quantity { value: Some(value), unit, qualifier, decimals, spelled: false, rounded: false },
        context: Arc::clone(&facets),
        facets,
        role: if unit == Unit::Percent { Role::Share } else { Role::Value },
        label: String::new(),
        home: home(document, at, place),
        place,
        method: "sheet",
        doubts: Vec::new(),
        misread: false,
    }
}

/// The cell of the table on whose lines it stands; the block above where it is in none.
fn home(document: &Document, at: (usize, usize), place: Place) -> Home {
    let within = |table: &Table| (table.place.line..=table.place.line_end).contains(&place.line);
    if let Some((index, table)) = document.tables.iter().enumerate().find(|(_, table)| within(table))
        && let Some(first) = table.cells.first()
        && let Some(corner) = document.sheet.as_ref().and_then(|s| s.cell_at(first.passage.whole()))
        && let (Some(row), Some(col)) =
            ((at.0 + first.row).checked_sub(corner.0), (at.1 + first.col).checked_sub(corner.1))
    {
        return Home::Cell { table: index, row, col, part: 0 };
    }
    let line = place.line.saturating_sub(1) as usize;
    let block = document.blocks.partition_point(|block| block.lines.start <= line).saturating_sub(1);
    Home::Prose { block, sentence: 0 }
}

/// Puts figures among the others in the order of their places; what points at those keeps pointing at them.
fn add(document: &mut Document, made: Vec<Figure>) {
    if made.is_empty() {
        return;
    }
    let old = std::mem::take(&mut document.figures);
    let mut moved = vec![0; old.len()];
    let mut all: Vec<(Option<usize>, Figure)> =
        old.into_iter().enumerate().map(|(index, figure)| (Some(index), figure)).collect();
    all.extend(made.into_iter().map(|figure| (None, figure)));
    let noted = |figure: &Figure| {
        let prose = matches!(figure.home, Home::Prose { block, .. } if
            document.blocks.get(block).is_some_and(|b| matches!(b.kind, BlockKind::Table(_))));
        (prose, figure.place)
    };
    let start = |figure: &Figure| (figure.place.line, figure.place.start);
    all.sort_by(|(_, a), (_, b)| start(a).cmp(&start(b)).then_with(|| noted(a).cmp(&noted(b))));
    for (new, (index, figure)) in all.into_iter().enumerate() {
        if let Some(slot) = index.and_then(|old| moved.get_mut(old)) {
            *slot = new;
        }
        document.figures.push(figure);
    }
    for (_, figure) in document.stated.iter_mut().flat_map(|stated| &mut stated.figures) {
        *figure = moved.get(*figure).copied().unwrap_or(*figure);
    }
}
