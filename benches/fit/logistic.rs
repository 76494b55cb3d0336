//! The odds as a sum of weighted reasons, fitted so that what was judged is likeliest.

use crate::sample::Sample;
use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::LN_2;
use std::fmt::Write as _;

/// How often each weight is improved in turn; after half as often nothing moves any more.
const ROUNDS: usize = 60;
/// How strongly a weight is held to what it is now, tried in turn; the one that says the held out documents best is taken.
const STIFFNESS: [f64; 4] = [1.0, 3.0, 10.0, 30.0];
/// So many folds of documents.
const FOLDS: usize = 10;

/// A weight that is fitted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// What a failing claim of a licence has to begin with, in bits.
    Licence(&'static str),
    /// By how much the bits of a reason are multiplied.
    Reason(&'static str),
    /// What a claim of a licence and a check has beyond that, in bits.
    Check(&'static str, &'static str),
}

const LICENCES: [&str; 4] = ["stated", "labelled", "implied", "inferred"];
const FAILS: &str = "it fails";

/// Weights, now and fitted, with how many claims have them.
#[derive(Default)]
pub struct Fitted {
    weights: Vec<(Weight, f64, f64, usize)>,
    stiffness: f64,
    /// The mean surprise at what was judged, now and fitted.
    loss: [f64; 2],
}

/// One sample as numbers: which weights it takes, each with its size.
struct Row {
    at: Vec<(usize, f64)>,
    right: f64,
    weight: f64,
}

/// The weights fitted on all, and for each sample the bits that those fitted without its fold give it.
pub fn fitted(samples: &[Sample]) -> (Fitted, Vec<f64>) {
    let taken: Vec<Vec<(Weight, f64)>> = samples.iter().map(weights).collect();
    let mut known: BTreeMap<Weight, (f64, usize)> = BTreeMap::new();
    for (sample, taken) in samples.iter().zip(&taken) {
        for (weight, _) in taken {
            known.entry(weight.clone()).or_insert((now(sample, weight), 0)).1 += 1;
        }
    }
    let order: BTreeMap<&Weight, usize> = known.keys().enumerate().map(|(at, weight)| (weight, at)).collect();
    let rows: Vec<Row> =
        samples.iter().zip(&taken).map(|(sample, taken)| row(sample, taken, &order)).collect();
    let present: Vec<f64> = known.values().map(|(now, _)| *now).collect();
    let folds = folds(samples);
    let held_out = |stiffness: f64| -> Vec<f64> {
        let without = |fold| fit(&rows, &present, stiffness, |at| folds.get(at) != Some(&fold));
        let by_fold: Vec<Vec<f64>> = (0..FOLDS).map(without).collect();
        rows.iter()
            .zip(&folds)
            .map(|(row, fold)| by_fold.get(*fold).map_or(0.0, |by| bits(row, by)))
            .collect()
    };
    let tried = STIFFNESS.map(|stiffness| (stiffness, held_out(stiffness)));
    let best = tried.into_iter().min_by(|a, b| loss(&rows, &a.1).total_cmp(&loss(&rows, &b.1)));
    let Some((stiffness, held_out)) = best else { return Default::default() };
    let before: Vec<f64> = rows.iter().map(|row| bits(row, &present)).collect();
    let by = fit(&rows, &present, stiffness, |_| true);
    let weights =
        known.iter().zip(&by).map(|((weight, (now, count)), by)| (weight.clone(), *now, *by, *count));
    let loss = [loss(&rows, &before), loss(&rows, &held_out)];
    (Fitted { weights: weights.collect(), stiffness, loss }, held_out)
}

/// The weights that a sample takes, each with its size in bits.
fn weights(sample: &Sample) -> Vec<(Weight, f64)> {
    let own = sample.terms.iter().filter(|(name, _)| *name != FAILS);
    let reasons = own.map(|(name, bits)| match LICENCES.contains(name) {
        true => (Weight::Licence(name), 1.0),
        false => (Weight::Reason(name), f64::from(*bits)),
    });
    let licence = sample.terms.iter().find(|(name, _)| LICENCES.contains(name)).map_or("", |(name, _)| *name);
    reasons.chain([(Weight::Check(licence, sample.code), 1.0)]).collect()
}

/// What a weight is in the table of weights: a licence and its own failure, every reason once, and nothing for a check.
fn now(sample: &Sample, weight: &Weight) -> f64 {
    let of = |wanted: &str| {
        let own = sample.terms.iter().filter(|(name, _)| *name == wanted);
        own.map(|(_, bits)| f64::from(*bits)).sum::<f64>()
    };
    match weight {
        Weight::Licence(name) => of(name) + of(FAILS),
        Weight::Reason(_) => 1.0,
        Weight::Check(..) => 0.0,
    }
}

fn row(sample: &Sample, taken: &[(Weight, f64)], order: &BTreeMap<&Weight, usize>) -> Row {
    let at = taken.iter().filter_map(|(weight, size)| Some((*order.get(weight)?, *size)));
    Row { at: at.collect(), right: f64::from(u8::from(sample.right)), weight: sample.weight }
}

/// The fold of each sample: documents in turn, and all claims of a document together.
fn folds(samples: &[Sample]) -> Vec<usize> {
    let groups: BTreeSet<&str> = samples.iter().map(|s| s.group.as_str()).collect();
    let by_group: BTreeMap<&str, usize> =
        groups.into_iter().enumerate().map(|(at, group)| (group, at % FOLDS)).collect();
    samples.iter().map(|s| by_group.get(s.group.as_str()).copied().unwrap_or(0)).collect()
}

fn bits(row: &Row, by: &[f64]) -> f64 {
    row.at.iter().map(|(at, size)| size * by.get(*at).copied().unwrap_or(0.0)).sum()
}

/// The chance that odds in bits stand for.
pub fn chance(bits: f64) -> f64 {
    (1.0 + (-bits * LN_2).exp()).recip()
}

/// The mean surprise at what was judged, in bits.
fn loss(rows: &[Row], sums: &[f64]) -> f64 {
    let surprise = |row: &Row, sum: f64| {
        let said = if row.right > 0.5 { chance(sum) } else { 1.0 - chance(sum) };
        -said.max(1e-6).log2() * row.weight
    };
    let all: f64 = rows.iter().map(|row| row.weight).sum();
    rows.iter().zip(sums).map(|(row, sum)| surprise(row, *sum)).sum::<f64>() / all
}

/// Logistic regression by Newton's step for each weight in turn, each held to what it is now.
fn fit(rows: &[Row], present: &[f64], stiffness: f64, is_in: impl Fn(usize) -> bool) -> Vec<f64> {
    let own: Vec<&Row> = rows.iter().enumerate().filter(|(at, _)| is_in(*at)).map(|(_, row)| row).collect();
    let mut by_weight: Vec<Vec<(usize, f64)>> = vec![Vec::new(); present.len()];
    for (at, row) in own.iter().enumerate() {
        for (weight, size) in &row.at {
            by_weight[*weight].push((at, *size));
        }
    }
    let mut by = present.to_vec();
    let mut sums: Vec<f64> = own.iter().map(|row| bits(row, &by)).collect();
    for _ in 0..ROUNDS {
        for (weight, list) in by_weight.iter().enumerate() {
            let (mut slope, mut bend) = (stiffness * (by[weight] - present[weight]), stiffness);
            for (at, size) in list {
                let (row, chance, size) = (own[*at], chance(sums[*at]), size * LN_2);
                slope += row.weight * (chance - row.right) * size;
                bend += row.weight * chance * (1.0 - chance) * size * size;
            }
            // A longer step would go beyond where the slope is known.
            let step = (slope / bend).clamp(-0.5, 0.5);
            by[weight] -= step;
            for (at, size) in list {
                sums[*at] -= step * size;
            }
        }
    }
    by
}

impl Fitted {
    pub fn told(&self) -> String {
        let mut text = format!(
            "Surprise at what was held out: {:.2} bits a claim with the weights as they are, {:.2} with the fitted ones \
             (stiffness {}).\n\n| weight | claims | now | fitted |\n| --- | ---: | ---: | ---: |\n",
            self.loss[0], self.loss[1], self.stiffness
        );
        for (weight, now, fitted, claims) in &self.weights {
            let _ = match weight {
                Weight::Licence(name) => {
                    writeln!(text, "| {name}, and fails | {claims} | {now:+.1} | {fitted:+.1} |")
                }
                Weight::Reason(name) => writeln!(text, "| {name} | {claims} | ×{now:.2} | ×{fitted:.2} |"),
                Weight::Check(licence, code) => {
                    writeln!(text, "| {licence} {code} | {claims} | {now:+.1} | {fitted:+.1} |")
                }
            };
        }
        text
    }
}
