//! A relation under one reading → the arithmetic that decides it.

use super::relation::{Arithmetic, FigureId, Licence, Mixture, OperandRole, Reading, Relation};
use super::solve;
use super::solve::{Convention, Fit, Outcome};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Figure;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::sheet::Formula;
use crate::model::statement::Direction;
use ecow::EcoString;
use std::borrow::Cow;

/// The power of ten of what is printed in thousands.
const THOUSANDS: u8 = 3;

/// Works out a sum or difference of numbers that are all rounded to a unit: each may be half of it off.
pub fn apply_rounded(
    documents: &[Document],
    relation: &Relation,
    reading: &Reading,
    unit: &Exact,
) -> Outcome {
    let operands = Operands { documents, reading };
    let published = relation.published.and_then(|id| quantity(documents, id));
    let outcome = attempt(documents, relation, reading);
    let (printed, given) = match &relation.arithmetic {
        Arithmetic::Sum => {
            let parts: Exact = operands.of(OperandRole::Part).filter_map(|p| p.value.clone()).sum();
            (operands.first(OperandRole::Total).or(published), Some(parts))
        }
        Arithmetic::Difference(direction) => {
            let values = operands.before_after().and_then(|(b, a)| b.value.as_ref().zip(a.value.as_ref()));
            let gap = values.map(|(before, after)| after - before);
            // A fall can be printed with its sign or without.
            let unsigned = published.and_then(|p| p.value.as_ref()).is_some_and(|v| !v.is_negative());
            let falls = *direction == Direction::Fall && unsigned;
            (published, if falls { gap.map(|gap| &Exact::ZERO - &gap) } else { gap })
        }
        _ => (None, None),
    };
    let gap =
        printed.and_then(|p| p.value.as_ref()).zip(given).map(|(printed, given)| (printed - &given).abs());
    let numbers = reading.operands.iter().map(|(_, id)| Some(*id)).chain([relation.published]).flatten();
    let numbers: std::collections::BTreeSet<FigureId> = numbers.collect();
    let halves = unit * &Exact::from(numbers.len() as i128);
    // What is worked out anew failed, be it only because its dashes are noughts.
    if !outcome.fit.holds() && gap.is_some_and(|gap| &gap + &gap <= halves) {
        let arithmetic = arithmetic(documents, relation, reading, &outcome) + ", as rounded numbers";
        return Outcome { fit: Fit::ByRounding, arithmetic, ..outcome };
    }
    outcome
}

/// As [`apply`], but a sum is given without its line of arithmetic. Most sums are tried and never told.
pub fn attempt(documents: &[Document], relation: &Relation, reading: &Reading) -> Outcome {
    if relation.arithmetic != Arithmetic::Sum {
        return apply(documents, relation, reading);
    }
    let published = relation.published.and_then(|id| quantity(documents, id));
    Operands { documents, reading }.sum(published, solve::sum_untold)
}

/// The line of arithmetic of what was tried.
pub fn arithmetic(documents: &[Document], relation: &Relation, reading: &Reading, tried: &Outcome) -> String {
    if tried.arithmetic.is_empty() {
        return apply(documents, relation, reading).arithmetic;
    }
    tried.arithmetic.clone()
}

/// Works out a relation under one choice of operands.
pub fn apply(documents: &[Document], relation: &Relation, reading: &Reading) -> Outcome {
    let operands = Operands { documents, reading };
    let published = relation.published.and_then(|id| quantity(documents, id));
    match &relation.arithmetic {
        Arithmetic::Sum => operands.sum(published, solve::sum),
        Arithmetic::Balance => with(published, |closing| operands.balance(closing)),
        Arithmetic::Crossfoot => with(published, |grand| {
            let (down, across) = (operands.all(OperandRole::Part), operands.all(OperandRole::Bound));
            let sums = [solve::sum(&down, grand), solve::sum(&across, grand)];
            sums.into_iter().max_by_key(|outcome| !outcome.fit.holds()).unwrap_or_else(undecided)
        }),
        Arithmetic::Bound => with(operands.first(OperandRole::Whole), |whole| {
            solve::bound(&operands.all(OperandRole::Part), whole)
        }),
        Arithmetic::MultipleResponse => {
            with(published, |n| solve::multiple_response(&operands.all(OperandRole::Part), n))
        }
        Arithmetic::Partition { exhaustive } => operands.partition(*exhaustive),
        Arithmetic::Feasible => operands.feasible(),
        Arithmetic::Share => operands.share(published, relation.licence),
        Arithmetic::Grim => with(published.zip(operands.first(OperandRole::Whole)), |(share, whole)| {
            solve::grim(share, whole)
        }),
        Arithmetic::Remainder => with(published, |share| {
            let others: Vec<Quantity> = operands.all(OperandRole::Share).into_iter().skip(1).collect();
            let whole = operands.first(OperandRole::Whole);
            solve::remainder(share, &others, &operands.all(OperandRole::Part), whole)
        }),
        Arithmetic::Mixture(mixture) => recombined(documents, mixture),
        Arithmetic::PercentChange(direction) if operands.first(OperandRole::Difference).is_some() => {
            operands.change_by(published, *direction)
        }
        Arithmetic::PercentChange(direction) => operands.change(published, |before, after, change| {
            if change.unit == Unit::Count || relation.licence == Licence::Inferred {
                return solve::relative_change(before, after, change);
            }
            if before.unit == Unit::Percent {
                let points = Quantity { unit: Unit::PercentagePoints, ..change.clone() };
                let difference = solve::difference(before, after, &points, Some(*direction));
                if difference.fit.holds() {
                    return called_percent(before, after, change, difference, relation.licence);
                }
            }
            solve::percent_change(before, after, change, Some(*direction))
        }),
        Arithmetic::Difference(direction) => operands.change(published, |before, after, change| {
            // Points lie between shares, never between counts.
            if change.unit == Unit::PercentagePoints && before.unit == Unit::Count {
                return undecided();
            }
            let signed = solve::difference(before, after, change, Some(*direction));
            // Accounts print what is spent below nought, and its rise as a rise.
            match (signed.fit, spent(before), spent(after)) {
                (Fit::Fails, Some(before), Some(after)) => {
                    let sizes = solve::difference(&before, &after, change, Some(*direction));
                    if sizes.fit.holds() { sizes } else { signed }
                }
                _ => signed,
            }
        }),
        Arithmetic::Direction(direction) => match operands.before_after() {
            Some((before, after)) => solve::direction(before, after, *direction),
            None => undecided(),
        },
        Arithmetic::Multiple => operands.change(published, solve::ratio_word),
        Arithmetic::Same => operands.same(published),
        Arithmetic::SameInThousands => {
            with(published.zip(operands.first(OperandRole::Same)), |(a, b)| solve::same_in_thousands(a, b))
        }
        Arithmetic::Count { stated, listed, .. } => counted(*stated, *listed),
        Arithmetic::Left => with(published, |share| solve::left(share, &operands.all(OperandRole::Part))),
        Arithmetic::Majority { .. } => with(operands.first(OperandRole::Part), solve::majority),
        Arithmetic::Told { number, .. } => with(operands.first(OperandRole::Same), |count| {
            let told = Exact::from(i128::from(*number));
            let holds = count.value.as_ref() == Some(&told);
            settled(holds, count.to_string(), format!("{count} and {told}"))
        }),
        Arithmetic::YearlyChange { direction, years, .. } => {
            with(published.zip(operands.first(OperandRole::Change)), |(stated, change)| {
                solve::yearly_change(change, *direction, *years, stated)
            })
        }
        Arithmetic::Units => {
            let other = reading.operands.first().and_then(|(_, id)| figure(documents, *id));
            with(relation.published.and_then(|id| figure(documents, id)).zip(other), |(a, b)| {
                in_one_unit(a, b)
            })
        }
        Arithmetic::Extreme { highest, place } => operands.extreme(*highest, *place),
        Arithmetic::Trend(direction) => operands.trend(*direction),
        Arithmetic::Mean => with(operands.first(OperandRole::Mean).or(published), |mean| {
            solve::mean(&operands.all(OperandRole::Part), mean)
        }),
        Arithmetic::Quotient => operands.quotient(published),
        Arithmetic::Formula { formula, left_out } => {
            with(documents.get(relation.document), |document| worked_out(document, formula, *left_out))
        }
        Arithmetic::Placement { all, admitted } => {
            let found = format!("of {all} placements of the values, {admitted} meet the totals");
            match admitted {
                1 => settled(true, found.clone(), found),
                // What several admit is not decided; that none does is our misreading.
                _ => Outcome { fit: Fit::Undecided, computed: found.as_str().into(), arithmetic: found },
            }
        }
        Arithmetic::Recovered => with(published, |read| {
            let (printed, read) = (relation.printed.trim(), read.to_string());
            let arithmetic = format!("{printed} → {read}");
            Outcome { fit: Fit::ByConvention(Convention::Recovered), computed: read.into(), arithmetic }
        }),
        Arithmetic::Misprint(what) => settled(false, what.clone(), what.clone()),
        Arithmetic::Within { stated, own, same } => {
            let holds =
                if *same { (stated.start, stated.end) == (own.start, own.end) } else { own.contains(stated) };
            let place = if holds { "is in" } else { "is outside" };
            let found = if *same {
                format!("{} is stated, and the report is on {}", stated.label(), own.label())
            } else {
                format!("{} {place} {}", stated.label(), own.label())
            };
            settled(holds, found.clone(), found)
        }
    }
}

fn figure(documents: &[Document], id: FigureId) -> Option<&Figure> {
    documents.get(id.document())?.figures.get(id.figure)
}

fn quantity(documents: &[Document], id: FigureId) -> Option<&Quantity> {
    figure(documents, id).map(|f| &f.quantity)
}

/// What a figure prints, without the power of ten that its head names: £1,240,000 of 1,240 under "£000".
pub fn in_full(figure: &Figure) -> Option<Quantity> {
    let value = Some(figure.amount()?);
    let scale = figure.quantity.scale.max(figure.scale);
    // The last digit that is printed stands for thousands.
    let qualifier = if figure.scale > 0 { Qualifier::About } else { figure.quantity.qualifier.clone() };
    Some(Quantity { value, scale, qualifier, ..figure.quantity.clone() })
}

fn in_one_unit(a: &Figure, b: &Figure) -> Outcome {
    let Some((one, other)) = in_full(a).zip(in_full(b)) else { return undecided() };
    let alike = one.unit == other.unit || one.unit.is_money() && other.unit.is_money();
    let fit = match () {
        () if !alike => Fit::Fails,
        () if one.value == other.value => Fit::Exact,
        () if one.domain().intersects(&other.domain()) => Fit::ByRounding,
        () => Fit::Fails,
    };
    let sign = if fit.holds() { "=" } else { "≠" };
    let shown = |q: Quantity| Quantity { qualifier: Qualifier::Equal, ..q }.to_string();
    let (one, other) = (shown(one), shown(other));
    Outcome { fit, arithmetic: format!("{one} {sign} {other}"), computed: other.into() }
}

fn with<T>(operand: Option<T>, work: impl FnOnce(T) -> Outcome) -> Outcome {
    operand.map_or_else(undecided, work)
}

fn undecided() -> Outcome {
    Outcome { fit: Fit::Undecided, computed: EcoString::new(), arithmetic: "an operand is missing".into() }
}

fn settled(holds: bool, computed: String, arithmetic: String) -> Outcome {
    Outcome { fit: if holds { Fit::Exact } else { Fit::Fails }, computed: computed.into(), arithmetic }
}

fn worked_out(document: &Document, formula: &Formula, left_out: Option<(usize, usize)>) -> Outcome {
    let Some(sheet) = &document.sheet else { return undecided() };
    let Some(kept) = sheet.number_at(formula.cell) else { return undecided() };
    let other = left_out.and_then(|(row, col)| {
        let printed = document.text_at(sheet.place_of(row, col)?);
        let named = format!("{printed} in {}", sheet.address(row, col)?);
        Some((&sheet.number_at((row, col))?.value, named))
    });
    solve::formula(formula.function, sheet.addends(formula).map(|n| &n.value), &kept.value, other)
}

fn counted(stated: u32, listed: u32) -> Outcome {
    settled(stated == listed, listed.to_string(), format!("{listed} are listed, {stated} are stated"))
}

struct Operands<'a> {
    documents: &'a [Document],
    reading: &'a Reading,
}

impl<'a> Operands<'a> {
    fn of(&self, role: OperandRole) -> impl Iterator<Item = &'a Quantity> {
        let documents = self.documents;
        let matching = self.reading.operands.iter().filter(move |(r, _)| *r == role);
        matching.filter_map(move |(_, id)| quantity(documents, *id))
    }

    fn all(&self, role: OperandRole) -> Vec<Quantity> {
        self.of(role).cloned().collect()
    }

    fn first(&self, role: OperandRole) -> Option<&'a Quantity> {
        self.of(role).next()
    }

    fn before_after(&self) -> Option<(&'a Quantity, &'a Quantity)> {
        self.first(OperandRole::Before).zip(self.first(OperandRole::After))
    }

    /// Blank cells are nought where that makes the sum; a sum that blanks could still make is not decided.
    /// What is left of the parts without the deductions; nothing where one is not printed plainly.
    fn balance(&self, closing: &Quantity) -> Outcome {
        let mut terms = self.all(OperandRole::Part);
        let taken_off = self.all(OperandRole::Deduction).into_iter();
        for off in taken_off.filter(|off| !off.value.as_ref().is_some_and(Exact::is_zero)) {
            let value = off.value.as_ref().map(|value| -value);
            terms.push(Quantity { value, ..off });
        }
        let plain = terms.iter().all(|term| term.qualifier == Qualifier::Equal && term.value.is_some());
        if plain { solve::sum(&terms, closing) } else { undecided() }
    }

    fn sum(&self, published: Option<&Quantity>, sum: impl Fn(&[Quantity], &Quantity) -> Outcome) -> Outcome {
        let Some(total) = self.first(OperandRole::Total).or(published) else { return undecided() };
        let parts = self.all(OperandRole::Part);
        let open = parts.iter().any(|p| p.qualifier == Qualifier::Blank);
        let as_nought: Cow<[Quantity]> =
            if open { parts.iter().map(blank_as_nought).collect() } else { (&parts).into() };
        let outcome = sum(&as_nought, &blank_as_nought(total));
        if outcome.fit == Fit::Fails && open && solve::sum_untold(&parts, total).fit != Fit::Fails {
            return Outcome { fit: Fit::Undecided, ..outcome };
        }
        // Where one number is hidden, others are hidden with it so that it cannot be worked out: they can be anything.
        let hidden = parts.iter().any(|p| p.qualifier == Qualifier::Suppressed);
        let known = || as_nought.iter().filter_map(|p| p.value.clone()).sum::<Exact>();
        if outcome.fit == Fit::Fails && hidden && total.value.as_ref().is_none_or(|total| known() <= *total) {
            return Outcome { fit: Fit::Undecided, ..outcome };
        }
        outcome
    }

    fn partition(&self, exhaustive: bool) -> Outcome {
        let shares = self.all(OperandRole::Part);
        let outcome = solve::partition(&shares);
        if exhaustive || outcome.fit.holds() {
            return outcome;
        }
        let least = shares.iter().filter_map(|s| s.domain().low).sum::<Exact>();
        let holds = least <= Exact::from(100);
        Outcome { fit: if holds { Fit::Exact } else { Fit::Fails }, ..outcome }
    }

    /// A whole that is itself a share of a count is every whole number that this share can be of it.
    fn feasible(&self) -> Outcome {
        let shares = self.all(OperandRole::Part);
        let Some(range) = whole_range(self.first(OperandRole::Whole), self.first(OperandRole::Share)) else {
            return undecided();
        };
        if range.0 == range.1 {
            solve::feasible(&shares, &range.0)
        } else {
            solve::feasible_range(&shares, &range.0, &range.1)
        }
    }

    fn share(&self, published: Option<&Quantity>, licence: Licence) -> Outcome {
        let (Some(part), Some(share)) = (self.first(OperandRole::Part), published) else {
            return undecided();
        };
        let wholes = self.all(OperandRole::Whole);
        if wholes.iter().chain([part]).any(|q| q.qualifier == Qualifier::Blank) {
            return undecided();
        }
        match wholes.as_slice() {
            // "Two thirds (66%)": the percentage is of a hundred.
            [] if (part.unit, share.unit) == (Unit::Percent, Unit::Ratio) => {
                solve::share(part, &Quantity { value: Some(Exact::from(100)), ..part.clone() }, share)
            }
            [] => undecided(),
            [whole] if share.unit == Unit::Count || licence == Licence::Inferred => {
                solve::quotient(part, whole, share)
            }
            [whole] => {
                let outcome = solve::share(part, whole, share);
                // "More than 67%" of 66.8%: the bound itself is rounded.
                let bounded =
                    matches!(share.qualifier, Qualifier::Over | Qualifier::Under | Qualifier::Nearly);
                if outcome.fit == Fit::Fails && bounded {
                    let plain = Quantity { qualifier: Qualifier::Equal, ..share.clone() };
                    return solve::share(part, whole, &plain);
                }
                outcome
            }
            several => {
                let sum = several.iter().filter_map(|w| w.value.clone()).sum();
                solve::share(part, &Quantity { value: Some(sum), ..part.clone() }, share)
            }
        }
    }

    fn change(
        &self,
        published: Option<&Quantity>,
        work: impl FnOnce(&Quantity, &Quantity, &Quantity) -> Outcome,
    ) -> Outcome {
        let blank = |q: &Quantity| q.qualifier == Qualifier::Blank;
        match self.before_after().zip(published) {
            Some(((before, after), change)) if !blank(before) && !blank(after) => work(before, after, change),
            _ => undecided(),
        }
    }

    /// A change in percent by its difference and the value after it, which is printed in thousands.
    fn change_by(&self, published: Option<&Quantity>, direction: Direction) -> Outcome {
        let after = self.reading.operands.iter().find(|(role, _)| *role == OperandRole::After);
        let after = after.and_then(|(_, id)| figure(self.documents, *id)).and_then(|after| {
            // The head that says so need not stand over each of its columns.
            in_full(&Figure { scale: THOUSANDS, ..after.clone() })
        });
        with(
            self.first(OperandRole::Difference).zip(after).zip(published),
            |((difference, after), stated)| solve::percent_change_by(difference, &after, stated, direction),
        )
    }

    fn same(&self, published: Option<&Quantity>) -> Outcome {
        let (Some(a), Some(b)) = (published, self.first(OperandRole::Same)) else { return undecided() };
        solve::same(a, b)
    }

    fn quotient(&self, published: Option<&Quantity>) -> Outcome {
        let operands = self.first(OperandRole::Part).zip(self.first(OperandRole::Whole)).zip(published);
        with(operands, |((part, whole), mean)| solve::quotient(part, whole, mean))
    }

    /// Of each group, what is named and then the others: whether it leads, or has the place that is told.
    fn extreme(&self, highest: bool, place: u32) -> Outcome {
        let mut groups: Vec<(Vec<Exact>, Vec<Exact>)> = Vec::new();
        for (role, id) in &self.reading.operands {
            let Some(value) = quantity(self.documents, *id).and_then(|q| q.value.clone()) else { continue };
            match (*role, groups.last_mut()) {
                (OperandRole::Same, Some((named, others))) if others.is_empty() => named.push(value),
                (OperandRole::Same, _) => groups.push((vec![value], Vec::new())),
                (_, Some((_, others))) => others.push(value),
                _ => {}
            }
        }
        let better = |a: &Exact, b: &Exact| if highest { a > b } else { a < b };
        let word = if highest { "highest" } else { "lowest" };
        let mut computed = None;
        let mut told: Vec<String> = Vec::new();
        let mut all_hold = true;
        for (named, others) in &groups {
            let best = if highest { others.iter().max() } else { others.iter().min() };
            let last = if highest { named.iter().min() } else { named.iter().max() };
            let (Some(best), Some(last)) = (best, last) else { return undecided() };
            let shown = named.iter().map(Exact::to_string).collect::<Vec<_>>().join(" and ");
            let is = if named.len() > 1 { "are" } else { "is" };
            let (holds, result, why) = if place == 1 {
                let why = format!("{shown} {is} named; the {word} of the others is {best}");
                (!better(best, last), best.to_string(), why)
            } else {
                let before = others.iter().filter(|other| better(other, last)).count() as u32;
                let level = others.iter().filter(|other| *other == last).count() as u32;
                let above = if highest { "more" } else { "less" };
                let why = format!("{shown} {is} named; {before} of the others are {above}");
                (before < place && before + level + 1 >= place, before.to_string(), why)
            };
            if computed.is_none() || all_hold && !holds {
                computed = Some(result);
            }
            all_hold &= holds;
            told.push(why);
        }
        match computed {
            Some(computed) => settled(all_hold, computed, told.join("; ")),
            None => undecided(),
        }
    }

    fn trend(&self, direction: crate::model::statement::Direction) -> Outcome {
        use crate::model::statement::Direction::{Fall, Level, Rise};
        let values: Vec<Exact> = self.of(OperandRole::Same).filter_map(|q| q.value.clone()).collect();
        let holds = values.windows(2).all(|pair| match (pair, direction) {
            ([a, b], Rise) => b > a,
            ([a, b], Fall) => b < a,
            (_, Level) => true,
            _ => false,
        });
        let shown = values.iter().map(Exact::to_string).collect::<Vec<_>>().join(" → ");
        settled(holds, shown.clone(), shown)
    }
}

/// A difference of two percentages that is called percent. A sentence that says so means points where the change in percent
/// is another; heads of columns leave open which is meant.
fn called_percent(
    before: &Quantity,
    after: &Quantity,
    change: &Quantity,
    difference: Outcome,
    licence: Licence,
) -> Outcome {
    let in_percent = solve::percent_change_fit(before, after, change, None).holds();
    if in_percent || licence == Licence::Labelled {
        return difference;
    }
    let arithmetic = format!("{}; percentage points, not percent", difference.arithmetic);
    Outcome { fit: Fit::ByConvention(Convention::Points), arithmetic, ..difference }
}

/// A number that is not above nought, without its sign.
fn spent(quantity: &Quantity) -> Option<Quantity> {
    let value = quantity.value.as_ref().filter(|value| value.is_negative() || value.is_zero())?;
    Some(Quantity { value: Some(value.abs()), ..quantity.clone() })
}

fn blank_as_nought(quantity: &Quantity) -> Quantity {
    if quantity.qualifier == Qualifier::Blank {
        Quantity { value: Some(Exact::ZERO), qualifier: Qualifier::Equal, ..quantity.clone() }
    } else {
        quantity.clone()
    }
}

/// The whole numbers that a whole can be: a count, what a count can have been before it was rounded, or the share of a count.
fn whole_range(whole: Option<&Quantity>, share: Option<&Quantity>) -> Option<(Exact, Exact)> {
    let whole = whole?;
    let value = whole.value.clone()?;
    let Some(share) = share else {
        let domain = whole.domain();
        return if whole.step.is_some() { domain.low.zip(domain.high) } else { Some((value.clone(), value)) };
    };
    let scaled = share.domain().scale(&(&value * &Exact::ratio(1, 100)));
    Some((scaled.low?.ceil(), scaled.high?.floor()))
}

fn recombined(documents: &[Document], mixture: &Mixture) -> Outcome {
    let overall: Vec<Quantity> =
        mixture.overall.iter().filter_map(|id| quantity(documents, *id)).cloned().collect();
    let nought = |like: &Quantity| Quantity { value: Some(Exact::ZERO), ..like.clone() };
    let mut shares: Vec<Vec<Quantity>> = Vec::new();
    let mut sizes: Vec<Exact> = Vec::new();
    for group in &mixture.groups {
        let of =
            |role| group.whole.iter().find(|(r, _)| *r == role).and_then(|(_, id)| quantity(documents, *id));
        let whole = of(OperandRole::Whole);
        // What is mixed of rounded groups is not known.
        let exact = whole.filter(|whole| whole.step.is_none());
        let Some((low, _)) = whole_range(exact, of(OperandRole::Share)) else {
            return undecided();
        };
        sizes.push(low);
        let list = group.shares.iter().zip(&overall).map(|(id, like)| {
            id.and_then(|id| quantity(documents, id)).cloned().unwrap_or_else(|| nought(like))
        });
        shares.push(list.collect());
    }
    let groups: Vec<solve::Group> = mixture
        .groups
        .iter()
        .zip(sizes.into_iter().zip(&shares))
        .map(|(group, (size, shares))| solve::Group { size, shares, exhaustive: group.exhaustive })
        .collect();
    solve::recombine(&groups, &overall).into_iter().nth(mixture.category).unwrap_or_else(undecided)
}

/// The mode of a numeral that was recovered.
pub const RECOVERED: &str = "recovered_numeral";

/// The convention's name in the JSON.
pub fn mode(convention: Convention) -> &'static str {
    match convention {
        Convention::Truncation => "truncation",
        Convention::LargestRemainder => "largest_remainder",
        Convention::LeftOut => "left_out",
        Convention::Complement => "complement",
        Convention::Twice => "rounded_twice",
        Convention::Points => "percentage_points",
        Convention::Recovered => RECOVERED,
    }
}

/// On what condition something holds by the convention of this name, as a person is told: "it holds only if …".
pub fn condition(name: &str) -> Option<&'static str> {
    CONVENTIONS.into_iter().find(|convention| mode(*convention) == name).map(|convention| match convention {
        Convention::Truncation => "if it was cut off, not rounded",
        Convention::LargestRemainder => "if the shares were made to add up to 100%",
        Convention::LeftOut => "with what a note says is left out of the parts",
        Convention::Complement => "as what the other shares leave of 100%",
        Convention::Twice => "if it was rounded twice",
        Convention::Points => "if percentage points are meant",
        Convention::Recovered => "as its total proves it",
    })
}

/// All conventions.
const CONVENTIONS: [Convention; 7] = [
    Convention::Truncation,
    Convention::LargestRemainder,
    Convention::LeftOut,
    Convention::Complement,
    Convention::Twice,
    Convention::Points,
    Convention::Recovered,
];
