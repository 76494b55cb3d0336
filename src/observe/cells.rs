//! Makes figures of the cells of tables, with the facets that their row, their column and their caption tell.

mod heads;
mod listed;
mod recovered;
mod repeated;
mod weighted;

use self::heads::{Head, head, scale_in};
pub(super) use self::weighted::Weighted;
use super::Known;
use super::breakdown;
use super::meaning::{Meaning, Words};
use super::money;
use super::reporting::Reporting;
use crate::lex::numeral::{Conventions, Numeral, Sign, idle_zeros, read as read_cell, to_one, whole};
use crate::model::exact::Exact;
use crate::model::facets::{Common, Dimension, Facets, Label, Measure};
use crate::model::figure::{Figure, Home, Method, RECOVERED, Role};
use crate::model::ids::TableIdx;
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::table::{Cell, Form, Table};
use crate::pack::pack;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// A table, with what is around it.
pub(super) struct Of<'a> {
    /// Its number in the document.
    pub index: TableIdx,
    pub table: &'a Table,
    /// Its caption, or the nearest words above it.
    pub over: &'a str,
    /// What its caption and the headings above it say.
    pub context: &'a Facets,
    pub reporting: Reporting,
}

/// Reads the figures of one table.
pub(super) fn read(of: &Of, words: &Words, known: &Known, into: &mut Vec<Figure>) {
    let &Of { index, table, over, context, reporting } = of;
    let columns: Vec<Head> = (0..table.cols)
        .map(|col| head(&column_texts(table, col), words, reporting.year).called(Dimension::Column))
        .collect();
    let classes = breakdown::classes(table, over);
    let minus = columns_with_minus(table);
    let signed = SignedLines::of(table);
    let amounts = money::columns(table, known.sheet_name(table.place));
    let lists = listed::columns(table);
    let weighted = known.weighted.of(table);
    let idle = idle_zeros_by_column(table);
    let scale = scale_of(table);
    let conventions = |cell: &Cell, brackets: bool| {
        let known = known.conventions(cell.passage.whole());
        Conventions { brackets: known.brackets || brackets, ..known }
    };
    let in_brackets = |cell: &Cell| conventions(cell, minus.get(cell.col()).copied().unwrap_or(false));
    let recovered = recovered::recovered(table, in_brackets);
    let mut row_head = (usize::MAX, Rc::new(RowHead::default()));
    let mut group = vec![""; table.header_cols];
    let mut shared = Common::default();
    let mut alike: FxHashMap<Vec<Option<&str>>, Rc<RowHead>> = FxHashMap::default();
    for cell in table
        .cells
        .iter()
        .filter(|c| !c.header && c.row() >= table.header_rows && c.col() >= table.header_cols)
    {
        if row_head.0 != cell.row() {
            let texts: Vec<Option<&str>> = head_texts(table, cell.row()).collect();
            go_on(&mut group, &texts);
            let read = || {
                let mut head = head(&row_texts(table, cell.row()), words, reporting.year);
                head.open = labels_of_row(&group, &classes, &head, words);
                head.unweighted |=
                    weighted && labels(table, cell.row()).any(|l| pack().heads.unweighted.within(&l));
                // A single day tells when something happened that the row lists, such as a payment. It is no period.
                head.period = head.period.filter(|period| period.start < period.end);
                Rc::new(RowHead { head, figures: RefCell::default() })
            };
            let key = || texts.iter().copied().chain(group.iter().map(|text| Some(*text))).collect();
            let read = match alike.len() {
                _ if weighted => read(),
                ..MOST_ALIKE => Rc::clone(alike.entry(key()).or_insert_with(read)),
                _ => alike.get(&key()).map_or_else(read, Rc::clone),
            };
            row_head = (cell.row(), read);
        }
        let Some(column) = columns.get(cell.col()) else { continue };
        let brackets = minus.get(cell.col()).copied().unwrap_or(false);
        let money = amounts.get(cell.col()) == Some(&true);
        let signs = signed.several(cell);
        let row = &row_head.1;
        let reader = CellReader {
            known,
            words,
            brackets,
            money,
            signs,
            weighted,
            idle: idle.get(cell.col()).copied().unwrap_or(0),
            scale,
            recovered: &recovered,
            index,
            table,
            row: &row.head,
            of_row: &row.figures,
            column,
            context,
            reporting,
        };
        let first = into.len();
        reader.read(cell, &mut shared, into);
        if into.len() == first && lists.get(cell.col()) == Some(&true) {
            reader.read_list(cell, words, &mut shared, into);
        }
    }
}

/// What the heads of a row say, and what follows for the figures beside them. Rows that are called the same share both: a
/// long list has thousands of rows for each of a few names.
#[derive(Default)]
struct RowHead {
    head: Head,
    figures: RefCell<Told>,
}

/// The facets of the figures of a row, by column and unit.
type Told = FxHashMap<(usize, Unit), Facets>;

/// So many rows that are called differently are kept in mind.
const MOST_ALIKE: usize = 10_000;

/// How many zeros stand at the end of all shares of each column.
fn idle_zeros_by_column(table: &Table) -> Vec<u8> {
    let mut shares: Vec<Vec<&str>> = vec![Vec::new(); table.cols];
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.passage.text.contains('%')) {
        shares.get_mut(cell.col()).into_iter().for_each(|column| column.push(&cell.passage.text));
    }
    shares.into_iter().map(|column| u8::try_from(idle_zeros(column.into_iter())).unwrap_or(0)).collect()
}

/// How many cells with a printed sign stand in each row and in each column of a table, numbers and percentages apart.
struct SignedLines {
    rows: Vec<[usize; 2]>,
    cols: Vec<[usize; 2]>,
}

impl SignedLines {
    fn of(table: &Table) -> SignedLines {
        let mut lines = SignedLines { rows: vec![[0; 2]; table.rows], cols: vec![[0; 2]; table.cols] };
        for cell in table.cells.iter().filter(|cell| !cell.header && has_sign(&cell.passage.text)) {
            let kind = usize::from(cell.passage.text.contains('%'));
            for line in [lines.rows.get_mut(cell.row()), lines.cols.get_mut(cell.col())].into_iter().flatten()
            {
                line.get_mut(kind).into_iter().for_each(|signed| *signed += 1);
            }
        }
        lines
    }

    /// Whether others in the row or the column of a cell have a sign as well: one number alone with a minus is a correction
    /// among counts and no change.
    fn several(&self, cell: &Cell) -> bool {
        let kind = usize::from(cell.passage.text.contains('%'));
        let more = |lines: &[[usize; 2]], at: usize| {
            lines.get(at).and_then(|line| line.get(kind)).is_some_and(|signed| *signed > 1)
        };
        more(&self.rows, cell.row()) || more(&self.cols, cell.col()) || self.rows.len() <= SMALL
    }
}

/// In a table of so few rows, heads included, one sign is as many as there can be.
const SMALL: usize = 3;

fn has_sign(text: &str) -> bool {
    text.trim_start().starts_with(['-', '+'])
}

/// The power of ten that the title or a note of a table says its numbers are in.
fn scale_of(table: &Table) -> Option<u8> {
    let around = table.title.iter().chain(&table.notes);
    around.into_iter().find_map(|passage| scale_in(&passage.text.to_lowercase()))
}

/// The texts of a row, folded.
fn labels(table: &Table, row: usize) -> impl Iterator<Item = String> {
    let texts = (0..table.cols).map(move |col| table.text(row, col)).filter(|text| !text.is_empty());
    texts.map(str::to_lowercase)
}

/// The columns in which brackets around a number mean a minus: those in which numbers of the same kind also stand
/// without brackets. Where all numbers of a column are in brackets, they are second values: "(16%)" beside 15.
fn columns_with_minus(table: &Table) -> Vec<bool> {
    let conventions = Conventions { brackets: true, ..Conventions::default() };
    // By column, for counts and for shares: how many numbers are in brackets, and how many are not.
    let mut tallies = vec![[[0_usize; 2]; 2]; table.cols];
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.row() >= table.header_rows) {
        let Some(numeral) = whole(cell.passage.text.trim(), &conventions) else { continue };
        let [counts, shares] = match tallies.get_mut(cell.col()) {
            Some(tally) => tally,
            None => continue,
        };
        let [within, without] = if numeral.quantity.unit == Unit::Percent { shares } else { counts };
        *(if numeral.sign == Sign::Brackets { within } else { without }) += 1;
    }
    let all_explained = |kinds: [[usize; 2]; 2]| {
        kinds.iter().any(|[within, _]| *within > 0)
            && kinds.iter().all(|[within, without]| *within <= BRACKETED * without)
    };
    tallies.into_iter().map(all_explained).collect()
}

/// Brackets mean a minus only in a column that has at most this many numbers in brackets for each number without. The
/// accounts and columns of changes that were looked at all keep to it.
const BRACKETED: usize = 3;

fn column_texts(table: &Table, col: usize) -> Vec<&str> {
    (0..table.header_rows).filter_map(|row| table.at(row, col)).map(|c| c.passage.text.as_str()).collect()
}

fn row_texts(table: &Table, row: usize) -> Vec<&str> {
    head_texts(table, row).flatten().collect()
}

/// The texts of the head columns of a row, where there are cells.
fn head_texts(table: &Table, row: usize) -> impl Iterator<Item = Option<&str>> {
    (0..table.header_cols).map(move |col| table.at(row, col).map(|cell| cell.passage.text.as_str()))
}

fn join<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Takes the heads of a row into those of the row above. Where the first of them are blank, those of the row above go on.
fn go_on<'a>(group: &mut [&'a str], texts: &[Option<&'a str>]) {
    let first = texts.iter().position(|text| text.is_some_and(|text| !text.trim().is_empty()));
    for (own, text) in group.iter_mut().zip(texts).skip(first.unwrap_or_default()) {
        *own = text.unwrap_or_default();
    }
}

/// The labels of a row, each of the class of its column. `group` has its heads.
fn labels_of_row(
    group: &[&str],
    classes: &[Dimension],
    head: &Head,
    words: &Words,
) -> Vec<(Dimension, Arc<Label>)> {
    if let [class] = classes {
        return head.label.iter().map(|label| (*class, Arc::clone(label))).collect();
    }
    let facets = head.meaning.facets(Unit::Count);
    let label = |(class, text): (&Dimension, &&str)| {
        Some((*class, breakdown::label(text, &words.lex_label(text), &facets, None)?))
    };
    let mut labels: Vec<(Dimension, Arc<Label>)> = Vec::new();
    for (class, label) in classes.iter().zip(group.iter()).filter_map(label) {
        match labels.last_mut() {
            // Labels of no class are one label of the figures of the row, which share it.
            Some((Dimension::Other, before)) if class == Dimension::Other => {
                *before = Arc::new(breakdown::joined(before, &label));
            }
            _ => labels.push((class, label)),
        }
    }
    labels
}

struct CellReader<'a> {
    known: &'a Known<'a>,
    words: &'a Words<'a>,
    /// Brackets in this column mean a minus.
    brackets: bool,
    /// Its plain numbers are amounts of money.
    money: bool,
    /// Others in its row or its column have a printed sign too.
    signs: bool,
    /// Its counts are of weighted answers.
    weighted: bool,
    /// How many zeros end all shares of its column.
    idle: u8,
    /// The power of ten that its whole table is in.
    scale: Option<u8>,
    /// The broken numerals of the table that totals prove.
    recovered: &'a HashMap<(usize, usize), Numeral>,
    index: TableIdx,
    table: &'a Table,
    row: &'a Head,
    /// Of the figures of rows that are called like this one.
    of_row: &'a RefCell<Told>,
    column: &'a Head,
    context: &'a Facets,
    reporting: Reporting,
}

impl CellReader<'_> {
    fn read(&self, cell: &Cell, shared: &mut Common, into: &mut Vec<Figure>) {
        let text = &cell.passage.text;
        let known = self.known.conventions(cell.passage.whole());
        let conventions = Conventions { brackets: known.brackets || self.brackets, ..known };
        let is_ratio = self.row.ratio || self.column.ratio;
        let ratio = Some(()).filter(|()| is_ratio).and_then(|()| to_one(text, &conventions));
        let mut numerals =
            ratio.map_or_else(|| read_cell(text, &conventions).numerals, |numeral| vec![numeral]);
        if numerals.is_empty() {
            numerals.extend(self.number_by_its_label(cell, &conventions));
        }
        let recovered = self.recovered.get(&(cell.row(), cell.col()));
        if let Some(numeral) = recovered {
            numerals = vec![numeral.clone()];
        }
        for (part, numeral) in numerals.into_iter().enumerate() {
            let place = cell.passage.place(numeral.range);
            let quantity = self.with_unit(numeral.quantity, part);
            let mut of_row = self.of_row.borrow_mut();
            let facets = of_row
                .entry((cell.col(), quantity.unit))
                .or_insert_with(|| self.facets(quantity.unit).shared(shared));
            let facets = facets.clone();
            let mut misread = self.known.doubts(place);
            misread.extend(recovered.map(|_| RECOVERED));
            into.push(Figure {
                role: self.role(&quantity, &cell.passage.text),
                facets,
                context: self.context.clone(),
                words: [self.row.text.clone(), self.column.text.clone()],
                home: Home::Cell {
                    table: self.index,
                    row: cell.row(),
                    col: cell.col(),
                    part: u16::try_from(part).unwrap_or(u16::MAX),
                },
                place,
                method: Method::Table,
                misread: !misread.is_empty(),
                doubts: self.doubts(cell).into_iter().chain(misread).collect(),
                scale: self.scale_of(&quantity),
                quantity,
            });
        }
    }

    /// Why it is not certain that a cell holds this value: blank cells were lost in print, and other placements of
    /// the row's values are possible.
    fn doubts(&self, cell: &Cell) -> Option<&'static str> {
        let lost = self.table.lost_blanks.iter().find(|lost| lost.row == cell.row());
        let moves = lost.is_some_and(|lost| {
            let nth = |columns: &Vec<usize>| columns.iter().position(|col| *col == cell.col());
            let places: Vec<_> = lost.columns.iter().map(nth).collect();
            places.windows(2).any(|pair| pair.first() != pair.last())
        });
        moves.then_some("blanks were lost in its row: its column is not certain")
    }

    /// Gives a bare number the unit of its row's or column's head. The second number of a cell keeps its own unit.
    fn with_unit(&self, mut quantity: Quantity, part: usize) -> Quantity {
        if quantity.unit == Unit::Count && part == 0 && quantity.qualifier != Qualifier::NotApplicable {
            let money = (self.money && !self.names_measure()).then_some(self.known.currency);
            let told = [self.row, self.column].into_iter().find_map(|head| Some((head.unit?, head.tens)));
            let (unit, tens) = told.unwrap_or((money.unwrap_or(Unit::Count), 0));
            quantity.unit = unit;
            quantity.decimals = quantity.decimals.saturating_add(tens);
            quantity.value = quantity.value.map(|value| &value * &Exact::ten_to(-i32::from(tens)));
        }
        if quantity.unit == Unit::Percent && quantity.decimals >= self.idle {
            quantity.decimals -= self.idle;
        }
        let weighted = self.weighted && !self.row.unweighted && !self.column.unweighted;
        let scaled = self.scale().is_some();
        let mean = self.row.mean || self.column.mean;
        quantity.rounded |= (weighted || scaled || mean) && quantity.unit == Unit::Count;
        quantity.rounded |= scaled && quantity.unit.is_money();
        quantity
    }

    /// The power of ten that the nearest head names.
    fn scale(&self) -> Option<u8> {
        self.row.scale.or(self.column.scale).or(self.scale)
    }

    /// The power of ten of what is not printed in one by itself: of counts and money, and not of shares beside them.
    fn scale_of(&self, quantity: &Quantity) -> u8 {
        let takes = quantity.scale == 0 && (quantity.unit == Unit::Count || quantity.unit.is_money());
        self.scale().filter(|_| takes).unwrap_or(0)
    }

    fn names_measure(&self) -> bool {
        self.row.meaning.names_measure() || self.column.meaning.names_measure()
    }

    fn facets(&self, unit: Unit) -> Facets {
        self.facets_of(self.row.meaning.clone(), unit)
    }

    /// The facets of a figure whose row, and what names it in its cell, mean this.
    fn facets_of(&self, mut meaning: Meaning, unit: Unit) -> Facets {
        meaning.inherit(&self.column.meaning);
        meaning.topic.extend(&self.column.meaning.topic);
        let staged = meaning.is_staged();
        if self.context.measure.is_of_ombudsman() && !staged {
            meaning.govern_by_ombudsman();
        }
        let mut facets = self.words.facets(&meaning, unit);
        // The caption tells what is counted, unless the heads of the cell name a stage: then complaints are counted.
        let captioned = self.context.measure != Measure::Other && !staged;
        if !meaning.names_measure() && unit == Unit::Count && captioned {
            facets.measure = self.context.measure;
            facets.several = self.context.several;
        }
        let known = facets.dimensions.clone();
        for (class, label) in self.row.open.iter().chain(&self.column.open) {
            breakdown::add(&mut facets.wording_mut().open, &known, *class, label);
        }
        let stated = self.period();
        facets.period = stated.or(self.context.period).or(self.reporting.span);
        facets.period_stated = stated.is_some();
        facets
    }

    /// The period that the heads name. A quarter or a month is one of the year that the other head or the caption names.
    fn period(&self) -> Option<Period> {
        let year = |head: &Head| {
            head.period.filter(|period| head.within.is_none() && period.kind == PeriodKind::Year)
        };
        let captioned = || {
            self.context.period.filter(|period| self.context.period_stated && period.kind == PeriodKind::Year)
        };
        let part = |head: &Head, other: &Head| head.within?.resolve(year(other).or_else(captioned));
        part(self.row, self.column)
            .or_else(|| part(self.column, self.row))
            .or(self.row.period)
            .or(self.column.period)
    }

    fn role(&self, quantity: &Quantity, text: &str) -> Role {
        let says = |text: &str| pack().heads.changed.within(&text.to_lowercase());
        let says_change = text.contains(['↑', '↓']) || text.contains(char::is_alphabetic) && says(text);
        // In a report a printed sign means a change. A sheet may hold negative numbers of any kind.
        let signed = self.table.form != Form::Sheet
            && self.signs
            && has_sign(text)
            && quantity.value.as_ref().is_some_and(|v| !v.is_zero());
        if says_change || signed || self.column.change || self.row.change {
            Role::Change
        } else if self.column.meaning.target || self.row.meaning.target {
            Role::Target
        } else if matches!(quantity.unit, Unit::Percent | Unit::Ratio) || quantity.unit.people().is_some() {
            Role::Share
        } else {
            Role::Value
        }
    }
}
