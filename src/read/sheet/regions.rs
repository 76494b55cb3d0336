//! Finds tables that lie side by side in a sheet, with blank columns between them.

use crate::lex::kind::Kind;
use crate::model::sheet::Area;

use std::ops::Range;

/// A sheet is cut into at most this many regions.
const MOST: usize = 64;

/// Regions are cut again up to this depth.
const DEEPEST: usize = 4;

/// A stretch of blank columns is tried as a cut only where there are at most this many.
const MOST_GAPS: usize = 8;

/// The regions of a grid from left to right; the whole grid where nothing lies side by side.
pub fn regions(rows: &[Vec<String>]) -> Vec<Area> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let whole = Area { rows: 0..rows.len(), cols: 0..width };
    let areas = Cutter { rows }.cut(whole.clone(), 0);
    if areas.len() > MOST { vec![whole] } else { areas }
}

struct Cutter<'a> {
    rows: &'a [Vec<String>],
}

impl Cutter<'_> {
    fn cells<'b>(&'b self, area: &Area, row: usize) -> &'b [String] {
        let cells = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.get(area.cols.start.min(cells.len())..area.cols.end.min(cells.len())).unwrap_or_default()
    }

    fn is_blank(&self, area: &Area, row: usize) -> bool {
        self.cells(area, row).iter().all(String::is_empty)
    }

    fn cut(&self, area: Area, depth: usize) -> Vec<Area> {
        if depth == DEEPEST {
            return vec![area];
        }
        let blocks = self.blocks(&area);
        let areas = if blocks.len() > 1 { self.cut_blocks(&area, blocks, depth) } else { Vec::new() };
        if areas.len() > 1 {
            return areas;
        }
        let Some(gap) = self.gap(&area) else { return vec![area] };
        let left = self.trimmed(area.rows.clone(), area.cols.start..gap.start);
        let right = self.trimmed(area.rows, gap.end..area.cols.end);
        [left, right].into_iter().flat_map(|side| self.cut(side, depth + 1)).collect()
    }

    /// Cuts the blocks of an area. Consecutive blocks that are not cut stay one region, with the rows between them.
    fn cut_blocks(&self, area: &Area, blocks: Vec<Range<usize>>, depth: usize) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        let mut open = area.rows.start;
        let filled = |rows: Range<usize>| !rows.into_iter().all(|row| self.is_blank(area, row));
        for block in blocks {
            let parts = self.cut(Area { rows: block.clone(), cols: area.cols.clone() }, depth + 1);
            if parts.len() > 1 {
                if filled(open..block.start) {
                    areas.push(Area { rows: open..block.start, cols: area.cols.clone() });
                }
                areas.extend(parts);
                open = block.end;
            }
        }
        if filled(open..area.rows.end) {
            areas.push(Area { rows: open..area.rows.end, cols: area.cols.clone() });
        }
        areas
    }

    /// Runs of rows without a blank one.
    fn blocks(&self, area: &Area) -> Vec<Range<usize>> {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for row in area.rows.clone().filter(|row| !self.is_blank(area, *row)) {
            match blocks.last_mut() {
                Some(last) if last.end == row => last.end = row + 1,
                _ => blocks.push(row..row + 1),
            }
        }
        blocks
    }

    /// Trims blank rows at both ends.
    fn trimmed(&self, rows: Range<usize>, cols: Range<usize>) -> Area {
        let area = Area { rows: rows.clone(), cols };
        let filled = |row: &usize| !self.is_blank(&area, *row);
        let start = rows.clone().find(filled).unwrap_or(rows.end);
        let end = rows.clone().rev().find(filled).map_or(start, |row| row + 1);
        Area { rows: start..end, ..area }
    }

    /// The first run of blank columns that has a table on either side.
    fn gap(&self, area: &Area) -> Option<Range<usize>> {
        let mut filled = vec![false; area.cols.len()];
        for row in area.rows.clone() {
            for (flag, cell) in filled.iter_mut().zip(self.cells(area, row)) {
                *flag |= !cell.is_empty();
            }
        }
        let mut gaps: Vec<Range<usize>> = Vec::new();
        let first = filled.iter().position(|f| *f)?;
        let last = filled.iter().rposition(|f| *f)?;
        for at in (first..last).filter(|at| filled.get(*at) == Some(&false)) {
            let col = area.cols.start + at;
            match gaps.last_mut() {
                Some(gap) if gap.end == col => gap.end = col + 1,
                _ => gaps.push(col..col + 1),
            }
        }
        if gaps.len() > MOST_GAPS {
            return None;
        }
        let is_table = |cols: Range<usize>| self.is_table(&Area { rows: area.rows.clone(), cols });
        gaps.into_iter().find(|gap| is_table(area.cols.start..gap.start) && is_table(gap.end..area.cols.end))
    }

    /// Whether most rows with numbers have a label to their left.
    fn is_table(&self, area: &Area) -> bool {
        let (mut numbered, mut labelled) = (0, 0);
        for row in area.rows.clone() {
            let mut filled = self.cells(area, row).iter().filter(|cell| !cell.is_empty());
            let Some(first) = filled.next() else { continue };
            let numbers = filled.any(|cell| Kind::of(cell).is_value());
            numbered += usize::from(numbers || Kind::of(first).is_value());
            labelled += usize::from(numbers && !Kind::of(first).is_value());
        }
        labelled >= 2 && labelled * 2 >= numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(rows: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.split(',').map(str::to_owned).collect()).collect();
        regions(&rows).into_iter().map(|area| (area.rows, area.cols)).collect()
    }

    #[test]
    fn tables_side_by_side_are_cut() {
        let rows = ["Cases", ",,,", "Team,A,,Ward,B", "N,1,,E,3", "S,2,,W,4", ",,,F,5"];
        assert_eq!(areas(&rows), [(0..2, 0..5), (2..5, 0..2), (2..6, 3..5)]);
    }

    #[test]
    fn a_spacer_in_a_table_is_no_cut() {
        let rows = ["Team,A,,B", "N,1,,3", "S,2,,4", ",,,", "Team,A,,B", "N,1,,3"];
        assert_eq!(areas(&rows), [(0..6, 0..4)]);
    }
}
