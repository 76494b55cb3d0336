//! What a figure is: its measure, its labels, its name and its key.

use crossfoot::internal::model::document::Document;
use crossfoot::internal::model::facets::{Dimension, Measure};
use crossfoot::internal::model::figure::Figure;
use crossfoot::internal::model::key::{Key, collisions};
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;

fn document(text: &str) -> Document {
    let source = source::from_bytes("report.md", text.as_bytes().to_vec()).unwrap();
    from_source(source, Grammar::embedded(), &Options::default()).unwrap()
}

/// The figure of a value, the first where there are several.
fn figure<'a>(document: &'a Document, value: &str) -> &'a Figure {
    let is = |figure: &&Figure| figure.quantity.value.as_ref().is_some_and(|v| v.to_string() == value);
    document.figures.iter().find(is).unwrap()
}

fn measures(text: &str) -> Vec<&'static str> {
    document(text).figures.iter().map(|figure| figure.measure().name()).collect()
}

fn label(document: &Document, value: &str, dimension: Dimension) -> Option<String> {
    let mut labels = figure(document, value).labels();
    labels.find(|(known, _)| *known == dimension).map(|(_, label)| label.normalised.to_string())
}

#[test]
fn a_measure_is_given_only_where_words_support_it() {
    let report = |text: &str| measures(&format!("# Complaints report 2021/22\n\n{text}\n"));
    assert_eq!(report("We received 412 complaints."), ["complaints_received"]);
    assert_eq!(report("The committee was told by 14 assistant directors."), ["other"]);
    assert_eq!(report("The budget fell by £300,000."), ["other"]);
    assert_eq!(report("Answers are due within 20 working days."), ["other"]);
    assert_eq!(report("The average time to answer was 12 days."), ["avg_days"]);
    assert_eq!(
        report("We answered 731 FOI requests and 52 subject access requests."),
        ["foi_requests", "sar_requests"]
    );
    assert_eq!(report("There were 18 comments and 240 compliments."), ["comments", "compliments"]);
    // Elsewhere, words that can mean many things say nothing of complaints.
    assert_eq!(measures("# Library loans 2021\n\nOf the loans, 31% were overdue.\n"), ["other"]);
}

#[test]
fn an_ombudsman_governs_its_sentence_and_its_table() {
    let text = "# Complaints 2021/22\n\nThe Ombudsman received 45 complaints and decided 38.\n";
    assert_eq!(measures(text), ["ombudsman_received", "ombudsman_decided"]);
    let table = "# Complaints 2021/22\n\n## The Ombudsman\n\n| | 2020/21 | 2021/22 |\n| --- | --- | --- |\n\
                 | Complaints received | 31 | 29 |\n| Decisions | 27 | 26 |\n";
    assert!(measures(table).iter().all(|measure| measure.starts_with("ombudsman_")), "{:?}", measures(table));
}

#[test]
fn a_heading_of_two_things_tells_neither() {
    let text = "# Complaints and compliments 2021/22\n\n| Service | Number |\n| --- | --- |\n| Parks | 19 |\n| Roads | 23 |\n";
    assert_eq!(measures(text), ["other", "other"]);
}

const BY_SERVICE: &str = "\
# Complaints report 2021/22

Complaints received by service

| Directorate | 2020/21 | 2021/22 |
| --- | --- | --- |
| Bins & Parks | 12 | 17 |
| Roads | 14 | 21 |
| Total | 26 | 38 |
";

#[test]
fn rows_are_labels_of_what_their_head_names() {
    let read = document(BY_SERVICE);
    assert_eq!(label(&read, "12", Dimension::Service).as_deref(), Some("bin and park"));
    assert_eq!(label(&read, "21", Dimension::Service).as_deref(), Some("road"));
    assert_eq!(label(&read, "26", Dimension::Service), None);
    let wards = BY_SERVICE.replace("Directorate", "Ward").replace(" by service", "");
    assert_eq!(label(&document(&wards), "14", Dimension::Ward).as_deref(), Some("road"));
}

#[test]
fn a_key_tells_figures_apart_and_knows_them_again() {
    let read =
        document(&format!("{BY_SERVICE}\nThere were 38 complaints in 2021/22, after 26 the year before.\n"));
    assert_eq!(collisions(&read), Vec::new());
    let key = |figure: &Figure| Key::of(Some("Larkmere Council"), figure).unplaced();
    let all: Vec<Key> = read
        .figures
        .iter()
        .filter(|f| f.quantity.value == figure(&read, "38").quantity.value)
        .map(key)
        .collect();
    assert_eq!(all.len(), 2);
    assert_eq!(all.first(), all.last());
    assert_eq!(all.first().map(|key| key.measure), Some(Measure::ComplaintsReceived));
    let service = key(figure(&read, "17")).dimensions.remove(&Dimension::Service);
    assert_eq!(service.as_deref(), Some("bin and park"));
}

#[test]
fn groups_of_rows_and_equal_labels_are_told_apart() {
    let text = "# Complaints 2021/22\n\n| Service | Stage | Number |\n| --- | --- | --- |\n| Parks | Stage 1 | 31 |\n\
                | | Stage 2 | 4 |\n| Roads | Stage 1 | 45 |\n| | Stage 2 | 7 |\n";
    let read = document(text);
    assert_eq!(collisions(&read), Vec::new());
    assert_eq!(label(&read, "4", Dimension::Service).as_deref(), Some("park"));
}

#[test]
fn rows_whose_labels_come_again_are_parts_of_the_row_above() {
    let text = "# Staff 2021/22\n\n| Staff | North | South |\n| --- | --- | --- |\n| Teachers | 31 | 52 |\n\
                | Full-time | 20 | 31 |\n| Part-time | 11 | 21 |\n| Cooks | 9 | 8 |\n| Full-time | 3 | 2 |\n\
                | Part-time | 6 | 5 |\n";
    let read = document(text);
    assert_eq!(collisions(&read), Vec::new());
    assert_eq!(label(&read, "11", Dimension::Other).as_deref(), Some("part time teachers"));
}

#[test]
fn numbers_that_rise_name_their_rows() {
    let row = |age: usize| format!("| {age} | {} | {} |\n", age * 7 % 30 + 40, age * 11 % 30 + 80);
    let rows: String = (4..12).map(row).collect();
    let read = document(&format!("# Pupils 2021/22\n\n| | Girls | Boys |\n| --- | --- | --- |\n{rows}"));
    // The ages themselves count nothing, and have no name of their own.
    let shared: Vec<usize> = collisions(&read).iter().map(|(_, same)| same.len()).collect();
    assert_eq!(shared, [8]);
}

#[test]
fn a_paragraph_in_brackets_says_more_of_the_one_above() {
    let text = "# Complaints 2021/22\n\n- 33% Late answers\n(85% not upheld, 15% upheld)\n\
                - 67% Missed bins\n(25% not upheld, 75% upheld)\n";
    assert_eq!(collisions(&document(text)), Vec::new());
    let rows = text.replace("- 67%", "- 20% Lost letters\n(60% not upheld, 40% upheld)\n- 47%");
    assert_eq!(collisions(&document(&rows)), Vec::new());
}

#[test]
fn lines_of_a_transcript_are_no_figures() {
    let text = "# Notes\n\nSee page 5, lines 16 to 20, and page 7, line 3 of the transcript. The clerk closed 12 cases.\n";
    assert_eq!(document(text).figures.len(), 1);
}

#[test]
fn rows_of_a_sheet_are_told_apart_by_the_heads_and_texts_above() {
    let sheet = "Spending,,\n,,\nFund,Pay,Fuel\nParks,,\nGrant,10,20\nLoan,11,21\n,,\nRoads,,\nGrant,12,22\nLoan,13,23\n,,\n\
                 Bins,,\nGrant,14,24,3\nLoan,15,25,5\n";
    let source = source::from_bytes("spending.csv", sheet.as_bytes().to_vec()).unwrap();
    let read = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let names = collisions(&read).into_iter().map(|(key, _)| key.to_string());
    assert_eq!(names.collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(label(&read, "24", Dimension::Column).as_deref(), Some("fuel"));
}

#[test]
fn names_are_noun_phrases_without_the_value() {
    let name = |text: &str| {
        let read = document(&format!("# Complaints 2021/22\n\n{text}\n"));
        read.figures.iter().map(|figure| figure.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(name("We received 412 complaints about parks."), ["complaints about parks"]);
    assert_eq!(name("Complaints about roads rose from 25 to 52."), ["Complaints about roads"; 2]);
    assert_eq!(name("Of these, 57% were not upheld."), ["not upheld"]);
    assert_eq!(
        name("The average time to answer was 12 days, compared with 15."),
        ["average time to answer"; 2]
    );
}

#[test]
fn a_quarter_is_one_of_the_year_beside_it() {
    let text = "# Complaints 2021/22\n\n| Quarter | 2020/21 | 2021/22 |\n| --- | --- | --- |\n| Q1 | 31 | 35 |\n| Q2 | 40 | 42 |\n";
    let read = document(text);
    let period = |value: &str| figure(&read, value).facets.period.map(|period| period.label());
    assert_eq!(period("31").as_deref(), Some("Q1 2020/21"));
    assert_eq!(period("42").as_deref(), Some("Q2 2021/22"));
}

#[test]
fn a_noun_before_a_preposition_goes_with_the_value_behind_it() {
    let text =
        "# Report 2021/22\n\nComplaints rose from 64 a year ago and compliments from 88, so both grew.\n";
    assert_eq!(measures(text), ["complaints_received", "compliments"]);
}

#[test]
fn items_count_what_the_sentence_before_them_does() {
    let text = "# Complaints and compliments in 2021/22\n\nResidents paid 97 compliments.\n\n\
                What became of the 81 complaints:\n\n- 35 were upheld\n- 12 were partly upheld\n- 34 were not upheld\n\n\
                We thank them all for 17 ideas.\n";
    assert_eq!(measures(text)[2..5], ["complaints_received"; 3]);
}

#[test]
fn a_value_in_brackets_is_of_the_name_before_it() {
    let text = "# Complaints 2021/22\n\nThe main themes were staff attitude (41), delays (29%), bin collections (17) and, at the \
                end, street lighting (5).\n";
    let read = document(text);
    let name = |value: &str| figure(&read, value).name().to_owned();
    assert_eq!([name("41"), name("29"), name("17")], ["staff attitude", "delays", "bin collections"]);
    let of = |value: &str| format!("{:?}", figure(&read, value).facets.dimensions);
    assert!(of("41").contains("staff_conduct") && !of("29").contains("staff_conduct"), "{}", of("29"));
}

#[test]
fn what_cases_are_about_is_not_counted() {
    let text = "# Complaints 2021/22\n\nMost complaints, 23, were about bin collections that never came.\n\nAmong the rest, 14 were about freedom of information requests.\n";
    assert_eq!(measures(text), ["complaints_received"; 2]);
}

#[test]
fn the_body_s_own_name_is_no_topic() {
    let text = "# Larkmere Council: complaints 2021/22\n\nThere were 214 complaints about Larkmere Council and 12 about Otterby Library.\n";
    let read = document(text);
    assert_eq!(read.organisation(), Some("Larkmere Council"));
    let topic =
        |value: &str| figure(&read, value).facets.topic().iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(topic("214"), Vec::<String>::new());
    assert!(topic("12").contains(&"otterby".to_owned()), "{:?}", topic("12"));
}

#[test]
fn complaints_from_a_population_are_complaints() {
    let text = "# Report 2021/22\n\nSome 41% of complaints come from the looked after population.\n\nThe population of the \
                borough is 31,000.\n";
    let read = document(text);
    let measure = |value: &str| figure(&read, value).measure().name();
    assert_eq!((measure("41"), measure("31000")), ("complaints_received", "context"));
}

#[test]
fn the_average_of_all_is_not_the_council_s_figure() {
    let read =
        document("# Larkmere 2021/22\n\nOur uphold rate of 68% is below the national average of 72%.\n");
    let scope = |value: &str| format!("{:?}", figure(&read, value).facets.dimensions).contains("national");
    assert_eq!((scope("68"), scope("72")), (false, true));
    assert_eq!(figure(&read, "72").facets.period, figure(&read, "68").facets.period);
}
