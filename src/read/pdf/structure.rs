//! Reads the tables of the structure tree, by page. The tree is not trusted: the walk is limited, and
//! `table::page::tagged` compares each table with the page.

use super::settings::SETTINGS;
use crate::model::canvas::{TaggedCell, TaggedTable};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier};
use hayro_interpret::hayro_syntax::xref::XRef;
use std::collections::{HashMap, HashSet};

/// Object number and generation of a page.
pub(crate) type PageId = (u32, i32);
/// The tables of each page.
pub(crate) type Tables = HashMap<PageId, Vec<TaggedTable>>;
/// Ids of marked content, with the page of each.
type Content = Vec<(PageId, u32)>;

/// Reads the structure tree.
pub(crate) fn tables(pdf: &Pdf) -> Tables {
    let xref = pdf.xref();
    let Some(root) = xref.get::<Dict<'_>>(xref.root_id()) else { return Tables::new() };
    let Some(tree) = root.get::<Dict<'_>>(b"StructTreeRoot") else { return Tables::new() };
    let roles = tree.get::<Dict<'_>>(b"RoleMap");
    let mut walk =
        Walk { xref, roles, seen: HashSet::new(), count: 0, tables: Tables::new(), open: Vec::new() };
    walk.kids(&tree, None, 0, &mut Content::new());
    walk.tables
}

/// A table whose rows are being read.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<(TaggedCell, Content)>>,
    /// One of its cells contains a table, so it only arranges the page.
    nests: bool,
}

struct Walk<'a> {
    xref: &'a XRef,
    roles: Option<Dict<'a>>,
    seen: HashSet<PageId>,
    count: usize,
    tables: Tables,
    open: Vec<Open>,
}

impl<'a> Walk<'a> {
    /// The type of an element; the role map translates types that are not standard.
    fn kind(&self, element: &Dict<'a>) -> String {
        let mut kind = element.get::<Name<'_>>(b"S").map_or(String::new(), |n| n.as_str().to_owned());
        for _ in 0..4 {
            match self.roles.as_ref().and_then(|r| r.get::<Name<'_>>(kind.as_bytes())) {
                Some(role) if role.as_str() != kind => kind = role.as_str().to_owned(),
                _ => break,
            }
        }
        kind
    }

    /// Visits the children of an element and collects their marked content.
    fn kids(&mut self, element: &Dict<'a>, page: Option<PageId>, depth: usize, content: &mut Content) {
        let page = page_of(element).or(page);
        match element.get_raw::<Object<'_>>(b"K") {
            Some(MaybeRef::NotRef(Object::Array(array))) => self.array(&array, page, depth, content),
            Some(kid) => match self.resolved(kid) {
                Some(Object::Array(array)) => self.array(&array, page, depth, content),
                Some(object) => self.kid(&object, page, depth, content),
                None => {}
            },
            None => {}
        }
    }

    fn array(&mut self, array: &Array<'a>, page: Option<PageId>, depth: usize, content: &mut Content) {
        for kid in array.raw_iter() {
            if let Some(object) = self.resolved(kid) {
                self.kid(&object, page, depth, content);
            }
        }
    }

    /// Resolves a reference; each object is visited once, so that loops end.
    fn resolved(&mut self, object: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
        self.count += 1;
        match object {
            _ if self.count > SETTINGS.max_elements => None,
            MaybeRef::NotRef(object) => Some(object),
            MaybeRef::Ref(ObjRef { obj_number, gen_number }) => {
                let new = self.seen.insert((obj_number, gen_number));
                new.then(|| self.xref.get(ObjectIdentifier::new(obj_number, gen_number)))?
            }
        }
    }

    /// Visits one child: an element, or marked content of the page.
    fn kid(&mut self, object: &Object<'a>, page: Option<PageId>, depth: usize, content: &mut Content) {
        let dict = match object {
            Object::Number(number) => {
                let mcid = number.as_f64();
                if let Some(page) = page.filter(|_| (0.0..=f64::from(u32::MAX)).contains(&mcid)) {
                    content.push((page, mcid as u32));
                }
                return;
            }
            Object::Dict(dict) => dict,
            _ => return,
        };
        if let Some(mcid) = dict.get::<i32>(b"MCID").and_then(|id| u32::try_from(id).ok()) {
            content.extend(page_of(dict).or(page).map(|page| (page, mcid)));
        } else if depth < SETTINGS.max_element_depth && dict.contains_key(b"S") {
            self.element(dict, page, depth + 1, content);
        }
    }

    fn element(&mut self, element: &Dict<'a>, page: Option<PageId>, depth: usize, content: &mut Content) {
        match self.kind(element).as_str() {
            "Table" => {
                if let Some(outer) = self.open.last_mut() {
                    outer.nests = true;
                }
                self.open.push(Open::default());
                self.kids(element, page, depth, content);
                if let Some(table) = self.open.pop().filter(|t| !t.nests) {
                    self.close(table);
                }
            }
            "TR" => {
                if let Some(table) = self.open.last_mut() {
                    table.rows.push(Vec::new());
                }
                self.kids(element, page, depth, content);
            }
            kind @ ("TH" | "TD") => {
                let mut own = Content::new();
                let at = self.open.len();
                self.kids(element, page, depth, &mut own);
                content.extend(&own);
                let tag = TaggedCell {
                    header: kind == "TH",
                    row_span: span(element, b"RowSpan"),
                    col_span: span(element, b"ColSpan"),
                    mcids: Vec::new(),
                };
                let row = self.open.get_mut(at.saturating_sub(1)).and_then(|t| t.rows.last_mut());
                if let Some(row) = row {
                    row.push((tag, own));
                }
            }
            _ => self.kids(element, page, depth, content),
        }
    }

    /// Finishes a table: one part for each page that its rows are on.
    fn close(&mut self, table: Open) {
        let mut parts: Vec<(PageId, TaggedTable)> = Vec::new();
        for row in table.rows {
            let Some(&(page, _)) = row.iter().flat_map(|(_, content)| content).next() else { continue };
            let cells = row.into_iter().map(|(tag, content)| TaggedCell {
                mcids: content.iter().filter(|(on, _)| *on == page).map(|(_, mcid)| *mcid).collect(),
                ..tag
            });
            let cells = cells.collect();
            match parts.last_mut() {
                Some((last, part)) if *last == page => part.rows.push(cells),
                _ => parts.push((page, TaggedTable { rows: vec![cells], continued: !parts.is_empty() })),
            }
        }
        for (page, part) in parts {
            self.tables.entry(page).or_default().push(part);
        }
    }
}

fn page_of(element: &Dict<'_>) -> Option<PageId> {
    element.get_ref(b"Pg").map(|r| (r.obj_number, r.gen_number))
}

/// The number of rows or columns that a cell spans.
fn span(element: &Dict<'_>, name: &[u8]) -> usize {
    let one = element.get::<Dict<'_>>(b"A").and_then(|a| a.get::<i32>(name));
    let many = || {
        let list = element.get::<Array<'_>>(b"A")?;
        list.iter::<Object<'_>>().take(20).find_map(|a| match a {
            Object::Dict(a) => a.get::<i32>(name),
            _ => None,
        })
    };
    let span = one.or_else(many).filter(|s| (1..=SETTINGS.max_tagged_span).contains(s)).unwrap_or(1);
    usize::try_from(span).unwrap_or(1)
}
