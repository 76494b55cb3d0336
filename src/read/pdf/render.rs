//! Draws pages as pictures, over which `crossfoot debug` draws what was found.

use super::File;
use super::sketch::Sketch;
use crate::model::canvas::Canvas;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page, kurbo};
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A page as an SVG element, and its width and height in points.
pub struct Drawing {
    pub svg: String,
    pub width: f32,
    pub height: f32,
}

/// Draws pages of one file. What they share, such as fonts, is unpacked once.
pub struct Painter<'a> {
    file: &'a File,
    cache: InterpreterCache<'a>,
    full: RenderCache<'a>,
}

impl File {
    /// The canvas of one page, as [`File::read`] gives it; `number` counts from 1. `None` where there is no such page.
    pub fn canvas(&self, number: u32) -> Option<Canvas> {
        let mut found = None;
        let done = |read: usize| (read >= number as usize).then(|| super::warning("done", String::new()));
        self.read(done, |canvas| found = Some(canvas).filter(|c| c.page == number));
        found
    }

    /// What draws its pages.
    pub fn painter(&self) -> Painter<'_> {
        Painter { file: self, cache: InterpreterCache::new(), full: RenderCache::new() }
    }
}

impl Painter<'_> {
    /// Draws one page; `number` counts from 1. `None` where the page does not exist or is broken. Where a length is given, a picture
    /// that covers the page is drawn as coarsely and in as few shades as it takes to be no longer.
    pub fn drawing(&self, number: u32, most: Option<usize>) -> Option<Drawing> {
        let page = self.file.pdf.pages().get(number.checked_sub(1)? as usize)?;
        let (width, height) = page.render_dimensions();
        let draw = || {
            let settings = InterpreterSettings::default();
            let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, bounds, &self.cache, page.xref(), settings.clone());
            let mut sketch = Sketch::new(f64::from(width) * f64::from(height), most);
            interpret_page(page, &mut context, &mut sketch);
            let full = || convert(page, &self.full, &settings, &SvgRenderSettings::default());
            sketch.finish(width, height).unwrap_or_else(full)
        };
        Some(Drawing { svg: catch_unwind(AssertUnwindSafe(draw)).ok()?, width, height })
    }
}
