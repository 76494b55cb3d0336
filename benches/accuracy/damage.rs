//! Damage such as reading does, not writing: what the text of a table looks like after a bad extraction.
//!
//! The right answer is silence or a word of doubt, never a finding. A row that is lost without a trace cannot be told from one
//! that was never printed, so that a dropped row leaves its label here.

use super::kinds::Injection;
use super::page::Page;
use super::rows::{self, Row};
use super::text;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Blank,
    Cut,
    Merged,
    Dropped,
}

impl Sort {
    pub const ALL: [Sort; 4] = [Sort::Blank, Sort::Cut, Sort::Merged, Sort::Dropped];

    pub fn name(self) -> &'static str {
        match self {
            Sort::Blank => "a cell lost, those after it moved up",
            Sort::Cut => "a numeral cut in two",
            Sort::Merged => "two columns run together",
            Sort::Dropped => "the figures of a row lost",
        }
    }
}

/// Every piece of damage of a sort that the tables of a document have room for.
pub fn all(page: &Page, sort: Sort) -> Vec<Injection> {
    if !page.direct() {
        return Vec::new();
    }
    let rows = rows::rows(page);
    let edits: Vec<Vec<(Range<usize>, String)>> = match sort {
        Sort::Blank => rows.iter().filter_map(|row| lost(page, row)).collect(),
        Sort::Cut => rows.iter().flat_map(|row| &row.places).filter_map(|place| cut(page, place)).collect(),
        Sort::Merged => rows.iter().filter_map(merged).collect(),
        Sort::Dropped => rows.iter().filter_map(|row| emptied(page, row)).collect(),
    };
    edits.into_iter().map(Injection::damage).collect()
}

/// The first of several cells goes, with what parts it from the next.
fn lost(page: &Page, row: &Row) -> Option<Vec<(Range<usize>, String)>> {
    let [first, second, _, ..] = row.places.as_slice() else { return None };
    let wide = page.printed(&(first.start..second.start)).len();
    (wide > 1).then(|| vec![(first.start..second.start, String::new())])
}

/// A blank after the first digit, as a glyph with a wrong advance leaves it.
fn cut(page: &Page, place: &Range<usize>) -> Option<Vec<(Range<usize>, String)>> {
    let printed = page.printed(place);
    let whole = printed.split('.').next()?;
    (whole.len() > 1 && text::numerals(printed).count() == 1)
        .then(|| vec![(place.start + 1..place.start + 1, " ".to_owned())])
}

/// Nothing parts the last two numbers of a row any more.
fn merged(row: &Row) -> Option<Vec<(Range<usize>, String)>> {
    let [.., before, last] = row.places.as_slice() else { return None };
    Some(vec![(before.end..last.start, String::new())])
}

/// All numbers of a row go; what parts them stays.
fn emptied(page: &Page, row: &Row) -> Option<Vec<(Range<usize>, String)>> {
    row.label.as_ref()?;
    let blank = |place: &Range<usize>| (place.clone(), " ".repeat(page.printed(place).len()));
    Some(row.places.iter().map(blank).collect())
}
