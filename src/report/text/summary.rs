//! The last lines of the report: what was found, what was checked, and what was not understood.

use super::Options;
use crate::reconcile::claim::{Answer, Claim, Coverage, Severity, Verdict};
use crate::report::{counted, printable};

/// The kinds of checks, by the hundreds digit of their codes, in the singular and the plural. What else has a code says how a
/// numeral was read, and is no check of the document.
const KINDS: [(char, &str, &str); 7] = [
    ('1', "sum", "sums"),
    ('2', "share", "shares"),
    ('3', "change", "changes"),
    ('4', "repeated figure", "repeated figures"),
    ('5', "comparison between documents", "comparisons between documents"),
    ('6', "list, mean or rate", "lists, means or rates"),
    ('7', "period or unit", "periods or units"),
];

/// The last sentences of the report.
pub(super) fn sentences(documents: usize, answer: &Answer, options: &Options) -> Vec<String> {
    let hidden = answer.findings.iter().filter(|f| f.severity == Severity::Note).count();
    let verb = if hidden == 1 { "is" } else { "are" };
    let hidden = (hidden > 0 && !options.notes)
        .then(|| format!("{} {verb} hidden; --notes shows them.", counted(hidden, "note")));
    let first = std::iter::once(outcome(documents, answer, options)).chain(hidden);
    let rest = options.left_out.iter().map(|told| printable(told));
    first.chain(rest).chain([checked(answer), coverage(&answer.coverage)]).collect()
}

/// How many findings there are, and in what.
pub(super) fn outcome(documents: usize, answer: &Answer, options: &Options) -> String {
    let count = |severity| answer.findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let place = counted(documents, "document");
    if errors + warnings == 0 {
        let nothing = if options.left_out.is_empty() { "Nothing" } else { "Nothing else that is" };
        return format!("{nothing} inconsistent was found in {place}.");
    }
    let loud = answer.findings.iter().filter(|f| f.severity > Severity::Note);
    let causes: std::collections::BTreeSet<&str> = loud.map(|f| f.root_cause.as_str()).collect();
    let parts = list([(errors, "error", "errors"), (warnings, "warning", "warnings")].into_iter());
    format!("Inconsistent: {parts} from {} in {place}.", counted(causes.len(), "cause"))
}

/// How many claims of each kind were decided, and how.
pub(super) fn checked(answer: &Answer) -> String {
    let kind = |claim: &Claim| claim.code.chars().nth(2);
    let is_check = |claim: &&Claim| KINDS.iter().any(|(digit, ..)| kind(claim) == Some(*digit));
    let decided = || answer.claims.iter().filter(is_check).filter(|c| c.verdict != Verdict::Unverifiable);
    if decided().next().is_none() {
        return "Checked: nothing; no two figures were found that must agree.".to_owned();
    }
    let of_kind = |digit: char| decided().filter(|claim| kind(claim) == Some(digit)).count();
    let kinds = list(KINDS.into_iter().map(|(digit, one, several)| (of_kind(digit), one, several)));
    let count = |verdict| decided().filter(|claim| claim.verdict == verdict).count();
    let verdicts = [
        (Verdict::Holds, "plainly"),
        (Verdict::HoldsByRounding, "within rounding"),
        (Verdict::HoldsByConvention, "by a convention"),
    ];
    let held = verdicts.into_iter().map(|(verdict, how)| (count(verdict), how));
    let held: Vec<String> = held.filter(|(n, _)| *n > 0).map(|(n, how)| format!("{n} {how}")).collect();
    let how = if held.is_empty() { String::new() } else { format!(" ({})", held.join(", ")) };
    let (all, broken) = (decided().count(), count(Verdict::Inconsistent));
    let verb = if all - broken == 1 { "holds" } else { "hold" };
    let broken_verb = if broken == 1 { "does" } else { "do" };
    format!("Checked: {kinds}; {} {verb}{how}, {broken} {broken_verb} not.", all - broken)
}

pub(super) fn coverage(coverage: &Coverage) -> String {
    let not = coverage.figures.saturating_sub(coverage.checked);
    let mut reasons: Vec<(&String, &usize)> = coverage.not_checkable.iter().collect();
    reasons.sort_by_key(|&(reason, count)| (std::cmp::Reverse(count), reason));
    let reasons: Vec<String> = reasons.iter().map(|(why, n)| format!("{n} {}", printable(why))).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
    format!(
        "{} found, {} checked, {not} not checkable{why}; {} passed over (dates, paragraph numbers, Acts …).",
        counted(coverage.figures, "figure"),
        coverage.checked,
        counted(coverage.references, "numeral"),
    )
}

/// A list such as "2 sums, 1 share". Kinds of which there are none are left out.
fn list<'a>(parts: impl Iterator<Item = (usize, &'a str, &'a str)>) -> String {
    let some = parts.filter(|(n, ..)| *n > 0);
    let words = some.map(|(n, one, several)| format!("{n} {}", if n == 1 { one } else { several }));
    words.collect::<Vec<_>>().join(", ")
}
