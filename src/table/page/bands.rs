//! Finds the printed lines between level lines, and which of them are heads.

use super::grid::{Column, Region};
use super::pieces::{Class, Piece, Row, chunks, rows};
use super::rows::column_of;
use super::settings::SETTINGS;

/// The printed lines between each pair of level lines.
pub(crate) fn bands(pieces: &[Piece], members: &[usize], region: &Region) -> Vec<Vec<Row>> {
    let count = region.ys.len().saturating_sub(1);
    let mut by_band: Vec<Vec<usize>> = vec![Vec::new(); count];
    for index in members {
        let Some(piece) = pieces.get(*index) else { continue };
        let y = if piece.turned { piece.area.mid_y() } else { piece.base - 0.3 * piece.size };
        let band = region.ys.partition_point(|at| *at <= y).saturating_sub(1).min(count.saturating_sub(1));
        if let Some(band) = by_band.get_mut(band) {
            band.push(*index);
        }
    }
    by_band.into_iter().map(|members| rows(pieces, members)).collect()
}

/// How many bands at the top are heads. These are bands without figures above one with figures.
pub(crate) fn head_bands(pieces: &[Piece], bands: &[Vec<Row>], columns: &[Column], region: &Region) -> usize {
    let figures = |lines: &Vec<Row>| {
        if region.xs.len() > 2 {
            column_of_figures(pieces, lines, columns) || row_under_heads(pieces, lines, columns)
        } else {
            lines.iter().any(|r| has_figures(pieces, r, columns))
        }
    };
    let Some(first) = bands.iter().position(figures) else {
        // Without any figures, a single band of a few lines is a head without its body. Otherwise the first band is
        // the head, if lines separate it from the others.
        if bands.len() == 1 && bands.first().is_some_and(|b| b.len() <= 4) {
            return 1;
        }
        return usize::from(bands.len() > 1 && bands.first().is_some_and(|b| !b.is_empty() && b.len() <= 4));
    };
    if first == 0 {
        // The band over the others may number its columns: "1 2 3", "1.0 1.1".
        let few = bands.first().map_or(0, Vec::len);
        let many = bands.get(1).map_or(0, Vec::len);
        return usize::from(region.xs.len() <= 2 && bands.len() >= 2 && few <= 3 && many > 3);
    }
    // A band with a label alone that follows the heads is a row of the body.
    let label = |lines: &Vec<Row>| {
        lines
            .iter()
            .flat_map(|r| &r.members)
            .filter_map(|i| pieces.get(*i))
            .all(|p| column_of(p, columns) == 0)
    };
    let labels = bands.get(1..first).unwrap_or_default().iter().rev().take_while(|b| label(b)).count();
    first - labels
}

/// Whether a column of a band, right of the first one, holds figures only.
fn column_of_figures(pieces: &[Piece], lines: &[Row], columns: &[Column]) -> bool {
    let members = || lines.iter().flat_map(|r| &r.members).filter_map(|i| pieces.get(*i));
    (1..columns.len()).any(|col| {
        let own = || members().filter(|p| column_of(p, columns) == col);
        own().any(|p| p.is_figure()) && own().all(|p| p.is_value() || p.class == Class::Affix)
    })
}

/// Whether a row follows the heads in their own band, as where no line is drawn under the heads: below the first line, a
/// line has several figures, one of which is no whole number. Heads that are numbers are whole: ages, days, classes.
fn row_under_heads(pieces: &[Piece], lines: &[Row], columns: &[Column]) -> bool {
    lines.iter().skip(1).any(|line| {
        let figures = || line.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.is_figure());
        let measured = figures().any(|p| p.text.contains(['%', '.']));
        measured && figures().count() > 1 && has_figures(pieces, line, columns)
    })
}

/// Whether a line has a figure, other than a year, right of its first column.
pub(crate) fn has_figures(pieces: &[Piece], row: &Row, columns: &[Column]) -> bool {
    // A head may be "2019", "Day 1" or "5 to 10", so a figure has to be a run by itself.
    chunks(pieces, row, SETTINGS.close_run_gap).iter().any(|run| {
        let members = || run.members.iter().filter_map(|i| pieces.get(*i));
        let figures = members().all(|p| p.is_value() || p.class == Class::Affix);
        let right = members().any(|p| p.is_figure() && column_of(p, columns) > 0);
        figures && right
    })
}
