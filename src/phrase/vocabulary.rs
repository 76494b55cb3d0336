//! The vocabulary: forms of words, each with its class and canonical value, found by their first word.

use super::fold::Folded;
use super::forms::Term;
use crate::pack::WordTable;
use std::fmt;

/// All terms by their folded forms.
#[derive(Default)]
pub struct Vocabulary {
    pub terms: Vec<Term>,
    /// See [`Forms::table`](super::forms::Forms::table).
    pub forms: WordTable,
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("terms", &self.terms).finish_non_exhaustive()
    }
}

impl Vocabulary {
    /// The longest term that starts with one atom and ends before another. Returns the term and the index of the atom
    /// after it.
    pub fn longest(&self, folded: &Folded, from: usize, before: usize) -> Option<(&Term, usize)> {
        let longest = self.forms.get(folded.word(from).as_bytes())? as usize;
        let last = before.min(folded.atoms.len()).min(from + longest);
        (from + 1..=last).rev().find_map(|after| {
            let form = folded.text.get(folded.offset(from)..folded.offset(after))?;
            Some((self.terms.get(self.forms.get(form.as_bytes())? as usize)?, after))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::super::forms::Forms;
    use super::super::source::{Broken, SourceFile};
    use super::*;

    fn read(text: &str) -> Result<Forms, Broken> {
        Forms::read([SourceFile { path: "v.toml".into(), text: text.into() }].iter())
    }

    fn line_of(text: &str) -> usize {
        match read(text) {
            Err(broken) => broken.line,
            Ok(_) => panic!("{text} was read"),
        }
    }

    #[test]
    fn forms_expand_and_the_longest_wins() {
        let forms =
            read("[[term]]\nclass='m'\nvalue='r'\nforms=['complaints (received|logged|)']\n").unwrap();
        assert!(forms.knows(&"m".into(), Some("r")) && !forms.knows(&"m".into(), Some("x")));
        assert!(!forms.knows(&"n".into(), None));
        let v = Vocabulary { forms: forms.table(), terms: forms.terms };
        let folded = fold::fold("Complaint logged late");
        let (term, after) = v.longest(&folded, 0, 3).unwrap();
        assert_eq!((&*term.value, after), ("r", 2));
        assert_eq!(v.longest(&folded, 0, 1).unwrap().1, 1);
        assert!(v.longest(&folded, 1, 3).is_none());
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
