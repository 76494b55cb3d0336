//! Prints and draws the pages of a PDF for `crossfoot debug`.

use super::archive::replace;
use super::messages::Messages;
use super::{Status, stdout};
use crate::layout::printed::Printed;
use crate::model::canvas::Canvas;
use crate::read::pdf::File;
use crate::read::source::FileKind;
use crate::read::{pdf, source};
use crate::report::{picture, printable};
use crate::table::page as drawn;
use crate::table::page::DrawnTable;
use std::io::{self, Write};
use std::path::Path;

/// Opens a PDF. What is wrong with it is reported.
fn open(path: &Path, password: Option<&str>, messages: &Messages) -> Result<File, Status> {
    let name = path.display().to_string();
    let source = source::read(path).map_err(|error| {
        messages.unread(&error);
        Status::Failed
    })?;
    if source.kind != FileKind::Pdf {
        messages.error(&name, "not a PDF: it has no pages that are drawn", Some("name a PDF file"));
        return Err(Status::Failed);
    }
    pdf::open(source.bytes, password).map_err(|(what, hint)| {
        messages.error(&name, &what, Some(&hint));
        Status::Failed
    })
}

fn no_page(path: &Path, file: &File, number: u32, messages: &Messages) -> Status {
    let what = format!("page {number} cannot be shown: the file has {} pages", file.pages());
    messages.error(&path.display().to_string(), &what, None);
    Status::Failed
}

/// Prints what is drawn on one page or on all.
pub(super) fn print(
    path: &Path,
    password: Option<&str>,
    page: Option<u32>,
    show: fn(&mut dyn Write, Canvas) -> io::Result<()>,
    messages: &Messages,
) -> io::Result<Status> {
    let file = match open(path, password, messages) {
        Ok(file) => file,
        Err(status) => return Ok(status),
    };
    let pages = u32::try_from(file.pages()).unwrap_or(u32::MAX);
    if let Some(number) = page.filter(|page| !(1..=pages).contains(page)) {
        return Ok(no_page(path, &file, number, messages));
    }
    let mut out = stdout();
    let mut shown = Ok(());
    file.read(
        |_| None,
        |canvas| {
            if shown.is_ok() && page.is_none_or(|page| page == canvas.page) {
                shown = show(&mut out, canvas);
            }
        },
    );
    shown?;
    out.flush()?;
    Ok(Status::Clean)
}

/// Prints glyphs, rules and fills, in the order of painting.
pub(super) fn canvas(out: &mut dyn Write, canvas: Canvas) -> io::Result<()> {
    writeln!(out, "page {}: {} by {} points", canvas.page, canvas.width, canvas.height)?;
    for glyph in &canvas.glyphs {
        let (area, (r, g, b)) = (glyph.area, (glyph.colour[0], glyph.colour[1], glyph.colour[2]));
        let font = canvas.fonts.get(usize::from(glyph.font)).map_or("", |font| font.name.as_str());
        writeln!(
            out,
            "  {} {:.1} {:.1} {:.1} {:.1}  {:.1} pt {} #{r:02x}{g:02x}{b:02x} {:?} {:?}",
            printable(&glyph.ch.to_string()),
            area.x0,
            area.y0,
            area.x1,
            area.y1,
            glyph.size,
            printable(font),
            glyph.turn,
            glyph.sight,
        )?;
    }
    for rule in &canvas.rules {
        let way = if rule.level { "level" } else { "upright" };
        writeln!(
            out,
            "  {way} rule at {:.1}, {:.1} to {:.1}, {:.1} thick",
            rule.at, rule.from, rule.to, rule.width
        )?;
    }
    for fill in &canvas.fills {
        let (area, [r, g, b]) = (fill.area, fill.colour);
        writeln!(
            out,
            "  filled {:.1} {:.1} {:.1} {:.1}  #{r:02x}{g:02x}{b:02x}",
            area.x0, area.y0, area.x1, area.y1
        )?;
    }
    Ok(())
}

/// Prints words, each with its box, line and size.
pub(super) fn words(out: &mut dyn Write, canvas: Canvas) -> io::Result<()> {
    let page = Printed::of(canvas);
    writeln!(out, "page {}: {} by {} points", page.page, page.width, page.height)?;
    words_of(out, &page)?;
    for region in &page.apart {
        writeln!(
            out,
            "page {}: a region of its own, in a frame of {} by {} points",
            page.page, region.width, region.height
        )?;
        words_of(out, region)?;
    }
    Ok(())
}

fn words_of(out: &mut dyn Write, page: &Printed) -> io::Result<()> {
    for word in &page.words {
        let area = word.area;
        writeln!(
            out,
            "  {:.1} {:.1} {:.1} {:.1}  on {:.1}, {:.1} pt{} {:?} {:?}  {}",
            area.x0,
            area.y0,
            area.x1,
            area.y1,
            word.base,
            word.size,
            if word.bold { " bold" } else { "" },
            word.mark,
            word.turn,
            printable(&page.text(word)),
        )?;
    }
    Ok(())
}

/// Draws a page with what was found on it, as SVG.
pub(super) fn draw(
    path: &Path,
    password: Option<&str>,
    number: u32,
    to: &Path,
    messages: &Messages,
) -> io::Result<Status> {
    let name = to.display().to_string();
    if to.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("svg")) {
        messages.error(&name, "a picture is written as .svg", None);
        return Ok(Status::Failed);
    }
    let file = match open(path, password, messages) {
        Ok(file) => file,
        Err(status) => return Ok(status),
    };
    let (Some(canvas), Some(drawing)) = (file.canvas(number), file.painter().drawing(number, None)) else {
        return Ok(no_page(path, &file, number, messages));
    };
    let page = Printed::of(canvas);
    let found: Vec<(&Printed, Vec<DrawnTable>)> =
        std::iter::once(&page).chain(&page.apart).map(|part| (part, drawn::find(part))).collect();
    let tables: usize = found.iter().map(|(_, tables)| tables.len()).sum();
    let svg = picture::svg(&drawing.svg, (drawing.width, drawing.height), &found);
    if let Err(error) = replace(to, |out| out.write_all(svg.as_bytes())) {
        messages.error(&name, &format!("it could not be written: {error}"), None);
        return Ok(Status::Failed);
    }
    messages.note(&format!("{name}: page {number}, {tables} tables"));
    Ok(Status::Clean)
}
