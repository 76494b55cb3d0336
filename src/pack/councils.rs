//! The list of councils: the official name of each, its GSS code, and the places that it is known by.

use super::file::Wrong;
use super::table::WordTable;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// The file of the list.
pub(crate) const FILE: &str = "councils.toml";

/// A council of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Council {
    /// Its official name.
    pub name: String,
    /// Its GSS code: "W06000020".
    pub code: String,
}

/// The councils by the places that they are known by.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Councils {
    councils: Vec<Council>,
    /// For each place its number in `groups`.
    places: WordTable,
    /// The councils of each place. Some places have two: a county council, and the one that came after it.
    groups: Vec<Vec<u16>>,
}

/// A place is printed in no more words than this.
pub(crate) const MOST_WORDS: usize = 7;

impl Councils {
    /// Reads the list.
    pub(crate) fn read(text: &str) -> Result<Councils, Wrong> {
        let wrong = |span, expected: &str| (FILE, span, expected.to_owned());
        let file =
            DeTable::parse(text).map_err(|error| wrong(error.span().unwrap_or_default(), error.message()))?;
        let mut list = Councils::default();
        let mut places: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for (code, names) in file.get_ref() {
            if !is_code(code.get_ref()) {
                return Err(wrong(code.span(), "a GSS code: a letter and eight digits"));
            }
            let all = names.get_ref().as_array().into_iter().flatten();
            let texts: Vec<&str> = all.filter_map(|name| name.get_ref().as_str()).collect();
            let whole = names.get_ref().as_array().is_some_and(|all| all.len() == texts.len());
            let Some((name, known)) = texts.split_first().filter(|(_, known)| whole && !known.is_empty())
            else {
                return Err(wrong(names.span(), "a name, and the places that it is known by"));
            };
            let index = u16::try_from(list.councils.len())
                .map_err(|_| wrong(code.span(), "no more councils than there are"))?;
            for place in known {
                places.entry(folded(place)).or_default().push(index);
            }
            list.councils.push(Council { name: (*name).to_owned(), code: code.get_ref().to_string() });
        }
        list.places = WordTable::new(places.keys().map(String::as_str).zip(0..));
        list.groups = places.into_values().collect();
        Ok(list)
    }

    /// The councils of a place, as [`folded`] writes it.
    pub(crate) fn of_place(&self, place: &str) -> impl Iterator<Item = &Council> {
        let group = self.places.get(place.as_bytes()).and_then(|group| self.groups.get(group as usize));
        group.into_iter().flatten().filter_map(|index| self.councils.get(usize::from(*index)))
    }

    /// Whether a council is known by a place.
    pub(crate) fn has_place(&self, place: &str) -> bool {
        self.places.get(place.as_bytes()).is_some()
    }

    /// All of them, in the order of their codes.
    #[cfg(feature = "cli")]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Council> {
        self.councils.iter()
    }
}

fn is_code(code: &str) -> bool {
    let (letter, digits) = code.split_at_checked(1).unwrap_or_default();
    matches!(letter, "E" | "W" | "S" | "N") && digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A name as names are compared: in small letters, without marks, and with `and` in full.
pub(crate) fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '&' => plain.push_str(" and "),
            c if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            // "King's" is one word, and "Southend-on-Sea" is three.
            '\'' | '.' | ',' => {}
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
