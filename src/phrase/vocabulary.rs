//! The vocabulary: forms of words, each with its class and canonical value, found by their first word.

use super::fold::Folded;
use super::source::SourceFile;
use super::{Term, fold};
use crate::model::diagnostic::Error;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};
use toml::Spanned;

/// More expansions than this of one form are a mistake in the file.
const EXPANSIONS: usize = 4_000;

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

/// All terms by their folded forms. A form is written out when a text first has a word that it can begin with: most of
/// the thousands that the files come to are never asked about.
#[derive(Default)]
pub struct Vocabulary {
    forms: Vec<(String, Term)>,
    starts: FxHashMap<Box<str>, Start>,
    /// Values by class.
    classes: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
}

/// The forms that can begin with a word.
#[derive(Default)]
struct Start {
    begun: Vec<Begun>,
    known: OnceLock<Known>,
}

/// A form of which the first word is written out.
struct Begun {
    /// Its number.
    form: usize,
    /// What is written out.
    head: String,
    /// Where in the form the rest begins.
    rest: usize,
}

/// Forms that begin with one word, written out.
#[derive(Default)]
struct Known {
    /// The term of each form, whose words are each followed by one space.
    terms: FxHashMap<String, Term>,
    /// How many words the longest has.
    longest: usize,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("classes", &self.classes).finish_non_exhaustive()
    }
}

impl Vocabulary {
    /// Reads the files of a vocabulary. Fails on a broken file; where it is asked to `check`, also on a form without
    /// words or one that is given to two terms.
    pub fn read<'a>(files: impl Iterator<Item = &'a SourceFile>, check: bool) -> Result<Vocabulary, Error> {
        let mut vocabulary = Vocabulary::default();
        let mut terms: FxHashMap<String, Term> = FxHashMap::default();
        for file in files {
            let parsed: VocabularyFile = file.parse()?;
            for entry in parsed.term {
                let term = vocabulary.declare(file, &entry)?;
                for form in &entry.forms {
                    if check {
                        checked(file, form, &term, &mut terms)?;
                    }
                    vocabulary.add(form.get_ref(), &term).map_err(|e| file.error(form.span(), e))?;
                }
            }
        }
        Ok(vocabulary)
    }

    fn declare(&mut self, file: &SourceFile, entry: &TermEntry) -> Result<Term, Error> {
        for word in [&entry.class, &entry.value] {
            if word.get_ref().is_empty() {
                return Err(file.error(word.span(), "a name"));
            }
        }
        if entry.forms.is_empty() {
            return Err(file.error(entry.value.span(), "at least one form"));
        }
        let class: Arc<str> = entry.class.get_ref().as_str().into();
        let value: Arc<str> = entry.value.get_ref().as_str().into();
        self.classes.entry(class.clone()).or_default().insert(value.clone());
        Ok(Term { class, value })
    }

    /// Whether there is such a class, and such a value in it.
    pub fn knows(&self, class: &str, value: Option<&str>) -> bool {
        self.classes.get(class).is_some_and(|values| value.is_none_or(|v| values.contains(v)))
    }

    /// The longest term that starts with an atom and ends before another: the term, and the atom after it.
    pub fn longest(&self, folded: &Folded, from: usize, before: usize) -> Option<(&Term, usize)> {
        let start = self.starts.get(folded.word(from))?;
        let known = start.known.get_or_init(|| self.write_out(start));
        let last = before.min(folded.atoms.len()).min(from + known.longest);
        (from + 1..=last).rev().find_map(|after| {
            let form = folded.text.get(folded.offset(from)..folded.offset(after))?;
            Some((known.terms.get(form)?, after))
        })
    }

    /// Adds a form of a term under each word that it can begin with.
    fn add(&mut self, form: &str, term: &Term) -> Result<(), String> {
        for (word, head, rest) in beginnings(form)? {
            let begun = Begun { form: self.forms.len(), head, rest: form.len() - rest.len() };
            self.starts.entry(word.into()).or_default().begun.push(begun);
        }
        self.forms.push((form.to_owned(), term.clone()));
        Ok(())
    }

    /// All forms that begin with a word.
    fn write_out(&self, start: &Start) -> Known {
        let mut known = Known::default();
        for begun in &start.begun {
            let Some((form, term)) = self.forms.get(begun.form) else { continue };
            for tail in expand(form.get(begun.rest..).unwrap_or_default()).unwrap_or_default() {
                let folded = fold::fold(&format!("{}{tail}", begun.head));
                known.longest = known.longest.max(folded.atoms.len());
                known.terms.insert(folded.text, term.clone());
            }
        }
        known
    }
}

/// Writes a form out; fails where one of its texts has no word, or is a form of another term.
fn checked(
    file: &SourceFile,
    form: &Spanned<String>,
    term: &Term,
    terms: &mut FxHashMap<String, Term>,
) -> Result<(), Error> {
    for text in expand(form.get_ref()).map_err(|e| file.error(form.span(), e))? {
        let folded = fold::fold(&text);
        if folded.atoms.is_empty() {
            return Err(file.error(form.span(), "a word in the form"));
        }
        match terms.insert(folded.text, term.clone()) {
            Some(other) if other != *term => {
                let expected = format!("one term for `{text}`, which is {} {} too", other.class, other.value);
                return Err(file.error(form.span(), expected));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The beginnings of a form's texts, written out until their first word is whole: the folded word, the beginning, and what
/// follows it in the form.
fn beginnings(form: &str) -> Result<Vec<(String, String, &str)>, String> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    let mut rest = form;
    while !open.is_empty() {
        let (head, tail) = rest.split_once('(').unwrap_or((rest, ""));
        let last = head.len() == rest.len();
        let (group, tail) = if last { ("", "") } else { tail.split_once(')').ok_or("`)` after `(`")? };
        let longer =
            open.iter().flat_map(|o| group.split('|').map(move |choice| format!("{o}{head}{choice}")));
        let (done, more): (Vec<String>, Vec<String>) =
            longer.partition(|text| last || text.trim_start().contains(char::is_whitespace));
        found.extend(done.into_iter().map(|text| (fold::fold(&text).word(0).to_owned(), text, tail)));
        (open, rest) = (more, tail);
    }
    Ok(found)
}

/// A form with its alternatives written out: "complaints (received|logged|)" is three forms. Groups do not nest.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vocabulary, Error> {
        Vocabulary::read([SourceFile { path: "v.toml".into(), text: text.into() }].iter(), true)
    }

    fn line_of(text: &str) -> usize {
        match read(text) {
            Err(Error::Grammar { line, .. }) => line,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn forms_expand_and_the_longest_wins() {
        let v = read("[[term]]\nclass='m'\nvalue='r'\nforms=['complaints (received|logged|)']\n").unwrap();
        let folded = fold::fold("Complaint logged late");
        let (term, after) = v.longest(&folded, 0, 3).unwrap();
        assert_eq!((&*term.value, after), ("r", 2));
        assert_eq!(v.longest(&folded, 0, 1).unwrap().1, 1);
        assert!(v.longest(&folded, 1, 3).is_none());
        assert!(v.knows("m", Some("r")) && !v.knows("m", Some("x")) && !v.knows("n", None));
    }

    #[test]
    fn a_broken_file_says_where() {
        assert_eq!(line_of("[[term]]\nclass='m'\nvalue=\n"), 3);
        assert_eq!(line_of("[[term]]\nclass='m'\nvalue='v'\nforms=['a (b']\n"), 4);
        assert_eq!(line_of("[[term]]\nclass='m'\nvalue='v'\nforms=['a', '?', ' ']\n"), 4);
        assert_eq!(line_of("[[term]]\nclass='m'\nvalue='v'\nforms=[]\n"), 3);
        let twice =
            "[[term]]\nclass='m'\nvalue='v'\nforms=['as']\n[[term]]\nclass='n'\nvalue='v'\nforms=['a']\n";
        assert!(read(twice).is_ok(), "short words keep their s");
        assert_eq!(line_of(&twice.replace("'as'", "'a'")), 8);
    }
}
