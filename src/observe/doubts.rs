//! What is known of a document's places before its figures are made: where something may have been misread.

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
    /// For the reader of the results.
    pub why: &'static str,
}

/// Where figures may have been misread.
#[derive(Clone, Debug, Default)]
pub struct Doubts {
    /// Page by page.
    areas: Vec<DoubtfulArea>,
    /// Characters of lines, by the number of the line.
    spots: HashMap<u32, Vec<Range<u32>>>,
    /// What is told of figures on the spots.
    why: &'static str,
}

/// A figure stands in a doubtful area where more than this share of its own area does: areas are those of whole words,
/// and the boxes of two neighbouring words overlap by less.
const WITHIN: f32 = 0.1;

impl Doubts {
    /// Of areas that come page by page.
    pub fn of(areas: Vec<DoubtfulArea>) -> Doubts {
        Doubts { areas, ..Doubts::default() }
    }

    /// With characters of lines besides, each by the number of its line.
    pub fn with_spots(mut self, why: &'static str, spots: impl Iterator<Item = (u32, Range<u32>)>) -> Doubts {
        self.why = why;
        spots.for_each(|(line, chars)| self.spots.entry(line).or_default().push(chars));
        self
    }

    /// Why a figure at a place may have been misread; nothing where it is in no doubt.
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
