//! Of what is called so sure, how much is right.

use crate::logistic::chance;
use crate::sample::{SOURCES, Sample, Source};
use std::fmt::Write as _;

/// The lower bounds of the bins, as chances.
const BINS: [f64; 8] = [0.0, 0.05, 0.2, 0.5, 0.7, 0.85, 0.95, 0.98];
/// What is told as a warning, in bits.
const TOLD: f64 = 2.5;

/// The odds of each sample by the weights as they are.
pub fn present(samples: &[Sample]) -> Vec<f64> {
    let bits = |sample: &Sample| sample.terms.iter().map(|(_, bits)| f64::from(*bits)).sum();
    samples.iter().map(bits).collect()
}

/// For each source of samples, by the weights as they are and by those that were fitted without the document.
pub fn told(samples: &[Sample], held_out: &[f64]) -> String {
    let mut text = String::new();
    for (source, name) in SOURCES {
        if !samples.iter().any(|sample| sample.source == source) {
            continue;
        }
        let both = [present(samples), held_out.to_vec()].map(|bits| bins(samples, &bits, source));
        let _ = writeln!(
            text,
            "Failing claims of {name}:\n\n| called right | now | are | fitted | are |\n| --- | ---: | ---: | ---: | ---: |"
        );
        text.extend(rows(&both));
        text.push('\n');
    }
    text
}

/// The part of `docs/accuracy.md`, from the corpus alone and with the weights as they are.
pub fn page(samples: &[Sample]) -> String {
    let of = |source| bins(samples, &present(samples), source);
    let mut text = INTRODUCTION.to_owned();
    text.push_str("| called right | claims | are | claims in damaged copies | are |\n| --- | ---: | ---: | ---: | ---: |\n");
    text.extend(rows(&[of(Source::Made), of(Source::Damaged)]));
    text
}

const INTRODUCTION: &str = "
Written by `UPDATE_DOCS=1 cargo bench --bench fit`. Every claim that fails has odds, of which its severity is made. These are
the claims that fail in the clean twins and in copies with one error put in, and, beside them, those that fail in damaged
copies, by how sure the program is that the document claims them and is wrong. A claim is right where it fails only in the
copy and rests on what was changed; none is right in a twin or a damaged copy.

";

/// A row for each bin, the surest first: of each way to weigh, how many claims, and how many of them are right.
pub fn rows(ways: &[[(usize, usize); BINS.len()]]) -> Vec<String> {
    let row = |at: usize| {
        let low = BINS.get(at).copied().unwrap_or(0.0);
        let high = BINS.get(at + 1).copied().unwrap_or(1.0);
        let mut text = format!("| {:.0}–{:.0}% |", 100.0 * low, 100.0 * high);
        for (right, all) in ways.iter().filter_map(|bins| bins.get(at)) {
            let share =
                (100 * right).checked_div(*all).map_or(String::new(), |share| format!("{right} ({share}%)"));
            let _ = write!(text, " {all} | {share} |");
        }
        text + "\n"
    };
    (0..BINS.len()).rev().map(row).collect()
}

/// How many samples of each bin are right, and how many there are.
pub fn bins(samples: &[Sample], bits: &[f64], source: Source) -> [(usize, usize); BINS.len()] {
    let mut bins = [(0, 0); BINS.len()];
    for (sample, bits) in samples.iter().zip(bits).filter(|(sample, _)| sample.source == source) {
        let at = BINS.iter().rposition(|low| chance(*bits) >= *low).unwrap_or(0);
        bins[at].0 += usize::from(sample.right);
        bins[at].1 += 1;
    }
    bins
}

/// The real claims that are told and wrong, or right and not told, by either weights.
pub fn wrong(samples: &[Sample], held_out: &[f64]) -> String {
    let mut text = String::new();
    for ((sample, now), fitted) in samples.iter().zip(present(samples)).zip(held_out) {
        let mistaken = (now >= TOLD) != sample.right || (*fitted >= TOLD) != sample.right;
        if sample.source == Source::Real && mistaken {
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
