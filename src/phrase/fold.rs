//! Folds a text into atoms, so that the vocabulary can be compared with print byte by byte: small letters, one space
//! between words, no plural and possessive endings, `&` as "and", a hyphen within a word as a space.

use std::ops::Range;

/// A word, a numeral or one punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Byte offset in [`Folded::text`].
    pub at: usize,
    /// Bytes of the text that was folded.
    pub range: Range<usize>,
    /// The punctuation mark, if it is one.
    pub mark: Option<char>,
}

/// The atoms of a text and their folded text, in which one space follows each atom.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub text: String,
    pub atoms: Vec<Atom>,
}

impl Folded {
    /// The folded word of an atom, without the space.
    pub fn word(&self, index: usize) -> &str {
        let Some(atom) = self.atoms.get(index) else { return "" };
        self.text.get(atom.at..self.offset(index + 1).saturating_sub(1)).unwrap_or("")
    }

    /// Where an atom starts in the folded text. For the index after the last atom it is the end of the text.
    pub fn offset(&self, index: usize) -> usize {
        self.atoms.get(index).map_or(self.text.len(), |a| a.at)
    }

    fn push(&mut self, range: Range<usize>, word: &str, mark: Option<char>) {
        self.atoms.push(Atom { at: self.text.len(), range, mark });
        self.text.push_str(word);
        self.text.push(' ');
    }
}

/// Folds a text. Marks that only decorate it (quotes, asterisks, underscores) are dropped.
pub fn fold(text: &str) -> Folded {
    let mut folded =
        Folded { text: String::with_capacity(text.len() + 1), atoms: Vec::with_capacity(text.len() / 5) };
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = chars.next() {
        if c.is_alphanumeric() {
            let mut end = start + c.len_utf8();
            let mut last = c;
            while let Some(&(at, next)) = chars.peek() {
                if !continues(last, next, text.get(at + next.len_utf8()..)) {
                    break;
                }
                end = at + next.len_utf8();
                last = next;
                chars.next();
            }
            before = last;
            push_word(&mut folded, text, start..end);
            continue;
        }
        let follows = chars.peek().map_or(' ', |(_, n)| *n);
        let hyphen = is_dash(c) && before.is_alphanumeric() && follows.is_alphanumeric();
        before = c;
        if hyphen || c.is_whitespace() || decorates(c) {
            continue;
        }
        let range = start..start + c.len_utf8();
        match c {
            '&' => folded.push(range, "and", None),
            _ => folded.push(range, c.encode_utf8(&mut [0; 4]), Some(c)),
        }
    }
    folded
}

fn push_word(folded: &mut Folded, text: &str, range: Range<usize>) {
    let word = text.get(range.clone()).unwrap_or("");
    let at = folded.text.len();
    if word.is_ascii() {
        folded.text.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        folded.text.push_str(&word.to_lowercase().replace('’', "'"));
    }
    let (root, ending) = root(folded.text.get(at..).unwrap_or(""));
    let end = at + root.len();
    folded.text.truncate(end);
    folded.text.push_str(ending);
    folded.text.push(' ');
    folded.atoms.push(Atom { at, range, mark: None });
}

/// Whether `next` belongs to the word that ends in `last`.
fn continues(last: char, next: char, rest: Option<&str>) -> bool {
    let after = rest.and_then(|r| r.chars().next()).unwrap_or(' ');
    match next {
        '\'' | '’' => last.is_alphabetic() && after.is_alphabetic(),
        '.' | ',' => last.is_ascii_digit() && after.is_ascii_digit(),
        // "1,937to" is a numeral and a word without a space between.
        _ => next.is_alphanumeric() && !(last.is_ascii_digit() && next.is_alphabetic()),
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—')
}

fn decorates(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '"' | '“' | '”' | '*' | '_' | '`' | '#')
}

/// A word without its plural or possessive ending. The rule is crude, which does no harm, because the vocabulary and
/// the print are stemmed in the same way.
pub fn stem(word: &str) -> String {
    let (root, ending) = root(word);
    format!("{root}{ending}")
}

/// The part of a word that its stem begins with, and what the stem has behind that part.
fn root(word: &str) -> (&str, &'static str) {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    let Some(root) = word.strip_suffix('s').filter(|root| root.chars().nth(2).is_some()) else {
        return (word, "");
    };
    if root.ends_with(['s', 'u', 'i']) {
        return (word, "");
    }
    if let Some(root) = word.strip_suffix("ies").filter(|r| r.len() > 2) {
        return (root, "y");
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|e| word.ends_with(e)) {
        return (word.strip_suffix("es").unwrap_or(word), "");
    }
    (root, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let folded = fold(text);
        (0..folded.atoms.len()).map(|i| folded.word(i).to_owned()).collect()
    }

    #[test]
    fn plurals_and_possessives_fall_together() {
        assert_eq!(
            words("Members’ enquiries & the child's boxes"),
            ["member", "enquiry", "and", "the", "child", "box"]
        );
        assert_eq!(words("less process status this was"), ["less", "process", "status", "this", "was"]);
    }

    #[test]
    fn hyphens_join_words_but_not_phrases() {
        assert_eq!(words("three-stage part-upheld"), ["three", "stage", "part", "upheld"]);
        assert_eq!(words("Upheld - 1,250 (3.5%)"), ["upheld", "-", "1,250", "(", "3.5", "%", ")"]);
    }

    #[test]
    fn atoms_know_their_bytes() {
        let folded = fold("£9 “naïve” cafés");
        let ranges: Vec<_> = folded.atoms.iter().map(|a| a.range.clone()).collect();
        assert_eq!(ranges, [0..2, 2..3, 7..13, 17..23]);
    }
}
