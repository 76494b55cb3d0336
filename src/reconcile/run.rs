//! The documents that are checked together, with an index of their figures by what they are about.

use super::relation::FigureId;
use crate::model::about::BodyKey;
use crate::model::arena::Arena;
use crate::model::document::Document;
use crate::model::facets::{Dimension, Measure, Population};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::period::Period;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::Table;
use std::collections::HashMap;

/// The documents of a run.
pub struct Run<'a> {
    /// In the order in which they were given.
    pub documents: &'a [Document],
    /// The figures of each series that is known, those of the earliest report first.
    series: Vec<Vec<FigureId>>,
    /// By document and figure, which of the series it belongs to.
    of: Vec<Arena<FigureIdx, Option<usize>>>,
    /// By document, its place in the order of their periods.
    order: Vec<usize>,
}

/// All that tells what a figure is a number of. Two figures are compared across documents only where all of it is known
/// to be the same: what one of them leaves open is never filled in from the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Series<'a> {
    body: BodyKey<'a>,
    period: Period,
    unit: Unit,
    role: Role,
    measure: Measure,
    population: Option<Population>,
    dimensions: Vec<(Dimension, &'a str)>,
    /// The words of its labels that the vocabulary does not know, or all words of its row where it knows none.
    words: Vec<String>,
}

impl<'a> Run<'a> {
    /// Indexes the figures of documents of which several are of one body; a document alone has nobody to agree with.
    pub fn of(documents: &'a [Document]) -> Run<'a> {
        let mut bodies: HashMap<BodyKey, usize> = HashMap::new();
        documents.iter().filter_map(Document::body).for_each(|body| *bodies.entry(body).or_default() += 1);
        let mut by_period: Vec<usize> = (0..documents.len()).collect();
        by_period.sort_by_key(|number| (documents.get(*number).and_then(|d| d.period), *number));
        let mut run = Run {
            documents,
            series: Vec::new(),
            of: documents.iter().map(|_| Arena::default()).collect(),
            order: vec![0; documents.len()],
        };
        let mut known: HashMap<Series, usize> = HashMap::new();
        for (place, number) in by_period.into_iter().enumerate() {
            run.order.get_mut(number).into_iter().for_each(|order| *order = place);
            let body = documents.get(number).and_then(Document::body);
            let Some(body) = body.filter(|body| bodies.get(body).is_some_and(|all| *all > 1)) else {
                continue;
            };
            run.index(number, body, &mut known);
        }
        run
    }

    fn index(&mut self, number: usize, body: BodyKey<'a>, known: &mut HashMap<Series<'a>, usize>) {
        let Some((document, of)) = self.documents.get(number).zip(self.of.get_mut(number)) else { return };
        for (figure, read) in document.figures.entries() {
            let slot = series(document, read, body).map(|series| {
                let next = self.series.len();
                *known.entry(series).or_insert(next)
            });
            of.push(slot);
            let Some(slot) = slot else { continue };
            if slot == self.series.len() {
                self.series.push(Vec::new());
            }
            let id = FigureId { document: number, figure };
            self.series.get_mut(slot).into_iter().for_each(|figures| figures.push(id));
        }
    }

    /// A figure of one of the documents.
    pub fn figure(&self, id: FigureId) -> Option<&'a Figure> {
        self.documents.get(id.document)?.figures.get(id.figure)
    }

    /// The figures of a figure's series that its own document prints, and those that the report before it prints; nothing
    /// where no earlier report has any.
    pub fn told_before(&self, id: FigureId) -> Option<(&[FigureId], &[FigureId])> {
        let slot = self.of.get(id.document)?.get(id.figure).copied()??;
        let all = self.series.get(slot)?;
        let place = |number: usize| self.order.get(number).copied().unwrap_or_default();
        let printed_by = |number: usize| {
            let start = all.partition_point(|other| place(other.document) < place(number));
            let end = all.partition_point(|other| place(other.document) <= place(number));
            (start, all.get(start..end).unwrap_or_default())
        };
        let (start, own) = printed_by(id.document);
        let before = all.get(start.checked_sub(1)?)?;
        Some((own, printed_by(before.document).1))
    }
}

/// The series of a figure; nothing where too little is known of it.
fn series<'a>(document: &'a Document, figure: &'a Figure, body: BodyKey<'a>) -> Option<Series<'a>> {
    let (own, context) = (&figure.facets, &figure.context);
    let plain = figure.quantity.value.is_some() && figure.quantity.qualifier == Qualifier::Equal;
    if !plain || !matches!(figure.role, Role::Value | Role::Share) {
        return None;
    }
    let mut dimensions: Vec<(Dimension, &str)> =
        own.dimensions.iter().map(|(dimension, label)| (dimension, &*label.normalised)).collect();
    let mut words: Vec<String> = own.topic.iter().map(str::to_owned).collect();
    let mut series = Series {
        body,
        period: own.period?,
        unit: figure.quantity.unit,
        role: figure.role,
        measure: own.measure,
        population: own.population,
        dimensions: Vec::new(),
        words: Vec::new(),
    };
    let further = context.dimensions.iter().filter(|(dimension, _)| !own.dimensions.has(*dimension));
    match figure.home {
        Home::Cell { table, row, col, .. } => {
            let table = document.tables.get(table)?;
            dimensions.extend(further.map(|(dimension, label)| (dimension, &*label.normalised)));
            if series.measure == Measure::Other {
                series.measure = context.measure;
            }
            series.population = series.population.or(context.population);
            let total = table.is_total_row(row) || table.is_total_col(col);
            if own.dimensions.is_empty() && words.is_empty() && !total {
                words = heads(table, row, col);
            }
        }
        // A sentence below a heading may be about more than its heading: what it leaves open is not known.
        Home::Prose { .. } if further.count() > 0 => return None,
        Home::Prose { .. } => {}
    }
    dimensions.sort_unstable();
    let named = series.measure != Measure::Other || !dimensions.is_empty() || !words.is_empty();
    named.then_some(Series { dimensions, words, ..series })
}

/// The words of a cell's heads, without the numbers of years and quarters.
fn heads(table: &Table, row: usize, col: usize) -> Vec<String> {
    let beside = (0..table.header_cols).map(|c| table.text(row, c));
    let above = (0..table.header_rows).map(|r| table.text(r, col));
    let words = beside.chain(above).flat_map(str::split_whitespace);
    let lettered = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    lettered.filter(|word| word.starts_with(char::is_alphabetic)).collect()
}
