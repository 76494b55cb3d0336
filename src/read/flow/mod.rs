//! Turns headings, paragraphs, lists and tables of web pages, Word and Markdown into lines, one for each block.

mod grid;
mod text;

pub(crate) use grid::{SpannedCell, SpannedTable};
pub(crate) use text::Inline;

use super::folded_line;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::document::Info;
use crate::model::hint::{Hint, LineRole};
use crate::model::sheet::BETWEEN;
use crate::model::table::{Form, Marked};
use crate::model::text::Line;
use std::ops::Range;

/// A document that is being built block by block.
#[derive(Debug, Default)]
pub struct Flow {
    /// One line for each block and for each row of a table, with tabs between cells; blank lines separate blocks.
    pub lines: Vec<Line>,
    /// What the file says of each line.
    pub hints: Vec<Hint>,
    /// In the order of their lines.
    pub tables: Vec<Marked>,
    /// Lines of preformatted text, in which tables are searched for as in plain text.
    pub printed: Vec<Range<usize>>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
    /// What the file says of itself.
    pub info: Info,
    /// Of the last heading.
    level: u8,
}

/// The alternative text of a picture is kept from this many bytes on; shorter ones are names.
pub(crate) const TELLING: usize = 20;

impl Flow {
    /// Adds a block, which is one line; nothing where the text is blank.
    pub(crate) fn block(&mut self, told: LineRole, text: &str) {
        if let LineRole::Heading(level) = told {
            self.level = level;
        }
        self.add(text, Hint { told: Some(told), ..Hint::default() });
    }

    /// Adds a paragraph in bold type, which may be a heading below the last one.
    pub(crate) fn bold(&mut self, text: &str) {
        self.add(text, Hint { heading: Some(self.level.max(1) + 1), ..Hint::default() });
    }

    /// Adds a line that follows a line break within a paragraph.
    pub(crate) fn broken(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.push(text.trim().to_owned(), Hint::default());
        }
    }

    /// Adds a line with its spaces.
    #[cfg(feature = "html")]
    pub(crate) fn printed(&mut self, text: &str) {
        match self.printed.last_mut().filter(|lines| lines.end == self.lines.len()) {
            Some(lines) => lines.end += 1,
            None if text.is_empty() => return,
            None => {
                self.gap();
                self.printed.push(self.lines.len()..self.lines.len() + 1);
            }
        }
        self.push(text.to_owned(), Hint::default());
    }

    /// Adds a line that is no content, such as navigation.
    pub(crate) fn furniture(&mut self, text: &str) {
        self.add(text, Hint { furniture: true, ..Hint::default() });
    }

    /// Adds a table with its caption above and its notes below. A table of fewer than two columns is added as blocks of
    /// text.
    pub(crate) fn table(&mut self, grid: SpannedTable, form: Form) {
        let grid = grid.trimmed();
        let caption = grid.caption.as_deref().filter(|c| !c.trim().is_empty());
        if grid.cols() < 2 {
            let texts = grid.rows.iter().flatten().map(|cell| cell.text.as_str());
            caption.into_iter().chain(texts).for_each(|text| self.block(LineRole::Paragraph, text));
        } else {
            let at = caption.map(|caption| {
                self.block(LineRole::Paragraph, caption);
                self.lines.len() - 1
            });
            let placed = grid.placed();
            if at.is_none() {
                self.gap();
            }
            let start = self.lines.len();
            for row in &placed.rows {
                self.push(row.join(&BETWEEN.to_string()), Hint::default());
            }
            self.tables.push(Marked {
                rows: start..self.lines.len(),
                caption: at,
                header_rows: placed.header_rows,
                header_cols: placed.header_cols,
                reaches: placed.reaches,
                form,
            });
            if placed.cut {
                let (cols, all) = (grid::MOST_COLS, grid::MOST_POSITIONS);
                let message =
                    format!("a table has more than {cols} columns or {all} cells; the rest is left out");
                self.tell("wide-table", Severity::Warning, message);
            }
        }
        for note in &grid.notes {
            self.block(LineRole::Note, note);
        }
    }

    /// Adds a diagnostic.
    pub(crate) fn tell(&mut self, code: &'static str, severity: Severity, message: String) {
        self.diagnostics.push(Diagnostic { code, severity, message, place: None });
    }

    fn add(&mut self, text: &str, hint: Hint) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let listed = |hint: &Hint| hint.told == Some(LineRole::Item);
        if !(listed(&hint) && self.hints.last().is_some_and(listed)) {
            self.gap();
        }
        self.push(text.to_owned(), hint);
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.push(String::new(), Hint::default());
        }
    }

    fn push(&mut self, text: String, hint: Hint) {
        let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
        self.lines.push(folded_line(text, number, 1));
        self.hints.push(hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_rows_are_cells_between_tabs() {
        let mut flow = Flow::default();
        flow.block(LineRole::Heading(1), " Report ");
        flow.block(LineRole::Item, "one");
        flow.block(LineRole::Item, "two");
        let cell = |text| SpannedCell::of(text, false);
        let rows = vec![vec![cell("Team"), cell("Cases")], vec![cell("Homes"), cell("3")]];
        flow.table(
            SpannedTable { rows, caption: Some("Cases by team".into()), ..SpannedTable::default() },
            Form::Marked,
        );
        let lines: Vec<&str> = flow.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["Report", "", "one", "two", "", "Cases by team", "Team\tCases", "Homes\t3"]);
        assert_eq!((flow.tables[0].rows.clone(), flow.tables[0].caption), (6..8, Some(5)));
        assert_eq!(flow.hints.len(), flow.lines.len());
    }

    #[test]
    fn a_table_of_one_column_is_text() {
        let mut flow = Flow::default();
        let row = |text| vec![SpannedCell { col_span: 3, ..SpannedCell::of(text, false) }];
        flow.table(
            SpannedTable { rows: vec![row("one"), row("two")], ..SpannedTable::default() },
            Form::Marked,
        );
        assert!(flow.tables.is_empty());
        assert_eq!(flow.lines.len(), 3);
    }
}
