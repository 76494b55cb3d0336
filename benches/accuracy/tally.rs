//! Counts with their intervals, and the page that shows them.

use super::damage::Sort;
use super::kinds::Kind;
use super::relation::Class;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What became of one error.
#[derive(Clone, Default)]
pub struct Outcome {
    pub detectable: bool,
    pub class: Class,
    /// The checks whose relations it breaks.
    pub checks: BTreeSet<String>,
    pub found: bool,
    pub placed: bool,
    pub diagnosed: bool,
}

#[derive(Default)]
pub struct Tally {
    outcomes: Vec<(Kind, Outcome)>,
    damages: Vec<(Sort, Vec<(bool, bool)>)>,
}

const INTRODUCTION: &str = "# How many mistakes are found

Written by `UPDATE_DOCS=1 cargo bench --bench accuracy`; not to be edited by hand.

Errors are put into the clean twins of the corpus, one into each copy, and each copy is checked. The kinds and their shares
are those of mistakes in published reports; places and values are drawn by a generator with a fixed seed. An error is
*detectable* where it breaks a claim of the clean document, by arithmetic that is the bench's own, and beyond any way to
round. Claims are those that `expected.json` lists, which a person wrote down without the program, and what the heads of a
table say (totals, shares, changes). What else the program finds to hold does not count: that one number is at most another,
or that two are equal, is not what the document says. Nor do figures count that are printed with nothing between them: the
sums that they make tell them apart, so that an error in one looks like another way to part them. An error is *found* where the copy has an error or a
warning that the clean document has not (for truncation a note, which is what that is told as); in its *place* where the
finding rests on the changed figure, or for a row on the sums that it belongs to; *diagnosed* where the finding names what
stood there before, or the mistake by its kind. Intervals are Wilson's, of 95%.
";

impl Tally {
    pub fn add(&mut self, kind: Kind, outcomes: Vec<Outcome>) {
        self.outcomes.extend(outcomes.into_iter().map(|outcome| (kind, outcome)));
    }

    /// For each piece of damage, whether it was told as a finding and as a diagnostic.
    pub fn damage(&mut self, sort: Sort, told: Vec<(bool, bool)>) {
        self.damages.push((sort, told));
    }

    fn of(&self, which: impl Fn(Kind, &Outcome) -> bool) -> Vec<&Outcome> {
        self.outcomes
            .iter()
            .filter(|(kind, outcome)| which(*kind, outcome))
            .map(|(_, outcome)| outcome)
            .collect()
    }

    pub fn report(&self, documents: usize) -> String {
        let mut page = INTRODUCTION.to_owned();
        let _ = writeln!(
            page,
            "\n{} errors in {documents} documents.\n\n## Where the figures stand\n",
            self.outcomes.len()
        );
        page.push_str(&head("figures"));
        for (class, name) in CLASSES {
            page.push_str(&row(name, &self.of(|_, outcome| outcome.detectable && outcome.class == class)));
        }
        page.push_str("\n## By kind\n\n");
        page.push_str(&head("kind"));
        for kind in Kind::ALL {
            page.push_str(&row(kind.name(), &self.of(|other, _| other == kind)));
        }
        page.push_str(&row("all", &self.of(|_, _| true)));
        page.push_str("\n## By check\n\nAn error counts for every check of which it breaks a claim.\n\n");
        page.push_str(&head("check"));
        let checks: BTreeSet<&String> =
            self.outcomes.iter().flat_map(|(_, outcome)| &outcome.checks).collect();
        for check in checks {
            page.push_str(&row(check, &self.of(|_, outcome| outcome.checks.contains(check))));
        }
        page.push_str("\n## Damage by reading\n\nWhat reading breaks is no mistake of the publisher: nothing may be said of it but our doubt.\n\n");
        page.push_str("| damage | put in | accused | told as doubt |\n| --- | ---: | ---: | ---: |\n");
        for (sort, told) in &self.damages {
            let (accused, doubted) =
                (told.iter().filter(|t| t.0).count(), told.iter().filter(|t| t.1).count());
            let _ = writeln!(
                page,
                "| {} | {} | {accused}{} | {doubted} |",
                sort.name(),
                told.len(),
                interval(accused, told.len())
            );
        }
        page
    }

    /// The counts by name, in percent of what is detectable.
    pub fn json(&self) -> String {
        let mut found = BTreeMap::new();
        for (class, name) in CLASSES {
            let outcomes = self.of(|_, outcome| outcome.detectable && outcome.class == class);
            found.insert(name, percent(&outcomes));
        }
        let accused: usize =
            self.damages.iter().map(|(_, told)| told.iter().filter(|told| told.0).count()).sum();
        serde_json::json!({ "found": found, "all": percent(&self.of(|_, o| o.detectable)), "damage": { "accused": accused } }).to_string()
    }
}

const CLASSES: [(Class, &str); 3] =
    [(Class::Table, "tables"), (Class::Mixed, "prose and table"), (Class::Prose, "prose")];

fn head(first: &str) -> String {
    format!(
        "| {first} | put in | detectable | found | in its place | diagnosed |\n| --- | ---: | ---: | ---: | ---: | ---: |\n"
    )
}

fn row(name: &str, outcomes: &[&Outcome]) -> String {
    let detectable: Vec<&&Outcome> = outcomes.iter().filter(|outcome| outcome.detectable).collect();
    let of = detectable.len();
    let share = |which: fn(&Outcome) -> bool| {
        let count = detectable.iter().filter(|outcome| which(outcome)).count();
        format!("{count}{}", interval(count, of))
    };
    format!(
        "| {name} | {} | {of} | {} | {} | {} |\n",
        outcomes.len(),
        share(|o| o.found),
        share(|o| o.placed),
        share(|o| o.diagnosed)
    )
}

fn percent(outcomes: &[&Outcome]) -> usize {
    (100 * outcomes.iter().filter(|outcome| outcome.placed).count()).checked_div(outcomes.len()).unwrap_or(0)
}

/// A share with its Wilson interval of 95%, in percent.
fn interval(count: usize, of: usize) -> String {
    if of == 0 {
        return String::new();
    }
    let (n, z) = (of as f64, 1.96_f64);
    let share = count as f64 / n;
    let middle = share + z * z / (2.0 * n);
    let wide = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let bound = |at: f64| (100.0 * at / (1.0 + z * z / n)).round();
    format!(" ({:.0}%, {}–{}%)", 100.0 * share, bound(middle - wide).max(0.0), bound(middle + wide))
}
