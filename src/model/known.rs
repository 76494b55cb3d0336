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
    /// The one that is equal to a value, or else the value, which is known from now on.
    pub(crate) fn the(&mut self, value: Arc<T>) -> Arc<T> {
        if let Some(known) = self.0.get(&value) {
            return Arc::clone(known);
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(Arc::clone(&value));
        value
    }
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
