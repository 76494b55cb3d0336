//! Areas of annotations that lie on layers that are switched off, and of those that are a reader's marks. The interpreter
//! respects layers only for the page's own content.

use super::settings::SETTINGS;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, ObjRef, Rect};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{self, Affine};
use std::collections::HashSet;

/// The layers that are off.
#[derive(Default)]
pub(crate) struct Off(HashSet<(u32, i32)>);

fn id(reference: ObjRef) -> (u32, i32) {
    (reference.obj_number, reference.gen_number)
}

fn references(dict: &Dict<'_>, key: &[u8]) -> Vec<(u32, i32)> {
    if let Some(one) = dict.get_ref(key).filter(|_| dict.get::<Array<'_>>(key).is_none()) {
        return vec![id(one)];
    }
    let list = dict.get::<Array<'_>>(key);
    list.map_or(Vec::new(), |l| l.raw_iter().filter_map(|item| item.as_obj_ref()).map(id).collect())
}

impl Off {
    pub fn of(pdf: &Pdf) -> Off {
        let xref = pdf.xref();
        let root = xref.get::<Dict<'_>>(xref.root_id());
        let Some(all) = root.and_then(|r| r.get::<Dict<'_>>(b"OCProperties")) else { return Off::default() };
        let Some(usual) = all.get::<Dict<'_>>(b"D") else { return Off::default() };
        let mut off: HashSet<_> = references(&usual, b"OFF").into_iter().collect();
        if usual.get::<Name<'_>>(b"BaseState").is_some_and(|s| s.as_str() == "OFF") {
            off.extend(references(&all, b"OCGs"));
            for on in references(&usual, b"ON") {
                off.remove(&on);
            }
        }
        Off(off)
    }

    /// The areas of a page's annotations that are not shown.
    pub fn annotations(&self, page: &Page<'_>, transform: Affine) -> Vec<kurbo::Rect> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let Some(list) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
        let hidden = list.iter::<Dict<'_>>().take(SETTINGS.max_annotations).filter(|a| self.hides(a));
        let areas = hidden.filter_map(|a| a.get::<Rect>(b"Rect"));
        areas.map(|r| transform.transform_rect_bbox(kurbo::Rect::new(r.x0, r.y0, r.x1, r.y1))).collect()
    }

    fn hides(&self, annotation: &Dict<'_>) -> bool {
        if annotation.get_ref(b"OC").is_some_and(|layer| self.0.contains(&id(layer))) {
            return true;
        }
        let Some(membership) = annotation.get::<Dict<'_>>(b"OC") else { return false };
        let layers = references(&membership, b"OCGs");
        let off = layers.iter().filter(|l| self.0.contains(l)).count();
        let all = membership.get::<Name<'_>>(b"P").is_some_and(|p| p.as_str() == "AllOn");
        off > 0 && (all || off == layers.len())
    }
}

/// The areas of a page's highlights. What they paint is a reader's mark over the document, and no ground or band of it.
pub(crate) fn highlights(page: &Page<'_>, transform: Affine) -> Vec<kurbo::Rect> {
    let Some(list) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let annotations = list.iter::<Dict<'_>>().take(SETTINGS.max_annotations);
    let marks =
        annotations.filter(|a| a.get::<Name<'_>>(b"Subtype").is_some_and(|s| s.as_str() == "Highlight"));
    let areas = marks.filter_map(|a| a.get::<Rect>(b"Rect"));
    areas.map(|r| transform.transform_rect_bbox(kurbo::Rect::new(r.x0, r.y0, r.x1, r.y1))).collect()
}
