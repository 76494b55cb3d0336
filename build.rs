//! Reads the grammar of the program (`grammars/en-GB`) as the program is built, with the program's own code, and writes it
//! down in the form in which it is used. So a start of the program reads none of it, and a broken file breaks the build.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "the program uses more of these modules")]

use phrase::source::{Broken, SourceFile};
use std::path::PathBuf;
use std::process::ExitCode;

#[path = "src/model"]
mod model {
    pub mod names;
    pub mod slot;
}

#[path = "src/pack"]
mod pack {
    pub(crate) mod councils;
    pub(crate) mod file;
    pub(crate) mod lists;
    mod set;
    mod table;
    pub(crate) use table::{WordTable, hash};
}

#[path = "src/phrase"]
mod phrase {
    mod fold;
    mod forms;
    mod needs;
    mod pattern;
    pub mod source;
    mod stanzas;
}

/// The list of councils.
const COUNCILS: &str = include_str!("grammars/en-GB/councils.toml");

fn main() -> ExitCode {
    // All files that it reads are part of this program, so Cargo knows them.
    println!("cargo::rerun-if-changed=build.rs");
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let lists = pack::file::read(pack::lists::of_program).map_err(|(name, span, expected)| {
        let text = pack::lists::of_program(name).unwrap_or_default();
        let file = SourceFile { path: format!("grammars/en-GB/{name}"), text: text.to_owned() };
        told(&file.error(span, expected))
    })?;
    let councils = pack::councils::Councils::read(COUNCILS).map_err(|(name, span, expected)| {
        let file = SourceFile { path: format!("grammars/en-GB/{name}"), text: COUNCILS.to_owned() };
        told(&file.error(span, expected))
    })?;
    write("councils", &coded(&councils)?)?;
    let (forms, phrases) =
        phrase::source::read(&phrase::source::embedded()).map_err(|broken| told(&broken))?;
    write("lists", &coded(&lists)?)?;
    write("forms", forms.table().bytes())?;
    write("phrases", &coded(&(&forms.terms, &phrases))?)
}

fn told(broken: &Broken) -> String {
    format!("{}:{}: expected {}", broken.path, broken.line, broken.expected)
}

fn coded(value: &impl serde::Serialize) -> Result<Vec<u8>, String> {
    postcard::to_allocvec(value).map_err(|error| error.to_string())
}

fn write(name: &str, bytes: &[u8]) -> Result<(), String> {
    let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or("no OUT_DIR")?;
    std::fs::write(folder.join(name), bytes).map_err(|error| format!("{name}: {error}"))
}
