//! Puts printed lines together into rows: it decides which lines continue a cell, and which begin a row.

use super::grid::Column;
use super::pieces::{Piece, Row};
use super::settings::SETTINGS;
use crate::pack::pack;

/// What one printed line has in each column.
struct LineShape {
    /// For each column, whether it holds anything.
    filled: Vec<bool>,
    /// For each column, whether it holds numbers only.
    value: Vec<bool>,
    /// All of its runs begin with a small letter or a bracket.
    lower: bool,
    /// It has words, and all of those that begin a cell do so with a small letter or a bracket.
    lower_words: bool,
    /// Its last word needs a continuation.
    open: bool,
    bold: bool,
    /// Where it begins.
    left: f32,
    /// Where the run in its first column ends.
    right: f32,
    top: f32,
    bottom: f32,
}

impl LineShape {
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

/// The column that a piece stands in.
pub(crate) fn column_of(piece: &Piece, columns: &[Column]) -> usize {
    let x = piece.area.mid_x();
    columns.iter().position(|c| x < c.to).unwrap_or(columns.len().saturating_sub(1))
}

fn line(pieces: &[Piece], row: &Row, columns: &[Column]) -> LineShape {
    let mut filled = vec![false; columns.len()];
    let mut value = vec![false; columns.len()];
    let mut starts_lower = vec![true; columns.len()];
    let (mut words, mut lower_words) = (false, true);
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
            let word = !piece.is_value() && !affix;
            words |= word;
            lower_words &= piece.lower || !word;
        }
        *filled = true;
        bold &= piece.bold || affix;
        if col == 0 {
            right = piece.area.x1;
            open = leaves_open(&piece.text);
        }
    }
    let lower = filled.iter().zip(&starts_lower).all(|(f, l)| !f || *l);
    LineShape {
        filled,
        value,
        lower,
        lower_words: words && lower_words,
        open,
        bold,
        left: row.area.x0,
        right,
        top: row.area.y0,
        bottom: row.area.y1,
    }
}

fn leaves_open(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.ends_with([',', '-', '–', '&', '/', '(']) || pack().words.leaves_open.has(&lower)
}

/// Whether a band between two drawn lines holds several rows: at least two of its lines fill several columns, and
/// some column has numbers on two lines.
pub(crate) fn is_several(pieces: &[Piece], rows: &[Row], columns: &[Column]) -> bool {
    let lines: Vec<LineShape> = rows.iter().map(|r| line(pieces, r, columns)).collect();
    let broad = lines.iter().filter(|l| l.count() >= 2 && l.values() > 0).count();
    let stacked = (1..columns.len()).any(|c| {
        let values = lines.iter().filter(|l| l.value.get(c) == Some(&true)).count();
        let filled = lines.iter().filter(|l| l.filled.get(c) == Some(&true)).count();
        values >= 2 && values * 10 >= filled * 7
    });
    broad >= 2 && stacked
}

/// Groups printed lines into rows. Each row is a list of indices into `rows`.
pub(crate) fn group(pieces: &[Piece], rows: &[Row], columns: &[Column]) -> Vec<Vec<usize>> {
    let lines: Vec<LineShape> = rows.iter().map(|r| line(pieces, r, columns)).collect();
    let pitch = pitch(rows);
    let reach = lines.iter().map(|l| l.right).fold(f32::MIN, f32::max);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, this) in lines.iter().enumerate() {
        let Some(before) = at.checked_sub(1).and_then(|b| lines.get(b)) else {
            groups.push(vec![at]);
            continue;
        };
        let row = groups.last().map(Vec::as_slice).unwrap_or_default();
        let whole = RowShape::of(&lines, row);
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
            // Lines that overlap are cells of one row that are centred on each other.
            true
        } else if loose || apart {
            false
        } else if tight {
            // Lines that are closer than rows are one row, unless both have figures.
            !(whole.values > 0 && this.values() > 0)
        } else if this.values() > 0 && whole.values > 0 {
            false
        } else if whole.values == 0 && this.values() > 0 && this.lower_words && covers(this, &whole) {
            // Labels beside their figures may be broken over lines: "Total", "respondents   62".
            true
        } else if this.label_only() {
            label_goes_on(this, before, &whole)
        } else if this.filled.first() != Some(&true) && this.values() == 0 {
            // Words without a label continue the cells above them.
            whole.filled.iter().zip(&this.filled).all(|(w, t)| !t || *w)
        } else if whole.label_only && this.values() > 0 {
            // A label may be broken over lines, with its figures on the last line.
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

/// Whether a line fills every column that a row fills so far.
fn covers(line: &LineShape, row: &RowShape) -> bool {
    row.filled.iter().zip(&line.filled).all(|(above, here)| !above || *here)
}

/// What a row holds so far.
struct RowShape {
    filled: Vec<bool>,
    values: usize,
    label_only: bool,
}

impl RowShape {
    fn of(lines: &[LineShape], row: &[usize]) -> RowShape {
        let members = row.iter().filter_map(|i| lines.get(*i));
        let cols = lines.first().map_or(0, |l| l.filled.len());
        let filled: Vec<bool> =
            (0..cols).map(|c| members.clone().any(|l| l.filled.get(c) == Some(&true))).collect();
        RowShape {
            values: members.clone().map(LineShape::values).sum(),
            label_only: members.clone().all(LineShape::label_only),
            filled,
        }
    }
}

/// Whether a line with a label alone continues the label of the row above.
fn label_goes_on(this: &LineShape, before: &LineShape, whole: &RowShape) -> bool {
    if whole.label_only {
        // Two labels in a row without figures are one heading, broken over lines, or two headings.
        return this.lower || before.open;
    }
    this.lower || before.open && whole.filled.first() == Some(&true)
}

/// Whether a line with a label alone and the next, with a label and figures, hold one label.
fn label_breaks(before: &LineShape, this: &LineShape, next: Option<&LineShape>, reach: f32) -> bool {
    if this.lower || before.open {
        return true;
    }
    let full = before.right > reach - SETTINGS.max_label_white * (reach - before.left);
    // The labels below a heading are set in alike, so a line that begins where the next one does is a label of its
    // own.
    let alone = next.is_none_or(|n| n.left < this.left - 2.0);
    full && alone && before.bold == this.bold && this.left >= before.left - 1.0
}

/// The distance from which on two lines are two rows. There is one only where lines have two distances: one within
/// rows, and one between them.
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
    // The largest step between two neighbouring distances, relative to the smaller of them.
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
    // The larger distance must be usual, because a few wide gaps only separate groups of rows.
    let usual = above * 2 >= below && above >= 2;
    (ratio > SETTINGS.min_pitch_ratio && usual && high < 4.0 * low).then_some((low + high) / 2.0)
}
