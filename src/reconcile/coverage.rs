//! How much of the documents was checked, and why the rest was not.

use super::claim::{Claim, Coverage, Verdict};
use super::relation::FigureId;
use crate::model::document::Document;
use crate::model::figure::{Figure, Role};
use std::collections::BTreeSet;

/// Counts figures that take part in a decided claim, and the reasons of the others.
pub fn coverage(documents: &[Document], claims: &[Claim], copies: &[Option<usize>]) -> Coverage {
    let decided: BTreeSet<FigureId> = claims
        .iter()
        .filter(|c| c.verdict != Verdict::Unverifiable)
        .flat_map(|c| c.operands.iter().map(|(_, id)| *id).chain(c.figure))
        .collect();
    let tried: BTreeSet<FigureId> = claims.iter().filter_map(|c| c.figure).collect();
    let mut coverage = Coverage::default();
    let originals = documents.iter().zip(copies).enumerate().filter(|(_, (_, copy))| copy.is_none());
    for (number, (document, _)) in originals {
        coverage.references += document.references;
        for (index, figure) in document.figures.entries() {
            let id = FigureId::of(number, index);
            coverage.figures += 1;
            if decided.contains(&id) {
                coverage.checked += 1;
            } else {
                *coverage.not_checkable.entry(reason(figure, tried.contains(&id)).to_owned()).or_default() +=
                    1;
            }
        }
    }
    coverage
}

fn reason(figure: &Figure, tried: bool) -> &'static str {
    match figure.role {
        _ if !figure.doubts.is_empty() => "doubtful reading",
        Role::Target => "targets and limits",
        Role::Benchmark => "benchmarks",
        _ if figure.quantity.value.is_none() => "not given",
        _ if tried => "nothing to compare with",
        _ => "stated once",
    }
}
