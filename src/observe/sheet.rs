//! What is known of a sheet's cells before their figures are made: the numbers that they print under the decimal mark of
//! the whole sheet, how they are stored, and which of them take part in sums, means, shares or changes.

use crate::lex::decimal;
use crate::lex::decimal::Decimal;
use crate::lex::numeral::Found;
use crate::model::block::{BlockKind, Layout};
use crate::model::exact::Exact;
use crate::model::facets::Facets;
use crate::model::figure::{Figure, Home, Role};
use crate::model::period::Period;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::sheet::Sheet;
use crate::model::table::Table;
use crate::model::text::{Line, Place, text_at};
use crate::table::numbers::Numbers;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A cell by row, counted over all sheets, and column.
type At = (usize, usize);

/// The cells of a sheet, with what is known of them.
pub(super) struct Cells<'a> {
    sheet: &'a Sheet,
    numbers: &'a Numbers,
    lines: &'a [Line],
    layout: &'a Layout,
    period: Option<Period>,
    /// Cells that sums and formulas are about, each with its place, in the order of the places.
    wanted: Vec<(Place, At)>,
}

impl<'a> Cells<'a> {
    pub fn of(
        sheet: &'a Sheet,
        numbers: &'a Numbers,
        lines: &'a [Line],
        layout: &'a Layout,
        period: Option<Period>,
    ) -> Cells<'a> {
        let parts = sheet.aggregations.iter().map(|a| (&a.parts, a.result));
        let cells = parts.chain(sheet.formulas.iter().map(|f| (&f.parts, f.cell)));
        let cells: BTreeSet<At> =
            cells.flat_map(|(parts, cell)| parts.iter().copied().chain([cell])).collect();
        let placed = cells.into_iter().filter_map(|at| Some((sheet.place_of(at.0, at.1)?, at)));
        let mut wanted: Vec<(Place, At)> = placed.collect();
        wanted.sort_by_key(|(place, _)| (place.line, place.start));
        Cells { sheet, numbers, lines, layout, period, wanted }
    }

    /// The quantity of a figure as its cell has it: with the value that the decimal mark of the whole sheet gives, where
    /// it is the cell's first figure, and known to its last digit only, where more digits are stored than shown.
    pub fn settle(&self, quantity: &mut Quantity, place: Place, before: Option<&Figure>) {
        let Some(at) = self.sheet.cell_at(place) else { return };
        quantity.rounded |= self.sheet.stored_at(at).is_some();
        if before.is_some_and(|before| self.sheet.cell_at(before.place) == Some(at)) {
            return;
        }
        if let Some((value, decimals)) = self.numbers.at(at).and_then(|number| other_value(quantity, number))
        {
            quantity.value = Some(value);
            quantity.decimals = decimals;
        }
    }

    /// Those of the cells that sums and formulas are about whose lines come before one, from the `from`th on.
    pub fn wanted_before(&self, line: usize, from: usize) -> &[(Place, At)] {
        let rest = self.wanted.get(from..).unwrap_or_default();
        let count = rest.partition_point(|(place, _)| place.line as usize <= line);
        rest.get(..count).unwrap_or_default()
    }

    /// The cells in which figures stand.
    pub fn cells_of(&self, figures: &[Figure]) -> BTreeSet<At> {
        figures.iter().filter_map(|figure| self.sheet.cell_at(figure.place)).collect()
    }

    /// The figure of a cell in which no numeral of English reports was read. A blank one is nought, as nothing else can
    /// be added up.
    pub fn figure(&self, at: At, place: Place) -> Figure {
        let text = text_at(self.lines, place);
        let unit = unit(&text);
        let printed = self.numbers.at(at).and_then(|number| Some((exact(number)?, number.places)));
        let (value, qualifier, places) = match printed {
            Some((value, places)) => (value, Qualifier::Equal, places),
            None => (Exact::ZERO, Qualifier::Blank, 0),
        };
        let decimals = u8::try_from(places).unwrap_or(u8::MAX);
        let rounded = self.sheet.stored_at(at).is_some();
        let facets = Arc::new(Facets { period: self.period, ..Facets::default() });
        Figure {
            quantity: Quantity { value: Some(value), unit, qualifier, decimals, spelled: false, rounded },
            context: Arc::clone(&facets),
            facets,
            role: if unit == Unit::Percent { Role::Share } else { Role::Value },
            label: String::new(),
            home: self.home(at, place),
            place,
            method: "sheet",
            doubts: Vec::new(),
            misread: false,
        }
    }

    /// The cell of the table on whose lines it stands; the block above where it is in none.
    fn home(&self, at: At, place: Place) -> Home {
        let line = place.line.saturating_sub(1) as usize;
        let blocks = &self.layout.blocks;
        let block = blocks.partition_point(|block| block.lines.start <= line).saturating_sub(1);
        if let Some(BlockKind::Table(table)) = blocks.get(block).map(|block| block.kind)
            && let Some((row, col)) =
                self.layout.tables.get(table).and_then(|read| self.position(read, at, place))
        {
            return Home::Cell { table, row, col, part: 0 };
        }
        Home::Prose { block, sentence: 0 }
    }

    /// Row and column of a cell in the table on whose lines it stands.
    fn position(&self, table: &Table, at: At, place: Place) -> Option<(usize, usize)> {
        if !(table.place.line..=table.place.line_end).contains(&place.line) {
            return None;
        }
        // Heads may be those of a table further up.
        let first = table.cells.iter().find(|cell| cell.row >= table.header_rows)?;
        let corner = self.sheet.cell_at(first.passage.whole())?;
        Some(((at.0 + first.row).checked_sub(corner.0)?, (at.1 + first.col).checked_sub(corner.1)?))
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
