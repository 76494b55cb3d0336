//! Relations → [`Claim`]s with verdicts → [`Finding`]s grouped by root cause.

mod adjusted;
mod apply;
mod bases;
pub mod claim;
mod coverage;
mod dashes;
mod diagnose;
pub mod evidence;
mod findings;
pub mod ledger;
mod left_out;
mod likeness;
mod noughts;
mod placements;
mod precedence;
pub mod relation;
mod rounding;
pub mod rules;
pub mod run;
#[cfg(test)]
pub(crate) mod sample;
pub mod solve;
mod sums;
mod twice;
pub mod unify;
mod verdict;

use self::claim::{Answer, Claim, Finding};

use self::rules::relate;
use crate::model::copies::copies;
use crate::model::document::Document;

/// Checks the documents of a run: relations are emitted, worked out, weighed, put in order and decided.
pub fn check(documents: &[Document]) -> Answer {
    check_telling(documents, false)
}

/// The same, with the relations that were set aside, which only those who look into the program want to know.
pub fn check_in_full(documents: &[Document]) -> Answer {
    check_telling(documents, true)
}

fn check_telling(documents: &[Document], in_full: bool) -> Answer {
    let copies = copies(documents);
    let relations = relate(documents, &copies);
    let mut worked = verdict::work(documents, &relations);
    verdict::follow_siblings(documents, &mut worked);
    bases::settle(documents, &mut worked);
    dashes::admit(documents, &mut worked);
    rounding::admit(documents, &mut worked);
    adjusted::admit(documents, &mut worked);
    left_out::admit(documents, &mut worked);
    noughts::admit(documents, &mut worked);
    let odds = evidence::weigh(documents, &worked);
    let aside = precedence::set_aside(documents, &worked, &odds);
    let damage = evidence::Damage::of(documents, &worked);
    let claims = verdict::claims(documents, &worked, &odds, &aside, &damage);
    let findings = findings::findings(documents, &claims);
    let coverage = coverage::coverage(documents, &claims, &copies);
    let set_aside = if in_full { precedence::told(documents, &worked, &odds, &aside) } else { Vec::new() };
    Answer { claims, set_aside, findings, coverage, copies }
}

/// The findings of these claims of the documents, which may be some of those that were made.
pub fn findings_of(documents: &[Document], claims: &[Claim]) -> Vec<Finding> {
    findings::findings(documents, claims)
}
