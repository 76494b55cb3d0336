//! CSV and TSV files: cells have addresses, and so do the figures of what is found in them.

use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Severity;
use crossfoot::internal::report::schema::{CheckAnswer, observations};

fn read(name: &str, text: &str) -> Document {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    document::from_source(source, Grammar::embedded(), &Options::default()).unwrap()
}

/// Every figure's address and value.
fn figures(document: &Document) -> Vec<(String, String)> {
    let all = observations(document);
    all.map(|o| (o.span.cell.unwrap_or_default(), o.value.unwrap_or_default())).collect()
}

fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn figures_have_addresses() {
    let document = read("a.csv", "Cases by team,,\nTeam,2021/22,2022/23\nNorth,4,\"1,205\"\nSouth,6,7\n");
    assert_eq!(document.origin.media_type, "text/csv");
    assert_eq!(figures(&document), pairs(&[("B3", "4"), ("C3", "1205"), ("B4", "6"), ("C4", "7")]));
    let [table] = &document.tables[..] else { panic!("one table") };
    assert_eq!(table.title.as_ref().map(|t| t.text.as_str()), Some("Cases by team"));
    assert_eq!((table.rows, table.header_rows, table.header_cols), (3, 1, 1));
}

#[test]
fn blank_rows_part_tables_and_count() {
    let text = "Team,Cases\nNorth,4\nSouth,6\n\nWard,Cases\nEast,5\nWest,8\n,\nNote: some cases are counted twice,\n";
    let document = read("a.csv", text);
    assert_eq!(document.tables.len(), 2);
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6"), ("B6", "5"), ("B7", "8")]));
}

#[test]
fn a_break_within_quotes_is_a_space() {
    let document = read("a.tsv", "\"Team\nname\"\tCases\nNorth\t4\nSouth\t6\n");
    assert_eq!(document.tables[0].text(0, 0), "Team name");
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6")]));
}

#[test]
fn formulas_are_text() {
    let document = read("a.csv", "Team,Cases\nNorth,4\nSouth,6\nTotal,=SUM(B2:B3)\n");
    assert_eq!(document.tables[0].text(3, 1), "=SUM(B2:B3)");
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6")]));
}

#[test]
fn decimal_commas_are_decimals() {
    let document = read("a.csv", "Team;Share\nNorth;12,5\nSouth;87,25\n");
    assert_eq!(figures(&document), pairs(&[("B2", "12.5"), ("B3", "87.25")]));
}

/// Claims that do not hold, as the place, role and value of each operand.
fn breaks(document: Document) -> Vec<(Severity, Vec<String>)> {
    let documents = [document];
    let answer = check(&documents);
    let public = CheckAnswer::of(&documents, &answer);
    let broken = answer.findings.iter().filter(|f| f.severity > Severity::Note).map(|finding| {
        let claim = public.claims.get(finding.claims[0]).unwrap();
        let operands = claim.operands.iter().map(|o| {
            format!(
                "{:?} {} {}",
                o.role,
                o.span.cell.clone().unwrap_or_default(),
                o.value.clone().unwrap_or_default()
            )
        });
        (finding.severity, operands.collect())
    });
    broken.collect()
}

#[test]
fn a_labelled_total_that_is_off_is_found_with_its_cell() {
    let found = breaks(read("a.csv", "Cases by team,\n,\nTeam,Cases\nNorth,131\nSouth,20\nTotal,176\n"));
    let operands = ["Total B6 176", "Part B4 131", "Part B5 20"].map(str::to_owned).to_vec();
    assert_eq!(found, [(Severity::Error, operands)]);
}

#[test]
fn a_sum_without_a_label_that_is_off_is_a_warning_with_its_cell() {
    let text = "Team,April,May,June,Sums\nNorth,141,222,303,666\nEast,411,73,272,756\nWest,124,,31,155\n\
                South,920,1730,3110,5780\nCentre,581,233,92,906\nHarbour,372,141,723,1236\nHill,53,162,391,606\n";
    let found = breaks(read("a.csv", text));
    let operands =
        ["Total E5 5780", "Part B5 920", "Part C5 1730", "Part D5 3110"].map(str::to_owned).to_vec();
    assert_eq!(found, [(Severity::Warning, operands)]);
}

#[test]
fn notes_under_a_table_are_read_without_their_numbers() {
    let text = "Ward,Cases*\nEast,5\nWest,8\n1 Includes all cases that were still open in May.,\n\
                (2) Includes 3 cases that were withdrawn before they were answered.,\n";
    assert_eq!(figures(&read("a.csv", text)), pairs(&[("B2", "5"), ("B3", "8"), ("A5", "3")]));
}

#[test]
fn years_with_a_mark_are_heads() {
    let document = read("a.csv", "Team,2021,2022*\nNorth,4,5\nSouth,6,7\n");
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("C2", "5"), ("B3", "6"), ("C3", "7")]));
}

#[test]
fn a_total_that_holds_where_its_siblings_do_not_is_chance() {
    let rates =
        "Change,2021/22,2022/23,2023/24\nShops,1.9,-1.4,-4.4\nMarkets,6.7,1.2,-10.2\nTotal,5.0,-0.2,-7.3\n";
    assert_eq!(claims(rates, "CF101"), Vec::<String>::new());
    let sums = rates.replace("5.0", "8.6").replace("-7.3", "-14.6");
    assert_eq!(claims(&sums, "CF101"), ["8.6", "-0.2", "-14.6"]);
}

#[test]
fn a_head_that_no_row_bears_out_is_no_total() {
    let text =
        "Team,Hours,Pay,Total\nNorth,5,1000,1125\nSouth,4,800,900\nEast,22,4400,4950\nWest,38,7600,8550\n";
    assert_eq!(claims(text, "CF102"), Vec::<String>::new());
}

/// The results of the claims of a check.
fn claims(text: &str, code: &str) -> Vec<String> {
    let answer = check(&[read("a.csv", text)]);
    let of_code = answer.claims.iter().filter(|claim| claim.code == code);
    of_code.map(|claim| claim.published.trim().to_owned()).collect()
}

#[test]
fn operands_are_told_by_their_cells_alone() {
    let documents = [read("a.csv", "Team,Cases\nNorth,4\nSouth,6\nTotal,10\n")];
    let public = CheckAnswer::of(&documents, &check(&documents));
    let claim = serde_json::to_value(&public.claims[0]).unwrap();
    assert_eq!((&claim["spans"][0]["cell"], &claim["spans"][0]["line"]), (&"B4".into(), &4.into()));
    let spans: Vec<String> =
        claim["operands"].as_array().unwrap().iter().map(|operand| operand["span"].to_string()).collect();
    assert_eq!(spans, [r#"{"cell":"B4"}"#, r#"{"cell":"B2"}"#, r#"{"cell":"B3"}"#]);
}

#[test]
fn values_are_printed_in_a_power_of_ten() {
    let text = "Spending,\"Spent, £000\",Users\nPaths,\"1,240\",310\nParks,305,77\n\nWe spent £1.2 million on 387 users.\n";
    let document = read("a.csv", text);
    let of = |o: crossfoot::internal::report::schema::Observation| (o.value.unwrap_or_default(), o.scale);
    let found: Vec<(String, u8)> = observations(&document).map(of).collect();
    let wanted = [("1240", 3), ("310", 0), ("305", 3), ("77", 0), ("1.2", 6), ("387", 0)];
    assert_eq!(found, wanted.map(|(value, scale)| (value.to_owned(), scale)));
}

#[test]
fn a_cell_that_says_its_label_again_gives_its_number() {
    let row = "All answers (weighted),62,\"All answers 3,122 (weighted)\",All answers 650 (weighted)";
    let text = format!("Answer,This surgery,Area,Country\nVery good,41%,39%,40%\nGood,38%,37%,36%\n{row}\n");
    let document = read("a.csv", &text);
    let last: Vec<_> = figures(&document).into_iter().filter(|(cell, _)| cell.ends_with('4')).collect();
    assert_eq!(last, pairs(&[("B4", "62"), ("C4", "3122"), ("D4", "650")]));
    let other = read("a.csv", &text.replace("All answers 650", "Room 650"));
    assert!(!figures(&other).contains(&("D4".to_owned(), "650".to_owned())));
}

#[test]
fn what_is_never_seen_is_no_part_of_a_cell() {
    let text = "Team,2021/22,2022/23\nNorth,\u{200b}4,1\u{200b}205\nSouth,6\u{200e},\u{202a}7\u{202c}\nTotal,\u{feff}10,1212\n";
    let wanted = [("B2", "4"), ("C2", "1205"), ("B3", "6"), ("C3", "7"), ("B4", "10"), ("C4", "1212")];
    assert_eq!(figures(&read("a.csv", text)), pairs(&wanted));
}
