//! The notation of patterns, parsed to programs of the [matcher](super::matcher). See `grammars/README.md`.

use super::fold::stem;
use super::forms::Forms;
use crate::model::names::TermClass;
use crate::model::slot::Slot;
use serde::{Deserialize, Serialize};

/// One step of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Takes a token that passes one of the tests. The token is kept if it is a term or fills a slot.
    Take(Vec<Test>),
    /// Passes over a token that may stand in a gap.
    Skip(Gap),
    /// Looks at the next token (or, with `behind`, at one of so many before) without taking it. Whether it passes the
    /// tests must be as `wanted`.
    Look {
        behind: usize,
        wanted: bool,
        tests: Vec<Test>,
    },
    /// Goes on at the first index, and if that fails at the second.
    Split(usize, usize),
    Jump(usize),
    /// Passes before the first token, or after the last.
    Edge {
        end: bool,
    },
    Accept,
}

/// What a gap may hold besides words, references and terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub commas: bool,
    pub periods: bool,
}

/// What a token must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// One of these words or punctuation marks, in folded form.
    Words(Vec<Box<str>>),
    /// A term of one of these classes; where a value is given, with this value.
    Terms(Vec<(TermClass, Option<Box<str>>)>),
    /// A figure of one of these units. Where a slot is named, the figure fills it.
    Figure(Option<Slot>, Vec<Units>),
    /// A period. With `past` it must come before the period of the document.
    Period { past: bool },
    /// A numeral that is no result, as in "five years".
    Reference,
}

/// The units that a pattern can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Units {
    /// All units but multiples.
    Any,
    Count,
    /// "Up to 47", which sets a limit or tells where a movement ends.
    AtMost,
    Percent,
    Points,
    /// A share in words: "a third".
    Fraction,
    /// A ratio of one or more: "trebled".
    Multiple,
    Days,
    Gbp,
    /// Per 1,000 or per 100,000.
    Rate,
    /// A count of zero: "none".
    None,
}

impl Units {
    pub const ALL: [Units; 11] = [
        Units::Any,
        Units::Count,
        Units::AtMost,
        Units::Percent,
        Units::Points,
        Units::Fraction,
        Units::Multiple,
        Units::Days,
        Units::Gbp,
        Units::Rate,
        Units::None,
    ];

    fn named(name: &str) -> Option<Units> {
        Some(match name {
            "any" => Units::Any,
            "count" => Units::Count,
            "at_most" => Units::AtMost,
            "percent" => Units::Percent,
            "points" => Units::Points,
            "fraction" => Units::Fraction,
            "multiple" => Units::Multiple,
            "days" => Units::Days,
            "gbp" => Units::Gbp,
            "rate" => Units::Rate,
            "none" => Units::None,
            _ => return None,
        })
    }
}

/// The slot that has this name in patterns.
pub fn slot_named(name: &str) -> Option<Slot> {
    Some(match name {
        "total" => Slot::Total,
        "part" => Slot::Part,
        "share" => Slot::Share,
        "whole" => Slot::Whole,
        "change" => Slot::Change,
        "before" => Slot::Before,
        "after" => Slot::After,
        "same" => Slot::Same,
        "bound" => Slot::Bound,
        "mean" => Slot::Mean,
        _ => return None,
    })
}

/// Compiles a pattern into a program. The error says what was expected.
pub fn compile(pattern: &str, vocabulary: &Forms) -> Result<Vec<Op>, String> {
    let mut parser = Parser { pieces: pieces(pattern), at: 0, vocabulary, program: Vec::new() };
    if parser.pieces.is_empty() {
        return Err("a pattern that is not empty".to_owned());
    }
    parser.alternatives(0)?;
    match parser.peek() {
        Some(piece) => Err(format!("the end of the pattern before `{piece}`")),
        None => {
            parser.program.push(Op::Accept);
            Ok(parser.program)
        }
    }
}

/// Splits a pattern at spaces, and around the brackets of groups. `\(` is a bracket of the text itself.
fn pieces(pattern: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for run in pattern.split_whitespace() {
        let mut piece = String::new();
        let mut escaped = false;
        for c in run.chars() {
            match c {
                '\\' if !escaped => escaped = true,
                '[' | ']' | '(' | ')' if !escaped => {
                    pieces.extend([std::mem::take(&mut piece), c.to_string()]);
                }
                _ => {
                    piece.extend(escaped.then_some('\\'));
                    piece.push(c);
                    escaped = false;
                }
            }
        }
        pieces.push(piece);
    }
    pieces.retain(|p| !p.is_empty());
    pieces
}

/// The most groups within groups. More of them are a mistake in the file.
const DEPTH: usize = 8;

struct Parser<'a> {
    pieces: Vec<String>,
    at: usize,
    vocabulary: &'a Forms,
    program: Vec<Op>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.pieces.get(self.at).map(String::as_str)
    }

    fn accept(&mut self, piece: &str) -> bool {
        let found = self.peek() == Some(piece);
        self.at += usize::from(found);
        found
    }

    /// Parses sequences that are separated by `|`.
    fn alternatives(&mut self, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err("fewer groups within groups".to_owned());
        }
        let mut ends = Vec::new();
        loop {
            let start = self.program.len();
            self.sequence(depth)?;
            if !self.accept("|") {
                break;
            }
            self.program.push(Op::Jump(0));
            ends.push(self.program.len() - 1);
            let next = self.program.len() + 1;
            self.insert(start, Op::Split(start + 1, next));
            ends.iter_mut().filter(|e| **e >= start).for_each(|e| *e += 1);
        }
        let end = self.program.len();
        for jump in ends {
            if let Some(op) = self.program.get_mut(jump) {
                *op = Op::Jump(end);
            }
        }
        Ok(())
    }

    fn sequence(&mut self, depth: usize) -> Result<(), String> {
        let mut empty = true;
        while let Some(piece) = self.peek().map(str::to_owned) {
            match piece.as_str() {
                "|" | "]" | ")" => break,
                "[" => self.optional(depth)?,
                "(" => self.group(depth)?,
                _ => {
                    self.at += 1;
                    self.element(&piece)?;
                }
            }
            empty = false;
        }
        if empty { Err("something to match in each alternative".to_owned()) } else { Ok(()) }
    }

    fn optional(&mut self, depth: usize) -> Result<(), String> {
        self.at += 1;
        let start = self.program.len();
        self.alternatives(depth + 1)?;
        if !self.accept("]") {
            return Err("`]` after `[`".to_owned());
        }
        let end = self.program.len() + 1;
        self.insert(start, Op::Split(start + 1, end));
        Ok(())
    }

    fn group(&mut self, depth: usize) -> Result<(), String> {
        self.at += 1;
        let start = self.program.len();
        self.alternatives(depth + 1)?;
        if !self.accept(")") {
            return Err("`)` after `(`".to_owned());
        }
        if self.accept("+") {
            let end = self.program.len() + 1;
            self.program.push(Op::Split(start, end));
        }
        Ok(())
    }

    /// Inserts an op before those from `start` on, and moves their targets with them.
    fn insert(&mut self, start: usize, op: Op) {
        for moved in self.program.iter_mut().skip(start) {
            match moved {
                Op::Split(a, b) => (*a, *b) = (*a + 1, *b + 1),
                Op::Jump(a) => *a += 1,
                _ => {}
            }
        }
        self.program.insert(start, op);
    }

    fn element(&mut self, piece: &str) -> Result<(), String> {
        for (sign, commas, periods) in [("~~", true, true), ("~-", false, false), ("~", false, true)] {
            if let Some(width) = piece.strip_prefix(sign) {
                return self.gap(width, Gap { commas, periods });
            }
        }
        let look = [("<<!", 4, false), ("<!", 1, false), ("!", 0, false), ("&", 0, true)]
            .into_iter()
            .find_map(|(sign, behind, wanted)| {
                let rest = piece.strip_prefix(sign).filter(|r| !r.is_empty())?;
                Some(self.tests(rest).map(|tests| Op::Look { behind, wanted, tests }))
            });
        let op = match (piece, look) {
            ("^", _) => Op::Edge { end: false },
            ("$", _) => Op::Edge { end: true },
            (_, Some(look)) => look?,
            _ => Op::Take(self.tests(piece)?),
        };
        self.program.push(op);
        Ok(())
    }

    /// Compiles a gap: it passes over up to `width` tokens, and over as few as possible.
    fn gap(&mut self, width: &str, gap: Gap) -> Result<(), String> {
        let width: usize = width.parse().ok().filter(|w| (1..=30).contains(w)).ok_or("1 to 30 after `~`")?;
        let end = self.program.len() + 2 * width;
        for _ in 0..width {
            let skip = self.program.len() + 1;
            self.program.extend([Op::Split(end, skip), Op::Skip(gap)]);
        }
        Ok(())
    }

    /// Parses words and braces that are separated by `|`.
    fn tests(&self, piece: &str) -> Result<Vec<Test>, String> {
        let mut tests = Vec::new();
        let mut words: Vec<Box<str>> = Vec::new();
        let mut rest = piece;
        while !rest.is_empty() {
            let choice = match rest.strip_prefix('{') {
                Some(inner) => {
                    let (inner, after) =
                        inner.split_once('}').ok_or_else(|| format!("`}}` at the end of `{piece}`"))?;
                    tests.push(self.braces(inner)?);
                    after
                }
                None => {
                    let (word, after) = rest.split_at(rest.find('|').unwrap_or(rest.len()));
                    words.push(stem(word.trim_start_matches('\\')).into());
                    after
                }
            };
            rest = match choice.strip_prefix('|') {
                None if !choice.is_empty() => return Err(format!("`|` between the choices of `{piece}`")),
                Some("") => return Err(format!("a choice at the end of `{piece}`")),
                after => after.unwrap_or(""),
            };
        }
        tests.extend((!words.is_empty()).then_some(Test::Words(words)));
        Ok(tests)
    }

    fn braces(&self, inner: &str) -> Result<Test, String> {
        match inner.split_once(':') {
            _ if inner == "reference" => Ok(Test::Reference),
            _ if inner == "period" => Ok(Test::Period { past: false }),
            Some(("period", "past")) => Ok(Test::Period { past: true }),
            Some((slot, units)) => figure(slot, units),
            None => inner.split('|').map(|c| self.class(c)).collect::<Result<_, _>>().map(Test::Terms),
        }
    }

    fn class(&self, name: &str) -> Result<(TermClass, Option<Box<str>>), String> {
        let (class, value) = name.split_once('=').map_or((name, None), |(c, v)| (c, Some(v)));
        if !self.vocabulary.knows(&class.into(), None) {
            return Err(format!("a class of the vocabulary in place of `{class}`"));
        }
        if !self.vocabulary.knows(&class.into(), value) {
            return Err(format!("a value of {class} in place of `{}`", value.unwrap_or("")));
        }
        Ok((class.into(), value.map(Into::into)))
    }
}

fn figure(slot: &str, units: &str) -> Result<Test, String> {
    let slot = match slot {
        "_" => None,
        _ => Some(slot_named(slot).ok_or_else(|| format!("a slot in place of `{slot}`"))?),
    };
    let units: Result<Vec<Units>, String> = units
        .split('|')
        .map(|u| Units::named(u).ok_or_else(|| format!("a unit in place of `{u}`")))
        .collect();
    Ok(Test::Figure(slot, units?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(pattern: &str) -> String {
        compile(pattern, &Forms::default()).unwrap_err()
    }

    #[test]
    fn a_bad_pattern_says_what_it_wants() {
        assert_eq!(fails(" "), "a pattern that is not empty");
        assert_eq!(fails("{shape}"), "a class of the vocabulary in place of `shape`");
        assert_eq!(fails("{size:count}"), "a slot in place of `size`");
        assert_eq!(fails("{part:inches}"), "a unit in place of `inches`");
        assert_eq!(fails("( a | )"), "something to match in each alternative");
        assert_eq!(fails("[ a"), "`]` after `[`");
        assert_eq!(fails("a|{period"), "`}` at the end of `a|{period`");
        assert_eq!(fails("{period}a"), "`|` between the choices of `{period}a`");
        assert_eq!(fails("a ~99"), "1 to 30 after `~`");
        assert_eq!(fails("a ) b"), "the end of the pattern before `)`");
    }

    #[test]
    fn brackets_escape() {
        assert_eq!(pieces(r"\( {part:count} \) (a|b)"), [r"\(", "{part:count}", r"\)", "(", "a|b", ")"]);
    }
}
