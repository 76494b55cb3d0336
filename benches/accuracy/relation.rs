//! What can be checked in a clean twin, and so what a careful reader of a broken copy can see.
//!
//! That is what `expected.json` lists, which was written by hand, and what the heads of a table say: totals, shares and
//! changes. What else the program claims of a twin is not taken for a claim of the document: two equal numbers may be of two
//! things, and a small number is at most a large one in any case. An error is called detectable where it breaks one of these
//! relations by arithmetic of this file's own, which knows nothing of the program's: beyond any way to round, where something
//! is rounded. Figures that are printed with nothing between them ("Total591531645") are told apart by the sums that they
//! make; an error in one cannot be told from another way to part them, so no relation of theirs counts.

use super::page::Page;
use super::text::{self, Number};
use crossfoot::schema::{Claim, Operand, OperandRole, Unit, Verdict};
use num_traits::{Signed, Zero};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where the figures of a relation stand. The first that applies counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Table,
    Mixed,
    #[default]
    Prose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Sum,
    /// Shares that make 100.
    Whole,
    Share,
    /// A part is not more than its whole.
    Bound,
    Change,
    Difference,
    /// The later value is above the earlier, or below it.
    Direction,
    Same,
    Mean,
    /// A word for a ratio.
    Word,
}

pub struct Relation {
    pub code: String,
    pub rule: Rule,
    pub class: Class,
    pub terms: Vec<Term>,
    /// Where the published words or numeral stand.
    pub published: Option<Range<usize>>,
}

#[derive(Clone)]
pub struct Term {
    pub role: OperandRole,
    pub value: Number,
    pub decimals: u32,
    pub percent: bool,
    pub place: Option<Range<usize>>,
}

/// New values, by where their numerals begin; `None` for one that is gone.
pub type Changed = BTreeMap<usize, Option<Number>>;

pub fn all(page: &Page, claims: &[Claim], expected: &str) -> Vec<Relation> {
    let holds =
        claims.iter().filter(|claim| matches!(claim.verdict, Verdict::Holds | Verdict::HoldsByRounding));
    let listed: Expected = serde_json::from_str(expected).expect("expected.json");
    let of_document = |claim: &Claim, relation: &Relation| {
        relation.is_headed() || listed.claims.iter().any(|item| item.is_of(page, claim, relation.rule))
    };
    let made = holds.filter_map(|claim| Some((claim, claimed(page, claim)?)));
    let mut relations: Vec<Relation> =
        made.filter(|(claim, made)| of_document(claim, made)).map(|(_, made)| made).collect();
    if page.direct() {
        relations.extend(listed.claims.iter().filter_map(|item| item.relation(page)));
    }
    let tight = page.tight();
    relations.retain(|relation| {
        let loose = relation.terms.iter().all(|t| t.place.as_ref().is_none_or(|p| !tight.contains(&p.start)));
        loose && (relation.rule == Rule::Word || !relation.fails(&Changed::new()))
    });
    relations
}

fn rule(code: &str, roles: &[OperandRole]) -> Option<Rule> {
    let has = |role| roles.contains(&role);
    match code {
        "CF101" | "CF102" | "CF103" | "CF105" | "CF703" | "CF704" => Some(Rule::Sum),
        "CF201" if !has(OperandRole::Total) => Some(Rule::Whole),
        "CF201" => Some(Rule::Sum),
        "CF203" => Some(Rule::Share),
        "CF206" => Some(Rule::Bound),
        "CF301" => Some(Rule::Change),
        "CF302" => Some(Rule::Difference),
        "CF303" => Some(Rule::Direction),
        "CF304" => Some(Rule::Word),
        "CF401" | "CF402" | "CF403" => Some(Rule::Same),
        "CF602" => Some(Rule::Mean),
        _ => None,
    }
}

fn claimed(page: &Page, claim: &Claim) -> Option<Relation> {
    let roles: Vec<OperandRole> = claim.operands.iter().map(|operand| operand.role).collect();
    let rule = rule(&claim.code, &roles)?;
    let terms: Vec<Term> =
        claim.operands.iter().map(|operand| operand_term(page, operand)).collect::<Option<_>>()?;
    let cells = claim
        .operands
        .iter()
        .filter_map(|operand| page.figure(operand.observation.as_deref()?))
        .map(|f| f.cell.is_some());
    let cells: Vec<bool> = cells.collect();
    let published = claim.spans.first().and_then(|span| page.stretch(span));
    let stated = claim.spans.first().is_some_and(|span| {
        page.figures.iter().any(|figure| figure.cell.is_some() && figure.span.line == span.line)
    });
    let class = match (cells.iter().any(|&cell| cell) || stated, cells.iter().all(|&cell| cell) && stated) {
        (_, true) => Class::Table,
        (true, false) => Class::Mixed,
        _ => Class::Prose,
    };
    Some(Relation { code: claim.code.clone(), rule, class, terms, published })
}

fn operand_term(page: &Page, operand: &Operand) -> Option<Term> {
    let figure = page.figure(operand.observation.as_deref()?)?;
    let place = page.numerals.get(operand.observation.as_deref()?).cloned();
    let printed = place.as_ref().map(|place| page.printed(place));
    let plain = operand.value.as_deref()?;
    let (sign, digits) = plain.strip_prefix('-').map_or((1, plain), |rest| (-1, rest));
    let value = text::value(digits)? * Number::from(sign);
    Some(Term {
        role: operand.role,
        value,
        decimals: text::decimals(printed.unwrap_or(digits)),
        percent: figure.unit == Unit::Percent,
        // "1.2m" and the like are not their numeral.
        place: place.filter(|place| text::value(page.printed(place)) == Some(value.abs())),
    })
}

/// The claims that a reader should find in the broken report; those that hold in its clean twin are taken.
#[derive(Deserialize)]
struct Expected {
    claims: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    line: u32,
    line_end: u32,
    check: String,
    published: Value,
    #[serde(default)]
    inputs: BTreeMap<String, Value>,
}

impl Item {
    /// Whether a claim of the program is this one: the same arithmetic, on the same lines where these are the source's.
    fn is_of(&self, page: &Page, claim: &Claim, by: Rule) -> bool {
        let same = rule(&self.check, &[]) == Some(by)
            || by == Rule::Sum && self.check == "CF201"
            || by == Rule::Share && self.check == "CF204";
        let Some(span) = claim.spans.first().filter(|_| same) else { return false };
        if !page.direct() {
            let own = self.published.as_str().map_or_else(|| self.published.to_string(), str::to_owned);
            return text::first(&own).is_some_and(|own| Some(own) == text::first(&claim.published));
        }
        let line = span.line.unwrap_or(0);
        line <= self.line_end && self.line <= span.line_end.unwrap_or(line)
    }

    fn relation(&self, page: &Page) -> Option<Relation> {
        use OperandRole::{After, Before, Change, Mean, Part, Same, Share, Total, Whole};
        let (rule, role, inputs): (_, _, &[(&str, OperandRole)]) = match &*self.check {
            "CF101" | "CF102" | "CF103" | "CF105" | "CF703" | "CF704" => {
                (Rule::Sum, Total, &[("parts", Part)])
            }
            "CF203" => (Rule::Share, Share, &[("n", Part), ("N", Whole)]),
            "CF301" => (Rule::Change, Change, &[("old", Before), ("new", After)]),
            "CF302" => (Rule::Difference, OperandRole::Difference, &[("old", Before), ("new", After)]),
            "CF401" | "CF402" | "CF403" => (Rule::Same, Same, &[("there", Same)]),
            "CF602" => (Rule::Mean, Mean, &[("n", Part), ("N", Whole)]),
            _ => return None,
        };
        let published = self.published.as_str().map_or_else(|| self.published.to_string(), str::to_owned);
        let place = self.only(page, text::first(&published)?)?;
        let printed = page.printed(&place);
        let mut terms = vec![Term {
            role,
            value: text::value(printed)?,
            decimals: text::decimals(printed),
            percent: published.contains('%'),
            place: Some(place.clone()),
        }];
        for (name, role) in inputs {
            let given = self.inputs.get(*name)?;
            for value in given.as_array().map_or(std::slice::from_ref(given), Vec::as_slice) {
                let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let digits = plain.strip_suffix(".0").unwrap_or(&plain);
                let (value, decimals) = (text::value(digits)?, text::decimals(digits));
                let place = self.only(page, value).filter(|found| *found != place);
                terms.push(Term { role: *role, value, decimals, percent: false, place });
            }
        }
        let celled =
            page.figures.iter().any(|f| f.cell.is_some() && page.numerals.get(&f.id) == Some(&place));
        let class = match (celled, &*self.check) {
            (true, _) => Class::Table,
            (false, "CF402") => Class::Mixed,
            (false, _) => Class::Prose,
        };
        Some(Relation { code: self.check.clone(), rule, class, terms, published: Some(place) })
    }

    /// The only numeral of this value on the item's lines.
    fn only(&self, page: &Page, value: Number) -> Option<Range<usize>> {
        let own = page.numerals.iter().filter(|(id, range)| {
            let line = page.figure(id).and_then(|figure| figure.span.line).unwrap_or(0);
            (self.line..=self.line_end).contains(&line) && text::value(page.printed(range)) == Some(value)
        });
        let mut own = own.map(|(_, range)| range.clone());
        own.next().filter(|_| own.next().is_none())
    }
}

impl Relation {
    /// Whether the heads of a table say it: it is no bound, and no figure printed again.
    fn is_headed(&self) -> bool {
        self.class == Class::Table && !matches!(self.rule, Rule::Bound | Rule::Same)
    }

    pub fn of(&self, role: OperandRole) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.role == role)
    }

    pub fn first(&self, role: OperandRole) -> Option<&Term> {
        self.of(role).next()
    }

    /// The figure that the relation gives: a total, a share, a change.
    pub fn result(&self) -> Option<&Term> {
        let role = match self.rule {
            Rule::Sum => OperandRole::Total,
            Rule::Share => OperandRole::Share,
            Rule::Mean => OperandRole::Mean,
            Rule::Change => OperandRole::Change,
            Rule::Difference => OperandRole::Difference,
            Rule::Same => OperandRole::Same,
            _ => return None,
        };
        self.first(role)
    }

    /// Whether one of its terms stands at one of these places.
    pub fn touches(&self, changed: &Changed) -> bool {
        self.terms
            .iter()
            .any(|term| term.place.as_ref().is_some_and(|place| changed.contains_key(&place.start)))
    }

    /// Whether it is broken with these values in place of the printed ones. A change that is lost in some way to round
    /// breaks nothing, nor does one that takes a figure away from anything but a sum.
    pub fn fails(&self, changed: &Changed) -> bool {
        self.broken(changed).unwrap_or(false)
    }

    fn broken(&self, changed: &Changed) -> Option<bool> {
        let now = |term: &Term| match term.place.as_ref().and_then(|place| changed.get(&place.start)) {
            Some(new) => new.map(|new| if term.value.is_negative() { -new } else { new }),
            None => Some(term.value),
        };
        let only = |role| self.first(role).and_then(now);
        let sum = |role| self.of(role).filter_map(now).sum::<Number>();
        let hundred = Number::from(100);
        match self.rule {
            Rule::Sum => {
                let total = only(OperandRole::Total)?;
                Some((sum(OperandRole::Part) - total).abs() > self.slack())
            }
            Rule::Whole => Some((sum(OperandRole::Part) - hundred).abs() > self.slack()),
            Rule::Share => self.off(
                only(OperandRole::Share)?,
                hundred * only(OperandRole::Part)?,
                only(OperandRole::Whole)?,
            ),
            Rule::Mean => {
                self.off(only(OperandRole::Mean)?, only(OperandRole::Part)?, only(OperandRole::Whole)?)
            }
            Rule::Bound => Some(only(OperandRole::Part)? > only(OperandRole::Whole)?),
            Rule::Change => {
                let (before, after) = (only(OperandRole::Before)?, only(OperandRole::After)?);
                self.off(only(OperandRole::Change)?.abs(), hundred * (after - before).abs(), before)
            }
            Rule::Difference => {
                let apart = (only(OperandRole::After)? - only(OperandRole::Before)?).abs();
                Some((only(OperandRole::Difference)?.abs() - apart).abs() > self.slack())
            }
            Rule::Direction => {
                let (before, after) = (self.first(OperandRole::Before)?, self.first(OperandRole::After)?);
                let said = (after.value - before.value).signum();
                Some((now(after)? - now(before)?).signum() != said)
            }
            Rule::Same => {
                let mut values = self.of(OperandRole::Same).map(now);
                let first = values.next()??;
                Some(values.flatten().any(|value| value != first))
            }
            Rule::Word => Some(false),
        }
    }

    /// What rounding alone may come to in a sum: half a unit of each term, where any is a percentage or has decimals
    /// that others lack.
    fn slack(&self) -> Number {
        let rounded = self.terms.iter().any(|term| term.percent);
        let half = |term: &Term| text::unit(term.decimals) / Number::from(2);
        if rounded { self.terms.iter().map(half).sum() } else { Number::zero() }
    }

    /// Whether a quotient is a whole unit or more off what is printed, which no way to round explains.
    fn off(&self, printed: Number, above: Number, below: Number) -> Option<bool> {
        if below.is_zero() {
            return None;
        }
        let unit = text::unit(self.result()?.decimals);
        Some((printed - above / below).abs() >= unit)
    }
}
