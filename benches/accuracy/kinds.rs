//! The kinds of error that are put in, each as people make it.

use super::chance::Chance;
use super::making::Making;
use super::page::Page;
use super::relation::{Relation, Rule};
use super::text::Number;
use super::words::{DIRECTIONS, RATIOS};
use crossfoot::schema::Finding;
use num_traits::Signed;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Digit,
    Transposed,
    Length,
    Row,
    StaleTotal,
    Base,
    Truncation,
    Sign,
    Points,
    ShareOff,
    StaleYear,
    Label,
    Ratio,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Digit,
        Kind::Transposed,
        Kind::Length,
        Kind::Row,
        Kind::StaleTotal,
        Kind::Base,
        Kind::Truncation,
        Kind::Sign,
        Kind::Points,
        Kind::ShareOff,
        Kind::StaleYear,
        Kind::Label,
        Kind::Ratio,
    ];

    /// Of a hundred errors, how many are of this kind.
    pub fn weight(self) -> usize {
        match self {
            Kind::Digit => 15,
            Kind::Base | Kind::ShareOff => 10,
            Kind::Transposed | Kind::Row | Kind::StaleTotal | Kind::Sign | Kind::StaleYear => 8,
            Kind::Truncation => 6,
            Kind::Length | Kind::Label | Kind::Ratio => 5,
            Kind::Points => 4,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Digit => "digit substituted",
            Kind::Transposed => "digits transposed",
            Kind::Length => "digit dropped or doubled",
            Kind::Row => "row dropped or doubled",
            Kind::StaleTotal => "total stale by a row",
            Kind::Base => "wrong base",
            Kind::Truncation => "truncation",
            Kind::Sign => "sign or direction",
            Kind::Points => "points for percent",
            Kind::ShareOff => "share off by 1 to 3",
            Kind::StaleYear => "stale year",
            Kind::Label => "labels swapped",
            Kind::Ratio => "ratio word",
        }
    }
}

/// One error: what is changed in the source.
pub struct Injection {
    pub kind: Kind,
    pub edits: Vec<(Range<usize>, String)>,
    /// Where a finding about it has to point, as places of the clean source.
    pub marks: Vec<Range<usize>>,
    /// The relations that it breaks; it is detectable where there is one.
    pub broken: Vec<usize>,
    /// What a right diagnosis names: one of these.
    pub mend: Vec<String>,
}

impl Injection {
    /// Edits that are no error of the document.
    pub fn damage(edits: Vec<(Range<usize>, String)>) -> Injection {
        Injection { kind: Kind::Digit, edits, marks: Vec::new(), broken: Vec::new(), mend: Vec::new() }
    }

    /// Whether a finding says what was wrong. That two figures differ is shown by its arithmetic alone.
    pub fn explained(&self, finding: &Finding) -> bool {
        let told = finding.diagnosis.iter().chain([&finding.arithmetic, &finding.message]);
        told.map(|text| text.replace(',', ""))
            .any(|text| self.mend.iter().any(|mend| names(&text, &mend.replace(',', ""))))
    }
}

/// Whether a text has these words, not as part of a longer numeral.
fn names(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (text.get(..at), text.get(at + words.len()..));
        !digit(before.and_then(|t| t.chars().next_back())) && !digit(after.and_then(|t| t.chars().next()))
    })
}

/// Every error of a kind that a document has room for, one for each place.
pub fn all(kind: Kind, page: &Page, relations: &[Relation]) -> Vec<Injection> {
    let mut chance = Chance::named(&format!("{} {}", page.name, kind.name()));
    let made = Making { kind, page, relations };
    match kind {
        Kind::Digit | Kind::Transposed | Kind::Length => made.digits(&mut chance),
        Kind::Row => made.rows(&mut chance),
        Kind::StaleTotal => made.stale_totals(&mut chance),
        Kind::Base => made.bases(&mut chance),
        Kind::Truncation => made.results(|relation, term| relation.truncated(term)),
        Kind::ShareOff => made.results(|relation, term| {
            let by = Number::from([-3, -2, -1, 1, 2, 3][chance.below(6)]);
            let new = term.value + by;
            (relation.rule == Rule::Share && !new.is_negative() && new <= Number::from(100)).then_some(new)
        }),
        Kind::Sign => made.words(DIRECTIONS, |relation| {
            matches!(relation.rule, Rule::Change | Rule::Difference | Rule::Direction)
        }),
        Kind::Points => made.points(),
        Kind::StaleYear => made.stale_years(),
        Kind::Label => made.labels(&mut chance),
        Kind::Ratio => made.words(RATIOS, |relation| relation.rule == Rule::Word),
    }
}
