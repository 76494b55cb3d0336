//! Detects files that were cut off or whose list of pages is broken. They are read as far as possible, with a
//! diagnostic.

use super::settings::SETTINGS;
use super::warning;
use crate::model::diagnostic::Diagnostic;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef};
use memchr::memmem::{Finder, find, rfind};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// The diagnostic for a file that was cut off.
pub(crate) fn cut(bytes: &[u8]) -> Option<Diagnostic> {
    let told = promised(bytes).filter(|length| *length > bytes.len());
    if told.is_none() && !is_open_ended(bytes) {
        return None;
    }
    let much = told.map_or(String::new(), |length| format!(" ({} of {length} bytes are there)", bytes.len()));
    let message =
        format!("the file is cut off{much}: what was found of it was read, the rest is lost; fetch it again");
    Some(warning("cut-off-file", message))
}

/// The length that a linearised file states at its start.
fn promised(bytes: &[u8]) -> Option<usize> {
    static LENGTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (length, between) = (r"/L\s+(\d{1,12})\b", "[^>]{0,300}?");
        Regex::new(&format!(r"(?-u)/Linearized\b{between}{length}|{length}{between}/Linearized\b")).ok()
    });
    let found = LENGTH.as_ref()?.captures(bytes.get(..bytes.len().min(1_024))?)?;
    let digits = found.get(1).or_else(|| found.get(2))?.as_bytes();
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Whether objects follow the last end-of-file mark. Each version of a file ends in a mark, as does the first part of a
/// linearised file.
fn is_open_ended(bytes: &[u8]) -> bool {
    let end = [&b"%%EOF"[..], b"startxref"].iter().filter_map(|mark| rfind(bytes, mark)).max();
    let after = bytes.get(end.unwrap_or(0)..).unwrap_or_default();
    find(after, b" obj").is_some()
}

/// Rebuilds the list of pages from the page dictionaries found in the bytes, in their order. Pages in object streams
/// and in encrypted files are not found. `None` where there are no pages.
pub(crate) fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    static OBJECT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u)\b(\d{1,7})[ \r\n\t]+(\d{1,5})[ \r\n\t]+obj\b").ok());
    static PAGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)/Type\s*/Page\b").ok());
    if find(bytes, b"/Encrypt").is_some() {
        return None;
    }
    let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.parse::<u32>().ok());
    let (ends, mut pages, mut most) = (Finder::new("endobj"), Vec::new(), 0);
    for object in OBJECT.as_ref()?.captures_iter(bytes) {
        let (Some(id), Some(own), Some(again)) = (object.get(1), object.get(0), object.get(2)) else {
            continue;
        };
        let (Some(id), Some(again)) = (number(id.as_bytes()), number(again.as_bytes())) else { continue };
        most = most.max(id);
        // The bytes after the start are searched only as far as a page's dictionary can reach.
        let rest = bytes
            .get(own.end()..bytes.len().min(own.end() + SETTINGS.max_page_dictionary))
            .unwrap_or_default();
        let inner = rest.get(..ends.find(rest).unwrap_or(rest.len())).unwrap_or_default();
        let head = inner.get(..find(inner, b"stream").unwrap_or(inner.len())).unwrap_or_default();
        if PAGE.as_ref()?.is_match(head) && pages.len() < SETTINGS.max_pages && !pages.contains(&(id, again))
        {
            pages.push((id, again));
        }
    }
    if pages.is_empty() {
        return None;
    }
    let (root, tree) = (most + 1, most + 2);
    let kids: Vec<String> = pages.iter().map(|(id, again)| format!("{id} {again} R")).collect();
    let added = format!(
        "\nendstream\nendobj\n{root} 0 obj\n<</Type/Catalog/Pages {tree} 0 R>>\nendobj\n\
         {tree} 0 obj\n<</Type/Pages/Count {}/Kids[{}]>>\nendobj\n\
         trailer\n<</Root {root} 0 R/Size {}>>\n",
        kids.len(),
        kids.join(" "),
        tree + 1
    );
    Some([bytes, added.as_bytes()].concat())
}

/// The diagnostic for a file whose list of pages was rebuilt.
pub(crate) fn is_mended(pages: usize) -> Diagnostic {
    let message = format!(
        "its list of pages is lost: the {pages} that were found in the file were read, in the order in which they stand \
         there; fetch or export it again"
    );
    warning("broken-page-tree", message)
}

/// The diagnostic for pages that are listed but missing.
pub(crate) fn lost_pages(pdf: &Pdf) -> Option<Diagnostic> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let tree: Dict<'_> = root.get(b"Pages")?;
    let stated = tree.get::<i32>(b"Count").and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let (mut open, mut missing, mut seen) = (vec![tree], 0, 0);
    while let Some(node) = open.pop() {
        let Some(kids) = node.get::<Array<'_>>(b"Kids") else { continue };
        for kid in kids.raw_iter() {
            seen += 1;
            if seen > SETTINGS.max_page_nodes {
                return None;
            }
            let MaybeRef::Ref(id) = kid else { continue };
            match pdf.xref().get::<Dict<'_>>(id.into()) {
                Some(kid) if kid.contains_key(b"Kids") && open.len() < SETTINGS.max_page_nodes => {
                    open.push(kid)
                }
                Some(_) => {}
                None => missing += 1,
            }
        }
    }
    // A node of the page tree that is read as a page hides the pages below it.
    let hidden = pdf.pages().iter().filter(|page| page.raw().contains_key(b"Kids")).count();
    let found = pdf.pages().len() - hidden;
    if missing + hidden == 0 {
        return None;
    }
    let lost = missing.max(stated.saturating_sub(found)).max(1);
    let message = format!(
        "its list of pages is broken: {lost} of {} pages could not be found, and the others were read; fetch or export \
         it again",
        found + lost
    );
    Some(warning("broken-page-tree", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_off_where_objects_follow_its_last_end() {
        let whole = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n".to_vec();
        assert!(cut(&whole).is_none() && cut(&[&whole[..], b"\n<html>"].concat()).is_none());
        assert!(cut(&whole[..30]).is_some() && cut(&[&whole[..], b"2 0 obj\n<<"].concat()).is_some());
        let web = b"%PDF-1.4\n1 0 obj\n<</Linearized 1/L 500/H [1 2]>>\nendobj\nstartxref\n0\n%%EOF\n";
        assert!(cut(web).is_some_and(|told| told.message.contains("of 500 bytes")));
    }
}
