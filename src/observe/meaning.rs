//! Turns words into [`Facets`]: what a label, a clause or a heading says about the figure that it stands with.

use super::acronyms::Acronyms;
use crate::model::facets::{Dimension, Facets, Label, Measure, Population, band};
use crate::model::names::TermClass;
use crate::model::quantity::Unit;
use crate::model::text::Line;
use crate::model::topic::Topic;
use crate::pack::pack;
use crate::phrase::{Grammar, Token, TokenKind};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
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
    /// Whether the number is an average.
    average: bool,
    /// The words that tell what is counted are a heading that names several things.
    several: bool,
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
    /// Whether the document is about complaints. Elsewhere, words that can mean many things ("overdue", "payments made",
    /// "issues") say nothing of complaints.
    pub of_complaints: bool,
    /// The words of the body that the document is about. "Complaints about Larkmere" are all complaints there.
    pub body: Topic,
    /// The tokens of labels, which the rows of a long table repeat.
    pub labels: RefCell<FxHashMap<Box<str>, Rc<[Token]>>>,
}

/// So many labels are kept, so that a table of many others takes no memory for them.
const KEPT: usize = 1_000;

/// How many lines at the top are the title of a document.
const TITLE_LINES: usize = 8;

/// A document with fewer lines that name complaints, or fewer in a hundred lines, is not about them. The reports on
/// complaints that were looked at name them in 6 lines of 100 and more; accounts, statistics of crimes and surveys in
/// none or two.
const NAMED: (usize, usize) = (3, 3);

/// Whether a document is about complaints, as its title or its text says.
pub fn is_of_complaints(lines: &[Line], names: &[&str]) -> bool {
    let about = |text: &str| pack().classes.about_complaints.within(&text.to_lowercase());
    let printed = || lines.iter().filter(|line| !line.text.trim().is_empty());
    if names.iter().any(|name| about(name)) || printed().take(TITLE_LINES).any(|line| about(&line.text)) {
        return true;
    }
    let named = printed().filter(|line| about(&line.text)).count();
    named >= NAMED.0 && named * 100 >= printed().count() * NAMED.1
}

impl Words<'_> {
    /// The facets of a figure of this unit that stands with words of this meaning.
    pub fn facets(&self, meaning: &Meaning, unit: Unit) -> Facets {
        let mut facets = meaning.facets(unit);
        if !self.of_complaints && !meaning.is_plain(facets.measure) {
            facets.measure = Measure::Other;
        }
        facets
    }

    /// Typed tokens of a text.
    pub fn lex(&self, text: &str) -> Vec<Token> {
        self.grammar.lex(text)
    }

    /// Typed tokens of a label.
    pub fn lex_label(&self, text: &str) -> Rc<[Token]> {
        let mut labels = self.labels.borrow_mut();
        if let Some(known) = labels.get(text) {
            return Rc::clone(known);
        }
        if labels.len() >= KEPT {
            labels.clear();
        }
        let tokens: Rc<[Token]> = self.lex(text).into();
        labels.insert(text.into(), Rc::clone(&tokens));
        tokens
    }

    /// The words in the name of a body.
    pub fn of_body(grammar: &Grammar, name: &str) -> Topic {
        Meaning::of(name, &grammar.lex(name)).topic
    }

    /// What some tokens of a sentence say.
    pub fn meaning(&self, text: &str, tokens: &[Token]) -> Meaning {
        let mut meaning = self.read(text, tokens);
        meaning.topic.remove(&self.body);
        meaning
    }

    fn read(&self, text: &str, tokens: &[Token]) -> Meaning {
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
        let mut meaning = self.read(text, tokens);
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
                TokenKind::Quantity(_) if is_limit(tokens, at) => meaning.limit(),
                _ => {}
            }
        }
        meaning
    }

    /// Notes a limit of days. With a word for answers it tells that these came in time: "answered within 15 working days". Alone
    /// it is one of several bands.
    fn limit(&mut self) {
        let closed = self.measures.contains(&Measure::ComplaintsClosed)
            || self.populations.contains(&Population::Closed);
        if closed && !self.is_on_time() {
            self.set_within();
        }
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
                    self.ombudsman |= measure.is_of_ombudsman();
                    if measure == Measure::Context {
                        raw.to_lowercase().split(' ').for_each(|word| self.word(word));
                    }
                    // Behind complaints it says who or what they are about: "30% of complaints come from this population".
                    if measure != Measure::Context || !self.complaints {
                        self.measures.push(measure);
                    }
                }
            }
            TermClass::Population => self.populations.extend(Population::named(value)),
            TermClass::Target => self.target |= value == "limit",
            TermClass::Average => self.average = true,
            TermClass::Stage if value == "ombudsman" => self.ombudsman = true,
            _ => {
                if let Some(dimension) = Dimension::named(class.name()) {
                    let label = Label { raw: raw.into(), normalised: value.into() };
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
        self.complaints || self.measures.iter().any(|m| m.is_of_ombudsman() || m.is_of_complaints())
    }

    /// Whether these words name the measure in any document, and not only in one about complaints.
    fn is_plain(&self, measure: Measure) -> bool {
        match measure {
            Measure::OnTime | Measure::AvgDays | Measure::Compensation | Measure::Issues => false,
            Measure::PreComplaints | Measure::Enquiries => false,
            measure if measure.is_of_complaints() => self.is_of_complaints(),
            measure if measure.is_of_ombudsman() => self.ombudsman,
            _ => true,
        }
    }

    /// Takes over from `other` what these words leave open.
    pub fn inherit(&mut self, other: &Meaning) {
        self.average |= other.average;
        if !self.names_measure() {
            self.several = other.several;
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

    /// The same, marked where the words name several things. A heading "Complaints and compliments" does
    /// not say which of the two a figure below counts.
    pub fn of_heading(mut self) -> Meaning {
        let apart = self.measures.iter().filter(|m| is_thing(**m));
        let named: BTreeSet<Measure> = apart.copied().collect();
        let complaints = self.complaints || self.measures.iter().any(|m| m.is_of_complaints());
        let ombudsman =
            self.ombudsman && self.complaints && !self.measures.iter().any(|m| m.is_of_ombudsman());
        self.several = named.len() + usize::from(complaints || self.ombudsman) + usize::from(ombudsman) > 1;
        self
    }

    /// The same as what a case is about, which names nothing that is counted.
    pub fn of_topic(mut self) -> Meaning {
        self.measures.clear();
        (self.complaints, self.ombudsman) = (false, false);
        self
    }

    /// Whether it names an ombudsman, and no complaint to anybody else.
    pub fn is_of_ombudsman_alone(&self) -> bool {
        self.ombudsman && !self.complaints && self.measures.iter().all(|m| m.is_of_ombudsman())
    }

    /// Complaints in a sentence, a section or a table of an ombudsman are complaints to the ombudsman.
    pub fn govern_by_ombudsman(&mut self) {
        let counted = self.complaints || self.measures.iter().any(|m| m.is_of_complaints());
        self.ombudsman |= counted && self.measures.iter().all(|m| m.is_of_complaints());
    }

    /// Bare "complaints" beside complaints to an ombudsman are complaints to an ombudsman too: "This compared to 6
    /// complaints".
    pub fn narrow_to_ombudsman(&mut self, other: &Meaning) {
        self.ombudsman |= other.ombudsman && self.measures.is_empty();
    }

    /// Bare "complaints" behind a verb that ends them are those that ended: "we closed 428 complaints".
    pub fn narrow_to_ended(&mut self, verb: &Meaning) {
        if self.complaints && self.measures.is_empty() && self.populations.is_empty() {
            self.populations.extend(&verb.populations);
        }
    }

    /// The same without an ombudsman. A sentence above a table that mentions an ombudsman does not make the whole
    /// table about one.
    pub fn without_ombudsman(mut self) -> Meaning {
        self.ombudsman = false;
        self.measures.retain(|m| !m.is_of_ombudsman());
        self
    }

    /// Takes over from `other` only what is counted.
    pub fn inherit_measure(&mut self, other: &Meaning) {
        if !self.names_measure() {
            self.several = other.several;
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
        let mut facets = Facets::default();
        facets.wording_mut().topic.clone_from(&self.topic);
        facets.measure = self.measure(unit);
        facets.several = self.several;
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
        let join = |words: Vec<&str>| words.join(" / ").into();
        let raw = join(labels.values().copied().collect());
        Arc::new(Label { raw, normalised: join(labels.keys().copied().collect()) })
    }

    /// Whether it names a stage or a procedure, which only complaints have.
    pub fn is_staged(&self) -> bool {
        self.dimensions.iter().any(|(d, _)| matches!(d, Dimension::Stage | Dimension::Procedure))
    }

    /// Whether it says that an answer came in time or late.
    fn is_on_time(&self) -> bool {
        let bands = [band::WITHIN, band::OUTSIDE, band::EXTENDED];
        let banded = |(d, l): &(Dimension, Arc<Label>)| {
            *d == Dimension::TimeBand && bands.contains(&l.normalised.as_str())
        };
        self.measures.contains(&Measure::OnTime) || self.dimensions.iter().any(banded)
    }

    /// Notes that an answer came in time, as in "answered within 10 working days".
    pub fn set_within(&mut self) {
        let label = Label { raw: band::WITHIN.into(), normalised: band::WITHIN.into() };
        self.dimensions.push((Dimension::TimeBand, Arc::new(label)));
    }

    fn measure(&self, unit: Unit) -> Measure {
        match unit {
            Unit::Money | Unit::Gbp | Unit::Usd | Unit::Eur => {
                return self.measures.first().copied().filter(|m| m.fits(unit)).unwrap_or(Measure::Other);
            }
            Unit::Days | Unit::WorkingDays | Unit::Hours | Unit::Months => {
                let average = self.average || self.measures.contains(&Measure::AvgDays);
                return if average && !self.target { Measure::AvgDays } else { Measure::Other };
            }
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
        if self.complaints || self.is_staged() {
            return Measure::ComplaintsReceived.of_population(self.populations.first().copied());
        }
        Measure::Other
    }

    fn ombudsman_measure(&self) -> Measure {
        let named = self.measures.iter().copied().find(|m| m.is_of_ombudsman());
        let upheld =
            self.dimensions.iter().any(|(d, l)| *d == Dimension::Outcome && l.normalised.ends_with("upheld"));
        if let Some(measure) = named.filter(|m| *m != Measure::OmbudsmanReceived && !upheld) {
            return measure;
        }
        let told = self.measures.iter().find_map(|m| match m {
            Measure::ComplaintsClosed => Some(Population::Closed),
            Measure::ComplaintsInvestigated => Some(Population::Investigated),
            _ => None,
        });
        match self.populations.first().copied().or(told) {
            _ if upheld => Measure::OmbudsmanUpheld,
            population => Measure::OmbudsmanReceived.of_population(population),
        }
    }
}

/// Whether a measure names what is counted, so that a text that has two of them names two things.
fn is_thing(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Compliments
            | Measure::Comments
            | Measure::Enquiries
            | Measure::MpMemberEnquiries
            | Measure::FoiRequests
            | Measure::SarRequests
    )
}

/// Whether a figure is a time that answers are measured against, as in "within 10 working days".
pub fn is_limit(tokens: &[Token], figure: usize) -> bool {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let timed =
        matches!(kind(figure), Some(TokenKind::Quantity(q)) if q.unit.is_days() || q.unit == Unit::Hours);
    let limits = |at| matches!(kind(at), Some(TokenKind::Word(word)) if pack().words.limits.has(word));
    timed && (figure.saturating_sub(2)..figure).any(limits)
}

fn class_of(token: &Token) -> Option<&TermClass> {
    match &token.kind {
        TokenKind::Term(term) => Some(&term.class),
        _ => None,
    }
}
