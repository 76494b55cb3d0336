//! Input that no report should hold is read as far as it goes, and told where it is not.

use crossfoot::internal::model::diagnostic::Error;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::from_source;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Severity;
use crossfoot::internal::report::schema::{CheckAnswer, Extract};

fn read(bytes: impl AsRef<[u8]>) -> (Extract, CheckAnswer) {
    let source = source::from_bytes("bad.txt", bytes.as_ref().to_vec()).unwrap();
    let documents = [from_source(source, Grammar::embedded(), &Default::default()).unwrap()];
    (Extract::of(&documents[0]), CheckAnswer::of(&documents, &check(&documents)))
}

fn values(extract: &Extract) -> Vec<&str> {
    extract.observations.iter().filter_map(|figure| figure.value.as_deref()).collect()
}

fn loud(answer: &CheckAnswer) -> Vec<&str> {
    let findings = answer.findings.iter().filter(|finding| finding.severity > Severity::Note);
    findings.map(|finding| finding.message.as_str()).collect()
}

fn grid(extract: &Extract) -> Vec<(usize, usize, &str)> {
    let cells = extract.tables.iter().flat_map(|table| &table.cells);
    cells.filter(|cell| !cell.text.is_empty()).map(|cell| (cell.row, cell.col, cell.text.as_str())).collect()
}

#[test]
fn dates_that_cannot_be_are_no_periods() {
    let dates = ["31 February 2021", "32/13/2021", "0 May 2020", "29 February 2023", "2021/99", "99/00/0000"];
    for date in dates {
        let (extract, answer) =
            read(format!("Complaints report 2021/22\n\nBy {date} we had 41 complaints.\n"));
        assert!(values(&extract).contains(&"41"), "{date}: {:?}", values(&extract));
        let figure =
            extract.observations.iter().find(|figure| figure.value.as_deref() == Some("41")).unwrap();
        let period = figure.period.as_ref().map(|period| (period.start.as_str(), period.end.as_str()));
        assert_eq!(period, Some(("2021-04-01", "2022-03-31")), "{date}");
        assert!(loud(&answer).is_empty(), "{date}: {:?}", loud(&answer));
    }
}

#[test]
fn a_number_of_a_thousand_digits_is_no_figure() {
    let long = "7".repeat(1000);
    let (extract, _) = read(format!("In 2021/22 we received {long} complaints and 12 compliments.\n"));
    assert_eq!(values(&extract), ["12"]);
}

#[test]
fn a_column_with_a_cell_that_is_not_read_is_not_added_up() {
    for cell in ["7".repeat(1000).as_str(), "see note"] {
        let (extract, answer) = read(format!("Team | 2021/22\nHomes | {cell}\nRoads | 3\nTotal | 4\n"));
        assert_eq!(grid(&extract)[3], (1, 1, cell));
        assert!(loud(&answer).is_empty(), "{cell}: {:?}", loud(&answer));
    }
}

#[test]
fn numbers_of_many_digits_are_added_exactly() {
    let (a, b, sum) = ("9".repeat(60), "1", format!("1{}", "0".repeat(60)));
    let (extract, answer) = read(format!("Team | 2021/22\nHomes | {a}\nRoads | {b}\nTotal | {sum}\n"));
    assert!(values(&extract).contains(&sum.as_str()), "{:?}", values(&extract));
    assert!(loud(&answer).is_empty(), "{:?}", loud(&answer));
}

#[test]
fn pipes_left_open_are_still_a_table() {
    let (extract, answer) =
        read("| Team | 2020/21 | 2021/22\n| Homes | 4 | 5\n| Roads | 6 | 7\n| Total | 10 | 12\n");
    let cells = grid(&extract);
    assert_eq!(cells[0], (0, 0, "Team"));
    assert_eq!(*cells.last().unwrap(), (3, 2, "12"));
    assert!(loud(&answer).is_empty(), "{:?}", loud(&answer));
}

#[test]
fn a_table_of_nothing_but_pipes_is_passed_over() {
    let (extract, answer) = read("||||\n|||\n|\n||||||\n| |\n");
    assert!(extract.observations.is_empty());
    assert!(answer.claims.is_empty());
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    let (extract, answer) = read("Team | 2021/22\rHomes | 4\rRoads | 6\rTotal | 11\r");
    assert_eq!(*grid(&extract).last().unwrap(), (3, 1, "11"));
    assert_eq!(extract.observations.last().unwrap().span.line, Some(4));
    assert_eq!(loud(&answer).len(), 1, "{:?}", loud(&answer));
}

#[test]
fn a_file_of_line_ends_is_empty() {
    for text in ["\r", "\n", "\r\r\r", "\u{c}", "\n\r\n\r", " "] {
        let (extract, answer) = read(text);
        assert!(extract.tables.is_empty() && extract.observations.is_empty(), "{text:?}");
        assert!(answer.claims.is_empty() && answer.findings.is_empty(), "{text:?}");
    }
}

#[test]
fn a_nul_in_the_text_is_refused_with_its_place() {
    match source::from_bytes("bad.txt", b"We had 41\0 complaints.\n".to_vec()) {
        Err(Error::Unsupported { what, .. }) => {
            assert_eq!(what, "not text: the byte at offset 9 cannot be part of a text");
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn text_that_is_named_as_a_workbook_says_so() {
    let told = |name: &str| {
        let source = source::from_bytes(name, b"The attachment was not found.\n".to_vec()).unwrap();
        let document = from_source(source, Grammar::embedded(), &Default::default()).unwrap();
        document.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>()
    };
    assert_eq!(told("cases.xls"), ["other-kind"]);
    assert_eq!(told("cases.txt"), [""; 0]);
}
