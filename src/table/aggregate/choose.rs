//! Keeps the best of the families that contradict one another.

use super::family::{Family, Says, departing, hear, mean_says, sum_says, weigh};
use super::field::Field;
use super::runs::{Listing, Proposal, filled, propose};
use super::{pairs, ratios as ratio};
use crate::model::aggregation::AggregationKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// How often subtotals are taken out to look for totals of totals.
const FOLDS: usize = 3;

/// The sums of a field.
pub(super) fn sums(field: &Field) -> Vec<Family> {
    let usable = field.usable();
    let mut proposals = propose(field, &Listing { lines: usable.clone(), extra: 0.0 }, AggregationKind::Sum);
    proposals.extend(pairs::two(field));
    proposals.extend(pairs::spaced(field));
    for listing in by_head(field, &usable).into_iter().chain(plain(field, &usable)) {
        proposals.extend(propose(field, &listing, AggregationKind::Sum));
    }
    let tried = &mut Tried::default();
    let mut found = judge(field, proposals, AggregationKind::Sum, tried);
    let mut kept = settle(field, &mut found, tried);
    for _ in 0..FOLDS {
        let before = found.len();
        for listing in folded(&usable, &kept) {
            let proposals = propose(field, &listing, AggregationKind::Sum);
            found.extend(judge(field, proposals, AggregationKind::Sum, tried));
        }
        kept = settle(field, &mut found, tried);
        if found.len() == before {
            break;
        }
    }
    kept
}

/// The family with the parts of known totals replaced by these totals, wherever it contains all parts of one.
fn contract(field: &Field, family: &Family, known: &[Family], tried: &mut Tried) -> Option<Family> {
    let mut parts: Vec<usize> = lively(field, &family.parts);
    let mut folded = false;
    loop {
        let sub = known
            .iter()
            .filter(|k| k.total != family.total && parts.binary_search(&k.total).is_err())
            .find(|k| {
                let inner = || k.parts.iter().filter(|line| is_lively(field, **line));
                inner().all(|p| parts.binary_search(p).is_ok())
                    && (2..parts.len()).contains(&inner().count())
                    && overlap(k, family)
                    && near(k.total, family, &parts)
            });
        let Some(sub) = sub else { break };
        parts.retain(|p| sub.parts.binary_search(p).is_err());
        parts.push(sub.total);
        parts.sort_unstable();
        folded = true;
        if parts.len() < 2 {
            return None;
        }
    }
    folded.then_some(())?;
    let parts = filled(field, family.total, &parts);
    let proposal = Proposal { total: family.total, parts, cost: family.cost };
    let new = tried.family(field, proposal, AggregationKind::Sum)?;
    (new.rows.len() * 10 >= family.rows.len() * 8).then_some(new)
}

/// The parts that have a number in some row.
fn lively(field: &Field, parts: &[usize]) -> Vec<usize> {
    parts.iter().copied().filter(|line| is_lively(field, *line)).collect()
}

fn is_lively(field: &Field, line: usize) -> bool {
    field.line(line).is_some_and(|line| line.count > 0)
}

/// Whether a subtotal stands within or beside the family that it would shorten. Parts that stand in a row are not
/// replaced by a line elsewhere.
fn near(line: usize, family: &Family, parts: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { return false };
    let (first, last) = (first.min(family.total), last.max(family.total));
    let plain = parts.len() > last - first - 1;
    !plain || (first..=last).contains(&line) || line + 1 == first || line == last + 1
}

/// The means of a field. Lines that are totals are left out.
pub(super) fn means(field: &Field, sums: &[Family]) -> Vec<Family> {
    let usable = field.usable();
    let mut proposals =
        propose(field, &Listing { lines: usable.clone(), extra: 0.0 }, AggregationKind::Average);
    let plain = without(&usable, sums.iter().map(|sum| sum.total));
    if plain.len() < usable.len() {
        proposals.extend(propose(field, &Listing { lines: plain, extra: 1.0 }, AggregationKind::Average));
    }
    let tried = &mut Tried::default();
    let mut found = judge(field, proposals, AggregationKind::Average, tried);
    settle(field, &mut found, tried)
}

/// The shares and changes of a field.
pub(super) fn ratios(field: &Field) -> Vec<Family> {
    let mut found = ratio::find(field);
    order(&mut found);
    let mut kept: Vec<Family> = Vec::new();
    for family in found {
        let clash = kept.iter().any(|k| {
            let same_total = k.total == family.total;
            let turned = k.parts.contains(&family.total) && family.parts.contains(&k.total);
            (same_total || turned) && overlap(k, &family)
        });
        if !clash {
            kept.push(family);
        }
    }
    kept
}

/// The lines under each head, where several heads alternate.
fn by_head(field: &Field, usable: &[usize]) -> Vec<Listing> {
    let mut heads: Vec<Vec<usize>> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for &line in usable {
        let Some(head) = field.line(line).map(|l| l.head.as_str()).filter(|h| !h.is_empty()) else {
            continue;
        };
        if let Some(lines) = places.get(head).and_then(|place| heads.get_mut(*place)) {
            lines.push(line);
        } else if heads.len() < 400 {
            places.insert(head, heads.len());
            heads.push(vec![line]);
        }
    }
    heads
        .into_iter()
        .filter(|lines| lines.len() >= 3 && lines.len() < usable.len())
        .map(|lines| Listing { lines, extra: 3.0 })
        .collect()
}

/// The lines that are not called totals: a subtotal among the parts of a sum is none of them.
fn plain(field: &Field, usable: &[usize]) -> Option<Listing> {
    let is_total = |line: &usize| field.line(*line).is_some_and(|l| l.hints.total);
    let lines: Vec<usize> = usable.iter().copied().filter(|line| !is_total(line)).collect();
    (lines.len() < usable.len()).then_some(Listing { lines, extra: 1.0 })
}

/// The lines that are left when the parts of known totals, or these totals themselves, are taken out.
fn folded(usable: &[usize], kept: &[Family]) -> Vec<Listing> {
    let tops = without(usable, kept.iter().flat_map(|family| family.parts.iter().copied()));
    let leaves = without(usable, kept.iter().map(|family| family.total));
    [tops, leaves]
        .into_iter()
        .map(|lines| Listing { lines, extra: 1.0 })
        .filter(|l| l.lines.len() < usable.len())
        .collect()
}

/// The lines without some of them.
fn without(lines: &[usize], some: impl Iterator<Item = usize>) -> Vec<usize> {
    let some: FxHashSet<usize> = some.collect();
    lines.iter().copied().filter(|line| !some.contains(line)).collect()
}

/// Tries each proposal in every row.
fn judge(
    field: &Field,
    mut proposals: Vec<Proposal>,
    kind: AggregationKind,
    tried: &mut Tried,
) -> Vec<Family> {
    proposals.sort_by(|a, b| (a.total, &a.parts).cmp(&(b.total, &b.parts)).then(a.cost.total_cmp(&b.cost)));
    proposals.dedup_by(|next, kept| next.total == kept.total && next.parts == kept.parts);
    proposals.into_iter().filter_map(|p| tried.family(field, p, kind)).collect()
}

/// What came of the proposals of one kind that were tried in every row, by total, parts and cost: most come again when
/// subtotals are taken out.
#[derive(Default)]
struct Tried(FxHashMap<(usize, Vec<usize>, u32), Option<Family>>);

impl Tried {
    fn family(&mut self, field: &Field, p: Proposal, kind: AggregationKind) -> Option<Family> {
        let key = (p.total, p.parts, p.cost.to_bits());
        if let Some(known) = self.0.get(&key) {
            return known.clone();
        }
        let family = try_family(field, &Proposal { total: key.0, parts: key.1.clone(), cost: p.cost }, kind);
        self.0.insert(key, family.clone());
        family
    }
}

fn try_family(field: &Field, p: &Proposal, kind: AggregationKind) -> Option<Family> {
    let mut says = hear(field, p.total, &p.parts, |row| match kind {
        AggregationKind::Average => mean_says(field, p.total, &p.parts, row),
        _ => sum_says(field, p.total, &p.parts, row),
    });
    if kind == AggregationKind::Sum && !two_parts(field, &p.parts, &says) {
        return None;
    }
    departing(field, p.total, &p.parts, &mut says);
    weigh(kind, p.total, &p.parts, p.cost, &says)
}

/// Whether at least two of the parts have an influence in some row. A total with one such part is a copy of it.
fn two_parts(field: &Field, parts: &[usize], says: &[Says]) -> bool {
    let holds = |row: usize| matches!(says.get(row), Some(Says::Holds(..)));
    let matters =
        |line: usize| (0..field.m).any(|row| holds(row) && field.value(line, row).is_some_and(|v| v != 0));
    parts.iter().filter(|l| matters(**l)).take(2).count() == 2
}

/// Whether the parts stand side by side.
fn in_a_row(f: &Family) -> bool {
    let ends = f.parts.first().zip(f.parts.last());
    ends.and_then(|(a, b)| b.checked_sub(*a)).is_some_and(|length| length + 1 == f.parts.len())
}

/// Sorts families, the best first. Of equal ones the longer run or the shorter list comes first, then the earlier.
fn order(found: &mut [Family]) {
    let length = |f: &Family| if in_a_row(f) { -(f.parts.len() as i64) } else { f.parts.len() as i64 };
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(length(a).cmp(&length(b)))
            .then(a.total.cmp(&b.total))
            .then(a.parts.cmp(&b.parts))
    });
}

/// Whether two families claim some of the same rows: at least half of the shorter one.
fn overlap(a: &Family, b: &Family) -> bool {
    let common = a.rows.iter().filter(|r| b.rows.binary_search(r).is_ok()).count();
    common * 2 >= a.rows.len().min(b.rows.len()).max(1)
}

/// Drops families that contradict a better one.
fn settle(field: &Field, found: &mut Vec<Family>, tried: &mut Tried) -> Vec<Family> {
    let mut kept = pick(field, found);
    for _ in 0..2 {
        let shorter =
            kept.iter().enumerate().filter_map(|(i, f)| Some((i, contract(field, f, &kept, tried)?)));
        let shorter: Vec<(usize, Family)> = shorter.collect();
        if shorter.is_empty() {
            break;
        }
        for (i, new) in shorter {
            if let Some(old) = kept.get(i) {
                found.retain(|f| f.total != old.total || f.parts != old.parts);
            }
            if !found.iter().any(|f| f.total == new.total && f.parts == new.parts) {
                found.push(new);
            }
        }
        kept = pick(field, found);
    }
    kept
}

/// The families that contradict no better one.
fn pick(field: &Field, found: &mut Vec<Family>) -> Vec<Family> {
    order(found);
    found.dedup_by(|a, b| a.total == b.total && a.parts == b.parts);
    let mut kept: Vec<Family> = Vec::new();
    for family in found.iter() {
        if !kept.iter().any(|k| clash(k, family)) {
            kept.push(family.clone());
        }
    }
    let all = kept.clone();
    kept.retain(|f| !all.iter().any(|sub| expands(f, sub, &all)));
    let all = kept.clone();
    kept.retain(|f| {
        !all.iter()
            .any(|other| other.parts == f.parts && overlap(f, other) && gap(field, other) + 1 < gap(field, f))
    });
    kept
}

/// How many lines with numbers stand between a total and its parts.
fn gap(field: &Field, f: &Family) -> usize {
    let (Some(&first), Some(&last)) = (f.parts.first(), f.parts.last()) else { return 0 };
    let between = if f.total < first { f.total + 1..first } else { last.min(f.total) + 1..f.total };
    between.filter(|l| field.line(*l).is_some_and(|l| l.count > 0)).count()
}

/// Whether two families with the same total and rows are two readings of one sum, which share parts.
fn clash(kept: &Family, new: &Family) -> bool {
    if kept.total != new.total {
        return false;
    }
    let shared = new.parts.iter().any(|p| kept.parts.binary_search(p).is_ok());
    let within = match (kept.rows.first(), kept.rows.last(), new.rows.first(), new.rows.last()) {
        (Some(a), Some(b), Some(c), Some(d)) => a <= c && d <= b,
        _ => false,
    };
    if shared {
        overlap(kept, new) || (within && kept.rows.len() >= 4 * new.rows.len())
    } else {
        (within || overlap(kept, new)) && new.rows.len() * 10 < kept.rows.len() * 9
    }
}

/// Whether `family` lists the parts of `sub` although the total of `sub` would do, and another family shows that it
/// does.
fn expands(family: &Family, sub: &Family, all: &[Family]) -> bool {
    let fewer = (2..family.parts.len()).contains(&sub.parts.len());
    let within = || sub.parts.iter().all(|p| family.parts.binary_search(p).is_ok());
    if sub.total == family.total || !fewer || !within() || !overlap(family, sub) {
        return false;
    }
    if family.parts.binary_search(&sub.total).is_ok() {
        return sub.score > family.score || family.parts.len() <= 2 * sub.parts.len() + 1;
    }
    all.iter().any(|f| {
        f.total == family.total
            && f.parts.binary_search(&sub.total).is_ok()
            && f.parts.iter().all(|p| *p == sub.total || family.parts.binary_search(p).is_ok())
            && overlap(f, family)
    })
}
