//! The language pack: all words that the program knows of the language of reports, by the name of their list. The code
//! holds marks; a word stands in a file of `grammars/en-GB/`, and `grammars/README.md` says how. `build.rs` reads the files
//! with the code of this module as the program is built, so that nothing is read from them when it starts.

mod choice;
pub(crate) mod file;
mod lists;
mod set;
mod table;

pub(crate) use choice::choice;
pub(crate) use lists::{FILES, Pack, of_program};
pub(crate) use set::{Map, Set};
pub(crate) use table::WordTable;

use std::sync::OnceLock;

static PACK: OnceLock<Pack> = OnceLock::new();

/// The lists of this process: those given to [`install`], else those that come with the program.
pub(crate) fn pack() -> &'static Pack {
    // The program was built with these bytes, so the empty pack is never seen.
    let built = include_bytes!(concat!(env!("OUT_DIR"), "/lists"));
    PACK.get_or_init(|| Pack::of(postcard::from_bytes(built).unwrap_or_default()))
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
        let tables = file::read(of_program).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        assert_eq!(format!("{:?}", Pack::of(tables).titles), format!("{:?}", pack().titles), "as built");
        assert_eq!(pack().periods.months.len(), 12);
    }
}
