//! Printed lines → rows: which lines are the further lines of a cell, and which begin a row.

use super::grid::Column;
use super::pieces::{Piece, Row};
use super::settings::SETTINGS;
use crate::pack::pack;

/// What one printed line has in each column.
struct Line {
    /// Column by column: whether there is anything.
    filled: Vec<bool>,
    /// Column by column: whether all of it is numbers.
    value: Vec<bool>,
    /// All of its runs begin in lower case, or with a bracket.
    lower: bool,
    /// Its last word leaves its phrase open.
    open: bool,
    bold: bool,
    /// Where it begins.
    left: f32,
    /// How far the run in its first column reaches.
    right: f32,
    top: f32,
    bottom: f32,
}

impl Line {
    fn count(&self) -> usize {
        self.filled.iter().filter(|f| **f).count()
    }

    fn values(&self) -> usize {
        self.value.iter().skip(1).filter(|v| **v).count()
    }

    fn label_only(&self) -> bool {
        self.count() == 1 && self.filled.first() == Some(&true)
    }
}

/// The column of a piece.
pub(crate) fn column_of(piece: &Piece, columns: &[Column]) -> usize {
    let x = piece.area.mid_x();
    columns.iter().position(|c| x < c.to).unwrap_or(columns.len().saturating_sub(1))
}

fn line(pieces: &[Piece], row: &Row, columns: &[Column]) -> Line {
    let mut filled = vec![false; columns.len()];
    let mut value = vec![false; columns.len()];
    let mut starts_lower = vec![true; columns.len()];
    let (mut right, mut bold) = (row.area.x0, true);
    let mut open = false;
    for piece in row.members.iter().filter_map(|i| pieces.get(*i)) {
        let col = column_of(piece, columns);
        let (Some(filled), Some(value), Some(lower)) =
            (filled.get_mut(col), value.get_mut(col), starts_lower.get_mut(col))
        else {
            continue;
        };
        let affix = piece.class == super::pieces::Class::Affix;
        *value = if *filled { *value && (piece.is_value() || affix) } else { piece.is_value() };
        if !*filled {
            *lower = piece.lower && !piece.is_value();
        }
        *filled = true;
        bold &= piece.bold || affix;
        if col == 0 {
            right = piece.area.x1;
            open = leaves_open(&piece.text);
        }
    }
    let lower = filled.iter().zip(&starts_lower).all(|(f, l)| !f || *l);
    Line { filled, value, lower, open, bold, left: row.area.x0, right, top: row.area.y0, bottom: row.area.y1 }
}

fn leaves_open(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.ends_with([',', '-', '–', '&', '/', '(']) || pack().words.leaves_open.has(&lower)
}

/// Whether a band between two drawn lines holds several rows: at least two of its lines have several columns, and some
/// column has numbers on two lines.
pub(crate) fn is_several(pieces: &[Piece], rows: &[Row], columns: &[Column]) -> bool {
    let lines: Vec<Line> = rows.iter().map(|r| line(pieces, r, columns)).collect();
    let broad = lines.iter().filter(|l| l.count() >= 2 && l.values() > 0).count();
    let stacked = (1..columns.len()).any(|c| {
        let values = lines.iter().filter(|l| l.value.get(c) == Some(&true)).count();
        let filled = lines.iter().filter(|l| l.filled.get(c) == Some(&true)).count();
        values >= 2 && values * 10 >= filled * 7
    });
    broad >= 2 && stacked
}

/// Groups printed lines into rows; each is a list of indices into `rows`.
pub(crate) fn group(pieces: &[Piece], rows: &[Row], columns: &[Column]) -> Vec<Vec<usize>> {
    let lines: Vec<Line> = rows.iter().map(|r| line(pieces, r, columns)).collect();
    let pitch = pitch(rows);
    let reach = lines.iter().map(|l| l.right).fold(f32::MIN, f32::max);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, this) in lines.iter().enumerate() {
        let Some(before) = at.checked_sub(1).and_then(|b| lines.get(b)) else {
            groups.push(vec![at]);
            continue;
        };
        let row = groups.last().map(Vec::as_slice).unwrap_or_default();
        let whole = Whole::of(&lines, row);
        let gap = match (rows.get(at), rows.get(at - 1)) {
            (Some(a), Some(b)) => a.base - b.base,
            _ => 0.0,
        };
        let next = lines.get(at + 1);
        let tight = pitch.is_some_and(|p| gap < p);
        let loose = pitch.is_some_and(|p| gap >= p);
        let size = rows.get(at).map_or(10.0, |r| r.size);
        let apart = this.top - before.bottom > SETTINGS.max_line_white * size;
        let both = whole.filled.iter().zip(&this.filled).skip(1).any(|(w, t)| *w && *t);
        let further = if gap < SETTINGS.max_close_step * size && !both {
            // Lines that overlap are set in the middle of each other.
            true
        } else if loose || apart {
            false
        } else if tight {
            // Lines set closer than rows belong together, unless both have figures.
            !(whole.values > 0 && this.values() > 0)
        } else if this.values() > 0 && whole.values > 0 {
            false
        } else if this.label_only() {
            label_goes_on(this, before, &whole)
        } else if this.filled.first() != Some(&true) && this.values() == 0 {
            // Words without a label go on with the cell above them.
            whole.filled.iter().zip(&this.filled).all(|(w, t)| !t || *w)
        } else if whole.label_only && this.values() > 0 {
            // A label broken over lines with its figures on the last.
            this.filled.first() == Some(&true) && label_breaks(before, this, next, reach)
                || this.filled.first() != Some(&true) && !before.bold
        } else {
            this.lower && this.values() == 0
        };
        match groups.last_mut() {
            Some(group) if further => group.push(at),
            _ => groups.push(vec![at]),
        }
    }
    groups
}

/// What a row has so far.
struct Whole {
    filled: Vec<bool>,
    values: usize,
    label_only: bool,
}

impl Whole {
    fn of(lines: &[Line], row: &[usize]) -> Whole {
        let members = row.iter().filter_map(|i| lines.get(*i));
        let cols = lines.first().map_or(0, |l| l.filled.len());
        let filled: Vec<bool> =
            (0..cols).map(|c| members.clone().any(|l| l.filled.get(c) == Some(&true))).collect();
        Whole {
            values: members.clone().map(Line::values).sum(),
            label_only: members.clone().all(Line::label_only),
            filled,
        }
    }
}

/// A line with a label alone after a line of the same row: whether it goes on with that row's label.
fn label_goes_on(this: &Line, before: &Line, whole: &Whole) -> bool {
    if whole.label_only {
        // Two labels in a row without figures: one heading broken over two lines, or two headings.
        return this.lower || before.open;
    }
    this.lower || before.open && whole.filled.first() == Some(&true)
}

/// A label alone and then a label with figures: whether both are one label.
fn label_breaks(before: &Line, this: &Line, next: Option<&Line>, reach: f32) -> bool {
    if this.lower || before.open {
        return true;
    }
    let full = before.right > reach - SETTINGS.max_label_white * (reach - before.left);
    // Under a heading the labels go on as they begin.
    let alone = next.is_none_or(|n| n.left < this.left - 2.0);
    full && alone && before.bold == this.bold && this.left >= before.left - 1.0
}

/// The distance of lines that parts rows, where lines come in two distances: within rows and between them.
fn pitch(rows: &[Row]) -> Option<f32> {
    let mut gaps: Vec<f32> = rows
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(b.base - a.base),
            _ => None,
        })
        .filter(|gap| *gap > 0.5)
        .collect();
    if gaps.len() < 4 {
        return None;
    }
    gaps.sort_by(f32::total_cmp);
    // The widest step between neighbouring distances, relative to the lesser.
    let mut best: Option<(f32, usize)> = None;
    for (at, pair) in gaps.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        if best.is_none_or(|(ratio, _)| b / a > ratio) {
            best = Some((b / a, at));
        }
    }
    let (ratio, at) = best?;
    let (below, above) = (at + 1, gaps.len() - at - 1);
    let (low, high) = (*gaps.get(at)?, *gaps.get(at + 1)?);
    // Wide gaps must be the usual distance of rows, not a few gaps between groups of rows.
    let usual = above * 2 >= below && above >= 2;
    (ratio > SETTINGS.min_pitch_ratio && usual && high < 4.0 * low).then_some((low + high) / 2.0)
}
