//! Equal values that are stored once.

use rustc_hash::FxHashSet;
use std::hash::Hash;
use std::sync::Arc;

/// The values of one kind that were met lately.
pub(crate) struct Known<T: ?Sized>(FxHashSet<Arc<T>>);

/// With so many values it begins anew: a long list of distinct ones takes no more memory for it, and what comes often is
/// soon known again. Neighbouring rows and figures share what they have in common, so that more are hardly of use.
const MOST: usize = 4_096;

impl<T: ?Sized> Default for Known<T> {
    fn default() -> Known<T> {
        Known(FxHashSet::default())
    }
}

impl<T: Eq + Hash + ?Sized> Known<T> {
    /// The one that is equal to a value.
    pub(crate) fn get(&self, value: &T) -> Option<Arc<T>> {
        self.0.get(value).map(Arc::clone)
    }

    /// The one that is equal to a value, or else the value, which is known from now on.
    pub(crate) fn the(&mut self, value: Arc<T>) -> Arc<T> {
        if let Some(known) = self.get(&value) {
            return known;
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(Arc::clone(&value));
        value
    }
}

/// The numbers that a list has more than once, in order. By the hashes of their keys, this tells which of many values can be
/// alike: most are alone, and take no place in a table.
pub(crate) fn repeated(mut numbers: Vec<u64>) -> Vec<u64> {
    numbers.sort_unstable();
    let several = numbers.chunk_by(|a, b| a == b).filter(|equal| equal.len() > 1);
    several.filter_map(|equal| equal.first().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_one_however_many_others_were_met() {
        let mut known = Known::<str>::default();
        for round in 0..3 {
            let one = known.the("Housing".into());
            assert!(Arc::ptr_eq(&one, &known.the("Housing".into())), "{round}");
            for other in 0..MOST {
                known.the(other.to_string().into());
            }
            assert!(known.0.len() <= MOST);
        }
    }
}
