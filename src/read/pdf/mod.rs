//! Reads a PDF with hayro's interpreter and records each page as a [`Canvas`].

mod actual_text;
mod device;
mod diagnostics;
mod glyphs;
#[cfg(any(feature = "ocr", feature = "render"))]
mod grey;
mod grounds;
#[cfg(feature = "render")]
mod image;
mod info;
mod layers;
mod links;
mod names;
mod paths;
#[cfg(feature = "render")]
mod render;
#[cfg(feature = "ocr")]
mod scan;
pub(crate) mod settings;
mod sight;
#[cfg(feature = "render")]
mod sketch;
mod streams;
mod structure;
mod whole;

use crate::model::canvas::Canvas;
use crate::model::diagnostic::{Diagnostic, Refusal, Severity};
use crate::model::document::Info;
#[cfg(feature = "ocr")]
use crate::read::ocr::Recognised;
use device::Recorder;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret_page,
};
use settings::SETTINGS;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file that is open, its pages not yet read.
pub struct File {
    pdf: Pdf,
    off: layers::Off,
    /// Diagnostics about the file as a whole: it is cut off, or its list of pages is broken.
    lacks: Vec<Diagnostic>,
    /// The text of its pages that are pictures.
    #[cfg(feature = "ocr")]
    recognised: Option<Recognised>,
}

/// Opens a file; where it is encrypted, with the password or, without one, with the empty one.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<File, Refusal> {
    let data = PdfData::from(bytes);
    let mut lacks: Vec<Diagnostic> = whole::cut(data.as_ref()).into_iter().collect();
    let read = |data: PdfData| Pdf::new_with_password(data, password.unwrap_or(""));
    let pdf = match read(data.clone()) {
        Err(LoadPdfError::Invalid) => {
            let mended = whole::mended(data.as_ref()).and_then(|bytes| read(bytes.into()).ok());
            let pdf = mended.ok_or_else(|| refusal(LoadPdfError::Invalid, password))?;
            lacks.push(whole::is_mended(pdf.pages().len()));
            pdf
        }
        read => read.map_err(|error| refusal(error, password))?,
    };
    lacks.extend(whole::lost_pages(&pdf));
    let file = File {
        off: layers::Off::of(&pdf),
        pdf,
        lacks,
        #[cfg(feature = "ocr")]
        recognised: None,
    };
    if file.pages() == 0 {
        let hint = "it is damaged or was never finished; fetch or export it again";
        return Err(("a PDF without any page".to_owned(), hint.to_owned()));
    }
    Ok(file)
}

/// Whether a file is one that a password opens, and not this one.
pub fn asks_password(bytes: Vec<u8>, password: Option<&str>) -> bool {
    let opened = Pdf::new_with_password(PdfData::from(bytes), password.unwrap_or(""));
    matches!(opened, Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)))
}

fn refusal(error: LoadPdfError, password: Option<&str>) -> Refusal {
    let (what, hint) = match (error, password) {
        (LoadPdfError::Decryption(DecryptionError::PasswordProtected), None) => {
            ("an encrypted PDF that asks for a password", "give it with --password")
        }
        (LoadPdfError::Decryption(DecryptionError::PasswordProtected), Some(_)) => {
            ("an encrypted PDF that this password does not open", "check the spelling of --password")
        }
        (LoadPdfError::Decryption(_), _) => (
            "a PDF encrypted in a way that is not understood",
            "open it in a PDF viewer and print or export it without encryption",
        ),
        (LoadPdfError::Invalid, _) => {
            ("a PDF too damaged to read: no list of its pages was found", "fetch or export it again")
        }
    };
    (what.to_owned(), hint.to_owned())
}

impl File {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// What it says of itself.
    pub fn info(&self) -> Info {
        info::of(&self.pdf)
    }

    /// Adds what was recognised on a page to it, or says why nothing was.
    #[cfg(not(feature = "ocr"))]
    fn add_recognised(&self, _: &mut Canvas) -> Option<Result<(), String>> {
        None
    }

    /// What recognised it.
    #[cfg(not(feature = "ocr"))]
    fn recogniser(&self) -> Option<&str> {
        None
    }

    /// Reads the pages in order and passes each to `take`; returns diagnostics for what was lost. The text of pages that are
    /// pictures is what was recognised of them before. `stop` is called before each page with the number of pages read so far; where it
    /// returns a reason, the remaining pages are left out.
    pub fn read(
        &self,
        mut stop: impl FnMut(usize) -> Option<Diagnostic>,
        mut take: impl FnMut(Canvas),
    ) -> Vec<Diagnostic> {
        let mut diagnostics = self.lacks.clone();
        let mut told = diagnostics::PageDiagnostics::default();
        let mut names = names::KnownNames::default();
        let mut tagged = structure::tables(&self.pdf);
        let cache = InterpreterCache::new();
        for (at, page) in self.pdf.pages().iter().enumerate().take(SETTINGS.max_pages) {
            if let Some(reason) = stop(at) {
                diagnostics.push(reason);
                return diagnostics;
            }
            let number = at as u32 + 1;
            let state = streams::check(page);
            let drawn = match state {
                streams::State::TooLarge => {
                    let message = format!(
                        "page {number} was left out: its content would unpack to hundreds of megabytes; \
                         the other pages were read"
                    );
                    diagnostics.push(warning("oversized-page", message));
                    None
                }
                _ => match catch_unwind(AssertUnwindSafe(|| self.page(number, page, &cache, names.of(page))))
                {
                    Ok(drawn) => Some(drawn),
                    Err(_) => {
                        let message = format!(
                            "page {number} could not be read: its drawing instructions are broken; \
                             the other pages were read"
                        );
                        diagnostics.push(warning("unreadable-page", message));
                        None
                    }
                },
            };
            let Some((mut canvas, overflowed)) = drawn else {
                let (width, height) = page.render_dimensions();
                take(Canvas { page: number, width, height, ..Canvas::default() });
                continue;
            };
            if overflowed {
                diagnostics.push(warning(
                    "crowded-page",
                    format!("page {number} draws more than is kept of one page; the rest of it was left out"),
                ));
            }
            match self.add_recognised(&mut canvas) {
                Some(Ok(())) => told.recognised(&canvas),
                Some(Err(why)) => told.not_recognised(number, why),
                None => told.page(&canvas),
            }
            if state == streams::State::Damaged {
                told.damaged(number);
            }
            let id = page.raw().obj_id().map(|id| (id.obj_number, id.gen_number));
            canvas.tagged = id.and_then(|id| tagged.remove(&id)).unwrap_or_default();
            take(canvas);
        }
        diagnostics.extend(told.finish(self.recogniser()));
        if self.pages() > SETTINGS.max_pages {
            let message = format!(
                "only the first {} of {} pages were read; split the file",
                SETTINGS.max_pages,
                self.pages()
            );
            diagnostics.push(warning("too-many-pages", message));
        }
        diagnostics
    }

    fn page<'a>(
        &'a self,
        number: u32,
        page: &Page<'a>,
        cache: &InterpreterCache<'a>,
        lies: names::Contradictions,
    ) -> (Canvas, bool) {
        let (width, height) = page.render_dimensions();
        let transform = page.initial_transform(true).to_kurbo();
        let bounds = hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut recorder = Recorder::new(number, width, height);
        recorder.lies = lies;
        let draw = |content, recorder: &mut Recorder| {
            let settings = InterpreterSettings { render_content: content, ..InterpreterSettings::default() };
            let mut context = Context::new(transform, bounds, cache, self.pdf.xref(), settings);
            interpret_page(page, &mut context, recorder);
        };
        let hidden = self.off.annotations(page, transform);
        let highlights = layers::highlights(page, transform);
        if hidden.is_empty() && highlights.is_empty() {
            draw(RenderContent::all(), &mut recorder);
        } else {
            draw(RenderContent::PAGE, &mut recorder);
            recorder.hidden = hidden.into_iter().map(device::rect).collect();
            recorder.highlights = highlights.into_iter().map(device::rect).collect();
            draw(RenderContent::ANNOTATIONS, &mut recorder);
        }
        let (mut canvas, overflowed) = recorder.finish();
        canvas.links = links::of(page, transform);
        (canvas, overflowed)
    }
}

fn warning(code: &'static str, message: String) -> Diagnostic {
    Diagnostic { code, severity: Severity::Warning, message, place: None }
}

/// Decodes a text string of the file: UTF-16 or UTF-8 where a mark says so, else Windows-1252, which differs little
/// from the PDFDocEncoding that the format names.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
