//! A small document with its answer, for the tests of what is printed.

use super::claim::{Answer, Claim, Coverage, Finding, Severity, Verdict};
use super::relation::{FigureId, OperandRole};
use crate::model::about::{About, Basis, Body, Certainty, Kind, Told};
use crate::model::arena::Arena;
use crate::model::document::{Document, Origin};
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets, Label, Measure};
use crate::model::figure::{Figure, Home, Method, Role};
use crate::model::ids::TableIdx;
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::table::{Cell, Form, Table};
use crate::model::text::{Line, Passage, Place};

const LINES: [&str; 5] =
    ["Stage | 2020/21", "Stage 1 | 15", "Stage 2 | 8", "Total | 25", "65% were answered in time"];

/// A place on one line of page 1.
pub fn place(line: u32, start: u32, end: u32) -> Place {
    Place { page: 1, line, start, line_end: line, end }
}

fn line(number: u32, text: &str) -> Line {
    Line { number, page: 1, text: text.into(), printed: None, strides: None }
}

fn quantity(value: i128, unit: Unit) -> Quantity {
    let value = Some(Exact::from(value));
    Quantity {
        value,
        unit,
        qualifier: Qualifier::Equal,
        decimals: 0,
        scale: 0,
        spelled: false,
        rounded: false,
        step: None,
    }
}

fn year() -> Period {
    let (start, end) = (jiff::civil::date(2020, 4, 1), jiff::civil::date(2021, 3, 31));
    Period { start, end, kind: PeriodKind::Year }
}

fn in_cell(row: usize, value: i128, at: Place) -> Figure {
    let stage = Label { raw: format!("Stage {row}").into(), normalised: row.to_string().into() };
    let measure = Measure::ComplaintsReceived;
    let mut facets = Facets::default();
    (facets.measure, facets.period) = (measure, Some(year()));
    facets.dimensions.set(Dimension::Stage, stage.into());
    Figure {
        quantity: quantity(value, Unit::Count),
        scale: 0,
        facets,
        context: Default::default(),
        role: Role::Value,
        words: [format!("Stage {row}").into(), Default::default()],
        home: Home::Cell { table: TableIdx::default(), row, col: 1, part: 0 },
        place: at,
        method: Method::Table,
        doubts: Default::default(),
        misread: false,
    }
}

fn table() -> Table {
    let cells = LINES.iter().take(4).zip(1..).enumerate().flat_map(|(row, (text, number))| {
        let line = line(number, text);
        let bar = text.find('|').unwrap_or(text.len());
        let head = Passage::of(&line, 0..bar);
        let value = Passage::of(&line, bar + 1..text.len());
        [head, value]
            .into_iter()
            .enumerate()
            .map(move |(col, passage)| Cell::new(row, col, passage, row == 0 || col == 0))
    });
    Table {
        title: Some(Passage::of(&line(1, "Complaints by stage"), 0..19)),
        notes: Vec::new(),
        form: Form::Pipes,
        reasons: Vec::new(),
        rows: 4,
        cols: 2,
        header_rows: 1,
        header_cols: 1,
        total_rows: vec![3],
        total_cols: Vec::new(),
        cells: cells.collect(),
        tallest: 1,
        lost_blanks: Vec::new(),
        place: Place { page: 1, line: 1, start: 0, line_end: 4, end: 10 },
        continues: None,
    }
}

/// A table whose total is two too many, and a share that nothing can be compared with.
pub fn document() -> Document {
    let share = Figure {
        quantity: quantity(65, Unit::Percent),
        scale: 0,
        facets: Default::default(),
        context: Default::default(),
        role: Role::Share,
        words: ["answered in time".into(), Default::default()],
        home: Home::Prose { block: 1.into(), sentence: 0 },
        place: place(5, 0, 3),
        method: Method::Prose,
        doubts: ["lost-blank"].into(),
        misread: false,
    };
    Document {
        origin: Origin {
            path: "town/report.txt".into(),
            sha256: "0123456789abcdef".repeat(4),
            media_type: "text/plain",
            pages: 1,
            info: None,
        },
        lines: LINES.iter().zip(1..).map(|(text, number)| line(number, text)).collect(),
        boxes: Vec::new(),
        sheet: None,
        marked: false,
        blocks: Arena::default(),
        tables: vec![table()].into(),
        pieces: Arena::default(),
        figures: vec![
            in_cell(1, 15, place(2, 10, 12)),
            in_cell(2, 8, place(3, 10, 11)),
            in_cell(3, 25, place(4, 8, 10)),
            share,
        ]
        .into(),
        stated: Vec::new(),
        diagnostics: Vec::new(),
        period: Some(year()),
        about: about(),
        references: 2,
        rounding: None,
        left_out: Vec::new(),
    }
}

fn about() -> About {
    let told = |name: &str| Body {
        name: name.to_owned(),
        code: None,
        printed: name.to_owned(),
        key: name.to_lowercase(),
    };
    let (source, confidence) = (Basis::Title, Certainty::Sure);
    About {
        organisation: Some(Told { value: told("Anytown Council"), source, confidence }),
        kind: Some(Told { value: Kind::Report, source, confidence }),
        period: Some(Told { value: year(), source, confidence }),
    }
}

fn operand(role: OperandRole, figure: usize) -> (OperandRole, FigureId) {
    (role, FigureId::of(0, figure.into()))
}

/// What a check of [`document`] gives.
pub fn answer() -> Answer {
    let arithmetic = "15 + 8 = 23, printed 25".to_owned();
    let diagnosis = vec!["25 → 23 repairs it".to_owned()];
    let claim = Claim {
        id: "c1".into(),
        code: "CF101",
        verdict: Verdict::Inconsistent,
        mode: None,
        reason: None,
        published: "25".into(),
        computed: "23".into(),
        arithmetic: arithmetic.as_str().into(),
        document: 0,
        figure: None,
        place: place(4, 8, 10),
        operands: vec![
            operand(OperandRole::Total, 2),
            operand(OperandRole::Part, 0),
            operand(OperandRole::Part, 1),
        ],
        unprinted: None,
        diagnosis: diagnosis.clone(),
        severity: Some(Severity::Error),
        odds: crate::reconcile::evidence::Odds::default(),
    };
    let finding = Finding {
        id: "f1".into(),
        code: "CF101",
        severity: Severity::Error,
        message: "the total of 2020/21 is 25, its parts give 23".into(),
        arithmetic,
        diagnosis,
        claims: vec![0],
        root_cause: "c1".into(),
    };
    let not_checkable = [("stated once".to_owned(), 1)].into();
    let coverage = Coverage { figures: 4, checked: 3, not_checkable, references: 2 };
    Answer {
        claims: vec![claim],
        set_aside: Vec::new(),
        findings: vec![finding],
        coverage,
        copies: vec![None],
    }
}
