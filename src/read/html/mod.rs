//! Reads web pages into blocks. html5ever parses them as browsers do; navigation and the like is left out.

mod encoding;
mod parse;
mod roles;
mod tables;
#[cfg(test)]
mod tests;
mod tree;
mod walk;

use super::flow::{Flow, Inline};
use crate::model::diagnostic::Severity;
use crate::model::document::Info;
use crate::model::hint::LineRole;
use tree::{Data, Tree};
use walk::Walk;

/// Reads a page in any encoding.
pub fn read(bytes: &[u8]) -> Flow {
    let (text, broken) = encoding::decoded(bytes);
    let mut flow = of_text(&text);
    if broken {
        let message =
            "some bytes are not of the encoding of the rest of this page; they are read as Windows-1252";
        flow.tell("broken-encoding", Severity::Warning, message.to_owned());
    }
    flow
}

/// Reads a page.
pub(crate) fn of_text(text: &str) -> Flow {
    let parsed = parse::parse(text);
    let info = info(&parsed.tree);
    let mut walk = Walk::new(&parsed.tree);
    if let Some(title) = info.title.as_deref().filter(|_| !has_title(&parsed.tree)) {
        walk.flow.block(LineRole::Heading(1), title);
    }
    walk.read(0);
    let Walk { mut flow, hidden, deleted, .. } = walk;
    flow.info = info;
    let mut note = |count: usize, code, what: &str| {
        if count > 0 {
            flow.tell(code, Severity::Note, format!("{what}: {count}"));
        }
    };
    note(hidden, "hidden-text", "parts of the page that are not shown were left out");
    note(deleted, "deleted-text", "stretches that are marked as deleted were left out");
    if parsed.flattened > 0 {
        let message = "elements nested more than 512 deep were read as text of what they stand in";
        flow.tell("deep-nesting", Severity::Warning, message.to_owned());
    }
    if parsed.cut {
        let message = "the page makes far more elements than it has tags; the rest was left out";
        flow.tell("page-cut", Severity::Warning, message.to_owned());
    }
    flow
}

fn has_title(tree: &Tree) -> bool {
    (0..tree.len()).any(|id| roles::kind(tree, id) == "h1")
}

/// What the page's head says of it.
fn info(tree: &Tree) -> Info {
    let mut info = Info::default();
    for id in 0..tree.len() {
        match tree.name(id) {
            "title"
                if info.title.is_none()
                    && tree.get(id).and_then(|n| n.parent).is_some_and(|p| tree.name(p) == "head") =>
            {
                let mut text = Inline::default();
                for child in tree.children(id) {
                    if let Some(Data::Text(own)) = tree.get(child).map(|node| &node.data) {
                        text.push(own);
                    }
                }
                info.title = Some(text.take()).filter(|title| !title.is_empty());
            }
            "meta" => meta(tree, id, &mut info),
            _ => {}
        }
    }
    info
}

fn meta(tree: &Tree, id: usize, info: &mut Info) {
    let name =
        tree.attr(id, "name").or_else(|| tree.attr(id, "property")).unwrap_or_default().to_ascii_lowercase();
    let Some(content) = tree.attr(id, "content").map(str::trim).filter(|content| !content.is_empty()) else {
        return;
    };
    let dated = content.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
    let slot = match name.as_str() {
        "author" | "dc.creator" | "dcterms.creator" => &mut info.author,
        "generator" => &mut info.producer,
        "dcterms.created" | "dcterms.issued" | "dc.date" | "date" | "article:published_time" if dated => {
            &mut info.created
        }
        "dcterms.modified" | "last-modified" | "article:modified_time" if dated => &mut info.modified,
        _ => return,
    };
    slot.get_or_insert_with(|| content.to_owned());
}
