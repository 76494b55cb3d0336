//! The table of figures.

use super::Kind::{Date, Number, Text, Truth, Whole, Word};
use super::{Fields, Row, word};
use crate::model::document::Document;
use crate::model::facets::{Dimension, Population};
use crate::report::schema::{self, Interval, Level, Observation, Qualifier};
use std::sync::OnceLock;

/// The rows of a document's figures, made one by one. `id` is what the document is called in the data set.
pub fn observations<'a>(document: &'a Document, id: &'a str) -> impl Iterator<Item = Row> + 'a {
    schema::observations_named(document, id).map(move |mut observation| {
        if let Some(cell) = &mut observation.cell {
            cell.table = format!("{id}-{}", cell.table);
        }
        observation.span = observation.span.in_document(document);
        fields().row(&observation)
    })
}

/// The id of the document, which is what the ids of its figures start with.
fn document(observation: &Observation) -> &str {
    observation.id.split('-').next().unwrap_or_default()
}

pub(super) fn fields() -> &'static Fields<Observation> {
    static FIELDS: OnceLock<Fields<Observation>> = OnceLock::new();
    FIELDS.get_or_init(|| home(figure(dimensions(subject(Fields::new())))))
}

fn subject(fields: Fields<Observation>) -> Fields<Observation> {
    fields
        .with(
            "id",
            Text,
            "The document's id and where the figure stands: line and character, or table, row and column.",
            |o| o.id.clone(),
        )
        .with("document", Word, "The id of the document.", |o| document(o).to_owned())
        .with("organisation", Word, "The body that the document reports on.", |o| {
            o.organisation.as_ref().map(|body| body.name.clone())
        })
        .with(
            "organisation_code",
            Word,
            "Its code in the register of the Office for National Statistics.",
            |o| o.organisation.as_ref().and_then(|body| body.gss_code.clone()),
        )
        .with("measure", Word, "What is measured, of a closed list.", |o| o.measure.name())
        .with("raw_label", Text, "What the figure is called, in printed words.", |o| o.raw_label.clone())
        .with("row_header", Text, "What its row is called, from the left.", |o| o.row_header.clone())
        .with("col_header", Text, "What its column is called, from the top.", |o| o.col_header.clone())
        .with("table_title", Text, "What its table is called.", |o| o.table_title.clone())
        .with("population", Word, "What it is a count or a share of.", |o| o.population.map(Population::name))
        .with("period_start", Date, "The first day of the period that it is for.", |o| {
            o.period.as_ref().map(|period| period.start.clone())
        })
        .with("period_end", Date, "The last day of that period.", |o| {
            o.period.as_ref().map(|period| period.end.clone())
        })
        .with("period_kind", Word, "The length and nature of that period.", |o| {
            o.period.as_ref().map(|period| word(&period.kind))
        })
}

fn dimensions(fields: Fields<Observation>) -> Fields<Observation> {
    Dimension::ALL.iter().fold(fields, |fields, &dimension| {
        fields.with(dimension.name(), Word, about(dimension), move |o: &Observation| {
            o.dimensions.get(&dimension).map(|label| label.normalised.to_string())
        })
    })
}

fn about(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Stage => "The stage of the procedure.",
        Dimension::Procedure => "The procedure: corporate, or one set by law.",
        Dimension::Service => "The service or category, as printed.",
        Dimension::Outcome => "What came of it.",
        Dimension::Reason => "What it was about.",
        Dimension::Channel => "The way in which it came.",
        Dimension::Complainant => "Who made it.",
        Dimension::TimeBand => "How long it took.",
        Dimension::Scope => "Whose figures they are: the body's own, of bodies like it, of all.",
        _ => "How the figure is broken down by this.",
    }
}

fn figure(fields: Fields<Observation>) -> Fields<Observation> {
    let bound = |of: fn(&Interval) -> &Option<String>| {
        move |o: &Observation| o.interval.as_ref().and_then(|interval| of(interval).clone())
    };
    let open = |of: fn(&Interval) -> bool| move |o: &Observation| o.interval.as_ref().is_some_and(of);
    fields
        .with("value", Number, "The number as printed, without its scale; none for a mark such as a dash.", |o| {
            o.value.clone()
        })
        .with("scale", Whole, "The power of ten that the value is printed in: 6 for millions.", |o| {
            u32::from(o.scale)
        })
        .with("stored", Number, "The number that the cell of a workbook holds, where it shows another.", |o| {
            o.stored.clone()
        })
        .with("unit", Word, "What the value counts.", |o| word(&o.unit))
        .with(
            "qualifier",
            Word,
            "How the printed value relates to the true one: ~ about, > over, < under, or a mark; none for a plain value.",
            |o| (o.qualifier != Qualifier::Equal).then(|| o.qualifier.sign()),
        )
        .with("low", Number, "The least that the true value can be, by what is printed.", bound(|i| &i.low))
        .with("high", Number, "The most that the true value can be, by what is printed.", bound(|i| &i.high))
        .with("low_open", Truth, "Whether it is more than low, and not low itself.", open(|i| i.low_open))
        .with("high_open", Truth, "Whether it is less than high, and not high itself.", open(|i| i.high_open))
        .with("role", Word, "Whether it is a value, a share, a change, a target or a benchmark.", |o| word(&o.role))
        .with("denominator", Text, "The id of the figure that a share is said to be a share of.", |o| {
            o.denominator.clone()
        })
        .with("base_start", Date, "The first day of the period that a change is said to start from.", |o| {
            o.base_period.as_ref().map(|period| period.start.clone())
        })
        .with("base_end", Date, "The last day of that period.", |o| {
            o.base_period.as_ref().map(|period| period.end.clone())
        })
}

fn home(fields: Fields<Observation>) -> Fields<Observation> {
    fields
        .with("table", Word, "The id of its table.", |o| o.cell.as_ref().map(|cell| cell.table.clone()))
        .with("row", Whole, "Its row in that table, from 0, heads included.", |o| {
            o.cell.as_ref().map(|cell| cell.row)
        })
        .with("col", Whole, "Its column in that table, from 0, heads included.", |o| {
            o.cell.as_ref().map(|cell| cell.col)
        })
        .with("hidden", Truth, "Whether its row, column or sheet is hidden.", |o| o.hidden)
        .placed(|o| Some(&o.span))
        .with("method", Word, "The reader or phrase that gave it its meaning.", |o| o.method.clone())
        .with("confidence", Word, "sure, or the reasons why its reading is in doubt.", |o| {
            match o.confidence.level {
                Level::Sure => "sure".to_owned(),
                Level::Doubtful => o.confidence.reasons.join("; "),
            }
        })
}
