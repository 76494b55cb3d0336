use super::*;
use crate::reconcile::sample;

fn report(answer: &Answer, options: &Options) -> String {
    let mut out = Vec::new();
    write(&mut out, &[sample::document()], answer, options).unwrap();
    let text = String::from_utf8(out).unwrap();
    let heading = if options.colour {
        "\u{1b}[1mAnytown Council, 2020/21\u{1b}[0m\n\n"
    } else {
        "Anytown Council, 2020/21\n\n"
    };
    text.strip_prefix(heading).unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn a_finding_shows_its_places_its_arithmetic_and_its_repair() {
    let expected = "\
Inconsistent: 1 error from 1 cause in 1 document.

error: the total of 2020/21 is 25, its parts give 23.
  --> line 4, table \"Complaints by stage\" [CF101 column-total]
       |      2020/21
     2 | Stage 1 | 15
       |           --
     3 | Stage 2 | 8
       |           -
     4 | Total | 25
       |         ^^
  working: 15 + 8 = 23, printed 25
   repair: 25 → 23 repairs it

Inconsistent: 1 error from 1 cause in 1 document.
Checked: 1 sum; 0 hold, 1 does not.
4 figures found, 3 checked, 1 not checkable (1 stated once); 2 numerals passed over (dates,
paragraph numbers, Acts …).
";
    assert_eq!(report(&sample::answer(), &Options::default()), expected);
}

#[test]
fn notes_are_counted_unless_asked_for() {
    let mut answer = sample::answer();
    answer.findings[0].severity = Severity::Note;
    let hidden = report(&answer, &Options::default());
    assert!(
        hidden.starts_with("Nothing inconsistent was found in 1 document.\n1 note is hidden; --notes"),
        "{hidden}"
    );
    let shown = report(&answer, &Options { notes: true, ..Options::default() });
    assert!(shown.contains("\nnote: the total of 2020/21 is 25"), "{shown}");
    assert!(!shown.contains("hidden"));
}

#[test]
fn findings_of_one_cause_are_one_group_and_the_loudest_leads() {
    let mut answer = sample::answer();
    let mut second = answer.findings[0].clone();
    second.severity = Severity::Warning;
    second.code = "CF203";
    second.message = "the share does not fit".into();
    let mut other = second.clone();
    other.root_cause = "another".into();
    answer.findings.insert(0, other);
    answer.findings.insert(0, second);
    let text = report(&answer, &Options::default());
    assert_eq!(text.matches("-->").count(), 2);
    let outcome = "Inconsistent: 1 error, 2 warnings from 2 causes in 1 document.";
    assert_eq!(text.matches(outcome).count(), 2, "first and last: {text}");
    assert!(text.contains("also: warning CF203, line 4, table"), "{text}");
}

#[test]
fn what_is_said_twice_in_the_same_words_names_both_places() {
    let mut answer = sample::answer();
    answer.findings.extend([answer.findings[0].clone(), answer.findings[0].clone()]);
    let text = report(&answer, &Options { width: 200, ..Options::default() });
    assert_eq!(text.matches("also: ").count(), 1, "{text}");
    assert_eq!(text.lines().find(|l| l.contains("also: ")).unwrap().matches("line 4").count(), 2, "{text}");
}

#[test]
fn lines_are_broken_at_the_width() {
    let lines = broken("  working: 1 + 22 + 333 = 356; printed 355", 24, 11);
    assert_eq!(lines, ["  working: 1 + 22 + 333", "           = 356;", "           printed 355"]);
    assert_eq!(broken("averylongwordindeed b", 5, 0), ["averylongwordindeed", "b"]);
}

#[test]
fn claims_are_listed_on_request() {
    let mut answer = sample::answer();
    answer.findings.clear();
    answer.claims[0].verdict = Verdict::Holds;
    let text = report(&answer, &Options { show: vec![Verdict::Holds], ..Options::default() });
    assert!(
        text.starts_with(
            "holds: CF101 column-total, line 4, table \"Complaints by stage\": 15 + 8 = 23, printed 25\n"
        ),
        "{text}"
    );
    assert!(text.contains("Checked: 1 sum; 1 holds (1 plainly), 0 do not."), "{text}");
}

#[test]
fn an_empty_answer_says_that_nothing_was_checked() {
    let text = report(&Answer::default(), &Options::default());
    assert!(text.contains("Checked: nothing;"), "{text}");
    assert!(text.contains("0 figures found, 0 checked, 0 not checkable; 0 numerals"), "{text}");
}

#[test]
fn colour_is_only_used_when_asked_for() {
    let coloured = report(&sample::answer(), &Options { colour: true, ..Options::default() });
    assert!(coloured.contains("\n\u{1b}[1;31merror\u{1b}[0m: "), "{coloured}");
    assert!(!report(&sample::answer(), &Options::default()).contains('\u{1b}'));
}
