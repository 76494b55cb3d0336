//! Determines whether a text is wrapped, and at which width.

use super::settings::SETTINGS;
use super::title::hangs;
use crate::model::text::Line;

/// The width, in characters, at which the paragraphs are wrapped, or `None` where each paragraph is one line.
///
/// The evidence is a line that the next, directly below, continues: it has no final mark, and the next begins with a
/// small letter; or it ends in a word that cannot be the last ("of", "and"). Where at least one long line in seven is continued so, the width is the length that 19 of 20 of the
/// continued lines do not exceed.
pub fn wrap_width(lines: &[Line]) -> Option<usize> {
    let mut long = 0usize;
    let mut continued = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let length = line.text.trim_end().chars().count();
        if length < SETTINGS.min_measured_line {
            continue;
        }
        long += 1;
        let next = lines.get(i + 1).map_or("", |next| next.text.trim_start());
        let small = next.starts_with(char::is_lowercase) && !ends_sentence(&line.text);
        if length <= SETTINGS.max_wrap_width && (small || (!next.is_empty() && hangs(&line.text))) {
            continued.push(length);
        }
    }
    if continued.len() < 2 || continued.len() * 7 < long {
        return None;
    }
    continued.sort_unstable();
    continued.get(continued.len() * 19 / 20).or(continued.last()).copied()
}

/// Whether the text ends in a mark that closes a sentence or announces something.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '\'', ')', ']', '*', '_']);
    text.ends_with(['.', '!', '?', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line> {
        crate::read::text::lines(text.as_bytes()).0
    }

    #[test]
    fn wrapped_text_has_the_width_of_its_continued_lines() {
        let text = "The number of cases that were brought to the\n\
                    team in the year has gone down once more, and\n\
                    most of them were settled within the month.\n\
                    Short end.\n";
        assert_eq!(wrap_width(&lines(text)), Some(45));
    }

    #[test]
    fn one_line_a_paragraph_has_no_width() {
        let text = "The number of cases that were brought to the team went down.\n\
                    Most of them were settled within the month, as they were before.\n\
                    - the time that it took\n- the sum that was paid\n";
        assert_eq!(wrap_width(&lines(text)), None);
        assert_eq!(wrap_width(&[]), None);
    }
}
