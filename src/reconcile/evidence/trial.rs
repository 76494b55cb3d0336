//! What may be tried along a line before anything is emitted: which of many other lines its numbers are made of.

use super::size::log2;
use super::weights::weights;

/// One way to explain the numbers of a line, and how far it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial {
    /// How many of the numbers it explains.
    pub holds: usize,
    /// How many it does not.
    pub fails: usize,
    /// How many results a number can tell apart: one in so many agrees by accident.
    pub steps: f32,
}

impl Trial {
    /// Whether what it explains outweighs what it does not.
    pub fn is_borne_out(self) -> bool {
        self.bits() >= weights().threshold.claim
    }

    /// As for relations that were emitted: those that hold add what chance is worth, those that fail take theirs.
    fn bits(self) -> f32 {
        let by = &weights().siblings;
        self.holds as f32 * log2(self.steps).min(by.holds) + self.fails as f32 * by.fails
    }
}

/// Whether the likeliest of so many ways can be more than chance where it explains all of so few numbers.
pub(crate) fn can_tell(numbers: usize, steps: f32, ways: usize) -> bool {
    Trial { holds: numbers, fails: 0, steps }.bits() - log2(ways as f32) > weights().threshold.claim
}

/// The likeliest of several ways, the first of equals; nothing where chance explains it as well, since the more ways are
/// tried, the better the best of them fits by accident.
pub(crate) fn likeliest<T>(tried: impl Iterator<Item = (T, Trial)>) -> Option<T> {
    let mut best: Option<(T, f32)> = None;
    let mut ways = 0;
    for (way, trial) in tried {
        ways += 1;
        let bits = trial.bits();
        if best.as_ref().is_none_or(|(_, most)| bits > *most) {
            best = Some((way, bits));
        }
    }
    best.filter(|(_, bits)| bits - log2(ways as f32) > weights().threshold.claim).map(|(way, _)| way)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(holds: usize, fails: usize) -> Trial {
        Trial { holds, fails, steps: 100.0 }
    }

    #[test]
    fn one_that_holds_is_chance_where_many_were_tried() {
        let many = |best: Trial| (0..99).map(|way| (way, trial(0, 3))).chain([(99, best)]);
        assert_eq!(likeliest(many(trial(1, 0))), None);
        assert_eq!(likeliest(many(trial(2, 0))), Some(99));
        assert_eq!(likeliest(many(trial(4, 2))), Some(99));
        assert_eq!(likeliest(many(trial(3, 3))), None);
    }

    #[test]
    fn one_that_holds_bears_out_one_that_fails_and_no_more() {
        let long = |holds, fails| Trial { holds, fails, steps: 256.0 }.is_borne_out();
        assert!(long(0, 0) && long(1, 1) && long(5, 6));
        assert!(!long(0, 1) && !long(1, 2));
    }

    #[test]
    fn what_cannot_be_told_from_chance_is_not_tried() {
        assert!(can_tell(2, 100.0, 240) && !can_tell(1, 100.0, 240) && !can_tell(0, 100.0, 1));
    }

    #[test]
    fn the_first_of_equals_is_taken() {
        assert_eq!(likeliest([(1, trial(3, 0)), (2, trial(3, 0))].into_iter()), Some(1));
        assert_eq!(likeliest(std::iter::empty::<(u8, Trial)>()), None);
    }
}
