//! Cuts a text into words, numerals and signs, from which numbers and periods are parsed.
//!
//! The text is cut once, with nom. The parsers look at a bounded number of tokens around each place, so the time for
//! the whole is linear in the length of the text.

use super::numeral::Conventions;
use super::numeral::printed;
use crate::pack::Set;
use nom::branch::alt;
use nom::bytes::complete::take;
use nom::character::complete::{char, digit1};
use nom::combinator::{map, recognize};
use nom::multi::many1_count;
use nom::sequence::pair;
use nom::{IResult, Parser};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexemeKind {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits, perhaps with separators of thousands and a decimal part.
    Numeral,
    /// Digits with two points or more: 3.4.1, 31.03.2016.
    Dotted,
    /// A web address, an e-mail address or the name of a file.
    Opaque,
    /// Any other character.
    Symbol,
    /// A date or period. It replaces the tokens that it consists of before numbers are looked for.
    Period,
}

/// A piece of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme<'a> {
    pub kind: LexemeKind,
    pub text: &'a str,
    /// Byte offset in the text.
    pub start: usize,
    /// No space stands before it.
    pub glued: bool,
    /// It is the first of its line.
    pub fresh: bool,
}

/// The tokens from a place on, which is what the token parsers take.
pub(crate) type Rest<'t, 'a> = &'t [Lexeme<'a>];
/// What a token parser returns.
pub(crate) type Parsed<'t, 'a, T> = IResult<Rest<'t, 'a>, T>;

impl<'a> Lexeme<'a> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }

    pub fn is_any(&self, texts: &[&str]) -> bool {
        texts.iter().any(|t| self.is(t))
    }

    /// Whether it is in a list; capitals and small letters are the same.
    pub fn is_in(&self, list: &Set) -> bool {
        list.has_folded(self.text)
    }

    /// Whether it is one of these marks.
    pub fn is_mark(&self, marks: &str) -> bool {
        self.kind == LexemeKind::Symbol && marks.contains(self.text)
    }

    pub fn is_word(&self) -> bool {
        self.kind == LexemeKind::Word
    }

    pub fn is_numeral(&self) -> bool {
        self.kind == LexemeKind::Numeral
    }

    /// Whether it consists of so many digits and nothing else.
    pub fn is_plain(&self, digits: usize) -> bool {
        self.is_numeral() && self.text.len() == digits && self.text.bytes().all(|b| b.is_ascii_digit())
    }

    /// The value of a numeral that is digits only and fits.
    pub fn small(&self) -> Option<u32> {
        if self.is_numeral() { self.text.parse().ok() } else { None }
    }

    pub fn has_digit(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }

    /// Whether it is a word without small letters.
    pub fn is_capitals(&self) -> bool {
        self.is_word() && self.text.chars().all(|c| !c.is_lowercase())
    }

    /// Whether it is a word that begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Cuts a text into tokens.
pub(crate) fn tokens(text: &str) -> Vec<Lexeme<'_>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut fresh = true;
    while let Some(rest) = text.get(at..) {
        let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let (space, rest) = rest.split_at(gap);
        if rest.is_empty() {
            break;
        }
        fresh |= space.contains('\n');
        at += gap;
        let chunk = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())).0;
        cut(chunk, at, fresh, &mut found);
        at += chunk.len();
        fresh = false;
    }
    found
}

/// Cuts a run of characters without spaces.
fn cut<'a>(chunk: &'a str, start: usize, fresh: bool, found: &mut Vec<Lexeme<'a>>) {
    if is_opaque(chunk) {
        found.push(Lexeme { kind: LexemeKind::Opaque, text: chunk, start, glued: false, fresh });
        return;
    }
    let mut rest = chunk;
    if let Ok((left, text)) = point_first(chunk) {
        found.push(Lexeme { kind: LexemeKind::Numeral, text, start, glued: false, fresh });
        rest = left;
    }
    while let Ok((left, (kind, text))) = piece(rest) {
        let offset = chunk.len() - rest.len();
        found.push(Lexeme {
            kind,
            text,
            start: start + offset,
            glued: offset > 0,
            fresh: fresh && offset == 0,
        });
        rest = left;
    }
}

const ADDRESS_MARKS: [&str; 6] = ["://", ".gov.uk", ".org.uk", ".co.uk", ".nhs.uk", ".com"];
const FILE_ENDINGS: [&str; 12] =
    [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".txt", ".htm", ".html", ".zip", ".odt", ".jpg"];

fn is_opaque(chunk: &str) -> bool {
    if !chunk.contains(['.', '@', ':']) {
        return false;
    }
    let lower = chunk.to_ascii_lowercase();
    let stem = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    ADDRESS_MARKS.iter().any(|m| lower.contains(m))
        || lower.trim_start_matches('(').starts_with("www.")
        || FILE_ENDINGS.iter().any(|e| stem.ends_with(e))
        || lower.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(|c: char| c.is_alphanumeric()) && host.starts_with(|c: char| c.is_alphabetic())
        })
}

fn piece(text: &str) -> IResult<&str, (LexemeKind, &str)> {
    match text.chars().next() {
        Some('0'..='9') => {
            alt((map(dotted, |t| (LexemeKind::Dotted, t)), map(numeral, |t| (LexemeKind::Numeral, t))))
                .parse(text)
        }
        Some(c) if c.is_alphabetic() => map(word, |t| (LexemeKind::Word, t)).parse(text),
        _ => map(symbol, |t| (LexemeKind::Symbol, t)).parse(text),
    }
}

/// Parses a number below one that is printed without its zero: .5
fn point_first(text: &str) -> IResult<&str, &str> {
    recognize(pair(char('.'), digit1)).parse(text)
}

/// Parses digits with several points: 3.4.1
fn dotted(text: &str) -> IResult<&str, &str> {
    recognize((digit1, pair(char('.'), digit1), many1_count(pair(char('.'), digit1)))).parse(text)
}

/// Parses a numeral: 1,937 or 1937 or 7.2
fn numeral(text: &str) -> IResult<&str, &str> {
    let len = printed::digits(text, &Conventions::default()).map_or(0, |digits| digits.len);
    take(len).parse(text)
}

/// Parses a word. An apostrophe or underscore belongs to it where a letter follows.
fn word(text: &str) -> IResult<&str, &str> {
    let joins = |c: char| matches!(c, '\'' | '’' | '_');
    let mut end = 0;
    let mut pending = false;
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            end = at + c.len_utf8();
            pending = false;
        } else if joins(c) && end > 0 && !pending {
            pending = true;
        } else {
            break;
        }
    }
    match text.split_at_checked(end) {
        Some((word, rest)) if end > 0 => Ok((rest, word)),
        _ => Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Alpha))),
    }
}

fn symbol(text: &str) -> IResult<&str, &str> {
    recognize(nom::character::complete::anychar).parse(text)
}

/// Parses one token that meets a condition.
pub(crate) fn token<'t, 'a: 't>(
    test: impl Fn(&Lexeme<'a>) -> bool,
) -> impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    move |rest| match rest.split_first() {
        Some((first, left)) if test(first) => Ok((left, first)),
        _ => Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Tag))),
    }
}

/// Parses one of these words or signs, in capitals or small letters.
pub(crate) fn one_of<'t, 'a: 't>(
    texts: &'static [&'static str],
) -> impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    token(move |t| t.is_any(texts))
}

/// Parses one word of a list, in capitals or small letters.
pub(crate) fn one_in<'t, 'a: 't>(
    list: &'static Set,
) -> impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    token(move |t| t.is_in(list))
}

/// Parses this word or sign, in capitals or small letters.
pub(crate) fn tag<'t, 'a: 't>(text: &'static str) -> impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    token(move |t| t.is(text))
}

/// The token `back` places before `at`.
pub(crate) fn before<'t, 'a>(tokens: Rest<'t, 'a>, at: usize, back: usize) -> Option<&'t Lexeme<'a>> {
    at.checked_sub(back).and_then(|i| tokens.get(i))
}

/// The tokens from `at` on.
pub(crate) fn from<'t, 'a>(tokens: Rest<'t, 'a>, at: usize) -> Rest<'t, 'a> {
    tokens.get(at..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.text).collect()
    }

    #[test]
    fn numerals_keep_their_commas_and_decimals() {
        assert_eq!(texts("1,937to 2,194."), ["1,937", "to", "2,194", "."]);
        assert_eq!(texts("£9,432.00 546,00 3.4.1"), ["£", "9,432.00", "546,00", "3.4.1"]);
        assert_eq!(texts("one's '16 10,11"), ["one's", "'", "16", "10", ",", "11"]);
    }

    #[test]
    fn addresses_are_one_token() {
        assert_eq!(
            texts("(see www.example.org/a1) a1@b.uk x2.pdf."),
            ["(", "see", "www.example.org/a1)", "a1@b.uk", "x2.pdf."][..]
        );
    }
}
