//! A rise, a fall or a multiple of which a sentence gives no value, in the series of a table beside it: "Emails have doubled
//! since 2019" by a table of years with the columns "Emails" and "Letters".

use super::phrases::Phrase;
use crate::lex::period;
use crate::model::figure::Role;
use crate::model::ids::FigureIdx;
use crate::model::period::Period;
use crate::pack::pack;
use crate::reconcile::likeness::{Line, Said};
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};

/// How many blocks away the table can stand.
const NEAR: usize = 3;
/// Fewer periods are no series.
const PERIODS: usize = 3;
/// Longer lines are looked at no further.
const CELLS: usize = 60;
/// The part of a head that the clause must name.
const HALF: f32 = 0.5;

impl Phrase<'_> {
    /// The first and the last value of the one series that the clause names, between the periods that it names. Where it
    /// names none, they can bear the change out and not refute it.
    pub(super) fn in_series(&self) -> Option<Reading> {
        let clause = self.clause()?;
        let block = |line: &Line| self.ledger.table_blocks.get(line.table).copied().unwrap_or_default();
        let lines = self.ledger.named_by(&Said::of(&clause)).into_iter();
        let near = lines.filter(|line| self.ledger.apart(block(line), self.stated.block) <= NEAR);
        let mut all = near.filter(|line| line.named > HALF).filter_map(|line| self.values_of(line));
        let series = all.next().filter(|_| all.next().is_none())?;
        let named: Vec<Period> =
            period::scan(&clause).into_iter().filter_map(|found| found.expr.resolve(None)).collect();
        let meets = |period: &Period, wanted: &Period| wanted.contains(period) || period.contains(wanted);
        let first = match named.iter().min() {
            Some(from) => series.iter().position(|(period, _)| meets(period, from))?,
            None => 0,
        };
        let last = match named.iter().max().filter(|_| named.len() > 1) {
            Some(to) => series.iter().rposition(|(period, _)| meets(period, to))?,
            None => series.len() - 1,
        };
        let ((_, before), (_, after)) = (series.get(first)?, series.get(last).filter(|_| first < last)?);
        let operands = vec![(OperandRole::Before, self.id(*before)), (OperandRole::After, self.id(*after))];
        Some(Reading { operands, cost: if named.is_empty() { UNCERTAIN } else { 0 }, note: None })
    }

    /// The part of the sentence that states the change.
    fn clause(&self) -> Option<String> {
        let phrase = self.ledger.document.text_at(self.stated.place);
        let text = self.stated.text.as_str();
        let at = text.find(phrase.as_str())?;
        let mut clause = String::new();
        let mut end = 0;
        for word in text.split_inclusive(' ') {
            end += word.len();
            let bare = word.trim();
            let joint = pack().numerals.and.has_folded(bare);
            if !joint {
                clause.push_str(word);
            }
            if joint || bare.ends_with([',', ';', ':']) {
                if end > at + phrase.len() {
                    break;
                }
                clause.clear();
            }
        }
        Some(clause)
    }

    /// The values of a line whose periods follow each other, each stated by its head.
    fn values_of(&self, line: Line) -> Option<Vec<(Period, FigureIdx)>> {
        let (table, grid) =
            self.ledger.document.tables.get(line.table).zip(self.ledger.grids.get(line.table))?;
        let range = if line.is_row { table.header_cols..table.cols } else { table.header_rows..table.rows };
        let cells = range
            .take(CELLS)
            .filter_map(|at| if line.is_row { grid.first(line.at, at) } else { grid.first(at, line.at) });
        let mut series: Vec<(Period, FigureIdx)> = Vec::new();
        for index in cells {
            let figure = self.ledger.figure(index)?;
            let period = figure.facets.period.filter(|_| figure.facets.period_stated)?;
            let unit = |i: FigureIdx| self.ledger.figure(i).map(|f| f.quantity.unit);
            let follows = series.last().is_none_or(|(last, other)| {
                last.end < period.start && unit(*other) == Some(figure.quantity.unit)
            });
            if !follows || !matches!(figure.role, Role::Value | Role::Share) {
                return None;
            }
            series.push((period, index));
        }
        (series.len() >= PERIODS).then_some(series)
    }
}
