//! Relations → [`Claim`]s with verdicts → [`Finding`]s grouped by root cause.

mod apply;
mod cells;
pub mod checks;
pub mod claim;
mod coverage;
mod diagnose;
mod findings;
pub mod ledger;
pub mod relation;
pub mod rules;
#[cfg(test)]
pub(crate) mod sample;
pub mod solve;
pub mod unify;
mod verdict;

use self::claim::Answer;

use self::rules::relate;
use crate::model::document::Document;

/// Checks the documents of a run. Relations are found within each document.
pub fn check(documents: &[Document]) -> Answer {
    let relations = relate(documents);
    let claims = verdict::claims(documents, &relations);
    let findings = findings::findings(documents, &claims);
    let coverage = coverage::coverage(documents, &claims);
    Answer { claims, findings, coverage }
}
