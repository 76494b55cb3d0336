//! CF205 weighted-recombination: the share of all is the weighted mean of its groups' shares.

use crate::model::ids::FigureIdx;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use super::propose::partitions::{Partition, find, wholes};
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{
    Arithmetic, Licence, Mixture, MixtureGroup, OperandRole, Reading, Relation,
};
use std::collections::BTreeMap;

pub(crate) const CHECK: Check = Check {
    code: "CF205",
    name: "weighted-recombination",
    gist: "the share of all is the weighted mean of its groups' shares",
    severity: Severity::Warning,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Puts the shares of groups together again and compares them with the share of all. With groups of known sizes
`N1, …, Nm` and shares `p1, …, pm` of a category, the share of all is their weighted mean:

```text
p  =  (N1·p1 + … + Nm·pm) / (N1 + … + Nm)
```

Each share is an interval and each product a whole number of cases; the categories of a group also have to
make up that group. Whether such numbers exist is a transportation problem (Hitchcock, *Journal of Mathematics
and Physics* 20, 1941, pages 224–230), whose solutions can be taken in whole numbers, so that the answer is
exact.

## Why it matters

A share of all that lies outside the shares of its groups, or nearer to the wrong one, shows that it was taken
from another year or averaged without weights.

## Example

```text
100 complaints: 56% upheld.
60 at stage 1:  50% upheld.
40 at stage 2:  40% upheld.
```

Thirty and sixteen cases are 46 of 100, and 56% is printed.

## When it stays quiet

- Where the sizes of the groups are not all known, or do not make up the size of all.
- Where groups and all list different categories.
- It is a warning at most: that the groups make up all is inferred from their sizes.
"#,
    message: "The share of all says {published}; its groups give {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

All complaints

100 complaints were closed in 2021/22. Of these 46% were upheld and 54% were not upheld.

Stage 1

60 complaints were closed at stage 1 in 2021/22. Of these 50% were upheld and 50% were not upheld.

Stage 2

40 complaints were closed at stage 2 in 2021/22. Of these 40% were upheld and 60% were not upheld.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

All complaints

100 complaints were closed in 2021/22. Of these 56% were upheld and 44% were not upheld.

Stage 1

60 complaints were closed at stage 1 in 2021/22. Of these 50% were upheld and 50% were not upheld.

Stage 2

40 complaints were closed at stage 2 in 2021/22. Of these 40% were upheld and 60% were not upheld.
"#],
};

/// Groups are looked for among this many partitions after the one of all cases.
const REACH: usize = 12;

/// A partition with its categories and its number of cases.
struct Sized {
    partition: Partition,
    /// The figure of each category.
    categories: BTreeMap<String, FigureIdx>,
    whole: Vec<(OperandRole, FigureIdx)>,
    size: Exact,
}

/// Emits a relation for every share of all that the groups' shares must make.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let sized: Vec<Sized> = find(ledger).into_iter().filter_map(|p| sized(ledger, p)).collect();
    for (index, all) in sized.iter().enumerate() {
        let after = sized.iter().skip(index + 1).take(REACH).filter(|group| is_group(all, group));
        let groups: Vec<&Sized> = after.collect();
        if groups.len() < 2 || groups.iter().map(|g| g.size.clone()).sum::<Exact>() != all.size {
            continue;
        }
        let Some(mixture) = mixture(ledger, all, &groups) else { continue };
        for category in 0..mixture.overall.len() {
            out.extend(relation(ledger, &mixture, category));
        }
    }
}

fn sized(ledger: &Ledger, partition: Partition) -> Option<Sized> {
    let (_, whole) = wholes(ledger, &partition).into_iter().next()?;
    let size = size(ledger, &whole)?;
    let mut categories = BTreeMap::new();
    for &share in partition.shares.iter().chain(&partition.noted) {
        categories.insert(category(ledger, share)?, share);
    }
    Some(Sized { partition, categories, whole, size })
}

/// The number of cases, where it is certain.
fn size(ledger: &Ledger, whole: &[(OperandRole, FigureIdx)]) -> Option<Exact> {
    let value = |role| {
        let (_, figure) = whole.iter().find(|(r, _)| *r == role)?;
        ledger.figure(*figure)
    };
    let count = value(OperandRole::Whole)?.quantity.value.clone()?;
    let Some(share) = value(OperandRole::Share) else { return Some(count) };
    let domain = share.quantity.domain().scale(&(&count * &Exact::ratio(1, 100)));
    let (low, high) = (domain.low?.ceil(), domain.high?.floor());
    (low == high).then_some(low)
}

/// What a share is a share for: its outcome or other dimension, else its label's words.
fn category(ledger: &Ledger, share: FigureIdx) -> Option<String> {
    let figure: &Figure = ledger.figure(share)?;
    use crate::model::facets::Dimension::{Outcome, Procedure, Stage};
    let dimensions = &figure.facets.dimensions;
    if let Some(outcome) = dimensions.get(Outcome) {
        return Some(outcome.normalised.to_string());
    }
    let other = dimensions.iter().find(|(d, _)| !matches!(d, Stage | Procedure));
    match other {
        Some((_, label)) => Some(label.normalised.to_string()),
        None if matches!(figure.home, Home::Cell { .. }) => Some(figure.label().to_lowercase()),
        None => None,
    }
}

/// Of the same period, and of the same categories, none of which is not among those of all.
fn is_group(all: &Sized, group: &Sized) -> bool {
    let shared = group.categories.keys().filter(|c| all.categories.contains_key(*c)).count();
    group.partition.period == all.partition.period && shared > 0 && group.size < all.size
}

fn mixture(ledger: &Ledger, all: &Sized, groups: &[&Sized]) -> Option<Mixture> {
    let id = |figure: FigureIdx| ledger.id(figure);
    let mut categories: Vec<(&String, FigureIdx)> =
        all.categories.iter().map(|(name, share)| (name, *share)).collect();
    categories.sort_by_key(|(_, share)| *share);
    let known = |name: &String| groups.iter().any(|g| g.categories.contains_key(name));
    categories.retain(|(name, _)| known(name));
    let groups = groups.iter().map(|group| MixtureGroup {
        whole: group.whole.iter().map(|(role, figure)| (*role, id(*figure))).collect(),
        shares: categories.iter().map(|(name, _)| group.categories.get(*name).map(|s| id(*s))).collect(),
        // Categories that only the group lists make its others no full account of it.
        exhaustive: group.partition.exhaustive
            && group.categories.keys().all(|name| categories.iter().any(|(known, _)| *known == name)),
    });
    (!categories.is_empty()).then(|| Mixture {
        groups: groups.collect(),
        overall: categories.iter().map(|(_, share)| id(*share)).collect(),
        category: 0,
    })
}

fn relation(ledger: &Ledger, mixture: &Mixture, category: usize) -> Option<Relation> {
    let published = mixture.overall.get(category)?;
    let mut operands = vec![(OperandRole::Share, *published)];
    for group in &mixture.groups {
        operands.extend(group.shares.get(category).copied().flatten().map(|id| (OperandRole::Part, id)));
        operands.extend(group.whole.iter().copied());
    }
    let arithmetic = Arithmetic::Mixture(Box::new(Mixture { category, ..mixture.clone() }));
    let relation = Relation::of_figure(ledger, published.figure, "CF205", arithmetic);
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}
