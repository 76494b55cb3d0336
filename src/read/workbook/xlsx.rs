//! Reads Excel workbooks of 2007 and later (xlsx, xlsm).

mod worksheet;

use super::shown::Format;
use super::{RawSheet, Shared, Visibility, WORDS, damaged};
use crate::model::diagnostic::Refusal;
use crate::read::package::Package;
use crate::read::xml::{Xml, XmlPiece, attribute};
use std::collections::HashMap;
use worksheet::Reader;

/// Reads the sheets one by one and passes each to `take`.
pub(crate) fn read(
    bytes: Vec<u8>,
    most_cells: usize,
    take: &mut impl FnMut(RawSheet),
) -> Result<(), Refusal> {
    let mut package = Package::open(&bytes, &WORDS)?;
    let path = package.main("xl/workbook.xml");
    let parts = package.relations(&path);
    let mut shared = Shared::of(most_cells);
    let sheets = workbook(&mut package, &path, &mut shared)?;
    if let Some(xml) = package.xml(&parts.path("sharedStrings", "sharedStrings.xml")) {
        let texts = xml.map_err(|(why, _)| why).and_then(strings);
        shared.strings = texts.map_err(|why| damaged(&format!("its texts: {why}")))?;
    }
    if let Some(xml) = package.xml(&parts.path("styles", "styles.xml")) {
        shared.format_by(xml.map_err(|(why, _)| why).and_then(formats));
    }
    for ListedSheet { name, visibility, id } in sheets {
        let unformatted = shared.unformatted.take();
        let raw = RawSheet { name, visibility, unformatted, ..RawSheet::default() };
        let Some(target) = parts.targets.get(&id) else {
            take(RawSheet { broken: Some("the workbook does not say where it is".into()), ..raw });
            continue;
        };
        let empty = match target.kind.as_str() {
            "chartsheet" => Some("it is a chart"),
            "dialogsheet" => Some("it is a dialogue"),
            "xlMacrosheet" | "xlIntlMacrosheet" => Some("it holds macros, which are not looked at"),
            _ => None,
        };
        if empty.is_some() {
            take(RawSheet { empty, ..raw });
            continue;
        }
        let raw = match package.xml(&target.path) {
            None => RawSheet { broken: Some("it is not in the file".into()), ..raw },
            Some(Err((what, _))) => RawSheet { broken: Some(what), ..raw },
            Some(Ok(xml)) => Reader::new(raw, &mut shared).read(xml),
        };
        take(raw);
    }
    Ok(())
}

/// A sheet as the workbook lists it.
struct ListedSheet {
    name: String,
    visibility: Visibility,
    id: String,
}

fn workbook(package: &mut Package<'_>, path: &str, shared: &mut Shared) -> Result<Vec<ListedSheet>, Refusal> {
    let xml = package.xml(path).ok_or_else(|| damaged("it has no list of sheets"))?;
    let broken = |why: &str| damaged(&format!("its list of sheets: {why}"));
    let mut xml = xml.map_err(|(why, _)| broken(&why))?;
    let (mut sheets, mut whole) = (Vec::new(), false);
    while let Some(piece) = xml.next().map_err(|why| broken(&why))? {
        let start = match piece {
            XmlPiece::Start(start) => start,
            XmlPiece::End(end) => {
                whole |= matches!(end.local_name().as_ref(), "sheets" | "workbook");
                continue;
            }
            _ => continue,
        };
        match start.local_name().as_ref() {
            "sheet" => sheets.push(ListedSheet {
                name: attribute(&start, "name").unwrap_or_default(),
                visibility: match attribute(&start, "state").as_deref() {
                    Some("hidden" | "veryHidden") => Visibility::Hidden,
                    _ => Visibility::Visible,
                },
                id: attribute(&start, "id").unwrap_or_default(),
            }),
            "workbookPr" => {
                let mark = attribute(&start, "date1904");
                shared.from_1904 |= matches!(mark.as_deref(), Some("1" | "true" | "on"));
            }
            _ => {}
        }
    }
    if whole { Ok(sheets) } else { Err(broken("it breaks off")) }
}

/// The shared texts. Phonetic guides beside them are left out.
fn strings(mut xml: Xml<'_>) -> Result<Vec<String>, String> {
    let mut strings = Vec::new();
    let mut text = String::new();
    let (mut within, mut phonetic) = (false, false);
    while let Some(piece) = xml.next()? {
        match piece {
            XmlPiece::Start(start) => match start.local_name().as_ref() {
                "si" => text.clear(),
                "rPh" => phonetic = true,
                "t" => within = !phonetic,
                _ => {}
            },
            XmlPiece::End(end) => match end.local_name().as_ref() {
                "si" => strings.push(unescaped(&text)),
                "rPh" => phonetic = false,
                "t" => within = false,
                _ => {}
            },
            XmlPiece::Text(piece) if within => text += &piece,
            _ => {}
        }
    }
    Ok(strings)
}

/// Characters that XML cannot hold are written as `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        plain += before;
        let code = found.get(2..6).filter(|_| found.get(6..7) == Some("_"));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = found.get(7..).unwrap_or_default();
            }
            None => {
                plain += "_x";
                rest = found.get(2..).unwrap_or_default();
            }
        }
    }
    plain + rest
}

/// The number formats of the cells' styles.
fn formats(mut xml: Xml<'_>) -> Result<Vec<Format>, String> {
    let mut codes: HashMap<u32, String> = HashMap::new();
    let mut styles: Vec<u32> = Vec::new();
    let mut of_cells = false;
    while let Some(piece) = xml.next()? {
        match piece {
            XmlPiece::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    codes.extend(id.zip(attribute(&start, "formatCode")));
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    styles.push(id.unwrap_or(0));
                }
                _ => {}
            },
            // The rest describes how cells look.
            XmlPiece::End(end) if end.local_name().as_ref() == "cellXfs" => break,
            _ => {}
        }
    }
    let mut known: HashMap<u32, Format> = HashMap::new();
    let format = |id: &u32| {
        let made = || codes.get(id).map_or_else(|| Format::of_id(*id), |code| Format::of_code(code));
        known.entry(*id).or_insert_with(made).clone()
    };
    Ok(styles.iter().map(format).collect())
}
