//! A cause as a card: what does not add up, where, how that was worked out, and what would mend it.

use super::picture::{Album, Boxed};
use super::{quote, safe};
use crate::model::document::Document;
use crate::model::geometry::Rect;
use crate::model::text::Place;
use crate::reconcile::claim::Finding;
use crate::reconcile::rules;
use crate::report::severity_name;
use crate::report::told::{Cause, Marked, Telling};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// So many pages are shown of one cause at most; what stands on further ones is quoted.
const PAGES: usize = 4;

/// The card of a cause.
pub(super) fn card(telling: &Telling<'_>, cause: &Cause<'_>, album: &Album, accepts: bool) -> String {
    let first = cause.first;
    let class = severity_name(first.severity);
    let Some(claim) = telling.claim(first) else { return String::new() };
    let own = telling.marked(claim);
    let mut out = String::new();
    let (mut pages, mut checks) = (BTreeSet::new(), BTreeSet::new());
    for finding in cause.findings() {
        checks.insert(finding.code);
        pages.extend(telling.claim(finding).map(|claim| page(claim.document, claim.place)));
    }
    let listed = |all: &mut dyn Iterator<Item = &str>| all.collect::<Vec<_>>().join(" ");
    let _ = writeln!(
        out,
        "<article class=\"{class}\" id=\"{id}\" tabindex=\"-1\" aria-labelledby=\"{id}-said\" data-severity=\"{class}\" \
         data-check=\"{}\" data-page=\"{}\" data-findings=\"{}\">\n<h3 id=\"{id}-said\"><span class=\"badge {class}\">{class}</span>{}</h3>\n\
         <p class=\"where\">{}</p>",
        listed(&mut checks.iter().copied()),
        listed(&mut pages.iter().map(String::as_str)),
        cause.also.len() + 1,
        safe(&telling.sentence(first)),
        place(telling, claim.document, claim.place),
        id = safe(&first.id),
    );
    out.push_str(&pictures(telling, &own, album));
    out.push_str(&quote::quotes(telling, &own));
    let _ = writeln!(out, "<dl>\n<dt>Working</dt><dd>{}</dd>", safe(&first.arithmetic));
    if let Some((one, others)) = first.diagnosis.split_first() {
        out.push_str("<dt>What would mend it</dt><dd>");
        match others {
            [] => out.push_str(&safe(one)),
            _ => {
                out.push_str("<ul>");
                for diagnosis in &first.diagnosis {
                    let _ = write!(out, "<li>{}</li>", safe(diagnosis));
                }
                out.push_str("</ul>");
            }
        }
        out.push_str("</dd>\n");
    }
    if !cause.also.is_empty() {
        out.push_str("<dt>The same cause</dt><dd><ul>");
        for finding in &cause.also {
            out.push_str(&also(telling, finding));
        }
        out.push_str("</ul></dd>\n");
    }
    let check = rules::find(first.code);
    let (name, gist) = check.map_or((first.code, ""), |check| (check.name, check.gist));
    let _ = writeln!(
        out,
        "<dt>Check</dt><dd>{} {}{}{}</dd>\n</dl>",
        first.code,
        safe(name),
        if gist.is_empty() { "" } else { ": " },
        safe(gist),
    );
    if accepts {
        out.push_str(&fine(first));
    }
    out.push_str("</article>\n");
    out
}

/// The page of a place as the filter names it.
pub(super) fn page(document: usize, place: Place) -> String {
    format!("{document}-{}", place.page)
}

/// Where something stands, with its document where there are several.
pub(super) fn place(telling: &Telling<'_>, document: usize, place: Place) -> String {
    let words = telling.place(document, place);
    let mut letters = words.chars();
    let words = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
    match telling.documents.get(document) {
        Some(read) if telling.documents.len() > 1 => format!("{}: {}", safe(&read.origin.path), safe(&words)),
        _ => safe(&words),
    }
}

/// A line about another finding of the same cause.
fn also(telling: &Telling<'_>, finding: &Finding) -> String {
    let where_ =
        telling.claim(finding).map_or(String::new(), |claim| place(telling, claim.document, claim.place));
    format!(
        "<li id=\"{}\"><span class=\"badge {class}\">{class}</span>{where_}: {} <span class=\"soft\">{}</span></li>",
        safe(&finding.id),
        safe(&telling.sentence(finding)),
        safe(&finding.arithmetic),
        class = severity_name(finding.severity),
    )
}

/// The pages that are shown of a cause, with their documents.
pub(super) fn pages_of(telling: &Telling<'_>, cause: &Cause<'_>) -> Vec<(usize, u32)> {
    let own = telling.claim(cause.first).map_or_else(Vec::new, |claim| telling.marked(claim));
    let area = |mark: &&Marked| telling.documents.get(mark.document)?.area_of(mark.place);
    let shown = |marks: &[&Marked]| marks.iter().any(|mark| area(mark).is_some());
    let pages = by_page(&own).into_iter().filter(|(_, marks)| shown(marks));
    pages.map(|(page, _)| page).collect()
}

/// What is marked on each page, that of the figure in question first.
fn by_page<'m, 't>(marked: &'m [Marked<'t>]) -> Vec<((usize, u32), Vec<&'m Marked<'t>>)> {
    let mut pages: BTreeMap<(bool, usize, u32), Vec<&Marked>> = BTreeMap::new();
    let first = marked.first().map(|mark| (mark.document, mark.place.page));
    for mark in marked {
        let (document, page) = (mark.document, mark.place.page);
        pages.entry((first != Some((document, page)), document, page)).or_default().push(mark);
    }
    let pages = pages.into_iter().take(PAGES);
    pages.map(|((_, document, page), marks)| ((document, page), marks)).collect()
}

/// The pictures of the pages on which the marked figures stand.
fn pictures(telling: &Telling<'_>, marked: &[Marked<'_>], album: &Album) -> String {
    let mut out = String::new();
    for ((document, page), marks) in by_page(marked) {
        let Some(read) = telling.documents.get(document) else { continue };
        let boxed = marks.iter().map(|mark| Boxed {
            areas: read.areas_of(mark.place),
            published: mark.published,
            text: read.text_at(mark.place),
        });
        let boxes: Vec<Boxed> = boxed.filter(|boxed| !boxed.areas.is_empty()).collect();
        if boxes.is_empty() {
            continue;
        }
        let heads: Vec<Rect> = marks.iter().flat_map(|mark| heads(read, mark)).collect();
        let lines: Vec<Rect> = read.areas_on(page).collect();
        let Some(shots) = album.shots(document, page, &boxes, &heads, &lines) else { continue };
        let path = if telling.documents.len() > 1 {
            format!("{}, ", safe(&read.origin.path))
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "<figure class=\"pictured\"><div class=\"wide\" tabindex=\"0\">{shots}</div><figcaption>{path}page {page}\
             <button type=\"button\" class=\"whole\" aria-pressed=\"false\">Show the whole page</button></figcaption></figure>"
        );
    }
    out
}

/// Where the heads over a figure's column stand, and the title of its table, where these are on its page.
fn heads(read: &Document, mark: &Marked<'_>) -> Vec<Rect> {
    let Some((table, _, col)) = mark.figure.and_then(|figure| figure.home.cell()) else { return Vec::new() };
    let Some(table) = read.tables.get(table) else { return Vec::new() };
    let cells = (0..table.header_rows).filter_map(|row| table.at(row, col)).map(|cell| &cell.passage);
    let passages = cells.chain(&table.title).filter(|passage| !passage.is_empty());
    let places = passages.map(|passage| passage.whole()).filter(|place| place.page == mark.place.page);
    places.filter_map(|place| read.area_of(place)).collect()
}

/// What a reader does who finds nothing wrong with it.
fn fine(finding: &Finding) -> String {
    let id = safe(&finding.id);
    format!(
        "<details class=\"fine\" data-id=\"{id}\"><summary>That is fine, because …</summary>\
         <p><label>Why it is fine <input type=\"text\" autocomplete=\"off\"></label></p>\
         <p>This command remembers it, so that it is not told again:</p>\
         <code class=\"command\">crossfoot accept {id} --because ''</code>\
         <button type=\"button\">Copy</button> <span role=\"status\"></span></details>\n"
    )
}
