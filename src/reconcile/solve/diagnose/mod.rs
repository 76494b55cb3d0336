//! The smallest repairs of a relation that fails: what single mistake would explain it, best first.

mod changes;
mod shares;

pub use changes::change_repairs;
pub use shares::share_repairs;

use super::digits::{slip, transpositions};
use super::interval::{plain, rounded_up};
use super::sums::added_value;
use super::text::{fixed, printed};
use crate::model::exact::Exact;
use crate::model::quantity::{Quantity, Unit};

/// No more repairs than this are listed.
const LISTED: usize = 8;

/// One way to make a failing relation hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// A stable word. Of single figures: `transposition`, `digit`, `dropped_digit`, `times_ten`, `value`. Of sums:
    /// `row_omitted`, `row_repeated`, `row_sign`. Of changes: `wrong_base`, `other_pair`, `sign`, `years_swapped`,
    /// `points`, `ratio`. Of shares: `base`, `complement`, `count_as_percent`. Of both: `rounded_up`.
    pub kind: &'static str,
    /// The figure to repair, as the position among the operands; `None` for the published result.
    pub operand: Option<usize>,
    /// Its repaired value.
    pub value: Option<Exact>,
    /// The repair in words.
    pub text: String,
}

impl Repair {
    fn new(kind: &'static str, operand: Option<usize>, value: Option<Exact>, text: String) -> Repair {
        Repair { kind, operand, value, text }
    }
}

/// Repairs of `total = Σ parts`, the operands being the parts. A transposed figure and a row left out come first: they
/// explain an exact difference, where almost any small figure is one digit away from the right one. Only for figures that are all printed plainly; empty
/// where the sum holds.
pub fn sum_repairs(parts: &[Quantity], total: &Quantity) -> Vec<Repair> {
    let (Some(sum), Some(stated)) = (added_value(parts), plain(total)) else { return Vec::new() };
    let excess = &sum - stated;
    if excess.is_zero() {
        return Vec::new();
    }
    let mut ranked: Vec<(u8, Repair)> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let Some(value) = plain(part) else { continue };
        keep(&mut ranked, slipped(part, Some(i), &(value - &excess)));
        keep(&mut ranked, row_repair(i, part, value, &excess));
    }
    keep(&mut ranked, slipped(total, None, &sum));
    keep(&mut ranked, Some((9, value_repair(total, None, &sum))));
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, repair)| repair).take(LISTED).collect()
}

/// Adds a repair, keeping the list short: a later one of a rank that is already full is no better.
fn keep(ranked: &mut Vec<(u8, Repair)>, found: Option<(u8, Repair)>) {
    if let Some(found) = found
        && ranked.iter().filter(|(rank, _)| *rank <= found.0).count() < LISTED
    {
        ranked.push(found);
    }
}

/// The repair of one figure, if a single slip explains it.
fn slipped(q: &Quantity, operand: Option<usize>, to: &Exact) -> Option<(u8, Repair)> {
    let kind = slip(plain(q)?, to)?;
    let (rank, what) = match kind {
        "transposition" => (0, "two digits changed places"),
        "times_ten" => (2, "a factor of ten"),
        "dropped_digit" => (3, "a digit dropped or repeated"),
        _ => (4, "one digit"),
    };
    let text = format!("{} → {} ({what})", printed(q), like(q, to));
    Some((rank, Repair::new(kind, operand, Some(to.clone()), text)))
}

/// A value in the printed form of a figure.
fn like(q: &Quantity, value: &Exact) -> String {
    printed(&Quantity { value: Some(value.clone()), ..q.clone() })
}

fn value_repair(q: &Quantity, operand: Option<usize>, to: &Exact) -> Repair {
    Repair::new("value", operand, Some(to.clone()), format!("{} → {}", printed(q), like(q, to)))
}

/// A row that explains the whole excess of the parts over the total.
fn row_repair(i: usize, part: &Quantity, value: &Exact, excess: &Exact) -> Option<(u8, Repair)> {
    if value.is_zero() {
        return None;
    }
    let row = |kind, text: String| Some((1, Repair::new(kind, Some(i), None, text)));
    if value == excess {
        return row("row_omitted", format!("the total leaves out the {}", printed(part)));
    }
    if *value == -excess {
        return row("row_repeated", format!("the total has the {} twice", printed(part)));
    }
    if &(value + value) == excess {
        return row("row_sign", format!("the total takes the {} off", printed(part)));
    }
    None
}

/// A figure with two neighbouring digits exchanged, where that makes the relation hold.
fn transposed_operand(q: &Quantity, operand: usize, fits: impl Fn(&Exact) -> bool) -> Option<Repair> {
    let value = transpositions(plain(q)?).into_iter().find(|x| fits(x))?;
    slipped(q, Some(operand), &value).map(|(_, repair)| repair)
}

/// The published figure as the computed value would be printed; first of all if it was merely rounded up.
fn reprinted(stated: &Quantity, computed: &Exact) -> Option<Repair> {
    let value = plain(stated)?.abs();
    // "Half" is a word and has no digits, and what its counts give is in per cent.
    if stated.unit == Unit::Ratio && !stated.is_to_one() && value < Exact::from(1) {
        return None;
    }
    let scale = Exact::ten_to(stated.decimals.into());
    let nearest = (&(computed * &scale) + &Exact::ratio(1, 2)).floor().checked_div(&scale)?;
    // Where the size is right and the direction wrong, it would be printed as it is.
    if nearest == value {
        return None;
    }
    let shown = fixed(&nearest, stated.decimals);
    if rounded_up(stated).is_some_and(|d| d.contains(computed)) {
        let text = format!("{} → {shown}%, if not rounded up on purpose", fixed(&value, stated.decimals));
        return Some(Repair::new("rounded_up", None, Some(nearest), text));
    }
    let positive = Quantity { value: Some(value), ..stated.clone() };
    let repair = slipped(&positive, None, &nearest).map(|(_, repair)| repair);
    Some(repair.unwrap_or_else(|| value_repair(&positive, None, &nearest)))
}

/// 100 · part ÷ whole of a whole above nought.
fn percent_of(part: &Exact, whole: &Exact) -> Option<Exact> {
    (part * &Exact::from(100)).checked_div(whole).filter(|_| !whole.is_negative())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{count, counts};

    #[test]
    fn a_fraction_in_words_is_not_mended_by_digits() {
        let word = |value| Quantity { value: Some(value), unit: Unit::Ratio, ..count(0) };
        assert!(reprinted(&word(Exact::ratio(1, 2)), &Exact::ratio(75, 2)).is_none());
        assert!(reprinted(&word(2.into()), &3.into()).is_some());
    }

    fn texts(repairs: &[Repair]) -> Vec<&str> {
        repairs.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn sums_are_repaired_by_one_cell() {
        let found = sum_repairs(&counts(&[1, 2, 69, 2, 4, 3, 16]), &count(92));
        assert_eq!(
            texts(&found),
            ["69 → 64 (one digit)", "16 → 11 (one digit)", "92 → 97 (one digit)", "92 → 97"]
        );
        let swapped = sum_repairs(&counts(&[54, 12]), &count(57));
        assert_eq!(texts(&swapped)[0], "54 → 45 (two digits changed places)");
        assert!(sum_repairs(&counts(&[1, 2]), &count(3)).is_empty());
    }

    #[test]
    fn sums_are_repaired_by_one_row() {
        assert_eq!(sum_repairs(&counts(&[40, 13, 25]), &count(65))[0].kind, "row_omitted");
        assert_eq!(sum_repairs(&counts(&[40, 13, 25]), &count(91))[0].kind, "row_repeated");
        assert_eq!(sum_repairs(&counts(&[40, 13, 25]), &count(52))[0].kind, "row_sign");
    }

    #[test]
    fn long_sums_keep_a_short_list() {
        assert_eq!(sum_repairs(&vec![count(5); 10_000], &count(49_999)).len(), LISTED);
    }
}
