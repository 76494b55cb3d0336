//! Draws the pictures of a page, and nothing else of it, in shades of grey.

use super::File;
use super::grey::{brightness, raster, shades};
use super::settings::SETTINGS;
use crate::model::canvas::Canvas;
use crate::read::ocr::{Raster, Recognised, RecognisedPage, Recogniser, samples};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

/// A page of more pixels than this is not drawn: 36 by 36 inches at 300 dots to the inch.
const MOST: f32 = 120e6;

/// How many pages are being recognised or wait for it, in all documents of this process.
static BUSY: AtomicUsize = AtomicUsize::new(0);

impl File {
    /// Recognises the text of the first `most` pages, where they are pictures and hold next to none. Several pages are recognised at
    /// a time, and none is begun after `until`.
    pub fn recognise(&mut self, recogniser: &dyn Recogniser, most: usize, until: Option<Instant>) {
        self.recognised = Some(self.recognised_by(recogniser, most, until));
    }

    /// Adds what was recognised on a page to it, or says why nothing was.
    pub(super) fn add_recognised(&self, canvas: &mut Canvas) -> Option<Result<(), String>> {
        let page = self.recognised.as_ref()?.pages.get(&canvas.page)?;
        Some(page.as_ref().map(|page| page.add_to(canvas)).map_err(String::clone))
    }

    /// What recognised it.
    pub(super) fn recogniser(&self) -> Option<&str> {
        self.recognised.as_ref().map(|recognised| recognised.by.as_str())
    }

    fn recognised_by(&self, recogniser: &dyn Recogniser, most: usize, until: Option<Instant>) -> Recognised {
        let cache = InterpreterCache::new();
        let pages = self.pdf.pages().iter().enumerate().take(most.min(SETTINGS.max_pages));
        let scanned = pages.filter(|(at, page)| {
            let number = *at as u32 + 1;
            let draw = || self.page(number, page, &cache, super::names::Contradictions::new()).0;
            let canvas = catch_unwind(AssertUnwindSafe(draw));
            canvas.is_ok_and(|canvas| canvas.is_scanned() && !canvas.is_recognised())
        });
        let numbers: Vec<u32> = scanned.map(|(at, _)| at as u32 + 1).collect();
        let next = AtomicUsize::new(0);
        let read = || {
            let mut pages = Vec::new();
            while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                let page = if until.is_some_and(|until| Instant::now() >= until) {
                    Err("the time of this run was over".to_owned())
                } else {
                    RecognisedPage::of(|resolution, angle| self.scan(*number, resolution, angle), recogniser)
                };
                pages.push((*number, page));
            }
            pages
        };
        // Where other documents of this run are recognised at the same time, the cores have enough to do.
        let busy = BUSY.fetch_add(numbers.len(), Ordering::Relaxed);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.saturating_sub(busy).max(1).min(numbers.len());
        let pages = thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(read)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
        });
        BUSY.fetch_sub(numbers.len(), Ordering::Relaxed);
        Recognised { by: recogniser.name().to_owned(), pages }
    }

    /// The pictures of one page, with so many dots to the inch, turned round the middle by an angle against the clock; `number`
    /// counts from 1. `None` where the page does not exist, is broken, has no picture, or is too large.
    pub fn scan(&self, number: u32, resolution: f32, angle: f32) -> Option<Raster> {
        let page = self.pdf.pages().get(number.checked_sub(1)? as usize)?;
        let (width, height) = page.render_dimensions();
        let scale = resolution / 72.0;
        let side = |points: f32| (points * scale).ceil().max(1.0);
        Some(side(width) * side(height)).filter(|pixels| *pixels <= MOST)?;
        let draw = || {
            let middle = Point::new(f64::from(side(width)) / 2.0, f64::from(side(height)) / 2.0);
            let transform = Affine::rotate_about(-f64::from(angle), middle)
                * Affine::scale(f64::from(scale))
                * page.initial_transform(true).to_kurbo();
            let bounds = hayro_interpret::kurbo::Rect::new(
                0.0,
                0.0,
                f64::from(width * scale),
                f64::from(height * scale),
            );
            let cache = InterpreterCache::new();
            let settings = InterpreterSettings::default();
            let mut context = Context::new(transform, bounds, &cache, self.pdf.xref(), settings);
            let picture = Raster::white(side(width) as usize, side(height) as usize);
            let mut device = PictureDevice { picture, painted: false };
            interpret_page(page, &mut context, &mut device);
            device.painted.then_some(device.picture)
        };
        catch_unwind(AssertUnwindSafe(draw)).ok().flatten()
    }
}

struct PictureDevice {
    picture: Raster,
    painted: bool,
}

/// The shades of a picture, and how opaque each of its pixels is.
struct Shades {
    grey: Raster,
    opacity: Option<Raster>,
}

impl PictureDevice {
    /// Paints a picture whose pixels have their places on the page by `transform`.
    fn paint(&mut self, transform: Affine, image: &Shades) {
        let (width, height) = (image.grey.width() as f64, image.grey.height() as f64);
        if transform.determinant().abs() < 1e-9 || width < 1.0 || height < 1.0 {
            return;
        }
        self.painted = true;
        let drawn = transform.transform_rect_bbox(hayro_interpret::kurbo::Rect::new(0.0, 0.0, width, height));
        let back = transform.inverse();
        let [a, b, c, d, ..] = back.as_coeffs();
        let (across, down) = (samples(a.hypot(b) as f32), samples(c.hypot(d) as f32));
        let from = |value: f64| value.floor().max(0.0) as usize;
        let to = |value: f64, most: usize| (value.ceil().max(0.0) as usize).min(most);
        for y in from(drawn.y0)..to(drawn.y1, self.picture.height()) {
            for x in from(drawn.x0)..to(drawn.x1, self.picture.width()) {
                let (mut shade, mut opaque) = (0.0, 0.0);
                for row in 0..down {
                    for column in 0..across {
                        let at = Point::new(
                            x as f64 + (column as f64 + 0.5) / across as f64,
                            y as f64 + (row as f64 + 0.5) / down as f64,
                        );
                        let at = back * at;
                        if !(0.0..width).contains(&at.x) || !(0.0..height).contains(&at.y) {
                            continue;
                        }
                        let here = image.opacity.as_ref().map_or(1.0, |opacity| {
                            let by = (opacity.width() as f64 / width, opacity.height() as f64 / height);
                            opacity.between((at.x * by.0) as f32, (at.y * by.1) as f32) / 255.0
                        });
                        shade += here * image.grey.between(at.x as f32, at.y as f32);
                        opaque += here;
                    }
                }
                let all = (across * down) as f32;
                let under = f32::from(self.picture.at(x, y)) * (all - opaque);
                self.picture.set(x, y, ((shade + under) / all).round() as u8);
            }
        }
    }
}

impl<'a> Device<'a> for PictureDevice {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let scaled =
            |(x, y): (f32, f32)| props.transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
        match image {
            Image::Raster(image) => image.with_rgba(
                |image, opacity| {
                    let transform = scaled(image.scale_factors());
                    let opacity = opacity.map(|o| raster(o.width, o.height, o.data.into_iter()));
                    self.paint(transform, &Shades { grey: shades(image), opacity });
                },
                None,
            ),
            Image::Stencil(image) => image.with_stencil(
                |stencil, paint| {
                    let shade = match paint {
                        Paint::Color(colour) => {
                            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
                            brightness(red, green, blue)
                        }
                        Paint::Pattern(_) => 0,
                    };
                    let transform = scaled(stencil.scale_factors);
                    let grey = raster(stencil.width, stencil.height, stencil.data.iter().map(|_| shade));
                    let opacity = Some(raster(stencil.width, stencil.height, stencil.data.into_iter()));
                    self.paint(transform, &Shades { grey, opacity });
                },
                None,
            ),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
