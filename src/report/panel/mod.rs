//! Documents side by side: a row for each body and what is counted, a column for each period, and for each cell who printed it
//! where. What documents print differently stands in one cell, the latest print first.

mod headline;
mod write;

pub use self::headline::{Headline, headlines};
#[cfg(feature = "html-report")]
pub(crate) use self::write::{by_kind, letter, place};
pub use self::write::{headline_csv, headline_text, panel_csv, panel_text};

use super::schema::Span;
use crate::model::copies::copies;
use crate::model::document::Document;
use crate::model::figure::{Figure, Role};
use crate::model::key::Key;
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::{Qualifier, Unit};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The panel of some documents.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Panel {
    /// The version of the schema.
    pub schema_version: u32,
    /// The columns, in the order of their dates.
    pub periods: Vec<Column>,
    /// By body, then in the order of the key.
    pub rows: Vec<Row>,
    /// Paths of documents whose body is not known; their figures stand in no row.
    pub without_body: Vec<String>,
}

/// A column of the panel.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PanelColumn"))]
pub struct Column {
    /// The usual name of the period: "2022/23".
    pub name: String,
    /// Whether it is a year, a quarter, a month or something else.
    pub kind: PeriodKind,
}

/// What a body counts, over the periods.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PanelRow"))]
pub struct Row {
    /// The body's name.
    pub organisation: String,
    /// Its GSS code, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_code: Option<String>,
    /// From the schema's closed list.
    pub measure: &'static str,
    /// What it is a count or a share of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<&'static str>,
    /// The labels that the figures have, by dimension.
    pub dimensions: BTreeMap<&'static str, String>,
    /// The noun that is counted, where it is no measure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub counted: String,
    /// What the values count.
    pub unit: Unit,
    /// One for each period in which a document prints the figure, by the name of the period.
    pub cells: BTreeMap<String, Cell>,
}

/// What is printed of a row for one period.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PanelCell"))]
pub struct Cell {
    /// The value that the latest document prints; none where it prints several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether documents differ.
    pub status: Status,
    /// Every print, the latest document's first.
    pub prints: Vec<Print>,
}

/// How the prints of a cell agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "PanelStatus"))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// One value.
    Printed,
    /// Each document has one value, and these differ.
    Restated,
    /// A document has several values: its words do not tell them apart.
    Several,
}

impl Status {
    /// Its name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Status::Printed => "printed",
            Status::Restated => "restated",
            Status::Several => "several",
        }
    }
}

/// One print of a figure.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Print {
    /// The value.
    pub value: String,
    /// Index of its document among those given.
    pub document: usize,
    /// Where it stands.
    pub span: Span,
}

/// Puts the results of documents side by side. Figures of one key and period stand in one cell, whatever documents they are
/// of. A document whose body is not known has no row, since nothing says whose row it would be.
pub fn panel(documents: &[Document]) -> Panel {
    let copies = copies(documents);
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|number| documents.get(*number).and_then(|d| d.period).map(|p| (p.end, p.start)));
    let mut rows: BTreeMap<(Key, String), BTreeMap<Period, Vec<Print>>> = BTreeMap::new();
    for number in order.into_iter().rev() {
        let Some((document, body)) = documents.get(number).and_then(|d| Some((d, d.organisation()?))) else {
            continue;
        };
        if copies.get(number).is_some_and(Option::is_some) {
            continue;
        }
        for figure in document.figures.iter().filter(|figure| is_result(figure)) {
            let key = Key::of(Some(body), figure).unplaced();
            let Some(period) = key.period else { continue };
            let prints = rows
                .entry((Key { period: None, ..key }, body.to_owned()))
                .or_default()
                .entry(period)
                .or_default();
            let value = figure.amount().map_or_else(String::new, |value| value.to_string());
            let span =
                Span { chars: None, text: None, ..Span::of(document, figure.place) }.in_document(document);
            // What a document says again adds nothing.
            if !prints.iter().any(|print| print.document == number && print.value == value) {
                prints.push(Print { value, document: number, span });
            }
        }
    }
    let periods: BTreeSet<Period> = rows.values().flat_map(BTreeMap::keys).copied().collect();
    let code = |name: &str| {
        let of_name = documents.iter().filter(|d| d.organisation() == Some(name));
        of_name.filter_map(|d| d.about.organisation.as_ref()?.value.code.clone()).next()
    };
    let without = documents.iter().filter(|d| d.organisation().is_none());
    Panel {
        schema_version: super::schema::VERSION,
        periods: periods.iter().map(|period| Column { name: period.label(), kind: period.kind }).collect(),
        rows: rows.into_iter().map(|((key, body), cells)| row(key, &body, code(&body), cells)).collect(),
        without_body: without.map(|d| d.origin.path.clone()).collect(),
    }
}

/// Whether a figure is a result with a plain value.
fn is_result(figure: &Figure) -> bool {
    matches!(figure.role, Role::Value | Role::Share)
        && figure.quantity.qualifier == Qualifier::Equal
        && figure.quantity.value.is_some()
}

fn row(key: Key, body: &str, code: Option<String>, cells: BTreeMap<Period, Vec<Print>>) -> Row {
    Row {
        organisation: body.to_owned(),
        organisation_code: code,
        measure: key.measure.name(),
        population: key.population.map(|population| population.name()),
        counted: key.counted.join(" "),
        unit: key.unit,
        dimensions: key.dimensions.into_iter().map(|(dimension, label)| (dimension.name(), label)).collect(),
        cells: cells.into_iter().map(|(period, prints)| (period.label(), cell(prints))).collect(),
    }
}

fn cell(prints: Vec<Print>) -> Cell {
    let documents: BTreeSet<usize> = prints.iter().map(|print| print.document).collect();
    let values: BTreeSet<&str> = prints.iter().map(|print| print.value.as_str()).collect();
    let status = match (prints.len() > documents.len(), values.len() > 1) {
        (true, _) => Status::Several,
        (_, true) => Status::Restated,
        _ => Status::Printed,
    };
    let value = prints.first().map(|print| print.value.clone()).filter(|_| status != Status::Several);
    Cell { value, status, prints }
}

/// The name of a unit in the JSON.
fn unit_name(unit: Unit) -> String {
    serde_json::to_value(unit).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Row {
    /// What is counted, as one label: "complaints received, housing, stage 1".
    pub fn label(&self) -> String {
        let measure = (self.measure != "other").then(|| self.measure.replace('_', " "));
        let population = self.population.map(|population| format!("of {population}"));
        let labels = self.dimensions.iter().map(|(dimension, label)| match *dimension {
            "stage" => format!("stage {label}"),
            _ => label.replace('_', " "),
        });
        let counted = Some(self.counted.clone()).filter(|noun| !noun.is_empty());
        let unit = (self.unit != Unit::Count).then(|| unit_name(self.unit));
        let parts: Vec<String> =
            measure.into_iter().chain(population).chain(labels).chain(counted).chain(unit).collect();
        parts.join(", ")
    }

    /// Whether it has a name and something to compare: several periods, or several documents.
    pub fn compares(&self) -> bool {
        let named = self.measure != "other" || !self.dimensions.is_empty() || !self.counted.is_empty();
        let documents: BTreeSet<usize> =
            self.cells.values().flat_map(|cell| &cell.prints).map(|print| print.document).collect();
        named && (self.cells.len() > 1 || documents.len() > 1)
    }
}
