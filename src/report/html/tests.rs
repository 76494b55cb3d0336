use super::*;
use crate::reconcile::claim::Severity;
use crate::reconcile::sample;

fn page(documents: &[Document], answer: &Answer, unread: &[(String, String)]) -> String {
    let report = Report { documents, answer, unread, left_out: &[], notes: false, accepts: true };
    let mut out = Vec::new();
    write(&mut out, &report, &mut |_, _| Vec::new()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_finding_is_a_card_with_its_sentence_its_place_and_its_rows() {
    let page = page(&[sample::document()], &sample::answer(), &[]);
    for part in [
        "<h1>Anytown Council, 2020/21</h1>",
        "<span class=\"badge error\">error</span>the total of 2020/21 is 25, its parts give 23.",
        "Line 4, table &quot;Complaints by stage&quot;",
        "<th scope=\"col\">2020/21</th>",
        "<th scope=\"row\">Total</th><td class=\"number\"><mark>25</mark></td>",
        "<th scope=\"row\">Stage 1</th><td class=\"number\"><mark class=\"operand\">15</mark></td>",
        "<dt>Working</dt><dd>15 + 8 = 23, printed 25</dd>",
        "25 → 23 repairs it",
        "crossfoot accept ",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn what_was_not_read_is_told_before_what_was_found() {
    let unread = [("a<b>.pdf".to_owned(), "no permission to read it".to_owned())];
    let page = page(&[sample::document()], &sample::answer(), &unread);
    let told = page.find("<b>a&lt;b&gt;.pdf</b> was not read: no permission to read it.").unwrap();
    assert!(told < page.find("<article").unwrap());
    assert!(page.contains("<h2>Not read</h2>"));
}

#[test]
fn a_document_cannot_write_into_the_page() {
    let mut document = sample::document();
    "</script><script>alert(1)</script>\u{202e}".clone_into(&mut document.origin.path);
    let mut answer = sample::answer();
    answer.findings[0].message = "<img src=x onerror=\"alert(1)\"> & '".to_owned();
    let page = page(&[document], &answer, &[]);
    assert!(
        !page.contains("alert(1)</script>") && !page.contains("<img src=x") && !page.contains('\u{202e}')
    );
    assert!(page.contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;"));
}

#[test]
fn nothing_found_and_nothing_read_are_told_apart() {
    let quiet = page(&[sample::document()], &Answer::default(), &[]);
    assert!(quiet.contains("Nothing inconsistent was found.") && !quiet.contains("<article"));
    let none = page(&[], &Answer::default(), &[("a".into(), "empty".into())]);
    assert!(none.contains("Nothing could be read, so nothing was checked."));
    // Noughts would look like a good result.
    assert!(
        none.contains("<h1>a</h1>")
            && !none.contains("class=\"counts\"")
            && !none.contains("What was checked")
    );
}

#[test]
fn findings_of_one_cause_are_one_card_and_are_counted_as_findings() {
    let mut answer = sample::answer();
    let mut other = answer.findings[0].clone();
    (other.id, other.severity, other.code) = ("f2".into(), Severity::Warning, "CF102");
    answer.findings.push(other);
    let page = page(&[sample::document()], &answer, &[]);
    assert_eq!(page.matches("<article").count(), 1);
    for part in [
        "<li class=\"error\"><b>1</b> error</li>",
        "<li class=\"warning\"><b>1</b> warning</li>",
        "2 findings of 1 cause: ",
        "data-check=\"CF101 CF102\" data-page=\"0-1\" data-findings=\"2\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
