//! Of what is called so sure, how much is right.

use crate::logistic;
use crate::sample::{Sample, Source};
use std::fmt::Write as _;

/// The lower bounds of the bins, as chances.
const BINS: [f64; 8] = [0.0, 0.05, 0.2, 0.5, 0.7, 0.85, 0.95, 0.98];

/// For the real documents and for the corpus, by the present weights and by those that were fitted without the document.
pub fn told(samples: &[Sample], held_out: &[f64]) -> String {
    let mut text = String::new();
    for (source, name) in
        [(Source::Real, "Real documents"), (Source::Made, "The corpus, with what is put in")]
    {
        let (before, after) =
            (bins(samples, &logistic::present(samples), source), bins(samples, held_out, source));
        let _ = writeln!(
            text,
            "{name}:\n\n| called | claims now | right | claims fitted | right |\n| --- | ---: | ---: | ---: | ---: |"
        );
        for (at, low) in BINS.iter().enumerate().rev() {
            let high = BINS.get(at + 1).copied().unwrap_or(1.0);
            let _ = write!(text, "| {:.0}–{:.0}% |", 100.0 * low, 100.0 * high);
            for (right, all) in [before[at], after[at]] {
                let share = if all == 0 {
                    String::new()
                } else {
                    format!("{right} ({:.0}%)", 100.0 * right as f64 / all as f64)
                };
                let _ = write!(text, " {all} | {share} |");
            }
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

fn bins(samples: &[Sample], bits: &[f64], source: Source) -> [(usize, usize); BINS.len()] {
    let mut bins = [(0, 0); BINS.len()];
    for (sample, bits) in samples.iter().zip(bits).filter(|(sample, _)| sample.source == source) {
        let at = BINS.iter().rposition(|low| logistic::share(*bits) >= *low).unwrap_or(0);
        bins[at].0 += usize::from(sample.right);
        bins[at].1 += 1;
    }
    bins
}

/// The real claims that would be told and are wrong, and those that are right and would not, with both odds.
pub fn wrong(samples: &[Sample], held_out: &[f64]) -> String {
    let mut text = String::new();
    for ((sample, now), fitted) in samples.iter().zip(logistic::present(samples)).zip(held_out) {
        let told = logistic::share(*fitted) >= 0.85 || logistic::share(now) >= 0.85;
        if sample.source == Source::Real && told != sample.right {
            let right = if sample.right { "right" } else { "wrong" };
            let _ = writeln!(
                text,
                "{right}: {now:+.1} now, {fitted:+.1} fitted: {} {:?}",
                sample.told, sample.terms
            );
        }
    }
    text
}
