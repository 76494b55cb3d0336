//! The lists of words, one struct for each file. The files explain each list.

use super::set::{List, Map, Set};
use super::table::WordTable;

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
        }

        impl $name {
            /// Its lists by name.
            pub(super) fn lists(&mut self) -> Vec<(&'static str, &mut dyn List)> {
                vec![$((stringify!($field), &mut self.$field)),*]
            }
        }
    )*};
}

lists! {
    /// Numbers in words, units, and the words that numbers stand with.
    Numerals {
        small: Map<u64>,
        tens: Map<u64>,
        ordinals: Map<u8>,
        multiples: Map<u64>,
        fractions: Map<u64>,
        counted: Set,
        and: Set,
        hundred: Set,
        dozen: Set,
        thousand: Set,
        million: Set,
        article: Set,
        kinds_of_day: Set,
        working: Set,
        half: Set,
        magnitudes: Map<i32>,
        joined_magnitudes: Map<i32>,
        money_magnitudes: Map<i32>,
        points: Set,
        percent: Set,
        per: Set,
        cent: Set,
        percentage: Set,
        short_points: Set,
        days: Set,
        hours: Set,
        months: Set,
        joined_pence: Set,
        pence: Set,
        fold: Set,
        every: Set,
        halved: Set,
        compared_multiples: Map<u64>,
        compared_to: Set,
        leads_multiple: Set,
        adverbs: Set,
        after_adverb: Set,
        after_part: Set,
        before_period_part: Set,
        divided_times: Set,
        articles: Set,
        of: Set,
        after_times: Set,
        times: Set,
        in_many: Set,
        both: Set,
        after_both: Set,
        neither: Set,
        nor: Set,
        after_neither: Set,
        none: Set,
        after_none_other: Set,
        nil: Set,
        no: Set,
        no_count: Set,
        relative: Set,
        compounds: Set,
        one: Set,
        before_pronoun: Set,
        takes_one: Set,
        after_pronoun: Set,
        after_one: Set,
        those: Set,
        comparatives: Set,
        one_of_many: Set,
        before_minus: Set,
        to: Set,
        from: Set,
        between: Set,
        loose_points: Set,
        before_cell: Set,
        measure_before: Set,
        so_many: Set,
    }

    /// The words around a figure that say how it relates to the true value.
    Qualifiers {
        at_most: Set,
        at_least: Set,
        over: Set,
        under: Set,
        about: Set,
        nearly: Set,
        topics: Set,
        told: Set,
        ends: Set,
        rises: Set,
        comparisons: Set,
        differences: Set,
        positions: Set,
        measured: Set,
        or: Set,
        or_more: Set,
        or_fewer: Set,
    }

    /// Numerals that name something and count nothing: sections and stages, ages, times.
    References {
        steps: Set,
        labels: Set,
        legal: Set,
        run_together: Set,
        hyphened: Set,
        times: Set,
        half_days: Set,
        meridiem: Set,
        glued_units: Set,
        items: Set,
        told: Set,
        joints: Set,
        page: Set,
        after_clause: Set,
        in_age: Set,
        ages: Set,
        bounds: Set,
        people: Set,
        age_joints: Set,
        time_joints: Set,
        years: Set,
        spans: Set,
        before_spans: Set,
        kinds: Set,
    }

    /// Months, quarters and years, and the words that tell which.
    Periods {
        months: Vec<String>,
        short_months: Map<i8>,
        ordinal_endings: Set,
        until: Set,
        of: Set,
        whole_short_months: Set,
        up: Set,
        half_letters: Set,
        quarter_letters: Set,
        year_kinds: Set,
        year_word: Set,
        the: Set,
        financial_letters: Set,
        to: Set,
        twelve: Set,
        month: Set,
        quarter: Set,
        ending: Set,
        after_ending: Set,
        quarter_ordinals: Map<u8>,
        quarter_names: Set,
        ordinal_quarters: Set,
        of_year: Set,
        first: Set,
        later: Set,
        quarters: Set,
        part_of: Set,
        from_april: Set,
        date: Set,
        year_to_date: Set,
        reporting: Set,
        period: Set,
        year: Set,
        before: Set,
        last: Set,
        year_before: Set,
        previous_year: Set,
        throughout: Set,
        weeks: Set,
        previous_period: Set,
        this_year: Set,
        next_year: Set,
        year_or_period: Set,
        years: Set,
        ago: Set,
        begin: Set,
        before_month: Set,
        law: Set,
        after_count: Set,
        before_year: Set,
        before_count: Set,
        counts: Set,
        in_cells: Set,
        beside_in_cells: Set,
        quarter_words: Set,
    }

    /// What stands in a cell in the place of a figure or after one.
    Marks {
        blank: Set,
        not_applicable: Set,
        suppressed: Set,
        unrecorded: Set,
        unkept: Set,
        cell: Set,
        unit_letters: Set,
        no_unit: Set,
        working: Set,
        time_units: Set,
        movements: Set,
    }

    /// Titles, captions, notes, page labels and lists of contents; what makes a sentence of a line.
    Titles {
        verbs: Set,
        questions: Set,
        hanging: Set,
        labels: Set,
        received: Set,
        participles: Set,
        page: Set,
        spaced_page: Set,
        of_pages: Set,
        notes: Set,
        notes_without_mark: Set,
        page_heads: Set,
        contents: Set,
        captioned: Set,
        table_notes: Set,
        continued: Set,
        by: Set,
        table_verbs: Set,
        loosely_captioned: Set,
        continued_tables: Set,
        sheet_notes: Set,
        appendix: Set,
        table_word: Set,
        contents_word: Set,
        numbered: Set,
        numbered_by: Set,
    }

    /// Words that make a cell a header, and what headers say.
    Heads {
        whole: Set,
        connectives: Set,
        of_labels: Set,
        total: Set,
        percent: Set,
        per_100000: Set,
        per_10000: Set,
        per_1000: Set,
        ratio: Set,
        weighted: Set,
        thousands: Set,
        millions: Set,
        billions: Set,
        unweighted: Set,
        average: Set,
        days: Set,
        working_days: Set,
        money: Set,
        counts: Set,
        change: Set,
        before_change: Set,
        after_change: Set,
        season: Set,
        changed: Set,
    }

    /// The names of the bodies that publish reports, and what surrounds them.
    Bodies {
        heads: Set,
        kinds: Set,
        county: Set,
        borough: Set,
        parish: Set,
        short_heads: Set,
        joints: Set,
        and: Set,
        areas: Set,
        title_areas: Set,
        of: Set,
        lengthens: Set,
        not_in_names: Set,
        no_place: Set,
        other_heads: Set,
        other_leads: Set,
        watchdogs: Set,
        triggers: Set,
        own: Set,
        everyday: Set,
    }

    /// The kinds of documents.
    Kinds {
        minutes: Set,
        letter: Set,
        press: Set,
        press_files: Set,
        data_files: Set,
        report: Set,
        said: Set,
    }

    /// What the rules that relate figures ask of the words around them.
    Rules {
        several_answers: Set,
        decisions: Set,
        grand: Set,
        partial: Set,
        states_period: Set,
        of_this_report: Set,
        quarter_before: Set,
        in_thousands: Set,
        in_year: Set,
        lowest: Set,
        extreme_high: Set,
        extreme_low: Set,
        mean_of_all: Set,
        names_nothing: Set,
        loosely_ranked: Set,
        one_of_several: Set,
        some_place: Set,
        joins_names: Set,
        goes_on: Set,
        settled_there: Set,
        falls: Set,
        points_back: Set,
        concludes: Set,
        answer_rate: Set,
        net: Set,
        majority: Set,
        top: Set,
        shown_in: Set,
        still_open: Set,
        rounded: Set,
        of_shares: Set,
        of_counts: Set,
        stage: Set,
        stages: Map<u32>,
        respectively: Set,
        days_are_working: Set,
        people: Set,
        answered: Set,
    }

    /// What the labels of rows are, by the words over them.
    Classes {
        service: Set,
        team: Set,
        ward: Set,
        topic: Set,
        reason: Set,
        outcome: Set,
        channel: Set,
        complainant: Set,
        age: Set,
        ethnicity: Set,
        by: Set,
        bare: Set,
        about_complaints: Set,
    }

    /// How the words around a figure of a sentence become its label.
    Labels {
        dropped: Set,
        leading: Set,
        trailing: Set,
        ends: Set,
        not_naming: Set,
        noise: Set,
        cases: Set,
        paid: Set,
    }

    /// What heads and labels say of the numbers of a table.
    Totals {
        alone: Set,
        edge: Set,
        beginning: Set,
        graded: Set,
        whole_year: Set,
        hints_total: Set,
        hints_mean: Set,
        hints_share: Set,
        hints_change: Set,
        begins_total: Set,
        stock: Set,
        opening: Set,
        closing: Set,
        when: Set,
    }

    /// Everything else: words without content, joints of clauses, the layout of text.
    Words {
        keeps_hyphen: Set,
        keeps_hyphen_before_vowel: Set,
        abbreviations: Set,
        abbreviations_before_numbers: Set,
        before_figures: Set,
        leaves_open: Set,
        contacts: Set,
        relative: Set,
        ends_noun_phrase: Set,
        plural_ending: Set,
        plurals: Set,
        counts_anything: Set,
        breaks: Set,
        joins_list: Set,
        opens_list: Set,
        before_value: Set,
        dates_next: Set,
        links_part: Set,
        tells: Set,
        leads_to_topic: Set,
        ends_topic: Set,
        period_stated: Set,
        without_content: Set,
        adverb_ending: Set,
        introduces: Set,
        compares_period: Set,
        before_compared: Set,
        same_period: Set,
        limits: Set,
        before_time: Set,
        after_time: Set,
        ended: Set,
        without_content_in_labels: Set,
        contrasts: Set,
        opens_clause: Set,
        joins_clause: Set,
        says: Set,
    }
}

macro_rules! pack {
    ($($field:ident: $type:ident,)*) => {
        /// Every list, by the file that it stands in.
        #[derive(Debug, Default)]
        pub(crate) struct Pack {
            $(pub(crate) $field: $type,)*
        }

        /// The files of lists that come with the program: the name of each in the folder of the pack, and its text.
        pub(crate) const FILES: &[(&str, &str)] = &[$((
            concat!(stringify!($field), ".toml"),
            include_str!(concat!("../../grammars/en-GB/", stringify!($field), ".toml")),
        )),*];

        impl Pack {
            /// The lists of each file by name, in the order in which they are written down.
            pub(super) fn files(&mut self) -> Vec<(&'static str, Vec<(&'static str, &mut dyn List)>)> {
                vec![$((concat!(stringify!($field), ".toml"), self.$field.lists())),*]
            }
        }
    };
}

pack! {
    numerals: Numerals,
    qualifiers: Qualifiers,
    references: References,
    periods: Periods,
    marks: Marks,
    titles: Titles,
    heads: Heads,
    bodies: Bodies,
    kinds: Kinds,
    rules: Rules,
    totals: Totals,
    classes: Classes,
    labels: Labels,
    words: Words,
}

impl Pack {
    /// The lists that were written down.
    pub(crate) fn of(tables: Vec<WordTable>) -> Pack {
        let mut pack = Pack::default();
        let lists = pack.files().into_iter().flat_map(|(_, lists)| lists);
        lists.zip(tables).for_each(|((_, list), table)| list.fill(table));
        pack
    }
}

/// The text of a file of lists that comes with the program.
pub(crate) fn of_program(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}
