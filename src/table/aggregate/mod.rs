//! Finds which cells of a grid are sums, means, shares and changes of which others, with or without labels.
//!
//! A relation runs along a whole line: if one column is the sum of three others, it is so in every row. So each
//! relation is looked for as a *family*: one total line and its part lines, tried in every row that crosses them.
//! What a row proves is measured in bits; the less likely it is that the row agrees by chance, the more bits it
//! gives. The bits of neighbouring rows add up, and rows that disagree take some away. A family is believed where its
//! bits outweigh the number of families that were tried. Labels of totals and simple layouts lower what is needed.
//! Sums use scaled integers only.
//!
//! The finder runs twice, down the columns and along the rows. `runs` proposes sums and means of neighbouring lines,
//! `pairs` sums of two lines and of evenly spaced ones, `ratios` shares and changes. Each proposer collects the
//! `votes` of some rows. `family` tries each proposal in all rows, and `choose` keeps the best of those that
//! contradict one another.

mod choose;
mod family;
mod field;
mod pairs;
mod ratios;
mod runs;
#[cfg(test)]
mod tests;
mod votes;
mod words;

use crate::lex::numeral::{Conventions, Numeral, idle_zeros, whole};
use crate::model::aggregation::{Aggregation, Axis};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};
use family::Family;
use field::Field;

/// A cell of the grid.
#[derive(Debug, Clone, Default)]
pub struct NumberCell<'a> {
    /// The text as printed.
    pub text: &'a str,
    /// Its number, if it prints one.
    pub number: Option<Decimal>,
}

/// An exact decimal: `mantissa / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// The digits with their sign.
    pub mantissa: i128,
    /// How many decimals are printed.
    pub places: u32,
}

impl Decimal {
    /// A number that is printed as such: "<5" and "about 40" are none.
    fn of(numeral: &Numeral) -> Option<Decimal> {
        let Quantity { value, qualifier, decimals, .. } = &numeral.quantity;
        matches!(qualifier, Qualifier::Equal).then_some(())?;
        let mantissa = match *decimals {
            0 => value.as_ref()?.to_i128()?,
            decimals => (value.as_ref()? * &Exact::ten_to(i32::from(decimals))).to_i128()?,
        };
        Some(Decimal { mantissa, places: u32::from(*decimals) })
    }
}

/// Reads texts into cells, in the notation that they vote for.
pub fn grid_of<'a>(texts: &[Vec<&'a str>]) -> Vec<Vec<NumberCell<'a>>> {
    grid(texts, &Conventions::of_sheet(texts.iter().flatten().copied()))
}

/// Reads texts into cells.
pub fn grid<'a>(texts: &[Vec<&'a str>], conventions: &Conventions) -> Vec<Vec<NumberCell<'a>>> {
    let number = |text| whole(text, conventions).as_ref().and_then(Decimal::of);
    let cell = |text: &&'a str| NumberCell { number: number(text), text };
    let mut grid: Vec<Vec<NumberCell>> = texts.iter().map(|row| row.iter().map(cell).collect()).collect();
    drop_idle_zeros(&mut grid);
    grid
}

/// Takes the zeros from the end of shares that all those of their column have.
fn drop_idle_zeros(grid: &mut [Vec<NumberCell>]) {
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    for col in 0..columns {
        let is_share = |cell: &NumberCell| cell.number.is_some() && cell.text.contains('%');
        let shares = grid.iter().filter_map(|row| row.get(col)).filter(|cell| is_share(cell));
        let idle = idle_zeros(shares.map(|cell| cell.text));
        for cell in grid.iter_mut().filter_map(|row| row.get_mut(col)).filter(|cell| cell.text.contains('%'))
        {
            for number in cell.number.iter_mut().filter(|number| number.places >= idle) {
                number.mantissa /= 10_i128.pow(idle);
                number.places -= idle;
            }
        }
    }
}

/// Grids of more cells than this are left alone.
const MOST_CELLS: usize = 1_000_000;

/// Whether aggregations are looked for in a grid of so many rows and columns.
pub fn is_searched(rows: usize, width: usize) -> bool {
    width.saturating_mul(rows) <= MOST_CELLS
}

/// Every aggregation of the grid, by place. A grid of more than a million cells, short rows counted in full, has none.
pub fn find(cells: &[Vec<NumberCell<'_>>]) -> Vec<Aggregation> {
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    if !is_searched(cells.len(), width) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for axis in [Axis::Row, Axis::Column] {
        let field = Field::new(cells, axis);
        for family in families(&field) {
            spread(&field, &family, &mut found);
        }
    }
    found.sort_by(|a, b| (a.result, a.kind, &a.parts).cmp(&(b.result, b.kind, &b.parts)));
    found
}

/// The families of one direction.
fn families(field: &Field) -> Vec<Family> {
    let mut found = choose::sums(field);
    let means = choose::means(field, &found);
    found.extend(means);
    found.extend(choose::ratios(field));
    found
}

/// The cells of a family, one aggregation for each of its rows.
fn spread(field: &Field, family: &Family, out: &mut Vec<Aggregation>) {
    out.extend(family.rows.iter().map(|&row| Aggregation {
        kind: family.kind,
        axis: field.axis,
        result: field.place(family.total, row),
        parts: family.parts.iter().map(|&line| field.place(line, row)).collect(),
    }));
}
