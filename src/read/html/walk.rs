//! Walks the tree and adds blocks. It uses a stack of its own in place of recursion, because pages may be nested to any
//! depth.

use super::roles::{Holds, Tables};
use super::tree::{Data, Id, Tree};
use super::{roles, tables};
use crate::model::hint::LineRole;
use crate::model::table::Form;
use crate::read::flow::{Flow, Inline, TELLING};
use std::collections::HashSet;

/// What to do when an element ends.
#[derive(Clone, Copy)]
enum Leave {
    Block,
    Furniture,
    Main,
    Bold,
    Raised,
    Heading,
    Pre,
}

enum Step {
    Enter(Id),
    Leave(Leave),
}

/// The walk over a page.
pub(crate) struct Walk<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) flow: Flow,
    tables: Tables,
    holds: Holds,
    text: Inline,
    /// The kinds of the open blocks, outermost first.
    kinds: Vec<LineRole>,
    /// Whether the line follows a line break within its paragraph.
    broken: bool,
    furniture: usize,
    main: usize,
    bold: usize,
    raised: usize,
    headings: usize,
    pre: usize,
    /// Whether all text of the block so far is bold.
    all_bold: bool,
    /// Elements that have been read already.
    done: HashSet<Id>,
    /// Tables in cells of other tables, which are read after them.
    pub(crate) later: Vec<Id>,
    /// How many hidden or deleted stretches were left out.
    pub(crate) hidden: usize,
    pub(crate) deleted: usize,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(tree: &'a Tree) -> Walk<'a> {
        Walk {
            tree,
            flow: Flow::default(),
            tables: Tables::of(tree),
            holds: Holds::of(tree),
            text: Inline::default(),
            kinds: Vec::new(),
            broken: false,
            furniture: 0,
            main: 0,
            bold: 0,
            raised: 0,
            headings: 0,
            pre: 0,
            all_bold: true,
            done: HashSet::new(),
            later: Vec::new(),
            hidden: 0,
            deleted: 0,
        }
    }

    /// Reads an element and everything in it.
    pub(crate) fn read(&mut self, root: Id) {
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(leave) => self.leave(leave),
                Step::Enter(id) => self.enter(id, &mut steps),
            }
        }
        self.flush();
    }

    fn enter(&mut self, id: Id, steps: &mut Vec<Step>) {
        if let Some(Data::Text(text)) = self.tree.get(id).map(|node| &node.data) {
            return self.text(text);
        }
        if self.done.contains(&id) || self.is_left_out(id) {
            return;
        }
        let name = roles::kind(self.tree, id);
        match name {
            "br" => return self.line_break(),
            "hr" => return self.flush(),
            "img" => return self.picture(id),
            "svg" => return self.drawing(id),
            "button" if self.headings == 0 => return,
            _ if self.furniture == 0 && self.tables.is_data(id) => return self.table(id),
            "dl" if self.furniture == 0 && self.pairs(id) => return,
            _ => {}
        }
        for leave in self.open(id, name) {
            steps.push(Step::Leave(leave));
        }
        steps.extend(self.tree.children_back(id).map(Step::Enter));
    }

    fn is_left_out(&mut self, id: Id) -> bool {
        let name = self.tree.name(id);
        if roles::is_unshown(self.tree, id) {
            return true;
        }
        if matches!(name, "del" | "s" | "strike") {
            self.deleted += 1;
            return true;
        }
        let hidden = roles::is_hidden(self.tree, id);
        self.hidden += usize::from(hidden && name != "svg" && self.has_text(id));
        hidden
    }

    fn has_text(&self, id: Id) -> bool {
        let mut stack = vec![id];
        while let Some(id) = stack.pop() {
            match self.tree.get(id).map(|node| &node.data) {
                Some(Data::Text(text)) if !text.trim().is_empty() => return true,
                _ => stack.extend(self.tree.children_back(id).filter(|c| !roles::is_unshown(self.tree, *c))),
            }
        }
        false
    }

    /// Handles the start of an element; returns what to do at its end, in order.
    fn open(&mut self, id: Id, name: &str) -> Vec<Leave> {
        let mut leaves = Vec::new();
        let block = roles::is_block(name);
        if block {
            self.flush();
            self.kinds.push(match (roles::heading(name), name) {
                (Some(level), _) => LineRole::Heading(level),
                (None, "li") => LineRole::Item,
                // A `p` or `div` in an item or heading is part of it.
                (None, "div" | "p") => self
                    .kinds
                    .last()
                    .copied()
                    .filter(|k| *k != LineRole::Paragraph)
                    .unwrap_or(LineRole::Paragraph),
                _ => LineRole::Paragraph,
            });
            leaves.push(Leave::Block);
        }
        if self.holds.is_furniture(self.tree, id, self.main > 0) {
            if !block {
                self.flush();
            }
            self.furniture += 1;
            leaves.push(Leave::Furniture);
        }
        match name {
            "main" | "article" | "section" | "details" => {
                self.main += 1;
                leaves.push(Leave::Main);
            }
            "b" | "strong" | "summary" | "legend" | "dt" => {
                self.bold += 1;
                leaves.push(Leave::Bold);
            }
            "sup" => {
                self.raised += 1;
                leaves.push(Leave::Raised);
            }
            "pre" | "listing" | "plaintext" | "xmp" => {
                self.pre += 1;
                leaves.push(Leave::Pre);
            }
            _ => {}
        }
        if roles::heading(name).is_some() || matches!(name, "summary" | "legend") {
            self.headings += 1;
            leaves.push(Leave::Heading);
        }
        leaves
    }

    fn leave(&mut self, leave: Leave) {
        match leave {
            Leave::Block => {
                self.flush();
                self.kinds.pop();
            }
            Leave::Furniture => {
                self.flush();
                self.furniture -= 1;
            }
            Leave::Main => self.main -= 1,
            Leave::Bold => self.bold -= 1,
            Leave::Raised => self.raised -= 1,
            Leave::Heading => self.headings -= 1,
            Leave::Pre => {
                self.flush();
                self.pre -= 1;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.line_break();
                }
                self.text.push_as_it_is(line);
            }
            return;
        }
        if !text.trim().is_empty() {
            self.all_bold &= self.bold > 0;
        }
        if self.raised > 0 { self.text.push_raised(text) } else { self.text.push(text) }
    }

    fn line_break(&mut self) {
        if self.headings > 0 {
            return self.text.space();
        }
        let any = !self.text.is_blank();
        if !any && self.pre > 0 && self.furniture == 0 {
            self.flow.printed("");
        }
        self.flush();
        self.broken |= any;
    }

    /// Ends the block.
    fn flush(&mut self) {
        let bold = std::mem::replace(&mut self.all_bold, true);
        let broken = std::mem::take(&mut self.broken);
        let mut text = std::mem::take(&mut self.text);
        if text.is_blank() {
            return;
        }
        if self.pre > 0 && self.furniture == 0 {
            return self.flow.printed(text.as_it_is());
        }
        let text = text.take();
        if self.furniture > 0 {
            return self.flow.furniture(&text);
        }
        let kind = self.kinds.last().copied().unwrap_or(LineRole::Paragraph);
        if kind == LineRole::Item {
            // Further text in the item is no new item.
            for kind in self.kinds.iter_mut().rev().take_while(|kind| **kind == LineRole::Item) {
                *kind = LineRole::Paragraph;
            }
        }
        if broken {
            self.flow.broken(&text);
        } else if bold && kind == LineRole::Paragraph {
            self.flow.bold(&text);
        } else {
            self.flow.block(kind, &text);
        }
    }

    fn picture(&mut self, id: Id) {
        let alt = self.tree.attr(id, "alt").unwrap_or_default();
        let figure =
            self.tree.get(id).and_then(|node| node.parent).is_some_and(|p| self.tree.name(p) == "figure");
        if alt.len() >= TELLING && (figure || alt.contains(|c: char| c.is_ascii_digit())) {
            self.aside(alt);
        }
    }

    fn drawing(&mut self, id: Id) {
        let told: Vec<Id> =
            self.tree.children(id).filter(|c| matches!(self.tree.name(*c), "title" | "desc")).collect();
        for child in told {
            let text = tables::plain(self, child);
            if text.len() >= TELLING {
                self.aside(&text);
            }
        }
    }

    /// Adds a separate paragraph.
    fn aside(&mut self, text: &str) {
        self.flush();
        self.text.push(text);
        self.all_bold = false;
        self.kinds.push(LineRole::Paragraph);
        self.flush();
        self.kinds.pop();
    }

    fn table(&mut self, id: Id) {
        self.flush();
        self.later.push(id);
        // Tables in cells follow the table that contains them.
        while let Some(id) = self.later.pop() {
            let waiting = self.later.len();
            let (grid, caption) = tables::grid(self, id);
            self.done.extend(caption);
            self.flow.table(grid, Form::Marked);
            self.later.get_mut(waiting..).unwrap_or_default().reverse();
        }
    }

    /// Reads a description list: as a table where all descriptions are values, else as items.
    fn pairs(&mut self, id: Id) -> bool {
        let Some(pairs) = tables::pairs(self, id) else { return false };
        self.flush();
        if let Some(grid) = tables::of_pairs(&pairs) {
            self.flow.table(grid, Form::Marked);
        } else {
            for (term, value) in pairs {
                self.flow.block(LineRole::Item, &format!("{}: {value}", term.trim_end_matches(':')));
            }
        }
        true
    }

    /// Whether a table is one of data.
    pub(crate) fn is_data(&self, id: Id) -> bool {
        self.tables.is_data(id)
    }

    /// Whether an element is left out because it is not shown; it is counted.
    pub(crate) fn leaves_out(&mut self, id: Id) -> bool {
        self.is_left_out(id) || self.tree.name(id) == "button"
    }
}
