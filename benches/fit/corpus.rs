//! What the corpus gives: nothing of a clean twin may fail, what fails where an error was put in is broken, and what fails
//! in a damaged copy was misread.

use crate::injected::chance;
use crate::injected::damage::{self, Sort};
use crate::injected::kinds::{Injection, Kind};
use crate::injected::page;
use crate::injected::twins::{self, Twin};
use crate::sample::{self, Failing, Sample, Source};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many errors are put in for each point of a kind's weight.
const ROUNDS: usize = 10;
/// How many pieces of damage of each sort.
const DAMAGES: usize = 150;

pub fn samples() -> Vec<Sample> {
    let twins = twins::twins();
    let clean: Vec<Vec<Failing>> =
        twins.par_iter().map(|twin| sample::failing(&twin.page.document)).collect();
    let mut samples: Vec<Sample> = twins
        .iter()
        .zip(&clean)
        .flat_map(|(twin, failing)| failing.iter().map(|one| one.judged(body(twin), false, Source::Made)))
        .collect();
    let known: Vec<BTreeSet<String>> =
        clean.iter().map(|failing| failing.iter().map(Failing::words).collect()).collect();
    let known_of = |twin: &Twin| {
        let at = twins.iter().position(|other| other.page.name == twin.page.name);
        at.and_then(|at| known.get(at)).expect("one of the twins")
    };
    for kind in Kind::ALL {
        let picked = twins::pick(&twins, kind, ROUNDS);
        let broken = picked.par_iter().filter(|(_, injection)| !injection.broken.is_empty());
        samples.extend(
            broken.flat_map_iter(|(twin, one)| breaks(twin, one, known_of(twin))).collect::<Vec<_>>(),
        );
    }
    for sort in Sort::ALL {
        let mut all: Vec<Vec<Injection>> = twins.iter().map(|twin| damage::all(&twin.page, sort)).collect();
        let picked = chance::evenly(&mut all, DAMAGES, sort.name());
        let damaged = picked.par_iter().map(|(index, injection)| (&twins[*index], injection));
        samples.extend(
            damaged.flat_map_iter(|(twin, one)| misread(twin, one, known_of(twin))).collect::<Vec<_>>(),
        );
    }
    samples
}

fn body(twin: &Twin) -> &str {
    twin.page.name.split('/').next().unwrap_or_default()
}

/// What fails in a copy and did not in the clean twin, with the places that it is about, as they are in the copy.
fn new_in(twin: &Twin, injection: &Injection, known: &BTreeSet<String>) -> Vec<(Failing, Vec<Range<usize>>)> {
    let Some(page) = twin.page.edited(&injection.edits) else { return Vec::new() };
    let new = sample::failing(&page.document).into_iter().filter(|one| !known.contains(&one.words()));
    new.map(|one| {
        let places = page.places(&one.claim);
        (one, places)
    })
    .collect()
}

fn breaks(twin: &Twin, injection: &Injection, known: &BTreeSet<String>) -> Vec<Sample> {
    let marks: Vec<Range<usize>> =
        injection.marks.iter().map(|mark| page::moved(mark, &injection.edits)).collect();
    let here =
        |place: &Range<usize>| marks.iter().any(|mark| place.start < mark.end && mark.start < place.end);
    let about = new_in(twin, injection, known).into_iter().filter(|(_, places)| places.iter().any(here));
    about.map(|(one, _)| one.judged(body(twin), true, Source::Made)).collect()
}

fn misread(twin: &Twin, injection: &Injection, known: &BTreeSet<String>) -> Vec<Sample> {
    let new = new_in(twin, injection, known).into_iter();
    new.map(|(one, _)| one.judged(body(twin), false, Source::Damaged)).collect()
}
