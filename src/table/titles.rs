//! Finds what stands around a table: the title above, notes, a caption that is printed again below, and the pieces of
//! a table that runs over pages.

use super::totals;
use super::words::{is_section_heading, is_sentence, unbullet, words};
use crate::layout::after_note_mark;
use crate::lex::{is_month, is_year};
use crate::model::ids::TableIdx;
use crate::model::table::{Form, FoundTable, Table};
use crate::model::text::{Line, Passage};
use crate::pack::pack;

/// Gives every table its title and notes, and chains tables that run over pages.
pub(super) fn dress(lines: &[Line], found: &mut [FoundTable]) {
    let mut floor = 0;
    for at in 0..found.len() {
        let ceiling = found.get(at + 1).map_or(lines.len(), |f| f.lines.start);
        if let Some(one) = found.get_mut(at) {
            spanning(&mut one.table);
            above(lines, one, floor);
            totals::loose(lines, one, ceiling);
            below(lines, one, ceiling);
            floor = one.lines.end;
        }
        let chained =
            at > 0 && found.get(at - 1).zip(found.get(at)).is_some_and(|(a, b)| is_further(lines, a, b));
        if let Some(one) = found.get_mut(at).filter(|_| chained) {
            one.table.continues = TableIdx::from(at).minus(1);
        }
    }
}

fn text(lines: &[Line], at: usize) -> &str {
    lines.get(at).map_or("", |l| l.text.trim())
}

/// The nearest line above that is not blank. At most two blank lines may stand between.
fn line_above(lines: &[Line], start: usize, floor: usize) -> Option<usize> {
    (floor..start).rev().take(3).find(|at| !text(lines, *at).is_empty())
}

fn above(lines: &[Line], one: &mut FoundTable, floor: usize) {
    let mut start = one.lines.start;
    let mut notes = Vec::new();
    while let Some(at) = line_above(lines, start, floor)
        && notes.len() < 3
        && is_note(text(lines, at))
        && start - at == 1
    {
        notes.push(at);
        start = at;
    }
    let title = line_above(lines, start, floor).filter(|at| {
        let text = text(lines, *at);
        (is_title(text) || is_caption(text) && is_bare(text))
            && !is_wrapped(lines, *at, floor)
            && one.table.title.is_none()
    });
    if let Some(from) = caption(lines, start, floor).filter(|_| one.table.title.is_none()) {
        let mut title = Passage::default();
        lines.get(from..start).into_iter().flatten().for_each(|l| title.push(l, 0..l.text.len()));
        one.table.title = Some(title);
        one.lines.start = from;
    } else if let Some(at) = title {
        let from = title_over(lines, at, floor).unwrap_or(at);
        let mut title = Passage::default();
        lines.get(from..=at).into_iter().flatten().for_each(|l| title.push(l, 0..l.text.len()));
        one.table.title = Some(title);
        one.lines.start = from;
    } else if notes.is_empty() {
        return;
    }
    if one.table.title.is_some() {
        one.lines.start = one.lines.start.min(start);
        one.table.notes.extend(notes.iter().rev().filter_map(|at| lines.get(*at)).map(note));
    }
}

/// The line above a line that completes a title: "Cases by ward" above "1 April to 30 June".
fn title_over(lines: &[Line], at: usize, floor: usize) -> Option<usize> {
    let over = at.checked_sub(1).filter(|over| *over >= floor && is_subtitle(text(lines, at)))?;
    (is_title(text(lines, over)) && !is_wrapped(lines, over, floor)).then_some(over)
}

/// Whether a text completes a title and does not begin one: "1 April - 30 June 2023", "2016 vs. 2017", "(£000)".
fn is_subtitle(text: &str) -> bool {
    let bracketed = text.starts_with('(') && text.ends_with(')') && words(text) < 5;
    bracketed || text.bytes().any(|b| b.is_ascii_digit()) && !text.split_whitespace().any(|word| names(&word))
}

/// Whether a word names something other than a period.
fn names(word: &&str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    word.len() > 2 && !is_month(word) && !pack().periods.year_kinds.has_folded(word)
}

/// Takes as the title a first row that is one cell over all columns, with the heads of the columns under it.
fn spanning(table: &mut Table) {
    if table.title.is_some() || table.header_rows == 0 {
        return;
    }
    let mut top = table.cells.iter().take_while(|cell| cell.row() == 0 && !cell.passage.is_empty());
    let (Some(first), None) = (top.next(), top.next()) else { return };
    let over = first.col() == 0 && first.rows().len() == 1;
    let heads = table.header_rows > 1 || table.cols > 1 && first.cols().end == table.cols;
    if over && heads && is_title(&first.passage.text) {
        table.title = Some(first.passage.clone());
    }
}

/// The line on which a caption of several lines begins that stands right above a table: "Table 4: Cases by quarter,"
/// with "2023/24" below it.
fn caption(lines: &[Line], start: usize, floor: usize) -> Option<usize> {
    let last = line_above(lines, start, floor)?;
    let filled = |at: &usize| !text(lines, *at).is_empty();
    let top = (floor..last).rev().take(2).take_while(filled).find(|at| is_caption(text(lines, *at)))?;
    let rest = (top + 1..=last).all(|at| words(text(lines, at)) <= 14 && !is_caption(text(lines, at)));
    (rest && !text(lines, top).ends_with(['.', '!', '?'])).then_some(top)
}

/// Whether two words begin a caption, as "Table 4" and "Figure 2" do.
pub(crate) fn begins_caption(first: &str, second: &str) -> bool {
    pack().titles.captioned.has_folded(first) && second.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line is a caption: "Table 4: …", "Figure 2 – …".
pub(super) fn is_caption(text: &str) -> bool {
    let mut parts = text.splitn(3, ' ');
    let kind = parts.next().unwrap_or_default();
    let number = parts.next().unwrap_or_default();
    let numbered = begins_caption(kind, number) && number.len() < 8;
    // "Table 6 lists the teams" is a sentence.
    let set_off =
        number.ends_with([':', '.']) || parts.next().is_some_and(|rest| rest.starts_with(['-', ':']));
    numbered && words(text) <= 18 && (set_off || !is_sentence(text))
}

/// Whether a caption is no whole sentence and holds no figure, which would be lost in a title. Years and its own
/// number are no figures.
fn is_bare(text: &str) -> bool {
    let mut rest = text.split_whitespace().skip(2);
    let plain = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.contains(|c: char| c.is_ascii_digit()) || is_year(word)
    };
    !text.ends_with(['.', '!', '?']) && rest.all(plain)
}

fn below(lines: &[Line], one: &mut FoundTable, ceiling: usize) {
    let mut end = one.lines.end;
    loop {
        let next = if text(lines, end).is_empty() { end + 1 } else { end };
        let line = text(lines, next);
        if next >= ceiling || line.is_empty() || one.table.notes.len() > 8 {
            break;
        }
        // On the next page, the same text is the caption of the next table.
        let page = |at: usize| lines.get(at).map(|l| l.page);
        let caption = one.table.title.as_ref().is_some_and(|t| t.text == line)
            && page(next) == one.lines.end.checked_sub(1).and_then(page);
        if caption {
        } else if is_note(line) {
            one.table.notes.extend(lines.get(next).map(note));
        } else {
            break;
        }
        end = next + 1;
    }
    one.lines.end = end;
}

/// Whether a line is a note: "*at the time …", "Note: …", "Source: …". A bullet is none.
fn is_note(text: &str) -> bool {
    let starred = text.starts_with('*') && !text.starts_with("**") && unbullet(text).0 == 0;
    let lower: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    starred || pack().titles.table_notes.begins(&lower) || text.starts_with(['†', '‡'])
}

/// A note without its mark.
fn note(line: &Line) -> Passage {
    Passage::of(line, after_note_mark(&line.text)..line.text.len())
}

/// What stands between the words of a line that are set apart.
const APART: &str = "   ";

/// Whether a line can be a title: it is short, and it is no sentence, heading of a section, or item of a list.
pub(super) fn is_title(text: &str) -> bool {
    (3..=120).contains(&text.len())
        && words(text) <= 18
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with(char::is_lowercase)
        && unbullet(text).0 == 0
        && !is_section_heading(text)
        && !text.contains('|')
        && !is_sentence(text)
        && !crate::layout::is_page_label(text)
        && !text.starts_with(['(', '<', '*'])
        // Words that stand far apart from each other are a legend.
        && text.matches(APART).count() < 2
        && !(text.ends_with(':') && words(text) > 8 && text.split_whitespace().filter(names).count() > 5)
}

/// Whether a line is the last of a paragraph whose lines were broken to a width.
fn is_wrapped(lines: &[Line], at: usize, floor: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|b| *b >= floor).map(|b| text(lines, b)) else {
        return false;
    };
    before.len() >= 60 && before.len() < 200 && !before.ends_with(['.', ':', '?', '!'])
}

/// Whether a table repeats the heads of the one before across a page break.
fn is_further(lines: &[Line], one: &FoundTable, next: &FoundTable) -> bool {
    let heads = |table: &Table| {
        let cells = table.cells.iter().take_while(|c| c.row() < table.header_rows);
        let text: String = cells.map(|c| c.passage.text.as_str()).collect();
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let (a, b) = (&one.table, &next.table);
    let turned = a.place.page < b.place.page
        && (one.lines.end..next.lines.start).all(|at| text(lines, at).len() < 80)
        && next.lines.start - one.lines.end < 8;
    let named = |t: &Table| t.title.as_ref().map(|t| t.text.to_lowercase());
    let renamed = named(b).is_some_and(|own| {
        is_caption(&own) && !pack().titles.continued.within(&own) && named(a).is_none_or(|t| t != own)
    });
    turned
        && !renamed
        && a.cols == b.cols
        && a.form != Form::LabelValue
        && a.total_rows.is_empty()
        && (b.header_rows == 0 || heads(a) == heads(b))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_caption_on_the_next_page_is_that_of_the_next_table() {
        let page = "Table 3: Cases\n| Team | Cases |\n| --- | --- |\n| North | 4 |\n| Total | 4 |\n";
        let lines = crate::read::text::lines([page, page].join("\u{c}").as_bytes()).0;
        let (found, _) = crate::table::text::find(&lines);
        let titles: Vec<&str> =
            found.iter().filter_map(|f| f.table.title.as_ref()).map(|t| t.text.as_str()).collect();
        assert_eq!(titles, ["Table 3: Cases"; 2]);
    }
}
