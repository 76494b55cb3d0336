//! A figure that is printed again under words alike: in another sentence, or in a cell whose heads have words of the sentence.
//!
//! That a value comes twice proves nothing; that it comes twice beside the same words does. Both are counted in bits: how
//! rarely a value falls so near to another, and how rare the words are that both figures have. What is found bears a figure
//! out. It can accuse nobody, since it is looked for by its value.

use super::same::{in_one_power, is_met_by_chance, is_total};
use crate::model::block::BlockKind;
use crate::model::exact::Exact;
use crate::model::facets::Measure;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::{Said, words_of_label};
use crate::reconcile::unify::{Query, count_alike, distance};
use std::collections::HashMap;

/// A smaller number is not printed in thousands.
const LEAST_IN_THOUSANDS: i128 = 10_000;
/// How many figures of about one value are looked at.
const PRINTS: usize = 60;
/// Over how many figures the words of a document are counted.
const COUNTED: usize = 4_000;
/// What words and value must say beyond what a document of so many figures shows by chance, in bits. With less, pairs of
/// "12%" under one common word were joined in real surveys.
const SURE: f32 = 6.0;
/// What it is worth that both stand in a total line or are both changes, in bits: about one figure in eight is.
const BOTH_RARE: f32 = 3.0;
/// What a word that every label has is worth, in bits: next to nothing.
const COMMON: f32 = 0.1;
/// What it is worth that both are of one named measure, in bits: most figures of a document are of the same one.
const ONE_MEASURE: f32 = 1.0;
/// A figure with no more words than this of its own stands for itself, as numbers on a poster do: the lines above and below
/// say what it is.
const FEW_WORDS: usize = 2;
/// Of how many letters such a line is at most.
const SHORT_LINE: usize = 80;
/// What one digit of a value is worth, in bits.
const DIGIT: f32 = 3.3;

/// The figures of a document by their values, and how rare its words are.
pub(super) struct Prints {
    /// Of each unit, in order of value.
    by_value: HashMap<Unit, Vec<(Exact, FigureIdx)>>,
    /// The units whose figures all stand in one table, each with its block. In a long list none of them is printed elsewhere.
    in_one_table: HashMap<Unit, BlockIdx>,
    /// In how many labels each word stands.
    words: HashMap<String, u32>,
    /// How many labels were looked at.
    labels: f32,
}

impl Prints {
    pub(super) fn of(ledger: &Ledger) -> Prints {
        let mut by_value: HashMap<Unit, Vec<(Exact, FigureIdx)>> = HashMap::new();
        let figures = &ledger.document.figures;
        for (index, figure) in figures.entries() {
            if let Some(value) = figure.quantity.value.clone() {
                by_value.entry(figure.quantity.unit).or_default().push((value, index));
            }
        }
        let in_one_table = by_value.iter().filter_map(|(unit, prints)| {
            let mut blocks = prints.iter().map(|(_, index)| {
                let figure = ledger.figure(*index).filter(|figure| figure.home.cell().is_some())?;
                Some(ledger.block_of(figure))
            });
            let first = blocks.next()??;
            blocks.all(|block| block == Some(first)).then_some((*unit, first))
        });
        let in_one_table = in_one_table.collect();
        by_value.values_mut().for_each(|prints| prints.sort());
        let mut words: HashMap<String, u32> = HashMap::new();
        let step = figures.len().div_ceil(COUNTED).max(1);
        let labels = figures.iter().step_by(step);
        for word in labels.clone().flat_map(|figure| words_of_label(&figure.label())) {
            *words.entry(word).or_default() += 1;
        }
        Prints { by_value, in_one_table, words, labels: labels.count() as f32 }
    }

    /// The print of a figure elsewhere that has most words in common with it, where these are enough.
    /// Where `among` admits it.
    pub(super) fn of_figure(
        &self,
        ledger: &Ledger,
        index: FigureIdx,
        figure: &Figure,
        among: impl Fn(&Figure) -> bool,
    ) -> Option<FigureIdx> {
        let table = self.in_one_table.get(&printed_in(&figure.quantity));
        if table.is_some_and(|block| figure.home.cell().is_some() && ledger.block_of(figure) == *block) {
            return None;
        }
        let near = self.near(&figure.quantity)?;
        let candidates = near.iter().take(PRINTS).filter_map(|(_, other)| {
            let candidate = ledger.figure(*other).filter(|candidate| {
                *other != index && among(candidate) && can_be_again(ledger, figure, candidate)
            })?;
            Some((other, candidate))
        });
        // Most figures have no candidate, and what they say is not looked at.
        let mut candidates = candidates.peekable();
        candidates.peek()?;
        let others = self.by_value.get(&printed_in(&figure.quantity)).map_or(0, Vec::len) as f32;
        let asked = SURE + others.max(1.0).log2() - value_bits(&figure.quantity);
        let said = Said::of(&words_beside(ledger, figure));
        let found = candidates.filter_map(|(other, candidate)| {
            let words = self.shared(&said, ledger, candidate);
            let shared = words + alike(ledger, figure, candidate);
            let apart = ledger.apart(ledger.block_of(candidate), ledger.block_of(figure));
            // That two numbers are changes says nothing of what of, where no word does.
            (words > 0.0 && shared >= asked).then_some((shared, apart, *other))
        });
        let best = found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
        best.map(|(.., other)| other)
    }

    /// The cell of a table in thousands that prints a number of the prose, rounded, and has words in common with it.
    pub(super) fn in_thousands(&self, ledger: &Ledger, figure: &Figure) -> Option<FigureIdx> {
        let value =
            figure.quantity.value.as_ref().filter(|value| **value >= Exact::from(LEAST_IN_THOUSANDS))?;
        let plain =
            figure.quantity.qualifier == Qualifier::Equal && matches!(figure.home, Home::Prose { .. });
        let prints = self.by_value.get(&figure.quantity.unit).filter(|_| plain)?;
        let thousands = value * &Exact::ratio(1, 1000);
        let half = Exact::ratio(1, 2);
        let (low, high) = (&thousands - &half, &thousands + &half);
        let from = prints.partition_point(|(other, _)| *other < low);
        let to = prints.partition_point(|(other, _)| *other <= high);
        let said = Said::of(&figure.label());
        let found = prints.get(from..to)?.iter().take(PRINTS).filter_map(|(_, other)| {
            let cell = ledger.figure(*other).filter(|cell| is_in_thousands(ledger, cell))?;
            let dated = figure.facets.period_stated && cell.facets.period_stated;
            let clash = dated && figure.facets.period != cell.facets.period;
            let asked = SURE + (prints.len() as f32).log2() - value_bits(&cell.quantity);
            let words = self.shared(&said, ledger, cell);
            let shared = words + alike(ledger, figure, cell);
            (!clash && words > 0.0 && shared >= asked).then_some((shared, *other))
        });
        found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, other)| other)
    }

    /// The figures of its unit whose values can be a quantity's own, with more digits or fewer.
    fn near(&self, quantity: &Quantity) -> Option<&[(Exact, FigureIdx)]> {
        let value = quantity.value.as_ref()?;
        let prints = self.by_value.get(&printed_in(quantity))?;
        let step = Exact::ten_to(-i32::from(quantity.decimals));
        let (low, high) = match quantity.qualifier {
            _ if is_fraction(quantity) => {
                let domain = quantity.domain().scale(&Exact::from(100));
                (domain.low?, domain.high?)
            }
            Qualifier::Equal if quantity.decimals > 0 || quantity.unit == Unit::Percent => {
                // What was cut off lies above, what was rounded on both sides.
                (value - &(&step * &Exact::ratio(1, 2)), value + &step)
            }
            Qualifier::About | Qualifier::Nearly => {
                let domain = quantity.domain();
                (domain.low?, domain.high?)
            }
            _ => (value.clone(), value.clone()),
        };
        let from = prints.partition_point(|(other, _)| *other < low);
        let to = prints.partition_point(|(other, _)| *other <= high);
        prints.get(from..to)
    }

    /// What the words of a figure that are said too are worth, in bits.
    fn shared(&self, said: &Said, ledger: &Ledger, figure: &Figure) -> f32 {
        let mut words = words_of_label(&words_beside(ledger, figure));
        if matches!(figure.home, Home::Cell { .. }) {
            words.extend(figure.context.topic().iter().map(str::to_owned));
            words.sort_unstable();
            words.dedup();
        }
        let rare = |word: &String| {
            let count = self.words.get(word).copied().unwrap_or(1).max(1);
            (self.labels.max(1.0) / count as f32).max(1.0).log2().max(COMMON)
        };
        words.iter().filter(|word| said.has(word)).map(rare).sum()
    }
}

/// Whether a cell's table says in its title, or in the heads over the cell, that its numbers are in thousands.
pub(super) fn is_in_thousands(ledger: &Ledger, cell: &Figure) -> bool {
    let Some((index, _, col)) = cell.home.cell() else { return false };
    let Some(table) = ledger.document.tables.get(index) else { return false };
    let heads = (0..table.header_rows).flat_map(|row| (0..=col).map(move |at| table.text(row, at)));
    let mut texts = heads.chain(table.title.as_ref().map(|title| title.text.as_str()));
    texts.any(|text| pack().rules.in_thousands.within(&text.to_lowercase()))
}

/// The words of a figure's label. Where it has hardly any, those of the lines above and below as well.
fn words_beside(ledger: &Ledger, figure: &Figure) -> String {
    let own = words_of_label(&figure.label());
    let Home::Prose { block, .. } = figure.home else { return figure.label().into_owned() };
    if own.len() > FEW_WORDS {
        return figure.label().into_owned();
    }
    let line = |block: Option<BlockIdx>| {
        let block = ledger.document.blocks.get(block?)?;
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading { .. });
        let text = block.passage.text.as_str();
        (prose && text.len() <= SHORT_LINE).then_some(text)
    };
    let label = figure.label();
    let texts = [line(block.minus(1)), Some(&*label), line(Some(block.plus(1)))];
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What two figures have in common besides words, in bits.
fn alike(ledger: &Ledger, a: &Figure, b: &Figure) -> f32 {
    let totals = is_total(ledger, a) && is_total(ledger, b);
    let changes = a.role == Role::Change && b.role == Role::Change;
    let measured = a.facets.measure != Measure::Other && a.facets.measure == b.facets.measure;
    let rare = if totals || changes { BOTH_RARE } else { 0.0 };
    rare + if measured { ONE_MEASURE } else { 0.0 }
}

/// Whether nothing speaks against two figures being one.
fn can_be_again(ledger: &Ledger, figure: &Figure, other: &Figure) -> bool {
    let (own, its) = (&figure.quantity, &other.quantity);
    let fraction = is_fraction(own) && its.qualifier == Qualifier::Equal;
    let rounder = match (own.qualifier == Qualifier::Equal, its.qualifier == Qualifier::Equal) {
        (true, true) => own.value == its.value || own.decimals != its.decimals,
        (true, false) => false,
        (false, true) => matches!(own.qualifier, Qualifier::About | Qualifier::Nearly),
        (false, false) => own.qualifier == its.qualifier && own.value == its.value,
    };
    // The heads of a table need not say that its numbers are changes.
    let in_cell = matches!(other.home, Home::Cell { .. });
    let changes = in_cell || (figure.role == Role::Change) == (other.role == Role::Change);
    let results = figure.role != Role::Target && other.role != Role::Target;
    let elsewhere = other.home != figure.home
        && (matches!(figure.home, Home::Prose { .. }) || ledger.block_of(other) != ledger.block_of(figure));
    let dated = figure.facets.period_stated && other.facets.period_stated;
    (rounder || fraction)
        && in_one_power(figure, other)
        && changes
        && results
        && elsewhere
        && (!dated || figure.facets.period == other.facets.period)
        && count_alike(&figure.facets, &other.facets)
        && !is_met_by_chance(figure, other)
        && distance(Query::of(figure), other).is_some()
}

/// "Two thirds": a part of one in words.
pub(super) fn is_fraction(quantity: &Quantity) -> bool {
    let part = quantity.value.as_ref().is_some_and(|value| *value < Exact::from(1));
    quantity.unit == Unit::Ratio && quantity.spelled && part
}

/// In what a quantity is printed again: a fraction in percent.
fn printed_in(quantity: &Quantity) -> Unit {
    if is_fraction(quantity) { Unit::Percent } else { quantity.unit }
}

/// How rarely another value falls so near, in bits: by the digits that are printed, and by how exactly they are known.
fn value_bits(quantity: &Quantity) -> f32 {
    let Some(value) = &quantity.value else { return 0.0 };
    let shown = value.abs().to_decimal(u32::from(quantity.decimals));
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0').len().max(1) as f32;
    let domain = quantity.domain();
    let width = domain.high.zip(domain.low).map(|(high, low)| (&high - &low).approx() as f32);
    let known =
        width.filter(|width| *width > 0.0).map(|width| (value.abs().approx() as f32 / width).max(1.0).log2());
    let by_digits = digits * DIGIT;
    if is_fraction(quantity) || matches!(quantity.qualifier, Qualifier::About | Qualifier::Nearly) {
        known.map_or(by_digits, |known| known.min(by_digits))
    } else {
        by_digits
    }
}
