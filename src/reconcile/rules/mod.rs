//! The catalogue: one file a check, with its doc, its examples, how loud it is and what it emits: [`Relation`]s between
//! figures, each with its ranked candidate operands. What is made of a relation is decided elsewhere.

pub mod propose;
#[cfg(test)]
mod tests;

use self::propose::Proposer;
use super::claim::Severity;
use super::ledger::Ledger;
use super::relation::Relation;
use super::run::Run;
use crate::model::document::Document;
use std::collections::BTreeSet;

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
    /// What finds its relations.
    pub emit: Emit,
    /// Markdown with the headings What it does, Why it matters, Example, When it stays quiet.
    pub doc: &'static str,
    /// What a break says. Filled in are `{published}`, `{computed}`, `{arithmetic}`, and `{about}`: " for …" where the
    /// figures have a label.
    pub message: &'static str,
    /// Documents on which the check makes a claim that holds, and no check makes a warning or an error. Of checks of
    /// formulas, they are sheets, written as in their docs; a line `=== NEXT ===` stands between documents of one run.
    pub holds: &'static [&'static str],
    /// Documents on which the check makes a finding.
    pub breaks: &'static [&'static str],
}

/// Finds relations between the figures of a document.
pub type Emitter = fn(&Ledger, &mut Vec<Relation>);

/// Finds relations of a document with the documents of its body that come before it in their run. What is given holds the
/// relations within the document.
pub type AcrossEmitter = fn(&Run, &Ledger, &mut Vec<Relation>);

/// What finds the relations of a check.
#[derive(Debug)]
pub enum Emit {
    /// A search for this check alone, in its own file.
    Own(Emitter),
    /// A search of other documents of the run, in its own file.
    Across(AcrossEmitter),
    /// Searches that find the relations of several checks.
    Shared(&'static [Proposer]),
    /// Nothing: it is what the verdict makes of relations of other checks.
    Verdict,
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
    cf000_lone_figure
    cf100_balance
    cf101_column_total
    cf102_row_total
    cf103_grand_total
    cf104_multiple_response_bound
    cf105_hierarchical_subtotal
    cf106_two_way_crossfoot
    cf107_mean
    cf108_formula_value
    cf109_typed_total
    cf110_short_sum
    cf201_percent_partition_sum
    cf202_percent_partition_feasibility
    cf203_share_of_total
    cf204_grim_share
    cf205_weighted_recombination
    cf206_subset_bound
    cf207_complement
    cf301_percent_change
    cf302_difference
    cf303_direction
    cf304_ratio_word
    cf305_points_or_percent
    cf306_trend
    cf307_rank
    cf401_stated_twice
    cf402_prose_vs_table
    cf403_table_vs_table
    cf404_table_vs_chart_labels
    cf501_cross_year_restatement
    cf502_quote_of_report
    cf503_series
    cf601_list_count
    cf602_mean_of_cases
    cf603_rate
    cf701_reporting_period
    cf702_unit_mismatch
    cf703_money_sum
    cf704_timescale_partition
    cf801_cell_assignment
    cf802_numeral_recovery
    cf803_extraction_suspect
}

/// All relations between the figures of some documents, in order of document and place. Of copies there are none.
pub fn relate(documents: &[Document], copies: &[Option<usize>]) -> Vec<Relation> {
    let emitters = emitters();
    let run = Run::of(documents, copies);
    let mut relations = Vec::new();
    for ledger in run.originals() {
        let mut own = Vec::new();
        emitters.iter().for_each(|(_, emit)| emit(ledger, &mut own));
        across().for_each(|emit| emit(&run, ledger, &mut own));
        own.sort_by(|a, b| (a.place, a.code).cmp(&(b.place, b.code)));
        // The list of a first document is taken as it is: that of a long table is large.
        if relations.is_empty() {
            relations = own;
        } else {
            relations.append(&mut own);
        }
    }
    relations
}

/// What the catalogue names: the shared searches in their order, each once, then the checks' own.
fn emitters() -> Vec<(Option<Proposer>, Emitter)> {
    let shared: BTreeSet<Proposer> = ALL.iter().flat_map(|check| check.emit.shared()).copied().collect();
    let own = ALL.iter().filter_map(|check| match check.emit {
        Emit::Own(emit) => Some((None, emit)),
        Emit::Across(_) | Emit::Shared(_) | Emit::Verdict => None,
    });
    shared.into_iter().map(|one| (Some(one), one.emitter())).chain(own).collect()
}

/// The searches of other documents.
fn across() -> impl Iterator<Item = AcrossEmitter> {
    ALL.iter().filter_map(|check| match check.emit {
        Emit::Across(emit) => Some(emit),
        Emit::Own(_) | Emit::Shared(_) | Emit::Verdict => None,
    })
}

impl Emit {
    fn shared(&self) -> &'static [Proposer] {
        match self {
            Emit::Shared(proposers) => proposers,
            Emit::Own(_) | Emit::Across(_) | Emit::Verdict => &[],
        }
    }
}

/// The check of a code, in upper or lower case.
pub fn find(code: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.code.eq_ignore_ascii_case(code))
}

/// The check of a code or a name, in upper or lower case.
pub fn named(text: &str) -> Option<&'static Check> {
    find(text).or_else(|| ALL.iter().copied().find(|check| check.name.eq_ignore_ascii_case(text)))
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
        let severity = format!("{:?}", self.severity).to_lowercase();
        format!("# {} {}\n\nSeverity: {severity}\n\n{}", self.code, self.name, self.doc)
    }
}
