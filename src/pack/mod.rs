//! The language pack: all words that the program knows of the language of reports, by the name of their list. The code
//! holds marks; a word stands in a file of `grammars/en-GB/`, and `grammars/README.md` says how.

mod lists;
mod set;

pub(crate) use set::{Map, Set, choice};

use lists::{Bodies, Heads, Marks, Numerals, Periods, Qualifiers, References, Rules, Titles, Totals, Words};
use std::sync::OnceLock;

/// A file of lists: its name in the folder of the pack, and its text.
pub(crate) type File<'a> = (&'a str, &'a str);

macro_rules! pack {
    ($($(#[doc = $doc:literal])* $field:ident: $type:ident = $file:literal),* $(,)?) => {
        /// Every list, by the file that it stands in.
        #[derive(Debug, Default)]
        pub(crate) struct Pack {
            $(pub(crate) $field: $type,)*
        }

        /// The files of lists that come with the program.
        pub(crate) const FILES: &[File<'static>] =
            &[$(($file, include_str!(concat!("../../grammars/en-GB/", $file)))),*];

        impl Pack {
            /// Reads the lists; `text` gives the text of the file of a name. Fails with the name of a file and what is
            /// wrong in it.
            pub(crate) fn read<'a>(
                text: impl Fn(&str) -> Option<&'a str>,
            ) -> Result<Pack, (&'static str, toml::de::Error)> {
                Ok(Pack {
                    $($field: toml::from_str(text($file).unwrap_or_default()).map_err(|e| ($file, e))?,)*
                })
            }
        }
    };
}

pack! {
    numerals: Numerals = "numerals.toml",
    qualifiers: Qualifiers = "qualifiers.toml",
    references: References = "references.toml",
    periods: Periods = "periods.toml",
    marks: Marks = "marks.toml",
    titles: Titles = "titles.toml",
    heads: Heads = "heads.toml",
    bodies: Bodies = "bodies.toml",
    rules: Rules = "rules.toml",
    totals: Totals = "totals.toml",
    words: Words = "words.toml",
}

static PACK: OnceLock<Pack> = OnceLock::new();

/// The lists of this process: those given to [`install`], else those that come with the program.
pub(crate) fn pack() -> &'static Pack {
    // That the files of the program are sound is tested, so the empty pack is never seen.
    PACK.get_or_init(|| Pack::read(of_program).unwrap_or_default())
}

/// The text of a file of lists that comes with the program.
pub(crate) fn of_program(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// Takes lists for the whole process. Those that were there first stay; false where they are others.
pub(crate) fn install(pack: Pack) -> bool {
    PACK.set(pack).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_program_are_sound() {
        if let Err((name, error)) = Pack::read(of_program) {
            panic!("{name}: {error}");
        }
        assert_eq!(pack().periods.months.len(), 12);
    }
}
