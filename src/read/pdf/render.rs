//! Draws pages as pictures, over which `crossfoot debug` draws what was found.

use super::File;
use crate::model::canvas::Canvas;
use hayro_interpret::InterpreterSettings;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A page as an SVG element, and its width and height in points.
pub struct Drawing {
    pub svg: String,
    pub width: f32,
    pub height: f32,
}

impl File {
    /// The canvas of one page, as [`File::read`] gives it; `number` counts from 1. `None` where there is no such page.
    pub fn canvas(&self, number: u32) -> Option<Canvas> {
        let mut found = None;
        let done = |read: usize| (read >= number as usize).then(|| super::warning("done", String::new()));
        self.read(done, |canvas| found = Some(canvas).filter(|c| c.page == number));
        found
    }

    /// Draws one page; `number` counts from 1. `None` where the page does not exist or is broken.
    pub fn drawing(&self, number: u32) -> Option<Drawing> {
        let page = self.pdf.pages().get(number.checked_sub(1)? as usize)?;
        let (width, height) = page.render_dimensions();
        let draw = || {
            convert(page, &RenderCache::new(), &InterpreterSettings::default(), &SvgRenderSettings::default())
        };
        Some(Drawing { svg: catch_unwind(AssertUnwindSafe(draw)).ok()?, width, height })
    }
}
