//! Small workbooks, made of rows as they are written in the tests.

use crossfoot::internal::model::diagnostic::Error;
use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Severity;
use crossfoot::internal::report::schema::{CheckAnswer, observations};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Rows with `|` between cells: `North`, `131`, `0.1159 @2` for style 2, `151 =SUM(B2:B3)` for a formula with its value,
/// `!#DIV/0!` for an error, `'12` for a number stored as text, `?1` for a truth. Row 5 of a gap is written as `5:…`.
pub fn rows(text: &str) -> String {
    let mut xml = String::new();
    let mut number = 0;
    for line in text.lines() {
        let (given, line) = match line.split_once(':') {
            Some((n, rest)) if n.parse::<u32>().is_ok() => (n.parse().unwrap(), rest),
            _ => (number + 1, line),
        };
        number = given;
        xml += &format!("<row r=\"{number}\">");
        for (col, cell) in line.split('|').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{number}", char::from(b'A' + u8::try_from(col).unwrap()));
            xml += &one(&place, cell);
        }
        xml += "</row>";
    }
    format!("<sheetData>{xml}</sheetData>")
}

fn one(place: &str, cell: &str) -> String {
    let (cell, formula) = cell.split_once(" =").unwrap_or((cell, ""));
    let (cell, style) = cell.split_once(" @").unwrap_or((cell, "0"));
    let formula = if formula.is_empty() { String::new() } else { format!("<f>{formula}</f>") };
    let (kind, value) = match cell.chars().next() {
        Some('!') => ("e", format!("<v>{}</v>", &cell[1..])),
        Some('?') => ("b", format!("<v>{}</v>", &cell[1..])),
        Some('~') => ("n", String::new()),
        _ if cell.parse::<f64>().is_ok() => ("n", format!("<v>{cell}</v>")),
        _ => ("inlineStr", format!("<is><t>{}</t></is>", cell.trim_start_matches('\''))),
    };
    format!("<c r=\"{place}\" s=\"{style}\" t=\"{kind}\">{formula}{value}</c>")
}

/// An archive of files.
pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let options = if *name == "mimetype" { plain } else { SimpleFileOptions::default() };
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook to which parts can be added.
#[derive(Default)]
pub struct Book {
    sheets: Vec<(String, String, String)>,
    styles: String,
    pub properties: String,
    pub files: Vec<(String, String)>,
}

impl Book {
    pub fn sheet(self, name: &str, rows_of: &str) -> Book {
        self.xml(name, &rows(rows_of), "")
    }

    /// A sheet of which the XML is given; `attributes` are those of its entry in the list of sheets.
    pub fn xml(mut self, name: &str, xml: &str, attributes: &str) -> Book {
        self.sheets.push((name.to_owned(), xml.to_owned(), attributes.to_owned()));
        self
    }

    /// Styles 1, 2, … by the codes of their number formats.
    pub fn formats(mut self, codes: &[&str]) -> Book {
        let mut formats = String::new();
        let mut styles = "<xf numFmtId=\"0\"/>".to_owned();
        for (nth, code) in codes.iter().enumerate() {
            formats += &format!("<numFmt numFmtId=\"{}\" formatCode=\"{code}\"/>", 164 + nth);
            styles += &format!("<xf numFmtId=\"{}\"/>", 164 + nth);
        }
        self.styles =
            format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>");
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let (mut list, mut parts) = (String::new(), String::new());
        let mut files: Vec<(String, String)> = self.files.clone();
        for (nth, (name, xml, attributes)) in self.sheets.iter().enumerate() {
            list += &format!("<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"r{0}\" {attributes}/>", nth + 1);
            let kind = if xml.starts_with("<chart") { "chartsheet" } else { "worksheet" };
            parts += &format!(
                "<Relationship Id=\"r{0}\" Type=\"{RELATIONS}/{kind}\" Target=\"worksheets/sheet{0}.xml\"/>",
                nth + 1
            );
            files.push((
                format!("xl/worksheets/sheet{}.xml", nth + 1),
                format!("<worksheet>{xml}</worksheet>"),
            ));
        }
        files.push((
            "xl/workbook.xml".into(),
            format!(
                "<workbook xmlns:r=\"{RELATIONS}\">{}<sheets>{list}</sheets></workbook>",
                self.properties
            ),
        ));
        files.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{parts}</Relationships>")));
        files.push(("_rels/.rels".into(), format!("<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")));
        files.push(("[Content_Types].xml".into(), "<Types/>".into()));
        if !self.styles.is_empty() {
            files.push(("xl/styles.xml".into(), self.styles.clone()));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        zipped(&files)
    }

    pub fn read(&self) -> Document {
        read("book.xlsx", self.bytes()).unwrap()
    }
}

/// A sheet "Cases" with hidden parts, an error and a formula, and a hidden sheet "Old".
pub const ODS: &str = r#"<office:document-content><office:automatic-styles><style:style style:name="t2" style:family="table">
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

/// An OpenDocument spreadsheet of a content.
pub fn ods(content: &str) -> Vec<u8> {
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)])
}

pub fn read(name: &str, bytes: Vec<u8>) -> Result<Document, Error> {
    let source = source::from_bytes(name, bytes)?;
    document::from_source(source, Grammar::embedded(), &Options::default())
}

/// A file of which so many sheets are read.
pub fn limited(name: &str, bytes: Vec<u8>, most_pages: Option<u32>) -> Document {
    let options = Options { most_pages, ..Options::default() };
    document::from_source(source::from_bytes(name, bytes).unwrap(), Grammar::embedded(), &options).unwrap()
}

/// A file of this folder.
pub fn small_bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/sheets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A file of this folder, read.
pub fn small(name: &str) -> Document {
    read(name, small_bytes(name)).unwrap()
}

/// What is wrong with a file that is refused, and what to do.
pub fn refusal(name: &str, bytes: Vec<u8>) -> (String, String) {
    match read(name, bytes) {
        Err(Error::Unsupported { what, hint, .. }) => (what, hint),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Every figure as `Sheet!C7 12 percent`, with how it is stored and whether it is hidden.
pub fn figures(document: &Document) -> Vec<String> {
    let one = |o: crossfoot::internal::report::schema::Observation| {
        let unit = serde_json::to_value(o.unit).unwrap();
        let stored = o.stored.map_or(String::new(), |stored| format!(" stored {stored}"));
        let hidden = if o.hidden { " hidden" } else { "" };
        format!(
            "{}!{} {} {}{stored}{hidden}",
            o.span.sheet.unwrap_or_default(),
            o.span.cell.unwrap_or_default(),
            o.value.unwrap_or_default(),
            unit.as_str().unwrap_or_default()
        )
    };
    observations(document).map(one).collect()
}

/// Every diagnostic as `code: message`.
pub fn told(document: &Document) -> Vec<String> {
    document.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

/// Every finding above a note, with the cells of its operands.
pub fn found(document: Document) -> Vec<String> {
    let documents = [document];
    let answer = check(&documents);
    let public = CheckAnswer::of(&documents, &answer);
    let loud = answer.findings.iter().filter(|finding| finding.severity > Severity::Note);
    let one = |finding: &crossfoot::internal::reconcile::claim::Finding| {
        let claim = public.claims.get(finding.claims[0]).unwrap();
        let cells: Vec<String> = claim.operands.iter().filter_map(|o| o.span.cell.clone()).collect();
        format!("{:?} {} {}: {}", finding.severity, finding.code, cells.join(" "), finding.message)
    };
    loud.map(one).collect()
}
