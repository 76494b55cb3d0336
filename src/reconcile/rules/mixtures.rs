//! A share of all cases and the shares of the groups that make them up.

use super::partitions::{Partition, find, wholes};
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::ids::FigureIdx;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{
    Arithmetic, FigureId, Licence, Mixture, MixtureGroup, OperandRole, Reading, Relation,
};
use std::collections::BTreeMap;

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
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    let sized: Vec<Sized> = find(ledger).into_iter().filter_map(|p| sized(ledger, p)).collect();
    for (index, all) in sized.iter().enumerate() {
        let after = sized.iter().skip(index + 1).take(REACH).filter(|group| is_group(all, group));
        let groups: Vec<&Sized> = after.collect();
        if groups.len() < 2 || groups.iter().map(|g| g.size.clone()).sum::<Exact>() != all.size {
            continue;
        }
        let Some(mixture) = mixture(document, all, &groups) else { continue };
        for category in 0..mixture.overall.len() {
            out.extend(relation(ledger, document, &mixture, category));
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
        return Some(outcome.normalised.clone());
    }
    let other = dimensions.iter().find(|(d, _)| !matches!(d, Stage | Procedure));
    match other {
        Some((_, label)) => Some(label.normalised.clone()),
        None if matches!(figure.home, Home::Cell { .. }) => Some(figure.label.to_lowercase()),
        None => None,
    }
}

/// Of the same period, and of the same categories, none of which is not among those of all.
fn is_group(all: &Sized, group: &Sized) -> bool {
    let shared = group.categories.keys().filter(|c| all.categories.contains_key(*c)).count();
    group.partition.period == all.partition.period && shared > 0 && group.size < all.size
}

fn mixture(document: usize, all: &Sized, groups: &[&Sized]) -> Option<Mixture> {
    let id = |figure: FigureIdx| FigureId { document, figure };
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

fn relation(ledger: &Ledger, document: usize, mixture: &Mixture, category: usize) -> Option<Relation> {
    let published = mixture.overall.get(category)?;
    let mut operands = vec![(OperandRole::Share, *published)];
    for group in &mixture.groups {
        operands.extend(group.shares.get(category).copied().flatten().map(|id| (OperandRole::Part, id)));
        operands.extend(group.whole.iter().copied());
    }
    let arithmetic = Arithmetic::Mixture(Box::new(Mixture { category, ..mixture.clone() }));
    let relation = Relation::of_figure(ledger, document, published.figure, "CF205", arithmetic);
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}
