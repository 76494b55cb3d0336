//! OpenDocument spreadsheets, in archives and as plain XML. The texts of the cells are in the file as they are shown.

mod table;

use super::package::{Package, Piece, Refusal, Xml, attribute, damaged};
use super::{MOST_CELLS, RawSheet, Visibility};
use quick_xml::events::BytesStart;
use std::collections::HashSet;
use std::io::BufRead;
use table::Table;

/// Hands on the sheets of a workbook one by one.
pub(super) fn read(bytes: Vec<u8>, take: &mut impl FnMut(RawSheet)) -> Result<(), Refusal> {
    if !bytes.starts_with(b"PK") {
        return content(Xml::new(bytes.as_slice()), take);
    }
    let mut package = Package::open(bytes)?;
    if let Some(Ok(manifest)) = package.bytes("META-INF/manifest.xml")
        && memchr::memmem::find(&manifest, b"encryption-data").is_some()
    {
        return Err((
            "the workbook is protected by a password".to_owned(),
            "open it with its password, and save it without one under a new name".to_owned(),
        ));
    }
    let xml = package.xml("content.xml").ok_or_else(|| damaged("it has no content.xml"))??;
    content(xml, take)
}

fn content<R: BufRead>(mut xml: Xml<R>, take: &mut impl FnMut(RawSheet)) -> Result<(), Refusal> {
    let mut hidden: HashSet<String> = HashSet::new();
    let mut style = String::new();
    let mut left = MOST_CELLS;
    let mut table: Option<Table> = None;
    loop {
        let piece = match xml.next() {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(why) => {
                let Some(open) = table.take() else { return Err(damaged(&why)) };
                take(RawSheet { broken: Some(why), ..open.finish() });
                return Ok(());
            }
        };
        if let Some(open) = &mut table {
            if open.piece(piece, &mut left) {
                table.take().map(Table::finish).into_iter().for_each(&mut *take);
            }
            continue;
        }
        let Piece::Start(start) = piece else { continue };
        match start.local_name().as_ref() {
            "style" => style = attribute(&start, "name").unwrap_or_default(),
            "table-properties" if attribute(&start, "display").as_deref() == Some("false") => {
                hidden.insert(style.clone());
            }
            "table" if is_table(&start) => table = Some(Table::new(opened(&start, &hidden))),
            _ => {}
        }
    }
    if let Some(open) = table {
        take(RawSheet { broken: Some("it breaks off".to_owned()), ..open.finish() });
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
