//! The other kinds of workbooks, and workbooks that are broken or made to do harm.

use crate::sheets::{
    Book, ODS, figures, found, limited, ods, read, refusal, rows, small, small_bytes, told, zipped,
};

#[test]
fn opendocument_sheets_are_read() {
    let document = read("a.ods", ods(ODS)).unwrap();
    let wanted = [
        "Cases!B103 1310 count",
        "Cases!C103 12 percent stored 0.1159 hidden",
        "Cases!B104 20 count hidden",
        "Cases!B105 1340 count",
        "Old!B2 7 count hidden",
    ];
    assert_eq!(figures(&document), wanted);
    let wanted = [
        "hidden-rows: sheet \"Cases\" has hidden rows, which were read: 104",
        "hidden-columns: sheet \"Cases\" has hidden columns, which were read: C",
        "error-value: Cases!C104: the cell holds the error #DIV/0!, and no figure",
        "hidden-sheet: sheet \"Old\" is hidden; it was read",
    ];
    assert_eq!(told(&document), wanted);
    assert_eq!(document.lines[0].text.trim(), "Cases by team");
    assert!(document.lines.len() < 20, "{} lines", document.lines.len());
    assert!(found(document).iter().any(|f| f.starts_with("Error CF108 B105 B103 B104")));
}

#[test]
fn sheets_of_before_2007_are_read() {
    let document = small("small.xls");
    let wanted = [
        "Cases!B3 1310 count",
        "Cases!C3 12 percent stored 0.1159",
        "Cases!B4 20 count hidden",
        "Cases!C4 50 percent hidden",
        "Old!B2 7 count hidden",
    ];
    assert_eq!(figures(&document), wanted);
    let wanted = [
        "hidden-rows: sheet \"Cases\" has hidden rows, which were read: 4",
        "formula-without-value: Cases!B5: a formula without its value, =SUM(B3:B4); open the workbook in a spreadsheet program and save it",
        "hidden-sheet: sheet \"Old\" is hidden; it was read",
    ];
    assert_eq!(told(&document), wanted);
    assert!(document.lines.iter().any(|line| line.text == "North\t1,310\t12%\t01/04/2021"));
    assert!(document.lines.iter().any(|line| line.text == "Ünter\t7"));
}

#[test]
fn binary_sheets_are_read() {
    let document = small("small.xlsb");
    let wanted = [
        "Cases!B3 1310 count",
        "Cases!C3 12 percent stored 0.1159",
        "Cases!B4 20 count hidden",
        "Cases!C4 50 percent hidden",
        "Cases!B5 1331 count",
        "Old!B2 7 count hidden",
        "Old!C2 2 count hidden",
    ];
    assert_eq!(figures(&document), wanted);
    let wanted = [
        "hidden-rows: sheet \"Cases\" has hidden rows, which were read: 4",
        "hidden-sheet: sheet \"Old\" is hidden; it was read",
        "hidden-columns: sheet \"Old\" has hidden columns, which were read: C",
    ];
    assert_eq!(told(&document), wanted);
    assert!(document.lines.iter().any(|line| line.text == "Ünter\t7\t2"));
    assert!(found(document).iter().any(|f| f.starts_with("Error CF108 B5 B3 B4")));
}

#[test]
fn a_lone_cell_far_away_takes_no_room() {
    let data = rows("Team|Cases\nNorth|4\nSouth|6")
        .replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>9</v></c></row></sheetData>");
    let document =
        Book::default().xml("A", &("<dimension ref=\"A1:XFD1048576\"/>".to_owned() + &data), "").read();
    assert_eq!(figures(&document), ["A!B2 4 count", "A!B3 6 count", "A!XFD1048576 9 count"]);
    assert!(document.lines.len() < 10);
    assert!(document.lines.last().unwrap().text.ends_with('9'));
}

#[test]
fn a_broken_sheet_is_told_and_the_others_are_read() {
    let cut =
        rows("Team|Cases\nNorth|4\nSouth|6").replace("</row></sheetData>", "<row r=\"4\"><c r=\"A4\"><v>1");
    let book = Book::default()
        .xml("Bad", &format!("{cut}<![CDATA["), "")
        .sheet("Good", "Ward|Cases\nEast|5\nWest|8");
    let document = book.read();
    assert_eq!(
        figures(&document),
        ["Bad!B2 4 count", "Bad!B3 6 count", "Good!B2 5 count", "Good!B3 8 count"]
    );
    assert!(told(&document)[0].starts_with("broken-sheet: sheet \"Bad\" could not be read to its end: "));
}

#[test]
fn sheets_that_give_nothing_say_why() {
    let book = Book::default()
        .xml("Empty", "<sheetData/>", "")
        .xml("Chart", "<chart/>", "")
        .sheet("Good", "Ward|Cases\nEast|5\nWest|8");
    let wanted = [
        "empty-sheet: sheet \"Empty\" gives nothing: it has no cells",
        "empty-sheet: sheet \"Chart\" gives nothing: it is a chart",
    ];
    let document = book.read();
    assert_eq!(told(&document), wanted);
    assert_eq!(document.origin.pages, 3);
    assert_eq!(figures(&document), ["Good!B2 5 count", "Good!B3 8 count"]);
}

#[test]
fn sheets_beyond_the_limit_are_left_out() {
    let book =
        Book::default().sheet("Cases", "Team|Cases\nNorth|4\nSouth|6").sheet("Old", "Team|Cases\nEast|7");
    let kinds = [
        ("a.ods", ods(ODS)),
        ("a.xls", small_bytes("small.xls")),
        ("a.xlsb", small_bytes("small.xlsb")),
        ("a.xlsx", book.bytes()),
    ];
    let left_out =
        "pages-left-out: only the first 1 of 2 sheets were read, as asked for; there may be more in the rest";
    for (name, bytes) in kinds {
        let cut = limited(name, bytes.clone(), Some(1));
        assert_eq!(told(&cut).last().map(String::as_str), Some(left_out), "{name}");
        assert_eq!(cut.origin.pages, 2, "{name}");
        let cells = figures(&cut);
        assert!(cells.len() >= 2 && cells.iter().all(|cell| cell.starts_with("Cases!")), "{name}: {cells:?}");
        let whole = limited(name, bytes, Some(2));
        assert!(!told(&whole).iter().any(|told| told.starts_with("pages-left-out")), "{name}");
        assert!(figures(&whole).iter().any(|cell| cell.starts_with("Old!")), "{name}");
    }
}

#[test]
fn entities_that_a_workbook_declares_are_not_put_in() {
    let mut book = Book::default().sheet("A", "Team|Cases\nNorth|4\nSouth|6");
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                  <sst><si><t>&b;&f;</t></si></sst>";
    book.files.push(("xl/sharedStrings.xml".into(), laughs.into()));
    let data = rows("Team|Cases\nNorth|4")
        .replace("</sheetData>", "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c></row></sheetData>");
    let document = book.xml("B", &data, "").read();
    assert_eq!(document.lines.last().unwrap().text, "&b;&f;\t");
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let noughts = " ".repeat(150 << 20);
    let mut book = Book::default().sheet("A", "Team|Cases\nNorth|4");
    book.files.push(("xl/media/a.bin".into(), noughts));
    let (what, hint) = refusal("a.xlsx", book.bytes());
    assert!(what.starts_with("the workbook would unpack to 150 MB, from "), "{what}");
    assert!(hint.contains("CSV"));
}

#[test]
fn passwords_are_told() {
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    encrypted.resize(1024, 0);
    let name: Vec<u8> = "EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
    encrypted[512..512 + name.len()].copy_from_slice(&name);
    let (what, hint) = refusal("a.xlsx", encrypted);
    assert_eq!(what, "this is an Office file that a password protects");
    assert!(hint.contains("remove"), "{hint}");
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "x"),
    ];
    assert_eq!(refusal("a.ods", zipped(&files)).0, "the workbook is protected by a password");
}

#[test]
fn the_kind_is_told_by_the_content() {
    let bytes = Book::default().sheet("A", "Team|Cases\nNorth|4\nSouth|6").bytes();
    let document = read("report.csv", bytes).unwrap();
    assert!(document.origin.media_type.ends_with("spreadsheetml.sheet"));
    assert_eq!(figures(&document).len(), 2);
    let (what, _) =
        refusal("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 2000]).collect());
    assert_eq!(what, "this is an Office file of before 2007");
}

/// However a workbook is cut or changed, it is read or refused.
#[test]
fn broken_files_do_no_harm() {
    let kinds = [
        ("a.xls", small_bytes("small.xls")),
        ("a.xlsb", small_bytes("small.xlsb")),
        ("a.xlsx", Book::default().sheet("A", "Team|Cases\nNorth|4\nTotal|4 =SUM(B2:B2)").bytes()),
        ("a.ods", ods(ODS)),
    ];
    for (name, bytes) in kinds {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize
        };
        for round in 0..150 {
            let mut broken = bytes.clone();
            if round % 3 == 0 {
                broken.truncate(1 + random() % bytes.len());
            } else {
                for _ in 0..1 + random() % 8 {
                    let at = random() % broken.len();
                    broken[at] = (random() % 256) as u8;
                }
            }
            match read(name, broken) {
                Ok(document) => assert!(document.origin.pages < 1000),
                Err(error) => assert!(!error.what().0.is_empty()),
            }
        }
    }
}
