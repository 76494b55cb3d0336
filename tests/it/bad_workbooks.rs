//! Workbooks that are locked, cut off, broken in part, named otherwise or made to do harm.

use crate::sheets::{self, Book, ODS, figures, ods, read, refusal, rows, small_bytes, told};
use crossfoot::internal::model::document::Document;
use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Bytes in which the first `from` is `to`.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

/// An archive in which one member is changed.
fn changed(bytes: Vec<u8>, name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut member = from.by_index(index).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        let own = member.name().unwrap().into_owned();
        if own == name {
            change(&mut content);
        }
        to.start_file(own, SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn xlsx() -> Vec<u8> {
    Book::default().sheet("Cases", "Team|Cases\nNorth|4\nSouth|6").sheet("Old", "Team|Cases\nEast|7").bytes()
}

fn has(document: &Document, start: &str) -> bool {
    told(document).iter().any(|told| told.starts_with(start))
}

#[test]
fn a_broken_sheet_is_named_and_the_others_are_read() {
    let in_half = |part: &mut Vec<u8>| part.truncate(part.len() / 2);
    let broken = [
        ("a.xlsx", changed(xlsx(), "xl/worksheets/sheet1.xml", in_half), ""),
        ("a.xlsb", changed(small_bytes("small.xlsb"), "xl/worksheets/sheet1.bin", in_half), "it breaks off"),
        // Where its records begin.
        (
            "a.xls",
            patched(small_bytes("small.xls"), &[0x85, 0, 13, 0, 0xc2, 4], &[0x85, 0, 13, 0, 0xff, 0xff]),
            "it lies behind the end of the file",
        ),
    ];
    for (name, bytes, why) in broken {
        let document = read(name, bytes).unwrap();
        let start = format!("broken-sheet: sheet \"Cases\" could not be read to its end: {why}");
        assert!(has(&document, &start), "{name}: {:?}", told(&document));
        assert!(figures(&document).iter().any(|cell| cell.starts_with("Old!B2 7 count")), "{name}");
    }
}

#[test]
fn what_is_behind_a_broken_sheet_of_an_opendocument_file_is_told() {
    let (before, _) = ODS.split_once("<text:p>1,310").unwrap();
    let document =
        read("a.ods", ods(&format!("{before}<text:p>1,310</text:p></table:table-cell></table:table-row><")))
            .unwrap();
    let start = "broken-sheet: sheet \"Cases\" could not be read to its end: ";
    let all = told(&document);
    assert!(all[0].starts_with(start) && all[0].ends_with("; the sheets behind it are lost"), "{all:?}");
    assert_eq!(figures(&document), ["Cases!B103 1310 count"]);
    let (before, _) = ODS.split_once("<table:table table:name=\"Old\"").unwrap();
    let document = read("a.ods", ods(before)).unwrap();
    let wanted = "broken-sheet: sheet \"(the next one)\" could not be read to its end: it breaks off; the sheets behind it are lost";
    assert!(told(&document).iter().any(|told| told == wanted), "{:?}", told(&document));
    assert_eq!(refusal("a.ods", ods("<office:spreadsheet>")).0, "the workbook is damaged: it breaks off");
}

#[test]
fn a_list_of_sheets_that_breaks_off_is_refused() {
    // Behind the first of two sheets.
    let cut = changed(xlsx(), "xl/workbook.xml", |part| {
        let at = part.windows(7).rposition(|name| name == b"<sheet ").unwrap();
        part.truncate(at);
    });
    assert_eq!(refusal("a.xlsx", cut).0, "the workbook is damaged: its list of sheets: it breaks off");
    let cut = changed(small_bytes("small.xlsb"), "xl/workbook.bin", |part| {
        let at = part.windows(2).position(|number| number == [0x9c, 1]).unwrap();
        part.truncate(at + 3 + usize::from(part[at + 2]));
    });
    assert_eq!(refusal("a.xlsb", cut).0, "the workbook is damaged: its list of sheets: it breaks off");
}

#[test]
fn files_that_are_cut_off_say_so() {
    let zip = "the workbook cannot be opened: it is cut off";
    for (name, bytes, start) in [
        ("a.ods", ods(ODS), zip),
        ("a.xls", small_bytes("small.xls"), "the workbook is damaged: "),
        ("a.xlsb", small_bytes("small.xlsb"), zip),
        ("a.xlsx", xlsx(), zip),
    ] {
        let (what, hint) = refusal(name, bytes[..bytes.len() / 2].to_vec());
        assert!(what.starts_with(start), "{name}: {what}");
        assert!(!hint.is_empty());
    }
}

#[test]
fn texts_that_are_not_in_the_workbook_are_told() {
    let shared = rows("Team|Cases\nNorth|4\nSouth|6")
        .replace("inlineStr", "s")
        .replace("<is><t>North</t></is>", "<v>3</v>");
    let lost = [
        ("a.xls", patched(small_bytes("small.xls"), &[0xfc, 0, 103, 0], &[0xf1]), 7),
        // All behind the number of the texts.
        ("a.xlsb", changed(small_bytes("small.xlsb"), "xl/sharedStrings.bin", |part| part.truncate(11)), 6),
        ("a.xlsx", Book::default().xml("Cases", &shared, "").bytes(), 3),
    ];
    for (name, bytes, more) in lost {
        let told = told(&read(name, bytes).unwrap());
        let start = "missing-text: Cases!A1: the workbook does not have the text of this cell; open ";
        assert!(told.iter().any(|told| told.starts_with(start)), "{name}: {told:?}");
        let rest = format!("missing-text: sheet \"Cases\" has {more} more cells without their texts");
        assert!(told.contains(&rest), "{name}: {told:?}");
    }
}

#[test]
fn passwords_of_before_2007_are_told() {
    // The name of the writer in place of a key.
    let locked = patched(small_bytes("small.xls"), &[0x5c, 0, 112, 0], &[0x2f, 0, 112, 0]);
    let (what, hint) = refusal("a.xls", locked.clone());
    assert_eq!(what, "the workbook is protected by a password");
    assert!(hint.contains("open it with its password"), "{hint}");
    let at = locked.windows(4).position(|number| number == [0x2f, 0, 112, 0]).unwrap();
    let mut open = locked;
    open[at + 4..at + 116].fill(0);
    assert_eq!(figures(&read("a.xls", open).unwrap()).len(), 5);
}

#[test]
fn sizes_that_are_declared_take_no_room() {
    let size = [[0, 2, 14, 0], [0, 0, 0, 0], [5, 0, 0, 0]].concat();
    let huge = [[0, 2, 14, 0], [0, 0, 0, 0], [0xff; 4], [0, 0, 0xff, 0xff]].concat();
    let document = read("a.xls", patched(small_bytes("small.xls"), &size, &huge)).unwrap();
    assert_eq!(figures(&document).len(), 5);
    let data = "<dimension ref=\"A1:XFD1048576\"/>".to_owned() + &rows("Team|Cases\nNorth|4\nSouth|6");
    let merged = "<mergeCells><mergeCell ref=\"A5:XFD1048576\"/></mergeCells>";
    let document = Book::default().xml("A", &(data + merged), "").read();
    assert_eq!((figures(&document).len(), document.lines.len()), (2, 3));
}

#[test]
fn macros_are_not_looked_at() {
    let mut book = Book::default().sheet("A", "Team|Cases\nNorth|4").xml("M", "<macro/>", "");
    book.files.push(("xl/vbaProject.bin".into(), "Sub Auto_Open(): Kill \"*\": End Sub".into()));
    let macros = |part: &mut Vec<u8>| {
        let links = String::from_utf8(std::mem::take(part)).unwrap();
        let at = links.rfind("worksheet\"").unwrap();
        *part = format!("{}xlMacrosheet{}", &links[..at], &links[at + 9..]).into_bytes();
    };
    let document = read("a.xlsm", changed(book.bytes(), "xl/_rels/workbook.xml.rels", macros)).unwrap();
    assert_eq!(figures(&document), ["A!B2 4 count"]);
    let note = "gives nothing: it holds macros, which are not looked at";
    assert_eq!(told(&document), [format!("empty-sheet: sheet \"M\" {note}")]);
    let old = patched(small_bytes("small.xls"), &[1, 0, 3, 0, b'O', b'l', b'd'], &[1, 1]);
    let document = read("a.xls", old).unwrap();
    assert!(has(&document, &format!("empty-sheet: sheet \"Old\" {note}")), "{:?}", told(&document));
    assert_eq!(figures(&document).len(), 4);
}

#[test]
fn names_do_not_say_what_a_file_is() {
    let page = b"<table><tr><th>Team<th>Cases<tr><td>North<td>4<tr><td>South<td>6</table>".to_vec();
    for (name, bytes, kind, count) in [
        ("a.xlsx", small_bytes("small.xls"), "application/vnd.ms-excel", 5),
        ("a.xls", small_bytes("small.xlsb"), "application/vnd.ms-excel.sheet.binary.macroEnabled.12", 7),
        ("a.xls", ods(ODS), "application/vnd.oasis.opendocument.spreadsheet", 5),
        ("a.xls", page, "text/html", 2),
    ] {
        let document = read(name, bytes).unwrap();
        assert_eq!((document.origin.media_type, document.figures.len()), (kind, count), "{name}");
    }
}

/// Some programs write the type of the file behind other members.
#[test]
#[cfg(feature = "archives")]
fn the_type_of_an_opendocument_file_may_stand_anywhere() {
    let files = [
        ("META-INF/manifest.xml", "<x/>"),
        ("content.xml", ODS),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    ];
    assert_eq!(figures(&read("a.ods", sheets::zipped(&files)).unwrap()).len(), 5);
}

#[test]
fn entities_of_an_opendocument_file_are_not_put_in() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let content = laughs.to_owned() + &ODS.replacen("<text:p>South</text:p>", "<text:p>&b;&f;</text:p>", 1);
    let document = read("a.ods", ods(&content)).unwrap();
    assert!(document.lines.iter().any(|line| line.text.starts_with("&b;&f;\t20\t")));
}

#[test]
fn formats_that_cannot_be_read_are_told() {
    let formatted = Book::default().formats(&["0%"]).sheet("Cases", "Team|Share\nNorth|0.4 @1").bytes();
    for (name, bytes, part) in
        [("a.xlsx", formatted, "xl/styles.xml"), ("a.xlsb", small_bytes("small.xlsb"), "xl/styles.bin")]
    {
        let document = read(name, changed(bytes, part, |part| part.truncate(part.len() / 2))).unwrap();
        let told = told(&document);
        let start = "no-formats: how the numbers of the workbook are shown could not be read (";
        assert_eq!(told.iter().filter(|told| told.starts_with(start)).count(), 1, "{name}: {told:?}");
        assert!(!figures(&document).is_empty(), "{name}");
    }
}
