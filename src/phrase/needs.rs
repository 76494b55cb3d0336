//! What a text must hold for a pattern to match in it, as a few bits: most patterns are not tried on most texts.

use super::pattern::{Op, Test, Units};
use crate::pack::hash;
use serde::{Deserialize, Serialize};

/// Kinds of tokens. Several share a bit, so that a set may seem to hold more than it does, and never less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kinds(u128);

/// The bits from here on are those of figures, of periods and of other numerals; those before are of words and classes.
const NUMERALS: u32 = 112;

impl Kinds {
    pub const PERIOD: Kinds = Kinds(1 << 126);
    pub const REFERENCE: Kinds = Kinds(1 << 127);

    /// Of a folded word, or of the name of a class.
    pub fn named(name: &str) -> Kinds {
        Kinds(1 << (hash(name.as_bytes()) % NUMERALS))
    }

    /// Of figures of these units.
    pub fn of(units: Units) -> Kinds {
        Kinds(1 << (NUMERALS + units as u32))
    }

    pub fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether some kind is in both.
    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    fn passing(tests: &[Test]) -> Kinds {
        let kinds = |test: &Test| match test {
            Test::Words(words) => {
                words.iter().map(|word| Kinds::named(word)).fold(Kinds::default(), Kinds::and)
            }
            Test::Terms(terms) => {
                terms.iter().map(|(class, _)| Kinds::named(class.name())).fold(Kinds::default(), Kinds::and)
            }
            Test::Figure(_, units) => units.iter().copied().map(Kinds::of).fold(Kinds::default(), Kinds::and),
            Test::Period { .. } => Kinds::PERIOD,
            Test::Reference => Kinds::REFERENCE,
        };
        tests.iter().map(kinds).fold(Kinds::default(), Kinds::and)
    }
}

/// Sets of each of which a text must hold a kind for a program to match in it: those of each step that no way through the
/// program leads around, and those of all its figures where none leads around all of them.
pub fn needs(program: &[Op]) -> Vec<Kinds> {
    let takes = |figures: bool| {
        program.iter().enumerate().filter_map(move |(at, op)| match op {
            Op::Take(tests) if !figures || tests.iter().all(|t| matches!(t, Test::Figure(..))) => {
                Some((at, tests))
            }
            _ => None,
        })
    };
    let figures: Vec<usize> = takes(true).map(|(at, _)| at).collect();
    let any = takes(true).map(|(_, tests)| Kinds::passing(tests)).fold(Kinds::default(), Kinds::and);
    let each = takes(false).map(|(at, tests)| (vec![at], Kinds::passing(tests)));
    let all = std::iter::once((figures, any)).chain(each);
    all.filter(|(steps, _)| !passes_around(program, steps)).map(|(_, kinds)| kinds).collect()
}

/// Whether a way through a program leads around some of its steps.
fn passes_around(program: &[Op], steps: &[usize]) -> bool {
    let mut seen = vec![false; program.len()];
    let mut open = vec![0];
    while let Some(pc) = open.pop() {
        let Some((op, seen)) = program.get(pc).zip(seen.get_mut(pc)) else { continue };
        if std::mem::replace(seen, true) || steps.contains(&pc) {
            continue;
        }
        match op {
            Op::Accept => return true,
            Op::Take(_) | Op::Skip(_) | Op::Look { .. } | Op::Edge { .. } => open.push(pc + 1),
            Op::Split(a, b) => open.extend([*a, *b]),
            Op::Jump(to) => open.push(*to),
        }
    }
    false
}
