//! The lists of the pack, a struct a file. A list is explained in its file.

use super::set::{Map, Set};
use serde::{Deserialize, Serialize};

/// Numbers in words, units, and the words that numbers stand with.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numerals {
    pub(crate) small: Map<u64>,
    pub(crate) tens: Map<u64>,
    pub(crate) ordinals: Map<u8>,
    pub(crate) multiples: Map<u64>,
    pub(crate) fractions: Map<u64>,
    pub(crate) counted: Set,
    pub(crate) and: Set,
    pub(crate) hundred: Set,
    pub(crate) dozen: Set,
    pub(crate) thousand: Set,
    pub(crate) million: Set,
    pub(crate) article: Set,
    pub(crate) kinds_of_day: Set,
    pub(crate) half: Set,
    pub(crate) magnitudes: Map<i32>,
    pub(crate) joined_magnitudes: Map<i32>,
    pub(crate) money_magnitudes: Map<i32>,
    pub(crate) points: Set,
    pub(crate) percent: Set,
    pub(crate) per: Set,
    pub(crate) cent: Set,
    pub(crate) percentage: Set,
    pub(crate) short_points: Set,
    pub(crate) days: Set,
    pub(crate) hours: Set,
    pub(crate) months: Set,
    pub(crate) joined_pence: Set,
    pub(crate) pence: Set,
    pub(crate) fold: Set,
    pub(crate) every: Set,
    pub(crate) halved: Set,
    pub(crate) compared_multiples: Map<u64>,
    pub(crate) compared_to: Set,
    pub(crate) leads_multiple: Set,
    pub(crate) adverbs: Set,
    pub(crate) after_adverb: Set,
    pub(crate) after_part: Set,
    pub(crate) before_period_part: Set,
    pub(crate) divided_times: Set,
    pub(crate) articles: Set,
    pub(crate) of: Set,
    pub(crate) after_times: Set,
    pub(crate) times: Set,
    pub(crate) in_many: Set,
    pub(crate) both: Set,
    pub(crate) after_both: Set,
    pub(crate) neither: Set,
    pub(crate) nor: Set,
    pub(crate) after_neither: Set,
    pub(crate) none: Set,
    pub(crate) after_none_other: Set,
    pub(crate) nil: Set,
    pub(crate) no: Set,
    pub(crate) no_count: Set,
    pub(crate) compounds: Set,
    pub(crate) one: Set,
    pub(crate) before_pronoun: Set,
    pub(crate) takes_one: Set,
    pub(crate) after_pronoun: Set,
    pub(crate) after_one: Set,
    pub(crate) those: Set,
    pub(crate) comparatives: Set,
    pub(crate) one_of_many: Set,
    pub(crate) before_minus: Set,
    pub(crate) to: Set,
    pub(crate) from: Set,
    pub(crate) between: Set,
    pub(crate) loose_points: Set,
    pub(crate) before_cell: Set,
}

/// The words around a figure that say how it relates to the true value.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Qualifiers {
    pub(crate) at_most: Set,
    pub(crate) at_least: Set,
    pub(crate) over: Set,
    pub(crate) under: Set,
    pub(crate) about: Set,
    pub(crate) nearly: Set,
    pub(crate) topics: Set,
    pub(crate) told: Set,
    pub(crate) ends: Set,
    pub(crate) rises: Set,
    pub(crate) comparisons: Set,
    pub(crate) differences: Set,
    pub(crate) positions: Set,
    pub(crate) measured: Set,
    pub(crate) or: Set,
    pub(crate) or_more: Set,
    pub(crate) or_fewer: Set,
}

/// Numerals that name something and count nothing: sections and stages, ages, times.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct References {
    pub(crate) steps: Set,
    pub(crate) labels: Set,
    pub(crate) legal: Set,
    pub(crate) run_together: Set,
    pub(crate) hyphened: Set,
    pub(crate) times: Set,
    pub(crate) half_days: Set,
    pub(crate) meridiem: Set,
    pub(crate) glued_units: Set,
    pub(crate) items: Set,
    pub(crate) told: Set,
    pub(crate) joints: Set,
    pub(crate) page: Set,
    pub(crate) after_clause: Set,
    pub(crate) in_age: Set,
    pub(crate) ages: Set,
    pub(crate) bounds: Set,
    pub(crate) people: Set,
    pub(crate) age_joints: Set,
    pub(crate) time_joints: Set,
    pub(crate) years: Set,
    pub(crate) spans: Set,
    pub(crate) before_spans: Set,
    pub(crate) kinds: Set,
}

/// Months, quarters and years, and the words that tell which.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Periods {
    pub(crate) months: Vec<String>,
    pub(crate) short_months: Map<i8>,
    pub(crate) ordinal_endings: Set,
    pub(crate) until: Set,
    pub(crate) of: Set,
    pub(crate) whole_short_months: Set,
    pub(crate) quarter_letters: Set,
    pub(crate) year_kinds: Set,
    pub(crate) year_word: Set,
    pub(crate) the: Set,
    pub(crate) financial_letters: Set,
    pub(crate) to: Set,
    pub(crate) twelve: Set,
    pub(crate) month: Set,
    pub(crate) quarter: Set,
    pub(crate) ending: Set,
    pub(crate) after_ending: Set,
    pub(crate) quarter_ordinals: Map<u8>,
    pub(crate) quarter_names: Set,
    pub(crate) ordinal_quarters: Set,
    pub(crate) of_year: Set,
    pub(crate) first: Set,
    pub(crate) later: Set,
    pub(crate) quarters: Set,
    pub(crate) part_of: Set,
    pub(crate) from_april: Set,
    pub(crate) date: Set,
    pub(crate) reporting: Set,
    pub(crate) period: Set,
    pub(crate) year: Set,
    pub(crate) before: Set,
    pub(crate) last: Set,
    pub(crate) year_before: Set,
    pub(crate) previous_year: Set,
    pub(crate) previous_period: Set,
    pub(crate) this_year: Set,
    pub(crate) next_year: Set,
    pub(crate) year_or_period: Set,
    pub(crate) years: Set,
    pub(crate) ago: Set,
    pub(crate) begin: Set,
    pub(crate) before_month: Set,
    pub(crate) law: Set,
    pub(crate) after_count: Set,
    pub(crate) before_year: Set,
    pub(crate) before_count: Set,
    pub(crate) counts: Set,
    pub(crate) in_cells: Set,
    pub(crate) beside_in_cells: Set,
    pub(crate) quarter_words: Set,
}

/// What stands in a cell in the place of a figure or after one.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    pub(crate) blank: Set,
    pub(crate) not_applicable: Set,
    pub(crate) suppressed: Set,
    pub(crate) unrecorded: Set,
    pub(crate) unkept: Set,
    pub(crate) cell: Set,
    pub(crate) unit_letters: Set,
    pub(crate) no_unit: Set,
    pub(crate) void: Set,
    pub(crate) working: Set,
    pub(crate) time_units: Set,
    pub(crate) movements: Set,
}

/// Titles, captions, notes, page labels and lists of contents; what makes a sentence of a line.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Titles {
    pub(crate) verbs: Set,
    pub(crate) questions: Set,
    pub(crate) hanging: Set,
    pub(crate) labels: Set,
    pub(crate) received: Set,
    pub(crate) participles: Set,
    pub(crate) page: Set,
    pub(crate) spaced_page: Set,
    pub(crate) of_pages: Set,
    pub(crate) notes: Set,
    pub(crate) notes_without_mark: Set,
    pub(crate) page_heads: Set,
    pub(crate) contents: Set,
    pub(crate) captioned: Set,
    pub(crate) table_notes: Set,
    pub(crate) continued: Set,
    pub(crate) table_verbs: Set,
    pub(crate) loosely_captioned: Set,
    pub(crate) continued_tables: Set,
    pub(crate) sheet_notes: Set,
    pub(crate) appendix: Set,
    pub(crate) table_word: Set,
    pub(crate) contents_word: Set,
    pub(crate) numbered: Set,
    pub(crate) numbered_by: Set,
}

/// What heads of rows and columns are and say.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heads {
    pub(crate) whole: Set,
    pub(crate) connectives: Set,
    pub(crate) of_labels: Set,
    pub(crate) total: Set,
    pub(crate) percent: Set,
    pub(crate) per_100000: Set,
    pub(crate) per_1000: Set,
    pub(crate) average: Set,
    pub(crate) days: Set,
    pub(crate) change: Set,
    pub(crate) before_change: Set,
    pub(crate) after_change: Set,
    pub(crate) season: Set,
    pub(crate) changed: Set,
}

/// The names of the bodies that publish reports.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bodies {
    pub(crate) heads: Set,
    pub(crate) kinds: Set,
    pub(crate) joints: Set,
    pub(crate) leads: Set,
    pub(crate) areas: Set,
    pub(crate) of: Set,
    pub(crate) articles: Set,
}

/// What the rules that relate figures ask of the words around them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    pub(crate) several_answers: Set,
    pub(crate) grand: Set,
    pub(crate) partial: Set,
    pub(crate) states_period: Set,
    pub(crate) in_year: Set,
    pub(crate) lowest: Set,
    pub(crate) names_nothing: Set,
    pub(crate) falls: Set,
    pub(crate) points_back: Set,
    pub(crate) rounded: Set,
    pub(crate) stage: Set,
    pub(crate) stages: Map<u32>,
    pub(crate) respectively: Set,
}

/// What heads and labels say of the numbers of a table.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Totals {
    pub(crate) alone: Set,
    pub(crate) edge: Set,
    pub(crate) beginning: Set,
    pub(crate) graded: Set,
    pub(crate) hints_total: Set,
    pub(crate) hints_mean: Set,
    pub(crate) hints_share: Set,
    pub(crate) hints_change: Set,
    pub(crate) begins_total: Set,
}

/// Everything else: words without content, joints of clauses, the layout of text.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) keeps_hyphen: Set,
    pub(crate) keeps_hyphen_before_vowel: Set,
    pub(crate) abbreviations: Set,
    pub(crate) abbreviations_before_numbers: Set,
    pub(crate) before_figures: Set,
    pub(crate) leaves_open: Set,
    pub(crate) contacts: Set,
    pub(crate) relative: Set,
    pub(crate) ends_noun_phrase: Set,
    pub(crate) breaks: Set,
    pub(crate) period_stated: Set,
    pub(crate) without_content: Set,
    pub(crate) adverb_ending: Set,
    pub(crate) introduces: Set,
    pub(crate) compares_period: Set,
    pub(crate) before_compared: Set,
    pub(crate) limits: Set,
    pub(crate) without_content_in_labels: Set,
    pub(crate) contrasts: Set,
    pub(crate) opens_clause: Set,
    pub(crate) joins_clause: Set,
    pub(crate) says: Set,
}

/// A file of lists: its name in the folder of the pack, and its text.
pub(crate) type File<'a> = (&'a str, &'a str);

macro_rules! pack {
    ($($(#[doc = $doc:literal])* $field:ident: $type:ident = $file:literal),* $(,)?) => {
        /// Every list, by the file that it stands in.
        #[derive(Debug, Default, Serialize, Deserialize)]
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

/// The text of a file of lists that comes with the program.
pub(crate) fn of_program(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}
