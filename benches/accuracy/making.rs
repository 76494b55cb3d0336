//! Errors in single figures: slips of the fingers, and values worked out or copied wrongly.

use super::chance::Chance;
use super::kinds::{Injection, Kind};
use super::page::Page;
use super::relation::{Changed, Relation, Rule, Term};
use super::text::{self, Number};
use crossfoot::schema::{Observation, OperandRole};
use num_traits::{Signed, Zero};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;

/// Makes the errors of one kind in one document.
pub struct Making<'a> {
    pub kind: Kind,
    pub page: &'a Page,
    pub relations: &'a [Relation],
}

impl Making<'_> {
    pub fn broken(&self, changed: &Changed) -> Vec<usize> {
        let about = self.relations.iter().enumerate().filter(|(_, relation)| relation.touches(changed));
        about.filter(|(_, relation)| relation.fails(changed)).map(|(index, _)| index).collect()
    }

    /// Another numeral at a place.
    pub fn renumbered(&self, place: &Range<usize>, new: String, mend: Vec<String>) -> Option<Injection> {
        let old = self.page.printed(place);
        let changed = Changed::from([(place.start, Some(text::value(&new)?))]);
        (new != old).then(|| Injection {
            kind: self.kind,
            edits: vec![(place.clone(), new)],
            marks: vec![place.clone()],
            broken: self.broken(&changed),
            mend: [vec![old.to_owned()], mend].concat(),
        })
    }

    /// Every numeral that was read as a figure, once.
    pub fn numerals(&self) -> Vec<Range<usize>> {
        let places: BTreeMap<usize, Range<usize>> =
            self.page.numerals.values().map(|range| (range.start, range.clone())).collect();
        places.into_values().collect()
    }

    pub fn digits(&self, chance: &mut Chance) -> Vec<Injection> {
        let made = self.numerals().into_iter().filter_map(|place| {
            let new = mistyped(self.kind, self.page.printed(&place), chance)?;
            self.renumbered(&place, new, Vec::new())
        });
        made.collect()
    }

    /// Another value for what a relation gives, once for each place.
    pub fn results(&self, mut other: impl FnMut(&Relation, &Term) -> Option<Number>) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for relation in self.relations {
            let Some((term, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?)))
            else {
                continue;
            };
            let Some(new) = other(relation, term) else { continue };
            let printed = text::printed(new, self.page.printed(&place));
            let mend = if self.kind == Kind::Truncation { vec!["truncation".to_owned()] } else { Vec::new() };
            if let Some(mut injection) = self.renumbered(&place, printed, mend) {
                if self.kind == Kind::Truncation {
                    injection.broken = self.cut(&place);
                }
                made.entry(place.start).or_insert(injection);
            }
        }
        made.into_values().collect()
    }

    /// The relations that give the figure at a place by a quotient.
    pub fn cut(&self, place: &Range<usize>) -> Vec<usize> {
        let own = self.relations.iter().enumerate().filter(|(_, relation)| {
            relation
                .result()
                .is_some_and(|term| term.place.as_ref() == Some(place) && relation.truncated(term).is_some())
        });
        own.map(|(index, _)| index).collect()
    }

    pub fn stale_totals(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for relation in self.relations.iter().filter(|relation| relation.rule == Rule::Sum) {
            let Some((total, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?)))
            else {
                continue;
            };
            let parts: Vec<&Term> =
                relation.of(OperandRole::Part).filter(|part| !part.value.is_zero()).collect();
            let Some(part) = chance.pick(&parts).filter(|_| parts.len() > 1) else { continue };
            let new = total.value - part.value;
            if total.percent || new.is_negative() {
                continue;
            }
            let printed = text::printed(new, self.page.printed(&place));
            let omitted =
                part.place.as_ref().map(|place| format!("leaves out the {}", self.page.printed(place)));
            let injection = self.renumbered(&place, printed, omitted.into_iter().collect());
            made.entry(place.start).or_insert(injection);
        }
        made.into_values().flatten().collect()
    }

    /// A share of another whole of the document, a change of the later value.
    pub fn bases(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut wholes: Vec<Number> =
            self.relations.iter().flat_map(|r| r.of(OperandRole::Whole)).map(|term| term.value).collect();
        wholes.sort_unstable();
        wholes.dedup();
        let mut made = BTreeMap::new();
        for relation in self.relations {
            let Some((term, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?)))
            else {
                continue;
            };
            let (above, base) = match relation.rule {
                Rule::Share => {
                    let (Some(part), Some(whole)) =
                        (relation.first(OperandRole::Part), relation.first(OperandRole::Whole))
                    else {
                        continue;
                    };
                    // A whole many times larger is nobody's mistake.
                    let near = |other: &Number| *other < whole.value * Number::from(3) && *other > part.value;
                    let others: Vec<Number> =
                        wholes.iter().copied().filter(|other| *other != whole.value && near(other)).collect();
                    let Some(other) = chance.pick(&others) else { continue };
                    (part.value, *other)
                }
                Rule::Change => {
                    let (Some(before), Some(after)) =
                        (relation.first(OperandRole::Before), relation.first(OperandRole::After))
                    else {
                        continue;
                    };
                    (after.value - before.value, after.value)
                }
                _ => continue,
            };
            if base.is_zero() {
                continue;
            }
            let new = (Number::from(100) * above / base).abs();
            let printed = text::printed(new, self.page.printed(&place));
            if text::value(&printed)
                .is_none_or(|new| (new - term.value.abs()).abs() < text::unit(term.decimals))
            {
                continue;
            }
            let mend = vec![format!("of {base}"), "taken of the later figure".to_owned()];
            let injection = self.renumbered(&place, printed, mend);
            made.entry(place.start).or_insert(injection);
        }
        made.into_values().flatten().collect()
    }

    /// A difference of percentages as a change in percent.
    pub fn points(&self) -> Vec<Injection> {
        let points = Regex::new(r"^%? ?(?:percentage points?|points?|pp\b)").expect("a pattern");
        let mut made = Vec::new();
        for place in self.numerals() {
            let Some(found) = self.page.source.get(place.end..).and_then(|rest| points.find(rest)) else {
                continue;
            };
            let range = place.end..place.end + found.end();
            let broken = self.relations.iter().enumerate().filter(|(_, relation)| {
                let (Some(change), Some(before)) = (relation.result(), relation.first(OperandRole::Before))
                else {
                    return false;
                };
                let relative = || (Number::from(100) * change.value / before.value - change.value).abs();
                relation.rule == Rule::Difference
                    && change.place.as_ref() == Some(&place)
                    && !before.value.is_zero()
                    && relative() >= text::unit(change.decimals)
            });
            let broken: Vec<usize> = broken.map(|(index, _)| index).collect();
            let mend = vec!["percentage points".to_owned()];
            let edits = vec![(range, "%".to_owned())];
            made.push(Injection { kind: self.kind, edits, marks: vec![place], broken, mend });
        }
        made
    }

    /// The value of another period from the same row of a table: in its cell, or where the prose repeats it.
    pub fn stale_years(&self) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for figure in &self.page.figures {
            let (Some(cell), Some(own)) = (&figure.cell, self.page.numerals.get(&figure.id)) else {
                continue;
            };
            let other = self.page.figures.iter().find(|other| {
                let beside = other
                    .cell
                    .as_ref()
                    .is_some_and(|there| there.table == cell.table && there.row == cell.row);
                beside
                    && other.unit == figure.unit
                    && other.value != figure.value
                    && years_differ(other, figure)
            });
            let Some(stale) = other.and_then(|other| self.page.numerals.get(&other.id)) else { continue };
            let stale = self.page.printed(stale).to_owned();
            let repeated = self.relations.iter().filter(|relation| relation.rule == Rule::Same);
            let repeated = repeated
                .filter(|relation| relation.terms.iter().any(|term| term.place.as_ref() == Some(own)));
            let places =
                repeated.flat_map(|relation| relation.terms.iter().filter_map(|term| term.place.clone()));
            for place in places.chain([own.clone()]) {
                if let Some(injection) = self.renumbered(&place, stale.clone(), Vec::new()) {
                    made.entry(place.start).or_insert(injection);
                }
            }
        }
        made.into_values().collect()
    }
}

impl Relation {
    /// What a quotient that was rounded up would be if it were cut short.
    pub fn truncated(&self, term: &Term) -> Option<Number> {
        let exact = match self.rule {
            Rule::Share => {
                Number::from(100) * self.first(OperandRole::Part)?.value
                    / self.first(OperandRole::Whole).filter(|w| !w.value.is_zero())?.value
            }
            Rule::Change => {
                let before = self.first(OperandRole::Before).filter(|b| !b.value.is_zero())?.value;
                (Number::from(100) * (self.first(OperandRole::After)?.value - before) / before).abs()
            }
            _ => return None,
        };
        let cut = term.value.abs() - text::unit(term.decimals);
        (exact < term.value.abs() && exact > cut).then_some(cut)
    }
}

fn years_differ(one: &Observation, other: &Observation) -> bool {
    match (&one.period, &other.period) {
        (Some(one), Some(other)) => (&one.start, &one.end) != (&other.start, &other.end),
        _ => false,
    }
}

/// A numeral as it comes of a slip of the fingers.
fn mistyped(kind: Kind, printed: &str, chance: &mut Chance) -> Option<String> {
    let mut digits: Vec<char> = printed.chars().collect();
    let at: Vec<usize> = (0..digits.len()).filter(|&index| digits[index].is_ascii_digit()).collect();
    match kind {
        Kind::Digit => {
            let index = *chance.pick(&at)?;
            let others: Vec<char> =
                ('0'..='9').filter(|&digit| digit != digits[index] && (digit != '0' || index > 0)).collect();
            digits[index] = *chance.pick(&others)?;
            Some(digits.into_iter().collect())
        }
        Kind::Transposed => {
            let pairs = at
                .windows(2)
                .filter(|pair| digits[pair[0]] != digits[pair[1]] && (pair[0] > 0 || digits[pair[1]] != '0'));
            let pairs: Vec<&[usize]> = pairs.collect();
            let pair = chance.pick(&pairs)?;
            digits.swap(pair[0], pair[1]);
            Some(digits.into_iter().collect())
        }
        _ => {
            let index = *chance.pick(&at)?;
            let digit = digits[index];
            if chance.below(2) == 0 && at.len() > 1 {
                digits.remove(index);
            } else {
                digits.insert(index, digit);
            }
            let text: String = digits.into_iter().collect();
            if text.starts_with('0') || text.starts_with('.') || text.ends_with('.') {
                return None;
            }
            let Some(plain) = printed.contains(',').then(|| text.replace(',', "")) else { return Some(text) };
            let (whole, part) =
                plain.split_once('.').map_or((&*plain, None), |(whole, part)| (whole, Some(part)));
            Some(part.map_or_else(|| text::grouped(whole), |part| format!("{}.{part}", text::grouped(whole))))
        }
    }
}
