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

use crate::lex::numeral::{Conventions, Numeral, whole};
use crate::model::aggregation::{Aggregation, AggregationFit, AggregationKind, Axis};
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
    texts.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// Grids of more cells than this are left alone.
const MOST_CELLS: usize = 1_000_000;

/// Every aggregation of the grid, by place. A grid of more than a million cells, short rows counted in full, has none.
pub fn find(cells: &[Vec<NumberCell<'_>>]) -> Vec<Aggregation> {
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    if width.saturating_mul(cells.len()) > MOST_CELLS {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut number = 0;
    for axis in [Axis::Row, Axis::Column] {
        let field = Field::new(cells, axis);
        for family in families(&field) {
            spread(&field, &family, number, &mut found);
            number += 1;
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

/// The cells of a family, one aggregation for each of its rows. A sum of whole numbers that is off by what rounding leaves,
/// where all but a tenth of its siblings are exact, is a miss: they are not rounded. Where more than a tenth of the shares, means
/// or changes miss, and not just a few, those are no slips, but of something else: they are passed over.
fn spread(field: &Field, family: &Family, number: usize, out: &mut Vec<Aggregation>) {
    let count = |wanted| family.rows.iter().filter(|(_, fit)| *fit == wanted).count();
    let (exact, rounded) = (count(AggregationFit::Exact), count(AggregationFit::Rounded));
    let strict = family.kind == AggregationKind::Sum && exact > 2 && (rounded == 1 || exact > 10 * rounded);
    let fit = |&(row, fit): &(usize, AggregationFit)| match fit {
        AggregationFit::Rounded if strict && tens(field, family, row) == field.one => {
            (row, AggregationFit::Missed)
        }
        AggregationFit::Missed if family.kind == AggregationKind::Sum && is_rounded(field, family, row) => {
            (row, AggregationFit::Rounded)
        }
        _ => (row, fit),
    };
    let rows: Vec<(usize, AggregationFit)> = family.rows.iter().map(fit).collect();
    let misses = rows.iter().filter(|(_, fit)| *fit == AggregationFit::Missed).count();
    let other = family.kind != AggregationKind::Sum && misses > FEW && misses * 10 > rows.len();
    for (row, fit) in rows.into_iter().filter(|(_, fit)| !other || *fit != AggregationFit::Missed) {
        out.push(Aggregation {
            kind: family.kind,
            axis: field.axis,
            result: field.place(family.total, row),
            parts: family.parts.iter().map(|&line| field.place(line, row)).collect(),
            fit,
            family: number,
            bits: family.score,
        });
    }
}

/// At most this many misses can be slips, however short the table.
const FEW: usize = 3;

/// Fewer numbers than this can all be multiples of ten by chance.
const ENOUGH: usize = 5;

/// The power of ten that the numbers of a row are printed to: beyond whole ones where they are enough to tell.
fn tens(field: &Field, family: &Family, row: usize) -> i64 {
    let lines = || family.parts.iter().chain([&family.total]);
    let step = lines().map(|&line| field.step(line, row)).min().unwrap_or(1);
    let filled = lines().filter(|&&line| field.value(line, row).is_some()).count();
    if filled < ENOUGH { step.min(field.one) } else { step }
}

/// Whether a sum misses by no more than its numbers' common rounding to tens, hundreds and so on.
fn is_rounded(field: &Field, family: &Family, row: usize) -> bool {
    let parts: Vec<i64> = family.parts.iter().filter_map(|&line| field.value(line, row)).collect();
    let total = field.value(family.total, row).map_or(0, i128::from);
    let off = (parts.iter().map(|part| i128::from(*part)).sum::<i128>() - total).abs();
    off <= family::slack(tens(field, family, row), i64::try_from(parts.len()).unwrap_or(i64::MAX))
}
