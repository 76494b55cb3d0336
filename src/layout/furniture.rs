//! Finds page numbers and running heads and feet.

use super::settings::SETTINGS;
use crate::model::text::Line;
use crate::pack::pack;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// For each line, whether it is a page number or a running head or foot. A bare number could be a figure, so it is only
/// taken at the edge of a page, or where at least three of them count up at some distance.
pub fn furniture(lines: &[Line]) -> Vec<bool> {
    let mut found: Vec<bool> = lines.iter().map(|line| is_page_label(&line.text)).collect();
    for index in counting(lines).into_iter().chain(romans(lines)) {
        if let Some(mark) = found.get_mut(index) {
            *mark = true;
        }
    }
    let edges = edges(lines, &found);
    let mut seen: HashMap<u64, usize> = HashMap::new();
    for &index in &edges {
        if let Some(key) = key(lines, index) {
            *seen.entry(key).or_default() += 1;
        }
    }
    for index in edges {
        let repeated = key(lines, index)
            .is_some_and(|key| seen.get(&key).is_some_and(|n| *n >= SETTINGS.min_running_head_pages));
        if let Some(mark) = found.get_mut(index).filter(|_| repeated) {
            *mark = true;
        }
    }
    found
}

/// Whether the line only labels a page: "Page 3 of 12", "- 3 -", "3 | Page".
pub(crate) fn is_page_label(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > 24 {
        return false;
    }
    let t = &pack().titles;
    let mut lower = text.to_ascii_lowercase();
    if let Some(spaced) = t.spaced_page.iter().find(|spaced| lower.contains(spaced)) {
        lower = lower.replace(spaced, &spaced.replace(' ', ""));
    }
    let words: Vec<&str> = lower.split([' ', '|', '\t']).filter(|w| !w.is_empty()).collect();
    let numeral = |w: &str| w.len() <= 4 && !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        ["-", n, "-"] => numeral(n),
        [a, b] => t.page.has(a) && numeral(b) || numeral(a) && t.page.has(b),
        [page, n, of, m] => {
            t.page.has(page) && (*of == "/" || t.of_pages.has(of)) && numeral(n) && numeral(m)
        }
        _ => false,
    }
}

fn bare(line: &Line) -> Option<u32> {
    let text = line.text.trim();
    let numeral = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if numeral { text.parse().ok() } else { None }
}

/// Bare numbers that count up by one, far enough apart to be those of pages.
fn counting(lines: &[Line]) -> Vec<usize> {
    let mut best = Vec::new();
    let mut chain: Vec<(usize, u32)> = Vec::new();
    let mut close = |chain: &mut Vec<(usize, u32)>| {
        if chain.len() >= SETTINGS.min_running_head_pages {
            best.extend(chain.iter().map(|(index, _)| *index));
        }
        chain.clear();
    };
    for (index, number) in lines.iter().enumerate().filter_map(|(i, l)| Some((i, bare(l)?))) {
        match chain.last() {
            Some((at, last)) if index - at < SETTINGS.min_page_lines || number != last + 1 => {
                // A figure between two page numbers does not interrupt the count.
                if index - at >= SETTINGS.min_page_lines && number == 1 {
                    close(&mut chain);
                    chain.push((index, number));
                }
            }
            _ => chain.push((index, number)),
        }
    }
    close(&mut chain);
    best
}

/// The lines of small Roman numerals at the edges of pages that count up with the pages.
fn romans(lines: &[Line]) -> Vec<usize> {
    let inked: Vec<usize> = (0..lines.len()).filter(|i| !text(lines, *i).is_empty()).collect();
    let page = |at: Option<&usize>| at.and_then(|i| lines.get(*i)).map(|l| l.page);
    let at_edge = |at: usize| {
        let own = page(inked.get(at));
        own != page(inked.get(at + 1)) || own != at.checked_sub(1).and_then(|b| page(inked.get(b)))
    };
    let found: Vec<(usize, u32, u32)> = (0..inked.len())
        .filter(|at| at_edge(*at))
        .filter_map(|at| {
            let index = *inked.get(at)?;
            Some((index, roman(text(lines, index))?, lines.get(index)?.page))
        })
        .collect();
    let counts =
        |a: &(usize, u32, u32), b: &(usize, u32, u32)| b.2 > a.2 && b.1.checked_sub(a.1) == Some(b.2 - a.2);
    let paired = |at: usize| {
        let pair = |a: usize, b: usize| found.get(a).zip(found.get(b)).is_some_and(|(a, b)| counts(a, b));
        pair(at, at + 1) || at.checked_sub(1).is_some_and(|before| pair(before, at))
    };
    (0..found.len()).filter(|at| paired(*at)).filter_map(|at| found.get(at).map(|f| f.0)).collect()
}

fn text(lines: &[Line], index: usize) -> &str {
    lines.get(index).map_or("", |l| l.text.trim())
}

/// The value of a Roman numeral: 14 for "xiv".
fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    let digit = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    let next = digits.iter().skip(1).copied().chain([0]);
    let (plus, minus) = digits.iter().zip(next).fold((0, 0), |(plus, minus), (own, next)| {
        if *own < next { (plus, minus + own) } else { (plus + own, minus) }
    });
    Some(plus - minus.min(plus))
}

/// The first two and last two lines of each page that are not blank, and the lines next to page numbers.
fn edges(lines: &[Line], numbers: &[bool]) -> Vec<usize> {
    let inked: Vec<usize> =
        lines.iter().enumerate().filter(|(_, l)| !l.text.trim().is_empty()).map(|(i, _)| i).collect();
    let page = |at: usize| inked.get(at).and_then(|i| lines.get(*i)).map(|l| l.page);
    let paged = lines.first().map(|l| l.page) != lines.last().map(|l| l.page);
    let number = |at: usize| inked.get(at).and_then(|i| numbers.get(*i)).copied().unwrap_or(false);
    let near = |at: usize| {
        let (before, after) = (at.checked_sub(2).and_then(page), page(at + 2));
        let edge = paged && (before != page(at) || after != page(at));
        edge || number(at + 1) || at.checked_sub(1).is_some_and(number)
    };
    (0..inked.len()).filter(|at| near(*at)).filter_map(|at| inked.get(at).copied()).collect()
}

/// The parts of a line that wide gaps separate, without a page number.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(['|', '\t']).flat_map(|part| part.split("  ")).map(str::trim);
    parts.filter(|part| !part.is_empty() && !is_page_label(part)).collect()
}

/// Hash of what a running head has in common on all pages: its parts in any order, because left and right pages swap
/// them, without the page number. All bare numbers have the same hash.
fn key(lines: &[Line], index: usize) -> Option<u64> {
    let text = lines.get(index)?.text.trim();
    if text.len() > SETTINGS.max_running_head || is_page_label(text) {
        return None;
    }
    let text = parts(text).join("   ");
    let core = text.trim_matches(|c: char| c.is_ascii_digit()).trim();
    // Lines that differ in a numeral after a word may be rows of a table; only a year, or nothing, may follow the
    // common part.
    let same = if text.len() - core.len() <= 5 { core } else { &text };
    let mut parts = parts(same);
    parts.sort_unstable();
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        let found = furniture(&lines);
        lines.iter().zip(found).filter(|(_, f)| *f).map(|(l, _)| l.text.trim().to_owned()).collect()
    }

    #[test]
    fn page_labels() {
        let text = "Page 3 of 12\n12\n- 4 -\n5 | P a g e\nPage 6\n3 of 12\nPages 4\n";
        assert_eq!(marked(text), ["Page 3 of 12", "- 4 -", "5 | P a g e", "Page 6"]);
    }

    #[test]
    fn running_heads_and_numbers_at_the_edges_of_pages() {
        let page = |n: u32| format!("Yearly Report\nBody {n} of it\nmore\nfigure\n{n}\ntail text\n{n}\n\x0c");
        let text = (1..=4).map(page).collect::<String>();
        let found = marked(&text);
        assert_eq!(found.iter().filter(|t| *t == "Yearly Report").count(), 4);
        assert_eq!(found.iter().filter(|t| *t == "1").count(), 1);
        assert!(!found.iter().any(|t| t == "figure" || t.starts_with("Body")));
    }

    #[test]
    fn heads_of_left_and_right_pages_are_the_same_in_another_order() {
        let page = |n: u32| {
            let head = if n.is_multiple_of(2) {
                format!("Northmere   Yearly Report   Page {n}")
            } else {
                format!("{n} | Yearly Report | Northmere")
            };
            format!("{head}\nRow   {n}   {}\nmore\nfigure\nBody\nThe end of {n}\n\x0c", n + 1)
        };
        let found = marked(&(3..=5).map(page).collect::<String>());
        assert_eq!(found.iter().filter(|t| t.contains("Northmere")).count(), 3, "{found:?}");
        assert!(!found.iter().any(|t| t.starts_with("Row")), "{found:?}");
    }

    #[test]
    fn roman_numerals_count_pages_at_their_edges() {
        let text = "xiv\nOne page.\n\x0cxv\nThe next.\nx\nand more\n\x0cvi\nAnother.\n";
        assert_eq!(marked(text), ["xiv", "xv"]);
        assert_eq!([roman("xiv"), roman("xix"), roman("mix"), roman("")], [Some(14), Some(19), None, None]);
    }

    #[test]
    fn bare_numbers_count_pages_only_far_apart() {
        let stacked = "Benefits\n1\n2\n3\n4\nTotal\n10\n";
        assert!(marked(stacked).is_empty());
        let pages = (1..=3).map(|n| format!("{}{n}\n", "a line of it\n".repeat(12))).collect::<String>();
        assert!(marked(&pages).iter().filter(|t| t.len() == 1).eq(["1", "2", "3"]));
    }
}
