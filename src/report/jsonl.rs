//! JSON Lines: one observation a line, each complete in itself.

use super::schema;
use crate::model::document::Document;
use serde::Serialize;
use std::io::{self, Write};

/// Writes the observations of one document.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    schema::observations(document).try_for_each(|mut observation| {
        observation.span = observation.span.in_document(document);
        line(out, &observation)
    })
}

/// Writes one value on a line of its own.
///
/// # Errors
/// Whatever the writer says.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    super::json::write(out, value, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn every_line_is_one_observation() {
        let mut out = Vec::new();
        write(&mut out, &sample::document()).unwrap();
        let text = String::from_utf8(out).unwrap();
        let values: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let printed: Vec<&str> = values.iter().map(|v| v["value"].as_str().unwrap()).collect();
        assert_eq!(printed, ["15", "8", "25", "65"]);
        assert_eq!(values[3]["span"]["path"], "town/report.txt");
    }
}
