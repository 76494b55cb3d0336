//! Turns words into [`Facets`]: what a label, a clause or a heading says about the figure that it stands with.

use super::acronyms::Acronyms;
use crate::model::facets::{Dimension, Facets, Label, Measure, Population};
use crate::model::names::TermClass;
use crate::model::quantity::Unit;
use crate::model::topic::Topic;
use crate::pack::pack;
use crate::phrase::{Grammar, Token, TokenKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the words of one label or clause say.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// The values of the vocabulary class `measure`, in the order of the text.
    measures: Vec<Measure>,
    /// The noun "complaint" stands there without more.
    complaints: bool,
    ombudsman: bool,
    /// Whether the number is an aim or a limit.
    pub target: bool,
    pub populations: Vec<Population>,
    pub dimensions: Vec<(Dimension, Arc<Label>)>,
    /// Dimensions of which two values are joined: "upheld or partially upheld".
    joined: Vec<Dimension>,
    pub topic: Topic,
}

/// What the words of one document mean: the grammar's vocabulary, and the document's own short names.
pub struct Words<'a> {
    pub grammar: &'a Grammar,
    pub acronyms: Acronyms,
}

impl Words<'_> {
    /// Typed tokens of a text.
    pub fn lex(&self, text: &str) -> Vec<Token> {
        self.grammar.lex(text)
    }

    /// What some tokens of a text say.
    pub fn meaning(&self, text: &str, tokens: &[Token]) -> Meaning {
        let mut meaning = Meaning::of(text, tokens);
        let long: Vec<String> = meaning
            .topic
            .iter()
            .filter_map(|w| self.acronyms.meaning(w))
            .map(|words| words.join(" "))
            .collect();
        for words in long {
            meaning.topic.extend(&Meaning::of(&words, &self.lex(&words)).topic);
        }
        meaning
    }

    /// What a head, a label or a caption says. Words for context name a service or a kind of case there, so they do
    /// not tell what is counted.
    pub fn label(&self, text: &str, tokens: &[Token]) -> Meaning {
        let mut meaning = self.meaning(text, tokens);
        meaning.measures.retain(|m| *m != Measure::Context);
        meaning
    }
}

impl Meaning {
    /// Reads the words of `tokens`, which were lexed from `text`.
    fn of(text: &str, tokens: &[Token]) -> Meaning {
        let mut meaning = Meaning::default();
        for (at, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Term(term) => {
                    if at.checked_sub(2).and_then(|i| class_of(tokens.get(i)?)) == Some(&term.class) {
                        meaning.joined.extend(Dimension::named(term.class.name()));
                    }
                    let raw = text.get(token.range.clone()).unwrap_or_default();
                    meaning.term(&term.class, &term.value, raw);
                }
                TokenKind::Word(word) => meaning.word(word),
                _ => {}
            }
        }
        meaning
    }

    fn word(&mut self, word: &str) {
        if word.len() > 1 && !pack().words.adverb_ending.ends(word) && !pack().words.without_content.has(word)
        {
            self.topic.insert(word);
        }
    }

    fn term(&mut self, class: &TermClass, value: &str, raw: &str) {
        match class {
            TermClass::Measure if value == "complaints" => self.complaints = true,
            TermClass::Measure => {
                if let Some(measure) = Measure::named(value) {
                    self.ombudsman |= is_ombudsman(measure);
                    if measure == Measure::Context {
                        raw.to_lowercase().split(' ').for_each(|word| self.word(word));
                    }
                    self.measures.push(measure);
                }
            }
            TermClass::Population => self.populations.extend(Population::named(value)),
            TermClass::Target => self.target |= value == "limit",
            TermClass::Stage if value == "ombudsman" => self.ombudsman = true,
            _ => {
                if let Some(dimension) = Dimension::named(class.name()) {
                    let label = Label { raw: raw.to_owned(), normalised: value.to_owned() };
                    self.dimensions.push((dimension, Arc::new(label)));
                }
            }
        }
    }

    /// Whether it names what is counted.
    pub fn names_measure(&self) -> bool {
        self.complaints || self.ombudsman || !self.measures.is_empty() || self.is_staged()
    }

    /// Whether complaints are counted, to whichever body and at whichever stage.
    pub fn is_of_complaints(&self) -> bool {
        let complaints =
            [Measure::ComplaintsReceived, Measure::ComplaintsClosed, Measure::ComplaintsInvestigated];
        self.complaints || self.measures.iter().any(|m| is_ombudsman(*m) || complaints.contains(m))
    }

    /// Takes over from `other` what these words leave open.
    pub fn inherit(&mut self, other: &Meaning) {
        if !self.names_measure() {
            self.measures.clone_from(&other.measures);
            self.complaints = other.complaints;
            self.ombudsman = other.ombudsman;
            if self.populations.is_empty() {
                self.populations.clone_from(&other.populations);
            }
        }
        self.joined.extend(&other.joined);
        let own: Vec<Dimension> = self.dimensions.iter().map(|(d, _)| *d).collect();
        self.dimensions.extend(other.dimensions.iter().filter(|(d, _)| !own.contains(d)).cloned());
    }

    /// Bare "complaints" beside complaints to an ombudsman are complaints to an ombudsman too: "This compared to 6
    /// complaints".
    pub fn narrow_to_ombudsman(&mut self, other: &Meaning) {
        self.ombudsman |= other.ombudsman && self.measures.is_empty();
    }

    /// The same without an ombudsman. A sentence above a table that mentions an ombudsman does not make the whole
    /// table about one.
    pub fn without_ombudsman(mut self) -> Meaning {
        self.ombudsman = false;
        self.measures.retain(|m| !is_ombudsman(*m));
        self
    }

    /// Takes over from `other` only what is counted.
    pub fn inherit_measure(&mut self, other: &Meaning) {
        if !self.names_measure() {
            self.measures.clone_from(&other.measures);
            self.complaints = other.complaints || other.is_staged();
            self.ombudsman = other.ombudsman;
            if other.is_on_time() && !self.is_on_time() {
                self.measures.push(Measure::OnTime);
            }
        }
    }

    /// The facets of a figure of this unit that stands with these words.
    pub fn facets(&self, unit: Unit) -> Facets {
        let mut facets =
            Facets { measure: self.measure(unit), topic: self.topic.clone(), ..Facets::default() };
        facets.population = self.populations.first().copied();
        for (dimension, label) in &self.dimensions {
            // "Statutory and corporate" is about both together, so neither value holds.
            let ambiguous =
                self.dimensions.iter().any(|(d, l)| d == dimension && l.normalised != label.normalised);
            if !ambiguous {
                facets.dimensions.set(*dimension, Arc::clone(label));
            } else if *dimension == Dimension::Outcome && self.joined.contains(dimension) {
                facets.dimensions.set(*dimension, self.together(*dimension));
            }
        }
        facets
    }

    /// The label of one outcome that is made of several: "upheld or partially upheld".
    fn together(&self, wanted: Dimension) -> Arc<Label> {
        let labels: BTreeMap<&str, &str> = self
            .dimensions
            .iter()
            .filter(|(dimension, _)| *dimension == wanted)
            .map(|(_, label)| (label.normalised.as_str(), label.raw.as_str()))
            .collect();
        let join = |words: Vec<&str>| words.join(" / ");
        let raw = join(labels.values().copied().collect());
        Arc::new(Label { raw, normalised: join(labels.keys().copied().collect()) })
    }

    /// Whether it names a stage or a procedure, which only complaints have.
    fn is_staged(&self) -> bool {
        self.dimensions.iter().any(|(d, _)| matches!(d, Dimension::Stage | Dimension::Procedure))
    }

    /// Whether it says that an answer came in time or late.
    fn is_on_time(&self) -> bool {
        let bands = ["within", "outside", "extended"];
        let banded = |(d, l): &(Dimension, Arc<Label>)| {
            *d == Dimension::TimeBand && bands.contains(&l.normalised.as_str())
        };
        self.measures.contains(&Measure::OnTime) || self.dimensions.iter().any(banded)
    }

    /// Notes that an answer came in time, as in "answered within 10 working days".
    pub fn set_within(&mut self) {
        let label = Label { raw: "within".into(), normalised: "within".into() };
        self.dimensions.push((Dimension::TimeBand, Arc::new(label)));
    }

    fn measure(&self, unit: Unit) -> Measure {
        match unit {
            Unit::Money => {
                return self.measures.first().copied().filter(|m| is_money(*m)).unwrap_or(Measure::Other);
            }
            Unit::Gbp | Unit::Usd | Unit::Eur => {
                return self
                    .measures
                    .first()
                    .copied()
                    .filter(|m| is_money(*m))
                    .unwrap_or(Measure::Compensation);
            }
            Unit::Days | Unit::Hours | Unit::Months if !self.target => return Measure::AvgDays,
            Unit::Percent | Unit::Count | Unit::PercentagePoints if self.is_on_time() => {
                return Measure::OnTime;
            }
            _ => {}
        }
        if self.ombudsman {
            return self.ombudsman_measure();
        }
        if let Some(measure) = self.measures.first() {
            return *measure;
        }
        if self.complaints || self.is_staged() || (!self.populations.is_empty() && self.topic.is_empty()) {
            return self.complaint_measure();
        }
        Measure::Other
    }

    fn ombudsman_measure(&self) -> Measure {
        let named = self.measures.iter().copied().find(|m| is_ombudsman(*m));
        let upheld =
            self.dimensions.iter().any(|(d, l)| *d == Dimension::Outcome && l.normalised.ends_with("upheld"));
        if let Some(measure) = named.filter(|m| *m != Measure::OmbudsmanReceived && !upheld) {
            return measure;
        }
        match self.populations.first() {
            Some(Population::Decided | Population::Closed) => Measure::OmbudsmanDecided,
            Some(Population::Investigated) => Measure::OmbudsmanInvestigated,
            Some(Population::Upheld) => Measure::OmbudsmanUpheld,
            _ if upheld => Measure::OmbudsmanUpheld,
            _ => Measure::OmbudsmanReceived,
        }
    }

    fn complaint_measure(&self) -> Measure {
        match self.populations.first() {
            Some(Population::Closed | Population::Decided) => Measure::ComplaintsClosed,
            Some(Population::Investigated) => Measure::ComplaintsInvestigated,
            _ => Measure::ComplaintsReceived,
        }
    }
}

fn class_of(token: &Token) -> Option<&TermClass> {
    match &token.kind {
        TokenKind::Term(term) => Some(&term.class),
        _ => None,
    }
}

fn is_money(measure: Measure) -> bool {
    matches!(measure, Measure::Compensation | Measure::Context)
}

fn is_ombudsman(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::OmbudsmanReceived
            | Measure::OmbudsmanDecided
            | Measure::OmbudsmanInvestigated
            | Measure::OmbudsmanUpheld
    )
}
