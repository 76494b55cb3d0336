//! Words in the label of a line that say what its numbers are.

use crate::pack::pack;

/// What the label of a line says that it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// "Total", "All", "Sum", …
    pub total: bool,
    /// "Average", "Mean"
    pub mean: bool,
    /// "%", "share", "rate", "per"
    pub share: bool,
    /// "change", "growth"
    pub change: bool,
}

/// What one label says.
pub fn hints(label: &str) -> Hints {
    let totals = &pack().totals;
    let lower = label.to_lowercase();
    let mut found = Hints { share: lower.contains('%'), ..Hints::default() };
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        found.total |= totals.hints_total.has(word) || totals.begins_total.begins(word);
        found.mean |= totals.hints_mean.has(word);
        found.share |= totals.hints_share.has(word);
        found.change |= totals.hints_change.has(word);
    }
    found
}

impl Hints {
    /// What two labels say together.
    pub fn or(self, other: Hints) -> Hints {
        Hints {
            total: self.total || other.total,
            mean: self.mean || other.mean,
            share: self.share || other.share,
            change: self.change || other.change,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_hints() {
        assert!(hints("Grand Total").total);
        assert!(hints("Subtotal, claims").total);
        assert!(!hints("Hall").total);
        assert!(hints("% upheld").share && hints("Rate per 1,000").share);
        assert!(hints("Year on year change").change);
        assert!(hints("Avg. cost").mean);
    }
}
