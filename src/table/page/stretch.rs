//! Finds printed lines below each other that share gutters.

use super::columns::values;
use super::pieces::{Chunk, Class, Piece, Row, row_runs};
use super::settings::SETTINGS;

/// The end of the lines from `start` on that share gutters.
pub(crate) fn stretch(pieces: &[Piece], lines: &[Row], start: usize) -> Option<usize> {
    let first = lines.get(start)?;
    let mut white = gaps(pieces, first);
    if white.is_empty() {
        return None;
    }
    let mut end = start + 1;
    let mut single = 0;
    let mut last = first.base;
    let mut above = row_runs(pieces, first);
    for (at, row) in lines.iter().enumerate().skip(start + 1) {
        let size = row.size;
        let step = row.base - last;
        if step > SETTINGS.max_line_step * size.max(first.size) {
            break;
        }
        // Heads that follow a gap begin another table.
        let pitch = (last - first.base) / (at - start - 1).max(1) as f32;
        if at > start + 3
            && step > SETTINGS.max_pitch * pitch
            && values(pieces, row) == 0
            && is_head(pieces, lines, at)
        {
            break;
        }
        let runs = row_runs(pieces, row);
        let cut = cut(pieces, &white, row);
        if runs.len() >= 2
            && cut.iter().any(|w| w.1 - w.0 > SETTINGS.min_shared_white * size && splits(w, row))
        {
            white = cut;
            end = at + 1;
            single = 0;
            above = runs;
        } else if goes_on(&runs, &above, size) && step < SETTINGS.max_wrapped_step * size {
            last = row.base;
            continue;
        } else if runs.len() == 1 && single < 2 && is_label(row, &white) {
            single += 1;
        } else {
            break;
        }
        last = row.base;
    }
    (end > start + 1).then_some(end)
}

/// Whether a line without figures stands right above a line of several runs or of figures.
fn is_head(pieces: &[Piece], lines: &[Row], at: usize) -> bool {
    let (Some(row), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    let several = row_runs(pieces, row).len() >= 2;
    let over = row
        .members
        .first()
        .and_then(|i| pieces.get(*i))
        .is_some_and(|p| p.area.x0 > next.area.x0 + 2.0 * p.size);
    several || over
}

/// Whether a lone run continues a cell of the line above: it begins below one of that line's runs and ends before the
/// next.
fn goes_on(runs: &[Chunk], above: &[Chunk], size: f32) -> bool {
    let [run] = runs else { return false };
    let Some(at) = above.iter().position(|a| (a.area.x0 - run.area.x0).abs() < 0.3 * size) else {
        return false;
    };
    above.get(at + 1).is_none_or(|next| run.area.x1 <= next.area.x0 - SETTINGS.min_shared_white * size)
}

/// Whether words of the line stand on both sides of a gap.
fn splits(white: &(f32, f32), row: &Row) -> bool {
    row.area.x0 < white.0 + 1.0 && white.1 - 1.0 < row.area.x1
}

/// Whether a lone run can stand among the lines of a table, because it is no line of running text.
fn is_label(row: &Row, white: &[(f32, f32)]) -> bool {
    let reach = white.iter().map(|w| w.1).fold(f32::MIN, f32::max);
    let from = white.iter().map(|w| w.0).fold(f32::MAX, f32::min);
    let short = row.members.len() <= 9;
    // A label keeps to one side, or is a short text in the middle.
    short && (row.area.x1 <= reach + 2.0 || row.area.x0 >= from - 2.0)
}

/// The wide gaps of a line, and the space at both of its ends.
fn gaps(pieces: &[Piece], row: &Row) -> Vec<(f32, f32)> {
    let runs = row_runs(pieces, row);
    runs.windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some((a.area.x1, b.area.x0)),
            _ => None,
        })
        .collect()
}

/// The part of some gaps that a line leaves free.
fn cut(pieces: &[Piece], white: &[(f32, f32)], row: &Row) -> Vec<(f32, f32)> {
    let mut left = white.to_vec();
    for piece in row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.class != Class::Leader) {
        let (x0, x1) = (piece.area.x0, piece.area.x1);
        let apart = |(a, b): (f32, f32)| x1 <= a || b <= x0;
        if !left.iter().all(|white| apart(*white)) {
            left = left
                .into_iter()
                .flat_map(|(a, b)| {
                    let halves =
                        if apart((a, b)) { [Some((a, b)), None] } else { [Some((a, x0)), Some((x1, b))] };
                    halves.into_iter().flatten()
                })
                .collect();
        }
        left.retain(|(a, b)| b - a > 2.0);
    }
    left
}
