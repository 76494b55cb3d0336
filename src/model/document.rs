//! A document with everything that was read from it.

use super::about::{About, BodyKey};
use super::arena::Arena;
use super::block::{Block, BlockKind};
use super::data::StaticText;
use super::diagnostic::Diagnostic;
use super::facets::Facets;
use super::figure::Figure;
use super::geometry::Rect;
use super::hint::{LineBox, area_of, areas_of};
use super::ids::{BlockIdx, FigureIdx, TableIdx};
use super::left_out::LeftOut;
use super::period::Period;
use super::rounding::DeclaredRounding;
use super::sheet::Sheet;
use super::statement::{Slot, Statement};
use super::table::{Cell, Table};
use super::text::{Line, Place, text_at};

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Origin {
    /// As given on the command line; members of archives as `a.zip!/b.txt`.
    pub path: String,
    /// Hexadecimal, lower case.
    pub sha256: String,
    /// Of the content, not of the file's name: "text/plain".
    #[serde(deserialize_with = "super::data::word")]
    pub media_type: StaticText,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// What the file says of itself, where it says anything.
    pub info: Option<Info>,
}

/// A statement of the prose whose slots name figures of the document.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stated {
    /// As the grammar gave it; its token indices are replaced by `figures`.
    pub statement: Statement,
    /// The statement's slots, as indices into [`Document::figures`].
    pub figures: Vec<(Slot, FigureIdx)>,
    /// What the statement is about. This helps to find figures for the slots that the sentence leaves open.
    pub facets: Facets,
    /// What the headings above it say.
    pub context: Facets,
    /// The period that it compares with, where it names one.
    pub base_period: Option<Period>,
    /// The block that it stands in.
    pub block: BlockIdx,
    /// The statement's words.
    pub place: Place,
    /// The sentence as printed.
    pub text: String,
}

/// A document with everything that was read from it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Document {
    /// The file, or the member of an archive, that it was read from.
    #[doc(hidden)]
    pub origin: Origin,
    /// Every line of the file, in order.
    #[doc(hidden)]
    pub lines: Vec<Line>,
    /// Where the characters of each line stand on its page; empty where nothing is drawn.
    #[doc(hidden)]
    pub boxes: Vec<LineBox>,
    /// The cells of a CSV file or spreadsheet.
    #[doc(hidden)]
    pub sheet: Option<Sheet>,
    /// Whether the file says itself what its blocks and cells are, as web pages and Word documents do.
    #[doc(hidden)]
    pub marked: bool,
    /// Headings, paragraphs, lists and tables, in reading order.
    #[doc(hidden)]
    pub blocks: Arena<BlockIdx, Block>,
    /// Tables in reading order; [`super::figure::Home::Cell`] counts them from 0.
    #[doc(hidden)]
    pub tables: Arena<TableIdx, Table>,
    /// The tables as they were printed, one for each page, where one of them runs over pages. Otherwise it is empty.
    #[doc(hidden)]
    pub pieces: Arena<TableIdx, Table>,
    /// Figures of cells and sentences that could be results.
    #[doc(hidden)]
    pub figures: Arena<FigureIdx, Figure>,
    /// Sentences that state a relation between figures.
    #[doc(hidden)]
    pub stated: Vec<Stated>,
    /// What was lost, doubtful or passed over.
    #[doc(hidden)]
    pub diagnostics: Vec<Diagnostic>,
    /// The year that the document reports on, or that its period is of. "Last year" and "Q2" are relative to it.
    #[doc(hidden)]
    pub period: Option<Period>,
    /// The body that it reports on, what kind of document it is, and its period, with what each rests on.
    #[doc(hidden)]
    pub about: About,
    /// Numerals that are not figures: dates, paragraph numbers, Acts, telephone numbers.
    #[doc(hidden)]
    pub references: usize,
    /// Text of pages that is not among the lines.
    #[doc(hidden)]
    pub left_out: Vec<LeftOut>,
    /// What is declared of how its numbers were rounded.
    #[doc(hidden)]
    pub rounding: Option<DeclaredRounding>,
}

impl Document {
    /// The name of the body that it reports on: the official one where the body is in the list of bodies, else the one
    /// that the document prints.
    pub fn organisation(&self) -> Option<&str> {
        self.about.organisation.as_ref().map(|told| told.value.name.as_str())
    }

    /// What tells the body that it reports on from all others. Documents are of one body where this is known and equal.
    #[doc(hidden)]
    pub fn body(&self) -> Option<BodyKey<'_>> {
        self.about.organisation.as_ref().map(|told| told.value.key())
    }

    /// A line by its number.
    #[doc(hidden)]
    pub fn line(&self, number: u32) -> Option<&Line> {
        self.lines.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The printed text of a place, its lines joined by one space.
    #[doc(hidden)]
    pub fn text_at(&self, place: Place) -> String {
        text_at(&self.lines, place)
    }

    /// Whether nothing could be read, because no line holds text.
    #[doc(hidden)]
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// Whether nothing could be read although there was something: the pages are pictures, or the file is damaged.
    #[doc(hidden)]
    pub fn is_lost(&self) -> bool {
        self.is_blank() && self.diagnostics.iter().any(Diagnostic::is_loss)
    }

    /// Why nothing could be read, where nothing could.
    #[doc(hidden)]
    pub fn why_blank(&self) -> Option<String> {
        let told =
            || self.diagnostics.iter().max_by_key(|told| told.severity).map(|told| told.message.clone());
        self.is_blank().then(|| told().unwrap_or_else(|| "it holds no text".to_owned()))
    }

    /// The address of the cell that a place is in ("C7"). `None` outside CSV files and spreadsheets, or where the
    /// place takes in several cells.
    #[doc(hidden)]
    pub fn address_of(&self, place: Place) -> Option<String> {
        let sheet = self.sheet.as_ref()?;
        let (row, col) = sheet.cell_at(place)?;
        sheet.address(row, col)
    }

    /// The name of the sheet that a place is on; nothing outside spreadsheets.
    #[doc(hidden)]
    pub fn sheet_of(&self, place: Place) -> Option<&str> {
        self.sheet.as_ref()?.name(place.page)
    }

    /// Which cell or block of a web page or Word document a place is in: `table[2]/r3c1`, `p[14]`; tables and blocks of
    /// text are counted from 1, as are the rows and columns of a table.
    #[doc(hidden)]
    pub fn locator_of(&self, place: Place) -> Option<String> {
        if !self.marked {
            return None;
        }
        let line = place.line.checked_sub(1)? as usize;
        let at = self.blocks.partition_point(|block| block.lines.start <= line).checked_sub(1)?;
        if let Some(BlockKind::Table(table)) = self.blocks.get(at.into()).map(|block| block.kind) {
            let cells = &self.tables.get(table)?.cells;
            let starts = |cell: &Cell| {
                let own = cell.passage.whole();
                (own.line, own.start) <= (place.line, place.start)
            };
            let cell = cells.partition_point(starts).checked_sub(1).and_then(|at| cells.get(at));
            let cell = cell.filter(|cell| cell.passage.whole().line == place.line);
            let within =
                cell.map_or(String::new(), |cell| format!("/r{}c{}", cell.row() + 1, cell.col() + 1));
            return Some(format!("table[{}]{within}", table.plus(1)));
        }
        let tables = self.tables.partition_point(|table| table.place.line < place.line);
        Some(format!("p[{}]", at + 1 - tables.min(at)))
    }

    /// Where a place stands on its page, in points from the top left of the page as shown. `None` where nothing is
    /// drawn.
    #[doc(hidden)]
    pub fn area_of(&self, place: Place) -> Option<Rect> {
        area_of(&self.lines, &self.boxes, place)
    }

    /// Where the lines of a page stand on it.
    pub fn areas_on(&self, page: u32) -> impl Iterator<Item = Rect> + '_ {
        let lines = self.lines.iter().zip(&self.boxes).filter(move |(line, _)| line.page == page);
        lines.filter_map(|(line, drawn)| drawn.area(0..line.text.chars().count()))
    }

    /// Where a place stands, line by line; a place of whole lines has one area.
    pub fn areas_of(&self, place: Place) -> Vec<Rect> {
        areas_of(&self.lines, &self.boxes, place)
    }
}

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Info {
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The program that made it.
    pub producer: Option<String>,
    /// When it was made, in ISO 8601, as exactly as the file says.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
}
