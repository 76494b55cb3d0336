//! Matches single patterns in a sentence, and selects among matches that exclude each other.

use super::matcher::{Kept, Match, Tape};
use super::stanzas::{Entry, Phrases, Stanza, StanzaMark};
use super::{TokenKind, ends};
use crate::model::names::TermClass;
use crate::model::statement::{Direction, RelationKind, Slot, StatementMark};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A match of one stanza, or several matches that were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    pub kind: RelationKind,
    /// The figure of each slot, in the order of print.
    pub slots: Vec<(Slot, usize)>,
    pub direction: Option<Direction>,
    pub tokens: Range<usize>,
    /// The stanzas that took part, by number.
    pub stanzas: Vec<usize>,
    pub marks: Vec<StatementMark>,
}

impl Fragment {
    /// The tokens of a slot.
    pub fn slot(&self, slot: Slot) -> impl Iterator<Item = usize> + '_ {
        self.slots.iter().filter(move |(s, _)| *s == slot).map(|(_, token)| *token)
    }

    /// Adds a mark once.
    pub fn mark(&mut self, mark: StatementMark) {
        if !self.marks.contains(&mark) {
            self.marks.push(mark);
        }
    }

    /// Whether its figures are limits or benchmarks, not results.
    fn sets_limits(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, StatementMark::Target | StatementMark::Benchmark))
    }
}

impl Phrases {
    /// Finds the programs that can begin with a token of this kind and this folded word, in order.
    pub fn candidates(&self, kind: &TokenKind, word: &str, found: &mut Vec<Entry>) {
        found.clear();
        let of_kind = match kind {
            TokenKind::Term(term) => self.index.classes.get(&term.class),
            TokenKind::Quantity(_) => Some(&self.index.figures),
            TokenKind::Reference => Some(&self.index.references),
            TokenKind::Period(_) => Some(&self.index.periods),
            TokenKind::Word(_) | TokenKind::Punctuation(_) => None,
        };
        let lists = [self.index.words.get(word), of_kind];
        lists.into_iter().flatten().for_each(|list| found.extend_from_slice(list));
        found.sort_unstable();
        found.dedup();
    }
}

/// Finds every match in a run of tokens. Of the patterns of one stanza that match at one token, the one that fills
/// most slots counts. No match of a stanza starts within another match of the same stanza.
pub fn find(phrases: &Phrases, tape: &Tape) -> Vec<Fragment> {
    let mut found: Vec<Fragment> = Vec::new();
    let mut busy_until: BTreeMap<usize, usize> = BTreeMap::new();
    let mut candidates = Vec::new();
    for ((start, token), ahead) in tape.tokens.iter().enumerate().zip(tape.kinds_ahead()) {
        let mut best: BTreeMap<usize, Match> = BTreeMap::new();
        phrases.candidates(&token.kind, tape.word(start), &mut candidates);
        for (number, program) in candidates.iter().copied() {
            let busy = busy_until.get(&number).is_some_and(|end| start < *end);
            let program = phrases.stanzas.get(number).and_then(|s| s.programs.get(program));
            let possible = program.filter(|p| !busy && p.needs.iter().all(|need| need.meets(ahead)));
            let Some(matched) = possible.and_then(|p| tape.run(&p.ops, start)) else { continue };
            let better = best.get(&number).is_none_or(|b| matched.slots() > b.slots());
            if better && matched.end > start {
                best.insert(number, matched);
            }
        }
        for (number, matched) in best {
            let Some(stanza) = phrases.stanzas.get(number) else { continue };
            let end = matched.end;
            let fragment = fragment(stanza, number, matched, start, tape);
            // "Within five days, down from 65%" says nothing of five: "down from 65%" is yet to be found.
            if ends::alike(&fragment, tape.tokens) {
                busy_until.insert(number, end);
                found.push(fragment);
            }
        }
    }
    found
}

fn fragment(stanza: &Stanza, number: usize, matched: Match, start: usize, tape: &Tape) -> Fragment {
    let mut fragment = Fragment {
        kind: stanza.kind,
        slots: Vec::new(),
        direction: stanza.direction,
        tokens: start..matched.end,
        stanzas: vec![number],
        marks: Vec::new(),
    };
    let mut terms: Vec<(&TermClass, &str)> = Vec::new();
    for kept in matched.kept {
        match kept {
            Kept::Slot(slot, token) => fragment.slots.push((slot, token)),
            Kept::Term(token) => terms.extend(tape.term(token)),
        }
    }
    if matches!(stanza.kind, RelationKind::Change | RelationKind::Order) {
        let moved = terms.iter().find_map(|(class, _)| direction(class));
        fragment.direction = fragment.direction.or(moved);
    }
    for mark in &stanza.marks {
        match mark {
            StanzaMark::Given(mark) => fragment.mark(mark.clone()),
            StanzaMark::OfClass(wanted) => {
                let values = terms.iter().filter(|(class, _)| *class == wanted);
                values.for_each(|(_, value)| fragment.mark(StatementMark::from(*value)));
            }
        }
    }
    fragment
}

/// The direction that a class of the vocabulary tells.
pub fn direction(class: &TermClass) -> Option<Direction> {
    match class {
        TermClass::Rise => Some(Direction::Rise),
        TermClass::Fall => Some(Direction::Fall),
        TermClass::Level => Some(Direction::Level),
        _ => None,
    }
}

/// Selects the fragments that do not contradict each other; those that fill most slots are taken first. A fragment is
/// dropped where it gives a figure another role than a selected fragment of its kind does. A limit is never taken for
/// a result, nor the size of a change for a share.
pub fn select(mut found: Vec<Fragment>) -> Vec<Fragment> {
    found.sort_by_key(|f| {
        let length = f.tokens.len();
        let size = if f.slots.is_empty() { usize::MAX - length } else { length };
        let unsized_change = f.slot(Slot::Change).next().is_none();
        let slots = std::cmp::Reverse(f.slots.len());
        (unsized_change, slots, f.direction.is_none(), size, f.tokens.start, f.stanzas.first().copied())
    });
    let mut roles = Roles::of(&found);
    let mut kept: Vec<Fragment> = Vec::new();
    for fragment in found {
        if roles.admit(&fragment) {
            roles.note(&fragment);
            kept.push(fragment);
        }
    }
    kept.sort_by_key(|f| (f.tokens.start, f.tokens.end, f.stanzas.first().copied()));
    kept
}

/// The roles that the selected fragments give to figures.
#[derive(Default)]
struct Roles {
    slots: BTreeMap<(RelationKind, usize), Slot>,
    /// Figures that are limits, or numbers of other bodies.
    limits: BTreeSet<usize>,
    /// The later figure of each change, by the earlier one.
    ends: BTreeMap<usize, usize>,
    covered: BTreeSet<(RelationKind, usize)>,
}

impl Roles {
    fn of(found: &[Fragment]) -> Roles {
        let mut roles = Roles::default();
        for fragment in found.iter().filter(|f| f.sets_limits()) {
            roles.limits.extend(fragment.slots.iter().map(|(_, token)| *token));
        }
        for change in found.iter().filter(|f| f.kind == RelationKind::Change) {
            let sizes = change.slot(Slot::Change).map(|token| ((RelationKind::Ratio, token), Slot::Change));
            roles.slots.extend(sizes);
            roles.ends.extend(change.slot(Slot::Before).zip(change.slot(Slot::After)));
        }
        roles
    }

    fn role(&self, kind: RelationKind, token: usize) -> Option<Slot> {
        self.slots.get(&(kind, token)).copied()
    }

    fn admit(&self, fragment: &Fragment) -> bool {
        let of_kind = |token: &usize| self.role(fragment.kind, *token);
        let limit = !fragment.sets_limits() && fragment.slots.iter().any(|(_, t)| self.limits.contains(t));
        let ends = fragment.kind == RelationKind::Sum && ends_in(fragment, &self.ends);
        let clash = fragment.slots.iter().any(|(slot, t)| of_kind(t).is_some_and(|role| role != *slot));
        let known = match fragment.slots.is_empty() {
            true => fragment.tokens.clone().any(|t| self.covered.contains(&(fragment.kind, t))),
            false => fragment.slots.iter().all(|(_, t)| of_kind(t).is_some()),
        };
        !(limit || ends || clash || known)
    }

    fn note(&mut self, fragment: &Fragment) {
        self.slots.extend(fragment.slots.iter().map(|(slot, t)| ((fragment.kind, *t), *slot)));
        self.covered.extend(fragment.tokens.clone().map(|t| (fragment.kind, t)));
    }
}

/// Whether the parts of a sum are the two ends of a change, so that they are no sum.
fn ends_in(sum: &Fragment, changes: &BTreeMap<usize, usize>) -> bool {
    let is_part = |token: usize| sum.slot(Slot::Part).any(|t| t == token);
    sum.slot(Slot::Part).any(|t| changes.get(&t).is_some_and(|after| is_part(*after)))
}
