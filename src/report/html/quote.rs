//! What the document says, with its figures marked: rows of tables under their heads, and lines of text.

use super::safe;
use crate::model::document::Document;
use crate::model::ids::TableIdx;
use crate::model::table::Table;
use crate::read::fold::fold_line;
use crate::report::schema::heads;
use crate::report::told::{Marked, Telling};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// So many rows of a table, and so many of its columns, are quoted at most. Further ones are counted.
const ROWS: usize = 16;
const COLUMNS: usize = 12;

/// Of something that is marked over several lines, such as a list, so many lines are quoted at most.
const LINES: u32 = 8;

/// Of a line with more characters than this, only what is around its figures is quoted.
const LONG: usize = 420;
/// So much of it before and behind them.
const AROUND: usize = 160;

/// The quotes of all that is marked.
pub(super) fn quotes(telling: &Telling<'_>, marked: &[Marked<'_>]) -> String {
    let mut tables: BTreeMap<(usize, TableIdx), Vec<&Marked>> = BTreeMap::new();
    let mut texts: BTreeMap<usize, Vec<&Marked>> = BTreeMap::new();
    for mark in marked {
        match mark.figure.and_then(|figure| figure.home.cell()) {
            Some((table, ..)) => tables.entry((mark.document, table)).or_default().push(mark),
            None => texts.entry(mark.document).or_default().push(mark),
        }
    }
    // What the figure in question stands in comes first.
    let mut quotes: Vec<(bool, usize, String)> = Vec::new();
    let leads = |marks: &[&Marked]| !marks.iter().any(|mark| mark.published);
    for ((document, table), marks) in tables {
        let Some(read) = telling.documents.get(document) else { continue };
        let Some(cells) = read.tables.get(table) else { continue };
        let caption = telling.title(document, table).map(str::to_owned);
        quotes.push((leads(&marks), document, of_table(read, cells, caption, &marks)));
    }
    for (document, marks) in texts {
        let Some(read) = telling.documents.get(document) else { continue };
        quotes.push((leads(&marks), document, of_lines(read, &marks)));
    }
    quotes.sort_by_key(|(later, document, _)| (*later, *document));
    let several = telling.documents.len() > 1;
    let mut out = String::new();
    // The document of the figure in question is named above the card already.
    let mut last = marked.first().map(|mark| mark.document);
    for (_, document, quote) in quotes {
        if several && last.replace(document) != Some(document) {
            let path = telling.documents.get(document).map_or("", |read| &read.origin.path);
            let _ = writeln!(out, "<p class=\"soft\">{}</p>", safe(path));
        }
        out.push_str(&quote);
    }
    out
}

/// The marked rows and columns of a table, under their heads and beside their labels.
fn of_table(document: &Document, table: &Table, caption: Option<String>, marks: &[&Marked]) -> String {
    let at =
        |mark: &&&Marked| mark.figure.and_then(|figure| figure.home.cell()).map(|(_, row, col)| (row, col));
    let published: BTreeSet<(usize, usize)> =
        marks.iter().filter(|m| m.published).filter_map(|m| at(&m)).collect();
    let all: BTreeSet<(usize, usize)> = marks.iter().filter_map(|mark| at(&mark)).collect();
    let kept = |all: BTreeSet<usize>, own: &dyn Fn(usize) -> bool, most: usize| -> (Vec<usize>, usize) {
        let spare = most.saturating_sub(all.iter().filter(|one| own(**one)).count());
        let (mut kept, mut others) = (Vec::new(), 0);
        for one in &all {
            others += usize::from(!own(*one));
            if own(*one) || others <= spare {
                kept.push(*one);
            }
        }
        let left = all.len() - kept.len();
        (kept, left)
    };
    let own_row = |row: usize| published.iter().any(|(own, _)| *own == row);
    let own_col = |col: usize| published.iter().any(|(_, own)| *own == col);
    let (rows, rows_left) = kept(all.iter().map(|(row, _)| *row).collect(), &own_row, ROWS);
    let (cols, cols_left) = kept(all.iter().map(|(_, col)| *col).collect(), &own_col, COLUMNS);
    // Where the file has no column of labels, the first column is most often what the rows are called by.
    let labels = table.header_cols.max(usize::from(cols.first().is_some_and(|col| *col > 0)));
    let title = table.title.as_ref().map_or("", |title| title.text.trim());
    let head = |col: usize| {
        let heads = (0..table.header_rows).map(|row| table.text(row, col));
        heads::joined(heads.filter(|head| head.trim() != title)).unwrap_or_default()
    };
    // The title is not in the table itself, because there it would be broken to the width of the columns.
    let mut out = String::from("<figure class=\"quoted\">");
    if let Some(caption) = caption {
        let _ = writeln!(out, "<figcaption>{}</figcaption>", safe(&caption));
    }
    out.push_str("<div class=\"wide\" tabindex=\"0\"><table>\n");
    if table.header_rows > 0 {
        out.push_str("<thead><tr>");
        if labels > 0 {
            let corner = (0..labels).map(head).collect::<Vec<_>>();
            let corner = heads::joined(corner.iter().map(String::as_str)).unwrap_or_default();
            // A head without text is no head.
            let tag = if corner.is_empty() { "td" } else { "th scope=\"col\"" };
            let _ = write!(out, "<{tag}>{}</{}>", safe(&corner), tag.get(..2).unwrap_or(tag));
        }
        for col in &cols {
            let _ = write!(out, "<th scope=\"col\">{}</th>", safe(&head(*col)));
        }
        out.push_str("</tr></thead>\n");
    }
    out.push_str("<tbody>\n");
    for row in &rows {
        out.push_str("<tr>");
        if labels > 0 {
            let label = heads::joined((0..labels).map(|col| table.text(*row, col))).unwrap_or_default();
            let tag = if label.is_empty() { "td" } else { "th scope=\"row\"" };
            let _ = write!(out, "<{tag}>{}</{}>", safe(&label), tag.get(..2).unwrap_or(tag));
        }
        for col in &cols {
            let cell = table.text(*row, *col);
            let own: Vec<(&&Marked, String)> = marks
                .iter()
                .filter(|mark| at(mark) == Some((*row, *col)))
                .map(|mark| (mark, document.text_at(mark.place)))
                .collect();
            let _ = write!(out, "<td class=\"number\">{}</td>", marked_text(cell, &own));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    for (left, what) in [(rows_left, "row"), (cols_left, "column")] {
        if left > 0 {
            let _ = writeln!(out, "<p class=\"soft\">… and {} more</p>", crate::report::counted(left, what));
        }
    }
    out.push_str("</figure>\n");
    out
}

/// A cell's text with its figures marked.
fn marked_text(cell: &str, marks: &[(&&Marked, String)]) -> String {
    let mut stretches: Vec<(usize, usize, bool)> = Vec::new();
    for (mark, text) in marks {
        let text = fold_line(text);
        let taken = |at: usize| stretches.iter().any(|(start, end, _)| (*start..*end).contains(&at));
        let found = cell.match_indices(text.as_str()).map(|(at, _)| at).find(|at| !taken(*at));
        match found.filter(|_| !text.is_empty()) {
            Some(at) => stretches.push((at, at + text.len(), mark.published)),
            None => stretches.push((0, cell.len(), mark.published)),
        }
    }
    spelled(cell, stretches)
}

/// A text with stretches of it marked, given by their first and last bytes. What is in question is marked within what it is held
/// against too; of others that overlap the first counts.
fn spelled(text: &str, stretches: Vec<(usize, usize, bool)>) -> String {
    let (asked, against): (Vec<_>, Vec<_>) = stretches.into_iter().partition(|(.., published)| *published);
    let mut pieces = asked.clone();
    for (mut start, end, published) in against {
        let mut within: Vec<_> = asked.iter().filter(|(from, to, _)| *from < end && start < *to).collect();
        within.sort_unstable();
        for (from, to, _) in within {
            pieces.push((start, *from, published));
            start = *to;
        }
        pieces.push((start, end, published));
    }
    pieces.retain(|(start, end, _)| start < end);
    pieces.sort_by_key(|(start, _, published)| (*start, !published));
    let (mut out, mut done) = (String::new(), 0);
    for (start, end, published) in pieces {
        let Some((before, own)) = text.get(done..start).zip(text.get(start..end)).filter(|_| start >= done)
        else {
            continue;
        };
        let class = if published { "" } else { " class=\"operand\"" };
        let _ = write!(out, "{}<mark{class}>{}</mark>", safe(before), safe(own));
        done = end;
    }
    out + &safe(text.get(done..).unwrap_or_default())
}

/// The lines of text that hold marks, each with the line before and behind it in its paragraph.
fn of_lines(document: &Document, marks: &[&Marked]) -> String {
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    for mark in marks {
        for number in mark.place.line..=mark.place.line_end.min(mark.place.line.saturating_add(LINES - 1)) {
            let Some(at) = (number as usize).checked_sub(1) else { continue };
            let block = document.blocks.partition_point(|block| block.lines.end <= at);
            let block = document.blocks.get(block.into()).map_or(at..at + 1, |block| block.lines.clone());
            lines.extend((at.saturating_sub(1)..=at + 1).filter(|line| *line == at || block.contains(line)));
        }
    }
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for at in lines {
        let Some(line) = document.lines.get(at) else { continue };
        match last.replace(at) {
            Some(before) if before + 1 == at => out.push('\n'),
            Some(_) => out.push_str("</blockquote>\n<blockquote>"),
            None => out.push_str("<blockquote>"),
        }
        out.push_str(&of_line(document, at, line.as_printed(), marks));
    }
    if last.is_some() {
        out.push_str("</blockquote>\n");
    }
    out
}

/// A line with its figures marked. A long one is cut around them.
fn of_line(document: &Document, at: usize, text: &str, marks: &[&Marked]) -> String {
    let number = at as u32 + 1;
    let length = text.chars().count();
    let own =
        marks.iter().filter(|mark| (mark.place.line..=mark.place.line_end).contains(&number)).map(|mark| {
            let start = if mark.place.line == number { mark.place.start as usize } else { 0 };
            let end = if mark.place.line_end == number { mark.place.end as usize } else { length };
            (start, end.min(length), mark.published)
        });
    let own: Vec<(usize, usize, bool)> = own.filter(|(start, end, _)| start < end).collect();
    let (from, to) = match (own.iter().map(|m| m.0).min(), own.iter().map(|m| m.1).max()) {
        (Some(first), Some(last)) if length > LONG => {
            (first.saturating_sub(AROUND), (last + AROUND).min(length))
        }
        (None, _) if length > LONG => (0, AROUND),
        _ => (0, length),
    };
    let rest = document.lines.get(at).map_or("", |line| line.printed_from(from));
    let part: String = rest.chars().take(to - from).collect();
    let byte = |place: usize| part.char_indices().nth(place).map_or(part.len(), |(at, _)| at);
    let within = own.iter().map(|(start, end, published)| (byte(start - from), byte(end - from), *published));
    let (before, behind) = (if from > 0 { "…" } else { "" }, if to < length { "…" } else { "" });
    format!("{before}{}{behind}", spelled(&part, within.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_marked_and_the_rest_is_made_safe() {
        assert_eq!(
            spelled("a<b 12 & 13", vec![(4, 6, true), (9, 11, false), (5, 6, false)]),
            "a&lt;b <mark>12</mark> &amp; <mark class=\"operand\">13</mark>"
        );
        assert_eq!(
            spelled("Top 9 themes", vec![(0, 12, false), (4, 5, true)]),
            "<mark class=\"operand\">Top </mark><mark>9</mark><mark class=\"operand\"> themes</mark>"
        );
    }
}
