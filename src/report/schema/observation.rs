//! Observations: one published figure each, the tidy row.

use super::heads::Heads;
use super::span::short_hash;
use super::table::Pieces;
use super::{Span, table};
use crate::model::arena::Arena;
use crate::model::document::Document;
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Label, Measure, Population};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::period::PeriodKind;
use crate::model::quantity::{Quantity, Unit};
use crate::model::statement::Slot;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// One published figure.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Observation {
    /// The document's hash (12 digits) and where the figure stands (line and character, or table, row and column):
    /// `283bdf4afd1d-l12c3`, `283bdf4afd1d-t2r3c1`. A second figure of the same place ends with `-2`.
    pub id: String,
    /// The body that the document reports on.
    pub organisation: Option<Organisation>,
    /// What is measured.
    pub measure: Measure,
    /// What it is called, in printed words and without its value: the heads of its row and column, or the noun phrase that
    /// a sentence has for it.
    pub raw_label: String,
    /// What its row is called: the labels from the left, between slashes. Left out where the row has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_header: Option<String>,
    /// What its column is called: the heads from the top, between slashes. Left out where the column has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub col_header: Option<String>,
    /// What its table is called: the title, else the headings right above it. Left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_title: Option<String>,
    /// What it is a count or a share of; null where unknown.
    pub population: Option<Population>,
    /// How it is broken down.
    pub dimensions: BTreeMap<Dimension, Label>,
    /// The period that it is for; null where unknown.
    pub period: Option<Period>,
    /// An exact decimal; a fraction printed in words ("a third") is given to twelve decimals. Null for a mark that
    /// stands for no value.
    pub value: Option<String>,
    /// The power of ten that the value and its interval are printed in: 6 of "£2.3 million", whose value is 2.3, 3 under a head
    /// "£000". Left out where it is 0.
    #[serde(skip_serializing_if = "is_nought")]
    #[cfg_attr(test, schemars(extend("maximum" = 9)))]
    pub scale: u8,
    /// Of a spreadsheet: the number as it is stored, where the cell does not show all of it ("0.1159" for 12%).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored: Option<String>,
    /// What the value counts.
    pub unit: Unit,
    /// How the printed value relates to the true one; the bounds are in `interval`.
    pub qualifier: Qualifier,
    /// What the true value can be, by what is printed; null where nothing is known of it.
    pub interval: Option<Interval>,
    /// What the figure is for.
    pub role: Role,
    /// The observation that a share is stated to be a share of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// The period from which a change is stated to start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_period: Option<Period>,
    /// The cell it stands in; left out for figures of the prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellRef>,
    /// Of a spreadsheet: its row, column or sheet is hidden; else left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Where it stands.
    pub span: Span,
    /// The reader or phrase that gave it its meaning.
    pub method: String,
    /// How sure its reading is.
    pub confidence: Confidence,
}

/// A body that reports.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Organisation {
    /// The official name where the body is in the list of bodies, else its fullest name in the document.
    pub name: String,
    /// Its code in the register of the Office for National Statistics, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gss_code: Option<String>,
}

/// A stretch of time, both ends included.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Period {
    /// As printed; left out where the period was taken from the document's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub start: String,
    /// The last day, `YYYY-MM-DD`.
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub end: String,
    /// Its length and nature.
    pub kind: PeriodKind,
}

impl From<crate::model::period::Period> for Period {
    fn from(period: crate::model::period::Period) -> Period {
        let (start, end) = (period.start.to_string(), period.end.to_string());
        Period { raw: None, start, end, kind: period.kind }
    }
}

/// How a printed value relates to the true one. "At least" and "over" share a sign, as do "at most" and "under": the
/// interval tells them apart, as it tells a range or a nought that is only a dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// Printed plainly.
    #[serde(rename = "=")]
    Equal,
    /// About so much; a range; a dash for nought.
    #[serde(rename = "~")]
    About,
    /// More than so much, or at least so much.
    #[serde(rename = ">")]
    Over,
    /// Less than so much, or at most so much.
    #[serde(rename = "<")]
    Under,
    /// A mark that hides a small number.
    Suppressed,
    /// A mark that says the number was not kept.
    NotRecorded,
    /// A mark that says that there is no such number.
    NotApplicable,
}

impl Qualifier {
    /// As it stands in the JSON.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Qualifier::Equal => "=",
            Qualifier::About => "~",
            Qualifier::Over => ">",
            Qualifier::Under => "<",
            Qualifier::Suppressed => "suppressed",
            Qualifier::NotRecorded => "not_recorded",
            Qualifier::NotApplicable => "not_applicable",
        }
    }
}

impl From<&crate::model::quantity::Qualifier> for Qualifier {
    fn from(printed: &crate::model::quantity::Qualifier) -> Qualifier {
        use crate::model::quantity::Qualifier as Printed;
        match printed {
            Printed::Equal => Qualifier::Equal,
            Printed::About | Printed::Nearly | Printed::To(_) | Printed::Blank => Qualifier::About,
            Printed::Over | Printed::AtLeast => Qualifier::Over,
            Printed::Under | Printed::AtMost => Qualifier::Under,
            Printed::Suppressed => Qualifier::Suppressed,
            Printed::NotRecorded => Qualifier::NotRecorded,
            Printed::NotApplicable => Qualifier::NotApplicable,
        }
    }
}

/// An interval of values as decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Interval {
    /// Null: no lower bound.
    pub low: Option<String>,
    /// Null: no upper bound.
    pub high: Option<String>,
    /// `low` itself is not in it.
    pub low_open: bool,
    /// `high` itself is not in it.
    pub high_open: bool,
}

impl From<Domain> for Interval {
    fn from(domain: Domain) -> Interval {
        Interval {
            low: domain.low.map(|x| x.to_string()),
            high: domain.high.map(|x| x.to_string()),
            low_open: domain.low_open,
            high_open: domain.high_open,
        }
    }
}

/// A cell of a table of the same document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CellRef {
    /// The table's id.
    pub table: String,
    /// From 0, heads included.
    pub row: usize,
    /// From 0, heads included.
    pub col: usize,
}

/// How sure a reading is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Confidence {
    /// `doubtful` where there is a reason to doubt it.
    pub level: Level,
    /// The reasons; none for a sure reading.
    pub reasons: Vec<String>,
}

/// A degree of confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Read without a doubt.
    Sure,
    /// There is another way to read it.
    Doubtful,
}

/// The ids of a document's figures.
pub struct Ids<'a> {
    document: &'a Document,
    /// What they begin with.
    name: &'a str,
    ordinals: Arena<FigureIdx, u32>,
    pieces: Pieces,
}

impl<'a> Ids<'a> {
    /// Ids that begin with the document's hash.
    pub fn of(document: &'a Document) -> Ids<'a> {
        Ids::named(document, short_hash(document))
    }

    /// Gives numbers to figures that stand at the same place.
    pub fn named(document: &'a Document, name: &'a str) -> Ids<'a> {
        let mut places: Vec<(Locator, FigureIdx)> =
            document.figures.entries().map(|(index, figure)| (locator(figure), index)).collect();
        places.sort_unstable();
        let mut ordinals: Arena<FigureIdx, u32> = document.figures.ids().map(|_| 0).collect();
        for same in places.chunk_by(|a, b| a.0 == b.0) {
            for (nth, (_, index)) in (0..).zip(same) {
                ordinals.get_mut(index.index()).into_iter().for_each(|ordinal| *ordinal = nth);
            }
        }
        Ids { ordinals, document, name, pieces: Pieces::of(document) }
    }

    /// The printed table, row and column of the cell that a figure stands in.
    fn cell(&self, figure: &Figure) -> Option<(TableIdx, usize, usize)> {
        let Home::Cell { table, row, col, .. } = figure.home else { return None };
        Some(self.pieces.printed(self.document, (table, row, col)))
    }

    /// The id of the figure at an index of [`Document::figures`].
    pub fn get(&self, index: FigureIdx) -> Option<String> {
        let (figure, ordinal) = (self.document.figures.get(index)?, self.ordinals.get(index)?);
        let name = self.name;
        let nth = if *ordinal == 0 { String::new() } else { format!("-{}", ordinal + 1) };
        Some(match self.cell(figure) {
            Some((table, row, col)) => format!("{name}-{}r{row}c{col}{nth}", table::id(table)),
            None => format!("{name}-l{}c{}{nth}", figure.place.line, figure.place.start),
        })
    }
}

/// The numbers that tell figures of different places apart: table (from 1), row and column, or in prose 0, line and
/// character.
type Locator = (u32, u32, u32);

fn locator(figure: &Figure) -> Locator {
    let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match figure.home {
        Home::Cell { table, row, col, .. } => (short(table.index() + 1), short(row), short(col)),
        Home::Prose { .. } => (0, figure.place.line, figure.place.start),
    }
}

/// The public form of a document's figures, made one by one.
pub fn observations(document: &Document) -> impl Iterator<Item = Observation> {
    observations_named(document, short_hash(document))
}

/// The same with ids that begin with a name of the document.
pub fn observations_named<'a>(
    document: &'a Document,
    name: &'a str,
) -> impl Iterator<Item = Observation> + use<'a> {
    let ids = Ids::named(document, name);
    let stated = stated(document, &ids);
    let mut heads = Heads::of(document);
    document.figures.entries().map(move |(index, figure)| {
        let mut observation = one(document, &ids, index, figure);
        heads.name(&mut observation, figure);
        if let Some(link) = stated.get(&index) {
            observation.denominator = link.denominator.clone();
            observation.base_period = link.base_period.clone();
        }
        observation
    })
}

fn one(document: &Document, ids: &Ids<'_>, index: FigureIdx, figure: &Figure) -> Observation {
    let Figure { quantity, facets, .. } = figure;
    let sheet = document.sheet.as_ref().and_then(|sheet| Some((sheet, sheet.cell_at(figure.place)?)));
    Observation {
        id: ids.get(index).unwrap_or_default(),
        organisation: organisation(document),
        measure: figure.measure(),
        raw_label: if figure.name().is_empty() {
            figure.label().into_owned()
        } else {
            figure.name().to_owned()
        },
        row_header: None,
        col_header: None,
        table_title: None,
        population: figure.population(),
        dimensions: figure.labels().map(|(dimension, label)| (dimension, label.clone())).collect(),
        period: facets.period.map(Period::from),
        value: quantity.printed_value().map(|value| value.to_string()),
        scale: quantity.scale.max(figure.scale),
        stored: sheet.and_then(|(sheet, cell)| sheet.stored_at(cell)).map(|stored| stored.raw.clone()),
        unit: quantity.unit,
        qualifier: Qualifier::from(&quantity.qualifier),
        interval: interval(quantity),
        role: figure.role,
        denominator: None,
        base_period: None,
        cell: ids.cell(figure).map(|(table, row, col)| CellRef { table: table::id(table), row, col }),
        hidden: sheet.is_some_and(|(sheet, cell)| sheet.is_hidden(cell)),
        span: Span::of(document, figure.place),
        method: figure.method.name().to_owned(),
        confidence: confidence(figure),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_nought(scale: &u8) -> bool {
    *scale == 0
}

fn organisation(document: &Document) -> Option<Organisation> {
    let body = &document.about.organisation.as_ref()?.value;
    Some(Organisation { name: body.name.clone(), gss_code: body.code.clone() })
}

fn confidence(figure: &Figure) -> Confidence {
    let level = if figure.doubts.is_empty() { Level::Sure } else { Level::Doubtful };
    Confidence { level, reasons: figure.doubts.iter().map(|&doubt| doubt.to_owned()).collect() }
}

/// What a sentence states about the base of a share or a change.
#[derive(Default)]
struct Link {
    denominator: Option<String>,
    base_period: Option<Period>,
}

fn stated(document: &Document, ids: &Ids<'_>) -> HashMap<FigureIdx, Link> {
    let mut links: HashMap<FigureIdx, Link> = HashMap::new();
    for stated in &document.stated {
        let first = |slot| stated.figures.iter().find(|(s, _)| *s == slot).map(|&(_, figure)| figure);
        if let (Some(share), Some(whole)) = (first(Slot::Share), first(Slot::Whole)) {
            links.entry(share).or_default().denominator = ids.get(whole);
        }
        if let (Some(change), Some(before)) = (first(Slot::Change), first(Slot::Before)) {
            let period = document.figures.get(before).and_then(|figure| figure.facets.period);
            links.entry(change).or_default().base_period = period.map(Period::from);
        }
    }
    links
}

/// The values that the figure can have had before rounding. `None` for a mark that says that there is no number.
fn interval(quantity: &Quantity) -> Option<Interval> {
    use crate::model::quantity::Qualifier::{NotApplicable, NotRecorded};
    let none = matches!(quantity.qualifier, NotRecorded | NotApplicable);
    (!none).then(|| Interval::from(quantity.domain().scale(&Exact::ten_to(-i32::from(quantity.scale)))))
}
