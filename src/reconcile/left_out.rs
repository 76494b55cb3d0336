//! Sums whose gap a note names: "There were 12 cases in 2020 for which no service was recorded".

use super::apply::arithmetic;
use super::evidence::{Worked, figure};
use super::relation::{Arithmetic, FigureId, OperandRole};
use super::solve::text::number;
use super::solve::{Convention, Fit};
use crate::model::block::BlockKind;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::quantity::Unit;
use crate::model::text::Passage;
use crate::pack::pack;
use std::collections::HashMap;

/// Holds a failing sum of cells whose total is more than its parts by a count that a note of its page gives for the same
/// period: the note tells what the parts leave out.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let notes = Notes::of(documents);
    for one in worked.iter_mut() {
        let Some(total) = one.relation.published.filter(|_| one.relation.arithmetic == Arithmetic::Sum)
        else {
            continue;
        };
        if one.fit() != Fit::Fails {
            continue;
        }
        let Some((reading, outcome)) = one.tried.first_mut() else { continue };
        let parts = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
        if let Some(gap) = gap(documents, total, parts).filter(|gap| notes.tell(documents, total, gap)) {
            outcome.fit = Fit::ByConvention(Convention::LeftOut);
            let arithmetic = arithmetic(documents, one.relation, reading, outcome);
            outcome.arithmetic = format!("{arithmetic}; a note tells of the {}", number(&gap, 4));
        }
    }
}

/// What a total is more than its parts.
fn gap(documents: &[Document], total: FigureId, parts: impl Iterator<Item = FigureId>) -> Option<Exact> {
    let value = |id: FigureId| figure(documents, id)?.quantity.value.clone();
    let parts: Exact = parts.map(value).collect::<Option<Vec<_>>>()?.into_iter().sum();
    let gap = &value(total)? - &parts;
    (!gap.is_negative() && !gap.is_zero()).then_some(gap)
}

/// The counts that notes print, by document and page.
struct Notes<'a>(HashMap<(usize, u32), Vec<&'a Figure>>);

impl<'a> Notes<'a> {
    fn of(documents: &'a [Document]) -> Notes<'a> {
        let mut notes: HashMap<(usize, u32), Vec<&Figure>> = HashMap::new();
        for (number, document) in documents.iter().enumerate() {
            for figure in document.figures.iter().filter(|figure| is_note(document, figure)) {
                notes.entry((number, figure.place.page)).or_default().push(figure);
            }
        }
        Notes(notes)
    }

    fn tell(&self, documents: &[Document], total: FigureId, gap: &Exact) -> bool {
        let Some(own) = figure(documents, total) else { return false };
        let Some(document) = documents.get(total.document()) else { return false };
        let mut near = self.0.get(&(total.document(), own.place.page)).into_iter().flatten();
        let tells = |note: &Figure| {
            note.quantity.value.as_ref() == Some(gap)
                && note.facets.period == own.facets.period
                && stands_with(document, note, own)
        };
        near.any(|note| tells(note)) || *gap == Exact::from(1) && tells_of_one(document, own)
    }
}

/// Whether a note of a figure's page speaks of one case of its year: "one pupil in 2009". Only a gap of one makes a figure
/// of the word, which has many other uses.
fn tells_of_one(document: &Document, figure: &Figure) -> bool {
    let Some(year) = figure.facets.period.map(|period| period.start.year().to_string()) else { return false };
    let tells = |note: &Passage| {
        let words = || note.text.split(|c: char| !c.is_alphanumeric());
        words().any(|word| word == year) && words().any(|word| pack().numerals.one.has_folded(word))
    };
    let blocks = document.blocks.iter().filter(|block| {
        let in_sheet = document.sheet.is_some() && !matches!(block.kind, BlockKind::Table(_));
        block.kind == BlockKind::Note || in_sheet
    });
    let notes = document.tables.iter().flat_map(|table| &table.notes);
    let mut near = blocks.map(|block| &block.passage).chain(notes);
    near.any(|note| note.whole().page == figure.place.page && tells(note))
}

/// How many blocks may stand between a table and its note: the notes before it, and a line of source.
const APART: usize = 4;

/// Whether a note stands with the table of a total. In a sheet, all that is printed beside its tables is about them.
fn stands_with(document: &Document, note: &Figure, total: &Figure) -> bool {
    let (Home::Prose { block: note, .. }, Home::Cell { table, .. }) = (note.home, total.home) else {
        return true;
    };
    let own = document.blocks.entries().find(|(_, block)| block.kind == BlockKind::Table(table));
    document.sheet.is_some() || own.is_none_or(|(own, _)| own.index().abs_diff(note.index()) <= APART)
}

/// Whether a count stands in a note: in a sheet, any text beside the tables is one.
fn is_note(document: &Document, figure: &Figure) -> bool {
    let Home::Prose { block, .. } = figure.home else { return false };
    let note = document.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Note);
    figure.quantity.unit == Unit::Count && (note || document.sheet.is_some())
}
