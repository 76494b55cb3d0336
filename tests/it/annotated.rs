//! Annotated copies of PDFs: the file as it was, with notes after it that every reader finds at their place.

use crossfoot::Crossfoot;
use crossfoot::internal::model::document::Document;
use crossfoot::internal::report::annotate::{self, Kind, Mark};
use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::Point;
use std::fs;
use std::path::{Path, PathBuf};

/// Marks at some figures of a document, spread over its pages.
fn marks(document: &Document, most: usize) -> Vec<Mark> {
    let placed: Vec<_> = document.figures().filter(|figure| figure.span.bbox.is_some()).collect();
    let chosen = placed.iter().step_by(placed.len() / most + 1).enumerate();
    let mark = |(at, figure): (usize, &crossfoot::schema::Observation)| Mark {
        page: figure.span.page.unwrap(),
        areas: figure.span.bbox.into_iter().collect(),
        kind: if at % 3 == 0 { Kind::Published } else { Kind::Operand },
        title: format!("crossfoot {at}"),
        text: format!("(this is {at})\n£{}\\ – {}", at * 7, figure.value.clone().unwrap_or_default()),
    };
    chosen.map(mark).collect()
}

fn read(bytes: &[u8]) -> Option<Document> {
    Crossfoot::new().read_bytes("report.pdf", bytes).ok()
}

/// All that is read, without what is made of the bytes of the file.
fn json(document: &Document) -> String {
    let hash = document.sha256();
    document.to_json().replace(hash, "HASH").replace(&hash[..12], "HASH")
}

/// The highlights of a page that are ours: title, note, areas on the page as displayed.
fn highlights(page: &Page<'_>) -> Vec<(String, String, Vec<[f64; 4]>)> {
    let transform = page.initial_transform(true).to_kurbo();
    let list = page.raw().get::<Array<'_>>(b"Annots");
    let dicts = list.iter().flat_map(|list| list.iter::<Dict<'_>>());
    let own = dicts.filter(|a| a.get::<PdfString<'_>>(b"NM").is_some_and(|n| n.starts_with(b"crossfoot-")));
    let text = |a: &Dict<'_>, key: &[u8]| {
        let bytes = a.get::<PdfString<'_>>(key).unwrap().to_vec();
        match bytes.strip_prefix(&[0xFE, 0xFF]) {
            Some(wide) => {
                let units: Vec<u16> = wide.chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
                String::from_utf16(&units).unwrap()
            }
            None => String::from_utf8(bytes).unwrap(),
        }
    };
    own.map(|a| {
        assert_eq!(a.get::<Name<'_>>(b"Subtype").unwrap().as_str(), "Highlight");
        assert!(a.get::<Dict<'_>>(b"AP").unwrap().get::<Stream<'_>>(b"N").is_some());
        assert_eq!(a.get_ref(b"P").map(Into::into), page.raw().obj_id());
        let numbers: Vec<f64> = a
            .get::<Array<'_>>(b"QuadPoints")
            .unwrap()
            .iter::<Object<'_>>()
            .map(|n| n.into_number().unwrap().as_f64())
            .collect();
        let bounds = a.get::<Rect>(b"Rect").unwrap();
        let areas = numbers.chunks(8).map(|quad| {
            let inside = |p: &[f64]| {
                (bounds.x0 - 0.01..bounds.x1 + 0.01).contains(&p[0])
                    && (bounds.y0 - 0.01..bounds.y1 + 0.01).contains(&p[1])
            };
            assert!(quad.chunks(2).all(inside), "{quad:?} in {bounds:?}");
            let corner = |at: usize| transform * Point::new(quad[at], quad[at + 1]);
            let (first, right, below, last) = (corner(0), corner(2), corner(4), corner(6));
            assert!((first.y - right.y).abs() + (first.x - below.x).abs() < 0.01);
            [first.x, first.y, last.x, last.y]
        });
        let areas = areas.collect();
        (text(&a, b"T"), text(&a, b"Contents"), areas)
    })
    .collect()
}

/// The ways in which an annotated copy is not what was asked for.
fn faults(original: &[u8], annotated: &[u8], marks: &[Mark]) -> Vec<String> {
    let mut faults = Vec::new();
    if !annotated.starts_with(original) {
        faults.push("the file was changed".to_owned());
    }
    let pdf = Pdf::new(annotated.to_vec()).unwrap();
    for (at, page) in pdf.pages().iter().enumerate() {
        let asked: Vec<&Mark> = marks.iter().filter(|mark| mark.page as usize == at + 1).collect();
        let found = highlights(page);
        if asked.len() != found.len() {
            faults.push(format!("page {}: {} of {} marks", at + 1, found.len(), asked.len()));
        }
        for (mark, (title, text, areas)) in asked.iter().zip(found) {
            let near = |(a, b): (&f64, &f64)| (a - b).abs() < 0.02;
            let same = mark.areas.iter().flatten().zip(areas.iter().flatten()).all(near);
            if title != mark.title || text != mark.text.replace('\n', "\r") || !same {
                faults.push(format!("page {}: {title:?} {text:?} {areas:?} for {mark:?}", at + 1));
            }
        }
    }
    faults
}

fn pdfs(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            pdfs(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
}

#[test]
fn copies_are_the_file_with_all_marks_and_are_read_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    pdfs(&root.join("corpus"), &mut paths);
    pdfs(&root.join("tests/fixtures/pdf"), &mut paths);
    // The large ones take time.
    paths
        .retain(|path| !["million", "bomb", "many-pages"].iter().any(|l| path.to_string_lossy().contains(l)));
    let (mut bad, mut copies, mut all, mut refused) = (Vec::new(), 0, 0, Vec::new());
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let Some(document) = read(&bytes) else { continue };
        let marks = marks(&document, 40);
        let copy = match annotate::pdf(&bytes, &marks) {
            Ok(copy) => copy,
            Err((_, hint)) => {
                assert!(!hint.is_empty());
                refused.push(name);
                continue;
            }
        };
        assert_eq!((copy.set, copy.left_out), (marks.len(), 0), "{name}");
        let again = annotate::pdf(&bytes, &marks).unwrap();
        assert!(copy == again, "{name}: the same marks give other bytes");
        bad.extend(faults(&bytes, &copy.bytes, &marks).into_iter().map(|fault| format!("{name}: {fault}")));
        if json(&read(&copy.bytes).unwrap()) != json(&document) {
            bad.push(format!("{name} is read differently"));
        }
        (copies, all) = (copies + 1, all + marks.len());
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    assert!(copies > 60 && all > 1000, "{copies} copies, {all} marks");
    // Encrypted, or with a list of objects that does not lead to them.
    assert!(refused.iter().all(|n| n.starts_with("encrypted") || BROKEN.contains(&&**n)), "{refused:?}");
}

const BROKEN: [&str; 5] =
    ["bad-startxref.pdf", "bad-xref.pdf", "garbage-around.pdf", "truncated-tail.pdf", "truncated.pdf"];

/// How a small file lists its objects.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Table,
    /// A stream; the objects are packed into another.
    Stream,
    /// A table in which the packed objects are free, and after it one that names a stream which lists them.
    Hybrid,
}

/// A file of these objects, numbered from 1.
fn file(objects: &[String], form: Form) -> Vec<u8> {
    let mut out = b"%PDF-1.6\n".to_vec();
    let unpacked = match form {
        Form::Table => objects.len(),
        Form::Stream => 0,
        Form::Hybrid => 2,
    };
    // The kind of each entry with its two fields, for the object 0 and the others.
    let mut entries = vec![(0, 0, 65535)];
    for (number, object) in (1..).zip(&objects[..unpacked]) {
        entries.push((1, out.len(), 0));
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let pack = objects.len() + 1;
    entries.extend((0..objects.len() - unpacked).map(|index| (2, pack, index)));
    if form != Form::Table {
        let (mut heads, mut bodies) = (String::new(), String::new());
        for (number, object) in (unpacked + 1..).zip(&objects[unpacked..]) {
            heads += &format!("{number} {} ", bodies.len());
            bodies += &format!("{object}\n");
        }
        entries.push((1, out.len(), 0));
        let (first, count, length) = (heads.len(), objects.len() - unpacked, heads.len() + bodies.len());
        let dict = format!("<</Type/ObjStm/N {count}/First {first}/Length {length}>>");
        out.extend(format!("{pack} 0 obj\n{dict}stream\n{heads}{bodies}\nendstream\nendobj\n").bytes());
    }
    let (start, size) = (out.len(), if form == Form::Table { pack } else { pack + 2 });
    let trailer = format!("/Size {size}/Root 1 0 R/ID[(a\\)b)<00FF>]/Custom (kept)");
    if form != Form::Table {
        entries.push((1, start, 0));
        let length = 7 * entries.len();
        let dict = format!("<</Type/XRef/W[1 4 2]/Length {length}{trailer}>>");
        out.extend(format!("{} 0 obj\n{dict}stream\n", pack + 1).bytes());
        for (kind, second, third) in &entries {
            out.push(*kind);
            out.extend((*second as u32).to_be_bytes());
            out.extend((*third as u16).to_be_bytes());
        }
        out.extend(b"\nendstream\nendobj\n");
    }
    let mut last = if form == Form::Stream { start } else { out.len() };
    if form != Form::Stream {
        out.extend(format!("xref\n0 {}\n", entries.len()).bytes());
        for (kind, second, third) in &entries {
            let used = *kind == 1;
            let (offset, again) = if used { (*second, *third) } else { (0, 65535) };
            out.extend(format!("{offset:010} {again:05} {} \n", if used { 'n' } else { 'f' }).bytes());
        }
        out.extend(format!("trailer\n<<{trailer}>>\n").bytes());
    }
    if form == Form::Hybrid {
        let before = std::mem::replace(&mut last, out.len());
        out.extend(format!("xref\n0 0\ntrailer\n<<{trailer}/Prev {before}/XRefStm {start}>>\n").bytes());
    }
    out.extend(format!("startxref\n{last}\n%%EOF").bytes());
    out
}

/// Pages that are turned, cut, empty, and have annotations in each of the ways that there are.
fn objects() -> Vec<String> {
    let pages = [
        "",
        "/Rotate 90/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>> % none\n]/LastModified(D:2024\\(x)",
        "/Rotate 180/CropBox[50 60 250 360]/Annots 9 0 R/Odd#20Name .5/Tabs/S",
        "/Rotate 270/UserUnit 2.5/CropBox[-100 100 200 300]/Annots 9 0 R",
        "/Rotate -270/MediaBox[400 300 0 0]/Annots null",
        "/MediaBox[0 0 0 0]/Thing<</A[1 2]/B(x)>>/Flag true",
    ];
    let head = |pages: usize| (3..3 + pages).map(|n| format!("{n} 0 R ")).collect::<String>();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/MediaBox[10 20 310 420]/Count 6/Kids[{}]>>", head(pages.len())),
    ];
    objects.extend(pages.iter().map(|own| format!("<</Type/Page/Parent 2 0 R{own}>>")));
    objects.push("[10 0 R]".to_owned());
    objects.push("<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>".to_owned());
    objects
}

fn mark(page: u32, areas: &[[f64; 4]]) -> Mark {
    let text = "first\nsecond (it)".to_owned();
    Mark { page, areas: areas.to_vec(), kind: Kind::Operand, title: "one".to_owned(), text }
}

/// What a page has but its annotations, and how many of these are not ours.
fn kept(page: &Page<'_>) -> (Vec<String>, usize) {
    let entries = page.raw().entries().filter(|(key, _)| &**key != b"Annots");
    let others = page.raw().get::<Array<'_>>(b"Annots").map_or(0, |list| {
        list.iter::<Dict<'_>>().filter(|a| a.get::<Name<'_>>(b"Subtype").unwrap().as_str() == "Link").count()
    });
    (entries.map(|(key, value)| format!("{key} {value}")).collect(), others)
}

#[test]
fn pages_in_every_form_keep_what_they_have() {
    for form in [Form::Table, Form::Stream, Form::Hybrid] {
        let original = file(&objects(), form);
        let mut marks: Vec<Mark> = (1..=6).map(|page| mark(page, &[[30.0, 40.0, 80.5, 60.25]])).collect();
        marks.push(mark(2, &[[0.0, 0.0, 10.0, 10.0], [20.0, 100.0, 40.0, 110.0]]));
        let copy = annotate::pdf(&original, &marks).unwrap();
        assert_eq!((copy.set, copy.left_out), (7, 0), "{form:?}");
        assert_eq!(faults(&original, &copy.bytes, &marks), [""; 0], "{form:?}");
        let (before, after) = (Pdf::new(original.clone()).unwrap(), Pdf::new(copy.bytes.clone()).unwrap());
        assert_eq!((before.pages().len(), after.pages().len()), (6, 6), "{form:?}");
        for (before, after) in before.pages().iter().zip(after.pages().iter()) {
            assert_eq!(kept(before), kept(after), "{form:?}");
            assert_eq!(before.render_dimensions(), after.render_dimensions());
        }
        // The page that is turned clockwise, in its own space: up is to the right of it.
        let added = String::from_utf8_lossy(&copy.bytes[original.len()..]).into_owned();
        assert!(added.contains("/Rect[50 50 70.25 100.5]"), "{added}");
        let is_stream = added.contains("/Type/XRef");
        assert!(added.starts_with('\n') && is_stream == (form == Form::Stream) && !added.contains("XRefStm"));
        assert!(added.contains("/Custom <6B657074>") && added.contains("/ID [(a\\)b)<00FF>]"), "{added}");
        // A copy of the copy has the marks twice, each under a name of its own.
        let twice = annotate::pdf(&copy.bytes, &marks).unwrap().bytes;
        assert!(twice.starts_with(&copy.bytes));
        let twice = Pdf::new(twice).unwrap();
        let mut names = Vec::new();
        for page in twice.pages().iter() {
            let list = page.raw().get::<Array<'_>>(b"Annots").unwrap();
            names.extend(
                list.iter::<Dict<'_>>().filter_map(|a| Some(a.get::<PdfString<'_>>(b"NM")?.to_vec())),
            );
        }
        assert_eq!(names.len(), 14);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 14, "{form:?}");
    }
}

#[test]
fn what_is_off_the_page_is_cut_or_left_out_and_counted() {
    let original = file(&objects(), Form::Table);
    let inside = [10.0, 10.0, 20.0, 20.0];
    let nowhere = [
        mark(0, &[inside]),
        mark(7, &[inside]),
        mark(u32::MAX, &[inside]),
        mark(1, &[]),
        mark(1, &[[f64::NAN, 0.0, 1.0, 1.0], [0.0, 0.0, f64::INFINITY, 1.0]]),
        mark(1, &[[20.0, 10.0, 10.0, 20.0], [5.0, 5.0, 5.0, 9.0]]),
        mark(1, &[[301.0, 10.0, 400.0, 20.0], [-9.0, 10.0, 0.0, 20.0], [0.0, 400.0, 9.0, 500.0]]),
    ];
    let copy = annotate::pdf(&original, &nowhere).unwrap();
    assert_eq!((copy.bytes == original, copy.set, copy.left_out), (true, 0, 7));
    let cut = mark(1, &[[f64::NAN; 4], [-10.0, 390.0, 1e300, 410.0], inside]);
    let copy = annotate::pdf(&original, &[&nowhere[..], std::slice::from_ref(&cut)].concat()).unwrap();
    assert_eq!((copy.set, copy.left_out), (1, 7));
    let kept = Mark { areas: vec![[0.0, 390.0, 300.0, 400.0], inside], ..cut };
    assert_eq!(faults(&original, &copy.bytes, &[kept]), [""; 0]);
    // A page that is no object of its own cannot be written anew.
    let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[<</Type/Page>>]>>"];
    let copy = annotate::pdf(&file(&objects.map(str::to_owned), Form::Table), &[mark(1, &[inside])]).unwrap();
    assert_eq!((copy.set, copy.left_out), (0, 1));
}

#[test]
fn what_cannot_be_added_to_is_refused() {
    let marks = [mark(1, &[[10.0, 10.0, 20.0, 20.0]])];
    let refused = |bytes: &[u8]| annotate::pdf(bytes, &marks).unwrap_err();
    let sound = file(&objects(), Form::Table);
    assert!(refused(b"").0.contains("broken") && refused(b"startxref").0.contains("broken"));
    let moved = [b"%PDF-1.6\n% moved\n", &sound[9..]].concat();
    assert!(read(&moved).is_some() && refused(&moved).0.contains("broken"));
    let text = String::from_utf8(sound).unwrap();
    let encrypted = text.replace("/Custom (kept)", "/Encrypt<</A 1>>");
    assert!(refused(encrypted.as_bytes()).0.contains("encrypted"));
    for form in [Form::Table, Form::Stream, Form::Hybrid] {
        let sound = file(&objects(), form);
        for at in (0..sound.len()).step_by(3) {
            let _ = annotate::pdf(&sound[..at], &marks);
            let mut changed = sound.clone();
            changed[at] ^= 1 + (at % 7) as u8;
            if let Ok(copy) = annotate::pdf(&changed, &marks) {
                assert!(copy.bytes.starts_with(&changed), "{form:?} {at}");
            }
        }
    }
}
