//! Figures of the prose, scored by line, value and unit.

use super::{Dates, Expected, Score, name, plain};
use crossfoot::internal::report::schema::Observation;
use serde::Deserialize;

/// A figure that the prose states.
#[derive(Deserialize)]
pub struct Figure {
    line: u32,
    value: String,
    unit: String,
    measure: String,
    period: Option<Dates>,
}

pub fn score(expected: &Expected, observations: &[Observation], have: &mut Score, want: &mut Score) {
    let mut pool: Vec<&Observation> = observations.iter().collect();
    for figure in &expected.figures {
        want.figures += 1;
        let other = figure.period.as_ref().filter(|period| **period != expected.doc_period);
        let Some(index) = best(figure, &pool) else { continue };
        let found = pool.remove(index);
        have.figures += 1;
        let known = figure.measure != "other";
        want.measures += usize::from(known);
        have.measures += usize::from(known && measured(figure, found));
        want.periods += usize::from(figure.period.is_some());
        have.periods += usize::from(figure.period.is_some() && dated(figure, found));
        want.other_periods += usize::from(other.is_some());
        have.other_periods += usize::from(other.is_some() && dated(figure, found));
    }
}

/// The observation that is this figure; of several, the first that is most right.
fn best(figure: &Figure, pool: &[&Observation]) -> Option<usize> {
    let fits = pool.iter().enumerate().filter(|(_, found)| fits(figure, found));
    let ranked = fits.map(|(index, found)| {
        let right = usize::from(measured(figure, found)) + usize::from(dated(figure, found));
        (right, std::cmp::Reverse(index))
    });
    ranked.max().map(|(_, index)| index.0)
}

/// Where it should be, give or take a line, with the right value and unit.
fn fits(figure: &Figure, found: &Observation) -> bool {
    let Some(line) = found.span.line else { return false };
    let end = found.span.line_end.unwrap_or(line);
    let near = line <= figure.line + 1 && figure.line <= end + 1;
    let value = found.value.as_deref().map(plain);
    near && value == Some(plain(&figure.value)) && name(found.unit) == figure.unit
}

fn measured(figure: &Figure, found: &Observation) -> bool {
    name(found.measure) == figure.measure
}

fn dated(figure: &Figure, found: &Observation) -> bool {
    match (&figure.period, &found.period) {
        (Some(want), Some(have)) => want.start == have.start && want.end == have.end,
        (want, have) => want.is_none() && have.is_none(),
    }
}
