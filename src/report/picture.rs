//! Draws what was found on a page over a picture of the page, in SVG: layers can be switched, and cells say what they
//! are.

use crate::layout::printed::Printed;
use crate::model::geometry::Rect;
use crate::report::markup;
use crate::table::page::DrawnTable;
use std::fmt::Write as _;

/// Pixels to a point at which a viewer first shows the picture: 144 dots an inch.
const SCALE: f32 = 2.0;

/// The kinds of things that are marked on the picture, in the order of drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layer {
    Fills,
    Words,
    Rules,
    Cells,
    Heads,
    Tables,
}

impl Layer {
    const ALL: [Layer; 6] =
        [Layer::Fills, Layer::Words, Layer::Rules, Layer::Cells, Layer::Heads, Layer::Tables];

    fn name(self) -> &'static str {
        match self {
            Layer::Fills => "fills",
            Layer::Words => "words",
            Layer::Rules => "rules",
            Layer::Cells => "cells",
            Layer::Heads => "heads",
            Layer::Tables => "tables",
        }
    }

    /// Its colour, and how thick its outline is in points.
    fn pen(self) -> ([u8; 3], f32) {
        match self {
            Layer::Fills => ([150, 150, 150], 0.4),
            Layer::Words => ([120, 170, 120], 0.3),
            Layer::Rules => ([240, 140, 0], 0.8),
            Layer::Cells => ([30, 90, 220], 0.6),
            Layer::Heads => ([150, 30, 190], 0.9),
            Layer::Tables => ([220, 20, 40], 1.2),
        }
    }
}

struct Overlay {
    layer: Layer,
    area: Rect,
    text: String,
}

/// What was found on a page.
fn marks(page: &Printed, tables: &[DrawnTable]) -> Vec<Overlay> {
    let mut marks = Vec::new();
    let mut mark = |layer, area: Rect, text: String| {
        marks.push(Overlay { layer, area: page.frame.shown(area), text });
    };
    for fill in &page.fills {
        mark(Layer::Fills, fill.area, format!("filled with {:?}", fill.colour));
    }
    for word in &page.words {
        mark(Layer::Words, word.area, page.text(word));
    }
    for rule in &page.rules {
        mark(Layer::Rules, rule.area(), format!("{:.1} points thick", rule.width));
    }
    for (number, table) in tables.iter().enumerate() {
        let reasons = table.reasons.join("; ");
        let (form, rows, cols) = (table.form, table.rows, table.cols);
        let mut text = format!("t{}: {form:?}, {rows} rows, {cols} columns: {reasons}", number + 1);
        for found in &table.contradictions {
            let _ = match found.cell {
                Some((row, col)) => write!(text, "; in doubt: row {row}, column {col}: {}", found.why),
                None => write!(text, "; in doubt: {}: {}", found.why, found.text),
            };
        }
        mark(Layer::Tables, table.area, text);
        for cell in &table.cells {
            let words = || cell.lines.iter().flatten().filter_map(|w| page.words.get(*w));
            let Some(area) = crate::model::geometry::cover(words().map(|w| w.area)) else { continue };
            let head = table.header_rows.is_some_and(|rows| cell.row < rows);
            let printed: Vec<String> = words().map(|w| page.text(w)).collect();
            let reach = match (cell.row_span, cell.col_span) {
                (1, 1) => String::new(),
                (rows, cols) => format!(", over {rows} rows and {cols} columns"),
            };
            let text = format!("row {}, column {}{reach}: {}", cell.row, cell.col, printed.join(" "));
            mark(if head { Layer::Heads } else { Layer::Cells }, area, text);
        }
    }
    marks
}

/// A picture of a page, given as an SVG element with its `size` in points, under what was found on the page and on
/// regions of it.
pub fn svg(page: &str, size: (f32, f32), found: &[(&Printed, Vec<DrawnTable>)]) -> String {
    let marks: Vec<Overlay> = found.iter().flat_map(|(page, tables)| marks(page, tables)).collect();
    let (width, height) = size;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{}\" height=\"{}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{page}\n",
        width * SCALE,
        height * SCALE
    );
    for layer in Layer::ALL {
        let ([r, g, b], pen) = layer.pen();
        // Writing to a string cannot fail.
        let _ = writeln!(
            svg,
            "<g id=\"{}\" stroke=\"rgb({r},{g},{b})\" stroke-width=\"{pen}\" fill=\"rgb({r},{g},{b})\" \
             fill-opacity=\"0.08\">",
            layer.name()
        );
        for mark in marks.iter().filter(|m| m.layer == layer) {
            let (area, text) = (mark.area, markup(&mark.text));
            let _ = writeln!(
                svg,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"><title>{text}</title></rect>",
                area.x0,
                area.y0,
                area.width().max(0.0),
                area.height().max(0.0)
            );
            if layer == Layer::Tables {
                let (x, y) = (area.x0, (area.y0 - 2.0).max(6.0));
                let _ = writeln!(
                    svg,
                    "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"6\" font-family=\"sans-serif\" \
                     fill-opacity=\"1\" stroke=\"none\">{text}</text>"
                );
            }
        }
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}
