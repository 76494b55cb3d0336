//! What a document's findings are as marks: a highlight on the figure in question with what is wrong, and one on each figure
//! that it was held against.

use super::{Kind, Mark};
use crate::model::document::Document;
use crate::model::text::Place;
use crate::reconcile::claim::Answer;
use crate::report::schema::span::corners;
use crate::report::told::Telling;
use std::collections::BTreeMap;

/// The marks of a document of a run, in the order of its pages. Notes are left out unless they are wanted.
pub fn marks(documents: &[Document], answer: &Answer, document: usize, notes: bool) -> Vec<Mark> {
    let Some(read) = documents.get(document) else { return Vec::new() };
    let telling = Telling::of(documents, answer);
    // A figure in several findings has one mark, whose note tells of all.
    let mut places: BTreeMap<Place, (Kind, &'static str, Vec<String>)> = BTreeMap::new();
    for finding in telling.causes(notes).iter().flat_map(|cause| cause.findings()) {
        let Some(claim) = telling.claim(finding) else { continue };
        let place = telling.place(claim.document, claim.place);
        for mark in telling.marked(claim).into_iter().filter(|mark| mark.document == document) {
            let (kind, text) = if mark.published {
                let repairs = finding.diagnosis.iter().map(|repair| format!("\nRepair: {repair}"));
                let repairs: String = repairs.collect();
                (Kind::Published, format!("{}\n{}{repairs}", telling.sentence(finding), finding.arithmetic))
            } else {
                (Kind::Operand, format!("Held against the figure of {place}: {}", telling.sentence(finding)))
            };
            let (own, code, texts) =
                places.entry(mark.place).or_insert_with(|| (kind, finding.code, Vec::new()));
            if kind == Kind::Published && *own == Kind::Operand {
                (*own, *code) = (kind, finding.code);
            }
            if !texts.contains(&text) {
                // What is wrong with the figure itself comes first.
                let at = if kind == Kind::Published { 0 } else { texts.len() };
                texts.insert(at, text);
            }
        }
    }
    let mark = |(place, (kind, code, texts)): (Place, (Kind, &str, Vec<String>))| {
        let areas: Vec<[f64; 4]> = read.areas_of(place).into_iter().map(corners).collect();
        (!areas.is_empty()).then(|| Mark {
            page: place.page,
            areas,
            kind,
            title: format!("crossfoot {code}"),
            text: texts.join("\n\n"),
        })
    };
    places.into_iter().filter_map(mark).collect()
}
