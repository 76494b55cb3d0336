//! Checks and orders the two ends of a change: their units must agree, and the later one is put after.

use super::fragments::Fragment;
use super::{Token, TokenKind};
use crate::model::period::{Period, PeriodExpr};
use crate::model::quantity::Unit;
use crate::model::statement::Slot;
use crate::pack::pack;

/// How many tokens from a figure its period may stand.
const REACH: usize = 7;

/// Whether both ends of a fragment are of one unit. The first may leave it out, as in "from 43 to 32 days".
pub fn alike(fragment: &Fragment, tokens: &[Token]) -> bool {
    let mut ends: Vec<&(Slot, usize)> =
        fragment.slots.iter().filter(|slot| end_unit(slot, tokens).is_some()).collect();
    ends.sort_by_key(|(_, token)| *token);
    let [first, second] = ends.as_slice() else { return true };
    let (a, b) = (end_unit(first, tokens), end_unit(second, tokens));
    a == b || (a == Some(Unit::Count) && second.1 - first.1 <= 2)
}

/// Whether two fragments can be joined: their units agree, and a change in points or cases has ends of the same unit.
pub fn agree(a: &Fragment, b: &Fragment, tokens: &[Token]) -> bool {
    let all = || a.slots.iter().chain(&b.slots);
    let units = |f: &Fragment| f.slots.iter().rev().find_map(|slot| end_unit(slot, tokens));
    let Some(end) = units(a).or(units(b)) else { return true };
    units(b).is_none_or(|u| u == end)
        && all().filter(|(slot, _)| *slot == Slot::Change).all(|(_, token)| match unit(*token, tokens) {
            None | Some(Unit::Percent | Unit::Ratio) => true,
            Some(Unit::PercentagePoints) => end == Unit::Percent,
            Some(own) => own == end,
        })
}

/// Puts the end with the earlier period first: "12 in 2015/16 compared to 22 in 2016/17".
pub fn order(fragment: &mut Fragment, tokens: &[Token]) {
    let of = |token| period_after(token, tokens).or_else(|| period_before(token, tokens));
    let period = |slot: Slot| fragment.slot(slot).next().and_then(of);
    let (Some(before), Some(after)) = (period(Slot::Before), period(Slot::After)) else { return };
    if before.start > after.start {
        for (slot, _) in &mut fragment.slots {
            *slot = match *slot {
                Slot::Before => Slot::After,
                Slot::After => Slot::Before,
                other => other,
            };
        }
    }
}

fn unit(token: usize, tokens: &[Token]) -> Option<Unit> {
    match &tokens.get(token)?.kind {
        TokenKind::Quantity(q) => Some(q.unit),
        _ => None,
    }
}

fn end_unit((slot, token): &(Slot, usize), tokens: &[Token]) -> Option<Unit> {
    if matches!(slot, Slot::Before | Slot::After) { unit(*token, tokens) } else { None }
}

/// The period that a clause with "when" gives its figure: "in 2023/24, when 26 were received".
fn period_before(token: usize, tokens: &[Token]) -> Option<Period> {
    let dates = |at: &usize| matches!(tokens.get(*at).map(|t| &t.kind), Some(TokenKind::Word(word)) if pack().words.dates_next.has(word));
    let when = (token.saturating_sub(REACH)..token).rev().find(dates)?;
    let comma = when.checked_sub(1)?;
    let at = match tokens.get(comma)?.kind {
        TokenKind::Punctuation(',') => comma.checked_sub(1)?,
        _ => comma,
    };
    match tokens.get(at)?.kind {
        TokenKind::Period(PeriodExpr::Absolute(period)) => Some(period),
        _ => None,
    }
}

/// The period that follows a figure, if no other figure and no full stop come first.
fn period_after(token: usize, tokens: &[Token]) -> Option<Period> {
    for next in tokens.iter().skip(token + 1).take(REACH) {
        match &next.kind {
            TokenKind::Period(PeriodExpr::Absolute(period)) => return Some(*period),
            TokenKind::Quantity(_) | TokenKind::Punctuation('.' | ';' | ',') => return None,
            _ => {}
        }
    }
    None
}
