//! The language pack: all words that the program knows of the language of reports, by the names of their lists. The
//! code itself holds no words. They stand in the files of `grammars/en-GB/`, which `grammars/README.md` explains.
//! `build.rs` reads these files with the code of this module, so that no file is read when the program starts.

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

/// The lists of this process: those given to [`install`], or else those that come with the program.
pub(crate) fn pack() -> &'static Pack {
    // The program was built with these bytes, so they can be read and the empty pack is never used.
    let built = include_bytes!(concat!(env!("OUT_DIR"), "/lists"));
    PACK.get_or_init(|| Pack::of(postcard::from_bytes(built).unwrap_or_default()))
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
    }
}
