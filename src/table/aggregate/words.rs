//! Words in a line's label that license a reading of its numbers.

/// What the label of a line says it holds.
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

const TOTAL: &[&str] = &[
    "total",
    "totals",
    "totale",
    "totalt",
    "subtotal",
    "subtotals",
    "sum",
    "all",
    "overall",
    "altogether",
    "combined",
    "both",
    "gesamt",
    "insgesamt",
    "zusammen",
    "summe",
    "summa",
    "samtliga",
    "ensemble",
    "yhteensä",
    "ialt",
    "alt",
    "итого",
    "всего",
    "razem",
    "ogółem",
    "ukupno",
    "toplam",
    "celkem",
    "spolu",
    "összesen",
    "totaal",
    "totaux",
    "net",
    "gross",
    "aggregate",
    "persons",
];
const MEAN: &[&str] =
    &["average", "averages", "avg", "mean", "means", "ave", "durchschnitt", "moyenne", "media", "gemiddelde"];
const SHARE: &[&str] = &[
    "percent",
    "percentage",
    "percentages",
    "pct",
    "share",
    "shares",
    "rate",
    "rates",
    "ratio",
    "ratios",
    "per",
    "proportion",
    "prozent",
    "anteil",
    "procent",
    "pourcentage",
];
const CHANGE: &[&str] = &[
    "change",
    "changes",
    "growth",
    "increase",
    "decrease",
    "chg",
    "variation",
    "difference",
    "diff",
    "veränderung",
    "förändring",
    "evolution",
    "gain",
    "loss",
];

/// The hints of one label text.
pub fn hints(label: &str) -> Hints {
    let lower = label.to_lowercase();
    let mut found = Hints { share: lower.contains('%'), ..Hints::default() };
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        found.total |= TOTAL.contains(&word) || word.starts_with("total");
        found.mean |= MEAN.contains(&word);
        found.share |= SHARE.contains(&word);
        found.change |= CHANGE.contains(&word);
    }
    found
}

impl Hints {
    /// Both hints together.
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
