//! The limits and thresholds of reading PDFs.

/// Limits and thresholds of reading a PDF. Lengths are in points of the page as shown, unless a field says otherwise.
pub(crate) struct PdfSettings {
    /// Further pages are not read.
    pub max_pages: usize,
    /// Further glyphs of a page are left out, with a diagnostic.
    pub max_glyphs: usize,
    /// Further lines and areas of a page are left out; a page with so many is a drawing.
    pub max_marks: usize,
    /// Further annotations of a page are not examined.
    pub max_annotations: usize,
    /// A page whose content may unpack to more bytes is left out.
    pub max_page_content: usize,
    /// Content of a page is compared with its checksum up to this length as stored, in bytes.
    pub max_checked_content: usize,
    /// Further streams of a page are not checked.
    pub max_streams: usize,
    /// Further elements of the structure tree are not visited.
    pub max_elements: usize,
    /// Deeper elements of the structure tree are not visited.
    pub max_element_depth: usize,
    /// A tagged cell that claims to span more rows or columns spans one.
    pub max_tagged_span: i32,
    /// A longer `ToUnicode` table is not compared with the names of glyphs; as stored, in bytes.
    pub max_unicode_table: usize,
    /// Further fonts of a page are not compared.
    pub max_compared_fonts: usize,
    /// A longer metadata stream is ignored; as stored, in bytes.
    pub max_metadata: usize,
    /// A page dictionary is searched for in this many bytes. Most have fewer than a thousand.
    pub max_page_dictionary: usize,
    /// Further nodes of the page tree are not visited.
    pub max_page_nodes: usize,
    /// Height of a glyph above its baseline, in parts of the type size. The values in fonts are not accessible, and
    /// unreliable where they are.
    pub ascent: f64,
    /// Depth of a glyph below its baseline, in parts of the type size.
    pub descent: f64,
    /// Usual height of a digit, in thousandths of the type size.
    pub digit_height: f64,
    /// A filled rectangle up to this thickness is a rule.
    pub max_rule_width: f32,
    /// A shorter line is a dot.
    pub min_rule_length: f32,
    /// Further backgrounds of a page are ignored; a page with so many is a drawing.
    pub max_backgrounds: usize,
    /// Lower areas have no text printed on them.
    pub min_background_height: f32,
    /// A path of more pieces counts as filling its bounds, because a test whether it contains a point visits each
    /// piece.
    pub max_outline_pieces: usize,
    /// White text could not be read on a fainter area.
    pub min_background_opacity: f32,
    /// Smaller type is not visible.
    pub min_type_size: f32,
    /// A shadow is at most this far from its glyph, in parts of the type size.
    pub max_shadow_offset: f32,
}

/// The settings in use.
pub(crate) const SETTINGS: PdfSettings = PdfSettings {
    max_pages: 20_000,
    max_glyphs: 400_000,
    max_marks: 100_000,
    max_annotations: 10_000,
    max_page_content: 1 << 30,
    max_checked_content: 8 << 20,
    max_streams: 1_000,
    max_elements: 500_000,
    max_element_depth: 60,
    max_tagged_span: 100,
    max_unicode_table: 64 << 10,
    max_compared_fonts: 200,
    max_metadata: 256 << 10,
    max_page_dictionary: 20_000,
    max_page_nodes: 100_000,
    ascent: 0.76,
    descent: 0.22,
    digit_height: 700.0,
    max_rule_width: 3.0,
    min_rule_length: 1.0,
    max_backgrounds: 2_000,
    min_background_height: 4.0,
    max_outline_pieces: 2_000,
    min_background_opacity: 0.1,
    min_type_size: 0.4,
    max_shadow_offset: 0.15,
};
