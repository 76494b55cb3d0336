//! What is told of an answer: which checks speak and how loudly, and which findings are known already. What was found is
//! never changed by it; whatever is left out is counted.

use super::counted;
use crate::model::document::Document;
use crate::reconcile::claim::{Answer, Claim, Finding, Severity, Verdict};
use crate::reconcile::findings_of;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be told.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The checks that are not to speak, by their codes.
    pub left_out: BTreeSet<&'static str>,
    /// How loud a break of a check is, where it is not as loud as the check says.
    pub severities: BTreeMap<&'static str, Severity>,
    /// The ids of findings that were looked at and accepted, with the reasons.
    pub accepted: BTreeMap<String, String>,
    /// The ids of findings that an earlier run had.
    pub known: BTreeSet<String>,
}

/// A finding that was accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What was found.
    pub finding: Finding,
    /// Why it was accepted.
    pub because: String,
}

/// What is told, and how much is not.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// The claims of the checks that speak, and the findings that are told.
    pub answer: Answer,
    /// How many findings are of checks that do not speak.
    pub left_out: usize,
    /// The findings that were accepted.
    pub accepted: Vec<Accepted>,
    /// How many findings the earlier run had.
    pub known: usize,
}

/// The ids by which findings can be known: those of the findings, and those that the claims told with them would have.
pub fn ids(answer: &Answer) -> BTreeSet<String> {
    let claims = answer.claims.iter().filter(|claim| claim.severity.is_some());
    let own = answer.findings.iter().map(|finding| finding.id.clone());
    claims.map(|claim| format!("F-{}", claim.id)).chain(own).collect()
}

/// Chooses what is told of an answer about these documents.
pub fn chosen(documents: &[Document], answer: Answer, choice: &Choice) -> Chosen {
    let mut chosen = Chosen { answer, ..Chosen::default() };
    let is_left_out = |code: &str| choice.left_out.contains(code);
    if chosen.answer.claims.iter().any(|claim| is_left_out(claim.code)) {
        let all = chosen.answer.findings.len();
        chosen.answer.claims.retain(|claim| !is_left_out(claim.code));
        chosen.answer.set_aside.retain(|aside| !is_left_out(aside.code));
        // A claim that was told with one of a check that does not speak is told by itself.
        chosen.answer.findings = findings_of(documents, &chosen.answer.claims);
        chosen.left_out = all.saturating_sub(chosen.answer.findings.len());
    }
    let Answer { claims, findings, .. } = &mut chosen.answer;
    for finding in findings.iter_mut() {
        if let Some(&severity) = choice.severities.get(finding.code) {
            finding.severity = as_loud_as(severity, finding, claims);
        }
    }
    let mut told = Vec::new();
    for finding in std::mem::take(findings) {
        if let Some(because) = choice.accepted.get(&finding.id) {
            chosen.accepted.push(Accepted { finding, because: because.clone() });
        } else if choice.known.contains(&finding.id) {
            chosen.known += 1;
        } else {
            told.push(finding);
        }
    }
    chosen.answer.findings = told;
    chosen
}

/// The severity of a finding whose check is to be so loud. What only repeats another finding, or holds by a convention, is
/// a note and is never made louder.
fn as_loud_as(severity: Severity, finding: &Finding, claims: &[Claim]) -> Severity {
    let own = finding.claims.iter().filter_map(|&index| claims.get(index));
    let loudest = own.clone().filter_map(|claim| claim.severity).max();
    let breaks = own.clone().any(|claim| claim.verdict == Verdict::Inconsistent);
    let repeats = loudest.is_some_and(|loudest| finding.severity < loudest);
    if breaks && !repeats { severity } else { severity.min(finding.severity) }
}

impl Chosen {
    /// What is said of that which is left out: `by` names what leaves out checks, `gone` is how many findings of the
    /// earlier run are no more, `shown` says that what was accepted is told in full.
    pub fn sentences(&self, by: &str, gone: Option<usize>, shown: bool) -> Vec<String> {
        let are = |count: usize| if count == 1 { "is" } else { "are" };
        let mut told = Vec::new();
        if self.left_out > 0 {
            let findings = counted(self.left_out, "finding");
            told.push(format!("{findings} {} left out by {by}.", are(self.left_out)));
        }
        if !self.accepted.is_empty() {
            let count = self.accepted.len();
            let how = match (shown, count) {
                (true, _) => "",
                (false, 1) => "; --accepted shows it",
                (false, _) => "; --accepted shows them",
            };
            told.push(format!("{} {} accepted{how}.", counted(count, "finding"), are(count)));
        }
        if let Some(gone) = gone {
            let findings = counted(self.known, "finding");
            let known = format!("{findings} {} known from the baseline", are(self.known));
            told.push(format!("{known}; {gone} of the baseline {} gone.", are(gone)));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    fn choose(choice: &Choice) -> Chosen {
        chosen(&[sample::document()], sample::answer(), choice)
    }

    #[test]
    fn without_a_choice_everything_is_told() {
        let all = choose(&Choice::default());
        assert_eq!((all.answer.findings.len(), all.answer.claims.len(), all.left_out), (1, 1, 0));
        assert!(all.sentences("crossfoot.toml", None, false).is_empty());
    }

    #[test]
    fn a_check_that_does_not_speak_makes_no_claims_and_is_counted() {
        let none = choose(&Choice { left_out: ["CF101"].into(), ..Choice::default() });
        assert_eq!((none.answer.findings.len(), none.answer.claims.len(), none.left_out), (0, 0, 1));
        assert_eq!(none.answer.coverage, sample::answer().coverage);
        assert_eq!(
            none.sentences("crossfoot.toml", None, false),
            ["1 finding is left out by crossfoot.toml."]
        );
        let other = choose(&Choice { left_out: ["CF201"].into(), ..Choice::default() });
        assert_eq!((other.answer.findings.len(), other.left_out), (1, 0));
    }

    #[test]
    fn a_severity_counts_for_breaks_and_makes_no_note_louder() {
        let quiet = Choice { severities: [("CF101", Severity::Warning)].into(), ..Choice::default() };
        assert_eq!(choose(&quiet).answer.findings[0].severity, Severity::Warning);
        let loud = Choice { severities: [("CF101", Severity::Error)].into(), ..Choice::default() };
        let mut answer = sample::answer();
        answer.findings[0].severity = Severity::Note;
        let documents = [sample::document()];
        let repeated = chosen(&documents, answer.clone(), &loud);
        assert_eq!(repeated.answer.findings[0].severity, Severity::Note, "it repeats another");
        answer.claims[0].severity = Some(Severity::Note);
        assert_eq!(chosen(&documents, answer.clone(), &loud).answer.findings[0].severity, Severity::Error);
        answer.claims[0].verdict = Verdict::HoldsByConvention;
        assert_eq!(chosen(&documents, answer, &loud).answer.findings[0].severity, Severity::Note);
    }

    #[test]
    fn accepted_and_known_findings_are_set_apart() {
        let accepted = [("f1".to_owned(), "the annex corrects it".to_owned())];
        let known = BTreeSet::from(["f1".to_owned()]);
        let both = choose(&Choice { accepted: accepted.into(), known: known.clone(), ..Choice::default() });
        assert!(both.answer.findings.is_empty() && both.answer.claims.len() == 1 && both.known == 0);
        assert_eq!(both.accepted[0].because, "the annex corrects it");
        assert_eq!(both.sentences("", None, false), ["1 finding is accepted; --accepted shows it."]);
        let old = choose(&Choice { known, ..Choice::default() });
        assert_eq!((old.known, old.accepted.len()), (1, 0));
        let said = old.sentences("", Some(3), true);
        assert_eq!(said, ["1 finding is known from the baseline; 3 of the baseline are gone."]);
    }

    #[test]
    fn a_finding_is_known_by_the_ids_of_all_its_claims() {
        assert_eq!(ids(&sample::answer()), ["F-c1".to_owned(), "f1".to_owned()].into());
    }
}
