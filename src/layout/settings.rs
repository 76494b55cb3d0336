//! The thresholds of finding lines, reading order and blocks.

/// Thresholds of the layout stage. Lengths of text are in bytes of a line, those on a page in parts of the type size, unless a field says otherwise.
pub(crate) struct LayoutSettings {
    /// A paragraph continues over the end of a page or a gap of at most this many lines.
    pub max_paragraph_gap: usize,
    /// A sentence continues over a gap only after a line at least this long.
    pub min_open_line: usize,
    /// At least this many titles directly below each other are a list under the first of them.
    pub min_titles_of_list: usize,
    /// A line at least this long is prose.
    pub min_prose_line: usize,
    /// The mark of a note is at most this many lines above it: about a page.
    pub max_note_distance: usize,
    /// A title in a contents list is not longer.
    pub max_contents_title: usize,
    /// A contents list without a heading has at least this many lines.
    pub min_contents_lines: usize,
    /// A running head or foot is printed on at least this many pages.
    pub min_running_head_pages: usize,
    /// Bare numbers that count pages are at least this many lines apart.
    pub min_page_lines: usize,
    /// A running head is not longer.
    pub max_running_head: usize,
    /// A count of sections has at least this many headings; fewer may be chance.
    pub min_counted_sections: usize,
    /// A higher number is not that of a section.
    pub max_section_number: u32,
    /// A run of words without a mark is cut at a blank after this many bytes. What is stated further apart does not
    /// belong together, and the phrases need not be linear in the length of a sentence.
    pub max_sentence: usize,
    /// How many bytes after a mark are examined.
    pub max_sentence_lookahead: usize,
    /// A title is not longer.
    pub max_title: usize,
    /// A title has at most this many words.
    pub max_title_words: usize,
    /// Lines with fewer characters say nothing about the width of the text: they are headers, cells or last lines
    /// of paragraphs.
    pub min_measured_line: usize,
    /// No text is wrapped at more characters.
    pub max_wrap_width: usize,
    /// A gap at least this wide separates words.
    pub min_word_gap: f32,
    /// A typed space is narrower.
    pub max_typed_space: f32,
    /// A gap at least this wide between digits separates thousands.
    pub min_thousands_gap: f32,
    /// Glyphs whose baselines are at most this far apart are on one line.
    pub max_baseline_distance: f32,
    /// A superscript or subscript is smaller than this part of the size of its word.
    pub max_mark_size: f32,
    /// A drawn bullet is not larger.
    pub max_bullet: f32,
    /// A drawn bullet is at most this far before its line.
    pub max_bullet_distance: f32,
    /// A turned region has at least this many lines of several runs.
    pub min_turned_lines: usize,
    /// The lines of a turned region are at most this far apart.
    pub max_turned_line_gap: f32,
    /// The runs of its lines are at most this far apart.
    pub max_turned_run_gap: f32,
    /// A page with more words in another direction is a drawing.
    pub max_turned_words: usize,
    /// How many rounds of touching lines are followed to the edges of a turned region.
    pub max_drawn_rounds: usize,
    /// A text column has at least this many lines.
    pub min_column_lines: usize,
    /// The gap between text columns is at least this wide.
    pub min_gutter: f32,
    /// Columns are divided again up to this depth; running text has no more columns.
    pub max_column_depth: usize,
    /// An item reaches at most this far over its column, in points.
    pub max_column_overhang: f32,
    /// A line of at least this part of the width of its column fills it.
    pub min_filled_part: f32,
}

/// The settings in use.
pub(crate) const SETTINGS: LayoutSettings = LayoutSettings {
    max_paragraph_gap: 8,
    min_open_line: 40,
    min_titles_of_list: 4,
    min_prose_line: 40,
    max_note_distance: 120,
    max_contents_title: 200,
    min_contents_lines: 3,
    min_running_head_pages: 3,
    min_page_lines: 10,
    max_running_head: 160,
    min_counted_sections: 3,
    max_section_number: 60,
    max_sentence: 4_000,
    max_sentence_lookahead: 200,
    max_title: 110,
    max_title_words: 14,
    min_measured_line: 40,
    max_wrap_width: 220,
    min_word_gap: 0.14,
    max_typed_space: 0.45,
    min_thousands_gap: 0.08,
    max_baseline_distance: 0.17,
    max_mark_size: 0.85,
    max_bullet: 0.6,
    max_bullet_distance: 2.5,
    min_turned_lines: 3,
    max_turned_line_gap: 2.0,
    max_turned_run_gap: 15.0,
    max_turned_words: 5_000,
    max_drawn_rounds: 100,
    min_column_lines: 4,
    min_gutter: 0.9,
    max_column_depth: 4,
    max_column_overhang: 3.0,
    min_filled_part: 0.8,
};
