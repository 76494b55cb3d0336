//! The other kinds of workbooks, and workbooks that are broken or made to do harm.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod sheets;

use crossfoot::document::Document;
use crossfoot::error::Error;
use sheets::{Book, figures, found, read, rows, told, zipped};

fn small(name: &str) -> Document {
    let path = format!("{}/tests/sheets/{name}", env!("CARGO_MANIFEST_DIR"));
    read(name, std::fs::read(path).unwrap()).unwrap()
}

fn refusal(name: &str, bytes: Vec<u8>) -> (String, String) {
    match read(name, bytes) {
        Err(Error::Unsupported { what, hint, .. }) => (what, hint),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

const ODS: &str = r#"<office:document-content><office:automatic-styles><style:style style:name="t2" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Cases"><table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/>
<table:table-row><table:table-cell table:number-columns-spanned="3"><text:p>Cases<text:s/>by team</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row table:number-rows-repeated="100"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell><text:p>Team</text:p></table:table-cell><table:table-cell><text:p>2021/22</text:p></table:table-cell><table:table-cell><text:p>Share</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>North</text:p><office:annotation><text:p>A note of 99</text:p></office:annotation></table:table-cell><table:table-cell office:value-type="float" office:value="1310"><text:p>1,310</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.1159"><text:p>12%</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell><text:p>South</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="20"><text:p>20</text:p></table:table-cell><table:table-cell table:formula="of:=[.B3]/0" calcext:value-type="error" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>Total</text:p></table:table-cell><table:table-cell table:formula="of:=SUM([.B103:.B104])" office:value-type="float" office:value="1340"><text:p>1,340</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Old" table:style-name="t2"><table:table-row><table:table-cell><text:p>Team</text:p></table:table-cell><table:table-cell><text:p>Cases</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>East</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"#;

fn ods(content: &str) -> Vec<u8> {
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}

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
    ];
    assert_eq!(figures(&document), wanted);
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
    let folder = format!("{}/tests/sheets", env!("CARGO_MANIFEST_DIR"));
    let kinds = [
        ("a.xls", std::fs::read(format!("{folder}/small.xls")).unwrap()),
        ("a.xlsb", std::fs::read(format!("{folder}/small.xlsb")).unwrap()),
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
