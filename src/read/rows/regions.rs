//! Finds tables that lie side by side in a sheet, with blank columns between them.

use crate::lex::CellKind;
use crate::model::sheet::Area;

use std::ops::Range;

/// A sheet is cut into at most this many regions: a budget of twenty funds beside each other has them year by year.
const MOST: usize = 1024;

/// Regions are cut again up to this depth.
const DEEPEST: usize = 4;

/// Stretches of blank columns are tried as cuts only where there are at most this many.
const MOST_GAPS: usize = 64;

/// The regions of a grid from left to right; the whole grid where nothing lies side by side.
pub fn regions(rows: &[Vec<String>]) -> Vec<Area> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let whole = Area { rows: 0..rows.len(), cols: 0..width };
    let areas = RegionCutter { rows }.cut(whole.clone(), 0);
    if areas.len() > MOST { vec![whole] } else { areas }
}

struct RegionCutter<'a> {
    rows: &'a [Vec<String>],
}

impl RegionCutter<'_> {
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
        let sides = self.sides(&area);
        if sides.len() < 2 {
            return vec![area];
        }
        let trimmed = sides.into_iter().map(|cols| self.trimmed(area.rows.clone(), cols));
        trimmed.flat_map(|side| self.cut(side, depth + 1)).collect()
    }

    /// Cuts the blocks of an area. Consecutive blocks that are not cut stay one region, with the rows between them.
    fn cut_blocks(&self, area: &Area, blocks: Vec<Range<usize>>, depth: usize) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        let mut open = area.rows.start;
        let filled = |rows: Range<usize>| !rows.into_iter().all(|row| self.is_blank(area, row));
        for block in blocks {
            let mut parts = self.cut(Area { rows: block.clone(), cols: area.cols.clone() }, depth + 1);
            if parts.len() > 1 {
                if !self.entitle(&mut parts, open..block.start) && filled(open..block.start) {
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

    /// Adds the rows above tables that lie side by side to them, where at least two have texts of their own there and
    /// nothing stands between; says whether it did.
    fn entitle(&self, parts: &mut [Area], above: Range<usize>) -> bool {
        let filled = |row: usize, cols: Range<usize>| {
            let cells = self.cells(&Area { rows: row..row + 1, cols }, row);
            cells.iter().filter(|cell| !cell.is_empty()).count()
        };
        let top = parts.iter().map(|part| part.rows.start).min().unwrap_or(0);
        let all: usize = above.clone().map(|row| filled(row, 0..usize::MAX)).sum();
        let first = |part: &Area| {
            let mut rows = above.clone().filter(|_| part.rows.start == top);
            rows.find(|row| filled(*row, part.cols.clone()) > 0)
        };
        let starts: Vec<Option<usize>> = parts.iter().map(first).collect();
        let over = parts.iter().zip(&starts).filter(|(_, start)| start.is_some());
        let own: usize = over
            .clone()
            .map(|(part, _)| above.clone().map(|row| filled(row, part.cols.clone())).sum::<usize>())
            .sum();
        if over.count() < 2 || own != all {
            return false;
        }
        for (part, start) in parts.iter_mut().zip(starts) {
            part.rows.start = start.unwrap_or(part.rows.start);
        }
        true
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

    /// The columns of the tables that lie side by side: cut at each stretch of blank ones with a table on either side.
    fn sides(&self, area: &Area) -> Vec<Range<usize>> {
        let gaps = self.gaps(area);
        let is_table = |cols: Range<usize>| self.is_table(&Area { rows: area.rows.clone(), cols });
        let (mut sides, mut start) = (Vec::new(), area.cols.start);
        for gap in if gaps.len() > MOST_GAPS { Vec::new() } else { gaps } {
            if is_table(start..gap.start) && is_table(gap.end..area.cols.end) {
                sides.push(start..gap.start);
                start = gap.end;
            }
        }
        sides.push(start..area.cols.end);
        sides
    }

    /// Stretches of blank columns between filled ones.
    fn gaps(&self, area: &Area) -> Vec<Range<usize>> {
        let mut filled = vec![false; area.cols.len()];
        for row in area.rows.clone() {
            for (flag, cell) in filled.iter_mut().zip(self.cells(area, row)) {
                *flag |= !cell.is_empty();
            }
        }
        let mut gaps: Vec<Range<usize>> = Vec::new();
        let first = filled.iter().position(|f| *f).unwrap_or(0);
        let last = filled.iter().rposition(|f| *f).unwrap_or(0);
        for at in (first..last).filter(|at| filled.get(*at) == Some(&false)) {
            let col = area.cols.start + at;
            match gaps.last_mut() {
                Some(gap) if gap.end == col => gap.end = col + 1,
                _ => gaps.push(col..col + 1),
            }
        }
        gaps
    }

    /// Whether most rows with numbers have a label in front of them, which may itself have a number: "3 Parks".
    fn is_table(&self, area: &Area) -> bool {
        let (mut numbered, mut labelled) = (0, 0);
        for row in area.rows.clone() {
            let mut filled = self.cells(area, row).iter().filter(|cell| !cell.is_empty());
            let is_value = |cell: &&String| CellKind::of(cell).is_value();
            let Some(first) = filled.next() else { continue };
            let second = filled.next();
            let label = [Some(first), second].into_iter().flatten().any(|cell| !is_value(&cell));
            let numbers = second.iter().any(is_value) || filled.any(|cell| is_value(&cell));
            numbered += usize::from(numbers || is_value(&first));
            labelled += usize::from(numbers && label);
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
    fn tables_side_by_side_have_the_titles_above_them() {
        let rows = ["Cases,,,Staff,", ",,,,", "Team,A,,Ward,B", "N,1,,E,3", "S,2,,W,4"];
        assert_eq!(areas(&rows), [(0..5, 0..2), (0..5, 3..5)]);
    }

    #[test]
    fn a_spacer_in_a_table_is_no_cut() {
        let rows = ["Team,A,,B", "N,1,,3", "S,2,,4", ",,,", "Team,A,,B", "N,1,,3"];
        assert_eq!(areas(&rows), [(0..6, 0..4)]);
    }
}
