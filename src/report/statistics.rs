//! A table of what each check found, for `check --statistics`.

use crate::reconcile::claim::{Answer, Claim, Finding, Severity, Verdict};
use crate::reconcile::rules;
use std::io::{self, Write};

/// The heads of the columns of numbers.
const HEADS: [&str; 6] = ["errors", "warnings", "notes", "hold", "do not", "not verifiable"];

/// Writes a row for each check that made a claim or a finding, and one for all of them.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    let rows: Vec<(&str, &str, [usize; 6])> = rules::ALL
        .iter()
        .map(|check| (check.code, check.name, counts(answer, |code| code == check.code)))
        .filter(|(_, _, counts)| counts.iter().any(|count| *count > 0))
        .collect();
    let all = ("", "all checks", counts(answer, |_| true));
    let name = rows.iter().chain([&all]).map(|(_, name, _)| name.len()).max().unwrap_or_default();
    write!(out, "{:<6}{:<name$}", "check", "")?;
    HEADS.iter().try_for_each(|head| write!(out, "  {head}"))?;
    writeln!(out)?;
    for (code, name_of, counts) in rows.iter().chain([&all]) {
        write!(out, "{code:<6}{name_of:<name$}")?;
        for (head, count) in HEADS.iter().zip(counts) {
            write!(out, "  {count:>width$}", width = head.len())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The findings of some checks by severity, and their claims by verdict.
fn counts(answer: &Answer, of: impl Fn(&str) -> bool) -> [usize; 6] {
    let found = |severity: Severity| {
        let is = |finding: &&Finding| of(finding.code) && finding.severity == severity;
        answer.findings.iter().filter(is).count()
    };
    let claimed = |is: fn(Verdict) -> bool| {
        let counts = |claim: &&Claim| of(claim.code) && is(claim.verdict);
        answer.claims.iter().filter(counts).count()
    };
    let holds: fn(Verdict) -> bool =
        |verdict| !matches!(verdict, Verdict::Inconsistent | Verdict::Unverifiable);
    [
        found(Severity::Error),
        found(Severity::Warning),
        found(Severity::Note),
        claimed(holds),
        claimed(|verdict| verdict == Verdict::Inconsistent),
        claimed(|verdict| verdict == Verdict::Unverifiable),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn each_check_has_a_row_and_all_have_one() {
        let mut out = Vec::new();
        write(&mut out, &sample::answer()).unwrap();
        let expected = "\
check               errors  warnings  notes  hold  do not  not verifiable
CF101 column-total       1         0      0     0       1               0
      all checks         1         0      0     0       1               0
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
