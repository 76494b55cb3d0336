//! Makes statements of fragments that say one thing together.

use super::fragments::Fragment;
use super::matcher::Tape;
use super::stanzas::Phrases;
use super::{Token, ends, fragments};
use crate::model::names::TermClass;
use crate::model::statement::{Direction, RelationKind, Slot, Statement, StatementMark};
use crate::pack::pack;
use std::collections::BTreeMap;
use std::ops::Range;

/// The widest gap, in tokens, between two fragments of one statement.
const REACH: usize = 16;

/// What a text states about its figures.
pub fn read(phrases: &Phrases, text: &str, tokens: &[Token]) -> Vec<Statement> {
    let tape = Tape::new(text, tokens);
    let found = fragments::select(fragments::find(phrases, &tape));
    let breaks = Breaks::new(&tape);
    let (mut joined, mut rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|f| matches!(f.kind, RelationKind::Change | RelationKind::Ratio));
    for kind in [RelationKind::Change, RelationKind::Ratio] {
        let (ours, others) = joined.into_iter().partition(|f: &Fragment| f.kind == kind);
        joined = others;
        rest.extend(join(ours, &breaks, tokens));
    }
    take_nearer_direction(&mut rest, &breaks);
    carry_wholes(&mut rest, &breaks);
    let mut rest = parts_without_share(rest);
    rest.sort_by_key(|f| (f.tokens.start, f.tokens.end, f.kind, f.stanzas.first().copied()));
    let marks = SentenceMarks::new(&tape, &breaks);
    rest.iter_mut().for_each(|f| ends::order(f, tokens));
    rest.into_iter().flat_map(split_changes).map(|f| statement(phrases, f, &marks)).collect()
}

/// Where sentences end, and where clauses begin that have a subject of their own.
struct Breaks {
    /// For each token the number of its sentence and of its clause.
    numbers: Vec<(usize, usize)>,
    /// The words of rising and falling, in order.
    moves: Vec<(usize, Direction)>,
}

impl Breaks {
    fn new(tape: &Tape) -> Breaks {
        let (mut sentence, mut clause) = (0, 0);
        let mut numbers = Vec::with_capacity(tape.tokens.len());
        for at in 0..tape.tokens.len() {
            if opens_clause(tape, at) {
                clause += 1;
            }
            numbers.push((sentence, clause));
            if tape.stops(at) {
                sentence += usize::from(tape.word(at) != ";" && tape.word(at) != ":");
                clause += 1;
            }
        }
        let moves = (0..tape.tokens.len()).filter_map(|at| {
            let way = fragments::direction(tape.term(at)?.0)?;
            (way != Direction::Level).then_some((at, way))
        });
        Breaks { numbers, moves: moves.collect() }
    }

    /// Whether a word of the other direction stands between two tokens: "the fall in rolls means that more did so, 12 in 2021
    /// compared to 10 in 2020" says of no fall from 12 to 10.
    fn turns(&self, between: Range<usize>, direction: Option<Direction>) -> bool {
        let Some(own) = direction.filter(|own| *own != Direction::Level) else { return false };
        let from = self.moves.partition_point(|(at, _)| *at < between.start);
        let mut within = self.moves.iter().skip(from).take_while(|(at, _)| *at < between.end);
        within.any(|(_, way)| *way != own)
    }

    /// The direction of the last word of rising or falling before a token, in its sentence.
    fn move_before(&self, token: usize) -> Option<Direction> {
        let before = self.moves.partition_point(|(at, _)| *at < token);
        let (at, way) = self.moves.get(before.checked_sub(1)?)?;
        (self.sentence(*at) == self.sentence(token) && token - at <= REACH).then_some(*way)
    }

    fn sentence(&self, at: usize) -> usize {
        self.numbers.get(at).map_or(0, |n| n.0)
    }

    fn same_clause(&self, a: usize, b: usize) -> bool {
        self.numbers.get(a).map(|n| n.1) == self.numbers.get(b).map(|n| n.1)
    }
}

/// The tokens at which a clause begins that has a subject of its own.
pub fn clause_starts(text: &str, tokens: &[Token]) -> Vec<usize> {
    let tape = Tape::new(text, tokens);
    (0..tokens.len())
        .filter(|at| opens_clause(&tape, *at) || at.checked_sub(1).is_some_and(|b| tape.stops(b)))
        .collect()
}

/// Whether a clause begins here: with "while" or "whereas", or with "and" or a comma before a measure that something
/// is said of ("and compliments fell").
fn opens_clause(tape: &Tape, at: usize) -> bool {
    let words = &pack().words;
    let word = tape.word(at);
    if words.opens_clause.has(word) {
        return true;
    }
    if word != "," && !words.joins_clause.has(word) {
        return false;
    }
    let measure =
        (at + 1..at + 6).find(|i| tape.term(*i).is_some_and(|(class, _)| *class == TermClass::Measure));
    measure.is_some_and(|measure| {
        let says = |i: usize| {
            let moves = tape.term(i).is_some_and(|(c, _)| fragments::direction(c).is_some());
            moves || words.says.has(tape.word(i))
        };
        !(at + 1..measure).any(says) && (measure + 1..measure + 4).any(says)
    })
}

/// Joins fragments of one kind into statements, the nearest first.
fn join(mut fragments: Vec<Fragment>, breaks: &Breaks, tokens: &[Token]) -> Vec<Fragment> {
    for reach in 0..=REACH {
        let mut joined: Vec<Fragment> = Vec::with_capacity(fragments.len());
        for next in fragments {
            match joined
                .last_mut()
                .filter(|last| may_join(last, &next, reach, breaks) && ends::agree(last, &next, tokens))
            {
                Some(last) => unite(last, next),
                None => joined.push(next),
            }
        }
        fragments = joined;
    }
    fragments
}

/// Gives two values that are compared the direction of the word before them: "the fall in rolls means that a higher share did
/// so, 12% in 2021 compared to 10% in 2020". Where nothing else in their sentence moves, the word may be said of something
/// else, and the statement is marked so.
fn take_nearer_direction(fragments: &mut [Fragment], breaks: &Breaks) {
    let moving: Vec<(usize, Direction)> =
        fragments.iter().filter_map(|f| Some((breaks.sentence(f.tokens.start), f.direction?))).collect();
    for fragment in fragments.iter_mut().filter(|f| f.kind == RelationKind::Change && f.direction.is_none()) {
        let both = [Slot::Before, Slot::After].iter().all(|slot| fragment.slot(*slot).next().is_some());
        let sentence = breaks.sentence(fragment.tokens.start);
        let Some(nearest) = breaks.move_before(fragment.tokens.start).filter(|_| both) else { continue };
        fragment.direction = Some(nearest);
        if !moving.iter().any(|(at, way)| *at == sentence && *way != nearest) {
            fragment.mark(StatementMark::Nearby);
        }
    }
}

fn may_join(a: &Fragment, b: &Fragment, reach: usize, breaks: &Breaks) -> bool {
    let gap = b.tokens.start.saturating_sub(a.tokens.end);
    let apart = b.tokens.start >= a.tokens.end;
    let turned = a.direction.is_some() && b.direction.is_some() && a.direction != b.direction;
    gap <= reach
        && !turned
        && !breaks.turns(a.tokens.end..b.tokens.start, a.direction.or(b.direction))
        && !is_share_of_more(a, b)
        && (!apart || breaks.same_clause(a.tokens.end.saturating_sub(1), b.tokens.start))
        && (a.slots.len() + b.slots.len() > 0)
        && b.slots.iter().all(|(slot, token)| fits(a, *slot, *token))
}

/// Whether a share that stands before a whole and its part is that of the whole: "half of all cases, with a total of 45, of
/// which 32 were late".
fn is_share_of_more(a: &Fragment, b: &Fragment) -> bool {
    let (whole, part) = (b.slot(Slot::Whole).next(), b.slot(Slot::Part).next());
    let before = whole.zip(part).is_some_and(|(whole, part)| whole < part);
    before && !a.slots.is_empty() && a.slots.iter().all(|(slot, _)| *slot == Slot::Share)
}

/// Whether a figure can fill a slot. The slot must be free or hold this figure already, and the figure must have no
/// other slot. A change may hold two figures side by side, because it can be told in cases and in percent.
fn fits(a: &Fragment, slot: Slot, token: usize) -> bool {
    let free = !a.slots.iter().any(|(s, t)| *s == slot && *t != token);
    let twice =
        slot == Slot::Change && a.slot(slot).count() == 1 && a.slot(slot).any(|t| t.abs_diff(token) <= 3);
    (free || twice) && !a.slots.iter().any(|(s, t)| *t == token && *s != slot)
}

fn unite(a: &mut Fragment, b: Fragment) {
    a.tokens = a.tokens.start.min(b.tokens.start)..a.tokens.end.max(b.tokens.end);
    a.direction = a.direction.or(b.direction);
    for slot in b.slots {
        if !a.slots.contains(&slot) {
            a.slots.push(slot);
        }
    }
    for stanza in b.stanzas {
        if !a.stanzas.contains(&stanza) {
            a.stanzas.push(stanza);
        }
    }
    b.marks.into_iter().for_each(|mark| a.mark(mark));
}

/// Gives later shares of a sentence the whole that the sentence named before: "40 of the 92 (43%) … and 37 (40%)".
/// Such shares are marked as carried.
fn carry_wholes(fragments: &mut [Fragment], breaks: &Breaks) {
    fragments.sort_by_key(|f| (f.tokens.start, f.tokens.end));
    let mut whole: Option<(usize, usize)> = None;
    for fragment in
        fragments.iter_mut().filter(|f| matches!(f.kind, RelationKind::Ratio | RelationKind::Within))
    {
        let sentence = breaks.sentence(fragment.tokens.start);
        let own = fragment.slot(Slot::Whole).next();
        match own {
            Some(token) => whole = Some((sentence, token)),
            None => {
                let lacks =
                    fragment.slot(Slot::Part).next().is_some() && fragment.kind == RelationKind::Ratio;
                if let Some((_, token)) = whole.filter(|(s, _)| *s == sentence && lacks) {
                    fragment.slots.push((Slot::Whole, token));
                    fragment.mark(StatementMark::Carried);
                }
            }
        }
    }
}

/// Turns a part of a whole without a share into a statement that the part lies within the whole. Parts of the same
/// whole become one statement.
fn parts_without_share(fragments: Vec<Fragment>) -> Vec<Fragment> {
    let mut kept: Vec<Fragment> = Vec::with_capacity(fragments.len());
    let mut of_whole: BTreeMap<usize, usize> = BTreeMap::new();
    for mut fragment in fragments {
        if fragment.kind == RelationKind::Ratio
            && fragment.slots.iter().all(|(s, _)| matches!(s, Slot::Part | Slot::Whole))
        {
            fragment.kind = RelationKind::Within;
        }
        let whole = fragment.slot(Slot::Whole).next().filter(|_| fragment.kind == RelationKind::Within);
        let earlier = whole.and_then(|w| of_whole.get(&w)).and_then(|i| kept.get_mut(*i));
        match earlier {
            Some(earlier) => unite(earlier, fragment),
            None => {
                of_whole.extend(whole.map(|w| (w, kept.len())));
                kept.push(fragment);
            }
        }
    }
    kept
}

/// Splits a change that is told in cases and in percent into two statements with the same ends.
fn split_changes(fragment: Fragment) -> Vec<Fragment> {
    let changes: Vec<usize> = fragment.slot(Slot::Change).collect();
    if changes.len() < 2 {
        return vec![fragment];
    }
    let one = |keep: &usize| {
        let mut one = fragment.clone();
        one.slots.retain(|(slot, token)| *slot != Slot::Change || token == keep);
        one
    };
    changes.iter().map(one).collect()
}

/// The marks that a sentence sets on all its statements, and those that words beside a statement set on it.
struct SentenceMarks<'a> {
    tape: &'a Tape<'a>,
    /// Each mark with the number of its sentence, in order.
    notes: Vec<(usize, StatementMark)>,
    breaks: &'a Breaks,
}

impl<'a> SentenceMarks<'a> {
    fn new(tape: &'a Tape, breaks: &'a Breaks) -> SentenceMarks<'a> {
        let note = |at: usize| {
            let mark = match tape.term(at)? {
                (TermClass::Deictic, value) => StatementMark::from(value),
                (TermClass::Multiple, _) => StatementMark::Multiple,
                (TermClass::Rounding, _) => StatementMark::Rounding,
                (TermClass::Exhaustive, _) => StatementMark::Exhaustive,
                (TermClass::Includes, _) => StatementMark::Includes,
                _ => return None,
            };
            Some((breaks.sentence(at), mark))
        };
        SentenceMarks { tape, notes: (0..tape.tokens.len()).filter_map(note).collect(), breaks }
    }

    fn put(&self, fragment: &mut Fragment) {
        let sentence = self.breaks.sentence(fragment.tokens.start);
        let from = self.notes.partition_point(|(s, _)| *s < sentence);
        for (_, mark) in self.notes.iter().skip(from).take_while(|(s, _)| *s == sentence).take(8) {
            fragment.mark(mark.clone());
        }
        let beside = fragment.tokens.start.saturating_sub(2)..fragment.tokens.end + 2;
        for at in beside {
            match self.tape.term(at) {
                Some((TermClass::Degree, value)) => fragment.mark(StatementMark::from(value)),
                Some((TermClass::Average, _)) => fragment.mark(StatementMark::Average),
                _ => {}
            }
        }
    }
}

fn statement(phrases: &Phrases, mut fragment: Fragment, marks: &SentenceMarks) -> Statement {
    marks.put(&mut fragment);
    let name = |s: &usize| phrases.stanzas.get(*s).map(|s| s.name.clone());
    Statement {
        kind: fragment.kind,
        slots: fragment.slots,
        direction: fragment.direction,
        tokens: fragment.tokens,
        phrases: fragment.stanzas.iter().filter_map(name).collect(),
        marks: fragment.marks,
    }
}
