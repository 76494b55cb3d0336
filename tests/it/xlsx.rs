//! Workbooks: sheets are pages, cells have addresses, numbers are as shown, and formulas are looked at.

use crate::sheets::{self, Book, figures, found, rows, told};
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Verdict;
use crossfoot::internal::report::csv;

#[test]
fn sheets_are_pages_and_cells_have_addresses() {
    let document = Book::default()
        .sheet("Stage 1", "Cases by team\n3:Team|2021/22|2022/23\nNorth|4|1205\nSouth|6|7")
        .sheet("Stage 2", "Ward|Cases\nEast|5\nWest|8")
        .read();
    let wanted = [
        "Stage 1!B4 4 count",
        "Stage 1!C4 1205 count",
        "Stage 1!B5 6 count",
        "Stage 1!C5 7 count",
        "Stage 2!B2 5 count",
        "Stage 2!B3 8 count",
    ];
    assert_eq!(figures(&document), wanted);
    assert_eq!(document.origin.pages, 2);
    assert_eq!(document.figures.last().unwrap().place.page, 2);
    let [first, second] = &document.tables[..] else { panic!("two tables") };
    assert_eq!(first.title.as_ref().map(|t| t.text.as_str()), Some("Cases by team"));
    assert_eq!((first.header_rows, first.header_cols, second.place.page), (1, 1, 2));
    assert!(told(&document).is_empty(), "{:?}", told(&document));
}

#[test]
fn tables_lie_side_by_side_and_below_each_other() {
    let text = "Team|Cases||Ward|Cases\nNorth|4||East|5\nSouth|6||West|8\n|||Hill|9\n\
                \nAge|Cases\nUnder 18|7\nOver 18|3\nNote: some ages are not known";
    let document = Book::default().sheet("A", text).read();
    let corner = |table: &crossfoot::internal::model::table::Table| table.text(0, 0).to_owned();
    assert_eq!(document.tables.iter().map(corner).collect::<Vec<_>>(), ["Team", "Ward", "Age"]);
    let wanted = [
        "A!B2 4 count",
        "A!B3 6 count",
        "A!E2 5 count",
        "A!E3 8 count",
        "A!E4 9 count",
        "A!B7 7 count",
        "A!B8 3 count",
    ];
    assert_eq!(figures(&document), wanted);
    assert_eq!(document.tables[2].notes.len(), 1);
}

#[test]
fn merged_heads_are_over_their_columns() {
    let data = rows("Team|2021/22||2022/23|\n|Stage 1|Stage 2|Stage 1|Stage 2\nNorth|4|5|6|7\nSouth|1|2|3|8");
    let merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>";
    let document = Book::default().xml("A", &(data + merged), "").read();
    let table = &document.tables[0];
    assert_eq!(
        (table.header_rows, table.header_cols, table.text(0, 2), table.text(1, 0)),
        (2, 1, "2021/22", "Team")
    );
    let labels: Vec<_> = document.figures.iter().take(4).map(|f| f.label()).collect();
    assert_eq!(
        labels,
        ["North 2021/22 Stage 1", "North 2021/22 Stage 2", "North 2022/23 Stage 1", "North 2022/23 Stage 2"]
    );
    let periods: Vec<bool> = document.figures.iter().take(4).map(|f| f.facets.period_stated).collect();
    assert_eq!(periods, [true; 4]);
}

#[test]
fn the_shown_number_is_the_published_one() {
    let text = "Measure|Value\nShare upheld|0.1159 @1\nShare of stage 2|0.12 @1\nCost|1234.5 @2\nCases|1234 @3\nIn thousands|12345 @4\n\
                Loss|-12 @5\nTyped|'12\nFrom|44287 @6\nPlain|2.50";
    let codes = ["0%", "£#,##0", "#,##0", "#,##0.0,", "#,##0;(#,##0)", "dd/mm/yyyy"];
    let document = Book::default().formats(&codes).sheet("A", text).read();
    let wanted = [
        "A!B2 12 percent stored 0.1159",
        "A!B3 12 percent",
        "A!B4 1235 gbp stored 1234.5",
        "A!B5 1234 count",
        "A!B6 12.3 count stored 12345",
        "A!B7 -12 count",
        "A!B8 12 count",
        "A!B10 2.5 count",
    ];
    assert_eq!(figures(&document), wanted);
    assert!(document.lines.iter().any(|line| line.text == "From\t01/04/2021"));
}

#[test]
fn numbers_that_are_rounded_to_be_shown_still_add_up() {
    let text = "Team|2021/22\nNorth|10.4 @1\nSouth|10.4 @1\nTotal|20.8 @1";
    assert_eq!(found(Book::default().formats(&["0"]).sheet("A", text).read()), [""; 0]);
    let text = "Team|2021/22\nNorth|10.4 @1\nSouth|10.4 @1\nTotal|25.8 @1";
    assert_eq!(found(Book::default().formats(&["0"]).sheet("A", text).read()).len(), 1);
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let mut book = Book::default().formats(&["d mmm yyyy"]).sheet("A", "From|To\n42825 @1|0.5 @1");
    book.properties = "<workbookPr date1904=\"1\"/>".to_owned();
    assert_eq!(book.read().lines[1].text, "1 Apr 2021\t1 Jan 1904");
}

#[test]
fn hidden_parts_are_read_and_told() {
    let data = "<cols><col min=\"3\" max=\"16384\" hidden=\"1\"/></cols>".to_owned()
        + &rows("Team|Cases|Old\nNorth|4|1\nSouth|6|2")
            .replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let document = Book::default()
        .xml("A", &data, "")
        .xml("B", &rows("Ward|Cases\nEast|5\nWest|2"), "state=\"hidden\"")
        .read();
    let wanted = [
        "A!B2 4 count",
        "A!C2 1 count hidden",
        "A!B3 6 count hidden",
        "A!C3 2 count hidden",
        "B!B2 5 count hidden",
        "B!B3 2 count hidden",
    ];
    assert_eq!(figures(&document), wanted);
    let wanted = [
        "hidden-rows: sheet \"A\" has hidden rows, which were read: 3",
        "hidden-columns: sheet \"A\" has hidden columns, which were read: C",
        "hidden-sheet: sheet \"B\" is hidden; it was read",
    ];
    assert_eq!(told(&document), wanted);
}

#[test]
fn errors_and_formulas_without_a_value_are_told_and_no_figures() {
    let text = "Team|Cases|Share\nNorth|4|!#DIV/0! =B2/0\nSouth|?1|~ =B3/B4\nWest|5|7\nEast|8|9";
    let document = Book::default().sheet("A", text).read();
    assert_eq!(
        figures(&document),
        ["A!B2 4 count", "A!B4 5 count", "A!C4 7 count", "A!B5 8 count", "A!C5 9 count"]
    );
    let wanted = [
        "error-value: A!C2: the cell holds the error #DIV/0!, and no figure",
        "formula-without-value: A!C3: a formula without its value, =B3/B4; open the workbook in a spreadsheet program and save it",
    ];
    assert_eq!(told(&document), wanted);
    let place = document.diagnostics[0].place.unwrap();
    assert_eq!(document.address_of(place).as_deref(), Some("C2"));
}

#[test]
fn a_value_that_its_formula_does_not_give_is_found() {
    let text = "Team|2021/22\nNorth|131\nSouth|20\nTotal|156 =SUM(B2:B3)";
    let found = found(Book::default().sheet("A", text).read());
    let message = "Error CF108 B4 B2 B3: The cell keeps 156; its formula gives 151";
    assert_eq!(found, [message]);
}

#[test]
fn formulas_that_agree_are_no_findings() {
    let text = "Team|2021/22|2022/23|Both\nNorth|131|0.1|131.1 =B2+C2\nSouth|20|0.2|20.2 =B3+C3\n\
                Total|151 =SUM(B2:B3)|0.3 =SUM(C2:C3)|151.3 =SUM(D2:D3)\nMean|75.5 =AVERAGE(B2:B3)|0.15 =AVERAGE(C2:C3)|75.65 =AVERAGE(D2:D3)";
    let documents = [Book::default().sheet("A", text).read()];
    let answer = check(&documents);
    assert_eq!(answer.claims.iter().filter(|c| c.code == "CF108").count(), 8);
    let [document] = documents;
    assert_eq!(found(document), [""; 0]);
}

#[test]
fn a_number_typed_among_formulas_is_found() {
    let text = "Team|2020/21|2021/22|2022/23\nNorth|131|20|41\nSouth|20|30|52\nTotal|151 =SUM(B2:B3)|55|93 =SUM(D2:D3)";
    let found = found(Book::default().sheet("A", text).read());
    let message = "Error CF109 C4 C2 C3: 55 is typed where the formulas beside it would give 50";
    assert_eq!(found, [message]);
    let text = text.replace("|55|", "|50|");
    let document = Book::default().sheet("A", &text).read();
    assert_eq!(told(&document), ["typed-over: A!C4: a number is typed where formulas stand beside it"]);
    let answer = check(&[document]);
    let typed: Vec<Verdict> =
        answer.claims.iter().filter(|claim| claim.code == "CF109").map(|claim| claim.verdict).collect();
    assert_eq!((answer.findings.len(), typed), (0, vec![Verdict::Holds]));
}

#[test]
fn a_sum_that_leaves_out_a_row_is_found() {
    let text = "Team|2021/22\nNorth|131\nSouth|20\nWest|12\nTotal|151 =SUM(B2:B3)";
    let found = found(Book::default().sheet("A", text).read());
    let message = "Warning CF110 B5 B2 B3 B4: The sum 151 leaves out a number next to its range; with it, it would be 163";
    assert_eq!(found, [message]);
}

/// The codes of the claims that each finding is about, and of all claims that do not hold.
fn codes(text: &str) -> (Vec<String>, Vec<&'static str>) {
    let answer = check(&[Book::default().sheet("A", text).read()]);
    let told = answer.findings.iter().map(|finding| {
        let codes: Vec<&str> = finding.claims.iter().map(|at| answer.claims[*at].code).collect();
        format!("{:?} {}", finding.severity, codes.join(" "))
    });
    let broken = answer.claims.iter().filter(|claim| claim.verdict == Verdict::Inconsistent);
    (told.collect(), broken.map(|claim| claim.code).collect())
}

#[test]
fn a_formula_and_the_sum_that_it_explains_are_one_finding() {
    let one = |told: &str, broken: [&'static str; 2]| (vec![told.to_owned()], broken.to_vec());
    let stale = "Team|2021/22\nNorth|131\nSouth|20\nTotal|156 =SUM(B2:B3)";
    assert_eq!(codes(stale), one("Error CF108 CF101", ["CF101", "CF108"]));
    let across = "Team|North|South|Total\n2021/22|131|20|156 =B2+C2\n2022/23|41|52|93 =B3+C3";
    assert_eq!(codes(across), one("Error CF108 CF102", ["CF102", "CF108"]));
    let typed = "Team|2020/21|2021/22|2022/23\nNorth|131|20|41\nSouth|20|30|52\nTotal|151 =SUM(B2:B3)|55|93 =SUM(D2:D3)";
    assert_eq!(codes(typed), one("Error CF109 CF101", ["CF101", "CF109"]));
}

#[test]
fn a_stale_value_of_a_formula_that_stops_short_is_two_findings() {
    let text = "Team|2021/22\nNorth|131\nSouth|20\nWest|12\nTotal|156 =SUM(B2:B3)";
    let told = ["Error CF108", "Error CF110 CF101"].map(str::to_owned).to_vec();
    assert_eq!(codes(text), (told, vec!["CF101", "CF108", "CF110"]));
}

#[test]
fn formulas_that_are_shared_are_those_of_their_cells() {
    let data = rows("Team|A|B\nNorth|1|4\nSouth|2|5\nTotal|3|X")
        .replace(
            "<c r=\"B4\" s=\"0\" t=\"n\">",
            "<c r=\"B4\"><f t=\"shared\" si=\"0\" ref=\"B4:C4\">SUM(B2:B3)</f>",
        )
        .replace(
            "<c r=\"C4\" s=\"0\" t=\"inlineStr\"><is><t>X</t></is></c>",
            "<c r=\"C4\"><f t=\"shared\" si=\"0\"/><v>8</v></c>",
        );
    let found = found(Book::default().xml("A", &data, "").read());
    assert!(found.iter().any(|f| f.starts_with("Error CF108 C4 C2 C3")), "{found:?}");
}

#[test]
fn rows_of_a_table_name_sheet_and_cell_and_run_nothing() {
    let text = "Team|Share|Change\n=North|0.1159 @1|-5\n@South|0.12 @1|7";
    let data = rows(text).replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let book = Book::default().formats(&["0%"]).xml("=1+1", &data, "");
    let document = sheets::read("@book.xlsx", book.bytes()).unwrap();
    let mut out = Vec::new();
    csv::head(&mut out).unwrap();
    csv::write(&mut out, &document).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let names = ["raw_label", "value", "stored", "path", "page", "sheet", "cell", "hidden", "text"];
    let columns = names.map(|name| head.iter().position(|n| *n == name).unwrap());
    let found: Vec<_> = lines.map(|line| columns.map(|column| line[column]).join(" ")).collect();
    let wanted = [
        "'=North Share 12 0.1159 '@book.xlsx 1 '=1+1 B2 false 12%",
        "'=North Change -5  '@book.xlsx 1 '=1+1 C2 false -5",
        "'@South Share 12  '@book.xlsx 1 '=1+1 B3 true 12%",
        "'@South Change 7  '@book.xlsx 1 '=1+1 C3 true 7",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_formula_that_is_not_known_is_no_typed_number() {
    let text = "Team|2020/21|2021/22|2022/23\nNorth|131|20|41\nSouth|20|30|52\nTotal|151 =SUM(B2:B3)|55|93 =SUM(D2:D3)";
    let data = rows(text);
    let typed = found(Book::default().xml("A", &data, "").read());
    assert!(typed.iter().any(|f| f.starts_with("Error CF109 C4")), "{typed:?}");
    for formula in ["<f t=\"shared\" si=\"9\"/><v>55</v>", "<f>SUM(C2:C3)*C1</f><v>55</v>"] {
        let data = data.replace("<v>55</v>", formula);
        let found = found(Book::default().xml("A", &data, "").read());
        assert!(!found.iter().any(|f| f.contains("CF109")), "{found:?}");
    }
}

#[test]
fn a_flat_sheet_that_breaks_off_is_read_up_to_there() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>";
    let row = |cells: [&str; 2]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = row([&cell("Team"), &cell("Cases")]) + &row([&cell("East"), number]);
    let whole = format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">\
         <table:table table:name=\"A\">{rows}</table:table>"
    );
    for (rest, sheet) in [("", "(the next one)"), ("<table:table table:name=\"B\"><table:table-row>", "B")] {
        let document = sheets::read("a.fods", (whole.clone() + rest).into_bytes()).unwrap();
        assert_eq!(figures(&document), ["A!B2 7 count"]);
        let told = told(&document);
        assert_eq!(
            told,
            [format!(
                "broken-sheet: sheet \"{sheet}\" could not be read to its end: it breaks off; the sheets behind it are lost"
            )]
        );
    }
}
