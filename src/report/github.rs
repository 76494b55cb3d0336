//! Commands that GitHub's workflows turn into remarks on the lines of a change.

use super::printable;
use super::sarif::{is_lines, sentence_of};
use super::told::Telling;
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::reconcile::claim::{Answer, Severity};
use crate::reconcile::rules;
use std::io::{self, Write};

/// Writes one command for each finding, notes only where they are wanted, and one for each input that was not
/// read, as a whole or in part.
///
/// # Errors
/// Whatever the writer says.
pub fn write(
    out: &mut dyn Write,
    documents: &[Document],
    answer: &Answer,
    unread: &[Error],
    notes: bool,
) -> io::Result<()> {
    let mut not_read = |path: &str, title: &str, what: &str| {
        command(out, "error", &[("file", path.to_owned()), ("title", title.to_owned())], what)
    };
    unread.iter().try_for_each(|error| not_read(error.path(), "not read", &error.what().0))?;
    for document in documents {
        let path = &document.origin.path;
        match document.why_blank() {
            Some(why) => not_read(path, "not read", &why)?,
            None => {
                let mut lost = document.diagnostics.iter().filter(|diagnostic| diagnostic.is_loss());
                lost.try_for_each(|lost| not_read(path, "read in part", &lost.message))?;
            }
        }
    }
    let telling = Telling::of(documents, answer);
    for finding in telling.causes(notes).iter().flat_map(|cause| cause.findings()) {
        let Some(claim) = telling.claim(finding) else { continue };
        let Some(document) = documents.get(claim.document) else { continue };
        let mut properties = vec![("file", document.origin.path.clone())];
        let place = claim.place;
        let mut said = sentence_of(&telling, finding);
        if is_lines(document) {
            properties.push(("line", place.line.to_string()));
            properties.push(("endLine", place.line_end.to_string()));
            if place.line == place.line_end {
                properties.push(("col", (place.start + 1).to_string()));
                properties.push(("endColumn", place.end.to_string()));
            }
        } else {
            said = format!("{}: {said}", telling.place(claim.document, place));
        }
        properties.push(("title", format!("{} {}", finding.code, rules::name(finding.code))));
        let word = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        command(out, word, &properties, &said)?;
    }
    Ok(())
}

fn command(out: &mut dyn Write, word: &str, properties: &[(&str, String)], text: &str) -> io::Result<()> {
    let property = |(key, value): &(&str, String)| {
        let value = escaped(&printable(value)).replace(':', "%3A").replace(',', "%2C");
        format!("{key}={value}")
    };
    let properties = properties.iter().map(property).collect::<Vec<_>>().join(",");
    writeln!(out, "::{word} {properties}::{}", escaped(&printable(text)))
}

/// The text without what ends a command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn a_finding_is_one_command() {
        let mut document = sample::document();
        document.origin.path = "a,b:50%.txt".into();
        let mut out = Vec::new();
        let unread = [Error::Unsupported { path: "c.doc".into(), what: "no".into(), hint: String::new() }];
        write(&mut out, &[document], &sample::answer(), &unread, false).unwrap();
        let expected = "::error file=c.doc,title=not read::no\n\
            ::error file=a%2Cb%3A50%25.txt,line=4,endLine=4,col=9,endColumn=10,title=CF101 column-total::\
            the total of 2020/21 is 25, its parts give 23 (15 + 8 = 23, printed 25).\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn notes_are_left_out_unless_wanted() {
        let mut answer = sample::answer();
        answer.findings[0].severity = Severity::Note;
        let write = |notes| {
            let mut out = Vec::new();
            write(&mut out, &[sample::document()], &answer, &[], notes).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(write(false), "");
        assert!(write(true).starts_with("::notice "));
    }
}
