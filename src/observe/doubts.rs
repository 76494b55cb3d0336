//! Where in a document something may have been misread. This is known before figures are made.

use crate::model::geometry::Rect;
use crate::model::hint::{LineBox, area_of};
use crate::model::text::{Line, Place};
use std::collections::HashMap;
use std::ops::Range;

/// An area of a page in which figures may have been misread, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubtfulArea {
    /// From 1.
    pub page: u32,
    /// On the page as shown.
    pub area: Rect,
    /// The reason, in words for the reader of the results.
    pub why: &'static str,
}

/// Where figures may have been misread.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// Page by page.
    areas: Vec<DoubtfulArea>,
    /// Ranges of characters, by the number of their line.
    spots: HashMap<u32, Vec<Range<u32>>>,
    /// The reason that is given for figures in these ranges.
    why: &'static str,
}

/// A figure counts as doubtful where more than this share of its own area lies in a doubtful area. Such areas are
/// those of whole words, and the boxes of two neighbouring words overlap by less than this.
const WITHIN: f32 = 0.1;

impl Doubts {
    /// The doubts of areas that are given page by page.
    pub fn of(areas: Vec<DoubtfulArea>) -> Doubts {
        Doubts { areas, ..Doubts::default() }
    }

    /// Adds ranges of characters, each with the number of its line.
    pub fn with_spots(mut self, why: &'static str, spots: impl Iterator<Item = (u32, Range<u32>)>) -> Doubts {
        self.why = why;
        spots.for_each(|(line, chars)| self.spots.entry(line).or_default().push(chars));
        self
    }

    /// The reasons why a figure at a place may have been misread. There are none where nothing is in doubt.
    pub(super) fn at(&self, lines: &[Line], boxes: &[LineBox], place: Place) -> Vec<&'static str> {
        let area = (!self.areas.is_empty()).then(|| self.in_area(area_of(lines, boxes, place)?, place.page));
        let mut found: Vec<&'static str> = area.flatten().into_iter().collect();
        let end = if place.line_end == place.line { place.end } else { u32::MAX };
        let spots = self.spots.get(&place.line).map_or(&[][..], Vec::as_slice);
        if spots.iter().any(|spot| spot.start < end && place.start < spot.end) {
            found.push(self.why);
        }
        found
    }

    fn in_area(&self, area: Rect, page: u32) -> Option<&'static str> {
        let from = self.areas.partition_point(|doubt| doubt.page < page);
        let mut here = self.areas.iter().skip(from).take_while(|doubt| doubt.page == page);
        here.find(|doubt| doubt.area.meet(area).area() > WITHIN * area.area()).map(|doubt| doubt.why)
    }
}
