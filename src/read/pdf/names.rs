//! Fonts whose `ToUnicode` table gives other digits than the names of their glyphs.

use super::settings::SETTINGS;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use std::collections::{HashMap, HashSet};

const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// Pairs of a character code and the character that the table gives, where the glyph's name says another one.
pub(crate) type Contradictions = HashSet<(u32, char)>;

/// The contradictions of each font, cached by the font's object.
#[derive(Default)]
pub(crate) struct KnownNames(HashMap<(u32, i32), Contradictions>);

impl KnownNames {
    /// The contradictions of a page's fonts.
    pub fn of(&mut self, page: &Page<'_>) -> Contradictions {
        let fonts = &page.resources().fonts;
        let mut all = Contradictions::new();
        for name in fonts.keys().take(SETTINGS.max_compared_fonts) {
            let Some(font) = fonts.get::<Dict<'_>>(&*name) else { continue };
            match fonts.get_ref(&*name).map(|r| (r.obj_number, r.gen_number)) {
                Some(id) => {
                    all.extend(self.0.entry(id).or_insert_with(|| lies(&font).unwrap_or_default()).iter())
                }
                None => all.extend(lies(&font).unwrap_or_default()),
            }
        }
        all
    }
}

fn lies(font: &Dict<'_>) -> Option<Contradictions> {
    let named = named(&font.get::<Dict<'_>>(b"Encoding")?.get::<Array<'_>>(b"Differences")?);
    if named.is_empty() {
        return None;
    }
    let table =
        font.get::<Stream<'_>>(b"ToUnicode").filter(|s| s.raw_data().len() <= SETTINGS.max_unicode_table)?;
    let told = characters(&String::from_utf8_lossy(&table.decoded_data().ok()?));
    let differs =
        |(code, ch): &(u32, char)| ch.is_ascii_digit() && named.get(code).is_some_and(|digit| digit != ch);
    Some(told.into_iter().filter(differs).collect())
}

/// The codes whose glyphs have the name of a digit.
fn named(differences: &Array<'_>) -> HashMap<u32, char> {
    let mut code = 0;
    let mut named = HashMap::new();
    for item in differences.iter::<Object<'_>>().take(1_000) {
        match item {
            Object::Number(number) => code = number.as_f64().max(0.0) as u32,
            Object::Name(name) => {
                if let Some(digit) = digit(&name) {
                    named.insert(code, digit);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    named
}

fn digit(name: &Name<'_>) -> Option<char> {
    let at = DIGITS.iter().position(|digit| *digit == name.as_str())?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// The single characters that a table gives to codes of one byte.
fn characters(table: &str) -> Vec<(u32, char)> {
    let mut found = Vec::new();
    for (kind, width) in [("bfchar", 2), ("bfrange", 3)] {
        let (begin, end) = (format!("begin{kind}"), format!("end{kind}"));
        let parts = table.split(begin.as_str()).skip(1).filter_map(|p| p.split(end.as_str()).next());
        for part in parts {
            let numbers: Vec<Option<u32>> = part
                .split('<')
                .skip(1)
                .map(|n| n.split('>').next().and_then(|hex| u32::from_str_radix(hex.trim(), 16).ok()))
                .collect();
            for entry in numbers.chunks(width) {
                let (first, last, to) = match *entry {
                    [Some(code), Some(to)] => (code, code, to),
                    [Some(first), Some(last), Some(to)] => (first, last, to),
                    _ => continue,
                };
                let range = first..=last.min(first.saturating_add(255));
                found.extend(range.zip(to..).filter_map(|(code, to)| Some((code, char::from_u32(to)?))));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn codes_stand_alone_and_in_ranges() {
        let table =
            "2 beginbfchar <31> <0037> <32><0032> endbfchar 1 beginbfrange <41> <43> <0061> endbfrange";
        assert_eq!(characters(table), [(0x31, '7'), (0x32, '2'), (0x41, 'a'), (0x42, 'b'), (0x43, 'c')]);
    }
}
