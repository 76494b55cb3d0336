//! Finds the scales of charts: numbers in equal steps from zero, side by side or one on each line.

use crate::lex::numeral::{Conventions, whole};
use crate::model::exact::Exact;
use crate::model::text::Line;

/// At least this many numbers in equal steps on one line are a scale.
const BESIDE: usize = 4;

/// At least this many lines with one number each, in equal steps, are a scale. With four, the counts of some lists would
/// be taken for one.
const BELOW: usize = 6;

/// For each line, whether it is the scale of a chart or a mark of one.
pub(super) fn axes(lines: &[Line]) -> Vec<bool> {
    let mut found: Vec<bool> = lines.iter().map(|line| is_axis(&line.text)).collect();
    let lone = |line: &Line| match numbers(&line.text).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let printed = lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty());
    let mut run: Vec<(usize, Exact)> = Vec::new();
    let mut close = |run: &mut Vec<(usize, Exact)>| {
        let values: Vec<Exact> = run.iter().map(|(_, value)| value.clone()).collect();
        if is_scale(&values, BELOW) {
            run.iter().for_each(|(at, _)| found.get_mut(*at).into_iter().for_each(|found| *found = true));
        }
        run.clear();
    };
    for (at, line) in printed {
        let Some(value) = lone(line) else {
            close(&mut run);
            continue;
        };
        let step = match run.as_slice() {
            [.., a, b] => Some(&b.1 - &a.1),
            _ => None,
        };
        if let (Some(step), Some(last)) = (step, run.last().cloned())
            && &value - &last.1 != step
        {
            close(&mut run);
            run.push(last);
        }
        run.push((at, value));
    }
    close(&mut run);
    found
}

/// Whether a line is the scale of a chart, such as 0 10 20 30.
pub(crate) fn is_axis(line: &str) -> bool {
    is_scale(&numbers(line), BESIDE)
}

/// The numbers of a line. There are none where it holds anything else.
fn numbers(text: &str) -> Vec<Exact> {
    let number = |word| whole(word, &Conventions::default())?.quantity.value;
    let all: Option<Vec<Exact>> = text.split_whitespace().map(number).collect();
    all.unwrap_or_default()
}

/// Whether numbers go up or down in equal steps, with zero at one end.
fn is_scale(numbers: &[Exact], least: usize) -> bool {
    let [first, second, ..] = numbers else { return false };
    let step = second - first;
    let ends = [Some(first), numbers.last()];
    numbers.len() >= least
        && !step.is_zero()
        && ends.into_iter().flatten().any(Exact::is_zero)
        && numbers.windows(2).all(|pair| matches!(pair, [a, b] if b - a == step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> usize {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        axes(&lines).into_iter().filter(|found| *found).count()
    }

    #[test]
    fn scales_are_told_by_equal_steps_from_nought() {
        assert_eq!(marked("Cases\n0 50 100 150\nNorth 12\n"), 1);
        assert_eq!(marked("Cases\n60%\n\n50%\n\n40%\n\n30%\n20%\n10%\n0%\nNorth\n"), 7);
        assert_eq!(marked("North 4\n0 1 3 4\n0 50 100\n1\n2\n3\n4\n5\n6\n"), 0);
        assert_eq!(marked("7\n60\n50\n40\n30\n20\n10\n0\n5\n"), 7);
    }
}
