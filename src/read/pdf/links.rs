//! The links of a page.

use super::settings::SETTINGS;
use super::text_string;
use crate::model::canvas::Link;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::Affine;

pub(crate) fn of(page: &Page<'_>, transform: Affine) -> Vec<Link> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    let links = annotations.iter::<Dict<'_>>().take(SETTINGS.max_annotations);
    links
        .filter(|a| a.get::<Name<'_>>(b"Subtype").is_some_and(|s| s.as_str() == "Link"))
        .filter_map(|a| {
            let area = a.get::<Rect>(b"Rect")?;
            let area = hayro_interpret::kurbo::Rect::new(area.x0, area.y0, area.x1, area.y1);
            let target = a.get::<Dict<'_>>(b"A").and_then(|action| action.get::<PdfString<'_>>(b"URI"));
            Some(Link {
                area: super::device::rect(transform.transform_rect_bbox(area)),
                target: target.map(|uri| text_string(uri.as_bytes())),
            })
        })
        .collect()
}
