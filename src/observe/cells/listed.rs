//! Figures of cells that hold names as well: "Upheld - 3 Not upheld - 5", and "Answers 1,204 (net)" in the row "Answers (net)".

use super::{CellReader, Meaning, SharedFacets, Words, join};
use crate::lex::numeral::{Conventions, Numeral, named, whole};
use crate::model::figure::{Figure, Home, LISTED, Role};
use crate::model::quantity::Unit;
use crate::model::table::{Cell, Table};
use std::sync::Arc;

/// The columns in which a cell lists several counts: there a single one by its name is a count as well.
pub(super) fn columns(table: &Table) -> Vec<bool> {
    let mut found = vec![false; table.cols];
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.row >= table.header_rows) {
        if let Some(column) = found.get_mut(cell.col) {
            *column = *column || named(&cell.passage.text).len() > 1;
        }
    }
    found
}

impl CellReader<'_> {
    /// Reads the counts of a cell, each with what its name says.
    pub(super) fn read_list(
        &self,
        cell: &Cell,
        words: &Words,
        shared: &mut SharedFacets,
        into: &mut Vec<Figure>,
    ) {
        let text = &cell.passage.text;
        for (part, (name, numeral)) in named(text).into_iter().enumerate() {
            let name = text.get(name).unwrap_or_default();
            let mut own = words.label(name, &words.lex(name));
            own.inherit(&self.row.meaning);
            own.topic.extend(&self.row.meaning.topic);
            self.push((cell, part), name, own, numeral, shared, into);
        }
    }

    /// Reads the number of a cell that prints the label of its row around it.
    pub(super) fn read_in_label(&self, cell: &Cell, shared: &mut SharedFacets, into: &mut Vec<Figure>) {
        if let Some(numeral) = in_label(&cell.passage.text, &self.row.text) {
            self.push((cell, 0), "", self.row.meaning.clone(), numeral, shared, into);
        }
    }

    fn push(
        &self,
        (cell, part): (&Cell, usize),
        name: &str,
        own: Meaning,
        Numeral { range, quantity, .. }: Numeral,
        shared: &mut SharedFacets,
        into: &mut Vec<Figure>,
    ) {
        let place = cell.passage.place(range);
        let misread = self.known.doubts(place);
        into.push(Figure {
            role: Role::Value,
            facets: shared.of(self.facets_of(own, quantity.unit)),
            context: Arc::clone(self.context),
            label: join([self.row.text.as_str(), self.column.text.as_str(), name].into_iter()),
            name: String::new(),
            home: Home::Cell { table: self.index, row: cell.row, col: cell.col, part },
            place,
            method: LISTED,
            misread: !misread.is_empty(),
            doubts: self.doubts(cell).into_iter().chain(misread).collect(),
            quantity,
        });
    }
}

/// The one count of a text whose other words are those of a label.
fn in_label(text: &str, label: &str) -> Option<Numeral> {
    let mut printed = text.split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let word = printed.next().filter(|_| printed.next().is_none())?;
    let start = text.find(word)?;
    let (before, after) = (text.get(..start)?, text.get(start + word.len()..)?);
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let rest = [words(before), words(after)].concat();
    if rest.is_empty() || rest != words(label) {
        return None;
    }
    let numeral = whole(word, &Conventions::default()).filter(|found| found.quantity.unit == Unit::Count)?;
    Some(Numeral { range: start + numeral.range.start..start + numeral.range.end, ..numeral })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_can_stand_around_its_number() {
        let read = |text: &str, label: &str| in_label(text, label).map(|found| text[found.range].to_owned());
        assert_eq!(read("Answers  1,204 (net)", "Answers (net)").as_deref(), Some("1,204"));
        for (text, label) in [
            ("Answers 12 of 14", "Answers of"),
            ("Room 12", "Answers"),
            ("12", ""),
            ("Answers 9%", "Answers"),
        ] {
            assert_eq!(read(text, label), None, "{text}");
        }
    }
}
