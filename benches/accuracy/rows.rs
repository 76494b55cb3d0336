//! Errors in whole rows of a table.

use super::chance::Chance;
use super::kinds::Injection;
use super::making::Making;
use super::page::Page;
use super::relation::{Changed, Rule, Term};
use super::text;
use crossfoot::schema::OperandRole;
use std::collections::BTreeMap;
use std::ops::Range;

/// A row of a table that stands in a line of its own, with words.
pub struct Row {
    pub table: String,
    pub row: usize,
    /// The whole line, or the element of a web page, with what ends it.
    pub whole: Range<usize>,
    /// Where its numerals stand.
    pub places: Vec<Range<usize>>,
    pub label: Option<Range<usize>>,
}

pub fn rows(page: &Page) -> Vec<Row> {
    let mut found: BTreeMap<(String, usize), Vec<Range<usize>>> = BTreeMap::new();
    for figure in &page.figures {
        if let (Some(cell), Some(place)) = (&figure.cell, page.numerals.get(&figure.id)) {
            found.entry((cell.table.clone(), cell.row)).or_default().push(place.clone());
        }
    }
    let mut lines: BTreeMap<usize, usize> = BTreeMap::new();
    let rows: Vec<Row> = found
        .into_iter()
        .filter_map(|((table, row), mut places)| {
            places.sort_by_key(|place| place.start);
            let whole = element(page, places.first()?)?;
            *lines.entry(whole.start).or_default() += 1;
            let worded = page.without_marks(&whole).chars().any(char::is_alphabetic);
            let alone =
                worded && places.iter().all(|place| whole.start <= place.start && place.end <= whole.end);
            let label = label(page, &whole, places.first()?);
            alone.then_some(Row { table, row, whole, places, label })
        })
        .collect();
    rows.into_iter().filter(|row| lines.get(&row.whole.start) == Some(&1)).collect()
}

fn element(page: &Page, place: &Range<usize>) -> Option<Range<usize>> {
    if page.name.ends_with("html") {
        let start = page.source.get(..place.start)?.rfind("<tr")?;
        return Some(start..place.end + page.source.get(place.end..)?.find("</tr>")? + 5);
    }
    let line = page.line(place);
    Some(line.start..(line.end + 1).min(page.source.len()))
}

/// The words before a row's first numeral.
fn label(page: &Page, whole: &Range<usize>, first: &Range<usize>) -> Option<Range<usize>> {
    let before = page.source.get(whole.start..first.start)?;
    let marks = |c: char| !c.is_alphabetic();
    let text = before.trim_start_matches(marks);
    let start = whole.start + before.len() - text.len();
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let plain = !text.is_empty()
        && !text.contains(['<', '|', '\t', ','])
        && text.chars().all(|c| !c.is_ascii_digit());
    plain.then(|| start..start + text.len())
}

impl Making<'_> {
    pub fn rows(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut made = Vec::new();
        for row in rows(self.page) {
            if self.totals(&row) {
                continue;
            }
            let doubled = chance.below(2) == 1;
            let source = self.page.printed(&row.whole);
            let new = if doubled { format!("{source}{source}") } else { String::new() };
            let changed: Changed = row
                .places
                .iter()
                .map(|place| {
                    let twice = text::value(self.page.printed(place)).map(|value| value + value);
                    (place.start, if doubled { twice } else { None })
                })
                .collect();
            let broken: Vec<usize> = self
                .broken(&changed)
                .into_iter()
                .filter(|&index| {
                    let relation = &self.relations[index];
                    let within = relation
                        .of(OperandRole::Part)
                        .filter(|p| p.place.as_ref().is_some_and(|p| row.places.contains(p)));
                    matches!(relation.rule, Rule::Sum | Rule::Whole) && within.count() == 1
                })
                .collect();
            let results = broken.iter().flat_map(|&index| &self.relations[index].terms);
            let marks: Vec<Range<usize>> =
                results.filter_map(|term| term.place.clone()).filter(|p| !row.places.contains(p)).collect();
            let mend = broken
                .iter()
                .flat_map(|&index| &self.relations[index].terms)
                .filter_map(|term| term.place.as_ref())
                .filter(|place| row.places.contains(place))
                .map(|place| self.page.printed(place).to_owned())
                .collect();
            made.push(Injection {
                kind: self.kind,
                edits: vec![(row.whole.clone(), new)],
                marks,
                broken,
                mend,
            });
        }
        made
    }

    /// Whether a row has totals of other rows. It is no part of a sum, and its label belongs where it is.
    pub fn totals(&self, row: &Row) -> bool {
        let own = |term: &Term| term.place.as_ref().is_some_and(|place| row.places.contains(place));
        self.relations
            .iter()
            .filter(|relation| relation.rule == Rule::Sum)
            .any(|relation| relation.result().is_some_and(own) && !relation.of(OperandRole::Part).all(own))
    }

    /// The labels of two rows that follow each other, exchanged.
    pub fn labels(&self, chance: &mut Chance) -> Vec<Injection> {
        let rows = rows(self.page);
        let mut made = Vec::new();
        for pair in rows.windows(2) {
            let [one, two] = pair else { continue };
            let (Some(first), Some(second)) = (&one.label, &two.label) else { continue };
            let apart = one.table != two.table || two.row != one.row + 1;
            if apart || self.totals(one) || self.totals(two) || chance.below(3) == 0 {
                continue;
            }
            let places: Vec<&Range<usize>> = one.places.iter().chain(&two.places).collect();
            let twin = |place: &Range<usize>| {
                let at = |row: &Row| row.places.iter().position(|own| own == place);
                match (at(one), at(two)) {
                    (Some(index), _) => two.places.get(index),
                    (_, Some(index)) => one.places.get(index),
                    _ => None,
                }
            };
            let broken = self.relations.iter().enumerate().filter(|(_, relation)| {
                let outside =
                    relation.terms.iter().any(|t| t.place.as_ref().is_some_and(|p| !places.contains(&p)));
                let moved =
                    relation.terms.iter().filter_map(|t| t.place.as_ref()).find(|p| places.contains(p));
                let differs = moved.and_then(twin).is_some_and(|other| {
                    moved.is_some_and(|moved| self.page.printed(other) != self.page.printed(moved))
                });
                relation.rule == Rule::Same && outside && differs
            });
            let (a, b) = (self.page.printed(first).to_owned(), self.page.printed(second).to_owned());
            made.push(Injection {
                kind: self.kind,
                broken: broken.map(|(index, _)| index).collect(),
                marks: one.places.iter().chain(&two.places).cloned().collect(),
                mend: vec![a.clone(), b.clone()],
                edits: vec![(first.clone(), b), (second.clone(), a)],
            });
        }
        made
    }
}
