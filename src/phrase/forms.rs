//! Reads the files of the vocabulary: forms of words, each with its class and canonical value. Alternatives are
//! written out.

use super::fold;
use super::source::{Broken, SourceFile};
use crate::model::names::TermClass;
use crate::pack::WordTable;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toml::Spanned;

/// A form that stands for more texts than this is a mistake in the file.
const EXPANSIONS: usize = 4_000;

/// A word or run of words of the vocabulary: its class (`measure`, `outcome`, `stage`, `rise` …) and its canonical
/// value in that class (`complaints_received`, `not_upheld`, `2` …).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Term {
    /// A class of the vocabulary.
    pub class: TermClass,
    /// A value of that class.
    pub value: Arc<str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    #[serde(default)]
    term: Vec<TermEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    class: Spanned<String>,
    value: Spanned<String>,
    forms: Vec<Spanned<String>>,
}

/// The terms by number, and the forms that stand for them.
#[derive(Default)]
pub struct Forms {
    pub terms: Vec<Term>,
    /// Two things in one table. For each folded form, with a space behind each of its words: the number of its term.
    /// For each word that forms begin with, without that space: how many words the longest of these forms has.
    written: BTreeMap<String, u32>,
    /// The values of each class.
    classes: BTreeMap<TermClass, BTreeSet<Arc<str>>>,
}

impl Forms {
    /// Reads the files of a vocabulary. It fails on a broken file, on a form without words, and on a form of two
    /// terms.
    pub fn read<'a>(files: impl Iterator<Item = &'a SourceFile>) -> Result<Forms, Broken> {
        let mut forms = Forms::default();
        for file in files {
            let parsed: VocabularyFile = file.parse()?;
            for entry in parsed.term {
                forms.declare(file, &entry)?;
                for form in &entry.forms {
                    forms.add(form.get_ref()).map_err(|expected| file.error(form.span(), expected))?;
                }
            }
        }
        Ok(forms)
    }

    /// Whether there is such a class and, where a value is given, such a value in it.
    pub fn knows(&self, class: &TermClass, value: Option<&str>) -> bool {
        self.classes.get(class).is_some_and(|values| value.is_none_or(|v| values.contains(v)))
    }

    /// The table in which the vocabulary looks up words.
    pub fn table(&self) -> WordTable {
        WordTable::new(self.written.iter().map(|(text, number)| (text.as_str(), *number)))
    }

    fn declare(&mut self, file: &SourceFile, entry: &TermEntry) -> Result<(), Broken> {
        for word in [&entry.class, &entry.value] {
            if word.get_ref().is_empty() {
                return Err(file.error(word.span(), "a name"));
            }
        }
        if entry.forms.is_empty() {
            return Err(file.error(entry.value.span(), "at least one form"));
        }
        let class: TermClass = entry.class.get_ref().as_str().into();
        let value: Arc<str> = entry.value.get_ref().as_str().into();
        self.classes.entry(class.clone()).or_default().insert(value.clone());
        self.terms.push(Term { class, value });
        Ok(())
    }

    /// Adds a form to the term that was declared last. It fails where one of the form's texts has no word, or stands
    /// for another term already.
    fn add(&mut self, form: &str) -> Result<(), String> {
        let Some((number, term)) = self.terms.iter().enumerate().next_back() else { return Ok(()) };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        for text in expand(form)? {
            let folded = fold::fold(&text);
            if folded.atoms.is_empty() {
                return Err("a word in the form".to_owned());
            }
            let longest = self.written.entry(folded.word(0).to_owned()).or_default();
            *longest = (*longest).max(folded.atoms.len().try_into().unwrap_or(u32::MAX));
            let other = self.written.insert(folded.text, number).and_then(|n| self.terms.get(n as usize));
            if let Some(other) = other.filter(|other| *other != term) {
                return Err(format!(
                    "one term for `{text}`, which is {} {} too",
                    other.class.name(),
                    other.value
                ));
            }
        }
        Ok(())
    }
}

/// Writes out the alternatives of a form: "complaints (received|logged|)" stands for three texts. Groups do not nest.
fn expand(form: &str) -> Result<Vec<String>, String> {
    let mut done = vec![String::new()];
    let mut rest = form;
    while let Some((head, tail)) = rest.split_once('(') {
        let (group, tail) = tail.split_once(')').ok_or("`)` after `(`")?;
        if group.contains('(') {
            return Err("groups that do not nest".to_owned());
        }
        let choices: Vec<&str> = group.split('|').collect();
        if done.len() * choices.len() > EXPANSIONS {
            return Err(format!("at most {EXPANSIONS} expansions of a form"));
        }
        done = done.iter().flat_map(|d| choices.iter().map(move |c| format!("{d}{head}{c}"))).collect();
        rest = tail;
    }
    Ok(done.into_iter().map(|d| d + rest).collect())
}
