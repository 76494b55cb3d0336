//! CF602 mean-of-cases: an average in a sentence is what its total and its number of cases give.

use super::{Check, Emit};
use crate::model::document::Stated;
use crate::model::exact::Exact;
use crate::lex::period::{self, FoundPeriod};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::period::{Period, PeriodExpr};
use crate::model::statement::{Direction, RelationKind, Slot, StatementMark};
use crate::model::text::Place;
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF602",
    name: "mean-of-cases",
    gist: "an average in a sentence is what its total and its number of cases give",
    severity: Severity::Error,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Divides the amount that a sentence gives (of money, or of days) by the number of cases that the same sentence gives,
and compares the result with the average that it states, within the rounding of the average.

An average yearly change is held against the change of several years that its sentence or the one before gives: it is
the change by the number of years, or, in per cent, what makes the change when it is repeated in every year. This is a
warning at most. From 2018/19 to 2021/22 are three years, not four.

## Why it matters

Three numbers of one sentence are typed by hand, and one of them is often that of another year.

## Example

```text
Payments of £5,400 were made in 20 cases, an average of £290.
```

£5,400 ÷ 20 = £270.

## When it stays quiet

- Where the sentence gives more than one amount of the average's unit, or more than one count before it.
- Where a sentence with a change over several years names other years than its first and last, or several changes.
- Where the amount is many times what the number of cases and the average give: it is of something else.
"#,
    message: "The average says {published}; its total and number of cases give {computed}",
    holds: &[
        "Payments of £5,400 were made in 20 cases, an average of £270.\n",
        "The 41 appeals took 615 working days in all, an average of 15 days.\n",
        "Between 2018 and 2021 the number of appeals rose by 33.1%, an average of 10% a year.\n",
    ],
    breaks: &[
        "Payments of £5,400 were made in 20 cases, an average of £290.\n",
        "The 41 appeals took 651 working days in all, an average of 15 days.\n",
        "From 2018/19 to 2021/22 complaints increased by 60%, an average yearly increase of 15%.\n",
    ],
};

/// How many times the amount may be what the average and the number of cases give: an amount further off is another one.
const FACTOR: i128 = 3;

fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in ledger.stated(RelationKind::Within) {
        let means = stated.figures.iter().filter(|(slot, _)| *slot == Slot::Mean);
        out.extend(means.filter_map(|(_, mean)| match stated.statement.says(&StatementMark::Yearly) {
            true => yearly(ledger, stated, *mean),
            false => relation(ledger, stated, *mean),
        }));
    }
}

fn relation(ledger: &Ledger, stated: &Stated, mean: FigureIdx) -> Option<Relation> {
    let figure = ledger.figure(mean).filter(|figure| figure.quantity.unit != Unit::Count)?;
    let own = ledger.in_block(stated.block).iter().copied().filter(|index| *index != mean);
    let (mut amounts, mut counts) = (Vec::new(), Vec::new());
    for index in own {
        let Some(other) = ledger.figure(index).filter(|other| other.home == figure.home && is_plain(other)) else {
            continue;
        };
        let (own, of_other) = (figure.quantity.unit, other.quantity.unit);
        // "615 working days in all, an average of 15 days": the sentence has named them.
        if of_other == own || of_other.is_days() && own.is_days() {
            amounts.push(index);
        } else if other.quantity.unit == Unit::Count && index < mean {
            counts.push(index);
        }
    }
    let ([amount], [count]) = (amounts.as_slice(), counts.as_slice()) else { return None };
    let value = |index: FigureIdx| ledger.figure(index)?.quantity.value.as_ref();
    let (total, cases, printed) = (value(*amount)?, value(*count)?, value(mean)?);
    let given = printed * cases;
    let factor = Exact::from(FACTOR);
    let meant = *amount < mean && *cases > Exact::from(1) && *total <= &given * &factor && given <= total * &factor;
    meant.then_some(())?;
    let operands = vec![
        (OperandRole::Mean, ledger.id(mean)),
        (OperandRole::Part, ledger.id(*amount)),
        (OperandRole::Whole, ledger.id(*count)),
    ];
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Some(Relation { readings, ..Relation::of_figure(ledger, mean, "CF602", Arithmetic::Quotient) })
}

/// The average change of a year, against the change that the sentence or the one before it gives, from one year that it names to
/// another.
fn yearly(ledger: &Ledger, stated: &Stated, mean: FigureIdx) -> Option<Relation> {
    let figure = ledger.figure(mean)?;
    let sentence = |index: FigureIdx| match ledger.figure(index)?.home {
        Home::Prose { sentence, .. } => Some(sentence),
        Home::Cell { .. } => None,
    };
    let own = sentence(mean)?;
    let near = |index: FigureIdx| sentence(index).is_some_and(|s| (own.saturating_sub(1)..=own).contains(&s));
    let of_unit = |index: FigureIdx| ledger.figure(index).is_some_and(|f| f.quantity.unit == figure.quantity.unit);
    let changes = ledger.stated_in(stated.block).flat_map(|other| {
        let change = other.figures.iter().filter(|(slot, _)| *slot == Slot::Change).map(|(_, index)| *index);
        change.filter_map(move |index| Some((index, other.statement.direction?, other)))
    });
    let mut meant = changes.filter(|&(index, ..)| index < mean && near(index) && of_unit(index));
    let (change, direction, said) = meant.next()?;
    if meant.next().is_some() || !matches!(direction, Direction::Rise | Direction::Fall) {
        return None;
    }
    let (years, named) = years(ledger, said)?;
    let operands = vec![(OperandRole::Mean, ledger.id(mean)), (OperandRole::Change, ledger.id(change))];
    let arithmetic = Arithmetic::YearlyChange { direction, years, named };
    let readings = vec![Reading { operands, cost: 0, note: None }];
    // Which years are meant is read from where they stand.
    Some(Relation { readings, licence: Licence::Implied, ..Relation::of_figure(ledger, mean, "CF602", arithmetic) })
}

/// How many years lie between the two that a sentence names, and where it names them.
fn years(ledger: &Ledger, stated: &Stated) -> Option<(u32, Place)> {
    let passage = &ledger.document.blocks.get(stated.block)?.passage;
    let from = passage.text.find(&stated.text)?;
    // A quarter beside the years ("in the fourth quarter") tells which part of each is counted.
    let whole = |found: FoundPeriod| match found.expr {
        PeriodExpr::Absolute(period) if found.slip.is_none() => Some((found.range, period)),
        _ => None,
    };
    let found: Vec<_> = period::scan(&stated.text).into_iter().filter_map(whole).collect();
    let years = match found.as_slice() {
        // "2010 to 2015", "2010/11 to 2015/16": whole years, of which the first is the one that is compared with. From a day to
        // a day, the last can be the eve of a year.
        [(range, Period { start, end, .. })] => {
            let printed = stated.text.get(range.clone())?;
            let is_month = |word: &str| word.len() > 3 && word.chars().all(char::is_alphabetic);
            let months = 12 * (i32::from(end.year()) - i32::from(start.year())) + i32::from(end.month() + 1 - start.month());
            (!printed.split_whitespace().any(is_month) && months % 12 == 0).then_some(months / 12 - 1)?
        }
        [(_, one), (_, other)] => (i32::from(one.end.year()) - i32::from(other.end.year())).abs(),
        _ => return None,
    };
    let (first, last) = (found.first()?, found.last()?);
    let named = passage.place(from + first.0.start..from + last.0.end);
    u32::try_from(years).ok().filter(|years| *years > 1).map(|years| (years, named))
}

/// A result that is printed plainly, no aim and no change.
fn is_plain(figure: &Figure) -> bool {
    figure.role == Role::Value && figure.quantity.qualifier == Qualifier::Equal
}
