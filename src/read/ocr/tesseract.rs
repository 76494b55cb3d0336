//! Recognises text by an installed Tesseract, which is started for each look at a page.

use super::{RESOLUTION, Raster, Recogniser, Word};
use crate::model::geometry::Rect;
use regex::Regex;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::Duration;

/// The longest that one look may take. The four looks at a full page of small type take 10 seconds together.
const TIME: Duration = Duration::from_secs(180);

/// Words with a digit that are recognised with less confidence than this are looked at once more by themselves, as figures. On
/// three scans, looking at those below 95 as well changed nothing.
const SURE: f32 = 90.0;

/// What a figure is printed with. A second look admits nothing else.
const FIGURE: &str = "0123456789,.()-%$£";

/// The program `tesseract`.
#[derive(Clone, Debug)]
pub struct Tesseract {
    program: PathBuf,
    name: String,
}

/// How a picture is divided.
#[derive(Clone, Copy)]
enum Look {
    /// Into columns of lines.
    Columns,
    /// Into lines that reach over the whole page.
    Lines,
    /// Into pieces of text, wherever they stand.
    Pieces,
    /// Each picture is one line.
    Figures,
}

impl Tesseract {
    /// Finds the program, by its name or by its path.
    ///
    /// # Errors
    /// Why it cannot be used, with a hint.
    pub fn find(program: &Path) -> Result<Tesseract, (String, String)> {
        let hint =
            "install it, for example by `apt install tesseract-ocr` or `brew install tesseract`".to_owned();
        let asked = Command::new(program).arg("--version").stdin(Stdio::null()).output();
        let asked = asked.map_err(|error| (format!("Tesseract was not found: {error}"), hint.clone()))?;
        let told = [asked.stdout, asked.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        let version = told.lines().find_map(|line| line.trim().strip_prefix("tesseract "));
        match version {
            Some(version) => {
                let version = version.trim_start_matches('v').trim();
                Ok(Tesseract { program: program.to_owned(), name: format!("Tesseract {version}") })
            }
            None => Err((format!("{} does not tell a version as Tesseract does", program.display()), hint)),
        }
    }

    fn run(&self, look: Look, picture: Vec<u8>) -> Result<String, String> {
        let mut command = Command::new(&self.program);
        command.args(["stdin", "stdout", "-l", "eng", "--dpi"]).arg(RESOLUTION.to_string());
        match look {
            Look::Columns => command.args(["--psm", "4"]),
            Look::Lines => command.args(["--psm", "6"]),
            Look::Pieces => command.args(["--psm", "11"]),
            Look::Figures => {
                command.args(["--psm", "7", "-c"]).arg(format!("tessedit_char_whitelist={FIGURE}"))
            }
        };
        // Several pages are recognised at a time, each by one thread.
        command.arg("hocr").env("OMP_THREAD_LIMIT", "1");
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| format!("{} could not be started: {error}", self.name);
        let mut child = command.spawn().map_err(failed)?;
        let done = watch(&mut child, picture);
        let Some((out, said)) = done else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("{} took more than {} s", self.name, TIME.as_secs()));
        };
        match child.wait() {
            Ok(status) if status.success() => Ok(out),
            _ => {
                let said = said
                    .lines()
                    .rfind(|line| !line.trim().is_empty())
                    .unwrap_or("it says nothing")
                    .to_owned();
                Err(format!("{} failed: {said}", self.name))
            }
        }
    }

    /// Looks once more at words that seem to be figures and are not sure; the surer reading of each counts.
    fn look_again(&self, picture: &Raster, words: &mut [Word]) -> Result<(), String> {
        let unsure = |word: &Word| word.confidence < SURE && word.text.contains(|c: char| c.is_ascii_digit());
        let mut at: Vec<usize> = Vec::new();
        let mut parts = Vec::new();
        for (index, word) in words.iter().enumerate().filter(|(_, word)| unsure(word)) {
            at.push(index);
            parts.push(close_up(picture, word, words));
        }
        if parts.is_empty() {
            return Ok(());
        }
        let read = words_of(&self.run(Look::Figures, pages(&parts))?);
        for (page, index) in at.into_iter().enumerate() {
            let mut seen = read.iter().filter(|(on, _)| *on == page).map(|(_, word)| word);
            if let (Some(again), None, Some(word)) = (seen.next(), seen.next(), words.get_mut(index))
                && again.confidence > word.confidence
            {
                word.text.clone_from(&again.text);
                word.confidence = again.confidence;
            }
        }
        Ok(())
    }
}

impl Recogniser for Tesseract {
    fn name(&self) -> &str {
        &self.name
    }

    fn words(&self, picture: &Raster) -> Result<Vec<Word>, String> {
        let page = pages(std::slice::from_ref(picture));
        // Tables are divided wrongly in each way of looking, and in each elsewhere. On three scans with 55 known relations and 30
        // known figures, the three ways together bear out 20 and find 21; two of them 19 and 22, or 18 and 21.
        let mut words: Vec<Word> = Vec::new();
        for look in [Look::Columns, Look::Lines, Look::Pieces] {
            let seen = words_of(&self.run(look, page.clone())?);
            words = better(words, seen.into_iter().map(|(_, word)| word).collect());
        }
        self.look_again(picture, &mut words)?;
        Ok(words)
    }
}

/// Of two readings of a page, wherever they see the same ink, the one that is surer of it.
fn better(first: Vec<Word>, second: Vec<Word>) -> Vec<Word> {
    let lines = first.iter().map(|word| word.line).max().unwrap_or(0) + 1;
    let second = second.into_iter().map(|word| Word { line: word.line + lines, ..word });
    let (firsts, words) = (first.len(), first.into_iter().chain(second).collect::<Vec<_>>());
    // Words of one reading that share ink with a word of the other belong to one group, which is named by its first word.
    let mut group: Vec<usize> = (0..words.len()).collect();
    for (at, word) in words.iter().enumerate().take(firsts) {
        for (other, seen) in words.iter().enumerate().skip(firsts) {
            let shared = word.area.meet(seen.area).area();
            if shared > SAME_INK * word.area.area().min(seen.area.area()) {
                let (Some(one), Some(two)) = (group.get(at).copied(), group.get(other).copied()) else {
                    continue;
                };
                let (keep, drop) = (one.min(two), one.max(two));
                group.iter_mut().filter(|named| **named == drop).for_each(|named| *named = keep);
            }
        }
    }
    let mut sure = vec![[(0.0_f32, 0_usize); 2]; words.len()];
    for (at, word) in words.iter().enumerate() {
        let side = usize::from(at >= firsts);
        if let Some((sum, count)) = group.get(at).and_then(|named| sure.get_mut(*named)?.get_mut(side)) {
            let letters = word.text.chars().count();
            *sum += word.confidence * letters as f32;
            *count += letters;
        }
    }
    let mean = |(sum, count): (f32, usize)| if count == 0 { -1.0 } else { sum / count as f32 };
    let is_better = |at: usize| {
        let [first, second] =
            group.get(at).and_then(|named| sure.get(*named)).copied().unwrap_or_default().map(mean);
        if at < firsts { first >= second } else { second > first }
    };
    words.into_iter().enumerate().filter(|(at, _)| is_better(*at)).map(|(_, word)| word).collect()
}

/// Two words are of the same ink where they share this part of the smaller one.
const SAME_INK: f32 = 0.4;

/// How high a figure is in a close-up, in pixels, and the white around it: Tesseract is at its best with letters of 30 to 50.
const HIGH: f32 = 48.0;
const MARGIN: usize = 20;

/// A word by itself, with what stands within half of the space to its neighbours.
fn close_up(picture: &Raster, word: &Word, words: &[Word]) -> Raster {
    let area = word.area;
    let beside = words.iter().filter(|other| other.line == word.line);
    let (mut left, mut right) = (0.6 * word.size, 0.6 * word.size);
    for other in beside {
        if other.area.x1 <= area.x0 {
            left = left.min((area.x0 - other.area.x1) / 2.0);
        }
        if other.area.x0 >= area.x1 {
            right = right.min((other.area.x0 - area.x1) / 2.0);
        }
    }
    let above = 0.2 * word.size;
    let pixel = |value: f32| value.max(0.0) as usize;
    let part = picture.part(
        pixel(area.x0 - left),
        pixel(area.y0 - above),
        pixel(area.x1 + right).min(picture.width()),
        pixel(area.y1 + above).min(picture.height()),
    );
    let by = (HIGH / area.height().max(1.0)).clamp(1.0, 4.0);
    let side = |pixels: usize| (pixels as f32 * by).round().max(1.0) as usize;
    part.scaled(side(part.width()), side(part.height())).framed(MARGIN)
}

/// Pictures as the pages of one TIFF file.
fn pages(pictures: &[Raster]) -> Vec<u8> {
    let mut file = b"II\x2a\0".to_vec();
    let mut link = file.len();
    file.extend([0; 4]);
    for picture in pictures {
        let data = file.len() as u32;
        file.extend(picture.shades());
        if !file.len().is_multiple_of(2) {
            file.push(0);
        }
        let (width, height) = (picture.width() as u32, picture.height() as u32);
        // Width, height, bits, no compression, black is zero, where the rows begin, one sample, rows, bytes.
        let fields = [
            (256, width),
            (257, height),
            (258, 8),
            (259, 1),
            (262, 1),
            (273, data),
            (277, 1),
            (278, height),
            (279, width * height),
        ];
        let directory = file.len() as u32;
        if let Some(place) = file.get_mut(link..link + 4) {
            place.copy_from_slice(&directory.to_le_bytes());
        }
        file.extend((fields.len() as u16).to_le_bytes());
        for (tag, value) in fields {
            file.extend(u16::to_le_bytes(tag));
            file.extend(4_u16.to_le_bytes());
            file.extend(1_u32.to_le_bytes());
            file.extend(u32::to_le_bytes(value));
        }
        link = file.len();
        file.extend([0; 4]);
    }
    file
}

/// Feeds a process and reads what it prints, until it ends or its time is over.
fn watch(child: &mut Child, input: Vec<u8>) -> Option<(String, String)> {
    let mut stdin = child.stdin.take()?;
    // Where the process ends early, what it says tells why.
    thread::spawn(move || drop(stdin.write_all(&input)));
    let (mut stdout, mut stderr) = (child.stdout.take()?, child.stderr.take()?);
    let (send, said) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    let (send, printed) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stdout.read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let out = printed.recv_timeout(TIME).ok()?;
    Some((text(out), text(said.recv_timeout(TIME).ok()?)))
}

static PARTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"class='(ocr_page|ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)'[^>]*title=(?:"([^"]*)"|'([^']*)')[^>]*>([^<]*)"#).ok()
});

/// The words of Tesseract's hOCR, each with the number of its page from 0.
fn words_of(hocr: &str) -> Vec<(usize, Word)> {
    let mut words = Vec::new();
    let Some(parts) = PARTS.as_ref() else { return words };
    let (mut page, mut line) = (0, 0);
    let mut on = Line::default();
    for part in parts.captures_iter(hocr) {
        let title = part.get(2).or_else(|| part.get(3)).map_or("", |title| title.as_str());
        let numbers = |name: &str| -> Vec<f32> {
            let field =
                title.split(';').map(str::trim).find_map(|field| field.strip_prefix(name)?.strip_prefix(' '));
            field.map_or_else(Vec::new, |field| field.split(' ').filter_map(|n| n.parse().ok()).collect())
        };
        let bounds = match numbers("bbox").as_slice() {
            [x0, y0, x1, y1] => Rect::new(*x0, *y0, *x1, *y1),
            _ => continue,
        };
        match &part[1] {
            "ocr_page" => page = numbers("ppageno").first().map_or(page, |page| *page as usize),
            "ocrx_word" => {
                let text = plain(&part[4]);
                let confidence = numbers("x_wconf").first().copied().unwrap_or(0.0);
                if !text.is_empty() {
                    let base = on.base + on.slope * (bounds.mid_x() - on.left);
                    words.push((page, Word { text, area: bounds, confidence, base, size: on.size, line }));
                }
            }
            _ => {
                line += 1;
                let (slope, offset) = match numbers("baseline").as_slice() {
                    [slope, offset] => (*slope, *offset),
                    _ => (0.0, 0.0),
                };
                let size = numbers("x_size").first().copied().unwrap_or(bounds.height());
                on = Line { left: bounds.x0, base: bounds.y1 + offset, slope, size };
            }
        }
    }
    words
}

#[derive(Default)]
struct Line {
    left: f32,
    base: f32,
    slope: f32,
    size: f32,
}

/// The characters of a text of hOCR.
fn plain(text: &str) -> String {
    let text =
        text.trim().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, confidence: f32) -> Word {
        let area = Rect::new(x0, 10.0, x0 + 10.0 * text.len() as f32, 30.0);
        Word { text: text.to_owned(), area, confidence, base: 30.0, size: 25.0, line: 1 }
    }

    #[test]
    fn hocr_gives_words_with_their_lines() {
        let hocr = "<div class='ocr_page' id='page_1' title='image \"\"; bbox 0 0 900 900; ppageno 2'>\n\
            <span class='ocr_line' id='l' title=\"bbox 100 50 500 90; baseline 0.01 -8; x_size 40\">\n\
            <span class='ocrx_word' id='w' title='bbox 100 52 180 84; x_wconf 95'>Fees &amp;</span>\n\
            <span class='ocrx_word' id='x' title='bbox 400 55 500 88; x_wconf 61'>1,234</span></span></div>";
        let words = words_of(hocr);
        let shown: Vec<_> =
            words.iter().map(|(page, word)| (*page, word.text.as_str(), word.confidence)).collect();
        assert_eq!(shown, [(2, "Fees &", 95.0), (2, "1,234", 61.0)]);
        let number = &words[1].1;
        assert!((number.base - 85.5).abs() < 0.01 && number.size == 40.0, "{number:?}");
        assert_eq!(number.area, Rect::new(400.0, 55.0, 500.0, 88.0));
        assert!(words_of("no page at all").is_empty());
    }

    #[test]
    fn of_two_readings_the_surer_one_counts() {
        let first = vec![word("Total", 0.0, 95.0), word("48", 100.0, 30.0), word("9", 125.0, 20.0)];
        let second = vec![word("Tota1", 0.0, 60.0), word("4,89", 100.0, 90.0), word("77", 300.0, 80.0)];
        let texts: Vec<_> = better(first, second).into_iter().map(|word| word.text).collect();
        assert_eq!(texts, ["Total", "4,89", "77"]);
    }

    #[test]
    fn a_picture_is_one_page_of_a_tiff() {
        let mut picture = Raster::white(3, 1);
        picture.set(1, 0, 7);
        let file = pages(&[picture.clone(), picture]);
        assert_eq!(&file[..4], b"II\x2a\0");
        assert_eq!(&file[8..11], [255, 7, 255]);
        let directory = |link: usize| u32::from_le_bytes(file[link..link + 4].try_into().unwrap()) as usize;
        let first = directory(4);
        let fields = usize::from(u16::from_le_bytes([file[first], file[first + 1]]));
        let second = directory(first + 2 + 12 * fields);
        assert!(second > first && directory(second + 2 + 12 * fields) == 0);
    }
}
