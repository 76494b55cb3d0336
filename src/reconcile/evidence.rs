//! The odds that a document claims a relation: the one place that weighs licences, siblings and doubts.
//!
//! Odds are added up in bits. A prior by the licence; for each sibling that holds, what its chance of holding by accident
//! is worth; for each that fails, what one failure in a hundred is worth; and what the relation's own reading assumes. The
//! weights are data (`weights.toml`), each with its reason.

use super::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use super::solve::{Fit, Outcome};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::quantity::{Quantity, Unit};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The table of weights.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    licence: LicenceWeights,
    siblings: SiblingWeights,
    own: OwnWeights,
    threshold: Thresholds,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LicenceWeights {
    stated: f32,
    labelled: f32,
    implied: f32,
    inferred: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SiblingWeights {
    fails: f32,
    holds: f32,
    all_hold: f32,
    elsewhere: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnWeights {
    assumed: f32,
    near: f32,
    out_of_scale: f32,
    larger_part: f32,
    unnamed_whole: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Thresholds {
    error: f32,
    warning: f32,
    claim: f32,
    heads: f32,
}

/// The weights that come with the program.
pub(crate) fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| toml::from_str(include_str!("weights.toml")).unwrap_or_else(|_| silent()))
}

/// Weights under which nothing is accused; only seen where the embedded table is broken, which a test excludes.
fn silent() -> Weights {
    Weights {
        licence: LicenceWeights { stated: 0.0, labelled: 0.0, implied: 0.0, inferred: 0.0 },
        siblings: SiblingWeights { fails: 0.0, holds: 0.0, all_hold: 0.0, elsewhere: 0.0 },
        own: OwnWeights { assumed: 0.0, near: 0.0, out_of_scale: 0.0, larger_part: 0.0, unnamed_whole: 0.0 },
        threshold: Thresholds { error: 1.0, warning: 1.0, claim: 0.0, heads: 0.0 },
    }
}

/// What speaks for and against a relation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odds {
    /// Each reason with its bits, in the order in which they were added.
    pub terms: Vec<(&'static str, f32)>,
}

impl Odds {
    fn add(&mut self, reason: &'static str, bits: f32) {
        if bits != 0.0 {
            self.terms.push((reason, bits));
        }
    }

    /// The sum, in bits: 1 for two to one, 2 for four to one.
    pub fn bits(&self) -> f32 {
        self.terms.iter().map(|(_, bits)| bits).sum()
    }

    /// Enough to call a break an error.
    pub(crate) fn accuse(&self) -> bool {
        self.bits() >= weights().threshold.error
    }

    /// Enough to warn of a break.
    pub(crate) fn warn(&self) -> bool {
        self.bits() >= weights().threshold.warning
    }

    /// Enough to speak of the relation at all, where nothing names it.
    pub(crate) fn claim(&self) -> bool {
        self.bits() >= weights().threshold.claim
    }

    /// So little that heads and labels must mean something else.
    pub(crate) fn refute_heads(&self) -> bool {
        self.bits() < weights().threshold.heads
    }
}

/// A relation with what its likeliest reading gives.
pub(crate) struct Worked<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// The reading that decides it, with its outcome; then the others, as they were tried.
    pub tried: Vec<(&'a Reading, Outcome)>,
}

impl Worked<'_> {
    /// What the deciding reading gives.
    pub fn fit(&self) -> Fit {
        self.tried.first().map_or(Fit::Undecided, |(_, outcome)| outcome.fit)
    }
}

/// A line of a table along which relations of one kind are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    /// Index into the run's documents.
    pub document: usize,
    table: usize,
    kind: std::mem::Discriminant<Arithmetic>,
    /// What heads say and what numbers suggest are two beliefs, and one does not fail for the other.
    licence: Licence,
    /// The operands stand in the published figure's own column.
    down: bool,
    /// The row (`down`) or the column of the published figures.
    at: usize,
}

impl Line {
    /// Whether its relations add numbers up.
    pub fn is_of_sums(self) -> bool {
        self.kind == std::mem::discriminant(&Arithmetic::Sum)
    }

    /// All lines of the table that run the same way.
    pub fn of_table(self) -> Line {
        Line { at: usize::MAX, ..self }
    }
}

/// What the relations of a line come to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Bits of those that hold.
    holds: f32,
    /// Bits of those that fail: less than nothing.
    fails: f32,
    /// How many there are.
    all: u32,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.holds += other.holds;
        self.fails += other.fails;
        self.all += other.all;
    }

    fn without(self, other: Tally) -> Tally {
        Tally {
            holds: (self.holds - other.holds).max(0.0),
            fails: (self.fails - other.fails).min(0.0),
            all: self.all.saturating_sub(other.all),
        }
    }

    /// What failures beyond the one in a hundred that slips explain say against the line.
    fn against(self) -> f32 {
        let explained = 0.01 * self.all as f32 * weights().siblings.fails;
        (self.fails - explained).min(0.0)
    }

    /// Whether the line is what it seems: all that hold count.
    fn belief(self) -> f32 {
        self.holds + self.against()
    }

    /// Whether a failure of the line is a slip: few failures outweigh any number that hold.
    fn accusal(self) -> f32 {
        self.holds.min(weights().siblings.all_hold) + self.against()
    }
}

/// The odds of each relation, in their order.
pub(crate) fn weigh(documents: &[Document], worked: &[Worked]) -> Vec<Odds> {
    let lines: Vec<Option<Line>> = worked.iter().map(|one| line(documents, one)).collect();
    let tallies: Vec<Tally> = worked.iter().map(|one| tally(documents, one)).collect();
    let mut by_line: HashMap<Line, Tally> = HashMap::new();
    let mut by_table: HashMap<Line, Tally> = HashMap::new();
    for (line, tally) in lines.iter().zip(&tallies) {
        if let Some(line) = line {
            by_line.entry(*line).or_default().add(*tally);
            by_table.entry(line.of_table()).or_default().add(*tally);
        }
    }
    let each = worked.iter().zip(lines.iter().zip(&tallies));
    each.map(|(one, (line, own))| {
        let mut odds = own_odds(documents, one);
        if let Some(line) = line {
            let of_line = by_line.get(line).copied().unwrap_or_default();
            let of_table = by_table.get(&line.of_table()).copied().unwrap_or_default();
            let siblings = of_line.without(*own);
            if one.fit() == Fit::Fails {
                let beside = of_table.without(of_line).accusal();
                odds.add("siblings in its line", siblings.accusal());
                odds.add("lines beside it", weights().siblings.elsewhere * beside);
            } else {
                odds.add("siblings in its line", siblings.belief());
            }
        }
        odds
    })
    .collect()
}

/// What a relation adds to its line: its bits where it holds, one failure where it fails.
fn tally(documents: &[Document], one: &Worked) -> Tally {
    match (one.tried.first(), one.fit()) {
        (Some((reading, _)), Fit::Fails) => {
            // One that is off by little is likelier a slip, and says less against its line.
            let near = near(documents, one.relation, reading).max(0.0);
            let scale = scale(documents, one.relation, reading);
            Tally { holds: 0.0, fails: weights().siblings.fails + near + scale, all: 1 }
        }
        (Some((reading, _)), fit) if fit.holds() => {
            let bits = surprise(documents, one.relation, reading, fit);
            Tally { holds: bits.min(weights().siblings.holds), fails: 0.0, all: 1 }
        }
        _ => Tally::default(),
    }
}

/// What a relation says for itself: its licence, what its reading assumes, and what its own failure looks like.
fn own_odds(documents: &[Document], one: &Worked) -> Odds {
    let by = weights();
    let mut odds = Odds::default();
    let (name, prior) = match one.relation.licence {
        Licence::Stated => ("stated", by.licence.stated),
        Licence::Labelled => ("labelled", by.licence.labelled),
        Licence::Implied => ("implied", by.licence.implied),
        Licence::Inferred => ("inferred", by.licence.inferred),
    };
    odds.add(name, prior);
    let Some((reading, outcome)) = one.tried.first() else { return odds };
    odds.add("assumed", by.own.assumed * reading.cost as f32);
    if outcome.fit.holds() {
        let bits = surprise(documents, one.relation, reading, outcome.fit);
        odds.add("it holds", bits.min(by.siblings.holds));
    }
    if outcome.fit != Fit::Fails {
        return odds;
    }
    odds.add("it fails", by.siblings.fails);
    odds.add("how far it is off", near(documents, one.relation, reading));
    odds.add("out of scale", scale(documents, one.relation, reading));
    match one.relation.arithmetic {
        Arithmetic::Bound if has_larger_part(documents, reading) => {
            odds.add("larger than its whole", by.own.larger_part);
        }
        Arithmetic::MultipleResponse if one.relation.licence != Licence::Labelled => {
            odds.add("the whole is not named", by.own.unnamed_whole);
        }
        Arithmetic::Feasible if reading.cost > NAMED && has_rival(one.relation, reading) => {
            odds.add("the whole is not named", by.own.unnamed_whole);
        }
        _ => {}
    }
    odds
}

/// What may be assumed at most of a number of cases that shares are tried against.
const NAMED: u32 = 2;

/// Whether another number of cases is about as likely.
fn has_rival(relation: &Relation, reading: &Reading) -> bool {
    let others = relation.readings.iter().filter(|other| other.operands != reading.operands);
    others.map(|other| other.cost).min().is_some_and(|cost| cost < reading.cost + 3)
}

fn figure(documents: &[Document], id: FigureId) -> Option<&Figure> {
    documents.get(id.document)?.figures.get(id.figure)
}

fn quantity(documents: &[Document], id: FigureId) -> Option<&Quantity> {
    figure(documents, id).map(|f| &f.quantity)
}

/// The values of the operands in a role.
fn values(documents: &[Document], reading: &Reading, wanted: OperandRole) -> Vec<Exact> {
    let matching = reading.operands.iter().filter(|(role, _)| *role == wanted);
    matching.filter_map(|(_, id)| quantity(documents, *id)?.value.clone()).collect()
}

/// The published figure of a relation: its own, or the total of its reading.
fn published<'a>(documents: &'a [Document], relation: &Relation, reading: &Reading) -> Option<&'a Quantity> {
    let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
    quantity(documents, relation.published.or(total)?)
}

/// How unlikely it is that a relation holds by accident, in bits: about the number of different results that the printed
/// digits can tell apart.
fn surprise(documents: &[Document], relation: &Relation, reading: &Reading, fit: Fit) -> f32 {
    let result = published(documents, relation, reading);
    let steps = result.map_or(0.0, |q| units(q, fit));
    let bits = match relation.arithmetic {
        Arithmetic::Sum => {
            let parts = values(documents, reading, OperandRole::Part);
            let filled = parts.iter().filter(|part| !part.is_zero()).count();
            // A total of a single part repeats it: that says little.
            if filled < 2 { 1.0 } else { log2(steps) }
        }
        Arithmetic::Crossfoot | Arithmetic::Mean | Arithmetic::Same | Arithmetic::Kept(_) => log2(steps),
        Arithmetic::Share | Arithmetic::Grim | Arithmetic::Remainder | Arithmetic::Mixture(_) => log2(
            result.map_or(1.0, |q| if q.unit == Unit::Percent { 100.0 * ten_to(q.decimals) } else { steps }),
        ),
        Arithmetic::PercentChange(_) | Arithmetic::Difference(_) => log2(steps) + 1.0,
        Arithmetic::Partition { .. } | Arithmetic::Feasible => 5.0,
        _ => 1.0,
    };
    // Each further choice of operands that was tried makes an accident likelier.
    (bits - log2(relation.readings.len().max(1) as f32)).max(0.0)
}

/// How many steps of its last printed digit a value is; a step is wider where it holds by rounding only.
fn units(printed: &Quantity, fit: Fit) -> f32 {
    let value = printed.value.as_ref().map_or(0.0, size);
    let steps = value * ten_to(printed.decimals) + 1.0;
    if fit == Fit::Exact { steps } else { (steps / 4.0).max(1.0) }
}

fn ten_to(places: u8) -> f32 {
    10f32.powi(i32::from(places))
}

fn log2(value: f32) -> f32 {
    value.max(1.0).log2()
}

/// The size of a number, as far as bits need it.
fn size(value: &Exact) -> f32 {
    value.abs().to_decimal(3).parse().unwrap_or(0.0)
}

/// Bits for a small gap between what is printed and what its operands give, and against a large one.
fn near(documents: &[Document], relation: &Relation, reading: &Reading) -> f32 {
    let most = weights().own.near;
    if matches!(relation.arithmetic, Arithmetic::Feasible | Arithmetic::Mixture(_)) {
        // Only shares that make 100 are held against whole cases, and then little is amiss.
        return most;
    }
    let Some(gap) = relative_gap(documents, relation, reading) else { return 0.0 };
    // What a sentence states is stated however far it is off.
    let least = if relation.licence == Licence::Stated { 0.0 } else { -most };
    // A gap of a quarter says nothing either way; each halving of it adds a bit.
    (-(gap * 4.0).max(1e-3).log2()).clamp(least, most)
}

/// A figure of the right size and the wrong sign is as far off as twice itself.
const OTHER_SIGN: f32 = 2.0;

/// The gap between the printed figure and what its operands give, as a part of the larger of the two.
fn relative_gap(documents: &[Document], relation: &Relation, reading: &Reading) -> Option<f32> {
    let parts = || values(documents, reading, OperandRole::Part);
    let printed = match relation.arithmetic {
        Arithmetic::Partition { .. } => 100.0,
        _ => published(documents, relation, reading)?.value.as_ref().map(size)?,
    };
    let one = |role| values(documents, reading, role).first().map(size);
    let given = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::Crossfoot | Arithmetic::Partition { .. } => {
            size(&parts().into_iter().sum())
        }
        Arithmetic::MultipleResponse => size(parts().iter().max()?),
        Arithmetic::Share => 100.0 * one(OperandRole::Part)? / one(OperandRole::Whole)?.max(1e-6),
        Arithmetic::PercentChange(_) => {
            let (before, after) = (one(OperandRole::Before)?, one(OperandRole::After)?);
            100.0 * (after - before).abs() / before.max(1e-6)
        }
        Arithmetic::Difference(_) => (one(OperandRole::After)? - one(OperandRole::Before)?).abs(),
        Arithmetic::Same => one(OperandRole::Same)?,
        _ => return None,
    };
    let gap = (printed - given).abs() / printed.max(given).max(1e-6);
    // Only the sign is off: a column that counts the other way sooner than a slip.
    Some(if gap < 1e-6 { OTHER_SIGN } else { gap })
}

/// Bits against sums that no slip makes of their parts.
fn scale(documents: &[Document], relation: &Relation, reading: &Reading) -> f32 {
    let adds = matches!(relation.arithmetic, Arithmetic::Sum | Arithmetic::Crossfoot);
    if adds && !could_be_sum(documents, relation, reading) { weights().own.out_of_scale } else { 0.0 }
}

/// Whether a total is of the size of its parts' sum: within half of it, and no part above it.
fn could_be_sum(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let Some(total) = published(documents, relation, reading).and_then(|q| q.value.clone()) else {
        return false;
    };
    let parts = values(documents, reading, OperandRole::Part);
    let signed = total.is_negative() || parts.iter().any(Exact::is_negative);
    let gap = (&parts.iter().cloned().sum::<Exact>() - &total).abs();
    (signed || parts.iter().all(|part| *part <= total)) && &gap + &gap <= total.abs()
}

/// A part above its whole is no part of it, unless the words leave no choice ("52 of the 48"): we paired the wrong
/// figures. Parts that are too many together are a break.
fn has_larger_part(documents: &[Document], reading: &Reading) -> bool {
    let figures = |wanted: OperandRole| {
        let matching = reading.operands.iter().filter(move |(role, _)| *role == wanted);
        matching.filter_map(|(_, id)| figure(documents, *id))
    };
    let Some(whole) = figures(OperandRole::Whole).next() else { return false };
    figures(OperandRole::Part).any(|part| {
        let adjacent = part.place.line == whole.place.line
            && whole.place.start.checked_sub(part.place.end).is_some_and(|gap| gap <= ADJACENT);
        (part.quantity.value > whole.quantity.value && !adjacent) || part.quantity.decimals > 0
    })
}

/// The line along which a relation has siblings: its operands stand in the row or the column of its figure. Lines of parts
/// whose total stands elsewhere are siblings as a whole, as are the lines of shares of one table.
pub(crate) fn line(documents: &[Document], one: &Worked) -> Option<Line> {
    // What one sentence states does not stand or fall with another.
    let (reading, _) = one.tried.first().filter(|_| one.relation.licence != Licence::Stated)?;
    let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
    let result = one.relation.published.or(total);
    let cell = |id: FigureId| match figure(documents, id)?.home {
        Home::Cell { table, row, col, .. } => Some((id.document, table, row, col)),
        Home::Prose { .. } => None,
    };
    let others = || reading.operands.iter().map(|(_, id)| *id).filter(|id| Some(*id) != result);
    let first = cell(others().next()?)?;
    let own = result.and_then(cell).filter(|own| own.1 == first.1);
    let (document, table, row, col) = own.unwrap_or(first);
    let (mut down, mut across) = (true, true);
    for id in others() {
        let (d, t, r, c) = cell(id)?;
        if (d, t) != (document, table) {
            return None;
        }
        down &= c == col;
        across &= r == row;
    }
    let down = down && !across;
    let at = match own {
        Some(_) if down => row,
        Some(_) => col,
        None => usize::MAX,
    };
    let kind = std::mem::discriminant(&one.relation.arithmetic);
    Some(Line { document, table, kind, licence: one.relation.licence, down, at })
}

/// Figures that stand so close, in characters, are tied by their sentence.
const ADJACENT: u32 = super::rules::propose::phrases::ADJACENT;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let by: Weights = toml::from_str(include_str!("weights.toml")).unwrap();
        assert!(by.licence.stated > by.licence.labelled && by.licence.labelled > by.licence.implied);
        assert!(by.threshold.error > by.threshold.warning && by.threshold.warning > by.threshold.claim);
        // A failure alone must not be enough to disbelieve what a sentence states.
        assert!(by.licence.stated + by.siblings.fails >= by.threshold.error);
    }

    #[test]
    fn a_few_failures_outweigh_any_number_that_hold() {
        let of = |holds: u32, fails: u32| Tally {
            holds: 8.0 * holds as f32,
            fails: weights().siblings.fails * fails as f32,
            all: holds + fails,
        };
        let accuses = |line: Tally| {
            let own = weights().licence.labelled + weights().siblings.fails;
            own + line.accusal() >= weights().threshold.error
        };
        assert!(accuses(of(6, 0)) && accuses(of(6, 2)));
        assert!(!accuses(of(0, 2)) && !accuses(of(6, 3)) && !accuses(of(50, 8)));
        assert!(of(50, 8).belief() > 0.0 && of(2, 8).belief() < 0.0);
    }
}
