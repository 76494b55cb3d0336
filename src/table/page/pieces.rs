//! The words of a page as the table finder sees them, and the printed lines they make.

use super::settings::SETTINGS;
use crate::layout::printed::{Mark, Printed};
use crate::lex::numeral::{self, CellKind, Conventions};
use crate::lex::period::is_year_or_date;
use crate::model::canvas::Turn;
use crate::model::geometry::{Rect, cover};

/// What a word is in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A number, with its signs and units.
    Number,
    /// A mark in the place of a number, such as a dash or "n.a.".
    Void,
    /// "$", "%", "*" or "(1)", which belongs to the number beside it.
    Affix,
    /// Dots that lead from a label to its number.
    Leader,
    Text,
}

/// A word.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Index into [`Printed::words`].
    pub word: usize,
    pub area: Rect,
    pub base: f32,
    pub size: f32,
    pub class: Class,
    /// It begins with a small letter or with a mark that begins no sentence.
    pub lower: bool,
    pub bold: bool,
    pub fixed_pitch: bool,
    /// A superscript or subscript.
    pub mark: bool,
    /// It runs up or down the page.
    pub turned: bool,
    /// Two of its digits stand over each other.
    pub clash: bool,
    pub text: String,
}

impl Piece {
    /// Whether it is a number or a mark in the place of one.
    pub fn is_value(&self) -> bool {
        matches!(self.class, Class::Number | Class::Void)
    }

    /// A number that is neither a year nor a date. Years and dates head columns more often than they fill them.
    pub fn is_figure(&self) -> bool {
        self.class == Class::Number && !is_year_or_date(&self.text)
    }
}

/// The words of a page, in the order of [`Printed::words`].
pub(crate) fn pieces(page: &Printed) -> Vec<Piece> {
    let fixed = fixed_pitch(page);
    let font = |w: &crate::layout::printed::Word| page.chars(w).next().map_or(0, |g| usize::from(g.font));
    let mut pieces: Vec<Piece> = page
        .words
        .iter()
        .enumerate()
        .map(|(word, w)| {
            let text = page.text(w);
            Piece {
                word,
                area: w.area,
                base: w.base,
                size: w.size,
                class: class(&text),
                lower: text.chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, '(' | '&' | '/')),
                bold: w.bold,
                fixed_pitch: w.fixed_pitch || fixed.get(font(w)) == Some(&true),
                mark: w.mark != Mark::None,
                turned: w.turn != Turn::Upright,
                clash: clashes(page, w),
                text,
            }
        })
        .collect();
    for piece in pieces.iter_mut().filter(|p| p.mark) {
        // A raised or lowered mark must not make its line higher.
        piece.area.y0 = piece.area.y0.max(piece.base - 0.76 * piece.size - 0.5 * piece.size);
        piece.class = Class::Affix;
    }
    pieces
}

/// Whether two digits of a word stand over each other.
fn clashes(page: &Printed, word: &crate::layout::printed::Word) -> bool {
    let digits = || page.chars(word).filter(|g| g.ch.is_ascii_digit());
    digits().zip(digits().skip(1)).any(|(a, b)| {
        let shared = a.area.x1.min(b.area.x1) - a.area.x0.max(b.area.x0);
        word.turn == Turn::Upright && shared > SETTINGS.max_clash * a.area.width().min(b.area.width())
    })
}

/// For each font, whether many different letters have the same width in it.
fn fixed_pitch(page: &Printed) -> Vec<bool> {
    let mut widths: Vec<Option<(f32, std::collections::BTreeSet<char>)>> =
        vec![Some((0.0, Default::default())); page.fonts.len()];
    for glyph in page.glyphs.iter().filter(|g| g.turn == Turn::Upright && g.ch.is_alphanumeric()) {
        let Some(slot) = widths.get_mut(usize::from(glyph.font)) else { continue };
        let Some((width, seen)) = slot else { continue };
        let own = glyph.area.width() / glyph.size.max(0.1);
        if seen.is_empty() {
            *width = own;
        }
        if (own - *width).abs() > 0.01 {
            *slot = None;
        } else {
            seen.insert(glyph.ch);
        }
    }
    widths
        .into_iter()
        .map(|w| w.is_some_and(|(_, seen)| seen.iter().filter(|c| c.is_alphabetic()).count() >= 6))
        .collect()
}

/// What a word is, told from its characters.
fn class(text: &str) -> Class {
    if text == "." || text.chars().count() > 2 && text.chars().all(|c| matches!(c, '.' | '…' | '·')) {
        return Class::Leader;
    }
    if text.chars().all(numeral::is_part) {
        return match text.contains(|c: char| c.is_ascii_digit()) {
            true if is_list_mark(text) || is_thousands_mark(text) => Class::Affix,
            true => Class::Number,
            // An asterisk beside a number is more often the mark of a note than a number that was kept back.
            false if text != "*" && CellKind::is_mark(text) => Class::Void,
            false => Class::Affix,
        };
    }
    // As in a spreadsheet, one letter behind the digits is a unit or the mark of a note: "120k", "1,937p".
    let notes = Conventions { sheet: true, ..Conventions::default() };
    match numeral::whole(text, &notes) {
        _ if CellKind::is_mark(text) => Class::Void,
        Some(_) => Class::Number,
        None => Class::Text,
    }
}

/// Whether a word such as "(1)" or "1)" refers to a note or numbers an item of a list.
fn is_list_mark(text: &str) -> bool {
    let inner = text.trim_start_matches('(');
    inner.len() == 2 && inner.ends_with(')')
}

/// Whether a word such as "(000)" or "$000" says that the numbers are in thousands.
fn is_thousands_mark(text: &str) -> bool {
    text.matches('0').count() > 2 && !text.contains(|c: char| matches!(c, '1'..='9' | '.'))
}

/// The words of one printed line from left to right, as indices into the pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub members: Vec<usize>,
    pub area: Rect,
    pub base: f32,
    pub size: f32,
}

/// Groups pieces into printed lines, from top to bottom.
pub(crate) fn rows(pieces: &[Piece], members: impl IntoIterator<Item = usize>) -> Vec<Row> {
    let mut order: Vec<usize> = members.into_iter().collect();
    let base = |i: &usize| pieces.get(*i).map_or(0.0, |p| if p.turned { p.area.y1 } else { p.base });
    order.sort_by(|a, b| base(a).total_cmp(&base(b)));
    let mut rows: Vec<Row> = Vec::new();
    for index in order {
        let Some(piece) = pieces.get(index) else { continue };
        let at = base(&index);
        match rows.last_mut() {
            Some(row) if at - row.base < SETTINGS.max_baseline_step * row.size.min(piece.size) => {
                row.members.push(index);
                row.area = row.area.union(piece.area);
                row.size = row.size.max(piece.size);
            }
            _ => rows.push(Row { members: vec![index], area: piece.area, base: at, size: piece.size }),
        }
    }
    for row in &mut rows {
        row.members.sort_by(|a, b| {
            let x = |i: &usize| pieces.get(*i).map_or(0.0, |p| p.area.x0);
            x(a).total_cmp(&x(b))
        });
    }
    rows
}

/// A run of words of a line with no wide gap between them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk<'a> {
    pub members: &'a [usize],
    pub area: Rect,
}

/// Cuts a line into runs at gaps wider than `gap` times the size of the type.
pub(crate) fn chunks<'a>(pieces: &[Piece], row: &'a Row, gap: f32) -> Vec<Chunk<'a>> {
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    let mut start = 0;
    for (at, index) in row.members.iter().enumerate() {
        let Some(piece) = pieces.get(*index) else { continue };
        let run = |start: usize| row.members.get(start..=at).unwrap_or_default();
        match chunks.last_mut() {
            Some(chunk)
                if piece.area.x0 - chunk.area.x1
                    <= gap.max(if piece.fixed_pitch { SETTINGS.fixed_word_gap } else { 0.0 })
                        * piece.size.max(row.size * 0.8) =>
            {
                chunk.members = run(start);
                chunk.area = chunk.area.union(piece.area);
            }
            _ => {
                start = at;
                chunks.push(Chunk { members: run(start), area: piece.area });
            }
        }
    }
    chunks
}

/// Cuts a line into runs at wide gaps.
pub(crate) fn row_runs<'a>(pieces: &[Piece], row: &'a Row) -> Vec<Chunk<'a>> {
    chunks(pieces, row, SETTINGS.run_gap)
}

/// The area of some pieces.
pub(crate) fn area(pieces: &[Piece], members: &[usize]) -> Option<Rect> {
    cover(members.iter().filter_map(|i| pieces.get(*i)).map(|p| p.area))
}
