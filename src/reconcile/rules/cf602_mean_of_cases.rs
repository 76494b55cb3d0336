//! CF602 mean-of-cases: an average in a sentence is what its total and its number of cases give.

use super::{Check, Emit};
use crate::model::document::Stated;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::{RelationKind, Slot};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF602",
    name: "mean-of-cases",
    gist: "an average in a sentence is what its total and its number of cases give",
    severity: Severity::Error,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Divides the amount that a sentence gives (of money, or of days) by the number of cases that the same sentence gives,
and compares the result with the average that it states, within the rounding of the average.

## Why it matters

Three numbers of one sentence are typed by hand, and one of them is often that of another year.

## Example

```text
Payments of £5,400 were made in 20 cases, an average of £290.
```

£5,400 ÷ 20 = £270.

## When it stays quiet

- Where the sentence gives more than one amount of the average's unit, or more than one count before it.
- Where the amount is many times what the number of cases and the average give: it is of something else.
"#,
    message: "the average {published} is inconsistent with its total and number of cases, which give {computed}",
    holds: &[
        "Payments of £5,400 were made in 20 cases, an average of £270.\n",
        "The 41 appeals took 615 working days in all, an average of 15 days.\n",
    ],
    breaks: &[
        "Payments of £5,400 were made in 20 cases, an average of £290.\n",
        "The 41 appeals took 651 working days in all, an average of 15 days.\n",
    ],
};

/// How many times the amount may be what the average and the number of cases give: an amount further off is another one.
const FACTOR: i128 = 3;

fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in ledger.stated(RelationKind::Within) {
        let means = stated.figures.iter().filter(|(slot, _)| *slot == Slot::Mean);
        out.extend(means.filter_map(|(_, mean)| relation(ledger, stated, *mean)));
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

/// A result that is printed plainly, no aim and no change.
fn is_plain(figure: &Figure) -> bool {
    figure.role == Role::Value && figure.quantity.qualifier == Qualifier::Equal
}
