//! The files of phrases: stanzas of patterns, what they emit, and the examples that test them.

use super::forms::Forms;
use super::needs::{Kinds, needs};
use super::pattern;
use super::pattern::{Op, Test};
use super::source::{Broken, SourceFile};
use crate::model::names::{StatementMark, TermClass};
use crate::model::slot::{Direction, RelationKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    #[serde(default)]
    phrase: Vec<StanzaEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StanzaEntry {
    name: Spanned<String>,
    relation: Spanned<String>,
    patterns: Vec<Spanned<String>>,
    direction: Option<Spanned<String>>,
    #[serde(default)]
    marks: Vec<Spanned<String>>,
    examples: Vec<Spanned<ExampleEntry>>,
    #[serde(default)]
    near: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleEntry {
    text: String,
    gives: Option<Gives>,
}

/// What an example must give: the printed text of each slot (several are separated by `|`), and `direction` and
/// `marks`.
pub type Gives = BTreeMap<String, String>;

/// A text and what it must give; read by the tests.
#[derive(Debug)]
#[cfg_attr(not(test), allow(dead_code))]
pub struct Example {
    pub text: String,
    pub gives: Gives,
}

/// A phrase: some patterns that say one thing.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(not(test), allow(dead_code))]
pub struct Stanza {
    pub name: Arc<str>,
    pub kind: RelationKind,
    pub programs: Vec<Program>,
    /// The direction of the change, where no word of the pattern tells it.
    pub direction: Option<Direction>,
    pub marks: Vec<StanzaMark>,
    #[serde(skip)]
    pub examples: Vec<Example>,
    #[serde(skip)]
    pub near: Vec<String>,
}

/// A mark that a stanza sets on what it matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StanzaMark {
    Given(StatementMark),
    /// The value of the term of this class that was matched, written `{class}`.
    OfClass(TermClass),
}

impl StanzaMark {
    fn named(name: &str, vocabulary: &Forms) -> Option<StanzaMark> {
        match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(class) => vocabulary.knows(&class.into(), None).then(|| StanzaMark::OfClass(class.into())),
            None => StatementMark::named(name).map(StanzaMark::Given),
        }
    }
}

/// A pattern, ready for the matcher.
#[derive(Debug, Serialize, Deserialize)]
pub struct Program {
    pub ops: Vec<Op>,
    /// What must follow where it matches. A program is skipped where it does not.
    pub needs: Vec<Kinds>,
}

/// All stanzas, and the tokens that each can begin with.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Phrases {
    pub stanzas: Vec<Stanza>,
    pub index: Index,
}

/// A program: the number of its stanza, and its number there.
pub type Entry = (usize, usize);

/// The programs by the tokens that they can begin with.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Index {
    pub words: FxHashMap<Box<str>, Vec<Entry>>,
    pub classes: FxHashMap<TermClass, Vec<Entry>>,
    pub figures: Vec<Entry>,
    pub references: Vec<Entry>,
    pub periods: Vec<Entry>,
}

/// The kind of relation that has this name in the files.
pub fn kind_named(name: &str) -> Option<RelationKind> {
    Some(match name {
        "sum" => RelationKind::Sum,
        "ratio" => RelationKind::Ratio,
        "change" => RelationKind::Change,
        "same" => RelationKind::Same,
        "order" => RelationKind::Order,
        "count" => RelationKind::Count,
        "within" => RelationKind::Within,
        _ => return None,
    })
}

fn direction_named(name: &str) -> Option<Direction> {
    Some(match name {
        "rise" => Direction::Rise,
        "fall" => Direction::Fall,
        "level" => Direction::Level,
        _ => return None,
    })
}

impl Phrases {
    /// Reads the files of phrases. It fails on a broken one.
    pub fn read<'a>(
        files: impl Iterator<Item = &'a SourceFile>,
        vocabulary: &Forms,
    ) -> Result<Phrases, Broken> {
        let mut phrases = Phrases::default();
        let mut names = BTreeSet::new();
        for file in files {
            let parsed: PhraseFile = file.parse()?;
            for entry in parsed.phrase {
                if !names.insert(entry.name.get_ref().clone()) {
                    return Err(file.error(entry.name.span(), "a name that no other phrase has"));
                }
                let stanza = stanza(file, entry, vocabulary)?;
                phrases.add(file, stanza)?;
            }
        }
        Ok(phrases)
    }

    fn add(&mut self, file: &SourceFile, stanza: Stanza) -> Result<(), Broken> {
        for (number, program) in stanza.programs.iter().enumerate() {
            let entry = (self.stanzas.len(), number);
            if !self.index.add(&program.ops, entry) {
                let expected =
                    format!("a word, term or figure at the start of each pattern of `{}`", stanza.name);
                return Err(file.error(0..0, expected));
            }
        }
        self.stanzas.push(stanza);
        Ok(())
    }
}

impl Index {
    /// Adds a program under the tokens that it can begin with. `false` where it could begin with any token.
    fn add(&mut self, program: &[Op], entry: Entry) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![0];
        while let Some(pc) = open.pop() {
            if !seen.insert(pc) {
                continue;
            }
            match program.get(pc) {
                Some(Op::Take(tests)) => tests.iter().for_each(|test| self.note(test, entry)),
                Some(Op::Split(a, b)) => open.extend([*a, *b]),
                Some(Op::Jump(a)) => open.push(*a),
                Some(Op::Look { .. } | Op::Edge { end: false }) => open.push(pc + 1),
                _ => return false,
            }
        }
        true
    }

    fn note(&mut self, test: &Test, entry: Entry) {
        match test {
            Test::Words(words) => {
                words.iter().for_each(|w| self.words.entry(w.clone()).or_default().push(entry));
            }
            Test::Terms(terms) => {
                terms.iter().for_each(|(c, _)| self.classes.entry(c.clone()).or_default().push(entry));
            }
            Test::Figure(..) => self.figures.push(entry),
            Test::Period { .. } => self.periods.push(entry),
            Test::Reference => self.references.push(entry),
        }
    }
}

fn stanza(file: &SourceFile, entry: StanzaEntry, vocabulary: &Forms) -> Result<Stanza, Broken> {
    let kind = kind_named(entry.relation.get_ref()).ok_or_else(|| {
        file.error(entry.relation.span(), "sum, ratio, change, same, order, count or within as the relation")
    })?;
    let direction = match &entry.direction {
        None => None,
        Some(name) => Some(
            direction_named(name.get_ref()).ok_or_else(|| file.error(name.span(), "rise, fall or level"))?,
        ),
    };
    if entry.patterns.is_empty() {
        return Err(file.error(entry.name.span(), "at least one pattern"));
    }
    if entry.examples.is_empty() {
        return Err(file.error(entry.name.span(), "at least one example"));
    }
    let compile = |pattern: &Spanned<String>| {
        let ops = pattern::compile(pattern.get_ref(), vocabulary);
        let ops = ops.map_err(|e| file.error(pattern.span(), e))?;
        Ok(Program { needs: needs(&ops), ops })
    };
    let programs: Result<Vec<Program>, Broken> = entry.patterns.iter().map(compile).collect();
    let mark = |mark: &Spanned<String>| {
        let expected = || file.error(mark.span(), format!("a mark in place of `{}`", mark.get_ref()));
        StanzaMark::named(mark.get_ref(), vocabulary).ok_or_else(expected)
    };
    let marks: Result<Vec<StanzaMark>, Broken> = entry.marks.iter().map(mark).collect();
    let examples: Result<Vec<Example>, Broken> =
        entry.examples.into_iter().map(|e| example(file, e)).collect();
    Ok(Stanza {
        name: entry.name.get_ref().as_str().into(),
        kind,
        programs: programs?,
        direction,
        marks: marks?,
        examples: examples?,
        near: entry.near,
    })
}

fn example(file: &SourceFile, entry: Spanned<ExampleEntry>) -> Result<Example, Broken> {
    let span = entry.span();
    let ExampleEntry { text, gives } = entry.into_inner();
    let gives = gives.ok_or_else(|| file.error(span.clone(), "`gives` in each example"))?;
    let other =
        |key: &&String| pattern::slot_named(key).is_none() && !["direction", "marks"].contains(&key.as_str());
    match gives.keys().find(other) {
        Some(key) => Err(file.error(span, format!("a slot, `direction` or `marks` in place of `{key}`"))),
        None => Ok(Example { text, gives }),
    }
}
