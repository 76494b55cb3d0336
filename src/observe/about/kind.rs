//! Decides what kind of document it is, by words where it says so, and by how much of it is what somebody said.

use crate::model::about::{Basis, Certainty, Kind, Told};
use crate::pack::councils::folded;
use crate::pack::{Set, pack};

/// A text in which so many paragraphs have quotations is that of a newspaper, if they are at least one in [`QUOTED`].
/// Reports quote a few words of thanks.
const QUOTATIONS: usize = 2;

/// See [`QUOTATIONS`].
const QUOTED: usize = 6;

/// What a document says of its kind.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// The kinds that its words name, with where.
    named: Vec<(Kind, Basis)>,
    paragraphs: usize,
    quotations: usize,
    /// Whether somebody is told to have said something.
    said: bool,
}

impl Signs {
    /// Adds a text of the document.
    pub(super) fn add(&mut self, text: &str, basis: Basis) {
        let kinds = &pack().kinds;
        if basis == Basis::Text || basis == Basis::Title {
            self.paragraphs += 1;
            let mut words = text.split(|c: char| !c.is_alphabetic());
            self.quotations += usize::from(text.contains('"'));
            self.said |= words.any(|word| kinds.said.has_folded(word));
        }
        if matches!(basis, Basis::Title | Basis::Metadata) {
            let plain = folded(text);
            self.name(&plain, &kinds.minutes, Kind::Minutes, basis);
            self.name(&plain, &kinds.letter, Kind::Letter, basis);
            self.name(&plain, &kinds.press, Kind::Press, basis);
            self.name(&plain, &kinds.report, Kind::Report, basis);
        }
    }

    /// Adds the name of the file.
    pub(super) fn add_path(&mut self, stem: &str) {
        let (kinds, plain) = (&pack().kinds, folded(stem).replace('_', " "));
        self.name(&plain, &kinds.minutes, Kind::Minutes, Basis::FileName);
        self.name(&plain, &kinds.letter, Kind::Letter, Basis::FileName);
        self.name(&plain, &kinds.press_files, Kind::Press, Basis::FileName);
        self.name(&plain, &kinds.data_files, Kind::Data, Basis::FileName);
        self.name(&plain, &kinds.report, Kind::Report, Basis::FileName);
    }

    fn name(&mut self, text: &str, words: &Set, kind: Kind, basis: Basis) {
        let stands = |word: &str| {
            text.match_indices(word).any(|(at, _)| {
                let before = text.get(..at).is_none_or(|text| text.is_empty() || text.ends_with(' '));
                let after = text.get(at + word.len()..);
                before && after.is_none_or(|text| text.is_empty() || text.starts_with(' '))
            })
        };
        if words.iter().any(stands) {
            self.named.push((kind, basis));
        }
    }

    /// The kind of the document. Minutes, letters and newspapers tell of reports, so the word "report" counts last.
    pub(super) fn decide(&self, sheet: bool) -> Option<Told<Kind>> {
        let named =
            |kind: Kind| self.named.iter().filter(move |(named, _)| *named == kind).map(|(_, basis)| *basis);
        if sheet {
            return told(Kind::Data, Basis::Form, Certainty::Sure);
        }
        for kind in [Kind::Minutes, Kind::Letter, Kind::Press] {
            if let Some(basis) = named(kind).next() {
                return told(kind, basis, Certainty::Sure);
            }
        }
        if self.said && self.quotations >= QUOTATIONS && self.quotations * QUOTED >= self.paragraphs {
            return told(Kind::Press, Basis::Text, Certainty::Likely);
        }
        if let Some(basis) = named(Kind::Report).next() {
            return told(Kind::Report, basis, Certainty::Likely);
        }
        named(Kind::Data).next().and_then(|basis| told(Kind::Data, basis, Certainty::Doubtful))
    }
}

fn told(value: Kind, source: Basis, confidence: Certainty) -> Option<Told<Kind>> {
    Some(Told { value, source, confidence })
}
