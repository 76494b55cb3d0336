//! Finds numbered headings without a point after the number: "1 Purpose", "2 The year in brief".

use super::marks;
use super::settings::SETTINGS;
use super::title::{Trust, is_title};
use crate::model::text::Line;

/// For each line, whether it is a heading whose number follows that of the heading before it. `is_free` says which
/// lines are running text.
pub(super) fn counted(lines: &[Line], is_free: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut found = vec![false; lines.len()];
    let mut chain: Vec<(usize, u32)> = Vec::new();
    let mut close = |chain: &mut Vec<(usize, u32)>| {
        if chain.len() >= SETTINGS.min_counted_sections {
            chain.iter().for_each(|(at, _)| found.get_mut(*at).into_iter().for_each(|f| *f = true));
        }
        chain.clear();
    };
    for index in 0..lines.len() {
        let Some(number) = candidate(lines, index, &is_free) else { continue };
        let next = chain.last().map_or(1, |(_, last)| last + 1);
        if number != next && number == 1 {
            close(&mut chain);
        }
        if number == chain.last().map_or(1, |(_, last)| last + 1) {
            chain.push((index, number));
        }
    }
    close(&mut chain);
    found
}

/// The number of a line that stands alone, looks like a title and is followed by something that it can head.
fn candidate(lines: &[Line], index: usize, is_free: &impl Fn(usize) -> bool) -> Option<u32> {
    let text = |at: usize| lines.get(at).map_or("", |l| l.text.trim());
    let own =
        marks::hashes(text(index)).map_or(text(index), |(_, at)| text(index).get(at..).unwrap_or_default());
    let number = marks::number(own)
        .filter(|n| n.depth == 1 && n.close.is_none() && n.last <= SETTINGS.max_section_number)?;
    let rest = own.get(number.content..)?;
    let set_off = index == 0 || text(index - 1).is_empty();
    if !(set_off && is_free(index) && rest.starts_with(char::is_uppercase) && is_title(rest, Trust::Plain)) {
        return None;
    }
    let next = (index + 1..lines.len().min(index + 4)).find(|at| !text(*at).is_empty())?;
    let content =
        text(next).len() >= SETTINGS.min_prose_line || marks::bullet(text(next)).is_some() || !is_free(next);
    content.then_some(number.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        let found = counted(&lines, |_| true);
        lines.iter().zip(found).filter(|(_, f)| *f).map(|(l, _)| l.text.clone()).collect()
    }

    const PROSE: &str = "This is a line of prose that is long enough to be one.";

    #[test]
    fn numbers_that_count_head_sections() {
        let text = format!("1 Purpose\n\n{PROSE}\n\n2 The year\n{PROSE}\n\n3 Outcomes\n\n{PROSE}\n");
        assert_eq!(found(&text), ["1 Purpose", "2 The year", "3 Outcomes"]);
    }

    #[test]
    fn other_numbers_are_not_headings() {
        let counts = format!("12 Complaints\n\n{PROSE}\n\n30 Reviews\n\n{PROSE}\n\n8 Others\n\n{PROSE}\n");
        assert!(found(&counts).is_empty());
        let rows = "1 North\n\n2 South\n\n3 East\n\n4 West\n";
        assert!(found(rows).is_empty());
        let two = format!("1 Purpose\n\n{PROSE}\n\n2 The year\n\n{PROSE}\n");
        assert!(found(&two).is_empty());
    }
}
