//! The key of a figure: all that tells what it is a number of.

use super::document::Document;
use super::facets::{Dimension, Measure, Population};
use super::figure::{Figure, Role};
use super::ids::FigureIdx;
use super::period::Period;
use super::quantity::Unit;
use super::topic::Topic;
use std::collections::BTreeMap;

/// What a figure is a number of. Two figures of a document that have one key are one figure, printed twice.
///
/// What the vocabulary knows of a figure is in its measure, population and dimensions. What it does not know is in the
/// key as words: the labels of row, column and section as they are printed, and the noun that is counted. So
/// "Bins 12" and "Roads 14" have different keys, although nobody told the program of bins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The body, in small letters; `None` where the document names none.
    pub organisation: Option<String>,
    /// `Other` where no word tells it.
    pub measure: Measure,
    /// What it is a count or a share of.
    pub population: Option<Population>,
    /// The normalised labels: the figure's own, and those of its caption and headings for what its own leave open.
    pub dimensions: BTreeMap<Dimension, String>,
    /// The noun that a sentence prints after the number, where it is no measure.
    pub counted: Vec<String>,
    /// `None` where neither figure nor document names one.
    pub period: Option<Period>,
    /// What the value counts.
    pub unit: Unit,
    /// Whether it is a result, a share, a change or something printed beside results.
    pub role: Role,
}

impl Key {
    /// The key of one figure of a body; `None` where the body is unknown.
    pub fn of(organisation: Option<&str>, figure: &Figure) -> Key {
        let (own, context) = (&figure.facets, &figure.context);
        Key {
            organisation: organisation.map(str::to_lowercase),
            measure: figure.measure(),
            population: figure.population(),
            dimensions: figure
                .labels()
                .map(|(dimension, label)| (dimension, label.normalised.to_string()))
                .collect(),
            counted: nouns(&own.counted),
            period: own.period.or(context.period),
            unit: figure.quantity.unit,
            role: figure.role,
        }
    }

    /// The same without what only says where in its document a figure stands: the words of its caption and headings,
    /// which the reports of two years rarely share.
    pub fn unplaced(mut self) -> Key {
        self.dimensions.remove(&Dimension::Section);
        self
    }
}

/// The keys of a document under which it prints different values, each with its figures in the order of the document.
/// Where there are many, the key leaves out something that tells them apart.
pub fn collisions(document: &Document) -> Vec<(Key, Vec<FigureIdx>)> {
    let mut figures: BTreeMap<Key, Vec<FigureIdx>> = BTreeMap::new();
    for (index, figure) in document.figures.entries() {
        figures.entry(Key::of(document.organisation(), figure)).or_default().push(index);
    }
    let value = |index: &FigureIdx| document.figures.get(*index).map(|figure| &figure.quantity.value);
    let differ = |same: &[FigureIdx]| same.iter().any(|index| value(index) != same.first().and_then(value));
    let mut collided: Vec<_> = figures.into_iter().filter(|(_, same)| differ(same)).collect();
    collided.sort_by_key(|(_, same)| same.first().copied());
    collided
}

/// The nouns of what is counted that are no measure.
fn nouns(counted: &Topic) -> Vec<String> {
    counted.iter().filter(|word| Measure::named(word).is_none()).map(str::to_owned).collect()
}

impl std::fmt::Display for Key {
    /// One line: `complaints_received received service=housing 2022/23 count value`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.measure.name())?;
        if let Some(population) = self.population {
            write!(f, " {}", population.name())?;
        }
        for (dimension, label) in &self.dimensions {
            write!(f, " {}={label}", dimension.name())?;
        }
        if !self.counted.is_empty() {
            write!(f, " counted={}", self.counted.join(" "))?;
        }
        if let Some(period) = self.period {
            write!(f, " {}", period.label())?;
        }
        write!(f, " {:?} {:?}", self.unit, self.role)
    }
}
