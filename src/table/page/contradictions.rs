//! Finds where a table as read contradicts its page. Figures in such places are in doubt, and a diagnostic says so.

use super::grid::{Grid, GridCell, Region};
use super::pieces::{Chunk, Class, Piece, area, row_runs, rows};
use super::settings::SETTINGS;
use crate::model::geometry::Rect;

/// A contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The row and column of the cell in doubt; `None` where it is the whole table.
    pub cell: Option<(usize, usize)>,
    /// What is wrong, in words.
    pub why: &'static str,
    /// The text that it is about.
    pub text: String,
}

/// The contradictions of a grid. `members` are the pieces that stand in its area.
pub(crate) fn contradictions(
    pieces: &[Piece],
    grid: &Grid,
    members: &[usize],
    region: &Region,
) -> Vec<Contradiction> {
    let mut found = overlapping(pieces, grid);
    for cell in &grid.cells {
        let own = || cell.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.class == Class::Number);
        let why = if own().any(|p| p.clash) {
            "characters of its number stand over each other"
        } else if own().any(|p| crosses(p, region)) {
            "its number runs over a line"
        } else if is_broken(pieces, cell) {
            "its number is in pieces"
        } else {
            continue;
        };
        found.push(Contradiction { cell: Some((cell.row, cell.col)), why, text: text(pieces, cell) });
    }
    found.extend(left_out(pieces, grid, members));
    found.extend(off_line(pieces, grid));
    found
}

/// Whether a number begins in one drawn cell and ends in another.
fn crosses(piece: &Piece, region: &Region) -> bool {
    let at = |x: f32| region.box_at(x, piece.area.mid_y());
    region.xs.len() > 2 && at(piece.area.x0 + 1.0) != at(piece.area.x1 - 1.0)
}

/// Whether digits are closer to the digits before them than words are, although they are no group of thousands.
fn is_broken(pieces: &[Piece], cell: &GridCell) -> bool {
    let digits = |p: &&Piece| !p.mark && !p.text.is_empty() && p.text.bytes().all(|b| b.is_ascii_digit());
    let own: Vec<&Piece> = cell.members.iter().filter_map(|i| pieces.get(*i)).filter(digits).collect();
    own.windows(2).any(|pair| match pair {
        [a, b] => {
            let gap = b.area.x0 - a.area.x1;
            let level = (a.base - b.base).abs() < 0.2 * a.size;
            level && gap > 0.0 && gap < 0.5 * a.size && !(b.text.len() == 3 && a.text.len() <= 3)
        }
        _ => false,
    })
}

/// Cells whose words overlap.
fn overlapping(pieces: &[Piece], grid: &Grid) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for pair in grid.cells.windows(2) {
        let [left, right] = pair else { continue };
        if left.row != right.row {
            continue;
        }
        let over = words(pieces, left).any(|a| {
            words(pieces, right)
                .any(|b| a.meet(b).area() > SETTINGS.max_shared_area * a.area().min(b.area()).max(0.1))
        });
        if over {
            for cell in [left, right] {
                found.push(Contradiction {
                    cell: Some((cell.row, cell.col)),
                    why: "its words stand over those of the cell beside it",
                    text: text(pieces, cell),
                });
            }
        }
    }
    found
}

/// The text of a cell.
pub(crate) fn text(pieces: &[Piece], cell: &GridCell) -> String {
    let words: Vec<&str> =
        cell.members.iter().filter_map(|i| pieces.get(*i)).map(|p| p.text.as_str()).collect();
    words.join(" ")
}

fn words<'a>(pieces: &'a [Piece], cell: &'a GridCell) -> impl Iterator<Item = Rect> + 'a {
    let upright = cell.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| !p.mark && !p.turned);
    // Ascents and descents are left out, because lines that are set close share them.
    upright.map(|p| Rect::new(p.area.x0, p.base - 0.6 * p.size, p.area.x1, p.base))
}

/// Numbers between the first and the last row that are in no cell.
fn left_out(pieces: &[Piece], grid: &Grid, members: &[usize]) -> Vec<Contradiction> {
    let mut taken: Vec<usize> = grid.cells.iter().flat_map(|c| c.members.iter().copied()).collect();
    taken.sort_unstable();
    let Some(area) = area(pieces, &taken) else { return Vec::new() };
    let lost: Vec<&str> = members
        .iter()
        .filter(|i| taken.binary_search(i).is_err())
        .filter_map(|i| pieces.get(*i))
        .filter(|p| p.class == Class::Number && area.holds_mid(p.area))
        .map(|p| p.text.as_str())
        .collect();
    if lost.is_empty() {
        return Vec::new();
    }
    vec![Contradiction {
        cell: None,
        why: "numbers among its rows are in none of its cells",
        text: lost.join(", "),
    }]
}

/// A number alone beside a table, on the same line as one of its rows. `free` are the pieces that no table has taken.
pub(crate) fn beside(pieces: &[Piece], free: &[usize], table: Rect) -> Option<Contradiction> {
    let level =
        |i: &&usize| pieces.get(**i).is_some_and(|p| table.y0 < p.area.mid_y() && p.area.mid_y() < table.y1);
    let lines = rows(pieces, free.iter().filter(level).copied());
    let runs = lines.iter().flat_map(|line| row_runs(pieces, line));
    let near = |run: &Chunk<'_>, size: f32| {
        let gap = (run.area.x0 - table.x1).max(table.x0 - run.area.x1);
        gap > -1.0 && gap < SETTINGS.max_beside * size
    };
    let alone: Vec<&str> = runs
        .filter_map(|run| match run.members {
            [only] => pieces.get(*only).filter(|p| p.class == Class::Number && near(&run, p.size)),
            _ => None,
        })
        .map(|p| p.text.as_str())
        .collect();
    // Many such numbers are the numbers of lines, or those of a chart.
    let few = !alone.is_empty() && alone.len() <= 2;
    few.then(|| Contradiction {
        cell: None,
        why: "numbers beside its rows are in none of its cells",
        text: alone.join(", "),
    })
}

/// Numbers that begin and end elsewhere than the other numbers of their column.
fn off_line(pieces: &[Piece], grid: &Grid) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for col in 1..grid.cols {
        let numbers: Vec<(usize, Rect, f32)> = grid
            .cells
            .iter()
            .filter(|c| c.col == col && c.col_span == 1 && c.row >= grid.header_rows.unwrap_or(1))
            .filter_map(|c| match c.members.as_slice() {
                [only] => {
                    pieces.get(*only).filter(|p| p.class == Class::Number).map(|p| (c.row, p.area, p.size))
                }
                _ => None,
            })
            .collect();
        if numbers.len() < 5 {
            continue;
        }
        let away = |at: &dyn Fn(&Rect) -> f32| -> Vec<bool> {
            let mut all: Vec<f32> = numbers.iter().map(|(_, area, _)| at(area)).collect();
            all.sort_by(f32::total_cmp);
            let middle = all.get(all.len() / 2).copied().unwrap_or(0.0);
            numbers
                .iter()
                .map(|(_, area, size)| (at(area) - middle).abs() > SETTINGS.max_off_line * size)
                .collect()
        };
        let (left, mid, right) = (away(&|r| r.x0), away(&|r| r.mid_x()), away(&|r| r.x1));
        let off: Vec<usize> = numbers
            .iter()
            .zip(left.iter().zip(&mid).zip(&right))
            .filter(|(_, ((l, m), r))| **l && **m && **r)
            .map(|((row, ..), _)| *row)
            .collect();
        // Where many numbers are off the line, the column has no such line.
        if off.len() * 5 > numbers.len() {
            continue;
        }
        for row in off {
            let cell = grid.cells.iter().find(|c| c.row == row && c.col == col);
            found.push(Contradiction {
                cell: Some((row, col)),
                why: "its number stands off the line of its column's numbers",
                text: cell.map_or(String::new(), |c| text(pieces, c)),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of ten-point type: text, left end, base; numbers by their first character.
    fn pieces(words: &[(&str, f32, f32)]) -> Vec<Piece> {
        let piece = |(word, (text, x, base)): (usize, &(&str, f32, f32))| Piece {
            word,
            area: Rect::new(*x, base - 8.0, x + 5.0 * text.len() as f32, base + 2.0),
            base: *base,
            size: 10.0,
            class: if text.starts_with(|c: char| c.is_ascii_digit()) { Class::Number } else { Class::Text },
            lower: false,
            bold: false,
            fixed_pitch: false,
            mark: false,
            turned: false,
            clash: false,
            text: (*text).to_owned(),
        };
        words.iter().enumerate().map(piece).collect()
    }

    /// Six rows of a label and a number, the number of one row moved.
    fn column(moved: f32) -> (Vec<Piece>, Grid) {
        let rows = 0..6usize;
        let words: Vec<(&str, f32, f32)> = rows
            .clone()
            .flat_map(|row| {
                let base = 20.0 * row as f32 + 20.0;
                [("Repairs", 0.0, base), ("125", 100.0 + if row == 3 { moved } else { 0.0 }, base)]
            })
            .collect();
        let cell = |row: usize, col: usize| GridCell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            members: vec![row * 2 + col],
        };
        let cells = rows.flat_map(|row| [cell(row, 0), cell(row, 1)]).collect();
        (pieces(&words), Grid { rows: 6, cols: 2, header_rows: Some(0), cells })
    }

    /// A region in which nothing is drawn.
    fn plain() -> Region {
        let area = Rect::new(0.0, 0.0, 200.0, 140.0);
        let (xs, ys) = (vec![area.x0, area.x1], vec![area.y0, area.y1]);
        Region { area, xs, ys, boxes: Vec::new(), underlines: Vec::new(), captioned: false }
    }

    #[test]
    fn a_number_off_the_line_of_its_column_is_in_doubt() {
        let all: Vec<usize> = (0..12).collect();
        let (sound, grid) = column(0.0);
        assert_eq!(contradictions(&sound, &grid, &all, &plain()), []);
        let (moved, grid) = column(60.0);
        let found = contradictions(&moved, &grid, &all, &plain());
        assert_eq!(found.iter().map(|d| d.cell).collect::<Vec<_>>(), [Some((3, 1))]);
    }

    #[test]
    fn a_cell_over_its_neighbour_is_in_doubt() {
        let (over, grid) = column(-85.0);
        let cells: Vec<_> = overlapping(&over, &grid).iter().map(|d| d.cell).collect();
        assert_eq!(cells, [Some((3, 0)), Some((3, 1))]);
    }

    #[test]
    fn a_number_in_no_cell_is_told() {
        let all: Vec<usize> = (0..12).collect();
        let (page, mut grid) = column(0.0);
        grid.cells.retain(|c| (c.row, c.col) != (2, 1));
        let found = contradictions(&page, &grid, &all, &plain());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|d| d.cell.is_none() && d.text == "125"), "{found:?}");
    }
}
