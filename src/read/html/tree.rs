//! The tree that html5ever builds, as one list of nodes.

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, QualName};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A node's index.
pub(crate) type Id = usize;

/// The attributes that are kept.
const READ: [&str; 18] = [
    "alt",
    "aria-colspan",
    "aria-hidden",
    "aria-label",
    "aria-level",
    "aria-rowspan",
    "class",
    "colspan",
    "content",
    "hidden",
    "id",
    "name",
    "open",
    "property",
    "role",
    "rowspan",
    "scope",
    "style",
];

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The document, a comment or the like.
    Other,
    Text(String),
    Element(LocalName, Box<[(LocalName, Box<str>)]>),
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) parent: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    before: Option<Id>,
    after: Option<Id>,
    depth: usize,
}

/// The nodes of a page; the first one is the document.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    fn new() -> Tree {
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(Data::Other);
        tree
    }

    pub(crate) fn get(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The name of an element; nothing for other nodes.
    pub(crate) fn name(&self, id: Id) -> &str {
        match self.get(id).map(|node| &node.data) {
            Some(Data::Element(name, _)) => name,
            _ => "",
        }
    }

    pub(crate) fn attr(&self, id: Id, wanted: &str) -> Option<&str> {
        match self.get(id).map(|node| &node.data) {
            Some(Data::Element(_, attrs)) => {
                attrs.iter().find(|(name, _)| &**name == wanted).map(|(_, v)| &**v)
            }
            _ => None,
        }
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = self.get(id).and_then(|node| node.first);
        std::iter::from_fn(move || {
            let id = next?;
            next = self.get(id).and_then(|node| node.after);
            Some(id)
        })
    }

    /// The children from last to first, the order in which a stack needs them.
    pub(crate) fn children_back(&self, id: Id) -> impl Iterator<Item = Id> {
        let mut next = self.get(id).and_then(|node| node.last);
        std::iter::from_fn(move || {
            let id = next?;
            next = self.get(id).and_then(|node| node.before);
            Some(id)
        })
    }

    fn add(&mut self, data: Data) -> Id {
        let (parent, first, last, before, after) = (None, None, None, None, None);
        self.nodes.push(Node { data, parent, first, last, before, after, depth: 0 });
        self.nodes.len() - 1
    }

    fn with(&mut self, id: Option<Id>, change: impl FnOnce(&mut Node)) {
        if let Some(node) = id.and_then(|id| self.nodes.get_mut(id)) {
            change(node);
        }
    }

    fn detach(&mut self, id: Id) {
        let Some(Node { parent, before, after, .. }) = self.get(id) else { return };
        let (parent, before, after) = (*parent, *before, *after);
        self.with(before, |node| node.after = after);
        self.with(after, |node| node.before = before);
        self.with(parent, |node| {
            if node.first == Some(id) {
                node.first = after;
            }
            if node.last == Some(id) {
                node.last = before;
            }
        });
        self.with(Some(id), |node| (node.parent, node.before, node.after) = (None, None, None));
    }

    /// Inserts a node into `parent`, before `sibling` or at the end.
    fn insert(&mut self, parent: Id, sibling: Option<Id>, id: Id) {
        self.detach(id);
        let before = match sibling {
            Some(sibling) => self.get(sibling).and_then(|node| node.before),
            None => self.get(parent).and_then(|node| node.last),
        };
        let depth = self.get(parent).map_or(0, |node| node.depth + 1);
        self.with(Some(id), |node| {
            (node.parent, node.before, node.after, node.depth) = (Some(parent), before, sibling, depth);
        });
        self.with(before, |node| node.after = Some(id));
        self.with(sibling, |node| node.before = Some(id));
        self.with(Some(parent), |node| {
            if before.is_none() {
                node.first = Some(id);
            }
            if sibling.is_none() {
                node.last = Some(id);
            }
        });
    }

    fn put(&mut self, parent: Id, sibling: Option<Id>, child: NodeOrText<Handle>) {
        let text = match child {
            NodeOrText::AppendNode(node) => return self.insert(parent, sibling, node.id),
            NodeOrText::AppendText(text) => text,
        };
        let before = match sibling {
            Some(sibling) => self.get(sibling).and_then(|node| node.before),
            None => self.get(parent).and_then(|node| node.last),
        };
        if let Some(Node { data: Data::Text(own), .. }) = before.and_then(|id| self.nodes.get_mut(id)) {
            own.push_str(&text);
            return;
        }
        let id = self.add(Data::Text(text.to_string()));
        self.insert(parent, sibling, id);
    }
}

/// The handle by which html5ever refers to a node.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    id: Id,
    name: Rc<QualName>,
}

/// Builds a [`Tree`].
pub(crate) struct Sink {
    tree: RefCell<Tree>,
    document: Handle,
    depth: Cell<usize>,
}

impl Sink {
    pub(crate) fn new() -> Sink {
        let name = QualName::new(None, html5ever::Namespace::default(), LocalName::default());
        let document = Handle { id: 0, name: Rc::new(name) };
        Sink { tree: RefCell::new(Tree::new()), document, depth: Cell::new(0) }
    }

    /// The depth of the innermost open element.
    pub(crate) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// How many nodes there are.
    pub(crate) fn count(&self) -> usize {
        self.tree.borrow().len()
    }

    fn depth_of(&self, id: Id) -> usize {
        self.tree.borrow().get(id).map_or(0, |node| node.depth)
    }

    fn other(&self) -> Handle {
        let id = self.tree.borrow_mut().add(Data::Other);
        Handle { id, name: self.document.name.clone() }
    }
}

fn kept(attrs: Vec<Attribute>) -> Box<[(LocalName, Box<str>)]> {
    let read = attrs.into_iter().filter(|attr| READ.contains(&&*attr.name.local));
    read.map(|attr| (attr.name.local, Box::from(&*attr.value))).collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let id = self.tree.borrow_mut().add(Data::Element(name.local.clone(), kept(attrs)));
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let node = if let NodeOrText::AppendNode(node) = &child { Some(node.id) } else { None };
        self.tree.borrow_mut().put(parent.id, None, child);
        if let Some(id) = node {
            self.depth.set(self.depth_of(id));
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().get(element.id).is_some_and(|node| node.parent.is_some()) {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.depth_of(node.id).saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().get(sibling.id).and_then(|node| node.parent);
        if let Some(parent) = parent {
            self.tree.borrow_mut().put(parent, Some(sibling.id), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        if let Some(Node { data: Data::Element(_, own), .. }) =
            self.tree.borrow_mut().nodes.get_mut(target.id)
        {
            let mut all = std::mem::take(own).into_vec();
            for (name, value) in kept(attrs) {
                if all.iter().all(|(known, _)| *known != name) {
                    all.push((name, value));
                }
            }
            *own = all.into();
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.get(node.id).and_then(|node| node.first) {
            tree.insert(new_parent.id, None, child);
        }
    }

    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}
