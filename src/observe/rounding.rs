//! What is declared of how numbers were rounded, and the counts that it is declared of.

use crate::model::figure::Figure;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::rounding::{DeclaredRounding, Step};
use crate::model::text::Line;
use crate::observe::Given;
use crate::pack::pack;

/// A line of so few words that begins with one for rounding is a heading.
const HEADING: usize = 4;

/// What is declared of a document: what the user says counts before what its own lines say.
pub fn declared(given: Option<&Given>, lines: &[Line]) -> Option<DeclaredRounding> {
    let given = given.and_then(|given| given.rounding).map(DeclaredRounding::To);
    given.or_else(|| says_rounding(lines).then_some(DeclaredRounding::Somehow))
}

/// Whether a document says that its numbers are rounded. What a line says of shares alone it does not say of counts, and
/// a heading ("Rounding and symbols") says nothing yet.
fn says_rounding(lines: &[Line]) -> bool {
    let rules = &pack().rules;
    let is_heading =
        |line: &str| rules.rounded.begins(line.trim_start()) && line.split_whitespace().count() <= HEADING;
    let says = |line: String| {
        rules.rounded.within(&line)
            && !is_heading(&line)
            && (!rules.of_shares.within(&line) || rules.of_counts.within(&line))
    };
    lines.iter().any(|line| says(line.text.to_lowercase()))
}

/// Lets figures be what they can have been before they were rounded as declared.
pub(super) fn apply(declared: Option<DeclaredRounding>, figures: &mut [Figure]) {
    let Some(DeclaredRounding::To(step)) = declared else { return };
    for figure in figures.iter_mut().filter(|figure| is_rounded(figure, step)) {
        (figure.quantity.rounded, figure.quantity.step) = (true, Some(step));
    }
}

/// Whether a figure is one of the counts that were rounded to a step. One that is no multiple of it was not, and numbers in words
/// ("two stages", "ten days") are not those of statistics.
fn is_rounded(figure: &Figure, step: Step) -> bool {
    let Quantity { unit, qualifier, decimals, spelled, value, .. } = &figure.quantity;
    let whole = value.as_ref().and_then(|value| value.to_i128());
    *unit == Unit::Count
        && *qualifier == Qualifier::Equal
        && *decimals == 0
        && !spelled
        && figure.scale == 0
        && whole.is_some_and(|value| value % i128::from(step.get()) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rounding::DeclaredRounding::To;
    use crate::phrase::Grammar;
    use crate::pipeline::{Options, from_source};
    use crate::read::source::from_bytes;

    fn intervals(text: &str, step: u16) -> Vec<String> {
        let given = Given { rounding: Step::new(step), ..Given::default() };
        let options = Options { about: Some(given), ..Options::default() };
        let source = from_bytes("report.txt", text.as_bytes().to_vec()).unwrap();
        let document = from_source(source, Grammar::embedded(), &options).unwrap();
        assert_eq!(document.rounding, Step::new(step).map(To));
        document.figures.iter().map(|figure| figure.quantity.domain().to_string()).collect()
    }

    #[test]
    fn declared_counts_reach_to_half_a_step_in_whole_numbers() {
        let text = "We received 40 complaints, of which 0 were late, 12 were open and 25% were upheld.\n";
        assert_eq!(intervals(text, 5), ["[38, 42]", "[0, 2]", "{12}", "[24.5, 25.5]"]);
        assert_eq!(intervals(text, 10), ["[35, 45]", "[0, 5]", "{12}", "[24.5, 25.5]"]);
        assert_eq!(
            intervals("We received about 40 complaints, ten of them late.\n", 10),
            ["[35, 45]", "{10}"]
        );
    }

    #[test]
    fn what_the_user_says_counts_before_the_lines() {
        let lines = |text: &str| crate::read::text::lines(text.as_bytes()).0;
        let given = Given { rounding: Step::new(5), ..Given::default() };
        let legend = lines("All numbers are rounded to the nearest 10.\n");
        assert_eq!(declared(Some(&given), &legend), Step::new(5).map(To));
        assert_eq!(declared(Some(&Given::default()), &legend), Some(DeclaredRounding::Somehow));
        assert_eq!(declared(None, &lines("Percentages are rounded.\n")), None);
    }
}
