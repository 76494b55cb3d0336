//! Classifies the elements of a page: content, navigation and the like, or not shown.

use super::tree::{Id, Tree};

/// Elements whose content is not shown as text.
const UNSHOWN: [&str; 29] = [
    "applet", "area", "audio", "base", "basefont", "datalist", "embed", "frame", "frameset", "head",
    "iframe", "input", "link", "map", "meta", "meter", "noembed", "noframes", "noscript", "object",
    "optgroup", "option", "param", "progress", "script", "select", "style", "template", "textarea",
];

/// Elements that begin a block.
const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const NOT_CONTENT: [&str; 14] = [
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
    "tooltip",
    "tree",
];

/// Words in class names that only elements without content have.
const NAMED: [&str; 15] = [
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "gdpr",
    "masthead",
    "newsletter",
    "pager",
    "pagination",
    "sharing",
    "sidebar",
    "skiplink",
    "social",
    "toc",
    "cookiebanner",
];
const NAMED_TOGETHER: [(&str, &str); 13] = [
    ("feedback", "prompt"),
    ("page", "feedback"),
    ("back", "top"),
    ("consent", "banner"),
    ("phase", "banner"),
    ("related", "content"),
    ("related", "links"),
    ("related", "pages"),
    ("share", "links"),
    ("site", "footer"),
    ("site", "header"),
    ("skip", "link"),
    ("skip", "to"),
];

pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// The level of a heading element.
pub(crate) fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h').filter(|level| level.len() == 1)?;
    level.parse().ok().filter(|level| (1..=6).contains(level))
}

/// What tables are made of.
const PARTS: [&str; 8] = ["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// Whether a kind of element is a table or a part of one.
pub(crate) fn is_part(kind: &str) -> bool {
    PARTS.contains(&kind)
}

/// The name of an element, or of the one whose role it has.
pub(crate) fn kind(tree: &Tree, id: Id) -> &str {
    let name = tree.name(id);
    if is_part(name) {
        return name;
    }
    match tree.attr(id, "role").map_or("", str::trim) {
        "table" | "grid" | "treegrid" => "table",
        "caption" => "caption",
        "rowgroup" => "tbody",
        "row" => "tr",
        "cell" | "gridcell" => "td",
        "columnheader" | "rowheader" => "th",
        "heading" => match tree.attr(id, "aria-level").map_or("", str::trim) {
            "1" => "h1",
            "3" => "h3",
            "4" => "h4",
            "5" => "h5",
            "6" => "h6",
            _ => "h2",
        },
        "list" => "ul",
        "listitem" => "li",
        "main" => "main",
        "article" => "article",
        "navigation" => "nav",
        _ => name,
    }
}

/// Whether an element is never shown: scripts, form controls.
pub(crate) fn is_unshown(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    UNSHOWN.contains(&name) || name == "dialog" && tree.attr(id, "open").is_none()
}

/// Whether an element is hidden by its attributes.
pub(crate) fn is_hidden(tree: &Tree, id: Id) -> bool {
    let says =
        |attr: &str, value: &str| tree.attr(id, attr).is_some_and(|v| v.trim().eq_ignore_ascii_case(value));
    let hidden = tree.attr(id, "hidden").is_some() && !says("hidden", "until-found");
    let styled = tree.attr(id, "style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    hidden || styled || says("aria-hidden", "true")
}

/// Facts about the subtree of each element.
pub(crate) struct Holds {
    flags: Vec<u8>,
}

const CONTENT: u8 = 1;
const LINKS: u8 = 2;

impl Holds {
    pub(crate) fn of(tree: &Tree) -> Holds {
        let mut holds = Holds { flags: vec![0; tree.len()] };
        for id in 0..tree.len() {
            match kind(tree, id) {
                "h1" | "main" | "article" | "table" => holds.mark(tree, id, CONTENT),
                "a" => holds.mark(tree, id, LINKS),
                _ => {}
            }
        }
        holds
    }

    fn mark(&mut self, tree: &Tree, id: Id, flag: u8) {
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(flags) = self.flags.get_mut(id).filter(|flags| **flags & flag == 0) else { return };
            *flags |= flag;
            next = tree.get(id).and_then(|node| node.parent);
        }
    }

    fn has(&self, id: Id, flag: u8) -> bool {
        self.flags.get(id).is_some_and(|flags| flags & flag != 0)
    }

    /// Whether an element is navigation, a notice or the like. `within` says that it is in the page's main part.
    pub(crate) fn is_furniture(&self, tree: &Tree, id: Id, within: bool) -> bool {
        let name = kind(tree, id);
        if name == "nav" {
            return true;
        }
        if self.has(id, CONTENT) || matches!(name, "" | "html" | "body" | "main" | "article") {
            return false;
        }
        let role = tree.attr(id, "role").is_some_and(|role| NOT_CONTENT.contains(&role.trim()));
        let placed = match name {
            "header" | "footer" => !within,
            "aside" => !within || self.has(id, LINKS),
            _ => false,
        };
        role || placed || ["class", "id"].iter().filter_map(|a| tree.attr(id, a)).any(is_named)
    }
}

/// Whether a list of class names says that the element has no content.
fn is_named(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        let name = name.to_ascii_lowercase();
        let mut parts: Vec<&str> = name.split(['-', '_']).filter(|part| !part.is_empty()).collect();
        // Names such as "has-sidebar" and "with-nav" belong to elements beside or around such a part.
        if parts.iter().any(|part| matches!(*part, "has" | "with" | "no" | "without" | "wrap" | "wrapper")) {
            return false;
        }
        parts.retain(|part| !matches!(*part, "govuk" | "gem" | "c" | "block"));
        parts.iter().any(|part| NAMED.contains(part))
            || parts.windows(2).any(|two| matches!(two, [a, b] if NAMED_TOGETHER.contains(&(*a, *b))))
    })
}

/// Which tables hold data, and which only arrange their content.
pub(crate) struct Tables {
    /// By node.
    data: Vec<bool>,
}

#[derive(Default)]
struct Seen {
    id: Id,
    rows: usize,
    cells: usize,
    widest: usize,
    heads: bool,
    headings: bool,
    nested: bool,
}

impl Tables {
    pub(crate) fn of(tree: &Tree) -> Tables {
        let mut tables = Tables { data: vec![false; tree.len()] };
        let mut open: Vec<Seen> = Vec::new();
        let mut stack = vec![(0, false)];
        while let Some((id, leave)) = stack.pop() {
            let kind = kind(tree, id);
            if leave {
                if let Some(seen) = open.pop()
                    && let Some(data) = tables.data.get_mut(seen.id)
                {
                    *data = seen.is_data(tree);
                }
                continue;
            }
            if kind == "table" {
                open.iter_mut().for_each(|table| table.nested = true);
                open.push(Seen { id, ..Seen::default() });
                stack.push((id, true));
            } else if let Some(table) = open.last_mut() {
                match kind {
                    "tr" => (table.rows, table.cells) = (table.rows + 1, 0),
                    "td" | "th" => {
                        table.cells += 1;
                        table.widest = table.widest.max(table.cells);
                        table.heads |= kind == "th" || tree.attr(id, "scope").is_some();
                    }
                    "caption" | "thead" => table.heads = true,
                    _ => table.headings |= heading(kind).is_some_and(|level| level < 4) || kind == "form",
                }
            }
            stack.extend(tree.children_back(id).map(|child| (child, false)));
        }
        tables
    }

    pub(crate) fn is_data(&self, id: Id) -> bool {
        self.data.get(id).copied().unwrap_or(false)
    }
}

impl Seen {
    fn is_data(&self, tree: &Tree) -> bool {
        let role = tree.attr(self.id, "role").map_or("", str::trim);
        if matches!(role, "presentation" | "none") || self.widest < 2 {
            return false;
        }
        self.heads && !(self.nested && self.headings) || self.rows > 1 && !self.nested && !self.headings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_what_is_no_content() {
        for name in
            ["breadcrumbs", "govuk-cookie-banner", "site_footer", "c-pagination", "skip-link", "Social"]
        {
            assert!(is_named(name), "{name}");
        }
        for name in ["has-sidebar", "feedback", "share-of-complaints", "content", "cookie-wrapper", "related"]
        {
            assert!(!is_named(name), "{name}");
        }
    }
}
