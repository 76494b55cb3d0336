//! The kinds of error that are put in, each as people make it.

use super::chance::Chance;
use super::page::Page;
use super::relation::{Changed, Relation, Rule, Term};
use super::text::{self, Number};
use crossfoot::schema::{Finding, Observation, OperandRole};
use num_traits::{Signed, Zero};
use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Digit,
    Transposed,
    Length,
    Row,
    StaleTotal,
    Base,
    Truncation,
    Sign,
    Points,
    ShareOff,
    StaleYear,
    Label,
    Ratio,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Digit,
        Kind::Transposed,
        Kind::Length,
        Kind::Row,
        Kind::StaleTotal,
        Kind::Base,
        Kind::Truncation,
        Kind::Sign,
        Kind::Points,
        Kind::ShareOff,
        Kind::StaleYear,
        Kind::Label,
        Kind::Ratio,
    ];

    /// Of a hundred errors, how many are of this kind.
    pub fn weight(self) -> usize {
        match self {
            Kind::Digit => 15,
            Kind::Base | Kind::ShareOff => 10,
            Kind::Transposed | Kind::Row | Kind::StaleTotal | Kind::Sign | Kind::StaleYear => 8,
            Kind::Truncation => 6,
            Kind::Length | Kind::Label | Kind::Ratio => 5,
            Kind::Points => 4,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Digit => "digit substituted",
            Kind::Transposed => "digits transposed",
            Kind::Length => "digit dropped or doubled",
            Kind::Row => "row dropped or doubled",
            Kind::StaleTotal => "total stale by a row",
            Kind::Base => "wrong base",
            Kind::Truncation => "truncation",
            Kind::Sign => "sign or direction",
            Kind::Points => "points for percent",
            Kind::ShareOff => "share off by 1 to 3",
            Kind::StaleYear => "stale year",
            Kind::Label => "labels swapped",
            Kind::Ratio => "ratio word",
        }
    }
}

/// One error: what is changed in the source.
pub struct Injection {
    pub kind: Kind,
    pub edits: Vec<(Range<usize>, String)>,
    /// Where a finding about it has to point, as places of the clean source.
    pub marks: Vec<Range<usize>>,
    /// The relations that it breaks; it is detectable where there is one.
    pub broken: Vec<usize>,
    /// What a right diagnosis names: one of these.
    mend: Vec<String>,
}

impl Injection {
    /// Whether a finding says what was wrong. That two figures differ is shown by its arithmetic alone.
    pub fn explained(&self, finding: &Finding) -> bool {
        let told = finding.diagnosis.iter().chain([&finding.arithmetic, &finding.message]);
        told.map(|text| text.replace(',', "")).any(|text| self.mend.iter().any(|mend| names(&text, &mend.replace(',', ""))))
    }
}

/// Whether a text has these words, not as part of a longer numeral.
fn names(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (text.get(..at), text.get(at + words.len()..));
        !digit(before.and_then(|t| t.chars().next_back())) && !digit(after.and_then(|t| t.chars().next()))
    })
}

/// Every error of a kind that a document has room for, one for each place.
pub fn all(kind: Kind, page: &Page, relations: &[Relation]) -> Vec<Injection> {
    let mut chance = Chance::named(&format!("{} {}", page.name, kind.name()));
    let made = Making { kind, page, relations };
    match kind {
        Kind::Digit | Kind::Transposed | Kind::Length => made.digits(&mut chance),
        Kind::Row => made.rows(&mut chance),
        Kind::StaleTotal => made.stale_totals(&mut chance),
        Kind::Base => made.bases(&mut chance),
        Kind::Truncation => made.results(|relation, term| relation.truncated(term)),
        Kind::ShareOff => made.results(|relation, term| {
            let by = Number::from([-3, -2, -1, 1, 2, 3][chance.below(6)]);
            let new = term.value + by;
            (relation.rule == Rule::Share && !new.is_negative() && new <= Number::from(100)).then_some(new)
        }),
        Kind::Sign => made.words(DIRECTIONS, |relation| {
            matches!(relation.rule, Rule::Change | Rule::Difference | Rule::Direction)
        }),
        Kind::Points => made.points(),
        Kind::StaleYear => made.stale_years(),
        Kind::Label => made.labels(&mut chance),
        Kind::Ratio => made.words(RATIOS, |relation| relation.rule == Rule::Word),
    }
}

/// A word and what is put in its place. The longer come before those that they contain.
const DIRECTIONS: &[(&str, &str)] = &[
    ("increased", "decreased"),
    ("decreased", "increased"),
    ("increase", "decrease"),
    ("decrease", "increase"),
    ("rises", "falls"),
    ("rise", "fall"),
    ("rose", "fell"),
    ("falls", "rises"),
    ("fallen", "risen"),
    ("fall", "rise"),
    ("fell", "rose"),
    ("higher", "lower"),
    ("lower", "higher"),
    ("more than", "fewer than"),
    ("fewer", "more"),
    ("less than", "more than"),
    ("more", "fewer"),
    ("less", "more"),
    ("up", "down"),
    ("down", "up"),
];

const RATIOS: &[(&str, &str)] = &[
    ("two thirds", "one third"),
    ("three quarters", "a quarter"),
    ("a third", "two thirds"),
    ("a quarter", "three quarters"),
    ("a fifth", "three fifths"),
    ("a half", "a fifth"),
    ("half", "a fifth"),
    ("doubled", "halved"),
    ("trebled", "halved"),
    ("tripled", "halved"),
    ("halved", "doubled"),
    ("twice", "six times"),
    ("three times", "ten times"),
];

struct Making<'a> {
    kind: Kind,
    page: &'a Page,
    relations: &'a [Relation],
}

impl Making<'_> {
    fn broken(&self, changed: &Changed) -> Vec<usize> {
        let about = self.relations.iter().enumerate().filter(|(_, relation)| relation.touches(changed));
        about.filter(|(_, relation)| relation.fails(changed)).map(|(index, _)| index).collect()
    }

    /// Another numeral at a place.
    fn renumbered(&self, place: &Range<usize>, new: String, mend: Vec<String>) -> Option<Injection> {
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
    fn numerals(&self) -> Vec<Range<usize>> {
        let places: BTreeMap<usize, Range<usize>> =
            self.page.numerals.values().map(|range| (range.start, range.clone())).collect();
        places.into_values().collect()
    }

    fn digits(&self, chance: &mut Chance) -> Vec<Injection> {
        let made = self.numerals().into_iter().filter_map(|place| {
            let new = mistyped(self.kind, self.page.printed(&place), chance)?;
            self.renumbered(&place, new, Vec::new())
        });
        made.collect()
    }

    /// Another value for what a relation gives, once for each place.
    fn results(&self, mut other: impl FnMut(&Relation, &Term) -> Option<Number>) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for relation in self.relations {
            let Some((term, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?))) else { continue };
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
    fn cut(&self, place: &Range<usize>) -> Vec<usize> {
        let own = self.relations.iter().enumerate().filter(|(_, relation)| {
            relation.result().is_some_and(|term| term.place.as_ref() == Some(place) && relation.truncated(term).is_some())
        });
        own.map(|(index, _)| index).collect()
    }

    fn stale_totals(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for relation in self.relations.iter().filter(|relation| relation.rule == Rule::Sum) {
            let Some((total, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?))) else { continue };
            let parts: Vec<&Term> = relation.of(OperandRole::Part).filter(|part| !part.value.is_zero()).collect();
            let Some(part) = chance.pick(&parts).filter(|_| parts.len() > 1) else { continue };
            let new = total.value - part.value;
            if total.percent || new.is_negative() {
                continue;
            }
            let printed = text::printed(new, self.page.printed(&place));
            let omitted = part.place.as_ref().map(|place| format!("leaves out the {}", self.page.printed(place)));
            let injection = self.renumbered(&place, printed, omitted.into_iter().collect());
            made.entry(place.start).or_insert(injection);
        }
        made.into_values().flatten().collect()
    }

    /// A share of another whole of the document, a change of the later value.
    fn bases(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut wholes: Vec<Number> =
            self.relations.iter().flat_map(|r| r.of(OperandRole::Whole)).map(|term| term.value).collect();
        wholes.sort_unstable();
        wholes.dedup();
        let mut made = BTreeMap::new();
        for relation in self.relations {
            let Some((term, place)) = relation.result().and_then(|term| Some((term, term.place.clone()?))) else { continue };
            let (above, base) = match relation.rule {
                Rule::Share => {
                    let (Some(part), Some(whole)) = (relation.first(OperandRole::Part), relation.first(OperandRole::Whole)) else { continue };
                    let others: Vec<Number> =
                        wholes.iter().copied().filter(|other| *other != whole.value && *other > part.value).collect();
                    let Some(other) = chance.pick(&others) else { continue };
                    (part.value, *other)
                }
                Rule::Change => {
                    let (Some(before), Some(after)) = (relation.first(OperandRole::Before), relation.first(OperandRole::After)) else { continue };
                    (after.value - before.value, after.value)
                }
                _ => continue,
            };
            if base.is_zero() {
                continue;
            }
            let new = (Number::from(100) * above / base).abs();
            let printed = text::printed(new, self.page.printed(&place));
            if text::value(&printed).is_none_or(|new| (new - term.value.abs()).abs() < text::unit(term.decimals)) {
                continue;
            }
            let mend = vec![format!("of {base}"), "taken of the later figure".to_owned()];
            let injection = self.renumbered(&place, printed, mend);
            made.entry(place.start).or_insert(injection);
        }
        made.into_values().flatten().collect()
    }

    /// The words for a direction or a ratio nearest to what a relation publishes, in its sentence.
    fn words(&self, words: &[(&str, &str)], fits: impl Fn(&Relation) -> bool) -> Vec<Injection> {
        let mut made: BTreeMap<usize, Injection> = BTreeMap::new();
        for (index, relation) in self.relations.iter().enumerate().filter(|(_, relation)| fits(relation)) {
            let Some(published) = relation.published.clone() else { continue };
            let Some((place, new, old)) = self.nearest(words, &published) else { continue };
            let marks = relation.terms.iter().filter_map(|term| term.place.clone());
            let marks: Vec<Range<usize>> = marks.chain([published, place.clone()]).collect();
            let injection = made.entry(place.start).or_insert_with(|| Injection {
                kind: self.kind,
                edits: vec![(place.clone(), new.to_owned())],
                marks: Vec::new(),
                broken: Vec::new(),
                mend: vec![format!(", not a {new}"), format!("not {new}"), ", not a ".to_owned(), old.to_owned()],
            });
            injection.marks.extend(marks);
            injection.broken.push(index);
        }
        made.into_values().collect()
    }

    fn nearest<'w>(&self, words: &[(&'w str, &'w str)], published: &Range<usize>) -> Option<(Range<usize>, &'w str, &'w str)> {
        let source = &self.page.source;
        let stop = |text: &str| text.rfind(['\n', '.', ';', ':', '>']).map_or(0, |at| at + 1);
        let from = stop(source.get(..published.start)?);
        let rest = source.get(published.end..)?;
        let to = published.end + rest.find(['\n', ';', '<']).unwrap_or(rest.len());
        let to = rest.find(". ").map_or(to, |at| to.min(published.end + at));
        let sentence = source.get(from..to)?;
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut best: Option<(usize, Range<usize>, &str, &str)> = None;
        for &(old, new) in words {
            for (at, _) in sentence.match_indices(old) {
                let range = at..at + old.len();
                let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
                let within = letter(sentence[..at].chars().next_back()) || letter(sentence[range.end..].chars().next());
                if within || taken.iter().any(|other| other.start < range.end && range.start < other.end) {
                    continue;
                }
                taken.push(range.clone());
                let place = from + range.start..from + range.end;
                let far = published.start.saturating_sub(place.end).max(place.start.saturating_sub(published.end));
                if best.as_ref().is_none_or(|(least, ..)| far < *least) {
                    best = Some((far, place, new, old));
                }
            }
        }
        best.map(|(_, place, new, old)| (place, new, old))
    }

    /// A difference of percentages as a change in percent.
    fn points(&self) -> Vec<Injection> {
        let points = Regex::new(r"^%? ?(?:percentage points?|points?|pp\b)").expect("a pattern");
        let mut made = Vec::new();
        for place in self.numerals() {
            let Some(found) = self.page.source.get(place.end..).and_then(|rest| points.find(rest)) else { continue };
            let range = place.end..place.end + found.end();
            let broken = self.relations.iter().enumerate().filter(|(_, relation)| {
                let (Some(change), Some(before)) = (relation.result(), relation.first(OperandRole::Before)) else { return false };
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
    fn stale_years(&self) -> Vec<Injection> {
        let mut made = BTreeMap::new();
        for figure in &self.page.figures {
            let (Some(cell), Some(own)) = (&figure.cell, self.page.numerals.get(&figure.id)) else { continue };
            let other = self.page.figures.iter().find(|other| {
                let beside = other.cell.as_ref().is_some_and(|there| there.table == cell.table && there.row == cell.row);
                beside && other.unit == figure.unit && other.value != figure.value && years_differ(other, figure)
            });
            let Some(stale) = other.and_then(|other| self.page.numerals.get(&other.id)) else { continue };
            let stale = self.page.printed(stale).to_owned();
            let repeated = self.relations.iter().filter(|relation| relation.rule == Rule::Same);
            let repeated = repeated.filter(|relation| relation.terms.iter().any(|term| term.place.as_ref() == Some(own)));
            let places = repeated.flat_map(|relation| relation.terms.iter().filter_map(|term| term.place.clone()));
            for place in places.chain([own.clone()]) {
                if let Some(injection) = self.renumbered(&place, stale.clone(), Vec::new()) {
                    made.entry(place.start).or_insert(injection);
                }
            }
        }
        made.into_values().collect()
    }

    fn rows(&self, chance: &mut Chance) -> Vec<Injection> {
        let mut made = Vec::new();
        for row in rows(self.page) {
            let totals = self.relations.iter().filter_map(Relation::result).filter_map(|term| term.place.clone());
            let sums = self.relations.iter().any(|relation| {
                relation.rule == Rule::Sum && relation.result().and_then(|t| t.place.as_ref()).is_some_and(|p| row.places.contains(p))
                    && relation.of(OperandRole::Part).any(|part| part.place.as_ref().is_some_and(|p| !row.places.contains(p)))
            });
            drop(totals);
            if sums {
                continue;
            }
            let doubled = chance.below(2) == 1;
            let source = self.page.printed(&row.whole);
            let new = if doubled { format!("{source}{source}") } else { String::new() };
            let changed: Changed = row.places.iter().map(|place| {
                let twice = text::value(self.page.printed(place)).map(|value| value + value);
                (place.start, if doubled { twice } else { None })
            }).collect();
            let broken: Vec<usize> = self.broken(&changed).into_iter().filter(|&index| {
                let relation = &self.relations[index];
                let within = relation.of(OperandRole::Part).filter(|p| p.place.as_ref().is_some_and(|p| row.places.contains(p)));
                matches!(relation.rule, Rule::Sum | Rule::Whole) && within.count() == 1
            }).collect();
            let results = broken.iter().flat_map(|&index| &self.relations[index].terms);
            let marks: Vec<Range<usize>> = results.filter_map(|term| term.place.clone()).filter(|p| !row.places.contains(p)).collect();
            let mend = broken.iter().flat_map(|&index| &self.relations[index].terms).filter_map(|term| term.place.as_ref())
                .filter(|place| row.places.contains(place)).map(|place| self.page.printed(place).to_owned()).collect();
            made.push(Injection { kind: self.kind, edits: vec![(row.whole.clone(), new)], marks, broken, mend });
        }
        made
    }

    /// The labels of two rows that follow each other, exchanged.
    fn labels(&self, chance: &mut Chance) -> Vec<Injection> {
        let rows = rows(self.page);
        let mut made = Vec::new();
        for pair in rows.windows(2) {
            let [one, two] = pair else { continue };
            let (Some(first), Some(second)) = (&one.label, &two.label) else { continue };
            if one.table != two.table || two.row != one.row + 1 || chance.below(3) == 0 {
                continue;
            }
            let places: Vec<&Range<usize>> = one.places.iter().chain(&two.places).collect();
            let twin = |place: &Range<usize>| {
                let at = |row: &Row| row.places.iter().position(|own| own == place);
                match (at(one), at(two)) {
                    (Some(index), _) => two.places.get(index),
                    (_, Some(index)) => one.places.get(index),
                    _ => None,
                }
            };
            let broken = self.relations.iter().enumerate().filter(|(_, relation)| {
                let outside = relation.terms.iter().any(|t| t.place.as_ref().is_some_and(|p| !places.contains(&p)));
                let moved = relation.terms.iter().filter_map(|t| t.place.as_ref()).find(|p| places.contains(p));
                let differs = moved.and_then(twin).is_some_and(|other| {
                    moved.is_some_and(|moved| self.page.printed(other) != self.page.printed(moved))
                });
                relation.rule == Rule::Same && outside && differs
            });
            let (a, b) = (self.page.printed(first).to_owned(), self.page.printed(second).to_owned());
            made.push(Injection {
                kind: self.kind,
                broken: broken.map(|(index, _)| index).collect(),
                marks: one.places.iter().chain(&two.places).cloned().collect(),
                mend: vec![a.clone(), b.clone()],
                edits: vec![(first.clone(), b), (second.clone(), a)],
            });
        }
        made
    }
}

impl Relation {
    /// What a quotient that was rounded up would be if it were cut short.
    fn truncated(&self, term: &Term) -> Option<Number> {
        let exact = match self.rule {
            Rule::Share => Number::from(100) * self.first(OperandRole::Part)?.value / self.first(OperandRole::Whole).filter(|w| !w.value.is_zero())?.value,
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
            let others: Vec<char> = ('0'..='9').filter(|&digit| digit != digits[index] && (digit != '0' || index > 0)).collect();
            digits[index] = *chance.pick(&others)?;
            Some(digits.into_iter().collect())
        }
        Kind::Transposed => {
            let pairs = at.windows(2).filter(|pair| {
                digits[pair[0]] != digits[pair[1]] && (pair[0] > 0 || digits[pair[1]] != '0')
            });
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
            let (whole, part) = plain.split_once('.').map_or((&*plain, None), |(whole, part)| (whole, Some(part)));
            Some(part.map_or_else(|| text::grouped(whole), |part| format!("{}.{part}", text::grouped(whole))))
        }
    }
}

/// A row of a table that stands in a line of its own.
pub struct Row {
    pub table: String,
    pub row: usize,
    /// The whole line, or the element of a web page, with what ends it.
    pub whole: Range<usize>,
    /// Where its numerals stand.
    pub places: Vec<Range<usize>>,
    pub label: Option<Range<usize>>,
}

pub fn rows(page: &Page) -> Vec<Row> {
    let mut found: BTreeMap<(String, usize), Vec<Range<usize>>> = BTreeMap::new();
    for figure in &page.figures {
        if let (Some(cell), Some(place)) = (&figure.cell, page.numerals.get(&figure.id)) {
            found.entry((cell.table.clone(), cell.row)).or_default().push(place.clone());
        }
    }
    let mut lines: BTreeMap<usize, usize> = BTreeMap::new();
    let rows: Vec<Row> = found.into_iter().filter_map(|((table, row), mut places)| {
        places.sort_by_key(|place| place.start);
        let whole = element(page, places.first()?)?;
        *lines.entry(whole.start).or_default() += 1;
        let alone = places.iter().all(|place| whole.start <= place.start && place.end <= whole.end);
        let label = label(page, &whole, places.first()?);
        alone.then_some(Row { table, row, whole, places, label })
    }).collect();
    rows.into_iter().filter(|row| lines.get(&row.whole.start) == Some(&1)).collect()
}

fn element(page: &Page, place: &Range<usize>) -> Option<Range<usize>> {
    if page.name.ends_with("html") {
        let start = page.source.get(..place.start)?.rfind("<tr")?;
        return Some(start..place.end + page.source.get(place.end..)?.find("</tr>")? + 5);
    }
    let line = page.line(place);
    Some(line.start..(line.end + 1).min(page.source.len()))
}

/// The words before a row's first numeral.
fn label(page: &Page, whole: &Range<usize>, first: &Range<usize>) -> Option<Range<usize>> {
    let before = page.source.get(whole.start..first.start)?;
    let marks = |c: char| !c.is_alphabetic();
    let text = before.trim_start_matches(marks);
    let start = whole.start + before.len() - text.len();
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let plain = !text.is_empty() && !text.contains(['<', '|', '\t', ',']) && text.chars().all(|c| !c.is_ascii_digit());
    plain.then(|| start..start + text.len())
}

impl Injection {
    /// Edits that are no error of the document.
    pub fn damage(edits: Vec<(Range<usize>, String)>) -> Injection {
        Injection { kind: Kind::Digit, edits, marks: Vec::new(), broken: Vec::new(), mend: Vec::new() }
    }
}
