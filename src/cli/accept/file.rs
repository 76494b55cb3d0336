//! `crossfoot-accepted.toml`: the findings that were accepted, with the reasons.

use crate::cli::Status;
use crate::cli::archive::replace;
use crate::cli::messages::Messages;
use crate::cli::settings::file::{Reading, Wrong};
use crate::model::diagnostic::Error;
use jiff::civil::Date;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file's name.
pub(in crate::cli) const NAME: &str = "crossfoot-accepted.toml";

const HEAD: &str = "\
# Findings that were looked at and accepted. `crossfoot check` leaves them out.
# `crossfoot accept` writes this file anew, in its own order and without comments of yours.
";

/// A finding that was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Acceptance {
    pub id: String,
    /// The check, what was said, and the path of the document as seen from the file: as they were when it was accepted,
    /// where the document was read then.
    pub code: Option<String>,
    pub message: Option<String>,
    pub document: Option<String>,
    pub because: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
}

const KEYS: [&str; 6] = ["id", "code", "message", "document", "because", "until"];

/// Reads the file of a folder; there are none where it has no file. What is wrong with it is reported.
pub(in crate::cli) fn load(folder: &Path, messages: &Messages) -> Result<Vec<Acceptance>, Status> {
    let path = folder.join(NAME);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => {
            messages.unread(&Error::Read { path: path.display().to_string(), cause });
            return Err(Status::Failed);
        }
    };
    read(&text).map_err(|wrong| {
        for Wrong { line, what, hint } in wrong {
            messages.error(&format!("{}:{line}", path.display()), &what, hint.as_deref());
        }
        Status::Failed
    })
}

fn read(text: &str) -> Result<Vec<Acceptance>, Vec<Wrong>> {
    let mut reading = Reading { text, wrong: Vec::new() };
    let mut all = Vec::new();
    match DeTable::parse(text) {
        Ok(table) => {
            reading.keys(table.get_ref(), &["accepted"]);
            let accepted = table.get_ref().get("accepted");
            match accepted.map(|accepted| (accepted.get_ref().as_array(), accepted.span())) {
                Some((Some(list), _)) => {
                    all.extend(list.iter().filter_map(|one| acceptance(&mut reading, one)))
                }
                Some((None, span)) => {
                    let hint = Some("begin each with [[accepted]]".to_owned());
                    reading.wrong(span, "\"accepted\" is a list of tables".to_owned(), hint);
                }
                None => {}
            }
        }
        Err(error) => reading.wrong(error.span().unwrap_or_default(), error.message().to_owned(), None),
    }
    if reading.wrong.is_empty() { Ok(all) } else { Err(reading.wrong) }
}

fn acceptance(reading: &mut Reading, one: &Spanned<DeValue>) -> Option<Acceptance> {
    let Some(table) = one.get_ref().as_table() else {
        reading.wrong(one.span(), "\"accepted\" is a list of tables".to_owned(), None);
        return None;
    };
    reading.keys(table, &KEYS);
    let until = table.get("until").and_then(|until| {
        let text = match until.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            value => value.as_str().unwrap_or_default().to_owned(),
        };
        let date = text.parse::<Date>().ok();
        if date.is_none() {
            let hint = Some("write it as \"2027-03-31\"".to_owned());
            reading.wrong(until.span(), "\"until\" is a day".to_owned(), hint);
        }
        date
    });
    let [id, code, message, document, because, _] =
        KEYS.map(|key| if key == "until" { None } else { reading.string(table, key).map(str::to_owned) });
    match (id, because) {
        (Some(id), Some(because)) => Some(Acceptance { id, code, message, document, because, until }),
        (id, _) => {
            let missing = if id.is_none() { "id" } else { "because" };
            reading.wrong(one.span(), format!("there is no \"{missing}\""), None);
            None
        }
    }
}

/// Writes the file of a folder, so that it is there either as a whole or as it was.
pub(super) fn store(folder: &Path, all: &mut [Acceptance]) -> io::Result<()> {
    all.sort_by(|a, b| (&a.document, &a.code, &a.id).cmp(&(&b.document, &b.code, &b.id)));
    replace(&folder.join(NAME), |out| {
        out.write_all(HEAD.as_bytes())?;
        all.iter().try_for_each(|one| write(out, one))
    })
}

fn write(out: &mut dyn Write, one: &Acceptance) -> io::Result<()> {
    writeln!(out, "\n[[accepted]]")?;
    let until = one.until.map(|until| until.to_string());
    let values = [
        Some(&one.id),
        one.code.as_ref(),
        one.message.as_ref(),
        one.document.as_ref(),
        Some(&one.because),
        until.as_ref(),
    ];
    for (key, value) in KEYS.iter().zip(values) {
        if let Some(value) = value {
            writeln!(out, "{key} = {}", quoted(value))?;
        }
    }
    Ok(())
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let one = Acceptance {
            id: "F-1".into(),
            code: Some("CF101".into()),
            message: Some("The total says \"5\";\u{7} its parts\nadd up to 6 \\ £".into()),
            document: Some("reports/a.txt".into()),
            because: "the annex corrects it".into(),
            until: Some(jiff::civil::date(2027, 3, 31)),
        };
        let other = Acceptance { id: "F-2".into(), because: "ours".into(), ..Acceptance::default() };
        let mut out = Vec::new();
        [&one, &other].into_iter().for_each(|one| write(&mut out, one).unwrap());
        assert_eq!(read(&String::from_utf8(out).unwrap()).unwrap(), [one, other]);
        assert_eq!(
            read("[[accepted]]\nid = 'a'\nbecause = 'b'\nuntil = 2027-03-31").unwrap()[0].until,
            Some(jiff::civil::date(2027, 3, 31))
        );
        assert!(read(HEAD).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let wrong =
            read("[[accepted]]\nid = 'a'\n[[accepted]]\nid = 'b'\nbecause = 'c'\nuntil = 'soon'\nwhy = ''")
                .unwrap_err();
        let told: Vec<(usize, &str)> = wrong.iter().map(|wrong| (wrong.line, wrong.what.as_str())).collect();
        assert!(told.contains(&(1, "there is no \"because\"")), "{told:?}");
        assert!(told.contains(&(6, "\"until\" is a day")), "{told:?}");
        assert!(told.contains(&(7, "no key is called \"why\"")), "{told:?}");
    }
}
