//! Renders pages as pictures, over which `crossfoot debug` draws what was found.

use super::File;
use crate::model::canvas::Canvas;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The longest side of a picture in pixels.
const LONGEST_SIDE: f32 = 6_000.0;

impl File {
    /// The canvas of one page, as [`File::read`] gives it; `number` counts from 1. `None` where there is no such page.
    pub fn canvas(&self, number: u32) -> Option<Canvas> {
        let mut found = None;
        let done = |read: usize| (read >= number as usize).then(|| super::warning("done", String::new()));
        self.read(done, |canvas| found = Some(canvas).filter(|c| c.page == number));
        found
    }

    /// Renders one page; `number` counts from 1. Returns the picture and its pixels per point: `scale`, or fewer where
    /// the page is huge. `None` where the page does not exist or is broken.
    pub fn picture(&self, number: u32, scale: f32) -> Option<(Pixmap, f32)> {
        let page = self.pdf.pages().get(number.checked_sub(1)? as usize)?;
        let (width, height) = page.render_dimensions();
        let scale = scale.min(LONGEST_SIDE / width.max(height).max(1.0));
        let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let draw = || {
            hayro::render(
                page,
                &RenderCache::new(),
                &InterpreterSettings::default(),
                &RenderSettings::default(),
                &pixels,
            )
        };
        Some((catch_unwind(AssertUnwindSafe(draw)).ok()?, scale))
    }
}
