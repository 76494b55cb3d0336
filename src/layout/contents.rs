//! Finds contents lists: titles with page numbers, which must not be taken for figures.

use super::marks;
use super::settings::SETTINGS;
use crate::model::text::Line;
use crate::pack::pack;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A line that ends in a number, as entries of a contents list do.
#[derive(Clone, Copy)]
struct ContentsEntry {
    /// Hash of the title without its numbers; a heading in the body with the same title has the same hash.
    title: u64,
    page: u32,
    /// Whether dots lead from the title to the number.
    leader: bool,
    numbered: bool,
}

/// For each line, whether it belongs to a contents list, its heading included.
pub fn contents(lines: &[Line]) -> Vec<bool> {
    let entries: Vec<Option<ContentsEntry>> = lines.iter().map(|line| entry(&line.text)).collect();
    let headed = lines.iter().any(|line| is_contents_heading(&line.text));
    let runs = runs(lines, &entries);
    let last = if headed || !runs.is_empty() { last_lines(lines) } else { HashMap::new() };
    let comes_again = |index: usize, title: u64| last.get(&title).is_some_and(|at| *at > index);
    let mut found = vec![false; lines.len()];
    for (mark, entry) in found.iter_mut().zip(&entries) {
        *mark = entry.is_some_and(|e| e.leader);
    }
    let mut set = |index: usize| {
        if let Some(mark) = found.get_mut(index) {
            *mark = true;
        }
    };
    for run in runs {
        let listed = |i: &&usize| {
            let entry = entries.get(**i).copied().flatten();
            entry.is_some_and(|e| e.leader || e.numbered || comes_again(**i, e.title))
        };
        if run.iter().filter(listed).count() * 2 > run.len() {
            run.into_iter().for_each(&mut set);
        }
    }
    let mut under = None;
    for (index, line) in lines.iter().enumerate() {
        if is_contents_heading(&line.text) {
            set(index);
            under = Some(0);
        } else if let Some(page) = under.filter(|_| !line.text.trim().is_empty()) {
            let entry = entries.get(index).copied().flatten().filter(|e| e.page >= page);
            let plain = title(&line.text).is_some_and(|t| comes_again(index, t));
            let page_word = pack().titles.page_heads.has_folded(line.text.trim());
            under = (entry.is_some() || plain || page_word).then(|| entry.map_or(page, |e| e.page));
            if under.is_some() {
                set(index);
            }
        }
    }
    found
}

fn is_contents_heading(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 40 {
        return false;
    }
    let plain = text.trim_matches(['#', '*', ':', '.', '_', ' ', '\t']).to_ascii_lowercase();
    pack().titles.contents.has(&plain)
}

/// Reads an entry: "1. Introduction<tab>3", "Advocacy ..... 5", "Summary  6 - 7", "Introduction3".
fn entry(text: &str) -> Option<ContentsEntry> {
    let text = text.trim();
    if text.len() > SETTINGS.max_contents_title || marks::hashes(text).is_some() {
        return None;
    }
    let (before, page) = page_number(text)?;
    let bare = before.trim_end_matches(['.', '…', ' ', '\t', '_', '-']);
    let filler = before.get(bare.len()..)?;
    let leader = filler.matches('.').count() >= 4 || filler.contains('…');
    let end = bare.chars().next_back()?;
    let glued = filler.is_empty();
    if glued && !end.is_alphabetic() && !matches!(end, ')' | '?' | '\'' | '"') {
        return None;
    }
    let numbered = marks::number(bare).is_some();
    Some(ContentsEntry { title: title(bare)?, page, leader, numbered })
}

/// Splits off a page number of at most three digits, or a range of two, from the end.
fn page_number(text: &str) -> Option<(&str, u32)> {
    let (before, page) = digits_at_end(text)?;
    let range = before.trim_end().strip_suffix('-').and_then(|b| digits_at_end(b.trim_end()));
    Some(range.filter(|(_, first)| *first <= page).unwrap_or((before, page)))
}

fn digits_at_end(text: &str) -> Option<(&str, u32)> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(before.len()..)?;
    let joined = before.ends_with(['/', '.', ',', '£']) && !before.ends_with("..");
    if !(1..=3).contains(&digits.len()) || joined { None } else { Some((before, digits.parse().ok()?)) }
}

/// Hash of a title without its number, case and punctuation.
fn title(text: &str) -> Option<u64> {
    if text.len() > SETTINGS.max_contents_title {
        return None;
    }
    let text = text.trim_start_matches(['#', '*', ' ', '\t']);
    let text = marks::number(text).and_then(|n| text.get(n.content..)).unwrap_or(text);
    let mut hasher = DefaultHasher::new();
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        c.to_lowercase().for_each(|c| c.hash(&mut hasher));
        letters += usize::from(c.is_alphabetic());
    }
    (letters >= 3).then(|| hasher.finish())
}

/// The last line of each title. Only one line is kept for each, so that the map stays small for large files.
fn last_lines(lines: &[Line]) -> HashMap<u64, usize> {
    lines.iter().enumerate().filter_map(|(i, line)| Some((title(&line.text)?, i))).collect()
}

/// Runs of entries whose page numbers never fall and rise at least once; blank lines may stand between them.
fn runs(lines: &[Line], entries: &[Option<ContentsEntry>]) -> Vec<Vec<usize>> {
    let mut runs = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let (mut first, mut page) = (0, 0);
    let mut close = |run: &mut Vec<usize>, rises: bool| {
        let run = std::mem::take(run);
        if run.len() >= SETTINGS.min_contents_lines && rises {
            runs.push(run);
        }
    };
    for (index, (line, entry)) in lines.iter().zip(entries).enumerate() {
        match entry {
            Some(entry) => {
                if run.is_empty() || entry.page < page {
                    close(&mut run, page > first);
                    first = entry.page;
                }
                page = entry.page;
                run.push(index);
            }
            None if line.text.trim().is_empty() => {}
            None => close(&mut run, page > first),
        }
    }
    close(&mut run, page > first);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<usize> {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        contents(&lines).iter().enumerate().filter(|(_, f)| **f).map(|(i, _)| i + 1).collect()
    }

    #[test]
    fn lists_under_their_heading() {
        let text =
            "Contents\n\nForeword\n1. Introduction\t3\nThe law5\nSummary 6 - 7\n\nForeword\nIt was 9\n";
        assert_eq!(marked(text), [1, 3, 4, 5, 6]);
    }

    #[test]
    fn lists_without_a_heading() {
        assert_eq!(marked("1. Introduction 3\n2. Summary 4\n3. Outlook 9\n"), [1, 2, 3]);
        assert_eq!(marked("Introduction3\nSummary4\nOutlook9\n\nIntroduction\nx\nSummary\ny\n"), [1, 2, 3]);
        assert_eq!(marked("Background ......... 4\n"), [1]);
    }

    #[test]
    fn tables_are_no_contents() {
        assert!(marked("Team\tVolume\nNorth\t7\nSouth\t8\nWest\t9\n").is_empty());
        assert!(marked("Upheld 12\nNot upheld 20\nWithdrawn 31\n").is_empty());
        assert!(marked("There were 12 in 2016/17\nand 14 in 2017/18\nand 15 in 2018/19\n").is_empty());
    }
}
