//! The language pack: all words that the program knows of the language of reports, by the names of their lists. The
//! code itself holds no words. They stand in the files of `grammars/en-GB/`, which `grammars/README.md` explains.
//! `build.rs` reads these files with the code of this module, so that no file is read when the program starts.

mod choice;
pub(crate) mod councils;
pub(crate) mod file;
mod lists;
mod set;
mod table;

pub(crate) use choice::choice;
pub(crate) use councils::Councils;
pub(crate) use lists::{FILES, Pack, of_program};
pub(crate) use set::{Map, Set};
pub(crate) use table::{WordTable, hash};

use std::sync::OnceLock;

static PACK: OnceLock<Pack> = OnceLock::new();
static COUNCILS: OnceLock<Councils> = OnceLock::new();

/// The lists of this process: those given to [`install`], or else those that come with the program.
pub(crate) fn pack() -> &'static Pack {
    // The program was built with these bytes, so they can be read and the empty pack is never used.
    let built = include_bytes!(concat!(env!("OUT_DIR"), "/lists"));
    PACK.get_or_init(|| Pack::of(postcard::from_bytes(built).unwrap_or_default()))
}

/// The list of councils of this process: that given to [`install_councils`], or else that of the program. It is taken
/// apart when the first name is looked up, which most documents never do.
pub(crate) fn councils() -> &'static Councils {
    let built = include_bytes!(concat!(env!("OUT_DIR"), "/councils"));
    COUNCILS.get_or_init(|| postcard::from_bytes(built).unwrap_or_default())
}

/// Sets the list of councils for the whole process. Where another is set already it stays, and the result is `false`.
pub(crate) fn install_councils(councils: Councils) -> bool {
    COUNCILS.set(councils).is_ok()
}

/// Sets the lists for the whole process. Where other lists are set already they stay, and the result is `false`.
pub(crate) fn install(pack: Pack) -> bool {
    PACK.set(pack).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_program_are_sound() {
        let tables = file::read(of_program).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(format!("{:?}", Pack::of(tables).titles), format!("{:?}", pack().titles), "as built");
        assert_eq!(pack().periods.months.len(), 12);
        let councils = Councils::read(include_str!("../../grammars/en-GB/councils.toml"))
            .unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(format!("{councils:?}"), format!("{:?}", super::councils()), "as built");
    }

    #[test]
    fn every_council_has_a_code_of_its_kind_and_is_found_by_its_places() {
        let list = super::councils();
        let kinds = ["E06", "E07", "E08", "E09", "E10", "S12", "W06", "N09"];
        let count = |kind: &str| list.iter().filter(|council| council.code.starts_with(kind)).count();
        assert_eq!(kinds.map(count).iter().sum::<usize>(), list.iter().count());
        // These numbers have not changed since 2015.
        assert_eq!(["S12", "W06", "N09", "E09"].map(count), [32, 22, 11, 33]);
        let names =
            |place: &str| list.of_place(place).map(|council| council.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names("anglesey"), ["Isle of Anglesey County Council"]);
        assert_eq!(names("kings lynn and west norfolk"), ["Borough Council of King's Lynn and West Norfolk"]);
        assert_eq!(names("somerset"), ["Somerset Council", "Somerset County Council"]);
        assert!(names("atlantis").is_empty());
        assert_eq!(councils::folded("King's Lynn & West-Norfolk"), "kings lynn and west norfolk");
        let wrong = |text: &str| Councils::read(text).map_err(|(_, _, expected)| expected).unwrap_err();
        assert_eq!(wrong("X1 = ['A', 'a']"), "a GSS code: a letter and eight digits");
        assert_eq!(wrong("E06000001 = ['A']"), "a name, and the places that it is known by");
    }
}
