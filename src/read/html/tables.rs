//! Reads the tables of a page, and description lists that are tables.

use super::roles;
use super::tree::{Data, Id};
use super::walk::Walk;
use crate::read::flow::{Inline, SpannedCell, SpannedTable};

/// Longer texts are not taken as terms or values of a description list.
const LONGEST: usize = 120;
/// The limit of browsers.
const MOST_COL_SPAN: usize = 1_000;
const MOST_ROW_SPAN: usize = 65_534;

/// The grid of a table, and the figure caption that belongs to it.
pub(crate) fn grid(walk: &mut Walk, table: Id) -> (SpannedTable, Option<Id>) {
    let tree = walk.tree;
    let mut grid = SpannedTable::default();
    // Rows of the head, body and foot, each with the element that groups it.
    let mut groups: [Vec<(Id, Id)>; 3] = Default::default();
    for part in parts(walk, table) {
        let kind = roles::kind(tree, part);
        let at = match kind {
            "caption" => {
                grid.caption = Some(plain(walk, part));
                continue;
            }
            "thead" => 0,
            "tfoot" => 2,
            _ => 1,
        };
        let rows = if kind == "tr" {
            vec![(part, table)]
        } else {
            parts(walk, part).into_iter().map(|row| (row, part)).collect()
        };
        groups.get_mut(at).into_iter().for_each(|group| group.extend(&rows));
    }
    let [head, body, foot] = groups;
    let head_rows = head.len();
    let all: Vec<(Id, Id)> = head.into_iter().chain(body).chain(foot).collect();
    // A cell does not span beyond its row group.
    for group in all.chunk_by(|a, b| a.1 == b.1) {
        for (at, (row, _)) in group.iter().enumerate() {
            let cells = parts(walk, *row).into_iter().map(|id| cell(walk, id, group.len() - at)).collect();
            grid.rows.push(cells);
        }
    }
    // The header of a body without header cells may be in its `thead`.
    let headed = |row: &Vec<SpannedCell>| row.iter().any(|cell| cell.header || cell.text.is_empty());
    let numbered = |row: &Vec<SpannedCell>| row.iter().filter(|c| is_value(&c.text)).count() * 2 > row.len();
    let sound = grid.rows.iter().take(head_rows).take_while(|row| headed(row) || !numbered(row)).count();
    grid.head_rows = if head_rows == grid.rows.len() { 0 } else { sound };
    if grid.caption.as_deref().is_some_and(|caption| !caption.is_empty()) {
        return (grid, None);
    }
    let figure = tree.get(table).and_then(|node| node.parent).filter(|p| tree.name(*p) == "figure");
    let caption = figure.and_then(|figure| tree.children(figure).find(|c| tree.name(*c) == "figcaption"));
    grid.caption = match caption {
        Some(caption) => Some(plain(walk, caption)),
        None => tree.attr(table, "aria-label").map(str::to_owned),
    };
    (grid, caption)
}

/// The nearest table parts below an element, without hidden ones.
fn parts(walk: &mut Walk, root: Id) -> Vec<Id> {
    let tree = walk.tree;
    let mut found = Vec::new();
    let mut stack: Vec<Id> = tree.children_back(root).collect();
    while let Some(id) = stack.pop() {
        if walk.leaves_out(id) {
            continue;
        }
        if roles::is_part(roles::kind(tree, id)) {
            found.push(id);
        } else {
            stack.extend(tree.children_back(id));
        }
    }
    found
}

fn cell(walk: &mut Walk, id: Id, left: usize) -> SpannedCell {
    let tree = walk.tree;
    let span = |name: &str| {
        let own = tree.attr(id, name).or_else(|| tree.attr(id, &format!("aria-{name}")));
        own.and_then(|v| v.trim().parse::<usize>().ok())
    };
    let row_span = match span("rowspan") {
        Some(0) => left,
        Some(rows) => rows.min(MOST_ROW_SPAN).min(left),
        None => 1,
    };
    let col_span = span("colspan").filter(|cols| *cols > 0).unwrap_or(1).min(MOST_COL_SPAN);
    SpannedCell { text: plain(walk, id), row_span, col_span, header: roles::kind(tree, id) == "th" }
}

enum Step {
    Enter(Id),
    Space,
    Lower,
}

/// The text of an element on one line; tables inside it are kept for later.
pub(crate) fn plain(walk: &mut Walk, root: Id) -> String {
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
        let name = roles::kind(tree, id);
        match name {
            _ if walk.is_data(id) => {
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

/// The terms and descriptions of a list; `None` unless each term has one short description.
pub(crate) fn pairs(walk: &mut Walk, list: Id) -> Option<Vec<(String, String)>> {
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

/// A table of two columns, if every description is a value.
pub(crate) fn of_pairs(pairs: &[(String, String)]) -> Option<SpannedTable> {
    if pairs.len() < 2 || !pairs.iter().all(|(_, value)| is_value(value)) {
        return None;
    }
    let row = |(term, value): &(String, String)| {
        vec![SpannedCell::of(term.trim_end_matches(':'), true), SpannedCell::of(value.as_str(), false)]
    };
    let rows = pairs.iter().map(row);
    Some(SpannedTable { rows: rows.collect(), ..SpannedTable::default() })
}

/// Whether a text is a figure with few other characters.
fn is_value(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= digits
}
