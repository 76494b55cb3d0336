//! The tables of the small PDFs in tests/fixtures/pdf: those that are there are found, cell by cell, and no others.

use crate::pitfalls::{Expected, LARGE, expected, read, written};
use crossfoot::internal::model::document::Document;
use crossfoot::internal::model::table::Form;
use crossfoot::internal::report::schema::tables;

/// A table as rows of cells, empty where nothing stands.
fn grid(table: &crossfoot::internal::report::schema::Table) -> Vec<Vec<String>> {
    let rows = table.cells.iter().map(|c| c.row + 1).max().unwrap_or(0);
    let cols = table.cells.iter().map(|c| c.col + 1).max().unwrap_or(0);
    let mut grid = vec![vec![String::new(); cols]; rows];
    for cell in &table.cells {
        // Footnote marks are no part of the text that is compared.
        let text: String = cell.text.chars().filter(|c| !matches!(c, '¹' | '²' | '³' | '⁰'..='⁹')).collect();
        grid[cell.row][cell.col] = written(&text);
    }
    grid
}

fn found(document: &Document) -> Vec<(u32, Vec<Vec<String>>)> {
    tables(document).map(|t| (t.page, grid(&t))).collect()
}

#[test]
fn tables_are_found_cell_by_cell() {
    let mut wrong = Vec::new();
    let files = expected();
    for (name, file) in &files {
        let Some(wanted) = &file.tables else { continue };
        let Ok(document) = read(name) else { continue };
        let mut got = found(document);
        for table in wanted {
            match got.iter().position(|(page, rows)| *page == table.page && *rows == table.rows) {
                Some(at) => drop(got.remove(at)),
                None => wrong.push(format!("{name}: page {}: no table {:?}", table.page, table.rows)),
            }
        }
        wrong.extend(got.iter().map(|(page, rows)| format!("{name}: page {page}: not expected: {rows:?}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn captions_over_lines_typed_with_dashes_are_titles() {
    let document = read("fixed-pitch.pdf").as_ref().unwrap();
    let titles = tables(document).map(|t| t.title);
    let caption = Some("Table 3 Complaints by service, 2023-24".to_owned());
    assert_eq!(titles.collect::<Vec<_>>(), [caption.clone(), caption.clone(), caption.clone(), caption]);
}

#[test]
fn sound_tags_are_used_and_lies_are_not() {
    let document = read("tagged-table.pdf").as_ref().unwrap();
    assert_eq!(document.tables.iter().map(|t| t.form).collect::<Vec<_>>(), [Form::Tagged]);
    let spans = tables(document).flat_map(|t| t.cells).filter(|c| c.row_span > 1 || c.col_span > 1);
    let spans: Vec<_> = spans.map(|c| (written(&c.text), c.row_span, c.col_span)).collect();
    assert_eq!(spans, [("Service".into(), 2, 1), ("2022-23".into(), 1, 2), ("2023-24".into(), 1, 2)]);
    let document = read("tagged-lie.pdf").as_ref().unwrap();
    // The third page's absurd spans leave a table that the page bears out, or are passed over.
    for table in document.tables.iter().filter(|t| t.place.page != 3) {
        assert_ne!(table.form, Form::Tagged, "page {}", table.place.page);
    }
}

#[test]
fn tables_that_contradict_their_page_are_told_of_and_no_others() {
    let small = |(name, file): &(String, Expected)| file.result == "text" && !LARGE.contains(&name.as_str());
    for (name, file) in expected().into_iter().filter(small) {
        let Ok(document) = read(&name) else { panic!("{name} is not read") };
        let told: Vec<&str> =
            document.diagnostics.iter().map(|d| d.code).filter(|code| *code == "CF803").collect();
        assert_eq!(told, file.diagnostics, "{name}");
    }
    let document = read("contradictions.pdf").as_ref().unwrap();
    let doubtful =
        |page: u32| document.figures.iter().filter(move |f| f.place.page == page && f.misread).count();
    // The figure beside the table of page 4 is in none of its cells.
    assert_eq!(
        (1..=5).map(doubtful).map(|count| count > 0).collect::<Vec<_>>(),
        [true, true, true, false, true]
    );
}
