use super::read;
use crate::read::flow::Flow;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str, others: &[(&str, &str)]) -> Flow {
    let text = format!(
        "<w:document {W} xmlns:c=\"c\" xmlns:r=\"r\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    );
    let mut parts = vec![("word/document.xml", text.as_str())];
    parts.extend(others);
    read(&pack(&parts)).unwrap()
}

fn lines(flow: &Flow) -> Vec<&str> {
    flow.lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn runs_are_joined_and_what_is_not_shown_is_left_out() {
    let flow = document(
        "<w:p><w:r><w:t>We had 4</w:t></w:r><w:r><w:t>5</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t xml:space='preserve'> cases &amp; </w:t></w:r></w:ins>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>77</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>6&#163;</w:t></w:r>\
         <w:r><w:noBreakHyphen/><w:sym w:char='F0B7'/></w:r></w:p>",
        &[],
    );
    assert_eq!(lines(&flow), ["We had 45 cases & 6£-•"]);
    let told: Vec<&str> = flow.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(told, ["tracked-changes", "hidden-text"]);
    assert!(flow.diagnostics[0].message.contains("1 insertions were read as text, 1 deletions left out"));
}

#[test]
fn fields_give_their_results() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText> PAGE 9 </w:instrText></w:r>{}<w:r><w:t>3</w:t></w:r>{}<w:r><w:t> pages</w:t></w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end")
    );
    assert_eq!(lines(&document(&body, &[])), ["3 pages"]);
}

#[test]
fn cells_span_rows_and_columns() {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        row(&[tc("<w:vMerge w:val='restart'/>", "Team"), tc("<w:gridSpan w:val='2'/>", "Stage 1")]),
        row(&[tc("<w:vMerge/>", ""), tc("", "Last"), tc("", "This")]),
        row(&[tc("", "Homes"), tc("", "1"), tc("", "2")]),
        format!(
            "<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>",
            [tc("", "Gone"), tc("", "8"), tc("", "9")].concat()
        ),
    ];
    let flow = document(&format!("<w:tbl>{}</w:tbl>", body.concat()), &[]);
    assert_eq!(lines(&flow), ["Team\tStage 1\t", "\tLast\tThis", "Homes\t1\t2"]);
    assert_eq!(flow.tables[0].reaches.len(), 2);
}

#[test]
fn tables_that_only_place_are_text() {
    let inner = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        tc("", "A"),
        tc("", "B"),
        tc("", "x"),
        tc("", "1")
    );
    let body =
        format!("<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc>{}</w:tr></w:tbl>", p("Left"), p(""), tc("", "Right"));
    let flow = document(&body, &[]);
    assert_eq!(lines(&flow), ["Left", "A\tB", "x\t1", "Right"]);
    assert_eq!(flow.tables.len(), 1);
    let flow = document(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", "Boxed 5")), &[]);
    assert_eq!((lines(&flow), flow.tables.len()), (vec!["Boxed 5"], 0));
}

#[test]
fn text_boxes_are_read_once() {
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>\
         </mc:AlternateContent></w:r><w:r><w:t> after</w:t></w:r></w:p>",
        boxed("In the box: 12"),
        boxed("In the box: 12")
    );
    assert_eq!(lines(&document(&body, &[])), ["Before after", "In the box: 12"]);
}

#[test]
fn notes_follow_what_refers_to_them() {
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:type='separator' w:id='0'>{}</w:footnote><w:footnote w:id='7'>{}</w:footnote></w:footnotes>",
        p("--"),
        p("Six of them.")
    );
    let links =
        "<Relationships><Relationship Id='a' Type='x/footnotes' Target='footnotes.xml'/></Relationships>";
    let body = format!(
        "<w:p><w:r><w:t>Had 45</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r></w:p>{}",
        p("End")
    );
    let flow = document(&body, &[("word/footnotes.xml", &notes), ("word/_rels/document.xml.rels", links)]);
    assert_eq!(lines(&flow), ["Had 45¹", "¹ Six of them.", "End"]);
}

#[test]
fn charts_are_tables_under_their_captions() {
    let links = "<Relationships><Relationship Id='c1' Type='x/chart' Target='charts/chart1.xml'/>\
                 <Relationship Id='s' Type='x/styles' Target='styles.xml'/></Relationships>";
    let styles =
        format!("<w:styles {W}><w:style w:styleId='C'><w:name w:val='caption'/></w:style></w:styles>");
    let value = |v: &str| format!("<c:pt idx='0'><c:v>{v}</c:v></c:pt>");
    let chart = format!(
        "<c:chartSpace><c:plotArea><c:ser><c:tx>{}</c:tx><c:cat>{}</c:cat><c:val>{}</c:val></c:ser></c:plotArea></c:chartSpace>",
        value("Cases"),
        value("Homes"),
        value("45")
    );
    let body = "<w:p><w:r><w:drawing><c:chart r:id='c1'/></w:drawing></w:r></w:p>\
                <w:p><w:pPr><w:pStyle w:val='C'/></w:pPr><w:r><w:t>Figure 1: Cases</w:t></w:r></w:p>\
                <w:p><w:r><w:drawing><c:chart r:id='c9'/></w:drawing></w:r></w:p>";
    let parts = [
        ("word/charts/chart1.xml", chart.as_str()),
        ("word/_rels/document.xml.rels", links),
        ("word/styles.xml", &styles),
    ];
    let flow = document(body, &parts);
    assert_eq!(lines(&flow), ["Figure 1: Cases", "\tCases", "Homes\t45"]);
    assert_eq!(flow.tables[0].form, crate::model::table::Form::Chart);
    assert_eq!(flow.diagnostics[0].code, "chart-without-numbers");
}

#[test]
fn diagrams_are_texts() {
    let links = "<Relationships><Relationship Id='d' Type='x/diagramData' Target='diagrams/data1.xml'/></Relationships>";
    let point =
        |text: &str| format!("<dgm:pt> <dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>");
    let data = format!(
        "<dgm:dataModel><dgm:ptLst>{}{}{}</dgm:ptLst></dgm:dataModel>",
        point("45 received"),
        point(""),
        point("9 &amp; no more upheld")
    );
    let body =
        format!("<w:p><w:r><w:drawing><dgm:relIds r:dm='d' r:lo='l'/></w:drawing></w:r></w:p>{}", p("End"));
    let flow =
        document(&body, &[("word/diagrams/data1.xml", &data), ("word/_rels/document.xml.rels", links)]);
    assert_eq!(lines(&flow), ["45 received", "9 & no more upheld", "End"]);
    assert_eq!(told(&flow), [""; 0]);
}

#[test]
fn files_that_are_shown_in_it_are_told() {
    let object =
        |kind: &str| format!("<w:p><w:r><w:object><o:OLEObject ProgID='{kind}'/></w:object></w:r></w:p>");
    let body =
        [p("Text"), object("Excel.Sheet.12"), object("Equation.3"), "<w:altChunk r:id='a'/>".to_owned()];
    let told = told(&document(&body.concat(), &[]));
    let wanted = "embedded-file: other files that are shown in this document were not read: 2; save them as files of their own";
    assert_eq!(told, [wanted]);
}

#[test]
fn headings_lists_and_furniture() {
    let styles = format!(
        "<w:styles {W}><w:style w:styleId='T'><w:name w:val='Title'/></w:style><w:style w:styleId='H'><w:name w:val='heading 1'/></w:style></w:styles>"
    );
    let links = "<Relationships><Relationship Id='s' Type='x/styles' Target='styles.xml'/>\
                 <Relationship Id='h' Type='x/header' Target='header1.xml'/></Relationships>";
    let header = format!("<w:hdr {W}>{}</w:hdr>", p("Council 2021"));
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let item = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p>";
    let body = [styled("T", "Report"), styled("H", "Part"), item.to_owned(), p("Text")].concat();
    let parts = [
        ("word/styles.xml", styles.as_str()),
        ("word/_rels/document.xml.rels", links),
        ("word/header1.xml", &header),
    ];
    let flow = document(&body, &parts);
    assert_eq!(lines(&flow), ["Council 2021", "Report", "Part", "one", "Text"]);
    use crate::model::hint::LineRole;
    let told: Vec<Option<LineRole>> =
        flow.hints.iter().zip(&flow.lines).filter(|(_, l)| !l.text.is_empty()).map(|(h, _)| h.told).collect();
    assert_eq!(
        told,
        [
            None,
            Some(LineRole::Heading(1)),
            Some(LineRole::Heading(2)),
            Some(LineRole::Item),
            Some(LineRole::Paragraph)
        ]
    );
}

/// Packed without compression, so that what is changed in a part is found again.
fn store(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document with parts of all kinds.
fn parts() -> Vec<(&'static str, String)> {
    let relation =
        |kind: &str, name: &str| format!("<Relationship Id='{kind}' Type='x/{kind}' Target='{name}'/>");
    let relations = ["styles", "numbering", "footnotes", "endnotes", "header", "footer", "chart"]
        .map(|kind| relation(kind, &format!("{kind}.xml")));
    let note = |kind: &str, text: &str| {
        format!("<w:{kind}s {W}><w:{kind} w:id='1'>{}</w:{kind}></w:{kind}s>", p(text))
    };
    let body = "<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>\
                <w:p><w:r><w:t>Had 45</w:t><w:footnoteReference w:id='1'/><w:endnoteReference w:id='1'/></w:r></w:p>\
                <w:p><w:r><w:drawing><c:chart r:id='chart'/></w:drawing></w:r></w:p>";
    let value = |v: &str| format!("<c:pt idx='0'><c:v>{v}</c:v></c:pt>");
    vec![
        ("word/document.xml", format!("<w:document {W}><w:body>{body}{}</w:body></w:document>", p("End 7"))),
        ("word/_rels/document.xml.rels", format!("<Relationships>{}</Relationships>", relations.concat())),
        (
            "word/styles.xml",
            format!("<w:styles {W}><w:style w:styleId='H'><w:name w:val='heading 1'/></w:style></w:styles>"),
        ),
        ("word/numbering.xml", format!("<w:numbering {W}></w:numbering>")),
        ("word/footnotes.xml", note("footnote", "Foot")),
        ("word/endnotes.xml", note("endnote", "End")),
        ("word/header.xml", format!("<w:hdr {W}>{}</w:hdr>", p("Council"))),
        ("word/footer.xml", format!("<w:ftr {W}>{}</w:ftr>", p("Page"))),
        (
            "word/chart.xml",
            format!(
                "<c:chartSpace><c:ser><c:cat>{}</c:cat><c:val>{}</c:val></c:ser></c:chartSpace>",
                value("Homes"),
                value("9")
            ),
        ),
        ("docProps/core.xml", "<c><title>Report</title></c>".to_owned()),
        ("docProps/app.xml", "<c><Application>Word</Application></c>".to_owned()),
    ]
}

fn borrowed<'a>(parts: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    parts.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

fn told(flow: &Flow) -> Vec<String> {
    flow.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

#[test]
fn a_part_that_cannot_be_read_is_told_and_the_rest_is_read() {
    let whole = ["Council", "Part", "Had 45¹¹", "¹ Foot", "Homes\t9", "End 7", "¹ End", "Page"];
    let all = parts();
    let flow = read(&store(&borrowed(&all))).unwrap();
    assert_eq!((lines(&flow), told(&flow)), (whole.to_vec(), vec![]));
    assert_eq!((flow.info.title.as_deref(), flow.info.producer.as_deref()), (Some("Report"), Some("Word")));
    for (at, (name, text)) in
        all.iter().enumerate().skip(1).filter(|(_, (name, _))| !name.contains("numbering"))
    {
        // Its elements end, its bytes are not those that were packed, it cannot be unpacked.
        let mut cut = all.clone();
        cut[at].1.truncate(text.len() - 4);
        let packed = store(&borrowed(&all));
        let start = packed.windows(text.len()).position(|bytes| bytes == text.as_bytes()).unwrap();
        let mut changed = packed.clone();
        changed[start + text.len() - 1] = b' ';
        let mut unknown = packed;
        let listed = unknown.windows(name.len()).rposition(|bytes| bytes == name.as_bytes()).unwrap();
        unknown[listed - 36] = 99;
        for bytes in [store(&borrowed(&cut)), changed, unknown] {
            let flow = read(&bytes).unwrap();
            let told = told(&flow);
            assert!(
                told.iter().any(|told| told.starts_with("broken-part: ") && told.contains(name)),
                "{told:?}"
            );
            let read = lines(&flow);
            assert!(read.contains(&"Part") && read.contains(&"End 7"), "{name}: {read:?}");
            // Only what refers to headers, footers and charts says where they are.
            let lost = if name.ends_with(".rels") { 3 } else { 1 };
            assert!(read.len() >= whole.len() - lost, "{name}: {read:?}");
        }
    }
}

#[test]
fn a_part_that_is_not_there_is_told() {
    let mut all = parts();
    all.retain(|(name, _)| !matches!(*name, "word/styles.xml" | "word/endnotes.xml" | "word/numbering.xml"));
    let flow = read(&store(&borrowed(&all))).unwrap();
    let missing = |name: &str| {
        format!(
            "broken-part: the part word/{name}.xml of this document could not be read to its end: it is not in the file"
        )
    };
    assert_eq!(told(&flow), [missing("endnotes"), missing("styles")]);
}

#[test]
fn of_a_main_part_that_breaks_off_the_beginning_is_read() {
    let all = parts();
    let mut bytes = store(&borrowed(&all));
    let at = bytes.windows(5).position(|five| five == b"End 7").unwrap();
    bytes[at] = b'e';
    let flow = read(&bytes).unwrap();
    assert!(lines(&flow).contains(&"end 7"));
    assert!(told(&flow)[0].starts_with("document-cut: "), "{:?}", told(&flow));
    for text in ["", "no elements", "<w:document"] {
        let (what, hint) = read(&pack(&[("word/document.xml", text)])).err().unwrap();
        assert!(what.starts_with("a Word document whose part word/document.xml cannot be read: "), "{what}");
        assert!(hint.contains("damaged"), "{hint}");
    }
}

#[test]
fn equations_are_text_and_what_is_struck_through_is_not() {
    let body = "<w:p><w:r><w:t>So </w:t></w:r><m:oMath><m:r><w:rPr><w:b/></w:rPr><m:t>5+2=7</m:t></m:r></m:oMath>\
                <w:r><w:rPr><w:strike/></w:rPr><w:t> of 9</w:t></w:r><w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t> cases</w:t></w:r></w:p>";
    let flow = document(body, &[]);
    assert_eq!(lines(&flow), ["So 5+2=7 cases"]);
    assert_eq!(told(&flow), ["deleted-text: stretches that are struck through were left out: 1"]);
}

#[test]
fn what_is_cut_off_is_told() {
    let text = format!(
        "<w:document {W}><w:body>{}<w:tbl><w:tr>{}<w:tc><w:p><w:r><w:t>half",
        p("Whole"),
        tc("", "a")
    );
    let flow = read(&pack(&[("word/document.xml", &text)])).unwrap();
    assert_eq!(lines(&flow), ["Whole", "a\thalf"]);
    assert_eq!(flow.diagnostics[0].code, "document-cut");
    let (what, hint) = read(&pack(&[("word/other.xml", "")])).err().unwrap();
    assert!(what.contains("word/document.xml is missing") && hint.contains("damaged"));
    assert!(read(b"PK\x03\x04 and no more").err().unwrap().1.contains("cut off or damaged"));
}

#[test]
fn entities_of_the_file_are_not_expanded() {
    let text = format!(
        "<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
         <w:document {W}><w:body>{}</w:body></w:document>",
        p("&b; &x; &lt;5")
    );
    let flow = read(&pack(&[("word/document.xml", &text)])).unwrap();
    assert_eq!(lines(&flow), ["&b; &x; <5"]);
}

#[test]
fn deep_nesting_ends() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    let flow = document(&format!("{}{deep}{}", p("Before"), p("deep")), &[]);
    assert_eq!(lines(&flow)[0], "Before");
    assert!(flow.diagnostics.iter().any(|d| d.code == "deep-nesting"));
}
