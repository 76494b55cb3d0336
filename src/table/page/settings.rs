//! The thresholds of finding tables on pages, and what was measured of them.
//!
//! Each threshold was halved, doubled and set to five values between, on the 34 documents of the table competition of
//! ICDAR 2013. They have 13,107 pairs of cells that stand beside each other and 5,240 pairs of a cell and its head.
//! "It loses 47 relations" says how many pairs more are missing or wrong (of either kind, whichever is more). Where
//! nothing is said, the results are the same from half the value to twice the value: such a threshold guards against
//! pages that these documents do not have.

/// Thresholds of the tables of drawn pages. Lengths are in parts of the type's size unless a field says otherwise.
pub(crate) struct TableSettings {
    /// A gap wider than this separates the runs of a line. From 0.45 to 1.12 the measure is the same; at 1.35 it
    /// loses 47 relations.
    pub run_gap: f32,
    /// A gap wider than this separates runs where columns are known or figures stand alone. From 0.375 to 1 the
    /// measure is the same; at 0.25 it loses 203 relations.
    pub close_run_gap: f32,
    /// In type in which all characters have one width, a space is this wide, so no gap up to it separates runs. A
    /// space is 0.6 of the size in most of such type. From 0.675 to 0.938 the measure is the same; at 0.562 it loses
    /// 29 and at 1.12 it loses 12 relations.
    pub fixed_word_gap: f32,
    /// Words whose baselines are closer than this are on one printed line.
    pub max_baseline_step: f32,
    /// Two digits of a word that share more than this part of their width were printed over each other.
    pub max_clash: f32,
    /// Lines closer than this, in points, are one: a double line is drawn for a single one.
    pub snap: f32,
    /// Pieces of a line with less than this between them, in points, are one piece. From 2 to 4 the measure is the
    /// same; at 4.4 it loses 44 relations.
    pub join: f32,
    /// A shorter edge, in points, bounds nothing.
    pub min_edge: f32,
    /// A filled area that ends this close to a line, in points, is bounded by that line. From 6.3 to 14 the measure
    /// is the same; at 5.25 it loses 50 relations.
    pub max_ground_inset: f32,
    /// A page with more filled areas is a picture. It bounds the time.
    pub max_fills: usize,
    /// Edges whose ends are this close, in points, meet. From 1.8 to 4.5 the measure is the same; at 5.4 it loses 2
    /// relations.
    pub reach: f32,
    /// A side of a filled area that an area of the same colour covers by more than this part cannot be seen.
    pub max_shared_side: f32,
    /// A filled area that is less high than this, in points, holds no line of text.
    pub min_ground_height: f32,
    /// A filled area of more than this part of the page is the ground of the page.
    pub max_ground_part: f32,
    /// A page on which more lines cross is a drawing. It bounds the time and memory.
    pub max_crossings: usize,
    /// The side of a cell is drawn where lines cover at least this part of it. From 0.3 to 0.9 the measure is the
    /// same.
    pub min_drawn_part: f32,
    /// A caption and its heads have at most this many lines.
    pub max_head_lines: usize,
    /// Level lines whose ends are this close, in points, have one width.
    pub same_end: f32,
    /// Pieces of a level line with less than this between them, in points, are one line that is drawn column by
    /// column.
    pub max_column_break: f32,
    /// A shorter level line, in points, bounds no table.
    pub min_stroke: f32,
    /// A higher band without text, in points, ends a table.
    pub max_empty_band: f32,
    /// A band of at most this many lines may be heads or totals although its text is not in columns. From 4 to 10 the
    /// measure is the same; at 2 it loses 438 relations.
    pub max_few_lines: usize,
    /// At least so many rows without a label between their lines, and this part of them with words on the left, have their labels
    /// left of the lines. Without this, two tables of a scanned account lose their labels; the measure of real PDFs is the same
    /// with and without it.
    pub min_labelled: usize,
    pub min_labelled_part: f32,
    /// The lines between a caption and its table are at most this far apart.
    pub max_caption_step: f32,
    /// A head over aligned lines is at most this far above them. From 1.43 to 3.8 the measure is the same; at 0.95 it
    /// loses 34 relations.
    pub max_head_step: f32,
    /// A line of running text fills at least this part of its column. From 0.8 to 1 the measure is the same; at 0.72
    /// it loses 47 relations.
    pub min_full_line: f32,
    /// Lines further apart than this are no rows of one table. From 2.4 to 6.4 the measure is the same; at 1.6 it
    /// loses 80 relations.
    pub max_line_step: f32,
    /// A head that follows a gap of this many rows begins another table. From 0.8 to 1.76 the measure is the same; at
    /// 2 it loses 642 relations.
    pub max_pitch: f32,
    /// Lines belong together where white of this width is left free by all. From 0.54 to 1.2 the measure is the same;
    /// at 0.45 it loses 6 relations.
    pub min_shared_white: f32,
    /// The further line of a cell is at most this far below its first.
    pub max_wrapped_step: f32,
    /// A gutter of this width separates columns of any kind. From 0.31 to 0.93 the measure is the same; at 1.24 it
    /// loses 165 relations.
    pub min_gutter: f32,
    /// In type in which all characters have one width, a gutter is wider than a space. From 0.75 to 2 the measure is
    /// the same; at 0.5 it loses 319 relations.
    pub min_fixed_gutter: f32,
    /// A gutter of this width separates columns of numbers.
    pub min_number_gutter: f32,
    /// A gutter of this width separates columns that have no line in common.
    pub min_lone_gutter: f32,
    /// A gutter of this width separates labels from numbers that are set flush right. From 0.15 to 0.375 the measure
    /// is the same; at 0.45 it loses 560 relations.
    pub min_flush_gutter: f32,
    /// Numbers are set flush where their ends differ by less than this.
    pub max_flush_spread: f32,
    /// A gap of this width within one line separates its columns where it is the only line.
    pub min_row_gap: f32,
    /// White of more than this between two lines separates rows. From 0.495 to 1.1 the measure is the same; at 0.412
    /// it loses 6 relations.
    pub max_line_white: f32,
    /// Lines closer than this are one row, unless both have figures. From 0.4 to 0.74 the measure is the same; at 0.8
    /// it loses 13 relations, at 1.6 203.
    pub max_close_step: f32,
    /// A label that leaves free more than this part of the widest label is complete.
    pub max_label_white: f32,
    /// The distance between rows is at least this many times the distance of lines within a row.
    pub min_pitch_ratio: f32,
    /// Words of a head that are further apart than this are two heads.
    pub head_gap: f32,
    /// At a gutter, words of a head that are further apart than this are two heads. From 0.315 to 0.525 the measure
    /// is the same; at 0.21 it loses 452 and at 0.63 it loses 54 relations.
    pub head_gap_at_gutter: f32,
    /// The same as `head_gap` in type in which all characters have one width. From 0.65 to 1.95 the measure is the
    /// same; at 2.6 it loses 26 relations.
    pub fixed_head_gap: f32,
    /// A head stands over a column where they share more than this part of the narrower one.
    pub min_head_overlap: f32,
    /// Lines of one head are at most this far apart. From 2.4 to 4.8 the measure is the same; at 2.16 it loses 2
    /// relations.
    pub max_head_wrap: f32,
    /// A head is over several columns where its middle is nearer to theirs than to its own column by this.
    pub min_head_gain: f32,
    /// A head within drawn lines is over several columns where its middle is this close to theirs, in points. From
    /// 4.5 to 6 the measure is the same; at 3 it loses 22 relations.
    pub max_box_offset: f32,
    /// Cells of a row that are further apart than this are far apart.
    pub min_far: f32,
    /// The rows of a table begin at most this far below heads that are drawn apart, in heights of its rows.
    pub max_stack_gap: f32,
    /// A drawn table with more rows is no head of the table below.
    pub max_head_rows: usize,
    /// The first row below drawn heads, and each further one, is at most this far below the one before.
    pub max_body_gap: f32,
    /// Drawn cells with more words on average are frames around text.
    pub max_cell_words: f32,
    /// The same, where no column holds figures and there are few rows.
    pub max_words_without_figures: f32,
    /// Cells between level lines with more words on average, none of them figures, are text.
    pub max_band_words: f32,
    /// Aligned cells without figures have at most this many words on average.
    pub max_aligned_words: f32,
    /// A table whose cells are drawn has text in at least this part of its cells.
    pub min_filled_boxes: f32,
    /// A table between level lines has text in at least this part of its cells.
    pub min_filled_bands: f32,
    /// A table of aligned lines has text in at least this part of its cells.
    pub min_filled_aligned: f32,
    /// A table of aligned lines without figures has text in more than this part of its cells.
    pub min_filled_wordy: f32,
    /// Rows and columns of a tagged table reach into each other by at most this, in points.
    pub max_tagged_overlap: f32,
    /// A tagged table with more positions is not read by its tags. It bounds the memory.
    pub max_tagged_positions: usize,
    /// Words of two cells that share more than this part of the smaller one contradict the grid.
    pub max_shared_area: f32,
    /// A number that is further off the line of the numbers in its column is in doubt.
    pub max_off_line: f32,
    /// A number this near to a table may belong to it.
    pub max_beside: f32,
    /// A caption has at most this many lines.
    pub max_caption_lines: usize,
    /// A line of a caption has at most this many words.
    pub max_caption_words: usize,
    /// A caption is at most this far above its table.
    pub max_caption_gap: f32,
    /// The lines of a caption are at most this far apart.
    pub max_caption_line_gap: f32,
    /// A gap of this width in a line of text sets its runs apart.
    pub apart_gap: f32,
    /// A line this far below the last begins a paragraph.
    pub min_paragraph_step: f32,
    /// A line that is set in by more than this begins a paragraph.
    pub min_indent: f32,
    /// Type of more than this many times the size of the text is that of a heading.
    pub min_heading_size: f32,
    /// A head's words meet at a gutter where the middle between them is in it or this near to it.
    pub gutter_slack: f32,
    /// A head belongs to each column that it covers by more than this part, where it reaches over several. From 0.3 to
    /// 0.6 the measure is the same; at 0.75 it loses 17 relations.
    pub min_head_cover: f32,
    /// The line below the lowest head is at most this far below its baseline.
    pub max_rule_drop: f32,
    /// The middle of small letters is this far above their baseline.
    pub letter_middle: f32,
    /// The line below a head may be shorter than the head by this at each end.
    pub max_rule_short: f32,
    /// The line below a head is at most this far above the head's baseline.
    pub max_rule_rise: f32,
    /// A line that is closer to the baseline than this underlines words, unless it is longer than they are.
    pub max_underline_drop: f32,
    /// A line of more than this many times the width of its words does not underline them.
    pub max_underline_length: f32,
    /// The head of one column reaches into the next column by at most this.
    pub max_head_intrusion: f32,
    /// A head that stands in the middle of one column and of several is that of one: its middle must be nearer to
    /// theirs by this.
    pub span_cost: f32,
    /// Heads in type of less than this many times the size of a head above them are of lower rank. From 0.85 to 1 the
    /// measure is the same; at 0.64 it loses 25 relations.
    pub max_smaller_head: f32,
    /// A head of all columns is off their middle by at most this part of their width. From 0.1 to 0.2 the measure is
    /// the same; at 0.075 it loses 25 relations.
    pub max_off_centre: f32,
    /// A head that is wider than its column's figures is of all columns where it is off their middle by at most this.
    pub max_wide_offset: f32,
    /// A head is wider than its column's figures where it has more than this many times their width.
    pub min_wider: f32,
    /// A line that covers more than this part of a head parts it from the head below.
    pub min_ruled_part: f32,
    /// A line within a table reaches out of it by at most this, in points.
    pub max_rule_outset: f32,
    /// A level line over more than this part of a table's width is the table's own and underlines no head. From 0.73 to
    /// 0.97 the measure is the same; at 0.48 it loses 612 and at 1 it loses 39 relations.
    pub max_underline_part: f32,
    /// Level lines, and the left ends of lines of text, that differ by less than this, in points, are one.
    pub same_height: f32,
    /// The last row of a table with every other row filled is at most this many times as high as the row above it.
    pub max_white_row: f32,
    /// A higher band, in points, holds more than a few heads.
    pub max_few_height: f32,
    /// A head over several columns reaches over their right end by at most this, in points.
    pub max_head_outset: f32,
}

/// The settings in use.
pub(crate) const SETTINGS: TableSettings = TableSettings {
    run_gap: 0.9,
    close_run_gap: 0.5,
    fixed_word_gap: 0.75,
    max_baseline_step: 0.35,
    max_clash: 0.4,
    snap: 3.2,
    join: 4.0,
    min_edge: 6.0,
    max_ground_inset: 7.0,
    max_fills: 4_000,
    reach: 3.6,
    max_shared_side: 0.8,
    min_ground_height: 7.0,
    max_ground_part: 0.7,
    max_crossings: 60_000,
    min_drawn_part: 0.6,
    max_head_lines: 8,
    same_end: 7.0,
    max_column_break: 24.0,
    min_stroke: 60.0,
    max_empty_band: 30.0,
    max_few_lines: 5,
    min_labelled: 3,
    min_labelled_part: 0.7,
    max_caption_step: 2.5,
    max_head_step: 1.9,
    min_full_line: 0.8,
    max_line_step: 3.2,
    max_pitch: 1.6,
    min_shared_white: 0.6,
    max_wrapped_step: 1.7,
    min_gutter: 0.62,
    min_fixed_gutter: 1.0,
    min_number_gutter: 0.14,
    min_lone_gutter: 1.5,
    min_flush_gutter: 0.3,
    max_flush_spread: 0.25,
    min_row_gap: 1.2,
    max_line_white: 0.55,
    max_close_step: 0.65,
    max_label_white: 0.12,
    min_pitch_ratio: 1.25,
    head_gap: 0.9,
    head_gap_at_gutter: 0.42,
    fixed_head_gap: 1.3,
    min_head_overlap: 0.3,
    max_head_wrap: 2.4,
    min_head_gain: 0.5,
    max_box_offset: 4.5,
    min_far: 1.1,
    max_stack_gap: 1.6,
    max_head_rows: 4,
    max_body_gap: 1.3,
    max_cell_words: 45.0,
    max_words_without_figures: 25.0,
    max_band_words: 12.0,
    max_aligned_words: 4.0,
    min_filled_boxes: 0.2,
    min_filled_bands: 0.25,
    min_filled_aligned: 0.35,
    min_filled_wordy: 0.6,
    max_tagged_overlap: 1.5,
    max_tagged_positions: 100_000,
    max_shared_area: 0.2,
    max_off_line: 2.0,
    max_beside: 8.0,
    max_caption_lines: 3,
    max_caption_words: 16,
    max_caption_gap: 2.2,
    max_caption_line_gap: 0.9,
    apart_gap: 1.5,
    min_paragraph_step: 1.75,
    min_indent: 0.8,
    min_heading_size: 1.15,
    gutter_slack: 0.1,
    min_head_cover: 0.6,
    max_rule_drop: 1.6,
    letter_middle: 0.3,
    max_rule_short: 0.6,
    max_rule_rise: 0.1,
    max_underline_drop: 0.25,
    max_underline_length: 1.08,
    max_head_intrusion: 0.3,
    span_cost: 0.1,
    max_smaller_head: 0.85,
    max_off_centre: 0.1,
    max_wide_offset: 0.6,
    min_wider: 1.05,
    min_ruled_part: 0.5,
    max_rule_outset: 4.0,
    max_underline_part: 0.97,
    same_height: 2.0,
    max_white_row: 1.1,
    max_few_height: 90.0,
    max_head_outset: 6.0,
};
