//! What stands before and behind the findings: what was read and what was not, how many findings there are, page by page;
//! and what was checked and holds.

use super::finding::{page, place};
use super::{Report, safe};
use crate::model::document::Document;
use crate::reconcile::claim::{Claim, Severity, Verdict};
use crate::reconcile::rules;
use crate::report::schema::about::copy_of;
use crate::report::severity_name;
use crate::report::told::{Cause, Telling};
use crate::report::{counted, text};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Of so many pages of a document at most each is listed.
const PAGES: u32 = 400;

/// So many losses of a document are told in full at most.
const LOSSES: usize = 3;

/// So many claims that hold are listed at most: each takes about 200 bytes, and a large workbook has tens of thousands.
const CLAIMS: usize = 300;

/// The title of the page: the body and period, or else the name of the file.
pub(super) fn title(report: &Report<'_>) -> String {
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let [document] = report.documents else {
        return match (report.documents, report.unread) {
            ([], [(path, _)]) => name(path),
            _ => counted(report.documents.len() + report.unread.len(), "document"),
        };
    };
    let period = document.about.period.map(|told| told.value.label());
    match document.organisation() {
        Some(body) => [Some(body.to_owned()), period].into_iter().flatten().collect::<Vec<_>>().join(", "),
        None => name(&document.origin.path),
    }
}

/// All that stands before the findings.
pub(super) fn top(report: &Report<'_>, telling: &Telling<'_>, causes: &[Cause<'_>]) -> String {
    let mut out = unread(report);
    // Noughts would look as if something had been checked and found right.
    if !is_blank(report) {
        out.push_str(&counts(report));
        out.push_str(&documents(report, causes, telling));
    }
    let heading = if causes.is_empty() { "Findings" } else { "What does not add up" };
    let _ = writeln!(out, "<h2 id=\"findings\">{heading}</h2>");
    if causes.is_empty() {
        let said = if is_blank(report) {
            "Nothing could be read, so nothing was checked."
        } else {
            "Nothing inconsistent was found. What was checked is told below."
        };
        let _ = writeln!(out, "<p>{said}</p>");
    } else {
        let findings: usize = causes.iter().map(|cause| cause.findings().count()).sum();
        if causes.len() < findings {
            let findings = counted(findings, "finding");
            let causes = counted(causes.len(), "cause");
            let _ = writeln!(
                out,
                "<p>{findings} of {causes}: what one wrong figure can explain is told together.</p>"
            );
        }
        out.push_str(&filters(telling, causes));
    }
    out
}

/// Whether nothing at all was read.
fn is_blank(report: &Report<'_>) -> bool {
    report.documents.iter().all(Document::is_blank)
}

/// What could not be read, or only in part.
fn unread(report: &Report<'_>) -> String {
    let mut lines: Vec<String> = report
        .unread
        .iter()
        .map(|(path, why)| format!("<b>{}</b> was not read: {}.", safe(path), safe(why)))
        .collect();
    for document in report.documents {
        let losses = document.diagnostics.iter().filter(|told| told.is_loss());
        let losses: Vec<String> = losses.map(|told| told.message.clone()).collect();
        let (how, why) = match document.why_blank() {
            Some(why) if losses.is_empty() => ("was not read", vec![why]),
            Some(_) => ("was not read", losses),
            None => ("was read in part", losses),
        };
        if !why.is_empty() {
            let more = why.len().saturating_sub(LOSSES);
            let more = if more == 0 { String::new() } else { format!(" (and {more} more)") };
            let told = why.iter().take(LOSSES).map(|why| safe(why)).collect::<Vec<_>>().join("; ");
            lines.push(format!("<b>{}</b> {how}: {told}{more}.", safe(&document.origin.path)));
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("<p>{line}</p>\n")).collect();
    format!("<section class=\"unread\"><h2>Not read</h2>\n{lines}</section>\n")
}

fn counts(report: &Report<'_>) -> String {
    let count =
        |severity| report.answer.findings.iter().filter(|finding| finding.severity == severity).count();
    let coverage = &report.answer.coverage;
    let mut out = String::from("<ul class=\"counts\">\n");
    let mut add = |class: &str, number: usize, what: &str| {
        let plural = if number == 1 { what.to_owned() } else { format!("{what}s") };
        let _ = writeln!(out, "<li class=\"{class}\"><b>{number}</b> {plural}</li>");
    };
    add("error", count(Severity::Error), "error");
    add("warning", count(Severity::Warning), "warning");
    add("note", count(Severity::Note), "note");
    add("", coverage.figures, "figure");
    let _ = writeln!(out, "<li><b>{}</b> of them checked</li>\n</ul>", coverage.checked);
    if !report.notes && count(Severity::Note) > 0 {
        let how = if report.accepts { "; --notes tells them" } else { "" };
        let _ = writeln!(out, "<p class=\"soft\">Notes are counted and not told{how}.</p>");
    }
    for sentence in report.left_out {
        let _ = writeln!(out, "<p class=\"soft\">{}</p>", safe(sentence));
    }
    out
}

/// A table of the documents, and under it the pages of each that has findings or losses.
fn documents(report: &Report<'_>, causes: &[Cause<'_>], telling: &Telling<'_>) -> String {
    let mut out = String::from(
        "<h2>What was read</h2>\n<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>\
         <th scope=\"col\">Document</th><th scope=\"col\">About</th><th scope=\"col\">Pages</th><th scope=\"col\">Tables</th>\
         <th scope=\"col\">Figures</th></tr></thead>\n<tbody>\n",
    );
    for (number, document) in report.documents.iter().enumerate() {
        let copy =
            report.answer.copies.get(number).copied().flatten().and_then(|of| report.documents.get(of));
        let period = document.about.period.map(|told| told.value.label());
        let about: Vec<String> = match copy {
            Some(of) => vec![copy_of(document, of)],
            None if document.is_blank() => vec!["not read".to_owned()],
            None => document.organisation().map(str::to_owned).into_iter().chain(period).collect(),
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
            safe(&document.origin.path),
            safe(&about.join(", ")),
            document.origin.pages,
            document.tables.len(),
            document.figures.len(),
        );
    }
    out.push_str("</tbody></table></div>\n");
    for (number, document) in report.documents.iter().enumerate() {
        if document.origin.pages > 1 {
            out.push_str(&pages(report, number, document, causes, telling));
        }
    }
    out
}

/// The pages of a document, those with findings as links to the first of them.
fn pages(
    report: &Report<'_>,
    number: usize,
    document: &Document,
    causes: &[Cause<'_>],
    telling: &Telling<'_>,
) -> String {
    let mut found: BTreeMap<u32, (Severity, usize, &str)> = BTreeMap::new();
    for finding in causes.iter().flat_map(Cause::findings) {
        let Some(claim) = telling.claim(finding).filter(|claim| claim.document == number) else {
            continue;
        };
        let entry = found.entry(claim.place.page).or_insert((finding.severity, 0, &finding.id));
        *entry = (entry.0.max(finding.severity), entry.1 + 1, entry.2);
    }
    let losses = document.diagnostics.iter().filter(|told| told.is_loss());
    let lost: BTreeSet<u32> = losses.filter_map(|told| Some(told.place?.page)).collect();
    if found.is_empty() && lost.is_empty() {
        return String::new();
    }
    let sheets = document.sheet.is_some();
    let what = if sheets { "Sheets" } else { "Pages" };
    let path = if report.documents.len() > 1 {
        format!(" of {}", safe(&document.origin.path))
    } else {
        String::new()
    };
    let mut out = format!("<h3>{what}{path}</h3>\n<ol class=\"pages\">\n");
    for page in 1..=document.origin.pages.min(PAGES) {
        let lost = if lost.contains(&page) { " lost" } else { "" };
        let name = document.sheet.as_ref().and_then(|sheet| sheet.name(page)).map_or(page.to_string(), safe);
        let told = if lost.is_empty() { "nothing found" } else { "not read" };
        let _ = match found.get(&page) {
            Some((loudest, count, id)) => writeln!(
                out,
                "<li><a class=\"{}{lost}\" href=\"#{}\" title=\"{}\">{name}</a></li>",
                severity_name(*loudest),
                safe(id),
                counted(*count, "finding"),
            ),
            None => writeln!(out, "<li><span class=\"{}\" title=\"{told}\">{name}</span></li>", lost.trim()),
        };
    }
    out.push_str("</ol>\n");
    let more = document.origin.pages.saturating_sub(PAGES);
    if more > 0 {
        let _ = writeln!(out, "<p class=\"soft\">… and {more} more</p>");
    }
    out
}

fn filters(telling: &Telling<'_>, causes: &[Cause<'_>]) -> String {
    let (mut severities, mut checks, mut pages) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    severities.extend(causes.iter().map(|cause| std::cmp::Reverse(cause.first.severity)));
    for finding in causes.iter().flat_map(Cause::findings) {
        checks.insert(finding.code, rules::name(finding.code));
        if let Some(claim) = telling.claim(finding) {
            let read = telling.documents.get(claim.document);
            let sheet = read.and_then(|read| read.sheet_of(claim.place));
            let own = sheet.map_or(format!("page {}", claim.place.page), str::to_owned);
            let path =
                read.filter(|_| telling.documents.len() > 1).map(|read| format!("{}: ", read.origin.path));
            let key = (claim.document, claim.place.page);
            pages.insert(key, (page(claim.document, claim.place), path.unwrap_or_default() + &own));
        }
    }
    let mut out = String::from(
        "<form class=\"filters\" aria-label=\"Which findings are shown\">\n<fieldset><legend>Show</legend>\n",
    );
    for std::cmp::Reverse(one) in severities {
        let name = severity_name(one);
        let _ = writeln!(
            out,
            "<label><input type=\"checkbox\" value=\"{name}\" checked autocomplete=\"off\"> {name}s</label>"
        );
    }
    out.push_str("</fieldset>\n");
    if checks.len() > 1 {
        out.push_str(
            "<label>Check <select id=\"check\" autocomplete=\"off\"><option value=\"\">all</option>",
        );
        for (code, name) in checks {
            let _ = write!(out, "<option value=\"{code}\">{code} {name}</option>");
        }
        out.push_str("</select></label>\n");
    }
    if pages.len() > 1 {
        out.push_str("<label>Page <select id=\"page\" autocomplete=\"off\"><option value=\"\">all</option>");
        for (value, name) in pages.into_values() {
            let _ = write!(out, "<option value=\"{value}\">{}</option>", safe(&name));
        }
        out.push_str("</select></label>\n");
    }
    out + "<span id=\"shown\" class=\"soft\" role=\"status\"></span>\n</form>\n"
}

/// All that stands behind the findings.
pub(super) fn bottom(report: &Report<'_>, telling: &Telling<'_>) -> String {
    if is_blank(report) {
        return String::new();
    }
    let mut out = String::from("<h2>What was checked</h2>\n");
    for sentence in text::checked_and_covered(report.answer) {
        let _ = writeln!(out, "<p>{}</p>", safe(&sentence));
    }
    let coverage = &report.answer.coverage;
    if !coverage.not_checkable.is_empty() {
        out.push_str("<details><summary>Figures that could not be checked, and why</summary>\n<table><thead><tr><th scope=\"col\">Why</th><th scope=\"col\">Figures</th></tr></thead>\n<tbody>\n");
        let mut reasons: Vec<(&String, &usize)> = coverage.not_checkable.iter().collect();
        reasons.sort_by_key(|(why, count)| (std::cmp::Reverse(**count), *why));
        for (why, count) in reasons {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td class=\"number\">{count}</td></tr>",
                safe(why)
            );
        }
        out.push_str("</tbody></table></details>\n");
    }
    let holds = |claim: &&Claim| {
        matches!(claim.verdict, Verdict::Holds | Verdict::HoldsByRounding | Verdict::HoldsByConvention)
    };
    let count = report.answer.claims.iter().filter(holds).count();
    if count > 0 {
        let _ = writeln!(
            out,
            "<details><summary>What holds: {}</summary>\n<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Where</th>\
             <th scope=\"col\">Check</th><th scope=\"col\">Working</th></tr></thead>\n<tbody>",
            counted(count, "relation")
        );
        for claim in report.answer.claims.iter().filter(holds).take(CLAIMS) {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                place(telling, claim.document, claim.place),
                rules::name(claim.code),
                safe(&claim.arithmetic),
            );
        }
        out.push_str("</tbody></table></div>\n");
        if count > CLAIMS {
            let _ =
                writeln!(out, "<p class=\"soft\">… and {} more; the JSON has them all</p>", count - CLAIMS);
        }
        out.push_str("</details>\n");
    }
    out
}

/// The last line of the page.
pub(super) fn foot() -> String {
    format!(
        "Made by crossfoot {}. A figure that was rounded stands for all that it can have been; a relation is told only where none \
         of these values fits. Keys: j and k go from finding to finding, w shows the whole page.",
        env!("CARGO_PKG_VERSION")
    )
}
