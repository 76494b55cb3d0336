use super::*;
use crate::model::statement::{RelationKind, Slot, Statement};
use crate::reconcile::claim::{Answer, Verdict};
use crate::reconcile::relation::{FigureId, OperandRole};
use crate::reconcile::sample;
use crate::report::panel::{Headline, Panel};
use serde_json::json;

#[test]
fn an_observation_has_a_place_an_id_and_an_interval() {
    let document = sample::document();
    let extract = serde_json::to_value(Extract::of(&document)).unwrap();
    assert_eq!(extract["schema_version"], 1);
    assert_eq!(extract["source"]["sha256"].as_str().unwrap().len(), 64);
    let share = &extract["observations"][3];
    assert_eq!(share["id"], "0123456789ab-l5c0");
    assert_eq!(share["value"], "65");
    assert_eq!(share["unit"], "percent");
    assert_eq!(share["qualifier"], "=");
    let interval = json!({"low": "64.5", "high": "65.5", "low_open": false, "high_open": false});
    assert_eq!(share["interval"], interval);
    let span = json!({"page": 1, "line": 5, "chars": [0, 3], "text": "65%"});
    assert_eq!(share["span"], span);
    assert_eq!(share.get("cell"), None);
    assert_eq!(share["confidence"], json!({"level": "doubtful", "reasons": ["lost-blank"]}));
}

#[test]
fn a_cell_s_observation_names_its_table_and_period() {
    let extract = serde_json::to_value(Extract::of(&sample::document())).unwrap();
    let cell = &extract["observations"][1];
    assert_eq!(cell["id"], "0123456789ab-t1r2c1");
    assert_eq!(cell["cell"], json!({"table": "t1", "row": 2, "col": 1}));
    assert_eq!(cell["period"], json!({"start": "2020-04-01", "end": "2021-03-31", "kind": "year"}));
    assert_eq!(cell["dimensions"], json!({"stage": {"raw": "Stage 2", "normalised": "2"}}));
    assert_eq!(cell["interval"]["low"], "8");
    let table = &extract["tables"][0];
    assert_eq!(table["bbox"], json!(null));
    assert_eq!(table.get("continues"), None);
    assert_eq!(table["spans"][0]["line_end"], 4);
    assert_eq!(table["spans"][0].get("text"), None);
}

#[test]
fn figures_of_one_cell_are_numbered() {
    let mut document = sample::document();
    let twin = document.figures[1].clone();
    let mut figures: Vec<_> = document.figures.into_iter().collect();
    figures.insert(2, twin);
    document.figures = figures.into();
    let ids = Ids::of(&document);
    assert_eq!(ids.get(1.into()).unwrap(), "0123456789ab-t1r2c1");
    assert_eq!(ids.get(2.into()).unwrap(), "0123456789ab-t1r2c1-2");
    assert_eq!(ids.get(99.into()), None);
}

#[test]
fn a_stated_share_names_its_whole() {
    let mut document = sample::document();
    let statement = Statement {
        kind: RelationKind::Ratio,
        slots: Vec::new(),
        direction: None,
        tokens: 0..0,
        phrases: Vec::new(),
        marks: Vec::new(),
    };
    document.stated.push(crate::model::document::Stated {
        statement,
        figures: vec![(Slot::Share, 3.into()), (Slot::Whole, 2.into())],
        facets: Default::default(),
        context: Default::default(),
        base_period: None,
        block: 0.into(),
        place: sample::place(5, 0, 3),
        text: String::new(),
    });
    let extract = Extract::of(&document);
    assert_eq!(extract.observations[3].denominator.as_deref(), Some("0123456789ab-t1r3c1"));
}

#[test]
fn open_bounds_and_marks_keep_their_meaning() {
    let mut document = sample::document();
    document.figures[0].quantity.qualifier = crate::model::quantity::Qualifier::Under;
    document.figures[1].quantity.qualifier = crate::model::quantity::Qualifier::Suppressed;
    document.figures[1].quantity.value = None;
    document.figures[2].quantity.qualifier = crate::model::quantity::Qualifier::NotRecorded;
    document.figures[2].quantity.value = None;
    let extract = Extract::of(&document);
    let under = &extract.observations[0];
    assert_eq!(under.qualifier.sign(), "<");
    assert!(under.interval.as_ref().unwrap().high_open);
    assert_eq!(extract.observations[1].value, None);
    assert_eq!(extract.observations[1].interval.as_ref().unwrap().high.as_deref(), Some("4"));
    assert_eq!(extract.observations[2].interval, None);
}

#[test]
fn an_answer_quotes_the_published_figure_and_its_operands() {
    let documents = [sample::document()];
    let answer = serde_json::to_value(CheckAnswer::of(&documents, &sample::answer())).unwrap();
    let claim = &answer["claims"][0];
    assert_eq!(claim["verdict"], "inconsistent");
    assert_eq!((answer["schema_version"].as_u64(), claim.get("mode")), (Some(1), None));
    assert_eq!(claim["spans"][0]["text"], "25");
    assert_eq!(claim["operands"][1]["role"], "part");
    assert_eq!(claim["operands"][1]["observation"], "0123456789ab-t1r1c1");
    assert_eq!(claim["operands"][1]["value"], "15");
    assert_eq!(claim["operands"][1]["span"], json!({"page": 1, "line": 2}));
    let finding = &answer["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["name"], "column-total");
    assert_eq!(finding["claim_ids"], json!(["c1"]));
    assert_eq!(finding["spans"].as_array().unwrap().len(), 1);
    assert_eq!(answer["coverage"]["not_checkable"]["stated once"], 1);
}

#[test]
fn spans_name_their_document_where_there_are_several() {
    let documents = [sample::document(), sample::document()];
    let answer = serde_json::to_value(CheckAnswer::of(&documents, &sample::answer())).unwrap();
    let claim = &answer["claims"][0];
    assert_eq!(claim["spans"][0]["path"], "town/report.txt");
    assert_eq!(claim["operands"][1]["span"]["path"], "town/report.txt");
}

#[test]
fn what_is_made_as_it_is_written_is_the_same() {
    let mut document = sample::document();
    document.diagnostics.push(crate::model::diagnostic::Diagnostic {
        code: "long-line",
        severity: error::Severity::Warning,
        message: "a long line".into(),
        place: Some(sample::place(5, 0, 3)),
    });
    let whole = serde_json::to_string(&Extract::of(&document)).unwrap();
    assert_eq!(serde_json::to_string(&ExtractOf(&document)).unwrap(), whole);
    let (documents, answer) = ([document], sample::answer());
    let whole = serde_json::to_string(&CheckAnswer::of(&documents, &answer)).unwrap();
    let view = CheckAnswerOf { documents: &documents, answer: &answer, unread: &[], left_out: None };
    assert_eq!(serde_json::to_string(&view).unwrap(), whole);
}

#[test]
fn an_operand_that_is_not_there_is_left_out() {
    let mut answer = Answer { ..sample::answer() };
    answer.claims[0].operands = vec![(OperandRole::Total, FigureId::of(7, 0.into()))];
    let public = CheckAnswer::of(&[sample::document()], &answer);
    assert!(public.claims[0].operands.is_empty());
    assert_eq!(public.claims[0].verdict, Verdict::Inconsistent);
}

/// What the commands print in JSON.
#[derive(serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
#[schemars(title = "crossfoot output, version 1")]
#[allow(dead_code, reason = "only its schema is used")]
enum Output {
    /// `crossfoot extract FILE`
    Extract(Box<Extract>),
    /// `crossfoot extract` with a directory, a pattern or several files
    Extracts(Vec<Extract>),
    /// `crossfoot check`
    Check(CheckAnswer),
    /// `crossfoot compare`
    Compare(Panel),
    /// `crossfoot compare --headlines`
    Headlines(Vec<Headline>),
}

/// The schema that is printed is that of the types. With `UPDATE_DOCS=1` in the environment it is written instead.
#[test]
fn heads_and_places_that_reach_beyond_a_document_end_with_it() {
    let mut document = sample::document();
    let whole = document.to_json();
    for table in document.tables.iter_mut() {
        (table.header_rows, table.header_cols) = (usize::MAX, usize::MAX);
        table.place.line_end = u32::MAX;
    }
    let json = document.to_json();
    assert_ne!(json, whole);
    assert!(json.contains("Stage 1"), "{json}");
}

#[test]
fn the_schema_is_that_of_the_types() {
    // The schema describes what is written: a key that may be left out is not required, and a key that is always
    // there but may be null is.
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Output>().to_value();
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write("src/report/schema/schema.json", &text).unwrap();
    } else {
        assert!(text == JSON_SCHEMA, "schema.json is stale: run the tests with UPDATE_DOCS=1");
    }
    let names = schema["$defs"].as_object().unwrap();
    for name in ["Extract", "CheckAnswer", "Observation", "Span", "Finding", "Panel", "Headline"] {
        assert!(names.contains_key(name), "{name}");
    }
    assert_eq!(schema["anyOf"].as_array().unwrap().len(), 5);
}
