//! What comparable councils are compared by: the same few figures of each, with what was not found and why.

use super::is_result;
use crate::model::document::Document;
use crate::model::facets::{Dimension, Measure, Population};
use crate::model::figure::Figure;
use crate::model::key::Key;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::report::schema::Span;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One figure by which bodies are compared.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Headline {
    /// The body's name.
    pub organisation: String,
    /// Its GSS code, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_code: Option<String>,
    /// The period that its latest report is on; empty where no report says it.
    pub period: String,
    /// What is compared: "complaints received".
    pub indicator: &'static str,
    /// The value; none where it was not found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

/// What makes a figure the one that is meant: all that its key says.
struct Indicator {
    name: &'static str,
    units: &'static [Unit],
    fits: fn(&Key) -> bool,
}

/// A figure of all cases, not of a service, a stage or a group.
fn is_of_all(key: &Key) -> bool {
    key.dimensions.is_empty()
}

/// Of all cases, or of all at stage 1, which is where every complaint begins.
fn is_of_all_or_first(key: &Key) -> bool {
    is_of_all(key)
        || key.dimensions.len() == 1
            && key.dimensions.get(&Dimension::Stage).is_some_and(|stage| stage == "1")
}

fn is_upheld(key: &Key) -> bool {
    let outcome = key.dimensions.get(&Dimension::Outcome).is_some_and(|outcome| outcome == "upheld");
    outcome && key.dimensions.len() == 1 && key.measure != Measure::OmbudsmanReceived
}

fn is_escalated(key: &Key) -> bool {
    let stage = key.dimensions.get(&Dimension::Stage).is_some_and(|stage| stage == "2");
    let received = matches!(key.measure, Measure::ComplaintsReceived | Measure::Other);
    stage && key.dimensions.len() == 1 && received
        || key.population == Some(Population::Escalated) && is_of_all(key)
}

const INDICATORS: [Indicator; 9] = [
    Indicator {
        name: "complaints received",
        units: &[Unit::Count],
        fits: |key| key.measure == Measure::ComplaintsReceived && is_of_all_or_first(key),
    },
    Indicator { name: "upheld, percent", units: &[Unit::Percent], fits: is_upheld },
    Indicator {
        name: "answered in time, percent",
        units: &[Unit::Percent],
        fits: |key| key.measure == Measure::OnTime && is_of_all(key),
    },
    Indicator {
        name: "average days to an answer",
        units: &[Unit::Days, Unit::WorkingDays],
        fits: |key| key.measure == Measure::AvgDays && is_of_all(key),
    },
    Indicator { name: "taken to stage 2", units: &[Unit::Count], fits: is_escalated },
    Indicator {
        name: "received by the ombudsman",
        units: &[Unit::Count],
        fits: |key| key.measure == Measure::OmbudsmanReceived && is_of_all(key),
    },
    Indicator {
        name: "upheld by the ombudsman",
        units: &[Unit::Count],
        fits: |key| key.measure == Measure::OmbudsmanUpheld && is_of_all(key),
    },
    Indicator {
        name: "compensation",
        units: &[Unit::Gbp],
        fits: |key| key.measure == Measure::Compensation && is_of_all(key),
    },
    Indicator {
        name: "complaints per thousand or hundred thousand people",
        units: &[Unit::Per1000, Unit::Per100000],
        fits: is_of_all,
    },
];

/// The figures by which bodies are compared, of each body for the period of its latest report, in the order of their names.
pub fn headlines(documents: &[Document]) -> Vec<Headline> {
    let mut bodies: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        if let Some(name) = document.organisation() {
            bodies.entry(name).or_default().push(document);
        }
    }
    bodies.into_iter().flat_map(|(name, documents)| of_body(name, &documents)).collect()
}

fn of_body(name: &str, documents: &[&Document]) -> Vec<Headline> {
    let period = documents.iter().filter_map(|d| d.period).max_by_key(|period| (period.end, period.start));
    let code = documents.iter().filter_map(|d| d.about.organisation.as_ref()?.value.code.clone()).next();
    let blank = |indicator: &Indicator| Headline {
        organisation: name.to_owned(),
        organisation_code: code.clone(),
        period: period.map_or_else(String::new, |period| period.label()),
        indicator: indicator.name,
        value: None,
        span: None,
        missing: None,
    };
    let told = |indicator: &Indicator| match found(name, documents, indicator, period) {
        Ok((document, figure)) => {
            let span = Span { chars: None, ..Span::of(document, figure.place) }.in_document(document);
            let value = figure.amount().map(|value| value.to_string());
            Headline { value, span: Some(span), ..blank(indicator) }
        }
        Err(why) => Headline { missing: Some(why), ..blank(indicator) },
    };
    INDICATORS.iter().map(told).collect()
}

/// The figure that is meant, or why there is none.
fn found<'a>(
    name: &str,
    documents: &[&'a Document],
    indicator: &Indicator,
    period: Option<Period>,
) -> Result<(&'a Document, &'a Figure), String> {
    let period = period.ok_or("no report says which period it is on")?;
    let each =
        documents.iter().flat_map(|document| document.figures.iter().map(move |figure| (*document, figure)));
    let fitting: Vec<(&Document, &Figure, Option<Period>)> = each
        .filter(|(_, figure)| is_result(figure) && indicator.units.contains(&figure.quantity.unit))
        .map(|(document, figure)| (document, figure, Key::of(Some(name), figure).unplaced()))
        .filter(|(_, _, key)| (indicator.fits)(key))
        .map(|(document, figure, key)| (document, figure, key.period))
        .collect();
    let mut own: Vec<_> = fitting.iter().filter(|(_, _, of)| *of == Some(period)).collect();
    // Of several counts the largest is that of all cases: the others are of some of them.
    if own.iter().all(|(_, figure, _)| figure.quantity.unit == Unit::Count) {
        let most = own.iter().filter_map(|(_, figure, _)| figure.amount()).max();
        own.retain(|(_, figure, _)| figure.amount() == most);
    }
    let values: BTreeSet<String> =
        own.iter().filter_map(|(_, figure, _)| figure.amount().map(|value| value.to_string())).collect();
    match (own.first(), fitting.iter().find_map(|(_, _, of)| *of)) {
        (Some((document, figure, _)), _) if values.len() == 1 => Ok((document, figure)),
        (Some(_), _) => {
            Err(format!("several values are printed: {}", values.into_iter().collect::<Vec<_>>().join(", ")))
        }
        (None, Some(other)) => Err(format!("printed for {}, not for {}", other.label(), period.label())),
        (None, None) => Err("not printed as a figure of all cases".to_owned()),
    }
}
