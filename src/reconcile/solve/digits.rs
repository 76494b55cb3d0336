//! Slips of the pen: how one printed numeral becomes another by a single mistake.

use crate::model::exact::Exact;

/// The single slip that turns `from` into `to`, if one does: its kind, as a stable word.
pub(crate) fn slip(from: &Exact, to: &Exact) -> Option<&'static str> {
    if from == to || from.is_negative() || to.is_negative() {
        return None;
    }
    let ten = Exact::from(10);
    if transposed(from, to) {
        return Some("transposition");
    }
    if !from.is_zero() && (&(from * &ten) == to || *from == (to * &ten)) {
        return Some("times_ten");
    }
    let (a, b) = aligned(from, to);
    match a.len().abs_diff(b.len()) {
        0 if unlike(&a, &b) == 1 => Some("digit"),
        1 if dropped(&a, &b) => Some("dropped_digit"),
        _ => None,
    }
}

/// Whether a number is another with one digit replaced or printed twice, or two neighbouring ones in each other's place.
pub(crate) fn mistyped(from: &Exact, to: &Exact) -> bool {
    let (a, b) = aligned(from, to);
    !from.is_negative()
        && !to.is_negative()
        && match b.len().checked_sub(a.len()) {
            Some(0) => unlike(&a, &b) == 1 || transposed(from, to),
            Some(1) => doubled(&a, &b),
            _ => false,
        }
}

/// One digit of the shorter number is printed twice in the longer.
fn doubled(short: &[u8], long: &[u8]) -> bool {
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    dropped(short, long) && same > 0 && long.get(same) == long.get(same - 1)
}

/// The digits of both numbers, with as many decimals as the finer one needs.
fn aligned(a: &Exact, b: &Exact) -> (Vec<u8>, Vec<u8>) {
    let places = |x: &Exact| x.to_decimal(6).split_once('.').map_or(0, |(_, part)| part.len());
    let shift = Exact::ten_to(i32::try_from(places(a).max(places(b))).unwrap_or(0));
    let digits = |x: &Exact| (x * &shift).to_decimal(0).into_bytes();
    (digits(a), digits(b))
}

fn unlike(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).filter(|(x, y)| x != y).count()
}

/// Two neighbouring digits changed places.
fn transposed(from: &Exact, to: &Exact) -> bool {
    let (a, b) = aligned(from, to);
    if a.len() != b.len() || unlike(&a, &b) != 2 {
        return false;
    }
    let first = a.iter().zip(&b).position(|(x, y)| x != y).unwrap_or(0);
    a.get(first) == b.get(first + 1) && b.get(first) == a.get(first + 1)
}

/// One is the other without one of its digits.
fn dropped(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    short.get(same..) == long.get(same + 1..)
}

/// The numerals that one transposition of neighbouring digits of a whole number gives.
pub(crate) fn transpositions(of: &Exact) -> Vec<Exact> {
    let digits = of.to_decimal(0);
    if !of.is_whole() || of.is_negative() || digits.len() > 20 {
        return Vec::new();
    }
    let swapped = |i: usize| {
        let mut bytes = digits.clone().into_bytes();
        bytes.swap(i, i + 1);
        Exact::from_digits(std::str::from_utf8(&bytes).ok()?, 0)
    };
    (0..digits.len().saturating_sub(1)).filter_map(swapped).filter(|x| x != of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_slips_have_names() {
        let of = |a: i128, b: i128| slip(&Exact::from(a), &Exact::from(b));
        assert_eq!(of(54, 45), Some("transposition"));
        assert_eq!(of(107, 170), Some("transposition"));
        assert_eq!(of(16, 11), Some("digit"));
        assert_eq!(of(12, 112), Some("dropped_digit"));
        assert_eq!(of(1937, 197), Some("dropped_digit"));
        assert_eq!(of(8, 80), Some("times_ten"));
        assert_eq!(of(16, 16), None);
        assert_eq!(of(16, 29), None);
        assert_eq!(of(124, 118), None);
        assert_eq!(slip(&Exact::ratio(125, 10), &Exact::ratio(152, 10)), Some("transposition"));
    }

    #[test]
    fn a_digit_printed_twice_is_a_slip_and_another_digit_more_is_none() {
        let of = |a: i128, b: i128| mistyped(&Exact::from(a), &Exact::from(b));
        assert!(of(21, 221) && of(24_953, 224_953) && of(102, 1_022));
        assert!(!of(8, 816) && !of(21, 213) && !of(221, 21));
    }

    #[test]
    fn transpositions_of_a_number() {
        let all: Vec<String> = transpositions(&Exact::from(107)).iter().map(ToString::to_string).collect();
        assert_eq!(all, ["17", "170"]);
    }
}
