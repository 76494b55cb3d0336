//! Writes an annotated copy of a PDF: the file as it is, byte for byte, and after it an incremental update with
//! highlights, each with a note.
//!
//! The update holds the annotations, the pages that list them, and a cross-reference section of the kind that the file
//! ends with. Nothing in it depends on the time, so that the same input gives the same bytes.

mod findings;
mod objects;
mod xref;

pub use findings::marks;

use crate::model::diagnostic::Refusal;
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect};
use objects::{Number, text};
use std::collections::BTreeMap;
use std::io::Write as _;
use xref::{Sections, Update};

/// A mark on a page of a PDF.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// From 1.
    pub page: u32,
    /// Left, top, right and bottom of each area, in points of the page as displayed, origin top left, as
    /// [`bbox`](crate::report::schema::Span::bbox) gives them. What is off the page is cut.
    pub areas: Vec<[f64; 4]>,
    /// What it marks.
    pub kind: Kind,
    /// Who speaks, which viewers show over the note.
    pub title: String,
    /// The note that viewers show at a click; it may have several lines.
    pub text: String,
}

/// What a mark stands on. Each kind has a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The figure that does not agree with others.
    Published,
    /// A figure that it is worked out from.
    Operand,
}

impl Kind {
    /// Red, green and blue. In grey the two are as light as 69% and 84% of white: black text is legible on both, both
    /// differ from paper, and they differ from each other.
    fn colour(self) -> [f64; 3] {
        match self {
            Kind::Published => [1.0, 0.62, 0.22],
            Kind::Operand => [0.7, 0.88, 1.0],
        }
    }
}

/// An annotated copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// The bytes of the file, and the update after them. It is the file as it was where no mark could be set.
    pub bytes: Vec<u8>,
    /// How many marks were set.
    pub set: usize,
    /// How many were not: their page does not exist or is no object of its own, or none of their areas is on it.
    pub left_out: usize,
}

/// Annotates a PDF.
///
/// # Errors
/// What keeps the file from being annotated, and what to do: it is encrypted, or what lists its objects is broken, so that
/// it can only be read by searching it.
pub fn pdf(original: &[u8], marks: &[Mark]) -> Result<Annotated, Refusal> {
    let sections = Sections::read(original).ok_or_else(broken)?;
    if sections.trailer.contains_key(b"Encrypt") {
        let what = "an encrypted PDF: what is added to it would have to be encrypted as well";
        return Err(refusal(what, "save a copy without encryption and annotate that"));
    }
    let pdf = Pdf::new(original.to_vec()).map_err(|_| broken())?;
    if !sections.hold(pdf.xref().root_id()) {
        return Err(broken());
    }
    let mut by_page: BTreeMap<u32, Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        by_page.entry(mark.page).or_default().push(mark);
    }
    let mut update = Update::new(&sections, original);
    let mut set = 0;
    for (number, marks) in by_page {
        let index = number.checked_sub(1).map(|index| index as usize);
        let Some(page) = index.and_then(|index| pdf.pages().get(index)) else { continue };
        let frame = Frame::of(page);
        let areas = marks.iter().map(|mark| (*mark, frame.user_space(&mark.areas)));
        let placed: Vec<_> = areas.filter(|(_, areas)| !areas.is_empty()).collect();
        let Some(own) = page.raw().obj_id() else { continue };
        // A page that stands directly in the list of pages has the number of this list.
        if placed.is_empty() || pdf.xref().get::<Dict<'_>>(own).as_ref() != Some(page.raw()) {
            continue;
        }
        if !sections.hold(own) {
            return Err(broken());
        }
        let mut added = Vec::new();
        for (mark, areas) in &placed {
            let appearance = update.add(|out, _| appearance(out, mark.kind, areas)).ok_or_else(too_large)?;
            let note =
                |out: &mut Vec<u8>, number| annotation(out, mark, areas, (number, appearance, own.into()));
            added.push(update.add(note).ok_or_else(too_large)?);
        }
        update.replace(own, |out| with_annotations(out, page.raw(), &added)).ok_or_else(too_large)?;
        set += placed.len();
    }
    let bytes = if set == 0 { original.to_vec() } else { update.finish().ok_or_else(too_large)? };
    Ok(Annotated { bytes, set, left_out: marks.len() - set })
}

fn refusal(what: &str, hint: &str) -> Refusal {
    (what.to_owned(), hint.to_owned())
}

fn broken() -> Refusal {
    let what = "a PDF whose list of objects is broken: nothing can be added to it, although it may be read";
    refusal(what, "open it in a PDF viewer, save or print it as a new file, and annotate that")
}

fn too_large() -> Refusal {
    refusal("a PDF too large to be added to", "split it, and annotate the parts")
}

/// How a page as displayed lies in its user space.
struct Frame {
    shown: Rect,
    back: Affine,
}

impl Frame {
    /// Undoes what `read::pdf` applies: rotation, crop box and the direction of `y`.
    fn of(page: &Page<'_>) -> Frame {
        let (width, height) = page.render_dimensions();
        let shown = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        Frame { shown, back: page.initial_transform(true).to_kurbo().inverse() }
    }

    /// The areas that are on the page, each as its corners in user space: those at the left and right of the top, then of
    /// the bottom, as the page is displayed.
    fn user_space(&self, areas: &[[f64; 4]]) -> Vec<[(f64, f64); 4]> {
        let finite = areas.iter().filter(|area| area.iter().all(|side| side.is_finite()));
        let seen = finite.map(|[left, top, right, bottom]| {
            let (width, height) = (self.shown.x1, self.shown.y1);
            [
                left.clamp(0.0, width),
                top.clamp(0.0, height),
                right.clamp(0.0, width),
                bottom.clamp(0.0, height),
            ]
        });
        let corners = seen.filter(|[left, top, right, bottom]| left < right && top < bottom).map(
            |[left, top, right, bottom]| {
                [(left, top), (right, top), (left, bottom), (right, bottom)]
                    .map(|corner| (self.back * hayro_interpret::kurbo::Point::from(corner)).into())
            },
        );
        corners.filter(|c| c.iter().all(|(x, y): &(f64, f64)| x.is_finite() && y.is_finite())).collect()
    }
}

/// The rectangle that covers corners.
fn cover<'a>(corners: impl IntoIterator<Item = &'a (f64, f64)>) -> [f64; 4] {
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    corners.into_iter().fold(none, |[x0, y0, x1, y1], &(x, y)| [x0.min(x), y0.min(y), x1.max(x), y1.max(y)])
}

fn numbers(numbers: impl IntoIterator<Item = f64>) -> String {
    numbers.into_iter().map(|number| Number(number).to_string()).collect::<Vec<_>>().join(" ")
}

/// What a viewer draws: the areas in the colour of the mark, multiplied with the page, so that text stays black. Viewers
/// that are left to draw highlights themselves differ in shape and strength.
fn appearance(out: &mut Vec<u8>, kind: Kind, areas: &[[(f64, f64); 4]]) {
    let mut drawn = format!("/G gs {} rg\n", numbers(kind.colour()));
    for area in areas {
        let [x0, y0, x1, y1] = cover(area);
        drawn += &numbers([x0, y0, x1 - x0, y1 - y0]);
        drawn += " re\n";
    }
    drawn.push('f');
    let bounds = numbers(cover(areas.iter().flatten()));
    let _ = write!(
        out,
        "<</Type/XObject/Subtype/Form/BBox[{bounds}]/Resources<</ExtGState<</G<</BM/Multiply>>>>>>/Length {}>>\n\
         stream\n{drawn}\nendstream",
        drawn.len()
    );
}

/// The annotation, given the numbers of itself, of its appearance and of its page.
fn annotation(
    out: &mut Vec<u8>,
    mark: &Mark,
    areas: &[[(f64, f64); 4]],
    (own, appearance, page): (u32, u32, objects::Reference),
) {
    let corners = || areas.iter().flatten();
    let _ = write!(
        out,
        "<</Type/Annot/Subtype/Highlight/P {page}/Rect[{}]/QuadPoints[{}]/C[{}]/CA 1/F 4/NM(crossfoot-{own})\
         /AP<</N {appearance} 0 R>>",
        numbers(cover(corners())),
        numbers(corners().flat_map(|&(x, y)| [x, y])),
        numbers(mark.kind.colour()),
    );
    out.extend_from_slice(b"/T");
    text(out, &mark.title);
    out.extend_from_slice(b"/Contents");
    text(out, &mark.text);
    out.extend_from_slice(b">>");
}

/// The page with annotations added to those that it has. They stand in the page itself, also where the page refers to a
/// list, because another page may refer to the same list.
fn with_annotations(out: &mut Vec<u8>, page: &Dict<'_>, added: &[u32]) {
    out.extend_from_slice(b"<<");
    objects::entries(out, page, &[b"Annots"]);
    out.extend_from_slice(b"/Annots[");
    out.extend_from_slice(page.get::<Array<'_>>(b"Annots").map_or(&[], |before| before.data()));
    for number in added {
        let _ = write!(out, " {number} 0 R");
    }
    out.extend_from_slice(b"]>>");
}
