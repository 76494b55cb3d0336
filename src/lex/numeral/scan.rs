//! Finds every figure of running text, and every numeral that is no figure.

use super::printed::currency;
use super::qualifier::{following, preceding};
use super::reference::reference;
use super::unit::{Amount, amount, per_population, spelled_amount, vulgar};
use super::{Found, phrase, words};
use crate::lex::lexeme::{Lexeme, LexemeKind, Rest, before, from, tokens};
use crate::lex::period;
use crate::lex::period::FoundPeriod;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::pack;
use std::ops::Range;

/// Every figure of running text, in order. See [`scan_all`].
pub fn scan(text: &str) -> Vec<Found> {
    scan_all(text).0
}

/// Every figure of running text, and the ranges of the numerals that were left out because they name something and
/// count nothing: dates, sections, stages, codes, telephone numbers, ages.
///
/// Expects plain dashes, quotes and spaces. Takes time linear in the text.
pub fn scan_all(text: &str) -> (Vec<Found>, Vec<Range<usize>>) {
    let (_, figures, left_out) = scan_with_periods(text);
    (figures, left_out)
}

/// Does the work of [`scan_all`] and [`period::scan`] in one pass over the text.
pub(crate) fn scan_with_periods(text: &str) -> (Vec<FoundPeriod>, Vec<Found>, Vec<Range<usize>>) {
    let tokens = tokens(text);
    let marks = period::marks(&tokens);
    let periods = period::of_marks(&tokens, &marks);
    let (figures, left_out) = read(&merged(text, tokens, &marks));
    (periods, figures, left_out)
}

/// Replaces the tokens of each date and period by one token, so that their numerals are not read as figures.
pub(crate) fn without_periods<'a>(text: &'a str, tokens: Vec<Lexeme<'a>>) -> Vec<Lexeme<'a>> {
    let marks = period::marks(&tokens);
    merged(text, tokens, &marks)
}

fn merged<'a>(text: &'a str, tokens: Vec<Lexeme<'a>>, marks: &[period::CalendarMark]) -> Vec<Lexeme<'a>> {
    if marks.is_empty() {
        return tokens;
    }
    let mut merged = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for mark in marks {
        let (Some(first), Some(last)) =
            (tokens.get(mark.tokens.start), mark.tokens.end.checked_sub(1).and_then(|i| tokens.get(i)))
        else {
            continue;
        };
        merged.extend_from_slice(tokens.get(at..mark.tokens.start).unwrap_or_default());
        let whole = text.get(first.start..last.end()).unwrap_or(first.text);
        merged.push(Lexeme { kind: LexemeKind::Period, text: whole, ..*first });
        at = mark.tokens.end;
    }
    merged.extend_from_slice(from(&tokens, at));
    merged
}

/// Reads the figures of tokens.
pub(crate) fn read(tokens: &[Lexeme]) -> (Vec<Found>, Vec<Range<usize>>) {
    let mut reader = Reader { tokens, found: Vec::new(), left_out: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at).max(at + 1);
    }
    (reader.found, reader.left_out)
}

struct Reader<'t, 'a> {
    tokens: Rest<'t, 'a>,
    found: Vec<Found>,
    left_out: Vec<Range<usize>>,
}

impl<'t, 'a> Reader<'t, 'a> {
    /// Reads what begins at a token. Returns the index to go on from.
    fn step(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        match token.kind {
            LexemeKind::Numeral => self.numeral(at, at),
            LexemeKind::Period | LexemeKind::Opaque | LexemeKind::Dotted if token.has_digit() => {
                self.leave_out(at, at + 1)
            }
            LexemeKind::Symbol
                if currency(token.text).is_some()
                    && self.tokens.get(at + 1).is_some_and(Lexeme::is_numeral) =>
            {
                self.numeral(at, at + 1)
            }
            LexemeKind::Symbol => self.vulgar_fraction(at, token),
            LexemeKind::Word => self.word(at),
            _ => at + 1,
        }
    }

    fn range(&self, start: usize, end: usize) -> Range<usize> {
        let first = self.tokens.get(start).map_or(0, |t| t.start);
        let last = end.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(first, Lexeme::end);
        first..last.max(first)
    }

    fn leave_out(&mut self, start: usize, end: usize) -> usize {
        let end = end.clamp(start + 1, self.tokens.len());
        self.left_out.push(self.range(start, end));
        end
    }

    fn push(&mut self, start: usize, end: usize, quantity: Quantity) -> usize {
        self.found.push(Found { range: self.range(start, end), quantity });
        end
    }

    fn vulgar_fraction(&mut self, at: usize, token: &Lexeme) -> usize {
        match vulgar(token.text) {
            Some(value) => self.push(at, at + 1, phrase::ratio(value, preceding(self.tokens, at).0)),
            None => at + 1,
        }
    }

    /// A numeral at `numeral`, with its currency sign at `start` if it has one.
    fn numeral(&mut self, start: usize, numeral: usize) -> usize {
        let money = numeral > start;
        let named = reference(self.tokens, numeral)
            .filter(|_| !money || self.tokens.get(numeral).is_some_and(|t| t.text.starts_with("00")));
        if let Some(end) = named {
            return self.leave_out(start, end);
        }
        match amount(self.tokens, start) {
            Some(amount) => self.figure(start, amount),
            None => self.leave_out(start, numeral + 1),
        }
    }

    fn word(&mut self, at: usize) -> usize {
        if !self.tokens.get(at).is_some_and(words::may_begin) {
            return at + 1;
        }
        if let Some((end, value)) = phrase::proportion(self.tokens, at) {
            return self.push(at, end, phrase::ratio(value, preceding(self.tokens, at).0));
        }
        if let Some((end, count)) = phrase::count_word(self.tokens, at) {
            return self.push(at, end, phrase::count(count));
        }
        if words::spelled(from(self.tokens, at)).is_err() {
            return at + 1;
        }
        if let Some(end) = reference(self.tokens, at) {
            return self.leave_out(at, end);
        }
        match spelled_amount(self.tokens, at) {
            Some(amount) if phrase::is_pronoun(self.tokens, at, &amount) => amount.end,
            Some(amount) => self.figure(at, amount),
            None => at + 1,
        }
    }

    fn figure(&mut self, at: usize, amount: Amount) -> usize {
        if self.names_a_kind(&amount) {
            return self.leave_out(at, amount.end);
        }
        if let Some((end, value)) = phrase::one_in(self.tokens, at, &amount) {
            let quantity =
                Quantity { spelled: amount.spelled, ..phrase::ratio(value, preceding(self.tokens, at).0) };
            return self.push(at, end, quantity);
        }
        if let Some((low, high)) = self.stretch(at, &amount) {
            let quantity = Quantity {
                value: Some(low.value),
                unit: high.unit,
                qualifier: Qualifier::To(Box::new(high.value)),
                decimals: low.decimals.max(high.decimals),
                scale: if low.scale == high.scale { low.scale } else { 0 },
                spelled: low.spelled || high.spelled,
                rounded: false,
                step: None,
            };
            return self.push(at, high.end, quantity);
        }
        let amount = phrase::times(self.tokens, self.in_points(at, self.in_rate(amount)));
        let (qualifier, start) = self.qualifier(at, &amount);
        let negative = self.is_negative(at, amount.unit);
        let value = if negative { -&amount.value } else { amount.value };
        let quantity = Quantity {
            value: Some(value),
            unit: amount.unit,
            qualifier,
            decimals: amount.decimals,
            scale: amount.scale,
            spelled: amount.spelled,
            rounded: false,
            step: None,
        };
        self.push(if negative { at - 1 } else { start }, amount.end, quantity)
    }

    /// Whether a number names a kind of thing and does not count it: "two-stage", "3-tier", "all three stages".
    fn names_a_kind(&self, amount: &Amount) -> bool {
        let steps = self.tokens.get(amount.end).is_some_and(|t| t.is_in(&pack().references.steps));
        amount.unit == Unit::Count
            && (steps && amount.value <= Exact::from(9)
                || matches!(from(self.tokens, amount.end), [dash, next, ..]
                if dash.is("-") && dash.glued && next.glued && next.is_word()))
    }

    /// The qualifier of a figure, and where the figure begins. The signs "<" and ">" belong to the figure itself.
    fn qualifier(&self, at: usize, amount: &Amount) -> (Qualifier, usize) {
        let (qualifier, length) = preceding(self.tokens, at);
        let signed = before(self.tokens, at, length).is_some_and(|t| t.is("<") || t.is(">"));
        let start = if length > 0 && signed { at - length } else { at };
        match qualifier {
            Qualifier::Equal => match following(self.tokens, amount.end) {
                // "£2.3m" was rounded before it was printed.
                Qualifier::Equal if amount.scale > 0 => (Qualifier::About, start),
                after => (after, start),
            },
            other => (other, start),
        }
    }

    /// Whether a minus sign before a figure makes it negative, as in "a change of -7%". Elsewhere it is a dash.
    fn is_negative(&self, at: usize, unit: Unit) -> bool {
        let sign = before(self.tokens, at, 1).is_some_and(|t| t.is("-") && !t.glued);
        let joined = self.tokens.get(at).is_some_and(|t| t.glued);
        let led = before(self.tokens, at, 2)
            .is_none_or(|t| t.is_in(&pack().numerals.before_minus) || t.is_mark("(,:"));
        let signed = unit.is_money() || matches!(unit, Unit::Percent | Unit::PercentagePoints);
        sign && joined && led && signed
    }

    /// Reads a stretch between two numbers: "25 - 65 working days", "between 40 and 50", "10-20 complaints". "From 43
    /// to 32 days" is no stretch: it gives two figures.
    fn stretch(&self, at: usize, low: &Amount) -> Option<(Amount, Amount)> {
        let joint = self.tokens.get(low.end)?;
        let next = low.end + 1;
        let n = &pack().numerals;
        if !(joint.is("-") || joint.is_in(&n.to) || joint.is_in(&n.and))
            || reference(self.tokens, next).is_some()
        {
            return None;
        }
        let high = amount(self.tokens, next).or_else(|| spelled_amount(self.tokens, next))?;
        let leads = |words| before(self.tokens, at, 1).is_some_and(|t| t.is_in(words));
        let timed = high.unit.is_time();
        let joined = joint.glued && self.tokens.get(next).is_some_and(|t| t.glued);
        let noun = self.tokens.get(high.end).is_some_and(Lexeme::is_word);
        let admitted = match joint.text {
            "-" if joined => noun || high.unit != Unit::Count,
            "-" => timed,
            _ if joint.is_in(&n.to) => high.unit != Unit::Count && !leads(&n.from),
            _ => leads(&n.between),
        };
        let alike = low.unit == high.unit || low.unit == Unit::Count;
        (admitted && alike && low.value < high.value && !low.value.is_negative()).then(|| (low.clone(), high))
    }

    /// Finds the population of a rate that is named a few words behind the figure: "5.5 upheld decisions per 100,000
    /// residents".
    fn in_rate(&self, amount: Amount) -> Amount {
        let rest = from(self.tokens, amount.end);
        let n = &pack().numerals;
        let near = rest.iter().take(5).take_while(|t| t.is_word() && !t.is_in(&n.and));
        let far = near.enumerate().find(|(_, t)| t.is_in(&n.per)).map(|(far, _)| far);
        let rate = far.and_then(|far| per_population(from(rest, far)).ok());
        match rate {
            Some((_, (unit, tens))) if amount.unit == Unit::Count => {
                let decimals = amount.decimals.saturating_add(u8::try_from(tens).unwrap_or(0));
                Amount { value: &amount.value * &Exact::ten_to(-tens), unit, decimals, ..amount }
            }
            _ => amount,
        }
    }

    /// Reads "2 points" as percentage points where the sentence is about percentages.
    fn in_points(&self, at: usize, amount: Amount) -> Amount {
        let n = &pack().numerals;
        let points = self.tokens.get(amount.end).is_some_and(|t| t.is_in(&n.loose_points));
        if amount.unit != Unit::Count || !points {
            return amount;
        }
        let near =
            self.tokens.get(at.saturating_sub(14)..(at + 14).min(self.tokens.len())).unwrap_or_default();
        if near.iter().any(|t| t.is("%") || t.is_in(&n.percentage) || t.is_in(&n.percent) || t.is_in(&n.cent))
        {
            return Amount { unit: Unit::PercentagePoints, end: amount.end + 1, ..amount };
        }
        amount
    }
}
