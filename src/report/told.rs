//! What a person is told of findings, in whatever form: which belong together, where they stand in words, and which figures
//! are to be marked.

use super::schema::heads;
use crate::model::arena::Arena;
use crate::model::document::Document;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::text::Place;
use crate::reconcile::claim::{Answer, Claim, Finding, Severity};
use crate::reconcile::relation::OperandRole;
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The titles of a document's tables, which are put together when the first is asked for.
type Titles = OnceCell<Arena<TableIdx, Option<String>>>;

/// Documents and what was found in them, to be told of.
pub(crate) struct Telling<'a> {
    pub documents: &'a [Document],
    pub answer: &'a Answer,
    titles: Vec<Titles>,
}

/// A stretch of a document that takes part in a finding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked<'a> {
    /// Index of the document.
    pub document: usize,
    /// Where it stands.
    pub place: Place,
    /// The figure, where it is one.
    pub figure: Option<&'a Figure>,
    /// Whether it is the figure in question, and none that it is held against.
    pub published: bool,
}

/// Findings of one cause: the loudest, then the others.
pub(crate) struct Cause<'a> {
    pub first: &'a Finding,
    pub also: Vec<&'a Finding>,
}

impl<'a> Cause<'a> {
    /// All its findings, the loudest first.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        std::iter::once(self.first).chain(self.also.iter().copied())
    }
}

impl<'a> Telling<'a> {
    pub fn of(documents: &'a [Document], answer: &'a Answer) -> Telling<'a> {
        Telling { documents, answer, titles: documents.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The causes of what was found, in the order of the pages. Notes are left out unless they are wanted.
    pub fn causes(&self, notes: bool) -> Vec<Cause<'a>> {
        let mut groups: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        let shown = |finding: &&Finding| notes || finding.severity > Severity::Note;
        for finding in self.answer.findings.iter().filter(shown) {
            groups.entry(&finding.root_cause).or_default().push(finding);
        }
        let cause = |mut group: Vec<&'a Finding>| {
            group.sort_by_key(|finding| (Reverse(finding.severity), Reverse(finding.claims.len())));
            let mut findings = group.into_iter();
            findings.next().map(|first| Cause { first, also: findings.collect() })
        };
        let mut causes: Vec<Cause> = groups.into_values().filter_map(cause).collect();
        causes.sort_by_key(|cause| self.claim(cause.first).map(|claim| (claim.document, claim.place)));
        causes
    }

    /// The claims of a finding; the first gave it its code.
    pub fn claims(&self, finding: &'a Finding) -> impl Iterator<Item = &'a Claim> {
        finding.claims.iter().filter_map(|&index| self.answer.claims.get(index))
    }

    /// The claim that gave a finding its code.
    pub fn claim(&self, finding: &'a Finding) -> Option<&'a Claim> {
        self.claims(finding).next()
    }

    /// What is wrong, in a sentence. The thousands of what the figures give are parted where those of the document are.
    pub fn sentence(&self, finding: &'a Finding) -> String {
        let mut text = finding.message.clone();
        let claim = self.claim(finding).filter(|claim| claim.published.contains(','));
        if let Some(plain) = claim.map(|claim| claim.computed.trim_start_matches('-')) {
            let whole = plain.bytes().take_while(u8::is_ascii_digit).count();
            // A number that is part of another is none that is given.
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_digit() && c != ',' && c != '.');
            if let Some(at) = text.rfind(plain).filter(|_| whole > 3)
                && apart(text.get(..at).and_then(|before| before.chars().next_back()))
                && apart(text.get(at + plain.len()..).and_then(|behind| behind.chars().next()))
            {
                for group in (1..whole).rev().filter(|left| (whole - left).is_multiple_of(3)) {
                    text.insert(at + group, ',');
                }
            }
        }
        if !text.ends_with(['.', '!', '?', ')']) {
            text.push('.');
        }
        text
    }

    /// The figure of an id.
    fn figure(&self, id: crate::reconcile::relation::FigureId) -> Option<&'a Figure> {
        self.documents.get(id.document())?.figures.get(id.figure)
    }

    /// What of the documents takes part in a claim, what is in question first. Where the claim's own place is no figure, because it
    /// is that of a row or of several shares, the figures themselves are meant: the total, else those that stand there.
    pub fn marked(&self, claim: &'a Claim) -> Vec<Marked<'a>> {
        let roles = claim.figure.map(|id| (None, id)).into_iter();
        let roles = roles.chain(claim.operands.iter().map(|(role, id)| (Some(*role), *id)));
        let figures: Vec<(Option<OperandRole>, usize, &Figure)> =
            roles.filter_map(|(role, id)| Some((role, id.document(), self.figure(id)?))).collect();
        let is_own =
            |document: usize, figure: &Figure| document == claim.document && figure.place == claim.place;
        let is_total = |role: Option<OperandRole>| role == Some(OperandRole::Total);
        // Words such as "decreased from 23.1" are what is in question as they stand.
        let read = self.documents.get(claim.document);
        let is_said = read.is_some_and(|read| read.text_at(claim.place) == claim.published.trim());
        let is_there = |document: usize, figure: &Figure| {
            !is_said && document == claim.document && claim.place.to(figure.place) == claim.place
        };
        let meant = |(role, document, figure): &(Option<OperandRole>, usize, &Figure)| {
            if figures.iter().any(|(_, document, figure)| is_own(*document, figure)) {
                is_own(*document, figure)
            } else if !is_said && figures.iter().any(|(role, ..)| is_total(*role)) {
                is_total(*role)
            } else {
                is_there(*document, figure)
            }
        };
        let mark = |document, place, figure, published| Marked { document, place, figure, published };
        let mut marked: Vec<Marked> = Vec::new();
        let mut seen: BTreeSet<(usize, Place)> = BTreeSet::new();
        for published in [true, false] {
            for one in figures.iter().filter(|one| meant(one) == published) {
                let (_, document, figure) = *one;
                if seen.insert((document, figure.place)) {
                    marked.push(mark(document, figure.place, Some(figure), published));
                }
            }
            if published && marked.is_empty() {
                marked.push(mark(claim.document, claim.place, None, true));
            }
            if let Some(unprinted) =
                claim.unprinted.filter(|unprinted| published && unprinted.place != claim.place)
            {
                marked.push(mark(claim.document, unprinted.place, None, false));
            }
        }
        marked
    }

    /// What a table is called.
    pub fn title(&self, document: usize, table: TableIdx) -> Option<&str> {
        let titles = self.titles.get(document)?;
        let read = self.documents.get(document)?;
        let titles = titles.get_or_init(|| heads::titles(read));
        titles.get(table).and_then(Option::as_deref)
    }

    /// The table that a place is in.
    pub fn table_at(&self, document: usize, place: Place) -> Option<TableIdx> {
        let tables = &self.documents.get(document)?.tables;
        let has = |(start, end): ((u32, u32), (u32, u32))| {
            start <= (place.line, place.start) && (place.line_end, place.end) <= end
        };
        let span = |place: Place| ((place.line, place.start), (place.line_end, place.end));
        let at = tables.iter().position(|table| has(span(table.place)))?;
        Some(at.into())
    }

    /// Where a place is, as one would tell it: "page 2, table "Complaints by stage"", "sheet "Summary", cell C7", "line 12".
    pub fn place(&self, document: usize, place: Place) -> String {
        let Some(read) = self.documents.get(document) else { return String::new() };
        let mut words = vec![spot(read, place)];
        let table = self.table_at(document, place);
        if let Some(title) = table.and_then(|table| self.title(document, table)) {
            words.push(format!("table \"{}\"", cut(title)));
        }
        words.join(", ")
    }
}

/// The longest title of a table that is told in full, in characters.
const TITLE: usize = 80;

fn cut(title: &str) -> String {
    match title.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", title.get(..at).unwrap_or_default().trim_end()),
        None => title.to_owned(),
    }
}

/// The page, cell, block or line of a place.
pub(crate) fn spot(document: &Document, place: Place) -> String {
    if let Some(sheet) = &document.sheet {
        let row = sheet.row_at(place.line);
        let name = row.map(|(name, _)| format!("sheet \"{name}\", ")).unwrap_or_default();
        return match (document.address_of(place), row) {
            (Some(cell), _) => format!("{name}cell {cell}"),
            (None, Some((_, row))) => format!("{name}row {row}"),
            (None, None) => format!("row {}", place.line),
        };
    }
    if !document.boxes.is_empty() {
        return format!("page {}", place.page);
    }
    match document.locator_of(place) {
        Some(locator) => block(&locator),
        None => format!("line {}", place.line),
    }
}

/// A block of a web page or Word document: "table[2]/r3c1" is "table 2, row 3, column 1", and "p[14]" is "paragraph 14".
fn block(locator: &str) -> String {
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let Some(table) = locator.strip_prefix("table") else {
        return format!("paragraph {}", number(locator));
    };
    match table.split_once("/r").and_then(|(table, cell)| Some((table, cell.split_once('c')?))) {
        Some((table, (row, col))) => format!("table {}, row {row}, column {col}", number(table)),
        None => format!("table {}", number(table)),
    }
}

/// The heads over a cell, the outermost first, without the title of the table where that stands among them.
pub(crate) fn column_heads(document: &Document, figure: &Figure) -> Option<String> {
    let Home::Cell { table, col, .. } = figure.home else { return None };
    let table = document.tables.get(table)?;
    let title = table.title.as_ref().map_or("", |title| title.text.trim());
    let heads = (0..table.header_rows).map(|row| table.text(row, col));
    heads::joined(heads.filter(|head| head.trim() != title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn places_are_told_in_words() {
        assert_eq!(block("table[2]/r3c1"), "table 2, row 3, column 1");
        assert_eq!((block("p[14]"), block("table[7]")), ("paragraph 14".into(), "table 7".into()));
        let (documents, answer) = ([sample::document()], sample::answer());
        let telling = Telling::of(&documents, &answer);
        assert_eq!(telling.place(0, sample::place(5, 0, 3)), "line 5");
        assert_eq!(telling.place(0, sample::place(4, 8, 10)), "line 4, table \"Complaints by stage\"");
        assert_eq!(telling.place(3, sample::place(4, 8, 10)), "");
    }

    #[test]
    fn thousands_are_parted_as_the_document_parts_them() {
        let (documents, mut answer) = ([sample::document()], sample::answer());
        answer.findings[0].message = "The total says 1,234,569; its parts add up to 1234567".into();
        answer.claims[0].computed = "1234567".into();
        let sentence = |answer: &Answer| Telling::of(&documents, answer).sentence(&answer.findings[0]);
        assert_eq!(sentence(&answer), "The total says 1,234,569; its parts add up to 1234567.");
        answer.claims[0].published = "1,234,569".into();
        assert_eq!(sentence(&answer), "The total says 1,234,569; its parts add up to 1,234,567.");
        answer.findings[0].message = "It leaves 1234567.5!".into();
        assert_eq!(sentence(&answer), "It leaves 1234567.5!");
    }

    #[test]
    fn a_claim_marks_its_figure_first_and_each_once() {
        let (documents, answer) = ([sample::document()], sample::answer());
        let telling = Telling::of(&documents, &answer);
        let marked = telling.marked(&answer.claims[0]);
        let lines: Vec<(u32, bool)> = marked.iter().map(|m| (m.place.line, m.published)).collect();
        assert_eq!(lines, [(4, true), (2, false), (3, false)]);
        let heads = column_heads(&documents[0], marked[1].figure.unwrap());
        assert_eq!(heads.as_deref(), Some("2020/21"));
    }

    #[test]
    fn a_claim_of_a_row_marks_its_total_or_else_the_figures_in_it() {
        let (documents, mut answer) = ([sample::document()], sample::answer());
        let lines = |answer: &Answer| -> Vec<(u32, bool)> {
            let telling = Telling::of(&documents, answer);
            let marked = telling.marked(&answer.claims[0]);
            marked.iter().map(|m| (m.place.line, m.published)).collect()
        };
        answer.claims[0].place = sample::place(2, 10, 12).to(sample::place(3, 10, 11));
        assert_eq!(lines(&answer), [(4, true), (2, false), (3, false)]);
        answer.claims[0].operands[0].0 = OperandRole::Whole;
        assert_eq!(lines(&answer), [(2, true), (3, true), (4, false)]);
        // What is said in so many words is in question as a whole.
        answer.claims[0].published = "15 Stage 2 | 8".into();
        assert_eq!(lines(&answer), [(2, true), (4, false), (2, false), (3, false)]);
    }
}
