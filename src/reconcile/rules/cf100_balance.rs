//! CF100 balance: what is open at the end is what was open at the start, and what came in, less what was closed.

use super::{Check, Emit};
use crate::model::exact::Exact;
use crate::model::figure::Role;
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::table::{Cell, Table};
use crate::pack::pack;
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(crate) const CHECK: Check = Check {
    code: "CF100",
    name: "balance",
    gist: "what is open at the end is what was open, and what came in, less what was closed",
    severity: Severity::Error,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Looks for two columns or rows whose heads name the same stock at two times ("Brought forward" and "Carried
forward", "Open 1 April" and "Open 31 March"), with what came in and what went out between them. Claims that the
later stock is the earlier one, and what came in, less what went out. Which columns are added and which are taken
off is the choice that most rows of the table bear out.

## Why it matters

Cases are handed on from year to year by hand. A case that was closed and not taken off, or a list that was
brought forward from an older report, shows here and nowhere else: each column adds up by itself.

## Example

```text
Service    Brought forward   Received   Closed   Carried forward
Housing                 12        140      131                21
Highways                 9         75       80                14
Planning                 5         61       58                 8
```

9 + 75 − 80 = 4, and 14 is carried forward.

## When it stays quiet

- Where more than a few rows of all tables with these heads are off: cases were recounted on the way, and what is off is a warning at most.
- Where the heads do not name one stock twice.
"#,
    message: "The closing balance says {published}; what was open, came in and went out leaves {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | Brought forward | Received | Closed | Carried forward |
| --- | --- | --- | --- | --- |
| Housing | 12 | 140 | 131 | 21 |
| Highways | 9 | 75 | 80 | 4 |
| Planning | 5 | 61 | 58 | 8 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | Brought forward | Received | Closed | Carried forward |
| --- | --- | --- | --- | --- |
| Housing | 12 | 140 | 131 | 21 |
| Highways | 9 | 75 | 80 | 14 |
| Planning | 5 | 61 | 58 | 8 |
"#],
};

/// How many columns or rows can stand between two stocks: each doubles the number of choices that are tried.
const FLOWS: usize = 6;
/// One entry in so many must bear a choice out: by chance, one in hundreds does.
const SOME: usize = 4;
/// Where more than one entry in so many is off, in all tables with the same heads, cases were recounted in the course of the
/// year: of 85 balances of civil cases that courts of one state print, 27 are off, by anything from one case to thousands.
const SLIPS: usize = 4;
/// How many rows are tried to tell what is added and what is taken off.
const SAMPLE: usize = 200;

/// Emits the balances of every table, along its rows and down its columns. Tables with the same heads are one account, and
/// say together what is added and what is taken off.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut accounts: BTreeMap<Vec<String>, Vec<(Books, Lines)>> = BTreeMap::new();
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        for across in [true, false] {
            let books = Books { ledger, table, grid, across };
            for lines in books.accounts() {
                let heads = lines.iter().map(|line| books.head(line.start)).collect();
                accounts.entry(heads).or_default().push((books, lines));
            }
        }
    }
    for tables in accounts.values() {
        let Some(signs) = choice(tables) else { continue };
        for (books, lines) in tables {
            books.emit(lines, &signs, out);
        }
    }
}

/// The columns or rows of a table that name a stock, what flows in and out, and the stock again.
type Lines = Vec<Range<usize>>;

/// How the lines between two stocks are added up.
struct Signs {
    /// Whether each of them is taken off.
    off: Vec<bool>,
    /// Whether the books are kept by it: all but a few entries bear it out. Else an entry that does not is no slip.
    is_kept: bool,
    /// Whether more entries bear it out than not: it is what the heads mean, however well the books are kept.
    is_meant: bool,
}

/// Which of the lines between two stocks are taken off: the choice that most entries bear out, if it is some of them.
fn choice(tables: &[(Books, Lines)]) -> Option<Signs> {
    let flows = tables.first()?.1.len().checked_sub(2)?;
    let entries: Vec<Vec<&Exact>> = tables.iter().flat_map(|(books, lines)| books.values(lines)).collect();
    let choices = (0..1_u32 << flows)
        .map(|bits| (0..flows).map(|flow| bits >> flow & 1 == 1).collect::<Vec<bool>>());
    let held = |off: &Vec<bool>| entries.iter().filter(|values| leaves(values, off)).count();
    // Where nothing tells what a line is, what goes out stands after what comes in.
    let in_order = |off: &Vec<bool>| off.is_sorted();
    let few = |off: &Vec<bool>| std::cmp::Reverse(off.iter().filter(|off| **off).count());
    let best = choices.max_by_key(|off| (held(off), in_order(off), few(off)))?;
    let right = held(&best);
    let wrong = entries.len() - right;
    // One slip alone is always one, where more entries are right than wrong.
    let is_kept = wrong < right && wrong.saturating_sub(1) * SLIPS <= entries.len();
    let is_meant = wrong < right;
    (right > 0 && right * SOME >= entries.len()).then_some(Signs { off: best, is_kept, is_meant })
}

/// A table, read along its rows (`across`) or down its columns.
#[derive(Clone, Copy)]
struct Books<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
    across: bool,
}

impl Books<'_> {
    /// The columns, or rows, that hold stocks and flows. A head that is merged over several columns makes one of them.
    fn lines(&self) -> Vec<Range<usize>> {
        if !self.across {
            return (self.table.header_rows..self.table.rows).map(|row| row..row + 1).collect();
        }
        let mut lines: Vec<Range<usize>> = Vec::new();
        while let Some(col) = Some(lines.last().map_or(self.table.header_cols, |line| line.end))
            .filter(|col| *col < self.table.cols)
        {
            let end = self.head_cell(col).map_or(0, |cell| cell.cols().end);
            lines.push(col..end.max(col + 1));
        }
        lines
    }

    /// The lowest head cell of a column, as groups of columns have heads above; the label of a row.
    fn head_cell(&self, line: usize) -> Option<&Cell> {
        let heads = if self.across { self.table.header_rows } else { self.table.header_cols };
        let last = heads.checked_sub(1)?;
        if self.across { self.table.at(last, line) } else { self.table.at(line, last) }
    }

    fn head(&self, line: usize) -> String {
        self.head_cell(line).map(|cell| cell.passage.text.as_str().to_lowercase()).unwrap_or_default()
    }

    /// The rows, or columns, that each make one balance.
    fn entries(&self) -> Range<usize> {
        if self.across {
            self.table.header_rows..self.table.rows
        } else {
            self.table.header_cols..self.table.cols
        }
    }

    fn figure(&self, line: &Range<usize>, entry: usize) -> Option<FigureIdx> {
        let at = |line| if self.across { (entry, line) } else { (line, entry) };
        let index = line.clone().map(at).find_map(|(row, col)| self.grid.first(row, col))?;
        let figure = self.ledger.figure(index)?;
        let unit = figure.quantity.unit;
        let counts = (unit == Unit::Count || unit.is_money()) && figure.role != Role::Share;
        counts.then_some(index)
    }

    fn value(&self, line: &Range<usize>, entry: usize) -> Option<&Exact> {
        self.ledger.figure(self.figure(line, entry)?)?.quantity.value.as_ref()
    }

    fn accounts(&self) -> Vec<Lines> {
        let is_filled =
            |line: &Range<usize>| self.entries().take(SAMPLE).any(|entry| self.figure(line, entry).is_some());
        let lines: Lines = self.lines().into_iter().filter(is_filled).collect();
        let heads = lines.iter().enumerate().map(|(at, line)| (at, self.head(line.start)));
        let stocks: Vec<(usize, Stock)> =
            heads.filter_map(|(at, head)| Some((at, Stock::of(&head)?))).collect();
        let pairs = stocks.iter().zip(stocks.iter().skip(1));
        let named = pairs.filter(|((_, open), (_, close))| open.reopens_as(close));
        named
            .filter_map(|((open, _), (close, _))| lines.get(*open..=*close))
            .filter(|lines| (3..=FLOWS + 2).contains(&lines.len()))
            .map(<[_]>::to_vec)
            .collect()
    }

    /// The values of the entries that tell the signs: where more than two are not nought.
    fn values(&self, lines: &Lines) -> Vec<Vec<&Exact>> {
        let entries = self.entries().take(SAMPLE);
        let values = entries.filter_map(|entry| lines.iter().map(|line| self.value(line, entry)).collect());
        values.filter(|values: &Vec<&Exact>| values.iter().filter(|v| !v.is_zero()).count() > 2).collect()
    }

    fn emit(&self, lines: &Lines, signs: &Signs, out: &mut Vec<Relation>) {
        for entry in self.entries() {
            let figures: Option<Vec<FigureIdx>> =
                lines.iter().map(|line| self.figure(line, entry)).collect();
            let Some(figures) = figures else { continue };
            let Some((&closing, open)) = figures.split_last() else { continue };
            let values: Option<Vec<&Exact>> = lines.iter().map(|line| self.value(line, entry)).collect();
            let off = values.is_some_and(|values| !leaves(&values, &signs.off));
            if off && !signs.is_meant {
                continue;
            }
            // What is off in books that are not kept is no error: the order of the heads implies it, no more.
            let licence = if off && !signs.is_kept { Licence::Implied } else { Licence::Labelled };
            let role = |at: usize| match at.checked_sub(1).and_then(|flow| signs.off.get(flow)) {
                Some(true) => OperandRole::Deduction,
                _ => OperandRole::Part,
            };
            let operands = open.iter().enumerate().map(|(at, f)| (role(at), self.ledger.id(*f))).collect();
            let readings = vec![Reading { operands, cost: 0, note: None }];
            let relation = Relation::of_figure(self.ledger, closing, CHECK.code, Arithmetic::Balance);
            out.push(Relation { licence, readings, ..relation });
        }
    }
}

/// Whether the first of some values, with the others but the last added or taken off, is the last.
fn leaves(values: &[&Exact], off: &[bool]) -> bool {
    let Some((last, rest)) = values.split_last() else { return false };
    let mut sum = Exact::ZERO;
    for (at, value) in rest.iter().enumerate() {
        let less = at.checked_sub(1).and_then(|flow| off.get(flow)).copied().unwrap_or(false);
        sum = if less { &sum - *value } else { &sum + *value };
    }
    sum == **last
}

/// A head that names how many there are at a time.
struct Stock {
    /// Its words without those that say when.
    name: BTreeSet<String>,
    opening: bool,
    closing: bool,
    dated: bool,
}

impl Stock {
    fn of(head: &str) -> Option<Stock> {
        let (lists, periods) = (&pack().totals, &pack().periods);
        let (opening, closing) = (lists.opening.within(head), lists.closing.within(head));
        let words = || head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        if !(opening || closing || words().any(|word| lists.stock.has(word))) {
            return None;
        }
        let dated = head.contains(|c: char| c.is_ascii_digit());
        let is_month = |word: &str| periods.months.iter().any(|m| m == word || m.get(..3) == Some(word));
        let tells_when = |word: &&str| lists.when.has(word) || is_month(word);
        let name = words().filter(|word| !tells_when(word)).map(str::to_owned).collect();
        Some(Stock { name, opening, closing, dated })
    }

    /// Whether what is named here is what `later` names at a later time.
    fn reopens_as(&self, later: &Stock) -> bool {
        let told = self.opening && later.closing && !self.closing;
        told || self.name == later.name && self.dated && later.dated
    }
}
