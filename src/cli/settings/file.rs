//! Reads `crossfoot.toml`. Everything that is wrong in it is told with its line.

use super::codes::{Named, Selection};
use crate::cli::check::FailOn;
use crate::cli::given::{Said, said_of};
use crate::model::bands::Bands;
use crate::model::diagnostic::Severity;
use crate::model::rounding::Step;
use crate::observe::Given;
use crate::observe::about::given::nearest;
use clap::ValueEnum;
use globset::{GlobBuilder, GlobMatcher};
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a `crossfoot.toml` says.
#[derive(Clone, Default)]
pub(in crate::cli) struct File {
    pub(super) selection: Selection,
    /// How loud a break of some checks is.
    pub(super) severities: Vec<(Named, Severity)>,
    /// What the documents of some paths are about.
    pub(super) documents: Vec<(GlobMatcher, Said)>,
    pub(super) grammars: Option<PathBuf>,
    pub(super) fail_on: Option<FailOn>,
    /// How far words reach.
    pub(super) words: Bands,
}

/// Something that is wrong in a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct Wrong {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The keys of the file and of one of its `[[documents]]`.
const KEYS: [&str; 7] = ["select", "ignore", "severity", "documents", "grammars", "fail_on", "words"];
const OF_DOCUMENTS: [&str; 6] = ["path", "about", "organisation", "period", "kind", "rounding"];
/// What counts can be rounded to. To 1 they are all.
const STEPS: RangeInclusive<u16> = 2..=10_000;
const LOUD: &str = "\"error\", \"warning\", \"note\" or \"off\" is wanted";

/// Reads the text of a file that lies in `folder`, where its paths start.
pub(in crate::cli) fn read(text: &str, folder: &Path) -> Result<File, Vec<Wrong>> {
    let mut reading = Reading { text, wrong: Vec::new() };
    let mut file = File::default();
    match DeTable::parse(text) {
        Ok(table) => reading.file(table.get_ref(), folder, &mut file),
        Err(error) => reading.wrong(error.span().unwrap_or_default(), error.message().to_owned(), None),
    }
    reading.wrong.sort_by_key(|wrong| wrong.line);
    if reading.wrong.is_empty() { Ok(file) } else { Err(reading.wrong) }
}

/// A file while it is read.
pub(in crate::cli) struct Reading<'a> {
    pub text: &'a str,
    pub wrong: Vec<Wrong>,
}

impl Reading<'_> {
    pub fn wrong(&mut self, span: Range<usize>, what: String, hint: Option<String>) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        self.wrong.push(Wrong { line: before.matches('\n').count() + 1, what, hint });
    }

    /// Tells of keys that a table cannot have.
    pub fn keys(&mut self, table: &DeTable, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            let hint = match nearest(name, known.iter().copied()) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!("the keys are {}", known.join(", ")),
            };
            self.wrong(key.span(), format!("no key is called \"{name}\""), Some(hint));
        }
    }

    /// The text under a key, where it is there.
    pub fn string<'a>(&mut self, table: &'a DeTable, key: &str) -> Option<&'a str> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value.span(), format!("\"{key}\" is a text"), None);
        }
        text
    }

    fn file(&mut self, table: &DeTable, folder: &Path, file: &mut File) {
        self.keys(table, &KEYS);
        file.selection.select = self.list(table, "select");
        file.selection.ignore = self.list(table, "ignore");
        self.severities(table, file);
        file.words = self.words(table);
        file.grammars = self.string(table, "grammars").map(|path| folder.join(path));
        if let Some(text) = self.string(table, "fail_on") {
            file.fail_on = FailOn::from_str(text, true).ok();
            if file.fail_on.is_none() {
                let span = table.get("fail_on").map_or(0..0, Spanned::span);
                let hint = Some("\"error\", \"warning\", \"note\" or \"never\" is wanted".to_owned());
                self.wrong(span, format!("\"{text}\" is no severity"), hint);
            }
        }
        let Some(documents) = table.get("documents") else { return };
        let Some(all) = documents.get_ref().as_array() else {
            let hint = Some("begin each with [[documents]]".to_owned());
            return self.wrong(documents.span(), "\"documents\" is a list of tables".to_owned(), hint);
        };
        for one in all.iter() {
            match one.get_ref().as_table() {
                Some(table) => file.documents.extend(self.documents(table, one.span(), folder)),
                None => self.wrong(one.span(), "\"documents\" is a list of tables".to_owned(), None),
            }
        }
    }

    /// The checks that a list names.
    fn list(&mut self, table: &DeTable, key: &str) -> Vec<Named> {
        let Some(list) = table.get(key) else { return Vec::new() };
        let Some(items) = list.get_ref().as_array() else {
            let hint = Some(format!("write {key} = [\"CF101\"]"));
            self.wrong(list.span(), format!("\"{key}\" is a list of codes or names of checks"), hint);
            return Vec::new();
        };
        let named =
            |item: &Spanned<DeValue>| self.named(item.get_ref().as_str().unwrap_or_default(), item.span());
        items.iter().filter_map(named).collect()
    }

    fn named(&mut self, text: &str, span: Range<usize>) -> Option<Named> {
        match Named::parse(text) {
            Ok(named) => Some(named),
            Err((what, hint)) => {
                self.wrong(span, what, Some(hint));
                None
            }
        }
    }

    fn severities(&mut self, table: &DeTable, file: &mut File) {
        let Some(value) = table.get("severity") else { return };
        let Some(severities) = value.get_ref().as_table() else {
            let hint = Some("write [severity], and under it CF101 = \"warning\"".to_owned());
            return self.wrong(value.span(), "\"severity\" is a table".to_owned(), hint);
        };
        for (key, value) in severities {
            let Some(named) = self.named(key.get_ref(), key.span()) else { continue };
            let text = value.get_ref().as_str().unwrap_or_default();
            match text {
                "off" => file.selection.ignore.push(named),
                "error" => file.severities.push((named, Severity::Error)),
                "warning" => file.severities.push((named, Severity::Warning)),
                "note" => file.severities.push((named, Severity::Note)),
                _ => self.wrong(value.span(), format!("\"{text}\" is no severity"), Some(LOUD.to_owned())),
            }
        }
    }

    /// What is said of the documents of a path.
    fn documents(
        &mut self,
        table: &DeTable,
        span: Range<usize>,
        folder: &Path,
    ) -> Option<(GlobMatcher, Said)> {
        self.keys(table, &OF_DOCUMENTS);
        let rounding = self.rounding(table);
        let [path, about, organisation, period, kind] =
            ["path", "about", "organisation", "period", "kind"].map(|key| self.string(table, key));
        let Some(path) = path else {
            let hint = Some("write path = \"reports/*.pdf\"".to_owned());
            self.wrong(span, "it is not said which documents are meant".to_owned(), hint);
            return None;
        };
        let parts = [organisation, period, kind].map(Option::unwrap_or_default);
        let said = match (about, parts.iter().all(|part| part.is_empty())) {
            (Some(about), true) => said_of(about),
            (None, false) => crate::cli::given::said_in_parts(parts),
            (Some(_), false) => Err((
                "what they are about is said twice".to_owned(),
                "leave about or the others out".to_owned(),
            )),
            (None, true) if table.contains_key("rounding") => {
                Ok(Said { given: Given::default(), text: String::new() })
            }
            (None, true) => Err((
                "it is not said what the documents are about".to_owned(),
                "write organisation = \"Larkmere Council\", or rounding = 5".to_owned(),
            )),
        };
        match said {
            Ok(said) => match pattern(folder, path) {
                Some(pattern) => {
                    let given = Given { rounding, ..said.given };
                    return Some((pattern, Said { given, ..said }));
                }
                None => self.wrong(span, format!("\"{path}\" is no pattern of paths"), None),
            },
            Err((what, hint)) => self.wrong(span, what, Some(hint)),
        }
        None
    }

    /// To what the counts of documents were rounded.
    fn rounding(&mut self, table: &DeTable) -> Option<Step> {
        let value = table.get("rounding")?;
        let number = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        let step = number.and_then(|number| number.as_str().parse().ok()).filter(|step| STEPS.contains(step));
        if step.is_none() {
            let (least, most) = (STEPS.start(), STEPS.end());
            let hint = format!(
                "a whole number from {least} to {most} is wanted: counts are rounded to the nearest 5"
            );
            self.wrong(value.span(), "\"rounding\" cannot be so".to_owned(), Some(hint));
        }
        step.and_then(Step::new)
    }
}

/// The matcher of a pattern that starts at a folder.
fn pattern(folder: &Path, pattern: &str) -> Option<GlobMatcher> {
    let folder = folder.to_str()?;
    let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
    let whole = format!("{}/{pattern}", globset::escape(folder.trim_end_matches('/')));
    Some(GlobBuilder::new(&whole).literal_separator(true).build().ok()?.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<(usize, String, String)> {
        let all = read(text, Path::new("/reports")).err().unwrap_or_default();
        all.into_iter().map(|wrong| (wrong.line, wrong.what, wrong.hint.unwrap_or_default())).collect()
    }

    #[test]
    fn a_file_says_which_checks_speak_how_loudly_and_of_what() {
        let text = "select = ['CF1', 'percent-change']\nignore = ['CF105']\ngrammars = 'words'\nfail_on = 'warning'\n\
            [severity]\nCF101 = 'note'\nrow-total = 'off'\n\
            [[documents]]\npath = 'north/**/*.txt'\norganisation = 'Larkmere Council'\nperiod = '2016/17'\n\
            [[documents]]\npath = 'a[1].txt'\nabout = 'Thornwick Council'\n";
        let file = read(text, Path::new("/rep{or}ts")).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        let speak = ["CF101", "CF102", "CF105", "CF201", "CF301"].map(|code| file.selection.speaks(code));
        assert_eq!(speak, [true, false, false, false, true]);
        assert_eq!(file.severities.len(), 1);
        assert_eq!(file.grammars.as_deref(), Some(Path::new("/rep{or}ts/words")));
        assert_eq!(file.fail_on, Some(FailOn::Warning));
        assert!(file.documents[0].0.is_match("/rep{or}ts/north/2016/a.txt"));
        assert!(!file.documents[0].0.is_match("/reports/north/2016/a.txt"));
        assert_eq!(file.documents[0].1.text, "Larkmere Council, 2016/17");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_a_hint() {
        let told = wrong(
            "selct = []\nignore = ['CF101', 'CF999']\n\n[severity]\ncolum-total = 'off'\nCF101 = 'loud'\n",
        );
        let lines: Vec<usize> = told.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [1, 2, 5, 6]);
        assert_eq!(told[0].1, "no key is called \"selct\"");
        assert_eq!(told[0].2, "did you mean select?");
        assert!(told[2].2.starts_with("did you mean column-total?"), "{told:?}");
        assert_eq!(told[3].2, LOUD);
        let documents = wrong("[[documents]]\npath = '*'\n[[documents]]\nabout = 'Larkmere Council'\n");
        assert_eq!(documents.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(wrong("select = 'CF101'")[0].2, "write select = [\"CF101\"]");
        assert_eq!(wrong("fail_on = 'sometimes'")[0].1, "\"sometimes\" is no severity");
        assert_eq!(wrong("a = ").len(), 1);
        for number in ["1", "-5", "5.0", "'5'", "100000", "0x5"] {
            let told = wrong(&format!("[[documents]]\npath = '*'\nrounding = {number}\n"));
            assert_eq!((told.len(), told[0].0, told[0].1.as_str()), (1, 3, "\"rounding\" cannot be so"));
        }
    }
}
