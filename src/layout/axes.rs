//! The scales of charts: numbers in equal steps from nought, side by side or one a line.

use crate::model::text::Line;

/// So many numbers in equal steps on one line are a scale.
const BESIDE: usize = 4;

/// So many lines of one number each, in equal steps, are a scale. Four would be the counts of some lists.
const BELOW: usize = 6;

/// For each line, whether it is the scale of a chart or a mark of one.
pub(super) fn axes(lines: &[Line]) -> Vec<bool> {
    let mut found: Vec<bool> = lines.iter().map(|line| is_scale(&numbers(&line.text), BESIDE)).collect();
    let lone = |line: &Line| match numbers(&line.text).as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let printed = lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty());
    let mut run: Vec<(usize, f64)> = Vec::new();
    let mut close = |run: &mut Vec<(usize, f64)>| {
        let values: Vec<f64> = run.iter().map(|(_, value)| *value).collect();
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
            [.., a, b] => Some(b.1 - a.1),
            _ => None,
        };
        if let (Some(step), Some(last)) = (step, run.last().copied())
            && !alike(value - last.1, step)
        {
            close(&mut run);
            run.push(last);
        }
        run.push((at, value));
    }
    close(&mut run);
    found
}

/// The numbers of a line that holds nothing else.
fn numbers(text: &str) -> Vec<f64> {
    let parse = |word: &str| word.trim_end_matches('%').replace(',', "").parse::<f64>().ok();
    let all: Option<Vec<f64>> = text.split_whitespace().map(parse).collect();
    all.unwrap_or_default()
}

/// Whether numbers go up or down in equal steps, with nought at one end.
fn is_scale(numbers: &[f64], least: usize) -> bool {
    let [first, second, ..] = numbers else { return false };
    let step = second - first;
    let ends = [numbers.first(), numbers.last()];
    numbers.len() >= least
        && step != 0.0
        && ends.iter().any(|end| end == &Some(&0.0))
        && numbers.windows(2).all(|pair| matches!(pair, [a, b] if alike(b - a, step)))
}

fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
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
