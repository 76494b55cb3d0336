//! Figures: quantities with what they are about and where they stand.

use super::data::StaticText;
use super::exact::Exact;
use super::facets::{Dimension, Facets, Label, Measure, Population};
use super::ids::{BlockIdx, TableIdx};
use super::quantity::{Qualifier, Quantity, Unit};
use super::text::Place;
use ecow::{EcoString, EcoVec};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a figure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A result.
    Value,
    /// A part of a whole.
    Share,
    /// A difference between two periods.
    Change,
    /// A limit or an aim: not a result.
    Target,
    /// Another body's or a national figure, printed for comparison.
    Benchmark,
}

/// What read a figure and gave it its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// A cell of a table, by its heads.
    Table,
    /// A cell that lists it with others by name: "Upheld - 3 Not upheld - 5".
    CellList,
    /// A cell of a sheet that takes part in a sum and would be no figure elsewhere, such as a blank one.
    Sheet,
    /// A sentence.
    Prose,
}

impl Method {
    /// Its name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Method::Table => "table",
            Method::CellList => "cell-list",
            Method::Sheet => "sheet",
            Method::Prose => "prose",
        }
    }
}

/// The doubt that is noted where another reader of the file found another numeral in the place of the figure.
pub const SECOND_READER: &str = "second-reader";

/// The doubt that is noted where a broken numeral was read as what its total proves.
pub const RECOVERED: &str = "recovered-numeral";

/// Where a figure was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Home {
    /// A cell; `part` counts the figures of one cell from 0 ("60% (6/10)" has three).
    Cell {
        /// The table that it belongs to.
        table: TableIdx,
        /// From 0, heads included.
        row: usize,
        /// From 0, row heads included.
        col: usize,
        /// From 0, left to right in the cell.
        part: u16,
    },
    /// A sentence of a block.
    Prose {
        /// The block that it belongs to.
        block: BlockIdx,
        /// From 0 within the block.
        sentence: usize,
    },
}

impl Home {
    /// The table, row and column of a cell; nothing for a sentence.
    pub fn cell(self) -> Option<(TableIdx, usize, usize)> {
        match self {
            Home::Cell { table, row, col, .. } => Some((table, row, col)),
            Home::Prose { .. } => None,
        }
    }
}

/// One published figure with its meaning and its place: the internal form of the schema's observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Value, unit and precision as printed.
    pub quantity: Quantity,
    /// The power of ten that its head or table says the number is in: 3 under "£000", else 0. The value is as printed.
    #[serde(default)]
    pub scale: u8,
    /// What its own words say: row and column heads, or the clause it stands in.
    pub facets: Facets,
    /// What the caption and the headings above it say.
    pub context: Facets,
    /// Whether it is a result, a change or something printed beside results.
    pub role: Role,
    /// Of a cell, the heads of its row and of its column, as printed. Of a sentence, the words around it, and what a person
    /// would call it. Read by [`Figure::label`] and [`Figure::name`].
    pub words: [EcoString; 2],
    /// The cell or sentence that it stands in.
    pub home: Home,
    /// The figure's own characters.
    pub place: Place,
    /// What read it.
    pub method: Method,
    /// Why its reading is doubtful; empty when it is not.
    #[serde(deserialize_with = "super::data::words")]
    pub doubts: EcoVec<StaticText>,
    /// Whether its own characters are doubtful, and not only its place.
    pub misread: bool,
}

impl Figure {
    /// The words it was labelled with, as printed: row and column heads, or the words around it.
    pub fn label(&self) -> Cow<'_, str> {
        let [first, second] = &self.words;
        match self.home {
            Home::Cell { .. } if first.is_empty() => Cow::Borrowed(second),
            Home::Cell { .. } if !second.is_empty() => Cow::Owned(format!("{first} {second}")),
            _ => Cow::Borrowed(first),
        }
    }

    /// What a person would call it: a noun phrase without the value. Empty where its label is that already.
    pub fn name(&self) -> &str {
        let [_, name] = &self.words;
        if matches!(self.home, Home::Prose { .. }) { name } else { "" }
    }

    /// Its label as a person is told: where the head of its column begins with that of its row, as in "Total" and "Total 2020/21",
    /// the word stands once.
    pub fn called(&self) -> String {
        let label = self.label();
        let mut words: Vec<&str> = Vec::new();
        for word in label.split_whitespace() {
            let is_said = words.last().is_some_and(|last| last.to_lowercase() == word.to_lowercase());
            if !(is_said && word.chars().all(char::is_alphabetic)) {
                words.push(word);
            }
        }
        words.join(" ")
    }

    /// Whether it is a count of cases that is printed as it is: no share or change, and nothing such as "over 50".
    pub fn is_plain_count(&self) -> bool {
        let Quantity { unit, qualifier, .. } = &self.quantity;
        *unit == Unit::Count && *qualifier == Qualifier::Equal && self.role == Role::Value
    }

    /// The value in full, where its head names a power of ten.
    pub fn amount(&self) -> Option<Exact> {
        let value = self.quantity.value.as_ref()?;
        Some(if self.scale == 0 { value.clone() } else { value * &Exact::ten_to(i32::from(self.scale)) })
    }

    /// What is measured: what its own words say, or else its caption, or else the sentences before it, where its unit can
    /// be of that; `Other` where no words do.
    pub fn measure(&self) -> Measure {
        if self.facets.counts_something_else {
            return Measure::Other;
        }
        let settled = |facets: &Facets| if facets.several { Measure::Other } else { facets.measure };
        let fits = |measure: &Measure| measure.fits(self.quantity.unit);
        let context = Some(settled(&self.context)).filter(fits);
        let said =
            [Some(settled(&self.facets)), context].into_iter().flatten().find(|m| *m != Measure::Other);
        let presumed = Some(self.facets.presumed).filter(fits).unwrap_or(Measure::Other);
        said.map_or(presumed, |measure| measure.of_population(self.facets.population))
    }

    /// What it is a count or a share of: what its own words say, or else its caption.
    pub fn population(&self) -> Option<Population> {
        self.facets.population.or(self.context.population)
    }

    /// Its labels, those that the vocabulary knows and those that are only printed. Where its own words leave a
    /// dimension open, the label of the caption and headings is given. In the order of the dimensions.
    pub fn labels(&self) -> impl Iterator<Item = (Dimension, &Label)> {
        let facets = [&self.facets, &self.context];
        let of = move |dimension: &Dimension| {
            let mut maps = facets.iter().flat_map(|facets| [&facets.dimensions, facets.open()]);
            maps.find_map(|labels| labels.get(*dimension))
        };
        Dimension::ALL.iter().filter_map(move |dimension| Some((*dimension, of(dimension)?)))
    }
}
