//! Finds gutters: upright stretches of white that the lines of a table leave free between columns.

use super::grid::{Column, Region};
use super::pieces::{Class, Piece, Row, area, chunks, row_runs};
use super::settings::SETTINGS;
use crate::model::geometry::cover;
use crate::table::words::is_bullet;

/// A stretch of white between columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ColumnGutter {
    pub from: f32,
    pub to: f32,
}

impl ColumnGutter {
    pub fn mid(&self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// The lines that show where columns are: those of several runs and, if any of these has a number, only those with a
/// number.
pub(crate) fn telling(pieces: &[Piece], rows: &[Row]) -> Vec<usize> {
    let several: Vec<usize> =
        (0..rows.len()).filter(|r| rows.get(*r).is_some_and(|r| row_runs(pieces, r).len() >= 2)).collect();
    let valued = |r: &usize| rows.get(*r).is_some_and(|row| values(pieces, row) > 0);
    let with: Vec<usize> = several.iter().copied().filter(valued).collect();
    let told = if with.len() >= 2 && with.len() * 3 >= several.len() { with } else { several };
    // Heads over several columns, such as years, have fewer runs than the lines below, so they are left out.
    let runs = |r: &usize| rows.get(*r).map_or(0, |r| chunks(pieces, r, SETTINGS.close_run_gap).len());
    let mut counts: Vec<usize> = told.iter().map(runs).collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let spanning = told.iter().take_while(|r| runs(r) * 2 < usual).count();
    told.get(spanning..).unwrap_or_default().to_vec()
}

/// How many runs of a line hold figures only. The first run is not counted.
pub(crate) fn values(pieces: &[Piece], row: &Row) -> usize {
    let runs = chunks(pieces, row, SETTINGS.close_run_gap);
    let figures = |run: &&super::pieces::Chunk<'_>| {
        let mut members = run.members.iter().filter_map(|i| pieces.get(*i));
        members.clone().any(Piece::is_value) && members.all(|p| p.is_value() || p.class == Class::Affix)
    };
    runs.iter().skip(1).filter(figures).count()
}

/// The gutters that lines leave free between two positions.
pub(crate) fn gutters(pieces: &[Piece], rows: &[&Row], from: f32, to: f32) -> Vec<ColumnGutter> {
    if rows.len() < 2 {
        return rows.first().map(|row| gaps(pieces, row, from, to)).unwrap_or_default();
    }
    // Where each word begins and ends, which gives the number of lines that cover each position.
    let mut events: Vec<(f32, i32)> = Vec::new();
    for row in rows {
        let mut end = f32::MIN;
        for piece in row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| inside(p, from, to)) {
            let start = piece.area.x0.max(end);
            if piece.area.x1 > start {
                events.push((start, 1));
                events.push((piece.area.x1, -1));
                end = piece.area.x1;
            }
        }
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let allowed = (rows.len() / 30) as i32;
    let mut candidates = free(&events, 0);
    if allowed > 0 {
        // A few lines of many may run across a gutter. But such a gutter is dropped where it contains one that all
        // lines leave free.
        for wide in free(&events, allowed) {
            if !candidates.iter().any(|c| c.from < wide.to && wide.from < c.to) {
                candidates.push(wide);
            }
        }
        candidates.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    candidates.retain(|g| parts(pieces, rows, g));
    candidates
}

fn inside(piece: &Piece, from: f32, to: f32) -> bool {
    piece.class != Class::Leader && (from..=to).contains(&piece.area.mid_x())
}

/// The stretches between the first and the last word that at most `allowed` lines cover.
fn free(events: &[(f32, i32)], allowed: i32) -> Vec<ColumnGutter> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut open: Option<f32> = None;
    for (at, step) in events {
        let before = depth;
        depth += step;
        if before > allowed && depth <= allowed {
            open = Some(*at);
        } else if before <= allowed
            && depth > allowed
            && let Some(from) = open.take()
            && *at > from
        {
            found.push(ColumnGutter { from, to: *at });
        }
    }
    found
}

/// Whether a stretch that lines leave free separates columns.
fn parts(pieces: &[Piece], rows: &[&Row], gutter: &ColumnGutter) -> bool {
    let width = gutter.to - gutter.from;
    let (mut both, mut numbers, mut thousands, mut fixed, mut left_text, mut size) = (0, 0, 0, 0, 0, 0.0f32);
    let mut rights: Vec<f32> = Vec::new();
    let mut lefts: Vec<f32> = Vec::new();
    for row in rows {
        let side = |right: bool| {
            let mut members =
                row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.class != Class::Leader);
            if right {
                members.find(|p| p.area.mid_x() > gutter.mid())
            } else {
                members.rfind(|p| p.area.mid_x() < gutter.mid())
            }
        };
        let (Some(left), Some(right)) = (side(false), side(true)) else { continue };
        both += 1;
        size = size.max(left.size.min(right.size));
        fixed += usize::from(left.fixed_pitch && right.fixed_pitch);
        if left.is_value() && right.is_value() {
            numbers += 1;
            let plain = |p: &Piece| p.text.bytes().all(|b| b.is_ascii_digit());
            thousands +=
                usize::from(plain(left) && plain(right) && right.text.len() == 3 && left.text.len() <= 3);
        }
        if left.class == Class::Text && right.is_value() {
            left_text += 1;
            rights.push(right.area.x1);
            lefts.push(right.area.x0);
        }
    }
    if both == 0 {
        // No line has words on both sides. Such columns take turns, line by line, and the gutter must be wide to be
        // sure.
        return width >= SETTINGS.min_lone_gutter * pieces.first().map_or(10.0, |p| p.size);
    }
    if thousands == numbers && numbers > 0 && numbers * 2 >= both {
        return width >= SETTINGS.min_gutter * size;
    }
    let wide = if fixed * 2 > both { SETTINGS.min_fixed_gutter } else { SETTINGS.min_gutter };
    let need = if both < 3 { wide * 1.5 } else { wide };
    if width >= need * size {
        return true;
    }
    if numbers >= 3 && numbers * 10 >= both * 6 && width >= SETTINGS.min_number_gutter * size {
        return true;
    }
    // Numbers that are set flush right, behind labels of any length.
    left_text >= 4
        && left_text * 10 >= both * 8
        && width >= SETTINGS.min_flush_gutter * size
        && spread(&rights) < SETTINGS.max_flush_spread * size
        && spread(&lefts) > 0.4 * size
}

fn spread(values: &[f32]) -> f32 {
    let least = values.iter().copied().fold(f32::MAX, f32::min);
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    if values.is_empty() { 0.0 } else { most - least }
}

/// The wide gaps of one line.
fn gaps(pieces: &[Piece], row: &Row, from: f32, to: f32) -> Vec<ColumnGutter> {
    let mut found = Vec::new();
    let mut end: Option<f32> = None;
    for piece in row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| inside(p, from, to)) {
        if let Some(end) = end.filter(|end| piece.area.x0 - end > SETTINGS.min_row_gap * piece.size) {
            found.push(ColumnGutter { from: end, to: piece.area.x0 });
        }
        end = Some(end.map_or(piece.area.x1, |e: f32| e.max(piece.area.x1)));
    }
    found
}

/// The columns. Upright lines separate them, and gutters do so as well where a drawn column holds several.
pub(crate) fn columns(pieces: &[Piece], lines: &[Row], region: &Region) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let drawn = region.xs.len().saturating_sub(1);
    let told = telling(pieces, lines);
    let told: Vec<&Row> = told.iter().filter_map(|r| lines.get(*r)).collect();
    for (index, pair) in region.xs.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let found = if drawn <= 1 {
            gutters(pieces, &told, *left, *right)
        } else {
            inner_gutters(pieces, lines, region, *left, *right)
        };
        let mut from = *left;
        for gutter in found {
            columns.push(Column { from, to: gutter.mid(), ink: (from, gutter.mid()), drawn: index });
            from = gutter.mid();
        }
        columns.push(Column { from, to: *right, ink: (from, *right), drawn: index });
    }
    labels_apart(pieces, lines, &told, &mut columns);
    merge_affixes(pieces, &told, &mut columns);
    merge_bullets(pieces, lines, &mut columns);
    ink(pieces, lines, &told, &mut columns);
    columns
}

/// Gutters within a drawn column. They count only where numbers stand beside numbers, or where few lines are drawn at
/// all.
fn inner_gutters(pieces: &[Piece], lines: &[Row], region: &Region, from: f32, to: f32) -> Vec<ColumnGutter> {
    let single = |p: &Piece| {
        let (x, y) = (p.area.mid_x(), p.area.mid_y());
        x > from && x < to && region.box_at(x, y).is_none_or(|b| b.col_end - b.col == 1)
    };
    let inner: Vec<Row> = lines
        .iter()
        .filter_map(|row| {
            let members: Vec<usize> =
                row.members.iter().copied().filter(|i| pieces.get(*i).is_some_and(single)).collect();
            let area = area(pieces, &members)?;
            Some(Row { members, area, base: row.base, size: row.size })
        })
        .collect();
    // Lines with at least two values show that the column holds several columns of figures.
    let doubled = |row: &&Row| {
        let values = row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.is_value()).count();
        values >= 2
    };
    let several: Vec<&Row> = inner.iter().filter(doubled).collect();
    let valued =
        inner.iter().filter(|r| r.members.iter().filter_map(|i| pieces.get(*i)).any(Piece::is_value)).count();
    if several.len() < 2 || several.len() * 10 < valued * 5 {
        // A column with few lines drawn in it may hold "label | number" on each line.
        let rows = region.ys.len().saturating_sub(1);
        let labelled: Vec<&Row> = inner.iter().filter(|r| row_runs(pieces, r).len() == 2).collect();
        if rows * 3 <= inner.len() && labelled.len() >= 3 && labelled.len() * 10 >= inner.len() * 6 {
            return gutters(pieces, &labelled, from, to);
        }
        return Vec::new();
    }
    gutters(pieces, &several, from, to)
}

/// This many lines of labels left of the figures of the first column are a column of their own. Two may be one heading.
const LABELS: usize = 3;

/// Separates the labels from the first column of figures, where labels of two lines stand above and below the line of
/// their figures, so that no printed line holds both.
fn labels_apart(pieces: &[Piece], lines: &[Row], told: &[&Row], columns: &mut Vec<Column>) {
    let Some(first) = columns.first().copied() else { return };
    let own = |row: &Row| -> Vec<usize> {
        let inside = |i: &usize| pieces.get(*i).is_some_and(|p| p.area.mid_x() < first.to && !p.turned);
        row.members.iter().copied().filter(inside).collect()
    };
    let told: Vec<usize> = told.iter().flat_map(|row| own(row)).collect();
    let figures = |i: &usize| pieces.get(*i).is_some_and(|p| p.is_value() || p.class == Class::Affix);
    let values: Vec<usize> = told.iter().copied().filter(figures).collect();
    let Some(ink) = area(pieces, &values).filter(|_| values.len() * 2 > told.len()) else { return };
    let (mut edge, mut labels, mut others) = (f32::MIN, 0, 0);
    for members in lines.iter().map(own).filter(|members| !members.is_empty()) {
        let Some(label) = area(pieces, &members).filter(|_| !members.iter().all(figures)) else { continue };
        if label.x1 + SETTINGS.min_number_gutter * label.height() < ink.x0 {
            (edge, labels) = (edge.max(label.x1), labels + 1);
        } else {
            others += 1;
        }
    }
    if labels >= LABELS && others <= labels {
        let to = (edge + ink.x0) / 2.0;
        columns.insert(0, Column { from: first.from, to, ink: (first.from, to), drawn: first.drawn });
        columns.get_mut(1).into_iter().for_each(|next| next.from = to);
    }
}

/// Joins to the column beside it a column that holds nothing but currency signs or the marks of notes.
fn merge_affixes(pieces: &[Piece], lines: &[&Row], columns: &mut Vec<Column>) {
    let mut at = 0;
    while columns.len() > 1 && at < columns.len() {
        let Some(column) = columns.get(at).copied() else { break };
        let members: Vec<&Piece> = lines
            .iter()
            .flat_map(|r| &r.members)
            .filter_map(|i| pieces.get(*i))
            .filter(|p| p.area.mid_x() > column.from && p.area.mid_x() < column.to)
            .collect();
        let affixes = !members.is_empty() && members.iter().all(|p| p.class == Class::Affix);
        let money = members.iter().all(|p| p.text.starts_with(['$', '£', '€']));
        let same = |other: Option<&Column>| other.is_some_and(|o| o.drawn == column.drawn);
        let before = at.checked_sub(1).and_then(|b| columns.get(b));
        if affixes && money && same(columns.get(at + 1)) {
            if let Some(next) = columns.get_mut(at + 1) {
                next.from = column.from;
            }
            columns.remove(at);
        } else if affixes && same(before) {
            if let Some(before) = columns.get_mut(at - 1) {
                before.to = column.to;
            }
            columns.remove(at);
        } else {
            at += 1;
        }
    }
}

/// A column of bullets belongs to the text that they lead.
fn merge_bullets(pieces: &[Piece], lines: &[Row], columns: &mut Vec<Column>) {
    let is_bullets = |column: &Column| {
        let inside = |p: &&Piece| p.area.mid_x() > column.from && p.area.mid_x() < column.to;
        let members = lines.iter().flat_map(|row| &row.members).filter_map(|i| pieces.get(*i));
        let texts: Vec<&str> = members.filter(inside).map(|p| p.text.as_str()).collect();
        let bullets = texts.iter().filter(|text| is_bullet(text)).count();
        bullets >= 2 && bullets * 2 >= texts.len()
    };
    let mut at = 0;
    while at + 1 < columns.len() {
        let from = columns.get(at).filter(|column| is_bullets(column)).map(|column| column.from);
        match from.zip(columns.get_mut(at + 1)) {
            Some((from, next)) => {
                next.from = from;
                columns.remove(at);
            }
            None => at += 1,
        }
    }
}

/// Where the words of each column stand, told from the lines of several runs.
fn ink(pieces: &[Piece], lines: &[Row], told: &[&Row], columns: &mut [Column]) {
    let body: Vec<&Row> = if told.is_empty() { lines.iter().collect() } else { told.to_vec() };
    for column in columns {
        let members = body.iter().flat_map(|r| &r.members).filter_map(|i| pieces.get(*i));
        let own = members.filter(|p| {
            p.class != Class::Leader && p.area.mid_x() > column.from && p.area.mid_x() < column.to
        });
        if let Some(area) = cover(own.map(|p| p.area)) {
            column.ink = (area.x0.max(column.from), area.x1.min(column.to));
        }
    }
}
