//! The odds as a sum of weighted reasons, fitted so that what was judged is likeliest.

use crate::sample::{self, Sample};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How often each weight is improved in turn; after half as often nothing moves any more.
const ROUNDS: usize = 60;
/// How strongly a weight is held to what it is now, tried in turn; the one that says the held out documents best is taken.
const STIFFNESS: [f64; 5] = [1.0, 3.0, 10.0, 30.0, 100.0];
/// So many folds of documents.
const FOLDS: usize = 10;

/// By how much each reason's bits are multiplied, and what each check adds.
#[derive(Clone, Debug, Default)]
pub struct Fitted {
    reasons: BTreeMap<&'static str, f64>,
    checks: BTreeMap<&'static str, f64>,
    stiffness: f64,
    loss: [f64; 2],
    sizes: BTreeMap<&'static str, usize>,
}

/// One sample as numbers: which weights it takes, each with its size in natural units.
struct Row {
    at: Vec<(usize, f64)>,
    right: f64,
    weight: f64,
}

/// The weights fitted on all, and for each sample the bits that those fitted without its fold give it.
pub fn fitted(samples: &[Sample]) -> (Fitted, Vec<f64>) {
    let names: BTreeSet<(bool, &'static str)> = samples
        .iter()
        .flat_map(|s| s.terms.iter().map(|(name, _)| (true, *name)).chain([(false, s.code)]))
        .collect();
    let names: Vec<(bool, &'static str)> = names.into_iter().collect();
    let rows: Vec<Row> = samples.iter().map(|sample| row(sample, &names)).collect();
    let now: Vec<f64> = names.iter().map(|(is_reason, _)| f64::from(u8::from(*is_reason))).collect();
    let folds = folds(samples);
    let held_out = |stiffness: f64| -> Vec<f64> {
        let by_fold: Vec<Vec<f64>> =
            (0..FOLDS).map(|fold| fit(&rows, &now, stiffness, |at| folds.get(at) != Some(&fold))).collect();
        let each = rows.iter().zip(&folds);
        each.map(|(row, fold)| by_fold.get(*fold).map_or(0.0, |by| sum(row, by))).collect()
    };
    let tried = STIFFNESS.map(|stiffness| (stiffness, held_out(stiffness)));
    let best =
        tried.into_iter().map(|(by, sums)| (loss(&rows, &sums), by, sums)).min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((after, stiffness, sums)) = best else { return Default::default() };
    let before: Vec<f64> = rows.iter().map(|row| sum(row, &now)).collect();
    let by = fit(&rows, &now, stiffness, |_| true);
    let of = |wanted: bool| names.iter().zip(&by).filter(move |((is, _), _)| *is == wanted);
    let mut sizes: BTreeMap<&'static str, usize> = BTreeMap::new();
    for sample in samples {
        for name in sample.terms.iter().map(|(name, _)| *name).chain([sample.code]) {
            *sizes.entry(name).or_default() += 1;
        }
    }
    let fitted = Fitted {
        reasons: of(true).map(|((_, name), by)| (*name, *by)).collect(),
        checks: of(false).map(|((_, name), by)| (*name, *by / std::f64::consts::LN_2)).collect(),
        stiffness,
        loss: [loss(&rows, &before), after],
        sizes,
    };
    (fitted, sums.into_iter().map(|sum| sum / std::f64::consts::LN_2).collect())
}

fn row(sample: &Sample, names: &[(bool, &'static str)]) -> Row {
    let at = |is_reason: bool, name: &str| names.iter().position(|known| *known == (is_reason, name));
    let reasons = sample
        .terms
        .iter()
        .filter_map(|(name, bits)| Some((at(true, name)?, f64::from(*bits) * std::f64::consts::LN_2)));
    let check = at(false, sample.code).map(|at| (at, 1.0));
    Row {
        at: reasons.chain(check).collect(),
        right: f64::from(u8::from(sample.right)),
        weight: sample.weight,
    }
}

/// The fold of each sample: documents in turn, those of one group together.
fn folds(samples: &[Sample]) -> Vec<usize> {
    let groups: BTreeSet<&str> = samples.iter().map(|s| s.group.as_str()).collect();
    let by_group: BTreeMap<&str, usize> =
        groups.into_iter().enumerate().map(|(at, group)| (group, at % FOLDS)).collect();
    samples.iter().map(|s| by_group.get(s.group.as_str()).copied().unwrap_or(0)).collect()
}

fn sum(row: &Row, by: &[f64]) -> f64 {
    row.at.iter().map(|(at, size)| size * by.get(*at).copied().unwrap_or(0.0)).sum()
}

fn chance(sum: f64) -> f64 {
    (1.0 + (-sum).exp()).recip()
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

/// Newton's step for each weight in turn, each held to what it is now.
fn fit(rows: &[Row], now: &[f64], stiffness: f64, is_in: impl Fn(usize) -> bool) -> Vec<f64> {
    let own: Vec<&Row> = rows.iter().enumerate().filter(|(at, _)| is_in(*at)).map(|(_, row)| row).collect();
    let mut by_weight: Vec<Vec<(usize, f64)>> = vec![Vec::new(); now.len()];
    for (at, row) in own.iter().enumerate() {
        for (weight, size) in &row.at {
            if let Some(list) = by_weight.get_mut(*weight) {
                list.push((at, *size));
            }
        }
    }
    let mut by = now.to_vec();
    let mut sums: Vec<f64> = own.iter().map(|row| sum(row, &by)).collect();
    for _ in 0..ROUNDS {
        for (weight, list) in by_weight.iter().enumerate() {
            let (mut slope, mut bend) = (stiffness * (by[weight] - now[weight]), stiffness);
            for (at, size) in list {
                let (row, chance) = (own[*at], chance(sums[*at]));
                slope += row.weight * (chance - row.right) * size;
                bend += row.weight * chance * (1.0 - chance) * size * size;
            }
            // No step is longer than what the sums can be trusted for.
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
            "Surprise at the held out: {:.3} bits a claim with the present weights, {:.3} with the fitted ones (stiffness {}).\n\n",
            self.loss[0], self.loss[1], self.stiffness
        );
        text.push_str("| reason | claims | its bits times |\n| --- | ---: | ---: |\n");
        for (name, by) in &self.reasons {
            let _ = writeln!(text, "| {name} | {} | {by:.2} |", self.sizes.get(name).unwrap_or(&0));
        }
        text.push_str("\n| check | claims | adds bits |\n| --- | ---: | ---: |\n");
        for (name, by) in &self.checks {
            let _ = writeln!(text, "| {name} | {} | {by:+.1} |", self.sizes.get(name).unwrap_or(&0));
        }
        text
    }
}

/// The chance that odds in bits stand for.
pub fn share(bits: f64) -> f64 {
    chance(bits * std::f64::consts::LN_2)
}

/// The odds by the present weights.
pub fn present(samples: &[Sample]) -> Vec<f64> {
    samples.iter().map(sample::bits).collect()
}
