//! Diagnostics about pages: those without text, with the reason, and those whose text is uncertain.

use crate::model::canvas::{Canvas, Sight, Turn, UNREADABLE};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::skew::Orientation;

/// The pages for each kind of diagnostic.
#[derive(Default)]
pub(crate) struct PageDiagnostics {
    scanned: Vec<(u32, f32)>,
    stamped: Vec<(u32, f32)>,
    recognised: Vec<(u32, f32)>,
    just_recognised: Vec<(u32, f32)>,
    not_recognised: Vec<(u32, String)>,
    blank: Vec<u32>,
    drawn: Vec<u32>,
    unseen: Vec<u32>,
    aslant: Vec<u32>,
    unreadable: Vec<u32>,
    damaged: Vec<u32>,
}

impl PageDiagnostics {
    /// Adds a page whose content does not match its checksum.
    pub fn damaged(&mut self, page: u32) {
        self.damaged.push(page);
    }

    /// Adds a scanned page whose text could not be recognised, and why.
    pub fn not_recognised(&mut self, page: u32, why: String) {
        self.not_recognised.push((page, why));
    }

    /// Adds a scanned page with the text that was just recognised in it.
    pub fn recognised(&mut self, canvas: &Canvas) {
        if canvas.is_recognised() {
            self.just_recognised.push((canvas.page, canvas.pictured()));
        } else {
            self.not_recognised.push((canvas.page, "hardly any was found".to_owned()));
        }
    }

    /// Adds a page.
    pub fn page(&mut self, canvas: &Canvas) {
        let (page, share) = (canvas.page, canvas.pictured());
        let ink = |g: &&crate::model::canvas::Glyph| !g.ch.is_whitespace() && g.sight == Sight::Plain;
        let plain = canvas.glyphs.iter().filter(ink).count();
        if canvas.is_recognised() {
            self.recognised.push((page, share));
        } else if canvas.is_scanned() {
            if plain == 0 { self.scanned.push((page, share)) } else { self.stamped.push((page, share)) }
        } else if plain == 0 {
            let marks = canvas.rules.len() + canvas.fills.len() + canvas.curves.len() + canvas.pictures.len();
            let hidden = canvas.glyphs.iter().any(|g| !g.ch.is_whitespace());
            match (hidden, marks) {
                (true, _) => self.unseen.push(page),
                (false, 0) => self.blank.push(page),
                (false, _) => self.drawn.push(page),
            }
        } else if canvas.glyphs.iter().filter(ink).all(|g| g.turn == Turn::Aslant) {
            let lie = Orientation::of(canvas);
            let aslant = |g| lie.turn_of(g) == Turn::Aslant;
            self.aslant.extend(canvas.glyphs.iter().filter(ink).all(aslant).then_some(page));
        }
        if canvas.glyphs.iter().filter(ink).any(|g| g.ch == UNREADABLE) {
            self.unreadable.push(page);
        }
    }

    /// The diagnostics, one for each kind. `by` is the recogniser that was asked.
    pub fn finish(self, by: Option<&str>) -> Vec<Diagnostic> {
        use Severity::{Note, Warning};
        let mut told = Vec::new();
        let mut tell = |code, severity, pages: &[u32], one: &str, many: &str| {
            if !pages.is_empty() {
                let what = if pages.len() == 1 { one } else { many };
                let message = format!("{} {what}", listed(pages));
                told.push(Diagnostic { code, severity, message, place: None });
            }
        };
        let numbers = |pages: &[(u32, f32)]| pages.iter().map(|(page, _)| *page).collect::<Vec<_>>();
        let share = shares(&self.scanned);
        tell(
            "scanned-page",
            Warning,
            &numbers(&self.scanned),
            &format!("is a picture ({share} of the page) and holds no text: {OCR}"),
            &format!("are pictures ({share} of the page) and hold no text: {OCR}"),
        );
        let share = shares(&self.stamped);
        tell(
            "scanned-page",
            Warning,
            &numbers(&self.stamped),
            &format!("is a picture ({share} of the page) with next to no text: if it is a scan, {OCR}"),
            &format!("are pictures ({share} of the page) with next to no text: if they are scans, {OCR}"),
        );
        let share = shares(&self.recognised);
        let held = "its figures may be misread, and nothing is called inconsistent by them";
        tell(
            "recognised-text",
            Note,
            &numbers(&self.recognised),
            &format!(
                "is a scan ({share} of the page) with a layer of recognised text, which was read: {held}"
            ),
            &format!(
                "are scans ({share} of the page) with a layer of recognised text, which was read: {held}"
            ),
        );
        let (share, by) = (shares(&self.just_recognised), by.unwrap_or_default());
        tell(
            "recognised-text",
            Note,
            &numbers(&self.just_recognised),
            &format!("is a scan ({share} of the page), and its text was recognised by {by}: {held}"),
            &format!("are scans ({share} of the page), and their text was recognised by {by}: {held}"),
        );
        let mut reasons: Vec<&str> = self.not_recognised.iter().map(|(_, why)| why.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        for reason in reasons {
            let pages = self.not_recognised.iter().filter(|(_, why)| why == reason);
            let pages: Vec<u32> = pages.map(|(page, _)| *page).collect();
            let one = format!("is a picture whose text was not recognised: {reason}");
            let many = format!("are pictures whose text was not recognised: {reason}");
            tell("scanned-page", Warning, &pages, &one, &many);
        }
        let lost = "its content is damaged, so that parts of it are lost or wrong; fetch the file again";
        tell(
            "damaged-page",
            Warning,
            &self.damaged,
            &format!("cannot be trusted: {lost}"),
            "are damaged: \
            parts of their content are lost or wrong; fetch the file again",
        );
        tell("blank-page", Note, &self.blank, "is blank", "are blank");
        tell(
            "page-without-text",
            Note,
            &self.drawn,
            "has drawings or pictures and no text",
            "have drawings or pictures and no text",
        );
        tell(
            "unseen-text",
            Note,
            &self.unseen,
            "has only text that cannot be seen (without ink, off the page, covered, or in the colour of its ground); it was left out",
            "have only text that cannot be seen (without ink, off the page, covered, or in the colour of its ground); it was left out",
        );
        tell(
            "aslant-text",
            Note,
            &self.aslant,
            "has only text that runs aslant; it was left out",
            "have only text that runs aslant; it was left out",
        );
        tell(
            "unreadable-glyphs",
            Note,
            &self.unreadable,
            "has glyphs of which the file does not say which characters they are; figures with them are doubtful",
            "have glyphs of which the file does not say which characters they are; figures with them are doubtful",
        );
        told
    }
}

/// What can be done about a page that is a picture.
#[cfg(feature = "ocr")]
const OCR: &str = "read it with --ocr, for which Tesseract has to be installed, or recognise the text first (OCR), for example with \
    ocrmypdf, and read the result";
#[cfg(not(feature = "ocr"))]
const OCR: &str = "recognise the text first (OCR), for example with ocrmypdf, and read the result";

/// Formats the share of the page that pictures cover: "94%", "94% to 100%".
fn shares(pages: &[(u32, f32)]) -> String {
    let percent = |share: f32| (share * 100.0).round() as u32;
    let low = pages.iter().map(|(_, share)| percent(*share)).min().unwrap_or(0);
    let high = pages.iter().map(|(_, share)| percent(*share)).max().unwrap_or(0);
    if low == high { format!("{low}%") } else { format!("{low}% to {high}%") }
}

/// Formats a list of pages: "pages 1 to 3 and 7". After ten ranges the rest is counted.
fn listed(pages: &[u32]) -> String {
    const MOST: usize = 10;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let left: usize = runs.iter().skip(MOST).map(|(a, b)| (b - a + 1) as usize).sum();
    let mut parts: Vec<String> = runs
        .iter()
        .take(MOST)
        .map(|(a, b)| match b - a {
            0 => a.to_string(),
            _ => format!("{a} to {b}"),
        })
        .collect();
    if left > 0 {
        parts.push(format!("{left} more"));
    }
    let word = if pages.len() == 1 { "page" } else { "pages" };
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{word} {} and {last}", rest.join(", ")),
        _ => format!("{word} {}", parts.concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_in_stretches() {
        assert_eq!(listed(&[2]), "page 2");
        assert_eq!(listed(&[1, 2, 3, 7]), "pages 1 to 3 and 7");
        let odd: Vec<u32> = (0..30).map(|n| 2 * n + 1).collect();
        assert_eq!(listed(&odd), "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 20 more");
    }

    #[test]
    fn a_blank_page_is_told_once_for_all() {
        let mut told = PageDiagnostics::default();
        for page in 1..=3 {
            told.page(&Canvas { page, width: 100.0, height: 100.0, ..Canvas::default() });
        }
        let told = told.finish(None);
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].code, told[0].message.as_str()), ("blank-page", "pages 1 to 3 are blank"));
    }
}
