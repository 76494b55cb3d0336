//! The catalogue: one file a check, with what it does, why it matters, when it stays quiet, and its examples.

#[cfg(test)]
mod tests;

use super::claim::Severity;

/// A check: a named relation between figures.
#[derive(Debug)]
pub struct Check {
    /// "CF101". Stable.
    pub code: &'static str,
    /// Reads aloud: "column-total".
    pub name: &'static str,
    /// What is asked of the figures, in half a line: "the total of a column is the sum of its parts".
    pub gist: &'static str,
    /// How loud a break is where every facet is known; it is a warning at most where one is inferred.
    pub severity: Severity,
    /// Markdown with the headings What it does, Why it matters, Example, When it stays quiet.
    pub doc: &'static str,
    /// What a break says. Filled in are `{published}`, `{computed}`, `{arithmetic}`, and `{about}`: " for …" where the
    /// figures have a label.
    pub message: &'static str,
    /// Documents on which the check makes a claim that holds, and no check makes a warning or an error. Of checks of
    /// formulas, they are sheets, written as in their docs.
    pub holds: &'static [&'static str],
    /// Documents on which the check makes a finding.
    pub breaks: &'static [&'static str],
}

/// Declares the files of the checks and lists them. To add a check is to add its file and its name here.
macro_rules! catalogue {
    ($($file:ident)*) => {
        $(mod $file;)*

        /// Every check, in the order of the codes.
        pub const ALL: &[&Check] = &[$(&$file::CHECK),*];
    };
}

catalogue! {
    cf000
    cf101 cf102 cf103 cf104 cf105 cf106 cf107 cf108 cf109 cf110
    cf201 cf202 cf203 cf204 cf205 cf206 cf207
    cf301 cf302 cf303 cf304 cf306 cf307
    cf401 cf402 cf403
    cf601
    cf701
    cf801 cf803
}

/// The check of a code, in upper or lower case.
pub fn find(code: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.code.eq_ignore_ascii_case(code))
}

/// The name of a code: "column-total" for "CF101"; the code itself where there is no such check.
pub fn name(code: &'static str) -> &'static str {
    find(code).map_or(code, |check| check.name)
}

impl Check {
    /// The message with its blanks filled in. `about` is the label of the figures, empty where they have none.
    pub fn fill(&self, published: &str, computed: &str, arithmetic: &str, about: &str) -> String {
        let about = if about.is_empty() { String::new() } else { format!(" for {about}") };
        let values = [
            ("{published}", published),
            ("{computed}", computed),
            ("{arithmetic}", arithmetic),
            ("{about}", &about),
        ];
        let mut filled = String::new();
        let mut rest = self.message;
        // One pass from the left: what is filled in is never looked at again.
        while let Some(at) = rest.find('{') {
            let (before, blank) = rest.split_at(at);
            let found = values.iter().find(|(name, _)| blank.starts_with(name));
            let (value, taken) = found.map_or(("{", 1), |(name, value)| (*value, name.len()));
            filled.push_str(before);
            filled.push_str(value);
            rest = blank.get(taken..).unwrap_or_default();
        }
        filled + rest
    }

    /// The check's page in Markdown: its name, how loud it is, and its doc.
    pub fn page(&self) -> String {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        format!("# {} {}\n\nSeverity: {severity}\n\n{}", self.code, self.name, self.doc)
    }
}
