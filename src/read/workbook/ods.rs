//! Reads OpenDocument spreadsheets, zipped or as plain XML. The file holds the texts of the cells as they are shown.

mod table;

use super::{RawSheet, Visibility, WORDS, damaged};
use crate::model::diagnostic::Refusal;
use crate::read::package::Package;
use crate::read::xml::{Xml, XmlPiece, attribute};
use quick_xml::events::BytesStart;
use std::collections::HashSet;
use table::Table;

/// Reads the sheets one by one and passes each to `take`.
pub(crate) fn read(
    bytes: Vec<u8>,
    most_cells: usize,
    take: &mut impl FnMut(RawSheet),
) -> Result<(), Refusal> {
    if !bytes.starts_with(b"PK") {
        return content(Xml::new(bytes.as_slice()), most_cells, take);
    }
    let mut package = Package::open(&bytes, &WORDS)?;
    let encrypted = package.read("META-INF/manifest.xml", |found: &mut bool, xml| {
        while let Some(piece) = xml.next()? {
            *found |=
                matches!(piece, XmlPiece::Start(start) if start.local_name().as_ref() == "encryption-data");
        }
        Ok(())
    });
    if encrypted {
        return Err((
            "the workbook is protected by a password".to_owned(),
            "open it with its password, and save it without one under a new name".to_owned(),
        ));
    }
    match package.xml("content.xml") {
        None => Err(damaged("it has no content.xml")),
        Some(Err((why, _))) => Err(damaged(&why)),
        Some(Ok(xml)) => content(xml, most_cells, take),
    }
}

fn content(mut xml: Xml<'_>, most_cells: usize, take: &mut impl FnMut(RawSheet)) -> Result<(), Refusal> {
    let mut hidden: HashSet<String> = HashSet::new();
    let mut style = String::new();
    let mut left = most_cells;
    let mut table: Option<Table> = None;
    let mut any = false;
    loop {
        let piece = match xml.next() {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(why) if table.is_none() && !any => return Err(damaged(&why)),
            Err(why) => {
                let next = || RawSheet { name: "(the next one)".to_owned(), ..RawSheet::default() };
                let open = table.take().map_or_else(next, Table::finish);
                take(RawSheet { broken: Some(format!("{why}; the sheets behind it are lost")), ..open });
                return Ok(());
            }
        };
        if let Some(open) = &mut table {
            if open.piece(piece, &mut left) {
                table.take().map(Table::finish).into_iter().for_each(&mut *take);
            }
            continue;
        }
        let XmlPiece::Start(start) = piece else { continue };
        match start.local_name().as_ref() {
            "style" => style = attribute(&start, "name").unwrap_or_default(),
            "table-properties" if attribute(&start, "display").as_deref() == Some("false") => {
                hidden.insert(style.clone());
            }
            "table" if is_table(&start) => {
                any = true;
                table = Some(Table::new(opened(&start, &hidden)));
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_table(start: &BytesStart<'_>) -> bool {
    start.name().as_ref() == "table:table"
}

fn opened(start: &BytesStart<'_>, hidden: &HashSet<String>) -> RawSheet {
    let style = attribute(start, "style-name").unwrap_or_default();
    let visibility = if hidden.contains(&style) { Visibility::Hidden } else { Visibility::Visible };
    RawSheet { name: attribute(start, "name").unwrap_or_default(), visibility, ..RawSheet::default() }
}
