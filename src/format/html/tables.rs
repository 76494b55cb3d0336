//! The tables of a page, and its lists of terms that are tables.

use super::roles;
use super::tree::{Data, Id};
use super::walk::Walk;
use crate::format::flow::{Cell, Grid, Inline};

/// Longer texts are not read as terms or values.
const LONGEST: usize = 120;
/// As in browsers.
const MOST_COL_SPAN: usize = 1_000;
const MOST_ROW_SPAN: usize = 65_534;

/// A table, and the caption of a figure that is its.
pub(super) fn grid(walk: &mut Walk, table: Id) -> (Grid, Option<Id>) {
    let tree = walk.tree;
    let mut grid = Grid::default();
    let mut groups: [Vec<(Id, usize)>; 3] = Default::default();
    let mut bodies = 0;
    let parts: Vec<Id> = tree.children(table).collect();
    for part in parts {
        if tree.get(part).is_none() || roles::is_hidden(tree, part) {
            continue;
        }
        let (group, rows): (usize, Vec<Id>) = match tree.name(part) {
            "caption" => {
                grid.caption = Some(plain(walk, part));
                continue;
            }
            "thead" => (0, tree.children(part).collect()),
            "tbody" => (1, tree.children(part).collect()),
            "tfoot" => (2, tree.children(part).collect()),
            "tr" => (1, vec![part]),
            _ => continue,
        };
        bodies += 1;
        let rows = rows.into_iter().filter(|row| tree.name(*row) == "tr" && !roles::is_hidden(tree, *row));
        if let Some(to) = groups.get_mut(group) {
            to.extend(rows.map(|row| (row, bodies)));
        }
    }
    let [head, body, foot] = groups;
    let head_rows = head.len();
    let all: Vec<(Id, usize)> = head.into_iter().chain(body).chain(foot).collect();
    // Where the group of each row ends.
    let mut ends = vec![0; all.len()];
    for at in (0..all.len()).rev() {
        let next = at + 1;
        let same = all.get(at).map(|r| r.1) == all.get(next).map(|r| r.1);
        let end = if same { ends.get(next).copied().unwrap_or(next) } else { next };
        ends.get_mut(at).into_iter().for_each(|e| *e = end);
    }
    for (at, (row, _)) in all.iter().enumerate() {
        let left = ends.get(at).copied().unwrap_or(at + 1) - at;
        let cells = tree.children(*row).filter(|c| matches!(tree.name(*c), "td" | "th")).collect::<Vec<_>>();
        let cells = cells.into_iter().filter(|c| !roles::is_hidden(tree, *c));
        grid.rows.push(cells.map(|id| cell(walk, id, left)).collect());
    }
    // A body without heads of its own may stand in the head.
    let headed = |row: &Vec<Cell>| row.iter().any(|cell| cell.header || cell.text.is_empty());
    let numbered = |row: &Vec<Cell>| row.iter().filter(|c| is_value(&c.text)).count() * 2 > row.len();
    let sound = grid.rows.iter().take(head_rows).take_while(|row| headed(row) || !numbered(row)).count();
    grid.head_rows = if head_rows == grid.rows.len() { 0 } else { sound };
    let mut used = None;
    if grid.caption.as_deref().is_none_or(str::is_empty) {
        let figure = tree.get(table).and_then(|node| node.parent).filter(|p| tree.name(*p) == "figure");
        used = figure.and_then(|figure| tree.children(figure).find(|c| tree.name(*c) == "figcaption"));
        grid.caption = match used {
            Some(caption) => Some(plain(walk, caption)),
            None => tree.attr(table, "aria-label").map(str::to_owned),
        };
    }
    (grid, used)
}

fn cell(walk: &mut Walk, id: Id, left: usize) -> Cell {
    let tree = walk.tree;
    let span = |name: &str| tree.attr(id, name).and_then(|v| v.trim().parse::<usize>().ok());
    let row_span = match span("rowspan") {
        Some(0) => left,
        Some(rows) => rows.min(MOST_ROW_SPAN).min(left),
        None => 1,
    };
    let col_span = span("colspan").filter(|cols| *cols > 0).unwrap_or(1).min(MOST_COL_SPAN);
    Cell { text: plain(walk, id), row_span, col_span, header: tree.name(id) == "th" }
}

enum Step {
    Enter(Id),
    Space,
    Lower,
}

/// The text of an element on one line; tables in it are kept for later.
pub(super) fn plain(walk: &mut Walk, root: Id) -> String {
    let tree = walk.tree;
    let (mut text, mut raised, mut pictures) = (Inline::default(), 0usize, Vec::new());
    let mut steps: Vec<Step> = tree.children_back(root).map(Step::Enter).collect();
    while let Some(step) = steps.pop() {
        let id = match step {
            Step::Enter(id) => id,
            Step::Space => {
                text.space();
                continue;
            }
            Step::Lower => {
                raised -= 1;
                continue;
            }
        };
        if let Some(Data::Text(own)) = tree.get(id).map(|node| &node.data) {
            if raised > 0 {
                text.push_raised(own)
            } else {
                text.push(own)
            }
            continue;
        }
        if walk.leaves_out(id) {
            continue;
        }
        let name = tree.name(id);
        match name {
            "table" if walk.is_data(id) => {
                walk.later.push(id);
                continue;
            }
            "img" => pictures.extend(tree.attr(id, "alt")),
            "svg" => continue,
            "br" => text.space(),
            "sup" => {
                raised += 1;
                steps.push(Step::Lower);
            }
            _ if roles::is_block(name) => {
                text.space();
                steps.push(Step::Space);
            }
            _ => {}
        }
        steps.extend(tree.children_back(id).map(Step::Enter));
    }
    if text.is_blank() {
        pictures.iter().for_each(|alt| text.push(alt));
    }
    text.take()
}

/// The terms of a list with their descriptions, where each has one that is short.
pub(super) fn pairs(walk: &mut Walk, list: Id) -> Option<Vec<(String, String)>> {
    let tree = walk.tree;
    let mut items = Vec::new();
    for child in tree.children(list) {
        match tree.name(child) {
            "dt" | "dd" => items.push(child),
            "div" => items.extend(tree.children(child).filter(|c| matches!(tree.name(*c), "dt" | "dd"))),
            _ => {}
        }
    }
    let paired =
        items.chunks(2).all(|two| matches!(two, [a, b] if tree.name(*a) == "dt" && tree.name(*b) == "dd"));
    if !paired || items.is_empty() {
        return None;
    }
    let hidden = walk.hidden;
    let texts: Vec<String> = items.iter().map(|id| plain(walk, *id)).collect();
    let short = texts.iter().all(|text| text.len() <= LONGEST) && walk.later.is_empty();
    if !short {
        walk.later.clear();
        walk.hidden = hidden;
        return None;
    }
    let mut texts = texts.into_iter();
    Some(std::iter::from_fn(|| texts.next().zip(texts.next())).collect())
}

/// A table of two columns, where every description is a value.
pub(super) fn of_pairs(pairs: &[(String, String)]) -> Option<Grid> {
    if pairs.len() < 2 || !pairs.iter().all(|(_, value)| is_value(value)) {
        return None;
    }
    let cell = |text: &str, header| Cell { text: text.to_owned(), row_span: 1, col_span: 1, header };
    let rows =
        pairs.iter().map(|(term, value)| vec![cell(term.trim_end_matches(':'), true), cell(value, false)]);
    Some(Grid { rows: rows.collect(), ..Grid::default() })
}

/// A figure with little else.
fn is_value(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= digits
}
