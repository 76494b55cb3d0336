//! The verdict on a relation: a fold over its admitted readings.

use super::apply::{arithmetic, attempt, mode};
use super::claim::{Claim, Severity, Verdict};
use super::diagnose::diagnose;
use super::evidence::{self, Damage, Odds, Worked};
use super::placements;
use super::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use super::rules;
use super::solve::{Convention, Fit, Outcome};
use super::sums;
use crate::model::document::Document;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use ecow::EcoString;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;

/// A reading that costs this much more than the cheapest is not admitted beside it.
const ADMITTED: u32 = 3;
/// Every total and every pair of values that the document gives is tried before a share or a change is called
/// inconsistent.
const EVERY_VALUE: u32 = 40;

/// Works out every relation under its admitted readings.
pub(crate) fn work<'a>(documents: &'a [Document], relations: &'a [Relation]) -> Vec<Worked<'a>> {
    relations.iter().map(|relation| Worked { relation, tried: try_readings(documents, relation) }).collect()
}

/// Has a relation that fails be decided by the reading under which its siblings hold: a row of changes compares the same
/// two rows throughout, and the shares of a table are of one number of cases.
pub(crate) fn follow_siblings(documents: &[Document], worked: &mut [Worked]) {
    let mut held: HashMap<Way, Held> = HashMap::new();
    let mut failing: HashMap<evidence::Line, u32> = HashMap::new();
    for one in worked.iter() {
        // What holds under several readings, as a share of nought does, speaks for all of them.
        for (reading, _) in one.tried.iter().filter(|(_, outcome)| outcome.fit.holds()) {
            let sure = evidence::is_no_accident(documents, one.relation, reading);
            ways(documents, one.relation, reading).for_each(|way| held.entry(way).or_default().add(sure));
        }
        let line = one.line(documents).filter(|_| one.fit() == Fit::Fails);
        line.into_iter().for_each(|line| *failing.entry(line).or_default() += 1);
    }
    for one in worked.iter_mut().filter(|one| one.fit() == Fit::Fails) {
        let alone = one.line(documents).is_some_and(|line| failing.get(&line) == Some(&1));
        let siblings = |reading: &Reading| {
            let held = ways(documents, one.relation, reading).filter_map(|way| held.get(&way));
            held.map(|held| held.siblings(alone)).max().filter(|siblings| *siblings >= SEVERAL)
        };
        let best = one.tried.iter().map(|(reading, _)| siblings(reading)).enumerate().max_by_key(|(_, n)| *n);
        if let Some((at, Some(_))) = best {
            one.tried.swap(0, at);
        }
    }
}

/// How many relations hold in a way, and whether one of them is no accident.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    siblings: u32,
    sure: bool,
}

impl Held {
    fn add(&mut self, sure: bool) {
        self.siblings += 1;
        self.sure |= sure;
    }

    /// How many siblings speak for the way. One that is no accident speaks for several where nothing but the relation itself fails
    /// along its line.
    fn siblings(self, alone: bool) -> u32 {
        if alone && self.sure { self.siblings.max(SEVERAL) } else { self.siblings }
    }
}

/// What readings of siblings have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Way {
    /// They come in the same place of their relations along a line.
    Nth(evidence::Line, usize),
    /// Shares of this document's table are of the same number of cases.
    Whole(usize, TableIdx, FigureId),
    /// Shares are of the totals of their rows, or of those of their columns.
    Along(evidence::Line),
}

fn ways(documents: &[Document], relation: &Relation, reading: &Reading) -> impl Iterator<Item = Way> + use<> {
    let nth = relation.readings.iter().position(|r| r == reading);
    let line = evidence::line(documents, relation, reading);
    let published = relation.published.filter(|_| matches!(relation.arithmetic, Arithmetic::Share));
    let table = published.and_then(|id| match evidence::figure(documents, id)?.home {
        Home::Cell { table, .. } => Some((id.document(), table)),
        Home::Prose { .. } => None,
    });
    let whole = reading.operands.iter().find(|(role, _)| *role == OperandRole::Whole).map(|(_, id)| *id);
    let beside = |id: &FigureId| {
        let home = evidence::figure(documents, *id).and_then(|figure| figure.home.cell());
        home.map(|(own, ..)| (id.document(), own)) == table
    };
    let runs = published.is_some() && whole.as_ref().is_some_and(beside);
    let along = line.filter(|_| runs).map(|line| Way::Along(line.of_table()));
    let nth = line.zip(nth).map(|(line, nth)| Way::Nth(line, nth));
    let whole = table.zip(whole).map(|((document, table), whole)| Way::Whole(document, table, whole));
    nth.into_iter().chain(whole).chain(along)
}

/// One sibling that holds under a reading can hold by chance.
const SEVERAL: u32 = 2;

/// Decides every relation that was not set aside.
pub(crate) fn claims(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
    aside: &[Option<&'static str>],
    damage: &Damage,
) -> Vec<Claim> {
    let speaking = worked.iter().zip(odds).zip(aside).filter(|(_, why)| why.is_none());
    // A long table has claims in the millions. A list that grows is copied while its older half is still held.
    let mut claims = Vec::with_capacity(aside.iter().filter(|why| why.is_none()).count());
    claims.extend(speaking.map(|((one, odds), _)| {
        let claim = decide(documents, one, odds, damage);
        let code = sums::code(documents, one.relation, &claim);
        Claim { odds: odds.clone(), code, ..claim }
    }));
    name(documents, &mut claims);
    claims
}

/// Why a claim is about our own reading, and not about the publisher's figures.
const DOUBTFUL: &str = "doubtful reading of an operand";

/// Whether a numeral is in doubt, or a figure stands in a column that is not certain and the relation depends on the
/// column. The sum of a row does not, and shares that bear one another out have decided it.
fn rests_on_doubt(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let figure = |id: FigureId| documents.get(id.document())?.figures.get(id.figure);
    let figures: Vec<_> =
        reading.operands.iter().map(|(_, id)| *id).chain(relation.published).filter_map(figure).collect();
    let row = |home: Home| match home {
        Home::Cell { table, row, .. } => Some((table, row)),
        Home::Prose { .. } => None,
    };
    let parts: Vec<_> = figures.iter().filter_map(|f| row(f.home)).collect();
    let one_row = parts.windows(2).all(|pair| pair.first() == pair.last());
    let settled = match relation.arithmetic {
        Arithmetic::Sum => one_row || relation.code == "CF102",
        Arithmetic::Share | Arithmetic::Partition { .. } | Arithmetic::Feasible => true,
        Arithmetic::Extreme { .. } => placements::fails_in_all(documents, relation, reading),
        _ => false,
    };
    figures.iter().any(|f| {
        let doubtful = f.misread || !settled && !f.doubts.is_empty();
        doubtful && !is_printed_again(documents, relation.document, f)
    })
}

/// Whether the value of a doubtful cell is printed for its period in a place that is not doubtful.
fn is_printed_again(documents: &[Document], document: usize, doubtful: &Figure) -> bool {
    let figures = documents.get(document).map_or(&[][..], |d| &d.figures);
    figures.iter().take(FIGURES).any(|f| {
        f.doubts.is_empty()
            && f.quantity.value == doubtful.quantity.value
            && f.quantity.unit == doubtful.quantity.unit
            && f.facets.period == doubtful.facets.period
    })
}

/// How many figures are looked at for another print of one.
pub(crate) const FIGURES: usize = 10_000;

/// The admitted readings with what they give: the one that decides first.
fn try_readings<'a>(documents: &[Document], relation: &'a Relation) -> Vec<(&'a Reading, Outcome)> {
    let cheapest = relation.readings.iter().map(|r| r.cost).min();
    let slack = match relation.arithmetic {
        // Many numbers of cases make given shares: only the likeliest may be tried.
        Arithmetic::Feasible => 0,
        Arithmetic::Share if cheapest > Some(0) => EVERY_VALUE,
        Arithmetic::PercentChange(_) | Arithmetic::Difference(_) if cheapest > Some(0) => EVERY_VALUE,
        _ => ADMITTED,
    };
    let admitted = |reading: &&Reading| Some(reading.cost) <= cheapest.map(|c| c + slack);
    let mut tried: Vec<(&Reading, Outcome)> =
        relation.readings.iter().filter(admitted).map(|r| (r, attempt(documents, relation, r))).collect();
    // That a share of a sentence was cut off is no reason to take it of another number than the likeliest.
    let of_sentence = relation.arithmetic == Arithmetic::Share && relation.licence == Licence::Stated;
    for (reading, outcome) in &mut tried {
        let cut = outcome.fit == Fit::ByConvention(Convention::Truncation);
        if cut && of_sentence && Some(reading.cost) > cheapest.map(|c| c + ADMITTED) {
            outcome.fit = Fit::Fails;
        }
    }
    tried.sort_by_key(|(reading, outcome)| (outcome.fit.rank(), reading.cost));
    if tried.first().is_some_and(|(_, outcome)| outcome.fit == Fit::Fails) {
        // A reading that rests on no doubt speaks before one that does.
        tried.sort_by_key(|(reading, outcome)| {
            (outcome.fit.rank(), rests_on_doubt(documents, relation, reading))
        });
    }
    if relation.arithmetic == Arithmetic::Sum {
        prefer_fewer_parts(&mut tried);
    }
    // Most have one reading, for which a list makes room for four.
    tried.shrink_to_fit();
    tried
}

/// Has a total that holds with and without some parts, which are noughts then, be the sum of those without.
fn prefer_fewer_parts(tried: &mut [(&Reading, Outcome)]) {
    let Some((first, outcome)) = tried.first().filter(|(_, outcome)| outcome.fit.holds()) else { return };
    let same = |other: &Outcome| other.fit == outcome.fit;
    let fewer = |other: &Reading| {
        (2..first.operands.len()).contains(&other.operands.len())
            && other.operands.iter().all(|operand| first.operands.contains(operand))
    };
    if let Some(at) = tried.iter().position(|(reading, other)| same(other) && fewer(reading)) {
        tried.swap(0, at);
    }
}

/// The verdict on one relation.
fn decide(documents: &[Document], one: &Worked, odds: &Odds, damage: &Damage) -> Claim {
    let relation = one.relation;
    let Some((reading, outcome)) = one.tried.first() else {
        return unverifiable(documents, relation, "stands alone: no figure to compare it with", None);
    };
    let tried = Some((*reading, outcome));
    let (verdict, convention) = match outcome.fit {
        Fit::Exact => (Verdict::Holds, None),
        Fit::ByRounding => (Verdict::HoldsByRounding, None),
        Fit::ByConvention(convention) => (Verdict::HoldsByConvention, Some(mode(convention))),
        Fit::Undecided => return unverifiable(documents, relation, "an operand is missing", tried),
        Fit::Fails
            if rests_on_doubt(documents, relation, reading)
                || damage.touches(documents, relation, reading) =>
        {
            return Claim { code: "CF803", ..unverifiable(documents, relation, DOUBTFUL, tried) };
        }
        Fit::Fails if !odds.warn() && !is_meant(relation) => {
            return unverifiable(documents, relation, UNSUPPORTED, tried);
        }
        Fit::Fails => (Verdict::Inconsistent, None),
    };
    let mut claim = blank(documents, relation, verdict, tried);
    if outcome.fit == Fit::ByConvention(Convention::Points) {
        claim.code = "CF305";
    }
    claim.mode = convention;
    claim.severity = severity(relation, verdict, odds);
    if verdict == Verdict::Inconsistent {
        claim.diagnosis = diagnose(documents, relation, &one.tried);
    }
    claim
}

/// Why a failing relation is no finding: it is likelier that the document does not claim it.
const UNSUPPORTED: &str = "too little says that the figures are meant to agree";

/// A note for conventions; for a break what its check is, as far as the odds allow. What nothing names is a warning at
/// most.
fn severity(relation: &Relation, verdict: Verdict, odds: &Odds) -> Option<Severity> {
    match verdict {
        Verdict::HoldsByConvention => return Some(Severity::Note),
        Verdict::Inconsistent => {}
        _ => return None,
    }
    let base = rules::find(relation.code).map_or(Severity::Warning, |check| check.severity);
    let named = matches!(relation.licence, Licence::Stated | Licence::Labelled);
    Some(match () {
        () if named && odds.accuse() => base,
        () if odds.warn() => base.min(Severity::Warning),
        () => Severity::Note,
    })
}

/// Whether heads say what is added up, however many of its siblings fail: a balance, of which most of its table bear out what
/// is added and what is taken off. Where too many are off for slips, each is a note.
fn is_meant(relation: &Relation) -> bool {
    relation.arithmetic == Arithmetic::Balance
}

fn unverifiable(
    documents: &[Document],
    relation: &Relation,
    reason: &'static str,
    tried: Option<(&Reading, &Outcome)>,
) -> Claim {
    Claim { reason: Some(reason.into()), ..blank(documents, relation, Verdict::Unverifiable, tried) }
}

fn blank(
    documents: &[Document],
    relation: &Relation,
    verdict: Verdict,
    decided: Option<(&Reading, &Outcome)>,
) -> Claim {
    let (computed, arithmetic, operands) = decided.map_or_else(Default::default, |(reading, outcome)| {
        let note = reading.note.as_ref().map_or(String::new(), |note| format!("; {note}"));
        let arithmetic = arithmetic(documents, relation, reading, outcome) + &note;
        (outcome.computed.clone(), arithmetic.into(), with_published(relation, reading))
    });
    Claim {
        id: EcoString::new(),
        code: relation.code,
        verdict,
        mode: None,
        reason: None,
        published: relation.printed.clone(),
        computed,
        arithmetic,
        document: relation.document,
        figure: relation.published,
        place: relation.place,
        operands,
        unprinted: relation.arithmetic.unprinted(),
        diagnosis: Vec::new(),
        severity: None,
        odds: Odds::default(),
    }
}

/// The operands of a reading, the published figure first.
fn with_published(relation: &Relation, reading: &Reading) -> Vec<(OperandRole, FigureId)> {
    let role = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::Balance | Arithmetic::MultipleResponse | Arithmetic::Crossfoot => {
            OperandRole::Total
        }
        Arithmetic::Share
        | Arithmetic::Grim
        | Arithmetic::Remainder
        | Arithmetic::Left
        | Arithmetic::Mixture(_) => OperandRole::Share,
        Arithmetic::PercentChange(_) | Arithmetic::Multiple => OperandRole::Change,
        Arithmetic::Quotient | Arithmetic::YearlyChange { .. } => OperandRole::Mean,
        Arithmetic::Difference(_) => OperandRole::Difference,
        Arithmetic::Bound => OperandRole::Part,
        Arithmetic::Count { .. } => OperandRole::Bound,
        _ => OperandRole::Same,
    };
    let published = relation.published.filter(|id| reading.operands.iter().all(|(_, other)| other != id));
    published.map(|id| (role, id)).into_iter().chain(reading.operands.iter().copied()).collect()
}

/// Of how many bytes of a hash the id of a claim is made.
const ID_BYTES: usize = 6;

/// Names claims by what they say, so that a report that is exported again keeps its names.
fn name(documents: &[Document], claims: &mut [Claim]) {
    let mut used: HashMap<[u8; ID_BYTES], u32> = HashMap::new();
    for claim in claims {
        let mut hash = Sha256::new();
        hash.update(claim.code);
        if let Some(document) = documents.get(claim.document) {
            hash.update(document.organisation().unwrap_or_default());
            hash.update(document.period.map(|p| p.label()).unwrap_or_default());
        }
        hash.update(&claim.published);
        for (_, id) in &claim.operands {
            if let Some(figure) = documents.get(id.document()).and_then(|d| d.figures.get(id.figure)) {
                hash.update(figure.label().as_bytes());
                hash.update(figure.quantity.to_string());
            }
        }
        let mut key = [0; ID_BYTES];
        key.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
        let nth = used.entry(key).or_insert(0);
        *nth += 1;
        for byte in key {
            let _ = write!(claim.id, "{byte:02x}");
        }
        if *nth > 1 {
            let _ = write!(claim.id, "-{nth}");
        }
    }
}
