//! SARIF 2.1.0, which programs that show the results of checks read.

use super::chosen::Accepted;
use super::schema::Span;
use super::severity_name;
use super::told::{Marked, Telling, spot};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::model::figure::Figure;
use crate::model::text::Place;
use crate::reconcile::claim::{Answer, Finding};
use crate::reconcile::rules::{self, Check};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// So many figures that a finding rests on have a place. Sums of a workbook have thousands, and who shows results draws a
/// mark for each.
const MOST_RELATED: usize = 100;

/// Writes the findings of documents as one run.
///
/// # Errors
/// Whatever the writer says.
pub fn write(
    out: &mut dyn Write,
    documents: &[Document],
    answer: &Answer,
    accepted: &[Accepted],
    unread: &[Error],
    pretty: bool,
) -> io::Result<()> {
    let telling = Telling::of(documents, answer);
    let told = answer.findings.iter().map(|finding| result(&telling, finding, None));
    let suppressed = accepted.iter().map(|one| result(&telling, &one.finding, Some(&one.because)));
    let results: Vec<Value> = told.chain(suppressed).collect();
    let failed = !unread.is_empty() || documents.iter().any(Document::is_lost);
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "crossfoot",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::ALL.iter().map(|check| rule(check)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !failed,
                "toolExecutionNotifications": notifications(documents, unread),
            }],
            "artifacts": documents.iter().map(artifact).collect::<Vec<_>>(),
            "results": results,
        }],
    });
    super::json::write(out, &log, pretty)
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.code,
        "name": check.name,
        "shortDescription": { "text": sentence(check.gist) },
        "fullDescription": { "text": first_paragraph(check.doc) },
        "help": { "text": check.doc, "markdown": check.doc },
        "defaultConfiguration": { "level": severity_name(check.severity) },
    })
}

/// The text as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// The first paragraph of a doc, on one line.
fn first_paragraph(doc: &str) -> String {
    let mut paragraphs = doc.split("\n\n").map(str::trim);
    let first = paragraphs.find(|text| !text.is_empty() && !text.starts_with('#')).unwrap_or_default();
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn artifact(document: &Document) -> Value {
    json!({
        "location": { "uri": uri(&document.origin.path) },
        "hashes": { "sha-256": document.origin.sha256 },
        "mimeType": document.origin.media_type,
    })
}

/// What was not read, as a whole or at a place.
fn notifications(documents: &[Document], unread: &[Error]) -> Vec<Value> {
    let whole = unread.iter().map(|error| {
        let (what, hint) = error.what();
        let hint = hint.map_or(String::new(), |hint| format!(" ({hint})"));
        json!({
            "level": "error",
            "descriptor": { "id": "unreadable" },
            "message": { "text": literal(&format!("Not read: {what}{hint}.")) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(error.path()) } } }],
        })
    });
    let lost = documents.iter().flat_map(|document| {
        document.diagnostics.iter().map(move |diagnostic| {
            let place = match diagnostic.place {
                Some(place) => location(document, place),
                None => json!({ "physicalLocation": file(document) }),
            };
            json!({
                "level": severity_name(diagnostic.severity),
                "descriptor": { "id": diagnostic.code },
                "message": { "text": literal(&diagnostic.message) },
                "locations": [place],
            })
        })
    });
    whole.chain(lost).collect()
}

fn result<'a>(telling: &Telling<'a>, finding: &'a Finding, accepted: Option<&str>) -> Value {
    let mut text = sentence_of(telling, finding);
    finding.diagnosis.iter().for_each(|repair| text.push_str(&format!("\nRepair: {repair}")));
    let mut seen = Vec::new();
    let (mut own, mut related) = (Vec::new(), Vec::new());
    for Marked { document, place, figure, published } in finding
        .claims
        .iter()
        .filter_map(|&index| telling.answer.claims.get(index))
        .flat_map(|claim| telling.marked(claim))
    {
        let Some(read) = telling.documents.get(document) else { continue };
        if seen.contains(&(document, place)) {
            continue;
        }
        seen.push((document, place));
        let mut at = location(read, place);
        if published {
            own.push(at);
        } else if related.len() < MOST_RELATED {
            let label = figure.map_or_else(String::new, Figure::called);
            let printed = read.text_at(place);
            let said = if label.is_empty() { printed } else { format!("{label}: {printed}") };
            at["id"] = json!(related.len());
            at["message"] = json!({ "text": literal(&said) });
            related.push(at);
        }
    }
    let index = rules::ALL.iter().position(|check| check.code == finding.code);
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": severity_name(finding.severity),
        "message": { "text": literal(&text) },
        "locations": own,
        "relatedLocations": related,
        "partialFingerprints": { "crossfootFinding/v1": finding.id },
        "properties": { "name": rules::name(finding.code), "rootCause": finding.root_cause },
    });
    if let Some(because) = accepted {
        let suppression = json!({ "kind": "external", "status": "accepted", "justification": because });
        result["suppressions"] = json!([suppression]);
    }
    result
}

/// What a finding says, with its working.
pub(super) fn sentence_of<'a>(telling: &Telling<'a>, finding: &'a Finding) -> String {
    format!("{} ({}).", telling.sentence(finding).trim_end_matches('.'), finding.arithmetic)
}

/// The text as a message that has no blanks to fill in.
fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn file(document: &Document) -> Value {
    json!({ "artifactLocation": { "uri": uri(&document.origin.path) } })
}

/// A place: line and columns in a file of lines; elsewhere page and box, sheet and cell, or the element.
fn location(document: &Document, place: Place) -> Value {
    let span = Span::bare(document, place);
    let mut physical = file(document);
    if is_lines(document) {
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.start + 1,
            "endLine": place.line_end,
            "endColumn": place.end + 1,
        });
        return json!({ "physicalLocation": physical });
    }
    let mut properties = Map::new();
    let pages = !document.boxes.is_empty();
    let values = [
        ("page", json!(span.page.filter(|_| pages))),
        ("bbox", json!(span.bbox)),
        ("sheet", json!(span.sheet)),
        ("cell", json!(span.cell)),
        ("locator", json!(span.locator)),
    ];
    properties.extend(
        values.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.to_owned(), value)),
    );
    let logical = json!({ "fullyQualifiedName": spot(document, place), "kind": "element" });
    json!({ "physicalLocation": physical, "logicalLocations": [logical], "properties": properties })
}

/// Whether the places of a document are lines and characters of its file.
pub(super) fn is_lines(document: &Document) -> bool {
    document.boxes.is_empty() && document.sheet.is_none() && !document.marked
}

/// A path as a reference to a file: relative as it is, absolute with its scheme.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let drive = path.as_bytes().get(1) == Some(&b':');
    let mut uri = match (path.starts_with('/'), drive) {
        (true, _) => "file://".to_owned(),
        (false, true) => "file:///".to_owned(),
        (false, false) => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'!' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    fn log(accepted: &[Accepted], unread: &[Error]) -> Value {
        let mut out = Vec::new();
        write(&mut out, &[sample::document()], &sample::answer(), accepted, unread, false).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("a b/£:1.txt"), "a%20b/%C2%A3%3A1.txt");
        assert_eq!(uri("./a.zip!/b.txt"), "a.zip!/b.txt");
        assert_eq!(uri("/a/b.pdf"), "file:///a/b.pdf");
        assert_eq!(uri(r"C:\a\b.pdf"), "file:///C%3A/a/b.pdf");
    }

    #[test]
    fn a_finding_has_its_rule_its_place_and_what_it_rests_on() {
        let log = log(&[], &[]);
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let rule =
            &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!((&rule["id"], &rule["name"]), (&json!("CF101"), &json!("column-total")));
        assert_eq!(result["level"], "error");
        let region = json!({ "startLine": 4, "startColumn": 9, "endLine": 4, "endColumn": 11 });
        assert_eq!(result["locations"][0]["physicalLocation"]["region"], region);
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "town/report.txt");
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "Stage 1: 15");
        assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 2);
        assert_eq!(result["partialFingerprints"]["crossfootFinding/v1"], "f1");
        assert!(result.get("suppressions").is_none());
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    }

    #[test]
    fn an_accepted_finding_is_suppressed_and_an_unread_file_is_told() {
        let (path, what, hint) = ("b.doc".into(), "an old {Word} file".into(), "save it as docx".into());
        let unread = [Error::Unsupported { path, what, hint }];
        let finding = sample::answer().findings.remove(0);
        let log = log(&[Accepted { finding, because: "as told".into() }], &unread);
        let run = &log["runs"][0];
        assert_eq!(run["results"][1]["suppressions"][0]["justification"], "as told");
        let told = &run["invocations"][0];
        assert_eq!(told["executionSuccessful"], false);
        let said = "Not read: an old {{Word}} file (save it as docx).";
        assert_eq!(told["toolExecutionNotifications"][0]["message"]["text"], said);
    }

    #[test]
    fn every_rule_says_what_it_is() {
        for check in rules::ALL {
            let rule = rule(check);
            for key in ["shortDescription", "fullDescription"] {
                assert!(rule[key]["text"].as_str().unwrap().len() > 20, "{} {key}", check.code);
            }
        }
        assert_eq!(sentence("the sum"), "The sum.");
    }
}
