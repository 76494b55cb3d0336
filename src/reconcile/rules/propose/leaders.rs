//! What a sentence says of the place of several rows, or of one: "The two most common reasons were delay and conduct", "email
//! and telephone continue to be preferred", "Delay was the third most common reason".

use crate::model::document::Stated;
use crate::model::figure::Figure;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::likeness::{Said, words_of_label};
use crate::reconcile::relation::{FigureId, OperandRole, Reading, UNCERTAIN};
use std::collections::BTreeSet;

/// How many names of a sentence are looked at.
const NAMES: usize = 8;
/// How many lines of a table are looked at.
const LINES: usize = 60;
/// How many tables that have the names are tried.
const READINGS: usize = 4;
/// The part of the words of a head that must be said, so that all must.
const FULLY: f32 = 0.95;

/// Which place a superlative speaks of: the first, or the second of "the second most common". None where words around it take
/// it for one of several ("one of the most common"), so that no place is told.
pub(in crate::reconcile::rules) fn place(ledger: &Ledger, stated: &Stated) -> Option<u32> {
    let phrase = ledger.document.text_at(stated.place).to_lowercase();
    let text = stated.text.to_lowercase();
    let before = text.split_once(phrase.as_str()).map_or("", |(before, _)| before);
    let rules = &pack().rules;
    if rules.one_of_several.ends(before.trim_end()) || rules.some_place.begins(&phrase) {
        return None;
    }
    let ordinal = |word: &str| {
        let digits = word.find(|c: char| !c.is_ascii_digit()).and_then(|at| word.split_at_checked(at));
        let figure = digits.filter(|(_, ending)| pack().periods.ordinal_endings.has(ending));
        figure
            .and_then(|(number, _)| number.parse().ok())
            .or_else(|| pack().numerals.ordinals.get(word).map(|number| u32::from(*number)))
    };
    let within = phrase.split_whitespace().take(2).find_map(ordinal);
    let place = within.or_else(|| before.split_whitespace().next_back().and_then(ordinal));
    Some(place.unwrap_or(1).max(1))
}

/// A table with its cells, and which of its lines are ranked.
struct Ranked<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
    of_rows: bool,
}

/// Several lines that the sentence names, one after the other, against the other lines of their table: each is at least (at
/// most) each other line. Where the sentence says that this goes on, it is so for each period. A table far from the sentence,
/// or one of whose heads it says a part, can bear it out and not refute it, and "the main reasons" are not always the largest.
pub(in crate::reconcile::rules) fn several(
    ledger: &Ledger,
    stated: &Stated,
    near: &[TableIdx],
) -> Vec<Reading> {
    let readings = named(ledger, stated).into_iter().filter_map(|named| {
        let (table, grid) = ledger.document.tables.get(named.table).zip(ledger.grids.get(named.table))?;
        let ranked = Ranked { ledger, table, grid, of_rows: named.of_rows };
        let periods = ranked.periods(stated, &named.lines)?;
        let sure = near.contains(&named.table) && named.fully && !is_loose(ledger, stated) && periods.sure;
        Some(Reading { operands: periods.operands, cost: if sure { 0 } else { UNCERTAIN }, note: None })
    });
    let mut readings: Vec<Reading> = readings.collect();
    readings.sort_by_key(|reading| reading.cost);
    readings.truncate(READINGS);
    readings
}

/// Whether the superlative is a loose one: "the main reasons".
fn is_loose(ledger: &Ledger, stated: &Stated) -> bool {
    let phrase = ledger.document.text_at(stated.place).to_lowercase();
    phrase.split_whitespace().any(|word| pack().rules.loosely_ranked.has(word))
}

/// The lines of a table that a sentence names one after the other.
struct Named {
    table: TableIdx,
    of_rows: bool,
    lines: Vec<usize>,
    fully: bool,
}

/// Of each table the lines that the sentence names one after the other, from the superlative on; only where it names several.
fn named(ledger: &Ledger, stated: &Stated) -> Vec<Named> {
    let phrase = ledger.document.text_at(stated.place);
    let Some(at) = stated.text.find(phrase.as_str()) else { return Vec::new() };
    let rest = stated.text.get(at..).unwrap_or_default();
    let names: Vec<_> =
        parts(rest).into_iter().take(NAMES).map(|part| ledger.named_by(&Said::of(&part))).collect();
    let Some(first) = names.first() else { return Vec::new() };
    let tables: BTreeSet<(TableIdx, bool)> = first.iter().map(|line| (line.table, line.is_row)).collect();
    let each = tables.into_iter().filter_map(|(table, of_rows)| {
        let mut found = Named { table, of_rows, lines: Vec::new(), fully: true };
        for lines in &names {
            let own = || lines.iter().filter(|line| line.table == table && line.is_row == of_rows);
            // A name that several lines have names none of them.
            let (Some(line), 1) = (own().next(), own().count()) else { break };
            if found.lines.contains(&line.at) {
                break;
            }
            found.lines.push(line.at);
            found.fully &= line.named > FULLY;
        }
        (found.lines.len() > 1).then_some(found)
    });
    each.collect()
}

/// What stands between the commas and joints of a list, without what is in brackets, up to the end of its clause.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0u32;
    for word in text.split_whitespace() {
        let inside = depth > 0 || word.starts_with('(');
        depth = (depth + word.matches('(').count() as u32).saturating_sub(word.matches(')').count() as u32);
        let ends = word.ends_with([',', ';', '.', ':']);
        let joins = pack().rules.joins_names.has(&word.to_lowercase());
        if let Some(last) = parts.last_mut().filter(|_| !inside && !joins) {
            last.push_str(word.trim_end_matches([',', ';', '.', ':']));
            last.push(' ');
        }
        if depth == 0 && word.ends_with([';', '.']) {
            break;
        }
        if (joins || ends && depth == 0) && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// What a table says of its lines for one period or for several: for each the lines that are named, and then the others.
struct Periods {
    operands: Vec<(OperandRole, FigureId)>,
    /// Whether it is known which are meant.
    sure: bool,
}

impl Ranked<'_> {
    /// The cells of the lines that are named, with those of the others: of the period that the sentence speaks of, or of each
    /// period where it says that they lead as before.
    fn periods(&self, stated: &Stated, lines: &[usize]) -> Option<Periods> {
        let across = if self.of_rows {
            self.table.header_cols..self.table.cols
        } else {
            self.table.header_rows..self.table.rows
        };
        let all = across.take(LINES).filter(|at| self.of_rows || !self.table.is_total_row(*at));
        let all: Vec<(FigureIdx, Vec<_>)> = all.filter_map(|at| self.group(at, lines)).collect();
        let period = |index: FigureIdx| self.ledger.figure(index).map(|f| f.facets.period);
        let own = stated.facets.period.or(self.ledger.document.period);
        let of_own: Vec<_> = all.iter().filter(|(first, _)| period(*first) == Some(own)).collect();
        let distinct: BTreeSet<_> = all.iter().map(|(first, _)| period(*first).flatten()).collect();
        let dated =
            all.iter().all(|(first, _)| self.ledger.figure(*first).is_some_and(|f| f.facets.period_stated));
        let text = stated.text.to_lowercase();
        let goes_on = text.split(|c: char| !c.is_alphabetic()).any(|word| pack().rules.goes_on.has(word));
        if goes_on && dated && distinct.len() == all.len() && all.len() > 1 {
            let operands = all.into_iter().flat_map(|(_, operands)| operands).collect();
            return Some(Periods { operands, sure: true });
        }
        let sure = of_own.len() == 1 || of_own.is_empty() && all.len() == 1;
        let (_, operands) = of_own.first().copied().or(all.first())?;
        Some(Periods { operands: operands.clone(), sure })
    }

    /// The cells of the lines at one place: those that are named, and then the others. Where all are named, none leads.
    fn group(&self, at: usize, lines: &[usize]) -> Option<(FigureIdx, Vec<(OperandRole, FigureId)>)> {
        let cell =
            |line: usize| if self.of_rows { self.grid.first(line, at) } else { self.grid.first(at, line) };
        let named: Vec<FigureIdx> = lines.iter().map(|line| cell(*line)).collect::<Option<_>>()?;
        let first = self.ledger.figure(*named.first()?)?;
        let alike = |i: &FigureIdx| {
            self.ledger.figure(*i).is_some_and(|f| is_ranked(f) && f.quantity.unit == first.quantity.unit)
        };
        let rest: Vec<FigureIdx> = self.others(lines).into_iter().filter_map(cell).filter(alike).collect();
        if rest.is_empty() || !named.iter().all(alike) {
            return None;
        }
        let leads = named.iter().map(|i| (OperandRole::Same, self.ledger.id(*i)));
        let others = rest.into_iter().map(|i| (OperandRole::Bound, self.ledger.id(i)));
        Some((*named.first()?, leads.chain(others).collect()))
    }

    /// The lines that are not named: no totals, and none that is called "other".
    fn others(&self, lines: &[usize]) -> Vec<usize> {
        let (from, to) = if self.of_rows {
            (self.table.header_rows, self.table.rows)
        } else {
            (self.table.header_cols, self.table.cols)
        };
        let has_name = |line: &usize| {
            let heads = if self.of_rows { self.table.header_cols } else { self.table.header_rows };
            let texts = (0..heads).map(|head| {
                if self.of_rows { self.table.text(*line, head) } else { self.table.text(head, *line) }
            });
            let words: Vec<String> = texts.flat_map(words_of_label).collect();
            !words.is_empty()
                && !words
                    .iter()
                    .all(|word| pack().words.without_content.has(word) || pack().totals.edge.has(word))
        };
        let is_total = |line: &usize| {
            if self.of_rows { self.table.is_total_row(*line) } else { self.table.is_total_col(*line) }
        };
        (from..to).take(LINES).filter(|l| !lines.contains(l) && !is_total(l) && has_name(l)).collect()
    }
}

fn is_ranked(figure: &Figure) -> bool {
    matches!(figure.quantity.unit, Unit::Count | Unit::Percent) && figure.quantity.value.is_some()
}
