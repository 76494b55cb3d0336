//! What a figure is about: measure, population, dimensions, period. Each is known or unknown.

use super::known::Known;
use super::labels::Labels;
use super::period::Period;
use super::quantity::Unit;
use super::topic::Topic;
use ecow::EcoString;
use serde::{Deserialize, Serialize};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// The whole list, in its order.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The name in the schema and in the vocabulary.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The value of a name.
            pub fn named(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

closed_list! {
    /// What is measured: the schema's closed list. A label, never a filter: `Other` unifies with everything.
    Measure {
        /// Complaints that came in.
        ComplaintsReceived = "complaints_received",
        /// Complaints that were answered or otherwise ended.
        ComplaintsClosed = "complaints_closed",
        /// Complaints that were looked into.
        ComplaintsInvestigated = "complaints_investigated",
        /// Concerns settled before they became complaints.
        PreComplaints = "pre_complaints",
        /// Questions and requests that are not complaints.
        Enquiries = "enquiries",
        /// Enquiries by members of parliament and councillors.
        MpMemberEnquiries = "mp_member_enquiries",
        /// Praise and thanks.
        Compliments = "compliments",
        /// Remarks and suggestions that are neither complaints nor praise.
        Comments = "comments",
        /// Requests for information that a public body holds.
        FoiRequests = "foi_requests",
        /// Requests of people for what is held about themselves.
        SarRequests = "sar_requests",
        /// Cases that came to an ombudsman.
        OmbudsmanReceived = "ombudsman_received",
        /// Cases that an ombudsman decided.
        OmbudsmanDecided = "ombudsman_decided",
        /// Cases that an ombudsman investigated in detail.
        OmbudsmanInvestigated = "ombudsman_investigated",
        /// Cases in which an ombudsman found fault.
        OmbudsmanUpheld = "ombudsman_upheld",
        /// Cases answered within their time limit.
        OnTime = "on_time",
        /// Average time to an answer.
        AvgDays = "avg_days",
        /// Money paid or awarded to complainants.
        Compensation = "compensation",
        /// Matters raised; one complaint can raise several.
        Issues = "issues",
        /// Figures that set the scene: residents, households, contacts.
        Context = "context",
        /// Not told, or none of these.
        Other = "other",
    }
}

impl Measure {
    /// Whether it counts complaints to the body itself, of one population or another.
    pub fn is_of_complaints(self) -> bool {
        matches!(
            self,
            Measure::ComplaintsReceived | Measure::ComplaintsClosed | Measure::ComplaintsInvestigated
        )
    }

    /// Whether it counts cases of an ombudsman.
    pub fn is_of_ombudsman(self) -> bool {
        matches!(
            self,
            Measure::OmbudsmanReceived
                | Measure::OmbudsmanDecided
                | Measure::OmbudsmanInvestigated
                | Measure::OmbudsmanUpheld
        )
    }

    /// Whether a number of this unit can be of it: pounds are no complaints, and days no compensation.
    pub fn fits(self, unit: Unit) -> bool {
        match unit {
            _ if unit.is_time() => self == Measure::AvgDays,
            _ if unit.is_money() => matches!(self, Measure::Compensation | Measure::Context),
            Unit::Count => true,
            _ => !matches!(self, Measure::AvgDays | Measure::Compensation),
        }
    }

    /// The cases of the same kind in another population: complaints that were closed, cases that an ombudsman decided.
    pub fn of_population(self, population: Option<Population>) -> Measure {
        use Population::{Closed, Decided, Investigated, Upheld};
        match (self, population) {
            (Measure::ComplaintsReceived, Some(Closed | Decided)) => Measure::ComplaintsClosed,
            (Measure::ComplaintsReceived, Some(Investigated)) => Measure::ComplaintsInvestigated,
            (Measure::OmbudsmanReceived, Some(Closed | Decided)) => Measure::OmbudsmanDecided,
            (Measure::OmbudsmanReceived, Some(Investigated)) => Measure::OmbudsmanInvestigated,
            (Measure::OmbudsmanReceived, Some(Upheld)) => Measure::OmbudsmanUpheld,
            (measure, _) => measure,
        }
    }
}

closed_list! {
    /// What a figure is a count or a share of.
    Population {
        /// Cases that came in.
        Received = "received",
        /// Cases that ended.
        Closed = "closed",
        /// Cases with an outcome.
        Decided = "decided",
        /// Cases that were looked into.
        Investigated = "investigated",
        /// Cases found justified, in whole or in part.
        Upheld = "upheld",
        /// Cases that were not accepted.
        Refused = "refused",
        /// Cases taken to a later stage.
        Escalated = "escalated",
        /// Cases without an answer yet.
        Open = "open",
    }
}

closed_list! {
    /// The ways in which figures are broken down.
    Dimension {
        /// Where in the procedure the case stood.
        Stage = "stage",
        /// Corporate, or one of the statutory procedures.
        Procedure = "procedure",
        /// The department or service complained about.
        Service = "service",
        /// A team within a service.
        Team = "team",
        /// A ward or another part of the area.
        Ward = "ward",
        /// What it is about, by the document's own list of topics.
        Topic = "topic",
        /// How the case ended: upheld, partly upheld, withdrawn.
        Outcome = "outcome",
        /// What the complaint was about.
        Reason = "reason",
        /// How it came in: telephone, letter, web form.
        Channel = "channel",
        /// Who complained: a parent, an advocate, a young person.
        Complainant = "complainant",
        /// Age band of the complainant.
        Age = "age",
        /// Ethnic group of the complainant.
        Ethnicity = "ethnicity",
        /// Whether the complainant is disabled, and how.
        Disability = "disability",
        /// Gender of the complainant.
        Gender = "gender",
        /// How long the answer took, as a band of days.
        TimeBand = "time_band",
        /// Whose figure it is: own, similar bodies' or national.
        Scope = "scope",
        /// A breakdown whose nature the label does not tell: a row of a table, or the words of a sentence.
        Other = "other",
        /// What a column of a table is called, beyond what the other facets say.
        Column = "column",
        /// What the caption and the headings are about, beyond what the other facets say.
        Section = "section",
    }
}

/// Values of the dimension of time bands.
pub mod band {
    /// Answered in time.
    pub const WITHIN: &str = "within";
    /// Answered late.
    pub const OUTSIDE: &str = "outside";
    /// Answered in a time that was extended.
    pub const EXTENDED: &str = "extended";
}

/// A value of a dimension, as printed and as compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Label {
    /// As printed.
    #[cfg_attr(test, schemars(with = "String"))]
    pub raw: EcoString,
    /// The vocabulary's value for it; labels are compared by this.
    #[cfg_attr(test, schemars(with = "String"))]
    pub normalised: EcoString,
}

/// What a figure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facets {
    /// What the words say that the vocabulary knows. Its fields are read and set as if they were those of the facets.
    #[serde(with = "super::data::sense")]
    sense: Arc<Sense>,
    /// The words that the vocabulary does not know.
    #[serde(with = "super::data::wording")]
    wording: Arc<Wording>,
}

/// The words of a figure's labels that the vocabulary does not know. The cells of a row have the same in nearly all its
/// columns, and share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Wording {
    /// Labels as they are printed, where the vocabulary has no value for them: services, wards, topics. They tell the
    /// figures of a document apart, and no more: two documents word them differently, and a sentence names a row by some
    /// of its words, so that figures are compared by `topic` instead.
    pub open: Labels,
    /// Content words of the labels that the vocabulary does not know.
    pub topic: Topic,
}

/// What the words that the vocabulary knows say of a figure. The cells of a column say the same in nearly all its rows,
/// however the rows are called, and share it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sense {
    /// `Other` where the words do not tell.
    pub measure: Measure,
    /// `None` where the words do not tell.
    pub population: Option<Population>,
    /// The values that the vocabulary knows; a dimension that is absent is unknown. Figures whose values differ are
    /// not compared.
    pub dimensions: Labels,
    /// `None` where neither the figure nor its document names one.
    pub period: Option<Period>,
    /// The period is printed with the figure, not taken from the document's own.
    pub period_stated: bool,
    /// The noun that a sentence prints right after the number ("931 complaints"); none where it prints none.
    pub counted: Topic,
    /// What a sentence most likely measures that does not say so itself: what the sentences before it count. For the reader
    /// of the results; relations do not rest on it.
    pub presumed: Measure,
    /// The heading or caption that gives the measure names several things, so that the measure is not settled. Relations take
    /// the first of them.
    pub several: bool,
    /// That noun is none that complaints are told by, as in "14 assistant directors", so that the figure counts nothing of
    /// what its sentence is about. The measure of the sentence is kept, since it says what the figure is told with.
    pub counts_something_else: bool,
}

impl Deref for Facets {
    type Target = Sense;

    fn deref(&self) -> &Sense {
        &self.sense
    }
}

impl DerefMut for Facets {
    fn deref_mut(&mut self) -> &mut Sense {
        Arc::make_mut(&mut self.sense)
    }
}

impl Facets {
    /// The labels as they are printed that the vocabulary has no value for.
    pub fn open(&self) -> &Labels {
        &self.wording.open
    }

    /// The content words of its labels that the vocabulary does not know.
    pub fn topic(&self) -> &Topic {
        &self.wording.topic
    }

    /// The words that the vocabulary does not know, to be changed.
    pub fn wording_mut(&mut self) -> &mut Wording {
        Arc::make_mut(&mut self.wording)
    }

    /// Where its two halves are stored, by which what is worked out for each can be kept.
    pub(crate) fn halves(&self) -> (*const Sense, *const Wording) {
        (Arc::as_ptr(&self.sense), Arc::as_ptr(&self.wording))
    }

    /// Has what it shares with other facets be stored once, and gives back what memory its lists have left over: a long
    /// table has facets in the millions.
    pub(crate) fn shared(mut self, common: &mut Common) -> Facets {
        self.sense = common.senses.the(self.sense);
        self.wording = match common.wordings.get(&self.wording) {
            Some(known) => known,
            None => {
                let open = self.wording.open.shared(&mut common.labels);
                let topic = self.wording.topic.shared(&mut common.words);
                common.wordings.the(Arc::new(Wording { open, topic }))
            }
        };
        self
    }

    /// Of another body, or of all of them.
    pub(crate) fn is_benchmark(&self) -> bool {
        self.dimensions.get(Dimension::Scope).is_some_and(|l| l.normalised != "own")
            && self.measure != Measure::Other
    }
}

/// What facets have in common.
#[derive(Default)]
pub(crate) struct Common {
    senses: Known<Sense>,
    wordings: Known<Wording>,
    labels: Known<Label>,
    words: Known<str>,
}

impl Default for Sense {
    fn default() -> Sense {
        Sense {
            measure: Measure::Other,
            population: None,
            dimensions: Labels::default(),
            period: None,
            period_stated: false,
            counted: Topic::default(),
            presumed: Measure::Other,
            several: false,
            counts_something_else: false,
        }
    }
}
