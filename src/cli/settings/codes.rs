//! Which checks are meant: a code, the name of a check, or the beginning of codes.

use crate::observe::about::given::nearest;
use crate::reconcile::rules;
use std::collections::BTreeSet;

/// Some checks, as somebody named them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Named {
    /// Their codes.
    codes: BTreeSet<&'static str>,
    /// How closely they are named: a code or a name counts before the beginning of codes, a longer one before a shorter.
    rank: usize,
}

/// The length of a code, which the beginning of codes is shorter than.
const CODE: usize = 5;

impl Named {
    /// The checks of a code ("CF101"), of a name ("column-total"), or of the codes that begin so ("CF2").
    ///
    /// # Errors
    /// What is wrong, and what to do, where there is no such check.
    pub fn parse(text: &str) -> Result<Named, (String, String)> {
        let text = text.trim();
        if let Some(check) = rules::named(text) {
            return Ok(Named { codes: [check.code].into(), rank: CODE });
        }
        let start = text.to_ascii_uppercase();
        let codes: BTreeSet<&str> =
            rules::ALL.iter().map(|check| check.code).filter(|code| code.starts_with(&start)).collect();
        if start.starts_with("CF") && !codes.is_empty() {
            return Ok(Named { codes, rank: start.len() });
        }
        Err((format!("no check is called \"{text}\""), hint(text)))
    }

    fn has(&self, code: &str) -> bool {
        self.codes.contains(code)
    }
}

/// What to do about a name that no check has.
pub(in crate::cli) fn hint(text: &str) -> String {
    let own = [text.to_ascii_uppercase(), text.to_ascii_lowercase()];
    let codes = nearest(&own[0], rules::ALL.iter().map(|check| check.code));
    let names = nearest(&own[1], rules::ALL.iter().map(|check| check.name));
    // Every code is spelt almost like every other, so that only a name is a guess worth making where it has letters of one.
    let meant = if own[0].starts_with("CF") { codes } else { names };
    match meant {
        Some(meant) => format!("did you mean {meant}? `crossfoot explain` lists them all"),
        None => "`crossfoot explain` lists them all".to_owned(),
    }
}

/// Which checks speak.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    /// These only, where any are named.
    pub select: Vec<Named>,
    /// All but these.
    pub ignore: Vec<Named>,
}

impl Selection {
    /// Whether a check speaks. Where it is selected and ignored, that counts which names it more closely, and of two alike
    /// that it is ignored.
    pub fn speaks(&self, code: &str) -> bool {
        let selected = rank(&self.select, code);
        (self.select.is_empty() || selected.is_some())
            && rank(&self.ignore, code).is_none_or(|ignored| selected > Some(ignored))
    }

    /// Whether a check speaks by what the command line says and, where that says nothing of it, by what a file says.
    pub fn speaks_before(&self, file: &Selection, code: &str) -> bool {
        match (self.select.is_empty(), rank(&self.ignore, code)) {
            (true, None) => file.speaks(code),
            _ => self.speaks(code),
        }
    }
}

/// How closely a check is named.
fn rank(named: &[Named], code: &str) -> Option<usize> {
    named.iter().filter(|named| named.has(code)).map(|named| named.rank).max()
}

/// What stands beside the closest name of a check.
pub(super) fn closest<'a, T>(named: &'a [(Named, T)], code: &str) -> Option<&'a T> {
    let own = named.iter().filter(|(named, _)| named.has(code));
    own.max_by_key(|(named, _)| named.rank).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(texts: &[&str]) -> Vec<Named> {
        texts.iter().map(|text| Named::parse(text).unwrap()).collect()
    }

    #[test]
    fn checks_are_named_by_code_name_and_beginning() {
        assert_eq!(Named::parse("cf101"), Named::parse("column-total"));
        assert!(Named::parse("CF2").unwrap().codes.len() > 3);
        assert_eq!(Named::parse("CF").unwrap().codes.len(), rules::ALL.len());
        let (what, hint) = Named::parse("colum-total").unwrap_err();
        assert_eq!(what, "no check is called \"colum-total\"");
        assert!(hint.starts_with("did you mean column-total?"), "{hint}");
        assert!(Named::parse("CF999").is_err() && Named::parse("").is_err() && Named::parse("C").is_err());
    }

    #[test]
    fn the_closer_name_counts_and_of_two_alike_that_which_ignores() {
        let select =
            |select: &[&str], ignore: &[&str]| Selection { select: named(select), ignore: named(ignore) };
        let some = select(&["CF2", "column-total"], &["CF201", "CF10"]);
        let speak: Vec<bool> = ["CF201", "CF202", "CF101", "CF102"].map(|code| some.speaks(code)).into();
        assert_eq!(speak, [false, true, true, false]);
        assert!(Selection::default().speaks("CF101"));
        assert!(!select(&["CF101"], &["CF101"]).speaks("CF101"));
    }

    #[test]
    fn the_command_line_counts_before_the_file() {
        let file = Selection { select: named(&["CF1"]), ignore: named(&["CF101"]) };
        let line =
            |select: &[&str], ignore: &[&str]| Selection { select: named(select), ignore: named(ignore) };
        let none = Selection::default();
        assert!(none.speaks_before(&file, "CF102") && !none.speaks_before(&file, "CF101"));
        assert!(line(&["CF101"], &[]).speaks_before(&file, "CF101"));
        assert!(!line(&["CF101"], &[]).speaks_before(&file, "CF102"));
        let less = line(&[], &["CF102"]);
        assert!(!less.speaks_before(&file, "CF102") && less.speaks_before(&file, "CF103"));
    }

    #[test]
    fn the_closest_name_says_what_holds_of_a_check() {
        let all = [(named(&["CF1"]).remove(0), 1), (named(&["CF101"]).remove(0), 2)];
        let said = ["CF101", "CF102", "CF201"].map(|code| closest(&all, code).copied());
        assert_eq!(said, [Some(2), Some(1), None]);
    }
}
