//! Small examples of each form, asserted as grids.

use crate::model::table::{Form, FoundTable, LostBlanks, Table};
use crate::model::text::Line;
use crate::table::*;

/// The lines of a text.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let fold = |c: char| match c {
        '\u{2010}'..='\u{2015}' => '-',
        '\u{2212}' => '-',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{2018}' | '\u{2019}' => '\'',
        c => c,
    };
    let mut page = 1;
    let line = |(at, l): (usize, &str)| {
        page += l.matches('\u{c}').count() as u32;
        Line {
            number: at as u32 + 1,
            page,
            text: l.chars().map(fold).collect(),
            printed: None,
            strides: None,
        }
    };
    text.split('\n').enumerate().map(line).collect()
}

/// A table as lines of cells, for reading and asserting.
pub(crate) fn grid(table: &Table) -> Vec<String> {
    let row = |r: usize| (0..table.cols).map(|c| table.text(r, c)).collect::<Vec<_>>().join(" | ");
    (0..table.rows).map(row).collect()
}

/// The tables of a text.
pub(crate) fn tables(text: &str) -> Vec<FoundTable> {
    find(&lines(text)).0
}

/// The only table of a text.
pub(crate) fn table(text: &str) -> Table {
    let mut found = tables(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0).table
}

/// Prints all that was found in a file: `TABLES=path cargo test --lib print_tables -- --nocapture --ignored`.
#[test]
#[ignore = "a tool for looking at a file"]
fn print_tables() {
    for path in std::env::var("TABLES").unwrap_or_default().split(' ').filter(|p| !p.is_empty()) {
        println!("===== {path}");
        let lines = lines(&std::fs::read_to_string(path).unwrap());
        let (found, diagnostics) = find(&lines);
        for f in &found {
            let t = &f.table;
            println!(
                "-- {:?} lines {}..{} head {}x{} totals {:?} {:?} title {:?} notes {:?} aside {:?} continues {:?}",
                t.form,
                f.lines.start + 1,
                f.lines.end + 1,
                t.header_rows,
                t.header_cols,
                t.total_rows,
                t.total_cols,
                t.title.as_ref().map(|p| &p.text),
                t.notes.iter().map(|p| &p.text).collect::<Vec<_>>(),
                f.interleaved,
                t.continues
            );
            for row in grid(t).iter().take(40) {
                println!("   {row}");
            }
            for lost in &t.lost_blanks {
                println!(
                    "   lost {} {}/{} {:?}",
                    lost.row,
                    lost.admitted,
                    lost.placements,
                    lost.columns.iter().take(6).collect::<Vec<_>>()
                );
            }
        }
        for d in &diagnostics {
            println!("!! {} {:?} {}", d.code, d.place, d.message);
        }
    }
}

#[test]
fn pipes_one_row_a_line() {
    let t = table(
        "Complaints by service\n\n| Service | 2019/20 | 2020/21 |\n|---|---|---|\n| Housing | 12 | - |\n| Total | 12 | 0 |\n\n",
    );
    assert_eq!(grid(&t), ["Service | 2019/20 | 2020/21", "Housing | 12 | -", "Total | 12 | 0"]);
    assert_eq!((t.form, t.header_rows, t.header_cols), (Form::Pipes, 1, 1));
    assert_eq!((t.total_rows, t.title.map(|p| p.text)), (vec![2], Some("Complaints by service".into())));
}

#[test]
fn pipes_with_short_heads_and_a_title_row() {
    assert_eq!(
        grid(&table("Total complaints | |\n---|---|\nRoads | 1,315 |\nParks | 2 |")),
        ["Total complaints | ", "Roads | 1,315", "Parks | 2"]
    );
    assert_eq!(
        grid(&table("| Q1 | Q2\nHousing | 1 | 2\nPlanning | 3 | 4")),
        [" | Q1 | Q2", "Housing | 1 | 2", "Planning | 3 | 4"]
    );
    let t = table("Q1 | Q2 |\nHousing | 1 | 2 |\nPlanning | 3 | 4 |");
    assert_eq!(grid(&t)[0], " | Q1 | Q2");
    let t = table("Table 4: Stages | | |\nTeam | Stage 1 | Stage 2 |\nRoads | 1 | 2 |");
    assert_eq!((grid(&t).len(), t.title.map(|p| p.text)), (2, Some("Table 4: Stages".into())));
}

#[test]
fn a_stream_of_pipes_whose_cells_end_lines() {
    let text = "Category | 2019/20 | 2020/21 | Change |\nDuty |\n212 |\n197 |\n7% decrease |\nPanels heard by\nothers |\n1 |\n3\n|\n200% increase\n|\nNotes follow here.";
    let t = table(text);
    assert_eq!(
        grid(&t),
        [
            "Category | 2019/20 | 2020/21 | Change",
            "Duty | 212 | 197 | 7% decrease",
            "Panels heard by others | 1 | 3 | 200% increase"
        ]
    );
    assert_eq!((t.form, t.header_rows, t.header_cols), (Form::PipeStream, 1, 1));
    let place = t.at(2, 2).unwrap().passage.whole();
    assert_eq!((place.line, place.start, place.end), (9, 0, 1));
}

#[test]
fn a_stream_of_pipes_without_row_breaks() {
    let rows = ["Service | 2018 | 2019", "Housing | 12 | 14", "Roads | 5 | 6", "Total | 17 | 20"];
    let t = table(&format!("{} |", rows.join(" | ")));
    assert_eq!(grid(&t), rows);
    assert_eq!(t.total_rows, [3]);
    let broken = "Service | 2018 |\n2019 | Housing |\n12 | 14 | Roads | 5\n| 6 | Total | 17 | 20 |";
    assert_eq!(grid(&table(broken)), rows);
    let marked = "| Service | 2018 | 2019 | | --- | --- | --- | | Housing | 12 | 14 | | Roads | 5 | 6 | | Total | 17 | 20 |";
    assert_eq!(grid(&table(marked)), rows);
}

#[test]
fn a_stream_of_pipes_with_two_rows_of_heads() {
    let text = "| 2018 | 2019 |\nReceived | Upheld | Received | Upheld |\nRoads |\n4 |\n1 |\n5 |\n2 |\nParks |\n6 |\n3 |\n7 |\n3 |";
    let t = table(text);
    assert_eq!(grid(&t)[..2], [" | 2018 | 2018 | 2019 | 2019", " | Received | Upheld | Received | Upheld"]);
    assert_eq!((t.header_rows, grid(&t)[3].as_str()), (2, "Parks | 6 | 3 | 7 | 3"));
}

#[test]
fn tabs_and_contents() {
    let t = table("The volumes were these:\n\nTeam\tVolume\nRoads\t7\nParks and open spaces\t8");
    assert_eq!(grid(&t), ["Team | Volume", "Roads | 7", "Parks and open spaces | 8"]);
    assert_eq!((t.form, t.header_rows, t.header_cols), (Form::Tabs, 1, 1));
    assert_eq!(tables("1. Introduction\t3\n2. Background\t4\n3. Findings\t6 - 7").len(), 0);
    assert_eq!(tables("Contents\n\nIntroduction\t3\nBackground\t4").len(), 0);
}

#[test]
fn lists_of_labels_and_values() {
    let cases = [
        ("Upheld: 190\nNot upheld: 20", ["Upheld | 190", "Not upheld | 20"]),
        ("Q1 - 15\nQ2 - 20", ["Q1 | 15", "Q2 | 20"]),
        ("2018/19 - 103\n2019/20 - 118", ["2018/19 | 103", "2019/20 | 118"]),
        ("Disability: 30%\nPartnership: <1%", ["Disability | 30%", "Partnership | <1%"]),
        ("57% - Subject to appeal\n7% - Too old", ["Subject to appeal | 57%", "Too old | 7%"]),
        (
            "- 33% Professional judgement  \n- 2% Contractors ",
            ["Professional judgement | 33%", "Contractors | 2%"],
        ),
        ("Apology (15)\nRefund (3)", ["Apology | 15", "Refund | 3"]),
        ("• 2012-13 – 1203\n• 2013-14 – 998", ["2012-13 | 1203", "2013-14 | 998"]),
        ("- Outstanding - 13%\n- Upheld - 6%", ["Outstanding | 13%", "Upheld | 6%"]),
        ("**Upheld:** 12\n**Withdrawn:** 3", ["Upheld | 12", "Withdrawn | 3"]),
    ];
    for (text, rows) in cases {
        let t = table(text);
        assert_eq!((t.form, t.header_rows, t.header_cols), (Form::LabelValue, 0, 1), "{text}");
        assert_eq!(grid(&t), rows);
    }
}

#[test]
fn brackets_under_items_stay_out() {
    let found = tables("- 40% Service\n(25% not upheld, 75% upheld)\n- 60% Conduct\n(100% not upheld)");
    assert_eq!((found[0].lines.clone(), found[0].interleaved.clone()), (0..3, vec![1]));
    assert_eq!(grid(&found[0].table), ["Service | 40%", "Conduct | 60%"]);
}

#[test]
fn sentences_are_no_lists() {
    for text in [
        "- 60 complaints were received, compared to 74 before\n- 41 matters considered by the Ombudsman",
        "- 65% of completed complaints answered in time\n- 12% of them late",
        "1 - Introduction\n2 - Background\n3 - Findings",
        "Tel: 01234 567890\nFax: 01234 567891",
        "The number rose in the year from 74 to 92\nand then it fell again within months to 15",
        "Introduction ..... 3\nBackground ..... 4\nFindings ..... 6",
        "1. Introduction 3\n2. Background 4\n3. Findings 6",
    ] {
        assert_eq!(tables(text), [], "{text}");
    }
}

#[test]
fn heads_broken_over_lines_and_lost_blanks() {
    let t = table(
        " Apr16-\nMar17 \n\nApr15-\nMar16 \n\nNo fault    \n\nFault & harm 1 1  \n\nNot ours 3   \n\nToo early 2 4 \n\nTotal 6 5 ",
    );
    assert_eq!(
        grid(&t),
        [
            " | Apr16- Mar17 | Apr15- Mar16",
            "No fault |  | ",
            "Fault & harm | 1 | 1",
            "Not ours | 3 | ",
            "Too early | 2 | 4",
            "Total | 6 | 5"
        ]
    );
    assert_eq!(t.lost_blanks, [LostBlanks { row: 3, placements: 2, admitted: 1, columns: vec![vec![1]] }]);
    let t = table(
        " Letter E-mail \nComplaint \nForm Telephone \n\nIn \nPerson Online \n\n16/17 16 33 4 28 1 9 \n\n15/16 21 35  11 2 4 ",
    );
    assert_eq!(
        grid(&t),
        [
            " | Letter | E-mail | Complaint Form | Telephone | In Person | Online",
            "16/17 | 16 | 33 | 4 | 28 | 1 | 9",
            "15/16 | 21 | 35 |  | 11 | 2 | 4"
        ]
    );
    assert_eq!((t.lost_blanks[0].placements, t.lost_blanks[0].admitted), (6, 6));
}

#[test]
fn heads_of_several_words_on_one_line() {
    let t = table(" Enquiries Stage 1 Stage 1 escalated \nto Stage 2 \n\n16/17 43 92 1 \n\n15/16 20 74  \n");
    assert_eq!(grid(&t)[0], " | Enquiries | Stage 1 | Stage 1 escalated to Stage 2");
    assert_eq!(grid(&t)[2], "15/16 | 20 | 74 | ");
}

#[test]
fn an_upper_row_of_heads_spans_the_lower() {
    let text = " Within 10 days 11-20 days Withdrawn \n\n Apr 16 \nMar17 \n\nApr 15 \nMar 16 \n\nApr16 \nMar17 \n\nApr15- \nMar 16 \n\nApr16 – \nMar 17 \n\nApr 15 \nMar 16 \n\nStage 1 21 25 30 25 8 2 \n\n% 36 48 51 48   ";
    let t = table(text);
    assert_eq!(
        grid(&t)[0],
        " | Within 10 days | Within 10 days | 11-20 days | 11-20 days | Withdrawn | Withdrawn"
    );
    assert_eq!(grid(&t)[2..], ["Stage 1 | 21 | 25 | 30 | 25 | 8 | 2", "% | 36 | 48 | 51 | 48 |  | "]);
    assert_eq!((t.header_rows, t.header_cols), (2, 1));
}

#[test]
fn rows_broken_over_lines() {
    let text = "Adoption Children \nSocial \nCare \n\nFostering Standards \n& \nReview \n\n16/17 1 \n \n\n2 69 \n \n\n4 \n\n15/16 3 \n \n\n45 \n \n\n4 4 \n\n";
    let t = table(text);
    assert_eq!(grid(&t)[0], " | Adoption | Children Social Care | Fostering | Standards & Review");
    assert_eq!(grid(&t)[1], "16/17 | 1 | 2 | 69 | 4");
}

#[test]
fn heads_that_cannot_be_told_stay_together() {
    let (found, diagnostics) = find(&lines("Alpha Beta Gamma Delta\nEpsilon 12 13 14\nZeta 4 5 6"));
    assert_eq!(grid(&found[0].table)[1..], ["Epsilon | 12 | 13 | 14", "Zeta | 4 | 5 | 6"]);
    assert!(diagnostics.is_empty(), "four words for four columns");
    let (found, diagnostics) = find(&lines("Alpha Beta Gamma Delta Eta\nEpsilon 12 13 14\nZeta 4 5 6"));
    assert_eq!(diagnostics[0].code, "unresolved-head");
    assert_eq!(found[0].table.at(0, 1).unwrap().cols().len(), 3);
}

#[test]
fn one_cell_a_line() {
    let tight = "Service\nStage 1\nStage 2\nTotal\n\nBenefits\n3\n0\n3\n\nHousing\n5\n1\n6";
    let loose = tight.replace("\n\n", "\n").replace('\n', "\n\n");
    for text in [tight, &loose, &tight.replace("\n\n", "\n")] {
        let t = table(text);
        assert_eq!(
            grid(&t),
            ["Service | Stage 1 | Stage 2 | Total", "Benefits | 3 | 0 | 3", "Housing | 5 | 1 | 6"]
        );
        assert_eq!((t.form, t.total_cols), (Form::Stacked, vec![3]));
    }
    let t = table("2a Closed at stage one\n\n76.7%\n\n2b Closed at stage two\n\n20.3%");
    assert_eq!((t.form, grid(&t)[0].as_str()), (Form::LabelValue, "2a Closed at stage one | 76.7%"));
}

#[test]
fn columns_one_after_another() {
    let t = table("Roads\nParks\n\nUpheld: 3\nNot upheld: 1\n\nUpheld: 4\nNot upheld: 9");
    assert_eq!(grid(&t), [" | Roads | Parks", "Upheld | 3 | 4", "Not upheld | 1 | 9"]);
    assert_eq!(t.form, Form::Stacked);
}

#[test]
fn chart_dumps() {
    let t = table("0 10 20 30 40\nQuarter 3 2017/18\n9 31 202\nQuarter 4 2017/18\n12 30 190");
    assert_eq!(grid(&t), ["Quarter 3 2017/18 | 9 | 31 | 202", "Quarter 4 2017/18 | 12 | 30 | 190"]);
}

#[test]
fn columns_aligned_by_spaces() {
    let text = "Service area          2018/19   2019/20    Change\nRoads                      12        15      +25%\nAdult social care         120                 n/a\nPlanning and parks                    5          \nTotal                     132        20          ";
    let t = table(text);
    assert_eq!(
        grid(&t),
        [
            "Service area | 2018/19 | 2019/20 | Change",
            "Roads | 12 | 15 | +25%",
            "Adult social care | 120 |  | n/a",
            "Planning and parks |  | 5 | ",
            "Total | 132 | 20 | "
        ]
    );
    assert_eq!((t.lost_blanks, t.total_rows), (vec![], vec![4]));
}

#[test]
fn slashes_and_cells_run_together() {
    let t = table("Service / Upheld / Not upheld\nRoads / 3 / 4\nParks / 5 / 6");
    assert_eq!((t.form, grid(&t)[2].as_str()), (Form::Slashes, "Parks | 5 | 6"));
    assert_eq!(tables("1 / Context/Overview / 3\n2 / Findings / 5\n3 / Conclusions / 9"), []);
    let t = table("TypeStage 1Stage 2Stage 3Total\nStatutory54n/a660\nCorporate5106\nTotal591666");
    assert_eq!(
        grid(&t),
        [
            "Type | Stage 1 | Stage 2 | Stage 3 | Total",
            "Statutory | 54 | n/a | 6 | 60",
            "Corporate | 5 | 1 | 0 | 6",
            "Total | 59 | 1 | 6 | 66"
        ]
    );
    let (found, diagnostics) = find(&lines("Statutory5466\nCorporate516\nTotal59167"));
    assert_eq!((found.len(), diagnostics[0].code), (0, "unresolved-table"));
}

#[test]
fn titles_notes_and_loose_totals() {
    let text = "Outcomes at stage 1*\n*15% remained open at the time.\nOutcome | 2018 |\nUpheld | 3 |\nNot upheld | 4 |\n\nTotal stage 1 complaints 7\nNote: counts only\nOutcomes at stage 1*\nMore was said elsewhere.";
    let found = tables(text);
    let t = &found[0].table;
    assert_eq!(grid(t), ["Outcome | 2018", "Upheld | 3", "Not upheld | 4", "Total stage 1 complaints | 7"]);
    assert_eq!((t.title.as_ref().map(|p| p.text.as_str()), t.notes.len()), (Some("Outcomes at stage 1*"), 2));
    assert_eq!((found[0].lines.clone(), t.total_rows.clone()), (0..9, vec![3]));
}

#[test]
fn a_table_goes_on_after_a_page_break() {
    let found = tables("Team | Count |\nRoads | 3 |\n\u{c}\nTeam | Count |\nParks | 4 |\nTotal | 7 |");
    assert_eq!(found.iter().map(|f| f.table.continues).collect::<Vec<_>>(), [None, Some(0.into())]);
}

#[test]
fn a_table_is_cut_where_the_page_ends() {
    let found =
        tables("Team | Count |\nRoads | 3 |\nParks | 2 |\n\u{c}Team | Count |\nTrees | 4 |\nTotal | 9 |");
    assert_eq!(found.iter().map(|f| f.table.continues).collect::<Vec<_>>(), [None, Some(0.into())]);
    assert_eq!(found.iter().map(|f| f.lines.clone()).collect::<Vec<_>>(), [0..3, 3..6]);
    assert_eq!(grid(&found[1].table), ["Team | Count", "Trees | 4", "Total | 9"]);
    assert_eq!((found[1].table.header_rows, found[1].table.total_rows.clone()), (1, vec![2]));
}

#[test]
fn labels_of_rows_broken_over_lines() {
    let t =
        table("Category 2018/19 2019/20\nSlow or\ndelayed answers 12 15\nStaff attitude 4 5\nTotal 16 20");
    assert_eq!(grid(&t)[1..3], ["Slow or delayed answers | 12 | 15", "Staff attitude | 4 | 5"]);
}

#[test]
fn a_title_stays_out_of_the_heads() {
    let t =
        table("Complaints received by directorate\n\nDirectorate 2017/18 2018/19\nAdults 12 13\nPlace 3 4");
    assert_eq!((grid(&t)[0].as_str(), t.title.is_some()), ("Directorate | 2017/18 | 2018/19", true));
    let t = table("Stage 1 complaints\n2017/18 2018/19 2019/20\n103 118 107");
    assert_eq!((grid(&t)[0].as_str(), t.title.is_some()), ("2017/18 | 2018/19 | 2019/20", true));
}

#[test]
fn a_row_over_all_columns_is_the_title() {
    let t = table("| Cases by team | | |\n| Team | 2019 | 2020 |\n| North | 4 | 5 |\n| South | 6 | 7 |");
    assert_eq!(t.title.as_ref().map(|p| p.text.as_str()), Some("Cases by team"));
}

#[test]
fn a_period_completes_the_title_above_it() {
    let t =
        table("Cases by team\n1 April 2019 - 31 March 2020\n| Team | Cases |\n| North | 4 |\n| South | 6 |");
    let title = t.title.as_ref().map(|p| p.text.as_str());
    assert_eq!(title, Some("Cases by team 1 April 2019 - 31 March 2020"));
    let t = table(
        "Cases received - 1 April 2019 to 31 March 2020 (2019/20):\n\n| Team | Cases |\n| North | 4 |\n| South | 6 |",
    );
    assert!(t.title.is_some());
}

#[test]
fn one_cell_a_line_with_heads_over_heads() {
    let lines = [
        "Cases by kind",
        "Kind",
        "Received",
        "Received",
        "2022/2023",
        "2021/2022",
        "Noise",
        "3",
        "4",
        "Waste",
        "5",
        "6",
    ];
    let t = table(&lines.join("\n\n"));
    assert_eq!(grid(&t)[..3], ["Kind | Received | Received", " | 2022/2023 | 2021/2022", "Noise | 3 | 4"]);
    assert_eq!((t.header_rows, t.title.as_ref().map(|p| p.text.as_str())), (2, Some("Cases by kind")));
}

#[test]
fn a_quarter_and_its_year_label_one_row() {
    let lines = [
        "Quarter",
        "Children",
        "Adults",
        "Quarter 3 17/18",
        "8",
        "40",
        "Quarter 4 17/18",
        "13",
        "39",
        "Quarter 1 18/19",
        "9",
        "41",
    ];
    let t = table(&lines.join("\n\n"));
    assert_eq!(
        grid(&t)[1..],
        ["Quarter 3 17/18 | 8 | 40", "Quarter 4 17/18 | 13 | 39", "Quarter 1 18/19 | 9 | 41"]
    );
}

#[test]
fn a_head_over_two_lines_is_worded_like_the_one_beside_it() {
    let lines = [
        "Quarter",
        "Planned Visits",
        "Schools Made",
        "Planned Visits Hostels Made",
        "Other Visits Made",
        "Quarter 2 19/20",
        "7",
        "52",
        "318",
        "Quarter 3 19/20",
        "12",
        "47",
        "290",
        "Quarter 4 19/20",
        "6",
        "55",
        "307",
    ];
    let t = table(&lines.join("\n\n"));
    let heads = "Quarter | Planned Visits Schools Made | Planned Visits Hostels Made | Other Visits Made";
    assert_eq!(grid(&t)[..2], [heads, "Quarter 2 19/20 | 7 | 52 | 318"]);
}
