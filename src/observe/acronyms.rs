//! Short names of services. "LAC" means "looked after children" where the document says so or heads a section with
//! these words.

use crate::model::block::{Block, BlockKind};
use crate::model::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// At most this many short names are looked up.
const MOST: usize = 64;

/// A document's short names with the words that they stand for.
#[derive(Debug, Default)]
pub struct Acronyms {
    meanings: BTreeMap<String, Vec<String>>,
}

impl Acronyms {
    /// Reads the short names of a document. They are words of two to six capitals whose letters begin the words of a
    /// heading, of a title, or of what stands right before the name in brackets.
    pub fn of(blocks: &[Block], tables: &[Table]) -> Acronyms {
        let names = names(blocks);
        let headings =
            blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading { .. })).map(|b| &b.passage.text);
        let titles = tables.iter().filter_map(|t| t.title.as_ref()).map(|t| &t.text);
        let bracketed = blocks.iter().map(|b| &b.passage.text).filter(|t| t.contains('('));
        let mut acronyms = Acronyms::default();
        for text in headings.chain(titles).chain(bracketed) {
            acronyms.learn(text, &names);
        }
        acronyms
    }

    fn learn(&mut self, text: &str, names: &BTreeSet<String>) {
        if names.is_empty() {
            return;
        }
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let initials = words.iter().filter_map(|w| w.chars().next()?.to_lowercase().next());
        let initials: String = initials.filter(char::is_ascii).collect();
        if initials.len() != words.len() {
            return;
        }
        for name in names {
            if self.meanings.contains_key(name) {
                continue;
            }
            if let Some(run) = initials.find(name.as_str()).and_then(|at| words.get(at..at + name.len())) {
                self.meanings.insert(name.clone(), run.iter().map(|w| w.to_lowercase()).collect());
            }
        }
    }

    /// The words that a short name stands for.
    pub fn meaning(&self, name: &str) -> Option<&[String]> {
        self.meanings.get(name).map(Vec::as_slice)
    }
}

fn names(blocks: &[Block]) -> BTreeSet<String> {
    let words = blocks.iter().flat_map(|b| b.passage.text.split(|c: char| !c.is_alphanumeric()));
    let is_name = |w: &&str| (3..=6).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase());
    let mut names = BTreeSet::new();
    for word in words.filter(is_name) {
        names.insert(word.to_lowercase());
        if names.len() == MOST {
            break;
        }
    }
    names
}
