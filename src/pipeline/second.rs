//! Compares the numerals of a PDF with those of a second, independent reader, page by page.
//!
//! Where the two agree on the numerals before and after and have different numerals between, one of the two misread,
//! and the figure is doubtful. Text that the second reader lost puts nothing in doubt.

use crate::lex::numeral::Conventions;
use crate::lex::numeral::printed::digits;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::text::Line;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// The most numerals of one page that are compared: the product of both readers' counts, without the numerals that
/// agree at both ends. Memory and time grow with this product.
const CELLS: usize = 4_000_000;

/// A numeral in the form in which it is compared: without separators of thousands and leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ComparedNumeral {
    text: String,
    /// Its characters within the line.
    chars: Range<u32>,
}

/// The numerals of a text, in its order, in the form in which they are compared.
pub fn numerals(text: &str) -> Vec<String> {
    scan(text).into_iter().map(|numeral| numeral.text).collect()
}

fn scan(text: &str) -> Vec<ComparedNumeral> {
    let mut found = Vec::new();
    let (mut at, mut chars) = (0, 0_u32);
    while let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let numeral = text
            .get(at..)
            .filter(|_| ch.is_ascii_digit())
            .and_then(|rest| digits(rest, &Conventions::default()));
        let printed = numeral.and_then(|found| text.get(at..at + found.len)).unwrap_or_default();
        let length = printed.len().max(ch.len_utf8());
        let end = chars + u32::try_from(printed.chars().count().max(1)).unwrap_or(1);
        if !printed.is_empty() {
            found.push(ComparedNumeral { text: plain(printed), chars: chars..end });
        }
        (at, chars) = (at + length, end);
    }
    found
}

/// The digits and the decimal point of a numeral, without leading zeros.
fn plain(printed: &str) -> String {
    let text: String = printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let bare = text.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}

/// The result of another reader.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct SecondReading {
    /// The numerals of each page; `None` where the reader could not read the file.
    pub pages: Option<Vec<Vec<String>>>,
}

/// The diagnostic for a file that the second reader could not read.
pub(super) fn failed() -> Diagnostic {
    Diagnostic {
        code: "second-reader-failed",
        severity: Severity::Note,
        message: "the second reader could not read it; no figure was held against it".to_owned(),
        place: None,
    }
}

/// The places where the second reading, a list of numerals for each page, has another numeral. Each is a range of
/// characters with the number of its line.
pub(super) fn disagreeing(lines: &[Line], pages: &[Vec<String>]) -> impl Iterator<Item = (u32, Range<u32>)> {
    let mut ours: BTreeMap<u32, Vec<(u32, ComparedNumeral)>> = BTreeMap::new();
    for line in lines {
        let numerals = scan(&line.text).into_iter().map(|numeral| (line.number, numeral));
        ours.entry(line.page).or_default().extend(numerals);
    }
    ours.into_iter().flat_map(|(page, numerals)| {
        let theirs = (page as usize).checked_sub(1).and_then(|at| pages.get(at));
        let theirs: Vec<&str> = theirs.into_iter().flatten().map(String::as_str).collect();
        let texts: Vec<&str> = numerals.iter().map(|(_, numeral)| numeral.text.as_str()).collect();
        let found = others(&texts, &theirs);
        let spot = |index: usize| numerals.get(index).map(|(line, numeral)| (*line, numeral.chars.clone()));
        found.into_iter().filter_map(spot).collect::<Vec<_>>()
    })
}

/// The indices into `ours` of numerals that `theirs` replaces by others. Between two numerals that agree both must
/// have the same count, and the numeral must be missing from the other's whole page.
fn others(ours: &[&str], theirs: &[&str]) -> Vec<usize> {
    let mut surplus: HashMap<&str, i64> = HashMap::new();
    ours.iter().for_each(|text| *surplus.entry(text).or_default() += 1);
    theirs.iter().for_each(|text| *surplus.entry(text).or_default() -= 1);
    let surplus = |text: &str| surplus.get(text).copied().unwrap_or_default();
    let mut found = Vec::new();
    let (mut from, mut other) = (0, 0);
    let ends = [(ours.len(), theirs.len())];
    for (at, there) in common(ours, theirs).into_iter().chain(ends) {
        if at - from == there - other {
            let pairs = (from..at).zip(other..there);
            found.extend(pairs.filter_map(|(i, j)| {
                let (a, b) = (ours.get(i)?, theirs.get(j)?);
                (surplus(a) > 0 && surplus(b) < 0).then_some(i)
            }));
        }
        (from, other) = (at + 1, there + 1);
    }
    found
}

/// The longest common subsequence, as pairs of indices. Where it would take too long, all numerals are paired as if
/// they agreed.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (n, m) = (rest_a.len() - tail, rest_b.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|i| (i, i)).collect();
    if (n + 1).saturating_mul(m + 1) <= CELLS {
        let same = |i: usize, j: usize| rest_a.get(i) == rest_b.get(j);
        // The length of the longest common subsequence that begins at each pair of indices.
        let mut lengths = vec![0_u32; (n + 1) * (m + 1)];
        let length = |lengths: &[u32], i: usize, j: usize| lengths.get(i * (m + 1) + j).copied().unwrap_or(0);
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                let best = if same(i, j) {
                    length(&lengths, i + 1, j + 1) + 1
                } else {
                    length(&lengths, i + 1, j).max(length(&lengths, i, j + 1))
                };
                if let Some(cell) = lengths.get_mut(i * (m + 1) + j) {
                    *cell = best;
                }
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n && j < m {
            if same(i, j) {
                pairs.push((head + i, head + j));
                (i, j) = (i + 1, j + 1);
            } else if length(&lengths, i + 1, j) >= length(&lengths, i, j + 1) {
                i += 1;
            } else {
                j += 1;
            }
        }
        pairs.extend((0..tail).map(|k| (head + n + k, head + m + k)));
    } else {
        // A page that is too large counts as agreed, so nothing on it is put in doubt.
        pairs = (0..a.len().max(b.len())).map(|i| (i, i)).collect();
        pairs.truncate(a.len().min(b.len()));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Document;

    fn differ(ours: &str, theirs: &str) -> Vec<usize> {
        let (ours, theirs) = (numerals(ours), numerals(theirs));
        let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
        let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
        others(&ours, &theirs)
    }

    #[test]
    fn numerals_are_compared_without_their_separators() {
        assert_eq!(
            numerals("1,204 of 007, 3.5% (12,34) in 2020/21."),
            ["1204", "7", "3.5", "12", "34", "2020", "21"]
        );
        assert_eq!(numerals("none, 0, 000"), ["0", "0"]);
    }

    #[test]
    fn another_numeral_in_the_same_place_is_a_doubt() {
        assert_eq!(differ("10 20 30 40", "10 26 30 40"), [1]);
        assert_eq!(differ("10 20", "10 26"), [1]);
        assert_eq!(differ("10 20 30 40", "10 26 36 40"), [1, 2]);
    }

    #[test]
    fn text_that_was_lost_or_moved_is_none() {
        assert!(differ("10 20 30 40", "10 30 40").is_empty());
        assert!(differ("10 20 30 40", "").is_empty());
        assert!(differ("10 20 30 40", "30 40 10 20").is_empty());
        assert!(differ("10 20 30 40", "10 2 0 30 40").is_empty());
        assert!(differ("10 20 30", "10 20 99 30").is_empty());
    }

    #[test]
    fn no_error_rests_on_a_doubted_numeral() {
        let report = "Stage | 2021/22\nHomes | 145\nRoads | 22\nTotal | 176\n";
        let read = |page: Option<Vec<String>>| {
            let source = crate::read::source::from_bytes("report.txt", report.into()).unwrap();
            let grammar = crate::phrase::Grammar::embedded();
            let second = page.map(|page| SecondReading { pages: Some(vec![page]) });
            crate::pipeline::from_source_beside(source, grammar, &Default::default(), second.as_ref())
                .unwrap()
        };
        let findings = |document: &Document| crate::reconcile::check(std::slice::from_ref(document)).findings;
        assert_eq!(findings(&read(None))[0].code, "CF101");
        let mut page = numerals(report);
        assert_eq!(findings(&read(Some(page.clone())))[0].code, "CF101");
        *page.last_mut().unwrap() = "167".to_owned();
        let document = read(Some(page));
        assert!(findings(&document).iter().all(|f| f.severity == crate::reconcile::claim::Severity::Note));
        let doubted: Vec<_> = document.figures.iter().filter(|f| !f.doubts.is_empty()).collect();
        assert_eq!(doubted.len(), 1);
        assert_eq!(document.text_at(doubted[0].place), "176");
    }

    #[test]
    fn a_page_of_too_many_numerals_is_not_compared() {
        let (ours, theirs) = ("1 2 3 ".repeat(2_000), "4 5 6 ".repeat(2_000));
        assert!(differ(&ours, &theirs).is_empty());
    }
}
